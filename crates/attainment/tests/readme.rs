//! The README shows what the library prints today.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use attainment::{AssessOptions, Columns, Format, Lang, Panel, Plan};

#[test]
fn the_table_in_the_readme_is_printed() {
    let readme = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md")).unwrap();
    let plan = "attainment: 1\nid: europe-2020\nindicators:\n  rd: { name: R&D share of GDP, unit: percent, direction: increase }\ntargets:\n  rd: { indicator: rd, at_least: 3%, by: 2020, baseline: 2008 }\n";
    assert!(readme.contains(plan), "the README has another plan");
    let csv = "area,indicator,year,value\\nEU,rd,2008,1.85\\nEU,rd,2017,2.06\\n";
    assert!(readme.contains(csv), "the README has other observations");
    let plan = Plan::parse(plan, Format::Yaml).unwrap();
    let panel = Panel::from_csv(&csv.replace("\\n", "\n"), &Columns::new()).unwrap();
    let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2017).method("linear")).unwrap();
    let table = assessment.to_text(Lang::En);
    assert!(readme.contains(&table), "the README does not show\n{table}");
}
