//! What is written reads back the same, and no text makes the reader stumble.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use attainment::{Error, Format, Plan, Stage};
use proptest::collection::{btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};

const FORMATS: [Format; 2] = [Format::Json, Format::Yaml];

/// Texts that YAML, JSON or the format itself could take for something else.
const HOSTILE: &[&str] = &[
    "null",
    "Null",
    "~",
    "true",
    "no",
    "05",
    "5",
    "-5",
    "3.10",
    "1e3",
    "0x1f",
    ".nan",
    "unknown",
    "xx",
    "- a",
    "-",
    "?",
    "? a",
    ":",
    "a:",
    "a: b",
    "a :b",
    ": a",
    "#",
    "a #b",
    "a#b",
    "%",
    "@a",
    "`",
    "'",
    "''",
    "\"",
    "\\",
    "\\n",
    "|",
    ">",
    "&a",
    "*a",
    "!a",
    "<<",
    "=",
    "{",
    "}",
    "[a]",
    ",",
    "a,b",
    "---",
    "--- a",
    "...",
    " a",
    "a ",
    "a\nb",
    "a\r\nb",
    "\t",
    "a\tb",
    "\u{7f}",
    "\u{85}",
    "\u{9f}",
    "\u{a0}",
    "\u{feff}",
    "\u{2028}",
    "\u{2029}",
    "\u{3000}",
    "\0",
    "\u{1b}[0m",
    "\u{202e}abc",
    "０５",
    "👩‍👩‍👧",
    "𠀀",
    "e\u{301}",
    "\u{ffff}",
    "a/b~c",
    "<script>",
    "</",
    "${x}",
    "研发经费",
    "十四五",
];

fn hostile() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => select(HOSTILE).prop_map(str::to_owned),
        1 => (select(HOSTILE), select(HOSTILE)).prop_map(|(a, b)| format!("{a}{b}")),
        1 => any::<String>(),
        2 => "[a-z省市 -]{1,8}",
    ]
}

/// A hostile text that may be an id; not the words that a bound could take for a value.
fn id() -> impl Strategy<Value = String> {
    hostile().prop_filter("an id", |text| !text.trim().is_empty() && text.chars().count() <= 200)
}

fn text() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => hostile().prop_map(Value::from),
        1 => (hostile(), hostile()).prop_map(|(en, zh)| json!({ "en": en, "zh": zh })),
        1 => (id(), hostile()).prop_map(|(lang, text)| json!({ lang: text })),
    ]
}

fn one_or_many(item: impl Strategy<Value = Value> + Clone + 'static) -> BoxedStrategy<Value> {
    prop_oneof![item.clone(), vec(item, 0..3).prop_map(Value::from)].boxed()
}

fn citation() -> impl Strategy<Value = Value> {
    prop_oneof![
        id().prop_map(Value::from),
        (id(), text(), value(&["2021/2025", "/2022", "P3Y"]))
            .prop_map(|(title, number, window)| json!({ "title": title, "number": number, "window": window })),
    ]
}

fn place() -> impl Strategy<Value = Value> {
    prop_oneof![
        id().prop_map(Value::from),
        (id(), text()).prop_map(|(source, note)| json!({ "source": source, "modality": note.clone(), "note": note })),
    ]
}

fn ids() -> BoxedStrategy<Value> {
    one_or_many(id().prop_map(Value::from).boxed())
}

fn texts() -> BoxedStrategy<Value> {
    one_or_many(text().boxed())
}

fn value(values: &'static [&'static str]) -> BoxedStrategy<Value> {
    select(values).prop_map(Value::from).boxed()
}

/// A map with some of the optional keys.
fn with_some(required: Value, optional: Vec<(&'static str, BoxedStrategy<Value>)>) -> BoxedStrategy<Value> {
    let entries: Vec<_> = optional.into_iter().map(|(key, value)| (Just(key), option::weighted(0.25, value))).collect();
    entries
        .prop_map(move |entries| {
            let mut map = required.clone();
            for (key, value) in entries {
                if let Some(value) = value {
                    map[key] = value;
                }
            }
            map
        })
        .boxed()
}

fn merged(parts: impl IntoIterator<Item = Value>) -> Value {
    let mut all = Map::new();
    for part in parts {
        if let Value::Object(part) = part {
            all.extend(part);
        }
    }
    Value::Object(all)
}

const WINDOWS: &[&str] = &["2021/2025", "2021-01/2022-06", "十四五", "2021-Q1/2023-Q4"];
const POINTS: &[&str] = &["2025", "2021年", "２０３０", "2022-06", "2023-Q3", "2024H1", "2024-02-29", "20XX"];

/// The kinds of indicators that plans are generated with, in this order.
#[derive(Clone, Copy, PartialEq)]
enum Sort {
    Amount,
    Share,
    Growth,
    Bare,
    Price,
    YesNo,
    Judged,
}

const SORTS: [Sort; 7] = [Sort::Amount, Sort::Share, Sort::Growth, Sort::Bare, Sort::Price, Sort::YesNo, Sort::Judged];

fn indicator(sort: Sort) -> BoxedStrategy<Value> {
    let fixed = match sort {
        Sort::Amount => json!({ "unit": "家", "kind": "stock", "direction": "increase" }),
        Sort::Share => json!({ "unit": "percent", "kind": "share", "direction": "increase" }),
        Sort::Growth => json!({ "unit": "%", "kind": "growth", "direction": "increase" }),
        Sort::Bare => json!({ "direction": "increase" }),
        Sort::Price => json!({ "unit": "percent", "direction": "within" }),
        Sort::YesNo => json!({ "kind": "yes_no" }),
        Sort::Judged => {
            json!({ "kind": "judgement", "levels": ["弱", { "zh": "中", "en": "fair" }, "3级"] })
        }
    };
    let link = (id(), id()).prop_map(|(from, to)| json!({ "from": from, "to": to, "times": "1.10" })).boxed();
    let mark = prop_oneof![Just(json!(3)), id().prop_map(|among| json!({ "rule": "percentile", "among": among, "percentile": 90 }))];
    let optional = vec![
        ("aliases", texts()),
        ("statistic", value(&["end", "mean", "sum", "ytd"])),
        ("decimals", value(&["0", "2", "1.0"])),
        ("grade", text().boxed()),
        ("scope", text().boxed()),
        ("marks", (id(), mark).prop_map(|(name, mark)| json!({ name: mark })).boxed()),
        ("caliber", id().prop_map(Value::from).boxed()),
        ("links", one_or_many(link)),
        ("of", id().prop_map(Value::from).boxed()),
        ("awarded_by", text().boxed()),
        ("items", texts()),
        ("section", text().boxed()),
        ("note", text().boxed()),
        ("source", text().boxed()),
    ];
    (text(), with_some(fixed, optional)).prop_map(|(name, rest)| merged([json!({ "name": name }), rest])).boxed()
}

/// Units a number of this measure may be written in.
fn units(sort: Sort, measure: &str) -> &'static [&'static str] {
    match (measure, sort) {
        ("multiple", _) => &["", "倍", "%"],
        ("rank", _) => &[""],
        ("percentile" | "relative_change" | "annual_growth", _) => &["", "%", " percent", "‰"],
        (_, Sort::Amount) => &["", "家", "万家", " 家"],
        ("change", Sort::Share | Sort::Growth | Sort::Price) => &["", "pp", "个百分点"],
        (_, Sort::Share | Sort::Growth | Sort::Price) => &["", "%", "％"],
        _ => &[""],
    }
}

fn comparison(sort: Sort, measure: &'static str) -> BoxedStrategy<Value> {
    if sort == Sort::YesNo {
        let word = value(&["reach", "equals"]);
        return (word, value(&["yes", "no", "是", "True", "unknown"]))
            .prop_map(|(word, bound)| json!({ word.as_str().unwrap(): bound }))
            .boxed();
    }
    if sort == Sort::Judged {
        let word = value(&["reach", "at_least", "at_most", "equals"]);
        return (word, value(&["弱", "中", "fair", "3级"])).prop_map(|(word, bound)| json!({ word.as_str().unwrap(): bound })).boxed();
    }
    let single: &'static [&'static str] = match sort {
        Sort::Price => &["at_least", "more_than", "at_most", "less_than", "equals"],
        _ => &["reach", "at_least", "more_than", "at_most", "less_than", "equals"],
    };
    let unit = select(units(sort, measure));
    let (plain, grouped, spans) = match measure {
        "rank" => ("[1-9][0-9]{0,9}", "[1-9],[0-9]{3}", 1..500),
        "percentile" => ("100|[1-9]?[0-9](\\.[0-9]{1,6})?", "[1-9]0", 0..50),
        _ => ("-?(0|[1-9][0-9]{0,9})(\\.[0-9]{1,6})?", "[1-9][0-9]{0,2}(,[0-9]{3}){1,2}", 0..1000u32),
    };
    let number = prop_oneof![plain, grouped, Just("xx".to_owned()), Just("x.x".to_owned()), Just("１２".to_owned()),];
    let stated = (number, unit.clone()).prop_map(|(number, unit)| Value::from(number + unit));
    let plus = option::of((select(&["1", "-2.50"][..]), unit.clone()).prop_map(|(number, unit)| Value::from(format!("{number}{unit}"))));
    let reference = (select(&["mean_of", "area"][..]), id(), option::of(value(&["1.10", "2"])), plus).prop_map(|(key, id, times, plus)| {
        let mut map = json!({ key: id });
        times.into_iter().for_each(|times| map["times"] = times);
        plus.into_iter().for_each(|plus| map["plus"] = plus);
        map
    });
    let bound = prop_oneof![4 => stated, 1 => Just(json!("unknown")), 1 => Just(json!(7)), 1 => reference];
    let about = (bound.clone(), option::of(value(&["5%", "10.0%"]))).prop_map(|(bound, tolerance)| match tolerance {
        Some(tolerance) => json!({ "about": bound, "tolerance": tolerance }),
        None => json!({ "about": bound }),
    });
    let span = (spans.clone(), spans, unit);
    prop_oneof![
        4 => (select(single), bound).prop_map(|(word, bound)| json!({ word: bound })),
        1 => about,
        1 => span.clone().prop_map(|(low, more, unit)| json!({ "within": [format!("{low}{unit}"), format!("{}{unit}", low + more)] })),
        1 => span.prop_map(|(low, more, unit)| json!({ "at_least": format!("{low}{unit}"), "stretch": format!("{}{unit}", low + more) })),
    ]
    .boxed()
}

fn when(measure: &'static str, declared: &'static str) -> BoxedStrategy<Value> {
    let by = value(POINTS).prop_map(|by| json!({ "by": by }));
    let each = value(&["2021/2025", "/2022", "2021/..", "2023"]).prop_map(|each| json!({ "each": each }));
    let window = value(WINDOWS).prop_map(|during| json!({ "during": during }));
    let baseline = prop_oneof![
        value(&["2015", "2010-Q4", "十二五末"]),
        Just(json!({ "at": 2015, "value": declared, "caliber": "旧" })),
        Just(json!({ "at": "2015-12-31" })),
    ];
    match measure {
        "level" | "rank" | "percentile" => prop_oneof![by, each, Just(json!({ "during": "2022-01/2022-12" })), Just(json!({}))].boxed(),
        "sum" | "mean" => window.boxed(),
        _ => prop_oneof![(by, baseline).prop_map(|(by, baseline)| merged([by, json!({ "baseline": baseline })])), each, window,].boxed(),
    }
}

/// A target on the indicator of a sort, without its name; the indicator is filled in later.
fn single_target(sort: Sort) -> BoxedStrategy<Value> {
    let measures: &'static [&'static str] = match sort {
        Sort::YesNo | Sort::Judged => &["level"],
        Sort::Growth => &["level", "relative_change", "annual_growth", "change", "rank"],
        _ => &["level", "change", "relative_change", "multiple", "annual_growth", "sum", "mean", "rank", "percentile"],
    };
    let declared = match sort {
        Sort::YesNo | Sort::Judged | Sort::Bare => "1.50",
        Sort::Amount => "1万家",
        _ => "1.5%",
    };
    select(measures)
        .prop_flat_map(move |measure| (Just(measure), comparison(sort, measure), when(measure, declared), any::<bool>()))
        .prop_map(|(measure, comparison, when, spelt)| {
            let among = match measure {
                "level" if !spelt => json!({}),
                "rank" | "percentile" => {
                    json!({ "measure": measure, "of": "level", "among": "组" })
                }
                _ => json!({ "measure": [measure] }),
            };
            merged([among, comparison, when])
        })
        .boxed()
}

fn extras() -> BoxedStrategy<Value> {
    let schedule = prop_oneof![
        value(&["straight", "compound"]),
        Just(json!({ "steps": { "2022": "20%", "2023": "40.0%" } })),
        Just(json!({ "seasonal": ["10%", "20%", "30%", "40%"] })),
    ];
    with_some(
        json!({}),
        vec![
            ("name", text().boxed()),
            ("areas", ids()),
            ("caliber", id().prop_map(Value::from).boxed()),
            ("breakdown", id().prop_map(Value::from).boxed()),
            ("schedule", schedule.boxed()),
            ("nature", value(&["binding", "预期性", "力争"])),
            ("modality", text().boxed()),
            ("section", text().boxed()),
            ("weight", value(&["10", "5%", "2.50"])),
            ("lead", ids()),
            ("support", ids()),
            ("valid_from", value(&["2021", "2021-03"])),
            ("also", (id(), place()).prop_map(|(key, place)| json!({ key: place })).boxed()),
            ("source", text().boxed()),
            ("note", text().boxed()),
        ],
    )
}

/// What a target is, before there are ids to name: a target on the n-th indicator, or a
/// combination of targets that come before it.
#[derive(Clone, Debug)]
enum Draft {
    Single(usize, Value),
    Combined(&'static str, Vec<Index>, Value),
}

fn draft() -> impl Strategy<Value = Draft> {
    let single = (0..SORTS.len()).prop_flat_map(|at| (Just(at), single_target(SORTS[at])));
    let word = select(&["all", "any", "k_of", "not"][..]);
    let inline = single_target(Sort::Amount);
    prop_oneof![
        4 => single.prop_map(|(at, target)| Draft::Single(at, target)),
        1 => (word, vec(any::<Index>(), 1..4), inline).prop_map(|(word, of, inline)| Draft::Combined(word, of, inline)),
    ]
}

fn finish(draft: Draft, extras: Value, indicators: &[String], before: &[String]) -> Value {
    let on = |at: usize, target: Value| merged([json!({ "indicator": indicators[at] }), target]);
    let body = match draft {
        Draft::Single(at, target) => on(at, target),
        Draft::Combined(word, of, inline) => {
            let mut members: Vec<Value> = Vec::new();
            if !before.is_empty() {
                members.extend(of.iter().map(|index| Value::from(before[index.index(before.len())].as_str())));
            }
            members.push(on(0, inline));
            match word {
                "not" => json!({ "not": members[0] }),
                "k_of" => json!({ "k_of": { "k": members.len(), "of": members } }),
                _ => json!({ word: members }),
            }
        }
    };
    merged([body, extras])
}

fn anything() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        hostile().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((id(), inner), 0..4).prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

/// The scheme of a plan: a ready-made one, or its own with rules at every level.
fn scheme() -> impl Strategy<Value = Value> {
    let normalise = prop_oneof![
        value(&["as_is", "min_max", "rank", "ratio"]),
        Just(json!({ "by": "goalposts", "between": [0, "best"], "clamp": "yes", "to": [0, 100] })),
        Just(json!({ "by": "points", "points": { "0": 1, "best": 2 }, "through": "line" })),
    ];
    let of = prop_oneof![
        vec(id(), 1..3).prop_map(|ids| json!(ids.into_iter().collect::<std::collections::BTreeSet<_>>())),
        (1..9_i64).prop_map(|weight| json!({ "a": weight, "b": { "weight": 0.5, "cap": 1, "veto": { "score": 59.9 } } })),
    ];
    let aggregate = prop_oneof![value(&["arithmetic", "geometric", "median", "copeland"]), Just(json!({ "power": -1 }))];
    let own = (id(), normalise, of, aggregate).prop_map(|(id, normalise, of, aggregate)| {
        let pillars = json!({ "p": { "weight": 60, "of": of }, "q": { "weight": 40, "from": ["x", ["y", "z"]], "take": "mean" } });
        let grades = json!([{ "grade": "A", "from": 80 }, { "grade": "B", "above": 60.5 }, { "grade": "C" }]);
        json!({
            "attainment": 1, "id": id, "normalise": normalise, "aggregate": aggregate, "missing": { "treat": "renormalise", "present": "80%" },
            "indicators": { "a": { "direction": "decrease", "marks": { "best": { "rule": "percentile", "percentile": 2.5 } } } },
            "pillars": pillars, "grades": grades, "round": { "decimals": 1, "mode": "half_up" },
        })
    });
    prop_oneof![value(&["undp-hdi", "okr"]), own]
}

/// The parts of a plan that hold no targets.
fn frame() -> BoxedStrategy<Value> {
    let area = with_some(
        json!({}),
        vec![
            ("name", text().boxed()),
            ("tier", id().prop_map(Value::from).boxed()),
            ("groups", ids()),
            ("valid", value(&["1949/..", "/2015", "2001"])),
            ("note", text().boxed()),
        ],
    );
    let body =
        (text(), text(), id(), text()).prop_map(|(name, kind, role, who)| json!({ "name": name, "kind": kind, "roles": { role: who } }));
    let condition = prop_oneof![
        id().prop_map(Value::from),
        (select(&["all", "any", "unspecified"][..]), vec(text(), 2..4)).prop_map(|(key, texts)| json!({ key: texts })),
    ];
    let instrument = (id(), text(), texts(), condition).prop_map(|(kind, name, whom, condition)| {
        json!({ "kind": kind, "name": name, "amount": "75%", "for": whom, "condition": condition, "during": "2021/2023" })
    });
    let delegation = (id(), texts(), text()).prop_map(|(to, domains, note)| json!({ "to": to, "domains": domains, "note": note }));
    let map = |item: BoxedStrategy<Value>| vec((id(), item), 0..3).prop_map(|pairs| Value::Object(pairs.into_iter().collect())).boxed();
    let defaults = with_some(
        json!({}),
        vec![
            ("by", value(POINTS)),
            ("baseline", value(&["2015", "2010-06"])),
            ("areas", ids()),
            ("nature", value(&["binding", "expected"])),
            ("schedule", value(&["straight", "compound"])),
        ],
    );
    with_some(
        json!({}),
        vec![
            ("lang", value(&["zh", "en"])),
            ("title", text().boxed()),
            ("issuer", text().boxed()),
            ("number", text().boxed()),
            ("area", id().prop_map(Value::from).boxed()),
            ("implements", one_or_many(citation().boxed())),
            ("cites", one_or_many(citation().boxed())),
            ("window", value(&["2021/2025", "/2022", "十四五", "P3Y", "20XX"])),
            ("defaults", defaults),
            ("areas", map(area)),
            ("bodies", map(body.boxed())),
            ("instruments", map(instrument.boxed())),
            ("delegates", one_or_many(delegation.boxed())),
            ("scheme", scheme().boxed()),
            ("excluded_status", ids()),
            ("note", text().boxed()),
            ("source", text().boxed()),
        ],
    )
}

fn plan() -> impl Strategy<Value = Value> {
    let names = btree_set(id(), SORTS.len()).prop_map(Vec::from_iter);
    let indicators = SORTS.map(indicator);
    let targets = vec((id(), draft(), extras()), 0..5);
    let parts = (any::<bool>(), text(), text(), text(), ids());
    (id(), frame(), names, indicators, targets, parts).prop_map(|(id, frame, names, indicators, drafts, parts)| {
        let mut ids: Vec<String> = Vec::new();
        let mut targets = Map::new();
        for (id, draft, extras) in drafts {
            if !targets.contains_key(&id) {
                targets.insert(id.clone(), finish(draft, extras, &names, &ids));
                ids.push(id);
            }
        }
        let mut rest = json!({});
        let (full, title, who, why, lead) = parts;
        if full {
            rest["tasks"] = json!({
                "a": { "title": title, "targets": ids, "lead": lead, "by": 2023 },
                "b": { "title": who, "parent": "a" },
            });
            rest["observations"] = json!({
                "o": { "indicator": names[0], "at": "2020", "value": "3.0家", "value_is": "about", "status": ["E"] },
                "p": { "indicator": names[5], "at": 2020, "value": true },
            });
            rest["compositions"] = json!({ "c": { "parts": [names[0], names[1]], "sums_to": "100.0" } });
            let overrides = ids.iter().map(|id| json!({ "target": id, "state": "met", "who": who, "when": 2024, "why": why }));
            rest["overrides"] = overrides.collect();
        }
        let indicators: Map<String, Value> = names.into_iter().zip(indicators).collect();
        let head = json!({ "attainment": 1, "id": id });
        merged([head, frame, json!({ "indicators": indicators, "targets": targets }), rest])
    })
}

fn codes(plan: &Plan) -> BTreeSet<&'static str> {
    plan.findings().iter().map(|finding| finding.code.as_str()).collect()
}

fn round_trip(plan: &Plan) -> Result<(), TestCaseError> {
    for format in FORMATS {
        let text = plan.to_text(format);
        let again = match Plan::parse(&text, format) {
            Ok(again) => again,
            Err(error) => return Err(TestCaseError::fail(format!("{error}\n{text}"))),
        };
        prop_assert_eq!(&again, plan, "{}", text);
        prop_assert_eq!(codes(&again), codes(plan));
        prop_assert_eq!(again.to_text(format), text);
    }
    prop_assert_eq!(&Plan::from_value(&plan.to_value()).unwrap(), plan);
    Ok(())
}

/// The texts of the good vectors that are written out.
static GOOD: LazyLock<Vec<(String, Format)>> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/documents/good.yaml");
    let cases: Vec<Value> = serde_saphyr::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    let text = |case: &Value| {
        let format = Format::from_name(case["format"].as_str()?)?;
        Some((case["text"].as_str()?.to_owned(), format))
    };
    cases.iter().filter_map(text).collect()
});

/// A change of a text at some place.
#[derive(Clone, Debug)]
enum Edit {
    Insert(String),
    Delete(usize),
    Repeat(usize),
}

fn edit() -> impl Strategy<Value = (Index, Edit)> {
    let edit = prop_oneof![hostile().prop_map(Edit::Insert), (1..30usize).prop_map(Edit::Delete), (1..30usize).prop_map(Edit::Repeat),];
    (any::<Index>(), edit)
}

fn edited(text: &str, edits: &[(Index, Edit)]) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for (at, edit) in edits {
        let at = at.index(chars.len() + 1);
        match edit {
            Edit::Insert(text) => drop(chars.splice(at..at, text.chars())),
            Edit::Delete(count) => drop(chars.drain(at..(at + count).min(chars.len()))),
            Edit::Repeat(count) => {
                let part = chars[at..(at + count).min(chars.len())].to_vec();
                drop(chars.splice(at..at, part));
            }
        }
    }
    chars.into_iter().collect()
}

/// Puts a value somewhere into another, or takes one away.
fn replaced(value: &mut Value, way: &[Index], with: Option<Value>) {
    let Some((index, way)) = way.split_first() else {
        *value = with.unwrap_or_default();
        return;
    };
    match value {
        Value::Object(map) if !map.is_empty() => {
            let key = map.keys().nth(index.index(map.len())).cloned().unwrap();
            match (way, with) {
                ([], None) => drop(map.shift_remove(&key)),
                (_, with) => replaced(&mut map[&key], way, with),
            }
        }
        Value::Array(items) if !items.is_empty() => {
            let at = index.index(items.len());
            replaced(&mut items[at], way, with);
        }
        other => *other = with.unwrap_or_default(),
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_back_the_same(value in plan()) {
        let plan = match Plan::from_value(&value) {
            Ok(plan) => plan,
            Err(error) => return Err(TestCaseError::fail(format!("{error}"))),
        };
        round_trip(&plan)?;
    }

    #[test]
    fn no_text_makes_the_reader_stumble(text in any::<String>(), pieces in vec(hostile(), 0..12), brackets in "[\\[\\]{}:, \"'\n-]{0,40}") {
        for format in FORMATS {
            for text in [&text, &pieces.concat(), &pieces.join("\n"), &pieces.join(": "), &brackets] {
                Plan::check(text, format);
            }
        }
    }

    #[test]
    fn edited_documents_are_read_or_refused(which in any::<Index>(), edits in vec(edit(), 1..4)) {
        let (text, format) = which.get(&GOOD);
        let text = edited(text, &edits);
        for finding in Plan::check(&text, *format) {
            let length = text.chars().count() as u32;
            prop_assert!(finding.end.is_none_or(|end| end <= length), "{}", finding);
            prop_assert!(!finding.message.en.is_empty() && !finding.message.zh.is_empty());
        }
        if let Ok(plan) = Plan::parse(&text, *format) {
            round_trip(&plan)?;
        }
    }

    /// The schema judges the stage `Shape` and nothing else, whatever is put where.
    #[test]
    fn the_schema_agrees_on_changed_plans(mut value in plan(), way in vec(any::<Index>(), 1..6), with in option::of(anything())) {
        static VALIDATOR: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
            jsonschema::validator_for(&attainment::schema("plan").unwrap()).unwrap()
        });
        replaced(&mut value, &way, with);
        let ours = match Plan::from_value(&value) {
            Ok(_) => true,
            Err(Error::Parse(_)) => return Ok(()),
            Err(error) => !error.findings().iter().any(|finding| finding.code.stage() == Stage::Shape),
        };
        prop_assert_eq!(ours, VALIDATOR.is_valid(&value), "{}", value);
    }
}

#[test]
fn documents_cut_anywhere_are_read_or_refused() {
    for (text, format) in GOOD.iter() {
        for (end, _) in text.char_indices() {
            Plan::check(&text[..end], *format);
        }
    }
}
