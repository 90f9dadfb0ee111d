//! The shadow of a text: paragraphs of folded characters, each of which knows where it stands.
//!
//! Full-width forms, typographic dashes and spaces are folded, lines that break inside a sentence
//! are joined, and the numbers of pages are left out, without losing a single offset.

use attainment::Code;

use crate::found::{Notes, msg};

/// One paragraph.
#[derive(Debug, Default)]
pub(crate) struct Block {
    /// The characters, folded.
    pub(crate) chars: Vec<char>,
    /// The place of each in the text, in code points.
    pub(crate) at: Vec<u32>,
    /// Which paragraph of the text it is, from 0.
    pub(crate) number: usize,
    /// Of a row of a table the cells; empty for prose.
    pub(crate) cells: Vec<(usize, usize)>,
}

impl Block {
    /// The character at a place, NUL beyond the ends.
    pub(crate) fn char(&self, at: usize) -> char {
        self.chars.get(at).copied().unwrap_or('\0')
    }

    /// The characters of a range; empty where it reaches beyond the end.
    pub(crate) fn slice(&self, start: usize, end: usize) -> &[char] {
        self.chars.get(start..end.min(self.chars.len())).unwrap_or_default()
    }

    /// Whether a word stands at a place.
    pub(crate) fn is(&self, at: usize, word: &str) -> bool {
        word.chars().zip(at..).all(|(letter, at)| self.char(at) == letter)
    }

    /// Whether one of these words stands at a place.
    pub(crate) fn is_any(&self, at: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(at, word))
    }

    /// Whether a word stands between two places.
    pub(crate) fn has(&self, start: usize, end: usize, word: &str) -> bool {
        (start..end).any(|at| self.is(at, word) && at + word.chars().count() <= end)
    }

    /// Whether a range is one of these words.
    pub(crate) fn equals(&self, start: usize, end: usize, words: &[&str]) -> bool {
        words.iter().any(|word| self.is(start, word) && start + word.chars().count() == end)
    }

    /// The range as text.
    pub(crate) fn text(&self, start: usize, end: usize) -> String {
        let chars = self.slice(start, end);
        let mut text = String::with_capacity(3 * chars.len());
        text.extend(chars);
        text
    }

    /// The code points a range covers in the text.
    pub(crate) fn span(&self, start: usize, end: usize) -> (u32, u32) {
        let first = self.at.get(start).copied().unwrap_or_default();
        let last = end.checked_sub(1).and_then(|last| self.at.get(last)).map_or(first, |last| last + 1);
        (first, last.max(first))
    }

    /// The cells of a row, folded, each between two signs `|`.
    fn push_row(&mut self, line: &str, start: u32, style: Style) {
        let mut open = self.chars.len();
        let mut blank = 0;
        for (at, raw) in (start..).zip(line.chars()) {
            let c = fold(raw);
            let separates = match style {
                Style::Tab => raw == '\t',
                Style::Pipe => matches!(raw, '|' | '｜' | '│' | '┃'),
                Style::Space => c == ' ' && self.chars.len() > open,
            };
            if separates {
                self.cells.push((open, self.chars.len()));
                self.chars.push('|');
                self.at.push(at);
                (open, blank) = (self.chars.len(), 0);
            } else if c == ' ' {
                blank += 1;
            } else if c != '\0' {
                let latin = self.chars.last().is_some_and(char::is_ascii_alphanumeric) && c.is_ascii_alphanumeric();
                if blank > 0 && latin && self.chars.len() > open {
                    self.chars.push(' ');
                    self.at.push(at - 1);
                }
                blank = 0;
                self.chars.push(c);
                self.at.push(at);
            }
        }
        self.cells.push((open, self.chars.len()));
    }

    /// A line as one cell.
    fn push_cell(&mut self, line: &str, start: u32) {
        if !self.cells.is_empty() {
            self.chars.push('|');
            self.at.push(start.saturating_sub(1));
        }
        let open = self.chars.len();
        for (at, c) in (start..).zip(line.chars().map(fold)).filter(|(_, c)| !matches!(c, ' ' | '\0')) {
            self.chars.push(c);
            self.at.push(at);
        }
        self.cells.push((open, self.chars.len()));
    }

    /// Characters of a line, folded, are put behind; spaces that only PDF or typing put between
    /// Chinese characters are dropped.
    fn push_line(&mut self, line: &str, start: u32) {
        let mut spaces = 0;
        self.chars.reserve(line.len() / 3);
        self.at.reserve(line.len() / 3);
        for (at, raw) in (start..).zip(line.chars()) {
            let c = fold(raw);
            if c == ' ' {
                spaces += 1;
                continue;
            }
            if c == '\0' {
                continue;
            }
            if spaces > 0 && !self.chars.is_empty() {
                let before = self.chars.last().copied().unwrap_or('\0');
                if spaces > 1 || before.is_ascii_alphanumeric() && c.is_ascii_alphanumeric() {
                    self.chars.push(' ');
                    self.at.push(at - 1);
                }
            }
            spaces = 0;
            self.chars.push(c);
            self.at.push(at);
        }
    }
}

/// The character that the grammar sees; NUL for one it does not see at all.
pub(crate) fn fold(c: char) -> char {
    match c {
        '\u{4e00}'..='\u{9fff}' | '0'..='9' => c,
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\t' | '\r' | '\u{3000}' | '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}' => ' ',
        '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}' | '\u{ad}' => '\0',
        '∶' | '︰' | '﹕' | '꞉' | '˸' => ':',
        '﹒' | '․' => '.',
        '﹪' | '٪' => '%',
        '–' | '—' | '―' | '−' | '‐' | '‑' | '─' | '⁓' | '﹣' => '-',
        '∼' | '〜' | '˜' => '~',
        '≧' | '⩾' => '≥',
        '≦' | '⩽' => '≤',
        '﹥' => '>',
        '﹤' => '<',
        '﹐' => ',',
        '﹔' => ';',
        '﹙' => '(',
        '﹚' => ')',
        '◯' => '○',
        c if c.is_control() => ' ',
        c => c,
    }
}

/// How the cells of a row are kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    Tab,
    Pipe,
    Space,
}

/// What a line of a table holds whose cells stand each on a line of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    /// A name, or a part of one.
    Name,
    /// A value, or the sign that there is none.
    Value,
    /// A unit in a column of its own.
    Unit,
    /// What closes a row: 预期性.
    Nature,
    /// Text that is no part of a table.
    Other,
}

/// The longest head that is looked for, in lines.
const HEAD_LINES: usize = 10;

/// What a language must say so that lines can be joined.
pub(crate) trait Lines {
    /// Whether a paragraph can begin here: the number of a heading, a bullet.
    fn opens(&self, line: &[char]) -> bool;
    /// Whether a short line is a heading or a title.
    fn is_heading(&self, line: &[char]) -> bool;
    /// Whether what follows digits makes a quantity, a date or a number of a list of them.
    fn follows_digits(&self, rest: &[char]) -> bool;
    /// Whether the words before ask for a number.
    fn asks_for_number(&self, line: &[char]) -> bool;
    /// Whether a line with spaces between its words is the head of a table.
    fn is_table_head(&self, _line: &str) -> bool {
        false
    }
    /// How many of these lines are the head of a table whose cells stand each on a line of its own,
    /// and whether a last cell closes its rows.
    fn stacked_head(&self, _lines: &[&str]) -> Option<(usize, bool)> {
        None
    }
    /// What a line of such a table holds.
    fn stacked_cell(&self, _line: &str) -> Cell {
        Cell::Other
    }
    /// Whether a line is a whole table, with spaces between its cells.
    fn is_flat_table(_line: &str) -> bool {
        false
    }
    /// Whether a line below such a head is a row.
    fn is_table_row(&self, _line: &str) -> bool {
        false
    }
}

/// The paragraphs of a text, one after the other.
pub(crate) struct Blocks<'a, L> {
    lines: std::iter::Peekable<LineIter<'a>>,
    language: &'a L,
    widest: usize,
    page: u32,
    number: usize,
    /// Whether the text has tabs and bars at all.
    tabs: bool,
    bars: bool,
    /// Below the head of a table whose cells are kept apart by spaces.
    spaced: bool,
    /// Below the head of a table with a line for each cell: whether a last cell closes its rows.
    stacked: Option<bool>,
}

impl<'a, L: Lines> Blocks<'a, L> {
    pub(crate) fn new(text: &'a str, language: &'a L) -> Self {
        // Where no line is long, lines break where the page ends, headings included.
        let widest = text.lines().map(|line| line.trim().chars().take(200).count()).max().unwrap_or(0);
        Self {
            lines: LineIter { rest: text, at: 0, flat: L::is_flat_table, flat_left: None }.peekable(),
            language,
            widest,
            page: 0,
            number: 0,
            tabs: text.contains('\t'),
            bars: ['|', '｜', '│', '┃'].iter().any(|bar| text.contains(*bar)),
            spaced: false,
            stacked: None,
        }
    }

    /// The next paragraph that is not empty.
    pub(crate) fn next(&mut self, notes: &mut Notes) -> Option<Block> {
        if let Some(block) = self.stacked_row().or_else(|| self.stacked_head()) {
            self.number += 1;
            return Some(block);
        }
        let mut block = Block { number: self.number, ..Block::default() };
        while block.chars.is_empty() {
            let (line, start) = self.lines.next()?;
            if is_page_line(line) {
                self.skip_page(line, start, notes);
                continue;
            }
            if let Some(style) = self.style(line) {
                self.spaced = style == Style::Space;
                block.push_row(line, start, style);
                if block.chars.iter().any(|c| *c != '|') {
                    self.number += 1;
                    return Some(block);
                }
                block = Block { number: self.number, ..Block::default() };
                continue;
            }
            // The name of a group of rows stands alone.
            let group = self.spaced && line.trim().chars().count() <= 8;
            self.spaced &= group || line.trim().is_empty();
            block.push_line(line, start);
            if group && !block.chars.is_empty() {
                self.number += 1;
                return Some(block);
            }
        }
        self.number += 1;
        let mut last_line = 0;
        loop {
            // A blank line ends the paragraph, unless only the end of a page lies between.
            let (mut blank, mut page) = (false, false);
            while let Some((line, start)) = self.lines.peek().copied() {
                if line.trim().is_empty() {
                    blank = true;
                } else if is_page_line(line)
                    && (self.number_follows() || !self.language.asks_for_number(&block.chars) && !self.unit_follows())
                {
                    page = true;
                    self.skip_page(line, start, notes);
                } else {
                    break;
                }
                self.lines.next();
            }
            let Some((line, start)) = self.lines.peek().copied() else { return Some(block) };
            if self.style(line).is_some() || self.head_ahead().is_some() {
                return Some(block);
            }
            let mut next = Block::default();
            next.push_line(line, start);
            if !self.joins(&block, last_line, &next, blank && !page) {
                return Some(block);
            }
            self.lines.next();
            self.drop_trailing_page(&mut block, &next, notes);
            let skip = self.leading_page(&next, notes);
            last_line = block.chars.len();
            let (Some(chars), Some(at)) = (next.chars.get(skip..), next.at.get(skip..)) else { continue };
            if let (Some(first), Some(&place)) = (chars.first(), at.first()) {
                if block.chars.last().is_some_and(char::is_ascii_alphabetic) && first.is_ascii_alphabetic() {
                    block.chars.push(' ');
                    block.at.push(place.saturating_sub(1));
                }
                notes.add(Code::LineJoined, (place, place + 1), || {
                    (msg!("a line breaks inside a sentence and was joined", "句中换行，已接续"), None)
                });
            }
            block.chars.extend_from_slice(chars);
            block.at.extend_from_slice(at);
        }
    }

    /// The head of a table whose cells stand each on a line of its own.
    fn stacked_head(&mut self) -> Option<Block> {
        let (count, closed) = self.head_ahead()?;
        self.stacked = Some(closed);
        let mut block = Block { number: self.number, ..Block::default() };
        for (line, start) in self.lines.by_ref().take(count).filter(|(line, _)| !line.trim().is_empty()) {
            block.push_cell(line, start);
        }
        Some(block)
    }

    /// How many lines such a head takes that begins at the next line, and whether it names what closes a row.
    fn head_ahead(&mut self) -> Option<(usize, bool)> {
        let (first, _) = self.lines.peek()?;
        if first.is_empty() || first.len() > 36 {
            return None;
        }
        let mut lines = Vec::with_capacity(HEAD_LINES);
        let ahead = self.lines.clone().take(2 * HEAD_LINES).enumerate().filter(|(_, (line, _))| !line.trim().is_empty());
        // Where words and years are far, this is prose: two lines are enough to tell.
        for (at, (line, _)) in ahead.take(HEAD_LINES) {
            if line.len() > 48 {
                break;
            }
            lines.push((at, line.chars().map(fold).filter(|c| !matches!(c, ' ' | '\0')).collect::<String>()));
        }
        let cells: Vec<&str> = lines.iter().map(|(_, cell)| cell.as_str()).collect();
        let (count, closed) = self.language.stacked_head(&cells)?;
        lines.get(count.checked_sub(1)?).map(|(at, _)| (at + 1, closed))
    }

    /// A row below such a head.
    fn stacked_row(&mut self) -> Option<Block> {
        let closed = self.stacked?;
        let mut block = Block { number: self.number, ..Block::default() };
        let (mut names, mut values) = (0, 0);
        while let Some((line, start)) = self.lines.peek().copied() {
            if line.trim().is_empty() {
                self.lines.next();
                continue;
            }
            match self.language.stacked_cell(line.trim()) {
                Cell::Other => {
                    self.stacked = None;
                    break;
                }
                // Behind a value only what closes the row tells a name from words in place of a value.
                Cell::Name if values > 0 && (!closed || block.cells.len() > HEAD_LINES) => break,
                Cell::Name if values > 0 => {}
                Cell::Name => names += 1,
                Cell::Value => values += usize::from(names > 0),
                Cell::Unit => {}
                Cell::Nature => {
                    self.lines.next();
                    block.push_cell(line, start);
                    break;
                }
            }
            self.lines.next();
            block.push_cell(line, start);
            // 经济发展 above the names of its indicators is a group of them.
            if let (2, 0, Some((0, end))) = (names, values, block.cells.first())
                && *end <= 6
            {
                let from = end + 1;
                block.chars.drain(..from);
                block.at.drain(..from);
                block.cells.remove(0);
                for cell in &mut block.cells {
                    *cell = (cell.0 - from, cell.1 - from);
                }
                names = 1;
            }
        }
        (!block.cells.is_empty()).then_some(block)
    }

    /// Whether the line after a bare number begins with a quantity of its own.
    fn number_follows(&self) -> bool {
        let mut ahead = self.lines.clone();
        ahead.next();
        let Some((line, _)) = ahead.find(|(line, _)| !line.trim().is_empty()) else { return false };
        let line: Vec<char> = line.trim().chars().take(16).map(fold).filter(|c| *c != ' ').collect();
        let digits = line.iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
        digits > 0 && self.language.follows_digits(line.get(digits..).unwrap_or_default())
    }

    /// Whether the line after a bare number goes on with a unit.
    fn unit_follows(&self) -> bool {
        let mut ahead = self.lines.clone();
        ahead.next();
        let next = ahead.find(|(line, _)| !line.trim().is_empty());
        let Some((line, start)) = next else { return false };
        let mut block = Block::default();
        let head: String = line.trim().chars().take(12).collect();
        block.push_line(&head, start);
        self.language.follows_digits(&block.chars)
    }

    /// Whether a line is a row of a table, and how its cells are kept apart.
    fn style(&self, line: &str) -> Option<Style> {
        let bytes = line.as_bytes();
        let count = |sign: u8| if bytes.contains(&sign) { bytes.iter().filter(|byte| **byte == sign).count() } else { 0 };
        if self.tabs && count(b'\t') >= 2 && !line.trim_start().is_empty() && line.trim().contains('\t') {
            return Some(Style::Tab);
        }
        if self.bars && (count(b'|') >= 3 || line.matches(['｜', '│', '┃']).count() >= 3) {
            return Some(Style::Pipe);
        }
        let row = if self.spaced { self.language.is_table_row(line) } else { false };
        (row || self.language.is_table_head(line)).then_some(Style::Space)
    }

    fn joins(&self, block: &Block, last_line: usize, next: &Block, blank: bool) -> bool {
        let (Some(&last), Some(first)) = (block.chars.last(), next.chars.first()) else { return false };
        if matches!(last, '。' | ';' | '!' | '?' | ':' | '|' | '】') || matches!(first, '【' | '|') || self.language.opens(&next.chars) {
            return false;
        }
        if blank {
            return matches!(last, ',' | '、');
        }
        let line = block.slice(last_line, block.chars.len());
        if last_line == 0 && self.language.is_heading(line) {
            return self.widest <= 60 && line.len() * 10 >= self.widest * 8;
        }
        true
    }

    fn skip_page(&mut self, line: &str, start: u32, notes: &mut Notes) {
        let digits: String = line.chars().map(fold).skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        if let Ok(page) = digits.parse::<u32>() {
            self.page = page;
            let lead = line.chars().take_while(|c| c.is_whitespace()).count() as u32;
            let span = (start + lead, start + lead + line.trim().chars().count() as u32);
            notes.add(Code::PageNumberSkipped, span, || (msg!("`{}` was read as the number of a page", "`{}`按页码略去", digits), None));
        }
    }

    /// How many characters at the start of a line are the number of a page.
    fn leading_page(&mut self, next: &Block, notes: &mut Notes) -> usize {
        let digits = next.chars.iter().take_while(|c| c.is_ascii_digit()).count();
        let rest = next.slice(digits, next.chars.len());
        let value = next.text(0, digits).parse::<u32>().unwrap_or(0);
        let letter = rest.first().is_some_and(|c| is_han(*c));
        if !(1..=3).contains(&digits) || !letter || value <= self.page || self.language.follows_digits(rest) {
            return 0;
        }
        self.page = value;
        notes.add(Code::PageNumberSkipped, next.span(0, digits), || {
            (msg!("`{}` was read as the number of a page", "`{}`按页码略去", value), None)
        });
        digits
    }

    /// Takes the number of a page off the end of a paragraph that goes on.
    fn drop_trailing_page(&mut self, block: &mut Block, next: &Block, notes: &mut Notes) {
        let digits = block.chars.iter().rev().take(4).take_while(|c| c.is_ascii_digit()).count();
        let keep = block.chars.len() - digits;
        // 奶牛存栏达到51 / 50万头: the first is the page, the second has the unit.
        let count = next.chars.iter().take_while(|c| c.is_ascii_digit() || **c == '.').count();
        let doubled = count > 0 && count != 3 && self.language.follows_digits(next.slice(count, next.chars.len()));
        let page = block.text(keep, block.chars.len()).parse::<u32>().unwrap_or(0);
        let follows = self.page > 0 && (self.page + 1..self.page + 4).contains(&page);
        if (1..=3).contains(&digits) && doubled && follows && keep.checked_sub(1).is_some_and(|at| is_han(block.char(at))) {
            let (span, text) = (block.span(keep, block.chars.len()), block.text(keep, block.chars.len()));
            notes.add(Code::PageNumberSkipped, span, || (msg!("`{}` was read as the number of a page", "`{}`按页码略去", text), None));
            self.page = page;
            block.chars.truncate(keep);
            block.at.truncate(keep);
            return;
        }
        let punctuation = keep.checked_sub(1).is_some_and(|at| matches!(block.char(at), ',' | '、'));
        if !(1..=3).contains(&digits) || !punctuation || self.language.follows_digits(&next.chars) {
            return;
        }
        if !next.chars.first().is_some_and(|c| is_han(*c)) {
            return;
        }
        let span = block.span(keep, block.chars.len());
        let text = block.text(keep, block.chars.len());
        notes.add(Code::PageNumberSkipped, span, || (msg!("`{}` was read as the number of a page", "`{}`按页码略去", text), None));
        block.chars.truncate(keep);
        block.at.truncate(keep);
    }
}

/// A Chinese character.
pub(crate) fn is_han(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '〇' | '\u{20000}'..='\u{3134f}')
}

/// A line that holds nothing but the number of a page, or the point that stands below it.
fn is_page_line(line: &str) -> bool {
    let line = line.trim();
    if line.is_empty() || line.len() > 24 {
        return false;
    }
    let chars: Vec<char> = line.chars().map(fold).filter(|c| *c != ' ' && *c != '\0').collect();
    let digits = chars.iter().filter(|c| c.is_ascii_digit()).count();
    let rest: String = chars.iter().filter(|c| !c.is_ascii_digit()).collect();
    match rest.as_str() {
        "." => digits == 0,
        "" | "-" | "--" | "----" | "·" | "··" | "第页" | "/" => (1..=3).contains(&digits) || rest == "/" && (2..=6).contains(&digits),
        "第页共页" | "第页,共页" | "第页/共页" => digits > 0,
        _ => false,
    }
}

/// Lines with the code point they start at; of a line that is a whole table, its cells.
#[derive(Clone)]
struct LineIter<'a> {
    rest: &'a str,
    at: u32,
    flat: fn(&str) -> bool,
    /// Bytes left of such a line, while its cells are given out.
    flat_left: Option<usize>,
}

impl<'a> Iterator for LineIter<'a> {
    type Item = (&'a str, u32);

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        // The end of a flat table is known; to look for it at every cell would take the square of its length.
        let (mut line, mut rest) = match self.flat_left {
            Some(left) => (self.rest.get(..left).unwrap_or(self.rest), ""),
            None => self.rest.split_once(['\n', '\u{c}', '\u{2028}', '\u{2029}']).unwrap_or((self.rest, "")),
        };
        if self.flat_left.is_none() && line.len() > 60 && (self.flat)(line) {
            self.flat_left = Some(line.len());
        }
        if let Some(left) = self.flat_left {
            // The signs that separate cells and lines take one code point each.
            let cell = line.split_once([' ', '\u{3000}']).map_or(line, |(cell, _)| cell);
            let width = self.rest.get(cell.len()..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
            rest = self.rest.get(cell.len() + width..).unwrap_or("");
            line = cell;
            self.flat_left = left.checked_sub(cell.len() + width);
        }
        let start = self.at;
        self.at += line.chars().count() as u32 + 1;
        self.rest = rest;
        Some((line, start))
    }
}
