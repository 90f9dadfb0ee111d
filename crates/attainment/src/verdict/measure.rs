//! The number that is judged: nine measures of a track.

use std::borrow::Cow;
use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::rc::Rc;

use super::rule::{AreaNo, BaseSpec, BoundSpec, IndicatorNo, Phrase, ReferenceTo, Rule, RuleNo, Single, Tolerance, Want};
use super::timeline::{Flags, Reading, Track};
use super::value::Value;
use super::{Body, Flag, Judged, Reason, Test};
use crate::number::{Exact, decimal_from_f64, nth_root, power};
use crate::period::{Edge, Period, Point};
use crate::plan::{Kind, Measure, When};

/// Answers on targets that others are made of. A target may be a member of many, and those of many
/// again: without it the work doubles with each floor.
#[derive(Default)]
pub(crate) struct Memo {
    pub(super) judged: RefCell<HashMap<(RuleNo, AreaNo), Judged>>,
    pub(super) held: RefCell<HashMap<(RuleNo, AreaNo, Point), Option<bool>>>,
    groups: RefCell<HashMap<GroupKey, Rc<GroupValues>>>,
}

/// The numbers of a group's members, which every member is compared with.
type GroupValues = Vec<(AreaNo, Result<Measured, Reason>)>;
type GroupKey = (String, IndicatorNo, Want, Measure, Start, Option<Point>, Point);

/// Where a change starts, for every area alike.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Start {
    Baseline(Option<Point>),
    Before,
    At(Point),
    Nowhere,
}

/// What surrounds the target that is judged.
pub(crate) trait World {
    /// The usable observations of an indicator in an area, up to `as_of`.
    fn track(&self, area: AreaNo, indicator: IndicatorNo, want: &Want) -> std::rc::Rc<Track>;
    /// The indicator that publishes another one's growth.
    fn growth_from(&self, indicator: IndicatorNo) -> Option<IndicatorNo>;
    /// The areas of a group or tier as seen from an area; `None` where there is no such group.
    fn members(&self, group: &str, around: AreaNo) -> Option<Vec<AreaNo>>;
    /// A rule, with the bound, time and baseline of the area's own where it has some.
    fn rule(&self, rule: RuleNo, area: AreaNo) -> Cow<'_, Rule>;
    /// What is known already.
    fn memo(&self) -> &Memo;
    /// Observations of periods that end later are not used.
    fn as_of(&self) -> Point;
}

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

/// A measured number with what it was made of.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    pub(crate) value: Value,
    /// First and last period that it is about.
    pub(crate) start: Point,
    pub(crate) end: Point,
    pub(crate) base: Option<Base>,
    /// The value of the indicator itself, for measures that compare it with a base.
    pub(crate) level: Option<Value>,
    /// Years from base to value.
    pub(crate) years: Option<Exact>,
    pub(crate) flags: Flags,
    pub(crate) row: u64,
    /// How many areas were compared.
    pub(crate) among: Option<usize>,
    /// The value is the growth factor over `years`, and the measure is its yearly rate.
    pub(crate) is_factor: bool,
}

impl Measured {
    fn level_of(reading: Reading) -> Self {
        Self {
            value: reading.value,
            start: reading.start,
            end: reading.end,
            base: None,
            level: None,
            years: None,
            flags: reading.flags,
            row: reading.row,
            among: None,
            is_factor: false,
        }
    }

    /// The number people read: the nominal value, or the yearly rate in percent.
    ///
    /// A rate is a root and so not rational; it is shown at twelve significant digits, and
    /// nothing is decided on it.
    pub(crate) fn shown(&self) -> Exact {
        match (&self.years, self.is_factor) {
            (Some(years), true) => yearly_rate(&self.value.nominal, years),
            _ => self.value.nominal.clone(),
        }
    }
}

/// The yearly rate in percent of a growth factor, at twelve significant digits.
pub(crate) fn yearly_rate(factor: &Exact, years: &Exact) -> Exact {
    let rate = match years.as_fraction() {
        Some((p, q)) if p > 0 => nth_root(power(factor.to_f64(), q), p.unsigned_abs()) - 1.0,
        _ => f64::NAN,
    };
    let rounded = decimal_from_f64(100.0 * rate).ok().and_then(|rate| rate.round_sf(12));
    rounded.map_or_else(Exact::zero, Exact::from)
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
fn resolve_window(single: &Single, when: &When) -> Result<(Option<Point>, Option<Point>), Reason> {
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
fn base_at(track: &Track, period: Point) -> Result<Base, Reason> {
    match track.at(period) {
        Ok(reading) => Ok(Base { period, value: reading.value, declared: false, flags: reading.flags, row: reading.row }),
        Err(Reason::NoObservationAtDeadline) => Err(Reason::NoBaselineValue),
        Err(reason) => Err(reason),
    }
}

/// A sum or mean while it grows.
#[derive(Default)]
pub(crate) struct Total {
    sum: Option<Value>,
    count: i64,
    row: u64,
    pub(crate) flags: Flags,
    pub(crate) last: Option<Point>,
    /// Why a period has no value.
    pub(crate) missing: Option<Reason>,
    /// A period without a value lies before one that has one.
    pub(crate) has_hole: bool,
}

impl Total {
    /// The one observation of the whole window.
    pub(crate) fn whole(reading: Reading) -> Self {
        Self { sum: Some(reading.value), count: 1, row: reading.row, flags: reading.flags, last: Some(reading.end), ..Self::default() }
    }

    pub(crate) fn add(&mut self, period: Point, reading: Result<Reading, Reason>) {
        match reading {
            Ok(reading) => {
                self.sum = Some(self.sum.as_ref().map_or_else(|| reading.value.clone(), |sum| sum.plus(&reading.value)));
                self.count += 1;
                self.row = reading.row;
                self.flags.join(reading.flags);
                self.last = Some(period);
                self.has_hole |= self.missing.is_some();
            }
            Err(reason) => {
                let reason = if reason == Reason::NoObservationAtDeadline { Reason::IncompleteSum } else { reason };
                self.missing = self.missing.or(Some(reason));
            }
        }
    }

    /// The number so far, from the first period of the window.
    pub(crate) fn measured(&self, measure: Measure, start: Point) -> Option<Measured> {
        let (sum, end) = (self.sum.as_ref()?, self.last?);
        let count = Exact::from(self.count.max(1));
        let value = if measure == Measure::Mean { sum.map(|sum| sum / &count) } else { sum.clone() };
        Some(Measured::level_of(Reading { value, start, end, flags: self.flags, row: self.row }))
    }
}

/// A sum or mean from the first period of the window to the last, all of them there.
fn total(track: &Track, measure: Measure, start: Point, end: Point) -> Result<Measured, Reason> {
    let mut total = Total::default();
    if let Some(Ok(reading)) = track.over(start, end) {
        total = Total::whole(reading);
    } else {
        let mut period = start;
        while period <= end {
            total.add(period, track.at(period));
            period = period.plus(1);
        }
    }
    match total.missing {
        Some(reason) => Err(reason),
        None => total.measured(measure, start).ok_or(Reason::NoObservationAtDeadline),
    }
}

/// A measure of one indicator in one area at a calendar period.
pub(crate) fn measure_at<W: World>(
    world: &W,
    area: AreaNo,
    indicator: IndicatorNo,
    want: &Want,
    measure: Measure,
    frame: &Frame<'_>,
    at: Point,
) -> Result<Measured, Reason> {
    let track = world.track(area, indicator, want);
    let from = &frame.from;
    if measure.is_over_window() {
        return total(&track, measure, frame.start.ok_or(Reason::WindowStartUnknown)?, at);
    }
    if !measure.needs_base() {
        return track.at(at).map(Measured::level_of);
    }
    if measure != Measure::Change && (track.kind == Some(Kind::Growth) || world.growth_from(indicator).is_some()) {
        let published = match world.growth_from(indicator) {
            Some(publisher) => world.track(area, publisher, want),
            None => track.clone(),
        };
        let chained = chain(&published, measure, from, at);
        return if track.kind == Some(Kind::Growth) { chained } else { chained.map_err(|_| Reason::GrowthNotPublished) };
    }
    let now = track.at(at)?;
    let base = match from {
        From::Baseline(spec, choice) => base_value(&track, spec, *choice)?,
        From::Before => base_at(&track, at.plus(-1))?,
        From::At(point) => base_at(&track, *point)?,
        From::Nowhere => return Err(Reason::NoBaseline),
    };
    let years = at.years_since(base.period);
    let value = compare_with_base(measure, &now.value, &base.value, &years)?;
    let mut flags = now.flags;
    flags.join(base.flags);
    let (level, years) = (Some(now.value.clone()), Some(years));
    let is_factor = measure == Measure::AnnualGrowth;
    Ok(Measured { value, level, years, base: Some(base), flags, is_factor, ..Measured::level_of(now) })
}

/// Change, relative change (percent), multiple, or the growth factor of `annual_growth`.
///
/// The factor stays a factor: a rate would need a root, and comparing needs none.
fn compare_with_base(measure: Measure, now: &Value, base: &Value, years: &Exact) -> Result<Value, Reason> {
    if measure == Measure::Change {
        return Ok(now.minus(base));
    }
    if base.nominal.is_zero() {
        return Err(Reason::ZeroBaseline);
    }
    if base.nominal.is_negative() || now.nominal.is_negative() {
        return Err(Reason::SignChange);
    }
    let factor = now.over(base).ok_or(Reason::ValueInexact)?;
    match measure {
        Measure::Multiple => Ok(factor),
        Measure::AnnualGrowth if !years.is_positive() => Err(Reason::NoTimeElapsed),
        Measure::AnnualGrowth => Ok(factor),
        _ => Ok(factor.map(|factor| (factor - &Exact::one()) * Exact::from(100))),
    }
}

/// Published rates, chained: (1 + r1)(1 + r2)… from after the base to the period.
fn chain(track: &Track, measure: Measure, from: &From<'_>, at: Point) -> Result<Measured, Reason> {
    let start = match from {
        From::Baseline(spec, _) => spec.at.ok_or(Reason::PeriodUnknown)?,
        From::Before => at.plus(-1),
        From::At(point) => *point,
        From::Nowhere => return Err(Reason::NoBaseline),
    };
    let first = start.enclosing(at.frequency()).plus(1);
    let years = at.years_since(start);
    let hundred = Exact::from(100);
    let factor_of = |rate: &Value| rate.map(|rate| Exact::one() + rate / &hundred);
    let mut flags = Flags::default();
    let mut row = 0;
    let factor = match track.over(first, at) {
        // The rate of the whole stretch is published itself.
        Some(Ok(reading)) => {
            flags.join(reading.flags);
            row = reading.row;
            factor_of(&reading.value)
        }
        _ => {
            let mut factor = Value::exact(Exact::one());
            let mut period = first;
            if first > at {
                return Err(Reason::NoTimeElapsed);
            }
            while period <= at {
                let reading = track.at(period).map_err(|reason| match reason {
                    Reason::NoObservationAtDeadline if period == at => reason,
                    Reason::NoObservationAtDeadline => Reason::IncompleteChain,
                    other => other,
                })?;
                flags.join(reading.flags);
                row = reading.row;
                let step = factor_of(&reading.value);
                if !step.is_positive() {
                    return Err(Reason::SignChange);
                }
                factor = factor.times(&step);
                period = period.plus(1);
            }
            factor
        }
    };
    let value = match measure {
        Measure::RelativeChange => factor.map(|factor| (factor - &Exact::one()) * Exact::from(100)),
        _ => factor,
    };
    let is_factor = measure == Measure::AnnualGrowth;
    Ok(Measured { value, start: first, end: at, base: None, level: None, years: Some(years), flags, row, among: None, is_factor })
}

/// The place of an area in its group: 1 is best, equal values share the better place.
///
/// A member without a value could be better or worse, so the rank is a range then.
fn rank<W: World>(
    world: &W,
    area: AreaNo,
    indicator: IndicatorNo,
    single: &Single,
    phrase: &Phrase,
    frame: &Frame<'_>,
    at: Point,
) -> Result<Measured, Reason> {
    let group = phrase.among.as_deref().ok_or(Reason::GroupUnknown)?;
    let value_of = |member| measure_at(world, member, indicator, &single.want, phrase.ranked, frame, at);
    let key = group_key(group, indicator, single, phrase.ranked, frame, at);
    let members = group_values(world, area, group, key, value_of).ok_or(Reason::GroupUnknown)?;
    let (_, own) = members.iter().find(|(member, _)| *member == area).ok_or(Reason::NotInGroup)?;
    let own = own.clone()?;
    let smaller_is_better = phrase.ranked_down;
    let (mut better, mut unknown, mut not_better, mut count) = (0, 0, 0, 0);
    for (member, value) in members.iter() {
        count += 1;
        if *member == area {
            not_better += 1;
            continue;
        }
        let comparison = value.as_ref().ok().and_then(|other| {
            if smaller_is_better { own.value.reaches(&other.value, true) } else { other.value.reaches(&own.value, true) }
        });
        match comparison {
            Some(true) => better += 1,
            Some(false) => not_better += 1,
            None => unknown += 1,
        }
    }
    let value = if phrase.measure == Measure::Rank {
        let place = |extra: i64| Exact::from(1 + better + extra);
        range(place(0), place(0), place(unknown), unknown)
    } else {
        let share = |extra: i64| Exact::ratio(100 * (not_better + extra), i64::from(count.max(1)));
        range(share(unknown), share(0), share(unknown), unknown)
    };
    Ok(Measured { value, level: Some(own.value.clone()), among: Some(count as usize), is_factor: false, ..own })
}

/// What the numbers of a group are remembered by; `None` where they depend on who asks.
fn group_key(group: &str, indicator: IndicatorNo, single: &Single, measure: Measure, frame: &Frame<'_>, at: Point) -> Option<GroupKey> {
    let start = match &frame.from {
        _ if !measure.needs_base() => Start::Nowhere,
        From::Baseline(spec, BaseChoice::Current) if spec.declared.is_none() => Start::Baseline(spec.at),
        // A declared value is the area's own.
        From::Baseline(..) => return None,
        From::Before => Start::Before,
        From::At(point) => Start::At(*point),
        From::Nowhere => Start::Nowhere,
    };
    Some((group.to_owned(), indicator, single.want.clone(), measure, start, frame.start, at))
}

/// The numbers of a group's members at a period; `None` where there is no such group.
fn group_values<W: World>(
    world: &W,
    area: AreaNo,
    group: &str,
    key: Option<GroupKey>,
    value_of: impl Fn(AreaNo) -> Result<Measured, Reason>,
) -> Option<Rc<GroupValues>> {
    if let Some(known) = key.as_ref().and_then(|key| world.memo().groups.borrow().get(key).cloned()) {
        return Some(known);
    }
    let members = world.members(group, area)?;
    let values: Rc<GroupValues> = Rc::new(members.into_iter().map(|member| (member, value_of(member))).collect());
    if let Some(key) = key {
        world.memo().groups.borrow_mut().insert(key, values.clone());
    }
    Some(values)
}

fn range(nominal: Exact, low: Exact, high: Exact, unknown: i64) -> Value {
    if unknown == 0 { Value::exact(nominal) } else { Value::between(nominal, Some(low), Some(high)) }
}

/// The test of a phrase with its bounds filled in for a period.
pub(crate) fn test_at<W: World>(
    world: &W,
    area: AreaNo,
    single: &Single,
    phrase: &Phrase,
    frame: &Frame<'_>,
    at: Option<Point>,
) -> Result<Test, Reason> {
    if phrase.word == crate::plan::CompareWord::About && phrase.tolerance.is_none() {
        return Err(Reason::NoTolerance);
    }
    let resolve = |spec: &BoundSpec| bound_at(world, area, single, phrase, spec, frame, at);
    let Bounded { value: bound, is_factor: bound_is_factor } = resolve(&phrase.bound)?;
    let bound_max = phrase.bound_max.as_ref().map(resolve).transpose()?.map(|bound| bound.value);
    let tolerance = phrase.tolerance.as_ref().map(|tolerance| match tolerance {
        Tolerance::Absolute(size) => size.clone(),
        Tolerance::Relative(share) => share.clone() * bound.nominal.clone().abs(),
    });
    Ok(Test {
        word: phrase.word,
        toward: phrase.toward,
        bound,
        bound_max,
        tolerance,
        step: phrase.step.clone(),
        threshold: single.threshold,
        bound_is_factor,
    })
}

/// The stretch bound as a test of its own.
pub(crate) fn stretch_test<W: World>(
    world: &W,
    area: AreaNo,
    single: &Single,
    phrase: &Phrase,
    test: &Test,
    frame: &Frame<'_>,
    at: Option<Point>,
) -> Option<Test> {
    let bound = bound_at(world, area, single, phrase, phrase.stretch.as_ref()?, frame, at).ok()?;
    Some(Test { bound: bound.value, bound_is_factor: bound.is_factor, ..test.clone() })
}

fn bound_at<W: World>(
    world: &W,
    area: AreaNo,
    single: &Single,
    phrase: &Phrase,
    spec: &BoundSpec,
    frame: &Frame<'_>,
    at: Option<Point>,
) -> Result<Bounded, Reason> {
    let (to, times, plus) = match spec {
        BoundSpec::Fixed { value } => return Ok(Bounded::plain(value.clone())),
        BoundSpec::Broken(reason) => return Err(*reason),
        BoundSpec::Reference { to, times, plus, .. } => (to, times, plus),
    };
    let measured = |area, indicator| {
        let at = at.ok_or(Reason::ReferenceMissing)?;
        phrase_at(world, area, indicator, single, phrase, frame, at).map_err(|_| Reason::ReferenceMissing)
    };
    // A growth factor is a number like the measured one only as long as nothing is done to it.
    let untouched = *times == Exact::one() && plus.is_zero();
    let one = |measured: Measured| match (untouched && measured.is_factor, measured.is_factor) {
        (true, _) => Bounded { value: measured.value, is_factor: true },
        (_, true) => Bounded::plain(Value::exact(measured.shown())),
        _ => Bounded::plain(measured.value),
    };
    let bounded = match to {
        ReferenceTo::Area(other) => one(measured(other.ok_or(Reason::GroupUnknown)?, single.indicator)?),
        ReferenceTo::Indicator(indicator) => one(measured(area, *indicator)?),
        ReferenceTo::MeanOf(group) => {
            if world.members(group, area).is_none_or(|members| members.is_empty()) {
                return Err(Reason::GroupUnknown);
            }
            let at = at.ok_or(Reason::ReferenceMissing)?;
            let key = group_key(group, single.indicator, single, phrase.measure, frame, at);
            let members = group_values(world, area, group, key, |member| measured(member, single.indicator)).ok_or(Reason::GroupUnknown)?;
            let mut total = Value::exact(Exact::zero());
            for (_, measured) in members.iter() {
                let measured = measured.as_ref().map_err(|_| Reason::ReferenceMissing)?;
                let value = if measured.is_factor { Value::exact(measured.shown()) } else { measured.value.clone() };
                total = total.plus(&value);
            }
            let count = Exact::from(members.len() as i64);
            Bounded::plain(total.map(|total| total / &count))
        }
        ReferenceTo::Target(rule) => match &world.rule(*rule, area).body {
            Body::Single(other) => match other.readings.first() {
                Some(phrase) => bound_at(world, area, other, phrase, &phrase.bound, frame, at)?,
                None => return Err(Reason::ReferenceMissing),
            },
            Body::Combined(..) => return Err(Reason::ReferenceMissing),
        },
    };
    Ok(Bounded { value: bounded.value.map(|value| value * times + plus.clone()), ..bounded })
}

/// A bound, which for growth may be a factor like the number it is compared with.
struct Bounded {
    value: Value,
    is_factor: bool,
}

impl Bounded {
    fn plain(value: Value) -> Self {
        Self { value, is_factor: false }
    }
}

/// Whether a phrase's condition holds at a period, without asking whether it is due.
pub(crate) fn holds_at<W: World>(world: &W, rule: RuleNo, area: AreaNo, at: Point) -> Option<bool> {
    let compiled = world.rule(rule, area);
    match &compiled.body {
        Body::Combined(combine, members) => {
            if let Some(known) = world.memo().held.borrow().get(&(rule, area, at)) {
                return *known;
            }
            let held: Vec<Option<bool>> = members.iter().map(|member| holds_at(world, *member, area, at)).collect();
            let holds = super::attained::combine_holds(*combine, &held);
            world.memo().held.borrow_mut().insert((rule, area, at), holds);
            holds
        }
        Body::Single(single) => {
            let by = When::By(crate::period::Period::Point(at));
            let when = compiled.when.as_ref().map_or(&by, |when| &when.value);
            let (frame, _) = Frame::new(single, when, BaseChoice::Current).ok()?;
            let answers: Vec<Option<bool>> =
                single.readings.iter().map(|phrase| holds_phrase(world, area, single, phrase, &frame, at)).collect();
            let first = *answers.first()?;
            answers.iter().all(|answer| *answer == first).then_some(first)?
        }
    }
}

/// Whether a phrase holds at a period.
fn holds_phrase<W: World>(world: &W, area: AreaNo, single: &Single, phrase: &Phrase, frame: &Frame<'_>, at: Point) -> Option<bool> {
    let measured = phrase_at(world, area, single.indicator, single, phrase, frame, at).ok()?;
    let test = test_at(world, area, single, phrase, frame, Some(at)).ok()?;
    decide(&test, &measured)
}

/// The number of a phrase at a period, of its own indicator or of another one.
pub(crate) fn phrase_at<W: World>(
    world: &W,
    area: AreaNo,
    indicator: IndicatorNo,
    single: &Single,
    phrase: &Phrase,
    frame: &Frame<'_>,
    at: Point,
) -> Result<Measured, Reason> {
    if phrase.measure.is_among_areas() {
        rank(world, area, indicator, single, phrase, frame, at)
    } else {
        measure_at(world, area, indicator, &single.want, phrase.measure, frame, at)
    }
}

/// Whether a measured number satisfies a test.
///
/// A mean growth rate is compared as a factor: x/b against (1 + g)^n, without a root.
pub(crate) fn decide(test: &Test, measured: &Measured) -> Option<bool> {
    match (&measured.years, measured.is_factor) {
        (Some(years), true) => {
            let (p, q) = years.as_fraction().filter(|(p, _)| *p > 0)?;
            match test.rounding() {
                Some(step) => test.holds(&measured.value.map(|factor| rate_between(factor, p, q, step))),
                None => test.over_years(p.unsigned_abs(), q).holds(&measured.value.map(|factor| factor.pow(q))),
            }
        }
        _ => test.holds(&measured.value),
    }
}

/// A rational number that rounds as the yearly rate of a growth factor over `p/q` years does.
///
/// The rate is a root. Rounding to a step and cutting off change only at multiples of half a step,
/// so the multiple that the rate is equal to stands for it, or the middle of the two around it.
fn rate_between(factor: &Exact, p: i32, q: u32, step: &Exact) -> Exact {
    let grid = step / &Exact::from(2);
    let compare = |rate: &Exact| {
        let yearly = Exact::one() + rate.clone().percent();
        if yearly.is_positive() { factor.cmp_power(&yearly, p, q) } else { Ordering::Greater }
    };
    let reaches = |multiple: &Exact| compare(&(multiple * &grid)) != Ordering::Less;
    // The float is close for any number people write; doubling strides find the rest of the way.
    let approximate = yearly_rate(factor, &Exact::ratio(i64::from(p), i64::from(q)));
    let two = Exact::from(2);
    let mut low = (&approximate / &grid).truncate(0);
    let mut stride = Exact::one();
    while !reaches(&low) {
        low = &low - &stride;
        stride = stride * two.clone();
    }
    let mut high = &low + &Exact::one();
    stride = Exact::one();
    while reaches(&high) {
        low = high.clone();
        high = &high + &stride;
        stride = stride * two.clone();
    }
    while &high - &low > Exact::one() {
        let middle = ((&low + &high) / two.clone()).truncate(0);
        if reaches(&middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    let on_grid = &low * &grid;
    if compare(&on_grid) == Ordering::Equal { on_grid } else { on_grid + grid / two }
}

pub(crate) fn note_flags(flags: &mut Flags, measured: &Measured) {
    flags.join(measured.flags);
    if measured.base.as_ref().is_some_and(|base| base.declared) {
        flags.add(Flag::BaselineDeclared);
    }
}
