//! A scorecard as a function of its choices: weights, normaliser, aggregation, what is left out.

use super::random::Stream;
use crate::error::Error;
use crate::finding::{Code, Finding, Findings};
use crate::number::Exact;
use crate::plan::scheme::{Aggregate, NormaliseBy, Over, Treat, YesNo, percent};
use crate::score::aggregate::{How, copeland};
use crate::score::card::Scorecard;
use crate::score::engine::{Node, how};
use crate::score::frame::Frame;
use crate::score::marks::{Declared, Maker};
use crate::text::msg;

/// What a run is drawn by: one stream for each kind of choice, so that one of them can be exchanged.
#[derive(Clone, Copy)]
pub(super) struct Draw {
    pub(super) streams: [Stream; FACTORS.len()],
}

/// The kinds of choices, in the order of their streams.
pub(super) const FACTORS: [&str; 4] = ["weights", "normalise", "aggregate", "drop"];

pub(super) struct Model {
    nodes: Vec<Part>,
    /// How far weights may be off, as a share; 0 leaves them.
    spread: f64,
    /// How members become one score: the scheme's own way where it is `None`.
    hows: Vec<Option<How>>,
    normalisers: usize,
    /// The leaves that may be left out.
    leaves: Vec<usize>,
    drops: bool,
    /// The areas that have a score.
    pub(super) areas: Vec<usize>,
    /// Everything is one weighted sum over the leaves.
    linear: bool,
}

struct Part {
    children: Vec<usize>,
    parent: usize,
    /// Its place among its siblings.
    weight: f64,
    how: How,
    treat: Treat,
    /// Scores by normaliser, of a leaf; with points of its bonus.
    columns: Vec<Vec<f64>>,
    points: Option<Vec<f64>>,
    gaps: bool,
    groups: Vec<Option<usize>>,
    cap: f64,
    least: f64,
}

/// What a run needs to write in; made once for each thread.
pub(super) struct Scratch {
    weights: Vec<f64>,
    columns: Vec<Vec<f64>>,
    members: Vec<(f64, f64)>,
    sums: Vec<(f64, f64)>,
    pub(super) total: Vec<f64>,
}

/// What is tried where a scheme does not say: weights a quarter up or down.
const SPREAD: f64 = 0.25;

impl Model {
    pub(super) fn new(card: &Scorecard, period: usize) -> Result<Self, Error> {
        let document = card.scheme.document();
        let width = card.engine.areas.len();
        let rows = period * width..(period + 1) * width;
        let choices = document.robustness.as_ref();
        let spread = match choices {
            None => SPREAD,
            Some(choices) => choices.weights.as_ref().and_then(percent).map_or(0.0, |share| Exact::from(share).percent().to_f64()),
        };
        let mut hows = vec![None];
        for aggregate in choices.iter().flat_map(|choices| choices.aggregate.iter()) {
            if matches!(aggregate, Aggregate::By(by) if by.chain.is_some()) {
                return Err(unfit(
                    msg!("a chained index cannot be tried in place of a mean", "链式指数不能作为平均方法的备选"),
                    msg!("remove it from `robustness`", "请从`robustness`中删去"),
                ));
            }
            hows.push(Some(how(Some(aggregate), &card.engine.periods)));
        }
        if card.engine.nodes.iter().any(|node| matches!(node.how, How::Chain(_)) && node.children.len() > 1) {
            return Err(unfit(
                msg!("the simulation has no case for a chained index", "模拟不适用于链式指数"),
                msg!("simulate the scorecard of its pillars", "请对其各支柱的评分卡做模拟"),
            ));
        }
        let areas: Vec<usize> = rows.clone().filter(|row| !card.engine.total().values[*row].is_nan()).collect();
        let scored: Vec<bool> = (0..card.engine.nodes.len()).map(|place| counts(card, place)).collect();
        let mut model = Self {
            nodes: Vec::with_capacity(card.engine.nodes.len()),
            spread,
            normalisers: 1 + choices.map_or(0, |choices| choices.normalise.len()),
            hows,
            leaves: Vec::new(),
            drops: choices.is_some_and(|choices| choices.drop == Some(YesNo::Yes)),
            areas,
            linear: false,
        };
        for (place, node) in card.engine.nodes.iter().enumerate() {
            let mut part = model.part(card, node);
            if let (Some(_), true) = (&node.leaf, scored[place]) {
                part.columns = model.columns(card, node)?;
                model.leaves.push(place);
            }
            part.gaps = part.columns.iter().flatten().any(|x| x.is_nan()) || node.treated.is_some();
            model.nodes.push(part);
        }
        model.positive(card)?;
        let means = |part: &Part| part.children.is_empty() || matches!(part.how, How::Arithmetic | How::Sum);
        let plain = |part: &Part| {
            !part.gaps
                && part.points.is_none()
                && (part.children.is_empty() || part.cap == f64::INFINITY && part.least == f64::NEG_INFINITY)
        };
        model.linear = model.hows.len() == 1 && model.nodes.iter().all(|part| means(part) && plain(part));
        Ok(model)
    }

    fn part(&self, card: &Scorecard, node: &Node) -> Part {
        let pick = |column: &Vec<f64>| self.areas.iter().map(|row| column[*row]).collect();
        let parent = node.parent.unwrap_or(card.engine.nodes.len() - 1);
        let siblings = &card.engine.nodes[parent];
        let index = siblings
            .children
            .iter()
            .position(|child| card.engine.nodes[*child].path == node.path && card.engine.nodes[*child].id == node.id);
        let number = |decimal: Option<rust_decimal::Decimal>, none: f64| decimal.map_or(none, |decimal| Exact::from(decimal).to_f64());
        let mut names: Vec<&String> = node.groups.iter().flatten().collect();
        crate::sort::sort(&mut names);
        names.dedup();
        let group = |row: &usize| node.groups.get(*row).and_then(Option::as_ref).and_then(|name| names.binary_search(&name).ok());
        Part {
            children: node.children.clone(),
            parent,
            weight: index.map_or(0.0, |index| siblings.weights[index]),
            how: node.how,
            treat: node.treat,
            columns: Vec::new(),
            points: node.points.as_ref().map(pick),
            gaps: false,
            groups: if node.groups.is_empty() { Vec::new() } else { self.areas.iter().map(group).collect() },
            cap: number(node.cap, f64::INFINITY),
            least: number(node.least, f64::NEG_INFINITY),
        }
    }

    /// The scores of a leaf by its own normaliser and by those that are tried.
    fn columns(&self, card: &Scorecard, node: &Node) -> Result<Vec<Vec<f64>>, Error> {
        let Some(leaf) = &node.leaf else { return Ok(Vec::new()) };
        let document = card.scheme.document();
        let width = card.engine.areas.len();
        let pick = |column: &[f64]| -> Vec<f64> { self.areas.iter().map(|row| column[*row]).collect() };
        let mut out = vec![pick(&node.values)];
        let frame = Frame::bare(card.engine.areas.clone(), card.engine.periods.clone(), card.plan.as_ref());
        for normalise in document.robustness.iter().flat_map(|choices| choices.normalise.iter()) {
            let mut leaf = leaf.clone();
            for source in &mut leaf.sources {
                let mut warnings = Findings::default();
                let declared = Declared::find(document, &frame, &source.id, &node.id, source.rises);
                let mut maker = Maker {
                    frame: &frame,
                    document,
                    declared,
                    column: &source.column,
                    id: &source.id,
                    path: "/robustness/normalise",
                    warnings: &mut warnings,
                };
                // A simulation is of one period, which is what is meant where nothing is said.
                let over =
                    crate::plan::scheme::Normalise::By(NormaliseBy { over: normalise.over().or(Some(Over::Period)), ..normalise.by() });
                let norm = maker.make(&over).map_err(|finding| Error::Assess(vec![finding]))?;
                source.scores = norm.apply(&source.column, width);
            }
            let scores: Vec<f64> = self
                .areas
                .iter()
                .map(|row| match leaf.sources.as_slice() {
                    [one] if leaf.take.is_none() => one.scores[*row],
                    _ => leaf.value(*row, node.treat == Treat::Renormalise, &frame),
                })
                .collect();
            out.push(scores);
        }
        let (cap, least) = (node.cap.map(|cap| Exact::from(cap).to_f64()), node.least.map(|least| Exact::from(least).to_f64()));
        for column in &mut out[1..] {
            column.iter_mut().filter(|x| cap.is_some_and(|cap| **x > cap)).for_each(|x| *x = cap.unwrap_or(*x));
            column.iter_mut().filter(|x| least.is_some_and(|least| **x < least)).for_each(|x| *x = least.unwrap_or(*x));
        }
        Ok(out)
    }

    /// A mean of positive scores cannot be tried on others.
    fn positive(&self, card: &Scorecard) -> Result<(), Error> {
        let needs = self.nodes.iter().filter(|part| part.children.len() > 1).any(|part| part.how.needs_positive())
            || self.hows.iter().flatten().any(|how| how.needs_positive());
        let tried = self.hows.len() > 1 || self.normalisers > 1;
        let bad = self.leaves.iter().find(|leaf| self.nodes[**leaf].columns.iter().flatten().any(|x| *x <= 0.0));
        match bad.filter(|_| needs && tried) {
            None => Ok(()),
            Some(leaf) => {
                let id = &card.engine.nodes[*leaf].id;
                Err(unfit(
                    msg!("a mean that needs positive scores is tried, and `{id}` has others", "备选的平均方法要求正值,而`{id}`有非正值"),
                    msg!("normalise to a range above 0, such as `to: [1, 100]`", "请标准化到大于0的区间,如`to: [1, 100]`"),
                ))
            }
        }
    }

    pub(super) fn factors(&self) -> Vec<usize> {
        let varied = [self.spread > 0.0, self.normalisers > 1, self.hows.len() > 1, self.drops];
        (0..FACTORS.len()).filter(|factor| varied[*factor]).collect()
    }

    /// The scores of the leaves, for dominance.
    pub(super) fn leaf_columns(&self) -> impl Iterator<Item = &[f64]> {
        self.leaves.iter().filter_map(|leaf| self.nodes[*leaf].columns.first().map(Vec::as_slice))
    }

    pub(super) fn scratch(&self) -> Scratch {
        Scratch {
            weights: vec![0.0; self.nodes.len()],
            columns: if self.linear { Vec::new() } else { vec![vec![0.0; self.areas.len()]; self.nodes.len()] },
            members: Vec::with_capacity(self.nodes.len()),
            sums: vec![(0.0, 0.0); self.areas.len() + 1],
            total: vec![0.0; self.areas.len()],
        }
    }

    /// One run: every total, into `scratch.total`. Nothing is allocated but by Copeland's method.
    pub(super) fn run(&self, draw: Option<Draw>, scratch: &mut Scratch) {
        let (mut normaliser, mut how, mut dropped) = (0, None, usize::MAX);
        match draw {
            None => scratch.weights.iter_mut().zip(&self.nodes).for_each(|(weight, part)| *weight = part.weight),
            Some(draw) => {
                let [weights, norms, hows, drops] = draw.streams;
                for (place, part) in self.nodes.iter().enumerate() {
                    let off = self.spread * (2.0 * weights.uniform(place as u64) - 1.0);
                    scratch.weights[place] = part.weight * (1.0 + off);
                }
                normaliser = norms.choice(0, self.normalisers);
                how = self.hows[hows.choice(0, self.hows.len())];
                if self.drops {
                    // The last choice is to leave nothing out.
                    dropped = self.leaves.get(drops.choice(0, self.leaves.len() + 1)).copied().unwrap_or(usize::MAX);
                }
            }
        }
        self.drop(dropped, &mut scratch.weights);
        if self.linear { self.linear(normaliser, scratch) } else { self.tree(normaliser, how, scratch) }
    }

    /// A leaf that is left out has no weight, nor has a pillar that it was all of.
    fn drop(&self, mut dropped: usize, weights: &mut [f64]) {
        while dropped < self.nodes.len() - 1 {
            weights[dropped] = 0.0;
            let parent = self.nodes[dropped].parent;
            if self.nodes[parent].children.iter().any(|child| weights[*child] > 0.0) {
                break;
            }
            dropped = parent;
        }
    }

    /// Σ effective weight × score, the leaves in their order, rows in blocks that stay near.
    fn linear(&self, normaliser: usize, scratch: &mut Scratch) {
        let last = self.nodes.len() - 1;
        let weights = &mut scratch.weights;
        weights[last] = 1.0;
        for place in (0..self.nodes.len()).rev() {
            let part = &self.nodes[place];
            let there: f64 = part.children.iter().map(|child| weights[*child]).sum();
            // Points that add up keep their sum when one item is left out.
            let full: f64 = if part.how == How::Sum { part.children.iter().map(|child| self.nodes[*child].weight).sum() } else { 1.0 };
            let share = if there > 0.0 { weights[place] * full / there } else { 0.0 };
            part.children.iter().for_each(|child| weights[*child] *= share);
        }
        const BLOCK: usize = 512;
        for (block, out) in scratch.total.chunks_mut(BLOCK).enumerate() {
            let from = block * BLOCK;
            let length = out.len();
            let column = |leaf: usize| &self.nodes[leaf].columns[normaliser.min(self.nodes[leaf].columns.len() - 1)][from..from + length];
            out.fill(0.0);
            let mut leaves = self.leaves.chunks_exact(4);
            for four in leaves.by_ref() {
                let [a, b, c, d] = [four[0], four[1], four[2], four[3]];
                let [wa, wb, wc, wd] = [weights[a], weights[b], weights[c], weights[d]];
                let columns = column(a).iter().zip(column(b)).zip(column(c).iter().zip(column(d)));
                for (sum, ((a, b), (c, d))) in out.iter_mut().zip(columns) {
                    *sum = *sum + wa * a + wb * b + wc * c + wd * d;
                }
            }
            for leaf in leaves.remainder() {
                let weight = weights[*leaf];
                out.iter_mut().zip(column(*leaf)).for_each(|(sum, x)| *sum += weight * x);
            }
        }
    }

    fn tree(&self, normaliser: usize, how: Option<How>, scratch: &mut Scratch) {
        let areas = self.areas.len();
        for (place, part) in self.nodes.iter().enumerate() {
            // Children stand before their parents, so their columns are done.
            let (done, rest) = scratch.columns.split_at_mut(place);
            let out = &mut rest[0];
            if part.children.is_empty() {
                match part.columns.get(normaliser.min(part.columns.len().max(1) - 1)) {
                    Some(column) => out.copy_from_slice(column),
                    None => out.fill(f64::NAN),
                }
                continue;
            }
            let way = if part.children.len() > 1 { how.unwrap_or(part.how) } else { part.how };
            let weights = &scratch.weights;
            for child in &part.children {
                fill(part, &mut done[*child], &mut scratch.sums);
            }
            if way == How::Copeland {
                let members: Vec<(f64, &[f64])> = part
                    .children
                    .iter()
                    .filter(|child| weights[**child] > 0.0)
                    .map(|child| (weights[*child], done[*child].as_slice()))
                    .collect();
                copeland(&members, None, |_| true, 0..areas, out);
            } else {
                let full: f64 = part.children.iter().map(|child| self.nodes[*child].weight).sum();
                for (area, out) in out.iter_mut().enumerate() {
                    scratch.members.clear();
                    let (mut points, mut gap) = (0.0, false);
                    for child in part.children.iter().filter(|child| weights[**child] > 0.0) {
                        let score = done[*child][area];
                        gap |= score.is_nan();
                        if !score.is_nan() {
                            scratch.members.push((weights[*child], score));
                        }
                        points += self.nodes[*child].points.as_ref().map_or(0.0, |points| points[area]);
                    }
                    if gap && part.treat != Treat::Renormalise {
                        *out = f64::NAN;
                        continue;
                    }
                    if way == How::Sum {
                        let there: f64 = scratch.members.iter().map(|(weight, _)| weight).sum();
                        scratch.members.iter_mut().for_each(|(weight, _)| *weight *= full / there);
                    }
                    *out = way.of(&mut scratch.members, points);
                }
            }
            out.iter_mut().filter(|x| **x > part.cap).for_each(|x| *x = part.cap);
            out.iter_mut().filter(|x| **x < part.least).for_each(|x| *x = part.least);
        }
        let last = self.nodes.len() - 1;
        scratch.total.copy_from_slice(&scratch.columns[last]);
    }
}

/// What stands in for a missing member.
fn fill(parent: &Part, column: &mut [f64], sums: &mut [(f64, f64)]) {
    match parent.treat {
        Treat::Zero => column.iter_mut().filter(|x| x.is_nan()).for_each(|x| *x = 0.0),
        Treat::GroupMean if column.iter().any(|x| x.is_nan()) => {
            sums.fill((0.0, 0.0));
            for (x, group) in column.iter().zip(&parent.groups) {
                if let Some(group) = group.filter(|_| !x.is_nan()) {
                    sums[group].0 += x;
                    sums[group].1 += 1.0;
                }
            }
            for (x, group) in column.iter_mut().zip(&parent.groups) {
                if let Some(group) = group.filter(|_| x.is_nan()) {
                    *x = sums[group].0 / sums[group].1;
                }
            }
        }
        _ => {}
    }
}

/// Whether a node has a part in the total.
fn counts(card: &Scorecard, place: usize) -> bool {
    let node = &card.engine.nodes[place];
    match node.parent {
        None => true,
        Some(parent) => card.engine.nodes[parent].children.contains(&place) && counts(card, parent),
    }
}

pub(super) fn unfit(message: crate::text::Message, help: crate::text::Message) -> Error {
    Error::Assess(vec![Finding::new(Code::UnfitScorecards, message).help(help)])
}
