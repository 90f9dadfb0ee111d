//! The identity of plans: the vectors of `tests/vectors/digest`, and plans of tables.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::path::Path;

use attainment::{Columns, Format, Plan, TargetTable};
use serde_json::Value;

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests")
}

fn digests(case: &Value, key: &str) -> Vec<String> {
    let digest = |text: &Value| {
        let plan = Plan::parse(text.as_str().unwrap(), Format::Yaml).unwrap_or_else(|error| panic!("{}: {error}", case["name"]));
        for format in [Format::Json, Format::Yaml] {
            let again = Plan::parse(&plan.to_text(format), format).unwrap();
            assert_eq!(again.digest(), plan.digest(), "{}: written and read again", case["name"]);
        }
        plan.digest()
    };
    case[key].as_array().unwrap().iter().map(digest).collect()
}

#[test]
fn every_vector() {
    let text = std::fs::read_to_string(root().join("vectors/digest/same.yaml")).unwrap();
    let cases: Vec<Value> = serde_saphyr::from_str(&text).unwrap();
    assert!(!cases.is_empty());
    for case in cases {
        let (same, other) = (digests(&case, "same"), digests(&case, "other"));
        assert!(same.windows(2).all(|pair| pair[0] == pair[1]), "{}: {same:#?}", case["name"]);
        assert!(!other.contains(&same[0]), "{}", case["name"]);
        if let Some(pinned) = case.get("digest") {
            assert_eq!(*pinned, same[0], "{}", case["name"]);
        }
    }
}

#[test]
fn plans_differ_in_their_digests() {
    let plans = std::fs::read_dir(root().join("plans")).unwrap().map(|entry| entry.unwrap().path());
    let digests: Vec<String> =
        plans.map(|path| Plan::parse(&std::fs::read_to_string(path).unwrap(), Format::Yaml).unwrap().digest()).collect();
    assert_eq!(digests.iter().collect::<BTreeSet<_>>().len(), digests.len());
    for digest in digests {
        let hex = digest.strip_prefix("plan1:").unwrap();
        assert!(hex.len() == 64 && hex.bytes().all(|b| b.is_ascii_hexdigit() && !b.is_ascii_uppercase()), "{digest}");
    }
}

/// The bounds of a plan that was made of a table stand in the table.
#[test]
fn bounds_of_a_table_count_and_the_order_of_its_rows_does_not() {
    let digest = |text: &str| Plan::from_targets(&TargetTable::from_csv(text, &Columns::new()).unwrap()).unwrap().digest();
    let header = "area,indicator,bound,by,direction\n";
    let (a, b) = ("a,rd,2,2020,increase\n", "b,rd,3,2020,increase\n");
    let whole = digest(&format!("{header}{a}{b}"));
    assert_eq!(whole, digest(&format!("{header}{b}{a}")));
    assert_eq!(whole, digest("bound,by,area,direction,indicator\n2,2020,a,increase,rd\n3,2020,b,increase,rd\n"));
    assert_ne!(whole, digest(&format!("{header}{a}{}", b.replace('3', "4"))));
    assert_ne!(whole, digest(&format!("{header}{a}")));
}
