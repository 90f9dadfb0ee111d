//! Whether a target is on pace: the answer of a method.

use std::borrow::Cow;

use serde::Serialize;

use super::Reason;
use crate::document::words;
use crate::text::{Message, msg};

words! {
    /// The common scale, so that methods can be compared.
    #[non_exhaustive]
    pub enum Scale {
        /// The target is reached.
        Done = "done",
        /// On pace to be reached.
        OnTrack = "on_track",
        /// Close to it.
        Near = "near",
        /// Too slow.
        Behind = "behind",
        /// Moving away from the target.
        Away = "away",
    }
}

words! {
    /// What is worth knowing about how a pace came about.
    #[non_exhaustive]
    pub enum PaceNote {
        /// The base is beyond the target and the value has fallen behind it: a ratio of growth would
        /// come out positive although the series deteriorates, so it is the worst category.
        BaselineBeyondTarget = "baseline_beyond_target",
        /// A break in the series lies between the base and the latest value, which do not quite compare.
        BreakBetween = "break_between",
        /// The base period has no value, and another one serves as the method says.
        BaselineSubstituted = "baseline_substituted",
        /// No base is stated, and the published base year serves.
        DefaultBaseline = "default_baseline",
        /// No target year is stated, and the published one serves.
        DefaultDeadline = "default_deadline",
        /// A small number stands for a zero, as the method says.
        ZeroReplaced = "zero_replaced",
        /// A percentage within one point of 0 or 100 % counts as there, as the method says.
        WithinOnePoint = "within_one_point",
        /// The cuts shrink near a natural limit, as the method says.
        NearLimit = "near_limit",
        /// The method judges the direction alone: the bound is not considered.
        TargetNotConsidered = "target_not_considered",
        /// Values were rounded before they were looked up.
        ValuesRounded = "values_rounded",
    }
}

impl PaceNote {
    /// The note as a short phrase in English and Chinese.
    pub fn message(self) -> Message {
        match self {
            Self::BaselineBeyondTarget => msg!("the base is beyond the target", "基期已超过目标"),
            Self::BreakBetween => msg!("a break since the base", "基期以来数据有断点"),
            Self::BaselineSubstituted => msg!("another base period serves", "以其他期代替基期"),
            Self::DefaultBaseline => msg!("the published base year", "用公布的基年"),
            Self::DefaultDeadline => msg!("the published target year", "用公布的目标年"),
            Self::ZeroReplaced => msg!("a small number stands for zero", "以小数代替零"),
            Self::WithinOnePoint => msg!("within one point of the end", "距端点不足1个百分点"),
            Self::NearLimit => msg!("near the natural limit", "接近自然极限"),
            Self::TargetNotConsidered => msg!("the bound is not considered", "未考虑目标值"),
            Self::ValuesRounded => msg!("values were rounded first", "数值先经舍入"),
        }
    }
}

/// The class on one of several schedules.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ScheduledPace {
    /// The schedule: its word, or `steps` or `seasonal`.
    pub schedule: String,
    /// The category in the method's own words.
    pub category: Option<Cow<'static, str>>,
    /// The category on the common scale.
    pub scale: Option<Scale>,
    /// The number the method decides by.
    pub value: Option<f64>,
    /// Why there is no category.
    pub reason: Option<PaceReason>,
}

/// Whether a target is on pace, by one method.
///
/// ```
/// # use attainment::{AssessOptions, Format, Panel, Plan, Record, Scale};
/// # let plan = Plan::parse("{attainment: 1, id: co2, indicators: {cars: {name: CO2 of new cars, unit: g/km, direction: decrease}}, targets: {cars: {indicator: cars, at_most: 80, by: 2030, baseline: 2020}}}", Format::Yaml)?;
/// # let panel = Panel::from_records([Record::new("EU", "cars", 2020, 120), Record::new("EU", "cars", 2024, 110)]);
/// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2024).method("linear"))?;
/// let pace = assessment.verdict("cars", "EU")?.pace.as_ref().unwrap();
/// assert_eq!(pace.scale, Some(Scale::Behind));
/// assert_eq!((pace.actual, pace.required), (Some(-2.5), Some(-5.0)));
/// assert_eq!(pace.catch_up, Some(2.0));
/// # Ok::<(), attainment::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Pace {
    /// The method and its version.
    pub method: String,
    /// The category in the method's own words.
    pub category: Option<Cow<'static, str>>,
    /// The category on the common scale.
    pub scale: Option<Scale>,
    /// The number the method decides by; see [`MethodInfo::value`](crate::MethodInfo::value).
    pub value: Option<f64>,
    /// The method's score, where it has one.
    pub score: Option<f64>,
    /// Why there is no category; absent where there is one.
    pub reason: Option<PaceReason>,
    /// The change a year that is needed from the latest observation on, in the unit of the measure.
    pub required: Option<f64>,
    /// The change a year so far.
    pub actual: Option<f64>,
    /// The number the schedule expects at the latest observation.
    pub expected_now: Option<f64>,
    /// Where the change so far leads to at the deadline.
    pub projected: Option<f64>,
    /// The year in which the change so far arrives at the bound; decimal, 2030.0 is the end of 2030.
    pub arrival: Option<f64>,
    /// Required over actual: above 1 the pace has to be raised by that factor.
    pub catch_up: Option<f64>,
    /// Less than a fifth of the time has passed.
    pub early: bool,
    /// The class on each schedule, where there are several; the first is that of the pace itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub schedules: Vec<ScheduledPace>,
    /// What is worth knowing about how it came about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<PaceNote>,
    /// The category on the declared baseline, where it differs from the one on the panel's.
    pub on_declared_baseline: Option<Cow<'static, str>>,
}

/// Why a method gives no category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum PaceReason {
    /// The published rule has no case for this measure and time.
    NotApplicable,
    /// The rule applies, and something it needs is not there.
    NotEvaluable(Reason),
}

impl PaceReason {
    /// The word: `not_applicable`, or the reason.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::NotApplicable => "not_applicable",
            Self::NotEvaluable(reason) => reason.as_str(),
        }
    }

    /// The reason as a short phrase in English and Chinese.
    pub fn message(self) -> Message {
        match self {
            Self::NotApplicable => msg!("the method has no case for this", "该方法不适用"),
            Self::NotEvaluable(reason) => reason.message(),
        }
    }
}

impl Serialize for PaceReason {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl Pace {
    pub(crate) fn none(method: &str, reason: PaceReason) -> Self {
        Self {
            method: method.to_owned(),
            category: None,
            scale: None,
            value: None,
            score: None,
            reason: Some(reason),
            required: None,
            actual: None,
            expected_now: None,
            projected: None,
            arrival: None,
            catch_up: None,
            early: false,
            schedules: Vec::new(),
            notes: Vec::new(),
            on_declared_baseline: None,
        }
    }

    pub(crate) fn category(mut self, word: Cow<'static, str>, scale: Scale) -> Self {
        (self.category, self.scale, self.reason) = (Some(word), Some(scale), None);
        self
    }
}
