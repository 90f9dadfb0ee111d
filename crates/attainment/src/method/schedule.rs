//! How much of the way is expected by when.

use std::cmp::Ordering;

use crate::number::Exact;
use crate::period::{Period, Point};
use crate::plan::{Schedule, ScheduleWord, ShareSchedule};
use crate::verdict::{Case, Reason};

/// Where the plan clock stands at the latest observation.
#[derive(Clone, Debug)]
pub(crate) struct Clock {
    /// The share of the time that has passed.
    pub(crate) elapsed: Exact,
    /// The share of the way that the schedule expects; `None` for a compound schedule, whose share
    /// is irrational.
    pub(crate) share: Option<Exact>,
    pub(crate) compound: bool,
    pub(crate) years: Exact,
    pub(crate) years_left: Exact,
}

impl Clock {
    /// The clock of a case: it starts at the end of the base period and runs to the period of the
    /// observation, never to `as_of`.
    pub(crate) fn new(case: &Case, schedule: Option<&Schedule>) -> Result<Self, Reason> {
        let start = case.start.ok_or(Reason::NoBaseline)?;
        let deadline = case.deadline.ok_or(Reason::NoDeadline)?;
        let now = case.now.as_ref().ok_or(Reason::NoObservation)?.end;
        let years = now.years_since(start);
        let whole = deadline.years_since(start);
        let elapsed = years.checked_div(&whole).filter(|_| whole.is_positive()).ok_or(Reason::TargetEqualsBaseline)?;
        if !years.is_positive() {
            return Err(Reason::NoTimeElapsed);
        }
        let years_left = deadline.years_since(now);
        let compound = matches!(schedule, Some(Schedule::Word(ScheduleWord::Compound)));
        let share = match schedule {
            None | Some(Schedule::Word(ScheduleWord::Straight)) => Some(elapsed.clone()),
            Some(Schedule::Word(ScheduleWord::Compound)) => None,
            Some(Schedule::Shares(shares)) => Some(stated_share(shares, start, now, &elapsed)?),
        };
        Ok(Self { elapsed, share, compound, years, years_left })
    }

    /// Compares the share of the way behind us with the expected share plus a margin.
    ///
    /// On a compound schedule the expected value is b (T/b)^τ, so the comparison is one of
    /// radicals: 1 + (c - margin)(T/b - 1) against (T/b)^τ, decided without a root.
    pub(crate) fn compare(&self, case: &Case, closed: &Exact, margin: &Exact) -> Result<Ordering, Reason> {
        if let Some(share) = &self.share {
            return Ok((closed - margin).cmp(share));
        }
        let base = case.base.as_ref().filter(|base| base.is_positive()).ok_or(Reason::ZeroBaseline)?;
        let multiple = &case.test.bound.nominal / base;
        if !multiple.is_positive() {
            return Err(Reason::SignChange);
        }
        let (p, q) = self.elapsed.as_fraction().ok_or(Reason::NoTimeElapsed)?;
        let reached = Exact::one() + (closed - margin) * (&multiple - &Exact::one());
        // With a falling target a greater share means a smaller value.
        let orientation = multiple.cmp(&Exact::one());
        let order = if reached.is_positive() { reached.cmp_power(&multiple, p, q) } else { Ordering::Less };
        Ok(if orientation == Ordering::Less { order.reverse() } else { order })
    }

    /// The expected share as people read it.
    pub(crate) fn share_text(&self) -> String {
        self.share.as_ref().map_or_else(|| "compound".to_owned(), ToString::to_string)
    }
}

/// The share a stated schedule expects at the end of a period.
///
/// Steps hold from the end of their period on, with a straight line between them; a seasonal
/// profile divides the year the deadline lies in.
fn stated_share(shares: &ShareSchedule, start: Point, now: Point, elapsed: &Exact) -> Result<Exact, Reason> {
    if !shares.seasonal.is_empty() {
        let parts: Option<Vec<Exact>> = shares.seasonal.iter().map(amount_of_share).collect();
        let parts = parts.ok_or(Reason::BoundUnknown)?;
        let done = elapsed.clone() * Exact::from(parts.len() as i64);
        let whole = done.truncate(0);
        let full = whole.to_f64() as usize;
        let total: Exact = parts.iter().cloned().sum();
        let begun = parts.get(full).map_or_else(Exact::zero, |part| part * &(done - &whole));
        let passed: Exact = parts.iter().take(full).cloned().sum();
        return (passed + begun).checked_div(&total).ok_or(Reason::BoundUnknown);
    }
    let mut before = (start, Exact::zero());
    for (period, share) in &shares.steps {
        let end = period.parse::<Period>().ok().and_then(|period| period.end()).ok_or(Reason::PeriodUnknown)?;
        let share = amount_of_share(share).ok_or(Reason::BoundUnknown)?;
        if now.last_day() <= end.last_day() {
            let (then, from) = before;
            let part = now.years_since(then).checked_div(&end.years_since(then)).ok_or(Reason::NoTimeElapsed)?;
            return Ok(&from + &((share - &from) * part));
        }
        before = (end, share);
    }
    Ok(before.1)
}

fn amount_of_share(share: &crate::quantity::Quantity) -> Option<Exact> {
    let value = Exact::from(share.value()?);
    Some(if share.unit().is_some_and(crate::unit::Unit::is_percent) { value.percent() } else { value })
}
