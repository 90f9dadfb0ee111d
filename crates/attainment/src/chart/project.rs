//! Where the pace so far leads, and how sure that is.
//!
//! The projection goes on at the mean change a year since the start of the clock; it is the number
//! that [`Outlook::actual`](crate::Outlook) says. That is the drift method of forecasting, whose
//! interval is known: after h further periods the standard deviation is σ √(h (1 + h / k)), where σ
//! is the standard deviation of the k changes seen, with k − 1 degrees of freedom, and 80 % of a normal
//! distribution lie within 1.2816 of it (R. J. Hyndman and G. Athanasopoulos, Forecasting: Principles and
//! Practice, 3rd edition, 2021, sections 5.2 and 5.5).
//!
//! It holds where changes are independent and normal, and says nothing about a change of policy. It is
//! drawn where at least [`FEWEST`] changes follow one another without a gap or a break since the start;
//! that many is our choice, the book names none.

use crate::assess::{Way, WayPoint};
use crate::period::Point;
use crate::verdict::decimal_year;

/// Changes a band rests on, at least.
pub(super) const FEWEST: usize = 5;

/// The half-width of the middle 80 % of a normal distribution, in standard deviations.
const EIGHTY: f64 = 1.2816;

/// Points that the band is drawn through.
const STEPS: u32 = 16;

/// One place of the projection: a decimal year with the value, and the ends of the band where there is
/// one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ahead {
    pub(super) year: f64,
    pub(super) value: f64,
    pub(super) ends: Option<(f64, f64)>,
}

/// From the latest value to the deadline; empty where the pace so far leads nowhere.
pub(super) fn project(way: &Way) -> Vec<Ahead> {
    let (Some((now, value)), Some(deadline), Some(actual), Some(_)) = (way.now, way.deadline, way.actual, way.projected) else {
        return Vec::new();
    };
    let (from, to) = (decimal_year(now), decimal_year(deadline));
    if to <= from {
        return Vec::new();
    }
    let spread = spread(way);
    let at = |step: u32| {
        let year = from + (to - from) * f64::from(step) / f64::from(STEPS);
        let value = value + actual * (year - from);
        let ends = spread.map(|spread| {
            let half = spread.half_width(year - from);
            (value - half, value + half)
        });
        Ahead { year, value, ends }
    };
    (0..=STEPS).map(at).collect()
}

/// How changes from one period to the next have spread.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spread {
    deviation: f64,
    changes: usize,
    /// Years that a period takes.
    period: f64,
}

impl Spread {
    fn half_width(self, years: f64) -> f64 {
        let ahead = years / self.period;
        EIGHTY * self.deviation * (ahead * (1.0 + ahead / self.changes as f64)).sqrt()
    }
}

/// The spread of the changes since the start; `None` where there are too few, or a gap or break among
/// them.
pub(super) fn spread(way: &Way) -> Option<Spread> {
    let (now, _) = way.now?;
    let start = way.start?;
    let is_on_way = |point: &&WayPoint| decimal_year(point.at) >= decimal_year(start) && point.at.last_day() <= now.last_day();
    let mut points: Vec<(Point, f64, bool)> =
        way.points.iter().filter(is_on_way).map(|point| (point.at, point.value, point.is_break)).collect();
    if let (Some(base), Some(first)) = (way.base, points.first())
        && first.0.last_day() > start.last_day()
    {
        points.insert(0, (start, base, false));
    }
    let follows = |pair: &[(Point, f64, bool)]| pair[1].0.last_day() == pair[0].0.plus(1).last_day() && !pair[1].2;
    if points.len() <= FEWEST || !points.windows(2).all(follows) {
        return None;
    }
    let changes: Vec<f64> = points.windows(2).map(|pair| pair[1].1 - pair[0].1).collect();
    let count = changes.len();
    let mean = changes.iter().sum::<f64>() / count as f64;
    let squares: f64 = changes.iter().map(|change| (change - mean) * (change - mean)).sum();
    let years = decimal_year(now) - decimal_year(start);
    Some(Spread { deviation: (squares / (count - 1) as f64).sqrt(), changes: count, period: years / count as f64 })
}
