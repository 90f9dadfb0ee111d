//! The small types that all documents are built from.

use std::borrow::Cow;
use std::fmt;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::ser::{Serialize, Serializer};

use super::node::{Kind, Node};
use super::read::{Read, Reader, impl_scalar, problem};
use crate::finding::Code;
use crate::text::{Lang, Message, msg, shorten};

/// The name by which other parts of the document refer to something.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(String);

impl Id {
    /// The id of a text, as it stands.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl_scalar!(Id, "Id" = { "description": "An id or a name of the plan's own.", "pattern": NOT_BLANK, "maxLength": 200 }, |text| {
    if is_blank(text) || text.chars().count() > 200 {
        return Err(problem(Code::BadValue, not_an_id(text)).help(any_id()));
    }
    Ok(Id(text.to_owned()))
});

/// What an id must hold, for the schema. Spelt out, since `\\s` is another set of characters in
/// every language.
const NOT_BLANK: &str = "[^ \t\r\n\u{3000}]";

fn is_blank(text: &str) -> bool {
    text.chars().all(|c| matches!(c, ' ' | '\t' | '\r' | '\n' | '\u{3000}'))
}

fn not_an_id(text: &str) -> Message {
    let shown = shorten(text);
    msg!("`{shown}` cannot be an id", "`{shown}`不能作为标识")
}

fn any_id() -> Message {
    msg!("write a short name, such as `rd` or `研发`, of at most 200 characters", "请写简短的名称,如`rd`或`研发`,不超过200个字符")
}

/// A text in the plan's language, or in several: `{ en: …, zh: … }`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// In the plan's language.
    Plain(String),
    /// By language tag.
    ByLang(IndexMap<String, String>),
}

impl Text {
    /// The text in a language, or in whatever language there is.
    pub fn get(&self, lang: Lang) -> &str {
        match self {
            Self::Plain(text) => text,
            Self::ByLang(texts) => texts.get(lang.as_str()).or_else(|| texts.values().next()).map_or("", String::as_str),
        }
    }
}

impl Text {
    /// The texts of all languages.
    pub(crate) fn all(&self) -> Vec<&str> {
        match self {
            Self::Plain(text) => vec![text],
            Self::ByLang(texts) => texts.values().map(String::as_str).collect(),
        }
    }

    /// Whether this is how it is called, in whichever language.
    pub(crate) fn is(&self, name: &str) -> bool {
        match self {
            Self::Plain(text) => text == name,
            Self::ByLang(texts) => texts.values().any(|text| text == name),
        }
    }
}

impl Read for Text {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let Kind::Map(pairs) = &node.kind else {
            return reader.scalar(node).map(|text| Self::Plain(text.to_owned()));
        };
        let read = |(key, _, value): &(String, _, Node), reader: &mut Reader| {
            let text = reader.within(key, |reader| reader.scalar(value).map(str::to_owned))?;
            Some((key.clone(), text))
        };
        let texts: Vec<_> = pairs.iter().map(|pair| read(pair, reader)).collect();
        texts.into_iter().collect::<Option<_>>().map(Self::ByLang)
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Plain(text) => serializer.serialize_str(text),
            Self::ByLang(texts) => texts.serialize(serializer),
        }
    }
}

impl JsonSchema for Text {
    fn schema_name() -> Cow<'static, str> {
        "Text".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "description": "A text in the plan's language, or one by language: `{ en: …, zh: … }`.", "anyOf": [
            { "type": ["string", "number", "boolean"] },
            { "type": "object", "additionalProperties": { "type": ["string", "number", "boolean"] } }
        ] })
    }
}

/// One value or a list of them; absent is an empty list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Many<T>(Vec<T>);

impl<T> Default for Many<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> std::ops::Deref for Many<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T> From<Vec<T>> for Many<T> {
    fn from(items: Vec<T>) -> Self {
        Self(items)
    }
}

impl<'a, T> IntoIterator for &'a Many<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T: Read> Read for Many<T> {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let Kind::List(items) = &node.kind else {
            return T::read(node, reader).map(|item| Self(vec![item]));
        };
        let (mut read, mut is_whole) = (Vec::with_capacity(items.len()), true);
        for (index, item) in items.iter().enumerate() {
            match reader.within(&index.to_string(), |reader| T::read(item, reader)) {
                Some(item) => read.push(item),
                None => is_whole = false,
            }
        }
        is_whole.then_some(Self(read))
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }

    fn is_absent(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: Serialize> Serialize for Many<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.as_slice() {
            [one] => one.serialize(serializer),
            items => items.serialize(serializer),
        }
    }
}

impl<T: JsonSchema> JsonSchema for Many<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("Many{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let item = generator.subschema_for::<T>();
        json_schema!({ "anyOf": [item, { "type": "array", "items": item }] })
    }
}

/// Things by id, in the order they are written.
#[derive(Clone, Debug, PartialEq)]
pub struct Map<T>(IndexMap<String, T>);

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self(IndexMap::new())
    }
}

impl<T> std::ops::Deref for Map<T> {
    type Target = IndexMap<String, T>;
    fn deref(&self) -> &IndexMap<String, T> {
        &self.0
    }
}

impl<T> FromIterator<(String, T)> for Map<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(items: I) -> Self {
        Self(items.into_iter().collect())
    }
}

impl<'a, T> IntoIterator for &'a Map<T> {
    type Item = (&'a String, &'a T);
    type IntoIter = indexmap::map::Iter<'a, String, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T: Read> Read for Map<T> {
    fn read(node: &Node, reader: &mut Reader) -> Option<Self> {
        let Kind::Map(pairs) = &node.kind else {
            reader.wrong_type(node, "a map by id", "以标识为键的映射");
            return None;
        };
        let (mut read, mut is_whole) = (IndexMap::with_capacity(pairs.len()), true);
        for (key, mark, value) in pairs {
            let item = reader.within(key, |reader| {
                // Nothing could refer to it.
                if is_blank(key) {
                    reader.report_with_help(*mark, Code::BadValue, not_an_id(key), any_id());
                }
                T::read(value, reader)
            });
            match item {
                Some(item) => {
                    read.insert(key.clone(), item);
                }
                None => is_whole = false,
            }
        }
        is_whole.then_some(Self(read))
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }

    fn is_absent(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: Serialize> Serialize for Map<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<T: JsonSchema> JsonSchema for Map<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("MapOf{}", T::schema_name()).into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let item = generator.subschema_for::<T>();
        json_schema!({ "type": "object", "propertyNames": { "pattern": NOT_BLANK }, "additionalProperties": item })
    }
}
