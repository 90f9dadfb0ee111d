//! A number with its unit, as a document writes it: known, masked or stated as unknown.

use std::fmt;

use rust_decimal::Decimal;

use crate::document::impl_scalar;
use crate::finding::{Code, Finding};
use crate::number::{NumberError, is_masked, parse_decimal, split_number};
use crate::period::{Period, PeriodError};
use crate::text::{Message, fold_width, msg, shorten};
use crate::unit::Unit;

/// A number with an optional unit: `1.7%`, `34亿元`, `2pp`, `51`, `xx家`, `unknown`.
///
/// The text stays as it was written, so that `3.0%` keeps its two digits.
///
/// ```
/// use attainment::{Bound, Format, Plan, Stated};
/// let plan = Plan::parse("{attainment: 1, id: p, indicators: {output: {name: 高新技术产业产值, unit: 亿元, direction: increase}}, targets: {output: {indicator: output, reach: 340.0亿元, by: 2025}}}", Format::Yaml)?;
/// let Some(Bound::Stated(Stated::Quantity(quantity))) = &plan.document().targets["output"].reach else { panic!() };
/// assert_eq!(quantity.as_str(), "340.0亿元");
/// assert_eq!(quantity.unit().unwrap().as_str(), "亿元");
/// assert!(!quantity.is_masked());
/// # Ok::<(), attainment::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    text: String,
    value: Value,
    unit: Option<Unit>,
}

#[derive(Clone, Debug, PartialEq)]
enum Value {
    Known(Decimal),
    Masked,
    Unknown,
}

impl Quantity {
    /// Reads the text.
    ///
    /// # Errors
    ///
    /// A finding without a place: `bad_bound`, `bad_number`, `number_too_long` or `bad_unit`.
    pub(crate) fn parse(text: &str) -> Result<Self, Finding> {
        let folded = fold_width(text);
        let shown = shorten(text);
        if matches!(folded.as_str(), "unknown" | "未知") {
            return Ok(Self { text: text.to_owned(), value: Value::Unknown, unit: None });
        }
        let (number, rest) = split_number(&folded);
        let value = if is_masked(number) {
            Value::Masked
        } else {
            match parse_decimal(number) {
                Ok(value) => Value::Known(value),
                Err(NumberError::TooLong) => {
                    return Err(Finding::new(Code::NumberTooLong, msg!("`{shown}` has more than 28 digits", "`{shown}`超过28位数字"))
                        .help(msg!("use a larger unit", "请改用更大的单位")));
                }
                Err(NumberError::NotFinite) => {
                    return Err(not_finite(&shown));
                }
                Err(NumberError::NotANumber) if number.is_empty() => {
                    return Err(Finding::new(Code::BadBound, msg!("`{shown}` does not start with a number", "`{shown}`不以数字开头"))
                        .help(msg!(
                            "write a number with its unit, a mask such as `xx%`, or `unknown`",
                            "请写带单位的数字、掩码(如`xx%`)或`unknown`"
                        )));
                }
                Err(NumberError::NotANumber) => {
                    return Err(Finding::new(Code::BadNumber, msg!("`{shown}` is not a decimal number", "`{shown}`不是十进制数")).help(
                        msg!(
                            "write digits, `.` before decimals and `,` only between thousands, then the unit: `1,234.5万元`",
                            "请写数字,小数点用`.`,`,`只分隔千位,其后写单位,如`1,234.5万元`"
                        ),
                    ));
                }
            }
        };
        let unit = match rest {
            "" => None,
            rest => Some(Unit::parse(rest).ok_or_else(|| {
                Finding::new(Code::BadUnit, msg!("`{shown}` does not end in a unit", "`{shown}`的单位无法识别")).help(name_a_unit())
            })?),
        };
        Ok(Self { text: text.to_owned(), value, unit })
    }

    /// A number that was computed, in a unit.
    pub(crate) fn of(value: Decimal, unit: Option<Unit>) -> Self {
        let text = match &unit {
            Some(unit) if unit.is_percent() && unit.as_str() == "percent" => format!("{value}%"),
            Some(unit) => format!("{value} {unit}"),
            None => value.to_string(),
        };
        Self { text, value: Value::Known(value), unit }
    }

    /// The number, where it is known.
    pub fn value(&self) -> Option<Decimal> {
        match self.value {
            Value::Known(value) => Some(value),
            _ => None,
        }
    }

    /// The unit that stands after the number.
    pub fn unit(&self) -> Option<&Unit> {
        self.unit.as_ref()
    }

    /// Whether digits are masked.
    pub fn is_masked(&self) -> bool {
        self.value == Value::Masked
    }

    /// Whether it is stated as unknown.
    pub fn is_unknown(&self) -> bool {
        self.value == Value::Unknown
    }

    /// The text as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Infinity bounds nothing, and what is not a number equals nothing.
pub(crate) fn not_finite(shown: &str) -> Finding {
    Finding::new(Code::BadNumber, msg!("`{shown}` is not finite", "`{shown}`不是有限的数"))
        .help(msg!("write a number, or `unknown`", "请写数字,或写`unknown`"))
}

pub(crate) fn name_a_period() -> Message {
    msg!(
        "write `2025`, `2025-Q3`, `2025-06`, `2021/2025`, `/2022`, `20XX` or `十四五`",
        "可写作`2025`、`2025-Q3`、`2025-06`、`2021/2025`、`/2022`、`20XX`或`十四五`"
    )
}

pub(crate) fn name_a_unit() -> Message {
    msg!(
        "write a unit such as `percent`, `pp`, `亿元` or `件/万人`, or a word for what is counted",
        "请写单位,如`percent`、`pp`、`亿元`、`件/万人`,或所计之物的名称"
    )
}

impl_scalar!(
    Quantity,
    "Quantity" = { "description": "A number with an optional unit: `1.7%`, `34亿元`, `2pp`, `51`; a mask such as `xx家`; or `unknown`." },
    Quantity::parse
);

impl_scalar!(Unit, "Unit" = { "description": "A unit: `percent`, `pp`, `亿元`, `件/万人`, `tonnes`, or any word for what is counted." }, |text| {
    let shown = shorten(text);
    Unit::parse(text).ok_or_else(|| Finding::new(Code::BadUnit, msg!("`{shown}` is not a unit", "`{shown}`不是单位")).help(name_a_unit()))
});

impl_scalar!(Period, "Period" = { "description": "A period or a window: `2025`, `2025-Q3`, `2025-06`, `2021/2025`, `/2022`, `2018/..`, `20XX`, `十四五`." }, |text| {
    let shown = shorten(text);
    text.parse().map_err(|error| match error {
        PeriodError::Reversed(_) => {
            Finding::new(Code::WindowReversed, msg!("the window `{shown}` ends before it starts", "期限`{shown}`的终点早于起点"))
                .help(msg!("swap the two ends", "请对调起止"))
        }
        PeriodError::Form(_) => Finding::new(Code::BadPeriod, msg!("`{shown}` is not a period", "`{shown}`不是期")).help(name_a_period()),
    })
});

/// A plain decimal number, without a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number(Decimal);

impl Number {
    /// The decimal.
    pub const fn get(self) -> Decimal {
        self.0
    }
}

impl From<Decimal> for Number {
    fn from(value: Decimal) -> Self {
        Self(value)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl_scalar!(Number, "Number" = { "description": "A decimal number without a unit." }, |text| {
    let quantity = match Quantity::parse(text) {
        // What is no bound is no number either, and here only a number is asked for.
        Err(problem) if problem.code != Code::BadBound => return Err(problem),
        quantity => quantity.ok(),
    };
    match quantity.map(|quantity| (quantity.value(), quantity.unit)) {
        Some((Some(value), None)) => Ok(Number(value)),
        _ => {
            let shown = shorten(text);
            Err(Finding::new(Code::BadNumber, msg!("`{shown}` is not a plain number", "`{shown}`不是不带单位的数")).help(msg!("write digits alone, such as `2` or `0.5`", "请只写数字,如`2`或`0.5`")))
        }
    }
});
