//! What a plan states, target by target and observation by observation, indexed once.

use std::collections::HashMap;

use super::path;
use crate::document::{Id, Text, push_segment};
use crate::number::{Exact, split_number};
use crate::period::{Edge, Period, Point};
use crate::plan::{
    Amount, Baseline, Bound, CompareWord, Direction, Indicator, Measure, Member, Pair, PlanDocument, StatedObservation, Target, ValueIs,
    When, amount,
};
use crate::quantity::Quantity;
use crate::text::fold_width;
use crate::unit::Unit;

/// The place of a fact among the facts.
pub(super) type FactNo = usize;

/// Who states it.
#[derive(Clone, Copy)]
pub(super) enum Said<'a> {
    Target(&'a Target),
    Observation(&'a StatedObservation),
}

/// A number of the plan: what a target asks for, or what an observation says.
pub(super) struct Fact<'a> {
    pub(super) path: String,
    /// Its id; `None` for a member of a combination that is written in place.
    pub(super) id: Option<&'a str>,
    pub(super) said: Said<'a>,
    pub(super) indicator_id: &'a str,
    pub(super) indicator: &'a Indicator,
    pub(super) measures: Vec<Measure>,
    pub(super) word: CompareWord,
    pub(super) bounds: Vec<&'a Bound>,
    /// When it is due, own or inherited, or the period it was observed in.
    pub(super) when: Option<When>,
    /// What a change is measured from.
    pub(super) baseline: Option<Baseline>,
    /// The numbers it can stand for, in the unit of the measure.
    pub(super) range: Option<Range>,
    pub(super) moment: MomentNo,
}

/// The numbers a value can stand for: one, or those a mask leaves open.
#[derive(Clone, PartialEq)]
pub(super) struct Range {
    pub(super) low: Exact,
    pub(super) high: Exact,
    pub(super) masked: bool,
}

impl Range {
    /// The number, where nothing is masked and there is only one.
    pub(super) fn number(&self) -> Option<&Exact> {
        (!self.masked && self.low == self.high).then_some(&self.low)
    }

    pub(super) fn scale(&self, factor: &Exact) -> Self {
        Self { low: &self.low * factor, high: &self.high * factor, masked: self.masked }
    }
}

/// When and for whom a number holds: only numbers of one moment are compared.
#[derive(PartialEq, Eq, Hash)]
struct Moment<'a> {
    observed: bool,
    each: bool,
    period: Option<Period>,
    areas: Vec<&'a str>,
    breakdown: Option<&'a str>,
    caliber: Option<&'a str>,
}

pub(super) type MomentNo = usize;

/// The facts of a plan, and how to find those that belong together.
pub(super) struct Facts<'a> {
    pub(super) all: Vec<Fact<'a>>,
    targets: HashMap<&'a str, FactNo>,
    observations: HashMap<&'a str, FactNo>,
    first: HashMap<(&'a str, Measure, MomentNo), FactNo>,
    by_indicator: HashMap<&'a str, Vec<FactNo>>,
    /// Observed levels of the plan's own area, by the end of their period.
    levels: HashMap<(&'a str, Point), FactNo>,
}

impl<'a> Facts<'a> {
    pub(super) fn new(document: &'a PlanDocument) -> Self {
        let mut builder = Builder { document, moments: HashMap::new(), facts: Vec::new() };
        for (id, target) in document.targets.iter() {
            builder.target(Some(id), path(&["targets", id]), target, None);
        }
        for (id, observation) in &document.observations {
            builder.observation(id, observation);
        }
        let mut facts = Self {
            all: builder.facts,
            targets: HashMap::new(),
            observations: HashMap::new(),
            first: HashMap::new(),
            by_indicator: HashMap::new(),
            levels: HashMap::new(),
        };
        for (number, fact) in facts.all.iter().enumerate() {
            let Some(id) = fact.id else { continue };
            facts.by_indicator.entry(fact.indicator_id).or_default().push(number);
            if let Some(measure) = fact.measure() {
                facts.first.entry((fact.indicator_id, measure, fact.moment)).or_insert(number);
            }
            match fact.said {
                Said::Target(_) => facts.targets.insert(id, number),
                Said::Observation(observation) => {
                    let own_area = observation.area.is_none() || observation.area == document.area;
                    if let (true, None, Some(Measure::Level), Some(at)) = (own_area, &observation.breakdown, fact.measure(), fact.due()) {
                        facts.levels.entry((fact.indicator_id, at)).or_insert(number);
                    }
                    facts.observations.insert(id, number)
                }
            };
        }
        facts
    }

    /// The first fact of an indicator, measure and moment.
    pub(super) fn first(&self, indicator: &'a str, measure: Measure, moment: MomentNo) -> Option<&Fact<'a>> {
        self.first.get(&(indicator, measure, moment)).map(|number| &self.all[*number])
    }

    pub(super) fn of_indicator(&self, indicator: &str) -> impl Iterator<Item = &Fact<'a>> {
        self.by_indicator.get(indicator).into_iter().flatten().map(|number| &self.all[*number])
    }

    /// The fact that a pair names: of the same kind where an id is used twice.
    pub(super) fn partner(&self, fact: &Fact<'a>) -> Option<&Fact<'a>> {
        let with = fact.pair()?.with.as_str();
        let (same, other) = match fact.said {
            Said::Target(_) => (&self.targets, &self.observations),
            Said::Observation(_) => (&self.observations, &self.targets),
        };
        same.get(with).or_else(|| other.get(with)).map(|number| &self.all[*number])
    }

    /// The target or observation that a fact says it repeats.
    pub(super) fn repeated(&self, fact: &Fact<'a>) -> Option<&Fact<'a>> {
        let number = match fact.said {
            Said::Target(target) => self.targets.get(target.repeats.as_ref()?.as_str()),
            Said::Observation(observation) => self.observations.get(observation.repeats.as_ref()?.as_str()),
        };
        number.map(|number| &self.all[*number])
    }

    /// The value of the baseline as far as the plan states it: declared, or observed.
    pub(super) fn base_value(&self, fact: &Fact<'a>) -> Option<Exact> {
        let baseline = fact.baseline.as_ref()?;
        if let Some(value) = baseline.value() {
            return Range::of(value, Measure::Level, fact.indicator)?.number().cloned();
        }
        let observed = &self.all[*self.levels.get(&(fact.indicator_id, baseline.at().end()?))?];
        observed.point().cloned()
    }
}

struct Builder<'a> {
    document: &'a PlanDocument,
    moments: HashMap<Moment<'a>, MomentNo>,
    facts: Vec<Fact<'a>>,
}

impl<'a> Builder<'a> {
    fn target(&mut self, id: Option<&'a str>, path: String, target: &'a Target, outer: Option<&When>) {
        let own = target.when().or_else(|| outer.cloned());
        let when = own.or_else(|| self.document.when_of(target).map(|when| when.value));
        let Some(indicator_id) = &target.indicator else {
            let key = ["all", "any", "k_of/of", "not"][member_key(target)];
            for (index, member) in target.members().iter().enumerate() {
                if let Member::Inline(inline) = member {
                    let mut inner = format!("{path}/{key}");
                    if key != "not" {
                        push_segment(&mut inner, &index.to_string());
                    }
                    self.target(None, inner, inline, when.as_ref());
                }
            }
            return;
        };
        let Some(indicator) = self.document.indicators.get(indicator_id.as_str()) else { return };
        let Some((word, bounds)) = target.compare() else { return };
        let baseline = self.document.baseline_of(target, when.as_ref()).map(|baseline| baseline.value);
        let areas = match &self.document.defaults {
            Some(defaults) if target.areas.is_empty() => &defaults.areas,
            _ => &target.areas,
        };
        let moment = Moment {
            observed: false,
            each: matches!(when, Some(When::Each(_))),
            period: when.as_ref().map(due_period),
            areas: areas.iter().map(Id::as_str).collect(),
            breakdown: target.breakdown.as_ref().map(Id::as_str),
            caliber: target.caliber.as_ref().map(Id::as_str),
        };
        let fact = Fact {
            path,
            id,
            said: Said::Target(target),
            indicator_id: indicator_id.as_str(),
            indicator,
            measures: target.measures(),
            word,
            bounds,
            when,
            baseline,
            range: None,
            moment: 0,
        };
        self.push(fact, moment);
    }

    fn observation(&mut self, id: &'a str, observation: &'a StatedObservation) {
        let Some(indicator) = self.document.indicators.get(observation.indicator.as_str()) else { return };
        let when = observation.at.clone().map(When::During);
        let moment = Moment {
            observed: true,
            each: false,
            period: when.as_ref().map(due_period),
            areas: observation.area.iter().map(Id::as_str).collect(),
            breakdown: observation.breakdown.as_ref().map(Id::as_str),
            caliber: observation.caliber.as_ref().map(Id::as_str),
        };
        let word = if observation.value_is.contains(&ValueIs::AtLeast) {
            CompareWord::AtLeast
        } else if observation.value_is.contains(&ValueIs::About) {
            CompareWord::About
        } else {
            CompareWord::Equals
        };
        let fact = Fact {
            path: path(&["observations", id]),
            id: Some(id),
            said: Said::Observation(observation),
            indicator_id: observation.indicator.as_str(),
            indicator,
            measures: vec![observation.measure.unwrap_or(Measure::Level)],
            word,
            bounds: vec![&observation.value],
            when,
            baseline: observation.baseline.clone(),
            range: None,
            moment: 0,
        };
        self.push(fact, moment);
    }

    fn push(&mut self, mut fact: Fact<'a>, moment: Moment<'a>) {
        let next = self.moments.len();
        fact.moment = *self.moments.entry(moment).or_insert(next);
        fact.range = fact.measure().and_then(|measure| fact.range_of(measure));
        self.facts.push(fact);
    }
}

fn member_key(target: &Target) -> usize {
    [target.all.is_some(), target.any.is_some(), target.k_of.is_some()].iter().position(|there| *there).unwrap_or(3)
}

/// The period that decides: `by: 2022` and `during: 2022` are of one moment.
fn due_period(when: &When) -> Period {
    let period = when.period();
    match (when, period.end(), period.as_point()) {
        (When::By(_), Some(end), _) => Period::Point(end),
        (_, _, Some(point)) => Period::Point(point),
        _ => period.clone(),
    }
}

impl<'a> Fact<'a> {
    /// The measure, where the phrase has one reading.
    pub(super) fn measure(&self) -> Option<Measure> {
        match self.measures.as_slice() {
            [measure] => Some(*measure),
            _ => None,
        }
    }

    pub(super) fn is_target(&self) -> bool {
        matches!(self.said, Said::Target(_))
    }

    /// The period at whose end it is due, or was observed.
    pub(super) fn due(&self) -> Option<Point> {
        self.when.as_ref()?.period().end()
    }

    /// What a change runs from and to.
    pub(super) fn span(&self) -> Option<(Point, Point)> {
        let before = || match self.when.as_ref()? {
            When::During(period) => period.start().map(|start| start.plus(-1)),
            _ => None,
        };
        let base = self.baseline.as_ref().map_or_else(before, |baseline| baseline.at().end())?;
        Some((base, self.due()?))
    }

    pub(super) fn pair(&self) -> Option<&'a Pair> {
        match self.said {
            Said::Target(target) => target.pair.as_ref(),
            Said::Observation(observation) => observation.pair.as_ref(),
        }
    }

    /// The list it was written in with others.
    pub(super) fn group(&self) -> Option<&'a Id> {
        match self.said {
            Said::Target(target) => target.group.as_ref(),
            Said::Observation(observation) => observation.group.as_ref(),
        }
    }

    /// The target's own name and the names of the indicator.
    pub(super) fn names(&self) -> Vec<&'a str> {
        let own = match self.said {
            Said::Target(target) => target.name.as_ref(),
            Said::Observation(_) => None,
        };
        own.into_iter().chain([&self.indicator.name]).flat_map(Text::all).collect()
    }

    /// The number as it is written.
    pub(super) fn quantity(&self) -> Option<&'a Quantity> {
        self.bounds.first().and_then(|bound| bound.quantity())
    }

    /// The number, where it stands for itself and not for the edge of something.
    pub(super) fn point(&self) -> Option<&Exact> {
        matches!(self.word, CompareWord::Reach | CompareWord::Equals).then_some(self.range.as_ref()?.number()).flatten()
    }

    /// The path of the bound.
    pub(super) fn bound_path(&self) -> String {
        let key = if self.is_target() { self.word.as_str() } else { "value" };
        format!("{}/{key}", self.path)
    }

    /// Whether numbers below the bound satisfy it.
    pub(super) fn is_upper(&self) -> bool {
        match self.word {
            CompareWord::AtMost | CompareWord::LessThan => true,
            CompareWord::Reach => self.indicator.direction == Some(Direction::Decrease),
            _ => false,
        }
    }

    fn range_of(&self, measure: Measure) -> Option<Range> {
        let ranges: Option<Vec<Range>> =
            self.bounds.iter().map(|bound| bound.quantity().and_then(|quantity| Range::of(quantity, measure, self.indicator))).collect();
        let ranges = ranges?;
        let (first, last) = (ranges.first()?, ranges.last()?);
        Some(Range { low: first.low.clone(), high: last.high.clone(), masked: first.masked || last.masked })
    }

    /// The factor that carries this fact's numbers into the unit of another.
    pub(super) fn factor_to(&self, other: &Self) -> Option<Exact> {
        match (&self.indicator.unit, &other.indicator.unit) {
            _ if self.indicator_id == other.indicator_id => Some(Exact::one()),
            (Some(own), Some(unit)) => own.factor_to(unit),
            (None, None) => Some(Exact::one()),
            _ => None,
        }
    }

    /// The unit of the indicator, for people.
    pub(super) fn unit_label(&self) -> &'a str {
        self.indicator.unit.as_ref().map_or("", |unit| if unit.is_percent() { "%" } else { Unit::as_str(unit) })
    }
}

impl Range {
    /// What a written number can stand for; `None` where nothing is known of it.
    pub(super) fn of(quantity: &Quantity, measure: Measure, indicator: &Indicator) -> Option<Self> {
        let exact = |quantity: &Quantity| match amount(quantity, measure, indicator) {
            Ok(Amount::Known(value)) => Some(value),
            _ => None,
        };
        if !quantity.is_masked() {
            let value = exact(quantity)?;
            return Some(Self { low: value.clone(), high: value, masked: false });
        }
        let (low, high) = open_digits(quantity.as_str())?;
        Some(Self { low: exact(&low)?, high: exact(&high)?, masked: true })
    }
}

/// The smallest and the largest number of the digits of a mask: `xxx` is 100 to 999, `x.x` 0.0 to 9.9.
///
/// The sign is left out: a mask of a negative number is compared with nothing.
fn open_digits(text: &str) -> Option<(Quantity, Quantity)> {
    let folded = fold_width(text);
    let (number, rest) = split_number(&folded);
    let whole = number.split('.').next().unwrap_or_default();
    if number.starts_with(['-', '+']) {
        return None;
    }
    let fill = |first: char, other: char| {
        let mut digits = String::new();
        for (index, digit) in number.chars().enumerate() {
            let leading = index == 0 && whole.len() > 1;
            digits.push(match digit {
                'x' | 'X' if leading => first,
                'x' | 'X' => other,
                digit => digit,
            });
        }
        Quantity::parse(&format!("{digits}{rest}")).ok()
    };
    Some((fill('1', '0')?, fill('9', '9')?))
}

/// How many years a period is long; `None` where an end is not known.
pub(super) fn years(period: &Period) -> Option<Exact> {
    match period {
        Period::Years(years) => Some(Exact::from(i64::from(*years))),
        Period::Point(point) | Period::Window(Edge::At(point), _) => Some(period.end()?.years_since(point.plus(-1))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_leaves_its_digits_open() {
        for (mask, low, high) in [("xxx家", "100", "999"), ("x.x%", "0.0", "9.9"), ("1xx", "100", "199"), ("xx.xx亿元", "10.00", "99.99")]
        {
            let (least, most) = open_digits(mask).unwrap();
            assert_eq!(least.value().map(|value| value.to_string()).as_deref(), Some(low), "{mask}");
            assert_eq!(most.value().map(|value| value.to_string()).as_deref(), Some(high), "{mask}");
        }
        assert!(open_digits("-xx%").is_none());
    }
}
