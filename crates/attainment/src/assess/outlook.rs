//! What is needed from here.

use rust_decimal::Decimal;
use serde::Serialize;

use super::{Assessment, run};
use crate::number::{Exact, ln};
use crate::period::Point;
use crate::plan::{Kind, Measure};
use crate::verdict::{Case, Effort, Form, State, Toward, decimal_text, decimal_year, growth_needed, is_cap, is_there};

/// What one target in one area needs from its latest observation on.
///
/// All numbers are floats, for people. They are of the measure that is judged, in its unit a year:
/// a change of a percentage in percentage points, a relative change in percent of the base.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Outlook {
    /// The target.
    pub target: String,
    /// The area.
    pub area: String,
    /// Up to the end of which period observations were used.
    pub as_of: Point,
    /// Whether it is attained.
    pub attained: State,
    /// The latest number, and what it has to come to.
    #[serde(serialize_with = "decimal_text")]
    pub value: Option<Decimal>,
    /// The period of that number.
    pub period: Option<Point>,
    /// What it has to come to.
    #[serde(serialize_with = "decimal_text")]
    pub bound: Option<Decimal>,
    /// When; of a commitment for every period the next one.
    pub deadline: Option<Point>,
    /// Years from the latest number to the deadline.
    pub years_left: Option<f64>,
    /// The change a year that is needed from now on, the same amount each year; 0 once it is there.
    pub required: Option<f64>,
    /// The growth a year in percent that is needed from now on, the same rate each year: rates are
    /// chained, never added. Where a published cumulative rate is judged, of what it is a rate of.
    pub required_growth: Option<f64>,
    /// The change a year since the baseline.
    pub actual: Option<f64>,
    /// Needed over actual: above 1 the pace has to be raised by that factor.
    pub catch_up: Option<f64>,
    /// The year of arrival at the present pace; decimal, 2030.0 is the end of 2030.
    pub arrival: Option<f64>,
    /// The best change a year on record, in the direction of the target, between observations at
    /// least a year apart; where growth is judged the best rate in percent.
    pub best: Option<f64>,
    /// The year it was made by.
    pub best_in: Option<Point>,
    /// The latest year from which the best pace on record would still suffice; decimal. Before the
    /// latest observation: it would not suffice any more.
    pub latest_start: Option<f64>,
}

impl Assessment {
    /// For every target, area and moment: the pace needed from now on, how much more that is than the
    /// pace so far, when the target is reached at the pace so far, and the latest year at which the
    /// best pace on record would still suffice.
    ///
    /// It does not depend on a method. What cannot be computed is absent.
    ///
    /// ```
    /// use attainment::{AssessOptions, Format, Panel, Plan, Record};
    /// // China's 11th plan: 15.61 % of a reduction by 20 % after four years (NDRC and NBS, 2011).
    /// let plan = Plan::parse("
    /// attainment: 1
    /// id: eleventh-plan
    /// indicators: { energy: { name: 单位GDP能耗, unit: tce/万元, direction: decrease } }
    /// targets: { energy: { indicator: energy, measure: relative_change, at_most: -20%, by: 2010, baseline: 2005 } }
    /// ", Format::Yaml)?;
    /// let panel = Panel::from_records([Record::new("", "energy", 2005, 100), Record::new("", "energy", 2009, "84.39")]);
    /// let outlook = plan.assess(&panel, &AssessOptions::new().as_of(2009))?.outlook();
    /// assert_eq!(format!("{:.2}", outlook[0].required_growth.unwrap()), "-5.20");
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn outlook(&self) -> Vec<Outlook> {
        run::cases(&self.answered.setting(), |question, judged, kind| {
            let blank = Outlook {
                target: question.target.to_owned(),
                area: question.area.to_owned(),
                as_of: question.as_of,
                attained: judged.attained.state,
                value: None,
                period: None,
                bound: None,
                deadline: None,
                years_left: None,
                required: None,
                required_growth: None,
                actual: None,
                catch_up: None,
                arrival: None,
                best: None,
                best_in: None,
                latest_start: None,
            };
            match &judged.case {
                Some(case) => {
                    let mut outlook = of_case(blank, case, kind);
                    // A bound that is a growth factor is shown as the rate it is.
                    if case.test.bound_is_factor {
                        outlook.bound = judged.attained.bound;
                    }
                    outlook
                }
                None => blank,
            }
        })
    }
}

fn of_case(mut outlook: Outlook, case: &Case, kind: Option<Kind>) -> Outlook {
    outlook.bound = case.test.bound.nominal.to_decimal();
    outlook.deadline = case.deadline;
    let Some(now) = &case.now else { return outlook };
    outlook.value = now.shown().to_decimal();
    outlook.period = Some(now.end);
    if case.form == Form::Each {
        return of_next_period(outlook, case);
    }
    let since = case.start.map(|start| now.end.years_since(start).to_f64());
    let effort = Effort::new(case, kind, case.base.as_ref(), since);
    let Some(deadline) = case.deadline else { return outlook };
    outlook.years_left = Some(deadline.years_since(now.end).to_f64());
    (outlook.required, outlook.required_growth) = (effort.required, effort.required_growth);
    (outlook.actual, outlook.catch_up, outlook.arrival) = (effort.actual, effort.catch_up, effort.arrival);
    let sign = case.test.toward.sign() as f64;
    if sign == 0.0 || case.is_trend() {
        return outlook;
    }
    if let Some(best) = best_on_record(case, kind) {
        (outlook.best, outlook.best_in) = (Some(best.change), Some(best.at));
        let left = (case.test.bound.nominal.to_f64() - now.shown().to_f64()) / best.change;
        let years = match growth_needed(case, kind) {
            Some(growth) if best.is_rate => growth / ln(1.0 + best.change / 100.0),
            _ => left,
        };
        let counts = !is_there(case) && !is_cap(case) && best.change * sign > 0.0 && years.is_finite() && years >= 0.0;
        outlook.latest_start = counts.then(|| decimal_year(deadline) - years);
    }
    outlook
}

/// A commitment for every period is due at the end of the next one.
fn of_next_period(mut outlook: Outlook, case: &Case) -> Outlook {
    let Some(now) = case.now.as_ref().filter(|_| case.state == State::Pending) else { return outlook };
    let next = now.end.plus(1);
    let years = next.years_since(now.end).to_f64();
    let bound = case.test.bound.nominal.to_f64();
    outlook.deadline = Some(next);
    outlook.years_left = Some(years);
    outlook.required = match case.measure {
        Measure::Change if !case.is_trend() => Some(bound / years),
        Measure::Level if case.test.toward != Toward::Inside => {
            let missing = (bound - now.value.nominal.to_f64()) * case.test.toward.sign() as f64;
            Some(missing.max(0.0) * case.test.toward.sign() as f64 / years)
        }
        _ => None,
    };
    outlook
}

/// The best pace in a year on record.
struct Best {
    change: f64,
    at: Point,
    /// Whether it is a rate in percent.
    is_rate: bool,
}

/// The best change a year in the desired direction between points at least a year apart, in the unit
/// of the measure; of a sum the best amount, where rates are judged the best rate. Changes over a
/// break do not count.
fn best_on_record(case: &Case, kind: Option<Kind>) -> Option<Best> {
    let is_rate = matches!(case.measure, Measure::AnnualGrowth) || (kind == Some(Kind::Growth) && case.measure.needs_base());
    let now = case.now.as_ref()?;
    let base = now.base.as_ref().map(|base| base.value.nominal.clone());
    let unit = match case.measure {
        Measure::RelativeChange if !is_rate => base?.percent(),
        Measure::Multiple => base?,
        _ => Exact::one(),
    };
    let is_level_growth = case.measure == Measure::AnnualGrowth && kind != Some(Kind::Growth);
    let mut changes: Vec<(Exact, Point)> = Vec::new();
    for (index, (at, value, _)) in case.history.iter().enumerate() {
        if case.measure == Measure::Sum || (is_rate && !is_level_growth) {
            changes.push((value.clone(), *at));
            continue;
        }
        let a_year_before = |(before, ..): &&(Point, Exact, bool)| at.years_since(*before) >= Exact::one();
        let Some((before, was, _)) = case.history[..index].iter().rev().find(a_year_before) else { continue };
        if case.has_break(Some(*before), *at) {
            continue;
        }
        let years = at.years_since(*before);
        let change = if is_level_growth { (value / was - Exact::one()) * Exact::from(100) } else { (value - was) / unit.clone() };
        // Growth over several years is compared a year only where it is one year's.
        if !is_level_growth || years == Exact::one() {
            changes.push((change / years, *at));
        }
    }
    let sign = Exact::from(case.test.toward.sign());
    let best = changes.into_iter().reduce(|best, next| if (&next.0 - &best.0) * &sign > Exact::zero() { next } else { best })?;
    Some(Best { change: best.0.to_f64(), at: best.1, is_rate })
}
