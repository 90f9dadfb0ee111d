//! The types of the npm package: documents out of their JSON Schemas, results out of their Rust
//! declarations, each with its words. `bindings/wasm/src/types.ts` is what comes out, and a test says
//! when it is stale.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::{Map, Value};

use crate::npm::SCHEMAS;

/// Where the types are.
pub(crate) const FILE: &str = "bindings/wasm/src/types.ts";

/// Results: where they are declared, their names there, and what they are called in TypeScript where
/// a class has the name.
const RESULTS: &[(&str, &[(&str, &str)])] = &[
    ("text.rs", &[("Message", "")]),
    ("verdict/mod.rs", &[("Verdict", ""), ("Attained", ""), ("Quality", "")]),
    ("verdict/pace.rs", &[("Pace", ""), ("ScheduledPace", "")]),
    ("plan/task.rs", &[("Override", "")]),
    ("plan/diff.rs", &[("Change", "")]),
    ("plan/merge.rs", &[("Choice", "")]),
    ("assess/disagreement.rs", &[("Disagreement", ""), ("View", "")]),
    ("assess/outlook.rs", &[("Outlook", "")]),
    ("cascade/mod.rs", &[("CascadePart", ""), ("LeftOut", "")]),
    ("cascade/check.rs", &[("WholeCheck", ""), ("PartCheck", "")]),
    ("cascade/roll_up.rs", &[("RolledWhole", ""), ("RolledPart", "")]),
    ("trace.rs", &[("Step", "")]),
    ("explain.rs", &[("Explanation", "VerdictExplanation")]),
    ("score/explain.rs", &[("ScoreExplanation", "")]),
    ("score/card.rs", &[("Score", ""), ("PillarScore", ""), ("MissingScore", "")]),
    ("score/movement.rs", &[("Movement", ""), ("Growth", "")]),
    ("score/robust/mod.rs", &[("Robustness", "RobustnessData"), ("RankInterval", ""), ("Sensitivity", "")]),
    ("score/catalogue.rs", &[("SchemeInfo", "")]),
    ("method/info.rs", &[("MethodInfo", "")]),
];

/// Files with words that results and options use.
const WORDS: &[&str] = &[
    "verdict/words.rs",
    "verdict/compare.rs",
    "verdict/mod.rs",
    "verdict/pace.rs",
    "plan/diff.rs",
    "plan/task.rs",
    "plan/target.rs",
    "plan/indicator.rs",
    "plan/mod.rs",
    "method/info.rs",
    "score/card.rs",
    "chart/options.rs",
];

/// Names of the schemas that are names of JavaScript's own, or of classes of the package.
const RENAMED: &[(&str, &str)] =
    &[("Number", "NumberText"), ("Text", "TextByLang"), ("Link", "CaliberLink"), ("Scheme", "PlanScheme"), ("Unit", "UnitText")];

/// The types as TypeScript.
pub(crate) fn types(root: &Path) -> Result<String, String> {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for name in SCHEMAS {
        let text = read(&root.join(format!("docs/schema/{name}.schema.json")))?;
        let schema: Value = serde_json::from_str(&text).map_err(|error| format!("{name}: {error}"))?;
        let title: String = name.split('_').map(capital).collect();
        found.insert(format!("{title}Document"), declaration(&format!("{title}Document"), &schema)?);
        for (name, schema) in schema["$defs"].as_object().into_iter().flatten() {
            // What a plan holds as its scheme is the document of a scheme.
            if name != "SchemeDocument" {
                found.insert(renamed(name).to_owned(), declaration(renamed(name), schema)?);
            }
        }
    }
    let source = root.join("crates/attainment/src");
    for file in WORDS {
        for (name, text) in words(&read(&source.join(file))?) {
            found.entry(name).or_insert(text);
        }
    }
    for (file, names) in RESULTS {
        let text = read(&source.join(file))?;
        for (name, shown) in *names {
            let shown = if shown.is_empty() { name } else { shown };
            found.insert((*shown).to_owned(), structure(&text, name, shown).ok_or_else(|| format!("{file}: there is no struct {name}"))?);
        }
    }
    let mut out = String::from(
        "// Made by `cargo xtask generate` of the JSON Schemas and of the Rust declarations of results.\n\nimport type { Decimal, PaceReason, PeriodText } from \"./records.js\";\n\nexport type * from \"./records.js\";\n",
    );
    for text in found.values() {
        out += &format!("\n{text}");
    }
    Ok(out)
}

/// Compares the types with what they are made of.
pub(crate) fn check(root: &Path) -> Result<(), String> {
    let (have, want) = (read(&root.join(FILE))?, types(root)?);
    let differs = have.lines().zip(want.lines()).position(|(have, want)| have != want);
    match (have == want, differs) {
        (true, _) => Ok(()),
        (false, Some(line)) => Err(format!("{FILE}:{}: is stale; help: cargo xtask generate", line + 1)),
        (false, None) => Err(format!("{FILE}: is stale; help: cargo xtask generate")),
    }
}

/// Writes the types.
pub(crate) fn write(root: &Path) -> Result<(), String> {
    fs::write(root.join(FILE), types(root)?).map_err(|error| format!("cannot write {FILE}: {error}"))
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}

fn renamed(name: &str) -> &str {
    RENAMED.iter().find(|(theirs, _)| *theirs == name).map_or(name, |(_, ours)| *ours)
}

/// A comment, without the links of Rust.
fn comment(text: &str, indent: &str) -> String {
    let mut clean = text.replace("*/", "* /");
    for (open, close) in [("[`", "`]"), ("[", "]")] {
        // `[`Name`]` and `[word](Target)` are what they show.
        while let Some((start, end)) = clean.find(open).and_then(|start| Some((start, start + clean[start..].find(close)?))) {
            let shown = clean[start + open.len()..end].to_owned();
            let rest = &clean[end + close.len()..];
            let rest = rest.strip_prefix('(').and_then(|rest| rest.split_once(')')).map_or(rest, |(_, rest)| rest);
            let quoted = if open == "[`" { format!("`{shown}`") } else { format!("\u{1}{shown}\u{2}") };
            clean = format!("{}{quoted}{rest}", &clean[..start]);
        }
    }
    let clean = clean.replace('\u{1}', "[").replace('\u{2}', "]");
    let lines: Vec<&str> = clean.trim().lines().map(str::trim_end).collect();
    match lines.as_slice() {
        [] => String::new(),
        [one] => format!("{indent}/** {one} */\n"),
        lines => {
            let body: String = lines.iter().map(|line| format!("{indent} * {line}").trim_end().to_owned() + "\n").collect();
            format!("{indent}/**\n{body}{indent} */\n")
        }
    }
}

/// A named schema as a declaration.
fn declaration(name: &str, schema: &Value) -> Result<String, String> {
    let about = comment(schema["description"].as_str().unwrap_or_default(), "");
    if let (Some(fields), None) = (schema["properties"].as_object(), schema.get("anyOf")) {
        return Ok(format!("{about}export interface {name} {}\n", object(fields, schema, "")?));
    }
    Ok(format!("{about}export type {name} = {};\n", shape(schema, "")?))
}

/// The fields of an object.
fn object(fields: &Map<String, Value>, schema: &Value, indent: &str) -> Result<String, String> {
    let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let inner = format!("{indent}  ");
    let mut out = String::from("{\n");
    for (name, field) in fields {
        out += &comment(field["description"].as_str().unwrap_or_default(), &inner);
        let (mark, or) = if required.contains(&name.as_str()) { ("", "") } else { ("?", " | undefined") };
        let _ = writeln!(out, "{inner}{}{mark}: {}{or};", key(name), shape(field, &inner)?);
    }
    Ok(out + indent + "}")
}

fn key(name: &str) -> String {
    let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if plain { name.to_owned() } else { format!("{name:?}") }
}

/// A schema as a type.
fn shape(schema: &Value, indent: &str) -> Result<String, String> {
    if let Some(name) = schema["$ref"].as_str() {
        return Ok(renamed(name.trim_start_matches("#/$defs/")).to_owned());
    }
    if let Some(words) = schema["enum"].as_array() {
        return Ok(words.iter().map(Value::to_string).collect::<Vec<_>>().join(" | "));
    }
    for union in ["anyOf", "oneOf"] {
        // A `oneOf` beside properties says which of them go together; the reader checks that.
        if let (Some(parts), None) = (schema[union].as_array(), schema.get("properties")) {
            let parts = parts.iter().map(|part| shape(part, indent)).collect::<Result<Vec<_>, _>>()?;
            return Ok(parts.join(" | "));
        }
    }
    let single = |kind: &str| -> Result<String, String> {
        Ok(match kind {
            "string" => "string".to_owned(),
            "number" | "integer" => "number".to_owned(),
            "boolean" => "boolean".to_owned(),
            "null" => "null".to_owned(),
            "array" => {
                let item = shape(&schema["items"], indent)?;
                if item.contains([' ', '|']) { format!("readonly ({item})[]") } else { format!("readonly {item}[]") }
            }
            "object" => match (schema["properties"].as_object(), &schema["additionalProperties"]) {
                (Some(fields), _) => object(fields, schema, indent)?,
                (None, Value::Object(_)) => format!("{{ readonly [id: string]: {} }}", shape(&schema["additionalProperties"], indent)?),
                (None, _) => "{ readonly [id: string]: unknown }".to_owned(),
            },
            other => return Err(format!("a schema has the type {other}")),
        })
    };
    match &schema["type"] {
        Value::String(kind) => single(kind),
        Value::Array(kinds) => Ok(kinds.iter().filter_map(Value::as_str).map(single).collect::<Result<Vec<_>, _>>()?.join(" | ")),
        _ => Err(format!("a schema has no type: {schema}")),
    }
}

/// The enums of words that a file declares.
fn words(text: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for block in text.split("words! {\n").skip(1) {
        let block = block.split("\n}\n").next().unwrap_or_default();
        let (mut about, mut name, mut parts) = (String::new(), None, Vec::new());
        let mut doc = String::new();
        for line in block.lines().map(str::trim) {
            if let Some(line) = line.strip_prefix("///") {
                doc += line.trim();
                doc.push('\n');
            } else if let Some(rest) = line.strip_prefix("pub enum ") {
                name = Some(rest.trim_end_matches(" {").to_owned());
                about = prose(&std::mem::take(&mut doc));
            } else if let Some((_, word)) = line.split_once(" = ") {
                let word = word.split('"').nth(1).unwrap_or_default();
                parts.push(format!("{}  | {word:?}", comment(&prose(&std::mem::take(&mut doc)), "  ")));
            }
        }
        if let Some(name) = name {
            found.push((name.clone(), format!("{}export type {name} =\n{};\n", comment(&about, ""), parts.join("\n"))));
        }
    }
    found
}

/// A doc comment without its example.
fn prose(doc: &str) -> String {
    doc.split("```").next().unwrap_or_default().trim().to_owned()
}

/// A struct as an interface: its fields as they are serialised.
fn structure(text: &str, name: &str, shown: &str) -> Option<String> {
    let start = text.find(&format!("pub struct {name} {{\n"))?;
    let before: Vec<&str> =
        text[..start].lines().rev().map(str::trim).take_while(|line| line.starts_with("///") || line.starts_with("#[")).collect();
    let about: String = before.iter().rev().filter_map(|line| line.strip_prefix("///")).map(|line| line.trim().to_owned() + "\n").collect();
    let indent = text[..start].lines().last().map_or(0, |line| line.len() - line.trim_start().len());
    let end = start + text[start..].find(&format!("\n{}}}\n", " ".repeat(indent)))?;
    let mut out = format!("{}export interface {shown} {{\n", comment(&prose(&about), ""));
    let (mut doc, mut skips, mut rename, mut wants_default) = (String::new(), false, None, false);
    for line in text[start..end].lines().skip(1).map(str::trim) {
        if let Some(line) = line.strip_prefix("///") {
            doc += line.trim();
            doc.push('\n');
        } else if line.starts_with("#[") {
            skips |= line.contains("skip_serializing_if");
            rename = line.split_once("rename = \"").and_then(|(_, rest)| rest.split('"').next()).map(str::to_owned).or(rename);
        } else if let Some((field, kind)) = line.trim_start_matches("pub ").trim_end_matches(',').split_once(": ") {
            let field = rename.take().unwrap_or_else(|| field.to_owned());
            // In a document what is absent is left out.
            wants_default |= !line.starts_with("pub ");
            let optional = skips || (wants_default && kind.starts_with("Option<"));
            let kind = if optional { kind.strip_prefix("Option<").and_then(|kind| kind.strip_suffix('>')).unwrap_or(kind) } else { kind };
            out += &comment(&prose(&std::mem::take(&mut doc)), "  ");
            let _ = writeln!(out, "  {}{}: {};", key(&field), if optional { "?" } else { "" }, rust_type(kind));
            skips = false;
        }
    }
    Some(out + "}\n")
}

/// A type of Rust as JSON has it.
fn rust_type(kind: &str) -> String {
    let inner = |open: &str, close: &str| kind.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    if let Some(inner) = inner("Option<", ">") {
        return format!("{} | null", rust_type(inner));
    }
    if let Some(inner) = inner("Vec<", ">").or(inner("&'static [", "]")) {
        let item = rust_type(inner);
        return if item.contains('|') && !item.starts_with('[') { format!("({item})[]") } else { format!("{item}[]") };
    }
    if let Some(inner) = inner("(", ")") {
        let (mut depth, mut parts) = (0, vec![String::new()]);
        for c in inner.chars() {
            depth += match c {
                '<' | '[' | '(' => 1,
                '>' | ']' | ')' => -1,
                _ => 0,
            };
            match parts.last_mut() {
                Some(last) if c != ',' || depth > 0 => last.push(c),
                _ => parts.push(String::new()),
            }
        }
        return format!("[{}]", parts.iter().map(|part| rust_type(part.trim())).collect::<Vec<_>>().join(", "));
    }
    match kind {
        "String" | "&'static str" | "Cow<'static, str>" | "Id" | "Verified" => "string",
        "Decimal" => "Decimal",
        "Point" | "Period" => "PeriodText",
        "f64" | "usize" | "u64" | "u32" | "i32" => "number",
        "bool" => "boolean",
        other => renamed(other),
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_types_of_the_package_are_those_of_the_core() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        if std::env::var_os("UPDATE").is_some() {
            assert_eq!(write(&root), Ok(()));
        }
        assert_eq!(check(&root), Ok(()));
    }

    #[test]
    fn types_of_rust_are_those_of_json() {
        for (kind, want) in [
            ("Option<Cow<'static, str>>", "string | null"),
            ("Vec<(Nature, Option<f64>)>", "[Nature, number | null][]"),
            ("&'static [(Measure, &'static [&'static str])]", "[Measure, string[]][]"),
            ("Option<Decimal>", "Decimal | null"),
        ] {
            assert_eq!(rust_type(kind), want);
        }
    }

    #[test]
    fn links_of_rust_are_their_words() {
        assert_eq!(comment("See [`Plan::lint`] and [it](Plan); `[1, 2]`.", ""), "/** See `Plan::lint` and [it]; `[1, 2]`. */\n");
    }
}
