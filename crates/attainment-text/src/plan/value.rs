//! The numbers, baselines and periods of items in the words of a plan.

use attainment::{Decimal, Period, Unit};

use super::words;
use crate::draft::{Date, Item};

/// What a bound of an item is made of, before its sign is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    /// Digits, or a mask.
    pub(super) number: String,
    /// The larger number of a range.
    pub(super) larger: Option<String>,
    /// The unit, as a plan writes it.
    pub(super) unit: String,
}

impl Amount {
    /// The number of an item; `None` where it has none.
    pub(super) fn of(item: &Item) -> Option<Self> {
        let unit = written(item.unit.as_deref().unwrap_or_default());
        let number = match &item.value {
            Some(value) => value.clone(),
            None if item.masked => mask(item)?,
            None => return None,
        };
        let amount = Self { number, larger: item.value_max.clone(), unit };
        // 三成 is thirty percent, and no plan counts in 成.
        Some(if amount.unit == "成" { amount.scaled(Decimal::TEN, "%") } else { amount })
    }

    fn scaled(self, factor: Decimal, unit: &str) -> Self {
        let scale = |number: &str| number.parse::<Decimal>().ok().and_then(|n| n.checked_mul(factor)).map(|n| n.normalize().to_string());
        let number = scale(&self.number).unwrap_or(self.number);
        Self { number, larger: self.larger.as_deref().and_then(scale), unit: unit.to_owned() }
    }

    /// Growth by a multiple, as the multiple it grows to: 增长1.5倍 is 2.5 times as much.
    pub(super) fn grown(self) -> Self {
        let add = |number: &str| number.parse::<Decimal>().ok().and_then(|n| n.checked_add(Decimal::ONE)).map(|n| n.to_string());
        let number = add(&self.number).unwrap_or(self.number);
        Self { number, larger: self.larger.as_deref().and_then(add), unit: self.unit }
    }

    /// Without its unit.
    pub(super) fn plain(self) -> Self {
        Self { unit: String::new(), ..self }
    }

    /// As text, a fall below zero.
    pub(super) fn text(&self, falls: bool) -> String {
        signed(&self.number, &self.unit, falls)
    }

    /// The larger number as text.
    pub(super) fn larger_text(&self, falls: bool) -> Option<String> {
        self.larger.as_deref().map(|number| signed(number, &self.unit, falls))
    }
}

fn signed(number: &str, unit: &str, falls: bool) -> String {
    // A word behind a number is set apart; signs and Chinese units are not.
    let gap = if unit.starts_with(|c: char| c.is_ascii_alphabetic()) { " " } else { "" };
    let zero = number.chars().all(|c| matches!(c, '0' | '.'));
    format!("{}{number}{gap}{unit}", if falls && !zero { "-" } else { "" })
}

/// The mask of an item as a plan writes masks: `×××` is `xxx`.
fn mask(item: &Item) -> Option<String> {
    let (start, end) = (item.value_start?.checked_sub(item.start)?, item.value_end?.checked_sub(item.start)?);
    let text: String = item
        .text
        .chars()
        .skip(start as usize)
        .take(end.saturating_sub(start) as usize)
        .filter(|c| !c.is_whitespace())
        .map(|c| if c.is_ascii_digit() || c == '.' { c } else { 'x' })
        .collect();
    let text = text.trim_matches('.').to_owned();
    Some(if text.contains('x') && text.matches('.').count() <= 1 { text } else { "xx".to_owned() })
}

/// The unit as a plan reads it behind a number: no commas between thousands, `/` for a leading "per".
fn written(unit: &str) -> String {
    let chars: Vec<char> = unit.chars().collect();
    let comma = |at: usize| {
        let digit = |at: Option<usize>| at.and_then(|at| chars.get(at)).is_some_and(char::is_ascii_digit);
        chars.get(at) == Some(&',') && digit(at.checked_sub(1)) && digit(Some(at + 1))
    };
    let text: String = (0..chars.len()).filter(|at| !comma(*at)).filter_map(|at| chars.get(at)).collect();
    text.strip_prefix("per ").map(|below| format!("/{below}")).unwrap_or(text)
}

/// The unit as a plan declares it on an indicator.
pub(super) fn declared(unit: &str) -> String {
    let unit = written(unit);
    if let Some(below) = unit.strip_prefix('/') {
        return format!("1/{below}");
    }
    if unit == "成" || Unit::parse(&unit).is_some_and(|unit| unit.is_percent() || unit.is_percentage_points()) && unit != "‰" {
        return "percent".to_owned();
    }
    unit
}

/// Whether numbers of these units can be compared with one another.
pub(super) fn same_dimension(one: &str, other: &str) -> bool {
    match (Unit::parse(one), Unit::parse(other)) {
        (Some(one), Some(other)) => one.converts_to(&other) && other.converts_to(&one) && one.is_percent() == other.is_percent(),
        _ => one == other,
    }
}

/// A baseline as its words state it: a period, a value, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct BaselineWords {
    pub(super) at: Option<String>,
    pub(super) value: Option<String>,
    /// The period just before, which needs no words of its own.
    pub(super) previous: bool,
}

impl BaselineWords {
    pub(super) fn read(text: &str) -> Self {
        let words: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        if words::has(&words, words::PREVIOUS) {
            return Self { previous: true, ..Self::default() };
        }
        let chars: Vec<char> = words.chars().collect();
        let (at, rest) = match period(&chars) {
            Some((range, at)) => {
                let outside = |(index, _): &(usize, &char)| !range.contains(index);
                (Some(at), chars.iter().enumerate().filter(outside).map(|(_, c)| *c).collect())
            }
            None => (None, words),
        };
        Self { at, value: quantity(&rest), previous: false }
    }
}

/// The longest stretch of words that is a period, the first where several are.
fn period(chars: &[char]) -> Option<(std::ops::Range<usize>, String)> {
    const LONGEST: usize = 12;
    let starts = |at: &usize| {
        let c = chars.get(*at).copied().unwrap_or_default();
        let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied().unwrap_or_default();
        c.is_ascii_digit() && !before.is_ascii_digit() && before != '.' || matches!(c, '一'..='鿿' | '“' | '"')
    };
    (0..chars.len().min(80)).filter(starts).find_map(|start| {
        (start + 2..=chars.len().min(start + LONGEST)).rev().find_map(|end| {
            let text: String = chars.get(start..end)?.iter().collect();
            let next = chars.get(end).copied().unwrap_or_default();
            // The figures of an amount are no year: 2035亿元.
            let figures = text.ends_with(|c: char| c.is_ascii_digit());
            let whole =
                !figures || !(next.is_alphanumeric() || matches!(next, '.' | '%' | ',')) || matches!(next, '年' | '末' | '底' | '的');
            let year = text.trim().len() >= 4 && whole;
            let period: Period = text.trim().parse().ok().filter(|_| year)?;
            // An end is what a change can be measured from.
            period.end().map(|_| (start..end, period.to_string()))
        })
    })
}

/// A number with its unit.
fn quantity(text: &str) -> Option<String> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let rest = text.get(start..)?;
    let end = rest.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(rest.len());
    let number = rest.get(..end)?.trim_end_matches(['.', ',']);
    let unit = rest.get(end..)?.trim_start();
    let stop = unit.find(['，', ',', '。', ';', '；', '的', '(', '（']).unwrap_or(unit.len());
    let unit = unit.get(..stop)?.trim();
    let unit = unit.strip_suffix(" in").or(unit.strip_suffix(" of")).unwrap_or(if matches!(unit, "in" | "of") { "" } else { unit });
    Some(signed(number, unit, false))
}

/// A window as text, `None` where it runs backwards or is no period.
pub(super) fn window(from: Option<&Date>, to: &Date) -> Option<String> {
    let text = match from {
        Some(from) if from == to => to.to_string(),
        Some(from) => format!("{from}/{to}"),
        None => format!("/{to}"),
    };
    text.parse::<Period>().ok().map(|_| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn baselines_are_read_from_their_words() {
        for (text, at, value) in [
            ("比“十一五”末", Some("2010"), None),
            ("较2020年", Some("2020"), None),
            ("2018年的1.2%", Some("2018"), Some("1.2%")),
            ("2.1% in 2022", Some("2022"), Some("2.1%")),
            ("2010 levels", Some("2010"), None),
            ("1,200 homes in 2021", Some("2021"), Some("1,200 homes")),
            ("35%", None, Some("35%")),
            ("2035亿元", None, Some("2035亿元")),
        ] {
            let read = BaselineWords::read(text);
            assert_eq!((read.at.as_deref(), read.value.as_deref()), (at, value), "{text}");
        }
        assert!(BaselineWords::read("比上年").previous);
    }
}
