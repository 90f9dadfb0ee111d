//! Which targets look beyond the area they are judged in.

use std::collections::HashSet;

use super::compile::{Program, compile};
use super::{AssessOptions, Request};
use crate::error::Error;
use crate::plan::{Mark, Plan, PlanDocument};
use crate::verdict::{Body, BoundSpec, IndicatorNo, ReferenceTo, RuleNo, Single};

impl Plan {
    /// The targets whose verdict in one area depends on observations of others: ranks and
    /// percentiles, bounds read off other areas, shares of areas that meet a target, methods that
    /// compare with peers. In the order of the plan.
    ///
    /// All other targets can be judged an area at a time, on as many machines as there are areas,
    /// with the same verdicts to the last digit.
    ///
    /// # Errors
    ///
    /// [`Error::Assess`] when the question cannot be asked so, as [`Plan::assess`].
    ///
    /// ```
    /// use attainment::{AssessOptions, Format, Plan};
    ///
    /// let plan = Plan::parse("
    /// attainment: 1
    /// id: water
    /// areas: { xinji: { groups: [counties] }, ningjin: { groups: [counties] } }
    /// indicators: { leakage: { name: Leakage, unit: percent, direction: decrease } }
    /// targets:
    ///   low:      { indicator: leakage, at_most: 10%, by: 2024 }
    ///   foremost: { indicator: leakage, measure: rank, among: counties, at_most: 1, by: 2024 }
    /// ", Format::Yaml)?;
    /// assert_eq!(plan.across_areas(&AssessOptions::new().as_of(2024))?, ["foremost"]);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn across_areas(&self, options: &AssessOptions) -> Result<Vec<String>, Error> {
        let request = Request::new(options, self)?;
        let document = self.document();
        // Only whether a bound names an area is asked, not which.
        let program = compile(document, request.threshold, &|_| None);
        let look = Look { document, program: &program, request: &request };
        let across = (0..program.targets).filter(|rule| look.rule(*rule, &mut HashSet::new()));
        Ok(across.map(|rule| program.rules[rule].id.clone()).collect())
    }
}

struct Look<'a> {
    document: &'a PlanDocument,
    program: &'a Program,
    request: &'a Request,
}

impl Look<'_> {
    fn rule(&self, rule: RuleNo, seen: &mut HashSet<RuleNo>) -> bool {
        if !seen.insert(rule) {
            return false;
        }
        let compiled = &self.program.rules[rule];
        match &compiled.body {
            Body::Combined(_, members) => members.iter().any(|member| self.rule(*member, seen)),
            Body::Single(single) => self.single(single, seen) || self.pace(single.indicator) || self.table(&compiled.id),
        }
    }

    fn single(&self, single: &Single, seen: &mut HashSet<RuleNo>) -> bool {
        let mut bound = |spec: &BoundSpec| match spec {
            BoundSpec::Reference { to: ReferenceTo::MeanOf(_) | ReferenceTo::Area(_), .. } => true,
            BoundSpec::Reference { to: ReferenceTo::Indicator(indicator), .. } => self.indicator(*indicator, &mut HashSet::new()),
            BoundSpec::Reference { to: ReferenceTo::Target(rule), .. } => self.rule(*rule, seen),
            BoundSpec::Fixed { .. } | BoundSpec::Broken(_) => false,
        };
        let by_phrase = single.readings.iter().any(|phrase| {
            phrase.measure.is_among_areas()
                || [Some(&phrase.bound), phrase.bound_max.as_ref(), phrase.stretch.as_ref()].into_iter().flatten().any(&mut bound)
        });
        by_phrase || self.indicator(single.indicator, &mut HashSet::new())
    }

    /// Whether values of an indicator are made of values of other areas.
    fn indicator(&self, number: IndicatorNo, seen: &mut HashSet<IndicatorNo>) -> bool {
        let Some((_, indicator)) = self.document.indicators.get_index(number).filter(|_| seen.insert(number)) else { return false };
        let formula = indicator.formula.as_ref();
        if formula.is_some_and(|formula| formula.share_meeting.is_some() || formula.count_meeting.is_some()) {
            return true;
        }
        let lists = formula.map(|formula| [&formula.ratio, &formula.share, &formula.per, &formula.sum, &formula.difference]);
        let parts = lists.into_iter().flatten().flatten().flat_map(|ids| ids.iter());
        let mut others = parts.chain(&indicator.growth_from).filter_map(|id| self.document.indicators.get_index_of(id.as_str()));
        others.any(|other| self.indicator(other, seen))
    }

    /// Whether a method that was asked for looks at peers.
    fn pace(&self, indicator: IndicatorNo) -> bool {
        let marks = self.document.indicators.get_index(indicator).map(|(_, indicator)| &indicator.marks);
        let by_mark = marks.into_iter().flat_map(|marks| marks.values()).any(|mark| matches!(mark, Mark::FromPeers(_)));
        self.request.methods.iter().any(|method| by_mark || method.asks_a_group())
    }

    /// Whether a row of the target table makes the target a rank.
    fn table(&self, target: &str) -> bool {
        let mut rows = self.request.targets.iter().flat_map(|table| table.rows_on(target));
        rows.any(|row| row.measure.is_some_and(|measure| measure.is_among_areas()))
    }
}
