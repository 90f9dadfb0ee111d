//! YAML text to nodes.

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};

use super::json::{duplicate_key, empty, is_long_key, long_key, too_deep, too_many};
use super::node::{Kind, Mark, Node};
use super::read::push_segment;
use super::{MAX_DEPTH, MAX_NODES, Parsed};
use crate::finding::{Code, Finding, Findings};
use crate::text::msg;

/// A collection whose end has not been seen.
enum Open {
    List(Vec<Node>),
    Map { pairs: Vec<(String, Mark, Node)>, key: Option<(String, Mark)>, seen: std::collections::HashMap<String, Mark> },
}

pub(super) fn parse(text: &str) -> Result<Parsed, Vec<Finding>> {
    let mut builder = Builder::default();
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| vec![syntax(&error, text)])?;
        builder.event(event, span)?;
    }
    match builder.root {
        Some(root) => Ok(Parsed { root, duplicates: builder.duplicates }),
        None => Err(vec![empty()]),
    }
}

fn syntax(error: &ScanError, text: &str) -> Finding {
    let marker = error.marker();
    let mark =
        Mark { line: marker.line() as u32, column: marker.col() as u32 + 1, start: marker.index() as u32, end: marker.index() as u32 };
    let reason = error.info().to_lowercase();
    // The scanner reads ahead of the builder, so it may be the first to meet these.
    if reason.contains("recursion limit") {
        return too_deep(mark);
    }
    if reason.contains("unknown anchor") {
        return unsupported(mark, "an alias", "别名");
    }
    let finding = mark.finding(Code::BadSyntax, msg!("not well-formed YAML: {reason}", "YAML格式有误:{reason}"));
    let line = text.lines().nth(marker.line().saturating_sub(1)).unwrap_or_default();
    if line.split([':', ',', '{', '[']).any(|value| value.trim_start().starts_with(['%', '@', '`'])) {
        return finding.help(msg!(
            "quote a value that starts with `%`, `@` or a backtick, or write `percent`",
            "以`%`、`@`或反引号开头的值要加引号,或写作`percent`"
        ));
    }
    if line.contains('\t') {
        return finding.help(msg!("indent with spaces, not tabs", "请用空格缩进,不用制表符"));
    }
    finding.help(msg!(
        "correct the text at or just before this place: indent alike, close quotes and brackets, quote a text with `: `",
        "请改正此处或紧前的文字:缩进一致,引号和括号成对,含`: `的文字加引号"
    ))
}

#[derive(Default)]
struct Builder {
    /// With the place each starts at and the length of the path around it.
    open: Vec<(Open, Mark, usize)>,
    /// The JSON pointer of the innermost open collection.
    path: String,
    root: Option<Node>,
    documents: usize,
    nodes: usize,
    duplicates: Findings,
}

impl Builder {
    fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Vec<Finding>> {
        let mark = Mark {
            line: span.start.line() as u32,
            column: span.start.col() as u32 + 1,
            start: span.start.index() as u32,
            end: span.end.index() as u32,
        };
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(vec![unsupported(mark, "a second document in one text", "同一文本中的第二个文档")]);
                }
            }
            Event::Alias(_) => return Err(vec![unsupported(mark, "an alias", "别名")]),
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse(mark, anchor, tag.is_some())?;
                self.scalar(text.into_owned(), style, mark)?;
            }
            Event::SequenceStart(anchor, tag) => {
                self.refuse(mark, anchor, tag.is_some())?;
                self.open_collection(Open::List(Vec::new()), mark)?;
            }
            Event::MappingStart(anchor, tag) => {
                self.refuse(mark, anchor, tag.is_some())?;
                self.open_collection(Open::Map { pairs: Vec::new(), key: None, seen: Default::default() }, mark)?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                if let Some((open, mut start, length)) = self.open.pop() {
                    self.path.truncate(length);
                    start.end = mark.end;
                    let kind = match open {
                        Open::List(items) => Kind::List(items),
                        Open::Map { pairs, .. } => Kind::Map(pairs),
                    };
                    self.value(Node { kind, mark: start })?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn refuse(&self, mark: Mark, anchor: usize, tagged: bool) -> Result<(), Vec<Finding>> {
        if anchor > 0 {
            return Err(vec![unsupported(mark, "an anchor", "锚点")]);
        }
        if tagged {
            return Err(vec![unsupported(mark, "a tag", "标签")]);
        }
        Ok(())
    }

    fn scalar(&mut self, text: String, style: ScalarStyle, mark: Mark) -> Result<(), Vec<Finding>> {
        if let Some((Open::Map { key: key @ None, seen, .. }, ..)) = self.open.last_mut() {
            if is_long_key(&text) {
                return Err(vec![long_key(&text, mark)]);
            }
            let first = *seen.entry(text.clone()).or_insert(mark);
            if first != mark {
                self.duplicates.push(duplicate_key(&text, mark, first, &self.path));
            }
            *key = Some((text, mark));
            return Ok(());
        }
        let kind = match text.as_str() {
            "" | "~" | "null" if style == ScalarStyle::Plain => Kind::Null,
            _ => Kind::Scalar { text },
        };
        self.value(Node { kind, mark })
    }

    fn open_collection(&mut self, open: Open, mark: Mark) -> Result<(), Vec<Finding>> {
        if self.open.len() >= MAX_DEPTH {
            return Err(vec![too_deep(mark)]);
        }
        let length = self.path.len();
        match self.open.last() {
            Some((Open::Map { key: Some((key, _)), .. }, ..)) => push_segment(&mut self.path, key),
            Some((Open::List(items), ..)) => push_segment(&mut self.path, &items.len().to_string()),
            _ => {}
        }
        self.open.push((open, mark, length));
        Ok(())
    }

    fn value(&mut self, node: Node) -> Result<(), Vec<Finding>> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            return Err(vec![too_many()]);
        }
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some((Open::List(items), ..)) => items.push(node),
            Some((Open::Map { pairs, key, seen }, ..)) => match key.take() {
                Some((key, mark)) if seen.get(&key) == Some(&mark) => pairs.push((key, mark, node)),
                Some(_) => {}
                None => return Err(vec![unsupported(node.mark, "a key that is not plain text", "不是文本的键")]),
            },
        }
        Ok(())
    }
}

fn unsupported(mark: Mark, what: &str, zh: &str) -> Finding {
    mark.finding(Code::UnsupportedYaml, msg!("{what} is not part of the format", "格式中不含{zh}"))
        .help(msg!("write the value out where it is used", "请在使用处直接写出"))
}
