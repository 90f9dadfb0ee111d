//! Verdicts that were put down as columns, taken up again to be scored.

use std::borrow::Cow;
use std::str::FromStr;

use crate::column::{Cell, Column};
use crate::error::Error;
use crate::finding::{Code, Finding};
use crate::number::decimal_from_f64;
use crate::panel::common_length;
use crate::period::Point;
use crate::plan::Plan;
use crate::text::{Message, msg, shorten};
use crate::verdict::{Attained, Pace, PaceReason, Quality, Reason, Scale, State, Verdict};

/// Verdicts of one plan, out of the columns of one or many assessments: what was judged on many
/// machines, or long ago, is scored in one place.
///
/// ```
/// use attainment::{AssessOptions, Format, Panel, Plan, Record, Scheme, Verdicts, score};
/// let plan = Plan::parse("{attainment: 1, id: p, indicators: {a: {name: A, direction: increase}}, targets: {a: {indicator: a, reach: 10, by: 2020}}}", Format::Yaml)?;
/// let scheme = Scheme::parse("{attainment: 1, id: s, normalise: as_is, read: ratio, aggregate: arithmetic, pillars: [a]}", Format::Yaml)?;
/// let judged = |area, value| plan.assess(&Panel::from_records([Record::new(area, "a", 2020, value)]), &AssessOptions::new().as_of(2020));
/// let columns = [judged("x", 5)?.columns(), judged("y", 9)?.columns()];
/// let here: Vec<_> = columns[0].iter().map(|(name, column)| (*name, column.clone())).collect();
/// let verdicts = Verdicts::from_columns(&plan, &here)?;
/// assert_eq!(score(&verdicts, &scheme)?.scores()[0].score, Some(0.5));
/// # Ok::<(), attainment::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Verdicts {
    pub(super) plan: Plan,
    pub(super) verdicts: Vec<Verdict>,
}

impl Verdicts {
    /// Takes up the columns of an assessment: `target`, `area`, `as_of` and `attained` at least, and of
    /// `indicator`, `method`, `reason`, `value`, `ratio`, `closed`, `category`, `scale` and `score`
    /// those that a scheme reads.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] without a column that is needed, or with a cell that no assessment writes.
    pub fn from_columns(plan: &Plan, columns: &[(&str, Column<'_>)]) -> Result<Self, Error> {
        let length = common_length(columns)?;
        let mut table = Table { columns, findings: Vec::new() };
        for name in ["target", "area", "as_of", "attained"] {
            if table.place(name).is_none() {
                let message = msg!("the table has no column for `{name}`", "表中没有`{name}`列");
                table.findings.push(Finding::new(Code::MissingColumn, message));
            }
        }
        let verdicts = (0..length).filter_map(|row| table.verdict(row)).collect();
        match table.findings.is_empty() {
            true => Ok(Self { plan: plan.clone(), verdicts }),
            false => Err(Error::Input(table.findings)),
        }
    }
}

struct Table<'a> {
    columns: &'a [(&'a str, Column<'a>)],
    findings: Vec<Finding>,
}

impl Table<'_> {
    const SHOWN: usize = 100;

    fn place(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|(known, _)| *known == name)
    }

    fn cell(&self, name: &str, row: usize) -> Cell {
        self.place(name).map_or(Cell::Empty, |place| self.columns[place].1.cell(row))
    }

    fn text(&self, name: &str, row: usize) -> Option<String> {
        Some(self.cell(name, row).text().into_owned()).filter(|text| !text.is_empty())
    }

    fn refuse(&mut self, name: &str, row: usize, message: Message) {
        if self.findings.len() < Self::SHOWN {
            let column = self.place(name).and_then(|place| u32::try_from(place + 1).ok());
            self.findings.push(Finding::new(Code::BadCell, message).at_row(row as u64 + 1, column));
        }
    }

    fn word<T: FromStr>(&mut self, name: &str, row: usize) -> Option<T> {
        let text = self.text(name, row)?;
        let word = text.parse().ok();
        if word.is_none() {
            let shown = shorten(&text);
            self.refuse(name, row, msg!("`{shown}` is no word of the column `{name}`", "`{shown}`不是`{name}`列的词"));
        }
        word
    }

    fn float(&mut self, name: &str, row: usize) -> Option<f64> {
        match self.cell(name, row) {
            Cell::Float(number) if number.is_nan() => None,
            Cell::Float(number) => Some(number),
            Cell::Empty => None,
            cell => {
                let text = cell.text();
                let number = text.parse().ok();
                if number.is_none() {
                    let shown = shorten(&text);
                    self.refuse(name, row, msg!("`{shown}` is not a number", "`{shown}`不是数"));
                }
                number
            }
        }
    }

    fn verdict(&mut self, row: usize) -> Option<Verdict> {
        let (state, as_of) = (self.word::<State>("attained", row), self.word::<Point>("as_of", row));
        let mut attained = Attained::new(state?);
        // The column also says why a method has no answer.
        if attained.state == State::NotEvaluable {
            attained.reason = self.word::<Reason>("reason", row);
        }
        attained.value = match self.cell("value", row) {
            Cell::Decimal(value) => Some(value),
            _ => self.float("value", row).and_then(|value| decimal_from_f64(value).ok()),
        };
        (attained.ratio, attained.closed) = (self.float("ratio", row), self.float("closed", row));
        let pace = self.text("method", row).map(|method| {
            let mut pace = Pace::none(&method, PaceReason::NotApplicable);
            pace.category = self.text("category", row).map(Cow::Owned);
            (pace.scale, pace.score) = (self.word::<Scale>("scale", row), self.float("score", row));
            pace
        });
        let (target, area) = (self.text("target", row)?, self.text("area", row).unwrap_or_default());
        let indicator = self.text("indicator", row);
        Some(Verdict { target, area, indicator, as_of: as_of?, attained, pace, quality: Quality::default(), recorded: None })
    }
}
