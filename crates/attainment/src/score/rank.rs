//! Ranks, on unrounded scores.

use std::cmp::Ordering;

use crate::plan::scheme::Ties;

/// Places of scores, best first; `NaN` has none.
///
/// Scores that floats cannot tell apart (`near`) are compared by `exact`, where every one of them has
/// an exact number; otherwise floats decide.
pub(crate) fn ranks(
    scores: &[f64],
    ties: Ties,
    near: impl Fn(f64, f64) -> bool,
    exact: impl Fn(usize, usize) -> Option<Ordering>,
) -> Vec<f64> {
    let mut order: Vec<u32> = (0..scores.len() as u32).filter(|row| !scores[*row as usize].is_nan()).collect();
    // Equal scores keep their order, so that the same table gives the same places.
    crate::sort::sort_by(&mut order, |a, b| scores[*b as usize].total_cmp(&scores[*a as usize]));
    let at = |index: usize, order: &[u32]| order[index] as usize;
    let mut start = 0;
    while start < order.len() {
        let mut end = start + 1;
        while end < order.len() && near(scores[at(end - 1, &order)], scores[at(end, &order)]) {
            end += 1;
        }
        let run = &mut order[start..end];
        if run.len() > 1 && run.iter().all(|row| exact(*row as usize, *row as usize).is_some()) {
            crate::sort::sort_by(run, |a, b| exact(*b as usize, *a as usize).unwrap_or(Ordering::Equal));
        }
        start = end;
    }
    let equal = |a: usize, b: usize| {
        scores[a] == scores[b] && exact(a, b).is_none() || near(scores[a], scores[b]) && exact(a, b) == Some(Ordering::Equal)
    };
    let mut out = vec![f64::NAN; scores.len()];
    let (mut first, mut dense) = (0, 0);
    while first < order.len() {
        let mut end = first + 1;
        while end < order.len() && equal(at(end - 1, &order), at(end, &order)) {
            end += 1;
        }
        dense += 1;
        let place = match ties {
            Ties::Min => first as f64 + 1.0,
            Ties::Max => end as f64,
            Ties::Dense => f64::from(dense),
            Ties::Average => (first + 1 + end) as f64 / 2.0,
        };
        order[first..end].iter().for_each(|row| out[*row as usize] = place);
        first = end;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_by_rule() {
        let scores = [5.0, 7.0, f64::NAN, 5.0, 1.0];
        let of = |ties| ranks(&scores, ties, |a, b| a == b, |_, _| None);
        let present = |ranks: Vec<f64>| [ranks[0], ranks[1], ranks[3], ranks[4]];
        assert_eq!(present(of(Ties::Min)), [2.0, 1.0, 2.0, 4.0]);
        assert_eq!(present(of(Ties::Max)), [3.0, 1.0, 3.0, 4.0]);
        assert_eq!(present(of(Ties::Dense)), [2.0, 1.0, 2.0, 3.0]);
        assert_eq!(present(of(Ties::Average)), [2.5, 1.0, 2.5, 4.0]);
        assert!(of(Ties::Min)[2].is_nan());
    }

    #[test]
    fn what_floats_confuse_is_settled_exactly() {
        let (a, b) = (0.1 + 0.2, 0.3);
        assert!(a > b);
        let got = ranks(&[a, b], Ties::Min, |a, b| (a - b).abs() < 1e-9, |_, _| Some(Ordering::Equal));
        assert_eq!(got, [1.0, 1.0]);
    }
}
