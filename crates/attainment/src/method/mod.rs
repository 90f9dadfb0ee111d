//! Methods: published rules for whether a target is on pace.

mod cn_midterm;
mod destatis;
mod document;
mod escap;
mod eurostat;
mod gauge;
mod info;
mod istat;
mod linear;
mod mof;
mod oecd;
mod parameters;
mod plain;
mod rulebook;
mod schedule;
mod sdsn;
mod series;
mod sight;
mod statcan;
mod unsd;
mod worldbank;

use std::sync::{Arc, LazyLock};

pub use document::{ClassDocument, CutDocument, IntervalRule, MethodDocument, RulesDocument};
pub use gauge::Gauge;
pub use info::{Exactness, MethodInfo, Need, Verified};
use parameters::Parameters;
use parameters::{PARAMETERS, UNVERIFIED_PARAMETERS, UNVERIFIED_WINDOW_PARAMETERS, WINDOW_PARAMETERS};
pub(crate) use plain::{PlainClass, PlainMethod, PlainPace, Way};
use rulebook::{Class, Rulebook, class};
pub(crate) use schedule::Clock;
pub use series::{MethodChoice, Series, pace};

use crate::finding::{Code, Finding};
use crate::number::Exact;
use crate::period::Point;
use crate::plan::{Kind, Measure, Schedule};
use crate::text::{Message, msg};
use crate::trace::{NoTrace, Step, Trace};
use crate::verdict::{Case, Effort, Form, Pace, PaceNote, PaceReason, Reason, Scale, ScheduledPace};

/// What a method may ask about an indicator besides its observations.
pub(crate) trait Facts {
    fn kind(&self) -> Option<Kind>;
    /// Whether its values are percentages.
    fn is_percent(&self) -> bool;
    /// A mark, given or read off the peers at a period.
    fn mark(&self, name: &str, at: Point) -> Result<Exact, Reason>;
    /// The variance, as of a sample, of the values of a group of areas at a period.
    fn variance(&self, group: Option<&str>, at: Point) -> Result<Exact, Reason>;
    /// Times and values of the path that values have typically taken.
    fn typical_path(&self) -> Result<Vec<(Exact, Exact)>, Reason>;
}

/// A method of pace with its parameters: a published one by its id, or one of one's own.
///
/// ```
/// use attainment::{Format, Method, pace, Direction, Scale, Series};
///
/// let published = Method::named("eurostat-2019?window=5")?;
/// let own = Method::parse("
/// attainment: 1
/// id: ministry-2026
/// with_target:
///   gauge: linear_ratio
///   cuts:
///     - { at_least: 1, word: 正常, scale: on_track }
///     - { at_least: 0.8, word: 预警, scale: near }
///   below: { word: 滞后, scale: behind }
/// ", Format::Yaml)?;
/// let series = Series::new(own, Direction::Increase).baseline(2020).points([(2020, 10), (2023, 15)]).target(2025, 20);
/// let pace = pace(&series)?;
/// assert_eq!((pace.category.as_deref(), pace.scale), (Some("预警"), Some(Scale::Near)));
/// # Ok::<(), attainment::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Method {
    /// As it was asked for.
    id: String,
    /// What is published of it; nothing of a method of one's own.
    info: Option<&'static MethodInfo>,
    rule: Rule,
    parameters: Parameters,
}

#[derive(Clone, Debug, PartialEq)]
enum Rule {
    /// Cuts on a gauge.
    Book(Arc<Rulebook>),
    Linear,
    CnMidterm,
    Destatis,
    Escap,
    Sdsn,
    Oecd,
    WorldBank,
    Mof,
}

static RULES: LazyLock<Vec<(&'static MethodInfo, Rule)>> = LazyLock::new(|| {
    let book = |book: Rulebook| Rule::Book(Arc::new(book));
    vec![
        (&linear::INFO, Rule::Linear),
        (&cn_midterm::INFO, Rule::CnMidterm),
        (&mof::INFO, Rule::Mof),
        (&destatis::INFO, Rule::Destatis),
        (&statcan::INFO, book(statcan::rulebook())),
        (&eurostat::INFO_2019, book(eurostat::rulebook_2019())),
        (&eurostat::INFO_2025, book(eurostat::rulebook_2025())),
        (&unsd::INFO, book(unsd::rulebook())),
        (&unsd::INFO_2022, book(unsd::rulebook_2022())),
        (&escap::INFO, Rule::Escap),
        (&sdsn::INFO, Rule::Sdsn),
        (&oecd::INFO, Rule::Oecd),
        (&worldbank::INFO, Rule::WorldBank),
        (&istat::INFO, book(istat::rulebook())),
        (&istat::MONET, book(istat::monet())),
    ]
});

/// The methods there are, with their sources.
///
/// ```
/// use attainment::{Verified, methods};
/// let statcan = methods().into_iter().find(|method| method.id == "statcan-2025").unwrap();
/// assert_eq!(statcan.verified, Verified::Reproduced(175));
/// ```
pub fn methods() -> Vec<&'static MethodInfo> {
    RULES.iter().map(|(info, _)| *info).collect()
}

impl Method {
    /// A published method by its id, with parameters as in `eurostat-2019?window=5`.
    ///
    /// # Errors
    ///
    /// [`Error::Assess`](crate::Error::Assess) for a method or parameter that there is not, and for an
    /// unverified method that is not asked for with `unverified=yes`.
    pub fn named(id: &str) -> Result<Self, crate::Error> {
        Self::read(id).map_err(crate::Error::Assess)
    }

    pub(crate) fn read(text: &str) -> Result<Self, Vec<Finding>> {
        let (name, query) = text.split_once('?').unwrap_or((text, ""));
        let Some((info, rule)) = RULES.iter().find(|(info, _)| info.id == name) else {
            let known: Vec<&str> = RULES.iter().map(|(info, _)| info.id).collect();
            let help = match crate::document::nearest_word(name, &known) {
                Some(near) => msg!("did you mean `{near}`?", "是否为`{near}`?"),
                None => msg!("known methods: {}", "可用的方法:{}", known.join(", ")),
            };
            return Err(vec![Finding::new(Code::UnknownMethod, msg!("there is no method `{name}`", "没有方法`{name}`")).help(help)]);
        };
        let parameters = Parameters::read(info, query)?;
        if info.verified == Verified::Unverified && !parameters.unverified {
            let message = msg!("`{name}` is not verified against its source", "`{name}`未与其来源核对");
            let help = msg!("ask for it as `{name}?unverified=yes` if you accept that", "如可接受,请写`{name}?unverified=yes`");
            return Err(vec![Finding::new(Code::UnverifiedMethod, message).help(help)]);
        }
        Ok(Self { id: text.to_owned(), info: Some(info), rule: rule.clone(), parameters })
    }

    /// Whether it compares with a group of areas.
    pub(crate) fn asks_a_group(&self) -> bool {
        self.parameters.among.is_some()
    }

    /// Its id, with parameters, as it was asked for.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The pace of a judged target.
    ///
    /// `planned` are the schedules the plan states for the target.
    pub(crate) fn judge<T: Trace>(
        &self,
        case: Option<&Case>,
        reason: Option<Reason>,
        facts: &dyn Facts,
        planned: &[Schedule],
        trace: &mut T,
    ) -> Pace {
        trace.open(|| {
            let (id, body) = (&self.id, self.info.map_or(String::new(), |info| format!(" ({})", info.body)));
            Step::new("method", Message { en: format!("method `{id}`{body}"), zh: format!("方法`{id}`") })
        });
        let mut pace = match case {
            None => Pace::none(&self.id, reason.map_or(PaceReason::NotApplicable, PaceReason::NotEvaluable)),
            Some(case) if !self.applies(case, facts.kind()) => Pace::none(&self.id, PaceReason::NotApplicable),
            Some(case) => self.on_schedules(case, reason, facts, planned, trace),
        };
        trace.step(|| category_step(&pace));
        if let Some(declared) = case.and_then(|case| case.on_declared_baseline.as_deref()) {
            let other = self.judge(Some(declared), reason, facts, planned, &mut NoTrace);
            let other = other.category.or(other.reason.map(|reason| reason.as_str().into()));
            pace.on_declared_baseline = other.filter(|other| Some(other) != pace.category.as_ref() && pace.category.is_some());
        }
        if let Some(word) = &pace.on_declared_baseline {
            trace.step(|| Step::new("declared_baseline", msg!("on the declared baseline: {word}", "按所列基期值：{word}")));
        }
        trace.close();
        pace
    }

    /// The answer on the first schedule, and beside it the classes on all where there are several.
    fn on_schedules<T: Trace>(&self, case: &Case, reason: Option<Reason>, facts: &dyn Facts, planned: &[Schedule], trace: &mut T) -> Pace {
        let own = self.parameters.schedules.as_slice();
        let schedules = if own.is_empty() { planned } else { own };
        let answer = |schedule: Option<&Schedule>, trace: &mut T| match self.answer(case, reason, facts, schedule, trace) {
            Ok(answer) => answer.pace(&self.id, case, facts.kind()),
            Err(reason) => Pace::none(&self.id, reason),
        };
        let takes_schedules = matches!(self.rule, Rule::Linear | Rule::CnMidterm);
        if schedules.len() < 2 || !takes_schedules {
            return answer(schedules.first(), trace);
        }
        let mut paces = Vec::with_capacity(schedules.len());
        for schedule in schedules {
            trace.open(|| Step::new("schedule", msg!("schedule `{}`", "进度安排`{}`", schedule.label())));
            paces.push(answer(Some(schedule), trace));
            trace.close();
        }
        let class = |(schedule, pace): (&Schedule, &Pace)| ScheduledPace {
            schedule: schedule.label().to_owned(),
            category: pace.category.clone(),
            scale: pace.scale,
            value: pace.value,
            reason: pace.reason,
        };
        let classes = schedules.iter().zip(&paces).map(class).collect();
        let mut first = paces.swap_remove(0);
        first.schedules = classes;
        first
    }

    fn answer<T: Trace>(
        &self,
        case: &Case,
        reason: Option<Reason>,
        facts: &dyn Facts,
        schedule: Option<&Schedule>,
        trace: &mut T,
    ) -> Result<Answer, PaceReason> {
        let parameters = &self.parameters;
        match &self.rule {
            Rule::Book(book) => rulebook::judge(book, case, facts, parameters, trace),
            Rule::Linear => linear::judge(case, facts, schedule, trace),
            Rule::CnMidterm => cn_midterm::judge(case, facts, reason, schedule, trace),
            Rule::Destatis => destatis::judge(case, trace),
            Rule::Escap => escap::judge(case, facts, parameters, trace),
            Rule::Sdsn => sdsn::judge(case, facts, trace),
            Rule::Oecd => oecd::judge(case, facts, parameters, trace),
            Rule::WorldBank => worldbank::judge(case, facts, parameters, trace),
            Rule::Mof => mof::judge(case, facts, parameters, trace),
        }
    }

    /// Whether a label over two years counts as its first.
    fn counts_first_year(&self) -> bool {
        matches!(&self.rule, Rule::Book(book) if book.first_year)
    }

    fn applies(&self, case: &Case, kind: Option<Kind>) -> bool {
        let when = match case.form {
            Form::Dated => "by",
            Form::Window => "during",
            Form::Each => "each",
        };
        let Some(info) = self.info else {
            // A method of one's own is a rulebook.
            let (accepts, trend) = (rulebook::ACCEPTS, rulebook::TREND);
            return !kind.is_some_and(|kind| rulebook::NUMBERS_ONLY.contains(&kind)) && has_case(accepts, trend, case, when);
        };
        !kind.is_some_and(|kind| info.not_for.contains(&kind))
            && has_case(info.accepts, info.trend, case, when)
            && (info.maintenance || !case.maintenance)
    }
}

/// Whether a level by a date is covered.
fn has_level(accepts: &[(Measure, &[&str])]) -> bool {
    accepts.iter().any(|(measure, times)| *measure == Measure::Level && times.contains(&"by"))
}

fn has_case(accepts: &[(Measure, &[&str])], trend: &[&str], case: &Case, when: &str) -> bool {
    if case.is_trend() {
        return trend.contains(&when);
    }
    accepts.iter().any(|(measure, times)| *measure == case.measure && times.contains(&when))
}

fn category_step(pace: &Pace) -> Step {
    let text = match (&pace.category, pace.scale, pace.reason) {
        (Some(word), Some(scale), _) => msg!("category: {word} ({scale})", "类别：{word}（{scale}）"),
        (_, _, Some(reason)) => {
            let reason = reason.message();
            Message { en: format!("no category: {}", reason.en), zh: format!("无类别：{}", reason.zh) }
        }
        _ => Message::default(),
    };
    Step::new("category", text)
}

/// The variance of a sample.
pub(crate) fn variance(values: &[Exact]) -> Result<Exact, Reason> {
    if values.len() < 2 {
        return Err(Reason::NoPeers);
    }
    let count = Exact::from(values.len() as i64);
    let mean = values.iter().cloned().sum::<Exact>() / &count;
    let squares: Exact = values.iter().map(|value| (value - &mean) * (value - &mean)).sum();
    let variance = squares / (count - Exact::one());
    if variance.is_zero() { Err(Reason::NoSpread) } else { Ok(variance) }
}

/// What a rule hands back; the rest is the same for all.
struct Answer {
    class: Class,
    value: Option<f64>,
    score: Option<f64>,
    notes: Vec<PaceNote>,
    clock: Option<Clock>,
    /// The base the clock starts with, where it is not the case's own.
    base: Option<Exact>,
    /// What the method's line expects at the latest observation.
    expected_now: Option<f64>,
    /// The year of arrival, where the method has its own.
    arrival: Option<f64>,
}

impl Answer {
    fn new(class: Class) -> Self {
        Self { class, value: None, score: None, notes: Vec::new(), clock: None, base: None, expected_now: None, arrival: None }
    }

    fn notes(mut self, notes: Vec<PaceNote>) -> Self {
        self.notes = notes;
        self
    }

    /// The clock with the base it starts with.
    fn clock(mut self, clock: Option<(Clock, Exact)>) -> Self {
        if let Some((clock, base)) = clock {
            (self.clock, self.base) = (Some(clock), Some(base));
        }
        self
    }

    fn pace(self, method: &str, case: &Case, kind: Option<Kind>) -> Pace {
        let mut pace = Pace::none(method, PaceReason::NotApplicable).category(self.class.word, self.class.scale);
        (pace.value, pace.score, pace.notes) = (self.value, self.score, self.notes);
        if let Some(clock) = &self.clock {
            pace.early = clock.elapsed < Exact::ratio(1, 5);
            pace.expected_now = self.expected_now;
            let base = self.base.as_ref().or(case.base.as_ref());
            let Effort { required, actual, projected, catch_up, arrival, .. } = Effort::new(case, kind, base, Some(clock.years.to_f64()));
            (pace.required, pace.actual, pace.projected) = (required, actual, projected);
            (pace.catch_up, pace.arrival) = (catch_up, arrival);
        }
        pace.arrival = self.arrival.or(pace.arrival);
        pace
    }
}
