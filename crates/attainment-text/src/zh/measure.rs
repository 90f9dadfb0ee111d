//! What a number measures, how it is to be compared, and which way the indicator is to move.

use super::clause::After;
use super::name::Left;
use super::scan::Quantity;
use super::words;
use crate::draft::{Basis, Comparator, ItemPeriod, Timing, Way};
use crate::lexicon::Classes;

pub(super) fn basis(quantity: &Quantity, left: &Left, verb: Classes, baseline: bool, period: Option<&ItemPeriod>, after: &After) -> Basis {
    let _ = after;
    let yearly = left.yearly || period.is_some_and(|period| period.each.is_some());
    let one_year = period.is_some_and(|period| match &period.when {
        Timing::In(_) => true,
        Timing::Relative(text) => ["今年", "全年", "年内", "本年", "年底", "年末", "明年"].iter().any(|word| text.contains(word)),
        _ => false,
    });
    // 技术交易额突破…, 不低于…: what is compared is a level, unless a verb says that it is made.
    let held = left.has(words::REACH | words::HOLD | words::DOWN_TO | words::CAP);
    if left.yearly && !held && quantity.class & (words::PERCENT | words::TIMES) == 0 && left.behind & (words::GROWTH | words::FALL) == 0 {
        return Basis::AnnualFlow;
    }
    let compared = left.compare != 0 && (!left.is_empty() || left.compare & words::MORE_THAN != 0) && verb & words::MAKE == 0;
    let leveled = compared || left.has(words::REACH | words::HOLD | words::DOWN_TO | words::CAP);
    let change = left.behind & (words::GROWTH | words::FALL) != 0;
    if quantity.class & words::TIMES != 0 {
        return Basis::Multiple;
    }
    let points = quantity.unit.as_deref().is_some_and(|unit| unit.contains("百分点"));
    if change && !(leveled && left.behind & words::DOWN_TO != 0) {
        if quantity.class & words::PERCENT == 0 || points {
            return match () {
                () if baseline => Basis::RelativeChange,
                () if left.behind & words::GROWTH_ADVERB != 0 && points => Basis::GrowthRate,
                () if left.yearly => Basis::AnnualFlow,
                () => Basis::Addition,
            };
        }
        if left.cumulative {
            return Basis::RelativeChange;
        }
        if left.behind & words::GROWTH_ADVERB != 0 || left.yearly {
            return Basis::GrowthRate;
        }
        return match () {
            () if baseline => Basis::RelativeChange,
            () if yearly || one_year || period.is_none() => Basis::GrowthRate,
            () => Basis::RelativeChange,
        };
    }
    if leveled && verb & words::NEW == 0 {
        return if left.cumulative { Basis::Cumulative } else { Basis::Level };
    }
    if quantity.class & words::PERCENT != 0 || quantity.unit.is_none() {
        return Basis::Level;
    }
    if yearly {
        return Basis::AnnualFlow;
    }
    if verb & words::NEW != 0 {
        return Basis::Addition;
    }
    if left.cumulative {
        return Basis::Cumulative;
    }
    if verb & words::EVENT != 0 && verb & words::BUILD == 0 {
        return if one_year { Basis::AnnualFlow } else { Basis::Cumulative };
    }
    if verb & words::OWN != 0 {
        return Basis::Level;
    }
    if verb & words::BUILD != 0 { Basis::Addition } else { Basis::Level }
}

pub(super) fn comparator(quantity: &Quantity, left: &Left, after: &After, basis: Basis) -> Comparator {
    let has = |classes: Classes| left.compare & classes != 0;
    if quantity.value_max.is_some() {
        return Comparator::Between;
    }
    if after.compare & words::AT_LEAST_AFTER != 0 || has(words::AT_LEAST) {
        return Comparator::AtLeast;
    }
    if after.compare & words::AT_MOST_AFTER != 0 || has(words::AT_MOST) {
        return Comparator::AtMost;
    }
    if after.compare & words::ABOUT_AFTER != 0 || has(words::ABOUT) {
        return Comparator::About;
    }
    if has(words::MORE_THAN) {
        return Comparator::MoreThan;
    }
    if has(words::LESS_THAN) {
        return Comparator::LessThan;
    }
    if quantity.more {
        // 过半 is more than half.
        return if quantity.class & words::PERCENT != 0 { Comparator::MoreThan } else { Comparator::AtLeast };
    }
    let change = matches!(basis, Basis::GrowthRate | Basis::RelativeChange | Basis::Addition | Basis::AnnualFlow)
        || basis == Basis::Multiple && !quantity.doubling;
    if change && left.behind & words::FALL != 0 {
        return Comparator::Decrease;
    }
    if change && left.behind & words::GROWTH != 0 {
        return Comparator::Increase;
    }
    if left.behind & words::CAP != 0 {
        return Comparator::AtMost;
    }
    if left.has(words::REACH | words::HOLD | words::DOWN_TO) || quantity.doubling { Comparator::Reach } else { Comparator::Equals }
}

pub(super) fn direction(left: &Left) -> Option<Way> {
    match left.behind {
        behind if behind & (words::FALL | words::DOWN_TO) != 0 => Some(Way::Down),
        behind if behind & words::GROWTH != 0 => Some(Way::Up),
        behind if behind & words::HOLD != 0 => Some(Way::Hold),
        _ => None,
    }
}
