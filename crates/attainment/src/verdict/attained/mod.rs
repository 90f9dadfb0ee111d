//! Whether a target is attained.

mod dated;
mod each;
mod question;
mod window;

use crate::period::Point;
use crate::plan::When;
use crate::trace::Trace;
use crate::verdict::case::Case;
use crate::verdict::rule::{AreaNo, Body, Combine, Phrase, Rule, RuleNo, Single};
use crate::verdict::steps;
use crate::verdict::timeline::{Flags, Gap};
use crate::verdict::when::{BaseChoice, Frame, base_value};
use crate::verdict::world::World;
use crate::verdict::{Attained, Flag, Reason, State};
use dated::judge_dated;
use each::judge_each;
use question::Question;
use window::judge_window;

/// The attained answer with what the other answers need.
#[derive(Clone, Debug)]
pub(crate) struct Judged {
    pub(crate) attained: Attained,
    pub(crate) flags: Flags,
    pub(crate) points: usize,
    pub(crate) latest: Option<Point>,
    pub(crate) case: Option<Case>,
}

impl Judged {
    fn not_evaluable(reason: Reason) -> Self {
        Self { attained: Attained::not_evaluable(reason), flags: Flags::default(), points: 0, latest: None, case: None }
    }
}

/// Judges a rule in an area.
pub(crate) fn judge_attained<W: World, T: Trace>(world: &W, rule_no: RuleNo, area: AreaNo, trace: &mut T) -> Judged {
    let rule = world.rule(rule_no, area);
    let mut judged = match &rule.body {
        Body::Combined(combine, members) => judge_combined(world, &rule, *combine, members, area, trace),
        Body::Single(single) => judge_single(world, &rule, single, area, trace),
    };
    let in_force = |rule: &Rule| rule.valid_from.is_none_or(|from| from.first_day() <= world.as_of().last_day());
    if !in_force(&rule) {
        judged.attained = Attained { holds_now: judged.attained.holds_now, ..Attained::not_evaluable(Reason::NotInForce) };
    }
    if rule.replaced_by.is_some_and(|by| in_force(&world.rule(by, area))) {
        judged.flags.add(Flag::Replaced);
    }
    trace.step(|| steps::state(&judged.attained));
    judged
}

/// `all` is the minimum of not_met < not_evaluable < pending < met, `any` the maximum, `k_of` the
/// k-th largest; `not` exchanges met and not_met.
fn judge_combined<W: World, T: Trace>(world: &W, rule: &Rule, combine: Combine, members: &[RuleNo], area: AreaNo, trace: &mut T) -> Judged {
    trace.open(|| steps::combination(rule, combine, members.len()));
    let mut flags = Flags::default();
    let mut states = Vec::with_capacity(members.len());
    let mut held = Vec::with_capacity(members.len());
    let (mut points, mut latest) = (0, None);
    for member in members {
        trace.open(|| steps::member(&world.rule(*member, area)));
        let known = world.memo().judged.borrow().get(&(*member, area)).cloned();
        let judged = match known {
            Some(judged) => {
                trace.step(|| steps::state(&judged.attained));
                judged
            }
            None => {
                let judged = Judged { case: None, ..judge_attained(world, *member, area, trace) };
                world.memo().judged.borrow_mut().insert((*member, area), judged.clone());
                judged
            }
        };
        trace.close();
        flags.join(judged.flags);
        points = judged.points.saturating_add(points);
        latest = latest.max(judged.latest);
        states.push(judged.attained.state);
        held.push(judged.attained.holds_now);
    }
    trace.close();
    let mut attained = Attained::new(combine_states(combine, states));
    attained.reason = (attained.state == State::NotEvaluable).then_some(Reason::MemberNotEvaluable);
    attained.holds_now = combine_holds(combine, &held);
    Judged { attained, flags, points, latest, case: None }
}

fn combine_states(combine: Combine, mut states: Vec<State>) -> State {
    states.sort_unstable();
    let picked = match combine {
        Combine::All => states.first(),
        Combine::Any => states.last(),
        Combine::KOf(k) => states.len().checked_sub(k).and_then(|index| states.get(index)),
        Combine::Not => states.first(),
    };
    match (combine, picked.copied()) {
        (_, None) => State::NotEvaluable,
        (Combine::Not, Some(State::Met)) => State::NotMet,
        (Combine::Not, Some(State::NotMet)) => State::Met,
        (_, Some(state)) => state,
    }
}

/// The same for conditions that hold, do not hold, or are not known to.
pub(crate) fn combine_holds(combine: Combine, held: &[Option<bool>]) -> Option<bool> {
    let (yes, no) = (held.iter().filter(|h| **h == Some(true)).count(), held.iter().filter(|h| **h == Some(false)).count());
    let at_least = |k: usize| match (yes >= k, held.len() - no < k) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    };
    match combine {
        Combine::All => at_least(held.len()),
        Combine::Any => at_least(1),
        Combine::KOf(k) => at_least(k),
        Combine::Not => held.first().copied().flatten().map(|held| !held),
    }
}

fn judge_single<W: World, T: Trace>(world: &W, rule: &Rule, single: &Single, area: AreaNo, trace: &mut T) -> Judged {
    let Some(when) = rule.when.as_ref().map(|when| &when.value) else {
        return Judged::not_evaluable(Reason::NoDeadline);
    };
    let judged = judge_readings(world, rule, single, when, area, BaseChoice::Current, trace);
    judged_on_declared_baseline(world, rule, single, when, area, judged, trace)
}

/// The verdict that all readings of a phrase agree on.
fn judge_readings<W: World, T: Trace>(
    world: &W,
    rule: &Rule,
    single: &Single,
    when: &When,
    area: AreaNo,
    choice: BaseChoice,
    trace: &mut T,
) -> Judged {
    let several = single.readings.len() > 1;
    let mut answers = Vec::with_capacity(single.readings.len());
    for phrase in &single.readings {
        if several {
            trace.open(|| steps::reading(phrase));
        }
        answers.push(judge_phrase(world, rule, single, phrase, when, area, choice, trace));
        if several {
            trace.close();
        }
    }
    let agree = answers.iter().all(|judged| judged.attained.state == answers[0].attained.state);
    let holds_agree = answers.iter().all(|judged| judged.attained.holds_now == answers[0].attained.holds_now);
    let mut judged = answers.swap_remove(0);
    let holds_now = judged.attained.holds_now.filter(|_| holds_agree);
    if several && agree {
        judged.flags.add(Flag::AmbiguousReading);
        judged.attained.holds_now = holds_now;
    } else if several {
        judged.attained = Attained { holds_now, ..Attained::not_evaluable(Reason::AmbiguousReading) };
        judged.case = None;
    }
    judged
}

/// Where plan and panel have different values for the baseline, the verdict on the declared one is
/// given as well.
fn judged_on_declared_baseline<W: World, T: Trace>(
    world: &W,
    rule: &Rule,
    single: &Single,
    when: &When,
    area: AreaNo,
    mut judged: Judged,
    trace: &mut T,
) -> Judged {
    let Some(spec) = single.base.as_ref().map(|base| &base.value).filter(|spec| spec.declared.is_some()) else { return judged };
    let track = world.track(area, single.indicator, &single.want);
    let current = base_value(&track, spec, BaseChoice::Current);
    let declared = base_value(&track, spec, BaseChoice::Declared);
    let (Ok(current), Ok(declared)) = (current, declared) else { return judged };
    if current.declared {
        judged.flags.add(Flag::BaselineDeclared);
        return judged;
    }
    if current.value.nominal == declared.value.nominal {
        return judged;
    }
    judged.flags.add(Flag::BaselineDiffers);
    trace.step(|| steps::baseline_differs(&declared, &current));
    let other = judge_readings(world, rule, single, when, area, BaseChoice::Declared, &mut crate::trace::NoTrace);
    judged.attained.on_declared_baseline = (other.attained.state != judged.attained.state).then_some(other.attained.state);
    if let Some(case) = &mut judged.case {
        case.on_declared_baseline = other.case.map(Box::new);
    }
    judged
}

#[allow(clippy::too_many_arguments)]
fn judge_phrase<W: World, T: Trace>(
    world: &W,
    rule: &Rule,
    single: &Single,
    phrase: &Phrase,
    when: &When,
    area: AreaNo,
    choice: BaseChoice,
    trace: &mut T,
) -> Judged {
    trace.step(|| steps::commitment(rule, single, phrase, when));
    let (frame, end) = match Frame::new(single, when, choice) {
        Ok(framed) => framed,
        Err(reason) => return Judged::not_evaluable(reason),
    };
    let question = Question { world, single, phrase, area, frame, choice, deadline: end };
    if let Some(reason) = question.broken() {
        let mut judged = Judged::not_evaluable(reason);
        judged.case = question.trend_without_base(reason);
        judged.latest = question.track().points.last().map(|point| point.end);
        if let Some(reading) = question.track().points.iter().rev().find(|point| point.value.is_ok()) {
            trace.step(|| steps::observation(reading));
        }
        return judged;
    }
    let track = question.track();
    let mut judged = match (when, question.frame.start, end) {
        (When::Each(_), Some(start), end) => judge_each(&question, start, end, trace),
        (_, Some(start), end) if phrase.measure.is_over_window() => judge_window(&question, start, end, trace),
        (_, _, Some(end)) => judge_dated(&question, end, trace),
        _ => return Judged::not_evaluable(Reason::PeriodUnknown),
    };
    judged.points = track.points.iter().filter(|point| point.value.is_ok()).count();
    judged.latest = track.points.iter().rev().find(|point| point.value.is_ok()).map(|point| point.end);
    if track.points.iter().any(|point| matches!(point.value, Err(Gap::Forecast | Gap::Masked)))
        && judged.attained.state == State::NotEvaluable
    {
        judged.flags.add(Flag::ForecastIgnored);
    }
    judged
}
