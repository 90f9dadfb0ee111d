//! How well the nine annotated texts are read, with floors that must not be undercut.
//!
//! The measure is that of `tools/score_extract.py` beside the texts: predictions and annotations are
//! matched one to one where their numbers overlap and say the same, and each level asks for one
//! field more: comparator, basis, end of the period, indicator. The texts lie in `../shared` beside
//! the repository or in the directory that `ATTAINMENT_SHARED` names; without them the test says so.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use attainment::Decimal;
use attainment::serde_json::{Map, Value, from_str};
use attainment_text::{ExtractOptions, extract};

type Record = Map<String, Value>;

fn corpus() -> Option<PathBuf> {
    let shared =
        std::env::var_os("ATTAINMENT_SHARED").map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let corpus = shared.join("corpus");
    corpus.join("gold.jsonl").is_file().then_some(corpus)
}

fn lines(path: &Path) -> Vec<Record> {
    fs::read_to_string(path).unwrap().lines().map(|line| from_str(line).unwrap()).collect()
}

fn text<'a>(record: &'a Record, key: &str) -> &'a str {
    record.get(key).and_then(Value::as_str).unwrap_or("")
}

/// The number in base units and the unit without its scale.
fn normal(value: &str, unit: &str) -> Option<(Decimal, String)> {
    let mut value: Decimal = value.replace(',', "").parse().ok()?;
    let mut unit: String = unit.chars().filter(|c| !c.is_whitespace()).collect::<String>().replace('％', "%").replace('∶', ":");
    if matches!(unit.as_str(), "百分点" | "个百分点") {
        unit = "百分点".to_owned();
    }
    if unit == "‰" {
        return Some(((value / Decimal::from(10)).normalize(), "%".to_owned()));
    }
    let whole = ["千米", "千克", "千瓦", "千瓦时", "百分点"].contains(&unit.as_str());
    while let Some(scale) = unit.chars().next().filter(|_| !whole) {
        let rest: String = unit.chars().skip(1).collect();
        let power = match scale {
            '十' => 10,
            '百' => 100,
            '千' if !rest.starts_with(['米', '克', '瓦']) => 1_000,
            '万' => 10_000,
            '亿' => 100_000_000,
            _ => break,
        };
        (value, unit) = (value * Decimal::from(power), rest);
    }
    Some((value.normalize(), unit))
}

/// What a record says in its number: every reading that is accepted.
fn keys(record: &Record) -> BTreeSet<String> {
    if record.get("masked") == Some(&Value::Bool(true)) && record.get("value").is_none_or(Value::is_null) {
        return BTreeSet::from([format!("masked {}", text(record, "unit"))]);
    }
    let key = |value: &str, unit: &str| normal(value, unit).map(|(value, unit)| format!("{value} {unit}"));
    let mut out: BTreeSet<String> = key(text(record, "value"), text(record, "unit")).into_iter().collect();
    for alternative in record.get("value_alt").and_then(Value::as_array).into_iter().flatten() {
        out.extend(key(alternative["value"].as_str().unwrap_or(""), alternative["unit"].as_str().unwrap_or("")));
    }
    out
}

fn span(record: &Record) -> (i64, i64) {
    let place = |key: &str| record.get(key).and_then(Value::as_i64);
    match (place("value_start"), place("value_end")) {
        (Some(start), Some(end)) => (start, end),
        _ => (place("start").unwrap(), place("end").unwrap()),
    }
}

fn overlap(a: &Record, b: &Record) -> i64 {
    let ((a, b), (c, d)) = (span(a), span(b));
    b.min(d) - a.max(c)
}

/// A field with its accepted alternatives.
fn accepted(gold: &Record, key: &str) -> Vec<String> {
    let mut out = vec![text(gold, key).to_owned()];
    out.extend(
        gold.get(&format!("{key}_alt")).and_then(Value::as_array).into_iter().flatten().filter_map(|word| word.as_str().map(str::to_owned)),
    );
    out
}

fn comparator(word: &str) -> &str {
    match word {
        "equals" => "reach",
        "more_than" => "at_least",
        "less_than" => "at_most",
        word => word,
    }
}

fn comparator_fits(gold: &Record, read: &Record) -> bool {
    let mut known: Vec<String> = accepted(gold, "comparator").iter().map(|word| comparator(word).to_owned()).collect();
    if matches!(text(gold, "modifier"), "余" | "多") {
        known.extend(["about".to_owned(), "reach".to_owned()]);
    }
    let word = comparator(text(read, "comparator"));
    let change =
        |record: &Record| ["growth_rate", "relative_change", "multiple", "addition", "cumulative"].contains(&text(record, "basis"));
    let either = ["increase", "decrease", "reach"];
    known.iter().any(|known| known == word)
        || (change(gold) || change(read)) && either.contains(&word) && known.iter().any(|known| either.contains(&known.as_str()))
}

fn basis_fits(gold: &Record, read: &Record) -> bool {
    let mut known = accepted(gold, "basis");
    if text(gold, "basis_detail") == "built_count" {
        known.extend(["addition", "cumulative", "level"].map(str::to_owned));
    }
    known.iter().any(|basis| basis == text(read, "basis"))
}

/// The year a period ends in, or what stands for one.
fn end_year(period: &Value) -> Option<String> {
    let number = ["by", "in", "to", "year"].iter().find_map(|key| period.get(key).filter(|value| !value.is_null() && !value.is_boolean()));
    if let Some(value) = number {
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        return Some(text.chars().take(4).collect());
    }
    let each = ["every", "each", "each_year"].iter().any(|key| period.get(key).is_some());
    if each { Some("every".to_owned()) } else { period.get("text").and_then(Value::as_str).map(str::to_owned) }
}

fn period_fits(gold: &Record, read: &Record) -> bool {
    let (expected, found) = (&gold["period"], &read["period"]);
    let none = found.is_null();
    let Some(year) = end_year(expected) else { return true };
    if none && (expected.get("masked_year").is_some() || text(gold, "period_source") == "superior_plan_title") {
        return true;
    }
    let found = end_year(found);
    expected.get("by_inherited").is_some() && found.as_deref() == Some("every") || found.as_deref() == Some(&year)
}

fn name(text: &str) -> String {
    let signs = "、，,。;；:：“”\"'‘’（）()《》-—·";
    let mut bare: String = text.chars().filter(|c| !c.is_whitespace() && !signs.contains(*c)).collect();
    for scope in ["全省", "全市", "全国", "全区", "全县", "我省", "我市", "我县", "力争", "其中"] {
        if let Some(rest) = bare.strip_prefix(scope) {
            bare = rest.to_owned();
            break;
        }
    }
    for count in ["数量", "人数", "家数", "个数", "数"] {
        if let Some(rest) = bare.strip_suffix(count).filter(|rest| rest.chars().count() >= 2) {
            return rest.to_owned();
        }
    }
    bare
}

fn name_fits(a: &str, b: &str) -> bool {
    let (a, b) = (name(a), name(b));
    if a.is_empty() || b.is_empty() {
        return false;
    }
    let (short, long) = if a.chars().count() <= b.chars().count() { (&a, &b) } else { (&b, &a) };
    if short.chars().count() >= 2 && long.contains(short.as_str()) {
        return true;
    }
    let pairs = |text: &str| {
        let chars: Vec<char> = text.chars().collect();
        let mut pairs = BTreeMap::<(char, char), usize>::new();
        for pair in chars.windows(2) {
            *pairs.entry((pair[0], pair[1])).or_default() += 1;
        }
        pairs
    };
    let (a, b) = (pairs(&a), pairs(&b));
    let common: usize = a.iter().map(|(pair, count)| (*count).min(b.get(pair).copied().unwrap_or(0))).sum();
    let total: usize = a.values().sum::<usize>() + b.values().sum::<usize>();
    total > 0 && 10 * 2 * common >= 6 * total
}

fn indicator_fits(gold: &Record, read: &Record) -> bool {
    let names =
        |record: &Record| [text(record, "indicator").to_owned(), format!("{}{}", text(record, "qualifier"), text(record, "indicator"))];
    names(gold).iter().any(|gold| names(read).iter().any(|read| name_fits(gold, read)))
}

/// F1 at each of the five levels.
fn scores(corpus: &Path, kind: &str) -> [f64; 5] {
    let gold: Vec<Record> = lines(&corpus.join("gold.jsonl")).into_iter().filter(|record| text(record, "kind") == kind).collect();
    let (mut hits, mut wanted, mut given) = ([0_usize; 5], 0, 0);
    for document in 1..=9 {
        let source = fs::read_to_string(corpus.join(format!("{document:02}.txt"))).unwrap();
        let read: Vec<Record> = extract(&source, &ExtractOptions::new())
            .to_records()
            .into_iter()
            .filter(|record| text(record, "kind") == kind && (!record["value"].is_null() || record["masked"] == true))
            .collect();
        let gold: Vec<&Record> =
            gold.iter().filter(|record| record["doc"] == document && (!record["value"].is_null() || record["masked"] == true)).collect();
        let mut pairs: Vec<(i64, usize, usize, usize)> = Vec::new();
        for (g, expected) in gold.iter().enumerate() {
            for (r, found) in read.iter().enumerate() {
                let same_end = expected["value_max"].is_null() || expected["value_max"] == found["value_max"];
                if overlap(expected, found) > 0 && same_end && !keys(expected).is_disjoint(&keys(found)) {
                    let distance = (span(expected).0 - span(found).0).abs() + (span(expected).1 - span(found).1).abs();
                    let fits = [
                        comparator_fits(expected, found),
                        basis_fits(expected, found),
                        period_fits(expected, found),
                        indicator_fits(expected, found),
                    ];
                    pairs.push((-distance, fits.iter().filter(|fit| **fit).count(), g, r));
                }
            }
        }
        pairs.sort_by_key(|pair| std::cmp::Reverse((pair.0, pair.1)));
        let (mut used_gold, mut used_read) = (BTreeSet::new(), BTreeSet::new());
        let optional = |record: &Record| record["tier"] != 1;
        for (_, _, g, r) in pairs {
            if used_gold.contains(&g) || used_read.contains(&r) {
                continue;
            }
            used_gold.insert(g);
            used_read.insert(r);
            let (expected, found) = (gold[g], &read[r]);
            if optional(expected) {
                continue;
            }
            let fits = [
                true,
                comparator_fits(expected, found),
                basis_fits(expected, found),
                period_fits(expected, found),
                indicator_fits(expected, found),
            ];
            for (level, hit) in hits.iter_mut().enumerate() {
                *hit += usize::from(fits[..=level].iter().all(|fit| *fit));
            }
        }
        wanted += gold.iter().filter(|record| !optional(record)).count();
        given += read.iter().filter(|record| !gold.iter().any(|gold| optional(gold) && overlap(gold, record) > 0)).count();
    }
    hits.map(|hit| 2.0 * hit as f64 / (wanted + given) as f64)
}

#[test]
fn the_nine_texts_are_read_as_annotated() {
    let Some(corpus) = corpus() else { return println!("skipped: the annotated texts are not there") };
    for (kind, floors) in [
        ("target", [0.99, 0.99, 0.98, 0.98, 0.96]),
        ("observation", [0.98, 0.98, 0.92, 0.91, 0.86]),
        ("instrument", [0.95, 0.95, 0.95, 0.95, 0.95]),
    ] {
        let scores = scores(&corpus, kind);
        println!("{kind}: {scores:.3?}");
        for (score, floor) in scores.iter().zip(floors) {
            assert!(*score >= floor, "{kind}: {scores:.3?} undercuts {floors:?}");
        }
    }
}

#[test]
fn what_is_no_value_gives_none() {
    let Some(corpus) = corpus() else { return println!("skipped: the annotated texts are not there") };
    for distractor in lines(&corpus.join("distractors.jsonl")) {
        let source = fs::read_to_string(corpus.join(format!("{:02}.txt", distractor["doc"].as_i64().unwrap()))).unwrap();
        for record in extract(&source, &ExtractOptions::new()).to_records() {
            assert!(record["value_start"].is_null() || overlap(&distractor, &record) <= 0, "{distractor:?} gave {record:?}");
        }
    }
}

#[test]
fn statements_without_a_number_are_found() {
    let Some(corpus) = corpus() else { return println!("skipped: the annotated texts are not there") };
    let gold = lines(&corpus.join("gold.jsonl"));
    let (mut found, mut wanted, mut right, mut given) = (0_u32, 0_u32, 0_u32, 0_u32);
    let meets = |a: &Record, b: &Record| a["end"].as_i64().min(b["end"].as_i64()) > a["start"].as_i64().max(b["start"].as_i64());
    for document in 1..=9 {
        let source = fs::read_to_string(corpus.join(format!("{document:02}.txt"))).unwrap();
        let read: Vec<Record> = extract(&source, &ExtractOptions::new())
            .to_records()
            .into_iter()
            .filter(|record| text(record, "kind") == "target" && record["value_start"].is_null())
            .collect();
        let gold: Vec<&Record> = gold.iter().filter(|record| record["doc"] == document).collect();
        let tier = |record: &Record, tier: i64| record["tier"] == tier && text(record, "kind") == "target";
        for expected in gold.iter().filter(|record| tier(record, 2)) {
            wanted += 1;
            found += u32::from(read.iter().any(|record| meets(expected, record)));
        }
        for record in &read {
            // What is vague (tier 3) is neither asked for nor wrong.
            let near: Vec<_> = gold.iter().filter(|gold| meets(gold, record)).collect();
            if near.iter().any(|gold| tier(gold, 2)) {
                right += 1;
            }
            given += u32::from(near.is_empty() || near.iter().any(|gold| tier(gold, 2)));
        }
    }
    let (recall, precision) = (f64::from(found) / f64::from(wanted), f64::from(right) / f64::from(given));
    println!("without a number: recall {recall:.3}, precision {precision:.3}");
    assert!(recall >= 0.75 && precision >= 0.7, "recall {recall:.3}, precision {precision:.3}");
}
