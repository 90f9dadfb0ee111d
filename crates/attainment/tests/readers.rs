//! Runs the language-neutral vectors of foreign formats: `tests/vectors/panel/*.yaml`.
//!
//! A file is a list of cases, and is named for what reads it: `sdmx.yaml`, `worldbank.yaml`,
//! `open_sdg.yaml`. A case has a `name`, optionally a `source` and `columns` (ours to theirs), the
//! `text`, for Open SDG also `metadata`, and either `error`, the codes of what is refused, or
//! `observations` (how many), `findings` (codes with row and column) and `expect`: an area, an
//! indicator, its unit, a breakdown, a caliber, a period and a vintage, with the value that a target on
//! them sees (none where it is missing) and, where they are given, its flags. `plan` is the document that
//! Open SDG's metadata become and `plan_findings` what is said about it (codes with lines).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use attainment::{AssessOptions, Columns, Error, Finding, Panel, PanelBuilder, Plan, Threshold};
use serde_json::{Value, json};

type Read = (Panel, Option<Plan>);

fn cases(file: &str) -> Vec<Value> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/panel").join(file);
    serde_saphyr::from_str(&std::fs::read_to_string(path).unwrap()).unwrap_or_else(|error| panic!("{file}: {error}"))
}

fn text<'a>(case: &'a Value, key: &str) -> &'a str {
    case[key].as_str().unwrap_or_default()
}

fn columns(case: &Value) -> Columns {
    let named = case["columns"].as_object().into_iter().flatten();
    named.fold(Columns::new(), |columns, (ours, theirs)| columns.rename(ours, theirs.as_str().unwrap()))
}

fn read(file: &str, case: &Value) -> Result<Read, Error> {
    let (text, names) = (text(case, "text"), columns(case));
    match file {
        "sdmx.yaml" => Panel::from_sdmx_csv(text, &names).map(|panel| (panel, None)),
        "worldbank.yaml" => Panel::from_worldbank_csv(text, &names).map(|panel| (panel, None)),
        _ => Panel::from_open_sdg(text, case["metadata"].as_str().unwrap_or_default(), &names).map(|(panel, plan)| (panel, Some(plan))),
    }
}

/// What a case says about findings, as far as it says it.
fn compare_findings(want: &Value, found: &[Finding]) -> Result<(), String> {
    let all: Vec<String> = found.iter().map(ToString::to_string).collect();
    if let Some(finding) = found.iter().find(|finding| finding.help.is_none()) {
        return Err(format!("no help: {finding}"));
    }
    let Some(want) = want.as_array() else { return Ok(()) };
    let same = |(want, finding): (&Value, &Finding)| {
        want["code"] == finding.code.as_str()
            && want.get("row").is_none_or(|row| row.as_u64() == finding.row)
            && want.get("line").is_none_or(|line| line.as_u64() == finding.line.map(u64::from))
            && (want.get("line").is_some() || want.get("column").and_then(Value::as_u64) == finding.column.map(u64::from))
    };
    if want.len() == found.len() && want.iter().zip(found).all(same) { Ok(()) } else { Err(format!("findings are {all:#?}")) }
}

/// The value and the flags that a target sees.
fn seen(panel: &Panel, expect: &Value) -> Result<(Option<String>, Vec<String>), String> {
    let mut indicator = json!({ "name": "A", "direction": "increase" });
    let mut target = json!({ "indicator": text(expect, "indicator"), "reach": "0", "by": word(&expect["period"]) });
    if let Some(unit) = expect.get("unit") {
        indicator["unit"] = unit.clone();
        target["reach"] = if unit == "percent" { "0%".into() } else { format!("0 {}", unit.as_str().unwrap()).into() };
    }
    for key in ["breakdown", "caliber"] {
        if let Some(value) = expect.get(key) {
            target[key] = value.clone();
        }
    }
    let plan = json!({ "attainment": "1", "id": "p", "indicators": { text(expect, "indicator"): indicator }, "targets": { "t": target } });
    let plan = Plan::from_value(&plan).map_err(|error| error.to_string())?;
    let mut options = AssessOptions::new().as_of("2099");
    if let Some(vintage) = expect.get("vintage") {
        options = options.vintage(word(vintage));
    }
    let assessment = plan.assess(panel, &options).map_err(|error| error.to_string())?;
    let verdict = assessment.verdict("t", text(expect, "area")).map_err(|error| error.to_string())?;
    let flags = verdict.quality.flags.iter().map(|flag| flag.as_str().to_owned()).collect();
    // Without an observation at the deadline the verdict shows the latest there is.
    let value = verdict.attained.value.filter(|_| verdict.attained.reason.is_none());
    Ok((value.map(|value| value.to_string()), flags))
}

/// A scalar as it is written: a year is a number to YAML.
fn word(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn check(case: &Value, result: Result<Read, Error>) -> Result<(), String> {
    let (panel, plan) = match (result, case.get("error")) {
        (Ok(_), Some(_)) => return Err("was read".to_owned()),
        (Err(error), None) => return Err(error.to_string()),
        (Err(error), Some(want)) => {
            let codes: Vec<&str> = error.findings().iter().map(|finding| finding.code.as_str()).collect();
            let codes: Vec<&str> = codes.into_iter().filter(|code| *code != "unused_column").collect();
            return if *want == json!(codes) { Ok(()) } else { Err(format!("refused for {:#?}", error.findings())) };
        }
        (Ok(read), None) => read,
    };
    compare_findings(&case["findings"], panel.findings())?;
    if let Some(count) = case.get("observations").filter(|count| count.as_u64() != Some(panel.len() as u64)) {
        return Err(format!("{} observations, not {count}", panel.len()));
    }
    for expect in case["expect"].as_array().into_iter().flatten() {
        let (value, flags) = seen(&panel, expect)?;
        if value.as_deref() != expect["value"].as_str() {
            return Err(format!("{expect} is {value:?}"));
        }
        if expect.get("flags").is_some_and(|want| *want != json!(flags)) {
            return Err(format!("{expect} has the flags {flags:?}"));
        }
    }
    if let Some(plan) = plan {
        if let Some(want) = case.get("plan") {
            let want = Plan::from_value(want).map_err(|error| error.to_string())?;
            if plan != want {
                return Err(format!("the plan is {}", plan.to_text(attainment::Format::Yaml)));
            }
        }
        compare_findings(&case["plan_findings"], plan.findings())?;
        let again = Plan::parse(&plan.to_text(attainment::Format::Json), attainment::Format::Json).map_err(|error| error.to_string())?;
        assert_eq!(again, plan, "a plan that is made is a plan that can be written");
        for (target, want) in case["paces"].as_object().into_iter().flatten() {
            let options = AssessOptions::new().as_of(word(&want["as_of"])).method(text(want, "method"));
            let assessment = plan.assess(&panel, &options).map_err(|error| error.to_string())?;
            let pace = assessment.verdict(target, text(want, "area")).map_err(|error| error.to_string())?.pace.clone();
            let category = pace.as_ref().and_then(|pace| pace.category.as_deref());
            if want["category"].as_str() != category {
                return Err(format!("{target} is {pace:#?}"));
            }
        }
    }
    Ok(())
}

fn run(file: &str) {
    let cases = cases(file);
    assert!(!cases.is_empty());
    let failures: Vec<String> = cases
        .iter()
        .filter_map(|case| check(case, read(file, case)).err().map(|problem| format!("{}: {problem}", text(case, "name"))))
        .collect();
    println!("{} vectors", cases.len());
    assert!(failures.is_empty(), "{} of {} vectors fail:\n{}", failures.len(), cases.len(), failures.join("\n"));
}

#[test]
fn sdmx() {
    run("sdmx.yaml");
}

#[test]
fn worldbank() {
    run("worldbank.yaml");
}

#[test]
fn open_sdg() {
    run("open_sdg.yaml");
}

/// A text in two batches keeps apart what the whole text keeps apart.
#[test]
fn batches_of_sdmx_never_merge_what_the_whole_keeps_apart() {
    let header = "DATAFLOW,REF_AREA,INDICATOR,SEX,AGE,TIME_PERIOD,OBS_VALUE\n";
    let rows: Vec<String> = ["_T", "F", "M"]
        .iter()
        .flat_map(|sex| ["_T", "Y15", "Y65"].map(|age| (sex, age)))
        .flat_map(|(sex, age)| [2019, 2020].map(|year| format!("A:D(1.0),NO,A,{sex},{age},{year},1\n")))
        .collect();
    for split in 1..rows.len() {
        for order in [[0..split, split..rows.len()], [split..rows.len(), 0..split]] {
            let mut builder = PanelBuilder::new();
            for part in order {
                builder.add_sdmx_csv(&format!("{header}{}", rows[part].concat()), &Columns::new()).unwrap();
            }
            let panel = builder.finish();
            assert_eq!(panel.len(), rows.len(), "{split}: {:?}", panel.findings());
        }
    }
}

/// `3.1` of two published decimals is `3.10`, which is known to a hundredth.
#[test]
fn published_decimals_count() {
    let plan = json!({
        "attainment": "1", "id": "p",
        "indicators": { "A": { "name": "A", "direction": "increase" } },
        "targets": { "t": { "indicator": "A", "at_least": "3.12", "by": "2020" } },
    });
    let plan = Plan::from_value(&plan).unwrap();
    for (decimals, want) in [("1", Some("undecided_digits")), ("2", None), ("", Some("undecided_digits")), ("99", Some("undecided_digits"))]
    {
        let text = format!("DATAFLOW,REF_AREA,INDICATOR,TIME_PERIOD,OBS_VALUE,DECIMALS\nAG:DF(1.0),NO,A,2020,3.1,{decimals}\n");
        let panel = Panel::from_sdmx_csv(&text, &Columns::new()).unwrap();
        let options = AssessOptions::new().as_of(2020).threshold(Threshold::Digits);
        let reason = plan.assess(&panel, &options).unwrap().verdicts()[0].attained.reason;
        assert_eq!(reason.map(|reason| reason.as_str()), want, "{decimals}");
    }
}

/// Whatever stands in a text, it is read or refused, and says the same every time.
#[test]
fn damaged_texts_are_read_or_refused() {
    let pieces = [
        "", ",", ";", "\"", "\n", "\r", "\t", "|", "[", "]", ":", ": ", "/", "-", "~", "2020-W99", "P9999Y", "é", "新", "\u{feff}", "\0",
        "x", "0", "9e99", "#N/A", "Name", "Code",
    ];
    let mut state = 7_u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below.max(1)
    };
    for file in ["sdmx.yaml", "worldbank.yaml", "open_sdg.yaml"] {
        for case in cases(file) {
            for _ in 0..60 {
                let mut damaged = case.clone();
                for key in ["text", "metadata"] {
                    let Some(text) = case[key].as_str() else { continue };
                    let mut chars: Vec<String> = text.chars().map(String::from).collect();
                    for _ in 0..1 + next(4) {
                        let (at, end) = (next(chars.len() + 1), next(4));
                        let piece = pieces[next(pieces.len())].to_owned();
                        let end = (at + end).min(chars.len());
                        chars.splice(at..end, [piece]);
                    }
                    damaged[key] = chars.concat().into();
                }
                let outcome = |read: Result<Read, Error>| match read {
                    Ok((panel, plan)) => (panel.len(), panel.findings().to_vec(), plan.map(|plan| plan.digest())),
                    Err(error) => (0, error.findings().to_vec(), None),
                };
                let (first, second) = (outcome(read(file, &damaged)), outcome(read(file, &damaged)));
                assert_eq!(first, second, "{damaged:?}");
                assert!(first.1.iter().all(|finding| finding.help.is_some()), "{:#?}", first.1);
            }
        }
    }
}

/// Every row of a text is an observation, or a finding says what became of it.
#[test]
fn no_row_disappears() {
    // What a row deletes is said by the row that deletes it.
    for case in cases("sdmx.yaml").into_iter().filter(|case| !text(case, "text").contains(",D,")) {
        let Ok((panel, _)) = read("sdmx.yaml", &case) else { continue };
        let mut reader =
            csv::ReaderBuilder::new().flexible(true).from_reader(text(&case, "text").trim_start_matches('\u{feff}').as_bytes());
        let rows = reader.records().filter(|row| row.as_ref().is_ok_and(|row| row.iter().any(|field| !field.is_empty()))).count();
        let named: std::collections::BTreeSet<u64> =
            panel.findings().iter().filter(|f| f.code.as_str() != "unknown_status").filter_map(|f| f.row).filter(|row| *row > 0).collect();
        assert!(panel.len() + named.len() >= rows, "{}: {rows} rows, {:#?}", case["name"], panel.findings());
    }
}
