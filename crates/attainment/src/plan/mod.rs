//! The plan: a document's commitments.

mod area;
mod bounds;
mod check;
mod diff;
mod digest;
mod held;
mod indicator;
mod lint;
mod matching;
mod merge;
mod resolve;
pub mod scheme;
mod table;
mod target;
mod task;
mod toward;

use std::sync::Arc;

pub use area::Area;
pub use diff::{Change, ChangeKind, Diff};
pub use indicator::{Direction, Formula, Indicator, Kind, Link, Mark, PeerMark, PeerRule, Statistic};
pub use merge::{Choice, Merged};
pub use target::{
    Baseline, Bound, CompareWord, DeclaredBaseline, KOf, Measure, Member, Nature, Pair, Place, Reference, Relation, Schedule, ScheduleWord,
    ShareSchedule, Stated, Target, When, WordedPlace,
};
pub use task::{
    Announcement, Body, Citation, Composition, Condition, Conditions, CriteriaRule, Delegation, Evaluation, Instrument, Listing, Override,
    RecordedState, StatedObservation, Task, ValueIs, Work,
};

pub(crate) use bounds::{Amount, UnitOf, added_amount, amount, level_amount};
pub(crate) use held::{Amounts, Held, Places, Shared, Spread};
pub(crate) use resolve::Inherited;
pub(crate) use scheme::Scheme;
pub(crate) use scheme::{Branch, tree as scheme_tree};
pub use table::TargetTable;
pub(crate) use table::{COLUMNS as TARGET_COLUMNS, TargetRow};
pub(crate) use toward::Toward;

use crate::document::{self, Format, Id, Many, Map, Node, Read, Reader, Rule, Text, Whole, document};
use crate::error::Error;
use crate::finding::{Finding, Findings};
use crate::period::Period;

/// Declares how an enum of two forms is written: one as a scalar, the other as a map.
macro_rules! scalar_or_map {
    ($type:ident, $name:literal, $scalar:ident($scalar_type:ty), $map:ident($map_type:ty)) => {
        impl $crate::document::Read for $type {
            fn read(node: &$crate::document::Node, reader: &mut $crate::document::Reader) -> Option<Self> {
                match node.kind {
                    $crate::document::Kind::Map(_) => <$map_type>::read(node, reader).map(Self::$map),
                    _ => <$scalar_type>::read(node, reader).map(Self::$scalar),
                }
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    Self::$scalar(value) => value.serialize(serializer),
                    Self::$map(value) => value.serialize(serializer),
                }
            }
        }

        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let scalar = generator.subschema_for::<$scalar_type>();
                let map = generator.subschema_for::<$map_type>();
                schemars::json_schema!({ "anyOf": [scalar, map] })
            }
        }
    };
}
use scalar_or_map;

pub use crate::document::FORMAT_VERSION;

document! {
    /// What targets inherit unless they say otherwise.
    pub struct Defaults {
        /// Due at the end of this period.
        by: Option<Period>,
        /// Over this period or window.
        during: Option<Period>,
        /// In every period of this window.
        each: Option<Period>,
        /// What a change by a date is measured from.
        baseline: Option<Baseline>,
        /// The areas, tiers or groups targets hold for.
        areas: Many<Id>,
        /// How firmly they are committed to.
        nature: Option<Nature>,
        /// How much of the way is expected by when.
        schedule: Many<Schedule>,
    }
    rules: [Rule::AtMostOne(&["by", "during", "each"])]
}

document! {
    /// A plan: the commitments of one document.
    pub struct PlanDocument {
        /// The version of this format: `1`.
        attainment: Id,
        /// The plan's id.
        id: Id,
        /// The language of plain texts: `en`, `zh`.
        lang: Option<Id>,
        /// The title.
        title: Option<Text>,
        /// Who issued it.
        issuer: Option<Text>,
        /// The document number.
        number: Option<Text>,
        /// The area that values without an area belong to.
        area: Option<Id>,
        /// What sort of document it is: 实施方案, 工作计划, 报道.
        genre: Option<Text>,
        /// The rank of its issuer: 省, 市, 县.
        level: Option<Text>,
        /// The superior plans it carries out.
        implements: Many<Citation>,
        /// Other documents it refers to.
        cites: Many<Citation>,
        /// The time it runs.
        window: Option<Period>,
        /// How long it says it runs: `P3Y` for 三年.
        duration: Option<Period>,
        /// What targets inherit.
        defaults: Option<Defaults>,
        /// Whatever is judged, by id.
        areas: Map<Area>,
        /// Who is responsible, by id.
        bodies: Map<Body>,
        /// What is measured, by id.
        indicators: Required<Indicator>,
        /// The commitments, by id.
        targets: Required<Target>,
        /// What the issuer will do, by id.
        tasks: Map<Task>,
        /// The levers, by id.
        instruments: Map<Instrument>,
        /// What lower tiers have to set themselves.
        delegates: Many<Delegation>,
        /// Values that the document states, by id.
        observations: Map<StatedObservation>,
        /// Indicators that make up a whole, by id.
        compositions: Map<Composition>,
        /// Numbers of things that the document announces and lists, by id.
        announcements: Map<Announcement>,
        /// How it is checked whether the plan is carried out, by id.
        evaluations: Map<Evaluation>,
        /// How results are scored: a scheme, or the id of a ready-made one.
        scheme: Option<scheme::PlanScheme>,
        /// Status flags whose observations the plan does not accept.
        excluded_status: Many<Id>,
        /// Verdicts recorded by experts.
        overrides: Many<Override>,
        /// Anything else worth saying.
        note: Option<Text>,
        /// Where it is stated.
        source: Option<Text>,
    }
}

/// A map that must be written, even where it is empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Required<T>(Map<T>);

impl<T> std::ops::Deref for Required<T> {
    type Target = Map<T>;
    fn deref(&self) -> &Map<T> {
        &self.0
    }
}

impl<T: Read> Read for Required<T> {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        Map::read(node, reader).map(Self)
    }
}

impl<T: serde::Serialize> serde::Serialize for Required<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<T: schemars::JsonSchema> schemars::JsonSchema for Required<T> {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Map::<T>::schema_name()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Map::<T>::json_schema(generator)
    }
}

/// A plan that has been read and checked.
///
/// ```
/// use attainment::{Format, Plan};
///
/// let plan = Plan::parse("
/// attainment: 1
/// id: example
/// indicators: { rd: { name: R&D share of GDP, unit: percent, direction: increase } }
/// targets: { rd: { indicator: rd, at_least: 3%, by: 2020, baseline: 2008 } }
/// ", Format::Yaml)?;
/// assert_eq!(plan.document().targets.len(), 1);
/// # Ok::<(), attainment::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Plan {
    document: Arc<PlanDocument>,
    source: Option<Arc<Node>>,
    warnings: Arc<Vec<Finding>>,
    /// Bounds by area, of a plan that was made of a table.
    table: Option<Arc<TargetTable>>,
}

impl Plan {
    /// Reads a plan.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] when the text is not well-formed, [`Error::Plan`] when it is not a plan or
    /// gives a key twice.
    /// Both hold every problem that was found. A plan with warnings loads; see [`Plan::findings`].
    ///
    /// ```
    /// use attainment::{Code, Format, Plan};
    /// let text = "{attainment: 1, id: transport-2030, indicators: {bus: {name: Trips by bus, unit: percent, direction: increase}}, targets: {bus: {indicator: bus, at_least: 12%, by: 2030}}}";
    /// assert_eq!(Plan::parse(text, Format::Yaml)?.document().id.as_str(), "transport-2030");
    ///
    /// let error = Plan::parse(&text.replace("indicator: bus", "indicator: buses"), Format::Yaml).unwrap_err();
    /// assert_eq!(error.code(), Some(Code::UnknownReference));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn parse(text: &str, format: Format) -> Result<Self, Error> {
        let parsed = document::parse(text, format).map_err(Error::Parse)?;
        Self::from_node(parsed.root, parsed.duplicates).map_err(Error::Plan)
    }

    /// Reads a plan from a JSON value, for hosts that hold documents as objects.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] when it is deeper or larger than a text may be, [`Error::Plan`] when it is
    /// not a plan.
    ///
    /// ```
    /// use attainment::{Plan, serde_json::json};
    /// let plan = Plan::from_value(&json!({
    ///     "attainment": "1", "id": "housing",
    ///     "indicators": { "homes": { "name": "New homes", "unit": "homes", "direction": "increase" } },
    ///     "targets": { "homes": { "indicator": "homes", "measure": "sum", "at_least": "300000", "during": "2020/2024" } },
    /// }))?;
    /// assert!(plan.document().targets.contains_key("homes"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn from_value(value: &serde_json::Value) -> Result<Self, Error> {
        let root = Node::from_value(value).map_err(|finding| Error::Parse(vec![finding]))?;
        let mut plan = Self::from_node(root, Findings::default()).map_err(Error::Plan)?;
        plan.source = None;
        Ok(plan)
    }

    /// Everything that is wrong or doubtful in a text; empty when there is nothing to say.
    ///
    /// ```
    /// use attainment::{Format, Plan};
    /// let findings = Plan::check("{ \"attainment\": 1 }", Format::Json);
    /// let codes: Vec<_> = findings.iter().map(|finding| finding.code.as_str()).collect();
    /// assert_eq!(codes, ["missing_key", "missing_key", "missing_key"]);
    /// ```
    pub fn check(text: &str, format: Format) -> Vec<Finding> {
        match document::parse(text, format) {
            Err(findings) => findings,
            Ok(parsed) => match Self::from_node(parsed.root, parsed.duplicates) {
                Ok(plan) => plan.warnings.to_vec(),
                Err(findings) => findings,
            },
        }
    }

    /// Reads the tree of a text; what is already found is reported with the rest.
    fn from_node(root: Node, findings: Findings) -> Result<Self, Vec<Finding>> {
        let Whole { document, root, warnings } = document::read_whole(root, findings, check::check)?;
        Ok(Self { document: Arc::new(document), source: Some(Arc::new(root)), warnings: Arc::new(warnings), table: None })
    }

    /// What the document says.
    ///
    /// ```
    /// # use attainment::{Format, Plan};
    /// # let plan = Plan::parse("{attainment: 1, id: climate, indicators: {ghg: {name: Greenhouse gases, unit: Mt, direction: decrease}}, targets: {ghg: {indicator: ghg, at_most: 438 Mt, by: 2030}}}", Format::Yaml)?;
    /// let document = plan.document();
    /// let target = &document.targets["ghg"];
    /// assert_eq!(target.at_most.as_ref().unwrap().to_string(), "438 Mt");
    /// assert_eq!(document.indicators["ghg"].unit.as_ref().unwrap().as_str(), "Mt");
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn document(&self) -> &PlanDocument {
        &self.document
    }

    /// The warnings the plan was read with.
    ///
    /// ```
    /// use attainment::{Code, Format, Plan};
    /// let plan = Plan::parse("{attainment: 1, id: p, indicators: {labs: {name: 重点实验室, unit: 家, direction: increase}}, targets: {labs: {indicator: labs, reach: xx家, by: 2025}}}", Format::Yaml)?;
    /// assert_eq!(plan.findings()[0].code, Code::MaskedValue);
    /// assert_eq!(plan.findings()[0].path, "/targets/labs/reach");
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn findings(&self) -> &[Finding] {
        &self.warnings
    }

    /// What is probably not meant as it stands, found without any data: the warnings the plan was
    /// read with and those of the lint, in the order of the document.
    ///
    /// Every finding proposes a repair. A masked value is never taken for a number.
    ///
    /// ```
    /// use attainment::{Format, Plan};
    ///
    /// let plan = Plan::parse("
    /// attainment: 1
    /// id: example
    /// indicators: { centres: { name: 技术创新中心, unit: 家, direction: increase } }
    /// targets:
    ///   add:   { indicator: centres, measure: change, reach: 34, by: 2022, baseline: 2019 }
    ///   total: { indicator: centres, reach: 51, by: 2022 }
    /// ", Format::Yaml)?;
    /// let findings = plan.lint();
    /// assert_eq!(findings[0].code.as_str(), "implied_baseline");
    /// assert!(findings[0].message.en.contains("51 - 34 = 17"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn lint(&self) -> Vec<Finding> {
        let mut findings = lint::lint(&self.document);
        for finding in &mut findings {
            self.place(finding);
        }
        findings.extend(self.warnings.iter().cloned());
        crate::sort::sort_by_key(&mut findings, |finding| (finding.start, lint::order(&self.document, &finding.path)));
        findings
    }

    /// The plan as text; reading it again gives the same plan.
    ///
    /// ```
    /// # use attainment::{Format, Plan};
    /// # let plan = Plan::parse("{attainment: 1, id: forests, indicators: {cover: {name: 森林覆盖率, unit: percent, direction: increase}}, targets: {cover: {indicator: cover, reach: 24.1%, by: 十四五末}}}", Format::Yaml)?;
    /// let json = plan.to_text(Format::Json);
    /// assert!(json.contains("\"reach\": \"24.1%\""));
    /// assert_eq!(Plan::parse(&json, Format::Json)?, plan);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_text(&self, format: Format) -> String {
        let value = self.to_value();
        match format {
            Format::Json => document::to_json(&value),
            Format::Yaml => document::to_yaml(&value),
        }
    }

    /// The plan as a JSON value.
    ///
    /// ```
    /// # use attainment::{Format, Plan};
    /// # let plan = Plan::parse("{attainment: 1, id: schools, indicators: {drop: {name: Early school leavers, unit: percent, direction: decrease}}, targets: {drop: {indicator: drop, less_than: 9%, by: 2030}}}", Format::Yaml)?;
    /// assert_eq!(plan.to_value()["targets"]["drop"]["less_than"], "9%");
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_value(&self) -> serde_json::Value {
        serde_json::to_value(&*self.document).unwrap_or_default()
    }

    /// The scheme that the plan carries itself.
    ///
    /// None where it has none, or names a ready-made one.
    ///
    /// ```
    /// use attainment::{AssessOptions, Format, Panel, Plan, Record, score};
    /// let plan = Plan::parse("
    /// attainment: 1
    /// id: p
    /// indicators: { jobs: { name: Jobs, unit: percent, direction: increase } }
    /// targets: { jobs: { indicator: jobs, at_least: 80%, by: 2030 } }
    /// scheme: { attainment: 1, id: degree, read: ratio, normalise: as_is, every: { cap: 1 }, aggregate: arithmetic }
    /// ", Format::Yaml)?;
    /// let panel = Panel::from_records([Record::new("x", "jobs", 2023, 60)]);
    /// let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2023))?;
    /// assert_eq!(score(&assessment, &plan.scheme().unwrap())?.score("x")?.score, Some(0.75));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn scheme(&self) -> Option<Scheme> {
        match self.document.scheme.as_ref()? {
            scheme::PlanScheme::Document(document) => Some(Scheme::from_document((**document).clone())),
            scheme::PlanScheme::Id(_) => None,
        }
    }

    pub(crate) fn table(&self) -> Option<&Arc<TargetTable>> {
        self.table.as_ref()
    }

    pub(crate) fn set_table(&mut self, table: TargetTable) {
        self.table = Some(Arc::new(table));
    }

    /// The same plan with what was found while it was made.
    pub(crate) fn add_findings(&mut self, findings: Vec<Finding>) {
        let warnings = Arc::make_mut(&mut self.warnings);
        warnings.extend(findings);
    }

    /// Where a part of the plan stands in the text it was read from.
    pub(crate) fn place(&self, finding: &mut Finding) {
        if let Some(source) = &self.source {
            source.nearest(&finding.path).mark.place(finding);
        }
    }
}

impl PartialEq for Plan {
    fn eq(&self, other: &Self) -> bool {
        self.document == other.document
    }
}
