//! Where clauses begin and end, and what stands directly behind a quantity.

use super::scan::{self, Mark};
use super::words::{self, WORDS};
use crate::lexicon::Classes;
use crate::shadow::Block;

/// A part of a sentence with the marks in it.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The number of a heading in front of it: its level.
    pub(super) heading: Option<u8>,
    /// The sign behind it.
    pub(super) stop: char,
    pub(super) marks: std::ops::Range<usize>,
}

/// What stands directly behind a quantity.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct After {
    pub(super) compare: Classes,
    pub(super) end: usize,
}

impl After {
    pub(super) fn read(block: &Block, start: usize, limit: usize) -> Self {
        let mut after = Self { compare: 0, end: start };
        let open = usize::from(block.char(start) == '(');
        if let Some((length, classes)) = WORDS
            .at(&block.chars, start, words::AFTER)
            .or_else(|| if open > 0 { WORDS.at(&block.chars, start + 1, words::AFTER) } else { None })
        {
            // 内 alone stands behind times and places only.
            if start + length <= limit {
                after.compare = classes & words::AFTER;
                after.end = start + length;
            }
        }
        after
    }
}

pub(super) fn skip_signs(block: &Block, mut at: usize) -> usize {
    while scan::is_stop(block.char(at)) && block.char(at) != '(' || matches!(block.char(at), '”' | '》') {
        at += 1;
    }
    at
}

/// The most marks of a clause.
const MARKS: usize = 64;

/// Clauses end at stops; 、 ends one between two quantities, brackets where a quantity stands inside.
pub(super) fn clauses(block: &Block, marks: &[Mark]) -> Vec<Clause> {
    let mut out = Vec::new();
    let skip = |at: usize| match words::marker(block.slice(at, at + 12)).filter(|(level, _)| *level < 6) {
        Some((level, length)) => (at + length, Some(level)),
        None => (at, None),
    };
    let (mut start, mut heading) = skip(0);
    let mut first = 0;
    let has_quantity =
        |range: std::ops::Range<usize>| marks.get(range).unwrap_or_default().iter().any(|mark| matches!(mark, Mark::Quantity(_)));
    let mut closing = None;
    let mut depth = 0_usize;
    // Whether a quantity follows before the next stop, from behind.
    let mut ahead = vec![false; marks.len() + 1];
    for at in (0..marks.len()).rev() {
        let value = match marks.get(at) {
            Some(Mark::Quantity(_)) => true,
            Some(Mark::Stop { sign, .. }) if !matches!(sign, ' ' | '-') => false,
            _ => ahead.get(at + 1).copied().unwrap_or(false),
        };
        if let Some(slot) = ahead.get_mut(at) {
            *slot = value;
        }
    }
    for (at, mark) in marks.iter().enumerate() {
        let Mark::Stop { at: place, sign } = mark else {
            // No clause of a policy holds this many numbers; a bound keeps the work linear.
            if at - first > MARKS && mark.start() > start {
                out.push(Clause { start, heading, end: mark.start(), stop: ' ', marks: first..at });
                ((start, heading), first) = ((mark.start(), None), at);
            }
            continue;
        };
        let next = ahead.get(at + 1).copied().unwrap_or(false);
        let cut = match sign {
            '。' | ';' | '!' | '?' | '#' | '|' => true,
            ',' | ':' => depth == 0 || closing.is_some(),
            '-' => block.char(place + 1) == '-',
            '(' => {
                depth += 1;
                if next {
                    closing = Some(depth)
                };
                next
            }
            ')' => {
                let inside = closing == Some(depth);
                depth = depth.saturating_sub(1);
                if inside {
                    closing = None;
                }
                inside
            }
            '、' => next && has_quantity(first..at) && !distributive(block, start, *place) && !distributes(block, *place),
            _ => false,
        };
        if matches!(sign, '。' | ';') {
            (depth, closing) = (0, None);
        }
        if cut {
            out.push(Clause { start, heading, end: *place, stop: *sign, marks: first..at });
            ((start, heading), first) = (if *sign == '#' { skip(*place) } else { (place + 1, None) }, at + 1);
        }
    }
    out.push(Clause { start, heading, end: block.chars.len(), stop: '\0', marks: first..marks.len() });
    out
}

fn distributive(block: &Block, start: usize, end: usize) -> bool {
    let words = block.slice(start, end);
    words.windows(2).any(|pair| pair == ['分', '别'] || pair == ['依', '次'])
}

/// Whether 分别 follows before the next stop that is no 、.
fn distributes(block: &Block, from: usize) -> bool {
    (from..from + 40).take_while(|at| !matches!(block.char(*at), ',' | '。' | ';' | '\0')).any(|at| block.is(at, "分别"))
}

/// Where the object of a number first quantity ends before the next quantity.
pub(super) fn object_end(block: &Block, start: usize, next: usize) -> usize {
    let between = block.slice(start, next);
    let conjunction = between.iter().rposition(|c| matches!(c, '和' | '及' | '与' | '、' | '并'));
    match conjunction {
        Some(at) if at + 6 >= between.len() => start + at,
        _ => start,
    }
}
