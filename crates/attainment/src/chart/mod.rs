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
mod scores;
mod transitions;
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
use crate::score::Scorecard;
use crate::text::{Lang, Message, msg};

/// A chart: a Vega-Lite specification with its data in it.
///
/// It is valid in versions 5 and 6 of Vega-Lite, and needs nothing that is not in it.
///
/// ```
/// # use attainment::{AssessOptions, Chart, ChartKind, ChartOptions, Format, Lang, Panel, Plan, Record};
/// # let plan = Plan::parse("{attainment: 1, id: p, indicators: {trips: {name: Trips by bike, unit: percent, direction: increase}}, targets: {trips: {indicator: trips, at_least: 25%, by: 2030, baseline: 2018}}}", Format::Yaml)?;
/// # let panel = Panel::from_records([Record::new("Gent", "trips", 2018, 12), Record::new("Gent", "trips", 2022, 18)]);
/// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2022))?;
/// let chart: Chart = assessment.chart(ChartKind::TargetPath, &ChartOptions::new())?;
/// assert_eq!((chart.kind(), chart.lang(), chart.title()), (ChartKind::TargetPath, Lang::En, "Trips by bike, Gent"));
/// assert!(chart.findings().is_empty());
/// assert!(chart.to_json().starts_with("{\n  \"$schema\": "));
/// # Ok::<(), attainment::Error>(())
/// ```
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
    ///
    /// ```
    /// use attainment::{AssessOptions, ChartKind, ChartOptions, Code, Format, Panel, Plan, Record};
    /// let plan = Plan::parse("{attainment: 1, id: rd, indicators: {rd: {name: R&D share of GDP, unit: percent, direction: increase}}, targets: {rd: {indicator: rd, at_least: 3%, by: 2020, baseline: 2008}}}", Format::Yaml)?;
    /// let panel = Panel::from_records([Record::new("EU", "rd", 2008, "1.85"), Record::new("EU", "rd", 2017, "2.06")]);
    /// let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2017))?;
    ///
    /// let chart = assessment.chart("target_path", &ChartOptions::new().source("Eurostat"))?;
    /// assert_eq!(chart.title(), "R&D share of GDP, EU");
    /// assert!(chart.caption().contains("Data: Eurostat. As of 2017; vintage: all in the data;"));
    /// assert_eq!(chart.spec()["$schema"], "https://vega.github.io/schema/vega-lite/v5.json");
    ///
    /// let error = assessment.chart(ChartKind::CumulativeBudget, &ChartOptions::new()).unwrap_err();
    /// assert_eq!(error.code(), Some(Code::ChartUnfit));
    /// assert!(error.findings()[0].help.as_ref().unwrap().en.contains("`target_path`, `clock_dumbbell`"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn chart(&self, kind: impl Into<ChartChoice>, options: &ChartOptions<'_>) -> Result<Chart, Error> {
        let mut problems = Vec::new();
        let kind = kind.into().0.map_err(|finding| problems.push(finding)).ok();
        let ask = Ask::new(options, &mut problems);
        let selection = Selection::new(self, options, &mut problems);
        let draw = |kind| match kind {
            ChartKind::TargetPath => path::figure(&selection, &ask),
            ChartKind::ClockDumbbell => dumbbell::figure(&selection, &ask),
            ChartKind::MethodMatrix => matrix::figure(&selection, &ask),
            ChartKind::AttainedPace => quadrant::figure(&selection, &ask),
            ChartKind::Vintages => vintages::figure(&selection, &options.vintages, &ask),
            ChartKind::CumulativeBudget => budget::figure(&selection, &ask),
            ChartKind::ClassTransitions => transitions::of_assessment(&selection, options, &ask),
            ChartKind::Scores | ChartKind::RankIntervals => Err(Problem::Unfit),
        };
        finish(kind, problems, draw, &ask)
    }
}

impl Scorecard {
    /// A picture of the scorecard: [`ChartKind::Scores`] of a period, the latest by default, or
    /// [`ChartKind::ClassTransitions`] between two.
    ///
    /// # Errors
    ///
    /// As [`Assessment::chart`].
    ///
    /// ```
    /// # use attainment::{ChartOptions, WideTable, score};
    /// # let table = WideTable::from_floats(["CHN"], [("life_expectancy", vec![78.587]), ("expected_schooling", vec![15.2179]), ("mean_schooling", vec![8.1069]), ("gni_per_capita", vec![18024.89])])?;
    /// let chart = score(&table, "undp-hdi")?.chart("scores", &ChartOptions::new())?;
    /// assert_eq!(chart.title(), "Human Development Index");
    /// assert!(chart.to_json().contains("\"text\": \"0.788\""));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn chart(&self, kind: impl Into<ChartChoice>, options: &ChartOptions<'_>) -> Result<Chart, Error> {
        let mut problems = Vec::new();
        let kind = kind.into().0.map_err(|finding| problems.push(finding)).ok();
        let ask = Ask::new(options, &mut problems);
        let draw = |kind| match kind {
            ChartKind::Scores => scores::figure(self, options, &ask),
            ChartKind::ClassTransitions => transitions::of_scorecard(self, options, &ask),
            _ => Err(Problem::Unfit),
        };
        finish(kind, problems, draw, &ask)
    }
}

#[cfg(feature = "robustness")]
impl Robustness {
    /// A picture of the simulation: [`ChartKind::RankIntervals`].
    ///
    /// # Errors
    ///
    /// As [`Assessment::chart`].
    ///
    /// ```
    /// # use std::ops::ControlFlow;
    /// # use attainment::{ChartOptions, Format, Scheme, WideTable, score};
    /// # let scheme = Scheme::parse("{attainment: 1, id: s, normalise: as_is, aggregate: arithmetic, pillars: [a, b]}", Format::Yaml)?;
    /// # let table = WideTable::from_floats(["x", "y"], [("a", vec![0.9, 0.4]), ("b", vec![0.8, 0.3])])?;
    /// let robustness = score(&table, &scheme)?.robustness(7, 200, |_, _| ControlFlow::Continue(()))?;
    /// let chart = robustness.chart("rank_intervals", &ChartOptions::new())?;
    /// assert!(chart.caption().contains("200 runs, seed 7"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn chart(&self, kind: impl Into<ChartChoice>, options: &ChartOptions<'_>) -> Result<Chart, Error> {
        let mut problems = Vec::new();
        let kind = kind.into().0.map_err(|finding| problems.push(finding)).ok();
        let ask = Ask::new(options, &mut problems);
        let draw = |kind| match kind {
            ChartKind::RankIntervals => scores::intervals::figure(self, options, &ask),
            _ => Err(Problem::Unfit),
        };
        finish(kind, problems, draw, &ask)
    }
}

/// The chart, or everything that stands against it and the kinds that would do.
fn finish(
    kind: Option<ChartKind>,
    problems: Vec<Finding>,
    draw: impl Fn(ChartKind) -> Result<Figure, Problem>,
    ask: &Ask<'_>,
) -> Result<Chart, Error> {
    let Some(kind) = kind.filter(|_| problems.is_empty()) else { return Err(Error::Assess(problems)) };
    draw(kind).map(|figure| figure.into_chart(ask)).map_err(|problem| {
        let fits = |other: &ChartKind| *other != kind && draw(*other).is_ok();
        unfit(kind, problem, &ChartKind::ALL.iter().copied().filter(fits).collect::<Vec<_>>())
    })
}

fn unfit(kind: ChartKind, problem: Problem, fit: &[ChartKind]) -> Error {
    let fit: Vec<String> = fit.iter().map(|kind| format!("`{kind}`")).collect();
    let (en, zh) = (fit.join(", "), fit.join("、"));
    let fit = if fit.is_empty() {
        msg!("nothing of it can be drawn", "没有可画的图")
    } else {
        msg!("kinds that fit: {en}", "可用的图:{zh}")
    };
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
