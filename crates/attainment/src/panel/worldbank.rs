//! Downloads of the World Bank to rows.

use super::Panel;
use super::breakdown::Dimensions;
use super::build::{PanelBuilder, Row};
use super::columns::{Columns, Role, missing_column, name_the_indicator, unused_column};
use super::table::{for_each_row, open_with, separator, two_readings};
use crate::column::Cell;
use crate::error::Error;
use crate::finding::{Code, Finding};
use crate::period::{Period, Point};
use crate::text::{msg, shorten};

impl Panel {
    /// A panel of a download of the World Bank: an indicator's CSV, the bulk file of a database, or
    /// what DataBank writes.
    ///
    /// Years, series or countries may stand in the header, or the table may have one value a row;
    /// `..` is missing. Areas and indicators go by their codes (`NLD`, `NY.GDP.MKTP.CD`); name
    /// `area` or `indicator` with [`Columns`] to use another column. The lines before and after the
    /// table are read past; the day of the last update that stands there is the vintage, month first
    /// in the footer of DataBank. A version column (`Version Code`) is the vintage of its row. Any other
    /// `… Code` column is the breakdown, as in [`Panel::from_sdmx_csv`].
    ///
    /// The files name no unit: values are in the unit of the plan's indicator.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] when there is no header of country, series and time.
    ///
    /// ```
    /// use attainment::{Columns, Panel};
    /// let text = "\
    /// \"Country Name\",\"Country Code\",\"Series Name\",\"Series Code\",\"2020 [YR2020]\",\"2021 [YR2021]\"
    /// Netherlands,NLD,Renewable energy,EG.FEC,11.9,..
    ///
    /// Data from database: World Development Indicators
    /// Last Updated: 07/01/2024
    /// ";
    /// let panel = Panel::from_worldbank_csv(text, &Columns::new())?;
    /// assert_eq!((panel.len(), panel.areas().collect::<Vec<_>>()), (2, vec!["NLD"]));
    /// assert!(panel.findings().is_empty());
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn from_worldbank_csv(text: &str, names: &Columns) -> Result<Self, Error> {
        let mut builder = PanelBuilder::new();
        builder.add_worldbank_csv(text, names)?;
        Ok(builder.finish())
    }
}

impl PanelBuilder {
    /// Adds a download of the World Bank; see [`Panel::from_worldbank_csv`].
    ///
    /// Downloads of different days are vintages of one another.
    ///
    /// # Errors
    ///
    /// As [`Panel::from_worldbank_csv`]; nothing is added then.
    ///
    /// ```
    /// # use attainment::{Columns, PanelBuilder};
    /// let mut builder = PanelBuilder::new();
    /// for (day, value) in [("2023-07-25", "11.9"), ("2024-06-28", "12.3")] {
    ///     let text = format!("\"Data Source\",\"World Development Indicators\",\n\n\"Last Updated Date\",\"{day}\",\n\n\
    ///         \"Country Name\",\"Country Code\",\"Indicator Name\",\"Indicator Code\",\"2020\",\nNetherlands,NLD,Renewable energy,EG.FEC,{value},\n");
    ///     builder.add_worldbank_csv(&text, &Columns::new())?;
    /// }
    /// assert_eq!(builder.finish().len(), 2);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn add_worldbank_csv(&mut self, text: &str, names: &Columns) -> Result<(), Error> {
        let body = Body::of(text, names);
        let (headers, mut reader) = open_with(body.table, Some(body.delimiter))?;
        let header = Header::read(&headers, names)?;
        let codes = |fields: &csv::StringRecord| -> Vec<String> {
            header.dimensions.iter().map(|index| fields.get(*index).unwrap_or_default().to_owned()).collect()
        };
        let dimension_names = header.dimensions.iter().map(|index| stem(&headers[*index])).collect();
        let mut dimensions = Dimensions::new(dimension_names, |_, code| matches!(code, "" | "_T" | "WLD").then_some(0));
        if !header.dimensions.is_empty() {
            for_each_row(&mut Self::new(), &headers, &mut reader, |_, _, fields| {
                for column in &header.values {
                    let codes = codes(fields);
                    dimensions.note(&header.indicator(fields, column), codes.iter().map(|code| Some(code.as_str())));
                }
            })?;
            (_, reader) = open_with(body.table, Some(body.delimiter))?;
        }
        header.findings.iter().for_each(|finding| self.report(finding.clone()));
        for constant in dimensions.settle(&mut self.plain) {
            self.report(dropped(
                stem(&headers[header.dimensions[constant.dimension]]),
                &constant.code,
                header.dimensions[constant.dimension],
            ));
        }
        let vintage = match body.updated.map(|text| (text, day(text))) {
            Some((text, None)) => {
                self.report(undated(text));
                String::new()
            }
            Some((_, Some(day))) => day.to_string(),
            None => String::new(),
        };
        for_each_row(self, &headers, &mut reader, |builder, number, fields| {
            let codes = codes(fields);
            for column in &header.values {
                let indicator = header.indicator(fields, column);
                if indicator.is_empty() {
                    let message = msg!("the row names no indicator", "该行没有指标");
                    let place = header.place(Role::Indicator);
                    builder.report(Finding::new(Code::BadCell, message).at_row(number, place).help(name_the_indicator()));
                    break;
                }
                let label = dimensions.label(&indicator, codes.iter().map(|code| Some(code.as_str())), None);
                let place = Some(column.index as u32 + 1);
                let value = fields.get(column.index).unwrap_or_default();
                if let Some(finding) = two_readings(body.delimiter, value) {
                    builder.report(finding.at_row(number, place));
                    continue;
                }
                let mut row = Row::new(number);
                for (role, index) in &header.roles {
                    let text = fields.get(*index).unwrap_or_default();
                    let text = if *role == Role::Period { code_of(text) } else { text };
                    row.set(*role, Some(*index as u32 + 1), Cell::Text(text.to_owned()));
                }
                if let Some((role, text)) = &column.told {
                    row.set(*role, place, Cell::Text(text.clone()));
                }
                if header.place(Role::Vintage).is_none() {
                    row.set(Role::Vintage, None, Cell::Text(vintage.clone()));
                }
                row.set(Role::Breakdown, None, Cell::Text(label));
                row.set(Role::Value, place, Cell::Text(value.to_owned()));
                builder.add_row(&row);
            }
        })
    }
}

/// A text without the lines around its table.
struct Body<'a> {
    table: &'a str,
    delimiter: u8,
    /// What is said of the last update.
    updated: Option<&'a str>,
}

impl<'a> Body<'a> {
    fn of(text: &'a str, names: &Columns) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let plain = |line: &'a str| line.trim().trim_matches([',', ';', '\t', '"', ' ']);
        let mut updated = None;
        let mut note = |line: &'a str| {
            let line = plain(line);
            let said = line.strip_prefix("Last Updated Date").or_else(|| line.strip_prefix("Last Updated:"));
            if let Some(said) = said {
                updated = Some(said.trim_matches([',', ';', '\t', '"', ' ']));
            }
        };
        // The table begins where a column of it is named.
        let is_header = |line: &str| {
            line.split([',', ';', '\t']).map(|field| field.trim().trim_matches('"')).any(|field| is_column(field) || names.names(field))
        };
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            if is_header(line) {
                break;
            }
            note(line);
            start += line.len();
        }
        // Without a header the whole text is the table, and the reader says what it lacks.
        let mut table = if start < text.len() { &text[start..] } else { text };
        loop {
            let rest = table.trim_end();
            let line_start = rest.rfind('\n').map_or(0, |at| at + 1);
            let line = &rest[line_start..];
            let is_footer = plain(line).is_empty() || FOOTERS.iter().any(|footer| plain(line).starts_with(footer));
            if line_start == 0 || !is_footer {
                break;
            }
            note(line);
            table = &rest[..line_start];
        }
        Self { table, delimiter: separator(table), updated }
    }
}

/// How the lines below a table of DataBank begin.
const FOOTERS: &[&str] = &["Data from database:", "Last Updated:"];

/// What a table of the World Bank has columns of, by the beginnings of their names.
const KINDS: &[(Role, &[&str])] = &[
    (Role::Area, &["Country", "Economy"]),
    (Role::Indicator, &["Series", "Indicator"]),
    (Role::Period, &["Time"]),
    (Role::Vintage, &["Version"]),
];

fn is_column(field: &str) -> bool {
    KINDS.iter().any(|(_, stems)| stems.contains(&stem(field)) && (field != stem(field) || field == "Time"))
}

/// A column's name without `Name` or `Code`.
fn stem(field: &str) -> &str {
    field.strip_suffix(" Name").or_else(|| field.strip_suffix(" Code")).unwrap_or(field)
}

/// A column of values.
struct ValueColumn {
    index: usize,
    /// What its header says of every value.
    told: Option<(Role, String)>,
}

struct Header {
    /// The columns that say the same of every value of a row.
    roles: Vec<(Role, usize)>,
    dimensions: Vec<usize>,
    values: Vec<ValueColumn>,
    findings: Vec<Finding>,
}

impl Header {
    fn read(headers: &[String], names: &Columns) -> Result<Self, Error> {
        let known: Vec<&str> =
            [Role::Area, Role::Indicator, Role::Period, Role::Value, Role::Vintage].iter().map(|role| role.name()).collect();
        let mut findings = names.misnamed(headers, &known);
        let mut roles: Vec<(Role, usize)> = Vec::new();
        for (role, stems) in KINDS {
            let named = headers.iter().position(|header| names.ours(header) == Some(role.name()));
            let of = |suffix: &str| headers.iter().position(|header| header.strip_suffix(suffix).is_some_and(|stem| stems.contains(&stem)));
            let bare = || headers.iter().position(|header| *role == Role::Period && header == "Time");
            if let Some(index) = named.or_else(|| of(" Code")).or_else(|| of(" Name")).or_else(bare) {
                roles.push((*role, index));
            }
        }
        let is_of_kind = |header: &str| is_column(header) || header == "Time";
        let value = headers.iter().position(|header| names.ours(header) == Some(Role::Value.name()) || header == "Value");
        let missing: Vec<Role> =
            [Role::Area, Role::Indicator, Role::Period].into_iter().filter(|role| roles.iter().all(|(known, _)| known != role)).collect();
        let (mut dimensions, mut values) = (Vec::new(), Vec::new());
        for (index, header) in headers.iter().enumerate() {
            if header.is_empty() || is_of_kind(header) || roles.iter().any(|(_, place)| *place == index) {
                continue;
            }
            let pair = |suffix: &str, other: &str| {
                header.strip_suffix(suffix).is_some_and(|stem| headers.iter().any(|known| known.strip_suffix(other) == Some(stem)))
            };
            if pair(" Code", " Name") {
                dimensions.push(index);
                continue;
            }
            let told = match missing.as_slice() {
                _ if pair(" Name", " Code") => continue,
                [] if Some(index) == value => Some(None),
                [Role::Period] if code_of(header).parse::<Period>().is_ok_and(|period| period.end().is_some()) => {
                    Some(Some((Role::Period, code_of(header).to_owned())))
                }
                [role @ (Role::Area | Role::Indicator)] if header.ends_with(']') => Some(Some((*role, code_of(header).to_owned()))),
                _ => None,
            };
            match told {
                Some(told) => values.push(ValueColumn { index, told }),
                None => findings.push(unused_column(header, index)),
            }
        }
        match missing.as_slice() {
            [] if values.is_empty() => findings.push(missing_column("value", headers)),
            [only] if values.is_empty() => findings.push(missing_column(only.name(), headers)),
            [] | [_] => {}
            several => findings.extend(several.iter().map(|role| missing_column(role.name(), headers))),
        }
        if findings.iter().any(Finding::is_error) {
            return Err(Error::Input(findings));
        }
        Ok(Self { roles, dimensions, values, findings })
    }

    fn place(&self, role: Role) -> Option<u32> {
        self.roles.iter().find(|(known, _)| *known == role).map(|(_, index)| *index as u32 + 1)
    }

    fn indicator(&self, fields: &csv::StringRecord, column: &ValueColumn) -> String {
        match &column.told {
            Some((Role::Indicator, code)) => code.clone(),
            _ => self.place(Role::Indicator).and_then(|place| fields.get(place as usize - 1)).unwrap_or_default().to_owned(),
        }
    }
}

/// The code behind a name: `2015 [YR2015]` is 2015, `GDP [NY.GDP.MKTP.CD]` its code.
fn code_of(text: &str) -> &str {
    let code = text.strip_suffix(']').and_then(|text| text.rsplit_once('[')).map_or(text, |(_, code)| code).trim();
    code.strip_prefix("YR").unwrap_or(code)
}

/// The day of an update: `2024-06-28`, or month first, as in `06/28/2024`.
fn day(text: &str) -> Option<Point> {
    let parts: Vec<&str> = text.split('/').collect();
    match parts.as_slice() {
        [month, day, year] if year.len() == 4 => Point::day(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?),
        _ => text.parse().ok(),
    }
}

fn undated(text: &str) -> Finding {
    let shown = shorten(text);
    let message = msg!("`{shown}` is not the day of an update, so the values have no vintage", "`{shown}`不是更新日期,数值没有发布时点");
    let help = msg!("write it as `Last Updated: 06/28/2024`, month first", "请写作`Last Updated: 06/28/2024`,月在前");
    Finding::new(Code::BadPeriod, message).help(help)
}

fn dropped(name: &str, code: &str, index: usize) -> Finding {
    let (name, code) = (shorten(name), shorten(code));
    let message = msg!("`{name}` is `{code}` in every row and is left out", "各行的`{name}`均为`{code}`,不计入分组");
    let help = msg!("nothing to do where this is meant", "若本意如此则无须处理");
    Finding::new(Code::DimensionDropped, message).at_row(0, Some(index as u32 + 1)).help(help)
}
