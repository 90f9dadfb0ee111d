//! Runs the language-neutral vectors of `tests/vectors/assess/`.
//!
//! A file is a list of cases. A case has a `name`, a `plan`, `observations` (rows of area,
//! indicator, period, value and an optional map of extras, or CSV text), `as_of`, and optionally
//! `vintage`, `method`, `threshold` and `targets` (CSV text of a target table). `expect` lists the
//! fields to compare of each verdict named; `findings` lists the codes of the assessment, and
//! `warnings` those the plan was read with; `outlook` and `disagreements` are the fields to compare
//! of each of them, and `changes` of what changed since the moment `diff_from`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};

use attainment::{AssessOptions, Assessment, Cell, Columns, Panel, Plan, Record, TargetTable, Threshold, Verdict};
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/assess")
}

#[test]
fn every_vector() {
    let mut files: Vec<_> = std::fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    files.sort();
    assert!(!files.is_empty());
    let (mut count, mut failures) = (0, Vec::new());
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let cases: Vec<Value> =
            serde_saphyr::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap_or_else(|error| panic!("{name}: {error}"));
        for case in cases {
            count += 1;
            if let Err(problem) = run(&case) {
                failures.push(format!("{name}: {}: {problem}", case["name"]));
            }
        }
    }
    println!("{count} vectors");
    assert!(failures.is_empty(), "{} of {count} vectors fail:\n{}", failures.len(), failures.join("\n"));
}

fn run(case: &Value) -> Result<(), String> {
    let known = [
        "name",
        "source",
        "plan",
        "observations",
        "as_of",
        "vintage",
        "method",
        "threshold",
        "targets",
        "expect",
        "findings",
        "warnings",
        "outlook",
        "disagreements",
        "diff_from",
        "changes",
        "note",
    ];
    if let Some(key) = case.as_object().and_then(|map| map.keys().find(|key| !known.contains(&key.as_str()))) {
        return Err(format!("unknown key {key}"));
    }
    let plan = Plan::from_value(&case["plan"]).map_err(|error| error.to_string())?;
    let assessment = assess(&plan, case)?;
    let expected = case["expect"].as_array().ok_or("expect is not a list")?;
    if expected.is_empty() && ["findings", "outlook", "disagreements", "changes"].iter().all(|key| case[*key].is_null()) {
        return Err("the vector expects nothing".into());
    }
    for want in expected {
        compare(&assessment, want)?;
    }
    for (key, found) in [
        ("outlook", serde_json::to_value(assessment.outlook()).unwrap()),
        ("disagreements", serde_json::to_value(assessment.disagreements()).unwrap()),
        ("changes", changes(&plan, case, &assessment)?),
    ] {
        if !case[key].is_null() && !same(&found, &case[key]) {
            return Err(format!("{key} {found:#}"));
        }
    }
    for (key, findings) in [("findings", assessment.findings()), ("warnings", plan.findings())] {
        let Some(codes) = case[key].as_array() else { continue };
        let found: Vec<&str> = findings.iter().map(|finding| finding.code.as_str()).collect();
        let wanted: Vec<&str> = codes.iter().filter_map(Value::as_str).collect();
        if found != wanted {
            return Err(format!("{key} {found:?}, want {wanted:?}"));
        }
    }
    Ok(())
}

/// What changed since the moment `diff_from`.
fn changes(plan: &Plan, case: &Value, later: &Assessment) -> Result<Value, String> {
    if case["diff_from"].is_null() {
        return Ok(Value::Null);
    }
    let mut earlier = case.clone();
    earlier["as_of"] = case["diff_from"].clone();
    Ok(serde_json::to_value(assess(plan, &earlier)?.diff(later)).unwrap())
}

fn assess(plan: &Plan, case: &Value) -> Result<Assessment, String> {
    let panel = panel(&case["observations"])?;
    let mut options = AssessOptions::new();
    for as_of in many(&case["as_of"]) {
        options = options.as_of(cell(as_of));
    }
    if !case["vintage"].is_null() {
        options = options.vintage(cell(&case["vintage"]));
    }
    for method in many(&case["method"]) {
        options = options.method(method.as_str().ok_or("method is not a text")?);
    }
    if let Some(threshold) = case["threshold"].as_str() {
        options = options.threshold(Threshold::from_word(threshold).ok_or("unknown threshold")?);
    }
    if let Some(table) = case["targets"].as_str() {
        options = options.targets(TargetTable::from_csv(table, &Columns::new()).map_err(|error| error.to_string())?);
    }
    plan.assess(&panel, &options).map_err(|error| error.to_string())
}

fn many(value: &Value) -> Vec<&Value> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(items) => items.iter().collect(),
        one => vec![one],
    }
}

fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::Empty,
        Value::String(text) => text.as_str().into(),
        Value::Bool(value) => (*value).into(),
        other => other.to_string().into(),
    }
}

fn panel(value: &Value) -> Result<Panel, String> {
    if let Some(text) = value.as_str() {
        return Panel::from_csv(text, &Columns::new()).map_err(|error| error.to_string());
    }
    let rows = value.as_array().map(Vec::as_slice).unwrap_or_default();
    Ok(Panel::from_records(rows.iter().map(|row| {
        let name = |index: usize| row[index].as_str().map_or_else(|| row[index].to_string(), str::to_owned);
        let mut record = Record::new(name(0), name(1), cell(&row[2]), cell(&row[3]));
        for (key, value) in row[4].as_object().into_iter().flatten() {
            let word = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            record = match key.as_str() {
                "unit" => record.unit(word),
                "status" => record.status(word),
                "caliber" => record.caliber(word),
                "vintage" => record.vintage(word),
                "breakdown" => record.breakdown(word),
                "value_is" => record.value_is(attainment::ValueIs::from_word(&word).expect("value_is")),
                other => panic!("unknown extra {other}"),
            };
        }
        record
    })))
}

/// The verdict as JSON, with shorthands for the fields that vectors name most.
fn flat(verdict: &Verdict) -> Value {
    let full = serde_json::to_value(verdict).unwrap();
    let mut flat = full["attained"].clone();
    for key in ["target", "area", "as_of"] {
        flat[key] = full[key].clone();
    }
    flat["flags"] = full["quality"]["flags"].clone();
    flat["points"] = full["quality"]["points"].clone();
    flat["override"] = full["override"]["state"].clone();
    if let Value::Object(pace) = &full["pace"] {
        for (key, value) in pace {
            let key = match key.as_str() {
                "value" => "pace_value",
                "reason" => "pace_reason",
                "on_declared_baseline" => "pace_on_declared_baseline",
                other => other,
            };
            flat[key] = value.clone();
        }
    }
    flat
}

fn compare(assessment: &Assessment, want: &Value) -> Result<(), String> {
    let want = want.as_object().ok_or("an expectation is a map")?;
    let text = |key: &str| want.get(key).map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
    let target = text("target").ok_or("an expectation names its target")?;
    let area = text("area").unwrap_or_default();
    let fits = |verdict: &&Verdict| {
        verdict.target == target
            && verdict.area == area
            && text("as_of").is_none_or(|as_of| verdict.as_of.to_string() == as_of)
            && text("method").is_none_or(|method| verdict.pace.as_ref().is_some_and(|pace| pace.method == method))
    };
    let found: Vec<&Verdict> = assessment.verdicts().iter().filter(fits).collect();
    let [verdict] = found.as_slice() else {
        return Err(format!("{} verdicts on {target} in `{area}`", found.len()));
    };
    let flat = flat(verdict);
    for (key, wanted) in want {
        let Some(got) = flat.get(key) else { return Err(format!("a verdict has no field {key}")) };
        if !same(got, wanted) {
            return Err(format!("{target} in `{area}`: {key} is {got}, want {wanted}"));
        }
    }
    Ok(())
}

/// Equal, where numbers of one side may be text of the other; floats to nine digits.
fn same(got: &Value, want: &Value) -> bool {
    match (got, want) {
        (Value::Array(got), Value::Array(want)) => got.len() == want.len() && got.iter().zip(want).all(|(got, want)| same(got, want)),
        (Value::Number(got), Value::Number(want)) => {
            let (got, want) = (got.as_f64().unwrap(), want.as_f64().unwrap());
            (got - want).abs() <= 1e-9 * want.abs().max(1e-9)
        }
        (Value::String(got), Value::Number(want)) => *got == want.to_string(),
        (Value::Object(got), Value::Object(want)) => want.iter().all(|(key, want)| got.get(key).is_some_and(|got| same(got, want))),
        _ => got == want,
    }
}
