//! Whether a target is attained.

use super::measure::{BaseChoice, Frame, From, Measured, Total, World, base_value, decide, note_flags, phrase_at, stretch_test, test_at};
use super::rule::{AreaNo, Body, BoundSpec, Combine, Phrase, Rule, RuleNo, Single};
use super::steps;
use super::timeline::{Flags, Gap, Track};
use super::value::Value;
use super::{Attained, Flag, Reason, State, Test, Toward, closed, gap, ratio};
use crate::number::Exact;
use crate::period::{Period, Point};
use crate::plan::{Kind, Measure, When};
use crate::trace::Trace;

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

/// One evaluation of a phrase: everything that stays the same while periods are looked at.
struct Question<'a, W> {
    world: &'a W,
    single: &'a Single,
    phrase: &'a Phrase,
    area: AreaNo,
    frame: Frame<'a>,
    choice: BaseChoice,
    deadline: Option<Point>,
}

/// Where in time the observations lie.
struct Observed {
    /// Where they start, and the last day.
    stretch: Option<(Point, i32)>,
    /// What comes later is not asked for.
    until: Point,
}

impl Observed {
    /// The period to go on with after one without a value, where those in between have none either:
    /// a window may be thousands of years longer than the data.
    fn next(&self, period: Point) -> Option<Point> {
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
struct Look {
    measured: Measured,
    test: Test,
    holds: Option<bool>,
}

impl Look {
    /// The test as people read it: a bound that is a growth factor is the rate it stands for.
    fn shown_test(&self) -> Test {
        match (&self.measured.years, self.test.bound_is_factor) {
            (Some(years), true) => {
                let rate = super::measure::yearly_rate(&self.test.bound.nominal, years);
                Test { bound: Value::exact(rate), bound_is_factor: false, ..self.test.clone() }
            }
            _ => self.test.clone(),
        }
    }
}

impl<W: World> Question<'_, W> {
    fn look(&self, at: Point) -> Result<Look, Reason> {
        let measured = phrase_at(self.world, self.area, self.single.indicator, self.single, self.phrase, &self.frame, at)?;
        let test = test_at(self.world, self.area, self.single, self.phrase, &self.frame, Some(at))?;
        let holds = decide(&test, &measured);
        Ok(Look { measured, test, holds })
    }

    fn track(&self) -> std::rc::Rc<Track> {
        self.world.track(self.area, self.single.indicator, &self.single.want)
    }

    /// The period the clock starts at the end of: the baseline, or the one before the window.
    fn clock_start(&self) -> Option<Point> {
        match &self.frame.from {
            From::Baseline(spec, _) => spec.at,
            From::At(point) => Some(*point),
            _ => self.single.base.as_ref().and_then(|base| base.value.at),
        }
    }

    /// Years from the start of the clock to the deadline.
    fn whole_years(&self) -> Option<Exact> {
        Some(self.deadline?.years_since(self.clock_start()?))
    }

    /// Whether a period lies after the start of the clock.
    fn has_begun(&self, at: Point) -> bool {
        self.clock_start().is_none_or(|start| at.last_day() > start.last_day())
    }

    /// Every period that can be looked at, up to `as_of`; of changes those after the base.
    fn periods(&self, like: Point) -> Vec<Point> {
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
    fn observed(&self) -> Observed {
        let publisher = self.world.growth_from(self.single.indicator);
        let tracks = [Some(self.single.indicator), publisher].into_iter().flatten();
        let tracks: Vec<_> = tracks.map(|indicator| self.world.track(self.area, indicator, &self.single.want)).collect();
        let first = tracks.iter().flat_map(|track| &track.points).map(|point| point.start).min_by_key(|start| start.first_day());
        let last = tracks.iter().flat_map(|track| &track.points).map(|point| point.end.last_day()).max();
        Observed { stretch: first.zip(last), until: self.deadline.map_or(self.world.as_of(), |end| end.min(self.world.as_of())) }
    }

    /// Why the question makes no sense whatever the data says.
    fn broken(&self) -> Option<Reason> {
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

    fn due(&self, at: Point) -> bool {
        at.last_day() <= self.world.as_of().last_day()
    }

    fn history(&self, like: Point) -> Vec<(Point, Exact, bool)> {
        let track = self.track();
        track.readings(like.frequency()).into_iter().map(|r| (r.end, r.value.nominal.clone(), has_break(r.flags))).collect()
    }
}

fn has_break(flags: Flags) -> bool {
    flags.iter().any(|flag| flag == Flag::Break)
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

/// Due at one date: decided by the observation of that date alone.
fn judge_dated<W: World, T: Trace>(question: &Question<'_, W>, deadline: Point, trace: &mut T) -> Judged {
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

/// The baseline value of the indicator itself, for levels.
fn question_base<W: World>(question: &Question<'_, W>) -> Option<Exact> {
    let spec = &question.single.base.as_ref()?.value;
    let track = question.track();
    match question.phrase.measure {
        Measure::Rank | Measure::Percentile if question.phrase.needs_base() || question.phrase.needs_window() => None,
        Measure::Rank | Measure::Percentile => question.look(spec.at?).ok().map(|look| look.measured.value.nominal),
        _ => base_value(&track, spec, question.choice).ok().map(|base| base.value.nominal),
    }
}

/// The step that shows what a bound by reference comes to.
fn resolved_bound<W: World, T: Trace>(question: &Question<'_, W>, look: &Look, trace: &mut T) {
    if matches!(question.phrase.bound, BoundSpec::Reference { .. })
        || matches!(question.phrase.bound_max, Some(BoundSpec::Reference { .. }))
    {
        trace.step(|| steps::resolved_bound(question.single, question.phrase, &look.shown_test(), look.measured.end));
    }
}

fn decided(look: &Look, single: &Single) -> (State, Option<Reason>) {
    match look.holds {
        Some(true) => (State::Met, None),
        Some(false) => (State::NotMet, None),
        None => (State::NotEvaluable, Some(undecided(single))),
    }
}

/// Why a number that is there does not decide.
fn undecided(single: &Single) -> Reason {
    if single.threshold == super::Threshold::Digits { Reason::UndecidedDigits } else { Reason::ValueInexact }
}

/// When the condition was first satisfied, kept and lost.
#[derive(Default)]
struct Record {
    first: Option<Point>,
    lost: Vec<Point>,
    last: Option<bool>,
    all: bool,
    any: bool,
}

impl Record {
    fn add(&mut self, period: Point, holds: Option<bool>) {
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

    fn write(self, attained: &mut Attained) {
        attained.first_held_in = self.first;
        attained.held_throughout = self.any.then_some(self.all);
        attained.lost_in = self.lost;
    }
}

/// Fills in value, bound, gap and the two degrees.
fn describe<W: World>(attained: &mut Attained, question: &Question<'_, W>, look: &Look, base: Option<&Exact>, flags: &mut Flags) {
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
        attained.closed = super::degree::closed_growth(test, look.measured.value.nominal.to_f64(), whole.to_f64());
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

/// In every period of a window: the first bad period decides.
fn judge_each<W: World, T: Trace>(question: &Question<'_, W>, start: Point, end: Option<Point>, trace: &mut T) -> Judged {
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

/// A sum or mean over a window.
fn judge_window<W: World, T: Trace>(question: &Question<'_, W>, start: Point, end: Option<Point>, trace: &mut T) -> Judged {
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
        while question.due(period) && end.is_none_or(|end| period <= end) {
            let reading = track.at(period);
            trace.step(|| match &reading {
                Ok(reading) => steps::term(&reading.period(), &reading.value, reading.row),
                Err(reason) => steps::no_value(period, *reason),
            });
            let hole = reading.as_ref().err().and_then(|reason| Some((observed.next(period)?, *reason)));
            total.add(period, reading);
            if let Some((next, reason)) = hole {
                trace.step(|| steps::no_values(period.plus(1), next.plus(-1), reason));
                period = next;
                continue;
            }
            if let (None, Some(test), Some(now)) = (early, &growing, total.measured(measure, start)) {
                early = decided_early(test, &now.value).map(|state| (state, period));
            }
            period = period.plus(1);
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

/// A sum that only grows is decided the moment it passes the bound.
fn decided_early(test: &Test, total: &Value) -> Option<State> {
    match (test.toward, test.holds(total)?) {
        (Toward::Up, true) => Some(State::Met),
        (Toward::Down, false) => Some(State::NotMet),
        (Toward::Inside, false) if test.is_above(total) => Some(State::NotMet),
        _ => None,
    }
}
