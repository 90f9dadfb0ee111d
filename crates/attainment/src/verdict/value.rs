//! A number that is known exactly, or only within bounds.

use crate::number::Exact;

/// A value with the range it may lie in.
///
/// Most values are points. `at_least` observations, published digits taken seriously and shares
/// with unknown members give ranges; a comparison is decided only where the whole range agrees.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Value {
    /// What is shown.
    pub(crate) nominal: Exact,
    range: Option<Box<Range>>,
}

/// A range; `None` is unbounded on that side.
#[derive(Clone, Debug, PartialEq)]
struct Range {
    low: Option<Exact>,
    high: Option<Exact>,
    /// Whether the upper end is left out, as in the values that round to a published number.
    high_open: bool,
}

impl Value {
    pub(crate) fn exact(nominal: Exact) -> Self {
        Self { nominal, range: None }
    }

    pub(crate) fn between(nominal: Exact, low: Option<Exact>, high: Option<Exact>) -> Self {
        Self { nominal, range: Some(Box::new(Range { low, high, high_open: false })) }
    }

    /// The values that round to the nominal one: half a step either side, the upper end left out.
    pub(crate) fn rounded_to(nominal: Exact, step: &Exact) -> Self {
        let half = step / &Exact::from(2);
        let range = Range { low: Some(&nominal - &half), high: Some(&nominal + &half), high_open: true };
        Self { nominal, range: Some(Box::new(range)) }
    }

    pub(crate) fn is_exact(&self) -> bool {
        self.range.is_none()
    }

    fn low(&self) -> Option<&Exact> {
        self.range.as_ref().map_or(Some(&self.nominal), |range| range.low.as_ref())
    }

    fn high(&self) -> Option<&Exact> {
        self.range.as_ref().map_or(Some(&self.nominal), |range| range.high.as_ref())
    }

    fn high_open(&self) -> bool {
        self.range.as_ref().is_some_and(|range| range.high_open)
    }

    /// Whether the value is at least the other (more, where `strict`); `None` where it depends.
    pub(crate) fn reaches(&self, other: &Self, strict: bool) -> Option<bool> {
        let beyond = |a: &Exact, b: &Exact| if strict { a > b } else { a >= b };
        if let (Some(low), Some(high)) = (self.low(), other.high())
            && (beyond(low, high) || (other.high_open() && low == high))
        {
            return Some(true);
        }
        if let (Some(high), Some(low)) = (self.high(), other.low())
            && (!beyond(high, low) || (self.high_open() && high == low))
        {
            return Some(false);
        }
        None
    }

    /// Applies an increasing function to the value and both ends.
    pub(crate) fn map(&self, f: impl Fn(&Exact) -> Exact) -> Self {
        let range = self.range.as_ref().map(|range| {
            let (low, high) = (range.low.as_ref().map(&f), range.high.as_ref().map(&f));
            Box::new(Range { low, high, high_open: range.high_open })
        });
        Self { nominal: f(&self.nominal), range }
    }

    fn combine(&self, other: &Self, swap: bool, f: impl Fn(&Exact, &Exact) -> Exact) -> Self {
        let nominal = f(&self.nominal, &other.nominal);
        if self.is_exact() && other.is_exact() {
            return Self::exact(nominal);
        }
        let (low, high) = if swap { (other.high(), other.low()) } else { (other.low(), other.high()) };
        let pair = |a: Option<&Exact>, b: Option<&Exact>| Some(f(a?, b?));
        Self::between(nominal, pair(self.low(), low), pair(self.high(), high))
    }

    pub(crate) fn plus(&self, other: &Self) -> Self {
        self.combine(other, false, |a, b| a + b)
    }

    pub(crate) fn minus(&self, other: &Self) -> Self {
        self.combine(other, true, |a, b| a - b)
    }

    /// The quotient of values that are not negative; `None` where the divisor may be zero.
    pub(crate) fn over(&self, divisor: &Self) -> Option<Self> {
        let positive = divisor.low().is_some_and(Exact::is_positive);
        let orderly = self.low().is_some_and(|low| !low.is_negative()) || (self.is_exact() && divisor.is_exact());
        (positive && orderly).then(|| self.combine(divisor, true, |a, b| a / b))
    }

    /// The product of values that are not negative.
    pub(crate) fn times(&self, other: &Self) -> Self {
        self.combine(other, false, |a, b| a * b)
    }

    /// Whether the value and every value it may be are above zero.
    pub(crate) fn is_positive(&self) -> bool {
        self.low().is_some_and(Exact::is_positive)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(n: i64) -> Exact {
        Exact::from(n)
    }

    #[test]
    fn ranges_decide_only_where_they_agree() {
        let at_least_ten = Value::between(number(10), Some(number(10)), None);
        let bound = |n| Value::exact(number(n));
        assert_eq!(at_least_ten.reaches(&bound(10), false), Some(true));
        assert_eq!(at_least_ten.reaches(&bound(11), false), None);
        assert_eq!(bound(9).reaches(&at_least_ten, false), Some(false));
        assert_eq!(at_least_ten.minus(&at_least_ten).reaches(&bound(0), false), None);
    }

    #[test]
    fn published_digits_leave_the_upper_end_out() {
        // 1.7 stands for [1.65, 1.75).
        let value = Value::rounded_to(Exact::ratio(17, 10), &Exact::ratio(1, 10));
        let bound = |n, d| Value::exact(Exact::ratio(n, d));
        assert_eq!(value.reaches(&bound(165, 100), false), Some(true));
        assert_eq!(value.reaches(&bound(17, 10), false), None);
        assert_eq!(value.reaches(&bound(175, 100), false), Some(false));
        assert_eq!(bound(175, 100).reaches(&value, true), Some(true));
    }
}
