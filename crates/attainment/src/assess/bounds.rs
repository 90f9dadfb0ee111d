//! The bounds that areas have of their own.

use std::collections::{BTreeMap, HashMap};

use super::compile::{base_of, step_of};
use super::gather::Areas;
use crate::document::nearest_word;
use crate::finding::{Code, Finding};
use crate::number::Exact;
use crate::period::Period;
use crate::plan::{Amount, Inherited, PlanDocument, TargetTable, When, amount, level_amount};
use crate::quantity::Quantity;
use crate::text::{msg, shorten};
use crate::verdict::{AreaNo, BaseSpec, Body, BoundSpec, Reason, Rule, RuleNo, Value};

/// The rows of a table by rule and area.
pub(super) struct Bounds {
    rows: HashMap<RuleNo, BTreeMap<AreaNo, Own>>,
}

/// What an area has of its own.
struct Own {
    /// The row of the table.
    row: u64,
    bound: Option<BoundSpec>,
    bound_max: Option<BoundSpec>,
    step: Option<Exact>,
    when: Option<When>,
    base: Option<Inherited<BaseSpec>>,
}

impl Bounds {
    pub(super) fn new(table: &TargetTable, document: &PlanDocument, areas: &Areas) -> Self {
        let mut rows: HashMap<RuleNo, BTreeMap<AreaNo, Own>> = HashMap::new();
        for row in &table.rows {
            let Some((rule, _, target)) = document.targets.get_full(row.target_id()) else { continue };
            let (Some(area), Some(id)) = (areas.number(&row.area), &target.indicator) else { continue };
            let Some(indicator) = document.indicators.get(id.as_str()) else { continue };
            let measure = row.measure.unwrap_or_else(|| target.measures()[0]);
            let spec = |quantity: &Quantity| match amount(quantity, measure, indicator) {
                Ok(Amount::Known(value)) => BoundSpec::Fixed { value: Value::exact(value) },
                Ok(Amount::Masked) => BoundSpec::Broken(Reason::BoundMasked),
                Ok(Amount::Unknown) => BoundSpec::Broken(Reason::BoundUnknown),
                Ok(Amount::UnitLost) => BoundSpec::Broken(Reason::UnitLost),
                Err(_) => BoundSpec::Broken(Reason::UnitMismatch),
            };
            let declared = row.baseline_value.as_ref().and_then(|quantity| match level_amount(quantity, indicator) {
                Ok(Amount::Known(value)) => Some(Ok(Value::exact(value))),
                _ => None,
            });
            let when = row.when.clone().or_else(|| document.when_of(target).map(|when| when.value));
            let mut base = base_of(document, target, indicator, when.as_ref());
            if row.baseline.is_some() || declared.is_some() {
                let at = row.baseline.as_ref().map_or_else(|| base.as_ref().and_then(|base| base.value.at), Period::end);
                base = Some(Inherited { value: BaseSpec { at, declared }, inherited: false });
            }
            let own = Own {
                row: row.number,
                bound: row.bound.as_ref().map(spec),
                bound_max: row.bound_max.as_ref().map(spec),
                step: step_of(row.bound.as_ref(), measure, indicator),
                when: row.when.clone(),
                base,
            };
            rows.entry(rule).or_default().insert(area, own);
        }
        Self { rows }
    }

    pub(super) fn areas_of(&self, rule: RuleNo) -> Vec<AreaNo> {
        self.rows.get(&rule).into_iter().flat_map(BTreeMap::keys).copied().collect()
    }

    /// The rule with the area's own bound, time and baseline; `None` where it has no row.
    pub(super) fn rule(&self, rule: RuleNo, area: AreaNo, general: &Rule) -> Option<Rule> {
        let own = self.rows.get(&rule)?.get(&area)?;
        let mut specific = general.clone();
        specific.path = format!("{}, row {} of the target table", general.path, own.row);
        if let Some(when) = &own.when {
            specific.when = Some(Inherited { value: when.clone(), inherited: false });
        }
        if let Body::Single(single) = &mut specific.body {
            for phrase in &mut single.readings {
                if let Some(bound) = &own.bound {
                    (phrase.bound, phrase.step) = (bound.clone(), own.step.clone());
                }
                phrase.bound_max = own.bound_max.clone().or_else(|| phrase.bound_max.take());
            }
            single.base = own.base.clone();
        }
        Some(specific)
    }
}

/// Targets that a table names and the plan does not have.
pub(super) fn unknown_targets(table: &TargetTable, document: &PlanDocument) -> Vec<Finding> {
    let known: Vec<&str> = document.targets.keys().map(String::as_str).collect();
    let missing = table.rows.iter().filter(|row| !document.targets.contains_key(row.target_id()));
    missing
        .map(|row| {
            let id = shorten(row.target_id());
            let finding = Finding::new(Code::UnknownReference, msg!("the plan has no target `{id}`", "规划中没有目标`{id}`"))
                .at_row(row.number, None);
            match nearest_word(&id, &known) {
                Some(near) => finding.help(msg!("did you mean `{near}`?", "是否为`{near}`?")),
                None => finding,
            }
        })
        .collect()
}
