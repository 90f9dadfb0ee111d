//! CSV text to rows.

use super::build::{PanelBuilder, Row};
use super::columns::{Columns, Role, unused_column};
use crate::column::Cell;
use crate::error::Error;
use crate::finding::{Code, Finding};
use crate::period::Period;
use crate::text::{msg, shorten};

pub(super) fn add_csv(builder: &mut PanelBuilder, text: &str, names: &Columns) -> Result<(), Error> {
    let separator = separator(text);
    let (headers, mut reader) = open_with(text, Some(separator))?;
    let roles = builder.header(&headers, names, &[Role::Indicator, Role::Period, Role::Value])?;
    for_each_row(builder, &headers, &mut reader, |builder, number, fields| {
        let mut row = Row::new(number);
        for (column, role) in roles.iter().enumerate() {
            if let Some(role) = role {
                row.set(*role, Some(column as u32 + 1), Cell::Text(fields.get(column).unwrap_or_default().to_owned()));
            }
        }
        let value = roles.iter().position(|role| *role == Some(Role::Value)).and_then(|column| fields.get(column));
        if let Some(finding) = value.and_then(|value| two_readings(separator, value)) {
            let column = roles.iter().position(|role| *role == Some(Role::Value));
            builder.report(finding.at_row(number, column.map(|column| column as u32 + 1)));
            return;
        }
        builder.add_row(&row);
    })
}

pub(super) fn add_wide(builder: &mut PanelBuilder, text: &str, names: &Columns) -> Result<(), Error> {
    let separator = separator(text);
    let (headers, mut reader) = open_with(text, Some(separator))?;
    let (mut roles, mut findings) = names.roles(&headers, &[]);
    findings.retain(Finding::is_error);
    let is_period = |header: &str| !names.names(header) && header.parse::<Period>().is_ok_and(|period| period.end().is_some());
    let mut periods: Vec<usize> = (0..headers.len()).filter(|index| is_period(&headers[*index])).collect();
    if names.names_ours(Role::Period) {
        periods.clear();
    }
    let by_period = !periods.is_empty();
    // What the headers of the value columns say, the cells of a row do not say again.
    let (needed, told) = if by_period { (Role::Indicator, Role::Period) } else { (Role::Period, Role::Indicator) };
    let is_long = !by_period && roles.contains(&Some(Role::Indicator));
    for (index, role) in roles.iter_mut().enumerate() {
        if *role == Some(told) || *role == Some(Role::Value) || periods.binary_search(&index).is_ok() {
            *role = None;
        }
    }
    let values = if by_period {
        periods
    } else {
        (0..headers.len()).filter(|index| roles[*index].is_none() && !headers[*index].is_empty()).collect()
    };
    if is_long {
        findings.push(
            Finding::new(Code::MissingColumn, msg!("the table has one observation a row and is not wide", "该表每行一个观测值,不是宽表"))
                .help(msg!("read it with `from_csv`", "请用`from_csv`读取")),
        );
    } else if !roles.contains(&Some(needed)) || values.is_empty() {
        let name = needed.name();
        findings.push(Finding::new(Code::MissingColumn, msg!("the wide table has no column for `{name}`", "宽表中没有`{name}`列")).help(
            msg!(
                "a column per period needs `indicator`; a column per indicator needs `period`",
                "按期分列须有`indicator`列;按指标分列须有`period`列"
            ),
        ));
    }
    if !findings.is_empty() {
        return Err(Error::Input(findings));
    }
    for index in
        (0..headers.len()).filter(|index| roles[*index].is_none() && values.binary_search(index).is_err() && !headers[*index].is_empty())
    {
        builder.report(unused_column(&headers[index], index));
    }
    for_each_row(builder, &headers, &mut reader, |builder, number, fields| {
        let cell = |column: usize| Cell::Text(fields.get(column).unwrap_or_default().to_owned());
        let mut row = Row::new(number);
        for (column, role) in roles.iter().enumerate() {
            if let Some(role) = role {
                row.set(*role, Some(column as u32 + 1), cell(column));
            }
        }
        let identified = row.len();
        for value in &values {
            if let Some(finding) = fields.get(*value).and_then(|text| two_readings(separator, text)) {
                builder.report(finding.at_row(number, Some(*value as u32 + 1)));
                continue;
            }
            row.truncate(identified);
            row.set(told, Some(*value as u32 + 1), Cell::Text(headers[*value].clone()));
            row.set(Role::Value, Some(*value as u32 + 1), cell(*value));
            builder.add_row(&row);
        }
    })
}

/// A header and rows of cells with their numbers.
pub(crate) type Rows = (Vec<String>, Vec<(u64, Vec<Cell>)>);

/// All rows of a CSV text as cells.
pub(crate) fn read_rows(text: &str) -> Result<Rows, Error> {
    let (headers, mut reader) = open(text)?;
    let mut builder = PanelBuilder::new();
    let mut rows = Vec::new();
    for_each_row(&mut builder, &headers, &mut reader, |_, number, fields| {
        rows.push((number, fields.iter().map(|field| Cell::Text(field.to_owned())).collect()));
    })?;
    let findings = builder.finish().findings().to_vec();
    if findings.is_empty() { Ok((headers, rows)) } else { Err(Error::Input(findings)) }
}

/// What separates the columns of a text: the separator that its first line has most of.
pub(super) fn separator(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |delimiter: &u8| first.bytes().filter(|b| b == delimiter).count();
    [b',', b';', b'\t'].into_iter().max_by_key(count).unwrap_or(b',')
}

/// The finding on a value such as `1,234` in a table that semicolons separate: where people write a
/// decimal comma, columns are separated so.
pub(super) fn two_readings(separator: u8, value: &str) -> Option<Finding> {
    let (whole, rest) = value.trim_start_matches(['-', '+']).split_once(',').filter(|_| separator == b';')?;
    let is_digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if !(is_digits(whole) && is_digits(rest) && (1..=3).contains(&whole.len()) && rest.len() == 3) {
        return None;
    }
    let shown = shorten(value);
    let message = msg!("the comma in `{shown}` may separate thousands or decimals", "`{shown}`中的逗号可能是千位分隔符,也可能是小数点");
    let help = msg!("write `.` before decimals and nothing between thousands", "请以`.`为小数点,千位之间不加分隔");
    Some(Finding::new(Code::BadCell, message).help(help))
}

pub(super) type Reader<'a> = csv::Reader<&'a [u8]>;

/// The header and a reader that stands behind it.
fn open(text: &str) -> Result<(Vec<String>, Reader<'_>), Error> {
    open_with(text, None)
}

/// The same, where the separator is known.
pub(super) fn open_with(text: &str, delimiter: Option<u8>) -> Result<(Vec<String>, Reader<'_>), Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let empty = || {
        let help = msg!("the first line names the columns: `area,indicator,year,value`", "首行为列名:`area,indicator,year,value`");
        Error::Input(vec![Finding::new(Code::EmptyDocument, msg!("the table is empty", "表格为空")).help(help)])
    };
    if text.trim().is_empty() {
        return Err(empty());
    }
    let delimiter = delimiter.unwrap_or_else(|| separator(text));
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let headers = reader.headers().map_err(|_| empty())?.iter().map(str::to_owned).collect();
    Ok((headers, reader))
}

/// Hands over every row that has as many fields as the header; what is wrong with the others is
/// reported.
pub(super) fn for_each_row(
    builder: &mut PanelBuilder,
    headers: &[String],
    reader: &mut Reader<'_>,
    mut add: impl FnMut(&mut PanelBuilder, u64, &csv::StringRecord),
) -> Result<(), Error> {
    let mut fields = csv::StringRecord::new();
    report_damage(builder, 0, headers.iter().map(String::as_str));
    loop {
        match reader.read_record(&mut fields) {
            Ok(false) => return Ok(()),
            Ok(true) => {}
            Err(error) => {
                let number = builder.next_row();
                let reason = shorten(&error.to_string().to_lowercase());
                builder.report(
                    Finding::new(Code::BadSyntax, msg!("the row cannot be read: {reason}", "该行无法读取:{reason}"))
                        .at_row(number, None)
                        .help(msg!("save the table as CSV in UTF-8, with quotes in pairs", "请将表格另存为UTF-8编码的CSV,引号须成对")),
                );
                if error.is_io_error() {
                    return Ok(());
                }
                continue;
            }
        }
        let number = builder.next_row();
        if fields.iter().all(str::is_empty) {
            continue;
        }
        report_damage(builder, number, fields.iter());
        if fields.len() != headers.len() {
            let (found, want) = (fields.len(), headers.len());
            builder.report(
                Finding::new(
                    Code::RaggedRow,
                    msg!("the row has {found} fields, the header has {want}", "该行有{found}个字段,表头有{want}个"),
                )
                .at_row(number, None)
                .help(msg!("quote a field that holds the separator, or add the missing ones", "含分隔符的字段要加引号;缺少的字段请补上")),
            );
            continue;
        }
        add(builder, number, &fields);
    }
}

/// Characters that were lost before the text came here, cell by cell.
fn report_damage<'a>(builder: &mut PanelBuilder, number: u64, fields: impl Iterator<Item = &'a str>) {
    for (index, field) in fields.enumerate().filter(|(_, field)| field.contains(['\u{fffd}', '\0'])) {
        let shown = shorten(field);
        builder.report(
            Finding::new(
                Code::DamagedText,
                msg!(
                    "a replacement character or a NUL stands in `{shown}`: it was decoded wrongly",
                    "`{shown}`中有替换字符或空字符:解码有误"
                ),
            )
            .at_row(number, Some(index as u32 + 1))
            .help(msg!("read the file again with its own encoding, such as GB18030", "请按文件原编码(如GB18030)重新读取")),
        );
    }
}
