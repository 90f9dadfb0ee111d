//! Assessments as tables for people and for programs.

mod line;

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde_json::{Map, Value, json};
use unicode_width::UnicodeWidthStr;

use crate::assess::Assessment;
use crate::column::{Column, nearest};
use crate::csv_text::Csv;
use crate::plan::Plan;
use crate::text::{Lang, escape_html, escape_markdown, one_line};
use crate::verdict::{Reason, Verdict};

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
    /// Numbers are the nearest floats; [`Assessment::decimals`] has them exactly. Words are a
    /// dictionary, flags are joined by `;`.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Panel, Plan};
    /// # let plan = Plan::parse("{attainment: 1, id: p, indicators: {a: {name: A, direction: increase}}, targets: {a: {indicator: a, reach: 1, by: 2020}}}", Format::Yaml)?;
    /// let assessment = plan.assess(&Panel::default(), &AssessOptions::new().as_of(2019))?;
    /// let columns = assessment.columns();
    /// assert_eq!((columns[0].0, columns[0].1.cell(0)), ("target", "a".into()));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn columns(&self) -> Vec<(&'static str, Column<'static>)> {
        COLUMNS.iter().filter_map(|name| Some((*name, self.column(name)?))).collect()
    }

    /// One of the [columns](Assessment::columns); `None` where there is none of the name.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Panel, Plan, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: p, indicators: {a: {name: A, direction: increase}}, targets: {a: {indicator: a, reach: 4, by: 2020}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("x", "a", 2020, 3)]);
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2020))?;
    /// assert_eq!(assessment.column("ratio").unwrap().cell(0), 0.75.into());
    /// assert!(assessment.column("colour").is_none());
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn column(&self, name: &str) -> Option<Column<'static>> {
        let words = |word: &dyn for<'v> Fn(&'v Verdict) -> Option<&'v str>| Column::words(self.verdicts().iter().map(word));
        let periods = |text: &dyn Fn(&Verdict) -> Option<String>| {
            let texts: Vec<Option<String>> = self.verdicts().iter().map(text).collect();
            Column::words(texts.iter().map(Option::as_deref))
        };
        let numbers = |number: &dyn Fn(&Verdict) -> Option<f64>| Column::floats(self.verdicts().iter().map(number));
        Some(match name {
            "target" => words(&|verdict| Some(&verdict.target)),
            "area" => words(&|verdict| Some(&verdict.area)),
            "indicator" => words(&|verdict| verdict.indicator.as_deref()),
            "as_of" => periods(&|verdict| Some(verdict.as_of.to_string())),
            "method" => words(&|verdict| verdict.pace.as_ref().map(|pace| pace.method.as_str())),
            "attained" => words(&|verdict| Some(verdict.attained.state.as_str())),
            "reason" => words(&|verdict| reason(verdict)),
            "holds_now" => Column::answers(self.verdicts().iter().map(|verdict| verdict.attained.holds_now)),
            "decided_at" => periods(&|verdict| verdict.attained.decided_at.map(|at| at.to_string())),
            "value" | "bound" | "gap" => {
                let number = decimal_of(name)?;
                numbers(&|verdict| number(verdict).map(nearest))
            }
            "period" => periods(&|verdict| verdict.attained.period.as_ref().map(ToString::to_string)),
            "ratio" => numbers(&|verdict| verdict.attained.ratio),
            "closed" => numbers(&|verdict| verdict.attained.closed),
            "category" => words(&|verdict| verdict.pace.as_ref()?.category.as_deref()),
            "scale" => words(&|verdict| Some(verdict.pace.as_ref()?.scale?.as_str())),
            "pace_value" => numbers(&|verdict| verdict.pace.as_ref()?.value),
            "score" => numbers(&|verdict| verdict.pace.as_ref()?.score),
            "flags" => periods(&|verdict| {
                let flags: Vec<&str> = verdict.quality.flags.iter().map(|flag| flag.as_str()).collect();
                Some(flags.join(";")).filter(|flags| !flags.is_empty())
            }),
            _ => return None,
        })
    }

    /// `value`, `bound` or `gap` exactly: decimals of one scale, or cells where no scale holds them
    /// all; `None` for other names.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Panel, Plan, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: p, indicators: {a: {name: A, direction: increase}}, targets: {a: {indicator: a, reach: 4, by: 2020}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("x", "a", 2020, "3.9")]);
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2020))?;
    /// use attainment::{Column, Decimal};
    /// let gaps = assessment.decimals("gap").unwrap();
    /// assert!(matches!(gaps, Column::Decimal { scale: 1, .. }));
    /// assert_eq!(gaps.cell(0), Decimal::new(1, 1).into());
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn decimals(&self, name: &str) -> Option<Column<'static>> {
        let number = decimal_of(name)?;
        Some(Column::decimals(&self.verdicts().iter().map(number).collect::<Vec<_>>()))
    }

    /// Every verdict as CSV text: the columns of [`Assessment::columns`], a line for each verdict.
    ///
    /// What is missing is an empty cell, the flags of a verdict stand in one cell with `; ` between them,
    /// and numbers are written as in [`Assessment::to_records`].
    ///
    /// ```
    /// # use attainment::{AssessOptions, Csv, Format, Panel, Plan, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: soil, indicators: {sealed: {name: Land sealed a day, unit: ha, direction: decrease}}, targets: {sealed: {indicator: sealed, at_most: 30, by: 2020}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("DE", "sealed", 2020, "54")]);
    /// # let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2020))?;
    /// let csv = assessment.to_csv(&Csv::new());
    /// assert!(csv.starts_with("target,area,indicator,as_of,method,attained,"));
    /// assert!(csv.lines().nth(1).unwrap().starts_with("sealed,DE,sealed,2020,,not_met,"));
    /// assert!(assessment.to_csv(&Csv::new().bom(true)).starts_with('\u{feff}'));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_csv(&self, csv: &Csv) -> String {
        csv.write(COLUMNS.iter().copied(), self.to_records().into_iter().map(|record| record.into_values().collect()))
    }

    /// The name of each target, with its id where another target has the same name.
    fn labels(&self, lang: Lang) -> BTreeMap<&str, String> {
        let targets = self.plan().document().targets.keys();
        let names: BTreeMap<&str, String> = targets.map(|id| (id.as_str(), target_name(self.plan(), id, lang))).collect();
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        names.values().for_each(|name| *counts.entry(name).or_default() += 1);
        let label = |id: &str, name: &str| if counts[name] > 1 { format!("{name} [{id}]") } else { name.to_owned() };
        names.iter().map(|(id, name)| (*id, label(id, name))).collect()
    }

    fn lines(&self, lang: Lang) -> Vec<Vec<String>> {
        let several_moments = self.verdicts().windows(2).any(|pair| pair[0].as_of != pair[1].as_of);
        let headers = match lang {
            Lang::En => ["target", "area", "as of", "attained", "degree", "pace", "why"],
            Lang::Zh => ["目标", "地区", "截至", "达成", "程度", "进度", "依据"],
        };
        let labels = self.labels(lang);
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

/// Why there is no answer, to the one question or the other.
fn reason(verdict: &Verdict) -> Option<&'static str> {
    let of_pace = || verdict.pace.as_ref()?.reason.map(|reason| reason.as_str());
    verdict.attained.reason.map(Reason::as_str).or_else(of_pace)
}

/// The columns that are exact numbers.
fn decimal_of(name: &str) -> Option<fn(&Verdict) -> Option<Decimal>> {
    Some(match name {
        "value" => |verdict| verdict.attained.value,
        "bound" => |verdict| verdict.attained.bound,
        "gap" => |verdict| verdict.attained.gap,
        _ => return None,
    })
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
        "reason": reason(verdict),
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
