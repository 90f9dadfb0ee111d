//! What changed between two versions of a plan.

use serde::Serialize;

use super::bounds::{Amount, UnitOf, amount};
use super::indicator::Indicator;
use super::matching::Matching;
use super::target::{Bound, Measure, Target};
use super::toward::Toward;
use super::{Inherited, Plan, PlanDocument};
use crate::document::{push_segment, words};
use crate::number::Exact;
use crate::quantity::Quantity;
use crate::text::{Lang, Message, msg};

words! {
    /// What kind of change it is.
    #[non_exhaustive]
    pub enum ChangeKind {
        /// The second plan has it and the first has not.
        Added = "added",
        /// The first plan has it and the second has not.
        Dropped = "dropped",
        /// The bound asks for more, in the direction of the target.
        Raised = "raised",
        /// The bound asks for less.
        Lowered = "lowered",
        /// The bound is another one, and neither is further.
        BoundChanged = "bound_changed",
        /// The deadline or window is another one.
        Moved = "moved",
        /// The number has lost its unit.
        UnitLost = "unit_lost",
        /// The number has another unit, or has one now.
        UnitChanged = "unit_changed",
        /// The comparison is another one.
        ComparatorChanged = "comparator_changed",
        /// Another number is judged.
        MeasureChanged = "measure_changed",
        /// The change is measured from somewhere else.
        BaselineChanged = "baseline_changed",
        /// It holds for other areas.
        AreasChanged = "areas_changed",
        /// It is committed to more or less firmly.
        NatureChanged = "nature_changed",
        /// The indicator seems to have another name: a proposal.
        Renamed = "renamed",
        /// Another attribute that judging depends on.
        Changed = "changed",
        /// The window of the plan, or of a plan it carries out, is another one.
        WindowChanged = "window_changed",
        /// A verdict is another one.
        AttainedChanged = "attained_changed",
        /// A method gives another category.
        CategoryChanged = "category_changed",
        /// The document number is another one.
        NumberChanged = "number_changed",
    }
}

/// One change between two plans.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// What kind of change it is.
    pub kind: ChangeKind,
    /// JSON pointer into the second plan, or into the first for what was dropped.
    pub path: String,
    /// The target it is about, by its id in the second plan.
    pub target: Option<String>,
    /// The area, for a change of a verdict.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    /// The method, for a change of its category.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// For a value that is inherited: the targets it changes.
    pub moves: Vec<String>,
    /// What the first plan says.
    pub before: Option<String>,
    /// What the second plan says.
    pub after: Option<String>,
}

impl Change {
    /// The change in words.
    pub fn message(&self) -> Message {
        let name = |lang| kind_name(self.kind, lang);
        let place = self.target.as_deref().unwrap_or(&self.path);
        let (before, after) = (self.before.as_deref().unwrap_or("–"), self.after.as_deref().unwrap_or("–"));
        let moves = self.moves.join(", ");
        let also = |en: &str| if moves.is_empty() { String::new() } else { format!("{en}{moves}") };
        let of = |en: &str| self.area.as_ref().filter(|area| !area.is_empty()).map_or(String::new(), |area| format!("{en}`{area}`"));
        let by = |en: &str| self.method.as_ref().map_or(String::new(), |method| format!("{en}`{method}`"));
        Message {
            en: format!("`{place}`{} {}{}: {before} → {after}{}", of(" of "), name(Lang::En), by(" by "), also("; changes ")),
            zh: format!("`{place}`{}{}{}：{before} → {after}{}", of(" "), name(Lang::Zh), by(" "), also("；涉及")),
        }
    }
}

fn kind_name(kind: ChangeKind, lang: Lang) -> &'static str {
    let (en, zh) = match kind {
        ChangeKind::Added => ("added", "新增"),
        ChangeKind::Dropped => ("dropped", "删去"),
        ChangeKind::Raised => ("raised", "提高"),
        ChangeKind::Lowered => ("lowered", "降低"),
        ChangeKind::BoundChanged => ("has another bound", "界限改变"),
        ChangeKind::Moved => ("moved in time", "期限改变"),
        ChangeKind::UnitLost => ("lost its unit", "单位丢失"),
        ChangeKind::UnitChanged => ("has another unit", "单位改变"),
        ChangeKind::ComparatorChanged => ("compares in another way", "比较方式改变"),
        ChangeKind::MeasureChanged => ("measures something else", "度量改变"),
        ChangeKind::BaselineChanged => ("has another baseline", "基期改变"),
        ChangeKind::AreasChanged => ("holds for other areas", "适用地区改变"),
        ChangeKind::NatureChanged => ("is committed to differently", "性质改变"),
        ChangeKind::Renamed => ("seems renamed", "疑似改名"),
        ChangeKind::Changed => ("changed", "改变"),
        ChangeKind::WindowChanged => ("has another window", "起止改变"),
        ChangeKind::AttainedChanged => ("has another verdict", "判定改变"),
        ChangeKind::CategoryChanged => ("has another category", "类别改变"),
        ChangeKind::NumberChanged => ("has another number", "文号改变"),
    };
    if lang == Lang::En { en } else { zh }
}

/// The changes from one plan to another, in the order of the second.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Diff {
    /// Every change.
    pub changes: Vec<Change>,
}

impl Diff {
    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// A line per change.
    ///
    /// ```
    /// use attainment::{Format, Lang, Plan};
    /// let plan = |bound: &str| Plan::parse(&format!("{{attainment: 1, id: wind, indicators: {{sea: {{name: Offshore wind, unit: GW, direction: increase}}}}, targets: {{sea: {{indicator: sea, at_least: {bound}, by: 2030}}}}}}"), Format::Yaml);
    /// let diff = plan("20 GW")?.diff(&plan("30 GW")?);
    /// assert_eq!(diff.to_text(Lang::En), "`sea` raised: 20 GW → 30 GW\n");
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_text(&self, lang: Lang) -> String {
        self.changes.iter().map(|change| format!("{}\n", change.message().get(lang))).collect()
    }

    /// A table in Markdown.
    ///
    /// ```
    /// use attainment::{Format, Lang, Plan};
    /// let plan = |by: u32| Plan::parse(&format!("{{attainment: 1, id: coal, indicators: {{coal: {{name: Coal power, unit: GW, direction: decrease}}}}, targets: {{exit: {{indicator: coal, at_most: 0 GW, by: {by}}}}}}}"), Format::Yaml);
    /// let table = plan(2038)?.diff(&plan(2030)?).to_markdown(Lang::En);
    /// assert!(table.contains("| moved in time | exit |"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_markdown(&self, lang: Lang) -> String {
        let header = match lang {
            Lang::En => "| change | where | before | after |\n|---|---|---|---|\n",
            Lang::Zh => "| 变化 | 位置 | 原 | 现 |\n|---|---|---|---|\n",
        };
        let mut out = header.to_owned();
        for change in &self.changes {
            let cell = |text: &Option<String>| text.as_deref().map_or_else(|| "–".to_owned(), crate::text::escape_markdown);
            let place = change.target.as_deref().unwrap_or(&change.path);
            let moves = if change.moves.is_empty() { String::new() } else { format!(" ({})", change.moves.join(", ")) };
            let place = crate::text::escape_markdown(&format!("{place}{moves}"));
            out.push_str(&format!("| {} | {place} | {} | {} |\n", kind_name(change.kind, lang), cell(&change.before), cell(&change.after)));
        }
        out
    }
}

impl Plan {
    /// What changed from this plan to another version of it.
    ///
    /// Targets are compared by what holds for them, so a value that is inherited and changes is one
    /// change, at the place it is inherited from, with the targets it moves. Targets are the same
    /// when they have the same id, or else the same indicator and measure.
    ///
    /// ```
    /// use attainment::{ChangeKind, Format, Plan};
    /// let plan = |bound: &str| Plan::parse(&format!("{{attainment: 1, id: p, indicators: {{a: {{name: A, unit: 家, direction: increase}}}}, targets: {{a: {{indicator: a, reach: {bound}, by: 2025}}}}}}"), Format::Yaml);
    /// let diff = plan("100")?.diff(&plan("120")?);
    /// assert_eq!(diff.changes[0].kind, ChangeKind::Raised);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn diff(&self, other: &Self) -> Diff {
        let (first, second) = (self.document(), other.document());
        let matching = Matching::new(first, second);
        // For what is compared as written, the second plan speaks in the ids of the first.
        let written = (self.to_value(), matching.in_ids_of_first(other.to_value()));
        let mut comparison = Comparison { first, second, written, changes: Vec::new(), inherited: Vec::new() };
        comparison.header();
        for (before, after) in &matching.targets {
            comparison.target(before.as_deref(), after.as_deref());
        }
        for (before, after) in &matching.instruments {
            comparison.instrument(before.as_deref(), after.as_deref());
        }
        for (before, after) in &matching.indicators {
            comparison.indicator(before.as_deref(), after.as_deref());
        }
        comparison.finish()
    }
}

/// What judging a target depends on beside its measure, bound, time and baseline.
const TARGET_ATTRIBUTES: &[&str] = &[
    "all",
    "any",
    "k_of",
    "not",
    "of",
    "among",
    "stretch",
    "tolerance",
    "caliber",
    "breakdown",
    "schedule",
    "weight",
    "valid_from",
    "replaces",
];

/// What judging the targets of an indicator depends on beside its unit.
const INDICATOR_ATTRIBUTES: &[&str] = &[
    "direction",
    "kind",
    "levels",
    "statistic",
    "decimals",
    "grade",
    "scope",
    "part_of",
    "formula",
    "marks",
    "caliber",
    "links",
    "growth_from",
    "of",
];

struct Comparison<'a> {
    first: &'a PlanDocument,
    second: &'a PlanDocument,
    /// Both plans as they are written, under the ids of the first.
    written: (serde_json::Value, serde_json::Value),
    changes: Vec<Change>,
    /// Changes of inherited values, by place.
    inherited: Vec<Change>,
}

fn pointer(segments: &[&str]) -> String {
    let mut path = String::new();
    for segment in segments {
        push_segment(&mut path, segment);
    }
    path
}

impl Comparison<'_> {
    fn push(&mut self, kind: ChangeKind, path: String, target: Option<&str>, before: Option<String>, after: Option<String>) {
        self.changes.push(Change {
            kind,
            path,
            target: target.map(str::to_owned),
            area: None,
            method: None,
            moves: Vec::new(),
            before,
            after,
        });
    }

    /// A change of a value that targets inherit: one change, however many targets it moves.
    fn push_inherited(&mut self, kind: ChangeKind, path: String, target: &str, before: Option<String>, after: Option<String>) {
        match self.inherited.iter_mut().find(|change| change.path == path && change.kind == kind) {
            Some(change) => change.moves.push(target.to_owned()),
            None => self.inherited.push(Change {
                kind,
                path,
                target: None,
                area: None,
                method: None,
                moves: vec![target.to_owned()],
                before,
                after,
            }),
        }
    }

    fn header(&mut self) {
        let window = |document: &PlanDocument| document.window.as_ref().map(ToString::to_string);
        let (before, after) = (window(self.first), window(self.second));
        if before != after {
            self.push(ChangeKind::WindowChanged, "/window".to_owned(), None, before, after);
        }
        let number = |document: &PlanDocument| document.number.as_ref().map(|number| number.get(Lang::Zh).to_owned());
        let (before, after) = (number(self.first), number(self.second));
        if before != after {
            self.push(ChangeKind::NumberChanged, "/number".to_owned(), None, before, after);
        }
        for (key, first, second) in
            [("implements", &self.first.implements, &self.second.implements), ("cites", &self.first.cites, &self.second.cites)]
        {
            for (index, (before, after)) in first.iter().zip(second.iter()).enumerate() {
                let path = |field: &str| format!("/{key}/{index}/{field}");
                let (before, after) = (before.work(), after.work());
                let window = |work: Option<&super::Work>| work.and_then(|work| work.window.as_ref()).map(ToString::to_string);
                let number =
                    |work: Option<&super::Work>| work.and_then(|work| work.number.as_ref()).map(|number| number.get(Lang::Zh).to_owned());
                if window(before) != window(after) {
                    self.push(ChangeKind::WindowChanged, path("window"), None, window(before), window(after));
                }
                if number(before) != number(after) {
                    self.push(ChangeKind::NumberChanged, path("number"), None, number(before), number(after));
                }
            }
        }
    }

    fn target(&mut self, before: Option<&str>, after: Option<&str>) {
        let find = |document: &'_ PlanDocument, id: Option<&str>| id.and_then(|id| document.targets.get(id)).cloned();
        let (old, new) = (find(self.first, before), find(self.second, after));
        let (Some(old), Some(new), Some(id)) = (&old, &new, after) else {
            let (kind, id, document) =
                if old.is_some() { (ChangeKind::Dropped, before, self.first) } else { (ChangeKind::Added, after, self.second) };
            let text = old.as_ref().or(new.as_ref()).map(|target| summary(document, target));
            if let Some(id) = id {
                let (before, after) = if kind == ChangeKind::Dropped { (text, None) } else { (None, text) };
                self.push(kind, pointer(&["targets", id]), Some(id), before, after);
            }
            return;
        };
        self.measure_and_compare(old, new, id);
        self.bound(old, new, id);
        self.inheritable(old, new, id);
        self.attributes("targets", before, id, TARGET_ATTRIBUTES);
        let areas = |target: &Target| target.areas.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        if areas(old) != areas(new) {
            self.push(ChangeKind::AreasChanged, pointer(&["targets", id, "areas"]), Some(id), some(areas(old)), some(areas(new)));
        }
    }

    /// Attributes that are compared as they are written.
    fn attributes(&mut self, section: &str, before: Option<&str>, after: &str, keys: &[&str]) {
        let Some(ours) = before else { return };
        let (first, second) = &self.written;
        let (old, new) = (&first[section][ours], &second[section][ours]);
        let text = |value: &serde_json::Value| match value {
            serde_json::Value::Null => None,
            value => Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned)),
        };
        let target = (section == "targets").then_some(after);
        let moves = if section == "indicators" { self.targets_of(after) } else { Vec::new() };
        let changes: Vec<Change> = keys
            .iter()
            .filter(|key| old[**key] != new[**key])
            .map(|key| Change {
                kind: ChangeKind::Changed,
                path: pointer(&[section, after, key]),
                target: target.map(str::to_owned),
                area: None,
                method: None,
                moves: moves.clone(),
                before: text(&old[*key]),
                after: text(&new[*key]),
            })
            .collect();
        self.changes.extend(changes);
    }

    /// The targets of an indicator in the second plan.
    fn targets_of(&self, indicator: &str) -> Vec<String> {
        let of = |target: &Target| target.indicator.as_ref().is_some_and(|id| id.as_str() == indicator);
        self.second.targets.iter().filter(|(_, target)| of(target)).map(|(id, _)| id.clone()).collect()
    }

    fn measure_and_compare(&mut self, old: &Target, new: &Target, id: &str) {
        let measures = |target: &Target| target.measures().iter().map(|measure| measure.as_str()).collect::<Vec<_>>().join(", ");
        if measures(old) != measures(new) {
            self.push(ChangeKind::MeasureChanged, pointer(&["targets", id, "measure"]), Some(id), some(measures(old)), some(measures(new)));
        }
        let word = |target: &Target| target.compare().map(|(word, _)| word.as_str().to_owned());
        if word(old) != word(new) {
            let path = word(new).map_or_else(|| pointer(&["targets", id]), |word| pointer(&["targets", id, &word]));
            self.push(ChangeKind::ComparatorChanged, path, Some(id), word(old), word(new));
        }
    }

    /// Bounds, compared as numbers in the unit they are judged in.
    fn bound(&mut self, old: &Target, new: &Target, id: &str) {
        let (Some((_, before)), Some((word, after))) = (old.compare(), new.compare()) else { return };
        let (Some(was), Some(is)) = (indicator_of(self.first, old), indicator_of(self.second, new)) else { return };
        let path = pointer(&["targets", id, word.as_str()]);
        let text = |bounds: &[&Bound]| bounds.iter().map(ToString::to_string).collect::<Vec<_>>().join(" – ");
        let (before_text, after_text) = (text(&before), text(&after));
        if let ([Some(before)], [Some(after)]) = ([before[0].quantity()], [after[0].quantity()]) {
            let (unit_before, unit_after) = (unit_text(before, old, was), unit_text(after, new, is));
            if unit_before != unit_after && before.value() == after.value() {
                let kind = if unit_after.is_none() { ChangeKind::UnitLost } else { ChangeKind::UnitChanged };
                // The same number in units that convert is another bound, and is compared below.
                let converts = known(before, old, was).zip(known(after, new, is)).is_some();
                if !converts || unit_after.is_none() || unit_before.is_none() {
                    self.push(kind, path, Some(id), some(before_text), some(after_text));
                    return;
                }
            }
        }
        let numbers = |bounds: &[&Bound], target: &Target, indicator: &Indicator| -> Option<Vec<Exact>> {
            bounds.iter().map(|bound| known(bound.quantity()?, target, indicator)).collect()
        };
        let old_numbers = numbers(&before, old, was);
        // A number with a unit of its own says the same in whatever unit the indicator has now.
        let speaks = after.iter().all(|bound| bound.quantity().is_some_and(|quantity| quantity.unit().is_some()));
        let new_numbers = if speaks { numbers(&after, new, was) } else { None }.or_else(|| numbers(&after, new, is));
        let same = match (&old_numbers, &new_numbers) {
            (Some(old), Some(new)) => old == new,
            _ => before_text == after_text,
        };
        if same {
            return;
        }
        let kind = match (old_numbers.as_deref(), new_numbers.as_deref()) {
            (Some([was]), Some([is_now])) => {
                let measure = new.measures()[0];
                further(Toward::new(word, is.direction, measure), was, is_now)
            }
            _ => ChangeKind::BoundChanged,
        };
        self.push(kind, path, Some(id), some(before_text), some(after_text));
    }

    /// What a target may inherit: its time, its baseline, its nature.
    fn inheritable(&mut self, old: &Target, new: &Target, id: &str) {
        let (was, is) = (self.first.when_of(old), self.second.when_of(new));
        let text =
            |when: &Option<Inherited<super::When>>| when.as_ref().map(|when| format!("{} {}", when.value.key(), when.value.period()));
        if text(&was) != text(&is) {
            let key = is.as_ref().or(was.as_ref()).map_or("by", |when| when.value.key());
            self.inheritable_change(ChangeKind::Moved, (&was, &is), key, id, text(&was), text(&is));
        }
        let base = |document: &PlanDocument, target: &Target, when: &Option<Inherited<super::When>>| {
            document.baseline_of(target, when.as_ref().map(|when| &when.value))
        };
        let (was, is) = (base(self.first, old, &was), base(self.second, new, &is));
        let text = |base: &Option<Inherited<super::Baseline>>| {
            base.as_ref().map(|base| match base.value.value() {
                Some(value) => format!("{} = {value}", base.value.at()),
                None => base.value.at().to_string(),
            })
        };
        if text(&was) != text(&is) {
            self.inheritable_change(ChangeKind::BaselineChanged, (&was, &is), "baseline", id, text(&was), text(&is));
        }
        let (was, is) = (self.first.nature_of(old), self.second.nature_of(new));
        let text = |nature: &Option<Inherited<super::Nature>>| nature.as_ref().map(|nature| nature.value.to_string());
        if text(&was) != text(&is) {
            self.inheritable_change(ChangeKind::NatureChanged, (&was, &is), "nature", id, text(&was), text(&is));
        }
    }

    fn inheritable_change<T>(
        &mut self,
        kind: ChangeKind,
        (was, is): (&Option<Inherited<T>>, &Option<Inherited<T>>),
        key: &str,
        id: &str,
        before: Option<String>,
        after: Option<String>,
    ) {
        let inherited = |value: &Option<Inherited<T>>| value.as_ref().is_none_or(|value| value.inherited);
        if inherited(was) && inherited(is) {
            self.push_inherited(kind, pointer(&["defaults", key]), id, before, after);
        } else {
            self.push(kind, pointer(&["targets", id, key]), Some(id), before, after);
        }
    }

    fn instrument(&mut self, before: Option<&str>, after: Option<&str>) {
        let find = |document: &'_ PlanDocument, id: Option<&str>| id.and_then(|id| document.instruments.get(id)).cloned();
        let (old, new) = (find(self.first, before), find(self.second, after));
        let amount = |instrument: &Option<super::Instrument>| instrument.as_ref().and_then(|instrument| instrument.amount.clone());
        let (was, is) = (amount(&old), amount(&new));
        let name = |instrument: &super::Instrument| instrument.name.get(Lang::Zh).to_owned();
        match (&old, &new, before, after) {
            (Some(_), Some(_), _, Some(id)) => {
                let path = pointer(&["instruments", id, "amount"]);
                let (before, after) = (was.as_ref().map(ToString::to_string), is.as_ref().map(ToString::to_string));
                let unit = |quantity: &Option<Quantity>| quantity.as_ref().and_then(|quantity| quantity.unit().cloned());
                let same_number = was.as_ref().and_then(Quantity::value) == is.as_ref().and_then(Quantity::value);
                match (same_number, unit(&was) == unit(&is)) {
                    (true, true) => {}
                    (true, false) if unit(&is).is_none() => self.push(ChangeKind::UnitLost, path, None, before, after),
                    (true, false) => self.push(ChangeKind::UnitChanged, path, None, before, after),
                    (false, _) => self.push(ChangeKind::BoundChanged, path, None, before, after),
                }
            }
            (Some(old), None, Some(id), _) => self.push(ChangeKind::Dropped, pointer(&["instruments", id]), None, Some(name(old)), None),
            (None, Some(new), _, Some(id)) => self.push(ChangeKind::Added, pointer(&["instruments", id]), None, None, Some(name(new))),
            _ => {}
        }
    }

    fn indicator(&mut self, before: Option<&str>, after: Option<&str>) {
        let (Some(before), Some(after)) = (before, after) else { return };
        let (Some(old), Some(new)) = (self.first.indicators.get(before), self.second.indicators.get(after)) else { return };
        self.attributes("indicators", Some(before), after, INDICATOR_ATTRIBUTES);
        self.unit(old, new, after);
        let (was, is) = (old.name.get(Lang::Zh), new.name.get(Lang::Zh));
        if was != is {
            self.push(ChangeKind::Renamed, pointer(&["indicators", after, "name"]), None, some(was.to_owned()), some(is.to_owned()));
        }
    }

    /// The unit of an indicator, where its targets have not lost or changed theirs on their own.
    fn unit(&mut self, old: &Indicator, new: &Indicator, id: &str) {
        if old.unit == new.unit {
            return;
        }
        let told = |target: &String| {
            let of_unit = |change: &&Change| matches!(change.kind, ChangeKind::UnitLost | ChangeKind::UnitChanged);
            self.changes.iter().filter(of_unit).any(|change| change.target.as_ref() == Some(target))
        };
        // Ranks, rates and multiples are the same in any unit.
        let in_unit = |measure: Measure| matches!(measure, Measure::Level | Measure::Change | Measure::Sum | Measure::Mean);
        let depends = |target: &String| self.second.targets.get(target).is_some_and(|target| target.measures().into_iter().any(in_unit));
        let moves: Vec<String> = self.targets_of(id).into_iter().filter(|target| depends(target) && !told(target)).collect();
        if moves.is_empty() && !self.targets_of(id).is_empty() {
            return;
        }
        let kind = if new.unit.is_none() { ChangeKind::UnitLost } else { ChangeKind::UnitChanged };
        let text = |indicator: &Indicator| indicator.unit.as_ref().map(ToString::to_string);
        self.changes.push(Change {
            kind,
            path: pointer(&["indicators", id, "unit"]),
            target: None,
            area: None,
            method: None,
            moves,
            before: text(old),
            after: text(new),
        });
    }

    /// Changes in the order of the second plan, with a proposal where a target was dropped and one
    /// like it was added.
    fn finish(mut self) -> Diff {
        let dropped: Vec<Change> =
            self.changes.iter().filter(|change| change.kind == ChangeKind::Dropped && change.target.is_some()).cloned().collect();
        for old in dropped {
            let alike = |change: &Change| {
                let (Some(before), Some(after)) = (&old.before, &change.after) else { return false };
                change.kind == ChangeKind::Added && change.target.is_some() && strsim::normalized_damerau_levenshtein(before, after) > 0.7
            };
            let Some(index) = self.changes.iter().position(alike) else { continue };
            self.changes[index].kind = ChangeKind::Renamed;
            self.changes[index].before.clone_from(&old.before);
            self.changes.retain(|change| *change != old);
        }
        let mut changes = self.inherited;
        changes.extend(self.changes);
        Diff { changes }
    }
}

fn some(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

fn indicator_of<'a>(document: &'a PlanDocument, target: &Target) -> Option<&'a Indicator> {
    document.indicators.get(target.indicator.as_ref()?.as_str())
}

fn known(quantity: &Quantity, target: &Target, indicator: &Indicator) -> Option<Exact> {
    match amount(quantity, target.measures().first().copied().unwrap_or(Measure::Level), indicator) {
        Ok(Amount::Known(value)) => Some(value),
        _ => None,
    }
}

/// The unit a bound is in: its own, else the one a bare number has there.
fn unit_text(quantity: &Quantity, target: &Target, indicator: &Indicator) -> Option<String> {
    let bare = UnitOf::new(target.measures()[0], indicator);
    let unit = quantity.unit().or(if let UnitOf::Given(unit) = &bare { Some(unit) } else { None })?;
    Some(if unit.is_percent() { "%".to_owned() } else { unit.to_string() })
}

/// Whether a bound asks for more or for less than before.
fn further(toward: Toward, old: &Exact, new: &Exact) -> ChangeKind {
    match toward.is_further(new, old) {
        Some(true) => ChangeKind::Raised,
        Some(false) => ChangeKind::Lowered,
        None => ChangeKind::BoundChanged,
    }
}

/// A target in one line: indicator, measure, comparison and bound.
fn summary(document: &PlanDocument, target: &Target) -> String {
    let name = indicator_of(document, target).map_or_else(String::new, |indicator| indicator.name.get(Lang::Zh).to_owned());
    let measure = target.measures().first().map_or("", |measure| measure.as_str());
    match target.compare() {
        Some((word, bounds)) => {
            format!("{name}: {measure} {word} {}", bounds.iter().map(ToString::to_string).collect::<Vec<_>>().join(" – "))
        }
        None => msg!("a combination of {} targets", "{}个目标的组合", target.members().len()).en,
    }
}
