//! Tables of every kind, in and out.

use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{ArrayRef, RecordBatchIterator, RecordBatchReader};
use arrow_schema::{ArrowError, Schema};
use arrow_select::concat::concat;
use attainment::{Cell, Code, Column, Columns, Error, Finding, Message};
use attainment_arrow::{Numbers, record_batch};
use pyo3::exceptions::{PyKeyError, PyTypeError, PyUnicodeEncodeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{IntoPyDict, PyBytes, PyCapsule, PyDict, PyList, PyMapping, PyString, PyTuple};
use pyo3_arrow::input::{AnyArray, AnyRecordBatch};

use crate::object::decimal;
use crate::value::cell;

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
    let is_frame = data.hasattr(intern!(py, "reset_index"))? && data.hasattr(intern!(py, "columns"))?;
    // The numbers of rows that are left over from filtering are no column.
    let plain = match is_frame && data.getattr("index")?.getattr("names")?.try_iter()?.all(|name| name.is_ok_and(|name| name.is_none())) {
        true => data.call_method("reset_index", (), Some(&[("drop", true)].into_py_dict(py)?))?,
        false => data.clone(),
    };
    let data = &plain;
    if speaks_arrow {
        match data.extract::<AnyRecordBatch>().and_then(AnyRecordBatch::into_reader) {
            Ok(reader) if is_frame && has_periods(&reader.schema()) => {}
            // polars hands out a column without a type in a form that others cannot take over.
            Ok(reader) if has_nulls(&reader.schema()) && data.hasattr(intern!(py, "get_columns"))? => {
                let series: Vec<Bound<'_, PyAny>> = data.call_method0("get_columns")?.try_iter()?.collect::<PyResult<_>>()?;
                let named = series.into_iter().map(|series| Ok((series.getattr("name")?, series)));
                return columns(named.collect::<PyResult<Vec<_>>>()?).map(Table::Columns);
            }
            Ok(reader) => return Ok(Table::Stream(reader)),
            // pandas speaks Arrow through pyarrow, which may be missing or refuse a column of mixed types.
            Err(_) if is_frame => {}
            // A single column speaks Arrow too.
            Err(error) if error.is_instance_of::<PyValueError>(py) => {
                let wrong = no_table();
                wrong.set_cause(py, Some(error));
                return Err(wrong);
            }
            Err(error) => return Err(error),
        }
    }
    if is_frame {
        return frame(data).map(Table::Columns);
    }
    if let Ok(map) = data.cast::<PyMapping>() {
        let items = map.items()?;
        let items = items.iter().map(|item| item.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>());
        return columns(items.collect::<PyResult<Vec<_>>>()?).map(Table::Columns);
    }
    if data.hasattr(intern!(py, "collect"))? {
        return Err(PyTypeError::new_err("a lazy frame has no rows yet: `collect` it first; for Spark there is `attainment.spark`"));
    }
    records(data)
}

fn no_table() -> PyErr {
    PyTypeError::new_err("a table is text, a frame, columns by name or a list of records; see `Panel`")
}

fn has_nulls(schema: &Schema) -> bool {
    schema.fields().iter().any(|field| field.data_type().is_null())
}

/// Columns with their names; every cell that cannot be read is said, with its place.
fn columns(items: Vec<(Bound<'_, PyAny>, Bound<'_, PyAny>)>) -> PyResult<Vec<(String, Held)>> {
    let mut unread = Unread::default();
    let mut columns = Vec::with_capacity(items.len());
    for (index, (name, values)) in items.iter().enumerate() {
        let name = unread.name(name, index)?;
        let held = column(values, &name, index, &mut unread)?;
        columns.push((name, held));
    }
    unread.raised().map(|()| columns)
}

/// Cells that no cell of a table can be made of. All are told at once, of very many the first.
#[derive(Default)]
struct Unread {
    findings: Vec<Finding>,
    more: usize,
}

impl Unread {
    const SHOWN: usize = 100;

    /// The name of a column. Names may be numbers; text must be text.
    fn name(&mut self, name: &Bound<'_, PyAny>, index: usize) -> PyResult<String> {
        let text = name.str()?;
        match text.to_str() {
            Ok(text) => Ok(text.to_owned()),
            Err(_) => {
                let shown = text.to_string_lossy().into_owned();
                self.findings.push(Finding::new(Code::BadCell, surrogate(&shown)).at_row(0, place(index)));
                Ok(shown)
            }
        }
    }

    /// The cell, or a note that it cannot be read. Errors of the value's own making go on.
    fn cell(&mut self, value: &Bound<'_, PyAny>, row: usize, index: usize) -> PyResult<Cell> {
        let py = value.py();
        let message = match cell(value) {
            Ok(cell) => return Ok(cell),
            Err(error) if error.is_instance_of::<PyUnicodeEncodeError>(py) => surrogate(&value.str()?.to_string_lossy()),
            Err(error) if error.is_instance_of::<PyTypeError>(py) => {
                let kind = value.get_type().fully_qualified_name()?.to_string();
                Message {
                    en: format!("a value of type `{kind}` is no number, text, truth value or period"),
                    zh: format!("类型`{kind}`的值不是数、文字、是否或期"),
                }
            }
            Err(error) => return Err(error),
        };
        match self.findings.len() < Self::SHOWN {
            true => self.findings.push(Finding::new(Code::BadCell, message).at_row(row as u64 + 1, place(index))),
            false => self.more += 1,
        }
        Ok(Cell::Empty)
    }

    fn raised(mut self) -> PyResult<()> {
        if self.findings.is_empty() {
            return Ok(());
        }
        if self.more > 0 {
            let more = self.more;
            let message = Message { en: format!("{more} more cells cannot be read"), zh: format!("另有{more}格不能读取") };
            self.findings.push(Finding::new(Code::BadCell, message));
        }
        Err(crate::error::raised(Error::Input(self.findings)))
    }
}

fn place(index: usize) -> Option<u32> {
    u32::try_from(index + 1).ok()
}

fn surrogate(text: &str) -> Message {
    let shown: String = text.chars().take(40).collect();
    Message {
        en: format!("`{shown}` holds half of a surrogate pair, which is no character"),
        zh: format!("`{shown}`含有半个代理对，不是字符"),
    }
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
    let items = frame.call_method0(intern!(py, "items"))?.try_iter()?;
    columns(items.map(|item| item?.extract()).collect::<PyResult<Vec<_>>>()?)
}

/// One column: what speaks Arrow or lies in one buffer is borrowed, the rest is gone through.
fn column(values: &Bound<'_, PyAny>, name: &str, index: usize, unread: &mut Unread) -> PyResult<Held> {
    let py = values.py();
    let mut own = |values: &Bound<'_, PyAny>| {
        let cells = values.try_iter()?.enumerate().map(|(row, value)| unread.cell(&value?, row, index));
        Ok(Held::Own(Column::from(cells.collect::<PyResult<Vec<_>>>()?)))
    };
    if values.is_instance_of::<PyList>() || values.is_instance_of::<PyTuple>() {
        return own(values);
    }
    let is_text = values.is_instance_of::<PyString>() || values.is_instance_of::<PyBytes>();
    if is_text || !(values.hasattr(intern!(py, "__iter__"))? || values.hasattr(intern!(py, "__getitem__"))?) {
        let kind = values.get_type().name()?;
        return Err(PyTypeError::new_err(format!("the column `{name}` is of type `{kind}`: a column is a list or an array of values")));
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
        && attainment_arrow::reads(array.data_type())
    {
        return Ok(Held::Arrow(array));
    }
    let is_native = |dtype: &Bound<'_, PyAny>| dtype.getattr("isnative").and_then(|native| native.is_truthy()).unwrap_or(false);
    match kind.as_deref() {
        // Numbers in one buffer; other orders of bytes and masked arrays are gone through.
        Some("f" | "i" | "u") if dtype.as_ref().is_some_and(is_native) && !values.hasattr("mask")? => {
            let plain = if values.hasattr(intern!(py, "to_numpy"))? { values.call_method0("to_numpy")? } else { values.clone() };
            match arrow(&plain) {
                Ok(array) if attainment_arrow::reads(array.data_type()) => Ok(Held::Arrow(array)),
                _ => own(&plain.call_method0("tolist")?),
            }
        }
        // Years and months of numpy are no days.
        Some("M") if !values.hasattr("dt")? && is_coarse(&dtype)? => own(&values.call_method1("astype", ("U",))?.call_method0("tolist")?),
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

/// Whether a type of numpy holds years or months.
fn is_coarse(dtype: &Option<Bound<'_, PyAny>>) -> PyResult<bool> {
    let Some(dtype) = dtype else { return Ok(false) };
    let name: String = dtype.str()?.extract()?;
    Ok(name.ends_with("[Y]") || name.ends_with("[M]"))
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

/// Records: a column for each key, empty where a record does not have it.
fn records(data: &Bound<'_, PyAny>) -> PyResult<Table> {
    let Ok(records) = data.try_iter() else { return Err(no_table()) };
    let mut unread = Unread::default();
    let mut columns: Vec<(String, Vec<Cell>)> = Vec::new();
    let places = PyDict::new(data.py());
    let mut rows = 0;
    for record in records {
        let record = record?;
        let Ok(record) = record.cast::<PyDict>() else { return Err(no_table()) };
        for (name, value) in record.iter() {
            let place: usize = match places.get_item(&name)? {
                Some(place) => place.extract()?,
                None => {
                    places.set_item(&name, columns.len())?;
                    columns.push((unread.name(&name, columns.len())?, vec![Cell::Empty; rows]));
                    columns.len() - 1
                }
            };
            if let Some((_, cells)) = columns.get_mut(place) {
                cells.push(unread.cell(&value, rows, place)?);
            }
        }
        rows += 1;
        columns.iter_mut().for_each(|(_, cells)| cells.resize(rows, Cell::Empty));
    }
    unread.raised()?;
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

    /// The stream has the types it has: a wish for others is only a wish, and whoever reads can cast.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(&self, py: Python<'py>, requested_schema: Option<Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let batch = self.batch(py)?;
        let schema = batch.schema();
        let stream = FFI_ArrowArrayStream::new(Box::new(RecordBatchIterator::new([Ok(batch)], schema)));
        PyCapsule::new_with_value(py, stream, c"arrow_array_stream")
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.batch(py)?.schema().as_ref()).map_err(broken)?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }
}

/// Why a stream could not be read, as an exception.
pub(crate) fn unreadable(error: attainment_arrow::Error) -> PyErr {
    match error {
        attainment_arrow::Error::Input(error) => crate::error::raised(error),
        error => PyValueError::new_err(error.to_string()),
    }
}
