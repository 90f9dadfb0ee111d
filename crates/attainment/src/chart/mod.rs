//! Charts: an assessment, a scorecard or a simulation as a Vega-Lite specification.
//!
//! A chart computes nothing that is not in the results it draws, except the projection and its band
//!. It is made of rounded numbers and ordered maps, so that the same question gives the
//! same bytes everywhere.

mod options;

use serde_json::Value;

pub use options::{ChartKind, ChartOptions, Earlier, Theme};

use crate::assess::Assessment;
use crate::document::bad_word;
use crate::error::Error;
use crate::finding::{Code, Finding};
#[cfg(feature = "robustness")]
use crate::score::Robustness;
use crate::score::Scorecard;
use crate::text::{Lang, msg};

/// A chart: a Vega-Lite specification with its data in it.
///
/// It is valid in versions 5 and 6 of Vega-Lite, and needs nothing that is not in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    kind: ChartKind,
    lang: Lang,
    title: String,
    caption: String,
    spec: Value,
    findings: Vec<Finding>,
}

impl Chart {
    /// The media type under which notebooks show the specification.
    pub const MEDIA_TYPE: &'static str = "application/vnd.vegalite.v5+json";

    /// What kind of chart it is.
    pub fn kind(&self) -> ChartKind {
        self.kind
    }

    /// The language of its labels.
    pub fn lang(&self) -> Lang {
        self.lang
    }

    /// Its title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The lines under it: source, moment, vintage, method and how many are shown, and how to read it.
    pub fn caption(&self) -> &str {
        &self.caption
    }

    /// The specification.
    pub fn spec(&self) -> &Value {
        &self.spec
    }

    /// The specification as JSON text.
    pub fn to_json(&self) -> String {
        let mut text = serde_json::to_string_pretty(&self.spec).unwrap_or_default();
        text.push('\n');
        text
    }

    /// What it leaves out.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

/// A [`ChartKind`], or its word.
#[derive(Clone, Debug)]
pub struct ChartChoice(Result<ChartKind, Finding>);

impl From<ChartKind> for ChartChoice {
    fn from(kind: ChartKind) -> Self {
        Self(Ok(kind))
    }
}

impl From<&str> for ChartChoice {
    fn from(word: &str) -> Self {
        let known: Vec<&str> = ChartKind::ALL.iter().map(|kind| kind.as_str()).collect();
        Self(ChartKind::from_word(word).ok_or_else(|| {
            let (message, help) = bad_word(word, &known);
            Finding::new(Code::UnknownChart, message).help(help)
        }))
    }
}

impl From<&String> for ChartChoice {
    fn from(word: &String) -> Self {
        Self::from(word.as_str())
    }
}

impl From<String> for ChartChoice {
    fn from(word: String) -> Self {
        Self::from(word.as_str())
    }
}

/// The kinds that an assessment can be drawn as.
const OF_ASSESSMENTS: &[ChartKind] = &[
    ChartKind::TargetPath,
    ChartKind::ClockDumbbell,
    ChartKind::MethodMatrix,
    ChartKind::AttainedPace,
    ChartKind::Vintages,
    ChartKind::CumulativeBudget,
    ChartKind::ClassTransitions,
];

impl Assessment {
    /// A picture of the assessment.
    ///
    /// # Errors
    ///
    /// [`Error::Assess`] when there is no such kind, the data do not fit it, or an option names what
    /// there is not; the help says which kinds fit.
    pub fn chart(&self, kind: impl Into<ChartChoice>, options: &ChartOptions<'_>) -> Result<Chart, Error> {
        let _ = options;
        let kind = kind.into().0.map_err(|finding| Error::Assess(vec![finding]))?;
        Err(unfit(kind, OF_ASSESSMENTS))
    }
}

impl Scorecard {
    /// A picture of the scorecard.
    ///
    /// # Errors
    ///
    /// As [`Assessment::chart`].
    pub fn chart(&self, kind: impl Into<ChartChoice>, options: &ChartOptions<'_>) -> Result<Chart, Error> {
        let _ = options;
        let kind = kind.into().0.map_err(|finding| Error::Assess(vec![finding]))?;
        Err(unfit(kind, &[ChartKind::Scores, ChartKind::ClassTransitions]))
    }
}

#[cfg(feature = "robustness")]
impl Robustness {
    /// A picture of the simulation.
    ///
    /// # Errors
    ///
    /// As [`Assessment::chart`].
    pub fn chart(&self, kind: impl Into<ChartChoice>, options: &ChartOptions<'_>) -> Result<Chart, Error> {
        let _ = options;
        let kind = kind.into().0.map_err(|finding| Error::Assess(vec![finding]))?;
        Err(unfit(kind, &[ChartKind::RankIntervals]))
    }
}

fn unfit(kind: ChartKind, fit: &[ChartKind]) -> Error {
    let fit: Vec<String> = fit.iter().map(|kind| format!("`{kind}`")).collect();
    let (en, zh) = (fit.join(", "), fit.join("、"));
    let message = msg!("this cannot be drawn as `{kind}`", "不能画成`{kind}`");
    Error::Assess(vec![Finding::new(Code::ChartUnfit, message).help(msg!("kinds that fit: {en}", "可用的图:{zh}"))])
}
