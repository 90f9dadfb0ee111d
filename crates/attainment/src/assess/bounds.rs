//! The bounds that areas have of their own.

use std::collections::HashMap;
use std::sync::Arc;

use super::compile::{base_of, step_of};
use super::gather::Areas;
use crate::document::nearest_word;
use crate::finding::{Code, Finding};
use crate::number::Exact;
use crate::period::Period;
use crate::plan::{
    Amount, CompareWord, Direction, Indicator, Inherited, Measure, PlanDocument, Target, TargetRow, TargetTable, Toward, When, amount,
    level_amount,
};
use crate::quantity::Quantity;
use crate::text::{msg, shorten};
use crate::verdict::{AreaNo, BaseSpec, Body, BoundSpec, Reason, Rule, Value};

/// The rows of a table by rule and area.
#[derive(Debug)]
pub(super) struct Bounds {
    table: Arc<TargetTable>,
    /// The area in the table of each area, where the table has it.
    areas: Vec<Option<u32>>,
    /// The area of each area of the table.
    numbers: Vec<Option<AreaNo>>,
}

/// What an area has of its own.
struct Own {
    /// The row of the table.
    row: u64,
    measure: Option<Measure>,
    word: Option<CompareWord>,
    direction: Option<Direction>,
    bound: Option<BoundSpec>,
    bound_max: Option<BoundSpec>,
    step: Option<Exact>,
    when: Option<When>,
    base: Option<Inherited<BaseSpec>>,
}

impl Own {
    fn new(row: &TargetRow, document: &PlanDocument, target: &Target, indicator: &Indicator) -> Self {
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
        Self {
            row: row.number,
            measure: row.measure,
            word: row.compare,
            direction: indicator.direction,
            bound: row.bound.as_ref().map(spec),
            bound_max: row.bound_max.as_ref().map(spec),
            step: step_of(row.bound.as_ref(), measure, indicator),
            when: row.when.clone(),
            base,
        }
    }
}

impl Bounds {
    pub(super) fn new(table: &Arc<TargetTable>, areas: &Areas) -> Self {
        let names = &table.held().areas;
        let numbers = names.iter().map(|name| areas.number(name)).collect();
        Self { table: table.clone(), areas: areas.ids.iter().map(|id| names.find(id)).collect(), numbers }
    }

    pub(super) fn table(&self) -> &TargetTable {
        &self.table
    }

    /// The area in the table of an area.
    pub(super) fn area(&self, area: AreaNo) -> Option<u32> {
        self.areas.get(area).copied().flatten()
    }

    /// The areas that have a row of their own for a target, in order.
    pub(super) fn areas_of(&self, target: &str) -> Vec<AreaNo> {
        let places = self.table.held().places_of(target);
        let mut areas: Vec<AreaNo> =
            places.into_iter().flat_map(|places| places.areas()).filter_map(|area| self.numbers[area as usize]).collect();
        areas.sort_unstable();
        areas
    }

    /// The rule with the area's own bound, time and baseline; `None` where it has no row.
    pub(super) fn rule(&self, document: &PlanDocument, area: AreaNo, general: &Rule) -> Option<Rule> {
        let target = document.targets.get(&general.id)?;
        let indicator = document.indicators.get(target.indicator.as_ref()?.as_str())?;
        let held = self.table.held();
        let row = held.places_of(&general.id)?.get(self.area(area)?)?;
        let own = Own::new(&held.row(row), document, target, indicator);
        let mut specific = general.clone();
        specific.path = format!("{}, row {} of the target table", general.path, own.row);
        if let Some(when) = &own.when {
            specific.when = Some(Inherited { value: when.clone(), inherited: false });
        }
        if let Body::Single(single) = &mut specific.body {
            for phrase in &mut single.readings {
                phrase.measure = own.measure.unwrap_or(phrase.measure);
                phrase.word = own.word.unwrap_or(phrase.word);
                if own.measure.is_some() || own.word.is_some() {
                    phrase.toward = Toward::new(phrase.word, own.direction, phrase.measure);
                }
                if let Some(bound) = &own.bound {
                    (phrase.bound, phrase.step) = (bound.clone(), own.step.clone());
                    // The stretch of the plan is that of the plan's own bound.
                    phrase.stretch = None;
                }
                phrase.bound_max = own.bound_max.clone().or_else(|| phrase.bound_max.take());
            }
            single.base = own.base.clone();
        }
        Some(specific)
    }
}

/// What in a table does not fit the plan: targets it does not have, and units that do not convert.
pub(super) fn table_findings(table: &TargetTable, document: &PlanDocument) -> Vec<Finding> {
    let known: Vec<&str> = document.targets.keys().map(String::as_str).collect();
    let mut findings = table.findings().to_vec();
    let held = table.held();
    // Rows that say the same of their target are looked at once; those with a problem, one by one.
    let mut seen: HashMap<_, bool> = HashMap::new();
    for place in 0..held.len {
        let says = (held.target_of(place), held.measure.get(place), held.unit.numbers.get(place));
        let is_plain = !held.bound.others.contains_key(&(place as u32)) && !held.bound_max.others.contains_key(&(place as u32));
        if is_plain && seen.get(&says) == Some(&true) {
            continue;
        }
        let (row, before) = (held.row(place), findings.len());
        row_findings(&row, document, &known, &mut findings);
        if is_plain {
            seen.insert(says, findings.len() == before);
        }
    }
    findings
}

fn row_findings(row: &TargetRow, document: &PlanDocument, known: &[&str], findings: &mut Vec<Finding>) {
    let Some(target) = document.targets.get(row.target_id()) else {
        let id = shorten(row.target_id());
        let help = match nearest_word(&id, known) {
            Some(near) => msg!("did you mean `{near}`?", "是否为`{near}`?"),
            None => msg!("name a target of the plan in the column `target`", "请在`target`列写规划中的目标"),
        };
        let message = msg!("the plan has no target `{id}`", "规划中没有目标`{id}`");
        findings.push(Finding::new(Code::UnknownReference, message).at_row(row.number, None).help(help));
        return;
    };
    let Some(indicator) = target.indicator.as_ref().and_then(|id| document.indicators.get(id.as_str())) else { return };
    let measure = row.measure.unwrap_or_else(|| target.measures()[0]);
    for quantity in row.bound.iter().chain(&row.bound_max) {
        if let Err(finding) = amount(quantity, measure, indicator) {
            findings.push(Finding { code: Code::UnitUnfit, ..finding }.at_row(row.number, None));
        }
    }
}
