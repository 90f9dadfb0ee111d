//! The numbers of pace that rules compare with their cuts.

use std::cmp::Ordering;

use super::sight::{Sight, Start};
use crate::document::words;
use crate::number::{Exact, Radical, ln};
use crate::text::{Message, msg};
use crate::verdict::{PaceReason, Reason};

words! {
    /// A measure of pace that a method of one's own can be built on.
    ///
    /// With base b, latest value v, target T, n years so far of N: all are positive in the desired
    /// direction.
    #[non_exhaustive]
    pub enum Gauge {
        /// (v/b)^(1/n) − 1, the growth a year (Eurostat; with and without a target).
        Growth = "growth",
        /// Growth a year over growth needed, ((v/b)^(1/n) − 1) / |(T/b)^(1/N) − 1| (Eurostat,
        /// Statistics Canada).
        GrowthRatio = "growth_ratio",
        /// The share of the way that will be covered at the growth so far:
        /// (b (v/b)^(N/n) − b) / (T − b) (United Nations, 2023).
        ExpectedShare = "expected_share",
        /// The share of the way as the rate so far compounds, ln(v/b) / ln(T/b).
        LogShare = "log_share",
        /// The share of the way behind us, (v − b) / (T − b).
        Closed = "closed",
        /// That share over the share of the time.
        LinearRatio = "linear_ratio",
        /// That share less the share of the time.
        Lead = "lead",
    }
}

/// The value of a gauge, kept as what it follows from so that it compares exactly.
pub(super) enum Reading {
    Rational(Exact),
    /// sign (A − 1).
    Growth {
        sign: i64,
        actual: Radical,
    },
    /// sign (A − 1) / |B − 1|; `rising` is B > 1.
    Ratio {
        sign: i64,
        actual: Radical,
        required: Radical,
        rising: bool,
    },
    /// ln(factor) / ln(asked).
    LogShare {
        factor: Exact,
        asked: Exact,
    },
    /// (A − 1) / way, where way is T/b − 1.
    Share {
        grown: Radical,
        way: Exact,
    },
}

impl Gauge {
    /// Whether it needs the bound of a target.
    pub(super) fn needs_target(self) -> bool {
        self != Self::Growth
    }

    /// Reads the gauge.
    ///
    /// `flips` is whether two negative values compare as their magnitudes with the sign reversed.
    pub(super) fn read(self, sight: &Sight, start: &Start, flips: bool) -> Result<Reading, PaceReason> {
        let needs = |reason| PaceReason::NotEvaluable(reason);
        let years = sight.at.years_since(start.at);
        if !years.is_positive() {
            return Err(needs(Reason::NoTimeElapsed));
        }
        let whole = match &sight.target {
            Some((_, Some(deadline))) if self.needs_target() => Some(deadline.years_since(start.at)),
            _ => None,
        };
        if whole.as_ref().is_some_and(|whole| !whole.is_positive()) {
            return Err(needs(Reason::NoTimeElapsed));
        }
        let target = sight.target.as_ref().map(|(target, _)| target);
        let (whole, target) = match (whole, target) {
            (Some(whole), Some(target)) => (whole, target),
            _ if self.needs_target() => return Err(PaceReason::NotApplicable),
            _ => (Exact::one(), &sight.value),
        };
        if self.needs_target() && *target == start.base {
            return Err(needs(Reason::TargetEqualsBaseline));
        }
        if matches!(self, Self::Closed | Self::LinearRatio | Self::Lead) {
            let closed = (&sight.value - &start.base) / (target - &start.base);
            let clock = years / whole;
            return Ok(Reading::Rational(match self {
                Self::Closed => closed,
                Self::LinearRatio => closed / clock,
                _ => closed - clock,
            }));
        }
        let positive = start.base.is_positive();
        let factor = sight.value.checked_div(&start.base).ok_or(needs(Reason::ZeroBaseline))?;
        if factor.is_negative() || (!positive && !flips) {
            return Err(needs(Reason::SignChange));
        }
        let sign = if positive { sight.sign } else { -sight.sign };
        let power = |base: &Exact, exponent: &Exact| Radical::new(base.clone(), exponent).ok_or(needs(Reason::SignChange));
        let once_a = |years: &Exact| Exact::one() / years.clone();
        match self {
            Self::Growth => Ok(Reading::Growth { sign, actual: power(&factor, &once_a(&years))? }),
            Self::ExpectedShare => {
                let way = target / &start.base - Exact::one();
                Ok(Reading::Share { grown: power(&factor, &(whole / years))?, way })
            }
            _ => {
                let asked = target / &start.base;
                if asked.is_zero() {
                    return Err(needs(Reason::ZeroBound));
                }
                let rising = asked > Exact::one();
                if self == Self::LogShare {
                    if factor.is_zero() || asked.is_negative() {
                        return Err(needs(Reason::SignChange));
                    }
                    return Ok(Reading::LogShare { factor, asked });
                }
                let (actual, required) = (power(&factor, &once_a(&years))?, power(&asked, &once_a(&whole))?);
                Ok(Reading::Ratio { sign, actual, required, rising })
            }
        }
    }

    /// Its name in an explanation.
    pub(super) fn name(self) -> Message {
        match self {
            Self::Growth => msg!("growth a year", "年均增速"),
            Self::GrowthRatio => msg!("actual over required growth a year", "实际与所需年均增速之比"),
            Self::ExpectedShare => msg!("share of the way expected at the deadline", "预计到期完成份额"),
            Self::LogShare => msg!("share of the way as growth compounds", "按复合增长的完成份额"),
            Self::Closed => msg!("share of the way behind us", "已完成份额"),
            Self::LinearRatio => msg!("share of the way over share of the time", "完成份额与时间份额之比"),
            Self::Lead => msg!("share of the way less share of the time", "完成份额与时间份额之差"),
        }
    }
}

impl Reading {
    /// Compares the reading with a cut.
    pub(super) fn cmp(&self, cut: &Exact) -> Ordering {
        let one = Exact::one();
        let directed = |order: Ordering, sign: i64| if sign < 0 { order.reverse() } else { order };
        match self {
            Self::Rational(value) => value.cmp(cut),
            Self::Growth { sign, actual } => directed(actual.cmp_rational(&(one + Exact::from(*sign) * cut)), *sign),
            Self::Ratio { sign, actual, required, rising } => {
                // sign (A − 1) >= c |B − 1| is A >= 1 + k (B − 1), or <= where the sign is negative.
                let k = Exact::from(if *rising { *sign } else { -*sign }) * cut;
                directed(actual.cmp_share(&k, required), *sign)
            }
            // ln f / ln a >= p/q is f >= a^(p/q) for a above 1, and the reverse below.
            Self::LogShare { factor, asked } => {
                let Some((p, q)) = cut.as_fraction() else { return self.to_f64().total_cmp(&cut.to_f64()) };
                let order = factor.cmp_power(asked, p, q);
                if *asked < one { order.reverse() } else { order }
            }
            Self::Share { grown, way } => {
                let order = grown.cmp_rational(&(one + cut * way));
                if way.is_negative() { order.reverse() } else { order }
            }
        }
    }

    /// Compares a growth with a cut that shrinks near a limit: with c (1 − near).
    pub(super) fn cmp_near(&self, cut: &Exact, near: &Radical) -> Ordering {
        match self {
            // sign (A − 1) >= c (1 − L) is A >= 1 + c − c L = (1 + k (L − 1)) with k = −sign c.
            Self::Growth { sign, actual } => {
                let order = actual.cmp_share(&(Exact::from(-*sign) * cut), near);
                if *sign < 0 { order.reverse() } else { order }
            }
            _ => self.cmp(cut),
        }
    }

    /// The number people read.
    pub(super) fn to_f64(&self) -> f64 {
        match self {
            Self::Rational(value) => value.to_f64(),
            Self::Growth { sign, actual } => *sign as f64 * actual.rate(),
            Self::Ratio { sign, actual, required, .. } => *sign as f64 * actual.rate() / required.rate().abs(),
            Self::LogShare { factor, asked } => ln(factor.to_f64()) / ln(asked.to_f64()),
            Self::Share { grown, way } => grown.rate() / way.to_f64(),
        }
    }
}
