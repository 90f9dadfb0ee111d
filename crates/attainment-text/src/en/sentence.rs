//! Paragraphs become sentences, sentences clauses.

use super::parts::compare_before;
use super::scan::{self, Mark};
use super::words::{self, Page, Word};
use crate::draft::Timing;

/// What a sentence says before its clauses are read.
pub(super) struct Sentence<'a> {
    pub(super) page: &'a Page<'a>,
    pub(super) start: usize,
    pub(super) marks: Vec<Mark>,
    /// A time that no clause has to itself: it stands first, or is the only one.
    pub(super) time: Option<Timing>,
    /// A time of an earlier sentence of the paragraph.
    pub(super) earlier: Option<Timing>,
    /// The first place that says that what follows is to be.
    pub(super) intent: usize,
    /// The first word that is kept as how firm it is.
    pub(super) modality: Option<Word>,
}

impl<'a> Sentence<'a> {
    pub(super) fn new(page: &'a Page<'a>, start: usize, end: usize, reference: Option<i32>, earlier: Option<Timing>) -> Self {
        let marks = scan::marks(page, start, end, reference);
        let time = sentence_time(&marks);
        let (mut intent, mut modality) = (usize::MAX, None);
        for at in start..end {
            let Some(word) = page.at(at, words::INTENT | words::MODALITY) else { continue };
            if word.is(words::MODALITY) {
                modality = modality.or(Some(word));
            }
            if intent == usize::MAX && intends(page, at) {
                intent = at;
            }
        }
        Self { page, start, marks, time, earlier, intent, modality }
    }
}

/// Whether a word at a place says that what follows is to be; plan-2030 is a name.
fn intends(page: &Page<'_>, at: usize) -> bool {
    let Some(word) = page.at(at, words::INTENT) else { return false };
    let name = page.char(word.end) == '-' || at > 0 && matches!(page.char(at - 1), '/' | '-' | '.') && !page.gap(at);
    let infinitive = || page.at(page.skip(word.end), words::VERB).is_some();
    !name && (page.follow(at, "to").is_none_or(|next| next != page.skip(word.end)) || infinitive())
}

/// The longest stretch that is read as one clause. Prose has none so long; without a bound the time
/// for a text without stops would grow with its square.
const LONGEST: usize = 1000;
/// The most marks in a clause, for the same reason.
const MOST: usize = 100;

/// The time that a whole sentence is about: its first deadline or window.
pub(super) fn sentence_time(marks: &[Mark]) -> Option<Timing> {
    let times = marks.iter().filter_map(|mark| if let Mark::Time(time) = mark { Some(time) } else { None });
    times.filter(|time| !time.baseline && !time.bare).map(|time| time.timing.clone()).find(|timing| !matches!(timing, Timing::In(_)))
}

pub(super) fn first_time(page: &Page<'_>, reference: Option<i32>) -> Option<Timing> {
    sentence_time(&scan::marks(page, 0, page.low.len(), reference)).or_else(|| {
        let marks = scan::marks(page, 0, page.low.len(), reference);
        marks.into_iter().find_map(|mark| if let Mark::Time(time) = mark { Some(time.timing) } else { None })
    })
}

/// Sentences end at a full stop that white space and a capital follow, and at ; ! ?
pub(super) fn sentences(page: &Page<'_>, start: usize) -> Vec<(usize, usize)> {
    let length = page.low.len();
    let (mut out, mut from) = (Vec::new(), start);
    for at in start..length {
        let next = page.block.char(at + 1);
        let ends = match page.char(at) {
            '!' | '?' | '。' | '|' => true,
            '.' => {
                let opens = next.is_uppercase() || next.is_ascii_digit() || matches!(next, '"' | '“' | '(' | '-' | '•');
                (at + 1 == length || page.gap(at + 1) && opens) && page.before(at, words::ABBREVIATION).is_none()
            }
            _ => false,
        };
        if ends {
            out.push((from, at));
            from = at + 1;
        }
    }
    if from < length {
        out.push((from, length));
    }
    out
}

/// Clauses end at signs, and at "and" before a number or a verb.
pub(super) fn clauses(sentence: &Sentence<'_>, end: usize) -> Vec<(usize, usize)> {
    let page = sentence.page;
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    let mut open = false;
    for (nth, mark) in sentence.marks.iter().enumerate() {
        let Mark::Stop(sign, at) = mark else { continue };
        let cut = match sign {
            ',' | ';' => true,
            // A year in brackets interrupts nothing: from 18% (2020) to 9%.
            '(' => {
                let year = matches!(sentence.marks.get(nth + 1), Some(Mark::Time(time)) if time.start == at + 1);
                open = !(year && matches!(sentence.marks.get(nth + 2), Some(Mark::Stop(')', _))));
                open
            }
            ')' => std::mem::take(&mut open),
            _ => false,
        };
        if cut {
            cuts.push((*at, at + 1));
        }
    }
    for mark in &sentence.marks {
        let (Mark::Quantity(_) | Mark::Verb(_)) = mark else { continue };
        let verb = matches!(mark, Mark::Verb(word) if !word.is(words::STATIVE));
        let (at, _) = if verb { (mark.start(), 0) } else { compare_before(page, mark.start(), sentence.start) };
        let at = page.before(at, words::PREPOSITION).filter(|_| !verb).map_or(at, |word| word.start);
        // "between 1 and 3" is one, and so is "and to 3% by 2030" a clause of its own.
        if let Some(word) = page.before(at, words::AND).filter(|word| word.start > sentence.start) {
            cuts.push((word.start, word.end));
        }
    }
    cuts.sort_unstable();
    let (mut out, mut from) = (Vec::new(), sentence.start);
    for (cut, next) in cuts {
        if cut >= from {
            out.push((from, cut));
            from = next;
        }
    }
    out.push((from, end));
    out.retain(|(from, to)| from < to);
    out.into_iter().flat_map(|(from, to)| pieces(sentence, from, to)).collect()
}

/// A clause that is too long to be one, in pieces that cut no mark.
fn pieces(sentence: &Sentence<'_>, from: usize, to: usize) -> Vec<(usize, usize)> {
    let marks = within(&sentence.marks, from, to);
    if to - from <= LONGEST && marks.len() <= MOST {
        return vec![(from, to)];
    }
    let (mut out, mut start, mut count) = (Vec::new(), from, 0);
    let mut last = from;
    for mark in marks {
        if count >= MOST || mark.end() - start > LONGEST {
            out.push((start, last.max(start)));
            (start, count) = (last.max(mark.start().saturating_sub(LONGEST)), 0);
        }
        (last, count) = (mark.end(), count + 1);
    }
    out.push((start, to.min(last + LONGEST)));
    out.retain(|(from, to)| from < to);
    out
}

/// The marks that lie in a range.
pub(super) fn within(marks: &[Mark], from: usize, to: usize) -> &[Mark] {
    let first = marks.partition_point(|mark| mark.start() < from);
    let rest = marks.get(first..).unwrap_or_default();
    let count = rest.partition_point(|mark| mark.end() <= to);
    rest.get(..count).unwrap_or_default()
}
