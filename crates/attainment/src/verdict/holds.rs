//! Whether a condition holds, without asking whether it is due.

use std::cmp::Ordering;

use super::Test;
use super::bound::test_at;
use super::measure::{Measured, phrase_at, yearly_rate};
use super::rule::{AreaNo, Body, Phrase, RuleNo, Single};
use super::when::{BaseChoice, Frame};
use super::world::World;
use crate::number::Exact;
use crate::period::Point;
use crate::plan::When;

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
pub(super) fn holds_phrase<W: World>(
    world: &W,
    area: AreaNo,
    single: &Single,
    phrase: &Phrase,
    frame: &Frame<'_>,
    at: Point,
) -> Option<bool> {
    let measured = phrase_at(world, area, single.indicator, single, phrase, frame, at).ok()?;
    let test = test_at(world, area, single, phrase, frame, Some(at)).ok()?;
    decide(&test, &measured)
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
pub(super) fn rate_between(factor: &Exact, p: i32, q: u32, step: &Exact) -> Exact {
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
