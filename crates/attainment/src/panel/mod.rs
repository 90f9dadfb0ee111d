//! The panel: observations held as series of points.

mod breakdown;
mod build;
mod cell;
mod columns;
mod dense;
mod ingest;
mod open_sdg;
mod sdmx;
mod table;
mod targets;
mod worldbank;

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

pub use build::{PanelBuilder, Record};
pub(crate) use cell::{Reading, StatusSet, read_value};
pub use columns::Columns;
pub(crate) use columns::{Role, common_length, missing_column};
pub(crate) use dense::{Block, Dense, HOLE};
pub(crate) use table::read_rows;

use rust_decimal::Decimal;

use crate::column::Column;
use crate::finding::Finding;
use crate::names::Names;
use crate::number::Exact;
use crate::period::{Period, Point};
use crate::plan::{Bound, Measure, PlanDocument, Stated, ValueIs};
use crate::quantity::Quantity;
use crate::unit::Unit;

/// Observations of any number of areas and indicators.
///
/// Row order does not matter. Every vintage is kept, and an assessment picks. What could not be
/// read is in [`Panel::findings`] with its row and column; nothing is dropped without one. A word
/// may be an answer or a level, which only the plan can tell: the assessment reports those that are
/// neither.
///
/// ```
/// use attainment::{Panel, Record};
/// let panel = Panel::from_records([
///     Record::new("germany", "rd-gdp", 2022, "3.04"),
///     Record::new("germany", "rd-gdp", 2023, 3.13),
/// ]);
/// assert_eq!(panel.len(), 2);
/// assert!(panel.findings().is_empty());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Panel {
    // Shared, because an assessment keeps its panel to explain with.
    pub(crate) areas: Arc<Names>,
    pub(crate) indicators: Arc<Names>,
    pub(crate) labels: Arc<Names>,
    pub(crate) units: Arc<Vec<Unit>>,
    /// Plain observations, as a table.
    pub(crate) dense: Arc<Dense>,
    /// The series with anything that is not plain.
    series: Arc<Vec<Series>>,
    index: Arc<HashMap<SeriesKey, usize>>,
    findings: Arc<Vec<Finding>>,
}

/// What a series is about; numbers are places in the panel's lists of names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct SeriesKey {
    pub(crate) area: u32,
    pub(crate) indicator: u32,
    pub(crate) breakdown: Option<u32>,
    pub(crate) caliber: Option<u32>,
}

impl SeriesKey {
    fn is_unlabelled(self) -> bool {
        self.breakdown.is_none() && self.caliber.is_none()
    }
}

/// The observations of one area, indicator, breakdown and caliber, by period and vintage.
#[derive(Clone, Debug)]
struct Series {
    key: SeriesKey,
    points: Vec<Observation>,
}

/// One observation.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Observation {
    pub(crate) start: Point,
    pub(crate) end: Point,
    pub(crate) reading: Reading,
    /// The number is in units of this power of ten (SDMX `UNIT_MULT`).
    pub(crate) power: i8,
    pub(crate) is: ValueIs,
    /// In the unit of the number.
    pub(crate) tolerance: Option<Decimal>,
    pub(crate) status: StatusSet,
    pub(crate) unit: Option<u32>,
    pub(crate) vintage: Option<Point>,
    /// The data row, or 0 for an observation of the plan itself.
    pub(crate) row: u64,
    /// The column of the value, where the table has columns.
    pub(crate) column: Option<u32>,
    /// Another row says something else; neither is used.
    pub(crate) conflict: bool,
}

impl Observation {
    pub(crate) fn period(&self) -> Period {
        if self.start == self.end { Period::Point(self.start) } else { Period::between(self.start, self.end) }
    }

    /// First and last day: `2020` and `2020-01/2020-12` are the same time.
    pub(crate) fn days(&self) -> (i32, i32) {
        (self.start.first_day(), self.end.last_day())
    }

    fn order(&self) -> (i32, i32, Option<i32>) {
        let (first, last) = self.days();
        (last, -first, self.vintage.map(Point::last_day))
    }

    /// The factor of the number that `power` says.
    pub(crate) fn scale(&self) -> Exact {
        let power = Exact::from(10).pow(u32::from(self.power.unsigned_abs()));
        if self.power < 0 { Exact::one() / power } else { power }
    }
}

/// The tolerance of a stated value in the unit of that value; a percentage is of the value.
fn own_tolerance(tolerance: &Quantity, reading: &Reading, unit: Option<&Unit>) -> Option<Decimal> {
    let size = Exact::from(tolerance.value()?);
    let size = match (tolerance.unit(), unit, reading) {
        (None, ..) => size,
        (Some(own), _, Reading::Number(number)) if own.is_percent() => size.percent() * Exact::from(*number).abs(),
        (Some(own), Some(unit), _) if own.is_percentage_points() && unit.is_percent() => size,
        (Some(own), Some(unit), _) => size * own.factor_to(unit)?,
        (Some(_), None, _) => return None,
    };
    size.to_decimal()
}

impl FromIterator<Record> for Panel {
    fn from_iter<I: IntoIterator<Item = Record>>(records: I) -> Self {
        Self::from_records(records)
    }
}

impl Panel {
    /// A panel of records.
    ///
    /// Records that cannot be used are findings; the rest is there.
    ///
    /// ```
    /// use attainment::{Panel, Record};
    /// let panel = Panel::from_records([Record::new("PT", "early-leavers", 2023, "8.1"), Record::new("PT", "early-leavers", "soon", "7")]);
    /// assert_eq!(panel.len(), 1);
    /// assert_eq!(panel.findings()[0].code.as_str(), "bad_period");
    /// ```
    pub fn from_records(records: impl IntoIterator<Item = Record>) -> Self {
        let mut builder = PanelBuilder::new();
        builder.add_records(records);
        builder.finish()
    }

    /// A panel of named columns of equal length.
    ///
    /// # Errors
    ///
    /// [`Error::Input`](crate::Error::Input) when a needed column is absent or lengths differ.
    ///
    /// ```
    /// use attainment::{Columns, Panel};
    /// let panel = Panel::from_columns(
    ///     &[("indicator", vec!["rd", "rd"].into()), ("year", vec![2022, 2023].into()), ("value", vec![Some(3.04), None].into())],
    ///     &Columns::new(),
    /// )?;
    /// assert_eq!(panel.len(), 2);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn from_columns(columns: &[(&str, Column<'_>)], names: &Columns) -> Result<Self, crate::Error> {
        let mut builder = PanelBuilder::new();
        builder.add_columns(columns, names)?;
        Ok(builder.finish())
    }

    /// A panel of CSV text with one observation a row.
    ///
    /// The separator may be a comma, a semicolon or a tab; a byte order mark is skipped.
    ///
    /// # Errors
    ///
    /// [`Error::Input`](crate::Error::Input) when there is no header or a needed column is absent.
    ///
    /// ```
    /// use attainment::{Columns, Panel};
    /// // The second year is written with a letter O.
    /// let panel = Panel::from_csv("geo;indicator;TIME_PERIOD;OBS_VALUE\nDK;wind;2022;55.2\nDK;wind;2O23;57.7\n", &Columns::new())?;
    /// assert_eq!(panel.areas().collect::<Vec<_>>(), ["DK"]);
    /// assert_eq!(panel.findings()[0].row, Some(2));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn from_csv(text: &str, names: &Columns) -> Result<Self, crate::Error> {
        let mut builder = PanelBuilder::new();
        builder.add_csv(text, names)?;
        Ok(builder.finish())
    }

    /// A panel of CSV text with many values a row: a column per period, or a column per indicator.
    ///
    /// Columns whose header is a period hold the values of that period; where there are none, the
    /// columns that are no identifying column hold one indicator each.
    ///
    /// # Errors
    ///
    /// [`Error::Input`](crate::Error::Input) when the header says neither.
    ///
    /// ```
    /// use attainment::{Columns, Panel};
    /// let panel = Panel::from_wide("地区,指标,2021年,2022年\n新昌县,rd,3.9,4.21\n", &Columns::new())?;
    /// assert_eq!(panel.len(), 2);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn from_wide(text: &str, names: &Columns) -> Result<Self, crate::Error> {
        let mut builder = PanelBuilder::new();
        builder.add_wide(text, names)?;
        Ok(builder.finish())
    }

    /// The number of observations, missing ones included.
    pub fn len(&self) -> usize {
        self.dense.count + self.series.iter().map(|series| series.points.len()).sum::<usize>()
    }

    /// Whether there is no observation.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether there is any observation of a series.
    pub(crate) fn has(&self, key: SeriesKey) -> bool {
        self.index.contains_key(&key) || (key.is_unlabelled() && self.dense.has(key.indicator as usize, key.area as usize))
    }

    /// The observations of a series, by period and vintage.
    pub(crate) fn points(&self, key: SeriesKey) -> Cow<'_, [Observation]> {
        match self.index.get(&key) {
            Some(index) => Cow::Borrowed(&self.series[*index].points),
            None if key.is_unlabelled() => Cow::Owned(self.dense.points(key.indicator as usize, key.area as usize)),
            None => Cow::Borrowed(&[]),
        }
    }

    /// Every series with its observations.
    pub(crate) fn each_series(&self) -> impl Iterator<Item = (SeriesKey, Cow<'_, [Observation]>)> {
        (0..self.indicators.len() as u32).flat_map(|indicator| self.plain_series(indicator)).chain(self.detailed())
    }

    /// The series of an indicator with their observations.
    pub(crate) fn series_of(&self, indicator: u32) -> impl Iterator<Item = (SeriesKey, Cow<'_, [Observation]>)> {
        self.plain_series(indicator).chain(self.detailed().filter(move |(key, _)| key.indicator == indicator))
    }

    /// The series of an indicator that are in the table.
    fn plain_series(&self, indicator: u32) -> impl Iterator<Item = (SeriesKey, Cow<'_, [Observation]>)> {
        let number = indicator as usize;
        (0..self.dense.width(number)).filter(move |area| self.dense.has(number, *area)).map(move |area| {
            let key = SeriesKey { area: area as u32, indicator, breakdown: None, caliber: None };
            (key, Cow::Owned(self.dense.points(number, area)))
        })
    }

    /// Every series that is not in the table.
    pub(crate) fn detailed(&self) -> impl Iterator<Item = (SeriesKey, Cow<'_, [Observation]>)> {
        self.series.iter().map(|series| (series.key, Cow::Borrowed(series.points.as_slice())))
    }

    /// What could not be read, with row and column.
    ///
    /// ```
    /// use attainment::{Columns, Panel};
    /// let panel = Panel::from_csv("indicator,year,value\nunemployment,20-23,5.1\n", &Columns::new())?;
    /// assert!(panel.findings()[0].to_string().contains("at row 1, column 2"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The ids of the areas, in the order they were met.
    ///
    /// ```
    /// use attainment::{Panel, Record};
    /// let panel: Panel = ["SE", "FI", "SE"].iter().zip(2020..).map(|(area, year)| Record::new(*area, "recycling", year, 45)).collect();
    /// assert_eq!(panel.areas().collect::<Vec<_>>(), ["SE", "FI"]);
    /// ```
    pub fn areas(&self) -> impl Iterator<Item = &str> {
        self.areas.iter()
    }

    /// The ids of the indicators, in the order they were met.
    pub fn indicators(&self) -> impl Iterator<Item = &str> {
        self.indicators.iter()
    }

    /// The same panel with the observations that a plan states, where the panel has none of its
    /// own for the same area, indicator, period and caliber; areas without a name become the
    /// plan's area.
    pub(crate) fn with_plan(&self, plan: &PlanDocument) -> Self {
        let home = plan.area.as_ref().map_or("", |id| id.as_str());
        if plan.observations.is_empty() && (home.is_empty() || self.areas.find("").is_none()) {
            return self.clone();
        }
        let mut builder = PanelBuilder::from_panel(self, home);
        for observation in plan.observations.values() {
            // A stated change or rank is no value of the indicator; it stays in the plan.
            if observation.measure.is_some_and(|measure| measure != Measure::Level) {
                continue;
            }
            let Some((start, end)) = observation.at.as_ref().and_then(|at| at.start().zip(at.end())) else { continue };
            let area = observation.area.as_ref().map_or(home, |id| id.as_str());
            let caliber = observation.caliber.as_ref().map(|id| id.as_str());
            let breakdown = observation.breakdown.as_ref().map(|id| id.as_str());
            let key = builder.key(area, observation.indicator.as_str(), breakdown, caliber);
            let same_period = |point: &Observation| point.days() == (start.first_day(), end.last_day());
            if builder.points(key).iter().any(|point| point.row > 0 && same_period(point)) {
                continue;
            }
            let stated = |word: &ValueIs| observation.value_is.contains(word);
            let first = observation.value_is.first().copied().unwrap_or(ValueIs::Exact);
            // Whatever else is said of it, a forecast decides nothing.
            let mut is = [ValueIs::Masked, ValueIs::Forecast].into_iter().find(stated).unwrap_or(first);
            let (mut reading, unit) = match &observation.value {
                Bound::Stated(Stated::Quantity(quantity)) => match quantity.value() {
                    Some(value) => (Reading::Number(value), quantity.unit().cloned()),
                    None => {
                        is = if quantity.is_masked() { ValueIs::Masked } else { is };
                        (Reading::Missing, None)
                    }
                },
                Bound::Stated(Stated::Word(word)) => (Reading::Word(word.clone()), None),
                Bound::Reference(_) => continue,
            };
            let mut status = StatusSet::default();
            for flag in &observation.status {
                let (set, _) = StatusSet::parse(flag.as_str());
                set.iter().for_each(|code| status.insert(code));
            }
            if status.says_missing() {
                reading = Reading::Missing;
            }
            let is = if status.contains('F') { ValueIs::Forecast } else { is };
            let tolerance = observation.tolerance.as_ref().and_then(|tolerance| own_tolerance(tolerance, &reading, unit.as_ref()));
            let unit = unit.map(|unit| builder.unit(&unit));
            let vintage = observation.vintage.as_ref().and_then(Period::end);
            let (power, row, column, conflict) = (0, 0, None, false);
            builder.push(key, Observation { start, end, reading, power, is, tolerance, status, unit, vintage, row, column, conflict });
        }
        builder.finish()
    }
}
