//! The extension module of the Python package `attainment`.
//!
//! It converts and does nothing else: what is public, and documented, stands in
//! `python/attainment`.

mod assess;
mod cascade;
mod catalogue;
mod chart;
mod draft;
mod error;
mod object;
mod pace;
mod panel;
mod plan;
mod scheme;
mod score;
mod table;
mod value;
mod word;

use pyo3::prelude::*;

/// The native part of the package `attainment`.
#[pymodule(gil_used = false)]
mod _attainment {
    #[pymodule_export]
    use super::assess::{PyAssessment, PyExplanation};
    #[pymodule_export]
    use super::cascade::{PyCascade, PyCascadeCheck, PyCascadeRule, PyRollUp, PyRollUpRule};
    #[pymodule_export]
    use super::catalogue::{codes, methods, schema, schemes, words};
    #[pymodule_export]
    use super::draft::{PyDraft, extract};
    #[pymodule_export]
    use super::object::register;
    #[pymodule_export]
    use super::pace::PySeries;
    #[pymodule_export]
    use super::panel::{PyPanel, PyPanelBuilder, PyTargetTable, PyWideTable};
    #[pymodule_export]
    use super::plan::{PyDiff, PyMethod, PyPlan};
    #[pymodule_export]
    use super::scheme::PyScheme;
    #[pymodule_export]
    use super::score::{PyRobustness, PyScorecard, score_columns, score_data};
    #[pymodule_export]
    use super::table::ResultTable;

    #[pymodule_export]
    const VERSION: &str = attainment::VERSION;
    #[pymodule_export]
    const FORMAT_VERSION: &str = attainment::FORMAT_VERSION;
}
