//! What there is: methods, schemes, codes, schemas, words.

use pyo3::prelude::*;
use pyo3::types::PyDict;
use serde::Serialize;

use crate::object::{object, plain};

#[pyfunction]
pub(crate) fn methods(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    object(py, &attainment::methods())
}

#[pyfunction]
pub(crate) fn schemes(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    #[derive(Serialize)]
    #[serde(rename = "SchemeInfo")]
    struct Shown {
        id: &'static str,
        alias: &'static str,
        title: String,
        issuer: String,
        source: String,
        verified: String,
        text: &'static str,
    }
    let shown: Vec<Shown> = attainment::schemes()
        .into_iter()
        .map(|info| Shown {
            id: info.id,
            alias: info.alias,
            title: info.title,
            issuer: info.issuer,
            source: info.source,
            verified: info.verified,
            text: info.text,
        })
        .collect();
    object(py, &shown)
}

#[pyfunction]
pub(crate) fn codes(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    #[derive(Serialize)]
    #[serde(rename = "Code")]
    struct Shown {
        code: &'static str,
        severity: &'static str,
        stage: String,
        summary: &'static str,
    }
    let shown: Vec<Shown> = attainment::codes()
        .iter()
        .map(|code| Shown {
            code: code.as_str(),
            severity: code.severity().as_str(),
            stage: format!("{:?}", code.stage()).to_lowercase(),
            summary: code.summary(),
        })
        .collect();
    object(py, &shown)
}

#[pyfunction]
pub(crate) fn schema<'py>(py: Python<'py>, name: &str) -> PyResult<Option<Bound<'py, PyAny>>> {
    attainment::schema(name).map(|schema| plain(py, &schema)).transpose()
}

/// The words of every enum of the core, for the test that the package has the same.
#[pyfunction]
pub(crate) fn words(py: Python<'_>) -> PyResult<Bound<'_, PyDict>> {
    use attainment::{
        Ahead, ChangeKind, ChartKind, Direction, Division, Exactness, Flag, Forecast, Kind, Measure, MissingPart, Nature, Need, PaceNote,
        Reason, RecordedState, Scale, State, Theme, Threshold, Treatment, ValueIs,
    };
    let words = PyDict::new(py);
    macro_rules! add {
        ($($type:ident)*) => {$(
            words.set_item(stringify!($type), $type::ALL.iter().map(|word| word.as_str()).collect::<Vec<_>>())?;
        )*};
    }
    add!(Ahead ChangeKind ChartKind Direction Division Exactness Flag Forecast Kind Measure MissingPart Nature Need PaceNote Reason RecordedState
        Scale State Theme Threshold Treatment ValueIs);
    Ok(words)
}
