//! Columns, in and out.

use attainment::serde_json::{self, Value};
use attainment::{Bits, Cell, Code, Column, Columns, Error, Finding, Ints, Message};
use wasm_bindgen::prelude::*;

use crate::boundary::{Answer, Options, cells, thrown, to_json};

/// A table under construction: columns are added one by one.
#[wasm_bindgen]
#[derive(Default)]
pub struct Table {
    columns: Vec<(String, Column<'static>)>,
}

impl Table {
    /// The columns as the core takes them.
    pub(crate) fn columns(&self) -> Vec<(&str, Column<'_>)> {
        self.columns.iter().map(|(name, column)| (name.as_str(), borrowed(column))).collect()
    }

    fn push(&mut self, name: String, column: Column<'static>) {
        self.columns.push((name, column));
    }
}

/// The same column without a copy of what is large.
fn borrowed<'a>(column: &'a Column<'static>) -> Column<'a> {
    match column {
        Column::Cells(cells) => Column::Cells((&**cells).into()),
        Column::Float { values, valid } => Column::Float { values: (&**values).into(), valid: valid.clone() },
        other => other.clone(),
    }
}

/// Bits for so many rows.
fn bits(bytes: Option<Vec<u8>>, rows: usize) -> Answer<Option<Bits<'static>>> {
    bytes
        .map(|bytes| {
            let len = bytes.len();
            Bits::new(bytes, 0, rows).ok_or_else(|| {
                let message = Message {
                    en: format!("{len} bytes of bits are too few for {rows} rows"),
                    zh: format!("{len}字节的位图不足以表示{rows}行"),
                };
                thrown(Error::Input(vec![Finding::new(Code::WrongType, message)]))
            })
        })
        .transpose()
}

macro_rules! ints {
    ($($name:ident: $type:ty,)*) => {
        #[wasm_bindgen]
        impl Table {
            $(
                /// Adds whole numbers.
                pub fn $name(&mut self, name: String, values: Vec<$type>, valid: Option<Vec<u8>>) -> Answer<()> {
                    let valid = bits(valid, values.len())?;
                    self.push(name, Column::Int { values: Ints::from(values), valid });
                    Ok(())
                }
            )*
        }
    };
}

ints! {
    i8: i8,
    i16: i16,
    i32: i32,
    i64: i64,
    u8: u8,
    u16: u16,
    u32: u32,
    u64: u64,
}

#[wasm_bindgen]
impl Table {
    /// A table without columns.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds cells of any kind, as a list in JSON text.
    pub fn cells(&mut self, name: String, json: &str) {
        self.push(name, Column::from(cells(json)));
    }

    /// Adds floats.
    pub fn f64(&mut self, name: String, values: Vec<f64>, valid: Option<Vec<u8>>) -> Answer<()> {
        let valid = bits(valid, values.len())?;
        self.push(name, Column::Float { values: values.into(), valid });
        Ok(())
    }

    /// Adds floats of half the size.
    pub fn f32(&mut self, name: String, values: Vec<f32>, valid: Option<Vec<u8>>) -> Answer<()> {
        let valid = bits(valid, values.len())?;
        self.push(name, Column::Float32 { values: values.into(), valid });
        Ok(())
    }

    /// Adds days since 1970-01-01.
    pub fn days(&mut self, name: String, values: Vec<i32>, valid: Option<Vec<u8>>) -> Answer<()> {
        let valid = bits(valid, values.len())?;
        self.push(name, Column::Days { values: values.into(), valid });
        Ok(())
    }

    /// Adds decimals of one scale, 16 bytes each, the least significant first.
    pub fn decimals(&mut self, name: String, values: Vec<u8>, scale: i8, valid: Option<Vec<u8>>) -> Answer<()> {
        let values: Vec<i128> = values.chunks_exact(16).map(|bytes| i128::from_le_bytes(bytes.try_into().unwrap_or_default())).collect();
        let valid = bits(valid, values.len())?;
        self.push(name, Column::Decimal { values: values.into(), scale, valid });
        Ok(())
    }

    /// Adds yes and no, as bits.
    pub fn bools(&mut self, name: String, values: Vec<u8>, rows: usize, valid: Option<Vec<u8>>) -> Answer<()> {
        if let Some(values) = bits(Some(values), rows)? {
            let valid = bits(valid, rows)?;
            self.push(name, Column::Bool { values, valid });
        }
        Ok(())
    }

    /// Makes one column of the last two: texts or others, and before them the codes that stand for them.
    pub fn dictionary(&mut self) {
        if let (Some((_, values)), Some((name, codes))) = (self.columns.pop(), self.columns.pop())
            && let Column::Int { values: codes, valid } = codes
        {
            self.push(name, Column::Dictionary { codes, valid, values: Box::new(values) });
        }
    }
}

/// The names of columns, ours to theirs, and whether findings are errors.
pub(crate) fn reading(options: &str) -> Answer<(Columns, bool)> {
    let mut options = Options::new(options);
    let mut names = Columns::new();
    match options.take("columns") {
        None => {}
        Some(Value::Object(map)) => {
            for (ours, theirs) in map {
                match theirs {
                    Value::String(theirs) => names = names.rename(ours, theirs),
                    other => options.wrong("columns", &other, "the name of a column", "列名"),
                }
            }
        }
        Some(other) => options.wrong("columns", &other, "a map of our names to theirs", "列名映射"),
    }
    let strict = options.truth("strict").unwrap_or_default();
    options.finish()?;
    Ok((names, strict))
}

/// Refuses findings where none are wanted.
pub(crate) fn strictly<T>(value: T, strict: bool, findings: impl Fn(&T) -> &[Finding]) -> Answer<T> {
    match strict && !findings(&value).is_empty() {
        true => Err(thrown(Error::Input(findings(&value).to_vec()))),
        false => Ok(value),
    }
}

/// The columns of a result, for the face to fetch one by one.
#[wasm_bindgen]
pub struct Fetch {
    columns: Vec<(String, Column<'static>)>,
}

impl Fetch {
    /// Columns of a result.
    pub(crate) fn new<N: Into<String>>(columns: Vec<(N, Column<'static>)>) -> Self {
        Self { columns: columns.into_iter().map(|(name, column)| (name.into(), column)).collect() }
    }

    fn column(&self, index: usize) -> Option<&Column<'static>> {
        self.columns.get(index).map(|(_, column)| column)
    }
}

#[wasm_bindgen]
impl Fetch {
    /// The name and type of each column, as JSON text.
    pub fn types(&self) -> String {
        let types = self.columns.iter().map(|(name, column)| {
            let kind = match column {
                Column::Dictionary { .. } => "dictionary",
                Column::Float { .. } => "float",
                Column::Bool { .. } => "bool",
                _ => "cells",
            };
            Value::from(vec![name.as_str(), kind])
        });
        Value::Array(types.collect()).to_string()
    }

    /// Where there is a value: bits, the least significant first; nothing where every row has one.
    pub fn valid(&self, index: usize) -> Option<Vec<u8>> {
        self.column(index)?.valid().map(packed)
    }

    /// Floats.
    pub fn floats(&self, index: usize) -> Option<Vec<f64>> {
        match self.column(index)? {
            Column::Float { values, .. } => Some(values.to_vec()),
            _ => None,
        }
    }

    /// Yes and no, as bits.
    pub fn bools(&self, index: usize) -> Option<Vec<u8>> {
        match self.column(index)? {
            Column::Bool { values, .. } => Some(packed(values)),
            _ => None,
        }
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.column(0).map_or(0, Column::len)
    }

    /// The codes of a dictionary.
    pub fn codes(&self, index: usize) -> Option<Vec<u32>> {
        match self.column(index)? {
            Column::Dictionary { codes: Ints::U32(codes), .. } => Some(codes.to_vec()),
            Column::Dictionary { codes, .. } => Some((0..codes.len()).map(|row| codes.get(row).unwrap_or_default() as u32).collect()),
            _ => None,
        }
    }

    /// What codes stand for, or the cells of a column of any kind, as JSON text.
    pub fn cells(&self, index: usize) -> String {
        let values = match self.column(index) {
            Some(Column::Dictionary { values, .. }) => values,
            Some(column) => column,
            None => return "[]".to_owned(),
        };
        let cells: Vec<Value> = values
            .cells()
            .map(|cell| match cell {
                Cell::Empty => Value::Null,
                Cell::Text(text) => text.into(),
                Cell::Int(value) => value.into(),
                Cell::Float(value) => value.into(),
                Cell::Decimal(value) => value.to_string().into(),
                Cell::Bool(truth) => truth.into(),
                _ => Value::Null,
            })
            .collect();
        to_json(&cells)
    }
}

/// Bits from the first on.
fn packed(bits: &Bits<'_>) -> Vec<u8> {
    let (bytes, offset) = bits.as_bytes();
    match offset {
        0 => bytes.get(..bits.len().div_ceil(8)).unwrap_or(bytes).to_vec(),
        _ => {
            let mut packed = vec![0; bits.len().div_ceil(8)];
            (0..bits.len()).filter(|row| bits.get(*row)).for_each(|row| packed[row / 8] |= 1 << (row % 8));
            packed
        }
    }
}

/// Records as JSON text.
pub(crate) fn records(records: Vec<serde_json::Map<String, Value>>) -> String {
    Value::Array(records.into_iter().map(Value::Object).collect()).to_string()
}
