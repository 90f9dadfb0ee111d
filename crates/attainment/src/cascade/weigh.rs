//! How much each part counts.

use super::question::{no_indicator, values};
use crate::assess::Observed;
use crate::document::{Id, Map};
use crate::finding::{Code, Finding};
use crate::number::Exact;
use crate::period::Point;
use crate::plan::{Indicator, PlanDocument};
use crate::quantity::Number;
use crate::text::{Message, msg};
use crate::verdict::{AreaNo, Want};

/// Who says how much each part counts.
#[derive(Clone, Copy)]
pub(super) enum Source<'a> {
    /// The rule, by area.
    Given(&'a Map<Number>),
    /// The values of an indicator, named by the rule.
    Indicator(&'a str),
    /// The denominator of the indicator's own formula.
    Denominator(&'a str),
}

impl<'a> Source<'a> {
    /// What the rule says, else the denominator of the formula.
    pub(super) fn new(given: &'a Map<Number>, by: Option<&'a Id>, indicator: &'a Indicator) -> Option<Self> {
        if !given.is_empty() {
            return Some(Self::Given(given));
        }
        if let Some(by) = by {
            return Some(Self::Indicator(by.as_str()));
        }
        let formula = indicator.formula.as_ref()?;
        let parts = [&formula.ratio, &formula.share, &formula.per].into_iter().find_map(Option::as_ref)?;
        parts.get(1).map(|below| Self::Denominator(below.as_str()))
    }

    /// Whether somebody has to say when it is weighed.
    pub(super) fn needs_period(self) -> bool {
        !matches!(self, Self::Given(_))
    }

    /// The same in words.
    pub(super) fn words(self, at: Option<Point>) -> Message {
        let at = at.map(|at| at.to_string()).unwrap_or_default();
        match self {
            Self::Given(_) => msg!("the weights given", "所给权重"),
            Self::Indicator(id) => msg!("`{id}` in {at}", "{at}的`{id}`"),
            Self::Denominator(id) => msg!("`{id}`, the denominator, in {at}", "分母`{id}`（{at}）"),
        }
    }

    /// The weight of each area, or why it has none. Weights are not negative.
    pub(super) fn of(
        self,
        document: &PlanDocument,
        observed: &Observed<'_>,
        areas: &[AreaNo],
        at: Option<Point>,
        findings: &mut Vec<Finding>,
    ) -> Vec<Result<Exact, Message>> {
        let weights: Vec<Result<Exact, Message>> = match self {
            Self::Given(given) => areas
                .iter()
                .map(|area| {
                    let weight = given.get(observed.id(*area));
                    weight.map(|weight| Exact::from(weight.get())).ok_or_else(|| msg!("the rule gives it no weight", "规则没有给出其权重"))
                })
                .collect(),
            Self::Indicator(id) | Self::Denominator(id) => {
                let Some(indicator) = document.indicators.get(id) else {
                    findings.push(no_indicator(document, id).at("/weigh_by"));
                    return areas.iter().map(|_| Err(Message::default())).collect();
                };
                let Some(at) = at else {
                    return areas.iter().map(|_| Err(Message::default())).collect();
                };
                let want = Want { caliber: indicator.caliber.as_ref().map(|id| id.as_str().to_owned()), breakdown: None };
                let seen = values(observed, areas, id, &want, at, findings).into_iter();
                seen.map(|seen| {
                    seen.map(|seen| seen.value)
                        .map_err(|why| Message { en: format!("`{id}`: {}", why.en), zh: format!("`{id}`：{}", why.zh) })
                })
                .collect()
            }
        };
        for (area, weight) in areas.iter().zip(&weights) {
            if let Ok(weight) = weight
                && weight.is_negative()
            {
                let id = observed.id(*area);
                findings.push(
                    Finding::new(Code::PartUnfit, msg!("the weight {weight} of `{id}` is negative", "`{id}`的权重{weight}为负"))
                        .help(msg!("a weight says how much a part counts: 0 or more", "权重表示所占分量,不得为负")),
                );
            }
        }
        weights
    }
}

/// What to do where shares or intensities have no weights.
pub(super) fn weights_missing(indicator: &str) -> Finding {
    Finding::new(
        Code::WeightsMissing,
        msg!(
            "`{indicator}` does not add up over areas, and nobody says how much each part counts",
            "`{indicator}`不能在地区间相加,也没有说明各地区所占分量"
        ),
    )
    .help(msg!(
        "add `weigh_by: <indicator of the denominator>` or `weights`, or state the formula of the indicator; the mean of the members is not the value of the whole",
        "请写`weigh_by: <分母指标>`或`weights`,或写明指标的公式;各地区的平均数不是整体的值"
    ))
}
