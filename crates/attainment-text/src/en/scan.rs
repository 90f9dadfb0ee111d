//! A sentence becomes marks: quantities, times, verbs and stops.

use super::time::{counts, time, year};
use super::words::{self, Page, Word};
use crate::draft::{Every, Timing};
use crate::number;

/// What the unit of a quantity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    Percent,
    Points,
    /// Money, tonnes, "per 100,000 people".
    Unit,
    /// No unit beside the number: what is counted may follow.
    Bare,
}

#[derive(Clone, Debug)]
pub(super) struct Quantity {
    pub(super) start: usize,
    /// Where the number itself begins and ends.
    pub(super) number: (usize, usize),
    pub(super) end: usize,
    pub(super) value: String,
    pub(super) larger: Option<String>,
    pub(super) unit: Option<String>,
    pub(super) sort: Sort,
}

#[derive(Clone, Debug)]
pub(super) struct Time {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) timing: Timing,
    /// What something is measured from: "below 2010 levels".
    pub(super) baseline: bool,
    /// A year without a word that says what it is.
    pub(super) bare: bool,
}

#[derive(Clone, Debug)]
pub(super) enum Mark {
    Quantity(Quantity),
    Time(Time),
    Each(Every, usize, usize),
    Verb(Word),
    Stop(char, usize),
}

impl Mark {
    pub(super) fn start(&self) -> usize {
        match self {
            Self::Quantity(quantity) => quantity.start,
            Self::Time(time) => time.start,
            Self::Each(_, start, _) | Self::Stop(_, start) => *start,
            Self::Verb(word) => word.start,
        }
    }

    pub(super) fn end(&self) -> usize {
        match self {
            Self::Quantity(quantity) => quantity.end,
            Self::Time(time) => time.end,
            Self::Each(_, _, end) => *end,
            Self::Stop(_, start) => start + 1,
            Self::Verb(word) => word.end,
        }
    }
}

/// The marks of a range, from left to right.
pub(super) fn marks(page: &Page<'_>, start: usize, end: usize, reference: Option<i32>) -> Vec<Mark> {
    let mut out: Vec<Mark> = Vec::new();
    let mut at = start;
    while at < end {
        let c = page.char(at);
        let first = at == 0 || !words::is_letter(page.char(at - 1)) || !words::is_letter(c) || page.gap(at);
        if !first || c == '_' {
            at += 1;
            continue;
        }
        let sign = c.is_ascii_digit() || !c.is_ascii_alphabetic() || c == 'q';
        if !sign && page.at(at, words::MARK).is_none() {
            at += 1;
            continue;
        }
        let floor = out.last().map_or(start, Mark::end);
        let mark = time(page, at, floor, reference)
            .map(Mark::Time)
            .or_else(|| quantity(page, at).map(Mark::Quantity))
            .or_else(|| each(page, at))
            .or_else(|| page.at(at, words::VERB).map(Mark::Verb))
            .or_else(|| matches!(c, ',' | ';' | ':' | '(' | ')' | '/' | '“' | '”' | '"').then_some(Mark::Stop(c, at)));
        match mark {
            Some(mark) => {
                at = mark.end().max(at + 1);
                out.push(mark);
            }
            None if c.is_ascii_digit() => at = number::digits(page.block, at).map_or(at + 1, |number| number.end),
            None => at += 1,
        }
    }
    out
}

fn each(page: &Page<'_>, at: usize) -> Option<Mark> {
    let word = page.at(at, words::EACH)?;
    let every = match () {
        () if word.is(words::EACH_YEAR) => Every::Year,
        () if word.is(words::EACH_QUARTER) => Every::Quarter,
        () if word.is(words::EACH_MONTH) => Every::Month,
        () => Every::Week,
    };
    Some(Mark::Each(every, word.start, word.end))
}

const FIGURES: &[(&str, u32)] = &[
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("fifteen", 15),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

/// Shares in words, in percent. A third is cut off, so that exactly a third is enough of one.
const FRACTIONS: &[(&str, &str)] = &[
    ("two_thirds", "66.6666666666"),
    ("two-thirds", "66.6666666666"),
    ("three_quarters", "75"),
    ("three-quarters", "75"),
    ("one_third", "33.3333333333"),
    ("one-third", "33.3333333333"),
    ("a_third", "33.3333333333"),
    ("one_quarter", "25"),
    ("one-quarter", "25"),
    ("a_quarter", "25"),
    ("one_half", "50"),
    ("one-half", "50"),
    ("a_half", "50"),
    ("half", "50"),
    ("one_fifth", "20"),
    ("one-fifth", "20"),
    ("a_fifth", "20"),
    ("one_tenth", "10"),
    ("one-tenth", "10"),
    ("a_tenth", "10"),
];

fn word<T: Copy>(page: &Page<'_>, at: usize, table: &[(&str, T)]) -> Option<(usize, T)> {
    let fits = |text: &str| text.chars().enumerate().all(|(step, c)| page.char(at + step) == c);
    let (text, value) = table.iter().find(|(text, _)| fits(text) && !words::is_letter(page.char(at + text.chars().count())))?;
    Some((at + text.chars().count(), *value))
}

/// A number in figures or in a word.
pub(super) fn figure(page: &Page<'_>, at: usize) -> Option<(usize, String)> {
    if let Some(number) = number::digits(page.block, at) {
        return Some((number.end, number.value?));
    }
    page.at(at, words::FIGURE)?;
    word(page, at, FIGURES).map(|(end, value)| (end, value.to_string()))
}

pub(super) fn quantity(page: &Page<'_>, at: usize) -> Option<Quantity> {
    if at > 0 {
        let before = page.char(at - 1);
        // G7, CO2 and COVID-19 are names.
        let glued = before == '-' && at > 1 && words::is_letter(page.char(at - 2)) && !page.gap(at);
        if glued || before == '.' && !page.gap(at) || page.before(at, words::LABEL).is_some() {
            return None;
        }
    }
    let fraction = page.at(at, words::FRACTION).and_then(|_| word(page, at, FRACTIONS));
    if let Some((end, value)) = fraction {
        let per_year = page.at(at, words::EACH).is_some();
        return (!per_year).then(|| Quantity {
            start: at,
            number: (at, end),
            end,
            value: value.to_owned(),
            larger: None,
            unit: Some("%".to_owned()),
            sort: Sort::Percent,
        });
    }
    let (currency, from) = currency(page, at);
    let (mut end, value) = figure(page, from)?;
    // Zero is a number behind "to" alone; elsewhere it is part of a name: net zero, zero-emission.
    let to = || page.before(at, words::PREPOSITION).is_some_and(|word| page.follow(word.start, "to").is_some());
    if value == "0" && page.char(from) == 'z' && !to() {
        return None;
    }
    if currency.is_none() && page.char(from).is_ascii_digit() && year(page, from).is_some() && !counts(page, from) {
        return None;
    }
    let mut number = (from, end);
    let (mut scale, after) = scale(page, end, currency.is_some());
    end = after;
    let mut unit = unit(page, end);
    let mut larger = None;
    // 2-3%, 2% to 3%, between 2% and 3%.
    let ahead = page.skip(unit.as_ref().map_or(end, |(_, _, end)| *end));
    if let Some(next) = range_sign(page, ahead, at) {
        let (_, next) = self::currency(page, next);
        if let Some((to, second)) = figure(page, next).filter(|_| year(page, next).is_none()) {
            let bigger = match (value.parse::<attainment::Decimal>(), second.parse::<attainment::Decimal>()) {
                (Ok(low), Ok(high)) => low <= high,
                _ => false,
            };
            if bigger {
                let (second_scale, after) = self::scale(page, to, currency.is_some());
                let second_unit = self::unit(page, after);
                larger = Some(second);
                (scale, end, unit) = (second_scale.or(scale), after, second_unit.or(unit.map(|(sort, text, _)| (sort, text, after))));
                number = (from, to);
            }
        }
    }
    let (sort, name, end) = match unit {
        Some((sort, name, end)) => (sort, Some(name), end),
        None => (Sort::Bare, None, end),
    };
    let parts = [scale, currency.map(str::to_owned), name];
    let name: Vec<String> = parts.into_iter().flatten().collect();
    let sort = if sort == Sort::Bare && currency.is_some() { Sort::Unit } else { sort };
    Some(Quantity { start: at, number, end, value, larger, unit: (!name.is_empty()).then(|| name.join(" ")), sort })
}

fn range_sign(page: &Page<'_>, at: usize, start: usize) -> Option<usize> {
    if matches!(page.char(at), '-' | '~') {
        return Some(page.skip(at + 1));
    }
    let before = page.before(start, words::PREPOSITION).map(|word| page.text(word.start, word.end).to_ascii_lowercase());
    match before.as_deref() {
        Some("between") => page.follow(at, "and"),
        // "from 2% to 3%" is a way and no range.
        Some("from") => None,
        _ => page.follow(at, "to"),
    }
}

fn currency(page: &Page<'_>, at: usize) -> (Option<&'static str>, usize) {
    let sign = match page.char(at) {
        '€' => Some(("EUR", 1)),
        '£' => Some(("GBP", 1)),
        '¥' => Some(("yuan", 1)),
        '$' => Some(("USD", 1)),
        _ => None,
    };
    let code = || {
        let table = [("us$", "USD"), ("usd", "USD"), ("eur", "EUR"), ("gbp", "GBP"), ("rmb", "CNY"), ("cny", "CNY")];
        let fits = |text: &str| text.chars().enumerate().all(|(step, c)| page.char(at + step) == c);
        table.into_iter().find(|(text, _)| fits(text) && (page.char(at + 3) == '_' || page.char(at + 3).is_ascii_digit()))
    };
    match sign {
        Some((name, length)) => (Some(name), page.skip(at + length)),
        None => code().map_or((None, at), |(text, name)| (Some(name), page.skip(at + text.len()))),
    }
}

/// million, billion; a single letter is a scale behind money only.
fn scale(page: &Page<'_>, end: usize, money: bool) -> (Option<String>, usize) {
    let at = page.skip(end);
    let glued = if at == end { glued(page, end) } else { None };
    let Some(word) = glued.or_else(|| page.at(at, words::SCALE)) else { return (None, end) };
    let text = page.text(word.start, word.end).to_ascii_lowercase();
    let name = match text.as_str() {
        "m" | "k" if !money => return (None, end),
        "m" | "mn" => "million",
        "bn" => "billion",
        "tn" => "trillion",
        "k" => "thousand",
        other => other,
    };
    (Some(name.to_owned()), word.end)
}

/// A scale without a space: 2bn. A word does not start there, since figures are letters of it.
fn glued(page: &Page<'_>, at: usize) -> Option<Word> {
    let letters = (at..).take_while(|at| page.char(*at).is_ascii_alphabetic()).count();
    let text: String = page.low.get(at..at + letters)?.iter().collect();
    matches!(text.as_str(), "bn" | "mn" | "m" | "k" | "tn").then_some(Word { start: at, end: at + letters, classes: words::SCALE })
}

fn unit(page: &Page<'_>, end: usize) -> Option<(Sort, String, usize)> {
    let at = page.skip(end);
    if page.char(at) == '%' {
        let next = page.skip(at + 1);
        return match page.at(next, words::POINTS) {
            Some(word) => Some((Sort::Points, "percentage points".to_owned(), word.end)),
            None => Some((Sort::Percent, "%".to_owned(), at + 1)),
        };
    }
    if page.char(at) == '-' && page.at(at + 1, words::PERCENT | words::POINTS).is_some() {
        return unit(page, at + 1);
    }
    // A unit may be glued to its number: 40km.
    let word = page.unit_at(at, words::POINTS | words::PERCENT | words::MONEY | words::PHYSICAL);
    if let Some(word) = word {
        if word.is(words::POINTS) {
            return Some((Sort::Points, "percentage points".to_owned(), word.end));
        }
        if word.is(words::PERCENT) {
            return Some((Sort::Percent, "%".to_owned(), word.end));
        }
        let end = page.at(page.skip(word.end), words::OF_CO2).map_or(word.end, |word| word.end);
        let end = per(page, end).unwrap_or(end);
        return Some((Sort::Unit, page.text(word.start, end), end));
    }
    per(page, end).map(|end| (Sort::Unit, page.text(at, end), end))
}

/// "per 100,000 people", "per capita", "/km2"; not "per year".
fn per(page: &Page<'_>, end: usize) -> Option<usize> {
    let at = page.skip(end);
    let from = page.follow(at, "per").filter(|_| page.at(at, words::EACH).is_none())?;
    let mut to = figure(page, from).map_or(from, |(end, _)| page.skip(end));
    to = page.at(to, words::SCALE).map_or(to, |word| page.skip(word.end));
    let letters = |at: usize| (at..).take_while(|at| words::is_letter(page.char(*at))).count();
    let mut end = to + letters(to);
    // live births, unit of GDP
    let two = ["live_births", "unit_of_gdp", "square_kilometre", "working_day"];
    if let Some(long) = two.iter().find(|text| text.chars().enumerate().all(|(step, c)| page.char(to + step) == c)) {
        end = to + long.len();
    }
    (end > to).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shadow::Block;

    /// The words of the data and the values here are the same.
    #[test]
    fn every_number_in_words_has_a_value() {
        let words = words::entries_of("figure").chain(words::entries_of("fraction"));
        for text in words {
            let chars: Vec<char> = text.replace('_', " ").chars().collect();
            let block = Block { at: (0..chars.len() as u32).collect(), chars, ..Block::default() };
            let page = Page::new(&block);
            assert!(word(&page, 0, FIGURES).is_some() || word(&page, 0, FRACTIONS).is_some(), "{text}");
        }
        let known: Vec<&str> = words::entries_of("figure").chain(words::entries_of("fraction")).collect();
        assert!(FIGURES.iter().map(|(text, _)| text).chain(FRACTIONS.iter().map(|(text, _)| text)).all(|text| known.contains(text)));
    }
}
