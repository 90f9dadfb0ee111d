//! x
#![allow(dead_code, unused_imports, missing_docs)]
mod document;
mod error;
mod finding;
mod number;
mod period;
mod plan;
mod quantity;
mod text;
mod unit;
pub use document::{Any, Format, Id, MAX_BYTES, MAX_DEPTH, MAX_NODES, Many, Map, Text};
pub use error::Error;
pub use finding::{Code, Finding, Severity, Stage, codes};
pub use period::{Edge, Frequency, Period, PeriodError, Point};
pub use plan::*;
pub use quantity::{Number, Quantity};
pub use text::{Lang, Message};
pub use unit::Unit;
