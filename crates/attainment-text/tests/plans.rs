//! Drafts become plans: the language-neutral cases of `sentences/plan.yaml`, the nine corpus texts
//! where they are there, and two texts assessed from the first character to the verdict.
//!
//! The corpus lies in `../shared` beside the repository or in the directory that `ATTAINMENT_SHARED`
//! names; without it those tests say `skipped`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};

use attainment::{Format, Plan};
use attainment_text::{ExtractOptions, extract};

fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("ATTAINMENT_SHARED").map_or(beside, PathBuf::from);
    let corpus = shared.join("corpus");
    corpus.is_dir().then_some(corpus)
}

fn text(number: &str) -> Option<String> {
    corpus().map(|corpus| std::fs::read_to_string(corpus.join(format!("{number}.txt"))).unwrap())
}

/// Every document gives a plan that loads, keeps every target and survives being written.
#[test]
fn every_document_gives_a_plan() {
    for number in ["01", "02", "03", "04", "05", "06", "07", "08", "09"] {
        let Some(text) = text(number) else { return println!("skipped: no corpus") };
        let draft = extract(&text, &ExtractOptions::new());
        let plan = draft.to_plan().unwrap_or_else(|error| panic!("{number}: {error}"));
        for format in [Format::Yaml, Format::Json] {
            let written = plan.to_text(format);
            assert_eq!(Plan::parse(&written, format).unwrap(), plan, "{number}");
        }
        plan.lint();
        let targets = draft.items.iter().filter(|item| item.kind == attainment_text::ItemKind::Target).count();
        let kept = &plan.document().targets;
        let places: usize = kept.values().map(|target| 1 + target.also.len()).sum();
        let dropped: Vec<_> = draft.plan_findings().into_iter().filter(|f| f.message.en.contains("has no place in a plan")).collect();
        println!(
            "{number}: {} items, {targets} targets, {places} kept, {} indicators",
            draft.items.len(),
            plan.document().indicators.len()
        );
        assert_eq!(places, targets, "{number}: {dropped:#?}");
        assert!(dropped.is_empty(), "{number}: {dropped:#?}");
    }
}
