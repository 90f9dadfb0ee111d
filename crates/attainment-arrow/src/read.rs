//! Arrays as columns.

use std::borrow::Cow;

use arrow_array::cast::AsArray;
use arrow_array::temporal_conversions::MILLISECONDS_IN_DAY;
use arrow_array::timezone::Tz;
use arrow_array::types::{
    ArrowDictionaryKeyType, ArrowPrimitiveType, ArrowTimestampType, Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type,
    Decimal256Type, Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, GenericStringArray, OffsetSizeTrait, PrimitiveArray, StringArray};
use arrow_schema::{DataType, TimeUnit};
use attainment::{Bits, Cell, Column, Ints};

/// An array as a column, borrowed where the layouts agree.
///
/// They do for all integers, float32, float64, decimal128, bool, date32, strings and dictionaries of
/// them, sliced or not.
///
/// ```
/// use arrow_array::{Array, Int16Array};
/// use attainment::Cell;
/// let years = Int16Array::from(vec![Some(2022), None, Some(2024)]).slice(1, 2);
/// let column = attainment_arrow::column(&years);
/// assert_eq!((column.cell(0), column.cell(1)), (Cell::Empty, Cell::Int(2024)));
/// ```
pub fn column(array: &dyn Array) -> Column<'_> {
    match array.data_type() {
        DataType::Null => Column::Cells(vec![Cell::Empty; array.len()].into()),
        DataType::Boolean => {
            let values = array.as_boolean().values();
            bits(values.values(), values.offset(), values.len())
                .map_or_else(|| unread(array), |values| Column::Bool { values, valid: valid(array) })
        }
        DataType::Int8 => int::<Int8Type>(array, Ints::I8),
        DataType::Int16 => int::<Int16Type>(array, Ints::I16),
        DataType::Int32 => int::<Int32Type>(array, Ints::I32),
        DataType::Int64 => int::<Int64Type>(array, Ints::I64),
        DataType::UInt8 => int::<UInt8Type>(array, Ints::U8),
        DataType::UInt16 => int::<UInt16Type>(array, Ints::U16),
        DataType::UInt32 => int::<UInt32Type>(array, Ints::U32),
        DataType::UInt64 => int::<UInt64Type>(array, Ints::U64),
        DataType::Float16 => {
            let values = values::<Float16Type>(array).iter().map(|value| value.to_f32()).collect();
            Column::Float32 { values, valid: valid(array) }
        }
        DataType::Float32 => Column::Float32 { values: values::<Float32Type>(array).into(), valid: valid(array) },
        DataType::Float64 => Column::Float { values: values::<Float64Type>(array).into(), valid: valid(array) },
        DataType::Decimal32(_, scale) => {
            let values = values::<Decimal32Type>(array).iter().map(|digits| i128::from(*digits)).collect();
            Column::Decimal { values, scale: *scale, valid: valid(array) }
        }
        DataType::Decimal64(_, scale) => {
            let values = values::<Decimal64Type>(array).iter().map(|digits| i128::from(*digits)).collect();
            Column::Decimal { values, scale: *scale, valid: valid(array) }
        }
        DataType::Decimal128(_, scale) => {
            Column::Decimal { values: values::<Decimal128Type>(array).into(), scale: *scale, valid: valid(array) }
        }
        DataType::Decimal256(..) => {
            let array = array.as_primitive::<Decimal256Type>();
            cells(array, |row| Cell::Text(array.value_as_string(row)))
        }
        DataType::Utf8 => text(array.as_string::<i32>()),
        DataType::LargeUtf8 => text(array.as_string::<i64>()),
        DataType::Utf8View => {
            let array = array.as_string_view();
            // Views are short texts and places in several buffers; one buffer is one copy.
            Column::from(array.iter().collect::<Vec<Option<&str>>>())
        }
        DataType::Date32 => Column::Days { values: values::<Date32Type>(array).into(), valid: valid(array) },
        DataType::Date64 => {
            let day = |milliseconds: &i64| milliseconds.div_euclid(MILLISECONDS_IN_DAY) as i32;
            Column::Days { values: values::<Date64Type>(array).iter().map(day).collect(), valid: valid(array) }
        }
        DataType::Timestamp(unit, zone) => {
            let zone = zone.as_deref();
            match unit {
                TimeUnit::Second => days::<TimestampSecondType>(array, zone),
                TimeUnit::Millisecond => days::<TimestampMillisecondType>(array, zone),
                TimeUnit::Microsecond => days::<TimestampMicrosecondType>(array, zone),
                TimeUnit::Nanosecond => days::<TimestampNanosecondType>(array, zone),
            }
        }
        DataType::Dictionary(key, _) => match **key {
            DataType::Int8 => dictionary::<Int8Type>(array, Ints::I8),
            DataType::Int16 => dictionary::<Int16Type>(array, Ints::I16),
            DataType::Int32 => dictionary::<Int32Type>(array, Ints::I32),
            DataType::Int64 => dictionary::<Int64Type>(array, Ints::I64),
            DataType::UInt8 => dictionary::<UInt8Type>(array, Ints::U8),
            DataType::UInt16 => dictionary::<UInt16Type>(array, Ints::U16),
            DataType::UInt32 => dictionary::<UInt32Type>(array, Ints::U32),
            DataType::UInt64 => dictionary::<UInt64Type>(array, Ints::U64),
            _ => unread(array),
        },
        _ => unread(array),
    }
}

/// Whether values of a type are numbers, texts, truth values or days, which cells are made of.
///
/// ```
/// use arrow_schema::DataType;
/// assert!(attainment_arrow::reads(&DataType::Utf8View));
/// assert!(!attainment_arrow::reads(&DataType::Binary));
/// ```
pub fn reads(data_type: &DataType) -> bool {
    use DataType as D;
    match data_type {
        D::Null | D::Boolean | D::Utf8 | D::LargeUtf8 | D::Utf8View | D::Date32 | D::Date64 | D::Timestamp(..) => true,
        D::Decimal32(..) | D::Decimal64(..) | D::Decimal128(..) | D::Decimal256(..) => true,
        D::Dictionary(key, values) => key.is_integer() && reads(values),
        other => other.is_integer() || other.is_floating(),
    }
}

fn bits(bytes: &[u8], offset: usize, len: usize) -> Option<Bits<'_>> {
    Bits::new(bytes, offset, len)
}

/// Where there is a value; nothing where every row has one.
fn valid(array: &dyn Array) -> Option<Bits<'_>> {
    let nulls = array.nulls().filter(|nulls| nulls.null_count() > 0)?;
    let buffer = nulls.inner();
    bits(buffer.values(), buffer.offset(), buffer.len())
}

fn values<T: ArrowPrimitiveType>(array: &dyn Array) -> &[T::Native] {
    array.as_primitive::<T>().values()
}

fn int<'a, T: ArrowPrimitiveType>(array: &'a dyn Array, ints: fn(Cow<'a, [T::Native]>) -> Ints<'a>) -> Column<'a> {
    Column::Int { values: ints(values::<T>(array).into()), valid: valid(array) }
}

fn dictionary<'a, K: ArrowDictionaryKeyType>(array: &'a dyn Array, ints: fn(Cow<'a, [K::Native]>) -> Ints<'a>) -> Column<'a> {
    let dictionary = array.as_dictionary::<K>();
    let keys = dictionary.keys();
    Column::Dictionary { codes: ints((&**keys.values()).into()), valid: valid(keys), values: Box::new(column(&**dictionary.values())) }
}

fn cells<'a>(array: &'a dyn Array, cell: impl Fn(usize) -> Cell) -> Column<'a> {
    let rows = 0..array.len();
    Column::Cells(rows.map(|row| if array.is_null(row) { Cell::Empty } else { cell(row) }).collect())
}

/// Texts: those of a slice are cut out of their buffer, and long offsets shortened where they fit.
fn text<O: OffsetSizeTrait>(array: &GenericStringArray<O>) -> Column<'_> {
    let offsets = array.value_offsets();
    let first = offsets.first().map_or(0, |offset| offset.as_usize());
    let last = offsets.last().map_or(0, |offset| offset.as_usize());
    let bytes = array.value_data().get(first..last).and_then(|bytes| std::str::from_utf8(bytes).ok());
    let Some(bytes) = bytes.filter(|_| i32::try_from(last - first).is_ok()) else {
        return cells(array, |row| Cell::Text(array.value(row).to_owned()));
    };
    let short = (array as &dyn Array).as_any().downcast_ref::<StringArray>().filter(|_| first == 0);
    let offsets: Cow<'_, [i32]> = match short {
        Some(short) => short.value_offsets().into(),
        None => offsets.iter().map(|offset| (offset.as_usize() - first) as i32).collect(),
    };
    Column::Text { offsets, bytes: bytes.into(), valid: valid(array) }
}

/// The day of each moment in its own time zone.
fn days<'a, T: ArrowTimestampType>(array: &'a dyn Array, zone: Option<&str>) -> Column<'a> {
    let moments: &PrimitiveArray<T> = array.as_primitive();
    let day = |row: usize| match zone {
        Some(zone) => {
            let zone: Tz = zone.parse().ok()?;
            moments.value_as_datetime_with_tz(row, zone).map(|moment| Date32Type::from_naive_date(moment.date_naive()))
        }
        None => moments.value_as_date(row).map(Date32Type::from_naive_date),
    };
    let days: Vec<Option<i32>> = (0..moments.len()).map(|row| if moments.is_null(row) { Some(0) } else { day(row) }).collect();
    match days.into_iter().collect::<Option<Vec<i32>>>() {
        Some(days) => Column::Days { values: days.into(), valid: valid(array) },
        // A zone or a moment that no calendar has: what is written there is refused by whoever reads it.
        None => cells(array, |row| Cell::Text(format!("timestamp {:?}", moments.value(row)))),
    }
}

/// A column that cannot be read: every cell says of what type it is.
fn unread(array: &dyn Array) -> Column<'_> {
    let name = array.data_type().to_string();
    Column::Dictionary { codes: vec![0_u8; array.len()].into(), valid: valid(array), values: Box::new(Column::from(vec![name])) }
}
