//! The number that is judged: nine measures of a track.

use super::group::rank;
use super::rule::{AreaNo, IndicatorNo, Phrase, Single, Want};
use super::timeline::{Flags, Reading, Track};
use super::value::Value;
use super::when::{Base, Frame, From, base_at, base_value};
use super::world::World;
use super::{Flag, Reason};
use crate::number::{Exact, decimal_from_f64, nth_root, power};
use crate::period::Point;
use crate::plan::{Kind, Measure};

/// A measured number with what it was made of.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    pub(crate) value: Value,
    /// First and last period that it is about.
    pub(crate) start: Point,
    pub(crate) end: Point,
    pub(crate) base: Option<Base>,
    /// The value of the indicator itself, for measures that compare it with a base.
    pub(crate) level: Option<Value>,
    /// Years from base to value.
    pub(crate) years: Option<Exact>,
    pub(crate) flags: Flags,
    pub(crate) row: u64,
    /// How many areas were compared.
    pub(crate) among: Option<usize>,
    /// The value is the growth factor over `years`, and the measure is its yearly rate.
    pub(crate) is_factor: bool,
}

impl Measured {
    pub(super) fn level_of(reading: Reading) -> Self {
        Self {
            value: reading.value,
            start: reading.start,
            end: reading.end,
            base: None,
            level: None,
            years: None,
            flags: reading.flags,
            row: reading.row,
            among: None,
            is_factor: false,
        }
    }

    /// A value of one period, of nothing but itself.
    pub(crate) fn plain(value: Exact, at: Point) -> Self {
        Self::level_of(Reading { value: Value::exact(value), start: at, end: at, flags: Flags::default(), row: 0 })
    }

    /// The number people read: the nominal value, or the yearly rate in percent.
    ///
    /// A rate is a root and so not rational; it is shown at twelve significant digits, and
    /// nothing is decided on it.
    pub(crate) fn shown(&self) -> Exact {
        match (&self.years, self.is_factor) {
            (Some(years), true) => yearly_rate(&self.value.nominal, years),
            _ => self.value.nominal.clone(),
        }
    }
}

/// The yearly rate in percent of a growth factor, at twelve significant digits.
pub(crate) fn yearly_rate(factor: &Exact, years: &Exact) -> Exact {
    let rate = match years.as_fraction() {
        Some((p, q)) if p > 0 => nth_root(power(factor.to_f64(), q), p.unsigned_abs()) - 1.0,
        _ => f64::NAN,
    };
    let rounded = decimal_from_f64(100.0 * rate).ok().and_then(|rate| rate.round_sf(12));
    rounded.map_or_else(Exact::zero, Exact::from)
}

/// A sum or mean while it grows.
#[derive(Default)]
pub(crate) struct Total {
    sum: Option<Value>,
    count: i64,
    row: u64,
    pub(crate) flags: Flags,
    pub(crate) last: Option<Point>,
    /// Why a period has no value.
    pub(crate) missing: Option<Reason>,
    /// A period without a value lies before one that has one.
    pub(crate) has_hole: bool,
}

impl Total {
    /// The one observation of the whole window.
    pub(crate) fn whole(reading: Reading) -> Self {
        Self { sum: Some(reading.value), count: 1, row: reading.row, flags: reading.flags, last: Some(reading.end), ..Self::default() }
    }

    pub(crate) fn add(&mut self, period: Point, reading: Result<Reading, Reason>) {
        match reading {
            Ok(reading) => {
                self.sum = Some(self.sum.as_ref().map_or_else(|| reading.value.clone(), |sum| sum.plus(&reading.value)));
                self.count += 1;
                self.row = reading.row;
                self.flags.join(reading.flags);
                self.last = Some(period);
                self.has_hole |= self.missing.is_some();
            }
            Err(reason) => {
                let reason = if reason == Reason::NoObservationAtDeadline { Reason::IncompleteSum } else { reason };
                self.missing = self.missing.or(Some(reason));
            }
        }
    }

    /// The number so far, from the first period of the window.
    pub(crate) fn measured(&self, measure: Measure, start: Point) -> Option<Measured> {
        let (sum, end) = (self.sum.as_ref()?, self.last?);
        let count = Exact::from(self.count.max(1));
        let value = if measure == Measure::Mean { sum.map(|sum| sum / &count) } else { sum.clone() };
        Some(Measured::level_of(Reading { value, start, end, flags: self.flags, row: self.row }))
    }
}

/// A sum or mean from the first period of the window to the last, all of them there.
pub(super) fn total(track: &Track, measure: Measure, start: Point, end: Point) -> Result<Measured, Reason> {
    let mut total = Total::default();
    if let Some(Ok(reading)) = track.over(start, end) {
        total = Total::whole(reading);
    } else {
        let mut period = start;
        while period <= end {
            total.add(period, track.at(period));
            period = period.plus(1);
        }
    }
    match total.missing {
        Some(reason) => Err(reason),
        None => total.measured(measure, start).ok_or(Reason::NoObservationAtDeadline),
    }
}

/// A measure of one indicator in one area at a calendar period.
pub(crate) fn measure_at<W: World>(
    world: &W,
    area: AreaNo,
    indicator: IndicatorNo,
    want: &Want,
    measure: Measure,
    frame: &Frame<'_>,
    at: Point,
) -> Result<Measured, Reason> {
    let track = world.track(area, indicator, want);
    let from = &frame.from;
    if measure.is_over_window() {
        return total(&track, measure, frame.start.ok_or(Reason::WindowStartUnknown)?, at);
    }
    if !measure.needs_base() {
        return track.at(at).map(Measured::level_of);
    }
    if measure != Measure::Change && (track.kind == Some(Kind::Growth) || world.growth_from(indicator).is_some()) {
        let published = match world.growth_from(indicator) {
            Some(publisher) => world.track(area, publisher, want),
            None => track.clone(),
        };
        let chained = chain(&published, measure, from, at);
        return if track.kind == Some(Kind::Growth) { chained } else { chained.map_err(|_| Reason::GrowthNotPublished) };
    }
    let now = track.at(at)?;
    let base = match from {
        From::Baseline(spec, choice) => base_value(&track, spec, *choice)?,
        From::Before => base_at(&track, at.plus(-1))?,
        From::At(point) => base_at(&track, *point)?,
        From::Nowhere => return Err(Reason::NoBaseline),
    };
    let years = at.years_since(base.period);
    let value = compare_with_base(measure, &now.value, &base.value, &years)?;
    let mut flags = now.flags;
    flags.join(base.flags);
    let (level, years) = (Some(now.value.clone()), Some(years));
    let is_factor = measure == Measure::AnnualGrowth;
    Ok(Measured { value, level, years, base: Some(base), flags, is_factor, ..Measured::level_of(now) })
}

/// The number of a phrase at a period, of its own indicator or of another one.
pub(crate) fn phrase_at<W: World>(
    world: &W,
    area: AreaNo,
    indicator: IndicatorNo,
    single: &Single,
    phrase: &Phrase,
    frame: &Frame<'_>,
    at: Point,
) -> Result<Measured, Reason> {
    if phrase.measure.is_among_areas() {
        rank(world, area, indicator, single, phrase, frame, at)
    } else {
        measure_at(world, area, indicator, &single.want, phrase.measure, frame, at)
    }
}

/// Change, relative change (percent), multiple, or the growth factor of `annual_growth`.
///
/// The factor stays a factor: a rate would need a root, and comparing needs none.
pub(super) fn compare_with_base(measure: Measure, now: &Value, base: &Value, years: &Exact) -> Result<Value, Reason> {
    if measure == Measure::Change {
        return Ok(now.minus(base));
    }
    if base.nominal.is_zero() {
        return Err(Reason::ZeroBaseline);
    }
    if base.nominal.is_negative() || now.nominal.is_negative() {
        return Err(Reason::SignChange);
    }
    let factor = now.over(base).ok_or(Reason::ValueInexact)?;
    match measure {
        Measure::Multiple => Ok(factor),
        Measure::AnnualGrowth if !years.is_positive() => Err(Reason::NoTimeElapsed),
        Measure::AnnualGrowth => Ok(factor),
        _ => Ok(factor.map(|factor| (factor - &Exact::one()) * Exact::from(100))),
    }
}

/// Published rates, chained: (1 + r1)(1 + r2)… from after the base to the period.
pub(super) fn chain(track: &Track, measure: Measure, from: &From<'_>, at: Point) -> Result<Measured, Reason> {
    let start = match from {
        From::Baseline(spec, _) => spec.at.ok_or(Reason::PeriodUnknown)?,
        From::Before => at.plus(-1),
        From::At(point) => *point,
        From::Nowhere => return Err(Reason::NoBaseline),
    };
    let first = start.enclosing(at.frequency()).plus(1);
    let years = at.years_since(start);
    let hundred = Exact::from(100);
    let factor_of = |rate: &Value| rate.map(|rate| Exact::one() + rate / &hundred);
    let mut flags = Flags::default();
    let mut row = 0;
    let factor = match track.over(first, at) {
        // The rate of the whole stretch is published itself.
        Some(Ok(reading)) => {
            flags.join(reading.flags);
            row = reading.row;
            factor_of(&reading.value)
        }
        _ => {
            let mut factor = Value::exact(Exact::one());
            let mut period = first;
            if first > at {
                return Err(Reason::NoTimeElapsed);
            }
            while period <= at {
                let reading = track.at(period).map_err(|reason| match reason {
                    Reason::NoObservationAtDeadline if period == at => reason,
                    Reason::NoObservationAtDeadline => Reason::IncompleteChain,
                    other => other,
                })?;
                flags.join(reading.flags);
                row = reading.row;
                let step = factor_of(&reading.value);
                if !step.is_positive() {
                    return Err(Reason::SignChange);
                }
                factor = factor.times(&step);
                period = period.plus(1);
            }
            factor
        }
    };
    let value = match measure {
        Measure::RelativeChange => factor.map(|factor| (factor - &Exact::one()) * Exact::from(100)),
        _ => factor,
    };
    let is_factor = measure == Measure::AnnualGrowth;
    Ok(Measured { value, start: first, end: at, base: None, level: None, years: Some(years), flags, row, among: None, is_factor })
}

pub(crate) fn note_flags(flags: &mut Flags, measured: &Measured) {
    flags.join(measured.flags);
    if measured.base.as_ref().is_some_and(|base| base.declared) {
        flags.add(Flag::BaselineDeclared);
    }
}
