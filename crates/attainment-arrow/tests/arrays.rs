//! Arrays of every type to columns and back: slices, missing values, dictionaries that differ.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::sync::Arc;

use arrow_array::types::{Int8Type, Int32Type, UInt16Type};
use arrow_array::{
    Array, ArrayRef, BinaryArray, BooleanArray, Date32Array, Date64Array, Decimal128Array, Decimal256Array, DictionaryArray, Float32Array,
    Float64Array, Int8Array, Int16Array, Int32Array, Int64Array, LargeStringArray, NullArray, RecordBatch, RecordBatchIterator,
    StringArray, StringViewArray, TimestampMicrosecondArray, TimestampNanosecondArray, TimestampSecondArray, UInt8Array, UInt64Array,
};
use arrow_buffer::i256;
use attainment::{AssessOptions, Cell, Column, Columns, Decimal, Format, Plan};
use attainment_arrow::{Numbers, column, panel, record_batch, target_table, wide_table};

fn cells(array: &dyn Array) -> Vec<Cell> {
    column(array).cells().collect()
}

fn stream(batches: Vec<RecordBatch>) -> impl arrow_array::RecordBatchReader {
    let schema = batches[0].schema();
    RecordBatchIterator::new(batches.into_iter().map(Ok), schema)
}

fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter(columns).unwrap()
}

/// Three rows of every type, the second of them missing: whole, and as a slice of a longer array.
#[test]
fn every_type_sliced_and_missing() {
    let one = Cell::Int(1);
    let dictionary: DictionaryArray<Int8Type> = [Some("a"), Some("a"), None, Some("b"), Some("a")].into_iter().collect();
    let arrays: Vec<(ArrayRef, [Cell; 3])> = vec![
        (Arc::new(Int8Array::from(vec![Some(9), Some(1), None, Some(2), Some(9)])), [one.clone(), Cell::Empty, 2.into()]),
        (Arc::new(Int16Array::from(vec![Some(9), Some(1), None, Some(2), Some(9)])), [one.clone(), Cell::Empty, 2.into()]),
        (Arc::new(Int32Array::from(vec![Some(9), Some(1), None, Some(2), Some(9)])), [one.clone(), Cell::Empty, 2.into()]),
        (Arc::new(Int64Array::from(vec![Some(9), Some(1), None, Some(2), Some(9)])), [one.clone(), Cell::Empty, 2.into()]),
        (Arc::new(UInt8Array::from(vec![Some(9), Some(1), None, Some(2), Some(9)])), [one.clone(), Cell::Empty, 2.into()]),
        (
            Arc::new(UInt64Array::from(vec![Some(9), Some(1), None, Some(u64::MAX), Some(9)])),
            [one, Cell::Empty, Decimal::from(u64::MAX).into()],
        ),
        (Arc::new(Float64Array::from(vec![Some(9.0), Some(0.1), None, Some(2.5), Some(9.0)])), [0.1.into(), Cell::Empty, 2.5.into()]),
        (
            Arc::new(Float32Array::from(vec![Some(9.0), Some(0.1), None, Some(2.5), Some(9.0)])),
            [Decimal::new(1, 1).into(), Cell::Empty, Decimal::new(25, 1).into()],
        ),
        (
            Arc::new(Decimal128Array::from(vec![Some(9), Some(125), None, Some(-5), Some(9)]).with_precision_and_scale(10, 2).unwrap()),
            [Decimal::new(125, 2).into(), Cell::Empty, Decimal::new(-5, 2).into()],
        ),
        (
            Arc::new(
                Decimal256Array::from(vec![None, Some(i256::from(125)), None, Some(i256::from(-5)), None])
                    .with_precision_and_scale(60, 2)
                    .unwrap(),
            ),
            ["1.25".into(), Cell::Empty, "-0.05".into()],
        ),
        (
            Arc::new(BooleanArray::from(vec![Some(false), Some(true), None, Some(false), Some(true)])),
            [true.into(), Cell::Empty, false.into()],
        ),
        (Arc::new(StringArray::from(vec![Some("x"), Some("河北"), None, Some(""), Some("y")])), ["河北".into(), Cell::Empty, "".into()]),
        (
            Arc::new(LargeStringArray::from(vec![Some("x"), Some("河北"), None, Some(""), Some("y")])),
            ["河北".into(), Cell::Empty, "".into()],
        ),
        (
            Arc::new(StringViewArray::from(vec![Some("x"), Some("a text that is too long for a view"), None, Some(""), Some("y")])),
            ["a text that is too long for a view".into(), Cell::Empty, "".into()],
        ),
        (
            Arc::new(Date32Array::from(vec![Some(9), Some(19_723), None, Some(-1), Some(9)])),
            ["2024-01-01".into(), Cell::Empty, "1969-12-31".into()],
        ),
        (
            Arc::new(Date64Array::from(vec![Some(9), Some(19_723 * 86_400_000 + 5), None, Some(-1), Some(9)])),
            ["2024-01-01".into(), Cell::Empty, "1969-12-31".into()],
        ),
        (Arc::new(dictionary), ["a".into(), Cell::Empty, "b".into()]),
        (Arc::new(NullArray::new(5)), [Cell::Empty, Cell::Empty, Cell::Empty]),
    ];
    for (array, want) in arrays {
        let slice = array.slice(1, 3);
        assert_eq!(cells(&slice), want, "{}", array.data_type());
        assert_eq!(cells(&array)[1..4], want, "{}", array.data_type());
        assert_eq!(column(&array.slice(5, 0)).len(), 0, "{}", array.data_type());
    }
}

#[test]
fn layouts_that_agree_are_borrowed() {
    let floats = Float64Array::from(vec![1.0, 2.0]).slice(1, 1);
    let Column::Float { values, .. } = column(&floats) else { panic!() };
    assert!(matches!(values, std::borrow::Cow::Borrowed(_)));
    let texts = StringArray::from(vec!["a", "b"]);
    let Column::Text { offsets, bytes, .. } = column(&texts) else { panic!() };
    assert!(matches!((offsets, bytes), (std::borrow::Cow::Borrowed(_), std::borrow::Cow::Borrowed("ab"))));
}

#[test]
fn a_moment_is_its_day_in_its_own_zone() {
    // 2020-06-29 23:30 UTC.
    let second = 1_593_473_400_i64;
    let day = |array: &dyn Array| cells(array)[0].clone();
    let plain = TimestampSecondArray::from(vec![second]);
    assert_eq!(day(&plain), "2020-06-29".into());
    assert_eq!(day(&plain.clone().with_timezone("Asia/Shanghai")), "2020-06-30".into());
    assert_eq!(day(&plain.clone().with_timezone("+08:00")), "2020-06-30".into());
    assert_eq!(day(&TimestampMicrosecondArray::from(vec![second * 1_000_000]).with_timezone("America/New_York")), "2020-06-29".into());
    assert_eq!(day(&TimestampNanosecondArray::from(vec![-1])), "1969-12-31".into());
    let unknown = plain.with_timezone("Mars/Olympus");
    assert!(matches!(day(&unknown), Cell::Text(text) if text.contains("timestamp")), "a zone that nobody knows is no day");
}

#[test]
fn what_cannot_be_read_says_what_it_is() {
    let bytes = BinaryArray::from(vec![Some(&b"x"[..]), None]);
    assert_eq!(cells(&bytes), ["Binary".into(), Cell::Empty]);
    let batch = batch(vec![
        ("indicator", Arc::new(StringArray::from(vec!["a", "a"]))),
        ("year", Arc::new(Int32Array::from(vec![2020, 2021]))),
        ("value", Arc::new(bytes)),
    ]);
    let refused = panel(stream(vec![batch]), &Columns::new()).unwrap_err().to_string();
    assert!(refused.contains("the column `value` is of type `Binary`"), "{refused}");
}

/// Batches of one stream may have dictionaries of their own, and rows are counted on.
#[test]
fn dictionaries_may_differ_from_batch_to_batch() {
    let words = |words: &[&str]| -> ArrayRef { Arc::new(words.iter().copied().collect::<DictionaryArray<Int32Type>>()) };
    let numbered = |keys: Vec<u16>, of: Vec<&str>| -> ArrayRef {
        let keys = arrow_array::UInt16Array::from(keys);
        Arc::new(DictionaryArray::<UInt16Type>::try_new(keys, Arc::new(StringArray::from(of))).unwrap())
    };
    let part = |areas: ArrayRef, years: Vec<&str>, values: Vec<f64>| {
        let indicators: Vec<&str> = vec!["rd"; years.len()];
        batch(vec![
            ("area", areas),
            ("indicator", words(&indicators)),
            ("year", Arc::new(StringArray::from(years))),
            ("value", Arc::new(Float64Array::from(values))),
        ])
    };
    let batches = vec![
        part(words(&["AT", "DE"]), vec!["2020", "2020"], vec![3.2, 3.13]),
        part(words(&["DE", "IT", "AT"]), vec!["2021", "2020", "soon"], vec![3.11, 1.51, 3.26]),
    ];
    let read = panel(stream(batches), &Columns::new()).unwrap();
    assert_eq!(read.areas().collect::<Vec<_>>(), ["AT", "DE", "IT"]);
    assert_eq!(read.findings()[0].row, Some(5));
    // Values that are not used, and keys in another order.
    let odd = part(numbered(vec![2, 0], vec!["AT", "unused", "DE"]), vec!["2020", "2020"], vec![1.0, 2.0]);
    assert_eq!(panel(stream(vec![odd]), &Columns::new()).unwrap().areas().collect::<Vec<_>>(), ["DE", "AT"]);
}

#[test]
fn a_stream_without_rows_has_columns_all_the_same() {
    let empty = batch(vec![
        ("indicator", Arc::new(StringArray::from(Vec::<&str>::new()))),
        ("year", Arc::new(Int32Array::from(Vec::<i32>::new()))),
        ("value", Arc::new(Float64Array::from(Vec::<f64>::new()))),
    ]);
    let schema = empty.schema();
    assert_eq!(panel(RecordBatchIterator::new([], schema), &Columns::new()).unwrap().len(), 0);
    let without = batch(vec![("area", Arc::new(StringArray::from(Vec::<&str>::new())))]);
    let schema = without.schema();
    assert!(panel(RecordBatchIterator::new([], schema.clone()), &Columns::new()).is_err());
    assert!(target_table(RecordBatchIterator::new([], schema), &Columns::new()).is_err());
}

#[test]
fn results_come_back_as_they_went() {
    let plan = Plan::parse(
        "{attainment: 1, id: p, indicators: {a: {name: A, unit: percent, direction: increase}}, targets: {t: {indicator: a, reach: 3%, by: 2020}}}",
        Format::Yaml,
    )
    .unwrap();
    let batch = batch(vec![
        ("area", Arc::new(StringArray::from(vec!["x", "y", "z"]))),
        ("indicator", Arc::new(StringArray::from(vec!["a", "a", "a"]))),
        ("year", Arc::new(Int32Array::from(vec![2020, 2020, 2020]))),
        ("value", Arc::new(Float64Array::from(vec![Some(2.31), Some(3.5), None]))),
    ]);
    let read = panel(stream(vec![batch]), &Columns::new()).unwrap();
    let assessment = plan.assess(&read, &AssessOptions::new().as_of(2020)).unwrap();
    let columns = assessment.columns();
    let written = record_batch(columns.clone(), Numbers::Float).unwrap();
    for (index, (name, want)) in columns.iter().enumerate() {
        assert_eq!(written.schema().field(index).name(), name);
        assert_eq!(cells(written.column(index)), want.cells().collect::<Vec<_>>(), "{name}");
    }
    let gap = assessment.decimals("gap").unwrap();
    let exact = record_batch([("gap", gap.clone())], Numbers::Decimal).unwrap();
    assert_eq!(cells(exact.column(0)), gap.cells().collect::<Vec<_>>());
    assert_eq!(
        cells(exact.column(0)),
        [Decimal::new(69, 2).into(), Decimal::new(-5, 1).into(), Cell::Empty].map(|cell: Cell| match cell {
            Cell::Decimal(mut value) => {
                value.rescale(2);
                Cell::Decimal(value)
            }
            other => other,
        })
    );
}

/// The nearest float of any decimal: the parser of the standard library rounds correctly.
#[test]
fn decimals_become_the_nearest_float() {
    for (digits, scale) in
        [(1_i128, 1_i8), (3, 1), (i128::MAX, 28), (123_456_789_012_345_678_901, 10), (-7, 22), (5, 37), (9_007_199_254_740_993, 3)]
    {
        let column = Column::Decimal { values: vec![digits].into(), scale, valid: None };
        let batch = record_batch([("x", column)], Numbers::Float).unwrap();
        let got = batch.column(0).as_any().downcast_ref::<Float64Array>().unwrap().value(0);
        assert_eq!(got, format!("{digits}e-{scale}").parse::<f64>().unwrap(), "{digits}e-{scale}");
    }
}

#[test]
fn wide_tables_and_targets() {
    let wide =
        batch(vec![("area", Arc::new(StringArray::from(vec!["x", "y"]))), ("a", Arc::new(Float64Array::from(vec![Some(1.0), None])))]);
    let table = wide_table(stream(vec![wide.clone(), wide.slice(0, 0)]), &Columns::new()).unwrap();
    assert_eq!((table.areas().count(), table.indicators().collect::<Vec<_>>()), (2, vec!["a"]));
    let mixed = Column::Cells(vec![Cell::Int(1), "two".into(), Cell::Empty].into());
    let out = record_batch([("x", mixed)], Numbers::Float).unwrap();
    assert_eq!(cells(out.column(0)), ["1".into(), "two".into(), Cell::Empty]);
}
