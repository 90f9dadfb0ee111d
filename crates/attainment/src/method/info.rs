//! What there is to know about a method.

use std::fmt;

use serde::Serialize;

use crate::document::words;
use crate::plan::{Kind, Measure};
use crate::verdict::Scale;

/// How sure it is that a method is what was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verified {
    /// So many published verdicts were reproduced.
    Reproduced(u32),
    /// The primary source was read.
    Primary,
    /// Only a secondary source was read.
    Secondary,
    /// Parts are from general knowledge. Such a method answers only when it is asked for with the
    /// parameter `unverified=yes`.
    Unverified,
    /// A rule of this project.
    Own,
}

impl fmt::Display for Verified {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reproduced(rows) => write!(f, "reproduced {rows} rows"),
            Self::Primary => f.write_str("primary"),
            Self::Secondary => f.write_str("secondary"),
            Self::Unverified => f.write_str("unverified"),
            Self::Own => f.write_str("own"),
        }
    }
}

impl Serialize for Verified {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

words! {
    /// In which sense the categories of a method are exact.
    #[non_exhaustive]
    pub enum Exactness {
        /// Decided on rational numbers.
        Rational = "rational",
        /// Decided on roots of rational numbers, as if with infinite precision.
        Radical = "radical",
        /// Decided on floats that are the same to the bit everywhere.
        Reproducible = "reproducible",
    }
}

words! {
    /// What a method needs besides observations.
    #[non_exhaustive]
    pub enum Need {
        /// A base period with a value.
        Baseline = "baseline",
        /// A target year.
        Deadline = "deadline",
        /// The bound of a target.
        Bound = "bound",
        /// The natural limit of the indicator, where it has one: the mark `limit`.
        Limit = "limit",
        /// The marks `worst`, `red`, `green` and `best`.
        Marks = "marks",
        /// The values of a group of areas.
        Peers = "peers",
        /// The path that values have typically taken: `typical_path` of the indicator.
        TypicalPath = "typical_path",
    }
}

/// What there is to know about a method.
///
/// ```
/// use attainment::{Measure, Scale, methods};
/// let linear = methods().into_iter().find(|method| method.id == "linear").unwrap();
/// assert!(linear.categories.contains(&("behind", Scale::Behind)));
/// assert!(linear.accepts.iter().any(|(measure, when)| *measure == Measure::Level && when.contains(&"by")));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct MethodInfo {
    /// Name and version, as in `assess`.
    pub id: &'static str,
    /// Who published it.
    pub body: &'static str,
    /// Where, and what in it was chosen where the source says nothing.
    pub source: &'static str,
    /// What the number of a pace is.
    pub value: &'static str,
    /// Its categories, best first, with their place on the common scale.
    pub categories: &'static [(&'static str, Scale)],
    /// Which measures with an amount it has a case for, and when: `by`, `during`, `each`. A level
    /// during one period, and a change during a window from before it, are due at its end.
    pub accepts: &'static [(Measure, &'static [&'static str])],
    /// When it has a case for a direction without an amount, a change of more or less than 0.
    pub trend: &'static [&'static str],
    /// Whether it has a case for a target whose baseline satisfies the bound already.
    pub maintenance: bool,
    /// Kinds of indicator it has no case for.
    pub not_for: &'static [Kind],
    /// How many observations it needs at least.
    pub points: u32,
    /// What else it cannot do without.
    pub needs: &'static [Need],
    /// What it uses where it is there, with a published default or none.
    pub uses: &'static [Need],
    /// The parameters it takes, as in `linear?schedule=compound`, with what they do.
    pub parameters: &'static [(&'static str, &'static str)],
    /// In which sense its categories are exact.
    pub exactness: Exactness,
    /// How sure it is.
    pub verified: Verified,
}
