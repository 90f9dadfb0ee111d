//! Assessments as tables for people and for programs.

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};
use unicode_width::UnicodeWidthStr;

use crate::assess::Assessment;
use crate::plan::{Measure, Plan};
use crate::text::{Lang, escape_markdown, one_line};
use crate::verdict::{Flag, Reason, State, Verdict};

/// What a target is called: its own name, its indicator's, or its id.
pub(crate) fn target_name(plan: &Plan, id: &str, lang: Lang) -> String {
    let document = plan.document();
    let target = document.targets.get(id);
    let own = target.and_then(|target| target.name.as_ref());
    let indicator = target.and_then(|target| target.indicator.as_ref()).and_then(|id| document.indicators.get(id.as_str()));
    let name = own.or(indicator.map(|indicator| &indicator.name));
    name.map_or_else(|| id.to_owned(), |name| name.get(lang).to_owned())
}

fn area_name(plan: &Plan, id: &str, lang: Lang) -> String {
    let name = plan.document().areas.get(id).and_then(|area| area.name.as_ref());
    name.map_or_else(|| id.to_owned(), |name| name.get(lang).to_owned())
}

/// Text that is safe inside HTML.
pub(crate) fn escape_html(text: &str) -> String {
    one_line(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

fn state_name(state: State, lang: Lang) -> &'static str {
    match (state, lang) {
        (State::Met, Lang::En) => "met",
        (State::Met, Lang::Zh) => "达成",
        (State::NotMet, Lang::En) => "not met",
        (State::NotMet, Lang::Zh) => "未达成",
        (State::Pending, Lang::En) => "pending",
        (State::Pending, Lang::Zh) => "未到期",
        (State::NotEvaluable, Lang::En) => "not evaluable",
        (State::NotEvaluable, Lang::Zh) => "无法判定",
    }
}

impl Assessment {
    /// A scorecard a reader without the plan understands: one line per target and area.
    ///
    /// Degree is the share of the way from the baseline, or the ratio of value to bound where
    /// there is no way; `why` is the comparison in one line.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Lang, Panel, Plan, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: jobs, indicators: {employment: {name: Employment, unit: percent, direction: increase}}, targets: {employment: {indicator: employment, at_least: 78%, by: 2030}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("SK", "employment", 2023, "77.5")]);
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2023))?;
    /// let scorecard = assessment.to_text(Lang::En);
    /// assert!(scorecard.contains("Employment"));
    /// assert!(scorecard.contains("pending"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_text(&self, lang: Lang) -> String {
        let rows: Vec<Vec<String>> = self.lines(lang).iter().map(|row| row.iter().map(|cell| one_line(cell)).collect()).collect();
        let widths: Vec<usize> = (0..rows[0].len()).map(|column| rows.iter().map(|row| row[column].width()).max().unwrap_or(0)).collect();
        let mut out = String::new();
        for (index, row) in rows.iter().enumerate() {
            let cells: Vec<String> =
                row.iter().zip(&widths).map(|(cell, width)| format!("{cell}{}", " ".repeat(width - cell.width()))).collect();
            out.push_str(cells.join("  ").trim_end());
            out.push('\n');
            if index == 0 {
                let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
                out.push_str(&rule.join("  "));
                out.push('\n');
            }
        }
        out
    }

    /// The same as a table in Markdown.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Lang, Panel, Plan, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: elderly, indicators: {beds: {name: 养老床位, unit: 张, direction: increase}}, targets: {beds: {indicator: beds, reach: 1500, by: 2022}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("新昌县", "beds", 2022, 1620)]);
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2022))?;
    /// let markdown = assessment.to_markdown(Lang::Zh);
    /// assert_eq!(markdown.lines().count(), 3);
    /// assert!(markdown.contains("| 达成 |"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_markdown(&self, lang: Lang) -> String {
        let rows = self.lines(lang);
        let mut out = String::new();
        for (index, row) in rows.iter().enumerate() {
            let cells: Vec<String> = row.iter().map(|cell| escape_markdown(cell)).collect();
            out.push_str(&format!("| {} |\n", cells.join(" | ")));
            if index == 0 {
                out.push_str(&format!("|{}\n", "---|".repeat(row.len())));
            }
        }
        out
    }

    /// The same as a table in HTML, with every text escaped.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Lang, Panel, Plan, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: noise, indicators: {noise: {name: Homes with noise > 55 dB, unit: percent, direction: decrease}}, targets: {noise: {indicator: noise, at_most: 20%, by: 2030}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("Berlin", "noise", 2022, 24)]);
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2022))?;
    /// let html = assessment.to_html(Lang::En);
    /// assert!(html.starts_with("<table class=\"attainment\" lang=\"en\"><tr><th>"));
    /// assert!(html.contains("noise &gt; 55 dB"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_html(&self, lang: Lang) -> String {
        let mut out = format!("<table class=\"attainment\" lang=\"{}\">", lang.as_str());
        for (index, row) in self.lines(lang).iter().enumerate() {
            let tag = if index == 0 { "th" } else { "td" };
            let cells: String = row.iter().map(|cell| format!("<{tag}>{}</{tag}>", escape_html(cell))).collect();
            out.push_str(&format!("<tr>{cells}</tr>"));
        }
        out.push_str("</table>\n");
        out
    }

    /// Every verdict as a flat record.
    ///
    /// Keys: `target, area, indicator, as_of, method, attained, reason, holds_now, decided_at,
    /// value, period, bound, gap, ratio, closed, category, scale, pace_value, score, flags`.
    /// Decimals are text; what is missing is null.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Panel, Plan, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: soil, indicators: {sealed: {name: Land sealed a day, unit: ha, direction: decrease}}, targets: {sealed: {indicator: sealed, at_most: 30, by: 2020}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("DE", "sealed", 2020, "54")]);
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2020))?;
    /// let records = assessment.to_records();
    /// assert_eq!(records[0]["attained"], "not_met");
    /// assert_eq!(records[0]["gap"], "24");
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_records(&self) -> Vec<Map<String, Value>> {
        self.verdicts().iter().map(record).collect()
    }

    /// Every verdict as columns: the keys of [`Assessment::to_records`], in their order, each with
    /// one value per verdict.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Panel, Plan};
    /// # let plan = Plan::parse("{attainment: 1, id: p, indicators: {a: {name: A, direction: increase}}, targets: {a: {indicator: a, reach: 1, by: 2020}}}", Format::Yaml)?;
    /// let assessment = plan.assess(&Panel::default(), &AssessOptions::new().as_of(2019))?;
    /// let columns = assessment.columns();
    /// assert_eq!(columns[0], ("target", vec!["a".into()]));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn columns(&self) -> Vec<(&'static str, Vec<Value>)> {
        let mut columns: Vec<(&'static str, Vec<Value>)> = COLUMNS.iter().map(|name| (*name, Vec::new())).collect();
        for mut record in self.to_records() {
            for (name, values) in &mut columns {
                values.push(record.get_mut(*name).map_or(Value::Null, Value::take));
            }
        }
        columns
    }

    fn lines(&self, lang: Lang) -> Vec<Vec<String>> {
        let several_moments = self.verdicts().windows(2).any(|pair| pair[0].as_of != pair[1].as_of);
        let headers = match lang {
            Lang::En => ["target", "area", "as of", "attained", "degree", "pace", "why"],
            Lang::Zh => ["目标", "地区", "截至", "达成", "程度", "进度", "依据"],
        };
        let mut rows = vec![headers.map(str::to_owned).to_vec()];
        for verdict in self.verdicts() {
            rows.push(vec![
                target_name(self.plan(), &verdict.target, lang),
                area_name(self.plan(), &verdict.area, lang),
                verdict.as_of.to_string(),
                attained_text(verdict, lang),
                degree_text(verdict, lang),
                pace_text(verdict, lang),
                why(self.plan(), verdict, lang),
            ]);
        }
        if !several_moments {
            for row in &mut rows {
                row.remove(2);
            }
        }
        rows
    }
}

/// The columns of an assessment, in order.
const COLUMNS: &[&str] = &[
    "target",
    "area",
    "indicator",
    "as_of",
    "method",
    "attained",
    "reason",
    "holds_now",
    "decided_at",
    "value",
    "period",
    "bound",
    "gap",
    "ratio",
    "closed",
    "category",
    "scale",
    "pace_value",
    "score",
    "flags",
];

fn record(verdict: &Verdict) -> Map<String, Value> {
    let attained = &verdict.attained;
    let decimal = |value: &Option<Decimal>| value.as_ref().map(ToString::to_string);
    let pace = verdict.pace.as_ref();
    let reason = attained.reason.map(Reason::as_str).or_else(|| pace.and_then(|pace| pace.reason).map(|reason| reason.as_str()));
    let flags: Vec<&str> = verdict.quality.flags.iter().map(|flag| flag.as_str()).collect();
    let value = json!({
        "target": verdict.target,
        "area": verdict.area,
        "indicator": verdict.indicator,
        "as_of": verdict.as_of.to_string(),
        "method": pace.map(|pace| &pace.method),
        "attained": attained.state.as_str(),
        "reason": reason,
        "holds_now": attained.holds_now,
        "decided_at": attained.decided_at.map(|at| at.to_string()),
        "value": decimal(&attained.value),
        "period": attained.period.as_ref().map(ToString::to_string),
        "bound": decimal(&attained.bound),
        "gap": decimal(&attained.gap),
        "ratio": attained.ratio,
        "closed": attained.closed,
        "category": pace.and_then(|pace| pace.category),
        "scale": pace.and_then(|pace| pace.scale).map(|scale| scale.as_str()),
        "pace_value": pace.and_then(|pace| pace.value),
        "score": pace.and_then(|pace| pace.score),
        "flags": flags,
    });
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn attained_text(verdict: &Verdict, lang: Lang) -> String {
    let attained = &verdict.attained;
    let mut text = state_name(attained.state, lang).to_owned();
    let lost = attained.lost_in.last().filter(|_| attained.state != State::NotMet || attained.first_held_in.is_some());
    match (attained.state, attained.holds_now, lang) {
        (State::Pending, Some(true), Lang::En) => text.push_str(", holds now"),
        (State::Pending, Some(true), Lang::Zh) => text.push_str("，目前成立"),
        _ => {}
    }
    if let (Some(lost), Some(first)) = (lost, attained.first_held_in) {
        match lang {
            Lang::En => text.push_str(&format!(" (held {first}, lost {lost})")),
            Lang::Zh => text.push_str(&format!("（{first}达到，{lost}失去）")),
        }
    }
    text
}

fn degree_text(verdict: &Verdict, lang: Lang) -> String {
    let percent = |share: f64| format!("{:.1} %", 100.0 * share);
    match (verdict.attained.closed, verdict.attained.ratio, lang) {
        (Some(closed), _, Lang::En) => format!("{} of the way", percent(closed)),
        (Some(closed), _, Lang::Zh) => format!("完成{}", percent(closed)),
        (None, Some(ratio), Lang::En) => format!("{} of the bound", percent(ratio)),
        (None, Some(ratio), Lang::Zh) => format!("界限的{}", percent(ratio)),
        (None, None, _) => "–".to_owned(),
    }
}

fn pace_text(verdict: &Verdict, lang: Lang) -> String {
    match &verdict.pace {
        None => "–".to_owned(),
        Some(pace) => {
            pace.category.map(str::to_owned).or(pace.reason.map(|reason| reason.message().get(lang).to_owned())).unwrap_or_default()
        }
    }
}

/// The comparison in one line: value and period against the bound, and what is missing.
fn why(plan: &Plan, verdict: &Verdict, lang: Lang) -> String {
    let attained = &verdict.attained;
    let unit = unit_of(plan, &verdict.target);
    let number = |value: &Decimal| format!("{}{unit}", shown(*value));
    let mut parts = Vec::new();
    if let (Some(value), Some(period), Some(bound)) = (&attained.value, &attained.period, &attained.bound) {
        let (value, bound) = (number(value), number(bound));
        let to = attained.bound_max.as_ref().map(|high| format!("–{}", number(high))).unwrap_or_default();
        parts.push(match lang {
            Lang::En => format!("{value} in {period}, bound {bound}{to}"),
            Lang::Zh => format!("{period}为{value}，界限{bound}{to}"),
        });
    }
    if let Some(gap) = &attained.gap {
        let (missing, beyond) = (gap.is_sign_positive() && !gap.is_zero(), gap.is_sign_negative() && !gap.is_zero());
        let size = number(&gap.abs());
        match (missing, beyond, lang) {
            (true, _, Lang::En) => parts.push(format!("{size} missing")),
            (true, _, Lang::Zh) => parts.push(format!("尚差{size}")),
            (_, true, Lang::En) => parts.push(format!("{size} beyond")),
            (_, true, Lang::Zh) => parts.push(format!("超过{size}")),
            _ => {}
        }
    }
    if let (State::NotMet, Some(at)) = (attained.state, attained.decided_at) {
        let is_decider = attained.period.as_ref().is_some_and(|period| period.end() == Some(at));
        match (is_decider, lang) {
            (true, _) => {}
            (_, Lang::En) => parts.push(format!("failed in {at}")),
            (_, Lang::Zh) => parts.push(format!("{at}未达")),
        }
    }
    if let Some(reason) = attained.reason {
        parts.push(reason.message().get(lang).to_owned());
    }
    for flag in [Flag::Maintenance, Flag::BaselineDiffers, Flag::CaliberLinked, Flag::Provisional] {
        if verdict.quality.flags.contains(&flag) {
            parts.push(flag.message().get(lang).to_owned());
        }
    }
    parts.join(if lang == Lang::En { "; " } else { "；" })
}

/// A number for a line of text: whole numbers as they are, others at seven significant digits.
fn shown(value: Decimal) -> Decimal {
    let short = if value.trunc().abs() < Decimal::from(10_000_000) { value.round_sf(7) } else { Some(value.round()) };
    short.unwrap_or(value).normalize()
}

fn unit_of(plan: &Plan, target: &str) -> String {
    let document = plan.document();
    let Some(target) = document.targets.get(target) else { return String::new() };
    let Some(indicator) = target.indicator.as_ref().and_then(|id| document.indicators.get(id.as_str())) else { return String::new() };
    let measure = target.measures().first().copied().unwrap_or(Measure::Level);
    match crate::plan::UnitOf::new(measure, indicator).label() {
        Some("%") => " %".to_owned(),
        Some(label) => format!(" {label}"),
        None => String::new(),
    }
}
