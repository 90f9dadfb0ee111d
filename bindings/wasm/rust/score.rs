//! Schemes, scorecards and robustness.

use std::ops::ControlFlow;

use attainment::serde_json::Value;
use attainment::{SchemeArg, ScoreData};
use wasm_bindgen::prelude::*;

use crate::boundary::{Answer, Options, cell, findings, format, lang, thrown, to_json};
use crate::panel::{Panel, WideTable};
use crate::plan::value;
use crate::results::{Assessment, Explanation, chart, chart_options, csv};
use crate::table::{Fetch, records};

/// A scheme: one's own, or one of the catalogue by id.
#[wasm_bindgen]
pub struct Scheme(Which);

enum Which {
    Own(attainment::Scheme),
    Named(String),
}

impl Scheme {
    /// One's own.
    pub(crate) fn new(scheme: attainment::Scheme) -> Self {
        Self(Which::Own(scheme))
    }

    fn arg(&self) -> SchemeArg<'_> {
        match &self.0 {
            Which::Own(scheme) => scheme.into(),
            Which::Named(id) => id.as_str().into(),
        }
    }

    fn own(&self) -> Option<&attainment::Scheme> {
        match &self.0 {
            Which::Own(scheme) => Some(scheme),
            Which::Named(_) => None,
        }
    }
}

#[wasm_bindgen]
impl Scheme {
    /// One of the catalogue.
    pub fn named(id: String) -> Scheme {
        Self(Which::Named(id))
    }

    /// Reads text.
    pub fn parse(text: &str, of: &str) -> Answer<Scheme> {
        attainment::Scheme::parse(text, format(of)?).map(Scheme::new).map_err(thrown)
    }

    /// Reads an object, as JSON text.
    pub fn from_object(json: &str) -> Answer<Scheme> {
        attainment::Scheme::from_value(&value(json)).map(Scheme::new).map_err(thrown)
    }

    /// All that is wrong with a text.
    pub fn check(text: &str, of: &str) -> Answer<String> {
        Ok(findings(&attainment::Scheme::check(text, format(of)?)))
    }

    /// Its id.
    pub fn id(&self) -> String {
        match &self.0 {
            Which::Own(scheme) => scheme.id().to_owned(),
            Which::Named(id) => id.clone(),
        }
    }

    /// What it was read with.
    pub fn findings(&self) -> String {
        findings(self.own().map(attainment::Scheme::findings).unwrap_or_default())
    }

    /// What is probably not meant.
    pub fn lint(&self) -> String {
        findings(&self.own().map(attainment::Scheme::lint).unwrap_or_default())
    }

    /// As text.
    pub fn to_text(&self, of: &str) -> Answer<String> {
        let format = format(of)?;
        Ok(self.own().map(|scheme| scheme.to_text(format)).unwrap_or_default())
    }

    /// As an object.
    pub fn to_object(&self) -> String {
        self.own().map(attainment::Scheme::to_value).unwrap_or_default().to_string()
    }
}

fn score<'a>(data: impl Into<ScoreData<'a>>, scheme: &'a Scheme) -> Answer<Scorecard> {
    attainment::score(data, scheme.arg()).map(Scorecard).map_err(thrown)
}

/// Scores observations.
#[wasm_bindgen]
pub fn score_panel(data: &Panel, scheme: &Scheme) -> Answer<Scorecard> {
    score(&data.0, scheme)
}

/// Scores a wide table.
#[wasm_bindgen]
pub fn score_table(data: &WideTable, scheme: &Scheme) -> Answer<Scorecard> {
    score(&data.0, scheme)
}

/// Scores an assessment.
#[wasm_bindgen]
pub fn score_assessment(data: &Assessment, scheme: &Scheme) -> Answer<Scorecard> {
    score(&data.0, scheme)
}

/// A scorecard.
#[wasm_bindgen]
pub struct Scorecard(attainment::Scorecard);

#[wasm_bindgen]
impl Scorecard {
    /// Its scheme.
    pub fn scheme(&self) -> Scheme {
        Scheme::new(self.0.scheme().clone())
    }

    /// Its findings.
    pub fn findings(&self) -> String {
        findings(self.0.findings())
    }

    /// All scores.
    pub fn scores(&self) -> String {
        to_json(&self.0.scores())
    }

    /// The score of an area.
    pub fn score(&self, area: &str, options: &str) -> Answer<String> {
        let card = self.in_period(options)?;
        card.score(area).map(|score| to_json(&score)).map_err(thrown)
    }

    /// The scorecard of one period.
    pub fn at(&self, json: &str) -> Answer<Scorecard> {
        self.0.at(cell(&value(json))).map(Scorecard).map_err(thrown)
    }

    /// The weights of all pillars.
    pub fn weights(&self) -> String {
        Value::Object(self.0.weights().into_iter().map(|(id, weight)| (id, weight.into())).collect()).to_string()
    }

    /// What changed since an earlier scorecard.
    pub fn movement(&self, earlier: &Scorecard) -> Answer<String> {
        self.0.movement(&earlier.0).map(|movements| to_json(&movements)).map_err(thrown)
    }

    /// Mean growth a year between two periods.
    pub fn annual_growth(&self, earlier: &str, later: &str) -> Answer<String> {
        let growth = self.0.annual_growth(cell(&value(earlier)), cell(&value(later)));
        growth.map(|growth| to_json(&growth)).map_err(thrown)
    }

    /// Why.
    pub fn explain(&self, area: &str, options: &str) -> Answer<Explanation> {
        self.in_period(options)?.explain(area).map(Explanation::of).map_err(thrown)
    }

    /// A record for each area.
    pub fn to_records(&self) -> String {
        records(self.0.to_records())
    }

    /// Its columns.
    pub fn to_columns(&self) -> Fetch {
        Fetch::new(self.0.columns())
    }

    /// As Markdown.
    pub fn to_markdown(&self, tag: Option<String>) -> Answer<String> {
        Ok(self.0.to_markdown(lang(tag)?))
    }

    /// As HTML.
    pub fn to_html(&self, tag: Option<String>) -> Answer<String> {
        Ok(self.0.to_html(lang(tag)?))
    }

    /// As CSV text.
    pub fn to_csv(&self, options: &str) -> Answer<String> {
        Ok(self.0.to_csv(&csv(options)?))
    }

    /// A picture.
    pub fn chart(&self, kind: &str, options: &str) -> Answer<String> {
        self.0.chart(kind, &chart_options(options, None)?).map(|drawn| chart(&drawn)).map_err(thrown)
    }

    /// A picture that compares with an earlier scorecard.
    pub fn chart_since(&self, kind: &str, options: &str, earlier: &Scorecard) -> Answer<String> {
        let options = chart_options(options, Some((&earlier.0).into()))?;
        self.0.chart(kind, &options).map(|drawn| chart(&drawn)).map_err(thrown)
    }

    /// How far ranks depend on choices; the callback is told runs done and all, and stops with `false`.
    pub fn robustness(&self, seed: u64, runs: u32, on_progress: Option<js_sys::Function>) -> Answer<Robustness> {
        let mut failed = None;
        let robustness = self.0.robustness(seed, runs, |done, total| {
            let Some(tell) = &on_progress else { return ControlFlow::Continue(()) };
            match tell.call2(&JsValue::NULL, &(done as f64).into(), &(total as f64).into()) {
                Ok(answer) if answer.is_falsy() && !answer.is_undefined() => ControlFlow::Break(()),
                Ok(_) => ControlFlow::Continue(()),
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            }
        });
        match failed {
            Some(error) => Err(error),
            None => robustness.map(Robustness).map_err(thrown),
        }
    }
}

impl Scorecard {
    fn in_period(&self, options: &str) -> Answer<attainment::Scorecard> {
        let mut options = Options::new(options);
        let period = options.take("period");
        options.finish()?;
        match period {
            Some(period) => self.0.at(cell(&period)).map_err(thrown),
            None => Ok(self.0.clone()),
        }
    }
}

/// A simulation.
#[wasm_bindgen]
pub struct Robustness(attainment::Robustness);

#[wasm_bindgen]
impl Robustness {
    /// As Markdown.
    pub fn to_markdown(&self, tag: Option<String>) -> Answer<String> {
        Ok(self.0.to_markdown(lang(tag)?))
    }

    /// As HTML.
    pub fn to_html(&self, tag: Option<String>) -> Answer<String> {
        Ok(self.0.to_html(lang(tag)?))
    }

    /// What came out.
    pub fn object(&self) -> String {
        to_json(&self.0)
    }

    /// A picture.
    pub fn chart(&self, kind: &str, options: &str) -> Answer<String> {
        self.0.chart(kind, &chart_options(options, None)?).map(|drawn| chart(&drawn)).map_err(thrown)
    }
}
