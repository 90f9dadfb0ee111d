//! How much of a target is attained: two degrees under two names, because they differ a lot.

use super::compare::Test;
use crate::number::{Exact, ln};
use crate::plan::{CompareWord, Measure, Toward};

/// What is missing to the bound, in the direction of the target; negative beyond it.
pub(crate) fn gap(test: &Test, value: &Exact) -> Exact {
    let bound = &test.bound.nominal;
    match (test.toward, &test.bound_max) {
        (Toward::Up, _) => bound - value,
        (Toward::Down, _) => value - bound,
        (Toward::Inside, Some(high)) if value > &high.nominal => value - &high.nominal,
        (Toward::Inside, Some(_)) if value >= bound => Exact::zero(),
        (Toward::Inside, Some(_)) => bound - value,
        (Toward::Inside, None) => (bound - value).abs(),
    }
}

/// 实现程度: x/T, and T/x where less is better.
///
/// Defined for T > 0 and x >= 0, and for changes whose bound lies in the desired direction.
/// (National Bureau of Statistics, monitoring of 全面建设小康社会, 2008; in use with the two forms.)
pub(crate) fn ratio(test: &Test, measure: Measure, value: &Exact) -> Option<f64> {
    if matches!(test.word, CompareWord::Within | CompareWord::Equals) || test.toward == Toward::Inside || measure.is_among_areas() {
        return None;
    }
    let bound = &test.bound.nominal;
    let desired = Exact::from(test.toward.sign()) * bound.clone();
    match measure {
        Measure::Change | Measure::RelativeChange | Measure::AnnualGrowth if desired.is_positive() => {
            value.checked_div(bound).map(|ratio| ratio.to_f64())
        }
        Measure::Change | Measure::RelativeChange | Measure::AnnualGrowth => None,
        _ if !bound.is_positive() || value.is_negative() => None,
        _ if test.toward == Toward::Down => bound.checked_div(value).map(|ratio| ratio.to_f64()),
        _ => value.checked_div(bound).map(|ratio| ratio.to_f64()),
    }
}

/// The share of the way that is behind us, exactly where it is rational.
///
/// Levels: (x - b)/(T - b). Changes, relative changes and sums: x/T. Multiples: (x - 1)/(T - 1).
/// (For levels the current status index of UN ESCAP, Asia-Pacific SDG Progress Report.)
/// `None` without a baseline, or where the baseline satisfies the bound already.
pub(crate) fn closed(test: &Test, measure: Measure, value: &Exact, base: Option<&Exact>) -> Option<Exact> {
    let bound = &test.bound.nominal;
    let sign = Exact::from(test.toward.sign());
    let way = |start: &Exact| {
        let whole = bound - start;
        (sign.clone() * whole.clone()).is_positive().then(|| (value - start) / whole)
    };
    match measure {
        _ if test.toward == Toward::Inside => None,
        Measure::Level => way(base?),
        Measure::Multiple => way(&Exact::one()),
        Measure::Change | Measure::RelativeChange => way(&Exact::zero()),
        // Of a cap it is the share that is used up.
        Measure::Sum => value.checked_div(bound).filter(|_| bound.is_positive()),
        Measure::AnnualGrowth | Measure::Mean | Measure::Rank | Measure::Percentile => None,
    }
}

/// The share of the way for a mean growth rate: ln(x/b) / (n ln(1 + g)), reproducible, not exact.
///
/// `None` for a rate that lies the other way: not to fall below -3 % is no way to go.
pub(crate) fn closed_growth(test: &Test, factor: f64, years: f64) -> Option<f64> {
    let rate = &test.bound.nominal;
    let is_desired = (Exact::from(test.toward.sign()) * rate.clone()).is_positive();
    let whole = years * ln(1.0 + rate.to_f64() / 100.0);
    (is_desired && factor > 0.0 && whole != 0.0 && whole.is_finite()).then(|| ln(factor) / whole)
}
