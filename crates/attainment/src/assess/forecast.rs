//! Where a straight line through the observations leads.

use super::gather::Evidence;
use super::run::Setting;
use crate::document::words;
use crate::number::{EXACT_IN_F64, Exact};
use crate::verdict::{AreaNo, BaseChoice, Body, Frame, RuleNo, World};

words! {
    /// How the column `forecast` of an assessment is made.
    #[non_exhaustive]
    pub enum Forecast {
        /// The ordinary least-squares line through the observations that can be used, read at the end of
        /// the target's time: with x in years before it, (Σy Σx² − Σx Σxy) / (n Σx² − (Σx)²).
        LeastSquares = "least_squares",
    }
}

/// The line through points whose x are years from where it is read; `None` with fewer than two times.
///
/// Sums are exact, so that nothing but the one division rounds.
pub(super) fn least_squares(points: &[(Exact, Exact)]) -> Option<f64> {
    let count = Exact::from(points.len() as i64);
    let sum = |of: &dyn Fn(&(Exact, Exact)) -> Exact| points.iter().map(of).sum::<Exact>();
    let (x, y) = (sum(&|(x, _)| x.clone()), sum(&|(_, y)| y.clone()));
    let (xx, xy) = (sum(&|(x, _)| x * x), sum(&|(x, y)| x * y));
    (y * &xx - &x * xy).checked_div(&(count * xx - &x * &x)).map(|value| value.to_f64())
}

/// The same of whole numbers, the values times a power of ten; `None` where they are too large for
/// machine integers.
pub(super) fn least_squares_whole(points: impl Iterator<Item = (i64, i64)>, power: i64) -> Option<Option<f64>> {
    let (mut count, mut x, mut y, mut xx, mut xy) = (0_i64, 0_i64, 0_i64, 0_i64, 0_i64);
    // Where these hold, no sum of a thousand points leaves 64 bits.
    const FAR: i64 = 1 << 11;
    const LARGE: i64 = 1 << 40;
    for (at, value) in points {
        if at.abs() >= FAR || value.abs() >= LARGE || count >= 1000 {
            return None;
        }
        (count, x, y, xx, xy) = (count + 1, x + at, y + value, xx + at * at, xy + at * value);
    }
    let below = count * xx - x * x;
    let above = i128::from(y) * i128::from(xx) - i128::from(x) * i128::from(xy);
    let below = i128::from(below) * i128::from(power);
    let fits = |number: i128| number.unsigned_abs() <= EXACT_IN_F64 as u128;
    match below {
        0 => Some(None),
        below => (fits(above) && fits(below)).then(|| Some(above as f64 / below as f64)),
    }
}

impl Setting<'_> {
    /// The forecast for a target in an area, from the observations as a verdict uses them.
    pub(super) fn forecast(&self, evidence: &Evidence<'_>, rule: RuleNo, area: AreaNo) -> Option<f64> {
        let rule = evidence.rule(rule, area);
        let Body::Single(single) = &rule.body else { return None };
        if !single.words.is_empty() {
            return None;
        }
        let (_, end) = Frame::new(single, &rule.when.as_ref()?.value, BaseChoice::Current).ok()?;
        let end = end?;
        let track = evidence.track(area, single.indicator, &single.want);
        let point = |reading: crate::verdict::Reading| (reading.end.years_since(end), reading.value.nominal);
        least_squares(&track.readings(end.frequency()).into_iter().map(point).collect::<Vec<_>>())
    }
}
