//! Numbers: decimal text in, exact arithmetic inside, floats only for display.

mod exact;
mod fixed;
mod radical;
mod root;

use rust_decimal::Decimal;

pub(crate) use exact::Exact;
pub(crate) use fixed::{
    EXACT_IN_F64, Fixed, MAX_SCALE, NONE, decimal_of, digits_needed, quotient, raised, scaled_decimal, scaled_float, ten,
};
pub(crate) use radical::{Radical, apart, rate_of};
pub(crate) use root::{ln, nth_root, power};

use crate::text::fold_width;

/// Why a text is not a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberError {
    /// It is something else.
    NotANumber,
    /// It has more digits than a decimal holds.
    TooLong,
    /// It is `NaN` or an infinity.
    NotFinite,
}

/// Reads a decimal number as people write it.
///
/// Full-width digits, a leading sign, thousands separators in groups of three (`,` `'` `_` or a
/// space) and an exponent are understood. Trailing zeros are kept: `3.0` has one decimal.
pub(crate) fn parse_decimal(text: &str) -> Result<Decimal, NumberError> {
    let text = fold_width(text);
    let lower = text.to_ascii_lowercase();
    if matches!(lower.trim_start_matches(['+', '-']), "nan" | "inf" | "infinity" | "∞") {
        return Err(NumberError::NotFinite);
    }
    let (mantissa, exponent) = match lower.split_once('e') {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().map_err(|_| NumberError::NotANumber)?),
        None => (lower.as_str(), 0),
    };
    let plain = plain_digits(mantissa).ok_or(NumberError::NotANumber)?;
    let plain = if exponent == 0 { plain } else { shift_point(&plain, exponent).ok_or(NumberError::TooLong)? };
    Decimal::from_str_exact(&plain).map_err(|_| NumberError::TooLong)
}

/// The decimal of digits with at most one point and a sign before them; `None` of anything else, and
/// of more than 18 digits.
pub(crate) fn plain_number(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (mut value, mut count, mut point) = (0_i64, 0_u32, None);
    for byte in digits.bytes() {
        match byte {
            b'0'..=b'9' if count < 18 => (value, count) = (value * 10 + i64::from(byte - b'0'), count + 1),
            b'.' if point.is_none() => point = Some(count),
            _ => return None,
        }
    }
    let scale = count - point.unwrap_or(count);
    let value = if digits.len() < text.len() { -value } else { value };
    (count > 0).then(|| Decimal::new(value, scale))
}

/// The decimal of a binary float: the one its shortest text says.
pub(crate) fn decimal_from_f64(value: f64) -> Result<Decimal, NumberError> {
    // A number of at most 15 digits is the shortest text of the float nearest to it, so where one
    // with few decimals gives this float, it is the one.
    for (scale, power) in [1.0, 10.0, 100.0, 1e3, 1e4].into_iter().enumerate() {
        let scaled = (value * power).round();
        if scaled.abs() < 1e15 && scaled != 0.0 && scaled / power == value {
            return Ok(Decimal::new(scaled as i64, scale as u32));
        }
    }
    if value.is_finite() { parse_decimal(&format!("{value:e}")) } else { Err(NumberError::NotFinite) }
}

/// Sign, digits and one point; separators between groups of three digits removed.
fn plain_digits(text: &str) -> Option<String> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole = match whole.find([',', '\'', '_', ' ']) {
        None => whole.to_owned(),
        Some(first) => {
            let separator = whole[first..].chars().next()?;
            let mut groups = whole.split(separator);
            let head = groups.next()?;
            let tail: Vec<_> = groups.collect();
            // `0,123` has no thousands: the comma is that of decimals, which is not read.
            let well_formed = (1..=3).contains(&head.len()) && !head.starts_with('0') && tail.iter().all(|group| group.len() == 3);
            well_formed.then(|| head.to_owned() + &tail.concat())?
        }
    };
    let all_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.len() + fraction.len() == 0 || !all_digits(&whole) || !all_digits(fraction) {
        return None;
    }
    let whole = if whole.is_empty() { "0" } else { &whole };
    Some(if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") })
}

/// Moves the decimal point of plain digits; `None` where the result is absurdly long.
fn shift_point(plain: &str, exponent: i32) -> Option<String> {
    if exponent.unsigned_abs() > 60 {
        return None;
    }
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let zeros = "0".repeat(exponent.unsigned_abs() as usize);
    let all = if exponent < 0 { format!("{zeros}{whole}{fraction}") } else { format!("{whole}{fraction}{zeros}") };
    let point = if exponent < 0 { whole.len() } else { whole.len() + exponent as usize };
    let (whole, fraction) = all.split_at(point.min(all.len()));
    let whole = whole.trim_start_matches('0');
    let fraction = if exponent >= 0 { fraction.trim_end_matches('0') } else { fraction };
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") })
}

/// Splits a text into its leading number and what follows: `34亿元` is `34` and `亿元`.
///
/// The first part is empty where the text does not start with a number. An `x` or `X` counts as
/// a digit, since masked numbers are written so.
pub(crate) fn split_number(text: &str) -> (&str, &str) {
    let mut end = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next_is_digit = chars.peek().is_some_and(|(_, next)| is_digit_or_mask(*next));
        let part_of_number = match c {
            '+' | '-' => at == 0,
            '.' => true,
            ',' | '\'' | '_' | ' ' => end > 0 && next_is_digit,
            'e' | 'E' => end > 0 && exponent_follows(&text[at + 1..]),
            _ => is_digit_or_mask(c),
        };
        if !part_of_number {
            break;
        }
        if matches!(c, 'e' | 'E')
            && let Some((_, '+' | '-')) = chars.peek()
        {
            chars.next();
        }
        end = at + c.len_utf8();
    }
    let (number, rest) = text.split_at(end);
    (number, rest.trim())
}

fn is_digit_or_mask(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, 'x' | 'X')
}

fn exponent_follows(rest: &str) -> bool {
    rest.trim_start_matches(['+', '-']).starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a number has masked digits: `xx`, `x.x`, `1xx`.
pub(crate) fn is_masked(number: &str) -> bool {
    let digits = number.trim_start_matches(['+', '-']);
    digits.contains(['x', 'X']) && digits.chars().all(|c| is_digit_or_mask(c) || c == '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_as_people_write_them() {
        for (text, want) in [
            ("3.0", "3.0"),
            ("-13.5", "-13.5"),
            ("１，２３４．５", "1234.5"),
            ("2,152,791,393", "2152791393"),
            ("1 234", "1234"),
            ("1.2e3", "1200"),
            ("12e-3", "0.012"),
            (".5", "0.5"),
            ("−7", "-7"),
        ] {
            assert_eq!(parse_decimal(text).map(|d| d.to_string()), Ok(want.to_owned()), "{text}");
        }
        for text in ["", "1,23", "12,34,567", "0,123", "1.2.3", "abc", "0x1f", "--1", "5e", "1e"] {
            assert_eq!(parse_decimal(text), Err(NumberError::NotANumber), "{text}");
        }
        assert_eq!(parse_decimal("1234567890123456789012345678901234567890"), Err(NumberError::TooLong));
        assert_eq!(parse_decimal("1e99"), Err(NumberError::TooLong));
        assert_eq!(parse_decimal("-inf"), Err(NumberError::NotFinite));
    }

    #[test]
    fn floats_stand_for_their_shortest_text() {
        assert_eq!(decimal_from_f64(0.1).map(|d| d.to_string()), Ok("0.1".into()));
        assert_eq!(decimal_from_f64(1e15).map(|d| d.to_string()), Ok("1000000000000000".into()));
        assert_eq!(decimal_from_f64(f64::NAN), Err(NumberError::NotFinite));
        let mut state = 1_u64;
        for _ in 0..20_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let value = (state >> 40) as f64 / [1.0, 10.0, 64.0, 1000.0, 1e4, 3.0][(state >> 33) as usize % 6] - 1000.0;
            let text = parse_decimal(&format!("{value:e}"));
            assert_eq!(decimal_from_f64(value).map(|d| d.to_string()), text.map(|d| d.to_string()), "{value}");
        }
    }

    #[test]
    fn numbers_split_from_their_units() {
        for (text, want) in [
            ("34亿元", ("34", "亿元")),
            ("1.7%", ("1.7", "%")),
            ("-10%", ("-10", "%")),
            ("xx亿元", ("xx", "亿元")),
            ("2 pp", ("2", "pp")),
            ("1e3 t", ("1e3", "t")),
            ("5 employees", ("5", "employees")),
            ("unknown", ("", "unknown")),
        ] {
            assert_eq!(split_number(text), want, "{text}");
        }
    }
}
