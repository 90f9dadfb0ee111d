//! The table of a panel: series × period of scaled whole numbers.
//!
//! Nearly all observations are plain: a number or nothing, of one vintage, without a flag. They stand
//! here, by indicator, period and area, at one scale for each indicator. What is anything else stands
//! in the panel's detailed series; a series is wholly in the one or in the other.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::cell::{Reading, StatusSet};
use super::{Observation, SeriesKey};
use crate::number::{MAX_SCALE, NONE, decimal_from_f64, decimal_of, digits_needed, raised, scaled_decimal, scaled_float, ten};
use crate::period::Point;
use crate::plan::ValueIs;

/// Plain observations.
#[derive(Clone, Debug, Default)]
pub(crate) struct Dense {
    /// First and last period of each stretch of time, in the order they were met; no two of one time.
    pub(crate) periods: Vec<(Point, Point)>,
    by_days: HashMap<(i32, i32), usize>,
    /// Their numbers in order of time.
    pub(crate) order: Vec<usize>,
    /// By the number of the indicator.
    pub(crate) tables: Vec<Table>,
    /// Where the numbers stand in the source, and in which unit.
    sources: Vec<SourceOf>,
    /// How many observations there are.
    pub(crate) count: usize,
    /// How many places were left empty on the way.
    empty: usize,
}

/// What the numbers of one block have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SourceOf {
    pub(crate) column: Option<u32>,
    pub(crate) unit: Option<u32>,
}

/// The observations of one indicator.
#[derive(Clone, Debug, Default)]
pub(crate) struct Table {
    pub(crate) scale: u8,
    /// Ten to the power of the scale.
    power: f64,
    /// By the number of the period.
    pub(crate) blocks: Vec<Block>,
}

/// The observations of one indicator in one period, by the number of the area.
#[derive(Clone, Debug, Default)]
pub(crate) struct Block {
    source: u32,
    /// Times ten to the power of the table's scale; [`NONE`] where the number is missing, [`HOLE`] where
    /// there is no observation.
    pub(crate) values: Vec<i64>,
    /// The data rows.
    rows: Rows,
    /// The digits behind the point as written, where some are written with zeros at the end.
    written: Vec<u8>,
}

/// Stands for an observation that is not there.
pub(crate) const HOLE: i64 = NONE + 1;

/// The data rows of a block: tables are mostly sorted, and then rows follow from the places.
#[derive(Clone, Debug, Default)]
struct Rows {
    first: u32,
    step: u32,
    /// Each of them, where they do not.
    listed: Vec<u32>,
}

impl Rows {
    #[inline]
    fn get(&self, area: usize) -> u32 {
        match self.listed.get(area) {
            Some(row) => *row,
            None => self.first.wrapping_add(self.step.wrapping_mul(area as u32)),
        }
    }

    /// Takes down the row of a place; `held` are the places there were before.
    #[inline]
    fn set(&mut self, area: usize, row: u32, held: usize) {
        if self.listed.is_empty() {
            if self.get(area) == row {
                return;
            }
            match (held, area) {
                (0, 0) => {
                    self.first = row;
                    return;
                }
                (1, 1) => {
                    self.step = row.wrapping_sub(self.first);
                    return;
                }
                _ => self.listed = (0..held).map(|area| self.get(area)).collect(),
            }
        }
        if self.listed.len() <= area {
            self.listed.resize(area + 1, 0);
        }
        self.listed[area] = row;
    }
}

/// A value on its way into the table.
#[derive(Clone, Copy, Debug)]
pub(super) enum Incoming {
    Missing,
    /// Stands for its shortest decimal text.
    Float(f64),
    Whole(i64),
    /// As it was written.
    Decimal(Decimal),
}

/// A place in the table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) indicator: usize,
    pub(super) period: usize,
    pub(super) area: usize,
}

impl Dense {
    /// The number of a stretch of time; `None` where the same days are known by another name, which
    /// only the detailed form keeps apart.
    pub(super) fn period(&mut self, start: Point, end: Point) -> Option<usize> {
        let days = (start.first_day(), end.last_day());
        match self.by_days.get(&days) {
            Some(number) => (self.periods[*number] == (start, end)).then_some(*number),
            None => {
                self.by_days.insert(days, self.periods.len());
                self.periods.push((start, end));
                Some(self.periods.len() - 1)
            }
        }
    }

    /// The number of a source.
    pub(super) fn source(&mut self, source: SourceOf) -> u32 {
        let known = self.sources.iter().position(|known| *known == source);
        known.unwrap_or_else(|| {
            self.sources.push(source);
            self.sources.len() - 1
        }) as u32
    }

    pub(crate) fn source_of(&self, block: &Block) -> SourceOf {
        self.sources.get(block.source as usize).copied().unwrap_or(SourceOf { column: None, unit: None })
    }

    /// Puts floats into their places, as far as that goes without a second look; says how many.
    ///
    /// `keys` are the numbers of area, indicator and period; the first is of the data row `row`.
    pub(super) fn put_floats(&mut self, [areas, indicators, periods]: [&[u32]; 3], values: &[f64], row: u32, source: u32) -> usize {
        let mut added = 0;
        let keys = areas.iter().zip(indicators).zip(periods).zip(values);
        for (at, (((area, indicator), period), float)) in keys.enumerate() {
            let Some(table) = self.tables.get_mut(*indicator as usize) else { break };
            let value = match scaled_float(*float, table.power) {
                Some(value) => value,
                None if float.is_nan() => NONE,
                None => break,
            };
            let Some(block) = table.blocks.get_mut(*period as usize) else { break };
            if block.source != source || !block.set(*area as usize, value, row.wrapping_add(at as u32)) {
                break;
            }
            added += 1;
        }
        self.count += added;
        added
    }

    /// Puts a value into its place; `false` where it does not fit, or the place is taken.
    pub(super) fn put(&mut self, at: Place, incoming: Incoming, row: u32, source: u32) -> bool {
        if let Some(table) = self.tables.get_mut(at.indicator)
            && let Some(value) = table.quickly(incoming)
            && let Some(block) = table.blocks.get_mut(at.period)
            && block.source == source
            && block.set(at.area, value, row)
        {
            self.count += 1;
            return true;
        }
        self.put_anywhere(at, incoming, row, source)
    }

    fn put_anywhere(&mut self, at: Place, incoming: Incoming, row: u32, source: u32) -> bool {
        if self.tables.len() <= at.indicator {
            self.tables.resize_with(at.indicator + 1, Table::new);
        }
        let table = &mut self.tables[at.indicator];
        if table.blocks.len() <= at.period {
            table.blocks.resize_with(at.period + 1, Block::default);
        }
        let held = table.blocks[at.period].values.len();
        if held > 0 && table.blocks[at.period].source != source {
            return false;
        }
        if table.blocks[at.period].has(at.area) {
            return false;
        }
        // A table that is nearly empty is no table.
        let left_out = at.area.saturating_sub(held);
        if self.empty + left_out > SPARSE * self.count + SMALL {
            return false;
        }
        let Some((value, written)) = table.scaled(incoming) else { return false };
        let room = if held == 0 { table.blocks.iter().map(|block| block.values.len()).max().unwrap_or(0) } else { 0 };
        let block = &mut table.blocks[at.period];
        if held == 0 {
            block.source = source;
            block.values.reserve(room);
        }
        if at.area >= held {
            block.values.resize(at.area + 1, HOLE);
            if !block.written.is_empty() {
                block.written.resize(at.area + 1, 0);
            }
        }
        self.empty += left_out;
        block.values[at.area] = value;
        block.rows.set(at.area, row, held);
        if written > 0 && block.written.is_empty() {
            block.written = vec![0; block.values.len()];
        }
        if let Some(place) = block.written.get_mut(at.area) {
            *place = written;
        }
        self.count += 1;
        true
    }

    /// Takes a series out, for its detailed form.
    pub(super) fn take(&mut self, indicator: usize, area: usize) -> Vec<Observation> {
        let points = self.points(indicator, area);
        if let Some(table) = self.tables.get_mut(indicator) {
            for block in &mut table.blocks {
                if let Some(value) = block.values.get_mut(area) {
                    *value = HOLE;
                }
            }
        }
        self.count -= points.len();
        points
    }

    /// Puts the periods in order; until then the observations of a series are in the order of rows.
    pub(super) fn settle(&mut self) {
        self.order = (0..self.periods.len()).collect();
        let periods = &self.periods;
        self.order.sort_by_key(|number| (periods[*number].1.last_day(), -periods[*number].0.first_day()));
    }

    /// The units that numbers of an indicator are in.
    pub(crate) fn units_of(&self, indicator: usize) -> impl Iterator<Item = Option<u32>> + '_ {
        let blocks = self.tables.get(indicator).map_or(&[][..], |table| &table.blocks);
        blocks.iter().filter(|block| !block.values.is_empty()).map(|block| self.source_of(block).unit)
    }

    /// Whether there is any observation of an indicator in an area.
    pub(crate) fn has(&self, indicator: usize, area: usize) -> bool {
        self.tables.get(indicator).is_some_and(|table| table.blocks.iter().any(|block| block.has(area)))
    }

    /// The number of areas that an indicator may have observations of.
    pub(crate) fn width(&self, indicator: usize) -> usize {
        self.tables.get(indicator).map_or(0, |table| table.blocks.iter().map(|block| block.values.len()).max().unwrap_or(0))
    }

    /// The observations of an indicator in an area, in order of time once the table is settled.
    pub(crate) fn points(&self, indicator: usize, area: usize) -> Vec<Observation> {
        let Some(table) = self.tables.get(indicator) else { return Vec::new() };
        let mut numbers: Vec<usize> = Vec::new();
        if self.order.len() != self.periods.len() {
            numbers.extend(0..self.periods.len());
        }
        let order = if numbers.is_empty() { &self.order } else { &numbers };
        order.iter().filter_map(|period| self.point(table, *period, area)).collect()
    }

    fn point(&self, table: &Table, period: usize, area: usize) -> Option<Observation> {
        let block = table.blocks.get(period).filter(|block| block.has(area))?;
        let (start, end) = self.periods[period];
        let SourceOf { column, unit } = self.source_of(block);
        let reading = match block.values[area] {
            NONE => Reading::Missing,
            value => Reading::Number(decimal_of(value, table.scale, block.written.get(area).copied().unwrap_or(0))),
        };
        Some(Observation {
            start,
            end,
            reading,
            power: 0,
            is: ValueIs::Exact,
            tolerance: None,
            status: StatusSet::default(),
            unit,
            vintage: None,
            row: u64::from(block.rows.get(area)),
            column,
            conflict: false,
        })
    }
}

/// How many times more places than observations there may be, beyond a small number.
const SPARSE: usize = 4;
const SMALL: usize = 1 << 16;

impl Block {
    /// Puts a value into a place that is free, where there is room.
    #[inline]
    fn set(&mut self, area: usize, value: i64, row: u32) -> bool {
        let held = self.values.len();
        if !self.written.is_empty() {
            return false;
        }
        if area == held && held < self.values.capacity() {
            self.values.push(value);
            self.rows.set(area, row, held);
            return true;
        }
        match self.values.get_mut(area) {
            Some(place) if *place == HOLE => {
                *place = value;
                self.rows.set(area, row, held);
                true
            }
            _ => false,
        }
    }

    pub(crate) fn has(&self, area: usize) -> bool {
        self.values.get(area).is_some_and(|value| *value != HOLE)
    }
}

impl Table {
    fn new() -> Self {
        Self { power: 1.0, ..Self::default() }
    }

    /// A value that fits the scale as it is.
    #[inline]
    fn quickly(&self, incoming: Incoming) -> Option<i64> {
        match incoming {
            Incoming::Missing => Some(NONE),
            Incoming::Float(float) => scaled_float(float, self.power),
            Incoming::Whole(_) | Incoming::Decimal(_) => None,
        }
    }

    /// A value at the scale of the table, which is raised where it has to be, and how many digits it
    /// was written with where that is more than it needs.
    fn scaled(&mut self, incoming: Incoming) -> Option<(i64, u8)> {
        let decimal = match incoming {
            Incoming::Missing => return Some((NONE, 0)),
            Incoming::Whole(whole) => Decimal::from(whole),
            Incoming::Decimal(decimal) => decimal,
            Incoming::Float(float) => match scaled_float(float, self.power) {
                Some(value) => return Some((value, 0)),
                None => decimal_from_f64(float).ok()?.normalize(),
            },
        };
        let normal = decimal.normalize();
        let needed = u8::try_from(normal.scale()).ok().filter(|needed| *needed <= MAX_SCALE)?;
        let written = u8::try_from(decimal.scale()).ok().filter(|written| *written <= 18)?;
        // Neither the number nor those that are here may become too large.
        let scale = self.scale.max(needed);
        let value = scaled_decimal(normal, scale)?;
        self.raise(scale)?;
        Some((value, if written > needed { written } else { 0 }))
    }

    fn raise(&mut self, scale: u8) -> Option<()> {
        let by = scale - self.scale;
        if by == 0 {
            return Some(());
        }
        let values = self.blocks.iter().flat_map(|block| &block.values);
        if values.into_iter().any(|value| raised(*value, by).is_none()) {
            return None;
        }
        let up = |value: &mut i64| *value = raised(*value, by).unwrap_or(*value);
        self.blocks.iter_mut().flat_map(|block| &mut block.values).for_each(up);
        (self.scale, self.power) = (scale, ten(scale) as f64);
        Some(())
    }

    /// How many digits behind the point the number of a place is written with.
    pub(crate) fn digits(&self, block: &Block, area: usize) -> u8 {
        let written = block.written.get(area).copied().unwrap_or(0);
        block.values.get(area).map_or(written, |value| digits_needed(*value, self.scale).max(written))
    }
}

/// An observation as the table holds it; `None` where it is not plain.
pub(super) fn plain(key: SeriesKey, observation: &Observation) -> Option<(Incoming, u32)> {
    let is_plain = key.breakdown.is_none()
        && key.caliber.is_none()
        && observation.power == 0
        && observation.is == ValueIs::Exact
        && observation.tolerance.is_none()
        && observation.status == StatusSet::default()
        && observation.vintage.is_none()
        && !observation.conflict;
    let incoming = match &observation.reading {
        Reading::Missing => Incoming::Missing,
        Reading::Number(number) => Incoming::Decimal(*number),
        Reading::Word(_) => return None,
    };
    // Row 0 is the plan's own, and not a row of the data.
    let row = u32::try_from(observation.row).ok().filter(|row| *row > 0)?;
    is_plain.then_some((incoming, row))
}
