//! Chains of references that come back to where they started.

use std::collections::{BTreeMap, BTreeSet};

use super::Check;
use crate::document::Id;
use crate::finding::Code;
use crate::plan::PlanDocument;
use crate::plan::indicator::Indicator;
use crate::plan::target::{Bound, Member, Target};
use crate::text::msg;

impl<'a> Check<'a> {
    /// Chains of references that come back to where they started.
    pub(super) fn cycles(&mut self) {
        let document = self.document;
        let mut values: BTreeMap<Node<'_>, Vec<Node<'_>>> = BTreeMap::new();
        for (id, indicator) in document.indicators.iter() {
            values.insert(("indicators", id), indicator_references(indicator));
        }
        for (id, target) in document.targets.iter() {
            values.insert(("targets", id), target_references(target, document));
        }
        let part_of = chain("indicators", document.indicators.iter().map(|(id, i)| (id, i.part_of.as_ref())));
        let areas = chain("areas", document.areas.iter().map(|(id, area)| (id, area.parent.as_ref())));
        let tasks = chain("tasks", document.tasks.iter().map(|(id, task)| (id, task.parent.as_ref())));
        let replaced = chain("targets", document.targets.iter().map(|(id, target)| (id, target.replaces.as_ref())));
        for graph in [values, part_of, areas, tasks, replaced] {
            for (section, id) in cyclic(&graph) {
                self.within(section, |this| {
                    this.within(id, |this| {
                        this.report(
                            Code::ReferenceCycle,
                            msg!("`{id}` refers to itself through a chain of references", "`{id}`经一串引用又指回自身"),
                            msg!("remove one of the references of the chain", "请删去这串引用中的一处"),
                        )
                    });
                });
            }
        }
    }
}

/// A part of the document: its section and its id.
type Node<'a> = (&'static str, &'a str);

/// A graph in which everything refers to at most one of its kind.
fn chain<'a>(section: &'static str, items: impl Iterator<Item = (&'a String, Option<&'a Id>)>) -> BTreeMap<Node<'a>, Vec<Node<'a>>> {
    items.map(|(id, next)| ((section, id.as_str()), next.map(|next| (section, next.as_str())).into_iter().collect())).collect()
}

/// What the values of an indicator are made of: the indicators of its formula, or the target whose
/// meeting it counts.
fn indicator_references(indicator: &Indicator) -> Vec<Node<'_>> {
    let Some(formula) = &indicator.formula else { return Vec::new() };
    let lists = [&formula.ratio, &formula.share, &formula.per, &formula.sum, &formula.difference];
    let parts = lists.into_iter().flatten().flat_map(|ids| ids.iter()).map(|id| ("indicators", id.as_str()));
    let counted = formula.share_meeting.iter().chain(&formula.count_meeting).map(|id| ("targets", id.as_str()));
    parts.chain(counted).collect()
}

/// What a target needs: its members, its indicator with the one that publishes its growth, and what
/// its bounds refer to.
fn target_references<'a>(target: &'a Target, document: &'a PlanDocument) -> Vec<Node<'a>> {
    let mut needs: Vec<Node<'a>> = Vec::new();
    for member in target.members() {
        match member {
            Member::Named(id) => needs.push(("targets", id.as_str())),
            Member::Inline(inline) => needs.extend(target_references(inline, document)),
        }
    }
    let bounds = target.compare().map(|(_, bounds)| bounds).unwrap_or_default();
    let mut measured: Vec<&Id> = target.indicator.iter().collect();
    for bound in bounds.into_iter().chain(&target.stretch) {
        if let Bound::Reference(reference) = bound {
            needs.extend(reference.target.iter().map(|id| ("targets", id.as_str())));
            measured.extend(&reference.indicator);
        }
    }
    for id in measured {
        let publisher = document.indicators.get(id.as_str()).and_then(|indicator| indicator.growth_from.as_ref());
        needs.extend([Some(id), publisher].into_iter().flatten().map(|id| ("indicators", id.as_str())));
    }
    needs
}

/// The nodes of a graph that lie on a cycle, or on a way from one cycle to another: what is left
/// after taking away, again and again, whatever needs nothing and whatever nothing needs.
fn cyclic<'a>(graph: &BTreeMap<Node<'a>, Vec<Node<'a>>>) -> Vec<Node<'a>> {
    let mut turned: BTreeMap<Node<'a>, Vec<Node<'a>>> = graph.keys().map(|id| (*id, Vec::new())).collect();
    for (id, needs) in graph {
        for need in needs {
            if let Some(dependants) = turned.get_mut(need) {
                dependants.push(*id);
            }
        }
    }
    let leads_to_one = stuck(graph, &turned);
    let follows_from_one = stuck(&turned, graph);
    graph.keys().filter(|id| leads_to_one.contains(*id) && follows_from_one.contains(*id)).copied().collect()
}

/// The nodes that remain when whatever needs nothing is taken away until nothing more can be.
fn stuck<'a>(needs: &BTreeMap<Node<'a>, Vec<Node<'a>>>, needed_by: &BTreeMap<Node<'a>, Vec<Node<'a>>>) -> BTreeSet<Node<'a>> {
    let known = |ids: &Vec<Node<'_>>| ids.iter().filter(|id| needs.contains_key(*id)).count();
    let mut open: BTreeMap<Node<'a>, usize> = needs.iter().map(|(id, ids)| (*id, known(ids))).collect();
    let mut ready: Vec<Node<'a>> = open.iter().filter(|(_, count)| **count == 0).map(|(id, _)| *id).collect();
    while let Some(id) = ready.pop() {
        open.remove(&id);
        for dependant in needed_by.get(&id).into_iter().flatten() {
            if let Some(count) = open.get_mut(dependant) {
                *count -= 1;
                if *count == 0 {
                    ready.push(*dependant);
                }
            }
        }
    }
    open.into_keys().collect()
}
