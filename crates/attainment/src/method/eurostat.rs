//! Eurostat's EU SDG monitoring report, and the Basque office Eustat's restatement of it.

use super::WINDOW_PARAMETERS;
use super::gauge::Gauge;
use super::info::{Exactness, MethodInfo, Need, Verified};
use super::rulebook::{
    ACCEPTS, BaseRule, Class, NOT_GROWTH, NUMBERS_ONLY, Rulebook, Rules, Scores, TREND, at_least, class, more_than, piece,
};
use crate::number::Exact;
use crate::verdict::Scale;

pub(super) const INFO_2019: MethodInfo = MethodInfo {
    id: "eurostat-2019",
    body: "Eurostat",
    source: "Sustainable development in the European Union, monitoring report, 2019; the cuts without a target and the least length of \
             a window are from general knowledge, the scores as Eustat documents them. A reached target scores 5: the source is silent",
    value: "actual over required growth a year; without a target the growth a year",
    categories: &[
        ("significant progress", Scale::Done),
        ("significant progress", Scale::OnTrack),
        ("moderate progress", Scale::Near),
        ("insufficient progress", Scale::Behind),
        ("movement away", Scale::Away),
        ("moderate movement away", Scale::Away),
        ("significant movement away", Scale::Away),
    ],
    accepts: ACCEPTS,
    trend: TREND,
    maintenance: true,
    not_for: NUMBERS_ONLY,
    points: 2,
    needs: &[Need::Baseline],
    uses: &[Need::Deadline],
    parameters: WINDOW_PARAMETERS,
    exactness: Exactness::Radical,
    verified: Verified::Secondary,
};

const SIGNIFICANT: Class = class("significant progress", Scale::OnTrack);
const REACHED: Class = class("significant progress", Scale::Done).score(5.0);
const MODERATE: Class = class("moderate progress", Scale::Near);

pub(super) fn rulebook_2019() -> Rulebook {
    let with_target = Rules {
        gauge: Gauge::GrowthRatio,
        cuts: vec![
            at_least(95, 100, SIGNIFICANT),
            at_least(60, 100, MODERATE),
            at_least(0, 1, class("insufficient progress", Scale::Behind)),
        ],
        below: class("movement away", Scale::Away),
        away_below: None,
        scores: Some(scores_with_target()),
    };
    let without_target = Rules {
        gauge: Gauge::Growth,
        cuts: vec![
            at_least(1, 100, SIGNIFICANT),
            at_least(0, 1, MODERATE),
            at_least(-1, 100, class("moderate movement away", Scale::Away)),
        ],
        below: class("significant movement away", Scale::Away),
        away_below: None,
        scores: Some(scores_without_target()),
    };
    Rulebook { reached: Some(REACHED), ..Rulebook::new(Some(with_target), Some(without_target)) }
}

pub(super) const INFO_2025: MethodInfo = MethodInfo {
    id: "eustat-2025",
    body: "Eustat, Basque statistics office",
    source: "Eustat's progress scripts, 2025; their rounding to ten decimals, which hides the noise of floats, is left out because \
             there is none here",
    categories: &[
        ("significant progress", Scale::Done),
        ("significant progress", Scale::OnTrack),
        ("moderate progress", Scale::Near),
        ("no change", Scale::Behind),
        ("moderate deterioration", Scale::Behind),
        ("moderate deterioration", Scale::Away),
        ("significant deterioration", Scale::Away),
    ],
    value: INFO_2019.value,
    accepts: ACCEPTS,
    trend: TREND,
    maintenance: true,
    not_for: NOT_GROWTH,
    points: 2,
    needs: &[],
    uses: &[Need::Baseline, Need::Deadline, Need::Limit],
    parameters: WINDOW_PARAMETERS,
    exactness: Exactness::Radical,
    verified: Verified::Primary,
};

/// Strict ends; 0 to 60 % is called a moderate deterioration too, and is behind and not away.
pub(super) fn rulebook_2025() -> Rulebook {
    let away = class("significant deterioration", Scale::Away);
    let with_target = Rules {
        gauge: Gauge::GrowthRatio,
        cuts: vec![
            more_than(95, 100, SIGNIFICANT),
            more_than(60, 100, MODERATE),
            at_least(0, 1, class("moderate deterioration", Scale::Behind)),
        ],
        below: away.clone(),
        away_below: None,
        scores: Some(scores_with_target()),
    };
    let without_target = Rules {
        gauge: Gauge::Growth,
        cuts: vec![
            more_than(1, 100, SIGNIFICANT),
            more_than(1, 1000, MODERATE),
            at_least(-1, 1000, class("no change", Scale::Behind)),
            at_least(-1, 100, class("moderate deterioration", Scale::Away)),
        ],
        below: away.clone(),
        away_below: None,
        scores: Some(scores_without_target()),
    };
    Rulebook {
        reached: Some(REACHED),
        yes_no: Some((REACHED, away.score(-5.0))),
        base: BaseRule::Nearest,
        baseline: Some(2015),
        deadline: Some(2030),
        limit: Some(Exact::ratio(444, 100)),
        within_one_point: true,
        ..Rulebook::new(Some(with_target), Some(without_target))
    }
}

/// R > 130 % is 5, 60 to 130 % rises from 0 to 5, -60 to 60 % from -5 to 0.
fn scores_with_target() -> Scores {
    Scores {
        pieces: vec![piece(Some((60, 100)), 500.0 / 70.0, -300.0 / 70.0), piece(None, 500.0 / 120.0, -2.5)],
        lowest: -5.0,
        highest: 5.0,
        reached: 5.0,
    }
}

/// 2.5 times the growth in percent, at most 5 at 2 %.
fn scores_without_target() -> Scores {
    Scores { pieces: vec![piece(None, 250.0, 0.0)], lowest: -5.0, highest: 5.0, reached: 5.0 }
}
