//! Due at one date: decided by the observation of that date alone.

use super::Judged;
use super::question::{Look, Question, Record, decided, describe, question_base, resolved_bound};
use crate::number::Exact;
use crate::period::Point;
use crate::plan::Measure;
use crate::trace::Trace;
use crate::verdict::bound::test_at;
use crate::verdict::case::{Case, Form};
use crate::verdict::measure::note_flags;
use crate::verdict::steps;
use crate::verdict::timeline::Flags;
use crate::verdict::value::Value;
use crate::verdict::when::base_value;
use crate::verdict::world::World;
use crate::verdict::{Attained, Flag, State};

/// Due at one date: decided by the observation of that date alone.
pub(super) fn judge_dated<W: World, T: Trace>(question: &Question<'_, W>, deadline: Point, trace: &mut T) -> Judged {
    let mut flags = Flags::default();
    let mut attained = Attained::new(State::Pending);
    let mut record = Record::default();
    let mut latest: Option<Look> = None;
    let mut up_to_deadline: Option<Look> = None;
    for period in question.periods(deadline) {
        let Ok(look) = question.look(period) else { continue };
        if question.has_begun(period) {
            record.add(period, look.holds);
        }
        if period.last_day() <= deadline.last_day() {
            up_to_deadline = Some(Look { measured: look.measured.clone(), test: look.test.clone(), holds: look.holds });
        }
        latest = Some(look);
    }
    attained.holds_now = latest.as_ref().and_then(|look| look.holds);
    record.write(&mut attained);
    let mut judged_look = None;
    if question.due(deadline) {
        match question.look(deadline) {
            Ok(look) => {
                (attained.state, attained.reason) = decided(&look, question.single);
                attained.decided_at = look.holds.map(|_| deadline);
                judged_look = Some(look);
            }
            Err(reason) => {
                trace.step(|| steps::no_value(deadline, reason));
                attained.state = State::NotEvaluable;
                attained.reason = Some(reason);
            }
        }
    }
    let shown = judged_look.as_ref().or(latest.as_ref());
    let base = question_base(question);
    let spec = question.single.base.as_ref().filter(|_| question.phrase.measure == Measure::Level);
    if let Some(Ok(base)) = spec.map(|spec| base_value(&question.track(), &spec.value, question.choice)) {
        trace.step(|| steps::baseline(&base, question.single, question.phrase));
    }
    if let Some(look) = shown {
        note_flags(&mut flags, &look.measured);
        describe(&mut attained, question, look, base.as_ref(), &mut flags);
        trace.step(|| steps::measured(question.single, question.phrase, &look.measured));
        resolved_bound(question, look, trace);
        trace.step(|| steps::compared(question.single, &look.shown_test(), &look.measured, look.holds));
    }
    trace.step(|| steps::due(deadline, question.world.as_of(), question.due(deadline)));
    let test = shown
        .map(|look| look.test.clone())
        .or_else(|| test_at(question.world, question.area, question.single, question.phrase, &question.frame, None).ok());
    let maintenance = !question.phrase.needs_base()
        && matches!((&test, &base), (Some(test), Some(base)) if test.holds(&Value::exact(base.clone())) == Some(true));
    if maintenance {
        flags.add(Flag::Maintenance);
        attained.closed = None;
    }
    let start = question.clock_start();
    // The baseline itself says nothing about the way since.
    let now = judged_look.or(up_to_deadline).map(|look| look.measured).filter(|now| question.has_begun(now.end));
    let holds_now = attained.holds_now.filter(|_| now.is_some());
    let case = test.map(|test| Case {
        measure: question.phrase.measure,
        form: Form::Dated,
        test,
        start,
        base: match question.phrase.measure {
            Measure::Multiple => Some(Exact::one()),
            measure if measure.needs_base() => Some(Exact::zero()),
            _ => base,
        },
        deadline: Some(deadline),
        now,
        history: question.history(deadline),
        state: attained.state,
        holds_now,
        maintenance,
        on_declared_baseline: None,
    });
    Judged { attained, flags, points: 0, latest: None, case }
}
