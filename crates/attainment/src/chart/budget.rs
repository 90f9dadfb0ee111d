//! A sum over a window, as it is used up or filled.

use serde_json::{Value, json};

use super::ask::{Ask, Selection};
use super::figure::{Figure, KeyEntry, text_width};
use super::number::{Ticks, num, percent, published};
use super::path::{axis_title, bound_text, halo, heading, state_sign, y_axis};
use super::{ChartKind, Problem};
use crate::assess::{Course, Way};
use crate::finding::{Code, Finding};
use crate::period::Point;
use crate::plan::Measure;
use crate::render::line;
use crate::text::msg;
use crate::verdict::{Toward, decimal_year};

/// Sums among which one is looked for, at most.
const TRIED: usize = 200;

pub(super) fn figure(selection: &Selection<'_>, ask: &Ask<'_>) -> Result<Figure, Problem> {
    let moment = selection.moment().ok_or(Problem::Unfit)?;
    let targets = &selection.plan().document().targets;
    let sums_up = |target: &str| targets.get(target).is_some_and(|target| target.measures().contains(&Measure::Sum));
    let pairs: Vec<(&str, &str)> = selection.pairs(moment).into_iter().filter(|(target, _)| sums_up(target)).take(TRIED).collect();
    let all = selection.courses(moment, &pairs);
    let is_sum = |course: &&Course| {
        course
            .way
            .as_ref()
            .is_some_and(|way| way.measure == Measure::Sum && way.start.is_some() && way.deadline.is_some() && way.bound.is_finite())
    };
    let sums: Vec<&Course> = all.iter().filter(is_sum).collect();
    // With several of them, the one whose window the moment lies in.
    let runs = |course: &&&Course| {
        course.way.as_ref().and_then(|way| way.deadline).is_some_and(|deadline| deadline.last_day() >= moment.last_day())
    };
    let Some(course) = sums.iter().find(runs).or(sums.first()).copied() else {
        return Err(Problem::Because(
            msg!("no target is a sum over a window", "没有对期间总量的目标"),
            msg!("it takes `measure: sum` with `during`", "需要`measure: sum`和`during`"),
        ));
    };
    let (Some(way), Some((start, deadline))) = (&course.way, course.way.as_ref().and_then(|way| way.start.zip(way.deadline))) else {
        return Err(Problem::Unfit);
    };
    let mut findings = Vec::new();
    if sums.len() > 1 {
        let (shown, count) = (&course.target, sums.len());
        findings.push(
            Finding::new(
                Code::ChartShortened,
                msg!("the chart shows one sum, `{shown}`, of {count}", "图中只有一个总量目标`{shown}`，共{count}个"),
            )
            .help(msg!("name the target and the area to draw", "请指明要画的目标和地区")),
        );
    }
    let decimals = selection.decimals(&course.target, way);
    let unit = selection.unit(&course.target, way.measure, ask);
    let is_cap = way.toward == Toward::Down;
    let Drawn { plot, key, missing } = draw(way, start, deadline, moment, decimals, unit.as_deref(), ask);
    let (title, _) = heading(course, selection, ask);
    let state = course.attained.state;
    let state = format!("{} {}", state_sign(state), line::state_name(state, ask.lang));
    let total = way.now.map(|(_, total)| total);
    let left = total.map(|total| way.bound - total).filter(|left| *left >= 0.0);
    let unit_text = unit.as_deref().map(|unit| format!(" {unit}")).unwrap_or_default();
    let told = total.map(|total| {
        let (used, total) = (percent(total / way.bound), published(total, decimals));
        if is_cap {
            ask.tell(msg!("used {total}{unit_text} ({used})", "已用{total}{unit_text}（{used}）"))
        } else {
            ask.tell(msg!("reached {total}{unit_text} ({used})", "已完成{total}{unit_text}（{used}）"))
        }
    });
    let rest = left.map(|left| {
        let left = published(left, decimals);
        if is_cap {
            ask.tell(msg!("left {left}{unit_text}", "剩余{left}{unit_text}"))
        } else {
            ask.tell(msg!("missing {left}{unit_text}", "尚差{left}{unit_text}"))
        }
    });
    let subtitle = [Some(state), told, rest].into_iter().flatten().collect::<Vec<_>>().join(ask.comma());
    let mut reading = ask
        .say("Bars are the sum from the start of the window to the end of each period; the part of that period is darker. Dashed: the same amount each year.", "柱为自期初至各期末的累计，深色为当期。虚线：每年等量。")
        .to_owned();
    if missing > 0 {
        reading.push_str(
            &ask.tell(msg!(" {missing} periods have no value: the sum is not known from there on.", "{missing}期缺值：此后累计不明。")),
        );
    }
    let about = selection.about(
        ask,
        &moment.in_words(ask.lang),
        ask.say("none (no class is drawn)", "无（图中不分类）"),
        &course.points_used.to_string(),
    );
    Ok(Figure { kind: ChartKind::CumulativeBudget, title, subtitle, key, plot, width: ask.width + 150.0, reading, about, findings })
}

struct Drawn {
    plot: Value,
    key: Vec<KeyEntry>,
    /// Periods without a value before the latest known sum, or due and unknown.
    missing: usize,
}

#[allow(clippy::too_many_arguments)]
fn draw(way: &Way, start: Point, deadline: Point, moment: Point, decimals: Option<u32>, unit: Option<&str>, ask: &Ask<'_>) -> Drawn {
    let ink = &ask.ink;
    let (width, height) = (ask.width, 280.0);
    let unit_text = unit.map(|unit| format!(" {unit}")).unwrap_or_default();
    // One bar for each period of the window.
    let mut periods = Vec::new();
    let mut period = start.plus(1);
    while period.last_day() <= deadline.last_day() && periods.len() < 400 {
        periods.push(period);
        period = period.plus(1);
    }
    let sum_at = |period: &Point| way.points.iter().find(|point| point.at.last_day() == period.last_day()).map(|point| point.value);
    let (mut bars, mut holes) = (Vec::new(), Vec::new());
    let mut before = Some(0.0);
    let whole = way.now.filter(|(at, _)| at.last_day() == deadline.last_day()).map(|(_, total)| total);
    let mut highest = way.bound.max(0.0);
    for period in &periods {
        let words = period.in_words(ask.lang);
        let end = decimal_year(*period);
        let begin = end - (decimal_year(deadline) - decimal_year(start)) / periods.len() as f64;
        let gap = 0.12 * (end - begin);
        let place = json!({ "from": num(begin + gap), "to": num(end - gap), "middle": num(f64::midpoint(begin, end)), "period": words });
        let known = sum_at(period).or(whole.filter(|_| period.last_day() == deadline.last_day()));
        match known {
            Some(sum) => {
                highest = highest.max(sum);
                let mut bar = place;
                bar["sum"] = num(sum);
                bar["before"] = num(before.unwrap_or(0.0));
                bar["split"] = before.is_some().into();
                bar["text"] = format!("{}{unit_text}", published(sum, decimals)).into();
                bar["own"] = before
                    .map_or_else(
                        || ask.say("not known", "不明").to_owned(),
                        |before| format!("{}{unit_text}", published(sum - before, decimals)),
                    )
                    .into();
                bars.push(bar);
                before = Some(sum);
            }
            None => {
                if period.last_day() <= moment.last_day() {
                    holes.push(place);
                }
                before = None;
            }
        }
    }
    let (from, to) = (decimal_year(start), decimal_year(deadline));
    let y = Ticks::new(0.0, highest * 1.04, height / 40.0);
    let quantity = |field: &str| json!({ "field": field, "type": "quantitative" });
    let tooltip = json!([
        { "field": "period", "type": "nominal", "title": ask.say("to the end of", "截至") },
        { "field": "text", "type": "nominal", "title": ask.say("sum", "累计") },
        { "field": "own", "type": "nominal", "title": ask.say("of that period", "当期") }
    ]);
    let mut layers = vec![
        json!({
            "data": { "values": bars },
            "mark": { "type": "rect", "color": ink.seen, "opacity": 0.4 },
            "encoding": { "x": quantity("from"), "x2": { "field": "to" }, "y": quantity("sum"), "y2": { "datum": 0 }, "tooltip": tooltip }
        }),
        json!({
            "data": { "values": bars },
            "transform": [{ "filter": "datum.split" }],
            "mark": { "type": "rect", "color": ink.seen, "opacity": 0.75 },
            "encoding": { "x": quantity("from"), "x2": { "field": "to" }, "y": quantity("before"), "y2": { "field": "sum" }, "tooltip": tooltip }
        }),
        json!({
            "data": { "values": [{ "from": num(from), "to": num(to), "low": 0, "high": num(way.bound) }] },
            "mark": { "type": "rule", "color": ink.text, "strokeWidth": 1.3, "strokeDash": [7, 4] },
            "encoding": { "x": quantity("from"), "x2": { "field": "to" }, "y": quantity("low"), "y2": { "field": "high" } }
        }),
        json!({
            "data": { "values": [{ "from": num(from), "to": num(to), "high": num(way.bound) }] },
            "mark": { "type": "rule", "color": ink.text, "strokeWidth": 2 },
            "encoding": { "x": quantity("from"), "x2": { "field": "to" }, "y": quantity("high") }
        }),
    ];
    if !holes.is_empty() {
        layers.push(json!({
            "data": { "values": holes },
            "mark": { "type": "text", "text": "×", "fontSize": 14, "baseline": "bottom", "color": ink.soft, "y": height - 2.0 },
            "encoding": { "x": quantity("middle"), "tooltip": { "field": "period", "type": "nominal" } }
        }));
    }
    if let Some(last) = bars.last() {
        let number = published(last["sum"].as_f64().unwrap_or(f64::NAN), decimals);
        let mark = json!({ "type": "text", "baseline": "bottom", "dy": -4, "fontWeight": 600, "color": ink.text, "text": number });
        let place = json!({ "x": { "datum": last["middle"] }, "y": { "datum": last["sum"] } });
        layers.extend(halo(&mark, &place, ask));
    }
    let bound = bound_text(way);
    let label = if way.toward == Toward::Down {
        ask.tell(msg!("cap {bound}", "上限{bound}"))
    } else {
        ask.tell(msg!("target {bound}", "目标{bound}"))
    };
    layers.push(json!({
        "data": { "values": [{}] },
        "mark": { "type": "text", "align": "left", "baseline": "middle", "dx": 8, "text": label, "color": ink.text, "fontWeight": 500 },
        "encoding": { "x": { "value": num(width) }, "y": { "value": num(y.down(way.bound, height)) } }
    }));
    let at = decimal_year(moment);
    if at > from && at <= to {
        let x = width * (at - from) / (to - from);
        let as_of = moment.in_words(ask.lang);
        let text = ask.tell(msg!("as of {as_of}", "截至{as_of}"));
        let align = if x > text_width(&text, 10.0) { "right" } else { "left" };
        layers.push(json!({ "data": { "values": [{ "at": num(at) }] }, "mark": { "type": "rule", "color": ink.faint, "y": -4 }, "encoding": { "x": quantity("at") } }));
        layers.push(json!({
            "data": { "values": [{}] },
            "mark": { "type": "text", "text": text, "align": align, "baseline": "bottom", "fontSize": 10, "color": ink.soft },
            "encoding": { "x": { "value": num(x - 3.0) }, "y": { "value": -2 } }
        }));
    }
    // A tick stands in the middle of each period, with its name.
    let every = (periods.len() as f64 * 46.0 / width).ceil().max(1.0) as usize;
    let ticks: Vec<(f64, String)> = periods.iter().map(|period| (decimal_year(*period), period.to_string())).collect();
    let half = (to - from) / periods.len().max(1) as f64 / 2.0;
    let ticks: Vec<Value> = ticks.iter().step_by(every).map(|(end, text)| json!({ "at": num(end - half), "text": text })).collect();
    layers.push(json!({
        "data": { "values": ticks },
        "mark": { "type": "text", "baseline": "top", "fontSize": 11, "color": ink.soft, "y": height + 6.0 },
        "encoding": { "x": quantity("at"), "text": { "field": "text" } }
    }));
    let axis_title = axis_title(way, unit, ask);
    let encoding = json!({
        "x": { "scale": { "domain": [num(from), num(to)], "nice": false, "zero": false }, "axis": { "labels": false, "ticks": false, "title": null, "grid": false, "offset": 0 } },
        "y": { "scale": { "domain": y.domain(), "nice": false }, "axis": y_axis(&y, &axis_title, -24.0, ask) }
    });
    let mut key = vec![
        KeyEntry::line(json!({ "type": "rect", "color": ink.seen, "opacity": 0.4 }), ask.say("sum before", "此前累计")),
        KeyEntry::line(json!({ "type": "rect", "color": ink.seen, "opacity": 0.85 }), ask.say("of the period", "当期")),
        KeyEntry::line(
            json!({ "type": "rule", "color": ink.text, "strokeWidth": 1.3, "strokeDash": [7, 4] }),
            ask.say("same amount each year", "每年等量"),
        ),
    ];
    if !holes.is_empty() {
        key.push(KeyEntry::point(json!({ "type": "text", "text": "×", "fontSize": 13, "color": ink.soft }), ask.say("no value", "缺值")));
    }
    Drawn { plot: json!({ "width": width, "height": height, "encoding": encoding, "layer": layers }), key, missing: holes.len() }
}
