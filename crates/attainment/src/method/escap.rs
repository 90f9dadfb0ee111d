//! The current status index of the United Nations' commission for Asia and the Pacific.

use super::info::{Exactness, MethodInfo, Need, Verified};
use super::rulebook::{BaseRule, Rulebook, class, decision, readable};
use super::sight::{Sight, Start};
use super::{Answer, Clock, Facts, PARAMETERS, Parameters};
use crate::number::Exact;
use crate::plan::Measure;
use crate::text::msg;
use crate::trace::{Step, Trace};
use crate::verdict::{Case, PaceReason, Reason, Scale, Toward};

pub(super) const INFO: MethodInfo = MethodInfo {
    id: "escap-csi",
    body: "United Nations Economic and Social Commission for Asia and the Pacific (ESCAP)",
    source: "Asia-Pacific SDG Progress Report, technical notes, current edition: the current status index against the expected line. \
             The index has no category words; these four are this project's",
    value: "current status index: ten times the share of the way behind us; of a point target, ten less what is left of it",
    categories: &[
        ("achieved", Scale::Done),
        ("on or above the expected line", Scale::OnTrack),
        ("below the expected line", Scale::Behind),
        ("regressed", Scale::Away),
    ],
    accepts: &[(Measure::Level, &["by"]), (Measure::Change, &["by"]), (Measure::RelativeChange, &["by"]), (Measure::Multiple, &["by"])],
    trend: &[],
    maintenance: false,
    points: 2,
    needs: &[Need::Baseline, Need::Deadline],
    parameters: PARAMETERS,
    exactness: Exactness::Rational,
    verified: Verified::Primary,
};

/// Where base and deadline come from: 2015 and 2030 where none is stated.
fn book() -> Rulebook {
    Rulebook { base: BaseRule::Exact, baseline: Some(2015), deadline: Some(2030), ..Rulebook::new(None, None) }
}

/// Index 10 (v − b) / (T − b) against the line 10 (t − t0) / (tT − t0).
pub(super) fn judge<T: Trace>(case: &Case, facts: &dyn Facts, parameters: &Parameters, trace: &mut T) -> Result<Answer, PaceReason> {
    let book = book();
    // A point to come near to from either side; an interval has no rule.
    let is_point = case.test.toward == Toward::Inside;
    if is_point && case.test.bound_max.is_some() {
        return Err(PaceReason::NotApplicable);
    }
    let toward = if is_point { Toward::Up } else { case.test.toward };
    let directed = Case { test: crate::verdict::Test { toward, ..case.test.clone() }, ..case.clone() };
    let mut sight = Sight::new(&directed, facts, &book, parameters)?;
    let Start { base, at } = sight.start(&directed, &book, parameters)?;
    let (target, deadline) = sight.target.clone().ok_or(PaceReason::NotApplicable)?;
    let clock = Clock::between(at, sight.at, deadline).map_err(PaceReason::NotEvaluable)?;
    let whole = (&target - &base).abs();
    if whole.is_zero() {
        return Err(PaceReason::NotEvaluable(Reason::TargetEqualsBaseline));
    }
    let ten = Exact::from(10);
    let reached = if is_point { sight.value == target } else { sight.reached };
    let index = if is_point {
        &ten - &(&ten * &(&target - &sight.value).abs() / whole)
    } else {
        &ten * &(Exact::from(sight.sign) * (&sight.value - &base)) / whole
    };
    let expected = &ten * &clock.elapsed;
    trace.step(|| {
        let (index, expected) = (readable(index.to_f64()), readable(expected.to_f64()));
        Step::new("gauge", msg!("index {index}, expected {expected}", "指数{index}，应为{expected}"))
    });
    let (word, scale, sign) = match (reached, index.cmp(&expected).is_ge(), index.is_negative()) {
        (true, ..) => ("achieved", Scale::Done, "="),
        (_, true, _) => ("on or above the expected line", Scale::OnTrack, "≥"),
        (_, _, true) => ("regressed", Scale::Away, "<"),
        _ => ("below the expected line", Scale::Behind, "<"),
    };
    let class = class(word, scale);
    trace.step(|| {
        let (index, expected) = (readable(index.to_f64()), readable(expected.to_f64()));
        let reason = if reached {
            msg!("the target is reached", "已达到目标")
        } else {
            msg!("current status index {index} {sign} {expected} expected", "现状指数{index} {sign} 应有{expected}")
        };
        decision(reason, &class)
    });
    let mut answer =
        Answer::new(class).notes(sight.notes).clock(Some((clock, base)).filter(|_| case.measure == Measure::Level && !is_point));
    (answer.value, answer.score) = (Some(index.to_f64()), Some(index.to_f64()));
    Ok(answer)
}
