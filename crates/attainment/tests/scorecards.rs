//! What vectors cannot say: assessments as data, movement, simulation, the documents of schemes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;

use attainment::{
    AssessOptions, Assessment, Code, Columns, Format, Lang, Panel, Plan, Scheme, Scorecard, Stage, WideTable, schemes, score,
};
use serde_json::{Value, json};

fn scheme(value: Value) -> Scheme {
    Scheme::from_value(&value).unwrap_or_else(|error| panic!("{error}"))
}

fn plain(pillars: Value) -> Value {
    json!({ "attainment": 1, "id": "s", "normalise": "as_is", "aggregate": "arithmetic", "pillars": pillars })
}

fn plan() -> Assessment {
    let plan = Plan::parse(
        "
attainment: 1
id: p
defaults: { baseline: 2015 }
areas: { a: { groups: g }, b: { groups: g } }
indicators:
  jobs:  { name: Jobs, unit: percent, direction: increase, marks: { worst: 50, best: 100 } }
  smoke: { name: Smokers, unit: percent, direction: decrease }
targets:
  jobs-2020: { indicator: jobs, at_least: 70%, by: 2020, nature: binding }
  jobs-2030: { indicator: jobs, at_least: 80%, by: 2030, nature: aspirational }
  smoke:     { indicator: smoke, at_most: 10%, by: 2030 }
",
        Format::Yaml,
    )
    .unwrap();
    let csv =
        "area,indicator,year,value\na,jobs,2015,60\na,jobs,2020,75\na,smoke,2015,20\na,smoke,2020,15\nb,jobs,2015,60\nb,jobs,2020,65\n";
    let panel = Panel::from_csv(csv, &Columns::new()).unwrap();
    plan.assess(&panel, &AssessOptions::new().as_of(2020).method("linear")).unwrap()
}

#[test]
fn an_assessment_is_scored_by_the_number_that_is_read() {
    let assessment = plan();
    let card = |read: &str, take: &str| {
        let mut document = plain(json!({ "jobs": {}, "smoke": {} }));
        (document["read"], document["take"]) = (read.into(), take.into());
        score(&assessment, &scheme(document)).unwrap()
    };
    let jobs = |card: &Scorecard, area: &str| card.score(area).unwrap().pillars[0].score;
    // 75 of 60 → 70 is 1.5 of the way, of 60 → 80 it is 0.75.
    assert_eq!(jobs(&card("closed", "mean"), "a"), Some(1.125));
    assert_eq!(jobs(&card("closed", "worst"), "a"), Some(0.75));
    // The one due next: 2020 is due now.
    assert_eq!(jobs(&card("closed", "next_due"), "a"), Some(1.5));
    assert_eq!(jobs(&card("met", "all"), "b"), Some(0.0));
    assert_eq!(jobs(&card("met", "all"), "a"), None);
    let missing = card("closed", "mean").score("b").unwrap();
    assert_eq!((missing.score, missing.missing[0].id.as_str()), (None, "smoke"));
}

/// A target may have the name of its indicator; every indicator still means all targets on it.
#[test]
fn every_takes_all_targets_on_an_indicator() {
    let plan = Plan::parse(
        "{attainment: 1, id: p, indicators: {rd: {name: R&D, unit: percent, direction: increase}}, targets: {rd: {indicator: rd, at_least: 2%, by: 2025}, rd-2030: {indicator: rd, at_least: 4%, by: 2030}}}",
        Format::Yaml,
    )
    .unwrap();
    let panel = Panel::from_csv("area,indicator,year,value\nx,rd,2025,1\nx,other,2024,1\n", &Columns::new()).unwrap();
    let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2025)).unwrap();
    let every = scheme(
        json!({ "attainment": 1, "id": "s", "read": "ratio", "take": "mean", "normalise": "as_is", "aggregate": "arithmetic", "every": {} }),
    );
    assert_eq!(score(&assessment, &every).unwrap().score("x").unwrap().score, Some(0.375));
    let one = scheme(json!({ "attainment": 1, "id": "s", "read": "ratio", "normalise": "as_is", "pillars": ["rd"] }));
    assert_eq!(score(&assessment, &one).unwrap().score("x").unwrap().score, Some(0.5));
    // Of a panel, periods of indicators that the scheme does not read are no rows.
    let read = scheme(json!({ "attainment": 1, "id": "s", "normalise": "as_is", "pillars": ["rd"] }));
    assert_eq!(score(&panel, &read).unwrap().scores().len(), 1);
}

#[test]
fn what_is_not_said_of_an_assessment_is_asked_for() {
    let assessment = plan();
    let code = |document: Value| score(&assessment, &scheme(document)).map(drop).unwrap_err().code();
    assert_eq!(code(plain(json!(["smoke"]))), Some(Code::ReadMissing));
    let mut document = plain(json!(["jobs"]));
    document["read"] = "closed".into();
    assert_eq!(code(document.clone()), Some(Code::AmbiguousVerdict));
    document["method"] = "destatis-2023".into();
    document["pillars"] = json!(["smoke"]);
    assert_eq!(code(document), Some(Code::UnknownVerdict));
}

/// Statistics Canada, indicator 1-3-1 from its three series, and a status from their mean.
#[test]
fn statistics_canada_from_series_to_indicator() {
    let plan = Plan::parse(
        "
attainment: 1
id: gif
defaults: { by: 2030 }
indicators:
  children: { name: Children covered, unit: percent, direction: increase, marks: { limit: 100% } }
  pensions: { name: Pensions, unit: percent, direction: increase, marks: { limit: 100% } }
  injury:   { name: Employment injury, unit: percent, direction: increase, marks: { limit: 100% } }
targets:
  children: { indicator: children, measure: change, more_than: 0pp, baseline: 2015 }
  pensions: { indicator: pensions, measure: change, more_than: 0pp, baseline: 2017 }
  injury:   { indicator: injury, measure: change, more_than: 0pp, baseline: 2015 }
scheme:
  attainment: 1
  id: one
  read: score
  take: mean
  normalise: as_is
  aggregate: arithmetic
  pillars: { 1-3-1: { from: [children, pensions, injury] } }
",
        Format::Yaml,
    )
    .unwrap();
    let csv = "area,indicator,year,value\nCA,children,2015,90\nCA,children,2021,93.2\nCA,pensions,2017,93.4\nCA,pensions,2021,92.7\nCA,injury,2015,85.07\nCA,injury,2022,83.42\n";
    let panel = Panel::from_csv(csv, &Columns::new()).unwrap();
    let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2022).method("statcan-2025")).unwrap();
    let mean = score(&assessment, &plan.scheme().unwrap()).unwrap().score("CA").unwrap().score.unwrap();
    assert!((mean - -0.922_916_576_575_027_5).abs() < 1e-9, "{mean}");
    // Each of the three by itself.
    let card = score(&assessment, "statcan-rollup").unwrap();
    let row = card.score("CA").unwrap();
    let grades: Vec<_> = row.pillars.iter().map(|pillar| pillar.grade.as_deref().unwrap()).collect();
    assert_eq!(grades, ["substantial_progress", "deterioration", "deterioration"]);
}

/// Germany's development aid, 2024: sun by 2030, cloud against every year; the worst counts.
#[test]
fn the_worst_of_several_symbols() {
    let plan = Plan::parse(
        "
attainment: 1
id: dns
indicators: { oda: { name: ODA, unit: percent, direction: increase } }
targets:
  oda-2030:   { indicator: oda, at_least: 0.7%, by: 2030 }
  oda-yearly: { indicator: oda, at_least: 0.7%, each: 2016/2030 }
",
        Format::Yaml,
    )
    .unwrap();
    let csv = "area,indicator,year,value\nDE,oda,2019,0.61\nDE,oda,2020,0.73\nDE,oda,2021,0.76\nDE,oda,2022,0.85\nDE,oda,2023,0.82\nDE,oda,2024,0.67\n";
    let panel = Panel::from_csv(csv, &Columns::new()).unwrap();
    let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2024).method("destatis-2023")).unwrap();
    let card = score(&assessment, "destatis-rollup").unwrap();
    assert_eq!(card.score("DE").unwrap().pillars[0].grade.as_deref(), Some("Wolke"));
}

#[test]
fn values_of_verdicts_take_direction_and_marks_from_the_plan() {
    let assessment = plan();
    let mut document = plain(json!({ "jobs": { "from": "jobs-2030" } }));
    (document["read"], document["normalise"]) = ("value".into(), "goalposts".into());
    let card = score(&assessment, &scheme(document)).unwrap();
    assert_eq!(card.score("a").unwrap().score, Some(0.5));
    assert_eq!(card.score("a").unwrap().pillars[0].name.as_ref().unwrap().get(Lang::En), "Jobs");
}

#[test]
fn committed_and_aspirational_targets_stand_apart() {
    let assessment = plan();
    let card = score(&assessment, "okr").unwrap();
    let a = card.score("a").unwrap();
    assert_eq!(a.natures.len(), 3);
    let by_target = scheme(json!({
        "attainment": 1, "id": "s", "read": "closed", "normalise": "as_is", "aggregate": "arithmetic",
        "pillars": { "now": { "from": "jobs-2020", "cap": 1 }, "later": { "from": "jobs-2030" } },
        "natures": { "binding": {}, "aspirational": { "counts": "no" } },
    }));
    let score_of = |area| score(&assessment, &by_target).unwrap().score(area).unwrap();
    assert_eq!(score_of("a").score, Some(1.0));
    let natures: Vec<_> = score_of("b").natures.iter().map(|(nature, score)| (nature.to_string(), *score)).collect();
    assert_eq!(natures, [("binding".to_owned(), Some(0.5)), ("aspirational".to_owned(), Some(0.25))]);
    assert_eq!(score_of("b").score, Some(0.5));
}

/// Hebei, 2020 to 2021: 13 counties rose from B to A, 17 from C to B, one fell from B to C; one left
/// the list (168 counties, then 167). Published classes of 2021: 32, 66, 69.
#[test]
fn movement_of_classes_in_hebei() {
    let year = |classes: &[(&str, usize)], from: usize| {
        let points: Vec<f64> = classes
            .iter()
            .flat_map(|(class, count)| {
                let points = match *class {
                    "A" => 85.0,
                    "B" => 70.0,
                    _ => 50.0,
                };
                std::iter::repeat_n(points, *count)
            })
            .collect();
        let areas: Vec<String> = (from..from + points.len()).map(|number| format!("county {number}")).collect();
        let table = WideTable::from_floats(areas, [("quantitative", points.clone()), ("qualitative", vec![0.0; points.len()])]).unwrap();
        score(&table, "hebei-county-sti").unwrap()
    };
    // The county that left was in B: the first of the list.
    let before = year(&[("B", 1), ("A", 19), ("B", 13), ("B", 49), ("B", 1), ("C", 17), ("C", 68)], 0);
    let now = year(&[("A", 19), ("A", 13), ("B", 49), ("C", 1), ("B", 17), ("C", 68)], 1);
    let movements = now.movement(&before).unwrap();
    let count = |from: &str, to: &str| {
        movements.iter().filter(|m| m.grade_before.as_deref() == Some(from) && m.grade.as_deref() == Some(to)).count()
    };
    assert_eq!((count("B", "A"), count("C", "B"), count("B", "C")), (13, 17, 1));
    let class = |card: &Scorecard, class: &str| card.scores().iter().filter(|score| score.grade.as_deref() == Some(class)).count();
    assert_eq!(["A", "B", "C"].map(|word| class(&now, word)), [32, 66, 69]);
    assert_eq!(movements.iter().filter(|m| m.class == Some(1)).count(), 30);
    assert_eq!(movements.last().unwrap().only, Some("left"));
}

/// Means of all counties: 56.26 (2020), 61.07 (2021, +4.81), 76.93 (2024, +31.06 from the start).
#[test]
fn differences_of_scores_are_exact() {
    let card = |value: &str| {
        let table = WideTable::from_csv(&format!("area,points\nmean,{value}\n"), &Columns::new()).unwrap();
        score(&table, &scheme(plain(json!(["points"])))).unwrap()
    };
    let gain = |now: &str, before: &str| card(now).movement(&card(before)).unwrap()[0].score;
    assert_eq!(gain("61.07", "56.26"), Some(4.81));
    assert_eq!(gain("76.93", "45.87"), Some(31.06));
    assert_eq!(gain("70.88", "56.26"), Some(14.62));
}

#[test]
fn three_kinds_of_movement_are_apart() {
    let grades = json!([{ "grade": "A", "from": 80 }, { "grade": "B" }]);
    let mut document = plain(json!(["x"]));
    document["grades"] = grades;
    let scheme = scheme(document);
    let card = |a: f64, b: f64| score(&WideTable::from_floats(["a", "b"], [("x", vec![a, b])]).unwrap(), &scheme).unwrap();
    // More points, the same class, a place lost.
    let movement = &card(75.0, 79.0).movement(&card(70.0, 60.0)).unwrap()[0];
    assert_eq!((movement.class, movement.rank, movement.score), (Some(0), Some(-1.0), Some(5.0)));
    let periods = Panel::from_csv("area,indicator,year,value\na,x,2020,1\na,x,2021,2\n", &Columns::new()).unwrap();
    let both = score(&periods, &scheme).unwrap();
    assert_eq!(both.movement(&both).unwrap_err().code(), Some(Code::UnfitScorecards));
    assert_eq!(both.at(2021).unwrap().movement(&both.at(2020).unwrap()).unwrap()[0].score, Some(1.0));
}

/// Published averages 2015 to 2022: total 6.5, areas 7.0, 5.6, 9.4, 3.6 % a year.
#[test]
fn growth_of_the_innovation_index() {
    let csv = "area,year,environment,input,output,effect\nCN,2015,100,100,100,100\nCN,2022,160.4,146.7,187.5,128.2\n";
    let card = score(&WideTable::from_csv(csv, &Columns::new()).unwrap(), "nbs-innovation").unwrap();
    let growth = &card.annual_growth(2015, 2022).unwrap()[0];
    let percent = |rate: Option<f64>| format!("{:.2}", rate.unwrap() * 100.0);
    assert_eq!(percent(growth.score), "6.53");
    let areas: Vec<String> = growth.pillars.iter().map(|(_, rate)| percent(*rate)).collect();
    assert_eq!(areas, ["6.98", "5.63", "9.40", "3.61"]);
    assert_eq!(card.annual_growth(2022, 2015).unwrap_err().code(), Some(Code::UnfitScorecards));
}

fn simulated() -> Scorecard {
    let document = json!({
        "attainment": 1, "id": "s", "normalise": { "by": "min_max", "to": [1, 100] }, "aggregate": "arithmetic",
        "indicators": { "a": { "direction": "increase" }, "b": { "direction": "increase" }, "c": { "direction": "decrease" } },
        "pillars": { "p": { "weight": 2, "of": ["a", "b"] }, "c": 1 },
        "robustness": { "weights": "25%", "normalise": [{ "by": "rank" }], "aggregate": ["geometric"], "drop": "yes" },
    });
    let n = 60_u32;
    let column = |factor: u32| (0..n).map(|i| f64::from(i * factor % 61) + 1.0).collect::<Vec<f64>>();
    let areas: Vec<String> = (0..n).map(|i| format!("area {i}")).collect();
    let table = WideTable::from_floats(areas, [("a", column(7)), ("b", column(11)), ("c", column(23))]).unwrap();
    score(&table, &scheme(document)).unwrap()
}

#[test]
fn a_seed_gives_the_same_simulation() {
    let card = simulated();
    let run = |seed| card.robustness(seed, 1200, |_, _| ControlFlow::Continue(())).unwrap();
    let (one, two, other) = (run(1), run(1), run(2));
    assert_eq!(one, two);
    assert_ne!(one.intervals, other.intervals);
    assert_eq!(one.varied, ["weights", "normalise", "aggregate", "drop"]);
    for interval in &one.intervals {
        assert!(interval.low <= interval.median && interval.median <= interval.high, "{interval:?}");
        assert!((1.0..=60.0).contains(&interval.mean));
    }
    // What is left out matters most here, and shares of variance are shares.
    let total = |factor: &str| one.sensitivity.iter().find(|sensitivity| sensitivity.factor == factor).unwrap().total.unwrap();
    assert!(total("drop") > total("weights"), "{:?}", one.sensitivity);
    assert!(one.sensitivity.iter().all(|s| s.total.unwrap() > -0.01 && s.first.unwrap() < 1.01), "{:?}", one.sensitivity);
}

/// Mean ranks of the simulation above as an independent program works them out from the same draws
/// (SplitMix64 by run and kind of choice), so that another platform or number of threads is found out.
#[test]
fn a_simulation_is_the_same_everywhere() {
    let robustness = simulated().robustness(42, 600, |_, _| ControlFlow::Continue(())).unwrap();
    let ranks: Vec<f64> = robustness.intervals.iter().map(|interval| interval.mean).collect();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/score/simulation.csv");
    let text = std::fs::read_to_string(path).unwrap();
    let want: Vec<f64> = text.lines().skip(1).map(|line| line.split(',').nth(1).unwrap().parse().unwrap()).collect();
    assert_eq!(ranks, want);
}

#[test]
fn a_simulation_reports_and_can_be_stopped() {
    let card = simulated();
    let mut reports = Vec::new();
    let stopped = card
        .robustness(1, 2000, |done, total| {
            reports.push((done, total));
            if done >= 1000 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
        .unwrap();
    assert_eq!(reports, [(512, 12_000), (1024, 12_000)]);
    assert!(stopped.stopped && stopped.runs == 1024 && stopped.sensitivity.is_empty());
    assert_eq!(stopped.intervals, card.robustness(1, 1024, |_, _| ControlFlow::Continue(())).unwrap().intervals);
    assert_eq!(card.robustness(1, 0, |_, _| ControlFlow::Continue(())).unwrap_err().code(), Some(Code::UnfitScorecards));
}

#[test]
fn nothing_varied_moves_nothing() {
    let mut document = plain(json!(["a", "b"]));
    document["robustness"] = json!({ "drop": "no" });
    let table = WideTable::from_floats(["x", "y", "z"], [("a", vec![1.0, 2.0, 3.0]), ("b", vec![1.0, 2.0, f64::NAN])]).unwrap();
    let robustness = score(&table, &scheme(document)).unwrap().robustness(1, 100, |_, _| ControlFlow::Continue(())).unwrap();
    assert_eq!(robustness.mean_shift, 0.0);
    assert_eq!((robustness.dominance, robustness.intervals.len()), (1.0, 2));
    assert_eq!(robustness.intervals[0].high, 2.0);
}

/// Trees with gaps, groups and caps take another way through the simulation; without variation both
/// have to give the ranks of the scorecard.
#[test]
fn the_simulation_starts_from_the_scorecard() {
    for info in schemes() {
        let scheme = Scheme::parse(info.text, Format::Yaml).unwrap();
        let ids: Vec<String> = leaves(&scheme);
        let n = 25_u32;
        let column = |index: usize| {
            let value =
                |i: u32| if (i as usize + index).is_multiple_of(11) { f64::NAN } else { f64::from(i * (3 + index as u32) % 29) + 1.0 };
            (0..n).map(value).collect::<Vec<f64>>()
        };
        let areas: Vec<String> = (0..n).map(|i| format!("area {i}")).collect();
        let columns = ids.iter().enumerate().map(|(index, id)| (id.clone(), column(index)));
        let table = WideTable::from_floats(areas, columns).unwrap();
        let card = score(&table, &scheme).unwrap_or_else(|error| panic!("{}: {error}", info.id));
        let Ok(robustness) = card.robustness(3, 64, |_, _| ControlFlow::Continue(())) else { continue };
        for interval in robustness.intervals {
            let score = card.score(&interval.area).unwrap();
            assert_eq!(score.rank.unwrap(), f64::from(interval.nominal), "{} of {}", interval.area, info.id);
        }
    }
}

fn leaves(scheme: &Scheme) -> Vec<String> {
    fn of(value: &Value, out: &mut Vec<String>) {
        match value {
            Value::Array(ids) => out.extend(ids.iter().map(|id| id.as_str().unwrap().to_owned())),
            Value::Object(map) => {
                for (id, member) in map {
                    match (&member["of"], &member["from"]) {
                        (Value::Null, Value::Null) => out.push(id.clone()),
                        (Value::Null, from) => out.push(from.as_str().unwrap().to_owned()),
                        (members, _) => of(members, out),
                    }
                }
            }
            _ => {}
        }
    }
    let document = scheme.to_value();
    let mut out = Vec::new();
    of(&document["pillars"], &mut out);
    if out.is_empty() { ["s1", "s2", "s3"].map(str::to_owned).to_vec() } else { out }
}

#[test]
fn ready_made_schemes_read_back_and_say_where_they_are_from() {
    let validator = jsonschema::validator_for(&attainment::schema("scheme").unwrap()).unwrap();
    let known = ["reproduced", "primary", "secondary", "own"];
    let mut ids = BTreeSet::new();
    for info in schemes() {
        let scheme = Scheme::parse(info.text, Format::Yaml).unwrap_or_else(|error| panic!("{}: {error}", info.id));
        assert_eq!(scheme.id(), info.id);
        assert_eq!(scheme.lint(), [], "{}", info.id);
        assert!(ids.insert(info.id) && ids.insert(info.alias) || info.id == info.alias, "{}", info.id);
        assert!(!info.source.is_empty() && !info.issuer.is_empty() && known.iter().any(|word| info.verified.starts_with(word)), "{info:?}");
        assert!(validator.is_valid(&scheme.to_value()), "{}", info.id);
        for format in [Format::Json, Format::Yaml] {
            let again = Scheme::parse(&scheme.to_text(format), format).unwrap_or_else(|error| panic!("{}: {error}", info.id));
            assert_eq!(again, scheme, "{} through {}", info.id, format.as_str());
        }
    }
    assert!(ids.len() >= 16);
}

/// The documents of `tests/vectors/scheme`: every code has one, and the schema agrees on the shape.
#[test]
fn bad_schemes_give_their_findings() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/scheme/bad.yaml");
    let cases: Vec<Value> = serde_saphyr::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&attainment::schema("scheme").unwrap()).unwrap();
    let mut seen = BTreeSet::new();
    for case in &cases {
        let text = case["text"].as_str().unwrap();
        let findings = match Scheme::parse(text, Format::Yaml) {
            Ok(scheme) => scheme.lint(),
            Err(error) => error.findings().to_vec(),
        };
        let found: Vec<Value> = findings.iter().map(|finding| json!([finding.code.as_str(), finding.path])).collect();
        assert_eq!(Value::from(found), case["findings"], "{}", case["name"]);
        assert!(findings.iter().all(|finding| finding.help.is_some() && finding.line.is_some()), "{}: {findings:?}", case["name"]);
        seen.extend(findings.iter().map(|finding| finding.code));
        let ours = !findings.iter().any(|finding| finding.code.stage() == Stage::Shape);
        let value: Value = serde_saphyr::from_str(text).unwrap();
        assert_eq!(validator.is_valid(&value), ours, "{}: the schema", case["name"]);
    }
    let missing: Vec<_> = attainment::codes().iter().filter(|code| code.stage() == Stage::Scheme && !seen.contains(code)).collect();
    assert!(missing.is_empty(), "no vector for {missing:?}");
}

/// Every scheme that the page on scorecards shows.
#[test]
fn the_schemes_of_the_documentation_stand() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/scorecards.md");
    let page = std::fs::read_to_string(path).unwrap();
    let blocks: Vec<&str> = page.split("```yaml\n").skip(1).filter_map(|block| block.split("```").next()).collect();
    assert!(blocks.len() >= 2);
    for block in &blocks {
        let scheme = Scheme::parse(block, Format::Yaml).unwrap_or_else(|error| panic!("{error}\n{block}"));
        assert_eq!(scheme.lint(), []);
    }
    let county = Scheme::parse(blocks[0], Format::Yaml).unwrap();
    let table =
        WideTable::from_csv("area,gdp,rd,pm25,jobs\n甲,90000,2.5%,30,5\n乙,120000,3%,60,9\n丙,80000,,40,5\n", &Columns::new()).unwrap();
    let card = score(&table, &county).unwrap();
    let of = |area: &str| card.score(area).unwrap();
    // 0.6 (2 × 0.9 + 1) / 3 + 0.4 (1 + 1) / 2
    assert_eq!((of("甲").rounded.unwrap().to_string(), of("甲").grade.as_deref()), ("0.960".to_owned(), Some("A")));
    assert_eq!((of("乙").grade.as_deref(), of("乙").veto), (Some("C"), vec!["pm25".to_owned()]));
    assert_eq!(of("丙").score, None, "half of a pillar is less than 80 %");
    for info in schemes() {
        assert!(page.contains(&format!("| `{}` | `{}` |", info.id, info.alias)), "{} is not on the page", info.id);
    }
}

#[test]
fn an_explanation_stands_in_both_languages_and_every_form() {
    let table = WideTable::from_csv("area,completion,measures\n甲,97.5,60\n乙,,60\n", &Columns::new()).unwrap();
    let card = score(&table, "cn-county-energy").unwrap();
    let explanation = card.explain("甲").unwrap();
    for text in [explanation.to_text(Lang::Zh), explanation.to_markdown(Lang::Zh), explanation.to_html(Lang::Zh)] {
        assert!(text.contains("一票否决") && text.contains("97.5"), "{text}");
    }
    assert!(explanation.to_text(Lang::En).contains("veto: Energy target is not met"));
    assert!(explanation.to_json().contains("/pillars/target/veto"));
    assert!(
        card.explain("乙").unwrap().to_text(Lang::En).contains("Energy target · completion: no value")
            || card.explain("乙").unwrap().to_text(Lang::En).contains("no value")
    );
    assert!(card.to_markdown(Lang::En).contains("| — | 乙 | — | — |"));
}

/// Every normaliser with every way to aggregate, on columns of every kind: an answer or an error, and
/// no score that is not a number.
#[test]
fn no_combination_makes_it_stumble() {
    let normalisers = [
        json!("as_is"),
        json!("min_max"),
        json!("z_score"),
        json!("distance_to_target"),
        json!("distance_to_best"),
        json!({ "by": "distance_to_reference", "reference": "a1" }),
        json!("goalposts"),
        json!({ "by": "goalposts", "log": "yes", "clamp": "yes" }),
        json!("rank"),
        json!("borda"),
        json!("percentile"),
        json!("share_of_max"),
        json!("ratio"),
        json!("closed"),
        json!({ "by": "interval", "slope": "own" }),
        json!({ "by": "interval", "slope": "common" }),
        json!("efficacy"),
        json!({ "by": "points", "points": { "1": 0, "50": 2 }, "through": "line", "below": -1 }),
        json!("growth"),
    ];
    let aggregates = [
        json!("arithmetic"),
        json!("geometric"),
        json!("harmonic"),
        json!("median"),
        json!("minimum"),
        json!("copeland"),
        json!("sum"),
        json!("two_worst"),
        json!({ "power": 3 }),
        json!({ "power": -0.5 }),
    ];
    let nan = f64::NAN;
    let columns = [
        [vec![1.0, 2.0, 3.0, nan], vec![5.0; 4], vec![-1.0, 0.0, 1e300, 4.0]],
        [vec![nan; 4], vec![0.0; 4], vec![1e-300, 2.0, 2.0, 2.0]],
        [vec![0.1, 0.2, 0.3, 0.4], vec![9.0, 7.0, nan, 7.0], vec![3.0, 3.0, 3.0, -3.0]],
    ];
    let mut answered = 0;
    for (n, normalise) in normalisers.iter().enumerate() {
        for (a, aggregate) in aggregates.iter().enumerate() {
            let treat = ["refuse", "renormalise", "zero", "group_mean"][(n + a) % 4];
            let weights = ["equal", "entropy", "critic", "pca"][(n + a / 2) % 4];
            let direction = ["increase", "decrease"][(n + a) % 2];
            let marks = json!({ "target": 60, "start": 10, "worst": 1, "best": 90, "floor": 0.5, "low": 10, "high": 20, "ceiling": 95, "unacceptable": 5, "satisfactory": 80 });
            let indicator = json!({ "direction": direction, "marks": marks });
            let scheme = Scheme::from_value(&json!({
                "attainment": 1, "id": "s", "normalise": normalise, "aggregate": aggregate, "missing": { "treat": treat, "present": "40%" },
                "indicators": { "x": indicator, "y": indicator, "z": indicator },
                "pillars": { "p": { "weights": weights, "of": ["x", "y"] }, "z": { "cap": 1000 } },
                "grades": [{ "grade": "A", "from": 0.5 }, { "grade": "B" }], "round": { "decimals": 2, "mode": "half_even" },
                "robustness": { "weights": "10%", "drop": "yes" },
            }))
            .unwrap();
            for columns in &columns {
                let named = ["x", "y", "z"].into_iter().zip(columns.iter().cloned());
                let table = WideTable::from_floats(["a1", "a2", "a3", "a4"], named).unwrap();
                let Ok(card) = score(&table, &scheme) else { continue };
                answered += 1;
                assert!(card.scores().iter().filter_map(|score| score.score).all(f64::is_finite), "{normalise} {aggregate}");
                let records = card.to_records();
                assert_eq!(records.len(), 4);
                for area in ["a1", "a4"] {
                    assert!(!card.explain(area).unwrap().to_text(Lang::Zh).contains("NaN"), "{normalise} {aggregate}");
                }
                assert!(!card.to_markdown(Lang::En).contains("NaN"));
                if let Ok(robustness) = card.robustness(9, 20, |_, _| ControlFlow::Continue(())) {
                    assert!(robustness.mean_shift.is_finite());
                }
            }
        }
    }
    assert!(answered > 150, "{answered}");
    let empty = WideTable::from_floats(Vec::<String>::new(), [("x", Vec::new())]).unwrap();
    let alone = score(&empty, &scheme(plain(json!(["x"])))).unwrap();
    assert!(alone.scores().is_empty() && alone.to_records().is_empty() && alone.to_markdown(Lang::En).lines().count() == 2);
}

#[test]
fn a_scorecard_serialises() {
    let table = WideTable::from_csv("area,completion,measures\n甲,97.5,60\n", &Columns::new()).unwrap();
    let card = score(&table, "cn-county-energy").unwrap();
    let value = serde_json::to_value(&card).unwrap();
    assert_eq!(value["scores"][0]["veto"], json!(["target"]));
    assert_eq!(card.to_records()[0]["grade"], "未完成");
    assert_eq!(card.to_records()[0]["rank"], 1);
}

/// What another period says is no answer for a deadline without a value.
#[test]
fn a_due_target_without_a_value_has_no_number() {
    let plan = Plan::parse(
        "{attainment: 1, id: p, defaults: {baseline: 2015}, indicators: {y: {name: Firms, unit: 家, direction: decrease}}, targets: {y: {indicator: y, at_most: 10家, by: 2022}}}",
        Format::Yaml,
    )
    .unwrap();
    let csv = "area,indicator,year,value\nA,y,2015,20\nA,y,2022,8\nC,y,2015,20\nD,y,2015,20\nD,y,2023,8\n";
    let panel = Panel::from_csv(csv, &Columns::new()).unwrap();
    for as_of in [2022, 2023] {
        let assessment = plan.assess(&panel, &AssessOptions::new().as_of(as_of)).unwrap();
        for (read, full) in [("ratio", 1.25), ("closed", 1.2), ("value", 8.0)] {
            let mut document = plain(json!(["y"]));
            document["read"] = read.into();
            let card = score(&assessment, &scheme(document)).unwrap();
            assert_eq!(card.score("A").unwrap().score, Some(full), "{read} {as_of}");
            for area in ["C", "D"] {
                let got = card.score(area).unwrap();
                assert_eq!((got.score, got.missing.len()), (None, 1), "{read} {area} {as_of}");
            }
        }
    }
}

#[test]
fn a_column_that_stands_twice_is_an_error() {
    let code = |result: Result<WideTable, attainment::Error>| result.map(drop).unwrap_err().code();
    assert_eq!(code(WideTable::from_csv("area,a,a\nx,1,7\n", &Columns::new())), Some(Code::DuplicateColumn));
    assert_eq!(code(WideTable::from_csv("area,a,b\nx,1,7\n", &Columns::new().rename("a", "b"))), Some(Code::DuplicateColumn));
    assert_eq!(code(WideTable::from_floats(["x"], [("a", vec![1.0]), ("a", vec![7.0])])), Some(Code::DuplicateColumn));
}

/// Rules for one nature cannot hold for a mean over several.
#[test]
fn targets_of_several_natures_do_not_become_one() {
    let assessment = plan();
    let mut document = plain(json!({ "jobs": {} }));
    (document["read"], document["take"]) = ("closed".into(), "mean".into());
    document["natures"] = json!({ "aspirational": { "grades": [{ "grade": "all" }] } });
    let card = score(&assessment, &scheme(document.clone())).unwrap();
    assert_eq!(card.findings().iter().filter(|finding| finding.code == Code::NatureMixed).count(), 1);
    assert_eq!(card.score("a").unwrap().pillars[0].grade, None);
    document["natures"] = json!({ "aspirational": { "counts": "no" } });
    let error = score(&assessment, &scheme(document.clone())).map(drop).unwrap_err();
    assert_eq!(error.code(), Some(Code::RuleUnfit));
    document["pillars"] = json!({ "jobs": { "nature": "binding" } });
    assert_eq!(score(&assessment, &scheme(document)).unwrap().score("a").unwrap().score, Some(1.125));
}

#[test]
fn a_committed_key_result_is_graded_unrounded() {
    let plan = Plan::parse(
        "{attainment: 1, id: p, defaults: {baseline: 2015}, indicators: {y: {name: Y, unit: percent, direction: increase}}, targets: {y: {indicator: y, at_least: 100%, by: 2020, nature: binding}}}",
        Format::Yaml,
    )
    .unwrap();
    let panel = Panel::from_csv("area,indicator,year,value\na,y,2015,0\na,y,2020,96\n", &Columns::new()).unwrap();
    let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2020)).unwrap();
    assert_eq!(score(&assessment, "okr").unwrap().score("a").unwrap().pillars[0].grade.as_deref(), Some("failed"));
}

#[test]
fn no_score_is_a_negative_zero() {
    let mut document = plain(json!(["x"]));
    (document["normalise"], document["indicators"]) = ("min_max".into(), json!({ "x": { "direction": "decrease" } }));
    let card = score(&WideTable::from_floats(["a", "b"], [("x", vec![1.0, 2.0])]).unwrap(), &scheme(document)).unwrap();
    assert!(card.score("b").unwrap().score.unwrap().is_sign_positive());
}
