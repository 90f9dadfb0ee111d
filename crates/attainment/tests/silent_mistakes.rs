//! The 24 silent mistakes of practice: each is found, or cannot be made.
//!
//! Where a mistake is one of the plan, the lint or the check has a code for it; where it is one of
//! the data, the verdict has a reason; where it is one of arithmetic, there is nothing to get wrong.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use attainment::{AssessOptions, Assessment, Code, Columns, Flag, Format, Panel, Plan, Reason, State, Threshold, Verdict};

fn plan(indicators: &str, targets: &str) -> String {
    format!("attainment: 1\nid: p\nindicators: {{ {indicators} }}\ntargets: {{ {targets} }}\n")
}

fn assess_with(text: &str, rows: &str, as_of: &str, options: impl Fn(AssessOptions) -> AssessOptions) -> Assessment {
    let plan = Plan::parse(text, Format::Yaml).unwrap();
    let header = if rows.starts_with("area") { "" } else { "area,indicator,period,value\n" };
    let panel = Panel::from_csv(&format!("{header}{rows}"), &Columns::new()).unwrap();
    plan.assess(&panel, &options(AssessOptions::new().as_of(as_of))).unwrap()
}

fn assess(text: &str, rows: &str, as_of: &str) -> Assessment {
    assess_with(text, rows, as_of, |options| options)
}

fn verdict(text: &str, rows: &str, as_of: &str) -> Verdict {
    assess(text, rows, as_of).verdict("t", "x").unwrap().clone()
}

fn reason(text: &str, rows: &str, as_of: &str) -> Option<Reason> {
    verdict(text, rows, as_of).attained.reason
}

fn linted(text: &str) -> Vec<Code> {
    Plan::parse(text, Format::Yaml).unwrap().lint().iter().map(|finding| finding.code).collect()
}

fn refused(text: &str) -> Vec<Code> {
    Plan::check(text, Format::Yaml).iter().map(|finding| finding.code).collect()
}

const SHARE: &str = "a: { name: A, unit: percent, kind: share, direction: increase }";
const FLOW: &str = "a: { name: A, unit: t, kind: flow, direction: increase }";

#[test]
fn s01_the_clock_stops_at_the_observation() {
    let text = plan(SHARE, "t: { indicator: a, reach: 20%, by: 2025, baseline: 2015 }");
    let rows = "x,a,2015,10\nx,a,2018,13\n";
    let pace = |as_of: &str| assess_with(&text, rows, as_of, |options| options.method("linear")).verdict("t", "x").unwrap().pace.clone();
    assert!(pace("2018").unwrap().value.is_some());
    assert_eq!(pace("2018"), pace("2023"));
}

#[test]
fn s02_rates_are_not_added() {
    let growth = "a: { name: A, unit: percent, kind: growth, direction: increase }";
    assert_eq!(refused(&plan(growth, "t: { indicator: a, measure: sum, reach: 30%, during: 2021/2025 }")), [Code::RatesDoNotAdd]);
    assert_eq!(refused(&plan(growth, "t: { indicator: a, measure: mean, reach: 6%, during: 2021/2025 }")), [Code::RatesDoNotAdd]);
}

#[test]
fn s03_levels_that_do_not_compare_give_no_growth() {
    let indicators =
        "a: { name: A, unit: 亿元, direction: increase, growth_from: g }, g: { name: G, unit: percent, kind: growth, direction: increase }";
    let text = plan(indicators, "t: { indicator: a, measure: relative_change, reach: 5%, by: 2020, baseline: 2019 }");
    assert_eq!(reason(&text, "x,a,2019,100\nx,a,2020,110\n", "2020"), Some(Reason::GrowthNotPublished));
}

#[test]
fn s04_nominal_is_not_real() {
    let text = plan("a: { name: A, unit: 亿元, direction: increase, caliber: real }", "t: { indicator: a, reach: 5, by: 2020 }");
    let rows = "area,indicator,period,value,caliber\nx,a,2020,9,nominal\n";
    assert_eq!(reason(&text, rows, "2020"), Some(Reason::CaliberMismatch));
    assert!(assess(&text, rows, "2020").findings().iter().any(|finding| finding.code == Code::CaliberUnfit));
}

/// 0.793 in prices of 2010 looks like less than 0.869 in prices of 2005.
#[test]
fn s05_two_price_bases_are_two_calibers() {
    let indicators = "a: { name: A, unit: tce, direction: decrease }";
    let text = plan(indicators, "t: { indicator: a, reach: 0.869, by: 2011, caliber: prices-2005 }");
    let rows = "area,indicator,period,value,caliber\nx,a,2011,0.793,prices-2010\n";
    assert_eq!(reason(&text, rows, "2011"), Some(Reason::CaliberMismatch));
}

#[test]
fn s06_average_or_year_end_is_asked() {
    let rows: String = (1..=12).map(|month| format!("x,a,2020-{month:02},{month}\n")).collect();
    let text = plan(SHARE, "t: { indicator: a, reach: 10%, by: 2020 }");
    assert_eq!(reason(&text, &rows, "2020"), Some(Reason::StatisticUnknown));
    let with = |statistic: &str| verdict(&text.replace("kind: share", &format!("kind: share, statistic: {statistic}")), &rows, "2020");
    assert_eq!(with("end").attained.state, State::Met);
    assert_eq!(with("mean").attained.state, State::NotMet);
}

#[test]
fn s07_the_year_so_far_is_not_the_year() {
    let text = plan(FLOW, "t: { indicator: a, measure: sum, reach: 10, during: 2020 }");
    let judged = verdict(&text, "x,a,2020-01/2020-11,9\n", "2020").attained;
    assert_eq!(judged.state, State::NotEvaluable);
    let level = plan(FLOW, "t: { indicator: a, reach: 10, by: 2020 }");
    assert_eq!(verdict(&level, "x,a,2020-01/2020-11,12\n", "2020").attained.state, State::NotEvaluable);
}

#[test]
fn s08_percent_is_not_points() {
    assert_eq!(refused(&plan(SHARE, "t: { indicator: a, measure: change, reach: 2%, during: 2020 }")), [Code::UnitMismatch]);
    assert_eq!(refused(&plan(SHARE, "t: { indicator: a, measure: change, reach: 2, during: 2020 }")), [Code::UnitLost]);
    assert_eq!(refused(&plan(FLOW, "t: { indicator: a, measure: relative_change, reach: 2pp, during: 2020 }")), [Code::UnitMismatch]);
    let masked = plan(FLOW, "t: { indicator: a, measure: relative_change, reach: xpp, during: 2020 }");
    assert!(linted(&masked).contains(&Code::PointsForGrowth));
}

#[test]
fn s09_the_degree_follows_from_the_direction() {
    let up = plan(SHARE, "t: { indicator: a, reach: 10%, by: 2025 }");
    let down = up.replace("increase", "decrease");
    assert_eq!(verdict(&up, "x,a,2020,5\n", "2020").attained.ratio, Some(0.5));
    assert_eq!(verdict(&down, "x,a,2020,20\n", "2020").attained.ratio, Some(0.5));
}

#[test]
fn s10_negative_numbers_have_no_ratio() {
    let text = plan("a: { name: A, unit: t, direction: increase }", "t: { indicator: a, reach: -4, by: 2025 }");
    assert_eq!(verdict(&text, "x,a,2020,-8\n", "2020").attained.ratio, None);
    let growth = plan(
        "a: { name: A, unit: t, direction: increase }",
        "t: { indicator: a, measure: relative_change, reach: 5%, by: 2020, baseline: 2019 }",
    );
    assert_eq!(reason(&growth, "x,a,2019,-8\nx,a,2020,4\n", "2020"), Some(Reason::SignChange));
}

#[test]
fn s11_what_is_missing_is_not_0() {
    let text = plan(FLOW, "t: { indicator: a, measure: mean, at_least: 5, during: 2018/2020 }");
    assert_eq!(reason(&text, "x,a,2018,9\nx,a,2020,9\n", "2020"), Some(Reason::IncompleteSum));
}

/// 10 % a year from 2020 to 2025 is five steps: 1.1^5 = 1.61051, not 1.1^4 = 1.4641.
#[test]
fn s12_the_years_are_counted_from_the_base() {
    for when in ["by: 2025, baseline: 2020", "during: 2021/2025"] {
        let text = plan(FLOW, &format!("t: {{ indicator: a, measure: annual_growth, reach: 10%, {when} }}"));
        let state = |value: &str| verdict(&text, &format!("x,a,2020,100\nx,a,2025,{value}\n"), "2025").attained.state;
        assert_eq!(state("146.41"), State::NotMet);
        assert_eq!(state("161.05"), State::NotMet);
        assert_eq!(state("161.051"), State::Met);
    }
}

/// Down by 20 % in five years is 4.36 % a year; 4 % a year leaves 81.54.
#[test]
fn s13_growth_is_not_divided_by_the_years() {
    let down = FLOW.replace("increase", "decrease");
    let whole = "t: { indicator: a, measure: relative_change, reach: -20%, by: 2010, baseline: { at: 2005, value: 100 } }";
    assert_eq!(verdict(&plan(&down, whole), "x,a,2005,100\nx,a,2010,81.53726976\n", "2010").attained.state, State::NotMet);
    let both = plan(&down, &format!("{whole}, u: {{ indicator: a, measure: annual_growth, reach: -4%, by: 2010, baseline: 2005 }}"));
    assert_eq!(linted(&both), [Code::GrowthInconsistent]);
}

#[test]
fn s14_a_rounded_base_is_seen() {
    let text = plan(SHARE, "t: { indicator: a, measure: change, reach: 1pp, by: 2020, baseline: { at: 2015, value: 1.2% } }");
    let assessment = assess(&text, "x,a,2015,1.249\nx,a,2020,2.21\n", "2020");
    let judged = assessment.verdict("t", "x").unwrap();
    assert!(judged.quality.flags.contains(&Flag::BaselineDiffers));
    assert_eq!((judged.attained.state, judged.attained.on_declared_baseline), (State::NotMet, Some(State::Met)));
    assert!(assessment.findings().iter().any(|finding| finding.code == Code::BaselineDiffers));
}

#[test]
fn s15_a_direction_is_never_assumed() {
    assert_eq!(refused(&plan("a: { name: A, unit: t }", "t: { indicator: a, reach: 1, by: 2020 }")), [Code::DirectionMissing]);
}

/// A group has a value when somebody observed it; its members do not make one unasked.
#[test]
fn s16_members_do_not_stand_for_their_group() {
    let areas = "areas: { g: {}, x: { parent: g }, y: { parent: g } }\n";
    let text = areas.to_owned() + &plan(SHARE, "t: { indicator: a, reach: 1%, by: 2020, areas: g }");
    let assessment = assess(&text, "x,a,2020,3\ny,a,2020,5\n", "2020");
    assert!(assessment.verdicts().iter().all(|verdict| verdict.area == "g"));
    let judged = assessment.verdict("t", "g").unwrap();
    assert_eq!((judged.attained.state, judged.attained.value, judged.quality.points), (State::NotEvaluable, None, 0));
}

#[test]
fn s17_a_base_beyond_the_target_is_found() {
    let text = plan(SHARE, "t: { indicator: a, reach: 5%, by: 2025, baseline: { at: 2020, value: 6% } }");
    assert_eq!(linted(&text), [Code::HoldsAtBaseline]);
    assert!(verdict(&text, "x,a,2020,6\nx,a,2021,6\n", "2021").quality.flags.contains(&Flag::Maintenance));
}

#[test]
fn s18_ranks_are_taken_of_what_was_observed() {
    let areas = "areas: { x: { groups: g }, y: { groups: g } }\n";
    let indicators = "a: { name: A, unit: percent, decimals: 0, direction: increase }";
    let text = areas.to_owned() + &plan(indicators, "t: { indicator: a, measure: rank, among: g, at_most: 1, by: 2020 }");
    let assessment = assess_with(&text, "x,a,2020,1.4\ny,a,2020,1.3\n", "2020", |options| options.threshold(Threshold::HalfUp));
    assert_eq!(assessment.verdict("t", "x").unwrap().attained.state, State::Met);
    assert_eq!(assessment.verdict("t", "y").unwrap().attained.state, State::NotMet);
}

#[test]
fn s19_a_forecast_attains_nothing() {
    let text = plan(SHARE, "t: { indicator: a, reach: 5%, by: 2020 }");
    let rows = "area,indicator,period,value,value_is\nx,a,2020,9,forecast\n";
    assert_eq!(reason(&text, rows, "2020"), Some(Reason::NoObservationAtDeadline));
}

#[test]
fn s20_gross_additions_are_told_from_net_change() {
    let indicators = "a: { name: 高新技术企业, scope: 有效, unit: 家, kind: stock, direction: increase }";
    let addition = "t: { indicator: a, measure: change, reach: 34, by: 2022, baseline: { at: 2019, value: 20 } }";
    assert_eq!(linted(&plan(indicators, addition)), [Code::GrossAsNet]);
    let both = plan(&indicators.replace("scope: 有效, ", ""), &format!("{addition}, u: {{ indicator: a, reach: 51, by: 2022 }}"));
    assert_eq!(linted(&both), [Code::ImpliedBaselineDiffers]);
}

#[test]
fn s21_a_series_of_another_scope_is_another_caliber() {
    let text = plan(SHARE, "t: { indicator: a, reach: 5%, by: 2020, caliber: eu28 }");
    let rows = "area,indicator,period,value,caliber\nx,a,2020,9,eu27\n";
    assert_eq!(reason(&text, rows, "2020"), Some(Reason::CaliberMismatch));
}

#[test]
fn s22_part_of_a_window_is_not_its_sum() {
    let text = plan(FLOW, "t: { indicator: a, measure: sum, at_least: 30, during: 2018/2020 }");
    assert_eq!(reason(&text, "x,a,2018,9\nx,a,2019,9\n", "2020"), Some(Reason::IncompleteSum));
}

#[test]
fn s23_about_fails_on_one_side_only() {
    let text = plan(SHARE, "t: { indicator: a, about: 25%, tolerance: 5%, by: 2020 }");
    let state = |value: &str| verdict(&text, &format!("x,a,2020,{value}\n"), "2020").attained.state;
    assert_eq!((state("30"), state("23.75"), state("23.7")), (State::Met, State::Met, State::NotMet));
    let unsaid = text.replace("tolerance: 5%, ", "");
    assert_eq!(reason(&unsaid, "x,a,2020,25\n", "2020"), Some(Reason::NoTolerance));
}

#[test]
fn s24_what_is_kept_has_no_share_of_the_way() {
    let text = plan(SHARE, "t: { indicator: a, reach: 5%, by: 2025, baseline: 2020 }");
    let judged = verdict(&text, "x,a,2020,6\nx,a,2021,7\n", "2021");
    assert_eq!(judged.attained.closed, None);
    assert_eq!(judged.attained.holds_now, Some(true));
}

/// What needs data and no mistake: a pace that nobody has seen.
#[test]
fn a_pace_beyond_the_record_is_found() {
    let text = plan(SHARE, "t: { indicator: a, reach: 20%, by: 2023, baseline: 2018 }");
    let found = |rows: &str| {
        let assessment = assess(&text, rows, "2021");
        assessment.findings().iter().filter(|finding| finding.code == Code::PaceBeyondRecord).cloned().collect::<Vec<_>>()
    };
    // 7 are missing in two years: 3.5 a year, and the best year made 3.
    let beyond = found("x,a,2018,9\nx,a,2019,12\nx,a,2020,12\nx,a,2021,13\n");
    assert_eq!(beyond.len(), 1);
    assert!(beyond[0].message.en.contains("needs 3.5 a year; the most so far was 3 a year (2018 to 2019)"), "{}", beyond[0]);
    // The best year made exactly 3.5.
    assert_eq!(found("x,a,2018,8.5\nx,a,2019,12\nx,a,2020,12\nx,a,2021,13\n"), []);
    // One observation is no record, and what holds needs no pace.
    assert_eq!(found("x,a,2021,13\n"), []);
    assert_eq!(found("x,a,2018,9\nx,a,2021,21\n"), []);
    let falling = plan(&SHARE.replace("increase", "decrease"), "t: { indicator: a, reach: 2%, by: 2023, baseline: 2018 }");
    let assessment = assess(&falling, "x,a,2018,9\nx,a,2020,8\nx,a,2021,8\n", "2021");
    let finding = assessment.findings().iter().find(|finding| finding.code == Code::PaceBeyondRecord).unwrap();
    assert!(finding.message.en.contains("needs -3 a year; the most so far was -0.5 a year (2018 to 2020)"), "{finding}");
}
