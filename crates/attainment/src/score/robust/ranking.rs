//! Ranks of thousands of areas, thousands of times.

use super::RankInterval;

/// Buckets that scores are first sorted into.
const BUCKETS: usize = 4096;

const TWO_TO_52: f64 = (1_u64 << 52) as f64;

/// A bucket with more scores than this is not sorted by insertion.
const CROWDED: u32 = 64;

/// Sorts scores and gives ranks; its memory is made once.
///
/// Scores go into buckets by their distance from the best, which puts them almost in order, and one
/// pass of insertion finishes. Equal scores share the first of their places.
pub(super) struct Ranking {
    bucket_of: Vec<u16>,
    starts: Vec<u32>,
    sorted: Vec<(f64, u16)>,
}

impl Ranking {
    pub(super) fn new(areas: usize) -> Self {
        Self { bucket_of: vec![0; areas], starts: vec![0; BUCKETS + 1], sorted: vec![(0.0, 0); areas] }
    }

    /// Ranks, 1 is best. Scores are finite; what is not stands last.
    pub(super) fn rank(&mut self, scores: &[f64], ranks: &mut [u16]) {
        let (least, most) = ends(scores);
        let scale = (BUCKETS - 1) as f64 / (most - least);
        self.starts.fill(0);
        for (bucket, score) in self.bucket_of.iter_mut().zip(scores) {
            // Added to 2^52, a number stands rounded in the low bits: cheaper than a conversion. Those
            // that are no numbers land anywhere, and the sorting below puts them last.
            let place = ((most - score) * scale + TWO_TO_52).to_bits() as u16;
            *bucket = place % BUCKETS as u16;
        }
        for bucket in &self.bucket_of {
            self.starts[usize::from(*bucket) + 1] += 1;
        }
        // Where most scores are alike but a few are far off, buckets do not help.
        let crowded = self.starts.iter().any(|count| *count > CROWDED);
        let mut sum = 0;
        for start in &mut self.starts {
            sum += *start;
            *start = sum;
        }
        for (area, (bucket, score)) in self.bucket_of.iter().zip(scores).enumerate() {
            let start = &mut self.starts[usize::from(*bucket)];
            let score = if score.is_nan() { f64::NEG_INFINITY } else { *score };
            self.sorted[*start as usize] = (score, area as u16);
            *start += 1;
        }
        if crowded || !scale.is_finite() {
            self.sorted.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
        }
        for end in 1..self.sorted.len() {
            let item = self.sorted[end];
            let mut place = end;
            while place > 0 && self.sorted[place - 1].0 < item.0 {
                self.sorted[place] = self.sorted[place - 1];
                place -= 1;
            }
            self.sorted[place] = item;
        }
        let (mut rank, mut before) = (0_u16, f64::NAN);
        for (place, (score, area)) in self.sorted.iter().enumerate() {
            if *score != before {
                (rank, before) = (place as u16 + 1, *score);
            }
            ranks[usize::from(*area)] = rank;
        }
    }
}

/// The least and the most of finite scores, four at a time; not finite where one is not.
fn ends(scores: &[f64]) -> (f64, f64) {
    let (mut least, mut most, mut sum) = ([f64::INFINITY; 4], [f64::NEG_INFINITY; 4], [0.0; 4]);
    let mut see = |index: usize, score: f64| {
        least[index] = if score < least[index] { score } else { least[index] };
        most[index] = if score > most[index] { score } else { most[index] };
        // What is not finite leaves its trace here.
        sum[index] += score * 0.0;
    };
    let mut fours = scores.chunks_exact(4);
    for four in fours.by_ref() {
        (0..4).for_each(|index| see(index, four[index]));
    }
    fours.remainder().iter().for_each(|score| see(0, *score));
    let trace: f64 = sum.iter().sum();
    (least.into_iter().fold(f64::INFINITY, f64::min) + trace, most.into_iter().fold(f64::NEG_INFINITY, f64::max) + trace)
}

/// Means and percentiles of the ranks of each area, over runs.
pub(super) fn intervals(ranks: &[u16], nominal: &[u16], areas: usize) -> Vec<RankInterval> {
    // A line of memory holds the ranks of this many areas.
    const TOGETHER: usize = 32;
    let runs = ranks.len() / areas.max(1);
    let mut out = Vec::with_capacity(areas);
    let mut counts = vec![0_u32; TOGETHER * (areas + 1)];
    for first in (0..areas).step_by(TOGETHER) {
        let last = (first + TOGETHER).min(areas);
        counts.fill(0);
        for run in ranks.chunks_exact(areas) {
            for (index, rank) in run[first..last].iter().enumerate() {
                counts[index * (areas + 1) + usize::from(*rank)] += 1;
            }
        }
        for area in first..last {
            let counts = &counts[(area - first) * (areas + 1)..(area - first + 1) * (areas + 1)];
            let sum: u64 = counts.iter().zip(0_u64..).map(|(count, rank)| u64::from(*count) * rank).sum();
            out.push(RankInterval {
                area: String::new(),
                nominal: u32::from(nominal[area]),
                mean: sum as f64 / runs as f64,
                median: percentile(counts, runs, 0.5),
                low: percentile(counts, runs, 0.05),
                high: percentile(counts, runs, 0.95),
            });
        }
    }
    out
}

/// A percentile of counted ranks, straight between the two nearest (Hyndman and Fan, type 7).
fn percentile(counts: &[u32], runs: usize, share: f64) -> f64 {
    let at = share * (runs.max(1) - 1) as f64;
    let nth = |wanted: usize| {
        let mut seen = 0;
        counts.iter().position(|count| {
            seen += *count as usize;
            seen > wanted
        })
    };
    let low = nth(at as usize).unwrap_or(0) as f64;
    let high = nth(at as usize + 1).map_or(low, |rank| rank as f64);
    low + (at - at.floor()) * (high - low)
}

/// The share of pairs of which one is better in every column.
pub(super) fn dominance(columns: &[&[f64]], areas: usize) -> f64 {
    let mut dominated = 0_u64;
    for i in 0..areas {
        for j in i + 1..areas {
            let mut pairs = columns.iter().map(|column| column[i].partial_cmp(&column[j]));
            let first = pairs.next().flatten();
            let decided = first.is_some_and(std::cmp::Ordering::is_ne);
            dominated += u64::from(decided && pairs.all(|order| order == first));
        }
    }
    let pairs = areas as u64 * (areas as u64 - 1) / 2;
    dominated as f64 / pairs as f64
}

#[cfg(test)]
mod tests {
    use super::super::random::Stream;
    use super::*;

    #[test]
    fn ranks_are_those_of_sorting() {
        let stream = Stream::new(1, 1);
        for (areas, levels) in [(2, 3.0), (50, 10.0), (3000, 1e6), (3000, 40.0)] {
            let scores: Vec<f64> = (0..areas).map(|area| (stream.uniform(area) * levels).floor() / 7.0 - 2.0).collect();
            let mut ranks = vec![0; areas as usize];
            Ranking::new(areas as usize).rank(&scores, &mut ranks);
            for (area, rank) in ranks.iter().enumerate() {
                let better = scores.iter().filter(|score| **score > scores[area]).count();
                assert_eq!(usize::from(*rank), better + 1, "{areas} {levels}");
            }
        }
    }

    #[test]
    fn what_is_no_number_stands_last() {
        for scores in [vec![1.0, f64::NAN, 3.0, 2.0, f64::NAN, 9.0], vec![f64::INFINITY, 1.0, 2.0, f64::NAN, 0.5, 0.25], vec![4.0; 6]] {
            let mut ranks = vec![0; 6];
            Ranking::new(6).rank(&scores, &mut ranks);
            for (area, rank) in ranks.iter().enumerate() {
                let value = |score: f64| if score.is_nan() { f64::NEG_INFINITY } else { score };
                let better = scores.iter().filter(|score| value(**score) > value(scores[area])).count();
                assert_eq!(usize::from(*rank), better + 1, "{scores:?}");
            }
        }
    }

    #[test]
    fn percentiles_by_hand() {
        // Ranks 1, 1, 2, 3: the median is 1.5, the 95th percentile 2 + 0.85.
        let counts = [0, 2, 1, 1];
        assert_eq!(percentile(&counts, 4, 0.5), 1.5);
        assert!((percentile(&counts, 4, 0.95) - 2.85).abs() < 1e-12);
        assert_eq!(dominance(&[&[3.0, 1.0, 2.0], &[3.0, 2.0, 1.0]], 3), 2.0 / 3.0);
    }
}
