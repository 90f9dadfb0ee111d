//! Results as CSV text.

use std::borrow::Borrow;

use crate::column::{Cell, Column};

/// How a table is written as CSV.
///
/// ```
/// use attainment::Csv;
/// let for_excel = Csv::new().bom(true);
/// let as_it_stands = Csv::new().guard(false);
/// assert_ne!(for_excel, as_it_stands);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Csv {
    bom: bool,
    guard: bool,
}

impl Default for Csv {
    fn default() -> Self {
        Self { bom: false, guard: true }
    }
}

impl Csv {
    /// Without a byte order mark; texts that a spreadsheet would compute are guarded.
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether the text begins with a byte order mark, by which Excel knows it for UTF-8.
    #[must_use]
    pub const fn bom(mut self, bom: bool) -> Self {
        self.bom = bom;
        self
    }

    /// Whether an apostrophe is put before a text that a spreadsheet would take for a formula: one
    /// that begins with `=`, `+`, `-`, `@`, a tab or a line end, and is no number.
    #[must_use]
    pub const fn guard(mut self, guard: bool) -> Self {
        self.guard = guard;
        self
    }

    /// Columns as text, with a header; every line ends in a line feed.
    pub(crate) fn write<'a>(self, columns: &[(&str, impl Borrow<Column<'a>>)]) -> String {
        let mut out = String::from(if self.bom { "\u{feff}" } else { "" });
        for (index, (name, _)) in columns.iter().enumerate() {
            out.push_str(if index > 0 { "," } else { "" });
            self.text(name, &mut out);
        }
        out.push('\n');
        for row in 0..columns.first().map_or(0, |(_, column)| column.borrow().len()) {
            for (index, (_, column)) in columns.iter().enumerate() {
                out.push_str(if index > 0 { "," } else { "" });
                match &*column.borrow().look(row) {
                    Cell::Text(text) => self.text(text, &mut out),
                    Cell::Bool(answer) => out.push_str(if *answer { "true" } else { "false" }),
                    // A number is no formula, whatever its sign.
                    number => out.push_str(&number.text()),
                }
            }
            out.push('\n');
        }
        out
    }

    fn text(self, text: &str, out: &mut String) {
        let guard = if self.guard && is_formula(text) { "'" } else { "" };
        if text.contains([',', ';', '"', '\t', '\n', '\r']) || text.trim() != text {
            out.push_str(&format!("\"{guard}{}\"", text.replace('"', "\"\"")));
        } else {
            out.push_str(guard);
            out.push_str(text);
        }
    }
}

/// Whether a spreadsheet would compute the text. Full-width signs count, since East Asian editions
/// fold them.
fn is_formula(text: &str) -> bool {
    let begins = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    begins && crate::number::parse_decimal(text).is_err()
}
