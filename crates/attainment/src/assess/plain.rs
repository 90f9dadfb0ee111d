//! Plain verdicts: level targets with fixed bounds by a year, on yearly numbers without a flag.
//!
//! They are what large tables are made of, and are answered here on whole numbers. Everything else, and
//! every case of doubt, is left to [`judge_attained`](crate::verdict::judge_attained); what is answered
//! is what it would answer, and single verdicts and explanations are always its own.

use super::run::Setting;
use crate::method::Way;
use crate::number::{EXACT_IN_F64, NONE, quotient, raised};
use crate::panel::{Block, HOLE};
use crate::period::{Frequency, Period, Point};
use crate::plan::{Amounts, CompareWord, Held, Indicator, Kind, Measure, Places, Toward, UnitOf, When};
use crate::unit::Unit;
use crate::verdict::{AreaNo, Body, BoundSpec, Phrase, Reason, RuleNo, State, Threshold};

/// A target at a moment, where its areas may have plain verdicts.
pub(super) struct Field<'a> {
    rule: RuleNo,
    held: Option<(&'a Held, &'a Places)>,
    setting: &'a Setting<'a>,
    /// The years with observations up to the moment, in order, each with its block.
    years: Vec<(i32, &'a Block)>,
    /// The areas whose observations are not all in the table.
    detailed: Vec<AreaNo>,
    /// The last year that has ended.
    due: i32,
    direction: Option<crate::plan::Direction>,
    /// The scale of all numbers, and what those of the table are raised by.
    scale: u8,
    by: [u8; 4],
    word: CompareWord,
    toward: Toward,
    bound: Option<i64>,
    high: Option<i64>,
    deadline: Option<i32>,
    base: Option<(i32, Option<i64>)>,
    /// Whether a row that states no baseline has that of the target.
    base_holds_for_rows: bool,
    /// Of the table's rows: by the number of their time, their baseline and their unit.
    deadlines: Vec<Option<Option<i32>>>,
    baselines: Vec<Option<Option<i32>>>,
    units: Vec<bool>,
}

/// What an area is judged by, at the scale of the field.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terms {
    pub(super) word: CompareWord,
    pub(super) toward: Toward,
    pub(super) bound: i64,
    pub(super) high: Option<i64>,
    pub(super) deadline: i32,
    pub(super) base: Option<Base>,
    /// The row of the target table, where the bound is of one.
    pub(super) row: Option<usize>,
}

/// A baseline with its value, where there is one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Base {
    pub(super) year: i32,
    pub(super) value: Option<i64>,
    /// Whether the value is the one the plan declares.
    pub(super) declared: bool,
}

/// A plain answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plain {
    /// The place of the observation that is shown among the years.
    pub(super) shown: u16,
    pub(super) state: State,
    pub(super) reason: Option<Reason>,
    pub(super) holds_now: bool,
}

impl Terms {
    /// Whether a number satisfies the bound.
    #[inline]
    pub(super) fn holds(&self, value: i64) -> bool {
        match (self.word, self.toward) {
            (CompareWord::MoreThan, _) => value > self.bound,
            (CompareWord::LessThan, _) => value < self.bound,
            (CompareWord::Within, _) => value >= self.bound && value <= self.high.unwrap_or(self.bound),
            (_, Toward::Down) => value <= self.bound,
            _ => value >= self.bound,
        }
    }

    /// What is missing to the bound; see [`gap`](crate::verdict::gap).
    pub(super) fn gap(&self, value: i64) -> i64 {
        match (self.toward, self.high) {
            (Toward::Up, _) => self.bound - value,
            (Toward::Down, _) => value - self.bound,
            (Toward::Inside, Some(high)) if value > high => value - high,
            (Toward::Inside, Some(_)) if value >= self.bound => 0,
            (Toward::Inside, _) => self.bound - value,
        }
    }

    /// See [`ratio`](crate::verdict::ratio).
    pub(super) fn ratio(&self, value: i64) -> Option<f64> {
        match self.toward {
            _ if self.bound <= 0 || value < 0 => None,
            Toward::Inside => None,
            Toward::Down => (value != 0).then(|| quotient(self.bound, value)),
            Toward::Up => Some(quotient(value, self.bound)),
        }
    }

    /// See [`closed`](crate::verdict::closed).
    pub(super) fn closed(&self, value: i64) -> Option<f64> {
        let base = self.base?.value?;
        let whole = self.bound - base;
        let is_way = self.toward.sign() * whole.signum() > 0;
        (is_way && !self.holds(base)).then(|| quotient(value - base, whole))
    }
}

fn year_of(point: Point) -> Option<i32> {
    (point.frequency() == Frequency::Year).then(|| point.calendar_year())
}

/// The year of a time of a target; `None` where it is something else than by a year.
fn deadline_of(when: &When) -> Option<i32> {
    match when {
        When::By(Period::Point(point)) => year_of(*point),
        _ => None,
    }
}

impl<'a> Field<'a> {
    /// `None` where no area can have a plain verdict.
    pub(super) fn new(setting: &'a Setting<'a>, rule: RuleNo, as_of: Point) -> Option<Self> {
        let compiled = &setting.compiled.program.rules[rule];
        let Body::Single(single) = &compiled.body else { return None };
        let document = setting.plan.document();
        let target = setting.target(rule)?;
        let (id, indicator) = document.indicators.get_index(single.indicator)?;
        let [phrase] = single.readings.as_slice() else { return None };
        let is_plain_rule = compiled.valid_from.is_none()
            && compiled.replaced_by.is_none()
            && single.threshold == Threshold::Exact
            && single.want == Default::default()
            && is_plain_phrase(phrase)
            && is_plain_indicator(indicator)
            && single.schedules.is_empty();
        if !is_plain_rule {
            return None;
        }
        let panel = setting.panel;
        let number = panel.indicators.find(id)?;
        let table = panel.dense.tables.get(number as usize)?;
        let mut years = Vec::new();
        for period in &panel.dense.order {
            let (start, end) = panel.dense.periods[*period];
            let Some(block) = table.blocks.get(*period).filter(|block| !block.values.is_empty()) else { continue };
            if end.last_day() > as_of.last_day() {
                continue;
            }
            let year = year_of(end).filter(|_| start == end)?;
            let unit = panel.dense.source_of(block).unit.map(|unit| &panel.units[unit as usize]);
            if !is_same_unit(unit, indicator) {
                return None;
            }
            years.push((year, block));
        }
        if years.len() >= usize::from(u16::MAX) {
            return None;
        }
        let mut detailed: Vec<AreaNo> =
            panel.detailed().map(|(key, _)| key).filter(|key| key.indicator == number).map(|key| key.area as AreaNo).collect();
        detailed.sort_unstable();
        let bounds = setting.compiled.bounds.as_ref();
        let held = bounds.and_then(|bounds| Some((bounds.table().held(), bounds.table().held().places_of(&compiled.id)?)));
        let fixed = |spec: &BoundSpec| match spec {
            BoundSpec::Fixed { value } if value.is_exact() => Some(Some(value.nominal.clone())),
            BoundSpec::Fixed { .. } | BoundSpec::Reference { .. } => None,
            // A row of the table may have a bound of its own.
            BoundSpec::Broken(_) => held.is_some().then_some(None),
        };
        let bound = fixed(&phrase.bound)?;
        let high = phrase.bound_max.as_ref().map(fixed).unwrap_or(Some(None))?;
        let base = match single.base.as_ref().map(|base| &base.value) {
            None => None,
            Some(spec) => {
                let year = year_of(spec.at?)?;
                let declared = spec.declared.clone().transpose().ok()?;
                if declared.as_ref().is_some_and(|value| !value.is_exact()) {
                    return None;
                }
                Some((year, declared.map(|value| value.nominal)))
            }
        };
        // One scale for all: exact numbers of the plan say how many digits they need.
        let numbers: Vec<_> =
            [bound.as_ref(), high.as_ref(), base.as_ref().and_then(|(_, value)| value.as_ref())].into_iter().flatten().collect();
        let mut scale = table.scale;
        for number in numbers {
            let decimal = number.to_decimal()?.normalize();
            scale = scale.max(u8::try_from(decimal.scale()).ok()?);
        }
        let amounts = held.map(|(held, _)| [&held.bound, &held.bound_max, &held.baseline_value]);
        scale = amounts.iter().flatten().map(|amounts| amounts.plain.scale).fold(scale, u8::max);
        if scale > crate::number::MAX_SCALE {
            return None;
        }
        let scaled = |number: &crate::number::Exact| {
            let decimal = number.to_decimal()?;
            (crate::number::Exact::from(decimal) == *number).then_some(())?;
            crate::number::scaled_decimal(decimal, scale).filter(|value| value.abs() <= EXACT_IN_F64)
        };
        let by_row = amounts.map_or([0; 3], |amounts| amounts.map(|amounts| scale - amounts.plain.scale));
        let whens = held.map_or(&[][..], |(held, _)| &held.when.distinct);
        let baselines = held.map_or(&[][..], |(held, _)| &held.baseline.distinct);
        let defaults = document.defaults.as_ref().is_some_and(|defaults| defaults.baseline.is_some());
        Some(Self {
            rule,
            held,
            setting,
            years,
            detailed,
            due: as_of.calendar_year() - i32::from(Point::year(as_of.calendar_year()).last_day() > as_of.last_day()),
            direction: indicator.direction,
            scale,
            by: [scale - table.scale, by_row[0], by_row[1], by_row[2]],
            word: phrase.word,
            toward: phrase.toward,
            bound: bound.as_ref().map(scaled).map_or(Some(None), |bound| bound.map(Some))?,
            high: high.as_ref().map(scaled).map_or(Some(None), |high| high.map(Some))?,
            deadline: compiled.when.as_ref().and_then(|when| deadline_of(&when.value)),
            base: match base {
                None => None,
                Some((year, None)) => Some((year, None)),
                Some((year, Some(value))) => Some((year, Some(scaled(&value)?))),
            },
            base_holds_for_rows: target.baseline.is_some()
                || !defaults
                || compiled.when.as_ref().is_some_and(|when| matches!(when.value, When::By(_))),
            deadlines: whens.iter().map(|when| when.as_ref().map_or(Some(None), |when| deadline_of(when).map(Some))).collect(),
            baselines: baselines
                .iter()
                .map(|period| period.as_ref().map_or(Some(None), |period| period.end().and_then(year_of).map(Some)))
                .collect(),
            units: held.map_or(Vec::new(), |(held, _)| {
                let fits = |unit: &String| unit.is_empty() || Unit::parse(unit).is_some_and(|unit| is_same_unit(Some(&unit), indicator));
                held.unit.distinct.iter().map(fits).collect()
            }),
        })
    }

    /// What an area is judged by; `None` where that is not plain.
    #[inline]
    pub(super) fn terms(&self, area: AreaNo) -> Option<Terms> {
        let row = match (&self.held, &self.setting.compiled.bounds) {
            (Some((_, places)), Some(bounds)) => bounds.area(area).and_then(|area| places.get(area)),
            _ => None,
        };
        let Some(row) = row else {
            let (bound, deadline) = (self.bound?, self.deadline?);
            let base = match self.base {
                Some((year, declared)) => Some(self.base(area, year, declared)?),
                None => None,
            };
            return self.checked(Terms { word: self.word, toward: self.toward, bound, high: self.high, deadline, base, row: None });
        };
        let (held, _) = self.held?;
        if !matches!(held.measure.get(row), None | Some(Measure::Level)) || !*self.units.get(held.unit.numbers.get(row) as usize)? {
            return None;
        }
        let own_word = held.compare.get(row);
        let word = own_word.unwrap_or(self.word);
        let toward = match (own_word, held.measure.get(row)) {
            (None, None) => self.toward,
            _ => Toward::new(word, self.direction, Measure::Level),
        };
        let amount = |amounts: &Amounts, by: u8| match *amounts.plain.values.get(row).unwrap_or(&NONE) {
            NONE if amounts.others.is_empty() || !amounts.others.contains_key(&(row as u32)) => Some(None),
            NONE => None,
            value => fitting(value, by).map(Some),
        };
        let bound = amount(&held.bound, self.by[1])?.or(self.bound)?;
        let high = amount(&held.bound_max, self.by[2])?.or(self.high);
        let declared = amount(&held.baseline_value, self.by[3])?;
        let deadline = (*self.deadlines.get(held.when.numbers.get(row) as usize)?)?.or(self.deadline)?;
        let stated = (*self.baselines.get(held.baseline.numbers.get(row) as usize)?)?;
        let base = match (stated, declared) {
            (None, _) if !self.base_holds_for_rows => return None,
            (None, None) => self.base,
            // A value without a period is that of the target's own baseline.
            (None, Some(declared)) => Some((self.base?.0, Some(declared))),
            (Some(year), declared) => Some((year, declared)),
        };
        let base = match base {
            Some((year, declared)) => Some(self.base(area, year, declared)?),
            None => None,
        };
        self.checked(Terms { word, toward, bound, high, deadline, base, row: Some(row) })
    }

    fn checked(&self, terms: Terms) -> Option<Terms> {
        let fits = match (terms.word, terms.high) {
            (CompareWord::Within, Some(_)) => true,
            (CompareWord::Within | CompareWord::About | CompareWord::Equals, _) | (_, Some(_)) => false,
            _ => terms.toward != Toward::Inside,
        };
        fits.then_some(terms)
    }

    /// The baseline of an area; `None` where plan and panel do not agree on it.
    #[inline]
    fn base(&self, area: AreaNo, year: i32, declared: Option<i64>) -> Option<Base> {
        let place = self.years.iter().position(|(known, _)| *known == year);
        let current = match place.map(|place| self.value(place, area)) {
            Some(value) => value?,
            None => None,
        };
        match (current, declared) {
            (Some(current), Some(declared)) if current != declared => None,
            (Some(value), _) => Some(Base { year, value: Some(value), declared: false }),
            (None, declared) => Some(Base { year, value: declared, declared: declared.is_some() }),
        }
    }

    /// The value of an area in a year; `Some(None)` where there is none, `None` where it is too large.
    #[inline]
    fn value(&self, place: usize, area: AreaNo) -> Option<Option<i64>> {
        match self.years[place].1.values.get(area).copied().unwrap_or(HOLE) {
            HOLE | NONE => Some(None),
            value => fitting(value, self.by[0]).map(Some),
        }
    }

    /// The value that is shown of a plain answer.
    #[inline]
    pub(super) fn shown(&self, plain: &Plain, area: AreaNo) -> i64 {
        self.value(usize::from(plain.shown), area).flatten().unwrap_or(0)
    }

    pub(super) fn year(&self, plain: &Plain) -> i32 {
        self.years[usize::from(plain.shown)].0
    }

    /// Where the line through the observations leads, where sums of machine integers can say.
    pub(super) fn forecast(&self, area: AreaNo) -> Option<Option<f64>> {
        let terms = self.terms(area)?;
        let values = self.years.iter().filter_map(|(year, block)| match block.values.get(area).copied().unwrap_or(HOLE) {
            HOLE | NONE => None,
            value => Some((i64::from(year - terms.deadline), value)),
        });
        super::forecast::least_squares_whole(values, crate::number::ten(self.scale - self.by[0]))
    }

    /// The answer for an area, and what a method sees of it; `None` where the general judge has to say.
    #[inline]
    pub(super) fn answer(&self, area: AreaNo) -> Option<(Plain, Option<Way>)> {
        if !self.detailed.is_empty() && self.detailed.binary_search(&area).is_ok() {
            return None;
        }
        let terms = self.terms(area)?;
        // From the latest back: mostly the first that is looked at is both.
        let (mut latest, mut by_deadline) = (None, None);
        for (place, (year, _)) in self.years.iter().enumerate().rev() {
            if let Some(value) = self.value(place, area)? {
                latest = latest.or(Some((place, value)));
                if *year <= terms.deadline {
                    by_deadline = Some((place, *year, value));
                    break;
                }
            }
        }
        let (last, last_value) = latest?;
        let due = terms.deadline <= self.due;
        let holds_now = terms.holds(last_value);
        let plain = match by_deadline {
            _ if !due => Plain { shown: last as u16, state: State::Pending, reason: None, holds_now },
            Some((place, year, value)) if year == terms.deadline => {
                let state = if terms.holds(value) { State::Met } else { State::NotMet };
                Plain { shown: place as u16, state, reason: None, holds_now }
            }
            _ => Plain { shown: last as u16, state: State::NotEvaluable, reason: Some(Reason::NoObservationAtDeadline), holds_now },
        };
        let way = by_deadline.and_then(|(_, year, value)| {
            let (base_year, base) = terms.base.and_then(|base| Some((base.year, base.value?)))?;
            let (reached, held) = (terms.holds(value), terms.holds(base));
            let Terms { toward, bound, high, deadline, .. } = terms;
            Some(Way { toward, base, base_year, value, year, bound, high, deadline, reached, held })
        });
        Some((plain, way))
    }

    /// Whether a pending target needs a change a year beyond any on record.
    pub(super) fn is_beyond_record(&self, plain: &Plain, area: AreaNo) -> bool {
        let Some(terms) = self.terms(area).filter(|_| plain.state == State::Pending && !plain.holds_now) else { return false };
        let (year, value) = (self.year(plain), self.shown(plain, area));
        if terms.base.is_some_and(|base| year <= base.year) || terms.deadline <= year {
            return false;
        }
        let missing = i128::from(terms.bound - value);
        let left = i128::from(terms.deadline - year);
        let (mut before, mut any): (Option<(i32, i64)>, bool) = (None, false);
        for (place, (year, _)) in self.years.iter().enumerate() {
            let value = match self.value(place, area) {
                Some(Some(value)) => value,
                Some(None) => continue,
                // Too large to tell here.
                None => return true,
            };
            if let Some((earlier, known)) = before {
                let change = i128::from(value - known) * if missing < 0 { -1 } else { 1 };
                if missing.abs() * i128::from(year - earlier) <= change * left {
                    return false;
                }
                any = true;
            }
            before = Some((*year, value));
        }
        any
    }

    /// Whether a value is within half a unit of the last digit of the bound, and not on it.
    pub(super) fn is_near(&self, terms: &Terms, value: i64) -> bool {
        let rule = &self.setting.compiled.program.rules[self.rule];
        let Body::Single(single) = &rule.body else { return false };
        let own = |row: usize| {
            let held = self.setting.compiled.bounds.as_ref()?.table().held().row(row);
            let indicator = self.setting.plan.document().indicators.get_index(single.indicator)?.1;
            super::compile::step_of(held.bound.as_ref(), Measure::Level, indicator)
        };
        let general = || single.readings.first().and_then(|phrase| phrase.step.clone());
        let has_own =
            |row: &usize| self.held.is_some_and(|(held, _)| held.bound.plain.values.get(*row).is_some_and(|value| *value != NONE));
        let Some(step) = terms.row.filter(has_own).map_or_else(general, own) else { return false };
        let distance = crate::number::Exact::from(self.decimal((value - terms.bound).abs()));
        !distance.is_zero() && distance * crate::number::Exact::from(2) <= step
    }

    /// A number at the scale of the field, as a float.
    pub(super) fn float(&self, value: i64) -> f64 {
        quotient(value, crate::number::ten(self.scale))
    }

    pub(super) fn decimal(&self, value: i64) -> rust_decimal::Decimal {
        crate::number::decimal_of(value, self.scale, 0)
    }
}

/// A number at a larger scale, where it is a float without rounding there.
#[inline]
fn fitting(value: i64, by: u8) -> Option<i64> {
    let value = if by == 0 { value } else { raised(value, by)? };
    (value.abs() <= EXACT_IN_F64).then_some(value)
}

fn is_plain_phrase(phrase: &Phrase) -> bool {
    phrase.measure == Measure::Level
        && phrase.stretch.is_none()
        && phrase.tolerance.is_none()
        && !matches!(phrase.word, CompareWord::About | CompareWord::Equals)
}

fn is_plain_indicator(indicator: &Indicator) -> bool {
    indicator.formula.is_none()
        && !matches!(indicator.kind, Some(Kind::YesNo | Kind::Judgement))
        && !matches!(UnitOf::new(Measure::Level, indicator), UnitOf::Lost)
}

/// Whether a number in a unit is one in the indicator's.
fn is_same_unit(unit: Option<&Unit>, indicator: &Indicator) -> bool {
    match (unit, &indicator.unit) {
        (None, _) => true,
        (Some(unit), Some(wanted)) => unit.factor_to(wanted).is_some_and(|factor| factor == crate::number::Exact::one()),
        (Some(_), None) => false,
    }
}
