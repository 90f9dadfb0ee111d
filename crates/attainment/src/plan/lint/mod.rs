//! What a plan probably does not mean as it stands: traps that need no data to be seen.
//!
//! One function per trap, over one index of what the plan states. Every finding says what would
//! repair it, and a masked value is compared by the numbers its digits leave open, never more.

mod facts;
mod growth;
mod header;
mod numbers;
mod parts;
mod repeats;
mod units;

use facts::Facts;

use super::PlanDocument;
use crate::document::push_segment;
use crate::finding::{Code, Finding, Findings};
use crate::text::Message;

/// Every finding of the stage `Lint`, with a path and without a place in the text.
pub(super) fn lint(document: &PlanDocument) -> Vec<Finding> {
    let facts = Facts::new(document);
    let mut lint = Lint { document, facts: &facts, findings: Findings::default() };
    lint.header();
    lint.units();
    lint.numbers();
    lint.growth();
    lint.parts();
    lint.repeats();
    lint.findings.into_vec()
}

/// Where a path stands in the document: its section, the item in the section, and the rest.
pub(super) fn order(document: &PlanDocument, path: &str) -> (usize, Option<usize>, String) {
    let mut segments = path.splitn(4, '/').skip(1);
    let section = segments.next().unwrap_or_default();
    let item = segments.next().unwrap_or_default().replace("~1", "/").replace("~0", "~");
    let number = match section {
        "indicators" => document.indicators.get_index_of(&item),
        "targets" => document.targets.get_index_of(&item),
        "observations" => document.observations.get_index_of(&item),
        "instruments" => document.instruments.get_index_of(&item),
        _ => item.parse().ok(),
    };
    let section = PlanDocument::KEYS.iter().position(|key| *key == section);
    (section.map_or(0, |section| section + 1), number, segments.next().unwrap_or_default().to_owned())
}

struct Lint<'a> {
    document: &'a PlanDocument,
    facts: &'a Facts<'a>,
    findings: Findings,
}

impl Lint<'_> {
    fn report(&mut self, code: Code, path: String, message: Message, help: Message) {
        self.findings.push(Finding::new(code, message).at(path).help(help));
    }
}

/// A JSON pointer of these segments.
fn path(segments: &[&str]) -> String {
    let mut path = String::new();
    segments.iter().for_each(|segment| push_segment(&mut path, segment));
    path
}

/// Whether any of the texts holds any of the words.
fn says(texts: &[&str], words: &[&str]) -> bool {
    texts.iter().any(|text| words.iter().any(|word| text.contains(word)))
}
