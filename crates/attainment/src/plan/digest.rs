//! The identity of what a plan says.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::target::{Member, Target};
use super::{Plan, PlanDocument};

/// What the recipe below is called. Another recipe is another word, so that two digests are equal
/// only where they were made alike.
const RECIPE: &str = "plan1";

impl Plan {
    /// The identity of the plan: equal for two texts that say the same, whatever their format, the
    /// order of their keys and lines, their comments and quotes, and whether a target states or
    /// inherits its date, baseline, areas, nature and schedule.
    ///
    /// `plan1:` and the SHA-256 of the canonical JSON in hexadecimal. The canonical JSON is that of
    /// [`Plan::to_value`] with the defaults written into the targets and left out themselves, the
    /// keys of every map in the order of their code points, no white space, and under `targets_by_area`
    /// the rows of a target table, in the order of their texts, where the plan was made of one.
    ///
    /// Numbers, units and names count as they are written: `3.0%` says more than `3%`, and a note is
    /// part of what the plan says. Another digest does not mean another verdict;
    /// [`Plan::diff`] says what changed.
    ///
    /// ```
    /// use attainment::{Format, Plan};
    /// let inherits = Plan::parse("
    /// attainment: 1
    /// id: rail
    /// defaults: { by: 2030, baseline: 2019 }
    /// indicators: { rail: { name: Freight by rail, unit: percent, direction: increase } }
    /// targets: { rail: { indicator: rail, at_least: 25% } }
    /// ", Format::Yaml)?;
    /// let states = Plan::parse(r#"{
    ///     "id": "rail", "attainment": "1",
    ///     "targets": { "rail": { "by": "2030", "baseline": "2019", "indicator": "rail", "at_least": "25%" } },
    ///     "indicators": { "rail": { "direction": "increase", "name": "Freight by rail", "unit": "percent" } }
    /// }"#, Format::Json)?;
    /// assert_eq!(inherits.digest(), states.digest());
    /// assert!(states.digest().starts_with("plan1:"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn digest(&self) -> String {
        let document = self.document();
        let mut value = self.to_value();
        if let Value::Object(map) = &mut value {
            map.remove("defaults");
            for (id, target) in &*document.targets {
                if let Some(json) = map.get_mut("targets").and_then(|targets| targets.get_mut(id)) {
                    state(document, target, json);
                }
            }
            if let Some(table) = self.table() {
                let mut rows: Vec<Value> = table.to_records().into_iter().map(|row| Value::Object(without_nulls(row))).collect();
                rows.sort_by_cached_key(canonical);
                map.insert("targets_by_area".to_owned(), rows.into());
            }
        }
        let hash = Sha256::digest(canonical(&value).as_bytes());
        let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{RECIPE}:{hex}")
    }
}

fn without_nulls(row: serde_json::Map<String, Value>) -> serde_json::Map<String, Value> {
    row.into_iter().filter(|(_, value)| !value.is_null()).collect()
}

/// JSON with the keys of every map in the order of their code points and no white space.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(map) => {
            let mut pairs: Vec<(&String, &Value)> = map.iter().collect();
            pairs.sort_by_key(|(key, _)| *key);
            let pairs: Vec<String> =
                pairs.iter().map(|(key, value)| format!("{}:{}", Value::from(key.as_str()), canonical(value))).collect();
            format!("{{{}}}", pairs.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        scalar => scalar.to_string(),
    }
}

/// Writes what a target inherits into its JSON, and into that of the targets written in place.
fn state(document: &PlanDocument, target: &Target, json: &mut Value) {
    let Value::Object(map) = json else { return };
    let mut set = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            map.entry(key).or_insert(value);
        }
    };
    set("nature", document.nature_of(target).and_then(|nature| serde_json::to_value(nature.value).ok()));
    // A combination has no date of its own; its members have.
    if target.indicator.is_some() {
        let when = document.when_of(target).map(|when| when.value);
        set("baseline", document.baseline_of(target, when.as_ref()).and_then(|baseline| serde_json::to_value(baseline.value).ok()));
        if let Some(when) = when {
            set(when.key(), Some(when.period().to_string().into()));
        }
        let defaults = document.defaults.as_ref();
        set("areas", defaults.filter(|defaults| !defaults.areas.is_empty()).and_then(|d| serde_json::to_value(&d.areas).ok()));
        set("schedule", defaults.filter(|defaults| !defaults.schedule.is_empty()).and_then(|d| serde_json::to_value(&d.schedule).ok()));
    }
    let written = ["all", "any", "k_of", "not"].into_iter().find(|key| map.contains_key(*key)).and_then(|key| map.get_mut(key));
    let written = match written {
        Some(Value::Object(k_of)) if k_of.contains_key("of") => k_of.get_mut("of"),
        other => other,
    };
    let written: &mut [Value] = match written {
        Some(Value::Array(items)) => items,
        Some(single) => std::slice::from_mut(single),
        None => &mut [],
    };
    for (member, json) in target.members().iter().zip(written) {
        if let Member::Inline(target) = member {
            state(document, target, json);
        }
    }
}
