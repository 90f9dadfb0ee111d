//! Embeddable policy-target logic.

mod assess;
mod document;
mod error;
mod explain;
mod finding;
mod method;
mod number;
mod panel;
mod period;
mod plan;
mod quantity;
mod render;
mod text;
mod trace;
mod unit;
mod verdict;

pub use assess::{AssessOptions, Assessment};
pub use document::{Any, Format, Id, MAX_BYTES, MAX_DEPTH, MAX_NODES, Many, Map, Text};
pub use error::Error;
pub use explain::Explanation;
pub use finding::{Code, Finding, Severity, Stage, codes};
pub use method::{MethodInfo, Verified, methods};
pub use panel::{Cell, Columns, Panel, PanelBuilder, Record};
pub use period::{Edge, Frequency, Period, PeriodError, Point};
pub use plan::{
    Announcement, Area, Baseline, Body, Bound, Change, ChangeKind, Choice, Citation, CompareWord, Composition, Condition, Conditions,
    CriteriaRule, DeclaredBaseline, Defaults, Delegation, Diff, Direction, Evaluation, FORMAT_VERSION, Formula, Indicator, Instrument, KOf,
    Kind, Link, Listing, Mark, Measure, Member, Merged, Nature, Override, Pair, PeerMark, PeerRule, Place, Plan, PlanDocument,
    RecordedState, Reference, Relation, Required, Schedule, ScheduleWord, ShareSchedule, Stated, StatedObservation, Statistic, Target,
    TargetTable, Task, ValueIs, When, WordedPlace, Work, schema,
};
pub use quantity::{Number, Quantity};
pub use text::{Lang, Message};
pub use trace::Step;
pub use unit::Unit;
pub use verdict::{Attained, Flag, Pace, PaceReason, Quality, Reason, Scale, State, Threshold, Verdict};

/// The version of this library.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;
