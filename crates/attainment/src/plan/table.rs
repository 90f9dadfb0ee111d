//! A target table: bounds by area and indicator, and the plan they make.

use super::{CompareWord, Direction, Measure, Plan, When};
use crate::error::Error;
use crate::finding::{Code, Finding};
use crate::period::Period;
use crate::quantity::Quantity;
use crate::text::msg;

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
    pub(crate) rows: Vec<TargetRow>,
    pub(crate) findings: Vec<Finding>,
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
    /// The number of rows.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Warnings, such as columns that are not used.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The areas the table names.
    pub(crate) fn areas(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|row| row.area.as_str())
    }
}

impl TargetRow {
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
        for row in &table.rows {
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
