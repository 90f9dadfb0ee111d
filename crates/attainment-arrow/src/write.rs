//! Columns as arrays.

use std::borrow::Cow;
use std::sync::Arc;

use arrow_array::{
    Array, ArrayRef, BooleanArray, Date32Array, Decimal128Array, DictionaryArray, Float32Array, Float64Array, Int32Array, PrimitiveArray,
    RecordBatch, RecordBatchOptions, StringArray,
};
use arrow_buffer::{BooleanBuffer, Buffer, NullBuffer, OffsetBuffer, ScalarBuffer};
use arrow_schema::{ArrowError, Field, Schema};
use attainment::{Bits, Cell, Column, Ints};

/// How exact numbers are written.
///
/// ```
/// use attainment_arrow::Numbers;
/// assert_eq!(Numbers::default(), Numbers::Float);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Numbers {
    /// As float64, correctly rounded.
    #[default]
    Float,
    /// As decimal128 with 38 digits, exactly; as text where no scale holds them all.
    Decimal,
}

/// The columns of a result as a record batch.
///
/// Words are dictionaries with int32 keys, which every reader of Arrow takes; what is missing is null.
///
/// # Errors
///
/// When two columns differ in length, or their parts do not make an array.
///
/// ```
/// use attainment::Column;
/// use attainment_arrow::{Numbers, record_batch};
/// let gap = Column::Decimal { values: vec![125, 40].into(), scale: 2, valid: None };
/// let batch = record_batch([("gap", gap.clone())], Numbers::Decimal)?;
/// assert_eq!(batch.column(0).data_type().to_string(), "Decimal128(38, 2)");
/// let batch = record_batch([("gap", gap)], Numbers::Float)?;
/// assert_eq!(batch.column(0).data_type().to_string(), "Float64");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn record_batch<'a, N: AsRef<str>>(
    columns: impl IntoIterator<Item = (N, Column<'a>)>,
    numbers: Numbers,
) -> Result<RecordBatch, ArrowError> {
    let (mut fields, mut arrays, mut rows) = (Vec::new(), Vec::new(), 0);
    for (name, column) in columns {
        rows = column.len();
        let array = array(column, numbers)?;
        fields.push(Field::new(name.as_ref(), array.data_type().clone(), true));
        arrays.push(array);
    }
    let options = RecordBatchOptions::new().with_row_count(Some(rows));
    RecordBatch::try_new_with_options(Arc::new(Schema::new(fields)), arrays, &options)
}

fn array(column: Column<'_>, numbers: Numbers) -> Result<ArrayRef, ArrowError> {
    Ok(match column {
        Column::Int { values, valid } => ints(values, nulls(valid))?,
        Column::Float { values, valid } => Arc::new(Float64Array::try_new(buffer(values), nulls(valid))?),
        Column::Float32 { values, valid } => Arc::new(Float32Array::try_new(buffer(values), nulls(valid))?),
        Column::Decimal { values, scale, valid } => match numbers {
            Numbers::Float => {
                let floats: Vec<f64> = values.iter().map(|digits| float(*digits, scale)).collect();
                Arc::new(Float64Array::try_new(floats.into(), nulls(valid))?)
            }
            Numbers::Decimal => Arc::new(Decimal128Array::try_new(buffer(values), nulls(valid))?.with_precision_and_scale(38, scale)?),
        },
        Column::Bool { values, valid } => Arc::new(BooleanArray::new(booleans(&values), nulls(valid))),
        Column::Text { offsets, bytes, valid } => {
            let offsets = OffsetBuffer::new(buffer(offsets));
            Arc::new(StringArray::try_new(offsets, Buffer::from_vec(bytes.into_owned().into_bytes()), nulls(valid))?)
        }
        Column::Days { values, valid } => Arc::new(Date32Array::try_new(buffer(values), nulls(valid))?),
        Column::Dictionary { codes, valid, values } => {
            let codes = (0..codes.len()).map(|row| codes.get(row).and_then(|code| i32::try_from(code).ok()).unwrap_or_default());
            let keys = Int32Array::try_new(codes.collect(), nulls(valid))?;
            Arc::new(DictionaryArray::try_new(keys, array(*values, numbers)?)?)
        }
        column => cells(&column, numbers),
    })
}

fn buffer<T: arrow_buffer::ArrowNativeType>(values: Cow<'_, [T]>) -> ScalarBuffer<T> {
    values.into_owned().into()
}

fn booleans(bits: &Bits<'_>) -> BooleanBuffer {
    let (bytes, offset) = bits.as_bytes();
    BooleanBuffer::new(Buffer::from(bytes), offset, bits.len())
}

fn nulls(valid: Option<Bits<'_>>) -> Option<NullBuffer> {
    valid.map(|valid| NullBuffer::new(booleans(&valid)))
}

fn ints(values: Ints<'_>, nulls: Option<NullBuffer>) -> Result<ArrayRef, ArrowError> {
    fn one<T: arrow_array::types::ArrowPrimitiveType>(
        values: Cow<'_, [T::Native]>,
        nulls: Option<NullBuffer>,
    ) -> Result<ArrayRef, ArrowError> {
        Ok(Arc::new(PrimitiveArray::<T>::try_new(buffer(values), nulls)?))
    }
    use arrow_array::types::{Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type, UInt32Type, UInt64Type};
    match values {
        Ints::I8(values) => one::<Int8Type>(values, nulls),
        Ints::I16(values) => one::<Int16Type>(values, nulls),
        Ints::I32(values) => one::<Int32Type>(values, nulls),
        Ints::I64(values) => one::<Int64Type>(values, nulls),
        Ints::U8(values) => one::<UInt8Type>(values, nulls),
        Ints::U16(values) => one::<UInt16Type>(values, nulls),
        Ints::U32(values) => one::<UInt32Type>(values, nulls),
        Ints::U64(values) => one::<UInt64Type>(values, nulls),
    }
}

/// The nearest float of a decimal.
fn float(digits: i128, scale: i8) -> f64 {
    // Both are exact as floats, so the quotient is rounded once.
    const EXACT: i128 = 1 << 53;
    const LARGEST: i8 = 22;
    if (-EXACT..=EXACT).contains(&digits) && (0..=LARGEST).contains(&scale) {
        let power = 10_i128.pow(scale.unsigned_abs().into()) as f64;
        return digits as f64 / power;
    }
    // The parser rounds correctly, whatever the length.
    format!("{digits}e{}", -i32::from(scale)).parse().unwrap_or(f64::NAN)
}

/// Cells of any kind: numbers where all are, text otherwise.
fn cells(column: &Column<'_>, numbers: Numbers) -> ArrayRef {
    let all: Vec<Cell> = column.cells().collect();
    let number = |cell: &Cell| match cell {
        Cell::Int(value) => value.to_string().parse().ok(),
        Cell::Float(value) => Some(*value),
        Cell::Decimal(value) => value.to_string().parse::<f64>().ok(),
        _ => None,
    };
    let is_number = |cell: &Cell| matches!(cell, Cell::Empty) || number(cell).is_some();
    if numbers == Numbers::Float && all.iter().all(is_number) {
        return Arc::new(all.iter().map(number).collect::<Float64Array>());
    }
    let text = |cell: Cell| match cell {
        Cell::Text(text) => Some(text),
        Cell::Int(value) => Some(value.to_string()),
        Cell::Float(value) => Some(value.to_string()),
        Cell::Decimal(value) => Some(value.to_string()),
        Cell::Bool(value) => Some(if value { "yes" } else { "no" }.to_owned()),
        _ => None,
    };
    Arc::new(all.into_iter().map(text).collect::<StringArray>())
}
