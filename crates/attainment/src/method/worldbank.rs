//! The speed of progress on a path that countries have typically taken.

use super::info::{Exactness, MethodInfo, Need, Verified};
use super::rulebook::{Rulebook, class, decision, readable};
use super::sight::Sight;
use super::{Answer, Facts, Parameters};
use crate::number::Exact;
use crate::plan::{Kind, Measure};
use crate::text::msg;
use crate::trace::{Step, Trace};
use crate::verdict::{Case, PaceNote, PaceReason, Reason, Scale, decimal_year};

pub(super) const INFO: MethodInfo = MethodInfo {
    id: "worldbank",
    body: "World Bank",
    source: "Atlas of Sustainable Development Goals, 2023, progress measure (trackr): speed and year of arrival. The typical path is data \
             of the indicator, read with straight lines between its points; the four words are this project's",
    value: "years on the typical path per year: 1 is as fast as the typical path",
    categories: &[("reached", Scale::Done), ("in time", Scale::OnTrack), ("late", Scale::Behind), ("never", Scale::Away)],
    accepts: &[(Measure::Level, &["by", "during"])],
    trend: &[],
    maintenance: true,
    not_for: &[Kind::YesNo, Kind::Judgement, Kind::Growth],
    points: 2,
    needs: &[Need::Bound, Need::Deadline, Need::TypicalPath],
    uses: &[],
    parameters: &[("granularity", "values are rounded to this step before they are looked up on the path")],
    exactness: Exactness::Rational,
    verified: Verified::Primary,
};

/// Speed is the time on the path between the first and the last value over the years that passed,
/// at least five. Reached counts only where it lasts to the latest observation.
pub(super) fn judge<T: Trace>(case: &Case, facts: &dyn Facts, parameters: &Parameters, trace: &mut T) -> Result<Answer, PaceReason> {
    let needs = PaceReason::NotEvaluable;
    let sight = Sight::new(case, facts, &Rulebook::new(None, None), parameters)?;
    let (target, deadline) = sight.target.clone().ok_or(PaceReason::NotApplicable)?;
    let deadline = deadline.ok_or(needs(Reason::NoDeadline))?;
    let reached = sight.satisfies(&sight.value, case);
    let since = reached.then(|| {
        let usable = case.history.iter().filter(|(at, ..)| at.last_day() <= sight.at.last_day());
        let held: Vec<_> = usable.rev().take_while(|(_, value, _)| sight.satisfies(value, case)).collect();
        held.last().map_or(sight.at, |(at, ..)| *at)
    });
    let path = Path::new(facts, sight.sign, parameters.granularity.as_ref());
    let first = case.history.first().filter(|(at, ..)| sight.at.years_since(*at) >= Exact::from(5)).ok_or(needs(Reason::TooFewPoints));
    let speed = path.as_ref().map_err(|reason| needs(*reason)).and_then(|path| {
        let (at, base, _) = first?;
        let years = sight.at.years_since(*at);
        let (from, to) = (path.time(base).map_err(needs)?, path.time(&sight.value).map_err(needs)?);
        Ok((to - from) / years)
    });
    let notes = parameters.granularity.iter().map(|_| PaceNote::ValuesRounded).collect();
    if let Some(since) = since {
        let class = class("reached", Scale::Done);
        trace.step(|| decision(msg!("at or beyond the target since {since}", "自{since}起保持达到"), &class));
        let mut answer = Answer::new(class).notes(notes);
        answer.value = speed.ok().map(|speed| speed.to_f64());
        answer.arrival = Some(decimal_year(since));
        return Ok(answer);
    }
    let (speed, path) = (speed?, path.map_err(needs)?);
    trace.step(|| Step::new("gauge", msg!("speed on the typical path: {speed}", "典型路径上的速度：{speed}")));
    let arrival = match speed.is_positive() {
        false => None,
        true => {
            let left = path.time(&target).map_err(needs)? - path.time(&sight.value).map_err(needs)?;
            Some(left / speed.clone())
        }
    };
    let left = deadline.years_since(sight.at);
    let (word, scale) = match &arrival {
        None => ("never", Scale::Away),
        Some(years) if *years <= left => ("in time", Scale::OnTrack),
        Some(_) => ("late", Scale::Behind),
    };
    let class = class(word, scale);
    trace.step(|| {
        let reason = match &arrival {
            None => msg!("speed {speed} ≤ 0", "速度{speed} ≤ 0"),
            Some(years) => {
                let (years, left, sign) = (readable(years.to_f64()), readable(left.to_f64()), if *years <= left { "≤" } else { ">" });
                msg!("{years} years to go {sign} {left} years left", "尚需{years}年 {sign} 尚余{left}年")
            }
        };
        decision(reason, &class)
    });
    let mut answer = Answer::new(class).notes(notes);
    answer.value = Some(speed.to_f64());
    answer.arrival = arrival.map(|years| decimal_year(sight.at) + years.to_f64());
    Ok(answer)
}

/// Times and values, straight between them.
struct Path<'a> {
    points: Vec<(Exact, Exact)>,
    granularity: Option<&'a Exact>,
}

impl<'a> Path<'a> {
    fn new(facts: &dyn Facts, sign: i64, granularity: Option<&'a Exact>) -> Result<Self, Reason> {
        let mut points = facts.typical_path()?;
        points.sort_by(|one, other| one.0.cmp(&other.0));
        let moves = |pair: &[(Exact, Exact)]| (Exact::from(sign) * (&pair[1].1 - &pair[0].1)).is_positive() && pair[1].0 > pair[0].0;
        if points.len() < 2 || !points.windows(2).all(moves) {
            return Err(Reason::NoTypicalPath);
        }
        Ok(Self { points, granularity })
    }

    /// The time at which the path has a value.
    fn time(&self, value: &Exact) -> Result<Exact, Reason> {
        let value = match self.granularity {
            Some(step) => (value / step).round_half_up(0) * step.clone(),
            None => value.clone(),
        };
        let between = |pair: &&[(Exact, Exact)]| {
            let (one, other) = (&pair[0].1, &pair[1].1);
            (*one <= value && value <= *other) || (*other <= value && value <= *one)
        };
        let pair = self.points.windows(2).find(between).ok_or(Reason::OffTypicalPath)?;
        let ((from, low), (to, high)) = (&pair[0], &pair[1]);
        Ok(from + &((value - low) / (high - low) * (to - from)))
    }
}
