//! JSON in, JSON out, and errors.

use attainment::serde_json::{self, Map, Value, json};
use attainment::{Cell, Code, Error, Finding, Format, Lang, Message};
use wasm_bindgen::JsValue;

/// What a function here gives back, or the JSON text of an error.
pub(crate) type Answer<T> = Result<T, JsValue>;

/// A result as JSON text.
///
/// It becomes a value first: so every type has one serialiser and not one for each way to write it.
pub(crate) fn to_json<T: serde::Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_value(value).unwrap_or_default().to_string()
}

/// Findings as JSON text.
pub(crate) fn findings(findings: &[Finding]) -> String {
    to_json(findings)
}

/// An error of the core as what is thrown: its family, its words and its findings.
pub(crate) fn thrown(error: Error) -> JsValue {
    let family = match &error {
        Error::Parse(_) => "ParseError",
        Error::Plan(_) => "PlanError",
        Error::Input(_) => "InputError",
        _ => "AssessError",
    };
    let code = error.code().map(|code| code.as_str());
    let findings = serde_json::to_value(error.findings()).unwrap_or_default();
    JsValue::from_str(&json!({ "family": family, "code": code, "message": error.to_string(), "findings": findings }).to_string())
}

/// A value of JSON as a cell. Numbers come as JavaScript writes them: in their shortest text.
pub(crate) fn cell(value: &Value) -> Cell {
    match value {
        Value::Null => Cell::Empty,
        Value::Bool(truth) => (*truth).into(),
        Value::String(text) => text.as_str().into(),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Cell::Int(whole),
            (None, Some(float)) => Cell::Float(float),
            _ => Cell::Text(number.to_string()),
        },
        // What is no cell is refused, with its place, by whoever reads it.
        other => Cell::Text(other.to_string()),
    }
}

/// A list of cells in JSON text.
pub(crate) fn cells(text: &str) -> Vec<Cell> {
    match serde_json::from_str(text) {
        Ok(Value::Array(items)) => items.iter().map(cell).collect(),
        _ => Vec::new(),
    }
}

/// The name of a format.
pub(crate) fn format(name: &str) -> Answer<Format> {
    Format::from_name(name).ok_or_else(|| thrown(Error::Input(vec![bad_word("format", name, &["yaml", "json"])])))
}

/// The tag of a language; English where none is given.
pub(crate) fn lang(tag: Option<String>) -> Answer<Lang> {
    let Some(tag) = tag else { return Ok(Lang::En) };
    Lang::from_tag(&tag).ok_or_else(|| thrown(Error::Input(vec![bad_word("lang", &tag, &["en", "zh"])])))
}

fn bad_word(name: &str, word: &str, known: &[&str]) -> Finding {
    let known: Vec<String> = known.iter().map(|word| format!("`{word}`")).collect();
    let message = Message { en: format!("`{word}` is no `{name}`"), zh: format!("`{word}`不能作为`{name}`") };
    let help = Message { en: format!("one of {}", known.join(", ")), zh: format!("可用{}", known.join("、")) };
    Finding::new(Code::BadValue, message).at(format!("/{name}")).help(help)
}

/// The options of a call: every one is taken once, and what is left at the end is not known.
pub(crate) struct Options {
    map: Map<String, Value>,
    findings: Vec<Finding>,
}

impl Options {
    /// Reads options out of JSON text that the face wrote.
    pub(crate) fn new(text: &str) -> Self {
        match serde_json::from_str(text) {
            Ok(Value::Object(map)) => Self { map, findings: Vec::new() },
            _ => Self { map: Map::new(), findings: Vec::new() },
        }
    }

    /// An option, unless it is absent or null.
    pub(crate) fn take(&mut self, name: &str) -> Option<Value> {
        self.map.shift_remove(name).filter(|value| !value.is_null())
    }

    /// A list, or one value for a list of one.
    pub(crate) fn list(&mut self, name: &str) -> Vec<Value> {
        match self.take(name) {
            None => Vec::new(),
            Some(Value::Array(items)) => items,
            Some(single) => vec![single],
        }
    }

    /// A text.
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        match self.take(name)? {
            Value::String(text) => Some(text),
            other => {
                self.wrong(name, &other, "a text", "文本");
                None
            }
        }
    }

    /// Texts: a list, or one.
    pub(crate) fn texts(&mut self, name: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for value in self.list(name) {
            match value {
                Value::String(text) => texts.push(text),
                other => self.wrong(name, &other, "a text", "文本"),
            }
        }
        texts
    }

    /// Yes or no.
    pub(crate) fn truth(&mut self, name: &str) -> Option<bool> {
        match self.take(name)? {
            Value::Bool(truth) => Some(truth),
            other => {
                self.wrong(name, &other, "`true` or `false`", "`true`或`false`");
                None
            }
        }
    }

    /// A whole number.
    pub(crate) fn whole(&mut self, name: &str) -> Option<i64> {
        let value = self.take(name)?;
        let whole = value.as_i64();
        if whole.is_none() {
            self.wrong(name, &value, "a whole number", "整数");
        }
        whole
    }

    /// A word of an enum.
    pub(crate) fn word<T>(&mut self, name: &str, read: impl Fn(&str) -> Option<T>, known: &[&str]) -> Option<T> {
        let text = self.text(name)?;
        let word = read(&text);
        if word.is_none() {
            self.findings.push(bad_word(name, &text, known));
        }
        word
    }

    /// Whether an option is absent.
    pub(crate) fn is_absent(&self, name: &str) -> bool {
        self.map.get(name).is_none_or(Value::is_null)
    }

    /// A language; English where none is given.
    pub(crate) fn lang(&mut self) -> Lang {
        self.word("lang", Lang::from_tag, &["en", "zh"]).unwrap_or_default()
    }

    /// Says that an option is of the wrong type.
    pub(crate) fn wrong(&mut self, name: &str, value: &Value, en: &str, zh: &str) {
        let shown: String = value.to_string().chars().take(60).collect();
        let message = Message { en: format!("`{name}` is {en}, not `{shown}`"), zh: format!("`{name}`应为{zh},而不是`{shown}`") };
        self.findings.push(Finding::new(Code::WrongType, message).at(format!("/{name}")));
    }

    /// Says what else is wrong.
    pub(crate) fn report(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.findings.extend(findings);
    }

    /// Refuses what is wrong and what nobody asked for.
    pub(crate) fn finish(mut self) -> Answer<()> {
        for name in self.map.keys() {
            let message = Message { en: format!("there is no option `{name}`"), zh: format!("没有选项`{name}`") };
            self.findings.push(Finding::new(Code::UnknownKey, message).at(format!("/{name}")));
        }
        if self.findings.is_empty() { Ok(()) } else { Err(thrown(Error::Input(self.findings))) }
    }
}
