//! A draft becomes a plan: its items in the grammar measure × compare × when.
//!
//! Nothing is added that the text does not say. A number without its unit, a target without a year
//! and a change without a baseline stay so; the plan's own warnings say what they lack.

mod indicator;
mod record;
mod target;
mod value;
mod words;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use attainment::serde_json::{Map, Value, json};
use attainment::{Code, Error, Finding, Message, Plan};

use crate::draft::{Basis, Comparator, Draft, Item, ItemKind, PeriodSource, Timing};
use crate::found::Notes;

/// What sort of statement an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// A number, with digits or masked.
    Number,
    /// A number that is not said: 一批.
    Unknown,
    /// A rise or a fall without a number.
    Trend,
    /// A place among others.
    Rank,
    /// Something that is or is not.
    Statement,
}

fn form(item: &Item) -> Form {
    let ranked = item.basis == Basis::Rank;
    // A rank among nobody in particular cannot be judged as one.
    if ranked && words::has(&item.text, words::GROUP) {
        return Form::Rank;
    }
    let vague_unit = item.unit.as_deref().is_some_and(|unit| words::is(unit, words::VAGUE_UNIT));
    let vague = words::has(&item.text, words::VAGUE);
    if !ranked && (item.value.is_some() || item.masked) && !(vague && vague_unit) {
        return Form::Number;
    }
    match item.comparator {
        Comparator::Increase | Comparator::Decrease | Comparator::MonotonicIncrease if !ranked => Form::Trend,
        _ if vague && !ranked => Form::Unknown,
        _ => Form::Statement,
    }
}

/// A name as an id: what separates words becomes `-`.
fn slug(name: &str) -> String {
    const LONGEST: usize = 60;
    let mut out = String::new();
    let ascii = name.is_ascii();
    for c in name.chars() {
        if c.is_alphanumeric() {
            out.push(if ascii { c.to_ascii_lowercase() } else { c });
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let cut: String = out.chars().take(LONGEST).collect();
    let cut = cut.trim_end_matches('-');
    if cut.is_empty() { "item".to_owned() } else { cut.to_owned() }
}

/// Ids that are given, with the number that the next of the same name gets.
type Taken = HashMap<String, usize>;

/// The id, with a number behind it where it is taken.
fn unique(taken: &mut Taken, id: String) -> String {
    let mut found = id.clone();
    while taken.contains_key(&found) {
        let next = taken.entry(id.clone()).or_insert(1);
        *next += 1;
        found = format!("{id}-{next}");
    }
    taken.insert(found.clone(), 1);
    found
}

impl Draft {
    /// The targets, observations and instruments as a plan that loads, lints and can be assessed.
    ///
    /// Items of one indicator share it; an addition and its total are a `change` and a `level` of one
    /// stock. What a plan needs and the text does not say is not made up: the plan has a warning
    /// there, and the verdict says what is missing. Which way an indicator is better is taken from
    /// the words beside it, else from its name, else from 达到, which is a finding. The places in
    /// `source` are code points of the text. [`Draft::plan_findings`] says what found no place.
    ///
    /// ```
    /// use attainment::{AssessOptions, Panel, Record, State};
    ///
    /// let text = "到2025年，新增省级重点实验室12家，总数达到30家，万元GDP能耗比2020年降低10%。";
    /// let plan = attainment_text::extract(text, &Default::default()).to_plan()?;
    /// let ids: Vec<_> = plan.document().targets.keys().collect();
    /// assert_eq!(ids, ["省级重点实验室-change-2025", "省级重点实验室-2025", "万元GDP能耗-relative_change-2025"]);
    ///
    /// let panel = Panel::from_records([
    ///     Record::new("河北", "万元GDP能耗", 2020, "0.60"),
    ///     Record::new("河北", "万元GDP能耗", 2025, "0.55"),
    /// ]);
    /// let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2025))?;
    /// let verdict = assessment.verdict("万元GDP能耗-relative_change-2025", "河北")?;
    /// assert_eq!(verdict.attained.state, State::NotMet);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] where the plan would be larger than a document may be.
    pub fn to_plan(&self) -> Result<Plan, Error> {
        translate(self).map(|(plan, _)| plan)
    }

    /// What of the items found no place in the plan, or was read with an assumption.
    ///
    /// The places are code points of the text.
    ///
    /// ```
    /// let draft = attainment_text::extract("到2025年，公园达到1000座。每周举办培训2次。", &Default::default());
    /// let codes: Vec<_> = draft.plan_findings().iter().map(|finding| finding.code.as_str()).collect();
    /// assert!(codes.contains(&"direction_assumed"));
    /// ```
    pub fn plan_findings(&self) -> Vec<Finding> {
        match translate(self) {
            Ok((_, notes)) => notes.into_findings(),
            Err(error) => error.findings().to_vec(),
        }
    }
}

/// The sections of a plan that items go to, by id, each with the item it came from.
#[derive(Default)]
struct Sections {
    targets: Map<String, Value>,
    observations: Map<String, Value>,
    instruments: Map<String, Value>,
    from: HashMap<(&'static str, String), usize>,
}

fn translate(draft: &Draft) -> Result<(Plan, Notes), Error> {
    let mut notes = Notes::default();
    let (all, places) = indicator::read(draft, &mut notes);
    let mut ids = vec![None; draft.items.len()];
    let mut taken = Taken::new();
    let mut said: BTreeMap<String, String> = BTreeMap::new();
    let mut sections = Sections::default();
    for (at, item) in draft.items.iter().enumerate() {
        let series = places.get(at).and_then(|place| all.get(*place));
        let mut left = Vec::new();
        let (section, made) = match (item.kind, series) {
            (ItemKind::Instrument, _) | (_, None) => ("instruments", record::instrument(item)),
            (ItemKind::Observation, Some(series)) => ("observations", record::observation(item, series, &mut left)),
            (ItemKind::Target, Some(series)) => ("targets", target::read(item, series, &mut left)),
        };
        for message in left {
            notes.add(Code::NotTranslated, (item.start, item.end), || (message, None));
        }
        let base = series.map_or_else(|| slug(&item.indicator), |series| series.id.clone());
        let mut fields = Map::new();
        if let Some(series) = series {
            fields.insert("indicator".to_owned(), json!(series.id));
        }
        fields.extend(made);
        // The same said again is a second place of one target.
        let key = format!("{section} {base} {}", Value::Object(fields.clone()));
        let source = format!("{}-{}", item.start, item.end);
        // Two masks that look alike are not one number.
        let known = !item.masked && form(item) != Form::Unknown && section != "instruments";
        if let (Some(first), true) = (said.get(&key), known) {
            let map = if section == "targets" { &mut sections.targets } else { &mut sections.observations };
            if let Some(Value::Object(first)) = map.get_mut(first) {
                let also = first.entry("also").or_insert_with(|| json!({}));
                if let Value::Object(also) = also {
                    also.insert(format!("{}", also.len() + 2), json!(source));
                }
            }
            if let Some(slot) = ids.get_mut(at) {
                *slot = Some((section, first.clone()));
            }
            continue;
        }
        let id = unique(&mut taken, named(&base, &fields));
        said.insert(key, id.clone());
        record::common(item, section, &source, &mut fields);
        sections.from.insert((section, id.clone()), at);
        if let Some(slot) = ids.get_mut(at) {
            *slot = Some((section, id.clone()));
        }
        match section {
            "targets" => &mut sections.targets,
            "observations" => &mut sections.observations,
            _ => &mut sections.instruments,
        }
        .insert(id, Value::Object(fields));
    }
    record::pairs(draft, &ids, &mut sections.targets);
    let used: BTreeSet<usize> = places.iter().copied().collect();
    let indicators: Map<String, Value> =
        all.iter().enumerate().filter(|(at, _)| used.contains(at)).map(|(_, series)| (series.id.clone(), series.to_value(&all))).collect();
    build(draft, indicators, sections, &mut notes).map(|plan| (plan, notes))
}

/// The id of a target: its indicator, what is measured where that is not the level, and the year.
fn named(base: &str, fields: &Map<String, Value>) -> String {
    let measure = match fields.get("measure") {
        Some(Value::String(word)) => format!("-{word}"),
        Some(Value::Array(_)) => "-number".to_owned(),
        _ => String::new(),
    };
    let when = ["by", "during", "each", "at"].iter().find_map(|key| fields.get(*key)).and_then(Value::as_str);
    let year = when.map(|text| text.rsplit('/').next().unwrap_or(text)).filter(|year| !year.is_empty());
    format!("{base}{measure}{}", year.map(|year| format!("-{year}")).unwrap_or_default())
}

/// Loads the plan. Whatever does not fit is left out, with a finding, and the rest is loaded.
fn build(draft: &Draft, mut indicators: Map<String, Value>, mut sections: Sections, notes: &mut Notes) -> Result<Plan, Error> {
    loop {
        let mut document = header(draft);
        document.insert("indicators".to_owned(), Value::Object(indicators.clone()));
        document.insert("targets".to_owned(), Value::Object(sections.targets.clone()));
        for (key, map) in [("instruments", &sections.instruments), ("observations", &sections.observations)] {
            if !map.is_empty() {
                document.insert(key.to_owned(), Value::Object(map.clone()));
            }
        }
        let error = match Plan::from_value(&Value::Object(document)) {
            Ok(plan) => return Ok(plan),
            Err(error @ Error::Parse(_)) => return Err(error),
            Err(error) => error,
        };
        let mut unfit: BTreeMap<(&'static str, String), Finding> = BTreeMap::new();
        for finding in error.findings().iter().filter(|finding| finding.is_error()) {
            let mut path = finding.path.split('/').skip(1);
            let section =
                ["indicators", "targets", "observations", "instruments"].into_iter().find(|name| path.clone().next() == Some(name));
            path.next();
            if let (Some(section), Some(id)) = (section, path.next()) {
                unfit.entry((section, id.to_owned())).or_insert_with(|| finding.clone());
            }
        }
        if unfit.is_empty() {
            return Err(error);
        }
        for ((section, id), finding) in unfit {
            let Sections { targets, observations, instruments, from } = &mut sections;
            match section {
                "indicators" => {
                    indicators.shift_remove(&id);
                    for map in [&mut *targets, &mut *observations] {
                        map.retain(|_, item| item.get("indicator").and_then(Value::as_str) != Some(&id));
                    }
                }
                "targets" => drop(targets.shift_remove(&id)),
                "observations" => drop(observations.shift_remove(&id)),
                _ => drop(instruments.shift_remove(&id)),
            }
            let item = from.get(&(section, id.clone())).and_then(|at| draft.items.get(*at));
            let span = item.map_or((0, 0), |item| (item.start, item.end));
            let Message { en, zh } = finding.message;
            let message = Message { en: format!("`{id}` has no place in a plan: {en}"), zh: format!("`{id}`无法写入规划：{zh}") };
            notes.add(Code::NotTranslated, span, || (message, finding.help));
        }
        // Nothing may point to what is gone.
        let Sections { targets, observations, .. } = &mut sections;
        let known: BTreeSet<String> = targets.keys().chain(observations.keys()).cloned().collect();
        for item in targets.values_mut().chain(observations.values_mut()) {
            let gone = item.get("pair").and_then(|pair| pair.get("with")).and_then(Value::as_str).is_some_and(|with| !known.contains(with));
            if let (true, Value::Object(item)) = (gone, item) {
                item.shift_remove("pair");
            }
        }
        let kept: BTreeSet<String> = indicators.keys().cloned().collect();
        for series in indicators.values_mut() {
            let gone = series.get("part_of").and_then(Value::as_str).is_some_and(|whole| !kept.contains(whole));
            if let (true, Value::Object(series)) = (gone, series) {
                series.shift_remove("part_of");
            }
        }
    }
}

fn header(draft: &Draft) -> Map<String, Value> {
    let mut out = Map::new();
    out.insert("attainment".to_owned(), json!("1"));
    out.insert("id".to_owned(), json!(draft.title.as_deref().map_or("draft".to_owned(), slug)));
    out.insert("lang".to_owned(), json!(draft.lang.as_str()));
    if let Some(title) = &draft.title {
        out.insert("title".to_owned(), json!(title));
    }
    // The window that the title states, where items took it from there.
    let of_title = draft.items.iter().filter(|item| item.period_source == Some(PeriodSource::Title));
    let window = of_title.filter_map(|item| item.period.as_ref()).find_map(|period| match &period.when {
        Timing::During(from, to) => value::window(from.as_ref(), to),
        _ => None,
    });
    if let Some(window) = window {
        out.insert("window".to_owned(), json!(window));
    }
    out
}
