//! Numbers of rules: conditions, limits, fines; and which numbers count at all.

use super::clause::{After, skip_signs};
use super::name::Left;
use super::reader::Context;
use super::scan::{self, Quantity};
use super::time::Said;
use super::words::{self, CONTEXTS, WORDS, cue};
use crate::lexicon::Classes;
use crate::shadow::Block;

/// 对…的，给予…奖励: a sentence that says who is granted what.
pub(super) fn is_benefit(first: char, cues: Classes) -> bool {
    let about = matches!(first, '对' | '凡' | '按' | '如' | '若') || cues & cue::DEPENDS != 0;
    about && cues & cue::GIVES != 0 && cues & cue::GRANT != 0
}

/// A number of a rule: what someone must fulfil, the most that is granted, a fine.
pub(super) fn is_condition(context: &Context<'_>, quantity: &Quantity, after: &After, right: usize) -> bool {
    let block = context.block;
    let clause = context.clause;
    // 排名后3位的予以约谈: what stands before 的 at the end of a clause is a condition.
    let next = block.char(after.end + 1);
    let closes = block.char(after.end) == '的'
        && (after.end + 1 >= right && clause.stop == ','
            || matches!(next, '予' | '为' | '给' | '可' | '应' | '须' | '由' | '按' | '不' | '处' | ',' | ')'));
    if closes && quantity.class & words::TIMES == 0 {
        return true;
    }
    // 的≥20%量产型: technical data inside a name.
    let spec = quantity.class & words::PERCENT != 0
        && after.compare == 0
        && matches!(block.char(quantity.start.wrapping_sub(1)), '≥' | '≤' | '>' | '<');
    if spec && block.char(quantity.start.wrapping_sub(2)) == '的' {
        return true;
    }
    let says = |cues: Classes| context.cues & cues != 0;
    if says(cue::FINE) {
        return true;
    }
    let (grant, limit) = (says(cue::GRANT), says(cue::GRANT_LIMIT));
    let money = quantity.class & words::MONEY != 0;
    // What is granted stands behind the verb, or in front of 奖励.
    let granted = || {
        let before = block.slice(clause.start, quantity.start);
        CONTEXTS.find(before, cue::GRANT | cue::GIVES).is_some()
            || CONTEXTS.at(&block.chars, after.end, cue::GRANT).is_some()
            || CONTEXTS.at(&block.chars, after.end + 1, cue::GRANT | cue::GIVES).is_some()
            || CONTEXTS.at(&block.chars, after.end, cue::GIVES).is_some()
    };
    let amount = (money || quantity.class & words::PERCENT != 0) && grant && granted();
    // In a sentence that grants something, what is not granted is what it depends on.
    if context.benefit && (limit || !amount) {
        return true;
    }
    if says(cue::SINGLE) && limit && money {
        return true;
    }
    // 对…以上的项目: what a rule is about.
    let first = block.char(skip_signs(block, clause.start));
    let about = matches!(first, '对' | '凡' | '若' | '如')
        && block.char(after.end) == '的'
        && block.char(skip_signs(block, clause.start) + 1) != '标';
    about && quantity.class & (words::MONEY | words::PHYSICAL | words::EACH_TIME | words::COUNT) != 0 && after.compare != 0
}

/// A number without a unit counts only where a verb asks for one and the clause ends behind it.
pub(super) fn slot_without_unit(block: &Block, quantity: &Quantity, left: &Left, after: &After, right: usize) -> bool {
    let closed = after.end >= right || scan::is_stop(block.char(after.end)) || block.char(after.end) == '\0';
    closed && (left.compare != 0 || quantity.zero || left.has(words::REACH | words::HOLD | words::DOWN_TO | words::CAP)) && !left.is_empty()
        || block.is(quantity.end, "税前")
}

/// 一 is a number at the end of its clause (主任一人), for what is built (一座水库) and beside how often.
pub(super) fn one_counts(context: &Context<'_>, quantity: &Quantity) -> bool {
    let block = context.block;
    let unit = quantity.unit.as_deref().unwrap_or("");
    if quantity.end >= context.clause.end || scan::is_stop(block.char(quantity.end)) {
        return quantity.class & (words::COUNT | words::PEOPLE) != 0 && !matches!(unit, "批" | "种" | "点" | "条" | "片" | "面");
    }
    let often = context.times.iter().any(|time| matches!(time.said, Said::Every(_) | Said::EveryYears));
    let built = WORDS.before(&block.chars, quantity.start, words::NEW | words::BUILD).is_some();
    built && matches!(unit, "家" | "座" | "所" | "条" | "处") || often && matches!(unit, "次" | "期" | "届" | "场")
}

pub(super) fn years_fit(block: &Block, left: &Left) -> bool {
    let name = block.text(left.start, left.end);
    left.behind & (words::REACH | words::GROWTH | words::DOWN_TO | words::HOLD) != 0
        && ["年限", "寿命", "年龄", "期望", "期限", "周期"].iter().any(|word| name.contains(word))
        || name.ends_with("寿命")
        || name.ends_with("年限")
}
