//! Results as CSV text.

use serde_json::Value;

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

    /// A header and rows as text; every line ends in a line feed.
    pub(crate) fn write<'a>(self, names: impl Iterator<Item = &'a str>, rows: impl Iterator<Item = Vec<Value>>) -> String {
        let mut out = String::from(if self.bom { "\u{feff}" } else { "" });
        self.line(names.map(|name| name.to_owned().into()), &mut out);
        for row in rows {
            self.line(row.into_iter(), &mut out);
        }
        out
    }

    fn line(self, cells: impl Iterator<Item = Value>, out: &mut String) {
        for (index, cell) in cells.enumerate() {
            if index > 0 {
                out.push(',');
            }
            self.cell(&cell, out);
        }
        out.push('\n');
    }

    fn cell(self, value: &Value, out: &mut String) {
        match value {
            Value::Null => {}
            Value::String(text) => self.text(text, out),
            // The words of a list stand in one cell.
            Value::Array(items) => {
                let words: Vec<String> = items.iter().map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned)).collect();
                self.text(&words.join("; "), out);
            }
            other => out.push_str(&other.to_string()),
        }
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
