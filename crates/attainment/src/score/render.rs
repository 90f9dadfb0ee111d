//! Scorecards as tables for people and for programs.

use serde_json::{Map, Value, json};

use super::card::Scorecard;
use crate::column::{Cell, Column, nearest};
use crate::csv_text::Csv;
use crate::number::decimal_from_f64;
use crate::page::{Entry, Head, Page, Table};
use crate::text::{Lang, msg, say};

/// The columns before and after those of the pillars.
const FIRST: &[&str] = &["area", "period", "score", "rounded", "rank", "grade"];
const LAST: &[&str] = &["bonus", "veto", "missing"];

impl Scorecard {
    /// Every score as a flat record.
    ///
    /// Keys: `area`, `period` (where the data have periods), `score` (unrounded), `rounded` (as text),
    /// `rank`, `grade`, each top pillar by its id, each nature the scheme treats apart, `bonus`,
    /// `veto`, `missing`. What is missing is null.
    ///
    /// ```
    /// # use attainment::{WideTable, score};
    /// # let table = WideTable::from_floats(["CHN"], [("life_expectancy", vec![78.587]), ("expected_schooling", vec![15.2179]), ("mean_schooling", vec![8.1069]), ("gni_per_capita", vec![18024.89])])?;
    /// let records = score(&table, "undp-hdi")?.to_records();
    /// assert_eq!(records[0]["rounded"], "0.788");
    /// assert_eq!((&records[0]["rank"], records[0]["health"].as_f64().unwrap() > 0.9), (&1.into(), true));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_records(&self) -> Vec<Map<String, Value>> {
        let (rows, columns) = (self.rows().collect::<Vec<_>>(), self.columns());
        let record = |(place, row): (usize, &usize)| {
            let value = |name: &str, column: &Column<'_>| match name {
                "rounded" => json!(self.rounded(*row).map(|rounded| rounded.to_string())),
                "rank" => whole(self.totals[*row].rank),
                "veto" => self.vetoed(*row).collect(),
                "missing" => self.missing_words(*row).into(),
                _ => match column.cell(place) {
                    Cell::Float(number) => json!(number),
                    Cell::Empty => Value::Null,
                    cell => cell.text().into(),
                },
            };
            columns.iter().map(|(name, column)| (name.clone(), value(name, column))).collect()
        };
        rows.iter().enumerate().map(record).collect()
    }

    /// The same as columns, each with one value for every area and period. Numbers are floats, and what
    /// is a list in a record is joined by `;`.
    ///
    /// ```
    /// # use attainment::{Format, Scheme, WideTable, score};
    /// # let scheme = Scheme::parse("{attainment: 1, id: s, normalise: as_is, aggregate: arithmetic, pillars: [a]}", Format::Yaml)?;
    /// # let table = WideTable::from_floats(["x"], [("a", vec![1.0])])?;
    /// let columns = score(&table, &scheme)?.columns();
    /// let names: Vec<_> = columns.iter().map(|(name, _)| name.as_str()).collect();
    /// assert_eq!(names, ["area", "score", "rounded", "rank", "grade", "a", "bonus", "veto", "missing"]);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn columns(&self) -> Vec<(String, Column<'static>)> {
        let rows: Vec<usize> = self.rows().collect();
        let areas = self.engine.areas.len().max(1);
        let numbers =
            |number: &dyn Fn(usize) -> f64| Column::floats(rows.iter().map(|row| Some(number(*row)).filter(|number| !number.is_nan())));
        let texts = |text: &dyn Fn(usize) -> Option<String>| {
            let texts: Vec<Option<String>> = rows.iter().map(|row| text(*row)).collect();
            Column::words(texts.iter().map(Option::as_deref))
        };
        let mut columns: Vec<(String, Column<'static>)> = Vec::new();
        for name in FIRST {
            let column = match *name {
                "area" => Column::words(rows.iter().map(|row| Some(self.engine.areas[row % areas].as_str()))),
                "period" if self.engine.periods.iter().all(Option::is_none) => continue,
                "period" => texts(&|row| self.engine.periods[row / areas].map(|period| period.to_string())),
                "score" => numbers(&|row| self.totals[row].score),
                "rounded" => Column::floats(rows.iter().map(|row| self.rounded(*row).map(nearest))),
                "rank" => numbers(&|row| self.totals[row].rank),
                _ => Column::words(rows.iter().map(|row| self.grade_word(*row))),
            };
            columns.push(((*name).to_owned(), column));
        }
        for node in self.members(self.engine.nodes.len() - 1) {
            let node = &self.engine.nodes[*node];
            columns.push((node.id.clone(), numbers(&|row| node.values[row])));
        }
        let natures: Vec<_> = rows.iter().map(|row| self.natures(*row)).collect();
        if let Some(first) = natures.first() {
            for (index, (nature, _)) in first.iter().enumerate() {
                columns.push((nature.to_string(), Column::floats(natures.iter().map(|natures| natures[index].1))));
            }
        }
        for name in LAST {
            let joined = |words: Vec<String>| Some(words.join(";")).filter(|words| !words.is_empty());
            let column = match *name {
                "bonus" => numbers(&|row| self.bonus(row)),
                "veto" => texts(&|row| joined(self.vetoed(row).map(str::to_owned).collect())),
                _ => texts(&|row| joined(self.missing_words(row))),
            };
            columns.push(((*name).to_owned(), column));
        }
        columns
    }

    /// The scorecard as CSV text: the columns of [`Scorecard::columns`], a line for every area and
    /// period. What is missing is an empty cell.
    ///
    /// ```
    /// # use attainment::{Csv, WideTable, score};
    /// # let table = WideTable::from_floats(["CHN"], [("life_expectancy", vec![78.587]), ("expected_schooling", vec![15.2179]), ("mean_schooling", vec![8.1069]), ("gni_per_capita", vec![18024.89])])?;
    /// let csv = score(&table, "undp-hdi")?.to_csv(&Csv::new());
    /// assert!(csv.starts_with("area,score,rounded,rank,"));
    /// assert!(csv.contains(",0.788,1,"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_csv(&self, csv: &Csv) -> String {
        let columns = self.columns();
        csv.write(&columns.iter().map(|(name, column)| (name.as_str(), column)).collect::<Vec<_>>())
    }

    /// The pillars that veto the grade.
    fn vetoed(&self, row: usize) -> impl Iterator<Item = &str> {
        self.totals[row].veto.iter().map(|node| self.engine.nodes[*node].id.as_str())
    }

    /// What is missing, with what was done about it.
    fn missing_words(&self, row: usize) -> Vec<String> {
        self.missing(row).iter().map(|missing| format!("{}: {}", missing.id, missing.treatment)).collect()
    }

    /// A table in Markdown, best first: rank, area, score, grade and the pillars.
    ///
    /// Scores are shown as they are published, or with four digits where the scheme does not say.
    ///
    /// ```
    /// # use attainment::{Lang, WideTable, score};
    /// let table = WideTable::from_floats(["2012", "2015"], [
    ///     ("environment", vec![144.0, 163.7]), ("input", vec![152.2, 164.3]), ("output", vec![164.2, 208.3]), ("effect", vec![132.4, 149.5]),
    /// ])?;
    /// let markdown = score(&table, "nbs-innovation")?.to_markdown(Lang::Zh);
    /// assert!(markdown.starts_with("| 位次 | 地区 | 得分 | 创新环境 |"));
    /// assert!(markdown.contains("| 1 | 2015 | 171.5 |"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_markdown(&self, lang: Lang) -> String {
        Page::new("attainment-scorecard", lang).table(self.table(lang)).markdown()
    }

    /// The same as a page in HTML, with what was found: made to stand in a notebook, in light and dark,
    /// with the first and the last rows of a long table. Every text is escaped.
    ///
    /// ```
    /// # use attainment::{Lang, WideTable, score};
    /// # let table = WideTable::from_floats(["CHN", "<b>"], [("life_expectancy", vec![78.587, f64::NAN]), ("expected_schooling", vec![15.2179, 9.0]), ("mean_schooling", vec![8.1069, 8.0]), ("gni_per_capita", vec![18024.89, 9000.0])])?;
    /// let html = score(&table, "undp-hdi")?.to_html(Lang::En);
    /// assert!(html.contains("<td class=\"attainment-number\">0.788</td>"));
    /// assert!(html.contains("&lt;b&gt;") && html.contains("title=\"missing: health"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_html(&self, lang: Lang) -> String {
        let document = self.scheme.document();
        let title = document.title.as_ref().map_or(document.id.as_str(), |title| title.get(lang)).to_owned();
        let (scored, all) = (self.rows().filter(|row| !self.totals[*row].score.is_nan()).count(), self.rows().count());
        let about = msg!("{} · {scored} of {all} have a score", "{} · {all}个中{scored}个有得分", self.scheme.id());
        Page::new("attainment-scorecard", lang).title(title).line(about.get(lang)).table(self.table(lang)).findings(&self.findings).html()
    }

    /// Best first: rank, area, score, grade and the pillars.
    fn table(&self, lang: Lang) -> Table<'_> {
        let areas = self.engine.areas.len().max(1);
        let document = self.scheme.document();
        let (dated, graded) = (self.engine.periods.iter().any(Option::is_some), !document.grades.is_empty());
        let pillars = self.members(self.engine.nodes.len() - 1);
        let mut rows: Vec<usize> = self.rows().collect();
        rows.sort_by(|a, b| (a / areas).cmp(&(b / areas)).then(self.totals[*a].rank.total_cmp(&self.totals[*b].rank)));
        let mut head = vec![Head::number(say(lang, "rank", "位次")), Head::text(say(lang, "area", "地区"))];
        head.extend(dated.then(|| Head::text(say(lang, "period", "时期"))));
        head.push(Head::number(say(lang, "score", "得分")));
        head.extend(graded.then(|| Head::text(say(lang, "grade", "等级"))));
        head.extend(pillars.iter().map(|pillar| Head::number(self.engine.label(*pillar).get(lang))));
        let count = rows.len();
        let row = move |index: usize| {
            let Some(&row) = rows.get(index) else { return Vec::new() };
            let total = &self.totals[row];
            let number = |score: f64| if score.is_nan() { Entry::missing(self.why_missing(row, lang)) } else { Entry::new(short(score)) };
            let mut cells = vec![
                if total.rank.is_nan() { Entry::missing(None) } else { Entry::new(total.rank.to_string()) },
                Entry::new(self.engine.areas[row % areas].as_str()),
            ];
            cells.extend(dated.then(|| Entry::maybe(self.engine.periods[row / areas].map(|period| period.to_string()))));
            cells.push(self.rounded(row).map_or_else(|| number(total.score), |rounded| Entry::new(rounded.to_string())));
            cells.extend(graded.then(|| Entry::maybe(self.grade_word(row).map(str::to_owned))));
            cells.extend(pillars.iter().map(|pillar| number(self.engine.nodes[*pillar].values[row])));
            cells
        };
        Table { caption: String::new(), head, count, row: Box::new(row) }
    }

    /// What is missing in a row, by its id.
    fn why_missing(&self, row: usize, lang: Lang) -> Option<String> {
        let missing: Vec<String> = self.missing(row).into_iter().map(|missing| missing.id).take(5).collect();
        let ids = missing.join(", ");
        (!ids.is_empty()).then(|| msg!("missing: {ids}", "缺失：{ids}").get(lang).to_owned())
    }
}

#[cfg(feature = "robustness")]
impl super::Robustness {
    /// The rank intervals as a page in HTML, best first.
    ///
    /// ```
    /// # use std::ops::ControlFlow;
    /// # use attainment::{Format, Lang, Scheme, WideTable, score};
    /// # let scheme = Scheme::parse("{attainment: 1, id: s, normalise: as_is, aggregate: arithmetic, pillars: [a, b]}", Format::Yaml)?;
    /// # let table = WideTable::from_floats(["x", "y"], [("a", vec![0.9, 0.4]), ("b", vec![0.8, 0.3])])?;
    /// let robustness = score(&table, &scheme)?.robustness(7, 200, |_, _| ControlFlow::Continue(()))?;
    /// assert!(robustness.to_html(Lang::En).contains("200 runs"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_html(&self, lang: Lang) -> String {
        self.page(lang).html()
    }

    /// The same in Markdown.
    ///
    /// ```
    /// # use std::ops::ControlFlow;
    /// # use attainment::{Format, Lang, Scheme, WideTable, score};
    /// # let scheme = Scheme::parse("{attainment: 1, id: s, normalise: as_is, aggregate: arithmetic, pillars: [a, b]}", Format::Yaml)?;
    /// # let table = WideTable::from_floats(["x", "y"], [("a", vec![0.9, 0.4]), ("b", vec![0.8, 0.3])])?;
    /// let robustness = score(&table, &scheme)?.robustness(7, 200, |_, _| ControlFlow::Continue(()))?;
    /// assert!(robustness.to_markdown(Lang::En).contains("| 1 | x | 1 | 1 | 1 | 1 |"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn to_markdown(&self, lang: Lang) -> String {
        self.page(lang).markdown()
    }

    fn page(&self, lang: Lang) -> Page<'_> {
        let mut order: Vec<usize> = (0..self.intervals.len()).collect();
        order.sort_by_key(|place| self.intervals[*place].nominal);
        let head = vec![
            Head::number(say(lang, "rank", "位次")),
            Head::text(say(lang, "area", "地区")),
            Head::number(say(lang, "median", "中位位次")),
            Head::number(say(lang, "mean", "平均位次")),
            Head::number(say(lang, "5 %", "5%分位")),
            Head::number(say(lang, "95 %", "95%分位")),
        ];
        let row = move |index: usize| {
            let Some(one) = order.get(index).and_then(|place| self.intervals.get(*place)) else { return Vec::new() };
            let cell = |rank: f64| Entry::new(short(rank));
            vec![
                Entry::new(one.nominal.to_string()),
                Entry::new(one.area.as_str()),
                cell(one.median),
                cell(one.mean),
                cell(one.low),
                cell(one.high),
            ]
        };
        let (runs, seed, shift, varied) = (self.runs, self.seed, short(self.mean_shift), self.varied.join(", "));
        let about = msg!(
            "{runs} runs, seed {seed}, varied: {varied} · an area shifts by {shift} places in the mean",
            "模拟{runs}次，种子{seed}，变动项：{varied} · 地区平均移动{shift}位"
        );
        Page::new("attainment-robustness", lang)
            .title(say(lang, "Ranks over all runs", "各次模拟的位次"))
            .line(about.get(lang))
            .table(Table { caption: String::new(), head, count: self.intervals.len(), row: Box::new(row) })
    }
}

/// A place: whole where it is.
fn whole(rank: f64) -> Value {
    match rank {
        rank if rank.is_nan() => Value::Null,
        rank if rank.fract() == 0.0 => json!(rank as u64),
        rank => json!(rank),
    }
}

/// A score for people: four digits behind the point at most, without trailing zeros.
pub(crate) fn short(score: f64) -> String {
    if score.is_nan() {
        return "–".to_owned();
    }
    match decimal_from_f64(score) {
        Ok(decimal) => decimal.round_dp(4).normalize().to_string(),
        Err(_) => score.to_string(),
    }
}
