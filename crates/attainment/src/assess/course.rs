//! The course of a target over time, for whoever draws it.

use super::run::Setting;
use super::{Assessment, Request, run};
use crate::method::Clock;
use crate::number::Exact;
use crate::panel::Panel;
use crate::period::Point;
use crate::plan::{CompareWord, Kind, Measure};
use crate::verdict::{Attained, Case, Effort, Flag, Form, Judged, State, Toward};

/// One target in one area over time. All numbers are of the measure that is judged, in its unit.
#[derive(Clone, Debug)]
pub(crate) struct Course {
    pub(crate) target: String,
    pub(crate) area: String,
    pub(crate) as_of: Point,
    pub(crate) vintage: Option<Point>,
    pub(crate) attained: Attained,
    /// How many observations could be used.
    pub(crate) points_used: usize,
    /// The way, where it could be told what is asked.
    pub(crate) way: Option<Way>,
}

/// What is asked, and what there is so far.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    pub(crate) measure: Measure,
    pub(crate) form: Form,
    pub(crate) word: CompareWord,
    pub(crate) toward: Toward,
    /// The period at whose end the clock starts, and the number it starts from.
    pub(crate) start: Option<Point>,
    pub(crate) base: Option<f64>,
    pub(crate) deadline: Option<Point>,
    pub(crate) bound: f64,
    pub(crate) bound_max: Option<f64>,
    /// The bound over the start, where the way can be gone at the same rate each year.
    pub(crate) multiple: Option<Multiple>,
    /// The numbers, in order of time, none twice.
    pub(crate) points: Vec<WayPoint>,
    /// The latest of them that counts: no later than the deadline, after the start.
    pub(crate) now: Option<(Point, f64)>,
    /// The share of the way that is expected by then.
    pub(crate) clock: Option<f64>,
    /// The change a year since the start, and where it leads to at the deadline.
    pub(crate) actual: Option<f64>,
    pub(crate) projected: Option<f64>,
    /// The change a year that is needed from now on.
    pub(crate) required: Option<f64>,
    /// Whether values are words, which no line joins.
    pub(crate) is_words: bool,
}

/// How a way at the same rate each year is gone: the number judged is `add` + `scale` × m^τ.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Multiple {
    pub(crate) of_start: f64,
    pub(crate) scale: f64,
    pub(crate) add: f64,
}

/// One number on the way.
#[derive(Clone, Copy, Debug)]
pub(crate) struct WayPoint {
    pub(crate) at: Point,
    pub(crate) value: f64,
    /// A break lies before it.
    pub(crate) is_break: bool,
    /// It is provisional or estimated.
    pub(crate) is_provisional: bool,
}

impl Assessment {
    /// The moments that were asked for.
    pub(crate) fn moments(&self) -> &[Point] {
        &self.answered.request.as_of
    }

    /// The vintage that was asked for.
    pub(crate) fn vintage(&self) -> Option<Point> {
        self.answered.request.vintage
    }

    /// The course of every target and area that is kept, seen at one moment and vintage.
    pub(crate) fn courses(&self, as_of: Point, vintage: Option<Point>, keep: impl Fn(&str, &str) -> bool) -> Vec<Course> {
        let request = Request { as_of: vec![as_of], vintage, methods: Vec::new(), ..self.answered.request.clone() };
        let setting = Setting { request: &request, ..self.answered.setting() };
        run::courses(&setting, keep, |asked, judged, past| {
            let way = judged.case.as_ref().map(|case| {
                let mut way = Way::new(case, asked.kind, past);
                // A bound that is a growth factor is shown as the rate it is.
                if let Some(rate) = judged.attained.bound.filter(|_| case.test.bound_is_factor) {
                    way.bound = Exact::from(rate).to_f64();
                }
                way.clock = Clock::new(case, asked.schedules.first()).ok().map(|clock| clock.share());
                way
            });
            Course {
                target: asked.target.to_owned(),
                area: asked.area.to_owned(),
                as_of,
                vintage,
                attained: judged.attained.clone(),
                points_used: judged.points,
                way,
            }
        })
    }

    /// The vintages that the panel has of an indicator in an area, in order.
    pub(crate) fn vintages_of(&self, indicator: &str, area: &str) -> Vec<Point> {
        vintages(&self.answered.panel, indicator, area)
    }
}

fn vintages(panel: &Panel, indicator: &str, area: &str) -> Vec<Point> {
    let (Some(indicator), Some(area)) = (panel.indicators.find(indicator), panel.areas.find(area)) else { return Vec::new() };
    let of = panel.series_of(indicator).filter(|(key, _)| key.area == area);
    let mut found: Vec<Point> = of.flat_map(|(_, points)| points.iter().filter_map(|point| point.vintage).collect::<Vec<_>>()).collect();
    found.sort_by_key(|vintage| vintage.last_day());
    found.dedup_by_key(|vintage| vintage.last_day());
    found
}

impl Way {
    fn new(case: &Case, kind: Option<Kind>, past: &[Judged]) -> Self {
        let since = case.start.zip(case.now.as_ref()).map(|(start, now)| now.end.years_since(start).to_f64());
        let effort = Effort::new(case, kind, case.base.as_ref(), since);
        let bound = case.test.bound.nominal.to_f64();
        Self {
            measure: case.measure,
            form: case.form,
            word: case.test.word,
            toward: case.test.toward,
            start: case.start,
            base: case.base.as_ref().map(Exact::to_f64),
            deadline: case.deadline,
            bound,
            bound_max: case.test.bound_max.as_ref().map(|high| high.nominal.to_f64()),
            multiple: multiple(case, bound),
            points: points(case, past),
            now: case.now.as_ref().map(|now| (now.end, now.shown().to_f64())),
            clock: None,
            actual: effort.actual.filter(|_| case.form != Form::Each),
            projected: effort.projected.filter(|_| case.form != Form::Each && case.state == State::Pending),
            required: effort.required,
            is_words: matches!(kind, Some(Kind::YesNo | Kind::Judgement)),
        }
    }
}

/// The values of the indicator itself for a level; else the number as it stood at the end of every
/// period.
fn points(case: &Case, past: &[Judged]) -> Vec<WayPoint> {
    let seen = |judged: &Judged| {
        let now = judged.case.as_ref()?.now.as_ref()?;
        let is_provisional = judged.flags.iter().any(|flag| matches!(flag, Flag::Provisional | Flag::Estimated));
        Some((now.end, now.shown().to_f64(), is_provisional))
    };
    let breaks = |at: Point| case.history.iter().any(|(when, _, is_break)| *is_break && *when == at);
    let mut points: Vec<WayPoint> = if case.measure == Measure::Level {
        let history = case.history.iter().map(|(at, value, is_break)| (*at, value.to_f64(), *is_break));
        let is_provisional = |at: Point| past.iter().filter_map(seen).any(|(when, _, provisional)| provisional && when == at);
        history.map(|(at, value, is_break)| WayPoint { at, value, is_break, is_provisional: is_provisional(at) }).collect()
    } else {
        let seen = past.iter().filter_map(seen);
        seen.map(|(at, value, is_provisional)| WayPoint { at, value, is_break: breaks(at), is_provisional }).collect()
    };
    points.retain(|point| point.value.is_finite());
    points.dedup_by_key(|point| point.at);
    points
}

/// The way at the same rate each year: of a level, a change or a relative change.
fn multiple(case: &Case, bound: f64) -> Option<Multiple> {
    let base_level = || Some(case.now.as_ref()?.base.as_ref()?.value.nominal.to_f64());
    let (of_start, scale, add) = match case.measure {
        Measure::Level => {
            let base = case.base.as_ref()?.to_f64();
            (bound / base, base, 0.0)
        }
        Measure::Change => {
            let base = base_level()?;
            ((base + bound) / base, base, -base)
        }
        Measure::RelativeChange => (1.0 + bound / 100.0, 100.0, -100.0),
        Measure::Multiple => (bound, 1.0, 0.0),
        _ => return None,
    };
    (of_start.is_finite() && of_start > 0.0).then_some(Multiple { of_start, scale, add })
}
