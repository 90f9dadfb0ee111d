//! Indicators: what is measured.

use crate::document::{Id, Many, Map, Rule, Text, document, words};
use crate::number::Exact;
use crate::quantity::{Number, Quantity};
use crate::text::{Lang, Message, msg, shorten};
use crate::unit::Unit;

words! {
    /// Which way is better. Never assumed: an indicator states it.
    #[non_exhaustive]
    pub enum Direction {
        /// More is better.
        Increase = "increase",
        /// Less is better.
        Decrease = "decrease",
        /// Neither: values should stay within bounds.
        Within = "within",
    }
}

words! {
    /// What sort of number an indicator is.
    #[non_exhaustive]
    pub enum Kind {
        /// A count or amount at a moment.
        Stock = "stock",
        /// A count or amount over a period.
        Flow = "flow",
        /// A part of a whole, in percent.
        Share = "share",
        /// A rate of change against the period before, in percent. Rates are chained, never added.
        Growth = "growth",
        /// Yes or no.
        YesNo = "yes_no",
        /// A level that somebody judges.
        Judgement = "judgement",
    }
}

words! {
    /// Which number stands for a period when the data is finer than the period.
    #[non_exhaustive]
    pub enum Statistic {
        /// The value at its end.
        End = "end",
        /// The mean over it.
        Mean = "mean",
        /// The sum over it.
        Sum = "sum",
        /// The figure from the start of the year to its end.
        Ytd = "ytd",
    }
}

document! {
    /// What is measured, in which unit, and which way is better.
    pub struct Indicator {
        /// What it is called.
        name: Text,
        /// Other names it goes by.
        aliases: Many<Text>,
        /// The unit of its values; `percent` for shares.
        unit: Option<Unit>,
        /// Which way is better. Required, except for `yes_no` and `judgement`.
        direction: Option<Direction>,
        /// What sort of number it is.
        kind: Option<Kind>,
        /// The levels of a judgement, worst first.
        levels: Many<Text>,
        /// Which number stands for a period when the data is finer.
        statistic: Option<Statistic>,
        /// The number of decimals that are published.
        decimals: Option<Number>,
        /// Rank of an award that counts: 省级及以上.
        grade: Option<Text>,
        /// What is covered: 规模以上.
        scope: Option<Text>,
        /// The indicator this one is a part of.
        part_of: Option<Id>,
        /// How it follows from other indicators.
        formula: Option<Formula>,
        /// Numbers that methods and schemes ask for: `floor`, `ceiling`, `worst`, `red`, `green`,
        /// `best`, `unacceptable`, `satisfactory`, `start`, `limit`.
        marks: Map<Mark>,
        /// The path that values have typically taken elsewhere: years on the path with their values,
        /// `{ 0: 40%, 10: 65% }`. Only differences of the years count.
        typical_path: Map<Quantity>,
        /// One label for price base, scope, territory and definition.
        caliber: Option<Id>,
        /// Which other labels may be compared with this one, and how.
        links: Many<Link>,
        /// The indicator of kind `growth` that publishes this one's growth. With it, levels are
        /// never divided into growth.
        growth_from: Option<Id>,
        /// The tier that is judged, where it is not the area of the plan: 企业.
        of: Option<Id>,
        /// Who awards a title.
        awarded_by: Option<Text>,
        /// The named things that are counted.
        items: Many<Text>,
        /// Which list or heading it stands under.
        section: Option<Text>,
        /// Anything else worth saying.
        note: Option<Text>,
        /// Where it is stated.
        source: Option<Text>,
    }
}

document! {
    /// How an indicator follows from others, as data.
    pub struct Formula {
        /// The first indicator divided by the second.
        ratio: Option<Many<Id>>,
        /// The first indicator as a share of the second, in percent.
        share: Option<Many<Id>>,
        /// The first indicator per `n` of the second.
        per: Option<Many<Id>>,
        /// How many of the second indicator `per` refers to.
        n: Option<Number>,
        /// The sum of the indicators.
        sum: Option<Many<Id>>,
        /// The first indicator less the second.
        difference: Option<Many<Id>>,
        /// The share of areas that meet a target, in percent.
        share_meeting: Option<Id>,
        /// The number of areas that meet a target.
        count_meeting: Option<Id>,
        /// The tier or group of the areas that are counted.
        of: Option<Id>,
    }
    rules: [
        Rule::ExactlyOne(&["ratio", "share", "per", "sum", "difference", "share_meeting", "count_meeting"]),
        Rule::OneWith("per", &["n"]),
    ]
}

document! {
    /// A link between two calibers: values of the first, multiplied, are values of the second.
    pub struct Link {
        /// The label of the values.
        from: Id,
        /// The label they are carried over to.
        to: Id,
        /// The factor; `1` where they compare as they stand.
        times: Number,
    }
}

words! {
    /// How a mark follows from the values of a group of areas.
    #[non_exhaustive]
    pub enum PeerRule {
        /// The best value.
        Best = "best",
        /// The worst value.
        Worst = "worst",
        /// The arithmetic mean.
        Mean = "mean",
        /// The arithmetic mean of the best `n` values.
        MeanOfBest = "mean_of_best",
        /// A percentile, straight between the two nearest values (Hyndman and Fan, type 7).
        Percentile = "percentile",
    }
}

/// A named number of an indicator: given, or derived from peers by a stated rule.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// The number.
    Given(Quantity),
    /// Read off the values of a group.
    FromPeers(PeerMark),
}

document! {
    /// A mark that is read off the values of a group of areas.
    pub struct PeerMark {
        /// Which value of the group it is.
        rule: PeerRule,
        /// The group or tier; every area of the data when not said.
        among: Option<Id>,
        /// The percentile, for the rule of that name.
        percentile: Option<Number>,
        /// How many of the best, for the rule of that name.
        n: Option<Number>,
    }
    rules: [Rule::AtMostOne(&["percentile", "n"])]
}

super::scalar_or_map!(Mark, "Mark", Given(Quantity), FromPeers(PeerMark));

impl PeerMark {
    /// The mark among the values of the group; `None` where there are none, or no such percentile.
    ///
    /// A percentile is counted from the smallest value up, whichever way is better, and read between
    /// neighbours as the share p (n − 1) of the ordered values (Hyndman and Fan, 1996, type 7).
    pub(crate) fn of(&self, mut values: Vec<Exact>, direction: Option<Direction>) -> Option<Exact> {
        crate::sort::sort(&mut values);
        let best_first = |index: usize| match direction? {
            Direction::Increase => values.get(values.len().checked_sub(index + 1)?),
            Direction::Decrease => values.get(index),
            Direction::Within => None,
        };
        let mean = |values: Vec<&Exact>| {
            let count = Exact::from(values.len() as i64);
            values.into_iter().cloned().sum::<Exact>().checked_div(&count)
        };
        match self.rule {
            PeerRule::Best => best_first(0).cloned(),
            PeerRule::Worst => best_first(values.len().checked_sub(1)?).cloned(),
            PeerRule::Mean => mean(values.iter().collect()),
            PeerRule::MeanOfBest => {
                let n = usize::try_from(self.n?.get()).ok().filter(|n| (1..=values.len()).contains(n))?;
                mean((0..n).map(best_first).collect::<Option<_>>()?)
            }
            PeerRule::Percentile => {
                let share = Exact::from(self.percentile?.get()).percent();
                if share.is_negative() || share > Exact::one() {
                    return None;
                }
                let place = share * Exact::from(values.len().checked_sub(1)? as i64);
                let below = place.truncate(0);
                let index = usize::try_from(below.as_fraction()?.0).ok()?;
                let (low, high) = (values.get(index)?, values.get(index + 1).or(values.get(index))?);
                Some(low + &((high - low) * (place - below)))
            }
        }
    }
}

impl Indicator {
    /// Whether values are words and not numbers.
    pub fn is_qualitative(&self) -> bool {
        matches!(self.kind, Some(Kind::YesNo | Kind::Judgement))
    }

    /// What may be stated of the indicator, as help on what may not.
    pub(crate) fn values_help(&self) -> Message {
        const SHOWN: usize = 10;
        if self.kind == Some(Kind::YesNo) {
            return msg!("write `yes` or `no`", "请写`yes`或`no`");
        }
        if !self.is_qualitative() {
            return msg!("write a number with its unit", "请写带单位的数字");
        }
        let shown = |lang| {
            let levels: Vec<_> = self.levels.iter().take(SHOWN).map(|level| format!("`{}`", shorten(level.get(lang)))).collect();
            levels.join(", ")
        };
        let (en, zh) = (shown(Lang::En), shown(Lang::Zh));
        msg!("write one of {en}, or add the level to `levels` of the indicator", "请写{zh}之一,或在指标的`levels`中补上该等级")
    }

    /// The place of a level among the levels, from the worst, by its name in any language.
    pub(crate) fn level(&self, name: &str) -> Option<usize> {
        self.levels.iter().position(|level| level.is(name))
    }

    /// What values of one caliber are multiplied with to be of another, where a link is declared.
    pub(crate) fn link(&self, from: &str, to: &str) -> Option<Exact> {
        let link = self.links.iter().find(|link| link.from.as_str() == from && link.to.as_str() == to)?;
        Some(Exact::from(link.times.get()))
    }

    /// The number of a mark that is given outright.
    pub(crate) fn mark(&self, name: &str) -> Option<&Quantity> {
        match self.marks.get(name)? {
            Mark::Given(quantity) => Some(quantity),
            Mark::FromPeers(_) => None,
        }
    }
}
