//! Periods as SDMX writes them.

use crate::period::{Frequency, Period, Point};

/// A day of the year: month and day.
pub(super) type YearStart = (u32, u32);

/// The day a reporting year begins on: `--07-01` or `07-01`.
pub(super) fn year_start(text: &str) -> Option<YearStart> {
    let (month, day) = text.trim_start_matches('-').split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    Point::day(2001, month, day).map(|_| (month, day))
}

/// Whether a code of a frequency dimension is one that the period of an observation shows as well.
pub(super) fn is_frequency(code: &str) -> bool {
    matches!(code, "A" | "S" | "H" | "T" | "Q" | "M" | "W" | "D" | "B")
}

/// Reads a period of the type `ObservationalTimePeriod` (SDMX 2.1 and 3.0): Gregorian periods and
/// moments, reporting periods (`2020-A1`, `-S2`, `-T3`, `-Q4`, `-M12`, `-W53`, `-D366`) and time
/// ranges (`2020-01-01/P6M`).
///
/// A moment in a series of known frequency stands for the period around it: the option
/// `timeFormat=normalized` writes the year 2014 as one of its days.
pub(super) fn read(text: &str, frequency: &str, starts: YearStart) -> Option<Period> {
    let text = without_zone(text.trim());
    let period = match text.split_once('/') {
        Some((start, length)) if length.starts_with('P') => range(start, length)?,
        _ => match reporting(text, starts) {
            Some(period) => period?,
            None => date(text).parse().ok()?,
        },
    };
    Some(match period.as_point() {
        Some(point) => around(point, frequency).unwrap_or(Period::Point(point)),
        None => period,
    })
}

/// The period of a frequency that a shorter one lies in.
fn around(point: Point, frequency: &str) -> Option<Period> {
    let longer = match frequency {
        "A" => Frequency::Year,
        "S" | "H" => Frequency::Half,
        "Q" => Frequency::Quarter,
        "M" => Frequency::Month,
        "W" if point.frequency() == Frequency::Day => return Some(week_of(point)),
        _ => return None,
    };
    (longer < point.frequency()).then(|| Period::Point(point.enclosing(longer)))
}

fn without_zone(text: &str) -> &str {
    let zone = text.len().checked_sub(6).and_then(|at| text.split_at_checked(at));
    let is_zone =
        |zone: &str| zone.starts_with(['+', '-']) && zone.as_bytes()[3] == b':' && zone.bytes().filter(u8::is_ascii_digit).count() == 4;
    match zone {
        Some((before, zone)) if is_zone(zone) => before,
        _ => text.strip_suffix('Z').unwrap_or(text),
    }
}

/// The day of a moment.
fn date(text: &str) -> &str {
    text.split_once('T').filter(|(_, clock)| clock.contains(':')).map_or(text, |(day, _)| day)
}

/// A reporting period; `None` where the text has another form, `Some(None)` where there is no such.
fn reporting(text: &str, (month, day): YearStart) -> Option<Option<Period>> {
    let (year, rest) = text.split_at_checked(4)?;
    let year: i32 = year.parse().ok()?;
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    let letter = rest.chars().next().filter(|c| "ASTQMWD".contains(*c))?;
    let digits = &rest[1..];
    let number: i32 = digits.parse().ok().filter(|_| digits.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit()))?;
    let months = match letter {
        'A' => 12,
        'S' => 6,
        'T' => 4,
        'Q' => 3,
        'M' => 1,
        // A week or day of a reporting year that begins elsewhere is not said by the standard's examples.
        _ if (month, day) != (1, 1) => return Some(None),
        'W' => return Some(week(year, number)),
        _ => {
            let last = Point::day(year, 12, 31)?;
            let day = Point::day(year, 1, 1)?.plus(number - 1);
            return Some((number >= 1 && day <= last).then_some(Period::Point(day)));
        }
    };
    if !(1..=12 / months).contains(&number) {
        return Some(None);
    }
    let first = first_of(year, month as i32 - 1 + (number - 1) * months, day);
    let next = first_of(year, month as i32 - 1 + number * months, day);
    Some(first.zip(next).map(|(first, next)| window(first, next.plus(-1))))
}

/// A day of the month that lies some months after January of a year.
fn first_of(year: i32, months: i32, day: u32) -> Option<Point> {
    Point::day(year + months.div_euclid(12), months.rem_euclid(12) as u32 + 1, day)
}

/// From one day to another, or the calendar period that they begin and end.
fn window(first: Point, last: Point) -> Period {
    let window = Period::between(first, last);
    window.as_point().map_or(window, Period::Point)
}

/// Monday is 0.
fn weekday(day: Point) -> i32 {
    // 1970-01-01 was a Thursday.
    (day.first_day() + 3).rem_euclid(7)
}

fn week_of(day: Point) -> Period {
    let monday = day.plus(-weekday(day));
    Period::between(monday, monday.plus(6))
}

/// A week as ISO 8601 counts them: the first is that of 4 January.
fn week(year: i32, number: i32) -> Option<Period> {
    let fourth = Point::day(year, 1, 4)?;
    let monday = fourth.plus(7 * (number - 1) - weekday(fourth));
    // A week belongs to the year of its Thursday.
    (number >= 1 && monday.plus(3).calendar_year() == year).then(|| Period::between(monday, monday.plus(6)))
}

/// A day and how long the period is from there: `2020-01-01/P1Y`.
fn range(start: &str, length: &str) -> Option<Period> {
    let start = date(without_zone(start)).parse::<Point>().ok().filter(|point| point.frequency() == Frequency::Day)?;
    let (mut months, mut days) = (0, 0);
    let mut rest = length.strip_prefix('P').filter(|rest| !rest.is_empty())?;
    while !rest.is_empty() {
        let letter = rest.find(|c: char| !c.is_ascii_digit())?;
        let number: i32 = rest[..letter].parse().ok().filter(|number| *number <= 12_000)?;
        match rest.as_bytes()[letter] {
            b'Y' => months += 12 * number,
            b'M' => months += number,
            b'W' => days += 7 * number,
            b'D' => days += number,
            // Hours and minutes are finer than what is kept here.
            _ => return None,
        }
        rest = &rest[letter + 1..];
        // Longer than all years that can be written.
        if months > 120_000 || days > 3_660_000 {
            return None;
        }
    }
    let text = start.to_string();
    let part = |at: std::ops::Range<usize>| text.get(at).and_then(|part| part.parse::<i32>().ok());
    let (year, month, day) = (part(0..4)?, part(5..7)?, part(8..10)?);
    let month = month - 1 + months;
    // A month after 31 January there may be no 31st.
    let next = (0..4).find_map(|less| first_of(year, month, (day - less).try_into().ok()?))?.plus(days);
    (next > start).then(|| window(start, next.plus(-1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_the_standard() {
        for (text, frequency, want) in [
            ("2020", "A", "2020"),
            ("2020-A1", "", "2020"),
            ("2020-S2", "", "2020-H2"),
            ("2020-T1", "", "2020-01/2020-04"),
            ("2020-T3", "", "2020-09/2020-12"),
            ("2020-Q3", "Q", "2020-Q3"),
            ("2020Q3", "", "2020-Q3"),
            ("2020-M02", "", "2020-02"),
            ("2020-02", "M", "2020-02"),
            ("2020-W01", "W", "2019-12-30/2020-01-05"),
            ("2020-W53", "", "2020-12-28/2021-01-03"),
            ("2021-D032", "", "2021-02-01"),
            ("2020-D366", "", "2020-12-31"),
            ("2020-02-29", "D", "2020-02-29"),
            ("2020-02-29T12:30:00", "", "2020-02-29"),
            ("2020-02-29T12:30:00.5+02:00", "", "2020-02-29"),
            ("2020Z", "", "2020"),
            ("2020-05:00", "", "2020"),
            ("2020-01-01/P1Y", "", "2020"),
            ("2020-01-01T00:00:00/P6M", "", "2020-H1"),
            ("2020-04-06/P1Y", "", "2020-04-06/2021-04-05"),
            ("2020-01-31/P1M", "", "2020-01-31/2020-02-28"),
            ("2020-02-03/P7D", "", "2020-02-03/2020-02-09"),
            // `timeFormat=normalized`
            ("2014-12-31", "A", "2014"),
            ("2014-06-30", "S", "2014-H1"),
            ("2014-04-01", "Q", "2014-Q2"),
            ("2014-04-30", "M", "2014-04"),
            ("2020-01-01", "W", "2019-12-30/2020-01-05"),
            ("2014", "M", "2014"),
        ] {
            let got = read(text, frequency, (1, 1)).map(|period| period.to_string());
            // Windows of days that are whole months are shown by their days.
            let want = want.replace("2020-01/2020-04", "2020-01-01/2020-04-30").replace("2020-09/2020-12", "2020-09-01/2020-12-31");
            assert_eq!(got.as_deref(), Some(&*want), "{text} {frequency}");
        }
    }

    #[test]
    fn what_is_no_period() {
        for text in [
            "",
            "~",
            "2020-S3",
            "2020-T4",
            "2020-Q5",
            "2021-W53",
            "2020-W00",
            "2021-D366",
            "2020-01-01/P",
            "2020-01-01/PT5M",
            "2020/P1Y",
            "soon",
        ] {
            assert_eq!(read(text, "", (1, 1)), None, "{text}");
        }
    }

    #[test]
    fn a_reporting_year_may_begin_in_july() {
        let july = year_start("--07-01");
        assert_eq!(july, Some((7, 1)));
        for (text, want) in [
            ("2020-A1", "2020-07-01/2021-06-30"),
            ("2020-Q3", "2021-Q1"),
            ("2020-M12", "2021-06"),
            ("2020-S1", "2020-H2"),
            ("2020", "2020"),
        ] {
            assert_eq!(july.and_then(|july| read(text, "", july)).map(|period| period.to_string()).as_deref(), Some(want), "{text}");
        }
        assert_eq!(july.and_then(|july| read("2020-W05", "", july)), None);
        assert_eq!((year_start("--13-01"), year_start("x"), year_start("--02-30")), (None, None, None));
    }
}
