//! Growth bands of two offices that judge the direction alone.

use super::gauge::Gauge;
use super::info::{Exactness, MethodInfo, Need, Verified};
use super::rulebook::{ACCEPTS, NUMBERS_ONLY, Rulebook, Rules, TREND, class, more_than};
use super::{UNVERIFIED_WINDOW_PARAMETERS, WINDOW_PARAMETERS};
use crate::verdict::Scale;

pub(super) const INFO: MethodInfo = MethodInfo {
    id: "istat-2019",
    body: "Italian National Institute of Statistics (ISTAT)",
    source: "SDGs Report, 2019, pp. 37-38, as restated by the statistics office of South Tyrol (ASTAT); upper ends belong to the lower band. \
             It has no rule for a target: the bound is not considered",
    value: "the growth a year, positive where desired",
    categories: &[
        ("clear improvement", Scale::OnTrack),
        ("slight improvement", Scale::Near),
        ("stable", Scale::Behind),
        ("slight worsening", Scale::Away),
        ("clear worsening", Scale::Away),
    ],
    accepts: ACCEPTS,
    trend: TREND,
    maintenance: true,
    not_for: NUMBERS_ONLY,
    points: 2,
    needs: &[Need::Baseline],
    uses: &[],
    parameters: WINDOW_PARAMETERS,
    exactness: Exactness::Radical,
    verified: Verified::Secondary,
};

pub(super) fn rulebook() -> Rulebook {
    let rules = Rules {
        gauge: Gauge::Growth,
        cuts: vec![
            more_than(5, 100, class("clear improvement", Scale::OnTrack)),
            more_than(1, 100, class("slight improvement", Scale::Near)),
            more_than(-1, 100, class("stable", Scale::Behind)),
            more_than(-5, 100, class("slight worsening", Scale::Away)),
        ],
        below: class("clear worsening", Scale::Away),
        away_below: None,
        scores: None,
    };
    Rulebook::new(None, Some(rules))
}

pub(super) const MONET: MethodInfo = MethodInfo {
    id: "monet-2030",
    body: "Swiss Federal Statistical Office (MONET 2030)",
    source: "MONET 2030 indicator system; a band of ±3 % for unchanged, taken as growth a year: from general knowledge",
    categories: &[("positive", Scale::OnTrack), ("unchanged", Scale::Behind), ("negative", Scale::Away)],
    points: 3,
    parameters: UNVERIFIED_WINDOW_PARAMETERS,
    verified: Verified::Unverified,
    ..INFO
};

pub(super) fn monet() -> Rulebook {
    let rules = Rules {
        gauge: Gauge::Growth,
        cuts: vec![
            more_than(3, 100, class("positive", Scale::OnTrack)),
            super::rulebook::at_least(-3, 100, class("unchanged", Scale::Behind)),
        ],
        below: class("negative", Scale::Away),
        away_below: None,
        scores: None,
    };
    Rulebook { points: 3, ..Rulebook::new(None, Some(rules)) }
}
