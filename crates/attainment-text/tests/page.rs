//! The tables of `docs/extraction.md` say what is read of a sentence, and this is what is read.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use attainment::serde_json::{Map, Value};
use attainment_text::{ExtractOptions, extract};

const PAGE: &str = include_str!("../../../docs/extraction.md");

/// A field as the page writes it.
fn written(record: &Map<String, Value>, field: &str) -> String {
    let plain = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let value = &record[field];
    if field != "period" || value.is_null() {
        return plain(value);
    }
    let when = match (value.get("by"), value.get("in"), value.get("to")) {
        (Some(by), ..) => format!("by {}", plain(by)),
        (_, Some(year), _) => format!("in {}", plain(year)),
        (_, _, Some(to)) => format!("{}–{}", plain(&value["from"]), plain(to)),
        _ => String::new(),
    };
    let each = value.get("each").map(|each| format!("each {}", plain(each)));
    [when, each.unwrap_or_default()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

#[test]
fn every_sentence_of_the_page() {
    let mut fields: Vec<String> = Vec::new();
    let mut read: Vec<Map<String, Value>> = Vec::new();
    let mut problems: Vec<String> = Vec::new();
    let mut sentences = 0;
    for line in PAGE.lines() {
        let Some(row) = line.strip_prefix('|') else {
            // Nothing is left over at the end of a table.
            problems.extend(read.drain(..).map(|record| format!("not on the page: {record:?}")));
            fields.clear();
            continue;
        };
        let mut cells: Vec<String> = row.split('|').map(|cell| cell.trim().to_owned()).collect();
        cells.pop();
        if cells[0] == "sentence" {
            fields = cells;
            continue;
        }
        if fields.is_empty() || cells[0].starts_with("---") {
            continue;
        }
        if !cells[0].is_empty() {
            problems.extend(read.drain(..).map(|record| format!("not on the page: {record:?}")));
            sentences += 1;
            read = extract(&cells[0], &ExtractOptions::new()).to_records();
        }
        if cells[1].is_empty() {
            continue;
        }
        if read.is_empty() {
            problems.push(format!("nothing is read for {cells:?}"));
            continue;
        }
        let record = read.remove(0);
        for (field, cell) in fields.iter().zip(&cells).skip(1) {
            if written(&record, field) != *cell {
                problems.push(format!("{}: {field} is `{}`, the page says `{cell}`", record["text"], written(&record, field)));
            }
        }
    }
    assert!(sentences > 15, "{sentences} sentences");
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}
