//! Which way a target points.

use super::indicator::Direction;
use super::target::{CompareWord, Measure};

/// Which side of a bound satisfies a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Toward {
    Up,
    Down,
    /// Inside an interval.
    Inside,
}

impl Toward {
    pub(crate) fn new(word: CompareWord, direction: Option<Direction>, measure: Measure) -> Self {
        match word {
            CompareWord::AtLeast | CompareWord::MoreThan => Self::Up,
            CompareWord::AtMost | CompareWord::LessThan => Self::Down,
            CompareWord::Within | CompareWord::Equals => Self::Inside,
            // The first place is the best one, whatever the indicator's direction.
            CompareWord::Reach | CompareWord::About => match (measure, direction) {
                (Measure::Rank, _) => Self::Down,
                (Measure::Percentile, _) => Self::Up,
                (_, Some(Direction::Decrease)) => Self::Down,
                (_, Some(Direction::Within)) => Self::Inside,
                _ => Self::Up,
            },
        }
    }

    /// Whether one bound asks for more than another; `None` where neither does.
    pub(crate) fn is_further<T: PartialOrd>(self, bound: &T, other: &T) -> Option<bool> {
        match self {
            Self::Up => Some(bound > other),
            Self::Down => Some(bound < other),
            Self::Inside => None,
        }
    }

    /// +1, -1 or 0: the sign of progress.
    pub(crate) fn sign(self) -> i64 {
        match self {
            Self::Up => 1,
            Self::Down => -1,
            Self::Inside => 0,
        }
    }
}
