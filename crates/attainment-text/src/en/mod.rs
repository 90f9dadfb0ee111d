//! The English grammar: small, and a second one beside the Chinese.
//!
//! It reads sentences that say what is to be done to what, to which number, by when: a verb, a name,
//! a quantity, a time, in any of the orders English has for them.

mod item;
mod parts;
mod scan;
mod sentence;
mod time;
mod words;

use crate::found::Found;
use crate::grammar::Grammar;
use crate::options::ExtractOptions;
use crate::shadow::{Block, Lines};

pub(crate) use item::Reader;
use words::Page;

/// How English policy texts are read.
#[derive(Debug)]
pub(crate) struct English;

impl Grammar for English {
    type Reader = Reader;

    fn reader(_: &str, options: &ExtractOptions) -> Reader {
        Reader::new(options)
    }

    fn read(reader: &mut Reader, block: &Block, found: &mut Found) {
        reader.read(block, found);
    }
}

impl Lines for English {
    fn opens(&self, line: &[char]) -> bool {
        marker(line) > 0
    }

    fn is_heading(&self, line: &[char]) -> bool {
        is_heading(line)
    }

    fn follows_digits(&self, rest: &[char]) -> bool {
        let block = Block { chars: rest.to_vec(), at: (0..rest.len() as u32).collect(), ..Block::default() };
        let page = Page::new(&block);
        page.at(page.skip(0), words::PERCENT | words::POINTS | words::SCALE | words::PHYSICAL | words::MONEY).is_some()
    }

    fn asks_for_number(&self, line: &[char]) -> bool {
        let tail: Vec<char> = line.iter().skip(line.len().saturating_sub(40)).copied().collect();
        let block = Block { at: (0..tail.len() as u32).collect(), chars: tail, ..Block::default() };
        Page::new(&block).before(block.chars.len(), words::PREPOSITION | words::BEFORE).is_some()
    }
}

/// How long the bullet or the number of a list is that a line begins with.
fn marker(line: &[char]) -> usize {
    let char = |at: usize| line.get(at).copied().unwrap_or('\0');
    let digits = line.iter().take(3).take_while(|c| c.is_ascii_digit()).count();
    let letter = |at: usize| char(at).is_ascii_alphabetic();
    match char(0) {
        '•' | '●' | '■' | '◆' | '▪' | '‣' | '*' | '·' => 1,
        '-' if char(1) == ' ' || char(1).is_alphabetic() => 1,
        '(' if letter(1) && char(2) == ')' => 3,
        _ if digits > 0 && matches!(char(digits), '.' | ')') && !char(digits + 1).is_ascii_digit() => digits + 1,
        _ if letter(0) && char(1) == ')' => 2,
        _ => 0,
    }
}

/// A short line that ends without a sign.
fn is_heading(line: &[char]) -> bool {
    let last = line.last().copied().unwrap_or_default();
    !line.is_empty() && line.len() <= 70 && (last.is_alphanumeric() || matches!(last, ')' | '%'))
}
