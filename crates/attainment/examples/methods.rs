//! One target under many rulebooks: where they disagree and why, what is needed from here, a target
//! handed down, and a score.
//!
//! Run it with `cargo run --release --example methods`.

use std::error::Error;
use std::path::PathBuf;

use attainment::{AssessOptions, CascadeRule, Columns, Format, Lang, Panel, Plan, Record, WideTable, score};

/// What Eurostat's rule and six others say of Europe's R&D target.
const METHODS: &[&str] = &["eurostat-2019", "statcan-2025", "unsd-2023", "escap-csi", "istat-2019", "destatis-2023", "linear"];

fn main() -> Result<(), Box<dyn Error>> {
    let data = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/data");
    let plan = Plan::parse(&std::fs::read_to_string(data.join("eu/plan.yaml"))?, Format::Yaml)?;
    let panel = Panel::from_csv(&std::fs::read_to_string(data.join("eu/observations.csv"))?, &Columns::new())?;
    let options = METHODS.iter().fold(AssessOptions::new().as_of(2017), |options, method| options.method(*method));
    let assessment = plan.assess(&panel, &options)?;
    println!("Where the methods disagree\n");
    for disagreement in assessment.disagreements() {
        println!("{}, {}, {}", disagreement.target, disagreement.area, disagreement.as_of);
        for view in &disagreement.views {
            println!("  {:14} {:9} {}", view.method, view.scale, view.because.get(Lang::En));
        }
    }

    println!("\nWhat is needed from here\n");
    for outlook in assessment.outlook() {
        let number = |value: Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.3}"));
        println!(
            "{:12} needs {} a year, had {}; there in {}; the best year suffices from {}",
            outlook.target,
            number(outlook.required),
            number(outlook.actual),
            number(outlook.arrival),
            number(outlook.latest_start),
        );
    }

    println!("\nA province hands 100 new firms down, in proportion to those there are\n");
    let plan = Plan::parse(
        "
attainment: 1
id: province
areas: { province: {}, a: { parent: province }, b: { parent: province }, c: { parent: province } }
indicators: { firms: { name: High-tech firms, unit: firms, kind: stock, direction: increase, decimals: 0 } }
targets: { firms: { indicator: firms, measure: change, reach: 100, by: 2025, baseline: 2020, areas: [province] } }
",
        Format::Yaml,
    )?;
    let panel = Panel::from_records([("a", 210), ("b", 95), ("c", 40)].map(|(area, value)| Record::new(area, "firms", 2020, value)));
    let rule = CascadeRule::parse("{ attainment: 1, target: firms, area: province, parts: [a, b, c], rule: proportional }", Format::Yaml)?;
    let cascade = plan.cascade(&panel, &rule)?;
    print!("{}", cascade.explain("b")?.to_text(Lang::En));

    println!("\nThe Human Development Index of two countries, 2022\n");
    let table = WideTable::from_csv(
        "area,life_expectancy,expected_schooling,mean_schooling,gni_per_capita\n\
         Switzerland,84.255,16.5837,13.9041,69432.79\n\
         China,78.587,15.2179,8.1069,18024.89\n",
        &Columns::new(),
    )?;
    print!("{}", score(&table, "undp-hdi")?.to_markdown(Lang::En));
    Ok(())
}
