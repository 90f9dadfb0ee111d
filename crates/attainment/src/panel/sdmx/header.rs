//! What the columns of SDMX-CSV hold.

use crate::error::Error;
use crate::finding::{Code, Finding};
use crate::text::{msg, shorten};

use super::super::columns::{Columns, Role, missing_column, unused_column};

/// What a column is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// The dataflow or other structure that the row belongs to.
    Structure,
    Action,
    Area,
    Indicator,
    Period,
    Value,
    Status,
    Unit,
    UnitMult,
    Decimals,
    Vintage,
    /// The day on which a reporting year begins.
    YearStart,
    Caliber,
    /// Part of the key of an observation, and not one of the above.
    Dimension,
    /// The frequency, which the period shows as well.
    Frequency,
    /// Names of codes, keys that repeat the dimensions, notes.
    Aside,
    Unused,
}

/// The header of a text.
#[derive(Debug)]
pub(super) struct Header {
    /// The id of each column, without the name that may follow it.
    pub(super) ids: Vec<String>,
    pub(super) uses: Vec<Use>,
    /// Cells hold a code and its name: `F: Female`.
    pub(super) labelled: bool,
    /// The column that was named `breakdown`.
    pub(super) breakdown: Option<usize>,
    /// Whether the unit is part of the key of an observation, or said of it.
    pub(super) unit_is_dimension: bool,
    pub(super) findings: Vec<Finding>,
}

/// Columns that the caller can name.
const NAMED: &[(Role, Use)] = &[
    (Role::Area, Use::Area),
    (Role::Indicator, Use::Indicator),
    (Role::Period, Use::Period),
    (Role::Value, Use::Value),
    (Role::Unit, Use::Unit),
    (Role::UnitMult, Use::UnitMult),
    (Role::Status, Use::Status),
    (Role::Caliber, Use::Caliber),
    (Role::Vintage, Use::Vintage),
    (Role::Breakdown, Use::Dimension),
];

/// Ids that the content-oriented guidelines of SDMX and the data explorers give these columns, the
/// likelier first.
const KNOWN: &[(Use, &[&str])] = &[
    (Use::Structure, &["STRUCTURE_ID", "DATAFLOW"]),
    (Use::Action, &["ACTION"]),
    (Use::Area, &["REF_AREA", "GEO", "LOCATION", "COUNTRY", "GEOGRAPHY", "REGION"]),
    (Use::Indicator, &["INDICATOR", "SERIES", "MEASURE"]),
    (Use::Period, &["TIME_PERIOD"]),
    (Use::Value, &["OBS_VALUE"]),
    (Use::Unit, &["UNIT_MEASURE", "UNIT"]),
    (Use::UnitMult, &["UNIT_MULT"]),
    (Use::Decimals, &["DECIMALS"]),
    (Use::Frequency, &["FREQ", "FREQUENCY"]),
    (Use::Vintage, &["LAST UPDATE", "DATA_LAST_UPDATE"]),
    (Use::YearStart, &["REPORTING_YEAR_START_DAY"]),
];

/// Columns that say nothing an observation is made of.
const ASIDE: &[&str] =
    &["STRUCTURE", "DATAFLOW", "STRUCTURE_NAME", "DATAFLOW_NAME", "SERIES_KEY", "OBS_KEY", "KEY", "TIME_FORMAT", "CONF_STATUS", "OBS_CONF"];
/// Beginnings of the ids of notes.
const NOTES: &[&str] = &["COMMENT", "NOTE", "TITLE", "SOURCE_", "CONTACT", "OBS_COM"];
/// Beginnings of the ids of observation statuses: `OBS_STATUS`, `OBS_STATUS_2`, Eurostat's `OBS_FLAG`.
const STATUS: &[&str] = &["OBS_STATUS", "OBS_FLAG"];

impl Header {
    /// # Errors
    ///
    /// [`Error::Input`] when a column stands twice, a named one leads nowhere, or period, value or
    /// indicator are missing.
    pub(super) fn read(headers: &[String], names: &Columns) -> Result<Self, Error> {
        let ids: Vec<String> = headers.iter().map(|header| id(header)).collect();
        let labelled = headers.iter().any(|header| split_label(header).1.is_some());
        let aside = names_of_codes(&ids);
        let known: Vec<&str> = NAMED.iter().map(|(role, _)| role.name()).collect();
        let every: Vec<String> = headers.iter().chain(&ids).cloned().collect();
        let mut findings = names.misnamed(&every, &known);
        for (index, id) in ids.iter().enumerate() {
            if !id.is_empty() && !aside[index] && ids[..index].iter().zip(&aside).any(|(earlier, aside)| earlier == id && !aside) {
                findings.push(duplicate_column(&headers[index], index));
            }
        }
        let mut uses = vec![None; headers.len()];
        let mut breakdown = None;
        for (role, to) in NAMED {
            let named = |index: &usize| names.ours(&headers[*index]).or_else(|| names.ours(&ids[*index])) == Some(role.name());
            // Of the code and the name of a column the one that is written out is meant.
            if let Some(index) = (0..headers.len()).find(named) {
                uses[index] = Some(*to);
                // Where the names of codes are asked for, the codes are not a dimension beside them.
                if aside[index] && index > 0 && uses[index - 1].is_none() {
                    uses[index - 1] = Some(Use::Aside);
                }
                if *role == Role::Breakdown {
                    breakdown = Some(index);
                }
            }
        }
        for (to, candidates) in KNOWN {
            if uses.contains(&Some(*to)) {
                continue;
            }
            let place = |candidate: &&str| {
                (0..ids.len()).find(|index| uses[*index].is_none() && !aside[*index] && ids[*index].eq_ignore_ascii_case(candidate))
            };
            if let Some(index) = candidates.iter().find_map(place) {
                uses[index] = Some(*to);
            }
        }
        let value = uses.iter().position(|to| *to == Some(Use::Value));
        let period = uses.iter().position(|to| *to == Some(Use::Period));
        // A service writes dimensions, then measures, then attributes. Where the period stands behind
        // the value somebody else wrote the text, and every column may be a dimension.
        let in_order = value.zip(period).is_some_and(|(value, period)| period < value);
        let is_dimension = |index: usize| !in_order || value.is_some_and(|value| index < value);
        let unit_is_dimension = uses.iter().position(|to| *to == Some(Use::Unit)).is_some_and(|index| in_order && is_dimension(index));
        let starts = |id: &str, beginnings: &[&str]| beginnings.iter().any(|beginning| id.to_ascii_uppercase().starts_with(beginning));
        let uses: Vec<Use> = (0..headers.len())
            .map(|index| match uses[index] {
                Some(to) => to,
                None if aside[index] || ids[index].is_empty() || ASIDE.iter().any(|known| ids[index].eq_ignore_ascii_case(known)) => {
                    Use::Aside
                }
                None if starts(&ids[index], STATUS) => Use::Status,
                None if starts(&ids[index], NOTES) => Use::Aside,
                // One measure is read; the others are no dimensions.
                None if starts(&ids[index], &["OBS_VALUE"]) => Use::Unused,
                None if is_dimension(index) => Use::Dimension,
                None => Use::Unused,
            })
            .collect();
        for (index, to) in uses.iter().enumerate() {
            if *to == Use::Unused {
                findings.push(unused_column(&ids[index], index));
            }
        }
        for (to, name) in [(Use::Period, "period"), (Use::Value, "value")] {
            if !uses.contains(&to) {
                findings.push(missing_column(name, headers));
            }
        }
        if !uses.contains(&Use::Indicator) && !uses.contains(&Use::Structure) {
            findings.push(missing_column("indicator", headers));
        }
        if findings.iter().any(Finding::is_error) {
            return Err(Error::Input(findings));
        }
        Ok(Self { ids, uses, labelled, breakdown, unit_is_dimension, findings })
    }

    /// The columns that are read for something, in their order.
    pub(super) fn all(&self, to: Use) -> impl Iterator<Item = usize> {
        self.uses.iter().enumerate().filter(move |(_, known)| **known == to).map(|(index, _)| index)
    }

    pub(super) fn place(&self, to: Use) -> Option<usize> {
        self.all(to).next()
    }
}

/// An id and the name that follows it, if one does: `REF_AREA: Reference area`.
fn split_label(header: &str) -> (&str, Option<&str>) {
    match header.split_once(':') {
        Some((id, name)) if !id.is_empty() && !id.contains(char::is_whitespace) => (id, Some(name.trim())),
        _ => (header, None),
    }
}

/// The id of a column, without its name and without what says that it holds several values:
/// `CONTACT[].NAME[en;fr]` is `CONTACT.NAME`.
fn id(header: &str) -> String {
    let (mut rest, _) = split_label(header);
    let mut id = String::new();
    while let Some((before, inner)) = rest.split_once('[') {
        id.push_str(before);
        rest = inner.split_once(']').map_or("", |(_, after)| after);
    }
    id.push_str(rest);
    id.trim().to_owned()
}

/// Which columns hold the names of the codes in the column before.
fn names_of_codes(ids: &[String]) -> Vec<bool> {
    let mut aside: Vec<bool> =
        (0..ids.len()).map(|index| ids[index].strip_suffix("_LABEL").is_some_and(|code| index > 0 && ids[index - 1] == code)).collect();
    let place = |name: &str| ids.iter().position(|id| id == name);
    if place("STRUCTURE_NAME").is_none() {
        return aside;
    }
    // With `labels=name` every column after the structure is followed by its name.
    let fixed = ["STRUCTURE_NAME", "ACTION", "SERIES_KEY", "OBS_KEY"];
    let start = fixed.iter().filter_map(|name| place(name)).max().map_or(0, |last| last + 1);
    let is_paired =
        ["TIME_PERIOD", "OBS_VALUE"].iter().all(|name| place(name).is_some_and(|place| place >= start && (place - start) % 2 == 0));
    if is_paired {
        (start + 1..ids.len()).step_by(2).for_each(|index| aside[index] = true);
    }
    aside
}

fn duplicate_column(header: &str, index: usize) -> Finding {
    let shown = shorten(header);
    Finding::new(Code::DuplicateColumn, msg!("the column `{shown}` stands twice", "`{shown}`列出现两次"))
        .at_row(0, Some(index as u32 + 1))
        .help(msg!("rename or remove one of the two", "请改名或删去其一"))
}
