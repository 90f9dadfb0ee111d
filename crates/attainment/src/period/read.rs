//! Periods as people write them.

use std::str::FromStr;

use super::{Edge, Frequency, Period, PeriodError, Point};
use crate::text::fold_width;

/// Reads a calendar period; a window that covers one exactly is that one.
///
/// ```
/// use attainment::Point;
/// assert_eq!("2025-06".parse::<Point>()?, "2025年6月".parse()?);
/// # Ok::<(), attainment::PeriodError>(())
/// ```
impl FromStr for Point {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        text.parse::<Period>()?.as_point().ok_or_else(|| PeriodError::Form(text.to_owned()))
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let folded = fold_width(text);
        read(&folded).ok_or_else(|| PeriodError::Form(text.to_owned())).and_then(|period| match &period {
            Self::Window(Edge::At(start), Edge::At(end)) if start.first_day() > end.last_day() => {
                Err(PeriodError::Reversed(text.to_owned()))
            }
            _ => Ok(period),
        })
    }
}

fn read(text: &str) -> Option<Period> {
    if let Some(years) = text.strip_prefix(['P', 'p']).and_then(|rest| rest.strip_suffix(['Y', 'y'])) {
        return years.parse().ok().map(Period::Years);
    }
    if let Some(period) = read_five_year_plan(text) {
        return Some(period);
    }
    if let Some(window) = text.split_once('/').and_then(|(start, end)| read_window(start, end)) {
        return Some(window);
    }
    if let Some(point) = read_point(text) {
        return Some(Period::Point(point));
    }
    (looks_masked(text) || is_masked_window(text)).then(|| Period::Masked(text.to_owned()))
}

/// Whether a text is a point with masked digits: `20XX`, `xxxx年`, `xxxx-xx`.
fn looks_masked(text: &str) -> bool {
    let masked = text.trim().trim_end_matches('年');
    let digits = masked.split('-').collect::<Vec<_>>();
    masked.contains(['x', 'X'])
        && digits[0].len() == 4
        && digits.iter().all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit() || matches!(c, 'x' | 'X')))
}

/// Whether a text is a window with masked digits at one end or both: `20XX/2025`, `xxxx-x/xxxx-xx`.
fn is_masked_window(text: &str) -> bool {
    let edge = |part: &str| matches!(part.trim(), "" | "..") || looks_masked(part) || read_point(part).is_some();
    text.split_once('/').is_some_and(|(start, end)| (looks_masked(start) || looks_masked(end)) && edge(start) && edge(end))
}

fn read_window(start: &str, end: &str) -> Option<Period> {
    let edge = |part: &str| match part.trim() {
        "" => Some(Edge::Unknown),
        ".." => Some(Edge::Open),
        part => read_point(part).map(Edge::At),
    };
    let (start, end) = (edge(start)?, edge(end)?);
    (start.point().is_some() || end.point().is_some()).then_some(Period::Window(start, end))
}

/// `2025`, `2025-Q3`, `2025Q3`, `2025-06`, `2025M06`, `2025-06-30`, `2025/6/30`, `2025年6月`, `2025年三季度`.
fn read_point(text: &str) -> Option<Point> {
    let text = text.trim();
    let year_digits = text.get(..4).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?;
    let year: i32 = year_digits.parse().ok()?;
    let rest = text[4..].trim_start_matches('年').trim_start_matches(['-', ' ', '/', '.']);
    let rest = rest.strip_suffix(['月', '日']).unwrap_or(rest);
    if rest.is_empty() || matches!(rest, "A1" | "Y1" | "全年") {
        // A bare separator (`2025-`) says that something is missing.
        return (text[4..].is_empty() || !text.ends_with(['-', '/', '.'])).then_some(Point::year(year));
    }
    let lower = rest.to_ascii_lowercase();
    let prefixed = |prefix: &[char], frequency| {
        let digits = lower.strip_prefix(prefix)?;
        Point::part_of_year(frequency, year, digits.parse().ok()?)
    };
    let half = || prefixed(&['h', 's'], Frequency::Half);
    let quarter = || prefixed(&['q'], Frequency::Quarter);
    let month = || prefixed(&['m'], Frequency::Month);
    if let Some(point) = half().or_else(quarter).or_else(month) {
        return Some(point);
    }
    if let Some(point) = read_chinese_part(rest, year) {
        return Some(point);
    }
    // `202506` is a month; `20256` may be one or a mistyped year.
    if text[4..].starts_with(|c: char| c.is_ascii_digit()) && rest.len() != 2 {
        return None;
    }
    let mut numbers = rest.split(['-', '月', '/', '.']);
    let whole = |part: &str| (1..=2).contains(&part.len()).then(|| part.parse::<u32>().ok()).flatten();
    let month = whole(numbers.next()?)?;
    match (numbers.next(), numbers.next()) {
        (None, _) => Point::part_of_year(Frequency::Month, year, month),
        (Some(day), None) => Point::day(year, month, whole(day.trim_end_matches('日'))?),
        _ => None,
    }
}

fn read_chinese_part(rest: &str, year: i32) -> Option<Point> {
    let (frequency, part) = match rest {
        "上半年" => (Frequency::Half, 1),
        "下半年" => (Frequency::Half, 2),
        _ => {
            let which = rest.strip_suffix("季度")?.trim_start_matches('第');
            let part = "一二三四1234".chars().position(|c| which.starts_with(c) && which.chars().count() == 1)?;
            (Frequency::Quarter, part as u32 % 4 + 1)
        }
    };
    Point::part_of_year(frequency, year, part)
}

/// `十四五` is 2021/2025, `十一五末` its last year, `十二五初` its first.
///
/// The plans run in fives from the first (1953 to 1957), with the adjustment years 1963 to 1965
/// between the second and the third.
fn read_five_year_plan(text: &str) -> Option<Period> {
    let name: String = text.chars().filter(|c| !matches!(c, '“' | '”' | '"' | '「' | '」' | ' ')).collect();
    let (name, which) = match name.strip_suffix(['末', '初']) {
        Some(stem) => (stem.to_owned(), name.chars().last()),
        None => (name, None),
    };
    let name = name.trim_end_matches("时期").trim_end_matches("期间").trim_end_matches("规划");
    let ordinal = name.strip_suffix('五')?;
    let number = match ordinal.strip_prefix('十') {
        Some("") => 10,
        Some(units) => 10 + chinese_digit(units)?,
        None => chinese_digit(ordinal)?,
    };
    let first = match number {
        1 => 1953,
        2 => 1958,
        _ => 1966 + (number - 3) * 5,
    };
    let (first, last) = (Point::year(first), Point::year(first + 4));
    Some(match which {
        Some('末') => Period::Point(last),
        Some(_) => Period::Point(first),
        None => Period::between(first, last),
    })
}

fn chinese_digit(text: &str) -> Option<i32> {
    let mut chars = text.chars();
    let digit = "一二三四五六七八九".chars().position(|c| Some(c) == chars.clone().next())?;
    chars.next();
    chars.next().is_none().then_some(digit as i32 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::Exact;

    fn period(text: &str) -> Result<Period, PeriodError> {
        text.parse()
    }

    #[test]
    fn every_written_form() {
        for (text, want) in [
            ("2025", "2025"),
            ("２０２５年", "2025"),
            ("2025-H1", "2025-H1"),
            ("2025上半年", "2025-H1"),
            ("2025年下半年", "2025-H2"),
            ("2025Q3", "2025-Q3"),
            ("2025年三季度", "2025-Q3"),
            ("2025年第4季度", "2025-Q4"),
            ("2025-06", "2025-06"),
            ("2025M06", "2025-06"),
            ("2025年6月", "2025-06"),
            ("2024-02-29", "2024-02-29"),
            ("2024/2/29", "2024-02-29"),
            ("202406", "2024-06"),
            ("2024年2月29日", "2024-02-29"),
            ("2018-01/2018-05", "2018-01/2018-05"),
            ("2021/2025", "2021/2025"),
            ("2018/..", "2018/.."),
            ("../2018", "../2018"),
            ("/2022", "/2022"),
            ("20XX", "20XX"),
            ("xxxx年", "xxxx年"),
            ("20XX/2025", "20XX/2025"),
            ("xxxx-x/xxxx-xx", "xxxx-x/xxxx-xx"),
            ("P3Y", "P3Y"),
            ("十四五", "2021/2025"),
            ("“十一五”末", "2010"),
            ("十二五时期", "2011/2015"),
            ("十五", "2001/2005"),
            ("一五", "1953/1957"),
            ("九五", "1996/2000"),
        ] {
            assert_eq!(period(text).map(|p| p.to_string()), Ok(want.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_period() {
        for text in [
            "",
            "20222022",
            "99999",
            "20226",
            "2020/1/2/3",
            "2022-13",
            "2023-02-29",
            "202",
            "2025-",
            "xx",
            "x",
            "P3M",
            "/",
            "../..",
            "年",
            "2025-Q5",
            "abcd",
            "05",
            "2015-6-7-8",
            "20XX/abcd",
            "x/xx",
            "20XX/2021/2025",
        ] {
            assert!(matches!(period(text), Err(PeriodError::Form(_))), "{text}: {:?}", period(text));
        }
        assert!(matches!(period("2025/2021"), Err(PeriodError::Reversed(_))));
    }

    #[test]
    fn days_and_clocks() {
        assert_eq!(Point::day(1970, 1, 1).map(Point::first_day), Some(0));
        assert_eq!(Point::day(2000, 2, 29).map(|d| d.plus(1).to_string()), Some("2000-03-01".into()));
        let quarter = period("2024-Q1").ok().and_then(|p| p.end());
        assert_eq!(quarter.map(|q| q.last_day() - q.first_day() + 1), Some(91));
        assert_eq!(Point::year(2023).years_since(Point::year(2015)), Exact::from(8));
        let june = period("2023-06").ok().and_then(|p| p.end());
        assert_eq!(june.map(|m| m.years_since(Point::year(2022))), Some(Exact::ratio(1, 2)));
    }

    #[test]
    fn a_window_that_covers_a_calendar_period_is_that_period() {
        assert_eq!(period("2022-01/2022-12").ok().and_then(|p| p.as_point()), Some(Point::year(2022)));
        assert_eq!(period("2022-01/2022-05").ok().and_then(|p| p.as_point()), None);
        assert_eq!(period("2021/2025").ok().and_then(|p| p.as_point()), None);
    }
}
