//! Why an area has the score it has.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde::Serialize;

use super::aggregate::How;
use super::card::{Score, Scorecard};
use super::engine::{Engine, Source, Treated};
use super::normalise::Rule;
use super::render::short;
use super::rules::Graded;
use crate::error::Error;
use crate::number::{Exact, decimal_from_f64};
use crate::outline;
use crate::period::Point;
use crate::plan::scheme::{CountedIn, GradeOn, Take};
use crate::text::{Lang, Message, msg};
use crate::trace::Step;

/// The score of one area as a tree of steps, in English and Chinese.
///
/// Every number in it is a value of the data, a number of the scheme with its place there, or derived
/// in front of the reader.
///
/// ```
/// use attainment::{Lang, WideTable, score};
/// let table = WideTable::from_floats(["China"], [
///     ("life_expectancy", vec![78.587]), ("expected_schooling", vec![15.2179]),
///     ("mean_schooling", vec![8.1069]), ("gni_per_capita", vec![18024.89]),
/// ])?;
/// let text = score(&table, "undp-hdi")?.explain("China")?.to_text(Lang::En);
/// assert!(text.starts_with("Human Development Index · China: 0.788, rank 1 of 1\n"));
/// assert!(text.contains("Health · Life expectancy at birth: 78.587 becomes 0.9013, as (78.587 − 20) / (85 − 20)"));
/// # Ok::<(), attainment::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ScoreExplanation {
    /// What is explained.
    pub title: Message,
    /// The score.
    pub score: Score,
    /// How it came about.
    pub steps: Vec<Step>,
}

impl ScoreExplanation {
    /// Indented text.
    ///
    /// ```
    /// # use attainment::{Format, Lang, Scheme, WideTable, score};
    /// # let scheme = Scheme::parse("{attainment: 1, id: s, title: Mean, normalise: as_is, aggregate: arithmetic, pillars: [a, b]}", Format::Yaml)?;
    /// # let table = WideTable::from_floats(["x"], [("a", vec![1.0]), ("b", vec![2.0])])?;
    /// let explanation = score(&table, &scheme)?.explain("x")?;
    /// assert!(explanation.to_text(Lang::En).ends_with("arithmetic mean of 1, 2 = 1.5\n"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_text(&self, lang: Lang) -> String {
        outline::text(&self.title, &self.steps, lang)
    }

    /// A nested list in Markdown.
    ///
    /// ```
    /// # use attainment::{Format, Lang, Scheme, WideTable, score};
    /// # let scheme = Scheme::parse("{attainment: 1, id: s, title: Mean, normalise: as_is, aggregate: arithmetic, pillars: [a, b]}", Format::Yaml)?;
    /// # let table = WideTable::from_floats(["x"], [("a", vec![1.0]), ("b", vec![2.0])])?;
    /// let explanation = score(&table, &scheme)?.explain("x")?;
    /// assert!(explanation.to_markdown(Lang::En).starts_with("**Mean · x: 1.5, rank 1 of 1**\n\n- a: 1"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_markdown(&self, lang: Lang) -> String {
        outline::page(&self.title, &self.steps, lang).markdown()
    }

    /// Nested lists in HTML, with every text escaped.
    ///
    /// ```
    /// # use attainment::{Format, Lang, Scheme, WideTable, score};
    /// # let scheme = Scheme::parse("{attainment: 1, id: s, title: Mean, normalise: as_is, aggregate: arithmetic, pillars: [a, b]}", Format::Yaml)?;
    /// # let table = WideTable::from_floats(["x"], [("a", vec![1.0]), ("b", vec![2.0])])?;
    /// let explanation = score(&table, &scheme)?.explain("x")?;
    /// assert!(explanation.to_html(Lang::Zh).contains("<li data-step=\"aggregate\">算术平均"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_html(&self, lang: Lang) -> String {
        outline::page(&self.title, &self.steps, lang).html()
    }

    /// The tree as JSON, in both languages.
    ///
    /// ```
    /// # use attainment::{Format, Lang, Scheme, WideTable, score};
    /// # let scheme = Scheme::parse("{attainment: 1, id: s, title: Mean, normalise: as_is, aggregate: arithmetic, pillars: [a, b]}", Format::Yaml)?;
    /// # let table = WideTable::from_floats(["x"], [("a", vec![1.0]), ("b", vec![2.0])])?;
    /// let explanation = score(&table, &scheme)?.explain("x")?;
    /// assert!(explanation.to_json().contains("\"kind\": \"aggregate\""));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_json(&self) -> String {
        outline::json(self)
    }
}

impl Scorecard {
    /// Why an area has its score, step by step.
    ///
    /// # Errors
    ///
    /// As [`Scorecard::score`].
    ///
    /// ```
    /// # use attainment::{Format, Lang, Scheme, WideTable, score};
    /// let scheme = Scheme::parse("
    /// attainment: 1
    /// id: saving
    /// normalise: { by: points, points: { 90: 36, 100: 40 }, through: step, below: 0 }
    /// pillars: { rate: { veto: { grade: 未完成 }, met: { at_least: 100 } } }
    /// grades: [{ grade: 完成, from: 30 }, { grade: 未完成 }]
    /// ", Format::Yaml)?;
    /// # let table = WideTable::from_floats(["x"], [("rate", vec![97.5])])?;
    /// let explanation = score(&table, &scheme)?.explain("x")?;
    /// assert!(explanation.to_text(Lang::Zh).contains("否决"));
    /// assert_eq!(explanation.score.grade.as_deref(), Some("未完成"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn explain(&self, area: &str) -> Result<ScoreExplanation, Error> {
        self.row_of(area, None).map(|row| self.explain_row(row))
    }

    /// The same for one of several periods.
    ///
    /// # Errors
    ///
    /// As [`Scorecard::score_of`].
    ///
    /// ```
    /// # use attainment::{Columns, Format, Lang, Panel, Point, Scheme, score};
    /// # let scheme = Scheme::parse("{attainment: 1, id: s, normalise: as_is, pillars: [a]}", Format::Yaml)?;
    /// # let panel = Panel::from_csv("area,indicator,year,value\nx,a,2020,1\nx,a,2021,2\n", &Columns::new())?;
    /// let explanation = score(&panel, &scheme)?.explain_of("x", Point::year(2021))?;
    /// assert!(explanation.title.en.contains("x in 2021: 2"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn explain_of(&self, area: &str, period: Point) -> Result<ScoreExplanation, Error> {
        self.row_of(area, Some(period)).map(|row| self.explain_row(row))
    }

    fn explain_row(&self, row: usize) -> ScoreExplanation {
        let score = self.build(row, &self.engine.effective_weights());
        let document = self.scheme.document();
        let name = |lang| document.title.as_ref().map_or(document.id.as_str(), |title| title.get(lang)).to_owned();
        let (en, zh) = (name(Lang::En), name(Lang::Zh));
        let areas = self.engine.areas.len().max(1);
        let area = &score.area;
        let (in_en, in_zh) = score.period.map_or_else(Default::default, |period| (format!(" in {period}"), format!("，{period}")));
        let shown = match (score.rounded, score.score) {
            (Some(rounded), _) => rounded.to_string(),
            (None, Some(score)) => short(score),
            (None, None) => String::new(),
        };
        let ranked = (row / areas * areas..(row / areas + 1) * areas).filter(|row| !self.totals[*row].rank.is_nan()).count();
        let title = match score.rank {
            Some(rank) => {
                msg!("{en} · {area}{in_en}: {shown}, rank {rank} of {ranked}", "{zh} · {area}{in_zh}：{shown}，{ranked}个中第{rank}")
            }
            None => msg!("{en} · {area}{in_en}: no score", "{zh} · {area}{in_zh}：没有得分"),
        };
        let root = self.engine.nodes.len() - 1;
        let mut steps: Vec<Step> = self.members(root).iter().map(|node| self.node_step(*node, row)).collect();
        steps.extend(self.aggregate_step(root, row));
        self.rule_steps(row, &mut steps);
        ScoreExplanation { title, score, steps }
    }

    fn node_step(&self, place: usize, row: usize) -> Step {
        let node = &self.engine.nodes[place];
        let Message { en: name_en, zh: name_zh } = self.engine.label(place);
        let mut parts = Vec::new();
        let step = match &node.leaf {
            Some(leaf) => match leaf.sources.as_slice() {
                [one] if leaf.take != Some(Take::All) => {
                    let own = one.name.as_ref().filter(|own| node.name.as_ref() != Some(own));
                    let both = |name: &str, lang| own.map_or(name.to_owned(), |own| format!("{name} · {}", own.get(lang)));
                    let (name_en, name_zh) = (both(&name_en, Lang::En), both(&name_zh, Lang::Zh));
                    let text = source_text(one, row, self.engine.areas.len(), &name_en, &name_zh);
                    Step::new("indicator", text)
                }
                sources => {
                    for source in sources {
                        let id = &source.id;
                        parts.push(Step::new("series", source_text(source, row, self.engine.areas.len(), id, id)));
                    }
                    let (take_en, take_zh) = match leaf.take {
                        Some(Take::Worst) => ("the worst of them", "取最差"),
                        Some(Take::NextDue) => ("the one due next", "取下一个到期者"),
                        Some(Take::All) => ("1 if all are met, 0 if one is not", "全部达成为1,有一未达成为0"),
                        _ => ("their mean, groups first", "取平均,先组内后组间"),
                    };
                    let score = node.score(row).map_or("–".to_owned(), short);
                    Step::new("indicator", msg!("{name_en}: {score}, {take_en}", "{name_zh}：{score}，{take_zh}"))
                }
            },
            None => {
                parts = self.members(place).iter().map(|child| self.node_step(*child, row)).collect();
                parts.extend(self.aggregate_step(place, row));
                let score = node.score(row).map_or("–".to_owned(), short);
                Step::new("pillar", msg!("{name_en}: {score}", "{name_zh}：{score}"))
            }
        };
        if let Some(cap) = node.cap.filter(|_| node.capped.as_ref().is_some_and(|capped| capped[row])) {
            parts.push(Step::new("cap", msg!("cut to its cap of {cap}", "按上限{cap}计")));
        }
        if let Some(points) = node.points.as_ref().map(|points| points[row]).filter(|points| *points != 0.0)
            && let Some(bonus) = &node.bonus
        {
            let (over, per, each) = (bonus.over, bonus.per, bonus.points);
            let most = bonus.most.map_or(String::new(), |most| format!(" (≤ {most})"));
            let text =
                msg!("bonus {points}: {each} for each full {per} above {over}{most}", "加分{points}：超过{over}每满{per}加{each}{most}");
            parts.push(Step::new("bonus", text));
        }
        if let Some(carried) = self.missing(row).iter().find(|missing| missing.path == node.path && missing.from.is_some())
            && let Some(from) = carried.from
        {
            parts.push(Step::new("missing", msg!("the value is that of {from}, carried forward", "沿用{from}的值")));
        }
        let used = node.used()[row];
        let treated = match node.treated(row) {
            Treated::Own => None,
            Treated::Left => Some(msg!("missing: left out, the weights of the others are rescaled", "缺失：不计,其余权重按比例放大")),
            Treated::GroupMean => Some(msg!("missing: the mean of its group, {}, stands in", "缺失：以同组平均{}代替", short(used))),
            Treated::Zero => Some(msg!("missing: counts as 0, as the scheme says", "缺失：按计分办法以0计")),
            Treated::Refused => Some(msg!("missing: what is above it has no score", "缺失：上层没有得分")),
        };
        parts.extend(treated.map(|text| Step::new("missing", text)));
        if let Some(grade) = self.node_grade(place, row) {
            parts.push(Step::new("grade", msg!("grade `{grade}`", "等级`{grade}`")));
        }
        let mut step = step.at(node.path.clone());
        step.steps = parts;
        step
    }

    /// The members and weights of a pillar, and what they come to.
    fn aggregate_step(&self, place: usize, row: usize) -> Option<Step> {
        let node = &self.engine.nodes[place];
        if node.children.len() < 2 {
            return None;
        }
        let there: Vec<(f64, f64)> = node
            .weights
            .iter()
            .zip(&node.children)
            .map(|(weight, child)| (*weight, self.engine.nodes[*child].used()[row]))
            .filter(|(_, score)| !score.is_nan())
            .collect();
        let total: f64 = there.iter().map(|(weight, _)| weight).sum();
        let equal = there.windows(2).all(|pair| pair[0].0 == pair[1].0);
        let is_sum = node.how == How::Sum;
        let bare = equal && (!is_sum || there.iter().all(|(weight, _)| *weight == 1.0));
        let share = |weight: f64| if is_sum { short(weight) } else { short(weight / total) };
        let terms: Vec<String> = there
            .iter()
            .take(12)
            .map(|(weight, score)| if bare { short(*score) } else { format!("{} × {}", share(*weight), short(*score)) })
            .collect();
        let more = if there.len() > terms.len() { ", …" } else { "" };
        let mut terms = terms.join(if is_sum { " + " } else { ", " });
        let points: f64 =
            node.children.iter().filter_map(|child| self.engine.nodes[*child].points.as_ref()).map(|points| points[row]).sum();
        if points != 0.0 {
            terms.push_str(&format!(" + {}", short(points)));
        }
        let (en, zh) = how_words(node.how, equal);
        let score = node.score(row).map_or("–".to_owned(), short);
        let mut step = Step::new("aggregate", msg!("{en} of {terms}{more} = {score}", "{zh}：{terms}{more} = {score}"));
        if there.len() < node.children.len()
            || self.engine.presence(node, row, CountedIn::Indicators).0 < self.engine.presence(node, row, CountedIn::Indicators).1
        {
            let (present, of) = self.engine.presence(node, row, CountedIn::Indicators);
            step.steps.push(Step::new("presence", msg!("{present} of {of} indicators are there", "{of}个指标中有{present}个")));
        }
        Some(step)
    }

    fn rule_steps(&self, row: usize, steps: &mut Vec<Step>) {
        let total = &self.totals[row];
        let document = self.scheme.document();
        if total.score.is_nan() {
            steps.push(Step::new("score", msg!("no score", "没有得分")));
            return;
        }
        let exact = self.engine.total().values[row];
        if let (Some(rounded), Some(rounding)) = (self.rounded(row), &document.round) {
            let (mode, decimals) = (rounding.mode, rounding.decimals);
            let exact = before_rounding(exact, decimals.get().to_u32().unwrap_or_default());
            let text = msg!("{exact} rounded to {decimals} decimals, {mode}: {rounded}", "{exact}保留{decimals}位小数({mode})：{rounded}");
            steps.push(Step::new("round", text).at("/round"));
        }
        if let Some(graded) = total.graded {
            let text = match graded {
                Graded::At(place) => {
                    let grade = &document.grades[place];
                    let end = match (grade.from, grade.above) {
                        (Some(end), _) => format!("≥ {end}"),
                        (None, Some(end)) => format!("> {end}"),
                        (None, None) => String::new(),
                    };
                    let on = if document.grade_on == Some(GradeOn::Rounded) {
                        self.rounded(row).map_or(String::new(), |r| r.to_string())
                    } else {
                        short(total.score)
                    };
                    let word = &grade.grade;
                    if end.is_empty() {
                        msg!("{on}: grade `{word}`", "{on}：等级`{word}`")
                    } else {
                        msg!("{on} {end}: grade `{word}`", "{on} {end}：等级`{word}`")
                    }
                }
                Graded::Below => msg!("below every grade", "低于所有等级"),
                Graded::Unknown => {
                    msg!("the grade cannot be told: whether what it asks for is met is not known", "等级无法判定：不知其条件是否达成")
                }
            };
            steps.push(Step::new("grade", text).at("/grades"));
        }
        for node in &total.veto {
            let Message { en, zh } = self.engine.label(*node);
            let node = &self.engine.nodes[*node];
            let left = node.veto.as_ref().map_or(String::new(), |veto| match (&veto.grade, &veto.score) {
                (Some(grade), _) => grade.to_string(),
                (None, Some(score)) => score.to_string(),
                (None, None) => String::new(),
            });
            let text = msg!("veto: {en} is not met, so the total is at best `{left}`", "一票否决：{zh}未达成，总评最高为`{left}`");
            steps.push(Step::new("veto", text).at(format!("{}/veto", node.path)));
        }
    }
}

/// A score with enough digits to see how it is rounded: four more than are left, or all of them where
/// fewer would look like a tie that it is not.
fn before_rounding(score: f64, decimals: u32) -> String {
    let Ok(exact) = decimal_from_f64(score) else { return score.to_string() };
    let short = exact.round_dp(decimals.saturating_add(4)).normalize();
    let is_tie = short.scale() <= decimals.saturating_add(1) && short != exact;
    if is_tie { exact.normalize().to_string() } else { short.to_string() }
}

/// A value of the data as it is; one that was computed, with more digits than anybody writes, at seven
/// significant ones.
fn readable(value: String) -> String {
    match value.parse::<Decimal>() {
        Ok(decimal) if decimal.normalize().scale() > 6 => decimal.round_sf(7).map_or(value, |short| short.normalize().to_string()),
        _ => value,
    }
}

fn how_words(how: How, equal: bool) -> (String, String) {
    let (en, zh) = match how {
        How::Arithmetic if equal => ("arithmetic mean", "算术平均"),
        How::Arithmetic => ("weighted mean", "加权平均"),
        How::Geometric => ("geometric mean", "几何平均"),
        How::Harmonic => ("harmonic mean", "调和平均"),
        How::Median => ("median", "中位数"),
        How::Minimum => ("minimum", "最小值"),
        How::TwoWorst => ("mean of the two worst", "最差两项平均"),
        How::Sum => ("sum", "合计"),
        How::Copeland => ("areas beaten less areas lost to, by the weight", "胜出地区数减去落败地区数"),
        How::Chain(_) => ("index chained by the weighted growth", "按加权增速链接的指数"),
        How::Power(p) => return (format!("power mean of {p}"), format!("{p}次幂平均")),
    };
    (en.to_owned(), zh.to_owned())
}

/// What became of the value of one column.
fn source_text(source: &Source, row: usize, areas: usize, en: &str, zh: &str) -> Message {
    let column = &source.column;
    if column.values[row].is_nan() {
        return msg!("{en}: no value", "{zh}：没有值");
    }
    let (x, score) = (readable(column.shown(row)), source.scores[row]);
    if score.is_nan() {
        let word = source.word;
        return msg!("{en}: {x} has no score by `{word}`", "{zh}：{x}按`{word}`无法计分");
    }
    let block = row / areas.max(1);
    let pick = |len: usize| if len == 1 { 0 } else { block };
    let formula = match &source.norm.rule {
        Rule::AsIs => return msg!("{en}: {x}", "{zh}：{x}"),
        Rule::Ends { ends, log } => {
            let ends = &ends[pick(ends.len()).min(ends.len() - 1)];
            let shown = |float: f64, exact: Option<&Exact>| {
                exact.and_then(Exact::to_decimal).map_or_else(|| short(float), |decimal| decimal.round_dp(6).normalize().to_string())
            };
            let zero = shown(ends.zero, ends.exact.as_ref().map(|ends| &ends.0));
            let one = shown(ends.one, ends.exact.as_ref().map(|ends| &ends.1));
            let x = if *log { format!("ln {x}") } else { x.clone() };
            format!("({x} − {zero}) / ({one} − {zero})")
        }
        Rule::Share(bests) => {
            let best = bests[pick(bests.len()).min(bests.len() - 1)]
                .as_ref()
                .and_then(Exact::to_decimal)
                .map_or(String::new(), |best| best.normalize().to_string());
            if source.norm.increase { format!("{x} / {best}") } else { format!("{best} / {x}") }
        }
        Rule::Curve(curve) => {
            let points: Vec<String> = curve.floats.iter().map(|(x, y)| format!("{} → {}", short(*x), short(*y))).collect();
            format!("{} {}", source.word, points.join(", "))
        }
        Rule::Places(_) | Rule::Growth { .. } => source.word.to_string(),
    };
    let to =
        source.norm.to.as_ref().map_or(String::new(), |(low, high)| format!(", 0 → {}, 1 → {}", short(low.to_f64()), short(high.to_f64())));
    let score = short(score);
    msg!("{en}: {x} becomes {score}, as {formula}{to}", "{zh}：{x}得{score}，{formula}{to}")
}

impl Engine {
    /// The name of a node in each language, or its id.
    pub(super) fn label(&self, place: usize) -> Message {
        let node = &self.nodes[place];
        let get = |lang| node.name.as_ref().map_or(node.id.as_str(), |name| name.get(lang)).to_owned();
        Message { en: get(Lang::En), zh: get(Lang::Zh) }
    }
}
