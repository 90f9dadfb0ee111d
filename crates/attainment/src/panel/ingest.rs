//! Columns to the table, without a cell for every row.
