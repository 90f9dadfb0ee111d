//! Arrow tables in, Arrow tables out.
//!
//! [`panel`], [`target_table`] and [`wide_table`] read a stream of record batches, and
//! [`record_batch`] writes the columns of any result. [`column()`] is the one place where an array
//! becomes a [`Column`](attainment::Column): its buffers are borrowed where the layouts agree.
//!
//! ```
//! use std::sync::Arc;
//! use arrow_array::{ArrayRef, Float64Array, Int32Array, RecordBatch, RecordBatchIterator, StringArray};
//! use attainment::{AssessOptions, Columns, Format, Plan, State};
//! use attainment_arrow::{Numbers, panel, record_batch};
//!
//! let plan = Plan::parse("{attainment: 1, id: europe-2020, indicators: {rd: {name: R&D, unit: percent, direction: increase}}, targets: {rd: {indicator: rd, at_least: 3%, by: 2020}}}", Format::Yaml)?;
//! let batch = RecordBatch::try_from_iter([
//!     ("area", Arc::new(StringArray::from(vec!["AT", "IT"])) as ArrayRef),
//!     ("indicator", Arc::new(StringArray::from(vec!["rd", "rd"]))),
//!     ("year", Arc::new(Int32Array::from(vec![2020, 2020]))),
//!     ("value", Arc::new(Float64Array::from(vec![3.2, 1.51]))),
//! ])?;
//!
//! let schema = batch.schema();
//! let observations = panel(RecordBatchIterator::new([Ok(batch)], schema), &Columns::new())?;
//! let assessment = plan.assess(&observations, &AssessOptions::new().as_of(2020))?;
//! assert_eq!(assessment.verdict("rd", "AT")?.attained.state, State::Met);
//!
//! let table = record_batch(assessment.columns(), Numbers::Float)?;
//! assert_eq!(table.num_rows(), 2);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What is read
//!
//! | Arrow | read as |
//! |---|---|
//! | string, large string, string view | text |
//! | all integers, float16, float32, float64 | the number; a float is its shortest decimal text |
//! | decimal32, decimal64, decimal128, decimal256 | the number |
//! | bool | `yes` and `no` |
//! | date32, date64 | the day |
//! | timestamp | its day in its own time zone; without one, its day as it stands |
//! | dictionary of any of these | the same |
//! | null | nothing |
//!
//! A column of any other type does no harm where nobody asks for it; a panel refuses it where it is one
//! that it reads. As a cell it is the name of its type.

mod read;
mod table;
mod write;

pub use read::{column, reads};
pub use table::{Error, add, panel, target_table, wide_table};
pub use write::{Numbers, record_batch};
