//! The tree that a text is read into.

use super::json::{is_long_key, long_key, too_deep, too_many};
use super::{MAX_DEPTH, MAX_NODES};
use crate::finding::{Code, Finding};
use crate::text::Message;

/// Where a node stands in its text. Lines and columns count from 1, offsets are code points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mark {
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Mark {
    pub(crate) fn finding(self, code: Code, message: Message) -> Finding {
        let mut finding = Finding::new(code, message);
        self.place(&mut finding);
        finding
    }

    pub(crate) fn place(self, finding: &mut Finding) {
        if self.line > 0 {
            finding.line = Some(self.line);
            finding.column = Some(self.column);
            finding.start = Some(self.start);
            finding.end = Some(self.end);
        }
    }
}

/// A value of a document with its place.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    pub(crate) mark: Mark,
}

#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Null,
    /// Text, number or boolean, as written. Quotes make no difference in a plan.
    Scalar {
        text: String,
    },
    List(Vec<Node>),
    Map(Vec<(String, Mark, Node)>),
}

impl Node {
    /// The node at a JSON pointer, or the deepest one on the way to it.
    ///
    /// A pointer that ends in a key of a map names the value; its mark serves for the pair.
    pub(crate) fn nearest(&self, pointer: &str) -> &Self {
        let mut node = self;
        for segment in pointer.split('/').skip(1) {
            let segment = segment.replace("~1", "/").replace("~0", "~");
            let next = match &node.kind {
                Kind::Map(pairs) => pairs.iter().find(|(key, ..)| *key == segment).map(|(.., value)| value),
                Kind::List(items) => segment.parse::<usize>().ok().and_then(|index| items.get(index)),
                _ => None,
            };
            match next {
                Some(next) => node = next,
                None => break,
            }
        }
        node
    }

    /// A node without a place, from a JSON value: how objects of a host language come in.
    ///
    /// # Errors
    ///
    /// The bounds of texts hold here too, `too_deep`, `too_many` and `too_large`.
    pub(crate) fn from_value(value: &serde_json::Value) -> Result<Self, Finding> {
        FromValue { nodes: 0 }.node(value, 0)
    }
}

struct FromValue {
    nodes: usize,
}

impl FromValue {
    fn node(&mut self, value: &serde_json::Value, depth: usize) -> Result<Node, Finding> {
        use serde_json::Value;
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(too_many());
        }
        if depth == MAX_DEPTH && (value.is_array() || value.is_object()) {
            return Err(too_deep(Mark::default()));
        }
        let kind = match value {
            Value::Null => Ok(Kind::Null),
            Value::Bool(value) => Ok(Kind::Scalar { text: value.to_string() }),
            Value::Number(value) => Ok(Kind::Scalar { text: value.to_string() }),
            Value::String(value) => Ok(Kind::Scalar { text: value.clone() }),
            Value::Array(items) => items.iter().map(|item| self.node(item, depth + 1)).collect::<Result<_, _>>().map(Kind::List),
            Value::Object(pairs) => {
                let pair = |(key, value): (&String, &Value)| {
                    if is_long_key(key) {
                        return Err(long_key(key, Mark::default()));
                    }
                    Ok((key.clone(), Mark::default(), self.node(value, depth + 1)?))
                };
                pairs.iter().map(pair).collect::<Result<_, _>>().map(Kind::Map)
            }
        };
        Ok(Node { kind: kind?, mark: Mark::default() })
    }
}

/// Turns byte offsets into lines, columns and code points.
pub(crate) struct Lines<'a> {
    text: &'a str,
    /// Byte offset and code point of the start of each line.
    starts: Vec<(usize, u32)>,
    /// Code points before every [`Self::STEP`]th byte, so that a place in a long line is found
    /// without counting from the start of that line.
    steps: Vec<u32>,
}

impl<'a> Lines<'a> {
    const STEP: usize = 256;

    pub(crate) fn new(text: &'a str) -> Self {
        let mut starts = vec![(0, 0)];
        let mut steps = vec![0];
        let mut count = 0;
        for (byte, b) in text.bytes().enumerate() {
            if byte / Self::STEP == steps.len() {
                steps.push(count);
            }
            count += u32::from(begins_char(b));
            if b == b'\n' {
                starts.push((byte + 1, count));
            }
        }
        Self { text, starts, steps }
    }

    pub(crate) const fn text(&self) -> &'a str {
        self.text
    }

    fn code_point(&self, byte: usize) -> u32 {
        let bytes = self.text.as_bytes();
        let step = (byte / Self::STEP).min(self.steps.len() - 1);
        let rest = bytes.get(step * Self::STEP..byte.min(bytes.len())).unwrap_or_default();
        self.steps[step] + rest.iter().map(|b| u32::from(begins_char(*b))).sum::<u32>()
    }

    pub(crate) fn mark(&self, start: usize, end: usize) -> Mark {
        let line = self.starts.partition_point(|(first, _)| *first <= start).saturating_sub(1);
        let (first, last) = (self.code_point(start), self.code_point(end));
        Mark { line: line as u32 + 1, column: first - self.starts[line].1 + 1, start: first, end: last }
    }
}

/// Whether a byte of UTF-8 is the first of its code point.
const fn begins_char(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}
