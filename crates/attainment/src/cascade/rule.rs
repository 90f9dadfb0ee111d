//! What to ask of a cascade, as documents.

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::document::{Format, Id, Many, Map, Node, Read, Rule, document, read_whole, version_finding, words};
use crate::error::Error;
use crate::finding::Findings;
use crate::period::Period;
use crate::plan::{FORMAT_VERSION, TargetTable};
use crate::quantity::{Number, Quantity};

words! {
    /// By which rule a target is divided among the parts of an area.
    #[non_exhaustive]
    pub enum Division {
        /// In proportion to the baseline values, or to weights. For amounts, which add up.
        Proportional = "proportional",
        /// Every part changes by the same rate.
        EqualGrowth = "equal_growth",
        /// Every part changes by the same amount. For shares and intensities.
        EqualChange = "equal_change",
        /// Every part closes the same share of its own way to a common value. For shares and
        /// intensities.
        Converge = "converge",
        /// By shares that are given. For amounts, which add up.
        Shares = "shares",
    }
}

words! {
    /// What happens to a part that is beyond the common value already.
    #[non_exhaustive]
    pub enum Ahead {
        /// It keeps its value.
        Hold = "hold",
        /// It comes back toward the common value like the others.
        Converge = "converge",
    }
}

words! {
    /// What happens when a part has no value.
    #[non_exhaustive]
    pub enum MissingPart {
        /// Nothing is divided or added up.
        Refuse = "refuse",
        /// The part is left out, and the others are the whole.
        LeaveOut = "leave_out",
    }
}

document! {
    /// How a target is handed down: which one, from which area to which, by which rule.
    pub struct CascadeDocument {
        /// The version of the format: 1.
        attainment: Id,
        /// The target.
        target: Id,
        /// The area whose target it is, or a tier or group of such areas; the plan's own when absent.
        area: Many<Id>,
        /// The areas, tiers or groups it is handed down to, as far as they lie below the area.
        parts: Many<Id>,
        /// By which rule.
        rule: Division,
        /// The period whose values are divided by; the target's own baseline when absent.
        baseline: Option<Period>,
        /// What was known: observations published later are not used.
        vintage: Option<Period>,
        /// How much each part counts, by area.
        weights: Map<Number>,
        /// The indicator whose values at the baseline say how much each part counts.
        weigh_by: Option<Id>,
        /// The share of the whole that each part takes, by area.
        shares: Map<Quantity>,
        /// The common value that parts converge to; the bound of the whole when absent.
        toward: Option<Quantity>,
        /// The share of its own way that each part closes; when absent, all of it, or with `toward`
        /// what brings the whole to its bound.
        closes: Option<Quantity>,
        /// What happens to parts that are beyond the common value already.
        ahead: Option<Ahead>,
        /// No part gets less.
        floor: Option<Quantity>,
        /// No part gets more.
        ceiling: Option<Quantity>,
        /// The decimals of the parts in the indicator's unit; when absent those the indicator is
        /// published with, else those the bound is written with in that unit.
        decimals: Option<Number>,
        /// What happens when a part has no value; `refuse` when absent.
        missing: Option<MissingPart>,
    }
    rules: [Rule::AtMostOne(&["weights", "weigh_by", "shares"])]
}

document! {
    /// How values are rolled up: of which indicator, when, from which areas to which.
    pub struct RollUpDocument {
        /// The version of the format: 1.
        attainment: Id,
        /// The indicator.
        indicator: Id,
        /// The period.
        at: Period,
        /// The area that is rolled up to, or a tier or group of such areas; the plan's own when absent.
        area: Many<Id>,
        /// The areas, tiers or groups it is made of, as far as they lie below the area.
        parts: Many<Id>,
        /// The part of the population; the total when absent.
        breakdown: Option<Id>,
        /// What was known: observations published later are not used.
        vintage: Option<Period>,
        /// How much each part counts, by area.
        weights: Map<Number>,
        /// The indicator whose values at the period say how much each part counts.
        weigh_by: Option<Id>,
        /// What happens when a part has no value; `refuse` when absent.
        missing: Option<MissingPart>,
    }
    rules: [Rule::AtMostOne(&["weights", "weigh_by"])]
}

/// How a target is handed down from an area to its parts.
///
/// Built in code, or read as a document ([`CascadeRule::parse`]).
///
/// ```
/// use attainment::{CascadeRule, Division, Format, Period};
/// let built = CascadeRule::new("patents", Division::Proportional).area("jiangsu").part("city").baseline(Period::year(2020));
/// let read = CascadeRule::parse("
/// attainment: 1
/// target: patents
/// area: jiangsu
/// parts: city
/// rule: proportional
/// baseline: 2020
/// ", Format::Yaml)?;
/// assert_eq!(built.document(), read.document());
/// # Ok::<(), attainment::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct CascadeRule {
    pub(super) document: CascadeDocument,
    pub(super) targets: Option<Arc<TargetTable>>,
}

impl CascadeRule {
    /// A rule for a target.
    pub fn new(target: impl Into<String>, rule: Division) -> Self {
        let document = CascadeDocument {
            attainment: Id::new(FORMAT_VERSION),
            target: Id::new(target),
            area: Many::default(),
            parts: Many::default(),
            rule,
            baseline: None,
            vintage: None,
            weights: Map::default(),
            weigh_by: None,
            shares: Map::default(),
            toward: None,
            closes: None,
            ahead: None,
            floor: None,
            ceiling: None,
            decimals: None,
            missing: None,
        };
        Self { document, targets: None }
    }

    /// Reads a rule from a text.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] when the text is not well-formed, [`Error::Plan`] with every problem when it
    /// is no such rule.
    ///
    /// ```
    /// use attainment::{CascadeRule, Code, Format};
    /// let error = CascadeRule::parse("{attainment: 1, target: roads, parts: county, rule: by_size}", Format::Yaml).unwrap_err();
    /// assert_eq!(error.code(), Some(Code::BadValue));
    /// ```
    pub fn parse(text: &str, format: Format) -> Result<Self, Error> {
        let parsed = crate::document::parse(text, format).map_err(Error::Parse)?;
        Ok(Self { document: read(parsed.root, parsed.duplicates, |document: &CascadeDocument| &document.attainment)?, targets: None })
    }

    /// Reads a rule from a JSON value, for hosts that hold documents as objects.
    ///
    /// # Errors
    ///
    /// As [`CascadeRule::parse`].
    ///
    /// ```
    /// use attainment::{CascadeRule, Division, serde_json::json};
    /// let rule = CascadeRule::from_value(&json!({
    ///     "attainment": "1", "target": "hospitals", "parts": ["north", "south"], "rule": "shares",
    ///     "shares": { "north": "60%", "south": "40%" },
    /// }))?;
    /// assert_eq!(rule.document().rule, Division::Shares);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn from_value(value: &serde_json::Value) -> Result<Self, Error> {
        let root = Node::from_value(value).map_err(|finding| Error::Parse(vec![finding]))?;
        Ok(Self { document: read(root, Findings::default(), |document: &CascadeDocument| &document.attainment)?, targets: None })
    }

    /// What it says.
    pub fn document(&self) -> &CascadeDocument {
        &self.document
    }

    /// The area whose target it is, or a tier or group of such areas. Called again, it adds one.
    #[must_use]
    pub fn area(mut self, name: impl Into<String>) -> Self {
        add(&mut self.document.area, name);
        self
    }

    /// An area, tier or group it is handed down to. Called again, it adds one.
    #[must_use]
    pub fn part(mut self, name: impl Into<String>) -> Self {
        add(&mut self.document.parts, name);
        self
    }

    /// The period whose values are divided by.
    #[must_use]
    pub fn baseline(mut self, period: Period) -> Self {
        self.document.baseline = Some(period);
        self
    }

    /// What was known: observations published later are not used.
    #[must_use]
    pub fn vintage(mut self, period: Period) -> Self {
        self.document.vintage = Some(period);
        self
    }

    /// How much each part counts, by area.
    #[must_use]
    pub fn weights<A: Into<String>, W: Into<Decimal>>(mut self, weights: impl IntoIterator<Item = (A, W)>) -> Self {
        self.document.weights = weights.into_iter().map(|(area, weight)| (area.into(), Number::from(weight.into()))).collect();
        self
    }

    /// The indicator whose values at the baseline say how much each part counts.
    #[must_use]
    pub fn weigh_by(mut self, indicator: impl Into<String>) -> Self {
        self.document.weigh_by = Some(Id::new(indicator));
        self
    }

    /// The share of the whole that each part takes, by area: 0.25 is a quarter.
    #[must_use]
    pub fn shares<A: Into<String>, S: Into<Decimal>>(mut self, shares: impl IntoIterator<Item = (A, S)>) -> Self {
        self.document.shares = shares.into_iter().map(|(area, share)| (area.into(), Quantity::of(share.into(), None))).collect();
        self
    }

    /// The common value that parts converge to, in the indicator's unit.
    #[must_use]
    pub fn toward(mut self, value: impl Into<Decimal>) -> Self {
        self.document.toward = Some(Quantity::of(value.into(), None));
        self
    }

    /// The share of its own way that each part closes: 0.5 is half.
    #[must_use]
    pub fn closes(mut self, share: impl Into<Decimal>) -> Self {
        self.document.closes = Some(Quantity::of(share.into(), None));
        self
    }

    /// What happens to parts that are beyond the common value already.
    #[must_use]
    pub fn ahead(mut self, ahead: Ahead) -> Self {
        self.document.ahead = Some(ahead);
        self
    }

    /// No part gets less, in the unit of the bound.
    #[must_use]
    pub fn floor(mut self, value: impl Into<Decimal>) -> Self {
        self.document.floor = Some(Quantity::of(value.into(), None));
        self
    }

    /// No part gets more, in the unit of the bound.
    #[must_use]
    pub fn ceiling(mut self, value: impl Into<Decimal>) -> Self {
        self.document.ceiling = Some(Quantity::of(value.into(), None));
        self
    }

    /// The decimals of the parts in the indicator's unit.
    #[must_use]
    pub fn decimals(mut self, decimals: u32) -> Self {
        self.document.decimals = Some(Number::from(Decimal::from(decimals)));
        self
    }

    /// What happens when a part has no value.
    #[must_use]
    pub fn missing(mut self, missing: MissingPart) -> Self {
        self.document.missing = Some(missing);
        self
    }

    /// Bounds of the areas whose targets are handed down, which win over those of the plan: the table
    /// of the step above.
    ///
    /// ```
    /// use attainment::{CascadeRule, Columns, Division, Format, Panel, Plan, TargetTable};
    /// let plan = Plan::parse("{attainment: 1, id: p, areas: {city: {}, east: {parent: city}, west: {parent: city}}, indicators: {trees: {name: Trees, kind: flow, direction: increase}}, targets: {trees: {indicator: trees, reach: 900, by: 2030, areas: land}}}", Format::Yaml)?;
    /// let table = TargetTable::from_csv("area,indicator,bound\ncity,trees,30\n", &Columns::new())?;
    /// let rule = CascadeRule::new("trees", Division::Proportional).area("city").part("east").part("west").weights([("east", 2), ("west", 1)]).targets(table);
    /// assert_eq!(plan.cascade(&Panel::default(), &rule)?.parts()[0].bound.to_string(), "20");
    /// # Ok::<(), attainment::Error>(())
    /// ```
    #[must_use]
    pub fn targets(mut self, table: TargetTable) -> Self {
        self.targets = Some(Arc::new(table));
        self
    }
}

/// How values are rolled up from parts to an area.
///
/// ```
/// use attainment::{Format, Period, RollUpRule};
/// let built = RollUpRule::new("graduates", Period::year(2023)).area("kenya").part("county");
/// let read = RollUpRule::parse("{attainment: 1, indicator: graduates, at: 2023, area: kenya, parts: county}", Format::Yaml)?;
/// assert_eq!(built, read);
/// # Ok::<(), attainment::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct RollUpRule {
    pub(super) document: RollUpDocument,
}

impl RollUpRule {
    /// A rule for an indicator at a period.
    pub fn new(indicator: impl Into<String>, at: Period) -> Self {
        let document = RollUpDocument {
            attainment: Id::new(FORMAT_VERSION),
            indicator: Id::new(indicator),
            at,
            area: Many::default(),
            parts: Many::default(),
            breakdown: None,
            vintage: None,
            weights: Map::default(),
            weigh_by: None,
            missing: None,
        };
        Self { document }
    }

    /// Reads a rule from a text.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] when the text is not well-formed, [`Error::Plan`] with every problem when it
    /// is no such rule.
    ///
    /// ```
    /// use attainment::{Code, Format, RollUpRule};
    /// let error = RollUpRule::parse("{attainment: 1, indicator: forest, parts: county}", Format::Yaml).unwrap_err();
    /// assert_eq!(error.code(), Some(Code::MissingKey));
    /// ```
    pub fn parse(text: &str, format: Format) -> Result<Self, Error> {
        let parsed = crate::document::parse(text, format).map_err(Error::Parse)?;
        Ok(Self { document: read(parsed.root, parsed.duplicates, |document: &RollUpDocument| &document.attainment)? })
    }

    /// Reads a rule from a JSON value, for hosts that hold documents as objects.
    ///
    /// # Errors
    ///
    /// As [`RollUpRule::parse`].
    pub fn from_value(value: &serde_json::Value) -> Result<Self, Error> {
        let root = Node::from_value(value).map_err(|finding| Error::Parse(vec![finding]))?;
        Ok(Self { document: read(root, Findings::default(), |document: &RollUpDocument| &document.attainment)? })
    }

    /// What it says.
    pub fn document(&self) -> &RollUpDocument {
        &self.document
    }

    /// The area that is rolled up to, or a tier or group of such areas. Called again, it adds one.
    #[must_use]
    pub fn area(mut self, name: impl Into<String>) -> Self {
        add(&mut self.document.area, name);
        self
    }

    /// An area, tier or group it is made of. Called again, it adds one.
    #[must_use]
    pub fn part(mut self, name: impl Into<String>) -> Self {
        add(&mut self.document.parts, name);
        self
    }

    /// How much each part counts, by area.
    #[must_use]
    pub fn weights<A: Into<String>, W: Into<Decimal>>(mut self, weights: impl IntoIterator<Item = (A, W)>) -> Self {
        self.document.weights = weights.into_iter().map(|(area, weight)| (area.into(), Number::from(weight.into()))).collect();
        self
    }

    /// The indicator whose values at the period say how much each part counts.
    #[must_use]
    pub fn weigh_by(mut self, indicator: impl Into<String>) -> Self {
        self.document.weigh_by = Some(Id::new(indicator));
        self
    }

    /// What happens when a part has no value.
    #[must_use]
    pub fn missing(mut self, missing: MissingPart) -> Self {
        self.document.missing = Some(missing);
        self
    }
}

fn add(names: &mut Many<Id>, name: impl Into<String>) {
    *names = Many::from(names.iter().cloned().chain([Id::new(name)]).collect::<Vec<_>>());
}

fn read<T: Read>(root: Node, findings: Findings, version: impl Fn(&T) -> &Id) -> Result<T, Error> {
    let check = |document: &T| version_finding(version(document)).into_iter().collect();
    read_whole(root, findings, check).map(|whole| whole.document).map_err(Error::Plan)
}
