//! Types back to text.

use serde_json::Value;

/// JSON with two spaces of indentation and a final line break.
pub(crate) fn to_json(value: &Value) -> String {
    let mut text = String::new();
    for c in serde_json::to_string_pretty(value).unwrap_or_default().chars() {
        match c {
            // JSON lets these stand as they are; the reader takes them for a damaged file.
            '\u{7f}'..='\u{9f}' => text.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => text.push(c),
        }
    }
    text.push('\n');
    text
}

/// YAML the way people write plans: maps in block style, and the innermost ones on one line.
pub(crate) fn to_yaml(value: &Value) -> String {
    let mut out = String::new();
    match value {
        Value::Object(pairs) => block_map(pairs, 0, &mut out),
        other => {
            flow(other, &mut out);
            out.push('\n');
        }
    }
    out
}

fn block_map(pairs: &serde_json::Map<String, Value>, indent: usize, out: &mut String) {
    for (key, value) in pairs {
        out.extend(std::iter::repeat_n(' ', indent));
        scalar(key, out);
        out.push(':');
        match value {
            Value::Object(inner) if !inner.is_empty() && (indent == 0 || inner.values().any(is_long)) => {
                out.push('\n');
                block_map(inner, indent + 2, out);
            }
            Value::Array(items) if items.iter().any(Value::is_object) => {
                out.push('\n');
                for item in items {
                    out.extend(std::iter::repeat_n(' ', indent + 2));
                    out.push_str("- ");
                    flow(item, out);
                    out.push('\n');
                }
            }
            other => {
                out.push(' ');
                flow(other, out);
                out.push('\n');
            }
        }
    }
}

/// Whether a value does not belong on the line of its parent: a map of maps.
fn is_long(value: &Value) -> bool {
    match value {
        Value::Object(inner) => inner.values().any(Value::is_object),
        Value::Array(items) => items.iter().any(Value::is_object),
        _ => false,
    }
}

fn flow(value: &Value, out: &mut String) {
    match value {
        Value::String(text) => scalar(text, out),
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                flow(item, out);
            }
            out.push(']');
        }
        Value::Object(pairs) if pairs.is_empty() => out.push_str("{}"),
        Value::Object(pairs) => {
            out.push_str("{ ");
            for (index, (key, item)) in pairs.iter().enumerate() {
                out.push_str(if index > 0 { ", " } else { "" });
                scalar(key, out);
                out.push_str(": ");
                flow(item, out);
            }
            out.push_str(" }");
        }
        other => out.push_str(&other.to_string()),
    }
}

/// A text, quoted where YAML would read it as something else or not at all.
fn scalar(text: &str, out: &mut String) {
    if is_plain(text) {
        out.push_str(text);
    } else {
        quoted(text, out);
    }
}

/// A double-quoted text. Two digits are enough for most of what is escaped, which keeps a key
/// of any characters within the 1,024 that YAML allows one.
fn quoted(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => out.push_str(&format!("\\x{:02x}", u32::from(c))),
            '\u{2028}' => out.push_str("\\L"),
            '\u{2029}' => out.push_str("\\P"),
            '\u{feff}' => out.push_str("\\ufeff"),
            c => out.push(c),
        }
    }
    out.push('"');
}

fn is_plain(text: &str) -> bool {
    const STARTS: &[char] =
        &['-', '?', ':', ',', '[', ']', '{', '}', '#', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`', ' ', '~', '<', '='];
    let negative_number = text.strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let starts_plain = !text.starts_with(STARTS) || negative_number;
    let keywords = matches!(text, "" | "null" | "Null" | "NULL" | "true" | "false");
    let breaks = text.contains(": ")
        || text.contains(" #")
        || text.contains([',', '[', ']', '{', '}'])
        || text.ends_with([':', ' '])
        || text.ends_with(" -");
    starts_plain
        && !keywords
        && !breaks
        && !text.chars().any(char::is_control)
        && !text.contains(['\u{feff}', '\u{85}', '\u{2028}', '\u{2029}'])
        && !text.starts_with("---")
        && !text.starts_with("...")
}
