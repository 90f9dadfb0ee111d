//! A scheme and data become a tree of columns of scores.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::aggregate::{How, Root, copeland};
use super::frame::{Column, Frame};
use super::marks::{Declared, Maker};
use super::normalise::Norm;
use super::weights;
use crate::document::{Text, nearest_word};
use crate::finding::{Code, Finding, Findings};
use crate::number::Exact;
use crate::period::{Period, Point};
use crate::plan::scheme::{
    self, Aggregate, AggregateWord, Bonus, CountedIn, Grade, GradeOn, Group, MetWhen, NatureRule, SchemeDocument, Take, Treat,
    VerdictNumber, Veto, Weighting, YesNo,
};
use crate::plan::{Branch, Nature, scheme_tree};
use crate::text::{msg, shorten};

/// What was done about a member without a score of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Treated {
    /// Nothing: it has one.
    #[default]
    Own,
    /// Left out, and the weights of the others rescaled.
    Left,
    GroupMean,
    Zero,
    /// The pillar has no score either.
    Refused,
}

/// The tree with its columns: children stand before their parents, the total last.
#[derive(Clone, Debug)]
pub(crate) struct Engine {
    pub(crate) areas: Vec<String>,
    pub(crate) periods: Vec<Option<Point>>,
    pub(crate) nodes: Vec<Node>,
    pub(crate) item_decimals: Option<u32>,
    pub(crate) item_rounding: scheme::RoundingMode,
}

#[derive(Clone, Debug)]
pub(crate) struct Node {
    pub(crate) id: String,
    /// JSON pointer into the scheme.
    pub(crate) path: String,
    pub(crate) name: Option<Text>,
    pub(crate) parent: Option<usize>,
    /// The children that its score is made of.
    pub(crate) children: Vec<usize>,
    /// All children, those that stand beside its score too.
    pub(crate) members: Vec<usize>,
    /// The weights of the children, as stated or worked out; they need not add up to 1.
    pub(crate) weights: Vec<f64>,
    pub(crate) decimal_weights: Option<Vec<Decimal>>,
    pub(crate) how: How,
    pub(crate) treat: Treat,
    present: Option<(Decimal, CountedIn)>,
    pub(crate) cap: Option<Decimal>,
    /// The rows in which it was cut to its cap.
    pub(crate) capped: Option<Vec<bool>>,
    /// Its weight as stated.
    pub(crate) weight: Option<Decimal>,
    pub(crate) least: Option<Decimal>,
    pub(crate) bonus: Option<Bonus>,
    met: Option<MetWhen>,
    pub(crate) veto: Option<Veto>,
    pub(crate) grades: Vec<Grade>,
    /// Which number they are for, where its nature says so.
    pub(crate) grade_on: Option<GradeOn>,
    pub(crate) nature: Option<Nature>,
    /// It stands beside the total and not in it.
    pub(crate) apart: bool,
    pub(crate) leaf: Option<Leaf>,
    /// Its score in each row, `NaN` where it has none.
    pub(crate) values: Arc<Vec<f64>>,
    /// The points of its bonus.
    pub(crate) points: Option<Vec<f64>>,
    /// What its parent counts it with, where that is not its own score.
    pub(crate) filled: Option<Vec<f64>>,
    pub(crate) treated: Option<Vec<Treated>>,
    /// The group of each row, where the members it lacks take the mean of theirs.
    pub(crate) groups: Vec<Option<String>>,
    /// How far a float score may be from the true one.
    pub(crate) slack: f64,
}

#[derive(Clone, Debug)]
pub(crate) struct Leaf {
    pub(crate) sources: Vec<Source>,
    groups: Groups,
    pub(crate) take: Option<Take>,
}

#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub(crate) id: String,
    pub(crate) name: Option<Text>,
    pub(crate) column: Column,
    pub(crate) norm: Norm,
    /// The normaliser's word.
    pub(crate) word: scheme::Normaliser,
    /// More is better whatever its indicator: it is a ratio or a score of a verdict.
    #[cfg(feature = "robustness")]
    pub(crate) rises: bool,
    pub(crate) scores: Arc<Vec<f64>>,
}

/// Sources by number, in nested groups.
#[derive(Clone, Debug)]
enum Groups {
    One(usize),
    Many(Vec<Groups>),
}

impl Groups {
    /// The mean, nested groups first; what is missing is left out or makes the mean missing.
    fn mean(&self, score: &dyn Fn(usize) -> f64, leave_out: bool) -> f64 {
        match self {
            Self::One(source) => score(*source),
            Self::Many(groups) => {
                let scores = groups.iter().map(|group| group.mean(score, leave_out));
                let present: Vec<f64> = scores.filter(|score| !(leave_out && score.is_nan())).collect();
                present.iter().sum::<f64>() / present.len() as f64
            }
        }
    }

    fn exact_mean(&self, score: &dyn Fn(usize) -> Option<Option<Exact>>, leave_out: bool) -> Option<Option<Exact>> {
        match self {
            Self::One(source) => score(*source),
            Self::Many(groups) => {
                let scores: Vec<Option<Exact>> = groups.iter().map(|group| group.exact_mean(score, leave_out)).collect::<Option<_>>()?;
                let present: Vec<Exact> = scores.iter().flatten().cloned().collect();
                if present.is_empty() || present.len() < scores.len() && !leave_out {
                    return Some(None);
                }
                let count = Exact::from(present.len() as i64);
                Some(present.into_iter().sum::<Exact>().checked_div(&count))
            }
        }
    }
}

/// The ids that leaves read, or none where a scheme reads every one.
pub(crate) fn ids(document: &SchemeDocument) -> Option<HashSet<String>> {
    fn of(group: &Group, out: &mut HashSet<String>) {
        match group {
            Group::One(id) => {
                out.insert(id.as_str().to_owned());
            }
            Group::Many(groups) => groups.iter().for_each(|group| of(group, out)),
        }
    }
    document.pillars.as_ref()?;
    let mut out = HashSet::new();
    scheme_tree(document, &[]).each(&mut |branch| {
        if branch.is_leaf() {
            match branch.pillar.and_then(|pillar| pillar.from.as_ref()) {
                Some(from) => of(from, &mut out),
                None => {
                    out.insert(branch.id.clone());
                }
            }
        }
    });
    Some(out)
}

/// Builds the tree and evaluates it from the leaves up.
pub(crate) fn run<'a>(document: &'a SchemeDocument, frame: &mut Frame<'a>) -> Result<Engine, Vec<Finding>> {
    let every = if document.every.is_some() { frame.every() } else { Vec::new() };
    let tree = scheme_tree(document, &every);
    let rounding = document.round.as_ref();
    let mut builder = Builder {
        document,
        engine: Engine {
            areas: frame.areas.clone(),
            periods: frame.periods.clone(),
            nodes: Vec::new(),
            item_decimals: rounding.and_then(|round| round.items).and_then(|items| items.get().try_into().ok()),
            item_rounding: rounding.map_or(scheme::RoundingMode::HalfUp, |round| round.mode),
        },
        frame,
        errors: Vec::new(),
        warnings: Findings::default(),
    };
    builder.node(&tree);
    let Builder { engine, frame, errors, warnings, .. } = builder;
    frame.findings.extend(warnings.into_vec());
    if errors.is_empty() { Ok(engine) } else { Err(errors) }
}

struct Builder<'f, 'a> {
    document: &'a SchemeDocument,
    frame: &'f mut Frame<'a>,
    engine: Engine,
    errors: Vec<Finding>,
    warnings: Findings,
}

impl<'a> Builder<'_, 'a> {
    fn node(&mut self, branch: &Branch<'a>) -> usize {
        let children: Vec<usize> = branch.children.iter().map(|child| self.node(child)).collect();
        // Nothing else is added before the node itself, so this is its place.
        let place = self.engine.nodes.len();
        for child in &children {
            self.engine.nodes[*child].parent = Some(place);
        }
        let pillar = branch.pillar;
        let missing = branch.set.missing;
        let mut node = Node {
            id: branch.id.clone(),
            path: branch.path.clone(),
            name: pillar.and_then(|pillar| pillar.name.clone()),
            parent: None,
            weights: Vec::new(),
            decimal_weights: None,
            how: how(branch.set.aggregate, &self.engine.periods),
            treat: missing.and_then(|missing| missing.treat).unwrap_or(Treat::Refuse),
            present: missing.and_then(|missing| {
                let share = missing.present.as_ref().and_then(scheme::percent)?;
                Some((share, missing.counted_in.unwrap_or(CountedIn::Members)))
            }),
            cap: pillar.and_then(|pillar| pillar.cap).map(|cap| cap.get()),
            capped: None,
            weight: branch.weight,
            least: pillar.and_then(|pillar| pillar.least).map(|least| least.get()),
            bonus: pillar.and_then(|pillar| pillar.bonus.clone()),
            met: pillar.and_then(|pillar| pillar.met.clone()),
            veto: pillar.and_then(|pillar| pillar.veto.clone()),
            grades: pillar.map(|pillar| pillar.grades.to_vec()).unwrap_or_default(),
            nature: pillar.and_then(|pillar| pillar.nature),
            grade_on: None,
            apart: false,
            leaf: None,
            values: Arc::default(),
            points: None,
            filled: None,
            treated: None,
            groups: Vec::new(),
            slack: 0.0,
            members: children.clone(),
            children,
        };
        if branch.is_leaf() {
            match self.leaf(branch, &mut node) {
                Ok(()) => {}
                Err(finding) => self.errors.push(finding),
            }
        } else {
            self.members(branch, &mut node);
        }
        if let Some(cap) = node.cap {
            let cap = Exact::from(cap).to_f64();
            let beyond: Vec<bool> = node.values.iter().map(|x| *x > cap).collect();
            if beyond.contains(&true) {
                Arc::make_mut(&mut node.values).iter_mut().filter(|x| **x > cap).for_each(|x| *x = cap);
                node.capped = Some(beyond);
            }
        }
        if let Some(least) = node.least {
            let least = Exact::from(least).to_f64();
            if node.values.iter().any(|x| *x < least) {
                Arc::make_mut(&mut node.values).iter_mut().filter(|x| **x < least).for_each(|x| *x = least);
            }
        }
        self.engine.nodes.push(node);
        place
    }

    fn leaf(&mut self, branch: &Branch<'a>, node: &mut Node) -> Result<(), Finding> {
        let pillar = branch.pillar;
        let mut ids = Vec::new();
        let groups = match pillar.and_then(|pillar| pillar.from.as_ref()) {
            Some(from) => self.groups(from, &branch.path, &mut ids)?,
            None => self.one(&branch.id, &branch.path, &mut ids)?,
        };
        let take = branch.set.take;
        if ids.len() > 1 && take.is_none() {
            let shown = ids.iter().take(5).map(|id| shorten(id)).collect::<Vec<_>>().join("`, `");
            return Err(Finding::new(
                Code::AmbiguousVerdict,
                msg!(
                    "`{}` stands for several, `{shown}`, and nothing says how they become one",
                    "`{}`对应多个`{shown}`,但没有说明如何合为一个",
                    branch.id
                ),
            )
            .at(&branch.path)
            .help(msg!("add `take: worst`, `next_due`, `mean` or `all`", "请写`take: worst`、`next_due`、`mean`或`all`")));
        }
        if ids.len() > 1 && (node.bonus.is_some() || node.met.is_some()) {
            let (id, key) = (shorten(&branch.id), if node.bonus.is_some() { "bonus" } else { "met" });
            return Err(Finding::new(
                Code::RuleUnfit,
                msg!("`{key}` asks for one value, and `{id}` stands for several", "`{key}`针对一个值,而`{id}`对应多个"),
            )
            .at(&branch.path)
            .help(msg!("give each of them a node of its own under `of`", "请在`of`下分别列出各项")));
        }
        let read = branch.set.read;
        let is_assessment = self.frame.is_assessment();
        let mut sources = Vec::with_capacity(ids.len());
        let mut natures = Vec::with_capacity(ids.len());
        for id in ids {
            let rises = is_assessment && read.is_some_and(|read| read != VerdictNumber::Value);
            let declared = Declared::find(self.document, self.frame, &id, &branch.id, rises);
            let Some(normalise) = branch.set.normalise else { continue };
            let wanted = declared.wanted(normalise.word(), node.bonus.is_some() || node.met.is_some());
            let mut column = self.frame.column(&id, read, branch.set.method, wanted, &branch.path)?;
            if let Some(Period::Years(years)) = branch.set.missing.and_then(|missing| missing.carry.as_ref()) {
                column.carry(self.frame, *years);
            }
            let told = self.warnings.count();
            let mut maker = Maker {
                frame: self.frame,
                document: self.document,
                declared,
                column: &column,
                id: &id,
                path: &branch.path,
                warnings: &mut self.warnings,
            };
            let norm = maker.make(normalise)?;
            node.slack = node.slack.max(norm.slack(&column));
            natures.push(column.nature);
            if node.name.is_none() {
                node.name = declared.name().cloned();
            }
            let scores = norm.apply(&column, self.frame.areas.len());
            let unscored = scores.iter().all(|score| score.is_nan()) && self.warnings.count() == told;
            if unscored {
                self.unscored(&id, &branch.path, normalise.word(), &column);
            } else {
                self.undefined(&id, &branch.path, normalise.word(), &column, &scores);
            }
            sources.push(Source {
                name: declared.name().cloned(),
                id,
                column,
                norm,
                word: normalise.word(),
                #[cfg(feature = "robustness")]
                rises,
                scores,
            });
        }
        natures.dedup();
        let mixed = node.nature.is_none() && natures.len() > 1;
        if mixed && self.document.natures.is_some() {
            self.mixed(&natures, branch)?;
        }
        node.nature = node.nature.or(natures.first().copied().flatten().filter(|_| !mixed));
        let rule = self.nature_rule(node.nature);
        node.apart = rule.is_some_and(|rule| rule.counts == Some(YesNo::No));
        if let Some(rule) = rule.filter(|_| node.grades.is_empty()) {
            node.grade_on = rule.grade_on;
        }
        if node.grades.is_empty() {
            node.grades = rule.map(|rule| rule.grades.to_vec()).unwrap_or_default();
        }
        let leaf = Leaf { sources, groups, take };
        let rows = self.frame.rows();
        node.values = match leaf.sources.as_slice() {
            [one] if take != Some(Take::All) => Arc::clone(&one.scores),
            _ => Arc::new((0..rows).map(|row| leaf.value(row, node.treat == Treat::Renormalise, self.frame)).collect()),
        };
        if let Some(bonus) = &node.bonus
            && let Some(source) = leaf.sources.first()
        {
            node.points = Some((0..rows).map(|row| bonus_points(bonus, source, row)).collect());
        }
        node.leaf = Some(leaf);
        Ok(())
    }

    /// Targets of several natures in one leaf: no rule for one of them can hold for it.
    fn mixed(&mut self, natures: &[Option<Nature>], branch: &Branch<'a>) -> Result<(), Finding> {
        let left_out = natures.iter().any(|nature| self.nature_rule(*nature).is_some_and(|rule| rule.counts == Some(YesNo::No)));
        let code = if left_out { Code::RuleUnfit } else { Code::NatureMixed };
        let id = shorten(&branch.id);
        let message = msg!(
            "`natures` treats targets apart, and those of `{id}` differ in nature",
            "`natures`按性质区别对待目标,而`{id}`的各目标性质不同"
        );
        let help = msg!(
            "give each target a node of its own, or say with `nature` how all of them are treated",
            "请分别列出各目标,或用`nature`统一指定"
        );
        let finding = Finding::new(code, message).at(&branch.path).help(help);
        if left_out {
            return Err(finding);
        }
        self.warnings.push(finding);
        Ok(())
    }

    fn nature_rule(&self, nature: Option<Nature>) -> Option<&'a NatureRule> {
        let natures = self.document.natures.as_ref()?;
        match nature? {
            Nature::Binding => natures.binding.as_ref(),
            Nature::Expected => natures.expected.as_ref(),
            Nature::Aspirational => natures.aspirational.as_ref(),
        }
    }

    fn one(&self, id: &str, path: &str, ids: &mut Vec<String>) -> Result<Groups, Finding> {
        let found = self.frame.find(id, self.document.every.is_some());
        let first = ids.len();
        match found.len() {
            0 => {
                let known = self.frame.known();
                let shown = shorten(id);
                if self.frame.has_words(id) {
                    return Err(Finding::new(Code::MissingColumn, msg!("the column `{shown}` holds words", "`{shown}`列是文字"))
                        .at(path)
                        .help(msg!(
                            "score a column of numbers; words are groups, for `missing`",
                            "请对数字列计分;文字列用作`missing`的分组"
                        )));
                }
                let help = match nearest_word(id, &known) {
                    Some(near) => msg!("did you mean `{near}`?", "是否为`{near}`?"),
                    None => {
                        let known = known.iter().take(20).copied().collect::<Vec<_>>().join(", ");
                        msg!("the data have: {known}", "数据中有:{known}")
                    }
                };
                Err(Finding::new(Code::MissingColumn, msg!("the data have no `{shown}`", "数据中没有`{shown}`")).at(path).help(help))
            }
            1 => {
                ids.extend(found);
                Ok(Groups::One(first))
            }
            _ => {
                let many = (first..first + found.len()).map(Groups::One).collect();
                ids.extend(found);
                Ok(Groups::Many(many))
            }
        }
    }

    fn groups(&self, group: &Group, path: &str, ids: &mut Vec<String>) -> Result<Groups, Finding> {
        match group {
            Group::One(id) => self.one(id.as_str(), path, ids),
            Group::Many(groups) => groups.iter().map(|group| self.groups(group, path, ids)).collect::<Result<_, _>>().map(Groups::Many),
        }
    }

    /// An indicator without a single score, and why.
    fn unscored(&mut self, id: &str, path: &str, word: scheme::Normaliser, column: &Column) {
        let id = shorten(id);
        let empty = column.values.iter().all(|value| value.is_nan());
        if empty && column.values.len() == 1 && !self.frame.is_assessment() {
            // The one gap there is stands in `missing`.
            return;
        }
        let (message, help) = if empty {
            (
                msg!("`{id}` has no value at all", "`{id}`没有任何值"),
                if self.frame.is_assessment() {
                    msg!(
                        "no verdict has the number that `read` names; a `score` or `scale` asks for a method",
                        "没有判定含有`read`所指的数;`score`和`scale`须指定方法"
                    )
                } else {
                    msg!("give it values, or leave it out of the scheme", "请给出数据,或从计分办法中删去")
                },
            )
        } else {
            (
                msg!("no value of `{id}` can be scored by `{word}`", "`{id}`没有一个值能按`{word}`计分"),
                match word {
                    scheme::Normaliser::Growth => msg!("growth needs data of periods that follow each other", "增速要求相邻各期的数据"),
                    scheme::Normaliser::DistanceToReference => {
                        msg!("the area under `reference` needs a value", "`reference`所指地区须有值")
                    }
                    scheme::Normaliser::Percentile => msg!("a percentile needs two areas or more", "百分位至少要有两个地区"),
                    _ => msg!(
                        "ratios, shares and logarithms need a target, best value and values above 0",
                        "比率、占比和对数要求目标、最优值和数值大于0"
                    ),
                },
            )
        };
        self.warnings.push(Finding::new(Code::NotScored, message).at(path).help(help));
    }

    /// Values that are there and have no score: a ratio of negatives, a logarithm of zero.
    fn undefined(&mut self, id: &str, path: &str, word: scheme::Normaliser, column: &Column, scores: &[f64]) {
        if column.values.iter().zip(scores).all(|(value, score)| value.is_nan() || !score.is_nan()) {
            return;
        }
        // Growth has nothing to be measured from in the first period, or after a gap.
        let width = self.frame.areas.len();
        let begins =
            |row: usize| word == scheme::Normaliser::Growth && row.checked_sub(width).is_none_or(|before| column.values[before].is_nan());
        let rows: Vec<usize> =
            (0..scores.len()).filter(|row| scores[*row].is_nan() && !column.values[*row].is_nan() && !begins(*row)).collect();
        if rows.is_empty() || rows.len() == column.values.iter().filter(|value| !value.is_nan()).count() {
            return;
        }
        let areas = self.frame.areas.len().max(1);
        let (count, area) = (rows.len(), shorten(&self.frame.areas[rows[0] % areas]));
        let message = msg!("{count} values of `{id}` have no score, first that of `{area}`", "`{id}`有{count}个值无法计分,首个为`{area}`");
        let help = msg!("logarithms, ratios and growth need positive numbers", "对数、比率和增速要求正数");
        self.warnings.push(Finding::new(Code::NotPositive, message).at(path).help(help));
    }

    fn members(&mut self, branch: &Branch<'a>, node: &mut Node) {
        let rows = self.frame.rows();
        node.children.retain(|child| !self.engine.nodes[*child].apart);
        if node.children.is_empty() && !node.members.is_empty() && self.errors.is_empty() {
            self.warnings.push(
                Finding::new(Code::NotScored, msg!("every member here stands apart by `counts: no`", "此处各成员均因`counts: no`不计入"))
                    .at(&node.path)
                    .help(msg!("let one of the natures count", "请让至少一种性质计入")),
            );
        }
        if matches!(node.how, How::Chain(usize::MAX)) {
            self.errors.push(
                Finding::new(Code::BadPeriod, msg!("the data do not have the period the index starts in", "数据中没有指数的基期"))
                    .at(&branch.path)
                    .help(msg!("name a period of the data under `chain`", "请在`chain`中写数据中的一期")),
            );
        }
        if self.errors.is_empty() && !node.children.is_empty() {
            self.fill(branch, node);
            self.weigh(branch, node);
            node.slack = node.children.iter().map(|child| self.engine.nodes[*child].slack).fold(0.0, f64::max);
            node.values = Arc::new(self.engine.aggregate(node, rows));
            self.not_positive(node);
        } else {
            node.values = Arc::new(vec![f64::NAN; rows]);
        }
    }

    /// What is done about members without a score, written down for each of them.
    fn fill(&mut self, branch: &Branch<'a>, node: &mut Node) {
        node.groups = match node.treat {
            Treat::GroupMean => {
                let by = branch.set.missing.and_then(|missing| missing.group.as_ref()).map(|id| id.as_str());
                let plan = self.frame.plan.map(|plan| &*plan.document().areas);
                let declared: Vec<&indexmap::IndexMap<String, crate::plan::Area>> =
                    std::iter::once(&*self.document.areas).chain(plan).collect();
                self.frame.groups(by, &declared)
            }
            _ => Vec::new(),
        };
        let areas = self.frame.areas.len();
        for child in &node.children {
            let child = &mut self.engine.nodes[*child];
            if !child.values.iter().any(|x| x.is_nan()) {
                continue;
            }
            let mut treated = vec![Treated::Own; child.values.len()];
            let mut filled = (*child.values).clone();
            for row in 0..filled.len() {
                if !child.values[row].is_nan() {
                    continue;
                }
                treated[row] = match node.treat {
                    Treat::Refuse => Treated::Refused,
                    Treat::Renormalise => Treated::Left,
                    Treat::Zero => {
                        filled[row] = 0.0;
                        Treated::Zero
                    }
                    Treat::GroupMean => {
                        filled[row] = group_mean(&child.values, &node.groups, row, areas);
                        if filled[row].is_nan() { Treated::Refused } else { Treated::GroupMean }
                    }
                };
            }
            child.filled = matches!(node.treat, Treat::Zero | Treat::GroupMean).then_some(filled);
            child.treated = Some(treated);
        }
    }

    fn weigh(&mut self, branch: &Branch<'a>, node: &mut Node) {
        let kept = |branch: &Branch<'a>| -> Vec<Option<Decimal>> {
            let ids: Vec<&str> = node.children.iter().map(|child| self.engine.nodes[*child].id.as_str()).collect();
            branch.children.iter().filter(|child| ids.contains(&child.id.as_str())).map(|child| child.weight).collect()
        };
        let n = node.children.len();
        let given: Option<Vec<Decimal>> = kept(branch).into_iter().collect();
        let columns: Vec<&[f64]> = node.children.iter().map(|child| self.engine.nodes[*child].used()).collect();
        let derived = match branch.set.weights {
            Some(Weighting::Entropy) => Some(weights::entropy(&columns)),
            Some(Weighting::Critic) => Some(weights::critic(&columns)),
            Some(Weighting::Pca) => Some(weights::pca(&columns)),
            _ => None,
        };
        if let Some(derived) = derived.filter(|_| n > 1) {
            match derived {
                Some(weights) => node.weights = weights,
                None => {
                    let by = branch.set.weights.map_or("", Weighting::as_str);
                    self.errors.push(
                        Finding::new(Code::AggregateUnfit, msg!("`{by}` finds no weights in these data", "`{by}`无法由这些数据得出权重"))
                            .at(&branch.path)
                            .help(msg!(
                                "it needs two complete areas and columns that vary; entropy needs scores that are not negative",
                                "至少要有两个数据完整的地区,且各列有变化;熵权法要求得分不为负"
                            )),
                    );
                }
            }
            return;
        }
        let weights = match given {
            Some(weights) if branch.set.weights != Some(Weighting::Equal) => weights,
            _ => vec![Decimal::ONE; n],
        };
        node.weights = weights.iter().map(|weight| Exact::from(*weight).to_f64()).collect();
        node.decimal_weights = Some(weights);
    }

    fn not_positive(&mut self, node: &Node) {
        let bad = |row: &usize| {
            node.children.iter().map(|child| self.engine.nodes[*child].used()[*row]).any(|x| !x.is_nan() && !node.how.takes(x))
        };
        let rows: Vec<usize> = (0..node.values.len()).filter(bad).collect();
        if let Some(first) = rows.first() {
            let (count, area) = (rows.len(), shorten(&self.engine.areas[first % self.engine.areas.len().max(1)]));
            self.warnings.push(
                Finding::new(
                    Code::NotPositive,
                    msg!(
                        "{count} areas have a score that is negative, or 0, here, first `{area}`, and this mean of them is not defined",
                        "{count}个地区此处得分为负值或0(首个为`{area}`),该平均无定义"
                    ),
                )
                .at(&node.path)
                .help(msg!(
                    "normalise to a range above 0, such as `to: [1, 100]`, or add `least:`",
                    "请标准化到大于0的区间,如`to: [1, 100]`,或写`least:`"
                )),
            );
        }
    }
}

pub(crate) fn how(aggregate: Option<&Aggregate>, periods: &[Option<Point>]) -> How {
    match aggregate {
        None => How::Arithmetic,
        Some(Aggregate::Word(word)) => match word {
            AggregateWord::Arithmetic => How::Arithmetic,
            AggregateWord::Geometric => How::Geometric,
            AggregateWord::Harmonic => How::Harmonic,
            AggregateWord::Median => How::Median,
            AggregateWord::Minimum => How::Minimum,
            AggregateWord::Copeland => How::Copeland,
            AggregateWord::Sum => How::Sum,
            AggregateWord::TwoWorst => How::TwoWorst,
        },
        Some(Aggregate::By(by)) => match (&by.power, &by.chain) {
            (Some(power), _) => How::Power(Exact::from(power.get()).to_f64()),
            (None, chain) => {
                let at = chain.as_ref().and_then(Period::as_point);
                How::Chain(periods.iter().position(|period| period.is_some() && *period == at).unwrap_or(usize::MAX))
            }
        },
    }
}

/// The mean of a column over the areas of a row's group, in its period.
fn group_mean(values: &[f64], groups: &[Option<String>], row: usize, areas: usize) -> f64 {
    let Some(group) = groups.get(row).and_then(Option::as_ref) else { return f64::NAN };
    let start = row / areas * areas;
    let members: Vec<f64> = (start..start + areas)
        .filter(|other| groups[*other].as_ref() == Some(group))
        .map(|other| values[other])
        .filter(|value| !value.is_nan())
        .collect();
    members.iter().sum::<f64>() / members.len() as f64
}

/// Full steps beyond `over`, the better way, in points; decided on the number as it was written.
fn bonus_points(bonus: &Bonus, source: &Source, row: usize) -> f64 {
    let Some(value) = source.column.exact(row) else { return 0.0 };
    let over = Exact::from(bonus.over.get());
    let beyond = if source.norm.increase { value - over } else { over - value };
    let steps = beyond.checked_div(&Exact::from(bonus.per.get())).unwrap_or_else(Exact::zero);
    let points = steps.max(Exact::zero()).truncate(0) * Exact::from(bonus.points.get());
    bonus.most.map_or(points.clone(), |most| points.min(Exact::from(most.get()))).to_f64()
}

impl Leaf {
    pub(crate) fn value(&self, row: usize, leave_out: bool, frame: &Frame<'_>) -> f64 {
        let score = |source: usize| self.sources[source].scores[row];
        match self.take {
            Some(Take::All) => match self.all_met(row) {
                Some(met) => f64::from(u8::from(met)),
                None => f64::NAN,
            },
            Some(Take::Worst) => {
                let scores = || self.sources.iter().map(|source| source.scores[row]);
                let missing = scores().any(f64::is_nan) && !leave_out;
                let worst = scores().filter(|score| !score.is_nan()).fold(f64::INFINITY, f64::min);
                if missing || worst == f64::INFINITY { f64::NAN } else { worst }
            }
            Some(Take::NextDue) => {
                let now = frame.periods.get(row / frame.areas.len().max(1)).copied().flatten();
                self.next_due(row, now).map_or(f64::NAN, score)
            }
            Some(Take::Mean) | None => self.groups.mean(&score, leave_out),
        }
    }

    /// The source that is due next at a moment; the last of them where all are past.
    pub(crate) fn next_due(&self, row: usize, now: Option<Point>) -> Option<usize> {
        let due = |source: usize| self.sources[source].column.due.as_ref().and_then(|due| due[row]).map(Point::last_day);
        let now = now?.last_day();
        let known = || (0..self.sources.len()).filter_map(|source| due(source).map(|due| (due, source)));
        let ahead = known().filter(|(due, _)| *due >= now).min_by_key(|(due, _)| *due);
        ahead.or(known().max_by_key(|(due, _)| *due)).map(|(_, source)| source)
    }

    fn all_met(&self, row: usize) -> Option<bool> {
        let met = |source: &Source| source.column.met.as_ref().and_then(|met| met[row]);
        let answers: Vec<Option<bool>> = self.sources.iter().map(met).collect();
        all(answers)
    }

    fn exact(&self, row: usize, leave_out: bool, engine: &Engine) -> Option<Exact> {
        let areas = engine.areas.len();
        let score = |source: usize| -> Option<Option<Exact>> {
            let source = &self.sources[source];
            if source.scores[row].is_nan() { Some(None) } else { source.norm.exact(&source.column, row, areas).map(Some) }
        };
        match self.take {
            Some(Take::All) => self.all_met(row).map(|met| Exact::from(i64::from(met))),
            Some(Take::NextDue) if self.sources.len() > 1 => {
                score(self.next_due(row, engine.periods.get(row / areas.max(1)).copied().flatten())?)?
            }
            Some(Take::Worst) => {
                let scores: Vec<Option<Exact>> = (0..self.sources.len()).map(score).collect::<Option<_>>()?;
                scores.into_iter().flatten().min()
            }
            _ => self.groups.exact_mean(&score, leave_out)?,
        }
    }
}

/// Met if all are; not met if one is not; else nobody knows.
fn all(answers: Vec<Option<bool>>) -> Option<bool> {
    if answers.contains(&Some(false)) {
        return Some(false);
    }
    (!answers.is_empty() && answers.iter().all(|answer| *answer == Some(true))).then_some(true)
}

impl Node {
    /// The scores its parent counts it with.
    pub(crate) fn used(&self) -> &[f64] {
        self.filled.as_deref().unwrap_or(self.values.as_slice())
    }

    pub(crate) fn treated(&self, row: usize) -> Treated {
        self.treated.as_ref().map_or(Treated::Own, |treated| treated[row])
    }

    /// The score of one row, `None` where it has none.
    pub(crate) fn score(&self, row: usize) -> Option<f64> {
        self.values.get(row).copied().filter(|score| !score.is_nan())
    }
}

impl Engine {
    pub(crate) fn total(&self) -> &Node {
        // `run` pushes the root last, so there is one.
        &self.nodes[self.nodes.len() - 1]
    }

    pub(crate) fn rows(&self) -> usize {
        self.areas.len() * self.periods.len()
    }

    /// The columns of a pillar's members to one.
    fn aggregate(&self, node: &Node, rows: usize) -> Vec<f64> {
        let children: Vec<&Node> = node.children.iter().map(|child| &self.nodes[*child]).collect();
        let members: Vec<(f64, &[f64])> = node.weights.iter().copied().zip(children.iter().map(|child| child.used())).collect();
        if members.len() < children.len() {
            return vec![f64::NAN; rows];
        }
        let points: Vec<&[f64]> = children.iter().filter_map(|child| child.points.as_deref()).collect();
        let mut out = Vec::new();
        if self.item_decimals.is_some() && matches!(node.how, How::Sum | How::Arithmetic) {
            out = (0..rows).map(|row| self.rounded_items(node, row)).collect();
        } else {
            node.how.columns(&members, &points, &mut out);
        }
        let rounded = self.item_decimals.is_some() && matches!(node.how, How::Sum | How::Arithmetic);
        if !rounded && node.treat == Treat::Renormalise && members.iter().any(|(_, column)| column.iter().any(|x| x.is_nan())) {
            self.renormalise(node, &children, &mut out);
        }
        let areas = self.areas.len();
        match node.how {
            How::Copeland => {
                let weights: Option<Vec<Exact>> =
                    node.decimal_weights.as_ref().map(|weights| weights.iter().map(|weight| Exact::from(*weight)).collect());
                // An area without a score of its own is no match for the others.
                let plays = |row: usize| {
                    node.treat != Treat::Refuse || !members.iter().any(|(_, column)| column[row].is_nan())
                } && self.is_present(node, row);
                for start in (0..rows).step_by(areas.max(1)) {
                    copeland(&members, weights.as_deref(), plays, start..start + areas, &mut out);
                }
            }
            How::Chain(base) => chain(base, &members, areas, node.treat == Treat::Renormalise, &mut out),
            _ => {}
        }
        if node.present.is_some() {
            out.iter_mut().enumerate().filter(|(row, _)| !self.is_present(node, *row)).for_each(|(_, x)| *x = f64::NAN);
        }
        out.iter_mut().filter(|x| !x.is_finite()).for_each(|x| *x = f64::NAN);
        out
    }

    /// Whether as many members or indicators are there as the pillar asks for.
    fn is_present(&self, node: &Node, row: usize) -> bool {
        node.present.is_none_or(|(least, counted)| {
            let (present, of) = self.presence(node, row, counted);
            Decimal::from(present) * Decimal::ONE_HUNDRED >= least * Decimal::from(of)
        })
    }

    /// Rows with a gap, over the members that are there.
    fn renormalise(&self, node: &Node, children: &[&Node], out: &mut [f64]) {
        let full: f64 = node.weights.iter().sum();
        let mut present: Vec<(f64, f64)> = Vec::with_capacity(children.len());
        for (row, out) in out.iter_mut().enumerate() {
            if children.iter().all(|child| !child.used()[row].is_nan()) {
                continue;
            }
            present.clear();
            let weighted = node.weights.iter().zip(children).map(|(w, child)| (*w, child.used()[row]));
            present.extend(weighted.filter(|(_, x)| !x.is_nan()));
            let points: f64 = children.iter().filter_map(|child| child.points.as_ref()).map(|points| points[row]).sum();
            let there: f64 = present.iter().map(|(w, _)| w).sum();
            if node.how == How::Sum {
                // The points of those left out go to the others, so that a full score stays the same.
                present.iter_mut().for_each(|(w, _)| *w *= full / there);
            }
            *out = node.how.of(&mut present, points);
        }
    }

    /// Members or indicators with a score of their own, of how many.
    pub(crate) fn presence(&self, node: &Node, row: usize, counted: CountedIn) -> (u32, u32) {
        let mut count = (0, 0);
        for child in &node.children {
            let child = &self.nodes[*child];
            if counted == CountedIn::Indicators && child.leaf.is_none() {
                let (present, of) = self.presence(child, row, counted);
                count = (count.0 + present, count.1 + of);
            } else {
                count = (count.0 + u32::from(child.score(row).is_some()), count.1 + 1);
            }
        }
        count
    }

    /// A weighted sum whose items are rounded one by one.
    fn rounded_items(&self, node: &Node, row: usize) -> f64 {
        let gap = node.children.iter().any(|child| self.nodes[*child].used()[row].is_nan());
        if gap && node.treat != Treat::Renormalise {
            return f64::NAN;
        }
        let members = self.exact_members(node, row, true);
        let score = members.and_then(|(mut members, points)| {
            self.rescale(node, &mut members)?;
            self.sum_of_items(node, &members, &points)
        });
        score.map_or(f64::NAN, |score| score.to_f64())
    }

    /// Under `sum` the points of members that are left out go to the others.
    fn rescale(&self, node: &Node, members: &mut [(Exact, Exact)]) -> Option<()> {
        if node.how != How::Sum || members.len() == node.children.len() {
            return Some(());
        }
        let there: Exact = members.iter().map(|(w, _)| w.clone()).sum();
        let full: Exact = node.decimal_weights.as_ref()?.iter().map(|w| Exact::from(*w)).sum();
        let scale = full.checked_div(&there)?;
        members.iter_mut().for_each(|(w, _)| *w = &*w * &scale);
        Some(())
    }

    fn sum_of_items(&self, node: &Node, members: &[(Exact, Exact)], points: &Exact) -> Option<Exact> {
        let sum = members.iter().map(|(w, x)| self.item(&(w * x))).sum::<Exact>() + points;
        let total: Exact = members.iter().map(|(w, _)| w.clone()).sum();
        if node.how == How::Sum { Some(sum) } else { sum.checked_div(&total) }
    }

    fn item(&self, points: &Exact) -> Exact {
        match self.item_decimals {
            Some(digits) => super::rules::round(points, digits, self.item_rounding),
            None => points.clone(),
        }
    }

    /// Members of a pillar in one row, with exact weights and scores, and the points of their bonuses.
    ///
    /// What is not rational stands for the shortest decimal of its float, or, where that will not
    /// do, there are none.
    fn exact_members(&self, node: &Node, row: usize, floats: bool) -> Option<(Vec<(Exact, Exact)>, Exact)> {
        let shortest = |x: f64| crate::number::decimal_from_f64(x).ok().map(Exact::from).filter(|_| floats);
        let mut members = Vec::with_capacity(node.children.len());
        let mut points = Exact::zero();
        for (index, place) in node.children.iter().enumerate() {
            let child = &self.nodes[*place];
            let used = child.used()[row];
            if used.is_nan() {
                continue;
            }
            let weight = match &node.decimal_weights {
                Some(weights) => Exact::from(weights[index]),
                None => shortest(node.weights[index])?,
            };
            let score = match child.treated(row) {
                Treated::Own => self.exact(*place, row).or_else(|| shortest(used))?,
                Treated::Zero => Exact::zero(),
                _ => shortest(used)?,
            };
            // Points are multiples of a decimal, so their shortest text is what they are.
            if let Some(added) = &child.points {
                points = points + Exact::from(crate::number::decimal_from_f64(added[row]).ok()?);
            }
            members.push((weight, score));
        }
        Some((members, points))
    }

    /// The score of a node in a row without rounding, where everything below it is rational.
    pub(crate) fn exact(&self, place: usize, row: usize) -> Option<Exact> {
        let node = &self.nodes[place];
        node.score(row)?;
        let mut score = match &node.leaf {
            Some(leaf) => leaf.exact(row, node.treat == Treat::Renormalise, self)?,
            None => {
                let (mut members, points) = self.exact_members(node, row, false)?;
                self.rescale(node, &mut members)?;
                if self.item_decimals.is_some() && matches!(node.how, How::Sum | How::Arithmetic) {
                    self.sum_of_items(node, &members, &points)?
                } else {
                    node.how.exact(&mut members, &points)?
                }
            }
        };
        if let Some(cap) = node.cap {
            score = score.min(Exact::from(cap));
        }
        if let Some(least) = node.least {
            score = score.max(Exact::from(least));
        }
        Some(score)
    }

    /// The score of a node in a row as a root of a rational, where everything below it is rational.
    pub(crate) fn root(&self, place: usize, row: usize) -> Option<Root> {
        if let Some(exact) = self.exact(place, row) {
            return Some(Root::of(exact));
        }
        let node = &self.nodes[place];
        node.score(row)?;
        if node.leaf.is_some() || !matches!(node.how, How::Geometric | How::Power(_)) {
            return None;
        }
        let (members, _) = self.exact_members(node, row, false)?;
        let mut root = node.how.root(&members)?;
        for (end, beyond) in [(node.cap, Ordering::Greater), (node.least, Ordering::Less)] {
            let Some(end) = end.map(Exact::from) else { continue };
            if root.cmp_bound(&end)? == beyond {
                root = Root::of(end);
            }
        }
        Some(root)
    }

    /// A score against a bound: floats where they are far apart, exact numbers where they are not
    /// and there are some.
    pub(crate) fn compare(&self, place: usize, row: usize, score: f64, bound: &Exact) -> Ordering {
        let near = bound.to_f64();
        if (score - near).abs() > self.tolerance(place, score) {
            return score.total_cmp(&near);
        }
        self.root(place, row).and_then(|root| root.cmp_bound(bound)).unwrap_or_else(|| score.total_cmp(&near))
    }

    /// How near floats may be and still be told apart without looking at exact numbers.
    pub(crate) fn tolerance(&self, place: usize, score: f64) -> f64 {
        1e-9 * score.abs().max(1.0) + 4.0 * self.nodes[place].slack
    }

    /// Whether a node is met in a row: by its condition, its verdicts, or all that is below it.
    pub(crate) fn met(&self, place: usize, row: usize) -> Option<bool> {
        let node = &self.nodes[place];
        let Some(leaf) = &node.leaf else {
            return all(node.children.iter().map(|child| self.met(*child, row)).collect());
        };
        let Some(when) = &node.met else { return leaf.all_met(row) };
        let value = leaf.sources.first()?.column.exact(row)?;
        let bounds = [&when.at_least, &when.more_than, &when.at_most, &when.less_than];
        let (which, bound) = bounds.into_iter().enumerate().find_map(|(which, bound)| bound.as_ref().map(|bound| (which, bound)))?;
        let order = value.cmp(&Exact::from(bound.get()));
        Some(match which {
            0 => order != Ordering::Less,
            1 => order == Ordering::Greater,
            2 => order != Ordering::Greater,
            _ => order == Ordering::Less,
        })
    }

    /// The share of the total that each node has: the product of rescaled weights down the tree.
    pub(crate) fn effective_weights(&self) -> Vec<f64> {
        let mut shares = vec![0.0; self.nodes.len()];
        let last = self.nodes.len() - 1;
        shares[last] = 1.0;
        for (place, node) in self.nodes.iter().enumerate().rev() {
            let total: f64 = node.weights.iter().sum();
            for (child, weight) in node.children.iter().zip(&node.weights) {
                shares[*child] = shares[place] * weight / total;
            }
        }
        shares
    }
}

/// An index that is 100 in its base period and grows by the weighted growth of its members.
fn chain(base: usize, members: &[(f64, &[f64])], areas: usize, leave_out: bool, out: &mut [f64]) {
    for area in 0..areas {
        let mut index = 100.0;
        for period in 0..out.len() / areas.max(1) {
            let row = period * areas + area;
            out[row] = f64::NAN;
            if period > base {
                let present = members.iter().filter(|(_, column)| !(leave_out && column[row].is_nan()));
                let (mut total, mut growth) = (0.0, 0.0);
                for (w, column) in present {
                    total += w;
                    growth += w * column[row];
                }
                index *= 1.0 + growth / total;
            }
            if period >= base {
                out[row] = index;
            }
        }
    }
}
