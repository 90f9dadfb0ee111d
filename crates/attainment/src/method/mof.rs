//! The self-evaluation of budget performance under China's Ministry of Finance.

use super::info::{Exactness, MethodInfo, Need, Verified};
use super::rulebook::{Rulebook, class, decision};
use super::sight::Sight;
use super::{Answer, Facts, Parameters};
use crate::number::Exact;
use crate::plan::{Kind, Measure};
use crate::text::msg;
use crate::trace::{Step, Trace};
use crate::verdict::{Case, PaceReason, Reason, Scale};

pub(super) const INFO: MethodInfo = MethodInfo {
    id: "cn-mof-2017",
    body: "budget performance self-evaluation, Ministry of Finance of China",
    source: "a provincial self-evaluation form, 2017: full points where reached, else points × B/A or A/B. Its grades 90-100, 80-89, 60-79 \
             and 0-59 leave 89.5 open; here they are closed below: 优 from 90, 良 from 80, 中 from 60. Yes or no: all points or none; the bands for results that somebody judges (100-80, 80-50, 50-0 % of the points) need the judge's \
             own number and are left out",
    value: "the share of the item's points",
    categories: &[("优", Scale::Done), ("优", Scale::Near), ("良", Scale::Near), ("中", Scale::Behind), ("差", Scale::Behind)],
    accepts: &[
        (Measure::Level, &["by", "during", "each"]),
        (Measure::Change, &["by", "during"]),
        (Measure::RelativeChange, &["by", "during"]),
        (Measure::Multiple, &["by", "during"]),
        (Measure::Sum, &["by", "during"]),
    ],
    trend: &[],
    maintenance: true,
    not_for: &[Kind::Judgement],
    points: 1,
    needs: &[Need::Bound],
    uses: &[],
    parameters: &[("points", "the points of the item; 100 where it is left out")],
    exactness: Exactness::Rational,
    verified: Verified::Primary,
};

pub(super) fn judge<T: Trace>(case: &Case, facts: &dyn Facts, parameters: &Parameters, trace: &mut T) -> Result<Answer, PaceReason> {
    let (share, reached) = match facts.kind() {
        Some(Kind::YesNo) => {
            let holds = case.holds_now.ok_or(PaceReason::NotEvaluable(Reason::NoObservation))?;
            (Exact::from(i64::from(holds)), holds)
        }
        _ => share(case, facts, parameters)?,
    };
    let points = parameters.points.clone().unwrap_or_else(|| Exact::from(100));
    let score = &share * &points;
    trace.step(|| Step::new("gauge", msg!("{share} of {points} points: {score}", "{points}分 × {share} = {score}分")));
    let (word, scale, from) = if share >= Exact::ratio(9, 10) {
        ("优", if reached { Scale::Done } else { Scale::Near }, "≥ 0.9")
    } else if share >= Exact::ratio(8, 10) {
        ("良", Scale::Near, "≥ 0.8")
    } else if share >= Exact::ratio(6, 10) {
        ("中", Scale::Behind, "≥ 0.6")
    } else {
        ("差", Scale::Behind, "< 0.6")
    };
    let class = class(word, scale);
    trace.step(|| decision(msg!("share {share} {from}", "得分率{share} {from}"), &class));
    let mut answer = Answer::new(class);
    (answer.value, answer.score) = (Some(share.to_f64()), Some(score.to_f64()));
    Ok(answer)
}

/// The share of the points and whether the bound is reached: 1 where it is, else value over bound, or bound over value where less is better.
///
/// A ratio needs a positive bound and a value that is not negative (methods of the National Bureau
/// of Statistics, 2008); otherwise there is none.
fn share(case: &Case, facts: &dyn Facts, parameters: &Parameters) -> Result<(Exact, bool), PaceReason> {
    let (value, bound, sign, reached) = if case.measure == Measure::Level {
        let dateless = Rulebook { dateless: true, ..Rulebook::new(None, None) };
        let sight = Sight::new(case, facts, &dateless, parameters)?;
        let (target, _) = sight.target.clone().ok_or(PaceReason::NotApplicable)?;
        (sight.value, target, sight.sign, sight.reached)
    } else {
        let now = case.now.as_ref().ok_or(PaceReason::NotEvaluable(Reason::NoObservation))?;
        let desired = Exact::from(case.test.toward.sign());
        let (value, bound) = (&desired * &now.value.nominal, &desired * &case.test.bound.nominal);
        // A change is measured in the desired direction: the more the better. A cap on a sum is not.
        let is_cap = case.measure == Measure::Sum && case.test.toward.sign() < 0;
        let (value, bound) = if is_cap { (now.value.nominal.clone(), case.test.bound.nominal.clone()) } else { (value, bound) };
        (value, bound, if is_cap { -1 } else { 1 }, case.test.holds(&now.value) == Some(true))
    };
    let undefined = PaceReason::NotEvaluable(Reason::SignChange);
    if reached {
        return Ok((Exact::one(), true));
    }
    if !bound.is_positive() || value.is_negative() {
        return Err(undefined);
    }
    let share = if sign < 0 { bound.checked_div(&value).ok_or(undefined)? } else { value / bound };
    Ok((share.min(Exact::one()), false))
}
