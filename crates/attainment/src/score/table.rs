//! The wide table: an area a row, an indicator a column.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use indexmap::IndexMap;
use rust_decimal::Decimal;

use crate::column::{Cell, Column};
use crate::error::Error;
use crate::finding::{Code, Finding, Findings};
use crate::panel::{Columns, Reading, Role, common_length, missing_column, read_rows, read_value};
use crate::period::Point;
use crate::plan::ValueIs;
use crate::text::{msg, shorten};
use crate::unit::Unit;

/// Numbers of one indicator, a place for each row; `NaN` is missing and never leaves the floor.
/// They are shared with the scorecards made of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Numbers {
    pub(crate) values: Arc<Vec<f64>>,
    /// As they were written; absent where they came as floats, which stand for their shortest text.
    pub(crate) decimals: Option<Arc<Vec<Decimal>>>,
    pub(crate) unit: Option<Unit>,
}

/// Values of indicators by area: what an index is computed from.
///
/// A column `area`, a column for each indicator and, where there are several years, a column
/// `period`. A column of words says which group an area is in. Common names of columns (`country`,
/// `地区`, `year`, `年份`) are understood without being given.
///
/// ```
/// use attainment::{Columns, WideTable};
/// let table = WideTable::from_csv("area,region,life_expectancy\nNorway,europe,83.4\nChad,africa,\n", &Columns::new())?;
/// assert_eq!(table.areas().collect::<Vec<_>>(), ["Norway", "Chad"]);
/// assert_eq!(table.indicators().collect::<Vec<_>>(), ["life_expectancy"]);
/// # Ok::<(), attainment::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct WideTable {
    /// Each area once.
    pub(crate) areas: Vec<String>,
    /// Each period once, in order; one `None` for a table without periods.
    pub(crate) periods: Vec<Option<Point>>,
    /// By indicator; the place of an area in a period is `period × areas + area`.
    pub(crate) columns: IndexMap<String, Numbers>,
    /// Columns of words, in the same places.
    pub(crate) words: IndexMap<String, Vec<String>>,
    pub(crate) findings: Vec<Finding>,
}

impl WideTable {
    /// A table of CSV text.
    ///
    /// `names` says what columns are called that have other names: ours to theirs, indicators too
    /// (`rename("life_expectancy", "le")`).
    ///
    /// # Errors
    ///
    /// [`Error::Input`] when there is no column of areas, a column stands twice, or an area does for
    /// one period.
    /// Cells that cannot be read are missing, and findings.
    ///
    /// ```
    /// use attainment::{Columns, WideTable};
    /// let error = WideTable::from_csv("area,a\nx,1\nx,2\n", &Columns::new()).unwrap_err();
    /// assert_eq!(error.findings()[0].code.as_str(), "duplicate_row");
    /// let table = WideTable::from_csv("area,a\nx,one or two\ny,2\n", &Columns::new())?;
    /// assert_eq!(table.findings()[0].row, Some(1));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn from_csv(text: &str, names: &Columns) -> Result<Self, Error> {
        let (headers, rows) = read_rows(text)?;
        let width = headers.len();
        Self::from_cells(&headers, names, rows.len(), |row, column| {
            Cow::Borrowed(if column < width { &rows[row].1[column] } else { &Cell::Empty })
        })
    }

    /// A table of named columns of equal length.
    ///
    /// # Errors
    ///
    /// [`Error::Input`], as [`WideTable::from_csv`], and when columns differ in length.
    ///
    /// ```
    /// use attainment::{Columns, WideTable};
    /// let table = WideTable::from_columns(
    ///     &[("area", vec!["a", "b"].into()), ("jobs", vec![Some(61.5), None].into())],
    ///     &Columns::new(),
    /// )?;
    /// assert_eq!(table.areas().count(), 2);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn from_columns(columns: &[(&str, Column<'_>)], names: &Columns) -> Result<Self, Error> {
        let headers: Vec<String> = columns.iter().map(|(name, _)| (*name).to_owned()).collect();
        let length = common_length(columns)?;
        Self::from_cells(&headers, names, length, |row, column| columns[column].1.look(row))
    }

    /// A table of floats by area, for hosts that hold columns; `NaN` is missing.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] when columns differ in length, an area or a column stands twice, or a number is
    /// infinite.
    ///
    /// ```
    /// use attainment::WideTable;
    /// let table = WideTable::from_floats(["a", "b"], [("x", vec![1.0, f64::NAN]), ("y", vec![3.0, 4.0])])?;
    /// assert_eq!(table.indicators().collect::<Vec<_>>(), ["x", "y"]);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn from_floats<A: Into<String>, N: Into<String>>(
        areas: impl IntoIterator<Item = A>,
        columns: impl IntoIterator<Item = (N, Vec<f64>)>,
    ) -> Result<Self, Error> {
        let areas: Vec<String> = areas.into_iter().map(Into::into).collect();
        let mut findings = Findings::default();
        let mut seen: HashMap<&str, usize> = HashMap::with_capacity(areas.len());
        for (row, area) in areas.iter().enumerate() {
            if let Some(first) = seen.insert(area, row) {
                findings.push(twice(area, None, first, row));
            }
        }
        let mut table = Self { periods: vec![None], ..Self::default() };
        for (name, values) in columns {
            let name: String = name.into();
            if values.len() != areas.len() {
                let (shown, found, want) = (shorten(&name), values.len(), areas.len());
                findings.push(
                    Finding::new(
                        Code::RaggedRow,
                        msg!(
                            "the column `{shown}` has {found} values, and there are {want} areas",
                            "`{shown}`列有{found}个值,而地区有{want}个"
                        ),
                    )
                    .help(msg!("give a number for every area; `NaN` is a missing value", "每个地区都要有数;缺失写NaN")),
                );
            }
            if let Some(row) = values.iter().position(|value| value.is_infinite()) {
                let shown = shorten(&name);
                findings.push(
                    Finding::new(Code::NotFinite, msg!("a number of `{shown}` is infinite", "`{shown}`中有无穷大"))
                        .at_row(row as u64 + 1, None)
                        .help(msg!("a missing value is `NaN`", "缺失值写NaN")),
                );
            }
            let shown = shorten(&name);
            if table.columns.insert(name, Numbers { values: Arc::new(values), decimals: None, unit: None }).is_some() {
                findings.push(column_twice(&shown));
            }
        }
        if findings.has_errors() {
            return Err(Error::Input(findings.into_vec()));
        }
        table.areas = areas;
        Ok(table)
    }

    fn from_cells<'c>(
        headers: &[String],
        names: &Columns,
        rows: usize,
        cell: impl Fn(usize, usize) -> Cow<'c, Cell>,
    ) -> Result<Self, Error> {
        let mut findings = Findings::default();
        let (role_names, indicators) = names.split();
        let (roles, problems) = role_names.roles(headers, &[]);
        // What is no identifying column is an indicator, so no column is unused.
        findings.extend(problems.into_iter().filter(Finding::is_error));
        for (_, theirs) in indicators.iter().filter(|(_, theirs)| !headers.iter().any(|header| header == theirs)) {
            findings.push(missing_column(theirs, headers));
        }
        let place = |role: Role| roles.iter().position(|found| *found == Some(role));
        let Some(area_at) = place(Role::Area) else {
            findings.push(missing_column("area", headers));
            return Err(Error::Input(findings.into_vec()));
        };
        let period_at = place(Role::Period);
        let mut table = Self::default();
        let mut area_numbers: HashMap<String, usize> = HashMap::new();
        let mut keys: Vec<(usize, Option<Point>)> = Vec::with_capacity(rows);
        for row in 0..rows {
            let number = row as u64 + 1;
            let area = cell(row, area_at).text().into_owned();
            let next = area_numbers.len();
            let area_number = *area_numbers.entry(area.clone()).or_insert(next);
            if area_number == next {
                table.areas.push(area);
            }
            let period = period_at.and_then(|column| {
                let found = cell(row, column);
                let point = found.period().ok().and_then(|period| period.as_point());
                if point.is_none() {
                    let shown = shorten(&found.text());
                    findings.push(
                        Finding::new(Code::BadPeriod, msg!("`{shown}` is not a period", "`{shown}`不是期"))
                            .at_row(number, Some(column as u32 + 1))
                            .help(crate::quantity::name_a_period()),
                    );
                }
                point
            });
            keys.push((area_number, period));
        }
        table.periods = keys.iter().map(|(_, period)| *period).collect();
        crate::sort::sort_by_key(&mut table.periods, |period| period.map(|point| (point.last_day(), -point.first_day())));
        table.periods.dedup();
        if table.periods.is_empty() {
            table.periods.push(None);
        }
        let period_number: HashMap<Option<Point>, usize> =
            table.periods.iter().enumerate().map(|(index, period)| (*period, index)).collect();
        let size = table.areas.len() * table.periods.len();
        let mut taken: Vec<usize> = vec![usize::MAX; size];
        let mut places = Vec::with_capacity(rows);
        for (row, (area, period)) in keys.iter().enumerate() {
            let place = period_number[period] * table.areas.len() + area;
            if taken[place] == usize::MAX {
                taken[place] = row;
            } else {
                findings.push(twice(&table.areas[*area], *period, taken[place], row));
            }
            places.push(place);
        }
        let mut names_taken = HashSet::new();
        for (column, header) in headers.iter().enumerate() {
            let used = matches!(roles[column], Some(Role::Area | Role::Period | Role::Ignored)) || header.is_empty();
            if !used {
                let ours = indicators.iter().find(|(_, theirs)| theirs == header).map_or(header.as_str(), |(ours, _)| ours);
                if !names_taken.insert(ours) {
                    findings.push(column_twice(&shorten(ours)));
                }
                table.read_column(ours, column, &places, size, |row| cell(row, column), &mut findings);
            }
        }
        if findings
            .clone()
            .into_vec()
            .iter()
            .any(|finding| matches!(finding.code, Code::DuplicateRow | Code::DuplicateColumn | Code::BadPeriod | Code::MissingColumn))
        {
            return Err(Error::Input(findings.into_vec()));
        }
        table.findings = findings.into_vec();
        Ok(table)
    }

    fn read_column<'c>(
        &mut self,
        header: &str,
        column: usize,
        places: &[usize],
        size: usize,
        cell: impl Fn(usize) -> Cow<'c, Cell>,
        findings: &mut Findings,
    ) {
        let (mut values, mut decimals, mut unit) = (vec![f64::NAN; size], vec![Decimal::ZERO; size], None);
        let mut words = vec![String::new(); size];
        let (mut count, mut word_rows, mut bad) = (0_usize, Vec::new(), Vec::new());
        for (row, place) in places.iter().enumerate() {
            match read_value(&cell(row)) {
                Ok(value) => match value.reading {
                    Reading::Number(_) if matches!(value.is, ValueIs::Forecast | ValueIs::Masked) => {}
                    Reading::Number(number) => {
                        if count > 0 && unit != value.unit {
                            bad.push(row);
                            continue;
                        }
                        (unit, count) = (value.unit, count + 1);
                        values[*place] = crate::number::Exact::from(number).to_f64();
                        decimals[*place] = number;
                    }
                    Reading::Word(word) => {
                        words[*place] = word;
                        word_rows.push(row);
                    }
                    Reading::Missing => {}
                },
                Err(_) => bad.push(row),
            }
        }
        let answers = word_rows.iter().all(|row| matches!(words[places[*row]].as_str(), "yes" | "no"));
        if answers && !word_rows.is_empty() && count == 0 {
            for row in &word_rows {
                let place = places[*row];
                let yes = words[place] == "yes";
                values[place] = f64::from(u8::from(yes));
                decimals[place] = Decimal::from(u8::from(yes));
            }
        } else if count == 0 && !word_rows.is_empty() {
            self.words.insert(header.to_owned(), words);
            return;
        } else {
            bad.extend(word_rows);
        }
        for row in bad {
            let shown = shorten(&cell(row).text());
            findings.push(
                Finding::new(
                    Code::BadCell,
                    msg!("`{shown}` is not a number like the others of `{header}`", "`{shown}`不是与`{header}`其他值同类的数"),
                )
                .at_row(row as u64 + 1, Some(column as u32 + 1))
                .help(msg!("write a number, all of one unit, or leave the cell empty", "请写数字(单位一致),缺失则留空")),
            );
        }
        self.columns.insert(header.to_owned(), Numbers { values: Arc::new(values), decimals: Some(Arc::new(decimals)), unit });
    }

    /// The areas, in the order they were met.
    pub fn areas(&self) -> impl Iterator<Item = &str> {
        self.areas.iter().map(String::as_str)
    }

    /// The indicators: the columns of numbers.
    pub fn indicators(&self) -> impl Iterator<Item = &str> {
        self.columns.keys().map(String::as_str)
    }

    /// Cells that could not be read, with row and column.
    ///
    /// ```
    /// use attainment::{Columns, WideTable};
    /// let table = WideTable::from_csv("area,co2\na,5.1 t\nb,4 kg\n", &Columns::new())?;
    /// assert_eq!(table.findings()[0].code.as_str(), "bad_cell");
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

fn column_twice(shown: &str) -> Finding {
    Finding::new(Code::DuplicateColumn, msg!("the column `{shown}` stands twice", "`{shown}`列出现了两次"))
        .help(msg!("keep one of the two, or give them different names", "请只留一列,或改用不同的列名"))
}

fn twice(area: &str, period: Option<Point>, first: usize, row: usize) -> Finding {
    let (area, first) = (shorten(area), first + 1);
    let message = match period {
        Some(period) => msg!("`{area}` in {period} is also given in row {first}", "`{area}`{period}在第{first}行已给出"),
        None => msg!("`{area}` is also given in row {first}", "`{area}`在第{first}行已给出"),
    };
    Finding::new(Code::DuplicateRow, message)
        .at_row(row as u64 + 1, None)
        .help(msg!("keep one row for an area, or add a column `period`", "每个地区只留一行,或加上`period`列"))
}
