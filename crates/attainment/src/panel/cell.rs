//! A cell that holds a value, read.

use rust_decimal::Decimal;

use crate::column::Cell;
use crate::number::{NumberError, decimal_from_f64, is_masked, parse_decimal, split_number};
use crate::plan::ValueIs;
use crate::text::fold_width;
use crate::unit::Unit;

/// What was observed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Reading {
    Number(Decimal),
    Word(String),
    Missing,
}

/// A value cell, understood.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ValueCell {
    pub(crate) reading: Reading,
    pub(crate) is: ValueIs,
    pub(crate) unit: Option<Unit>,
    /// Flag letters that stand behind the number, as Eurostat prints them.
    pub(crate) flags: String,
}

/// Ways of writing that there is no value.
const MISSING: &[&str] = &[
    "", "…", "……", "...", "..", ".", "—", "——", "–", "-", "--", ":", "NA", "N/A", "n/a", "na", "null", "NULL", "None", "none", "缺", "无",
    "/", "*",
];

/// Reads a value cell.
///
/// Missing codes are missing. A number may have a unit (`1.2亿元`), a flag (`2.07 p`), or a word
/// that says how far it can be taken at its word: 约 and 近, 余 and 多, 以上, 预计. Text that does not
/// start with a number is a word: an answer to a yes/no or judgement indicator.
pub(crate) fn read_value(cell: &Cell) -> Result<ValueCell, NumberError> {
    let plain = |reading| ValueCell { reading, is: ValueIs::Exact, unit: None, flags: String::new() };
    match cell {
        Cell::Empty => return Ok(plain(Reading::Missing)),
        Cell::Int(value) => return Ok(plain(Reading::Number((*value).into()))),
        Cell::Float(value) if value.is_nan() => return Ok(plain(Reading::Missing)),
        Cell::Float(value) => return decimal_from_f64(*value).map(|value| plain(Reading::Number(value))),
        Cell::Decimal(value) => return Ok(plain(Reading::Number(*value))),
        Cell::Bool(_) => return Ok(plain(Reading::Word(cell.text().into_owned()))),
        Cell::Text(_) => {}
    }
    let folded = fold_width(&cell.text());
    if MISSING.contains(&folded.as_str()) {
        return Ok(plain(Reading::Missing));
    }
    // Eurostat: `: c` is missing because it is confidential.
    if let Some(flags) = folded.strip_prefix(':').map(str::trim).filter(|flags| is_flags(flags)) {
        return Ok(ValueCell { flags: flags.to_owned(), ..plain(Reading::Missing) });
    }
    let lower = folded.to_ascii_lowercase();
    match lower.as_str() {
        "yes" | "true" | "是" => return Ok(plain(Reading::Word("yes".to_owned()))),
        "no" | "false" | "否" => return Ok(plain(Reading::Word("no".to_owned()))),
        "nan" | "inf" | "-inf" | "+inf" | "infinity" | "-infinity" => return Err(NumberError::NotFinite),
        _ => {}
    }
    let mut is = ValueIs::Exact;
    let mut rest = folded.as_str();
    for (word, meaning) in [("预计", ValueIs::Forecast), ("约", ValueIs::About), ("近", ValueIs::About)] {
        if let Some(after) = rest.strip_prefix(word) {
            (is, rest) = (is.max(meaning), after.trim_start());
        }
    }
    let (number, mut tail) = split_number(rest);
    if number.is_empty() || !number.contains(|c: char| c.is_ascii_digit() || matches!(c, 'x' | 'X')) {
        return Ok(plain(Reading::Word(folded)));
    }
    if is_masked(number) {
        return Ok(ValueCell { is: ValueIs::Masked, ..plain(Reading::Missing) });
    }
    let value = parse_decimal(number)?;
    for (word, meaning) in [("余", ValueIs::AtLeast), ("多", ValueIs::AtLeast), ("以上", ValueIs::AtLeast), ("左右", ValueIs::About)]
    {
        let after = tail.strip_prefix(word).or_else(|| tail.strip_suffix(word));
        if let Some(after) = after {
            (is, tail) = (is.max(meaning), after.trim());
        }
    }
    let is_flag = rest.contains(' ') && is_flags(tail) && !Unit::is_name(tail);
    let flags = if is_flag { tail.to_owned() } else { String::new() };
    let unit = match tail {
        "" => None,
        _ if is_flag => None,
        tail if starts_like_a_unit(tail) => Some(Unit::parse(tail).ok_or(NumberError::NotANumber)?),
        _ => return Err(NumberError::NotANumber),
    };
    Ok(ValueCell { reading: Reading::Number(value), is, unit, flags })
}

/// Whether a text is flags as Eurostat prints them.
fn is_flags(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.chars().all(|c| "bcdefinprsuz".contains(c))
}

/// Whether what follows a number can be a unit: `1.2.3`, `12-15`, `12至15`, `3*` and `1/3` go on
/// with something else.
fn starts_like_a_unit(tail: &str) -> bool {
    let Some(first) = tail.chars().next() else { return false };
    let is_fraction = first == '/' && tail[1..].bytes().all(|b| b.is_ascii_digit());
    let is_other = first.is_ascii_digit() || matches!(first, '–' | '—' | '至') || first.is_ascii_punctuation();
    !is_fraction && (!is_other || matches!(first, '%' | '$' | '/'))
}

/// A set of SDMX observation status codes (code list CL_OBS_STATUS, version 2.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct StatusSet(u32);

impl StatusSet {
    /// Codes that say why there is no value.
    const MISSING: &'static str = "OMLHQK";
    const KNOWN: &'static str = "ABDEFGHIJKLMNOPQSUVW";

    pub(crate) fn insert(&mut self, code: char) {
        self.0 |= 1 << (code as u32 - 'A' as u32);
    }

    pub(crate) fn contains(self, code: char) -> bool {
        code.is_ascii_uppercase() && self.0 & (1 << (code as u32 - 'A' as u32)) != 0
    }

    pub(crate) fn says_missing(self) -> bool {
        Self::MISSING.chars().any(|code| self.contains(code))
    }

    pub(crate) fn iter(self) -> impl Iterator<Item = char> {
        ('A'..='Z').filter(move |code| self.contains(*code))
    }

    /// Reads flags such as `P`, `E;P`, `be` or `p`; the second part lists what is not in the code
    /// list. Eurostat's `s` (its own estimate), `c` (confidential), `z` (not applicable) and `r`
    /// (revised, which changes nothing here) are understood.
    pub(crate) fn parse(text: &str) -> (Self, String) {
        let mut set = Self::default();
        let mut unknown = String::new();
        for c in text.chars().filter(|c| !matches!(c, ' ' | ',' | ';' | '|' | '/')) {
            match c {
                's' => set.insert('E'),
                'c' => set.insert('Q'),
                'z' => set.insert('M'),
                'r' | 'R' => {}
                _ if Self::KNOWN.contains(c.to_ascii_uppercase()) => set.insert(c.to_ascii_uppercase()),
                _ => unknown.push(c),
            }
        }
        (set, unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Result<ValueCell, NumberError> {
        read_value(&Cell::from(text))
    }

    #[test]
    fn numbers_in_every_dress() {
        for (text, want, is, unit, flags) in [
            ("1,234.5", "1234.5", ValueIs::Exact, None, ""),
            ("１２３", "123", ValueIs::Exact, None, ""),
            ("1.2亿元", "1.2", ValueIs::Exact, Some("亿元"), ""),
            ("2.07 p", "2.07", ValueIs::Exact, None, "p"),
            ("4000多件", "4000", ValueIs::AtLeast, Some("件"), ""),
            ("10余", "10", ValueIs::AtLeast, None, ""),
            ("约25%", "25", ValueIs::About, Some("%"), ""),
            ("预计突破100", "", ValueIs::Exact, None, ""),
            ("预计100", "100", ValueIs::Forecast, None, ""),
            ("预计约100", "100", ValueIs::Forecast, None, ""),
            ("预计100家以上", "100", ValueIs::Forecast, Some("家"), ""),
            ("约100以上", "100", ValueIs::About, None, ""),
            ("12 kg", "12", ValueIs::Exact, Some("kg"), ""),
            ("5 pp", "5", ValueIs::Exact, Some("pp"), ""),
            ("5 bd", "5", ValueIs::Exact, None, "bd"),
            ("5/万人", "5", ValueIs::Exact, Some("/万人"), ""),
        ] {
            let got = value(text).unwrap_or_else(|error| unreachable!("{text}: {error:?}"));
            match &got.reading {
                Reading::Number(number) => assert_eq!(number.to_string(), want, "{text}"),
                other => assert!(want.is_empty(), "{text}: {other:?}"),
            }
            if !want.is_empty() {
                assert_eq!((got.is, got.unit.as_ref().map(Unit::as_str), got.flags.as_str()), (is, unit, flags), "{text}");
            }
        }
    }

    #[test]
    fn missing_is_missing_and_bad_is_bad() {
        for text in ["", "…", "—", "..", "NA", ":", " - "] {
            assert_eq!(value(text).map(|v| v.reading), Ok(Reading::Missing), "{text}");
        }
        assert_eq!(value("xx.x").map(|v| v.is), Ok(ValueIs::Masked));
        assert_eq!(value("NaN"), Err(NumberError::NotFinite));
        assert_eq!(value("1.2.3"), Err(NumberError::NotANumber));
        assert_eq!(value("1,2,3"), Err(NumberError::NotANumber));
        for text in ["12-15", "12~15", "12至15", "3*", "1/3", "2025-03-01", "34(家)"] {
            assert_eq!(value(text), Err(NumberError::NotANumber), "{text}");
        }
        assert_eq!(value(&"9".repeat(40)), Err(NumberError::TooLong));
        assert_eq!(value("显著增强").map(|v| v.reading), Ok(Reading::Word("显著增强".into())));
    }
}
