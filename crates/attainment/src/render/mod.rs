//! Assessments as tables for people and for programs.

pub(crate) mod line;
mod pages;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};
use unicode_width::UnicodeWidthStr;

pub(crate) use line::grouped;

use crate::assess::Assessment;
use crate::column::Cell;
use crate::plan::{Indicator, Plan, Target};
use crate::text::{Lang, escape_markdown, one_line};
use crate::verdict::Verdict;

/// What a target is called: its own name, its indicator's, or its id.
pub(crate) fn target_name(plan: &Plan, id: &str, lang: Lang) -> String {
    let document = plan.document();
    let target = document.targets.get(id);
    let own = target.and_then(|target| target.name.as_ref());
    let indicator = target.and_then(|target| target.indicator.as_ref()).and_then(|id| document.indicators.get(id.as_str()));
    let name = own.or(indicator.map(|indicator| &indicator.name));
    name.map_or_else(|| id.to_owned(), |name| name.get(lang).to_owned())
}

/// The name of an indicator with what tells it from another of the same name: 众创空间（国家级）.
fn full_name(indicator: &Indicator, lang: Lang) -> String {
    let name = indicator.name.get(lang);
    let more: Vec<&str> = [&indicator.grade, &indicator.scope].into_iter().flatten().map(|text| text.get(lang)).collect();
    match (more.is_empty(), lang) {
        (true, _) => name.to_owned(),
        (_, Lang::En) => format!("{name} ({})", more.join(", ")),
        (_, Lang::Zh) => format!("{name}（{}）", more.join("，")),
    }
}

/// The name of each target. Where several have one name, with the grade and scope of the indicator;
/// where that tells them apart no more, with the id.
fn labels(plan: &Plan, lang: Lang) -> BTreeMap<&str, String> {
    let document = plan.document();
    let indicator = |target: &Target| document.indicators.get(target.indicator.as_ref()?.as_str());
    let mut names: BTreeMap<&str, String> = document.targets.keys().map(|id| (id.as_str(), target_name(plan, id, lang))).collect();
    for round in 0..2 {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        names.values().for_each(|name| *counts.entry(name.clone()).or_default() += 1);
        for (id, name) in &mut names {
            if counts.get(name).is_none_or(|count| *count < 2) {
                continue;
            }
            let target = document.targets.get(*id).filter(|target| target.name.is_none());
            match (round, target.and_then(indicator)) {
                (0, Some(indicator)) => *name = full_name(indicator, lang),
                (0, None) => {}
                _ => *name = format!("{name} [{id}]"),
            }
        }
    }
    names
}

pub(crate) fn area_name(plan: &Plan, id: &str, lang: Lang) -> String {
    let name = plan.document().areas.get(id).and_then(|area| area.name.as_ref());
    name.map_or_else(|| id.to_owned(), |name| name.get(lang).to_owned())
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

    /// Every verdict as a flat record.
    ///
    /// Keys: `target, area, indicator, as_of, method, attained, reason, holds_now, decided_at,
    /// value, period, bound, gap, ratio, closed, category, scale, pace_value, score, flags`.
    /// Decimals are text; what is missing is null. `forecast` is there where it was
    /// [asked for](crate::AssessOptions::forecast).
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
        let mut records: Vec<Map<String, Value>> = self.verdicts().iter().map(record).collect();
        if let Some(forecast) = self.column("forecast") {
            for (row, record) in records.iter_mut().enumerate() {
                let number = match forecast.cell(row) {
                    Cell::Float(number) => json!(number),
                    _ => Value::Null,
                };
                record.insert("forecast".to_owned(), number);
            }
        }
        records
    }

    fn lines(&self, lang: Lang) -> Vec<Vec<String>> {
        let several_moments = self.verdicts().windows(2).any(|pair| pair[0].as_of != pair[1].as_of);
        let headers = match lang {
            Lang::En => ["target", "area", "as of", "attained", "degree", "pace", "why"],
            Lang::Zh => ["目标", "地区", "截至", "达成", "程度", "进度", "依据"],
        };
        let labels = labels(self.plan(), lang);
        let mut rows = vec![headers.map(str::to_owned).to_vec()];
        for verdict in self.verdicts() {
            rows.push(vec![
                labels.get(verdict.target.as_str()).cloned().unwrap_or_default(),
                area_name(self.plan(), &verdict.area, lang),
                verdict.as_of.to_string(),
                line::attained(verdict, lang),
                line::degree(verdict, lang),
                line::pace(verdict, lang),
                line::why(self.plan(), verdict, lang),
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

fn record(verdict: &Verdict) -> Map<String, Value> {
    let attained = &verdict.attained;
    let decimal = |value: &Option<Decimal>| value.as_ref().map(ToString::to_string);
    let pace = verdict.pace.as_ref();
    let flags: Vec<&str> = verdict.quality.flags.iter().map(|flag| flag.as_str()).collect();
    let value = json!({
        "target": verdict.target,
        "area": verdict.area,
        "indicator": verdict.indicator,
        "as_of": verdict.as_of.to_string(),
        "method": pace.map(|pace| &pace.method),
        "attained": attained.state.as_str(),
        "reason": verdict.reason_word(),
        "holds_now": attained.holds_now,
        "decided_at": attained.decided_at.map(|at| at.to_string()),
        "value": decimal(&attained.value),
        "period": attained.period.as_ref().map(ToString::to_string),
        "bound": decimal(&attained.bound),
        "gap": decimal(&attained.gap),
        "ratio": attained.ratio,
        "closed": attained.closed,
        "category": pace.and_then(|pace| pace.category.as_deref()),
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
