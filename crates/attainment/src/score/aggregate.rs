//! Members to one score: the means and what stands beside them.

use std::cmp::Ordering;
use std::ops::Range;

use crate::number::{Exact, ln};

/// How the members of a pillar become one score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum How {
    Arithmetic,
    Geometric,
    Harmonic,
    Power(f64),
    Median,
    Minimum,
    TwoWorst,
    Sum,
    Copeland,
    /// From this block of rows on.
    Chain(usize),
}

/// A score that is not negative, as a root of a rational: what means that take roots come to.
#[derive(Clone, Debug)]
pub(crate) struct Root {
    base: Exact,
    root: u32,
}

impl Root {
    pub(crate) fn of(base: Exact) -> Self {
        Self { base, root: 1 }
    }

    /// Compares it with a rational; `None` where the power would be too large to form.
    pub(crate) fn cmp_bound(&self, bound: &Exact) -> Option<Ordering> {
        if self.root == 1 {
            return Some(self.base.cmp(bound));
        }
        if bound.is_negative() {
            return Some(Ordering::Greater);
        }
        bound.can_raise(self.root).then(|| self.base.cmp(&bound.pow(self.root)))
    }

    /// Compares it with another.
    pub(crate) fn cmp_root(&self, other: &Self) -> Option<Ordering> {
        if self.root == other.root {
            return Some(self.base.cmp(&other.base));
        }
        match (self.base.is_negative(), other.base.is_negative()) {
            (true, false) => return Some(Ordering::Less),
            (false, true) => return Some(Ordering::Greater),
            _ => {}
        }
        let affordable = self.base.can_raise(other.root) && other.base.can_raise(self.root);
        affordable.then(|| self.base.pow(other.root).cmp(&other.base.pow(self.root)))
    }
}

/// Weights as whole numbers in the same proportion; `None` where they are large.
fn whole(weights: &[Exact]) -> Option<Vec<u32>> {
    let gcd = |mut a: u64, mut b: u64| {
        while b > 0 {
            (a, b) = (b, a % b);
        }
        a
    };
    let fractions: Vec<(i32, u32)> = weights.iter().map(Exact::as_fraction).collect::<Option<_>>()?;
    let mut common: u64 = 1;
    for (_, below) in &fractions {
        let below = u64::from(*below);
        common = (common / gcd(common, below)).checked_mul(below)?;
    }
    let scaled: Option<Vec<u64>> =
        fractions.iter().map(|(above, below)| u64::try_from(*above).ok()?.checked_mul(common / u64::from(*below))).collect();
    let scaled = scaled?;
    let shared = scaled.iter().copied().fold(0, gcd).max(1);
    scaled.into_iter().map(|weight| u32::try_from(weight / shared).ok().filter(|weight| *weight <= 100_000)).collect()
}

impl How {
    /// The mean as a root, where it takes one: ∏ x^w to the power 1/Σw, or Σ w x^p / Σ w to 1/p.
    pub(crate) fn root(self, members: &[(Exact, Exact)]) -> Option<Root> {
        match self {
            Self::Geometric if !members.is_empty() => {
                let weights: Vec<Exact> = members.iter().map(|(w, _)| w.clone()).collect();
                let weights = whole(&weights)?;
                let root = weights.iter().try_fold(0_u32, |sum, weight| sum.checked_add(*weight)).filter(|root| *root > 0)?;
                let mut base = Exact::one();
                for (weight, (_, score)) in weights.iter().zip(members) {
                    // Bounded as if all weight were on this one, so that the product is bounded too.
                    if !score.is_positive() || !score.can_raise(root) {
                        return None;
                    }
                    base = &base * &score.pow(*weight);
                }
                Some(Root { base, root })
            }
            Self::Power(p) if !members.is_empty() && p.fract() == 0.0 && (1.0..=100.0).contains(&p.abs()) => {
                let exponent = p.abs() as u32;
                let (mut sum, mut total) = (Exact::zero(), Exact::zero());
                for (weight, score) in members {
                    if score.is_negative() || p < 0.0 && score.is_zero() || !score.can_raise(exponent) {
                        return None;
                    }
                    let power = score.pow(exponent);
                    let power = if p < 0.0 { Exact::one().checked_div(&power)? } else { power };
                    (sum, total) = (sum + weight * &power, total + weight.clone());
                }
                let base = if p < 0.0 { total.checked_div(&sum)? } else { sum.checked_div(&total)? };
                Some(Root { base, root: exponent })
            }
            _ => None,
        }
    }

    /// Whether it is defined for these scores: roots and reciprocals ask for positive ones, other
    /// powers for scores that are not negative.
    pub(crate) fn takes(self, x: f64) -> bool {
        x > 0.0 || !(self.needs_positive() || x < 0.0 && matches!(self, Self::Power(_)))
    }

    /// Whether all scores have to be above zero.
    pub(crate) fn needs_positive(self) -> bool {
        matches!(self, Self::Geometric | Self::Harmonic) || matches!(self, Self::Power(p) if p < 0.0)
    }

    /// One row: scores with their weights; `NaN` where it is not defined. `points` are added to the
    /// weighted scores.
    pub(crate) fn of(self, members: &mut [(f64, f64)], points: f64) -> f64 {
        if members.is_empty() || members.iter().any(|(_, x)| !self.takes(*x) && !x.is_nan()) {
            return f64::NAN;
        }
        let total: f64 = members.iter().map(|(w, _)| w).sum();
        let weighted = |of: &dyn Fn(f64) -> f64| members.iter().map(|(w, x)| w * of(*x)).sum::<f64>();
        match self {
            Self::Sum => weighted(&|x| x) + points,
            Self::Arithmetic => (weighted(&|x| x) + points) / total,
            Self::Geometric => libm::exp(weighted(&ln) / total),
            Self::Harmonic => total / weighted(&|x| 1.0 / x),
            Self::Power(p) => {
                let mean = power_mean(weighted(&|x| raise(x, p)) / total, p);
                if mean.is_normal() {
                    return mean;
                }
                // The powers are beyond the range of floats, and the mean is not.
                let largest = members.iter().map(|(_, x)| *x).fold(0.0, f64::max);
                let scaled = power_mean(weighted(&|x| raise(x / largest, p)) / total, p) * largest;
                if largest > 0.0 { scaled } else { mean }
            }
            Self::Minimum => members.iter().map(|(_, x)| *x).fold(f64::INFINITY, f64::min),
            Self::Median | Self::TwoWorst => {
                members.sort_by(|a, b| a.1.total_cmp(&b.1));
                let n = members.len();
                match self {
                    Self::TwoWorst => (members[0].1 + members[1.min(n - 1)].1) / 2.0,
                    _ => (members[(n - 1) / 2].1 + members[n / 2].1) / 2.0,
                }
            }
            // These look at other rows too.
            Self::Copeland | Self::Chain(_) => f64::NAN,
        }
    }

    /// The same without rounding, where it is rational.
    pub(crate) fn exact(self, members: &mut [(Exact, Exact)], points: &Exact) -> Option<Exact> {
        if members.is_empty() || self.needs_positive() && members.iter().any(|(_, x)| !x.is_positive()) {
            return None;
        }
        let total: Exact = members.iter().map(|(w, _)| w.clone()).sum();
        let weighted = || members.iter().map(|(w, x)| w * x).sum::<Exact>();
        match self {
            Self::Sum => Some(&weighted() + points),
            Self::Arithmetic => (&weighted() + points).checked_div(&total),
            Self::Harmonic => {
                let parts: Option<Vec<Exact>> = members.iter().map(|(w, x)| w.checked_div(x)).collect();
                total.checked_div(&parts?.into_iter().sum())
            }
            Self::Minimum => members.iter().map(|(_, x)| x.clone()).min(),
            Self::Median | Self::TwoWorst => {
                members.sort_by(|a, b| a.1.partial_cmp(&b.1).unwrap_or(Ordering::Equal));
                let n = members.len();
                let (a, b) = if self == Self::TwoWorst { (0, 1.min(n - 1)) } else { ((n - 1) / 2, n / 2) };
                Some((&members[a].1 + &members[b].1) / Exact::from(2))
            }
            Self::Geometric | Self::Power(_) | Self::Copeland | Self::Chain(_) => None,
        }
    }

    /// All rows at once.
    ///
    /// Weighted sums run down the columns, a member after the other, so that a row adds up in the
    /// order of the members however many rows there are.
    pub(crate) fn columns(self, members: &[(f64, &[f64])], points: &[&[f64]], out: &mut Vec<f64>) {
        let rows = members.first().map_or(0, |(_, column)| column.len());
        out.clear();
        out.resize(rows, 0.0);
        let total: f64 = members.iter().map(|(w, _)| w).sum();
        let mut add = |of: &dyn Fn(&mut f64, f64, f64)| {
            for (w, column) in members {
                out.iter_mut().zip(*column).for_each(|(sum, x)| of(sum, *w, *x));
            }
        };
        match self {
            Self::Sum | Self::Arithmetic => {
                // The common case: a loop without a call in it.
                for (w, column) in members {
                    out.iter_mut().zip(*column).for_each(|(sum, x)| *sum += w * x);
                }
                for column in points {
                    out.iter_mut().zip(*column).for_each(|(sum, x)| *sum += x);
                }
                if self == Self::Arithmetic {
                    out.iter_mut().for_each(|sum| *sum /= total);
                }
            }
            Self::Geometric => {
                add(&|sum, w, x| *sum += if x > 0.0 { w * ln(x) } else { f64::NAN });
                out.iter_mut().for_each(|sum| *sum = libm::exp(*sum / total));
            }
            Self::Harmonic => {
                add(&|sum, w, x| *sum += if x > 0.0 { w * (1.0 / x) } else { f64::NAN });
                out.iter_mut().for_each(|sum| *sum = total / *sum);
            }
            Self::Power(p) => {
                add(&|sum, w, x| *sum += if self.takes(x) { w * raise(x, p) } else { f64::NAN });
                let mut row_members = Vec::with_capacity(members.len());
                for (row, out) in out.iter_mut().enumerate() {
                    *out = power_mean(*out / total, p);
                    if !out.is_normal() {
                        row_members.clear();
                        row_members.extend(members.iter().map(|(w, column)| (*w, column[row])));
                        *out = self.of(&mut row_members, 0.0);
                    }
                }
            }
            Self::Minimum | Self::Median | Self::TwoWorst => {
                let mut row_members = vec![(0.0, 0.0); members.len()];
                for (row, out) in out.iter_mut().enumerate() {
                    row_members.iter_mut().zip(members).for_each(|(slot, (w, column))| *slot = (*w, column[row]));
                    let missing = row_members.iter().any(|(_, x)| x.is_nan());
                    *out = if missing { f64::NAN } else { self.of(&mut row_members, 0.0) };
                }
            }
            Self::Copeland | Self::Chain(_) => out.fill(f64::NAN),
        }
    }
}

/// x^p; whole powers by multiplication, others by logarithms, and none of a negative number.
fn raise(x: f64, p: f64) -> f64 {
    if p.fract() == 0.0 && p.abs() <= 100.0 {
        let power = crate::number::power(x, p.abs() as u32);
        return if p < 0.0 { 1.0 / power } else { power };
    }
    match x {
        x if x > 0.0 => libm::exp(p * ln(x)),
        0.0 if p > 0.0 => 0.0,
        _ => f64::NAN,
    }
}

fn power_mean(mean: f64, p: f64) -> f64 {
    if p.fract() == 0.0 && (1.0..=100.0).contains(&p.abs()) && mean > 0.0 {
        let root = crate::number::nth_root(mean, p.abs() as u32);
        return if p < 0.0 { 1.0 / root } else { root };
    }
    raise(mean, 1.0 / p)
}

/// Copeland's score: for each row of a block the rows it beats less those that beat it.
///
/// One row beats another when it is better in more than half of the weight that both have a score
/// in; equal scores count half to each (Munda; as in COINr). `weights` decide where floats cannot,
/// and `plays` says which rows take part.
pub(crate) fn copeland(
    members: &[(f64, &[f64])],
    weights: Option<&[Exact]>,
    plays: impl Fn(usize) -> bool,
    rows: Range<usize>,
    out: &mut [f64],
) {
    let total: f64 = members.iter().map(|(w, _)| w).sum();
    for i in rows.clone() {
        if !plays(i) || members.iter().all(|(_, column)| column[i].is_nan()) {
            out[i] = f64::NAN;
            continue;
        }
        let mut score = 0.0;
        for j in rows.clone().filter(|j| *j != i && plays(*j)) {
            // Twice the weight for and against, so that ties need no halves.
            let (mut balance, mut any) = (0.0, false);
            for (w, column) in members {
                match column[i].partial_cmp(&column[j]) {
                    Some(Ordering::Greater) => (balance, any) = (balance + w, true),
                    Some(Ordering::Less) => (balance, any) = (balance - w, true),
                    Some(Ordering::Equal) => any = true,
                    None => {}
                }
            }
            // Decimal weights that cancel out need not do so as floats.
            if let Some(weights) = weights.filter(|_| any && balance.abs() <= 1e-9 * total) {
                let signed = weights.iter().zip(members).map(|(w, (_, column))| match column[i].partial_cmp(&column[j]) {
                    Some(Ordering::Greater) => w.clone(),
                    Some(Ordering::Less) => Exact::zero() - w.clone(),
                    _ => Exact::zero(),
                });
                balance = match signed.sum::<Exact>().sign() {
                    Ordering::Greater => 1.0,
                    Ordering::Less => -1.0,
                    Ordering::Equal => 0.0,
                };
            }
            if any && balance != 0.0 {
                score += if balance > 0.0 { 1.0 } else { -1.0 };
            }
        }
        out[i] = score;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(how: How, scores: &[f64], weights: &[f64]) -> f64 {
        let mut members: Vec<(f64, f64)> = weights.iter().copied().zip(scores.iter().copied()).collect();
        how.of(&mut members, 0.0)
    }

    #[test]
    fn rows_and_columns_agree_to_the_bit() {
        let columns = [vec![1.0, 4.0, 0.3], vec![2.0, 5.0, 0.7], vec![3.5, 7.0, 0.9]];
        let weights = [0.2, 0.5, 0.3];
        let all = [
            How::Arithmetic,
            How::Geometric,
            How::Harmonic,
            How::Power(2.0),
            How::Power(-1.0),
            How::Power(0.5),
            How::Median,
            How::Minimum,
            How::TwoWorst,
            How::Sum,
        ];
        for how in all {
            let members: Vec<(f64, &[f64])> = weights.iter().copied().zip(columns.iter().map(Vec::as_slice)).collect();
            let mut out = Vec::new();
            how.columns(&members, &[], &mut out);
            for (row, got) in out.iter().enumerate() {
                let scores: Vec<f64> = columns.iter().map(|column| column[row]).collect();
                assert_eq!(*got, mean(how, &scores, &weights), "{how:?} of row {row}");
            }
        }
    }

    #[test]
    fn a_power_of_minus_one_is_the_harmonic_mean() {
        let (scores, weights) = ([1.0, 2.0, 3.0], [2.0, 1.0, 1.0]);
        let harmonic = mean(How::Harmonic, &scores, &weights);
        assert!((harmonic - mean(How::Power(-1.0), &scores, &weights)).abs() < 1e-15);
        assert!((harmonic - 4.0 / (2.0 + 0.5 + 1.0 / 3.0)).abs() < 1e-15);
    }

    #[test]
    fn an_area_that_leads_everywhere_beats_all() {
        let (a, b) = (vec![1.0, 2.0, 3.0], vec![1.0, 3.0, 2.0]);
        let mut out = vec![0.0; 3];
        copeland(&[(0.5, &a), (0.5, &b)], None, |_| true, 0..3, &mut out);
        assert_eq!(out, [-2.0, 1.0, 1.0]);
    }
}
