//! Which unit a number in a target must have, and the number in that unit.

use super::indicator::{Indicator, Kind};
use super::target::Measure;
use crate::finding::{Code, Finding};
use crate::number::Exact;
use crate::quantity::Quantity;
use crate::text::msg;
use crate::unit::Unit;

/// A number of a document in the unit it is judged in.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Amount {
    Known(Exact),
    Masked,
    Unknown,
    /// The unit that would say what the number means is not there.
    UnitLost,
}

/// The unit a measure of an indicator is judged in, and what a bare number means there.
pub(crate) enum UnitOf {
    /// This unit; a bare number is in it.
    Given(Unit),
    /// This unit, and a number must say so: a bare number could mean two things.
    Spoken(Unit),
    /// A plain number.
    Plain,
    /// The indicator should have a unit and has none.
    Lost,
}

impl UnitOf {
    pub(crate) fn new(measure: Measure, indicator: &Indicator) -> Self {
        let level = || match (&indicator.unit, indicator.kind) {
            (Some(unit), _) => Self::Given(unit.clone()),
            (None, Some(Kind::Share | Kind::Growth)) => Self::Lost,
            (None, _) => Self::Plain,
        };
        match measure {
            Measure::Level | Measure::Sum | Measure::Mean => level(),
            Measure::Change => match level() {
                Self::Given(unit) if unit.is_percent() => Self::Spoken(Unit::percentage_points()),
                other => other,
            },
            Measure::RelativeChange | Measure::AnnualGrowth => Self::Spoken(Unit::percent()),
            Measure::Multiple | Measure::Rank => Self::Plain,
            Measure::Percentile => Self::Given(Unit::percent()),
        }
    }

    /// The unit, where there is one.
    pub(crate) fn unit(&self) -> Option<&Unit> {
        match self {
            Self::Given(unit) | Self::Spoken(unit) => Some(unit),
            _ => None,
        }
    }

    /// The name of the unit, for people.
    pub(crate) fn label(&self) -> Option<&str> {
        self.unit().map(|unit| if unit.is_percent() { "%" } else { unit.as_str() })
    }
}

/// The number of a quantity in the unit the measure is judged in.
///
/// # Errors
///
/// `unit_mismatch` or `unit_missing`, without a place.
pub(crate) fn amount(quantity: &Quantity, measure: Measure, indicator: &Indicator) -> Result<Amount, Finding> {
    let Some(value) = quantity.value() else {
        return Ok(if quantity.is_masked() { Amount::Masked } else { Amount::Unknown });
    };
    let value = Exact::from(value);
    let unit_of = UnitOf::new(measure, indicator);
    let wanted = match (&unit_of, quantity.unit()) {
        (UnitOf::Lost, _) => return Ok(Amount::UnitLost),
        (UnitOf::Spoken(_), None) if value.is_zero() => return Ok(Amount::Known(value)),
        (UnitOf::Spoken(_), None) => return Ok(Amount::UnitLost),
        (_, None) => return Ok(Amount::Known(value)),
        (UnitOf::Plain, Some(unit)) if measure == Measure::Multiple && unit.converts_to(&Unit::percent()) => {
            return Ok(Amount::Known(unit.factor_to(&plain()).map_or(value.clone(), |factor| value * factor)));
        }
        (UnitOf::Plain, Some(_)) if measure == Measure::Rank => return Ok(Amount::Known(value)),
        (UnitOf::Plain, Some(unit)) => {
            return Err(Finding::new(
                Code::UnitMissing,
                msg!("`{quantity}` has a unit and the indicator has none", "`{quantity}`带单位,而指标没有单位"),
            )
            .help(msg!("add `unit: {unit}` to the indicator", "请在指标中写`unit: {unit}`")));
        }
        (UnitOf::Given(wanted) | UnitOf::Spoken(wanted), Some(_)) => wanted,
    };
    let Some(unit) = quantity.unit() else { return Ok(Amount::Known(value)) };
    match unit.factor_to(wanted) {
        Some(factor) => Ok(Amount::Known(value * factor)),
        None => Err(mismatch(quantity, wanted, measure)),
    }
}

/// Carries a number of one unit over to another, as [`amount`] does for levels.
pub(crate) fn level_amount(quantity: &Quantity, indicator: &Indicator) -> Result<Amount, Finding> {
    amount(quantity, Measure::Level, indicator)
}

/// The number that is added to a reference, or taken off it: percentage points on a percentage,
/// else the unit of the bound.
pub(crate) fn added_amount(quantity: &Quantity, measure: Measure, indicator: &Indicator) -> Result<Amount, Finding> {
    let of_percent = matches!(measure, Measure::RelativeChange | Measure::AnnualGrowth | Measure::Percentile)
        || indicator.unit.as_ref().is_some_and(Unit::is_percent);
    match quantity.value() {
        Some(value) if of_percent && quantity.unit().is_some_and(Unit::is_percentage_points) => Ok(Amount::Known(value.into())),
        _ => amount(quantity, measure, indicator),
    }
}

fn plain() -> Unit {
    Unit::parse("ratio").unwrap_or_else(Unit::percent)
}

fn mismatch(quantity: &Quantity, wanted: &Unit, measure: Measure) -> Finding {
    let finding = Finding::new(Code::UnitMismatch, msg!("`{quantity}` does not convert to `{wanted}`", "`{quantity}`不能换算为`{wanted}`"));
    let number = quantity.value().map(|value| value.to_string()).unwrap_or_default();
    let is_percent = quantity.unit().is_some_and(Unit::is_percent);
    let is_points = quantity.unit().is_some_and(Unit::is_percentage_points);
    match measure {
        Measure::Change if is_percent && wanted.is_percentage_points() => finding.help(msg!(
            "a change of a percentage is in points: write `{number}pp`, or `measure: relative_change` for {number} %",
            "百分数的变动以百分点计:请写`{number}pp`;若指{number}%的相对变动,请写`measure: relative_change`"
        )),
        Measure::Change if is_percent => {
            finding.help(msg!("write `measure: relative_change` for a change in percent", "相对变动请写`measure: relative_change`"))
        }
        Measure::RelativeChange | Measure::AnnualGrowth if is_points => {
            finding.help(msg!("growth of an amount is in percent: write `{number}%`", "数额的增长以百分比计:请写`{number}%`"))
        }
        _ => finding.help(msg!("write the number in `{wanted}`", "请以`{wanted}`为单位")),
    }
}

/// What a number without its unit could mean: help for `unit_lost`.
pub(crate) fn candidates(quantity: &Quantity, measure: Measure) -> crate::text::Message {
    match measure {
        Measure::Change => msg!(
            "write `{quantity}pp`, or `measure: relative_change` with `{quantity}%`",
            "请写`{quantity}pp`;或写`measure: relative_change`和`{quantity}%`"
        ),
        Measure::RelativeChange | Measure::AnnualGrowth => {
            msg!(
                "write `{quantity}%`, or `measure: change` for {quantity} units",
                "请写`{quantity}%`;若指{quantity}个单位的变动,请写`measure: change`"
            )
        }
        _ => msg!("give the indicator its unit, such as `percent`", "请给出指标的单位,如`percent`"),
    }
}
