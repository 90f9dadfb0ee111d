//! Markdown.

use attainment::Lang;

use super::{marks, shown, turns, words};
use crate::draft::Draft;

/// Text that Markdown shows as it stands, on one line.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' | '!' | '$' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() || turns(c) => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A line of the text, in a quotation; what would open a list there is escaped.
fn line(text: &str, out: &mut String) {
    let start = text.trim_start();
    out.push_str("> ");
    let digits = start.len() - start.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    match start.get(digits..).and_then(|rest| rest.chars().next()) {
        Some(sign @ ('.' | ')')) if digits > 0 => {
            let (number, rest) = start.split_at(digits);
            out.push_str(&format!("{number}\\{sign}{}", rest.get(1..).unwrap_or_default()));
        }
        Some('-' | '+' | '=') if digits == 0 => out.push_str(&format!("\\{start}")),
        _ => out.push_str(start),
    }
    out.push('\n');
}

pub(super) fn markdown(draft: &Draft, lang: Lang) -> String {
    let names = words::names(lang);
    let mut text = String::new();
    let mut at = 0;
    let lines = |text: &str| text.split(['\n', '\r']).map(escape).collect::<Vec<_>>().join("\n");
    for mark in marks(draft) {
        text.push_str(&lines(draft.text().get(at..mark.bytes.start).unwrap_or_default()));
        let labels: Vec<String> = mark
            .items
            .iter()
            .filter_map(|at| draft.items.get(*at).map(|item| format!("{} {}", at + 1, words::letter(item.kind, lang))))
            .collect();
        text.push_str(&format!("**{}** [{}]", escape(draft.text().get(mark.bytes.clone()).unwrap_or_default().trim()), labels.join(", ")));
        at = mark.bytes.end;
    }
    text.push_str(&lines(draft.text().get(at..).unwrap_or_default()));
    let mut out = String::new();
    for part in text.split('\n').filter(|part| !part.trim().is_empty()) {
        line(part, &mut out);
        out.push_str(">\n");
    }
    if !draft.items.is_empty() {
        let head = [names.item, names.kind, names.indicator, names.value, names.basis, names.period, names.more];
        out.push_str(&format!("\n| {} |\n|{}\n", head.join(" | "), "---|".repeat(head.len())));
        for (at, item) in draft.items.iter().enumerate() {
            let item = shown(item, lang);
            let cells = [item.kind, &item.indicator, &item.value, item.basis, &item.period, &item.more].map(escape);
            out.push_str(&format!("| {} | {} |\n", at + 1, cells.join(" | ")));
        }
    }
    if !draft.findings.is_empty() {
        out.push_str(&format!("\n**{}**\n\n", names.findings));
        for finding in &draft.findings {
            let place = finding.start.map(|start| format!(" {start}–{}", finding.end.unwrap_or(start))).unwrap_or_default();
            let help = finding.help.as_ref().map(|help| format!(" — {}", escape(help.get(lang)))).unwrap_or_default();
            out.push_str(&format!("- `{}`{place}: {}{help}\n", finding.code, escape(finding.message.get(lang))));
        }
    }
    out
}
