//! Extraction.

use attainment::Lang;
use attainment::serde_json::{Value, json};
use attainment_text::ExtractOptions;
use wasm_bindgen::prelude::*;

use crate::boundary::{Answer, Options, findings, lang, thrown};
use crate::plan::Plan;

/// What was read out of a text.
#[wasm_bindgen]
pub struct Draft(attainment_text::Draft);

/// Reads a text.
#[wasm_bindgen]
pub fn extract(text: &str, options: &str) -> Answer<Draft> {
    let mut given = Options::new(options);
    let mut options = ExtractOptions::new();
    if let Some(year) = given.whole("reference_year") {
        // No year of that size is one: it is left to the core to say what becomes of it.
        options = options.reference_year(i32::try_from(year).unwrap_or(i32::MAX));
    }
    if let Some(title) = given.text("title") {
        options = options.title(title);
    }
    if let Some(lang) = given.word("lang", Lang::from_tag, &["en", "zh"]) {
        options = options.lang(lang);
    }
    given.finish()?;
    Ok(Draft(attainment_text::extract(text, &options)))
}

#[wasm_bindgen]
impl Draft {
    /// Title and language.
    pub fn object(&self) -> String {
        json!({ "title": self.0.title, "lang": self.0.lang.as_str(), "text": self.0.text() }).to_string()
    }

    /// A record for each item.
    pub fn to_records(&self) -> String {
        Value::Array(self.0.to_records().into_iter().map(Value::Object).collect()).to_string()
    }

    /// Its findings.
    pub fn findings(&self) -> String {
        findings(&self.0.findings)
    }

    /// The plan it makes.
    pub fn to_plan(&self) -> Answer<Plan> {
        self.0.to_plan().map(Plan).map_err(thrown)
    }

    /// What is lost or assumed on the way to a plan.
    pub fn plan_findings(&self) -> String {
        findings(&self.0.plan_findings())
    }

    /// In words.
    pub fn to_text(&self, tag: Option<String>) -> Answer<String> {
        Ok(self.0.to_text(lang(tag)?))
    }

    /// As Markdown.
    pub fn to_markdown(&self, tag: Option<String>) -> Answer<String> {
        Ok(self.0.to_markdown(lang(tag)?))
    }

    /// The text with what was read marked in it.
    pub fn to_html(&self, tag: Option<String>) -> Answer<String> {
        Ok(self.0.to_html(lang(tag)?))
    }
}
