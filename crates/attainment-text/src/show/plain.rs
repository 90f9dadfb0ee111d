//! Text for a terminal.

use attainment::Lang;

use super::{marks, shown, turns, words};
use crate::draft::Draft;

/// Control characters would be carried out by a terminal.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() && c != '\n' || turns(c) { ' ' } else { c }).collect()
}

fn fields(draft: &Draft, at: usize, lang: Lang, out: &mut String) {
    let Some(item) = draft.items.get(at) else { return };
    let shown = shown(item, lang);
    let fields = [shown.kind, &shown.indicator, &shown.value, shown.basis, &shown.period, &shown.more];
    let fields: Vec<String> = fields.into_iter().filter(|field| !field.is_empty()).map(|field| clean(field).replace('\n', " ")).collect();
    out.push_str(&format!("{:>4}  {}\n", at + 1, fields.join(" | ")));
}

pub(super) fn plain(draft: &Draft, lang: Lang) -> String {
    let names = words::names(lang);
    let mut out = String::new();
    let mut due: Vec<usize> = Vec::new();
    let mut at = 0;
    // The fields of a paragraph stand under it.
    let push = |text: &str, due: &mut Vec<usize>, out: &mut String| {
        for (nth, line) in text.split('\n').enumerate() {
            if nth > 0 {
                out.push('\n');
                due.drain(..).for_each(|item| fields(draft, item, lang, out));
            }
            out.push_str(&clean(line));
        }
    };
    for mark in marks(draft) {
        push(draft.text().get(at..mark.bytes.start).unwrap_or_default(), &mut due, &mut out);
        let labels: Vec<String> = mark
            .items
            .iter()
            .filter_map(|at| draft.items.get(*at).map(|item| format!("{}{}", at + 1, words::letter(item.kind, lang))))
            .collect();
        let text = clean(draft.text().get(mark.bytes.clone()).unwrap_or_default()).replace('\n', " ");
        out.push_str(&format!("【{} {text}】", labels.join(",")));
        due.extend(&mark.items);
        at = mark.bytes.end;
    }
    push(draft.text().get(at..).unwrap_or_default(), &mut due, &mut out);
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    due.into_iter().for_each(|item| fields(draft, item, lang, &mut out));
    if !draft.findings.is_empty() {
        out.push_str(&format!("\n{}\n", names.findings));
        for finding in &draft.findings {
            let place = finding.start.map(|start| format!("{start}–{}", finding.end.unwrap_or(start))).unwrap_or_default();
            let help = finding.help.as_ref().map(|help| format!(" — {}", help.get(lang))).unwrap_or_default();
            out.push_str(&format!("  {place}  {}: {}{help}\n", finding.code, clean(finding.message.get(lang)).replace('\n', " ")));
        }
    }
    out
}
