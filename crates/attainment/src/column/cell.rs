//! One cell of a table: what tables of every kind hand over.

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::period::{Period, PeriodError, Point};

/// A value of a table, in whatever type the table holds it.
///
/// ```
/// use attainment::Cell;
/// assert_eq!(Cell::from("1.2亿元"), Cell::Text("1.2亿元".to_owned()));
/// assert_eq!(Cell::from(2023), Cell::Int(2023));
/// assert_eq!(Cell::from(None::<f64>), Cell::Empty);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Cell {
    /// Nothing.
    Empty,
    /// Text; numbers, periods, masks and missing codes are read out of it.
    Text(String),
    /// A whole number.
    Int(i64),
    /// A binary float, which stands for its shortest decimal text; `NaN` is empty.
    Float(f64),
    /// A decimal.
    Decimal(Decimal),
    /// Yes or no.
    Bool(bool),
}

impl Cell {
    /// The cell as text, for names, periods and flags.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) => Cow::Borrowed(text.trim()),
            Self::Int(value) => Cow::Owned(value.to_string()),
            // A year column with a gap arrives as floats.
            Self::Float(value) if value.is_nan() => Cow::Borrowed(""),
            Self::Float(value) if value.fract() == 0.0 && value.abs() < 1e15 => Cow::Owned(format!("{value:.0}")),
            Self::Float(value) => Cow::Owned(value.to_string()),
            Self::Decimal(value) => Cow::Owned(value.normalize().to_string()),
            Self::Bool(true) => Cow::Borrowed("yes"),
            Self::Bool(false) => Cow::Borrowed("no"),
        }
    }

    /// Reads the cell as a period. A number with a fraction is none: `2020.1` may be January or,
    /// with its zero lost, October.
    pub(crate) fn period(&self) -> Result<Period, PeriodError> {
        let text = self.text();
        match self {
            Self::Float(value) if value.fract() != 0.0 => return Err(PeriodError::Form(text.into_owned())),
            Self::Decimal(value) if !value.is_integer() => return Err(PeriodError::Form(text.into_owned())),
            _ => {}
        }
        // A timestamp is its day, and `2020.0` is what a year with a gap above it is written as.
        let day = text.split_once(['T', ' ']).filter(|(_, clock)| clock.contains(':')).map_or(&*text, |(day, _)| day);
        day.strip_suffix(".0").filter(|year| year.len() == 4).unwrap_or(day).parse()
    }
}

macro_rules! cell_from {
    ($($type:ty => |$value:ident| $cell:expr;)*) => {$(
        impl From<$type> for Cell {
            fn from($value: $type) -> Self {
                $cell
            }
        }
    )*};
}

cell_from! {
    &str => |value| Self::Text(value.to_owned());
    String => |value| Self::Text(value);
    &String => |value| Self::Text(value.clone());
    i32 => |value| Self::Int(value.into());
    u32 => |value| Self::Int(value.into());
    u16 => |value| Self::Int(value.into());
    i64 => |value| Self::Int(value);
    f64 => |value| Self::Float(value);
    Decimal => |value| Self::Decimal(value);
    bool => |value| Self::Bool(value);
    Point => |value| Self::Text(value.to_string());
    Period => |value| Self::Text(value.to_string());
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}
