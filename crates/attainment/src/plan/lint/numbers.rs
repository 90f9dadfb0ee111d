//! Deadlines, baselines, weights and counts.

use indexmap::IndexMap;

use super::facts::{Fact, Said};
use super::{Lint, path, says};
use crate::document::Text;
use crate::finding::Code;
use crate::number::Exact;
use crate::plan::{CompareWord, Direction, Kind, Listing, Measure, Relation, Target, When};
use crate::text::{Lang, msg};
use crate::unit::Unit;

impl Lint<'_> {
    pub(super) fn numbers(&mut self) {
        for fact in &self.facts.all {
            self.own_window(fact);
            self.no_baseline(fact);
            self.baseline_without_value(fact);
            self.holds_at_baseline(fact);
            self.gross_as_net(fact);
        }
        self.weights();
        self.announcements();
    }

    fn own_window(&mut self, fact: &Fact<'_>) {
        match fact.said {
            Said::Target(target) => {
                if let Some(when) = target.when() {
                    self.unresolved(&when, fact.path.clone(), target.baseline.is_some());
                }
            }
            Said::Observation(observation) => {
                if let Some(at) = &observation.at {
                    self.unanchored(at, format!("{}/at", fact.path));
                }
            }
        }
    }

    fn no_baseline(&mut self, fact: &Fact<'_>) {
        let by = fact.is_target() && matches!(fact.when, Some(When::By(_)));
        let needs = fact.measures.iter().all(|measure| measure.needs_base()) && fact.indicator.kind != Some(Kind::Growth);
        if by && needs && fact.baseline.is_none() {
            let measure = fact.measures[0];
            self.report(
                Code::NoBaseline,
                fact.path.clone(),
                msg!("the `{measure}` has nothing to be measured from", "`{measure}`没有可比的基期"),
                msg!(
                    "add `baseline: {{ at: YYYY, value: … }}` here or in `defaults`, or write `during` to compare with the period before",
                    "请在此处或`defaults`中写`baseline: {{ at: YYYY, value: … }}`;若与上一期相比,请用`during`"
                ),
            );
        }
    }

    /// 比“十一五”末降低10%: of what?
    fn baseline_without_value(&mut self, fact: &Fact<'_>) {
        let relative = matches!(fact.measure(), Some(Measure::RelativeChange | Measure::Multiple));
        let dated = !fact.is_target() || matches!(fact.when, Some(When::By(_)));
        let Some(baseline) = fact.baseline.as_ref().filter(|_| relative && dated && fact.indicator.kind != Some(Kind::Growth)) else {
            return;
        };
        let stated = baseline.value().is_some_and(|value| !value.is_unknown()) || self.facts.base_value(fact).is_some();
        if !stated {
            let (at, unit) = (baseline.at(), fact.unit_label());
            self.report(
                Code::BaselineWithoutValue,
                fact.path.clone(),
                msg!("the change is relative to {at}, and the plan states no value of {at}", "变动以{at}为基期,而规划没有写明{at}的数值"),
                msg!("add `baseline: {{ at: {at}, value: …{unit} }}`", "请写`baseline: {{ at: {at}, value: …{unit} }}`"),
            );
        }
    }

    /// A target that asks for what is there already: a maintenance target, or a wrong number.
    fn holds_at_baseline(&mut self, fact: &Fact<'_>) {
        let level_by = fact.is_target() && fact.measure() == Some(Measure::Level) && matches!(fact.when, Some(When::By(_)));
        let (true, Some(base)) = (level_by, self.facts.base_value(fact)) else { return };
        let Some(range) = fact.range.as_ref().filter(|range| !range.masked) else { return };
        let holds = match fact.word {
            CompareWord::AtLeast => base >= range.low,
            CompareWord::MoreThan => base > range.low,
            CompareWord::AtMost => base <= range.low,
            CompareWord::LessThan => base < range.low,
            CompareWord::Within => base >= range.low && base <= range.high,
            CompareWord::Reach if fact.indicator.direction == Some(Direction::Decrease) => base <= range.low,
            CompareWord::Reach => base >= range.low,
            CompareWord::About | CompareWord::Equals => false,
        };
        if holds {
            let unit = fact.unit_label();
            let bound = fact.quantity().map(ToString::to_string).unwrap_or_default();
            self.report(
                Code::HoldsAtBaseline,
                fact.bound_path(),
                msg!("the baseline {base}{unit} satisfies `{bound}` already", "基期值{base}{unit}已满足`{bound}`"),
                msg!(
                    "write `each` with the years it must hold in, or correct the bound or the baseline",
                    "若须逐年保持,请用`each`写明年份;否则请更正界限或基期值"
                ),
            );
        }
    }

    /// 新增 counts what came, a change also what went. They differ where a title can lapse (有效) and
    /// where the indicator counts newcomers by its name.
    fn gross_as_net(&mut self, fact: &Fact<'_>) {
        if fact.measure() != Some(Measure::Change) || fact.indicator.kind == Some(Kind::Flow) {
            return;
        }
        let total = self.facts.partner(fact).filter(|_| fact.pair().is_some_and(|pair| pair.relation == Relation::AdditionTotal));
        let lapses = [Some(fact), total].into_iter().flatten().any(|fact| {
            let mut texts = fact.names();
            texts.extend(fact.indicator.scope.iter().flat_map(Text::all));
            says(&texts, &["有效", "在有效期", "currently valid", "in force"])
        });
        let newcomers = says(&fact.indicator.name.all(), &["新增", "新认定", "新引进", "newly "]);
        if !lapses && !newcomers {
            return;
        }
        let name = fact.indicator.name.get(Lang::Zh);
        self.report(
            Code::GrossAsNet,
            fact.path.clone(),
            msg!(
                "a `change` of `{name}` is net of those that drop out, an addition is not",
                "`{name}`的`change`是扣除退出后的净增,新增数则不是"
            ),
            msg!(
                "write `measure: sum` on an indicator of `kind: flow` that counts the new ones, or confirm that none drops out",
                "请以`kind: flow`的新增数指标写`measure: sum`;或确认没有退出"
            ),
        );
    }

    fn weights(&mut self) {
        let mut sections: IndexMap<&str, Vec<(&str, &Target)>> = IndexMap::new();
        for (id, target) in self.document.targets.iter() {
            let section = target.section.as_ref().map_or("", |section| section.get(Lang::Zh));
            sections.entry(section).or_default().push((id, target));
        }
        for (section, targets) in sections {
            self.section_weights(section, &targets);
        }
    }

    /// Shares of 1 or percentages; bare numbers may be points of 100.
    fn section_weights(&mut self, section: &str, targets: &[(&str, &Target)]) {
        let weights = targets.iter().filter_map(|(_, target)| target.weight.as_ref());
        let number = |weight: &crate::quantity::Quantity| {
            let value = Exact::from(weight.value()?);
            Some(if weight.unit().is_some_and(Unit::is_percent) { value.percent() } else { value })
        };
        let Some(numbers) = weights.map(number).collect::<Option<Vec<Exact>>>().filter(|numbers| !numbers.is_empty()) else { return };
        let count = numbers.len();
        let sum: Exact = numbers.into_iter().sum();
        let in_percent = targets.iter().any(|(_, target)| target.weight.as_ref().is_some_and(|weight| weight.unit().is_some()));
        if sum == Exact::one() || (!in_percent && sum == Exact::from(100)) {
            return;
        }
        let without = targets.len() - count;
        let Some((id, _)) = targets.iter().find(|(_, target)| target.weight.is_some()) else { return };
        let place = if section.is_empty() { self.document.id.as_str() } else { section };
        let help = if without > 0 {
            msg!(
                "{without} targets of the section have no weight: add theirs, or divide each by {sum}",
                "该部分有{without}个目标没有权重:请补上,或各除以{sum}"
            )
        } else {
            msg!("correct a weight, or divide each by {sum}", "请更正权重,或各除以{sum}")
        };
        self.report(
            Code::WeightsSum,
            path(&["targets", id, "weight"]),
            msg!("the {count} weights of `{place}` sum to {sum}, not 1", "`{place}`的{count}个权重合计{sum},不是1"),
            help,
        );
    }

    /// 8个方面, and seven follow.
    fn announcements(&mut self) {
        for (id, announcement) in &self.document.announcements {
            let (count, listed) = (announcement.count.get(), announcement.listed.len());
            let open = announcement.list == Some(Listing::Open);
            let too_few = !open && count > listed.into();
            if listed == 0 || !(too_few || count < listed.into()) {
                continue;
            }
            let name = announcement.name.get(Lang::Zh);
            self.report(
                Code::CountDiffers,
                path(&["announcements", id]),
                msg!("`{name}` announces {count} and lists {listed}", "`{name}`称{count}个,列出{listed}个"),
                msg!(
                    "list all {count}, correct the count to {listed}, or write `list: open` if more exist than are named",
                    "请列全{count}个,或把数目改为{listed};若未全部列出,请写`list: open`"
                ),
            );
        }
    }
}
