//! Quantities that are no values of their own: parts of names, and what a change starts from.

use super::clause::{After, Clause};
use super::name;
use super::scan::{self, Quantity};
use super::words::{self, WORDS};
use crate::shadow::{Block, is_han};

/// Whether a quantity belongs to a name, in front of the number that counts or inside its object.
pub(super) fn is_inside(block: &Block, quantities: &[&Quantity], nth: usize, clause: &Clause) -> bool {
    let Some(quantity) = quantities.get(nth) else { return false };
    let limit = quantities.get(nth + 1).map_or(clause.end, |next| next.start);
    let from = nth.checked_sub(1).and_then(|before| quantities.get(before)).map_or(clause.start, |before| before.end);
    if is_part_of_name(block, quantity, from, limit, nth + 1 < quantities.len()) {
        return true;
    }
    // 培育20个人口超3万的中心镇, 80%以上的市民出门300米见绿: inside the object of the first.
    let Some(before) = nth.checked_sub(1).and_then(|before| quantities.get(before)) else { return false };
    let between = block.text(before.end, quantity.start);
    let after = After::read(block, quantity.end, limit);
    let noun = block.char(after.end) == '的' && !scan::is_stop(block.char(after.end + 1)) && block.char(after.end + 1) != '\0';
    let counted =
        before.class & words::COUNT != 0 && WORDS.before(&block.chars, before.start, words::MAKE | words::OWN | words::BEFORE).is_some();
    let share = before.class & words::PERCENT != 0 && between.starts_with("以上的");
    let apart = between.contains(['、', ',', '和', '及']) || between.chars().count() < 2;
    !apart && (counted && noun || share && quantity.class & (words::PHYSICAL | words::EACH_TIME) != 0)
}

/// A quantity that narrows a name: 每10万人口, 总投资50亿元以上的项目5个.
pub(super) fn is_part_of_name(block: &Block, quantity: &Quantity, from: usize, limit: usize, more: bool) -> bool {
    if quantity.start > from && block.char(quantity.start - 1) == '每' {
        return true;
    }
    let after = After::read(block, quantity.end, limit);
    let rest = block.slice(after.end, limit);
    // 65岁以上老年人, 3岁以下婴幼儿: an age in front of who has it.
    let aged = quantity.class & (words::YEARS | words::EACH_TIME) != 0 && after.compare != 0;
    if aged && rest.first().is_some_and(|c| !scan::is_stop(*c)) {
        return true;
    }
    // 五十六人及以上大班额: people above a number, in front of a noun and behind words of its own.
    let crowd = quantity.class & words::PEOPLE != 0 && after.compare & words::AT_LEAST_AFTER != 0 && !more;
    if crowd && rest.len() > 1 && rest.first().is_some_and(|c| !scan::is_stop(*c) && *c != '的') {
        let verb = WORDS.before(&block.chars, quantity.start, words::MAKE | words::REACH | words::BEFORE).is_some();
        return !verb;
    }
    // 从业人员十万人事故死亡率: a denominator.
    if more
        && quantity.class & words::PEOPLE != 0
        && rest.contains(&'率')
        && !rest.contains(&',')
        && !rest.contains(&'、')
        && after.compare == 0
    {
        return true;
    }
    // 10个500千伏输变电工程: how large each is of what was counted just before.
    let sized = from > 0
        && from == quantity.start
        && matches!(
            quantity.unit.as_deref(),
            Some("千伏" | "千瓦" | "兆瓦" | "万千瓦" | "兆伏安" | "吨级" | "万吨级" | "千瓦时" | "kV" | "MW")
        );
    if sized && after.compare == 0 && rest.len() > 1 && rest.first().is_some_and(|c| is_han(*c)) {
        return true;
    }
    let threshold = quantity.class & (words::MONEY | words::PHYSICAL | words::EACH_TIME | words::YEARS) != 0;
    let noun = rest.first().is_some_and(|c| !scan::is_stop(*c) && !matches!(c, '和' | '及' | '与' | '并'));
    if !threshold || !noun {
        return false;
    }
    if quantity.class & words::MONEY != 0
        && block.is_any(
            after.end,
            &[
                "企业",
                "项目",
                "的企业",
                "的项目",
                "园区",
                "产业",
                "集群",
                "镇",
                "县",
                "村",
                "省份",
                "城市",
                "大省",
                "强市",
                "强县",
                "俱乐部",
                "园区",
                "的城市",
                "的省份",
            ],
        )
        && !block.is(after.end, "产业投资")
        && (more || after.compare != 0 || matches!(block.char(quantity.start.wrapping_sub(1)), '超' | '过'))
    {
        return true;
    }
    if more {
        let grows = WORDS.at(rest, 0, words::GROWTH | words::FALL | words::ADVERB).is_some();
        return !grows;
    }
    let project = block.is_any(after.end, &["项目", "的项目", "企业", "的企业", "重大项目", "工业项目"]);
    after.compare != 0 && project
}

/// Where the name ends when what stands before a quantity is 由, 从 with or without a year.
pub(super) fn starts_from(block: &Block, from: usize, start: usize, spans: &[(usize, usize)]) -> Option<usize> {
    let mut at = start;
    loop {
        while at > from && matches!(block.char(at - 1), '的' | '约' | ' ') {
            at -= 1;
        }
        match spans.iter().find(|(_, end)| *end == at) {
            Some((time, _)) if *time >= from => at = *time,
            _ => break,
        }
    }
    (at > from && matches!(block.char(at - 1), '由' | '从')).then(|| at - 1)
}

/// Whether a verb of reaching stands between two quantities.
pub(super) fn rises_to(block: &Block, start: usize, end: usize, spans: &[(usize, usize)]) -> bool {
    let verb = name::left(block, start, end, spans, false);
    let from_to = block.equals(start, end, &["到", "至"]);
    from_to || verb.behind & (words::REACH | words::DOWN_TO | words::CAP | words::HOLD) != 0 && verb.end <= verb.start + 6
}
