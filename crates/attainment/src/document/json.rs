//! JSON text to nodes.

use jsonc_parser::ast::{ObjectPropName, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, CommentCollectionStrategy, ParseOptions, errors::ParseErrorKind, parse_to_ast};

use super::node::{Kind, Lines, Mark, Node};
use super::{MAX_DEPTH, MAX_KEY, MAX_NODES, Parsed};
use crate::finding::{Code, Finding, Findings};
use crate::text::{msg, shorten};

/// Strict JSON (RFC 8259): no comments, no trailing commas, no loose names.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

pub(super) fn parse(text: &str) -> Result<Parsed, Vec<Finding>> {
    let lines = Lines::new(text);
    let collect = CollectOptions { comments: CommentCollectionStrategy::Off, tokens: false };
    let parsed = parse_to_ast(text, &collect, &STRICT).map_err(|error| {
        let range = error.range();
        let mark = lines.mark(range.start.min(text.len()), range.end.min(text.len()));
        if matches!(error.kind(), ParseErrorKind::NestingDepthExceeded) {
            return vec![too_deep(mark)];
        }
        let reason = error.kind().to_string().to_lowercase();
        vec![mark.finding(Code::BadSyntax, msg!("not well-formed JSON: {reason}", "JSON格式有误:{reason}")).help(msg!(
            "correct the text at or just before this place; comments and free forms are for YAML",
            "请改正此处或紧前的文字;注释和自由写法请用YAML"
        ))]
    })?;
    let mut builder = Builder { lines: &lines, nodes: 0, findings: Findings::default(), duplicates: Findings::default() };
    let Some(value) = parsed.value else {
        return Err(vec![empty()]);
    };
    let root = builder.node(&value, 0);
    let Builder { mut findings, duplicates, .. } = builder;
    if findings.has_errors() {
        findings.extend(duplicates.into_vec());
        return Err(findings.into_vec());
    }
    Ok(Parsed { root, duplicates })
}

pub(super) fn empty() -> Finding {
    Finding::new(Code::EmptyDocument, msg!("the text is empty", "文本为空"))
        .help(msg!("a document starts with `attainment: 1`", "文档以`attainment: 1`开头"))
}

pub(super) fn too_deep(mark: Mark) -> Finding {
    mark.finding(Code::TooDeep, msg!("values are nested more than {MAX_DEPTH} deep", "嵌套超过{MAX_DEPTH}层")).help(msg!(
        "no part of a plan is nested so deep; look for brackets that are not closed",
        "规划的任何部分都不会嵌套这么深;请检查未闭合的括号"
    ))
}

pub(super) fn too_many() -> Finding {
    Finding::new(Code::TooMany, msg!("the document holds more than {MAX_NODES} values", "文档中的值超过{MAX_NODES}个"))
        .help(msg!("split the plan, and give bounds for many areas as a target table", "请拆分规划;多地区的界限请用目标表"))
}

/// Keys are ids and words. A bound on them also bounds the paths of findings and keeps every key
/// within the 1,024 characters that YAML allows one.
pub(super) fn is_long_key(key: &str) -> bool {
    key.len() > MAX_KEY && key.chars().count() > MAX_KEY
}

pub(super) fn long_key(key: &str, mark: Mark) -> Finding {
    let key = shorten(key);
    mark.finding(Code::TooLarge, msg!("the key `{key}` has more than {MAX_KEY} characters", "键`{key}`超过{MAX_KEY}个字符"))
        .help(msg!("use a short id, and put the text under `name` or `note`", "请用简短的标识,文字写在`name`或`note`下"))
}

pub(super) fn duplicate_key(key: &str, mark: Mark, first: Mark, path: &str) -> Finding {
    // The keys of these maps are ids: a second one is a second target, not a second key.
    const BY_ID: &[&str] = &[
        "/areas",
        "/bodies",
        "/indicators",
        "/targets",
        "/tasks",
        "/instruments",
        "/observations",
        "/compositions",
        "/announcements",
        "/evaluations",
    ];
    let code = if BY_ID.contains(&path) { Code::DuplicateId } else { Code::DuplicateKey };
    let (key, line) = (shorten(key), first.line);
    mark.finding(code, msg!("`{key}` is already given in line {line}", "`{key}`在第{line}行已经出现"))
        .at(path)
        .help(msg!("rename one of the two or remove it", "请改名或删去其中一个"))
}

struct Builder<'a> {
    lines: &'a Lines<'a>,
    nodes: usize,
    findings: Findings,
    duplicates: Findings,
}

impl Builder<'_> {
    /// The parser bounds the depth at 512, so this recursion is bounded too.
    fn node(&mut self, value: &Value<'_>, depth: usize) -> Node {
        self.build(value, depth, &mut String::new())
    }

    /// The parser lets line breaks and tabs stand in strings; JSON does not.
    fn refuse_raw_control(&mut self, start: usize, end: usize) {
        let raw = self.lines.text().get(start..end).unwrap_or_default();
        if let Some(at) = raw.find(['\n', '\r', '\t']) {
            let mark = self.lines.mark(start + at, start + at + 1);
            let message = msg!(
                "not well-formed JSON: line breaks and tabs in a string are written `\\n` and `\\t`",
                "JSON格式有误:字符串中的换行和制表符要写作`\\n`和`\\t`"
            );
            self.findings.push(
                mark.finding(Code::BadSyntax, message)
                    .help(msg!("write `\\n` or `\\t`, or use YAML for long texts", "请写作`\\n`或`\\t`,长文本可用YAML")),
            );
        }
    }

    fn build(&mut self, value: &Value<'_>, depth: usize, path: &mut String) -> Node {
        let mark = self.lines.mark(value.start(), value.end());
        self.nodes += 1;
        if self.nodes == MAX_NODES + 1 {
            self.findings.push(too_many());
        }
        let too_far = depth == MAX_DEPTH && matches!(value, Value::Array(_) | Value::Object(_));
        if too_far && !self.findings.has_errors() {
            self.findings.push(too_deep(mark));
        }
        if too_far || self.nodes > MAX_NODES {
            return Node { kind: Kind::Null, mark };
        }
        let scalar = |text: &str| Kind::Scalar { text: text.to_owned() };
        let kind = match value {
            Value::NullKeyword(_) => Kind::Null,
            Value::StringLit(lit) => {
                self.refuse_raw_control(lit.start(), lit.end());
                scalar(&lit.value)
            }
            Value::NumberLit(lit) => scalar(lit.value),
            Value::BooleanLit(lit) => scalar(if lit.value { "true" } else { "false" }),
            Value::Array(array) => {
                let mut items = Vec::with_capacity(array.elements.len());
                for (index, item) in array.elements.iter().enumerate() {
                    let length = path.len();
                    super::read::push_segment(path, &index.to_string());
                    items.push(self.build(item, depth + 1, path));
                    path.truncate(length);
                }
                Kind::List(items)
            }
            Value::Object(object) => {
                let mut pairs: Vec<(String, Mark, Node)> = Vec::with_capacity(object.properties.len());
                let mut seen = std::collections::HashMap::new();
                for property in &object.properties {
                    let key = match &property.name {
                        ObjectPropName::String(lit) => lit.value.to_string(),
                        ObjectPropName::Word(lit) => lit.value.to_owned(),
                    };
                    let key_mark = self.lines.mark(property.name.start(), property.name.end());
                    self.refuse_raw_control(property.name.start(), property.name.end());
                    if is_long_key(&key) {
                        self.findings.push(long_key(&key, key_mark));
                        continue;
                    }
                    let first = *seen.entry(key.clone()).or_insert(key_mark);
                    if first != key_mark {
                        self.duplicates.push(duplicate_key(&key, key_mark, first, path));
                    }
                    let length = path.len();
                    super::read::push_segment(path, &key);
                    let value = self.build(&property.value, depth + 1, path);
                    path.truncate(length);
                    if first == key_mark {
                        pairs.push((key, key_mark, value));
                    }
                }
                Kind::Map(pairs)
            }
        };
        Node { kind, mark }
    }
}
