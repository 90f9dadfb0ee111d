//! Whether the targets of the parts reach the target of the whole.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::{Map, Value};

use super::divide::{largest, weighted_mean};
use super::hand_down::{hand_down, left_as};
use super::question::{Adding, BoundOf, Family, Question};
use super::rule::{CascadeRule, MissingPart};
use super::{asked, kept, no_such, records};
use crate::column::Column;
use crate::error::Error;
use crate::finding::{Code, Finding};
use crate::number::Exact;
use crate::panel::Panel;
use crate::plan::{CompareWord, Measure, Plan, TargetRow, TargetTable, Toward};
use crate::text::{Message, msg, shorten};
use crate::trace::Step;
use crate::verdict::{AreaNo, decimal_text};

/// Whether the targets of parts reach the target of the whole, and who is short.
#[derive(Clone, Debug)]
pub struct CascadeCheck {
    wholes: Vec<WholeCheck>,
    findings: Vec<Finding>,
    steps: Vec<Vec<Step>>,
    target: String,
}

/// One area with what the targets of its parts come to.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct WholeCheck {
    /// The area.
    pub area: String,
    /// Its target.
    #[serde(serialize_with = "decimal_text")]
    pub bound: Option<Decimal>,
    /// What the targets of the parts come to: their sum, or their weighted mean. Absent where a part
    /// has none, or where it cannot be weighed.
    #[serde(serialize_with = "decimal_text")]
    pub comes_to: Option<Decimal>,
    /// What is missing to the bound, in the direction of the target; negative beyond it.
    #[serde(serialize_with = "decimal_text")]
    pub gap: Option<Decimal>,
    /// Whether the parts reach it; absent where that cannot be said.
    pub reached: Option<bool>,
    /// The parts.
    pub parts: Vec<PartCheck>,
}

/// A part with its target, beside the one that the rule would give it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PartCheck {
    /// The part.
    pub area: String,
    /// Its target; absent where it has none.
    #[serde(serialize_with = "decimal_text")]
    pub bound: Option<Decimal>,
    /// What the rule would give it; absent where the rule cannot say.
    #[serde(serialize_with = "decimal_text")]
    pub by_rule: Option<Decimal>,
    /// How much less it is to do than by the rule, in the direction of the target; negative for more.
    #[serde(serialize_with = "decimal_text")]
    pub short: Option<Decimal>,
}

impl Plan {
    /// Whether the targets of the parts, in a table, reach the target of the whole: how much is
    /// missing, and how much each part is short of what the rule would give it.
    ///
    /// Amounts are added. Shares and intensities are weighed by their denominator or the weights
    /// given, at the baseline. Relative changes and multiples of amounts are weighed by the baseline
    /// values, which is exact: Σ bᵢ(1 + rᵢ) = (Σ bᵢ)(1 + r). Where nothing can be weighed, it is still
    /// decided when every part alone reaches the bound of the whole, or none does: a weighted mean
    /// lies between the smallest and the largest.
    ///
    /// The bound of the whole is taken from the tables or the plan. Where the rule cannot say what a
    /// part should have, the check stands without it, and the findings say why.
    ///
    /// # Errors
    ///
    /// [`Error::Assess`] when it cannot be asked so: no such target, parts that overlap, a bound that is
    /// no number.
    ///
    /// ```
    /// use attainment::{CascadeRule, Columns, Division, Format, Panel, Plan, Record, TargetTable};
    /// let plan = Plan::parse("
    /// attainment: 1
    /// id: housing
    /// areas: { land: {}, east: { parent: land, tier: county }, west: { parent: land, tier: county } }
    /// indicators: { homes: { name: New homes, unit: homes, kind: flow, direction: increase } }
    /// targets: { homes: { indicator: homes, at_least: 1000homes, by: 2025, baseline: 2020, areas: land } }
    /// ", Format::Yaml)?;
    /// let panel = Panel::from_records([Record::new("east", "homes", 2020, 300), Record::new("west", "homes", 2020, 100)]);
    /// let table = TargetTable::from_csv("area,indicator,bound\neast,homes,700\nwest,homes,260\n", &Columns::new())?;
    /// let rule = CascadeRule::new("homes", Division::Proportional).area("land").part("county");
    /// let check = plan.check_cascade(&panel, &rule, &table)?;
    /// assert_eq!(check.wholes()[0].reached, Some(false));
    /// assert_eq!(check.wholes()[0].gap.unwrap().to_string(), "40");
    /// assert_eq!(check.wholes()[0].parts[0].short.unwrap().to_string(), "50");
    /// assert!(check.findings()[0].message.en.contains("`east` by 50"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn check_cascade(&self, panel: &Panel, rule: &CascadeRule, table: &TargetTable) -> Result<CascadeCheck, Error> {
        let mut findings = Vec::new();
        let Some(question) = Question::new(self, panel, asked(rule, Some(table)), &mut findings) else {
            return Err(Error::Assess(kept(findings)));
        };
        let bounds: Vec<_> = question.families.iter().map(|family| question.bound(family.whole)).collect();
        findings.extend(bounds.iter().filter_map(|bound| bound.as_ref().err()).map(|finding| finding.clone().at("/target")));
        let rows: HashMap<String, TargetRow> = table.rows_on(question.id).map(|row| (row.area.clone(), row)).collect();
        if findings.iter().any(Finding::is_error) {
            return Err(Error::Assess(kept(findings)));
        }
        let mut said = Vec::new();
        let handed = hand_down(&question, &rule.document, &mut said);
        // What the rule has to say of its own result is no matter here; why it gives none is.
        let by_rule: HashMap<AreaNo, &Exact> =
            handed.iter().flat_map(|handed| &handed.parts).map(|part| (part.area, &part.bound)).collect();
        let leaves_out = rule.document.missing == Some(MissingPart::LeaveOut);
        let left_out: HashMap<AreaNo, &Message> =
            handed.iter().filter(|_| leaves_out).flat_map(|handed| &handed.left_out).map(|(area, why)| (*area, why)).collect();
        findings.extend(strangers(&question, &rows));
        let mut check = CascadeCheck { wholes: Vec::new(), findings: Vec::new(), steps: Vec::new(), target: question.id.to_owned() };
        for (family, bound) in question.families.iter().zip(bounds.into_iter().flatten()) {
            let mut checking = Checking {
                question: &question,
                rule,
                family,
                bound,
                rows: &rows,
                by_rule: &by_rule,
                left_out: &left_out,
                findings: &mut findings,
            };
            let (whole, steps) = checking.run();
            check.wholes.push(whole);
            check.steps.push(steps);
        }
        findings.extend(said.into_iter().filter(Finding::is_error));
        check.findings = kept(findings);
        Ok(check)
    }
}

/// Rows of areas that take no part in the check: what was meant by them is lost. Those of areas further
/// up or down belong to another step.
fn strangers(question: &Question<'_>, rows: &HashMap<String, TargetRow>) -> Option<Finding> {
    let (observed, families) = (&question.observed, &question.families);
    let mut steps: HashSet<AreaNo> = families.iter().flat_map(|family| family.parts.iter().copied()).collect();
    let within = steps.clone();
    for family in families {
        steps.insert(family.whole);
        steps.extend(observed.ancestors(family.whole));
    }
    let is_known = |area: AreaNo| steps.contains(&area) || observed.ancestors(area).any(|above| within.contains(&above));
    let mut lost: Vec<&TargetRow> = rows.values().filter(|row| !observed.area(&row.area).is_some_and(is_known)).collect();
    lost.sort_by_key(|row| row.number);
    let first = lost.first()?.number;
    let count = lost.len();
    let names = lost.iter().take(10).map(|row| format!("`{}`", shorten(&row.area))).collect::<Vec<_>>().join(", ");
    let message = msg!(
        "{count} rows of the target table are for areas that are no parts: {names}",
        "目标表中有{count}行所属地区不是下级地区:{names}"
    );
    Some(Finding::new(Code::RowOfNoPart, message).at_row(first, None).help(msg!(
        "correct the id, name the area in `parts`, or state its `parent` and `valid` in the plan; it is not counted as it stands",
        "请更正地区代码、将其列入`parts`,或在规划中写明其`parent`和`valid`;目前未计入"
    )))
}

struct Checking<'c, 'a> {
    question: &'c Question<'a>,
    rule: &'c CascadeRule,
    family: &'c Family,
    bound: BoundOf,
    rows: &'c HashMap<String, TargetRow>,
    by_rule: &'c HashMap<AreaNo, &'c Exact>,
    /// Parts that the rule goes on without.
    left_out: &'c HashMap<AreaNo, &'c Message>,
    findings: &'c mut Vec<Finding>,
}

/// A part with its own bound.
struct Own {
    area: AreaNo,
    bound: BoundOf,
}

/// What the check of one area found.
struct Outcome {
    owns: Vec<Own>,
    without: Vec<AreaNo>,
    left_out: Vec<AreaNo>,
    comes_to: Option<Exact>,
    gap: Option<Exact>,
    reached: Option<bool>,
    /// Whether the targets of the parts compare with that of the whole at all.
    is_fit: bool,
    shorts: Vec<(AreaNo, Exact)>,
}

impl Checking<'_, '_> {
    fn id(&self, area: AreaNo) -> String {
        shorten(self.question.observed.id(area))
    }

    fn sign(&self) -> i64 {
        self.bound.toward.sign()
    }

    /// What is missing from a number to the bound; an identity misses what it differs by.
    fn lack(&self, wanted: &Exact, found: &Exact) -> Exact {
        match self.sign() {
            0 => (wanted - found).abs(),
            sign => (wanted - found) * Exact::from(sign),
        }
    }

    fn run(&mut self) -> (WholeCheck, Vec<Step>) {
        let (mut owns, mut without, mut left_out) = (Vec::new(), Vec::new(), Vec::new());
        let (mut is_fit, mut parts) = (true, Vec::new());
        for area in &self.family.parts {
            let read = self.rows.get(self.question.observed.id(*area)).map(|row| self.question.bound_of_row(row));
            let is_left_out = read.is_none() && self.left_out.contains_key(area);
            let own = match read {
                Some(Ok(bound)) => {
                    is_fit &= self.same_way(*area, &bound);
                    Some(bound)
                }
                Some(Err(finding)) => {
                    self.findings.push(finding);
                    None
                }
                None => None,
            };
            parts.push((*area, own.as_ref().map(|own| own.value.clone())));
            match own {
                Some(bound) => owns.push(Own { area: *area, bound }),
                None if is_left_out => left_out.push(*area),
                None => without.push(*area),
            }
        }
        let (comes_to, reached) = if is_fit { self.comes_to(&owns) } else { (None, None) };
        let complete = without.is_empty() && !owns.is_empty();
        let reached = reached.filter(|_| complete);
        let gap = comes_to.as_ref().filter(|_| complete).map(|sum| self.lack(&self.bound.value, sum));
        let decimal = |value: &Exact| value.to_decimal().map(|value| value.normalize());
        let shorts: Vec<(AreaNo, Exact)> =
            parts.iter().filter_map(|(area, own)| Some((*area, self.lack(self.by_rule.get(area)?, own.as_ref()?)))).collect();
        let outcome = Outcome { owns, without, left_out, comes_to, gap, reached, is_fit, shorts };
        self.report(&outcome);
        let steps = self.steps(&outcome);
        let Outcome { comes_to, gap, shorts, .. } = &outcome;
        let short_of: HashMap<AreaNo, &Exact> = shorts.iter().map(|(area, short)| (*area, short)).collect();
        let whole = WholeCheck {
            area: self.question.observed.id(self.family.whole).to_owned(),
            bound: decimal(&self.bound.value),
            comes_to: comes_to.as_ref().filter(|_| complete).and_then(decimal),
            gap: gap.as_ref().and_then(decimal),
            reached,
            parts: parts
                .iter()
                .map(|(area, own)| PartCheck {
                    area: self.question.observed.id(*area).to_owned(),
                    bound: own.as_ref().and_then(decimal),
                    by_rule: self.by_rule.get(area).and_then(|bound| decimal(bound)),
                    short: short_of.get(area).and_then(|short| decimal(short)),
                })
                .collect(),
        };
        (whole, steps)
    }

    /// Whether a part's target points the way the whole's does, and at the same time.
    fn same_way(&mut self, area: AreaNo, own: &BoundOf) -> bool {
        let id = self.id(area);
        if own.toward != self.bound.toward {
            let (word, whole) = (own.word, self.bound.word);
            let message = msg!("`{id}` says `{word}`, and the whole `{whole}`", "`{id}`为`{word}`,整体为`{whole}`");
            self.findings
                .push(Finding::new(Code::PartUnfit, message).help(msg!("write the comparison of the whole", "请写与整体相同的比较方式")));
            return false;
        }
        if own.when != self.bound.when {
            let (when, whole) = (own.when.period(), self.bound.when.period());
            let message =
                msg!("the target of `{id}` is for {when}, and that of the whole for {whole}", "`{id}`的目标期限为{when},整体为{whole}");
            self.findings
                .push(Finding::new(Code::PartUnfit, message).help(msg!("compare targets of the same time", "请比较同一期限的目标")));
            return false;
        }
        true
    }

    /// What the targets come to, and whether that reaches the bound of the whole.
    fn comes_to(&mut self, owns: &[Own]) -> (Option<Exact>, Option<bool>) {
        let question = self.question;
        let areas: Vec<AreaNo> = owns.iter().map(|own| own.area).collect();
        let weights: Option<Vec<Exact>> = match (question.adding, question.measure) {
            (Adding::Amounts, Measure::Level | Measure::Change | Measure::Sum | Measure::Mean) => {
                let sum: Exact = owns.iter().map(|own| own.bound.value.clone()).sum();
                let reached = self.reaches(&sum, owns);
                return (Some(sum), Some(reached));
            }
            // Parts that begin at b and grow by r come to Σ b(1 + r): the baselines weigh.
            (Adding::Amounts, Measure::RelativeChange | Measure::Multiple) => {
                let values = question.baselines(&areas, &mut Vec::new());
                values.into_iter().map(|seen| seen.ok().map(|seen| seen.value).filter(Exact::is_positive)).collect()
            }
            (Adding::Ratios, Measure::Level | Measure::Change) => {
                let source = question.weights(&self.rule.document.weights, self.rule.document.weigh_by.as_ref());
                source.and_then(|source| {
                    let weights = source.of(question.document, &question.observed, &areas, question.baseline, &mut Vec::new());
                    weights.into_iter().map(Result::ok).collect()
                })
            }
            (Adding::Amounts, Measure::AnnualGrowth) => None,
            _ => return (None, None),
        };
        let mean = weights.and_then(|weights| weighted_mean(owns.iter().map(|own| &own.bound.value).zip(&weights)));
        if let Some(mean) = mean {
            let reached = self.reaches(&mean, owns);
            return (Some(mean), Some(reached));
        }
        let reach: Vec<bool> = owns.iter().map(|own| self.reaches(&own.bound.value, std::slice::from_ref(own))).collect();
        let same = owns.windows(2).all(|pair| pair[0].bound.value == pair[1].bound.value);
        let sum = owns.first().filter(|_| same).map(|own| own.bound.value.clone());
        match (reach.iter().all(|reach| *reach), reach.iter().any(|reach| *reach)) {
            (true, _) => (sum, Some(true)),
            // Values on either side of an identity may come to it.
            (_, false) if self.bound.toward != Toward::Inside || same => (sum, Some(false)),
            _ => (sum, None),
        }
    }

    /// Whether a number that parts come to reaches the bound; a strict bound is passed where it is met
    /// and one of the parts is strict itself.
    fn reaches(&self, found: &Exact, owns: &[Own]) -> bool {
        let strict = |word| matches!(word, CompareWord::MoreThan | CompareWord::LessThan);
        match self.lack(&self.bound.value, found).sign() {
            Ordering::Less => self.sign() != 0,
            Ordering::Equal => !strict(self.bound.word) || owns.iter().any(|own| strict(own.bound.word)),
            Ordering::Greater => false,
        }
    }

    fn report(&mut self, outcome: &Outcome) {
        let Outcome { owns, without, left_out, comes_to, gap, reached, is_fit, shorts } = outcome;
        let (whole, unit, bound) = (self.id(self.family.whole), self.question.unit(), &self.bound.value);
        let rule = self.rule.document.rule;
        for area in left_out {
            let why = self.left_out.get(area).copied().cloned().unwrap_or_default();
            self.findings.push(left_as(
                &self.id(*area),
                &why,
                msg!("the others are the whole; give it a target to count it", "其余地区即为整体;给出其目标即计入"),
            ));
        }
        if !without.is_empty() {
            let names = without.iter().take(10).map(|area| format!("`{}`", self.id(*area))).collect::<Vec<_>>().join(", ");
            let count = without.len();
            let so_far = comes_to
                .as_ref()
                .map(|sum| msg!("; the others come to {sum}{unit} of {bound}", ";其余合计{sum}{unit},整体为{bound}"))
                .unwrap_or_default();
            let message = Message {
                en: format!("{count} parts of `{whole}` have no target: {names}{}", so_far.en),
                zh: format!("`{whole}`有{count}个地区没有目标:{names}{}", so_far.zh),
            };
            self.findings.push(
                Finding::new(Code::PartMissing, message)
                    .help(msg!("hand the target down to them, or leave them out of `parts`", "请向其分解目标,或不列入`parts`")),
            );
        } else if *reached == Some(false) {
            let behind: Vec<(AreaNo, Exact)> = shorts.iter().filter(|(_, short)| short.is_positive()).cloned().collect();
            let names: Vec<(String, Exact)> = largest(&behind, |(_, short)| short.clone(), |(area, _)| self.id(*area))
                .into_iter()
                .map(|(area, short)| (self.id(*area), short.clone()))
                .collect();
            let en = names.iter().map(|(id, short)| format!("`{id}` by {short}")).collect::<Vec<_>>().join(", ");
            let zh = names.iter().map(|(id, short)| format!("`{id}`少{short}")).collect::<Vec<_>>().join("、");
            let message = match (comes_to, gap) {
                (Some(sum), Some(gap)) if gap.is_zero() => {
                    let word = self.bound.word;
                    msg!(
                        "the targets of the parts of `{whole}` come to {sum}{unit} exactly, and `{word}` wants to pass it",
                        "`{whole}`各地区目标合计恰为{sum}{unit},而`{word}`要求越过该值"
                    )
                }
                (Some(sum), Some(gap)) => msg!(
                    "the targets of the parts of `{whole}` come to {sum}{unit}, {gap} short of {bound}",
                    "`{whole}`各地区目标合计{sum}{unit},比{bound}差{gap}"
                ),
                _ => msg!(
                    "no part of `{whole}` reaches {bound}{unit}, so the whole does not either",
                    "`{whole}`没有一个地区达到{bound}{unit},整体也达不到"
                ),
            };
            let message = if names.is_empty() {
                message
            } else {
                Message {
                    en: format!("{}; by `{rule}` these are short: {en}", message.en),
                    zh: format!("{};按`{rule}`偏低的有:{zh}", message.zh),
                }
            };
            self.findings.push(
                Finding::new(Code::PartsShort, message)
                    .help(msg!("raise the targets of the parts, or hand the target down anew", "请调整各地区目标,或重新分解")),
            );
        } else if reached.is_none() && *is_fit && !owns.is_empty() {
            let message = msg!(
                "some parts of `{whole}` reach {bound}{unit} and some do not, and nothing says how they are weighed",
                "`{whole}`有的地区达到{bound}{unit}、有的没有,又无从加权"
            );
            self.findings.push(Finding::new(Code::NotChecked, message).help(msg!(
                "add `weigh_by` or `weights`, or the values at the baseline for rates of amounts",
                "请写`weigh_by`或`weights`;数额的增长请提供基期值"
            )));
        }
    }

    fn steps(&self, outcome: &Outcome) -> Vec<Step> {
        let Outcome { owns, without, left_out, comes_to, reached, shorts, .. } = outcome;
        let (whole, unit, bound) = (self.id(self.family.whole), self.question.unit(), &self.bound.value);
        let rule = self.rule.document.rule;
        let mut steps = vec![
            Step::new("target", msg!("the target of `{whole}` is {bound}{unit}", "`{whole}`的目标为{bound}{unit}"))
                .at(self.bound.place.clone()),
        ];
        let short_of: HashMap<AreaNo, &Exact> = shorts.iter().map(|(area, short)| (*area, short)).collect();
        for own in owns {
            let (id, value) = (self.id(own.area), &own.bound.value);
            let mut step =
                Step::new("part", msg!("`{id}` is to come to {value}{unit}", "`{id}`的目标为{value}{unit}")).at(own.bound.place.clone());
            if let (Some(by), Some(short)) = (self.by_rule.get(&own.area), short_of.get(&own.area)) {
                let text = match short.sign() {
                    Ordering::Greater => msg!("by `{rule}` it would be {by}: {short} short", "按`{rule}`应为{by}：少{short}"),
                    Ordering::Less => msg!("by `{rule}` it would be {by}: {} more", "按`{rule}`应为{by}：多{}", -(*short).clone()),
                    Ordering::Equal => msg!("the same as by `{rule}`", "与按`{rule}`分解相同"),
                };
                step.steps.push(Step::new("rule", text));
            }
            steps.push(step);
        }
        for area in without {
            let id = self.id(*area);
            steps.push(Step::new("missing", msg!("`{id}` has no target", "`{id}`没有目标")));
        }
        for area in left_out {
            let id = self.id(*area);
            steps.push(Step::new("left_out", msg!("`{id}` has no target, and is left out", "`{id}`没有目标，未计入")));
        }
        if let Some(sum) = comes_to {
            steps.push(Step::new("sum", msg!("the targets come to {sum}{unit}", "各地区目标合计{sum}{unit}")));
        }
        steps.push(Step::new(
            "result",
            match reached {
                Some(true) => msg!("they reach {bound}{unit}", "达到{bound}{unit}"),
                Some(false) => msg!("they do not reach {bound}{unit}", "没有达到{bound}{unit}"),
                None => msg!("whether they reach {bound}{unit} cannot be said", "是否达到{bound}{unit}无法判断"),
            },
        ));
        steps
    }
}

impl CascadeCheck {
    /// The areas with what the targets of their parts come to.
    pub fn wholes(&self) -> &[WholeCheck] {
        &self.wholes
    }

    /// What is missing and who is short, in words; and why the rule cannot say what a part should have.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Every whole as a record. Decimals are text; what is missing is null.
    pub fn to_records(&self) -> Vec<Map<String, Value>> {
        records(&self.wholes)
    }

    /// The wholes as columns, without their parts. Numbers are decimals of one scale.
    pub fn columns(&self) -> Vec<(&'static str, Column<'static>)> {
        let numbers = |number: fn(&WholeCheck) -> Option<Decimal>| Column::decimals(&self.wholes.iter().map(number).collect::<Vec<_>>());
        vec![
            ("area", Column::words(self.wholes.iter().map(|whole| Some(whole.area.as_str())))),
            ("bound", numbers(|whole| whole.bound)),
            ("comes_to", numbers(|whole| whole.comes_to)),
            ("gap", numbers(|whole| whole.gap)),
            ("reached", Column::answers(self.wholes.iter().map(|whole| whole.reached))),
        ]
    }

    /// The steps of the check of an area.
    pub(crate) fn steps(&self, area: &str) -> Result<(Message, Vec<Step>), Error> {
        let index = self.wholes.iter().position(|whole| whole.area == area).ok_or_else(|| no_such(area))?;
        let target = &self.target;
        Ok((msg!("do the parts of `{area}` reach `{target}`?", "`{area}`各地区能否达到`{target}`？"), self.steps[index].clone()))
    }
}
