//! Answers as columns, each made when it is asked for.

use std::collections::HashMap;

use rust_decimal::Decimal;

use super::Assessment;
use super::answers::{PlainSeen, Seen, Spot};
use crate::column::{Column, nearest, some_missing};
use crate::csv_text::Csv;
use crate::period::Point;
use crate::verdict::{Flag, Reason, Scale, State, Verdict};

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

impl Assessment {
    /// Every verdict as columns: the keys of [`Assessment::to_records`], in their order, each with
    /// one value per verdict.
    ///
    /// `forecast` is one of them where it was [asked for](crate::AssessOptions::forecast).
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
        COLUMNS.iter().chain(&["forecast"]).filter_map(|name| Some((*name, self.column(name)?))).collect()
    }

    /// Every verdict as CSV text: the columns of [`Assessment::columns`], a line for each verdict.
    ///
    /// What is missing is an empty cell, and the flags of a verdict stand in one cell. `value`, `bound` and
    /// `gap` are exact.
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
        let columns = COLUMNS.iter().chain(&["forecast"]);
        let columns = columns.filter_map(|name| Some((*name, self.decimals(name).or_else(|| self.column(name))?)));
        csv.write(&columns.collect::<Vec<_>>())
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
        let answered = &self.answered;
        let request = &answered.request;
        Some(match name {
            "target" => self.of_spots(|spot| Some(answered.compiled.program.rules[spot.target].id.as_str())),
            "area" => self.areas(),
            "indicator" => self.of_spots(|spot| {
                let target = answered.plan.document().targets.get_index(spot.target)?.1;
                target.indicator.as_ref().map(|id| id.as_str())
            }),
            "as_of" => {
                let moments: Vec<String> = request.as_of.iter().map(ToString::to_string).collect();
                self.of_spots(|spot| moments.get(spot.moment).map(String::as_str))
            }
            "method" => self.of_spots(|spot| request.methods.get(spot.method).map(|method| method.id())),
            "attained" => self.words(|seen, words| {
                words.push(Some(match seen {
                    Seen::Verdict(verdict) => verdict.attained.state.as_str(),
                    Seen::Plain(seen) => seen.plain.state.as_str(),
                }));
            }),
            "reason" => self.words(|seen, words| {
                words.push(match seen {
                    Seen::Verdict(verdict) => verdict.reason_word(),
                    Seen::Plain(seen) => seen.plain.reason.map(Reason::as_str),
                });
            }),
            "holds_now" => {
                let mut answers = Vec::with_capacity(answered.answers.len());
                self.each(|seen| {
                    answers.push(match seen {
                        Seen::Verdict(verdict) => verdict.attained.holds_now,
                        Seen::Plain(seen) => Some(seen.plain.holds_now),
                    });
                });
                Column::answers(answers)
            }
            "decided_at" => self.words(|seen, words| match seen {
                Seen::Verdict(verdict) => words.push(verdict.attained.decided_at.map(|at| at.to_string()).as_deref()),
                Seen::Plain(seen) if matches!(seen.plain.state, State::Met | State::NotMet) => words.push_year(seen.field.year(seen.plain)),
                Seen::Plain(_) => words.push(None),
            }),
            "period" => self.words(|seen, words| match seen {
                Seen::Verdict(verdict) => words.push(verdict.attained.period.as_ref().map(ToString::to_string).as_deref()),
                Seen::Plain(seen) => words.push_year(seen.field.year(seen.plain)),
            }),
            "value" | "bound" | "gap" => {
                let (of_verdict, of_plain) = exact(name)?;
                self.numbers(|verdict| of_verdict(verdict).map(nearest), |seen| of_plain(seen).map(|value| seen.field.float(value)))
            }
            "ratio" => self.numbers(|verdict| verdict.attained.ratio, |seen| seen.terms()?.ratio(seen.value())),
            "closed" => self.numbers(|verdict| verdict.attained.closed, |seen| seen.terms()?.closed(seen.value())),
            "category" => self.words(|seen, words| {
                words.push(match seen {
                    Seen::Verdict(verdict) => verdict.pace.as_ref().and_then(|pace| pace.category.as_deref()),
                    Seen::Plain(seen) => seen.pace.map(|(_, class)| &*class.word),
                });
            }),
            "scale" => self.words(|seen, words| {
                words.push(match seen {
                    Seen::Verdict(verdict) => verdict.pace.as_ref().and_then(|pace| pace.scale).map(|scale| scale.as_str()),
                    Seen::Plain(seen) => seen.pace.map(|(_, class)| class.scale.as_str()),
                });
            }),
            "pace_value" => self.numbers(|verdict| verdict.pace.as_ref()?.value, |seen| Some(seen.pace?.0.value)),
            "score" => self.numbers(|verdict| verdict.pace.as_ref()?.score, |seen| Some(seen.pace?.0.score)),
            "flags" => self.words(|seen, words| {
                let flags: Vec<&str> = match seen {
                    Seen::Verdict(verdict) => verdict.quality.flags.iter().map(|flag| flag.as_str()).collect(),
                    Seen::Plain(seen) => seen.flags().into_iter().map(Flag::as_str).collect(),
                };
                words.push(Some(flags.join(";")).filter(|flags| !flags.is_empty()).as_deref());
            }),
            "forecast" => {
                request.forecast?;
                self.forecasts()
            }
            _ => return None,
        })
    }

    fn forecasts(&self) -> Column<'static> {
        let (answers, setting) = (&self.answered.answers, self.answered.setting());
        let evidence: Vec<_> = self.answered.request.as_of.iter().map(|as_of| setting.evidence(*as_of)).collect();
        let mut numbers = Vec::with_capacity(answers.len());
        answers.each(&setting, |spot, seen| {
            let plain = match seen {
                Seen::Plain(seen) => seen.field.forecast(spot.area),
                Seen::Verdict(_) => None,
            };
            numbers.push(plain.unwrap_or_else(|| setting.forecast(&evidence[spot.moment], spot.target, spot.area)));
        });
        Column::floats(numbers)
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
        let (of_verdict, of_plain) = exact(name)?;
        let mut decimals = Vec::with_capacity(self.answered.answers.len());
        self.each(|seen| {
            decimals.push(match seen {
                Seen::Verdict(verdict) => of_verdict(verdict),
                Seen::Plain(seen) => of_plain(&seen).map(|value| seen.field.decimal(value)),
            });
        });
        Some(Column::decimals(&decimals))
    }

    /// What scores are made of, for every answer.
    pub(crate) fn each_number(&self, mut look: impl FnMut(Spot, Numbers)) {
        self.answered.answers.each(&self.answered.setting(), |spot, seen| {
            let numbers = match seen {
                Seen::Verdict(verdict) => verdict.into(),
                Seen::Plain(seen) => {
                    let (terms, value) = (seen.terms(), seen.value());
                    Numbers {
                        state: seen.plain.state,
                        reason: seen.plain.reason,
                        value: Some(seen.field.decimal(value)),
                        ratio: terms.and_then(|terms| terms.ratio(value)),
                        closed: terms.and_then(|terms| terms.closed(value)),
                        score: seen.pace.map(|(pace, _)| pace.score).filter(|score| !score.is_nan()),
                        scale: seen.pace.map(|(_, class)| class.scale),
                    }
                }
            };
            look(spot, numbers);
        });
    }

    /// The id of the target an answer is on, that of its indicator, the area, the moment and the method.
    pub(crate) fn asked(&self, spot: Spot) -> (&str, Option<&str>, &str, Point, Option<&str>) {
        let answered = &self.answered;
        let document = answered.plan.document();
        let indicator = document.targets.get_index(spot.target).and_then(|(_, target)| target.indicator.as_ref());
        (
            &answered.compiled.program.rules[spot.target].id,
            indicator.map(|id| id.as_str()),
            &answered.compiled.areas.ids[spot.area],
            answered.request.as_of[spot.moment],
            answered.request.methods.get(spot.method).map(|method| method.id()),
        )
    }

    /// How many areas, moments and methods an answer may be of.
    pub(crate) fn breadth(&self) -> (usize, usize) {
        (self.answered.compiled.areas.ids.len(), self.answered.request.as_of.len())
    }

    /// Where every answer stands, in order.
    pub(crate) fn each_spot(&self, look: impl FnMut(Spot)) {
        self.answered.answers.spots(look);
    }

    fn each(&self, mut look: impl FnMut(Seen<'_>)) {
        self.answered.answers.each(&self.answered.setting(), |_, seen| look(seen));
    }

    /// Words that follow from what is asked alone.
    fn of_spots<'w>(&'w self, word: impl Fn(Spot) -> Option<&'w str>) -> Column<'static> {
        let mut words = Words::with_capacity(self.answered.answers.len());
        self.answered.answers.spots(|spot| words.push(word(spot)));
        words.column()
    }

    /// Areas, by their numbers.
    fn areas(&self) -> Column<'static> {
        let areas = &self.answered.compiled.areas;
        let mut codes: Vec<u32> = Vec::with_capacity(self.answered.answers.len());
        let mut distinct: Vec<&str> = Vec::new();
        let mut numbers = vec![u32::MAX; areas.ids.len()];
        self.answered.answers.spots(|spot| {
            let number = &mut numbers[spot.area];
            if *number == u32::MAX {
                *number = distinct.len() as u32;
                distinct.push(&areas.ids[spot.area]);
            }
            codes.push(*number);
        });
        Column::Dictionary { codes: codes.into(), valid: None, values: Box::new(Column::from(distinct)) }
    }

    fn words(&self, mut push: impl FnMut(Seen<'_>, &mut Words)) -> Column<'static> {
        let mut words = Words::with_capacity(self.answered.answers.len());
        self.each(|seen| push(seen, &mut words));
        words.column()
    }

    fn numbers(&self, of_verdict: impl Fn(&Verdict) -> Option<f64>, of_plain: impl Fn(&PlainSeen<'_>) -> Option<f64>) -> Column<'static> {
        let (mut values, mut valid) = (Vec::with_capacity(self.answered.answers.len()), Vec::with_capacity(self.answered.answers.len()));
        self.each(|seen| {
            let number = match seen {
                Seen::Verdict(verdict) => of_verdict(verdict),
                Seen::Plain(seen) => of_plain(&seen),
            };
            let number = number.filter(|number| !number.is_nan());
            values.push(number.unwrap_or_default());
            valid.push(number.is_some());
        });
        Column::Float { values: values.into(), valid: some_missing(&valid) }
    }
}

/// What scores are made of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Numbers {
    pub(crate) state: State,
    pub(crate) reason: Option<Reason>,
    pub(crate) value: Option<Decimal>,
    pub(crate) ratio: Option<f64>,
    pub(crate) closed: Option<f64>,
    pub(crate) score: Option<f64>,
    pub(crate) scale: Option<Scale>,
}

impl From<&Verdict> for Numbers {
    fn from(verdict: &Verdict) -> Self {
        let (attained, pace) = (&verdict.attained, verdict.pace.as_ref());
        let (score, scale) = (pace.and_then(|pace| pace.score), pace.and_then(|pace| pace.scale));
        let (state, reason, value) = (attained.state, attained.reason, attained.value);
        Self { state, reason, value, ratio: attained.ratio, closed: attained.closed, score, scale }
    }
}

/// An exact number of a verdict, and of a plain answer at the scale of its field.
type Exactly = (fn(&Verdict) -> Option<Decimal>, fn(&PlainSeen<'_>) -> Option<i64>);

/// The columns that are exact numbers.
fn exact(name: &str) -> Option<Exactly> {
    Some(match name {
        "value" => (|verdict| verdict.attained.value, |seen| Some(seen.value())),
        "bound" => (|verdict| verdict.attained.bound, |seen| Some(seen.terms()?.bound)),
        "gap" => (|verdict| verdict.attained.gap, |seen| Some(seen.terms()?.gap(seen.value()))),
        _ => return None,
    })
}

impl PlainSeen<'_> {
    fn flags(&self) -> Vec<Flag> {
        let Some(terms) = self.terms() else { return Vec::new() };
        let held = terms.base.and_then(|base| base.value).is_some_and(|base| terms.holds(base));
        let mut flags: Vec<Flag> = [
            (Flag::BaselineDeclared, terms.base.is_some_and(|base| base.declared)),
            (Flag::Maintenance, held),
            (Flag::NearThreshold, self.field.is_near(&terms, self.value())),
            (Flag::Early, self.pace.is_some_and(|(pace, _)| pace.early)),
        ]
        .into_iter()
        .filter_map(|(flag, is_set)| is_set.then_some(flag))
        .collect();
        flags.sort_unstable();
        flags
    }
}

/// Words on their way into a dictionary: mostly few, and mostly the one before.
struct Words {
    codes: Vec<u32>,
    valid: Vec<bool>,
    distinct: Vec<String>,
    known: HashMap<String, u32>,
    years: Vec<(i32, u32)>,
}

impl Words {
    fn with_capacity(rows: usize) -> Self {
        Self {
            codes: Vec::with_capacity(rows),
            valid: Vec::with_capacity(rows),
            distinct: Vec::new(),
            known: HashMap::new(),
            years: Vec::new(),
        }
    }

    #[inline]
    fn push(&mut self, word: Option<&str>) {
        let code = word.map_or(0, |word| self.code(word));
        self.codes.push(code);
        self.valid.push(word.is_some());
    }

    fn code(&mut self, word: &str) -> u32 {
        const FEW: usize = 8;
        let last = self.codes.last().copied().unwrap_or(0);
        if self.distinct.get(last as usize).is_some_and(|known| known == word) {
            return last;
        }
        if let Some(code) = self.distinct.iter().take(FEW).position(|known| known == word) {
            return code as u32;
        }
        if let Some(code) = self.known.get(word) {
            return *code;
        }
        let code = self.distinct.len() as u32;
        self.distinct.push(word.to_owned());
        self.known.insert(word.to_owned(), code);
        code
    }

    fn push_year(&mut self, year: i32) {
        let known = self.years.iter().find(|(known, _)| *known == year).map(|(_, code)| *code);
        let code = known.unwrap_or_else(|| {
            let code = self.code(&Point::year(year).to_string());
            self.years.push((year, code));
            code
        });
        self.codes.push(code);
        self.valid.push(true);
    }

    fn column(self) -> Column<'static> {
        Column::Dictionary { codes: self.codes.into(), valid: some_missing(&self.valid), values: Box::new(Column::from(self.distinct)) }
    }
}
