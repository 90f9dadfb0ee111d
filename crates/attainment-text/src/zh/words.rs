//! The words of the Chinese grammar: classes, files, and the signs of headings.

use std::sync::LazyLock;

use crate::lexicon::{Classes, Lexicon};
use crate::number::chinese_digit;

macro_rules! classes {
    ($($name:ident $bit:literal $word:literal;)*) => {
        $(pub(crate) const $name: Classes = 1 << $bit;)*
        /// The names that the data files use.
        pub(crate) const NAMES: &[(&str, Classes)] = &[$(($word, $name),)*];
    };
}

classes! {
    COUNT 0 "count"; PEOPLE 1 "people"; EACH_TIME 2 "each_time"; YEARS 3 "years"; MONEY 4 "money";
    PERCENT 5 "percent"; TIMES 6 "times"; PHYSICAL 7 "physical"; SCALE 8 "scale"; PER 9 "per";
    REACH 10 "reach"; DOWN_TO 11 "down_to"; HOLD 12 "hold"; CAP 13 "cap"; GROWTH 14 "growth"; FALL 15 "fall";
    NEW 16 "new"; BUILD 17 "build"; EVENT 18 "event"; OWN 19 "own";
    AT_LEAST 20 "at_least_before"; MORE_THAN 21 "more_than_before"; AT_MOST 22 "at_most_before"; LESS_THAN 23 "less_than_before";
    ABOUT 24 "about_before"; AT_LEAST_AFTER 25 "at_least_after"; AT_MOST_AFTER 26 "at_most_after"; ABOUT_AFTER 27 "about_after";
    LEAD 28 "lead"; LEAD_VERB 29 "lead_verb"; MODALITY 30 "modality"; ADVERB 31 "adverb"; CUMULATIVE 32 "cumulative";
    GROWTH_ADVERB 33 "growth_adverb"; TOTAL 34 "total"; ASPECT 35 "aspect"; ENUMERATION 36 "enumeration"; PLACE_MASK 37 "place_mask";
    ENTITY 39 "entity";

    TITLE_END 51 "title_end"; GRADE 52 "grade";
    SCOPE 53 "scope"; CUT 54 "cut"; HEAD 55 "head"; TREND_UP 56 "trend_up"; TREND_DOWN 57 "trend_down"; DEGREE 58 "degree";
    STATUS 59 "status"; RANKING 60 "ranking"; MILESTONE 61 "milestone"; STRONG 62 "strong"; VAGUE 63 "vague"; END_STATE 64 "end_state"; TAKES_PLACE 65 "takes_place"; AGAINST 66 "against"; COMPLETES 67 "completes"; COVERAGE 68 "coverage"; SUPERLATIVE 69 "superlative"; TURNS_INTO 70 "turns_into"; WHOLE 38 "whole";
}

pub(crate) const UNIT: Classes = COUNT | PEOPLE | EACH_TIME | YEARS | MONEY | PERCENT | TIMES | PHYSICAL;
pub(crate) const BEFORE: Classes = AT_LEAST | MORE_THAN | AT_MOST | LESS_THAN | ABOUT;
pub(crate) const AFTER: Classes = AT_LEAST_AFTER | AT_MOST_AFTER | ABOUT_AFTER;
pub(crate) const MAKE: Classes = NEW | BUILD | EVENT;

pub(crate) const FILES: &[&str] = &[
    include_str!("../../data/zh/units.txt"),
    include_str!("../../data/zh/verbs.txt"),
    include_str!("../../data/zh/cues.txt"),
    include_str!("../../data/zh/names.txt"),
];

/// What a clause, a sentence or a heading says about what stands in it.
pub(crate) mod cue {
    use crate::lexicon::Classes;

    classes! {
        ACHIEVEMENT_HEADING 0 "achievement_heading"; GOAL_HEADING 1 "goal_heading"; ACHIEVED 2 "achieved"; PAST_TIME 3 "past_time";
        INTENT 4 "intent"; GRANT 5 "grant"; GRANT_LIMIT 6 "grant_limit"; TAX 7 "tax"; BUDGET 8 "budget"; STAFF 9 "staff";
        SCHEDULE 10 "schedule"; FINE 11 "fine"; GIVES 12 "gives"; DEPENDS 13 "depends"; SINGLE 14 "single"; EACH_YEAR 15 "each_year";
        SHARED 16 "shared"; REACHED 17 "reached"; REACHING 18 "reaching"; AHEAD 19 "ahead"; NEARLY 20 "nearly"; FINANCE 21 "finance";
    }
}

const CONTEXT_FILE: &str = include_str!("../../data/zh/contexts.txt");

/// The words of contexts, which are looked for anywhere.
pub(crate) static CONTEXTS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::compile(&[CONTEXT_FILE], cue::NAMES));

/// The words of the Chinese grammar.
pub(crate) static WORDS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::compile(FILES, NAMES));

/// The level of a heading number at the start of a line and how long it is: `第一章`, `一、`, `(一)`,
/// `1.`, `(1)`, `①`, a bullet.
pub(crate) fn marker(line: &[char]) -> Option<(u8, usize)> {
    let char = |at: usize| line.get(at).copied().unwrap_or('\0');
    let numeral = |at: usize| line.iter().skip(at).take(5).take_while(|c| chinese_digit(**c).is_some() || **c == '十').count();
    let digits = |at: usize| line.iter().skip(at).take(4).take_while(|c| c.is_ascii_digit()).count();
    match char(0) {
        '第' => {
            let length = numeral(1).max(digits(1));
            matches!((length, char(1 + length)), (1.., '章' | '节' | '篇' | '部' | '编' | '条')).then_some((1, length + 2))
        }
        '(' => {
            let length = numeral(1);
            if length > 0 && char(1 + length) == ')' {
                return Some((3, length + 2));
            }
            let length = digits(1);
            (length > 0 && length < 3 && char(1 + length) == ')').then_some((5, length + 2))
        }
        '•' | '●' | '■' | '◆' | '★' | '▲' | '➢' | '◇' | '□' | '※' => Some((6, 1)),
        '-' => (char(1) == '-').then_some((6, line.iter().take_while(|c| **c == '-').count())),
        '\u{2460}'..='\u{2473}' => Some((5, 1)),
        c if chinese_digit(c).is_some() || c == '十' => {
            let length = numeral(0);
            if char(length) == '、' {
                return Some((2, length + 1));
            }
            (char(length) == '是' && length == 1).then_some((6, 2))
        }
        c if c.is_ascii_digit() => {
            let length = digits(0);
            let stop = char(length);
            let next = char(length + 1);
            (length < 3 && (stop == '、' || matches!(stop, '.' | ')') && !next.is_ascii_digit() && next != '%')).then_some((4, length + 1))
        }
        _ => None,
    }
}

/// A short line with the number of a heading and no sentence, or with the end of a title.
pub(crate) fn is_heading(line: &[char]) -> bool {
    // 行动计划(2022-2024年): what stands in brackets behind a title is left out of account.
    let bare = match (line.last(), line.iter().rposition(|c| *c == '(')) {
        (Some(')'), Some(open)) if open >= 4 => line.get(..open).unwrap_or(line),
        _ => line,
    };
    let short = line.len() <= 45 && !line.iter().any(|c| matches!(c, '。' | ';' | '%'));
    let marked = marker(line).is_some_and(|(level, _)| level <= 5);
    short && (marked || line.len() <= 40 && WORDS.before(bare, bare.len(), TITLE_END).is_some() && !line.contains(&','))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_of_the_files_has_a_name_and_every_name_words() {
        let classes: std::collections::BTreeSet<&str> =
            FILES.iter().flat_map(|file| crate::lexicon::entries(file)).map(|(class, _)| class).collect();
        let names: std::collections::BTreeSet<&str> = NAMES.iter().map(|(name, _)| *name).collect();
        assert_eq!(classes, names);
    }

    #[test]
    fn headings_are_told_by_their_numbers() {
        let level = |line: &str| marker(&line.chars().collect::<Vec<_>>());
        assert_eq!(level("第一章 总则"), Some((1, 3)));
        assert_eq!(level("十二、保障措施"), Some((2, 3)));
        assert_eq!(level("(三)主要目标"), Some((3, 3)));
        assert_eq!(level("1.完善规划"), Some((4, 2)));
        assert_eq!(level("1.5%"), None);
        assert_eq!(level("一是加快"), Some((6, 2)));
        assert_eq!(level("一体化发展"), None);
    }
}
