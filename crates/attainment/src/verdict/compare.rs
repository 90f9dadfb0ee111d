//! Comparing a number with a bound.

use super::value::Value;
use crate::document::words;
use crate::number::Exact;
use crate::plan::{CompareWord, Toward};

words! {
    /// How a number is taken when it is compared with a bound.
    ///
    /// ```
    /// use attainment::Threshold;
    /// assert_eq!("half_up".parse(), Ok(Threshold::HalfUp));
    /// assert_eq!(Threshold::Truncate.as_str(), "truncate");
    /// ```
    #[non_exhaustive]
    pub enum Threshold {
        /// As it is: 1.699 does not reach 1.7.
        Exact = "exact",
        /// Rounded half up to the indicator's published decimals, or to the digits of the bound.
        HalfUp = "half_up",
        /// Cut off at those digits.
        Truncate = "truncate",
        /// As all numbers that would be published so; undecided where they disagree.
        Digits = "digits",
    }
}

/// A comparison with its bounds filled in.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Test {
    pub(crate) word: CompareWord,
    pub(crate) toward: Toward,
    pub(crate) bound: Value,
    /// The upper bound of an interval.
    pub(crate) bound_max: Option<Value>,
    /// How far from the bound `about` accepts, in the unit of the bound.
    pub(crate) tolerance: Option<Exact>,
    /// The last digit that counts: of the published values, or of the bound as written.
    pub(crate) step: Option<Exact>,
    pub(crate) threshold: Threshold,
    /// The bound is a growth factor, like the number it is compared with.
    pub(crate) bound_is_factor: bool,
}

impl Test {
    /// The same test of a yearly rate in percent, put to the growth factor to the power `q`, where
    /// the factor covers `p/q` years: a rate g is reached exactly when factor^q >= (1 + g)^p.
    pub(crate) fn over_years(&self, p: u32, q: u32) -> Self {
        if self.bound_is_factor {
            return Self { bound: self.bound.map(|factor| factor.pow(q)), threshold: Threshold::Exact, ..self.clone() };
        }
        let lift = |rate: &Exact| (Exact::one() + rate.clone().percent()).pow(p);
        let tolerance = self.tolerance.clone().unwrap_or_else(Exact::zero);
        let low = self.bound.map(|b| lift(&(b - &tolerance)));
        let top = self.bound_max.as_ref().unwrap_or(&self.bound);
        let high = top.map(|b| lift(&(b + &tolerance)));
        let (word, bound, bound_max) = match (self.word, self.toward) {
            (CompareWord::MoreThan | CompareWord::LessThan, Toward::Up) => (self.word, low, None),
            (CompareWord::MoreThan | CompareWord::LessThan, _) => (self.word, high, None),
            (_, Toward::Up) => (CompareWord::AtLeast, low, None),
            (_, Toward::Down) => (CompareWord::AtMost, high, None),
            (_, Toward::Inside) => (CompareWord::Within, low, Some(high)),
        };
        Self { word, bound, bound_max, tolerance: None, threshold: Threshold::Exact, ..self.clone() }
    }

    /// Whether the value satisfies the bound; `None` where the value is not exact enough to tell.
    pub(crate) fn holds(&self, value: &Value) -> Option<bool> {
        let value = self.taken(value);
        let bound = &self.bound;
        match (self.word, self.toward) {
            (CompareWord::MoreThan, _) => value.reaches(bound, true),
            (CompareWord::LessThan, _) => bound.reaches(&value, true),
            (CompareWord::Within, _) => {
                let high = self.bound_max.as_ref().unwrap_or(bound);
                and(value.reaches(bound, false), high.reaches(&value, false))
            }
            (CompareWord::Equals, _) => and(value.reaches(bound, false), bound.reaches(&value, false)),
            (CompareWord::About, toward) => {
                let tolerance = self.tolerance.clone().unwrap_or_else(Exact::zero);
                let (low, high) = (bound.map(|b| b - &tolerance), bound.map(|b| b + &tolerance));
                match toward {
                    Toward::Up => value.reaches(&low, false),
                    Toward::Down => high.reaches(&value, false),
                    Toward::Inside => and(value.reaches(&low, false), high.reaches(&value, false)),
                }
            }
            (_, Toward::Down) => bound.reaches(&value, false),
            _ => value.reaches(bound, false),
        }
    }

    /// The step the policy rounds to, where it rounds and the bound is no factor.
    pub(crate) fn rounding(&self) -> Option<&Exact> {
        let rounds = matches!(self.threshold, Threshold::HalfUp | Threshold::Truncate) && !self.bound_is_factor;
        self.step.as_ref().filter(|_| rounds)
    }

    /// Whether the value lies above everything that would satisfy an interval.
    pub(crate) fn is_above(&self, value: &Value) -> bool {
        let tolerance = self.tolerance.clone().unwrap_or_else(Exact::zero);
        let high = self.bound_max.as_ref().unwrap_or(&self.bound).map(|high| high + &tolerance);
        self.taken(value).reaches(&high, true) == Some(true)
    }

    /// The value as the threshold policy takes it.
    pub(crate) fn taken(&self, value: &Value) -> Value {
        match (self.threshold, &self.step) {
            (Threshold::HalfUp, Some(step)) => value.map(|v| (v / step).round_half_up(0) * step.clone()),
            (Threshold::Truncate, Some(step)) => value.map(|v| (v / step).truncate(0) * step.clone()),
            _ => value.clone(),
        }
    }
}

fn and(a: Option<bool>, b: Option<bool>) -> Option<bool> {
    match (a, b) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        _ => None,
    }
}
