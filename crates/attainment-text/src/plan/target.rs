//! One target of a draft in the grammar of plans: measure × compare × when.

use attainment::serde_json::{Map, Value, json};
use attainment::{Message, Period};

use super::indicator::{Adds, Series};
use super::value::{Amount, BaselineWords, window};
use super::words;
use super::{Form, form};
use crate::draft::{Basis, Comparator, Every, Item, ItemPeriod, Timing, Way};
use crate::found::msg;

/// What of an item found no place in the plan.
pub(super) type Left = Vec<Message>;

/// The keys of a target that follow from its words; what found no place is left.
pub(super) fn read(item: &Item, series: &Series, left: &mut Left) -> Map<String, Value> {
    let mut out = Map::new();
    match form(item) {
        Form::Statement => put(&mut out, "reach", json!("yes")),
        Form::Trend => {
            let falls = falls(item);
            put(&mut out, "measure", json!("change"));
            put(&mut out, if falls { "less_than" } else { "more_than" }, json!("0"));
        }
        Form::Rank => rank(item, &mut out),
        Form::Unknown => {
            measure(measures(item, series), &mut out);
            put(&mut out, "at_least", json!("unknown"));
        }
        Form::Number => number(item, series, &mut out, left),
    }
    let measures: Vec<String> = match out.get("measure") {
        Some(Value::String(word)) => vec![word.clone()],
        Some(Value::Array(words)) => words.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => vec!["level".to_owned()],
    };
    when(item, &measures, &mut out, left);
    baseline(item, series, &mut out, left);
    out
}

fn put(out: &mut Map<String, Value>, key: &str, value: Value) {
    out.insert(key.to_owned(), value);
}

fn measure(words: &[&str], out: &mut Map<String, Value>) {
    match words {
        ["level"] => {}
        [one] => put(out, "measure", json!(one)),
        several => put(out, "measure", json!(several)),
    }
}

fn falls(item: &Item) -> bool {
    item.comparator == Comparator::Decrease || item.direction == Some(Way::Down)
}

/// A place in an order; without a number it is kept as unknown.
fn rank(item: &Item, out: &mut Map<String, Value>) {
    put(out, "measure", json!("rank"));
    if let Some(group) = words::find(&item.text, words::GROUP) {
        put(out, "among", json!(group));
    }
    let bound = Amount::of(item).map_or("unknown".to_owned(), |amount| amount.plain().text(false));
    put(out, "at_most", json!(bound));
}

/// The measures that the words of a number can mean.
fn measures(item: &Item, series: &Series) -> &'static [&'static str] {
    let points = item
        .unit
        .as_deref()
        .is_some_and(|unit| unit.contains("百分点") || matches!(unit, "pp" | "percentage points" | "percentage point" | "个基点" | "bp"));
    let percent = matches!(item.unit.as_deref(), Some("%" | "‰" | "成"));
    let new = words::has(&item.text, words::NEW);
    match item.basis {
        // Growth above the mean growth of others, or a level above their mean level.
        _ if is_growth_beside_a_mean(item) => {
            if is_mean_growth(item) {
                &["annual_growth"]
            } else {
                &["relative_change"]
            }
        }
        _ if is_beside_a_mean(item) => &["level"],
        Basis::Level => &["level"],
        Basis::Rank => &["rank"],
        Basis::Multiple => &["multiple"],
        Basis::Cumulative => &["sum"],
        _ if points => &["change"],
        Basis::GrowthRate if is_mean_growth(item) => &["annual_growth"],
        Basis::GrowthRate => &["relative_change"],
        Basis::RelativeChange if item.unit.is_none() || percent => &["relative_change"],
        Basis::RelativeChange => &["change"],
        Basis::Addition | Basis::AnnualFlow if percent => &["relative_change"],
        Basis::Addition if series.adds == Adds::Flow => &["sum"],
        Basis::Addition if series.adds == Adds::Stock && (new || changes(item) || item.pair.is_some()) => &["change"],
        // 建成N家 is N in all or N more, and the words do not say which.
        Basis::Addition => &["level", "change"],
        Basis::AnnualFlow if series.adds == Adds::Stock && (new || changes(item)) => &["change"],
        Basis::AnnualFlow => &["level"],
    }
}

fn changes(item: &Item) -> bool {
    matches!(item.comparator, Comparator::Increase | Comparator::Decrease) || matches!(item.direction, Some(Way::Up | Way::Down))
}

/// Whether growth is a mean over several years and not the growth of each.
fn is_mean_growth(item: &Item) -> bool {
    let several = match item.period.as_ref().map(|period| &period.when) {
        Some(Timing::In(_) | Timing::Relative(_)) | None => false,
        Some(Timing::During(from, to)) => from.as_ref() != Some(to),
        Some(_) => true,
    };
    if words::has(&item.text, words::EVERY_YEAR) && !words::has(&item.text, words::MEAN_GROWTH) {
        return false;
    }
    words::has(&item.text, words::MEAN_GROWTH) || several && item.period.as_ref().is_none_or(|period| period.each.is_none())
}

fn number(item: &Item, series: &Series, out: &mut Map<String, Value>, left: &mut Left) {
    let Some(mut amount) = Amount::of(item) else { return };
    let measures = measures(item, series);
    measure(measures, out);
    let first = measures.first().copied().unwrap_or("level");
    if above_a_mean(item, &amount, out, left) {
        return;
    }
    match first {
        "multiple" if item.comparator == Comparator::Increase => amount = amount.grown().plain(),
        "multiple" => amount = amount.plain(),
        _ => {}
    }
    let is_change = matches!(first, "change" | "relative_change" | "annual_growth");
    let down = is_change && falls(item);
    let toward_less = if is_change { down } else { series.falls() };
    let bound = json!(amount.text(down));
    let key = match item.comparator {
        Comparator::Between => {
            let (low, high) = (bound, json!(amount.larger_text(down)));
            if series.direction == Some("within") || item.direction == Some(Way::Hold) {
                return put(out, "within", json!([low, high]));
            }
            // The easier end binds, the harder one is the stretch; a fall has its signs turned.
            let (key, bound, stretch) = match (toward_less, down) {
                (true, true) => ("at_most", low, high),
                (true, false) => ("at_most", high, low),
                (false, _) => ("at_least", low, high),
            };
            put(out, key, bound);
            return put(out, "stretch", stretch);
        }
        Comparator::About => "about",
        // What falls by at least a number is at most that much below.
        Comparator::AtLeast => {
            if down {
                "at_most"
            } else {
                "at_least"
            }
        }
        Comparator::MoreThan => {
            if down {
                "less_than"
            } else {
                "more_than"
            }
        }
        Comparator::AtMost => {
            if down {
                "at_least"
            } else {
                "at_most"
            }
        }
        Comparator::LessThan => {
            if down {
                "more_than"
            } else {
                "less_than"
            }
        }
        _ if series.direction == Some("within") => "equals",
        // Growth of what should fall, and a fall of what should grow, bound from their own side.
        _ if is_change && down != series.falls() => {
            if down {
                "at_most"
            } else {
                "at_least"
            }
        }
        _ => "reach",
    };
    put(out, key, bound);
}

/// Growth that is compared with the mean growth of others.
pub(super) fn is_growth_beside_a_mean(item: &Item) -> bool {
    is_beside_a_mean(item) && words::has(&item.text, words::GROWTH_NAME)
}

fn is_beside_a_mean(item: &Item) -> bool {
    words::has(&item.text, words::MEAN) && words::has(&item.text, words::ABOVE | words::BELOW)
}

/// 高于全省平均2个百分点: the bound is another value, and the number is added to it.
fn above_a_mean(item: &Item, amount: &Amount, out: &mut Map<String, Value>, left: &mut Left) -> bool {
    if !is_beside_a_mean(item) {
        return false;
    }
    let Some(group) = words::find(&item.text, words::GROUP) else {
        left.push(msg!("the mean that the number is added to is of no known group", "所比的平均值属于哪一分组不明"));
        put(out, "at_least", json!("unknown"));
        return true;
    };
    let below = words::has(&item.text, words::BELOW);
    put(out, if below { "at_most" } else { "at_least" }, json!({ "mean_of": group, "plus": amount.text(below) }));
    true
}

fn when(item: &Item, measures: &[String], out: &mut Map<String, Value>, left: &mut Left) {
    let Some(ItemPeriod { when, each }) = &item.period else { return };
    let among = |words: &[&str]| measures.iter().any(|measure| words.contains(&measure.as_str()));
    let over_window = among(&["sum", "mean"]);
    let yearly = || form(item) == Form::Trend && words::has(&item.text, words::EVERY_YEAR);
    let repeated = each.is_some() && !among(&["annual_growth"])
        || item.basis == Basis::AnnualFlow
        || item.comparator == Comparator::MonotonicIncrease
        || yearly();
    let (from, to) = match when {
        Timing::By(date) => (None, date),
        Timing::In(date) => (Some(date), date),
        Timing::During(from, to) => (from.as_ref(), to),
        Timing::Relative(words) | Timing::Words(words) => {
            left.push(msg!("`{words}` names no year", "`{words}`没有指明年份"));
            return;
        }
        Timing::Always => return,
    };
    let Some(text) = window(from, to) else {
        let from = from.map(|date| date.to_string()).unwrap_or_default();
        left.push(msg!("`{from}/{to}` is no window of a plan", "`{from}/{to}`不能作期限"));
        return;
    };
    let by = || json!(to.to_string());
    match each {
        Some(Every::Week) => {
            return left.push(msg!("a plan has no weeks", "规划格式没有“周”这一期"));
        }
        Some(every @ (Every::Quarter | Every::Month)) => {
            let (first, last) = if *every == Every::Month { ("01", "12") } else { ("Q1", "Q4") };
            match (from.map(|date| date.to_string()), to.to_string()) {
                (Some(from), to) if from.len() == 4 && to.len() == 4 => put(out, "each", json!(format!("{from}-{first}/{to}-{last}"))),
                _ => left.push(msg!("months and quarters need a first and a last year", "按月、按季的期限须有起止年份")),
            }
            return;
        }
        _ => {}
    }
    if repeated && !over_window {
        return put(out, "each", json!(text));
    }
    match when {
        Timing::In(_) => put(out, "during", json!(text)),
        Timing::By(_) if over_window => put(out, "during", json!(text)),
        Timing::By(_) => put(out, "by", by()),
        // A level is judged at the end of a window; a change needs its start too.
        Timing::During(..) if among(&["level", "rank"]) || from.is_none() && !over_window => put(out, "by", by()),
        _ => put(out, "during", json!(text)),
    }
}

fn baseline(item: &Item, series: &Series, out: &mut Map<String, Value>, left: &mut Left) {
    let Some(text) = &item.baseline_ref else { return };
    let words = BaselineWords::read(text);
    if words.previous {
        return;
    }
    let Some(at) = words.at else {
        return left.push(msg!("the baseline `{text}` names no year", "基数`{text}`没有指明年份"));
    };
    let end = |text: &str| text.parse::<Period>().ok().and_then(|period| period.end()).map(|point| point.last_day());
    let due = ["by", "during", "each"].iter().find_map(|key| out.get(*key)).and_then(Value::as_str).and_then(end);
    // What a change is measured from is the end of the period.
    let at = match at.parse::<Period>().ok().and_then(|period| period.end()) {
        Some(point) => point.to_string(),
        None => at,
    };
    if due.zip(end(&at)).is_some_and(|(due, base)| base >= due) {
        return left.push(msg!("the baseline `{text}` does not lie before the deadline", "基期`{text}`不早于期限"));
    }
    let value = words.value.filter(|value| {
        let unit: String = value.chars().skip_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ')).collect();
        let fits = match &series.unit {
            _ if unit.is_empty() => false,
            Some(own) => super::value::same_dimension(own, &super::value::declared(&unit)),
            None => false,
        };
        if !fits {
            left.push(msg!("the baseline `{value}` is not in the unit of the indicator", "基数`{value}`与指标的单位不符"));
        }
        fits
    });
    put(out, "baseline", value.map_or_else(|| json!(at), |value| json!({ "at": at, "value": value })));
}
