//! The steps of a decision, written down while it is made.

use serde::Serialize;

use crate::text::Message;

/// One step of an explanation: what was done, on what, with which result.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Step {
    /// A stable word for the kind of step: `target`, `value`, `compare`, `state`, `pace` …
    pub kind: &'static str,
    /// The step in words and numbers.
    pub text: Message,
    /// Where its inputs stand: a JSON pointer into the plan, or `row N` of the observations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// The steps it is made of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
}

impl Step {
    pub(crate) fn new(kind: &'static str, text: Message) -> Self {
        Self { kind, text, place: None, steps: Vec::new() }
    }

    pub(crate) fn at(mut self, place: impl Into<String>) -> Self {
        self.place = Some(place.into());
        self
    }
}

/// Takes down steps, or does not.
///
/// Every decision is made by one function that is handed a trace. In bulk the trace is empty and
/// nothing is written; to explain, the same function runs with a recording one. There is no
/// second implementation that could disagree.
pub(crate) trait Trace {
    /// A step without parts.
    fn step(&mut self, make: impl FnOnce() -> Step);
    /// A step whose parts follow, until [`Trace::close`].
    fn open(&mut self, make: impl FnOnce() -> Step);
    /// Ends the step that was opened last.
    fn close(&mut self);
}

/// Takes nothing down.
pub(crate) struct NoTrace;

impl Trace for NoTrace {
    fn step(&mut self, _: impl FnOnce() -> Step) {}
    fn open(&mut self, _: impl FnOnce() -> Step) {}
    fn close(&mut self) {}
}

/// Takes everything down.
#[derive(Default)]
pub(crate) struct Recorder {
    done: Vec<Step>,
    open: Vec<Step>,
}

impl Recorder {
    pub(crate) fn into_steps(mut self) -> Vec<Step> {
        while !self.open.is_empty() {
            self.close();
        }
        self.done
    }
}

impl Trace for Recorder {
    fn step(&mut self, make: impl FnOnce() -> Step) {
        match self.open.last_mut() {
            Some(parent) => parent.steps.push(make()),
            None => self.done.push(make()),
        }
    }

    fn open(&mut self, make: impl FnOnce() -> Step) {
        self.open.push(make());
    }

    fn close(&mut self) {
        if let Some(step) = self.open.pop() {
            self.step(|| step);
        }
    }
}
