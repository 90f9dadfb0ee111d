//! Values of parts, rolled up to the whole.

use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::{Map, Value};

use super::divide::weighted_mean;
use super::hand_down::{left_as, missing};
use super::question::{Adding, Family, Names, compares, families, moment, no_indicator, unfit, values, weigher_unknown};
use super::rule::{MissingPart, RollUpDocument, RollUpRule};
use super::weigh::{Source, weights_missing};
use super::words::row_place;
use super::{kept, no_such, records};
use crate::assess::{Observed, Seen};
use crate::column::Column;
use crate::error::Error;
use crate::finding::{Code, Finding};
use crate::number::Exact;
use crate::panel::Panel;
use crate::period::{Period, Point};
use crate::plan::{Indicator, Plan};
use crate::text::{Message, msg, shorten};
use crate::trace::Step;
use crate::verdict::{Want, decimal_text};

/// Values that were rolled up, beside the values that the wholes publish themselves.
#[derive(Clone, Debug)]
pub struct RollUp {
    wholes: Vec<RolledWhole>,
    findings: Vec<Finding>,
    steps: Vec<Vec<Step>>,
    indicator: String,
}

/// One area with what its parts come to.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RolledWhole {
    /// The area.
    pub area: String,
    /// The period.
    pub period: Period,
    /// What the parts come to: their sum, or their weighted mean. Absent where a part is missing.
    #[serde(serialize_with = "decimal_text")]
    pub value: Option<Decimal>,
    /// What the parts that have a value come to, where others have none.
    #[serde(serialize_with = "decimal_text")]
    pub without_missing: Option<Decimal>,
    /// What the area has as its own observation.
    #[serde(serialize_with = "decimal_text")]
    pub published: Option<Decimal>,
    /// The published value less what the parts come to, as far as they have values.
    #[serde(serialize_with = "decimal_text")]
    pub difference: Option<Decimal>,
    /// Whether rounding to the published decimals explains the difference; absent where the indicator
    /// does not say to how many.
    pub within_rounding: Option<bool>,
    /// The parts that have a value.
    pub parts: Vec<RolledPart>,
    /// The parts that have none.
    pub missing: Vec<String>,
}

/// A part with its value.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RolledPart {
    /// The part.
    pub area: String,
    /// Its value.
    #[serde(serialize_with = "decimal_text")]
    pub value: Option<Decimal>,
    /// How much it counts, where values are weighed.
    #[serde(serialize_with = "decimal_text")]
    pub weight: Option<Decimal>,
}

impl Plan {
    /// Rolls values of parts up to an area: counts and amounts are added, shares and intensities
    /// weighed by the denominator of their formula or by the weights given.
    ///
    /// Where the area has an observation of its own, the two are compared. A difference is a finding
    /// (`parts_differ`), unless rounding to the published decimals explains it: half a unit in the last
    /// digit for each number that was added.
    ///
    /// # Errors
    ///
    /// [`Error::Assess`] when it cannot be asked so: shares without weights, an indicator that does
    /// not say whether it adds up, parts that overlap. A part without a value is a finding, and the
    /// value of the whole is absent: missing is not zero.
    ///
    /// ```
    /// use attainment::{Columns, Format, Panel, Period, Plan, RollUpRule};
    /// let plan = Plan::parse("
    /// attainment: 1
    /// id: schools
    /// areas: { land: {}, a: { parent: land, tier: county }, b: { parent: land, tier: county } }
    /// indicators:
    ///   pupils:   { name: Pupils, unit: persons, kind: stock, direction: increase }
    ///   boarders: { name: Share of boarders, unit: percent, kind: share, direction: increase }
    /// targets: {}
    /// ", Format::Yaml)?;
    /// let panel = Panel::from_csv("area,indicator,year,value\na,pupils,2023,900\nb,pupils,2023,100\na,boarders,2023,10\nb,boarders,2023,50\n", &Columns::new())?;
    /// let rule = RollUpRule::new("boarders", Period::year(2023)).area("land").part("county").weigh_by("pupils");
    /// // (10 × 900 + 50 × 100) / 1000, and not 30.
    /// assert_eq!(plan.roll_up(&panel, &rule)?.wholes()[0].value.unwrap().to_string(), "14");
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn roll_up(&self, panel: &Panel, rule: &RollUpRule) -> Result<RollUp, Error> {
        let mut findings = Vec::new();
        let (document, rule) = (self.document(), &rule.document);
        let found = document.indicators.get_key_value(rule.indicator.as_str());
        let adding = match found {
            Some((id, indicator)) => Adding::of(indicator, id).map_err(|finding| findings.push(finding.at("/indicator"))).ok(),
            None => {
                findings.push(no_indicator(document, rule.indicator.as_str()).at("/indicator"));
                None
            }
        };
        let at = rule.at.as_point();
        if at.is_none() {
            let period = &rule.at;
            let message = msg!("`{period}` is not one period", "`{period}`不是单一的期");
            findings.push(Finding::new(Code::BadPeriod, message).at("/at").help(msg!("write a period such as `2020`", "请写期,如`2020`")));
        }
        let vintage = rule.vintage.as_ref().and_then(|period| moment(period, "vintage", &mut findings));
        let observed = Observed::new(self, panel, None, vintage);
        let families = families(document, &observed, &Names { area: &rule.area, parts: &rule.parts, at }, &mut findings);
        weigher_unknown(document, rule.weigh_by.as_ref(), &mut findings);
        let mut source = None;
        if let (Some((id, indicator)), Some(adding)) = (found, adding) {
            let is_weighed = rule.weigh_by.is_some() || !rule.weights.is_empty();
            match adding {
                Adding::Ratios => {
                    source = Source::new(&rule.weights, rule.weigh_by.as_ref(), indicator);
                    if source.is_none() {
                        findings.push(weights_missing(id).at("/weights"));
                    }
                }
                Adding::Amounts if is_weighed => {
                    let message = msg!("`{id}` is an amount, which is added and not weighed", "`{id}`是数额,应相加而非加权");
                    findings.push(unfit(message, msg!("remove the weights", "请删去权重")).at("/weights"));
                }
                Adding::Amounts => {}
            }
        }
        let (Some((id, indicator)), Some(adding), Some(at), false) = (found, adding, at, findings.iter().any(Finding::is_error)) else {
            return Err(Error::Assess(kept(findings)));
        };
        let mut rolled = RollUp { wholes: Vec::new(), findings: Vec::new(), steps: Vec::new(), indicator: id.clone() };
        let want = Want {
            caliber: indicator.caliber.as_ref().map(|id| id.as_str().to_owned()),
            breakdown: rule.breakdown.as_ref().map(|id| id.as_str().to_owned()),
        };
        let mut rolling =
            Rolling { plan: self, rule, id, indicator, adding, source, observed: &observed, want, at, findings: &mut findings };
        for family in &families {
            let (whole, steps) = rolling.run(family);
            rolled.wholes.push(whole);
            rolled.steps.push(steps);
        }
        // A part without a value keeps the whole from having one; anything else that is wrong stops it.
        if findings.iter().any(|finding| finding.is_error() && finding.code != Code::PartMissing) {
            return Err(Error::Assess(kept(findings)));
        }
        rolled.findings = kept(findings);
        Ok(rolled)
    }
}

struct Rolling<'r, 'a> {
    plan: &'a Plan,
    rule: &'a RollUpDocument,
    id: &'a str,
    indicator: &'a Indicator,
    adding: Adding,
    source: Option<Source<'a>>,
    observed: &'r Observed<'a>,
    want: Want,
    at: Point,
    findings: &'r mut Vec<Finding>,
}

impl Rolling<'_, '_> {
    fn run(&mut self, family: &Family) -> (RolledWhole, Vec<Step>) {
        let (observed, at) = (self.observed, self.at);
        let areas = &family.parts;
        let seen = values(observed, areas, self.id, &self.want, at, self.findings);
        let weights: Vec<Option<Result<Exact, Message>>> = match self.source {
            Some(source) => source.of(self.plan.document(), observed, areas, Some(at), self.findings).into_iter().map(Some).collect(),
            None => areas.iter().map(|_| None).collect(),
        };
        let leaves_out = self.rule.missing == Some(MissingPart::LeaveOut);
        let mut parts: Vec<(String, Seen, Option<Exact>)> = Vec::new();
        let mut gone = Vec::new();
        for ((area, seen), weight) in areas.iter().zip(seen).zip(weights) {
            let name = observed.id(*area).to_owned();
            let why = match (seen, weight.transpose()) {
                (Ok(seen), Ok(weight)) => {
                    parts.push((name, seen, weight));
                    continue;
                }
                (Err(why), _) | (_, Err(why)) => why,
            };
            let shown = shorten(&name);
            self.findings.push(if leaves_out { left_out(&shown, &why) } else { missing(&shown, &why) });
            gone.push(name);
        }
        for area in &family.outside {
            let why = msg!("it does not exist at {at}", "{at}时该地区不存在");
            self.findings.push(left_out(&shorten(observed.id(*area)), &why));
        }
        let sum = self.total(&parts);
        let published = observed.values(&[family.whole], self.id, &self.want, at).into_iter().next();
        let whole = shorten(observed.id(family.whole));
        let compares = compares(observed, areas, family.whole, self.id, &self.want);
        let published = published.and_then(Result::ok).filter(|seen| seen.is_exact && compares);
        if !compares {
            let message = msg!("the value of `{whole}` is of another caliber than those of its parts", "`{whole}`的值与各地区口径不同");
            self.findings.push(Finding::new(Code::CaliberUnfit, message).help(msg!(
                "state the `caliber` of the indicator, and `links` from the others to it",
                "请写明指标的`caliber`,并用`links`声明其他口径的换算"
            )));
        }
        let steps = self.steps(&whole, &parts, &gone, sum.as_ref(), published.as_ref());
        let difference = published.as_ref().zip(sum.as_ref()).map(|(published, sum)| &published.value - sum);
        let within = difference.as_ref().zip(self.slack(parts.len())).map(|(difference, slack)| difference.clone().abs() <= slack);
        if let (Some(difference), Some(sum), Some(published)) = (&difference, &sum, &published)
            && !difference.is_zero()
            && within != Some(true)
        {
            self.differ(&whole, sum, &published.value, difference, &gone);
        }
        let decimal = |value: &Exact| value.to_decimal().map(|value| value.normalize());
        let complete = gone.is_empty() || leaves_out;
        let whole = RolledWhole {
            area: observed.id(family.whole).to_owned(),
            period: Period::Point(at),
            value: sum.as_ref().filter(|_| complete).and_then(decimal),
            without_missing: sum.as_ref().filter(|_| !gone.is_empty()).and_then(decimal),
            published: published.as_ref().and_then(|seen| decimal(&seen.value)),
            difference: difference.as_ref().and_then(decimal),
            within_rounding: within,
            parts: parts
                .iter()
                .map(|(area, seen, weight)| RolledPart {
                    area: area.clone(),
                    value: decimal(&seen.value),
                    weight: weight.as_ref().and_then(decimal),
                })
                .collect(),
            missing: gone,
        };
        (whole, steps)
    }

    /// The sum, or the weighted mean.
    fn total(&mut self, parts: &[(String, Seen, Option<Exact>)]) -> Option<Exact> {
        if parts.is_empty() {
            return None;
        }
        if self.adding == Adding::Amounts {
            return Some(parts.iter().map(|(_, seen, _)| seen.value.clone()).sum());
        }
        let mean = weighted_mean(parts.iter().filter_map(|(_, seen, weight)| Some((&seen.value, weight.as_ref()?))));
        if mean.is_none() {
            let message = msg!("the weights sum to 0", "权重合计为0");
            self.findings.push(Finding::new(Code::CannotAddUp, message).help(msg!("give weights above 0", "请给出大于0的权重")));
        }
        mean
    }

    /// How far rounding alone may take the published value from what the parts come to.
    fn slack(&self, parts: usize) -> Option<Exact> {
        let decimals = u32::try_from(self.indicator.decimals?.get()).ok()?;
        let half = Exact::ratio(1, 2) / Exact::from(10).pow(decimals.min(28));
        let numbers = if self.adding == Adding::Amounts { parts as i64 + 1 } else { 2 };
        Some(half * Exact::from(numbers))
    }

    fn differ(&mut self, whole: &str, sum: &Exact, published: &Exact, difference: &Exact, gone: &[String]) {
        let id = shorten(self.id);
        let size = difference.clone().abs();
        let (more, duo) = if difference.is_negative() { ("less", "少") } else { ("more", "多") };
        let message = if gone.is_empty() {
            msg!(
                "the parts of `{whole}` come to {sum}, and it publishes {published} of `{id}`: {size} {more}",
                "`{whole}`各地区`{id}`合计{sum},公布值为{published}:{duo}{size}"
            )
        } else {
            let names = gone.iter().take(10).map(|name| format!("`{}`", shorten(name))).collect::<Vec<_>>().join(", ");
            let count = gone.len();
            msg!(
                "the parts of `{whole}` that have a value come to {sum}, and it publishes {published} of `{id}`: the {size} between may be those of {count} without one, {names}",
                "`{whole}`有值的各地区`{id}`合计{sum},公布值为{published}:相差{size},可能属于没有值的{count}个地区:{names}"
            )
        };
        self.findings.push(Finding::new(Code::PartsDiffer, message).help(msg!(
            "look for parts that are not named or count twice, for another vintage or scope, or state `decimals` if it is rounding",
            "请检查遗漏或重复的地区、数据版本和统计范围;如因四舍五入,请写明指标的`decimals`"
        )));
    }

    fn steps(
        &self,
        whole: &str,
        parts: &[(String, Seen, Option<Exact>)],
        gone: &[String],
        sum: Option<&Exact>,
        published: Option<&Seen>,
    ) -> Vec<Step> {
        let unit = self.indicator.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
        let mut steps = Vec::new();
        if let Some(source) = self.source {
            let by = source.words(Some(self.at));
            steps.push(Step::new("weight", Message { en: format!("weighed by {}", by.en), zh: format!("权重为{}", by.zh) }));
        }
        for (area, seen, weight) in parts {
            let (area, value) = (shorten(area), &seen.value);
            let text = match weight {
                Some(weight) => msg!("`{area}`: {value}{unit}, counts {weight}", "`{area}`：{value}{unit}，分量{weight}"),
                None => msg!("`{area}`: {value}{unit}", "`{area}`：{value}{unit}"),
            };
            steps.push(row_place(Step::new("value", text), seen.row));
        }
        for area in gone {
            let area = shorten(area);
            steps.push(Step::new("missing", msg!("`{area}`: no value", "`{area}`：没有值")));
        }
        if let Some(sum) = sum {
            let text = match self.adding {
                Adding::Amounts => msg!("they sum to {sum}{unit}", "合计{sum}{unit}"),
                Adding::Ratios => msg!("their weighted mean is {sum}{unit}", "加权平均为{sum}{unit}"),
            };
            steps.push(Step::new("result", text));
        }
        if let Some(published) = published {
            let value = &published.value;
            let text = msg!("`{whole}` itself has {value}{unit}", "`{whole}`自身的值为{value}{unit}");
            steps.push(row_place(Step::new("published", text), published.row));
        }
        steps
    }
}

fn left_out(id: &str, why: &Message) -> Finding {
    left_as(id, why, msg!("what is rolled up is of the others alone", "汇总结果只含其余地区"))
}

impl RollUp {
    /// The areas that were rolled up to, with what their parts come to.
    pub fn wholes(&self) -> &[RolledWhole] {
        &self.wholes
    }

    /// Parts without a value, and differences from what the wholes publish.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Every whole as a record. Decimals are text; what is missing is null.
    pub fn to_records(&self) -> Vec<Map<String, Value>> {
        records(&self.wholes)
    }

    /// The wholes as columns, without their parts. Numbers are decimals of one scale.
    pub fn columns(&self) -> Vec<(&'static str, Column<'static>)> {
        let numbers = |number: fn(&RolledWhole) -> Option<Decimal>| Column::decimals(&self.wholes.iter().map(number).collect::<Vec<_>>());
        let periods: Vec<String> = self.wholes.iter().map(|whole| whole.period.to_string()).collect();
        vec![
            ("area", Column::words(self.wholes.iter().map(|whole| Some(whole.area.as_str())))),
            ("period", Column::words(periods.iter().map(|period| Some(period.as_str())))),
            ("value", numbers(|whole| whole.value)),
            ("without_missing", numbers(|whole| whole.without_missing)),
            ("published", numbers(|whole| whole.published)),
            ("difference", numbers(|whole| whole.difference)),
            ("within_rounding", Column::answers(self.wholes.iter().map(|whole| whole.within_rounding))),
        ]
    }

    /// The steps to what an area's parts come to.
    pub(crate) fn steps(&self, area: &str) -> Result<(Message, Vec<Step>), Error> {
        let index = self.wholes.iter().position(|whole| whole.area == area).ok_or_else(|| no_such(area))?;
        let id = &self.indicator;
        Ok((msg!("`{id}` rolled up to `{area}`", "`{id}`汇总到`{area}`"), self.steps[index].clone()))
    }
}
