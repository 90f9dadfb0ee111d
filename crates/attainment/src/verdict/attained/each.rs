//! In every period of a window: the first bad period decides.

use super::Judged;
use super::question::{Look, Question, Record, describe, question_base, resolved_bound, undecided};
use crate::period::Point;
use crate::trace::Trace;
use crate::verdict::case::{Case, Form};
use crate::verdict::measure::note_flags;
use crate::verdict::steps;
use crate::verdict::timeline::Flags;
use crate::verdict::world::World;
use crate::verdict::{Attained, Reason, State};

/// In every period of a window: the first bad period decides.
pub(super) fn judge_each<W: World, T: Trace>(question: &Question<'_, W>, start: Point, end: Option<Point>, trace: &mut T) -> Judged {
    let mut flags = Flags::default();
    let mut attained = Attained::new(State::Pending);
    let mut record = Record::default();
    let mut failed: Option<Point> = None;
    let mut missing: Option<Reason> = None;
    let mut last_look: Option<Look> = None;
    let mut period = start;
    let observed = question.observed();
    trace.open(|| steps::every_period(start, end));
    while question.due(period) && end.is_none_or(|end| period <= end) {
        match question.look(period) {
            Ok(look) => {
                trace.open(|| steps::in_period(period, question.single, &look.shown_test(), &look.measured, look.holds));
                trace.step(|| steps::measured(question.single, question.phrase, &look.measured));
                resolved_bound(question, &look, trace);
                trace.close();
                record.add(period, look.holds);
                match look.holds {
                    Some(false) => failed = failed.or(Some(period)),
                    None => missing = missing.or(Some(undecided(question.single))),
                    Some(true) => {}
                }
                note_flags(&mut flags, &look.measured);
                last_look = Some(look);
            }
            Err(reason) => {
                trace.step(|| steps::no_value(period, reason));
                let reason = if reason == Reason::NoObservationAtDeadline { Reason::MissingPeriod } else { reason };
                missing = missing.or(Some(reason));
                if let Some(next) = observed.next(period) {
                    trace.step(|| steps::no_values(period.plus(1), next.plus(-1), reason));
                    period = next;
                    continue;
                }
            }
        }
        period = period.plus(1);
    }
    trace.close();
    let complete = end.is_some_and(|end| period > end);
    (attained.state, attained.reason, attained.decided_at) = match (failed, missing, complete) {
        (Some(failed), ..) => (State::NotMet, None, Some(failed)),
        (None, Some(reason), _) => (State::NotEvaluable, Some(reason), None),
        (None, None, true) => (State::Met, None, end),
        (None, None, false) => (State::Pending, None, None),
    };
    // Before the window starts, what held last is all that can be said.
    let earlier =
        if last_look.is_none() { question.periods(start).into_iter().rev().find_map(|period| question.look(period).ok()) } else { None };
    let shown = last_look.as_ref().or(earlier.as_ref());
    attained.holds_now = shown.and_then(|look| look.holds);
    record.write(&mut attained);
    let base = question_base(question);
    if let Some(look) = shown {
        describe(&mut attained, question, look, base.as_ref(), &mut flags);
    }
    attained.closed = None;
    let case = shown.map(|look| Case {
        measure: question.phrase.measure,
        form: Form::Each,
        test: look.test.clone(),
        start: Some(start.plus(-1)),
        base: None,
        deadline: end,
        now: Some(look.measured.clone()),
        history: question.history(start),
        state: attained.state,
        holds_now: attained.holds_now,
        maintenance: false,
        on_declared_baseline: None,
    });
    Judged { attained, flags, points: 0, latest: None, case }
}
