//! Dates, windows and times without a year.

use super::scan::{Time, figure};
use super::words::{self, Page};
use crate::draft::{Date, Timing};
use crate::number;

/// A year in four figures.
pub(super) fn year(page: &Page<'_>, at: usize) -> Option<i32> {
    let digit = |at: usize| page.char(at).to_digit(10);
    if at > 0 && (words::is_letter(page.char(at - 1)) || page.char(at - 1) == '.' && at > 1 && digit(at - 2).is_some()) {
        return None;
    }
    // plan-2030 is a name.
    if at > 1 && page.char(at - 1) == '-' && page.char(at - 2).is_alphabetic() && !page.gap(at) {
        return None;
    }
    let value = (0..4).try_fold(0, |sum, step| Some(sum * 10 + digit(at + step)?))? as i32;
    let next = page.char(at + 4);
    let grouped = matches!(next, ',' | '.') && digit(at + 5).is_some() && !page.gap(at + 5);
    let part = next == '/' && digit(at + 5).is_some() && !(0..4).all(|step| digit(at + 5 + step).is_some());
    let alone = !(part || grouped || next == '%' || next.is_alphanumeric() && !page.gap(at + 4));
    ((1900..=2100).contains(&value) && alone).then_some(value)
}

/// Whether the figures of a year count something: "2000 homes".
pub(super) fn counts(page: &Page<'_>, at: usize) -> bool {
    let next = page.skip(at + 4);
    if !page.char(next).is_alphabetic()
        || page.before(at, words::BY_TIME | words::IN_TIME | words::SPAN_TIME | words::BASELINE | words::MONTH).is_some()
    {
        return false;
    }
    page.at(
        next,
        words::STOP | words::AND | words::PREPOSITION | words::LEVELS | words::VERB | words::INTENT | words::EACH | words::GOAL_HEADING,
    )
    .is_none()
}

pub(super) fn time(page: &Page<'_>, at: usize, floor: usize, reference: Option<i32>) -> Option<Time> {
    if let Some(time) = relative(page, at, reference) {
        return Some(time);
    }
    // Q3 2025, June 2025, 30 June 2025.
    let (date, date_start, end) = date(page, at)?;
    let mut start = date_start;
    let before = |classes| page.before(start, classes).filter(|word| word.start >= floor);
    // 2024-2028, 2024-28, 2024 to 2028, between 2024 and 2028.
    if let Some((to, last)) = second(page, end, &date) {
        let start = before(words::SPAN_TIME | words::IN_TIME).map_or(start, |word| word.start);
        return Some(Time { start, end: last, timing: Timing::During(Some(date), to), baseline: false, bare: false });
    }
    let follows = page.at(page.skip(end), words::LEVELS);
    if let Some(word) = before(words::BASELINE) {
        let of_levels = follows.is_some();
        let versus = word.end - word.start > 5 || page.text(word.start, word.end).eq_ignore_ascii_case("since");
        if of_levels || versus || !word.is(words::IN_TIME | words::BY_TIME) {
            let end = follows.map_or(end, |word| word.end);
            return Some(Time { start: word.start, end, timing: Timing::In(date), baseline: true, bare: false });
        }
    }
    if let Some(word) = before(words::BY_TIME) {
        start = word.start;
        return Some(Time { start, end, timing: Timing::By(date), baseline: false, bare: false });
    }
    if let Some(word) = before(words::IN_TIME) {
        start = word.start;
        return Some(Time { start, end, timing: Timing::In(date), baseline: false, bare: false });
    }
    Some(Time { start, end, timing: Timing::By(date), baseline: false, bare: true })
}

/// A date with the words that belong to it.
fn date(page: &Page<'_>, at: usize) -> Option<(Date, usize, usize)> {
    if let Some(value) = year(page, at).filter(|_| !counts(page, at)) {
        return Some((Date::of_year(value), at, at + 4));
    }
    if page.char(at) == 'q' {
        let quarter = page.char(at + 1).to_digit(10).filter(|quarter| (1..=4).contains(quarter))?;
        let next = page.skip(at + 2);
        let value = year(page, next)?;
        // A quarter ends with its last month.
        return Some((Date::of_year(value).in_month(quarter as u8 * 3), at, next + 4));
    }
    let (day, month_at) = match number::digits(page.block, at) {
        Some(number) if number.end - at <= 2 => (number.value.and_then(|value| value.parse::<u32>().ok()), page.skip(number.end)),
        Some(_) => return None,
        None => (None, at),
    };
    let word = page.at(month_at, words::MONTH)?;
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let name = page.text(word.start, word.start + 3).to_ascii_lowercase();
    let month = names.iter().position(|start| *start == name)? + 1;
    let next = page.skip(word.end);
    let value = year(page, next)?;
    let date = Date::of_year(value).in_month(month as u8);
    let date = match day {
        Some(day) if (1..=31).contains(&day) => {
            Some(date.on_day(day as u8)).filter(|date| date.to_string().parse::<attainment::Period>().is_ok())
        }
        Some(_) => return None,
        None => None,
    }
    // 31 February is no date; its month is.
    .unwrap_or(date);
    Some((date, at, next + 4))
}

/// The end of a window that starts with a date.
fn second(page: &Page<'_>, end: usize, from: &Date) -> Option<(Date, usize)> {
    let mut at = page.skip(end);
    let sign = page.char(at);
    if matches!(sign, '-' | '/' | '~') {
        while page.char(at) == sign {
            at += 1;
        }
        at = page.skip(at);
    } else {
        let spanned = page.before(end.saturating_sub(4), words::SPAN_TIME).is_some();
        at = page.follow(at, "to").or_else(|| if spanned { page.follow(at, "and") } else { None })?;
    }
    if let Some(to) = year(page, at) {
        return (from.year().is_some_and(|from| from < to)).then(|| (Date::of_year(to), at + 4));
    }
    // 2024-28
    let (tens, ones) = (page.char(at).to_digit(10)?, page.char(at + 1).to_digit(10)?);
    let short = !page.char(at + 2).is_alphanumeric() && page.char(at + 2) != '%' && sign == '-';
    let to = from.year()? / 100 * 100 + (tens * 10 + ones) as i32;
    (short && from.year()? < to).then(|| (Date::of_year(to), at + 2))
}

/// "this year", "within five years", "over the next three years".
fn relative(page: &Page<'_>, at: usize, reference: Option<i32>) -> Option<Time> {
    if let Some(word) = page.at(at, words::RELATIVE_TIME) {
        let text = page.text(word.start, word.end);
        let shift = match text.to_ascii_lowercase().as_str() {
            "this year" => Some(0),
            "next year" => Some(1),
            "last year" => Some(-1),
            _ => None,
        };
        let timing = match (shift, reference) {
            (Some(shift), Some(year)) => Timing::In(Date::of_year(year + shift)),
            _ => Timing::Relative(text),
        };
        return Some(Time { start: word.start, end: word.end, timing, baseline: false, bare: false });
    }
    let lead = page.at(at, words::RELATIVE_LEAD)?;
    let (end, _) = figure(page, page.skip(lead.end))?;
    let end = page.skip(end);
    let years =
        ["years", "months", "quarters", "year"].iter().find(|word| word.chars().enumerate().all(|(step, c)| page.char(end + step) == c))?;
    let end = end + years.chars().count();
    Some(Time { start: at, end, timing: Timing::Relative(page.text(at, end)), baseline: false, bare: false })
}
