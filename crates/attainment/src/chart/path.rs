//! The path of a target: what was, what is asked, where it leads.

use serde_json::{Value, json};

use super::ask::{Ask, Selection};
use super::figure::{Figure, KeyEntry, shorten_to, text_width};
use super::number::{Ticks, num, published};
use super::project::{Ahead, project};
use super::{ChartKind, Problem};
use crate::assess::{Course, Way, WayPoint};
use crate::finding::Finding;
use crate::period::Point;
use crate::plan::{CompareWord, Measure};
use crate::render::{area_name, line, target_name};
use crate::text::{Message, msg};
use crate::verdict::{Form, Toward, decimal_year};

/// Paths that are drawn beside each other, at most.
const MOST: usize = 12;

/// Targets and areas among which paths are looked for, at most.
const TRIED: usize = 10 * MOST;

/// Places that a way at the same rate is drawn through.
const CURVE: u32 = 24;

/// Labels at the end of a path stand at least so many pixels apart.
const LINE: f64 = 14.0;

pub(super) fn figure(selection: &Selection<'_>, ask: &Ask<'_>) -> Result<Figure, Problem> {
    let moment = selection.moment().ok_or(Problem::Unfit)?;
    let pairs = selection.pairs(moment);
    let all = selection.courses(moment, &pairs[..pairs.len().min(TRIED)]);
    let mut courses: Vec<&Course> = all.iter().filter(|course| course.way.as_ref().is_some_and(is_drawable)).collect();
    if courses.is_empty() {
        return Err(Problem::Unfit);
    }
    let left_out = all.len() - courses.len();
    let mut findings: Vec<Finding> = Vec::new();
    if courses.len() > MOST || pairs.len() > TRIED {
        courses.truncate(MOST);
        findings.push(super::ask::shortened(courses.len(), pairs.len()));
    }
    let alone = courses.len() == 1;
    let size = if alone { (ask.width, 280.0) } else { ((ask.width * 0.75).max(220.0), 190.0) };
    let mut used = Used::default();
    let pairs: Vec<(&str, &str)> = courses.iter().map(|course| (course.target.as_str(), course.area.as_str())).collect();
    let names = selection.names(&pairs, ask.lang);
    let each = courses.iter().zip(&names.full);
    let panels: Vec<Value> =
        each.map(|(course, name)| panel(course, selection, ask, size, (!alone).then_some(name.as_str()), &mut used)).collect();
    let label = 150.0;
    let (plot, width) = match (panels.len(), panels) {
        (1, mut panels) => (panels.remove(0), size.0 + label),
        (count, panels) => {
            let columns = if count > 4 { 3.min(count) } else { 2 };
            let plot = json!({ "concat": panels, "columns": columns, "spacing": { "row": 26, "column": 18 } });
            (plot, columns as f64 * (size.0 + label))
        }
    };
    let (title, subtitle) = if alone { heading(courses[0], selection, ask) } else { together(&courses, &names.common, selection, ask) };
    let n: usize = courses.iter().map(|course| course.points_used).sum();
    let about = selection.about(ask, &moment.in_words(ask.lang), ask.say("none (no class is drawn)", "无（图中不分类）"), &n.to_string());
    let mut reading = used.reading(ask);
    if left_out > 0 {
        reading.push_str(&ask.tell(msg!(
            " Not drawn: {left_out}, for which it cannot be told what is asked or which are answered in words.",
            "未画{left_out}项：要求不明，或以文字作答。"
        )));
    }
    Ok(Figure { kind: ChartKind::TargetPath, title, subtitle, key: used.key(ask), plot, width, reading, about, findings })
}

/// Whether there is anything to draw: a number that is asked for, and numbers.
pub(super) fn is_drawable(way: &Way) -> bool {
    !way.is_words && way.bound.is_finite() && (!way.points.is_empty() || way.now.is_some())
}

/// Which marks are used in any panel, for the key and the reading.
#[derive(Default)]
struct Used {
    straight: bool,
    compound: bool,
    level: bool,
    corridor: bool,
    projection: bool,
    band: bool,
    gap: bool,
    is_break: bool,
    provisional: bool,
    earlier_cut: bool,
}

impl Used {
    fn key(&self, ask: &Ask<'_>) -> Vec<KeyEntry> {
        let ink = &ask.ink;
        let mut key = vec![KeyEntry::line(json!({ "type": "rule", "color": ink.seen, "strokeWidth": 2.2 }), ask.say("observed", "实绩"))];
        let mut line = |is_used: bool, mark: Value, text: &str| {
            if is_used {
                key.push(KeyEntry::line(mark, text));
            }
        };
        line(self.level, required_rule(ask, None), ask.say("required", "要求"));
        line(self.straight, required_rule(ask, Some(&[7, 4])), ask.say("required, straight", "要求（直线）"));
        line(self.compound, required_rule(ask, Some(&[2, 3])), ask.say("required, compound", "要求（复合）"));
        line(self.corridor, json!({ "type": "rect", "color": ink.faint, "opacity": 0.25 }), ask.say("within", "区间"));
        line(
            self.projection,
            json!({ "type": "rule", "color": ink.ahead, "strokeWidth": 2, "strokeDash": [5, 3] }),
            ask.say("projected", "推算"),
        );
        line(self.band, json!({ "type": "rect", "color": ink.ahead, "opacity": 0.18 }), ask.say("80 % interval", "80%区间"));
        if self.gap {
            let mark = json!({ "type": "text", "text": "×", "color": ink.soft, "fontSize": 13 });
            key.push(KeyEntry::point(mark, ask.say("no value", "缺值")));
        }
        if self.provisional {
            let mark = json!({ "type": "point", "filled": false, "color": ink.seen, "size": 36, "strokeWidth": 1.5 });
            key.push(KeyEntry::point(mark, ask.say("provisional or estimated", "初步或估计")));
        }
        key
    }

    fn reading(&self, ask: &Ask<'_>) -> String {
        let mut parts: Vec<&str> = Vec::new();
        if self.projection {
            parts.push(ask.say("Projected: on at the mean change a year since the baseline.", "推算：按基期以来年均变动延伸。"));
        }
        if self.band {
            parts.push(ask.say(
                "80 % interval of the drift method, from the spread of the changes between periods since the baseline, as if they were independent and normal.",
                "80%区间按漂移法计算：依据基期以来各期变动的离散程度，假定其独立且正态。",
            ));
        } else if self.projection {
            parts.push(
                ask.say("No interval: fewer than five consecutive changes since the baseline.", "未画区间：基期以来连续变动不足五次。"),
            );
        }
        if self.gap {
            parts.push(ask.say("Dotted grey: no values between.", "灰色点线：其间缺值。"));
        }
        if self.is_break {
            parts.push(ask.say("‖ marks a break: values on either side do not compare.", "‖为数据断点，两侧不可比。"));
        }
        if self.earlier_cut {
            parts.push(ask.say("Values long before the baseline are not drawn.", "基期之前较早的值未画。"));
        }
        parts.join(ask.say(" ", ""))
    }
}

fn required_rule(ask: &Ask<'_>, dash: Option<&[u32]>) -> Value {
    let mut mark = json!({ "type": "rule", "color": ask.ink.text, "strokeWidth": 1.3 });
    if let Some(dash) = dash {
        mark["strokeDash"] = dash.into();
    }
    mark
}

/// The title of one path, and what became of it.
pub(super) fn heading(course: &Course, selection: &Selection<'_>, ask: &Ask<'_>) -> (String, String) {
    let (plan, lang) = (selection.plan(), ask.lang);
    let name = target_name(plan, &course.target, lang);
    let place = area_name(plan, &course.area, lang);
    let title = if place.is_empty() { name } else { format!("{name}{}{place}", ask.comma()) };
    (title, state_line(course, ask))
}

fn state_line(course: &Course, ask: &Ask<'_>) -> String {
    let attained = &course.attained;
    let state = format!("{} {}", state_sign(attained.state), line::state_name(attained.state, ask.lang));
    let degree = attained.closed.map(|closed| {
        let closed = super::number::percent(closed);
        match course.way.as_ref() {
            Some(way) if way.measure == Measure::Sum && way.toward == Toward::Down => ask.tell(msg!("{closed} used", "已用{closed}")),
            _ => ask.tell(msg!("{closed} of the way", "完成{closed}")),
        }
    });
    let reason = attained.reason.map(|reason| reason.message().get(ask.lang).to_owned());
    let vintage = course.vintage.map(|vintage| {
        let vintage = vintage.in_words(ask.lang);
        ask.tell(msg!("as known in {vintage}", "{vintage}时已知"))
    });
    [Some(state), degree, reason, vintage].into_iter().flatten().collect::<Vec<_>>().join(ask.comma())
}

pub(super) fn state_sign(state: crate::verdict::State) -> &'static str {
    use crate::verdict::State;
    match state {
        State::Met => "✓",
        State::NotMet => "✗",
        State::Pending => "○",
        State::NotEvaluable => "?",
    }
}

/// The title of several paths.
fn together(courses: &[&Course], common: &str, selection: &Selection<'_>, ask: &Ask<'_>) -> (String, String) {
    let document = selection.plan().document();
    let title = document.title.as_ref().map_or(document.id.as_str(), |title| title.get(ask.lang)).to_owned();
    let count = courses.len();
    let common = if common.is_empty() { String::new() } else { format!("{common}{}", ask.comma()) };
    (title, ask.tell(msg!("{common}{count} targets, each with an axis of its own", "{common}{count}个目标，各用各的坐标")))
}

/// The marks of one path.
fn panel(course: &Course, selection: &Selection<'_>, ask: &Ask<'_>, size: (f64, f64), name: Option<&str>, used: &mut Used) -> Value {
    let Some(way) = &course.way else { return Value::Null };
    let (width, height) = size;
    let decimals = selection.decimals(&course.target, way);
    let unit = selection.unit(&course.target, way.measure, ask);
    let scene = Scene::new(way, course.as_of, width, height, used);
    let ink = &ask.ink;
    let mut layers: Vec<Value> = Vec::new();
    let mut labels: Vec<(f64, String, &str)> = Vec::new();

    moments(&scene, course, ask, &mut layers);
    asked(&scene, way, ask, used, &mut layers);
    // The band lies under the lines.
    let ahead = project(way);
    if let Some(last) = ahead.last() {
        (used.projection, used.band) = (true, used.band || last.ends.is_some());
        layers.extend(projection(&ahead, ask));
        let value = published(last.value, decimals);
        labels.push((scene.y.down(last.value, height), ask.tell(msg!("projected {value}", "推算{value}")), ink.ahead));
    }
    layers.extend(observed(way, &scene, ask, used, decimals, unit.as_deref()));
    layers.push(bound_mark(way, &scene, ask));
    let bound = bound_text(way);
    labels.push((scene.y.down(way.bound, height), ask.tell(msg!("target {bound}", "目标{bound}")), ink.text));
    let latest = scene.points.last().filter(|point| way.deadline.is_none_or(|deadline| point.at == deadline) && ahead.is_empty());
    if let Some(latest) = latest {
        let value = published(latest.value, decimals);
        labels.push((scene.y.down(latest.value, height), value, ink.seen));
    } else if let Some(latest) = scene.points.last() {
        // The latest value in the middle of the plot is labelled where it stands.
        let place = json!({ "x": { "datum": num(decimal_year(latest.at)) }, "y": { "datum": num(latest.value) } });
        let text = published(latest.value, decimals);
        let mark =
            json!({ "type": "text", "text": text, "align": "center", "dy": scene.free_side(latest), "color": ink.seen, "fontWeight": 600 });
        layers.extend(halo(&mark, &place, ask));
    }
    // Labels beside the end of the way, moved apart where they would touch.
    spread_out(&mut labels, height);
    for (y, text, colour) in labels {
        let mark =
            json!({ "type": "text", "align": "left", "baseline": "middle", "text": text, "color": colour, "dx": 9, "fontWeight": 500 });
        layers.push(json!({ "data": { "values": [{}] }, "mark": mark, "encoding": { "x": { "value": num(scene.right(way)) }, "y": { "value": num(y) } } }));
    }
    let axis_title = axis_title(way, unit.as_deref(), ask);
    let x_axis = json!({ "values": scene.x.list(), "format": "d", "title": null, "grid": false, "labelFlush": false, "tickSize": 4 });
    let y_axis = y_axis(&scene.y, &axis_title, -12.0, ask);
    let encoding = json!({
        "x": { "type": "quantitative", "scale": { "domain": scene.x_domain(), "nice": false, "zero": false }, "axis": x_axis },
        "y": { "type": "quantitative", "scale": { "domain": scene.y.domain(), "nice": false, "zero": false }, "axis": y_axis }
    });
    let mut panel = json!({ "width": width, "height": height, "encoding": encoding, "layer": layers });
    if let Some(title) = name {
        let state = state_line(course, ask);
        let columns = ((width + 110.0) / (0.56 * 12.0)) as usize;
        panel["title"] = json!({
            "text": shorten_to(title, columns), "subtitle": shorten_to(&state, columns), "fontSize": 12, "offset": 16, "anchor": "start"
        });
    }
    panel
}

/// The plot of one path: its points and axes.
struct Scene {
    points: Vec<WayPoint>,
    x: Ticks,
    from: f64,
    to: f64,
    y: Ticks,
    width: f64,
    height: f64,
}

impl Scene {
    fn new(way: &Way, as_of: Point, width: f64, height: f64, used: &mut Used) -> Self {
        let mut points = way.points.clone();
        if let (true, Some((at, value))) = (points.is_empty(), way.now) {
            points.push(WayPoint { at, value, is_break: false, is_provisional: false });
        }
        let first = points.first().map(|point| decimal_year(point.at));
        let last = points.last().map(|point| decimal_year(point.at));
        let end = [way.deadline.map(decimal_year), last].into_iter().flatten().reduce(f64::max).unwrap_or_else(|| decimal_year(as_of));
        // Before the start as long as the way is, and ten years at least.
        let start = way.start.filter(|_| way.form != Form::Each).map(decimal_year);
        let earliest = start.map_or(f64::NEG_INFINITY, |start| start - (end - start).max(10.0));
        let count = points.len();
        points.retain(|point| decimal_year(point.at) >= earliest);
        used.earlier_cut |= points.len() < count;
        let first = first.map(|first| first.max(earliest));
        let begin = [first, start].into_iter().flatten().reduce(f64::min).unwrap_or(end - 1.0);
        let (from, to) = if end > begin { (begin, end) } else { (begin - 1.0, end + 1.0) };
        let mut x = Ticks::within(from, to, (width / 62.0).max(2.0));
        x.values.retain(|year| year.fract() == 0.0);
        let ahead = project(way);
        let ends = ahead.last().into_iter().flat_map(|last| last.ends.map_or([last.value, last.value], |ends| [ends.0, ends.1]));
        let asked = [Some(way.bound), way.bound_max, way.base.filter(|_| has_way(way))].into_iter().flatten();
        let values = points.iter().map(|point| point.value).chain(asked).chain(ends).filter(|value| value.is_finite());
        let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        // Room for the latest value above or below its point.
        let room = 0.11 * (high - low);
        let y = Ticks::within(low - room, high + room, (height / 34.0).max(3.0));
        Self { points, x, from, to, y, width, height }
    }

    fn x_domain(&self) -> Value {
        let margin = 0.02 * (self.to - self.from);
        json!([num(self.from - margin), num(self.to + margin)])
    }

    fn across(&self, year: f64) -> f64 {
        let margin = 0.02 * (self.to - self.from);
        self.width * (year - self.from + margin) / (self.to - self.from + 2.0 * margin)
    }

    /// Where the labels at the end of the way begin.
    fn right(&self, way: &Way) -> f64 {
        self.across(way.deadline.map_or(self.to, decimal_year).max(self.to))
    }

    /// Above or below a point: where the line to the point before does not run.
    fn free_side(&self, point: &WayPoint) -> f64 {
        let before = self.points.iter().rev().nth(1);
        if before.is_some_and(|before| before.value > point.value) { 15.0 } else { -11.0 }
    }
}

/// Whether the number starts somewhere and goes to the bound.
pub(super) fn has_way(way: &Way) -> bool {
    let goes = matches!(way.measure, Measure::Level | Measure::Change | Measure::RelativeChange | Measure::Multiple | Measure::Sum);
    goes && way.form != Form::Each && way.base.is_some() && way.start.is_some() && way.deadline.is_some()
}

/// The way that is asked for: straight and at the same rate, or a level to hold.
fn asked(scene: &Scene, way: &Way, ask: &Ask<'_>, used: &mut Used, layers: &mut Vec<Value>) {
    let ends = way.start.zip(way.deadline).map(|(start, deadline)| (decimal_year(start), decimal_year(deadline)));
    let line = |points: Vec<(f64, f64)>, dash: Option<&[u32]>| {
        let values: Vec<Value> = points.iter().map(|(year, value)| json!({ "year": num(*year), "value": num(*value) })).collect();
        let mut mark = required_rule(ask, dash);
        mark["type"] = "line".into();
        json!({ "data": { "values": values }, "mark": mark, "encoding": { "x": { "field": "year" }, "y": { "field": "value" } } })
    };
    let bound = way.bound;
    if let (Some(high), Toward::Inside) = (way.bound_max, way.toward) {
        used.corridor = true;
        let (from, to) = ends.unwrap_or((scene.from, scene.to));
        let (from, to) = if way.form == Form::Dated { (scene.from, to) } else { (from, to) };
        layers.push(json!({
            "data": { "values": [{ "from": num(from), "to": num(to), "low": num(bound), "high": num(high) }] },
            "mark": { "type": "rect", "color": ask.ink.faint, "opacity": 0.25 },
            "encoding": { "x": { "field": "from" }, "x2": { "field": "to" }, "y": { "field": "low" }, "y2": { "field": "high" } }
        }));
        return;
    }
    match (has_way(way), ends, way.base) {
        (true, Some((from, to)), Some(base)) => {
            used.straight = true;
            layers.push(line(vec![(from, base), (to, bound)], Some(&[7, 4])));
            // At the same rate each year: only where it is another line.
            if let Some(multiple) = way.multiple.filter(|multiple| multiple.of_start != 1.0) {
                used.compound = true;
                let log = libm::log(multiple.of_start);
                let at = |step: u32| {
                    let share = f64::from(step) / f64::from(CURVE);
                    (from + (to - from) * share, multiple.add + multiple.scale * libm::exp(log * share))
                };
                layers.push(line((0..=CURVE).map(at).collect(), Some(&[2, 3])));
            }
        }
        _ => {
            used.level = true;
            let (from, to) = match (way.form, way.start, way.deadline) {
                (Form::Each | Form::Window, start, deadline) => {
                    let first = start.map_or(scene.from, |start| decimal_year(start.plus(1)));
                    (first.max(scene.from), deadline.map_or(scene.to, decimal_year))
                }
                (Form::Dated, start, deadline) => (start.map_or(scene.from, decimal_year), deadline.map_or(scene.to, decimal_year)),
            };
            let from = if to > from { from } else { scene.from };
            layers.push(line(vec![(from, bound), (to, bound)], None));
        }
    }
}

/// Rules at the moment of the assessment and at the deadline.
fn moments(scene: &Scene, course: &Course, ask: &Ask<'_>, layers: &mut Vec<Value>) {
    let ink = &ask.ink;
    let words = |point: Point| point.in_words(ask.lang);
    let inside = |year: f64| year >= scene.from - 1e-9 && year <= scene.to + 1e-9;
    let as_of = course.as_of;
    let (seen, known) = (words(as_of), course.vintage.map(words));
    let seen = match known {
        Some(known) => ask.tell(msg!("as of {seen}, known {known}", "截至{seen}（{known}已知）")),
        None => ask.tell(msg!("as of {seen}", "截至{seen}")),
    };
    let deadline = course.way.as_ref().and_then(|way| way.deadline);
    let mut marks: Vec<(f64, String)> = Vec::new();
    match deadline {
        Some(due) if due.last_day() == as_of.last_day() => {
            let due = words(due);
            marks.push((decimal_year(as_of), ask.tell(msg!("{seen} = due {due}", "{seen}=到期"))));
        }
        _ => {
            marks.push((decimal_year(as_of), seen));
            let due = deadline.map(|due| {
                let text = words(due);
                (decimal_year(due), ask.tell(msg!("due {text}", "{text}到期")))
            });
            marks.extend(due);
        }
    }
    marks.retain(|(year, _)| inside(*year));
    for (index, (year, text)) in marks.iter().enumerate() {
        let x = scene.across(*year);
        // The moment is told to the left of its rule, the deadline to the right of its own; where there
        // is no room on the left, on the right.
        let to_left = index == 0 && x > text_width(text, 10.0);
        layers.push(json!({
            "data": { "values": [{ "year": num(*year) }] },
            "mark": { "type": "rule", "color": ink.faint, "strokeWidth": 1, "y": -4 },
            "encoding": { "x": { "field": "year" } }
        }));
        layers.push(json!({
            "data": { "values": [{}] },
            "mark": { "type": "text", "text": text, "align": if to_left { "right" } else { "left" }, "baseline": "bottom", "fontSize": 10, "color": ink.soft },
            "encoding": { "x": { "value": num(if to_left { x - 3.0 } else { x + 3.0 }) }, "y": { "value": 3 } }
        }));
    }
}

fn projection(ahead: &[Ahead], ask: &Ask<'_>) -> Vec<Value> {
    let values: Vec<Value> = ahead
        .iter()
        .map(|ahead| {
            let mut row = json!({ "year": num(ahead.year), "value": num(ahead.value) });
            if let Some((low, high)) = ahead.ends {
                (row["low"], row["high"]) = (num(low), num(high));
            }
            row
        })
        .collect();
    let x = json!({ "field": "year" });
    let mut layers = Vec::new();
    if ahead.iter().any(|ahead| ahead.ends.is_some()) {
        layers.push(json!({
            "data": { "values": values },
            "mark": { "type": "area", "color": ask.ink.ahead, "opacity": 0.18 },
            "encoding": { "x": x, "y": { "field": "low" }, "y2": { "field": "high" } }
        }));
    }
    let ends: Vec<&Value> = values.first().into_iter().chain(values.last()).collect();
    layers.push(json!({
        "data": { "values": ends },
        "mark": { "type": "line", "color": ask.ink.ahead, "strokeWidth": 2, "strokeDash": [5, 3] },
        "encoding": { "x": x, "y": { "field": "value" } }
    }));
    if let Some(last) = ends.last() {
        layers.push(json!({
            "data": { "values": [last] },
            "mark": { "type": "point", "shape": "circle", "filled": true, "fill": ask.ink.paper, "stroke": ask.ink.ahead, "size": 44, "opacity": 1 },
            "encoding": { "x": x, "y": { "field": "value" } }
        }));
    }
    layers
}

/// The values: a line where periods follow one another, dots between where some are missing.
fn observed(way: &Way, scene: &Scene, ask: &Ask<'_>, used: &mut Used, decimals: Option<u32>, unit: Option<&str>) -> Vec<Value> {
    let ink = &ask.ink;
    let unit = unit.map(|unit| format!(" {unit}")).unwrap_or_default();
    let mut rows = Vec::new();
    let (mut bridges, mut holes, mut breaks) = (Vec::new(), Vec::new(), Vec::new());
    let mut stretch = 0;
    for (index, point) in scene.points.iter().enumerate() {
        if let Some(before) = index.checked_sub(1).and_then(|index| scene.points.get(index)) {
            let next = before.at.plus(1);
            let follows = next.last_day() >= point.at.last_day();
            if point.is_break {
                used.is_break = true;
                stretch += 1;
                breaks.push(json!({ "year": num(f64::midpoint(decimal_year(before.at), decimal_year(point.at))) }));
            } else if !follows {
                used.gap = true;
                stretch += 1;
                for (end, value) in [(before.at, before.value), (point.at, point.value)] {
                    bridges.push(json!({ "year": num(decimal_year(end)), "value": num(value), "gap": stretch }));
                }
            }
            if !follows {
                let mut missing = next;
                while missing.last_day() < point.at.last_day() && holes.len() < 200 {
                    holes.push(json!({ "year": num(decimal_year(missing)), "period": missing.in_words(ask.lang) }));
                    missing = missing.plus(1);
                }
            }
        }
        used.provisional |= point.is_provisional;
        rows.push(json!({
            "year": num(decimal_year(point.at)), "value": num(point.value), "stretch": stretch,
            "period": point.at.in_words(ask.lang), "text": format!("{}{unit}", published(point.value, decimals)),
            "provisional": point.is_provisional
        }));
    }
    // A sum or change starts from its base.
    let starts = has_way(way) && way.measure != Measure::Level;
    if let (true, Some(start), Some(base)) = (starts, way.start, way.base) {
        rows.insert(
            0,
            json!({
                "year": num(decimal_year(start)), "value": num(base), "stretch": 0, "period": start.in_words(ask.lang),
                "text": format!("{}{unit}", published(base, decimals)), "provisional": false
            }),
        );
        if let Some(first) = scene.points.first().filter(|first| start.plus(1).last_day() < first.at.last_day()) {
            used.gap = true;
            rows[0]["stretch"] = json!(-1);
            let mut missing = start.plus(1);
            while missing.last_day() < first.at.last_day() && holes.len() < 200 {
                holes.push(json!({ "year": num(decimal_year(missing)), "period": missing.in_words(ask.lang) }));
                missing = missing.plus(1);
            }
            for (end, value) in [(start, base), (first.at, first.value)] {
                bridges.push(json!({ "year": num(decimal_year(end)), "value": num(value), "gap": -1 }));
            }
        }
    }
    let (x, y) = (json!({ "field": "year" }), json!({ "field": "value" }));
    let mut layers = Vec::new();
    if !bridges.is_empty() {
        layers.push(json!({
            "data": { "values": bridges },
            "mark": { "type": "line", "color": ink.faint, "strokeWidth": 1.2, "strokeDash": [1, 4], "strokeCap": "round" },
            "encoding": { "x": x, "y": y, "detail": { "field": "gap", "type": "nominal" } }
        }));
    }
    if !holes.is_empty() {
        layers.push(json!({
            "data": { "values": holes },
            "mark": { "type": "text", "text": "×", "color": ink.soft, "fontSize": 12, "baseline": "bottom", "y": scene.height, "tooltip": { "content": "data" } },
            "encoding": { "x": x }
        }));
    }
    if !breaks.is_empty() {
        layers.push(json!({
            "data": { "values": breaks },
            "mark": { "type": "text", "text": "‖", "color": ink.soft, "fontSize": 12, "baseline": "bottom", "y": scene.height },
            "encoding": { "x": x }
        }));
    }
    layers.push(json!({
        "data": { "values": rows },
        "mark": { "type": "line", "color": ink.seen, "strokeWidth": 2.2, "strokeJoin": "round" },
        "encoding": { "x": x, "y": y, "detail": { "field": "stretch", "type": "nominal" } }
    }));
    let tooltip = json!([
        { "field": "period", "type": "nominal", "title": ask.say("period", "时期") },
        { "field": "text", "type": "nominal", "title": ask.say("value", "数值") }
    ]);
    let fill = json!({ "condition": { "test": "datum.provisional", "value": ink.paper }, "value": ink.seen });
    layers.push(json!({
        "data": { "values": rows },
        "mark": { "type": "point", "filled": true, "stroke": ink.seen, "strokeWidth": 1.5, "size": if scene.points.len() > 40 { 12 } else { 30 }, "opacity": 1 },
        "encoding": { "x": x, "y": y, "fill": fill, "tooltip": tooltip }
    }));
    layers
}

/// A diamond where the target stands.
fn bound_mark(way: &Way, scene: &Scene, ask: &Ask<'_>) -> Value {
    let year = way.deadline.map_or(scene.to, decimal_year);
    let bounds: Vec<Value> =
        [Some(way.bound), way.bound_max].into_iter().flatten().map(|bound| json!({ "year": num(year), "value": num(bound) })).collect();
    json!({
        "data": { "values": bounds },
        "mark": { "type": "point", "shape": "diamond", "filled": true, "color": ask.ink.text, "size": 90, "opacity": 1 },
        "encoding": { "x": { "field": "year" }, "y": { "field": "value" } }
    })
}

/// What is asked, as the plan writes it: a bound has its own digits.
pub(super) fn bound_text(way: &Way) -> String {
    let high = way.bound_max.map(|high| format!("–{}", published(high, None))).unwrap_or_default();
    format!("{}{}{high}", sign_of(way), published(way.bound, None))
}

/// The comparison as a sign.
pub(super) fn sign_of(way: &Way) -> &'static str {
    match (way.word, way.toward) {
        (CompareWord::MoreThan, _) => "> ",
        (CompareWord::LessThan, _) => "< ",
        (CompareWord::AtLeast, _) => "≥ ",
        (CompareWord::AtMost, _) => "≤ ",
        (CompareWord::About, _) => "≈ ",
        (CompareWord::Equals, _) => "= ",
        (CompareWord::Within, _) => "",
        (CompareWord::Reach, Toward::Up) => "≥ ",
        (CompareWord::Reach, Toward::Down) => "≤ ",
        (CompareWord::Reach, Toward::Inside) => "= ",
    }
}

/// What the axis counts: the measure, since when, and the unit.
pub(super) fn axis_title(way: &Way, unit: Option<&str>, ask: &Ask<'_>) -> String {
    let since = way.start.map(|start| start.in_words(ask.lang));
    let since = since.as_deref();
    let what = match (way.measure, since) {
        (Measure::Level, _) => Message::default(),
        (Measure::Change, Some(since)) => msg!("change since {since}", "较{since}变动"),
        (Measure::Change, None) => msg!("change", "变动"),
        (Measure::RelativeChange, Some(since)) => msg!("relative change since {since}", "较{since}相对变动"),
        (Measure::RelativeChange, None) => msg!("relative change", "相对变动"),
        (Measure::Multiple, Some(since)) => msg!("times {since}", "为{since}的倍数"),
        (Measure::Multiple, None) => msg!("multiple", "倍数"),
        (Measure::AnnualGrowth, _) => msg!("mean growth a year so far", "年均增速"),
        (Measure::Sum, _) => msg!("sum so far", "累计"),
        (Measure::Mean, _) => msg!("mean so far", "平均"),
        (Measure::Rank, _) => msg!("rank", "位次"),
        (Measure::Percentile, _) => msg!("percentile", "百分位"),
    };
    let what = ask.tell(what);
    match (what.is_empty(), unit) {
        (true, Some(unit)) => unit.to_owned(),
        (false, Some(unit)) => format!("{what}{}{unit}", ask.comma()),
        (_, None) => what,
    }
}

/// An axis on the left with its title above it, in millions where numbers are long.
pub(super) fn y_axis(y: &Ticks, title: &str, above: f64, ask: &Ask<'_>) -> Value {
    let (mut axis, word) = y.labels(ask.lang == crate::text::Lang::Zh);
    let title = match word {
        Some(word) if title.is_empty() => word.to_owned(),
        Some(word) => ask.tell(msg!("{title} ({word})", "{title}（{word}）")),
        None => title.to_owned(),
    };
    for (key, value) in [
        ("title", json!(title)),
        ("titleAngle", json!(0)),
        ("titleAlign", json!("left")),
        ("titleAnchor", json!("end")),
        ("titleX", json!(-34)),
        ("titleY", json!(above)),
        ("domain", json!(false)),
        ("ticks", json!(false)),
    ] {
        axis[key] = value;
    }
    axis
}

/// Stretches of values without a gap or break between them, each with its points, and the ends that a
/// gap leaves.
pub(super) fn stretches(points: &[WayPoint]) -> (Vec<&[WayPoint]>, Vec<[WayPoint; 2]>) {
    let joined = |before: &WayPoint, after: &WayPoint| !after.is_break && before.at.plus(1).last_day() >= after.at.last_day();
    let runs: Vec<&[WayPoint]> = points.chunk_by(|before, after| joined(before, after)).collect();
    let ends = runs.windows(2).filter_map(|pair| Some([*pair[0].last()?, *pair[1].first()?]));
    let gaps = ends.filter(|[_, after]| !after.is_break).collect();
    (runs, gaps)
}

/// Text that can be read on lines: the same text in paper colour behind it.
pub(super) fn halo(mark: &Value, encoding: &Value, ask: &Ask<'_>) -> [Value; 2] {
    let mut behind = mark.clone();
    (behind["stroke"], behind["strokeWidth"], behind["color"]) = (ask.ink.paper.into(), 4.into(), ask.ink.paper.into());
    behind["strokeJoin"] = "round".into();
    [behind, mark.clone()].map(|mark| json!({ "data": { "values": [{}] }, "mark": mark, "encoding": encoding }))
}

/// Moves labels apart that would touch, and keeps them in the plot.
fn spread_out(labels: &mut [(f64, String, &str)], height: f64) {
    labels.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut lowest = f64::NEG_INFINITY;
    for label in labels.iter_mut() {
        label.0 = label.0.max(lowest + LINE);
        lowest = label.0;
    }
    let over = (lowest - height).max(0.0);
    let mut highest = height + LINE;
    if over > 0.0 {
        for label in labels.iter_mut().rev() {
            label.0 = label.0.min(highest - LINE);
            highest = label.0;
        }
    }
}
