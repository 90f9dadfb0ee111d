//! What is scored, as columns: tables, panels and assessments in one form.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::collected::Verdicts;
use super::table::{Numbers, WideTable};
use crate::assess::{AnswerNumbers, Assessment, Spot};
use crate::finding::{Code, Finding, Findings};
use crate::number::{Exact, decimal_from_f64};
use crate::panel::{Observation, Panel, Reading};
use crate::period::Point;
use crate::plan::scheme::VerdictNumber;
use crate::plan::{Area, Nature, Plan, ValueIs};
use crate::text::{msg, shorten};
use crate::unit::Unit;
use crate::verdict::{Reason, Scale, State, Verdict};

/// What can be scored: a wide table, a panel or an assessment, by reference.
///
/// ```
/// use attainment::{Panel, Record, score};
/// let panel = Panel::from_records([Record::new("a", "life_expectancy", 2022, 70)]);
/// let error = score(&panel, "no-such-scheme").unwrap_err();
/// assert_eq!(error.code().unwrap().as_str(), "unknown_scheme");
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum ScoreData<'a> {
    /// Values by area and indicator.
    Table(&'a WideTable),
    /// Observations: every period of the indicators of the scheme is scored for itself.
    Panel(&'a Panel),
    /// Verdicts: every moment is scored for itself.
    Assessment(&'a Assessment),
    /// Verdicts that were put down as columns.
    Verdicts(&'a Verdicts),
}

impl<'a> From<&'a Verdicts> for ScoreData<'a> {
    fn from(verdicts: &'a Verdicts) -> Self {
        Self::Verdicts(verdicts)
    }
}

impl<'a> From<&'a WideTable> for ScoreData<'a> {
    fn from(table: &'a WideTable) -> Self {
        Self::Table(table)
    }
}

impl<'a> From<&'a Panel> for ScoreData<'a> {
    fn from(panel: &'a Panel) -> Self {
        Self::Panel(panel)
    }
}

impl<'a> From<&'a Assessment> for ScoreData<'a> {
    fn from(assessment: &'a Assessment) -> Self {
        Self::Assessment(assessment)
    }
}

/// The numbers of one leaf, a place for each row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Column {
    pub(crate) values: Arc<Vec<f64>>,
    pub(crate) decimals: Option<Arc<Vec<Decimal>>>,
    /// Whether the target is met, where a verdict says so.
    pub(crate) met: Option<Vec<Option<bool>>>,
    /// When the target is due.
    pub(crate) due: Option<Vec<Option<Point>>>,
    /// From how many periods before a value was carried forward; 0 for its own.
    pub(crate) carried: Option<Vec<u16>>,
    /// How firmly the target is committed to.
    pub(crate) nature: Option<Nature>,
}

impl Column {
    /// The number of a row without rounding.
    pub(crate) fn exact(&self, row: usize) -> Option<Exact> {
        let value = self.values[row];
        if value.is_nan() {
            return None;
        }
        match &self.decimals {
            Some(decimals) => Some(Exact::from(decimals[row])),
            None => decimal_from_f64(value).ok().map(Exact::from),
        }
    }

    /// The number of a row as it is shown.
    pub(crate) fn shown(&self, row: usize) -> String {
        match &self.decimals {
            Some(decimals) if !self.values[row].is_nan() => decimals[row].to_string(),
            _ => self.values[row].to_string(),
        }
    }

    /// Values of other units, in this one.
    fn scale(&mut self, factor: &Exact) {
        let float = factor.to_f64();
        match &mut self.decimals {
            Some(decimals) => {
                let scaled: Option<Vec<Decimal>> = decimals.iter().map(|value| (Exact::from(*value) * factor).to_decimal()).collect();
                match scaled {
                    Some(scaled) => {
                        let own = Arc::make_mut(&mut self.values);
                        own.iter_mut().zip(&scaled).filter(|(value, _)| !value.is_nan()).for_each(|(value, decimal)| {
                            *value = Exact::from(*decimal).to_f64();
                        });
                        *decimals = Arc::new(scaled);
                    }
                    None => self.decimals = None,
                }
            }
            None => Arc::make_mut(&mut self.values).iter_mut().for_each(|value| *value *= float),
        }
    }

    /// Fills gaps with the latest value that is not older than `years`.
    pub(crate) fn carry(&mut self, frame: &Frame, years: u32) {
        let areas = frame.areas.len();
        let mut carried = vec![0_u16; self.values.len()];
        let values = Arc::make_mut(&mut self.values);
        let mut decimals = self.decimals.as_mut().map(Arc::make_mut);
        for period in 1..frame.periods.len() {
            for area in 0..areas {
                let row = period * areas + area;
                if !values[row].is_nan() {
                    continue;
                }
                let found = (0..period).rev().find(|earlier| {
                    let from = earlier * areas + area;
                    !values[from].is_nan() && carried[from] == 0
                });
                let Some(earlier) = found else { continue };
                let near = frame.periods[period]
                    .zip(frame.periods[earlier])
                    .is_some_and(|(now, then)| now.years_since(then) <= Exact::from(i64::from(years)));
                if near {
                    let from = earlier * areas + area;
                    values[row] = values[from];
                    if let Some(decimals) = &mut decimals {
                        decimals[row] = decimals[from];
                    }
                    carried[row] = (period - earlier).try_into().unwrap_or(u16::MAX);
                }
            }
        }
        if carried.iter().any(|from| *from > 0) {
            self.carried = Some(carried);
        }
    }
}

/// The unit in which a leaf compares values with numbers of the scheme.
#[derive(Clone, Copy, Default)]
pub(crate) struct Wanted<'u> {
    pub(crate) unit: Option<&'u Unit>,
    /// Only marks say it, so bare values may be in any unit.
    pub(crate) by_marks: bool,
    /// Values are compared with marks or numbers of the scheme, not only with each other.
    pub(crate) anchored: bool,
}

impl Wanted<'_> {
    /// What values of a unit are multiplied with, or why they cannot be compared.
    fn factor(&self, own: Option<&Unit>, id: &str) -> Result<Exact, Finding> {
        let help = || msg!("declare the unit under `indicators` of the scheme", "请在计分办法的`indicators`中写明单位");
        match (own, self.unit) {
            (Some(own), Some(want)) => own.factor_to(want).ok_or_else(|| {
                let (own, want) = (own.as_str(), want.as_str());
                Finding::new(Code::UnitUnfit, msg!("`{own}` does not convert to `{want}`", "`{own}`不能换算为`{want}`"))
                    .help(msg!("give the values in the unit of the scheme", "请用计分办法的单位给出该指标的值"))
            }),
            // A bare 万 is a factor, whatever is counted.
            (Some(own), None) if own.is_scale() => Ok(own.factor()),
            (Some(own), None) if self.anchored => {
                let (id, own) = (shorten(id), own.as_str());
                let message = msg!(
                    "values of `{id}` are in `{own}`, and its marks and bounds have no unit",
                    "`{id}`的值以`{own}`为单位,而其标志值和界限没有单位"
                );
                Err(Finding::new(Code::UnitUnfit, message).help(help()))
            }
            (None, Some(want)) if self.by_marks && self.anchored => {
                let (id, want) = (shorten(id), want.as_str());
                let message = msg!(
                    "a mark of `{id}` is in `{want}`, and neither its values nor its declaration have a unit",
                    "`{id}`的标志值以`{want}`为单位,而其值和声明都没有单位"
                );
                Err(Finding::new(Code::UnitMissing, message).help(help()))
            }
            _ => Ok(Exact::one()),
        }
    }
}

/// Rows: every area in every period, periods first.
pub(crate) struct Frame<'a> {
    pub(crate) areas: Vec<String>,
    pub(crate) periods: Vec<Option<Point>>,
    source: Source<'a>,
    pub(crate) plan: Option<&'a Plan>,
    pub(crate) findings: Findings,
}

enum Source<'a> {
    /// Rows without columns: the columns are at hand already.
    #[cfg(feature = "robustness")]
    None,
    Table(&'a WideTable),
    Panel {
        panel: &'a Panel,
        areas: HashMap<u32, usize>,
        periods: HashMap<Point, usize>,
    },
    Verdicts(HashMap<&'a str, Vec<Judged<'a>>>),
}

/// The answers on a target by one method.
struct Judged<'a> {
    method: Option<&'a str>,
    indicator: Option<&'a str>,
    rows: Vec<Option<AnswerNumbers>>,
}

impl<'a> Frame<'a> {
    /// The rows of a scorecard.
    #[cfg(feature = "robustness")]
    pub(crate) fn bare(areas: Vec<String>, periods: Vec<Option<Point>>, plan: Option<&'a Plan>) -> Self {
        Self { areas, periods, source: Source::None, plan, findings: Findings::default() }
    }

    /// Rows of the data; of a panel, the periods of the indicators in `ids`, or of all.
    pub(crate) fn new(data: ScoreData<'a>, ids: Option<&HashSet<String>>) -> Self {
        let mut findings = Findings::default();
        match data {
            ScoreData::Table(table) => {
                findings.extend(table.findings.iter().cloned());
                let (areas, periods) = (table.areas.clone(), table.periods.clone());
                Self { areas, periods, source: Source::Table(table), plan: None, findings }
            }
            ScoreData::Panel(panel) => {
                findings.extend(panel.findings().iter().cloned());
                let mut periods: Vec<Point> = Vec::new();
                let asked = |indicator: &u32| ids.is_none_or(|ids| ids.contains(panel.indicators.name(*indicator)));
                for (_, points) in (0..panel.indicators.len() as u32).filter(asked).flat_map(|indicator| panel.series_of(indicator)) {
                    periods.extend(points.iter().filter_map(|point| point.period().as_point()));
                }
                periods.sort_by_key(|point| (point.last_day(), -point.first_day()));
                periods.dedup();
                let period_numbers = periods.iter().enumerate().map(|(index, period)| (*period, index)).collect();
                let areas: Vec<String> = panel.areas().map(str::to_owned).collect();
                let area_numbers = (0..areas.len()).map(|area| (area as u32, area)).collect();
                let source = Source::Panel { panel, areas: area_numbers, periods: period_numbers };
                Self { areas, periods: periods.into_iter().map(Some).collect(), source, plan: None, findings }
            }
            ScoreData::Assessment(assessment) => {
                findings.extend(assessment.findings().iter().cloned());
                Self::of_assessment(assessment, findings)
            }
            ScoreData::Verdicts(Verdicts { plan, verdicts }) => Self::of_verdicts(verdicts, plan, findings),
        }
    }

    fn of_assessment(assessment: &'a Assessment, findings: Findings) -> Self {
        let (width, moments) = assessment.breadth();
        let (mut areas, mut numbers): (Vec<String>, Vec<usize>) = (Vec::new(), vec![usize::MAX; width]);
        let mut as_of: Vec<Option<Point>> = vec![None; moments];
        assessment.each_spot(|spot| {
            if numbers[spot.area] == usize::MAX {
                numbers[spot.area] = areas.len();
                areas.push(assessment.asked(spot).2.to_owned());
            }
            as_of[spot.moment] = as_of[spot.moment].or_else(|| Some(assessment.asked(spot).3));
        });
        let mut periods: Vec<Option<Point>> = as_of.iter().copied().filter(Option::is_some).collect();
        periods.sort_by_key(|period| period.map(|point| (point.last_day(), -point.first_day())));
        let size = areas.len() * periods.len();
        let period_of: Vec<usize> = as_of.iter().map(|at| periods.iter().position(|period| period == at).unwrap_or(0)).collect();
        let mut judged: Vec<Vec<Judged<'a>>> = Vec::new();
        assessment.each_number(|spot, numbers_of| {
            if judged.len() <= spot.target {
                judged.resize_with(spot.target + 1, Vec::new);
            }
            let of = &mut judged[spot.target];
            while of.len() <= spot.method {
                let (_, indicator, _, _, method) = assessment.asked(Spot { method: of.len(), ..spot });
                of.push(Judged { method, indicator, rows: vec![None; size] });
            }
            of[spot.method].rows[period_of[spot.moment] * areas.len() + numbers[spot.area]] = Some(numbers_of);
        });
        let ids = assessment.plan().document().targets.keys().map(String::as_str);
        let targets = ids.zip(judged).filter(|(_, judged)| !judged.is_empty()).collect();
        Self { areas, periods, source: Source::Verdicts(targets), plan: Some(assessment.plan()), findings }
    }

    /// Verdicts that were put down as columns know their places by name only.
    fn of_verdicts(verdicts: &'a [Verdict], plan: &'a Plan, findings: Findings) -> Self {
        let (mut areas, mut periods): (Vec<String>, Vec<Option<Point>>) = (Vec::new(), Vec::new());
        let mut area_numbers: HashMap<&str, usize> = HashMap::new();
        for verdict in verdicts {
            let next = areas.len();
            if *area_numbers.entry(&verdict.area).or_insert(next) == next {
                areas.push(verdict.area.clone());
            }
            if !periods.contains(&Some(verdict.as_of)) {
                periods.push(Some(verdict.as_of));
            }
        }
        periods.sort_by_key(|period| period.map(|point| (point.last_day(), -point.first_day())));
        let size = areas.len() * periods.len();
        let mut targets: HashMap<&str, Vec<Judged<'a>>> = HashMap::new();
        for verdict in verdicts {
            let method = verdict.pace.as_ref().map(|pace| pace.method.as_str());
            let judged = targets.entry(&verdict.target).or_default();
            let place = judged.iter().position(|judged| judged.method == method).unwrap_or_else(|| {
                judged.push(Judged { method, indicator: verdict.indicator.as_deref(), rows: vec![None; size] });
                judged.len() - 1
            });
            let period = periods.iter().position(|period| *period == Some(verdict.as_of)).unwrap_or(0);
            judged[place].rows[period * areas.len() + area_numbers[verdict.area.as_str()]] = Some(verdict.into());
        }
        Self { areas, periods, source: Source::Verdicts(targets), plan: Some(plan), findings }
    }

    pub(crate) fn rows(&self) -> usize {
        self.areas.len() * self.periods.len()
    }

    /// Whether the numbers of a leaf come from verdicts.
    pub(crate) fn is_assessment(&self) -> bool {
        matches!(self.source, Source::Verdicts(_))
    }

    /// Everything there is to score, for a scheme that names nothing: indicators, or the indicators
    /// of targets (and targets on none).
    pub(crate) fn every(&self) -> Vec<String> {
        match &self.source {
            #[cfg(feature = "robustness")]
            Source::None => Vec::new(),
            Source::Table(table) => table.columns.keys().cloned().collect(),
            Source::Panel { panel, .. } => panel.indicators().map(str::to_owned).collect(),
            Source::Verdicts(targets) => {
                let document = self.plan.map(Plan::document);
                let mut ids: Vec<String> = Vec::new();
                for id in document.into_iter().flat_map(|document| document.targets.keys()) {
                    let Some(judged) = targets.get(id.as_str()).and_then(|judged| judged.first()) else { continue };
                    let id = judged.indicator.unwrap_or(id);
                    if !ids.iter().any(|known| known == id) {
                        ids.push(id.to_owned());
                    }
                }
                ids
            }
        }
    }

    /// The columns an id of a leaf stands for: one indicator, one target, or all targets on an
    /// indicator. Where a target has the name of its indicator, a scheme that asks for `every`
    /// indicator means all targets on it.
    pub(crate) fn find(&self, id: &str, every: bool) -> Vec<String> {
        match &self.source {
            #[cfg(feature = "robustness")]
            Source::None => Vec::new(),
            Source::Table(table) => table.columns.contains_key(id).then(|| id.to_owned()).into_iter().collect(),
            Source::Panel { panel, .. } => panel.indicators.find(id).map(|_| id.to_owned()).into_iter().collect(),
            Source::Verdicts(targets) if targets.contains_key(id) && !every => vec![id.to_owned()],
            Source::Verdicts(targets) => {
                let plan = self.plan.map(Plan::document);
                let on = |target: &&String| {
                    targets.get(target.as_str()).is_some_and(|judged| judged.iter().any(|judged| judged.indicator == Some(id)))
                };
                let found: Vec<String> = plan.into_iter().flat_map(|document| document.targets.keys()).filter(on).cloned().collect();
                if found.is_empty() && targets.contains_key(id) { vec![id.to_owned()] } else { found }
            }
        }
    }

    /// The ids a leaf may have, for help.
    pub(crate) fn known(&self) -> Vec<&str> {
        match &self.source {
            #[cfg(feature = "robustness")]
            Source::None => Vec::new(),
            Source::Table(table) => table.indicators().collect(),
            Source::Panel { panel, .. } => panel.indicators().collect(),
            Source::Verdicts(targets) => {
                let mut ids: Vec<&str> = targets.keys().copied().collect();
                ids.sort_unstable();
                ids
            }
        }
    }

    /// The column of one id that [`Frame::find`] gave; `want` is the unit the scheme compares it in.
    pub(crate) fn column(
        &mut self,
        id: &str,
        read: Option<VerdictNumber>,
        method: Option<&str>,
        want: Wanted<'_>,
        path: &str,
    ) -> Result<Column, Finding> {
        let rows = self.rows();
        let column = match &self.source {
            #[cfg(feature = "robustness")]
            Source::None => return Ok(Column { values: Arc::new(vec![f64::NAN; rows]), ..Column::default() }),
            Source::Table(table) => {
                let Some(numbers) = table.columns.get(id) else {
                    return Ok(Column { values: Arc::new(vec![f64::NAN; rows]), ..Column::default() });
                };
                let Numbers { values, decimals, unit } = numbers;
                let mut column = Column { values: values.clone(), decimals: decimals.clone(), ..Column::default() };
                let factor = want.factor(unit.as_ref(), id).map_err(|finding| finding.at(path))?;
                if factor != Exact::one() {
                    column.scale(&factor);
                }
                column
            }
            Source::Panel { panel, areas, periods } => {
                panel_column(panel, areas, periods, self.areas.len(), rows, id, want, &mut self.findings)
                    .map_err(|finding| finding.at(path))?
            }
            Source::Verdicts(targets) => verdict_column(targets, self.plan, id, read, method, rows, path)?,
        };
        Ok(column)
    }

    /// Whether a column holds words, which are groups and no numbers.
    pub(crate) fn has_words(&self, id: &str) -> bool {
        matches!(&self.source, Source::Table(table) if table.words.contains_key(id))
    }

    /// The group of every row: by a column of words, or by the areas of scheme and plan.
    pub(crate) fn groups(&mut self, by: Option<&str>, declared: &[&indexmap::IndexMap<String, Area>]) -> Vec<Option<String>> {
        if let Source::Table(table) = &self.source
            && let Some(words) = by.and_then(|by| table.words.get(by))
        {
            return words.iter().map(|word| (!word.is_empty()).then(|| word.clone())).collect();
        }
        if let Some(by) = by {
            let by = shorten(by);
            self.findings.push(
                Finding::new(Code::GroupUnknown, msg!("the data have no column of words `{by}`", "数据中没有文字列`{by}`"))
                    .help(msg!("name a column of the table under `group`", "请在`group`中写表中的列")),
            );
        }
        let mut unknown = Vec::new();
        let mut group = |area: &String| {
            let declared = declared.iter().find_map(|areas| areas.get(area));
            let groups: &[crate::document::Id] = declared.map_or(&[], |area| &area.groups);
            match groups {
                [one] => Some(one.as_str().to_owned()),
                _ => {
                    unknown.push(shorten(area));
                    None
                }
            }
        };
        let by_area: Vec<Option<String>> = self.areas.iter().map(&mut group).collect();
        if !unknown.is_empty() {
            let count = unknown.len();
            unknown.truncate(5);
            let shown = unknown.join("`, `");
            self.findings.push(
                Finding::new(
                    Code::GroupUnknown,
                    msg!("{count} areas are not in exactly one group, such as `{shown}`", "{count}个地区不属于恰好一个分组,如`{shown}`"),
                )
                .help(msg!(
                    "add a column of words and name it with `group`, or declare `groups` of `areas`",
                    "请加一列分组名称并用`group`指明,或在`areas`中写`groups`"
                )),
            );
        }
        (0..self.periods.len()).flat_map(|_| by_area.iter().cloned()).collect()
    }
}

fn verdict_column(
    targets: &HashMap<&str, Vec<Judged<'_>>>,
    plan: Option<&Plan>,
    id: &str,
    read: Option<VerdictNumber>,
    method: Option<&str>,
    rows: usize,
    path: &str,
) -> Result<Column, Finding> {
    let Some(read) = read else {
        let help = msg!(
            "add `read:` with `ratio`, `closed`, `score`, `met` or `value`",
            "请写`read:`,取`ratio`、`closed`、`score`、`met`或`value`"
        );
        return Err(Finding::new(
            Code::ReadMissing,
            msg!("nothing says which number of a verdict is scored", "没有说明判定的哪个数参与计分"),
        )
        .at(path)
        .help(help));
    };
    let judged: &[Judged<'_>] = targets.get(id).map_or(&[], Vec::as_slice);
    let fits: Vec<&Judged<'_>> = judged.iter().filter(|judged| method.is_none() || judged.method == method).collect();
    let [judged] = fits.as_slice() else {
        let known: Vec<&str> = judged.iter().filter_map(|judged| judged.method).collect();
        let known = known.join(", ");
        let help = msg!("name one that was asked for with `method`: {known}", "请用`method`指明评估所用的一种方法:{known}");
        let (count, asked) = (fits.len(), method.unwrap_or_default());
        let finding = match count {
            0 => Finding::new(Code::UnknownVerdict, msg!("there is no verdict on `{id}` by `{asked}`", "`{id}`没有按`{asked}`的判定")),
            _ => Finding::new(
                Code::AmbiguousVerdict,
                msg!("there are verdicts on `{id}` by {count} methods", "`{id}`有按{count}种方法的判定"),
            ),
        };
        return Err(finding.at(path).help(help));
    };
    let declared = plan.and_then(|plan| plan.document().targets.get(id));
    let nature = declared.and_then(|target| target.nature).or(plan.and_then(|plan| plan.document().defaults.as_ref()?.nature));
    let due = plan.and_then(|plan| {
        let target = plan.document().targets.get(id)?;
        let defaults = plan.document().defaults.as_ref();
        let own = [&target.by, &target.during, &target.each].into_iter().flatten().next();
        let inherited = defaults.and_then(|defaults| [&defaults.by, &defaults.during, &defaults.each].into_iter().flatten().next());
        own.or(inherited)?.end()
    });
    let (mut values, mut decimals, mut known) = (vec![f64::NAN; rows], vec![Decimal::ZERO; rows], vec![None; rows]);
    for (row, attained) in judged.rows.iter().enumerate() {
        let Some(attained) = attained else { continue };
        let met = match attained.state {
            State::Met => Some(true),
            State::NotMet => Some(false),
            State::Pending | State::NotEvaluable => None,
        };
        // A due period without a value has no number: what other periods say is no answer for it.
        let absent = attained.state == State::NotEvaluable
            && !matches!(
                attained.reason,
                Some(
                    Reason::UndecidedDigits | Reason::ValueInexact | Reason::AmbiguousReading | Reason::NoDeadline | Reason::PeriodUnknown
                )
            );
        let value = match read {
            VerdictNumber::Value | VerdictNumber::Ratio | VerdictNumber::Closed if absent => None,
            VerdictNumber::Value => attained.value.map(|value| Exact::from(value).to_f64()),
            VerdictNumber::Ratio => attained.ratio,
            VerdictNumber::Closed => attained.closed,
            VerdictNumber::Score => attained.score,
            VerdictNumber::Scale => attained.scale.map(steps),
            VerdictNumber::Met => met.map(|met| f64::from(u8::from(met))),
        };
        values[row] = value.filter(|value| value.is_finite()).unwrap_or(f64::NAN);
        decimals[row] = attained.value.unwrap_or_default();
        // A method that calls a target achieved says so in its category, before the deadline too.
        let achieved = attained.scale == Some(Scale::Done);
        known[row] = if achieved && met.is_none() { Some(true) } else { met };
    }
    Ok(Column {
        values: Arc::new(values),
        decimals: (read == VerdictNumber::Value).then(|| Arc::new(decimals)),
        met: Some(known),
        due: Some(vec![due; rows]),
        carried: None,
        nature,
    })
}

/// The steps of the common scale from the worst up.
fn steps(scale: Scale) -> f64 {
    match scale {
        Scale::Done => 4.0,
        Scale::OnTrack => 3.0,
        Scale::Near => 2.0,
        Scale::Behind => 1.0,
        Scale::Away => 0.0,
    }
}

#[allow(clippy::too_many_arguments)]
fn panel_column(
    panel: &Panel,
    areas: &HashMap<u32, usize>,
    periods: &HashMap<Point, usize>,
    width: usize,
    rows: usize,
    id: &str,
    want: Wanted<'_>,
    findings: &mut Findings,
) -> Result<Column, Finding> {
    let (mut values, mut decimals, mut fits) = (vec![f64::NAN; rows], vec![Decimal::ZERO; rows], true);
    let column =
        |values, decimals: Option<Vec<Decimal>>| Column { values: Arc::new(values), decimals: decimals.map(Arc::new), ..Column::default() };
    let Some(indicator) = panel.indicators.find(id) else { return Ok(column(values, None)) };
    let own = || panel.series_of(indicator).filter(|(key, _)| key.breakdown.is_none());
    let mut calibers: Vec<Option<u32>> = own().map(|(key, _)| key.caliber).collect();
    calibers.sort_unstable();
    calibers.dedup();
    if calibers.len() > 1 {
        let labels: Vec<&str> = calibers.iter().map(|caliber| caliber.map_or("", |label| panel.labels.name(label))).collect();
        let labels = labels.join("`, `");
        findings.push(
            Finding::new(
                Code::CaliberUnfit,
                msg!("`{id}` has values of several calibers, `{labels}`; none is used", "`{id}`有多种口径`{labels}`,均未使用"),
            )
            .help(msg!("score a panel of one caliber", "请只用一种口径的面板数据")),
        );
        return Ok(column(values, None));
    }
    let mut unfit = false;
    let mut units: Vec<Option<u32>> = Vec::new();
    for (key, points) in own() {
        let Some(area) = areas.get(&key.area) else { continue };
        for point in latest(&points) {
            let Some(period) = point.period().as_point().and_then(|period| periods.get(&period)) else { continue };
            let usable = !point.conflict && !matches!(point.is, ValueIs::Forecast | ValueIs::Masked);
            let number = match &point.reading {
                Reading::Number(number) if usable => Exact::from(*number) * point.scale(),
                Reading::Word(word) if usable && word == "yes" => Exact::one(),
                Reading::Word(word) if usable && word == "no" => Exact::zero(),
                _ => continue,
            };
            if !units.contains(&point.unit) {
                units.push(point.unit);
            }
            let own = point.unit.and_then(|unit| panel.units.get(unit as usize));
            let number = match (want.factor(own, id), want.unit) {
                (Ok(factor), _) => number * factor,
                // Single values of another unit are missing, and said to be.
                (Err(_), Some(_)) if own.is_some() => {
                    unfit = true;
                    continue;
                }
                (Err(finding), _) => return Err(finding),
            };
            let row = period * width + area;
            values[row] = number.to_f64();
            match number.to_decimal() {
                Some(decimal) => decimals[row] = decimal,
                None => fits = false,
            }
        }
    }
    // Without a unit to convert to, values of different units are not comparable.
    let several = want.unit.is_none() && units.len() > 1;
    if unfit || several {
        let message = match want.unit.map(Unit::as_str) {
            Some(want) => msg!("values of `{id}` are in units that do not convert to `{want}`", "`{id}`的部分值单位不能换算为`{want}`"),
            None => msg!("values of `{id}` are in several units; none is used", "`{id}`的值单位不一,均未使用"),
        };
        findings.push(
            Finding::new(Code::UnitUnfit, message)
                .help(msg!("declare the unit under `indicators` of the scheme", "请在计分办法的`indicators`中写明单位")),
        );
        if several {
            values.fill(f64::NAN);
        }
    }
    Ok(column(values, fits.then_some(decimals)))
}

/// The last vintage of every period; points stand in the order of periods, then vintages.
fn latest(points: &[Observation]) -> impl Iterator<Item = &Observation> {
    points
        .iter()
        .enumerate()
        .filter(|(index, point)| points.get(index + 1).is_none_or(|next| next.days() != point.days()))
        .map(|(_, point)| point)
}
