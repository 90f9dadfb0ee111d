//! Rows of any table to a target table.

use std::collections::HashMap;

use super::columns::{Columns, common_length, missing_column, name_the_indicator, unused_column};
use super::ingest::Keys;
use super::table::read_rows;
use crate::column::{Cell, Column};
use crate::document::bad_word;
use crate::error::Error;
use crate::finding::{Code, Finding, Findings};
use crate::names::Names;
use crate::number::{Fixed, plain_number};
use crate::period::Period;
use crate::plan::{CompareWord, Direction, Held, Measure, Shared, Spread, TARGET_COLUMNS, TargetRow, TargetTable, When};
use crate::quantity::{Quantity, name_a_period};
use crate::text::{Message, msg, shorten};
use crate::unit::Unit;

impl TargetTable {
    /// A table of CSV text.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] with every cell that cannot be read: a bound that is dropped would be a
    /// target that is lost.
    ///
    /// ```
    /// use attainment::{Columns, TargetTable};
    /// let table = TargetTable::from_csv("area,indicator,compare,bound,by\nLyon,no2,at_most,20,2030\nLille,no2,at_most,22,2030\n", &Columns::new())?;
    /// assert_eq!(table.len(), 2);
    /// let error = TargetTable::from_csv("area,indicator,bound\nLyon,no2,plenty\n", &Columns::new()).unwrap_err();
    /// assert_eq!(error.findings()[0].row, Some(1));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn from_csv(text: &str, names: &Columns) -> Result<Self, Error> {
        let (headers, rows) = read_rows(text)?;
        Self::from_rows(&headers, rows.into_iter(), names)
    }

    /// A table of named columns of equal length.
    ///
    /// # Errors
    ///
    /// [`Error::Input`], as [`TargetTable::from_csv`].
    ///
    /// ```
    /// use attainment::{Columns, TargetTable};
    /// let (areas, bounds) = (vec!["Kerala", "Bihar"], vec![8, 15]);
    /// let columns = [("area", areas.into()), ("indicator", vec!["infant-mortality"; 2].into()), ("bound", bounds.into())];
    /// let table = TargetTable::from_columns(&columns, &Columns::new())?;
    /// assert_eq!(table.len(), 2);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn from_columns(columns: &[(&str, Column<'_>)], names: &Columns) -> Result<Self, Error> {
        let headers: Vec<String> = columns.iter().map(|(name, _)| (*name).to_owned()).collect();
        let length = common_length(columns)?;
        let place = |ours: &str| headers.iter().position(|header| names.ours(header).unwrap_or(header) == ours);
        let column = |ours: &'static str| place(ours).map(|place| &columns[place].1);
        if names.misnamed(&headers, &TARGET_COLUMNS).is_empty()
            && let Some(held) = by_column(column, length)
        {
            let used =
                |(index, header): &(usize, &String)| TARGET_COLUMNS.iter().any(|column| place(column) == Some(*index)) || header.is_empty();
            let unused = headers.iter().enumerate().filter(|header| !used(header)).map(|(index, header)| unused_column(header, index));
            return Ok(Self::new(held, unused.collect()));
        }
        let row = |index: usize| columns.iter().map(|(_, column)| column.cell(index)).collect();
        Self::from_rows(&headers, (0..length).map(|index| (index as u64 + 1, row(index))), names)
    }

    fn from_rows(headers: &[String], rows: impl Iterator<Item = (u64, Vec<Cell>)>, names: &Columns) -> Result<Self, Error> {
        let mut findings = Findings::default();
        findings.extend(names.misnamed(headers, &TARGET_COLUMNS));
        let mut place: HashMap<&str, usize> = HashMap::new();
        for (index, header) in headers.iter().enumerate() {
            let ours = names.ours(header).unwrap_or(header);
            match TARGET_COLUMNS.iter().find(|column| **column == ours) {
                // Of two columns of one name the first is read.
                Some(column) if !place.contains_key(column) => {
                    place.insert(column, index);
                }
                _ => findings.push(unused_column(header, index)),
            }
        }
        for needed in ["area", "indicator", "bound"] {
            if !place.contains_key(needed) {
                findings.push(missing_column(needed, headers));
            }
        }
        if findings.has_errors() {
            return Err(Error::Input(findings.into_vec()));
        }
        let mut held = Held::default();
        for (number, cells) in rows {
            let row = RowReader { number, cells: &cells, place: &place, findings: &mut findings }.row();
            let (id, area) = (row.target_id().to_owned(), row.area.clone());
            if let Some(first) = held.push(row) {
                let first = held.number(first);
                findings.push(
                    Finding::new(
                        Code::DuplicateRow,
                        msg!("`{id}` of `{area}` is also given in row {first}", "`{area}`的`{id}`在第{first}行已给出"),
                    )
                    .at_row(number, None)
                    .help(msg!("keep one of the two, or name them apart by `target`", "请保留其一,或用`target`加以区分")),
                );
            }
        }
        if findings.has_errors() {
            return Err(Error::Input(findings.into_vec()));
        }
        Ok(Self::new(held, findings.into_vec()))
    }
}

/// A table whose columns are of such types that each distinct value is read once; `None` where rows have
/// to be looked at one by one, and where anything is to be reported.
fn by_column<'a>(column: impl Fn(&'static str) -> Option<&'a Column<'a>>, length: usize) -> Option<Held> {
    let mut held = Held::default();
    held.len = length;
    held.area = names(column("area")?, length, &mut held.areas)?;
    held.indicator = names(column("indicator")?, length, &mut held.ids)?;
    let (mut whens, mut baselines) = (Shared::default(), Shared::default());
    if let Some(targets) = column("target") {
        held.target = Spread::of(names(targets, length, &mut held.ids)?.into_iter().map(Some).collect());
    }
    // No indicator, or some target, without a name.
    if held.ids.find("").is_some() {
        return None;
    }
    held.measure = words(column("measure"), length, Measure::from_word)?;
    held.compare = words(column("compare"), length, CompareWord::from_word)?;
    held.direction = words(column("direction"), length, Direction::from_word)?;
    let mut times = ["by", "during", "each"].into_iter().filter_map(|key| Some((key, column(key)?)));
    let (time, other) = (times.next(), times.next());
    if other.is_some() {
        return None;
    }
    let (key, time) = time.unzip();
    let when = |period: Option<Period>| {
        let given = |wanted: &str| period.clone().filter(|_| key == Some(wanted));
        When::from_keys(&given("by"), &given("during"), &given("each"))
    };
    whens.numbers = Spread::of(periods(time, length, |period| whens.number(when(period)))?);
    baselines.numbers = Spread::of(periods(column("baseline"), length, |period| baselines.number(period))?);
    (held.when, held.baseline) = (whens, baselines);
    let mut units = Shared::default();
    units.numbers = Spread::of(match column("unit") {
        None => vec![units.number(String::new())],
        Some(column) => distinct(column, length, |row| {
            let unit = column.look(row).text().into_owned();
            (unit.is_empty() || Unit::parse(&unit).is_some()).then(|| units.number(unit))
        })?,
    });
    held.unit = units;
    for (name, amounts) in [
        ("bound", &mut held.bound),
        ("bound_max", &mut held.bound_max),
        ("baseline_value", &mut held.baseline_value),
        ("weight", &mut held.weight),
    ] {
        if let Some(column) = column(name) {
            amounts.plain = fixed(column, length)?;
        }
    }
    column("bound")?;
    (0..length).all(|row| held.place(row).is_none()).then_some(held)
}

/// What the distinct values of a column are; `None` where one cannot be read.
fn distinct<'a>(column: &'a Column<'a>, length: usize, mut read: impl FnMut(usize) -> Option<u32>) -> Option<Vec<u32>> {
    let mut all_read = true;
    let numbers = Keys::new(Some(column))?.all(length, |row| {
        let number = read(row);
        all_read &= number.is_some();
        number.unwrap_or_default()
    });
    all_read.then_some(numbers)
}

fn names<'a>(column: &'a Column<'a>, length: usize, names: &mut Names) -> Option<Vec<u32>> {
    distinct(column, length, |row| Some(names.number(&column.look(row).text())))
}

fn words<'a, T: Copy + PartialEq>(column: Option<&'a Column<'a>>, length: usize, read: fn(&str) -> Option<T>) -> Option<Spread<Option<T>>> {
    let Some(column) = column else { return Some(Spread::default()) };
    let mut found: Vec<Option<T>> = Vec::new();
    let numbers = distinct(column, length, |row| {
        let cell = column.look(row);
        let text = cell.text();
        let word = read(&text);
        (word.is_some() || text.is_empty()).then(|| {
            let known = found.iter().position(|known| *known == word);
            known.unwrap_or_else(|| {
                found.push(word);
                found.len() - 1
            }) as u32
        })
    })?;
    Some(Spread::of(numbers.into_iter().map(|number| found.get(number as usize).copied().flatten()).collect()))
}

fn periods<'a>(column: Option<&'a Column<'a>>, length: usize, mut number: impl FnMut(Option<Period>) -> u32) -> Option<Vec<u32>> {
    let Some(column) = column else { return Some(vec![number(None)]) };
    distinct(column, length, |row| {
        let cell = column.look(row);
        if cell.text().is_empty() { Some(number(None)) } else { cell.period().ok().map(|period| number(Some(period))) }
    })
}

fn fixed(column: &Column<'_>, length: usize) -> Option<Fixed> {
    let mut fixed = Fixed::default();
    let given = |row: usize| column.valid().is_none_or(|valid| valid.get(row));
    for row in 0..length {
        let fits = match column {
            _ if !given(row) => {
                fixed.push_none();
                true
            }
            Column::Float { values, .. } if values[row].is_nan() => {
                fixed.push_none();
                true
            }
            Column::Float { values, .. } => fixed.push_float(values[row]),
            Column::Int { .. } | Column::Decimal { .. } => match column.cell(row) {
                Cell::Int(value) => fixed.push(value.into()),
                Cell::Decimal(value) => fixed.push(value),
                _ => false,
            },
            Column::Text { .. } => match column.text(row) {
                Some("") => {
                    fixed.push_none();
                    true
                }
                text => text.and_then(plain_number).is_some_and(|value| fixed.push(value)),
            },
            _ => false,
        };
        fits.then_some(())?;
    }
    Some(fixed)
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

    fn bad(&mut self, column: &str, message: Message, help: Message) {
        let column = self.place.get(column).map(|index| *index as u32 + 1);
        self.findings.push(Finding::new(Code::BadCell, message).at_row(self.number, column).help(help));
    }

    /// A number; where it has no unit of its own it is in the one given.
    fn quantity(&mut self, column: &str, unit: &str) -> Option<Quantity> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let plain = Quantity::parse(&text);
        let bare = !unit.is_empty() && plain.as_ref().is_ok_and(|quantity| quantity.unit().is_none() && !quantity.is_unknown());
        // Not by way of a text: a unit may begin with a digit, as `10万人` does.
        let known = plain.as_ref().ok().and_then(Quantity::value).zip(Unit::parse(unit));
        let read = match known.filter(|_| bare) {
            Some((value, unit)) => Ok(Quantity::of(value, Some(unit))),
            None if bare => Quantity::parse(&format!("{text} {unit}")),
            None => plain,
        };
        read.map_err(|finding| {
            self.bad(column, finding.message, finding.help.unwrap_or_else(|| msg!("write a number with its unit", "请写带单位的数字")))
        })
        .ok()
    }

    fn period(&mut self, column: &str) -> Option<Period> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        let shown = shorten(&text);
        let cell = self.place.get(column).and_then(|index| self.cells.get(*index))?;
        cell.period().map_err(|_| self.bad(column, msg!("`{shown}` is not a period", "`{shown}`不是期"), name_a_period())).ok()
    }

    fn word<T: Copy + std::fmt::Display>(&mut self, column: &str, known: &[T], read: fn(&str) -> Option<T>) -> Option<T> {
        let text = self.text(column);
        let found = read(&text);
        if found.is_none() && !text.is_empty() {
            let known: Vec<String> = known.iter().map(ToString::to_string).collect();
            let (message, help) = bad_word(&text, &known.iter().map(String::as_str).collect::<Vec<_>>());
            self.bad(column, message, help);
        }
        found
    }

    fn row(mut self) -> TargetRow {
        let (by, during, each) = (self.period("by"), self.period("during"), self.period("each"));
        if [by.is_some(), during.is_some(), each.is_some()].iter().filter(|given| **given).count() > 1 {
            self.bad(
                "by",
                msg!("at most one of `by`, `during`, `each` may stand", "`by`、`during`、`each`至多选一"),
                msg!("keep one and empty the others", "请只留其一,清空其余"),
            );
        }
        let measure = self.word("measure", Measure::ALL, Measure::from_word);
        // The unit of the indicator is that of its levels; a change or a rank has its own.
        let unit =
            if matches!(measure, None | Some(Measure::Level | Measure::Sum | Measure::Mean)) { self.text("unit") } else { String::new() };
        let (area, indicator) = (self.text("area"), self.text("indicator"));
        if indicator.is_empty() {
            self.bad("indicator", msg!("the row names no indicator", "该行没有指标"), name_the_indicator());
        }
        TargetRow {
            number: self.number,
            area,
            indicator,
            target: self.text("target"),
            measure,
            compare: self.word("compare", CompareWord::ALL, CompareWord::from_word),
            bound: self.quantity("bound", &unit),
            bound_max: self.quantity("bound_max", &unit),
            when: When::from_keys(&by, &during, &each),
            baseline: self.period("baseline"),
            baseline_value: self.quantity("baseline_value", &unit),
            weight: self.quantity("weight", ""),
            direction: self.word("direction", Direction::ALL, Direction::from_word),
            unit: self.text("unit"),
        }
    }
}
