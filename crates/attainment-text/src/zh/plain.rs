//! Statements without a number that can still be checked: trends, ranks, designations, milestones,
//! coverage, 一批.

use super::name;
use super::words::{self, WORDS};
use crate::draft::{Basis, Comparator};
use crate::lexicon::Classes;
use crate::shadow::Block;

/// A statement and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Stated {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) indicator: String,
    pub(super) comparator: Comparator,
    pub(super) basis: Basis,
    pub(super) modality: Option<String>,
}

/// Classes of words one of which every statement has.
const SIGNS: Classes = words::END_STATE
    | words::COMPLETES
    | words::AGAINST
    | words::COVERAGE
    | words::VAGUE
    | words::RANKING
    | words::STATUS
    | words::ENTITY
    | words::SUPERLATIVE
    | words::TREND_UP
    | words::TREND_DOWN;

/// The longest statement that is read.
const LONGEST: usize = 90;

/// The statements of a clause without a quantity. In a section of principles only ranks and status count.
pub(super) fn read(block: &Block, start: usize, end: usize, times: &[(usize, usize)], slogan: bool) -> Vec<Stated> {
    if end <= start + 3 || end - start > LONGEST {
        return Vec::new();
    }
    let present = WORDS.all(block.slice(start, end), SIGNS);
    if present == 0 && block.char(end - 1) != '”' {
        return Vec::new();
    }
    let left = name::left(block, start, end, times, false);
    let modality = left.modality.map(|(start, end)| block.text(start, end));
    let first = left.clause.max(start);
    let make = |from: usize, to: usize, indicator: (usize, usize), comparator, basis| Stated {
        start: from,
        end: to,
        indicator: block.text(indicator.0, indicator.1).trim_matches(['的', '“', '”', ' ', '、']).to_owned(),
        comparator,
        basis,
        modality: modality.clone(),
    };
    let from = skip_lead(block, times.iter().find(|(time, _)| *time == first).map_or(first, |(_, end)| *end), end);
    // 支持, 鼓励: what others are helped to do is no commitment.
    let helped = block.is(from, "引导") && trend(block, from, end).is_none();
    let delegated = helped
        || block.is_any(from, &["支持", "鼓励", "参与", "加强", "围绕", "结合", "坚持", "以建", "依托", "按照", "根据", "对于", "充分"]);
    if delegated {
        return Vec::new();
    }
    if let Some(state) = end_state(block, from, end).filter(|_| !slogan) {
        return vec![make(from, end, state, Comparator::Qualitative, Basis::Level)];
    }
    if let Some(coverage) = coverage(block, from, end).filter(|_| !slogan) {
        return vec![make(from, end, coverage, Comparator::Qualitative, Basis::Level)];
    }
    if let Some(object) = vague(block, from, end).filter(|_| present & words::VAGUE != 0) {
        return vec![make(from, end, object, Comparator::Qualitative, Basis::Addition)];
    }
    if let Some((place, subject)) = rank(block, from, end) {
        return vec![make(from, end.max(place), subject, Comparator::Qualitative, Basis::Rank)];
    }
    if let Some((object, basis)) = set_up(block, from, end, present, slogan) {
        return vec![make(from, end, object, Comparator::Qualitative, basis)];
    }
    if slogan {
        return Vec::new();
    }
    trend(block, from, end).map(|(name, comparator)| make(from, end, name, comparator, Basis::Level)).into_iter().collect()
}

fn skip_lead(block: &Block, mut at: usize, end: usize) -> usize {
    while at < end && super::scan::is_stop(block.char(at)) {
        at += 1;
    }
    at
}

/// 碳达峰目标如期实现, 基本建成…体系, 收入增速高于经济增速: what is so or is not so in the end.
fn end_state(block: &Block, from: usize, end: usize) -> Option<(usize, usize)> {
    if let Some((length, _)) = WORDS.before(&block.chars, end, words::END_STATE)
        && end - length >= from + 3
    {
        return Some((from, end - length));
    }
    let lead = WORDS.at(&block.chars, from, words::SCOPE | words::LEAD).map_or(from, |(length, _)| from + length);
    if let Some((length, _)) = WORDS.at(&block.chars, lead, words::COMPLETES) {
        return (end > lead + length + 2).then_some((lead + length, end));
    }
    // 增速高于…, 与…同步: measured by another indicator.
    let measured = (from..end).any(|at| WORDS.at(&block.chars, at, words::AGAINST).is_some());
    (measured && (from..end).any(|at| block.is_any(at, &["增速", "增长", "收入", "平均"]))).then_some((from, end))
}

/// 主导产业全覆盖.
fn coverage(block: &Block, from: usize, end: usize) -> Option<(usize, usize)> {
    let at = (from..end).find(|at| WORDS.at(&block.chars, *at, words::COVERAGE).is_some())?;
    let start = WORDS.at(&block.chars, from, words::LEAD).map_or(from, |(length, _)| from + length);
    (at > start).then_some((start, at))
}

/// 培育一批创新型企业.
fn vague(block: &Block, from: usize, end: usize) -> Option<(usize, usize)> {
    let at = (from..end).find(|at| WORDS.at(&block.chars, *at, words::VAGUE).is_some())?;
    let (length, _) = WORDS.at(&block.chars, at, words::VAGUE)?;
    WORDS.before(&block.chars, at, words::MAKE | words::MILESTONE).filter(|_| end > at + length + 2)?;
    Some((at + length, end))
}

/// 进入全国百强, 走在全省前列, 处于领先水平: where the words of the place end, and who takes it.
fn rank(block: &Block, from: usize, end: usize) -> Option<(usize, (usize, usize))> {
    let (length, _) = WORDS.before(&block.chars, end, words::RANKING)?;
    let place = end - length;
    let verb = (from..place).find(|at| WORDS.at(&block.chars, *at, words::TAKES_PLACE).is_some());
    let verb = verb.or_else(|| WORDS.is(block.slice(place, end), words::RANKING).then_some(place))?;
    let subject = if verb > from + 1 { (from, verb) } else { (verb, end) };
    (end > from + 4).then_some((end, subject))
}

/// 建成…示范县, 把…打造成…基地, 设立…基金.
fn set_up(block: &Block, from: usize, end: usize, present: Classes, slogan: bool) -> Option<((usize, usize), Basis)> {
    let status = WORDS.before(&block.chars, end, words::STATUS | words::RANKING).is_some() || present & words::SUPERLATIVE != 0;
    let entity = WORDS.before(&block.chars, end, words::ENTITY).is_some() || block.char(end.wrapping_sub(1)) == '”';
    if !status && (!entity || slogan) {
        return None;
    }
    // 把X打造成Y: the object is Y.
    let into = (from..end).find(|at| WORDS.at(&block.chars, *at, words::TURNS_INTO).is_some());
    if let Some(at) = into {
        return Some(((at + 3, end), Basis::Level));
    }
    let at = (from..(from + 24).min(end)).find(|at| {
        WORDS.at(&block.chars, *at, words::MILESTONE).is_some_and(|(length, _)| length > 1 && at + length + 2 <= end)
            && !matches!(block.char(at.wrapping_sub(1)), '的' | '所')
    })?;
    let (length, _) = WORDS.at(&block.chars, at, words::MILESTONE)?;
    // The verb stands at the start of the clause, or behind 力争, 把… and the like.
    let opens =
        at <= from + 8 || matches!(block.char(from), '把' | '将') || WORDS.at(&block.chars, from, words::LEAD | words::LEAD_VERB).is_some();
    let listed = block.slice(at + length, end).iter().filter(|c| **c == '、').count() > 4;
    let others = block.text(from, at);
    let helped = ["鼓励", "支持", "企业", "牵头", "与高校"].iter().any(|word| others.contains(word));
    (opens && !helped).then_some(())?;
    (!listed).then_some(((at + length, end), if status { Basis::Level } else { Basis::Addition }))
}

/// 比重逐年提高, 有效降低…成本: what moves, and which way.
fn trend(block: &Block, from: usize, end: usize) -> Option<((usize, usize), Comparator)> {
    let way = |classes: Classes, text: &str| match () {
        () if classes & words::TREND_DOWN != 0 => Comparator::Decrease,
        () if text.contains("逐年") || text.contains("不断") => Comparator::MonotonicIncrease,
        () => Comparator::Increase,
    };
    // The subject first: 公民科学素质整体提升.
    if let Some((length, classes)) = WORDS.before(&block.chars, end, words::TREND_UP | words::TREND_DOWN) {
        let verb = end - length;
        if let Some((degree, _)) = WORDS.before(&block.chars, verb, words::DEGREE) {
            let name = verb - degree;
            let start = WORDS.at(&block.chars, from, words::SCOPE | words::LEAD).map_or(from, |(length, _)| from + length);
            if name >= start + 2 {
                return Some(((start, name), way(classes, &block.text(name, end))));
            }
        }
        let start = WORDS.at(&block.chars, from, words::SCOPE | words::LEAD).map_or(from, |(length, _)| from + length);
        let aspect = WORDS.before(&block.chars, verb, words::ASPECT).is_some();
        if aspect && verb >= start + 3 {
            return Some(((start, verb), way(classes, "")));
        }
    }
    // The verb first: 切实提高农民科学素质.
    let mut at = from;
    while let Some((length, _)) = WORDS.at(&block.chars, at, words::DEGREE | words::LEAD).filter(|(length, _)| at + length < end) {
        at += length;
    }
    let verb = (at..(at + 16).min(end)).find_map(|at| {
        let (length, classes) = WORDS.at(&block.chars, at, words::TREND_UP | words::TREND_DOWN).filter(|(length, _)| *length > 1)?;
        Some((at, at + length, classes))
    });
    let (start, object, classes) = verb?;
    let aspect = WORDS.before(&block.chars, end, words::ASPECT).is_some();
    let near =
        start == at || matches!(block.char(from), '推' | '引' | '使' | '让') || WORDS.before(&block.chars, start, words::DEGREE).is_some();
    (aspect && near && end >= object + 2).then(|| ((object, end), way(classes, &block.text(from, start))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Option<(String, Comparator, Basis)> {
        let chars: Vec<char> = text.chars().map(crate::shadow::fold).collect();
        let block = Block { at: (0..chars.len() as u32).collect(), chars, ..Block::default() };
        read(&block, 0, block.chars.len(), &[], false).into_iter().next().map(|stated| (stated.indicator, stated.comparator, stated.basis))
    }

    #[test]
    fn statements_without_a_number_are_read() {
        for (text, indicator, comparator, basis) in [
            ("农村居民收入稳步提高", "农村居民收入", Comparator::Increase, Basis::Level),
            ("切实减轻群众就医负担", "群众就医负担", Comparator::Decrease, Basis::Level),
            ("力争建成国家森林城市示范县", "国家森林城市示范县", Comparator::Qualitative, Basis::Level),
            ("设立县级乡村振兴产业基金", "县级乡村振兴产业基金", Comparator::Qualitative, Basis::Addition),
            ("培育一批农业龙头企业", "农业龙头企业", Comparator::Qualitative, Basis::Addition),
        ] {
            assert_eq!(one(text), Some((indicator.to_owned(), comparator, basis)), "{text}");
        }
        for text in ["支持企业建设重点实验室", "加强组织领导", "坚持绿色发展理念"] {
            assert_eq!(one(text), None, "{text}");
        }
    }
}
