//! Points and windows as one type.

use std::fmt;

use super::{Frequency, Point};

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
