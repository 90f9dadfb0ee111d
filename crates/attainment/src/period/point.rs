//! Calendar periods: years and their parts.

use std::cmp::Ordering;
use std::fmt;

use crate::number::Exact;

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
    pub(super) const fn per_year(self) -> i32 {
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

    /// The day with this number, counted from 1970-01-01; `None` beyond the years that are written.
    pub(crate) fn from_day_number(day: i32) -> Option<Self> {
        let known = day_number(0, 1, 1)..=day_number(MAX_YEAR, 12, 31);
        known.contains(&day).then_some(Self { frequency: Frequency::Day, ordinal: day })
    }

    pub(super) fn part_of_year(frequency: Frequency, year: i32, part: u32) -> Option<Self> {
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

    /// Which part of its year it is, from 1; the day of a month is not counted.
    pub(super) fn part(self) -> i32 {
        self.ordinal.rem_euclid(self.frequency.per_year()) + 1
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
