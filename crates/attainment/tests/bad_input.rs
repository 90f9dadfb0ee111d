//! Input that nobody should give: an answer or a reason, quickly, and never a wrong number.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use attainment::{
    AssessOptions, Assessment, Attained, Cell, Code, Columns, Error, Format, Lang, MethodInfo, Panel, Plan, Reason, Record, State,
    TargetTable, Verified, methods,
};

/// A plan with one indicator `a` and one target `t`.
fn one(indicator: &str, target: &str) -> Plan {
    Plan::parse(
        &format!("{{attainment: 1, id: p, indicators: {{a: {{name: A, {indicator}}}}}, targets: {{t: {{indicator: a, {target}}}}}}}"),
        Format::Yaml,
    )
    .unwrap_or_else(|error| panic!("{target}: {error}"))
}

fn refused(text: &str) -> Vec<Code> {
    match Plan::parse(text, Format::Yaml) {
        Err(error) => error.findings().iter().filter(|finding| finding.is_error()).map(|finding| finding.code).collect(),
        Ok(_) => panic!("accepted: {text}"),
    }
}

fn panel(points: &[(i32, Cell)]) -> Panel {
    Panel::from_records(points.iter().map(|(year, value)| Record::new("", "a", *year, value.clone())))
}

fn numbers(points: &[(i32, f64)]) -> Panel {
    Panel::from_records(points.iter().map(|(year, value)| Record::new("", "a", *year, *value)))
}

/// Assesses with every method, explains every verdict, and renders everything.
fn assess(plan: &Plan, panel: &Panel, as_of: impl Into<Cell>) -> Assessment {
    let all = methods().iter().fold(AssessOptions::new().as_of(as_of), |options, method| options.method(ask(method)));
    let assessment = plan.assess(panel, &all).unwrap();
    for verdict in assessment.verdicts() {
        let method = verdict.pace.as_ref().map(|pace| pace.method.as_str());
        let explanation = assessment.explain_of(&verdict.target, &verdict.area, Some(verdict.as_of), method).unwrap();
        assert_eq!(explanation.verdict.as_ref(), Some(verdict));
        assert!(!explanation.steps.is_empty());
        let state = &verdict.attained;
        assert_eq!(state.reason.is_some(), state.state == State::NotEvaluable, "{state:?}");
        for number in [state.ratio, state.closed].into_iter().flatten() {
            assert!(number.is_finite(), "{state:?}");
        }
    }
    assessment
}

fn attained(plan: &Plan, panel: &Panel, as_of: impl Into<Cell>) -> Attained {
    assess(plan, panel, as_of).verdicts()[0].attained.clone()
}

fn why(attained: &Attained) -> (State, Option<Reason>) {
    (attained.state, attained.reason)
}

#[test]
fn values_that_are_no_numbers_are_no_observations() {
    let plan = one("direction: increase", "reach: 3, by: 2020");
    for cell in [f64::NAN.into(), f64::INFINITY.into(), f64::NEG_INFINITY.into(), "nan".into(), Cell::Empty, "".into()] {
        let panel = panel(&[(2015, 1.into()), (2020, cell)]);
        assert_eq!(why(&attained(&plan, &panel, 2020)), (State::NotEvaluable, Some(Reason::NoObservationAtDeadline)));
    }
    let nothing = panel(&[(2015, Cell::Empty), (2020, f64::NAN.into())]);
    let answer = attained(&plan, &nothing, 2020);
    assert_eq!((why(&answer), answer.holds_now), ((State::NotEvaluable, Some(Reason::NoObservationAtDeadline)), None));
    let early = attained(&plan, &nothing, 2019);
    assert_eq!((early.state, early.holds_now), (State::Pending, None));
}

#[test]
fn no_growth_from_nothing_or_across_zero() {
    for (base, now, reason) in [
        (0.0, 5.0, Some(Reason::ZeroBaseline)),
        (0.0, 0.0, Some(Reason::ZeroBaseline)),
        (-1.0, 5.0, Some(Reason::SignChange)),
        (1.0, -5.0, Some(Reason::SignChange)),
        (-2.0, -1.0, Some(Reason::SignChange)),
        (1.0, 0.0, None),
    ] {
        for measure in ["relative_change, reach: 10%", "annual_growth, reach: 10%", "multiple, reach: 2"] {
            let plan = one("direction: increase", &format!("measure: {measure}, by: 2020, baseline: 2015"));
            let answer = attained(&plan, &numbers(&[(2015, base), (2020, now)]), 2020);
            assert_eq!(answer.reason, reason, "{measure} from {base} to {now}");
            assert_eq!(answer.state, if reason.is_some() { State::NotEvaluable } else { State::NotMet });
        }
        let plan = one("direction: increase", "measure: change, reach: 2, by: 2020, baseline: 2015");
        let want = if now - base >= 2.0 { State::Met } else { State::NotMet };
        assert_eq!(attained(&plan, &numbers(&[(2015, base), (2020, now)]), 2020).state, want, "a difference needs no sign");
    }
}

#[test]
fn a_target_that_equals_its_baseline_has_no_way_to_go() {
    let plan = one("direction: increase", "reach: 3, by: 2025, baseline: 2015");
    let assessment = assess(&plan, &numbers(&[(2015, 3.0), (2020, 2.0)]), 2020);
    for verdict in assessment.verdicts() {
        assert_eq!((verdict.attained.state, verdict.attained.closed), (State::Pending, None));
        assert!(verdict.pace.as_ref().is_some_and(|pace| pace.value.is_none_or(f64::is_finite)));
    }
}

#[test]
fn observations_at_the_wrong_time_decide_nothing() {
    let plan = one("direction: increase", "reach: 3, by: 2010");
    let answer = attained(&plan, &numbers(&[(2015, 3.0), (2020, 4.0)]), 2020);
    assert_eq!((why(&answer), answer.holds_now), ((State::NotEvaluable, Some(Reason::NoObservationAtDeadline)), Some(true)));
    let plan = one("direction: increase", "reach: 3, by: 2018");
    let answer = attained(&plan, &numbers(&[(2019, 5.0), (2020, 5.0)]), 2020);
    assert_eq!((why(&answer), answer.holds_now), ((State::NotEvaluable, Some(Reason::NoObservationAtDeadline)), Some(true)));
    for base in [2015, 2020] {
        let text = format!(
            "{{attainment: 1, id: p, indicators: {{a: {{name: A, direction: increase}}}}, targets: {{t: {{indicator: a, measure: annual_growth, reach: 3%, by: 2015, baseline: {base}}}}}}}"
        );
        assert!(!refused(&text).is_empty(), "a baseline in {base} is not before 2015");
    }
}

#[test]
fn nothing_to_assess() {
    let empty = Plan::parse("{attainment: 1, id: p, indicators: {}, targets: {}}", Format::Yaml).unwrap();
    let assessment = assess(&empty, &numbers(&[(2020, 1.0)]), 2020);
    assert!(assessment.verdicts().is_empty() && assessment.to_records().is_empty());
    assert_eq!(assessment.findings()[0].code, Code::UnknownIndicator);
    assert_eq!(assessment.to_text(Lang::En).lines().count(), 2);
    let plan = one("direction: increase", "reach: 3, by: 2020");
    let assessment = plan.assess(&Panel::default(), &AssessOptions::new().as_of(2020)).unwrap();
    assert_eq!(assessment.verdicts().len(), 1);
    assert!(matches!(plan.assess(&Panel::default(), &AssessOptions::new()), Err(Error::Assess(_))));
    for as_of in [
        Cell::from("99999"),
        99999.into(),
        (-1).into(),
        "20XX".into(),
        "2018/..".into(),
        "".into(),
        Cell::Empty,
        2020.25.into(),
        "🎉".into(),
    ] {
        let error = plan.assess(&Panel::default(), &AssessOptions::new().as_of(as_of.clone())).unwrap_err();
        assert_eq!(error.code(), Some(Code::BadAsOf), "{as_of:?}");
    }
}

#[test]
fn the_ends_of_the_calendar() {
    for when in ["by: 9999", "by: '0001'", "by: '0000'", "each: 0000/9999", "by: 9999-12-31", "measure: sum, during: 0001/9999"] {
        let plan = one("direction: increase, kind: flow", &format!("reach: 3, {when}"));
        for as_of in ["0000", "2020", "9999", "9999-12-31"] {
            assess(&plan, &numbers(&[(2015, 3.0), (9999, 3.0)]), as_of);
        }
    }
    for year in ["99999", "-5", "123", "20256"] {
        let text = format!(
            "{{attainment: 1, id: p, indicators: {{a: {{name: A, direction: increase}}}}, targets: {{t: {{indicator: a, reach: 1, by: '{year}'}}}}}}"
        );
        assert_eq!(refused(&text), [Code::BadPeriod], "{year}");
    }
}

#[test]
fn thousands_of_periods_stay_fast() {
    let day = |n: i64| {
        let (year, rest) = (2000 + n / 336, n % 336);
        format!("{year}-{:02}-{:02}", rest / 28 + 1, rest % 28 + 1)
    };
    let daily = Panel::from_records((0..8000).map(|n| Record::new("", "a", day(n), n)));
    let whens = [
        "reach: 3, each: 0001/9999",
        "reach: 3, each: 0001-01-01/9999-12-31",
        "measure: change, reach: 3, each: 0001-01-01/9999-12-31",
        "measure: annual_growth, reach: 3%, each: 0001-01/9999-12",
        "measure: sum, reach: 3, during: 0001-01-01/9999-12-31",
        "measure: mean, reach: 3, during: 0001/9999",
        "measure: annual_growth, reach: 3%, by: 2020, baseline: '0001'",
    ];
    for when in whens {
        for kind in ["kind: stock", "statistic: sum", "statistic: mean", "kind: growth, unit: percent"] {
            let target = if kind.contains("growth") {
                when.replace("measure: sum, ", "").replace("measure: mean, ", "").replace("during", "each")
            } else {
                when.to_owned()
            };
            let plan = one(&format!("direction: increase, {kind}"), &target);
            {
                let options = AssessOptions::new().as_of("2024-12-31").method("linear");
                let assessment = plan.assess(&daily, &options).unwrap();
                assert_ne!(assessment.verdicts()[0].attained.state, State::Met, "{target} {kind}");
            }
            {
                let options = AssessOptions::new().as_of("2024-12-31");
                let explanation = plan.assess(&daily, &options).unwrap().explain("t", "").unwrap();
                assert!(!explanation.to_text(Lang::En).is_empty());
            }
        }
    }
}

#[test]
fn marks_that_make_no_sense_are_refused() {
    for (target, code) in [
        ("about: 3, tolerance: -1, by: 2020", Code::CompareUnfit),
        ("about: 3, tolerance: -5%, by: 2020", Code::CompareUnfit),
        ("reach: 3, tolerance: 1, by: 2020", Code::CompareUnfit),
        ("at_least: 3, stretch: 2, by: 2020", Code::IntervalReversed),
        ("at_most: 3, stretch: 4, by: 2020", Code::IntervalReversed),
        ("within: [4, 3], by: 2020", Code::IntervalReversed),
        ("reach: 3, during: 2025/2021", Code::WindowReversed),
        ("reach: .nan, by: 2020", Code::BadBound),
        ("reach: inf, by: 2020", Code::BadBound),
        ("reach: 1234567890123456789012345678901234567890, by: 2020", Code::NumberTooLong),
    ] {
        let text = format!(
            "{{attainment: 1, id: p, indicators: {{a: {{name: A, direction: increase}}}}, targets: {{t: {{indicator: a, {target}}}}}}}"
        );
        let found = refused(&text);
        assert_eq!(found.len(), 1, "{target}: {found:?}");
        assert!(
            found[0] == code || code == Code::BadBound && found[0] == Code::BadNumber || found[0] == Code::BadPeriod,
            "{target}: {found:?}"
        );
    }
    for k in ["0", "-1", "3", "1.5"] {
        let text = format!(
            "{{attainment: 1, id: p, indicators: {{a: {{name: A, direction: increase}}}}, targets: {{a: {{indicator: a, reach: 1, by: 2020}}, b: {{indicator: a, reach: 2, by: 2020}}, t: {{k_of: {{k: {k}, of: [a, b]}}}}}}}}"
        );
        assert_eq!(refused(&text), [Code::CompareUnfit], "k is {k}");
    }
    for list in ["all: []", "any: []"] {
        let text = format!("{{attainment: 1, id: p, indicators: {{}}, targets: {{t: {{{list}}}}}}}");
        if let Ok(plan) = Plan::parse(&text, Format::Yaml) {
            assert_eq!(attained(&plan, &Panel::default(), 2020).state, State::NotEvaluable, "{list}");
        }
    }
}

#[test]
fn a_circle_is_refused_wherever_it_runs() {
    let plan = |indicators: &str, targets: &str| {
        format!("{{attainment: 1, id: p, areas: {{x: {{tier: city}}}}, indicators: {{{indicators}}}, targets: {{{targets}}}}}")
    };
    let up = "direction: increase";
    let a = format!("a: {{name: A, {up}}}, b: {{name: B, {up}}}");
    let circles = [
        plan(&a, "t: {all: [t]}"),
        plan(&a, "t: {not: t}"),
        plan(&a, "t: {all: [u]}, u: {any: [{not: t}]}"),
        plan(&a, "t: {indicator: a, at_least: {target: t}, by: 2020}"),
        plan(&a, "t: {indicator: a, at_least: {target: u}, by: 2020}, u: {indicator: a, at_most: {target: t}, by: 2020}"),
        plan(&format!("a: {{name: A, {up}, formula: {{sum: [a, b]}}}}, b: {{name: B, {up}}}"), ""),
        plan(&format!("a: {{name: A, {up}, formula: {{difference: [b, b]}}}}, b: {{name: B, {up}, formula: {{ratio: [a, a]}}}}"), ""),
        plan(&format!("a: {{name: A, {up}, formula: {{count_meeting: t, of: city}}}}"), "t: {indicator: a, reach: 1, by: 2020}"),
        // The target's indicator is made of one that counts who meets it.
        plan(
            &format!("a: {{name: A, {up}, formula: {{sum: [b, b]}}}}, b: {{name: B, {up}, formula: {{count_meeting: t, of: city}}}}"),
            "t: {indicator: a, reach: 1, by: 2020}",
        ),
        plan(
            &format!("a: {{name: A, {up}}}, b: {{name: B, {up}, formula: {{count_meeting: t, of: city}}}}"),
            "t: {indicator: a, at_least: {indicator: b}, by: 2020}",
        ),
        plan(
            &format!("a: {{name: A, {up}}}, b: {{name: B, {up}, formula: {{count_meeting: t, of: city}}}}"),
            "t: {all: [{indicator: a, reach: 1, by: 2020}, {not: {indicator: b, reach: 1, by: 2020}}]}",
        ),
        plan(
            &format!(
                "a: {{name: A, {up}, growth_from: b}}, b: {{name: B, {up}, unit: percent, kind: growth, formula: {{share_meeting: t, of: city}}}}"
            ),
            "t: {indicator: a, measure: annual_growth, reach: 1%, by: 2020, baseline: 2015}",
        ),
    ];
    for text in circles {
        let found = refused(&text);
        assert!(found.contains(&Code::ReferenceCycle), "{text}: {found:?}");
    }
}

#[test]
fn towers_of_combinations_are_judged_once_each() {
    let mut targets = "t0: {indicator: a, reach: 1, by: 2020}, u0: {indicator: a, reach: 2, by: 2020}".to_owned();
    for floor in 1..200 {
        let below = floor - 1;
        targets.push_str(&format!(", t{floor}: {{all: [t{below}, u{below}]}}, u{floor}: {{any: [t{below}, u{below}, t{below}]}}"));
    }
    let text = |extra: &str| {
        format!(
            "{{attainment: 1, id: p, areas: {{x: {{tier: city}}}}, indicators: {{a: {{name: A, direction: increase}}, n: {{name: N, direction: increase, formula: {{count_meeting: t199, of: city}}}}}}, targets: {{{targets}{extra}}}}}"
        )
    };
    let plan = Plan::parse(&text(", top: {indicator: n, reach: 1, by: 2020, areas: [all]}"), Format::Yaml).unwrap();
    let panel = Panel::from_records([Record::new("x", "a", 2020, "1.5")]);
    let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2020)).unwrap();
    assert_eq!(assessment.verdict("t199", "x").unwrap().attained.state, State::NotMet);
    assert_eq!(assessment.verdict("u199", "x").unwrap().attained.state, State::Met);
    assert_eq!(assessment.verdict("top", "all").unwrap().attained.state, State::NotMet);
    let explanation = assessment.explain("t199", "x").unwrap();
    assert!(explanation.to_text(Lang::En).lines().count() < 5000);
}

#[test]
fn nesting_ends_at_the_bound() {
    let nested = |depth: usize| {
        let open = "{not: ".repeat(depth);
        let close = "}".repeat(depth);
        format!(
            "{{attainment: 1, id: p, indicators: {{a: {{name: A, direction: increase}}}}, targets: {{t: {open}{{indicator: a, reach: 1, by: 2020}}{close}}}}}"
        )
    };
    let plan = Plan::parse(&nested(50), Format::Yaml).unwrap();
    assert_eq!(attained(&plan, &numbers(&[(2020, 1.0)]), 2020).state, State::Met);
    for depth in [70, 1000, 100_000] {
        assert_eq!(refused(&nested(depth)), [Code::TooDeep], "{depth}");
    }
    let mut value = serde_json::json!({ "indicator": "a", "reach": "1", "by": "2020" });
    for _ in 0..100 {
        value = serde_json::json!({ "not": value });
    }
    let document = serde_json::json!({ "attainment": "1", "id": "p", "indicators": { "a": { "name": "A", "direction": "increase" } }, "targets": { "t": value } });
    assert!(Plan::from_value(&document).is_err());
}

#[test]
fn hostile_names_stay_text() {
    let hostile = "<script>alert('1')</script> \"q\" `b` | p & *s* _u_ [l](x) \u{202e}rtl\u{2066}\nline\r\u{2028}sep\tend";
    let document = serde_json::json!({
        "attainment": "1", "id": "p",
        "areas": { "<b>x</b>|`": { "name": hostile } },
        "indicators": { "a": { "name": hostile, "unit": "<i>", "direction": "increase" } },
        "targets": { "t|`<u>": { "indicator": "a", "reach": "1", "by": "2020", "name": hostile }, "all|`<u>": { "all": ["t|`<u>"] } },
    });
    let Ok(plan) = Plan::from_value(&document) else {
        // Control characters may be refused as a whole; the rest has to pass.
        panic!("{:?}", Plan::from_value(&document).unwrap_err().findings());
    };
    let panel = Panel::from_records([Record::new("<b>x</b>|`", "a", 2020, "0"), Record::new("\u{202e}y\n|z\u{0}", "a", 2020, "2")]);
    let assessment = assess(&plan, &panel, 2020);
    for lang in [Lang::En, Lang::Zh] {
        let (html, markdown, text) = (assessment.to_html(lang), assessment.to_markdown(lang), assessment.to_text(lang));
        let columns = markdown.lines().next().unwrap().matches('|').count();
        for line in markdown.lines() {
            let bars = line.match_indices('|').filter(|(at, _)| !line[..*at].ends_with('\\')).count();
            assert_eq!(bars, columns, "{line}");
        }
        let rows = assessment.verdicts().len();
        assert_eq!((text.lines().count(), markdown.lines().count()), (rows + 2, rows + 2));
        let mut pages = vec![(html, markdown, text)];
        for verdict in assessment.verdicts() {
            let method = verdict.pace.as_ref().map(|pace| pace.method.as_str());
            let explanation = assessment.explain_of(&verdict.target, &verdict.area, None, method).unwrap();
            pages.push((explanation.to_html(lang), explanation.to_markdown(lang), explanation.to_text(lang)));
        }
        for (html, markdown, text) in pages {
            for tag in ["<script", "<b>", "<i>", "<u>"] {
                assert!(!html.contains(tag), "{html}");
                let bare = markdown.match_indices(tag).any(|(at, _)| !markdown[..at].ends_with('\\') && !in_code(&markdown, at));
                assert!(!bare, "{markdown}");
            }
            for page in [html, markdown, text] {
                assert!(!page.contains(['\u{202e}', '\u{2066}', '\u{2028}', '\r', '\t', '\u{0}']), "{page:?}");
            }
        }
    }
}

/// Whether a place in a line of Markdown stands between backticks.
fn in_code(text: &str, at: usize) -> bool {
    let line = text[..at].rsplit('\n').next().unwrap_or_default();
    line.match_indices('`').filter(|(place, _)| !line[..*place].ends_with('\\')).count() % 2 == 1
}

#[test]
fn groups_and_those_who_are_not_in_them() {
    let text =
        "{attainment: 1, id: p, areas: {x: {tier: city, groups: [g]}, y: {tier: city, groups: [g]}, z: {tier: county}, city: {name: City}},
        indicators: {a: {name: A, direction: increase}},
        targets: {r: {indicator: a, measure: rank, among: g, reach: 1, by: 2020},
                  q: {indicator: a, measure: rank, among: nowhere, reach: 1, by: 2020},
                  p: {indicator: a, measure: percentile, among: g, reach: 50%, by: 2020},
                  m: {indicator: a, at_least: {mean_of: g}, by: 2020},
                  c: {indicator: a, reach: 1, by: 2020, areas: [city]}}}";
    let plan = Plan::parse(text, Format::Yaml).unwrap();
    let panel = Panel::from_records([("x", 1), ("y", 2), ("z", 3), ("city", 4)].map(|(area, value)| Record::new(area, "a", 2020, value)));
    let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2020)).unwrap();
    let answer = |target: &str, area: &str| why(&assessment.verdict(target, area).unwrap().attained);
    assert_eq!((answer("r", "x"), answer("r", "y")), ((State::NotMet, None), (State::Met, None)));
    assert_eq!(answer("r", "z"), (State::NotEvaluable, Some(Reason::NotInGroup)), "who is not in the group has no place in it");
    assert_eq!(answer("p", "z"), (State::NotEvaluable, Some(Reason::NotInGroup)));
    assert_eq!(answer("q", "x"), (State::NotEvaluable, Some(Reason::GroupUnknown)));
    assert_eq!((answer("m", "z"), answer("m", "x")), ((State::Met, None), (State::NotMet, None)));
    // A name that is a tier and an area stands for the tier.
    let judged: Vec<&str> =
        assessment.verdicts().iter().filter(|verdict| verdict.target == "c").map(|verdict| verdict.area.as_str()).collect();
    assert_eq!(judged, ["x", "y"]);
}

#[test]
fn bounds_of_a_table_hold_inside_combinations() {
    let text = "{attainment: 1, id: p, indicators: {a: {name: A, direction: increase}}, targets: {t: {indicator: a, reach: 1, by: 2020}, both: {all: [t]}, twice: {indicator: a, at_least: {target: t, times: 2}, by: 2020}}}";
    let plan = Plan::parse(text, Format::Yaml).unwrap();
    let panel = Panel::from_records(["x", "y"].map(|area| Record::new(area, "a", 2020, 3)));
    let table = TargetTable::from_csv("area,indicator,target,bound\nx,a,t,5\n", &Columns::new()).unwrap();
    let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2020).targets(table)).unwrap();
    let state = |target: &str, area: &str| assessment.verdict(target, area).unwrap().attained.state;
    for target in ["t", "both", "twice"] {
        assert_eq!((state(target, "x"), state(target, "y")), (State::NotMet, State::Met), "{target}");
    }
}

/// A method by its id, the unverified ones as such.
fn ask(method: &MethodInfo) -> String {
    let flag = if method.verified == Verified::Unverified { "?unverified=yes" } else { "" };
    format!("{}{flag}", method.id)
}
