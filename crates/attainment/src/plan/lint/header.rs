//! Titles, windows and lengths of the plan and of the documents it names.

use super::facts::years;
use super::{Lint, path, says};
use crate::document::{Many, Text};
use crate::finding::Code;
use crate::number::Exact;
use crate::period::{Edge, Period, Point};
use crate::plan::{Citation, When};
use crate::text::{msg, shorten};

/// What is known of the time a document runs.
struct Run<'a> {
    /// The path of the document, and of its title.
    path: String,
    title_path: String,
    titles: Vec<&'a str>,
    window: Option<&'a Period>,
    duration: Option<&'a Period>,
}

impl Lint<'_> {
    pub(super) fn header(&mut self) {
        let document = self.document;
        let own = Run {
            path: String::new(),
            title_path: "/title".to_owned(),
            titles: document.title.iter().flat_map(Text::all).collect(),
            window: document.window.as_ref(),
            duration: document.duration.as_ref(),
        };
        self.run(&own);
        self.masked("/number".to_owned(), document.number.iter().flat_map(Text::all));
        for (key, citations) in [("implements", &document.implements), ("cites", &document.cites)] {
            for (index, citation) in citations.iter().enumerate() {
                // One citation may stand without a list, and is written so.
                let at = if citations.len() == 1 { path(&[key]) } else { path(&[key, &index.to_string()]) };
                self.citation(citation, at);
            }
        }
        self.own_period_missing(&document.implements);
        self.default_window();
    }

    fn citation(&mut self, citation: &Citation, at: String) {
        let run = match citation {
            Citation::Title(title) => Run { title_path: at.clone(), path: at, titles: vec![title.as_str()], window: None, duration: None },
            Citation::Work(work) => {
                self.masked(format!("{at}/number"), work.number.iter().flat_map(Text::all));
                Run {
                    title_path: format!("{at}/title"),
                    path: at,
                    titles: vec![work.title.as_str()],
                    window: work.window.as_ref(),
                    duration: work.duration.as_ref(),
                }
            }
        };
        self.run(&run);
    }

    fn run(&mut self, run: &Run<'_>) {
        let masked = self.masked(run.title_path.clone(), run.titles.iter().copied());
        self.years_run_together(run);
        let printed = run.titles.iter().find_map(|title| printed_window(title));
        let (window, at) = match (run.window, &printed) {
            (Some(window), _) => (window, format!("{}/window", run.path)),
            (None, Some(printed)) => (printed, run.title_path.clone()),
            (None, None) => return,
        };
        let said = run.duration.and_then(years).or_else(|| run.titles.iter().find_map(|title| duration_word(title)).map(Exact::from));
        match (window, years(window)) {
            (Period::Window(Edge::Unknown, Edge::At(end)), _) if !masked => self.start_unknown(at, *end, said.as_ref()),
            (_, Some(length)) => self.length(at, window, &length, said.as_ref(), printed.is_some()),
            _ => {}
        }
    }

    fn masked<'b>(&mut self, at: String, texts: impl Iterator<Item = &'b str>) -> bool {
        let Some(text) = texts.into_iter().find(|text| has_mask(text)) else { return false };
        let shown = shorten(text);
        self.report(
            Code::MaskedText,
            at,
            msg!("`{shown}` is masked in part", "`{shown}`有遮蔽"),
            msg!("take the missing digits or letters from an unmasked copy", "请从未遮蔽的文本中补全"),
        );
        true
    }

    fn years_run_together(&mut self, run: &Run<'_>) {
        let Some((digits, end)) = run.titles.iter().find_map(|title| joined_years(title)) else { return };
        let length = run.titles.iter().find_map(|title| duration_word(title)).unwrap_or(3);
        let start = end - length as i32 + 1;
        self.report(
            Code::YearsRunTogether,
            run.title_path.clone(),
            msg!("`{digits}` is two years without a dash", "`{digits}`是两个年份,中间缺少连接号"),
            msg!(
                "write the window as `{start}/{end}` if {length} years count both ends; otherwise look the start up",
                "若{length}年含首尾两年,请写`{start}/{end}`;否则请查明起始年"
            ),
        );
    }

    fn start_unknown(&mut self, at: String, end: Point, said: Option<&Exact>) {
        let start =
            said.and_then(Exact::to_decimal).and_then(|years| i32::try_from(years).ok()).map(|years| end.calendar_year() - years + 1);
        let help = match (start, said) {
            (Some(start), Some(said)) => {
                msg!("write `{start}/{end}` if the {said} years count both ends", "若{said}年含首尾两年,请写`{start}/{end}`")
            }
            _ => msg!("look the start year up and write `YYYY/{end}`", "请查明起始年,写作`YYYY/{end}`"),
        };
        self.report(Code::StartUnknown, at, msg!("the window to {end} has no known start", "至{end}的期限没有已知的起点"), help);
    }

    /// A length in words against the window; both ends count.
    fn length(&mut self, at: String, window: &Period, length: &Exact, said: Option<&Exact>, printed: bool) {
        let one = Exact::one();
        let several = said.is_some_and(|said| *said > one);
        let Some(end) = window.end() else { return };
        if *length == one && (several || (printed && said.is_none())) {
            let help = match said.and_then(Exact::to_decimal).and_then(|years| i32::try_from(years).ok()) {
                Some(years) => {
                    let (first, last) = (end.plus(1 - years), end.plus(years - 1));
                    msg!("one year is wrong: `{first}/{end}` or `{end}/{last}`", "有一个年份有误:应为`{first}/{end}`或`{end}/{last}`")
                }
                None => msg!("look both years up in an undamaged copy", "请在完好的文本中查明两个年份"),
            };
            self.report(Code::StartEqualsEnd, at, msg!("the window starts and ends in {end}", "期限的起点和终点都是{end}"), help);
        } else if let Some(said) = said.filter(|said| *said != length) {
            self.report(
                Code::DurationDiffers,
                at,
                msg!(
                    "the window `{window}` is {length} years long, and the words say {said}",
                    "期限`{window}`为{length}年,而文字说{said}年"
                ),
                msg!("correct the window or the length; both ends count", "请更正期限或年数;首尾两年都计入"),
            );
        }
    }

    /// The only deadline is that of the plan it carries out.
    fn own_period_missing(&mut self, superior: &Many<Citation>) {
        let document = self.document;
        let Some(defaults) = document.defaults.as_ref().filter(|_| document.window.is_none() && document.duration.is_none()) else {
            return;
        };
        let Some(end) = When::from_keys(&defaults.by, &defaults.during, &defaults.each).and_then(|when| when.period().end()) else {
            return;
        };
        let ends_then = |citation: &&Citation| {
            let window = match citation {
                Citation::Title(title) => printed_window(title.as_str()),
                Citation::Work(work) => work.window.clone().or_else(|| printed_window(work.title.as_str())),
            };
            let masked_start = || printed_end(citation_title(citation));
            window.and_then(|window| window.end()).or_else(masked_start) == Some(end)
        };
        let Some(title) = superior.iter().find(ends_then).map(|citation| shorten(citation_title(citation))) else { return };
        self.report(
            Code::OwnPeriodMissing,
            "/defaults".to_owned(),
            msg!(
                "the deadline {end} is that of `{title}`; the plan states no period of its own",
                "期限{end}取自`{title}`;规划自身没有写明期限"
            ),
            msg!("add `window` if the plan has a period; otherwise confirm the deadline", "规划若有期限,请写`window`;否则请确认该期限"),
        );
    }

    fn default_window(&mut self) {
        let Some(defaults) = &self.document.defaults else { return };
        if let Some(when) = When::from_keys(&defaults.by, &defaults.during, &defaults.each) {
            self.unresolved(&when, "/defaults".to_owned(), false);
        }
    }

    /// A length without a place: 今后三年.
    pub(super) fn unanchored(&mut self, period: &Period, at: String) {
        let Period::Years(years) = period else { return };
        let help = match self.document.window.as_ref().and_then(Period::end) {
            Some(end) => {
                let start = end.plus(1 - i32::try_from(*years).unwrap_or(1));
                msg!("write `{start}/{end}` if they end with the plan", "若与规划同时结束,请写`{start}/{end}`")
            }
            None => msg!("say which years: `2021/2023`", "请写明年份,如`2021/2023`"),
        };
        let message = msg!("`{period}` is a length without a first or last year", "`{period}`只有年数,没有起止年份");
        self.report(Code::WindowUnanchored, at, message, help);
    }

    /// A length without a place, and a yearly commitment without its first or last year.
    pub(super) fn unresolved(&mut self, when: &When, at: String, has_baseline: bool) {
        let (key, period) = (when.key(), when.period());
        self.unanchored(period, format!("{at}/{key}"));
        let When::Each(Period::Window(start, end)) = when else { return };
        let window = self.document.window.as_ref();
        let (plan_start, plan_end) = (window.and_then(Period::start), window.and_then(Period::end));
        let start_lost = start.point().is_none() && !has_baseline && plan_start.is_none();
        if start_lost || *end == Edge::Unknown {
            let known = |edge: &Edge, or: Option<Point>| edge.point().or(or).map_or_else(|| "YYYY".to_owned(), |point| point.to_string());
            let (first, last) = (known(start, plan_start), known(end, plan_end));
            self.report(
                Code::OpenEach,
                format!("{at}/{key}"),
                msg!("`{period}` does not say the first and the last year", "`{period}`没有写明首年和末年"),
                msg!("write `each: {first}/{last}` with both years", "请写`each: {first}/{last}`,写明首尾两年"),
            );
        }
    }
}

fn citation_title(citation: &Citation) -> &str {
    match citation {
        Citation::Title(title) => title.as_str(),
        Citation::Work(work) => work.title.as_str(),
    }
}

/// Whether digits or letters are masked: `20__`, `xx`, `〔X〕`, `***`.
///
/// Between Latin words an `XX` may be a numeral, so it must touch something else.
fn has_mask(text: &str) -> bool {
    if says(&[text], &["__", "**", "××", "〔X〕", "〔x〕"]) {
        return true;
    }
    let chars: Vec<char> = text.chars().collect();
    let is_mask = |c: char| matches!(c, 'x' | 'X' | '*');
    let mut at = 0;
    while at < chars.len() {
        let length = chars[at..].iter().take_while(|c| **c == chars[at]).count();
        let before = at.checked_sub(1).map(|before| chars[before]);
        let after = chars.get(at + length).copied();
        let in_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        let touches = |c: Option<char>| c.is_some_and(|c| !c.is_ascii() || c.is_ascii_digit());
        if is_mask(chars[at]) && !in_word(before) && !in_word(after) {
            let of_name = length == 1 && after.is_some_and(|c| "省市县区镇".contains(c));
            if of_name || (length > 1 || chars[at] == '*') && (touches(before) || touches(after)) {
                return true;
            }
        }
        at += length;
    }
    false
}

/// The years of `三年行动计划` or `three-year plan`.
fn duration_word(title: &str) -> Option<i64> {
    const NOUNS: &[&str] = &["行动", "计划", "规划", "攻坚", "方案", "滚动"];
    const WORDS: &[(&str, i64)] = &[("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("ten", 10)];
    for (at, _) in title.match_indices('年') {
        if !NOUNS.iter().any(|noun| title[at + '年'.len_utf8()..].starts_with(noun)) {
            continue;
        }
        let before: Vec<char> = title[..at].chars().rev().take(3).collect();
        let digit = |c: &char| "一二三四五六七八九".chars().position(|digit| digit == *c).map(|place| place as i64 + 1);
        match before.as_slice() {
            // `2021年行动计划` is a year, not a length.
            [c, ten, more, ..] if c.is_ascii_digit() && ten.is_ascii_digit() && more.is_ascii_digit() => {}
            [c, ten, ..] if c.is_ascii_digit() && ten.is_ascii_digit() => return format!("{ten}{c}").parse().ok(),
            [c, ..] if c.is_ascii_digit() => return c.to_digit(10).map(i64::from),
            // 三个五年规划 are fifteen years.
            [_, '个', ..] => {}
            ['两', ..] => return Some(2),
            ['十', ..] => return Some(10),
            [c, ..] if digit(c).is_some() => return digit(c),
            _ => {}
        }
    }
    let lower = title.to_ascii_lowercase();
    let before = lower.split("-year").next().filter(|before| before.len() < lower.len())?;
    let word = before.rsplit(|c: char| !c.is_ascii_alphanumeric()).next()?;
    WORDS.iter().find(|(name, _)| *name == word).map(|(_, years)| *years).or_else(|| word.parse().ok())
}

/// The window that a title prints: `(2021-2025年)`, `(2021年-2021年)`.
fn printed_window(title: &str) -> Option<Period> {
    let runs = digit_runs(title);
    runs.windows(2).find_map(|pair| {
        let [(start, from), (end, to)] = pair else { return None };
        let between = &title[start + from.len()..*end];
        let is_dash = matches!(between.trim_start_matches('年').trim(), "-" | "—" | "–" | "－" | "~" | "～" | "至" | "到");
        let years = (year(from)?, year(to)?);
        (is_dash && years.0 <= years.1).then(|| Period::between(Point::year(years.0), Point::year(years.1)))
    })
}

/// The end of a window whose start is masked: `(20__-2025年)`.
fn printed_end(title: &str) -> Option<Point> {
    let (end, to) = *digit_runs(title).last()?;
    let before = title[..end].trim_end().strip_suffix(['-', '—', '–', '－', '~', '～', '至', '到'])?;
    before.trim_end_matches('年').ends_with(['_', 'x', 'X', '*']).then(|| year(to).map(Point::year)).flatten()
}

/// Eight digits that are two years, with the second of them.
fn joined_years(title: &str) -> Option<(&str, i32)> {
    digit_runs(title).into_iter().find_map(|(_, digits)| {
        let (first, second) = (digits.get(..4)?, digits.get(4..)?);
        // A date is no pair of years: `20220101`.
        Some((digits, year(second)?)).filter(|_| year(first).is_some())
    })
}

fn year(digits: &str) -> Option<i32> {
    digits.parse().ok().filter(|year| digits.len() == 4 && (1900..2100).contains(year))
}

/// Runs of ASCII digits, with their byte offsets.
fn digit_runs(text: &str) -> Vec<(usize, &str)> {
    let mut runs = Vec::new();
    let mut rest = 0;
    while let Some(start) = text[rest..].find(|c: char| c.is_ascii_digit()).map(|at| at + rest) {
        let end = text[start..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |at| at + start);
        runs.push((start, &text[start..end]));
        rest = end;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles() {
        for (title, years) in [
            ("科技创新三年行动计划", Some(3)),
            ("科技创新3年行动计划", Some(3)),
            ("2021年行动计划", None),
            ("五年规划", Some(5)),
            ("十四五规划", None),
            ("三个五年规划", None),
            ("A three-year action plan", Some(3)),
            ("Five-Year Plan", Some(5)),
            ("this-yearly", None),
        ] {
            assert_eq!(duration_word(title), years, "{title}");
        }
        for (title, masked) in [
            ("计划(20__-2025年)", true),
            ("创新型XX建设工作实施方案", true),
            ("国办发〔X〕43号", true),
            ("xxxx年工作总结", true),
            ("X省实施意见", true),
            ("物联*", true),
            ("Vision XX", false),
            ("Next exxon plan", false),
            ("Plan (2021-2025)", false),
        ] {
            assert_eq!(has_mask(title), masked, "{title}");
        }
        assert_eq!(printed_window("计划(2021年-2021年)").map(|window| window.to_string()).as_deref(), Some("2021/2021"));
        assert_eq!(printed_window("计划 2021 第 2022 号"), None);
        assert_eq!(printed_end("计划(20__-2025年)"), Some(Point::year(2025)));
        assert_eq!(joined_years("计划(20222022年)"), Some(("20222022", 2022)));
        assert_eq!(joined_years("20220101"), None);
    }
}
