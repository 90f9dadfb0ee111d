//! What changed between two plans, and one plan out of two damaged copies.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use attainment::{Format, Lang, Plan};
use serde_json::Value;

fn plan(value: &Value) -> Plan {
    Plan::from_value(value).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn every_vector() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/diff/diff.yaml");
    let groups: Vec<Value> = serde_saphyr::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let mut count = 0;
    for group in &groups {
        let first = &group["base"];
        for case in group["cases"].as_array().unwrap() {
            count += 1;
            let mut second = first.clone();
            apply(&mut second, case);
            let diff = plan(first).diff(&plan(&second));
            let found = serde_json::to_value(&diff).unwrap();
            let (found, wanted) = (found.as_array().unwrap(), case["changes"].as_array().unwrap());
            assert_eq!(found.len(), wanted.len(), "{}: {}", case["name"], diff.to_text(Lang::En));
            for (found, wanted) in found.iter().zip(wanted) {
                for (key, value) in wanted.as_object().unwrap() {
                    assert_eq!(&found[key], value, "{}: {key}", case["name"]);
                }
            }
            for text in [diff.to_text(Lang::En), diff.to_text(Lang::Zh), diff.to_markdown(Lang::En), diff.to_markdown(Lang::Zh)] {
                assert!(text.lines().count() >= found.len(), "{}", case["name"]);
            }
        }
    }
    println!("{count} vectors");
}

fn apply(plan: &mut Value, case: &Value) {
    for path in case["remove"].as_array().into_iter().flatten() {
        let (parent, key) = path.as_str().unwrap().rsplit_once('/').unwrap();
        plan.pointer_mut(parent).unwrap().as_object_mut().unwrap().shift_remove(key);
    }
    for (path, value) in case["set"].as_object().into_iter().flatten() {
        let (parent, key) = path.rsplit_once('/').unwrap();
        plan.pointer_mut(parent).unwrap().as_object_mut().unwrap().insert(key.to_owned(), value.clone());
    }
    for (path, name) in case["rename"].as_object().into_iter().flatten() {
        let (parent, key) = path.rsplit_once('/').unwrap();
        let parent = plan.pointer_mut(parent).unwrap().as_object_mut().unwrap();
        let value = parent.shift_remove(key).unwrap();
        parent.insert(name.as_str().unwrap().to_owned(), value);
    }
}

fn copy(text: &str) -> Plan {
    Plan::parse(text, Format::Yaml).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_merge_takes_the_whole_of_two_damaged_copies() {
    let first = copy(
        "
attainment: 1
id: one
number: 冀政办字〔20__〕9号
implements: [{ title: 跃升计划, window: /2025 }]
defaults: { by: 2025 }
indicators:
  rd: { name: 物联网产业占比, kind: share, direction: increase }
  hte: { name: 高新技术企业, unit: 家, direction: increase }
targets:
  a-1: { indicator: rd, reach: 1.5 }
  a-2: { indicator: hte, at_least: 90 }
tasks: { all: { title: 任务, targets: [a-1, a-2] } }
",
    );
    let second = copy(
        "
attainment: 1
id: two
number: 冀政办字〔2021〕9号
implements: [{ title: 跃升计划, window: 2021/2025 }]
defaults: { by: 2025 }
indicators:
  share: { name: 物联*产业占比, unit: percent, kind: share, direction: increase }
  hte: { name: 高新技术企业, unit: 家, direction: increase }
targets:
  b-1: { indicator: share, reach: 1.5% }
  b-2: { indicator: hte, at_least: 90 }
tasks: { all: { title: 任务, targets: [b-1, b-2] } }
",
    );
    let merged = first.merge(&second).unwrap();
    let document = merged.plan.to_value();
    for (path, want) in [
        ("/id", "one"),
        ("/number", "冀政办字〔2021〕9号"),
        ("/implements/window", "2021/2025"),
        ("/indicators/rd/name", "物联网产业占比"),
        ("/indicators/rd/unit", "percent"),
        ("/targets/a-1/indicator", "rd"),
        ("/targets/a-1/reach", "1.5%"),
        ("/targets/a-2/at_least", "90"),
    ] {
        assert_eq!(document.pointer(path).and_then(Value::as_str), Some(want), "{path}: {document:#}");
    }
    assert_eq!(merged.plan.document().targets.len(), 2);
    assert_eq!(merged.plan.document().indicators.len(), 2);
    let choices: Vec<_> = merged.choices.iter().map(|choice| (choice.path.as_str(), choice.from_second)).collect();
    assert!(choices.contains(&("/number", true)), "{choices:?}");
    assert!(choices.contains(&("/implements/window", true)), "{choices:?}");
    assert!(choices.contains(&("/id", false)), "{choices:?}");
}

fn document(number: &str) -> Plan {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../tests/plans/{number}.yaml"));
    copy(&std::fs::read_to_string(path).unwrap())
}

/// Documents 1 and 4 are two copies of one plan. Each has lost something the other kept.
#[test]
fn two_copies_of_one_plan_differ_where_they_are_damaged() {
    let (first, fourth) = (document("01"), document("04"));
    let changes = |diff: attainment::Diff| -> Vec<String> {
        diff.changes.iter().map(|change| format!("{} {} {}", change.kind, change.path, change.before.clone().unwrap_or_default())).collect()
    };
    assert_eq!(
        changes(fourth.diff(&first)),
        [
            "window_changed /implements/0/window 2021/2025",
            "number_changed /implements/0/number 冀政办字〔2021〕9号",
            "window_changed /cites/0/window 2021/2021",
            "moved /targets/d1-02/each each 2021/2025",
            "unit_lost /targets/d1-03/reach 1.5%",
            "unit_lost /targets/d1-18/reach 60%",
            "moved /targets/d1-20/each each 2021/2025",
            "unit_lost /instruments/d1-34/amount 75%",
        ]
    );
    assert!(first.diff(&first).is_empty());
}

#[test]
fn the_two_copies_make_one_whole() {
    let merged = document("01").merge(&document("04")).unwrap();
    let value = merged.plan.to_value();
    for (path, want) in [
        ("/implements/window", "2021/2025"),
        ("/implements/number", "冀政办字〔2021〕9号"),
        ("/indicators/st-spending-share/unit", "percent"),
        ("/targets/d1-03/reach", "1.5%"),
        ("/targets/d1-18/reach", "60%"),
        ("/instruments/d1-34/amount", "75%"),
        ("/tasks/key-technology/note", "新兴产业举大数据、物联网"),
        ("/tasks/business-climate/note", "审批服务四办:马上办、网上办、就近办、一次办"),
    ] {
        assert_eq!(value.pointer(path).and_then(Value::as_str), Some(want), "{path}");
    }
    assert_eq!(merged.plan.document().targets.len(), 36);
    let undecided: Vec<&str> =
        merged.choices.iter().filter(|choice| choice.why.en.starts_with("neither")).map(|choice| choice.path.as_str()).collect();
    assert_eq!(undecided, ["/id", "/targets/d1-32/group", "/targets/d1-33/group"]);
}
