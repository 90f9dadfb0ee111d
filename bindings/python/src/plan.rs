//! Plans and what is told about them.

use attainment::{AssessOptions, Diff, Error, Forecast, Method, MethodChoice, Plan, Threshold};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString, PyTuple};

use crate::assess::PyAssessment;
use crate::cascade::{PyCascade, PyCascadeCheck, PyCascadeRule, PyRollUp, PyRollUpRule};
use crate::error::{findings, raised};
use crate::object::{object, plain};
use crate::panel::{PyPanel, PyTargetTable};
use crate::scheme::PyScheme;
use crate::value::{cell, document};
use crate::word::{all, format, lang, word};

#[pyclass(frozen, name = "Plan", module = "attainment._attainment")]
pub(crate) struct PyPlan {
    pub(crate) plan: Plan,
}

#[pymethods]
impl PyPlan {
    #[staticmethod]
    fn parse(py: Python<'_>, text: &str, format_name: &str) -> PyResult<Self> {
        let format = format(format_name)?;
        Ok(Self { plan: py.detach(|| Plan::parse(text, format)).map_err(raised)? })
    }

    #[staticmethod]
    fn from_dict(py: Python<'_>, value: &Bound<'_, PyAny>) -> PyResult<Self> {
        let value = document(value)?;
        Ok(Self { plan: py.detach(|| Plan::from_value(&value)).map_err(raised)? })
    }

    #[staticmethod]
    fn from_targets(py: Python<'_>, table: &PyTargetTable) -> PyResult<Self> {
        Ok(Self { plan: py.detach(|| Plan::from_targets(&table.table)).map_err(raised)? })
    }

    #[staticmethod]
    fn check<'py>(py: Python<'py>, text: &str, format_name: &str) -> PyResult<Bound<'py, PyAny>> {
        let format = format(format_name)?;
        findings(py, &py.detach(|| Plan::check(text, format)))
    }

    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        findings(py, self.plan.findings())
    }

    fn lint<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        findings(py, &py.detach(|| self.plan.lint()))
    }

    fn to_text(&self, format_name: &str) -> PyResult<String> {
        Ok(self.plan.to_text(format(format_name)?))
    }

    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &self.plan.to_value())
    }

    fn digest(&self) -> String {
        self.plan.digest()
    }

    fn to_html(&self, lang_tag: &str) -> PyResult<String> {
        Ok(self.plan.to_html(lang(lang_tag)?))
    }

    fn to_markdown(&self, lang_tag: &str) -> PyResult<String> {
        Ok(self.plan.to_markdown(lang(lang_tag)?))
    }

    fn diff(&self, other: &Self) -> PyDiff {
        PyDiff { diff: self.plan.diff(&other.plan) }
    }

    fn merge<'py>(&self, py: Python<'py>, other: &Self) -> PyResult<(Self, Bound<'py, PyAny>)> {
        let merged = self.plan.merge(&other.plan).map_err(raised)?;
        Ok((Self { plan: merged.plan }, object(py, &merged.choices)?))
    }

    fn scheme(&self) -> Option<PyScheme> {
        self.plan.scheme().map(|scheme| PyScheme { scheme })
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.plan == other.plan
    }

    #[pyo3(signature = (panel, as_of, vintage, method, targets, threshold, forecast, strict))]
    #[expect(clippy::too_many_arguments, reason = "each is a keyword of the public method")]
    fn assess(
        &self,
        py: Python<'_>,
        panel: &PyPanel,
        as_of: &Bound<'_, PyAny>,
        vintage: &Bound<'_, PyAny>,
        method: &Bound<'_, PyAny>,
        targets: Option<&PyTargetTable>,
        threshold: &str,
        forecast: Option<&str>,
        strict: bool,
    ) -> PyResult<PyAssessment> {
        let mut options = options(as_of, vintage, method, targets, threshold)?;
        if let Some(forecast) = forecast {
            options = options.forecast(word::<Forecast>(forecast, "forecast", all!(Forecast))?);
        }
        let assessment = py.detach(|| self.plan.assess(&panel.panel, &options)).map_err(raised)?;
        match strict && !assessment.findings().is_empty() {
            true => Err(raised(Error::Input(assessment.findings().to_vec()))),
            false => Ok(PyAssessment { assessment }),
        }
    }

    #[pyo3(signature = (as_of, vintage, method, targets, threshold))]
    fn across_areas(
        &self,
        as_of: &Bound<'_, PyAny>,
        vintage: &Bound<'_, PyAny>,
        method: &Bound<'_, PyAny>,
        targets: Option<&PyTargetTable>,
        threshold: &str,
    ) -> PyResult<Vec<String>> {
        self.plan.across_areas(&options(as_of, vintage, method, targets, threshold)?).map_err(raised)
    }

    fn cascade(&self, py: Python<'_>, panel: &PyPanel, rule: &PyCascadeRule) -> PyResult<PyCascade> {
        Ok(PyCascade { cascade: py.detach(|| self.plan.cascade(&panel.panel, &rule.rule)).map_err(raised)? })
    }

    fn check_cascade(&self, py: Python<'_>, panel: &PyPanel, rule: &PyCascadeRule, table: &PyTargetTable) -> PyResult<PyCascadeCheck> {
        let check = py.detach(|| self.plan.check_cascade(&panel.panel, &rule.rule, &table.table)).map_err(raised)?;
        Ok(PyCascadeCheck { check })
    }

    fn roll_up(&self, py: Python<'_>, panel: &PyPanel, rule: &PyRollUpRule) -> PyResult<PyRollUp> {
        Ok(PyRollUp { roll_up: py.detach(|| self.plan.roll_up(&panel.panel, &rule.rule)).map_err(raised)? })
    }
}

/// What is asked of a plan.
fn options(
    as_of: &Bound<'_, PyAny>,
    vintage: &Bound<'_, PyAny>,
    method: &Bound<'_, PyAny>,
    targets: Option<&PyTargetTable>,
    threshold: &str,
) -> PyResult<AssessOptions> {
    let mut options = AssessOptions::new();
    for moment in many(as_of)? {
        options = options.as_of(cell(&moment)?);
    }
    if !vintage.is_none() {
        options = options.vintage(cell(vintage)?);
    }
    for method in many(method)? {
        options = options.method(choice(&method)?);
    }
    options = options.threshold(word::<Threshold>(threshold, "threshold", all!(Threshold))?);
    Ok(match targets {
        Some(targets) => options.targets(targets.table.clone()),
        None => options,
    })
}

/// One or several of something; `None` is none.
fn many<'py>(value: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyAny>>> {
    if value.is_none() {
        return Ok(Vec::new());
    }
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        return value.try_iter()?.collect();
    }
    Ok(vec![value.clone()])
}

/// A method: its id, a document, or one that was read.
pub(crate) fn choice(value: &Bound<'_, PyAny>) -> PyResult<MethodChoice> {
    if let Ok(id) = value.cast::<PyString>() {
        return Ok(id.to_str()?.into());
    }
    if value.is_instance_of::<PyDict>() {
        return Ok(Method::from_value(&document(value)?).map_err(raised)?.into());
    }
    Ok((&value.cast::<PyMethod>()?.get().method).into())
}

#[pyclass(frozen, name = "Method", module = "attainment._attainment")]
pub(crate) struct PyMethod {
    method: Method,
}

#[pymethods]
impl PyMethod {
    #[staticmethod]
    fn parse(text: &str, format_name: &str) -> PyResult<Self> {
        Ok(Self { method: Method::parse(text, format(format_name)?).map_err(raised)? })
    }

    #[staticmethod]
    fn from_dict(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(Self { method: Method::from_value(&document(value)?).map_err(raised)? })
    }

    #[staticmethod]
    fn named(id: &str) -> PyResult<Self> {
        Ok(Self { method: Method::named(id).map_err(raised)? })
    }

    fn id(&self) -> &str {
        self.method.id()
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.method == other.method
    }
}

#[pyclass(frozen, name = "Diff", module = "attainment._attainment")]
pub(crate) struct PyDiff {
    pub(crate) diff: Diff,
}

#[pymethods]
impl PyDiff {
    fn changes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &self.diff.changes)
    }

    /// The words of each change.
    fn messages<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, &self.diff.changes.iter().map(|change| change.message()).collect::<Vec<_>>())
    }

    fn to_markdown(&self, lang_tag: &str) -> PyResult<String> {
        Ok(self.diff.to_markdown(lang(lang_tag)?))
    }
}
