//! Numbers for pictures: rounded the same everywhere, with ticks that people count in.

use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Value, json};

use crate::number::decimal_from_f64;
use crate::render::grouped;

/// A number of the specification: ten significant digits, which is more than a pixel can show and
/// less than platforms could differ in.
pub(super) fn num(value: f64) -> Value {
    let rounded: f64 = format!("{value:.9e}").parse().unwrap_or(value);
    // There is no negative zero for people.
    if rounded == 0.0 { json!(0) } else { json!(rounded) }
}

/// A number that may be missing.
pub(super) fn maybe(value: Option<f64>) -> Value {
    value.filter(|value| value.is_finite()).map_or(Value::Null, num)
}

/// A number as it is published: with so many decimals, or as it is where nobody says how many.
pub(super) fn published(value: f64, decimals: Option<u32>) -> String {
    let Ok(exact) = decimal_from_f64(value) else { return "–".to_owned() };
    let round = |digits| exact.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero);
    let text = match decimals {
        Some(digits) => {
            let mut rounded = round(digits.min(20));
            rounded.rescale(digits.min(20));
            rounded.to_string()
        }
        None => {
            let short = if exact.trunc().abs() < Decimal::from(100_000) { exact.round_sf(5) } else { Some(exact.round()) };
            short.unwrap_or(exact).normalize().to_string()
        }
    };
    // A minus as long as that of an axis, and none before a zero.
    let grouped = grouped(&text);
    match grouped.strip_prefix('-') {
        Some(digits) if digits.chars().any(|c| c.is_ascii_digit() && c != '0') => format!("\u{2212}{digits}"),
        Some(digits) => digits.to_owned(),
        None => grouped,
    }
}

/// A share in percent, with one decimal at most.
pub(super) fn percent(share: f64) -> String {
    let text = published(100.0 * share, Some(1));
    format!("{} %", text.strip_suffix(".0").unwrap_or(&text))
}

/// Round numbers along an axis.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ticks {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) values: Vec<f64>,
    pub(super) decimals: u32,
}

impl Ticks {
    /// About so many steps of 1, 2 or 5 times a power of ten, from the first at or below `low` to the
    /// first at or above `high`.
    pub(super) fn new(low: f64, high: f64, about: f64) -> Self {
        let (low, high) = if high > low { (low, high) } else { (low - 0.5 * low.abs().max(1.0), low + 0.5 * low.abs().max(1.0)) };
        let raw = (high - low) / about;
        // Beyond what a step counts the ends are all there is.
        if low.abs().max(high.abs()) > 1e17 {
            return Self { from: low, to: high, values: vec![low, high], decimals: 0 };
        }
        let steps = (-12..=18).flat_map(|power| [1, 2, 5].map(|times| (times, power)));
        let fitting = steps.map(|(times, power)| Step { times, power }).find(|step| step.at(1) >= raw);
        let step = fitting.unwrap_or(Step { times: 5, power: 18 });
        let unit = step.at(1);
        let (first, last) = ((low / unit).floor() as i64, (high / unit).ceil() as i64);
        let last = last.clamp(first.saturating_add(1), first.saturating_add(60));
        let values: Vec<f64> = (first..=last).map(|n| step.at(n)).collect();
        Self { from: step.at(first), to: step.at(last), values, decimals: step.power.min(0).unsigned_abs() }
    }

    /// The same with the axis ending where the numbers do, and only the ticks between.
    pub(super) fn within(low: f64, high: f64, about: f64) -> Self {
        let ticks = Self::new(low, high, about);
        if high <= low {
            return ticks;
        }
        let values = ticks.values.iter().copied().filter(|value| *value >= low && *value <= high).collect();
        Self { from: low, to: high, values, decimals: ticks.decimals }
    }

    /// Where a number lies, in pixels from the top.
    pub(super) fn down(&self, value: f64, height: f64) -> f64 {
        height * (self.to - value) / (self.to - self.from)
    }

    pub(super) fn domain(&self) -> Value {
        json!([num(self.from), num(self.to)])
    }

    pub(super) fn list(&self) -> Value {
        self.values.iter().map(|value| num(*value)).collect()
    }

    /// The labels of the axis, in millions and the like where numbers are long, and the word for that.
    pub(super) fn labels(&self, zh: bool) -> (Value, Option<&'static str>) {
        let largest = self.from.abs().max(self.to.abs());
        let steps: &[(f64, &str)] = if zh { &[(1e8, "亿"), (1e4, "万")] } else { &[(1e9, "billion"), (1e6, "million")] };
        // A word is worth it where it saves more than it costs.
        match steps.iter().find(|(unit, _)| largest >= unit * if zh { 10.0 } else { 2.0 }) {
            Some((unit, word)) => {
                let smallest = self.values.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::INFINITY, f64::min) / unit;
                let decimals =
                    (0..6_usize).find(|digits| smallest * 1.000_001 >= [1.0, 0.1, 0.01, 0.001, 0.0001, 0.00001][*digits]).unwrap_or(6);
                (json!({ "values": self.list(), "labelExpr": format!("format(datum.value / {unit}, ',.{decimals}f')") }), Some(word))
            }
            None => (json!({ "values": self.list(), "format": self.format() }), None),
        }
    }

    pub(super) fn format(&self) -> String {
        format!(",.{}f", self.decimals)
    }
}

/// `times` × 10^`power`.
#[derive(Clone, Copy)]
struct Step {
    times: i64,
    power: i32,
}

impl Step {
    /// The n-th multiple, as the nearest float: powers of ten up to 10^22 are exact.
    fn at(self, n: i64) -> f64 {
        let mut ten = 1.0;
        (0..self.power.abs()).for_each(|_| ten *= 10.0);
        let whole = (n.saturating_mul(self.times)) as f64;
        if self.power < 0 { whole / ten } else { whole * ten }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_numbers() {
        let ticks = Ticks::new(1.77, 3.0, 5.0);
        assert_eq!((ticks.from, ticks.to, ticks.decimals), (1.5, 3.0, 1));
        assert_eq!(ticks.values, [1.5, 2.0, 2.5, 3.0]);
        assert_eq!(Ticks::new(-13.5, 0.0, 5.0).values, [-15.0, -10.0, -5.0, 0.0]);
        assert_eq!(Ticks::new(0.0, 2.5e9, 5.0).values.last(), Some(&2.5e9));
        // A flat series has an axis as well.
        assert!(Ticks::new(3.0, 3.0, 5.0).values.len() > 1);
        assert!(Ticks::new(1e300, 2e300, 5.0).values.len() <= 61);
    }

    #[test]
    fn numbers_as_published() {
        assert_eq!(published(3.0, Some(2)), "3.00");
        assert_eq!(published(2152791393.0, None), "2,152,791,393");
        assert_eq!(published(-0.04, Some(1)), "0.0");
        assert_eq!((published(-13.5, None), published(f64::NAN, None)), ("−13.5".into(), "–".into()));
        assert_eq!((percent(0.6), percent(0.9525), percent(-0.0004)), ("60 %".into(), "95.3 %".into(), "0 %".into()));
        assert_eq!((num(-0.0), num(0.1 + 0.2)), (json!(0), json!(0.3)));
    }
}
