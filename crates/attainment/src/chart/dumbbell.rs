//! Targets in rows: the share of the way behind each against the share that is expected by now.

use serde_json::{Value, json};

use super::ask::{Ask, Selection, shorten_rows};
use super::figure::{Figure, KeyEntry, shorten_to, text_width};
use super::number::{num, percent};
use super::path::state_sign;
use super::{ChartKind, Problem};
use crate::assess::Course;
use crate::plan::Measure;
use crate::render::line;
use crate::text::msg;
use crate::verdict::{Pace, Toward};

/// Rows of one chart, at most.
pub(super) const MOST: usize = 60;

/// Pixels of a row.
pub(super) const ROW: f64 = 24.0;

/// Shares beyond these ends are drawn as an arrow with the number.
const ENDS: (f64, f64) = (-0.3, 1.3);

/// The half-width of the band of `cn-midterm-10pp`.
const BAND: f64 = 0.1;

pub(super) fn figure(selection: &Selection<'_>, ask: &Ask<'_>) -> Result<Figure, Problem> {
    let moment = selection.moment().ok_or(Problem::Unfit)?;
    let mut findings = Vec::new();
    let mut pairs = selection.pairs(moment);
    shorten_rows(&mut pairs, MOST, &mut findings);
    let courses = selection.courses(moment, &pairs);
    let drawn = |course: &Course| course.attained.closed.is_some() && clock(course).is_some();
    if !courses.iter().any(drawn) {
        let why = msg!("no target has both a share of the way and a clock", "没有目标既有完成份额又有时间进度");
        return Err(Problem::Because(why, msg!("it takes a baseline, a deadline and a value", "需要基期、期限和实绩")));
    }
    let pairs: Vec<(&str, &str)> = courses.iter().map(|course| (course.target.as_str(), course.area.as_str())).collect();
    let names = selection.names(&pairs, ask.lang);
    let verdicts = selection.rows(moment);
    let method = match selection.methods.as_slice() {
        [one] => Some(*one),
        _ => None,
    };
    let has_band = method.is_some_and(|method| method.starts_with("cn-midterm-10pp"));
    let shares = courses.iter().filter_map(|course| course.attained.closed).map(|share| share.clamp(ENDS.0, ENDS.1));
    let (least, most) = shares.fold((0.12_f64, 0.9_f64), |(low, high), share| (low.min(share), high.max(share)));
    // Room on either side for the widest number that stands there.
    let room = |is_left: bool| {
        let placed =
            courses.iter().filter_map(|course| course.attained.closed.zip(clock(course)).map(|(share, clock)| (course, share, clock)));
        let there = placed.filter(|(_, share, clock)| (share.clamp(ENDS.0, ENDS.1) < *clock) == is_left);
        there.map(|(course, share, _)| text_width(&number_text(course, share, ask), 10.5) + 18.0).fold(0.0, f64::max)
    };
    let (left, right) = (room(true), room(false));
    let a_pixel = (most - least) / (ask.width - left - right).max(0.3 * ask.width);
    let (low, high) = (least - (left * a_pixel).max(0.2), most + (right * a_pixel).max(0.2));

    let (mut rows, mut absent) = (Vec::new(), Vec::new());
    let (mut with_band, mut n, mut placed) = (Vec::new(), 0, 0);
    for (index, course) in courses.iter().enumerate() {
        n += course.points_used;
        let pace = verdicts
            .iter()
            .find(|row| row[0].target == course.target && row[0].area == course.area)
            .and_then(|row| row.iter().find_map(|verdict| verdict.pace.as_ref()))
            .filter(|_| method.is_some());
        let answer = answer(course, pace, ask);
        let (name, short) = (&names.full[index], &names.short[index]);
        let (Some(share), Some(clock)) = (course.attained.closed, clock(course)) else {
            let why = why_absent(course, ask);
            absent.push(json!({ "row": short, "name": name, "text": why, "answer": answer }));
            continue;
        };
        placed += 1;
        let shown = share.clamp(ENDS.0, ENDS.1);
        let is_behind = if is_cap(course) { share > clock } else { share < clock };
        rows.push(json!({
            "row": short, "name": name, "share": num(shown), "clock": num(clock), "text": number_text(course, share, ask),
            "exact": percent(share), "by_now": percent(clock), "behind": is_behind, "left": shown < clock, "answer": answer
        }));
        if has_band {
            with_band.push(json!({ "row": short, "low": num((clock - BAND).max(low)), "high": num((clock + BAND).min(high)) }));
        }
    }
    let height = ROW * courses.len() as f64;
    let ink = &ask.ink;
    let order: Value = names.short.clone().into();
    let y = json!({ "field": "row", "type": "nominal" });
    let x = json!({ "field": "share", "type": "quantitative" });
    let mut layers = Vec::new();
    if has_band {
        layers.push(json!({
            "data": { "values": with_band },
            "mark": { "type": "bar", "color": ink.faint, "opacity": 0.28, "height": { "band": 1 } },
            "encoding": { "y": y, "x": { "field": "low", "type": "quantitative" }, "x2": { "field": "high" } }
        }));
    }
    let tooltip = json!([
        { "field": "name", "type": "nominal", "title": ask.say("target", "目标") },
        { "field": "exact", "type": "nominal", "title": ask.say("share of the way", "完成份额") },
        { "field": "by_now", "type": "nominal", "title": ask.say("expected by now", "应完成") },
        { "field": "answer", "type": "nominal", "title": ask.say("answer", "判定") }
    ]);
    let colour = json!({ "condition": { "test": "datum.behind", "value": ink.behind }, "value": ink.seen });
    layers.push(json!({
        "data": { "values": rows },
        "mark": { "type": "rule", "strokeWidth": 3, "opacity": 0.55 },
        "encoding": { "y": y, "x": x, "x2": { "field": "clock" }, "color": colour }
    }));
    layers.push(json!({
        "data": { "values": rows },
        "mark": { "type": "tick", "color": ink.text, "thickness": 2, "height": ROW },
        "encoding": { "y": y, "x": { "field": "clock", "type": "quantitative" } }
    }));
    let dot = json!({ "condition": { "test": "datum.behind", "value": ink.paper }, "value": ink.seen });
    layers.push(json!({
        "data": { "values": rows },
        "mark": { "type": "point", "shape": "circle", "size": 95, "filled": true, "strokeWidth": 2.2, "opacity": 1 },
        "encoding": { "y": y, "x": x, "fill": dot, "stroke": colour, "tooltip": tooltip }
    }));
    for (test, align, dx) in [("datum.left", "right", -10), ("!datum.left", "left", 10)] {
        layers.push(json!({
            "data": { "values": rows },
            "transform": [{ "filter": test }],
            "mark": { "type": "text", "align": align, "baseline": "middle", "dx": dx, "fontSize": 10.5, "color": ink.text },
            "encoding": { "y": y, "x": x, "text": { "field": "text" } }
        }));
    }
    if !absent.is_empty() {
        layers.push(json!({
            "data": { "values": absent },
            "mark": { "type": "text", "align": "left", "baseline": "middle", "dx": 4, "x": 0, "fontSize": 10.5, "fontStyle": "italic", "color": ink.soft },
            "encoding": { "y": y, "text": { "field": "text" }, "tooltip": { "field": "name", "type": "nominal" } }
        }));
    }
    // What it comes to, in a column at the right.
    let all: Vec<&Value> = rows.iter().chain(&absent).collect();
    layers.push(json!({
        "data": { "values": all },
        "mark": { "type": "text", "align": "left", "baseline": "middle", "x": ask.width + 14.0, "fontSize": 10.5, "color": ink.text },
        "encoding": { "y": y, "text": { "field": "answer" } }
    }));
    let ticks: Vec<f64> = [-0.25, 0.0, 0.25, 0.5, 0.75, 1.0, 1.25].into_iter().filter(|tick| *tick >= low && *tick <= high).collect();
    let x_axis = json!({ "values": ticks, "format": ".0%", "title": ask.say("share of the way from baseline to target", "自基期至目标的完成份额"), "domain": false, "tickSize": 4 });
    let y_axis = json!({ "title": null, "domain": false, "ticks": false, "labelPadding": 8, "labelColor": ink.text, "labelLimit": 300 });
    let encoding = json!({
        "x": { "scale": { "domain": [num(low), num(high)], "nice": false, "clamp": true }, "axis": x_axis },
        "y": { "scale": { "domain": order, "paddingInner": 0, "paddingOuter": 0 }, "sort": null, "axis": y_axis }
    });
    let plot = json!({ "width": ask.width, "height": height, "encoding": encoding, "layer": layers });

    let words: f64 = names.short.iter().map(|name| text_width(name, 11.0)).fold(0.0, f64::max);
    let as_of = moment.in_words(ask.lang);
    let subtitle = join(&[&names.common, &ask.tell(msg!("as of {as_of}", "截至{as_of}"))], ask);
    let mut key = vec![
        KeyEntry::point(
            json!({ "type": "point", "filled": true, "color": ink.seen, "size": 95, "opacity": 1 }),
            ask.say("share attained, ahead of the clock", "完成份额，快于时间进度"),
        ),
        KeyEntry::point(
            json!({ "type": "point", "filled": true, "fill": ink.paper, "stroke": ink.behind, "strokeWidth": 2.2, "size": 95, "opacity": 1 }),
            ask.say("behind it", "慢于时间进度"),
        ),
        KeyEntry::point(
            json!({ "type": "tick", "color": ink.text, "thickness": 2, "height": 14, "orient": "vertical" }),
            ask.say("clock: share expected by now", "时间进度：应完成份额"),
        ),
    ];
    if has_band {
        key.push(KeyEntry::line(
            json!({ "type": "rect", "color": ink.faint, "opacity": 0.28 }),
            ask.say("±10 points of the method", "该方法的±10个百分点"),
        ));
    }
    let mut reading = ask
        .say(
            "The clock runs to the period of the value, not to the moment of the assessment. Of a cap on a sum the share is what is used up.",
            "时间进度算至实绩所属时期，而非评估时点。对总量上限，份额为已用部分。",
        )
        .to_owned();
    let missing = courses.len() - placed;
    if missing > 0 {
        reading.push_str(&ask.tell(msg!(" {missing} without a share of the way, and why.", "{missing}项没有完成份额，注明原因。")));
    }
    let about = selection.about(ask, &as_of, method.unwrap_or_else(|| ask.say("plan clock", "计划时间进度")), &n.to_string());
    Ok(Figure {
        kind: ChartKind::ClockDumbbell,
        title: title(selection, ask),
        subtitle,
        key,
        plot,
        width: ask.width + words.min(300.0) + 120.0,
        reading,
        about,
        findings,
    })
}

/// Whether the share is one of a cap: what is used up.
fn is_cap(course: &Course) -> bool {
    course.way.as_ref().is_some_and(|way| way.measure == Measure::Sum && way.toward == Toward::Down)
}

/// The share as it is written beside its point, with an arrow where it lies beyond the plot.
fn number_text(course: &Course, share: f64, ask: &Ask<'_>) -> String {
    let (text, used) = (percent(share), if is_cap(course) { ask.say(" used", "（已用）") } else { "" });
    match (share < ENDS.0, share > ENDS.1) {
        (true, _) => format!("◂ {text}{used}"),
        (_, true) => format!("{text} ▸{used}"),
        _ => format!("{text}{used}"),
    }
}

/// The share of the way that is expected by the period of the value.
fn clock(course: &Course) -> Option<f64> {
    course.way.as_ref()?.clock.filter(|clock| clock.is_finite())
}

/// Attained, and the class of the method where there is one.
fn answer(course: &Course, pace: Option<&Pace>, ask: &Ask<'_>) -> String {
    let state = course.attained.state;
    let state = format!("{} {}", state_sign(state), line::state_name(state, ask.lang));
    match pace.and_then(|pace| pace.category.as_deref()) {
        Some(category) => format!("{state}{}{}", ask.comma(), shorten_to(category, 22)),
        None => state,
    }
}

fn why_absent(course: &Course, ask: &Ask<'_>) -> String {
    let attained = &course.attained;
    let maintenance = attained.value.is_some() && attained.reason.is_none() && course.way.as_ref().is_some_and(|way| way.base.is_some());
    match attained.reason {
        Some(reason) => reason.message().get(ask.lang).to_owned(),
        None if attained.value.is_none() => ask.say("no value yet", "尚无实绩").to_owned(),
        None if maintenance => ask.say("to be kept: no way to go", "保持类目标，没有要走的路").to_owned(),
        None => ask.say("no way from a baseline", "没有自基期起的路").to_owned(),
    }
}

pub(super) fn title(selection: &Selection<'_>, ask: &Ask<'_>) -> String {
    let document = selection.plan().document();
    document.title.as_ref().map_or(document.id.as_str(), |title| title.get(ask.lang)).to_owned()
}

pub(super) fn join(parts: &[&str], ask: &Ask<'_>) -> String {
    parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(ask.comma())
}
