//! The data of an Open SDG indicator.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::super::breakdown::Dimensions;
use super::super::build::{PanelBuilder, Row};
use super::super::columns::{Columns, Role, missing_column};
use super::super::table::{for_each_row, open_with, separator, two_readings};
use super::metadata::{Metadata, is_key};
use crate::column::Cell;
use crate::error::Error;
use crate::finding::{Code, Finding};
use crate::text::{Message, msg, shorten};
use crate::unit::Unit;

/// The columns that Open SDG gives a meaning; every other one is a disaggregation.
const KNOWN: &[(Role, &[&str])] = &[
    (Role::Period, &["Year"]),
    (Role::Value, &["Value"]),
    (Role::Indicator, &["Series", "SERIES"]),
    (Role::Unit, &["Units", "UNIT_MEASURE"]),
    (Role::Area, &["GeoCode"]),
    (Role::UnitMult, &["Unit multiplier", "UNIT_MULT"]),
    (Role::Status, &["Observation status", "OBS_STATUS"]),
];
/// What the progress is measured of, where it is not the value.
const PROGRESS: &str = "Progress";
/// Columns that say nothing an observation is made of.
const ASIDE: &[&str] = &["Unit measure", "SOURCE_DETAIL", "DATA_LAST_UPDATE"];

/// Names of the code list CL_OBS_STATUS of SDMX, version 2.2.
const STATUS: &[(&str, &str)] = &[
    ("normal value", "A"),
    ("normal", "A"),
    ("time series break", "B"),
    ("definition differs", "D"),
    ("estimated value", "E"),
    ("forecast value", "F"),
    ("experimental value", "G"),
    ("missing value; holiday or weekend", "H"),
    ("value imputed by a receiving agency", "I"),
    ("derogation", "J"),
    ("data included in another category", "K"),
    ("missing value; data exist but were not collected", "L"),
    ("missing value; data cannot exist", "M"),
    ("not significant", "N"),
    ("missing value", "O"),
    ("provisional value", "P"),
    ("missing value; suppressed", "Q"),
    ("strike and other special events", "S"),
    ("low reliability", "U"),
    ("unvalidated value", "V"),
    ("includes data from another category", "W"),
];

/// Names of the code list CL_UNIT_MULT of SDMX, and its codes, as a word in front of a unit.
const MULTIPLIERS: &[(&str, &str)] = &[
    ("", ""),
    ("0", ""),
    ("unit", ""),
    ("units", ""),
    ("2", "hundred"),
    ("hundreds", "hundred"),
    ("3", "thousand"),
    ("thousands", "thousand"),
    ("6", "million"),
    ("millions", "million"),
    ("9", "billion"),
    ("billions", "billion"),
    ("12", "trillion"),
    ("trillions", "trillion"),
];

/// One series in one unit: an indicator of the plan.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) id: String,
    pub(super) series: String,
    /// As the data say it.
    pub(super) unit: String,
    /// A scale in front of the unit.
    multiplier: &'static str,
    /// As a plan says it.
    pub(super) plan_unit: String,
}

/// The data of one indicator, understood.
pub(super) struct Data<'a> {
    pub(super) lines: Vec<Line>,
    pub(super) dimensions: Dimensions<'a>,
    pub(super) names: Vec<&'a str>,
    /// Areas by their codes, with the names that the data give them.
    pub(super) areas: BTreeMap<String, String>,
    /// Whether there are values that the progress is measured of instead.
    pub(super) has_progress: bool,
}

/// The header of the data.
pub(super) struct Header {
    names: Vec<String>,
    roles: Vec<(Role, usize)>,
    progress: Option<usize>,
    disaggregations: Vec<usize>,
}

type Rows = Vec<(u64, csv::StringRecord)>;

impl Header {
    pub(super) fn read(text: &str, columns: &Columns) -> Result<Self, Error> {
        let (names, _) = open_with(text, None)?;
        let known: Vec<&str> = KNOWN.iter().map(|(role, _)| role.name()).collect();
        let mut findings = columns.misnamed(&names, &known);
        for (index, name) in names.iter().enumerate() {
            if !name.is_empty() && names[..index].contains(name) {
                let shown = shorten(name);
                findings.push(
                    Finding::new(Code::DuplicateColumn, msg!("the column `{shown}` stands twice", "`{shown}`列出现两次"))
                        .at_row(0, Some(index as u32 + 1))
                        .help(msg!("rename or remove one of the two", "请改名或删去其一")),
                );
            }
        }
        let mut roles = Vec::new();
        for (role, candidates) in KNOWN {
            let named = names.iter().position(|name| columns.ours(name) == Some(role.name()));
            let guessed = || names.iter().position(|name| candidates.contains(&name.as_str()) && !columns.names(name));
            if let Some(index) = named.or_else(guessed) {
                roles.push((*role, index));
            }
        }
        for role in [Role::Period, Role::Value] {
            if roles.iter().all(|(known, _)| *known != role) {
                findings.push(missing_column(role.name(), &names));
            }
        }
        if findings.iter().any(Finding::is_error) {
            return Err(Error::Input(findings));
        }
        let progress = names.iter().position(|name| name == PROGRESS);
        let is_aside = |name: &str| name.is_empty() || name.starts_with("COMMENT") || ASIDE.contains(&name);
        let disaggregations = (0..names.len())
            .filter(|index| roles.iter().all(|(_, place)| place != index) && Some(*index) != progress && !is_aside(&names[*index]))
            .collect();
        Ok(Self { names, roles, progress, disaggregations })
    }

    fn place(&self, role: Role) -> Option<usize> {
        self.roles.iter().find(|(known, _)| *known == role).map(|(_, index)| *index)
    }

    fn cell<'b>(&self, fields: &'b csv::StringRecord, role: Role) -> &'b str {
        self.place(role).and_then(|index| fields.get(index)).unwrap_or_default()
    }

    fn column(&self, role: Role) -> Option<u32> {
        self.place(role).map(|index| index as u32 + 1)
    }

    /// The unit of a row as the data say it, its multiplier in front.
    fn unit<'b>(&self, fields: &'b csv::StringRecord, metadata: &'b Metadata) -> (&'b str, Option<&'static str>) {
        let unit = Some(self.cell(fields, Role::Unit)).filter(|unit| !unit.is_empty()).or(metadata.unit.as_deref()).unwrap_or_default();
        let multiplier = self.cell(fields, Role::UnitMult).to_lowercase();
        (unit, MULTIPLIERS.iter().find(|(name, _)| *name == multiplier).map(|(_, word)| *word))
    }
}

/// The key of a line: series, unit and multiplier as the data write them.
type LineKey = (String, String, String);

pub(super) fn add<'a>(builder: &mut PanelBuilder, text: &str, header: &'a Header, metadata: &Metadata) -> Result<Data<'a>, Error> {
    let separator = separator(text);
    let (_, mut reader) = open_with(text, Some(separator))?;
    let mut rows: Rows = Vec::new();
    for_each_row(builder, &header.names, &mut reader, |_, number, fields| rows.push((number, fields.clone())))?;
    let (keys, lines) = lines(builder, &rows, header, metadata);
    let geographic = geographic(&rows, header);
    let names: Vec<&str> = header.disaggregations.iter().map(|index| header.names[*index].as_str()).collect();
    let mut dimensions = Dimensions::new(names.clone(), wholeness);
    let key = |fields: &csv::StringRecord| -> LineKey {
        let (unit, _) = header.unit(fields, metadata);
        (header.cell(fields, Role::Indicator).to_owned(), unit.to_owned(), header.cell(fields, Role::UnitMult).to_owned())
    };
    let line = |fields: &csv::StringRecord| keys.get(&key(fields)).map(|index| &lines[*index]);
    // What the code of an area says its name says again.
    let codes = |fields: &csv::StringRecord| -> Vec<Option<String>> {
        let of_area = !header.cell(fields, Role::Area).is_empty();
        let code = |index: &usize| (!(of_area && geographic.contains(index))).then(|| fields.get(*index).unwrap_or_default().to_owned());
        header.disaggregations.iter().map(code).collect()
    };
    for (_, fields) in &rows {
        if let Some(line) = line(fields) {
            dimensions.note(&line.id, codes(fields).iter().map(Option::as_deref));
        }
    }
    for constant in dimensions.settle(&mut builder.plain) {
        let index = header.disaggregations[constant.dimension];
        let (name, code) = (shorten(&header.names[index]), shorten(&constant.code));
        builder.report(
            Finding::new(
                Code::DimensionDropped,
                msg!("`{name}` is `{code}` in every row of a series and is left out", "同一序列各行的`{name}`均为`{code}`,不计入分组"),
            )
            .at_row(0, Some(index as u32 + 1))
            .help(msg!("nothing to do where this is meant", "若本意如此则无须处理")),
        );
    }
    let mut areas = BTreeMap::new();
    for (number, fields) in &rows {
        let Some(line) = line(fields) else { continue };
        let area = header.cell(fields, Role::Area);
        if !area.is_empty() {
            let name = geographic.iter().rev().filter_map(|index| fields.get(*index)).find(|name| !name.is_empty());
            areas.entry(area.to_owned()).or_insert_with(|| name.unwrap_or(area).to_owned());
        }
        let Some(year) = years(header.cell(fields, Role::Period)) else {
            builder.report(span(header.cell(fields, Role::Period)).at_row(*number, header.column(Role::Period)));
            continue;
        };
        let codes = codes(fields);
        let label = dimensions.label(&line.id, codes.iter().map(Option::as_deref), None);
        let status = header.cell(fields, Role::Status);
        let lower = status.to_lowercase();
        let status = STATUS.iter().find(|(name, _)| *name == lower).map_or(status, |(_, code)| code);
        let value = header.place(Role::Value).map(|index| (index, None));
        let progress =
            header.progress.filter(|index| fields.get(*index).is_some_and(|text| !text.is_empty())).map(|index| (index, Some(PROGRESS)));
        for (index, caliber) in value.into_iter().chain(progress) {
            if let Some(finding) = fields.get(index).and_then(|value| two_readings(separator, value)) {
                builder.report(finding.at_row(*number, Some(index as u32 + 1)));
                continue;
            }
            let mut row = Row::new(*number);
            let mut set = |role: Role, column: Option<u32>, text: &str| row.set(role, column, Cell::Text(text.to_owned()));
            set(Role::Area, header.column(Role::Area), area);
            set(Role::Indicator, header.column(Role::Indicator), &line.id);
            set(Role::Period, header.column(Role::Period), &year);
            set(Role::Value, Some(index as u32 + 1), fields.get(index).unwrap_or_default());
            set(Role::Unit, header.column(Role::Unit), &line.plan_unit);
            set(Role::Status, header.column(Role::Status), status);
            set(Role::Breakdown, None, &label);
            set(Role::Caliber, None, caliber.unwrap_or_default());
            builder.add_row(&row);
        }
    }
    Ok(Data { lines, dimensions, names, areas, has_progress: header.progress.is_some() })
}

/// How plainly a value says that nothing is broken down by its column: nothing at all, or a total that is
/// written out (`Total, gender`).
fn wholeness(_: &str, value: &str) -> Option<u8> {
    let lower = value.to_lowercase();
    match &*lower {
        "" => Some(0),
        "total" | "_t" => Some(1),
        _ if lower.starts_with("total,") || lower.starts_with("total -") => Some(2),
        _ => None,
    }
}

/// The lines of the data in the order they come, and which one a row belongs to.
fn lines(builder: &mut PanelBuilder, rows: &Rows, header: &Header, metadata: &Metadata) -> (BTreeMap<LineKey, usize>, Vec<Line>) {
    let mut keys: BTreeMap<LineKey, usize> = BTreeMap::new();
    let mut lines: Vec<Line> = Vec::new();
    let mut units_of: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (number, fields) in rows {
        let series = header.cell(fields, Role::Indicator);
        let (unit, multiplier) = header.unit(fields, metadata);
        let key = (series.to_owned(), unit.to_owned(), header.cell(fields, Role::UnitMult).to_owned());
        if keys.contains_key(&key) {
            continue;
        }
        let Some(multiplier) = multiplier else {
            let shown = shorten(&key.2);
            let message = msg!("`{shown}` is not a unit multiplier", "`{shown}`不是单位倍数");
            let help = msg!("write a name of the SDMX list, such as `Units` or `Thousands`", "请写SDMX码表中的名称,如`Units`或`Thousands`");
            builder.report(Finding::new(Code::BadCell, message).at_row(*number, header.column(Role::UnitMult)).help(help));
            continue;
        };
        let plan_unit = plan_unit(unit, multiplier).unwrap_or_else(|message| {
            let help = msg!("give the indicator its unit in the plan", "请在规划中给出指标单位");
            builder.report(Finding::new(Code::NoUnit, message).at_row(*number, header.column(Role::Unit)).help(help));
            String::new()
        });
        // Two spellings of one multiplier are one line.
        let known = |line: &Line| line.series == series && line.unit == unit && line.multiplier == multiplier;
        let index = lines.iter().position(known).unwrap_or_else(|| {
            units_of.entry(series.to_owned()).or_default().insert(scaled(unit, multiplier));
            lines.push(Line { id: String::new(), series: series.to_owned(), unit: unit.to_owned(), multiplier, plan_unit });
            lines.len() - 1
        });
        keys.insert(key, index);
    }
    for line in &mut lines {
        let several = units_of.get(&line.series).is_some_and(|units| units.len() > 1);
        let unit = if several { scaled(&line.unit, line.multiplier) } else { String::new() };
        let parts = [metadata.number.as_str(), &line.series, &unit];
        line.id = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
    }
    (keys, lines)
}

fn scaled(unit: &str, multiplier: &str) -> String {
    if multiplier.is_empty() { unit.to_owned() } else { format!("{multiplier} {unit}").trim_end().to_owned() }
}

/// Columns that name the area whose code stands in the row: what they say follows from the code, and
/// rows without a code never say it.
fn geographic(rows: &Rows, header: &Header) -> Vec<usize> {
    let is_geographic = |column: &usize| {
        let mut names: BTreeMap<&str, &str> = BTreeMap::new();
        let cell = |fields: &'_ csv::StringRecord| fields.get(*column).unwrap_or_default().to_owned();
        for (_, fields) in rows {
            let code = header.cell(fields, Role::Area);
            let name = fields.get(*column).unwrap_or_default();
            if !code.is_empty() && *names.entry(code).or_insert(name) != name {
                return false;
            }
        }
        let said: BTreeSet<&str> = names.values().copied().filter(|name| !name.is_empty()).collect();
        !said.is_empty() && rows.iter().all(|(_, fields)| !header.cell(fields, Role::Area).is_empty() || !said.contains(&*cell(fields)))
    };
    header.disaggregations.iter().copied().filter(is_geographic).collect()
}

/// The unit as plans write it; nothing where none is said.
fn plan_unit(unit: &str, multiplier: &str) -> Result<String, Message> {
    let shown = shorten(unit);
    let lower = unit.to_lowercase();
    if unit.is_empty() {
        return Ok(multiplier.to_owned());
    }
    if is_key(unit) {
        return Err(msg!("`{shown}` is the key of a translation and says no unit", "`{shown}`是翻译键,没有说明单位"));
    }
    let is_points = ["percentage point", "pp"].iter().any(|words| lower.starts_with(words));
    let is_percent = !is_points
        && (matches!(lower.as_str(), "%" | "percent" | "per cent" | "percentage")
            || lower.contains("(%)")
            || lower.starts_with("percentage of")
            || lower.starts_with("percent of"));
    let plain = if is_points {
        "pp"
    } else if is_percent {
        "percent"
    } else {
        unit
    };
    let text = scaled(plain, multiplier);
    match Unit::parse(&text) {
        Some(_) if !(is_percent || is_points) || multiplier.is_empty() => Ok(text),
        _ => Err(msg!("`{shown}` is not read as a unit", "`{shown}`无法读作单位")),
    }
}

/// The years of a cell: one, or a window from one to another (`2010-2015`, `2010 to 2015`).
///
/// Nothing where a year and the next are joined, or two digits stand behind one: `2010/11` and
/// `2010/2011` are likely financial or school years, and nobody says which months those have.
fn years(text: &str) -> Option<Cow<'_, str>> {
    let year = text.split_at_checked(4).filter(|(first, _)| first.bytes().all(|b| b.is_ascii_digit()));
    let Some((first, rest)) = year else { return Some(Cow::Borrowed(text)) };
    let second = rest.trim_start_matches([' ', '-', '–', '/', '.']);
    let second = second.strip_prefix("to ").unwrap_or(second).trim();
    let is_digits = second.bytes().all(|b| b.is_ascii_digit());
    match second.len() {
        4 if is_digits && rest.len() > 4 => {
            let follows = first.parse::<u32>().ok().zip(second.parse().ok()).is_some_and(|(first, second): (u32, u32)| first + 1 == second);
            (!follows).then(|| Cow::Owned(format!("{first}/{second}")))
        }
        // `2010.0` is what a year with a gap above it is written as.
        1 if rest == ".0" => Some(Cow::Borrowed(first)),
        1 | 2 if is_digits => None,
        _ => Some(Cow::Borrowed(text)),
    }
}

fn span(text: &str) -> Finding {
    let shown = shorten(text);
    let message = msg!("`{shown}` may be a financial or school year of any months", "`{shown}`可能是起止月份不明的财政年度或学年");
    let help =
        msg!("write the months, as in `2015-04/2016-03`, or the year it counts for", "请写出月份,如`2015-04/2016-03`,或写其所属年份");
    Finding::new(Code::BadPeriod, message).help(help)
}
