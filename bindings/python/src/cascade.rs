//! Targets handed down, and values rolled up.

use attainment::{Cascade, CascadeCheck, CascadeRule, RollUp, RollUpRule};
use pyo3::prelude::*;

use crate::assess::PyExplanation;
use crate::error::{findings, raised};
use crate::object::{object, plain};
use crate::panel::PyTargetTable;
use crate::table::ResultTable;
use crate::value::document;
use crate::word::format;

#[pyclass(frozen, name = "CascadeRule", module = "attainment._attainment")]
pub(crate) struct PyCascadeRule {
    pub(crate) rule: CascadeRule,
}

#[pymethods]
impl PyCascadeRule {
    #[staticmethod]
    fn parse(text: &str, format_name: &str) -> PyResult<Self> {
        Ok(Self { rule: CascadeRule::parse(text, format(format_name)?).map_err(raised)? })
    }

    #[staticmethod]
    fn from_dict(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(Self { rule: CascadeRule::from_value(&document(value)?).map_err(raised)? })
    }

    /// The same rule for a step further down.
    fn targets(&self, table: &PyTargetTable) -> Self {
        Self { rule: self.rule.clone().targets(table.table.clone()) }
    }

    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, self.rule.document())
    }
}

#[pyclass(frozen, name = "RollUpRule", module = "attainment._attainment")]
pub(crate) struct PyRollUpRule {
    pub(crate) rule: RollUpRule,
}

#[pymethods]
impl PyRollUpRule {
    #[staticmethod]
    fn parse(text: &str, format_name: &str) -> PyResult<Self> {
        Ok(Self { rule: RollUpRule::parse(text, format(format_name)?).map_err(raised)? })
    }

    #[staticmethod]
    fn from_dict(value: &Bound<'_, PyAny>) -> PyResult<Self> {
        Ok(Self { rule: RollUpRule::from_value(&document(value)?).map_err(raised)? })
    }

    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        plain(py, self.rule.document())
    }
}

#[pyclass(frozen, name = "Cascade", module = "attainment._attainment")]
pub(crate) struct PyCascade {
    pub(crate) cascade: Cascade,
}

#[pymethods]
impl PyCascade {
    fn target(&self) -> &str {
        self.cascade.target()
    }

    fn table(&self) -> PyTargetTable {
        PyTargetTable { table: self.cascade.table().clone() }
    }

    fn parts<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, self.cascade.parts())
    }

    fn left_out<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, self.cascade.left_out())
    }

    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        findings(py, self.cascade.findings())
    }

    fn explain(&self, area: &str) -> PyResult<PyExplanation> {
        Ok(self.cascade.explain(area).map_err(raised)?.into())
    }

    fn columns(&self, decimals: bool) -> ResultTable {
        ResultTable::new(self.cascade.columns(), decimals)
    }
}

#[pyclass(frozen, name = "CascadeCheck", module = "attainment._attainment")]
pub(crate) struct PyCascadeCheck {
    pub(crate) check: CascadeCheck,
}

#[pymethods]
impl PyCascadeCheck {
    fn wholes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, self.check.wholes())
    }

    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        findings(py, self.check.findings())
    }

    fn explain(&self, area: &str) -> PyResult<PyExplanation> {
        Ok(self.check.explain(area).map_err(raised)?.into())
    }

    fn columns(&self, decimals: bool) -> ResultTable {
        ResultTable::new(self.check.columns(), decimals)
    }
}

#[pyclass(frozen, name = "RollUp", module = "attainment._attainment")]
pub(crate) struct PyRollUp {
    pub(crate) roll_up: RollUp,
}

#[pymethods]
impl PyRollUp {
    fn wholes<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        object(py, self.roll_up.wholes())
    }

    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        findings(py, self.roll_up.findings())
    }

    fn explain(&self, area: &str) -> PyResult<PyExplanation> {
        Ok(self.roll_up.explain(area).map_err(raised)?.into())
    }

    fn columns(&self, decimals: bool) -> ResultTable {
        ResultTable::new(self.roll_up.columns(), decimals)
    }
}
