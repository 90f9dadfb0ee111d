//! Comparing radicals exactly: a^(p/q) with 1 + k (b^(r/s) − 1), for rational a, b and k.
//!
//! The test behind every ratio of growth rates. Two positive radicals without a rational ratio are
//! linearly independent over the rationals (Besicovitch 1940, Mordell 1953), so a tie needs the
//! right side to be rational, or k = 1; integer powers decide both. In every other case there is
//! no tie, and an ever finer bracket around the root ends. Only where the exponents are so large
//! that the powers could not be formed, as for years counted in days over centuries, floats decide.

use std::cmp::Ordering;

use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::Pow;

use super::exact::is_affordable;
use super::{Exact, ln};

/// A number that is not negative, to the power p/q.
#[derive(Clone, Debug)]
pub(crate) struct Radical {
    base: Exact,
    p: u32,
    q: u32,
}

impl Radical {
    /// `None` for a negative base or an exponent that is not positive or not small.
    pub(crate) fn new(base: Exact, exponent: &Exact) -> Option<Self> {
        let (p, q) = exponent.as_fraction()?;
        (!base.is_negative() && p > 0).then(|| Self { base, p: p.unsigned_abs(), q })
    }

    /// The number as a float.
    fn to_f64(&self) -> f64 {
        1.0 + self.rate()
    }

    /// What it is above 1, without the loss of digits of a difference.
    pub(crate) fn rate(&self) -> f64 {
        rate_of((&self.base - &Exact::one()).to_f64(), self.base.to_f64(), self.p, self.q)
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.base.is_zero()
    }

    /// Compares it with a rational.
    pub(crate) fn cmp_rational(&self, other: &Exact) -> Ordering {
        if !other.is_positive() {
            return if other.is_zero() && self.is_zero() { Ordering::Equal } else { Ordering::Greater };
        }
        if self.is_zero() {
            return Ordering::Less;
        }
        other.cmp_power(&self.base, i32::try_from(self.p).unwrap_or(i32::MAX), self.q).reverse()
    }

    /// Compares it with 1 + k (other − 1).
    pub(crate) fn cmp_share(&self, k: &Exact, other: &Self) -> Ordering {
        if let Some(order) = self.filter(k, other) {
            return order;
        }
        let side = |root: &Exact| Exact::one() + k * &(root - &Exact::one());
        if k.is_zero() {
            return self.cmp_rational(&Exact::one());
        }
        if let Some(root) = other.rational() {
            return self.cmp_rational(&side(&root));
        }
        let by_floats = || self.to_f64().total_cmp(&(1.0 + k.to_f64() * (other.to_f64() - 1.0)));
        if *k == Exact::one() {
            let (left, right) = (u64::from(self.p) * u64::from(other.q), u64::from(other.p) * u64::from(self.q));
            let shared = gcd(left, right).max(1);
            let (left, right) = (left / shared, right / shared);
            if !is_affordable(self.base.bits().saturating_mul(left).saturating_add(other.base.bits().saturating_mul(right))) {
                return by_floats();
            }
            return self.base.pow(left as u32).cmp(&other.base.pow(right as u32));
        }
        let mut bits: u32 = 64;
        loop {
            if !is_affordable(u64::from(bits) * u64::from(other.q.max(self.q)) + other.base.bits() * u64::from(other.p)) {
                return by_floats();
            }
            let (low, high) = other.bracket(bits);
            let (one, two) = (self.cmp_rational(&side(&low)), self.cmp_rational(&side(&high)));
            if one == two {
                return one;
            }
            bits *= 2;
        }
    }

    /// The answer of floats, where it lies outside their error.
    fn filter(&self, k: &Exact, other: &Self) -> Option<Ordering> {
        apart(self.to_f64(), k.to_f64(), other.to_f64())
    }

    /// The number itself, where it is rational: numerator and denominator are perfect powers then.
    fn rational(&self) -> Option<Exact> {
        // Exponents are in lowest terms.
        let (p, q) = (self.p, self.q);
        if !is_affordable(self.base.bits() * u64::from(p)) {
            return None;
        }
        let big = self.base.big();
        let root = |part: &BigInt| {
            let root = part.magnitude().nth_root(q);
            (Pow::pow(&root, q) == *part.magnitude()).then(|| BigInt::from(root))
        };
        Some(Exact::from_big(BigRational::new(root(big.numer())?, root(big.denom())?)).pow(p))
    }

    /// Two neighbours with the denominator 2^bits that have the number between them.
    fn bracket(&self, bits: u32) -> (Exact, Exact) {
        let big = self.base.big();
        let (above, below) = (Pow::pow(big.numer().magnitude(), self.p), Pow::pow(big.denom().magnitude(), self.p));
        let shifted: BigUint = (above << (u64::from(bits) * u64::from(self.q))) / below;
        let low = BigInt::from(shifted.nth_root(self.q));
        let denominator = BigInt::from(1) << bits;
        let part = |numerator: BigInt| Exact::from_big(BigRational::new(numerator, denominator.clone()));
        (part(low.clone()), part(low + 1))
    }
}

/// What a number to the power p/q is above 1; `above` is what the number itself is above 1, and is
/// given apart because a difference from 1 would lose its digits.
#[inline]
pub(crate) fn rate_of(above: f64, number: f64, p: u32, q: u32) -> f64 {
    // Near 1 the difference carries the digits, far from it the number itself does.
    let log = if above.abs() < 0.5 { libm::log1p(above) } else { ln(number) };
    libm::expm1(log * f64::from(p) / f64::from(q))
}

/// Compares a power with 1 + k (root − 1) in floats, where they lie further apart than their error.
///
/// The logarithm of the base is good to two units in the last place, and the exponential turns
/// an error of its argument x into |x| times as large a one; as it is finite only for |x| < 710,
/// that is below 4e-13 of the number.
#[inline]
pub(crate) fn apart(left: f64, k: f64, root: f64) -> Option<Ordering> {
    let right = 1.0 + k * (root - 1.0);
    let slack = 1e-12 * (1.0 + left + k.abs() * (1.0 + root));
    ((left - right).abs() > slack && slack.is_finite()).then(|| left.total_cmp(&right))
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn radical(num: i64, den: i64, p: i64, q: i64) -> Radical {
        Radical::new(Exact::ratio(num, den), &Exact::ratio(p, q)).unwrap_or(Radical { base: Exact::one(), p: 1, q: 1 })
    }

    #[test]
    fn constructed_ties_and_their_neighbours() {
        // b 100000, v 101900, T 102000, one year each: 1.9 % is 0.95 of 2 %.
        // b 20000, v 21900, T 24200, one year of two: 9.5 % is 0.95 of 10 %.
        for (base, value, target, n, m) in
            [(100_000, 101_900, 102_000, 1, 1), (20_000, 21_900, 24_200, 1, 2), (12_500_000, 12_737_500, 13_265_100, 1, 3)]
        {
            let required = radical(target, base, 1, m);
            let order = |value| radical(value, base, 1, n).cmp_share(&Exact::ratio(95, 100), &required);
            assert_eq!(order(value), Ordering::Equal, "{base}");
            assert_eq!(order(value + 1), Ordering::Greater, "{base}");
            assert_eq!(order(value - 1), Ordering::Less, "{base}");
        }
    }

    #[test]
    fn irrational_neighbours_are_told_apart() {
        // √2 against 1 + ½(√2' − 1)·2 with √2' = √2 is a tie by powers, k = 1.
        let root = radical(2, 1, 1, 2);
        assert_eq!(radical(4, 1, 1, 4).cmp_share(&Exact::one(), &root), Ordering::Equal);
        // 1 + 0.95(√2 − 1) = 1.393502884254440…; 28 digits on either side of its square.
        let square = Exact::ratio(1_941_850_288, 1_000_000_000);
        let near = |parts: i64| Radical::new(&square + &Exact::ratio(parts, 1_000_000_000), &Exact::ratio(1, 2));
        let order = |parts| near(parts).map(|near| near.cmp_share(&Exact::ratio(95, 100), &root));
        assert_eq!(order(1), Some(Ordering::Greater));
        assert_eq!(order(-3), Some(Ordering::Less));
        assert_eq!(radical(2, 1, 1, 2).cmp_share(&Exact::zero(), &root), Ordering::Greater);
    }

    #[test]
    fn exponents_of_millions_end_soon() {
        let days = |num, den, days: i64| radical(num, den, 365, days);
        let (one, other) = (days(3, 2, 3_652_058), days(3, 2, 3_652_057));
        assert_eq!(one.cmp_share(&Exact::one(), &one), Ordering::Equal);
        assert_eq!(one.cmp_share(&Exact::one(), &other), Ordering::Less);
        assert_eq!(one.cmp_share(&Exact::ratio(95, 100), &one), Ordering::Greater);
        let near = days(1_000_000_007, 1_000_000_000, 3_652_058);
        assert_eq!(near.cmp_share(&Exact::ratio(60, 100), &near), Ordering::Greater);
        assert_eq!(near.cmp_rational(&Exact::one()), Ordering::Greater);
    }

    /// Days make for exponents of hundreds, beyond which a float power leaves its range.
    #[test]
    fn steep_changes_over_days() {
        let over = |num, den, days| radical(num, den, 365, days);
        // 1 to 0.1 in 366 days against 0.05 in 370: 0.948767 of what is needed.
        let (actual, required) = (over(1, 10, 366), over(5, 100, 370));
        assert_eq!(actual.cmp_share(&Exact::ratio(95, 100), &required), Ordering::Greater);
        assert_eq!(actual.cmp_share(&Exact::ratio(94, 100), &required), Ordering::Less);
        let (actual, required) = (over(9, 1, 480), over(15, 1, 1242));
        assert_eq!(actual.cmp_share(&Exact::ratio(95, 100), &required), Ordering::Greater);
    }

    #[test]
    fn zero_and_sides_below_zero() {
        let zero = radical(0, 1, 1, 8);
        assert_eq!(zero.cmp_rational(&Exact::zero()), Ordering::Equal);
        assert_eq!(zero.cmp_share(&Exact::ratio(3, 1), &radical(1, 2, 1, 3)), Ordering::Less);
        assert_eq!(zero.cmp_share(&Exact::ratio(9, 1), &radical(1, 2, 1, 3)), Ordering::Greater);
        assert_eq!(zero.rate(), -1.0);
        assert!(Radical::new(Exact::from(-1), &Exact::one()).is_none());
        assert!(Radical::new(Exact::one(), &Exact::zero()).is_none());
    }
}
