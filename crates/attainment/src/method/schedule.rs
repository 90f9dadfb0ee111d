//! How much of the way is expected by when.

use std::cmp::Ordering;

use super::PaceReason;
use crate::number::{Exact, nth_root, power};
use crate::period::{Period, Point};
use crate::plan::{Measure, Schedule, ScheduleWord, ShareSchedule};
use crate::quantity::Quantity;
use crate::verdict::{Case, Reason};

/// Where the plan clock stands at the latest observation.
#[derive(Clone, Debug)]
pub(crate) struct Clock {
    /// The share of the time that has passed.
    pub(crate) elapsed: Exact,
    pub(crate) expected: Expected,
    pub(crate) years: Exact,
    pub(crate) years_left: Exact,
}

/// The share of the way that the schedule expects.
#[derive(Clone, Debug)]
pub(crate) enum Expected {
    Share(Exact),
    /// At the same rate each year: (m^τ - 1) / (m - 1), where the way ends at `multiple` times its
    /// start. Irrational, so it is kept as what it follows from, with τ as a fraction.
    Compound {
        multiple: Exact,
        elapsed: (u32, u32),
    },
}

impl Clock {
    /// The clock of a case: it starts at the end of the base period and runs to the period of the
    /// observation, never to `as_of`.
    pub(crate) fn new(case: &Case, schedule: Option<&Schedule>) -> Result<Self, PaceReason> {
        let needs = PaceReason::NotEvaluable;
        let start = case.start.ok_or(needs(Reason::NoBaseline))?;
        let deadline = case.deadline.ok_or(needs(Reason::NoDeadline))?;
        let whole = deadline.years_since(start);
        if !whole.is_positive() {
            return Err(needs(Reason::NoTimeElapsed));
        }
        let now = case.now.as_ref().ok_or(needs(Reason::NoObservation))?.end;
        let years = now.years_since(start);
        if !years.is_positive() {
            return Err(needs(Reason::NoTimeElapsed));
        }
        let elapsed = &years / &whole;
        let expected = match schedule {
            Some(Schedule::Word(ScheduleWord::Annual)) => Expected::Share(latest_share(case, start, now, &whole)),
            // Mean growth compounds by itself.
            Some(Schedule::Word(ScheduleWord::Compound)) if case.measure != Measure::AnnualGrowth => {
                let (p, q) = elapsed.as_fraction().ok_or(needs(Reason::NoTimeElapsed))?;
                Expected::Compound { multiple: multiple_asked(case)?, elapsed: (p.unsigned_abs(), q) }
            }
            None | Some(Schedule::Word(_)) => Expected::Share(elapsed.clone()),
            Some(Schedule::Shares(shares)) => Expected::Share(stated_share(shares, start, now, deadline).map_err(needs)?),
        };
        Ok(Self { elapsed, expected, years, years_left: deadline.years_since(now) })
    }

    /// The straight clock between two points, seen from a third.
    pub(super) fn between(start: Point, now: Point, deadline: Point) -> Result<Self, Reason> {
        let (whole, years) = (deadline.years_since(start), now.years_since(start));
        if !whole.is_positive() || !years.is_positive() {
            return Err(Reason::NoTimeElapsed);
        }
        let elapsed = &years / &whole;
        Ok(Self { expected: Expected::Share(elapsed.clone()), elapsed, years, years_left: deadline.years_since(now) })
    }

    /// Compares the share of the way behind us with the expected share plus a margin.
    ///
    /// On a compound schedule that is 1 + (c - margin)(m - 1) against m^τ, decided without a root.
    pub(crate) fn compare(&self, closed: &Exact, margin: &Exact) -> Ordering {
        let reduced = closed - margin;
        match &self.expected {
            Expected::Share(share) => reduced.cmp(share),
            Expected::Compound { multiple, elapsed: (p, q) } => {
                let reached = Exact::one() + reduced * (multiple - &Exact::one());
                let power = i32::try_from(*p).unwrap_or(i32::MAX);
                let order = if reached.is_positive() { reached.cmp_power(multiple, power, *q) } else { Ordering::Less };
                // With a falling target a greater share means a smaller value.
                if *multiple < Exact::one() { order.reverse() } else { order }
            }
        }
    }

    /// The expected share as a float, for people.
    pub(crate) fn share(&self) -> f64 {
        match &self.expected {
            Expected::Share(share) => share.to_f64(),
            Expected::Compound { multiple, elapsed: (p, q) } => {
                let whole = multiple.to_f64();
                (power(nth_root(whole, *q), *p) - 1.0) / (whole - 1.0)
            }
        }
    }

    /// The expected share as people read it.
    pub(crate) fn share_text(&self) -> String {
        match &self.expected {
            Expected::Share(share) => share.to_string(),
            Expected::Compound { .. } => format!("{:.6}…", self.share()),
        }
    }
}

/// The part of the whole time that the latest period takes.
fn latest_share(case: &Case, start: Point, now: Point, whole: &Exact) -> Exact {
    let before = case.history.iter().rev().map(|(at, ..)| *at).find(|at| at.last_day() < now.last_day());
    // Rates stand for one period each, and so does a first value after the start.
    let since = before.filter(|before| before.last_day() > start.last_day()).unwrap_or(start);
    &now.years_since(since) / whole
}

/// How many times its start the value is at the end of the way.
fn multiple_asked(case: &Case) -> Result<Exact, PaceReason> {
    let bound = &case.test.bound.nominal;
    let over = |base: Option<&Exact>, end: &dyn Fn(&Exact) -> Exact| {
        let base = base.ok_or(PaceReason::NotEvaluable(Reason::NoBaselineValue))?;
        end(base).checked_div(base).ok_or(PaceReason::NotEvaluable(Reason::ZeroBaseline))
    };
    let multiple = match case.measure {
        Measure::Level => over(case.base.as_ref(), &|_| bound.clone())?,
        Measure::Change => {
            let base = case.now.as_ref().and_then(|now| now.base.as_ref());
            over(base.map(|base| &base.value.nominal), &|base| base + bound)?
        }
        Measure::RelativeChange => Exact::one() + bound.clone().percent(),
        Measure::Multiple => bound.clone(),
        _ => return Err(PaceReason::NotApplicable),
    };
    if multiple.is_positive() { Ok(multiple) } else { Err(PaceReason::NotEvaluable(Reason::SignChange)) }
}

/// The share a stated schedule expects at the end of a period.
///
/// A step is the share by the end of its period, with a straight line between steps and from the
/// last one to the whole at the deadline; a seasonal
/// profile divides each calendar year.
fn stated_share(shares: &ShareSchedule, start: Point, now: Point, deadline: Point) -> Result<Exact, Reason> {
    if !shares.seasonal.is_empty() {
        let parts: Option<Vec<Exact>> = shares.seasonal.iter().map(|part| part.value().map(Exact::from)).collect();
        let parts = parts.ok_or(Reason::BoundUnknown)?;
        let (first, here, last) = (years_of_work(&parts, start), years_of_work(&parts, now), years_of_work(&parts, deadline));
        let (Some(first), Some(here), Some(last)) = (first, here, last) else { return Err(Reason::BoundUnknown) };
        return (here - &first).checked_div(&(last - &first)).ok_or(Reason::NoTimeElapsed);
    }
    let mut before = (start, Exact::zero());
    for (period, share) in &shares.steps {
        let end = period.parse::<Period>().ok().and_then(|period| period.end()).ok_or(Reason::PeriodUnknown)?;
        let share = step_share(share)?;
        if now.last_day() <= end.last_day() {
            let (then, from) = before;
            let part = now.years_since(then).checked_div(&end.years_since(then)).ok_or(Reason::NoTimeElapsed)?;
            return Ok(&from + &((share - &from) * part));
        }
        before = (end, share);
    }
    // After the last step the way goes straight on to its end.
    let (then, from) = before;
    let rest = now.years_since(then).checked_div(&deadline.years_since(then));
    Ok(match rest {
        Some(part) if deadline.last_day() > then.last_day() => &from + &((Exact::one() - from.clone()) * part),
        _ => from,
    })
}

/// The work that is done by the end of a period where every calendar year holds one unit of it,
/// divided among its parts as the profile says.
fn years_of_work(profile: &[Exact], at: Point) -> Option<Exact> {
    let year = at.calendar_year() - 1;
    let mut left = at.years_since(Point::year(year)) * Exact::from(profile.len() as i64);
    let mut done = Exact::zero();
    for part in profile {
        let share = left.clone().min(Exact::one());
        done = done + part * &share;
        left = left - share;
    }
    let whole: Exact = profile.iter().cloned().sum();
    Some(Exact::from(i64::from(year)) + done.checked_div(&whole)?)
}

/// A share as written: a percentage, or a plain number from 0 to 1.
fn step_share(share: &Quantity) -> Result<Exact, Reason> {
    let value = share.value().map(Exact::from).ok_or(Reason::BoundUnknown)?;
    match share.unit() {
        Some(unit) if unit.is_percent() => Ok(value.percent()),
        _ if value <= Exact::one() => Ok(value),
        _ => Err(Reason::UnitLost),
    }
}
