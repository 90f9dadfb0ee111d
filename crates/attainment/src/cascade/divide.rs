//! The arithmetic of a division: pure, exact, and the same whatever the order of the parts.

use std::cmp::{Ordering, Reverse};

use crate::number::Exact;

/// Why a whole cannot be divided so.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Trouble {
    /// Every key is zero.
    NoKeys,
    /// The whole, or a limit, is no multiple of the step.
    NotInSteps(Exact),
    /// The parts at the floor are more than the whole.
    FloorTooHigh(Exact),
    /// The parts at the ceiling are less than the whole.
    CeilingTooLow(Exact),
}

/// A part of a whole that is divided.
#[derive(Clone, Debug)]
pub(super) struct Claim<'a> {
    pub(super) id: &'a str,
    /// What it counts; never negative.
    pub(super) key: Exact,
}

/// What a part gets.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Portion {
    /// Before rounding.
    pub(super) quota: Exact,
    /// In steps, adding up to the whole.
    pub(super) amount: Exact,
    /// Whether it got one of the steps that were left.
    pub(super) extra: bool,
    /// Whether the floor or the ceiling decided.
    pub(super) limited: bool,
}

/// What no part may fall below or rise above.
#[derive(Clone, Debug, Default)]
pub(super) struct Limits {
    pub(super) floor: Option<Exact>,
    pub(super) ceiling: Option<Exact>,
}

impl Limits {
    fn mirrored(&self) -> Self {
        let minus = |limit: &Option<Exact>| limit.clone().map(|limit| -limit);
        Self { floor: minus(&self.ceiling), ceiling: minus(&self.floor) }
    }

    fn clamp(&self, value: Exact) -> (Exact, bool) {
        match (&self.floor, &self.ceiling) {
            (Some(floor), _) if value < *floor => (floor.clone(), true),
            (_, Some(ceiling)) if value > *ceiling => (ceiling.clone(), true),
            _ => (value, false),
        }
    }
}

/// Divides a whole in proportion to the keys, in whole steps that add up to it.
///
/// Quotas are rounded by the method of largest remainders (Hamilton, 1792; Hare and Niemeyer): every
/// part gets the whole steps of its quota, and the steps that are left go one each to the largest
/// remainders. Of equal remainders the larger key comes first, of equal keys the id that is first in
/// the order of its code points. A negative whole is divided as the positive one, with the sign put
/// back.
pub(super) fn divide(whole: &Exact, step: &Exact, claims: &[Claim<'_>], limits: &Limits) -> Result<Vec<Portion>, Trouble> {
    if whole.is_negative() {
        let portions = divide(&-whole.clone(), step, claims, &limits.mirrored())?;
        let minus = |portion: Portion| Portion { quota: -portion.quota, amount: -portion.amount, ..portion };
        return Ok(portions.into_iter().map(minus).collect());
    }
    for number in [Some(whole), limits.floor.as_ref(), limits.ceiling.as_ref()].into_iter().flatten() {
        if !is_whole(&(number / step)) {
            return Err(Trouble::NotInSteps(number.clone()));
        }
    }
    let quotas = quotas(whole, claims, limits)?;
    let mut units: Vec<Exact> = quotas.iter().map(|(quota, _)| floor(&(quota / step))).collect();
    let left = whole / step - units.iter().cloned().sum::<Exact>();
    let left = left.as_fraction().map_or(0, |(left, _)| usize::try_from(left).unwrap_or(0));
    let remainders: Vec<Exact> = quotas.iter().zip(&units).map(|((quota, _), units)| quota / step - units).collect();
    let mut order: Vec<usize> = (0..claims.len()).collect();
    crate::sort::sort_by(&mut order, |a, b| {
        let by_key = || claims[*b].key.cmp(&claims[*a].key);
        remainders[*b].cmp(&remainders[*a]).then_with(by_key).then_with(|| claims[*a].id.cmp(claims[*b].id))
    });
    let mut extra = vec![false; claims.len()];
    for index in order.into_iter().take(left) {
        extra[index] = true;
        units[index] = &units[index] + &Exact::one();
    }
    let portion =
        |(((quota, limited), units), extra): (((Exact, bool), Exact), bool)| Portion { quota, amount: units * step, extra, limited };
    Ok(quotas.into_iter().zip(units).zip(extra).map(portion).collect())
}

/// What each part would get if nothing were rounded: its key times one factor for all, within the
/// limits, so that the sum is the whole. The factor is found between the points where a part meets a
/// limit; between two of them the sum is linear.
fn quotas(whole: &Exact, claims: &[Claim<'_>], limits: &Limits) -> Result<Vec<(Exact, bool)>, Trouble> {
    let at = |factor: &Exact| -> Vec<(Exact, bool)> { claims.iter().map(|claim| limits.clamp(&claim.key * factor)).collect() };
    let sum_at = |factor: &Exact| at(factor).into_iter().map(|(quota, _)| quota).sum::<Exact>();
    let least = sum_at(&Exact::zero());
    match least.cmp(whole) {
        Ordering::Equal => return Ok(at(&Exact::zero())),
        Ordering::Greater => return Err(Trouble::FloorTooHigh(least)),
        Ordering::Less => {}
    }
    let total: Exact = claims.iter().map(|claim| claim.key.clone()).sum();
    if total.is_zero() {
        return Err(Trouble::NoKeys);
    }
    if limits.floor.is_none() && limits.ceiling.is_none() {
        // One division each, with the exact product in front of it.
        return Ok(claims.iter().map(|claim| (&claim.key * whole / &total, false)).collect());
    }
    let of_limit = |limit: &Option<Exact>, claim: &Claim<'_>| limit.as_ref().and_then(|limit| limit.checked_div(&claim.key));
    let mut turns: Vec<Exact> = vec![Exact::zero()];
    turns.extend(claims.iter().flat_map(|claim| [of_limit(&limits.floor, claim), of_limit(&limits.ceiling, claim)]).flatten());
    turns.retain(|turn| !turn.is_negative());
    crate::sort::sort(&mut turns);
    turns.dedup();
    // The last turn at which the sum is not yet more than the whole; the sum never falls.
    let below = turns.partition_point(|turn| sum_at(turn) <= *whole).saturating_sub(1);
    let from = turns.get(below).cloned().unwrap_or_else(Exact::zero);
    let reached = sum_at(&from);
    // Behind the turn these still grow.
    let grows = |claim: &Claim<'_>| {
        let value = &claim.key * &from;
        limits.floor.as_ref().is_none_or(|floor| value >= *floor) && limits.ceiling.as_ref().is_none_or(|ceiling| value < *ceiling)
    };
    let slope: Exact = claims.iter().filter(|claim| grows(claim)).map(|claim| claim.key.clone()).sum();
    match (whole - &reached).checked_div(&slope) {
        Some(further) => Ok(at(&(from + further))),
        None if reached == *whole => Ok(at(&from)),
        None => Err(Trouble::CeilingTooLow(reached)),
    }
}

fn is_whole(number: &Exact) -> bool {
    number.truncate(0) == *number
}

/// The largest whole number that is not above.
fn floor(number: &Exact) -> Exact {
    let cut = number.truncate(0);
    if cut > *number { cut - Exact::one() } else { cut }
}

/// The nearest multiple of the step, in the direction of the target: up, down, or half away from
/// zero where there is none.
pub(super) fn round_toward(value: &Exact, step: &Exact, sign: i64) -> Exact {
    let steps = value / step;
    let whole = match sign.cmp(&0) {
        Ordering::Greater => -floor(&-steps),
        Ordering::Less => floor(&steps),
        Ordering::Equal => steps.round_half_up(0),
    };
    whole * step
}

/// The weighted mean; `None` where the weights sum to zero.
pub(super) fn weighted_mean<'a>(values: impl Iterator<Item = (&'a Exact, &'a Exact)>) -> Option<Exact> {
    let (mut above, mut below) = (Exact::zero(), Exact::zero());
    for (value, weight) in values {
        above = above + value * weight;
        below = below + weight;
    }
    above.checked_div(&below)
}

/// The names of the largest, at most ten of them: what a message can hold.
pub(super) fn largest<T>(items: &[T], size: impl Fn(&T) -> Exact, id: impl Fn(&T) -> String) -> Vec<&T> {
    let mut order: Vec<&T> = items.iter().collect();
    crate::sort::sort_by_key(&mut order, |item| (Reverse(size(item)), id(item)));
    order.truncate(10);
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn amounts(whole: i64, keys: &[i64], floor: Option<i64>, ceiling: Option<i64>) -> Result<Vec<i32>, Trouble> {
        let ids: Vec<String> = (0..keys.len()).map(|index| format!("p{index}")).collect();
        let claims: Vec<Claim<'_>> = keys.iter().zip(&ids).map(|(key, id)| Claim { id, key: Exact::from(*key) }).collect();
        let limits = Limits { floor: floor.map(Exact::from), ceiling: ceiling.map(Exact::from) };
        let portions = divide(&Exact::from(whole), &Exact::one(), &claims, &limits)?;
        Ok(portions.iter().filter_map(|portion| portion.amount.as_fraction()).map(|(units, _)| units).collect())
    }

    #[test]
    fn remainders_and_ties() {
        // 10 × (6, 3, 1) / 10.
        assert_eq!(amounts(10, &[6, 3, 1], None, None), Ok(vec![6, 3, 1]));
        // Quotas 3.33…: one step is left, and equal keys go by id.
        assert_eq!(amounts(10, &[1, 1, 1], None, None), Ok(vec![4, 3, 3]));
        // Quotas 0.5 and 1.5: the larger key gets the step.
        assert_eq!(amounts(2, &[1, 3], None, None), Ok(vec![0, 2]));
        assert_eq!(amounts(-10, &[1, 1, 1], None, None), Ok(vec![-4, -3, -3]));
        assert_eq!(amounts(0, &[0, 0], None, None), Ok(vec![0, 0]));
        assert_eq!(amounts(1, &[0, 0], None, None), Err(Trouble::NoKeys));
    }

    #[test]
    fn limits_move_the_rest() {
        // Without: 80, 15, 5. At least 10 each: 10, and 90 by 16 to 3 = 75.79, 14.21.
        assert_eq!(amounts(100, &[80, 15, 5], Some(10), None), Ok(vec![76, 14, 10]));
        // At most 60 each: 40 by 15 to 5.
        assert_eq!(amounts(100, &[80, 15, 5], None, Some(60)), Ok(vec![60, 30, 10]));
        // Both: 60, and 40 by 15 to 5 would be 30 and 10; at least 15: 25 and 15.
        assert_eq!(amounts(100, &[80, 15, 5], Some(15), Some(60)), Ok(vec![60, 25, 15]));
        assert_eq!(amounts(100, &[80, 15, 5], Some(40), None), Err(Trouble::FloorTooHigh(Exact::from(120))));
        assert_eq!(amounts(100, &[80, 15, 5], None, Some(30)), Err(Trouble::CeilingTooLow(Exact::from(90))));
        // A cut of 100, of nobody more than 50.
        assert_eq!(amounts(-100, &[80, 15, 5], Some(-50), None), Ok(vec![-50, -38, -12]));
        // A floor is for those without a key as well.
        assert_eq!(amounts(10, &[1, 0], Some(2), None), Ok(vec![8, 2]));
    }

    #[test]
    fn rounding_in_the_direction_of_the_target() {
        let round = |value: Exact, sign| round_toward(&value, &Exact::ratio(1, 10), sign);
        assert_eq!(round(Exact::ratio(631, 1000), 1), Exact::ratio(7, 10));
        assert_eq!(round(Exact::ratio(631, 1000), -1), Exact::ratio(6, 10));
        assert_eq!(round(Exact::ratio(-631, 1000), 1), Exact::ratio(-6, 10));
        assert_eq!(round(Exact::ratio(65, 100), 0), Exact::ratio(7, 10));
        assert_eq!(round(Exact::ratio(7, 10), 1), Exact::ratio(7, 10));
    }
}
