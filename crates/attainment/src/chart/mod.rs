//! Charts: an assessment, a scorecard or a simulation as a Vega-Lite specification.
//!
//! A chart computes nothing that is not in the results it draws, except the projection and its band
//!. It is made of rounded numbers and ordered maps, so that the same question gives the
//! same bytes everywhere.

mod ask;
mod budget;
mod dumbbell;
mod figure;
mod ink;
mod matrix;
mod number;
mod options;
mod path;
mod project;
mod quadrant;
mod vintages;

use serde_json::Value;

use ask::{Ask, Selection};
use figure::Figure;

pub use options::{ChartKind, ChartOptions, Earlier, Theme};

use crate::assess::Assessment;
use crate::document::bad_word;
use crate::error::Error;
use crate::finding::{Code, Finding};
#[cfg(feature = "robustness")]
use crate::score::Robustness;
use crate::panel::Cell;
use crate::score::Scorecard;
use crate::text::{Lang, Message, msg};

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

/// Why there is no chart.
enum Problem {
    /// The results do not fit it.
    Unfit,
    /// They do not, and here is why.
    Because(Message, Message),
    /// An option names what there is not.
    Findings(Vec<Finding>),
}

impl Assessment {
    /// A picture of the assessment.
    ///
    /// # Errors
    ///
    /// [`Error::Assess`] when there is no such kind, the data do not fit it, or an option names what
    /// there is not; the help says which kinds fit.
    pub fn chart(&self, kind: impl Into<ChartChoice>, options: &ChartOptions<'_>) -> Result<Chart, Error> {
        let mut problems = Vec::new();
        let kind = kind.into().0.map_err(|finding| problems.push(finding)).ok();
        let ask = Ask::new(options, &mut problems);
        let selection = Selection::new(self, options, &mut problems);
        match kind {
            Some(kind) if problems.is_empty() => {
                let draw = |kind| of_assessment(kind, &selection, &options.vintages, &ask);
                finish(kind, draw(kind), &ask, OF_ASSESSMENTS, |other| draw(other).is_ok())
            }
            _ => Err(Error::Assess(problems)),
        }
    }
}

fn of_assessment(kind: ChartKind, selection: &Selection<'_>, vintages: &[Cell], ask: &Ask<'_>) -> Result<Figure, Problem> {
    match kind {
        ChartKind::TargetPath => path::figure(selection, ask),
        ChartKind::ClockDumbbell => dumbbell::figure(selection, ask),
        ChartKind::MethodMatrix => matrix::figure(selection, ask),
        ChartKind::AttainedPace => quadrant::figure(selection, ask),
        ChartKind::Vintages => vintages::figure(selection, vintages, ask),
        ChartKind::CumulativeBudget => budget::figure(selection, ask),
        _ => Err(Problem::Unfit),
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
        Err(unfit(kind, Problem::Unfit, &[ChartKind::Scores, ChartKind::ClassTransitions]))
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
        Err(unfit(kind, Problem::Unfit, &[ChartKind::RankIntervals]))
    }
}

fn finish(
    kind: ChartKind,
    figure: Result<Figure, Problem>,
    ask: &Ask<'_>,
    kinds: &[ChartKind],
    fits: impl Fn(ChartKind) -> bool,
) -> Result<Chart, Error> {
    match figure {
        Ok(figure) => Ok(figure.into_chart(ask)),
        Err(problem) => {
            let fit: Vec<ChartKind> = kinds.iter().copied().filter(|other| *other != kind && fits(*other)).collect();
            Err(unfit(kind, problem, &fit))
        }
    }
}

fn unfit(kind: ChartKind, problem: Problem, fit: &[ChartKind]) -> Error {
    let fit: Vec<String> = fit.iter().map(|kind| format!("`{kind}`")).collect();
    let (en, zh) = (fit.join(", "), fit.join("、"));
    let fit = if fit.is_empty() { msg!("nothing of it can be drawn", "没有可画的图") } else { msg!("kinds that fit: {en}", "可用的图:{zh}") };
    let (message, help) = match problem {
        Problem::Findings(findings) => return Error::Assess(findings),
        Problem::Unfit => (msg!("this cannot be drawn as `{kind}`", "不能画成`{kind}`"), fit),
        Problem::Because(why, help) => (
            Message { en: format!("this cannot be drawn as `{kind}`: {}", why.en), zh: format!("不能画成`{kind}`:{}", why.zh) },
            Message { en: format!("{}; {}", help.en, fit.en), zh: format!("{};{}", help.zh, fit.zh) },
        ),
    };
    Error::Assess(vec![Finding::new(Code::ChartUnfit, message).help(help)])
}
