//! Targets: measure × compare × when, and combinations of them.

use std::fmt;

use crate::document::{Id, Many, Map, Node, Rule, Text, document, impl_scalar, read_whole, words};
use crate::error::Error;
use crate::finding::{Finding, Findings};
use crate::number::split_number;
use crate::period::Period;
use crate::quantity::{Number, Quantity, not_finite};
use crate::text::{fold_width, shorten};

words! {
    /// Which number is judged.
    #[non_exhaustive]
    pub enum Measure {
        /// The value itself.
        Level = "level",
        /// The value less the base.
        Change = "change",
        /// The change as a share of the base.
        RelativeChange = "relative_change",
        /// The value divided by the base.
        Multiple = "multiple",
        /// The mean growth a year, compounded, from the base to the value.
        AnnualGrowth = "annual_growth",
        /// The sum over the window.
        Sum = "sum",
        /// The arithmetic mean over the window.
        Mean = "mean",
        /// The place among a group of areas; 1 is best.
        Rank = "rank",
        /// The share of a group's areas that are not better, in percent.
        Percentile = "percentile",
    }
}

impl Measure {
    /// Whether the measure compares with a base.
    pub const fn needs_base(self) -> bool {
        matches!(self, Self::Change | Self::RelativeChange | Self::Multiple | Self::AnnualGrowth)
    }

    /// Whether the measure looks at every period of a window.
    pub const fn is_over_window(self) -> bool {
        matches!(self, Self::Sum | Self::Mean)
    }

    /// Whether the measure compares areas with one another.
    pub const fn is_among_areas(self) -> bool {
        matches!(self, Self::Rank | Self::Percentile)
    }
}

words! {
    /// How the number is compared with the bound.
    #[non_exhaustive]
    pub enum CompareWord {
        /// At the bound or beyond it in the indicator's direction.
        Reach = "reach",
        /// At the bound or above.
        AtLeast = "at_least",
        /// Above the bound.
        MoreThan = "more_than",
        /// At the bound or below.
        AtMost = "at_most",
        /// Below the bound.
        LessThan = "less_than",
        /// Between two bounds, both included.
        Within = "within",
        /// Near the bound, within a declared tolerance; one-sided where the direction is known.
        About = "about",
        /// Exactly the bound.
        Equals = "equals",
    }
}

words! {
    /// How firmly a target is committed to.
    #[non_exhaustive]
    pub enum Nature {
        /// 约束性: the issuer must deliver it.
        Binding = "binding" | "约束性",
        /// 预期性: expected to come about.
        Expected = "expected" | "预期性",
        /// 力争: hoped for.
        Aspirational = "aspirational" | "力争",
    }
}

/// What a number is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Bound {
    /// A number, a mask, `unknown`, `yes`, `no` or a level of a judgement.
    Stated(Stated),
    /// Another value.
    Reference(Reference),
}

super::scalar_or_map!(Bound, "Bound", Stated(Stated), Reference(Reference));

/// A bound that is written out.
#[derive(Clone, Debug, PartialEq)]
pub enum Stated {
    /// A number with its unit, a mask or `unknown`.
    Quantity(Quantity),
    /// `yes`, `no` or a declared level.
    Word(String),
}

impl Stated {
    fn parse(text: &str) -> Result<Self, Finding> {
        let folded = fold_width(text);
        let (number, rest) = split_number(&folded);
        // One `x` that letters follow begins a word; `xx`, `x.x` and an `x` by itself are masks.
        let glued = folded[number.len()..].starts_with(|c: char| c.is_ascii_alphabetic());
        let only_letters = matches!(number, "x" | "X") && glued && rest != "pp";
        let lower = folded.to_ascii_lowercase();
        if matches!(lower.as_str(), "nan" | "inf" | "-inf" | "+inf" | "infinity" | "-infinity") {
            let shown = shorten(text);
            return Err(not_finite(&shown));
        }
        if lower == "unknown" || folded == "未知" || !(number.is_empty() || only_letters) {
            return Quantity::parse(text).map(Self::Quantity);
        }
        Ok(Self::Word(match lower.as_str() {
            "true" | "yes" | "是" => "yes".to_owned(),
            "false" | "no" | "否" => "no".to_owned(),
            _ => text.to_owned(),
        }))
    }
}

impl fmt::Display for Stated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quantity(quantity) => quantity.fmt(f),
            Self::Word(word) => f.write_str(word),
        }
    }
}

impl_scalar!(
    Stated,
    "Stated" = { "description": "A number with its unit, a mask such as `xx家`, `unknown`, `yes`, `no` or a level of a judgement." },
    Stated::parse
);

impl Bound {
    /// The number with its unit, where one is written out.
    pub fn quantity(&self) -> Option<&Quantity> {
        match self {
            Self::Stated(Stated::Quantity(quantity)) => Some(quantity),
            _ => None,
        }
    }

    /// The word, where one is written out.
    pub fn word(&self) -> Option<&str> {
        match self {
            Self::Stated(Stated::Word(word)) => Some(word),
            _ => None,
        }
    }
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stated(stated) => stated.fmt(f),
            Self::Reference(reference) => reference.fmt(f),
        }
    }
}

document! {
    /// A bound that is another value: of the same indicator elsewhere, of another indicator, or of
    /// another target.
    pub struct Reference {
        /// The mean over a group or tier, of the same indicator in the same period.
        mean_of: Option<Id>,
        /// The value of another area.
        area: Option<Id>,
        /// The value of another indicator in the same area.
        indicator: Option<Id>,
        /// The bound of another target.
        target: Option<Id>,
        /// A factor on that value.
        times: Option<Number>,
        /// Added to that value, after the factor.
        plus: Option<Quantity>,
    }
    rules: [Rule::ExactlyOne(&["mean_of", "area", "indicator", "target"])]
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (what, id) = match (&self.mean_of, &self.area, &self.indicator, &self.target) {
            (Some(id), ..) => ("mean_of", id),
            (_, Some(id), ..) => ("area", id),
            (_, _, Some(id), _) => ("indicator", id),
            (_, _, _, Some(id)) => ("target", id),
            _ => return Ok(()),
        };
        write!(f, "{what} {id}")?;
        if let Some(times) = &self.times {
            write!(f, " × {times}")?;
        }
        if let Some(plus) = &self.plus {
            write!(f, " + {plus}")?;
        }
        Ok(())
    }
}

/// The period a change is measured from, with the value that was declared for it.
#[derive(Clone, Debug, PartialEq)]
pub enum Baseline {
    /// The period; its value comes from the observations.
    At(Period),
    /// The period with a declared value.
    Declared(DeclaredBaseline),
}

super::scalar_or_map!(Baseline, "Baseline", At(Period), Declared(DeclaredBaseline));

document! {
    /// A baseline whose value the plan states.
    pub struct DeclaredBaseline {
        /// The period.
        at: Period,
        /// The value.
        value: Option<Quantity>,
        /// The caliber of the value.
        caliber: Option<Id>,
    }
}

impl Baseline {
    /// The period.
    pub fn at(&self) -> &Period {
        match self {
            Self::At(period) => period,
            Self::Declared(declared) => &declared.at,
        }
    }

    /// The declared value.
    pub fn value(&self) -> Option<&Quantity> {
        match self {
            Self::At(_) => None,
            Self::Declared(declared) => declared.value.as_ref(),
        }
    }

    /// The caliber of the declared value, where it is stated.
    pub fn caliber(&self) -> Option<&Id> {
        match self {
            Self::At(_) => None,
            Self::Declared(declared) => declared.caliber.as_ref(),
        }
    }
}

words! {
    /// A schedule that needs no numbers.
    #[non_exhaustive]
    pub enum ScheduleWord {
        /// The same amount each year.
        Straight = "straight",
        /// The same rate each year.
        Compound = "compound",
        /// The task of the latest period alone: its part of the straight way, whatever was done before.
        Annual = "annual",
    }
}

/// How much of the way is expected by when.
#[derive(Clone, Debug, PartialEq)]
pub enum Schedule {
    /// By a rule.
    Word(ScheduleWord),
    /// By stated shares.
    Shares(ShareSchedule),
}

impl Schedule {
    /// Reads a schedule from a JSON value, as a plan writes it: a word, or shares.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] when it is deeper or larger than a document may be, [`Error::Plan`] with every
    /// problem when it is no schedule.
    ///
    /// ```
    /// use attainment::{Schedule, ScheduleWord, serde_json::json};
    /// assert_eq!(Schedule::from_value(&json!("compound"))?, Schedule::Word(ScheduleWord::Compound));
    /// assert!(matches!(Schedule::from_value(&json!({ "steps": { "2023": "40%" } }))?, Schedule::Shares(_)));
    /// assert!(Schedule::from_value(&json!("by and by")).is_err());
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn from_value(value: &serde_json::Value) -> Result<Self, Error> {
        let root = Node::from_value(value).map_err(|finding| Error::Parse(vec![finding]))?;
        read_whole(root, Findings::default(), |_: &Self| Vec::new()).map(|whole| whole.document).map_err(Error::Plan)
    }

    /// What it is called: its word, or `steps` or `seasonal`.
    pub(crate) fn label(&self) -> &'static str {
        match self {
            Self::Word(word) => word.as_str(),
            Self::Shares(shares) if shares.seasonal.is_empty() => "steps",
            Self::Shares(_) => "seasonal",
        }
    }
}

impl From<ScheduleWord> for Schedule {
    fn from(word: ScheduleWord) -> Self {
        Self::Word(word)
    }
}

super::scalar_or_map!(Schedule, "Schedule", Word(ScheduleWord), Shares(ShareSchedule));

document! {
    /// A schedule of stated shares of the whole way.
    pub struct ShareSchedule {
        /// The share reached by the end of each period: `{ 2021: 20%, 2022: 40% }`.
        steps: Map<Quantity>,
        /// The share of each period within the year, in order: twelve months or four quarters.
        seasonal: Many<Quantity>,
    }
    rules: [Rule::ExactlyOne(&["steps", "seasonal"])]
}

/// A member of a combination: a target by its id, or written in place.
#[derive(Clone, Debug, PartialEq)]
pub enum Member {
    /// The id of a target.
    Named(Id),
    /// A target of its own.
    Inline(Box<Target>),
}

super::scalar_or_map!(Member, "Member", Named(Id), Inline(Box<Target>));

document! {
    /// A combination that is met when enough of its members are.
    pub struct KOf {
        /// How many must be met.
        k: Number,
        /// The members.
        of: Many<Member>,
    }
}

words! {
    /// How two numbers of a document belong together.
    #[non_exhaustive]
    pub enum Relation {
        /// What is added and what the total becomes.
        AdditionTotal = "addition_total",
        /// An amount and its share of something.
        LevelAndRatio = "level_and_ratio",
        /// A value and its growth.
        LevelGrowth = "level_growth",
        /// A value and its place among others.
        LevelAndRank = "level_and_rank",
        /// First the one, then the other.
        MilestoneSequence = "milestone_sequence",
        /// Pass first, then reach a rank.
        PassAndRank = "pass_and_rank",
        /// A part and its whole.
        Subset = "subset",
        /// Those that went in and those that came out.
        Funnel = "funnel",
        /// A total and the same for each person.
        TotalAndPerCapita = "total_and_per_capita",
        /// The year so far and the full year.
        YtdAndFullYear = "ytd_and_full_year",
        /// How many, and how much.
        CountAndAmount = "count_and_amount",
    }
}

/// A further place that says the same.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// Where it stands.
    Source(Id),
    /// Where it stands and how it is worded there.
    Worded(WordedPlace),
}

super::scalar_or_map!(Place, "Place", Source(Id), Worded(WordedPlace));

document! {
    /// A place that says the same in other words.
    pub struct WordedPlace {
        /// Where it stands.
        source: Id,
        /// The hedge as worded there.
        modality: Option<Text>,
        /// Anything else worth saying.
        note: Option<Text>,
    }
}

document! {
    /// The other number a number belongs to.
    pub struct Pair {
        /// Its id: a target, or an observation.
        with: Id,
        /// How the two belong together.
        relation: Relation,
    }
}

const COMPARE: &[&str] = &["reach", "at_least", "more_than", "at_most", "less_than", "within", "about", "equals"];

document! {
    /// A commitment: a measure of an indicator, compared with a bound, at or over some time.
    ///
    /// A target names an `indicator` with one comparison, or combines other targets.
    pub struct Target {
        /// What it is called, where the indicator's name does not say it.
        name: Option<Text>,
        /// The indicator it is about.
        indicator: Option<Id>,
        /// Met when all members are.
        all: Option<Many<Member>>,
        /// Met when any member is.
        any: Option<Many<Member>>,
        /// Met when enough members are.
        k_of: Option<KOf>,
        /// Met when the member is not.
        not: Option<Member>,
        /// Which number is judged; `level` when absent. Several are readings of one phrase: the
        /// verdict stands where they agree.
        measure: Many<Measure>,
        /// What a rank or percentile ranks; `level` when absent.
        of: Option<Measure>,
        /// The group or tier a rank or percentile is taken among.
        among: Option<Id>,
        /// At the bound or beyond it in the indicator's direction.
        reach: Option<Bound>,
        /// At the bound or above.
        at_least: Option<Bound>,
        /// Above the bound.
        more_than: Option<Bound>,
        /// At the bound or below.
        at_most: Option<Bound>,
        /// Below the bound.
        less_than: Option<Bound>,
        /// Between two bounds, both included.
        within: Option<Many<Bound>>,
        /// Near the bound, within the tolerance.
        about: Option<Bound>,
        /// Exactly the bound.
        equals: Option<Bound>,
        /// A further bound: met at the first, fully met at this one.
        stretch: Option<Bound>,
        /// How far from the bound `about` still accepts; a percentage is of the bound.
        tolerance: Option<Quantity>,
        /// Due at the end of this period.
        by: Option<Period>,
        /// Over this period or window.
        during: Option<Period>,
        /// In every period of this window.
        each: Option<Period>,
        /// What a change is measured from.
        baseline: Option<Baseline>,
        /// The areas, tiers or groups it holds for; every area of the panel when absent.
        areas: Many<Id>,
        /// The caliber observations must have.
        caliber: Option<Id>,
        /// The part of the population it is about; the total when absent.
        breakdown: Option<Id>,
        /// How much of the way is expected by when.
        schedule: Many<Schedule>,
        /// How firmly it is committed to.
        nature: Option<Nature>,
        /// The hedge as worded: 力争, 争取.
        modality: Option<Text>,
        /// Which list or heading it stands under.
        section: Option<Text>,
        /// Its weight among the targets of its section.
        weight: Option<Quantity>,
        /// Who leads.
        lead: Many<Id>,
        /// Who supports.
        support: Many<Id>,
        /// When it came into force.
        valid_from: Option<Period>,
        /// The target it replaces.
        replaces: Option<Id>,
        /// The target it repeats with a difference.
        repeats: Option<Id>,
        /// The target it depends on, and how.
        pair: Option<Pair>,
        /// The list it was written in with others: 分别, 各.
        group: Option<Id>,
        /// The target that states the objective it stands under.
        objective: Option<Id>,
        /// Other places that say the same, by id.
        also: Map<Place>,
        /// Where it is stated.
        source: Option<Text>,
        /// Anything else worth saying.
        note: Option<Text>,
    }
    rules: [
        Rule::ExactlyOne(&["indicator", "all", "any", "k_of", "not"]),
        Rule::OneWith("indicator", COMPARE),
        Rule::AtMostOne(&["by", "during", "each"]),
    ]
}

/// When a target is due.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum When {
    /// At the end of a period.
    By(Period),
    /// Over a period or window.
    During(Period),
    /// In every period of a window.
    Each(Period),
}

impl When {
    /// The key it is written under.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::By(_) => "by",
            Self::During(_) => "during",
            Self::Each(_) => "each",
        }
    }

    /// The period.
    pub const fn period(&self) -> &Period {
        match self {
            Self::By(period) | Self::During(period) | Self::Each(period) => period,
        }
    }

    pub(crate) fn from_keys(by: &Option<Period>, during: &Option<Period>, each: &Option<Period>) -> Option<Self> {
        let by = by.clone().map(Self::By);
        by.or_else(|| during.clone().map(Self::During)).or_else(|| each.clone().map(Self::Each))
    }
}

impl Target {
    /// The comparison and its bounds; two for `within`, none for a combination.
    pub fn compare(&self) -> Option<(CompareWord, Vec<&Bound>)> {
        use CompareWord::{About, AtLeast, AtMost, Equals, LessThan, MoreThan, Reach};
        let single = [
            (Reach, &self.reach),
            (AtLeast, &self.at_least),
            (MoreThan, &self.more_than),
            (AtMost, &self.at_most),
            (LessThan, &self.less_than),
            (About, &self.about),
            (Equals, &self.equals),
        ];
        let stated = single.into_iter().find_map(|(word, bound)| bound.as_ref().map(|bound| (word, vec![bound])));
        stated.or_else(|| self.within.as_ref().map(|bounds| (CompareWord::Within, bounds.iter().collect())))
    }

    /// When it is due, by its own words.
    pub fn when(&self) -> Option<When> {
        When::from_keys(&self.by, &self.during, &self.each)
    }

    /// The readings of its measure; one, unless the phrase is ambiguous.
    pub fn measures(&self) -> Vec<Measure> {
        if self.measure.is_empty() { vec![Measure::Level] } else { self.measure.to_vec() }
    }

    /// The members of a combination.
    pub fn members(&self) -> &[Member] {
        match (&self.all, &self.any, &self.k_of, &self.not) {
            (Some(members), ..) | (_, Some(members), ..) => members,
            (_, _, Some(k_of), _) => &k_of.of,
            (_, _, _, Some(member)) => std::slice::from_ref(member),
            _ => &[],
        }
    }
}
