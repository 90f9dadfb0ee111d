//! Dividing the target of one area among its parts.

use std::collections::HashSet;

use super::divide::{Claim, Limits, Portion, Trouble, divide, round_toward, weighted_mean};
use super::question::{Adding, BoundOf, Family, Question, compares, unfit};
use super::rule::{Ahead, CascadeDocument, Division, MissingPart};
use super::weigh::{Source, weights_missing};
use crate::assess::{Seen, step_of};
use crate::finding::{Code, Finding};
use crate::number::Exact;
use crate::plan::{Amount, CompareWord, Kind, Measure, amount, level_amount};
use crate::quantity::Quantity;
use crate::text::{Message, msg, shorten};
use crate::unit::Unit;
use crate::verdict::AreaNo;

/// The parts of one area with what they are to do.
#[derive(Clone, Debug)]
pub(super) struct Handed {
    pub(super) whole: AreaNo,
    pub(super) bound: BoundOf,
    /// One unit in the last digit, where anything is rounded.
    pub(super) step: Option<Exact>,
    pub(super) parts: Vec<HandedPart>,
    pub(super) left_out: Vec<(AreaNo, Message)>,
}

#[derive(Clone, Debug)]
pub(super) struct HandedPart {
    pub(super) area: AreaNo,
    /// Its value at the baseline, where that is known.
    pub(super) baseline: Option<Seen>,
    pub(super) weight: Option<Exact>,
    /// Before rounding.
    pub(super) unrounded: Exact,
    pub(super) bound: Exact,
    pub(super) how: How,
}

/// How the number of a part came about.
#[derive(Clone, Debug)]
pub(super) enum How {
    /// By its key among all keys.
    Divided { key: Exact, total: Exact, whole: Exact, extra: bool, limited: bool },
    /// The same as the whole.
    Same,
    /// It is beyond the common value and keeps its own.
    Held { toward: Exact },
    /// A share of its own way to the common value.
    Closed { toward: Exact, closes: Exact },
    /// Its baseline times one factor for all.
    Grown { factor: Exact },
    /// Its baseline plus one change for all.
    Shifted { change: Exact },
}

/// A part before anything is divided.
struct Entrant {
    area: AreaNo,
    baseline: Option<Seen>,
    weight: Option<Exact>,
}

/// What a rule does to a target of this sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// Divide the amount by keys.
    Divide,
    /// The same number for all.
    Copy,
    Converge,
    Grow,
    Shift,
}

/// Which of the rule's ways fits measure and indicator.
fn way(question: &Question<'_>, rule: Division) -> Result<Way, Finding> {
    use Division::{Converge, EqualChange, EqualGrowth, Proportional, Shares};
    use Measure::{AnnualGrowth, Change, Level, Mean, Multiple, RelativeChange, Sum};
    let (id, measure, adding) = (question.id, question.measure, question.adding);
    let is_growth = question.indicator.kind == Some(Kind::Growth);
    match (adding, measure, rule) {
        (Adding::Amounts, Level | Change | Sum | Mean, Proportional | EqualGrowth | Shares) => Ok(Way::Divide),
        (_, RelativeChange | Multiple | AnnualGrowth, EqualGrowth) if !is_growth => Ok(Way::Copy),
        (Adding::Ratios, Level, Converge) => Ok(Way::Converge),
        (Adding::Ratios, Level, EqualGrowth) if !is_growth => Ok(Way::Grow),
        (Adding::Ratios, Level, EqualChange) => Ok(Way::Shift),
        (Adding::Ratios, Change, EqualChange) => Ok(Way::Copy),
        _ => {
            let message = match adding {
                Adding::Amounts => {
                    msg!("`{rule}` has no meaning for the {measure} of `{id}`, an amount", "`{rule}`不适用于数额`{id}`的`{measure}`")
                }
                Adding::Ratios => {
                    msg!(
                        "`{rule}` has no meaning for the {measure} of `{id}`, which does not add up",
                        "`{rule}`不适用于不能相加的`{id}`的`{measure}`"
                    )
                }
            };
            let help = match (adding, measure) {
                (_, RelativeChange | Multiple | AnnualGrowth) if !is_growth => msg!(
                    "write `rule: equal_growth`, or state the target as a `level` to divide it otherwise",
                    "请写`rule: equal_growth`;要以其他方式分解,请将目标写成`level`"
                ),
                (Adding::Amounts, _) => {
                    msg!("write `proportional`, `equal_growth` or `shares`", "请写`proportional`、`equal_growth`或`shares`")
                }
                (Adding::Ratios, Level) if is_growth => msg!("write `converge` or `equal_change`", "请写`converge`或`equal_change`"),
                (Adding::Ratios, Level) => {
                    msg!("write `converge`, `equal_change` or `equal_growth`", "请写`converge`、`equal_change`或`equal_growth`")
                }
                (Adding::Ratios, Change) => msg!("write `rule: equal_change`", "请写`rule: equal_change`"),
                (Adding::Ratios, _) => msg!("state the target as a `level` of one year", "请将目标写成某一年的`level`"),
            };
            Err(unfit(message, help).at("/rule"))
        }
    }
}

/// Keys of the rule that would do nothing: whoever wrote them expects something.
fn unused_keys(rule: &CascadeDocument, way: Way) -> Vec<Finding> {
    let weighed = !matches!(rule.rule, Division::Shares) && (way != Way::Divide || rule.rule == Division::Proportional) && way != Way::Copy;
    let keys = [
        ("weights", !rule.weights.is_empty(), weighed),
        ("weigh_by", rule.weigh_by.is_some(), weighed),
        ("shares", !rule.shares.is_empty(), rule.rule == Division::Shares),
        ("toward", rule.toward.is_some(), way == Way::Converge),
        ("closes", rule.closes.is_some(), way == Way::Converge),
        ("ahead", rule.ahead.is_some(), way == Way::Converge),
        ("floor", rule.floor.is_some(), way == Way::Divide),
        ("ceiling", rule.ceiling.is_some(), way == Way::Divide),
        ("decimals", rule.decimals.is_some(), way != Way::Copy),
    ];
    let finding = |key: &str| {
        let rule = rule.rule;
        unfit(
            msg!("`{key}` does nothing under `{rule}` here", "`{key}`在此处的`{rule}`下不起作用"),
            msg!("remove it, or choose another rule", "请删去,或改用其他规则"),
        )
        .at(format!("/{key}"))
    };
    keys.into_iter().filter(|(_, given, used)| *given && !used).map(|(key, ..)| finding(key)).collect()
}

/// Divides every whole; errors among the findings say why where that is not possible.
pub(super) fn hand_down(question: &Question<'_>, rule: &CascadeDocument, findings: &mut Vec<Finding>) -> Vec<Handed> {
    let way = match way(question, rule.rule) {
        Ok(way) => way,
        Err(finding) => {
            findings.push(finding);
            let bounds = question.families.iter().filter_map(|family| question.bound(family.whole).err());
            findings.extend(bounds.map(|finding| finding.at("/target")));
            return Vec::new();
        }
    };
    findings.extend(unused_keys(rule, way));
    if question.target.stretch.is_some() {
        let id = question.id;
        findings.push(
            Finding::new(
                Code::StretchNotHandedDown,
                msg!("`{id}` is handed down at its bound, without its stretch", "`{id}`按目标值分解,不含其`stretch`"),
            )
            .at("/target")
            .help(msg!("hand the stretch down as a target of its own", "请将`stretch`写成单独的目标再分解")),
        );
    }
    if question.adding == Adding::Ratios && way == Way::Copy {
        let id = question.id;
        findings.push(
            Finding::new(
                Code::CompositionShifts,
                msg!(
                    "the same change everywhere is the change of `{id}` of the whole only while the parts keep their weight",
                    "只有各地区所占分量不变时,各地区`{id}`同样的变动才等于整体的变动"
                ),
            )
            .at("/rule")
            .help(msg!("hand down a `level` with weights, or check the result with them", "请以`level`加权分解,或用权重核对结果")),
        );
    }
    let mut handed = Vec::new();
    for family in &question.families {
        match question.bound(family.whole) {
            Ok(bound) => handed.extend(Dividing { question, rule, way, family, bound, findings: &mut *findings }.run()),
            Err(finding) => findings.push(finding.at("/target")),
        }
    }
    handed
}

struct Dividing<'q, 'a> {
    question: &'q Question<'a>,
    rule: &'q CascadeDocument,
    way: Way,
    family: &'q Family,
    bound: BoundOf,
    findings: &'q mut Vec<Finding>,
}

type Results = Vec<(Exact, Exact, How)>;

impl Dividing<'_, '_> {
    fn id(&self, area: AreaNo) -> String {
        shorten(self.question.observed.id(area))
    }

    fn errors(&self) -> usize {
        self.findings.iter().filter(|finding| finding.is_error()).count()
    }

    fn add_up(&mut self, message: Message, help: Message) {
        self.findings.push(Finding::new(Code::CannotAddUp, message).help(help));
    }

    fn run(mut self) -> Option<Handed> {
        let before = self.errors();
        let step = self.step();
        let closes = self.fraction("closes", self.rule.closes.as_ref());
        self.strangers();
        let (entrants, left_out) = self.entrants(closes.as_ref());
        if self.errors() > before || entrants.is_empty() {
            return None;
        }
        let results = match self.way {
            Way::Divide => self.divided(&entrants, step.as_ref()?)?,
            Way::Copy => entrants.iter().map(|_| (self.bound.value.clone(), self.bound.value.clone(), How::Same)).collect(),
            Way::Converge => self.converged(&entrants, step.as_ref()?, closes)?,
            Way::Grow => self.grown(&entrants, step.as_ref()?)?,
            Way::Shift => self.shifted(&entrants, step.as_ref()?)?,
        };
        for (_, bound, _) in &results {
            if bound.to_decimal().is_none_or(|decimal| Exact::from(decimal) != *bound) {
                let message = msg!("the target {bound} of a part has more than 28 digits", "下级目标{bound}超过28位数字");
                self.add_up(message, msg!("use a larger unit, or fewer decimals", "请改用更大的单位或更少的小数位"));
                return None;
            }
        }
        let parts: Vec<HandedPart> = entrants
            .into_iter()
            .zip(results)
            .map(|(Entrant { area, baseline, weight }, (unrounded, bound, how))| HandedPart {
                area,
                baseline,
                weight,
                unrounded,
                bound,
                how,
            })
            .collect();
        self.look_over(&parts, left_out.is_empty());
        Some(Handed { whole: self.family.whole, bound: self.bound, step, parts, left_out })
    }

    /// One unit in the last digit of a part.
    fn step(&mut self) -> Option<Exact> {
        if self.way == Way::Copy {
            return None;
        }
        match self.rule.decimals.map(|decimals| u32::try_from(decimals.get())) {
            Some(Ok(decimals)) if decimals <= 28 && self.rule.decimals.is_some_and(|given| given.get().is_integer()) => {
                Some(Exact::one() / Exact::from(10).pow(decimals))
            }
            Some(_) => {
                let message = msg!("`decimals` is a whole number from 0 to 28", "`decimals`须为0至28的整数");
                self.findings.push(unfit(message, msg!("write `decimals: 0` for whole numbers", "整数请写`decimals: 0`")).at("/decimals"));
                None
            }
            None => self.written_step(),
        }
    }

    /// One unit in the last digit that is published, or written in the bound. A bound in another unit
    /// than the indicator's (1.2万家 of 家) says nothing of how finely a part is counted: what counts
    /// are the digits of the bound in the indicator's unit.
    fn written_step(&self) -> Option<Exact> {
        let (bound, indicator) = (&self.bound, self.question.indicator);
        let step = step_of(Some(&bound.quantity), self.question.measure, indicator)?;
        let value = bound.value.to_decimal().filter(|value| indicator.decimals.is_none() && Exact::from(*value) == bound.value);
        let digit = value.map(|value| Exact::one() / Exact::from(10).pow(value.normalize().scale()));
        Some(digit.map_or(step.clone(), |digit| digit.min(step)))
    }

    /// A number between 0 and 1, bare or in percent.
    fn fraction(&mut self, key: &str, quantity: Option<&Quantity>) -> Option<Exact> {
        let quantity = quantity?;
        let found = fraction(quantity).filter(|share| share.is_positive() && *share <= Exact::one());
        if found.is_none() {
            let message = msg!("`{quantity}` is not a share", "`{quantity}`不是比例");
            self.findings.push(
                unfit(message, msg!("write a share above 0 % and up to 100 %", "请写大于0%、不超过100%的比例")).at(format!("/{key}")),
            );
        }
        found
    }

    /// A level of the rule in the indicator's unit.
    fn level(&mut self, key: &str, quantity: Option<&Quantity>) -> Option<Exact> {
        let measure = if key == "toward" { Measure::Level } else { self.question.measure };
        let read = match measure {
            Measure::Level => level_amount(quantity?, self.question.indicator),
            measure => amount(quantity?, measure, self.question.indicator),
        };
        match read {
            Ok(Amount::Known(value)) => Some(value),
            Ok(_) => {
                let message = msg!("`{key}` is not a known number", "`{key}`不是已知的数");
                self.findings.push(unfit(message, msg!("write a number with its unit", "请写带单位的数字")).at(format!("/{key}")));
                None
            }
            Err(finding) => {
                self.findings.push(finding.at(format!("/{key}")));
                None
            }
        }
    }

    /// The parts with the values that the rule needs; those without are findings, or left out.
    fn entrants(&mut self, closes: Option<&Exact>) -> (Vec<Entrant>, Vec<(AreaNo, Message)>) {
        let (question, rule, areas) = (self.question, self.rule, &self.family.parts);
        let all_the_way = closes.is_none_or(|closes| *closes == Exact::one()) && (rule.toward.is_none() || closes.is_some());
        let by_own = rule.rule != Division::Shares && rule.weights.is_empty() && rule.weigh_by.is_none();
        let needs_baseline = match self.way {
            Way::Divide => by_own,
            Way::Converge => !(all_the_way && rule.ahead == Some(Ahead::Converge)),
            Way::Grow | Way::Shift => true,
            Way::Copy => false,
        };
        let solves = self.way == Way::Converge && rule.toward.is_some() && closes.is_none();
        let needs_weight = matches!(self.way, Way::Grow | Way::Shift)
            || solves
            || (self.way == Way::Divide && rule.rule == Division::Proportional && !by_own);
        let source =
            if question.adding == Adding::Ratios || needs_weight { question.weights(&rule.weights, rule.weigh_by.as_ref()) } else { None };
        if needs_weight && source.is_none() {
            self.findings.push(weights_missing(question.indicator_id).at("/weights"));
            return (Vec::new(), Vec::new());
        }
        if question.baseline.is_none() && (needs_baseline || (needs_weight && source.is_some_and(Source::needs_period))) {
            let message = msg!("neither the rule nor the target states a baseline", "规则和目标都没有写基期");
            self.findings.push(unfit(message, msg!("add `baseline: 2020` to the rule", "请在规则中写`baseline: 2020`")).at("/baseline"));
            return (Vec::new(), Vec::new());
        }
        let mut left_out: Vec<(AreaNo, Message)> = Vec::new();
        for area in &self.family.outside {
            left_out.push((*area, msg!("it does not exist at the deadline", "期限时该地区不存在")));
        }
        let reads_baseline = question.baseline.is_some() || needs_baseline;
        // A baseline that is only shown has nothing to complain of.
        let mut aside = Vec::new();
        let baselines = match (needs_baseline, reads_baseline) {
            (true, _) => question.baselines(areas, self.findings),
            (false, true) => question.baselines(areas, &mut aside),
            (false, false) => areas.iter().map(|_| Err(Message::default())).collect(),
        };
        let weights: Vec<Option<Result<Exact, Message>>> = match source {
            Some(source) => {
                source.of(question.document, &question.observed, areas, question.baseline, self.findings).into_iter().map(Some).collect()
            }
            None => areas.iter().map(|_| None).collect(),
        };
        let mut entrants = Vec::new();
        for ((area, baseline), weight) in areas.iter().zip(baselines).zip(weights) {
            let why = match (&baseline, &weight) {
                (Err(why), _) if needs_baseline => Some(why.clone()),
                (_, Some(Err(why))) if needs_weight => Some(why.clone()),
                _ if rule.rule == Division::Shares && !rule.shares.contains_key(question.observed.id(*area)) => {
                    Some(msg!("the rule gives it no share", "规则没有给出其份额"))
                }
                _ => None,
            };
            match why {
                Some(why) if rule.missing == Some(MissingPart::LeaveOut) => left_out.push((*area, why)),
                Some(why) => self.findings.push(missing(&self.id(*area), &why)),
                None => entrants.push(Entrant { area: *area, baseline: baseline.ok(), weight: weight.and_then(Result::ok) }),
            }
        }
        for (area, why) in &left_out {
            self.findings.push(left(&self.id(*area), why));
        }
        if entrants.is_empty() && !left_out.is_empty() {
            let message = msg!("no part is left to divide among", "没有可供分解的下级地区");
            self.findings.push(Finding::new(Code::NoParts, message).help(msg!("give the values of the parts", "请给出各地区的值")));
        }
        if self.way == Way::Converge && entrants.iter().any(|entrant| entrant.weight.is_none()) {
            // Some weights are no weights: the mean would be of other areas.
            entrants.iter_mut().for_each(|entrant| entrant.weight = None);
        }
        (entrants, left_out)
    }

    /// Shares of areas that are no parts: what was meant for them is lost.
    fn strangers(&mut self) {
        if self.question.families.len() == 1 {
            let known: HashSet<&str> = self.family.parts.iter().map(|area| self.question.observed.id(*area)).collect();
            for name in self.rule.shares.keys().filter(|name| !known.contains(name.as_str())) {
                let name = shorten(name);
                self.findings.push(
                    Finding::new(Code::NoParts, msg!("`{name}` has a share and is no part", "`{name}`有份额但不是下级地区"))
                        .at("/shares")
                        .help(msg!("name it in `parts`, or give its share to others", "请在`parts`中列出,或将其份额分给其他地区")),
                );
            }
        }
    }

    /// Amounts, by keys.
    fn divided(&mut self, entrants: &[Entrant], step: &Exact) -> Option<Results> {
        let before = self.errors();
        if self.bound.word == CompareWord::About
            && self.question.target.tolerance.as_ref().is_some_and(|tolerance| !tolerance.unit().is_some_and(Unit::is_percent))
        {
            let message = msg!("the tolerance is that of the whole, and each part would have it", "容许差属于整体,不能由各地区各自适用");
            self.findings
                .push(unfit(message, msg!("state the tolerance in percent of the bound", "请将容许差写成目标值的百分比")).at("/target"));
        }
        let limits =
            Limits { floor: self.level("floor", self.rule.floor.as_ref()), ceiling: self.level("ceiling", self.rule.ceiling.as_ref()) };
        if let (Some(floor), Some(ceiling)) = (&limits.floor, &limits.ceiling)
            && floor > ceiling
        {
            let message = msg!("the floor {floor} is above the ceiling {ceiling}", "下限{floor}高于上限{ceiling}");
            self.findings.push(unfit(message, msg!("exchange the two", "请对调二者")).at("/floor"));
        }
        let shares = if self.rule.rule == Division::Shares { self.shares(entrants) } else { None };
        let keys: Vec<Exact> = match shares {
            Some(shares) => shares,
            None => entrants.iter().map(key_of).collect(),
        };
        for (entrant, key) in entrants.iter().zip(&keys) {
            let id = self.id(entrant.area);
            if key.is_negative() {
                self.findings.push(
                    Finding::new(
                        Code::PartUnfit,
                        msg!(
                            "`{id}` counts {key}: nothing is in proportion to a negative number",
                            "`{id}`的基数为{key}:负数不能作为分解的比例"
                        ),
                    )
                    .help(msg!("divide by `weights` or `shares` instead", "请改用`weights`或`shares`分解")),
                );
            } else if key.is_zero() && self.rule.rule != Division::Shares && limits.floor.is_none() {
                self.findings.push(
                    Finding::new(Code::ZeroBaseline, msg!("`{id}` counts 0, and gets nothing", "`{id}`的基数为0,分得0"))
                        .help(msg!("set a `floor`, or divide by `weights` or `shares`", "请设`floor`,或改用`weights`或`shares`分解")),
                );
            }
        }
        if self.errors() > before {
            return None;
        }
        let ids: Vec<&str> = entrants.iter().map(|entrant| self.question.observed.id(entrant.area)).collect();
        let claims: Vec<Claim<'_>> = ids.iter().zip(&keys).map(|(id, key)| Claim { id, key: key.clone() }).collect();
        let (whole, unit) = (self.bound.value.clone(), self.question.unit());
        match divide(&whole, step, &claims, &limits) {
            Ok(portions) => {
                let total: Exact = keys.iter().cloned().sum();
                let result = |(Portion { quota, amount, extra, limited }, key): (Portion, Exact)| {
                    (quota, amount, How::Divided { key, total: total.clone(), whole: whole.clone(), extra, limited })
                };
                return Some(portions.into_iter().zip(keys).map(result).collect());
            }
            Err(Trouble::NoKeys) => self.add_up(
                msg!("all parts count 0, and nothing is in proportion to that", "各地区的基数都为0,无从按比例分解"),
                msg!("divide by `weights` or `shares`", "请改用`weights`或`shares`分解"),
            ),
            Err(Trouble::NotInSteps(number)) => self.add_up(
                msg!(
                    "{number}{unit} is not a multiple of {step}, to which the parts are rounded",
                    "{number}{unit}不是舍入单位{step}的整数倍"
                ),
                msg!("allow more `decimals`", "请放宽`decimals`"),
            ),
            Err(Trouble::FloorTooHigh(sum)) => self.add_up(
                msg!("at their limit the parts come to {sum}{unit}, more than {whole}", "各地区取限值时合计{sum}{unit},超过{whole}"),
                msg!("move `floor` or `ceiling`", "请调整`floor`或`ceiling`"),
            ),
            Err(Trouble::CeilingTooLow(sum)) => self.add_up(
                msg!("at their limit the parts come to {sum}{unit}, less than {whole}", "各地区取限值时合计{sum}{unit},不足{whole}"),
                msg!("move `floor` or `ceiling`", "请调整`floor`或`ceiling`"),
            ),
        }
        None
    }

    /// The shares of the parts: each has one, and they are the whole.
    fn shares(&mut self, entrants: &[Entrant]) -> Option<Vec<Exact>> {
        let mut shares = Vec::new();
        for entrant in entrants {
            let Some(quantity) = self.rule.shares.get(self.question.observed.id(entrant.area)) else { continue };
            match fraction(quantity) {
                Some(share) => shares.push(share),
                None => {
                    let message = msg!("`{quantity}` is not a share", "`{quantity}`不是比例");
                    self.findings.push(unfit(message, msg!("write `25%` or `0.25`", "请写`25%`或`0.25`")).at("/shares"));
                }
            }
        }
        let sum: Exact = shares.iter().cloned().sum();
        if shares.len() == entrants.len() && sum != Exact::one() {
            let percent = sum * Exact::from(100);
            self.findings.push(
                Finding::new(Code::SharesSum, msg!("the shares sum to {percent} %", "份额合计{percent}%")).at("/shares").help(msg!(
                    "make them sum to 100 %, or give `weights` with `rule: proportional`",
                    "请使其合计为100%,或改用`rule: proportional`并写`weights`"
                )),
            );
        }
        Some(shares)
    }

    /// Shares and intensities, toward a common value.
    fn converged(&mut self, entrants: &[Entrant], step: &Exact, closes: Option<Exact>) -> Option<Results> {
        let given = self.level("toward", self.rule.toward.as_ref());
        if self.rule.toward.is_some() && given.is_none() {
            return None;
        }
        let sign = self.bound.toward.sign();
        let toward = given.clone().unwrap_or_else(|| self.bound.value.clone());
        let is_ahead =
            |entrant: &Entrant| entrant.baseline.as_ref().is_some_and(|seen| ((&seen.value - &toward) * Exact::from(sign)).is_positive());
        let mut held = vec![false; entrants.len()];
        for (entrant, held) in entrants.iter().zip(&mut held) {
            match self.rule.ahead {
                _ if !is_ahead(entrant) => {}
                Some(Ahead::Hold) => *held = true,
                Some(Ahead::Converge) => {}
                None => {
                    let (id, value) =
                        (self.id(entrant.area), entrant.baseline.as_ref().map(|seen| seen.value.clone()).unwrap_or_else(Exact::zero));
                    self.findings.push(
                        Finding::new(
                            Code::PartAhead,
                            msg!("`{id}` stands at {value}, beyond the common value {toward}", "`{id}`为{value},已优于共同值{toward}"),
                        )
                        .at("/ahead")
                        .help(msg!(
                            "write `ahead: hold` to let it keep its value, or `ahead: converge` to bring it back",
                            "请写`ahead: hold`使其保持,或`ahead: converge`使其回到共同值"
                        )),
                    );
                }
            }
        }
        if self.rule.ahead.is_none() && entrants.iter().any(is_ahead) {
            return None;
        }
        let closes = match (closes, given) {
            (Some(closes), _) => closes,
            (None, None) => Exact::one(),
            (None, Some(_)) => self.solved(entrants, &held, &toward)?,
        };
        let part = |(entrant, held): (&Entrant, &bool)| {
            let own = entrant.baseline.as_ref().map(|seen| seen.value.clone());
            match own {
                Some(own) if *held => (own.clone(), own, How::Held { toward: toward.clone() }),
                _ if closes == Exact::one() => {
                    (toward.clone(), toward.clone(), How::Closed { toward: toward.clone(), closes: closes.clone() })
                }
                own => {
                    let own = own.unwrap_or_else(|| toward.clone());
                    let value = &own + &((&toward - &own) * &closes);
                    (value.clone(), round_toward(&value, step, sign), How::Closed { toward: toward.clone(), closes: closes.clone() })
                }
            }
        };
        Some(entrants.iter().zip(&held).map(part).collect())
    }

    /// The share of its way that every part has to close so that the weighted mean is the bound.
    fn solved(&mut self, entrants: &[Entrant], held: &[bool], toward: &Exact) -> Option<Exact> {
        let (mut total, mut now, mut way) = (Exact::zero(), Exact::zero(), Exact::zero());
        for (entrant, held) in entrants.iter().zip(held) {
            let (Some(seen), Some(weight)) = (&entrant.baseline, &entrant.weight) else { continue };
            total = total + weight;
            now = now + &seen.value * weight;
            if !held {
                way = way + (toward - &seen.value) * weight;
            }
        }
        let bound = self.bound.value.clone();
        let closes = (&bound * &total - now).checked_div(&way);
        match closes {
            Some(closes) if !closes.is_negative() && closes <= Exact::one() => Some(closes),
            Some(closes) => {
                let percent = closes * Exact::from(100);
                self.add_up(
                    msg!(
                        "to bring the whole to {bound}, every part would close {percent} % of its way to {toward}",
                        "要使整体达到{bound},各地区须走完至{toward}差距的{percent}%"
                    ),
                    msg!("set `toward` further, or say what `ahead` does", "请将`toward`定得更远,或另设`ahead`"),
                );
                None
            }
            None => {
                self.add_up(
                    msg!("no part has any way to {toward}, or none has a weight", "没有一个地区与{toward}有差距,或都没有权重"),
                    msg!("set `toward` further", "请将`toward`定得更远"),
                );
                None
            }
        }
    }

    /// The weighted mean of the baselines.
    fn mean(&mut self, entrants: &[Entrant]) -> Option<Exact> {
        let pairs = entrants.iter().filter_map(|entrant| Some((&entrant.baseline.as_ref()?.value, entrant.weight.as_ref()?)));
        let mean = weighted_mean(pairs);
        if mean.is_none() {
            self.add_up(msg!("the weights sum to 0", "权重合计为0"), msg!("give weights above 0", "请给出大于0的权重"));
        }
        mean
    }

    fn grown(&mut self, entrants: &[Entrant], step: &Exact) -> Option<Results> {
        let mean = self.mean(entrants)?;
        if !mean.is_positive() {
            self.add_up(
                msg!("the whole stands at {mean}, and nothing grows from there", "整体为{mean},无从计算增长"),
                msg!("write `rule: equal_change`", "请写`rule: equal_change`"),
            );
            return None;
        }
        let (factor, sign) = (&self.bound.value / &mean, self.bound.toward.sign());
        Some(from_baselines(entrants, step, sign, |own| own * &factor, || How::Grown { factor: factor.clone() }))
    }

    fn shifted(&mut self, entrants: &[Entrant], step: &Exact) -> Option<Results> {
        let mean = self.mean(entrants)?;
        let (change, sign) = (&self.bound.value - &mean, self.bound.toward.sign());
        Some(from_baselines(entrants, step, sign, |own| own + &change, || How::Shifted { change: change.clone() }))
    }

    /// What is worth knowing of a division that was made.
    fn look_over(&mut self, parts: &[HandedPart], complete: bool) {
        let (question, whole) = (self.question, self.id(self.family.whole));
        let by_own = self.rule.weights.is_empty() && self.rule.weigh_by.is_none() && self.rule.rule != Division::Shares;
        if question.adding == Adding::Amounts
            && complete
            && by_own
            && self.way == Way::Divide
            && let Some(published) = self.published()
        {
            let sum: Exact = parts.iter().filter_map(|part| part.baseline.as_ref()).map(|seen| seen.value.clone()).sum();
            if sum != published {
                self.findings.push(
                    Finding::new(
                        Code::PartsDiffer,
                        msg!(
                            "at the baseline the parts of `{whole}` come to {sum}, and the whole to {published}",
                            "基期`{whole}`各地区合计{sum},整体为{published}"
                        ),
                    )
                    .help(msg!(
                        "the whole is divided by the sum of the parts; look for parts that are not named, or count twice",
                        "按各地区合计分解;请检查是否有遗漏或重复的地区"
                    )),
                );
            }
        }
        if self.way == Way::Copy && question.adding == Adding::Amounts {
            for part in parts {
                let (id, own) = (self.id(part.area), part.baseline.as_ref());
                if let Some(seen) = own.filter(|seen| !seen.value.is_positive()) {
                    let value = &seen.value;
                    self.findings.push(
                        Finding::new(
                            Code::PartUnfit,
                            msg!("`{id}` stands at {value}, and nothing grows from there", "`{id}`为{value},无从计算增长"),
                        )
                        .help(msg!("state the target as a `level` or a `change`", "请将目标写成`level`或`change`")),
                    );
                }
            }
        }
        self.look_at_zeros(parts);
        if question.measure == Measure::Level {
            self.look_behind(parts);
        }
        if question.adding == Adding::Ratios && question.measure == Measure::Level {
            self.look_at_limits(parts);
            self.look_at_mean(parts);
        }
    }

    /// What the whole itself publishes at the baseline, where that compares with its parts.
    fn published(&self) -> Option<Exact> {
        let (question, family) = (self.question, self.family);
        if !compares(&question.observed, &family.parts, family.whole, question.indicator_id, &question.want) {
            return None;
        }
        let seen = question.baselines(&[family.whole], &mut Vec::new()).into_iter().next()?;
        seen.ok().map(|seen| seen.value)
    }

    /// Where the whole stands at the baseline: what its parts come to, else what it publishes.
    fn stands(&self, parts: &[HandedPart]) -> Option<Exact> {
        let question = self.question;
        let is_one = question.observed.calibers(&self.family.parts, question.indicator_id, &question.want).len() <= 1;
        let values: Option<Vec<&Exact>> = parts.iter().map(|part| part.baseline.as_ref().map(|seen| &seen.value)).collect();
        let of_parts = values.filter(|_| is_one).and_then(|values| match question.adding {
            Adding::Amounts => Some(values.into_iter().cloned().sum()),
            Adding::Ratios => {
                let weights: Option<Vec<&Exact>> = parts.iter().map(|part| part.weight.as_ref()).collect();
                weights.and_then(|weights| weighted_mean(values.into_iter().zip(weights)))
            }
        });
        of_parts.or_else(|| self.published())
    }

    /// A target behind the baseline: a fall handed down where a rise is wanted, or the other way round.
    fn look_behind(&mut self, parts: &[HandedPart]) {
        let (sign, bound, unit) = (self.bound.toward.sign(), self.bound.value.clone(), self.question.unit());
        let is_behind = |own: &Exact, bound: &Exact| ((own - bound) * Exact::from(sign)).is_positive();
        if let Some(own) = self.stands(parts).filter(|own| is_behind(own, &bound)) {
            let whole = self.id(self.family.whole);
            self.findings.push(
                Finding::new(
                    Code::BoundBehind,
                    msg!(
                        "`{whole}` stands at {own}{unit} at the baseline, and its target of {bound} is behind that",
                        "基期`{whole}`为{own}{unit},其目标{bound}反而落后"
                    ),
                )
                .at("/target")
                .help(msg!(
                    "write `measure: change` if the number is what is added or taken off; else look at its unit, the direction and the baseline",
                    "如该数为增减量,请写`measure: change`;否则请检查其单位、指标方向和基期"
                )),
            );
        }
        // What becomes of those beyond the common value the rule says itself.
        if self.way == Way::Converge {
            return;
        }
        for part in parts {
            let (id, bound) = (self.id(part.area), &part.bound);
            if let Some(seen) = part.baseline.as_ref().filter(|seen| is_behind(&seen.value, bound)) {
                let own = &seen.value;
                self.findings.push(
                    Finding::new(
                        Code::BoundBehind,
                        msg!(
                            "`{id}` stands at {own}{unit} at the baseline, and would get a target of {bound}, behind that",
                            "基期`{id}`为{own}{unit},分得的目标{bound}反而落后"
                        ),
                    )
                    .help(msg!(
                        "divide by another rule or other weights, or look at the target of the whole",
                        "请改用其他规则或权重,或检查整体的目标"
                    )),
                );
            }
        }
    }

    /// Parts that would have something to do, and have nothing by rounding alone.
    fn look_at_zeros(&mut self, parts: &[HandedPart]) {
        let unit = self.question.unit();
        for part in parts.iter().filter(|part| part.bound.is_zero() && !part.unrounded.is_zero()) {
            let (id, unrounded) = (self.id(part.area), &part.unrounded);
            let help = match self.way {
                Way::Divide => msg!("allow more `decimals`, or set a `floor`", "请放宽`decimals`,或设`floor`"),
                _ => msg!("allow more `decimals`", "请放宽`decimals`"),
            };
            self.findings.push(
                Finding::new(
                    Code::RoundedToZero,
                    msg!("`{id}` would have {unrounded}{unit}, which is rounded to 0", "`{id}`应为{unrounded}{unit},取整后为0"),
                )
                .help(help),
            );
        }
    }

    fn look_at_limits(&mut self, parts: &[HandedPart]) {
        let indicator = self.question.indicator;
        let mark = |name: &str| {
            indicator.mark(name).and_then(|quantity| match level_amount(quantity, indicator) {
                Ok(Amount::Known(value)) => Some(value),
                _ => None,
            })
        };
        let is_share = indicator.kind == Some(Kind::Share) && indicator.unit.as_ref().is_some_and(Unit::is_percent);
        let high = mark("ceiling").or(is_share.then(|| Exact::from(100)));
        let low = mark("floor").or(is_share.then(Exact::zero));
        for part in parts {
            let (id, bound) = (self.id(part.area), &part.bound);
            if high.as_ref().is_some_and(|high| bound > high) || low.as_ref().is_some_and(|low| bound < low) {
                self.findings.push(
                    Finding::new(
                        Code::BeyondCeiling,
                        msg!("`{id}` would have to come to {bound}, beyond the natural limit", "`{id}`须达到{bound},超出自然界限"),
                    )
                    .help(msg!(
                        "write `rule: converge`, which goes no further than the common value",
                        "请写`rule: converge`,不会超过共同值"
                    )),
                );
            }
        }
    }

    /// Whether shares that were handed down bring the whole where it has to be.
    fn look_at_mean(&mut self, parts: &[HandedPart]) {
        let (bound, sign, whole) = (self.bound.value.clone(), self.bound.toward.sign(), self.id(self.family.whole));
        let falls_short = |value: &Exact| if sign == 0 { *value != bound } else { ((&bound - value) * Exact::from(sign)).is_positive() };
        if parts.iter().all(|part| !falls_short(&part.bound)) {
            return;
        }
        let weighed: Option<Vec<(&Exact, &Exact)>> = parts.iter().map(|part| Some((&part.bound, part.weight.as_ref()?))).collect();
        match weighed.and_then(|pairs| weighted_mean(pairs.into_iter())) {
            Some(mean) if falls_short(&mean) => self.findings.push(
                Finding::new(
                    Code::PartsShort,
                    msg!(
                        "the targets of the parts of `{whole}` come to {mean}, and the whole is to come to {bound}",
                        "`{whole}`各地区目标加权为{mean},整体目标为{bound}"
                    ),
                )
                .help(msg!("let the parts close more of their way, or leave `closes` out", "请提高`closes`,或不写`closes`")),
            ),
            Some(_) => {}
            None => self.findings.push(
                Finding::new(
                    Code::NotChecked,
                    msg!(
                        "without weights nobody can say whether the parts bring `{whole}` to {bound}",
                        "没有权重,无法判断各地区能否使`{whole}`达到{bound}"
                    ),
                )
                .help(msg!("add `weigh_by` or `weights`", "请写`weigh_by`或`weights`")),
            ),
        }
    }
}

/// What a part counts in a division of amounts.
fn key_of(entrant: &Entrant) -> Exact {
    let own = || entrant.baseline.as_ref().map(|seen| seen.value.clone());
    entrant.weight.clone().or_else(own).unwrap_or_else(Exact::zero)
}

fn from_baselines(entrants: &[Entrant], step: &Exact, sign: i64, of: impl Fn(&Exact) -> Exact, how: impl Fn() -> How) -> Results {
    let part = |entrant: &Entrant| {
        let value = entrant.baseline.as_ref().map_or_else(Exact::zero, |seen| of(&seen.value));
        (value.clone(), round_toward(&value, step, sign), how())
    };
    entrants.iter().map(part).collect()
}

/// A share as written: `25%` or `0.25`.
fn fraction(quantity: &Quantity) -> Option<Exact> {
    let value = Exact::from(quantity.value()?);
    match quantity.unit() {
        None => Some(value),
        Some(unit) if unit.is_percent() => Some(value * unit.factor()),
        Some(_) => None,
    }
}

pub(super) fn missing(id: &str, why: &Message) -> Finding {
    let message = Message { en: format!("`{id}` cannot be counted: {}", why.en), zh: format!("`{id}`无法计入：{}", why.zh) };
    Finding::new(Code::PartMissing, message).help(msg!(
        "give the value, or write `missing: leave_out` to go on without the part: missing is not zero",
        "请给出该值;要排除该地区请写`missing: leave_out`:缺失不等于零"
    ))
}

pub(super) fn left(id: &str, why: &Message) -> Finding {
    let help = msg!(
        "name in `areas` of the target whom it holds for, or the part is judged by the number of the whole",
        "请在目标的`areas`中写明适用地区,否则该地区将按整体的目标值判定"
    );
    left_as(id, why, help)
}

/// A part left out, with what follows from it.
pub(super) fn left_as(id: &str, why: &Message, help: Message) -> Finding {
    let message = Message { en: format!("`{id}` is left out: {}", why.en), zh: format!("`{id}`未计入：{}", why.zh) };
    Finding::new(Code::PartLeftOut, message).help(help)
}
