//! Runs the language-neutral vectors of `tests/vectors/cascade/`, and laws of dividing.
//!
//! A case has a `name`, a `plan`, `observations` (rows of area, indicator, period, value and an
//! optional map of extras) and one of three questions: `cascade` with a rule or a list of them (each
//! hands down the table of the one before), `check` with a rule and `table` (CSV text of a target
//! table), `roll_up` with a rule. `targets` is CSV text with bounds of the wholes. `expect` holds what
//! must come out: `parts` (area to target), `unrounded`, `left_out`, `csv`, or the fields of the
//! `wholes`; `findings` lists the codes, `says` words that a message holds. `error` lists the codes of
//! a refusal.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use attainment::{
    AssessOptions, Cascade, CascadeRule, Cell, Code, Columns, Division, Error, Finding, Format, Lang, Panel, Period, Plan, Record,
    RollUpRule, Stage, TargetTable,
};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/cascade")
}

fn cases() -> Vec<(String, Value)> {
    let mut files: Vec<_> = std::fs::read_dir(root()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "yaml"));
    files.sort();
    let mut found = Vec::new();
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let cases: Vec<Value> =
            serde_saphyr::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap_or_else(|error| panic!("{name}: {error}"));
        found.extend(cases.into_iter().map(|case| (name.clone(), case)));
    }
    found
}

#[test]
fn every_vector() {
    let cases = cases();
    assert!(!cases.is_empty());
    let failures: Vec<String> =
        cases.iter().filter_map(|(file, case)| run(case).err().map(|problem| format!("{file}: {}: {problem}", case["name"]))).collect();
    println!("{} vectors", cases.len());
    assert!(failures.is_empty(), "{} of {} vectors fail:\n{}", failures.len(), cases.len(), failures.join("\n"));
}

/// Every code that a cascade brought along is triggered by a vector.
#[test]
fn every_code_has_a_vector() {
    let seen: BTreeSet<String> = cases()
        .iter()
        .flat_map(|(_, case)| [&case["error"], &case["findings"]].map(|list| list.as_array().cloned().unwrap_or_default()))
        .flatten()
        .filter_map(|code| code.as_str().map(str::to_owned))
        .collect();
    let ours = [
        Code::CascadeUnfit,
        Code::KindUnknown,
        Code::WeightsMissing,
        Code::SharesSum,
        Code::NoParts,
        Code::PartsOverlap,
        Code::CannotAddUp,
        Code::PartMissing,
        Code::PartUnfit,
        Code::PartAhead,
        Code::PartLeftOut,
        Code::ZeroBaseline,
        Code::PartsDiffer,
        Code::PartsShort,
        Code::NotChecked,
        Code::CompositionShifts,
        Code::StretchNotHandedDown,
    ];
    for code in ours {
        assert!(seen.contains(code.as_str()), "no vector triggers {code}");
        assert!(matches!(code.stage(), Stage::Request | Stage::Data), "{code}");
    }
}

fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::Empty,
        Value::String(text) => text.as_str().into(),
        other => other.to_string().into(),
    }
}

fn panel(value: &Value) -> Panel {
    let rows = value.as_array().map(Vec::as_slice).unwrap_or_default();
    Panel::from_records(rows.iter().map(|row| {
        let name = |index: usize| row[index].as_str().unwrap().to_owned();
        let mut record = Record::new(name(0), name(1), cell(&row[2]), cell(&row[3]));
        for (key, value) in row[4].as_object().into_iter().flatten() {
            let word = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            record = match key.as_str() {
                "unit" => record.unit(word),
                "caliber" => record.caliber(word),
                "vintage" => record.vintage(word),
                "breakdown" => record.breakdown(word),
                "value_is" => record.value_is(attainment::ValueIs::from_word(&word).unwrap()),
                other => panic!("unknown extra {other}"),
            };
        }
        record
    }))
}

fn table(text: &Value) -> Result<Option<TargetTable>, String> {
    text.as_str().map(|text| TargetTable::from_csv(text, &Columns::new()).map_err(|error| error.to_string())).transpose()
}

fn rule(value: &Value, targets: Option<TargetTable>) -> Result<CascadeRule, Error> {
    let rule = CascadeRule::from_value(&with_version(value))?;
    Ok(match targets {
        Some(table) => rule.targets(table),
        None => rule,
    })
}

fn with_version(value: &Value) -> Value {
    let mut value = value.clone();
    value["attainment"] = "1".into();
    value
}

/// What came out, in the shape of `expect`.
fn answer(case: &Value, plan: &Plan) -> Result<(Value, Vec<Finding>), Error> {
    let panel = panel(&case["observations"]);
    let targets = table(&case["targets"]).unwrap();
    if !case["roll_up"].is_null() {
        let rolled = plan.roll_up(&panel, &RollUpRule::from_value(&with_version(&case["roll_up"]))?)?;
        for whole in rolled.wholes() {
            let text = rolled.explain(&whole.area)?;
            assert_ne!(text.to_text(Lang::En), text.to_text(Lang::Zh));
        }
        return Ok((json!({ "wholes": rolled.to_records() }), rolled.findings().to_vec()));
    }
    if !case["check"].is_null() {
        let table = table(&case["table"]).unwrap().expect("a check has a table");
        let check = plan.check_cascade(&panel, &rule(&case["check"], targets)?, &table)?;
        for whole in check.wholes() {
            let text = check.explain(&whole.area)?;
            assert_ne!(text.to_text(Lang::En), text.to_text(Lang::Zh));
        }
        return Ok((json!({ "wholes": check.to_records() }), check.findings().to_vec()));
    }
    let one = std::slice::from_ref(&case["cascade"]);
    let rules = case["cascade"].as_array().map_or(one, Vec::as_slice);
    let (mut above, mut last): (Option<TargetTable>, Option<Cascade>) = (targets, None);
    for asked in rules {
        let cascade = plan.cascade(&panel, &rule(asked, above.take())?)?;
        above = Some(cascade.table().clone());
        last = Some(cascade);
    }
    let cascade = last.expect("a case asks one question");
    let by_area = |field: &str| -> Value {
        cascade.to_records().into_iter().map(|mut part| (part["area"].as_str().unwrap().to_owned(), part.remove(field).unwrap())).collect()
    };
    let left_out: Vec<&str> = cascade.left_out().iter().map(|left| left.area.as_str()).collect();
    for part in cascade.parts() {
        let text = cascade.explain(&part.area)?;
        assert_ne!(text.to_text(Lang::En), text.to_text(Lang::Zh));
    }
    // What is written as CSV is read as the same table.
    let csv = cascade.table().to_csv();
    assert_eq!(TargetTable::from_csv(&csv, &Columns::new()).unwrap().to_csv(), csv);
    let answer = json!({ "parts": by_area("bound"), "unrounded": by_area("unrounded"), "left_out": left_out, "csv": csv });
    Ok((answer, cascade.findings().to_vec()))
}

fn run(case: &Value) -> Result<(), String> {
    let known = [
        "name",
        "source",
        "plan",
        "observations",
        "targets",
        "table",
        "cascade",
        "check",
        "roll_up",
        "expect",
        "findings",
        "says",
        "error",
    ];
    if let Some(key) = case.as_object().and_then(|map| map.keys().find(|key| !known.contains(&key.as_str()))) {
        return Err(format!("unknown key {key}"));
    }
    let plan = Plan::from_value(&case["plan"]).map_err(|error| error.to_string())?;
    let findings = match (answer(case, &plan), case["error"].as_array()) {
        (Ok((_, findings)), Some(_)) => return Err(format!("no error, and {:?}", codes(&findings))),
        (Err(error), None) => return Err(error.to_string()),
        (Err(error), Some(codes)) => {
            same(&json!(self::codes(error.findings())), &Value::Array(codes.clone())).map_err(|why| format!("error{why}: {error}"))?;
            error.findings().to_vec()
        }
        (Ok((got, findings)), None) => {
            let expect = case["expect"].as_object().ok_or("the vector expects nothing")?;
            for (key, wanted) in expect {
                same(got.get(key).ok_or(format!("no {key}"))?, wanted).map_err(|why| format!("{key}{why}"))?;
            }
            let empty = Value::Array(Vec::new());
            let wanted = if case["findings"].is_null() { &empty } else { &case["findings"] };
            same(&json!(codes(&findings)), wanted).map_err(|why| format!("findings{why}"))?;
            findings
        }
    };
    for words in case["says"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !findings.iter().any(|finding| finding.message.en.contains(words)) {
            let all: Vec<_> = findings.iter().map(|finding| finding.message.en.as_str()).collect();
            return Err(format!("no finding says `{words}`: {all:?}"));
        }
    }
    for finding in &findings {
        if finding.help.is_none() || finding.message.zh == finding.message.en {
            return Err(format!("{finding} has no help or no Chinese"));
        }
    }
    Ok(())
}

fn codes(findings: &[Finding]) -> Vec<&'static str> {
    findings.iter().map(|finding| finding.code.as_str()).collect()
}

/// Whether everything that is wanted is there; numbers may be text.
fn same(got: &Value, want: &Value) -> Result<(), String> {
    match (got, want) {
        (Value::Array(got), Value::Array(items)) => {
            if got.len() != items.len() {
                return Err(format!(" has {} items, want {}: {got:?}", got.len(), items.len()));
            }
            got.iter().zip(items).enumerate().try_for_each(|(index, (got, want))| same(got, want).map_err(|why| format!("/{index}{why}")))
        }
        (Value::Object(got), Value::Object(want)) => want.iter().try_for_each(|(key, want)| {
            let got = got.get(key).ok_or(format!("/{key} is not there"))?;
            same(got, want).map_err(|why| format!("/{key}{why}"))
        }),
        (Value::String(got), Value::Number(want)) if *got == want.to_string() => Ok(()),
        _ if got == want => Ok(()),
        _ => Err(format!(" is {got}, want {want}")),
    }
}
