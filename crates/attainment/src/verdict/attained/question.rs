//! One evaluation of a phrase: everything that stays the same while periods are looked at.

use crate::number::Exact;
use crate::period::{Period, Point};
use crate::plan::{Kind, Measure};
use crate::trace::Trace;
use crate::verdict::bound::{stretch_test, test_at};
use crate::verdict::case::{Case, Form};
use crate::verdict::degree::closed_growth;
use crate::verdict::holds::decide;
use crate::verdict::measure::{Measured, phrase_at, yearly_rate};
use crate::verdict::rule::{AreaNo, BoundSpec, Phrase, Single};
use crate::verdict::steps;
use crate::verdict::timeline::{Flags, Track};
use crate::verdict::value::Value;
use crate::verdict::when::{BaseChoice, Frame, From, base_value};
use crate::verdict::world::World;
use crate::verdict::{Attained, Flag, Reason, State, Test, Threshold, closed, gap, ratio};

/// One evaluation of a phrase: everything that stays the same while periods are looked at.
pub(super) struct Question<'a, W> {
    pub(super) world: &'a W,
    pub(super) single: &'a Single,
    pub(super) phrase: &'a Phrase,
    pub(super) area: AreaNo,
    pub(super) frame: Frame<'a>,
    pub(super) choice: BaseChoice,
    pub(super) deadline: Option<Point>,
}

/// Where in time the observations lie.
pub(super) struct Observed {
    /// Where they start, and the last day.
    pub(super) stretch: Option<(Point, i32)>,
    /// What comes later is not asked for.
    pub(super) until: Point,
}

impl Observed {
    /// The period to go on with after one without a value, where those in between have none either:
    /// a window may be thousands of years longer than the data.
    pub(super) fn next(&self, period: Point) -> Option<Point> {
        let after = period.plus(1);
        let beyond = || self.until.enclosing(period.frequency()).plus(1);
        let next = match self.stretch {
            Some((first, _)) if after.last_day() < first.first_day() => first.enclosing(period.frequency()).min(beyond()),
            Some((_, last)) if after.first_day() <= last => return None,
            _ => beyond(),
        };
        (next > after).then_some(next)
    }
}

/// A condition at a period: the number, the test and whether it holds.
pub(super) struct Look {
    pub(super) measured: Measured,
    pub(super) test: Test,
    pub(super) holds: Option<bool>,
}

impl Look {
    /// The test as people read it: a bound that is a growth factor is the rate it stands for.
    pub(super) fn shown_test(&self) -> Test {
        match (&self.measured.years, self.test.bound_is_factor) {
            (Some(years), true) => {
                let rate = yearly_rate(&self.test.bound.nominal, years);
                Test { bound: Value::exact(rate), bound_is_factor: false, ..self.test.clone() }
            }
            _ => self.test.clone(),
        }
    }
}

impl<W: World> Question<'_, W> {
    pub(super) fn look(&self, at: Point) -> Result<Look, Reason> {
        let measured = phrase_at(self.world, self.area, self.single.indicator, self.single, self.phrase, &self.frame, at)?;
        let test = test_at(self.world, self.area, self.single, self.phrase, &self.frame, Some(at))?;
        let holds = decide(&test, &measured);
        Ok(Look { measured, test, holds })
    }

    pub(super) fn track(&self) -> std::rc::Rc<Track> {
        self.world.track(self.area, self.single.indicator, &self.single.want)
    }

    /// The period the clock starts at the end of: the baseline, or the one before the window.
    pub(super) fn clock_start(&self) -> Option<Point> {
        match &self.frame.from {
            From::Baseline(spec, _) => spec.at,
            From::At(point) => Some(*point),
            _ => self.single.base.as_ref().and_then(|base| base.value.at),
        }
    }

    /// Years from the start of the clock to the deadline.
    pub(super) fn whole_years(&self) -> Option<Exact> {
        Some(self.deadline?.years_since(self.clock_start()?))
    }

    /// Whether a period lies after the start of the clock.
    pub(super) fn has_begun(&self, at: Point) -> bool {
        self.clock_start().is_none_or(|start| at.last_day() > start.last_day())
    }

    /// Every period that can be looked at, up to `as_of`; of changes those after the base.
    pub(super) fn periods(&self, like: Point) -> Vec<Point> {
        let own = self.track();
        let publisher = self.world.growth_from(self.single.indicator).filter(|_| self.phrase.measure != Measure::Level);
        let publishes = publisher.map(|publisher| self.world.track(self.area, publisher, &self.single.want));
        let track = publishes.filter(|track| !track.points.is_empty()).unwrap_or(own);
        let mut periods: Vec<Point> = track.readings(like.frequency()).iter().map(|reading| reading.end).collect();
        if self.phrase.measure.needs_base() && (track.kind == Some(Kind::Growth) || publisher.is_some()) {
            // A published rate over several periods answers for its last one.
            periods.extend(track.points.iter().filter(|point| point.value.is_ok()).map(|point| point.end));
            periods.sort_by_key(|period| period.last_day());
            periods.dedup();
        }
        periods.retain(|period| !self.phrase.needs_base() || self.has_begun(*period));
        periods
    }

    /// The stretch of time with observations, within the target's.
    pub(super) fn observed(&self) -> Observed {
        let publisher = self.world.growth_from(self.single.indicator);
        let tracks = [Some(self.single.indicator), publisher].into_iter().flatten();
        let tracks: Vec<_> = tracks.map(|indicator| self.world.track(self.area, indicator, &self.single.want)).collect();
        let first = tracks.iter().flat_map(|track| &track.points).map(|point| point.start).min_by_key(|start| start.first_day());
        let last = tracks.iter().flat_map(|track| &track.points).map(|point| point.end.last_day()).max();
        Observed { stretch: first.zip(last), until: self.deadline.map_or(self.world.as_of(), |end| end.min(self.world.as_of())) }
    }

    /// Why the question makes no sense whatever the data says.
    pub(super) fn broken(&self) -> Option<Reason> {
        if self.phrase.needs_base() && matches!(self.frame.from, From::Nowhere) {
            return Some(Reason::NoBaseline);
        }
        if matches!(&self.frame.from, From::Baseline(spec, _) if spec.at.is_none()) && self.phrase.needs_base() {
            return Some(Reason::PeriodUnknown);
        }
        match test_at(self.world, self.area, self.single, self.phrase, &self.frame, None) {
            Err(Reason::ReferenceMissing) | Ok(_) => None,
            Err(reason) => Some(reason),
        }
    }

    /// A direction without an amount and without a baseline: not evaluable itself, and still a case
    /// for methods that bring a base year or ask for none.
    pub(super) fn trend_without_base(&self, reason: Reason) -> Option<Case> {
        let test = test_at(self.world, self.area, self.single, self.phrase, &self.frame, None).ok()?;
        let deadline = self.deadline?;
        let case = Case {
            measure: self.phrase.measure,
            form: Form::Dated,
            test,
            start: None,
            base: None,
            deadline: Some(deadline),
            now: None,
            history: self.history(deadline),
            state: State::NotEvaluable,
            holds_now: None,
            maintenance: false,
            on_declared_baseline: None,
        };
        (reason == Reason::NoBaseline && case.is_trend()).then_some(case)
    }

    pub(super) fn due(&self, at: Point) -> bool {
        at.last_day() <= self.world.as_of().last_day()
    }

    /// Whether a period has begun by `as_of`, though it may not have ended.
    pub(super) fn has_started(&self, at: Point) -> bool {
        at.first_day() <= self.world.as_of().last_day()
    }

    pub(super) fn history(&self, like: Point) -> Vec<(Point, Exact, bool)> {
        let track = self.track();
        track.readings(like.frequency()).into_iter().map(|r| (r.end, r.value.nominal.clone(), has_break(r.flags))).collect()
    }
}

pub(super) fn has_break(flags: Flags) -> bool {
    flags.iter().any(|flag| flag == Flag::Break)
}

/// The baseline value of the indicator itself, for levels.
pub(super) fn question_base<W: World>(question: &Question<'_, W>) -> Option<Exact> {
    let spec = &question.single.base.as_ref()?.value;
    let track = question.track();
    match question.phrase.measure {
        Measure::Rank | Measure::Percentile if question.phrase.needs_base() || question.phrase.needs_window() => None,
        Measure::Rank | Measure::Percentile => question.look(spec.at?).ok().map(|look| look.measured.value.nominal),
        _ => base_value(&track, spec, question.choice).ok().map(|base| base.value.nominal),
    }
}

/// The step that shows what a bound by reference comes to.
pub(super) fn resolved_bound<W: World, T: Trace>(question: &Question<'_, W>, look: &Look, trace: &mut T) {
    if matches!(question.phrase.bound, BoundSpec::Reference { .. })
        || matches!(question.phrase.bound_max, Some(BoundSpec::Reference { .. }))
    {
        trace.step(|| steps::resolved_bound(question.single, question.phrase, &look.shown_test(), look.measured.end));
    }
}

pub(super) fn decided(look: &Look, single: &Single) -> (State, Option<Reason>) {
    match look.holds {
        Some(true) => (State::Met, None),
        Some(false) => (State::NotMet, None),
        None => (State::NotEvaluable, Some(undecided(single))),
    }
}

/// Why a number that is there does not decide.
pub(super) fn undecided(single: &Single) -> Reason {
    if single.threshold == Threshold::Digits { Reason::UndecidedDigits } else { Reason::ValueInexact }
}

/// When the condition was first satisfied, kept and lost.
#[derive(Default)]
pub(super) struct Record {
    pub(super) first: Option<Point>,
    pub(super) lost: Vec<Point>,
    pub(super) last: Option<bool>,
    pub(super) all: bool,
    pub(super) any: bool,
}

impl Record {
    pub(super) fn add(&mut self, period: Point, holds: Option<bool>) {
        let Some(holds) = holds else { return };
        self.all = holds && (self.all || !self.any);
        self.any = true;
        if holds && self.first.is_none() {
            self.first = Some(period);
        }
        if !holds && self.last == Some(true) {
            self.lost.push(period);
        }
        self.last = Some(holds);
    }

    pub(super) fn write(self, attained: &mut Attained) {
        attained.first_held_in = self.first;
        attained.held_throughout = self.any.then_some(self.all);
        attained.lost_in = self.lost;
    }
}

/// Fills in value, bound, gap and the two degrees.
pub(super) fn describe<W: World>(
    attained: &mut Attained,
    question: &Question<'_, W>,
    look: &Look,
    base: Option<&Exact>,
    flags: &mut Flags,
) {
    let measure = question.phrase.measure;
    let value = look.measured.shown();
    let test = &look.shown_test();
    attained.value = value.to_decimal();
    attained.period = Some(if look.measured.start == look.measured.end || measure.needs_base() {
        Period::Point(look.measured.end)
    } else {
        Period::between(look.measured.start, look.measured.end)
    });
    attained.bound = test.bound.nominal.to_decimal();
    attained.bound_max = test.bound_max.as_ref().and_then(|bound| bound.nominal.to_decimal());
    attained.gap = gap(test, &value).to_decimal();
    attained.ratio = ratio(test, measure, &value);
    attained.closed = closed(test, measure, &value, base).map(|share| share.to_f64());
    if let (Measure::AnnualGrowth, Some(whole)) = (measure, question.whole_years()) {
        attained.closed = closed_growth(test, look.measured.value.nominal.to_f64(), whole.to_f64());
    }
    if !look.measured.value.is_exact() {
        flags.add(Flag::Inexact);
    }
    if let Some(step) = &test.step {
        let distance = (&value - &test.bound.nominal).abs();
        if !distance.is_zero() && distance * Exact::from(2) <= *step {
            flags.add(Flag::NearThreshold);
        }
    }
    let stretch =
        stretch_test(question.world, question.area, question.single, question.phrase, test, &question.frame, Some(look.measured.end));
    attained.stretch_met = stretch.and_then(|stretch| decide(&stretch, &look.measured));
}
