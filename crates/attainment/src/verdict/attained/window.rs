//! A sum or mean over a window.

use super::Judged;
use super::question::{Look, Question, describe, resolved_bound, undecided};
use crate::number::Exact;
use crate::period::{Period, Point};
use crate::plan::Measure;
use crate::trace::Trace;
use crate::verdict::bound::test_at;
use crate::verdict::case::{Case, Form};
use crate::verdict::measure::Total;
use crate::verdict::rule::BoundSpec;
use crate::verdict::steps;
use crate::verdict::timeline::Reading;
use crate::verdict::value::Value;
use crate::verdict::world::World;
use crate::verdict::{Attained, Reason, State, Test, Toward};

/// A sum or mean over a window.
pub(super) fn judge_window<W: World, T: Trace>(question: &Question<'_, W>, start: Point, end: Option<Point>, trace: &mut T) -> Judged {
    let measure = question.phrase.measure;
    let mut attained = Attained::new(State::Pending);
    let track = question.track();
    let due_end = end.filter(|end| question.due(*end));
    // A bound that refers to another value may still move, so it decides nothing early.
    let is_fixed = matches!(question.phrase.bound, BoundSpec::Fixed { .. });
    let grows = measure == Measure::Sum && is_fixed && question.single.floor.as_ref().is_some_and(|floor| !floor.is_negative());
    let test_when = |at| test_at(question.world, question.area, question.single, question.phrase, &question.frame, at);
    let growing = if grows { test_when(None).ok() } else { None };
    let mut total = Total::default();
    let mut early: Option<(State, Point)> = None;
    trace.open(|| steps::over_window(start, end, measure == Measure::Mean));
    if let Some(Ok(reading)) = due_end.and_then(|end| track.over(start, end)) {
        trace.step(|| steps::term(&reading.period(), &reading.value, reading.row));
        total = Total::whole(reading);
    } else {
        let mut period = start;
        let observed = question.observed();
        while (question.due(period) || question.has_started(period)) && end.is_none_or(|end| period <= end) {
            let reading = track.at(period);
            let parts = match &reading {
                Err(_) if measure == Measure::Sum => track.so_far(period),
                _ => Vec::new(),
            };
            let mut hole = None;
            if !parts.is_empty() {
                for (part, reading) in parts.into_iter().take_while(|(part, _)| question.due(*part)) {
                    add(&mut total, part, reading, trace);
                    note_early(&mut early, &growing, &total, measure, start, part);
                }
            } else if question.due(period) {
                hole = reading.as_ref().err().and_then(|reason| Some((observed.next(period)?, *reason)));
                add(&mut total, period, reading, trace);
                note_early(&mut early, &growing, &total, measure, start, period);
            }
            period = match hole {
                Some((next, reason)) => {
                    trace.step(|| steps::no_values(period.plus(1), next.plus(-1), reason));
                    next
                }
                None => period.plus(1),
            };
        }
    }
    trace.close();
    let mut flags = total.flags;
    let now = total.measured(measure, start);
    let test = match test_when(due_end.or(total.last)) {
        Ok(test) => test,
        Err(reason) if due_end.is_some() => return Judged::not_evaluable(reason),
        Err(_) => return Judged { attained, flags, points: 0, latest: None, case: None },
    };
    let holds = now.as_ref().and_then(|now| test.holds(&now.value));
    attained.holds_now = if total.has_hole { early.map(|(state, _)| state == State::Met) } else { holds };
    (attained.state, attained.reason, attained.decided_at) = match (early, due_end, total.missing, holds) {
        (Some((state, at)), ..) => (state, None, Some(at)),
        (None, None, ..) => (State::Pending, None, None),
        (None, _, Some(reason), _) => (State::NotEvaluable, Some(reason), None),
        (None, _, None, Some(true)) => (State::Met, None, end),
        (None, _, None, Some(false)) => (State::NotMet, None, end),
        (None, _, None, None) => (State::NotEvaluable, Some(undecided(question.single)), None),
    };
    if let Some(now) = &now {
        let look = Look { measured: now.clone(), test: test.clone(), holds };
        describe(&mut attained, question, &look, None, &mut flags);
        attained.period = Some(Period::between(start, now.end));
        resolved_bound(question, &look, trace);
        trace.step(|| steps::compared(question.single, &test, now, holds));
    }
    let case = Case {
        measure,
        form: Form::Window,
        test,
        start: Some(start.plus(-1)),
        base: Some(Exact::zero()),
        deadline: end,
        now: now.filter(|_| !total.has_hole),
        history: question.history(start),
        state: attained.state,
        holds_now: attained.holds_now,
        maintenance: false,
        on_declared_baseline: None,
    };
    Judged { attained, flags, points: 0, latest: None, case: Some(case) }
}

fn add<T: Trace>(total: &mut Total, period: Point, reading: Result<Reading, Reason>, trace: &mut T) {
    trace.step(|| match &reading {
        Ok(reading) => steps::term(&reading.period(), &reading.value, reading.row),
        Err(reason) => steps::no_value(period, *reason),
    });
    total.add(period, reading);
}

/// Remembers the first period at which a growing sum is decided.
fn note_early(early: &mut Option<(State, Point)>, growing: &Option<Test>, total: &Total, measure: Measure, start: Point, at: Point) {
    if let (None, Some(test), Some(now)) = (&early, growing, total.measured(measure, start)) {
        *early = decided_early(test, &now.value).map(|state| (state, at));
    }
}

/// A sum that only grows is decided the moment it passes the bound.
pub(super) fn decided_early(test: &Test, total: &Value) -> Option<State> {
    match (test.toward, test.holds(total)?) {
        (Toward::Up, true) => Some(State::Met),
        (Toward::Down, false) => Some(State::NotMet),
        (Toward::Inside, false) if test.is_above(total) => Some(State::NotMet),
        _ => None,
    }
}
