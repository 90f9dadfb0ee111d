//! Assessments and their explanations.

use attainment::{Assessment, Cell, Csv, Explanation, Point, ScoreExplanation};
use pyo3::exceptions::{PyIndexError, PyValueError};
use pyo3::prelude::*;
use pyo3::types::PyDict;

use crate::chart;
use crate::error::{findings, raised};
use crate::object::object;
use crate::plan::{PyDiff, PyPlan};
use crate::table::ResultTable;
use crate::value::cell;
use crate::word::lang;

#[pyclass(frozen, name = "Assessment", module = "attainment._attainment")]
pub(crate) struct PyAssessment {
    pub(crate) assessment: Assessment,
}

/// A moment that names one of several.
pub(crate) fn moment(value: &Bound<'_, PyAny>) -> PyResult<Option<Point>> {
    let text = match cell(value)? {
        Cell::Empty => return Ok(None),
        Cell::Text(text) => text,
        Cell::Int(year) => year.to_string(),
        _ => value.str()?.to_str()?.to_owned(),
    };
    text.parse().map(Some).map_err(|_| PyValueError::new_err(format!("`{text}` is no moment such as `2023` or `2023-06`")))
}

#[pymethods]
impl PyAssessment {
    fn __len__(&self) -> usize {
        self.assessment.verdicts().len()
    }

    fn verdict_at<'py>(&self, py: Python<'py>, index: usize) -> PyResult<Bound<'py, PyAny>> {
        let verdict = self.assessment.verdicts().get(index).ok_or_else(|| PyIndexError::new_err("there is no such verdict"))?;
        object(py, verdict)
    }

    fn verdicts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, self.assessment.verdicts())
    }

    #[pyo3(signature = (target, area, as_of, method))]
    fn verdict<'py>(
        &self,
        py: Python<'py>,
        target: &str,
        area: &str,
        as_of: &Bound<'py, PyAny>,
        method: Option<&str>,
    ) -> PyResult<Bound<'py, PyAny>> {
        object(py, self.assessment.verdict_of(target, area, moment(as_of)?, method).map_err(raised)?)
    }

    #[pyo3(signature = (target, area, as_of, method))]
    fn explain(&self, py: Python<'_>, target: &str, area: &str, as_of: &Bound<'_, PyAny>, method: Option<&str>) -> PyResult<PyExplanation> {
        let as_of = moment(as_of)?;
        let explanation = py.detach(|| self.assessment.explain_of(target, area, as_of, method)).map_err(raised)?;
        Ok(explanation.into())
    }

    fn plan(&self) -> PyPlan {
        PyPlan { plan: self.assessment.plan().clone() }
    }

    fn summary(&self) -> Vec<(&'static str, usize)> {
        self.assessment.summary().into_iter().map(|(state, count)| (state.as_str(), count)).collect()
    }

    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        findings(py, self.assessment.findings())
    }

    fn diff(&self, py: Python<'_>, later: &Self) -> PyDiff {
        PyDiff { diff: py.detach(|| self.assessment.diff(&later.assessment)) }
    }

    fn disagreements<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)> {
        let found = py.detach(|| self.assessment.disagreements());
        let messages: Vec<_> = found.iter().map(|one| one.message()).collect();
        Ok((object(py, &found)?, object(py, &messages)?))
    }

    fn outlook<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &py.detach(|| self.assessment.outlook()))
    }

    fn columns(&self, py: Python<'_>, decimals: bool) -> ResultTable {
        let columns = py.detach(|| {
            let mut columns = self.assessment.columns();
            for (name, column) in columns.iter_mut().filter(|_| decimals) {
                if let Some(exact) = self.assessment.decimals(name) {
                    *column = exact;
                }
            }
            columns
        });
        ResultTable::new(columns, decimals)
    }

    fn to_text(&self, lang_tag: &str) -> PyResult<String> {
        Ok(self.assessment.to_text(lang(lang_tag)?))
    }

    fn to_csv(&self, bom: bool, guard: bool) -> String {
        self.assessment.to_csv(&Csv::new().bom(bom).guard(guard))
    }

    fn outlook_to_html(&self, lang_tag: &str) -> PyResult<String> {
        Ok(self.assessment.outlook_to_html(lang(lang_tag)?))
    }

    fn outlook_to_markdown(&self, lang_tag: &str) -> PyResult<String> {
        Ok(self.assessment.outlook_to_markdown(lang(lang_tag)?))
    }

    fn disagreements_to_html(&self, lang_tag: &str) -> PyResult<String> {
        Ok(self.assessment.disagreements_to_html(lang(lang_tag)?))
    }

    fn disagreements_to_markdown(&self, lang_tag: &str) -> PyResult<String> {
        Ok(self.assessment.disagreements_to_markdown(lang(lang_tag)?))
    }

    fn chart<'py>(&self, py: Python<'py>, kind: &str, given: &Bound<'py, PyDict>) -> PyResult<Bound<'py, PyAny>> {
        let held = chart::Held::new(given)?;
        let chart = self.assessment.chart(kind, &chart::options(given, &held)?).map_err(raised)?;
        Ok(chart::parts(py, &chart)?.into_pyobject(py)?.into_any())
    }

    fn to_markdown(&self, lang_tag: &str) -> PyResult<String> {
        Ok(self.assessment.to_markdown(lang(lang_tag)?))
    }

    fn to_html(&self, lang_tag: &str) -> PyResult<String> {
        Ok(self.assessment.to_html(lang(lang_tag)?))
    }
}

/// Why a verdict or a score is what it is.
#[pyclass(frozen, name = "Explanation", module = "attainment._attainment")]
pub(crate) struct PyExplanation {
    explained: Explained,
}

enum Explained {
    Verdict(Box<Explanation>),
    Score(Box<ScoreExplanation>),
}

impl From<Explanation> for PyExplanation {
    fn from(explanation: Explanation) -> Self {
        Self { explained: Explained::Verdict(Box::new(explanation)) }
    }
}

impl From<ScoreExplanation> for PyExplanation {
    fn from(explanation: ScoreExplanation) -> Self {
        Self { explained: Explained::Score(Box::new(explanation)) }
    }
}

#[pymethods]
impl PyExplanation {
    fn fields<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        match &self.explained {
            Explained::Verdict(explanation) => object(py, &**explanation),
            Explained::Score(explanation) => object(py, &**explanation),
        }
    }

    fn to_text(&self, lang_tag: &str) -> PyResult<String> {
        let lang = lang(lang_tag)?;
        Ok(match &self.explained {
            Explained::Verdict(explanation) => explanation.to_text(lang),
            Explained::Score(explanation) => explanation.to_text(lang),
        })
    }

    fn to_markdown(&self, lang_tag: &str) -> PyResult<String> {
        let lang = lang(lang_tag)?;
        Ok(match &self.explained {
            Explained::Verdict(explanation) => explanation.to_markdown(lang),
            Explained::Score(explanation) => explanation.to_markdown(lang),
        })
    }

    fn to_html(&self, lang_tag: &str) -> PyResult<String> {
        let lang = lang(lang_tag)?;
        Ok(match &self.explained {
            Explained::Verdict(explanation) => explanation.to_html(lang),
            Explained::Score(explanation) => explanation.to_html(lang),
        })
    }

    fn to_json(&self) -> String {
        match &self.explained {
            Explained::Verdict(explanation) => explanation.to_json(),
            Explained::Score(explanation) => explanation.to_json(),
        }
    }
}
