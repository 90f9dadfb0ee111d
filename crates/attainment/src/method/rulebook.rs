//! Methods as data: a gauge, cuts with open or closed ends, words, scores.
//!
//! Most published methods differ in nothing else. The ones that do have a file with a function.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::gauge::{Gauge, Reading};
use super::sight::{Sight, Start};
use super::{Answer, Clock, Facts, Parameters};
use crate::number::{Exact, Radical};
use crate::plan::{Kind, Measure};
use crate::text::{Message, msg};
use crate::trace::{Step, Trace};
use crate::verdict::{Case, PaceNote, PaceReason, Reason, Scale};

/// What every rulebook has a case for.
pub(super) const ACCEPTS: &[(Measure, &[&str])] = &[
    (Measure::Level, &["by", "during"]),
    (Measure::Change, &["by", "during"]),
    (Measure::RelativeChange, &["by", "during"]),
    (Measure::Multiple, &["by", "during"]),
];

/// The same, and a level in every period: what judges a level and no pace has a case for.
pub(super) const LEVELS: &[(Measure, &[&str])] = &[
    (Measure::Level, &["by", "during", "each"]),
    (Measure::Change, &["by", "during"]),
    (Measure::RelativeChange, &["by", "during"]),
    (Measure::Multiple, &["by", "during"]),
];

/// The kinds of indicator that a rulebook without words for yes and no has no case for.
pub(super) const NUMBERS_ONLY: &[Kind] = &[Kind::YesNo, Kind::Judgement, Kind::Growth];
/// The same with words for yes and no.
pub(super) const NOT_GROWTH: &[Kind] = &[Kind::Judgement, Kind::Growth];

/// When a direction without an amount is judged.
pub(super) const TREND: &[&str] = &["by", "during", "each"];

/// A category: its word, its place on the common scale and, in some methods, its score.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Class {
    pub(super) word: Cow<'static, str>,
    pub(super) scale: Scale,
    pub(super) score: Option<f64>,
}

pub(super) const fn class(word: &'static str, scale: Scale) -> Class {
    Class { word: Cow::Borrowed(word), scale, score: None }
}

impl Class {
    pub(super) const fn score(mut self, score: f64) -> Self {
        self.score = Some(score);
        self
    }
}

/// The lower end of a category.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cut {
    pub(super) from: Exact,
    /// Whether the end belongs to the category.
    pub(super) closed: bool,
    pub(super) class: Class,
}

/// From `num / den` on, the end included.
pub(super) fn at_least(num: i64, den: i64, class: Class) -> Cut {
    Cut { from: Exact::ratio(num, den), closed: true, class }
}

/// Above `num / den`, the end left out.
pub(super) fn more_than(num: i64, den: i64, class: Class) -> Cut {
    Cut { from: Exact::ratio(num, den), closed: false, class }
}

/// What a gauge says: cuts from the best down, and the class below them all.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rules {
    pub(super) gauge: Gauge,
    pub(super) cuts: Vec<Cut>,
    pub(super) below: Class,
    /// Where progress becomes moving away, if the scale tells it apart and the words do not.
    pub(super) away_below: Option<Exact>,
    pub(super) scores: Option<Scores>,
}

/// A score in straight pieces.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Scores {
    /// From the best down; the last has no lower end.
    pub(super) pieces: Vec<Piece>,
    pub(super) lowest: f64,
    pub(super) highest: f64,
    /// What a reached target scores.
    pub(super) reached: f64,
}

/// One piece: slope × reading + intercept.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Piece {
    pub(super) from: Option<Exact>,
    pub(super) slope: f64,
    pub(super) intercept: f64,
    /// Whether the reading is taken relative to the limit factor.
    pub(super) near_limit: bool,
}

pub(super) fn piece(from: Option<(i64, i64)>, slope: f64, intercept: f64) -> Piece {
    Piece { from: from.map(|(num, den)| Exact::ratio(num, den)), slope, intercept, near_limit: false }
}

/// Which point serves where the base period has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BaseRule {
    /// None does.
    AsStated,
    /// The next one.
    Next,
    /// The next one, else the last before.
    NextElseBefore,
    /// The nearest, of two equally near the later.
    Nearest,
}

/// A method as data.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rulebook {
    pub(super) with_target: Option<Rules>,
    pub(super) without_target: Option<Rules>,
    /// The category of a reached target, whatever the pace.
    pub(super) reached: Option<Class>,
    /// The categories of a yes/no commitment that holds and that does not.
    pub(super) yes_no: Option<(Class, Class)>,
    pub(super) base: BaseRule,
    /// The base year where none is stated, as published.
    pub(super) baseline: Option<i32>,
    /// The target year where none is stated, as published.
    pub(super) deadline: Option<i32>,
    /// Whether it asks for no target year.
    pub(super) dateless: bool,
    /// Whether it judges how near a value comes to a point from either side.
    pub(super) points_near: bool,
    /// Whether an interval is judged as its end that is nearest as seen from the base.
    pub(super) nearest_end: bool,
    /// Whether a label over two years, such as 2015-16, counts as its first year.
    pub(super) first_year: bool,
    /// What stands for a zero.
    pub(super) zero: Option<Exact>,
    /// Whether two negative values compare as magnitudes with the sign reversed.
    pub(super) flips: bool,
    /// The exponent by which positive cuts shrink near a natural limit.
    pub(super) limit: Option<Exact>,
    /// How many points there must be from the base on.
    pub(super) points: usize,
    /// Whether a percentage within one point of a target of 0 or 100 % has reached it.
    pub(super) within_one_point: bool,
}

impl Rulebook {
    /// Nothing but rules: exact base, no defaults, no quirks.
    pub(super) fn new(with_target: Option<Rules>, without_target: Option<Rules>) -> Self {
        Self {
            with_target,
            without_target,
            reached: None,
            yes_no: None,
            base: BaseRule::AsStated,
            baseline: None,
            deadline: None,
            dateless: false,
            points_near: false,
            nearest_end: false,
            first_year: false,
            zero: None,
            flips: false,
            limit: None,
            points: 2,
            within_one_point: false,
        }
    }

    /// The value, or what stands for it where it is zero.
    pub(super) fn without_zero(&self, value: Exact, notes: &mut Vec<PaceNote>) -> Exact {
        match &self.zero {
            Some(stand_in) if value.is_zero() => {
                notes.push(PaceNote::ZeroReplaced);
                stand_in.clone()
            }
            _ => value,
        }
    }
}

/// Judges a case by a rulebook.
pub(super) fn judge<T: Trace>(
    book: &Rulebook,
    case: &Case,
    facts: &dyn Facts,
    parameters: &Parameters,
    trace: &mut T,
) -> Result<Answer, PaceReason> {
    if facts.kind() == Some(Kind::YesNo) {
        return yes_no(book, case);
    }
    let mut sight = Sight::new(case, facts, book, parameters)?;
    let rules = match (&sight.target, &book.with_target, &book.without_target) {
        (Some(_), Some(rules), _) => rules,
        (Some(_), None, Some(rules)) => {
            sight.notes.push(PaceNote::TargetNotConsidered);
            rules
        }
        (None, _, Some(rules)) => rules,
        (_, _, None) => return Err(PaceReason::NotApplicable),
    };
    let considered = book.with_target.is_some();
    let start = sight.start(case, book, parameters);
    if let Ok(start) = &start {
        trace.step(|| start_step(start, &sight));
    }
    let reading = start.as_ref().map_err(|reason| *reason).and_then(|start| rules.gauge.read(&sight, start, book.flips));
    if let (true, Some(class)) = (sight.reached && considered, &book.reached) {
        trace.step(|| decision(msg!("the target is reached", "已达到目标"), class));
        let mut answer = Answer::new(class.clone()).notes(sight.notes).clock(clock(case, start.as_ref().ok(), parameters));
        answer.value = reading.ok().map(|reading| reading.to_f64()).filter(|value| value.is_finite());
        answer.score = class.score.or(rules.scores.as_ref().map(|scores| scores.reached));
        return Ok(answer);
    }
    let start = start?;
    // The base is beyond the target and the value has fallen behind: a ratio of growth rates would
    // come out positive although the series deteriorates. The sources are silent.
    if considered && sight.is_held_by(&start.base, case) {
        // Kept, and by a book without a word for that: no deterioration, and no way a gauge could read.
        if sight.reached {
            trace.step(|| {
                Step::new(
                    "decision",
                    msg!(
                        "the base satisfies the target and so does the value: there is no way to go",
                        "基期已满足目标，现值亦满足：没有要走的路"
                    ),
                )
            });
            return Err(PaceReason::NotApplicable);
        }
        sight.notes.push(PaceNote::BaselineBeyondTarget);
        trace.step(|| {
            let reason = msg!("the base is beyond the target and the value has fallen behind it", "基期已超过目标而现值又落后");
            decision(reason, &rules.below)
        });
        let mut answer = Answer::new(rules.below.clone()).notes(sight.notes).clock(clock(case, Some(&start), parameters));
        answer.class.scale = Scale::Away;
        answer.score = rules.below.score.or(rules.scores.as_ref().map(|scores| scores.lowest));
        return Ok(answer);
    }
    let counted = case.history.iter().filter(|(at, ..)| (start.at.last_day()..=sight.at.last_day()).contains(&at.last_day())).count();
    if counted < book.points && book.points > 2 {
        return Err(PaceReason::NotEvaluable(Reason::TooFewPoints));
    }
    let reading = reading?;
    let near = near_limit(book, facts, &sight, &start)?;
    let shown = reading.to_f64();
    trace.step(|| reading_step(rules.gauge, shown));
    if let Some(near) = &near {
        sight.notes.push(PaceNote::NearLimit);
        trace.step(|| {
            let factor = shrink(near);
            Step::new("limit", msg!("positive cuts × {factor:.6}, near the natural limit", "接近自然极限，正向界值 × {factor:.6}"))
        });
    }
    let place = rules.place(&reading, near.as_ref());
    let mut class = rules.cuts.get(place).map_or(&rules.below, |cut| &cut.class).clone();
    if rules.away_below.as_ref().is_some_and(|zero| reading.cmp(zero).is_lt()) {
        class.scale = Scale::Away;
    }
    trace.step(|| decision(rules.between(place, shown, near.as_ref()), &class));
    let score = class.score.or_else(|| Some(rules.scores.as_ref()?.score(&reading, near.as_ref())));
    let mut answer = Answer::new(class).notes(sight.notes).clock(clock(case, Some(&start), parameters));
    (answer.value, answer.score) = (Some(shown).filter(|value| value.is_finite()), score);
    Ok(answer)
}

fn yes_no(book: &Rulebook, case: &Case) -> Result<Answer, PaceReason> {
    let (yes, no) = book.yes_no.as_ref().ok_or(PaceReason::NotApplicable)?;
    let holds = case.holds_now.ok_or(PaceReason::NotEvaluable(Reason::NoObservation))?;
    let class = if holds { yes } else { no };
    let mut answer = Answer::new(class.clone());
    answer.score = class.score;
    Ok(answer)
}

/// The clock from the base that was found, for the numbers of outlook.
fn clock(case: &Case, start: Option<&Start>, parameters: &Parameters) -> Option<(Clock, Exact)> {
    let start = start?;
    let deadline = parameters.deadline.or(case.deadline)?;
    let now = case.now.as_ref()?.end;
    let clock = Clock::between(start.at, now, deadline).ok()?;
    (case.measure == Measure::Level).then(|| (clock, start.observed.clone()))
}

/// The number that cuts shrink by near a natural limit: they are multiplied with 1 less it.
///
/// (b/L)^a below the limit, ((2L − b)/L)^a above it, none from 2L on (Statistics Canada, 2025).
fn near_limit(book: &Rulebook, facts: &dyn Facts, sight: &Sight, start: &Start) -> Result<Option<Radical>, PaceReason> {
    let Some(exponent) = book.limit.as_ref().filter(|_| sight.target.is_none()) else { return Ok(None) };
    let limit = match facts.mark("limit", sight.at) {
        Err(Reason::NoMark) => return Ok(None),
        limit => limit.map_err(PaceReason::NotEvaluable)?.abs(),
    };
    let base = start.base.clone().abs();
    let twice = &limit + &limit;
    if base >= twice {
        return Ok(None);
    }
    let part = if base <= limit { base / limit } else { (twice - base) / limit };
    Ok(Radical::new(part, exponent))
}

impl Rules {
    /// The place of the first cut the reading reaches; their number where it reaches none.
    fn place(&self, reading: &Reading, near: Option<&Radical>) -> usize {
        let reaches = |cut: &Cut| match compare(reading, &cut.from, near) {
            Ordering::Greater => true,
            Ordering::Equal => cut.closed,
            Ordering::Less => false,
        };
        self.cuts.iter().position(reaches).unwrap_or(self.cuts.len())
    }

    /// The comparison that decided, in words.
    fn between(&self, place: usize, shown: f64, near: Option<&Radical>) -> Message {
        let number = |cut: &Cut| match near {
            Some(near) if cut.from.is_positive() => format!("{:.6}", cut.from.to_f64() * shrink(near)),
            _ => cut.from.to_string(),
        };
        let low = self.cuts.get(place).map(|cut| format!("{} {}", if cut.closed { "≥" } else { ">" }, number(cut)));
        let high = place.checked_sub(1).and_then(|above| self.cuts.get(above));
        let high = high.map(|cut| format!("{} {}", if cut.closed { "<" } else { "≤" }, number(cut)));
        let ends: Vec<String> = [low, high].into_iter().flatten().collect();
        let name = self.gauge.name();
        let (en, zh) = (ends.join(" and "), ends.join("且"));
        Message { en: format!("{} {} {en}", name.en, readable(shown)), zh: format!("{} {} {zh}", name.zh, readable(shown)) }
    }
}

/// What positive cuts are multiplied with near a limit, from 0 at the limit to 1 far from it.
fn shrink(near: &Radical) -> f64 {
    (-near.rate()).max(0.0)
}

/// Compares with a cut; positive cuts shrink near a limit.
fn compare(reading: &Reading, cut: &Exact, near: Option<&Radical>) -> Ordering {
    match near {
        Some(near) if cut.is_positive() => reading.cmp_near(cut, near),
        _ => reading.cmp(cut),
    }
}

impl Scores {
    fn score(&self, reading: &Reading, near: Option<&Radical>) -> f64 {
        let reaches = |piece: &&Piece| piece.from.as_ref().is_none_or(|from| compare(reading, from, near).is_ge());
        let Some(piece) = self.pieces.iter().find(reaches) else { return self.lowest };
        let mut x = reading.to_f64();
        if let Some(near) = near.filter(|_| piece.near_limit) {
            // At the limit itself any progress is the most there can be.
            if shrink(near) == 0.0 {
                return self.highest;
            }
            x /= shrink(near);
        }
        (piece.slope * x + piece.intercept).clamp(self.lowest, self.highest)
    }
}

fn start_step(start: &Start, sight: &Sight) -> Step {
    let (base, from, value, at) = (&start.base, start.at, &sight.value, sight.at);
    match &sight.target {
        Some((target, Some(deadline))) => Step::new(
            "way",
            msg!(
                "base {base} ({from}), value {value} ({at}), target {target} ({deadline})",
                "基期{base}（{from}），现值{value}（{at}），目标{target}（{deadline}）"
            ),
        ),
        _ => Step::new("way", msg!("base {base} ({from}), value {value} ({at})", "基期{base}（{from}），现值{value}（{at}）")),
    }
}

fn reading_step(gauge: Gauge, shown: f64) -> Step {
    let (name, shown) = (gauge.name(), readable(shown));
    Step::new("gauge", Message { en: format!("{}: {shown}", name.en), zh: format!("{}：{shown}", name.zh) })
}

/// The step that says which comparison decided the category.
pub(super) fn decision(reason: Message, class: &Class) -> Step {
    let word = &class.word;
    Step::new("decision", Message { en: format!("{}: {word}", reason.en), zh: format!("{}：{word}", reason.zh) })
}

/// A float at six decimals, without the zeros that say nothing.
pub(super) fn readable(value: f64) -> String {
    let text = format!("{value:.6}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    if short.is_empty() || short == "-0" { "0".to_owned() } else { short.to_owned() }
}
