//! Whether an indicator and its formula hold together.

use super::Check;
use crate::document::Id;
use crate::finding::Code;
use crate::number::parse_decimal;
use crate::plan::bounds::level_amount;
use crate::plan::indicator::{Formula, Indicator, Kind};
use crate::quantity::Quantity;
use crate::text::{msg, shorten};
use crate::unit::Unit;

impl<'a> Check<'a> {
    pub(super) fn indicator(&mut self, indicator: &'a Indicator) {
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
            if let crate::plan::Mark::Given(quantity) = mark {
                self.within("marks", |this| this.within(name, |this| this.level_quantity(quantity, indicator)));
            }
        }
        self.within("typical_path", |this| {
            for (time, value) in &indicator.typical_path {
                this.within(time, |this| {
                    if parse_decimal(time).is_err() {
                        let shown = shorten(time);
                        this.report(
                            Code::BadNumber,
                            msg!("`{shown}` is not a time on the path", "`{shown}`不是路径上的时间"),
                            msg!("write years as plain numbers, such as `0` or `12.5`", "请以数字写年数,如`0`或`12.5`"),
                        );
                    }
                    this.level_quantity(value, indicator);
                });
            }
        });
        if let Some(formula) = &indicator.formula {
            self.within("formula", |this| this.formula(formula, indicator));
        }
        if let Some(tier) = &indicator.of {
            self.within("of", |this| this.named_areas([tier]));
        }
    }

    pub(super) fn level_quantity(&mut self, quantity: &Quantity, indicator: &Indicator) {
        if let Err(mut finding) = level_amount(quantity, indicator) {
            finding.path.clone_from(&self.path);
            self.findings.push(finding);
        }
    }

    pub(super) fn formula(&mut self, formula: &'a Formula, indicator: &'a Indicator) {
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
    pub(super) fn formula_units(&mut self, key: &str, ids: &[Id], formula: &Formula, indicator: &Indicator) {
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
}
