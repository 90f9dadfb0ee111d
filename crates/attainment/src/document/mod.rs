//! Documents: text to a tree of nodes with places, nodes to types, types back to text.
//!
//! JSON and YAML are read into the same tree, which keeps every scalar as it was written. The
//! types of a document are declared once with [`document!`]; the reader, the writer and the JSON
//! Schema come from that declaration, so they cannot disagree.

mod json;
mod node;
pub(crate) mod read;
mod types;
mod write;
mod yaml;

pub(crate) use node::{Kind, Node};
pub(crate) use read::{Read, Reader, Rule, bad_word, document, impl_scalar, nearest_word, push_segment, read_fields, words};
pub use types::{Id, Many, Map, Text};
pub(crate) use write::{to_json, to_yaml};

use crate::finding::{Code, Finding, Findings};
use crate::text::msg;

/// Largest text that is read, in bytes.
pub const MAX_BYTES: usize = 32 << 20;
/// Deepest nesting of values.
pub const MAX_DEPTH: usize = 64;
/// Longest key of a map, in characters.
const MAX_KEY: usize = 200;
/// Most values in one document.
pub const MAX_NODES: usize = 2_000_000;

/// The version of the format that this library reads and writes.
pub const FORMAT_VERSION: &str = "1";

/// A text format of documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// JSON, the canonical form.
    Json,
    /// YAML, for writing by hand: the part of YAML 1.2 that has the structure of JSON.
    Yaml,
}

impl Format {
    /// The word for it: `json` or `yaml`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Yaml => "yaml",
        }
    }

    /// Reads the word, or a file name's ending.
    ///
    /// ```
    /// # use attainment::Format;
    /// assert_eq!(Format::from_name("plan.yml"), Some(Format::Yaml));
    /// assert_eq!(Format::from_name("toml"), None);
    /// ```
    pub fn from_name(name: &str) -> Option<Self> {
        match name.rsplit('.').next()?.to_ascii_lowercase().as_str() {
            "json" => Some(Self::Json),
            "yaml" | "yml" => Some(Self::Yaml),
            _ => None,
        }
    }
}

/// A text as a tree, with the keys that it gives twice; the first of the two is in the tree.
pub(crate) struct Parsed {
    pub(crate) root: Node,
    pub(crate) duplicates: Findings,
}

/// Reads a text into a tree; the findings say why where that is not possible.
pub(crate) fn parse(text: &str, format: Format) -> Result<Parsed, Vec<Finding>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    check_text(text)?;
    match format {
        Format::Json => json::parse(text),
        Format::Yaml => yaml::parse(text),
    }
}

/// A document that was read, with the tree it came from and its warnings.
pub(crate) struct Whole<T> {
    pub(crate) document: T,
    pub(crate) root: Node,
    pub(crate) warnings: Vec<Finding>,
}

/// Reads a tree as a document and checks it; what is already found is reported with the rest.
///
/// Every finding gets its place in the text. With an error among them there is no document.
pub(crate) fn read_whole<T: Read>(
    root: Node,
    findings: Findings,
    check: impl FnOnce(&T) -> Vec<Finding>,
) -> Result<Whole<T>, Vec<Finding>> {
    let mut reader = Reader::new(findings);
    let document = T::read(&root, &mut reader);
    let mut findings = reader.findings;
    if let Some(document) = &document {
        findings.extend(check(document));
    }
    let has_errors = findings.has_errors();
    // Finding a place takes a walk from the root, so only the findings that are kept get one.
    let mut warnings = findings.into_vec();
    for finding in warnings.iter_mut().filter(|finding| finding.line.is_none()) {
        root.nearest(&finding.path).mark.place(finding);
    }
    match document {
        Some(document) if !has_errors => Ok(Whole { document, root, warnings }),
        _ => Err(warnings),
    }
}

/// What is wrong with the version a document states.
pub(crate) fn version_finding(stated: &Id) -> Option<Finding> {
    let finding = || {
        Finding::new(
            Code::UnsupportedVersion,
            msg!("version `{stated}` of the format is not known; this library reads `1`", "不支持格式版本`{stated}`;本库读取版本`1`"),
        )
        .at("/attainment")
        .help(msg!("write `attainment: 1`, or use a newer version of the library", "请写`attainment: 1`,或改用更新的库"))
    };
    (stated.as_str() != FORMAT_VERSION).then(finding)
}

fn check_text(text: &str) -> Result<(), Vec<Finding>> {
    if text.len() > MAX_BYTES {
        let megabytes = MAX_BYTES >> 20;
        return Err(vec![
            Finding::new(
                Code::TooLarge,
                msg!("the text has {} bytes, more than {megabytes} MiB", "文本有{}字节,超过{megabytes} MiB", text.len()),
            )
            .help(msg!("move observations and targets of many areas into tables", "把大量实绩和分地区目标放到表格中")),
        ]);
    }
    if text.trim().is_empty() {
        return Err(vec![json::empty()]);
    }
    let control = text.char_indices().find(|(_, c)| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{85}'));
    if let Some((byte, c)) = control {
        let mark = node::Lines::new(text).mark(byte, byte + c.len_utf8());
        let code = u32::from(c);
        return Err(vec![
            mark.finding(Code::ControlCharacter, msg!("the text holds the control character U+{code:04X}", "文本含控制字符 U+{code:04X}"))
                .help(msg!("save the file as UTF-8 text", "请以UTF-8文本保存")),
        ]);
    }
    Ok(())
}
