//! The types of a scheme's document.

use crate::document::{Id, Many, Map, Rule, Text, document, words};
use crate::period::Period;
use crate::plan::{Area, Mark, Nature};
use crate::quantity::{Number, Quantity};
use crate::unit::Unit;

words! {
    /// Yes or no.
    #[non_exhaustive]
    pub enum YesNo {
        /// It is so.
        Yes = "yes" | "true",
        /// It is not so.
        No = "no" | "false",
    }
}

words! {
    /// How a value becomes a number that can be compared with those of other indicators.
    ///
    /// `d` is the direction of the indicator. Formulas read the same for both: no sign is flipped,
    /// the ends are exchanged.
    #[non_exhaustive]
    pub enum Normaliser {
        /// The value as it stands: shares, points, scores of a method.
        AsIs = "as_is",
        /// (x − worst value) / (best value − worst value) (OECD/JRC Handbook, 2008).
        MinMax = "min_max",
        /// (x − mean) / sd, sample standard deviation (n − 1), exchanged where less is better.
        ZScore = "z_score",
        /// (x − worst value) / (target − worst value); the mark `target`.
        DistanceToTarget = "distance_to_target",
        /// 1 − (best value − x) / (best value − worst value).
        DistanceToBest = "distance_to_best",
        /// 1 − (x_ref − x) / (x_ref − worst value); `reference` names the area.
        DistanceToReference = "distance_to_reference",
        /// (x − a) / (b − a) between two marks or numbers, `worst` and `best` when not said.
        Goalposts = "goalposts",
        /// The number of areas that are worse, and one; equal areas share the lowest place.
        Rank = "rank",
        /// The number of areas that are worse.
        Borda = "borda",
        /// (rank − 1) / (n − 1).
        Percentile = "percentile",
        /// x over the best value; the best value over x where less is better.
        ShareOfMax = "share_of_max",
        /// 实现程度 with one anchor: x/T, T/x where less is better; the mark `target`.
        Ratio = "ratio",
        /// 实现程度 with two anchors: (x − x0) / (T − x0); the marks `start` and `target`.
        Closed = "closed",
        /// 实现程度 of an interval: 1 inside, and less outside; `slope` says how fast it falls.
        Interval = "interval",
        /// 功效系数: 60 + 40 (x − xs) / (xh − xs); the marks `unacceptable` and `satisfactory`.
        Efficacy = "efficacy",
        /// 功效系数 of the evaluation of enterprises: five standards, `poor` 0.2, `low` 0.4,
        /// `average` 0.6, `good` 0.8, `excellent` 1, straight between them, 0 below the first.
        EfficacyLevels = "efficacy_levels",
        /// `worst` 0, `red` 1, `green` 2, `best` 3, straight between them (SDSN).
        Colours = "colours",
        /// Straight or stepped between `points`.
        Points = "points",
        /// Growth on the period before, x_t / x_(t−1) − 1; exchanged where less is better.
        Growth = "growth",
    }
}

words! {
    /// What extremes, means and ranks are taken over.
    #[non_exhaustive]
    pub enum Over {
        /// All areas and periods at once, so that scores can be compared over time.
        Panel = "panel",
        /// The areas of one period.
        Period = "period" | "year",
    }
}

words! {
    /// How fast an interval's score falls outside.
    #[non_exhaustive]
    pub enum Slope {
        /// By the wider of the two margins (小康 monitoring, 2008).
        Common = "common",
        /// By the margin of its own side (rural 小康 scheme).
        Own = "own",
    }
}

words! {
    /// What stands between two points.
    #[non_exhaustive]
    pub enum Between {
        /// The score of the point below.
        Step = "step",
        /// A straight line.
        Line = "line",
    }
}

document! {
    /// A normaliser with what it needs.
    pub struct NormaliseBy {
        /// Which one.
        by: Normaliser,
        /// What extremes, means and ranks are taken over; required for data of several periods.
        over: Option<Over>,
        /// The two numbers that 0 and 1 become, or mean and standard deviation of a `z_score`.
        to: Many<Number>,
        /// The anchors, worst first: marks or numbers.
        between: Many<Id>,
        /// The area that `distance_to_reference` measures from.
        reference: Option<Id>,
        /// Whether what lies beyond the ends is cut off there; `no` when not said.
        clamp: Option<YesNo>,
        /// Whether logarithms are compared, of value and anchors; `no` when not said.
        log: Option<YesNo>,
        /// What the `interval` falls by.
        slope: Option<Slope>,
        /// The score at values or marks, worst first: `{ 50: 20, 60: 24 }`.
        points: Map<Number>,
        /// What stands between two points.
        through: Option<Between>,
        /// The score below the first point.
        below: Option<Number>,
    }
}

/// How values are normalised: a word, or a map with what it needs.
#[derive(Clone, Debug, PartialEq)]
pub enum Normalise {
    /// A normaliser that needs nothing more.
    Word(Normaliser),
    /// With what it needs.
    By(NormaliseBy),
}
super::super::scalar_or_map!(Normalise, "Normalise", Word(Normaliser), By(NormaliseBy));

words! {
    /// How members become one score. Weights are rescaled over the members that have one.
    #[non_exhaustive]
    pub enum AggregateWord {
        /// Σ w x / Σ w: a gap is made up in full.
        Arithmetic = "arithmetic",
        /// exp(Σ w ln x / Σ w), for positive scores: a gap is made up in part.
        Geometric = "geometric",
        /// Σ w / Σ (w / x), for positive scores.
        Harmonic = "harmonic",
        /// The middle score; weights do not count.
        Median = "median",
        /// The worst score; weights do not count.
        Minimum = "minimum",
        /// The number of areas an area beats by more than half of the weight, less those it loses to.
        Copeland = "copeland",
        /// Σ w x: points that add up.
        Sum = "sum",
        /// The mean of the two worst scores; all of it where there is one.
        TwoWorst = "two_worst",
    }
}

document! {
    /// A mean or an index that needs a number.
    pub struct AggregateBy {
        /// (Σ w x^p / Σ w)^(1/p); not 0, which is `geometric`.
        power: Option<Number>,
        /// An index that starts at 100 in this period and is chained by the weighted growth of its
        /// members from there.
        chain: Option<Period>,
    }
    rules: [Rule::ExactlyOne(&["power", "chain"])]
}

/// How members become one score: a word, `{ power: p }` or `{ chain: period }`.
#[derive(Clone, Debug, PartialEq)]
pub enum Aggregate {
    /// One of the words.
    Word(AggregateWord),
    /// With a number.
    By(AggregateBy),
}
super::super::scalar_or_map!(Aggregate, "Aggregate", Word(AggregateWord), By(AggregateBy));

words! {
    /// Where the weights of members come from.
    #[non_exhaustive]
    pub enum Weighting {
        /// The members state them.
        Given = "given",
        /// All count the same.
        Equal = "equal",
        /// By how much the shares of a column differ from equal ones (Shannon entropy).
        Entropy = "entropy",
        /// By spread and conflict: sd × Σ (1 − correlation) (Diakoulaki and others, 1995).
        Critic = "critic",
        /// The squared loadings of the first principal component of the correlations.
        Pca = "pca",
    }
}

words! {
    /// What is done about a member without a score.
    #[non_exhaustive]
    pub enum Treat {
        /// The pillar has no score either.
        Refuse = "refuse",
        /// The weights of the others are rescaled.
        Renormalise = "renormalise",
        /// It counts as nothing attained. A publisher's rule, never a default.
        Zero = "zero",
        /// It takes the mean of its group of areas.
        GroupMean = "group_mean",
    }
}

words! {
    /// What presence is counted in.
    #[non_exhaustive]
    pub enum CountedIn {
        /// The members of the pillar.
        Members = "members",
        /// All indicators below it.
        Indicators = "indicators",
    }
}

document! {
    /// What is done where values are missing; in this order: `carry`, `treat`, `present`.
    pub struct Missing {
        /// What is done about a member without a score; `refuse` when not said.
        treat: Option<Treat>,
        /// The least share that has to be there for a score: `80%`.
        present: Option<Quantity>,
        /// What the share is counted in; the members when not said.
        counted_in: Option<CountedIn>,
        /// How long the latest earlier value may stand in: `P2Y`.
        carry: Option<Period>,
        /// The column of the table that says which group an area is in, for `group_mean`.
        group: Option<Id>,
    }
}

words! {
    /// How a number of a verdict is chosen.
    #[non_exhaustive]
    pub enum VerdictNumber {
        /// The value that was compared.
        Value = "value",
        /// 实现程度: value over bound.
        Ratio = "ratio",
        /// The share of the way from the baseline.
        Closed = "closed",
        /// The score of the method of pace.
        Score = "score",
        /// The place of its pace on the common scale: 4 for done, 3 on track, 2 near, 1 behind, 0 away.
        Scale = "scale",
        /// 1 where it is met, 0 where it is decided that it is not.
        Met = "met",
    }
}

words! {
    /// How several targets or series become one.
    #[non_exhaustive]
    pub enum Take {
        /// The worst of them.
        Worst = "worst",
        /// The one that is due next; the last one where all are past.
        NextDue = "next_due",
        /// The mean; nested groups are averaged first.
        Mean = "mean",
        /// 1 where all are met, 0 where one is not.
        All = "all",
    }
}

document! {
    /// Points above the full score, in steps.
    pub struct Bonus {
        /// The value from which it is counted: upwards, or downwards where less is better.
        over: Number,
        /// The length of a step; only full steps count.
        per: Number,
        /// The points of a step.
        points: Number,
        /// The most there can be.
        most: Option<Number>,
    }
}

document! {
    /// When an indicator of a table counts as met, by its value.
    pub struct MetWhen {
        /// At the bound or above.
        at_least: Option<Number>,
        /// Above the bound.
        more_than: Option<Number>,
        /// At the bound or below.
        at_most: Option<Number>,
        /// Below the bound.
        less_than: Option<Number>,
    }
    rules: [Rule::ExactlyOne(&["at_least", "more_than", "at_most", "less_than"])]
}

document! {
    /// 一票否决: what a total can at best be where this is not met.
    pub struct Veto {
        /// The best grade that is left.
        grade: Option<Id>,
        /// The highest score that is left.
        score: Option<Number>,
    }
    rules: [Rule::ExactlyOne(&["grade", "score"])]
}

words! {
    /// What a grade asks for besides a score.
    #[non_exhaustive]
    pub enum Needs {
        /// Every indicator or target below is met.
        AllMet = "all_met",
    }
}

document! {
    /// A class, best first; the last one may have no lower end.
    pub struct Grade {
        /// What it is called.
        grade: Id,
        /// Its lower end, which belongs to it.
        from: Option<Number>,
        /// Its lower end, which does not.
        above: Option<Number>,
        /// The least score of its worst member.
        worst_from: Option<Number>,
        /// The least score of its second worst member; of the worst where there is one.
        second_worst_from: Option<Number>,
        /// What else it asks for.
        needs: Option<Needs>,
    }
    rules: [Rule::AtMostOne(&["from", "above"])]
}

words! {
    /// Which number is graded.
    #[non_exhaustive]
    pub enum GradeOn {
        /// The score before rounding.
        Unrounded = "unrounded",
        /// The score as it is published.
        Rounded = "rounded",
    }
}

document! {
    /// How indicators or targets of one nature are treated.
    pub struct NatureRule {
        /// Whether they count in the total; `yes` when not said.
        counts: Option<YesNo>,
        /// Their grades.
        grades: Many<Grade>,
        /// Which of their numbers is graded; that of the scheme when not said.
        grade_on: Option<GradeOn>,
    }
}

document! {
    /// Committed and aspirational apart.
    pub struct Natures {
        /// 约束性, committed.
        binding: Option<NatureRule>,
        /// 预期性.
        expected: Option<NatureRule>,
        /// 力争.
        aspirational: Option<NatureRule>,
    }
}

words! {
    /// How a half is rounded.
    #[non_exhaustive]
    pub enum RoundingMode {
        /// Away from zero: 171.45 is 171.5.
        HalfUp = "half_up",
        /// To the even digit: 171.45 is 171.4.
        HalfEven = "half_even",
        /// Cut off.
        Truncate = "truncate",
    }
}

document! {
    /// How scores are published. Ranks, and grades unless said otherwise, are of unrounded scores.
    pub struct Rounding {
        /// The number of decimals.
        decimals: Number,
        /// What becomes of a half.
        mode: RoundingMode,
        /// The decimals that the weighted points of each indicator are rounded to before they are
        /// added up.
        items: Option<Number>,
    }
}

words! {
    /// The place of areas with equal scores.
    #[non_exhaustive]
    pub enum Ties {
        /// The first of their places: 1, 2, 2, 4.
        Min = "min",
        /// The last of their places: 1, 3, 3, 4.
        Max = "max",
        /// The first, and no place is left out: 1, 2, 2, 3.
        Dense = "dense",
        /// The mean of their places: 1, 2.5, 2.5, 4.
        Average = "average",
    }
}

document! {
    /// What an indicator is to a scheme. A plan's own declaration serves where there is none.
    pub struct ScoredIndicator {
        /// What it is called.
        name: Option<Text>,
        /// Its unit; observations of a panel are converted.
        unit: Option<Unit>,
        /// Which way is better.
        direction: Option<crate::plan::Direction>,
        /// Numbers that normalisers ask for.
        marks: Map<Mark>,
        /// Anything else worth saying.
        note: Option<Text>,
        /// Where it is stated.
        source: Option<Text>,
    }
}

/// Indicators or targets that become one score; groups nest.
#[derive(Clone, Debug, PartialEq)]
pub enum Group {
    /// An indicator or a target.
    One(Id),
    /// A group, which becomes one first.
    Many(Vec<Group>),
}

/// A member of a pillar: its weight alone, or a map.
#[derive(Clone, Debug, PartialEq)]
pub enum PillarMember {
    /// The indicator of that id, with a weight.
    Weight(Number),
    /// A pillar or an indicator.
    Pillar(Box<Pillar>),
}
super::super::scalar_or_map!(PillarMember, "PillarMember", Weight(Number), Pillar(Box<Pillar>));

/// The members of a pillar: a list of indicators, or a map by id.
#[derive(Clone, Debug, PartialEq)]
pub enum Pillars {
    /// Indicators, without weights.
    List(Vec<Id>),
    /// Members by id.
    ById(Map<PillarMember>),
}

document! {
    /// A node of the tree: a pillar with members under `of`, or an indicator or target without.
    ///
    /// `normalise`, `missing`, `weights`, `aggregate`, `read`, `take` and `method` hold for
    /// everything below, unless it says otherwise.
    pub struct Pillar {
        /// What it is called.
        name: Option<Text>,
        /// Its weight among its siblings.
        weight: Option<Number>,
        /// Its members.
        of: Option<Pillars>,
        /// The indicators or targets it is made of, in nested groups; that of its own id when not said.
        from: Option<Group>,
        /// How several become one.
        take: Option<Take>,
        /// Which number of a verdict is scored.
        read: Option<VerdictNumber>,
        /// The method whose verdicts are read, where there are several.
        method: Option<Id>,
        /// How values are normalised.
        normalise: Option<Normalise>,
        /// What is done where values are missing.
        missing: Option<Missing>,
        /// Where the weights of the members come from; given or equal when not said.
        weights: Option<Weighting>,
        /// How the members become one score.
        aggregate: Option<Aggregate>,
        /// The most its score can be, before it is weighted.
        cap: Option<Number>,
        /// The least its score can be, before it is weighted.
        least: Option<Number>,
        /// Points above the full score, by the value of the indicator.
        bonus: Option<Bonus>,
        /// When it counts as met; a target's verdict says so itself.
        met: Option<MetWhen>,
        /// What is left of the total where it is not met.
        veto: Option<Veto>,
        /// How firmly it is committed to; a target's own when not said.
        nature: Option<Nature>,
        /// The grades of its own score.
        grades: Many<Grade>,
        /// Anything else worth saying.
        note: Option<Text>,
        /// Where it is stated.
        source: Option<Text>,
    }
    rules: [Rule::AtMostOne(&["of", "from"])]
}

/// The scheme of a plan: its own, or a ready-made one by id.
#[derive(Clone, Debug, PartialEq)]
pub enum PlanScheme {
    /// The id of a ready-made scheme.
    Id(Id),
    /// A scheme.
    Document(Box<SchemeDocument>),
}
super::super::scalar_or_map!(PlanScheme, "PlanScheme", Id(Id), Document(Box<SchemeDocument>));

document! {
    /// What the simulation of a scorecard varies.
    pub struct RobustnessChoices {
        /// How far weights may be off, up or down: `25%`.
        weights: Option<Quantity>,
        /// The normalisers that are tried, for indicators that have one.
        normalise: Many<Normalise>,
        /// The ways to aggregate that are tried, for every pillar.
        aggregate: Many<Aggregate>,
        /// Whether one indicator at a time is left out.
        drop: Option<YesNo>,
    }
}

document! {
    /// A scheme: how values or verdicts become one score.
    pub struct SchemeDocument {
        /// The version of this format: `1`.
        attainment: Id,
        /// The scheme's id.
        id: Id,
        /// The language of plain texts.
        lang: Option<Id>,
        /// The title.
        title: Option<Text>,
        /// Who published it.
        issuer: Option<Text>,
        /// Where.
        source: Option<Text>,
        /// How sure it is that this is what was published: `reproduced 102 rows`, `primary`,
        /// `secondary`, `own`.
        verified: Option<Text>,
        /// What its indicators are.
        indicators: Map<ScoredIndicator>,
        /// The areas and their groups.
        areas: Map<Area>,
        /// Which number of a verdict is scored.
        read: Option<VerdictNumber>,
        /// How several targets on one indicator become one.
        take: Option<Take>,
        /// The method whose verdicts are read, where there are several.
        method: Option<Id>,
        /// How values are normalised.
        normalise: Option<Normalise>,
        /// What is done where values are missing.
        missing: Option<Missing>,
        /// Where the weights come from; given or equal when not said.
        weights: Option<Weighting>,
        /// How the pillars become the total.
        aggregate: Option<Aggregate>,
        /// The tree.
        pillars: Option<Pillars>,
        /// Instead of a tree: every indicator of the data is a pillar like this one.
        every: Option<Pillar>,
        /// How scores are published.
        round: Option<Rounding>,
        /// The grades of the total, best first.
        grades: Many<Grade>,
        /// Which number is graded; the unrounded one when not said.
        grade_on: Option<GradeOn>,
        /// Committed and aspirational apart.
        natures: Option<Natures>,
        /// The place of areas with equal scores; `min` when not said.
        ties: Option<Ties>,
        /// What the simulation varies.
        robustness: Option<RobustnessChoices>,
        /// Anything else worth saying.
        note: Option<Text>,
    }
    rules: [Rule::ExactlyOne(&["pillars", "every"])]
}
