//! Runs the sentences of `sentences/en.yaml` through the English grammar.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use attainment::Lang;
use attainment::serde_json::{Map, Value};
use attainment_text::{ExtractOptions, extract};

fn cases() -> Vec<Value> {
    serde_saphyr::from_str(include_str!("sentences/en.yaml")).unwrap()
}

fn read(case: &Value) -> Vec<Map<String, Value>> {
    let mut options = ExtractOptions::new();
    options.reference_year = case["year"].as_i64().map(|year| year as i32);
    options.title = case["title"].as_str().map(str::to_owned);
    let draft = extract(case["text"].as_str().unwrap(), &options);
    assert_eq!(draft.lang, Lang::En, "{}", case["text"]);
    draft.to_records()
}

#[test]
fn every_sentence() {
    let cases = cases();
    let mut problems = Vec::new();
    for case in &cases {
        let found = read(case);
        let want = case["items"].as_array().unwrap();
        let mut here = Vec::new();
        if found.len() != want.len() {
            here.push(format!("want {} items, found {}", want.len(), found.len()));
        }
        for (want, found) in want.iter().zip(&found) {
            for (key, want) in want.as_object().unwrap() {
                if found[key] != *want {
                    here.push(format!("{key}: want {want}, found {}", found[key]));
                }
            }
        }
        if !here.is_empty() {
            let found: Vec<String> = found.into_iter().map(|record| Value::Object(record).to_string()).collect();
            problems.push(format!("{}\n    {}\n    {}", case["text"], here.join("\n    "), found.join("\n    ")));
        }
    }
    println!("{} sentences", cases.len());
    assert!(problems.is_empty(), "{} of {} sentences fail:\n{}", problems.len(), cases.len(), problems.join("\n"));
}

/// The language is told from the letters, and can be said.
#[test]
fn the_language_is_guessed_or_given() {
    let lang = |text: &str| extract(text, &ExtractOptions::new()).lang;
    assert_eq!(lang("Double exports by 2030."), Lang::En);
    assert_eq!(lang("到2025年，GDP增长5%，R&D投入占GDP比重达到2.5%。"), Lang::Zh);
    assert_eq!(lang(""), Lang::Zh);
    let given = extract("Double exports by 2030.", &ExtractOptions::new().lang(Lang::Zh));
    assert!(given.items.is_empty() && given.lang == Lang::Zh);
}
