//! Published results of methods, reproduced from `tests/vectors/methods/`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use attainment::{Direction, Format, Kind, Measure, Method, MethodChoice, Pace, ScheduleWord, Series, Verified, methods, pace};
use proptest::prelude::*;
use serde_json::Value;

fn read(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/methods").join(name)).unwrap()
}

fn rows(name: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(read(name).as_bytes()).records().map(Result::unwrap).collect()
}

fn near(found: f64, published: f64, tolerance: f64) -> bool {
    (found - published).abs() <= tolerance * published.abs().max(1.0)
}

/// Every published row: the status, the value to 1e-12 of its size, the score to 1e-9.
#[test]
fn statistics_canada() {
    let (rows, mut count) = (rows("statcan.csv"), 0);
    for row in &rows {
        let cell = |index: usize| row[index].to_owned();
        let direction = if &row[10] == "1" { Direction::Increase } else { Direction::Decrease };
        let mut series = Series::new("statcan-2025", direction).points([(cell(3), cell(4)), (cell(5), cell(6))]).baseline(cell(3));
        if !row[7].is_empty() {
            series = series.target(cell(8), cell(7));
        }
        if !row[9].is_empty() {
            series = series.limit(cell(9));
        }
        let pace = pace(&series).unwrap();
        let series = &row[2];
        assert_eq!(pace.category.as_deref(), Some(&row[12]), "{series}: {pace:?}");
        if let Ok(value) = row[11].parse::<f64>() {
            let found = pace.value.unwrap();
            assert!((found - value).abs() <= 1e-12 * value.abs().max(1e-3), "{series}: value {found} {value}");
        }
        let score: f64 = row[13].parse().unwrap();
        assert!(near(pace.score.unwrap(), score, 1e-9), "{series}: score {:?} {score}", pace.score);
        count += 1;
    }
    let info = methods().into_iter().find(|method| method.id == "statcan-2025").unwrap();
    assert_eq!(info.verified, Verified::Reproduced(count));
    println!("statcan-2025: {count} of {} rows", rows.len());
}

/// Ties of the ratio of growth rates: the category whose lower end the cut is, the one below for
/// one unit less.
#[test]
fn ties_of_growth_ratios() {
    let mut wrong_in_floats = 0;
    for row in rows("growth_ratio_ties.csv") {
        let number = |index: usize| row[index].parse::<i64>().unwrap();
        let (base, value, target, years, whole) = (number(0), number(1), number(2), number(3), number(4));
        let (direction, sign) = if &row[5] == "increase" { (Direction::Increase, 1) } else { (Direction::Decrease, -1) };
        let at = |value: i64| {
            let series = Series::new("statcan-2025", direction).points([(2000, base), (2000 + years, value)]);
            pace(&series.baseline(2000).target(2000 + whole, target)).unwrap().category.unwrap()
        };
        let (above, below) = match &row[6] {
            "0.95" => ("substantial_progress", "moderate_progress"),
            "0.6" | "0.60" => ("moderate_progress", "limited_progress"),
            other => panic!("cut {other}"),
        };
        assert_eq!((&*at(value - sign), &*at(value), &*at(value + sign)), (below, above, above), "{row:?}");
        wrong_in_floats += usize::from(&row[8] == "below");
    }
    println!("ties that floats put below: {wrong_in_floats}");
}

fn series_of(case: &Value) -> Series {
    series_with(case, case["method"].as_str().unwrap())
}

fn series_with(case: &Value, method: impl Into<MethodChoice>) -> Series {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let direction: Direction = case["direction"].as_str().unwrap().parse().unwrap();
    let mut series = Series::new(method, direction);
    for point in case["points"].as_array().unwrap() {
        series = series.point(text(&point[0]), text(&point[1]), point[2].as_str().unwrap_or(""));
    }
    let target = &case["target"];
    series = match (target.as_array().map(Vec::as_slice), &target["each"]) {
        (Some([by, value]), _) => series.target(text(by), text(value)),
        (Some([by, low, high]), _) => series.target_within(text(by), text(low), text(high)),
        (_, Value::Array(ends)) => series.target_each_within(text(&ends[0]), text(&ends[1])),
        (_, Value::Null) => series,
        (_, value) => series.target_each(text(value)),
    };
    for (key, value) in case.as_object().unwrap() {
        series = match key.as_str() {
            "baseline" => series.baseline(text(value)),
            "limit" => series.limit(text(value)),
            "marks" => value.as_object().unwrap().iter().fold(series, |series, (name, value)| series.mark(name, text(value))),
            "peers" => series.peers(value.as_array().unwrap().iter().map(text)),
            "typical_path" => series.typical_path(value.as_array().unwrap().iter().map(|pair| (text(&pair[0]), text(&pair[1])))),
            "kind" => series.kind(value.as_str().unwrap().parse::<Kind>().unwrap()),
            "percent" => series.percent(),
            "schedule" => value
                .as_array()
                .unwrap()
                .iter()
                .fold(series, |series, word| series.schedule(word.as_str().unwrap().parse::<ScheduleWord>().unwrap())),
            "name" | "source" | "method" | "document" | "direction" | "points" | "target" | "expect" => series,
            other => panic!("unknown key {other}"),
        };
    }
    series
}

fn check(case: &Value, pace: &Pace) -> Result<(), String> {
    let found = serde_json::to_value(pace).unwrap();
    for (key, want) in case["expect"].as_object().unwrap() {
        let rounded = |number: f64, decimals: &Value| {
            let decimals = usize::try_from(decimals.as_u64().unwrap()).unwrap();
            format!("{number:.decimals$}")
        };
        let key_found = key.trim_end_matches("_to");
        let have = found.get(key_found).cloned().unwrap_or(Value::Null);
        let agrees = match (key.as_str(), want) {
            ("value_to" | "score_to", _) => continue,
            ("value" | "score", Value::String(printed)) => {
                let decimals = &case["expect"][format!("{key}_to")];
                have.as_f64().is_some_and(|have| rounded(have, decimals) == *printed)
            }
            (_, Value::Number(want)) => have.as_f64().is_some_and(|have| near(have, want.as_f64().unwrap(), 1e-12)),
            ("schedules", want) => {
                let classes: Vec<Value> =
                    have.as_array().unwrap().iter().map(|one| serde_json::json!([one["schedule"], one["category"]])).collect();
                Value::Array(classes) == *want
            }
            (_, want) => have == *want,
        };
        if !agrees {
            return Err(format!("{key}: {have}, not {want}"));
        }
    }
    Ok(())
}

#[test]
fn every_series() {
    let cases: Vec<Value> = serde_saphyr::from_str(&read("pace.yaml")).unwrap();
    let mut failures = Vec::new();
    for case in &cases {
        let pace = pace(&series_of(case)).unwrap_or_else(|error| panic!("{}: {error}", case["name"]));
        if let Err(problem) = check(case, &pace) {
            failures.push(format!("{}: {problem}\n    {pace:?}", case["name"]));
        }
    }
    println!("{} series", cases.len());
    assert!(failures.is_empty(), "{} of {} fail:\n{}", failures.len(), cases.len(), failures.join("\n"));
}

/// Methods of one's own, and what is wrong with those that are none.
#[test]
fn own_methods() {
    let schema = attainment::schema("method").unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let cases: Vec<Value> = serde_saphyr::from_str(&read("own.yaml")).unwrap();
    for case in &cases {
        let name = &case["name"];
        let method = Method::parse(&case["document"].to_string(), Format::Json);
        let Some(problems) = case["problems"].as_array() else {
            let pace = pace(&series_with(case, method.unwrap())).unwrap();
            assert_eq!(check(case, &pace), Ok(()), "{name}: {pace:?}");
            continue;
        };
        let error = method.unwrap_err();
        let found: Vec<Value> = error.findings().iter().map(|finding| serde_json::json!([finding.code.as_str(), finding.path])).collect();
        assert_eq!(found, *problems, "{name}");
        assert!(error.findings().iter().all(|finding| finding.help.is_some() && finding.line.is_some()), "{name}: {error}");
        assert_eq!(!validator.is_valid(&case["document"]), case["shape"] == true, "{name}");
    }
    println!("{} methods of one's own", cases.len());
}

/// A method answers for exactly the measures and times that the registry says.
#[test]
fn the_registry_says_what_is_accepted() {
    let whens = [("by", "2012"), ("during", "2012"), ("during", "2011/2012"), ("each", "2011/2014")];
    for method in methods() {
        let id = if method.verified == Verified::Unverified { format!("{}?unverified=yes", method.id) } else { method.id.to_owned() };
        for (measure, trend) in Measure::ALL.iter().map(|measure| (*measure, false)).chain([(Measure::Change, true)]) {
            for (when, period) in whens {
                let bound = match (measure, trend) {
                    (_, true) => "more_than: 0",
                    (Measure::RelativeChange | Measure::AnnualGrowth | Measure::Percentile, _) => "reach: 60%",
                    (Measure::Rank, _) => "reach: 1, among: g",
                    _ => "reach: 900",
                };
                let among = if measure == Measure::Percentile { ", among: g" } else { "" };
                let baseline = if when == "by" { ", baseline: 2010" } else { "" };
                let text = format!(
                    "{{attainment: 1, id: p, areas: {{a: {{groups: [g]}}, b: {{groups: [g]}}}}, indicators: {{i: {{name: I, direction: increase, statistic: end}}}}, \
                     targets: {{t: {{indicator: i, measure: {measure}, {bound}{among}, {when}: {period}{baseline}}}}}}}"
                );
                // Some pairs are no targets at all.
                let Ok(plan) = attainment::Plan::parse(&text, Format::Yaml) else { continue };
                let rows = (2006..2012).flat_map(|year| [("a", year, 2 * year - 3911), ("b", year, 100)]);
                let panel =
                    attainment::Panel::from_records(rows.map(|(area, year, value)| attainment::Record::new(area, "i", year, value)));
                let assessment = plan.assess(&panel, &attainment::AssessOptions::new().as_of(2011).method(&id)).unwrap();
                let pace = assessment.verdict("t", "a").unwrap().pace.clone().unwrap();
                let said = match trend {
                    true => method.trend.contains(&when),
                    false => method.accepts.iter().any(|(accepted, times)| *accepted == measure && times.contains(&when)),
                };
                let applies = pace.reason != Some(attainment::PaceReason::NotApplicable);
                assert_eq!(applies, said, "{id}: {measure} {bound} {when} {period}: {pace:?}");
            }
        }
    }
}

/// Every method is named in the file of series.
#[test]
fn every_method_has_vectors() {
    let text = read("pace.yaml");
    for method in methods() {
        let count = text.matches(&format!("method: {}", method.id)).count() + text.matches(&format!("method: \"{}", method.id)).count();
        assert!(count >= 3, "{}: {count} vectors", method.id);
    }
}

/// Numbers as tables have them, awkward ones among them.
fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        (-999_999i64..999_999, 0u32..6).prop_map(|(digits, scale)| format!("{digits}e-{scale}")),
        Just("0".to_owned()),
        Just("100".to_owned()),
        Just("79228162514264337593543950335".to_owned()),
        Just("0.0000000000000000000000000001".to_owned()),
        (1i64..50).prop_map(|number| number.to_string()),
    ]
}

fn period() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (2000i32..2040).prop_map(|year| year.to_string()),
        1 => (2000i32..2040, 1u32..13).prop_map(|(year, month)| format!("{year}-{month:02}")),
        1 => (1000i32..3000, 1u32..13, 1u32..29).prop_map(|(year, month, day)| format!("{year}-{month:02}-{day:02}")),
    ]
}

fn asked() -> impl Strategy<Value = String> {
    let names: Vec<String> = methods()
        .iter()
        .map(|method| if method.verified == Verified::Unverified { format!("{}?unverified=yes", method.id) } else { method.id.to_owned() })
        .collect();
    prop::sample::select(names)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    /// Whatever the numbers are, there is a category or a reason, and the same answer again.
    #[test]
    fn every_series_has_an_answer(
        method in asked(),
        down in any::<bool>(),
        points in prop::collection::btree_map(period(), number(), 0..8),
        target in prop::option::of((period(), number())),
        baseline in prop::option::of(period()),
        limit in prop::option::of(number()),
        percent in any::<bool>(),
    ) {
        let direction = if down { Direction::Decrease } else { Direction::Increase };
        let mut series = Series::new(&method, direction).points(points);
        if let Some((by, value)) = target {
            series = series.target(by, value);
        }
        if let Some(baseline) = baseline {
            series = series.baseline(baseline);
        }
        if let Some(limit) = limit {
            series = series.limit(limit.clone()).mark("worst", 0).mark("red", 1).mark("green", 2).mark("best", 3).peers([1, 2, 4]);
        }
        if percent {
            series = series.percent();
        }
        // Two spellings of one period are the only thing that is refused.
        let Ok(found) = pace(&series) else { return Ok(()) };
        prop_assert_eq!(found.category.is_some(), found.reason.is_none(), "{:?}", found);
        prop_assert_eq!(found.scale.is_some(), found.category.is_some());
        prop_assert!(found.value.is_none_or(|value| !value.is_nan()), "{:?}", found);
        prop_assert!(found.score.is_none_or(f64::is_finite), "{:?}", found);
        let explained = series.explain().unwrap();
        prop_assert_eq!(explained.pace.as_ref(), Some(&found));
        // A category is decided in front of the reader.
        fn decides(steps: &[attainment::Step]) -> bool {
            steps.iter().any(|step| step.kind == "decision" || decides(&step.steps))
        }
        prop_assert_eq!(decides(&explained.steps), found.category.is_some(), "{:?}", explained.steps);
    }

    /// Another unit changes no category of a method of growth.
    #[test]
    fn units_do_not_matter(
        method in prop::sample::select(vec!["eurostat-2019", "unsd-2023", "escap-csi", "istat-2019", "linear", "cn-midterm-10pp", "destatis-2023"]),
        down in any::<bool>(),
        values in prop::collection::vec(1i64..100_000, 2..8),
        target in 1i64..200_000,
    ) {
        let direction = if down { Direction::Decrease } else { Direction::Increase };
        let at = |scale: &str| {
            let points = values.iter().enumerate().map(|(index, value)| (2015 + index as i64, format!("{value}{scale}")));
            pace(&Series::new(method, direction).points(points).baseline(2015).target(2030, format!("{target}{scale}"))).unwrap()
        };
        let (one, other) = (at(""), at("e-3"));
        prop_assert_eq!((one.category, one.reason), (other.category, other.reason));
    }
}
