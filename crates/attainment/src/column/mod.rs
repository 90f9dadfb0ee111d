//! Typed columns: how tables come in and how results go out.

mod bits;
mod cell;

use std::borrow::Cow;
use std::collections::HashMap;

use rust_decimal::Decimal;

pub use bits::{Bits, Ints};
pub use cell::Cell;

use crate::number::{Exact, parse_decimal};
use crate::period::Point;
use crate::text::{Message, msg};

/// One column of a table, typed: what a table is made of, and what a result hands out.
///
/// The layouts are those of Arrow and of typed arrays, so that a column that lies in memory already
/// is borrowed and not copied. `valid` has a bit for each row, set where there is a value; without it
/// every row has one. [`Column::cell`] looks at one row, whatever the type.
///
/// ```
/// use attainment::{Cell, Column, Columns, Panel};
/// let years = [2022_i64, 2023];
/// let panel = Panel::from_columns(
///     &[("indicator", Column::from(vec!["rd", "rd"])), ("year", Column::from(&years[..])), ("value", Column::from(vec![3.04, 3.13]))],
///     &Columns::new(),
/// )?;
/// assert_eq!(panel.len(), 2);
/// assert_eq!(Column::from(vec![Some(3.04), None]).cell(1), Cell::Empty);
/// # Ok::<(), attainment::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Column<'a> {
    /// Cells of any kind: the general form, and the slow one.
    Cells(Cow<'a, [Cell]>),
    /// Whole numbers.
    Int {
        /// The numbers.
        values: Ints<'a>,
        /// Where there is a value.
        valid: Option<Bits<'a>>,
    },
    /// Binary floats, each of which stands for its shortest decimal text; `NaN` is missing.
    Float {
        /// The numbers.
        values: Cow<'a, [f64]>,
        /// Where there is a value.
        valid: Option<Bits<'a>>,
    },
    /// Binary floats of half the size, which stand for their own shortest text: `0.1`, and not
    /// `0.10000000149`.
    Float32 {
        /// The numbers.
        values: Cow<'a, [f32]>,
        /// Where there is a value.
        valid: Option<Bits<'a>>,
    },
    /// Decimals, all of one scale.
    Decimal {
        /// The digits: the number times ten to the power `scale`.
        values: Cow<'a, [i128]>,
        /// The digits behind the point; of a negative scale zeros are left out.
        scale: i8,
        /// Where there is a value.
        valid: Option<Bits<'a>>,
    },
    /// Yes and no.
    Bool {
        /// The answers.
        values: Bits<'a>,
        /// Where there is a value.
        valid: Option<Bits<'a>>,
    },
    /// Texts: the text of row `i` stands from byte `offsets[i]` to byte `offsets[i + 1]`.
    Text {
        /// One more than there are rows.
        offsets: Cow<'a, [i32]>,
        /// All texts, one after another.
        bytes: Cow<'a, str>,
        /// Where there is a value.
        valid: Option<Bits<'a>>,
    },
    /// Calendar days, counted from 1970-01-01.
    Days {
        /// The days.
        values: Cow<'a, [i32]>,
        /// Where there is a value.
        valid: Option<Bits<'a>>,
    },
    /// Numbers that stand for the rows of another column.
    Dictionary {
        /// The row of `values` that each row is.
        codes: Ints<'a>,
        /// Where there is a value.
        valid: Option<Bits<'a>>,
        /// What the codes stand for.
        values: Box<Column<'a>>,
    },
}

impl<'a> Column<'a> {
    /// The number of rows.
    ///
    /// ```
    /// use attainment::Column;
    /// assert_eq!(Column::from(vec!["a", "b"]).len(), 2);
    /// ```
    pub fn len(&self) -> usize {
        match self {
            Self::Cells(cells) => cells.len(),
            Self::Int { values, .. } => values.len(),
            Self::Float { values, .. } => values.len(),
            Self::Float32 { values, .. } => values.len(),
            Self::Decimal { values, .. } => values.len(),
            Self::Bool { values, .. } => values.len(),
            Self::Text { offsets, .. } => offsets.len().saturating_sub(1),
            Self::Days { values, .. } => values.len(),
            Self::Dictionary { codes, .. } => codes.len(),
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where there is a value; `None` where every row has one, or cells say so themselves.
    ///
    /// `NaN` is missing besides, and so is what a dictionary says is missing.
    pub fn valid(&self) -> Option<&Bits<'a>> {
        match self {
            Self::Cells(_) => None,
            Self::Int { valid, .. }
            | Self::Float { valid, .. }
            | Self::Float32 { valid, .. }
            | Self::Decimal { valid, .. }
            | Self::Bool { valid, .. }
            | Self::Text { valid, .. }
            | Self::Days { valid, .. }
            | Self::Dictionary { valid, .. } => valid.as_ref(),
        }
    }

    /// What stands in a row: the general way to look at a column, for whoever is not in a hurry.
    ///
    /// Beyond the end there is nothing.
    ///
    /// ```
    /// use attainment::{Cell, Column, Ints};
    /// let words = Column::Dictionary { codes: Ints::from(vec![1_u32, 0, 1]), valid: None, values: Box::new(Column::from(vec!["met", "pending"])) };
    /// assert_eq!(words.cell(2), Cell::from("pending"));
    /// let days = Column::Days { values: vec![19_723].into(), valid: None };
    /// assert_eq!(days.cell(0), Cell::from("2024-01-01"));
    /// ```
    pub fn cell(&self, row: usize) -> Cell {
        self.look(row).into_owned()
    }

    /// The cell of a row, borrowed where it stands there as one.
    pub(crate) fn look(&self, row: usize) -> Cow<'_, Cell> {
        static NOTHING: Cell = Cell::Empty;
        if self.valid().is_some_and(|valid| !valid.get(row)) {
            return Cow::Borrowed(&NOTHING);
        }
        let cell = match self {
            Self::Cells(cells) => return Cow::Borrowed(cells.get(row).unwrap_or(&NOTHING)),
            Self::Int { values, .. } => values.get(row).map(whole),
            Self::Float { values, .. } => values.get(row).filter(|value| !value.is_nan()).map(|value| Cell::Float(*value)),
            Self::Float32 { values, .. } => values.get(row).filter(|value| !value.is_nan()).map(|value| single(*value)),
            Self::Decimal { values, scale, .. } => values.get(row).map(|digits| decimal(*digits, *scale)),
            Self::Bool { values, .. } => (row < values.len()).then(|| Cell::Bool(values.get(row))),
            Self::Text { .. } => self.text(row).map(|text| Cell::Text(text.to_owned())),
            Self::Days { values, .. } => values.get(row).map(|day| calendar_day(*day)),
            Self::Dictionary { codes, values, .. } => {
                return match codes.get(row).and_then(|code| usize::try_from(code).ok()) {
                    Some(code) => values.look(code),
                    None => Cow::Borrowed(&NOTHING),
                };
            }
        };
        cell.map_or(Cow::Borrowed(&NOTHING), Cow::Owned)
    }

    /// The text of a row of texts.
    pub(crate) fn text(&self, row: usize) -> Option<&str> {
        let Self::Text { offsets, bytes, .. } = self else { return None };
        let edge = |at: usize| offsets.get(at).and_then(|offset| usize::try_from(*offset).ok());
        bytes.get(edge(row)?..edge(row + 1)?)
    }

    /// Every cell, in order.
    ///
    /// ```
    /// use attainment::{Cell, Column};
    /// let cells: Vec<Cell> = Column::from(vec![1_i64, 2]).cells().collect();
    /// assert_eq!(cells, [1.into(), 2.into()]);
    /// ```
    pub fn cells(&self) -> impl Iterator<Item = Cell> + '_ {
        (0..self.len()).map(|row| self.cell(row))
    }

    /// The same column with values of its own.
    pub fn into_owned(self) -> Column<'static> {
        fn own<T: Clone>(values: Cow<'_, [T]>) -> Cow<'static, [T]> {
            Cow::Owned(values.into_owned())
        }
        let bits = |valid: Option<Bits<'_>>| valid.map(Bits::into_owned);
        match self {
            Self::Cells(cells) => Column::Cells(own(cells)),
            Self::Int { values, valid } => Column::Int { values: values.into_owned(), valid: bits(valid) },
            Self::Float { values, valid } => Column::Float { values: own(values), valid: bits(valid) },
            Self::Float32 { values, valid } => Column::Float32 { values: own(values), valid: bits(valid) },
            Self::Decimal { values, scale, valid } => Column::Decimal { values: own(values), scale, valid: bits(valid) },
            Self::Bool { values, valid } => Column::Bool { values: values.into_owned(), valid: bits(valid) },
            Self::Text { offsets, bytes, valid } => {
                Column::Text { offsets: own(offsets), bytes: Cow::Owned(bytes.into_owned()), valid: bits(valid) }
            }
            Self::Days { values, valid } => Column::Days { values: own(values), valid: bits(valid) },
            Self::Dictionary { codes, valid, values } => {
                Column::Dictionary { codes: codes.into_owned(), valid: bits(valid), values: Box::new(values.into_owned()) }
            }
        }
    }

    /// Why the parts of a column do not make one: a buffer that is too short would lose rows.
    pub(crate) fn broken(&self) -> Option<Message> {
        let rows = self.len();
        if let Some(valid) = self.valid()
            && valid.len() != rows
        {
            let found = valid.len();
            return Some(msg!("it has {rows} values and {found} marks of validity", "有{rows}个值而有{found}个有效标记"));
        }
        match self {
            Self::Text { .. } => {
                let bad = (0..rows).find(|row| self.text(*row).is_none())?;
                Some(msg!("the text of row {} lies outside its texts", "第{}行的文本越界", bad + 1))
            }
            Self::Dictionary { codes, values, valid } => {
                let given = |row: &usize| valid.as_ref().is_none_or(|valid| valid.get(*row));
                let fits = |row: &usize| codes.get(*row).is_some_and(|code| usize::try_from(code).is_ok_and(|code| code < values.len()));
                if let Some(bad) = (0..rows).filter(given).find(|row| !fits(row)) {
                    return Some(msg!("the code of row {} stands for nothing", "第{}行的编码没有对应的值", bad + 1));
                }
                values.broken()
            }
            _ => None,
        }
    }

    /// Words of a result: each distinct one once, and its number for each row.
    pub(crate) fn words<'w>(words: impl IntoIterator<Item = Option<&'w str>>) -> Column<'static> {
        let mut numbers: HashMap<&'w str, u32> = HashMap::new();
        let (mut distinct, mut codes, mut valid) = (Vec::new(), Vec::new(), Vec::new());
        for word in words {
            let code = word.map(|word| {
                *numbers.entry(word).or_insert_with(|| {
                    distinct.push(word);
                    distinct.len() as u32 - 1
                })
            });
            codes.push(code.unwrap_or_default());
            valid.push(code.is_some());
        }
        Column::Dictionary { codes: codes.into(), valid: some_missing(&valid), values: Box::new(Column::from(distinct)) }
    }

    /// Numbers of a result: the nearest floats.
    pub(crate) fn floats(values: impl IntoIterator<Item = Option<f64>>) -> Column<'static> {
        Column::from(values.into_iter().collect::<Vec<Option<f64>>>())
    }

    /// Exact numbers of a result at one scale, or as cells where no scale holds them all.
    pub(crate) fn decimals(values: &[Option<Decimal>]) -> Column<'static> {
        let scale = values.iter().flatten().map(|value| value.normalize().scale()).max().unwrap_or(0);
        let digits = |value: &Option<Decimal>| match value.map(|value| value.normalize()) {
            None => Some(0),
            Some(value) => 10_i128.checked_pow(scale - value.scale()).and_then(|power| value.mantissa().checked_mul(power)),
        };
        match values.iter().map(digits).collect::<Option<Vec<i128>>>() {
            Some(digits) => {
                let valid: Vec<bool> = values.iter().map(Option::is_some).collect();
                Column::Decimal { values: digits.into(), scale: scale as i8, valid: some_missing(&valid) }
            }
            None => Column::Cells(values.iter().map(|value| Cell::from(*value)).collect()),
        }
    }

    /// Answers of a result.
    pub(crate) fn answers(values: impl IntoIterator<Item = Option<bool>>) -> Column<'static> {
        let values: Vec<Option<bool>> = values.into_iter().collect();
        let valid: Vec<bool> = values.iter().map(Option::is_some).collect();
        Column::Bool { values: values.into_iter().map(|value| value == Some(true)).collect(), valid: some_missing(&valid) }
    }
}

/// The marks of validity, where a value is missing.
pub(crate) fn some_missing(valid: &[bool]) -> Option<Bits<'static>> {
    valid.contains(&false).then(|| valid.iter().copied().collect())
}

fn whole(value: i128) -> Cell {
    i64::try_from(value).map_or_else(|_| decimal(value, 0), Cell::Int)
}

fn calendar_day(day: i32) -> Cell {
    // A day that no calendar here has is refused by whoever reads it as a period.
    Point::from_day_number(day).map_or_else(|| Cell::Text(format!("day {day}")), Cell::from)
}

fn single(value: f32) -> Cell {
    // Not finite: the float says so.
    parse_decimal(&format!("{value:e}")).map_or_else(|_| Cell::Float(f64::from(value)), Cell::Decimal)
}

fn decimal(digits: i128, scale: i8) -> Cell {
    let fitting = |digits, scale| u32::try_from(scale).ok().and_then(|scale| Decimal::try_from_i128_with_scale(digits, scale).ok());
    // A column of one scale gives its longest numbers zeros that they need not have.
    let shorter =
        std::iter::successors(Some((digits, scale)), |(digits, scale)| (*scale > 0 && digits % 10 == 0).then(|| (digits / 10, scale - 1)));
    let fits = shorter.into_iter().find_map(|(digits, scale)| fitting(digits, scale));
    // A text of too many digits is refused by whoever reads it, which a cut number would not be.
    fits.map_or_else(|| Cell::Text(format!("{digits}e{}", -i32::from(scale))), Cell::Decimal)
}

/// The nearest float of a decimal.
pub(crate) fn nearest(value: Decimal) -> f64 {
    Exact::from(value).to_f64()
}

impl From<Vec<Cell>> for Column<'_> {
    fn from(cells: Vec<Cell>) -> Self {
        Self::Cells(Cow::Owned(cells))
    }
}

impl<'a> From<&'a [Cell]> for Column<'a> {
    fn from(cells: &'a [Cell]) -> Self {
        Self::Cells(Cow::Borrowed(cells))
    }
}

macro_rules! int_columns {
    ($($type:ty),*) => {$(
        impl From<Vec<$type>> for Column<'_> {
            fn from(values: Vec<$type>) -> Self {
                Self::Int { values: values.into(), valid: None }
            }
        }

        impl<'a> From<&'a [$type]> for Column<'a> {
            fn from(values: &'a [$type]) -> Self {
                Self::Int { values: values.into(), valid: None }
            }
        }
    )*};
}

int_columns!(i8, i16, i32, i64, u8, u16, u32, u64);

macro_rules! float_columns {
    ($($type:ty => $variant:ident),*) => {$(
        impl From<Vec<$type>> for Column<'_> {
            fn from(values: Vec<$type>) -> Self {
                Self::$variant { values: Cow::Owned(values), valid: None }
            }
        }

        impl<'a> From<&'a [$type]> for Column<'a> {
            fn from(values: &'a [$type]) -> Self {
                Self::$variant { values: Cow::Borrowed(values), valid: None }
            }
        }
    )*};
}

float_columns!(f64 => Float, f32 => Float32);

impl From<Vec<Option<f64>>> for Column<'_> {
    fn from(values: Vec<Option<f64>>) -> Self {
        let valid: Vec<bool> = values.iter().map(Option::is_some).collect();
        Self::Float { values: values.into_iter().map(Option::unwrap_or_default).collect(), valid: some_missing(&valid) }
    }
}

impl From<Vec<Option<i64>>> for Column<'_> {
    fn from(values: Vec<Option<i64>>) -> Self {
        let valid: Vec<bool> = values.iter().map(Option::is_some).collect();
        let values: Vec<i64> = values.into_iter().map(Option::unwrap_or_default).collect();
        Self::Int { values: values.into(), valid: some_missing(&valid) }
    }
}

macro_rules! text_columns {
    ($($type:ty => |$value:ident| $text:expr),*) => {$(
        impl From<Vec<$type>> for Column<'_> {
            fn from(values: Vec<$type>) -> Self {
                let texts: Vec<Option<&str>> = values.iter().map(|$value| $text).collect();
                texts_of(&texts)
            }
        }
    )*};
}

text_columns! {
    &str => |value| Some(*value),
    String => |value| Some(value.as_str()),
    Option<&str> => |value| *value,
    Option<String> => |value| value.as_deref()
}

/// Texts in the layout of Arrow; as cells where they are more than its offsets reach.
fn texts_of<'a>(texts: &[Option<&str>]) -> Column<'a> {
    let size: usize = texts.iter().flatten().map(|text| text.len()).sum();
    if i32::try_from(size).is_err() {
        return Column::Cells(texts.iter().map(|text| Cell::from(*text)).collect());
    }
    let (mut offsets, mut bytes) = (Vec::with_capacity(texts.len() + 1), String::with_capacity(size));
    offsets.push(0);
    for text in texts {
        bytes.push_str(text.unwrap_or_default());
        offsets.push(bytes.len() as i32);
    }
    let valid: Vec<bool> = texts.iter().map(Option::is_some).collect();
    Column::Text { offsets: offsets.into(), bytes: bytes.into(), valid: some_missing(&valid) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_says_its_cells() {
        let valid = || Some([true, false, true].into_iter().collect::<Bits<'static>>());
        let text = Column::Text { offsets: vec![0, 1, 1, 3].into(), bytes: "a北".into(), valid: valid() };
        assert_eq!(text.broken().map(|message| message.en), Some("the text of row 3 lies outside its texts".to_owned()));
        for (column, want) in [
            (
                Column::Int { values: vec![1_u64, 2, u64::MAX].into(), valid: valid() },
                [1.into(), Cell::Empty, Decimal::from(u64::MAX).into()],
            ),
            (Column::from(vec![1.5, f64::NAN, 0.1]), [1.5.into(), Cell::Empty, 0.1.into()]),
            (Column::from(vec![0.1_f32, f32::NAN, 2.0]), [Decimal::new(1, 1).into(), Cell::Empty, Decimal::from(2).into()]),
            (
                Column::Decimal { values: vec![205, 0, -1].into(), scale: 2, valid: valid() },
                [Decimal::new(205, 2).into(), Cell::Empty, Decimal::new(-1, 2).into()],
            ),
            (Column::Decimal { values: vec![2, 3, 4].into(), scale: -3, valid: None }, ["2e3".into(), "3e3".into(), "4e3".into()]),
            (Column::answers([Some(true), None, Some(false)]), [true.into(), Cell::Empty, false.into()]),
            (Column::from(vec![Some("a"), None, Some("北")]), ["a".into(), Cell::Empty, "北".into()]),
            (Column::words([Some("b"), None, Some("b")]), ["b".into(), Cell::Empty, "b".into()]),
            (Column::Days { values: vec![0, 1, -1].into(), valid: None }, ["1970-01-01".into(), "1970-01-02".into(), "1969-12-31".into()]),
        ] {
            assert_eq!(column.cells().collect::<Vec<_>>(), want, "{column:?}");
            assert_eq!((column.broken(), column.cell(3)), (None, Cell::Empty), "{column:?}");
            assert!(column.clone().into_owned().cells().eq(want), "{column:?}");
        }
    }

    #[test]
    fn decimals_share_a_scale_where_one_holds_them() {
        let text = |text: &str| parse_decimal(text).ok();
        let column = Column::decimals(&[text("1.50"), None, text("-2.25")]);
        assert_eq!(
            column,
            Column::Decimal { values: vec![150, 0, -225].into(), scale: 2, valid: Some([true, false, true].into_iter().collect()) }
        );
        let wide = Column::decimals(&[text("79228162514264337593543950335"), text("0.0000000000000000000000000001")]);
        assert!(matches!(wide, Column::Cells(_)));
        assert_eq!(wide.cell(1), text("0.0000000000000000000000000001").into());
    }

    #[test]
    fn what_does_not_hold_together_is_said() {
        let short = Column::Float { values: vec![1.0, 2.0].into(), valid: Some([true].into_iter().collect()) };
        assert!(short.broken().is_some());
        let code = |code: i32| Column::Dictionary { codes: vec![0, code].into(), valid: None, values: Box::new(Column::from(vec!["a"])) };
        assert!(code(0).broken().is_none() && code(1).broken().is_some() && code(-1).broken().is_some());
        assert_eq!(code(-1).cell(1), Cell::Empty);
    }

    #[test]
    fn zeros_of_a_common_scale_make_no_number_too_long() {
        let values = [7_922_816_251_427_i128 * 10_i128.pow(16), 1, i128::MAX];
        let column = Column::Decimal { values: values.to_vec().into(), scale: 16, valid: None };
        assert_eq!(column.cell(0), Decimal::from(7_922_816_251_427_i64).into());
        assert_eq!(column.cell(1), Decimal::new(1, 16).into());
        assert!(matches!(column.cell(2), Cell::Text(_)), "39 digits are no decimal, and are not cut");
    }
}
