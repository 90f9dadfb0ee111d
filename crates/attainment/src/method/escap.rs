//! The current status index of the United Nations' commission for Asia and the Pacific.

use super::info::{Exactness, MethodInfo, Need, Verified};
use super::linear::expected_now;
use super::rulebook::{ACCEPTS, Rulebook, class, decision, readable};
use super::sight::{Sight, Start};
use super::{Answer, Clock, Facts, PARAMETERS, Parameters};
use crate::number::Exact;
use crate::plan::{Kind, Measure};
use crate::text::msg;
use crate::trace::Trace;
use crate::verdict::{Case, PaceNote, PaceReason, Reason, Scale, Toward};

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
    accepts: ACCEPTS,
    trend: &[],
    maintenance: true,
    not_for: &[Kind::YesNo, Kind::Judgement],
    points: 2,
    needs: &[Need::Bound],
    uses: &[Need::Baseline, Need::Deadline],
    parameters: PARAMETERS,
    exactness: Exactness::Rational,
    verified: Verified::Primary,
};

/// Where base and deadline come from: 2015 and 2030 where none is stated.
fn book() -> Rulebook {
    Rulebook { baseline: Some(2015), deadline: Some(2030), points_near: true, ..Rulebook::new(None, None) }
}

/// Index 10 (v − b) / (T − b) against the line 10 (t − t0) / (tT − t0).
pub(super) fn judge<T: Trace>(case: &Case, facts: &dyn Facts, parameters: &Parameters, trace: &mut T) -> Result<Answer, PaceReason> {
    // A point to come near to from either side; an interval has no rule.
    let is_point = case.test.toward == Toward::Inside;
    if is_point && case.test.bound_max.is_some() {
        return Err(PaceReason::NotApplicable);
    }
    let book = book();
    let mut sight = Sight::new(case, facts, &book, parameters)?;
    let Start { base, at, .. } = sight.start(case, &book, parameters)?;
    let (target, deadline) = sight.target.clone().ok_or(PaceReason::NotApplicable)?;
    let deadline = deadline.ok_or(PaceReason::NotEvaluable(Reason::NoDeadline))?;
    let clock = Clock::between(at, sight.at, deadline).map_err(PaceReason::NotEvaluable)?;
    let whole = (&target - &base).abs();
    if whole.is_zero() {
        return Err(PaceReason::NotEvaluable(Reason::TargetEqualsBaseline));
    }
    let ten = Exact::from(10);
    let index = if is_point {
        &ten - &(&ten * &(&target - &sight.value).abs() / whole)
    } else {
        &ten * &(Exact::from(sight.sign) * (&sight.value - &base)) / whole
    };
    let expected = &ten * &clock.elapsed;
    // There is no way to go from a base beyond the target.
    let beyond = !is_point && sight.satisfies(&base, case);
    let (word, scale, sign) = match (sight.reached, index.cmp(&expected).is_ge(), index.is_negative()) {
        (true, ..) => ("achieved", Scale::Done, "="),
        _ if beyond => ("regressed", Scale::Away, "<"),
        (_, true, _) => ("on or above the expected line", Scale::OnTrack, "≥"),
        (_, _, true) => ("regressed", Scale::Away, "<"),
        _ => ("below the expected line", Scale::Behind, "<"),
    };
    if beyond && !sight.reached {
        sight.notes.push(PaceNote::BaselineBeyondTarget);
    }
    let class = class(word, scale);
    trace.step(|| {
        let (index, expected) = (readable(index.to_f64()), readable(expected.to_f64()));
        let reason = match (sight.reached, beyond) {
            (true, _) => msg!("the target is reached", "已达到目标"),
            (_, true) => msg!("the base is beyond the target and the value has fallen behind it", "基期已超过目标而现值又落后"),
            _ => msg!("current status index {index} {sign} {expected} expected", "现状指数{index} {sign} 应有{expected}"),
        };
        decision(reason, &class)
    });
    let line = Some((clock, base)).filter(|_| case.measure == Measure::Level && !is_point);
    let mut answer = Answer::new(class).notes(sight.notes).clock(line);
    answer.expected_now = answer.clock.as_ref().and_then(|clock| expected_now(case, clock, None));
    let index = Some(index.to_f64()).filter(|_| !beyond);
    (answer.value, answer.score) = (index, index);
    Ok(answer)
}
