//! The words of the English grammar, from `data/en/words.txt`.

use std::sync::LazyLock;

use crate::lexicon::{Classes, Lexicon};
use crate::shadow::Block;

macro_rules! classes {
    ($($name:ident $bit:literal $word:literal;)*) => {
        $(pub(super) const $name: Classes = 1 << $bit;)*
        const NAMES: &[(&str, Classes)] = &[$(($word, $name),)*];
    };
}

classes! {
    UP 0 "up"; UP_PAST 1 "up_past"; DOWN 2 "down"; DOWN_PAST 3 "down_past"; REACH 4 "reach"; REACH_PAST 5 "reach_past"; EXCEED 6 "exceed";
    HOLD 7 "hold"; CAP 8 "cap"; MULTIPLY 9 "multiply"; MULTIPLY_PAST 10 "multiply_past"; MAKE 11 "make"; MAKE_PAST 12 "make_past";
    INTENT 13 "intent"; MODALITY 14 "modality"; STATIVE 15 "stative"; BE 16 "be";
    AT_LEAST 17 "at_least_before"; MORE_THAN 18 "more_than_before"; AT_MOST 19 "at_most_before"; LESS_THAN 20 "less_than_before";
    ABOUT 21 "about_before"; AT_LEAST_AFTER 22 "at_least_after"; AT_MOST_AFTER 23 "at_most_after";
    PREPOSITION 24 "preposition"; DETERMINER 25 "determiner"; CHANGE_UP 26 "change_up"; CHANGE_DOWN 27 "change_down"; STOP 28 "stop";
    LINKING 29 "linking"; AND 30 "and"; ABBREVIATION 31 "abbreviation"; PERCENT 32 "percent"; POINTS 33 "points"; SCALE 34 "scale";
    MONEY 35 "money"; PHYSICAL 36 "physical"; OF_CO2 37 "of_co2"; BY_TIME 38 "by_time"; IN_TIME 39 "in_time"; SPAN_TIME 40 "span_time";
    EACH_YEAR 41 "each_time"; EACH_QUARTER 42 "each_quarter"; EACH_MONTH 43 "each_month"; EACH_WEEK 44 "each_week"; MEAN_TIME 45 "mean_time";
    RELATIVE_TIME 46 "relative_time"; BASELINE 47 "baseline_before"; LEVELS 48 "levels"; MONTH 49 "month";
    PAST_HEADING 50 "past_heading"; GOAL_HEADING 51 "goal_heading"; LABEL 52 "label"; LEVEL_COMPARE 53 "level_compare"; MORE 54 "more"; FIGURE 55 "figure"; FRACTION 56 "fraction"; RELATIVE_LEAD 57 "relative_lead";
}

pub(super) const PAST: Classes = UP_PAST | DOWN_PAST | REACH_PAST | MULTIPLY_PAST | MAKE_PAST;
pub(super) const VERB: Classes = UP | DOWN | REACH | HOLD | CAP | MULTIPLY | MAKE | PAST;
pub(super) const BEFORE: Classes = AT_LEAST | MORE_THAN | AT_MOST | LESS_THAN | ABOUT;
pub(super) const AFTER: Classes = AT_LEAST_AFTER | AT_MOST_AFTER;
/// What a mark can begin with, figures and signs aside.
pub(super) const MARK: Classes = VERB | EACH | MONTH | FIGURE | FRACTION | RELATIVE_TIME | RELATIVE_LEAD | MONEY;
pub(super) const EACH: Classes = EACH_YEAR | EACH_QUARTER | EACH_MONTH | EACH_WEEK;

const FILE: &str = include_str!("../../data/en/words.txt");

static WORDS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::compile(&[FILE], NAMES));

/// A paragraph in small letters, `_` for a space, beside the paragraph itself.
pub(super) struct Page<'a> {
    pub(super) block: &'a Block,
    pub(super) low: Vec<char>,
}

/// A word with its place and classes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) classes: Classes,
}

impl Word {
    pub(super) fn is(&self, classes: Classes) -> bool {
        self.classes & classes != 0
    }
}

pub(super) fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’' | '&' | '€' | '$' | '£' | '¥' | '°' | 'º')
}

impl<'a> Page<'a> {
    pub(super) fn new(block: &'a Block) -> Self {
        let small = |c: &char| match c {
            ' ' => '_',
            c if c.is_ascii() => c.to_ascii_lowercase(),
            c => c.to_lowercase().next().unwrap_or(*c),
        };
        Self { block, low: block.chars.iter().map(small).collect() }
    }

    pub(super) fn char(&self, at: usize) -> char {
        self.low.get(at).copied().unwrap_or('\0')
    }

    /// Whether a word may end, or begin, at a place.
    fn bounds(&self, at: usize) -> bool {
        let letter = |at: Option<usize>| at.and_then(|at| self.low.get(at)).is_some_and(|c| is_letter(*c));
        !(letter(at.checked_sub(1)) && letter(Some(at))) || at < self.low.len() && self.gap(at)
    }

    /// Whether white space stood before a place; the shadow leaves it out beside signs.
    pub(super) fn gap(&self, at: usize) -> bool {
        let place = |at: usize| self.block.at.get(at).copied();
        at == 0 || self.char(at - 1) == '_' || place(at).zip(place(at - 1)).is_none_or(|(here, before)| here > before + 1)
    }

    /// The longest word of these classes that starts at a place.
    pub(super) fn at(&self, start: usize, classes: Classes) -> Option<Word> {
        if !self.bounds(start) {
            return None;
        }
        let (length, classes) = WORDS.at(&self.low, start, classes)?;
        self.bounds(start + length).then_some(Word { start, end: start + length, classes })
    }

    /// The same for a unit, which may stand directly behind its number: 40km.
    pub(super) fn unit_at(&self, start: usize, classes: Classes) -> Option<Word> {
        let (length, classes) = WORDS.at(&self.low, start, classes)?;
        self.bounds(start + length).then_some(Word { start, end: start + length, classes })
    }

    /// The place behind a word and its spaces, if the word stands at a place.
    pub(super) fn follow(&self, at: usize, word: &str) -> Option<usize> {
        let end = at + word.chars().count();
        let fits = word.chars().enumerate().all(|(step, c)| self.char(at + step) == c);
        (fits && self.bounds(at) && self.bounds(end)).then(|| self.skip(end))
    }

    /// The longest word of these classes that ends before a place, spaces aside.
    pub(super) fn before(&self, end: usize, classes: Classes) -> Option<Word> {
        let end = self.back(end);
        if !self.bounds(end) {
            return None;
        }
        let (length, classes) = WORDS.before(&self.low, end, classes)?;
        self.bounds(end - length).then_some(Word { start: end - length, end, classes })
    }

    /// The place before the spaces that end at a place.
    pub(super) fn back(&self, mut end: usize) -> usize {
        while end > 0 && self.char(end - 1) == '_' {
            end -= 1;
        }
        end
    }

    /// The place behind the spaces that start at a place.
    pub(super) fn skip(&self, mut at: usize) -> usize {
        while self.char(at) == '_' {
            at += 1;
        }
        at
    }

    /// The words of a range as people read them, with the spaces they had.
    pub(super) fn text(&self, start: usize, end: usize) -> String {
        let mut out = String::new();
        for at in start..end.min(self.block.chars.len()) {
            let c = self.block.char(at);
            if at > start && self.gap(at) && !out.ends_with(' ') && c != ' ' {
                out.push(' ');
            }
            out.push(c);
        }
        out.trim().to_owned()
    }
}

/// The words of one class of the data.
#[cfg(test)]
pub(super) fn entries_of(class: &str) -> impl Iterator<Item = &'static str> {
    crate::lexicon::entries(FILE).filter(move |(own, _)| *own == class).map(|(_, word)| word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_of_the_file_has_a_name_and_every_name_words() {
        let classes: std::collections::BTreeSet<&str> = crate::lexicon::entries(FILE).map(|(class, _)| class).collect();
        let names: std::collections::BTreeSet<&str> = NAMES.iter().map(|(name, _)| *name).collect();
        assert_eq!(classes, names);
    }
}
