//! 序时进度: the share of the way against the share of the time.

use std::cmp::Ordering;

use super::rulebook::readable;
use super::schedule::Expected;
use super::{Answer, Clock, Exactness, Facts, MethodInfo, Need, PaceReason, Scale, Verified, class};
use crate::number::{Exact, ln};
use crate::period::Point;
use crate::plan::{Kind, Measure, Schedule, ScheduleWord};
use crate::text::msg;
use crate::trace::{Step, Trace};
use crate::verdict::{Case, Measured, PaceNote, Reason, State, closed, is_cap};

pub(super) const INFO: MethodInfo = MethodInfo {
    id: "linear",
    body: "common practice (序时进度)",
    source: "National Development and Reform Commission, cumulative 20/40/60/80/100 % by year, 2012; the comparison of shares is common",
    value: "the share of the way behind us over the share the schedule expects",
    categories: &[("done", Scale::Done), ("on_track", Scale::OnTrack), ("behind", Scale::Behind), ("away", Scale::Away)],
    accepts: ACCEPTS,
    trend: &[],
    maintenance: false,
    not_for: &[],
    points: 2,
    needs: &[Need::Bound, Need::Baseline, Need::Deadline],
    uses: &[],
    parameters: SCHEDULES,
    exactness: Exactness::Rational,
    verified: Verified::Own,
};

/// What the two methods of the plan clock have a case for.
pub(super) const ACCEPTS: &[(Measure, &[&str])] = &[
    (Measure::Level, &["by", "during"]),
    (Measure::Change, &["by", "during"]),
    (Measure::RelativeChange, &["by", "during"]),
    (Measure::Multiple, &["by", "during"]),
    (Measure::AnnualGrowth, &["by", "during"]),
    (Measure::Sum, &["by", "during"]),
];

pub(super) const SCHEDULES: &[(&str, &str)] =
    &[("schedule", "`straight`, `compound` or `annual`, instead of the plan's; several with commas give a class each")];

/// Done where the bound is reached; otherwise on track where c >= τ, away where c < 0, behind between.
pub(super) fn judge<T: Trace>(case: &Case, facts: &dyn Facts, schedule: Option<&Schedule>, trace: &mut T) -> Result<Answer, PaceReason> {
    let is_word = matches!(facts.kind(), Some(Kind::YesNo | Kind::Judgement));
    if is_word && !(is_reached(case) || case.state == State::Met) {
        // There is no way between no and yes.
        return Err(PaceReason::NotApplicable);
    }
    let clock = Clock::new(case, schedule)?;
    let progress = Progress::on(case, facts, schedule)?;
    trace.step(|| clock_step(&clock));
    trace.step(|| progress.step());
    let expected = clock.share();
    let value = (expected != 0.0).then(|| progress.shown / expected);
    let done = is_reached(case) || case.state == State::Met;
    let reached = progress.compare(&clock, &Exact::zero())?;
    let (word, scale) = match (is_cap(case), done, reached, progress.is_negative()) {
        // A cap that holds so far is not reached, it can still be passed; what counts is whether it
        // is used up faster than time.
        (true, ..) if case.state == State::Met => ("done", Scale::Done),
        (true, _, Ordering::Greater, _) => ("behind", Scale::Behind),
        (true, ..) => ("on_track", Scale::OnTrack),
        (_, true, ..) => ("done", Scale::Done),
        (_, _, Ordering::Greater | Ordering::Equal, _) => ("on_track", Scale::OnTrack),
        (_, _, _, true) => ("away", Scale::Away),
        _ => ("behind", Scale::Behind),
    };
    let class = class(word, scale);
    trace.step(|| decision(progress.shown, &clock, &class));
    let mut answer = Answer::new(class).notes(break_note(case));
    answer.expected_now = expected_now(case, &clock, schedule);
    (answer.value, answer.clock) = (value, Some(clock));
    Ok(answer)
}

/// The comparison of the two shares, with the category it led to.
fn decision(shown: f64, clock: &Clock, class: &super::Class) -> Step {
    let (share, expected) = (readable(shown), readable(clock.share()));
    super::rulebook::decision(msg!("share of the way {share}, expected {expected}", "完成份额{share}，应为{expected}"), class)
}

/// Whether the target is reached before it is due. A mean growth rate is kept up and not reached.
pub(super) fn is_reached(case: &Case) -> bool {
    match case.state {
        State::Met => true,
        State::Pending => case.holds_now == Some(true) && case.measure != Measure::AnnualGrowth,
        // What comes after the deadline changes no decision.
        State::NotMet | State::NotEvaluable => false,
    }
}

/// A break since the start of the clock is worth a note.
pub(super) fn break_note(case: &Case) -> Vec<PaceNote> {
    let now = case.now.as_ref().filter(|now| case.has_break(case.start, now.end));
    now.map(|_| PaceNote::BreakBetween).into_iter().collect()
}

/// The number the schedule expects at the latest observation. The task of a single period starts
/// from wherever the value was, and expects no number of the whole.
pub(super) fn expected_now(case: &Case, clock: &Clock, schedule: Option<&Schedule>) -> Option<f64> {
    let is_annual = matches!(schedule, Some(Schedule::Word(ScheduleWord::Annual)));
    let base = case.base.as_ref().filter(|_| !is_annual && case.measure != Measure::AnnualGrowth)?.to_f64();
    let expected = base + (case.test.bound.nominal.to_f64() - base) * clock.share();
    Some(expected).filter(|expected| expected.is_finite())
}

pub(super) fn clock_step(clock: &Clock) -> Step {
    let (years, elapsed, share) = (&clock.years, &clock.elapsed, clock.share_text());
    let whole = &clock.years + &clock.years_left;
    Step::new(
        "clock",
        msg!(
            "clock: {years} of {whole} years = {elapsed}; expected share {share}",
            "时钟：{whole}年中已过{years}年 = {elapsed}；应完成{share}"
        ),
    )
}

/// How far the target has come, as a share of the way.
pub(super) struct Progress {
    /// The share, where it is rational.
    exact: Option<Exact>,
    /// The growth factor and the rate in percent, for mean growth.
    growth: Option<(Exact, Exact)>,
    pub(super) shown: f64,
}

impl Progress {
    /// The progress a schedule looks at: of the latest period for the annual task, else of the whole.
    pub(super) fn on(case: &Case, facts: &dyn Facts, schedule: Option<&Schedule>) -> Result<Self, PaceReason> {
        match schedule {
            Some(Schedule::Word(ScheduleWord::Annual)) => Self::of_latest_period(case, facts),
            _ => Self::new(case),
        }
    }

    /// What the latest period alone has added, as a share of the whole way.
    ///
    /// Of a cumulative reduction it is the rate of the period over the reduction asked for.
    fn of_latest_period(case: &Case, facts: &dyn Facts) -> Result<Self, PaceReason> {
        let needs = |reason| PaceReason::NotEvaluable(reason);
        let now = case.now.as_ref().ok_or(needs(Reason::NoObservation))?;
        let bound = &case.test.bound.nominal;
        let upto = case.history.partition_point(|(at, ..)| at.last_day() <= now.end.last_day());
        let (_, value, _) = case.history[..upto].last().ok_or(needs(Reason::NoObservation))?;
        let base = match case.measure {
            Measure::Level => case.base.as_ref(),
            _ => now.base.as_ref().map(|base| &base.value.nominal),
        };
        // The first value after the base is measured from the base.
        let since_base = |at: &Point| case.start.is_none_or(|start| at.last_day() > start.last_day());
        let before = upto.checked_sub(2).and_then(|index| case.history.get(index)).filter(|(at, ..)| since_base(at));
        let before = before.map(|(_, before, _)| before).or(base);
        let is_rates = facts.kind() == Some(Kind::Growth);
        let step = || Ok(value - before.ok_or(needs(Reason::TooFewPoints))?);
        let base = || base.ok_or(needs(Reason::NoBaselineValue));
        let zero = || needs(Reason::ZeroBaseline);
        let equals = || needs(Reason::TargetEqualsBaseline);
        let share = match case.measure {
            Measure::Level => step()?.checked_div(&(bound - base()?)).ok_or_else(equals)?,
            Measure::Change => step()?.checked_div(bound).ok_or_else(equals)?,
            Measure::RelativeChange if is_rates => value.checked_div(bound).ok_or_else(equals)?,
            Measure::RelativeChange => {
                let rate = step()?.checked_div(base()?).ok_or_else(zero)? * Exact::from(100);
                rate.checked_div(bound).ok_or_else(equals)?
            }
            Measure::Multiple => {
                let rate = step()?.checked_div(base()?).ok_or_else(zero)?;
                rate.checked_div(&(bound - &Exact::one())).ok_or_else(equals)?
            }
            Measure::Sum => value.checked_div(bound).ok_or_else(equals)?,
            _ => return Err(PaceReason::NotApplicable),
        };
        let shown = share.to_f64();
        Ok(Self { exact: Some(share), growth: None, shown })
    }

    pub(super) fn new(case: &Case) -> Result<Self, PaceReason> {
        let needs = |reason| PaceReason::NotEvaluable(reason);
        let now = case.now.as_ref().ok_or(needs(Reason::NoObservation))?;
        if case.measure == Measure::AnnualGrowth {
            return Self::of_growth(case, now);
        }
        let exact = closed(&case.test, case.measure, &now.value.nominal, case.base.as_ref());
        let exact = exact.ok_or(match &case.base {
            None => needs(Reason::NoBaselineValue),
            Some(base) if case.measure == Measure::Level && *base == case.test.bound.nominal => needs(Reason::TargetEqualsBaseline),
            // A trend has no way of its own length.
            Some(_) => PaceReason::NotApplicable,
        })?;
        let shown = exact.to_f64();
        Ok(Self { exact: Some(exact), growth: None, shown })
    }

    /// ln(x/b) / (n ln(1+g)): the growth so far against the growth asked for over the whole time.
    fn of_growth(case: &Case, now: &Measured) -> Result<Self, PaceReason> {
        let rate = case.test.bound.nominal.clone();
        let (Some(start), Some(deadline)) = (case.start, case.deadline) else {
            return Err(PaceReason::NotEvaluable(Reason::NoBaseline));
        };
        let whole = deadline.years_since(start);
        let factor = now.value.nominal.clone();
        let asked = whole.to_f64() * ln(1.0 + rate.to_f64() / 100.0);
        let is_desired = (Exact::from(case.test.toward.sign()) * rate.clone()).is_positive();
        if !factor.is_positive() || !is_desired || case.test.bound_is_factor {
            return Err(PaceReason::NotApplicable);
        }
        Ok(Self { exact: None, shown: ln(factor.to_f64()) / asked, growth: Some((factor, rate)) })
    }

    /// Compares the share with the expected share plus a margin.
    ///
    /// For growth c - τ >= m is x/b >= (1+g)^(n(τ+m)), a comparison of powers.
    pub(super) fn compare(&self, clock: &Clock, margin: &Exact) -> Result<Ordering, PaceReason> {
        if let Some(exact) = &self.exact {
            return Ok(clock.compare(exact, margin));
        }
        let (Some((factor, rate)), Expected::Share(share)) = (&self.growth, &clock.expected) else {
            return Err(PaceReason::NotApplicable);
        };
        let whole = &clock.years + &clock.years_left;
        let exponent = whole * (share + margin);
        let (p, q) = exponent.as_fraction().ok_or(PaceReason::NotApplicable)?;
        let order = factor.cmp_power(&(Exact::one() + rate.clone().percent()), p, q);
        Ok(if rate.is_negative() { order.reverse() } else { order })
    }

    pub(super) fn is_negative(&self) -> bool {
        self.exact.as_ref().map_or(self.shown < 0.0, Exact::is_negative)
    }

    pub(super) fn step(&self) -> Step {
        let share = self.exact.as_ref().map_or_else(|| format!("{:.6}…", self.shown), ToString::to_string);
        Step::new("closed", msg!("share of the way behind us: {share}", "已完成份额：{share}"))
    }
}
