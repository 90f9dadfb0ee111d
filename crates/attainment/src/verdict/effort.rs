//! What a target still takes, against what has been done: floats, for people.

use super::{Case, State, Toward};
use crate::number::{Exact, ln};
use crate::period::Point;
use crate::plan::{Kind, Measure};

/// The effort needed and made, in the unit of the measure a year.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Effort {
    /// The change a year that is needed from the latest number on, the same amount each year; 0 once
    /// it is there. Of a cap on a sum what may still be used a year.
    pub(crate) required: Option<f64>,
    /// The same as growth in percent a year, the same rate each year.
    pub(crate) required_growth: Option<f64>,
    /// The change a year since the start; of mean growth the rate in percent.
    pub(crate) actual: Option<f64>,
    /// Where the change so far leads to at the deadline.
    pub(crate) projected: Option<f64>,
    /// Needed over made, where both go the same way.
    pub(crate) catch_up: Option<f64>,
    /// The decimal year in which the change so far arrives at the bound.
    pub(crate) arrival: Option<f64>,
}

impl Effort {
    /// The effort of a case whose way began at a base so many years before the latest number.
    ///
    /// A cap is not arrived at but used up, so it has neither arrival nor multiplier.
    pub(crate) fn new(case: &Case, kind: Option<Kind>, base: Option<&Exact>, since: Option<f64>) -> Self {
        let mut effort = Self::default();
        let (Some(now), Some(deadline)) = (&case.now, case.deadline) else { return effort };
        if case.test.toward == Toward::Inside || case.is_trend() {
            return effort;
        }
        let left = deadline.years_since(now.end).to_f64();
        let (value, bound) = (now.shown().to_f64(), case.test.bound.nominal.to_f64());
        let sign = case.test.toward.sign() as f64;
        let missing = (bound - value) * sign;
        let is_there = is_there(case);
        let goes_straight = !matches!(case.measure, Measure::AnnualGrowth | Measure::Mean | Measure::Rank | Measure::Percentile);
        if left > 0.0 && is_there {
            (effort.required, effort.required_growth) = (Some(0.0), Some(0.0));
        } else if left > 0.0 {
            let is_used_up = is_cap(case) && value > bound;
            effort.required = (goes_straight && !is_used_up).then_some((bound - value) / left);
            effort.required_growth = growth_needed(case, kind).map(|growth| 100.0 * libm::expm1(growth / left));
        }
        match (base.map(Exact::to_f64), since.filter(|since| *since > 0.0)) {
            _ if case.measure == Measure::AnnualGrowth => effort.actual = Some(value),
            (Some(start), Some(since)) if goes_straight => {
                let actual = (value - start) / since;
                effort.actual = Some(actual);
                effort.projected = Some(value + actual * left);
                if actual * sign > 0.0 && missing > 0.0 && !is_there && !is_cap(case) {
                    effort.arrival = Some(decimal_year(now.end) + missing / (actual * sign));
                }
            }
            _ => {}
        }
        let needed = if case.measure == Measure::AnnualGrowth { effort.required_growth } else { effort.required };
        if let (Some(needed), Some(made), false) = (needed, effort.actual, is_cap(case)) {
            effort.catch_up = Some(needed / made).filter(|times| times.is_finite() && *times > 0.0);
        }
        effort
    }
}

/// Whether the target is a cap on a sum.
pub(crate) fn is_cap(case: &Case) -> bool {
    case.measure == Measure::Sum && case.test.toward == Toward::Down
}

/// Whether the target is reached, so that nothing is needed any more. Mean growth is kept up and not
/// reached, and a cap that holds so far can still be passed.
pub(crate) fn is_there(case: &Case) -> bool {
    case.state != State::NotMet && case.holds_now == Some(true) && !is_cap(case) && case.measure != Measure::AnnualGrowth
}

/// The logarithm of the factor that is still missing, for numbers that compound.
pub(crate) fn growth_needed(case: &Case, kind: Option<Kind>) -> Option<f64> {
    let now = case.now.as_ref()?;
    let (bound, value) = (case.test.bound.nominal.to_f64(), now.value.nominal.to_f64());
    let log = match case.measure {
        // The growth of a growth rate says nothing.
        Measure::Level if kind == Some(Kind::Growth) => return None,
        Measure::Level | Measure::Multiple => ln(bound / value),
        Measure::RelativeChange => ln((100.0 + bound) / (100.0 + value)),
        Measure::Change => {
            let base = now.base.as_ref()?.value.nominal.to_f64();
            ln((base + bound) / (base + value))
        }
        Measure::AnnualGrowth if now.is_factor && !case.test.bound_is_factor => {
            let whole = case.deadline?.years_since(case.start?).to_f64();
            whole * ln(1.0 + bound / 100.0) - ln(value)
        }
        _ => return None,
    };
    log.is_finite().then_some(log)
}

/// The end of a period as a decimal year: the end of 2030 is 2030.0, the end of June 2030 is 2029.5.
pub(crate) fn decimal_year(point: Point) -> f64 {
    f64::from(point.calendar_year()) - Point::year(point.calendar_year()).years_since(point).to_f64()
}
