//! Values of areas as an assessment sees them, for whoever compares areas with one another.

use std::collections::BTreeSet;

use super::Request;
use super::compile::compile;
use super::gather::{Areas, Evidence};
use crate::number::Exact;
use crate::panel::{Panel, SeriesKey};
use crate::period::Point;
use crate::plan::{Plan, PlanDocument, TargetTable};
use crate::verdict::{AreaNo, Reason, Rule, Threshold, Want, World};

/// A plan with its observations, as known at one vintage.
pub(crate) struct Observed<'a> {
    document: &'a PlanDocument,
    panel: Panel,
    areas: Areas,
    rules: Vec<Rule>,
    vintage: Option<Point>,
}

/// The value of an area.
#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) value: Exact,
    /// The data row, 0 for the plan's own.
    pub(crate) row: u64,
    /// Whether it is known exactly, and not as a bound or about.
    pub(crate) is_exact: bool,
}

impl<'a> Observed<'a> {
    pub(crate) fn new(plan: &'a Plan, panel: &Panel, table: Option<&TargetTable>, vintage: Option<Point>) -> Self {
        let document = plan.document();
        let panel = panel.with_plan(document);
        let areas = Areas::new(document, &panel, table.or(plan.table().map(|table| &**table)));
        let rules = compile(document, Threshold::Exact, &|id| areas.number(id)).rules;
        Self { document, panel, areas, rules, vintage }
    }

    /// The number of an area that plan, panel or table know.
    pub(crate) fn area(&self, id: &str) -> Option<AreaNo> {
        let declared = self.document.areas.contains_key(id) || self.document.area.as_ref().is_some_and(|home| home.as_str() == id);
        self.areas.number(id).filter(|number| declared || *number < self.areas.observed || !self.is_named_only(id))
    }

    /// A tier that a target names and no area belongs to is no area.
    fn is_named_only(&self, id: &str) -> bool {
        let tiers = self.document.indicators.values().flat_map(|indicator| &indicator.of);
        self.document.targets.values().flat_map(|target| &target.areas).chain(tiers).any(|named| named.as_str() == id)
    }

    /// The members of a tier or group.
    pub(crate) fn group(&self, name: &str) -> Option<&[AreaNo]> {
        self.areas.groups.get(name).map(Vec::as_slice)
    }

    pub(crate) fn id(&self, area: AreaNo) -> &str {
        self.areas.ids.get(area).map_or("", String::as_str)
    }

    /// Every name an area, tier or group goes by.
    pub(crate) fn names(&self) -> Vec<&str> {
        self.areas.ids.iter().chain(self.areas.groups.keys()).map(String::as_str).collect()
    }

    pub(crate) fn parent(&self, area: AreaNo) -> Option<AreaNo> {
        self.areas.parents.get(area).copied().flatten()
    }

    /// The areas it lies below, the nearest first.
    pub(crate) fn ancestors(&self, area: AreaNo) -> impl Iterator<Item = AreaNo> {
        std::iter::successors(self.parent(area), |above| self.parent(*above)).take(self.areas.parents.len())
    }

    pub(crate) fn is_below(&self, area: AreaNo, above: AreaNo) -> bool {
        self.areas.is_below(area, above)
    }

    /// The value of each area at a period, or why there is none.
    pub(crate) fn values(&self, areas: &[AreaNo], indicator: &str, want: &Want, at: Point) -> Vec<Result<Seen, Reason>> {
        let request = Request {
            as_of: vec![at],
            vintage: self.vintage,
            methods: Vec::new(),
            threshold: Threshold::Exact,
            targets: None,
            forecast: None,
        };
        let evidence = Evidence::new(self.document, &self.panel, &self.areas, &self.rules, None, &request, at);
        let Some(number) = self.document.indicators.get_index_of(indicator) else {
            return areas.iter().map(|_| Err(Reason::NoObservation)).collect();
        };
        let seen = |area: &AreaNo| {
            let reading = evidence.track(*area, number, want).at(at)?;
            Ok(Seen { is_exact: reading.value.is_exact(), value: reading.value.nominal, row: reading.row })
        };
        areas.iter().map(seen).collect()
    }

    /// The calibers that values of these areas are taken from where none is asked for: the unlabelled
    /// one, or the only one an area has. More than one and they do not compare.
    pub(crate) fn calibers(&self, areas: &[AreaNo], indicator: &str, want: &Want) -> BTreeSet<Option<&str>> {
        let labels = &self.panel.labels;
        let mut found = BTreeSet::new();
        let (Some(indicator), None) = (self.panel.indicators.find(indicator), &want.caliber) else { return found };
        let breakdown = want.breakdown.as_ref().and_then(|label| labels.find(label));
        for area in areas {
            let Some(area) = self.panel.areas.find(self.id(*area)) else { continue };
            let has = |caliber| self.panel.has(SeriesKey { area, indicator, breakdown, caliber });
            if has(None) {
                found.insert(None);
            } else {
                found.extend((0..labels.len() as u32).filter(|label| has(Some(*label))).map(|label| Some(labels.name(label))));
            }
        }
        found
    }
}
