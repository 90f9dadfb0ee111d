//! A plan, made ready: ids to numbers, bounds to one unit, inheritance resolved.

use std::collections::HashMap;

use crate::document::Id;
use crate::number::Exact;
use crate::period::Point;
use crate::plan::{
    Amount, Bound, CompareWord, Direction, Indicator, Inherited, Kind, Measure, Member, PlanDocument, Reference, Stated, Target, UnitOf,
    When, added_amount, amount, level_amount,
};
use crate::quantity::Quantity;
use crate::text::{Lang, Message, msg};
use crate::unit::Unit;
use crate::verdict::{
    BaseSpec, Body, BoundSpec, Combine, Phrase, Reason, ReferenceTo, Rule, RuleNo, Single, Threshold, Tolerance, Toward, Value, Want,
};

/// The rules of a plan: first its targets in their order, then the members written in place.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) rules: Vec<Rule>,
    /// How many of the rules are targets of their own.
    pub(super) targets: usize,
}

/// Compiles every target.
pub(super) fn compile(document: &PlanDocument, threshold: Threshold, area_no: &dyn Fn(&str) -> Option<usize>) -> Program {
    let mut compiler = Compiler {
        document,
        threshold,
        area_no,
        numbers: document.targets.keys().enumerate().map(|(number, id)| (id.as_str(), number)).collect(),
        rules: Vec::with_capacity(document.targets.len()),
        inline: Vec::new(),
        targets: document.targets.len(),
    };
    for (id, target) in document.targets.iter() {
        let path = format!("/targets/{}", id.replace('~', "~0").replace('/', "~1"));
        let rule = compiler.rule(id.clone(), path, target, None);
        compiler.rules.push(rule);
    }
    let targets = compiler.targets;
    let mut rules = compiler.rules;
    rules.extend(compiler.inline);
    for (id, target) in document.targets.iter() {
        let replaced = target.replaces.as_ref().and_then(|id| document.targets.get_index_of(id.as_str()));
        if let (Some(replaced), Some(own)) = (replaced, document.targets.get_index_of(id)) {
            rules[replaced].replaced_by = Some(own);
        }
    }
    Program { rules, targets }
}

struct Compiler<'a> {
    document: &'a PlanDocument,
    threshold: Threshold,
    area_no: &'a dyn Fn(&str) -> Option<usize>,
    numbers: HashMap<&'a str, RuleNo>,
    rules: Vec<Rule>,
    inline: Vec<Rule>,
    targets: usize,
}

impl Compiler<'_> {
    fn rule(&mut self, id: String, path: String, target: &Target, outer: Option<&Inherited<When>>) -> Rule {
        let own = target.when().map(|value| Inherited { value, inherited: false });
        let when = own.or_else(|| outer.cloned()).or_else(|| self.document.when_of(target));
        let body = match &target.indicator {
            Some(indicator) => self.single(indicator.as_str(), target, when.as_ref()),
            None => self.combined(&path, target, when.as_ref()),
        };
        let valid_from = target.valid_from.as_ref().and_then(|period| period.start());
        Rule { id, path, body, when, valid_from, replaced_by: None }
    }

    fn combined(&mut self, path: &str, target: &Target, when: Option<&Inherited<When>>) -> Body {
        let (combine, key) = match (&target.all, &target.any, &target.k_of) {
            (Some(_), ..) => (Combine::All, "all"),
            (_, Some(_), _) => (Combine::Any, "any"),
            (_, _, Some(k_of)) => (Combine::KOf(k_of.k.get().try_into().unwrap_or(usize::MAX)), "k_of/of"),
            _ => (Combine::Not, "not"),
        };
        let mut members = Vec::new();
        for (index, member) in target.members().iter().enumerate() {
            match member {
                Member::Named(id) => members.extend(self.numbers.get(id.as_str())),
                Member::Inline(inline) => {
                    let place = if combine == Combine::Not { format!("{path}/{key}") } else { format!("{path}/{key}/{index}") };
                    let rule = self.rule(place.clone(), place, inline, when);
                    // Inline members stand behind all targets, in the order they are met.
                    members.push(self.targets + self.inline.len());
                    self.inline.push(rule);
                }
            }
        }
        Body::Combined(combine, members)
    }

    fn single(&self, indicator_id: &str, target: &Target, when: Option<&Inherited<When>>) -> Body {
        let document = self.document;
        let (number, indicator) = match document.indicators.get_full(indicator_id) {
            Some((number, _, indicator)) => (number, indicator),
            // The check has refused a plan without the indicator.
            None => return Body::Combined(Combine::All, Vec::new()),
        };
        let base = base_of(document, target, indicator, when.map(|when| &when.value));
        let caliber = caliber_of(target, indicator).map(|id| id.as_str().to_owned());
        let breakdown = target.breakdown.as_ref().map(|id| id.as_str().to_owned());
        let floor = indicator.mark("floor").and_then(|quantity| known(level_amount(quantity, indicator)));
        let readings = target.measures().into_iter().map(|measure| self.phrase(target, indicator, measure)).collect();
        Body::Single(Box::new(Single {
            indicator: number,
            name: Message { en: indicator.name.get(Lang::En).to_owned(), zh: indicator.name.get(Lang::Zh).to_owned() },
            indicator_path: format!("/indicators/{}", indicator_id.replace('~', "~0").replace('/', "~1")),
            words: words_of(indicator),
            want: Want { caliber, breakdown },
            readings,
            base,
            schedules: document.schedules_of(target).to_vec(),
            plan_start: document.window.as_ref().and_then(|window| window.start()),
            floor,
            threshold: self.threshold,
        }))
    }

    fn phrase(&self, target: &Target, indicator: &Indicator, measure: Measure) -> Phrase {
        let (word, bounds) = target.compare().unwrap_or((CompareWord::Reach, Vec::new()));
        let direction = match indicator.kind {
            Some(Kind::YesNo | Kind::Judgement) => Some(Direction::Increase),
            _ => indicator.direction,
        };
        let mut toward = Toward::new(word, direction, measure);
        if indicator.kind == Some(Kind::YesNo) && bounds.first().and_then(|bound| bound.word()) == Some("no") {
            toward = Toward::Down;
        }
        let bound = bounds.first().map_or(BoundSpec::Broken(Reason::BoundUnknown), |bound| self.bound(bound, measure, indicator));
        let step = step_of(bounds.first().and_then(|bound| bound.quantity()), measure, indicator);
        Phrase {
            measure,
            ranked: target.of.unwrap_or(Measure::Level),
            among: target.among.as_ref().map(|id| id.as_str().to_owned()),
            ranked_down: indicator.direction == Some(Direction::Decrease),
            word,
            toward,
            bound,
            bound_max: bounds.get(1).map(|bound| self.bound(bound, measure, indicator)),
            stretch: target.stretch.as_ref().map(|bound| self.bound(bound, measure, indicator)),
            tolerance: target.tolerance.as_ref().and_then(|tolerance| tolerance_of(tolerance, measure, indicator)),
            unit: UnitOf::new(measure, indicator).label().map(|label| format!(" {label}")).unwrap_or_default(),
            step,
        }
    }

    fn bound(&self, bound: &Bound, measure: Measure, indicator: &Indicator) -> BoundSpec {
        let fixed = |value| BoundSpec::Fixed { value: Value::exact(value) };
        if indicator.is_qualitative() {
            let word = match bound {
                Bound::Stated(Stated::Word(word)) => word.clone(),
                Bound::Stated(Stated::Quantity(quantity)) => quantity.as_str().to_owned(),
                Bound::Reference(_) => return BoundSpec::Broken(Reason::BoundUnknown),
            };
            return word_number(&word, indicator).map_or(BoundSpec::Broken(Reason::BoundUnknown), fixed);
        }
        let reference = match bound {
            Bound::Stated(Stated::Word(_)) => return BoundSpec::Broken(Reason::BoundUnknown),
            Bound::Stated(Stated::Quantity(quantity)) => {
                return match amount(quantity, measure, indicator) {
                    Ok(Amount::Known(value)) => fixed(value),
                    Ok(Amount::Masked) => BoundSpec::Broken(Reason::BoundMasked),
                    Ok(Amount::Unknown) => BoundSpec::Broken(Reason::BoundUnknown),
                    Ok(Amount::UnitLost) => BoundSpec::Broken(Reason::UnitLost),
                    Err(_) => BoundSpec::Broken(Reason::UnitMismatch),
                };
            }
            Bound::Reference(reference) => reference,
        };
        let Some(factor) = self.reference_factor(reference, measure, indicator) else {
            return BoundSpec::Broken(Reason::UnitMismatch);
        };
        let to = if let Some(group) = &reference.mean_of {
            ReferenceTo::MeanOf(group.as_str().to_owned())
        } else if let Some(area) = &reference.area {
            ReferenceTo::Area((self.area_no)(area.as_str()))
        } else if let Some(other) = reference.indicator.as_ref().and_then(|id| self.document.indicators.get_index_of(id.as_str())) {
            ReferenceTo::Indicator(other)
        } else if let Some(other) = reference.target.as_ref().and_then(|id| self.numbers.get(id.as_str())) {
            ReferenceTo::Target(*other)
        } else {
            return BoundSpec::Broken(Reason::ReferenceMissing);
        };
        let plus = match reference.plus.as_ref().map(|plus| known(added_amount(plus, measure, indicator))) {
            None => Exact::zero(),
            Some(Some(plus)) => plus,
            Some(None) => return BoundSpec::Broken(Reason::UnitMismatch),
        };
        let times = reference.times.map_or_else(Exact::one, |times| Exact::from(times.get()));
        let id = [&reference.mean_of, &reference.area, &reference.indicator, &reference.target].into_iter().flatten().next();
        let id = id.map(|id| id.as_str().to_owned()).unwrap_or_default();
        BoundSpec::Reference { id, to, times: times * factor, plus }
    }

    /// What the value a bound refers to is multiplied with to be in the unit that is judged;
    /// `None` where it counts something else.
    fn reference_factor(&self, reference: &Reference, measure: Measure, indicator: &Indicator) -> Option<Exact> {
        let other = |id: &Id| self.document.indicators.get(id.as_str());
        let from = match (&reference.indicator, &reference.target) {
            (Some(id), _) => UnitOf::new(measure, other(id)?),
            (_, Some(id)) => {
                let target = self.document.targets.get(id.as_str())?;
                UnitOf::new(target.measures().first().copied()?, other(target.indicator.as_ref()?)?)
            }
            _ => return Some(Exact::one()),
        };
        match (from.unit(), UnitOf::new(measure, indicator).unit()) {
            (Some(from), Some(to)) => from.factor_to(to),
            (None, None) => Some(Exact::one()),
            _ => None,
        }
    }
}

fn caliber_of<'a>(target: &'a Target, indicator: &'a Indicator) -> Option<&'a Id> {
    target.caliber.as_ref().or(indicator.caliber.as_ref())
}

/// What a change of a target due then is measured from.
pub(super) fn base_of(document: &PlanDocument, target: &Target, indicator: &Indicator, when: Option<&When>) -> Option<Inherited<BaseSpec>> {
    let Inherited { value: baseline, inherited } = document.baseline_of(target, when)?;
    let stated = baseline.value().and_then(|quantity| known(level_amount(quantity, indicator)));
    let declared = stated.map(|value| match (baseline.caliber(), caliber_of(target, indicator)) {
        (Some(from), Some(to)) if from != to => {
            let factor = indicator.link(from.as_str(), to.as_str()).ok_or(Reason::CaliberMismatch)?;
            Ok(Value::exact(value * factor))
        }
        _ => Ok(Value::exact(value)),
    });
    Some(Inherited { value: BaseSpec { at: baseline.at().end(), declared }, inherited })
}

/// The last digit that counts: of the published values, else of the bound as written.
pub(crate) fn step_of(bound: Option<&Quantity>, measure: Measure, indicator: &Indicator) -> Option<Exact> {
    match (&indicator.decimals, measure) {
        (Some(decimals), Measure::Level | Measure::Change | Measure::Sum | Measure::Mean) => {
            Some(power_of_ten(decimals.get().try_into().unwrap_or(0)))
        }
        _ => bound.and_then(|quantity| written_step(quantity, measure, indicator)),
    }
}

fn known(amount: Result<Amount, crate::finding::Finding>) -> Option<Exact> {
    match amount {
        Ok(Amount::Known(value)) => Some(value),
        _ => None,
    }
}

/// A level of the indicator as a number in its unit, where it is known.
pub(super) fn known_level(quantity: &Quantity, indicator: &Indicator) -> Option<Exact> {
    known(level_amount(quantity, indicator))
}

fn tolerance_of(tolerance: &Quantity, measure: Measure, indicator: &Indicator) -> Option<Tolerance> {
    if tolerance.unit().is_some_and(Unit::is_percent) {
        return tolerance.value().map(|value| Tolerance::Relative(Exact::from(value).percent()));
    }
    let bare_is_fine = tolerance.unit().is_none();
    let size = if bare_is_fine { tolerance.value().map(Exact::from) } else { known(added_amount(tolerance, measure, indicator)) };
    size.map(Tolerance::Absolute)
}

/// The words in the order of the numbers that stand for them.
fn words_of(indicator: &Indicator) -> Vec<Message> {
    match indicator.kind {
        Some(Kind::YesNo) => vec![msg!("no", "否"), msg!("yes", "是")],
        Some(Kind::Judgement) => {
            let both = |level: &crate::document::Text| Message { en: level.get(Lang::En).to_owned(), zh: level.get(Lang::Zh).to_owned() };
            indicator.levels.iter().map(both).collect()
        }
        _ => Vec::new(),
    }
}

/// Yes and no as 1 and 0, levels by their place.
pub(super) fn word_number(word: &str, indicator: &Indicator) -> Option<Exact> {
    match (indicator.kind, word) {
        (Some(Kind::YesNo), "yes") => Some(Exact::one()),
        (Some(Kind::YesNo), "no") => Some(Exact::zero()),
        (Some(Kind::Judgement), _) => {
            let place = indicator
                .levels
                .iter()
                .position(|level| level.get(Default::default()) == word || level.get(crate::text::Lang::Zh) == word)?;
            Some(Exact::from(place as i64))
        }
        _ => None,
    }
}

/// One unit in the last written digit of a bound, in the unit it is judged in.
fn written_step(quantity: &Quantity, measure: Measure, indicator: &Indicator) -> Option<Exact> {
    let scale = quantity.value()?.scale();
    let step = power_of_ten(scale);
    match (quantity.unit(), measure, &indicator.unit) {
        (Some(unit), Measure::Level | Measure::Change | Measure::Sum | Measure::Mean, Some(wanted)) => {
            Some(unit.factor_to(wanted).map_or(step.clone(), |factor| step * factor))
        }
        _ => Some(step),
    }
}

/// 10 to the power -`digits`.
pub(super) fn power_of_ten(digits: u32) -> Exact {
    Exact::one() / Exact::from(10).pow(digits.min(28))
}

/// The earliest point a period that may be open is known to have.
pub(super) fn vintage_day(vintage: Option<Point>) -> i32 {
    vintage.map_or(i32::MIN, Point::last_day)
}
