//! Scores of areas, best first.

use serde_json::{Value, json};

use super::ask::{Ask, ROW_NAME, moments, shorten_rows, unique};
use super::dumbbell::{MOST, ROW, join};
use super::figure::{Figure, KeyEntry, shorten_to, text_width};
use super::number::{Ticks, num, published};
use super::{ChartKind, ChartOptions, Problem};
use crate::period::Point;
use crate::score::Scorecard;
use crate::text::{msg, one_line};

pub(super) fn figure(card: &Scorecard, options: &ChartOptions<'_>, ask: &Ask<'_>) -> Result<Figure, Problem> {
    let (card, period) = one_period(card, options)?;
    let mut findings = Vec::new();
    let mut scores = card.scores();
    let is_kept = |area: &str| options.areas.is_empty() || options.areas.iter().any(|kept| kept == area);
    known_areas(options, scores.iter().map(|score| score.area.as_str()))?;
    scores.retain(|score| is_kept(&score.area));
    let scored = scores.iter().filter(|score| score.score.is_some()).count();
    if scored == 0 {
        return Err(Problem::Because(
            msg!("no area has a score", "没有地区有得分"),
            msg!("see the findings of the scorecard", "请查看评分卡的提示"),
        ));
    }
    // Areas without a score stand last, and are not 0.
    scores.sort_by(|one, other| {
        let rank = |rank: Option<f64>| rank.unwrap_or(f64::INFINITY);
        rank(one.rank).total_cmp(&rank(other.rank))
    });
    let all = scores.len();
    shorten_rows(&mut scores, MOST, &mut findings);
    let short = unique(scores.iter().map(|score| shorten_to(&score.area, ROW_NAME)).collect());
    let values = scores.iter().filter_map(|score| score.score);
    let (low, high) = values.fold((0.0_f64, 0.0_f64), |(low, high), value| (low.min(value), high.max(value)));
    // Bars begin at zero.
    let x = Ticks::new(low, high, (ask.width / 70.0).max(3.0));
    let ink = &ask.ink;
    let has_grades = scores.iter().any(|score| score.grade.is_some());
    let mut rows = Vec::new();
    for (score, short) in scores.iter().zip(&short) {
        let text = match (score.rounded, score.score) {
            (Some(rounded), _) => crate::render::grouped(&rounded.to_string()),
            (None, Some(value)) => published(value, None),
            (None, None) => ask.say("no score", "没有得分").to_owned(),
        };
        let rank = score.rank.map_or_else(|| "–".to_owned(), |rank| published(rank, None));
        let veto = if score.veto.is_empty() { "" } else { ask.say(" (veto)", "（一票否决）") };
        rows.push(json!({
            "row": short, "name": one_line(&score.area), "score": super::number::maybe(score.score), "text": text, "rank": rank,
            "grade": format!("{}{veto}", score.grade.as_deref().unwrap_or("")), "zero": 0
        }));
    }
    let y = json!({ "field": "row", "type": "nominal" });
    let tooltip = json!([
        { "field": "name", "type": "nominal", "title": ask.say("area", "地区") },
        { "field": "rank", "type": "nominal", "title": ask.say("rank", "位次") },
        { "field": "text", "type": "nominal", "title": ask.say("score", "得分") },
        { "field": "grade", "type": "nominal", "title": ask.say("grade", "等级") }
    ]);
    let column = |x: f64, field: &str, align: &str| {
        json!({
            "data": { "values": rows },
            "mark": { "type": "text", "align": align, "baseline": "middle", "fontSize": 10.5, "color": ink.soft, "x": x },
            "encoding": { "y": y, "text": { "field": field } }
        })
    };
    let mut layers = vec![
        json!({
            "data": { "values": rows },
            "transform": [{ "filter": "isValid(datum.score)" }],
            "mark": { "type": "bar", "color": ink.seen, "height": { "band": 0.68 } },
            "encoding": { "y": y, "x": { "field": "score", "type": "quantitative" }, "x2": { "field": "zero" }, "tooltip": tooltip }
        }),
        json!({
            "data": { "values": rows },
            "transform": [{ "calculate": "isValid(datum.score) ? max(datum.score, 0) : 0", "as": "end" }],
            "mark": { "type": "text", "align": "left", "baseline": "middle", "dx": 5, "fontSize": 10.5, "color": ink.text },
            "encoding": { "y": y, "x": { "field": "end", "type": "quantitative" }, "text": { "field": "text" } }
        }),
        column(-8.0, "rank", "right"),
    ];
    if has_grades {
        layers.push(column(ask.width + 46.0, "grade", "left"));
    }
    let axis = json!({ "title": null, "domain": false, "ticks": false, "labelPadding": 34, "labelColor": ink.text, "labelLimit": 300 });
    let encoding = json!({
        "x": { "scale": { "domain": x.domain(), "nice": false }, "axis": { "values": x.list(), "format": x.format(), "title": ask.say("score", "得分"), "domain": false, "tickSize": 4 } },
        "y": { "scale": { "domain": short, "paddingInner": 0, "paddingOuter": 0 }, "sort": null, "axis": axis }
    });
    let plot = json!({ "width": ask.width, "height": ROW * rows.len() as f64, "encoding": encoding, "layer": layers });
    let document = card.scheme().document();
    let title = document.title.as_ref().map_or(document.id.as_str(), |title| title.get(ask.lang)).to_owned();
    let period = period.map(|period| period.in_words(ask.lang)).unwrap_or_default();
    let subtitle = join(&[&period, &ask.tell(msg!("{scored} of {all} areas with a score", "{all}个地区中{scored}个有得分"))], ask);
    let words: f64 = short.iter().map(|name| text_width(name, 11.0)).fold(0.0, f64::max);
    let reading = ask
        .say("Left of each bar the rank; bars begin at zero. Without a score is not 0.", "柱左为位次；柱自零起。没有得分不等于零分。")
        .to_owned();
    Ok(Figure {
        kind: ChartKind::Scores,
        title,
        subtitle,
        key: Vec::<KeyEntry>::new(),
        plot,
        width: ask.width + words.min(300.0) + 110.0,
        reading,
        about: about(&card, &period, all, ask),
        findings,
    })
}

/// Source, period and scheme in one line.
pub(super) fn about(card: &Scorecard, period: &str, n: usize, ask: &Ask<'_>) -> String {
    let (id, data) = (card.scheme().id(), ask.data_source());
    let as_of = if period.is_empty() { ask.say("not stated", "未注明") } else { period };
    ask.tell(msg!(
        "Scheme: {id}. {data}. As of {as_of}; vintage: as scored; method: {id}; n = {n}.",
        "计分办法：{id}。{data}。截至{as_of}；数据版本：计分时所用；方法：{id}；n = {n}。"
    ))
}

/// The one period that is drawn: the only one, the one asked for, or the latest.
pub(super) fn one_period(card: &Scorecard, options: &ChartOptions<'_>) -> Result<(Scorecard, Option<Point>), Problem> {
    let mut known: Vec<Point> = card.scores().iter().filter_map(|score| score.period).collect();
    known.sort_by_key(|period| period.last_day());
    known.dedup();
    let mut problems = Vec::new();
    let asked = moments(&options.as_of, &known, &mut problems);
    match asked.last() {
        _ if !problems.is_empty() => Err(Problem::Findings(problems)),
        None => Ok((card.clone(), None)),
        Some(period) => match card.at(period.to_string()) {
            Ok(one) => Ok((one, Some(*period))),
            Err(error) => Err(Problem::Findings(error.findings().to_vec())),
        },
    }
}

pub(super) fn known_areas<'a>(options: &ChartOptions<'_>, known: impl Iterator<Item = &'a str>) -> Result<(), Problem> {
    let known: Vec<&str> = known.collect();
    let mut problems = Vec::new();
    for area in &options.areas {
        super::ask::unknown(&mut problems, area, &known, |id| msg!("there is no area `{id}`", "没有地区`{id}`"));
    }
    if problems.is_empty() { Ok(()) } else { Err(Problem::Findings(problems)) }
}

#[cfg(feature = "robustness")]
pub(super) mod intervals {
    //! Ranks of areas over all runs of a simulation.

    use super::*;
    use crate::score::Robustness;

    pub(in crate::chart) fn figure(robustness: &Robustness, options: &ChartOptions<'_>, ask: &Ask<'_>) -> Result<Figure, Problem> {
        known_areas(options, robustness.intervals.iter().map(|interval| interval.area.as_str()))?;
        let is_kept = |area: &str| options.areas.is_empty() || options.areas.iter().any(|kept| kept == area);
        let mut intervals: Vec<_> = robustness.intervals.iter().filter(|interval| is_kept(&interval.area)).collect();
        if intervals.is_empty() {
            return Err(Problem::Unfit);
        }
        intervals.sort_by(|one, other| one.nominal.cmp(&other.nominal).then(one.median.total_cmp(&other.median)));
        let mut findings = Vec::new();
        let all = robustness.intervals.len();
        shorten_rows(&mut intervals, 2 * MOST, &mut findings);
        let short = unique(intervals.iter().map(|interval| shorten_to(&interval.area, ROW_NAME)).collect());
        let ink = &ask.ink;
        let worst = intervals.iter().map(|interval| interval.high.max(f64::from(interval.nominal))).fold(1.0, f64::max);
        let mut x = Ticks::within(0.5, worst + 0.5, (ask.width / 60.0).max(3.0));
        x.values.retain(|rank| rank.fract() == 0.0);
        if x.values.first().is_none_or(|first| *first > 1.0) {
            x.values.insert(0, 1.0);
        }
        let rows: Vec<Value> = intervals
            .iter()
            .zip(&short)
            .map(|(interval, short)| {
                let whole = |rank: f64| published(rank.round(), Some(0));
                let text = format!("{}–{}", whole(interval.low), whole(interval.high));
                json!({
                    "row": short, "name": one_line(&interval.area), "nominal": interval.nominal, "median": num(interval.median),
                    "low": num(interval.low), "high": num(interval.high), "text": text
                })
            })
            .collect();
        let y = json!({ "field": "row", "type": "nominal" });
        let tooltip = json!([
            { "field": "name", "type": "nominal", "title": ask.say("area", "地区") },
            { "field": "nominal", "type": "nominal", "title": ask.say("rank by the scheme", "按办法的位次") },
            { "field": "median", "type": "nominal", "title": ask.say("middle rank", "中位位次") },
            { "field": "text", "type": "nominal", "title": ask.say("90 % of runs", "90%的模拟") }
        ]);
        let quantity = |field: &str| json!({ "field": field, "type": "quantitative" });
        let layers = json!([
            {
                "data": { "values": rows },
                "mark": { "type": "rule", "color": ink.seen, "strokeWidth": 4, "opacity": 0.45, "strokeCap": "round" },
                "encoding": { "y": y, "x": quantity("low"), "x2": { "field": "high" }, "tooltip": tooltip }
            },
            {
                "data": { "values": rows },
                "mark": { "type": "point", "shape": "circle", "filled": true, "color": ink.seen, "size": 50, "opacity": 1 },
                "encoding": { "y": y, "x": quantity("median"), "tooltip": tooltip }
            },
            {
                "data": { "values": rows },
                "mark": { "type": "point", "shape": "diamond", "filled": false, "color": ink.text, "size": 80, "strokeWidth": 1.5, "opacity": 1 },
                "encoding": { "y": y, "x": quantity("nominal"), "tooltip": tooltip }
            },
            {
                "data": { "values": rows },
                "mark": { "type": "text", "align": "left", "baseline": "middle", "x": ask.width + 10.0, "fontSize": 10.5, "color": ink.soft },
                "encoding": { "y": y, "text": { "field": "text" } }
            }
        ]);
        let row = if rows.len() > 40 { 15.0 } else { 20.0 };
        let axis = json!({ "title": null, "domain": false, "ticks": false, "labelPadding": 8, "labelColor": ink.text, "labelLimit": 300, "labelOverlap": false });
        let encoding = json!({
            "x": { "scale": { "domain": x.domain(), "nice": false, "zero": false }, "axis": { "values": x.list(), "format": "d", "title": ask.say("rank, 1 is best", "位次，1为最好"), "domain": false, "tickSize": 4 } },
            "y": { "scale": { "domain": short, "paddingInner": 0, "paddingOuter": 0 }, "sort": null, "axis": axis }
        });
        let plot = json!({ "width": ask.width, "height": row * rows.len() as f64, "encoding": encoding, "layer": layers });
        let key = vec![
            KeyEntry::point(
                json!({ "type": "point", "shape": "diamond", "filled": false, "color": ink.text, "size": 80, "strokeWidth": 1.5, "opacity": 1 }),
                ask.say("rank by the scheme as it stands", "按现行办法的位次"),
            ),
            KeyEntry::point(
                json!({ "type": "point", "filled": true, "color": ink.seen, "size": 50, "opacity": 1 }),
                ask.say("middle rank of the runs", "模拟的中位位次"),
            ),
            KeyEntry::line(
                json!({ "type": "rule", "color": ink.seen, "strokeWidth": 4, "opacity": 0.45 }),
                ask.say("5th to 95th percentile", "第5至95百分位"),
            ),
        ];
        let scheme = &robustness.scheme;
        let (runs, seed, shift) = (robustness.runs, robustness.seed, published(robustness.mean_shift, Some(2)));
        let varied = robustness.varied.join(ask.comma());
        let stopped = if robustness.stopped { ask.say(" It was stopped early.", "模拟提前停止。") } else { "" };
        let words: f64 = short.iter().map(|name| text_width(name, 11.0)).fold(0.0, f64::max);
        let data = ask.data_source();
        let about = ask.tell(msg!(
            "Scheme: {scheme}. {data}. As of: the period that was scored; vintage: as scored; method: {runs} runs, seed {seed}, varied: {varied}; n = {all} areas.{stopped}",
            "计分办法：{scheme}。{data}。截至：计分所属时期；数据版本：计分时所用；方法：模拟{runs}次，种子{seed}，变动项：{varied}；n = {all}个地区。{stopped}"
        ));
        Ok(Figure {
            kind: ChartKind::RankIntervals,
            title: ask.say("Ranks, and how far they depend on choices", "位次及其对取舍的依赖").to_owned(),
            subtitle: ask.tell(msg!("an area shifts by {shift} places in the mean of all runs", "各次模拟中地区平均移动{shift}位")),
            key,
            plot,
            width: ask.width + words.min(300.0) + 70.0,
            reading: ask
                .say(
                    "Where intervals overlap, the order of two areas is a matter of choices and not of the data.",
                    "区间相互重叠的地区，先后取决于取舍而非数据。",
                )
                .to_owned(),
            about,
            findings,
        })
    }
}
