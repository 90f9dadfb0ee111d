//! Mid-term assessment of Chinese five-year plans, with a band of ten percentage points.

use std::cmp::Ordering;

use super::linear::{Progress, clock_step, is_cap, is_reached};
use super::{Answer, Clock, MethodInfo, PaceReason, Scale, Verified};
use crate::number::Exact;
use crate::plan::{Measure, Schedule};
use crate::text::msg;
use crate::trace::{Step, Trace};
use crate::verdict::{Case, Reason, State};

pub(super) const INFO: MethodInfo = MethodInfo {
    id: "cn-midterm-10pp",
    body: "own rule for the words of the mid-term reports of China's five-year plans",
    source: "the words: mid-term report of the 14th plan, National Development and Reform Commission, 26 December 2023; \
             the reports print no cuts, the band of ten points is this project's; it gives 14 of the 20 indicators a class, 13 the official one",
    value: "the share of the way behind us less the share expected, in percentage points",
    categories: &[
        ("完成", Scale::Done),
        ("提前完成", Scale::Done),
        ("快于预期", Scale::OnTrack),
        ("符合预期", Scale::OnTrack),
        ("滞后", Scale::Behind),
        ("未完成", Scale::Behind),
    ],
    measures: &[Measure::Level, Measure::Change, Measure::RelativeChange, Measure::Multiple, Measure::AnnualGrowth, Measure::Sum],
    when: &["by", "during"],
    maintenance: true,
    needs: &["baseline", "deadline", "one observation after the baseline"],
    parameters: &["schedule"],
    verified: Verified::Own,
};

pub(super) fn judge<T: Trace>(
    case: &Case,
    reason: Option<Reason>,
    schedule: Option<&Schedule>,
    trace: &mut T,
) -> Result<Answer, PaceReason> {
    let plain = |word, scale| Ok(Answer { word, scale, value: None, clock: Clock::new(case, schedule).ok() });
    // 1. Due: done or not. A sum may be reached before it is due.
    match case.state {
        State::Met if reached_early(case) => return plain("提前完成", Scale::Done),
        State::Met => return plain("完成", Scale::Done),
        State::NotMet => return plain("未完成", Scale::Behind),
        State::NotEvaluable => return Err(PaceReason::NotEvaluable(reason.unwrap_or(Reason::NoObservationAtDeadline))),
        State::Pending => {}
    }
    // 2. The baseline satisfies the bound: in line while it holds.
    if case.maintenance {
        trace.step(|| {
            Step::new(
                "maintenance",
                msg!("the baseline satisfies the bound: the question is whether it holds", "基期已满足界限：只看是否保持"),
            )
        });
        return match case.holds_now {
            Some(true) => plain("符合预期", Scale::OnTrack),
            Some(false) => plain("滞后", Scale::Behind),
            None => Err(PaceReason::NotEvaluable(Reason::NoObservation)),
        };
    }
    if is_cap(case) {
        return Err(PaceReason::NotApplicable);
    }
    // 3. It holds now.
    if is_reached(case) {
        return plain("提前完成", Scale::Done);
    }
    // 4. The share of the way against the clock.
    let clock = Clock::new(case, schedule)?;
    let progress = Progress::new(case)?;
    trace.step(|| clock_step(&clock));
    trace.step(|| progress.step());
    let delta = 100.0 * (progress.shown - clock.share());
    let ten = Exact::ratio(1, 10);
    let (ahead, behind) = (progress.compare(&clock, &ten)?, progress.compare(&clock, &-ten)?);
    trace.step(|| {
        let rho = progress.shown / clock.share();
        Step::new(
            "delta",
            msg!("difference {delta:.2} points against a band of ±10; ratio {rho:.3}", "差{delta:.2}个百分点，界为±10；比值{rho:.3}"),
        )
    });
    let (word, scale) = match (ahead, behind) {
        (Ordering::Greater | Ordering::Equal, _) => ("快于预期", Scale::OnTrack),
        (_, Ordering::Less | Ordering::Equal) => ("滞后", Scale::Behind),
        _ => ("符合预期", Scale::OnTrack),
    };
    Ok(Answer { word, scale, value: Some(delta), clock: Some(clock) })
}

fn reached_early(case: &Case) -> bool {
    match (&case.now, case.deadline) {
        (Some(now), Some(deadline)) => now.end.last_day() < deadline.last_day(),
        _ => false,
    }
}
