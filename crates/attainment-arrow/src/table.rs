//! Streams of record batches as what the core works on.

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, Schema};
use arrow_select::concat::concat_batches;
use attainment::{Code, Column, Columns, Finding, Message, Panel, PanelBuilder, TargetTable, WideTable};

use crate::{column, reads};

/// Why a stream of batches could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The stream broke off.
    #[error("the table cannot be read: {0}")]
    Arrow(#[from] ArrowError),
    /// What it holds cannot be used.
    #[error(transparent)]
    Input(#[from] attainment::Error),
}

/// Observations out of a stream of record batches, a batch at a time.
///
/// Rows are counted over all batches. The dictionaries of two batches may differ.
///
/// # Errors
///
/// [`Error::Arrow`] when the stream breaks off, [`Error::Input`] without the columns that a panel
/// needs. Rows that cannot be used are findings of the panel.
///
/// ```
/// use std::sync::Arc;
/// use arrow_array::{ArrayRef, Int64Array, RecordBatch, RecordBatchIterator, StringArray};
/// use attainment::Columns;
/// let batch = |year: i64, value: &str| RecordBatch::try_from_iter([
///     ("unit", Arc::new(StringArray::from(vec!["AT"])) as ArrayRef),
///     ("indicator", Arc::new(StringArray::from(vec!["rd"]))),
///     ("year", Arc::new(Int64Array::from(vec![year]))),
///     ("value", Arc::new(StringArray::from(vec![value]))),
/// ]);
/// let names = Columns::new().rename("area", "unit");
/// let schema = batch(2022, "")?.schema();
/// let stream = RecordBatchIterator::new([batch(2022, "3.18"), batch(2023, "3.29")], schema);
/// let panel = attainment_arrow::panel(stream, &names)?;
/// assert_eq!((panel.len(), panel.areas().next()), (2, Some("AT")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn panel(batches: impl RecordBatchReader, names: &Columns) -> Result<Panel, Error> {
    let mut builder = PanelBuilder::new();
    add(&mut builder, batches, names)?;
    Ok(builder.finish())
}

/// Adds a stream of record batches to the observations that a builder has, a batch at a time.
///
/// # Errors
///
/// As [`panel`]. The batches before the one that failed stay in the builder.
///
/// ```
/// use std::sync::Arc;
/// use arrow_array::{ArrayRef, Int64Array, RecordBatch, RecordBatchIterator};
/// use attainment::{Columns, PanelBuilder};
/// let mut builder = PanelBuilder::new();
/// builder.add_csv("indicator,year,value\nrd,2022,3.18\n", &Columns::new())?;
/// let batch = RecordBatch::try_from_iter([("value", Arc::new(Int64Array::from(vec![3])) as ArrayRef)])?;
/// let stream = RecordBatchIterator::new([Ok(batch.clone())], batch.schema());
/// assert!(attainment_arrow::add(&mut builder, stream, &Columns::new()).is_err(), "it says neither what nor when");
/// assert_eq!(builder.finish().len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn add(builder: &mut PanelBuilder, batches: impl RecordBatchReader, names: &Columns) -> Result<(), Error> {
    let schema = batches.schema();
    refuse_other_types(&schema, names)?;
    let mut is_empty = true;
    for batch in batches {
        builder.add_columns(&columns(&batch?), names)?;
        is_empty = false;
    }
    if is_empty {
        // A stream without a batch has columns all the same, and may lack one.
        builder.add_columns(&columns(&RecordBatch::new_empty(schema)), names)?;
    }
    Ok(())
}

/// A column that is asked for and holds something else than numbers, texts and days: its cells would all
/// read alike.
fn refuse_other_types(schema: &Schema, names: &Columns) -> Result<(), Error> {
    let headers: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
    let problem = |(_, place): (&str, usize)| {
        let field = schema.field(place);
        let (name, kind) = (field.name(), field.data_type());
        let message = Message {
            en: format!("the column `{name}` is of type `{kind}`, which is no number, text, truth value or day"),
            zh: format!("`{name}`列的类型是`{kind}`，不是数、文字、是否或日期"),
        };
        (!reads(kind)).then(|| Finding::new(Code::BadCell, message).at_row(0, u32::try_from(place + 1).ok()))
    };
    let findings: Vec<Finding> = names.read_from(&headers).into_iter().filter_map(problem).collect();
    if findings.is_empty() { Ok(()) } else { Err(attainment::Error::Input(findings).into()) }
}

/// A target table out of a stream of record batches.
///
/// # Errors
///
/// [`Error::Arrow`] when the stream breaks off or its batches do not fit together, [`Error::Input`]
/// without the columns that a target table needs.
///
/// ```
/// use std::sync::Arc;
/// use arrow_array::{ArrayRef, Float64Array, RecordBatch, RecordBatchIterator, StringArray};
/// use attainment::Columns;
/// let batch = RecordBatch::try_from_iter([
///     ("area", Arc::new(StringArray::from(vec!["Faro"])) as ArrayRef),
///     ("indicator", Arc::new(StringArray::from(vec!["leakage"]))),
///     ("bound", Arc::new(Float64Array::from(vec![15.0]))),
/// ])?;
/// let schema = batch.schema();
/// let table = attainment_arrow::target_table(RecordBatchIterator::new([Ok(batch)], schema), &Columns::new())?;
/// assert_eq!(table.len(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn target_table(batches: impl RecordBatchReader, names: &Columns) -> Result<TargetTable, Error> {
    let batch = one(batches)?;
    Ok(TargetTable::from_columns(&columns(&batch), names)?)
}

/// A wide table, a column for each indicator, out of a stream of record batches.
///
/// # Errors
///
/// [`Error::Arrow`] when the stream breaks off or its batches do not fit together, [`Error::Input`]
/// without a column of areas.
///
/// ```
/// use std::sync::Arc;
/// use arrow_array::{ArrayRef, Float64Array, RecordBatch, RecordBatchIterator, StringArray};
/// use attainment::Columns;
/// let batch = RecordBatch::try_from_iter([
///     ("area", Arc::new(StringArray::from(vec!["Norway"])) as ArrayRef),
///     ("life_expectancy", Arc::new(Float64Array::from(vec![83.4]))),
/// ])?;
/// let schema = batch.schema();
/// let table = attainment_arrow::wide_table(RecordBatchIterator::new([Ok(batch)], schema), &Columns::new())?;
/// assert_eq!(table.indicators().collect::<Vec<_>>(), ["life_expectancy"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn wide_table(batches: impl RecordBatchReader, names: &Columns) -> Result<WideTable, Error> {
    let batch = one(batches)?;
    Ok(WideTable::from_columns(&columns(&batch), names)?)
}

fn columns(batch: &RecordBatch) -> Vec<(&str, Column<'_>)> {
    let mut columns = Vec::with_capacity(batch.num_columns());
    for (field, array) in batch.schema_ref().fields().iter().zip(batch.columns()) {
        let column = match field.extension_type_name() {
            // Its numbers count years, months or days from 1970, and could be taken for years.
            Some(name @ "pandas.period") => Column::from(vec![name; array.len()]),
            _ => column(array),
        };
        columns.push((field.name().as_str(), column));
    }
    columns
}

fn one(batches: impl RecordBatchReader) -> Result<RecordBatch, ArrowError> {
    let schema = batches.schema();
    let batches: Vec<RecordBatch> = batches.collect::<Result<_, _>>()?;
    concat_batches(&schema, &batches)
}
