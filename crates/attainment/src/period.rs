//! Points in time and windows, as one type.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use crate::number::Exact;
use crate::text::fold_width;

/// How long the periods of a series are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Frequency {
    /// Calendar years.
    Year,
    /// Half years.
    Half,
    /// Quarters.
    Quarter,
    /// Months.
    Month,
    /// Days.
    Day,
}

impl Frequency {
    const fn per_year(self) -> i32 {
        match self {
            Self::Year => 1,
            Self::Half => 2,
            Self::Quarter => 4,
            Self::Month => 12,
            Self::Day => 366,
        }
    }
}

/// Years are written with four digits.
const MAX_YEAR: i32 = 9999;

/// One calendar period: a year, half, quarter, month or day.
///
/// Points of one frequency are numbered, so the period before is the number before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Point {
    frequency: Frequency,
    /// Periods since the year 0; days since 1970-01-01.
    ordinal: i32,
}

impl Point {
    /// A calendar year; beyond the years -9999 to 9999 the nearest of them.
    pub const fn year(year: i32) -> Self {
        let year = if year > MAX_YEAR {
            MAX_YEAR
        } else if year < -MAX_YEAR {
            -MAX_YEAR
        } else {
            year
        };
        Self { frequency: Frequency::Year, ordinal: year }
    }

    /// A calendar day, or `None` where the calendar has none such.
    ///
    /// ```
    /// use attainment::Point;
    /// assert_eq!(Point::day(2024, 2, 29).unwrap().to_string(), "2024-02-29");
    /// assert_eq!(Point::day(2023, 2, 29), None);
    /// ```
    pub fn day(year: i32, month: u32, day: u32) -> Option<Self> {
        let valid = (1..=12).contains(&month) && day >= 1 && day <= days_in_month(year, month);
        valid.then(|| Self { frequency: Frequency::Day, ordinal: day_number(year, month, day) })
    }

    fn part_of_year(frequency: Frequency, year: i32, part: u32) -> Option<Self> {
        let parts = frequency.per_year();
        let part = i32::try_from(part).ok()?;
        (1..=parts).contains(&part).then(|| Self { frequency, ordinal: year * parts + part - 1 })
    }

    /// The length of the period.
    pub const fn frequency(self) -> Frequency {
        self.frequency
    }

    /// The period `n` later, or earlier for a negative `n`.
    ///
    /// ```
    /// use attainment::Point;
    /// let quarter: Point = "2024-Q3".parse()?;
    /// assert_eq!(quarter.plus(2).to_string(), "2025-Q1");
    /// assert_eq!(Point::year(2030).plus(-5), Point::year(2025));
    /// # Ok::<(), attainment::PeriodError>(())
    /// ```
    #[must_use]
    pub const fn plus(self, n: i32) -> Self {
        Self { frequency: self.frequency, ordinal: self.ordinal.saturating_add(n) }
    }

    /// The period of a longer length that this one lies in.
    pub(crate) fn enclosing(self, frequency: Frequency) -> Self {
        let parts = frequency.per_year();
        let month = match self.frequency {
            Frequency::Day => civil(self.ordinal).1 as i32 - 1,
            own => self.ordinal.rem_euclid(own.per_year()) * (12 / own.per_year()),
        };
        match frequency {
            Frequency::Day => Self { frequency, ordinal: self.first_day() },
            _ => Self { frequency, ordinal: self.calendar_year() * parts + month * parts / 12 },
        }
    }

    /// The periods of a shorter length that this one is made of.
    pub(crate) fn parts(self, frequency: Frequency) -> impl Iterator<Item = Self> {
        let first = match (self.frequency, frequency) {
            (Frequency::Day, _) => self,
            (_, Frequency::Day) => Self { frequency, ordinal: self.first_day() },
            (own, _) => Self { frequency, ordinal: self.ordinal * frequency.per_year() / own.per_year() },
        };
        let last_day = self.last_day();
        (0..).map(move |n| first.plus(n)).take_while(move |part| part.last_day() <= last_day)
    }

    /// The calendar year the period lies in.
    ///
    /// ```
    /// use attainment::Point;
    /// let month: Point = "2025-11".parse()?;
    /// assert_eq!(month.calendar_year(), 2025);
    /// # Ok::<(), attainment::PeriodError>(())
    /// ```
    pub fn calendar_year(self) -> i32 {
        match self.frequency {
            Frequency::Day => civil(self.ordinal).0,
            other => self.ordinal.div_euclid(other.per_year()),
        }
    }

    /// First day, counted from 1970-01-01.
    pub fn first_day(self) -> i32 {
        match self.frequency {
            Frequency::Day => self.ordinal,
            other => {
                let parts = other.per_year();
                let month = self.ordinal.rem_euclid(parts) * (12 / parts) + 1;
                day_number(self.ordinal.div_euclid(parts), month as u32, 1)
            }
        }
    }

    /// Last day, counted from 1970-01-01.
    pub fn last_day(self) -> i32 {
        match self.frequency {
            Frequency::Day => self.ordinal,
            _ => self.plus(1).first_day() - 1,
        }
    }

    /// The months from year 0 to the end of the period; `None` for days.
    fn end_month(self) -> Option<i32> {
        match self.frequency {
            Frequency::Day => None,
            other => Some((self.ordinal + 1) * (12 / other.per_year())),
        }
    }

    /// Years from the end of `earlier` to the end of this period.
    ///
    /// Whole months count a twelfth; days count a 365th.
    pub(crate) fn years_since(self, earlier: Self) -> Exact {
        match (self.end_month(), earlier.end_month()) {
            (Some(now), Some(then)) => Exact::ratio(i64::from(now - then), 12),
            _ => Exact::ratio(i64::from(self.last_day() - earlier.last_day()), 365),
        }
    }
}

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

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let year = self.calendar_year();
        let parts = self.frequency.per_year();
        let part = self.ordinal.rem_euclid(parts) + 1;
        match self.frequency {
            Frequency::Year => write!(f, "{year:04}"),
            Frequency::Half => write!(f, "{year:04}-H{part}"),
            Frequency::Quarter => write!(f, "{year:04}-Q{part}"),
            Frequency::Month => write!(f, "{year:04}-{part:02}"),
            Frequency::Day => {
                let (year, month, day) = civil(self.ordinal);
                write!(f, "{year:04}-{month:02}-{day:02}")
            }
        }
    }
}

/// Days since 1970-01-01 of a date of the Gregorian calendar.
fn day_number(year: i32, month: u32, day: u32) -> i32 {
    // Years are counted from March, so that the leap day is the last day of the year.
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * ((month as i32 + 9) % 12) + 2) / 5 + day as i32 - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

fn civil(day: i32) -> (i32, u32, u32) {
    let shifted = day + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (year_of_era + era * 400 + i32::from(month <= 2), month as u32, day as u32)
}

fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// One end of a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edge {
    /// At this period, which belongs to the window.
    At(Point),
    /// Open: the window goes on (`..`).
    Open,
    /// There is an end, and it is not known (nothing is written).
    Unknown,
}

impl Edge {
    /// The period at this end, where it is known.
    pub const fn point(self) -> Option<Point> {
        match self {
            Self::At(point) => Some(point),
            _ => None,
        }
    }
}

/// A point or a window in time, written as in ISO 8601-2.
///
/// | written | means |
/// |---|---|
/// | `2025`, `2025-H1`, `2025-Q3`, `2025-06`, `2025-06-30` | a calendar period |
/// | `2018-01/2018-05` | January to May, year to date |
/// | `2021/2025` | the window of five years |
/// | `2018/..` | from 2018 on |
/// | `/2022` | up to 2022, start unknown |
/// | `20XX`, `xxxx` | a year with masked digits |
/// | `20XX/2025`, `xxxx-x/xxxx-xx` | a window with masked digits |
/// | `P3Y` | three years, placed nowhere |
/// | `十四五` | 2021/2025 |
/// | `十一五末` | 2010 |
///
/// ```
/// use attainment::Period;
/// let plan: Period = "十四五".parse()?;
/// assert_eq!(plan, "2021/2025".parse()?);
/// assert_eq!(plan.to_string(), "2021/2025");
/// # Ok::<(), attainment::PeriodError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// A calendar period.
    Point(Point),
    /// From the start of one period to the end of another.
    Window(Edge, Edge),
    /// Masked digits; the text as it stands.
    Masked(String),
    /// A number of years without a place in time.
    Years(u32),
}

/// A text is not a period.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PeriodError {
    /// The text has another form.
    #[error("`{0}` is not a period")]
    Form(String),
    /// The window ends before it starts.
    #[error("the window `{0}` ends before it starts")]
    Reversed(String),
}

impl Period {
    /// A calendar year.
    pub const fn year(year: i32) -> Self {
        Self::Point(Point::year(year))
    }

    /// The window from one period to another, both included.
    pub const fn between(from: Point, to: Point) -> Self {
        Self::Window(Edge::At(from), Edge::At(to))
    }

    /// First period, where it is known.
    ///
    /// ```
    /// use attainment::{Period, Point};
    /// assert_eq!("2016/2020".parse::<Period>()?.start(), Some(Point::year(2016)));
    /// assert_eq!("/2022".parse::<Period>()?.start(), None);
    /// # Ok::<(), attainment::PeriodError>(())
    /// ```
    pub fn start(&self) -> Option<Point> {
        match self {
            Self::Point(point) => Some(*point),
            Self::Window(start, _) => start.point(),
            _ => None,
        }
    }

    /// Last period, where it is known.
    ///
    /// ```
    /// use attainment::{Period, Point};
    /// assert_eq!("十三五".parse::<Period>()?.end(), Some(Point::year(2020)));
    /// assert_eq!("2018/..".parse::<Period>()?.end(), None);
    /// # Ok::<(), attainment::PeriodError>(())
    /// ```
    pub fn end(&self) -> Option<Point> {
        match self {
            Self::Point(point) => Some(*point),
            Self::Window(_, end) => end.point(),
            _ => None,
        }
    }

    /// The single calendar period this is: itself, or the one a window covers exactly.
    ///
    /// `2022-01/2022-12` is the year 2022.
    ///
    /// ```
    /// use attainment::Period;
    /// let window: Period = "2022-04/2022-06".parse()?;
    /// assert_eq!(window.as_point().unwrap().to_string(), "2022-Q2");
    /// assert_eq!("2021/2025".parse::<Period>()?.as_point(), None);
    /// # Ok::<(), attainment::PeriodError>(())
    /// ```
    pub fn as_point(&self) -> Option<Point> {
        match self {
            Self::Point(point) => Some(*point),
            Self::Window(Edge::At(start), Edge::At(end)) if start == end => Some(*start),
            Self::Window(Edge::At(start), Edge::At(end)) => {
                let year = start.calendar_year();
                [Frequency::Year, Frequency::Half, Frequency::Quarter, Frequency::Month].into_iter().find_map(|frequency| {
                    (1..=frequency.per_year() as u32)
                        .filter_map(|part| Point::part_of_year(frequency, year, part))
                        .find(|point| point.first_day() == start.first_day() && point.last_day() == end.last_day())
                })
            }
            _ => None,
        }
    }

    /// Whether digits are masked.
    pub const fn is_masked(&self) -> bool {
        matches!(self, Self::Masked(_))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let edge = |f: &mut fmt::Formatter<'_>, edge: &Edge| match edge {
            Edge::At(point) => write!(f, "{point}"),
            Edge::Open => f.write_str(".."),
            Edge::Unknown => Ok(()),
        };
        match self {
            Self::Point(point) => write!(f, "{point}"),
            Self::Window(start, end) => {
                edge(f, start)?;
                f.write_str("/")?;
                edge(f, end)
            }
            Self::Masked(text) => f.write_str(text),
            Self::Years(years) => write!(f, "P{years}Y"),
        }
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

/// Orders points by their end, longer periods last: the order in which they are complete.
impl Ord for Point {
    fn cmp(&self, other: &Self) -> Ordering {
        if self.frequency == other.frequency {
            return self.ordinal.cmp(&other.ordinal);
        }
        (self.last_day(), -self.first_day()).cmp(&(other.last_day(), -other.first_day()))
    }
}

impl PartialOrd for Point {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
