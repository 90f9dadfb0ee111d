//! Nine policy documents, held as plans: what they commit to, what to look at, and what their own
//! figures already say.
//!
//! Run it with `cargo run --release --example plans`.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use attainment::{AssessOptions, Format, Lang, Panel, Plan, State};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/plans");
    let load = |number: u32| -> Result<Plan, Box<dyn Error>> {
        Ok(Plan::parse(&std::fs::read_to_string(folder.join(format!("{number:02}.yaml")))?, Format::Yaml)?)
    };
    for number in 1..=9 {
        let plan = load(number)?;
        let document = plan.document();
        let title = document.title.as_ref().map_or("", |title| title.get(Lang::Zh));
        let (targets, observations, instruments) = (document.targets.len(), document.observations.len(), document.instruments.len());
        println!("\n{number:02} {title}\n   {targets} targets, {observations} observations, {instruments} instruments");

        let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
        let findings = plan.lint();
        findings.iter().for_each(|finding| *codes.entry(finding.code.as_str()).or_default() += 1);
        let counted: Vec<String> = codes.iter().map(|(code, count)| format!("{code} {count}")).collect();
        println!("   lint: {}", if counted.is_empty() { "nothing to say".to_owned() } else { counted.join(", ") });
        if let Some(finding) = findings.first() {
            println!("     {finding}");
        }

        // Assessed on what the document itself states; the year after its end is past every deadline.
        let assessment = plan.assess(&Panel::default(), &AssessOptions::new().as_of(2031).method("cn-midterm-10pp"))?;
        let states: Vec<String> = assessment.summary().iter().map(|(state, count)| format!("{count} {state}")).collect();
        println!("   on its own figures: {}", states.join(", "));
        let decided = assessment.verdicts().iter().find(|verdict| matches!(verdict.attained.state, State::Met | State::NotMet));
        if let Some(verdict) = decided.or(assessment.verdicts().first()) {
            for line in assessment.explain(&verdict.target, &verdict.area)?.to_text(Lang::Zh).lines() {
                println!("     {line}");
            }
        }
    }

    println!("\n01 and 04 are two copies of one plan. From 04 to 01:\n");
    print!("{}", load(4)?.diff(&load(1)?).to_markdown(Lang::En));
    let merged = load(1)?.merge(&load(4)?)?;
    println!("\nMerged, with {} choices; the damaged places:\n", merged.choices.len());
    for choice in merged.choices.iter().filter(|choice| choice.why.en.contains("damaged")) {
        println!("  {}: {} (not {})", choice.path, choice.taken, choice.left.as_deref().unwrap_or("–"));
    }
    Ok(())
}
