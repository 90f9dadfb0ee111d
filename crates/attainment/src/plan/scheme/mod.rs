//! The scheme: how values or verdicts become one score, as a document.

mod check;
mod tree;
mod types;

use std::sync::Arc;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::ser::{Serialize, Serializer};

pub(crate) use check::{anchor_number, check, percent};
pub(crate) use tree::{Branch, tree};
pub use types::{
    Aggregate, AggregateBy, AggregateWord, Between, Bonus, CountedIn, Grade, GradeOn, Group, MetWhen, Missing, NatureRule, Natures, Needs,
    Normalise, NormaliseBy, Normaliser, Over, Pillar, PillarMember, Pillars, PlanScheme, RobustnessChoices, Rounding, RoundingMode,
    SchemeDocument, ScoredIndicator, Slope, Take, Ties, Treat, VerdictNumber, Veto, Weighting, YesNo,
};

use crate::document::{self, Format, Id, Kind, Map, Node, Read, Reader, Whole};
use crate::error::Error;
use crate::finding::{Finding, Findings};

impl Read for Group {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let Kind::List(items) = &node.kind else { return Id::read(node, reader).map(Self::One) };
        let read: Vec<_> =
            items.iter().enumerate().map(|(index, item)| reader.within(&index.to_string(), |reader| Self::read(item, reader))).collect();
        read.into_iter().collect::<Option<_>>().map(Self::Many)
    }
}

impl Serialize for Group {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::One(id) => id.serialize(serializer),
            Self::Many(groups) => groups.serialize(serializer),
        }
    }
}

impl JsonSchema for Group {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Group".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (one, many) = (generator.subschema_for::<Id>(), generator.subschema_for::<Self>());
        json_schema!({ "anyOf": [one, { "type": "array", "items": many }] })
    }
}

impl Read for Pillars {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        match &node.kind {
            Kind::Map(_) => Map::read(node, reader).map(Self::ById),
            Kind::List(items) => {
                let read: Vec<_> = items
                    .iter()
                    .enumerate()
                    .map(|(index, item)| reader.within(&index.to_string(), |reader| Id::read(item, reader)))
                    .collect();
                read.into_iter().collect::<Option<_>>().map(Self::List)
            }
            _ => Id::read(node, reader).map(|id| Self::List(vec![id])),
        }
    }
}

impl Serialize for Pillars {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::List(ids) => ids.serialize(serializer),
            Self::ById(map) => map.serialize(serializer),
        }
    }
}

impl JsonSchema for Pillars {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Pillars".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (id, map) = (generator.subschema_for::<Id>(), generator.subschema_for::<Map<PillarMember>>());
        json_schema!({ "anyOf": [id, { "type": "array", "items": id }, map] })
    }
}

/// A scheme that has been read and checked.
///
/// A tree of pillars says how values or verdicts become one score, and the rules on top of it in
/// this order: normalise, cap, weight, bonus, aggregate, grade, veto. `docs/scorecards.md` explains
/// every key.
///
/// ```
/// use attainment::{Format, Scheme};
/// let scheme = Scheme::parse("
/// attainment: 1
/// id: living
/// normalise: { by: goalposts, clamp: yes }
/// aggregate: arithmetic
/// indicators:
///   income: { direction: increase, marks: { worst: 10000, best: 60000 } }
///   noise:  { direction: decrease, marks: { worst: 80, best: 40 } }
/// pillars: { income: 2, noise: 1 }
/// ", Format::Yaml)?;
/// assert_eq!(scheme.id(), "living");
/// # Ok::<(), attainment::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Scheme {
    document: Arc<SchemeDocument>,
    source: Option<Arc<Node>>,
    warnings: Arc<Vec<Finding>>,
}

impl PartialEq for Scheme {
    fn eq(&self, other: &Self) -> bool {
        self.document == other.document
    }
}

impl Scheme {
    /// Reads a scheme.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] when the text is not well-formed, [`Error::Plan`] when it is not a scheme,
    /// with every problem that was found.
    ///
    /// ```
    /// use attainment::{Code, Format, Scheme};
    /// let error = Scheme::parse("{attainment: 1, id: s, aggregate: {power: 0}, pillars: [a, b]}", Format::Yaml).unwrap_err();
    /// assert_eq!(error.code(), Some(Code::PowerZero));
    /// ```
    pub fn parse(text: &str, format: Format) -> Result<Self, Error> {
        let parsed = document::parse(text, format).map_err(Error::Parse)?;
        Self::from_node(parsed.root, parsed.duplicates).map_err(Error::Plan)
    }

    /// Reads a scheme from a JSON value, for hosts that hold documents as objects.
    ///
    /// # Errors
    ///
    /// As [`Scheme::parse`].
    ///
    /// ```
    /// use attainment::{Scheme, serde_json::json};
    /// let scheme = Scheme::from_value(&json!({ "attainment": 1, "id": "mean", "normalise": "as_is", "aggregate": "arithmetic", "pillars": ["a", "b"] }))?;
    /// assert_eq!(scheme.id(), "mean");
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn from_value(value: &serde_json::Value) -> Result<Self, Error> {
        let root = Node::from_value(value).map_err(|finding| Error::Parse(vec![finding]))?;
        let mut scheme = Self::from_node(root, Findings::default()).map_err(Error::Plan)?;
        scheme.source = None;
        Ok(scheme)
    }

    /// Everything that is wrong or doubtful in a text; empty when there is nothing to say.
    ///
    /// ```
    /// use attainment::{Format, Scheme};
    /// let findings = Scheme::check("{attainment: 1, id: s, pillars: {a: 1, b: {}}}", Format::Yaml);
    /// let codes: Vec<_> = findings.iter().map(|finding| finding.code.as_str()).collect();
    /// assert_eq!(codes, ["aggregate_missing", "weight_missing", "normaliser_missing", "normaliser_missing"]);
    /// ```
    pub fn check(text: &str, format: Format) -> Vec<Finding> {
        match document::parse(text, format) {
            Err(findings) => findings,
            Ok(parsed) => match Self::from_node(parsed.root, parsed.duplicates) {
                Ok(scheme) => scheme.warnings.to_vec(),
                Err(findings) => findings,
            },
        }
    }

    fn from_node(root: Node, findings: Findings) -> Result<Self, Vec<Finding>> {
        let Whole { document, root, warnings } = document::read_whole(root, findings, check::check)?;
        Ok(Self { document: Arc::new(document), source: Some(Arc::new(root)), warnings: Arc::new(warnings) })
    }

    /// A scheme that was read and checked with the plan around it.
    pub(crate) fn from_document(document: SchemeDocument) -> Self {
        Self { document: Arc::new(document), source: None, warnings: Arc::default() }
    }

    /// What the document says.
    ///
    /// ```
    /// # use attainment::{Format, Scheme};
    /// let scheme = Scheme::parse("{attainment: 1, id: s, normalise: rank, aggregate: median, pillars: [a, b]}", Format::Yaml)?;
    /// assert!(scheme.document().every.is_none());
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn document(&self) -> &SchemeDocument {
        &self.document
    }

    /// Its id.
    pub fn id(&self) -> &str {
        self.document.id.as_str()
    }

    /// The warnings it was read with.
    ///
    /// ```
    /// # use attainment::{Code, Format, Scheme};
    /// let scheme = Scheme::parse("{attainment: 1, id: s, normalise: as_is, aggregate: arithmetic, pillars: {a: 60, b: 30}}", Format::Yaml)?;
    /// assert!(scheme.findings().is_empty());
    /// assert_eq!(scheme.lint()[0].code, Code::WeightsSum);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn findings(&self) -> &[Finding] {
        &self.warnings
    }

    /// What is probably not meant as it stands, found without data, with the warnings it was read
    /// with.
    ///
    /// ```
    /// # use attainment::{Code, Format, Scheme};
    /// let scheme = Scheme::parse("
    /// attainment: 1
    /// id: s
    /// aggregate: geometric
    /// normalise: z_score
    /// indicators: { a: { direction: increase }, b: { direction: increase } }
    /// pillars: [a, b]
    /// ", Format::Yaml)?;
    /// assert_eq!(scheme.lint()[0].code, Code::MayBeNegative);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn lint(&self) -> Vec<Finding> {
        let mut findings = check::lint(&self.document);
        for finding in &mut findings {
            if let Some(source) = &self.source {
                source.nearest(&finding.path).mark.place(finding);
            }
        }
        findings.extend(self.warnings.iter().cloned());
        crate::sort::sort_by_key(&mut findings, |finding| finding.start);
        findings
    }

    /// The scheme as text; reading it again gives the same scheme.
    ///
    /// ```
    /// # use attainment::{Format, Scheme};
    /// let scheme = Scheme::parse("{attainment: 1, id: s, normalise: min_max, aggregate: arithmetic, indicators: {a: {direction: increase}}, pillars: {p: {of: {a: 1}}}}", Format::Yaml)?;
    /// assert_eq!(Scheme::parse(&scheme.to_text(Format::Json), Format::Json)?, scheme);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_text(&self, format: Format) -> String {
        let value = self.to_value();
        match format {
            Format::Json => document::to_json(&value),
            Format::Yaml => document::to_yaml(&value),
        }
    }

    /// The scheme as a JSON value.
    ///
    /// ```
    /// # use attainment::{Format, Scheme};
    /// let scheme = Scheme::parse("{attainment: 1, id: s, normalise: borda, aggregate: arithmetic, pillars: [a]}", Format::Yaml)?;
    /// assert_eq!(scheme.to_value()["normalise"], "borda");
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_value(&self) -> serde_json::Value {
        serde_json::to_value(&*self.document).unwrap_or_default()
    }
}
