//! Assessing: a plan and a panel in, verdicts out.

mod across;
mod answers;
mod bounds;
mod changes;
mod columns;
mod compile;
mod course;
mod disagreement;
mod forecast;
mod gather;
mod observe;
mod outlook;
mod plain;
mod run;

pub(crate) use answers::Spot;
pub(crate) use columns::Numbers as AnswerNumbers;
pub(crate) use compile::step_of;
pub(crate) use course::{Course, Way, WayPoint};
pub use disagreement::{Disagreement, View};
pub use forecast::Forecast;
pub(crate) use observe::{Observed, Seen};
pub use outlook::Outlook;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use answers::{Answered, Answers};
use run::{Compiled, Setting};

use crate::column::Cell;
use crate::error::Error;
use crate::finding::{Code, Finding};
use crate::method::{Method, MethodChoice};
use crate::panel::Panel;
use crate::period::Point;
use crate::plan::{Plan, TargetTable};
use crate::text::msg;
use crate::trace::Step;
use crate::verdict::{State, Threshold, Verdict};

/// What to ask of a plan.
///
/// `as_of` is required: there is no clock. Everything else has a stated default.
///
/// ```
/// use attainment::{AssessOptions, Threshold};
/// let options = AssessOptions::new().as_of(2023).method("linear").threshold(Threshold::HalfUp);
/// ```
#[derive(Clone, Debug, Default)]
pub struct AssessOptions {
    as_of: Vec<Cell>,
    vintage: Option<Cell>,
    methods: Vec<MethodChoice>,
    threshold: Option<Threshold>,
    targets: Option<Arc<TargetTable>>,
    forecast: Option<Forecast>,
}

impl AssessOptions {
    /// Nothing asked yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// What is due: observations up to the end of this period are used. Called again, it adds a
    /// further moment, and there is a verdict for each.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Panel, Plan, Record, State};
    /// # let plan = Plan::parse("{attainment: 1, id: skills, indicators: {adults: {name: Adults in training, unit: percent, direction: increase}}, targets: {adults: {indicator: adults, at_least: 47%, by: 2025}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("EE", "adults", 2022, "41.8"), Record::new("EE", "adults", 2025, "48")]);
    /// let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2022).as_of(2025))?;
    /// let states: Vec<_> = assessment.verdicts().iter().map(|verdict| verdict.attained.state).collect();
    /// assert_eq!(states, [State::Pending, State::Met]);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    #[must_use]
    pub fn as_of(mut self, period: impl Into<Cell>) -> Self {
        self.as_of.push(period.into());
        self
    }

    /// What was known: observations published later are not used. Everything by default.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Panel, Plan, Record, State};
    /// # let plan = Plan::parse("{attainment: 1, id: budget, indicators: {deficit: {name: Deficit, unit: percent, direction: decrease}}, targets: {deficit: {indicator: deficit, at_most: 3%, by: 2022}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("Ruritania", "deficit", 2022, "2.9").vintage("2023-04"), Record::new("Ruritania", "deficit", 2022, "3.4").vintage("2024-04")]);
    /// let known = |vintage| plan.assess(&panel, &AssessOptions::new().as_of(2022).vintage(vintage));
    /// assert_eq!(known("2023-12")?.verdict("deficit", "Ruritania")?.attained.state, State::Met);
    /// assert_eq!(known("2024-12")?.verdict("deficit", "Ruritania")?.attained.state, State::NotMet);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    #[must_use]
    pub fn vintage(mut self, period: impl Into<Cell>) -> Self {
        self.vintage = Some(period.into());
        self
    }

    /// The method of pace, such as `linear` or `destatis-2023`. Called again, it adds a further
    /// method, and there is a verdict for each. Without one there is no pace.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Panel, Plan, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: energy, indicators: {renewables: {name: Renewables, unit: percent, direction: increase}}, targets: {renewables: {indicator: renewables, at_least: 42.5%, by: 2030, baseline: 2020}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("ES", "renewables", 2020, "21.2"), Record::new("ES", "renewables", 2023, "24.9")]);
    /// let options = AssessOptions::new().as_of(2023).method("linear").method("destatis-2023");
    /// let assessment = plan.assess(&panel, &options)?;
    /// let methods: Vec<_> = assessment.verdicts().iter().map(|verdict| verdict.pace.as_ref().unwrap().method.as_str()).collect();
    /// assert_eq!(methods, ["linear", "destatis-2023"]);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    #[must_use]
    pub fn method(mut self, method: impl Into<MethodChoice>) -> Self {
        self.methods.push(method.into());
        self
    }

    /// How numbers are taken when they are compared with a bound; exactly by default.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Panel, Plan, Record, State, Threshold};
    /// # let plan = Plan::parse("{attainment: 1, id: rd, indicators: {intensity: {name: 研发强度, unit: percent, direction: increase}}, targets: {intensity: {indicator: intensity, reach: 1.7%, by: 2020}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("", "intensity", 2020, "1.699")]);
    /// let state = |threshold| {
    ///     let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2020).threshold(threshold))?;
    ///     Ok::<_, attainment::Error>(assessment.verdicts()[0].attained.state)
    /// };
    /// assert_eq!(state(Threshold::Exact)?, State::NotMet);
    /// assert_eq!(state(Threshold::HalfUp)?, State::Met);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    #[must_use]
    pub fn threshold(mut self, threshold: Threshold) -> Self {
        self.threshold = Some(threshold);
        self
    }

    /// A further column `forecast`: where the observations up to `as_of` lead to by the end of the
    /// target's time, in the unit of the indicator. Null with fewer than two observations, and where the
    /// target has no end. It decides nothing, and is the same to the bit everywhere.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Forecast, Format, Panel, Plan, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: solar, indicators: {share: {name: Solar power, unit: percent, direction: increase}}, targets: {share: {indicator: share, at_least: 20%, by: 2030}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("ES", "share", 2021, 10), Record::new("ES", "share", 2022, "11"), Record::new("ES", "share", 2023, 13)]);
    /// let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2023).forecast(Forecast::LeastSquares))?;
    /// // The line is 34/3 at 2022 and rises by 3/2 a year: 70/3 at 2030.
    /// assert_eq!(assessment.column("forecast").unwrap().cell(0), (70.0 / 3.0).into());
    /// # Ok::<(), attainment::Error>(())
    /// ```
    #[must_use]
    pub fn forecast(mut self, forecast: Forecast) -> Self {
        self.forecast = Some(forecast);
        self
    }

    /// Bounds by area, which win over those of the plan.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Columns, Format, Panel, Plan, Record, State, TargetTable};
    /// # let plan = Plan::parse("{attainment: 1, id: water, indicators: {leakage: {name: Leakage, unit: percent, direction: decrease}}, targets: {leakage: {indicator: leakage, at_most: 10%, by: 2024}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("Porto", "leakage", 2024, "12"), Record::new("Faro", "leakage", 2024, "12")]);
    /// let table = TargetTable::from_csv("area,indicator,compare,bound\nFaro,leakage,at_most,15%\n", &Columns::new())?;
    /// let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2024).targets(table))?;
    /// assert_eq!(assessment.verdict("leakage", "Porto")?.attained.state, State::NotMet);
    /// assert_eq!(assessment.verdict("leakage", "Faro")?.attained.state, State::Met);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    #[must_use]
    pub fn targets(mut self, table: TargetTable) -> Self {
        self.targets = Some(Arc::new(table));
        self
    }
}

/// The options, read.
#[derive(Clone, Debug)]
struct Request {
    as_of: Vec<Point>,
    vintage: Option<Point>,
    methods: Vec<Method>,
    threshold: Threshold,
    targets: Option<Arc<TargetTable>>,
    forecast: Option<Forecast>,
}

impl Request {
    fn new(options: &AssessOptions, plan: &Plan) -> Result<Self, Error> {
        let mut findings = Vec::new();
        let mut point = |cell: &Cell, name: &str| {
            let text = cell.text();
            let end = cell.period().ok().and_then(|period| period.end());
            if end.is_none() {
                findings.push(
                    Finding::new(Code::BadAsOf, msg!("`{text}` is not a moment for `{name}`", "`{text}`不能作为`{name}`"))
                        .help(msg!("give a period such as `2023` or `2023-06`", "请给出期,如`2023`或`2023-06`")),
                );
            }
            end
        };
        let as_of: Vec<Point> = options.as_of.iter().filter_map(|cell| point(cell, "as_of")).collect();
        // Asked twice is asked once.
        let mut moments: Vec<Point> = Vec::with_capacity(as_of.len());
        as_of.into_iter().for_each(|point| {
            if !moments.contains(&point) {
                moments.push(point)
            }
        });
        let vintage = options.vintage.as_ref().and_then(|cell| point(cell, "vintage"));
        if options.as_of.is_empty() {
            findings.push(
                Finding::new(Code::BadAsOf, msg!("`as_of` is missing", "缺少`as_of`"))
                    .help(msg!("say up to when observations are used: there is no clock", "请说明实绩用到何时:本库不读时钟")),
            );
        }
        let mut methods = Vec::new();
        for choice in &options.methods {
            match choice.clone().into_method() {
                Ok(method) if methods.contains(&method) => {}
                Ok(method) if methods.iter().any(|other| other.id() == method.id()) => {
                    let id = method.id();
                    findings.push(
                        Finding::new(Code::DuplicateId, msg!("two methods have the id `{id}`", "有两个方法的标识都是`{id}`"))
                            .help(msg!("give each method an id of its own", "请给每个方法各取标识")),
                    );
                }
                Ok(method) => methods.push(method),
                Err(problems) => findings.extend(problems),
            }
        }
        if !findings.is_empty() {
            return Err(Error::Assess(findings));
        }
        let threshold = options.threshold.unwrap_or(Threshold::Exact);
        let (targets, forecast) = (options.targets.clone().or_else(|| plan.table().cloned()), options.forecast);
        Ok(Self { as_of: moments, vintage, methods, threshold, targets, forecast })
    }
}

/// All verdicts of a plan on a panel.
///
/// There is one verdict for each target, area, `as_of` and method, in this order: targets as the
/// plan has them, areas as the panel has them.
#[derive(Clone, Debug)]
pub struct Assessment {
    answered: Arc<Answered>,
}

impl Plan {
    /// Judges every target in every area it holds for.
    ///
    /// The observations that the plan itself states are used where the panel has none.
    ///
    /// # Errors
    ///
    /// [`Error::Assess`] when the question cannot be asked so: no `as_of`, an unknown method.
    /// Problems of the data are no errors but findings of the assessment.
    ///
    /// ```
    /// use attainment::{AssessOptions, Format, Panel, Plan, Record, State};
    ///
    /// let plan = Plan::parse("
    /// attainment: 1
    /// id: europe-2020
    /// indicators: { rd: { name: R&D share of GDP, unit: percent, direction: increase } }
    /// targets: { rd: { indicator: rd, at_least: 3%, by: 2020, baseline: 2008 } }
    /// ", Format::Yaml)?;
    /// let panel = Panel::from_records([Record::new("eu", "rd", 2008, "1.85"), Record::new("eu", "rd", 2017, "2.06")]);
    /// let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2017).method("linear"))?;
    /// let verdict = assessment.verdict("rd", "eu")?;
    /// assert_eq!(verdict.attained.state, State::Pending);
    /// assert_eq!(verdict.attained.gap.unwrap().to_string(), "0.94");
    /// assert_eq!(verdict.pace.as_ref().unwrap().category.as_deref(), Some("behind"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn assess(&self, panel: &Panel, options: &AssessOptions) -> Result<Assessment, Error> {
        let request = Request::new(options, self)?;
        let panel = panel.with_plan(self.document());
        let plan = self.clone();
        let compiled = Compiled::new(&plan, &panel, &request);
        let answers = Answers::new(&Setting { plan: &plan, panel: &panel, request: &request, compiled: &compiled });
        Ok(Assessment { answered: Arc::new(Answered { plan, panel, request, compiled, answers, findings: OnceLock::new() }) })
    }
}

impl Assessment {
    /// Every verdict, in order.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Panel, Plan, Record, State};
    /// # let plan = Plan::parse("{attainment: 1, id: health, indicators: {smokers: {name: Smokers, unit: percent, direction: decrease}}, targets: {smokers: {indicator: smokers, at_most: 20%, by: 2025}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("HU", "smokers", 2025, 25), Record::new("IE", "smokers", 2025, 17)]);
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2025))?;
    /// let met: Vec<_> = assessment.verdicts().iter().filter(|verdict| verdict.attained.state == State::Met).collect();
    /// assert_eq!(met.len(), 1);
    /// assert_eq!(met[0].area, "IE");
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn verdicts(&self) -> &[Verdict] {
        self.answered.answers.verdicts(&self.answered.setting())
    }

    /// The plan that was assessed.
    pub fn plan(&self) -> &Plan {
        &self.answered.plan
    }

    /// What is wrong or doubtful in the data, the panel's own findings included.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Panel, Plan, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: fish, indicators: {stocks: {name: Healthy stocks, unit: percent, direction: increase}}, targets: {stocks: {indicator: stocks, at_least: 80%, by: 2023}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("North Sea", "stocks", 2022, "seventy"), Record::new("North Sea", "stocks", 2023, "71")]);
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2023))?;
    /// assert_eq!(assessment.findings().len(), 1);
    /// assert_eq!(assessment.findings()[0].row, Some(1));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn findings(&self) -> &[Finding] {
        self.answered.findings.get_or_init(|| run::findings(&self.answered.setting(), &self.answered.answers))
    }

    /// The verdict on a target in an area.
    ///
    /// # Errors
    ///
    /// [`Error::Assess`] when there is none, or several: name `as_of` and method with
    /// [`Assessment::verdict_of`] then.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Code, Format, Panel, Plan, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: waste, indicators: {recycling: {name: Municipal recycling, unit: percent, direction: increase}}, targets: {recycling: {indicator: recycling, at_least: 55%, by: 2025}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("BE", "recycling", 2025, "56.1")]);
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2025))?;
    /// let attained = &assessment.verdict("recycling", "BE")?.attained;
    /// assert_eq!(attained.gap.unwrap().to_string(), "-1.1");
    /// assert_eq!(assessment.verdict("recycling", "Mars").unwrap_err().code(), Some(Code::UnknownVerdict));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn verdict(&self, target: &str, area: &str) -> Result<&Verdict, Error> {
        self.verdict_of(target, area, None, None)
    }

    /// The verdict on a target in an area at a moment, by a method.
    ///
    /// # Errors
    ///
    /// [`Error::Assess`] when there is none, or several.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Panel, Plan, Point, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: roads, indicators: {deaths: {name: Road deaths, unit: persons, direction: decrease}}, targets: {deaths: {indicator: deaths, at_most: 1500, by: 2030}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("PL", "deaths", 2021, 2245), Record::new("PL", "deaths", 2023, 1893)]);
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2021).as_of(2023))?;
    /// let verdict = assessment.verdict_of("deaths", "PL", Some(Point::year(2021)), None)?;
    /// assert_eq!(verdict.attained.value.unwrap().to_string(), "2245");
    /// assert!(assessment.verdict("deaths", "PL").is_err());
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn verdict_of(&self, target: &str, area: &str, as_of: Option<Point>, method: Option<&str>) -> Result<&Verdict, Error> {
        let (answered, setting) = (&*self.answered, self.answered.setting());
        let rule = answered.plan.document().targets.get_index_of(target);
        let place = rule.zip(answered.compiled.areas.number(area));
        let fits = |spot: &Spot| {
            let method_of = answered.request.methods.get(spot.method).map(Method::id);
            as_of.is_none_or(|as_of| answered.request.as_of[spot.moment] == as_of) && (method.is_none() || method_of == method)
        };
        let mut found = place.into_iter().flat_map(|(rule, area)| answered.answers.find(rule, area)).filter(fits);
        let error = |code, message| Error::Assess(vec![Finding::new(code, message)]);
        let unknown =
            || error(Code::UnknownVerdict, msg!("there is no verdict on `{target}` in `{area}`", "没有`{area}`的`{target}`的判定"));
        match (found.next(), found.next()) {
            (Some(spot), None) => answered.answers.verdict(&setting, spot).ok_or_else(unknown),
            (None, _) => Err(unknown()),
            (Some(_), Some(_)) => Err(error(
                Code::AmbiguousVerdict,
                msg!(
                    "there are several verdicts on `{target}` in `{area}`: name `as_of` and method",
                    "`{area}`的`{target}`有多个判定:请指明`as_of`和方法"
                ),
            )),
        }
    }

    /// The steps of one of its verdicts.
    pub(crate) fn steps(&self, verdict: &Verdict) -> Vec<Step> {
        run::explain(&self.answered.setting(), verdict)
    }

    /// How many verdicts have each state, in the order of [`State::ALL`] from met down.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Panel, Plan};
    /// # let plan = Plan::parse("{attainment: 1, id: p, indicators: {a: {name: A, direction: increase}}, targets: {a: {indicator: a, reach: 1, by: 2020}}}", Format::Yaml)?;
    /// let assessment = plan.assess(&Panel::default(), &AssessOptions::new().as_of(2019))?;
    /// assert_eq!(assessment.summary().iter().map(|(_, count)| count).sum::<usize>(), 1);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn summary(&self) -> Vec<(State, usize)> {
        let mut counts: BTreeMap<State, usize> = BTreeMap::new();
        self.answered.answers.states(|state, count| *counts.entry(state).or_default() += count);
        State::ALL.iter().rev().map(|state| (*state, counts.get(state).copied().unwrap_or(0))).collect()
    }
}
