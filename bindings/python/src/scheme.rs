//! Schemes.

use attainment::Scheme;
use pyo3::prelude::*;

use crate::error::{findings, raised};
use crate::object::plain;
use crate::value::document;
use crate::word::format;

#[pyclass(frozen, name = "Scheme", module = "attainment._attainment")]
pub(crate) struct PyScheme {
    pub(crate) scheme: Scheme,
}

#[pymethods]
impl PyScheme {
    #[staticmethod]
    fn parse(text: &str, format_name: &str) -> PyResult<Self> {
        Ok(Self { scheme: Scheme::parse(text, format(format_name)?).map_err(raised)? })
    }

    #[staticmethod]
    fn from_dict(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(Self { scheme: Scheme::from_value(&document(value)?).map_err(raised)? })
    }

    #[staticmethod]
    fn check<'py>(py: Python<'py>, text: &str, format_name: &str) -> PyResult<Bound<'py, PyAny>> {
        findings(py, &Scheme::check(text, format(format_name)?))
    }

    fn id(&self) -> &str {
        self.scheme.id()
    }

    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        findings(py, self.scheme.findings())
    }

    fn lint<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        findings(py, &self.scheme.lint())
    }

    fn to_text(&self, format_name: &str) -> PyResult<String> {
        Ok(self.scheme.to_text(format(format_name)?))
    }

    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, &self.scheme.to_value())
    }

    fn __eq__(&self, other: &Self) -> bool {
        self.scheme == other.scheme
    }
}
