//! Methods: published rules for whether a target is on pace.

mod cn_midterm;
mod destatis;
mod linear;
mod schedule;

pub(crate) use schedule::Clock;

use crate::finding::{Code, Finding};
use crate::number::Exact;
use crate::period::Point;
use crate::plan::{Measure, Schedule};
use crate::text::{Message, msg};
use crate::trace::{NoTrace, Step, Trace};
use crate::verdict::{Case, Form, Pace, PaceReason, Reason, Scale};

/// How sure it is that a method is what was published.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verified {
    /// So many published verdicts were reproduced.
    Reproduced(u32),
    /// The primary source was read.
    Primary,
    /// Only a secondary source was read.
    Secondary,
    /// A rule of this project.
    Own,
}

/// What there is to know about a method.
///
/// ```
/// use attainment::{Scale, methods};
/// let linear = methods().into_iter().find(|method| method.id == "linear").unwrap();
/// assert!(linear.categories.contains(&("behind", Scale::Behind)));
/// assert!(linear.when.contains(&"by"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MethodInfo {
    /// Name and version, as in `assess`.
    pub id: &'static str,
    /// Who published it.
    pub body: &'static str,
    /// Where.
    pub source: &'static str,
    /// What the number of a pace is.
    pub value: &'static str,
    /// Its categories, best first, with their place on the common scale.
    pub categories: &'static [(&'static str, Scale)],
    /// Which measures it has a case for.
    pub measures: &'static [Measure],
    /// Which times it has a case for: `by`, `during`, `each`.
    pub when: &'static [&'static str],
    /// Whether it has a case for a target whose baseline satisfies the bound already.
    pub maintenance: bool,
    /// What it needs.
    pub needs: &'static [&'static str],
    /// The parameters it takes, as in `linear?schedule=compound`.
    pub parameters: &'static [&'static str],
    /// How sure it is.
    pub verified: Verified,
}

/// A method with its parameters.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Method {
    /// As it was asked for.
    pub(crate) id: String,
    rule: Rule,
    /// A schedule that replaces the plan's.
    schedule: Option<Schedule>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    Linear,
    CnMidterm,
    Destatis,
}

const RULES: &[(Rule, &MethodInfo)] =
    &[(Rule::Linear, &linear::INFO), (Rule::CnMidterm, &cn_midterm::INFO), (Rule::Destatis, &destatis::INFO)];

/// The methods there are, with their sources.
///
/// ```
/// let ids: Vec<_> = attainment::methods().iter().map(|method| method.id).collect();
/// assert_eq!(ids, ["linear", "cn-midterm-10pp", "destatis-2023"]);
/// ```
pub fn methods() -> Vec<&'static MethodInfo> {
    RULES.iter().map(|(_, info)| *info).collect()
}

impl Method {
    /// Reads `name` or `name?key=value&key=value`.
    pub(crate) fn parse(text: &str) -> Result<Self, Finding> {
        let (name, query) = text.split_once('?').unwrap_or((text, ""));
        let Some((rule, info)) = RULES.iter().find(|(_, info)| info.id == name) else {
            let known: Vec<&str> = RULES.iter().map(|(_, info)| info.id).collect();
            let help = match crate::document::nearest_word(name, &known) {
                Some(near) => msg!("did you mean `{near}`?", "是否为`{near}`?"),
                None => msg!("known methods: {}", "可用的方法:{}", known.join(", ")),
            };
            return Err(Finding::new(Code::UnknownMethod, msg!("there is no method `{name}`", "没有方法`{name}`")).help(help));
        };
        let mut schedule = None;
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let word = crate::plan::ScheduleWord::from_word(value);
            match (info.parameters.contains(&key), key, word) {
                (true, "schedule", Some(word)) => schedule = Some(Schedule::Word(word)),
                _ => {
                    let known = info.parameters.join(", ");
                    return Err(Finding::new(Code::BadParameter, msg!("`{name}` does not take `{pair}`", "`{name}`不接受`{pair}`"))
                        .help(msg!("parameters: {known}", "参数:{known}")));
                }
            }
        }
        Ok(Self { id: text.to_owned(), rule: *rule, schedule })
    }

    fn info(&self) -> &'static MethodInfo {
        RULES.iter().find(|(rule, _)| *rule == self.rule).map_or(&linear::INFO, |(_, info)| *info)
    }

    /// The pace of a judged target.
    ///
    /// `planned` is the schedule the plan states for the target.
    pub(crate) fn judge<T: Trace>(&self, case: Option<&Case>, reason: Option<Reason>, planned: Option<&Schedule>, trace: &mut T) -> Pace {
        let info = self.info();
        trace.open(|| {
            let (id, body) = (&self.id, info.body);
            Step::new("method", Message { en: format!("method `{id}` ({body})"), zh: format!("方法`{id}`") })
        });
        let mut pace = match case {
            None => Pace::none(&self.id, reason.map_or(PaceReason::NotApplicable, PaceReason::NotEvaluable)),
            Some(case) if !applies(info, case) => Pace::none(&self.id, PaceReason::NotApplicable),
            Some(case) => {
                let schedule = self.schedule.as_ref().or(planned);
                let judged = match self.rule {
                    Rule::Linear => linear::judge(case, schedule, trace),
                    Rule::CnMidterm => cn_midterm::judge(case, reason, schedule, trace),
                    Rule::Destatis => destatis::judge(case, trace),
                };
                match judged {
                    Ok(judged) => judged.pace(self, case),
                    Err(reason) => Pace::none(&self.id, reason),
                }
            }
        };
        trace.step(|| category_step(&pace));
        if let Some(declared) = case.and_then(|case| case.on_declared_baseline.as_deref()) {
            let other = self.judge(Some(declared), reason, planned, &mut NoTrace).category;
            pace.on_declared_baseline = other.filter(|_| other != pace.category);
        }
        if let Some(word) = pace.on_declared_baseline {
            trace.step(|| Step::new("declared_baseline", msg!("on the declared baseline: {word}", "按所列基期值：{word}")));
        }
        trace.close();
        pace
    }
}

fn category_step(pace: &Pace) -> Step {
    let text = match (pace.category, pace.scale, pace.reason) {
        (Some(word), Some(scale), _) => msg!("category: {word} ({scale})", "类别：{word}（{scale}）"),
        (_, _, Some(reason)) => {
            let reason = reason.message();
            Message { en: format!("no category: {}", reason.en), zh: format!("无类别：{}", reason.zh) }
        }
        _ => Message::default(),
    };
    Step::new("category", text)
}

fn applies(info: &MethodInfo, case: &Case) -> bool {
    let when = match case.form {
        Form::Dated => "by",
        Form::Window => "during",
        Form::Each => "each",
    };
    info.measures.contains(&case.measure) && info.when.contains(&when) && (info.maintenance || !case.maintenance)
}

/// What a rule hands back: the category and its number; the rest is the same for all.
struct Answer {
    word: &'static str,
    scale: Scale,
    value: Option<f64>,
    clock: Option<Clock>,
}

impl Answer {
    fn pace(self, method: &Method, case: &Case) -> Pace {
        let mut pace = Pace::none(&method.id, PaceReason::NotApplicable).category(self.word, self.scale);
        pace.value = self.value;
        if let Some(clock) = &self.clock {
            pace.early = clock.elapsed < Exact::ratio(1, 5);
            describe(&mut pace, case, clock);
        }
        pace
    }
}

/// The numbers of effort and outlook, on the straight line from the baseline; floats, for people.
fn describe(pace: &mut Pace, case: &Case, clock: &Clock) {
    let (Some(now), Some(base)) = (&case.now, &case.base) else { return };
    if now.is_factor {
        return;
    }
    let (x, b, target) = (now.value.nominal.to_f64(), base.to_f64(), case.test.bound.nominal.to_f64());
    let (since, left) = (clock.years.to_f64(), clock.years_left.to_f64());
    pace.expected_now = Some(b + (target - b) * clock.share()).filter(|expected| expected.is_finite());
    if since <= 0.0 {
        return;
    }
    let actual = (x - b) / since;
    pace.actual = Some(actual);
    pace.projected = Some(x + actual * left);
    if left > 0.0 {
        let required = (target - x) / left;
        pace.required = Some(required);
        if actual != 0.0 && required / actual > 0.0 {
            pace.catch_up = Some(required / actual);
        }
    }
    let missing = (target - x) / actual;
    if missing.is_finite() && missing >= 0.0 {
        pace.arrival = Some(decimal_year(now.end) + missing);
    }
}

/// The end of a period as a decimal year: the end of 2030 is 2030.0, the end of June 2030 is 2029.5.
fn decimal_year(point: Point) -> f64 {
    f64::from(point.calendar_year()) - Point::year(point.calendar_year()).years_since(point).to_f64()
}
