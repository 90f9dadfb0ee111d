//! Parts and wholes: additions and totals, subsets, grades, compositions.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use super::facts::{Fact, MomentNo, Range};
use super::{Lint, path};
use crate::document::Text;
use crate::finding::Code;
use crate::number::Exact;
use crate::plan::{CompareWord, Composition, Indicator, Kind, Measure, Relation};
use crate::text::{Lang, msg};
use crate::unit::Unit;

impl Lint<'_> {
    pub(super) fn parts(&mut self) {
        self.additions();
        for fact in &self.facts.all {
            self.part_of(fact);
            self.paired_part(fact);
        }
        self.groups();
        self.grades();
        for (id, composition) in &self.document.compositions {
            self.composition(id, composition);
        }
    }

    /// Every addition with its total: declared as a pair, or a change and a level of one indicator
    /// at one moment.
    fn additions(&mut self) {
        let facts = self.facts;
        let mut seen: HashSet<(&str, &str)> = HashSet::new();
        for fact in &facts.all {
            let declared = fact.pair().is_some_and(|pair| pair.relation == Relation::AdditionTotal).then(|| facts.partner(fact)).flatten();
            let implied = || match fact.measure() {
                Some(Measure::Change) => facts.first(fact.indicator_id, Measure::Level, fact.moment),
                _ => None,
            };
            let Some((addition, total)) = declared.or_else(implied).and_then(|other| roles(fact, other)) else { continue };
            if seen.insert((&addition.path, &total.path)) {
                self.addition(addition, total);
            }
        }
    }

    fn addition(&mut self, addition: &Fact<'_>, total: &Fact<'_>) {
        let (Some(factor), Some(added), Some(sum)) = (addition.factor_to(total), &addition.range, &total.range) else { return };
        let added = added.scale(&factor);
        let (Some(add_text), Some(total_text)) = (addition.quantity(), total.quantity()) else { return };
        let rising = !addition.is_upper() && !total.is_upper();
        if rising && added.low > sum.high && !sum.high.is_negative() {
            self.report(
                Code::AdditionExceedsTotal,
                addition.bound_path(),
                msg!("`{add_text}` are added and the total is `{total_text}`", "新增`{add_text}`,而总数为`{total_text}`"),
                msg!("check both numbers: the total includes the addition", "请核对两个数字:总数应包含新增数"),
            );
            return;
        }
        // Lower bounds and masks imply no baseline.
        let (Some(_), Some(number), Some(sum)) = (addition.point(), added.number(), total.point()) else { return };
        let implied = sum - number;
        let unit = total.unit_label();
        let Some(stated) = self.facts.base_value(addition).or_else(|| self.facts.base_value(total)) else {
            self.implied_baseline(addition, &implied, number, sum, unit);
            return;
        };
        if stated != implied {
            self.report(
                Code::ImpliedBaselineDiffers,
                addition.bound_path(),
                msg!(
                    "total less addition is {sum} - {number} = {implied}{unit}, and the stated baseline is {stated}{unit}",
                    "总数减新增为{sum} - {number} = {implied}{unit},而所列基期值为{stated}{unit}"
                ),
                msg!(
                    "correct one of the three; where some dropped out, the addition is gross: count it as a `sum` of a flow",
                    "请更正三者之一;若有退出,新增为毛数:请以流量指标的`sum`计"
                ),
            );
        }
    }

    fn implied_baseline(&mut self, addition: &Fact<'_>, implied: &Exact, number: &Exact, sum: &Exact, unit: &str) {
        let growth = number.checked_div(implied).filter(|_| implied.is_positive());
        let growth = growth.map_or_else(String::new, |growth| format!(", +{} %", (growth * Exact::from(100)).round_half_up(0)));
        let at = addition.baseline.as_ref().map_or_else(|| "YYYY".to_owned(), |baseline| baseline.at().to_string());
        self.report(
            Code::ImpliedBaseline,
            addition.bound_path(),
            msg!(
                "total less addition implies a baseline of {sum} - {number} = {implied}{unit}{growth}, and none is stated",
                "总数减新增推得基期值{sum} - {number} = {implied}{unit}{growth},而规划没有写明"
            ),
            msg!(
                "write `baseline: {{ at: {at}, value: {implied}{unit} }}` if none drops out meanwhile",
                "若期间没有退出,请写`baseline: {{ at: {at}, value: {implied}{unit} }}`"
            ),
        );
    }

    /// The part of an indicator against its whole at the same moment.
    fn part_of(&mut self, fact: &Fact<'_>) {
        let (Some(whole), Some(measure)) = (&fact.indicator.part_of, fact.measure()) else { return };
        let document = self.document;
        let Some((whole, _)) = document.indicators.get_key_value(whole.as_str()) else { return };
        if let Some(whole) = fact.id.and_then(|_| self.facts.first(whole, measure, fact.moment)) {
            self.part_against_whole(fact, whole);
        }
    }

    /// Parts, what came out of a funnel, and the year so far: each is declared as a pair.
    fn paired_part(&mut self, fact: &Fact<'_>) {
        let Some(other) = fact.pair().and_then(|_| self.facts.partner(fact)) else { return };
        match fact.pair().map(|pair| pair.relation) {
            Some(Relation::Subset | Relation::Funnel) => {
                let reported = fact.indicator.part_of.as_ref().is_some_and(|id| id.as_str() == other.indicator_id);
                if !reported || fact.moment != other.moment {
                    self.part_against_whole(fact, other);
                }
            }
            Some(Relation::YtdAndFullYear) => {
                let days = |fact: &Fact<'_>| {
                    let period = fact.when.as_ref()?.period();
                    Some(period.end()?.last_day() - period.start()?.first_day())
                };
                // The pair may stand at either; a masked period has no length.
                match (days(fact), days(other)) {
                    (Some(own), Some(others)) if own < others => self.part_against_whole(fact, other),
                    (Some(own), Some(others)) if own > others => self.part_against_whole(other, fact),
                    _ => {}
                }
            }
            _ => {}
        }
    }

    fn part_against_whole(&mut self, part: &Fact<'_>, whole: &Fact<'_>) {
        if exceeds(part, whole) {
            let (Some(small), Some(large)) = (part.quantity(), whole.quantity()) else { return };
            let (part_name, whole_name) = (part.indicator.name.get(Lang::Zh), whole.indicator.name.get(Lang::Zh));
            self.report(
                Code::PartExceedsWhole,
                part.bound_path(),
                msg!(
                    "`{small}` of `{part_name}` is more than `{large}` of `{whole_name}`, which includes it",
                    "`{part_name}`的`{small}`大于其所属`{whole_name}`的`{large}`"
                ),
                msg!("correct one of the two numbers, or their relation", "请更正其中一个数字,或更正从属关系"),
            );
        }
    }

    /// 各x项: several parts of one whole in one list, taken together.
    fn groups(&mut self) {
        let facts = self.facts;
        let mut lists: HashMap<(&str, &str), Vec<&Fact<'_>>> = HashMap::new();
        let mut order = Vec::new();
        for fact in &facts.all {
            let subset = fact.pair().filter(|pair| pair.relation == Relation::Subset);
            let (Some(group), Some(pair)) = (fact.group(), subset) else { continue };
            let key = (group.as_str(), pair.with.as_str());
            let list = lists.entry(key).or_default();
            if list.is_empty() {
                order.push(key);
            }
            list.push(fact);
        }
        for list in order.iter().filter_map(|key| lists.get(key)).filter(|list| list.len() > 1) {
            let Some(whole) = facts.partner(list[0]) else { continue };
            let lows = list.iter().map(|part| Some(part.range.as_ref()?.low.clone() * part.factor_to(whole)?));
            let (Some(lows), Some(limit), Some(large)) = (lows.collect::<Option<Vec<Exact>>>(), &whole.range, whole.quantity()) else {
                continue;
            };
            let sum: Exact = lows.into_iter().sum();
            let each_fits = list.iter().all(|part| comparable(part, whole) && !exceeds(part, whole));
            if each_fits && sum > limit.high {
                let count = list.len();
                self.report(
                    Code::PartExceedsWhole,
                    list[0].bound_path(),
                    msg!(
                        "the {count} parts of the list are at least {sum} together, and the whole is `{large}`",
                        "列出的{count}个部分合计至少{sum},而整体为`{large}`"
                    ),
                    msg!("correct a part or the whole", "请更正部分或整体的数字"),
                );
            }
        }
    }

    /// 国家级 ≤ 省级及以上 ≤ 市级及以上, of the same things at the same moment.
    fn grades(&mut self) {
        let facts = self.facts;
        let mut same: HashMap<(String, MomentNo), Vec<(Grade, &Fact<'_>)>> = HashMap::new();
        let mut order = Vec::new();
        for fact in facts.all.iter().filter(|fact| fact.measure() == Some(Measure::Level) && fact.range.is_some() && fact.id.is_some()) {
            let Some((grade, what)) = graded(fact.indicator) else { continue };
            let key = (what, fact.moment);
            let list = same.entry(key.clone()).or_default();
            if list.is_empty() {
                order.push(key);
            }
            list.push((grade, fact));
        }
        for list in order.iter().filter_map(|key| same.get(key)) {
            // The first of each grade stands for it; repeats are reported as such.
            let mut wholes: Vec<(Grade, &Fact<'_>)> = Vec::new();
            for (grade, fact) in list.iter().filter(|(grade, _)| grade.and_above) {
                if !wholes.iter().any(|(other, _)| other == grade) {
                    wholes.push((*grade, fact));
                }
            }
            for (grade, part) in list {
                let whole = wholes.iter().find(|(outer, whole)| outer.includes(*grade) && exceeds(part, whole));
                if let Some((_, whole)) = whole {
                    self.grade_order(part, whole);
                }
            }
        }
    }

    fn grade_order(&mut self, part: &Fact<'_>, whole: &Fact<'_>) {
        let (Some(small), Some(large)) = (part.quantity(), whole.quantity()) else { return };
        let name = |fact: &Fact<'_>| {
            let grade = fact.indicator.grade.as_ref().map_or("", |grade| grade.get(Lang::Zh));
            format!("{grade}{}", fact.indicator.name.get(Lang::Zh))
        };
        let (part_name, whole_name) = (name(part), name(whole));
        self.report(
            Code::GradeOrder,
            part.bound_path(),
            msg!(
                "`{small}` of `{part_name}` is more than `{large}` of `{whole_name}`",
                "`{part_name}`的`{small}`多于`{whole_name}`的`{large}`"
            ),
            msg!("the lower grade `and above` includes the higher: correct one of the two", "“及以上”包含更高级别:请更正其一"),
        );
    }

    /// Parts of a whole, wherever all of them are stated for one moment.
    fn composition(&mut self, id: &str, composition: &Composition) {
        let facts = self.facts;
        let document = self.document;
        let parts: Vec<&str> =
            composition.parts.iter().filter_map(|id| document.indicators.get_key_value(id.as_str())).map(|(id, _)| id.as_str()).collect();
        let Some((first, others)) = parts.split_first() else { return };
        let mut moments = HashSet::new();
        for fact in facts.of_indicator(first).filter(|fact| fact.measure() == Some(Measure::Level)) {
            if !moments.insert(fact.moment) {
                continue;
            }
            let rest = others.iter().map(|part| facts.first(part, Measure::Level, fact.moment));
            let Some(rest) = rest.collect::<Option<Vec<_>>>() else { continue };
            let all: Vec<&Fact<'_>> = std::iter::once(fact).chain(rest).collect();
            self.composed(id, composition, &all);
        }
    }

    fn composed(&mut self, id: &str, composition: &Composition, parts: &[&Fact<'_>]) {
        let first = parts[0];
        let numbers = parts.iter().map(|part| Some(part_number(part)? * part.factor_to(first)?));
        let Some(numbers) = numbers.collect::<Option<Vec<Exact>>>() else { return };
        let Some(want) = self.composed_whole(composition, first) else { return };
        let sum: Exact = numbers.into_iter().sum();
        if sum == want {
            return;
        }
        let shown: Vec<String> = parts.iter().filter_map(|part| part.quantity()).map(ToString::to_string).collect();
        let (shown, off) = (shown.join(" + "), (&sum - &want).abs());
        let decimals = parts.iter().filter_map(|part| part.quantity()?.value()).map(|value| value.scale()).max().unwrap_or(0);
        let slack = Exact::ratio(parts.len() as i64, 2) / Exact::from(10).pow(decimals);
        let help = if off <= slack {
            msg!("rounding explains up to {slack}; otherwise a part is {off} off", "四舍五入可造成至多{slack}的差;否则有一部分差{off}")
        } else {
            msg!("a part is {off} off, or one is missing", "有一部分差{off},或缺少一部分")
        };
        let at = first.when.as_ref().map(|when| when.period().to_string()).unwrap_or_default();
        self.report(
            Code::CompositionSum,
            path(&["compositions", id]),
            msg!("{at}: {shown} = {sum}, not {want}", "{at}:{shown} = {sum},不是{want}"),
            help,
        );
    }

    /// What the parts add up to, in the unit of the first: as stated, the whole's value, or 100 %.
    fn composed_whole(&self, composition: &Composition, first: &Fact<'_>) -> Option<Exact> {
        if let Some(sum) = &composition.sums_to {
            return Some(sum.get().into());
        }
        if let Some(whole) = &composition.whole {
            let (whole, _) = self.document.indicators.get_key_value(whole.as_str())?;
            let whole = self.facts.first(whole, Measure::Level, first.moment)?;
            return Some(whole.point()? * &whole.factor_to(first)?);
        }
        first.indicator.unit.as_ref().is_some_and(Unit::is_percent).then(|| Exact::from(100))
    }
}

/// The number of a part. Parts that all lost their unit (6.1 : 50.0 : 43.9) still add up.
fn part_number(part: &Fact<'_>) -> Option<Exact> {
    let bare = || part.quantity().filter(|quantity| quantity.unit().is_none())?.value().map(Exact::from);
    let lost = part.indicator.unit.is_none() && matches!(part.word, CompareWord::Reach | CompareWord::Equals);
    part.point().cloned().or_else(|| lost.then(bare).flatten())
}

/// Which of two facts is the addition and which the total: a change against a level or a sum so
/// far, or what came in a period against a level.
fn roles<'f, 'a>(one: &'f Fact<'a>, other: &'f Fact<'a>) -> Option<(&'f Fact<'a>, &'f Fact<'a>)> {
    // The less, the more it is an addition.
    let rank = |fact: &Fact<'_>| match fact.measure()? {
        Measure::Change => Some(0),
        Measure::Sum => Some(1),
        Measure::Level if fact.indicator.kind == Some(Kind::Flow) => Some(1),
        Measure::Level => Some(2),
        _ => None,
    };
    match rank(one)?.cmp(&rank(other)?) {
        Ordering::Less => Some((one, other)),
        Ordering::Greater => Some((other, one)),
        Ordering::Equal => None,
    }
}

/// Whether a part and its whole are numbers that can be put side by side.
fn comparable(part: &Fact<'_>, whole: &Fact<'_>) -> bool {
    let amounts = [part, whole].iter().all(|fact| matches!(fact.measure(), Some(Measure::Level | Measure::Sum | Measure::Mean)));
    let rates = [part, whole].iter().any(|fact| fact.indicator.kind == Some(Kind::Growth) || fact.word == CompareWord::About);
    // 90多 is 90 and somewhat more: how much more is not said.
    let vague = !whole.is_target() && whole.word == CompareWord::AtLeast;
    amounts && !rates && !vague && !part.is_upper()
}

/// Whether a part is larger than its whole, whatever the masked digits are.
fn exceeds(part: &Fact<'_>, whole: &Fact<'_>) -> bool {
    let (Some(factor), Some(small), Some(large)) = (part.factor_to(whole), &part.range, &whole.range) else { return false };
    let small: Range = small.scale(&factor);
    comparable(part, whole) && small.low > large.high
}

/// The rank of an award, and whether higher ranks count as well.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Grade {
    rank: u8,
    and_above: bool,
}

impl Grade {
    /// Whether everything of a grade is of this one too.
    fn includes(self, other: Self) -> bool {
        self.and_above && other != self && other.rank >= self.rank
    }
}

const GRADES: &[(&str, u8)] = &[
    ("国家级", 4),
    ("省部级", 3),
    ("省级", 3),
    ("地市级", 2),
    ("市级", 2),
    ("县区级", 1),
    ("县级", 1),
    ("区级", 1),
    ("national", 4),
    ("provincial", 3),
    ("municipal", 2),
    ("county", 1),
];

const AND_ABOVE: &[&str] = &["及以上", "以上", " and above", " or above", " and higher", " or higher"];

/// Reads a grade in front of a text: the grade and what follows.
fn leading_grade(text: &str) -> Option<(Grade, &str)> {
    let (rank, rest) = GRADES.iter().find_map(|(word, rank)| Some((*rank, text.strip_prefix(word)?)))?;
    let above = AND_ABOVE.iter().find_map(|words| rest.strip_prefix(words));
    Some((Grade { rank, and_above: above.is_some() }, above.unwrap_or(rest).trim()))
}

/// The grade of what is counted, declared or in front of its name, and what is counted.
fn graded(indicator: &Indicator) -> Option<(Grade, String)> {
    let name = indicator.name.get(Lang::Zh).trim();
    let named = leading_grade(name);
    let stem = named.as_ref().map_or(name, |(_, rest)| rest);
    let stem = stem.strip_suffix("数量").or_else(|| stem.strip_suffix('数')).unwrap_or(stem);
    let grade = match &indicator.grade {
        Some(grade) => leading_grade(&grade.get(Lang::Zh).trim().to_lowercase()).filter(|(_, rest)| rest.is_empty())?.0,
        None => named?.0,
    };
    let scope = indicator.scope.as_ref().map_or("", |scope: &Text| scope.get(Lang::Zh));
    Some((grade, format!("{scope}\n{stem}")))
}
