//! The distance to a target in standard deviations of a group of countries.

use super::info::{Exactness, MethodInfo, Need, Verified};
use super::rulebook::{LEVELS, Rulebook, class, decision, readable};
use super::sight::Sight;
use super::{Answer, Facts, Parameters};
use crate::number::Exact;
use crate::plan::Kind;
use crate::text::msg;
use crate::trace::{Step, Trace};
use crate::verdict::{Case, PaceReason, Scale};

pub(super) const INFO: MethodInfo = MethodInfo {
    id: "oecd-2022",
    body: "Organisation for Economic Co-operation and Development (OECD)",
    source: "The Short and Winding Road to 2030, 2022, Annex A: the distance. That nothing beyond the target counts and the bands of 0.5 \
             and 1.5 are from general knowledge; the deviation is that of the sample (n − 1). The trend is left out: it is simulated",
    value: "distance to the target in standard deviations of the peers; 0 where it is reached",
    categories: &[("target met", Scale::Done), ("small distance", Scale::Near), ("medium distance", Scale::Behind), ("far", Scale::Behind)],
    accepts: LEVELS,
    trend: &[],
    maintenance: true,
    not_for: &[Kind::YesNo, Kind::Judgement],
    points: 1,
    needs: &[Need::Bound, Need::Peers],
    uses: &[],
    parameters: &[
        ("among", "the group or tier whose deviation is the unit"),
        ("reference", "the year of their values; that of the observation where it is left out"),
    ],
    exactness: Exactness::Rational,
    verified: Verified::Secondary,
};

/// max(0, d (T − v)) / SD, compared with the bands as squares, which are rational.
pub(super) fn judge<T: Trace>(case: &Case, facts: &dyn Facts, parameters: &Parameters, trace: &mut T) -> Result<Answer, PaceReason> {
    // The distance asks for no deadline.
    let dateless = Rulebook { dateless: true, ..Rulebook::new(None, None) };
    let sight = Sight::new(case, facts, &dateless, parameters)?;
    let (target, _) = sight.target.clone().ok_or(PaceReason::NotApplicable)?;
    let at = parameters.reference.unwrap_or(sight.at);
    if sight.reached {
        let class = class("target met", Scale::Done);
        trace.step(|| decision(msg!("the target is reached", "已达到目标"), &class));
        let mut answer = Answer::new(class).notes(sight.notes);
        answer.value = Some(0.0);
        return Ok(answer);
    }
    // A target above a value is not met by the value itself: nothing is missing, and it is not there.
    let missing = (Exact::from(sight.sign) * (&target - &sight.value)).max(Exact::zero());
    let group = parameters.among.as_deref();
    let variance = facts.variance(group, at).map_err(PaceReason::NotEvaluable)?;
    let square = &(&missing * &missing) / &variance;
    let distance = square.to_f64().sqrt();
    trace.step(|| {
        let (missing, deviation, distance) = (readable(missing.to_f64()), readable(variance.to_f64().sqrt()), readable(distance));
        Step::new(
            "gauge",
            msg!("distance {missing} / deviation {deviation} = {distance}", "距离{missing} / 标准差{deviation} = {distance}"),
        )
    });
    let (word, scale, sign, band) = if square <= Exact::ratio(1, 4) {
        ("small distance", Scale::Near, "≤", "0.5")
    } else if square <= Exact::ratio(9, 4) {
        ("medium distance", Scale::Behind, "≤", "1.5")
    } else {
        ("far", Scale::Behind, ">", "1.5")
    };
    let class = class(word, scale);
    trace.step(|| {
        let distance = readable(distance);
        decision(msg!("distance {distance} {sign} {band}", "距离{distance} {sign} {band}"), &class)
    });
    let mut answer = Answer::new(class);
    answer.value = Some(distance);
    Ok(answer)
}
