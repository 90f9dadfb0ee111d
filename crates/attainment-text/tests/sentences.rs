//! Invented sentences, a few for every rule, with the records they must give.
//!
//! The vectors of `tests/sentences` are language-neutral: a text, the options, and for each item
//! the fields that matter. Every field that stands in a vector is compared.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use attainment::serde_json::{Map, Value, from_str};
use attainment_text::{ExtractOptions, extract};

const FILES: &[(&str, &str)] = &[("zh.jsonl", include_str!("sentences/zh.jsonl"))];

/// What differs between a vector and what was read, or nothing.
fn difference(vector: &Map<String, Value>) -> Option<String> {
    let text = vector["text"].as_str().unwrap();
    let mut options = ExtractOptions::new();
    options.reference_year = vector.get("reference_year").and_then(Value::as_i64).map(|year| year as i32);
    options.title = vector.get("title").and_then(Value::as_str).map(str::to_owned);
    let read = extract(text, &options).to_records();
    let expected = vector["items"].as_array().unwrap();
    if read.len() != expected.len() {
        let indicators: Vec<_> = read.iter().map(|record| format!("{}={}", record["indicator"], record["value"])).collect();
        return Some(format!("{text}: {} items, not {}: {}", read.len(), expected.len(), indicators.join(", ")));
    }
    for (record, expected) in read.iter().zip(expected) {
        for (key, value) in expected.as_object().unwrap() {
            let same = if key == "relative" { record["period"]["relative"].is_string() } else { &record[key] == value };
            if !same {
                return Some(format!("{text}: `{key}` is {}, not {value}", record.get(key).unwrap_or(&record["period"])));
            }
        }
    }
    None
}

#[test]
fn every_sentence_gives_its_records() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (file, lines) in FILES {
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            let vector: Map<String, Value> = from_str(line).unwrap_or_else(|error| panic!("{file}: {error}: {line}"));
            count += 1;
            wrong.extend(difference(&vector));
        }
    }
    assert!(count >= 100, "{count} sentences");
    assert!(wrong.is_empty(), "{} of {count} sentences differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn spans_slice_to_what_they_say() {
    for (_, lines) in FILES {
        for line in lines.lines() {
            let vector: Map<String, Value> = from_str(line).unwrap();
            let text = vector["text"].as_str().unwrap();
            let draft = extract(text, &ExtractOptions::new());
            let chars: Vec<char> = text.chars().collect();
            for (at, item) in draft.items.iter().enumerate() {
                let slice: String = chars[item.start as usize..item.end as usize].iter().collect();
                assert_eq!(slice, item.text);
                assert_eq!(&text[draft.byte_range(at).unwrap()], item.text);
                if let (Some(start), Some(end)) = (item.value_start, item.value_end) {
                    assert!(item.start <= start && start < end && end <= item.end, "{text}: {item:?}");
                }
            }
        }
    }
}

#[test]
fn the_same_text_gives_the_same_draft() {
    for (_, lines) in FILES {
        assert_eq!(extract(lines, &ExtractOptions::new()), extract(lines, &ExtractOptions::new()));
    }
}

/// A text in the wrong encoding is read as far as it goes, and the damage has its places.
#[test]
fn a_text_decoded_wrongly() {
    let draft = attainment_text::extract("到2025年，森林\u{fffd}盖率达到24.1%。\0", &attainment_text::ExtractOptions::new());
    let damage: Vec<_> = draft
        .findings
        .iter()
        .filter(|finding| finding.code.as_str() == "damaged_text")
        .map(|finding| (finding.start, finding.end))
        .collect();
    assert_eq!(damage, [(Some(9), Some(10)), (Some(20), Some(21))]);
    assert_eq!(draft.items[0].value.as_deref(), Some("24.1"));
    assert!(attainment_text::extract("到2025年，森林覆盖率达到24.1%。", &Default::default()).findings.is_empty());
}
