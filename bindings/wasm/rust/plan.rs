//! Plans, rules of a cascade, methods.

use attainment::serde_json::{self, Value, json};
use attainment::{CascadeRule as Rule, MethodChoice, RollUpRule, Threshold};
use wasm_bindgen::prelude::*;

use crate::boundary::{Answer, Options, cell, findings, format, thrown, to_json};
use crate::panel::{Panel, TargetTable};
use crate::results::{Assessment, Cascade, CascadeCheck, RollUp};
use crate::score::Scheme;

/// A plan.
#[wasm_bindgen]
pub struct Plan(pub(crate) attainment::Plan);

/// A value out of JSON text that the face wrote.
pub(crate) fn value(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_default()
}

#[wasm_bindgen]
impl Plan {
    /// Reads text.
    pub fn parse(text: &str, of: &str) -> Answer<Plan> {
        attainment::Plan::parse(text, format(of)?).map(Plan).map_err(thrown)
    }

    /// Reads an object, as JSON text.
    pub fn from_object(json: &str) -> Answer<Plan> {
        attainment::Plan::from_value(&value(json)).map(Plan).map_err(thrown)
    }

    /// Makes a plan of a target table.
    pub fn from_targets(table: &TargetTable) -> Answer<Plan> {
        attainment::Plan::from_targets(&table.0).map(Plan).map_err(thrown)
    }

    /// All that is wrong with a text.
    pub fn check(text: &str, of: &str) -> Answer<String> {
        Ok(findings(&attainment::Plan::check(text, format(of)?)))
    }

    /// The plan as text.
    pub fn to_text(&self, of: &str) -> Answer<String> {
        Ok(self.0.to_text(format(of)?))
    }

    /// The plan as an object.
    pub fn to_object(&self) -> String {
        self.0.to_value().to_string()
    }

    /// Its id.
    pub fn id(&self) -> String {
        self.0.document().id.as_str().to_owned()
    }

    /// As Markdown.
    pub fn to_markdown(&self, tag: Option<String>) -> Answer<String> {
        Ok(self.0.to_markdown(crate::boundary::lang(tag)?))
    }

    /// As HTML.
    pub fn to_html(&self, tag: Option<String>) -> Answer<String> {
        Ok(self.0.to_html(crate::boundary::lang(tag)?))
    }

    /// What it was read with.
    pub fn findings(&self) -> String {
        findings(self.0.findings())
    }

    /// What is probably not meant.
    pub fn lint(&self) -> String {
        findings(&self.0.lint())
    }

    /// What another plan says differently.
    pub fn diff(&self, other: &Plan) -> Diff {
        Diff(self.0.diff(&other.0))
    }

    /// One plan of two damaged copies.
    pub fn merge(&self, other: &Plan) -> Answer<Merged> {
        self.0.merge(&other.0).map(Merged).map_err(thrown)
    }

    /// The identity of what it says.
    pub fn digest(&self) -> String {
        self.0.digest()
    }

    /// Its own scheme.
    pub fn scheme(&self) -> Option<Scheme> {
        self.0.scheme().map(Scheme::new)
    }

    /// Judges.
    pub fn assess(&self, panel: &Panel, options: &AssessOptions) -> Answer<Assessment> {
        self.0.assess(&panel.0, &options.0).map(Assessment).map_err(thrown)
    }

    /// Hands a target down.
    pub fn cascade(&self, panel: &Panel, rule: &CascadeRule) -> Answer<Cascade> {
        self.0.cascade(&panel.0, &rule.0).map(Cascade).map_err(thrown)
    }

    /// Checks whether the targets of parts come to that of the whole.
    pub fn check_cascade(&self, panel: &Panel, rule: &CascadeRule, table: &TargetTable) -> Answer<CascadeCheck> {
        self.0.check_cascade(&panel.0, &rule.0, &table.0).map(CascadeCheck).map_err(thrown)
    }

    /// Rolls values of parts up.
    pub fn roll_up(&self, panel: &Panel, rule: &str) -> Answer<RollUp> {
        let rule = RollUpRule::from_value(&value(rule)).map_err(thrown)?;
        self.0.roll_up(&panel.0, &rule).map(RollUp).map_err(thrown)
    }
}

/// What changed.
#[wasm_bindgen]
pub struct Diff(pub(crate) attainment::Diff);

#[wasm_bindgen]
impl Diff {
    /// The changes.
    pub fn changes(&self) -> String {
        to_json(&self.0)
    }

    /// In words.
    pub fn to_text(&self, lang: Option<String>) -> Answer<String> {
        Ok(self.0.to_text(crate::boundary::lang(lang)?))
    }

    /// As a table.
    pub fn to_markdown(&self, lang: Option<String>) -> Answer<String> {
        Ok(self.0.to_markdown(crate::boundary::lang(lang)?))
    }
}

/// A plan out of two copies.
#[wasm_bindgen]
pub struct Merged(attainment::Merged);

#[wasm_bindgen]
impl Merged {
    /// The plan.
    pub fn plan(&self) -> Plan {
        Plan(self.0.plan.clone())
    }

    /// What differed, and what was taken.
    pub fn choices(&self) -> String {
        let choices = self.0.choices.iter().map(|choice| {
            json!({
                "path": choice.path,
                "taken": choice.taken,
                "left": choice.left,
                "from_second": choice.from_second,
                "why": { "en": choice.why.en, "zh": choice.why.zh },
            })
        });
        Value::Array(choices.collect()).to_string()
    }
}

/// A method: one that is published, or one's own.
#[wasm_bindgen]
pub struct Method(pub(crate) attainment::Method);

#[wasm_bindgen]
impl Method {
    /// One of the catalogue, with parameters or without.
    pub fn named(id: &str) -> Answer<Method> {
        attainment::Method::named(id).map(Method).map_err(thrown)
    }

    /// One's own, as text.
    pub fn parse(text: &str, of: &str) -> Answer<Method> {
        attainment::Method::parse(text, format(of)?).map(Method).map_err(thrown)
    }

    /// One's own, as an object in JSON text.
    pub fn from_object(json: &str) -> Answer<Method> {
        attainment::Method::from_value(&value(json)).map(Method).map_err(thrown)
    }

    /// Its id.
    pub fn id(&self) -> String {
        self.0.id().to_owned()
    }
}

/// What is asked of a plan.
#[wasm_bindgen]
pub struct AssessOptions(attainment::AssessOptions);

#[wasm_bindgen]
impl AssessOptions {
    /// Reads `as_of`, `vintage` and `threshold` out of JSON text.
    #[wasm_bindgen(constructor)]
    pub fn new(options: &str) -> Answer<AssessOptions> {
        let mut given = Options::new(options);
        let mut asked = attainment::AssessOptions::new();
        for period in given.list("as_of") {
            asked = asked.as_of(cell(&period));
        }
        if let Some(period) = given.take("vintage") {
            asked = asked.vintage(cell(&period));
        }
        let known: Vec<&str> = Threshold::ALL.iter().map(|word| word.as_str()).collect();
        if let Some(threshold) = given.word("threshold", Threshold::from_word, &known) {
            asked = asked.threshold(threshold);
        }
        given.finish()?;
        Ok(Self(asked))
    }

    /// Adds a method by id.
    pub fn method_id(&mut self, id: String) {
        self.add(id.into());
    }

    /// Adds a method.
    pub fn method(&mut self, method: &Method) {
        self.add((&method.0).into());
    }

    /// Adds bounds.
    pub fn targets(&mut self, table: &TargetTable) {
        self.0 = std::mem::take(&mut self.0).targets(table.0.clone());
    }
}

impl AssessOptions {
    fn add(&mut self, method: MethodChoice) {
        self.0 = std::mem::take(&mut self.0).method(method);
    }
}

/// How a target is handed down.
#[wasm_bindgen]
pub struct CascadeRule(Rule);

#[wasm_bindgen]
impl CascadeRule {
    /// Reads an object, as JSON text.
    #[wasm_bindgen(constructor)]
    pub fn new(json: &str) -> Answer<CascadeRule> {
        Rule::from_value(&value(json)).map(CascadeRule).map_err(thrown)
    }

    /// Adds the bounds of those that hand down.
    pub fn targets(&mut self, table: &TargetTable) {
        self.0 = self.0.clone().targets(table.0.clone());
    }
}
