//! Which targets look beyond one area, and verdicts that are put down as columns and scored elsewhere.
#![allow(clippy::unwrap_used, reason = "tests")]

use attainment::{AssessOptions, Code, Column, Columns, Format, Panel, Plan, Record, Scheme, TargetTable, Verdicts, score};

fn plan() -> Plan {
    let text = "
attainment: 1
id: p
areas: { x: { groups: [g] }, y: { groups: [g] } }
indicators:
  a: { name: A, direction: increase }
  b: { name: B, direction: increase, growth_from: published }
  published: { name: G, kind: growth, unit: percent, direction: increase, formula: { share_meeting: plain, of: g } }
  marked: { name: M, direction: increase, marks: { best: { rule: mean, among: g } } }
  half: { name: H, direction: increase, formula: { ratio: [a, marked] } }
  ready: { name: R, direction: increase, formula: { count_meeting: plain, of: g } }
  twice: { name: T, direction: increase, formula: { sum: [a, ready] } }
targets:
  plain: { indicator: a, reach: 1, by: 2020 }
  rank: { indicator: a, measure: rank, among: g, at_most: 1, by: 2020 }
  percentile: { indicator: a, measure: percentile, among: g, at_least: 50, by: 2020 }
  mean: { indicator: a, at_least: { mean_of: g }, by: 2020 }
  other: { indicator: a, at_least: { area: x }, by: 2020 }
  same-area: { indicator: a, at_least: { indicator: half }, by: 2020 }
  by-ready: { indicator: a, at_least: { indicator: ready }, by: 2020 }
  by-mean: { indicator: a, at_least: { target: mean }, by: 2020 }
  by-plain: { indicator: a, at_least: { target: plain }, by: 2020 }
  ready: { indicator: ready, reach: 1, by: 2020 }
  twice: { indicator: twice, reach: 1, by: 2020 }
  grown: { indicator: b, measure: annual_growth, at_least: 1%, during: 2020 }
  marked: { indicator: marked, reach: 1, by: 2020, baseline: 2015 }
  both: { all: [plain, rank] }
  neither: { any: [plain, by-plain] }
";
    Plan::parse(text, Format::Yaml).unwrap()
}

const ALWAYS: [&str; 10] = ["rank", "percentile", "mean", "other", "by-ready", "by-mean", "ready", "twice", "grown", "both"];

#[test]
fn a_target_that_depends_on_other_areas_is_named() {
    let across = |options: AssessOptions| plan().across_areas(&options.as_of(2020)).unwrap();
    assert_eq!(across(AssessOptions::new()), ALWAYS);
    // A mark read off peers matters only to a method.
    let with_marks: Vec<String> = across(AssessOptions::new().method("sdsn-2025"));
    assert!(with_marks.contains(&"marked".to_owned()));
    assert!(!with_marks.contains(&"plain".to_owned()));
    // A method that compares with a group looks at it for every target.
    assert!(across(AssessOptions::new().method("oecd-2022?among=g")).contains(&"plain".to_owned()));
    assert!(!across(AssessOptions::new().method("linear")).contains(&"plain".to_owned()));
}

#[test]
fn a_table_can_make_a_rank_of_a_target() {
    let table = TargetTable::from_csv("area,indicator,target,measure,bound\nx,a,plain,rank,1\n", &Columns::new()).unwrap();
    let across = plan().across_areas(&AssessOptions::new().as_of(2020).targets(table)).unwrap();
    assert_eq!(across[0], "plain");
}

#[test]
fn a_question_that_cannot_be_asked_is_refused() {
    assert_eq!(plan().across_areas(&AssessOptions::new()).unwrap_err().code(), Some(Code::BadAsOf));
    assert_eq!(plan().across_areas(&AssessOptions::new().as_of(2020).method("no-such")).unwrap_err().code(), Some(Code::UnknownMethod));
}

#[test]
fn judged_apart_and_scored_together() {
    let plan = Plan::parse(
        "{attainment: 1, id: p, indicators: {a: {name: A, direction: decrease}}, targets: {a: {indicator: a, reach: 10, by: 2020, baseline: 2010}}}",
        Format::Yaml,
    )
    .unwrap();
    let scheme = Scheme::parse(
        "{attainment: 1, id: s, aggregate: arithmetic, normalise: {by: min_max}, pillars: {a: {read: value, weight: 1}, m: {from: a, read: met, weight: 2}}}",
        Format::Yaml,
    );
    let scheme = scheme.unwrap();
    let rows: Vec<Record> = (0..40_i64)
        .flat_map(|area| [2010, 2020].map(|year| Record::new(format!("x{area}"), "a", year, area * 7 % 23 + i64::from(year == 2010))))
        .collect();
    let options = || AssessOptions::new().as_of(2020).method("linear");
    let together = plan.assess(&Panel::from_records(rows.clone()), &options()).unwrap();
    let columns = together.columns();
    let columns: Vec<(&str, Column<'_>)> = columns.iter().map(|(name, column)| (*name, column.clone())).collect();
    let (here, there) = (score(&together, &scheme).unwrap(), score(&Verdicts::from_columns(&plan, &columns).unwrap(), &scheme).unwrap());
    let known = |card: &attainment::Scorecard| {
        card.scores().into_iter().map(|one| (one.area, one.score.map(f64::to_bits), one.rank)).collect::<Vec<_>>()
    };
    assert_eq!(known(&here), known(&there));
    assert!(known(&here).iter().any(|(.., rank)| rank.is_some()));
}

#[test]
fn columns_that_no_assessment_writes_are_refused() {
    let text = |values: [&str; 2]| Column::from(values.to_vec());
    let columns = [
        ("target", text(["a", "a"])),
        ("area", text(["x", "y"])),
        ("as_of", text(["2020", "soon"])),
        ("attained", text(["fulfilled", "met"])),
        ("ratio", text(["0.5", "much"])),
    ];
    let error = Verdicts::from_columns(&plan(), &columns).unwrap_err();
    let places: Vec<_> = error.findings().iter().map(|finding| (finding.code, finding.row, finding.column)).collect();
    assert_eq!(places, [(Code::BadCell, Some(1), Some(4)), (Code::BadCell, Some(2), Some(3)), (Code::BadCell, Some(2), Some(5))]);
    let error = Verdicts::from_columns(&plan(), &columns[..2]).unwrap_err();
    assert_eq!(error.findings().len(), 2);
    assert!(error.findings().iter().all(|finding| finding.code == Code::MissingColumn));
}
