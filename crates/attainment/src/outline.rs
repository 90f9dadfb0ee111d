//! Trees of steps for people and programs: text, Markdown, HTML, JSON.

use serde::Serialize;

use crate::page::{Page, walk};
use crate::text::{Lang, Message, one_line};
use crate::trace::Step;

/// Indented text.
pub(crate) fn text(title: &Message, steps: &[Step], lang: Lang) -> String {
    let mut out = format!("{}\n", one_line(title.get(lang)));
    walk(steps, 0, &mut |step, depth| {
        let place = step.place.as_ref().map(|place| format!("  [{}]", one_line(place))).unwrap_or_default();
        out.push_str(&format!("{}{}{place}\n", "  ".repeat(depth + 1), one_line(step.text.get(lang))));
    });
    out
}

/// A page: the title and the steps as nested lists.
pub(crate) fn page<'a>(title: &Message, steps: &'a [Step], lang: Lang) -> Page<'a> {
    Page::new("attainment-explanation", lang).title(title.get(lang)).steps(steps)
}

/// JSON, in both languages.
pub(crate) fn json(explanation: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(explanation).unwrap_or_default();
    text.push('\n');
    text
}
