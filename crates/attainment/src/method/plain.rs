//! Rulebooks on plain levels: what can be decided on machine numbers is, and everything else is left to
//! [`rulebook::judge`](super::rulebook::judge), whose answers these are.
//!
//! A comparison is answered here only where it is proved: of whole numbers, or of floats that lie
//! further apart than their error.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::gauge::Gauge;
use super::rulebook::{NUMBERS_ONLY, Rulebook, Rules, Scores};
use super::{Method, Rule};
use crate::number::{EXACT_IN_F64, Exact, apart, rate_of};
use crate::plan::{Kind, Toward};
use crate::verdict::Scale;

/// A level target with its numbers at one scale, and years as they are counted.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Way {
    pub(crate) toward: Toward,
    pub(crate) base: i64,
    pub(crate) base_year: i32,
    /// The latest value up to the deadline.
    pub(crate) value: i64,
    pub(crate) year: i32,
    /// The bound, or the lower end of an interval.
    pub(crate) bound: i64,
    /// The upper end of an interval.
    pub(crate) high: Option<i64>,
    pub(crate) deadline: i32,
    /// Whether the value satisfies the target, and whether the base does.
    pub(crate) reached: bool,
    pub(crate) held: bool,
}

/// A category with what goes with it.
#[derive(Clone, Debug)]
pub(crate) struct PlainClass {
    pub(crate) word: Cow<'static, str>,
    pub(crate) scale: Scale,
}

/// The answer of a method to a plain target.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlainPace {
    /// Its place in [`PlainMethod::classes`].
    pub(crate) class: u8,
    pub(crate) early: bool,
    /// `NaN` where there is none.
    pub(crate) value: f64,
    pub(crate) score: f64,
}

/// A method that has answers to plain targets.
pub(crate) struct PlainMethod<'a> {
    book: &'a Rulebook,
    rules: &'a Rules,
    cuts: Vec<PlainCut>,
    /// Reached, each cut from the best down, below them all, and below them all from beyond.
    pub(crate) classes: Vec<PlainClass>,
    scores: Vec<Option<f64>>,
    maintenance: bool,
}

struct PlainCut {
    float: f64,
    /// As a fraction.
    above: i64,
    below: i64,
    closed: bool,
}

impl PlainCut {
    fn new(from: &Exact, closed: bool) -> Option<Self> {
        let (above, below) = from.as_fraction()?;
        Some(Self { float: from.to_f64(), above: above.into(), below: below.into(), closed })
    }
}

impl Method {
    /// The method, where it has answers to plain levels of an indicator of this kind.
    pub(crate) fn plain(&self, kind: Option<Kind>) -> Option<PlainMethod<'_>> {
        let Rule::Book(book) = &self.rule else { return None };
        let not_for = self.info.map_or(NUMBERS_ONLY, |info| info.not_for);
        let is_covered = self.info.is_none_or(|info| super::has_level(info.accepts));
        let as_published = self.parameters == super::Parameters { unverified: self.parameters.unverified, ..Default::default() };
        let rules = book.with_target.as_ref()?;
        let is_quick = matches!(rules.gauge, Gauge::GrowthRatio | Gauge::Closed | Gauge::LinearRatio | Gauge::Lead);
        if kind.is_some_and(|kind| not_for.contains(&kind) || kind == Kind::YesNo) || !is_covered || !as_published || !is_quick {
            return None;
        }
        if rules.away_below.is_some() || book.points > 2 || book.within_one_point || rules.cuts.len() > 200 {
            return None;
        }
        let reached = book.reached.as_ref().unwrap_or(&rules.below);
        let classes = std::iter::once(reached).chain(rules.cuts.iter().map(|cut| &cut.class)).chain([&rules.below, &rules.below]);
        let scores = classes.clone().map(|class| class.score).collect();
        let mut classes: Vec<PlainClass> = classes.map(|class| PlainClass { word: class.word.clone(), scale: class.scale }).collect();
        if let Some(beyond) = classes.last_mut() {
            beyond.scale = Scale::Away;
        }
        let cuts = rules.cuts.iter().map(|cut| PlainCut::new(&cut.from, cut.closed)).collect::<Option<_>>()?;
        Some(PlainMethod { book, rules, cuts, classes, scores, maintenance: self.info.is_none_or(|info| info.maintenance) })
    }
}

/// A gauge, read.
enum Read {
    /// Growth so far and growth needed, as what they add to 1, and the sign of progress.
    Rates { actual: f64, required: f64, sign: f64, grown: Ordering },
    /// A fraction with a positive denominator.
    Fraction { above: i128, below: i128 },
    /// There is no way.
    Nothing,
}

impl PlainMethod<'_> {
    /// The answer; `None` where the general judge has to give it.
    pub(crate) fn answer(&self, way: &Way) -> Option<PlainPace> {
        if (way.held && !self.maintenance) || way.base_year >= way.year || way.base_year >= way.deadline {
            return None;
        }
        let (sign, target) = match (way.toward, way.high) {
            (Toward::Up, None) => (1, way.bound),
            (Toward::Down, None) => (-1, way.bound),
            (Toward::Inside, Some(high)) if self.book.nearest_end => match (way.base < way.bound, way.base > high) {
                (true, _) => (1, way.bound),
                (_, true) => (-1, high),
                _ => (1, way.base),
            },
            _ => return None,
        };
        // Signs and zeros are full of rules.
        if way.base <= 0 || way.value <= 0 || target <= 0 || [way.base, way.value, target].iter().any(|number| *number > EXACT_IN_F64) {
            return None;
        }
        let (years, whole) = (i64::from(way.year - way.base_year), i64::from(way.deadline - way.base_year));
        let early = 5 * years < whole;
        let reading = self.read(way, target, sign, years, whole);
        if let (true, Some(_)) = (way.reached, &self.book.reached) {
            let value = match reading {
                Read::Nothing => f64::NAN,
                reading => reading.shown()?,
            };
            let score = self.scores[0].or(self.rules.scores.as_ref().map(|scores| scores.reached));
            return Some(PlainPace { class: 0, early, value, score: score.unwrap_or(f64::NAN) });
        }
        if way.held && (target != way.base || way.high.is_some()) {
            // Kept, without a word for it: no answer.
            if way.reached {
                return None;
            }
            let class = self.classes.len() - 1;
            let score = self.scores[class].or(self.rules.scores.as_ref().map(|scores| scores.lowest));
            return Some(PlainPace { class: class as u8, early, value: f64::NAN, score: score.unwrap_or(f64::NAN) });
        }
        let value = reading.shown()?;
        let mut place = self.cuts.len();
        for (index, cut) in self.cuts.iter().enumerate() {
            let order = reading.cmp(cut)?;
            if order == Ordering::Greater || (order == Ordering::Equal && cut.closed) {
                place = index;
                break;
            }
        }
        let score = match (self.scores[place + 1], &self.rules.scores) {
            (Some(score), _) => score,
            (None, Some(scores)) => score_of(scores, &reading, value)?,
            (None, None) => f64::NAN,
        };
        Some(PlainPace { class: place as u8 + 1, early, value, score })
    }

    fn read(&self, way: &Way, target: i64, sign: i64, years: i64, whole: i64) -> Read {
        if target == way.base {
            return Read::Nothing;
        }
        let (behind, all) = (way.value - way.base, target - way.base);
        let over = |above: i128, below: i128| {
            if below < 0 { Read::Fraction { above: -above, below: -below } } else { Read::Fraction { above, below } }
        };
        let (far, way_long) = (i128::from(behind), i128::from(all));
        let (years_128, whole_128) = (i128::from(years), i128::from(whole));
        match self.rules.gauge {
            Gauge::Closed => over(far, way_long),
            Gauge::LinearRatio => over(far * whole_128, way_long * years_128),
            Gauge::Lead => over(far * whole_128 - years_128 * way_long, way_long * whole_128),
            _ => {
                let base = way.base as f64;
                let actual = rate_of(behind as f64 / base, way.value as f64 / base, 1, years as u32);
                let required = rate_of(all as f64 / base, target as f64 / base, 1, whole as u32);
                Read::Rates { actual, required, sign: sign as f64, grown: way.value.cmp(&way.base) }
            }
        }
    }
}

impl Read {
    /// The number people read; `None` where it takes more than one rounding here.
    fn shown(&self) -> Option<f64> {
        let fits = |number: i128| number.unsigned_abs() <= EXACT_IN_F64 as u128;
        let shown = match *self {
            Self::Rates { actual, required, sign, .. } => sign * actual / required.abs(),
            Self::Fraction { above, below } if fits(above) && fits(below) => above as f64 / below as f64,
            _ => return None,
        };
        shown.is_finite().then_some(shown)
    }

    /// Compares with a cut; `None` where floats cannot tell.
    fn cmp(&self, cut: &PlainCut) -> Option<Ordering> {
        match *self {
            Self::Rates { actual, required, sign, grown } => {
                let order = if cut.above == 0 {
                    grown
                } else {
                    let k = if required > 0.0 { sign * cut.float } else { -sign * cut.float };
                    apart(1.0 + actual, k, 1.0 + required)?
                };
                Some(if sign < 0.0 { order.reverse() } else { order })
            }
            Self::Fraction { above, below } => Some(above.checked_mul(cut.below.into())?.cmp(&below.checked_mul(cut.above.into())?)),
            Self::Nothing => None,
        }
    }
}

fn score_of(scores: &Scores, reading: &Read, value: f64) -> Option<f64> {
    for piece in &scores.pieces {
        let reaches = match &piece.from {
            None => true,
            Some(from) => reading.cmp(&PlainCut::new(from, true)?)?.is_ge(),
        };
        if reaches {
            return Some((piece.slope * value + piece.intercept).clamp(scores.lowest, scores.highest));
        }
    }
    Some(scores.lowest)
}
