//! Rules on top of a total: rounding, grades, veto.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::engine::Engine;
use crate::number::{Exact, decimal_from_f64};
use crate::plan::scheme::{Grade, GradeOn, Needs, Rounding, RoundingMode};
use crate::quantity::Number;

/// Rounds at a number of decimals.
pub(crate) fn round(value: &Exact, digits: u32, mode: RoundingMode) -> Exact {
    match mode {
        RoundingMode::HalfUp => value.round_half_up(digits),
        RoundingMode::Truncate => value.truncate(digits),
        RoundingMode::HalfEven => {
            let up = value.round_half_up(digits);
            let scale = Exact::from(10).pow(digits);
            let off = (&up - value) * scale.clone();
            let is_half = off.clone().abs() == Exact::ratio(1, 2);
            let scaled = &up * &scale;
            let halved = &scaled / &Exact::from(2);
            let odd = halved.truncate(0) != halved;
            if !(is_half && odd) {
                return up;
            }
            let one = Exact::one() / scale;
            if up.is_negative() { up + &one } else { up - &one }
        }
    }
}

/// The score of a row as it is published. A float that is far from a half decides itself; near one,
/// the exact score does, and where there is none, the shortest text of the float.
pub(crate) fn published(engine: &Engine, place: usize, row: usize, score: f64, rounding: &Rounding) -> Option<Decimal> {
    let digits: u32 = rounding.decimals.get().try_into().ok()?;
    let scale = crate::number::power(10.0, digits);
    let scaled = score.abs() * scale;
    let tie = if rounding.mode == RoundingMode::Truncate { scaled.round() } else { scaled.floor() + 0.5 };
    if scaled < 1e15 && (scaled - tie).abs() > engine.tolerance(place, score) * scale {
        let whole = if rounding.mode == RoundingMode::Truncate { scaled.trunc() } else { scaled.round() } as i64;
        return Some(Decimal::new(if score < 0.0 { -whole } else { whole }, digits));
    }
    let side = || -> Option<Exact> {
        // A root is on a half, or on one side of it: any number on that side rounds as it does.
        let root = engine.root(place, row).filter(|_| score >= 0.0)?;
        let unit = Exact::one().checked_div(&Exact::from(10).pow(digits))?;
        let half = Exact::from(Decimal::try_from(tie).ok()?) * unit.clone();
        let off = unit / Exact::from(4);
        Some(match root.cmp_bound(&half)? {
            Ordering::Less => half - off,
            Ordering::Equal => half,
            Ordering::Greater => half + off,
        })
    };
    let exact = engine.exact(place, row).or_else(side).or_else(|| decimal_from_f64(score).ok().map(Exact::from))?;
    let mut decimal = round(&exact, digits, rounding.mode).to_decimal()?;
    decimal.rescale(digits);
    Some(decimal)
}

/// The grade of a score: its place among the grades, `None` where it is below all, or nobody can
/// tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Graded {
    At(usize),
    Below,
    Unknown,
}

pub(crate) fn grade(grades: &[Grade], engine: &Engine, place: usize, row: usize, compare: impl Fn(&Exact) -> Ordering) -> Graded {
    for (index, grade) in grades.iter().enumerate() {
        let above = match (grade.from, grade.above) {
            (Some(end), _) => compare(&Exact::from(end.get())) != Ordering::Less,
            (None, Some(end)) => compare(&Exact::from(end.get())) == Ordering::Greater,
            (None, None) => true,
        };
        let member = |least: Option<Number>, nth| least.is_none_or(|least| worst_from(engine, place, row, nth, &Exact::from(least.get())));
        if !(above && member(grade.worst_from, 0) && member(grade.second_worst_from, 1)) {
            continue;
        }
        match grade.needs {
            None => return Graded::At(index),
            Some(Needs::AllMet) => match engine.met(place, row) {
                Some(true) => return Graded::At(index),
                Some(false) => {}
                None => return Graded::Unknown,
            },
        }
    }
    Graded::Below
}

/// Whether the nth worst member has at least some score; the last of them where there are fewer.
fn worst_from(engine: &Engine, place: usize, row: usize, nth: usize, least: &Exact) -> bool {
    let node = &engine.nodes[place];
    // A member without a score counts with what stands in for it, and not where it is left out.
    let scored = node.children.iter().map(|child| (*child, engine.nodes[*child].used()[row])).filter(|(_, score)| !score.is_nan());
    let (mut count, mut worse) = (0, 0);
    for (child, score) in scored {
        count += 1;
        worse += usize::from(engine.compare(child, row, score, least) == Ordering::Less);
    }
    // Fewer than nth + 1 of them are below it.
    count > 0 && worse <= nth.min(count - 1)
}

/// How a score compares with the ends of grades.
pub(crate) fn compared<'e>(
    engine: &'e Engine,
    place: usize,
    row: usize,
    score: f64,
    rounded: Option<Decimal>,
    on: Option<GradeOn>,
) -> impl Fn(&Exact) -> Ordering + use<'e> {
    let rounded = rounded.filter(|_| on == Some(GradeOn::Rounded)).map(Exact::from);
    move |end: &Exact| match &rounded {
        Some(rounded) => rounded.cmp(end),
        None => engine.compare(place, row, score, end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_by_mode() {
        let exact = |text: &str| Exact::from(text.parse::<Decimal>().unwrap());
        for (value, mode, want) in [
            ("171.45", RoundingMode::HalfUp, "171.5"),
            ("171.45", RoundingMode::HalfEven, "171.4"),
            ("171.35", RoundingMode::HalfEven, "171.4"),
            ("171.45", RoundingMode::Truncate, "171.4"),
            ("-0.25", RoundingMode::HalfUp, "-0.3"),
            ("-0.25", RoundingMode::HalfEven, "-0.2"),
            ("-0.35", RoundingMode::HalfEven, "-0.4"),
            ("0.26", RoundingMode::HalfEven, "0.3"),
        ] {
            assert_eq!(round(&exact(value), 1, mode), exact(want), "{value} {mode}");
        }
    }
}
