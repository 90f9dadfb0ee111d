//! Where a target starts and ends, and what its changes are measured from.

use super::Reason;
use super::rule::{BaseSpec, Phrase, Single};
use super::timeline::{Flags, Track};
use super::value::Value;
use crate::period::{Edge, Period, Point};
use crate::plan::When;

/// Which value of the baseline counts, where plan and panel both have one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BaseChoice {
    /// The panel's; the declared one where the panel has none.
    Current,
    /// The declared one.
    Declared,
}

/// The value a change is measured from.
#[derive(Clone, Debug)]
pub(crate) struct Base {
    pub(crate) period: Point,
    pub(crate) value: Value,
    /// Whether the value is the one the plan declares.
    pub(crate) declared: bool,
    pub(crate) flags: Flags,
    pub(crate) row: u64,
}

/// Where a change starts, for one evaluation.
#[derive(Clone, Debug)]
pub(crate) enum From<'a> {
    /// At the baseline.
    Baseline(&'a BaseSpec, BaseChoice),
    /// At the period just before.
    Before,
    /// At this period.
    At(Point),
    /// Nowhere.
    Nowhere,
}

/// What a number is measured from and over: the base of changes, the first period of sums.
#[derive(Clone, Debug)]
pub(crate) struct Frame<'a> {
    pub(crate) from: From<'a>,
    pub(crate) start: Option<Point>,
}

impl<'a> Frame<'a> {
    /// The frame of a target of this `when`, with its last period; none where the window is open.
    pub(crate) fn new(single: &'a Single, when: &When, choice: BaseChoice) -> Result<(Self, Option<Point>), Reason> {
        let (start, end) = resolve_window(single, when)?;
        let from = match (&single.base, when, start) {
            (Some(base), ..) => From::Baseline(&base.value, choice),
            (None, When::During(_), Some(start)) => From::At(start.plus(-1)),
            (None, When::Each(_), _) => From::Before,
            (None, ..) => From::Nowhere,
        };
        Ok((Self { from, start }, end))
    }
}

/// First and last period of a target's time; no last one where the window is open.
///
/// A window that is open on the left starts after the baseline, else with the plan.
pub(super) fn resolve_window(single: &Single, when: &When) -> Result<(Option<Point>, Option<Point>), Reason> {
    let needs_start = match when {
        When::Each(_) => true,
        When::During(_) => single.base.is_none() && single.readings.iter().any(Phrase::needs_base),
        When::By(_) => false,
    } || single.readings.iter().any(Phrase::needs_window);
    let after_baseline = |like: Point| {
        let base = single.base.as_ref().and_then(|base| base.value.at);
        base.map(|base| base.enclosing(like.frequency()).plus(1)).or(single.plan_start.map(|start| start.enclosing(like.frequency())))
    };
    let open_left = |end: Point| {
        let start = after_baseline(end);
        if needs_start && start.is_none() { Err(Reason::WindowStartUnknown) } else { Ok((start, Some(end))) }
    };
    match when {
        When::By(period) => {
            let end = period.end().ok_or(Reason::PeriodUnknown)?;
            // `by 十四五` is by its end, in the periods it is written in.
            open_left(end)
        }
        When::During(period) | When::Each(period) => match period {
            Period::Point(point) => Ok((Some(*point), Some(*point))),
            Period::Window(Edge::At(start), end) => Ok((Some(*start), end.point())),
            Period::Window(_, Edge::At(end)) => open_left(*end),
            _ => Err(Reason::PeriodUnknown),
        },
    }
}

/// The value of the baseline.
pub(crate) fn base_value(track: &Track, spec: &BaseSpec, choice: BaseChoice) -> Result<Base, Reason> {
    let period = spec.at.ok_or(Reason::PeriodUnknown)?;
    let declared = spec.declared.clone().unwrap_or(Err(Reason::NoBaselineValue));
    let declared = declared.map(|value| Base { period, value, declared: true, flags: Flags::default(), row: 0 });
    let current = base_at(track, period);
    let (first, second) = if choice == BaseChoice::Declared { (declared, current) } else { (current, declared) };
    match (first, second) {
        (Ok(base), _) | (_, Ok(base)) => Ok(base),
        (Err(Reason::NoBaselineValue), Err(reason)) | (Err(reason), _) => Err(reason),
    }
}

/// The observed value of a period as a base.
pub(super) fn base_at(track: &Track, period: Point) -> Result<Base, Reason> {
    match track.at(period) {
        Ok(reading) => Ok(Base { period, value: reading.value, declared: false, flags: reading.flags, row: reading.row }),
        Err(Reason::NoObservationAtDeadline) => Err(Reason::NoBaselineValue),
        Err(reason) => Err(reason),
    }
}
