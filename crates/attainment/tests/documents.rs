//! The vectors of `tests/vectors/documents`, and whether the schema judges them the same way.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use attainment::{Code, Format, Plan, Stage};
use serde::Deserialize;
use serde_json::{Value, json};

/// Texts that are not worth reading more than once.
const SMALL: usize = 1 << 20;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    format: String,
    text: Option<String>,
    pieces: Option<Vec<(String, usize)>>,
    #[serde(default)]
    findings: Vec<Expected>,
    #[serde(default)]
    warnings: Vec<String>,
}

#[derive(Debug, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
struct Expected {
    code: String,
    path: String,
    line: Option<u32>,
    column: Option<u32>,
}

impl Case {
    fn text(&self) -> String {
        match (&self.text, &self.pieces) {
            (Some(text), None) => text.clone(),
            (None, Some(pieces)) => pieces.iter().map(|(text, times)| text.repeat(*times)).collect(),
            _ => panic!("{}: exactly one of `text` and `pieces`", self.name),
        }
    }

    fn format(&self) -> Format {
        Format::from_name(&self.format).expect("a known format")
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn cases(file: &str) -> Vec<Case> {
    let text = fs::read_to_string(root().join("tests/vectors/documents").join(file)).unwrap();
    let cases: Vec<Case> = serde_saphyr::from_str(&text).unwrap();
    let names: BTreeSet<_> = cases.iter().map(|case| &case.name).collect();
    assert_eq!(names.len(), cases.len(), "a name stands twice in {file}");
    cases
}

fn report(failures: &[String]) {
    assert!(failures.is_empty(), "{} vectors fail:\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn bad_documents_give_their_findings() {
    let mut failures = Vec::new();
    for case in cases("bad.yaml") {
        let text = case.text();
        let findings = Plan::check(&text, case.format());
        let found: Vec<_> = findings
            .iter()
            .map(|finding| Expected {
                code: finding.code.as_str().to_owned(),
                path: finding.path.clone(),
                line: finding.line,
                column: finding.column,
            })
            .collect();
        if found != case.findings {
            failures.push(format!("{}:\n  want {:?}\n  have {found:?}", case.name, case.findings));
        }
        if text.len() <= SMALL {
            let error = Plan::parse(&text, case.format()).map(drop).expect_err(&case.name);
            assert_eq!(error.findings(), findings, "{}: `parse` and `check` differ", case.name);
        }
    }
    report(&failures);
}

#[test]
fn good_documents_load() {
    let mut failures = Vec::new();
    for case in cases("good.yaml") {
        let text = case.text();
        match Plan::parse(&text, case.format()) {
            Err(error) => failures.push(format!("{}: {error}", case.name)),
            Ok(plan) => {
                let found: Vec<_> = plan.findings().iter().map(|finding| finding.code.as_str()).collect();
                if found != case.warnings {
                    failures.push(format!("{}:\n  want {:?}\n  have {found:?}", case.name, case.warnings));
                }
                assert_eq!(plan.findings(), Plan::check(&text, case.format()), "{}", case.name);
                assert_reads_back(&plan, &case.name);
            }
        }
    }
    report(&failures);
}

/// The code points that a finding points at are those at its line and column.
#[test]
fn lines_columns_and_offsets_name_the_same_place() {
    for case in cases("bad.yaml").into_iter().chain(cases("good.yaml")) {
        let text = case.text();
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
        if text.len() > SMALL {
            continue;
        }
        for finding in Plan::check(text, case.format()) {
            let (Some(line), Some(column), Some(start), Some(end)) = (finding.line, finding.column, finding.start, finding.end) else {
                continue;
            };
            let before: String = text.chars().take(start as usize).collect();
            let last_line = before.rsplit('\n').next().unwrap_or_default();
            let lines = before.matches('\n').count() as u32 + 1;
            let columns = last_line.chars().count() as u32 + 1;
            assert_eq!((lines, columns), (line, column), "{}: {finding}", case.name);
            assert!(start <= end && end as usize <= text.chars().count(), "{}: {finding}", case.name);
        }
    }
}

#[test]
fn every_code_of_documents_has_a_vector() {
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for case in cases("bad.yaml") {
        seen.extend(case.findings.into_iter().map(|finding| finding.code));
    }
    for case in cases("good.yaml") {
        seen.extend(case.warnings);
    }
    let of_documents = |code: &&Code| matches!(code.stage(), Stage::Syntax | Stage::Shape | Stage::Meaning);
    let missing: Vec<_> = attainment::codes().iter().filter(of_documents).filter(|code| !seen.contains(code.as_str())).collect();
    assert!(missing.is_empty(), "no vector for {missing:?}");
}

#[test]
fn every_finding_says_what_helps() {
    let mut without = BTreeSet::new();
    for case in cases("bad.yaml").into_iter().chain(cases("good.yaml")) {
        let findings = Plan::check(&case.text(), case.format());
        without.extend(findings.iter().filter(|finding| finding.help.is_none()).map(ToString::to_string));
    }
    assert!(without.is_empty(), "no help in {} findings:\n{}", without.len(), Vec::from_iter(without).join("\n"));
}

/// Reads a text with the parsers of others.
fn independent_value(text: &str, format: Format) -> Result<Value, String> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    match format {
        Format::Json => serde_json::from_str(text).map_err(|error| error.to_string()),
        _ => {
            // The bounds of documents are tested elsewhere, and `.nan` is a text here.
            let options = serde_saphyr::options! { budget: None, non_finite_float_policy: serde_saphyr::NonFiniteFloatPolicy::AsString };
            serde_saphyr::from_str_with_options(text, options).map_err(|error| error.to_string())
        }
    }
}

/// A well-formed text has an error of the stage `Shape` exactly when a validator refuses it.
#[test]
fn the_schema_agrees_with_the_reader() {
    let schema = attainment::schema("plan").unwrap();
    let validator = jsonschema::validator_for(&schema).expect("a valid schema");
    let mut failures = Vec::new();
    let mut compared = 0;
    for case in cases("good.yaml").into_iter().chain(cases("bad.yaml")) {
        let text = case.text();
        if text.len() > SMALL {
            continue;
        }
        let findings = Plan::check(&text, case.format());
        if findings.iter().any(|finding| finding.code == Code::BadSyntax && case.format() == Format::Json) {
            assert!(independent_value(&text, Format::Json).is_err(), "{}: others read it", case.name);
        }
        if findings.iter().any(|finding| finding.code.stage() == Stage::Syntax) {
            continue;
        }
        let ours = !findings.iter().any(|finding| finding.code.stage() == Stage::Shape);
        match independent_value(&text, case.format()) {
            Err(error) => failures.push(format!("{}: others do not read it: {error}", case.name)),
            Ok(value) => {
                compared += 1;
                let theirs = validator.is_valid(&value);
                if ours != theirs {
                    failures.push(format!("{}: ours {ours}, theirs {theirs}: {value}", case.name));
                }
            }
        }
    }
    report(&failures);
    assert!(compared > 100, "only {compared} documents were compared");
}

#[test]
fn the_published_schema_is_current() {
    for name in ["plan", "method", "scheme", "cascade", "roll_up"] {
        schema_is_current(name);
    }
}

fn schema_is_current(name: &str) {
    let path = root().join(format!("docs/schema/{name}.schema.json"));
    let schema = attainment::schema(name).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    let current = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &current).unwrap();
    }
}

fn assert_loads(path: &Path) {
    let text = fs::read_to_string(path).unwrap();
    let plan = Plan::parse(&text, Format::Yaml).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assert_reads_back(&plan, &path.display().to_string());
}

fn assert_reads_back(plan: &Plan, name: &str) {
    for format in [Format::Json, Format::Yaml] {
        let text = plan.to_text(format);
        let again = Plan::parse(&text, format).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
        assert_eq!(again, *plan, "{name} through {}", format.as_str());
    }
}

#[test]
fn the_plans_of_the_test_data_load() {
    let mut count = 0;
    for entry in fs::read_dir(root().join("tests/data")).unwrap() {
        let path = entry.unwrap().path().join("plan.yaml");
        if path.exists() {
            assert_loads(&path);
            count += 1;
        }
    }
    assert!(count >= 7, "only {count} plans");
}

/// The plans that explain the format, beside the repository where they are there.
#[test]
fn reference_plans_load() {
    let folder = root().join("../shared/reference/plans");
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("skipped: there are no reference plans beside the repository");
        return;
    };
    for entry in entries {
        assert_loads(&entry.unwrap().path());
    }
}

#[test]
fn a_text_beyond_the_bound_is_refused() {
    let text = "x".repeat(100 << 20);
    assert_eq!(Plan::check(&text, Format::Yaml)[0].code, Code::TooLarge);
}

#[test]
fn problems_by_the_hundred_thousand_are_counted() {
    let head = r#""attainment": 1, "id": "x", "indicators": {}"#;
    let keys: String = (0..100_000).map(|n| format!(", \"key {n}\": 0")).collect();
    let text = format!("{{ {head}, \"targets\": {{}}{keys} }}");
    let findings = Plan::check(&text, Format::Json);
    assert_eq!(findings.len(), 100);
    assert!(findings[99].message.en.contains("100000"), "{}", findings[99]);

    let targets: Vec<_> = (0..50_000).map(|n| format!(r#""t{n}": {{ "indicator": "i{n}", "reach": 1 }}"#)).collect();
    let text = format!("{{ {head}, \"targets\": {{ {} }} }}", targets.join(", "));
    let findings = Plan::check(&text, Format::Json);
    let codes: BTreeSet<_> = findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, BTreeSet::from([Code::UnknownReference, Code::NoDeadline]));
    assert_eq!(findings.len(), 200);
    assert!(findings.iter().all(|finding| finding.line.is_some()));

    let members: Vec<_> = (0..50_000).map(|n| format!("m{n}")).collect();
    let text = format!("attainment: 1\nid: x\nindicators: {{}}\ntargets: {{ t: {{ all: [{}] }} }}\n", members.join(", "));
    assert_eq!(Plan::check(&text, Format::Yaml).len(), 100);

    let repeated = "note: a\n".repeat(50_000);
    let text = format!("attainment: 1\nid: x\nindicators: {{}}\ntargets: {{}}\n{repeated}");
    assert_eq!(Plan::check(&text, Format::Yaml).len(), 100);
}

#[test]
fn one_long_line_is_read_as_fast_as_many() {
    let item = r#"{"indicator":"甲","at":2020,"value":1}"#;
    let items: Vec<_> = (0..100_000).map(|n| format!("\"o{n}\":{item}")).collect();
    let head = r#""attainment":1,"id":"x","indicators":{"甲":{"name":"甲","direction":"increase"}},"targets":{}"#;
    let text = format!("{{{head},\"observations\":{{{}}}}}", items.join(","));
    assert_eq!(Plan::check(&text, Format::Json), []);
    assert_eq!(Plan::check(&text, Format::Yaml), []);
}

#[test]
fn values_of_a_host_have_the_bounds_of_texts() {
    let plan = |title: Value| json!({ "attainment": 1, "id": "x", "indicators": {}, "targets": {}, "title": title });
    let deep = |levels: usize| (0..levels).fold(json!(0), |value, _| json!([value]));
    assert_eq!(Plan::from_value(&plan(deep(63))).map(drop).unwrap_err().code(), Some(Code::WrongType));
    for value in [plan(deep(64)), deep(1000), plan(json!({ "k".repeat(201): 0 }))] {
        let error = Plan::from_value(&value).map(drop).unwrap_err();
        assert!(matches!(error.code(), Some(Code::TooDeep | Code::TooLarge)), "{error}");
    }
    let error = Plan::from_value(&Value::Null).map(drop).unwrap_err();
    assert_eq!(error.code(), Some(Code::WrongType));
}
