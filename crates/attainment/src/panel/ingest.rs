//! Columns to the table, without a cell for every row.
//!
//! Names, periods and units are looked up once for each distinct value of a column. A row with
//! anything out of the ordinary goes the way of all rows, so that it is read, or reported, as there.

use std::collections::HashMap;
use std::ops::Range;

use super::SeriesKey;
use super::build::{PanelBuilder, Row};
use super::columns::Role;
use super::dense::{Incoming, SourceOf};
use crate::column::{Bits, Column, Ints};
use crate::names::Names;
use crate::number::plain_number;

/// No slot, or a slot that nothing stands for yet.
const NOTHING: u32 = u32::MAX;

/// How many rows are looked at together.
const CHUNK: usize = 1024;

/// The key columns of a table: a small number, its slot, for each distinct value.
pub(crate) struct Keys<'a> {
    kind: Kind<'a>,
    valid: Option<&'a Bits<'a>>,
    /// What each slot stands for.
    numbers: Vec<u32>,
}

enum Kind<'a> {
    /// No column: one slot for all.
    Same,
    /// Whole numbers that lie close together.
    Near {
        ints: &'a Ints<'a>,
        low: i64,
    },
    /// Codes of a dictionary.
    Codes {
        codes: &'a Ints<'a>,
        len: u32,
    },
    /// Whole numbers that lie far apart.
    Far {
        ints: &'a Ints<'a>,
        known: Known<i64>,
    },
    Texts {
        offsets: &'a [i32],
        bytes: &'a str,
        known: Known<&'a str>,
    },
}

/// Distinct values with their slots. Tables repeat themselves, so the slot that followed the last time
/// is looked at first.
struct Known<T> {
    slots: HashMap<T, u32>,
    values: Vec<T>,
    followed_by: Vec<u32>,
    last: u32,
}

impl<T: Copy + Eq + std::hash::Hash> Known<T> {
    fn new() -> Self {
        Self { slots: HashMap::new(), values: Vec::new(), followed_by: Vec::new(), last: NOTHING }
    }

    fn slot(&mut self, value: T) -> u32 {
        let guess = self.followed_by.get(self.last as usize).copied().unwrap_or(NOTHING);
        let slot = if self.values.get(guess as usize).is_some_and(|known| *known == value) {
            guess
        } else {
            let next = self.values.len() as u32;
            let slot = *self.slots.entry(value).or_insert(next);
            if slot == next {
                self.values.push(value);
                self.followed_by.push(NOTHING);
            }
            if let Some(followed_by) = self.followed_by.get_mut(self.last as usize) {
                *followed_by = slot;
            }
            slot
        };
        self.last = slot;
        slot
    }
}

impl<'a> Keys<'a> {
    /// Keys of a column; `None` of a type whose cells have to be looked at one by one.
    pub(crate) fn new(column: Option<&'a Column<'a>>) -> Option<Self> {
        let Some(column) = column else {
            return Some(Self { kind: Kind::Same, valid: None, numbers: vec![NOTHING] });
        };
        let (kind, slots) = match column {
            Column::Int { values, .. } => {
                let (low, high) = values.ends()?;
                let (low, high) = (i64::try_from(low).ok()?, i64::try_from(high).ok()?);
                let width = high.checked_sub(low).and_then(|width| usize::try_from(width).ok());
                match width.filter(|width| *width < 4 * values.len() + (1 << 16) && *width < NOTHING as usize) {
                    Some(width) => (Kind::Near { ints: values, low }, width + 1),
                    None => (Kind::Far { ints: values, known: Known::new() }, 0),
                }
            }
            Column::Dictionary { codes, values, .. } => {
                let len = u32::try_from(values.len()).ok()?;
                (Kind::Codes { codes, len }, values.len())
            }
            Column::Text { offsets, bytes, .. } => (Kind::Texts { offsets, bytes, known: Known::new() }, 0),
            _ => return None,
        };
        Some(Self { kind, valid: column.valid(), numbers: vec![NOTHING; slots] })
    }

    /// The slots of some rows; [`NOTHING`] for a row without a key.
    fn read(&mut self, rows: Range<usize>, slots: &mut [u32]) {
        let slots = &mut slots[..rows.len()];
        match &mut self.kind {
            Kind::Same => slots.fill(0),
            Kind::Near { ints, low } => ints.differences(rows.start, *low, slots),
            Kind::Codes { codes, len } => {
                codes.differences(rows.start, 0, slots);
                slots.iter_mut().filter(|slot| **slot >= *len).for_each(|slot| *slot = NOTHING);
            }
            Kind::Far { ints, known } => {
                for (slot, row) in slots.iter_mut().zip(rows.clone()) {
                    *slot = ints.get(row).and_then(|value| i64::try_from(value).ok()).map_or(NOTHING, |value| known.slot(value));
                }
            }
            Kind::Texts { offsets, bytes, known } => {
                let edge = |at: usize| offsets.get(at).and_then(|offset| usize::try_from(*offset).ok()).unwrap_or(0);
                for (slot, row) in slots.iter_mut().zip(rows.clone()) {
                    *slot = bytes.get(edge(row)..edge(row + 1)).map_or(NOTHING, |text| known.slot(text));
                }
            }
        }
        if let Some(valid) = self.valid {
            slots.iter_mut().zip(rows).filter(|(_, row)| !valid.get(*row)).for_each(|(slot, _)| *slot = NOTHING);
        }
    }

    /// What slots stand for.
    fn translate(&self, slots: &[u32], numbers: &mut [u32]) {
        for (number, slot) in numbers.iter_mut().zip(slots) {
            *number = self.number(*slot);
        }
    }

    /// What a slot stands for.
    #[inline]
    fn number(&self, slot: u32) -> u32 {
        self.numbers.get(slot as usize).copied().unwrap_or(NOTHING)
    }

    fn set(&mut self, slot: u32, number: u32) {
        if slot != NOTHING {
            if self.numbers.len() <= slot as usize {
                self.numbers.resize(slot as usize + 1, NOTHING);
            }
            self.numbers[slot as usize] = number;
        }
    }

    /// What each row stands for, where `number` says it of the first row with each distinct value.
    pub(crate) fn all(mut self, length: usize, mut number: impl FnMut(usize) -> u32) -> Vec<u32> {
        let mut out = Vec::with_capacity(length);
        let mut slots = [NOTHING; CHUNK];
        for start in (0..length).step_by(CHUNK) {
            let rows = start..(start + CHUNK).min(length);
            self.read(rows.clone(), &mut slots);
            for (row, slot) in rows.zip(slots) {
                let mut found = self.number(slot);
                if found == NOTHING {
                    found = number(row);
                    self.set(slot, found);
                }
                out.push(found);
            }
        }
        out
    }
}

/// Values of a type that is read without a cell.
#[derive(Clone, Copy)]
enum Values<'a> {
    Float(&'a [f64]),
    Whole(&'a Ints<'a>),
    Decimal(&'a [i128], u32),
    Texts(&'a Column<'a>),
}

impl<'a> Values<'a> {
    fn new(column: &'a Column<'a>) -> Option<Self> {
        Some(match column {
            Column::Float { values, .. } => Self::Float(values),
            Column::Int { values, .. } => Self::Whole(values),
            Column::Decimal { values, scale, .. } => Self::Decimal(values, u32::try_from(*scale).ok()?),
            Column::Text { .. } => Self::Texts(column),
            _ => return None,
        })
    }

    /// The value of a row; `None` where it has to be looked at more closely.
    #[inline]
    fn get(self, row: usize) -> Option<Incoming> {
        match self {
            Self::Float(values) => values.get(row).map(|value| if value.is_nan() { Incoming::Missing } else { Incoming::Float(*value) }),
            Self::Whole(values) => values.get(row).and_then(|value| i64::try_from(value).ok()).map(Incoming::Whole),
            Self::Decimal(values, scale) => {
                let digits = *values.get(row)?;
                rust_decimal::Decimal::try_from_i128_with_scale(digits, scale).ok().map(Incoming::Decimal)
            }
            Self::Texts(column) => plain_number(column.text(row)?).map(Incoming::Decimal),
        }
    }
}

/// The columns of a batch by what they hold.
pub(super) struct Batch<'a> {
    columns: &'a [(&'a str, Column<'a>)],
    roles: &'a [Option<Role>],
    area: Keys<'a>,
    indicator: Keys<'a>,
    period: Keys<'a>,
    unit: Keys<'a>,
    values: Values<'a>,
    value_column: u32,
    valid: Option<&'a Bits<'a>>,
}

impl<'a> Batch<'a> {
    /// `None` where rows hold more than can be read by the column.
    pub(super) fn new(columns: &'a [(&'a str, Column<'a>)], roles: &'a [Option<Role>]) -> Option<Self> {
        let place = |wanted: Role| roles.iter().position(|role| *role == Some(wanted));
        let column = |wanted: Role| place(wanted).map(|place| &columns[place].1);
        let by_column = |role: &Option<Role>| {
            matches!(role, None | Some(Role::Area | Role::Indicator | Role::Period | Role::Value | Role::Unit | Role::Ignored))
        };
        let is_blank = |column: &Column<'_>| column.valid().is_some_and(|valid| valid.count() == 0);
        if !roles.iter().zip(columns).all(|(role, (_, column))| by_column(role) || is_blank(column)) {
            return None;
        }
        let values = column(Role::Value)?;
        Some(Self {
            area: Keys::new(column(Role::Area))?,
            indicator: Keys::new(Some(column(Role::Indicator)?))?,
            period: Keys::new(Some(column(Role::Period)?))?,
            unit: Keys::new(column(Role::Unit))?,
            values: Values::new(values)?,
            value_column: place(Role::Value)? as u32 + 1,
            valid: values.valid(),
            columns,
            roles,
        })
    }

    /// Adds every row.
    pub(super) fn add(mut self, builder: &mut PanelBuilder, length: usize) {
        let mut slots = [[NOTHING; CHUNK]; 4];
        let (mut numbers, mut values) = ([[NOTHING; CHUNK]; 3], [f64::NAN; CHUNK]);
        let unstated = builder.source(SourceOf { column: Some(self.value_column), unit: None });
        let has_units = !matches!(self.unit.kind, Kind::Same);
        let floats = match self.values {
            Values::Float(floats) if !has_units => floats,
            _ => &[],
        };
        for start in (0..length).step_by(CHUNK) {
            let rows = start..(start + CHUNK).min(length);
            self.area.read(rows.clone(), &mut slots[0]);
            self.indicator.read(rows.clone(), &mut slots[1]);
            self.period.read(rows.clone(), &mut slots[2]);
            if has_units {
                self.unit.read(rows.clone(), &mut slots[3]);
            }
            let count = rows.len();
            let mut floats = floats.get(rows.clone()).unwrap_or_default();
            if let (Some(valid), false) = (self.valid, floats.is_empty()) {
                let present = |(float, row): (&f64, usize)| if valid.get(row) { *float } else { f64::NAN };
                values.iter_mut().zip(floats.iter().zip(rows.clone()).map(present)).for_each(|(value, float)| *value = float);
                floats = &values[..count];
            }
            let (mut at, mut is_translated) = (0, false);
            while at < count {
                if !floats.is_empty() {
                    for (keys, (slots, numbers)) in
                        [&self.area, &self.indicator, &self.period].into_iter().zip(slots.iter().zip(&mut numbers))
                    {
                        if !is_translated {
                            keys.translate(&slots[at..count], &mut numbers[at..count]);
                        }
                    }
                    is_translated = true;
                    // All rows that need no second look, and then the one that does.
                    at += builder.put_floats([0, 1, 2].map(|key: usize| &numbers[key][at..count]), &floats[at..], unstated);
                }
                let again = if floats.is_empty() { count } else { (at + 1).min(count) };
                while at < again {
                    is_translated &= self.put(builder, start + at, [slots[0][at], slots[1][at], slots[2][at], slots[3][at]], unstated);
                    at += 1;
                }
            }
        }
    }

    /// Puts a row into the table, or adds it as every other row; says whether the keys are what they were.
    fn put(&mut self, builder: &mut PanelBuilder, row: usize, slots: [u32; 4], unstated: u32) -> bool {
        let [area, indicator, period, unit] = slots;
        let number = builder.next_row();
        let source = if unit == NOTHING { unstated } else { self.unit.number(unit) };
        let value = match self.valid {
            Some(valid) if !valid.get(row) => Some(Incoming::Missing),
            _ => self.values.get(row),
        };
        let (area, indicator, period) = (self.area.number(area), self.indicator.number(indicator), self.period.number(period));
        if let (Some(value), Ok(number)) = (value, u32::try_from(number))
            && [area, indicator, period, source].iter().all(|number| *number != NOTHING)
            && builder.put(SeriesKey { area, indicator, breakdown: None, caliber: None }, period, value, number, source)
        {
            return true;
        }
        let cells = self.row(row, number);
        builder.add_row(&cells);
        self.learn(builder, row, slots)
    }

    /// A row as cells.
    fn row(&self, row: usize, number: u64) -> Row {
        let mut cells = Row::new(number);
        for (column, role) in self.roles.iter().enumerate() {
            if let Some(role) = role {
                cells.set(*role, Some(column as u32 + 1), self.columns[column].1.cell(row));
            }
        }
        cells
    }

    /// What the keys of a row stand for, once the row has been read; says whether that was known.
    fn learn(&mut self, builder: &mut PanelBuilder, row: usize, [area, indicator, period, unit]: [u32; 4]) -> bool {
        let text = |role: Role| {
            let place = self.roles.iter().position(|known| *known == Some(role))?;
            Some(self.columns[place].1.look(row).text().into_owned())
        };
        let find = |names: &Names, role| names.find(&text(role).unwrap_or_default()).unwrap_or(NOTHING);
        let (found_area, found_indicator) = (find(&builder.areas, Role::Area), find(&builder.indicators, Role::Indicator));
        let found_period = text(Role::Period).and_then(|text| builder.known_period(&text)).unwrap_or(NOTHING);
        let found_unit = text(Role::Unit).filter(|text| !text.is_empty()).and_then(|text| builder.known_unit(&text));
        if let Some(found) = found_unit {
            let source = builder.source(SourceOf { column: Some(self.value_column), unit: Some(found) });
            self.unit.set(unit, source);
        }
        let known = [
            (&mut self.area, area, found_area),
            (&mut self.indicator, indicator, found_indicator),
            (&mut self.period, period, found_period),
        ];
        let mut is_known = true;
        for (keys, slot, found) in known {
            is_known &= keys.number(slot) == found;
            keys.set(slot, found);
        }
        is_known
    }
}
