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
use crate::verdict::Scale;

const ROW: f64 = 26.0;

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
    let disputed: HashSet<(&str, &str)> =
        rows.iter().filter(|row| disagrees(row)).map(|row| (row[0].target.as_str(), row[0].area.as_str())).collect();
    let n: usize = rows.iter().map(|row| row[0].quality.points).sum();
    shorten_rows(&mut rows, MOST, &mut findings);
    let pairs: Vec<(&str, &str)> = rows.iter().map(|row| (row[0].target.as_str(), row[0].area.as_str())).collect();
    let names = selection.names(&pairs, ask.lang);
    let columns = unique(methods.iter().map(|method| shorten_to(method, 22)).collect());

    let (mut cells, mut outlined) = (Vec::new(), Vec::new());
    let mut used: HashSet<Scale> = HashSet::new();
    let mut has_none = false;
    let mut widest = columns.iter().map(|name| text_width(name, 11.0)).fold(0.0, f64::max);
    for (row, (name, short)) in rows.iter().zip(names.full.iter().zip(&names.short)) {
        if disputed.contains(&(row[0].target.as_str(), row[0].area.as_str())) {
            outlined.push(json!({ "row": short }));
        }
        for (method, column) in methods.iter().zip(&columns) {
            let pace = row.iter().filter_map(|verdict| verdict.pace.as_ref()).find(|pace| pace.method == *method);
            let mut cell = json!({ "row": short, "name": name, "column": column, "method": method });
            match pace.map(|pace| (pace, pace.scale, pace.category.as_deref())) {
                Some((_, Some(scale), Some(category))) => {
                    used.insert(scale);
                    let text = format!("{} {}", scale_sign(scale), shorten_to(category, 26));
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
    // Wide enough for the words, and no wider than they need.
    let column = (widest + 14.0).max(64.0);
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
    if !outlined.is_empty() {
        layers.push(json!({
            "data": { "values": outlined },
            "mark": { "type": "rect", "fillOpacity": 0, "fill": ink.paper, "stroke": ink.text, "strokeWidth": 2.2, "cornerRadius": 2 },
            "encoding": { "y": y, "x": { "value": -1 }, "x2": { "value": num(width + 1.0) } }
        }));
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
    if !outlined.is_empty() {
        let mark = json!({ "type": "rect", "fillOpacity": 0, "fill": ink.paper, "stroke": ink.text, "strokeWidth": 2.2 });
        key.push(KeyEntry::line(mark, ask.say("methods disagree", "方法结论不一")));
    }
    let as_of = moment.in_words(ask.lang);
    let (count, all) = (disputed.len(), pairs.len());
    let told = ask.tell(msg!("methods disagree on {count} of {all}", "{all}项中{count}项各方法结论不一"));
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

/// Whether two methods say different things of one target, on the common scale.
fn disagrees(row: &[&crate::verdict::Verdict]) -> bool {
    let mut scales = row.iter().filter_map(|verdict| verdict.pace.as_ref()?.scale);
    scales.next().is_some_and(|first| scales.any(|scale| scale != first))
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
