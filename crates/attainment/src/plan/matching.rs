//! Which parts of two plans are the same part.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::Value;

use super::PlanDocument;
use super::indicator::Indicator;
use super::target::{CompareWord, Measure, Target};
use crate::text::Lang;

/// Pairs of ids, of the first plan and of the second; `None` where there is no counterpart.
pub(super) struct Matching {
    pub(super) targets: Vec<(Option<String>, Option<String>)>,
    pub(super) instruments: Vec<(Option<String>, Option<String>)>,
    pub(super) indicators: Vec<(Option<String>, Option<String>)>,
}

impl Matching {
    /// Ids come first. What is left is paired by what it says, in the order it is written: copies of
    /// one plan often give the same target another id.
    pub(super) fn new(first: &PlanDocument, second: &PlanDocument) -> Self {
        let indicators = pair(&first.indicators, &second.indicators, |indicator| Some(indicator_key(indicator)));
        let indicators = pair_alike(indicators, &first.indicators, &second.indicators);
        // Targets of the two plans speak of one indicator when their indicators are paired.
        let common: IndexMap<&str, &str> =
            indicators.iter().filter_map(|(first, second)| Some((second.as_deref()?, first.as_deref()?))).collect();
        let by_content = |document: &PlanDocument, is_second: bool| -> IndexMap<String, TargetKey> {
            let key = |target: &Target| {
                let own = target.indicator.as_ref().map(|id| id.as_str().to_owned());
                let shared = own.map(|id| if is_second { common.get(id.as_str()).map_or(id.clone(), |id| (*id).to_owned()) } else { id });
                (
                    shared,
                    target.measures(),
                    target.compare().map(|(word, _)| word),
                    target.name.as_ref().map(|name| name.get(Lang::Zh).to_owned()),
                )
            };
            document.targets.iter().map(|(id, target)| (id.clone(), key(target))).collect()
        };
        let (ours, theirs) = (by_content(first, false), by_content(second, true));
        let mut targets = pair(&ours, &theirs, |key| Some(key.clone()));
        // The comparison or measure itself may have changed.
        targets = pair_rest(targets, &ours, &theirs, |(indicator, ..)| indicator.clone());
        let instruments = pair(&first.instruments, &second.instruments, |instrument| {
            Some((instrument.kind.clone(), instrument.name.get(Lang::Zh).to_owned()))
        });
        Self { targets, instruments, indicators }
    }

    /// The second plan, as written, with its parts under the ids of the first.
    pub(super) fn in_ids_of_first(&self, mut document: Value) -> Value {
        let sections = [("targets", &self.targets), ("instruments", &self.instruments), ("indicators", &self.indicators)];
        let mut renamed = Renamed::new();
        for (section, pairs) in sections {
            let ids =
                pairs.iter().filter_map(|(ours, theirs)| Some((theirs.clone()?, ours.clone()?))).filter(|(theirs, ours)| theirs != ours);
            renamed.insert(section, ids.collect());
        }
        for (section, ids) in &renamed {
            rename_keys(&mut document, section, ids);
        }
        rename_references(&mut document, &renamed);
        document
    }
}

/// Pairs indicators whose names are nearly the same: a damaged copy has lost characters.
fn pair_alike(mut pairs: Pairs, first: &IndexMap<String, Indicator>, second: &IndexMap<String, Indicator>) -> Pairs {
    let mut left: Vec<String> = pairs.iter().filter(|(first, _)| first.is_none()).filter_map(|(_, second)| second.clone()).collect();
    for (ours, theirs) in pairs.iter_mut().filter(|(_, theirs)| theirs.is_none()) {
        let Some((name, grade, scope)) = ours.as_ref().and_then(|id| first.get(id)).map(indicator_key) else { continue };
        let likeness = |id: &String| {
            let (other, other_grade, other_scope) = second.get(id).map(indicator_key)?;
            let alike = strsim::normalized_damerau_levenshtein(&name, &other);
            (grade == other_grade && scope == other_scope && alike > 0.8).then_some(alike)
        };
        let best = left.iter().filter_map(|id| likeness(id).map(|alike| (alike, id.clone()))).max_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, id)) = best {
            left.retain(|other| *other != id);
            *theirs = Some(id);
        }
    }
    pairs.retain(|(ours, theirs)| ours.is_some() || theirs.as_ref().is_some_and(|id| left.contains(id)));
    pairs
}

type TargetKey = (Option<String>, Vec<Measure>, Option<CompareWord>, Option<String>);
type Pairs = Vec<(Option<String>, Option<String>)>;

fn indicator_key(indicator: &Indicator) -> (String, Option<String>, Option<String>) {
    let text = |text: &Option<crate::document::Text>| text.as_ref().map(|text| text.get(Lang::Zh).to_owned());
    (indicator.name.get(Lang::Zh).to_owned(), text(&indicator.grade), text(&indicator.scope))
}

/// Pairs by id, then by a key of the content, each first with first.
fn pair<T, K: PartialEq>(first: &IndexMap<String, T>, second: &IndexMap<String, T>, key: impl Fn(&T) -> Option<K>) -> Pairs {
    let pairs = first.keys().map(|id| (Some(id.clone()), second.contains_key(id).then(|| id.clone()))).collect::<Pairs>();
    let left = second.keys().filter(|id| !first.contains_key(*id)).map(|id| (None, Some(id.clone())));
    let pairs: Pairs = pairs.into_iter().chain(left).collect();
    pair_rest(pairs, first, second, key)
}

/// Pairs what has no counterpart yet by a key of the content.
fn pair_rest<T, K: PartialEq>(
    mut pairs: Pairs,
    first: &IndexMap<String, T>,
    second: &IndexMap<String, T>,
    key: impl Fn(&T) -> Option<K>,
) -> Pairs {
    let mut left: Vec<String> = pairs.iter().filter(|(first, _)| first.is_none()).filter_map(|(_, second)| second.clone()).collect();
    for (ours, theirs) in pairs.iter_mut().filter(|(_, theirs)| theirs.is_none()) {
        let Some(wanted) = ours.as_ref().and_then(|id| first.get(id)).and_then(&key) else { continue };
        let found = left.iter().position(|id| second.get(id).and_then(&key).is_some_and(|key| key == wanted));
        *theirs = found.map(|index| left.remove(index));
    }
    pairs.retain(|(ours, theirs)| ours.is_some() || theirs.as_ref().is_some_and(|id| left.contains(id)));
    pairs
}

/// Gives the parts of the second copy the ids of the first.
fn rename_keys(document: &mut Value, section: &str, ids: &HashMap<String, String>) {
    let Some(Value::Object(items)) = document.get_mut(section) else { return };
    *items = std::mem::take(items).into_iter().map(|(id, item)| (ids.get(&id).cloned().unwrap_or(id), item)).collect();
}

/// The keys under which ids stand, with the section they refer to.
const REFERENCES: &[(&str, &str)] = &[
    ("indicator", "indicators"),
    ("part_of", "indicators"),
    ("growth_from", "indicators"),
    ("ratio", "indicators"),
    ("share", "indicators"),
    ("per", "indicators"),
    ("sum", "indicators"),
    ("difference", "indicators"),
    ("parts", "indicators"),
    ("whole", "indicators"),
    ("objective", "targets"),
    ("repeats", "targets"),
    ("replaces", "targets"),
    ("with", "targets"),
    ("target", "targets"),
    ("targets", "targets"),
    ("share_meeting", "targets"),
    ("count_meeting", "targets"),
    ("all", "targets"),
    ("any", "targets"),
    ("of", "targets"),
    ("not", "targets"),
    ("instruments", "instruments"),
];

/// Ids of the second copy with those of the first, by section.
type Renamed = HashMap<&'static str, HashMap<String, String>>;

fn rename_references(value: &mut Value, renamed: &Renamed) {
    match value {
        Value::Object(fields) => {
            for (key, field) in fields.iter_mut() {
                let section = REFERENCES.iter().find(|(known, _)| known == key).and_then(|(_, section)| renamed.get(section));
                if let Some(ids) = section {
                    rename_ids(field, ids);
                }
                rename_references(field, renamed);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rename_references(item, renamed)),
        _ => {}
    }
}

fn rename_ids(value: &mut Value, ids: &HashMap<String, String>) {
    match value {
        Value::String(id) => {
            if let Some(ours) = ids.get(id) {
                id.clone_from(ours);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rename_ids(item, ids)),
        _ => {}
    }
}
