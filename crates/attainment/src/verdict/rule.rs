//! A target, ready to be judged: names resolved, numbers in one unit.

use super::Reason;
use super::compare::Threshold;
use super::value::Value;
use crate::number::Exact;
use crate::period::Point;
use crate::plan::{CompareWord, Inherited, Measure, Schedule, Toward, When};
use crate::text::Message;

/// The number of an area in the assessment.
pub(crate) type AreaNo = usize;
/// The number of an indicator in the plan.
pub(crate) type IndicatorNo = usize;
/// The number of a rule in the assessment.
pub(crate) type RuleNo = usize;

/// A compiled target.
#[derive(Clone, Debug)]
pub(crate) struct Rule {
    /// The id, or the place of an inline member.
    pub(crate) id: String,
    /// JSON pointer into the plan.
    pub(crate) path: String,
    pub(crate) body: Body,
    pub(crate) when: Option<Inherited<When>>,
    pub(crate) valid_from: Option<Point>,
    /// The target that replaces this one once it is in force.
    pub(crate) replaced_by: Option<RuleNo>,
}

#[derive(Clone, Debug)]
pub(crate) enum Body {
    Single(Box<Single>),
    Combined(Combine, Vec<RuleNo>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Combine {
    All,
    Any,
    KOf(usize),
    Not,
}

/// A commitment on one indicator.
#[derive(Clone, Debug)]
pub(crate) struct Single {
    pub(crate) indicator: IndicatorNo,
    /// What the indicator is called.
    pub(crate) name: Message,
    /// JSON pointer to the indicator.
    pub(crate) indicator_path: String,
    /// The words that stand for 0, 1, 2 …, where values are words.
    pub(crate) words: Vec<Message>,
    pub(crate) want: Want,
    /// One, or several where the phrase is ambiguous.
    pub(crate) readings: Vec<Phrase>,
    pub(crate) base: Option<Inherited<BaseSpec>>,
    pub(crate) schedules: Vec<Schedule>,
    /// The end of the plan's own start, for windows that are open on the left.
    pub(crate) plan_start: Option<Point>,
    /// The indicator's floor, below which no value can lie.
    pub(crate) floor: Option<Exact>,
    pub(crate) threshold: Threshold,
}

/// Which observations of an indicator count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Want {
    pub(crate) caliber: Option<String>,
    pub(crate) breakdown: Option<String>,
}

/// What a change is measured from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct BaseSpec {
    /// `None` where the period has no place in time.
    pub(crate) at: Option<Point>,
    /// The value the plan states, or why it cannot be used.
    pub(crate) declared: Option<Result<Value, Reason>>,
}

/// One reading of a phrase: measure and comparison.
#[derive(Clone, Debug)]
pub(crate) struct Phrase {
    pub(crate) measure: Measure,
    /// What a rank or percentile ranks.
    pub(crate) ranked: Measure,
    pub(crate) among: Option<String>,
    /// Whether the smallest value ranks first.
    pub(crate) ranked_down: bool,
    pub(crate) word: CompareWord,
    pub(crate) toward: Toward,
    pub(crate) bound: BoundSpec,
    pub(crate) bound_max: Option<BoundSpec>,
    pub(crate) stretch: Option<BoundSpec>,
    pub(crate) tolerance: Option<Tolerance>,
    /// The unit numbers are shown with.
    pub(crate) unit: String,
    /// The last digit that counts under a rounding policy.
    pub(crate) step: Option<Exact>,
}

impl Phrase {
    /// The measure that is taken of each area.
    fn taken(&self) -> Measure {
        if self.measure.is_among_areas() { self.ranked } else { self.measure }
    }

    pub(crate) fn needs_base(&self) -> bool {
        self.taken().needs_base()
    }

    pub(crate) fn needs_window(&self) -> bool {
        self.taken().is_over_window()
    }
}

#[derive(Clone, Debug)]
pub(crate) enum BoundSpec {
    Fixed { value: Value },
    Broken(Reason),
    Reference { id: String, to: ReferenceTo, times: Exact, plus: Exact },
}

#[derive(Clone, Debug)]
pub(crate) enum ReferenceTo {
    MeanOf(String),
    Area(Option<AreaNo>),
    Indicator(IndicatorNo),
    Target(RuleNo),
}

/// How far from the bound `about` accepts.
#[derive(Clone, Debug)]
pub(crate) enum Tolerance {
    /// In the unit of the bound.
    Absolute(Exact),
    /// A share of the bound.
    Relative(Exact),
}
