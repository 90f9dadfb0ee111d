//! A draft for people: its text with the items marked, their fields, and the findings.

mod html;
mod markdown;
mod plain;
mod words;

use std::ops::Range;

use attainment::Lang;

use crate::draft::{Draft, Item};

/// A stretch of the text that one item takes, or several that overlap.
struct Mark {
    bytes: Range<usize>,
    items: Vec<usize>,
    /// The numbers in it.
    values: Vec<Range<usize>>,
}

/// The marks of a draft from left to right; no two overlap.
fn marks(draft: &Draft) -> Vec<Mark> {
    let mut order: Vec<(Range<usize>, usize)> = (0..draft.items.len()).filter_map(|at| Some((draft.byte_range(at)?, at))).collect();
    order.sort_by_key(|(range, at)| (range.start, *at));
    let mut marks: Vec<Mark> = Vec::new();
    for (range, at) in order {
        let values = draft.items.get(at).and_then(|item| value(item, range.start));
        match marks.last_mut().filter(|mark| range.start < mark.bytes.end) {
            Some(mark) => {
                mark.bytes.end = mark.bytes.end.max(range.end);
                mark.items.push(at);
                mark.values.extend(values);
            }
            None => marks.push(Mark { bytes: range, items: vec![at], values: values.into_iter().collect() }),
        }
    }
    for mark in &mut marks {
        mark.values.sort_by_key(|range| (range.start, range.end));
        // Two items may share one number.
        let mut end = mark.bytes.start;
        let last = mark.bytes.end;
        mark.values.retain(|range| {
            let apart = range.start >= end && range.end <= last && range.start < range.end;
            end = if apart { range.end } else { end };
            apart
        });
    }
    marks
}

/// The bytes of an item's number.
fn value(item: &Item, start: usize) -> Option<Range<usize>> {
    let byte = |at: u32| {
        let nth = at.checked_sub(item.start)? as usize;
        item.text.char_indices().map(|(byte, _)| byte).chain([item.text.len()]).nth(nth)
    };
    Some(start + byte(item.value_start?)?..start + byte(item.value_end?)?)
}

/// Whether a character turns the text around it, and could make a page read otherwise than it stands.
const fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}')
}

/// An item in the words of a language.
struct Shown {
    kind: &'static str,
    indicator: String,
    value: String,
    basis: &'static str,
    period: String,
    more: String,
}

fn shown(item: &Item, lang: Lang) -> Shown {
    let names = words::names(lang);
    let unit = item.unit.as_deref().unwrap_or_default();
    let gap = if unit.starts_with(|c: char| c.is_ascii_alphabetic()) { " " } else { "" };
    let number = match (&item.value, &item.value_max) {
        (Some(value), Some(larger)) => format!("{value}–{larger}{gap}{unit}"),
        (Some(value), None) => format!("{value}{gap}{unit}"),
        (None, _) if item.masked => format!("({}){gap}{unit}", names.masked),
        (None, _) => String::new(),
    };
    let mut more = Vec::new();
    let mut add = |name: &str, value: Option<String>| more.extend(value.map(|value| format!("{name} {value}")));
    add(names.direction, item.direction.map(|way| words::way(way, lang).to_owned()));
    add(names.baseline, item.baseline_ref.clone());
    add("", item.modality.clone());
    add(names.group, item.group.map(|group| group.to_string()));
    add(names.pair, item.pair.map(|pair| (pair + 1).to_string()));
    let period = item.period.as_ref().map(|period| {
        let from = item.period_source.map(|source| format!(" ({} {})", names.from, words::source(source, lang)));
        words::period(period, lang) + &from.unwrap_or_default()
    });
    Shown {
        kind: words::kind(item.kind, lang),
        indicator: [item.qualifier.as_deref().unwrap_or_default(), &item.indicator]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
        value: format!("{} {number}", words::comparator(item.comparator, lang)).trim_end().to_owned(),
        basis: words::basis(item.basis, lang),
        period: period.unwrap_or_default(),
        more: more.iter().map(|text| text.trim()).collect::<Vec<_>>().join("; "),
    }
}

impl Draft {
    /// The text with its items marked, a table of their fields and the findings, in HTML.
    ///
    /// Every text is escaped. The style is that of all pages and follows light and dark; it leaves the
    /// colour of the text alone. Targets, observations and instruments differ in the line
    /// under them and in a letter, not by colour alone.
    ///
    /// ```
    /// use attainment::Lang;
    /// let draft = attainment_text::extract("到2025年，森林覆盖率达到35%以上<目标>。", &Default::default());
    /// let html = draft.to_html(Lang::Zh);
    /// assert!(html.contains("森林覆盖率达到<b>35</b>%以上") && html.contains("&lt;目标&gt;"));
    /// ```
    pub fn to_html(&self, lang: Lang) -> String {
        html::html(self, lang)
    }

    /// The text with its items in bold and numbered, a table of their fields and the findings, in
    /// Markdown.
    ///
    /// ```
    /// use attainment::Lang;
    /// let draft = attainment_text::extract("到2025年，森林覆盖率达到35%以上。", &Default::default());
    /// let markdown = draft.to_markdown(Lang::En);
    /// assert!(markdown.contains("**森林覆盖率达到35%以上** [1 T]"));
    /// assert!(markdown.contains("| 1 | target | 森林覆盖率 | at\\_least 35% |"));
    /// ```
    pub fn to_markdown(&self, lang: Lang) -> String {
        markdown::markdown(self, lang)
    }

    /// The text with its items marked and their fields under each paragraph, then the findings, for a
    /// terminal.
    ///
    /// ```
    /// use attainment::Lang;
    /// let draft = attainment_text::extract("到2025年，森林覆盖率达到35%以上。", &Default::default());
    /// let text = draft.to_text(Lang::Zh);
    /// assert!(text.starts_with("到2025年，【1目 森林覆盖率达到35%以上】。\n"));
    /// assert!(text.contains("森林覆盖率 | 不低于 35% | 水平 | 到2025"));
    /// ```
    pub fn to_text(&self, lang: Lang) -> String {
        plain::plain(self, lang)
    }
}
