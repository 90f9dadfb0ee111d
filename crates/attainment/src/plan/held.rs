//! The rows of a target table, held as columns: hundreds of thousands of rows differ in little more
//! than their bounds.

use std::collections::{BTreeMap, HashMap};

use super::table::TargetRow;
use super::{CompareWord, Direction, Measure, When};
use crate::names::Names;
use crate::number::Fixed;
use crate::period::Period;
use crate::quantity::Quantity;
use crate::unit::Unit;

/// A column in which often all rows say the same.
#[derive(Clone, Debug)]
pub(crate) enum Spread<T> {
    Same(T),
    Each(Vec<T>),
}

impl<T: Copy + Default + PartialEq> Spread<T> {
    /// What a row says; of a row that is not there, nothing.
    #[inline]
    pub(crate) fn get(&self, row: usize) -> T {
        match self {
            Self::Same(value) => *value,
            Self::Each(values) => values.get(row).copied().unwrap_or_default(),
        }
    }

    /// A column of what each row says.
    pub(crate) fn of(values: Vec<T>) -> Self {
        match values.first() {
            Some(first) if values.iter().all(|value| value == first) => Self::Same(*first),
            _ => Self::Each(values),
        }
    }

    fn push(&mut self, value: T, held: usize) {
        match self {
            Self::Same(_) if held == 0 => *self = Self::Same(value),
            Self::Same(same) if *same == value => {}
            Self::Same(same) => {
                let mut values = vec![*same; held];
                values.push(value);
                *self = Self::Each(values);
            }
            Self::Each(values) => values.push(value),
        }
    }
}

impl<T: Default> Default for Spread<T> {
    fn default() -> Self {
        Self::Same(T::default())
    }
}

/// Things that rows share: each of them once, and its number for each row.
#[derive(Clone, Debug)]
pub(crate) struct Shared<T> {
    pub(crate) distinct: Vec<T>,
    known: HashMap<T, u32>,
    pub(crate) numbers: Spread<u32>,
}

impl<T> Default for Shared<T> {
    fn default() -> Self {
        Self { distinct: Vec::new(), known: HashMap::new(), numbers: Spread::default() }
    }
}

impl<T: Clone + Eq + std::hash::Hash> Shared<T> {
    #[inline]
    pub(crate) fn get(&self, row: usize) -> Option<&T> {
        self.distinct.get(self.numbers.get(row) as usize)
    }

    /// The number of one of them.
    pub(crate) fn number(&mut self, value: T) -> u32 {
        if let Some(number) = self.known.get(&value) {
            return *number;
        }
        let number = self.distinct.len() as u32;
        self.distinct.push(value.clone());
        self.known.insert(value, number);
        number
    }

    fn push(&mut self, value: T, held: usize) {
        let number = self.number(value);
        self.numbers.push(number, held);
    }
}

/// Numbers with their units.
#[derive(Clone, Debug, Default)]
pub(crate) struct Amounts {
    /// Numbers that stand in the unit of their row, where it states one.
    pub(crate) plain: Fixed,
    /// All others by row: masks, numbers with units of their own or too many digits.
    pub(crate) others: HashMap<u32, Quantity>,
}

impl Amounts {
    fn get(&self, row: usize, unit: Option<&Unit>) -> Option<Quantity> {
        match self.plain.decimal(row) {
            Some(value) => Some(Quantity::of(value, unit.cloned())),
            None => self.others.get(&(row as u32)).cloned(),
        }
    }

    fn push(&mut self, quantity: Option<Quantity>, unit: Option<&Unit>) {
        let row = self.plain.values.len() as u32;
        let as_computed = quantity.as_ref().and_then(Quantity::value).map(|value| Quantity::of(value, unit.cloned()));
        let value = quantity.as_ref().and_then(Quantity::value).filter(|_| quantity == as_computed);
        if value.is_some_and(|value| self.plain.push(value)) {
            return;
        }
        self.plain.push_none();
        if let Some(quantity) = quantity {
            self.others.insert(row, quantity);
        }
    }
}

/// The rows of a target table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Held {
    pub(crate) len: usize,
    /// The data row of each; counted from 1 where it is empty.
    pub(crate) numbers: Vec<u64>,
    pub(crate) areas: Names,
    pub(crate) area: Vec<u32>,
    /// Ids of indicators and of targets.
    pub(crate) ids: Names,
    pub(crate) indicator: Vec<u32>,
    /// The id in the column `target`, or that of the indicator.
    pub(crate) target: Spread<Option<u32>>,
    pub(crate) measure: Spread<Option<Measure>>,
    pub(crate) compare: Spread<Option<CompareWord>>,
    pub(crate) bound: Amounts,
    pub(crate) bound_max: Amounts,
    pub(crate) when: Shared<Option<When>>,
    pub(crate) baseline: Shared<Option<Period>>,
    pub(crate) baseline_value: Amounts,
    pub(crate) weight: Amounts,
    pub(crate) direction: Spread<Option<Direction>>,
    pub(crate) unit: Shared<String>,
    /// The row of each target, by area.
    places: HashMap<u32, Places>,
}

/// No row.
const NOWHERE: u32 = u32::MAX;

impl Held {
    /// The id of the target a row is about: the named one, or that of its indicator.
    #[inline]
    pub(crate) fn target_of(&self, row: usize) -> u32 {
        self.target.get(row).unwrap_or_else(|| self.indicator.get(row).copied().unwrap_or(NOWHERE))
    }

    /// The unit that bare numbers of a row are in.
    pub(crate) fn unit_of(&self, row: usize) -> Option<Unit> {
        // The unit of the indicator is that of its levels; a change or a rank has its own.
        let is_level = matches!(self.measure.get(row), None | Some(Measure::Level | Measure::Sum | Measure::Mean));
        Unit::parse(self.unit.get(row).filter(|unit| is_level && !unit.is_empty())?)
    }

    /// The row as one.
    pub(crate) fn row(&self, row: usize) -> TargetRow {
        let unit = self.unit_of(row);
        let name = |names: &Names, number: Option<u32>| number.map_or(String::new(), |number| names.name(number).to_owned());
        TargetRow {
            number: self.number(row),
            area: name(&self.areas, self.area.get(row).copied()),
            indicator: name(&self.ids, self.indicator.get(row).copied()),
            target: name(&self.ids, self.target.get(row)),
            measure: self.measure.get(row),
            compare: self.compare.get(row),
            bound: self.bound.get(row, unit.as_ref()),
            bound_max: self.bound_max.get(row, unit.as_ref()),
            when: self.when.get(row).cloned().flatten(),
            baseline: self.baseline.get(row).cloned().flatten(),
            baseline_value: self.baseline_value.get(row, unit.as_ref()),
            weight: self.weight.get(row, None),
            direction: self.direction.get(row),
            unit: self.unit.get(row).cloned().unwrap_or_default(),
        }
    }

    /// The data row of a row.
    pub(crate) fn number(&self, row: usize) -> u64 {
        self.numbers.get(row).copied().unwrap_or(row as u64 + 1)
    }

    /// Adds a row; the row there was before of the same target and area, where there is one.
    pub(crate) fn push(&mut self, row: TargetRow) -> Option<usize> {
        let held = self.len;
        if row.number != held as u64 + 1 && self.numbers.is_empty() {
            self.numbers = (1..=held as u64).collect();
        }
        if row.number != held as u64 + 1 || !self.numbers.is_empty() {
            self.numbers.push(row.number);
        }
        self.area.push(self.areas.number(&row.area));
        self.indicator.push(self.ids.number(&row.indicator));
        let target = Some(row.target.as_str()).filter(|target| !target.is_empty()).map(|target| self.ids.number(target));
        self.target.push(target, held);
        self.measure.push(row.measure, held);
        self.unit.push(row.unit, held);
        let unit = self.unit_of(held);
        self.compare.push(row.compare, held);
        self.bound.push(row.bound, unit.as_ref());
        self.bound_max.push(row.bound_max, unit.as_ref());
        self.when.push(row.when, held);
        self.baseline.push(row.baseline, held);
        self.baseline_value.push(row.baseline_value, unit.as_ref());
        self.weight.push(row.weight, None);
        self.direction.push(row.direction, held);
        self.len += 1;
        self.place(held)
    }

    /// Notes where a row stands; the row that stood there before, where there is one.
    pub(crate) fn place(&mut self, row: usize) -> Option<usize> {
        let (target, area) = (self.target_of(row), self.area.get(row).copied()?);
        self.places.entry(target).or_default().set(area, row as u32)
    }

    /// The rows of a target by the numbers of the areas.
    pub(crate) fn places_of(&self, target: &str) -> Option<&Places> {
        self.places.get(&self.ids.find(target)?)
    }
}

/// The rows of one target by area.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    listed: Vec<u32>,
    /// Those that lie far behind the others.
    scattered: BTreeMap<u32, u32>,
}

impl Places {
    fn set(&mut self, area: u32, row: u32) -> Option<usize> {
        let at = area as usize;
        if let Some(first) = self.get(area) {
            return Some(first);
        }
        if at >= self.listed.len() {
            if at > 4 * self.listed.len() + 1024 {
                self.scattered.insert(area, row);
                return None;
            }
            self.listed.resize(at + 1, NOWHERE);
        }
        self.listed[at] = row;
        None
    }

    #[inline]
    pub(crate) fn get(&self, area: u32) -> Option<usize> {
        match self.listed.get(area as usize) {
            Some(row) if *row != NOWHERE => Some(*row as usize),
            _ if self.scattered.is_empty() => None,
            _ => self.scattered.get(&area).map(|row| *row as usize),
        }
    }

    /// The areas that have a row.
    pub(crate) fn areas(&self) -> impl Iterator<Item = u32> + '_ {
        let listed = (0..self.listed.len() as u32).filter(|area| self.listed[*area as usize] != NOWHERE);
        listed.chain(self.scattered.keys().copied())
    }
}
