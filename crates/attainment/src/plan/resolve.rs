//! What a target inherits.

use super::target::{Baseline, Schedule, Target, When};
use super::{Nature, PlanDocument};

/// A value with the word whether it is the target's own.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Inherited<T> {
    pub(crate) value: T,
    pub(crate) inherited: bool,
}

impl<T> Inherited<T> {
    fn own(value: T) -> Self {
        Self { value, inherited: false }
    }

    fn from_defaults(value: T) -> Self {
        Self { value, inherited: true }
    }
}

impl PlanDocument {
    /// When a target is due; its own word replaces the default.
    pub(crate) fn when_of(&self, target: &Target) -> Option<Inherited<When>> {
        let default = || self.defaults.as_ref().and_then(|d| When::from_keys(&d.by, &d.during, &d.each));
        target.when().map(Inherited::own).or_else(|| default().map(Inherited::from_defaults))
    }

    /// What a change is measured from.
    ///
    /// The target's own baseline; without one a target `by` a date uses the default, while
    /// `during` and `each` never inherit a baseline.
    pub(crate) fn baseline_of(&self, target: &Target, when: Option<&When>) -> Option<Inherited<Baseline>> {
        if let Some(own) = &target.baseline {
            return Some(Inherited::own(own.clone()));
        }
        let default = self.defaults.as_ref().and_then(|d| d.baseline.clone())?;
        matches!(when, Some(When::By(_))).then(|| Inherited::from_defaults(default))
    }

    /// How much of the way is expected by when, as far as the plan says.
    pub(crate) fn schedules_of<'a>(&'a self, target: &'a Target) -> &'a [Schedule] {
        let inherited = || self.defaults.as_ref().map_or(&[][..], |defaults| &defaults.schedule);
        if target.schedule.is_empty() { inherited() } else { &target.schedule }
    }

    /// How firmly a target is committed to.
    pub(crate) fn nature_of(&self, target: &Target) -> Option<Inherited<Nature>> {
        let default = || self.defaults.as_ref().and_then(|d| d.nature);
        target.nature.map(Inherited::own).or_else(|| default().map(Inherited::from_defaults))
    }
}
