//! The progress measure of Statistics Canada, which Open SDG ships.

use super::PARAMETERS;
use super::gauge::Gauge;
use super::info::{Exactness, MethodInfo, Need, Verified};
use super::rulebook::{ACCEPTS, BaseRule, NOT_GROWTH, Piece, Rulebook, Rules, Scores, TREND, at_least, class, piece};
use crate::number::Exact;
use crate::verdict::Scale;

pub(super) const INFO: MethodInfo = MethodInfo {
    id: "statcan-2025",
    body: "Statistics Canada; Open SDG 2.4.0",
    source: "Open SDG, progress measure methodology, 2025, and Statistics Canada's published calculation components; a target \
             equal to the base, or no value after the base year, is not handled there and not evaluable here",
    value: "actual over required growth a year; without a target the growth a year",
    categories: &[
        ("target_achieved", Scale::Done),
        ("substantial_progress", Scale::OnTrack),
        ("moderate_progress", Scale::Near),
        ("limited_progress", Scale::Behind),
        ("deterioration", Scale::Away),
    ],
    accepts: ACCEPTS,
    trend: TREND,
    maintenance: true,
    not_for: NOT_GROWTH,
    points: 2,
    needs: &[],
    uses: &[Need::Baseline, Need::Deadline, Need::Limit],
    parameters: PARAMETERS,
    exactness: Exactness::Radical,
    verified: Verified::Reproduced(175),
};

/// Kept quirks: 0.001 stands for a target or base of zero, negative values compare as magnitudes,
/// positive cuts shrink near a natural limit with the exponent 4.44, and the constants of the score
/// are truncated, so that it does not quite meet the cuts.
pub(super) fn rulebook() -> Rulebook {
    let (substantial, moderate) = (class("substantial_progress", Scale::OnTrack), class("moderate_progress", Scale::Near));
    let (limited, away) = (class("limited_progress", Scale::Behind), class("deterioration", Scale::Away));
    let near = |from, slope, intercept| Piece { near_limit: true, ..piece(Some(from), slope, intercept) };
    let with_target = Rules {
        gauge: Gauge::GrowthRatio,
        cuts: vec![at_least(95, 100, substantial.clone()), at_least(60, 100, moderate.clone()), at_least(0, 1, limited.clone())],
        below: away.clone(),
        away_below: None,
        scores: Some(Scores {
            pieces: vec![piece(Some((60, 100)), 7.1429, -4.2857), piece(None, 4.1667, -2.5)],
            lowest: -5.0,
            highest: 5.0,
            reached: 5.0,
        }),
    };
    let without_target = Rules {
        gauge: Gauge::Growth,
        cuts: vec![at_least(15, 1000, substantial), at_least(5, 1000, moderate), at_least(0, 1, limited)],
        below: away.clone(),
        away_below: None,
        scores: Some(Scores {
            pieces: vec![near((15, 1000), 500.0, -5.0), near((5, 1000), 250.0, -1.25), near((0, 1), 500.0, -2.5), piece(None, 125.0, -2.5)],
            lowest: -5.0,
            highest: 5.0,
            reached: 5.0,
        }),
    };
    let achieved = class("target_achieved", Scale::Done).score(5.0);
    Rulebook {
        reached: Some(achieved.clone()),
        // Binary indicators are achieved or not; the source gives the latter no class of its own.
        yes_no: Some((achieved, away.score(-5.0))),
        base: BaseRule::Next,
        baseline: Some(2015),
        deadline: Some(2030),
        first_year: true,
        zero: Some(Exact::ratio(1, 1000)),
        flips: true,
        limit: Some(Exact::ratio(444, 100)),
        ..Rulebook::new(Some(with_target), Some(without_target))
    }
}
