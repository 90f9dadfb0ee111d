//! What to draw and how.

use crate::assess::Assessment;
use crate::column::Cell;
use crate::document::words;
use crate::score::Scorecard;
use crate::text::Lang;

words! {
    /// A kind of chart. `docs/charts.md` says of each what it shows, how to read it and its formulas.
    ///
    /// ```
    /// use attainment::ChartKind;
    /// assert_eq!(ChartKind::TargetPath.to_string(), "target_path");
    /// assert_eq!("rank_intervals".parse(), Ok(ChartKind::RankIntervals));
    /// ```
    #[non_exhaustive]
    pub enum ChartKind {
        /// A target: its values, the way required, and where the pace so far leads.
        TargetPath = "target_path",
        /// Targets: the share of the way behind them against the share of the time.
        ClockDumbbell = "clock_dumbbell",
        /// Targets by methods, with the rows outlined on which methods disagree.
        MethodMatrix = "method_matrix",
        /// Targets: the share of the way behind them against the pace of late.
        AttainedPace = "attained_pace",
        /// A target as seen at successive vintages or moments.
        Vintages = "vintages",
        /// A sum over a window, as it is used up or filled.
        CumulativeBudget = "cumulative_budget",
        /// Scores of areas, best first.
        Scores = "scores",
        /// Ranks of areas over all runs of a simulation.
        RankIntervals = "rank_intervals",
        /// How many moved from which class to which.
        ClassTransitions = "class_transitions",
    }
}

words! {
    /// The page a chart is made for.
    #[non_exhaustive]
    pub enum Theme {
        /// Dark ink on white, for paper and light pages.
        Light = "light",
        /// Light ink on a dark ground.
        Dark = "dark",
    }
}

/// What to draw and how; everything has a stated default.
///
/// ```
/// use attainment::{ChartOptions, Lang, Theme};
/// let options = ChartOptions::new().lang(Lang::Zh).theme(Theme::Dark).target("energy").area("china");
/// ```
#[derive(Clone, Debug, Default)]
pub struct ChartOptions<'a> {
    pub(super) lang: Lang,
    pub(super) theme: Option<Theme>,
    pub(super) width: Option<u32>,
    pub(super) source: Option<String>,
    pub(super) targets: Vec<String>,
    pub(super) areas: Vec<String>,
    pub(super) as_of: Vec<Cell>,
    pub(super) methods: Vec<String>,
    pub(super) vintages: Vec<Cell>,
    pub(super) earlier: Option<Earlier<'a>>,
}

/// What a chart compares with.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Earlier<'a> {
    /// An assessment, for a chart of an assessment.
    Assessment(&'a Assessment),
    /// A scorecard, for a chart of a scorecard.
    Scorecard(&'a Scorecard),
}

impl<'a> From<&'a Assessment> for Earlier<'a> {
    fn from(assessment: &'a Assessment) -> Self {
        Self::Assessment(assessment)
    }
}

impl<'a> From<&'a Scorecard> for Earlier<'a> {
    fn from(scorecard: &'a Scorecard) -> Self {
        Self::Scorecard(scorecard)
    }
}

impl<'a> ChartOptions<'a> {
    /// English, light, 480 pixels wide, of everything there is.
    pub fn new() -> Self {
        Self::default()
    }

    /// The language of labels and names.
    ///
    /// ```
    /// # use attainment::{AssessOptions, ChartOptions, Format, Lang, Panel, Plan, Record, Theme};
    /// # let plan = Plan::parse("{attainment: 1, id: bikes, indicators: {trips: {name: Trips by bike, unit: percent, direction: increase}, paths: {name: Bike paths, unit: km, direction: increase}}, targets: {trips: {indicator: trips, at_least: 25%, by: 2030, baseline: 2018}, paths: {indicator: paths, at_least: 90, by: 2030, baseline: 2018}}}", Format::Yaml)?;
    /// # let panel: Panel = ["Gent", "Lund"].iter().flat_map(|area| ["trips", "paths"].into_iter().flat_map(move |id| [2018, 2022].map(|year| Record::new(*area, id, year, year - 2000)))).collect();
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2020).as_of(2022).method("linear").method("unsd-2023"))?;
    /// let chart = assessment.chart("clock_dumbbell", &ChartOptions::new().lang(Lang::Zh))?;
    /// assert!(chart.caption().contains("数据来源：未注明"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    #[must_use]
    pub fn lang(mut self, lang: Lang) -> Self {
        self.lang = lang;
        self
    }

    /// The page it is made for.
    ///
    /// ```
    /// # use attainment::{AssessOptions, ChartOptions, Format, Lang, Panel, Plan, Record, Theme};
    /// # let plan = Plan::parse("{attainment: 1, id: bikes, indicators: {trips: {name: Trips by bike, unit: percent, direction: increase}, paths: {name: Bike paths, unit: km, direction: increase}}, targets: {trips: {indicator: trips, at_least: 25%, by: 2030, baseline: 2018}, paths: {indicator: paths, at_least: 90, by: 2030, baseline: 2018}}}", Format::Yaml)?;
    /// # let panel: Panel = ["Gent", "Lund"].iter().flat_map(|area| ["trips", "paths"].into_iter().flat_map(move |id| [2018, 2022].map(|year| Record::new(*area, id, year, year - 2000)))).collect();
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2020).as_of(2022).method("linear").method("unsd-2023"))?;
    /// let chart = assessment.chart("clock_dumbbell", &ChartOptions::new().theme(Theme::Dark))?;
    /// assert_eq!(chart.spec()["background"], "#1B1B1B");
    /// # Ok::<(), attainment::Error>(())
    /// ```
    #[must_use]
    pub fn theme(mut self, theme: Theme) -> Self {
        self.theme = Some(theme);
        self
    }

    /// The width of the plot without its labels, in pixels, from 160 to 2000.
    ///
    /// ```
    /// # use attainment::{AssessOptions, ChartOptions, Format, Lang, Panel, Plan, Record, Theme};
    /// # let plan = Plan::parse("{attainment: 1, id: bikes, indicators: {trips: {name: Trips by bike, unit: percent, direction: increase}, paths: {name: Bike paths, unit: km, direction: increase}}, targets: {trips: {indicator: trips, at_least: 25%, by: 2030, baseline: 2018}, paths: {indicator: paths, at_least: 90, by: 2030, baseline: 2018}}}", Format::Yaml)?;
    /// # let panel: Panel = ["Gent", "Lund"].iter().flat_map(|area| ["trips", "paths"].into_iter().flat_map(move |id| [2018, 2022].map(|year| Record::new(*area, id, year, year - 2000)))).collect();
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2020).as_of(2022).method("linear").method("unsd-2023"))?;
    /// let chart = assessment.chart("clock_dumbbell", &ChartOptions::new().width(300))?;
    /// assert_eq!(chart.spec()["vconcat"][1]["width"], 300.0);
    /// assert!(assessment.chart("clock_dumbbell", &ChartOptions::new().width(3)).is_err());
    /// # Ok::<(), attainment::Error>(())
    /// ```
    #[must_use]
    pub fn width(mut self, pixels: u32) -> Self {
        self.width = Some(pixels);
        self
    }

    /// Where the data are from, for the caption: neither plan nor panel knows.
    ///
    /// ```
    /// # use attainment::{AssessOptions, ChartOptions, Format, Lang, Panel, Plan, Record, Theme};
    /// # let plan = Plan::parse("{attainment: 1, id: bikes, indicators: {trips: {name: Trips by bike, unit: percent, direction: increase}, paths: {name: Bike paths, unit: km, direction: increase}}, targets: {trips: {indicator: trips, at_least: 25%, by: 2030, baseline: 2018}, paths: {indicator: paths, at_least: 90, by: 2030, baseline: 2018}}}", Format::Yaml)?;
    /// # let panel: Panel = ["Gent", "Lund"].iter().flat_map(|area| ["trips", "paths"].into_iter().flat_map(move |id| [2018, 2022].map(|year| Record::new(*area, id, year, year - 2000)))).collect();
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2020).as_of(2022).method("linear").method("unsd-2023"))?;
    /// let chart = assessment.chart("clock_dumbbell", &ChartOptions::new().source("city counts, 2023"))?;
    /// assert!(chart.caption().contains("Data: city counts, 2023."));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    #[must_use]
    pub fn source(mut self, source: impl Into<String>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Of this target alone. Called again, it adds a further one.
    ///
    /// ```
    /// # use attainment::{AssessOptions, ChartOptions, Format, Lang, Panel, Plan, Record, Theme};
    /// # let plan = Plan::parse("{attainment: 1, id: bikes, indicators: {trips: {name: Trips by bike, unit: percent, direction: increase}, paths: {name: Bike paths, unit: km, direction: increase}}, targets: {trips: {indicator: trips, at_least: 25%, by: 2030, baseline: 2018}, paths: {indicator: paths, at_least: 90, by: 2030, baseline: 2018}}}", Format::Yaml)?;
    /// # let panel: Panel = ["Gent", "Lund"].iter().flat_map(|area| ["trips", "paths"].into_iter().flat_map(move |id| [2018, 2022].map(|year| Record::new(*area, id, year, year - 2000)))).collect();
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2020).as_of(2022).method("linear").method("unsd-2023"))?;
    /// let chart = assessment.chart("target_path", &ChartOptions::new().target("paths").area("Gent"))?;
    /// assert_eq!(chart.title(), "Bike paths, Gent");
    /// # Ok::<(), attainment::Error>(())
    /// ```
    #[must_use]
    pub fn target(mut self, id: impl Into<String>) -> Self {
        self.targets.push(id.into());
        self
    }

    /// Of this area alone. Called again, it adds a further one.
    ///
    /// ```
    /// # use attainment::{AssessOptions, ChartOptions, Format, Lang, Panel, Plan, Record, Theme};
    /// # let plan = Plan::parse("{attainment: 1, id: bikes, indicators: {trips: {name: Trips by bike, unit: percent, direction: increase}, paths: {name: Bike paths, unit: km, direction: increase}}, targets: {trips: {indicator: trips, at_least: 25%, by: 2030, baseline: 2018}, paths: {indicator: paths, at_least: 90, by: 2030, baseline: 2018}}}", Format::Yaml)?;
    /// # let panel: Panel = ["Gent", "Lund"].iter().flat_map(|area| ["trips", "paths"].into_iter().flat_map(move |id| [2018, 2022].map(|year| Record::new(*area, id, year, year - 2000)))).collect();
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2020).as_of(2022).method("linear").method("unsd-2023"))?;
    /// let chart = assessment.chart("target_path", &ChartOptions::new().target("trips").area("Lund"))?;
    /// assert_eq!(chart.title(), "Trips by bike, Lund");
    /// # Ok::<(), attainment::Error>(())
    /// ```
    #[must_use]
    pub fn area(mut self, id: impl Into<String>) -> Self {
        self.areas.push(id.into());
        self
    }

    /// Of this moment of the assessment, or this period of the scorecard, alone. Called again, it adds
    /// a further one.
    ///
    /// ```
    /// # use attainment::{AssessOptions, ChartOptions, Format, Lang, Panel, Plan, Record, Theme};
    /// # let plan = Plan::parse("{attainment: 1, id: bikes, indicators: {trips: {name: Trips by bike, unit: percent, direction: increase}, paths: {name: Bike paths, unit: km, direction: increase}}, targets: {trips: {indicator: trips, at_least: 25%, by: 2030, baseline: 2018}, paths: {indicator: paths, at_least: 90, by: 2030, baseline: 2018}}}", Format::Yaml)?;
    /// # let panel: Panel = ["Gent", "Lund"].iter().flat_map(|area| ["trips", "paths"].into_iter().flat_map(move |id| [2018, 2022].map(|year| Record::new(*area, id, year, year - 2000)))).collect();
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2020).as_of(2022).method("linear").method("unsd-2023"))?;
    /// let chart = assessment.chart("method_matrix", &ChartOptions::new().as_of(2020))?;
    /// assert!(chart.caption().contains("As of 2020;"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    #[must_use]
    pub fn as_of(mut self, period: impl Into<Cell>) -> Self {
        self.as_of.push(period.into());
        self
    }

    /// Of this method alone. Called again, it adds a further one.
    ///
    /// ```
    /// # use attainment::{AssessOptions, ChartOptions, Format, Lang, Panel, Plan, Record, Theme};
    /// # let plan = Plan::parse("{attainment: 1, id: bikes, indicators: {trips: {name: Trips by bike, unit: percent, direction: increase}, paths: {name: Bike paths, unit: km, direction: increase}}, targets: {trips: {indicator: trips, at_least: 25%, by: 2030, baseline: 2018}, paths: {indicator: paths, at_least: 90, by: 2030, baseline: 2018}}}", Format::Yaml)?;
    /// # let panel: Panel = ["Gent", "Lund"].iter().flat_map(|area| ["trips", "paths"].into_iter().flat_map(move |id| [2018, 2022].map(|year| Record::new(*area, id, year, year - 2000)))).collect();
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2020).as_of(2022).method("linear").method("unsd-2023"))?;
    /// let chart = assessment.chart("method_matrix", &ChartOptions::new().method("linear"))?;
    /// assert!(chart.caption().contains("method: linear; n ="));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    #[must_use]
    pub fn method(mut self, id: impl Into<String>) -> Self {
        self.methods.push(id.into());
        self
    }

    /// As known at this vintage, for [`ChartKind::Vintages`]. Called again, it adds a further one;
    /// every vintage of the panel by default.
    ///
    /// ```
    /// # use attainment::{AssessOptions, ChartOptions, Format, Panel, Plan, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: p, indicators: {deficit: {name: Deficit, unit: percent, direction: decrease}}, targets: {deficit: {indicator: deficit, at_most: 3%, by: 2022}}}", Format::Yaml)?;
    /// # let panel: Panel = [("2023-04", "2.9"), ("2023-10", "3.1"), ("2024-04", "3.4")].into_iter().map(|(vintage, value)| Record::new("x", "deficit", 2022, value).vintage(vintage)).collect();
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2022))?;
    /// let chart = assessment.chart("vintages", &ChartOptions::new().vintage("2023-04").vintage("2024-04"))?;
    /// assert!(chart.caption().contains("vintage: 2023-04, 2024-04;"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    #[must_use]
    pub fn vintage(mut self, period: impl Into<Cell>) -> Self {
        self.vintages.push(period.into());
        self
    }

    /// What [`ChartKind::ClassTransitions`] compares with: an earlier assessment or scorecard.
    ///
    /// ```
    /// # use attainment::{AssessOptions, ChartOptions, Format, Lang, Panel, Plan, Record, Theme};
    /// # let plan = Plan::parse("{attainment: 1, id: bikes, indicators: {trips: {name: Trips by bike, unit: percent, direction: increase}, paths: {name: Bike paths, unit: km, direction: increase}}, targets: {trips: {indicator: trips, at_least: 25%, by: 2030, baseline: 2018}, paths: {indicator: paths, at_least: 90, by: 2030, baseline: 2018}}}", Format::Yaml)?;
    /// # let panel: Panel = ["Gent", "Lund"].iter().flat_map(|area| ["trips", "paths"].into_iter().flat_map(move |id| [2018, 2022].map(|year| Record::new(*area, id, year, year - 2000)))).collect();
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2020).as_of(2022).method("linear").method("unsd-2023"))?;
    /// let before = plan.assess(&panel, &AssessOptions::new().as_of(2022).method("linear"))?;
    /// let after = plan.assess(&panel, &AssessOptions::new().as_of(2023).method("linear"))?;
    /// let chart = after.chart("class_transitions", &ChartOptions::new().earlier(&before))?;
    /// assert!(chart.caption().contains("As of 2022, 2023;"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    #[must_use]
    pub fn earlier(mut self, earlier: impl Into<Earlier<'a>>) -> Self {
        self.earlier = Some(earlier.into());
        self
    }
}
