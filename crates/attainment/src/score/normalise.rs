//! Normalisers: formulas over a column, in floats for all rows and exactly for one.
//!
//! Nearly all of them are one formula, (x − a) / (b − a), with `a` where the score is 0 and `b` where
//! it is 1. Where less is better the ends are exchanged, and no sign is flipped.

use std::sync::Arc;

use super::frame::Column;
use crate::number::{Exact, ln};

/// A normaliser made ready for one column.
#[derive(Clone, Debug)]
pub(crate) struct Norm {
    pub(crate) rule: Rule,
    pub(crate) clamp: bool,
    /// What 0 and 1 become; `None` leaves them.
    pub(crate) to: Option<(Exact, Exact)>,
    pub(crate) increase: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum Rule {
    AsIs,
    /// One pair of ends for each block of rows, or one for all.
    Ends {
        ends: Vec<Ends>,
        log: bool,
    },
    /// x over a best value or target, or the other way round; one for each block, or one for all.
    Share(Vec<Option<Exact>>),
    Curve(Curve),
    /// Worked out already, since a place depends on all other rows.
    Places(Vec<f64>),
    Growth {
        areas: usize,
        follows: Vec<bool>,
    },
}

/// Where the score is 0 and where it is 1.
#[derive(Clone, Debug)]
pub(crate) struct Ends {
    pub(crate) zero: f64,
    pub(crate) one: f64,
    /// Without rounding, where both are rational.
    pub(crate) exact: Option<(Exact, Exact)>,
}

impl Ends {
    pub(crate) fn of(zero: Exact, one: Exact) -> Self {
        Self { zero: zero.to_f64(), one: one.to_f64(), exact: Some((zero, one)) }
    }

    /// Nothing can be scaled by it.
    pub(crate) fn none() -> Self {
        Self { zero: f64::NAN, one: f64::NAN, exact: None }
    }
}

/// Scores at values, sorted by value.
#[derive(Clone, Debug)]
pub(crate) struct Curve {
    pub(crate) points: Vec<(Exact, Exact)>,
    pub(crate) floats: Vec<(f64, f64)>,
    pub(crate) step: bool,
    /// Whether scores fall as values rise; a step then belongs to the point above.
    pub(crate) falling: bool,
    /// The score worse than the worst point.
    pub(crate) below: Option<Exact>,
}

impl Curve {
    /// Points in order from the worst; `None` where they do not rise or fall throughout.
    pub(crate) fn new(mut points: Vec<(Exact, Exact)>, step: bool, below: Option<Exact>) -> Option<Self> {
        let falling = points.first().zip(points.last()).is_some_and(|(first, last)| first.0 > last.0);
        if falling {
            points.reverse();
        }
        if points.len() < 2 || points.windows(2).any(|pair| pair[0].0 >= pair[1].0) {
            return None;
        }
        let floats = points.iter().map(|(x, y)| (x.to_f64(), y.to_f64())).collect();
        Some(Self { points, floats, step, falling, below })
    }

    fn float(&self, x: f64) -> f64 {
        let points = &self.floats;
        let worse = if self.falling { x > points[points.len() - 1].0 } else { x < points[0].0 };
        if let (Some(below), true) = (&self.below, worse) {
            return below.to_f64();
        }
        let above = points.partition_point(|(at, _)| *at <= x);
        let on = above.checked_sub(1).filter(|below| points[*below].0 == x);
        if let Some(on) = on {
            return points[on].1;
        }
        match above {
            0 => points[0].1,
            above if above == points.len() => points[above - 1].1,
            above if self.step => {
                if self.falling {
                    points[above].1
                } else {
                    points[above - 1].1
                }
            }
            above => {
                let ((x0, y0), (x1, y1)) = (points[above - 1], points[above]);
                y0 + (x - x0) / (x1 - x0) * (y1 - y0)
            }
        }
    }

    fn exact(&self, x: &Exact) -> Option<Exact> {
        let points = &self.points;
        let worse = if self.falling { *x > points[points.len() - 1].0 } else { *x < points[0].0 };
        if let (Some(below), true) = (&self.below, worse) {
            return Some(below.clone());
        }
        let above = points.partition_point(|(at, _)| at <= x);
        if let Some(on) = above.checked_sub(1).filter(|below| points[*below].0 == *x) {
            return Some(points[on].1.clone());
        }
        Some(match above {
            0 => points[0].1.clone(),
            above if above == points.len() => points[above - 1].1.clone(),
            above if self.step => {
                if self.falling {
                    points[above].1.clone()
                } else {
                    points[above - 1].1.clone()
                }
            }
            above => {
                let ((x0, y0), (x1, y1)) = (&points[above - 1], &points[above]);
                y0 + &((x - x0).checked_div(&(x1 - x0))? * (y1 - y0))
            }
        })
    }
}

impl Norm {
    pub(crate) fn as_is() -> Self {
        Self { rule: Rule::AsIs, clamp: false, to: None, increase: true }
    }

    /// The scores of every row; `areas` is the length of a block. What cannot be scored is `NaN`.
    pub(crate) fn apply(&self, column: &Column, areas: usize) -> Arc<Vec<f64>> {
        if matches!(self.rule, Rule::AsIs) && !self.clamp && self.to.is_none() {
            return Arc::clone(&column.values);
        }
        let mut out = (*column.values).clone();
        let areas = areas.max(1);
        match &self.rule {
            Rule::AsIs => {}
            Rule::Ends { ends, log } => {
                for (block, rows) in out.chunks_mut(areas).enumerate() {
                    let Some(ends) = at(ends, block) else { continue };
                    if *log {
                        rows.iter_mut().for_each(|x| *x = if *x > 0.0 { ln(*x) } else { f64::NAN });
                    }
                    let (zero, range) = (ends.zero, ends.one - ends.zero);
                    rows.iter_mut().for_each(|x| *x = (*x - zero) / range);
                }
            }
            Rule::Share(bests) => {
                for (block, rows) in out.chunks_mut(areas).enumerate() {
                    let best = at(bests, block).and_then(Option::as_ref).map_or(f64::NAN, Exact::to_f64);
                    rows.iter_mut().for_each(|x| *x = share(*x, best, self.increase));
                }
            }
            Rule::Curve(curve) => out.iter_mut().filter(|x| !x.is_nan()).for_each(|x| *x = curve.float(*x)),
            Rule::Places(places) => out.clone_from(places),
            Rule::Growth { areas, follows } => {
                for (row, x) in out.iter_mut().enumerate() {
                    let before = row.checked_sub(*areas).filter(|_| follows.get(row / areas) == Some(&true));
                    let before = before.map_or(f64::NAN, |before| column.values[before]);
                    let now = column.values[row];
                    let grown = if self.increase { now / before } else { before / now };
                    *x = if now > 0.0 && before > 0.0 { grown - 1.0 } else { f64::NAN };
                }
            }
        }
        if self.clamp {
            out.iter_mut().filter(|x| !x.is_nan()).for_each(|x| *x = x.clamp(0.0, 1.0));
        }
        if let Some((low, high)) = &self.to {
            let (low, range) = (low.to_f64(), (high - low).to_f64());
            out.iter_mut().for_each(|x| *x = low + *x * range);
        }
        // Infinities come of a division by zero and are no scores.
        // Adding 0 makes a 0 of a negative zero, which decreasing ends give.
        out.iter_mut().for_each(|x| *x = if x.is_finite() { *x + 0.0 } else { f64::NAN });
        Arc::new(out)
    }

    /// The score of one row without rounding, where it is rational.
    pub(crate) fn exact(&self, column: &Column, row: usize, areas: usize) -> Option<Exact> {
        let areas = areas.max(1);
        let block = row / areas;
        let x = column.exact(row)?;
        let mut score = match &self.rule {
            Rule::AsIs => x,
            Rule::Ends { log: true, .. } => return None,
            Rule::Ends { ends, .. } => {
                let (zero, one) = at(ends, block)?.exact.as_ref()?;
                (&x - zero).checked_div(&(one - zero))?
            }
            Rule::Share(bests) => {
                let best = at(bests, block)?.as_ref()?;
                if self.increase { x.checked_div(best)? } else { best.checked_div(&x)? }
            }
            Rule::Curve(curve) => curve.exact(&x)?,
            Rule::Places(places) => Exact::from(crate::number::decimal_from_f64(places[row]).ok()?),
            Rule::Growth { .. } => {
                let before = column.exact(row.checked_sub(areas)?)?;
                let grown = if self.increase { x.checked_div(&before)? } else { before.checked_div(&x)? };
                grown - Exact::one()
            }
        };
        if self.clamp {
            score = score.max(Exact::zero()).min(Exact::one());
        }
        if let Some((low, high)) = &self.to {
            score = low + &(score * (high - low));
        }
        Some(score)
    }

    /// How far a float score may be from the true one: what cancellation in x − a can cost.
    pub(crate) fn slack(&self, column: &Column) -> f64 {
        let Rule::Ends { ends, .. } = &self.rule else { return 0.0 };
        let size = column.values.iter().filter(|x| !x.is_nan()).fold(0.0_f64, |size, x| size.max(x.abs()));
        let worst = ends.iter().map(|ends| size.max(ends.zero.abs()) / (ends.one - ends.zero).abs()).fold(0.0_f64, f64::max);
        let range = self.to.as_ref().map_or(1.0, |(low, high)| (high - low).to_f64().abs());
        let slack = 16.0 * f64::EPSILON * worst * range;
        if slack.is_finite() { slack } else { 0.0 }
    }
}

/// The entry for a block, where there is one for each, or the one for all.
fn at<T>(items: &[T], block: usize) -> Option<&T> {
    if items.len() == 1 { items.first() } else { items.get(block) }
}

/// Share of a best value or target: positive, or there is none.
fn share(x: f64, best: f64, increase: bool) -> f64 {
    let defined = best > 0.0 && if increase { x >= 0.0 } else { x > 0.0 };
    match (defined, increase) {
        (false, _) => f64::NAN,
        (true, true) => x / best,
        (true, false) => best / x,
    }
}

/// Places among the rows of each block: for each row, how many have a worse value.
pub(crate) fn places(values: &[f64], block: usize, increase: bool) -> Vec<(f64, usize)> {
    let mut out = vec![(f64::NAN, 0); values.len()];
    let mut order: Vec<usize> = Vec::with_capacity(block.min(values.len()));
    for start in (0..values.len()).step_by(block.max(1)) {
        let end = (start + block).min(values.len());
        order.clear();
        order.extend((start..end).filter(|row| !values[*row].is_nan()));
        crate::sort::sort_by(&mut order, |a, b| {
            let order = values[*a].total_cmp(&values[*b]);
            if increase { order } else { order.reverse() }
        });
        let count = order.len();
        let mut first = 0;
        for (index, row) in order.iter().enumerate() {
            if index > 0 && values[order[index - 1]] != values[*row] {
                first = index;
            }
            out[*row] = (first as f64, count);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_share_the_lowest() {
        let got: Vec<f64> = places(&[3.0, 1.0, 2.0, 2.0, f64::NAN], 5, true).iter().map(|(place, _)| *place).collect();
        assert_eq!(&got[..4], &[3.0, 0.0, 1.0, 1.0]);
        assert!(got[4].is_nan());
        let falling: Vec<f64> = places(&[3.0, 1.0, 2.0], 3, false).iter().map(|(place, _)| *place).collect();
        assert_eq!(falling, [0.0, 2.0, 1.0]);
    }

    #[test]
    fn a_falling_curve_is_read_from_the_worst_point() {
        let at = |x: i64, y: i64| (Exact::from(x), Exact::from(y));
        let curve = Curve::new(vec![at(50, 1), at(25, 2), at(3, 3)], false, None).unwrap();
        assert_eq!(curve.float(37.5), 1.5);
        assert_eq!(curve.exact(&Exact::from(25)), Some(Exact::from(2)));
        assert_eq!(curve.float(60.0), 1.0);
        let steps = Curve::new(vec![at(50, 20), at(60, 24), at(100, 40)], true, Some(Exact::zero())).unwrap();
        assert_eq!((steps.float(97.5), steps.float(49.0), steps.float(115.0)), (24.0, 0.0, 40.0));
        assert!(Curve::new(vec![at(1, 1), at(1, 2)], false, None).is_none());
    }
}
