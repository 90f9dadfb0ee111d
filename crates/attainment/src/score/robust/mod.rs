//! Robustness: how far ranks depend on choices that could have been made otherwise.
//!
//! A Monte Carlo over weights, normalisers, aggregation and what is left out, after Saisana,
//! Saltelli and Tarantola (2005, doi 10.1111/j.1467-985X.2005.00350.x).

mod model;
mod random;
mod ranking;

use std::ops::ControlFlow;

use serde::Serialize;

use self::model::{Draw, FACTORS, Model, Scratch, unfit};
use self::random::Stream;
use self::ranking::Ranking;
use super::card::Scorecard;
use crate::error::Error;
use crate::text::msg;

/// The ranks of an area over all runs.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RankInterval {
    /// The area.
    pub area: String,
    /// Its rank by the scheme as it stands, without vetoes.
    pub nominal: u32,
    /// The mean rank.
    pub mean: f64,
    /// The middle rank.
    pub median: f64,
    /// The rank that one run in twenty is better than: the 5th percentile.
    pub low: f64,
    /// The rank that one run in twenty is worse than: the 95th percentile.
    pub high: f64,
}

/// How much of the shift of ranks is due to one kind of choice.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Sensitivity {
    /// `weights`, `normalise`, `aggregate` or `drop`.
    pub factor: &'static str,
    /// The share of the variance that it explains alone (Jansen's estimator); absent where ranks never
    /// shift. An estimate: it may fall a little below 0.
    pub first: Option<f64>,
    /// The share it has a part in, with all others (Jansen's estimator).
    pub total: Option<f64>,
}

/// What a simulation of a scorecard found.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Robustness {
    /// The id of the scheme.
    pub scheme: String,
    /// The seed: the same one gives the same numbers, on every platform and with any number of threads.
    pub seed: u64,
    /// How many runs the rank intervals rest on.
    pub runs: u32,
    /// Whether it was stopped before all runs were done.
    pub stopped: bool,
    /// What was varied.
    pub varied: Vec<&'static str>,
    /// The rank intervals, in the order of the areas. An area without a score has none.
    pub intervals: Vec<RankInterval>,
    /// The mean over runs of the mean number of places an area shifts.
    pub mean_shift: f64,
    /// The share of pairs of areas of which one is better in every indicator: no weights change their
    /// order.
    pub dominance: f64,
    /// First-order and total sensitivity of the mean shift; empty where one kind of choice or none is
    /// varied, or where it was stopped.
    pub sensitivity: Vec<Sensitivity>,
}

/// Runs between two reports of progress.
const BATCH: usize = 512;

/// Ranks that are kept at once, at most.
const MOST: usize = 1 << 29;

impl Scorecard {
    /// Draws the choices of the scheme at random and ranks again, `runs` times.
    ///
    /// What is varied stands under `robustness` in the scheme; where it says nothing, every weight is
    /// up to 25 % off, up or down. With d kinds of choices there are `runs` × (d + 2) runs for d > 1,
    /// from which first-order and total sensitivity indices are estimated, and `runs` for one.
    /// `on_progress` is told how many runs of how many are done, and stops the simulation by
    /// [`ControlFlow::Break`]. Draws are SplitMix64, counted by run: one thread and many give the same
    /// bits.
    ///
    /// # Errors
    ///
    /// [`Error::Assess`] when the scorecard has several periods (see [`Scorecard::at`]), fewer than two
    /// areas have a score, `runs` is 0, or what is to be tried cannot be applied.
    ///
    /// ```
    /// use std::ops::ControlFlow;
    /// use attainment::{Format, Scheme, WideTable, score};
    /// let scheme = Scheme::parse("
    /// attainment: 1
    /// id: s
    /// normalise: { by: min_max, to: [1, 100] }
    /// aggregate: arithmetic
    /// indicators: { a: { direction: increase }, b: { direction: increase } }
    /// pillars: [a, b]
    /// robustness: { weights: 25%, aggregate: geometric, normalise: [{ by: rank }] }
    /// ", Format::Yaml)?;
    /// let table = WideTable::from_floats(["x", "y", "z"], [("a", vec![3.0, 1.0, 2.0]), ("b", vec![3.0, 2.0, 1.0])])?;
    /// let robustness = score(&table, &scheme)?.robustness(7, 500, |_, _| ControlFlow::Continue(()))?;
    /// assert_eq!(robustness.varied, ["weights", "normalise", "aggregate"]);
    /// assert_eq!((robustness.intervals[0].low, robustness.intervals[0].high), (1.0, 1.0));
    /// assert_eq!(robustness.sensitivity.len(), 3);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn robustness(&self, seed: u64, runs: u32, mut on_progress: impl FnMut(u64, u64) -> ControlFlow<()>) -> Result<Robustness, Error> {
        let period = match (self.only, self.engine.periods.len()) {
            (Some(period), _) => period,
            (None, 1) => 0,
            (None, _) => {
                return Err(unfit(
                    msg!("a scorecard has several periods", "评分卡含有多期"),
                    msg!("pick one with `at`", "请用`at`选定一期"),
                ));
            }
        };
        let model = Model::new(self, period)?;
        let areas = model.areas.len();
        if areas < 2 || runs == 0 || areas > usize::from(u16::MAX) || areas.saturating_mul(runs as usize) > MOST {
            return Err(unfit(
                msg!("{runs} runs of {areas} areas cannot be simulated", "无法对{areas}个地区模拟{runs}次"),
                msg!(
                    "it needs two areas with a score and a run; areas × runs is at most {MOST}",
                    "至少两个有得分的地区和一次模拟;地区数×次数至多{MOST}"
                ),
            ));
        }
        let factors = model.factors();
        let mut ranking = Ranking::new(areas);
        let mut scratch = model.scratch();
        model.run(None, &mut scratch);
        let mut nominal = vec![0_u16; areas];
        ranking.rank(&scratch.total, &mut nominal);
        let several = factors.len() > 1;
        let total = u64::from(runs) * if several { factors.len() as u64 + 2 } else { 1 };
        let mut progress = Progress { done: 0, total, stopped: false };

        // The runs of the first sample are the Monte Carlo; their ranks are kept.
        let mut ranks = vec![0_u16; areas * runs as usize];
        let mut shifts = vec![0.0; runs as usize];
        let first = |run: u64| draw(seed, run, 0, None);
        for (batch, (ranks, shifts)) in ranks.chunks_mut(BATCH * areas).zip(shifts.chunks_mut(BATCH)).enumerate() {
            simulate(&model, &nominal, (batch * BATCH) as u64, &first, Some(ranks), shifts);
            if progress.report(shifts.len(), &mut on_progress) {
                break;
            }
        }
        let done = progress.done as usize;
        let intervals = ranking::intervals(&ranks[..done * areas], &nominal, areas)
            .into_iter()
            .zip(&model.areas)
            .map(|(interval, row)| RankInterval { area: self.engine.areas[row % self.engine.areas.len()].clone(), ..interval })
            .collect();
        drop(ranks);

        let mut sensitivity = Vec::new();
        if several && !progress.stopped {
            let mut exchanged = vec![vec![0.0; runs as usize]; factors.len() + 1];
            'samples: for (index, shifts) in exchanged.iter_mut().enumerate() {
                // The second sample first, then the first with one kind of choice from the second.
                let from = index.checked_sub(1).map(|factor| factors[factor]);
                let sample = |run: u64| draw(seed, run, if from.is_none() { 1 } else { 0 }, from);
                for (batch, shifts) in shifts.chunks_mut(BATCH).enumerate() {
                    simulate(&model, &nominal, (batch * BATCH) as u64, &sample, None, shifts);
                    if progress.report(shifts.len(), &mut on_progress) {
                        break 'samples;
                    }
                }
            }
            if !progress.stopped {
                sensitivity = indices(&shifts, &exchanged, &factors);
            }
        }
        Ok(Robustness {
            scheme: self.scheme.id().to_owned(),
            seed,
            runs: done as u32,
            stopped: progress.stopped,
            varied: factors.iter().map(|factor| FACTORS[*factor]).collect(),
            intervals,
            mean_shift: shifts[..done].iter().sum::<f64>() / done as f64,
            dominance: ranking::dominance(&model.leaf_columns().collect::<Vec<_>>(), areas),
            sensitivity,
        })
    }
}

struct Progress {
    done: u64,
    total: u64,
    stopped: bool,
}

impl Progress {
    fn report(&mut self, runs: usize, tell: &mut impl FnMut(u64, u64) -> ControlFlow<()>) -> bool {
        self.done += runs as u64;
        // Nothing is left to stop after the last run.
        self.stopped = tell(self.done, self.total).is_break() && self.done < self.total;
        self.stopped
    }
}

/// The streams of a run: of the first or second sample, with one kind of choice from the second.
fn draw(seed: u64, run: u64, sample: u64, exchanged: Option<usize>) -> Draw {
    let stream = |factor: usize| {
        let sample = if exchanged == Some(factor) { 1 } else { sample };
        Stream::new(seed, (run << 8) | ((factor as u64) << 1) | sample)
    };
    Draw { streams: std::array::from_fn(stream) }
}

/// Some runs, in threads where there are any: each writes its own part and draws by its number.
fn simulate(
    model: &Model,
    nominal: &[u16],
    first: u64,
    draw: &(impl Fn(u64) -> Draw + Sync),
    ranks: Option<&mut [u16]>,
    shifts: &mut [f64],
) {
    let areas = nominal.len();
    let part = |first: u64, mut ranks: Option<&mut [u16]>, shifts: &mut [f64]| {
        let (mut scratch, mut ranking): (Scratch, Ranking) = (model.scratch(), Ranking::new(areas));
        let mut own = vec![0_u16; areas];
        for (index, shift) in shifts.iter_mut().enumerate() {
            let row = match &mut ranks {
                Some(ranks) => &mut ranks[index * areas..(index + 1) * areas],
                None => own.as_mut_slice(),
            };
            model.run(Some(draw(first + index as u64)), &mut scratch);
            ranking.rank(&scratch.total, row);
            let moved: u64 = row.iter().zip(nominal).map(|(rank, nominal)| u64::from(rank.abs_diff(*nominal))).sum();
            *shift = moved as f64 / areas as f64;
        }
    };
    let threads = threads().min(shifts.len());
    if threads < 2 || shifts.len() * areas < 1 << 14 {
        part(first, ranks, shifts);
        return;
    }
    let length = shifts.len().div_ceil(threads);
    std::thread::scope(|scope| {
        let part = &part;
        let mut ranks = ranks.map(|ranks| ranks.chunks_mut(length * areas));
        for (index, shifts) in shifts.chunks_mut(length).enumerate() {
            let ranks = ranks.as_mut().and_then(Iterator::next);
            scope.spawn(move || part(first + (index * length) as u64, ranks, shifts));
        }
    });
}

#[cfg(not(target_family = "wasm"))]
fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The browser has no threads of ours.
#[cfg(target_family = "wasm")]
fn threads() -> usize {
    1
}

/// Jansen's estimators (1999), as recommended by Saltelli and others (2010): with f(A), f(B) and f of A
/// with one kind of choice from B.
fn indices(a: &[f64], exchanged: &[Vec<f64>], factors: &[usize]) -> Vec<Sensitivity> {
    let b = &exchanged[0];
    let n = a.len() as f64;
    let mean = (a.iter().sum::<f64>() + b.iter().sum::<f64>()) / (2.0 * n);
    let square = |values: &[f64]| values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>();
    let variance = (square(a) + square(b)) / (2.0 * n - 1.0);
    let half_square = |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| (x - y) * (x - y)).sum::<f64>() / (2.0 * n);
    let one = |(factor, mixed): (&usize, &Vec<f64>)| Sensitivity {
        factor: FACTORS[*factor],
        first: (variance > 0.0).then(|| 1.0 - half_square(b, mixed) / variance),
        total: (variance > 0.0).then(|| half_square(a, mixed) / variance),
    };
    factors.iter().zip(&exchanged[1..]).map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices_of_a_sum_are_its_shares() {
        // f = 3 x + y with x and y uniform: first order and total are 0.9 and 0.1.
        let f = |draw: Draw| 3.0 * draw.streams[0].uniform(0) + draw.streams[1].uniform(0);
        let n = 20_000;
        let sample = |sample, exchanged| (0..n).map(|run| f(draw(1, run, sample, exchanged))).collect::<Vec<f64>>();
        let got = indices(&sample(0, None), &[sample(1, None), sample(0, Some(0)), sample(0, Some(1))], &[0, 1]);
        for (got, want) in got.iter().zip([0.9, 0.1]) {
            assert!((got.first.unwrap() - want).abs() < 0.02, "{got:?}");
            assert!((got.total.unwrap() - want).abs() < 0.02, "{got:?}");
        }
    }
}
