//! Tasks, bodies, instruments, delegation and what else a plan holds beside its targets.

use super::target::{Baseline, Bound, Measure, Pair, Place};
use crate::document::{Id, Many, Map, Text, document, words};
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
        roles: Map<Text>,
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
    #[non_exhaustive]
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
        /// The period. Without one the value is kept, and compared with nothing.
        at: Option<Period>,
        /// The value; `unknown` where a statement names none.
        value: Bound,
        /// Which number it is; `level` when absent. Only levels are put beside the observations of a
        /// panel.
        measure: Option<Measure>,
        /// The group or tier that a rank is taken among.
        among: Option<Id>,
        /// What a change is measured from.
        baseline: Option<Baseline>,
        /// How far it can be taken at its word; `exact` when absent. What is expected to be exceeded is
        /// `[forecast, at_least]`: 预计突破.
        value_is: Many<ValueIs>,
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
        /// The hedge as worded: 预计.
        modality: Option<Text>,
        /// The number it depends on, and how.
        pair: Option<Pair>,
        /// The list it was written in with others: 分别, 各.
        group: Option<Id>,
        /// The observation it repeats with a difference.
        repeats: Option<Id>,
        /// Other places that say the same, by id.
        also: Map<Place>,
        /// Anything else worth saying.
        note: Option<Text>,
        /// Where it is stated.
        source: Option<Text>,
    }
}

words! {
    /// A verdict an expert may record.
    #[non_exhaustive]
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
    /// Indicators that make up a whole.
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

/// Another document: its title, or more about it.
#[derive(Clone, Debug, PartialEq)]
pub enum Citation {
    /// The title.
    Title(Id),
    /// The title and what else is known.
    Work(Box<Work>),
}

super::scalar_or_map!(Citation, "Citation", Title(Id), Work(Box<Work>));

impl Citation {
    /// What is known beside the title.
    pub fn work(&self) -> Option<&Work> {
        match self {
            Self::Title(_) => None,
            Self::Work(work) => Some(work),
        }
    }
}

document! {
    /// A document that a plan carries out or refers to.
    pub struct Work {
        /// Its title.
        title: Id,
        /// Its document number.
        number: Option<Text>,
        /// Who issued it.
        issuer: Option<Text>,
        /// The time it runs, as printed.
        window: Option<Period>,
        /// How long it says it runs: `P3Y` for 三年.
        duration: Option<Period>,
        /// Where it is named.
        source: Option<Text>,
    }
}

document! {
    /// A number of things that the document announces, with those it lists.
    pub struct Announcement {
        /// What is counted.
        name: Text,
        /// How many are announced.
        count: Number,
        /// Those that are listed.
        listed: Many<Text>,
        /// Whether there may be more than are listed (等).
        list: Option<Listing>,
        /// Where it is stated.
        source: Option<Text>,
    }
}

words! {
    /// Whether a list names everything it is about.
    #[non_exhaustive]
    pub enum Listing {
        /// It does.
        Complete = "complete",
        /// There may be more.
        Open = "open",
    }
}

document! {
    /// How somebody checks whether the plan is carried out.
    pub struct Evaluation {
        /// What it is called.
        name: Text,
        /// Who evaluates.
        by: Many<Id>,
        /// What is looked at.
        criteria: Many<Text>,
        /// Whether all criteria must hold, any of them, or the document does not say.
        rule: Option<CriteriaRule>,
        /// The targets it looks at.
        targets: Many<Id>,
        /// The scorecard of somebody else that it feeds into.
        feeds: Option<Text>,
        /// How often: year.
        frequency: Option<Text>,
        /// The results it can have: 达标, 先进.
        results: Many<Text>,
        /// What follows from the result.
        consequence: Option<Text>,
        /// Anything else worth saying.
        note: Option<Text>,
        /// Where it is stated.
        source: Option<Text>,
    }
}

words! {
    /// How criteria go together.
    #[non_exhaustive]
    pub enum CriteriaRule {
        /// All of them.
        All = "all",
        /// Any of them.
        Any = "any",
        /// The document does not say.
        Unspecified = "unspecified",
    }
}
