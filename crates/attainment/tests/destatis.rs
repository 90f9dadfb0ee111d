//! The weather symbols of Destatis, reproduced from `tests/vectors/methods/destatis.csv`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use attainment::{AssessOptions, Panel, Plan, Record, Verified};
use serde_json::{Value, json};

const ROWS: &str = include_str!("../../../tests/vectors/methods/destatis.csv");

/// Where the published symbol does not follow from the values of today, and why.
///
/// The rows of 11-3-a do, once the break of 2020 is known: the page of the indicator suspends the
/// verdict of that year, because its value is not comparable with earlier ones.
const LEFT: [(&str, &str, i32, &str); 4] = [
    ("4-1-a", "10", 2017, "published cloud; the mean change leads to 9.92 in 2020, so sun: data revised since, presumably"),
    ("4-1-a", "10", 2016, "published cloud; 9.8 is below 10 and the mean change falls, so sun: data revised since, presumably"),
    ("12-4", "10", 2021, "published cloud; 17.6 % of the gap would be left in 2030, so slightly cloudy: data revised since, presumably"),
    (
        "8-4",
        "",
        2023,
        "published thunderstorm; the mean change rises and the last one falls, so slightly cloudy: data revised since, presumably",
    ),
];

struct Row<'a> {
    indicator: &'a str,
    kind: &'a str,
    target: &'a str,
    target_year: &'a str,
    direction: &'a str,
    year: i32,
    values: Vec<&'a str>,
    published: &'a str,
    by_rule: &'a str,
}

fn rows() -> Vec<Row<'static>> {
    let row = |line: &'static str| {
        let cells: Vec<&str> = line.split(',').collect();
        Row {
            indicator: cells[0],
            kind: cells[1],
            target: cells[2],
            target_year: cells[3],
            direction: cells[4],
            year: cells[5].parse().unwrap(),
            values: cells[6..12].to_vec(),
            published: cells[12],
            by_rule: cells[13],
        }
    };
    ROWS.lines().skip(1).map(row).collect()
}

fn plan(direction: &str, target: Value) -> Plan {
    let mut target = target;
    target["indicator"] = "i".into();
    Plan::from_value(&json!({
        "attainment": "1",
        "id": "dns",
        "indicators": { "i": { "name": "an indicator", "direction": direction } },
        "targets": { "t": target },
    }))
    .unwrap()
}

fn category(plan: &Plan, panel: &Panel, as_of: i32) -> Option<&'static str> {
    let assessment = plan.assess(panel, &AssessOptions::new().as_of(i64::from(as_of)).method("destatis-2023")).unwrap();
    assessment.verdict("t", "").unwrap().pace.as_ref().unwrap().category.as_deref().map(word)
}

/// The published word that a category is.
fn word(category: &str) -> &'static str {
    let info = attainment::methods().into_iter().find(|method| method.id == "destatis-2023").unwrap();
    info.categories.iter().map(|(word, _)| *word).find(|word| *word == category).unwrap()
}

impl Row<'_> {
    fn judged(&self, break_in: Option<i32>) -> Option<&'static str> {
        let direction = if self.direction == "1" { "increase" } else { "decrease" };
        let target = match self.kind {
            "target" => json!({ "reach": self.target, "by": self.target_year }),
            "constant" => json!({ "reach": self.target, "each": "2011/2030" }),
            "direction" if self.direction == "1" => json!({ "measure": "change", "more_than": "0", "each": "2011/2030" }),
            "direction" => json!({ "measure": "change", "less_than": "0", "each": "2011/2030" }),
            other => panic!("unknown kind {other}"),
        };
        let years = self.year - 5..=self.year;
        let panel = Panel::from_records(years.zip(&self.values).filter(|(_, value)| !value.is_empty()).map(|(year, value)| {
            let record = Record::new("", "i", i64::from(year), *value);
            if break_in == Some(year) { record.status("B") } else { record }
        }));
        category(&plan(direction, target), &panel, self.year)
    }
}

#[test]
fn the_rule_gives_the_published_verdicts() {
    let rows = rows();
    let published = rows.iter().filter(|row| row.judged(None) == Some(row.published)).count();
    assert_eq!((published, rows.len()), (112, 118));
    let info = attainment::methods().into_iter().find(|method| method.id == "destatis-2023").unwrap();
    assert_eq!(info.verified, Verified::Reproduced(published as u32));
}

#[test]
fn every_row_is_judged_by_the_rule() {
    for row in rows() {
        assert_eq!(row.judged(None), Some(row.by_rule), "{} {} {}", row.indicator, row.target, row.year);
    }
}

#[test]
fn with_the_break_of_2020_four_rows_are_left() {
    let mut left = Vec::new();
    for row in rows() {
        let break_in = (row.indicator == "11-3-a").then_some(2020);
        if row.judged(break_in) != Some(row.published) {
            left.push((row.indicator, row.target, row.year));
        }
    }
    assert_eq!(left, LEFT.map(|(indicator, target, year, _)| (indicator, target, year)));
}

/// Six values from 2015 to 2020 on a straight line.
fn line(first: &str, last: &str) -> Panel {
    let (first, last): (rust_decimal::Decimal, rust_decimal::Decimal) = (first.parse().unwrap(), last.parse().unwrap());
    Panel::from_records((0..6).map(|k| {
        let value = first + (last - first) * rust_decimal::Decimal::from(k) / rust_decimal::Decimal::from(5);
        Record::new("", "i", 2015 + k, value.to_string())
    }))
}

/// The ends of the classes: under 5 %, from 5 to 20 %, over 20 % of the present gap.
#[test]
fn the_ends_of_the_classes_are_exact() {
    let plan = plan("increase", json!({ "reach": "1.1", "by": "2025" }));
    // 0.1 in 2020, so 1.0 is missing; five years at the mean change. In floats
    // 1.1 - (0.1 + 0.8) is a little more than 0.2.
    let symbol = |first: &str| category(&plan, &line(first, "0.1"), 2020);
    assert_eq!(symbol("-0.90"), Some("Sonne")); // nothing is left
    assert_eq!(symbol("-0.8501"), Some("Sonne")); // 4.99 %
    assert_eq!(symbol("-0.85"), Some("Leicht bewölkt")); // 5 %
    assert_eq!(symbol("-0.70"), Some("Leicht bewölkt")); // 20 %
    assert_eq!(symbol("-0.6999"), Some("Wolke")); // 20.01 %
    assert_eq!(symbol("0.05"), Some("Wolke"));
    assert_eq!(symbol("0.2"), Some("Blitz")); // away
}

/// Of an interval the weakest end decides; inside it no change is adverse.
#[test]
fn intervals() {
    let symbol = |target: Value, panel: &Panel| category(&plan("within", target), panel, 2020);
    let falling = line("50", "30"); // four a year
    assert_eq!(symbol(json!({ "within": ["15", "20"], "by": "2025" }), &falling), Some("Sonne")); // 10 in 2025
    assert_eq!(symbol(json!({ "within": ["15", "20"], "by": "2022" }), &falling), Some("Leicht bewölkt")); // 22, 20 % left
    assert_eq!(symbol(json!({ "within": ["15", "20"], "by": "2021" }), &falling), Some("Wolke"));
    assert_eq!(symbol(json!({ "within": ["60", "70"], "by": "2025" }), &falling), Some("Blitz"));
    for inside in [line("16", "18"), line("18", "16")] {
        assert_eq!(symbol(json!({ "within": ["15", "20"], "each": "2015/2025" }), &inside), Some("Sonne"));
    }
    // `about` without a direction has no end to start from.
    assert_eq!(symbol(json!({ "about": "17", "tolerance": "1", "each": "2015/2025" }), &line("16", "18")), None);
}

/// A mean change of exactly zero is no change toward the target.
#[test]
fn a_mean_change_of_zero() {
    let panel = |values: [&str; 6]| Panel::from_records((2015..).zip(values).map(|(year, value)| Record::new("", "i", year, value)));
    let flat = panel(["0.3", "0.4", "0.5", "0.4", "0.2", "0.3"]);
    let symbol = |target: Value| category(&plan("increase", target), &flat, 2020);
    assert_eq!(symbol(json!({ "reach": "1", "by": "2025" })), Some("Blitz"));
    assert_eq!(symbol(json!({ "reach": "1", "each": "2015/2025" })), Some("Blitz"));
    // Reached, and nothing adverse about it.
    assert_eq!(symbol(json!({ "reach": "0.3", "by": "2025" })), Some("Sonne"));
    assert_eq!(symbol(json!({ "reach": "0.3", "each": "2015/2025" })), Some("Sonne"));
    // A direction: the mean does not rise, the last change does.
    assert_eq!(symbol(json!({ "measure": "change", "more_than": "0", "each": "2015/2025" })), Some("Wolke"));
    // The other way round: the mean falls and the last change is zero.
    let still = panel(["0.4", "0.4", "0.4", "0.4", "0.3", "0.3"]);
    let falling = plan("decrease", json!({ "measure": "change", "less_than": "0", "each": "2015/2025" }));
    assert_eq!(category(&falling, &still, 2020), Some("Leicht bewölkt"));
}

/// At least four consecutive points, and none from before a break.
#[test]
fn few_points() {
    let plan = plan("increase", json!({ "reach": "9", "by": "2025" }));
    let panel = |years: &[i64]| Panel::from_records(years.iter().map(|year| Record::new("", "i", *year, (*year - 2010).to_string())));
    let judged = |panel: &Panel| {
        let assessment = plan.assess(panel, &AssessOptions::new().as_of(2020).method("destatis-2023")).unwrap();
        let pace = assessment.verdict("t", "").unwrap().pace.clone().unwrap();
        (pace.category.as_deref().map(word), pace.reason.map(|reason| reason.as_str()))
    };
    assert_eq!(judged(&panel(&[2011, 2012, 2013, 2014])), (Some("Sonne"), None));
    assert_eq!(judged(&panel(&[2012, 2013, 2014])), (None, Some("too_few_points")));
    assert_eq!(judged(&panel(&[2011, 2013, 2014, 2015])), (None, Some("too_few_points")));
    let broken = Panel::from_records((2011..2017).map(|year| {
        let record = Record::new("", "i", year, year - 2010);
        if year == 2015 { record.status("B") } else { record }
    }));
    assert_eq!(judged(&broken), (None, Some("break_in_series")));
}

/// A target whose year has passed is judged in that year; what came later changes nothing.
#[test]
fn points_after_the_target_year_do_not_count() {
    let plan = plan("increase", json!({ "reach": "5", "by": "2018" }));
    let values = |until: i64| Panel::from_records((2011..=until).map(|year| Record::new("", "i", year, (year - 2010).min(6) / 2)));
    let at_the_deadline = category(&plan, &values(2018), 2018);
    assert_eq!(at_the_deadline, Some("Wolke"));
    assert_eq!(category(&plan, &values(2024), 2024), at_the_deadline);
}
