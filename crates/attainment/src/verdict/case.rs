//! What a method of pace sees of a target that has been judged.

use super::measure::Measured;
use super::{State, Test};
use crate::number::Exact;
use crate::period::Point;
use crate::plan::{Measure, Toward};

/// What a method of pace needs to know about a target that has been judged.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) measure: Measure,
    pub(crate) form: Form,
    pub(crate) test: Test,
    /// The period the clock starts at the end of.
    pub(crate) start: Option<Point>,
    /// The value the way starts at: of the indicator for a level, 0 for a sum or change, 1 for a multiple.
    pub(crate) base: Option<Exact>,
    pub(crate) deadline: Option<Point>,
    /// The latest measured number, no later than the deadline.
    pub(crate) now: Option<Measured>,
    /// The indicator's own values, in order, with whether a break lies before them.
    pub(crate) history: Vec<(Point, Exact, bool)>,
    pub(crate) state: State,
    pub(crate) holds_now: Option<bool>,
    /// The baseline satisfies the bound already.
    pub(crate) maintenance: bool,
    /// The same from the declared baseline, where the panel has another value for it.
    pub(crate) on_declared_baseline: Option<Box<Case>>,
}

impl Case {
    /// Whether a break lies on the way to a period, after its start.
    pub(crate) fn has_break(&self, start: Option<Point>, end: Point) -> bool {
        let after = |at: &Point| start.is_none_or(|start| at.last_day() > start.last_day());
        self.history.iter().any(|(at, _, is_break)| *is_break && after(at) && at.last_day() <= end.last_day())
    }

    /// Whether it is a direction without an amount.
    pub(crate) fn is_trend(&self) -> bool {
        self.measure == Measure::Change
            && self.test.bound.nominal.is_zero()
            && self.test.bound_max.is_none()
            && self.test.toward != Toward::Inside
    }
}

/// What sort of commitment it is, by its `when`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Due at one date.
    Dated,
    /// Over a window, as a sum or mean.
    Window,
    /// In every period.
    Each,
}
