//! Every type of phrase has a vector in `tests/vectors/assess/phrases.yaml`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;

use attainment::Plan;
use serde_json::Value;

const PHRASES: &str = include_str!("../../../tests/vectors/assess/phrases.yaml");

fn cases() -> Vec<(u32, Value)> {
    let cases: Vec<Value> = serde_saphyr::from_str(PHRASES).unwrap();
    let number = |case: &Value| case["name"].as_str().unwrap()[..2].parse().unwrap();
    cases.into_iter().map(|case| (number(&case), case)).collect()
}

#[test]
fn every_type_has_a_case() {
    let found: BTreeSet<u32> = cases().iter().map(|(number, _)| *number).collect();
    assert_eq!(found, (1..=47).collect());
}

/// Awards, tax rates and staff are read as instruments, with their amounts.
#[test]
fn instruments_keep_their_amounts() {
    let amounts = |number: u32| -> Vec<String> {
        let (_, case) = cases().into_iter().find(|(found, _)| *found == number).unwrap();
        let plan = Plan::from_value(&case["plan"]).unwrap();
        plan.document().instruments.values().map(|instrument| instrument.amount.as_ref().unwrap().to_string()).collect()
    };
    assert_eq!(amounts(11), ["2次"]);
    assert_eq!(amounts(12), ["5万元"]);
    assert_eq!(amounts(13), ["100%", "100"]);
    assert_eq!(amounts(14), ["1人", "6人", "1.5小时"]);
    assert_eq!(amounts(15), ["3000万元"]);
    assert_eq!(amounts(17), ["20名"]);
}
