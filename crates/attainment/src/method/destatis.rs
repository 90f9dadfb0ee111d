//! The weather symbols of the German Sustainable Development Strategy.

use super::info::Need;
use super::rulebook::decision;
use super::sight::as_level;
use super::{Answer, Clock, Exactness, MethodInfo, PaceReason, Scale, Verified, class};
use crate::number::Exact;
use crate::period::Point;
use crate::plan::{Kind, Measure};
use crate::text::{Message, msg};
use crate::trace::{Step, Trace};
use crate::verdict::{Case, Form, Reason, Toward, Value};

const SUN: (&str, Scale) = ("Sonne", Scale::OnTrack);
const LIGHT_CLOUD: (&str, Scale) = ("Leicht bewölkt", Scale::Near);
const CLOUD: (&str, Scale) = ("Wolke", Scale::Behind);
const THUNDERSTORM: (&str, Scale) = ("Blitz", Scale::Away);

pub(super) const INFO: MethodInfo = MethodInfo {
    id: "destatis-2023",
    body: "Federal Statistical Office of Germany (Destatis)",
    source: "status of the indicators of the German Sustainable Development Strategy, method page of the indicator report, 2023",
    value: "the value the mean change leads to at the target year; without a target year the mean change",
    categories: &[SUN, LIGHT_CLOUD, CLOUD, THUNDERSTORM],
    accepts: &[
        (Measure::Level, &["by", "during", "each"]),
        (Measure::Change, &["by", "during"]),
        (Measure::RelativeChange, &["by", "during"]),
        (Measure::Multiple, &["by", "during"]),
    ],
    trend: &["by", "during", "each"],
    maintenance: true,
    not_for: &[Kind::YesNo, Kind::Judgement],
    points: 4,
    needs: &[],
    uses: &[Need::Bound, Need::Deadline],
    parameters: &[],
    exactness: Exactness::Rational,
    verified: Verified::Reproduced(112),
};

/// One rule per kind of target: a value by a year, a value in every year, a direction.
///
/// The mean annual change is that of the last five changes, so of six points; with fewer, of at
/// least four consecutive ones; points before a break do not count, nor those after the target year.
pub(super) fn judge<T: Trace>(case: &Case, trace: &mut T) -> Result<Answer, PaceReason> {
    let case = &*as_level(case)?;
    let points = last_points(up_to(case.deadline, &case.history)).map_err(PaceReason::NotEvaluable)?;
    let (first, last) = (&points[0], &points[points.len() - 1]);
    let years = last.0.years_since(first.0);
    let mean = (&last.1 - &first.1).checked_div(&years).ok_or(PaceReason::NotEvaluable(Reason::NoTimeElapsed))?;
    let change = &last.1 - &points[points.len() - 2].1;
    trace.step(|| {
        let (then, was, now, is) = (first.0, &first.1, last.0, &last.1);
        Step::new(
            "mean_change",
            msg!(
                "mean annual change {then} to {now}: ({is} − {was}) / {years} = {mean}",
                "{then}至{now}年均变动：({is} − {was}) / {years} = {mean}"
            ),
        )
    });
    if case.test.toward == Toward::Inside && case.test.bound_max.is_none() {
        return Err(PaceReason::NotApplicable);
    }
    let is_trend = case.is_trend();
    let (_, sign) = weakest_bound(case, &last.1);
    let toward = |change: &Exact| (sign.clone() * change.clone()).sign();
    let reached = case.test.holds(&Value::exact(last.1.clone())) == Some(true);
    let symbol = if is_trend {
        match (toward(&mean).is_gt(), toward(&change).is_gt()) {
            (true, true) => SUN,
            (true, false) => LIGHT_CLOUD,
            (false, true) => CLOUD,
            (false, false) => THUNDERSTORM,
        }
    } else if case.form == Form::Each || reached {
        // A dated target that is reached is judged like one that must hold every year.
        match (reached, toward(&mean)) {
            (true, order) if order.is_ge() => SUN,
            (true, _) => LIGHT_CLOUD,
            (false, order) if order.is_gt() => CLOUD,
            // The source calls a change of exactly zero both "not away" and "not toward"; the
            // worse reading is taken.
            (false, _) => THUNDERSTORM,
        }
    } else {
        return dated(case, last, &mean, trace);
    };
    Ok(answer(symbol, mean.to_f64(), msg!("mean change {mean}, last change {change}", "年均变动{mean}，最近一年变动{change}"), case, trace))
}

/// A value by a year: what share of the present gap is left at the target year?
fn dated<T: Trace>(case: &Case, last: &(Point, Exact), mean: &Exact, trace: &mut T) -> Result<Answer, PaceReason> {
    let deadline = case.deadline.ok_or(PaceReason::NotEvaluable(Reason::NoDeadline))?;
    let left = deadline.years_since(last.0);
    let projected = &last.1 + &(mean * &left);
    trace.step(|| {
        Step::new(
            "projection",
            msg!(
                "projection to {deadline}: {} + {mean} × {left} = {projected}",
                "推算至{deadline}：{} + {mean} × {left} = {projected}",
                last.1
            ),
        )
    });
    let (bound, sign) = weakest_bound(case, &last.1);
    let missing = |value: &Exact| sign.clone() * (&bound - value);
    let (now_missing, then_missing) = (missing(&last.1), missing(&projected));
    let away = (sign.clone() * mean.clone()).sign().is_le();
    let symbol = if away {
        THUNDERSTORM
    } else if !then_missing.is_positive() {
        SUN
    } else {
        let share = then_missing.checked_div(&now_missing).unwrap_or_else(Exact::one);
        trace
            .step(|| Step::new("missing_share", msg!("share of the present gap that is left: {share}", "届时仍差（占目前差距）：{share}")));
        if share < Exact::ratio(5, 100) {
            SUN
        } else if share <= Exact::ratio(20, 100) {
            LIGHT_CLOUD
        } else {
            CLOUD
        }
    };
    Ok(answer(symbol, projected.to_f64(), msg!("projected {projected} against {bound}", "推算值{projected}，目标{bound}"), case, trace))
}

fn answer<T: Trace>((word, scale): (&'static str, Scale), value: f64, reason: Message, case: &Case, trace: &mut T) -> Answer {
    let class = class(word, scale);
    trace.step(|| decision(reason, &class));
    let mut answer = Answer::new(class);
    (answer.value, answer.clock) = (Some(value), Clock::new(case, None).ok());
    answer
}

/// The bound that decides, and the sign of the change that is desired.
///
/// Of an interval it is the weakest end, the one on the side of the value; inside it no change is
/// desired.
fn weakest_bound(case: &Case, value: &Exact) -> (Exact, Exact) {
    let bound = &case.test.bound.nominal;
    match &case.test.bound_max {
        Some(high) if *value > high.nominal => (high.nominal.clone(), Exact::from(-1)),
        Some(_) if value >= bound => (bound.clone(), Exact::zero()),
        Some(_) => (bound.clone(), Exact::one()),
        None => (bound.clone(), Exact::from(case.test.toward.sign())),
    }
}

/// The points that lie no later than the target year.
fn up_to(deadline: Option<Point>, history: &[(Point, Exact, bool)]) -> &[(Point, Exact, bool)] {
    let Some(deadline) = deadline else { return history };
    &history[..history.partition_point(|(point, ..)| point.last_day() <= deadline.last_day())]
}

/// The last six points, or the last four or five consecutive ones after a break.
fn last_points(history: &[(Point, Exact, bool)]) -> Result<Vec<(Point, Exact)>, Reason> {
    let after_break = history.iter().rposition(|(.., is_break)| *is_break).unwrap_or(0);
    let usable = &history[after_break..];
    let six = &usable[usable.len().saturating_sub(6)..];
    let mut run: Vec<(Point, Exact)> = Vec::new();
    for (point, value, _) in six.iter().rev() {
        if run.last().is_some_and(|(next, _)| next.plus(-1) != *point) {
            break;
        }
        run.push((*point, value.clone()));
    }
    run.reverse();
    if run.len() >= 4 {
        Ok(run)
    } else if after_break > 0 {
        Err(Reason::BreakInSeries)
    } else {
        Err(Reason::TooFewPoints)
    }
}
