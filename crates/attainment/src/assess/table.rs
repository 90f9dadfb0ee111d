//! A target table: bounds by area and indicator.

use std::collections::{BTreeMap, HashMap};

use super::compile::{base_of, step_of};
use super::gather::Areas;
use crate::document::nearest_word;
use crate::error::Error;
use crate::finding::{Code, Finding, Findings};
use crate::number::Exact;
use crate::panel::{Cell, Columns, read_rows};
use crate::period::Period;
use crate::plan::{Amount, Direction, Inherited, Measure, Plan, PlanDocument, When, amount, level_amount};
use crate::quantity::Quantity;
use crate::text::{msg, shorten};
use crate::verdict::{AreaNo, BaseSpec, Body, BoundSpec, Reason, Rule, RuleNo, Value};

/// The columns of a target table.
const COLUMNS: &[&str] = &[
    "area",
    "indicator",
    "target",
    "measure",
    "compare",
    "bound",
    "bound_max",
    "by",
    "during",
    "each",
    "baseline",
    "baseline_value",
    "weight",
    "direction",
    "unit",
];

/// Bounds by area and indicator: a province hands each county its own number.
///
/// Columns: `area`, `indicator`, `target`, `measure`, `compare`, `bound`, `bound_max`, one of `by`,
/// `during`, `each`, `baseline`, `baseline_value`, `weight`, `direction`, `unit`. Needed are
/// `area`, `indicator` and `bound`.
///
/// ```
/// use attainment::{AssessOptions, Columns, Panel, Plan, Record, State, TargetTable};
///
/// let table = TargetTable::from_csv("area,indicator,bound,by,direction\na,rd,2,2020,increase\nb,rd,3,2020,increase\n", &Columns::new())?;
/// let plan = Plan::from_targets(&table)?;
/// let panel = Panel::from_records([Record::new("a", "rd", 2020, 2), Record::new("b", "rd", 2020, 2)]);
/// let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2020))?;
/// assert_eq!(assessment.verdict("rd", "a")?.attained.state, State::Met);
/// assert_eq!(assessment.verdict("rd", "b")?.attained.state, State::NotMet);
/// # Ok::<(), attainment::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TargetTable {
    rows: Vec<Row>,
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Row {
    number: u64,
    area: String,
    indicator: String,
    target: String,
    measure: Option<Measure>,
    compare: String,
    bound: Option<Quantity>,
    bound_max: Option<Quantity>,
    when: Option<When>,
    baseline: Option<Period>,
    baseline_value: Option<Quantity>,
    weight: String,
    direction: Option<Direction>,
    unit: String,
}

impl TargetTable {
    /// A table of CSV text.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] with every cell that cannot be read: a bound that is dropped would be a
    /// target that is lost.
    pub fn from_csv(text: &str, names: &Columns) -> Result<Self, Error> {
        let (headers, rows) = read_rows(text)?;
        Self::from_rows(&headers, rows.into_iter(), names)
    }

    /// A table of named columns of equal length.
    ///
    /// # Errors
    ///
    /// [`Error::Input`], as [`TargetTable::from_csv`].
    pub fn from_columns(columns: &[(&str, Vec<Cell>)], names: &Columns) -> Result<Self, Error> {
        let headers: Vec<String> = columns.iter().map(|(name, _)| (*name).to_owned()).collect();
        let length = columns.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0);
        let row = |index: usize| columns.iter().map(|(_, cells)| cells.get(index).cloned().unwrap_or(Cell::Empty)).collect();
        Self::from_rows(&headers, (0..length).map(|index| (index as u64 + 1, row(index))), names)
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    fn from_rows(headers: &[String], rows: impl Iterator<Item = (u64, Vec<Cell>)>, names: &Columns) -> Result<Self, Error> {
        let mut findings = Findings::default();
        let mut place: HashMap<&str, usize> = HashMap::new();
        for (index, header) in headers.iter().enumerate() {
            let ours = names.ours(header).unwrap_or(header);
            match COLUMNS.iter().find(|column| **column == ours) {
                Some(column) => {
                    place.insert(column, index);
                }
                None => {
                    let shown = shorten(header);
                    findings.push(
                        Finding::new(Code::UnusedColumn, msg!("the column `{shown}` is not used", "`{shown}`列未使用"))
                            .at_row(0, Some(index as u32 + 1)),
                    );
                }
            }
        }
        for needed in ["area", "indicator", "bound"] {
            if !place.contains_key(needed) {
                findings.push(
                    Finding::new(Code::MissingColumn, msg!("the table has no column for `{needed}`", "表中没有`{needed}`列"))
                        .help(msg!("name it with `columns`", "请用`columns`指明")),
                );
            }
        }
        if findings.has_errors() {
            return Err(Error::Input(findings.into_vec()));
        }
        let mut table = Self::default();
        for (number, cells) in rows {
            let reader = RowReader { number, cells: &cells, place: &place, findings: &mut findings };
            table.rows.push(reader.row());
        }
        if findings.has_errors() { Err(Error::Input(findings.into_vec())) } else { Ok(table) }
    }
}

struct RowReader<'a> {
    number: u64,
    cells: &'a [Cell],
    place: &'a HashMap<&'a str, usize>,
    findings: &'a mut Findings,
}

impl RowReader<'_> {
    fn text(&self, column: &str) -> String {
        self.place.get(column).and_then(|index| self.cells.get(*index)).map(|cell| cell.text().into_owned()).unwrap_or_default()
    }

    fn bad(&mut self, column: &str, message: crate::text::Message) {
        let column = self.place.get(column).map(|index| *index as u32 + 1);
        self.findings.push(Finding::new(Code::BadCell, message).at_row(self.number, column));
    }

    fn quantity(&mut self, column: &str) -> Option<Quantity> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        Quantity::parse(&text).map_err(|finding| self.bad(column, finding.message)).ok()
    }

    fn period(&mut self, column: &str) -> Option<Period> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let shown = shorten(&text);
        text.parse().map_err(|_| self.bad(column, msg!("`{shown}` is not a period", "`{shown}`不是期"))).ok()
    }

    fn word<T>(&mut self, column: &str, read: fn(&str) -> Option<T>) -> Option<T> {
        let text = self.text(column);
        let found = read(&text);
        if found.is_none() && !text.is_empty() {
            let shown = shorten(&text);
            self.bad(column, msg!("`{shown}` is not known here", "此处没有`{shown}`这个词"));
        }
        found
    }

    fn row(mut self) -> Row {
        let (by, during, each) = (self.period("by"), self.period("during"), self.period("each"));
        if [by.is_some(), during.is_some(), each.is_some()].iter().filter(|given| **given).count() > 1 {
            self.bad("by", msg!("at most one of `by`, `during`, `each` may stand", "`by`、`during`、`each`至多选一"));
        }
        let compare = self.word("compare", crate::plan::CompareWord::from_word).map(|word| word.as_str().to_owned());
        let (area, indicator) = (self.text("area"), self.text("indicator"));
        if indicator.is_empty() {
            self.bad("indicator", msg!("the row names no indicator", "该行没有指标"));
        }
        Row {
            number: self.number,
            area,
            indicator,
            target: self.text("target"),
            measure: self.word("measure", Measure::from_word),
            compare: compare.unwrap_or_default(),
            bound: self.quantity("bound"),
            bound_max: self.quantity("bound_max"),
            when: When::from_keys(&by, &during, &each),
            baseline: self.period("baseline"),
            baseline_value: self.quantity("baseline_value"),
            weight: self.text("weight"),
            direction: self.word("direction", Direction::from_word),
            unit: self.text("unit"),
        }
    }
}

impl Row {
    fn target_id(&self) -> &str {
        if self.target.is_empty() { &self.indicator } else { &self.target }
    }
}

impl Plan {
    /// A plan of a target table: an indicator for each of its indicators, a target for each of its
    /// targets, and the bounds of every area.
    ///
    /// The bounds stay in the table; [`Plan::to_text`] writes the targets without them.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] when an indicator has no direction, or two; [`Error::Plan`] when rows of one
    /// target do not agree on measure and comparison.
    pub fn from_targets(table: &TargetTable) -> Result<Self, Error> {
        let mut findings = Vec::new();
        let mut indicators = serde_json::Map::new();
        let mut targets = serde_json::Map::new();
        for row in &table.rows {
            let indicator = indicators.entry(row.indicator.clone()).or_insert_with(|| serde_json::json!({ "name": row.indicator }));
            for (key, value) in [("direction", row.direction.map(Direction::as_str)), ("unit", Some(row.unit.as_str()))] {
                let Some(value) = value.filter(|value| !value.is_empty()) else { continue };
                if indicator.get(key).is_some_and(|known| known != value) {
                    let id = &row.indicator;
                    findings.push(
                        Finding::new(Code::BadCell, msg!("`{id}` has another {key} in an earlier row", "`{id}`在前面的行中`{key}`不同"))
                            .at_row(row.number, None),
                    );
                }
                indicator[key] = value.into();
            }
            let compare = if row.compare.is_empty() { "reach" } else { &row.compare };
            let target = serde_json::json!({
                "indicator": row.indicator,
                "measure": row.measure.unwrap_or(Measure::Level).as_str(),
                compare: if compare == "within" { serde_json::json!(["unknown", "unknown"]) } else { "unknown".into() },
            });
            let known = targets.entry(row.target_id().to_owned()).or_insert_with(|| target.clone());
            if *known != target {
                let id = row.target_id();
                findings.push(
                    Finding::new(
                        Code::BadCell,
                        msg!(
                            "`{id}` has another indicator, measure or comparison in an earlier row",
                            "`{id}`在前面的行中指标、度量或比较方式不同"
                        ),
                    )
                    .at_row(row.number, None),
                );
            }
        }
        for (id, indicator) in &indicators {
            if indicator.get("direction").is_none() {
                findings.push(
                    Finding::new(Code::DirectionMissing, msg!("`{id}` states no direction", "`{id}`没有方向"))
                        .help(msg!("add a column `direction`", "请增加`direction`列")),
                );
            }
        }
        if !findings.is_empty() {
            return Err(Error::Input(findings));
        }
        let document = serde_json::json!({ "attainment": "1", "id": "targets", "indicators": indicators, "targets": targets });
        let mut plan = Self::from_value(&document)?;
        plan.set_table(table.clone());
        Ok(plan)
    }
}

/// The rows of a table by rule and area.
pub(super) struct Bounds {
    rows: HashMap<RuleNo, BTreeMap<AreaNo, Own>>,
}

/// What an area has of its own.
struct Own {
    /// The row of the table.
    row: u64,
    bound: Option<BoundSpec>,
    bound_max: Option<BoundSpec>,
    step: Option<Exact>,
    when: Option<When>,
    base: Option<Inherited<BaseSpec>>,
}

impl Bounds {
    pub(super) fn new(table: &TargetTable, document: &PlanDocument, areas: &Areas) -> Self {
        let mut rows: HashMap<RuleNo, BTreeMap<AreaNo, Own>> = HashMap::new();
        for row in &table.rows {
            let Some((rule, _, target)) = document.targets.get_full(row.target_id()) else { continue };
            let (Some(area), Some(id)) = (areas.number(&row.area), &target.indicator) else { continue };
            let Some(indicator) = document.indicators.get(id.as_str()) else { continue };
            let measure = row.measure.unwrap_or_else(|| target.measures()[0]);
            let spec = |quantity: &Quantity| match amount(quantity, measure, indicator) {
                Ok(Amount::Known(value)) => BoundSpec::Fixed { value: Value::exact(value) },
                Ok(Amount::Masked) => BoundSpec::Broken(Reason::BoundMasked),
                Ok(Amount::Unknown) => BoundSpec::Broken(Reason::BoundUnknown),
                Ok(Amount::UnitLost) => BoundSpec::Broken(Reason::UnitLost),
                Err(_) => BoundSpec::Broken(Reason::UnitMismatch),
            };
            let declared = row.baseline_value.as_ref().and_then(|quantity| match level_amount(quantity, indicator) {
                Ok(Amount::Known(value)) => Some(Ok(Value::exact(value))),
                _ => None,
            });
            let when = row.when.clone().or_else(|| document.when_of(target).map(|when| when.value));
            let mut base = base_of(document, target, indicator, when.as_ref());
            if row.baseline.is_some() || declared.is_some() {
                let at = row.baseline.as_ref().map_or_else(|| base.as_ref().and_then(|base| base.value.at), Period::end);
                base = Some(Inherited { value: BaseSpec { at, declared }, inherited: false });
            }
            let own = Own {
                row: row.number,
                bound: row.bound.as_ref().map(spec),
                bound_max: row.bound_max.as_ref().map(spec),
                step: step_of(row.bound.as_ref(), measure, indicator),
                when: row.when.clone(),
                base,
            };
            rows.entry(rule).or_default().insert(area, own);
        }
        Self { rows }
    }

    pub(super) fn areas_of(&self, rule: RuleNo) -> Vec<AreaNo> {
        self.rows.get(&rule).into_iter().flat_map(BTreeMap::keys).copied().collect()
    }

    /// The rule with the area's own bound, time and baseline; `None` where it has no row.
    pub(super) fn rule(&self, rule: RuleNo, area: AreaNo, general: &Rule) -> Option<Rule> {
        let own = self.rows.get(&rule)?.get(&area)?;
        let mut specific = general.clone();
        specific.path = format!("{}, row {} of the target table", general.path, own.row);
        if let Some(when) = &own.when {
            specific.when = Some(Inherited { value: when.clone(), inherited: false });
        }
        if let Body::Single(single) = &mut specific.body {
            for phrase in &mut single.readings {
                if let Some(bound) = &own.bound {
                    (phrase.bound, phrase.step) = (bound.clone(), own.step.clone());
                }
                phrase.bound_max = own.bound_max.clone().or_else(|| phrase.bound_max.take());
            }
            single.base = own.base.clone();
        }
        Some(specific)
    }
}

/// Targets that a table names and the plan does not have.
pub(super) fn unknown_targets(table: &TargetTable, document: &PlanDocument) -> Vec<Finding> {
    let known: Vec<&str> = document.targets.keys().map(String::as_str).collect();
    let missing = table.rows.iter().filter(|row| !document.targets.contains_key(row.target_id()));
    missing
        .map(|row| {
            let id = shorten(row.target_id());
            let finding = Finding::new(Code::UnknownReference, msg!("the plan has no target `{id}`", "规划中没有目标`{id}`"))
                .at_row(row.number, None);
            match nearest_word(&id, &known) {
                Some(near) => finding.help(msg!("did you mean `{near}`?", "是否为`{near}`?")),
                None => finding,
            }
        })
        .collect()
}

impl TargetTable {
    /// The areas the table names.
    pub(super) fn areas(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|row| row.area.as_str())
    }
}
