//! Runs the language-neutral vectors of `tests/vectors/lint/`.
//!
//! A file is a list of cases. A case has a `name`, a `plan` and `findings`: the code and path of
//! every finding of the lint, in order. A case without findings is a plan that is clean, or one
//! that comes near a trap and is none.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use attainment::{Code, Format, Plan, Stage};
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

struct Case {
    file: String,
    name: String,
    plan: Value,
    findings: Vec<(String, String)>,
}

fn cases() -> Vec<Case> {
    let mut files: Vec<_> = fs::read_dir(root().join("tests/vectors/lint")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let mut cases = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let list: Vec<Value> = serde_saphyr::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        for case in list {
            let keys: Vec<&str> = case.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(keys, ["name", "plan", "findings"], "{}", file.display());
            let word = |finding: &Value, key: &str| finding[key].as_str().expect("a text").to_owned();
            cases.push(Case {
                file: file.file_stem().unwrap().to_string_lossy().into_owned(),
                name: case["name"].as_str().expect("a name").to_owned(),
                plan: case["plan"].clone(),
                findings: case["findings"].as_array().unwrap().iter().map(|f| (word(f, "code"), word(f, "path"))).collect(),
            });
        }
    }
    cases
}

fn is_lint(code: &str) -> bool {
    attainment::codes().iter().any(|known| known.as_str() == code && known.stage() == Stage::Lint)
}

#[test]
fn every_vector() {
    let (mut count, mut failures) = (0, Vec::new());
    for case in cases() {
        count += 1;
        let plan = match Plan::from_value(&case.plan) {
            Ok(plan) => plan,
            Err(error) => {
                failures.push(format!("{}: {}: {error}", case.file, case.name));
                continue;
            }
        };
        let found: Vec<(String, String)> = plan.lint().into_iter().map(|f| (f.code.as_str().to_owned(), f.path)).collect();
        if found != case.findings {
            failures.push(format!("{}: {}:\n  want {:?}\n  have {found:?}", case.file, case.name, case.findings));
        }
    }
    println!("{count} vectors");
    assert!(failures.is_empty(), "{} of {count} vectors fail:\n{}", failures.len(), failures.join("\n"));
}

/// Every code is triggered by a vector, and a vector of the same file comes near it and is clean.
#[test]
fn every_code_has_a_vector_and_a_near_miss() {
    let cases = cases();
    let mut files: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut clean: BTreeSet<&str> = BTreeSet::new();
    for case in &cases {
        let codes: BTreeSet<&str> = case.findings.iter().map(|(code, _)| code.as_str()).filter(|code| is_lint(code)).collect();
        if codes.is_empty() {
            clean.insert(&case.file);
        }
        for code in codes {
            files.entry(code).or_default().insert(&case.file);
        }
    }
    for code in attainment::codes().iter().filter(|code| code.stage() == Stage::Lint) {
        let files = files.get(code.as_str()).unwrap_or_else(|| panic!("no vector triggers {code}"));
        assert!(files.iter().any(|file| clean.contains(file)), "no clean vector beside those of {code}");
    }
}

#[test]
fn every_finding_proposes_a_repair_in_two_languages() {
    for case in cases() {
        for finding in Plan::from_value(&case.plan).unwrap().lint() {
            if finding.code.stage() != Stage::Lint {
                continue;
            }
            let help = finding.help.as_ref().unwrap_or_else(|| panic!("{finding}"));
            for text in [&finding.message.en, &finding.message.zh, &help.en, &help.zh] {
                assert!(!text.is_empty() && !text.ends_with(['.', '。']), "{finding}: {text}");
            }
            let starts_upper = |text: &str| text.starts_with(|c: char| c.is_ascii_uppercase());
            assert!(!starts_upper(&finding.message.en) && !starts_upper(&help.en), "{finding}");
            assert!(!finding.message.zh.is_ascii(), "{finding}");
        }
    }
}

const CANGZHOU: &str = "attainment: 1
id: cangzhou
title: 沧州市科技创新三年行动计划
targets:
  add: { indicator: tic, measure: change, reach: 34, by: 2022, baseline: 2019 }
  total: { indicator: tic, reach: 51, by: 2022 }
  rd: { indicator: rd, reach: 1.7, by: 2022 }
indicators:
  tic: { name: 技术创新中心, unit: 家, direction: increase }
  rd: { name: 研发占GDP比重, direction: increase }
window: /2022
";

/// The order is that of the text, which is not the order of the format here.
#[test]
fn findings_have_a_place_where_the_plan_is_a_text() {
    let plan = Plan::parse(CANGZHOU, Format::Yaml).unwrap();
    let places: Vec<_> = plan.lint().iter().map(|f| (f.code.as_str(), f.line, f.column)).collect();
    assert_eq!(
        places,
        [("implied_baseline", Some(5), Some(50)), ("ratio_without_unit", Some(10), Some(7)), ("start_unknown", Some(11), Some(9))]
    );
    let finding = &plan.lint()[0];
    assert!(finding.message.en.contains("51 - 34 = 17家, +200 %"), "{finding}");
    assert!(finding.help.as_ref().unwrap().en.contains("baseline: { at: 2019, value: 17家 }"), "{finding}");
    let start = &plan.lint()[2];
    assert!(start.help.as_ref().unwrap().zh.contains("`2020/2022`"), "{start}");
    let text: Vec<char> = CANGZHOU.chars().collect();
    let cut = |f: &attainment::Finding| text[f.start.unwrap() as usize..f.end.unwrap() as usize].iter().collect::<String>();
    assert_eq!(cut(finding), "34");
    assert_eq!(cut(start), "/2022");
}

/// The warnings of the check are among them, and nothing is said twice.
#[test]
fn the_warnings_of_the_check_are_included() {
    let text = "{ attainment: 1, id: p, indicators: { a: { name: 占比, kind: share, direction: increase } }, targets: { t: { indicator: a, about: 5 } } }";
    let plan = Plan::parse(text, Format::Yaml).unwrap();
    let findings = plan.lint();
    for warning in plan.findings() {
        assert_eq!(findings.iter().filter(|finding| *finding == warning).count(), 1, "{warning}");
    }
    let codes: Vec<_> = findings.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::UnitLost, Code::NoDeadline, Code::NoTolerance, Code::UnitLost]);
}

/// What is in use should pass without a word that nobody needs.
#[test]
fn plans_in_use_are_nearly_clean() {
    for entry in fs::read_dir(root().join("tests/data")).unwrap() {
        let path = entry.unwrap().path().join("plan.yaml");
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for finding in Plan::parse(&text, Format::Yaml).unwrap().lint() {
            println!("{}: {finding}", path.display());
            let expected = finding.code.stage() != Stage::Lint || finding.code == Code::BaselineWithoutValue;
            assert!(expected, "{}: {finding}", path.display());
        }
    }
}

/// 10,000 targets, all of them on one indicator or each on its own, with every sort of problem.
#[test]
fn a_large_plan_is_linted_in_no_time() {
    let kinds: [fn(usize) -> String; 4] = [
        |n| format!("i{n}: {{ name: 企业{n}, grade: 省级及以上, unit: 家, direction: increase, part_of: i0 }}"),
        |_| String::new(),
        |n| {
            format!(
                "t{n}: {{ indicator: i{n}, measure: change, reach: {n}, by: 2022, pair: {{ with: t{n}, relation: subset }}, group: g }}"
            )
        },
        |n| format!("t{n}: {{ indicator: i0, at_least: {n}, by: 2022, weight: 0.5, each: 2020/ }}").replace("by: 2022, ", ""),
    ];
    for (indicator, target) in [(kinds[0], kinds[2]), (kinds[0], kinds[3])] {
        let lines = |of: fn(usize) -> String| (1..=10_000).map(|n| format!("  {}\n", of(n))).collect::<String>();
        let text = format!(
            "attainment: 1\nid: p\nindicators:\n  i0: {{ name: 企业, grade: 市级及以上, unit: 家, direction: increase }}\n{}targets:\n  t0: {{ indicator: i0, at_least: 5, by: 2022 }}\n{}",
            lines(indicator),
            lines(target)
        );
        let plan = Plan::parse(&text, Format::Yaml).unwrap();
        assert!(!plan.lint().is_empty());
    }
}

fn corpus(number: usize) -> Option<Plan> {
    let path = root().join(format!("tests/plans/{number:02}.yaml"));
    let text = fs::read_to_string(&path).ok()?;
    Some(Plan::parse(&text, Format::Yaml).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
}

/// The code and the place of what the lint says of a plan, where ids of one document are those of
/// the other: `d1-03` is `d4-03`.
fn told(plan: &Plan, document: &str) -> BTreeSet<(String, String)> {
    let place = |path: &str| path.replace(&format!("/{document}-"), "/d-");
    plan.lint().iter().map(|finding| (finding.code.as_str().to_owned(), place(&finding.path))).collect()
}

/// Two copies of one plan: what one lost is what only one of them is told.
#[test]
fn two_copies_of_a_plan_differ_where_one_is_damaged() {
    let (Some(first), Some(fourth)) = (corpus(1), corpus(4)) else {
        println!("skipped: tests/plans/01.yaml or 04.yaml is not there");
        return;
    };
    let (first_told, fourth_told) = (told(&first, "d1"), told(&fourth, "d4"));
    let only_first: Vec<_> = first_told.difference(&fourth_told).map(|(code, path)| (code.as_str(), path.as_str())).collect();
    let only_fourth: Vec<_> = fourth_told.difference(&first_told).map(|(code, path)| (code.as_str(), path.as_str())).collect();
    // The unit of d1-03, d1-18 and d1-34.
    let unit = |path: &str| match path.strip_prefix("/targets/d-").and_then(|rest| rest.split('/').next()) {
        Some(number) => number == "03" || number == "18",
        None => path == "/instruments/d-34/amount",
    };
    let of_units: BTreeSet<&str> = ["unit_lost", "ratio_without_unit", "no_unit"].into();
    for target in ["d1-03", "d1-18"] {
        let indicator = first.document().targets[target].indicator.as_ref().unwrap().as_str().to_owned();
        let place = format!("/indicators/{indicator}");
        assert!(only_first.iter().any(|(code, path)| of_units.contains(code) && *path == place), "{target}: {only_first:?}");
    }
    assert!(only_first.contains(&("no_unit", "/instruments/d-34/amount")), "{only_first:?}");
    // The start of the superior plan, and with it the start of what it hands down.
    assert!(only_first.contains(&("start_unknown", "/implements/window")), "{only_first:?}");
    for (code, path) in &only_first {
        let fits = match *code {
            code if of_units.contains(code) => unit(path) || path.starts_with("/indicators/"),
            "start_unknown" | "masked_text" => path.starts_with("/implements") || path.starts_with("/cites"),
            "open_each" => path.starts_with("/targets/"),
            _ => false,
        };
        assert!(fits, "only in document 1: {code} at {path}");
    }
    // The three-year plan of the fourth runs from 2021 to 2021, that of the first from a masked year.
    assert_eq!(only_fourth, [("start_equals_end", "/cites/0/window")]);
}

#[test]
fn the_corpus_is_linted() {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let plans: Vec<Plan> = (1..=9).filter_map(corpus).collect();
    if plans.len() < 9 {
        println!("skipped: {} of nine plans", 9 - plans.len());
    }
    for finding in plans.iter().flat_map(Plan::lint).filter(|finding| finding.code.stage() == Stage::Lint) {
        *counts.entry(finding.code.as_str()).or_default() += 1;
    }
    println!("{} codes of the lint over {} plans: {counts:?}", counts.len(), plans.len());
}
