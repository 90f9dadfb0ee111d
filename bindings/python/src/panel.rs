//! Observations, target tables and wide tables.

use std::sync::{Mutex, PoisonError};

use attainment::{Error, Panel, PanelBuilder, TargetTable, WideTable};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::error::{findings, raised};
use crate::table::{ResultTable, Table, borrowed, names, table, unreadable};

#[pyclass(frozen, name = "Panel", module = "attainment._attainment")]
pub(crate) struct PyPanel {
    pub(crate) panel: Panel,
}

impl PyPanel {
    /// The panel, or every problem where none is wanted.
    pub(crate) fn new(panel: Panel, strict: bool) -> PyResult<Self> {
        match strict && !panel.findings().is_empty() {
            true => Err(raised(Error::Input(panel.findings().to_vec()))),
            false => Ok(Self { panel }),
        }
    }
}

#[pymethods]
impl PyPanel {
    #[staticmethod]
    #[pyo3(signature = (data, columns, strict, wide))]
    fn read(py: Python<'_>, data: &Bound<'_, PyAny>, columns: Option<&Bound<'_, PyAny>>, strict: bool, wide: bool) -> PyResult<Self> {
        let names = names(columns)?;
        let table = table(data)?;
        let panel = py.detach(|| match table {
            Table::Text(text) if wide => Panel::from_wide(&text, &names).map_err(raised),
            Table::Text(text) => Panel::from_csv(&text, &names).map_err(raised),
            Table::Stream(stream) => attainment_arrow::panel(stream, &names).map_err(unreadable),
            Table::Columns(columns) => Panel::from_columns(&borrowed(&columns), &names).map_err(raised),
            Table::Nothing => Ok(Panel::from_records([])),
        })?;
        Self::new(panel, strict)
    }

    fn __len__(&self) -> usize {
        self.panel.len()
    }

    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        findings(py, self.panel.findings())
    }

    fn areas(&self) -> Vec<&str> {
        self.panel.areas().collect()
    }

    /// The columns that are read: our name of each, and its place.
    #[staticmethod]
    fn columns_read(headers: Vec<String>, columns: Option<&Bound<'_, PyAny>>) -> PyResult<Vec<(&'static str, usize)>> {
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        Ok(names(columns)?.read_from(&headers))
    }
}

#[pyclass(frozen, name = "PanelBuilder", module = "attainment._attainment")]
pub(crate) struct PyPanelBuilder {
    builder: Mutex<Option<PanelBuilder>>,
}

#[pymethods]
impl PyPanelBuilder {
    #[new]
    fn new() -> Self {
        Self { builder: Mutex::new(Some(PanelBuilder::new())) }
    }

    #[pyo3(signature = (data, columns, wide))]
    fn add(&self, py: Python<'_>, data: &Bound<'_, PyAny>, columns: Option<&Bound<'_, PyAny>>, wide: bool) -> PyResult<()> {
        let names = names(columns)?;
        let table = table(data)?;
        py.detach(|| {
            let mut builder = self.builder.lock().unwrap_or_else(PoisonError::into_inner);
            let builder = builder.as_mut().ok_or_else(finished)?;
            match table {
                Table::Text(text) if wide => builder.add_wide(&text, &names).map_err(raised),
                Table::Text(text) => builder.add_csv(&text, &names).map_err(raised),
                Table::Stream(stream) => attainment_arrow::add(builder, stream, &names).map_err(unreadable),
                Table::Columns(columns) => builder.add_columns(&borrowed(&columns), &names).map_err(raised),
                Table::Nothing => Ok(()),
            }
        })
    }

    fn finish(&self, py: Python<'_>, strict: bool) -> PyResult<PyPanel> {
        let builder = self.builder.lock().unwrap_or_else(PoisonError::into_inner).take().ok_or_else(finished)?;
        PyPanel::new(py.detach(|| builder.finish()), strict)
    }
}

fn finished() -> PyErr {
    PyValueError::new_err("the panel is finished: begin another builder")
}

#[pyclass(frozen, name = "TargetTable", module = "attainment._attainment")]
pub(crate) struct PyTargetTable {
    pub(crate) table: TargetTable,
}

#[pymethods]
impl PyTargetTable {
    #[staticmethod]
    #[pyo3(signature = (data, columns, strict))]
    fn read(py: Python<'_>, data: &Bound<'_, PyAny>, columns: Option<&Bound<'_, PyAny>>, strict: bool) -> PyResult<Self> {
        let names = names(columns)?;
        let read = table(data)?;
        let table = py.detach(|| match read {
            Table::Text(text) => TargetTable::from_csv(&text, &names).map_err(raised),
            Table::Stream(stream) => attainment_arrow::target_table(stream, &names).map_err(unreadable),
            Table::Columns(columns) => TargetTable::from_columns(&borrowed(&columns), &names).map_err(raised),
            Table::Nothing => Ok(TargetTable::default()),
        })?;
        match strict && !table.findings().is_empty() {
            true => Err(raised(Error::Input(table.findings().to_vec()))),
            false => Ok(Self { table }),
        }
    }

    fn __len__(&self) -> usize {
        self.table.len()
    }

    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        findings(py, self.table.findings())
    }

    fn columns(&self, decimals: bool) -> ResultTable {
        ResultTable::new(self.table.columns(), decimals)
    }

    fn to_csv(&self) -> String {
        self.table.to_csv()
    }
}

#[pyclass(frozen, name = "WideTable", module = "attainment._attainment")]
pub(crate) struct PyWideTable {
    pub(crate) table: WideTable,
}

#[pymethods]
impl PyWideTable {
    #[staticmethod]
    #[pyo3(signature = (data, columns, strict))]
    fn read(py: Python<'_>, data: &Bound<'_, PyAny>, columns: Option<&Bound<'_, PyAny>>, strict: bool) -> PyResult<Self> {
        let names = names(columns)?;
        let read = table(data)?;
        let table = py.detach(|| match read {
            Table::Text(text) => WideTable::from_csv(&text, &names).map_err(raised),
            Table::Stream(stream) => attainment_arrow::wide_table(stream, &names).map_err(unreadable),
            Table::Columns(columns) => WideTable::from_columns(&borrowed(&columns), &names).map_err(raised),
            Table::Nothing => WideTable::from_columns(&[], &names).map_err(raised),
        })?;
        match strict && !table.findings().is_empty() {
            true => Err(raised(Error::Input(table.findings().to_vec()))),
            false => Ok(Self { table }),
        }
    }

    fn areas(&self) -> Vec<&str> {
        self.table.areas().collect()
    }

    fn indicators(&self) -> Vec<&str> {
        self.table.indicators().collect()
    }

    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        findings(py, self.table.findings())
    }
}
