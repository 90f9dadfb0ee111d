//! Observations, target tables and wide tables.

use std::sync::{Mutex, PoisonError};

use attainment::{Error, Panel, PanelBuilder, TargetTable, WideTable};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

use crate::error::{findings, raised};
use crate::plan::PyPlan;
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
    #[pyo3(signature = (data, columns, strict))]
    fn read(py: Python<'_>, data: &Bound<'_, PyAny>, columns: Option<&Bound<'_, PyAny>>, strict: bool) -> PyResult<Self> {
        let names = names(columns)?;
        let table = table(data)?;
        let panel = py.detach(|| match table {
            Table::Text(text) => Panel::from_csv(&text, &names).map_err(raised),
            Table::Stream(stream) => attainment_arrow::panel(stream, &names).map_err(unreadable),
            Table::Columns(columns) => Panel::from_columns(&borrowed(&columns), &names).map_err(raised),
            Table::Nothing => Ok(Panel::from_records([])),
        })?;
        Self::new(panel, strict)
    }

    /// A text of a certain form: `wide`, `sdmx` or `worldbank`.
    #[staticmethod]
    #[pyo3(signature = (text, form, columns, strict))]
    fn read_text(py: Python<'_>, text: &str, form: &str, columns: Option<&Bound<'_, PyAny>>, strict: bool) -> PyResult<Self> {
        let names = names(columns)?;
        let panel = py.detach(|| match form {
            "sdmx" => Panel::from_sdmx_csv(text, &names),
            "worldbank" => Panel::from_worldbank_csv(text, &names),
            _ => Panel::from_wide(text, &names),
        });
        Self::new(panel.map_err(raised)?, strict)
    }

    #[staticmethod]
    #[pyo3(signature = (data, metadata, columns, strict))]
    fn read_open_sdg(
        py: Python<'_>,
        data: &str,
        metadata: &str,
        columns: Option<&Bound<'_, PyAny>>,
        strict: bool,
    ) -> PyResult<(Self, PyPlan)> {
        let names = names(columns)?;
        let (panel, plan) = py.detach(|| Panel::from_open_sdg(data, metadata, &names)).map_err(raised)?;
        Ok((Self::new(panel, strict)?, PyPlan { plan }))
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

    fn indicators(&self) -> Vec<&str> {
        self.panel.indicators().collect()
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

    #[pyo3(signature = (data, columns))]
    fn add(&self, py: Python<'_>, data: &Bound<'_, PyAny>, columns: Option<&Bound<'_, PyAny>>) -> PyResult<()> {
        let names = names(columns)?;
        let table = table(data)?;
        py.detach(|| {
            let mut builder = self.builder.lock().unwrap_or_else(PoisonError::into_inner);
            let builder = builder.as_mut().ok_or_else(finished)?;
            match table {
                Table::Text(text) => builder.add_csv(&text, &names).map_err(raised),
                Table::Stream(stream) => attainment_arrow::add(builder, stream, &names).map_err(unreadable),
                Table::Columns(columns) => builder.add_columns(&borrowed(&columns), &names).map_err(raised),
                Table::Nothing => Ok(()),
            }
        })
    }

    /// A text of a certain form: `wide`, `sdmx` or `worldbank`.
    #[pyo3(signature = (text, form, columns))]
    fn add_text(&self, py: Python<'_>, text: &str, form: &str, columns: Option<&Bound<'_, PyAny>>) -> PyResult<()> {
        let names = names(columns)?;
        py.detach(|| {
            let mut builder = self.builder.lock().unwrap_or_else(PoisonError::into_inner);
            let builder = builder.as_mut().ok_or_else(finished)?;
            let added = match form {
                "sdmx" => builder.add_sdmx_csv(text, &names),
                "worldbank" => builder.add_worldbank_csv(text, &names),
                _ => builder.add_wide(text, &names),
            };
            added.map_err(raised)
        })
    }

    #[pyo3(signature = (data, metadata, columns))]
    fn add_open_sdg(&self, py: Python<'_>, data: &str, metadata: &str, columns: Option<&Bound<'_, PyAny>>) -> PyResult<PyPlan> {
        let names = names(columns)?;
        py.detach(|| {
            let mut builder = self.builder.lock().unwrap_or_else(PoisonError::into_inner);
            let builder = builder.as_mut().ok_or_else(finished)?;
            builder.add_open_sdg(data, metadata, &names).map(|plan| PyPlan { plan }).map_err(raised)
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
