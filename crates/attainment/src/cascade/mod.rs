//! From an area to its parts and back: targets handed down, values rolled up, and whether the one
//! comes to the other.
//!
//! Counts and amounts add up; shares, intensities and rates are weighed, and never averaged as they
//! are (silent mistake S16 of the collection: the mean of the members taken for the group).

mod check;
mod divide;
mod hand_down;
mod question;
mod roll_up;
mod rule;
mod weigh;
mod words;

use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::{Map, Value};

pub use check::{CascadeCheck, PartCheck, WholeCheck};
pub use roll_up::{RollUp, RolledPart, RolledWhole};
pub use rule::{Ahead, CascadeDocument, CascadeRule, Division, MissingPart, RollUpDocument, RollUpRule};

use crate::column::Column;
use crate::error::Error;
use crate::finding::{Code, Finding, Findings};
use crate::number::Exact;
use crate::panel::Panel;
use crate::period::Period;
use crate::plan::{Measure, Plan, TargetRow, TargetTable, UnitOf};
use crate::quantity::Quantity;
use crate::text::{Message, msg, shorten};
use crate::trace::Step;
use crate::verdict::decimal_text;
use hand_down::{Handed, HandedPart, hand_down};
use question::{Asked, Question};

/// A target that was handed down: a number for every part, which add up to the whole.
///
/// ```
/// use attainment::{CascadeRule, Division, Format, Lang, Panel, Period, Plan, Record};
///
/// let plan = Plan::parse("
/// attainment: 1
/// id: jiangsu-innovation
/// areas: { jiangsu: {}, nanjing: { tier: 市, parent: jiangsu }, suzhou: { tier: 市, parent: jiangsu }, wuxi: { tier: 市, parent: jiangsu } }
/// indicators: { labs: { name: 重点实验室, unit: 家, kind: stock, direction: increase } }
/// targets: { labs: { indicator: labs, reach: 100家, by: 2025, areas: jiangsu } }
/// ", Format::Yaml)?;
/// let panel = Panel::from_records([Record::new("nanjing", "labs", 2020, 30), Record::new("suzhou", "labs", 2020, 25), Record::new("wuxi", "labs", 2020, 15)]);
///
/// let rule = CascadeRule::new("labs", Division::Proportional).area("jiangsu").part("市").baseline(Period::year(2020));
/// let cascade = plan.cascade(&panel, &rule)?;
/// // 100 × 30/70, 25/70 and 15/70 are 42.86, 35.71 and 21.43: the two largest remainders round up.
/// let bounds: Vec<String> = cascade.parts().iter().map(|part| part.bound.to_string()).collect();
/// assert_eq!(bounds, ["43", "36", "21"]);
/// assert!(cascade.explain("wuxi")?.to_text(Lang::En).contains("100 × 15 / 70 = 21.4285714286…"));
/// # Ok::<(), attainment::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Cascade {
    target: String,
    rule: Division,
    unit: String,
    table: TargetTable,
    parts: Vec<CascadePart>,
    left_out: Vec<LeftOut>,
    findings: Vec<Finding>,
    handed: Vec<Handed>,
    /// For each part: the whole it belongs to, and its place there.
    places: Vec<(usize, usize)>,
    weighed: Option<Message>,
    baseline: Option<Period>,
}

/// What one part is to do, and the numbers it comes from.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CascadePart {
    /// The part.
    pub area: String,
    /// The area whose target is handed down.
    pub whole: String,
    /// The value of the part at the baseline, where it is known, in the indicator's unit.
    #[serde(serialize_with = "decimal_text")]
    pub baseline: Option<Decimal>,
    /// How much the part counts, where weights were used.
    #[serde(serialize_with = "decimal_text")]
    pub weight: Option<Decimal>,
    /// What it would be without rounding; to 28 digits.
    #[serde(serialize_with = "decimal_text")]
    pub unrounded: Option<Decimal>,
    /// Its target, in the unit the target is judged in.
    #[serde(serialize_with = "plain_text")]
    pub bound: Decimal,
}

fn plain_text<S: serde::Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

/// A part that nothing was handed down to.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LeftOut {
    /// The part.
    pub area: String,
    /// The area it belongs to.
    pub whole: String,
    /// Why it was left out.
    pub why: Message,
}

impl Plan {
    /// Hands a target of one area down to its parts: a number for each, which add up to the whole.
    ///
    /// Amounts are divided exactly and rounded by largest remainders (Hamilton, 1792), so that the
    /// parts sum to the whole to the last digit: of equal remainders the part that counts more comes
    /// first, of equal parts the id that is first in the order of its code points. Shares and
    /// intensities do not add up: they converge, grow or shift, rounded toward the target, so that
    /// their weighted mean is still there. Rates are handed on as they are.
    ///
    /// The result is a target table ([`Cascade::table`]) for
    /// [`AssessOptions::targets`](crate::AssessOptions::targets), for a further step down
    /// ([`CascadeRule::targets`]) or for a file.
    ///
    /// # Errors
    ///
    /// [`Error::Assess`] with every problem: a rule that does not fit the target, a part without a
    /// value (missing is not zero), shares without weights, a whole that no division adds up to.
    ///
    /// ```
    /// use attainment::{AssessOptions, CascadeRule, Columns, Division, Format, Panel, Period, Plan, State};
    /// let plan = Plan::parse("
    /// attainment: 1
    /// id: clean-air
    /// areas: { land: {}, north: { parent: land, tier: region }, south: { parent: land, tier: region } }
    /// indicators: { nox: { name: NOx emissions, unit: kt, kind: flow, direction: decrease, decimals: 1 } }
    /// targets: { nox: { indicator: nox, at_most: 90kt, by: 2030, baseline: 2020, areas: land } }
    /// ", Format::Yaml)?;
    /// let panel = Panel::from_csv("area,indicator,year,value\nnorth,nox,2020,80\nsouth,nox,2020,40\nnorth,nox,2030,58\nsouth,nox,2030,31\n", &Columns::new())?;
    /// let cascade = plan.cascade(&panel, &CascadeRule::new("nox", Division::EqualGrowth).area("land").part("region"))?;
    /// let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2030).targets(cascade.table().clone()))?;
    /// assert_eq!(assessment.verdict("nox", "north")?.attained.state, State::Met);
    /// assert_eq!(assessment.verdict("nox", "south")?.attained.gap.unwrap().to_string(), "1");
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn cascade(&self, panel: &Panel, rule: &CascadeRule) -> Result<Cascade, Error> {
        let mut findings = Vec::new();
        let document = &rule.document;
        let Some(question) = Question::new(self, panel, asked(rule, None), &mut findings) else {
            return Err(Error::Assess(kept(findings)));
        };
        let handed = hand_down(&question, document, &mut findings);
        if findings.iter().any(Finding::is_error) {
            return Err(Error::Assess(kept(findings)));
        }
        let weighed = question.weights(&document.weights, document.weigh_by.as_ref()).map(|source| source.words(question.baseline));
        let mut cascade = Cascade {
            target: question.id.to_owned(),
            rule: document.rule,
            unit: question.unit(),
            table: TargetTable::default(),
            parts: Vec::new(),
            left_out: Vec::new(),
            findings: kept(findings),
            handed,
            places: Vec::new(),
            weighed,
            baseline: document.baseline.clone().or_else(|| question.own_baseline.clone()),
        };
        for (place, handed) in cascade.handed.iter().enumerate() {
            let whole = question.observed.id(handed.whole).to_owned();
            for (index, part) in handed.parts.iter().enumerate() {
                let Some(bound) = part.bound.to_decimal() else { continue };
                let area = question.observed.id(part.area).to_owned();
                let number = cascade.table.len() as u64 + 1;
                cascade.table.push(row(&question, handed, part, &area, bound, number));
                let decimal = |value: &Exact| value.to_decimal().map(|value| value.normalize());
                cascade.parts.push(CascadePart {
                    area,
                    whole: whole.clone(),
                    baseline: part.baseline.as_ref().and_then(|seen| decimal(&seen.value)),
                    weight: part.weight.as_ref().and_then(decimal),
                    unrounded: decimal(&part.unrounded),
                    bound,
                });
                cascade.places.push((place, index));
            }
            let left = handed.left_out.iter().map(|(area, why)| LeftOut {
                area: question.observed.id(*area).to_owned(),
                whole: whole.clone(),
                why: why.clone(),
            });
            cascade.left_out.extend(left);
        }
        Ok(cascade)
    }
}

fn asked<'a>(rule: &'a CascadeRule, table: Option<&'a TargetTable>) -> Asked<'a> {
    let document = &rule.document;
    Asked {
        target: &document.target,
        area: &document.area,
        parts: &document.parts,
        baseline: document.baseline.as_ref(),
        vintage: document.vintage.as_ref(),
        weigh_by: document.weigh_by.as_ref(),
        tables: rule.targets.as_deref().into_iter().chain(table).collect(),
    }
}

/// The row of a part in the target table.
fn row(question: &Question<'_>, handed: &Handed, part: &HandedPart, area: &str, bound: Decimal, number: u64) -> TargetRow {
    let indicator = question.indicator;
    let unit = UnitOf::new(question.measure, indicator).unit().cloned();
    // The baseline of a target is its own; a level may take that of the rule along.
    let rules = question.baseline.filter(|_| question.measure == Measure::Level).map(Period::Point);
    let baseline = question.own_baseline.clone().or(rules);
    let same = baseline.as_ref().and_then(Period::end) == question.baseline;
    let value = part.baseline.as_ref().filter(|_| same && baseline.is_some()).and_then(|seen| seen.value.to_decimal());
    TargetRow {
        number,
        area: area.to_owned(),
        indicator: question.indicator_id.to_owned(),
        target: question.id.to_owned(),
        measure: Some(question.measure),
        compare: Some(handed.bound.word),
        bound: Some(Quantity::of(bound, unit)),
        bound_max: None,
        when: Some(handed.bound.when.clone()),
        baseline,
        baseline_value: value.map(|value| Quantity::of(value.normalize(), indicator.unit.clone())),
        weight: None,
        direction: indicator.direction,
        unit: indicator.unit.as_ref().map(|unit| unit.as_str().to_owned()).unwrap_or_default(),
    }
}

impl Cascade {
    /// The target that was handed down.
    pub fn target(&self) -> &str {
        &self.target
    }

    /// The targets of the parts, as a table.
    ///
    /// ```
    /// # use attainment::{CascadeRule, Division, Format, MissingPart, Panel, Period, Plan, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: p, areas: {land: {}, a: {parent: land, tier: t}, b: {parent: land, tier: t}, c: {parent: land, tier: t}}, indicators: {labs: {name: Labs, kind: stock, direction: increase}}, targets: {labs: {indicator: labs, reach: 10, by: 2030, areas: land}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("a", "labs", 2020, 2), Record::new("b", "labs", 2020, 1)]);
    /// # let rule = CascadeRule::new("labs", Division::Proportional).area("land").part("t").baseline(Period::year(2020)).missing(MissingPart::LeaveOut);
    /// let cascade = plan.cascade(&panel, &rule)?;
    /// assert_eq!(cascade.table().to_csv().lines().nth(1), Some("a,labs,labs,level,reach,7,2030,2020,2,increase"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn table(&self) -> &TargetTable {
        &self.table
    }

    /// What each part is to do, in the order of the areas.
    pub fn parts(&self) -> &[CascadePart] {
        &self.parts
    }

    /// The parts that nothing was handed down to, and why.
    ///
    /// ```
    /// # use attainment::{CascadeRule, Division, Format, MissingPart, Panel, Period, Plan, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: p, areas: {land: {}, a: {parent: land, tier: t}, b: {parent: land, tier: t}, c: {parent: land, tier: t}}, indicators: {labs: {name: Labs, kind: stock, direction: increase}}, targets: {labs: {indicator: labs, reach: 10, by: 2030, areas: land}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("a", "labs", 2020, 2), Record::new("b", "labs", 2020, 1)]);
    /// # let rule = CascadeRule::new("labs", Division::Proportional).area("land").part("t").baseline(Period::year(2020)).missing(MissingPart::LeaveOut);
    /// let cascade = plan.cascade(&panel, &rule)?;
    /// assert_eq!(cascade.left_out()[0].area, "c");
    /// assert_eq!(cascade.left_out()[0].why.en, "it has no value for 2020");
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// What is doubtful: parts left out, parts that get nothing, a whole that its parts do not make up.
    ///
    /// ```
    /// # use attainment::{CascadeRule, Division, Format, MissingPart, Panel, Period, Plan, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: p, areas: {land: {}, a: {parent: land, tier: t}, b: {parent: land, tier: t}, c: {parent: land, tier: t}}, indicators: {labs: {name: Labs, kind: stock, direction: increase}}, targets: {labs: {indicator: labs, reach: 10, by: 2030, areas: land}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("a", "labs", 2020, 2), Record::new("b", "labs", 2020, 1)]);
    /// # let rule = CascadeRule::new("labs", Division::Proportional).area("land").part("t").baseline(Period::year(2020)).missing(MissingPart::LeaveOut);
    /// let cascade = plan.cascade(&panel, &rule)?;
    /// assert_eq!(cascade.findings()[0].code.as_str(), "part_left_out");
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Every part as a flat record: `area, whole, baseline, weight, unrounded, bound`. Decimals are
    /// text; what is missing is null.
    ///
    /// ```
    /// # use attainment::{CascadeRule, Division, Format, MissingPart, Panel, Period, Plan, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: p, areas: {land: {}, a: {parent: land, tier: t}, b: {parent: land, tier: t}, c: {parent: land, tier: t}}, indicators: {labs: {name: Labs, kind: stock, direction: increase}}, targets: {labs: {indicator: labs, reach: 10, by: 2030, areas: land}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("a", "labs", 2020, 2), Record::new("b", "labs", 2020, 1)]);
    /// # let rule = CascadeRule::new("labs", Division::Proportional).area("land").part("t").baseline(Period::year(2020)).missing(MissingPart::LeaveOut);
    /// let cascade = plan.cascade(&panel, &rule)?;
    /// assert_eq!(cascade.to_records()[0]["bound"], "7");
    /// assert!(cascade.to_records()[0]["weight"].is_null());
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_records(&self) -> Vec<Map<String, Value>> {
        records(&self.parts)
    }

    /// The same as columns, each with one value for each part. Numbers are decimals of one scale.
    ///
    /// ```
    /// # use attainment::{CascadeRule, Division, Format, Panel, Period, Plan, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: p, areas: {land: {}, a: {parent: land, tier: t}, b: {parent: land, tier: t}}, indicators: {labs: {name: Labs, kind: stock, direction: increase}}, targets: {labs: {indicator: labs, reach: 10, by: 2030, areas: land}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("a", "labs", 2020, 2), Record::new("b", "labs", 2020, 1)]);
    /// # let rule = CascadeRule::new("labs", Division::Proportional).area("land").part("t").baseline(Period::year(2020));
    /// let columns = plan.cascade(&panel, &rule)?.columns();
    /// assert_eq!((columns[0].0, columns[0].1.cell(0)), ("area", "a".into()));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn columns(&self) -> Vec<(&'static str, Column<'static>)> {
        let words = |word: fn(&CascadePart) -> &str| Column::words(self.parts.iter().map(|part| Some(word(part))));
        let numbers = |number: fn(&CascadePart) -> Option<Decimal>| Column::decimals(&self.parts.iter().map(number).collect::<Vec<_>>());
        vec![
            ("area", words(|part| &part.area)),
            ("whole", words(|part| &part.whole)),
            ("baseline", numbers(|part| part.baseline)),
            ("weight", numbers(|part| part.weight)),
            ("unrounded", numbers(|part| part.unrounded)),
            ("bound", numbers(|part| Some(part.bound))),
        ]
    }

    /// The steps to the number of a part.
    pub(crate) fn steps(&self, area: &str) -> Result<(Message, Vec<Step>), Error> {
        let Some(index) = self.parts.iter().position(|part| part.area == area) else { return Err(no_such(area)) };
        let (place, within) = self.places[index];
        let handed = &self.handed[place];
        let shown = &self.parts[index];
        let target = &self.target;
        let title = msg!("`{target}` handed down to `{area}`", "`{target}`分解到`{area}`");
        let context = words::Context {
            whole: &shown.whole,
            rule: self.rule,
            unit: &self.unit,
            weighed: self.weighed.as_ref(),
            baseline: self.baseline.as_ref(),
        };
        Ok((title, words::steps(&context, handed, &handed.parts[within])))
    }
}

/// The findings, within reason.
fn kept(findings: Vec<Finding>) -> Vec<Finding> {
    let mut kept = Findings::default();
    kept.extend(findings);
    kept.into_vec()
}

fn no_such(area: &str) -> Error {
    let shown = shorten(area);
    Error::Assess(vec![
        Finding::new(Code::UnknownVerdict, msg!("nothing was handed down to or rolled up in `{shown}`", "没有分解到或汇总`{shown}`"))
            .help(msg!("name an area that the rule is about", "请写规则所涉及的地区")),
    ])
}

fn records<T: Serialize>(items: &[T]) -> Vec<Map<String, Value>> {
    let record = |item: &T| match serde_json::to_value(item) {
        Ok(Value::Object(map)) => map,
        _ => Map::new(),
    };
    items.iter().map(record).collect()
}

#[cfg(doctest)]
#[doc = include_str!("../../../../docs/cascade.md")]
struct Guide;
