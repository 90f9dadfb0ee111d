//! The normalised score and the colours of the SDG Index.

use super::info::{Exactness, MethodInfo, Need, Verified};
use super::rulebook::{LEVELS, class, decision, readable};
use super::{Answer, Facts};
use crate::number::Exact;
use crate::plan::Kind;
use crate::text::msg;
use crate::trace::{Step, Trace};
use crate::verdict::{Case, PaceReason, Reason, Scale};

pub(super) const INFO: MethodInfo = MethodInfo {
    id: "sdsn-2025",
    body: "Sustainable Development Solutions Network (SDSN)",
    source: "Sustainable Development Report, 2025, methodology and codebook: a level and no pace, so that the bound and the deadline of \
             a target are not considered. The colours of goals, with their guards, are the scheme of the same name; the arrows are left out",
    value: "the value on the scale of colours: worst 0, red 1, green 2, best 3",
    categories: &[("green", Scale::Done), ("yellow", Scale::Near), ("orange", Scale::Behind), ("red", Scale::Behind)],
    accepts: LEVELS,
    trend: &["by", "during", "each"],
    maintenance: true,
    not_for: &[Kind::YesNo, Kind::Judgement],
    points: 1,
    needs: &[Need::Marks],
    uses: &[],
    parameters: &[],
    exactness: Exactness::Rational,
    verified: Verified::Primary,
};

/// Score 100 (x − worst) / (best − worst), clamped; colour by the piecewise straight scale through
/// the four marks, with 1, 1.5 and 2 in the better colour.
pub(super) fn judge<T: Trace>(case: &Case, facts: &dyn Facts, trace: &mut T) -> Result<Answer, PaceReason> {
    let needs = PaceReason::NotEvaluable;
    let (at, value, _) = case.history.last().ok_or(needs(Reason::NoObservation))?;
    let mark = |name| facts.mark(name, *at).map_err(needs);
    let marks = [mark("worst")?, mark("red")?, mark("green")?, mark("best")?];
    let [worst, .., best] = &marks;
    let rises = best > worst;
    let in_order = marks.windows(2).all(|pair| if rises { pair[0] < pair[1] } else { pair[0] > pair[1] });
    if !in_order {
        return Err(needs(Reason::MarksOutOfOrder));
    }
    let beyond = |a: &Exact, b: &Exact| if rises { a >= b } else { a <= b };
    let share = ((value - worst) / (best - worst)).clamp(Exact::zero(), Exact::one());
    let place = if beyond(worst, value) {
        Exact::zero()
    } else {
        let step = (0..3).find(|step| beyond(&marks[step + 1], value));
        step.map_or(Exact::from(3), |step| {
            let (from, to) = (&marks[step], &marks[step + 1]);
            Exact::from(step as i64) + (value - from) / (to - from)
        })
    };
    let score = (share * Exact::from(100)).to_f64();
    trace.step(|| {
        let (score, place) = (readable(score), readable(place.to_f64()));
        Step::new("gauge", msg!("score {score}, colour scale {place}", "得分{score}，色阶{place}"))
    });
    let (word, scale, ends) = if place >= Exact::from(2) {
        ("green", Scale::Done, "≥ 2")
    } else if place >= Exact::ratio(3, 2) {
        ("yellow", Scale::Near, "≥ 1.5")
    } else if place >= Exact::one() {
        ("orange", Scale::Behind, "≥ 1")
    } else {
        ("red", Scale::Behind, "< 1")
    };
    let class = class(word, scale);
    trace.step(|| {
        let place = readable(place.to_f64());
        decision(msg!("colour scale {place} {ends}", "色阶{place} {ends}"), &class)
    });
    let mut answer = Answer::new(class);
    (answer.value, answer.score) = (Some(place.to_f64()), Some(score));
    Ok(answer)
}
