//! What is needed from here.

use rust_decimal::Decimal;
use serde::Serialize;

use super::{Assessment, run};
use crate::number::{Exact, ln};
use crate::period::Point;
use crate::plan::{Kind, Measure};
use crate::verdict::{Case, State, Toward, decimal_text};

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
    /// When.
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
    /// The best change in one year on record, in the direction of the target; the best rate in
    /// percent where only rates are published.
    pub best: Option<f64>,
    /// The year it was made in.
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
        run::cases(&self.plan, &self.panel, &self.request, |question, judged, kind| {
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
                Some(case) => of_case(blank, case, kind),
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
    let Some(deadline) = case.deadline else { return outlook };
    let left = deadline.years_since(now.end);
    outlook.years_left = Some(left.to_f64());
    if case.test.toward == Toward::Inside || case.is_trend() {
        return outlook;
    }
    let left = left.to_f64();
    let bound = case.test.bound.nominal.to_f64();
    let value = now.shown().to_f64();
    let sign = case.test.toward.sign() as f64;
    let missing = (bound - value) * sign;
    let is_cap = case.measure == Measure::Sum && case.test.toward == Toward::Down;
    let is_there = !is_cap && case.holds_now == Some(true) && case.measure != Measure::AnnualGrowth;
    let growth = growth_needed(case);
    if left > 0.0 {
        let straight = !matches!(case.measure, Measure::AnnualGrowth | Measure::Rank | Measure::Percentile | Measure::Mean);
        outlook.required = if is_there { Some(0.0) } else { straight.then_some((bound - value) / left) };
        outlook.required_growth = if is_there { Some(0.0) } else { growth.map(|growth| 100.0 * (libm::exp(growth / left) - 1.0)) };
    }
    let start = match (case.measure, &case.base) {
        (Measure::AnnualGrowth | Measure::Mean, _) => None,
        (_, base) => base.as_ref().map(Exact::to_f64),
    };
    let since = case.start.map(|start| now.end.years_since(start).to_f64()).filter(|since| *since > 0.0);
    if let (Some(start), Some(since)) = (start, since) {
        let actual = (value - start) / since;
        outlook.actual = Some(actual);
        let ahead = actual * sign > 0.0;
        outlook.catch_up = outlook.required.filter(|_| ahead && !is_there).map(|required| required / actual);
        let now_year = super::decimal_year(now.end);
        outlook.arrival = (ahead && !is_there && !is_cap).then(|| now_year + missing / (actual * sign));
    }
    if let Some((best, at)) = best_on_record(case, kind) {
        outlook.best = Some(best);
        outlook.best_in = Some(at);
        let years = match (kind, growth) {
            _ if is_there || is_cap => None,
            (Some(Kind::Growth), Some(growth)) => Some(growth / ln(1.0 + best / 100.0)),
            (Some(Kind::Growth), None) => None,
            _ => levels_missing(case).map(|missing| missing / best),
        };
        let years = years.filter(|years| years.is_finite() && *years >= 0.0 && best * sign > 0.0);
        outlook.latest_start = years.map(|years| super::decimal_year(deadline) - years);
    }
    outlook
}

/// The logarithm of the factor that is still missing, for numbers that compound.
fn growth_needed(case: &Case) -> Option<f64> {
    let now = case.now.as_ref()?;
    let (bound, value) = (case.test.bound.nominal.to_f64(), now.value.nominal.to_f64());
    let log = match case.measure {
        Measure::Level | Measure::Multiple => ln(bound / value),
        Measure::RelativeChange => ln((100.0 + bound) / (100.0 + value)),
        Measure::Change => {
            let base = now.base.as_ref()?.value.nominal.to_f64();
            ln((base + bound) / (base + value))
        }
        Measure::AnnualGrowth if now.is_factor && !case.test.bound_is_factor => {
            let whole = case.deadline?.years_since(case.start?).to_f64();
            whole * ln(1.0 + bound / 100.0) - ln(value)
        }
        _ => return None,
    };
    log.is_finite().then_some(log)
}

/// What the indicator itself still has to change by, in its own unit.
fn levels_missing(case: &Case) -> Option<f64> {
    let now = case.now.as_ref()?;
    let (bound, value) = (case.test.bound.nominal.to_f64(), now.value.nominal.to_f64());
    let base = now.base.as_ref().map(|base| base.value.nominal.to_f64());
    match case.measure {
        Measure::Level | Measure::Change | Measure::Sum => Some(bound - value),
        Measure::RelativeChange => Some(base? * (bound - value) / 100.0),
        Measure::Multiple => Some(base? * (bound - value)),
        _ => None,
    }
}

/// The best change in a year in the desired direction; of a sum the best amount, of published rates
/// the best rate. Changes over a break do not count.
fn best_on_record(case: &Case, kind: Option<Kind>) -> Option<(f64, Point)> {
    let sign = Exact::from(case.test.toward.sign());
    let one_by_one = case.measure == Measure::Sum || kind == Some(Kind::Growth);
    let changes: Vec<(Exact, Point)> = if one_by_one {
        case.history.iter().map(|(at, value, _)| (value.clone(), *at)).collect()
    } else {
        let pairs = case.history.windows(2).filter(|pair| !pair[1].2);
        let change = |pair: &[(Point, Exact, bool)]| {
            let change = (&pair[1].1 - &pair[0].1).checked_div(&pair[1].0.years_since(pair[0].0))?;
            Some((change, pair[1].0))
        };
        pairs.filter_map(change).collect()
    };
    let best = changes.into_iter().reduce(|best, next| if (&next.0 - &best.0) * &sign > Exact::zero() { next } else { best })?;
    Some((best.0.to_f64(), best.1))
}
