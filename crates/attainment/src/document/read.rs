//! Nodes to types, all problems at once.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde_json::{Value, json};

use super::node::{Kind, Mark, Node};
use crate::finding::{Code, Finding, Findings};
use crate::text::{Message, msg, shorten};

/// A type that a node can be read into.
///
/// `read` returns `None` after it has reported why; the rest of the document is still read.
pub(crate) trait Read: JsonSchema + Sized {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self>;

    /// The schema of the value of a key that is present.
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<Self>()
    }

    /// The value of an absent key; `None` makes the key required.
    fn absent() -> Option<Self> {
        None
    }

    /// Whether the value is written at all.
    fn is_absent(&self) -> bool {
        false
    }
}

impl<T: Read> Read for Option<T> {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        T::read(node, reader).map(Some)
    }

    /// An optional key may be absent; `null` is not a way to write that.
    fn schema(generator: &mut SchemaGenerator) -> Schema {
        T::schema(generator)
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Read> Read for Box<T> {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        T::read(node, reader).map(Box::new)
    }
}

/// The place in the document and the findings so far.
pub(crate) struct Reader {
    path: String,
    pub(crate) findings: Findings,
}

impl Reader {
    pub(crate) fn new(findings: Findings) -> Self {
        Self { path: String::new(), findings }
    }

    pub(crate) fn report(&mut self, mark: Mark, code: Code, message: Message) {
        self.findings.push(mark.finding(code, message).at(self.path.clone()));
    }

    pub(crate) fn report_with_help(&mut self, mark: Mark, code: Code, message: Message, help: Message) {
        self.findings.push(mark.finding(code, message).at(self.path.clone()).help(help));
    }

    /// Runs `read` one level down.
    pub(crate) fn within<T>(&mut self, segment: &str, read: impl FnOnce(&mut Self) -> T) -> T {
        let length = self.enter(segment);
        let result = read(self);
        self.path.truncate(length);
        result
    }

    /// Goes one level down; gives the length of the path before. Apart, so that it is there once and not
    /// once for each type that is read.
    #[inline(never)]
    fn enter(&mut self, segment: &str) -> usize {
        let length = self.path.len();
        push_segment(&mut self.path, segment);
        length
    }

    pub(crate) fn wrong_type(&mut self, node: &Node, want_en: &str, want_zh: &str) {
        let (en, zh) = match &node.kind {
            Kind::Null => ("nothing".to_owned(), "空".to_owned()),
            Kind::Scalar { text, .. } => (format!("`{}`", shorten(text)), format!("`{}`", shorten(text))),
            Kind::List(_) => ("a list".to_owned(), "列表".to_owned()),
            Kind::Map(_) => ("a map".to_owned(), "映射".to_owned()),
        };
        let help = match node.kind {
            Kind::Null => msg!("write {want_en}, or remove the key", "请写{want_zh},或删去该键"),
            _ => {
                msg!("write {want_en} here; `docs/format.md` has examples of every key", "请在此处写{want_zh};各键的示例见`docs/format.md`")
            }
        };
        self.report_with_help(node.mark, Code::WrongType, msg!("expected {want_en}, found {en}", "应为{want_zh},实为{zh}"), help);
    }

    /// The text of a scalar, whatever the format takes it for.
    pub(crate) fn scalar<'n>(&mut self, node: &'n Node) -> Option<&'n str> {
        match &node.kind {
            Kind::Scalar { text, .. } => Some(text),
            _ => {
                self.wrong_type(node, "a text or a number", "文本或数字");
                None
            }
        }
    }
}

pub(crate) fn push_segment(path: &mut String, segment: &str) {
    path.push('/');
    path.push_str(&segment.replace('~', "~0").replace('/', "~1"));
}

/// Says which keys go together; checked by the reader and written into the schema.
#[derive(Clone, Copy)]
pub(crate) enum Rule {
    /// One of these keys, and not two.
    ExactlyOne(&'static [&'static str]),
    /// One of these keys or several.
    AtLeastOne(&'static [&'static str]),
    /// At most one of these keys.
    AtMostOne(&'static [&'static str]),
    /// With the first key one of the others is needed; without it none may stand.
    OneWith(&'static str, &'static [&'static str]),
}

pub(crate) fn check_rules(rules: &[Rule], pairs: &[(String, Mark, Node)], mark: Mark, reader: &mut Reader) {
    let present = |keys: &[&str]| -> Vec<String> {
        pairs.iter().filter(|(key, ..)| keys.contains(&key.as_str())).map(|(key, ..)| format!("`{key}`")).collect()
    };
    for rule in rules {
        let (keys, least, most, because) = match rule {
            Rule::ExactlyOne(keys) => (keys, 1, 1, None),
            Rule::AtLeastOne(keys) => (keys, 1, usize::MAX, None),
            Rule::AtMostOne(keys) => (keys, 0, 1, None),
            Rule::OneWith(with, keys) => {
                let count = usize::from(!present(&[with]).is_empty());
                (keys, count, count, Some(with))
            }
        };
        let found = present(keys);
        if (least..=most).contains(&found.len()) {
            continue;
        }
        let all = keys.join("`, `");
        let (en, zh) = if found.is_empty() {
            ("none is".to_owned(), "一个也没有".to_owned())
        } else {
            (format!("found {}", found.join(", ")), format!("现有{}", found.join("、")))
        };
        let message = match (because, most) {
            (Some(with), 0) => msg!("without `{with}` none of `{all}` may stand; {en}", "没有`{with}`就不能有`{all}`;{zh}"),
            (Some(with), _) => msg!("with `{with}` exactly one of `{all}` is needed; {en}", "有`{with}`就要在`{all}`中恰选其一;{zh}"),
            (None, usize::MAX) => msg!("at least one of `{all}` is needed; {en}", "`{all}`中至少要有其一;{zh}"),
            (None, _) if least == 0 => msg!("at most one of `{all}` may stand; {en}", "`{all}`中至多选一;{zh}"),
            (None, _) => msg!("exactly one of `{all}` is needed; {en}", "要在`{all}`中恰选其一;{zh}"),
        };
        let help = match (found.is_empty(), because, most) {
            (true, ..) => msg!("add one of `{all}`", "请写`{all}`之一"),
            (_, Some(with), 0) => msg!("add `{with}`, or remove {}", "请写`{with}`,或删去{}", found.join(", ")),
            _ => msg!("keep one and remove the others", "请只留其一,删去其余"),
        };
        reader.report_with_help(mark, Code::ExactlyOne, message, help);
    }
}

/// The same rules for the schema.
pub(crate) fn rules_schema(rules: &[Rule]) -> Vec<Value> {
    let one = |keys: &[&str]| json!({ "oneOf": keys.iter().map(|key| json!({ "required": [key] })).collect::<Vec<_>>() });
    let none = |keys: &[&str]| json!({ "not": { "anyOf": keys.iter().map(|key| json!({ "required": [key] })).collect::<Vec<_>>() } });
    rules
        .iter()
        .map(|rule| match rule {
            Rule::ExactlyOne(keys) => one(keys),
            Rule::AtLeastOne(keys) => json!({ "anyOf": keys.iter().map(|key| json!({ "required": [key] })).collect::<Vec<_>>() }),
            Rule::AtMostOne(keys) => json!({ "oneOf": [one(keys), none(keys)] }),
            Rule::OneWith(with, keys) => json!({ "if": { "required": [with] }, "then": one(keys), "else": none(keys) }),
        })
        .collect()
}

/// Hands out the fields of a map by name and reports the ones nobody asked for.
pub(crate) fn read_fields<'n>(
    node: &'n Node,
    names: &'static [&'static str],
    rules: &[Rule],
    reader: &mut Reader,
) -> Option<impl Fn(&str) -> Option<&'n Node> + use<'n>> {
    let Kind::Map(pairs) = &node.kind else {
        reader.wrong_type(node, "a map", "映射");
        return None;
    };
    for (key, mark, _) in pairs {
        if !names.contains(&key.as_str()) {
            // A suggestion costs more than a finding, and one that is only counted needs none.
            let near = if reader.findings.is_full(Code::UnknownKey) { None } else { nearest_word(key, names) };
            let shown = shorten(key);
            let message = msg!("unknown key `{shown}`", "没有键`{shown}`");
            let help = match near {
                Some(near) => msg!("did you mean `{near}`?", "是否为`{near}`?"),
                // In a map on one line a comma ends the value, and the rest of the text becomes a key.
                None if !key.is_ascii() => msg!("quote a text that contains a comma", "含逗号的文本要加引号"),
                None => msg!("known keys: {}", "可用的键:{}", names.join(", ")),
            };
            reader.within(key, |reader| reader.report_with_help(*mark, Code::UnknownKey, message, help));
        }
    }
    check_rules(rules, pairs, node.mark, reader);
    Some(move |name: &str| pick(pairs, name))
}

#[inline(never)]
fn pick<'n>(pairs: &'n [(String, Mark, Node)], name: &str) -> Option<&'n Node> {
    pairs.iter().find(|(key, ..)| key == name).map(|(.., value)| value)
}

/// The known word that a misspelt one most likely stands for.
///
/// Long words and long lists are left alone: the comparison takes the product of both lengths.
pub(crate) fn nearest_word<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    if word.len() > 200 || known.len() > 1000 {
        return None;
    }
    known
        .iter()
        .map(|candidate| (strsim::normalized_damerau_levenshtein(&word.to_lowercase(), candidate), *candidate))
        .filter(|(similarity, _)| *similarity > 0.5)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

pub(crate) fn read_field<T: Read>(name: &str, found: Option<&Node>, mark: Mark, reader: &mut Reader) -> Option<T> {
    match found {
        Some(node) => reader.within(name, |reader| T::read(node, reader)),
        None => T::absent().or_else(|| {
            report_missing(name, mark, reader);
            None
        }),
    }
}

#[inline(never)]
fn report_missing(name: &str, mark: Mark, reader: &mut Reader) {
    let help = msg!("add `{name}:` here", "请在此处写`{name}:`");
    reader.report_with_help(mark, Code::MissingKey, msg!("the key `{name}` is missing", "缺少键`{name}`"), help);
}

/// Declares a map of the document: its type, its reader, its writer and its schema.
///
/// A field of type `Option`, `Many` or `Map` may be absent; every other field is required.
macro_rules! document {
    (
        $(#[doc = $doc:literal])*
        pub struct $name:ident {
            $( $(#[doc = $field_doc:literal])* $field:ident $(as $key:literal)?: $type:ty, )*
        }
        $(rules: [$($rule:expr),* $(,)?])?
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub struct $name {
            $( $(#[doc = $field_doc])* pub $field: $type, )*
        }

        impl $name {
            const KEYS: &'static [&'static str] = &[$( $crate::document::document!(@key $field $($key)?) ),*];
            const RULES: &'static [$crate::document::Rule] = &[$($($rule),*)?];
        }

        impl $crate::document::Read for $name {
            fn read(node: &$crate::document::Node, reader: &mut $crate::document::Reader) -> Option<Self> {
                let field = $crate::document::read_fields(node, Self::KEYS, Self::RULES, reader)?;
                $(
                    let $field = {
                        let key = $crate::document::document!(@key $field $($key)?);
                        $crate::document::read::read_field(key, field(key), node.mark, reader)
                    };
                )*
                Some(Self { $( $field: $field?, )* })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap;
                let mut map = serializer.serialize_map(None)?;
                $(
                    if !$crate::document::Read::is_absent(&self.$field) {
                        map.serialize_entry($crate::document::document!(@key $field $($key)?), &self.$field)?;
                    }
                )*
                map.end()
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
                let mut properties = serde_json::Map::new();
                let mut required: Vec<serde_json::Value> = Vec::new();
                $(
                    let key = $crate::document::document!(@key $field $($key)?);
                    let schema = $crate::document::read::described(<$type as $crate::document::Read>::schema(generator), concat!($($field_doc, "\n"),*));
                    properties.insert(key.to_owned(), schema);
                    if <$type as $crate::document::Read>::absent().is_none() {
                        required.push(key.into());
                    }
                )*
                $crate::document::read::map_schema(properties, required, Self::RULES, concat!($($doc, "\n"),*))
            }
        }
    };
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
}
pub(crate) use document;

pub(crate) fn described(schema: Schema, doc: &str) -> Value {
    let mut value = schema.to_value();
    if let Value::Object(object) = &mut value {
        object.insert("description".to_owned(), doc_text(doc).into());
    }
    value
}

pub(crate) fn map_schema(properties: serde_json::Map<String, Value>, required: Vec<Value>, rules: &[Rule], doc: &str) -> Schema {
    let mut schema = json!({ "description": doc_text(doc), "type": "object", "properties": properties, "additionalProperties": false });
    if !required.is_empty() {
        schema["required"] = Value::Array(required);
    }
    let rules = rules_schema(rules);
    if !rules.is_empty() {
        schema["allOf"] = Value::Array(rules);
    }
    Schema::try_from(schema).unwrap_or_default()
}

/// Doc comments as one paragraph per blank line, without the links of rustdoc.
fn doc_text(doc: &str) -> String {
    let lines: Vec<_> = doc.lines().map(str::trim).collect();
    let paragraphs: Vec<_> = lines.split(|line| line.is_empty()).map(|lines| lines.join(" ")).collect();
    paragraphs.join("\n\n").trim().replace("[`", "`").replace("`]", "`")
}

/// Declares an enum of words: the type, its text form, its reader, writer and schema.
macro_rules! words {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $( $(#[$variant_meta:meta])* $variant:ident = $word:literal $(| $alias:literal)*, )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $( $(#[$variant_meta])* $variant, )* }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word for it, as documents and records write it.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// Reads the word.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word $(| $alias)* => Some(Self::$variant),)* _ => None }
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::UnknownWord;

            fn from_str(word: &str) -> Result<Self, $crate::UnknownWord> {
                Self::from_word(word).ok_or_else(|| $crate::UnknownWord::new(word))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl $crate::document::Read for $name {
            fn read(node: &$crate::document::Node, reader: &mut $crate::document::Reader) -> Option<Self> {
                let text = reader.scalar(node)?;
                let found = Self::from_word(text);
                if found.is_none() {
                    let known: Vec<&str> = Self::ALL.iter().map(|value| value.as_str()).collect();
                    $crate::document::read::report_bad_word(node, text, &known, reader);
                }
                found
            }
        }

        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "enum": [$($word, $($alias,)*)*] })
            }
        }
    };
}
pub(crate) use words;

pub(crate) fn report_bad_word(node: &Node, text: &str, known: &[&str], reader: &mut Reader) {
    let (message, help) = bad_word(text, known);
    reader.report_with_help(node.mark, Code::BadValue, message, help);
}

/// The message and the help on a word that is none of those known.
pub(crate) fn bad_word(text: &str, known: &[&str]) -> (Message, Message) {
    let shown = shorten(text);
    let help = match nearest_word(text, known) {
        Some(near) => msg!("did you mean `{near}`?", "是否为`{near}`?"),
        None => msg!("known words: {}", "可用的词:{}", known.join(", ")),
    };
    (msg!("`{shown}` is not known here", "此处没有`{shown}`这个词"), help)
}

/// Declares that a type is written as one scalar and read by a function of its text.
///
/// What stands after the name is added to its schema.
macro_rules! impl_scalar {
    ($type:ty, $name:literal $(= $schema:tt)?, $parse:expr) => {
        impl $crate::document::Read for $type {
            fn read(node: &$crate::document::Node, reader: &mut $crate::document::Reader) -> Option<Self> {
                let text = reader.scalar(node)?;
                let parse: fn(&str) -> Result<$type, $crate::finding::Finding> = $parse;
                parse(text)
                    .map_err(|problem| match problem.help {
                        Some(help) => reader.report_with_help(node.mark, problem.code, problem.message, help),
                        None => reader.report(node.mark, problem.code, problem.message),
                    })
                    .ok()
            }
        }

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl schemars::JsonSchema for $type {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                #[allow(unused_mut)]
                let mut schema = schemars::json_schema!({ "type": ["string", "number", "boolean"] });
                $( schema.ensure_object().extend(schemars::json_schema!($schema).ensure_object().clone()); )?
                schema
            }
        }
    };
}
pub(crate) use impl_scalar;

/// A finding without a place yet, for [`impl_scalar`].
pub(crate) fn problem(code: Code, message: Message) -> Finding {
    Finding::new(code, message)
}
