//! The trend assessment of the United Nations' Sustainable Development Goals Progress Chart.

use super::gauge::Gauge;
use super::info::{Exactness, MethodInfo, Need, Verified};
use super::rulebook::{ACCEPTS, BaseRule, Class, NOT_GROWTH, NUMBERS_ONLY, Rulebook, Rules, TREND, at_least, class};
use super::{PARAMETERS, UNVERIFIED_PARAMETERS};
use crate::number::Exact;
use crate::verdict::Scale;

const MET: Class = class("target met or on track", Scale::OnTrack).score(3.0);
const FAIR: Class = class("fair progress, acceleration needed", Scale::Near).score(2.0);
const STAGNATION: Class = class("stagnation or regression", Scale::Behind).score(1.0);

pub(super) const INFO: MethodInfo = MethodInfo {
    id: "unsd-2023",
    body: "United Nations Statistics Division",
    source: "SDG Progress Chart, technical note, 2023, as restated by the Basque statistics office (Eustat); the common scale \
             tells regression from stagnation where the words do not",
    value: "share of the way expected at the deadline; without a target the growth a year",
    categories: &[
        ("target met or on track", Scale::Done),
        ("target met or on track", Scale::OnTrack),
        ("fair progress, acceleration needed", Scale::Near),
        ("stagnation or regression", Scale::Behind),
        ("stagnation or regression", Scale::Away),
    ],
    accepts: ACCEPTS,
    trend: TREND,
    maintenance: true,
    not_for: NOT_GROWTH,
    points: 2,
    needs: &[],
    uses: &[Need::Baseline, Need::Deadline],
    parameters: PARAMETERS,
    exactness: Exactness::Radical,
    verified: Verified::Secondary,
};

pub(super) fn rulebook() -> Rulebook {
    let rules = |gauge, high: (i64, i64), low: (i64, i64)| Rules {
        gauge,
        cuts: vec![at_least(high.0, high.1, MET), at_least(low.0, low.1, FAIR)],
        below: STAGNATION,
        away_below: Some(Exact::zero()),
        scores: None,
    };
    let reached = Class { scale: Scale::Done, ..MET };
    Rulebook {
        reached: Some(reached.clone()),
        yes_no: Some((reached, STAGNATION)),
        base: BaseRule::NextElseBefore,
        baseline: Some(2015),
        deadline: Some(2030),
        within_one_point: true,
        ..Rulebook::new(Some(rules(Gauge::ExpectedShare, (95, 100), (10, 100))), Some(rules(Gauge::Growth, (2, 100), (5, 1000))))
    }
}

pub(super) const INFO_2022: MethodInfo = MethodInfo {
    id: "unsd-2022",
    source: "SDG Progress Chart, technical note, 2022; the cuts from general knowledge, not read in the note",
    value: "actual over required growth a year; without a target the growth a year",
    categories: &[
        ("target met or almost met", Scale::Done),
        ("substantial progress/on track", Scale::OnTrack),
        ("fair progress, acceleration needed", Scale::Near),
        ("limited or no progress", Scale::Behind),
        ("deterioration", Scale::Away),
    ],
    not_for: NUMBERS_ONLY,
    parameters: UNVERIFIED_PARAMETERS,
    verified: Verified::Unverified,
    ..INFO
};

pub(super) fn rulebook_2022() -> Rulebook {
    let on_track = || class("substantial progress/on track", Scale::OnTrack);
    let fair = || class("fair progress, acceleration needed", Scale::Near);
    let limited = || class("limited or no progress", Scale::Behind);
    let rules = |gauge, cuts| Rules { gauge, cuts, below: class("deterioration", Scale::Away), away_below: None, scores: None };
    let with_target = vec![at_least(95, 100, on_track()), at_least(50, 100, fair()), at_least(-10, 100, limited())];
    let without_target = vec![super::rulebook::more_than(1, 100, on_track()), at_least(5, 1000, fair()), at_least(-5, 1000, limited())];
    Rulebook {
        reached: Some(class("target met or almost met", Scale::Done)),
        yes_no: None,
        ..Rulebook {
            with_target: Some(rules(Gauge::GrowthRatio, with_target)),
            without_target: Some(rules(Gauge::Growth, without_target)),
            ..rulebook()
        }
    }
}
