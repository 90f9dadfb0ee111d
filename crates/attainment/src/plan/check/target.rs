//! Whether the measure, time and baseline of a target hold together.

use super::Check;
use crate::document::Id;
use crate::finding::Code;
use crate::period::Period;
use crate::plan::indicator::{Indicator, Kind};
use crate::plan::target::{Measure, Member, Target, When};
use crate::text::msg;

impl<'a> Check<'a> {
    pub(super) fn target(&mut self, target: &'a Target) {
        self.target_in(target, None);
    }

    pub(super) fn target_in(&mut self, target: &'a Target, outer: Option<&When>) {
        let when = target.when().or_else(|| outer.cloned()).or_else(|| self.document.when_of(target).map(|when| when.value));
        for (key, period) in [("by", &target.by), ("during", &target.during), ("each", &target.each), ("valid_from", &target.valid_from)] {
            self.within(key, |this| this.period(period.as_ref()));
        }
        self.pair(target.pair.as_ref());
        self.schedules(&target.schedule);
        for (key, id) in [("replaces", &target.replaces), ("repeats", &target.repeats), ("objective", &target.objective)] {
            if let Some(id) = id {
                self.within(key, |this| this.known_id(id, &this.document.targets, "targets"));
            }
        }
        self.within("areas", |this| this.named_areas(&target.areas));
        if target.indicator.is_none() {
            self.combination(target, when.as_ref());
            return;
        }
        if when.is_none() {
            self.report(
                Code::NoDeadline,
                msg!("the target has no deadline, own or inherited", "目标没有期限,也没有可承继的期限"),
                msg!("add `by`, `during` or `each`, or a default", "请写`by`、`during`或`each`,或在`defaults`中给出"),
            );
        }
        let Some(id) = &target.indicator else { return };
        self.within("indicator", |this| this.known_id(id, &this.document.indicators, "indicators"));
        let Some(indicator) = self.document.indicators.get(id.as_str()) else { return };
        self.when(target, when.as_ref(), indicator);
        self.baseline(target, when.as_ref(), indicator);
        self.compare(target, indicator);
    }

    pub(super) fn combination(&mut self, target: &'a Target, when: Option<&When>) {
        let (key, single) = match (&target.all, &target.any, &target.k_of) {
            (Some(_), ..) => ("all", false),
            (_, Some(_), _) => ("any", false),
            (_, _, Some(_)) => ("k_of", false),
            _ => ("not", true),
        };
        self.within(key, |this| {
            if !single && target.members().is_empty() {
                this.report(
                    Code::CompareUnfit,
                    msg!("the combination has no members", "该组合没有成员"),
                    msg!("name the targets it is made of", "请列出组成它的目标"),
                );
            } else if let Some(k_of) = &target.k_of {
                let (k, count) = (k_of.k.get(), k_of.of.len());
                if !k.fract().is_zero() || k < 1.into() || k > count.into() {
                    this.within("k", |this| {
                        this.report(
                            Code::CompareUnfit,
                            msg!("`k` is {k}, and the number of members is {count}", "`k`为{k},而成员有{count}个"),
                            msg!("write a whole number from 1 to {count}", "请写1到{count}的整数"),
                        );
                    });
                }
            }
            for (index, member) in target.members().iter().enumerate() {
                let visit = |this: &mut Self| match member {
                    Member::Named(id) => this.known_id(id, &this.document.targets, "targets"),
                    Member::Inline(inline) => this.target_in(inline, when),
                };
                match (single, key) {
                    (true, _) => visit(this),
                    (_, "k_of") => this.within("of", |this| this.within(&index.to_string(), visit)),
                    _ => this.within(&index.to_string(), visit),
                }
            }
        });
    }

    pub(super) fn when(&mut self, target: &Target, when: Option<&When>, indicator: &Indicator) {
        let is_window = |period: &Period| matches!(period, Period::Window(..)) && period.as_point().is_none();
        for measure in target.measures() {
            if indicator.kind == Some(Kind::Growth) && measure.is_over_window() {
                self.report(
                    Code::RatesDoNotAdd,
                    msg!("`{measure}` of growth rates has no meaning", "增速不能以`{measure}`合计"),
                    msg!(
                        "write `measure: relative_change` or `annual_growth`: rates are chained",
                        "请写`measure: relative_change`或`annual_growth`:增速应连乘"
                    ),
                );
            }
            let needs_point = matches!(measure, Measure::Level | Measure::Rank | Measure::Percentile);
            if let (true, Some(When::During(period))) = (needs_point, when)
                && is_window(period)
            {
                self.report(
                    Code::WindowNeedsSumOrMean,
                    msg!("`{measure}` over `{period}` is ambiguous", "`{measure}`不能用于期限`{period}`"),
                    msg!(
                        "write `measure: sum` or `mean`, `each: {period}`, or `by`",
                        "请写`measure: sum`或`mean`、`each: {period}`,或用`by`"
                    ),
                );
            }
            if measure.is_among_areas() && target.among.is_none() {
                self.report(
                    Code::CompareUnfit,
                    msg!("`{measure}` needs `among`", "`{measure}`须有`among`"),
                    msg!("add `among:` with a group or tier", "请用`among:`给出分组或层级"),
                );
            }
        }
        let ranks = target.measures().into_iter().any(Measure::is_among_areas);
        if target.of.is_some() && !ranks {
            self.within("of", |this| this.only_for_ranks("of"));
        }
        if let Some(among) = &target.among {
            self.among(among, ranks);
        }
    }

    pub(super) fn among(&mut self, among: &Id, ranks: bool) {
        self.within("among", |this| {
            this.named_areas([among]);
            if !ranks {
                this.only_for_ranks("among");
            }
        });
    }

    pub(super) fn only_for_ranks(&mut self, key: &str) {
        self.report(
            Code::CompareUnfit,
            msg!("`{key}` belongs to a rank or a percentile", "`{key}`只用于位次或百分位"),
            msg!("write `measure: rank` or `percentile`, or remove `{key}`", "请写`measure: rank`或`percentile`,或删去`{key}`"),
        );
    }

    pub(super) fn baseline(&mut self, target: &Target, when: Option<&When>, indicator: &Indicator) {
        let Some(baseline) = self.document.baseline_of(target, when) else { return };
        let base = baseline.value.at().end();
        let due = when.and_then(|when| when.period().end());
        if let (Some(base), Some(due)) = (base, due)
            && base.last_day() >= due.last_day()
        {
            self.report(
                Code::WindowReversed,
                msg!("the baseline {base} does not lie before the deadline {due}", "基期{base}不早于期限{due}"),
                msg!("give the target its own baseline", "请为该目标给出自己的基期"),
            );
        }
        if let (false, Some(value)) = (baseline.inherited, baseline.value.value()) {
            self.within("baseline", |this| this.within("value", |this| this.level_quantity(value, indicator)));
        }
    }
}
