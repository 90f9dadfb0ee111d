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
        Code::RoundedToZero,
        Code::RowOfNoPart,
        Code::BoundBehind,
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

/// A whole with parts, by their ids and baselines.
fn kingdom(ids: &[String], whole: Decimal, decimals: u32) -> Plan {
    let mut areas: BTreeMap<&str, Value> = ids.iter().map(|id| (id.as_str(), json!({ "parent": "whole", "tier": "part" }))).collect();
    areas.insert("whole", json!({}));
    Plan::from_value(&json!({
        "attainment": "1", "id": "kingdom", "areas": areas,
        "indicators": { "x": { "name": "X", "kind": "stock", "direction": "increase", "decimals": decimals.to_string() } },
        "targets": { "x": { "indicator": "x", "measure": "change", "reach": whole.to_string(), "by": "2025", "baseline": "2020", "areas": "whole" } },
    }))
    .unwrap()
}

fn divided(plan: &Plan, rows: &[(String, Decimal)], rule: CascadeRule) -> Result<BTreeMap<String, Decimal>, Error> {
    let panel = Panel::from_records(rows.iter().map(|(id, value)| Record::new(id.as_str(), "x", 2020, *value)));
    let cascade = plan.cascade(&panel, &rule.area("whole").part("part"))?;
    Ok(cascade.parts().iter().map(|part| (part.area.clone(), part.bound)).collect())
}

fn parts() -> impl Strategy<Value = Vec<(String, Decimal)>> {
    let baseline = prop_oneof![3 => 1..20i64, 2 => 0..1000i64, 1 => 1_000_000..5_000_000_000i64];
    prop::collection::vec((baseline, 0..3u32), 1..30).prop_map(|sizes| {
        let rows = sizes.into_iter().enumerate();
        rows.map(|(index, (size, scale))| (format!("c{index:02}"), Decimal::new(size, scale))).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// The parts add up to the whole to the last digit, each at most one step from its quota, and who
    /// counts more never gets less.
    #[test]
    fn parts_add_up(rows in parts(), whole in -100_000..100_000i64, decimals in 0..3u32) {
        let whole = Decimal::new(whole, decimals);
        let total: Decimal = rows.iter().map(|(_, value)| *value).sum();
        let ids: Vec<String> = rows.iter().map(|(id, _)| id.clone()).collect();
        let plan = kingdom(&ids, whole, decimals);
        let result = divided(&plan, &rows, CascadeRule::new("x", Division::Proportional));
        if total.is_zero() && !whole.is_zero() {
            prop_assert_eq!(result.unwrap_err().findings().last().unwrap().code, Code::CannotAddUp);
            return Ok(());
        }
        let bounds = result.unwrap();
        prop_assert_eq!(bounds.values().sum::<Decimal>(), whole);
        prop_assert_eq!(bounds.len(), rows.len());
        let step = Decimal::new(1, decimals);
        for (id, value) in &rows {
            let bound = bounds[id];
            prop_assert!((bound / step).is_integer());
            // |bound - whole × value / total| < step, without dividing.
            if !total.is_zero() {
                prop_assert!((bound * total - whole * *value).abs() < step * total, "{} gets {}", id, bound);
            }
            for (other, more) in &rows {
                if more > value {
                    prop_assert!(bounds[other].abs() >= bound.abs());
                }
            }
        }
    }

    /// The order of rows and of areas, and the unit of the baselines, change nothing.
    #[test]
    fn order_and_scale_change_nothing(rows in parts(), whole in 0..10_000i64, scale in 0..6u32, turn in 0..30usize) {
        prop_assume!(rows.iter().any(|(_, value)| !value.is_zero()));
        let ids: Vec<String> = rows.iter().map(|(id, _)| id.clone()).collect();
        let plan = kingdom(&ids, whole.into(), 0);
        let rule = || CascadeRule::new("x", Division::EqualGrowth);
        let bounds = divided(&plan, &rows, rule()).unwrap();
        let mut turned = rows.clone();
        turned.rotate_left(turn % rows.len());
        turned.reverse();
        prop_assert_eq!(&divided(&plan, &turned, rule()).unwrap(), &bounds);
        let factor = Decimal::from(10i64.pow(scale)) * Decimal::new(7, 1);
        let scaled: Vec<(String, Decimal)> = rows.iter().map(|(id, value)| (id.clone(), *value * factor)).collect();
        prop_assert_eq!(&divided(&plan, &scaled, rule()).unwrap(), &bounds);
        // Whole and step in another unit: everything in it.
        let tenths = kingdom(&ids, Decimal::new(whole, 1), 1);
        let in_tenths: BTreeMap<String, Decimal> = bounds.iter().map(|(id, bound)| (id.clone(), *bound / Decimal::TEN)).collect();
        prop_assert_eq!(divided(&tenths, &rows, rule()).unwrap(), in_tenths);
        // A loss is a gain with the sign put back.
        let loss: BTreeMap<String, Decimal> = bounds.iter().map(|(id, bound)| (id.clone(), -*bound)).collect();
        prop_assert_eq!(divided(&kingdom(&ids, (-whole).into(), 0), &rows, rule()).unwrap(), loss);
    }

    /// Limits are kept and the parts still add up; or it is said that they cannot.
    #[test]
    fn limits_are_kept(rows in parts(), whole in 0..2_000i64, floor in 0..60i64, above in 0..200i64) {
        prop_assume!(rows.iter().any(|(_, value)| !value.is_zero()));
        let (ceiling, count) = (floor + above, rows.len() as i64);
        let ids: Vec<String> = rows.iter().map(|(id, _)| id.clone()).collect();
        let plan = kingdom(&ids, whole.into(), 0);
        let rule = CascadeRule::new("x", Division::Proportional).floor(floor).ceiling(ceiling);
        match divided(&plan, &rows, rule) {
            Ok(bounds) => {
                prop_assert_eq!(bounds.values().sum::<Decimal>(), Decimal::from(whole));
                prop_assert!(bounds.values().all(|bound| *bound >= floor.into() && *bound <= ceiling.into()));
            }
            Err(error) => {
                prop_assert_eq!(error.code(), Some(Code::CannotAddUp));
                // Those who count nothing stay at the floor, whatever the factor is.
                let growing = rows.iter().filter(|(_, value)| !value.is_zero()).count() as i64;
                prop_assert!(whole < floor * count || whole > ceiling * growing + floor * (count - growing));
            }
        }
    }

    /// What is handed down passes the check of its own rule, and what it is rolled up from adds up.
    #[test]
    fn what_is_handed_down_reaches_the_whole(rows in parts(), whole in 1..10_000i64) {
        prop_assume!(rows.iter().any(|(_, value)| !value.is_zero()));
        let ids: Vec<String> = rows.iter().map(|(id, _)| id.clone()).collect();
        let plan = kingdom(&ids, whole.into(), 0);
        let panel = Panel::from_records(rows.iter().map(|(id, value)| Record::new(id.as_str(), "x", 2020, *value)));
        let rule = CascadeRule::new("x", Division::Proportional).area("whole").part("part");
        let cascade = plan.cascade(&panel, &rule).unwrap();
        let check = plan.check_cascade(&panel, &rule, cascade.table()).unwrap();
        prop_assert_eq!(check.wholes()[0].reached, Some(true));
        prop_assert!(check.wholes()[0].parts.iter().all(|part| part.short == Some(Decimal::ZERO)));
        let rolled = plan.roll_up(&panel, &RollUpRule::new("x", Period::year(2020)).area("whole").part("part")).unwrap();
        prop_assert_eq!(rolled.wholes()[0].value.unwrap(), rows.iter().map(|(_, value)| *value).sum::<Decimal>().normalize());
    }

    /// Nothing that a rule may say makes it panic.
    #[test]
    fn any_rule_is_answered(
        rows in parts(),
        rule in prop::sample::select(vec!["proportional", "equal_growth", "equal_change", "converge", "shares"]),
        keys in prop::collection::btree_map(
            prop::sample::select(vec!["toward", "closes", "floor", "ceiling", "decimals", "ahead", "missing", "baseline", "weigh_by", "vintage"]),
            prop::sample::select(vec!["0", "1", "-3", "50%", "2.5", "xx", "unknown", "hold", "converge", "leave_out", "2020", "20XX", "x", "1e28"]),
            0..4,
        ),
        kind in prop::sample::select(vec!["stock", "share", "growth"]),
        measure in prop::sample::select(vec!["level", "change", "relative_change", "annual_growth", "multiple", "sum", "mean"]),
        bound in prop::sample::select(vec!["0", "-7", "100", "12.5%", "3pp", "79228162514264337593543950335"]),
    ) {
        let mut areas: BTreeMap<String, Value> = rows.iter().map(|(id, _)| (id.clone(), json!({ "parent": "whole", "tier": "part" }))).collect();
        areas.insert("whole".to_owned(), json!({}));
        let plan = Plan::from_value(&json!({
            "attainment": "1", "id": "any", "areas": areas,
            "indicators": { "x": { "name": "X", "kind": kind, "unit": if kind == "stock" { "家" } else { "percent" }, "direction": "increase" } },
            "targets": { "x": { "indicator": "x", "measure": measure, "reach": bound, "during": "2025", "baseline": "2020" } },
        }));
        let Ok(plan) = plan else { return Ok(()) };
        let panel = Panel::from_records(rows.iter().map(|(id, value)| Record::new(id.as_str(), "x", 2020, *value)));
        let mut document = json!({ "attainment": "1", "target": "x", "area": "whole", "parts": "part", "rule": rule });
        keys.iter().for_each(|(key, value)| document[*key] = (*value).into());
        let Ok(rule) = CascadeRule::from_value(&document) else { return Ok(()) };
        match plan.cascade(&panel, &rule) {
            Ok(cascade) => {
                for part in cascade.parts() {
                    prop_assert!(!cascade.explain(&part.area).unwrap().steps.is_empty());
                }
                let check = plan.check_cascade(&panel, &rule, cascade.table()).unwrap();
                prop_assert!(check.findings().iter().all(|finding| finding.help.is_some()));
            }
            Err(error) => prop_assert!(error.findings().iter().any(Finding::is_error)),
        }
    }
}

/// The table of a cascade is what an assessment takes, with the plan and by itself.
#[test]
fn the_table_is_assessed() {
    let plan = Plan::parse(
        "
attainment: 1
id: p
areas: { p: {}, a: { parent: p, tier: 县 }, b: { parent: p, tier: 县 } }
indicators: { hte: { name: 高新技术企业, unit: 家, kind: stock, direction: increase } }
targets: { add: { indicator: hte, measure: change, reach: 30家, by: 2025, baseline: 2020, areas: p } }
",
        Format::Yaml,
    )
    .unwrap();
    let rows = [("a", 2020, 20), ("b", 2020, 10), ("a", 2025, 40), ("b", 2025, 19), ("p", 2020, 30), ("p", 2025, 59)];
    let panel = Panel::from_records(rows.map(|(area, year, value)| Record::new(area, "hte", year, value)));
    let rule = CascadeRule::new("add", Division::Proportional).area("p").part("县");
    let table = plan.cascade(&panel, &rule).unwrap().table().clone();
    let read = TargetTable::from_csv(&table.to_csv(), &Columns::new()).unwrap();
    let options = || AssessOptions::new().as_of(2025);
    let with_plan = plan.assess(&panel, &options().targets(table)).unwrap();
    let alone = Plan::from_targets(&read).unwrap().assess(&panel, &options()).unwrap();
    for (area, gap) in [("a", "0"), ("b", "1")] {
        for assessment in [&with_plan, &alone] {
            assert_eq!(assessment.verdict("add", area).unwrap().attained.gap.unwrap().to_string(), gap, "{area}");
        }
    }
    assert_eq!(with_plan.verdict("add", "p").unwrap().attained.gap.unwrap().to_string(), "1");
}

/// How each number came about is said in both languages, with its place in the data.
#[test]
fn every_step_is_explained() {
    let plan = kingdom(&["a".to_owned(), "b".to_owned()], 34.into(), 0);
    let panel = Panel::from_records([Record::new("a", "x", 2020, 10), Record::new("b", "x", 2020, 30)]);
    let cascade = plan.cascade(&panel, &CascadeRule::new("x", Division::Proportional).area("whole").part("part")).unwrap();
    let english = cascade.explain("a").unwrap().to_text(Lang::En);
    let want = "`x` handed down to `a`
  the target of `whole` is 34  [/targets/x]
  handed down by `proportional`
  its value for 2020 is 10  [row 1]
  34 × 10 / 40 = 8.5
  rounded toward 0 to 8: what is left goes to larger remainders
  its target is 8
";
    assert_eq!(english, want);
    assert!(cascade.explain("b").unwrap().to_text(Lang::Zh).contains("余数居前：在向零取整后加1，得26"));
    assert_eq!(cascade.explain("z").unwrap_err().code(), Some(Code::UnknownVerdict));
}
