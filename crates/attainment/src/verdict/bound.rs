//! What a number is compared with, at a period.

use super::group::{group_key, group_values};
use super::measure::{Measured, phrase_at};
use super::rule::{AreaNo, Body, BoundSpec, Phrase, ReferenceTo, Single, Tolerance};
use super::value::Value;
use super::when::Frame;
use super::world::World;
use super::{Reason, Test};
use crate::number::Exact;
use crate::period::Point;

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

pub(super) fn bound_at<W: World>(
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
pub(super) struct Bounded {
    pub(super) value: Value,
    pub(super) is_factor: bool,
}

impl Bounded {
    pub(super) fn plain(value: Value) -> Self {
        Self { value, is_factor: false }
    }
}
