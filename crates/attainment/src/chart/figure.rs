//! The frame that every chart stands in: title, key, plot, caption.

use std::collections::HashMap;

use serde_json::{Map, Value, json};
use unicode_width::UnicodeWidthStr;

use super::ask::Ask;
use super::{Chart, ChartKind};
use crate::finding::Finding;
use crate::text::one_line;

/// Pixels that a narrow letter takes at a size of one: letters are about half as wide as high.
const LETTER: f64 = 0.53;

/// A chart before it is put together.
pub(super) struct Figure {
    pub(super) kind: ChartKind,
    pub(super) title: String,
    pub(super) subtitle: String,
    pub(super) key: Vec<KeyEntry>,
    pub(super) plot: Value,
    /// How wide all of it is, labels included.
    pub(super) width: f64,
    /// How to read it; the lines on sources follow.
    pub(super) reading: String,
    pub(super) about: String,
    pub(super) findings: Vec<Finding>,
}

/// An entry of the key: a mark with its meaning.
pub(super) struct KeyEntry {
    pub(super) mark: Value,
    /// Whether the mark is a stretch of a line or an area, and no point.
    pub(super) is_stretch: bool,
    pub(super) text: String,
}

impl KeyEntry {
    pub(super) fn line(mark: Value, text: impl Into<String>) -> Self {
        Self { mark, is_stretch: true, text: text.into() }
    }

    pub(super) fn point(mark: Value, text: impl Into<String>) -> Self {
        Self { mark, is_stretch: false, text: text.into() }
    }
}

impl Figure {
    pub(super) fn into_chart(self, ask: &Ask<'_>) -> Chart {
        let columns = |size: f64| (self.width / (LETTER * size)) as usize;
        // What is left out is said in the picture too.
        let said = self.findings.iter().map(|finding| sentence(finding.message.get(ask.lang), ask));
        let reading: Vec<String> = std::iter::once(self.reading.clone()).chain(said).filter(|part| !part.is_empty()).collect();
        let (reading, about) = (one_line(&reading.join(ask.say(" ", ""))), one_line(&self.about));
        let small = 10.0;
        let lines: Vec<String> = [&reading, &about].into_iter().flat_map(|text| wrap(text, columns(small))).collect();
        let title_lines = wrap(&one_line(&self.title), columns(14.0 * 1.08));
        let mut plot = match self.plot {
            Value::Object(map) => map,
            _ => Map::new(),
        };
        let caption = json!({
            "text": lines, "orient": "bottom", "anchor": "start", "frame": "bounds", "offset": 12,
            "fontSize": small, "fontWeight": "normal", "color": ask.ink.soft, "lineHeight": 14
        });
        plot.insert("title".to_owned(), caption);
        let mut views = Vec::new();
        if !self.key.is_empty() {
            views.push(key(&self.key, self.width, ask));
        }
        views.push(Value::Object(plot));
        let mut title = json!({ "text": title_lines, "frame": "bounds", "offset": 10 });
        if !self.subtitle.is_empty() {
            title["subtitle"] = wrap(&one_line(&self.subtitle), columns(11.0)).into();
        }
        let title_text = one_line(&self.title);
        let mut description = vec![title_text.clone(), one_line(&self.subtitle), reading.clone()];
        description.retain(|part| !part.is_empty());
        let mut spec = json!({
            "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
            "description": description.join(ask.say(". ", "。")),
            "background": ask.ink.paper,
            "padding": 12,
            "title": title,
            "spacing": 12,
            "vconcat": views,
            "config": ask.ink.config(),
        });
        share_data(&mut spec);
        let caption = [reading, about].into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        Chart { kind: self.kind, lang: ask.lang, title: title_text, caption, spec, findings: self.findings }
    }
}

/// A message as a sentence: it begins with a capital and ends with a stop.
fn sentence(message: &str, ask: &Ask<'_>) -> String {
    let mut chars = message.chars();
    let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}{}", chars.as_str(), ask.say(".", "。"))
}

/// Puts data that several marks share in one place, by name.
fn share_data(spec: &mut Value) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    each_data(spec, &mut |values| {
        *counts.entry(values.to_string()).or_default() += 1;
        None
    });
    let mut names: HashMap<String, String> = HashMap::new();
    let mut datasets = Map::new();
    each_data(spec, &mut |values| {
        let text = values.to_string();
        // A row or two is shorter than its name.
        if counts.get(&text).is_none_or(|count| *count < 2) || text.len() < 100 {
            return None;
        }
        let name = names.entry(text).or_insert_with(|| {
            let name = format!("rows-{}", datasets.len() + 1);
            datasets.insert(name.clone(), values.clone());
            name
        });
        Some(name.clone())
    });
    if !datasets.is_empty() {
        spec["datasets"] = Value::Object(datasets);
    }
}

/// Every `data` that is written out, in order; it is exchanged for the name that comes back.
fn each_data(value: &mut Value, of: &mut impl FnMut(&Value) -> Option<String>) {
    match value {
        Value::Object(map) => {
            if let Some(data) = map.get_mut("data")
                && let Some(name) = data.get("values").and_then(&mut *of)
            {
                *data = json!({ "name": name });
            }
            map.iter_mut().filter(|(key, _)| *key != "data").for_each(|(_, value)| each_data(value, of));
        }
        Value::Array(items) => items.iter_mut().for_each(|item| each_data(item, of)),
        _ => {}
    }
}

/// The key, laid out in lines that fit the width.
fn key(entries: &[KeyEntry], width: f64, ask: &Ask<'_>) -> Value {
    let mut layers = Vec::new();
    let (mut x, mut y, mut widest) = (0.0, 8.0, 0.0_f64);
    for entry in entries {
        let text = one_line(&entry.text);
        let sample = if entry.is_stretch { 26.0 } else { 12.0 };
        let wide = sample + 6.0 + text_width(&text, 11.0);
        if x > 0.0 && x + wide > width {
            (x, y) = (0.0, y + 17.0);
        }
        let place = if entry.is_stretch {
            json!({ "x": { "value": x }, "x2": { "value": x + sample }, "y": { "value": y } })
        } else {
            json!({ "x": { "value": x + sample / 2.0 }, "y": { "value": y } })
        };
        let mut place = place;
        if entry.is_stretch && entry.mark["type"] == "rect" {
            (place["y"], place["y2"]) = (json!({ "value": y - 5.0 }), json!({ "value": y + 5.0 }));
        }
        layers.push(json!({ "data": { "values": [{}] }, "mark": entry.mark, "encoding": place }));
        layers.push(json!({
            "data": { "values": [{}] },
            "mark": { "type": "text", "align": "left", "baseline": "middle", "fontSize": 11, "color": ask.ink.soft, "text": text },
            "encoding": { "x": { "value": x + sample + 6.0 }, "y": { "value": y } }
        }));
        widest = widest.max(x + wide);
        x += wide + 16.0;
    }
    json!({ "width": widest.ceil(), "height": y + 8.0, "layer": layers })
}

/// About how many pixels a text takes.
pub(super) fn text_width(text: &str, size: f64) -> f64 {
    LETTER * size * text.width() as f64
}

/// A name that is short enough to stand beside a row, by its width on the screen.
pub(super) fn shorten_to(name: &str, columns: usize) -> String {
    let name = one_line(name);
    if name.width() <= columns {
        return name;
    }
    let mut out = String::new();
    for c in name.chars() {
        let next = c.to_string();
        if out.width() + next.width() + 1 > columns {
            break;
        }
        out.push_str(&next);
    }
    format!("{}…", out.trim_end())
}

/// Lines of at most so many columns; a Chinese text breaks between any two signs but before a stop.
pub(super) fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(10);
    let (mut lines, mut line) = (Vec::new(), String::new());
    for piece in pieces(text) {
        if !line.is_empty() && line.width() + piece.trim_end().width() > columns {
            lines.push(line.trim_end().to_owned());
            line.clear();
        }
        let piece = if line.is_empty() { piece.trim_start() } else { piece };
        // A word that is longer than a line is broken anywhere.
        for c in piece.chars() {
            if line.width() >= columns && c != ' ' && !is_stop(c) {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    if !line.trim().is_empty() {
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// The stretches between which a line may end.
fn pieces(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut from, mut before) = (0, ' ');
    for (at, c) in text.char_indices() {
        let is_wide = |c: char| c.to_string().width() > 1;
        let opens = matches!(before, '（' | '《' | '“' | '「' | '(');
        let may_break = before == ' ' || ((is_wide(before) || is_wide(c)) && !opens && !is_stop(c));
        if at > from && may_break && c != ' ' {
            out.push(&text[from..at]);
            from = at;
        }
        before = c;
    }
    out.push(&text[from..]);
    out
}

/// Signs that do not begin a line.
fn is_stop(c: char) -> bool {
    matches!(c, '，' | '。' | '；' | '：' | '、' | '）' | '》' | '”' | '」' | '！' | '？' | '%' | '％' | ')' | ',' | '.' | ';' | ':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_and_signs() {
        assert_eq!(wrap("one two three four", 10), ["one two", "three four"]);
        assert_eq!(wrap("单位国内生产总值能耗，下降。", 12), ["单位国内生产", "总值能耗，下", "降。"]);
        assert_eq!(wrap("abcdefghijklmnop", 10), ["abcdefghij", "klmnop"]);
        assert!(wrap("", 10).is_empty());
    }

    #[test]
    fn names_are_cut_by_their_width() {
        assert_eq!(shorten_to("Research and development", 10), "Research…");
        assert_eq!(shorten_to("单位国内生产总值能耗", 10), "单位国内…");
        assert_eq!(shorten_to("short", 10), "short");
    }
}
