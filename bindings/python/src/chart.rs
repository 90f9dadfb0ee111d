//! Pictures.

use attainment::{Chart, ChartOptions, Earlier, Theme};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use crate::assess::PyAssessment;
use crate::error::findings;
use crate::object::plain;
use crate::score::PyScorecard;
use crate::value::cell;
use crate::word::{all, lang, word};

/// What a chart consists of: kind, language, title, caption, specification and findings.
type Parts<'py> = (&'static str, &'static str, String, String, Bound<'py, PyAny>, Bound<'py, PyAny>);

pub(crate) fn parts<'py>(py: Python<'py>, chart: &Chart) -> PyResult<Parts<'py>> {
    Ok((
        chart.kind().as_str(),
        chart.lang().as_str(),
        chart.title().to_owned(),
        chart.caption().to_owned(),
        plain(py, chart.spec())?,
        findings(py, chart.findings())?,
    ))
}

/// What a chart compares with: one of the two is taken from the other result while it is held.
#[derive(Default)]
pub(crate) struct Held<'py> {
    assessment: Option<Bound<'py, PyAssessment>>,
    card: Option<Bound<'py, PyScorecard>>,
}

impl<'py> Held<'py> {
    pub(crate) fn new(options: &Bound<'py, PyDict>) -> PyResult<Self> {
        let earlier = options.get_item("earlier")?.filter(|earlier| !earlier.is_none());
        let Some(earlier) = earlier else { return Ok(Self::default()) };
        match earlier.cast::<PyAssessment>() {
            Ok(assessment) => Ok(Self { assessment: Some(assessment.clone()), card: None }),
            Err(_) => Ok(Self { assessment: None, card: Some(earlier.cast::<PyScorecard>()?.clone()) }),
        }
    }

    fn earlier(&self) -> Option<Earlier<'_>> {
        let assessment = self.assessment.as_ref().map(|held| Earlier::Assessment(&held.get().assessment));
        assessment.or_else(|| self.card.as_ref().map(|held| Earlier::Scorecard(&held.get().card)))
    }
}

/// The options of a chart out of the keywords of the public method; a list is several of one.
pub(crate) fn options<'h>(given: &Bound<'_, PyDict>, held: &'h Held<'_>) -> PyResult<ChartOptions<'h>> {
    let mut options = ChartOptions::new();
    for (name, value) in given.iter() {
        let name: String = name.extract()?;
        if value.is_none() || name == "earlier" {
            continue;
        }
        let several: Vec<Bound<'_, PyAny>> = match value.cast::<PyString>() {
            Err(_) if matches!(&*name, "target" | "area" | "as_of" | "method" | "vintage") && value.hasattr("__iter__")? => {
                value.try_iter()?.collect::<PyResult<_>>()?
            }
            _ => vec![value],
        };
        for value in &several {
            let text = || value.extract::<String>();
            options = match &*name {
                "lang" => options.lang(lang(&text()?)?),
                "theme" => options.theme(word::<Theme>(&text()?, "theme", all!(Theme))?),
                "width" => options.width(value.extract()?),
                "source" => options.source(text()?),
                "target" => options.target(text()?),
                "area" => options.area(text()?),
                "as_of" => options.as_of(cell(value)?),
                "method" => options.method(text()?),
                "vintage" => options.vintage(cell(value)?),
                _ => options,
            };
        }
    }
    if let Some(earlier) = held.earlier() {
        options = options.earlier(earlier);
    }
    Ok(options)
}
