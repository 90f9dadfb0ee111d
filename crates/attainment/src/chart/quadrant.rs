//! Targets by the share of the way behind them and the pace of late.
//!
//! The pace of late is the change a year over the last [`LATE`] years, or over what there is of them
//! since the start, over the change a year that is needed from now on: 1 and more arrives in time. The
//! ratio is ours; the idea of showing where a target stands beside how it moves is common to the
//! reports on the sustainable development goals. The pace since the baseline would say nothing more than
//! the share and the clock do: on a straight way the one follows from the others.

use serde_json::{Value, json};

use super::ask::{Ask, Selection, shorten_rows};
use super::dumbbell::{join, title};
use super::figure::{Figure, KeyEntry, shorten_to, text_width};
use super::number::{num, percent, published};
use super::path::has_way;
use super::{ChartKind, Problem};
use crate::assess::{Course, Way};
use crate::plan::Measure;
use crate::text::msg;
use crate::verdict::{Toward, decimal_year};

/// Years that the pace of late looks back, at most.
const LATE: f64 = 3.0;

/// Points of one chart, at most.
const MOST: usize = 300;

/// Points that are named beside their mark, at most; the others say their name when pointed at.
const NAMED: usize = 24;

const ACROSS: (f64, f64) = (-0.25, 1.25);
const UP: (f64, f64) = (-1.0, 2.5);

pub(super) fn figure(selection: &Selection<'_>, ask: &Ask<'_>) -> Result<Figure, Problem> {
    let moment = selection.moment().ok_or(Problem::Unfit)?;
    let courses = selection.assessment.courses(moment, selection.assessment.vintage(), |target, area| selection.keeps(target, area));
    let all = courses.len();
    let mut placed: Vec<(Course, Place)> = courses.into_iter().filter_map(|course| place(&course).map(|place| (course, place))).collect();
    if placed.is_empty() {
        let why = msg!("no target has both a share of the way and a pace of late", "没有目标既有完成份额又有近期进度");
        let help = msg!("it takes a baseline, a deadline that is not past and two values since the baseline", "需要基期、未过的期限和基期以来的两个实绩");
        return Err(Problem::Because(why, help));
    }
    let without = all - placed.len();
    let mut findings = Vec::new();
    shorten_rows(&mut placed, MOST, &mut findings);
    let pairs: Vec<(&str, &str)> = placed.iter().map(|(course, _)| (course.target.as_str(), course.area.as_str())).collect();
    let names = selection.names(&pairs, ask.lang);
    let n: usize = placed.iter().map(|(course, _)| course.points_used).sum();
    let clocks: Vec<f64> = placed.iter().filter_map(|(course, _)| course.way.as_ref()?.clock).collect();
    let clock = clocks.first().copied().filter(|first| clocks.len() == placed.len() && clocks.iter().all(|clock| clock == first));
    let size = (ask.width, (0.8 * ask.width).round());
    let ink = &ask.ink;

    let across = |share: f64| size.0 * (share - ACROSS.0) / (ACROSS.1 - ACROSS.0);
    let down = |pace: f64| size.1 * (UP.1 - pace) / (UP.1 - UP.0);
    let mut values = Vec::new();
    let mut boxes: Vec<(f64, f64, f64, f64)> = Vec::new();
    let mut order: Vec<usize> = (0..placed.len()).collect();
    order.sort_by(|one, other| placed[*one].1.pace.total_cmp(&placed[*other].1.pace).reverse());
    for index in order {
        let (_, place) = &placed[index];
        let (share, pace) = (place.share.clamp(ACROSS.0, ACROSS.1), place.pace.clamp(UP.0, UP.1));
        let beyond = share != place.share || pace != place.pace;
        let name = shorten_to(&names.full[index], 22);
        let pace_text = if place.reached { ask.say("reached", "已达到").to_owned() } else { format!("{} ×", published(place.pace, Some(2))) };
        // A name stands right of its mark, or left of it, where it touches no other.
        let (x, y, wide) = (across(share), down(pace), text_width(&name, 10.0));
        let fits = |from: f64| {
            let own = (from, from + wide, y - 6.0, y + 6.0);
            let free = boxes.iter().all(|(left, right, top, bottom)| own.0 > *right || own.1 < *left || own.2 > *bottom || own.3 < *top);
            (free && own.0 > -4.0 && own.1 < size.0 + 130.0).then_some(own)
        };
        let side = fits(x + 8.0).map(|own| (own, "right")).or_else(|| fits(x - 8.0 - wide).map(|own| (own, "left")));
        boxes.push((x - 6.0, x + 6.0, y - 6.0, y + 6.0));
        let side = side.filter(|_| values.len() < NAMED).map(|(own, side)| {
            boxes.push(own);
            side
        });
        values.push(json!({
            "name": names.full[index], "label": name, "share": num(share), "pace": num(pace), "reached": place.reached,
            "beyond": beyond, "share_text": percent(place.share), "pace_text": pace_text, "side": side
        }));
    }
    let unnamed = values.iter().filter(|value| value["side"].is_null()).count();
    let x = json!({ "field": "share", "type": "quantitative" });
    let y = json!({ "field": "pace", "type": "quantitative" });
    let rule = |axis: &str, at: f64| {
        json!({
            "data": { "values": [{ "at": num(at) }] },
            "mark": { "type": "rule", "color": ink.text, "strokeWidth": 1, "strokeDash": [4, 3] },
            "encoding": { axis: { "field": "at", "type": "quantitative" } }
        })
    };
    let mut layers = vec![rule("y", 1.0)];
    layers.extend(clock.map(|clock| rule("x", clock)));
    let note = |x: f64, y: f64, align: &str, text: &str| {
        json!({
            "data": { "values": [{}] },
            "mark": { "type": "text", "text": text, "align": align, "baseline": "middle", "fontSize": 10, "fontStyle": "italic", "color": ink.soft },
            "encoding": { "x": { "value": num(x) }, "y": { "value": num(y) } }
        })
    };
    layers.push(note(6.0, 10.0, "left", ask.say("behind, catching up", "落后，但在追赶")));
    layers.push(note(6.0, size.1 - 10.0, "left", ask.say("behind, and too slow", "落后，且过慢")));
    layers.push(note(size.0 - 6.0, 10.0, "right", ask.say("ahead, and fast enough", "领先，且够快")));
    layers.push(note(size.0 - 6.0, size.1 - 10.0, "right", ask.say("ahead, but slowing", "领先，但放缓")));
    if let Some(clock) = clock {
        let told = percent(clock);
        layers.push(note(across(clock), -8.0, "center", &ask.tell(msg!("clock {told}", "时间进度{told}"))));
    }
    let tooltip = json!([
        { "field": "name", "type": "nominal", "title": ask.say("target", "目标") },
        { "field": "share_text", "type": "nominal", "title": ask.say("share of the way", "完成份额") },
        { "field": "pace_text", "type": "nominal", "title": ask.say("pace of late over needed", "近期进度与所需之比") }
    ]);
    layers.push(json!({
        "data": { "values": values },
        "mark": { "type": "point", "filled": true, "size": 70, "opacity": 1, "strokeWidth": 1.8 },
        "encoding": {
            "x": x, "y": y, "tooltip": tooltip,
            "shape": { "condition": [{ "test": "datum.reached", "value": "square" }, { "test": "datum.beyond", "value": "triangle-up" }], "value": "circle" },
            "fill": { "condition": { "test": "datum.pace < 1", "value": ink.paper }, "value": ink.seen },
            "stroke": { "condition": { "test": "datum.pace < 1", "value": ink.behind }, "value": ink.seen }
        }
    }));
    for (side, align, dx) in [("right", "left", 8), ("left", "right", -8)] {
        layers.push(json!({
            "data": { "values": values },
            "transform": [{ "filter": { "field": "side", "equal": side } }],
            "mark": { "type": "text", "align": align, "baseline": "middle", "dx": dx, "fontSize": 10, "color": ink.text },
            "encoding": { "x": x, "y": y, "text": { "field": "label" } }
        }));
    }
    let axis = |title: &str, values: Value, format: &str| {
        json!({ "title": title, "values": values, "format": format, "domain": false, "tickSize": 4, "grid": true })
    };
    let encoding = json!({
        "x": {
            "scale": { "domain": [ACROSS.0, ACROSS.1], "nice": false },
            "axis": axis(ask.say("share of the way from baseline to target", "自基期至目标的完成份额"), json!([-0.25, 0, 0.25, 0.5, 0.75, 1, 1.25]), ".0%")
        },
        "y": {
            "scale": { "domain": [UP.0, UP.1], "nice": false },
            "axis": axis(ask.say("change a year of late over change needed", "近期年变动与所需年变动之比"), json!([-1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5]), ".1f")
        }
    });
    let plot = json!({ "width": size.0, "height": size.1, "encoding": encoding, "layer": layers });
    let mut key = vec![
        KeyEntry::point(json!({ "type": "point", "filled": true, "color": ink.seen, "size": 70, "opacity": 1 }), ask.say("fast enough of late", "近期够快")),
        KeyEntry::point(
            json!({ "type": "point", "filled": true, "fill": ink.paper, "stroke": ink.behind, "strokeWidth": 1.8, "size": 70, "opacity": 1 }),
            ask.say("too slow of late", "近期过慢"),
        ),
    ];
    let mut point = |is_used: bool, shape: &str, text: &str| {
        if is_used {
            key.push(KeyEntry::point(json!({ "type": "point", "shape": shape, "filled": true, "color": ink.seen, "size": 70, "opacity": 1 }), text));
        }
    };
    point(values.iter().any(|value| value["reached"] == true), "square", ask.say("reached already", "已达到"));
    point(values.iter().any(|value| value["beyond"] == true && value["reached"] == false), "triangle-up", ask.say("beyond the axis", "超出坐标"));
    let mut reading = ask
        .say(
            "Upward: the change a year over the last three years at most, since the baseline, over the change a year needed from now on; 1 arrives in time.",
            "纵轴：基期以来最近至多三年的年均变动，与今后每年所需变动之比；1为恰好按期达到。",
        )
        .to_owned();
    let mut add = |text: String| {
        reading.push_str(ask.say(" ", ""));
        reading.push_str(&text);
    };
    if clock.is_none() {
        add(ask.say("Targets have different clocks, so none is drawn.", "各目标的时间进度不同，未画。").to_owned());
    }
    if without > 0 {
        add(ask.tell(msg!("Not placed: {without}, without a share of the way or two values since the baseline.", "未画{without}项：没有完成份额，或基期以来不足两个实绩。")));
    }
    if unnamed > 0 {
        add(ask.tell(msg!("{unnamed} without room for a name.", "{unnamed}项无处写名。")));
    }
    let as_of = moment.in_words(ask.lang);
    let subtitle = join(&[&names.common, &ask.tell(msg!("as of {as_of}", "截至{as_of}"))], ask);
    let about = selection.about(ask, &as_of, ask.say("none (no class is drawn)", "无（图中不分类）"), &n.to_string());
    Ok(Figure { kind: ChartKind::AttainedPace, title: title(selection, ask), subtitle, key, plot, width: size.0 + 60.0, reading, about, findings })
}

/// Where a target stands.
struct Place {
    share: f64,
    pace: f64,
    /// Nothing is needed any more.
    reached: bool,
}

fn place(course: &Course) -> Option<Place> {
    let way = course.way.as_ref().filter(|way| has_way(way) && !(way.measure == Measure::Sum && way.toward == Toward::Down))?;
    let share = course.attained.closed.filter(|share| share.is_finite())?;
    let required = way.required.filter(|required| required.is_finite())?;
    let late = late(way)?;
    let reached = required == 0.0;
    let pace = if reached { UP.1 } else { late / required };
    pace.is_finite().then_some(Place { share, pace, reached })
}

/// The change a year over the last years: from the first value that is no more than [`LATE`] years
/// before the latest and not before the start.
fn late(way: &Way) -> Option<f64> {
    let (now, value) = way.now?;
    let (start, to) = (decimal_year(way.start?), decimal_year(now));
    let from = start.max(to - LATE);
    let base = way.base.map(|base| (start, base));
    let points = way.points.iter().map(|point| (decimal_year(point.at), point.value));
    let earlier = base.into_iter().chain(points).filter(|(year, _)| *year >= from - 1e-9 && *year < to - 1e-9);
    let (year, before) = earlier.min_by(|one, other| one.0.total_cmp(&other.0))?;
    Some((value - before) / (to - year))
}
