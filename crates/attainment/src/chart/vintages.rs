//! One target as seen at successive vintages, or at successive moments.

use serde_json::{Value, json};

use super::ask::{Ask, Selection, moments};
use super::figure::{Figure, text_width};
use super::number::{Ticks, num, published};
use super::path::{axis_title, bound_text, halo, has_way, heading, is_drawable, stretches, y_axis};
use super::{ChartKind, Problem};
use crate::assess::{Course, Way, WayPoint};
use crate::column::Cell;
use crate::finding::{Code, Finding};
use crate::period::Point;
use crate::text::msg;
use crate::verdict::decimal_year;

/// Targets and areas among which one is looked for, at most.
const TRIED: usize = 200;

/// Views of one chart, at most.
const MOST: usize = 12;

pub(super) fn figure(selection: &Selection<'_>, vintages: &[Cell], ask: &Ask<'_>) -> Result<Figure, Problem> {
    let moment = selection.moment().ok_or(Problem::Unfit)?;
    let known = selection.assessment.vintage();
    let pairs = selection.pairs(moment);
    let all = selection.courses(moment, &pairs[..pairs.len().min(TRIED)]);
    let mut drawable = all.iter().filter(|course| course.way.as_ref().is_some_and(is_drawable));
    let (one, others) = (drawable.next().ok_or(Problem::Unfit)?, drawable.count() + pairs.len().saturating_sub(TRIED));
    let id = selection.plan().document().targets.get(&one.target).and_then(|target| target.indicator.as_ref());
    let there = id.map(|id| selection.assessment.vintages_of(id.as_str(), &one.area)).unwrap_or_default();
    // What was published after the vintage asked for is not known to this assessment.
    let there: Vec<Point> = there.into_iter().filter(|vintage| known.is_none_or(|known| vintage.last_day() <= known.last_day())).collect();
    let mut problems = Vec::new();
    let mut views: Vec<Point> = moments(vintages, &there, &mut problems);
    if !problems.is_empty() {
        return Err(Problem::Findings(problems));
    }
    let by_vintage = views.len() > 1;
    if !by_vintage {
        views = selection.moments.clone();
        views.sort_by_key(|moment| moment.last_day());
    }
    let mut findings = Vec::new();
    if others > 0 {
        let shown = &one.target;
        findings.push(
            Finding::new(
                Code::ChartShortened,
                msg!("the chart shows one target in one area, `{shown}`, of {}", "图中只有一个地区的一个目标`{shown}`，共{}个", others + 1),
            )
            .help(msg!("name the target and the area to draw", "请指明要画的目标和地区")),
        );
    }
    if views.len() > MOST {
        let dropped = views.len() - MOST;
        // The first view and the latest ones say the most.
        views.drain(1..=dropped);
        findings.push(
            Finding::new(Code::ChartShortened, msg!("{dropped} views are not drawn", "有{dropped}次未画"))
                .help(msg!("name the vintages to draw", "请指明要画的数据版本")),
        );
    }
    let keep = |target: &str, area: &str| target == one.target && area == one.area;
    let see = |view: &Point| {
        let (as_of, vintage) = if by_vintage { (moment, Some(*view)) } else { (*view, known) };
        let course = selection.assessment.courses(as_of, vintage, keep).into_iter().next()?;
        course.way.as_ref().is_some_and(is_drawable).then_some((*view, course))
    };
    let seen: Vec<(Point, Course)> = views.iter().filter_map(see).collect();
    if seen.len() < 2 {
        let why = msg!("the data have one vintage, and the assessment one moment", "数据只有一个版本，评估也只有一个时点");
        return Err(Problem::Because(
            why,
            msg!("give observations their vintage, or assess at several moments", "请给实绩注明版本，或评估多个时点"),
        ));
    }
    let Some(latest) = seen.last().and_then(|(_, course)| course.way.as_ref()) else { return Err(Problem::Unfit) };
    let decimals = selection.decimals(&one.target, latest);
    let unit = selection.unit(&one.target, latest.measure, ask);
    let ways = || seen.iter().filter_map(|(view, course)| course.way.as_ref().map(|way| (*view, way)));
    let plot = draw(&ways().collect::<Vec<_>>(), latest, decimals, unit.as_deref(), by_vintage, ask);

    let (title, _) = heading(one, selection, ask);
    let count = seen.len();
    let subtitle = if by_vintage {
        let as_of = moment.in_words(ask.lang);
        ask.tell(msg!("as of {as_of}, as known at {count} vintages", "截至{as_of}，{count}个数据版本"))
    } else {
        ask.tell(msg!("as seen at {count} moments", "{count}个时点所见"))
    };
    let reading = if by_vintage {
        ask.say(
            "Each line is the series as it was known at a vintage, with the number it ends on; the newest is the heaviest. Dashed: on at the mean change a year since the baseline.",
            "每条线为某一数据版本所知的序列及其末值；最新者最重。虚线：按基期以来年均变动延伸。",
        )
    } else {
        ask.say(
            "Each dashed line goes on from the value known at a moment at the mean change a year since the baseline, to the deadline; the latest is the heaviest.",
            "每条虚线自某一时点所知的值起，按基期以来年均变动延伸至期限；最近者最重。",
        )
    };
    let moments = if by_vintage { moment.in_words(ask.lang) } else { list(&views, ask) };
    let n = seen.last().map_or(0, |(_, course)| course.points_used);
    let mut about = selection.about(ask, &moments, ask.say("none (no class is drawn)", "无（图中不分类）"), &n.to_string());
    if by_vintage {
        let all = ask.say("all in the data", "数据中的全部");
        about = about.replacen(all, &list(&views, ask), 1);
    }
    Ok(Figure {
        kind: ChartKind::Vintages,
        title,
        subtitle,
        key: Vec::new(),
        plot,
        width: ask.width + 150.0,
        reading: reading.to_owned(),
        about,
        findings,
    })
}

fn list(points: &[Point], ask: &Ask<'_>) -> String {
    points.iter().map(|point| point.in_words(ask.lang)).collect::<Vec<_>>().join(ask.say(", ", "、"))
}

fn draw(ways: &[(Point, &Way)], latest: &Way, decimals: Option<u32>, unit: Option<&str>, by_vintage: bool, ask: &Ask<'_>) -> Value {
    let ink = &ask.ink;
    let (width, height) = (ask.width, 280.0);
    let end_of = |way: &Way| way.deadline.map(decimal_year);
    let years = ways.iter().flat_map(|(_, way)| way.points.iter().map(|point| decimal_year(point.at)).chain(end_of(way)));
    let (from, to) = years.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), year| (low.min(year), high.max(year)));
    let mut x = Ticks::within(from, to, width / 62.0);
    x.values.retain(|year| year.fract() == 0.0);
    let values = ways.iter().flat_map(|(_, way)| way.points.iter().map(|point| point.value).chain(way.projected).chain([way.bound]));
    let (low, high) = values
        .filter(|value| value.is_finite())
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    let y = Ticks::within(low - 0.1 * (high - low), high + 0.1 * (high - low), height / 34.0);
    let count = ways.len();
    let mut layers = Vec::new();
    let mut labels: Vec<(f64, f64, String, f64)> = Vec::new();
    let across = |year: f64| width * (year - from + 0.02 * (to - from)) / (1.04 * (to - from).max(1e-9));
    for (index, (view, way)) in ways.iter().enumerate() {
        let is_last = index + 1 == count;
        // Older views stand back: thinner and fainter, never another colour alone.
        let opacity = if is_last { 1.0 } else { 0.35 + 0.4 * index as f64 / count as f64 };
        let weight = if is_last { 2.6 } else { 1.4 };
        let points: Vec<Value> = way.points.iter().map(|point| row(point.at, point.value, decimals, unit, view, ask)).collect();
        let (fx, fy) = (json!({ "field": "year", "type": "quantitative" }), json!({ "field": "value", "type": "quantitative" }));
        let tooltip = json!([
            { "field": "view", "type": "nominal", "title": if by_vintage { ask.say("vintage", "数据版本") } else { ask.say("as of", "截至") } },
            { "field": "period", "type": "nominal", "title": ask.say("period", "时期") },
            { "field": "text", "type": "nominal", "title": ask.say("value", "数值") }
        ]);
        if by_vintage || is_last {
            let (runs, gaps) = stretches(&way.points);
            let as_rows = |points: &[WayPoint]| {
                points.iter().map(|point| json!({ "year": num(decimal_year(point.at)), "value": num(point.value) })).collect::<Vec<_>>()
            };
            let solid = json!({ "type": "line", "color": ink.seen, "strokeWidth": weight, "opacity": opacity });
            let dotted = json!({ "type": "line", "color": ink.faint, "strokeWidth": 1.2, "strokeDash": [1, 4], "strokeCap": "round" });
            let lines = gaps.iter().map(|ends| (as_rows(ends), &dotted)).chain(runs.iter().map(|run| (as_rows(run), &solid)));
            layers.extend(lines.map(|(rows, mark)| json!({ "data": { "values": rows }, "mark": mark, "encoding": { "x": fx, "y": fy } })));
        }
        layers.push(json!({
            "data": { "values": points },
            "mark": { "type": "point", "filled": true, "fill": if is_last { ink.seen } else { ink.paper }, "stroke": ink.seen, "strokeWidth": 1.3, "size": 34, "opacity": if is_last { 1.0 } else { opacity.max(0.55) } },
            "encoding": { "x": fx, "y": fy, "tooltip": tooltip }
        }));
        let view_text = view.in_words(ask.lang);
        match (way.now, way.projected, way.deadline) {
            (Some((now, value)), Some(projected), Some(deadline)) => {
                let ends = [(decimal_year(now), value), (decimal_year(deadline), projected)];
                let ends: Vec<Value> = ends.iter().map(|(year, value)| json!({ "year": num(*year), "value": num(*value) })).collect();
                layers.push(json!({
                    "data": { "values": ends },
                    "mark": { "type": "line", "color": ink.ahead, "strokeWidth": weight, "strokeDash": [5, 3], "opacity": opacity },
                    "encoding": { "x": fx, "y": fy }
                }));
                let told = published(projected, decimals);
                labels.push((
                    across(decimal_year(deadline)),
                    y.down(projected, height),
                    ask.tell(msg!("{view_text}: → {told}", "{view_text}：→ {told}")),
                    opacity,
                ));
            }
            _ => {
                if let Some(last) = way.points.last() {
                    let told = published(last.value, decimals);
                    let told = ask.tell(msg!("{view_text}: {told}", "{view_text}：{told}"));
                    // In the middle of the plot it stands above or below its point, off the target.
                    let half = text_width(&told, 10.5) / 2.0;
                    let off = if last.value < way.bound { 14.0 } else { -14.0 };
                    labels.push((across(decimal_year(last.at)) - half, y.down(last.value, height) + off, told, opacity));
                }
            }
        }
    }
    // The target, and where it is due.
    let due = latest.deadline.map_or(to, decimal_year);
    let start = if has_way(latest) { latest.start.map_or(from, decimal_year).max(from) } else { from };
    let target = json!([{ "year": num(start), "value": num(latest.bound) }, { "year": num(due), "value": num(latest.bound) }]);
    let (fx, fy) = (json!({ "field": "year", "type": "quantitative" }), json!({ "field": "value", "type": "quantitative" }));
    layers.insert(0, json!({ "data": { "values": target }, "mark": { "type": "line", "color": ink.text, "strokeWidth": 1.3 }, "encoding": { "x": fx, "y": fy } }));
    layers.push(json!({ "data": { "values": [target[1]] }, "mark": { "type": "point", "shape": "diamond", "filled": true, "color": ink.text, "size": 90, "opacity": 1 }, "encoding": { "x": fx, "y": fy } }));
    let bound = bound_text(latest);
    let due_text = latest.deadline.map(|deadline| deadline.in_words(ask.lang)).unwrap_or_default();
    labels.push((
        across(due),
        y.down(latest.bound, height),
        ask.tell(msg!("target {bound}, due {due_text}", "目标{bound}，{due_text}到期")),
        1.0,
    ));
    labels.sort_by(|one, other| one.1.total_cmp(&other.1));
    let mut taken: Vec<(f64, f64, f64)> = Vec::new();
    for (at, down, text, opacity) in labels {
        let wide = text_width(&text, 10.5);
        let mut down = down;
        while taken.iter().any(|(left, right, y)| at < *right && at + wide > *left && (down - y).abs() < 13.0) {
            down += 1.0;
        }
        taken.push((at, at + wide + 9.0, down));
        let mark = json!({ "type": "text", "align": "left", "baseline": "middle", "dx": 9, "fontSize": 10.5, "text": text, "color": if opacity < 1.0 { ink.soft } else { ink.text } });
        let place = json!({ "x": { "value": num(at) }, "y": { "value": num(down) } });
        layers.extend(halo(&mark, &place, ask));
    }
    let margin = 0.02 * (to - from);
    let axis_title = axis_title(latest, unit, ask);
    let encoding = json!({
        "x": { "scale": { "domain": [num(from - margin), num(to + margin)], "nice": false, "zero": false }, "axis": { "values": x.list(), "format": "d", "title": null, "grid": false, "tickSize": 4 } },
        "y": { "scale": { "domain": y.domain(), "nice": false, "zero": false }, "axis": y_axis(&y, &axis_title, -12.0, ask) }
    });
    json!({ "width": width, "height": height, "encoding": encoding, "layer": layers })
}

fn row(at: Point, value: f64, decimals: Option<u32>, unit: Option<&str>, view: &Point, ask: &Ask<'_>) -> Value {
    let unit = unit.map(|unit| format!(" {unit}")).unwrap_or_default();
    json!({
        "year": num(decimal_year(at)), "value": num(value), "period": at.in_words(ask.lang), "view": view.in_words(ask.lang),
        "text": format!("{}{unit}", published(value, decimals))
    })
}
