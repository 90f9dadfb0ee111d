//! Targets by methods, with the rows outlined on which methods disagree.

use std::collections::HashSet;

use serde_json::json;

use super::ask::{Ask, Selection, shorten_rows, unique};
use super::dumbbell::{MOST, join, title};
use super::figure::{Figure, KeyEntry, shorten_to, text_width};
use super::ink::{on_scale, scale_colour, scale_sign};
use super::number::num;
use super::{ChartKind, Problem};
use crate::text::{Message, msg};
use crate::verdict::{Scale, Verdict};

const ROW: f64 = 26.0;

/// A column is no narrower because there are many: about a dozen letters.
const LEAST_COLUMN: f64 = 84.0;

/// Pixels of a column beside its words.
const PADDING: f64 = 14.0;

/// The outlines of rows on which methods disagree.
const STRONG: f64 = 2.6;
const MILD: f64 = 1.0;

/// Methods of one chart, at most.
const MOST_METHODS: usize = 16;

pub(super) fn figure(selection: &Selection<'_>, ask: &Ask<'_>) -> Result<Figure, Problem> {
    let moment = selection.moment().ok_or(Problem::Unfit)?;
    if selection.methods.is_empty() {
        return Err(Problem::Because(msg!("no method was asked for", "没有指定方法"), msg!("assess with a method", "评估时请指定方法")));
    }
    let mut findings = Vec::new();
    let mut methods = selection.methods.clone();
    shorten_rows(&mut methods, MOST_METHODS, &mut findings);
    let mut rows = selection.rows(moment);
    let all = rows.len();
    let disputes = |kind: Dispute| rows.iter().filter(|row| dispute(row) == Some(kind)).count();
    let (count, mild) = (disputes(Dispute::OnTrack), disputes(Dispute::Class));
    let n: usize = rows.iter().map(|row| row[0].quality.points).sum();
    shorten_rows(&mut rows, MOST, &mut findings);
    let pairs: Vec<(&str, &str)> = rows.iter().map(|row| (row[0].target.as_str(), row[0].area.as_str())).collect();
    let names = selection.names(&pairs, ask.lang);
    // As wide as the words need, and no wider than the chart was asked to be as long as a word can be
    // told by its beginning; the whole of it is said when pointed at.
    let most_wide = (ask.width / methods.len() as f64).max(LEAST_COLUMN);
    let fitting = |text: &str, size: f64, most: usize| shorten_to(text, most.min(((most_wide - PADDING) / text_width("x", size)) as usize));
    let columns = unique(methods.iter().map(|method| fitting(method, 11.0, 22)).collect());

    let (mut cells, mut outlined, mut lined) = (Vec::new(), Vec::new(), Vec::new());
    let mut used: HashSet<Scale> = HashSet::new();
    let mut has_none = false;
    let mut widest = columns.iter().map(|name| text_width(name, 11.0)).fold(0.0, f64::max);
    for (row, (name, short)) in rows.iter().zip(names.full.iter().zip(&names.short)) {
        match dispute(row) {
            Some(Dispute::OnTrack) => outlined.push(json!({ "row": short })),
            Some(Dispute::Class) => lined.push(json!({ "row": short })),
            None => {}
        }
        for (method, column) in methods.iter().zip(&columns) {
            let pace = row.iter().filter_map(|verdict| verdict.pace.as_ref()).find(|pace| pace.method == *method);
            let mut cell = json!({ "row": short, "name": name, "column": column, "method": method });
            match pace.map(|pace| (pace, pace.scale, pace.category.as_deref())) {
                Some((_, Some(scale), Some(category))) => {
                    used.insert(scale);
                    let text = fitting(&format!("{} {category}", scale_sign(scale)), 10.0, 28);
                    widest = widest.max(text_width(&text, 10.0));
                    cell["text"] = text.into();
                    cell["fill"] = scale_colour(scale).into();
                    cell["ink"] = on_scale(scale).into();
                    cell["why"] = format!("{category} ({scale})").into();
                }
                other => {
                    has_none = true;
                    let why = other.and_then(|(pace, ..)| pace.reason).map(|reason| reason.message());
                    let why = why.map_or_else(|| ask.say("no class", "无类别").to_owned(), |why| ask.tell(why));
                    cell["text"] = ask.say("n/a", "不适用").into();
                    cell["ink"] = ask.ink.soft.into();
                    cell["why"] = why.into();
                }
            }
            cells.push(cell);
        }
    }
    let ink = &ask.ink;
    let column = (widest + PADDING).clamp(64.0, most_wide);
    let (width, height) = (column * methods.len() as f64, ROW * rows.len() as f64);
    let (x, y) = (json!({ "field": "column", "type": "nominal" }), json!({ "field": "row", "type": "nominal" }));
    let tooltip = json!([
        { "field": "name", "type": "nominal", "title": ask.say("target", "目标") },
        { "field": "method", "type": "nominal", "title": ask.say("method", "方法") },
        { "field": "why", "type": "nominal", "title": ask.say("class", "类别") }
    ]);
    let mut layers = vec![
        json!({
            "data": { "values": cells },
            "mark": { "type": "rect", "stroke": ink.paper, "strokeWidth": 2 },
            "encoding": {
                "x": x, "y": y, "tooltip": tooltip,
                "color": { "field": "fill", "type": "nominal", "scale": null, "legend": null }
            }
        }),
        json!({
            "data": { "values": cells },
            "mark": { "type": "text", "fontSize": 10, "baseline": "middle" },
            "encoding": { "x": x, "y": y, "text": { "field": "text" }, "color": { "field": "ink", "type": "nominal", "scale": null, "legend": null } }
        }),
    ];
    // The weightier outline lies on top.
    for (rows, stroke) in [(&lined, MILD), (&outlined, STRONG)] {
        if !rows.is_empty() {
            layers.push(json!({
                "data": { "values": rows },
                "mark": { "type": "rect", "fillOpacity": 0, "fill": ink.paper, "stroke": ink.text, "strokeWidth": stroke, "cornerRadius": 2 },
                "encoding": { "y": y, "x": { "value": -1 }, "x2": { "value": num(width + 1.0) } }
            }));
        }
    }
    let axis = json!({ "title": null, "domain": false, "ticks": false, "labelColor": ink.text, "labelPadding": 8, "labelLimit": 300 });
    let mut top = axis.clone();
    (top["orient"], top["labelAngle"]) = ("top".into(), 0.into());
    let encoding = json!({
        "x": { "scale": { "domain": columns, "padding": 0 }, "sort": null, "axis": top },
        "y": { "scale": { "domain": names.short, "padding": 0 }, "sort": null, "axis": axis }
    });
    let plot = json!({ "width": width, "height": height, "encoding": encoding, "layer": layers });
    let mut key: Vec<KeyEntry> = Scale::ALL
        .iter()
        .filter(|scale| used.contains(scale))
        .map(|scale| {
            let mark = json!({ "type": "point", "shape": "square", "filled": true, "color": scale_colour(*scale), "size": 150, "opacity": 1, "stroke": ink.faint, "strokeWidth": 0.5 });
            KeyEntry::point(mark, format!("{} {}", scale_sign(*scale), ask.tell(scale_name(*scale))))
        })
        .collect();
    if has_none {
        let mark = json!({ "type": "text", "text": ask.say("n/a", "不适用"), "color": ink.soft, "fontSize": 10 });
        key.push(KeyEntry::point(mark, ask.say("no case or no value", "无此情形或无数据")));
    }
    let outlines = [
        (&outlined, STRONG, ask.say("methods disagree on track or not", "是否符合进度结论不一")),
        (&lined, MILD, ask.say("on the class alone", "仅等级不一")),
    ];
    for (rows, stroke, text) in outlines {
        if !rows.is_empty() {
            let mark = json!({ "type": "rect", "fillOpacity": 0, "fill": ink.paper, "stroke": ink.text, "strokeWidth": stroke });
            key.push(KeyEntry::line(mark, text));
        }
    }
    let as_of = moment.in_words(ask.lang);
    let told = ask.tell(msg!(
        "methods disagree on track or not on {count} of {all}, on the class alone on {mild}",
        "{all}项中各方法对是否符合进度结论不一的{count}项，仅等级不一的{mild}项"
    ));
    let subtitle = join(&[&names.common, &ask.tell(msg!("as of {as_of}", "截至{as_of}")), &told], ask);
    let reading = ask
        .say(
            "Each cell says the class in the method's own words; colour and sign say where it stands on the common scale. Methods answer different questions: to disagree is no error.",
            "格中为各方法自己的类别用语；颜色和符号表示通用等级。各方法回答的问题不同，结论不一并非差错。",
        )
        .to_owned();
    let words: f64 = names.short.iter().map(|name| text_width(name, 11.0)).fold(0.0, f64::max);
    let about = selection.about(ask, &as_of, &methods.join(ask.comma()), &n.to_string());
    Ok(Figure {
        kind: ChartKind::MethodMatrix,
        title: title(selection, ask),
        subtitle,
        key,
        plot,
        width: (width + words.min(300.0) + 10.0).max(420.0),
        reading,
        about,
        findings,
    })
}

/// What methods disagree on, of one target.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dispute {
    /// Whether it is on track: done counts as that.
    OnTrack,
    /// Where it stands on the common scale, on one side of that line.
    Class,
}

fn dispute(row: &[&Verdict]) -> Option<Dispute> {
    let scales: Vec<Scale> = row.iter().filter_map(|verdict| verdict.pace.as_ref()?.scale).collect();
    let differ = |of: fn(Scale) -> Scale| scales.windows(2).any(|pair| of(pair[0]) != of(pair[1]));
    let side = |scale| if matches!(scale, Scale::Done | Scale::OnTrack) { Scale::OnTrack } else { Scale::Behind };
    match (differ(side), differ(|scale| scale)) {
        (true, _) => Some(Dispute::OnTrack),
        (_, true) => Some(Dispute::Class),
        _ => None,
    }
}

pub(super) fn scale_name(scale: Scale) -> Message {
    match scale {
        Scale::Done => msg!("done", "完成"),
        Scale::OnTrack => msg!("on track", "符合进度"),
        Scale::Near => msg!("near", "接近"),
        Scale::Behind => msg!("behind", "滞后"),
        Scale::Away => msg!("away", "背离"),
    }
}
