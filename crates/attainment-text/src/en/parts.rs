//! A clause and what can be asked of it: its verb, its times, the names in it.

use super::scan::{Mark, Quantity, Time};
use super::sentence::{Sentence, within};
use super::words::{self, Page, Word};
use crate::draft::{Every, Timing};
use crate::lexicon::Classes;

/// The longest stretch a name is looked for in.
const LONGEST: usize = 300;

/// The words that compare, directly before a number.
pub(super) fn compare_before(page: &Page<'_>, start: usize, floor: usize) -> (usize, Classes) {
    let (mut at, mut classes) = (start, 0);
    loop {
        if let Some(word) = page.before(at, words::BEFORE).filter(|word| word.start >= floor) {
            at = word.start;
            classes |= word.classes & words::BEFORE;
            continue;
        }
        // by at least a third
        match page.before(at, words::DETERMINER).filter(|word| word.start >= floor) {
            Some(word) => at = word.start,
            None => return (at, classes),
        }
    }
}

pub(super) fn compare_after(page: &Page<'_>, end: usize) -> (usize, Classes) {
    match page.at(page.skip(end), words::AFTER) {
        Some(word) => (word.end, word.classes & words::AFTER),
        None => (end, 0),
    }
}

pub(super) struct Clause<'a> {
    pub(super) page: &'a Page<'a>,
    pub(super) sentence: &'a Sentence<'a>,
    marks: &'a [Mark],
    pub(super) start: usize,
    pub(super) end: usize,
    inherited: Option<Word>,
    verbs: Vec<Word>,
}

/// The verbs among the marks of a clause.
fn verbs(page: &Page<'_>, marks: &[Mark], start: usize) -> Vec<Word> {
    let all = || marks.iter().filter_map(|mark| if let Mark::Verb(word) = mark { Some(*word) } else { None });
    let strong = all().find(|word| word.is(words::UP | words::DOWN | words::MAKE | words::MULTIPLY)).map_or(usize::MAX, |word| word.start);
    let verb = |word: &Word| {
        // raise forest cover: behind a verb that acts, what only measures is a noun.
        let measures = word.is(words::REACH) && !word.is(words::STATIVE | words::UP | words::DOWN | words::MAKE);
        if measures && word.start > strong && page.before(word.start, words::AND | words::INTENT).is_none() {
            return false;
        }
        // A verb behind an article is a noun, and so is a rise behind its number.
        let noun = page.before(word.start, words::DETERMINER).is_some_and(|article| article.start >= start);
        let counted = |mark: &Mark| matches!(mark, Mark::Quantity(quantity) if page.skip(quantity.end) == word.start);
        !(noun || word.is(words::UP | words::DOWN) && marks.iter().any(counted))
    };
    all().filter(verb).collect()
}

impl<'a> Clause<'a> {
    pub(super) fn new(sentence: &'a Sentence<'a>, marks: &'a [Mark], start: usize, end: usize, inherited: Option<Word>) -> Self {
        Self { page: sentence.page, sentence, marks, start, end, inherited, verbs: verbs(sentence.page, marks, start) }
    }

    pub(super) fn verbs(&self) -> impl Iterator<Item = Word> + '_ {
        self.verbs.iter().copied()
    }

    /// The verb that governs a place: the last before it, or that of the clause before.
    pub(super) fn verb(&self, at: usize) -> Option<Word> {
        let own = self.verbs.iter().rev().filter(|word| word.end <= at);
        // will be raised: the auxiliary gives way to the verb.
        let strong = own.clone().find(|word| !word.is(words::BE | words::STATIVE));
        strong.or(own.clone().next()).copied().or(self.inherited)
    }

    pub(super) fn first_verb(&self) -> Option<Word> {
        self.verbs()
            .find(|word| word.is(words::UP | words::DOWN | words::UP_PAST | words::DOWN_PAST | words::MULTIPLY | words::MULTIPLY_PAST))
    }

    /// Whether a word before a place says that what follows is to be.
    pub(super) fn intends(&self, at: usize) -> bool {
        self.sentence.intent < at
    }

    pub(super) fn modality(&self) -> Option<String> {
        let word = self.sentence.modality.filter(|word| word.start < self.end)?;
        Some(self.page.text(word.start, word.end))
    }

    pub(super) fn times(&self) -> impl Iterator<Item = &Time> + '_ {
        self.marks.iter().filter_map(|mark| if let Mark::Time(time) = mark { Some(time) } else { None })
    }

    pub(super) fn own_time(&self) -> Option<Timing> {
        let own = |by: bool, bare: bool| {
            let fits = |time: &&Time| !time.baseline && time.bare == bare && matches!(time.timing, Timing::In(_)) != by;
            self.times().find(fits).map(|time| time.timing.clone())
        };
        own(true, false).or_else(|| own(false, false)).or_else(|| own(true, true))
    }

    pub(super) fn base_time(&self) -> Option<&Time> {
        self.times().find(|time| time.baseline)
    }

    pub(super) fn each(&self) -> Option<Every> {
        self.marks.iter().find_map(|mark| if let Mark::Each(every, ..) = mark { Some(*every) } else { None })
    }

    /// 30% below 2010 levels.
    pub(super) fn below(&self, end: usize) -> bool {
        self.base_time().is_some_and(|time| self.page.skip(end) == time.start)
    }

    /// A short line is a target of its own: "Unemployment: 5% by 2026".
    pub(super) fn is_short(&self) -> bool {
        self.end - self.start <= 80
    }

    pub(super) fn has_new(&self, quantity: &Quantity) -> bool {
        let next = self.page.skip(quantity.end);
        self.page.at(next, words::MORE).is_some()
    }

    /// "from 2% to 3%": whether a quantity is where the next one starts.
    pub(super) fn is_origin(&self, quantity: &Quantity, next: Option<&Quantity>) -> bool {
        let page = self.page;
        let (left, _) = compare_before(page, quantity.start, self.start);
        let from = page.before(left, words::PREPOSITION).is_some_and(|word| page.text(word.start, word.end).eq_ignore_ascii_case("from"));
        let to = next.is_some_and(|next| {
            let (left, _) = compare_before(page, next.start, quantity.end);
            page.before(left, words::PREPOSITION)
                .is_some_and(|word| word.start >= quantity.end && page.text(word.start, word.end).eq_ignore_ascii_case("to"))
        });
        from && to || from && next.is_none() && self.verbs().all(|verb| verb.end <= quantity.start) && self.before_from(left)
    }

    /// "to 3% … from 2% in 2022": a number behind the one it leads to.
    pub(super) fn before_from(&self, left: usize) -> bool {
        self.marks.iter().any(|mark| matches!(mark, Mark::Quantity(quantity) if quantity.end <= left))
    }

    /// A clause that only says where the number before it starts: "from 2.1% in 2022".
    pub(super) fn baseline(&self, quantity: &Quantity) -> Option<String> {
        let words = self.page.text(self.start, quantity.start).to_ascii_lowercase();
        let starts = [
            "from",
            "up from",
            "down from",
            "compared with",
            "compared to",
            "against",
            "relative to",
            "starting from",
            "currently",
            "baseline",
        ];
        let opens = starts.iter().any(|start| words.trim() == *start || words.trim().starts_with(&format!("{start} ")) && words.len() < 40);
        (opens && self.verbs().all(|verb| verb.is(words::STATIVE))).then(|| self.with_year(quantity))
    }

    /// What stands in brackets behind a number and says where it starts.
    pub(super) fn aside(&self) -> Option<String> {
        let page = self.page;
        let says = page.follow(page.skip(self.start), "baseline").is_some();
        let year_first =
            self.marks.first().is_some_and(|mark| matches!(mark, Mark::Time(time) if page.text(self.start, time.start).is_empty()));
        let counted = self.marks.iter().any(|mark| matches!(mark, Mark::Quantity(_)));
        (says || year_first && counted).then(|| page.text(self.start, self.end))
    }

    /// The quantity with the year that stands behind it.
    pub(super) fn with_year(&self, quantity: &Quantity) -> String {
        let next = self.page.skip(quantity.end);
        let bracket = usize::from(self.page.char(next) == '(');
        let time = self.times().find(|time| time.start == next + bracket);
        self.page.text(quantity.start, time.map_or(quantity.end, |time| time.end + bracket))
    }

    /// A name that ends at a place, without what is not part of it.
    pub(super) fn name(&self, start: usize, end: usize) -> String {
        let page = self.page;
        // No name is longer; what stands further off is not looked at.
        let start = start.max(end.saturating_sub(LONGEST));
        let (mut start, mut end) = (page.skip(start), page.back(end));
        // Times and numbers are no part of a name.
        for mark in within(self.marks, start, end) {
            let outside = !matches!(mark, Mark::Verb(_));
            if outside && mark.start() >= start && mark.end() <= end {
                if mark.start() == start || page.text(start, mark.start()).is_empty() {
                    start = page.skip(mark.end());
                } else {
                    end = page.back(mark.start());
                }
            }
        }
        loop {
            let leading =
                page.at(start, words::DETERMINER | words::MORE | words::INTENT | words::LINKING | words::AND | words::PREPOSITION);
            match leading.filter(|word| word.end <= end) {
                Some(word) => start = page.skip(word.end),
                None => break,
            }
        }
        while let Some(word) = page
            .before(end, words::LINKING | words::PREPOSITION | words::INTENT | words::STATIVE | words::AND)
            .filter(|word| word.start >= start)
        {
            end = page.back(word.start);
        }
        if start >= end {
            return String::new();
        }
        tidy(&page.text(start, end))
    }

    /// What stands behind a number: up to a time, a sign, a verb that acts, or a word that ends names.
    pub(super) fn object(&self, start: usize, limit: usize) -> (String, usize) {
        let page = self.page;
        let start = page.skip(start);
        let mut end = limit.min(self.end).min(start + LONGEST);
        for mark in within(self.marks, start, end) {
            match mark {
                mark if mark.start() >= end => {}
                Mark::Verb(word)
                    if !word.is(words::STATIVE | words::BE | words::REACH_PAST | words::MAKE_PAST | words::HOLD)
                        && self.acts(*word, start) =>
                {
                    end = word.start
                }
                Mark::Verb(_) => {}
                _ => end = mark.start(),
            }
        }
        let stop = (start + 1..end).find(|at| page.at(*at, words::STOP | words::AFTER).is_some());
        let end = page.back(stop.unwrap_or(end));
        if start >= end {
            return (String::new(), start);
        }
        let text = self.name(start, end);
        (
            text.split(' ')
                .filter(|word| !matches!(*word, "are" | "is" | "be" | "should" | "will" | "must" | "shall"))
                .collect::<Vec<_>>()
                .join(" "),
            end,
        )
    }

    /// Whether a word among those of a name is a verb there: behind "to" or "and", or first.
    pub(super) fn acts(&self, word: Word, start: usize) -> bool {
        self.page.before(word.start, words::AND | words::INTENT).is_some_and(|before| before.start >= start)
    }
}

fn tidy(name: &str) -> String {
    name.trim_matches(|c: char| !(c.is_alphanumeric() || matches!(c, ')' | '%' | '(' | '"' | '”'))).to_owned()
}
