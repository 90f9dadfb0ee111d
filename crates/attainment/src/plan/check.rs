//! Whether the parts of a plan fit together.

use std::collections::{BTreeMap, BTreeSet};

use super::bounds::{Amount, UnitOf, added_amount, amount, candidates, level_amount};
use super::indicator::{Formula, Indicator, Kind};
use super::scheme::PlanScheme;
use super::target::{Bound, CompareWord, Measure, Member, Reference, Schedule, Stated, Target, When};
use super::toward::Toward;
use super::{Direction, PlanDocument};
use crate::document::{Id, push_segment};
use crate::finding::{Code, Finding};
use crate::number::Exact;
use crate::period::Period;
use crate::quantity::Quantity;
use crate::text::{Message, msg, shorten};
use crate::unit::Unit;

/// Every finding of the stage `Meaning`, with a path and without a place in the text.
pub(super) fn check(document: &PlanDocument) -> Vec<Finding> {
    let mut check = Check { document, names: area_names(document), path: String::new(), findings: Vec::new() };
    check.header();
    check.section("areas", &document.areas, Check::area);
    check.section("indicators", &document.indicators, Check::indicator);
    check.section("targets", &document.targets, Check::target);
    check.section("observations", &document.observations, Check::observation);
    check.others();
    check.cycles();
    if let Some(PlanScheme::Document(scheme)) = &document.scheme {
        let within = |finding: Finding| Finding { path: format!("/scheme{}", finding.path), ..finding };
        check.findings.extend(super::scheme::check(scheme).into_iter().map(within));
    }
    check.findings
}

/// Areas, tiers and groups that the plan declares.
fn area_names(document: &PlanDocument) -> BTreeSet<&str> {
    let mut names: BTreeSet<&str> = document.area.iter().map(Id::as_str).collect();
    for (id, area) in &document.areas {
        names.insert(id);
        names.extend(area.tier.iter().chain(&area.groups).map(Id::as_str));
    }
    names
}

struct Check<'a> {
    document: &'a PlanDocument,
    names: BTreeSet<&'a str>,
    path: String,
    findings: Vec<Finding>,
}

impl<'a> Check<'a> {
    fn report(&mut self, code: Code, message: Message, help: Message) {
        self.findings.push(Finding::new(code, message).at(self.path.clone()).help(help));
    }

    fn within(&mut self, segment: &str, check: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        push_segment(&mut self.path, segment);
        check(self);
        self.path.truncate(length);
    }

    fn section<T>(&mut self, name: &str, items: &'a indexmap::IndexMap<String, T>, check: fn(&mut Self, &'a T)) {
        self.within(name, |this| {
            for (id, item) in items {
                this.within(id, |this| check(this, item));
            }
        });
    }

    fn header(&mut self) {
        if self.document.attainment.as_str() != super::FORMAT_VERSION {
            let found = &self.document.attainment;
            self.within("attainment", |this| {
                this.report(
                    Code::UnsupportedVersion,
                    msg!("version `{found}` of the format is not known; this library reads `1`", "不支持格式版本`{found}`;本库读取版本`1`"),
                    msg!("write `attainment: 1`, or use a newer version of the library", "请写`attainment: 1`,或改用更新的库"),
                );
            });
        }
        {
            let (key, period) = ("window", &self.document.window);
            self.within(key, |this| this.period(period.as_ref()));
        }
        let Some(defaults) = &self.document.defaults else { return };
        self.within("defaults", |this| {
            for (key, period) in [("by", &defaults.by), ("during", &defaults.during), ("each", &defaults.each)] {
                this.within(key, |this| this.period(period.as_ref()));
            }
            this.within("areas", |this| this.named_areas(&defaults.areas));
            this.schedule(defaults.schedule.as_ref());
        });
    }

    /// The shares of a schedule are numbers, and its steps are periods.
    fn schedule(&mut self, schedule: Option<&Schedule>) {
        let Some(Schedule::Shares(shares)) = schedule else { return };
        self.within("schedule", |this| {
            this.within("steps", |this| {
                for (key, share) in &shares.steps {
                    this.within(key, |this| {
                        this.step_period(key);
                        this.share(share);
                    });
                }
            });
            this.within("seasonal", |this| {
                for (index, share) in shares.seasonal.iter().enumerate() {
                    this.within(&index.to_string(), |this| this.share(share));
                }
            });
        });
    }

    fn step_period(&mut self, key: &str) {
        let shown = shorten(key);
        match key.parse::<Period>() {
            Ok(period @ Period::Masked(_)) => self.period(Some(&period)),
            Ok(period) if period.end().is_some() => {}
            Ok(_) | Err(_) => self.report(
                Code::BadPeriod,
                msg!("`{shown}` is not a period that ends", "`{shown}`不是有终点的期"),
                msg!("write the period a step is reached by, such as `2025` or `2025-Q2`", "请写达到该步的期,如`2025`或`2025-Q2`"),
            ),
        }
    }

    /// A share of a schedule: a percentage or a plain number.
    fn share(&mut self, share: &Quantity) {
        self.stated(share);
        if share.unit().is_some_and(|unit| !unit.is_percent()) {
            self.report(
                Code::UnitMismatch,
                msg!("`{share}` is not a share", "`{share}`不是份额"),
                msg!("write a percentage such as `20%`, or a number from 0 to 1", "请写百分数(如`20%`)或0到1之间的数"),
            );
        }
    }

    /// A number that is masked or not known decides nothing.
    fn stated(&mut self, quantity: &Quantity) {
        match (quantity.value(), quantity.is_masked()) {
            (Some(_), _) => {}
            (None, true) => self.masked(quantity),
            (None, false) => self.unknown(),
        }
    }

    fn masked(&mut self, quantity: &Quantity) {
        self.report(
            Code::MaskedValue,
            msg!("the number `{quantity}` is masked", "数值`{quantity}`被遮蔽"),
            msg!("write the digits once they are known; until then it decides nothing", "得知后请写出数字;在此之前无法据以判定"),
        );
    }

    fn unknown(&mut self) {
        self.report(
            Code::UnknownBound,
            msg!("the number is not stated", "数值没有给出"),
            msg!("write the number once it is known; until then it decides nothing", "得知后请写出数值;在此之前无法据以判定"),
        );
    }

    fn period(&mut self, period: Option<&Period>) {
        if let Some(Period::Masked(text)) = period {
            self.report(
                Code::MaskedValue,
                msg!("the period `{text}` is masked", "期`{text}`被遮蔽"),
                msg!("write the period once it is known; until then it decides nothing", "得知后请写出期;在此之前无法据以判定"),
            );
        }
    }

    fn area(&mut self, area: &'a super::Area) {
        if let Some(parent) = &area.parent {
            self.within("parent", |this| this.known_id(parent, &this.document.areas, "areas"));
        }
        if let Some(heir) = &area.merged_into {
            self.within("merged_into", |this| this.known_id(heir, &this.document.areas, "areas"));
        }
    }

    fn named_areas<'b>(&mut self, names: impl IntoIterator<Item = &'b Id>) {
        for name in names {
            if !self.names.contains(name.as_str()) {
                self.report(
                    Code::UndeclaredArea,
                    msg!("`{name}` is no declared area, tier or group", "`{name}`不是已声明的地区、层级或分组"),
                    msg!("declare it under `areas`, or the observations must name it", "请在`areas`中声明,否则须由实绩数据给出"),
                );
            }
        }
    }

    fn known_id<T>(&mut self, id: &Id, known: &indexmap::IndexMap<String, T>, section: &str) {
        if known.contains_key(id.as_str()) {
            return;
        }
        let message = msg!("`{section}` has no `{id}`", "`{section}`中没有`{id}`");
        // Every suggestion is a walk over the ids, so a document full of problems gets no more.
        let keys: Vec<&str> = if self.findings.len() < 1000 { known.keys().map(String::as_str).collect() } else { Vec::new() };
        match crate::document::nearest_word(id.as_str(), &keys) {
            Some(near) => self.report(Code::UnknownReference, message, msg!("did you mean `{near}`?", "是否为`{near}`?")),
            None if keys.is_empty() => {
                self.report(Code::UnknownReference, message, msg!("declare `{id}` under `{section}`", "请在`{section}`中声明`{id}`"))
            }
            None => {
                let known = shorten(&keys.iter().take(10).copied().collect::<Vec<_>>().join(", "));
                self.report(Code::UnknownReference, message, msg!("known ids: {known}", "可用的标识:{known}"));
            }
        }
    }

    fn indicator(&mut self, indicator: &'a Indicator) {
        if indicator.direction.is_none() && !indicator.is_qualitative() {
            self.report(
                Code::DirectionMissing,
                msg!("the indicator states no direction", "指标没有方向"),
                msg!("add `direction: increase`, `decrease` or `within`", "请写`direction: increase`、`decrease`或`within`"),
            );
        }
        if indicator.kind == Some(Kind::Judgement) && indicator.levels.is_empty() {
            self.report(
                Code::LevelsMissing,
                msg!("a judgement needs its levels", "评判类指标须列出等级"),
                msg!("add `levels: [worst, …, best]`", "请写`levels: [最差, …, 最好]`"),
            );
        }
        if matches!(indicator.kind, Some(Kind::Share | Kind::Growth)) && indicator.unit.is_none() {
            self.report(
                Code::UnitLost,
                msg!("a share has no unit here", "比重类指标没有单位"),
                msg!("add `unit: percent`", "请写`unit: percent`"),
            );
        }
        for (key, id) in [("part_of", &indicator.part_of), ("growth_from", &indicator.growth_from)] {
            if let Some(id) = id {
                self.within(key, |this| this.known_id(id, &this.document.indicators, "indicators"));
            }
        }
        let publisher = indicator.growth_from.as_ref().and_then(|id| self.document.indicators.get(id.as_str()));
        if publisher.is_some_and(|publisher| publisher.kind != Some(Kind::Growth)) {
            self.within("growth_from", |this| {
                this.report(
                    Code::FormulaUnfit,
                    msg!("the indicator that publishes growth is not of kind `growth`", "公布增速的指标不是`growth`类"),
                    msg!("add `kind: growth` to that indicator, or name another", "请给该指标写`kind: growth`,或改用其他指标"),
                );
            });
        }
        if let Some(decimals) = indicator.decimals
            && (!decimals.get().fract().is_zero() || decimals.get() < 0.into() || decimals.get() > 28.into())
        {
            self.within("decimals", |this| {
                this.report(
                    Code::BadNumber,
                    msg!("`{decimals}` is not a number of decimals", "`{decimals}`不是小数位数"),
                    msg!("write a whole number from 0 to 28", "请写0到28的整数"),
                );
            });
        }
        for (name, mark) in &indicator.marks {
            if let super::Mark::Given(quantity) = mark {
                self.within("marks", |this| this.within(name, |this| this.level_quantity(quantity, indicator)));
            }
        }
        if let Some(formula) = &indicator.formula {
            self.within("formula", |this| this.formula(formula, indicator));
        }
        if let Some(tier) = &indicator.of {
            self.within("of", |this| this.named_areas([tier]));
        }
    }

    fn level_quantity(&mut self, quantity: &Quantity, indicator: &Indicator) {
        if let Err(mut finding) = level_amount(quantity, indicator) {
            finding.path.clone_from(&self.path);
            self.findings.push(finding);
        }
    }

    fn formula(&mut self, formula: &'a Formula, indicator: &'a Indicator) {
        for (key, id) in [("share_meeting", &formula.share_meeting), ("count_meeting", &formula.count_meeting)] {
            if let Some(id) = id {
                self.within(key, |this| this.known_id(id, &this.document.targets, "targets"));
                if let Some(of) = &formula.of {
                    self.within("of", |this| this.named_areas([of]));
                }
            }
        }
        let lists = [
            ("ratio", &formula.ratio, 2..=2),
            ("share", &formula.share, 2..=2),
            ("per", &formula.per, 2..=2),
            ("sum", &formula.sum, 2..=1000),
            ("difference", &formula.difference, 2..=2),
        ];
        for (key, ids, arity) in lists {
            let Some(ids) = ids else { continue };
            self.within(key, |this| {
                if !arity.contains(&ids.len()) {
                    let found = ids.len();
                    let (en, zh) = if key == "sum" { ("two or more", "两个或更多") } else { ("two", "两个") };
                    this.report(
                        Code::FormulaUnfit,
                        msg!("`{key}` takes {en} indicators, found {found}", "`{key}`需{zh}指标,现有{found}个"),
                        msg!("write {en} ids: `{key}: [a, b]`", "请写{zh}标识:`{key}: [a, b]`"),
                    );
                }
                let before = this.findings.len();
                for id in ids.iter() {
                    this.known_id(id, &this.document.indicators, "indicators");
                }
                if this.findings.len() == before {
                    this.formula_units(key, ids, formula, indicator);
                }
            });
        }
    }

    /// The unit that comes out of the formula must convert to the indicator's.
    fn formula_units(&mut self, key: &str, ids: &[Id], formula: &Formula, indicator: &Indicator) {
        let unit = |id: &Id| self.document.indicators.get(id.as_str()).and_then(|i| i.unit.as_ref());
        let units: Option<Vec<&Unit>> = ids.iter().map(unit).collect();
        let Some(units) = units else { return };
        let Some(want) = &indicator.unit else { return };
        let fits = match key {
            "ratio" => units[0].over(units[1]).is_some_and(|unit| unit.converts_to(want)),
            "share" => units[0].converts_to(units[1]) && want.is_percent(),
            "per" => formula.n.is_some() && units[0].over(units[1]).is_some_and(|unit| unit.converts_to(want)),
            _ => units.iter().all(|unit| unit.converts_to(want)),
        };
        if !fits {
            let parts = units.iter().map(|unit| unit.as_str()).collect::<Vec<_>>().join("`, `");
            self.report(
                Code::UnitMismatch,
                msg!("`{key}` of `{parts}` does not give `{want}`", "由`{parts}`作`{key}`得不到`{want}`"),
                msg!("correct the unit of the indicator or of its parts", "请更正该指标或其组成指标的单位"),
            );
        }
    }

    fn target(&mut self, target: &'a Target) {
        self.target_in(target, None);
    }

    fn target_in(&mut self, target: &'a Target, outer: Option<&When>) {
        let when = target.when().or_else(|| outer.cloned()).or_else(|| self.document.when_of(target).map(|when| when.value));
        for (key, period) in [("by", &target.by), ("during", &target.during), ("each", &target.each), ("valid_from", &target.valid_from)] {
            self.within(key, |this| this.period(period.as_ref()));
        }
        self.pair(target.pair.as_ref());
        self.schedule(target.schedule.as_ref());
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

    fn combination(&mut self, target: &'a Target, when: Option<&When>) {
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

    fn when(&mut self, target: &Target, when: Option<&When>, indicator: &Indicator) {
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

    fn among(&mut self, among: &Id, ranks: bool) {
        self.within("among", |this| {
            this.named_areas([among]);
            if !ranks {
                this.only_for_ranks("among");
            }
        });
    }

    fn only_for_ranks(&mut self, key: &str) {
        self.report(
            Code::CompareUnfit,
            msg!("`{key}` belongs to a rank or a percentile", "`{key}`只用于位次或百分位"),
            msg!("write `measure: rank` or `percentile`, or remove `{key}`", "请写`measure: rank`或`percentile`,或删去`{key}`"),
        );
    }

    fn baseline(&mut self, target: &Target, when: Option<&When>, indicator: &Indicator) {
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

    fn compare(&mut self, target: &'a Target, indicator: &'a Indicator) {
        let Some((word, bounds)) = target.compare() else { return };
        if indicator.is_qualitative() {
            self.qualitative(word, &bounds, indicator);
            return;
        }
        if word == CompareWord::Reach && indicator.direction == Some(Direction::Within) {
            self.report(
                Code::CompareUnfit,
                msg!("`reach` needs a direction, and the indicator's is `within`", "`reach`需要方向,而指标的方向是`within`"),
                msg!("write `at_least`, `at_most` or `within`", "请写`at_least`、`at_most`或`within`"),
            );
        }
        if word == CompareWord::Within && bounds.len() != 2 {
            let found = bounds.len();
            self.report(
                Code::CompareUnfit,
                msg!("`within` takes two bounds, found {found}", "`within`需两个界限,现有{found}个"),
                msg!("write both: `within: [2%, 4%]`", "请写两个:`within: [2%, 4%]`"),
            );
        }
        if word == CompareWord::About && target.tolerance.is_none() {
            self.report(
                Code::NoTolerance,
                msg!("`about` has no tolerance", "`about`没有容许差"),
                msg!(
                    "add `tolerance: 5%` (of the bound) or `0.5pp`; there is no default",
                    "请写`tolerance: 5%`(相对界限)或`0.5pp`;没有缺省值"
                ),
            );
        }
        if word != CompareWord::About && target.tolerance.is_some() {
            self.report(
                Code::CompareUnfit,
                msg!("`tolerance` belongs to `about`", "`tolerance`只用于`about`"),
                msg!("write `about`, or remove `tolerance`", "请改用`about`,或删去`tolerance`"),
            );
        }
        let first_five =
            matches!(word, CompareWord::Reach | CompareWord::AtLeast | CompareWord::MoreThan | CompareWord::AtMost | CompareWord::LessThan);
        if target.stretch.is_some() && !first_five {
            self.report(
                Code::CompareUnfit,
                msg!("`stretch` does not go with `{word}`", "`stretch`不能与`{word}`同用"),
                msg!("write the stretch as a target of its own", "请将争取值另写为一个目标"),
            );
        }
        let mut amounts = Vec::new();
        for (index, bound) in bounds.iter().enumerate() {
            self.within(word.as_str(), |this| {
                let visit = |this: &mut Self| this.bound(bound, target, indicator);
                let found = if word == CompareWord::Within {
                    let mut out = None;
                    this.within(&index.to_string(), |this| out = visit(this));
                    out
                } else {
                    visit(this)
                };
                amounts.push(found);
            });
        }
        if let [Some(low), Some(high)] = amounts.as_slice()
            && low > high
        {
            self.within("within", |this| {
                this.report(
                    Code::IntervalReversed,
                    msg!("the interval runs from {low} down to {high}", "区间从{low}到{high},上下颠倒"),
                    msg!("write the lower bound first", "请先写下限"),
                )
            });
        }
        if let Some(stretch) = &target.stretch {
            let mut further = None;
            self.within("stretch", |this| further = this.bound(stretch, target, indicator));
            self.stretch(word, target, indicator, amounts.first().cloned().flatten(), further);
        }
        if let Some(tolerance) = &target.tolerance {
            self.within("tolerance", |this| {
                this.stated(tolerance);
                if tolerance.value().is_some_and(|size| size.is_sign_negative() && !size.is_zero()) {
                    this.report(
                        Code::CompareUnfit,
                        msg!("the tolerance `{tolerance}` is negative", "容许差`{tolerance}`为负"),
                        msg!("write it without the sign; it holds on both sides of the bound", "请去掉负号;容许差对上下两侧都适用"),
                    );
                }
                let relative = tolerance.unit().is_some_and(Unit::is_percent);
                if !relative && tolerance.unit().is_some_and(Unit::is_percentage_points) {
                    let percent = target
                        .measures()
                        .iter()
                        .all(|measure| UnitOf::new(*measure, indicator).label() == Some("%") || *measure == Measure::Change);
                    if !percent {
                        this.report(
                            Code::UnitMismatch,
                            msg!("`{tolerance}` does not fit the unit of the indicator", "`{tolerance}`与指标单位不符"),
                            msg!(
                                "write it in percent of the bound, `5%`, or in the unit of the indicator",
                                "请写界限的百分比,如`5%`,或用指标的单位"
                            ),
                        );
                    }
                } else if !relative {
                    this.level_quantity(tolerance, indicator);
                }
            });
        }
    }

    /// A stretch that is easier than its bound, in any reading of the phrase.
    fn stretch(&mut self, word: CompareWord, target: &Target, indicator: &Indicator, bound: Option<Exact>, further: Option<Exact>) {
        let (Some(bound), Some(further)) = (bound, further) else { return };
        let easier = |measure| Toward::new(word, indicator.direction, measure).is_further(&bound, &further) == Some(true);
        if target.measures().into_iter().any(easier) {
            self.within("stretch", |this| {
                this.report(
                    Code::IntervalReversed,
                    msg!("the stretch {further} is easier than the bound {bound}", "挑战值{further}比界限{bound}更易达到"),
                    msg!("exchange the two, or check the comparison", "请将两者对调,或核对比较方式"),
                );
            });
        }
    }

    /// Checks one bound and returns its number where there is one.
    fn bound(&mut self, bound: &'a Bound, target: &Target, indicator: &'a Indicator) -> Option<Exact> {
        let quantity = match bound {
            Bound::Stated(Stated::Quantity(quantity)) => quantity,
            Bound::Stated(Stated::Word(word)) => {
                self.report(
                    Code::BadBound,
                    msg!("`{word}` is not a number", "`{word}`不是数"),
                    msg!("write a number with its unit, a mask such as `xx%`, or `unknown`", "请写带单位的数、掩码(如`xx%`)或`unknown`"),
                );
                return None;
            }
            Bound::Reference(reference) => {
                self.reference(reference);
                if let Some(plus) = &reference.plus {
                    self.within("plus", |this| {
                        for measure in target.measures() {
                            this.known_amount(added_amount(plus, measure, indicator), plus, measure);
                        }
                    });
                }
                return None;
            }
        };
        let mut number = None;
        for measure in target.measures() {
            if let Some(value) = self.known_amount(amount(quantity, measure, indicator), quantity, measure) {
                self.place_of_rank(&value, quantity, measure);
                number = Some(value);
            }
        }
        number
    }

    /// The number where it is known, and a finding where it is not.
    fn known_amount(&mut self, found: Result<Amount, Finding>, quantity: &Quantity, measure: Measure) -> Option<Exact> {
        match found {
            Err(finding) => self.findings.push(finding.at(self.path.clone())),
            Ok(Amount::Known(value)) => return Some(value),
            Ok(Amount::Masked) => self.masked(quantity),
            Ok(Amount::Unknown) => self.unknown(),
            Ok(Amount::UnitLost) => self.report(
                Code::UnitLost,
                msg!("`{quantity}` stands without the unit it needs", "`{quantity}`缺少必需的单位"),
                candidates(quantity, measure),
            ),
        }
        None
    }

    /// Ranks count from 1, percentiles run from 0 to 100.
    fn place_of_rank(&mut self, value: &Exact, quantity: &Quantity, measure: Measure) {
        let is_whole = quantity.value().is_some_and(|value| value.fract().is_zero());
        if measure == Measure::Rank && (!is_whole || *value < Exact::one()) {
            self.report(
                Code::CompareUnfit,
                msg!("`{quantity}` is not a rank", "`{quantity}`不是位次"),
                msg!("write a whole number; the best is 1", "请写整数;最好为1"),
            );
        }
        if measure == Measure::Percentile && (value.is_negative() || *value > Exact::from(100)) {
            self.report(
                Code::CompareUnfit,
                msg!("`{quantity}` is not a percentile", "`{quantity}`不是百分位"),
                msg!("write a number from 0 to 100", "请写0到100之间的数"),
            );
        }
    }

    fn reference(&mut self, reference: &'a Reference) {
        for (key, id) in [("mean_of", &reference.mean_of), ("area", &reference.area)] {
            if let Some(id) = id {
                self.within(key, |this| this.named_areas([id]));
            }
        }
        if let Some(id) = &reference.indicator {
            self.within("indicator", |this| this.known_id(id, &this.document.indicators, "indicators"));
        }
        if let Some(id) = &reference.target {
            self.within("target", |this| this.known_id(id, &this.document.targets, "targets"));
        }
    }

    fn qualitative(&mut self, word: CompareWord, bounds: &[&'a Bound], indicator: &Indicator) {
        let yes_no = indicator.kind == Some(Kind::YesNo);
        let fits = if yes_no { matches!(word, CompareWord::Reach | CompareWord::Equals) } else { !matches!(word, CompareWord::About) };
        if !fits {
            self.report(
                Code::CompareUnfit,
                msg!("`{word}` has no meaning for this indicator", "`{word}`不适用于该指标"),
                msg!("write `reach`", "请写`reach`"),
            );
        }
        for bound in bounds {
            let word_of = |bound: &Bound| bound.word().map(str::to_owned).or_else(|| bound.quantity().map(ToString::to_string));
            let Some(stated) = word_of(bound) else {
                if let Bound::Reference(reference) = bound {
                    self.within(word.as_str(), |this| this.reference(reference));
                }
                continue;
            };
            let known = if yes_no { matches!(stated.as_str(), "yes" | "no") } else { indicator.level(&stated).is_some() };
            let is_unknown = bound.quantity().is_some_and(Quantity::is_unknown);
            self.within(word.as_str(), |this| match (known, is_unknown) {
                (true, _) => {}
                (_, true) => this.unknown(),
                _ if yes_no => this.report(
                    Code::BadBound,
                    msg!("`{stated}` is neither `yes` nor `no`", "`{stated}`既不是`yes`也不是`no`"),
                    msg!("write `yes` or `no`", "请写`yes`或`no`"),
                ),
                _ => this.report(
                    Code::LevelUnknown,
                    msg!("`{stated}` is not one of the levels", "`{stated}`不在所列等级中"),
                    indicator.values_help(),
                ),
            });
        }
    }

    /// A pair may name a target or an observation.
    fn pair(&mut self, pair: Option<&super::Pair>) {
        let Some(pair) = pair else { return };
        if !self.document.observations.contains_key(pair.with.as_str()) {
            self.within("pair", |this| this.within("with", |this| this.known_id(&pair.with, &this.document.targets, "targets")));
        }
    }

    fn observation(&mut self, observation: &'a super::StatedObservation) {
        let id = &observation.indicator;
        self.within("indicator", |this| this.known_id(id, &this.document.indicators, "indicators"));
        self.within("at", |this| this.period(observation.at.as_ref()));
        if observation.at.is_none() {
            self.report(
                Code::NoPeriod,
                msg!("the observation states no period", "该实绩没有期"),
                msg!("add `at`; without it the value cannot be compared", "请写`at`;否则无法比较"),
            );
        }
        if let Some(id) = &observation.repeats {
            self.within("repeats", |this| this.known_id(id, &this.document.observations, "observations"));
        }
        self.pair(observation.pair.as_ref());
        if let Some(among) = &observation.among {
            self.among(among, observation.measure.is_some_and(Measure::is_among_areas));
        }
        let Some(indicator) = self.document.indicators.get(id.as_str()) else { return };
        self.within("value", |this| match &observation.value {
            Bound::Stated(Stated::Quantity(quantity)) if !indicator.is_qualitative() => {
                if let Err(finding) = amount(quantity, observation.measure.unwrap_or(Measure::Level), indicator) {
                    this.findings.push(finding.at(this.path.clone()));
                }
            }
            Bound::Stated(stated) if indicator.is_qualitative() => {
                // `1级` reads as a number with a unit and may be the name of a level.
                let stated = stated.to_string();
                let known =
                    indicator.kind == Some(Kind::YesNo) && matches!(stated.as_str(), "yes" | "no") || indicator.level(&stated).is_some();
                if !known {
                    this.report(
                        Code::LevelUnknown,
                        msg!("`{stated}` is not a value of this indicator", "`{stated}`不是该指标的取值"),
                        indicator.values_help(),
                    );
                }
            }
            _ => this.report(Code::BadBound, msg!("the value does not fit the indicator", "取值与指标不符"), indicator.values_help()),
        });
    }

    fn others(&mut self) {
        let document = self.document;
        self.within("tasks", |this| {
            for (id, task) in &document.tasks {
                this.within(id, |this| {
                    for target in &task.targets {
                        this.within("targets", |this| this.known_id(target, &document.targets, "targets"));
                    }
                    for instrument in &task.instruments {
                        this.within("instruments", |this| this.known_id(instrument, &document.instruments, "instruments"));
                    }
                    if let Some(parent) = &task.parent {
                        this.within("parent", |this| this.known_id(parent, &document.tasks, "tasks"));
                    }
                });
            }
        });
        self.within("compositions", |this| {
            for (id, composition) in &document.compositions {
                this.within(id, |this| {
                    for part in composition.parts.iter().chain(&composition.whole) {
                        this.known_id(part, &document.indicators, "indicators");
                    }
                });
            }
        });
        self.within("evaluations", |this| {
            for (id, evaluation) in &document.evaluations {
                this.within(id, |this| {
                    for target in &evaluation.targets {
                        this.within("targets", |this| this.known_id(target, &document.targets, "targets"));
                    }
                });
            }
        });
        self.within("overrides", |this| {
            for entry in &document.overrides {
                this.known_id(&entry.target, &document.targets, "targets");
            }
        });
    }

    /// Chains of references that come back to where they started.
    fn cycles(&mut self) {
        let document = self.document;
        let mut values: BTreeMap<Node<'_>, Vec<Node<'_>>> = BTreeMap::new();
        for (id, indicator) in document.indicators.iter() {
            values.insert(("indicators", id), indicator_references(indicator));
        }
        for (id, target) in document.targets.iter() {
            values.insert(("targets", id), target_references(target, document));
        }
        let part_of = chain("indicators", document.indicators.iter().map(|(id, i)| (id, i.part_of.as_ref())));
        let areas = chain("areas", document.areas.iter().map(|(id, area)| (id, area.parent.as_ref())));
        let tasks = chain("tasks", document.tasks.iter().map(|(id, task)| (id, task.parent.as_ref())));
        let replaced = chain("targets", document.targets.iter().map(|(id, target)| (id, target.replaces.as_ref())));
        for graph in [values, part_of, areas, tasks, replaced] {
            for (section, id) in cyclic(&graph) {
                self.within(section, |this| {
                    this.within(id, |this| {
                        this.report(
                            Code::ReferenceCycle,
                            msg!("`{id}` refers to itself through a chain of references", "`{id}`经一串引用又指回自身"),
                            msg!("remove one of the references of the chain", "请删去这串引用中的一处"),
                        )
                    });
                });
            }
        }
    }
}

/// A part of the document: its section and its id.
type Node<'a> = (&'static str, &'a str);

/// A graph in which everything refers to at most one of its kind.
fn chain<'a>(section: &'static str, items: impl Iterator<Item = (&'a String, Option<&'a Id>)>) -> BTreeMap<Node<'a>, Vec<Node<'a>>> {
    items.map(|(id, next)| ((section, id.as_str()), next.map(|next| (section, next.as_str())).into_iter().collect())).collect()
}

/// What the values of an indicator are made of: the indicators of its formula, or the target whose
/// meeting it counts.
fn indicator_references(indicator: &Indicator) -> Vec<Node<'_>> {
    let Some(formula) = &indicator.formula else { return Vec::new() };
    let lists = [&formula.ratio, &formula.share, &formula.per, &formula.sum, &formula.difference];
    let parts = lists.into_iter().flatten().flat_map(|ids| ids.iter()).map(|id| ("indicators", id.as_str()));
    let counted = formula.share_meeting.iter().chain(&formula.count_meeting).map(|id| ("targets", id.as_str()));
    parts.chain(counted).collect()
}

/// What a target needs: its members, its indicator with the one that publishes its growth, and what
/// its bounds refer to.
fn target_references<'a>(target: &'a Target, document: &'a PlanDocument) -> Vec<Node<'a>> {
    let mut needs: Vec<Node<'a>> = Vec::new();
    for member in target.members() {
        match member {
            Member::Named(id) => needs.push(("targets", id.as_str())),
            Member::Inline(inline) => needs.extend(target_references(inline, document)),
        }
    }
    let bounds = target.compare().map(|(_, bounds)| bounds).unwrap_or_default();
    let mut measured: Vec<&Id> = target.indicator.iter().collect();
    for bound in bounds.into_iter().chain(&target.stretch) {
        if let Bound::Reference(reference) = bound {
            needs.extend(reference.target.iter().map(|id| ("targets", id.as_str())));
            measured.extend(&reference.indicator);
        }
    }
    for id in measured {
        let publisher = document.indicators.get(id.as_str()).and_then(|indicator| indicator.growth_from.as_ref());
        needs.extend([Some(id), publisher].into_iter().flatten().map(|id| ("indicators", id.as_str())));
    }
    needs
}

/// The nodes of a graph that lie on a cycle, or on a way from one cycle to another: what is left
/// after taking away, again and again, whatever needs nothing and whatever nothing needs.
fn cyclic<'a>(graph: &BTreeMap<Node<'a>, Vec<Node<'a>>>) -> Vec<Node<'a>> {
    let mut turned: BTreeMap<Node<'a>, Vec<Node<'a>>> = graph.keys().map(|id| (*id, Vec::new())).collect();
    for (id, needs) in graph {
        for need in needs {
            if let Some(dependants) = turned.get_mut(need) {
                dependants.push(*id);
            }
        }
    }
    let leads_to_one = stuck(graph, &turned);
    let follows_from_one = stuck(&turned, graph);
    graph.keys().filter(|id| leads_to_one.contains(*id) && follows_from_one.contains(*id)).copied().collect()
}

/// The nodes that remain when whatever needs nothing is taken away until nothing more can be.
fn stuck<'a>(needs: &BTreeMap<Node<'a>, Vec<Node<'a>>>, needed_by: &BTreeMap<Node<'a>, Vec<Node<'a>>>) -> BTreeSet<Node<'a>> {
    let known = |ids: &Vec<Node<'_>>| ids.iter().filter(|id| needs.contains_key(*id)).count();
    let mut open: BTreeMap<Node<'a>, usize> = needs.iter().map(|(id, ids)| (*id, known(ids))).collect();
    let mut ready: Vec<Node<'a>> = open.iter().filter(|(_, count)| **count == 0).map(|(id, _)| *id).collect();
    while let Some(id) = ready.pop() {
        open.remove(&id);
        for dependant in needed_by.get(&id).into_iter().flatten() {
            if let Some(count) = open.get_mut(dependant) {
                *count -= 1;
                if *count == 0 {
                    ready.push(*dependant);
                }
            }
        }
    }
    open.into_keys().collect()
}
