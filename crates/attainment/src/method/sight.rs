//! What a rule of growth sees of a target: where it started, where it is, where it shall be.

use std::borrow::Cow;

use super::rulebook::{BaseRule, Rulebook};
use super::{Facts, Parameters};
use crate::number::Exact;
use crate::period::Point;
use crate::plan::Measure;
use crate::verdict::{Case, Form, PaceNote, PaceReason, Reason, Test, Toward, Value};

/// Start, latest value and target of one indicator, all as levels.
#[derive(Clone, Debug)]
pub(super) struct Sight {
    pub(super) value: Exact,
    pub(super) at: Point,
    /// The level to reach and when, for methods that ask when; none for a direction without an amount.
    pub(super) target: Option<(Exact, Option<Point>)>,
    /// +1 where more is better, -1 where less is.
    pub(super) sign: i64,
    /// Whether the latest value satisfies the target.
    pub(super) reached: bool,
    pub(super) notes: Vec<PaceNote>,
}

/// The start of the way.
#[derive(Clone, Debug)]
pub(super) struct Start {
    /// Its value, or what stands for it.
    pub(super) base: Exact,
    /// Its value as observed.
    pub(super) observed: Exact,
    pub(super) at: Point,
}

impl Sight {
    /// The latest value and the target; a point to come near to counts as more is better.
    pub(super) fn new(case: &Case, facts: &dyn Facts, book: &Rulebook, parameters: &Parameters) -> Result<Self, PaceReason> {
        let is_interval = is_interval(&case.test);
        let mut sign = match case.test.toward {
            Toward::Inside if !(book.points_near || (book.nearest_end && is_interval)) => return Err(PaceReason::NotApplicable),
            Toward::Inside => 1,
            toward => toward.sign(),
        };
        let mut notes = Vec::new();
        let stated = parameters.deadline.or(case.deadline);
        let last = case.history.iter().rev().find(|(at, ..)| stated.is_none_or(|end| at.last_day() <= end.last_day()));
        let (at, value, _) = last.ok_or(PaceReason::NotEvaluable(Reason::NoObservation))?.clone();
        let target = match level_target(case)? {
            None => None,
            Some(mut level) => {
                if let (true, Some(high)) = (book.nearest_end, case.test.bound_max.as_ref().filter(|_| is_interval)) {
                    let from = stated_base(case).unwrap_or_else(|| value.clone());
                    let high = high_of(case, &high.nominal)?;
                    (sign, level) = match (from < level, from > high) {
                        (true, _) => (1, level),
                        (_, true) => (-1, high),
                        // There is no way to go.
                        _ => (1, from),
                    };
                }
                let deadline = match (stated, book.deadline) {
                    (Some(deadline), _) => Some(deadline),
                    (None, _) if book.dateless => None,
                    (None, Some(year)) => {
                        notes.push(PaceNote::DefaultDeadline);
                        Some(Point::year(year))
                    }
                    (None, None) => return Err(PaceReason::NotEvaluable(Reason::NoDeadline)),
                };
                Some((book.without_zero(level, &mut notes), deadline))
            }
        };
        let mut sight = Self { value, at, target, sign, reached: false, notes };
        sight.reached = sight.is_reached(case, facts, book);
        Ok(sight)
    }

    fn is_reached(&mut self, case: &Case, facts: &dyn Facts, book: &Rulebook) -> bool {
        let Some((target, _)) = &self.target else { return false };
        let near = Exact::one();
        let is_end = target.is_zero() || *target == Exact::from(100);
        let is_near = book.within_one_point && facts.is_percent() && is_end && (&self.value - target).abs() <= near;
        let satisfies = self.satisfies(&self.value, case);
        if is_near && !satisfies {
            self.notes.push(PaceNote::WithinOnePoint);
        }
        satisfies || is_near
    }

    /// Whether a base already satisfies a target that is not the base itself.
    pub(super) fn is_held_by(&self, base: &Exact, case: &Case) -> bool {
        let is_way = self.target.as_ref().is_some_and(|(target, _)| target != base) || is_interval(&case.test);
        is_way && self.satisfies(base, case)
    }

    /// Whether a level satisfies the target.
    pub(super) fn satisfies(&self, level: &Exact, case: &Case) -> bool {
        let Some((target, _)) = &self.target else { return false };
        if case.measure == Measure::Level && (*target == case.test.bound.nominal || is_interval(&case.test)) {
            return case.test.holds(&Value::exact(level.clone())) == Some(true);
        }
        match case.test.toward {
            Toward::Inside if is_interval(&case.test) => {
                let ends = [Some(&case.test.bound), case.test.bound_max.as_ref()].map(|end| level_of(case, &end?.nominal).ok());
                matches!(&ends, [Some(low), Some(high)] if low <= level && level <= high)
            }
            Toward::Inside => level == target,
            _ => !(Exact::from(self.sign) * (target - level)).is_positive(),
        }
    }

    /// The base period with its value: the one asked for, or what the method takes instead.
    pub(super) fn start(&mut self, case: &Case, book: &Rulebook, parameters: &Parameters) -> Result<Start, PaceReason> {
        let needs = |reason| PaceReason::NotEvaluable(reason);
        let points = &case.history[..case.history.partition_point(|(at, ..)| at.last_day() < self.at.last_day())];
        if let Some(years) = parameters.window {
            let start = self.window(points, years).ok_or(needs(Reason::TooFewPoints))?;
            return Ok(self.checked(case, book, start));
        }
        let asked = match (parameters.baseline.or(case.start), book.baseline) {
            (Some(asked), _) => asked,
            (None, Some(year)) => {
                self.notes.push(PaceNote::DefaultBaseline);
                Point::year(year)
            }
            (None, None) => return Err(needs(Reason::NoBaseline)),
        };
        if let (Some(base), None) = (stated_base(case), parameters.baseline)
            && asked.last_day() < self.at.last_day()
        {
            return Ok(self.checked(case, book, Start { observed: base.clone(), base, at: asked }));
        }
        let exact = points.iter().find(|(at, ..)| at.last_day() == asked.last_day());
        let after = points.iter().find(|(at, ..)| at.last_day() > asked.last_day());
        let before = points.iter().rev().find(|(at, ..)| at.last_day() < asked.last_day());
        let found = exact.or_else(|| match book.base {
            BaseRule::AsStated => None,
            BaseRule::Next => after,
            BaseRule::NextElseBefore => after.or(before),
            BaseRule::Nearest => match (after, before) {
                (Some(after), Some(before)) => {
                    // On a tie the later one: the search alternates +1, -1, +2, -2.
                    let (up, down) = (after.0.years_since(asked), asked.years_since(before.0));
                    Some(if up <= down { after } else { before })
                }
                (after, before) => after.or(before),
            },
        });
        let (at, base, _) = found.ok_or(needs(if points.is_empty() { Reason::TooFewPoints } else { Reason::NoBaselineValue }))?;
        if at.last_day() != asked.last_day() {
            self.notes.push(PaceNote::BaselineSubstituted);
        }
        Ok(self.checked(case, book, Start { base: base.clone(), observed: base.clone(), at: *at }))
    }

    /// The start with what stands for a zero, and a note where a break lies on the way.
    fn checked(&mut self, case: &Case, book: &Rulebook, mut start: Start) -> Start {
        start.base = book.without_zero(start.base, &mut self.notes);
        if case.has_break(Some(start.at), self.at) {
            self.notes.push(PaceNote::BreakBetween);
        }
        start
    }

    /// The first point of a window of so many years, at least two thirds of them long: Eurostat
    /// accepts 10 of 15 years and 3 of 5.
    fn window(&mut self, points: &[(Point, Exact, bool)], years: u32) -> Option<Start> {
        let (years, least) = (Exact::from(i64::from(years)), Exact::from(i64::from(years * 2 / 3)));
        let (at, base, _) = points.iter().find(|(at, ..)| self.at.years_since(*at) <= years)?;
        let length = self.at.years_since(*at);
        if length < years {
            self.notes.push(PaceNote::BaselineSubstituted);
        }
        (length >= least).then(|| Start { base: base.clone(), observed: base.clone(), at: *at })
    }
}

/// The value of the base period that was judged with: the panel's, or the one the plan declares.
fn stated_base(case: &Case) -> Option<Exact> {
    case.start?;
    // Of a commitment for each period the base is the one before it, and no start of a way.
    if case.form == Form::Each {
        return None;
    }
    match case.measure {
        Measure::Level => case.base.clone(),
        _ => case.now.as_ref()?.base.as_ref().map(|base| base.value.nominal.clone()),
    }
}

/// The level a target comes to; none where it is a direction without an amount.
pub(super) fn level_target(case: &Case) -> Result<Option<Exact>, PaceReason> {
    let bound = &case.test.bound.nominal;
    if case.is_trend() {
        return Ok(None);
    }
    if case.measure == Measure::Level {
        return Ok(Some(bound.clone()));
    }
    level_of(case, bound).map(Some)
}

/// Whether a target is an interval, and not a point with a tolerance.
fn is_interval(test: &Test) -> bool {
    test.toward == Toward::Inside && test.bound_max.is_some()
}

/// The upper end of an interval as a level.
fn high_of(case: &Case, high: &Exact) -> Result<Exact, PaceReason> {
    if case.measure == Measure::Level { Ok(high.clone()) } else { level_of(case, high) }
}

/// The level that a change from the base comes to.
fn level_of(case: &Case, bound: &Exact) -> Result<Exact, PaceReason> {
    let base = stated_base(case).ok_or(PaceReason::NotEvaluable(Reason::NoBaselineValue))?;
    match case.measure {
        Measure::Change => Ok(base + bound),
        Measure::RelativeChange => Ok(base * (Exact::one() + bound.clone().percent())),
        Measure::Multiple => Ok(base * bound),
        _ => Err(PaceReason::NotApplicable),
    }
}

/// The same commitment on the level of the indicator, where it is one on a change from a base.
pub(super) fn as_level(case: &Case) -> Result<Cow<'_, Case>, PaceReason> {
    if case.measure == Measure::Level || case.is_trend() {
        return Ok(Cow::Borrowed(case));
    }
    let lift = |bound: &Exact| level_of(case, bound);
    let bound = lift(&case.test.bound.nominal)?;
    let bound_max = case.test.bound_max.as_ref().map(|high| lift(&high.nominal)).transpose()?;
    let test = Test { bound: Value::exact(bound), bound_max: bound_max.map(Value::exact), ..case.test.clone() };
    Ok(Cow::Owned(Case { measure: Measure::Level, test, base: stated_base(case), ..case.clone() }))
}
