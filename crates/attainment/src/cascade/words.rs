//! How the number of a part came about, in words and numbers.

use super::hand_down::{Handed, HandedPart, How};
use super::rule::Division;
use crate::number::Exact;
use crate::period::Period;
use crate::text::{Message, msg};
use crate::trace::Step;

/// What is the same for all parts.
pub(super) struct Context<'a> {
    pub(super) whole: &'a str,
    pub(super) rule: Division,
    /// With the space in front of it.
    pub(super) unit: &'a str,
    /// Whose weights were used.
    pub(super) weighed: Option<&'a Message>,
    pub(super) baseline: Option<&'a Period>,
}

/// A row of the observations as a place.
pub(super) fn row_place(step: Step, row: u64) -> Step {
    if row > 0 { step.at(format!("row {row}")) } else { step }
}

pub(super) fn steps(context: &Context<'_>, handed: &Handed, part: &HandedPart) -> Vec<Step> {
    let Context { whole, rule, unit, .. } = context;
    let (bound, place) = (&handed.bound.value, handed.bound.place.clone());
    let mut steps = vec![
        Step::new("target", msg!("the target of `{whole}` is {bound}{unit}", "`{whole}`的目标为{bound}{unit}")).at(place),
        Step::new("rule", msg!("handed down by `{rule}`", "按`{rule}`分解")),
    ];
    if let Some(seen) = &part.baseline {
        let (value, at) = (&seen.value, context.baseline.map(ToString::to_string).unwrap_or_default());
        steps.push(row_place(Step::new("baseline", msg!("its value for {at} is {value}", "{at}的值为{value}")), seen.row));
    }
    if let Some(weight) = &part.weight {
        let by = context.weighed.cloned().unwrap_or_default();
        let text = Message { en: format!("it counts {weight}, by {}", by.en), zh: format!("所占分量为{weight}，据{}", by.zh) };
        steps.push(Step::new("weight", text));
    }
    steps.extend(numbers(context, handed, part));
    let result = &part.bound;
    steps.push(Step::new("result", msg!("its target is {result}{unit}", "其目标为{result}{unit}")));
    steps
}

fn numbers(context: &Context<'_>, handed: &Handed, part: &HandedPart) -> Vec<Step> {
    let (unit, unrounded, bound) = (context.unit, &part.unrounded, &part.bound);
    let own = part.baseline.as_ref().map(|seen| seen.value.clone()).unwrap_or_else(Exact::zero);
    let step = |kind, text| Step::new(kind, text);
    match &part.how {
        How::Same => vec![step("number", msg!("the same {bound}{unit} holds for every part", "各地区均为{bound}{unit}"))],
        How::Held { toward } => {
            vec![step("number", msg!("{own} is beyond {toward} already, and is kept", "{own}已优于{toward}，予以保持"))]
        }
        How::Divided { key, total, whole, extra, limited } => {
            let number = if *limited {
                msg!("the limit decides: {unrounded}{unit}", "由限值决定：{unrounded}{unit}")
            } else if total.is_zero() {
                msg!("nothing is divided: {unrounded}{unit}", "无可分解：{unrounded}{unit}")
            } else if &(key * whole / total) == unrounded {
                msg!("{whole} × {key} / {total} = {unrounded}{unit}", "{whole} × {key} / {total} = {unrounded}{unit}")
            } else {
                msg!(
                    "{unrounded}{unit}: {key} of {total}, after the parts at a limit",
                    "{unrounded}{unit}：扣除取限值的地区后，按{key}（合计{total}）分得"
                )
            };
            let mut steps = vec![step("number", number)];
            if unrounded != bound {
                let digit = handed.step.clone().unwrap_or_else(Exact::one);
                steps.push(step(
                    "rounding",
                    if *extra {
                        msg!(
                            "among the largest remainders: one {digit} more than rounded toward 0, {bound}{unit}",
                            "余数居前：在向零取整后加{digit}，得{bound}{unit}"
                        )
                    } else {
                        msg!(
                            "rounded toward 0 to {bound}{unit}: what is left goes to larger remainders",
                            "向零取整为{bound}{unit}：剩余部分归余数更大的地区"
                        )
                    },
                ));
            }
            steps
        }
        How::Closed { toward, closes } if *closes == Exact::one() => {
            vec![step("number", msg!("every part comes to {toward}{unit}", "各地区都达到{toward}{unit}"))]
        }
        How::Closed { toward, closes } => {
            let percent = closes * &Exact::from(100);
            let number = msg!(
                "{own} and {percent} % of the way to {toward} = {unrounded}{unit}",
                "{own}，走完至{toward}差距的{percent}% = {unrounded}{unit}"
            );
            [Some(step("number", number)), rounded(unrounded, bound, unit)].into_iter().flatten().collect()
        }
        How::Grown { factor } => {
            let number = step("number", msg!("{own} × {factor} = {unrounded}{unit}", "{own} × {factor} = {unrounded}{unit}"));
            [Some(number), rounded(unrounded, bound, unit)].into_iter().flatten().collect()
        }
        How::Shifted { change } => {
            let number = step("number", msg!("{own} + {change} = {unrounded}{unit}", "{own} + {change} = {unrounded}{unit}"));
            [Some(number), rounded(unrounded, bound, unit)].into_iter().flatten().collect()
        }
    }
}

fn rounded(unrounded: &Exact, bound: &Exact, unit: &str) -> Option<Step> {
    let text = msg!("rounded toward the target to {bound}{unit}", "朝目标方向取整为{bound}{unit}");
    (unrounded != bound).then(|| Step::new("rounding", text))
}
