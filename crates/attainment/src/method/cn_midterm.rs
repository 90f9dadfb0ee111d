//! Mid-term assessment of Chinese five-year plans, with a band of ten percentage points.

use std::cmp::Ordering;

use super::linear::{ACCEPTS, Progress, SCHEDULES, break_note, clock_step, expected_now, is_reached};
use super::rulebook::{decision, readable};
use super::{Answer, Clock, Exactness, Facts, MethodInfo, Need, PaceReason, Scale, Verified, class};
use crate::number::Exact;
use crate::plan::{Kind, Schedule};
use crate::text::msg;
use crate::trace::{Step, Trace};
use crate::verdict::{Case, Reason, State, is_cap};

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
    accepts: ACCEPTS,
    trend: &[],
    maintenance: true,
    not_for: &[],
    points: 2,
    needs: &[Need::Bound, Need::Baseline, Need::Deadline],
    uses: &[],
    parameters: SCHEDULES,
    exactness: Exactness::Rational,
    verified: Verified::Own,
};

pub(super) fn judge<T: Trace>(
    case: &Case,
    facts: &dyn Facts,
    reason: Option<Reason>,
    schedule: Option<&Schedule>,
    trace: &mut T,
) -> Result<Answer, PaceReason> {
    let plain = |word, scale, trace: &mut T| {
        let class = class(word, scale);
        trace.step(|| decision(msg!("no comparison with the clock", "不与时间进度比较"), &class));
        let mut answer = Answer::new(class);
        answer.clock = Clock::new(case, schedule).ok();
        Ok(answer)
    };
    // 1. Due: done or not. A sum may be reached before it is due.
    match case.state {
        State::Met if reached_early(case) => return plain("提前完成", Scale::Done, trace),
        State::Met => return plain("完成", Scale::Done, trace),
        State::NotMet => return plain("未完成", Scale::Behind, trace),
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
            Some(true) => plain("符合预期", Scale::OnTrack, trace),
            Some(false) => plain("滞后", Scale::Behind, trace),
            None => Err(PaceReason::NotEvaluable(Reason::NoObservation)),
        };
    }
    if is_cap(case) {
        return Err(PaceReason::NotApplicable);
    }
    // 3. It holds now.
    if is_reached(case) {
        return plain("提前完成", Scale::Done, trace);
    }
    if matches!(facts.kind(), Some(Kind::YesNo | Kind::Judgement)) {
        // There is no way between no and yes.
        return Err(PaceReason::NotApplicable);
    }
    // 4. The share of the way against the clock.
    let clock = Clock::new(case, schedule)?;
    let progress = Progress::on(case, facts, schedule)?;
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
    let class = class(word, scale);
    trace.step(|| {
        let delta = readable(delta);
        decision(msg!("{delta} points against a band of ±10", "相差{delta}个百分点，界为±10"), &class)
    });
    let mut answer = Answer::new(class).notes(break_note(case));
    answer.expected_now = expected_now(case, &clock, schedule);
    (answer.value, answer.clock) = (Some(delta), Some(clock));
    Ok(answer)
}

fn reached_early(case: &Case) -> bool {
    match (&case.now, case.deadline) {
        (Some(now), Some(deadline)) => now.end.last_day() < deadline.last_day(),
        _ => false,
    }
}
