//! A rational number that never rounds: machine integers while they fit, big integers after.

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, Div, Mul, Neg, Sub};

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, ToPrimitive, Zero};
use rust_decimal::Decimal;

/// An exact rational.
///
/// Every decision about a bound is made on these. Values that come from decimals stay in the
/// small form, a numerator and a positive denominator of 128 bits, so the usual comparison is one
/// integer multiplication; what does not fit moves to big integers without the caller noticing.
#[derive(Clone)]
pub(crate) struct Exact(Repr);

#[derive(Clone)]
enum Repr {
    Small { num: i128, den: i128 },
    Big(Box<BigRational>),
}

impl Exact {
    pub(crate) fn zero() -> Self {
        Self::from(0)
    }

    pub(crate) fn one() -> Self {
        Self::from(1)
    }

    /// `num / den`, for constants of a method; `den` must not be zero.
    pub(crate) fn ratio(num: i64, den: i64) -> Self {
        Self::from(num) / Self::from(den)
    }

    pub(crate) fn percent(self) -> Self {
        self / Self::from(100)
    }

    pub(super) fn big(&self) -> BigRational {
        match &self.0 {
            Repr::Small { num, den } => BigRational::new(BigInt::from(*num), BigInt::from(*den)),
            Repr::Big(big) => (**big).clone(),
        }
    }

    /// Back to the small form where the value fits it, so that equal values cost the same.
    pub(super) fn from_big(big: BigRational) -> Self {
        match (big.numer().to_i128(), big.denom().to_i128()) {
            (Some(num), Some(den)) => Self(Repr::Small { num, den }),
            _ => Self(Repr::Big(Box::new(big))),
        }
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.sign() == Ordering::Equal
    }

    /// The sign, as the ordering against zero.
    pub(crate) fn sign(&self) -> Ordering {
        match &self.0 {
            Repr::Small { num, .. } => num.cmp(&0),
            Repr::Big(big) => big.numer().cmp(&BigInt::zero()),
        }
    }

    pub(crate) fn is_positive(&self) -> bool {
        self.sign() == Ordering::Greater
    }

    pub(crate) fn is_negative(&self) -> bool {
        self.sign() == Ordering::Less
    }

    pub(crate) fn abs(self) -> Self {
        if self.is_negative() { -self } else { self }
    }

    /// The quotient, or `None` for a zero divisor.
    pub(crate) fn checked_div(&self, divisor: &Self) -> Option<Self> {
        (!divisor.is_zero()).then(|| self / divisor)
    }

    /// An integer power.
    pub(crate) fn pow(&self, exponent: u32) -> Self {
        if let Repr::Small { num, den } = &self.0
            && let (Some(num), Some(den)) = (num.checked_pow(exponent), den.checked_pow(exponent))
        {
            return Self(Repr::Small { num, den });
        }
        Self::from_big(num_traits::pow::Pow::pow(self.big(), exponent))
    }

    /// Whether a power of it is small enough to be formed.
    pub(crate) fn can_raise(&self, exponent: u32) -> bool {
        is_affordable(self.bits().saturating_mul(u64::from(exponent)))
    }

    /// Compares `self` with `base^(p/q)`; all of `self`, `base` and `q` must be positive.
    ///
    /// Radicals are compared without taking a root: `a < b^(p/q)` exactly when `a^q < b^p`. A
    /// float estimate answers first where it is far from a tie, and alone where the powers would
    /// have more than [`MOST_BITS`].
    pub(crate) fn cmp_power(&self, base: &Self, p: i32, q: u32) -> Ordering {
        let (a, b) = (self.to_f64(), base.to_f64());
        if a.is_normal() && b.is_normal() {
            let (left, right) = (f64::from(q) * super::ln(a), f64::from(p) * super::ln(b));
            // Each logarithm is good to a few units in the last place; 1e-9 is far outside that.
            let slack = 1e-9 * (1.0 + left.abs() + right.abs());
            if (left - right).abs() > slack {
                return left.total_cmp(&right);
            }
        }
        if !is_affordable(self.bits() * u64::from(q) + base.bits() * u64::from(p.unsigned_abs())) {
            return (f64::from(q) * super::ln(a)).total_cmp(&(f64::from(p) * super::ln(b)));
        }
        let left = self.pow(q);
        if p >= 0 { left.cmp(&base.pow(p.unsigned_abs())) } else { (left * base.pow(p.unsigned_abs())).cmp(&Self::one()) }
    }

    /// At six significant digits, for a sentence.
    pub(crate) fn for_people(&self) -> String {
        let decimal = self.to_decimal().and_then(|decimal| decimal.round_sf(6));
        decimal.map_or_else(|| self.to_string(), |decimal| decimal.normalize().to_string())
    }

    /// How many bits numerator and denominator take together.
    pub(super) fn bits(&self) -> u64 {
        match &self.0 {
            Repr::Small { num, den } => u64::from(256 - num.unsigned_abs().leading_zeros() - den.unsigned_abs().leading_zeros()),
            Repr::Big(big) => big.numer().bits() + big.denom().bits(),
        }
    }

    /// Numerator and denominator in lowest terms, where both are small: exponents.
    pub(crate) fn as_fraction(&self) -> Option<(i32, u32)> {
        let big = self.big();
        Some((big.numer().to_i32()?, big.denom().to_u32()?))
    }

    /// The nearest float, ties to even.
    pub(crate) fn to_f64(&self) -> f64 {
        const EXACT_IN_F64: u128 = 1 << 53;
        match &self.0 {
            Repr::Small { num, den } if num.unsigned_abs() <= EXACT_IN_F64 && den.unsigned_abs() <= EXACT_IN_F64 => {
                *num as f64 / *den as f64
            }
            _ => self.big().to_f64().unwrap_or(f64::NAN),
        }
    }

    /// The decimal, exact where 28 digits hold the value and rounded half to even where not.
    ///
    /// `None` where the whole part alone does not fit.
    pub(crate) fn to_decimal(&self) -> Option<Decimal> {
        let big = self.big();
        let mut scale = 0;
        let mut shifted = big.numer().clone();
        let den = big.denom();
        while scale < 28 && !(&shifted % den).is_zero() {
            shifted *= 10;
            scale += 1;
        }
        loop {
            let quotient = round_half_even(&shifted, den);
            if let Some(mantissa) = quotient.to_i128()
                && let Ok(decimal) = Decimal::try_from_i128_with_scale(mantissa, scale)
            {
                return Some(decimal);
            }
            scale = scale.checked_sub(1)?;
            shifted = big.numer() * BigInt::from(10).pow(scale);
        }
    }

    /// The value at `digits` decimals, rounded half away from zero.
    pub(crate) fn round_half_up(&self, digits: u32) -> Self {
        let scale = Self::from(Decimal::from(10)).pow(digits);
        let scaled = (self.clone() * scale.clone()).big();
        let half = BigRational::new(BigInt::one(), BigInt::from(2));
        let magnitude = (scaled.abs() + half).floor();
        let rounded = if scaled.is_negative() { -magnitude } else { magnitude };
        Self::from_big(rounded) / scale
    }

    /// The value cut after `digits` decimals, toward zero.
    pub(crate) fn truncate(&self, digits: u32) -> Self {
        let scale = Self::from(Decimal::from(10)).pow(digits);
        Self::from_big((self.clone() * scale.clone()).big().trunc()) / scale
    }

    fn combine(
        &self,
        other: &Self,
        small: impl Fn((i128, i128), (i128, i128)) -> Option<(i128, i128)>,
        big: impl Fn(BigRational, BigRational) -> BigRational,
    ) -> Self {
        if let (Repr::Small { num: a, den: b }, Repr::Small { num: c, den: d }) = (&self.0, &other.0)
            && let Some((num, den)) = small((*a, *b), (*c, *d))
        {
            return Self(Repr::Small { num, den });
        }
        Self::from_big(big(self.big(), other.big()))
    }
}

/// Powers larger than this are not formed: years counted in days over centuries would ask for
/// exponents of millions, and a text must not be able to ask for minutes.
const MOST_BITS: u64 = 1 << 21;

pub(super) fn is_affordable(bits: u64) -> bool {
    bits <= MOST_BITS
}

fn round_half_even(num: &BigInt, den: &BigInt) -> BigInt {
    let floor = num_traits::Euclid::div_euclid(num, den);
    let twice = (num - &floor * den) * BigInt::from(2);
    match twice.cmp(den) {
        Ordering::Less => floor,
        Ordering::Greater => floor + 1,
        Ordering::Equal if (&floor % 2i32).is_zero() => floor,
        Ordering::Equal => floor + 1,
    }
}

fn add_small((a, b): (i128, i128), (c, d): (i128, i128)) -> Option<(i128, i128)> {
    // Decimals have powers of ten below the line: the larger one serves both.
    if b == d {
        Some((a.checked_add(c)?, b))
    } else if b % d == 0 {
        Some((a.checked_add(c.checked_mul(b / d)?)?, b))
    } else if d % b == 0 {
        Some((a.checked_mul(d / b)?.checked_add(c)?, d))
    } else {
        Some((a.checked_mul(d)?.checked_add(c.checked_mul(b)?)?, b.checked_mul(d)?))
    }
}

macro_rules! operators {
    ($($trait:ident $method:ident $small:expr, $big:expr;)*) => {$(
        impl $trait for &Exact {
            type Output = Exact;
            fn $method(self, other: &Exact) -> Exact {
                self.combine(other, $small, $big)
            }
        }
        impl $trait for Exact {
            type Output = Exact;
            fn $method(self, other: Exact) -> Exact {
                $trait::$method(&self, &other)
            }
        }
    )*};
}

operators! {
    Add add add_small, |x, y| x + y;
    Sub sub |x, (c, d)| add_small(x, (c.checked_neg()?, d)), |x, y| x - y;
    Mul mul |(a, b), (c, d)| Some((a.checked_mul(c)?, b.checked_mul(d)?)), |x, y| x * y;
    Div div |(a, b), (c, d)| {
        // The sign belongs to the numerator.
        let (c, d) = if c < 0 { (c.checked_neg()?, d.checked_neg()?) } else { (c, d) };
        (c != 0).then_some(())?;
        Some((a.checked_mul(d)?, b.checked_mul(c)?))
    }, |x, y| if y.is_zero() { BigRational::zero() } else { x / y };
}

macro_rules! mixed_operators {
    ($($trait:ident $method:ident;)*) => {$(
        impl $trait<&Exact> for Exact {
            type Output = Exact;
            fn $method(self, other: &Exact) -> Exact {
                $trait::$method(&self, other)
            }
        }
        impl $trait<Exact> for &Exact {
            type Output = Exact;
            fn $method(self, other: Exact) -> Exact {
                $trait::$method(self, &other)
            }
        }
    )*};
}

mixed_operators! {
    Add add;
    Sub sub;
    Mul mul;
    Div div;
}

impl Neg for Exact {
    type Output = Exact;
    fn neg(self) -> Exact {
        Exact::zero() - self
    }
}

impl std::iter::Sum for Exact {
    fn sum<I: Iterator<Item = Exact>>(items: I) -> Self {
        items.fold(Self::zero(), |total, item| total + item)
    }
}

impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        if let (Repr::Small { num: a, den: b }, Repr::Small { num: c, den: d }) = (&self.0, &other.0) {
            if b == d {
                return a.cmp(c);
            }
            if let (Some(left), Some(right)) = (a.checked_mul(*d), c.checked_mul(*b)) {
                return left.cmp(&right);
            }
        }
        self.big().cmp(&other.big())
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Exact {}

impl From<i64> for Exact {
    fn from(value: i64) -> Self {
        Self(Repr::Small { num: i128::from(value), den: 1 })
    }
}

impl From<Decimal> for Exact {
    fn from(value: Decimal) -> Self {
        Self(Repr::Small { num: value.mantissa(), den: 10i128.pow(value.scale()) })
    }
}

impl fmt::Debug for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.big())
    }
}

/// Prints up to 12 significant digits, for explanations; `…` marks a rounded number.
impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to_decimal() {
            Some(decimal) => {
                let short = decimal.round_sf(12).unwrap_or(decimal).normalize();
                if Self::from(short) == *self { write!(f, "{short}") } else { write!(f, "{short}…") }
            }
            None => write!(f, "{:e}", self.to_f64()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::parse_decimal;

    fn exact(text: &str) -> Exact {
        let (num, den) = text.split_once('/').unwrap_or((text, "1"));
        let part = |text| Exact::from(parse_decimal(text).unwrap_or_default());
        part(num) / part(den)
    }

    #[test]
    fn arithmetic_does_not_round() {
        assert_eq!(exact("0.1") + exact("0.2"), exact("0.3"));
        assert_eq!(exact("1/3") * exact("3"), exact("1"));
        assert_eq!(exact("1/3") - exact("1/3"), Exact::zero());
        assert_eq!(
            exact("7922816251426433759354395033.5") + exact("0.0000000000000000000000000001"),
            exact("0.0000000000000000000000000001") + exact("7922816251426433759354395033.5")
        );
        let huge = exact("79228162514264337593543950335");
        assert_eq!((huge.clone() * huge.clone()) / huge.clone(), huge);
        assert!(exact("-1/3") < exact("-0.3333"));
        assert_eq!(exact("1") / exact("-4"), exact("-0.25"));
    }

    #[test]
    fn powers_are_compared_without_roots() {
        // 1.02^2 = 1.0404 exactly: a tie that floats do not see.
        assert_eq!(exact("1.02").cmp_power(&exact("1.0404"), 1, 2), Ordering::Equal);
        assert_eq!(exact("1.0200000000000000000001").cmp_power(&exact("1.0404"), 1, 2), Ordering::Greater);
        assert_eq!(exact("0.8").cmp_power(&exact("1.25"), -1, 1), Ordering::Equal);
        assert_eq!(exact("2").cmp_power(&exact("1.1"), 7, 1), Ordering::Greater);
    }

    #[test]
    fn rounding_and_conversion() {
        assert_eq!(exact("1.65").round_half_up(1), exact("1.7"));
        assert_eq!(exact("-1.65").round_half_up(1), exact("-1.7"));
        assert_eq!(exact("1.699").truncate(1), exact("1.6"));
        assert_eq!(exact("2/3").to_decimal().map(|d| d.to_string()).unwrap_or_default(), "0.6666666666666666666666666667");
        assert_eq!(exact("3.00").to_decimal().map(|d| d.to_string()).unwrap_or_default(), "3");
        assert_eq!(exact("1/3").to_f64(), 1.0 / 3.0);
        assert_eq!(exact("2/3").to_string(), "0.666666666667…");
        assert_eq!(exact("14.5").to_string(), "14.5");
    }
}
