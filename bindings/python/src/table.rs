//! Tables of every kind, in and out.

use std::sync::Arc;

use arrow_array::{ArrayRef, RecordBatchReader};
use arrow_schema::{ArrowError, Schema};
use arrow_select::concat::concat;
use attainment::{Cell, Column, Columns};
use attainment_arrow::{Numbers, record_batch};
use pyo3::exceptions::{PyKeyError, PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PyList, PyMapping, PyString, PyTuple};
use pyo3_arrow::ffi::ArrayIterator;
use pyo3_arrow::ffi::{to_schema_pycapsule, to_stream_pycapsule};
use pyo3_arrow::input::{AnyArray, AnyRecordBatch};

use crate::object::decimal;
use crate::value::{cell, cells};

/// A table, as far as Python has to be asked about it. The rest goes on without the GIL.
pub(crate) enum Table {
    Text(String),
    Stream(Box<dyn RecordBatchReader + Send>),
    Columns(Vec<(String, Held)>),
    /// Records without a single one.
    Nothing,
}

/// A column with its memory.
pub(crate) enum Held {
    Arrow(ArrayRef),
    Own(Column<'static>),
}

impl Held {
    pub(crate) fn column(&self) -> Column<'_> {
        match self {
            Self::Arrow(array) => attainment_arrow::column(array),
            Self::Own(column) => column.clone(),
        }
    }
}

/// Columns as the core takes them.
pub(crate) fn borrowed(held: &[(String, Held)]) -> Vec<(&str, Column<'_>)> {
    held.iter().map(|(name, held)| (name.as_str(), held.column())).collect()
}

/// What the caller says about the names of columns: ours to theirs.
pub(crate) fn names(columns: Option<&Bound<'_, PyAny>>) -> PyResult<Columns> {
    let mut names = Columns::new();
    if let Some(columns) = columns {
        for item in columns.cast::<PyMapping>()?.items()?.iter() {
            let (ours, theirs): (String, String) = item.extract()?;
            names = names.rename(ours, theirs);
        }
    }
    Ok(names)
}

/// Looks at any table: text, anything that speaks Arrow, a frame, columns or records.
pub(crate) fn table(data: &Bound<'_, PyAny>) -> PyResult<Table> {
    let py = data.py();
    if let Ok(text) = data.cast::<PyString>() {
        return Ok(Table::Text(text.to_str()?.to_owned()));
    }
    let speaks_arrow = data.hasattr(intern!(py, "__arrow_c_stream__"))? || data.hasattr(intern!(py, "__arrow_c_array__"))?;
    let is_frame = data.hasattr(intern!(py, "columns"))? && data.hasattr(intern!(py, "reset_index"))?;
    if speaks_arrow {
        match data.extract::<AnyRecordBatch>().and_then(AnyRecordBatch::into_reader) {
            Ok(reader) if !(is_frame && has_periods(&reader.schema())) => return Ok(Table::Stream(reader)),
            Ok(_) => {}
            // pandas speaks Arrow through pyarrow, which may be missing or refuse a column of mixed types.
            Err(_) if is_frame => {}
            Err(error) => return Err(error),
        }
    }
    if is_frame {
        return frame(data).map(Table::Columns);
    }
    if let Ok(map) = data.cast::<PyMapping>() {
        let items = map.items()?;
        let columns = items.iter().map(|item| {
            let (name, values): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item.extract()?;
            Ok((name.str()?.to_str()?.to_owned(), column(&values)?))
        });
        return columns.collect::<PyResult<_>>().map(Table::Columns);
    }
    records(data)
}

/// Whether a column holds periods of pandas, which cross Arrow as bare numbers of no known meaning.
fn has_periods(schema: &Schema) -> bool {
    schema.fields().iter().any(|field| field.extension_type_name() == Some("pandas.period"))
}

/// A pandas frame column by column. Its index, where it has a name, is a column too.
fn frame(frame: &Bound<'_, PyAny>) -> PyResult<Vec<(String, Held)>> {
    let py = frame.py();
    let index: Vec<Bound<'_, PyAny>> = frame.getattr("index")?.getattr("names")?.try_iter()?.collect::<PyResult<_>>()?;
    let frame = if index.iter().all(|name| name.is_none()) { frame.clone() } else { frame.call_method0("reset_index")? };
    let mut columns = Vec::new();
    for item in frame.call_method0(intern!(py, "items"))?.try_iter()? {
        let (name, values): (Bound<'_, PyAny>, Bound<'_, PyAny>) = item?.extract()?;
        columns.push((name.str()?.to_str()?.to_owned(), column(&values)?));
    }
    Ok(columns)
}

/// One column: what speaks Arrow or lies in one buffer is borrowed, the rest is gone through.
fn column(values: &Bound<'_, PyAny>) -> PyResult<Held> {
    let py = values.py();
    if values.is_instance_of::<PyList>() || values.is_instance_of::<PyTuple>() {
        return own(values);
    }
    if values.is_instance_of::<PyString>() {
        return Err(PyTypeError::new_err("a column is a list or an array of values, not a text"));
    }
    let dtype = values.getattr_opt(intern!(py, "dtype"))?;
    let kind: Option<String> = match &dtype {
        Some(dtype) => dtype.getattr_opt(intern!(py, "kind"))?.and_then(|kind| kind.extract().ok()),
        None => None,
    };
    let speaks_arrow = values.hasattr(intern!(py, "__arrow_c_stream__"))? || values.hasattr(intern!(py, "__arrow_c_array__"))?;
    let is_period = dtype.as_ref().is_some_and(|dtype| dtype.hasattr(intern!(py, "freq")).unwrap_or(false));
    if speaks_arrow
        && !is_period
        && let Ok(array) = arrow(values)
    {
        return Ok(Held::Arrow(array));
    }
    let is_native = |dtype: &Bound<'_, PyAny>| dtype.getattr("isnative").and_then(|native| native.is_truthy()).unwrap_or(false);
    match kind.as_deref() {
        // Numbers in one buffer; other orders of bytes and masked arrays are gone through.
        Some("f" | "i" | "u") if dtype.as_ref().is_some_and(is_native) && !values.hasattr("mask")? => {
            let plain = if values.hasattr(intern!(py, "to_numpy"))? { values.call_method0("to_numpy")? } else { values.clone() };
            match arrow(&plain) {
                Ok(array) => Ok(Held::Arrow(array)),
                Err(_) => own(&plain.call_method0("tolist")?),
            }
        }
        // numpy hands out its finer moments as numbers, and its days as dates.
        Some("M") if !values.hasattr("dt")? && values.hasattr("astype")? => {
            own(&values.call_method1("astype", ("datetime64[D]",))?.call_method0("tolist")?)
        }
        _ => match values.getattr_opt(intern!(py, "tolist"))? {
            Some(list) => own(&list.call0()?),
            None => own(values),
        },
    }
}

fn arrow(values: &Bound<'_, PyAny>) -> PyResult<ArrayRef> {
    let chunks = values.extract::<AnyArray>()?.into_chunked_array()?;
    let data_type = chunks.data_type().clone();
    let (chunks, _) = chunks.into_inner();
    let chunks: Vec<&dyn arrow_array::Array> = chunks.iter().map(|chunk| &**chunk).collect();
    if chunks.is_empty() {
        return Ok(arrow_array::new_empty_array(&data_type));
    }
    concat(&chunks).map_err(|error| PyValueError::new_err(error.to_string()))
}

fn own(values: &Bound<'_, PyAny>) -> PyResult<Held> {
    cells(values).map(|cells| Held::Own(Column::from(cells)))
}

/// Records: a column for each key, empty where a record does not have it.
fn records(data: &Bound<'_, PyAny>) -> PyResult<Table> {
    let wrong = || PyTypeError::new_err("a table is text, a frame, columns by name or a list of records; see `Panel`");
    let Ok(records) = data.try_iter() else { return Err(wrong()) };
    let mut columns: Vec<(String, Vec<Cell>)> = Vec::new();
    let places = PyDict::new(data.py());
    let mut rows = 0;
    for record in records {
        let record = record?;
        let Ok(record) = record.cast::<PyDict>() else { return Err(wrong()) };
        for (name, value) in record.iter() {
            let place: usize = match places.get_item(&name)? {
                Some(place) => place.extract()?,
                None => {
                    places.set_item(&name, columns.len())?;
                    columns.push((name.str()?.to_str()?.to_owned(), vec![Cell::Empty; rows]));
                    columns.len() - 1
                }
            };
            if let Some((_, cells)) = columns.get_mut(place) {
                cells.push(cell(&value)?);
            }
        }
        rows += 1;
        columns.iter_mut().for_each(|(_, cells)| cells.resize(rows, Cell::Empty));
    }
    if rows == 0 {
        return Ok(Table::Nothing);
    }
    Ok(Table::Columns(columns.into_iter().map(|(name, cells)| (name, Held::Own(Column::from(cells)))).collect()))
}

/// Columns of a result, for whoever asks: lists, records or Arrow.
#[pyclass(frozen, name = "Table", module = "attainment._attainment")]
pub(crate) struct ResultTable {
    columns: Vec<(String, Column<'static>)>,
    decimals: bool,
}

impl ResultTable {
    pub(crate) fn new<N: Into<String>>(columns: impl IntoIterator<Item = (N, Column<'static>)>, decimals: bool) -> Self {
        Self { columns: columns.into_iter().map(|(name, column)| (name.into(), column)).collect(), decimals }
    }

    fn batch(&self, py: Python<'_>) -> PyResult<arrow_array::RecordBatch> {
        let numbers = if self.decimals { Numbers::Decimal } else { Numbers::Float };
        let columns = self.columns.iter().map(|(name, column)| (name, column.clone()));
        py.detach(|| record_batch(columns, numbers)).map_err(broken)
    }

    fn cell<'py>(&self, py: Python<'py>, column: &Column<'static>, row: usize) -> PyResult<Bound<'py, PyAny>> {
        Ok(match column.cell(row) {
            Cell::Text(text) => PyString::new(py, &text).into_any(),
            Cell::Int(value) => value.into_pyobject(py)?.into_any(),
            Cell::Float(value) => value.into_pyobject(py)?.into_any(),
            Cell::Bool(value) => value.into_pyobject(py)?.to_owned().into_any(),
            Cell::Decimal(value) if self.decimals => decimal(py, value)?,
            // The parser rounds correctly, and the shortest text is exact.
            Cell::Decimal(value) => value.to_string().parse::<f64>().unwrap_or(f64::NAN).into_pyobject(py)?.into_any(),
            _ => py.None().into_bound(py),
        })
    }
}

fn broken(error: ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}

#[pymethods]
impl ResultTable {
    fn __len__(&self) -> usize {
        self.columns.first().map_or(0, |(_, column)| column.len())
    }

    fn names(&self) -> Vec<&str> {
        self.columns.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// The types that pandas has for the columns, the same as it takes from Arrow.
    fn dtypes(&self) -> Vec<(&str, Option<&'static str>)> {
        let dtype = |column: &Column<'static>| match column {
            Column::Dictionary { .. } => Some("category"),
            Column::Float { .. } => Some("float64"),
            Column::Decimal { .. } if self.decimals => Some("object"),
            Column::Decimal { .. } => Some("float64"),
            _ => None,
        };
        self.columns.iter().map(|(name, column)| (name.as_str(), dtype(column))).collect()
    }

    fn column<'py>(&self, py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyList>> {
        let found = self.columns.iter().find(|(known, _)| known == name);
        let (_, column) = found.ok_or_else(|| PyKeyError::new_err(name.to_owned()))?;
        let values = (0..column.len()).map(|row| self.cell(py, column, row)).collect::<PyResult<Vec<_>>>()?;
        PyList::new(py, values)
    }

    fn records<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let names: Vec<_> = self.columns.iter().map(|(name, _)| PyString::intern(py, name)).collect();
        let records = (0..self.__len__()).map(|row| {
            let record = PyDict::new(py);
            for (name, (_, column)) in names.iter().zip(&self.columns) {
                record.set_item(name, self.cell(py, column, row)?)?;
            }
            Ok(record)
        });
        PyList::new(py, records.collect::<PyResult<Vec<_>>>()?)
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<Bound<'py, PyCapsule>>) -> PyResult<Bound<'py, PyCapsule>> {
        let batch = self.batch(py)?;
        let field = Arc::new(arrow_schema::Field::new_struct("", batch.schema().fields().clone(), false));
        let reader = ArrayIterator::new(vec![Ok(Arc::new(arrow_array::StructArray::from(batch)) as ArrayRef)], field);
        Ok(to_stream_pycapsule(py, Box::new(reader), requested_schema)?)
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema: Arc<Schema> = self.batch(py)?.schema();
        Ok(to_schema_pycapsule(py, schema.as_ref())?)
    }
}

/// A reader over columns that Python held, for the functions that take a stream.
pub(crate) fn unreadable(error: attainment_arrow::Error) -> PyErr {
    match error {
        attainment_arrow::Error::Input(error) => crate::error::raised(error),
        error => PyValueError::new_err(error.to_string()),
    }
}
