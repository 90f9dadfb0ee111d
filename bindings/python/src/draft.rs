//! What is read out of a text.

use attainment::serde_json::Value;
use attainment_text::{Draft, ExtractOptions, Item};
use pyo3::prelude::*;
use serde::Serialize;

use crate::error::{findings, raised};
use crate::object::{object, plain};
use crate::plan::PyPlan;
use crate::word::lang;

#[pyclass(frozen, name = "Draft", module = "attainment._attainment")]
pub(crate) struct PyDraft {
    draft: Draft,
}

#[pyfunction]
#[pyo3(signature = (text, reference_year, title, lang_tag))]
pub(crate) fn extract(
    py: Python<'_>,
    text: &str,
    reference_year: Option<i32>,
    title: Option<String>,
    lang_tag: Option<&str>,
) -> PyResult<PyDraft> {
    let mut options = ExtractOptions::new();
    options.reference_year = reference_year;
    options.title = title;
    options.lang = lang_tag.map(lang).transpose()?;
    Ok(PyDraft { draft: py.detach(|| attainment_text::extract(text, &options)) })
}

/// An item under the names of its record.
#[derive(Serialize)]
#[serde(rename = "Item")]
struct Shown<'a> {
    kind: &'static str,
    text: &'a str,
    start: u32,
    end: u32,
    value_start: Option<u32>,
    value_end: Option<u32>,
    indicator: &'a str,
    qualifier: Option<&'a str>,
    value: Option<&'a str>,
    value_max: Option<&'a str>,
    unit: Option<&'a str>,
    masked: bool,
    comparator: &'static str,
    basis: &'static str,
    direction: Option<&'static str>,
    baseline_ref: Option<&'a str>,
    period: Option<Value>,
    period_source: Option<&'static str>,
    modality: Option<&'a str>,
    group: Option<u32>,
    pair: Option<usize>,
}

impl<'a> Shown<'a> {
    fn new(item: &'a Item) -> Self {
        Self {
            kind: item.kind.as_str(),
            text: &item.text,
            start: item.start,
            end: item.end,
            value_start: item.value_start,
            value_end: item.value_end,
            indicator: &item.indicator,
            qualifier: item.qualifier.as_deref(),
            value: item.value.as_deref(),
            value_max: item.value_max.as_deref(),
            unit: item.unit.as_deref(),
            masked: item.masked,
            comparator: item.comparator.as_str(),
            basis: item.basis.as_str(),
            direction: item.direction.map(|way| way.as_str()),
            baseline_ref: item.baseline_ref.as_deref(),
            period: item.to_record().remove("period").filter(|period| !period.is_null()),
            period_source: item.period_source.map(|source| source.as_str()),
            modality: item.modality.as_deref(),
            group: item.group,
            pair: item.pair,
        }
    }
}

#[pymethods]
impl PyDraft {
    fn __len__(&self) -> usize {
        self.draft.items.len()
    }

    fn text(&self) -> &str {
        self.draft.text()
    }

    fn title(&self) -> Option<&str> {
        self.draft.title.as_deref()
    }

    fn lang(&self) -> &'static str {
        self.draft.lang.as_str()
    }

    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        findings(py, &self.draft.findings)
    }

    fn plan_findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        findings(py, &self.draft.plan_findings())
    }

    fn records<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &self.draft.to_records())
    }

    fn items<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let shown: Vec<Shown<'_>> = self.draft.items.iter().map(Shown::new).collect();
        object(py, &shown)
    }

    fn to_plan(&self) -> PyResult<PyPlan> {
        Ok(PyPlan { plan: self.draft.to_plan().map_err(raised)? })
    }

    fn to_text(&self, lang_tag: &str) -> PyResult<String> {
        Ok(self.draft.to_text(lang(lang_tag)?))
    }

    fn to_markdown(&self, lang_tag: &str) -> PyResult<String> {
        Ok(self.draft.to_markdown(lang(lang_tag)?))
    }

    fn to_html(&self, lang_tag: &str) -> PyResult<String> {
        Ok(self.draft.to_html(lang(lang_tag)?))
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.draft == other.draft
    }
}
