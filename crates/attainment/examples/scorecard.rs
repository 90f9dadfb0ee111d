//! The main job on official data: a scorecard of seven plans, and one verdict explained.
//!
//! Run it with `cargo run --release --example scorecard`.

use std::error::Error;
use std::path::{Path, PathBuf};

use attainment::{AssessOptions, Columns, Format, Lang, Panel, Plan};

/// Data set, moment, method, language of the plan.
const SETS: &[(&str, &str, &str, Lang)] = &[
    ("germany", "2024", "destatis-2023", Lang::En),
    ("canada", "2023", "linear", Lang::En),
    ("eu", "2017", "linear", Lang::En),
    ("uk-carbon", "2023", "linear", Lang::En),
    ("mdg", "2015", "linear", Lang::En),
    ("china-energy", "2023", "cn-midterm-10pp", Lang::Zh),
    ("china-145", "2022", "cn-midterm-10pp", Lang::Zh),
];

fn main() -> Result<(), Box<dyn Error>> {
    let data = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/data");
    for (name, as_of, method, lang) in SETS {
        let (plan, panel) = load(&data.join(name))?;
        let assessment = plan.assess(&panel, &AssessOptions::new().as_of(*as_of).method(*method))?;
        let title = plan.document().title.as_ref().map_or(*name, |title| title.get(*lang));
        println!("\n{title}\n{as_of} · {method}\n");
        print!("{}", assessment.to_text(*lang));
        for finding in assessment.findings() {
            println!("  {finding}");
        }
    }
    let (plan, panel) = load(&data.join("eu"))?;
    let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2017).method("linear"))?;
    let first = &assessment.verdicts()[0];
    println!("\nWhy?\n");
    print!("{}", assessment.explain(&first.target, &first.area)?.to_text(Lang::En));
    Ok(())
}

fn load(folder: &Path) -> Result<(Plan, Panel), Box<dyn Error>> {
    let plan = Plan::parse(&std::fs::read_to_string(folder.join("plan.yaml"))?, Format::Yaml)?;
    let panel = Panel::from_csv(&std::fs::read_to_string(folder.join("observations.csv"))?, &Columns::new())?;
    Ok((plan, panel))
}
