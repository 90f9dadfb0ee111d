//! The steps of a verdict in words: every number is an input or is derived in front of the reader.

use super::compare::Threshold;
use super::measure::Measured;
use super::rule::{BoundSpec, Combine, Phrase, ReferenceTo, Rule, Single, Tolerance};
use super::timeline::TrackPoint;
use super::value::Value;
use super::when::Base;
use super::{Attained, Flag, Reason, State, Test, Toward};
use crate::number::Exact;
use crate::period::{Period, Point};
use crate::plan::{CompareWord, Measure, When};
use crate::text::{Lang, Message, msg};
use crate::trace::Step;

/// Where an observation stands.
fn row_place(row: u64) -> String {
    if row == 0 { "/observations".to_owned() } else { format!("row {row}") }
}

fn value_text(value: &Value) -> String {
    if value.is_exact() { value.nominal.to_string() } else { format!("≈{}", value.nominal) }
}

pub(crate) fn measure_name(measure: Measure) -> Message {
    match measure {
        Measure::Level => msg!("value", "数值"),
        Measure::Change => msg!("change", "变动量"),
        Measure::RelativeChange => msg!("relative change", "相对变动"),
        Measure::Multiple => msg!("multiple", "倍数"),
        Measure::AnnualGrowth => msg!("mean annual growth", "年均增长"),
        Measure::Sum => msg!("sum", "合计"),
        Measure::Mean => msg!("mean", "均值"),
        Measure::Rank => msg!("rank", "位次"),
        Measure::Percentile => msg!("percentile", "百分位"),
    }
}

pub(crate) fn word_name(word: CompareWord) -> Message {
    match word {
        CompareWord::Reach => msg!("to reach", "达到"),
        CompareWord::AtLeast => msg!("to be at least", "不低于"),
        CompareWord::MoreThan => msg!("to be more than", "超过"),
        CompareWord::AtMost => msg!("to be at most", "不高于"),
        CompareWord::LessThan => msg!("to be less than", "低于"),
        CompareWord::Within => msg!("to lie between", "介于"),
        CompareWord::About => msg!("to be about", "约"),
        CompareWord::Equals => msg!("to equal", "等于"),
    }
}

/// A number with its unit, or the word it stands for.
fn number_text(single: &Single, phrase: &Phrase, number: &Exact) -> Message {
    word_of(single, number).cloned().unwrap_or_else(|| msg!("{number}{}", "{number}{}", phrase.unit))
}

/// The word a number stands for, where values are words.
fn word_of<'a>(single: &'a Single, number: &Exact) -> Option<&'a Message> {
    single.words.iter().enumerate().find(|(place, _)| Exact::from(*place as i64) == *number).map(|(_, word)| word)
}

fn bound_text(single: &Single, phrase: &Phrase, spec: &BoundSpec) -> Message {
    match spec {
        BoundSpec::Fixed { value } => number_text(single, phrase, &value.nominal),
        BoundSpec::Broken(reason) => {
            let reason = reason.message();
            Message { en: format!("a bound that is not known ({})", reason.en), zh: format!("未知的界限（{}）", reason.zh) }
        }
        BoundSpec::Reference { id, to, times, plus } => {
            let measure = measure_name(phrase.measure);
            let what = match to {
                ReferenceTo::MeanOf(_) => Message { en: format!("the mean of `{id}`"), zh: format!("`{id}`的均值") },
                ReferenceTo::Area(_) | ReferenceTo::Indicator(_) => {
                    Message { en: format!("the {} of `{id}`", measure.en), zh: format!("`{id}`的{}", measure.zh) }
                }
                ReferenceTo::Target(_) => msg!("the bound of the target `{id}`", "目标`{id}`的界限"),
            };
            let factor = if *times == Exact::one() { String::new() } else { format!("{times} × ") };
            let added = if plus.is_zero() { String::new() } else { format!(" + {plus}") };
            Message { en: format!("{factor}{}{added}", what.en), zh: format!("{factor}{}{added}", what.zh) }
        }
    }
}

/// What the bounds that refer to another value come to in a period.
pub(super) fn resolved_bound(single: &Single, phrase: &Phrase, test: &Test, at: Point) -> Step {
    let line = |spec: &BoundSpec, value: &Value| {
        let (what, value) = (bound_text(single, phrase, spec), value_text(value));
        let unit = &phrase.unit;
        matches!(spec, BoundSpec::Reference { .. }).then(|| Message {
            en: format!("bound in {at}: {} = {value}{unit}", what.en),
            zh: format!("{at}界限：{} = {value}{unit}", what.zh),
        })
    };
    let low = line(&phrase.bound, &test.bound);
    let high = phrase.bound_max.as_ref().zip(test.bound_max.as_ref()).and_then(|(spec, value)| line(spec, value));
    let both: Vec<Message> = low.into_iter().chain(high).collect();
    let join = |pick: fn(&Message) -> &str| both.iter().map(pick).collect::<Vec<_>>().join("; ");
    Step::new("bound", Message { en: join(|m| &m.en), zh: join(|m| &m.zh) })
}

pub(super) fn commitment(rule: &Rule, single: &Single, phrase: &Phrase, when: &When) -> Step {
    let (measure, word, bound) = (measure_name(phrase.measure), word_name(phrase.word), bound_text(single, phrase, &phrase.bound));
    let mut more = Message::default();
    let mut add = |part: Message| {
        more.en.push_str(&part.en);
        more.zh.push_str(&part.zh);
    };
    if let Some(upper) = phrase.bound_max.as_ref().map(|upper| bound_text(single, phrase, upper)) {
        add(Message { en: format!(" and {}", upper.en), zh: format!("与{}之间", upper.zh) });
    }
    match &phrase.tolerance {
        Some(Tolerance::Absolute(size)) => add(msg!(" ± {size}{}", " ± {size}{}", phrase.unit)),
        Some(Tolerance::Relative(share)) => {
            let percent = share.clone() * Exact::from(100);
            add(msg!(" ± {percent} % of it", " ± 其{percent} %"));
        }
        None => {}
    }
    if let Some(stretch) = phrase.stretch.as_ref().map(|stretch| bound_text(single, phrase, stretch)) {
        add(Message { en: format!(" (stretch {})", stretch.en), zh: format!("（挑战值{}）", stretch.zh) });
    }
    let inherited = rule.when.as_ref().is_some_and(|when| when.inherited);
    let (how, how_zh) = if inherited { (" (inherited)", "（承继）") } else { ("", "") };
    let period = when.period();
    let time = match when {
        When::By(_) => msg!("by the end of {period}", "截至{period}"),
        When::During(_) => msg!("during {period}", "在{period}期间"),
        When::Each(_) => msg!("in every period of {period}", "在{period}的每一期"),
    };
    let mut base = Message::default();
    if let Some(spec) = &single.base {
        let at = spec.value.at.map_or_else(|| "?".to_owned(), |at| at.to_string());
        let declared = spec.value.declared.iter().flatten().map(|value| format!(" = {}", value.nominal)).collect::<String>();
        let (how, how_zh) = if spec.inherited { (", inherited", "，承继") } else { ("", "") };
        base = msg!("; baseline {at}{declared}{how}", "；基期{at}{declared}{how_zh}");
    }
    let name = &single.name;
    let text = Message {
        en: format!("target: {} of {} {} {}{}, {}{how}{}", measure.en, name.en, word.en, bound.en, more.en, time.en, base.en),
        zh: format!("目标：{}的{}{}{}{}，{}{how_zh}{}", name.zh, measure.zh, word.zh, bound.zh, more.zh, time.zh, base.zh),
    };
    Step::new("target", text).at(rule.path.clone())
}

pub(super) fn reading(phrase: &Phrase) -> Step {
    let name = measure_name(phrase.measure);
    Step::new("reading", Message { en: format!("read as: {}", name.en), zh: format!("读作：{}", name.zh) })
}

pub(super) fn combination(rule: &Rule, combine: Combine, members: usize) -> Step {
    let text = match combine {
        Combine::All => msg!("all of {members} members must be met", "{members}个成员须全部达成"),
        Combine::Any => msg!("any of {members} members must be met", "{members}个成员有一达成即可"),
        Combine::KOf(k) => msg!("{k} of {members} members must be met", "{members}个成员中须有{k}个达成"),
        Combine::Not => msg!("the member must not be met", "成员须未达成"),
    };
    Step::new("combination", text).at(rule.path.clone())
}

pub(super) fn member(rule: &Rule) -> Step {
    let id = &rule.id;
    // A member that is written in place has no id but its place.
    let text = if *id == rule.path { msg!("member", "成员") } else { msg!("member `{id}`", "成员`{id}`") };
    Step::new("member", text).at(rule.path.clone())
}

pub(super) fn observation(point: &TrackPoint) -> Step {
    let period = if point.start == point.end { Period::Point(point.end) } else { Period::between(point.start, point.end) };
    let value = point.value.as_ref().map(value_text).unwrap_or_default();
    Step::new("observation", msg!("{period}: {value}", "{period}：{value}")).at(row_place(point.row))
}

/// The value the way of a level starts at.
pub(super) fn baseline(base: &Base, single: &Single, phrase: &Phrase) -> Step {
    let (period, value) = (base.period, number_text(single, phrase, &base.value.nominal));
    let (how, how_zh) = if base.declared { (" (declared)", "（规划所列）") } else { ("", "") };
    let text = Message { en: format!("baseline {period}: {}{how}", value.en), zh: format!("基期{period}：{}{how_zh}", value.zh) };
    let step = Step::new("baseline", text);
    if base.declared { step } else { step.at(row_place(base.row)) }
}

pub(super) fn baseline_differs(declared: &Base, current: &Base) -> Step {
    let (period, a, b) = (current.period, value_text(&declared.value), value_text(&current.value));
    Step::new(
        "baseline",
        msg!(
            "baseline {period}: the plan declares {a}, the observations say {b}; the latter is used",
            "基期{period}：规划所列为{a}，实绩为{b}；采用后者"
        ),
    )
    .at(row_place(current.row))
}

/// The measured number, with the arithmetic that gave it.
pub(super) fn measured(single: &Single, phrase: &Phrase, measured: &Measured) -> Step {
    let (end, shown) = (measured.end, measured.shown());
    let mut base_place = None;
    let text = match (&measured.base, &measured.level) {
        (Some(base), Some(level)) => {
            let (then, now, was) = (base.period, value_text(level), value_text(&base.value));
            base_place = Some(base.row);
            match phrase.measure {
                Measure::Change => msg!("change {then} to {end}: {now} − {was} = {shown}", "{then}至{end}变动：{now} − {was} = {shown}"),
                Measure::Multiple => {
                    msg!("multiple of {then} in {end}: {now} / {was} = {shown}", "{end}为{then}的倍数：{now} / {was} = {shown}")
                }
                Measure::AnnualGrowth => {
                    let years = measured.years.as_ref().map(ToString::to_string).unwrap_or_default();
                    msg!(
                        "mean annual growth {then} to {end}: ({now} / {was})^(1/{years}) − 1 = {shown} %",
                        "{then}至{end}年均增长：({now} / {was})^(1/{years}) − 1 = {shown} %"
                    )
                }
                _ => msg!(
                    "relative change {then} to {end}: {now} / {was} − 1 = {shown} %",
                    "{then}至{end}相对变动：{now} / {was} − 1 = {shown} %"
                ),
            }
        }
        _ => match (phrase.measure, measured.years.is_some(), measured.among) {
            (Measure::Rank | Measure::Percentile, _, Some(count)) => {
                let (name, own) = (measure_name(phrase.measure), measured.level.as_ref().map(value_text).unwrap_or_default());
                Message {
                    en: format!("{} of {own} in {end} among {count} areas: {shown}", name.en),
                    zh: format!("{end}数值{own}，在{count}个地区中的{}：{shown}", name.zh),
                }
            }
            (measure, true, _) => {
                let (start, name) = (measured.start, measure_name(measure));
                Message {
                    en: format!("{} {start} to {end}, published rates chained: {shown}", name.en),
                    zh: format!("{start}至{end}{}（公布增速连乘）：{shown}", name.zh),
                }
            }
            _ => {
                let value = number_text(single, phrase, &measured.value.nominal);
                let (near, near_zh) = if measured.value.is_exact() { ("", "") } else { (" (inexact)", "（非确数）") };
                Message { en: format!("value in {end}: {}{near}", value.en), zh: format!("{end}数值：{}{near_zh}", value.zh) }
            }
        },
    };
    let is_derived = measured.flags.iter().any(|flag| flag == Flag::Derived);
    let mut place = if is_derived { format!("{}/formula", single.indicator_path) } else { row_place(measured.row) };
    let base_declared = measured.base.as_ref().is_some_and(|base| base.declared);
    if let Some(row) = base_place.filter(|row| *row != measured.row && !is_derived && !base_declared) {
        place = format!("{place}, {}", row_place(row));
    }
    Step::new("value", text).at(place)
}

/// The comparison, written out.
pub(super) fn compared(single: &Single, test: &Test, measured: &Measured, holds: Option<bool>) -> Step {
    let shown = measured.shown();
    Step::new("compare", comparison(single, test, &shown, holds))
}

fn comparison(single: &Single, test: &Test, shown: &Exact, holds: Option<bool>) -> Message {
    // Under a rounding policy the number that is compared is not the one that was measured.
    let taken = test.taken(&Value::exact(shown.clone())).nominal;
    let arrow = if taken == *shown { String::new() } else { format!("{shown} → {taken}; ") };
    let shown = &taken;
    let bound = &test.bound.nominal;
    let sign = match (test.word, test.toward) {
        (CompareWord::MoreThan, _) => ">",
        (CompareWord::LessThan, _) => "<",
        (CompareWord::Equals, _) => "=",
        (_, Toward::Down) => "≤",
        _ => "≥",
    };
    let condition = |lang: Lang| {
        let text = |number: &Exact| word_of(single, number).map_or_else(|| number.to_string(), |word| word.get(lang).to_owned());
        let (shown, low) = (text(shown), text(bound));
        match (&test.tolerance, &test.bound_max, test.toward) {
            (Some(tolerance), _, Toward::Up) => format!("{shown} ≥ {low} − {tolerance}"),
            (Some(tolerance), _, Toward::Down) => format!("{shown} ≤ {low} + {tolerance}"),
            (Some(tolerance), _, Toward::Inside) => format!("{low} − {tolerance} ≤ {shown} ≤ {low} + {tolerance}"),
            (None, Some(high), _) => format!("{low} ≤ {shown} ≤ {}", text(&high.nominal)),
            (None, None, _) => format!("{shown} {sign} {low}"),
        }
    };
    let policy = match (single.threshold, &test.step) {
        (Threshold::Exact, _) | (_, None) => String::new(),
        (policy, Some(step)) => format!(" [{policy}, {step}]"),
    };
    let (answer, answer_zh) = match holds {
        Some(true) => ("holds", "成立"),
        Some(false) => ("does not hold", "不成立"),
        None => ("cannot be told", "无法判断"),
    };
    Message {
        en: format!("{arrow}{}{policy}: {answer}", condition(Lang::En)),
        zh: format!("{arrow}{}{policy}：{answer_zh}", condition(Lang::Zh)),
    }
}

pub(super) fn due(deadline: Point, as_of: Point, due: bool) -> Step {
    let text = if due {
        msg!("due: {deadline} has ended as of {as_of}", "已到期：截至{as_of}，{deadline}已结束")
    } else {
        msg!("not due: {deadline} ends after {as_of}", "未到期：{deadline}晚于{as_of}")
    };
    Step::new("due", text)
}

pub(super) fn every_period(start: Point, end: Option<Point>) -> Step {
    let end = end.map_or_else(|| "..".to_owned(), |end| end.to_string());
    Step::new("each", msg!("every period from {start} to {end}", "{start}至{end}的每一期"))
}

pub(super) fn in_period(period: Point, single: &Single, test: &Test, measured: &Measured, holds: Option<bool>) -> Step {
    let condition = comparison(single, test, &measured.shown(), holds);
    Step::new("period", Message { en: format!("{period}: {}", condition.en), zh: format!("{period}：{}", condition.zh) })
        .at(row_place(measured.row))
}

pub(super) fn no_value(period: Point, reason: Reason) -> Step {
    let reason = reason.message();
    Step::new(
        "missing",
        Message { en: format!("{period}: no usable value ({})", reason.en), zh: format!("{period}：无可用数值（{}）", reason.zh) },
    )
}

pub(super) fn no_values(start: Point, end: Point, reason: Reason) -> Step {
    let reason = reason.message();
    Step::new(
        "missing",
        Message {
            en: format!("{start} to {end}: no usable values ({})", reason.en),
            zh: format!("{start}至{end}：无可用数值（{}）", reason.zh),
        },
    )
}

pub(super) fn over_window(start: Point, end: Option<Point>, is_mean: bool) -> Step {
    let end = end.map_or_else(|| "..".to_owned(), |end| end.to_string());
    let (name, name_zh) = if is_mean { ("mean", "均值") } else { ("sum", "合计") };
    Step::new("window", msg!("{name} from {start} to {end} of", "{start}至{end}{name_zh}"))
}

pub(super) fn term(period: &Period, value: &Value, row: u64) -> Step {
    let value = value_text(value);
    Step::new("term", msg!("{period}: {value}", "{period}：{value}")).at(row_place(row))
}

pub(super) fn state(attained: &Attained) -> Step {
    let message = attained.reason.map(Reason::message);
    let reason = message.as_ref().map(|reason| format!(" ({})", reason.en)).unwrap_or_default();
    let reason_zh = message.as_ref().map(|reason| format!("（{}）", reason.zh)).unwrap_or_default();
    let (en, zh) = match attained.state {
        State::Met => ("met", "达成"),
        State::NotMet => ("not met", "未达成"),
        State::Pending => ("pending", "未到期"),
        State::NotEvaluable => ("not evaluable", "无法判定"),
    };
    let at = attained.decided_at.map(|at| (format!(", decided by {at}"), format!("，由{at}决定"))).unwrap_or_default();
    let (now, now_zh) = match (attained.state, attained.holds_now) {
        (State::Pending | State::NotEvaluable, Some(true)) => ("; holds now", "；目前成立"),
        (State::Pending | State::NotEvaluable, Some(false)) => ("; does not hold now", "；目前不成立"),
        _ => ("", ""),
    };
    Step::new("state", Message { en: format!("{en}{reason}{}{now}", at.0), zh: format!("{zh}{reason_zh}{}{now_zh}", at.1) })
}
