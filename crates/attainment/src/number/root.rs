//! Roots and powers of floats from + × ÷ alone, so that every platform gives the same bits.
//!
//! Nothing is decided on these numbers: they are the rates and projections that people read.

/// The natural logarithm, from `libm` so that native and WASM agree to the bit.
pub(crate) fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// The positive `n`-th root of a positive number; `NaN` for anything else.
///
/// The exponent is divided off, a linear guess starts, and Halley's iteration triples the number
/// of correct digits each round; five rounds reach the last place for every `n` in use.
pub(crate) fn nth_root(x: f64, n: u32) -> f64 {
    if !(x.is_normal() && x > 0.0 && n > 0) {
        return if x == 0.0 && n > 0 { 0.0 } else { f64::NAN };
    }
    if n == 1 {
        return x;
    }
    if n > 900 {
        return libm::exp(libm::log(x) / f64::from(n));
    }
    let exponent = (x.to_bits() >> 52) as i32 - 1023;
    let whole = exponent.div_euclid(n as i32);
    let rest = exponent.rem_euclid(n as i32);
    // x = m · 2^rest · 2^(whole·n) with 1 <= m < 2, so the root of m · 2^rest lies in [1, 2).
    let m = f64::from_bits((x.to_bits() & ((1 << 52) - 1)) | (1023 << 52));
    let scaled = m * two_to(rest);
    let log = (f64::from(rest) + (m - 1.0)) / f64::from(n);
    let mut y = 1.0 + log * (0.66 + 0.34 * log);
    let (minus, plus) = (f64::from(n) - 1.0, f64::from(n) + 1.0);
    for _ in 0..5 {
        let power = power(y, n);
        y *= (minus * power + plus * scaled) / (plus * power + minus * scaled);
    }
    y * two_to(whole)
}

/// `x` to a whole power by repeated squaring.
pub(crate) fn power(mut x: f64, mut n: u32) -> f64 {
    let mut result = 1.0;
    while n > 0 {
        if n & 1 == 1 {
            result *= x;
        }
        x *= x;
        n >>= 1;
    }
    result
}

fn two_to(exponent: i32) -> f64 {
    f64::from_bits(((exponent + 1023).clamp(1, 2046) as u64) << 52)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_reach_the_last_places() {
        for n in [2, 3, 5, 8, 15, 30, 60, 180, 900] {
            for x in [1e-12, 0.5, 0.7034482758620689, 1.0, 1.1135135135135135, 2.0, 1e3, 1.7e9, 3e200] {
                let back = power(nth_root(x, n), n);
                assert!((back / x - 1.0).abs() < 5e-16 * f64::from(n + 2), "{x} ^ 1/{n}: {back}");
            }
        }
        assert!(nth_root(-8.0, 3).is_nan());
        assert_eq!(nth_root(0.0, 3), 0.0);
    }
}
