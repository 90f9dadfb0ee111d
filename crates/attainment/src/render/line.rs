//! One verdict as a line for people.

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::document::Text;
use crate::plan::{Indicator, Kind, Measure, Plan, UnitOf};
use crate::text::Lang;
use crate::verdict::{Attained, Flag, State, Verdict};

pub(crate) fn state_name(state: State, lang: Lang) -> &'static str {
    match (state, lang) {
        (State::Met, Lang::En) => "met",
        (State::Met, Lang::Zh) => "达成",
        (State::NotMet, Lang::En) => "not met",
        (State::NotMet, Lang::Zh) => "未达成",
        (State::Pending, Lang::En) => "pending",
        (State::Pending, Lang::Zh) => "未到期",
        (State::NotEvaluable, Lang::En) => "not evaluable",
        (State::NotEvaluable, Lang::Zh) => "无法判定",
    }
}

pub(crate) fn attained(verdict: &Verdict, lang: Lang) -> String {
    let attained = &verdict.attained;
    let mut text = state_name(attained.state, lang).to_owned();
    let lost = attained.lost_in.last().filter(|_| attained.state != State::NotMet || attained.first_held_in.is_some());
    match (attained.state, attained.holds_now, lang) {
        (State::Pending, Some(true), Lang::En) => text.push_str(", holds now"),
        (State::Pending, Some(true), Lang::Zh) => text.push_str("，目前成立"),
        _ => {}
    }
    if let (Some(lost), Some(first)) = (lost, attained.first_held_in) {
        match lang {
            Lang::En => text.push_str(&format!(" (held {first}, lost {lost})")),
            Lang::Zh => text.push_str(&format!("（{}达到，{}失去）", first.in_words(lang), lost.in_words(lang))),
        }
    }
    text
}

pub(crate) fn degree(verdict: &Verdict, lang: Lang) -> String {
    let percent = |share: f64| format!("{:.1} %", 100.0 * share);
    match (verdict.attained.closed, verdict.attained.ratio, lang) {
        (Some(closed), _, Lang::En) => format!("{} of the way", percent(closed)),
        (Some(closed), _, Lang::Zh) => format!("完成{}", percent(closed)),
        (None, Some(ratio), Lang::En) => format!("{} of the bound", percent(ratio)),
        (None, Some(ratio), Lang::Zh) => format!("界限的{}", percent(ratio)),
        (None, None, _) => "–".to_owned(),
    }
}

pub(crate) fn pace(verdict: &Verdict, lang: Lang) -> String {
    match &verdict.pace {
        None => "–".to_owned(),
        Some(pace) => pace
            .category
            .as_deref()
            .map(str::to_owned)
            .or(pace.reason.map(|reason| reason.message().get(lang).to_owned()))
            .unwrap_or_default(),
    }
}

/// The comparison in one line: value and period against the bound, and what is missing.
pub(crate) fn why(plan: &Plan, verdict: &Verdict, lang: Lang) -> String {
    let attained = &verdict.attained;
    let units = Units::new(plan, &verdict.target, lang);
    let mut parts = Vec::new();
    if let (Some(value), Some(period), Some(bound)) = (&attained.value, period(attained, lang), bound(attained, &units)) {
        let value = units.measured(*value, attained.bound);
        parts.push(match lang {
            Lang::En => format!("{value} in {period}, bound {bound}"),
            Lang::Zh => format!("{period}为{value}，界限{bound}"),
        });
    }
    parts.extend(notes(verdict, &units));
    join(parts, lang)
}

fn join(parts: Vec<String>, lang: Lang) -> String {
    parts.join(if lang == Lang::En { "; " } else { "；" })
}

/// The period of the value.
pub(crate) fn period(attained: &Attained, lang: Lang) -> Option<String> {
    let period = attained.period.as_ref()?;
    Some(period.as_point().map_or_else(|| period.in_words(lang), |point| point.in_words(lang)))
}

/// What the value is compared with.
pub(crate) fn bound(attained: &Attained, units: &Units<'_>) -> Option<String> {
    let to = attained.bound_max.map(|high| format!("–{}", units.number(high))).unwrap_or_default();
    Some(format!("{}{to}", units.number(attained.bound?)))
}

/// What there is to say beside the numbers, in one line.
pub(crate) fn remarks(verdict: &Verdict, units: &Units<'_>) -> String {
    join(notes(verdict, units), units.lang)
}

fn notes(verdict: &Verdict, units: &Units<'_>) -> Vec<String> {
    let (attained, lang) = (&verdict.attained, units.lang);
    let mut parts = Vec::new();
    parts.extend(distance(attained, units, lang));
    if let (State::NotMet, Some(at)) = (attained.state, attained.decided_at) {
        let is_decider = attained.period.as_ref().is_some_and(|period| period.end() == Some(at));
        match (is_decider, lang) {
            (true, _) => {}
            (_, Lang::En) => parts.push(format!("failed in {at}")),
            (_, Lang::Zh) => parts.push(format!("{}未达", at.in_words(lang))),
        }
    }
    parts.extend(attained.reason.map(|reason| reason.message().get(lang).to_owned()));
    for flag in [Flag::Maintenance, Flag::BaselineDiffers, Flag::CaliberLinked, Flag::Provisional] {
        if verdict.quality.flags.contains(&flag) {
            parts.push(flag.message().get(lang).to_owned());
        }
    }
    parts
}

/// How far the value is from the bound, and on which side of it.
fn distance(attained: &Attained, units: &Units<'_>, lang: Lang) -> Option<String> {
    let (value, bound, gap) = (attained.value?, attained.bound?, attained.gap?);
    if gap.is_zero() || units.is_qualitative() {
        return None;
    }
    let size = units.difference(gap.abs());
    let (en, zh) = match (gap.is_sign_positive(), value < bound) {
        (true, true) => (format!("{size} missing"), format!("尚差{size}")),
        (true, false) => (format!("{size} too much"), format!("超出{size}")),
        (false, true) => (format!("{size} below"), format!("低{size}")),
        (false, false) => (format!("{size} beyond"), format!("超过{size}")),
    };
    Some(if lang == Lang::En { en } else { zh })
}

/// How the numbers of a target are written.
pub(crate) struct Units<'a> {
    indicator: Option<&'a Indicator>,
    measure: Measure,
    lang: Lang,
}

impl<'a> Units<'a> {
    pub(crate) fn new(plan: &'a Plan, target: &str, lang: Lang) -> Self {
        let document = plan.document();
        let target = document.targets.get(target);
        let indicator = target.and_then(|target| target.indicator.as_ref()).and_then(|id| document.indicators.get(id.as_str()));
        let measure = target.and_then(|target| target.measures().first().copied()).unwrap_or(Measure::Level);
        Self { indicator, measure, lang }
    }

    fn is_qualitative(&self) -> bool {
        self.indicator.is_some_and(Indicator::is_qualitative)
    }

    fn label(&self) -> Option<String> {
        UnitOf::new(self.measure, self.indicator?).label().map(str::to_owned)
    }

    /// A value or bound with its unit; an answer or a level by its word.
    pub(crate) fn number(&self, value: Decimal) -> String {
        if let Some(word) = self.word(value) {
            return word;
        }
        match self.label() {
            Some(label) => format!("{} {label}", shown(value)),
            None => shown(value),
        }
    }

    /// A value that was judged: with one digit more than its indicator is published with, so that what
    /// follows from a calculation shows no digits that nobody measured. Where rounding would bring it
    /// to the bound, or past it, it keeps its digits.
    pub(crate) fn measured(&self, value: Decimal, bound: Option<Decimal>) -> String {
        self.number(self.rounded(value, bound))
    }

    fn rounded(&self, value: Decimal, bound: Option<Decimal>) -> Decimal {
        // A multiple of a count has digits where the count has none.
        let indicator = self.indicator.filter(|_| self.measure != Measure::Multiple && !self.is_qualitative());
        let decimals = indicator.and_then(|indicator| indicator.decimals.as_ref()?.get().trunc().to_u32());
        let short = decimals.map(|decimals| value.round_dp_with_strategy(decimals.min(20) + 1, RoundingStrategy::MidpointAwayFromZero));
        let is_same = |short: &Decimal| bound.is_none_or(|bound| short.cmp(&bound) == value.cmp(&bound));
        short.filter(is_same).unwrap_or(value)
    }

    /// The difference of two such numbers: of percentages it is in points.
    fn difference(&self, value: Decimal) -> String {
        let value = self.rounded(value, Some(Decimal::ZERO));
        match (self.label().as_deref(), self.lang) {
            (Some("%"), Lang::En) => format!("{} pp", shown(value)),
            (Some("%"), Lang::Zh) => format!("{}个百分点", shown(value)),
            _ => self.number(value),
        }
    }

    fn word(&self, value: Decimal) -> Option<String> {
        let indicator = self.indicator.filter(|indicator| indicator.is_qualitative() && self.measure == Measure::Level)?;
        if indicator.kind == Some(Kind::YesNo) {
            let (en, zh) = if value.is_zero() { ("no", "否") } else { ("yes", "是") };
            return Some(if self.lang == Lang::En { en } else { zh }.to_owned());
        }
        let place = usize::try_from(value.trunc().mantissa()).ok()?;
        indicator.levels.get(place).map(|level: &Text| level.get(self.lang).to_owned())
    }
}

/// A number for a line of text: whole numbers as they are, others at seven significant digits, with
/// a comma between thousands from 10,000 on.
fn shown(value: Decimal) -> String {
    let short = if value.trunc().abs() < Decimal::from(10_000_000) { value.round_sf(7) } else { Some(value.round()) };
    grouped(&short.unwrap_or(value).normalize().to_string())
}

/// A plain decimal with a comma between thousands, from 10,000 on.
pub(crate) fn grouped(text: &str) -> String {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut grouped = String::from(sign);
    for (place, digit) in digits.chars().enumerate() {
        if digits.len() > 4 && place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    match fraction {
        Some(fraction) => format!("{grouped}.{fraction}"),
        None => grouped,
    }
}
