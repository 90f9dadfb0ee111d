//! One pass over targets and areas.

use rust_decimal::Decimal;

use super::Request;
use super::answers::Answers;
use super::bounds::Bounds;
use super::compile::{Program, compile, known_level, word_number};
use super::gather::{Areas, Evidence, Peers, level_text};
use crate::document::Id;
use crate::finding::{Code, Finding, Findings};
use crate::method::{Facts, Method, PlainMethod, variance};
use crate::number::{Exact, parse_decimal};
use crate::panel::{Panel, Reading};
use crate::period::Point;
use crate::plan::{Indicator, Kind, Mark, Measure, Override, Plan, PlanDocument, Schedule, Target};
use crate::quantity::Quantity;
use crate::text::{Message, msg, shorten};
use crate::trace::{NoTrace, Recorder, Step, Trace};
use crate::unit::Unit;
use crate::verdict::{
    AreaNo, Body, Case, Flag, Form, Judged, PaceNote, Quality, Reason, Rule, RuleNo, Single, State, Verdict, judge_attained,
};

/// What is wrong or doubtful: of the data as they stand, and of what they say on each target.
pub(super) fn findings(setting: &Setting<'_>, answers: &Answers) -> Vec<Finding> {
    let mut findings = Findings::default();
    findings.extend(setting.panel.findings().iter().cloned());
    findings.extend(data_findings(setting.plan.document(), setting.panel));
    if let Some(table) = &setting.request.targets {
        findings.extend(super::bounds::table_findings(table, setting.plan.document()));
    }
    // Of very many only the first are told, so no more than those are put in words.
    let beyond = answers.beyond_record(setting);
    let (told, counted) = beyond.split_at(Findings::told(beyond.len()));
    let mut of_verdicts: Vec<(usize, Finding)> = answers.findings.clone();
    for (group, rule, area, as_of) in told {
        let judged = judge_attained(&setting.evidence(*as_of), *rule, *area, &mut NoTrace);
        setting.report(*rule, *area, &judged, |finding| of_verdicts.push((*group, finding)));
    }
    of_verdicts.sort_by_key(|(group, _)| *group);
    findings.extend(of_verdicts.into_iter().map(|(_, finding)| finding));
    findings.count_more(Code::PaceBeyondRecord, counted.len());
    findings.into_vec()
}

/// The steps of one verdict: the same judgement, taken down.
pub(super) fn explain(setting: &Setting<'_>, verdict: &Verdict) -> Vec<Step> {
    let targets = &setting.plan.document().targets;
    let (Some(rule), Some(area)) = (targets.get_index_of(&verdict.target), setting.compiled.areas.number(&verdict.area)) else {
        return Vec::new();
    };
    let evidence = setting.evidence(verdict.as_of);
    let mut recorder = Recorder::default();
    recorder.open(|| Step::new("attained", msg!("is it attained?", "是否达成？")));
    let judged = judge_attained(&evidence, rule, area, &mut recorder);
    recorder.close();
    let method = verdict.pace.as_ref().and_then(|pace| setting.request.methods.iter().find(|method| method.id() == pace.method));
    if let Some(method) = method {
        recorder.open(|| Step::new("pace", msg!("is it on pace?", "进度如何？")));
        let facts = IndicatorFacts::new(setting, &evidence, rule, area);
        method.judge(judged.case.as_ref(), judged.attained.reason, &facts, setting.schedules(rule), &mut recorder);
        recorder.close();
    }
    recorder.into_steps()
}

/// What decided each of these verdicts, in words.
pub(super) fn decisions(setting: &Setting<'_>, verdicts: &[&Verdict]) -> Vec<Message> {
    let evidence: Vec<Evidence<'_>> = setting.request.as_of.iter().map(|as_of| setting.evidence(*as_of)).collect();
    let at = |as_of: Point| evidence.iter().find(|evidence| evidence.as_of == as_of);
    let decision = |verdict: &&Verdict| decision(setting, at(verdict.as_of)?, verdict);
    verdicts.iter().map(|verdict| decision(verdict).unwrap_or_default()).collect()
}

fn decision(setting: &Setting<'_>, evidence: &Evidence<'_>, verdict: &Verdict) -> Option<Message> {
    let rule = setting.plan.document().targets.get_index_of(&verdict.target)?;
    let area = setting.compiled.areas.number(&verdict.area)?;
    let method = &verdict.pace.as_ref()?.method;
    let method = setting.request.methods.iter().find(|asked| asked.id() == method)?;
    let judged = judge_attained(evidence, rule, area, &mut NoTrace);
    let mut recorder = Recorder::default();
    let facts = IndicatorFacts::new(setting, evidence, rule, area);
    method.judge(judged.case.as_ref(), judged.attained.reason, &facts, setting.schedules(rule), &mut recorder);
    fn last_decision(steps: Vec<Step>) -> Option<Message> {
        let mut found = None;
        for step in steps {
            if step.kind == "decision" {
                found = Some(step.text);
            } else if found.is_none() {
                found = last_decision(step.steps);
            }
        }
        found
    }
    last_decision(recorder.into_steps())
}

/// What a verdict is about.
pub(super) struct Asked<'a> {
    pub(super) target: &'a str,
    pub(super) area: &'a str,
    pub(super) as_of: Point,
}

/// Something of every judged target, area and moment, in the order of the verdicts.
pub(super) fn cases<R>(setting: &Setting<'_>, mut of: impl FnMut(Asked<'_>, &Judged, Option<Kind>) -> R) -> Vec<R> {
    let evidence: Vec<Evidence<'_>> = setting.request.as_of.iter().map(|as_of| setting.evidence(*as_of)).collect();
    let mut found = Vec::new();
    for rule in 0..setting.compiled.program.targets {
        for area in setting.areas_of(rule) {
            for evidence in &evidence {
                let judged = judge_attained(evidence, rule, area, &mut NoTrace);
                let asked = Asked {
                    target: &setting.compiled.program.rules[rule].id,
                    area: &setting.compiled.areas.ids[area],
                    as_of: evidence.as_of,
                };
                let facts = IndicatorFacts::new(setting, evidence, rule, area);
                found.push(of(asked, &judged, facts.kind()));
            }
        }
    }
    found
}

/// What a course is about, with what its clock needs.
pub(super) struct AskedCourse<'a> {
    pub(super) target: &'a str,
    pub(super) area: &'a str,
    pub(super) kind: Option<Kind>,
    pub(super) schedules: &'a [Schedule],
}

/// Periods of the past that are judged for one course, at most; the latest of them.
const MOST_PERIODS: usize = 600;

/// Something of every target and area that is kept, as judged at the moment asked for and at the end
/// of every period before it that has a value.
pub(super) fn courses<R>(
    setting: &Setting<'_>,
    keep: impl Fn(&str, &str) -> bool,
    mut of: impl FnMut(AskedCourse<'_>, &Judged, &[Judged]) -> R,
) -> Vec<R> {
    let mut found = Vec::new();
    for as_of in &setting.request.as_of {
        let evidence = setting.evidence(*as_of);
        for rule in 0..setting.compiled.program.targets {
            let target = &setting.compiled.program.rules[rule].id;
            for area in setting.areas_of(rule) {
                if !keep(target, &setting.compiled.areas.ids[area]) {
                    continue;
                }
                let judged = judge_attained(&evidence, rule, area, &mut NoTrace);
                let periods = judged.case.iter().flat_map(ends);
                let mut periods: Vec<Point> = periods.filter(|at| at.last_day() <= as_of.last_day()).collect();
                periods.sort_by_key(|at| at.last_day());
                periods.dedup_by_key(|at| at.last_day());
                let periods = &periods[periods.len().saturating_sub(MOST_PERIODS)..];
                let past = |at: &Point| judge_attained(&setting.evidence(*at), rule, area, &mut NoTrace);
                let past: Vec<Judged> = periods.iter().map(past).collect();
                let kind = IndicatorFacts::new(setting, &evidence, rule, area).kind();
                let asked = AskedCourse { target, area: &setting.compiled.areas.ids[area], kind, schedules: setting.schedules(rule) };
                found.push(of(asked, &judged, &past));
            }
        }
    }
    found
}

/// The periods that may have a number: those with a value of the indicator, and, of what runs from a
/// start, every one after it, for a figure over several years stands at its end and has no value of
/// one year.
fn ends(case: &Case) -> Vec<Point> {
    let run = case.start.filter(|_| case.measure != Measure::Level && case.form != Form::Each);
    let last = case.deadline.map(Point::last_day);
    let after = run.into_iter().flat_map(|start| (1..=MOST_PERIODS as i32).map(move |count| start.plus(count)));
    let after = after.take_while(|at| last.is_some_and(|last| at.last_day() <= last));
    case.history.iter().map(|(at, ..)| *at).chain(after).collect()
}

/// A plan, made ready for a panel.
#[derive(Debug)]
pub(super) struct Compiled {
    pub(super) areas: Areas,
    pub(super) program: Program,
    pub(super) bounds: Option<Bounds>,
}

impl Compiled {
    pub(super) fn new(plan: &Plan, panel: &Panel, request: &Request) -> Self {
        let document = plan.document();
        let areas = Areas::new(document, panel, request.targets.as_deref());
        let program = compile(document, request.threshold, &|id| areas.number(id));
        let bounds = request.targets.as_ref().map(|table| Bounds::new(table, &areas));
        Self { areas, program, bounds }
    }
}

/// What stays the same for all moments.
pub(super) struct Setting<'a> {
    pub(super) plan: &'a Plan,
    pub(super) panel: &'a Panel,
    pub(super) request: &'a Request,
    pub(super) compiled: &'a Compiled,
}

impl<'a> Setting<'a> {
    pub(super) fn evidence(&self, as_of: Point) -> Evidence<'a> {
        let (document, compiled) = (self.plan.document(), self.compiled);
        Evidence::new(document, self.panel, &compiled.areas, &compiled.program.rules, compiled.bounds.as_ref(), self.request, as_of)
    }

    /// The methods, where all of them have plain answers on a target.
    pub(super) fn plain_methods(&self, rule: RuleNo) -> Option<Vec<PlainMethod<'a>>> {
        let Body::Single(single) = &self.compiled.program.rules[rule].body else { return None };
        let (_, indicator) = self.plan.document().indicators.get_index(single.indicator)?;
        self.request.methods.iter().map(|method| method.plain(indicator.kind)).collect()
    }

    pub(super) fn target(&self, rule: RuleNo) -> Option<&'a Target> {
        self.plan.document().targets.get_index(rule).map(|(_, target)| target)
    }

    fn schedules(&self, rule: RuleNo) -> &'a [Schedule] {
        match &self.compiled.program.rules[rule].body {
            Body::Single(single) => &single.schedules,
            Body::Combined(..) => &[],
        }
    }

    /// The areas a target holds for, in order.
    pub(super) fn areas_of(&self, rule: RuleNo) -> Vec<AreaNo> {
        let document = self.plan.document();
        let Some(target) = self.target(rule) else { return Vec::new() };
        // A plan made of a table holds where the table has a row.
        if self.plan.table().is_some()
            && let Some(bounds) = &self.compiled.bounds
        {
            return bounds.areas_of(&self.compiled.program.rules[rule].id);
        }
        let inherited = document.defaults.as_ref().map(|defaults| &defaults.areas);
        let tier =
            target.indicator.as_ref().and_then(|id| document.indicators.get(id.as_str())).and_then(|indicator| indicator.of.as_ref());
        let named: Vec<&Id> = match (target.areas.is_empty(), tier, inherited) {
            (false, ..) => target.areas.iter().collect(),
            (true, Some(tier), _) => vec![tier],
            (true, None, Some(inherited)) => inherited.iter().collect(),
            (true, None, None) => Vec::new(),
        };
        let mut areas: Vec<AreaNo> = match named.as_slice() {
            [] => self.compiled.areas.everywhere(document),
            named => named.iter().filter_map(|name| self.compiled.areas.named(name.as_str())).flatten().collect(),
        };
        areas.extend(self.compiled.bounds.iter().flat_map(|bounds| bounds.areas_of(&self.compiled.program.rules[rule].id)));
        areas.sort_unstable();
        areas.dedup();
        areas
    }

    /// One verdict per method, or one without pace.
    pub(super) fn verdicts(&self, evidence: &Evidence<'_>, rule: RuleNo, area: AreaNo, judged: Judged) -> Vec<Verdict> {
        let compiled = &self.compiled.program.rules[rule];
        let indicator = match &compiled.body {
            Body::Single(single) => self.plan.document().indicators.get_index(single.indicator).map(|(id, _)| id.clone()),
            Body::Combined(..) => None,
        };
        let mut quality = Quality { points: judged.points, ..Quality::default() };
        quality.lag_years = judged.latest.map(|latest| evidence.as_of.years_since(latest).to_f64());
        judged.flags.iter().for_each(|flag| quality.add(flag));
        let verdict = Verdict {
            target: compiled.id.clone(),
            area: self.compiled.areas.ids[area].clone(),
            indicator,
            as_of: evidence.as_of,
            attained: judged.attained,
            pace: None,
            quality,
            recorded: self.recorded(compiled, &self.compiled.areas.ids[area], evidence.as_of),
        };
        if self.request.methods.is_empty() {
            return vec![verdict];
        }
        let facts = IndicatorFacts::new(self, evidence, rule, area);
        let with_pace = |method: &Method| {
            let pace = method.judge(judged.case.as_ref(), verdict.attained.reason, &facts, self.schedules(rule), &mut NoTrace);
            let mut verdict = verdict.clone();
            if pace.early {
                verdict.quality.add(Flag::Early);
            }
            if pace.notes.contains(&PaceNote::BreakBetween) {
                verdict.quality.add(Flag::Break);
            }
            verdict.pace = Some(pace);
            verdict
        };
        self.request.methods.iter().map(with_pace).collect()
    }

    /// The expert's verdict of this target, area and moment, where one is recorded.
    fn recorded(&self, rule: &Rule, area: &str, as_of: Point) -> Option<Override> {
        let fits = |entry: &&Override| {
            entry.target.as_str() == rule.id
                && entry.area.as_ref().is_none_or(|id| id.as_str() == area)
                && entry.as_of.as_ref().is_none_or(|period| period.end() == Some(as_of))
        };
        self.plan.document().overrides.iter().find(fits).cloned()
    }
}

/// What a method may ask about the indicator of a target.
struct IndicatorFacts<'a> {
    evidence: &'a Evidence<'a>,
    area: AreaNo,
    single: Option<&'a Single>,
    indicator: Option<&'a Indicator>,
}

impl<'a> IndicatorFacts<'a> {
    fn new(setting: &'a Setting<'a>, evidence: &'a Evidence<'a>, rule: RuleNo, area: AreaNo) -> Self {
        let single = match &setting.compiled.program.rules[rule].body {
            Body::Single(single) => Some(&**single),
            Body::Combined(..) => None,
        };
        let indicator = single.and_then(|single| setting.plan.document().indicators.get_index(single.indicator));
        Self { evidence, area, single, indicator: indicator.map(|(_, indicator)| indicator) }
    }
}

impl Facts for IndicatorFacts<'_> {
    fn kind(&self) -> Option<Kind> {
        self.indicator?.kind
    }

    fn is_percent(&self) -> bool {
        self.indicator.and_then(|indicator| indicator.unit.as_ref()).is_some_and(Unit::is_percent)
    }

    fn mark(&self, name: &str, at: Point) -> Result<Exact, Reason> {
        let (single, indicator) = self.single.zip(self.indicator).ok_or(Reason::NoMark)?;
        match indicator.marks.get(name).ok_or(Reason::NoMark)? {
            Mark::Given(quantity) => known_level(quantity, indicator).ok_or(Reason::NoMark),
            Mark::FromPeers(rule) => {
                // Nobody is a peer by default: which areas are would change the answer.
                let group = rule.among.as_ref().ok_or(Reason::NoPeers)?.as_str();
                let peers = Peers { asked: name, group, indicator: single.indicator, want: &single.want, at };
                let of = |values: Vec<Exact>| rule.of(values, indicator.direction).ok_or(Reason::NoPeers);
                self.evidence.of_peers(&peers, self.area, of)
            }
        }
    }

    fn variance(&self, group: Option<&str>, at: Point) -> Result<Exact, Reason> {
        // Nobody is a peer by default: which areas are would change the answer.
        let (single, group) = self.single.zip(group).ok_or(Reason::NoPeers)?;
        let peers = Peers { asked: "variance", group, indicator: single.indicator, want: &single.want, at };
        self.evidence.of_peers(&peers, self.area, |values| variance(&values))
    }

    fn typical_path(&self) -> Result<Vec<(Exact, Exact)>, Reason> {
        let indicator = self.indicator.ok_or(Reason::NoTypicalPath)?;
        let point = |(time, value): (&String, &Quantity)| Some((Exact::from(parse_decimal(time).ok()?), known_level(value, indicator)?));
        let path: Option<Vec<_>> = indicator.typical_path.iter().map(point).collect();
        path.filter(|path| !path.is_empty()).ok_or(Reason::NoTypicalPath)
    }
}

impl Setting<'_> {
    /// Findings that need a verdict: baselines and calibers that do not meet, a pace never seen.
    pub(super) fn report(&self, rule: RuleNo, area: AreaNo, judged: &Judged, mut found: impl FnMut(Finding)) {
        let (compiled, area) = (&self.compiled.program.rules[rule], &self.compiled.areas.ids[area]);
        let mut push = |code, message, help| {
            let mut finding = Finding::new(code, message).at(compiled.path.clone()).help(help);
            self.plan.place(&mut finding);
            found(finding);
        };
        let id = &compiled.id;
        if judged.flags.iter().any(|flag| flag == Flag::BaselineDiffers) {
            push(
                Code::BaselineDiffers,
                msg!(
                    "`{id}` of `{area}`: the declared baseline differs from the value of the panel, which is used",
                    "`{area}`的`{id}`:所列基期值与实绩数据不同,采用后者"
                ),
                msg!("correct the plan, or give the two values different calibers", "请更正规划,或给两个值注明不同口径"),
            );
        }
        if judged.attained.reason == Some(Reason::CaliberMismatch) {
            push(
                Code::CaliberUnfit,
                msg!("`{id}` of `{area}`: the observations have another caliber", "`{area}`的`{id}`:实绩数据的口径不同"),
                msg!(
                    "declare a link on the indicator (`links`), or give observations of the target's caliber",
                    "请在指标中声明`links`,或提供同口径的实绩"
                ),
            );
        }
        if let Some((needed, most, from, to)) = judged.case.as_ref().and_then(pace_beyond_record) {
            let (needed, most) = (needed.for_people(), most.for_people());
            push(
                Code::PaceBeyondRecord,
                msg!(
                    "`{id}` of `{area}` needs {needed} a year; the most so far was {most} a year ({from} to {to})",
                    "`{area}`的`{id}`今后每年须变动{needed};以往最快为每年{most}({from}至{to})"
                ),
                msg!(
                    "check the target, its unit and its deadline, or plan for a break with the past",
                    "请核对目标、单位和期限;或据此安排超常规的措施"
                ),
            );
        }
    }
}

/// The change a year that a target still needs, with the largest change a year on record and the
/// years it was seen in, where the one is beyond the other.
fn pace_beyond_record(case: &Case) -> Option<(Exact, Exact, Point, Point)> {
    let open = case.state == State::Pending && case.holds_now == Some(false) && case.form == Form::Dated;
    let (now, deadline) = (case.now.as_ref()?, case.deadline?);
    if !open || now.is_factor || !matches!(case.measure, Measure::Level | Measure::Change) {
        return None;
    }
    let missing = &case.test.bound.nominal - &now.value.nominal;
    let needed = missing.checked_div(&deadline.years_since(now.end)).filter(|_| deadline > now.end)?;
    // Both are counted in the direction of the bound.
    let way = |change: Exact| if missing.is_negative() { -change } else { change };
    let steps = case.history.windows(2).filter(|pair| !pair[1].2);
    let changes = steps.filter_map(|pair| {
        let change = (&pair[1].1 - &pair[0].1).checked_div(&pair[1].0.years_since(pair[0].0))?;
        Some((way(change), pair[0].0, pair[1].0))
    });
    let (most, from, to) = changes.max_by(|one, other| one.0.cmp(&other.0))?;
    (way(needed.clone()) > most).then(|| (needed, way(most), from, to))
}

/// Findings that need no verdict: observations that no target can use.
fn data_findings(document: &PlanDocument, panel: &Panel) -> Vec<Finding> {
    let mut findings = Vec::new();
    let known: Vec<&str> = document.indicators.keys().map(String::as_str).collect();
    for (number, id) in panel.indicators.iter().enumerate() {
        let number = number as u32;
        let Some(indicator) = document.indicators.get(id) else {
            let row = panel.series_of(number).flat_map(|(_, points)| points.iter().map(|point| point.row).collect::<Vec<_>>()).min();
            if let Some(row) = row {
                let finding = Finding::new(Code::UnknownIndicator, msg!("the plan has no indicator `{id}`", "规划中没有指标`{id}`"));
                findings.push(finding.at_row(row, None).help(match crate::document::nearest_word(id, &known) {
                    Some(near) => msg!("did you mean `{near}`?", "是否为`{near}`?"),
                    None => msg!("add the indicator to the plan, or leave its rows out", "请在规划中加入该指标,或略去其各行"),
                }));
            }
            continue;
        };
        // Plain numbers in a unit that fits are what is expected; only others have to be looked at.
        let converts = |unit: Option<u32>| {
            let unit = unit.and_then(|unit| panel.units.get(unit as usize));
            unit.is_none_or(|unit| indicator.unit.as_ref().is_some_and(|wanted| unit.converts_to(wanted)))
        };
        let is_word = matches!(indicator.kind, Some(Kind::YesNo | Kind::Judgement));
        let as_expected = !is_word && panel.dense.units_of(number as usize).all(converts);
        let mut series: Vec<_> = panel.detailed().filter(|(key, _)| key.indicator == number).collect();
        if !as_expected {
            series = panel.series_of(number).collect();
        }
        for (_, points) in series {
            for point in points.iter() {
                let unit = point.unit.map(|unit| &panel.units[unit as usize]);
                let message = match &point.reading {
                    Reading::Missing => None,
                    Reading::Word(word) if word_number(word, indicator).is_some() => None,
                    Reading::Word(word) => Some(no_value_of(&shorten(word), id)),
                    Reading::Number(number) if indicator.kind == Some(Kind::YesNo) => {
                        let is_answer = *number == Decimal::ZERO || *number == Decimal::ONE;
                        (!is_answer).then(|| no_value_of(&number.to_string(), id))
                    }
                    Reading::Number(number) if indicator.kind == Some(Kind::Judgement) => {
                        let level = level_text(*number, unit);
                        word_number(&level, indicator).is_none().then(|| no_value_of(&level, id))
                    }
                    Reading::Number(_) => {
                        if let Some(unit) = unit.filter(|unit| !indicator.unit.as_ref().is_some_and(|wanted| unit.converts_to(wanted))) {
                            findings.push(unit_unfit(unit, indicator, id).at_row(point.row, point.column));
                        }
                        None
                    }
                };
                findings.extend(
                    message
                        .map(|message| Finding::new(Code::BadCell, message).at_row(point.row, point.column).help(indicator.values_help())),
                );
            }
        }
    }
    findings
}

fn no_value_of(shown: &str, id: &str) -> Message {
    msg!("`{shown}` is not a value of `{id}`", "`{shown}`不是`{id}`的取值")
}

fn unit_unfit(unit: &Unit, indicator: &Indicator, id: &str) -> Finding {
    let message = match &indicator.unit {
        Some(wanted) => {
            msg!("`{unit}` does not convert to the unit `{wanted}` of `{id}`", "`{unit}`不能换算为`{id}`的单位`{wanted}`")
        }
        None => msg!("the value is in `{unit}`, and `{id}` has no unit", "数值以`{unit}`为单位,而`{id}`没有单位"),
    };
    let help = match &indicator.unit {
        Some(wanted) => msg!("give the values in `{wanted}`", "请以`{wanted}`为单位给出数值"),
        None => msg!("add `unit: {unit}` to the indicator", "请在指标中写`unit: {unit}`"),
    };
    Finding::new(Code::UnitUnfit, message).help(help)
}
