//! Rows to series.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::breakdown::PlainCodes;
use super::cell::{Reading, StatusSet, ValueCell, read_value};
use super::columns::{Columns, Role, common_length, name_the_indicator};
use super::dense::{Dense, Incoming, Place, SourceOf, plain};
use super::ingest::Batch;
use super::{Observation, Panel, Series, SeriesKey, table};
use crate::column::{Cell, Column};
use crate::error::Error;
use crate::finding::{Code, Finding, Findings};
use crate::names::Names;
use crate::number::{Exact, NumberError, parse_decimal};
use crate::period::{PeriodError, Point};
use crate::plan::ValueIs;
use crate::quantity::name_a_unit;
use crate::text::{msg, shorten};
use crate::unit::Unit;

/// One observation, as it comes in.
///
/// ```
/// use attainment::{Panel, Record, ValueIs};
/// let panel = Panel::from_records([
///     Record::new("Zhejiang", "jobs", 2020, "1.118").unit("人").unit_mult(6).caliber("urban").vintage("2021-02").status("P"),
///     Record::new("Zhejiang", "jobs", 2021, "120万").value_is(ValueIs::About).tolerance("2").breakdown("women"),
/// ]);
/// assert_eq!(panel.len(), 2);
/// assert!(panel.findings().is_empty());
/// ```
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

    /// The power of ten the value is in (SDMX `UNIT_MULT`).
    #[must_use]
    pub fn unit_mult(self, power: i32) -> Self {
        self.with(Role::UnitMult, power.into())
    }

    /// How far from the true value an `about` may be, in the unit of the value.
    #[must_use]
    pub fn tolerance(self, tolerance: impl Into<Cell>) -> Self {
        self.with(Role::Tolerance, tolerance.into())
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
    pub(super) areas: Names,
    pub(super) indicators: Names,
    labels: Names,
    units: Vec<Unit>,
    unit_numbers: HashMap<String, Option<u32>>,
    periods: HashMap<String, (Point, Point)>,
    dense: Dense,
    series: Vec<Series>,
    index: HashMap<SeriesKey, usize>,
    findings: Findings,
    rows: u64,
    pub(super) plain: PlainCodes,
}

impl PanelBuilder {
    /// No observations yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds records.
    ///
    /// ```
    /// # use attainment::{PanelBuilder, Record};
    /// let mut builder = PanelBuilder::new();
    /// builder.add_records((2019..=2022).zip([92, 81, 88, 90]).map(|(year, trips)| Record::new("Vienna", "transit-trips", year, trips)));
    /// assert_eq!(builder.finish().len(), 4);
    /// ```
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
    ///
    /// ```
    /// # use attainment::{Columns, PanelBuilder};
    /// let mut builder = PanelBuilder::new();
    /// let (years, values) = (vec![2021, 2022], vec!["18.7", "19.3"]);
    /// builder.add_columns(&[("indicator", vec!["green-space"; 2].into()), ("year", years.into()), ("value", values.into())], &Columns::new())?;
    /// assert_eq!(builder.finish().len(), 2);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn add_columns(&mut self, columns: &[(&str, Column<'_>)], names: &Columns) -> Result<(), Error> {
        let headers: Vec<String> = columns.iter().map(|(name, _)| (*name).to_owned()).collect();
        let length = common_length(columns)?;
        let roles = self.header(&headers, names, &[Role::Indicator, Role::Period, Role::Value])?;
        if let Some(batch) = Batch::new(columns, &roles) {
            batch.add(self, length);
            return Ok(());
        }
        for index in 0..length {
            self.rows += 1;
            let mut row = Row::new(self.rows);
            for (column, role) in roles.iter().enumerate() {
                if let Some(role) = role {
                    row.set(*role, Some(column as u32 + 1), columns[column].1.cell(index));
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
    ///
    /// ```
    /// # use attainment::{Columns, PanelBuilder};
    /// let mut builder = PanelBuilder::new();
    /// for csv in ["indicator,year,value\npm25,2021,35\n", "指标,年份,数值\npm25,2022,33\n"] {
    ///     builder.add_csv(csv, &Columns::new())?;
    /// }
    /// assert_eq!(builder.finish().len(), 2);
    /// assert!(PanelBuilder::new().add_csv("year,value\n2021,35\n", &Columns::new()).is_err());
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn add_csv(&mut self, text: &str, names: &Columns) -> Result<(), Error> {
        table::add_csv(self, text, names)
    }

    /// Adds CSV text with many values a row; see [`Panel::from_wide`].
    ///
    /// # Errors
    ///
    /// [`Error::Input`] when the header names neither periods nor indicators.
    ///
    /// ```
    /// # use attainment::{Columns, PanelBuilder};
    /// let mut builder = PanelBuilder::new();
    /// builder.add_wide("area,indicator,2020,2021,2022\nNL,ev-share,25,30,35\nNO,ev-share,74,86,88\n", &Columns::new())?;
    /// assert_eq!(builder.finish().len(), 6);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn add_wide(&mut self, text: &str, names: &Columns) -> Result<(), Error> {
        table::add_wide(self, text, names)
    }

    /// The panel.
    ///
    /// Series are put in order here, so that the order of rows never matters, and an observation
    /// that is given twice is found.
    ///
    /// ```
    /// # use attainment::{Code, PanelBuilder, Record};
    /// let mut builder = PanelBuilder::new();
    /// builder.add_records([Record::new("JP", "births", 2022, 770_759), Record::new("JP", "births", 2022, 770_759)]);
    /// let panel = builder.finish();
    /// assert_eq!(panel.findings()[0].code, Code::DuplicateObservation);
    /// ```
    pub fn finish(mut self) -> Panel {
        self.dense.settle();
        // A series became detailed when its first odd row came; it is told of where its first row stands.
        let first_row = |series: &Series| series.points.iter().map(|point| point.row).filter(|row| *row > 0).min().unwrap_or(u64::MAX);
        if !self.series.is_sorted_by_key(first_row) {
            self.series.sort_by_key(first_row);
            self.index = self.series.iter().enumerate().map(|(index, series)| (series.key, index)).collect();
        }
        for series in &mut self.series {
            if !series.points.is_sorted_by_key(Observation::order) {
                series.points.sort_by_key(Observation::order);
            }
            let (area, indicator) = (self.areas.name(series.key.area), self.indicators.name(series.key.indicator));
            settle_duplicates(series, &self.units, area, indicator, &mut self.findings);
        }
        Panel {
            areas: Arc::new(self.areas),
            indicators: Arc::new(self.indicators),
            labels: Arc::new(self.labels),
            units: Arc::new(self.units),
            dense: Arc::new(self.dense),
            series: Arc::new(self.series),
            index: Arc::new(self.index),
            findings: Arc::new(self.findings.into_vec()),
        }
    }

    /// A builder that holds a panel's observations, its unnamed area named.
    pub(super) fn from_panel(panel: &Panel, home: &str) -> Self {
        let mut builder = Self { units: panel.units.to_vec(), ..Self::default() };
        builder.findings.extend(panel.findings.iter().cloned());
        let named = |area: &str| if area.is_empty() { home } else { area }.to_owned();
        for area in panel.areas.iter() {
            builder.areas.number(&named(area));
        }
        builder.indicators = (*panel.indicators).clone();
        builder.labels = (*panel.labels).clone();
        if builder.areas.len() == panel.areas.len() {
            builder.dense = (*panel.dense).clone();
            (builder.series, builder.index) = ((*panel.series).clone(), (*panel.index).clone());
            return builder;
        }
        // The unnamed area is one that has a name too: what both have becomes one series.
        for (key, points) in panel.each_series() {
            let key = SeriesKey { area: builder.areas.number(&named(panel.areas.name(key.area))), ..key };
            points.iter().for_each(|point| builder.push(key, point.clone()));
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

    pub(super) fn rows_read(&self) -> u64 {
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

    pub(super) fn points(&self, key: SeriesKey) -> Cow<'_, [Observation]> {
        match self.index.get(&key) {
            Some(index) => Cow::Borrowed(&self.series[*index].points),
            None if key.is_unlabelled() => Cow::Owned(self.dense.points(key.indicator as usize, key.area as usize)),
            None => Cow::Borrowed(&[]),
        }
    }

    /// The number of a source of plain observations.
    pub(super) fn source(&mut self, source: SourceOf) -> u32 {
        self.dense.source(source)
    }

    /// The number of a stretch of time that has been read, where plain observations may be of it.
    pub(super) fn known_period(&mut self, text: &str) -> Option<u32> {
        let (start, end) = *self.periods.get(text)?;
        self.dense.period(start, end).map(|number| number as u32)
    }

    /// The number of a unit that has been read.
    pub(super) fn known_unit(&self, text: &str) -> Option<u32> {
        self.unit_numbers.get(text).copied().flatten()
    }

    /// Puts floats of the coming rows into the table, as far as that goes; says how many.
    pub(super) fn put_floats(&mut self, keys: [&[u32]; 3], values: &[f64], source: u32) -> usize {
        let last = self.rows.saturating_add(values.len() as u64);
        if !self.index.is_empty() || u32::try_from(last).is_err() {
            return 0;
        }
        let added = self.dense.put_floats(keys, values, self.rows as u32 + 1, source);
        self.rows += added as u64;
        added
    }

    /// Puts a plain observation into the table; `false` where it has to go another way.
    #[inline]
    pub(super) fn put(&mut self, key: SeriesKey, period: u32, value: Incoming, row: u32, source: u32) -> bool {
        let place = Place { indicator: key.indicator as usize, period: period as usize, area: key.area as usize };
        (self.index.is_empty() || !self.index.contains_key(&key)) && self.dense.put(place, value, row, source)
    }

    pub(super) fn push(&mut self, key: SeriesKey, observation: Observation) {
        if !self.index.is_empty()
            && let Some(index) = self.index.get(&key)
        {
            self.series[*index].points.push(observation);
            return;
        }
        if let Some((incoming, row)) = plain(key, &observation)
            && let Some(period) = self.dense.period(observation.start, observation.end)
        {
            let source = self.dense.source(SourceOf { column: observation.column, unit: observation.unit });
            let place = Place { indicator: key.indicator as usize, period, area: key.area as usize };
            if self.dense.put(place, incoming, row, source) {
                return;
            }
        }
        let mut points = if key.is_unlabelled() { self.dense.take(key.indicator as usize, key.area as usize) } else { Vec::new() };
        points.push(observation);
        self.index.insert(key, self.series.len());
        self.series.push(Series { key, points });
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

    /// Reads one row; every problem of the row is reported, and a row with a cell that cannot be
    /// read is left out: no part of an observation is guessed.
    pub(super) fn add_row(&mut self, row: &Row) {
        let period = self.period(row, Role::Period);
        let indicator = row.text(Role::Indicator);
        if indicator.is_empty() {
            self.report(
                row.finding(Role::Indicator, Code::BadCell, msg!("the row names no indicator", "该行没有指标")).help(name_the_indicator()),
            );
        }
        let value = self.value(row);
        let status = self.status(row);
        let stated_is = self.value_is(row);
        let vintage = if row.text(Role::Vintage).is_empty() { Some(None) } else { self.period(row, Role::Vintage).map(Some) };
        let (power, tolerance, unit) = (self.power(row), self.tolerance(row), self.unit_cell(row));
        let (Some((start, end)), Some(value), Some(stated_is), Some(vintage), false) =
            (period, value, stated_is, vintage, indicator.is_empty())
        else {
            return;
        };
        let (Some(power), Some(tolerance), Some(unit)) = (power, tolerance, unit) else { return };
        let mut status = status;
        let (own_flags, _) = StatusSet::parse(&value.flags);
        own_flags.iter().for_each(|code| status.insert(code));
        // Where several things are said of a value, the one that says least counts.
        let is = value.is.max(stated_is).max(if status.contains('F') { ValueIs::Forecast } else { ValueIs::Exact });
        let reading = if status.says_missing() { Reading::Missing } else { value.reading };
        let unit = value.unit.map(|unit| self.unit(&unit)).or(unit);
        let breakdown = row.text(Role::Breakdown);
        let breakdown = if is_total(&breakdown) { "" } else { &*breakdown };
        let key = self.key(&row.text(Role::Area), &indicator, Some(breakdown), Some(&row.text(Role::Caliber)));
        let vintage = vintage.map(|(_, end)| end);
        let (row, column, conflict) = (row.number, row.column(Role::Value), false);
        self.push(key, Observation { start, end, reading, power, is, tolerance, status, unit, vintage, row, column, conflict });
    }

    fn value(&mut self, row: &Row) -> Option<ValueCell> {
        let error = match read_value(row.cell(Role::Value)) {
            Ok(value) => return Some(value),
            Err(error) => error,
        };
        let shown = shorten(&row.text(Role::Value));
        let (code, message) = match error {
            NumberError::NotFinite => (Code::NotFinite, msg!("`{shown}` is not finite", "`{shown}`不是有限的数")),
            NumberError::TooLong => (Code::NumberTooLong, msg!("`{shown}` has more than 28 digits", "`{shown}`超过28位数字")),
            NumberError::NotANumber => (Code::BadCell, msg!("`{shown}` is not a number", "`{shown}`不是数")),
        };
        let help = match code {
            Code::NumberTooLong => msg!("use a larger unit", "请改用更大的单位"),
            _ => msg!("write a number, or leave the cell empty where there is no value", "请写数字;无值则留空"),
        };
        self.report(row.finding(Role::Value, code, message).help(help));
        None
    }

    fn status(&mut self, row: &Row) -> StatusSet {
        let (status, unknown) = StatusSet::parse(&row.text(Role::Status));
        if !unknown.is_empty() {
            let message = msg!("`{unknown}` is not an SDMX observation status", "`{unknown}`不是SDMX观测状态码");
            let help = msg!("write a code of the SDMX list, such as `A`, `E`, `P` or `M`", "请写SDMX码表中的代码,如`A`、`E`、`P`或`M`");
            self.report(row.finding(Role::Status, Code::UnknownStatus, message).help(help));
        }
        status
    }

    fn value_is(&mut self, row: &Row) -> Option<ValueIs> {
        let word = row.text(Role::ValueIs);
        if word.is_empty() {
            return Some(ValueIs::Exact);
        }
        let stated = ValueIs::from_word(&word);
        if stated.is_none() {
            let shown = shorten(&word);
            let message = msg!("`{shown}` does not say what the value is", "`{shown}`不是数值性质");
            let known = ValueIs::ALL.iter().map(|word| word.as_str()).collect::<Vec<_>>().join(", ");
            self.report(row.finding(Role::ValueIs, Code::BadCell, message).help(msg!("known words: {known}", "可用的词:{known}")));
        }
        stated
    }

    /// The power of ten that the value is in.
    fn power(&mut self, row: &Row) -> Option<i8> {
        let text = row.text(Role::UnitMult);
        if text.is_empty() {
            return Some(0);
        }
        let number = parse_decimal(&text).ok().filter(|number| number.is_integer());
        let power = number.and_then(|number| i8::try_from(number).ok()).filter(|power| power.abs() <= 24);
        if power.is_none() {
            let shown = shorten(&text);
            let message = msg!("`{shown}` is not a power of ten", "`{shown}`不是10的幂次");
            let help = msg!("write a whole number from -24 to 24", "请写-24到24的整数");
            self.report(row.finding(Role::UnitMult, Code::BadCell, message).help(help));
        }
        power
    }

    fn tolerance(&mut self, row: &Row) -> Option<Option<Decimal>> {
        let text = row.text(Role::Tolerance);
        if text.is_empty() {
            return Some(None);
        }
        let tolerance = parse_decimal(&text).ok().filter(|tolerance| !tolerance.is_sign_negative());
        if tolerance.is_none() {
            let shown = shorten(&text);
            let message = msg!("`{shown}` is not a tolerance", "`{shown}`不是容许差");
            let help = msg!("write a number that is not negative", "请写非负数");
            self.report(row.finding(Role::Tolerance, Code::BadCell, message).help(help));
        }
        tolerance.map(Some)
    }

    fn unit_cell(&mut self, row: &Row) -> Option<Option<u32>> {
        let text = row.text(Role::Unit);
        if text.is_empty() {
            return Some(None);
        }
        let unit = self.unit_text(&text);
        if unit.is_none() {
            let shown = shorten(&text);
            self.report(row.finding(Role::Unit, Code::BadCell, msg!("`{shown}` is not a unit", "`{shown}`不是单位")).help(name_a_unit()));
        }
        unit.map(Some)
    }

    fn period(&mut self, row: &Row, role: Role) -> Option<(Point, Point)> {
        let cell = row.cell(role);
        let text = cell.text();
        if let Some(known) = self.periods.get(&*text) {
            return Some(*known);
        }
        let problem = match cell.period() {
            Ok(period) => match (period.start(), period.end()) {
                (Some(start), Some(end)) => {
                    if !matches!(cell, Cell::Float(_) | Cell::Decimal(_)) {
                        self.periods.insert(text.into_owned(), (start, end));
                    }
                    return Some((start, end));
                }
                _ => {
                    let shown = shorten(&text);
                    msg!("the period `{shown}` has no place in time", "期`{shown}`没有确定的起止")
                }
            },
            Err(PeriodError::Form(_)) if text.is_empty() => msg!("the row names no period", "该行没有期"),
            Err(error) => {
                let shown = shorten(&text);
                match error {
                    PeriodError::Reversed(_) => msg!("the window `{shown}` ends before it starts", "期限`{shown}`的终点早于起点"),
                    PeriodError::Form(_) => msg!("`{shown}` is not a period", "`{shown}`不是期"),
                }
            }
        };
        let help = msg!("write `2025`, `2025-Q3`, `2025-06` or `2021/2025`", "可写作`2025`、`2025-Q3`、`2025-06`或`2021/2025`");
        self.report(row.finding(role, Code::BadPeriod, problem).help(help));
        None
    }
}

/// The words for "not broken down".
fn is_total(label: &str) -> bool {
    !label.is_empty() && matches!(label.to_lowercase().as_str(), "total" | "all" | "_t" | "合计" | "总计" | "全部")
}

/// Finds observations that are given twice. Equal ones are one; different ones are both unusable,
/// because choosing between them would be a guess.
fn settle_duplicates(series: &mut Series, units: &[Unit], area: &str, indicator: &str, findings: &mut Findings) {
    if series.points.windows(2).all(|pair| pair[0].order() != pair[1].order()) {
        return;
    }
    let mut kept: Vec<Observation> = Vec::with_capacity(series.points.len());
    for point in series.points.drain(..) {
        let first = match kept.last_mut() {
            Some(first) if first.order() == point.order() => first,
            _ => {
                kept.push(point);
                continue;
            }
        };
        let (row, other, period) = (point.row, first.row, point.period());
        if says_the_same(first, &point, units) {
            let message = msg!(
                "`{indicator}` of `{area}` in {period} is also given in row {other}",
                "`{area}`的`{indicator}`{period}在第{other}行已给出"
            );
            findings.push(
                Finding::new(Code::DuplicateObservation, message)
                    .at_row(row, point.column)
                    .help(msg!("remove one of the two rows", "请删去其中一行")),
            );
            // Of `3.1` and `3.10` the second says more.
            if step(&point, units) < step(first, units) {
                *first = Observation { row: other, column: first.column, ..point };
            }
            continue;
        }
        let message = msg!(
            "`{indicator}` of `{area}` in {period} has another value in row {other}",
            "`{area}`的`{indicator}`{period}与第{other}行的值不同"
        );
        let help = msg!(
            "keep one, or tell them apart by `vintage`, `caliber` or `breakdown`",
            "请保留其一,或用`vintage`、`caliber`、`breakdown`加以区分"
        );
        findings.push(Finding::new(Code::ConflictingObservation, message).at_row(row, point.column).help(help));
        (first.reading, first.status, first.conflict) = (Reading::Missing, StatusSet::default(), true);
    }
    series.points = kept;
}

fn says_the_same(first: &Observation, second: &Observation, units: &[Unit]) -> bool {
    let aside = |point: &Observation| (point.is, point.status, point.tolerance, point.conflict);
    if aside(first) != aside(second) || first.conflict {
        return false;
    }
    let (Reading::Number(a), Reading::Number(b)) = (&first.reading, &second.reading) else { return first.reading == second.reading };
    unit_factor(second, first, units).is_some_and(|factor| Exact::from(*a) * first.scale() == Exact::from(*b) * second.scale() * factor)
}

/// What a number in the unit of the one is multiplied with to be in the unit of the other.
fn unit_factor(from: &Observation, to: &Observation, units: &[Unit]) -> Option<Exact> {
    match (from.unit, to.unit) {
        (Some(from), Some(to)) => units[from as usize].factor_to(&units[to as usize]),
        (None, None) => Some(Exact::one()),
        _ => None,
    }
}

/// What one in the last digit of a number is of the things counted: the smaller, the more is said.
fn step(point: &Observation, units: &[Unit]) -> Option<Exact> {
    let Reading::Number(number) = &point.reading else { return None };
    let unit = point.unit.map_or_else(Exact::one, |unit| units[unit as usize].factor());
    Some(point.scale() * unit / Exact::from(10).pow(number.scale()))
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

    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    pub(super) fn truncate(&mut self, len: usize) {
        self.cells.truncate(len);
    }

    fn cell(&self, role: Role) -> &Cell {
        self.cells.iter().find(|(known, ..)| *known == role).map_or(&Cell::Empty, |(.., cell)| cell)
    }

    fn text(&self, role: Role) -> Cow<'_, str> {
        self.cell(role).text()
    }

    fn column(&self, role: Role) -> Option<u32> {
        self.cells.iter().find(|(known, ..)| *known == role).and_then(|(_, column, _)| *column)
    }

    fn finding(&self, role: Role, code: Code, message: crate::text::Message) -> Finding {
        Finding::new(code, message).at_row(self.number, self.column(role))
    }
}
