//! Observations and instruments of a draft, and what all items have in common.

use attainment::serde_json::{Map, Value, json};

use super::indicator::Series;
use super::target::{self, Left};
use super::value::Amount;
use super::{Form, form, words};
use crate::draft::{Basis, Comparator, Draft, Every, Item, ItemKind};

/// A value that the document states.
pub(super) fn observation(item: &Item, series: &Series, left: &mut Left) -> Map<String, Value> {
    let mut out = Map::new();
    let target = target::read(item, series, left);
    let mut value_is = Vec::new();
    let modality = item.modality.as_deref().unwrap_or_default();
    if words::has(modality, words::FORECAST) || words::has(&item.text, words::FORECAST) {
        value_is.push("forecast");
    }
    let stated = ["reach", "at_least", "more_than", "at_most", "less_than", "about", "equals"].iter().find_map(|key| target.get(*key));
    let value = match (form(item), stated) {
        (Form::Statement, _) => json!("yes"),
        (Form::Number | Form::Rank, Some(value)) => value.clone(),
        // A trend says of no number which it is.
        _ => json!("unknown"),
    };
    if form(item) == Form::Number {
        match item.comparator {
            _ if item.masked => value_is.push("masked"),
            Comparator::AtLeast | Comparator::MoreThan => value_is.push("at_least"),
            Comparator::About => value_is.push("about"),
            _ => {}
        }
    }
    // One number is one value: where the words leave two measures open it is the level.
    if let Some(Value::String(measure)) = target.get("measure") {
        out.insert("measure".to_owned(), json!(measure));
    }
    for key in ["among", "baseline"] {
        if let Some(value) = target.get(key) {
            out.insert(key.to_owned(), value.clone());
        }
    }
    if let Some(at) = ["by", "during", "each"].iter().find_map(|key| target.get(*key)) {
        out.insert("at".to_owned(), at.clone());
    }
    out.insert("value".to_owned(), value);
    if !value_is.is_empty() {
        out.insert("value_is".to_owned(), json!(value_is));
    }
    out
}

/// A lever with its amount.
pub(super) fn instrument(item: &Item) -> Map<String, Value> {
    let mut out = Map::new();
    let text = format!("{} {}", item.indicator, item.text);
    let kinds =
        [(words::TAX, "tax"), (words::AWARD, "award"), (words::SUBSIDY, "subsidy"), (words::FUND, "fund"), (words::STAFF, "staffing")];
    let kind = kinds.into_iter().find(|(class, _)| words::has(&text, *class)).map_or("unspecified", |(_, kind)| kind);
    out.insert("kind".to_owned(), json!(kind));
    let name = if item.indicator.trim().is_empty() { item.text.trim() } else { item.indicator.trim() };
    out.insert("name".to_owned(), json!(name));
    if let Some(amount) = Amount::of(item) {
        out.insert("amount".to_owned(), json!(amount.text(false)));
    }
    if let Some(each) = item.period.as_ref().and_then(|period| period.each) {
        out.insert("frequency".to_owned(), json!(each.as_str()));
    }
    out
}

/// What every item has: how firm it is, its list, its place.
pub(super) fn common(item: &Item, section: &str, source: &str, fields: &mut Map<String, Value>) {
    let mut put = |key: &str, value: Value| drop(fields.insert(key.to_owned(), value));
    if let (Some(words), true) = (&item.modality, section != "instruments") {
        let natures = [(words::BINDING, "binding"), (words::EXPECTED, "expected"), (words::ASPIRATIONAL, "aspirational")];
        let nature = natures.into_iter().find(|(class, _)| words::has(words, *class));
        if let (Some((_, nature)), true) = (nature, section == "targets") {
            put("nature", json!(nature));
        }
        put("modality", json!(words));
    }
    if let (Some(group), true) = (item.group, section != "instruments") {
        put("group", json!(format!("list-{group}")));
    }
    if let (Some(Every::Week), true) = (item.period.as_ref().and_then(|period| period.each), section == "targets") {
        put("note", json!(item.text));
    }
    put("source", json!(source));
}

/// Which number an item belongs to, and how.
pub(super) fn pairs(draft: &Draft, ids: &[Option<(&'static str, String)>], targets: &mut Map<String, Value>) {
    for (at, item) in draft.items.iter().enumerate() {
        let (Some(pair), ItemKind::Target) = (item.pair, item.kind) else { continue };
        let (Some(Some(("targets", own))), Some(Some((_, with))), Some(other)) = (ids.get(at), ids.get(pair), draft.items.get(pair)) else {
            continue;
        };
        let relation = relation(item, other);
        if let (Some(relation), Some(Value::Object(target)), false) = (relation, targets.get_mut(own), own == with)
            && !target.contains_key("pair")
            && draft.items.get(pair).is_some_and(|other| other.kind != ItemKind::Instrument)
        {
            target.insert("pair".to_owned(), json!({ "with": with, "relation": relation }));
        }
    }
}

fn relation(item: &Item, other: &Item) -> Option<&'static str> {
    let growth = |item: &Item| matches!(item.basis, Basis::GrowthRate | Basis::RelativeChange | Basis::Multiple);
    let percent = |item: &Item| item.unit.as_deref() == Some("%") && item.basis == Basis::Level;
    let amount = |item: &Item| item.unit.as_deref().is_some_and(|unit| unit != "%") && item.basis != Basis::Rank;
    if words::has(&item.text, words::PART) || words::has(&other.text, words::PART) {
        return Some("subset");
    }
    let same = item.indicator_id == other.indicator_id;
    match (item.basis, other.basis) {
        (Basis::Addition, Basis::Level) | (Basis::Level, Basis::Addition) if same => Some("addition_total"),
        (Basis::Rank, _) | (_, Basis::Rank) => Some("level_and_rank"),
        _ if growth(item) != growth(other) => Some("level_growth"),
        _ if percent(item) && amount(other) || percent(other) && amount(item) => Some("level_and_ratio"),
        _ => None,
    }
}
