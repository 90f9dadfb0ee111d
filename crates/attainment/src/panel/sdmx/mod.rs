//! SDMX-CSV to rows.

mod header;
mod time;
mod units;

use std::collections::HashMap;

use super::Panel;
use super::breakdown::{Constant, Dimensions};
use super::build::{PanelBuilder, Row};
use super::columns::{Columns, Role};
use super::table::{for_each_row, open_with, separator};
use crate::column::Cell;
use crate::error::Error;
use crate::finding::{Code, Finding};
use crate::text::{msg, shorten};
use header::{Header, Use};

impl Panel {
    /// A panel of SDMX-CSV, version 1.0 or 2.0, as data explorers and services write it.
    ///
    /// `REF_AREA` (or `geo`, `LOCATION`, `COUNTRY`) is the area, `INDICATOR` (or `SERIES`, `MEASURE`)
    /// the indicator. Where another dimension is meant, name it with [`Columns`]; where there is none
    /// the dataflow is the indicator. What the other dimensions say is the breakdown, as in
    /// `SEX=F;AGE=Y15T24`: a dimension with one code throughout is left out with a finding
    /// (`dimension_dropped`), and codes for the whole (`_T`, `TOTAL`, `_Z`) are left out of the label.
    /// Rows that differ in any dimension never become one.
    ///
    /// | column | read as |
    /// |---|---|
    /// | `TIME_PERIOD` | every form of SDMX; with `FREQ`, a normalized moment stands for its period |
    /// | `OBS_VALUE` | the value; `NaN` and `#N/A` are missing; a comma is a decimal comma where it does not separate columns |
    /// | `OBS_STATUS`, `OBS_FLAG` | status flags |
    /// | `UNIT_MEASURE`, `unit` | the unit: percentages, persons and currencies by name (`PT_B1GQ` is `percent`), any other code as it stands |
    /// | `UNIT_MULT`, `DECIMALS` | the power of ten; the digits published |
    /// | `LAST UPDATE`, `DATA_LAST_UPDATE` | the vintage |
    /// | `ACTION` | `D` takes back what earlier rows of the text gave; everything else gives an observation |
    ///
    /// Names of codes (`labels=both`, `labels=name`, columns ending in `_LABEL`) are read past.
    ///
    /// Source: SDMX Technical Working Group, SDMX-CSV field guide, 1.0 (2017), 2.0 (2021), 2.1 (2025).
    ///
    /// # Errors
    ///
    /// [`Error::Input`] when there is no header, a column stands twice or a needed one is absent.
    ///
    /// ```
    /// use attainment::{Columns, Panel};
    /// let text = "\
    /// STRUCTURE,STRUCTURE_ID,ACTION,FREQ,REF_AREA,MEASURE,SEX,TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MEASURE
    /// dataflow,AG:DF_JOBS(1.0),I,A,NOR,EMP_RATE,_T,2023,77.1,A,PT_POP
    /// dataflow,AG:DF_JOBS(1.0),I,A,NOR,EMP_RATE,F,2023,75.6,P,PT_POP
    /// ";
    /// let panel = Panel::from_sdmx_csv(text, &Columns::new())?;
    /// assert_eq!(panel.indicators().collect::<Vec<_>>(), ["EMP_RATE"]);
    /// assert_eq!(panel.len(), 2); // the whole, and the breakdown `SEX=F`
    /// assert!(panel.findings().is_empty());
    ///
    /// // Another dimension is the area.
    /// let panel = Panel::from_sdmx_csv(text, &Columns::new().rename("area", "SEX"))?;
    /// assert_eq!(panel.areas().collect::<Vec<_>>(), ["_T", "F"]);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn from_sdmx_csv(text: &str, names: &Columns) -> Result<Self, Error> {
        let mut builder = PanelBuilder::new();
        builder.add_sdmx_csv(text, names)?;
        Ok(builder.finish())
    }
}

impl PanelBuilder {
    /// Adds SDMX-CSV text; see [`Panel::from_sdmx_csv`].
    ///
    /// Batches of one indicator agree on what their labels leave out: what the first one leaves out
    /// as constant, a later one that says otherwise puts into its labels.
    ///
    /// # Errors
    ///
    /// As [`Panel::from_sdmx_csv`]; nothing is added then.
    ///
    /// ```
    /// # use attainment::{Columns, PanelBuilder};
    /// let mut builder = PanelBuilder::new();
    /// for (sex, value) in [("F", "75.6"), ("M", "78.5")] {
    ///     let text = format!("DATAFLOW,REF_AREA,INDICATOR,SEX,TIME_PERIOD,OBS_VALUE\nAG:DF(1.0),NOR,EMP,{sex},2023,{value}\n");
    ///     builder.add_sdmx_csv(&text, &Columns::new())?;
    /// }
    /// assert_eq!(builder.finish().len(), 2);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn add_sdmx_csv(&mut self, text: &str, names: &Columns) -> Result<(), Error> {
        let delimiter = delimiter(text).unwrap_or_else(|| separator(text));
        let (headers, mut reader) = open_with(text, Some(delimiter))?;
        let header = Header::read(&headers, names)?;
        let table = Table::new(&header, delimiter == b',');
        // The first time round only what the rows say is noted; their problems are reported the second.
        let mut survey = Survey::new(&table);
        for_each_row(&mut Self::new(), &headers, &mut reader, |_, number, fields| survey.row(number, fields))?;
        header.findings.iter().for_each(|finding| self.report(finding.clone()));
        for constant in survey.dimensions.settle(&mut self.plain) {
            if let Some(finding) = table.dropped(&constant) {
                self.report(finding);
            }
        }
        let (_, mut reader) = open_with(text, Some(delimiter))?;
        let before = self.rows_read();
        let mut periods = HashMap::new();
        for_each_row(self, &headers, &mut reader, |builder, number, fields| {
            table.add(builder, number, number - before, fields, &mut survey, &mut periods);
        })
    }
}

/// The separator: it follows the first word of the header, which is always the same.
fn delimiter(text: &str) -> Option<u8> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim_start().trim_start_matches('"');
    let rest = text.strip_prefix("STRUCTURE").or_else(|| text.strip_prefix("DATAFLOW"))?;
    // `STRUCTURE[;]` also says what separates several values in one cell.
    let rest = rest.strip_prefix('[').and_then(|inner| inner.split_once(']')).map_or(rest, |(_, rest)| rest);
    rest.trim_start_matches('"').bytes().next().filter(|b| matches!(b, b',' | b';' | b'\t' | b'|'))
}

/// How plainly a code says that nothing is broken down by its dimension.
///
/// `_T` and `_Z` are the codes of SDMX for the total and for what does not apply, `TOTAL` is that of
/// Eurostat and, at the end of a code, of the ILO. A bare `T` is the total of both sexes only.
fn wholeness(dimension: &str, code: &str) -> Option<u8> {
    let is_sex = || matches!(dimension.to_ascii_uppercase().as_str(), "SEX" | "GENDER");
    match code {
        "" => Some(0),
        "_T" => Some(1),
        "T" | "SEX_T" if is_sex() => Some(2),
        _ if code.eq_ignore_ascii_case("total") => Some(2),
        _ if code.ends_with("_TOTAL") => Some(3),
        "_Z" => Some(4),
        _ => None,
    }
}

/// How the rows of one text are read.
struct Table<'a> {
    header: &'a Header,
    /// Columns of dimensions that labels are made of.
    dimensions: Vec<usize>,
    decimal_comma: bool,
}

/// What the rows of a text say taken together.
struct Survey<'a> {
    table: &'a Table<'a>,
    dimensions: Dimensions<'a>,
    deletions: Vec<Deletion>,
}

/// A row that takes back what rows before it gave.
struct Deletion {
    row: u64,
    /// The codes a row must have to be meant, by column; a column that is left empty means every row.
    key: Vec<(usize, String)>,
    /// How many rows were meant; none, where the row takes back attributes only.
    rows: Option<u64>,
}

impl<'a> Survey<'a> {
    fn new(table: &'a Table<'a>) -> Self {
        let names = table.dimensions.iter().map(|index| table.header.ids[*index].as_str()).collect();
        Self { table, dimensions: Dimensions::new(names, wholeness), deletions: Vec::new() }
    }

    fn row(&mut self, number: u64, fields: &csv::StringRecord) {
        let table = self.table;
        if table.is_deletion(fields) {
            self.deletions.push(table.deletion(number, fields));
        } else if table.is_observation(fields) {
            self.dimensions.note(&table.indicator(fields), table.codes(fields).map(Some));
        }
    }
}

impl<'a> Table<'a> {
    fn new(header: &'a Header, comma_separates: bool) -> Self {
        let is_key = |index: &usize| match header.uses[*index] {
            Use::Dimension | Use::Frequency | Use::Structure => true,
            Use::Unit => header.unit_is_dimension,
            _ => false,
        };
        let dimensions = (0..header.uses.len()).filter(is_key).collect();
        Self { header, dimensions, decimal_comma: !comma_separates }
    }

    fn field<'b>(&self, fields: &'b csv::StringRecord, to: Use) -> &'b str {
        self.header.place(to).and_then(|index| fields.get(index)).unwrap_or_default()
    }

    /// The code of a cell, without the name that may follow it.
    fn code<'b>(&self, field: &'b str) -> &'b str {
        if !self.header.labelled {
            return field;
        }
        field.split_once(": ").map_or(field, |(code, _)| code).trim()
    }

    fn coded<'b>(&self, fields: &'b csv::StringRecord, to: Use) -> &'b str {
        self.code(self.field(fields, to))
    }

    /// The codes of the dimensions of a row.
    fn codes<'b>(&'b self, fields: &'b csv::StringRecord) -> impl Iterator<Item = &'b str> {
        self.dimensions.iter().map(|index| {
            let code = self.code(fields.get(*index).unwrap_or_default());
            match self.header.uses[*index] {
                // The period says it again.
                Use::Frequency if time::is_frequency(code) => "",
                Use::Structure => artefact(code),
                // Switched off: the dimension does not count for this row.
                _ if code == "~" => "",
                _ => code,
            }
        })
    }

    fn indicator(&self, fields: &csv::StringRecord) -> String {
        match self.header.place(Use::Indicator) {
            Some(index) => self.code(fields.get(index).unwrap_or_default()).to_owned(),
            None => artefact(self.coded(fields, Use::Structure)).to_owned(),
        }
    }

    /// Whether a row gives an observation, and not only attributes of a part of the key.
    fn is_observation(&self, fields: &csv::StringRecord) -> bool {
        let is_given = |text: &str| !matches!(text, "" | "~");
        is_given(self.field(fields, Use::Period)) || is_given(self.field(fields, Use::Value))
    }

    fn is_deletion(&self, fields: &csv::StringRecord) -> bool {
        matches!(self.coded(fields, Use::Action), "D" | "d" | "Delete")
    }

    fn deletion(&self, row: u64, fields: &csv::StringRecord) -> Deletion {
        let is_key = |to: Use| matches!(to, Use::Area | Use::Indicator | Use::Period | Use::Dimension | Use::Frequency);
        let is_key =
            |index: usize| is_key(self.header.uses[index]) || (self.header.uses[index] == Use::Unit && self.header.unit_is_dimension);
        let code = |index: usize| self.code(fields.get(index).unwrap_or_default());
        let key: Vec<(usize, String)> = (0..fields.len())
            .filter(|index| is_key(*index) && !matches!(code(*index), "" | "~"))
            .map(|index| (index, code(index).to_owned()))
            .collect();
        let fixed = |index: usize| is_key(index) || matches!(self.header.uses[index], Use::Structure | Use::Action | Use::Aside);
        let takes_values =
            !self.field(fields, Use::Value).is_empty() || (0..fields.len()).all(|index| fixed(index) || fields[index].is_empty());
        Deletion { row, key, rows: takes_values.then_some(0) }
    }

    /// The finding on a dimension that is left out of the labels.
    fn dropped(&self, constant: &Constant) -> Option<Finding> {
        let index = self.dimensions[constant.dimension];
        if matches!(self.header.uses[index], Use::Structure | Use::Frequency | Use::Unit) || self.header.breakdown == Some(index) {
            return None;
        }
        let (id, code) = (shorten(&self.header.ids[index]), shorten(&constant.code));
        let (en, zh) = match constant.indicators {
            1 => (format!("`{}`", shorten(&constant.indicator)), format!("`{}`", shorten(&constant.indicator))),
            many => (format!("{many} indicators"), format!("{many}个指标")),
        };
        Some(
            Finding::new(
                Code::DimensionDropped,
                msg!("`{id}` is `{code}` in every row of {en} and is left out", "{zh}各行的`{id}`均为`{code}`,不计入分组"),
            )
            .at_row(0, Some(index as u32 + 1))
            .help(msg!(
                "nothing to do where this is meant; read it as `area`, `indicator` or `caliber` with `columns` to keep it",
                "若本意如此则无须处理;如需保留,请用`columns`将其指定为`area`、`indicator`或`caliber`"
            )),
        )
    }

    fn add(
        &self,
        builder: &mut PanelBuilder,
        number: u64,
        in_text: u64,
        fields: &csv::StringRecord,
        survey: &mut Survey<'_>,
        periods: &mut HashMap<(String, String), String>,
    ) {
        if self.is_deletion(fields) {
            if let Some(deletion) = survey.deletions.iter().find(|deletion| deletion.row == in_text) {
                builder.report(deleted(number, deletion));
            }
            return;
        }
        if !self.is_observation(fields) {
            let message = msg!("the row gives attributes and no observation", "该行只有属性,没有观测值");
            let help = msg!("nothing to do; attributes of a part of the key are not read", "无须处理;部分维度的属性不读取");
            builder.report(Finding::new(Code::RowWithoutObservation, message).at_row(number, None).help(help));
            return;
        }
        let meant = |deletion: &&mut Deletion| {
            deletion.row > in_text
                && deletion.key.iter().all(|(index, code)| fields.get(*index).is_some_and(|field| self.code(field) == code))
        };
        if let Some(rows) = survey.deletions.iter_mut().find(meant).and_then(|deletion| deletion.rows.as_mut()) {
            *rows += 1;
            return;
        }
        // A quarter of an unknown year must not pass for one of the calendar.
        if let Some(index) = self.header.place(Use::YearStart)
            && let starts = self.coded(fields, Use::YearStart)
            && !starts.is_empty()
            && time::year_start(starts).is_none()
        {
            let shown = shorten(starts);
            let message = msg!("`{shown}` is not the first day of a reporting year", "`{shown}`不是报告年度的首日");
            let help = msg!("write month and day, such as `--07-01`", "请写月和日,如`--07-01`");
            builder.report(Finding::new(Code::BadCell, message).at_row(number, Some(index as u32 + 1)).help(help));
            return;
        }
        let indicator = self.indicator(fields);
        let named = self.header.breakdown.and_then(|index| self.dimensions.iter().position(|known| *known == index));
        let label = survey.dimensions.label(&indicator, self.codes(fields).map(Some), named);
        let mut row = Row::new(number);
        let mut set = |role: Role, to: Use, text: String| {
            if let Some(index) = self.header.place(to) {
                row.set(role, Some(index as u32 + 1), Cell::Text(text));
            }
        };
        let coded = |to: Use| self.coded(fields, to).to_owned();
        set(Role::Area, Use::Area, coded(Use::Area));
        set(Role::Period, Use::Period, self.period(fields, periods));
        set(Role::Value, Use::Value, self.value(fields));
        set(Role::Unit, Use::Unit, units::name(self.coded(fields, Use::Unit)).to_owned());
        set(Role::Caliber, Use::Caliber, coded(Use::Caliber));
        set(Role::Vintage, Use::Vintage, vintage(self.field(fields, Use::Vintage)));
        let power = self.coded(fields, Use::UnitMult);
        set(Role::UnitMult, Use::UnitMult, if matches!(power, "_Z" | "_X") { String::new() } else { power.to_owned() });
        let status: Vec<&str> = self.header.all(Use::Status).filter_map(|index| fields.get(index)).map(|field| self.code(field)).collect();
        set(Role::Status, Use::Status, status.into_iter().filter(|status| !status.starts_with('_')).collect::<Vec<_>>().join(" "));
        set(Role::Indicator, if self.header.place(Use::Indicator).is_some() { Use::Indicator } else { Use::Structure }, indicator);
        let place = self.header.breakdown.or(self.dimensions.first().copied());
        row.set(Role::Breakdown, place.map(|index| index as u32 + 1), Cell::Text(label));
        builder.add_row(&row);
    }

    /// The period as plans write it; what is none stays as it is, for the finding.
    fn period(&self, fields: &csv::StringRecord, known: &mut HashMap<(String, String), String>) -> String {
        let (text, frequency) = (self.coded(fields, Use::Period), self.coded(fields, Use::Frequency));
        let starts = self.coded(fields, Use::YearStart);
        let key = (text.to_owned(), format!("{frequency} {starts}"));
        let read = || {
            let starts = if starts.is_empty() { Some((1, 1)) } else { time::year_start(starts) };
            starts.and_then(|starts| time::read(text, frequency, starts)).map_or_else(|| text.to_owned(), |period| period.to_string())
        };
        known.entry(key).or_insert_with(read).clone()
    }

    /// The value as numbers are read here, with the digits that were published.
    fn value(&self, fields: &csv::StringRecord) -> String {
        let text = self.coded(fields, Use::Value);
        if text.eq_ignore_ascii_case("nan") || text == "#N/A" {
            return String::new();
        }
        let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E'));
        // SDMX writes no separators of thousands, so the comma can only be that of the decimals.
        let text = match text.split_once(',') {
            Some((whole, decimals)) if self.decimal_comma && is_number(whole) && is_number(decimals) && !text.contains('.') => {
                format!("{whole}.{decimals}")
            }
            _ => text.to_owned(),
        };
        let published: usize = self.coded(fields, Use::Decimals).parse().unwrap_or(0);
        let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'.'));
        let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        // `3.1` of two decimals is `3.10`: programs that write numbers drop the last zero.
        if !plain || published <= decimals || published > 12 {
            return text;
        }
        let point = if text.contains('.') { "" } else { "." };
        format!("{text}{point}{}", "0".repeat(published - decimals))
    }
}

/// The id of a dataflow without agency and version: `ESTAT:NAMA_10_GDP(1.0)`.
fn artefact(text: &str) -> &str {
    let id = text.split_once(':').map_or(text, |(_, id)| id);
    id.split_once('(').map_or(id, |(id, _)| id).trim()
}

/// The day of an update. Eurostat writes `28/08/26 23:00:00`, day first and without the century.
fn vintage(text: &str) -> String {
    let day = text.split([' ', 'T']).next().unwrap_or_default();
    let parts: Vec<&str> = day.split('/').collect();
    match parts.as_slice() {
        [day, month, year] if [day, month, year].iter().all(|part| part.len() == 2) => format!("20{year}-{month}-{day}"),
        _ => text.to_owned(),
    }
}

fn deleted(number: u64, deletion: &Deletion) -> Finding {
    let message = match deletion.rows {
        Some(0) => msg!("the row deletes what no row before it gives", "该行要删除的内容,前面各行均未给出"),
        Some(rows) => msg!("the row deletes {rows} rows before it", "该行删除前面的{rows}行"),
        None => msg!("the row deletes attributes and no observation", "该行只删除属性,不删除观测值"),
    };
    let help = msg!("nothing to do; other texts read into the same panel are not touched", "无须处理;读入同一面板的其他文本不受影响");
    Finding::new(Code::RowWithoutObservation, message).at_row(number, None).help(help)
}
