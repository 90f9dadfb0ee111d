//! What is asked: which areas are the whole and its parts, which target, which values.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::weigh::Source;
use crate::assess::{Observed, Seen};
use crate::document::{Id, nearest_word};
use crate::finding::{Code, Finding};
use crate::number::Exact;
use crate::period::{Period, Point};
use crate::plan::{
    Amount, CompareWord, Indicator, Kind, Measure, Plan, PlanDocument, Target, TargetRow, TargetTable, Toward, UnitOf, When, amount,
};
use crate::quantity::Quantity;
use crate::text::{Message, msg, shorten};
use crate::verdict::{AreaNo, Reason, Want};

/// Whether values of areas add up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Adding {
    /// Counts and amounts.
    Amounts,
    /// Shares, intensities and rates of growth, which are weighed.
    Ratios,
}

impl Adding {
    /// What the indicator says of itself; nothing is assumed.
    pub(super) fn of(indicator: &Indicator, id: &str) -> Result<Self, Finding> {
        let quotient = indicator.formula.as_ref().is_some_and(|formula| {
            formula.ratio.is_some() || formula.share.is_some() || formula.per.is_some() || formula.share_meeting.is_some()
        });
        let is_amount = indicator.unit.as_ref().is_none_or(crate::unit::Unit::is_amount);
        match indicator.kind {
            Some(Kind::YesNo | Kind::Judgement) => Err(unfit(
                msg!("`{id}` is a word and no number", "`{id}`是文字而非数值"),
                msg!("name the parts in `areas` of the target: each of them has to reach it", "请在目标的`areas`中列出各地区:各自都须达到"),
            )),
            _ if quotient => Ok(Self::Ratios),
            Some(Kind::Share | Kind::Growth) => Ok(Self::Ratios),
            // The unit of a quotient or a pure number tells more than the word.
            _ if !is_amount => Ok(Self::Ratios),
            Some(Kind::Stock | Kind::Flow) => Ok(Self::Amounts),
            None => Err(Finding::new(
                Code::KindUnknown,
                msg!("`{id}` does not say whether its values add up over areas", "`{id}`没有说明各地区的值能否相加"),
            )
            .help(msg!(
                "add `kind: stock` or `kind: flow` to the indicator if they do, `kind: share` or a formula if they are weighed",
                "能相加请在指标中写`kind: stock`或`kind: flow`;须加权请写`kind: share`或公式"
            ))),
        }
    }
}

/// The whole and its parts.
#[derive(Clone, Debug)]
pub(super) struct Family {
    pub(super) whole: AreaNo,
    pub(super) parts: Vec<AreaNo>,
    /// Parts by name that do not exist at the time.
    pub(super) outside: Vec<AreaNo>,
}

/// The names of a rule: what it is that is divided or added up, and into what.
pub(super) struct Names<'a> {
    pub(super) area: &'a [Id],
    pub(super) parts: &'a [Id],
    /// When the parts have to exist.
    pub(super) at: Option<Point>,
}

/// Sorts out who belongs to whom; what is not certain is a finding.
pub(super) fn families(plan: &PlanDocument, observed: &Observed<'_>, names: &Names<'_>, findings: &mut Vec<Finding>) -> Vec<Family> {
    let home: Vec<Id> = plan.area.iter().cloned().collect();
    let area = if names.area.is_empty() { &home } else { names.area };
    for (list, key, en, zh) in [(area, "area", "area", "地区"), (names.parts, "parts", "part", "下级地区")] {
        if list.is_empty() {
            findings.push(
                Finding::new(Code::NoParts, msg!("the rule names no {en}", "规则没有写明{zh}"))
                    .at(format!("/{key}"))
                    .help(msg!("add `{key}:` with areas, a tier or a group", "请写`{key}:`,列出地区、层级或分组")),
            );
        }
    }
    let wholes: Vec<AreaNo> = named(observed, area, "area", findings).into_iter().map(|(number, _)| number).collect();
    let members = named(observed, names.parts, "parts", findings);
    let placed = members.iter().any(|(member, _)| observed.parent(*member).is_some());
    let mut families = Vec::new();
    for whole in &wholes {
        let name = shorten(observed.id(*whole));
        let is_part = |member: AreaNo| if placed { observed.is_below(member, *whole) } else { member != *whole };
        let (parts, outside): (Vec<AreaNo>, Vec<AreaNo>) = members
            .iter()
            .map(|(member, _)| *member)
            .filter(|member| is_part(*member))
            .partition(|member| exists(plan, observed.id(*member), names.at));
        if !members.is_empty() && parts.is_empty() {
            findings.push(
                Finding::new(Code::NoParts, msg!("none of the parts is known to lie below `{name}`", "没有一个下级地区属于`{name}`"))
                    .at("/parts")
                    .help(msg!("state `parent: {name}` on its areas in the plan", "请在规划的各地区中写`parent: {name}`")),
            );
        }
        let within: HashSet<AreaNo> = parts.iter().copied().collect();
        for part in &parts {
            if let Some(above) = observed.ancestors(*part).find(|above| within.contains(above)) {
                findings.push(counted_twice(observed.id(*part), observed.id(above)));
            }
        }
        families.push(Family { whole: *whole, parts, outside });
    }
    if !placed && wholes.len() > 1 && !members.is_empty() {
        findings.push(
            Finding::new(
                Code::NoParts,
                msg!("the parts state no parent, and there are several wholes", "各下级地区没有写明上级,而上级不止一个"),
            )
            .at("/parts")
            .help(msg!("state `parent` on the areas in the plan", "请在规划的各地区中写`parent`")),
        );
    }
    let belonging: HashSet<AreaNo> =
        families.iter().flat_map(|family: &Family| family.parts.iter().chain(&family.outside)).copied().collect();
    let above: HashSet<AreaNo> = wholes.iter().copied().collect();
    for (member, by_name) in &members {
        let (id, belongs, is_whole) = (shorten(observed.id(*member)), belonging.contains(member), above.contains(member));
        let message = if is_whole && (!placed || *by_name) {
            Some((Code::PartsOverlap, msg!("`{id}` is the whole and one of its parts", "`{id}`既是上级又是其下级地区")))
        } else if belongs || is_whole || wholes.is_empty() {
            None
        } else if *by_name {
            Some((Code::NoParts, msg!("`{id}` does not lie below the whole", "`{id}`不属于该上级地区")))
        } else if observed.parent(*member).is_none() {
            Some((Code::NoParts, msg!("`{id}` states no parent, and others do", "`{id}`没有写明上级,而其他地区写明了")))
        } else {
            None
        };
        if let Some((code, message)) = message {
            findings.push(Finding::new(code, message).at("/parts").help(msg!(
                "state the `parent` of the area in the plan, or do not name it",
                "请在规划中写明该地区的`parent`,或不要列出它"
            )));
        }
    }
    families
}

fn counted_twice(id: &str, above: &str) -> Finding {
    let (id, above) = (shorten(id), shorten(above));
    Finding::new(Code::PartsOverlap, msg!("`{id}` lies below `{above}`, and both are parts", "`{id}`属于`{above}`,而两者都列为下级地区"))
        .at("/parts")
        .help(msg!("name one tier", "请只列一个层级"))
}

/// The areas of a list of names, each once, and whether it is named itself.
fn named(observed: &Observed<'_>, names: &[Id], key: &str, findings: &mut Vec<Finding>) -> Vec<(AreaNo, bool)> {
    let mut found: Vec<(AreaNo, bool)> = Vec::new();
    let mut seen: HashSet<AreaNo> = HashSet::new();
    for name in names {
        let members: Vec<(AreaNo, bool)> = match (observed.group(name.as_str()), observed.area(name.as_str())) {
            (Some(members), _) => members.iter().map(|member| (*member, false)).collect(),
            (None, Some(area)) => vec![(area, true)],
            (None, None) => {
                findings.push(unknown(name.as_str(), &observed.names(), "area, tier or group", "地区、层级或分组").at(format!("/{key}")));
                Vec::new()
            }
        };
        found.extend(members.into_iter().filter(|(area, _)| seen.insert(*area)));
    }
    crate::sort::sort(&mut found);
    found
}

/// Whether an area is there at the end of a period, as far as the plan says.
fn exists(plan: &PlanDocument, id: &str, at: Option<Point>) -> bool {
    let valid = plan.areas.get(id).and_then(|area| area.valid.as_ref());
    let (Some(valid), Some(at)) = (valid, at) else { return true };
    let day = at.last_day();
    valid.start().is_none_or(|start| start.first_day() <= day) && valid.end().is_none_or(|end| end.last_day() >= day)
}

pub(super) fn unknown(id: &str, known: &[&str], en: &str, zh: &str) -> Finding {
    let shown = shorten(id);
    let help = match nearest_word(id, known) {
        Some(near) => msg!("did you mean `{near}`?", "是否为`{near}`?"),
        None => msg!("name one that the plan declares", "请写规划中声明的{zh}"),
    };
    Finding::new(Code::UnknownReference, msg!("there is no {en} `{shown}`", "没有{zh}`{shown}`")).help(help)
}

pub(super) fn no_indicator(plan: &PlanDocument, id: &str) -> Finding {
    let known: Vec<&str> = plan.indicators.keys().map(String::as_str).collect();
    unknown(id, &known, "indicator", "指标")
}

/// Whether a rule weighs by an indicator that the plan does not have, which is found.
pub(super) fn weigher_unknown(plan: &PlanDocument, by: Option<&Id>, findings: &mut Vec<Finding>) -> bool {
    let unknown = by.filter(|by| !plan.indicators.contains_key(by.as_str()));
    findings.extend(unknown.map(|by| no_indicator(plan, by.as_str()).at("/weigh_by")));
    unknown.is_some()
}

pub(super) fn unfit(message: Message, help: Message) -> Finding {
    Finding::new(Code::CascadeUnfit, message).help(help)
}

/// The bound of an area, in the unit it is judged in.
#[derive(Clone, Debug)]
pub(super) struct BoundOf {
    pub(super) value: Exact,
    pub(super) quantity: Quantity,
    pub(super) word: CompareWord,
    pub(super) toward: Toward,
    pub(super) when: When,
    /// Where it stands: in the plan, or in a row of a table.
    pub(super) place: String,
}

/// A target of a plan, and what is known around it.
pub(super) struct Question<'a> {
    pub(super) document: &'a PlanDocument,
    pub(super) id: &'a str,
    pub(super) target: &'a Target,
    pub(super) indicator_id: &'a str,
    pub(super) indicator: &'a Indicator,
    pub(super) measure: Measure,
    pub(super) adding: Adding,
    pub(super) want: Want,
    pub(super) observed: Observed<'a>,
    /// The period whose values are divided by.
    pub(super) baseline: Option<Point>,
    /// The baseline the target itself states or inherits.
    pub(super) own_baseline: Option<Period>,
    pub(super) families: Vec<Family>,
    /// The rows of the tables on this target, by area; the first table that has one wins.
    rows: HashMap<String, TargetRow>,
}

/// What a question is made of.
pub(super) struct Asked<'a> {
    pub(super) target: &'a Id,
    pub(super) area: &'a [Id],
    pub(super) parts: &'a [Id],
    pub(super) baseline: Option<&'a Period>,
    pub(super) vintage: Option<&'a Period>,
    pub(super) weigh_by: Option<&'a Id>,
    /// Tables that may hold the bound of the whole, the first of them first.
    pub(super) tables: Vec<&'a TargetTable>,
}

/// What is divided or checked: a target with one number to it.
struct Subject<'a> {
    id: &'a str,
    target: &'a Target,
    indicator_id: &'a str,
    indicator: &'a Indicator,
    measure: Measure,
    adding: Adding,
}

impl<'a> Subject<'a> {
    fn find(document: &'a PlanDocument, target: &Id, findings: &mut Vec<Finding>) -> Option<Self> {
        let Some((_, id, target)) = document.targets.get_full(target.as_str()) else {
            let known: Vec<&str> = document.targets.keys().map(String::as_str).collect();
            findings.push(unknown(target.as_str(), &known, "target", "目标").at("/target"));
            return None;
        };
        let indicator = target.indicator.as_ref().and_then(|id| document.indicators.get_key_value(id.as_str()));
        let Some((indicator_id, indicator)) = indicator else {
            findings.push(
                unfit(
                    msg!("`{id}` combines other targets", "`{id}`是其他目标的组合"),
                    msg!("hand down its members one by one", "请逐一分解其成员目标"),
                )
                .at("/target"),
            );
            return None;
        };
        let measures = target.measures();
        let measure = match measures.as_slice() {
            [measure] if measure.is_among_areas() => {
                let message = msg!("`{id}` is a place among areas, which has no parts", "`{id}`是地区间的位次,不能分解");
                findings
                    .push(unfit(message, msg!("state a `level` that stands for the rank", "请改写为与位次相当的`level`")).at("/target"));
                None
            }
            [measure] => Some(*measure),
            _ => {
                findings.push(
                    unfit(
                        msg!("`{id}` has several readings", "`{id}`有多种读法"),
                        msg!("state one `measure` in the plan", "请在规划中只写一个`measure`"),
                    )
                    .at("/target"),
                );
                None
            }
        };
        let adding = Adding::of(indicator, indicator_id).map_err(|finding| findings.push(finding.at("/target"))).ok();
        Some(Self { id, target, indicator_id, indicator, measure: measure?, adding: adding? })
    }
}

impl<'a> Question<'a> {
    /// The question, unless something in it does not exist or has no number.
    pub(super) fn new(plan: &'a Plan, panel: &crate::panel::Panel, asked: Asked<'a>, findings: &mut Vec<Finding>) -> Option<Self> {
        let document = plan.document();
        let vintage = asked.vintage.and_then(|period| moment(period, "vintage", findings));
        let mut tables = asked.tables;
        tables.extend(plan.table().map(|table| &**table));
        let observed = Observed::new(plan, panel, tables.first().copied(), vintage);
        let subject = Subject::find(document, asked.target, findings);
        let when = subject.as_ref().and_then(|subject| document.when_of(subject.target)).map(|when| when.value);
        let own_baseline = subject
            .as_ref()
            .and_then(|subject| document.baseline_of(subject.target, when.as_ref()))
            .map(|baseline| baseline.value.at().clone());
        let baseline = match asked.baseline {
            Some(period) => moment(period, "baseline", findings),
            None => own_baseline.as_ref().and_then(Period::end),
        };
        let at = when.as_ref().and_then(|when| when.period().end());
        let families = families(document, &observed, &Names { area: asked.area, parts: asked.parts, at }, findings);
        let is_weighed_by_nobody = weigher_unknown(document, asked.weigh_by, findings);
        // Only here: whoever asks for two things that do not exist is told of both.
        let Subject { id, target, indicator_id, indicator, measure, adding } = subject.filter(|_| !is_weighed_by_nobody)?;
        let label = |id: &Option<Id>| id.as_ref().map(|id| id.as_str().to_owned());
        let want = Want { caliber: label(&target.caliber).or_else(|| label(&indicator.caliber)), breakdown: label(&target.breakdown) };
        let mut rows = HashMap::new();
        for row in tables.iter().flat_map(|table| table.rows_on(id)) {
            rows.entry(row.area.clone()).or_insert(row);
        }
        Some(Self {
            document,
            id,
            target,
            indicator_id,
            indicator,
            measure,
            adding,
            want,
            observed,
            baseline,
            own_baseline,
            families,
            rows,
        })
    }

    /// The unit the target is judged in, in front of which a space stands.
    pub(super) fn unit(&self) -> String {
        UnitOf::new(self.measure, self.indicator).label().map(|label| format!(" {label}")).unwrap_or_default()
    }

    /// The bound of an area: of a table, or of the plan where the target holds for the area.
    pub(super) fn bound(&self, area: AreaNo) -> Result<BoundOf, Finding> {
        let name = self.observed.id(area);
        match self.rows.get(name) {
            Some(row) => self.bound_of_row(row),
            None => self.bound_of_plan(name),
        }
    }

    fn bound_of_plan(&self, area: &str) -> Result<BoundOf, Finding> {
        let (id, shown) = (self.id, shorten(area));
        let inherited = self.document.defaults.as_ref().map_or(&[][..], |defaults| &defaults.areas);
        let holds_for = if self.target.areas.is_empty() { inherited } else { &self.target.areas };
        let groups = self.document.areas.get(area).map(|area| area.tier.iter().chain(&area.groups).collect::<Vec<_>>()).unwrap_or_default();
        if !holds_for.is_empty() && !holds_for.iter().any(|name| name.as_str() == area || groups.contains(&name)) {
            return Err(unfit(
                msg!("`{id}` does not hold for `{shown}`", "`{id}`不适用于`{shown}`"),
                msg!(
                    "name the area that has the target, or give its bound in a target table",
                    "请写有该目标的地区,或在目标表中给出其目标值"
                ),
            ));
        }
        let (word, bounds) = self.target.compare().unwrap_or((CompareWord::Reach, Vec::new()));
        let when = self.document.when_of(self.target).map(|when| when.value);
        let quantity = bounds.first().and_then(|bound| bound.quantity());
        self.checked(quantity, word, when, format!("/targets/{id}"))
    }

    pub(super) fn bound_of_row(&self, row: &TargetRow) -> Result<BoundOf, Finding> {
        let number = row.number;
        if row.measure.is_some_and(|measure| measure != self.measure) {
            let message = msg!("row {number} of the target table has another measure", "目标表第{number}行的度量不同");
            return Err(unfit(message, msg!("write the same `measure` as the target", "请写与目标相同的`measure`")).at_row(number, None));
        }
        let word = row.compare.or_else(|| self.target.compare().map(|(word, _)| word)).unwrap_or(CompareWord::Reach);
        let when = row.when.clone().or_else(|| self.document.when_of(self.target).map(|when| when.value));
        let checked = self.checked(row.bound.as_ref(), word, when, format!("row {number} of the target table"));
        checked.map_err(|finding| finding.at_row(number, None))
    }

    fn checked(&self, quantity: Option<&Quantity>, word: CompareWord, when: Option<When>, place: String) -> Result<BoundOf, Finding> {
        let id = self.id;
        let no_number = |en: &str, zh: &str| {
            unfit(
                msg!("the bound of `{id}` is {en}", "`{id}`的目标值{zh}"),
                msg!("give the number in a target table", "请在目标表中给出数值"),
            )
        };
        if word == CompareWord::Within {
            let message = msg!("`{id}` is an interval, and its two ends do not divide alike", "`{id}`是区间,两端不能同样分解");
            return Err(unfit(message, msg!("hand down one end as a target of its own", "请将其中一端写成单独的目标再分解")));
        }
        let quantity = quantity.ok_or_else(|| no_number("another value or a word", "是另一数值或文字"))?;
        let value = match amount(quantity, self.measure, self.indicator)? {
            Amount::Known(value) => value,
            Amount::Masked => return Err(no_number("masked", "被遮蔽")),
            Amount::Unknown => return Err(no_number("not stated", "没有给出")),
            Amount::UnitLost => return Err(no_number("without the unit it needs", "缺少单位")),
        };
        let Some(when) = when else {
            let message = msg!("`{id}` has neither a deadline nor a window", "`{id}`没有期限");
            return Err(unfit(message, msg!("add `by`, `during` or `each` to the target", "请在目标中写`by`、`during`或`each`")));
        };
        let toward = Toward::new(word, self.indicator.direction, self.measure);
        Ok(BoundOf { value, quantity: quantity.clone(), word, toward, when, place })
    }

    /// The values of areas at the baseline; none where no baseline is stated, which is for the caller to
    /// say once.
    pub(super) fn baselines(&self, areas: &[AreaNo], findings: &mut Vec<Finding>) -> Vec<Result<Seen, Message>> {
        let Some(at) = self.baseline else { return areas.iter().map(|_| Err(Message::default())).collect() };
        values(&self.observed, areas, self.indicator_id, &self.want, at, findings)
    }

    /// Who says how much each part counts.
    pub(super) fn weights(&self, given: &'a crate::document::Map<crate::quantity::Number>, by: Option<&'a Id>) -> Option<Source<'a>> {
        Source::new(given, by, self.indicator)
    }
}

/// The end of a period that has to have one.
pub(super) fn moment(period: &Period, key: &str, findings: &mut Vec<Finding>) -> Option<Point> {
    let end = period.end();
    if end.is_none() {
        findings.push(
            Finding::new(Code::BadPeriod, msg!("`{period}` has no place in time", "`{period}`没有确定的时间"))
                .at(format!("/{key}"))
                .help(msg!("write a period such as `2020`", "请写期,如`2020`")),
        );
    }
    end
}

/// Whether what the whole publishes is of the caliber of its parts.
pub(super) fn compares(observed: &Observed<'_>, parts: &[AreaNo], whole: AreaNo, indicator: &str, want: &Want) -> bool {
    let (of_parts, of_whole) = (observed.calibers(parts, indicator, want), observed.calibers(&[whole], indicator, want));
    of_parts.is_empty() || of_whole.is_empty() || of_parts == of_whole
}

/// The values of areas at a period, and why there is none. Values of different calibers are found.
pub(super) fn values(
    observed: &Observed<'_>,
    areas: &[AreaNo],
    indicator: &str,
    want: &Want,
    at: Point,
    findings: &mut Vec<Finding>,
) -> Vec<Result<Seen, Message>> {
    let calibers: BTreeSet<Option<&str>> = observed.calibers(areas, indicator, want);
    if calibers.len() > 1 {
        let named: Vec<String> = calibers.iter().map(|label| format!("`{}`", label.map_or_else(|| "-".to_owned(), shorten))).collect();
        let named = named.join(", ");
        findings.push(
            Finding::new(
                Code::PartUnfit,
                msg!(
                    "the values of `{indicator}` have different calibers over the areas: {named}",
                    "各地区`{indicator}`的口径不同:{named}"
                ),
            )
            .help(msg!(
                "state the `caliber` of the indicator, and `links` from the others to it",
                "请写明指标的`caliber`,并用`links`声明其他口径的换算"
            )),
        );
    }
    let of = |seen: Result<Seen, Reason>| match seen {
        Ok(seen) if !seen.is_exact => Err(msg!("its value for {at} is not known exactly", "其{at}的值不确切")),
        Ok(seen) => Ok(seen),
        Err(Reason::NoObservationAtDeadline | Reason::NoObservation) => Err(msg!("it has no value for {at}", "没有{at}的值")),
        Err(reason) => {
            let why = reason.message();
            Err(Message { en: format!("it has no value for {at}: {}", why.en), zh: format!("没有{at}的值：{}", why.zh) })
        }
    };
    observed.values(areas, indicator, want, at).into_iter().map(of).collect()
}
