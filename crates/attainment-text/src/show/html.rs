//! HTML, with every text escaped.

use std::fmt::Write;

use attainment::{Finding, Lang, PAGE_STYLE};

use super::{Mark, marks, shown, turns, words};
use crate::draft::{Draft, ItemKind};

/// Text as HTML shows it; characters that a document may not hold are replaced.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || turns(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// A wash that leaves light and dark pages readable, and a line of its own for each kind.
const fn style(kind: ItemKind) -> (&'static str, &'static str) {
    match kind {
        ItemKind::Target => ("46,125,50", "solid"),
        ItemKind::Observation => ("21,101,192", "dashed"),
        ItemKind::Instrument => ("239,108,0", "dotted"),
    }
}

pub(super) fn html(draft: &Draft, lang: Lang) -> String {
    let names = words::names(lang);
    let mut out = format!("<div class=\"attainment attainment-draft\" lang=\"{}\">", lang.as_str());
    let _ = write!(out, "<div lang=\"{}\" style=\"white-space:pre-wrap;overflow-wrap:anywhere;line-height:1.8\">", draft.lang.as_str());
    let mut at = 0;
    for mark in marks(draft) {
        out.push_str(&escape(draft.text().get(at..mark.bytes.start).unwrap_or_default()));
        marked(draft, &mark, lang, &mut out);
        at = mark.bytes.end;
    }
    out.push_str(&escape(draft.text().get(at..).unwrap_or_default()));
    out.push_str("</div>");
    if !draft.items.is_empty() {
        let head = [names.item, names.kind, names.indicator, names.value, names.basis, names.period, names.more];
        let head: String = head.iter().map(|name| format!("<th scope=\"col\">{name}</th>")).collect();
        let _ = write!(out, "<table class=\"attainment-table\"><thead><tr>{head}</tr></thead><tbody>");
        for (at, item) in draft.items.iter().enumerate() {
            let item = shown(item, lang);
            let cells = [item.kind, &item.indicator, &item.value, item.basis, &item.period, &item.more];
            let cells: String = cells.iter().map(|cell| format!("<td>{}</td>", escape(cell))).collect();
            let _ = write!(out, "<tr><th scope=\"row\">{}</th>{cells}</tr>", at + 1);
        }
        out.push_str("</tbody></table>");
    }
    if !draft.findings.is_empty() {
        let _ = write!(out, "<details><summary>{} ({})</summary><ul>", names.findings, draft.findings.len());
        for group in alike(&draft.findings) {
            let Some(first) = group.first() else { continue };
            let places: Vec<String> =
                group.iter().filter_map(|finding| finding.start.map(|start| format!("{start}–{}", finding.end.unwrap_or(start)))).collect();
            let places = if places.is_empty() { String::new() } else { format!(" {}", places.join(", ")) };
            let help = first.help.as_ref().map(|help| format!(" — {}", sentence(help.get(lang)))).unwrap_or_default();
            let _ = write!(out, "<li><code>{}</code>{places}: {}{help}</li>", first.code, sentence(first.message.get(lang)));
        }
        out.push_str("</ul></details>");
    }
    // At the end, so that the page begins with the text.
    let _ = writeln!(out, "{PAGE_STYLE}</div>");
    out
}

/// Findings that say the same together, in the order of the first of each.
fn alike(findings: &[Finding]) -> Vec<Vec<&Finding>> {
    let mut groups: Vec<Vec<&Finding>> = Vec::new();
    for finding in findings {
        let is_same = |other: &Finding| (other.code, &other.message, &other.help) == (finding.code, &finding.message, &finding.help);
        match groups.iter_mut().find(|group| group.first().is_some_and(|first| is_same(first))) {
            Some(group) => group.push(finding),
            None => groups.push(vec![finding]),
        }
    }
    groups
}

/// A sentence as HTML: what stands in backticks is code. One without a fellow stays as it is.
fn sentence(text: &str) -> String {
    let escaped = escape(text);
    let (mut out, mut rest) = (String::with_capacity(escaped.len()), escaped.as_str());
    while let Some((before, (code, after))) = rest.split_once('`').and_then(|(before, more)| Some((before, more.split_once('`')?))) {
        let _ = write!(out, "{before}<code>{code}</code>");
        rest = after;
    }
    out.push_str(rest);
    out
}

fn marked(draft: &Draft, mark: &Mark, lang: Lang, out: &mut String) {
    let items = mark.items.iter().filter_map(|at| draft.items.get(*at).map(|item| (*at, item)));
    let Some((_, first)) = items.clone().next() else { return };
    let (wash, line) = style(first.kind);
    let title: Vec<String> = items
        .clone()
        .map(|(at, item)| {
            let item = shown(item, lang);
            let fields = [item.kind, &item.indicator, &item.value, item.basis, &item.period, &item.more];
            format!("{}. {}", at + 1, fields.into_iter().filter(|field| !field.is_empty()).collect::<Vec<_>>().join(" | "))
        })
        .collect();
    let _ = write!(
        out,
        "<mark class=\"{}\" style=\"background:rgba({wash},.18);color:inherit;border-bottom:2px {line} rgb({wash})\" title=\"{}\">",
        first.kind,
        escape(&title.join("\n")),
    );
    let mut at = mark.bytes.start;
    for value in &mark.values {
        out.push_str(&escape(draft.text().get(at..value.start).unwrap_or_default()));
        let _ = write!(out, "<b>{}</b>", escape(draft.text().get(value.clone()).unwrap_or_default()));
        at = value.end;
    }
    out.push_str(&escape(draft.text().get(at..mark.bytes.end).unwrap_or_default()));
    let labels: Vec<String> = items.map(|(at, item)| format!("{}{}", at + 1, words::letter(item.kind, lang))).collect();
    let _ = write!(out, "<sup>{}</sup></mark>", labels.join(" "));
}
