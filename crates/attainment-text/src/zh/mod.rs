//! The Chinese grammar.

mod clause;
mod item;
mod list;
mod measure;
mod name;
mod part;
mod plain;
mod reader;
mod rule;
mod scan;
mod scope;
mod table;
mod time;
pub(crate) mod words;

use crate::found::Found;
use crate::grammar::Grammar;
use crate::options::ExtractOptions;
use crate::shadow::{Block, Cell, Lines, is_han};

pub(crate) use reader::Reader;
use words::WORDS;

/// How Chinese policy texts are read.
#[derive(Debug)]
pub(crate) struct Chinese;

impl Grammar for Chinese {
    type Reader = Reader;

    fn reader(text: &str, options: &ExtractOptions) -> Reader {
        Reader::new(text, options)
    }

    fn read(reader: &mut Reader, block: &Block, found: &mut Found) {
        reader.read(block, found);
    }

    fn finish(reader: &mut Reader, found: &mut Found) {
        reader.finish(found);
    }
}

impl Lines for Chinese {
    fn opens(&self, line: &[char]) -> bool {
        words::marker(line).is_some()
    }

    fn is_heading(&self, line: &[char]) -> bool {
        words::is_heading(line)
    }

    fn follows_digits(&self, rest: &[char]) -> bool {
        let skip = usize::from(rest.first().is_some_and(|c| matches!(c, '余' | '多')));
        matches!(rest.first(), Some('.' | ',' | '、' | ')' | '%' | '-' | '~' | ':' | '/' | '月' | '日' | '年' | '号' | '至' | '到'))
            || WORDS.at(rest, skip, words::UNIT | words::SCALE).is_some()
    }

    fn is_table_head(&self, line: &str) -> bool {
        table::is_head(line)
    }

    fn stacked_head(&self, lines: &[&str]) -> Option<(usize, bool)> {
        table::stacked_head(lines)
    }

    fn stacked_cell(&self, line: &str) -> Cell {
        table::stacked_cell(line)
    }

    fn is_flat_table(line: &str) -> bool {
        table::is_flat(line)
    }

    fn is_table_row(&self, line: &str) -> bool {
        table::is_row(line)
    }

    fn asks_for_number(&self, line: &[char]) -> bool {
        WORDS.before(line, line.len(), words::REACH | words::GROWTH | words::FALL | words::BEFORE | words::DOWN_TO | words::NEW).is_some()
            || line.last().is_some_and(|c| !is_han(*c) && !matches!(c, ',' | '、' | ')' | '”'))
    }
}
