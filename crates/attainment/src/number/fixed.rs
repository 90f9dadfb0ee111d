//! Decimals as whole numbers of one scale: what columns are held as.

use rust_decimal::Decimal;

/// Stands for a number that is not there.
pub(crate) const NONE: i64 = i64::MIN;

/// The most digits behind the point that columns are held at.
pub(crate) const MAX_SCALE: u8 = 15;

/// Numbers beyond this are not held in columns: it leaves room for differences and signs.
const MOST: i64 = 1_000_000_000_000_000_000;

/// Whole numbers up to here are floats without rounding, so that their quotient is rounded once.
pub(crate) const EXACT_IN_F64: i64 = 1 << 53;

/// Ten to a power, as a float and as a whole number.
pub(crate) const fn ten(scale: u8) -> i64 {
    let mut power: i64 = 1;
    let mut digits = 0;
    while digits < scale && digits < 18 {
        power *= 10;
        digits += 1;
    }
    power
}

/// The number a float stands for, times `power`, where that is whole.
///
/// A decimal of at most 15 digits is the shortest text of the float nearest to it, so where such a one
/// gives this float, it is the one the float stands for.
#[inline]
pub(crate) fn scaled_float(value: f64, power: f64) -> Option<i64> {
    // Adding and taking away 1.5 × 2^52 leaves a whole number; which way it rounds does not matter, as
    // only those pass that were whole but for the error of the product.
    const SHIFT: f64 = 6_755_399_441_055_744.0;
    let shifted = value * power + SHIFT;
    let scaled = shifted - SHIFT;
    // In that range the bits of a float count up with its whole number.
    (scaled / power == value && scaled.abs() < 1e15).then(|| shifted.to_bits().wrapping_sub(SHIFT.to_bits()) as i64)
}

/// A decimal times ten to the power `scale`, where that is whole and not too large.
pub(crate) fn scaled_decimal(value: Decimal, scale: u8) -> Option<i64> {
    let value = if value.scale() > u32::from(scale) { value.normalize() } else { value };
    let up = u32::from(scale).checked_sub(value.scale())?;
    let digits = value.mantissa().checked_mul(10_i128.checked_pow(up)?)?;
    i64::try_from(digits).ok().filter(|digits| digits.abs() <= MOST)
}

/// The same number at a larger scale, where it is not too large there.
pub(crate) fn raised(value: i64, by: u8) -> Option<i64> {
    if value < -MOST {
        // A number that is not there.
        return Some(value);
    }
    value.checked_mul(ten(by)).filter(|value| value.abs() <= MOST)
}

/// How many digits behind the point a number needs.
pub(crate) fn digits_needed(mut value: i64, scale: u8) -> u8 {
    let mut digits = scale;
    while digits > 0 && value % 10 == 0 {
        value /= 10;
        digits -= 1;
    }
    digits
}

/// The decimal of a scaled number, with as many digits behind the point as it was written with.
pub(crate) fn decimal_of(value: i64, scale: u8, written: u8) -> Decimal {
    let needed = digits_needed(value, scale);
    let digits = written.max(needed);
    if digits <= scale {
        return Decimal::from_i128_with_scale(i128::from(value / ten(scale - digits)), u32::from(digits));
    }
    Decimal::from_i128_with_scale(i128::from(value) * i128::from(ten(digits - scale)), u32::from(digits))
}

/// The nearest float of the quotient of two whole numbers, neither beyond 2^53.
#[inline]
pub(crate) fn quotient(above: i64, below: i64) -> f64 {
    // A zero has no sign here.
    above as f64 / below as f64 + 0.0
}

/// Numbers of a column, each at the scale of all.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Fixed {
    pub(crate) scale: u8,
    pub(crate) values: Vec<i64>,
    /// The digits behind the point as written, where some are written with zeros at the end.
    written: Vec<u8>,
}

impl Fixed {
    /// The number of a row, as written.
    pub(crate) fn decimal(&self, row: usize) -> Option<Decimal> {
        let value = *self.values.get(row).filter(|value| **value != NONE)?;
        Some(decimal_of(value, self.scale, self.written.get(row).copied().unwrap_or(0)))
    }

    /// How many digits behind the point the number of a row is written with.
    pub(crate) fn digits(&self, row: usize) -> u8 {
        let needed = self.values.get(row).map_or(0, |value| digits_needed(*value, self.scale));
        self.written.get(row).copied().unwrap_or(0).max(needed)
    }

    /// Adds a row without a number.
    pub(crate) fn push_none(&mut self) {
        self.values.push(NONE);
        if !self.written.is_empty() {
            self.written.push(0);
        }
    }

    /// Adds a float; `false` where it does not fit.
    pub(crate) fn push_float(&mut self, value: f64) -> bool {
        if let Some(value) = scaled_float(value, ten(self.scale) as f64) {
            self.values.push(value);
            if !self.written.is_empty() {
                self.written.push(0);
            }
            return true;
        }
        super::decimal_from_f64(value).is_ok_and(|value| self.push(value.normalize()))
    }

    /// Adds a decimal as written; `false` where it does not fit.
    pub(crate) fn push(&mut self, value: Decimal) -> bool {
        let normal = value.normalize();
        let needed = normal.scale();
        if needed > u32::from(MAX_SCALE) || value.scale() > 18 {
            return false;
        }
        if needed > u32::from(self.scale) && !self.raise(needed as u8 - self.scale) {
            return false;
        }
        let Some(scaled) = scaled_decimal(normal, self.scale) else { return false };
        if value.scale() > needed && self.written.is_empty() {
            self.written = vec![0; self.values.len()];
        }
        self.values.push(scaled);
        if !self.written.is_empty() {
            self.written.push(value.scale() as u8);
        }
        true
    }

    fn raise(&mut self, by: u8) -> bool {
        if self.values.iter().any(|value| raised(*value, by).is_none()) {
            return false;
        }
        self.values.iter_mut().for_each(|value| *value = raised(*value, by).unwrap_or(NONE));
        self.scale += by;
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::{decimal_from_f64, parse_decimal};

    #[test]
    fn floats_are_what_their_shortest_text_says() {
        let mut state = 7_u64;
        let mut fitted = 0;
        for _ in 0..50_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let value = ((state >> 34) as f64 - 5e8) / [1.0, 10.0, 100.0, 1e3, 64.0, 3.0][(state >> 30) as usize % 6];
            for scale in 0..=6 {
                if let Some(scaled) = scaled_float(value, ten(scale) as f64) {
                    fitted += 1;
                    let want = decimal_from_f64(value).unwrap_or_default();
                    assert_eq!(decimal_of(scaled, scale, 0), want, "{value} at {scale}");
                    assert_eq!(scaled_decimal(want, scale), Some(scaled), "{value} at {scale}");
                }
            }
        }
        assert!(fitted > 100_000);
        for value in [f64::NAN, f64::INFINITY, 1e15, -1e300, 0.5] {
            assert_eq!(scaled_float(value, 1.0), None, "{value}");
        }
        assert_eq!(scaled_float(-0.0, 100.0), Some(0));
    }

    #[test]
    fn columns_keep_what_was_written() {
        let texts = ["1.5", "2.50", "3", "-0.125", "40.0", "0"];
        let mut column = Fixed::default();
        for text in texts {
            assert!(column.push(parse_decimal(text).unwrap_or_default()), "{text}");
        }
        column.push_none();
        assert_eq!(column.scale, 3);
        let read: Vec<String> = (0..texts.len()).filter_map(|row| column.decimal(row)).map(|value| value.to_string()).collect();
        assert_eq!(read, texts);
        assert_eq!((column.decimal(6), column.digits(1), column.digits(3)), (None, 2, 3));
        assert!(!column.push(parse_decimal("1e20").unwrap_or_default()));
        assert!(!column.push(parse_decimal("0.00000000000000001").unwrap_or_default()));
        assert!(column.push_float(0.1) && column.push_float(1e-5) && !column.push_float(f64::NAN));
        assert_eq!(column.decimal(7).map(|value| value.to_string()).as_deref(), Some("0.1"));
    }
}
