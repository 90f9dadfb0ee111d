//! Points in time and windows, as one type.

mod point;
mod read;
mod span;
mod words;

pub use point::{Frequency, Point};
pub use span::{Edge, Period, PeriodError};
