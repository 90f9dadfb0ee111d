//! What is collected while a text is read.

use std::collections::BTreeMap;

use attainment::{Code, Finding, Message};

use crate::draft::Item;

/// Findings of one code that are kept one by one; the rest is counted.
const KEPT: usize = 100;

/// Findings, kept within reason: of each code the first hundred, the last of them with the count.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    kept: Vec<Finding>,
    counts: BTreeMap<Code, usize>,
}

impl Notes {
    /// Adds a finding over a span; the message is written only where it is kept.
    pub(crate) fn add(&mut self, code: Code, span: (u32, u32), words: impl FnOnce() -> (Message, Option<Message>)) {
        let count = self.counts.entry(code).or_default();
        *count += 1;
        if *count <= KEPT {
            let (message, help) = words();
            let mut finding = Finding::new(code, message);
            (finding.start, finding.end, finding.help) = (Some(span.0), Some(span.1), help);
            self.kept.push(finding);
        }
    }

    pub(crate) fn into_findings(self) -> Vec<Finding> {
        let mut last = BTreeMap::new();
        let mut kept = self.kept;
        for (at, finding) in kept.iter().enumerate() {
            last.insert(finding.code, at);
        }
        for (code, count) in self.counts {
            let at = last.get(&code).copied().unwrap_or(usize::MAX);
            if let (true, Some(finding)) = (count > KEPT, kept.get_mut(at)) {
                finding.message.en.push_str(&format!(" (the first {KEPT} of {count} findings of this code)"));
                finding.message.zh.push_str(&format!("（此类问题共{count}个，列出前{KEPT}个）"));
            }
        }
        kept.sort_by_key(|finding| finding.start);
        kept
    }
}

/// Everything found so far.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) items: Vec<Item>,
    pub(crate) notes: Notes,
}

/// Writes a message in English and Chinese over the same arguments.
macro_rules! msg {
    ($en:literal, $zh:literal $(, $arg:expr)* $(,)?) => {
        attainment::Message { en: format!($en $(, $arg)*), zh: format!($zh $(, $arg)*) }
    };
}
pub(crate) use msg;
