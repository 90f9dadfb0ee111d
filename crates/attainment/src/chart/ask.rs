//! The options, read: what of an assessment is drawn, and in which words.

use std::collections::{HashMap, HashSet};

use super::figure::shorten_to;
use super::ink::Ink;
use super::{ChartOptions, Theme};
use crate::assess::{Assessment, Course, Way};
use crate::column::Cell;
use crate::document::nearest_word;
use crate::finding::{Code, Finding};
use crate::number::decimal_from_f64;
use crate::period::Point;
use crate::plan::{Indicator, Measure, Plan, UnitOf};
use crate::render;
use crate::text::{Lang, Message, msg, one_line, say, shorten};
use crate::verdict::Verdict;

/// The widths a plot may have, in pixels.
const WIDTHS: std::ops::RangeInclusive<u32> = 160..=2000;

/// Columns that the name of a row may take.
pub(super) const ROW_NAME: usize = 34;

/// What is asked of a chart, whatever it is of.
pub(super) struct Ask<'a> {
    pub(super) lang: Lang,
    pub(super) ink: Ink,
    pub(super) width: f64,
    pub(super) source: Option<&'a str>,
}

impl<'a> Ask<'a> {
    pub(super) fn new(options: &'a ChartOptions<'_>, problems: &mut Vec<Finding>) -> Self {
        let width = options.width.unwrap_or(480);
        if !WIDTHS.contains(&width) {
            let (least, most) = WIDTHS.into_inner();
            problems.push(
                Finding::new(Code::BadChartOption, msg!("a chart cannot be {width} pixels wide", "图宽不能是{width}像素"))
                    .help(msg!("give a width from {least} to {most}", "请给出{least}至{most}之间的宽度")),
            );
        }
        Self {
            lang: options.lang,
            ink: Ink::new(options.theme.unwrap_or(Theme::Light)),
            width: f64::from(width.clamp(*WIDTHS.start(), *WIDTHS.end())),
            source: options.source.as_deref(),
        }
    }

    /// One of two wordings.
    pub(super) fn say<'t>(&self, en: &'t str, zh: &'t str) -> &'t str {
        say(self.lang, en, zh)
    }

    /// A sentence in the language of the chart.
    pub(super) fn tell(&self, message: Message) -> String {
        message.get(self.lang).to_owned()
    }

    /// The mark between two parts of a sentence.
    pub(super) fn comma(&self) -> &'static str {
        self.say(", ", "，")
    }

    /// Where the data are from, as far as it is known.
    pub(super) fn data_source(&self) -> String {
        match self.source {
            Some(source) => self.tell(msg!("Data: {source}", "数据来源：{source}")),
            None => self.say("Data: source not stated", "数据来源：未注明").to_owned(),
        }
    }
}

/// The part of an assessment that is drawn.
pub(super) struct Selection<'a> {
    pub(super) assessment: &'a Assessment,
    pub(super) moments: Vec<Point>,
    /// The methods, in the order they were asked for; none where no method was.
    pub(super) methods: Vec<&'a str>,
    targets: &'a [String],
    areas: &'a [String],
}

impl<'a> Selection<'a> {
    pub(super) fn new(assessment: &'a Assessment, options: &'a ChartOptions<'_>, problems: &mut Vec<Finding>) -> Self {
        let verdicts = assessment.verdicts();
        let mut known = Known::default();
        verdicts.iter().for_each(|verdict| known.add(verdict));
        for target in &options.targets {
            unknown(problems, target, &known.targets, |id| msg!("there is no verdict on a target `{id}`", "没有目标`{id}`的判定"));
        }
        for area in &options.areas {
            unknown(problems, area, &known.areas, |id| msg!("there is no verdict in an area `{id}`", "没有地区`{id}`的判定"));
        }
        for method in &options.methods {
            unknown(problems, method, &known.methods, |id| msg!("nothing was judged by a method `{id}`", "没有按方法`{id}`判定"));
        }
        let moments = moments(&options.as_of, assessment.moments(), problems);
        let is_asked = |method: &&str| options.methods.is_empty() || options.methods.iter().any(|asked| asked == method);
        let methods = known.methods.into_iter().filter(is_asked).collect();
        Self { assessment, moments, methods, targets: &options.targets, areas: &options.areas }
    }

    pub(super) fn plan(&self) -> &'a Plan {
        self.assessment.plan()
    }

    /// The moment that is drawn where a chart shows one: the latest.
    pub(super) fn moment(&self) -> Option<Point> {
        self.moments.iter().copied().max_by_key(|moment| moment.last_day())
    }

    pub(super) fn keeps(&self, target: &str, area: &str) -> bool {
        let has = |list: &[String], id: &str| list.is_empty() || list.iter().any(|named| named == id);
        has(self.targets, target) && has(self.areas, area)
    }

    /// The verdicts at a moment, those of one target and area beside each other, methods that are not
    /// drawn left out.
    pub(super) fn rows(&self, moment: Point) -> Vec<Vec<&'a Verdict>> {
        let is_drawn =
            |verdict: &Verdict| verdict.pace.as_ref().is_none_or(|pace| self.methods.iter().any(|method| *method == pace.method));
        let kept = |verdict: &&Verdict| verdict.as_of == moment && self.keeps(&verdict.target, &verdict.area) && is_drawn(verdict);
        let mut rows: Vec<Vec<&Verdict>> = Vec::new();
        for verdict in self.assessment.verdicts().iter().filter(kept) {
            match rows.last_mut() {
                Some(row) if row[0].target == verdict.target && row[0].area == verdict.area => row.push(verdict),
                _ => rows.push(vec![verdict]),
            }
        }
        rows
    }

    /// The targets and areas at a moment, in order.
    pub(super) fn pairs(&self, moment: Point) -> Vec<(&'a str, &'a str)> {
        self.rows(moment).iter().map(|row| (row[0].target.as_str(), row[0].area.as_str())).collect()
    }

    /// The courses of some of them. Each takes a judgement for every period it has, so that a chart asks
    /// for no more than it could draw.
    pub(super) fn courses(&self, moment: Point, pairs: &[(&str, &str)]) -> Vec<Course> {
        let asked: HashSet<(&str, &str)> = pairs.iter().copied().collect();
        self.assessment.courses(moment, self.assessment.vintage(), |target, area| asked.contains(&(target, area)))
    }

    /// Who promised what, where it is written.
    pub(super) fn plan_source(&self, ask: &Ask<'_>) -> String {
        let document = self.plan().document();
        let lang = ask.lang;
        let title = document.title.as_ref().map_or(document.id.as_str(), |title| title.get(lang));
        let more = [document.issuer.as_ref().map(|issuer| issuer.get(lang)), document.number.as_ref().map(|number| number.get(lang))];
        let more: Vec<&str> = more.into_iter().flatten().collect();
        let more = if more.is_empty() { String::new() } else { format!("{}{}", ask.comma(), more.join(ask.comma())) };
        ask.tell(msg!("Plan: {title}{more}", "规划：{title}{more}"))
    }

    /// Source, moment, vintage, method and n in one line.
    pub(super) fn about(&self, ask: &Ask<'_>, moments: &str, method: &str, n: &str) -> String {
        let vintage = match self.assessment.vintage() {
            Some(vintage) => vintage.in_words(ask.lang),
            None => ask.say("all in the data", "数据中的全部").to_owned(),
        };
        let (plan, data) = (self.plan_source(ask), ask.data_source());
        ask.tell(Message {
            en: format!("{plan}. {data}. As of {moments}; vintage: {vintage}; method: {method}; n = {n}."),
            zh: format!("{plan}。{data}。截至{moments}；数据版本：{vintage}；方法：{method}；n = {n}。"),
        })
    }

    pub(super) fn indicator(&self, target: &str) -> Option<&'a Indicator> {
        let document = self.plan().document();
        let id = document.targets.get(target)?.indicator.as_ref()?;
        document.indicators.get(id.as_str())
    }

    /// How many decimals the numbers of a target are shown with: those of its indicator, or else of its
    /// values. What a level is published with says nothing about a change of it in percent, which gets
    /// one digit more than the bound.
    pub(super) fn decimals(&self, target: &str, way: &Way) -> Option<u32> {
        let scale = |value: f64| decimal_from_f64(value).ok().map(|value| value.normalize().scale());
        if !matches!(way.measure, Measure::Level | Measure::Change | Measure::Sum | Measure::Mean) {
            return Some(scale(way.bound)? + 1);
        }
        match &self.indicator(target)?.decimals {
            Some(decimals) => u32::try_from(decimals.get().trunc().mantissa()).ok(),
            None => way.points.iter().filter_map(|point| scale(point.value)).max().map(|most| most.min(4)),
        }
    }

    /// The unit of the number that is judged.
    pub(super) fn unit(&self, target: &str, measure: Measure, ask: &Ask<'_>) -> Option<String> {
        let label = UnitOf::new(measure, self.indicator(target)?).label().map(str::to_owned)?;
        Some(if label == "pp" { ask.say("percentage points", "个百分点").to_owned() } else { label })
    }

    /// A name for each of these targets and areas that tells them apart: that of the target, the area,
    /// or both.
    pub(super) fn names(&self, rows: &[(&str, &str)], lang: Lang) -> Names {
        let plan = self.plan();
        let one = |pick: fn(&(&str, &str)) -> String| rows.windows(2).all(|pair| pick(&pair[0]) == pick(&pair[1]));
        let (one_target, one_area) = (one(|row| row.0.to_owned()), one(|row| row.1.to_owned()));
        let target = |id: &str| one_line(&render::target_name(plan, id, lang));
        let area = |id: &str| one_line(&render::area_name(plan, id, lang));
        let mut full: Vec<String> = rows
            .iter()
            .map(|(target_id, area_id)| match (one_target, one_area) {
                (_, true) => target(target_id),
                (true, false) => area(area_id),
                _ => format!("{}{}{}", target(target_id), say(lang, ", ", "，"), area(area_id)),
            })
            .collect();
        // Two targets of one indicator have one name: the id tells them apart.
        let mut counts: HashMap<String, usize> = HashMap::new();
        full.iter().for_each(|name| *counts.entry(name.clone()).or_default() += 1);
        for (name, (target_id, _)) in full.iter_mut().zip(rows) {
            if counts.get(name).is_some_and(|count| *count > 1) {
                *name = format!("{name} [{target_id}]");
            }
        }
        let common = match (rows.first(), one_target && rows.len() > 1, one_area) {
            (Some((target_id, _)), true, false) => target(target_id),
            (Some((_, area_id)), _, true) => area(area_id),
            _ => String::new(),
        };
        Names { short: unique(full.iter().map(|name| shorten_to(name, ROW_NAME)).collect()), full, common }
    }
}

/// The names of rows: whole, and short enough to stand beside them.
pub(super) struct Names {
    pub(super) full: Vec<String>,
    pub(super) short: Vec<String>,
    /// What all rows have in common.
    pub(super) common: String,
}

/// The same names with a number where two are alike: a row is known by its name.
pub(super) fn unique(names: Vec<String>) -> Vec<String> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    let number = |name: String| {
        let count = seen.entry(name.clone()).or_default();
        *count += 1;
        if *count > 1 { format!("{name} ({count})") } else { name }
    };
    names.into_iter().map(number).collect()
}

/// What there are verdicts on.
#[derive(Default)]
struct Known<'a> {
    targets: Vec<&'a str>,
    areas: Vec<&'a str>,
    methods: Vec<&'a str>,
    seen: HashSet<(u8, &'a str)>,
}

impl<'a> Known<'a> {
    fn add(&mut self, verdict: &'a Verdict) {
        let method = verdict.pace.as_ref().map(|pace| pace.method.as_str());
        for (what, word) in [(0, Some(verdict.target.as_str())), (1, Some(verdict.area.as_str())), (2, method)] {
            let Some(word) = word.filter(|word| self.seen.insert((what, word))) else { continue };
            match what {
                0 => self.targets.push(word),
                1 => self.areas.push(word),
                _ => self.methods.push(word),
            }
        }
    }
}

/// The moments that are asked for, of those there are.
pub(super) fn moments(asked: &[Cell], known: &[Point], problems: &mut Vec<Finding>) -> Vec<Point> {
    if asked.is_empty() {
        return known.to_vec();
    }
    let words: Vec<String> = known.iter().map(ToString::to_string).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut found = Vec::new();
    for cell in asked {
        let moment = cell.period().ok().and_then(|period| period.end());
        match moment.and_then(|moment| known.iter().find(|known| known.last_day() == moment.last_day())) {
            Some(known) => found.push(*known),
            None => unknown(problems, &cell.text(), &words, |text| msg!("nothing was judged as of `{text}`", "没有截至`{text}`的结果")),
        }
    }
    found
}

pub(super) fn unknown(problems: &mut Vec<Finding>, word: &str, known: &[&str], message: impl Fn(&str) -> Message) {
    if known.contains(&word) {
        return;
    }
    let help = match nearest_word(word, known) {
        Some(near) => msg!("did you mean `{near}`?", "是否为`{near}`?"),
        None => {
            let some: Vec<String> = known.iter().take(8).map(|word| format!("`{}`", shorten(word))).collect();
            let more = if known.len() > some.len() { " …" } else { "" };
            msg!("there are {}{more}", "现有{}{more}", some.join(", "))
        }
    };
    problems.push(Finding::new(Code::BadChartOption, message(&shorten(word))).help(help));
}

/// What is shown of more than fits, with a finding on the rest.
pub(super) fn shorten_rows<T>(rows: &mut Vec<T>, most: usize, findings: &mut Vec<Finding>) {
    let all = rows.len();
    if all > most {
        rows.truncate(most);
        findings.push(shortened(most, all));
    }
}

/// That a chart shows so many of so many.
pub(super) fn shortened(shown: usize, all: usize) -> Finding {
    Finding::new(Code::ChartShortened, msg!("the chart shows {shown} of {all} rows", "图中只有{all}行中的{shown}行"))
        .help(msg!("name the targets or areas to draw", "请指明要画的目标或地区"))
}
