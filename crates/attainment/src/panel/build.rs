//! Rows to series.

use std::collections::HashMap;

use super::cell::{Cell, Reading, StatusSet, read_value};
use super::columns::{Columns, Role};
use super::{Names, Observation, Panel, Series, SeriesKey, table};
use crate::error::Error;
use crate::finding::{Code, Finding, Findings};
use crate::number::{NumberError, parse_decimal};
use crate::period::{Period, PeriodError, Point};
use crate::plan::ValueIs;
use crate::text::{msg, shorten};
use crate::unit::Unit;

/// One observation, as it comes in.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    area: String,
    indicator: String,
    period: Cell,
    value: Cell,
    extras: Vec<(Role, Cell)>,
}

impl Record {
    /// An observation of an indicator in an area; an empty area is the plan's own.
    pub fn new(area: impl Into<String>, indicator: impl Into<String>, period: impl Into<Cell>, value: impl Into<Cell>) -> Self {
        Self { area: area.into(), indicator: indicator.into(), period: period.into(), value: value.into(), extras: Vec::new() }
    }

    fn with(mut self, role: Role, cell: Cell) -> Self {
        self.extras.push((role, cell));
        self
    }

    /// The unit of the value.
    #[must_use]
    pub fn unit(self, unit: impl Into<String>) -> Self {
        self.with(Role::Unit, Cell::Text(unit.into()))
    }

    /// SDMX observation status flags, such as `P`.
    #[must_use]
    pub fn status(self, flags: impl Into<String>) -> Self {
        self.with(Role::Status, Cell::Text(flags.into()))
    }

    /// The caliber of the value.
    #[must_use]
    pub fn caliber(self, label: impl Into<String>) -> Self {
        self.with(Role::Caliber, Cell::Text(label.into()))
    }

    /// When the value was published.
    #[must_use]
    pub fn vintage(self, period: impl Into<Cell>) -> Self {
        self.with(Role::Vintage, period.into())
    }

    /// The part of the population the value is about.
    #[must_use]
    pub fn breakdown(self, label: impl Into<String>) -> Self {
        self.with(Role::Breakdown, Cell::Text(label.into()))
    }

    /// How far the value can be taken at its word.
    #[must_use]
    pub fn value_is(self, is: ValueIs) -> Self {
        self.with(Role::ValueIs, Cell::Text(is.as_str().to_owned()))
    }
}

/// Collects observations, in batches of any form.
///
/// ```
/// use attainment::{Columns, PanelBuilder, Record};
/// let mut builder = PanelBuilder::new();
/// builder.add_csv("indicator,year,value\nrd,2022,3.04\n", &Columns::new())?;
/// builder.add_records([Record::new("", "rd", 2023, "3.13")]);
/// assert_eq!(builder.finish().len(), 2);
/// # Ok::<(), attainment::Error>(())
/// ```
#[derive(Debug, Default)]
pub struct PanelBuilder {
    areas: Names,
    indicators: Names,
    labels: Names,
    units: Vec<Unit>,
    unit_numbers: HashMap<String, Option<u32>>,
    series: Vec<Series>,
    index: HashMap<SeriesKey, usize>,
    findings: Findings,
    rows: u64,
}

impl PanelBuilder {
    /// No observations yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds records.
    pub fn add_records(&mut self, records: impl IntoIterator<Item = Record>) {
        for record in records {
            self.rows += 1;
            let mut row = Row::new(self.rows);
            row.set(Role::Area, None, Cell::Text(record.area));
            row.set(Role::Indicator, None, Cell::Text(record.indicator));
            row.set(Role::Period, None, record.period);
            row.set(Role::Value, None, record.value);
            for (role, cell) in record.extras {
                row.set(role, None, cell);
            }
            self.add_row(&row);
        }
    }

    /// Adds named columns of equal length.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] when a needed column is absent or lengths differ; nothing is added then.
    pub fn add_columns(&mut self, columns: &[(&str, Vec<Cell>)], names: &Columns) -> Result<(), Error> {
        let headers: Vec<String> = columns.iter().map(|(name, _)| (*name).to_owned()).collect();
        let length = columns.first().map_or(0, |(_, cells)| cells.len());
        let ragged = columns.iter().find(|(_, cells)| cells.len() != length);
        if let Some((name, cells)) = ragged {
            let found = cells.len();
            return Err(Error::Input(vec![Finding::new(
                Code::RaggedRow,
                msg!("the column `{name}` has {found} values, the first has {length}", "`{name}`列有{found}个值,首列有{length}个"),
            )]));
        }
        let roles = self.header(&headers, names, &[Role::Indicator, Role::Period, Role::Value])?;
        for index in 0..length {
            self.rows += 1;
            let mut row = Row::new(self.rows);
            for (column, role) in roles.iter().enumerate() {
                if let Some(role) = role {
                    row.set(*role, Some(column as u32 + 1), columns[column].1[index].clone());
                }
            }
            self.add_row(&row);
        }
        Ok(())
    }

    /// Adds CSV text with one observation a row; see [`Panel::from_csv`].
    ///
    /// # Errors
    ///
    /// [`Error::Input`] when there is no header or a needed column is absent.
    pub fn add_csv(&mut self, text: &str, names: &Columns) -> Result<(), Error> {
        table::add_csv(self, text, names)
    }

    /// Adds CSV text with many values a row; see [`Panel::from_wide`].
    ///
    /// # Errors
    ///
    /// [`Error::Input`] when the header names neither periods nor indicators.
    pub fn add_wide(&mut self, text: &str, names: &Columns) -> Result<(), Error> {
        table::add_wide(self, text, names)
    }

    /// The panel.
    ///
    /// Series are put in order here, so that the order of rows never matters, and an observation
    /// that is given twice is found.
    pub fn finish(mut self) -> Panel {
        for series in &mut self.series {
            series.points.sort_by_key(Observation::order);
            let (area, indicator) = (self.areas.name(series.key.area), self.indicators.name(series.key.indicator));
            settle_duplicates(&mut series.points, area, indicator, &mut self.findings);
        }
        Panel {
            areas: self.areas,
            indicators: self.indicators,
            labels: self.labels,
            units: self.units,
            series: self.series,
            index: self.index,
            findings: self.findings.into_vec(),
        }
    }

    /// A builder that holds a panel's observations, its unnamed area named.
    pub(super) fn from_panel(panel: &Panel, home: &str) -> Self {
        let mut builder = Self { units: panel.units.clone(), ..Self::default() };
        builder.findings.extend(panel.findings.iter().cloned());
        for series in &panel.series {
            let area = match panel.areas.name(series.key.area) {
                "" => home,
                area => area,
            };
            let label = |number: Option<u32>| number.map(|number| panel.labels.name(number));
            let key =
                builder.key(area, panel.indicators.name(series.key.indicator), label(series.key.breakdown), label(series.key.caliber));
            for point in &series.points {
                builder.push(key, point.clone());
            }
        }
        builder
    }

    pub(super) fn header(&mut self, headers: &[String], names: &Columns, needed: &[Role]) -> Result<Vec<Option<Role>>, Error> {
        let (roles, findings) = names.roles(headers, needed);
        if findings.iter().any(Finding::is_error) {
            return Err(Error::Input(findings));
        }
        self.findings.extend(findings);
        Ok(roles)
    }

    pub(super) fn next_row(&mut self) -> u64 {
        self.rows += 1;
        self.rows
    }

    pub(super) fn report(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    pub(super) fn key(&mut self, area: &str, indicator: &str, breakdown: Option<&str>, caliber: Option<&str>) -> SeriesKey {
        SeriesKey {
            area: self.areas.number(area),
            indicator: self.indicators.number(indicator),
            breakdown: breakdown.filter(|label| !label.is_empty()).map(|label| self.labels.number(label)),
            caliber: caliber.filter(|label| !label.is_empty()).map(|label| self.labels.number(label)),
        }
    }

    pub(super) fn points(&self, key: SeriesKey) -> Option<&[Observation]> {
        self.index.get(&key).map(|index| self.series[*index].points.as_slice())
    }

    pub(super) fn push(&mut self, key: SeriesKey, observation: Observation) {
        let index = *self.index.entry(key).or_insert_with(|| {
            self.series.push(Series { key, points: Vec::new() });
            self.series.len() - 1
        });
        self.series[index].points.push(observation);
    }

    pub(super) fn unit(&mut self, unit: &Unit) -> u32 {
        match self.units.iter().position(|known| known == unit && known.as_str() == unit.as_str()) {
            Some(number) => number as u32,
            None => {
                self.units.push(unit.clone());
                self.units.len() as u32 - 1
            }
        }
    }

    fn unit_text(&mut self, text: &str) -> Option<u32> {
        if let Some(number) = self.unit_numbers.get(text) {
            return *number;
        }
        let number = Unit::parse(text).map(|unit| self.unit(&unit));
        self.unit_numbers.insert(text.to_owned(), number);
        number
    }

    /// Reads one row; every problem of the row is reported, and a row without a place in the
    /// panel (no period, say) is left out.
    pub(super) fn add_row(&mut self, row: &Row) {
        let period = self.period(row, Role::Period);
        let indicator = row.text(Role::Indicator);
        if indicator.is_empty() {
            self.report(row.finding(Role::Indicator, Code::BadCell, msg!("the row names no indicator", "该行没有指标")));
        }
        let value = match read_value(row.cell(Role::Value)) {
            Ok(value) => Some(value),
            Err(error) => {
                let shown = shorten(&row.text(Role::Value));
                let (code, message) = match error {
                    NumberError::NotFinite => (Code::NotFinite, msg!("`{shown}` is not finite", "`{shown}`不是有限的数")),
                    NumberError::TooLong => (Code::NumberTooLong, msg!("`{shown}` has more than 28 digits", "`{shown}`超过28位数字")),
                    NumberError::NotANumber => (Code::BadCell, msg!("`{shown}` is not a number", "`{shown}`不是数")),
                };
                self.report(row.finding(Role::Value, code, message));
                None
            }
        };
        let (mut status, unknown) = StatusSet::parse(&row.text(Role::Status));
        if !unknown.is_empty() {
            self.report(row.finding(
                Role::Status,
                Code::UnknownStatus,
                msg!("`{unknown}` is not an SDMX observation status", "`{unknown}`不是SDMX观测状态码"),
            ));
        }
        let is_word = row.text(Role::ValueIs);
        let stated_is = ValueIs::from_word(&is_word);
        if stated_is.is_none() && !is_word.is_empty() {
            let shown = shorten(&is_word);
            self.report(row.finding(
                Role::ValueIs,
                Code::BadCell,
                msg!("`{shown}` does not say what the value is", "`{shown}`不是数值性质"),
            ));
        }
        let vintage = if row.text(Role::Vintage).is_empty() { None } else { self.period(row, Role::Vintage) };
        let multiplier = self.multiplier(row);
        let tolerance = parse_decimal(&row.text(Role::Tolerance)).ok();
        let (Some((start, end)), Some(value), false) = (period, value, indicator.is_empty()) else { return };
        let (own_flags, _) = StatusSet::parse(&value.flags);
        own_flags.iter().for_each(|code| status.insert(code));
        let is = match (value.is, stated_is) {
            (ValueIs::Exact, Some(stated)) => stated,
            (ValueIs::Exact, None) if status.contains('F') => ValueIs::Forecast,
            (own, _) => own,
        };
        let mut reading = if status.says_missing() { Reading::Missing } else { value.reading };
        if let Reading::Number(number) = &mut reading {
            match number.checked_mul(multiplier) {
                Some(scaled) => *number = scaled,
                None => {
                    return self.report(row.finding(
                        Role::UnitMult,
                        Code::NumberTooLong,
                        msg!("the value times its multiplier does not fit", "数值乘以倍数后超出范围"),
                    ));
                }
            }
        }
        let unit = match (&value.unit, row.text(Role::Unit)) {
            (Some(unit), _) => Some(self.unit(unit)),
            (None, text) if text.is_empty() => None,
            (None, text) => {
                let number = self.unit_text(&text);
                if number.is_none() {
                    let shown = shorten(&text);
                    return self.report(row.finding(Role::Unit, Code::BadCell, msg!("`{shown}` is not a unit", "`{shown}`不是单位")));
                }
                number
            }
        };
        let (area, breakdown, caliber) = (row.text(Role::Area), row.text(Role::Breakdown), row.text(Role::Caliber));
        let breakdown = if is_total(&breakdown) { "" } else { &breakdown };
        let key = self.key(&area, &indicator, Some(breakdown), Some(&caliber));
        let vintage = vintage.map(|(_, end)| end);
        self.push(key, Observation { start, end, reading, is, tolerance, status, unit, vintage, row: row.number, conflict: false });
    }

    fn multiplier(&mut self, row: &Row) -> rust_decimal::Decimal {
        let text = row.text(Role::UnitMult);
        let power = if text.is_empty() { Some(0) } else { text.parse::<u32>().ok().filter(|power| *power <= 18) };
        power.map_or_else(
            || {
                let shown = shorten(&text);
                self.report(row.finding(Role::UnitMult, Code::BadCell, msg!("`{shown}` is not a power of ten", "`{shown}`不是10的幂次")));
                rust_decimal::Decimal::ONE
            },
            |power| rust_decimal::Decimal::from(10u64.pow(power)),
        )
    }

    fn period(&mut self, row: &Row, role: Role) -> Option<(Point, Point)> {
        let text = row.text(role);
        // A timestamp at midnight is its day.
        let day = text.split_once(['T', ' ']).filter(|(_, clock)| clock.contains(':')).map_or(text.as_str(), |(day, _)| day);
        let shown = shorten(&text);
        let problem = match day.parse::<Period>() {
            Ok(period) => match (period.start(), period.end()) {
                (Some(start), Some(end)) => return Some((start, end)),
                _ => msg!("the period `{shown}` has no place in time", "期`{shown}`没有确定的起止"),
            },
            Err(PeriodError::Reversed(_)) => msg!("the window `{shown}` ends before it starts", "期限`{shown}`的终点早于起点"),
            Err(PeriodError::Form(_)) if shown.is_empty() => msg!("the row names no period", "该行没有期"),
            Err(PeriodError::Form(_)) => msg!("`{shown}` is not a period", "`{shown}`不是期"),
        };
        self.report(row.finding(role, Code::BadPeriod, problem));
        None
    }
}

/// The words for "not broken down".
fn is_total(label: &str) -> bool {
    matches!(label.to_lowercase().as_str(), "total" | "all" | "_t" | "合计" | "总计" | "全部")
}

/// Marks observations that are given twice. Equal ones are one; different ones are both unusable,
/// because choosing between them would be a guess.
fn settle_duplicates(points: &mut Vec<Observation>, area: &str, indicator: &str, findings: &mut Findings) {
    let mut index = 1;
    while index < points.len() {
        let (first, second) = (&points[index - 1], &points[index]);
        if first.order() != second.order() {
            index += 1;
            continue;
        }
        let (row, other, period) = (second.row, first.row, second.period());
        let same = (&first.reading, first.is, first.unit, first.status) == (&second.reading, second.is, second.unit, second.status);
        if same && !first.conflict {
            findings.push(
                Finding::new(
                    Code::DuplicateObservation,
                    msg!(
                        "`{indicator}` of `{area}` in {period} is also given in row {other}",
                        "`{area}`的`{indicator}`{period}在第{other}行已给出"
                    ),
                )
                .at_row(row, None),
            );
            points.remove(index);
        } else {
            findings.push(
                Finding::new(
                    Code::ConflictingObservation,
                    msg!(
                        "`{indicator}` of `{area}` in {period} has another value in row {other}",
                        "`{area}`的`{indicator}`{period}与第{other}行的值不同"
                    ),
                )
                .at_row(row, None)
                .help(msg!(
                    "keep one, or tell them apart by `vintage`, `caliber` or `breakdown`",
                    "请保留其一,或用`vintage`、`caliber`、`breakdown`加以区分"
                )),
            );
            points[index - 1].conflict = true;
            points[index - 1].reading = Reading::Missing;
            points.remove(index);
        }
    }
}

/// The cells of one row, by role.
pub(super) struct Row {
    number: u64,
    cells: Vec<(Role, Option<u32>, Cell)>,
}

impl Row {
    pub(super) fn new(number: u64) -> Self {
        Self { number, cells: Vec::with_capacity(6) }
    }

    pub(super) fn set(&mut self, role: Role, column: Option<u32>, cell: Cell) {
        self.cells.push((role, column, cell));
    }

    fn cell(&self, role: Role) -> &Cell {
        self.cells.iter().find(|(known, ..)| *known == role).map_or(&Cell::Empty, |(.., cell)| cell)
    }

    fn text(&self, role: Role) -> String {
        self.cell(role).text()
    }

    fn finding(&self, role: Role, code: Code, message: crate::text::Message) -> Finding {
        let column = self.cells.iter().find(|(known, ..)| *known == role).and_then(|(_, column, _)| *column);
        Finding::new(code, message).at_row(self.number, column)
    }
}
