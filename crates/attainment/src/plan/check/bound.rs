//! Whether the bounds of a target fit what is measured.

use super::Check;
use crate::finding::{Code, Finding};
use crate::number::Exact;
use crate::plan::Direction;
use crate::plan::bounds::{Amount, UnitOf, added_amount, amount, candidates};
use crate::plan::indicator::{Indicator, Kind};
use crate::plan::target::{Bound, CompareWord, Measure, Reference, Stated, Target};
use crate::plan::toward::Toward;
use crate::quantity::Quantity;
use crate::text::msg;
use crate::unit::Unit;

impl<'a> Check<'a> {
    pub(super) fn compare(&mut self, target: &'a Target, indicator: &'a Indicator) {
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
    pub(super) fn stretch(
        &mut self,
        word: CompareWord,
        target: &Target,
        indicator: &Indicator,
        bound: Option<Exact>,
        further: Option<Exact>,
    ) {
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
    pub(super) fn bound(&mut self, bound: &'a Bound, target: &Target, indicator: &'a Indicator) -> Option<Exact> {
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
    pub(super) fn known_amount(&mut self, found: Result<Amount, Finding>, quantity: &Quantity, measure: Measure) -> Option<Exact> {
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
    pub(super) fn place_of_rank(&mut self, value: &Exact, quantity: &Quantity, measure: Measure) {
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

    pub(super) fn reference(&mut self, reference: &'a Reference) {
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

    pub(super) fn qualitative(&mut self, word: CompareWord, bounds: &[&'a Bound], indicator: &Indicator) {
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
}
