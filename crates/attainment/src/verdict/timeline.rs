//! The usable observations of one indicator in one area, in order.

use super::value::Value;
use super::{Flag, Reason};
use crate::number::Exact;
use crate::period::{Frequency, Period, Point};
use crate::plan::{Kind, Statistic};

/// Flags as a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Flags(u32);

impl Flags {
    pub(crate) fn add(&mut self, flag: Flag) {
        self.0 |= 1 << flag as u32;
    }

    pub(crate) fn join(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = Flag> {
        Flag::ALL.iter().copied().filter(move |flag| self.0 & (1 << *flag as u32) != 0)
    }
}

/// Why an observation cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// There is no value: missing, or excluded by the plan.
    Missing,
    /// Digits are masked.
    Masked,
    /// It is a forecast, which decides nothing.
    Forecast,
    /// Two observations contradict each other.
    Conflict,
    /// It is of another caliber, without a declared link.
    OtherCaliber,
    /// Its unit does not convert to the indicator's.
    OtherUnit,
}

impl Gap {
    /// The same in the words of a verdict.
    fn reason(self) -> Reason {
        match self {
            Self::Missing | Self::Masked | Self::Forecast => Reason::NoObservationAtDeadline,
            Self::Conflict => Reason::ConflictingObservations,
            Self::OtherCaliber => Reason::CaliberMismatch,
            Self::OtherUnit => Reason::UnitMismatch,
        }
    }
}

/// One observation on the track.
#[derive(Clone, Debug)]
pub(crate) struct TrackPoint {
    pub(crate) start: Point,
    pub(crate) end: Point,
    /// The calendar period it covers, if it is one.
    pub(crate) span: Option<Point>,
    pub(crate) value: Result<Value, Gap>,
    pub(crate) flags: Flags,
    /// The data row, 0 for the plan's own.
    pub(crate) row: u64,
}

impl TrackPoint {
    fn covers(&self, first_day: i32, last_day: i32) -> bool {
        self.end.last_day() == last_day && self.start.first_day() == first_day
    }
}

/// The observations of one indicator in one area, by time: one caliber, one unit, one vintage.
#[derive(Clone, Debug, Default)]
pub(crate) struct Track {
    pub(crate) points: Vec<TrackPoint>,
    pub(crate) statistic: Option<Statistic>,
    pub(crate) kind: Option<Kind>,
}

/// A value for a period, from one observation or several finer ones.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub(crate) value: Value,
    pub(crate) start: Point,
    pub(crate) end: Point,
    pub(crate) flags: Flags,
    pub(crate) row: u64,
}

impl Reading {
    pub(crate) fn period(&self) -> Period {
        if self.start == self.end { Period::Point(self.start) } else { Period::between(self.start, self.end) }
    }

    fn of(point: &TrackPoint) -> Option<Self> {
        let value = point.value.clone().ok()?;
        let (start, end) = point.span.map_or((point.start, point.end), |span| (span, span));
        Some(Self { value, start, end, flags: point.flags, row: point.row })
    }
}

impl Track {
    /// The value of exactly this stretch of time.
    pub(crate) fn over(&self, start: Point, end: Point) -> Option<Result<Reading, Gap>> {
        let (first, last) = (start.first_day(), end.last_day());
        let from = self.points.partition_point(|point| point.end.last_day() < last);
        let found = self.points[from..].iter().take_while(|point| point.end.last_day() == last).find(|point| point.covers(first, last))?;
        Some(match (&found.value, Reading::of(found)) {
            (Ok(_), Some(reading)) => Ok(reading),
            (Err(gap), _) => Err(*gap),
            (Ok(_), None) => Err(Gap::Missing),
        })
    }

    /// The value of a calendar period.
    ///
    /// Its own observation, or what the indicator's statistic makes of others.
    pub(crate) fn at(&self, period: Point) -> Result<Reading, Reason> {
        let to_date = || match self.statistic {
            Some(Statistic::Ytd) => self.over(period.enclosing(Frequency::Year), period),
            _ => None,
        };
        if let Some(own) = self.over(period, period).or_else(to_date) {
            return own.map_err(Gap::reason);
        }
        let (first, last) = (period.first_day(), period.last_day());
        let from = self.points.partition_point(|point| point.end.last_day() < first);
        let ended_by = self.points[from..].iter().take_while(|point| point.end.last_day() <= last);
        let inside: Vec<&TrackPoint> = ended_by.filter(|point| point.start.first_day() >= first).collect();
        if inside.is_empty() {
            return Err(Reason::NoObservationAtDeadline);
        }
        match self.statistic {
            None => Err(Reason::StatisticUnknown),
            Some(Statistic::Ytd) => Err(Reason::NoObservationAtDeadline),
            Some(Statistic::End) => {
                let at_end = inside.iter().filter(|point| point.end.last_day() == last).find_map(|point| Reading::of(point));
                at_end.map(|reading| Reading { start: period, end: period, ..reading }).ok_or(Reason::NoObservationAtDeadline)
            }
            Some(Statistic::Mean | Statistic::Sum) => {
                let parts = tiling(&inside, first, last).ok_or(Reason::NoObservationAtDeadline)?;
                let mut flags = Flags::default();
                let mut total = Value::exact(Exact::zero());
                for part in &parts {
                    flags.join(part.flags);
                    total = total.plus(&part.value);
                }
                if self.statistic == Some(Statistic::Mean) {
                    let count = Exact::from(parts.len() as i64);
                    total = total.map(|sum| sum / &count);
                }
                Ok(Reading { value: total, start: period, end: period, flags, row: parts.last().map_or(0, |part| part.row) })
            }
        }
    }

    /// What is known of a sum over a period before all of it is: its finer observations, or the
    /// latest figure from its start.
    pub(crate) fn so_far(&self, period: Point) -> Vec<(Point, Result<Reading, Reason>)> {
        let (first, last) = (period.first_day(), period.last_day());
        let inside = |point: &&TrackPoint| point.start.first_day() >= first && point.end.last_day() < last;
        match self.statistic {
            Some(Statistic::Ytd) => {
                let latest = self.points.iter().filter(inside).rfind(|point| point.start.first_day() == first);
                latest.and_then(|point| Some((point.end, Ok(Reading::of(point)?)))).into_iter().collect()
            }
            Some(Statistic::Sum) => {
                let finest = self.points.iter().filter(inside).filter_map(|point| point.span).map(Point::frequency).max();
                let parts = finest.into_iter().flat_map(|frequency| period.parts(frequency));
                parts.map(|part| (part, self.at(part))).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Every reading that compares with a period of this length, in order.
    ///
    /// Observations of that length; finer ones as they stand where the statistic is the end value,
    /// or put together where it is a mean or a sum.
    pub(crate) fn readings(&self, frequency: Frequency) -> Vec<Reading> {
        let at_end = self.statistic == Some(Statistic::End);
        let mut found: Vec<Reading> = Vec::new();
        let mut tried: Option<Point> = None;
        for point in &self.points {
            let Some(span) = point.span else { continue };
            if span.frequency() == frequency || (at_end && span.frequency() > frequency) {
                found.extend(Reading::of(point));
            } else if span.frequency() > frequency {
                let around = span.enclosing(frequency);
                if tried != Some(around) && self.over(around, around).is_none() {
                    tried = Some(around);
                    found.extend(self.at(around).ok());
                }
            }
        }
        found.sort_by_key(|reading| (reading.end.last_day(), -reading.start.first_day()));
        found
    }
}

/// Observations of one length that cover the stretch without a hole, or `None`.
fn tiling(inside: &[&TrackPoint], first: i32, last: i32) -> Option<Vec<Reading>> {
    let mut frequencies: Vec<Frequency> = inside.iter().filter_map(|point| point.span.map(Point::frequency)).collect();
    frequencies.sort_unstable();
    frequencies.dedup();
    frequencies.into_iter().find_map(|frequency| {
        let mut next = first;
        let mut parts = Vec::new();
        for point in inside.iter().filter(|point| point.span.is_some_and(|span| span.frequency() == frequency)) {
            if point.start.first_day() != next {
                return None;
            }
            parts.push(Reading::of(point)?);
            next = point.end.last_day() + 1;
        }
        (next == last + 1).then_some(parts)
    })
}
