//! Weights that come out of the data.

use crate::number::ln;

/// Rows in which every column has a number.
fn complete(columns: &[&[f64]]) -> Vec<usize> {
    let rows = columns.first().map_or(0, |column| column.len());
    (0..rows).filter(|row| columns.iter().all(|column| !column[*row].is_nan())).collect()
}

fn mean(column: &[f64], rows: &[usize]) -> f64 {
    rows.iter().map(|row| column[*row]).sum::<f64>() / rows.len() as f64
}

/// Sums of products of deviations between columns.
fn products(columns: &[&[f64]], rows: &[usize]) -> Vec<Vec<f64>> {
    let means: Vec<f64> = columns.iter().map(|column| mean(column, rows)).collect();
    let product = |i: usize, j: usize| rows.iter().map(|row| (columns[i][*row] - means[i]) * (columns[j][*row] - means[j])).sum::<f64>();
    (0..columns.len()).map(|i| (0..columns.len()).map(|j| product(i.min(j), i.max(j))).collect()).collect()
}

fn correlations(products: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let n = products.len();
    let one = |i: usize, j: usize| {
        let r = products[i][j] / (products[i][i] * products[j][j]).sqrt();
        if i == j { 1.0 } else { r }
    };
    (0..n).map(|i| (0..n).map(|j| one(i, j)).collect()).collect()
}

/// Entropy weights: 1 + Σ p ln p / ln n of a column's shares p, rescaled; `None` where a column has a
/// negative number or adds up to nothing, or there are fewer than two rows.
pub(crate) fn entropy(columns: &[&[f64]]) -> Option<Vec<f64>> {
    let rows = complete(columns);
    if rows.len() < 2 {
        return None;
    }
    let one = |column: &&[f64]| {
        let sum: f64 = rows.iter().map(|row| column[*row]).sum();
        if rows.iter().any(|row| column[*row] < 0.0) || sum <= 0.0 {
            return None;
        }
        let entropy: f64 = rows.iter().map(|row| column[*row] / sum).filter(|p| *p > 0.0).map(|p| p * ln(p)).sum();
        Some((1.0 + entropy / ln(rows.len() as f64)).max(0.0))
    };
    rescale(columns.iter().map(one).collect::<Option<Vec<f64>>>()?)
}

/// CRITIC weights: sd × Σ (1 − r) over the other columns, rescaled (Diakoulaki and others, 1995).
pub(crate) fn critic(columns: &[&[f64]]) -> Option<Vec<f64>> {
    let rows = complete(columns);
    if rows.len() < 2 {
        return None;
    }
    let products = products(columns, &rows);
    let correlations = correlations(&products);
    let one = |j: usize| {
        let sd = (products[j][j] / (rows.len() - 1) as f64).sqrt();
        // A column that does not vary has no correlation with any other.
        let conflict: f64 = correlations[j].iter().map(|r| if r.is_nan() { 1.0 } else { 1.0 - r }).sum();
        sd * conflict
    };
    rescale((0..columns.len()).map(one).collect())
}

/// Squared loadings of the first principal component of the correlations (OECD/JRC Handbook, 2008);
/// they add up to 1.
pub(crate) fn pca(columns: &[&[f64]]) -> Option<Vec<f64>> {
    let rows = complete(columns);
    if rows.len() < 2 {
        return None;
    }
    let matrix = correlations(&products(columns, &rows));
    if matrix.iter().flatten().any(|r| r.is_nan()) {
        return None;
    }
    rescale(first_component(matrix).into_iter().map(|loading| loading * loading).collect())
}

/// The eigenvector of the largest eigenvalue of a symmetric matrix, by Jacobi's rotations in a fixed
/// order: + × ÷ and square roots only, so every platform gives the same bits.
fn first_component(mut a: Vec<Vec<f64>>) -> Vec<f64> {
    let n = a.len();
    let mut vectors: Vec<Vec<f64>> = (0..n).map(|i| (0..n).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    for _ in 0..60 {
        let off: f64 = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j))).map(|(i, j)| a[i][j] * a[i][j]).sum();
        if off < 1e-26 {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                if a[p][q] == 0.0 {
                    continue;
                }
                let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
                let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
                let t = if theta == 0.0 { 1.0 } else { t };
                let c = 1.0 / (t * t + 1.0).sqrt();
                let s = t * c;
                for row in a.iter_mut() {
                    (row[p], row[q]) = (c * row[p] - s * row[q], s * row[p] + c * row[q]);
                }
                // The rows p and q, with p < q.
                let (above, below) = a.split_at_mut(q);
                for (x, y) in above[p].iter_mut().zip(below[0].iter_mut()) {
                    (*x, *y) = (c * *x - s * *y, s * *x + c * *y);
                }
                for row in vectors.iter_mut() {
                    (row[p], row[q]) = (c * row[p] - s * row[q], s * row[p] + c * row[q]);
                }
            }
        }
    }
    let largest = (0..n).fold(0, |best, i| if a[i][i] > a[best][best] { i } else { best });
    vectors.iter().map(|row| row[largest]).collect()
}

fn rescale(weights: Vec<f64>) -> Option<Vec<f64>> {
    let sum: f64 = weights.iter().sum();
    (sum > 0.0 && sum.is_finite()).then(|| weights.iter().map(|weight| weight / sum).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_without_spread_has_no_weight() {
        let (flat, steep) = (vec![1.0, 1.0, 1.0, 1.0], vec![1.0, 2.0, 3.0, 10.0]);
        let weights = entropy(&[&flat, &steep]).unwrap();
        assert!(weights[0].abs() < 1e-15 && (weights[1] - 1.0).abs() < 1e-15);
        assert_eq!(critic(&[&flat, &steep]).unwrap(), [0.0, 1.0]);
        assert_eq!(pca(&[&flat, &steep]), None);
        assert_eq!(entropy(&[&[-1.0, 2.0]]), None);
    }

    #[test]
    fn two_columns_of_two_rows_by_hand() {
        // Shares 1/4 and 3/4: 1 + (0.25 ln 0.25 + 0.75 ln 0.75) / ln 2 = 0.1887218755408671.
        let weights = entropy(&[&[1.0, 3.0], &[1.0, 3.0]]).unwrap();
        assert_eq!(weights, [0.5, 0.5]);
        let (a, b) = (vec![1.0, 2.0, 3.0], vec![3.0, 1.0, 2.0]);
        // sd 1 for both and r = -0.5: equal weights.
        assert_eq!(critic(&[&a, &b]).unwrap(), [0.5, 0.5]);
        let loadings = pca(&[&a, &b]).unwrap();
        assert!((loadings[0] - 0.5).abs() < 1e-12 && (loadings[1] - 0.5).abs() < 1e-12);
    }

    #[test]
    fn three_columns_by_hand() {
        // Correlations 1, r, 0 with r = 0.6: the first component is (1, 1, 0)/√2.
        let matrix = vec![vec![1.0, 0.6, 0.0], vec![0.6, 1.0, 0.0], vec![0.0, 0.0, 1.0]];
        let vector = first_component(matrix);
        assert!((vector[0].abs() - 0.5_f64.sqrt()).abs() < 1e-12 && vector[2].abs() < 1e-12);
    }
}
