//! Scoring: values or verdicts become one score, with grades and ranks.
//!
//! `frame` brings tables, panels and assessments into columns, `engine` takes them up the tree of the
//! scheme, `card` holds what comes out.

mod aggregate;
mod card;
mod catalogue;
mod collected;
mod engine;
mod explain;
mod frame;
mod marks;
mod movement;
mod normalise;
mod rank;
mod render;
#[cfg(feature = "robustness")]
mod robust;
mod rules;
mod table;
mod weights;

pub use card::{MissingScore, PillarScore, SchemeArg, Score, Scorecard, Treatment, score};
pub use catalogue::{SchemeInfo, schemes};
pub use collected::Verdicts;
pub use explain::ScoreExplanation;
pub use frame::ScoreData;
pub use movement::{Growth, Movement};
#[cfg(feature = "robustness")]
pub use robust::{RankInterval, Robustness, Sensitivity};
pub use table::WideTable;
