//! The answers of an assessment: plain ones as a few bytes each, all others as verdicts.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use super::Request;
use super::gather::Evidence;
use super::plain::{Field, Plain, Terms};
use super::run::{Compiled, Setting};
use crate::finding::Finding;
use crate::method::{PlainClass, PlainMethod, PlainPace};
use crate::panel::Panel;
use crate::period::Point;
use crate::plan::Plan;
use crate::trace::NoTrace;
use crate::verdict::{AreaNo, RuleNo, State, Verdict, judge_attained};

/// All answers, in the order of the verdicts: targets, areas, moments, methods.
#[derive(Debug, Default)]
pub(super) struct Answers {
    pub(super) targets: Vec<OfTarget>,
    /// How many moments and, at the least one, methods there are.
    moments: usize,
    methods: usize,
    len: usize,
    /// The verdicts that are not plain, by target, area and moment.
    general: HashMap<usize, Vec<Verdict>>,
    /// What the general judge found, with the place.
    pub(super) findings: Vec<(usize, Finding)>,
    all: OnceLock<Vec<Verdict>>,
    single: OnceLock<Vec<OnceLock<Verdict>>>,
}

/// The answers on one target.
#[derive(Debug)]
pub(super) struct OfTarget {
    rule: RuleNo,
    areas: Arc<Vec<AreaNo>>,
    /// The place of the first answer, counted in areas and moments.
    first: usize,
    /// By moment and area.
    plain: Vec<Vec<Option<Plain>>>,
    /// By moment, method and area.
    paces: Vec<Vec<Vec<PlainPace>>>,
    /// By method.
    classes: Vec<Vec<PlainClass>>,
}

/// One answer, as columns see it.
pub(super) enum Seen<'a> {
    Verdict(&'a Verdict),
    Plain(PlainSeen<'a>),
}

/// A plain answer with what it follows from.
pub(super) struct PlainSeen<'a> {
    pub(super) field: &'a Field<'a>,
    pub(super) area: AreaNo,
    pub(super) plain: &'a Plain,
    pub(super) pace: Option<(&'a PlainPace, &'a PlainClass)>,
}

impl PlainSeen<'_> {
    /// What the answer is judged by.
    pub(super) fn terms(&self) -> Option<Terms> {
        self.field.terms(self.area)
    }

    pub(super) fn value(&self) -> i64 {
        self.field.shown(self.plain, self.area)
    }
}

/// Where an answer stands.
#[derive(Clone, Copy)]
pub(crate) struct Spot {
    pub(crate) target: usize,
    pub(crate) area: AreaNo,
    pub(crate) moment: usize,
    pub(crate) method: usize,
}

impl Answers {
    /// Judges every target in every area at every moment.
    pub(super) fn new(setting: &Setting<'_>) -> Self {
        let request = setting.request;
        let (moments, methods) = (request.as_of.len(), request.methods.len().max(1));
        let mut answers = Self { moments, methods, ..Self::default() };
        let evidence: Vec<Evidence<'_>> = request.as_of.iter().map(|as_of| setting.evidence(*as_of)).collect();
        let (mut groups, mut any_plain) = (0, false);
        for rule in 0..setting.compiled.program.targets {
            let areas = setting.areas_of(rule);
            let areas = match answers.targets.last() {
                Some(last) if *last.areas == areas => last.areas.clone(),
                _ => Arc::new(areas),
            };
            let mut of = OfTarget { rule, first: groups, plain: Vec::new(), paces: Vec::new(), classes: Vec::new(), areas };
            groups += of.areas.len() * moments;
            let plain_methods = setting.plain_methods(rule);
            if let Some(plain_methods) = &plain_methods {
                of.classes = plain_methods.iter().map(|method| method.classes.clone()).collect();
                for as_of in &request.as_of {
                    let Some(field) = Field::new(setting, rule, *as_of) else {
                        of.plain.push(Vec::new());
                        of.paces.push(Vec::new());
                        continue;
                    };
                    let (plain, paces) = judge_plain(&field, plain_methods, &of.areas);
                    any_plain |= plain.iter().any(Option::is_some);
                    of.plain.push(plain);
                    of.paces.push(paces);
                }
            }
            for (place, area) in of.areas.iter().enumerate() {
                for (moment, evidence) in evidence.iter().enumerate() {
                    if of.plain(moment, place).is_some() {
                        continue;
                    }
                    let group = of.first + place * moments + moment;
                    let judged = judge_attained(evidence, rule, *area, &mut NoTrace);
                    setting.report(rule, *area, &judged, |finding| answers.findings.push((group, finding)));
                    answers.general.insert(group, setting.verdicts(evidence, rule, *area, judged));
                }
            }
            answers.targets.push(of);
        }
        answers.len = groups * methods;
        if !any_plain {
            let general = &mut answers.general;
            answers.all = OnceLock::from((0..groups).flat_map(|group| general.remove(&group).unwrap_or_default()).collect::<Vec<_>>());
        }
        answers
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// The verdict of a place, where it has been made.
    fn known(&self, group: usize, method: usize) -> Option<&Verdict> {
        match self.all.get() {
            Some(all) => all.get(group * self.methods + method),
            None => self.general.get(&group).and_then(|verdicts| verdicts.get(method)),
        }
    }

    /// Every verdict, made where there is none yet.
    pub(super) fn verdicts(&self, setting: &Setting<'_>) -> &[Verdict] {
        self.all.get_or_init(|| {
            let evidence: Vec<Evidence<'_>> = setting.request.as_of.iter().map(|as_of| setting.evidence(*as_of)).collect();
            let mut verdicts = Vec::with_capacity(self.len);
            for of in &self.targets {
                for (place, area) in of.areas.iter().enumerate() {
                    for (moment, evidence) in evidence.iter().enumerate() {
                        match self.general.get(&(of.first + place * self.moments + moment)) {
                            Some(known) => verdicts.extend(known.iter().cloned()),
                            None => {
                                let judged = judge_attained(evidence, of.rule, *area, &mut NoTrace);
                                verdicts.extend(setting.verdicts(evidence, of.rule, *area, judged));
                            }
                        }
                    }
                }
            }
            verdicts
        })
    }

    /// The places of the answers on a target in an area.
    pub(super) fn find(&self, rule: RuleNo, area: AreaNo) -> impl Iterator<Item = Spot> + '_ {
        let target = self.targets.get(rule);
        let has = target.is_some_and(|target| target.areas.binary_search(&area).is_ok());
        let moments = if has { self.moments } else { 0 };
        (0..moments).flat_map(move |moment| (0..self.methods).map(move |method| Spot { target: rule, area, moment, method }))
    }

    /// The verdict of a place.
    pub(super) fn verdict(&self, setting: &Setting<'_>, spot: Spot) -> Option<&Verdict> {
        let of = self.targets.get(spot.target)?;
        let place = of.areas.binary_search(&spot.area).ok()?;
        let group = of.first + place * self.moments + spot.moment;
        if let Some(known) = self.known(group, spot.method) {
            return Some(known);
        }
        let single = self.single.get_or_init(|| (0..self.len).map(|_| OnceLock::new()).collect());
        let cell = single.get(group * self.methods + spot.method)?;
        if cell.get().is_none() {
            let evidence = setting.evidence(setting.request.as_of[spot.moment]);
            let judged = judge_attained(&evidence, of.rule, spot.area, &mut NoTrace);
            let verdict = setting.verdicts(&evidence, of.rule, spot.area, judged).into_iter().nth(spot.method)?;
            return Some(cell.get_or_init(|| verdict));
        }
        cell.get()
    }

    /// Where every answer stands, in order.
    pub(super) fn spots(&self, mut look: impl FnMut(Spot)) {
        for (target, of) in self.targets.iter().enumerate() {
            for area in of.areas.iter() {
                for moment in 0..self.moments {
                    (0..self.methods).for_each(|method| look(Spot { target, area: *area, moment, method }));
                }
            }
        }
    }

    /// Looks at every answer, in order.
    pub(super) fn each<'s>(&'s self, setting: &'s Setting<'_>, mut look: impl FnMut(Spot, Seen<'_>)) {
        for (target, of) in self.targets.iter().enumerate() {
            let fields: Vec<Option<Field<'_>>> = of.fields(setting, &setting.request.as_of);
            for (place, area) in of.areas.iter().enumerate() {
                for moment in 0..self.moments {
                    let plain = of.plain(moment, place).zip(fields.get(moment).and_then(Option::as_ref));
                    for method in 0..self.methods {
                        let spot = Spot { target, area: *area, moment, method };
                        let seen = match plain {
                            Some((plain, field)) => {
                                let pace = of.paces[moment].get(method).map(|paces| &paces[place]);
                                let pace = pace.map(|pace| (pace, &of.classes[method][usize::from(pace.class)]));
                                Seen::Plain(PlainSeen { field, area: *area, plain, pace })
                            }
                            None => match self.known(of.first + place * self.moments + moment, method) {
                                Some(verdict) => Seen::Verdict(verdict),
                                None => continue,
                            },
                        };
                        look(spot, seen);
                    }
                }
            }
        }
    }

    /// How many answers have each state.
    pub(super) fn states(&self, mut count: impl FnMut(State, usize)) {
        for of in &self.targets {
            of.plain.iter().flatten().flatten().for_each(|plain| count(plain.state, self.methods));
        }
        match self.all.get() {
            Some(all) if self.targets.iter().all(|of| of.plain.iter().flatten().all(Option::is_none)) => {
                all.iter().for_each(|verdict| count(verdict.attained.state, 1));
            }
            _ => self.general.values().flatten().for_each(|verdict| count(verdict.attained.state, 1)),
        }
    }

    /// The plain answers whose targets need a pace that has never been seen, with their places.
    pub(super) fn beyond_record(&self, setting: &Setting<'_>) -> Vec<(usize, RuleNo, AreaNo, Point)> {
        let mut found = Vec::new();
        for of in self.targets.iter().filter(|of| of.plain.iter().any(|plain| !plain.is_empty())) {
            let fields = of.fields(setting, &setting.request.as_of);
            for (moment, field) in fields.iter().enumerate() {
                let Some(field) = field else { continue };
                for (place, area) in of.areas.iter().enumerate() {
                    if of.plain(moment, place).is_some_and(|plain| field.is_beyond_record(plain, *area)) {
                        found.push((of.first + place * self.moments + moment, of.rule, *area, setting.request.as_of[moment]));
                    }
                }
            }
        }
        found.sort_by_key(|(group, ..)| *group);
        found
    }
}

impl OfTarget {
    fn plain(&self, moment: usize, place: usize) -> Option<&Plain> {
        self.plain.get(moment)?.get(place)?.as_ref()
    }

    fn fields<'s>(&self, setting: &'s Setting<'_>, moments: &[Point]) -> Vec<Option<Field<'s>>> {
        let has_plain = |moment: usize| self.plain.get(moment).is_some_and(|plain| !plain.is_empty());
        let field = |(moment, as_of): (usize, &Point)| if has_plain(moment) { Field::new(setting, self.rule, *as_of) } else { None };
        moments.iter().enumerate().map(field).collect()
    }
}

/// The plain answers of one target at one moment.
fn judge_plain(field: &Field<'_>, methods: &[PlainMethod<'_>], areas: &[AreaNo]) -> (Vec<Option<Plain>>, Vec<Vec<PlainPace>>) {
    let nothing = PlainPace { class: 0, early: false, value: f64::NAN, score: f64::NAN };
    let mut paces: Vec<Vec<PlainPace>> = methods.iter().map(|_| Vec::with_capacity(areas.len())).collect();
    let answer = |area: &AreaNo| {
        let found = field.answer(*area);
        let mut plain = found.map(|(plain, _)| plain);
        for (method, paces) in methods.iter().zip(&mut paces) {
            let pace = found.and_then(|(_, way)| method.answer(&way?));
            // Without the one answer the other is not plain either.
            plain = plain.filter(|_| pace.is_some());
            paces.push(pace.unwrap_or(nothing));
        }
        plain
    };
    (areas.iter().map(answer).collect(), paces)
}

/// What was asked of which plan and panel, with the answers.
#[derive(Debug)]
pub(super) struct Answered {
    pub(super) plan: Plan,
    pub(super) panel: Panel,
    pub(super) request: Request,
    pub(super) compiled: Compiled,
    pub(super) answers: Answers,
    pub(super) findings: OnceLock<Vec<Finding>>,
}

impl Answered {
    pub(super) fn setting(&self) -> Setting<'_> {
        Setting { plan: &self.plan, panel: &self.panel, request: &self.request, compiled: &self.compiled }
    }
}
