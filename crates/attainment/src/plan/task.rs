//! Tasks, bodies, instruments, delegation and what else a plan holds beside its targets.

use super::target::Bound;
use crate::document::{Id, Many, Text, document, words};
use crate::period::Period;
use crate::quantity::{Number, Quantity};

document! {
    /// Something the issuer will do, with the targets it serves.
    pub struct Task {
        /// Its heading.
        title: Text,
        /// The number it has in the document.
        number: Option<Text>,
        /// The task or section it is a part of.
        parent: Option<Id>,
        /// Who leads.
        lead: Many<Id>,
        /// Who supports.
        support: Many<Id>,
        /// When it is due.
        by: Option<Period>,
        /// The targets it serves.
        targets: Many<Id>,
        /// The instruments it uses.
        instruments: Many<Id>,
        /// Anything else worth saying.
        note: Option<Text>,
        /// Where it is stated.
        source: Option<Text>,
    }
}

document! {
    /// Somebody who is responsible.
    pub struct Body {
        /// What it is called.
        name: Text,
        /// What sort of body it is: 部门, 领导小组, 学校.
        kind: Option<Text>,
        /// The body it belongs to.
        parent: Option<Id>,
        /// Who holds which role.
        roles: crate::document::Map<Text>,
        /// Anything else worth saying.
        note: Option<Text>,
    }
}

document! {
    /// A lever: what is given to whom under which condition.
    pub struct Instrument {
        /// What sort of lever it is: tax, award, subsidy, fund, voucher, gate.
        kind: Id,
        /// What it is called.
        name: Text,
        /// How much.
        amount: Option<Quantity>,
        /// For whom.
        r#for as "for": Many<Text>,
        /// What must hold for it.
        condition: Option<Condition>,
        /// What it opens the way to, for a gate.
        unlocks: Many<Text>,
        /// When it applies.
        during: Option<Period>,
        /// How often: year, week, once.
        frequency: Option<Text>,
        /// Who pays.
        funder: Option<Text>,
        /// Who leads.
        lead: Many<Id>,
        /// Anything else worth saying.
        note: Option<Text>,
        /// Where it is stated.
        source: Option<Text>,
    }
}

/// What must hold for an instrument.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// In words.
    Stated(Id),
    /// Several conditions.
    Several(Conditions),
}

super::scalar_or_map!(Condition, "Condition", Stated(Id), Several(Conditions));

document! {
    /// Conditions that go together.
    pub struct Conditions {
        /// All of these must hold.
        all: Many<Text>,
        /// One of these must hold.
        any: Many<Text>,
        /// These are named, and the document does not say whether all or one.
        unspecified: Many<Text>,
    }
    rules: [crate::document::Rule::ExactlyOne(&["all", "any", "unspecified"])]
}

document! {
    /// Targets that lower tiers have to set themselves.
    pub struct Delegation {
        /// The tier or body that has to set them.
        to: Id,
        /// What they must be about.
        domains: Many<Text>,
        /// How often: year.
        frequency: Option<Text>,
        /// Anything else worth saying.
        note: Option<Text>,
        /// Where it is stated.
        source: Option<Text>,
    }
}

words! {
    /// How far a value can be taken at its word.
    pub enum ValueIs {
        /// It is the value.
        Exact = "exact",
        /// The value is this or more: 余, 多.
        AtLeast = "at_least",
        /// The value is near this: 近, 左右.
        About = "about",
        /// Digits are masked.
        Masked = "masked",
        /// It is expected and not observed: 预计.
        Forecast = "forecast",
    }
}

document! {
    /// A value that the plan itself states.
    pub struct StatedObservation {
        /// The indicator.
        indicator: Id,
        /// The area; the plan's own when absent.
        area: Option<Id>,
        /// The period.
        at: Period,
        /// The value.
        value: Bound,
        /// How far it can be taken at its word; `exact` when absent.
        value_is: Option<ValueIs>,
        /// How far from the true value an `about` may be.
        tolerance: Option<Quantity>,
        /// The part of the population; the total when absent.
        breakdown: Option<Id>,
        /// SDMX observation status flags.
        status: Many<Id>,
        /// Its caliber.
        caliber: Option<Id>,
        /// When it was published.
        vintage: Option<Period>,
        /// Anything else worth saying.
        note: Option<Text>,
        /// Where it is stated.
        source: Option<Text>,
    }
}

words! {
    /// A verdict an expert may record.
    pub enum RecordedState {
        /// The target is met.
        Met = "met",
        /// It is not.
        NotMet = "not_met",
        /// It is not yet decided.
        Pending = "pending",
        /// It cannot be decided.
        NotEvaluable = "not_evaluable",
    }
}

document! {
    /// An expert's recorded verdict. It stands beside the computed one, never in its place.
    pub struct Override {
        /// The target.
        target: Id,
        /// The area; every area when absent.
        area: Option<Id>,
        /// As of when.
        as_of: Option<Period>,
        /// The verdict.
        state: RecordedState,
        /// Who recorded it.
        who: Text,
        /// When.
        when: Period,
        /// Why.
        why: Text,
    }
}

document! {
    /// A claim about the document itself, such as eight areas announced.
    pub struct Composition {
        /// The indicators that are the parts.
        parts: Many<Id>,
        /// The indicator that is the whole.
        whole: Option<Id>,
        /// What the parts add up to, in their unit.
        sums_to: Option<Number>,
        /// Where it is stated.
        source: Option<Text>,
    }
}
