//! Units that were lost, differ, or do not fit what is measured.

use std::collections::BTreeSet;

use super::facts::Fact;
use super::{Lint, path, says};
use crate::finding::Code;
use crate::number::{Exact, split_number};
use crate::plan::{Bound, Indicator, Instrument, Kind, Measure, Relation};
use crate::quantity::Quantity;
use crate::text::{fold_width, msg};
use crate::unit::Unit;

impl<'a> Lint<'a> {
    pub(super) fn units(&mut self) {
        let document = self.document;
        let counted = self.indicators_with_bare_numbers();
        for (id, indicator) in document.indicators.iter() {
            self.indicator_unit(id, indicator, counted.contains(id.as_str()));
            self.part_unit(id, indicator);
        }
        for fact in &self.facts.all {
            self.pair_unit(fact);
            self.points_for_growth(fact);
            self.beyond_ceiling(fact);
        }
        for (id, instrument) in &document.instruments {
            self.instrument_amount(id, instrument);
        }
        self.composition_units();
    }

    /// Indicators that some number without a unit is in the unit of.
    fn indicators_with_bare_numbers(&self) -> BTreeSet<&'a str> {
        let in_its_unit = |measure: &Measure| matches!(measure, Measure::Level | Measure::Change | Measure::Sum | Measure::Mean);
        // A trend is a change against 0, which is 0 in every unit.
        let says_something = |quantity: &Quantity| quantity.is_masked() || quantity.value().is_some_and(|value| !value.is_zero());
        let bare = |bound: &&Bound| bound.quantity().is_some_and(|quantity| quantity.unit().is_none() && says_something(quantity));
        let facts = self.facts.all.iter().filter(|fact| fact.measures.iter().any(in_its_unit) && fact.bounds.iter().any(bare));
        facts.map(|fact| fact.indicator_id).collect()
    }

    /// A share without its `%`, or a count of nobody knows what. A share that is declared as one
    /// has been reported by the check.
    fn indicator_unit(&mut self, id: &str, indicator: &Indicator, has_bare_numbers: bool) {
        let declared_share = matches!(indicator.kind, Some(Kind::Share | Kind::Growth));
        if indicator.unit.is_some() || indicator.is_qualitative() || declared_share || !has_bare_numbers {
            return;
        }
        let name = indicator.name.all().join(" / ");
        if is_ratio_name(indicator) {
            self.report(
                Code::RatioWithoutUnit,
                path(&["indicators", id]),
                msg!("`{name}` is named like a share or rate and has no unit", "`{name}`名为比重或比率,却没有单位"),
                msg!("add `unit: percent` if the `%` was lost", "若丢失了`%`,请写`unit: percent`"),
            );
        } else if !is_index_name(indicator) {
            self.report(
                Code::NoUnit,
                path(&["indicators", id]),
                msg!("the numbers of `{name}` are followed by no unit", "`{name}`的数字后面没有单位"),
                msg!("add the unit that is counted: `unit: 家`, `unit: 亿元`", "请写明单位,如`unit: 家`、`unit: 亿元`"),
            );
        }
    }

    fn instrument_amount(&mut self, id: &str, instrument: &Instrument) {
        let Some(amount) = &instrument.amount else { return };
        if amount.unit().is_some() || amount.is_unknown() {
            return;
        }
        self.report(
            Code::NoUnit,
            path(&["instruments", id, "amount"]),
            msg!("the amount `{amount}` is followed by no unit", "数额`{amount}`后面没有单位"),
            msg!("write `{amount}%` for a rate, or the money: `{amount}万元`", "若为比率请写`{amount}%`;若为金额请写`{amount}万元`等"),
        );
    }

    /// 90个 centres, of which 4家: the same things, or not?
    fn part_unit(&mut self, id: &str, indicator: &Indicator) {
        let whole = indicator.part_of.as_ref().and_then(|id| self.document.indicators.get(id.as_str()));
        if let Some((part, whole)) = whole.and_then(|whole| differing_units(indicator, whole)) {
            self.part_unit_differs(path(&["indicators", id, "unit"]), part, whole);
        }
    }

    fn pair_unit(&mut self, fact: &Fact<'_>) {
        if fact.pair().is_none_or(|pair| pair.relation != Relation::Subset) {
            return;
        }
        let Some(whole) = self.facts.partner(fact) else { return };
        let declared = fact.indicator.part_of.as_ref().is_some_and(|id| id.as_str() == whole.indicator_id);
        if let (false, Some((part, whole))) = (declared, differing_units(fact.indicator, whole.indicator)) {
            self.part_unit_differs(fact.bound_path(), part, whole);
        }
    }

    fn composition_units(&mut self) {
        for (id, composition) in &self.document.compositions {
            let indicators = composition.parts.iter().chain(&composition.whole).filter_map(|id| self.document.indicators.get(id.as_str()));
            let units: Vec<&Unit> = indicators.filter_map(|indicator| indicator.unit.as_ref()).collect();
            let differing = units.iter().find(|unit| !unit.converts_to(units[0]));
            if let Some(unit) = differing {
                self.part_unit_differs(path(&["compositions", id]), unit, units[0]);
            }
        }
    }

    fn part_unit_differs(&mut self, at: String, part: &Unit, whole: &Unit) {
        self.report(
            Code::PartUnitDiffers,
            at,
            msg!("the part is counted in `{part}` and the whole in `{whole}`", "部分以`{part}`计,整体以`{whole}`计"),
            msg!("count both in `{whole}`, or say that they are different things", "请都以`{whole}`计;若所计不同,请取消从属关系"),
        );
    }

    /// 年均增长 xx.x 个百分点 of an amount of money. A number that is not masked is an error of the
    /// check already.
    fn points_for_growth(&mut self, fact: &Fact<'_>) {
        let of_amount = !fact.indicator.unit.as_ref().is_some_and(Unit::is_percent);
        let growth = |measure: &Measure| match measure {
            Measure::RelativeChange | Measure::AnnualGrowth => true,
            Measure::Change => of_amount && !is_share(fact.indicator),
            Measure::Level => fact.indicator.kind == Some(Kind::Growth),
            _ => false,
        };
        let points = |quantity: &&Quantity| quantity.unit().is_some_and(Unit::is_percentage_points);
        let Some(quantity) = fact.quantity().filter(points).filter(|_| fact.measures.iter().any(growth)) else { return };
        let folded = fold_width(quantity.as_str());
        let number = split_number(&folded).0;
        self.report(
            Code::PointsForGrowth,
            fact.bound_path(),
            msg!("`{quantity}` is in points, and growth is in percent", "`{quantity}`以百分点计,而增长应以百分比计"),
            msg!(
                "write `{number}%`; points are for the change of a percentage, as `measure: change`",
                "请写`{number}%`;百分点只用于百分数的变动(`measure: change`)"
            ),
        );
    }

    /// A part of a whole beyond 100 %, or a number beyond the limit that nature sets.
    fn beyond_ceiling(&mut self, fact: &Fact<'_>) {
        let (Some(Measure::Level), Some(range)) = (fact.measure(), &fact.range) else { return };
        let Some(quantity) = fact.quantity() else { return };
        let hundred = Exact::from(100);
        let to_percent = fact.indicator.unit.as_ref().and_then(|unit| unit.factor_to(&Unit::percent()));
        if let (true, Some(factor)) = (is_share(fact.indicator), to_percent) {
            let percent = range.scale(&factor);
            if percent.low > hundred || percent.high.is_negative() {
                let shown = &percent.low;
                self.report(
                    Code::BeyondCeiling,
                    fact.bound_path(),
                    msg!("`{quantity}` is {shown} % of a whole", "`{quantity}`即整体的{shown}%"),
                    msg!(
                        "a share lies between 0 and 100 %: check the number and its unit, or drop `kind: share`",
                        "比重在0与100%之间:请核对数字和单位,或去掉`kind: share`"
                    ),
                );
                return;
            }
        }
        let limit = fact.indicator.mark("limit").and_then(|limit| super::facts::Range::of(limit, Measure::Level, fact.indicator));
        let Some(limit) = limit.as_ref().and_then(|limit| limit.number()) else { return };
        let falling = fact.indicator.direction == Some(crate::plan::Direction::Decrease);
        if (!falling && range.low > *limit) || (falling && range.high < *limit) {
            self.report(
                Code::BeyondCeiling,
                fact.bound_path(),
                msg!("`{quantity}` lies beyond the natural limit {limit}", "`{quantity}`超出自然极限{limit}"),
                msg!("correct the number or the mark `limit`", "请更正数字或标志值`limit`"),
            );
        }
    }
}

fn differing_units<'a>(part: &'a Indicator, whole: &'a Indicator) -> Option<(&'a Unit, &'a Unit)> {
    let (part, whole) = (part.unit.as_ref()?, whole.unit.as_ref()?);
    // A part may be stated as a share of its whole.
    let is_share = |unit: &Unit| unit.converts_to(&Unit::percent());
    (!is_share(part) && !is_share(whole) && !part.converts_to(whole)).then_some((part, whole))
}

/// Whether the name is that of a share or rate.
fn is_ratio_name(indicator: &Indicator) -> bool {
    let names = indicator.name.all();
    let zh = ["比重", "比例", "占比", "率"];
    let en = ["share of", "rate", "percentage", "proportion", "per cent"];
    let of = names.iter().any(|name| name.contains('占') && !name.contains("占地"));
    of || says(&names, &zh) || names.iter().any(|name| en.iter().any(|word| has_word(name, word)))
}

/// Whether the name is that of a number that has no unit.
fn is_index_name(indicator: &Indicator) -> bool {
    let names = indicator.name.all();
    says(&names, &["指数", "系数", "得分", "评分", "位次", "倍数"])
        || names.iter().any(|name| ["index", "coefficient", "score", "ratio", "multiplier"].iter().any(|word| has_word(name, word)))
}

fn has_word(name: &str, word: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    lower.match_indices(word).any(|(at, _)| {
        let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        !letter(lower[..at].chars().next_back()) && !letter(lower[at + word.len()..].chars().next())
    })
}

/// Whether the number is a part of a whole, so that it ends at 100 %.
fn is_share(indicator: &Indicator) -> bool {
    let formula = indicator.formula.as_ref().is_some_and(|formula| formula.share.is_some() || formula.share_meeting.is_some());
    let named = || indicator.name.all().iter().any(|name| ["覆盖率", "普及率", "合格率", "达标率"].iter().any(|end| name.ends_with(end)));
    match indicator.kind {
        Some(Kind::Share) => true,
        None => formula || named(),
        _ => false,
    }
}
