//! Pages that are written from the library, and whether they are current.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::fmt::Write;
use std::fs;
use std::path::Path;

use attainment::{MethodInfo, Stage, methods};

const STAGES: &[(Stage, &str, &str)] = &[
    (Stage::Syntax, "Syntax", "The text is not well-formed JSON, YAML or CSV."),
    (Stage::Shape, "Shape", "A key or value has not the form the format asks for. The JSON Schema refuses it too."),
    (Stage::Meaning, "Meaning", "The parts of the plan do not fit together."),
    (Stage::Lint, "Lint", "The plan can be read and probably does not say what was meant; `lint` reports it, and no data is needed."),
    (Stage::Data, "Data", "Observations that cannot be used as they stand, and what they say about the plan."),
    (Stage::Request, "Request", "The question cannot be answered as it was asked."),
    (Stage::Scheme, "Scheme", "The parts of a scheme do not fit together; a warning comes from its `lint`."),
    (
        Stage::Text,
        "Text",
        "What `extract` met in a policy text and what it could not read; such a finding stands with the span it is about.",
    ),
];

fn page() -> String {
    let mut page = "# Codes of findings\n\nThis page is generated: run the tests with `UPDATE=1` to write it anew. A code is a part of the public interface and stays; the wording of messages may change. An `error` stops a plan from loading or a row from being used, a `warning` does not.\n".to_owned();
    for (stage, name, summary) in STAGES {
        write!(page, "\n## {name}\n\n{summary}\n\n| code | severity | meaning |\n|---|---|---|\n").unwrap();
        for code in attainment::codes().iter().filter(|code| code.stage() == *stage) {
            writeln!(page, "| `{code}` | {} | {} |", code.severity().as_str(), code.summary()).unwrap();
        }
    }
    page
}

#[test]
fn every_code_is_on_the_page() {
    let page = page();
    for code in attainment::codes() {
        assert_eq!(page.matches(&format!("| `{code}` |")).count(), 1, "{code}");
    }
}

#[test]
fn the_page_of_codes_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/codes.md");
    let current = page();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &current).unwrap();
    }
    let published = fs::read_to_string(&path).unwrap_or_default();
    assert!(published == current, "{} is stale; run the tests with UPDATE=1", path.display());
}

fn methods_page() -> String {
    let mut page = include_str!("../../../docs/parts/methods.md").to_owned();
    for method in methods() {
        write!(page, "\n## `{}`\n\n{}", method.id, section(method)).unwrap();
    }
    page
}

fn section(method: &MethodInfo) -> String {
    let list = |items: Vec<String>| if items.is_empty() { "none".to_owned() } else { items.join(", ") };
    let categories = method.categories.iter().map(|(word, scale)| format!("{word} ({scale})")).collect();
    let accepts = method.accepts.iter().map(|(measure, when)| format!("{measure} × {}", when.join("/"))).collect();
    let trend = method.trend.iter().map(|when| (*when).to_owned()).collect();
    let uses = method.uses.iter().map(|need| format!("`{need}`")).collect();
    let not_for = method.not_for.iter().map(|kind| format!("`{kind}`")).collect();
    let needs = method.needs.iter().map(|need| format!("`{need}`")).collect();
    let parameters: Vec<String> = method.parameters.iter().map(|(name, meaning)| format!("`{name}`: {meaning}")).collect();
    let rows = [
        ("body", method.body.to_owned()),
        ("source", method.source.to_owned()),
        ("verified", method.verified.to_string()),
        ("value", method.value.to_owned()),
        ("categories (common scale)", list(categories)),
        ("measure × when", list(accepts)),
        ("direction alone", list(trend)),
        ("a baseline that satisfies the bound", if method.maintenance { "judged" } else { "not applicable" }.to_owned()),
        ("least points", method.points.to_string()),
        ("needs", list(needs)),
        ("uses where given", list(uses)),
        ("no case for", list(not_for)),
        ("parameters", if parameters.is_empty() { "none".to_owned() } else { parameters.join("; ") }),
        ("categories are", method.exactness.to_string()),
    ];
    let row = |(name, text): &(&str, String)| format!("| {name} | {} |\n", text.split_whitespace().collect::<Vec<_>>().join(" "));
    format!("| | |\n|---|---|\n{}", rows.iter().map(row).collect::<String>())
}

#[test]
fn the_page_of_methods_is_current() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/methods.md");
    let current = methods_page();
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &current).unwrap();
    }
    let published = fs::read_to_string(&path).unwrap_or_default();
    assert!(published == current, "{} is stale; run the tests with UPDATE=1", path.display());
}
