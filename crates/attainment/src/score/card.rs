//! The scorecard: scores, ranks and grades, with what stands behind them.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::HashMap;

use rust_decimal::Decimal;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::aggregate::Root;
use super::catalogue;
use super::engine::{Engine, Treated, ids, run};
use super::frame::{Frame, ScoreData};
use super::rank::ranks;
use super::rules::{Graded, compared, grade, published};
use crate::column::Cell;
use crate::document::{Text, words};
use crate::error::Error;
use crate::finding::{Code, Finding};
use crate::number::{Exact, decimal_from_f64};
use crate::period::Point;
use crate::plan::scheme::{NatureRule, Ties, Treat};
use crate::plan::{Nature, Scheme};
use crate::text::{msg, shorten};

words! {
    /// What was done about a value that is missing.
    #[non_exhaustive]
    pub enum Treatment {
        /// Nothing: what is above it has no score either.
        Refused = "refused",
        /// The weights of the others were rescaled.
        Renormalised = "renormalised",
        /// The mean of the group of areas stands in.
        GroupMean = "group_mean",
        /// It counts as nothing attained, because the scheme says so.
        Zero = "zero",
        /// An earlier value was carried forward.
        Carried = "carried",
    }
}

/// A value that is missing, and what was done about it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MissingScore {
    /// The pillar or indicator.
    pub id: String,
    /// Where it stands in the scheme.
    pub path: String,
    /// What was done.
    pub treatment: Treatment,
    /// The period a carried value is from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Point>,
}

/// The score of a pillar or an indicator.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PillarScore {
    /// Its id.
    pub id: String,
    /// What it is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Text>,
    /// Its share of the total: the product of rescaled weights down the tree. 0 where it stands
    /// beside the total.
    pub weight: f64,
    /// The score, unrounded, before it is weighted.
    pub score: Option<f64>,
    /// The value of the indicator, as it was written.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// The grade, where the scheme has grades for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grade: Option<String>,
    /// The points of its bonus.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bonus: Option<f64>,
    /// Whether it was cut to its cap.
    pub capped: bool,
    /// Its members.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pillars: Vec<PillarScore>,
}

/// The score of one area, in one period.
///
/// ```
/// use attainment::{WideTable, score};
/// let table = WideTable::from_floats(["Norway"], [
///     ("life_expectancy", vec![83.393]), ("expected_schooling", vec![18.6385]),
///     ("mean_schooling", vec![13.0623]), ("gni_per_capita", vec![69189.76]),
/// ])?;
/// let score = score(&table, "undp-hdi")?.score("Norway")?;
/// assert_eq!(score.rounded.unwrap().to_string(), "0.966");
/// assert_eq!(score.pillars[1].id, "education");
/// assert!(score.missing.is_empty());
/// # Ok::<(), attainment::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Score {
    /// The area.
    pub area: String,
    /// The period, where the data have periods.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Point>,
    /// The total, unrounded, after every rule; absent where it cannot be told.
    pub score: Option<f64>,
    /// The total as it is published, where the scheme says how it is rounded.
    #[serde(serialize_with = "decimal_text")]
    pub rounded: Option<Decimal>,
    /// Its place among the areas of its period, on unrounded scores; 1 is best.
    pub rank: Option<f64>,
    /// The grade.
    pub grade: Option<String>,
    /// The points of all bonuses.
    pub bonus: f64,
    /// The pillars and indicators whose veto holds.
    pub veto: Vec<String>,
    /// Scores of committed and aspirational indicators apart, where the scheme asks for them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub natures: Vec<(Nature, Option<f64>)>,
    /// What is missing, and what was done about it.
    pub missing: Vec<MissingScore>,
    /// The tree.
    pub pillars: Vec<PillarScore>,
}

fn decimal_text<S: Serializer>(value: &Option<Decimal>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.collect_str(value),
        None => serializer.serialize_none(),
    }
}

/// A scheme, or the id of one of [`schemes`](crate::schemes).
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum SchemeArg<'a> {
    /// A scheme that was read.
    Scheme(&'a Scheme),
    /// The id of a ready-made one.
    Id(&'a str),
}

impl<'a> From<&'a Scheme> for SchemeArg<'a> {
    fn from(scheme: &'a Scheme) -> Self {
        Self::Scheme(scheme)
    }
}

impl<'a> From<&'a str> for SchemeArg<'a> {
    fn from(id: &'a str) -> Self {
        Self::Id(id)
    }
}

impl<'a> From<&'a String> for SchemeArg<'a> {
    fn from(id: &'a String) -> Self {
        Self::Id(id)
    }
}

/// Scores of all areas by one scheme.
///
/// It serialises as `{ scheme, scores, findings }`; [`Scorecard::to_records`] and
/// [`Scorecard::columns`] are flat.
#[derive(Clone, Debug)]
pub struct Scorecard {
    pub(crate) scheme: Scheme,
    pub(crate) engine: Engine,
    pub(crate) totals: Vec<Total>,
    pub(crate) findings: Vec<Finding>,
    /// The period that is shown, where it is one of several.
    pub(crate) only: Option<usize>,
    /// The plan whose declarations stand in for the scheme's.
    #[cfg(feature = "robustness")]
    pub(crate) plan: Option<crate::plan::Plan>,
}

/// What the rules made of the total of one row.
#[derive(Clone, Debug)]
pub(crate) struct Total {
    pub(crate) score: f64,
    pub(crate) rank: f64,
    pub(crate) graded: Option<Graded>,
    /// Nodes whose veto holds.
    pub(crate) veto: Vec<usize>,
    /// The highest score a veto leaves, where it took effect.
    pub(crate) limit: Option<Decimal>,
}

/// Scores data by a scheme: normalise, cap, weight, bonus, aggregate, grade, veto, rank.
///
/// The data are a wide table, a panel (every period is scored for itself) or an assessment (every
/// moment is). The scheme is a [`Scheme`] or the id of a ready-made one.
///
/// # Errors
///
/// [`Error::Assess`] when the scheme cannot be applied to the data: an unknown scheme, an indicator
/// the data do not have, a mark that is nowhere given. What is missing in single areas is no error.
///
/// ```
/// use attainment::{Columns, WideTable, score};
/// let table = WideTable::from_csv("
/// area,life_expectancy,expected_schooling,mean_schooling,gni_per_capita
/// Switzerland,84.255,16.5837,13.9041,69432.79
/// China,78.587,15.2179,8.1069,18024.89
/// ", &Columns::new())?;
/// let scorecard = score(&table, "undp-hdi")?;
/// let china = scorecard.score("China")?;
/// assert_eq!(china.rounded.unwrap().to_string(), "0.788");
/// assert_eq!(china.rank, Some(2.0));
/// # Ok::<(), attainment::Error>(())
/// ```
pub fn score<'a>(data: impl Into<ScoreData<'a>>, scheme: impl Into<SchemeArg<'a>>) -> Result<Scorecard, Error> {
    let scheme = match scheme.into() {
        SchemeArg::Scheme(scheme) => scheme.clone(),
        SchemeArg::Id(id) => catalogue::find(id).map_err(|finding| Error::Assess(vec![finding]))?,
    };
    let data = data.into();
    let document = scheme.document();
    let mut frame = Frame::new(data, ids(document).as_ref());
    let engine = run(document, &mut frame).map_err(Error::Assess)?;
    let mut findings = std::mem::take(&mut frame.findings);
    let mut totals = Vec::with_capacity(engine.rows());
    let (mut without, mut unknown) = (0_usize, 0_usize);
    let vetoes: Vec<usize> = (0..engine.nodes.len()).filter(|node| engine.nodes[*node].veto.is_some()).collect();
    for row in 0..engine.rows() {
        let total = total(&scheme, &engine, row, &vetoes);
        without += usize::from(total.score.is_nan());
        unknown += usize::from(total.graded == Some(Graded::Unknown));
        totals.push(total);
    }
    if without > 0 {
        let rows = engine.rows();
        findings.push(Finding::new(Code::NoScore, msg!("{without} of {rows} have no score", "{rows}个中有{without}个没有得分")).help(
            msg!(
                "see the other findings and what is missing in each, or say under `missing` what to do about it",
                "可查看其他提示和各自缺失项,或在`missing`中说明如何处理"
            ),
        ));
    }
    if unknown > 0 {
        findings.push(
            Finding::new(
                Code::MetUnknown,
                msg!(
                    "{unknown} have no grade: whether what it asks for is met cannot be told",
                    "{unknown}个没有等级:无法判断其条件是否达成"
                ),
            )
            .help(msg!(
                "score an assessment, or say with `met` when an indicator of a table is met",
                "请对评估计分,或用`met`说明表中指标何时算达成"
            )),
        );
    }
    let mut card = Scorecard {
        scheme: scheme.clone(),
        engine,
        totals,
        findings: findings.into_vec(),
        only: None,
        #[cfg(feature = "robustness")]
        plan: frame.plan.cloned(),
    };
    card.rank();
    Ok(card)
}

fn total(scheme: &Scheme, engine: &Engine, row: usize, vetoes: &[usize]) -> Total {
    let document = scheme.document();
    let root = engine.nodes.len() - 1;
    let mut score = engine.total().values[row];
    let (mut limit, mut veto, mut doubtful): (_, _, Vec<Decimal>) = (None, Vec::new(), Vec::new());
    // The lowest place among the grades that a veto leaves, and that an undecided one might.
    let (mut at_best, mut perhaps): (usize, usize) = (0, 0);
    for node in vetoes {
        let Some(rule) = &engine.nodes[*node].veto else { continue };
        let met = engine.met(*node, row);
        if met == Some(true) {
            continue;
        }
        let grade = rule.grade.as_ref().and_then(|grade| document.grades.iter().position(|known| known.grade == *grade));
        if met == Some(false) {
            veto.push(*node);
            at_best = at_best.max(grade.unwrap_or(0));
            if let Some(most) = rule.score.map(|most| most.get())
                && engine.compare(root, row, score, &Exact::from(most)) == Ordering::Greater
            {
                limit = Some(limit.map_or(most, |limit: Decimal| limit.min(most)));
            }
        } else {
            perhaps = perhaps.max(grade.unwrap_or(0));
            let most = rule.score.map(|most| most.get());
            doubtful.extend(most.filter(|most| engine.compare(root, row, score, &Exact::from(*most)) == Ordering::Greater));
        }
    }
    if let Some(limit) = limit {
        score = Exact::from(limit).to_f64();
    }
    // What cannot be told matters only where it would leave less than what is certain.
    if doubtful.iter().any(|most| limit.is_none_or(|limit| *most < limit)) {
        score = f64::NAN;
    }
    let graded = (!document.grades.is_empty() && !score.is_nan()).then(|| {
        let rounded = document.round.as_ref().and_then(|rounding| published(engine, root, row, score, rounding));
        let compare = compared(engine, root, row, score, rounded, document.grade_on);
        let graded = match limit {
            Some(limit) => grade(&document.grades, engine, root, row, |end| Exact::from(limit).cmp(end)),
            None => grade(&document.grades, engine, root, row, compare),
        };
        match graded {
            Graded::At(place) if place < perhaps.max(at_best) && perhaps > at_best => Graded::Unknown,
            Graded::At(place) => Graded::At(place.max(at_best)),
            other => other,
        }
    });
    Total { score, rank: f64::NAN, graded, veto, limit }
}

impl Scorecard {
    /// Ranks every period for itself.
    fn rank(&mut self) {
        let root = self.engine.nodes.len() - 1;
        let areas = self.engine.areas.len();
        let ties = self.scheme.document().ties.unwrap_or(Ties::Min);
        let scores: Vec<f64> = self.totals.iter().map(|total| total.score).collect();
        // Exact totals are worked out for the few that floats cannot tell apart, once for each.
        let known: RefCell<HashMap<usize, Option<Root>>> = RefCell::default();
        let compare = |a: usize, b: usize| {
            let mut known = known.borrow_mut();
            let mut exact = |row: usize| known.entry(row).or_insert_with(|| self.root_total(row)).clone();
            exact(a).zip(exact(b)).and_then(|(a, b)| a.cmp_root(&b))
        };
        let mut places = Vec::with_capacity(scores.len());
        for start in (0..scores.len()).step_by(areas.max(1)) {
            let block = &scores[start..start + areas];
            let near = |a: f64, b: f64| (a - b).abs() <= 2.0 * self.engine.tolerance(root, a);
            places.extend(ranks(block, ties, near, |a, b| compare(start + a, start + b)));
        }
        self.totals.iter_mut().zip(places).for_each(|(total, place)| total.rank = place);
    }

    fn exact_total(&self, row: usize) -> Option<Exact> {
        let total = &self.totals[row];
        match total.limit {
            Some(limit) => Some(Exact::from(limit)),
            None => self.engine.exact(self.engine.nodes.len() - 1, row),
        }
    }

    fn root_total(&self, row: usize) -> Option<Root> {
        match self.totals[row].limit {
            Some(limit) => Some(Root::of(Exact::from(limit))),
            None => self.engine.root(self.engine.nodes.len() - 1, row),
        }
    }

    /// The difference of two totals, exact where both are.
    pub(crate) fn difference(&self, row: usize, other: &Self, other_row: usize) -> f64 {
        match (self.exact_total(row), other.exact_total(other_row)) {
            (Some(a), Some(b)) => (a - b).to_f64(),
            _ => self.totals[row].score - other.totals[other_row].score,
        }
    }

    /// The scheme.
    ///
    /// ```
    /// # use attainment::{WideTable, score};
    /// # let table = WideTable::from_floats(["x"], [("environment", vec![160.4]), ("input", vec![146.7]), ("output", vec![187.5]), ("effect", vec![128.2])])?;
    /// assert_eq!(score(&table, "nbs-innovation")?.scheme().id(), "nbs-innovation-2013");
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn scheme(&self) -> &Scheme {
        &self.scheme
    }

    /// What is wrong or doubtful: of the data, and of the scheme applied to them.
    ///
    /// ```
    /// # use attainment::{Code, Format, Scheme, WideTable, score};
    /// # let scheme = Scheme::parse("{attainment: 1, id: s, normalise: min_max, aggregate: arithmetic, indicators: {a: {direction: increase}}, pillars: [a]}", Format::Yaml)?;
    /// let flat = WideTable::from_floats(["x", "y"], [("a", vec![3.0, 3.0])])?;
    /// assert_eq!(score(&flat, &scheme)?.findings()[0].code, Code::ConstantColumn);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    pub(crate) fn rows(&self) -> impl Iterator<Item = usize> + use<> {
        let areas = self.engine.areas.len();
        match self.only {
            Some(period) => period * areas..(period + 1) * areas,
            None => 0..self.engine.rows(),
        }
    }

    /// Every score: areas in the order of the data, periods in order of time.
    ///
    /// ```
    /// # use attainment::{Format, Scheme, WideTable, score};
    /// # let scheme = Scheme::parse("{attainment: 1, id: s, normalise: as_is, aggregate: arithmetic, pillars: {a: 3, b: 1}}", Format::Yaml)?;
    /// let table = WideTable::from_floats(["x", "y"], [("a", vec![1.0, 0.5]), ("b", vec![0.0, f64::NAN])])?;
    /// let scores = score(&table, &scheme)?.scores();
    /// assert_eq!(scores[0].score, Some(0.75));
    /// assert_eq!(scores[1].score, None);
    /// assert_eq!(scores[1].missing[0].id, "b");
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn scores(&self) -> Vec<Score> {
        let weights = self.engine.effective_weights();
        self.rows().map(|row| self.build(row, &weights)).collect()
    }

    /// The score of an area.
    ///
    /// # Errors
    ///
    /// [`Error::Assess`] when there is none, or several periods have one.
    ///
    /// ```
    /// # use attainment::{Code, Format, Scheme, WideTable, score};
    /// # let scheme = Scheme::parse("{attainment: 1, id: s, normalise: borda, aggregate: median, indicators: {a: {direction: decrease}}, pillars: [a]}", Format::Yaml)?;
    /// # let table = WideTable::from_floats(["x", "y"], [("a", vec![1.0, 2.0])])?;
    /// let scorecard = score(&table, &scheme)?;
    /// assert_eq!(scorecard.score("x")?.score, Some(1.0));
    /// assert_eq!(scorecard.score("z").unwrap_err().code(), Some(Code::UnknownArea));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn score(&self, area: &str) -> Result<Score, Error> {
        self.row_of(area, None).map(|row| self.build(row, &self.engine.effective_weights()))
    }

    /// The score of an area in a period.
    ///
    /// # Errors
    ///
    /// [`Error::Assess`] when there is none.
    ///
    /// ```
    /// # use attainment::{Columns, Format, Panel, Point, Scheme, score};
    /// # let scheme = Scheme::parse("{attainment: 1, id: s, normalise: as_is, aggregate: arithmetic, pillars: [a]}", Format::Yaml)?;
    /// let panel = Panel::from_csv("area,indicator,year,value\nx,a,2020,1\nx,a,2021,2\n", &Columns::new())?;
    /// assert_eq!(score(&panel, &scheme)?.score_of("x", Point::year(2021))?.score, Some(2.0));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn score_of(&self, area: &str, period: Point) -> Result<Score, Error> {
        self.row_of(area, Some(period)).map(|row| self.build(row, &self.engine.effective_weights()))
    }

    /// The same scorecard with one of its periods alone.
    ///
    /// # Errors
    ///
    /// [`Error::Assess`] when it has no such period.
    ///
    /// ```
    /// # use attainment::{Columns, Format, Panel, Scheme, score};
    /// # let scheme = Scheme::parse("{attainment: 1, id: s, normalise: as_is, aggregate: arithmetic, pillars: [a]}", Format::Yaml)?;
    /// # let panel = Panel::from_csv("area,indicator,year,value\nx,a,2020,1\nx,a,2021,2\n", &Columns::new())?;
    /// let scorecard = score(&panel, &scheme)?;
    /// assert_eq!(scorecard.at(2021)?.score("x")?.score, Some(2.0));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn at(&self, period: impl Into<Cell>) -> Result<Self, Error> {
        let cell = period.into();
        let wanted = cell.period().ok().and_then(|period| period.as_point());
        match self.engine.periods.iter().position(|known| wanted.is_some() && *known == wanted) {
            Some(place) => Ok(Self { only: Some(place), ..self.clone() }),
            None => {
                let shown = shorten(&cell.text());
                let known: Vec<String> = self.engine.periods.iter().flatten().map(ToString::to_string).collect();
                let known = known.join(", ");
                Err(Error::Assess(vec![
                    Finding::new(Code::BadAsOf, msg!("the scorecard has no period `{shown}`", "评分卡没有`{shown}`这一期"))
                        .help(msg!("its periods are {known}", "现有{known}")),
                ]))
            }
        }
    }

    pub(crate) fn row_of(&self, area: &str, period: Option<Point>) -> Result<usize, Error> {
        let shown = shorten(area);
        let error = |message, help| Error::Assess(vec![Finding::new(Code::UnknownArea, message).help(help)]);
        let Some(number) = self.engine.areas.iter().position(|known| known == area) else {
            let near = self.engine.areas.iter().map(String::as_str).collect::<Vec<_>>();
            let help = match crate::document::nearest_word(area, &near) {
                Some(near) => msg!("did you mean `{near}`?", "是否为`{near}`?"),
                None => msg!("name an area of the data", "请写数据中的地区"),
            };
            return Err(error(msg!("there is no area `{shown}`", "没有地区`{shown}`"), help));
        };
        let periods: Vec<usize> = match (period, self.only) {
            (None, Some(only)) => vec![only],
            (None, None) => (0..self.engine.periods.len()).collect(),
            (Some(period), _) => (0..self.engine.periods.len()).filter(|place| self.engine.periods[*place] == Some(period)).collect(),
        };
        match periods.as_slice() {
            [one] => Ok(one * self.engine.areas.len() + number),
            [] => Err(error(
                msg!("`{shown}` has no score in that period", "`{shown}`在该期没有得分"),
                msg!("name a period of the data", "请写数据中的期"),
            )),
            several => {
                let count = several.len();
                Err(error(
                    msg!("`{shown}` has scores of {count} periods", "`{shown}`有{count}期得分"),
                    msg!("name the period with `score_of`, or pick one with `at`", "请用`score_of`指明,或用`at`选定一期"),
                ))
            }
        }
    }

    /// The share of the total that every pillar and indicator has, by its path of ids: the product of
    /// rescaled weights down the tree.
    ///
    /// ```
    /// # use attainment::{Format, Scheme, WideTable, score};
    /// # let scheme = Scheme::parse("{attainment: 1, id: s, normalise: as_is, aggregate: arithmetic, pillars: {p: {weight: 3, of: [a, b]}, c: 1}}", Format::Yaml)?;
    /// # let table = WideTable::from_floats(["x"], [("a", vec![1.0]), ("b", vec![1.0]), ("c", vec![1.0])])?;
    /// let weights = score(&table, &scheme)?.weights();
    /// assert_eq!(weights[0], ("p".to_owned(), 0.75));
    /// assert_eq!(weights[1], ("p/a".to_owned(), 0.375));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn weights(&self) -> Vec<(String, f64)> {
        let weights = self.engine.effective_weights();
        let mut out = Vec::new();
        self.walk(self.engine.nodes.len() - 1, "", &mut |path, node| out.push((path.to_owned(), weights[node])));
        out
    }

    /// Every node below one, with its path of ids, parents first.
    pub(crate) fn walk(&self, node: usize, path: &str, visit: &mut impl FnMut(&str, usize)) {
        for &child in self.members(node) {
            let id = &self.engine.nodes[child].id;
            let path = if path.is_empty() { id.clone() } else { format!("{path}/{id}") };
            visit(&path, child);
            self.walk(child, &path, visit);
        }
    }

    /// The members of a node, those that stand beside its score too.
    pub(crate) fn members(&self, node: usize) -> &[usize] {
        &self.engine.nodes[node].members
    }

    pub(crate) fn grade_word(&self, row: usize) -> Option<&str> {
        match self.totals[row].graded? {
            Graded::At(place) => self.scheme.document().grades.get(place).map(|grade| grade.grade.as_str()),
            Graded::Below | Graded::Unknown => None,
        }
    }

    pub(crate) fn rounded(&self, row: usize) -> Option<Decimal> {
        let total = &self.totals[row];
        let rounding = self.scheme.document().round.as_ref()?;
        if total.score.is_nan() {
            return None;
        }
        match total.limit {
            Some(limit) => super::rules::round(&Exact::from(limit), rounding.decimals.get().try_into().ok()?, rounding.mode).to_decimal(),
            None => published(&self.engine, self.engine.nodes.len() - 1, row, total.score, rounding),
        }
    }

    pub(crate) fn node_grade(&self, place: usize, row: usize) -> Option<String> {
        let node = &self.engine.nodes[place];
        let score = node.score(row)?;
        if node.grades.is_empty() {
            return None;
        }
        let document = self.scheme.document();
        let rounded = document.round.as_ref().and_then(|rounding| published(&self.engine, place, row, score, rounding));
        let compare = compared(&self.engine, place, row, score, rounded, node.grade_on.or(document.grade_on));
        match grade(&node.grades, &self.engine, place, row, compare) {
            Graded::At(at) => Some(node.grades[at].grade.as_str().to_owned()),
            Graded::Below | Graded::Unknown => None,
        }
    }

    pub(crate) fn bonus(&self, row: usize) -> f64 {
        let points = self.engine.nodes.iter().filter_map(|node| node.points.as_ref().map(|points| points[row]));
        points.sum::<f64>() + 0.0
    }

    pub(crate) fn missing(&self, row: usize) -> Vec<MissingScore> {
        let mut out = Vec::new();
        let areas = self.engine.areas.len().max(1);
        let root = self.engine.nodes.len() - 1;
        self.walk(root, "", &mut |path, place| {
            let node = &self.engine.nodes[place];
            let treatment = match node.treated(row) {
                Treated::Own => None,
                Treated::Left => Some(Treatment::Renormalised),
                Treated::GroupMean => Some(Treatment::GroupMean),
                Treated::Zero => Some(Treatment::Zero),
                Treated::Refused => Some(Treatment::Refused),
            };
            if let Some(treatment) = treatment {
                out.push(MissingScore { id: path.to_owned(), path: node.path.clone(), treatment, from: None });
            }
            let Some(leaf) = &node.leaf else { return };
            for source in &leaf.sources {
                let carried = source.column.carried.as_ref().map_or(0, |carried| carried[row]);
                if carried > 0 {
                    let from = (row / areas).checked_sub(usize::from(carried)).and_then(|period| self.engine.periods[period]);
                    out.push(MissingScore { id: path.to_owned(), path: node.path.clone(), treatment: Treatment::Carried, from });
                }
                let single = leaf.sources.len() == 1;
                if !single && source.scores[row].is_nan() {
                    let left = node.treat == Treat::Renormalise;
                    let treatment = if left { Treatment::Renormalised } else { Treatment::Refused };
                    out.push(MissingScore { id: format!("{path}/{}", source.id), path: node.path.clone(), treatment, from: None });
                }
            }
        });
        out
    }

    pub(crate) fn build(&self, row: usize, weights: &[f64]) -> Score {
        let total = &self.totals[row];
        let areas = self.engine.areas.len().max(1);
        let root = self.engine.nodes.len() - 1;
        Score {
            area: self.engine.areas[row % areas].clone(),
            period: self.engine.periods[row / areas],
            score: Some(total.score).filter(|score| !score.is_nan()),
            rounded: self.rounded(row),
            rank: Some(total.rank).filter(|rank| !rank.is_nan()),
            grade: self.grade_word(row).map(str::to_owned),
            bonus: self.bonus(row),
            veto: total.veto.iter().map(|node| self.engine.nodes[*node].id.clone()).collect(),
            natures: self.natures(row),
            missing: self.missing(row),
            pillars: self.members(root).iter().map(|node| self.pillar(*node, row, weights)).collect(),
        }
    }

    fn pillar(&self, place: usize, row: usize, weights: &[f64]) -> PillarScore {
        let node = &self.engine.nodes[place];
        let value = node.leaf.as_ref().and_then(|leaf| match leaf.sources.as_slice() {
            [one] => Some(&one.column).filter(|column| !column.values[row].is_nan()).map(|column| column.shown(row)),
            _ => None,
        });
        PillarScore {
            id: node.id.clone(),
            name: node.name.clone(),
            weight: weights[place],
            score: node.score(row),
            value,
            grade: self.node_grade(place, row),
            bonus: node.points.as_ref().map(|points| points[row]),
            capped: node.capped.as_ref().is_some_and(|capped| capped[row]),
            pillars: self.members(place).iter().map(|child| self.pillar(*child, row, weights)).collect(),
        }
    }

    /// The mean of committed and of aspirational indicators, by their stated weights.
    pub(crate) fn natures(&self, row: usize) -> Vec<(Nature, Option<f64>)> {
        let Some(natures) = &self.scheme.document().natures else { return Vec::new() };
        let rules: [(Nature, &Option<NatureRule>); 3] =
            [(Nature::Binding, &natures.binding), (Nature::Expected, &natures.expected), (Nature::Aspirational, &natures.aspirational)];
        let mean = |nature: Nature| {
            let leaves = self.engine.nodes.iter().filter(|node| node.leaf.is_some() && node.nature == Some(nature));
            let (mut sum, mut total) = (Exact::zero(), Exact::zero());
            for node in leaves {
                let Some(score) = node.score(row) else {
                    if node.treat == Treat::Renormalise {
                        continue;
                    }
                    return None;
                };
                let weight = Exact::from(node.weight.unwrap_or(Decimal::ONE));
                sum = sum + &weight * &Exact::from(decimal_from_f64(score).ok()?);
                total = total + weight;
            }
            sum.checked_div(&total).map(|mean| mean.to_f64())
        };
        rules.into_iter().filter(|(_, rule)| rule.is_some()).map(|(nature, _)| (nature, mean(nature))).collect()
    }
}

impl Serialize for Scorecard {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("scheme", self.scheme.id())?;
        map.serialize_entry("scores", &self.scores())?;
        map.serialize_entry("findings", &self.findings)?;
        map.end()
    }
}
