//! Targets by the share of the way behind them and the pace of late.
//!
//! The pace of late is the change a year over the last [`LATE`] years, or the nearest there is to that
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

/// Years that the pace of late looks back.
const LATE: f64 = 3.0;

/// Points of one chart, at most.
const MOST: usize = 300;

/// Points that are named beside their mark, at most; the others say their name when pointed at.
const NAMED: usize = 24;

/// What the axes show, and within it where marks stand: beyond, a mark stands at the end as a triangle.
const ACROSS: (f64, f64) = (-0.3, 1.3);
const UP: (f64, f64) = (-1.25, 2.75);
const MARKS: (f64, f64) = (-0.25, 1.25);
const TALL: (f64, f64) = (-1.0, 2.5);

/// Left, right, top, bottom.
type Box4 = (f64, f64, f64, f64);

/// Where the name of a mark stands, from the mark: right of it, left, above, below; nowhere where it
/// would touch something.
fn spot(mark: (f64, f64), wide: f64, size: (f64, f64), boxes: &mut Vec<Box4>) -> Option<(f64, f64, &'static str)> {
    let (x, y) = mark;
    let spots = [(8.0, 0.0, "left"), (-8.0, 0.0, "right"), (0.0, -12.0, "center"), (0.0, 12.0, "center")];
    spots.into_iter().find(|(dx, dy, align)| {
        let left = match *align {
            "left" => x + dx,
            "right" => x + dx - wide,
            _ => x - wide / 2.0,
        };
        let own = (left, left + wide, y + dy - 6.0, y + dy + 6.0);
        let touches = |(left, right, top, bottom): &Box4| own.0 < *right && own.1 > *left && own.2 < *bottom && own.3 > *top;
        let inside = own.0 > 2.0 && own.1 < size.0 - 2.0 && own.2 > 15.0 && own.3 < size.1 - 15.0;
        let free = inside && !boxes.iter().any(touches);
        if free {
            boxes.push(own);
        }
        free
    })
}

pub(super) fn figure(selection: &Selection<'_>, ask: &Ask<'_>) -> Result<Figure, Problem> {
    let moment = selection.moment().ok_or(Problem::Unfit)?;
    let mut findings = Vec::new();
    let mut pairs = selection.pairs(moment);
    shorten_rows(&mut pairs, MOST, &mut findings);
    let courses = selection.courses(moment, &pairs);
    let all = courses.len();
    let placed: Vec<(Course, Place)> = courses.into_iter().filter_map(|course| place(&course).map(|place| (course, place))).collect();
    if placed.is_empty() {
        let why = msg!("no target has both a share of the way and a pace of late", "没有目标既有完成份额又有近期进度");
        let help = msg!(
            "it takes a baseline, a deadline that is not past and two values since the baseline",
            "需要基期、未过的期限和基期以来的两个实绩"
        );
        return Err(Problem::Because(why, help));
    }
    let without = all - placed.len();
    let pairs: Vec<(&str, &str)> = placed.iter().map(|(course, _)| (course.target.as_str(), course.area.as_str())).collect();
    let names = selection.names(&pairs, ask.lang);
    let n: usize = placed.iter().map(|(course, _)| course.points_used).sum();
    let clocks: Vec<f64> = placed.iter().filter_map(|(course, _)| course.way.as_ref()?.clock).collect();
    let clock = clocks.first().copied().filter(|first| clocks.len() == placed.len() && clocks.iter().all(|clock| clock == first));
    let size = (ask.width, (0.8 * ask.width).round());
    let ink = &ask.ink;

    let across = |share: f64| size.0 * (share - ACROSS.0) / (ACROSS.1 - ACROSS.0);
    let down = |pace: f64| size.1 * (UP.1 - pace) / (UP.1 - UP.0);
    let marks: Vec<(f64, f64)> =
        placed.iter().map(|(_, place)| (across(place.share.clamp(MARKS.0, MARKS.1)), down(place.pace.clamp(TALL.0, TALL.1)))).collect();
    // Names stand where they touch neither a mark nor another name.
    let mut boxes: Vec<Box4> = marks.iter().map(|(x, y)| (x - 5.0, x + 5.0, y - 5.0, y + 5.0)).collect();
    let mut values = Vec::new();
    for (index, (_, place)) in placed.iter().enumerate() {
        let (share, pace) = (place.share.clamp(MARKS.0, MARKS.1), place.pace.clamp(TALL.0, TALL.1));
        let beyond = share != place.share || pace != place.pace;
        let name = shorten_to(&names.full[index], 22);
        let pace_text =
            if place.reached { ask.say("reached", "已达到").to_owned() } else { format!("{} ×", published(place.pace, Some(2))) };
        let spot = if values.len() < NAMED { spot(marks[index], text_width(&name, 10.0), size, &mut boxes) } else { None };
        let (dx, dy, align) = spot.unwrap_or((0.0, 0.0, "none"));
        values.push(json!({
            "name": names.full[index], "label": name, "share": num(share), "pace": num(pace), "reached": place.reached,
            "beyond": beyond, "share_text": percent(place.share), "pace_text": pace_text, "align": align,
            "label_x": num(marks[index].0 + dx), "label_y": num(marks[index].1 + dy)
        }));
    }
    let unnamed = values.iter().filter(|value| value["align"] == "none").count();
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
    let corners = match clock {
        Some(_) => [
            ask.say("behind, but fast enough of late", "落后，但近期够快"),
            ask.say("ahead, and fast enough of late", "领先，近期也够快"),
            ask.say("behind, and too slow of late", "落后，近期也过慢"),
            ask.say("ahead, but too slow of late", "领先，但近期过慢"),
        ],
        None => [ask.say("fast enough of late", "近期够快"), "", ask.say("too slow of late", "近期过慢"), ""],
    };
    for (corner, text) in corners.into_iter().enumerate() {
        let (x, align) = if corner % 2 == 0 { (6.0, "left") } else { (size.0 - 6.0, "right") };
        let y = if corner < 2 { 10.0 } else { size.1 - 10.0 };
        layers.push(note(x, y, align, text));
    }
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
    for value in values.iter().filter(|value| value["align"] != "none") {
        layers.push(json!({
            "data": { "values": [{}] },
            "mark": { "type": "text", "align": value["align"], "baseline": "middle", "fontSize": 10, "color": ink.text, "text": value["label"] },
            "encoding": { "x": { "value": value["label_x"] }, "y": { "value": value["label_y"] } }
        }));
    }
    let axis = |title: &str, values: Value, format: &str| json!({ "title": title, "values": values, "format": format, "domain": false, "tickSize": 4, "grid": true });
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
        KeyEntry::point(
            json!({ "type": "point", "filled": true, "color": ink.seen, "size": 70, "opacity": 1 }),
            ask.say("fast enough of late", "近期够快"),
        ),
        KeyEntry::point(
            json!({ "type": "point", "filled": true, "fill": ink.paper, "stroke": ink.behind, "strokeWidth": 1.8, "size": 70, "opacity": 1 }),
            ask.say("too slow of late", "近期过慢"),
        ),
    ];
    let mut point = |is_used: bool, shape: &str, text: &str| {
        if is_used {
            key.push(KeyEntry::point(
                json!({ "type": "point", "shape": shape, "filled": true, "color": ink.seen, "size": 70, "opacity": 1 }),
                text,
            ));
        }
    };
    point(values.iter().any(|value| value["reached"] == true), "square", ask.say("reached already", "已达到"));
    point(
        values.iter().any(|value| value["beyond"] == true && value["reached"] == false),
        "triangle-up",
        ask.say("beyond the axis", "超出坐标"),
    );
    let mut reading = ask
        .say(
            "Upward: the change a year over the last three years, or the nearest there is to that since the baseline, over the change a year needed from now on; 1 arrives in time.",
            "纵轴：最近三年（或基期以来与之最接近的时段）的年均变动，与今后每年所需变动之比；1为恰好按期达到。",
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
        add(ask.tell(msg!(
            "Not placed: {without}, without a share of the way or two values since the baseline.",
            "未画{without}项：没有完成份额，或基期以来不足两个实绩。"
        )));
    }
    if unnamed > 0 {
        add(ask.tell(msg!("{unnamed} without room for a name.", "{unnamed}项无处写名。")));
    }
    let as_of = moment.in_words(ask.lang);
    let subtitle = join(&[&names.common, &ask.tell(msg!("as of {as_of}", "截至{as_of}"))], ask);
    let about = selection.about(ask, &as_of, ask.say("none (no class is drawn)", "无（图中不分类）"), &n.to_string());
    Ok(Figure {
        kind: ChartKind::AttainedPace,
        title: title(selection, ask),
        subtitle,
        key,
        plot,
        width: size.0 + 60.0,
        reading,
        about,
        findings,
    })
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
    let pace = if reached { TALL.1 } else { late / required };
    pace.is_finite().then_some(Place { share, pace, reached })
}

/// The change a year of late: from the last value at least [`LATE`] years before the latest, and not
/// before the start; from the first since the start where there is none.
fn late(way: &Way) -> Option<f64> {
    let (now, value) = way.now?;
    let (start, to) = (decimal_year(way.start?), decimal_year(now));
    let base = way.base.map(|base| (start, base));
    let points = way.points.iter().map(|point| (decimal_year(point.at), point.value));
    let mut earlier: Vec<(f64, f64)> = base.into_iter().chain(points).filter(|(year, _)| *year >= start && *year < to).collect();
    earlier.sort_by(|one, other| one.0.total_cmp(&other.0));
    let long_ago = earlier.iter().rev().find(|(year, _)| *year <= to - LATE);
    let (year, before) = long_ago.or(earlier.first())?;
    Some((value - before) / (to - year))
}
