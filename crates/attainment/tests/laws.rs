//! Laws that hold for every plan and every table.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use attainment::{
    AssessOptions, Assessment, Cell, Column, Columns, Format, Lang, MethodInfo, Panel, PanelBuilder, Plan, Record, State, Threshold,
    Verdict, Verified, methods,
};
use proptest::prelude::*;
use rust_decimal::Decimal;
use serde_json::{Value, json};

type Point = (&'static str, &'static str, String, String);

const AREAS: [&str; 4] = ["x", "y", "z", ""];

fn period() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (2014..2024i32).prop_map(|year| year.to_string()),
        1 => (2014..2024i32, 1..5u32).prop_map(|(year, quarter)| format!("{year}-Q{quarter}")),
        1 => (2014..2024i32, 1..13u32).prop_map(|(year, month)| format!("{year}-{month:02}")),
        1 => (2014..2024i32, 2..13u32).prop_map(|(year, month)| format!("{year}-01/{year}-{month:02}")),
    ]
}

fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (-2000..8000i64, 0..3u32).prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale).to_string()),
        1 => (0..50i64).prop_map(|n| n.to_string()),
        1 => prop::sample::select(vec!["…", "", "xx", "约25", "30多", "预计40", "yes", "no", "2.5 p", "NaN", "1.2.3", "中"]).prop_map(str::to_owned),
    ]
}

fn rows() -> impl Strategy<Value = Vec<Point>> {
    let indicator = prop::sample::select(vec!["a", "a", "a", "b", "g", "s", "q", "j", "m"]);
    prop::collection::vec((prop::sample::select(AREAS.to_vec()), indicator, period(), number()), 0..60)
}

fn records(rows: &[Point]) -> Panel {
    Panel::from_records(rows.iter().map(|(area, indicator, period, value)| Record::new(*area, *indicator, period.as_str(), value.as_str())))
}

fn when() -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let year = || 2015..2027i32;
    let window = || (2014..2021i32, 0..7i32).prop_map(|(start, length)| format!("{start}/{}", start + length));
    prop_oneof![
        4 => year().prop_map(|year| vec![("by", year.to_string())]),
        1 => (year(), 1..5).prop_map(|(year, quarter)| vec![("by", format!("{year}-Q{quarter}"))]),
        3 => window().prop_map(|window| vec![("each", window)]),
        1 => year().prop_map(|year| vec![("each", format!("{year}/.."))]),
        1 => year().prop_map(|year| vec![("each", format!("/{year}"))]),
        3 => window().prop_map(|window| vec![("during", window)]),
        1 => year().prop_map(|year| vec![("during", year.to_string())]),
        1 => Just(vec![("by", "20XX".to_owned())]),
        1 => Just(vec![]),
    ]
}

fn bound(unit: &'static str) -> impl Strategy<Value = Value> {
    prop_oneof![
        8 => (-50..400i64, 0..2u32).prop_map(move |(mantissa, scale)| json!(format!("{}{unit}", Decimal::new(mantissa, scale)))),
        1 => Just(json!(format!("xx{unit}"))),
        1 => Just(json!("unknown")),
        1 => Just(json!({ "mean_of": "all" })),
        1 => Just(json!({ "area": "y" })),
        1 => Just(json!({ "indicator": "b", "times": "2" })),
    ]
}

/// One target of the grammar: any measure, comparison and time.
fn target() -> impl Strategy<Value = Value> {
    let measure = prop::sample::select(vec![
        ("level", ""),
        ("change", ""),
        ("relative_change", "%"),
        ("multiple", ""),
        ("annual_growth", "%"),
        ("sum", ""),
        ("mean", ""),
        ("rank", ""),
        ("percentile", "%"),
    ]);
    let compare = prop::sample::select(vec!["reach", "at_least", "more_than", "at_most", "less_than", "within", "about", "equals"]);
    let baseline = prop_oneof![
        2 => Just(None),
        2 => (2012..2020i32).prop_map(|year| Some(json!(year.to_string()))),
        1 => (2012..2020i32, 1..60i64).prop_map(|(year, value)| Some(json!({ "at": year.to_string(), "value": value.to_string() }))),
    ];
    let indicator = prop::sample::select(vec!["a", "a", "a", "b", "g", "s", "f", "m"]);
    let single = (measure, compare, when(), baseline, indicator, any::<bool>()).prop_flat_map(
        |((measure, unit), compare, when, baseline, indicator, extra)| {
            (bound(unit), bound(unit)).prop_map(move |(low, high)| {
                let mut target = json!({ "indicator": indicator, "measure": measure });
                target[compare] = if compare == "within" { json!([low, high]) } else { low };
                if compare == "about" {
                    target["tolerance"] = if extra { json!("5%") } else { json!("1") };
                } else if extra && compare.starts_with("at_") {
                    target["stretch"] = high;
                }
                if matches!(measure, "rank" | "percentile") {
                    target["among"] = json!("all");
                }
                for (key, period) in &when {
                    target[*key] = json!(period);
                }
                if let Some(baseline) = &baseline {
                    target["baseline"] = baseline.clone();
                }
                target
            })
        },
    );
    let question =
        (prop::sample::select(vec![("q", "yes"), ("q", "no"), ("j", "好"), ("j", "中")]), when()).prop_map(|((indicator, bound), when)| {
            let mut target = json!({ "indicator": indicator, "reach": bound });
            for (key, period) in &when {
                target[*key] = json!(period);
            }
            target
        });
    prop_oneof![8 => single, 1 => question]
}

fn document(targets: Value) -> Value {
    json!({
        "attainment": "1", "id": "p",
        "areas": { "x": { "groups": ["all"] }, "y": { "groups": ["all"] }, "z": { "groups": ["all"] } },
        "indicators": {
            "a": { "name": "A", "kind": "stock", "direction": "increase", "decimals": "1" },
            "b": { "name": "B", "kind": "flow", "statistic": "sum", "direction": "decrease", "marks": { "floor": "0" } },
            "g": { "name": "G", "kind": "growth", "unit": "percent", "direction": "increase" },
            "s": { "name": "S", "kind": "share", "unit": "percent", "statistic": "mean", "direction": "within" },
            "f": { "name": "F", "direction": "increase", "formula": { "sum": ["a", "b"] } },
            "m": { "name": "M", "direction": "increase", "growth_from": "g" },
            "q": { "name": "Q", "kind": "yes_no" },
            "j": { "name": "J", "kind": "judgement", "levels": ["差", "中", "好"] },
        },
        "targets": targets,
    })
}

/// A plan of what the check lets through, with combinations of it.
fn plan() -> impl Strategy<Value = (Plan, usize)> {
    prop::collection::vec(target(), 1..6).prop_map(|targets| {
        let fits = |target: &Value| Plan::from_value(&document(json!({ "t": target }))).is_ok();
        let mut kept = serde_json::Map::new();
        for target in targets.into_iter().filter(fits) {
            kept.insert(format!("t{}", kept.len()), target);
        }
        let singles = kept.len();
        if singles > 0 {
            let ids: Vec<String> = kept.keys().cloned().collect();
            kept.insert("all".into(), json!({ "all": ids }));
            kept.insert("any".into(), json!({ "any": ids }));
            kept.insert("k".into(), json!({ "k_of": { "k": singles.to_string(), "of": ids } }));
            kept.insert("nots".into(), json!({ "any": ids.iter().map(|id| json!({ "not": id })).collect::<Vec<_>>() }));
            kept.insert("not-all".into(), json!({ "not": "all" }));
            kept.insert("all-nots".into(), json!({ "all": ids.iter().map(|id| json!({ "not": id })).collect::<Vec<_>>() }));
            kept.insert("not-any".into(), json!({ "not": "any" }));
        }
        (Plan::from_value(&document(Value::Object(kept))).unwrap(), singles)
    })
}

fn every_method(as_of: i32) -> AssessOptions {
    methods().iter().fold(AssessOptions::new().as_of(as_of), |options, method| options.method(ask(method)))
}

/// What a verdict says, by its name.
fn said(assessment: &Assessment) -> Vec<(String, String, Option<String>, Value)> {
    let mut said: Vec<_> = assessment
        .verdicts()
        .iter()
        .map(|verdict| {
            let method = verdict.pace.as_ref().map(|pace| pace.method.clone());
            (verdict.target.clone(), verdict.area.clone(), method, serde_json::to_value(verdict).unwrap())
        })
        .collect();
    said.sort_by(|a, b| (&a.0, &a.1, &a.2).cmp(&(&b.0, &b.1, &b.2)));
    said
}

fn threshold() -> impl Strategy<Value = Threshold> {
    prop::sample::select(Threshold::ALL.to_vec())
}

const KEYS: [&str; 20] = [
    "target",
    "area",
    "indicator",
    "as_of",
    "method",
    "attained",
    "reason",
    "holds_now",
    "decided_at",
    "value",
    "period",
    "bound",
    "gap",
    "ratio",
    "closed",
    "category",
    "scale",
    "pace_value",
    "score",
    "flags",
];

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn any_plan_on_any_table_has_an_answer_and_an_explanation((plan, _) in plan(), rows in rows(), as_of in 2013..2028i32, threshold in threshold()) {
        let assessment = plan.assess(&records(&rows), &every_method(as_of).threshold(threshold)).unwrap();
        let records = assessment.to_records();
        prop_assert_eq!(records.len(), assessment.verdicts().len());
        for record in &records {
            let keys: Vec<&str> = record.keys().map(String::as_str).collect();
            let mut wanted = KEYS.to_vec();
            if keys != wanted {
                wanted.sort_unstable();
            }
            prop_assert_eq!(keys, wanted);
        }
        for verdict in assessment.verdicts() {
            let attained = &verdict.attained;
            prop_assert_eq!(attained.reason.is_some(), attained.state == State::NotEvaluable, "{:?}", attained);
            prop_assert!(attained.period.as_ref().is_none_or(|period| period.end().unwrap().calendar_year() <= as_of));
            prop_assert!([attained.ratio, attained.closed].into_iter().flatten().all(f64::is_finite));
            let pace = verdict.pace.as_ref().unwrap();
            prop_assert_eq!(pace.category.is_some(), pace.reason.is_none());
            let numbers = [pace.value, pace.score, pace.required, pace.actual, pace.expected_now, pace.projected, pace.arrival, pace.catch_up];
            prop_assert!(numbers.into_iter().flatten().all(f64::is_finite), "{:?}", pace);
            let explanation = assessment.explain_of(&verdict.target, &verdict.area, Some(verdict.as_of), Some(&pace.method)).unwrap();
            prop_assert_eq!(explanation.verdict.as_ref(), Some(verdict));
            prop_assert!(!explanation.steps.is_empty());
            prop_assert_eq!(last_state(&explanation.steps), Some(attained.state.as_str().replace('_', " ")));
        }
        for lang in [Lang::En, Lang::Zh] {
            prop_assert_eq!(assessment.to_text(lang).lines().count(), assessment.verdicts().len() + 2);
        }
    }

    #[test]
    fn the_order_of_rows_and_what_is_not_asked_for_change_nothing(
        (plan, _) in plan(), rows in rows(), other in rows(), seed in any::<u64>(), threshold in threshold(),
    ) {
        let options = every_method(2023).threshold(threshold);
        let mut order: Vec<Point> = rows.clone();
        let mut state = seed | 1;
        for index in (1..order.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(index, (state >> 33) as usize % (index + 1));
        }
        let before = said(&plan.assess(&records(&rows), &options).unwrap());
        prop_assert_eq!(&before, &said(&plan.assess(&records(&order), &options).unwrap()));
        // Indicators the plan does not have, and areas beyond its group.
        let known = records(&rows);
        let mut more = rows.clone();
        more.extend(other.iter().map(|(area, _, period, value)| (*area, "elsewhere", period.clone(), value.clone())).filter(|row| known.areas().any(|area| area == row.0)));
        prop_assert_eq!(&before, &said(&plan.assess(&records(&more), &options).unwrap()));
        let mut more = rows.clone();
        more.extend(other.iter().map(|(_, indicator, period, value)| ("far-away", *indicator, period.clone(), value.clone())));
        let mut with_more = said(&plan.assess(&records(&more), &options).unwrap());
        with_more.retain(|verdict| verdict.1 != "far-away");
        if !known.is_empty() {
            prop_assert_eq!(&before, &with_more);
        }
    }

    #[test]
    fn a_year_without_observations_changes_no_number((plan, _) in plan(), rows in rows(), as_of in 2023..2026i32) {
        let panel = records(&rows);
        let before = plan.assess(&panel, &every_method(as_of)).unwrap();
        let after = plan.assess(&panel, &every_method(as_of + 1)).unwrap();
        for (one, two) in before.verdicts().iter().zip(after.verdicts()) {
            let decided = matches!(one.attained.state, State::Met | State::NotMet);
            prop_assert!(!decided || one.attained.state == two.attained.state, "{:?} {:?}", one, two);
            if decided || two.attained.state == State::Pending {
                let numbers = |verdict: &Verdict| {
                    let (attained, pace) = (&verdict.attained, verdict.pace.as_ref().unwrap());
                    (attained.value, attained.bound, attained.ratio, attained.closed, attained.holds_now, pace.value, pace.required, pace.expected_now)
                };
                prop_assert_eq!(numbers(one), numbers(two));
            }
        }
    }

    #[test]
    fn batches_csv_records_and_columns_are_one((plan, _) in plan(), rows in rows(), split in any::<prop::sample::Index>()) {
        let options = every_method(2023);
        let whole = records(&rows);
        let line = |row: &Point| format!("{},{},{},{}\n", row.0, row.1, row.2, row.3);
        let csv = |rows: &[Point]| format!("area,indicator,period,value\n{}", rows.iter().map(line).collect::<String>());
        let column = |pick: fn(&Point) -> &str| Column::from(rows.iter().map(|row| Cell::from(pick(row))).collect::<Vec<_>>());
        let columns = [
            ("area", column(|row| row.0)), ("indicator", column(|row| row.1)), ("period", column(|row| &row.2)), ("value", column(|row| &row.3)),
        ];
        let at = if rows.is_empty() { 0 } else { split.index(rows.len()) };
        let mut builder = PanelBuilder::new();
        builder.add_csv(&csv(&rows[..at]), &Columns::new()).unwrap();
        builder.add_records(rows[at..].iter().map(|(area, indicator, period, value)| Record::new(*area, *indicator, period.as_str(), value.as_str())));
        let panels = [
            Panel::from_csv(&csv(&rows), &Columns::new()).unwrap(),
            Panel::from_columns(&columns, &Columns::new()).unwrap(),
            builder.finish(),
        ];
        let want = said(&plan.assess(&whole, &options).unwrap());
        for panel in &panels {
            prop_assert_eq!(panel.len(), whole.len());
            prop_assert_eq!(panel.findings().len(), whole.findings().len());
            prop_assert_eq!(&want, &said(&plan.assess(panel, &options).unwrap()));
        }
        // Everything twice is a finding for each row that was read, and nothing else.
        let twice: Vec<Point> = rows.iter().chain(&rows).cloned().collect();
        prop_assert_eq!(&want, &said(&plan.assess(&records(&twice), &options).unwrap()));
    }

    #[test]
    fn de_morgan((plan, singles) in plan(), rows in rows(), as_of in 2013..2028i32) {
        prop_assume!(singles > 0);
        let assessment = plan.assess(&records(&rows), &AssessOptions::new().as_of(as_of)).unwrap();
        for verdict in assessment.verdicts().iter().filter(|verdict| verdict.target == "all") {
            let of = |target: &str| assessment.verdict(target, &verdict.area).unwrap().attained.clone();
            let held = |target: &str| of(target).holds_now;
            // `not` leaves pending and not_evaluable, so the law holds where everything is decided.
            let decided = (0..singles).all(|n| matches!(of(&format!("t{n}")).state, State::Met | State::NotMet));
            if decided {
                prop_assert_eq!(of("not-all").state, of("nots").state);
                prop_assert_eq!(of("not-any").state, of("all-nots").state);
            }
            prop_assert_eq!(held("not-all"), held("nots"));
            prop_assert_eq!(held("not-any"), held("all-nots"));
            prop_assert_eq!(of("k").state, of("all").state);
        }
    }

    #[test]
    fn a_verdict_is_the_same_alone_and_among_others((plan, singles) in plan(), rows in rows(), pick in any::<prop::sample::Index>()) {
        prop_assume!(singles > 0 && !rows.is_empty());
        let id = format!("t{}", pick.index(singles));
        let options = every_method(2022);
        let panel = records(&rows);
        let among = plan.assess(&panel, &options).unwrap();
        let target = plan.to_value()["targets"][&id].clone();
        let alone = Plan::from_value(&document(json!({ &id: target }))).unwrap();
        let mut want = said(&among);
        want.retain(|verdict| verdict.0 == id);
        prop_assert_eq!(&want, &said(&alone.assess(&panel, &options).unwrap()));
        // One area alone, where the target does not look at others.
        let text = target.to_string();
        if !text.contains("\"all\"") && !text.contains("\"area\"") {
            for area in panel.areas() {
                let own: Vec<Point> = rows.iter().filter(|row| row.0 == area).cloned().collect();
                let mut want = want.clone();
                want.retain(|verdict| verdict.1 == area);
                let mut got = said(&alone.assess(&records(&own), &options).unwrap());
                got.retain(|verdict| verdict.1 == area);
                prop_assert_eq!(&want, &got);
            }
        }
    }

    #[test]
    fn the_unit_of_the_numbers_changes_no_answer(
        values in prop::collection::vec((2014..2022i32, 1..5000i64), 1..8), low in 1..5000i64, measure in 0..5usize, power in 1..7u32,
    ) {
        // 亿元 and 万元; and every number with the point moved.
        let (measure, unit) = [("level", true), ("change", true), ("sum", true), ("relative_change", false), ("annual_growth", false)][measure];
        let when = if measure == "sum" { json!({ "during": "2014/2021" }) } else { json!({ "by": "2021" }) };
        let plan = |unit_name: &str, bound: String| {
            let mut target = json!({ "indicator": "a", "measure": measure, "reach": bound, "baseline": "2014" });
            target.as_object_mut().unwrap().extend(when.as_object().unwrap().clone());
            Plan::from_value(&json!({ "attainment": "1", "id": "p", "indicators": { "a": { "name": "A", "unit": unit_name, "kind": "flow", "direction": "increase" } }, "targets": { "t": target } })).unwrap()
        };
        let bound = |factor: u32| if unit { (Decimal::new(low, 1) * Decimal::from(10u64.pow(factor))).to_string() } else { format!("{}%", Decimal::new(low, 1)) };
        let panel = |factor: u32, unit: &str| Panel::from_records(values.iter().map(|(year, value)| Record::new("", "a", *year, Decimal::new(*value, 2) * Decimal::from(10u64.pow(factor))).unit(unit)));
        let answer = |plan: Plan, panel: &Panel| {
            let options = AssessOptions::new().as_of(2020).as_of(2021).method("linear");
            plan.assess(panel, &options).unwrap().verdicts().iter().map(|verdict| {
                let pace = verdict.pace.as_ref().unwrap();
                (verdict.attained.state, verdict.attained.reason, verdict.attained.holds_now, pace.category.clone(), pace.reason)
            }).collect::<Vec<_>>()
        };
        let want = answer(plan("亿元", bound(0)), &panel(0, "亿元"));
        prop_assert_eq!(&want, &answer(plan("亿元", bound(0)), &panel(4, "万元")));
        prop_assert_eq!(&want, &answer(plan("万元", bound(4)), &panel(0, "亿元")));
        prop_assert_eq!(&want, &answer(plan("亿元", bound(power)), &panel(power, "亿元")));
    }

    #[test]
    fn chained_growth_says_what_levels_say(rates in prop::collection::vec(-20..40i64, 1..6), bound in -100..400i64, measure in 0..3usize) {
        // Rates of whole percents make levels that are exact decimals.
        let mut level = Decimal::from(100);
        let mut levels = vec![Record::new("", "level", 2015, level)];
        let mut growth = Vec::new();
        for (index, rate) in rates.iter().enumerate() {
            let year = 2016 + index as i32;
            level = level * Decimal::from(100 + rate) / Decimal::from(100);
            levels.push(Record::new("", "level", year, level));
            growth.push(Record::new("", "rate", year, *rate));
        }
        let last = 2015 + rates.len() as i32;
        let (measure, unit) = [("relative_change", "%"), ("annual_growth", "%"), ("multiple", "")][measure];
        let bound = if unit.is_empty() { Decimal::new(100 + bound, 2).to_string() } else { format!("{}%", Decimal::new(bound, 1)) };
        let plan = |indicator: Value, id: &str| {
            let target = json!({ "indicator": id, "measure": measure, "at_least": bound, "by": last.to_string(), "baseline": "2015" });
            Plan::from_value(&json!({ "attainment": "1", "id": "p", "indicators": { id: indicator }, "targets": { "t": target } })).unwrap()
        };
        let answer = |plan: Plan, records: Vec<Record>| plan.assess(&Panel::from_records(records), &AssessOptions::new().as_of(last)).unwrap().verdicts()[0].attained.clone();
        let by_level = answer(plan(json!({ "name": "L", "direction": "increase" }), "level"), levels);
        let by_rate = answer(plan(json!({ "name": "R", "kind": "growth", "unit": "percent", "direction": "increase" }), "rate"), growth);
        prop_assert_eq!((by_level.state, by_level.reason), (by_rate.state, by_rate.reason));
        prop_assert_eq!(by_level.value, by_rate.value);
    }

    #[test]
    fn thresholds_agree_far_from_the_bound(value in -10_000..10_000i64, bound in -100..100i64, down in any::<bool>()) {
        let distance = (value - bound * 100).abs();
        prop_assume!(distance > 200);
        let direction = if down { "decrease" } else { "increase" };
        let plan = Plan::parse(&format!("{{attainment: 1, id: p, indicators: {{a: {{name: A, direction: {direction}, decimals: 1}}}}, targets: {{t: {{indicator: a, reach: {bound}, by: 2020}}}}}}"), Format::Yaml).unwrap();
        let panel = Panel::from_records([Record::new("", "a", 2020, Decimal::new(value, 2))]);
        let states: Vec<State> = Threshold::ALL.iter().map(|threshold| plan.assess(&panel, &AssessOptions::new().as_of(2020).threshold(*threshold)).unwrap().verdicts()[0].attained.state).collect();
        let want = if (value > bound * 100) != down { State::Met } else { State::NotMet };
        prop_assert_eq!(states, vec![want; 4]);
    }
}

/// The state that the explanation of `attained` ends with.
fn last_state(steps: &[attainment::Step]) -> Option<String> {
    let attained = steps.iter().find(|step| step.kind == "attained")?;
    let state = attained.steps.iter().rev().find(|step| step.kind == "state")?;
    Some(state.text.en.split(['(', ',', ';']).next()?.trim().to_owned())
}

/// A method by its id, the unverified ones as such.
fn ask(method: &MethodInfo) -> String {
    let flag = if method.verified == Verified::Unverified { "?unverified=yes" } else { "" };
    format!("{}{flag}", method.id)
}
