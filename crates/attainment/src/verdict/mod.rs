//! Verdicts: three answers, never one symbol.

mod attained;
mod bound;
mod case;
mod compare;
mod degree;
mod effort;
mod group;
mod holds;
mod measure;
mod pace;
mod rule;
mod steps;
mod timeline;
mod value;
mod when;
mod words;
mod world;

use rust_decimal::Decimal;
use serde::Serialize;

pub(crate) use attained::{Judged, judge_attained};
pub(crate) use case::{Case, Form};
pub(crate) use compare::Test;
pub use compare::Threshold;
pub(crate) use degree::{closed, gap, ratio};
pub(crate) use effort::{Effort, decimal_year, growth_needed, is_cap, is_there};
pub(crate) use holds::holds_at;
pub(crate) use measure::Measured;
pub use pace::{Pace, PaceNote, PaceReason, Scale, ScheduledPace};
pub(crate) use rule::{
    AreaNo, BaseSpec, Body, BoundSpec, Combine, IndicatorNo, Phrase, ReferenceTo, Rule, RuleNo, Single, Tolerance, Want,
};
pub(crate) use steps::{measure_name, word_name};
pub(crate) use timeline::{Flags, Gap, Reading, Track, TrackPoint};
pub(crate) use value::Value;
pub(crate) use when::{BaseChoice, Frame};
pub(crate) use world::{Memo, World};

use crate::document::words;
use crate::period::{Period, Point};
use crate::plan::Override;
pub(crate) use crate::plan::Toward;

words! {
    /// Whether a target is attained. The order is the one combinations use.
    ///
    /// ```
    /// use attainment::State;
    /// assert_eq!(State::NotMet.to_string(), "not_met");
    /// assert_eq!([State::Met, State::Pending].into_iter().min(), Some(State::Pending));
    /// ```
    pub enum State {
        /// It is decided that the target is not met.
        NotMet = "not_met",
        /// It cannot be decided; the reason says why.
        NotEvaluable = "not_evaluable",
        /// It is not due yet.
        Pending = "pending",
        /// It is decided that the target is met.
        Met = "met",
    }
}

words! {
    /// Why something cannot be evaluated.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Panel, Plan, Reason, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: p, indicators: {trees: {name: Trees planted, unit: trees, direction: increase}}, targets: {trees: {indicator: trees, reach: 1x000, by: 2022}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("", "trees", 2022, 14_200)]);
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2022))?;
    /// assert_eq!(assessment.verdicts()[0].attained.reason, Some(Reason::BoundMasked));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    #[non_exhaustive]
    pub enum Reason {
        /// The target has neither a deadline nor a window.
        NoDeadline = "no_deadline",
        /// The deadline or window is masked or has no place in time.
        PeriodUnknown = "period_unknown",
        /// The window has no known start, and there is no baseline to begin after.
        WindowStartUnknown = "window_start_unknown",
        /// The bound is masked.
        BoundMasked = "bound_masked",
        /// The bound is stated as unknown.
        BoundUnknown = "bound_unknown",
        /// A number stands without the unit it needs.
        UnitLost = "unit_lost",
        /// The observations are in a unit that does not convert.
        UnitMismatch = "unit_mismatch",
        /// `about` has no declared tolerance.
        NoTolerance = "no_tolerance",
        /// There is no observation at all.
        NoObservation = "no_observation",
        /// There is no usable observation for the deadline itself.
        NoObservationAtDeadline = "no_observation_at_deadline",
        /// A due period of `each` has no usable observation.
        MissingPeriod = "missing_period",
        /// A period of a sum or mean has no usable observation.
        IncompleteSum = "incomplete_sum",
        /// A period of a chain of growth rates has no usable observation.
        IncompleteChain = "incomplete_chain",
        /// The data is finer than the deadline and the indicator does not say which number counts.
        StatisticUnknown = "statistic_unknown",
        /// Two observations contradict each other.
        ConflictingObservations = "conflicting_observations",
        /// The observations have another caliber, and no link is declared.
        CaliberMismatch = "caliber_mismatch",
        /// A change has nothing to be measured from.
        NoBaseline = "no_baseline",
        /// The period a change is measured from has no value.
        NoBaselineValue = "no_baseline_value",
        /// The base is zero, so that there is no relative change.
        ZeroBaseline = "zero_baseline",
        /// The base is negative or signs change, so that there is no growth rate.
        SignChange = "sign_change",
        /// Growth is published for this indicator and must not be divided out of levels; it is not there.
        GrowthNotPublished = "growth_not_published",
        /// The value the bound refers to is not there.
        ReferenceMissing = "reference_missing",
        /// The group of areas is not known.
        GroupUnknown = "group_unknown",
        /// The area is no member of the group it would be ranked in.
        NotInGroup = "not_in_group",
        /// The value is not exact enough to tell.
        ValueInexact = "value_inexact",
        /// The published digits cannot tell.
        UndecidedDigits = "undecided_digits",
        /// The readings of an ambiguous phrase disagree.
        AmbiguousReading = "ambiguous_reading",
        /// The target was not in force yet.
        NotInForce = "not_in_force",
        /// A member of a combination cannot be evaluated.
        MemberNotEvaluable = "member_not_evaluable",
        /// There are fewer points than the method asks for.
        TooFewPoints = "too_few_points",
        /// The series has a break and too few points after it.
        BreakInSeries = "break_in_series",
        /// The bound equals the baseline, so that there is no way to go.
        TargetEqualsBaseline = "target_equals_baseline",
        /// The target is zero, and growth never gets there.
        ZeroBound = "zero_bound",
        /// The indicator has no such mark, or a mark that is masked.
        NoMark = "no_mark",
        /// The marks do not run from worst over red and green to best.
        MarksOutOfOrder = "marks_out_of_order",
        /// Fewer than two of the peers have a value.
        NoPeers = "no_peers",
        /// All peers have the same value.
        NoSpread = "no_spread",
        /// The indicator has no typical path, or one that does not lead toward the target.
        NoTypicalPath = "no_typical_path",
        /// A value lies beyond the ends of the typical path.
        OffTypicalPath = "off_typical_path",
        /// Observation and baseline are of the same time, so that no time has passed.
        NoTimeElapsed = "no_time_elapsed",
    }
}

words! {
    /// What is worth knowing about the evidence.
    #[non_exhaustive]
    pub enum Flag {
        /// The value is provisional (`P`).
        Provisional = "provisional",
        /// The value is estimated or imputed (`E`, `I`).
        Estimated = "estimated",
        /// There is a break in the series (`B`).
        Break = "break",
        /// The definition differs (`D`).
        DefinitionDiffers = "definition_differs",
        /// The value is of low reliability or not validated (`U`, `V`, `N`, `G`).
        LowReliability = "low_reliability",
        /// A forecast or masked value was left aside.
        ForecastIgnored = "forecast_ignored",
        /// The value is known only as a lower bound or approximately.
        Inexact = "inexact",
        /// The value was carried over from another caliber by a declared link.
        CaliberLinked = "caliber_linked",
        /// The value states no caliber, and the target asks for one.
        CaliberUnstated = "caliber_unstated",
        /// The value was derived by the indicator's formula.
        Derived = "derived",
        /// The baseline is the declared one; the panel has none.
        BaselineDeclared = "baseline_declared",
        /// The declared baseline and the panel's differ.
        BaselineDiffers = "baseline_differs",
        /// The baseline satisfies the bound already: the question is whether it holds.
        Maintenance = "maintenance",
        /// The value is within half a unit of its last digit of the bound.
        NearThreshold = "near_threshold",
        /// The value was revised since it was first published.
        Revised = "revised",
        /// The phrase has several readings, and they agree.
        AmbiguousReading = "ambiguous_reading",
        /// Another target has replaced this one.
        Replaced = "replaced",
        /// Less than a fifth of the time has passed.
        Early = "early",
    }
}

/// Whether the target is attained, and by how much.
///
/// ```
/// # use attainment::{AssessOptions, Format, Panel, Plan, Record, State};
/// # let plan = Plan::parse("{attainment: 1, id: literacy, indicators: {literate: {name: Adult literacy, unit: percent, direction: increase}}, targets: {literate: {indicator: literate, at_least: 90%, by: 2020, baseline: 2010}}}", Format::Yaml)?;
/// # let panel = Panel::from_records([Record::new("KE", "literate", 2010, 72), Record::new("KE", "literate", 2020, 81)]);
/// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2020))?;
/// let attained = &assessment.verdict("literate", "KE")?.attained;
/// assert_eq!(attained.state, State::NotMet);
/// assert_eq!((attained.ratio, attained.closed), (Some(0.9), Some(0.5)));
/// assert_eq!(attained.gap.unwrap().to_string(), "9");
/// # Ok::<(), attainment::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Attained {
    /// The answer.
    pub state: State,
    /// Why it is `not_evaluable`.
    pub reason: Option<Reason>,
    /// Whether the latest observation satisfies the bound.
    pub holds_now: Option<bool>,
    /// The period that decided.
    pub decided_at: Option<Point>,
    /// The first observed period that satisfies the bound.
    pub first_held_in: Option<Point>,
    /// Whether every observed period since the baseline satisfies it.
    pub held_throughout: Option<bool>,
    /// Every period in which it was lost again.
    pub lost_in: Vec<Point>,
    /// The number that was compared: at the deadline where it is due, the latest otherwise.
    ///
    /// In the indicator's unit; percentage points for a change of a percentage, percent for
    /// relative changes and growth.
    #[serde(serialize_with = "decimal_text")]
    pub value: Option<Decimal>,
    /// The period of the value.
    pub period: Option<Period>,
    /// The bound it was compared with; the first for an interval.
    #[serde(serialize_with = "decimal_text")]
    pub bound: Option<Decimal>,
    /// The second bound of an interval.
    #[serde(serialize_with = "decimal_text")]
    pub bound_max: Option<Decimal>,
    /// What is missing to the bound, in the direction of the target; negative beyond it.
    #[serde(serialize_with = "decimal_text")]
    pub gap: Option<Decimal>,
    /// 实现程度: value over bound, or bound over value where less is better. Only for a positive
    /// bound and a value that is not negative, or a change with a bound in the desired direction.
    pub ratio: Option<f64>,
    /// The share of the way from the baseline to the bound that is behind us.
    pub closed: Option<f64>,
    /// Whether the stretch bound is satisfied as well.
    pub stretch_met: Option<bool>,
    /// The state on the declared baseline, where it differs from the state on the panel's.
    pub on_declared_baseline: Option<State>,
}

/// Writes a decimal as text, the form that every language reads without loss.
pub(crate) fn decimal_text<S: serde::Serializer>(value: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.collect_str(value),
        None => serializer.serialize_none(),
    }
}

impl Serialize for Point {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Attained {
    pub(crate) fn new(state: State) -> Self {
        Self {
            state,
            reason: None,
            holds_now: None,
            decided_at: None,
            first_held_in: None,
            held_throughout: None,
            lost_in: Vec::new(),
            value: None,
            period: None,
            bound: None,
            bound_max: None,
            gap: None,
            ratio: None,
            closed: None,
            stretch_met: None,
            on_declared_baseline: None,
        }
    }

    pub(crate) fn not_evaluable(reason: Reason) -> Self {
        Self { reason: Some(reason), ..Self::new(State::NotEvaluable) }
    }
}

/// How good the evidence is. It never blocks a verdict.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Quality {
    /// How many observations could be used.
    pub points: usize,
    /// Years from the latest observation to `as_of`.
    pub lag_years: Option<f64>,
    /// What is worth knowing, in the order of [`Flag::ALL`].
    pub flags: Vec<Flag>,
}

impl Quality {
    pub(crate) fn add(&mut self, flag: Flag) {
        if let Err(place) = self.flags.binary_search(&flag) {
            self.flags.insert(place, flag);
        }
    }
}

impl Verdict {
    /// Why there is no answer, to the one question or the other.
    pub(crate) fn reason_word(&self) -> Option<&'static str> {
        let of_pace = || self.pace.as_ref()?.reason.map(PaceReason::as_str);
        self.attained.reason.map(Reason::as_str).or_else(of_pace)
    }
}

/// The answer for one target, area, time and method.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Verdict {
    /// The target.
    pub target: String,
    /// The area; empty where neither panel nor plan names one.
    pub area: String,
    /// The indicator; absent for a combination of targets.
    pub indicator: Option<String>,
    /// Up to the end of which period observations were used.
    pub as_of: Point,
    /// Whether it is attained.
    pub attained: Attained,
    /// Whether it is on pace; absent where no method was asked for.
    pub pace: Option<Pace>,
    /// How good the evidence is.
    pub quality: Quality,
    /// A verdict that an expert recorded. It stands beside the computed one.
    #[serde(rename = "override")]
    pub recorded: Option<Override>,
}
