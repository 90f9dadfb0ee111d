//! A target table: bounds by area and indicator, and the plan they make.

use std::collections::HashMap;
use std::sync::Arc;

use super::held::Held;
use super::{CompareWord, Direction, Measure, Plan, When};
use crate::column::Column;
use crate::error::Error;
use crate::finding::{Code, Finding};
use crate::period::Period;
use crate::quantity::Quantity;
use crate::text::msg;
use crate::unit::Unit;

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
#[derive(Clone, Debug, Default)]
pub struct TargetTable {
    /// Shared, because a plan and an assessment keep the table they are made of.
    held: Arc<Held>,
    pub(crate) findings: Vec<Finding>,
}

impl PartialEq for TargetTable {
    fn eq(&self, other: &Self) -> bool {
        self.rows().eq(other.rows()) && self.findings == other.findings
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct TargetRow {
    pub(crate) number: u64,
    pub(crate) area: String,
    pub(crate) indicator: String,
    pub(crate) target: String,
    pub(crate) measure: Option<Measure>,
    pub(crate) compare: Option<CompareWord>,
    pub(crate) bound: Option<Quantity>,
    pub(crate) bound_max: Option<Quantity>,
    pub(crate) when: Option<When>,
    pub(crate) baseline: Option<Period>,
    pub(crate) baseline_value: Option<Quantity>,
    /// Kept for schemes, which weigh targets.
    pub(crate) weight: Option<Quantity>,
    pub(crate) direction: Option<Direction>,
    pub(crate) unit: String,
}

impl TargetTable {
    pub(crate) fn new(held: Held, findings: Vec<Finding>) -> Self {
        Self { held: Arc::new(held), findings }
    }

    /// The rows as columns.
    pub(crate) fn held(&self) -> &Held {
        &self.held
    }

    /// Every row, in order.
    pub(crate) fn rows(&self) -> impl Iterator<Item = TargetRow> + '_ {
        (0..self.held.len).map(|row| self.held.row(row))
    }

    /// The rows of a target, in order.
    pub(crate) fn rows_on<'a>(&'a self, target: &str) -> impl Iterator<Item = TargetRow> + use<'a> {
        let wanted = self.held.ids.find(target);
        (0..self.held.len).filter(move |row| Some(self.held.target_of(*row)) == wanted).map(|row| self.held.row(row))
    }

    pub(crate) fn push(&mut self, row: TargetRow) {
        Arc::make_mut(&mut self.held).push(row);
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.held.len
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.held.len == 0
    }

    /// Warnings, such as columns that are not used.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Every row as a flat record, with the columns of the table; what is missing is null.
    ///
    /// Numbers are text. They carry their unit where a bare number would mean something else, as a
    /// change of a percentage does, and else stand in the unit of the column `unit`.
    ///
    /// ```
    /// use attainment::{Columns, TargetTable};
    /// let table = TargetTable::from_csv("area,indicator,measure,bound,by\nOslo,ev,change,5pp,2030\n", &Columns::new())?;
    /// assert_eq!(table.to_records()[0]["bound"], "5pp");
    /// assert!(table.to_records()[0]["weight"].is_null());
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_records(&self) -> Vec<serde_json::Map<String, serde_json::Value>> {
        let record = |row: TargetRow| {
            let cell = |text: Option<String>| text.map_or(serde_json::Value::Null, Into::into);
            COLUMNS.iter().zip(row.cells()).map(|(name, text)| ((*name).to_owned(), cell(text))).collect()
        };
        self.rows().map(record).collect()
    }

    /// The same as columns, each with one value for each row; numbers are text, as in the records.
    ///
    /// ```
    /// use attainment::{Columns, TargetTable};
    /// let table = TargetTable::from_csv("area,indicator,bound\nOslo,ev,90\nBergen,ev,85\n", &Columns::new())?;
    /// let (name, bounds) = &table.columns()[5];
    /// assert_eq!((*name, bounds.cell(1)), ("bound", "85".into()));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn columns(&self) -> Vec<(&'static str, Column<'static>)> {
        let rows: Vec<[Option<String>; COLUMNS.len()]> = self.rows().map(|row| row.cells()).collect();
        let column = |index: usize| Column::words(rows.iter().map(|row| row[index].as_deref()));
        COLUMNS.iter().enumerate().map(|(index, name)| (*name, column(index))).collect()
    }

    /// The table as CSV text, which [`TargetTable::from_csv`] reads again. Columns without any value
    /// are left out.
    ///
    /// ```
    /// use attainment::{Columns, TargetTable};
    /// let text = "area,indicator,bound,by,unit\nOslo,ev,90,2030,percent\n";
    /// let table = TargetTable::from_csv(text, &Columns::new())?;
    /// assert_eq!(table.to_csv(), text);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_csv(&self) -> String {
        let rows: Vec<[Option<String>; COLUMNS.len()]> = self.rows().map(|row| row.cells()).collect();
        let needed = |name: &str| matches!(name, "area" | "indicator" | "bound");
        let used: Vec<usize> =
            (0..COLUMNS.len()).filter(|index| needed(COLUMNS[*index]) || rows.iter().any(|row| row[*index].is_some())).collect();
        let quoted = |text: &str| {
            let plain = !text.contains([',', ';', '"', '\t', '\n', '\r']) && text.trim() == text;
            if plain { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
        };
        let mut out = used.iter().map(|index| COLUMNS[*index]).collect::<Vec<_>>().join(",");
        out.push('\n');
        for row in &rows {
            let cells: Vec<String> = used.iter().map(|index| quoted(row[*index].as_deref().unwrap_or_default())).collect();
            out.push_str(&cells.join(","));
            out.push('\n');
        }
        out
    }

    /// The areas the table names.
    pub(crate) fn areas(&self) -> impl Iterator<Item = &str> {
        self.held.areas.iter()
    }
}

/// The columns of a target table, in order.
pub(crate) const COLUMNS: [&str; 15] = [
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

impl TargetRow {
    /// What stands in each of [`COLUMNS`].
    fn cells(&self) -> [Option<String>; COLUMNS.len()] {
        let text = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        // A bare number is read in the unit of the indicator, where it cannot mean anything else.
        let is_level = matches!(self.measure, None | Some(Measure::Level | Measure::Change | Measure::Sum | Measure::Mean));
        let indicators_unit = Unit::parse(&self.unit);
        let number = |quantity: &Option<Quantity>, in_unit: bool| {
            let quantity = quantity.as_ref()?;
            let bare = in_unit && quantity.unit().is_some() && quantity.unit() == indicators_unit.as_ref();
            match quantity.value().filter(|_| bare) {
                Some(value) => Some(value.to_string()),
                None => Some(quantity.as_str().to_owned()),
            }
        };
        let when = |key: &str| self.when.as_ref().filter(|when| when.key() == key).map(|when| when.period().to_string());
        [
            Some(self.area.clone()),
            Some(self.indicator.clone()),
            text(&self.target),
            self.measure.map(|measure| measure.as_str().to_owned()),
            self.compare.map(|word| word.as_str().to_owned()),
            number(&self.bound, is_level),
            number(&self.bound_max, is_level),
            when("by"),
            when("during"),
            when("each"),
            self.baseline.as_ref().map(ToString::to_string),
            number(&self.baseline_value, true),
            number(&self.weight, false),
            self.direction.map(|direction| direction.as_str().to_owned()),
            text(&self.unit),
        ]
    }

    /// The target the row is about: the named one, or the one of its indicator.
    pub(crate) fn target_id(&self) -> &str {
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
    /// [`Error::Input`] when an indicator has no direction, or two, or when rows of one target do not
    /// agree on measure and comparison.
    ///
    /// ```
    /// use attainment::{Code, Columns, Plan, TargetTable};
    /// let csv = "area,indicator,bound,by,direction\nXinchang,patents,1200,2025,increase\nShengzhou,patents,900,2025,increase\n";
    /// let plan = Plan::from_targets(&TargetTable::from_csv(csv, &Columns::new())?)?;
    /// assert_eq!(plan.document().targets.len(), 1);
    ///
    /// let blind = TargetTable::from_csv("area,indicator,bound,by\nXinchang,patents,1200,2025\n", &Columns::new())?;
    /// assert_eq!(Plan::from_targets(&blind).unwrap_err().code(), Some(Code::DirectionMissing));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn from_targets(table: &TargetTable) -> Result<Self, Error> {
        let mut findings = Vec::new();
        let mut indicators = serde_json::Map::new();
        let mut targets = serde_json::Map::new();
        // Rows that say the same of their target are looked at once; those that disagree, one by one.
        let held = table.held();
        let mut seen: HashMap<_, bool> = HashMap::new();
        for place in 0..held.len {
            let says = (held.indicator[place], held.target_of(place), held.direction.get(place), held.unit.numbers.get(place));
            let says = (says, held.measure.get(place), held.compare.get(place));
            if seen.get(&says) == Some(&true) {
                continue;
            }
            let (row, before) = (held.row(place), findings.len());
            let indicator = indicators.entry(row.indicator.clone()).or_insert_with(|| serde_json::json!({ "name": row.indicator }));
            for (key, value) in [("direction", row.direction.map(Direction::as_str)), ("unit", Some(row.unit.as_str()))] {
                let Some(value) = value.filter(|value| !value.is_empty()) else { continue };
                if indicator.get(key).is_some_and(|known| known != value) {
                    let id = &row.indicator;
                    findings.push(
                        Finding::new(Code::BadCell, msg!("`{id}` has another {key} in an earlier row", "`{id}`在前面的行中`{key}`不同"))
                            .at_row(row.number, None)
                            .help(msg!("write the same {key} in every row of an indicator", "同一指标各行的`{key}`应相同")),
                    );
                }
                indicator[key] = value.into();
            }
            let compare = row.compare.unwrap_or(CompareWord::Reach).as_str();
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
                    .at_row(row.number, None)
                    .help(msg!("give the rows different names in the column `target`", "请在`target`列中用不同名称区分")),
                );
            }
            seen.insert(says, findings.len() == before);
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
