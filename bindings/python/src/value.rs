//! Python values as cells of a table and as parts of a document.

use attainment::serde_json::{Map, Number, Value};
use attainment::{Cell, Decimal, MAX_DEPTH};
use pyo3::exceptions::{PyRecursionError, PyTypeError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple};

/// A cell: a number, a period or a text in whatever type Python holds it.
pub(crate) fn cell(value: &Bound<'_, PyAny>) -> PyResult<Cell> {
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(Cell::Text(text.to_str()?.to_owned()));
    }
    if let Ok(number) = value.cast_exact::<PyFloat>() {
        return Ok(Cell::Float(number.value()));
    }
    // True is an int to Python, so it is asked first.
    if let Ok(truth) = value.cast::<PyBool>() {
        return Ok(Cell::Bool(truth.is_true()));
    }
    if value.is_instance_of::<PyInt>() {
        return int(value);
    }
    if value.is_none() {
        return Ok(Cell::Empty);
    }
    other(value)
}

/// Whole numbers beyond 64 bits stay exact as text.
fn int(value: &Bound<'_, PyAny>) -> PyResult<Cell> {
    match value.extract::<i64>() {
        Ok(number) => Ok(Cell::Int(number)),
        Err(_) => Ok(Cell::Text(value.str()?.to_str()?.to_owned())),
    }
}

/// Everything that is no builtin: known by what it can do, so that nothing has to be imported.
fn other(value: &Bound<'_, PyAny>) -> PyResult<Cell> {
    let py = value.py();
    let name = value.get_type().name()?;
    let name = name.to_str()?;
    if name == "Decimal" {
        return decimal(value);
    }
    if matches!(name, "NAType" | "NaTType") {
        return Ok(Cell::Empty);
    }
    // Dates, datetimes and timestamps: a moment is the day of its own time zone.
    if let Some(text) = value.getattr_opt(intern!(py, "isoformat"))? {
        let text: String = text.call0()?.extract()?;
        return Ok(Cell::Text(text.split('T').next().unwrap_or_default().to_owned()));
    }
    // The periods of pandas.
    if let Some(frequency) = value.getattr_opt(intern!(py, "freqstr"))? {
        // A year that ends in March is no calendar year: it is written out.
        let frequency: String = frequency.extract()?;
        let is_shifted = frequency.starts_with(['Y', 'A', 'Q', 'B']) && frequency.contains('-') && !frequency.ends_with("-DEC");
        if is_shifted {
            let month = |end: &str| value.getattr(end)?.call_method1("strftime", ("%Y-%m",))?.extract::<String>();
            return Ok(Cell::Text(format!("{}/{}", month("start_time")?, month("end_time")?)));
        }
        return Ok(Cell::Text(value.str()?.to_str()?.to_owned()));
    }
    // Scalars of numpy and its like.
    if let Some(item) = value.getattr_opt(intern!(py, "item"))?
        && let Ok(item) = item.call0()
        && !item.get_type().is(value.get_type())
    {
        return cell(&item);
    }
    if let Some(index) = value.getattr_opt(intern!(py, "__index__"))? {
        return int(&index.call0()?);
    }
    if value.hasattr(intern!(py, "__float__"))? {
        return Ok(Cell::Float(value.extract()?));
    }
    Err(PyTypeError::new_err(format!(
        "a value of type `{}` is no number, text, truth value or period",
        value.get_type().fully_qualified_name()?
    )))
}

fn decimal(value: &Bound<'_, PyAny>) -> PyResult<Cell> {
    if !value.call_method0("is_finite")?.is_truthy()? {
        let text = value.str()?.to_str()?.to_owned();
        return Ok(if text.contains("NaN") { Cell::Empty } else { Cell::Text(text) });
    }
    // Without an exponent, so that `1E+2` keeps its value and `1.50` its digits.
    let text: String = value.call_method1("__format__", ("f",))?.extract()?;
    Ok(Decimal::from_str_exact(&text).map_or(Cell::Text(text), Cell::Decimal))
}

/// Many cells: a list, a tuple or whatever can be gone through.
pub(crate) fn cells(values: &Bound<'_, PyAny>) -> PyResult<Vec<Cell>> {
    if let Ok(list) = values.cast::<PyList>() {
        return list.iter().map(|value| cell(&value)).collect();
    }
    values.try_iter()?.map(|value| cell(&value?)).collect()
}

/// A document out of dicts, lists and scalars. Decimals become text, which keeps their digits.
pub(crate) fn document(value: &Bound<'_, PyAny>) -> PyResult<Value> {
    within(value, 0)
}

fn within(value: &Bound<'_, PyAny>, depth: usize) -> PyResult<Value> {
    // A list that holds itself has no end; the core says what is wrong with what is merely too deep.
    if depth > MAX_DEPTH + 8 {
        return Err(PyRecursionError::new_err(format!("a document is at most {MAX_DEPTH} levels deep")));
    }
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(text.to_str()?.into());
    }
    if let Ok(map) = value.cast::<PyDict>() {
        return entries(map.iter(), depth);
    }
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        return value.try_iter()?.map(|item| within(&item?, depth + 1)).collect::<PyResult<Vec<_>>>().map(Value::Array);
    }
    if let Ok(map) = value.cast::<PyMapping>() {
        let items = map.items()?;
        let items = items.iter().map(|item| item.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()).collect::<PyResult<Vec<_>>>()?;
        return entries(items.into_iter(), depth);
    }
    Ok(match cell(value)? {
        Cell::Empty => Value::Null,
        Cell::Bool(truth) => truth.into(),
        Cell::Int(number) => number.into(),
        Cell::Float(number) => Number::from_f64(number).map_or_else(|| Value::String(number.to_string()), Value::Number),
        Cell::Decimal(number) => number.to_string().into(),
        Cell::Text(text) => text.into(),
        _ => Value::Null,
    })
}

fn entries<'py>(items: impl Iterator<Item = (Bound<'py, PyAny>, Bound<'py, PyAny>)>, depth: usize) -> PyResult<Value> {
    let mut map = Map::new();
    for (key, value) in items {
        // YAML reads `2025:` as a number; ids are texts.
        let key = match cell(&key)? {
            Cell::Text(text) => text,
            Cell::Int(number) => number.to_string(),
            _ => return Err(PyTypeError::new_err("the keys of a document are texts")),
        };
        map.insert(key, within(&value, depth + 1)?);
    }
    Ok(Value::Object(map))
}
