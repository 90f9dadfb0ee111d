//! How many moved from which class to which.

use serde_json::json;

use super::ask::{Ask, Selection};
use super::dumbbell::{join, title};
use super::figure::{Figure, KeyEntry, shorten_to, text_width};
use super::matrix::scale_name;
use super::number::num;
use super::path::state_sign;
use super::{ChartKind, ChartOptions, Earlier, Problem};
use crate::assess::Assessment;
use crate::period::Point;
use crate::render::line;
use crate::score::Scorecard;
use crate::text::{Message, msg};
use crate::verdict::{Scale, State, Verdict};

/// A pair of classes, by their places in the list of classes; and how many moved so.
pub(super) struct Moves {
    classes: Vec<String>,
    counts: Vec<Vec<usize>>,
    /// Those of which one side has no class.
    without: usize,
}

impl Moves {
    fn new(classes: Vec<String>) -> Self {
        let counts = vec![vec![0; classes.len()]; classes.len()];
        Self { classes, counts, without: 0 }
    }

    fn add(&mut self, before: usize, after: usize) {
        if let Some(count) = self.counts.get_mut(before).and_then(|row| row.get_mut(after)) {
            *count += 1;
        }
    }

    fn total(&self) -> usize {
        self.counts.iter().flatten().sum()
    }

    /// Moves to a better class, and to a worse one: classes stand best first.
    fn ways(&self) -> (usize, usize) {
        let sum = |is: fn(usize, usize) -> bool| {
            let cells = self
                .counts
                .iter()
                .enumerate()
                .flat_map(|(before, row)| row.iter().enumerate().map(move |(after, count)| (before, after, *count)));
            cells.filter(|(before, after, _)| is(*before, *after)).map(|(.., count)| count).sum()
        };
        (sum(|before, after| after < before), sum(|before, after| after > before))
    }
}

/// Between an earlier assessment and this one, or between the first and the last moment of one.
pub(super) fn of_assessment(selection: &Selection<'_>, options: &ChartOptions<'_>, ask: &Ask<'_>) -> Result<Figure, Problem> {
    let now = selection.assessment;
    let latest = selection.moment().ok_or(Problem::Unfit)?;
    let (before, first) = match options.earlier {
        Some(Earlier::Assessment(earlier)) => (earlier, latest_of(earlier.moments()).ok_or(Problem::Unfit)?),
        Some(Earlier::Scorecard(_)) => {
            return Err(Problem::Because(msg!("`earlier` is a scorecard", "`earlier`是评分卡"), msg!("give an assessment", "请给出评估")));
        }
        None => {
            let first = selection.moments.iter().copied().min_by_key(|moment| moment.last_day()).filter(|first| *first != latest);
            (
                now,
                first.ok_or_else(|| {
                    Problem::Because(
                        msg!("there is one moment", "只有一个时点"),
                        msg!("assess at two moments, or give an assessment as `earlier`", "请评估两个时点，或以`earlier`给出先前的评估"),
                    )
                })?,
            )
        }
    };
    let method = match selection.methods.as_slice() {
        [] => None,
        [one] => Some(*one),
        several => {
            let list = several.iter().map(|method| format!("`{method}`")).collect::<Vec<_>>().join(", ");
            return Err(Problem::Because(
                msg!("there are several methods", "有多个方法"),
                msg!("name one of {list}", "请指明其一：{list}"),
            ));
        }
    };
    let class = |verdict: &Verdict| class(verdict, method);
    let is_asked = |verdict: &&Verdict| {
        verdict.pace.as_ref().map(|pace| pace.method.as_str()) == method && selection.keeps(&verdict.target, &verdict.area)
    };
    let earlier: std::collections::HashMap<(&str, &str), &Verdict> =
        verdicts_at(before, first).filter(is_asked).map(|verdict| ((verdict.target.as_str(), verdict.area.as_str()), verdict)).collect();
    let classes = match method {
        Some(_) => Scale::ALL.iter().map(|scale| format!("{} {}", super::ink::scale_sign(*scale), ask.tell(scale_name(*scale)))).collect(),
        None => STATES.iter().map(|state| format!("{} {}", state_sign(*state), line::state_name(*state, ask.lang))).collect(),
    };
    let mut moves = Moves::new(classes);
    let mut paired = 0;
    for verdict in verdicts_at(now, latest).filter(is_asked) {
        let Some(was) = earlier.get(&(verdict.target.as_str(), verdict.area.as_str())) else { continue };
        paired += 1;
        match (class(was), class(verdict)) {
            (Some(was), Some(is)) => moves.add(was, is),
            _ => moves.without += 1,
        }
    }
    if moves.total() == 0 {
        return Err(Problem::Because(
            msg!("nothing has a class at both moments", "没有在两个时点都有类别的目标"),
            msg!("assess both by one method", "请用同一方法评估两者"),
        ));
    }
    let (from, to) = (first.in_words(ask.lang), latest.in_words(ask.lang));
    let subtitle = ask.tell(msg!("{paired} targets, from {from} to {to}", "{paired}个目标，自{from}至{to}"));
    let about = selection.about(
        ask,
        &format!("{from}, {to}"),
        method.unwrap_or_else(|| ask.say("attained (no method of pace)", "达成（无进度方法）")),
        &paired.to_string(),
    );
    Ok(figure(moves, title(selection, ask), subtitle, (&from, &to), about, ask))
}

/// Between the grades of an earlier scorecard and this one, or between two periods of one.
pub(super) fn of_scorecard(card: &Scorecard, options: &ChartOptions<'_>, ask: &Ask<'_>) -> Result<Figure, Problem> {
    let mut periods: Vec<Point> = card.scores().iter().filter_map(|score| score.period).collect();
    periods.sort_by_key(|period| period.last_day());
    periods.dedup();
    let mut problems = Vec::new();
    let periods = super::ask::moments(&options.as_of, &periods, &mut problems);
    if !problems.is_empty() {
        return Err(Problem::Findings(problems));
    }
    let at = |card: &Scorecard, period: Option<&Point>| match period {
        Some(period) => card.at(period.to_string()).map_err(|error| Problem::Findings(error.findings().to_vec())),
        None => Ok(card.clone()),
    };
    let (earlier, now, words) = match (options.earlier, periods.as_slice()) {
        (Some(Earlier::Scorecard(earlier)), several) => {
            let now = several.last().map_or_else(|| ask.say("now", "现在").to_owned(), |period| period.in_words(ask.lang));
            // The period of the earlier one tells them apart, where it has one and another than this.
            let mut periods: Vec<Point> = earlier.scores().iter().filter_map(|score| score.period).collect();
            periods.dedup();
            let before = match periods.as_slice() {
                [one] => Some(one.in_words(ask.lang)).filter(|before| *before != now),
                _ => None,
            };
            (earlier.clone(), at(card, several.last())?, (before.unwrap_or_else(|| ask.say("earlier", "先前").to_owned()), now))
        }
        (Some(Earlier::Assessment(_)), _) => {
            return Err(Problem::Because(msg!("`earlier` is an assessment", "`earlier`是评估"), msg!("give a scorecard", "请给出评分卡")));
        }
        (None, [first, .., last]) => (at(card, Some(first))?, at(card, Some(last))?, (first.in_words(ask.lang), last.in_words(ask.lang))),
        (None, _) => {
            return Err(Problem::Because(
                msg!("there is one period", "只有一期"),
                msg!("score two periods, or give a scorecard as `earlier`", "请计分两期，或以`earlier`给出先前的评分卡"),
            ));
        }
    };
    let grades: Vec<String> = card.scheme().document().grades.iter().map(|grade| grade.grade.as_str().to_owned()).collect();
    if grades.is_empty() {
        return Err(Problem::Because(
            msg!("the scheme has no grades", "计分办法没有等级"),
            msg!("add `grades` to the scheme", "请在计分办法中加入`grades`"),
        ));
    }
    let movements = now.movement(&earlier).map_err(|error| Problem::Findings(error.findings().to_vec()))?;
    let place = |grade: &Option<String>| grades.iter().position(|known| Some(known) == grade.as_ref());
    let mut moves = Moves::new(grades.clone());
    let mut paired = 0;
    for movement in movements.iter().filter(|movement| movement.only.is_none()) {
        paired += 1;
        match (place(&movement.grade_before), place(&movement.grade)) {
            (Some(was), Some(is)) => moves.add(was, is),
            _ => moves.without += 1,
        }
    }
    if moves.total() == 0 {
        return Err(Problem::Because(
            msg!("no area has a grade in both", "没有两期都有等级的地区"),
            msg!("see the findings of the scorecards", "请查看评分卡的提示"),
        ));
    }
    let document = card.scheme().document();
    let title = document.title.as_ref().map_or(document.id.as_str(), |title| title.get(ask.lang)).to_owned();
    let (from, to) = (&words.0, &words.1);
    let subtitle = ask.tell(msg!("{paired} areas, from {from} to {to}", "{paired}个地区，自{from}至{to}"));
    let about = super::scores::about(card, &format!("{from}, {to}"), paired, ask);
    Ok(figure(moves, title, subtitle, (from, to), about, ask))
}

const STATES: [State; 4] = [State::Met, State::Pending, State::NotEvaluable, State::NotMet];

fn class(verdict: &Verdict, method: Option<&str>) -> Option<usize> {
    match method {
        Some(_) => {
            let scale = verdict.pace.as_ref()?.scale?;
            Scale::ALL.iter().position(|known| *known == scale)
        }
        None => STATES.iter().position(|known| *known == verdict.attained.state),
    }
}

fn latest_of(moments: &[Point]) -> Option<Point> {
    moments.iter().copied().max_by_key(|moment| moment.last_day())
}

fn verdicts_at(assessment: &Assessment, moment: Point) -> impl Iterator<Item = &Verdict> {
    assessment.verdicts().iter().filter(move |verdict| verdict.as_of == moment)
}

fn figure(moves: Moves, title: String, subtitle: String, (from, to): (&str, &str), about: String, ask: &Ask<'_>) -> Figure {
    let ink = &ask.ink;
    let short: Vec<String> = super::ask::unique(moves.classes.iter().map(|class| shorten_to(class, 18)).collect());
    let widest = short.iter().map(|class| text_width(class, 11.0)).fold(48.0, f64::max);
    let (column, row) = (widest + 16.0, 44.0);
    let most = moves.counts.iter().flatten().copied().max().unwrap_or(1).max(1);
    let (mut cells, mut diagonal) = (Vec::new(), Vec::new());
    for (before, counts) in moves.counts.iter().enumerate() {
        for (after, count) in counts.iter().enumerate() {
            let share = *count as f64 / most as f64;
            cells.push(json!({
                "before": short[before], "after": short[after], "count": count, "text": if *count > 0 { count.to_string() } else { "·".to_owned() },
                "depth": num(if *count > 0 { 0.12 + 0.43 * share } else { 0.0 }), "better": after < before, "worse": after > before
            }));
        }
        diagonal.push(json!({ "before": short[before], "after": short[before] }));
    }
    let (x, y) = (json!({ "field": "after", "type": "nominal" }), json!({ "field": "before", "type": "nominal" }));
    let tooltip = json!([
        { "field": "before", "type": "nominal", "title": from },
        { "field": "after", "type": "nominal", "title": to },
        { "field": "count", "type": "quantitative", "title": ask.say("how many", "个数") }
    ]);
    let colour = json!({ "condition": [{ "test": "datum.better", "value": ink.seen }, { "test": "datum.worse", "value": ink.ahead }], "value": ink.faint });
    let layers = json!([
        {
            "data": { "values": cells },
            "mark": { "type": "rect", "stroke": ink.grid, "strokeWidth": 1 },
            "encoding": { "x": x, "y": y, "fill": colour, "fillOpacity": { "field": "depth", "type": "quantitative", "scale": null, "legend": null }, "tooltip": tooltip }
        },
        {
            "data": { "values": diagonal },
            "mark": { "type": "rect", "fillOpacity": 0, "fill": ink.paper, "stroke": ink.text, "strokeWidth": 1.8 },
            "encoding": { "x": x, "y": y }
        },
        {
            "data": { "values": cells },
            "mark": { "type": "text", "fontSize": 13, "fontWeight": 600 },
            "encoding": { "x": x, "y": y, "text": { "field": "text" }, "color": { "condition": { "test": "datum.count > 0", "value": ink.text }, "value": ink.faint } }
        },
        {
            "data": { "values": cells },
            "transform": [{ "filter": "datum.count > 0 && (datum.better || datum.worse)" }],
            "mark": { "type": "text", "fontSize": 9, "dy": 14, "color": ink.text },
            "encoding": { "x": x, "y": y, "text": { "condition": { "test": "datum.better", "value": ask.say("better", "升") }, "value": ask.say("worse", "降") } }
        }
    ]);
    let axis = |title: String| json!({ "title": title, "domain": false, "ticks": false, "labelColor": ink.text, "labelPadding": 6, "labelAngle": 0, "labelLimit": 220 });
    let mut top = axis(ask.tell(msg!("in {to} →", "{to} →")));
    (top["orient"], top["titlePadding"]) = ("top".into(), 8.into());
    let left = axis(ask.tell(msg!("in {from}", "{from}")));
    let width = column * short.len() as f64;
    let encoding = json!({
        "x": { "scale": { "domain": short, "padding": 0 }, "sort": null, "axis": top },
        "y": { "scale": { "domain": short, "padding": 0 }, "sort": null, "axis": left }
    });
    let plot = json!({ "width": width, "height": row * short.len() as f64, "encoding": encoding, "layer": layers });
    let (better, worse) = moves.ways();
    let same = moves.total() - better - worse;
    let told = ask.tell(msg!("{better} better, {worse} worse, {same} the same", "升{better}，降{worse}，不变{same}"));
    let key = vec![
        KeyEntry::line(json!({ "type": "rect", "fill": ink.seen, "fillOpacity": 0.6 }), ask.say("to a better class", "升级")),
        KeyEntry::line(json!({ "type": "rect", "fill": ink.ahead, "fillOpacity": 0.6 }), ask.say("to a worse one", "降级")),
        KeyEntry::line(
            json!({ "type": "rect", "fill": ink.paper, "fillOpacity": 0, "stroke": ink.text, "strokeWidth": 1.8 }),
            ask.say("the same", "不变"),
        ),
    ];
    let mut reading = ask
        .say("Rows: before; columns: after; best first. The deeper, the more.", "行为先前，列为其后，最好在前。颜色越深越多。")
        .to_owned();
    if moves.without > 0 {
        let without = moves.without;
        let Message { en, zh } = msg!(" {without} have no class on one side and are not counted.", "{without}个在一侧没有类别，未计入。");
        reading.push_str(ask.say(&en, &zh));
    }
    Figure {
        kind: ChartKind::ClassTransitions,
        title,
        subtitle: join(&[&subtitle, &told], ask),
        key,
        plot,
        width: (width + widest + 40.0).max(420.0),
        reading,
        about,
        findings: Vec::new(),
    }
}
