//! Growth a year and growth over the whole time.

use std::cmp::Ordering;
use std::collections::HashMap;

use super::Lint;
use super::facts::{Fact, FactNo};
use crate::finding::Code;
use crate::number::Exact;
use crate::period::{Period, Point};
use crate::plan::{CompareWord, Direction, Measure, When};
use crate::text::msg;

impl Lint<'_> {
    pub(super) fn growth(&mut self) {
        for fact in &self.facts.all {
            self.growth_without_window(fact);
            self.change_against_direction(fact);
        }
        self.growth_inconsistent();
    }

    /// 年均增长 in the plan of one year: a mean of what?
    fn growth_without_window(&mut self, fact: &Fact<'_>) {
        let one_year = match &fact.when {
            Some(When::During(period)) => fact.baseline.is_none() && is_one_year(period),
            _ => false,
        };
        let one_step = fact.span().is_some_and(|(base, due)| due.years_since(base) == Exact::one());
        if fact.measure() == Some(Measure::AnnualGrowth) && (one_year || one_step) {
            let period = fact.when.as_ref().map(|when| when.period().to_string()).unwrap_or_default();
            self.report(
                Code::GrowthWithoutWindow,
                fact.path.clone(),
                msg!("mean growth a year needs several years, and `{period}` is one", "年均增长须跨多年,而`{period}`只有一年"),
                msg!(
                    "write `measure: relative_change` for the growth of that year, or the years of the mean: `during: 2021/2025`",
                    "若指该年的增长,请写`measure: relative_change`;否则请写明年均的起止,如`during: 2021/2025`"
                ),
            );
        }
    }

    /// 下降10% written as `reach: 10%`: a rise by 9 % would meet it.
    fn change_against_direction(&mut self, fact: &Fact<'_>) {
        let is_change = matches!(fact.measure(), Some(Measure::Change | Measure::RelativeChange | Measure::AnnualGrowth));
        let follows_direction = matches!(fact.word, CompareWord::Reach | CompareWord::About);
        let Some(bound) = fact.range.as_ref().and_then(|range| range.number()) else { return };
        let against = match fact.indicator.direction {
            Some(Direction::Decrease) => bound.is_positive(),
            Some(Direction::Increase) => bound.is_negative(),
            _ => false,
        };
        if fact.is_target() && is_change && follows_direction && against {
            let (shown, other) = (bound, -bound.clone());
            self.report(
                Code::ChangeAgainstDirection,
                fact.bound_path(),
                msg!("a change of {shown} goes against the direction of the indicator", "变动{shown}与指标的方向相反"),
                msg!(
                    "write {other} for a change in the desired direction; if a limit is meant, write `at_least` or `at_most`",
                    "若指朝期望方向的变动,请写{other};若指限度,请写`at_least`或`at_most`"
                ),
            );
        }
    }

    /// (1 + g)^n = 1 + k: a growth a year, a growth over all years and the years are one too many.
    fn growth_inconsistent(&mut self) {
        let mut whole: HashMap<(bool, &str, Point, Point), FactNo> = HashMap::new();
        let facts = self.facts;
        let key = |fact: &Fact<'_>| fact.span().map(|(base, due)| (fact.is_target(), base, due));
        for (number, fact) in facts.all.iter().enumerate() {
            if let (Some(Measure::RelativeChange | Measure::Multiple), Some((said, base, due))) = (fact.measure(), key(fact)) {
                whole.entry((said, fact.indicator_id, base, due)).or_insert(number);
            }
        }
        for fact in facts.all.iter().filter(|fact| fact.measure() == Some(Measure::AnnualGrowth)) {
            let Some((said, base, due)) = key(fact) else { continue };
            let found = whole.get(&(said, fact.indicator_id, base, due)).map(|number| &facts.all[*number]);
            if let Some(whole) = found {
                self.compounded(fact, whole, base, due);
            }
        }
    }

    /// Both numbers are taken as rounded to the digits they are written with. A rate that is the
    /// whole divided by the years was divided and not rounded, so it is taken at its word.
    fn compounded(&mut self, yearly: &Fact<'_>, whole: &Fact<'_>, base: Point, due: Point) {
        let years = due.years_since(base);
        let Some((n, 1)) = years.as_fraction().filter(|(n, _)| (1..=200).contains(n)) else { return };
        let (Some(rate), Some(factor)) = (rounded(yearly, growth_factor), rounded(whole, whole_factor(whole))) else { return };
        if !rate.0.is_positive() || !factor.0.is_positive() {
            return;
        }
        let number = |fact: &Fact<'_>| fact.range.as_ref().and_then(|range| range.number()).cloned();
        let (Some(exact), Some(all_years)) = (number(yearly), number(whole)) else { return };
        let compounded = growth_factor(&exact).pow(n as u32);
        let divided = growth_factor(&(&exact * &years)) == whole_factor(whole)(&all_years);
        let fits = if divided {
            factor.0 <= compounded && compounded <= factor.1
        } else {
            factor.1.cmp_power(&rate.0, n, 1) != Ordering::Less && factor.0.cmp_power(&rate.1, n, 1) != Ordering::Greater
        };
        if fits {
            return;
        }
        let (Some(stated), Some(all)) = (yearly.quantity(), whole.quantity()) else { return };
        let percent = ((compounded - Exact::one()) * Exact::from(100)).round_half_up(2);
        self.report(
            Code::GrowthInconsistent,
            yearly.bound_path(),
            msg!(
                "`{stated}` a year is {percent} % from {base} to {due}, and `{all}` is stated",
                "每年`{stated}`,从{base}年到{due}年为{percent}%,而所列为`{all}`"
            ),
            msg!(
                "rates are compounded over {n} years, not multiplied by {n}: correct one of the two",
                "增速应连乘{n}年,不能乘以{n}:请更正其一"
            ),
        );
    }
}

/// A year may be masked, and is one all the same.
fn is_one_year(period: &Period) -> bool {
    match period {
        Period::Masked(text) => !text.contains('/'),
        known => known.as_point().is_some(),
    }
}

/// 4 % is a factor of 1.04.
fn growth_factor(percent: &Exact) -> Exact {
    Exact::one() + percent.clone().percent()
}

fn whole_factor(fact: &Fact<'_>) -> fn(&Exact) -> Exact {
    match fact.measure() {
        Some(Measure::Multiple) => |multiple| multiple.clone(),
        _ => growth_factor,
    }
}

/// The factors that numbers which would be written like this one stand for.
fn rounded(fact: &Fact<'_>, factor: fn(&Exact) -> Exact) -> Option<(Exact, Exact)> {
    let number = fact.range.as_ref()?.number()?;
    let scale = fact.quantity()?.value()?.scale();
    let half = Exact::ratio(1, 2) / Exact::from(10).pow(scale);
    Some((factor(&(number - &half)), factor(&(number + &half))))
}
