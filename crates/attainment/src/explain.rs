//! Why a verdict is what it is.

use serde::Serialize;

use crate::assess::Assessment;
use crate::cascade::{Cascade, CascadeCheck, RollUp};
use crate::error::Error;
use crate::method::Series;
use crate::outline;
use crate::period::Point;
use crate::plan::Plan;
use crate::render;
use crate::text::{Lang, Message, msg};
use crate::trace::Step;
use crate::verdict::{Pace, Verdict};

/// One verdict as a tree of steps, in English and Chinese.
///
/// Every number in it is an input, with the place it comes from, or is derived in front of the
/// reader. The steps are those of the judgement itself, run once more and taken down.
///
/// ```
/// use attainment::{AssessOptions, Format, Lang, Panel, Plan, Record};
///
/// let plan = Plan::parse("{attainment: 1, id: p, indicators: {rd: {name: R&D, unit: percent, direction: increase}}, targets: {rd: {indicator: rd, at_least: 3%, by: 2020}}}", Format::Yaml)?;
/// let panel = Panel::from_records([Record::new("eu", "rd", 2020, "2.3")]);
/// let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2020))?;
/// let text = assessment.explain("rd", "eu")?.to_text(Lang::En);
/// assert!(text.contains("2.3 ≥ 3: does not hold"));
/// # Ok::<(), attainment::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Explanation {
    /// What is explained.
    pub title: Message,
    /// The verdict; absent where a series is explained.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// The pace of a series; that of a verdict stands in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pace: Option<Pace>,
    /// How it came about.
    pub steps: Vec<Step>,
}

impl Explanation {
    pub(crate) fn new(plan: &Plan, verdict: Verdict, steps: Vec<Step>) -> Self {
        let name = |lang| render::target_name(plan, &verdict.target, lang);
        let as_of = verdict.as_of;
        let area = |lang| render::area_name(plan, &verdict.area, lang);
        let place = |lang| if verdict.area.is_empty() { name(lang) } else { format!("{} · {}", name(lang), area(lang)) };
        let title = Message {
            en: format!("{}, as of {as_of}", place(Lang::En)),
            zh: format!("{}，截至{}", place(Lang::Zh), as_of.in_words(Lang::Zh)),
        };
        Self { title, verdict: Some(verdict), pace: None, steps }
    }

    /// Steps that lead to no verdict.
    fn of_steps((title, steps): (Message, Vec<Step>)) -> Self {
        Self { title, verdict: None, pace: None, steps }
    }

    /// Indented text.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Lang, Panel, Plan, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: oral, indicators: {teeth: {name: Children without caries, unit: percent, direction: increase}}, targets: {teeth: {indicator: teeth, at_least: 70%, by: 2022}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("CH", "teeth", 2022, "72")]);
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2022))?;
    /// let explanation = assessment.explain("teeth", "CH")?;
    /// assert!(explanation.to_text(Lang::En).starts_with("Children without caries · CH, as of 2022\n  "));
    /// assert!(explanation.to_text(Lang::Zh).contains("截至2022"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_text(&self, lang: Lang) -> String {
        outline::text(&self.title, &self.steps, lang)
    }

    /// A nested list in Markdown.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Lang, Panel, Plan, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: pesticides, indicators: {use: {name: Pesticide use, unit: t, direction: decrease}}, targets: {use: {indicator: use, at_most: 30000, by: 2030}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("DE", "use", 2023, 28_900)]);
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2023))?;
    /// let markdown = assessment.explain("use", "DE")?.to_markdown(Lang::En);
    /// assert!(markdown.starts_with("**Pesticide use · DE, as of 2023**\n\n- "));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_markdown(&self, lang: Lang) -> String {
        outline::page(&self.title, &self.steps, lang).markdown()
    }

    /// Nested lists in HTML, with every text escaped.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Lang, Panel, Plan, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: r-and-d, indicators: {rnd: {name: R&D staff, unit: persons, direction: increase}}, targets: {rnd: {indicator: rnd, at_least: 5000, by: 2022}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("MT", "rnd", 2022, 2250)]);
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2022))?;
    /// let html = assessment.explain("rnd", "MT")?.to_html(Lang::En);
    /// assert!(html.contains(">R&amp;D staff · MT, as of 2022</div><ul><li data-step="));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_html(&self, lang: Lang) -> String {
        outline::page(&self.title, &self.steps, lang).html()
    }

    /// The tree as JSON, in both languages.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Lang, Panel, Plan, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: broadband, indicators: {gigabit: {name: Homes with gigabit, unit: percent, direction: increase}}, targets: {gigabit: {indicator: gigabit, at_least: 100%, by: 2030}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("RO", "gigabit", 2023, "95.6")]);
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2023))?;
    /// let json = assessment.explain("gigabit", "RO")?.to_json();
    /// let value: attainment::serde_json::Value = attainment::serde_json::from_str(&json).unwrap();
    /// assert_eq!(value["verdict"]["attained"]["value"], "95.6");
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_json(&self) -> String {
        outline::json(self)
    }
}

impl Series {
    /// Why the pace of the series is what it is, step by step.
    ///
    /// # Errors
    ///
    /// As [`pace`](crate::pace).
    ///
    /// ```
    /// use attainment::{Direction, Lang, Series};
    /// let hiv = Series::new("unsd-2023", Direction::Decrease).points([(2015, 0.052), (2022, 0.048)]).target(2030, 0);
    /// let text = hiv.explain()?.to_text(Lang::En);
    /// assert!(text.contains("share of the way expected at the deadline 0.157617 ≥ 0.1 and < 0.95: fair progress"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn explain(&self) -> Result<Explanation, Error> {
        let (pace, steps) = self.steps()?;
        let method = &pace.method;
        let title = msg!("pace by `{method}`", "按`{method}`的进度");
        Ok(Explanation { title, verdict: None, pace: Some(pace), steps })
    }
}

impl Assessment {
    /// Why a verdict is what it is, step by step.
    ///
    /// # Errors
    ///
    /// As [`Assessment::verdict`].
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Panel, Plan, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: rail, indicators: {electrified: {name: Electrified lines, unit: km, direction: increase}}, targets: {electrified: {indicator: electrified, at_least: 13500, by: 2023}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("FR", "electrified", 2023, 16_800)]);
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2023))?;
    /// let explanation = assessment.explain("electrified", "FR")?;
    /// assert_eq!(explanation.title.en, "Electrified lines · FR, as of 2023");
    /// assert!(!explanation.steps.is_empty());
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn explain(&self, target: &str, area: &str) -> Result<Explanation, Error> {
        self.explain_of(target, area, None, None)
    }

    /// The same for a verdict at a moment, by a method.
    ///
    /// # Errors
    ///
    /// As [`Assessment::verdict_of`].
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Panel, Plan, Point, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: poverty, indicators: {poor: {name: At risk of poverty, unit: percent, direction: decrease}}, targets: {poor: {indicator: poor, at_most: 15%, by: 2030, baseline: 2015}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("GR", "poor", 2015, "21.4"), Record::new("GR", "poor", 2021, "19.6"), Record::new("GR", "poor", 2023, "18.9")]);
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2021).as_of(2023).method("linear"))?;
    /// let explanation = assessment.explain_of("poor", "GR", Some(Point::year(2023)), Some("linear"))?;
    /// assert_eq!(explanation.verdict.unwrap().attained.value.unwrap().to_string(), "18.9");
    /// # let explanation = assessment.explain_of("poor", "GR", Some(Point::year(2023)), Some("linear"))?;
    /// assert!(explanation.steps.iter().any(|step| step.kind == "pace"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn explain_of(&self, target: &str, area: &str, as_of: Option<Point>, method: Option<&str>) -> Result<Explanation, Error> {
        let verdict = self.verdict_of(target, area, as_of, method)?;
        Ok(Explanation::new(self.plan(), verdict.clone(), self.steps(verdict)))
    }
}

impl Cascade {
    /// How the target of a part came about, step by step.
    ///
    /// # Errors
    ///
    /// [`Error::Assess`] when nothing was handed down to the area.
    ///
    /// ```
    /// # use attainment::{CascadeRule, Division, Format, Lang, Panel, Plan};
    /// # let plan = Plan::parse("{attainment: 1, id: p, areas: {land: {}, a: {parent: land}, b: {parent: land}}, indicators: {labs: {name: Labs, kind: stock, direction: increase}}, targets: {labs: {indicator: labs, reach: 10, by: 2030, areas: land}}}", Format::Yaml)?;
    /// let rule = CascadeRule::new("labs", Division::Proportional).area("land").part("a").part("b").weights([("a", 2), ("b", 1)]);
    /// let text = plan.cascade(&Panel::default(), &rule)?.explain("a")?.to_text(Lang::En);
    /// assert!(text.contains("10 × 2 / 3 = 6.66666666667…"));
    /// assert!(text.contains("among the largest remainders: one 1 more than rounded toward 0, 7"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn explain(&self, area: &str) -> Result<Explanation, Error> {
        self.steps(area).map(Explanation::of_steps)
    }
}

impl CascadeCheck {
    /// What the targets of an area's parts come to, step by step.
    ///
    /// # Errors
    ///
    /// [`Error::Assess`] when the check is not about the area.
    ///
    /// ```
    /// # use attainment::{CascadeRule, Columns, Division, Format, Lang, Panel, Plan, TargetTable};
    /// # let plan = Plan::parse("{attainment: 1, id: p, areas: {land: {}, a: {parent: land}, b: {parent: land}}, indicators: {labs: {name: Labs, kind: stock, direction: increase}}, targets: {labs: {indicator: labs, reach: 10, by: 2030, areas: land}}}", Format::Yaml)?;
    /// # let rule = CascadeRule::new("labs", Division::Proportional).area("land").part("a").part("b").weights([("a", 2), ("b", 1)]);
    /// # let table = TargetTable::from_csv("area,indicator,bound\na,labs,5\nb,labs,4\n", &Columns::new())?;
    /// let text = plan.check_cascade(&Panel::default(), &rule, &table)?.explain("land")?.to_text(Lang::En);
    /// assert!(text.contains("by `proportional` it would be 7: 2 short"));
    /// assert!(text.contains("they do not reach 10"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn explain(&self, area: &str) -> Result<Explanation, Error> {
        self.steps(area).map(Explanation::of_steps)
    }
}

impl RollUp {
    /// What the values of an area's parts come to, step by step.
    ///
    /// # Errors
    ///
    /// [`Error::Assess`] when nothing was rolled up to the area.
    ///
    /// ```
    /// # use attainment::{Format, Lang, Panel, Period, Plan, Record, RollUpRule};
    /// # let plan = Plan::parse("{attainment: 1, id: p, areas: {land: {}, a: {parent: land}, b: {parent: land}}, indicators: {labs: {name: Labs, kind: stock, direction: increase}}, targets: {}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("a", "labs", 2020, 2), Record::new("b", "labs", 2020, 1)]);
    /// let rolled = plan.roll_up(&panel, &RollUpRule::new("labs", Period::year(2020)).area("land").part("a").part("b"))?;
    /// assert!(rolled.explain("land")?.to_text(Lang::En).contains("they sum to 3"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn explain(&self, area: &str) -> Result<Explanation, Error> {
        self.steps(area).map(Explanation::of_steps)
    }
}
