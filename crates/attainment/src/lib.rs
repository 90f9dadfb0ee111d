//! Is the target attained, is it on pace, how good is the evidence, and why?
//!
//! A [`Plan`] holds the commitments of a policy document, a [`Panel`] the observations.
//! [`Plan::assess`] judges every target in every area and gives an [`Assessment`]: a [`Verdict`] for
//! each, which [`Assessment::explain`] takes apart step by step.
//!
//! ```
//! use attainment::{AssessOptions, Columns, Format, Lang, Panel, Plan, State};
//!
//! let plan = Plan::parse("
//! attainment: 1
//! id: europe-2020
//! indicators:
//!   rd: { name: R&D share of GDP, unit: percent, direction: increase }
//! targets:
//!   rd: { indicator: rd, at_least: 3%, by: 2020, baseline: 2008 }
//! ", Format::Yaml)?;
//! let panel = Panel::from_csv("area,indicator,year,value\nEU,rd,2008,1.85\nEU,rd,2017,2.06\n", &Columns::new())?;
//!
//! let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2017).method("linear"))?;
//! let verdict = assessment.verdict("rd", "EU")?;
//! assert_eq!(verdict.attained.state, State::Pending);
//! assert_eq!(verdict.attained.gap.unwrap().to_string(), "0.94");
//! println!("{}", assessment.explain("rd", "EU")?.to_text(Lang::En));
//! # Ok::<(), attainment::Error>(())
//! ```
//!
//! A [`Scheme`] makes one score of many values or verdicts: [`score()`] gives a [`Scorecard`] with ranks
//! and grades. [`methods`] lists published rules of pace, [`schemes`] published ways to score.
//!
//! # Errors and findings
//!
//! An [`Error`] says that something could not be done at all: a text that is no plan, a table without
//! the columns it needs, a question without `as_of`. It holds every problem, not the first. A
//! [`Finding`] is one problem, with a stable [`Code`], a place and help. What can be worked around is a
//! finding and no error: [`Plan::findings`], [`Plan::lint`], [`Panel::findings`],
//! [`Assessment::findings`].
//!
//! # Numbers
//!
//! Values, bounds and gaps are [`Decimal`]s and comparisons are exact. Ratios, rates and projections
//! are `f64`, for people. A binary float that comes in stands for its shortest decimal text.

mod assess;
mod cascade;
mod chart;
mod column;
mod csv_text;
mod document;
mod error;
mod explain;
mod finding;
mod method;
mod names;
mod number;
mod outline;
mod page;
mod panel;
mod period;
mod plan;
mod quantity;
mod render;
mod schema;
mod score;
mod sort;
mod text;
mod trace;
mod unit;
mod verdict;

pub use assess::{AssessOptions, Assessment, Disagreement, Forecast, Outlook, View};
pub use cascade::{
    Ahead, Cascade, CascadeCheck, CascadeDocument, CascadePart, CascadeRule, Division, LeftOut, MissingPart, PartCheck, RollUp,
    RollUpDocument, RollUpRule, RolledPart, RolledWhole, WholeCheck,
};
pub use chart::{Chart, ChartChoice, ChartKind, ChartOptions, Earlier, Theme};
pub use column::{Bits, Cell, Column, Ints};
pub use csv_text::Csv;
pub use document::{Format, Id, MAX_BYTES, MAX_DEPTH, MAX_NODES, Many, Map, Text};
pub use error::{Error, UnknownWord};
pub use explain::Explanation;
pub use finding::{Code, Finding, Severity, Stage, codes};
pub use method::{
    ClassDocument, CutDocument, Exactness, Gauge, IntervalRule, Method, MethodChoice, MethodDocument, MethodInfo, Need, RulesDocument,
    Series, Verified, methods, pace,
};
pub use panel::{Columns, Panel, PanelBuilder, Record};
pub use period::{Edge, Frequency, Period, PeriodError, Point};
pub use plan::scheme::{self, Scheme, SchemeDocument};
pub use plan::{
    Announcement, Area, Baseline, Body, Bound, Change, ChangeKind, Choice, Citation, CompareWord, Composition, Condition, Conditions,
    CriteriaRule, DeclaredBaseline, Defaults, Delegation, Diff, Direction, Evaluation, FORMAT_VERSION, Formula, Indicator, Instrument, KOf,
    Kind, Link, Listing, Mark, Measure, Member, Merged, Nature, Override, Pair, PeerMark, PeerRule, Place, Plan, PlanDocument,
    RecordedState, Reference, Relation, Required, Schedule, ScheduleWord, ShareSchedule, Stated, StatedObservation, Statistic, Target,
    TargetTable, Task, ValueIs, When, WordedPlace, Work,
};
pub use quantity::{Number, Quantity};
pub use schema::schema;
pub use score::{
    Growth, MissingScore, Movement, PillarScore, SchemeArg, SchemeInfo, Score, ScoreData, ScoreExplanation, Scorecard, Treatment, Verdicts,
    WideTable, schemes, score,
};
#[cfg(feature = "robustness")]
pub use score::{RankInterval, Robustness, Sensitivity};
pub use text::{Lang, Message};
pub use trace::Step;
pub use unit::Unit;
pub use verdict::{Attained, Flag, Pace, PaceNote, PaceReason, Quality, Reason, Scale, ScheduledPace, State, Threshold, Verdict};

// Types of these crates are part of the interface.
pub use rust_decimal::Decimal;
pub use serde_json;

/// The version of this library.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

// The crate that reads policy text shows its drafts in the same style.
#[doc(hidden)]
pub use page::STYLE as PAGE_STYLE;

#[cfg(doctest)]
#[doc = include_str!("../../../docs/parts/methods.md")]
struct Methods;

#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;

#[cfg(doctest)]
#[doc = include_str!("../../../docs/scorecards.md")]
struct Scorecards;

#[cfg(doctest)]
#[doc = include_str!("../../../docs/data.md")]
struct Data;

#[cfg(doctest)]
#[doc = include_str!("../../../docs/charts.md")]
struct Charts;
