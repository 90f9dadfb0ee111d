//! The plans of `tests/plans`: nine documents, written by hand in the format.
//!
//! Where the annotated records of the documents are there, in `../shared` beside the repository or
//! in the directory that `ATTAINMENT_SHARED` names, every record is looked up under its id and
//! compared field by field.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use attainment::{
    AssessOptions, Assessment, Bound, CompareWord, Direction, Format, Indicator, Instrument, Kind, Lang, Many, Map, Measure, Member,
    Nature, Pair, Panel, Period, Place, Plan, PlanDocument, Point, Quantity, Reason, Record, Severity, State, StatedObservation, Target,
    Text, Unit, ValueIs, When, WordedPlace,
};
use rust_decimal::Decimal;
use serde_json::{Value, json};

const NUMBERS: [&str; 9] = ["01", "02", "03", "04", "05", "06", "07", "08", "09"];

/// Fields of a record that the plans do not hold as such, and why.
const NOT_HELD: &[(&str, &str)] = &[
    ("text", "no sentences are copied; `source` says where it stands"),
    ("indicator_en", "the plans are in the language of the documents"),
    ("distributed", "what `group` says"),
    ("note", "the annotators' remarks; the plans have notes of their own"),
    ("tier", "follows from the form: a number, a statement, a trend"),
    ("value_start", "`source` is the span of the whole phrase"),
    ("value_end", "as `value_start`"),
    ("modifier", "what the comparison says; it tells `more_than` from `at_least` here"),
    ("basis_detail", "follows from the kind of the indicator and the measure"),
    ("measure", "the number of the phrase; an indicator's `kind` holds for all its phrases"),
    ("implied", "not written in the document; where a plan writes it, it is this"),
    ("period_source", "own or inherited is compared, not from how far away"),
    ("period_start", "as `value_start`"),
    ("period_end", "as `value_start`"),
    ("period_text", "the period is compared as understood"),
];

/// Fields that are compared, under these names or inside another comparison.
const COMPARED: &[&str] = &[
    "doc",
    "id",
    "kind",
    "start",
    "end",
    "indicator",
    "qualifier",
    "value",
    "value_max",
    "value_text",
    "unit",
    "masked",
    "comparator",
    "comparator_alt",
    "basis",
    "basis_alt",
    "baseline_ref",
    "period",
    "actor",
    "pair",
    "pair_relation",
    "modality",
    "direction",
    "group",
    "parent",
    "subset_of",
    "repeats",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn path_of(number: &str) -> PathBuf {
    root().join("tests/plans").join(format!("{number}.yaml"))
}

/// The plans that are there; that all nine are is a test of its own.
fn plans() -> Vec<(&'static str, Plan)> {
    let read = |number: &&'static str| {
        let text = fs::read_to_string(path_of(number)).ok()?;
        Some((*number, Plan::parse(&text, Format::Yaml).unwrap_or_else(|error| panic!("{number}.yaml: {error}"))))
    };
    NUMBERS.iter().filter_map(read).collect()
}

fn zh(text: &Text) -> &str {
    text.get(Lang::Zh)
}

/// When a target is due, by its own word or the plan's.
fn when_of(document: &PlanDocument, target: &Target) -> Option<When> {
    let inherited = || {
        let defaults = document.defaults.as_ref()?;
        let by = defaults.by.clone().map(When::By);
        by.or_else(|| defaults.during.clone().map(When::During)).or_else(|| defaults.each.clone().map(When::Each))
    };
    target.when().or_else(inherited)
}

fn report(failures: &[String]) {
    assert!(failures.is_empty(), "{} problems:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn all_nine_are_there() {
    let missing: Vec<_> = NUMBERS.iter().filter(|number| !path_of(number).exists()).collect();
    assert!(missing.is_empty(), "tests/plans lacks {missing:?}");
}

#[test]
fn they_load_without_errors_and_read_back() {
    for (number, plan) in plans() {
        let text = fs::read_to_string(path_of(number)).unwrap();
        let findings = Plan::check(&text, Format::Yaml);
        assert_eq!(findings, plan.findings(), "{number}");
        assert!(findings.iter().all(|finding| finding.severity() == Severity::Warning), "{number}");
        for format in [Format::Json, Format::Yaml] {
            let again = Plan::parse(&plan.to_text(format), format).unwrap_or_else(|error| panic!("{number}: {error}"));
            assert_eq!(again, plan, "{number} through {}", format.as_str());
        }
    }
}

// ---------------------------------------------------------------------------------------------
// Against the records
// ---------------------------------------------------------------------------------------------

fn shared() -> PathBuf {
    std::env::var_os("ATTAINMENT_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from)
}

/// One part of a plan that a record may stand for.
#[derive(Clone, Copy)]
enum Entry<'a> {
    Target(&'a Target),
    Observation(&'a StatedObservation),
    Instrument(&'a Instrument),
}

/// An entry with the id it stands under, and the further place where that is what a record is.
struct Found<'a> {
    key: &'a str,
    entry: Entry<'a>,
    place: Option<&'a Place>,
}

fn find<'a>(document: &'a PlanDocument, kind: &str, id: &str) -> Option<Found<'a>> {
    fn look<'a, T>(items: &'a Map<T>, id: &str, also: fn(&T) -> Option<&Map<Place>>, entry: fn(&'a T) -> Entry<'a>) -> Option<Found<'a>> {
        let own = items.get_key_value(id).map(|(key, item)| Found { key, entry: entry(item), place: None });
        own.or_else(|| {
            let said_again = |(key, item): (&'a String, &'a T)| Some(Found { key, entry: entry(item), place: also(item)?.get(id) });
            items.iter().filter_map(said_again).find(|found| found.place.is_some())
        })
    }
    match kind {
        "target" => look(&document.targets, id, |target| Some(&target.also), Entry::Target),
        "observation" => look(&document.observations, id, |observation| Some(&observation.also), Entry::Observation),
        _ => look(&document.instruments, id, |_| None, Entry::Instrument),
    }
}

/// Compares one record with its entry, and collects what differs.
struct Comparison<'a> {
    document: &'a PlanDocument,
    gold: &'a Value,
    records: &'a BTreeMap<String, Value>,
    found: Found<'a>,
    compared: usize,
    problems: Vec<String>,
}

impl<'a> Comparison<'a> {
    fn text(&self, field: &str) -> Option<&'a str> {
        self.gold[field].as_str()
    }

    fn id(&self) -> &'a str {
        self.text("id").unwrap()
    }

    fn expect(&mut self, field: &str, holds: bool, want: impl std::fmt::Debug, have: impl std::fmt::Debug) {
        self.compared += 1;
        if !holds {
            self.problems.push(format!("{}: {field}: want {want:?}, have {have:?}", self.id()));
        }
    }

    fn indicator(&self) -> Option<&'a Indicator> {
        let id = match self.found.entry {
            Entry::Target(target) => target.indicator.as_ref()?,
            Entry::Observation(observation) => &observation.indicator,
            Entry::Instrument(_) => return None,
        };
        self.document.indicators.get(id.as_str())
    }

    fn target(&self) -> Option<&'a Target> {
        match self.found.entry {
            Entry::Target(target) => Some(target),
            _ => None,
        }
    }

    fn is_qualitative(&self) -> bool {
        self.target().is_some_and(|target| target.indicator.is_none()) || self.indicator().is_some_and(Indicator::is_qualitative)
    }

    /// The number or word the entry states.
    fn bound(&self) -> Option<&'a Bound> {
        match self.found.entry {
            Entry::Target(target) => target.compare()?.1.first().copied(),
            Entry::Observation(observation) => Some(&observation.value),
            Entry::Instrument(_) => None,
        }
    }

    fn quantity(&self) -> Option<&'a Quantity> {
        match self.found.entry {
            Entry::Instrument(instrument) => instrument.amount.as_ref(),
            _ => self.bound()?.quantity(),
        }
    }

    fn measures(&self) -> Vec<Measure> {
        match self.found.entry {
            Entry::Target(target) => target.measures(),
            Entry::Observation(observation) => vec![observation.measure.unwrap_or(Measure::Level)],
            Entry::Instrument(_) => Vec::new(),
        }
    }

    fn note(&self) -> &'a str {
        let note = match self.found.entry {
            Entry::Target(target) => &target.note,
            Entry::Observation(observation) => &observation.note,
            Entry::Instrument(instrument) => &instrument.note,
        };
        note.as_ref().map_or("", zh)
    }

    fn when(&self) -> Option<When> {
        when_of(self.document, self.target()?)
    }

    fn run(&mut self) {
        self.source();
        self.name();
        self.qualifier();
        self.value();
        self.unit();
        self.comparator();
        self.basis();
        self.period();
        self.baseline();
        self.modality();
        self.relations();
        self.direction();
        self.actor();
    }

    fn source(&mut self) {
        let gold = self.gold;
        let want = format!("{:02}:{}-{}", gold["doc"].as_u64().unwrap(), gold["start"], gold["end"]);
        let have = match (self.found.place, self.found.entry) {
            (Some(Place::Source(source)), _) => Some(source.as_str()),
            (Some(Place::Worded(place)), _) => Some(place.source.as_str()),
            (None, Entry::Target(target)) => target.source.as_ref().map(zh),
            (None, Entry::Observation(observation)) => observation.source.as_ref().map(zh),
            (None, Entry::Instrument(instrument)) => instrument.source.as_ref().map(zh),
        };
        self.expect("source", have == Some(want.as_str()), &want, have);
    }

    fn name(&mut self) {
        let want = self.text("indicator").unwrap();
        let bare = want.strip_suffix("(排名)").filter(|_| self.measures().contains(&Measure::Rank));
        let have: Vec<&str> = match (self.found.entry, self.indicator()) {
            (Entry::Instrument(instrument), _) => vec![zh(&instrument.name)],
            (_, Some(indicator)) => std::iter::once(&indicator.name).chain(&indicator.aliases).map(zh).collect(),
            (Entry::Target(target), None) => target.name.iter().map(zh).collect(),
            (Entry::Observation(_), None) => Vec::new(),
        };
        let holds = have.iter().any(|name| *name == want || Some(*name) == bare);
        self.expect("indicator", holds, want, have);
    }

    fn qualifier(&mut self) {
        let want = self.text("qualifier");
        let mut have: Vec<&str> = Vec::new();
        match self.found.entry {
            Entry::Instrument(instrument) => {
                // A condition is written out in parts, so that there is nothing to compare literally.
                if want.is_none() || instrument.condition.is_some() {
                    return;
                }
                have.extend(instrument.r#for.iter().map(zh));
            }
            Entry::Target(target) => have.extend(target.among.iter().map(|id| id.as_str())),
            Entry::Observation(observation) => have.extend(observation.among.iter().map(|id| id.as_str())),
        }
        if let Some(indicator) = self.indicator() {
            have.extend(indicator.grade.iter().chain(&indicator.scope).map(zh));
        }
        if let Some(Place::Worded(WordedPlace { note: Some(note), .. })) = self.found.place {
            have.push(zh(note));
        }
        let holds = match want {
            Some(want) => have.contains(&want),
            // A number may leave out what the one it belongs to has said.
            None => have.is_empty() || self.partner_says(&have) || self.target().is_some_and(|target| target.among.is_some()),
        };
        self.expect("qualifier", holds, want, have);
    }

    fn partner_says(&self, qualifiers: &[&str]) -> bool {
        let others = ["pair", "repeats"].into_iter().filter_map(|field| self.text(field));
        let repeated =
            self.records.values().filter(|record| record["repeats"] == self.gold["id"]).filter_map(|record| record["id"].as_str());
        others.chain(repeated).any(|id| self.records[id]["qualifier"].as_str().is_some_and(|said| qualifiers.contains(&said)))
    }

    fn implied(&self, field: &str) -> Option<Decimal> {
        let value = &self.gold["implied"][field];
        let text = value.as_str().map(str::to_owned).or_else(|| value.is_number().then(|| value.to_string()))?;
        text.parse().ok()
    }

    fn value(&mut self) {
        let have = self.quantity();
        let number = have.and_then(Quantity::value);
        let gold = self.gold;
        let decimal = |field: &str| gold[field].as_str().map(|text| text.parse::<Decimal>().unwrap());
        let want = decimal("value");
        if self.gold["masked"] == true {
            let (mask, unit) = (self.text("value_text").unwrap(), self.text("unit").unwrap_or_default());
            let stated = have.is_some_and(Quantity::is_masked).then(|| have.map(Quantity::as_str)).flatten();
            let holds = stated.is_some_and(|text| text == mask || text == format!("{mask}{unit}"));
            self.expect("mask", holds, mask, have.map(Quantity::as_str));
            return;
        }
        let falls = self.text("comparator") == Some("decrease");
        let holds = match (want, number) {
            (Some(want), Some(number)) => want == number || (falls && want == -number),
            (Some(_), None) => false,
            (None, None) => true,
            // A trend is a change beyond zero; anything else is what the words say without a number.
            (None, Some(number)) => {
                let said = ["value", "rank", "rank_at_most", "count", "count_at_least"].into_iter().filter_map(|field| self.implied(field));
                number.is_zero() || said.into_iter().any(|said| said == number)
            }
        };
        self.expect("value", holds, want, have.map(Quantity::as_str));
        let want = decimal("value_max");
        let stretch = self.target().and_then(|target| target.stretch.as_ref()).and_then(Bound::quantity).and_then(Quantity::value);
        self.expect("value_max", want == stretch, want, stretch);
    }

    fn unit(&mut self) {
        let own = self.quantity().and_then(Quantity::unit);
        let of_indicator = self.indicator().and_then(|indicator| indicator.unit.as_ref());
        // `件` of a number for every ten thousand persons is `件/万人` of the indicator.
        let is = |unit: &Unit, text: &str| {
            let counted = unit.as_str().split('/').next().and_then(Unit::parse);
            Unit::parse(text).is_some_and(|want| want == *unit || counted == Some(want))
        };
        match self.text("unit") {
            Some(want) => {
                let have = own.or(of_indicator);
                self.expect("unit", have.is_some_and(|unit| is(unit, want)), want, have);
            }
            None => {
                let has_number = self.gold["value"].is_string();
                let have = own.or(of_indicator.filter(|_| has_number));
                let implied = self.gold["implied"]["unit"].as_str().filter(|_| !has_number);
                let of_coverage = have.is_some_and(|unit| implied.is_some_and(|implied| is(unit, implied)));
                // Nothing of a trend has a unit, unless zero is written in that of the indicator.
                let of_trend = self.quantity().and_then(Quantity::value).is_some_and(|value| value.is_zero());
                self.expect("unit", have.is_none() || of_coverage || of_trend, None::<&str>, have);
            }
        }
    }

    /// The words of the records that an entry may stand for.
    fn comparator(&mut self) {
        let gold = self.gold;
        let want: BTreeSet<&str> = gold["comparator"]
            .as_str()
            .into_iter()
            .chain(gold["comparator_alt"].as_array().into_iter().flatten().filter_map(Value::as_str))
            .collect();
        let have = match self.found.entry {
            Entry::Target(target) => self.comparators_of_target(target),
            Entry::Observation(observation) => self.comparators_of_observation(observation),
            // What is given is an amount; `about` is a word of the note.
            Entry::Instrument(_) => {
                let about = self.text("modifier").filter(|_| want.contains("about")).is_none_or(|word| self.note().contains(word));
                self.expect("comparator", about, want, self.note());
                return;
            }
        };
        let holds = want.iter().any(|word| have.contains(word));
        self.expect("comparator", holds, want, have);
    }

    fn comparators_of_target(&self, target: &Target) -> Vec<&'static str> {
        let Some((word, _)) = target.compare() else { return vec!["qualitative"] };
        let states_number = self.gold["value"].is_string() || self.gold["masked"] == true;
        let changes = target.measures().iter().any(|measure| measure.needs_base());
        let each = matches!(self.when(), Some(When::Each(_)));
        let exceeds = matches!(self.text("modifier"), Some("突破" | "超过"));
        if !states_number {
            let trend = changes && self.quantity().and_then(Quantity::value).is_some_and(|value| value.is_zero());
            return match word {
                CompareWord::MoreThan if trend && each => vec!["monotonic_increase", "increase"],
                CompareWord::MoreThan if trend => vec!["increase"],
                CompareWord::LessThan if trend => vec!["decrease"],
                CompareWord::AtLeast | CompareWord::Reach if self.is_judgement() => vec!["increase", "qualitative"],
                _ => vec!["qualitative"],
            };
        }
        let falls = changes && self.quantity().and_then(Quantity::value).is_some_and(|value| value.is_sign_negative());
        let grows = changes && !target.measures().contains(&Measure::Change);
        match word {
            CompareWord::AtLeast if target.stretch.is_some() => vec!["between"],
            CompareWord::Reach if falls => vec!["decrease"],
            CompareWord::Reach if grows => vec!["reach", "equals", "increase"],
            CompareWord::Reach | CompareWord::Equals => vec!["reach", "equals"],
            CompareWord::AtLeast if !exceeds => vec!["at_least"],
            CompareWord::MoreThan if exceeds => vec!["at_least"],
            CompareWord::AtMost if falls => vec!["decrease"],
            CompareWord::AtMost => vec!["at_most"],
            CompareWord::About => vec!["about"],
            _ => Vec::new(),
        }
    }

    fn is_judgement(&self) -> bool {
        self.indicator().is_some_and(|indicator| indicator.kind == Some(Kind::Judgement))
    }

    fn comparators_of_observation(&self, observation: &StatedObservation) -> Vec<&'static str> {
        let states_number = self.gold["value"].is_string() || self.gold["masked"] == true;
        if !states_number {
            // A judgement is the degree in the words of the document.
            let degree = self.is_judgement() && observation.value.word() == self.text("modifier");
            return if degree { vec!["increase", "monotonic_increase"] } else { vec!["qualitative"] };
        }
        let grows = observation.measure.is_some_and(|measure| measure.needs_base() && measure != Measure::Change);
        let is = &observation.value_is;
        if is.contains(&ValueIs::AtLeast) {
            vec!["at_least"]
        } else if is.contains(&ValueIs::About) {
            vec!["about"]
        } else if grows {
            vec!["equals", "reach", "increase"]
        } else {
            vec!["equals", "reach"]
        }
    }

    fn basis(&mut self) {
        // A statement says neither that it is a level nor that it is a change.
        if matches!(self.found.entry, Entry::Instrument(_)) || (self.is_qualitative() && self.measures() == [Measure::Level]) {
            return;
        }
        let gold = self.gold;
        let want: Vec<&str> = gold["basis"]
            .as_str()
            .into_iter()
            .chain(gold["basis_alt"].as_array().into_iter().flatten().filter_map(Value::as_str))
            .collect();
        let have = self.measures();
        let is_trend = matches!(self.text("comparator"), Some("increase" | "decrease" | "monotonic_increase"));
        let is_flow = self.indicator().is_some_and(|indicator| indicator.kind == Some(Kind::Flow));
        let of_one_period = self.target().is_none() || matches!(self.when(), Some(When::During(_) | When::Each(_)));
        let fits = |basis: &str, measure: Measure| match basis {
            "level" => measure == Measure::Level || (is_trend && measure == Measure::Change),
            "addition" => measure == Measure::Change || (is_flow && measure == Measure::Sum),
            // 每年新增 is a flow of every year, or the change of a stock from year to year.
            "annual_flow" if measure == Measure::Change => matches!(self.when(), Some(When::Each(_))),
            "annual_flow" => is_flow && matches!(measure, Measure::Level | Measure::Sum) && of_one_period,
            "growth_rate" => matches!(measure, Measure::AnnualGrowth | Measure::RelativeChange),
            "relative_change" => measure == Measure::RelativeChange,
            "multiple" => measure == Measure::Multiple,
            "cumulative" => measure == Measure::Sum,
            "rank" => measure == Measure::Rank,
            _ => false,
        };
        let ambiguous = gold["basis_detail"] == "built_count" && have.len() > 1;
        let all = have.iter().all(|measure| want.iter().any(|basis| fits(basis, *measure)));
        let any = have.iter().any(|measure| want.iter().any(|basis| fits(basis, *measure)));
        self.expect("basis", all || (ambiguous && any), want, have);
    }

    fn period(&mut self) {
        match self.found.entry {
            Entry::Target(target) => self.period_of_target(target),
            Entry::Observation(observation) => {
                let (have, want) = (observation.at.clone(), self.gold["period"].clone());
                let year = ["year", "as_of", "by"].iter().find_map(|key| want[*key].as_i64());
                let holds = if let Some(year) = year {
                    have == Some(Period::year(year as i32))
                } else if let Some(mask) = want["masked_year"].as_str() {
                    have == Some(Period::Masked(mask.to_owned()))
                } else if let Some((from, to)) = want["months"].as_str().and_then(|months| months.split_once('-')) {
                    have == Some(Period::Masked(format!("xxxx-{from}/xxxx-{to}")))
                } else if let Some(years) = want["within_years"].as_u64() {
                    have == Some(Period::Years(years as u32))
                } else {
                    // 目前, 早期, 10年多, 每年: words without a place in time.
                    have.is_none()
                };
                let said = want["when"].as_str().or_else(|| want["duration"].as_str()).filter(|_| want["inherited"] != true);
                let holds = holds && said.is_none_or(|word| self.note().contains(word));
                self.expect("period", holds, want, (have, self.note()));
            }
            Entry::Instrument(instrument) => {
                let want = self.gold["period"].clone();
                let frequency = instrument.frequency.as_ref().map(zh);
                let year = want["year"].as_i64().map(|year| Period::year(year as i32));
                let mut holds = instrument.during == year || want["each_week"] == true || want["each_session"] == true;
                for (key, word) in [("each_year", "year"), ("each_week", "week")] {
                    holds &= want[key].is_null() || frequency == Some(word);
                }
                for key in ["each_session", "every_years"] {
                    holds &= want[key].is_null() || frequency.is_some();
                }
                self.expect("period", holds, want, (frequency, &instrument.during));
            }
        }
    }

    fn period_of_target(&mut self, target: &Target) {
        let want = self.gold["period"].clone();
        let have = self.when();
        let number = |key: &str| want[key].as_i64().map(|year| Point::year(year as i32));
        let end = have.as_ref().and_then(|when| when.period().end());
        let start = have.as_ref().and_then(|when| when.period().start());
        let (each, by) = (matches!(have, Some(When::Each(_))), matches!(have, Some(When::By(_))));
        let within = |year: Point| {
            let days = |point: Option<Point>| point.is_some_and(|point| point.calendar_year() == year.calendar_year());
            days(start) && days(end)
        };
        let holds = if want["each_year"] == true {
            match (number("by").or_else(|| number("to")), number("from")) {
                (Some(to), from) => each && end == Some(to) && (from.is_none() || start == from),
                (None, _) => have.is_none() || each,
            }
        } else if let Some(year) = number("year") {
            within(year)
                && want["month"].as_u64().is_none_or(|month| end.is_some_and(|end| end.to_string().ends_with(&format!("-{month:02}"))))
        } else if let Some(mask) = want["masked_year"].as_str() {
            have == Some(When::During(Period::Masked(mask.to_owned())))
        } else if let (Some(from), Some(to)) = (number("from"), number("to")) {
            end == Some(to) && (by || start == Some(from))
        } else if let Some(by) = number("by") {
            end == Some(by)
        } else if let Some(years) = want["within_years"].as_u64() {
            have.as_ref().is_some_and(|when| *when.period() == Period::Years(years as u32))
        } else {
            have.is_none()
        };
        self.expect("period", holds, want.clone(), have);
        // What the sentence says itself stands with the target; what comes from elsewhere may.
        let inherited = ["inherited", "by_inherited", "year_inherited"].iter().any(|key| want[*key] == true);
        if !want.is_null() && !inherited {
            self.expect("own period", target.when().is_some(), want, target.when());
        }
    }

    fn baseline(&mut self) {
        let Some(want) = self.text("baseline_ref") else { return };
        let have = match self.found.entry {
            Entry::Target(target) => target.baseline.as_ref(),
            Entry::Observation(observation) => observation.baseline.as_ref(),
            Entry::Instrument(_) => None,
        };
        let defaults = self.document.defaults.as_ref().and_then(|defaults| defaults.baseline.as_ref());
        let holds = match want.parse::<Period>() {
            Ok(period) => have.or(defaults).is_some_and(|baseline| *baseline.at() == period),
            // The period just before is the base of a change that states none.
            Err(_) if want.starts_with("上年") => have.is_none() && self.measures().iter().any(|measure| measure.needs_base()),
            Err(_) => self.note().contains(want),
        };
        self.expect("baseline", holds, want, have);
    }

    fn modality(&mut self) {
        let want = self.text("modality");
        let (have, nature) = match self.found.entry {
            Entry::Target(target) => (target.modality.as_ref(), target.nature),
            Entry::Observation(observation) => (observation.modality.as_ref(), None),
            Entry::Instrument(_) => return,
        };
        let have = match self.found.place {
            Some(Place::Worded(place)) => place.modality.as_ref(),
            _ => have,
        };
        self.expect("modality", have.map(zh) == want, want, have.map(zh));
        let hopes = want.is_some_and(|word| ["力争", "争取", "努力", "争创"].iter().any(|hope| word.contains(hope)));
        if hopes && self.target().is_some() {
            self.expect("nature", nature == Some(Nature::Aspirational), want, nature);
        }
        if let (Some("预计"), Entry::Observation(observation)) = (want, self.found.entry) {
            self.expect("forecast", observation.value_is.contains(&ValueIs::Forecast), want, &observation.value_is);
        }
    }

    fn relations(&mut self) {
        let (pair, group, objective, repeats): (Option<&Pair>, _, _, _) = match self.found.entry {
            Entry::Target(t) => (t.pair.as_ref(), t.group.as_ref(), t.objective.as_ref(), t.repeats.as_ref()),
            Entry::Observation(o) => (o.pair.as_ref(), o.group.as_ref(), None, o.repeats.as_ref()),
            Entry::Instrument(_) => return,
        };
        let want = (self.text("pair"), self.text("pair_relation"));
        let have = (pair.map(|pair| pair.with.as_str()), pair.map(|pair| pair.relation.as_str()));
        let is_place = self.found.key != self.id();
        // A repeat that says the same is a place, and leaves to the first statement what it belongs to.
        if !is_place {
            self.expect("pair", have == want, want, have);
            self.expect("group", group.map(|id| id.as_str()) == self.text("group"), self.text("group"), group);
            self.expect("objective", objective.map(|id| id.as_str()) == self.text("parent"), self.text("parent"), objective);
        }
        let first = self.text("repeats");
        let holds = if is_place { first == Some(self.found.key) } else { repeats.map(|id| id.as_str()) == first };
        self.expect("repeats", holds, first, (self.found.key, repeats));
        if let Some(whole) = self.text("subset_of") {
            let whole = find(self.document, self.text("kind").unwrap(), whole).and_then(|found| match found.entry {
                Entry::Target(target) => target.indicator.as_ref(),
                Entry::Observation(observation) => Some(&observation.indicator),
                Entry::Instrument(_) => None,
            });
            let have = self.indicator().and_then(|indicator| indicator.part_of.as_ref());
            self.expect("subset_of", have.is_some() && have == whole, whole, have);
        }
    }

    fn direction(&mut self) {
        let want = match self.text("direction") {
            Some("up") => Direction::Increase,
            Some("down") => Direction::Decrease,
            _ => return,
        };
        if self.is_qualitative() {
            return;
        }
        let have = self.indicator().and_then(|indicator| indicator.direction);
        self.expect("direction", have == Some(want), want, have);
    }

    fn actor(&mut self) {
        let Some(want) = self.text("actor") else { return };
        let lead: &Many<attainment::Id> = match self.found.entry {
            Entry::Target(target) => &target.lead,
            Entry::Instrument(instrument) => &instrument.lead,
            Entry::Observation(_) => &Many::default(),
        };
        let funder = match self.found.entry {
            Entry::Instrument(instrument) => instrument.funder.as_ref().map(zh),
            _ => None,
        };
        let bodies = &self.document.bodies;
        let have: Vec<&str> =
            lead.iter().map(|id| bodies.get(id.as_str()).map_or(id.as_str(), |body| zh(&body.name))).chain(funder).collect();
        // Nobody leads an observation: whose doing it was is a remark.
        let in_note = matches!(self.found.entry, Entry::Observation(_)) && self.note().contains(want);
        let holds = in_note || have.iter().any(|name| name.contains(want));
        self.expect("actor", holds, want, have);
    }
}

#[test]
fn every_record_is_held() {
    let path = shared().join("corpus/gold.jsonl");
    let Ok(text) = fs::read_to_string(&path) else {
        println!("skipped: there is no annotated corpus beside the repository");
        return;
    };
    let records: Vec<Value> = text.lines().filter(|line| !line.trim().is_empty()).map(|line| serde_json::from_str(line).unwrap()).collect();
    let by_id: BTreeMap<String, Value> = records.iter().map(|record| (record["id"].as_str().unwrap().to_owned(), record.clone())).collect();
    assert_eq!(by_id.len(), records.len());
    for key in records.iter().flat_map(|record| record.as_object().unwrap().keys()) {
        let known = COMPARED.contains(&key.as_str()) || NOT_HELD.iter().any(|(field, _)| field == key);
        assert!(known, "the field `{key}` is neither compared nor listed with a reason");
    }

    let mut failures = Vec::new();
    let (mut held, mut compared, mut summary) = (0, 0, Vec::new());
    for (number, plan) in plans() {
        let document = plan.document();
        let of_document = records.iter().filter(|record| format!("{:02}", record["doc"].as_u64().unwrap()) == number);
        let (mut here, mut fields) = (0, 0);
        for record in of_document {
            let (id, kind) = (record["id"].as_str().unwrap(), record["kind"].as_str().unwrap());
            let Some(found) = find(document, kind, id) else {
                failures.push(format!("{number}: no {kind} {id}"));
                continue;
            };
            let mut comparison = Comparison { document, gold: record, records: &by_id, found, compared: 0, problems: Vec::new() };
            comparison.run();
            here += 1;
            fields += comparison.compared;
            failures.extend(comparison.problems);
        }
        // An entry that looks like a record is one.
        let ids = document.targets.keys().chain(document.observations.keys()).chain(document.instruments.keys());
        let places = document.targets.values().map(|t| &t.also).chain(document.observations.values().map(|o| &o.also));
        for id in ids.chain(places.flat_map(|also| also.keys())) {
            let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            let looks = id.strip_prefix('d').and_then(|rest| rest.split_once('-')).is_some_and(|(a, b)| is_number(a) && is_number(b));
            if looks && !by_id.contains_key(id) {
                failures.push(format!("{number}: {id} is no record"));
            }
        }
        held += here;
        compared += fields;
        summary.push(format!("{number}: {here}/{fields}"));
    }
    println!("{held} of {} records held, {compared} fields compared ({})", records.len(), summary.join(", "));
    report(&failures);
    assert_eq!(held, records.len(), "records that no plan holds");
}

/// No sentence of the documents stands in the plans: no text of a plan runs on with one of them for
/// longer than a name may be.
#[test]
fn no_sentence_is_copied() {
    let folder = shared().join("corpus");
    if !folder.exists() {
        println!("skipped: there is no annotated corpus beside the repository");
        return;
    }
    fn texts<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::String(text) => found.push(text),
            Value::Array(items) => items.iter().for_each(|item| texts(item, found)),
            Value::Object(map) => map.values().for_each(|item| texts(item, found)),
            _ => {}
        }
    }
    let mut failures = Vec::new();
    for (number, plan) in plans() {
        let document = fs::read_to_string(folder.join(format!("{number}.txt"))).unwrap();
        let value = plan.to_value();
        let mut found = Vec::new();
        texts(&value, &mut found);
        let is_copied = |text: &&str| text.chars().count() > 40 && document.contains(*text) || text.contains('。');
        failures.extend(found.into_iter().filter(is_copied).map(|text| format!("{number}: {text}")));
    }
    report(&failures);
}

// ---------------------------------------------------------------------------------------------
// Verdicts
// ---------------------------------------------------------------------------------------------

/// The plan with an area for every tier that targets hold for and the plan does not list: whoever
/// has the data declares the enterprises.
fn with_examples(plan: &Plan) -> Plan {
    let document = plan.document();
    let mut known: BTreeSet<&str> = document.areas.keys().map(String::as_str).chain(document.area.iter().map(|id| id.as_str())).collect();
    known.extend(document.areas.values().flat_map(|area| area.tier.iter().chain(&area.groups)).map(|id| id.as_str()));
    let mut value = plan.to_value();
    if document.area.is_none() {
        value["area"] = json!("home");
    }
    let of_targets = document.targets.values().flat_map(|target| target.areas.iter());
    let of_indicators = document.indicators.values().flat_map(|indicator| indicator.of.iter());
    for tier in of_targets.chain(of_indicators).filter(|tier| !known.contains(tier.as_str())) {
        value["areas"][format!("example of {tier}")] = json!({ "tier": tier.as_str() });
    }
    Plan::from_value(&value).unwrap()
}

fn end_of(plan: &Plan) -> Point {
    let document = plan.document();
    let window = document.window.as_ref().and_then(Period::end);
    let observed = document.observations.values().filter_map(|observation| observation.at.as_ref()?.end()).max();
    let due = document.targets.values().filter_map(|target| target.when()?.period().end()).max();
    window.or(due).or(observed).unwrap_or(Point::year(2022))
}

fn options(as_of: Point) -> AssessOptions {
    AssessOptions::new().as_of(as_of.to_string()).method("linear").method("cn-midterm-10pp")
}

/// Every target has a verdict, and every verdict an explanation in both languages.
fn explain_all(name: &str, plan: &Plan, assessment: &Assessment) -> usize {
    let judged: BTreeSet<&str> = assessment.verdicts().iter().map(|verdict| verdict.target.as_str()).collect();
    for id in plan.document().targets.keys() {
        assert!(judged.contains(id.as_str()), "{name}: no verdict on {id}");
    }
    for verdict in assessment.verdicts() {
        let method = verdict.pace.as_ref().map(|pace| pace.method.as_str());
        let explanation = assessment.explain_of(&verdict.target, &verdict.area, Some(verdict.as_of), method).unwrap();
        for lang in [Lang::En, Lang::Zh] {
            assert!(explanation.to_text(lang).lines().count() > 1, "{name}: {} is not explained", verdict.target);
        }
    }
    assessment.verdicts().len()
}

#[test]
fn they_assess_and_explain_with_their_own_observations() {
    for (number, plan) in plans() {
        let plan = with_examples(&plan);
        let end = end_of(&plan);
        for as_of in [end, end.plus(-2), end.plus(5)] {
            let assessment = plan.assess(&Panel::default(), &options(as_of)).unwrap();
            explain_all(number, &plan, &assessment);
        }
    }
}

/// Observations that meet a target or miss it; nothing where it cannot be decided.
struct Maker<'a> {
    document: &'a PlanDocument,
    area: String,
    meet: bool,
    records: Vec<Record>,
}

const FAR: i64 = 1000;

impl Maker<'_> {
    fn put(&mut self, indicator: &str, at: Point, value: Decimal, unit: Option<&Unit>) {
        let record = Record::new(self.area.clone(), indicator, at.to_string(), value);
        self.records.push(match unit {
            Some(unit) => record.unit(unit.as_str()),
            None => record,
        });
    }

    /// The periods that are judged, with the period a change is measured from.
    fn periods(&self, target: &Target, when: &When) -> Option<(Vec<Point>, Option<Point>)> {
        let end = when.period().end()?;
        let own = target.baseline.as_ref().map(|baseline| baseline.at().end()).unwrap_or_default();
        let default = self.document.defaults.as_ref().and_then(|defaults| defaults.baseline.as_ref());
        let base = own.or_else(|| default.filter(|_| matches!(when, When::By(_))).and_then(|baseline| baseline.at().end()));
        // What is summed up to a date, or holds in each period of a window without a start, begins after
        // the base, else with the plan.
        let begins =
            |after: Option<Point>| after.map(|base| base.plus(1)).or_else(|| self.document.window.as_ref().and_then(Period::start));
        let sums = target.measures() == [Measure::Sum];
        let start = match when {
            When::By(_) if sums => begins(base)?,
            When::By(_) => end,
            When::Each(period) => period.start().or_else(|| begins(own))?,
            When::During(period) => period.start()?,
        };
        let mut periods = vec![start];
        while *periods.last()? < end {
            periods.push(periods.last()?.plus(1));
        }
        let before = (!matches!(when, When::By(_))).then(|| periods[0].plus(-1));
        Some((periods, base.or(before)))
    }

    /// Puts the observations for a target; `None` where none can decide it.
    fn make(&mut self, target: &Target, outer: Option<&When>) -> Option<Point> {
        let when = target.when().or_else(|| outer.cloned()).or_else(|| when_of(self.document, target));
        if target.indicator.is_none() {
            let members = target.members();
            let due = members.iter().map(|member| match member {
                Member::Inline(inline) => self.make(inline, when.as_ref()),
                Member::Named(id) => {
                    let named = self.document.targets.get(id.as_str())?.clone();
                    self.make(&named, None)
                }
            });
            return due.collect::<Option<Vec<_>>>()?.into_iter().max();
        }
        let when = when?;
        let id = target.indicator.as_ref()?.as_str();
        let indicator = self.document.indicators.get(id)?;
        let (periods, base) = self.periods(target, &when)?;
        let due = *periods.last()?;
        let (word, bounds) = target.compare()?;
        if indicator.is_qualitative() {
            let (best, worst) = match indicator.kind {
                Some(Kind::YesNo) => ("yes", "no"),
                _ => (zh(indicator.levels.last()?), zh(indicator.levels.first()?)),
            };
            let wanted = bounds[0].word()?;
            let worst = if wanted == "no" { "yes" } else { worst };
            let best = if wanted == "no" { "no" } else { best };
            for at in periods {
                let value = if self.meet { best } else { worst };
                self.records.push(Record::new(self.area.clone(), id, at.to_string(), value));
            }
            return Some(due);
        }
        let quantity = bounds[0].quantity()?;
        let bound = quantity.value()?;
        let measures = target.measures();
        if word == CompareWord::About && target.tolerance.is_none() || measures.iter().any(|measure| measure.is_among_areas()) {
            return None;
        }
        let upward = match word {
            CompareWord::AtMost | CompareWord::LessThan => false,
            CompareWord::AtLeast | CompareWord::MoreThan => true,
            _ => indicator.direction != Some(Direction::Decrease),
        };
        let strict = matches!(word, CompareWord::MoreThan | CompareWord::LessThan);
        let step = if upward == self.meet { Decimal::ONE } else { -Decimal::ONE };
        let goal = if self.meet && !strict { bound } else { bound + step };
        let share_without_unit = indicator.unit.is_none() && matches!(indicator.kind, Some(Kind::Share | Kind::Growth));
        let unit = quantity.unit().filter(|unit| indicator.unit.as_ref().is_some_and(|own| unit.converts_to(own)));
        let needs_unit = measures.iter().any(|measure| {
            let relative = matches!(measure, Measure::RelativeChange | Measure::AnnualGrowth);
            let points = *measure == Measure::Change && indicator.unit.as_ref().is_some_and(Unit::is_percent);
            (relative || points) && quantity.unit().is_none() && !bound.is_zero()
        });
        if needs_unit || (share_without_unit && !measures.iter().all(|measure| *measure == Measure::RelativeChange)) {
            return None;
        }
        match measures.as_slice() {
            [Measure::Level] => periods.iter().for_each(|at| self.put(id, *at, goal, unit)),
            [Measure::Sum] => {
                for (index, at) in periods.iter().enumerate() {
                    self.put(id, *at, if index == 0 { goal } else { Decimal::ZERO }, unit);
                }
            }
            // Nothing to begin with, so that what was added is what there is.
            [Measure::Level, Measure::Change] | [Measure::Change, Measure::Level] => {
                if matches!(when, When::Each(_)) {
                    return None;
                }
                self.put(id, due, goal, unit);
                self.put(id, base?, Decimal::ZERO, unit);
            }
            [Measure::Change] => {
                let mut value = Decimal::from(FAR);
                self.put(id, base?, value, unit);
                let judged = if matches!(when, When::Each(_)) { periods } else { vec![due] };
                for at in judged {
                    value += goal;
                    self.put(id, at, value, unit);
                }
            }
            [Measure::RelativeChange] => {
                self.put(id, base?, Decimal::from(FAR), None);
                self.put(id, due, Decimal::from(FAR) * (Decimal::ONE + goal / Decimal::ONE_HUNDRED), None);
            }
            [Measure::Multiple] => {
                self.put(id, base?, Decimal::from(FAR), None);
                self.put(id, due, Decimal::from(FAR) * goal, None);
            }
            _ => return None,
        }
        Some(due)
    }
}

/// Where a target is tried out: in the plan's area, or in an example of the tier it holds for.
fn area_of(document: &PlanDocument, target: &Target) -> String {
    let of_indicator = || document.indicators.get(target.indicator.as_ref()?.as_str())?.of.as_ref();
    match target.areas.first().or_else(of_indicator) {
        Some(tier) if !document.areas.contains_key(tier.as_str()) => format!("example of {tier}"),
        Some(area) => area.to_string(),
        None => document.area.as_ref().unwrap().to_string(),
    }
}

/// On data made to meet a target it is met, on data made to miss it it is not; and where no data can
/// decide it, the verdict says what the plan leaves open.
#[test]
fn they_tell_what_meets_a_target_from_what_misses_it() {
    let (mut failures, mut summary) = (Vec::new(), Vec::new());
    for (number, plan) in plans() {
        let plan = with_examples(&plan);
        let document = plan.document();
        let (mut decided, mut open) = (0, 0);
        for (id, target) in document.targets.iter() {
            let area = area_of(document, target);
            for meet in [true, false] {
                let mut maker = Maker { document, area: area.clone(), meet, records: Vec::new() };
                let due = maker.make(target, None);
                let panel = Panel::from_records(maker.records);
                assert!(panel.findings().is_empty(), "{number}: {id}: {:?}", panel.findings());
                let assessment = plan.assess(&panel, &options(due.unwrap_or_else(|| end_of(&plan)))).unwrap();
                explain_all(number, &plan, &assessment);
                let verdicts = assessment.verdicts().iter().filter(|verdict| verdict.target == *id && verdict.area == area);
                let have: BTreeSet<_> = verdicts.map(|verdict| (verdict.attained.state, verdict.attained.reason)).collect();
                let want = if meet { State::Met } else { State::NotMet };
                let fits = match due {
                    Some(_) => have == BTreeSet::from([(want, None)]),
                    None => have.iter().all(|(state, reason)| *state == State::NotEvaluable && !reason.is_none_or(lacks_data)),
                };
                if !fits || have.is_empty() {
                    let want = due.map_or("not evaluable as the plan has it", |_| want.as_str());
                    failures.push(format!("{number}: {id}: want {want}, have {have:?}"));
                }
                *if due.is_some() { &mut decided } else { &mut open } += 1;
            }
        }
        summary.push(format!("{number}: {}/{}", decided / 2, open / 2));
    }
    println!("targets that data decides / that the plan leaves open: {}", summary.join(", "));
    report(&failures);
}

/// Whether a verdict is open for want of observations, and not for something the plan leaves open.
fn lacks_data(reason: Reason) -> bool {
    use Reason::{IncompleteSum, MissingPeriod, NoObservation, NoObservationAtDeadline};
    matches!(reason, NoObservation | NoObservationAtDeadline | MissingPeriod | IncompleteSum)
}
