//! Errors and findings of the core as those of the package.

use attainment::{Error, Finding, Message};
use pyo3::prelude::*;
use pyo3::types::{PyAnyMethods, PyTuple};
use serde::Serialize;

use crate::object::object;

/// A finding under the names of its fields.
#[derive(Serialize)]
#[serde(rename = "Finding")]
struct Shown<'a> {
    code: &'static str,
    severity: &'static str,
    path: &'a str,
    line: Option<u32>,
    column: Option<u32>,
    row: Option<u64>,
    start: Option<u32>,
    end: Option<u32>,
    message: &'a Message,
    help: &'a Option<Message>,
}

/// Findings as a tuple of `Finding`.
pub(crate) fn findings<'py>(py: Python<'py>, findings: &[Finding]) -> PyResult<Bound<'py, PyAny>> {
    let shown: Vec<Shown<'_>> = findings
        .iter()
        .map(|finding| Shown {
            code: finding.code.as_str(),
            severity: finding.severity().as_str(),
            path: &finding.path,
            line: finding.line,
            column: finding.column,
            row: finding.row,
            start: finding.start,
            end: finding.end,
            message: &finding.message,
            help: &finding.help,
        })
        .collect();
    object(py, &shown)
}

/// The exception for an error of the core.
pub(crate) fn raised(error: Error) -> PyErr {
    Python::attach(|py| {
        let class = match &error {
            Error::Parse(_) => "ParseError",
            Error::Plan(_) => "PlanError",
            Error::Input(_) => "InputError",
            _ => "AssessError",
        };
        let make = || -> PyResult<Bound<'_, PyAny>> {
            let class = py.import("attainment.errors")?.getattr(class)?;
            class.call1(PyTuple::new(py, [error.to_string().into_pyobject(py)?.into_any(), findings(py, error.findings())?])?)
        };
        match make() {
            Ok(exception) => PyErr::from_value(exception),
            Err(problem) => problem,
        }
    })
}
