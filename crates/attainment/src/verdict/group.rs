//! The numbers of a group of areas, and the place of one among them.

use std::rc::Rc;

use super::Reason;
use super::measure::{Measured, measure_at};
use super::rule::{AreaNo, IndicatorNo, Phrase, Single, Want};
use super::value::Value;
use super::when::{BaseChoice, Frame, From};
use super::world::World;
use crate::number::Exact;
use crate::period::Point;
use crate::plan::Measure;

/// The numbers of a group's members, which every member is compared with.
pub(super) type GroupValues = Vec<(AreaNo, Result<Measured, Reason>)>;

pub(super) type GroupKey = (String, IndicatorNo, Want, Measure, Start, Option<Point>, Point);

/// Where a change starts, for every area alike.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Start {
    Baseline(Option<Point>),
    Before,
    At(Point),
    Nowhere,
}

/// The place of an area in its group: 1 is best, equal values share the better place.
///
/// A member without a value could be better or worse, so the rank is a range then.
pub(super) fn rank<W: World>(
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
pub(super) fn group_key(
    group: &str,
    indicator: IndicatorNo,
    single: &Single,
    measure: Measure,
    frame: &Frame<'_>,
    at: Point,
) -> Option<GroupKey> {
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
pub(super) fn group_values<W: World>(
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

pub(super) fn range(nominal: Exact, low: Exact, high: Exact, unknown: i64) -> Value {
    if unknown == 0 { Value::exact(nominal) } else { Value::between(nominal, Some(low), Some(high)) }
}
