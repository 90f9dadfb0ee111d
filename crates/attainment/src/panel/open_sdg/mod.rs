//! Indicators of Open SDG to a panel and a plan.

mod data;
mod metadata;

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::Panel;
use super::breakdown::PlainCodes;
use super::build::PanelBuilder;
use super::columns::Columns;
use crate::error::Error;
use crate::finding::{Code, Finding};
use crate::number::parse_decimal;
use crate::plan::{Direction, Plan};
use crate::text::{msg, shorten};
use data::{Data, Header, Line};
use metadata::{Metadata, Progress};

/// The area of values without a code, where the metadata do not name it.
const NATIONAL: &str = "national";
/// The longest text that can be an id.
const LONGEST_ID: usize = 200;

impl Panel {
    /// A panel and a plan of one indicator of an Open SDG site: its data (CSV) and its configuration
    /// (YAML, by itself or in front of Markdown).
    ///
    /// Each series in each unit is an indicator of its own: `1.2.1`, `1.2.1/<series>` where the data
    /// have series, and `1.2.1/<series>/<unit>` where a series has several units. Empty cells of a
    /// disaggregation are the whole (where there are none, `Total`); what the others say is the breakdown (`Sex=Female;Age=15 to 24`).
    /// Values with a `GeoCode` belong to that area, those without to the area that
    /// `national_geographical_coverage` names. A column `Progress` holds the values that progress is
    /// measured of; they have the caliber `Progress`.
    ///
    /// | in `progress_calculation_options` | in the plan |
    /// |---|---|
    /// | `series`, `unit`, `disaggregation` | the indicator and the breakdown of a target |
    /// | `direction` | the direction of the indicator; where none is said, `decrease`, with a finding |
    /// | `target`, `target_year` (2030) | `reach` … `by` … |
    /// | no `target` | a `change` in the direction, against 0 |
    /// | `base_year` (2015) | `baseline` |
    /// | `limit`, without a target | the mark `limit` |
    ///
    /// A series that no option is about is in the panel and not in the plan, since nothing says which
    /// way it is better. What has no place in a plan is in [`Plan::findings`] (`not_translated`) with its
    /// line: groups and thresholds of the calculation, a status set by hand, keys of translations.
    /// The method that Open SDG itself uses is `statcan-2025`.
    ///
    /// Source: Open SDG documentation, data format, indicator configuration and progress, 2.4.0 (2025).
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] when the metadata are no YAML, [`Error::Input`] when they name no indicator or the
    /// data have no `Year` or `Value`.
    ///
    /// ```
    /// use attainment::{AssessOptions, Columns, Panel};
    /// let data = "Year,Units,Series,GeoCode,Value\n2015,Percentage (%),,,14.5\n2023,Percentage (%),,,10.2\n";
    /// let metadata = "
    /// indicator_number: 1.2.1
    /// indicator_name: Share of people in poverty
    /// national_geographical_coverage: Canada
    /// auto_progress_calculation: true
    /// progress_calculation_options:
    /// - direction: negative
    ///   target: 7.25
    /// ";
    /// let (panel, plan) = Panel::from_open_sdg(data, metadata, &Columns::new())?;
    /// let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2023).method("statcan-2025"))?;
    /// let verdict = assessment.verdict("1.2.1", "Canada")?;
    /// assert_eq!(verdict.pace.as_ref().unwrap().category.as_deref(), Some("substantial_progress"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn from_open_sdg(data: &str, metadata: &str, names: &Columns) -> Result<(Self, Plan), Error> {
        let mut builder = PanelBuilder::new();
        let plan = builder.add_open_sdg(data, metadata, names)?;
        Ok((builder.finish(), plan))
    }
}

impl PanelBuilder {
    /// Adds the data of one indicator of Open SDG and gives its plan; see [`Panel::from_open_sdg`].
    ///
    /// # Errors
    ///
    /// As [`Panel::from_open_sdg`].
    ///
    /// ```
    /// # use attainment::{Columns, PanelBuilder};
    /// let mut site = PanelBuilder::new();
    /// for number in ["1.2.1", "1.2.2"] {
    ///     let metadata = format!("indicator_number: {number}\nindicator_name: Poverty\n");
    ///     let plan = site.add_open_sdg("Year,Sex,Value\n2020,,9\n2020,Female,9.5\n", &metadata, &Columns::new())?;
    ///     // Nothing says which way it is better, so there is nothing to judge.
    ///     assert!(plan.document().targets.is_empty());
    /// }
    /// assert_eq!(site.finish().len(), 4);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn add_open_sdg(&mut self, data: &str, metadata: &str, names: &Columns) -> Result<Plan, Error> {
        let mut metadata = Metadata::read(metadata)?;
        let header = Header::read(data, names)?;
        let data = data::add(self, data, &header, &metadata)?;
        let document = plan(&data, &mut metadata, &self.plain);
        let mut plan = Plan::from_value(&document)?;
        plan.add_findings(std::mem::take(&mut metadata.findings));
        Ok(plan)
    }
}

/// The plan that the options of the calculation make.
fn plan(data: &Data<'_>, metadata: &mut Metadata, plain: &PlainCodes) -> Value {
    let mut indicators: Map<String, Value> = Map::new();
    let mut targets: Map<String, Value> = Map::new();
    let home = metadata.coverage.clone().unwrap_or_else(|| NATIONAL.to_owned());
    let mut progress = std::mem::take(&mut metadata.progress);
    for series in &mut progress {
        match target(data, metadata, plain, series, &indicators) {
            Err(finding) => metadata.findings.push(finding),
            Ok((line, breakdown, mut target)) => {
                let indicator = indicators.entry(line.id.clone()).or_insert_with(|| indicator(line, metadata, series.direction));
                if let Some(limit) = &series.limit {
                    set_limit(indicator, limit, series, &mut metadata.findings);
                }
                target.insert("areas".to_owned(), home.as_str().into());
                if data.has_progress {
                    target.insert("caliber".to_owned(), "Progress".into());
                }
                let id = if breakdown.is_empty() { line.id.clone() } else { format!("{} {breakdown}", line.id) };
                targets.insert(unused(&targets, &id), target.into());
            }
        }
    }
    let areas = std::iter::once((home.clone(), json!({ "name": home })))
        .chain(data.areas.iter().map(|(code, name)| (code.clone(), json!({ "name": name }))))
        .collect::<Map<String, Value>>();
    json!({
        "attainment": "1",
        "id": format!("open-sdg-{}", metadata.number),
        "area": home,
        "areas": areas,
        "indicators": indicators,
        "targets": targets,
    })
}

/// An id that no target has yet, and that is not too long for one.
fn unused(targets: &Map<String, Value>, id: &str) -> String {
    let id: String = id.chars().take(LONGEST_ID - 8).collect();
    let numbered = (2..).map(|number| format!("{id} {number}"));
    std::iter::once(id.clone()).chain(numbered).find(|id| !targets.contains_key(id)).unwrap_or_default()
}

fn indicator(line: &Line, metadata: &Metadata, direction: Direction) -> Value {
    let name = if line.series.is_empty() {
        metadata.name.as_deref().or_else(|| metadata.title(&line.series, &line.unit)).unwrap_or(&metadata.number)
    } else {
        metadata.title(&line.series, &line.unit).unwrap_or(&line.series)
    };
    let mut indicator = json!({ "name": name, "direction": direction.as_str() });
    if !line.plan_unit.is_empty() {
        indicator["unit"] = line.plan_unit.as_str().into();
    }
    if let Some(decimals) = metadata.decimals(&line.series, &line.unit) {
        indicator["decimals"] = decimals.into();
    }
    indicator
}

fn set_limit(indicator: &mut Value, limit: &str, series: &Progress, findings: &mut Vec<Finding>) {
    let shown = shorten(limit);
    let marks = json!({ "limit": limit });
    let problem = if parse_decimal(limit).is_err() {
        msg!("the limit `{shown}` is not a number", "界限`{shown}`不是数")
    } else if series.target.is_some() {
        msg!("a limit counts only where there is no target, so `{shown}` is left out", "有目标值时不用界限,故略去`{shown}`")
    } else if indicator.get("marks").is_some_and(|known| *known != marks) {
        msg!("the indicator has another limit already, so `{shown}` is left out", "该指标已有另一界限,故略去`{shown}`")
    } else {
        indicator["marks"] = marks;
        return;
    };
    let help = msg!("write the mark `limit` of the indicator in the plan", "请在规划中写指标的标志值`limit`");
    findings.push(series.place.finding(Code::NotTranslated, problem, help));
}

type Made<'a> = (&'a Line, String, Map<String, Value>);

/// The target of one option, or why there is none.
fn target<'a>(
    data: &'a Data<'_>,
    metadata: &Metadata,
    plain: &PlainCodes,
    series: &Progress,
    indicators: &Map<String, Value>,
) -> Result<Made<'a>, Finding> {
    let line = line(data, metadata, series)?;
    let not_translated = |message, help| series.place.finding(Code::NotTranslated, message, help);
    let id = shorten(&line.id);
    if line.id.chars().count() > LONGEST_ID {
        let message = msg!("the name of the series `{id}` is too long for an id", "序列名`{id}`过长,不能作为标识");
        return Err(not_translated(message, msg!("give the series a shorter name", "请缩短序列名")));
    }
    if indicators.get(&line.id).is_some_and(|known| known["direction"] != series.direction.as_str()) {
        let message = msg!("an earlier option gives `{id}` the other direction", "前面的选项给`{id}`的方向相反");
        return Err(not_translated(message, msg!("state one direction for a series", "同一序列只写一个方向")));
    }
    let breakdown = breakdown(data, plain, series, line)?;
    if breakdown.chars().count() > LONGEST_ID {
        let shown = shorten(&breakdown);
        let message = msg!("the breakdown `{shown}` is too long for an id", "分组`{shown}`过长,不能作为标识");
        return Err(not_translated(message, msg!("give columns and values of the data shorter names", "请缩短数据的列名和取值")));
    }
    for (what, year) in [("base_year", &series.base_year), ("target_year", &series.target_year)] {
        let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
        if !is_year {
            let shown = shorten(year);
            let message = msg!("`{what}` is `{shown}`, which is not a year", "`{what}`为`{shown}`,不是年份");
            return Err(not_translated(message, msg!("write a year such as `2030`", "请写年份,如`2030`")));
        }
    }
    let mut target = Map::new();
    target.insert("indicator".to_owned(), line.id.as_str().into());
    match &series.target {
        Some(bound) => {
            if parse_decimal(bound).is_err() {
                let shown = shorten(bound);
                let message = msg!("the target `{shown}` is not a number", "目标值`{shown}`不是数");
                return Err(not_translated(message, msg!("write a number in the unit of the data", "请按数据的单位写数字")));
            }
            target.insert("reach".to_owned(), bound.as_str().into());
        }
        None => {
            // A change of a percentage is in percentage points.
            let nothing = if line.plan_unit == "percent" { "0pp" } else { "0" };
            let compare = if series.direction == Direction::Increase { "more_than" } else { "less_than" };
            target.insert("measure".to_owned(), "change".into());
            target.insert(compare.to_owned(), nothing.into());
        }
    }
    target.insert("by".to_owned(), series.target_year.as_str().into());
    target.insert("baseline".to_owned(), series.base_year.as_str().into());
    if !breakdown.is_empty() {
        target.insert("breakdown".to_owned(), breakdown.as_str().into());
    }
    Ok((line, breakdown, target))
}

/// The series and unit that an option is about.
fn line<'a>(data: &'a Data<'_>, metadata: &Metadata, series: &Progress) -> Result<&'a Line, Finding> {
    let not_translated = |message, help| series.place.finding(Code::NotTranslated, message, help);
    let help = || msg!("write `series` and `unit` as they stand in the data", "请按数据原样写`series`和`unit`");
    let (want_series, want_unit) = (series.series.as_deref(), series.unit.as_deref());
    let fits = |line: &&Line| want_series.is_none_or(|want| want == line.series) && want_unit.is_none_or(|want| want == line.unit);
    let mut fitting: Vec<&Line> = data.lines.iter().filter(fits).collect();
    // Where nothing is said the line without a series is meant, if there is one.
    if want_series.is_none() && fitting.iter().any(|line| line.series.is_empty()) {
        fitting.retain(|line| line.series.is_empty());
    }
    match fitting.as_slice() {
        [only] => Ok(only),
        [] => {
            let shown = shorten(&[want_series, want_unit].into_iter().flatten().collect::<Vec<_>>().join(", "));
            let number = &metadata.number;
            let message = match (want_series, want_unit) {
                (None, None) => msg!("the data of `{number}` are empty", "`{number}`没有数据"),
                _ => msg!("the data have no series or unit `{shown}`", "数据中没有序列或单位`{shown}`"),
            };
            Err(not_translated(message, help()))
        }
        several => {
            let count = several.len();
            let units: BTreeSet<&str> = several.iter().map(|line| line.unit.as_str()).collect();
            let what = if units.len() > 1 { "unit" } else { "series" };
            Err(not_translated(
                msg!("the option says no `{what}`, and {count} series of the data fit", "选项未写`{what}`,数据中有{count}个序列符合"),
                help(),
            ))
        }
    }
}

/// The breakdown that an option is about, as the labels of the data have it.
fn breakdown(data: &Data<'_>, plain: &PlainCodes, series: &Progress, line: &Line) -> Result<String, Finding> {
    let not_translated = |message, help| series.place.finding(Code::NotTranslated, message, help);
    if let Some((field, _)) = series.disaggregation.iter().find(|(field, _)| !data.names.contains(&field.as_str())) {
        let shown = shorten(field);
        let message = msg!("the data have no column `{shown}`", "数据中没有`{shown}`列");
        return Err(not_translated(message, msg!("write `field` as it stands in the header of the data", "请按数据表头原样写`field`")));
    }
    let mut codes = Vec::new();
    for name in &data.names {
        let said = series.disaggregation.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str());
        let whole = plain.get(&(line.id.clone(), (*name).to_owned()));
        if said.is_none() && matches!(whole, Some(None)) {
            let shown = shorten(name);
            let message =
                msg!("the option says no `{shown}`, and the data have no value for the whole", "选项未写`{shown}`,数据中也没有合计");
            let help = msg!("add the field to `disaggregation`", "请在`disaggregation`中补上该字段");
            return Err(not_translated(message, help));
        }
        codes.push(said);
    }
    Ok(data.dimensions.label(&line.id, codes.into_iter(), None))
}
