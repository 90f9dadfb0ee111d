//! The pace of one series, without a plan.

use super::{Facts, Method, variance};
use crate::column::Cell;
use crate::error::Error;
use crate::finding::{Code, Finding};
use crate::number::Exact;
use crate::panel::{Reading, StatusSet, read_value};
use crate::period::Point;
use crate::plan::{CompareWord, Direction, Kind, Measure, Schedule, Toward, ValueIs};
use crate::text::{msg, shorten};
use crate::trace::{NoTrace, Recorder, Step, Trace};
use crate::verdict::{Case, Form, Measured, Pace, Reason, State, Test, Threshold, Value};

/// A method by its id, or one of one's own.
#[derive(Clone, Debug)]
pub struct MethodChoice(Result<Method, Vec<Finding>>);

impl MethodChoice {
    pub(crate) fn into_method(self) -> Result<Method, Vec<Finding>> {
        self.0
    }
}

impl From<&str> for MethodChoice {
    fn from(id: &str) -> Self {
        Self(Method::read(id))
    }
}

impl From<&String> for MethodChoice {
    fn from(id: &String) -> Self {
        Self(Method::read(id))
    }
}

impl From<String> for MethodChoice {
    fn from(id: String) -> Self {
        Self(Method::read(&id))
    }
}

impl From<Method> for MethodChoice {
    fn from(method: Method) -> Self {
        Self(Ok(method))
    }
}

impl From<&Method> for MethodChoice {
    fn from(method: &Method) -> Self {
        Self(Ok(method.clone()))
    }
}

/// One series with its target, for [`pace`].
///
/// Values and periods are given as numbers or text, as in a table. All values are in one unit.
///
/// ```
/// use attainment::{Direction, Scale, Series, pace};
///
/// // Canada's poverty rate, to be halved by 2030 (Statistics Canada, published row 1-2-1).
/// let poverty = Series::new("statcan-2025", Direction::Decrease).points([(2015, 14.5), (2023, 10.2)]).target(2030, 7.25);
/// let on_track = pace(&poverty)?;
/// assert_eq!(on_track.category.as_deref(), Some("substantial_progress"));
/// assert_eq!(on_track.scale, Some(Scale::OnTrack));
/// assert!((on_track.value.unwrap() - 0.9525901792032172).abs() < 1e-12);
/// # Ok::<(), attainment::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Series {
    method: MethodChoice,
    direction: Direction,
    points: Vec<(Cell, Cell, String)>,
    target: Ask,
    baseline: Option<Cell>,
    kind: Option<Kind>,
    percent: bool,
    marks: Vec<(String, Cell)>,
    peers: Vec<Cell>,
    typical_path: Vec<(Cell, Cell)>,
    schedules: Vec<Schedule>,
}

/// What is asked of the values.
#[derive(Clone, Debug)]
enum Ask {
    Direction,
    By(Cell, Cell),
    ByWithin(Cell, Cell, Cell),
    Each(Cell),
    EachWithin(Cell, Cell),
}

impl Series {
    /// No observations yet, and no target but the direction.
    pub fn new(method: impl Into<MethodChoice>, direction: Direction) -> Self {
        Self {
            method: method.into(),
            direction,
            points: Vec::new(),
            target: Ask::Direction,
            baseline: None,
            kind: None,
            percent: false,
            marks: Vec::new(),
            peers: Vec::new(),
            typical_path: Vec::new(),
            schedules: Vec::new(),
        }
    }

    /// Adds observations: periods with their values.
    #[must_use]
    pub fn points<P: Into<Cell>, V: Into<Cell>>(mut self, points: impl IntoIterator<Item = (P, V)>) -> Self {
        self.points.extend(points.into_iter().map(|(period, value)| (period.into(), value.into(), String::new())));
        self
    }

    /// Adds an observation with a status of SDMX, such as `B` for a break or `F` for a forecast.
    #[must_use]
    pub fn point(mut self, period: impl Into<Cell>, value: impl Into<Cell>, status: &str) -> Self {
        self.points.push((period.into(), value.into(), status.to_owned()));
        self
    }

    /// A value to reach, in the desired direction, by the end of a period.
    #[must_use]
    pub fn target(mut self, by: impl Into<Cell>, value: impl Into<Cell>) -> Self {
        self.target = Ask::By(by.into(), value.into());
        self
    }

    /// An interval to be within by the end of a period.
    #[must_use]
    pub fn target_within(mut self, by: impl Into<Cell>, low: impl Into<Cell>, high: impl Into<Cell>) -> Self {
        self.target = Ask::ByWithin(by.into(), low.into(), high.into());
        self
    }

    /// A value that is to hold in every period.
    #[must_use]
    pub fn target_each(mut self, value: impl Into<Cell>) -> Self {
        self.target = Ask::Each(value.into());
        self
    }

    /// An interval that is to hold in every period.
    #[must_use]
    pub fn target_each_within(mut self, low: impl Into<Cell>, high: impl Into<Cell>) -> Self {
        self.target = Ask::EachWithin(low.into(), high.into());
        self
    }

    /// The base period. Methods that publish one take theirs where it is left out.
    #[must_use]
    pub fn baseline(mut self, period: impl Into<Cell>) -> Self {
        self.baseline = Some(period.into());
        self
    }

    /// The natural limit of the indicator, the same as the mark `limit`.
    #[must_use]
    pub fn limit(self, value: impl Into<Cell>) -> Self {
        self.mark("limit", value)
    }

    /// A mark of the indicator: `limit`, `worst`, `red`, `green`, `best`.
    #[must_use]
    pub fn mark(mut self, name: &str, value: impl Into<Cell>) -> Self {
        self.marks.push((name.to_owned(), value.into()));
        self
    }

    /// The values of the peers, for a distance in their standard deviation.
    #[must_use]
    pub fn peers<V: Into<Cell>>(mut self, values: impl IntoIterator<Item = V>) -> Self {
        self.peers.extend(values.into_iter().map(Into::into));
        self
    }

    /// Years on the path that values have typically taken, with their values.
    #[must_use]
    pub fn typical_path<P: Into<Cell>, V: Into<Cell>>(mut self, points: impl IntoIterator<Item = (P, V)>) -> Self {
        self.typical_path.extend(points.into_iter().map(|(time, value)| (time.into(), value.into())));
        self
    }

    /// What sort of number it is; `growth` and `yes_no` are judged otherwise by some methods.
    #[must_use]
    pub fn kind(mut self, kind: Kind) -> Self {
        self.kind = Some(kind);
        self
    }

    /// The values are percentages, which some methods treat apart near 0 and 100.
    #[must_use]
    pub fn percent(mut self) -> Self {
        self.percent = true;
        self
    }

    /// Adds a schedule for methods of the plan clock; straight where there is none.
    #[must_use]
    pub fn schedule(mut self, schedule: impl Into<Schedule>) -> Self {
        self.schedules.push(schedule.into());
        self
    }

    fn read(&self) -> Result<Read, Error> {
        let mut reader = Reader { findings: Vec::new(), first_year: false };
        let method = self.method.clone().into_method();
        let method = method.map_err(|findings| reader.findings.extend(findings)).ok();
        reader.first_year = method.as_ref().is_some_and(Method::counts_first_year);
        let history = reader.history(self);
        let test_and_deadline = reader.test(self);
        let start = self.baseline.as_ref().map(|cell| reader.point(cell, "baseline"));
        let marks: Vec<_> = self.marks.iter().map(|(name, cell)| (name.clone(), reader.number(cell, name))).collect();
        let peers: Vec<_> = self.peers.iter().map(|cell| reader.number(cell, "peers")).collect();
        let path: Vec<_> =
            self.typical_path.iter().map(|(t, v)| (reader.number(t, "typical_path"), reader.number(v, "typical_path"))).collect();
        let (Some(method), Some((test, form, deadline)), true) = (method, test_and_deadline, reader.findings.is_empty()) else {
            return Err(Error::Assess(reader.findings));
        };
        let start = start.flatten();
        let known = Known {
            kind: self.kind,
            percent: self.percent,
            marks: marks.into_iter().filter_map(|(name, value)| Some((name, value?))).collect(),
            peers: peers.into_iter().flatten().collect(),
            path: path.into_iter().filter_map(|(time, value)| time.zip(value)).collect(),
        };
        Ok(Read { method, case: case_of(history, test, form, start, deadline, matches!(self.target, Ask::Direction)), known })
    }

    /// The steps by which its pace comes about.
    pub(crate) fn steps(&self) -> Result<(Pace, Vec<Step>), Error> {
        let read = self.read()?;
        let mut recorder = Recorder::default();
        let pace = read.judge(&self.schedules, &mut recorder);
        Ok((pace, recorder.into_steps()))
    }
}

/// The pace of one series: method, category, common scale, value and score.
///
/// What cannot be answered has no category and a [reason](Pace::reason). See
/// [`Series::explain`] for the steps.
///
/// # Errors
///
/// [`Error::Assess`] for what is no method, number or period, and for two values of one period, with
/// every problem.
///
/// ```
/// use attainment::{Direction, PaceReason, Reason, Series, pace};
/// let series = Series::new("destatis-2023", Direction::Increase).points([(2022, 41), (2023, 42)]).target(2030, 50);
/// assert_eq!(pace(&series)?.reason, Some(PaceReason::NotEvaluable(Reason::TooFewPoints)));
/// assert!(pace(&series.point("soon", 43, "")).is_err());
/// # Ok::<(), attainment::Error>(())
/// ```
pub fn pace(series: &Series) -> Result<Pace, Error> {
    Ok(series.read()?.judge(&series.schedules, &mut NoTrace))
}

struct Read {
    method: Method,
    case: Case,
    known: Known,
}

impl Read {
    fn judge<T: Trace>(&self, schedules: &[Schedule], trace: &mut T) -> Pace {
        let reason = (self.case.state == State::NotEvaluable).then_some(Reason::NoObservationAtDeadline);
        self.method.judge(Some(&self.case), reason, &self.known, schedules, trace)
    }
}

/// The series as a case, the same that a plan's target makes.
fn case_of(
    history: Vec<(Point, Exact, bool)>,
    test: Test,
    form: Form,
    start: Option<Point>,
    deadline: Option<Point>,
    is_trend: bool,
) -> Case {
    let at = |point: Point| history.iter().find(|(at, ..)| at.last_day() == point.last_day()).map(|(_, value, _)| value.clone());
    let base = start.and_then(at);
    let usable = history.iter().rev().find(|(at, ..)| deadline.is_none_or(|end| at.last_day() <= end.last_day()));
    let holds = |value: &Exact| test.holds(&Value::exact(value.clone()));
    let now = usable.filter(|(at, ..)| start.is_none_or(|start| at.last_day() > start.last_day()));
    let latest = history.last();
    let is_due = deadline.is_some_and(|end| latest.is_some_and(|(at, ..)| at.last_day() >= end.last_day()));
    let state = match deadline.filter(|_| is_due && !is_trend).map(at) {
        None => State::Pending,
        Some(None) => State::NotEvaluable,
        Some(Some(value)) if holds(&value) == Some(true) => State::Met,
        Some(Some(_)) => State::NotMet,
    };
    Case {
        measure: if is_trend { Measure::Change } else { Measure::Level },
        form,
        start,
        deadline,
        now: now.map(|(at, value, _)| Measured::plain(value.clone(), *at)),
        state,
        holds_now: latest.filter(|_| !is_trend && now.is_some()).and_then(|(_, value, _)| holds(value)),
        maintenance: !is_trend && form == Form::Dated && base.as_ref().is_some_and(|base| holds(base) == Some(true)),
        base,
        test,
        history,
        on_declared_baseline: None,
    }
}

/// What the host knows of the indicator.
struct Known {
    kind: Option<Kind>,
    percent: bool,
    marks: Vec<(String, Exact)>,
    peers: Vec<Exact>,
    path: Vec<(Exact, Exact)>,
}

impl Facts for Known {
    fn kind(&self) -> Option<Kind> {
        self.kind
    }

    fn is_percent(&self) -> bool {
        self.percent
    }

    fn mark(&self, name: &str, _: Point) -> Result<Exact, Reason> {
        self.marks.iter().find(|(mark, _)| mark == name).map(|(_, value)| value.clone()).ok_or(Reason::NoMark)
    }

    fn variance(&self, _: Option<&str>, _: Point) -> Result<Exact, Reason> {
        variance(&self.peers)
    }

    fn typical_path(&self) -> Result<Vec<(Exact, Exact)>, Reason> {
        Ok(self.path.clone())
    }
}

/// Reads cells and keeps what is wrong with them.
struct Reader {
    findings: Vec<Finding>,
    /// Whether `2015-16` is 2015.
    first_year: bool,
}

impl Reader {
    fn point(&mut self, cell: &Cell, name: &str) -> Option<Point> {
        let first = self.first_year.then(|| first_of_two_years(&cell.text())).flatten();
        let point = first.or_else(|| cell.period().ok().and_then(|period| period.end()));
        if point.is_none() {
            let text = cell.text();
            let shown = shorten(&text);
            self.findings.push(
                Finding::new(Code::BadPeriod, msg!("`{shown}` is not a period for `{name}`", "`{shown}`不能作为`{name}`的期"))
                    .help(msg!("give a period such as `2023` or `2023-06`", "请给出期,如`2023`或`2023-06`")),
            );
        }
        point
    }

    fn number(&mut self, cell: &Cell, name: &str) -> Option<Exact> {
        let read = read_value(cell).ok().filter(|value| value.unit.is_none()).map(|value| value.reading);
        match read {
            Some(Reading::Number(number)) => Some(Exact::from(number)),
            Some(Reading::Word(word)) if matches!(word.as_str(), "yes" | "no") => Some(Exact::from(i64::from(word == "yes"))),
            _ => {
                let text = cell.text();
                let shown = shorten(&text);
                self.findings.push(
                    Finding::new(Code::BadNumber, msg!("`{shown}` is not a number for `{name}`", "`{shown}`不能作为`{name}`的数值"))
                        .help(msg!("write digits alone, such as `2` or `0.5`", "请只写数字,如`2`或`0.5`")),
                );
                None
            }
        }
    }

    /// The usable points in order. Missing, masked and forecast values are left out.
    fn history(&mut self, series: &Series) -> Vec<(Point, Exact, bool)> {
        let mut history = Vec::with_capacity(series.points.len());
        for (period, value, status) in &series.points {
            let Some(at) = self.point(period, "points") else { continue };
            let known = match read_value(value) {
                Ok(read) if matches!(read.is, ValueIs::Masked | ValueIs::Forecast) => None,
                Ok(read) if read.reading == Reading::Missing => None,
                _ => self.number(value, "points"),
            };
            let (status, unknown) = StatusSet::parse(status);
            if !unknown.is_empty() {
                self.findings.push(
                    Finding::new(
                        Code::UnknownStatus,
                        msg!("`{unknown}` is not an SDMX observation status", "`{unknown}`不是SDMX观测状态码"),
                    )
                    .help(msg!("write a code such as `P`, `E`, `B` or `F`", "请写状态码,如`P`、`E`、`B`或`F`")),
                );
            }
            let Some(value) = known.filter(|_| !status.contains('F') && !status.says_missing()) else { continue };
            history.push((at, value, status.contains('B')));
        }
        history.sort_by_key(|(at, ..)| at.last_day());
        for pair in history.windows(2).filter(|pair| pair[0].0.last_day() == pair[1].0.last_day()) {
            let at = pair[1].0;
            self.findings.push(
                Finding::new(Code::ConflictingObservation, msg!("`{at}` has two values", "`{at}`有两个值"))
                    .help(msg!("give one value for each period", "每期请只给一个值")),
            );
        }
        history
    }

    fn test(&mut self, series: &Series) -> Option<(Test, Form, Option<Point>)> {
        let test = |word, bound, bound_max: Option<Exact>| Test {
            word,
            toward: Toward::new(word, Some(series.direction), Measure::Level),
            bound: Value::exact(bound),
            bound_max: bound_max.map(Value::exact),
            tolerance: None,
            step: None,
            threshold: Threshold::Exact,
            bound_is_factor: false,
        };
        match &series.target {
            Ask::Direction => Some((test(CompareWord::Reach, Exact::zero(), None), Form::Dated, None)),
            Ask::By(by, value) => {
                let (by, value) = (self.point(by, "target"), self.number(value, "target"));
                // A value to stay at is a point that is come near to from either side.
                let word = if series.direction == Direction::Within { CompareWord::Equals } else { CompareWord::Reach };
                Some((test(word, value?, None), Form::Dated, Some(by?)))
            }
            Ask::Each(value) => Some((test(CompareWord::Reach, self.number(value, "target")?, None), Form::Each, None)),
            Ask::ByWithin(by, low, high) => {
                let (by, ends) = (self.point(by, "target"), self.ends(low, high));
                let (low, high) = ends?;
                Some((test(CompareWord::Within, low, Some(high)), Form::Dated, Some(by?)))
            }
            Ask::EachWithin(low, high) => {
                let (low, high) = self.ends(low, high)?;
                Some((test(CompareWord::Within, low, Some(high)), Form::Each, None))
            }
        }
    }

    fn ends(&mut self, low: &Cell, high: &Cell) -> Option<(Exact, Exact)> {
        let (low, high) = (self.number(low, "target"), self.number(high, "target"));
        let (low, high) = (low?, high?);
        if low > high {
            self.findings.push(
                Finding::new(Code::IntervalReversed, msg!("the interval {low} to {high} runs the wrong way", "区间{low}至{high}颠倒"))
                    .help(msg!("write the lower end first", "请先写较小的一端")),
            );
            return None;
        }
        Some((low, high))
    }
}

/// The first of two years that follow each other: `2015-16`, `2015/16`, `2015/2016`.
fn first_of_two_years(text: &str) -> Option<Point> {
    let (first, second) = text.split_once(['-', '/', '–'])?;
    let year = first.parse::<i32>().ok().filter(|_| first.len() == 4)?;
    let next = (year + 1).to_string();
    (second == next || (second.len() == 2 && next.ends_with(second))).then(|| Point::year(year))
}
