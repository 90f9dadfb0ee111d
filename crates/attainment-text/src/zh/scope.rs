//! What still holds from before: periods, and whether the text looks back or ahead.

use attainment::Code;

use super::reader::is_done;
use super::scan::{Mark, Scan};
use super::time::{self, Said, Time};
use super::words::{self, CONTEXTS, WORDS, cue};
use crate::draft::{Date, Every, ItemPeriod, PeriodSource, Timing};
use crate::found::{Found, msg};
use crate::lexicon::Classes;
use crate::options::ExtractOptions;
use crate::shadow::Block;

/// Which way the text looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// What is to be.
    Intended,
    /// What was reached.
    Observed,
}

/// A heading that is open.
#[derive(Clone, Debug)]
struct Heading {
    level: u8,
    mode: Option<Mode>,
    timing: Option<Timing>,
    /// 指导思想, 基本原则, 重要意义.
    slogan: bool,
}

/// A time that was stated in a paragraph.
#[derive(Clone, Debug)]
struct Held {
    timing: Timing,
    sentence: u32,
    clause: u32,
    /// Where it stands in the paragraph: what stands before it is not governed by it.
    start: usize,
    /// Whether it holds beyond its sentence: 到2025年 does, 2025年前 inside a sentence does not.
    lasts: bool,
    /// 截至, 过去: what it governs was observed.
    observed: bool,
}

/// Periods and mode, from the document down to the clause.
#[derive(Debug)]
pub(crate) struct Scope {
    reference_year: Option<i32>,
    /// The first year that is not over, where the document tells: its year, the start of its window.
    now: Option<i32>,
    /// The first year that anything in the document is to be reached by.
    first_goal: Option<i32>,
    /// The window of the document.
    document: Option<(Timing, PeriodSource)>,
    /// The first deadline of the document, for what names none.
    goal: Option<Timing>,
    superior: Option<Timing>,
    headings: Vec<Heading>,
    /// Deadlines of earlier paragraphs, each with how deep in the outline it was stated: it holds for
    /// what lies deeper.
    carried: Vec<(u8, Timing)>,
    /// How deep the outline is here.
    depth: u8,
    /// How deep the last paragraph was.
    stated: u8,
    held: Option<Held>,
    every: Option<(Every, u32)>,
    sentence: u32,
    sentence_start: usize,
    clause: u32,
    paragraph_mode: Option<Mode>,
    sentence_mode: Option<Mode>,
    clause_mode: Option<Mode>,
    /// What the paragraph as a whole speaks of, where neither times nor headings say so.
    tone: Option<Mode>,
    blocks: usize,
    genre: Genre,
    /// The caller gave the title; the first lines are none.
    titled: bool,
}

/// What the title says a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Genre {
    /// 工作报告: of a year that is over and a year that begins.
    Report,
    /// 规划, 方案: of what is to be.
    Plan,
    Unknown,
}

impl Genre {
    fn of(title: &str) -> Self {
        let last = |words: &[&str]| words.iter().filter_map(|word| title.rfind(word)).max();
        match (last(&["报告", "总结", "公报"]), last(&["规划", "方案", "计划", "纲要", "意见", "目标", "要点", "行动", "办法"]))
        {
            (Some(report), plan) if plan.is_none_or(|plan| plan < report) => Self::Report,
            (_, Some(_)) => Self::Plan,
            _ => Self::Unknown,
        }
    }

    /// From here on the words of a paragraph say that it looks back.
    fn looks_back(self) -> i32 {
        match self {
            Self::Report => 3,
            Self::Plan => 12,
            Self::Unknown => 6,
        }
    }
}

impl Scope {
    pub(crate) fn new(text: &str, options: &ExtractOptions) -> Self {
        let mut scope = Self {
            reference_year: options.reference_year,
            now: options.reference_year,
            first_goal: first_goal(text),
            document: None,
            goal: None,
            superior: None,
            headings: Vec::new(),
            carried: Vec::new(),
            depth: 0,
            stated: 0,
            held: None,
            every: None,
            sentence: 0,
            sentence_start: 0,
            clause: 0,
            paragraph_mode: None,
            sentence_mode: None,
            clause_mode: None,
            tone: None,
            blocks: 0,
            genre: Genre::Unknown,
            titled: false,
        };
        if let Some(title) = &options.title {
            let chars: Vec<char> = title.chars().map(crate::shadow::fold).collect();
            let block = Block { at: (0..chars.len() as u32).collect(), chars, ..Block::default() };
            scope.title(&block, block.chars.len());
            scope.titled = scope.document.is_some();
        }
        scope
    }

    /// Takes the window and the year of a title.
    fn title(&mut self, block: &Block, end: usize) {
        let mut at = 0;
        if self.genre == Genre::Unknown {
            self.genre = Genre::of(&block.text(0, end));
        }
        let mut coming = None;
        while at < end {
            let time = time::may_start(block.char(at)).then(|| time::read(block, at)).flatten();
            let Some(time) = time else {
                // 2020科技创新工作计划: a year without its word.
                let figures = block.text(at, at + 4);
                let bare = figures.len() == 4
                    && figures.starts_with("20")
                    && figures.bytes().all(|b| b.is_ascii_digit())
                    && !block.char(at + 4).is_ascii_digit();
                if bare && (at == 0 || !block.char(at - 1).is_ascii_digit()) && self.document.is_none() {
                    self.document = Some((Timing::In(Date::of_figures(&figures)), PeriodSource::Title));
                    self.reference_year = self.reference_year.or(figures.parse().ok());
                    at += 4;
                    continue;
                }
                at += 1;
                continue;
            };
            // (2022年6月): when it was published or given.
            let dated = matches!(block.char(time.start.wrapping_sub(1)), '(' | '[') && matches!(block.char(time.end), ')' | ']');
            match &time.said {
                Said::Year { date, deadline: false } if dated && date.month().is_some() => {
                    self.reference_year = self.reference_year.or(date.year());
                }
                Said::Years(count) => coming = Some((*count, block.text(time.start, time.end))),
                Said::Window { from, to } => self.document = Some((Timing::During(*from, *to), PeriodSource::Title)),
                Said::Year { date, deadline } if self.document.is_none() => {
                    let timing = if *deadline { Timing::By(*date) } else { Timing::In(*date) };
                    self.reference_year = self.reference_year.or(if *deadline { None } else { date.year() });
                    self.document = Some((timing, PeriodSource::Title));
                }
                _ => {}
            }
            at = time.end.max(at + 1);
        }
        // 今后五年的目标: counted from the year of the document.
        if let (None, Some((count, text))) = (&self.document, coming) {
            let timing = match self.reference_year {
                Some(year) => Timing::By(Date::of_year(year + count as i32)),
                None => Timing::Relative(text),
            };
            self.document = Some((timing, PeriodSource::Title));
        }
    }

    /// Enters a paragraph.
    pub(crate) fn paragraph(&mut self, block: &Block, scan: &Scan, found: &mut Found) {
        self.blocks += 1;
        // A list goes on under the sentence that introduces it.
        if let Some(held) = self.held.take() {
            let lasts = matches!(held.timing, Timing::By(_) | Timing::During(..) | Timing::Words(_) | Timing::Relative(_)) && held.lasts;
            // 展望2035年 at the end of the goals of 2025 does not hold for what follows.
            let vision =
                held.timing.end_year().zip(self.goal.as_ref().and_then(Timing::end_year)).is_some_and(|(year, goal)| year >= goal + 10);
            // The goals of five years in a report on one year hold for their paragraph and its list.
            let beyond = match &self.document {
                Some((Timing::In(year), PeriodSource::Title)) => {
                    self.genre == Genre::Report
                        && !listed(block)
                        && held.timing.end_year().zip(year.year()).is_some_and(|(end, year)| end > year)
                }
                _ => false,
            };
            if beyond {
                self.goal = None;
                // “十五五”发展的主要目标是: a heading without a number, of its paragraph.
                for heading in self.headings.iter_mut().filter(|heading| heading.level == 3) {
                    heading.timing = None;
                }
            }
            if lasts && !held.observed && !vision && !beyond {
                self.carried.retain(|(depth, _)| *depth < self.stated);
                self.carried.push((self.stated, held.timing));
            }
        }
        self.every = None;
        let chars = block.slice(0, block.chars.len());
        let plain = !chars.iter().any(|c| matches!(c, '。' | ',' | ';')) && chars.last() != Some(&':');
        let heading = words::is_heading(chars) || self.blocks <= 3 && chars.len() <= 50 && plain;
        if self.blocks <= 3 && !self.titled {
            // A title may run into the text; it ends with a word such as 计划.
            let stop = chars.iter().take(60).position(|c| matches!(c, '。' | ',' | ':')).unwrap_or(chars.len().min(60));
            let end = if heading { Some(chars.len()) } else { (4..stop).find(|end| WORDS.before(chars, *end, words::TITLE_END).is_some()) };
            self.title(block, end.unwrap_or(0));
        }
        self.publication(block);
        self.spoken(block);
        if let (true, Some(first)) = (self.superior.is_none() && self.blocks <= 6, scan.titles.first()) {
            self.superior = match &first.said {
                Said::Window { from, to } => Some(Timing::During((*from).filter(|date| date.year().is_some()), *to)),
                _ => None,
            };
        }
        for time in scan.titles.iter().filter(|time| time.suspicious) {
            suspicious(block, time, found);
        }
        // 2025年 in the paragraph before says for those behind it that they look back too.
        if let (Genre::Report, Some(mode)) = (self.genre, self.paragraph_mode.take()) {
            self.tone = Some(mode).filter(|mode| *mode == Mode::Observed);
        }
        self.paragraph_mode = None;
        self.sentence_mode = None;
        let level = words::marker(chars).map(|(level, _)| level);
        // A paragraph without a number stands under the last one with a number.
        let depth = level.map_or(2 * self.depth + 1, |level| 2 * level);
        if let Some(level) = level {
            self.carried.retain(|(stated, _)| *stated < 2 * level);
            if level < 6 {
                self.depth = level;
            }
        }
        self.stated = depth;
        if heading && level.is_none_or(|level| level <= 5) {
            self.heading(block, 0, chars.len(), level.unwrap_or(0), scan);
        } else if let Some((level, length)) = words::marker(chars).filter(|(level, _)| *level <= 5) {
            self.run_in(block, length, level, scan);
        } else if let Some(end) = chars.iter().take(20).position(|c| matches!(c, '。' | ':')) {
            // 2023年工作回顾。过去一年…: a heading without a number.
            let head = chars.get(..end).unwrap_or_default();
            let short = end >= 4
                && !head.contains(&',')
                && (CONTEXTS.before(head, end, cue::ACHIEVEMENT_HEADING | cue::GOAL_HEADING).is_some()
                    || WORDS.before(head, end, words::TITLE_END).is_some());
            if short {
                self.heading(block, 0, end, 3, scan);
            }
        }
    }

    /// 发布日期:2021-03-05, 【期】2017: when the text was published.
    fn publication(&mut self, block: &Block) {
        let words = block.text(0, 30);
        if self.reference_year.is_some()
            || self.blocks > 30
            || !["发布日期", "发布时间", "成文日期", "【年", "日期:", "时间:"].iter().any(|word| words.contains(word))
        {
            return;
        }
        self.reference_year = (0..block.chars.len().min(60)).find_map(|at| {
            let year = block.text(at, at + 4);
            let plain = year.len() == 4 && year.starts_with("20") && year.bytes().all(|b| b.is_ascii_digit());
            (plain && !block.char(at + 4).is_ascii_digit()).then(|| year.parse().ok()).flatten()
        });
    }

    /// ——2024年1月12日在…会议上, (2011年2月18日…批准): the day a report was given.
    fn spoken(&mut self, block: &Block) {
        let opens = matches!(block.char(0), '-' | '(' | '[');
        if self.blocks > 4 || self.reference_year.is_some() || !opens {
            return;
        }
        let start = block.chars.iter().take(6).position(char::is_ascii_digit).unwrap_or(0);
        let (year, sign) = (block.text(start, start + 4), block.char(start + 4));
        let day = block.slice(start + 5, start + 12).contains(&'月') && block.slice(start + 5, start + 12).contains(&'日');
        if let (true, '年', Ok(year)) = (day, sign, year.parse()) {
            self.reference_year = Some(year);
            self.now = self.now.or(Some(year));
        }
    }

    fn heading(&mut self, block: &Block, start: usize, end: usize, level: u8, scan: &Scan) {
        let words = block.slice(start, end);
        let cues = CONTEXTS.all(words, Classes::MAX);
        let (back, ahead) = (cues & cue::ACHIEVEMENT_HEADING != 0, cues & cue::GOAL_HEADING != 0);
        let mode = match (back, ahead) {
            (true, false) => Some(Mode::Observed),
            (false, true) => Some(Mode::Intended),
            _ => None,
        };
        let from = scan.marks.partition_point(|mark| mark.start() < start);
        let near = scan.marks.iter().skip(from).take_while(|mark| mark.start() < end);
        let timing = near.into_iter().find_map(|mark| match mark {
            Mark::Time(time) if time.start >= start && time.end <= end && !time.named && !time.baseline => self.resolve(block, time),
            _ => None,
        });
        self.headings.retain(|heading| heading.level < level);
        if let (true, Some(Timing::In(date)), Some(Mode::Intended)) = (self.now.is_none(), &timing, mode) {
            self.now = date.year();
        }
        let text = block.text(start, end);
        let slogan = ["指导思想", "原则", "意义", "总体思路", "背景"].iter().any(|word| text.contains(word));
        self.headings.push(Heading { level, mode, timing, slogan });
        self.carried.retain(|(depth, _)| *depth < 2 * level);
    }

    /// A heading that runs into its text: "二、总体目标创新投入…".
    fn run_in(&mut self, block: &Block, start: usize, level: u8, scan: &Scan) {
        let end = (start..(start + 24).min(block.chars.len()))
            .find(|at| matches!(block.char(*at), '。' | ',' | ':' | ' '))
            .unwrap_or((start + 12).min(block.chars.len()));
        if level <= 3 {
            self.heading(block, start, end, level, scan);
        }
    }

    /// Enters a sentence.
    pub(crate) fn sentence(&mut self, block: &Block, start: usize, end: usize, heading: Option<u8>, cues: Classes, scan: &Scan) {
        self.sentence += 1;
        self.sentence_start = start;
        self.every = None;
        if self.held.as_ref().is_some_and(|held| !held.lasts) {
            self.held = None;
        }
        self.clause_mode = None;
        // A heading inside a paragraph: behind a full stop, or behind the end of a title.
        let inner = (start..end.min(start + 60)).find_map(|at| {
            let marker = words::marker(block.slice(at, at + 12)).filter(|(level, _)| *level <= 3)?;
            (at > start && WORDS.before(&block.chars, at, words::TITLE_END).is_some()).then_some((at + marker.1, marker.0))
        });
        if let Some((at, level)) = heading.filter(|level| *level <= 3).map(|level| (start, level)).filter(|_| start > 8).or(inner) {
            self.run_in(block, at, level, scan);
            if self.headings.last().is_some_and(|heading| heading.timing.is_some()) {
                self.held = None;
            }
            self.paragraph_mode = None;
        }
        let (back, ahead) = (cues & cue::PAST_TIME != 0, cues & cue::INTENT != 0);
        self.sentence_mode = match (back, ahead) {
            (_, true) => Some(Mode::Intended),
            (true, false) => Some(Mode::Observed),
            _ => None,
        };
    }

    /// Enters a clause with the times that stand in it.
    pub(crate) fn clause(&mut self, block: &Block, start: usize, end: usize, times: &[&Time], cues: Classes, found: &mut Found) {
        self.clause += 1;
        let words = block.slice(start, end);
        let done = is_done(words);
        // What is done in one clause is done in those behind it.
        if done || cues & cue::ACHIEVED != 0 {
            self.clause_mode = Some(Mode::Observed);
        }
        for time in times.iter().filter(|time| !time.baseline) {
            if time.suspicious {
                suspicious(block, time, found);
            }
            if time.named {
                continue;
            }
            if !matches!(time.said, Said::Every(_)) && !time.named {
                self.every = None;
            }
            if let Said::Every(every) = &time.said {
                if block.char(time.start) == '每' {
                    self.every = Some((*every, self.sentence));
                }
                continue;
            }
            self.set_mode(block, time);
            if let Some(timing) = self.resolve(block, time) {
                if let (Timing::Relative(text), None) = (&timing, self.reference_year) {
                    let text = text.clone();
                    if !matches!(time.said, Said::Now | Said::PastYears) {
                        let help = msg!("give the year of the document as `reference_year`", "请以`reference_year`给出文件年份");
                        found.notes.add(Code::RelativePeriodUnresolved, block.span(time.start, time.end), || {
                            (msg!("`{}` depends on a year that is not given", "`{}`取决于未给出的年份", text), Some(help))
                        });
                    }
                }
                if self.goal.is_none() && matches!(timing, Timing::By(_)) && !time.as_of {
                    self.goal = Some(timing.clone());
                }
                // 全年 in a plan means the whole of the year that is spoken of.
                let whole = block.equals(time.start, time.end, &["全年", "年内"]);
                let stated = self.period(time.start, false).0.map(|period| period.when);
                let dated = stated.as_ref().is_some_and(|when| when.end_year().is_some());
                let past = matches!(stated, Some(Timing::In(_) | Timing::During(..)));
                let vague = matches!(time.said, Said::Now | Said::PastYears | Said::PartOfYear) && matches!(timing, Timing::Relative(_));
                if dated && (whole || vague && past && self.mode() == Mode::Observed) {
                    continue;
                }
                let leads = time.start <= self.sentence_start + 3;
                let preposition = matches!(block.char(time.start), '到' | '至' | '截' | '展' | '力');
                let lasts = leads || preposition || matches!(timing, Timing::During(..));
                let observed = time.as_of || matches!(time.said, Said::Now | Said::PastYears | Said::LastYear);
                self.held = Some(Held { timing, sentence: self.sentence, clause: self.clause, start: time.start, lasts, observed });
            }
        }
    }

    fn set_mode(&mut self, block: &Block, time: &Time) {
        let started = match &self.document {
            Some((Timing::During(Some(from), _), _)) => from.year(),
            _ => None,
        };
        let now = self.now.or(self.reference_year).or(started);
        let past = |date: &Date| date.year().zip(now).map(|(year, now)| year < now);
        let looks_back = self.headings.iter().rev().find_map(|heading| heading.mode) == Some(Mode::Observed);
        let mode = match &time.said {
            _ if time.as_of => Some(Mode::Observed),
            Said::Now | Said::LastYear | Said::PastYears => Some(Mode::Observed),
            Said::Year { date, deadline } => match (past(date), deadline) {
                (Some(true), _) => Some(Mode::Observed),
                (_, true) => Some(Mode::Intended),
                _ => None,
            },
            Said::Window { to, .. } => match past(to) {
                Some(true) => Some(Mode::Observed),
                None if looks_back => None,
                // “十三五”期间 in a text whose first goal is five years later was before it.
                None if to.year().zip(self.first_goal).is_some_and(|(to, goal)| to + 5 <= goal) => Some(Mode::Observed),
                _ => Some(Mode::Intended),
            },
            // 全年粮食产量: of a plan as well as of a report on the year.
            Said::ThisYear { .. } if block.is_any(time.start, &["全年", "年末", "年底", "年终"]) => None,
            Said::ThisYear { .. } | Said::NextYear | Said::Years(_) | Said::Term | Said::PlanWindow => Some(Mode::Intended),
            Said::PartOfYear if time.end > time.start + 2 => Some(Mode::Observed),
            _ => None,
        };
        let this_year = matches!(time.said, Said::ThisYear { .. } | Said::Years(_));
        if mode.is_some() && !(looks_back && this_year) {
            self.paragraph_mode = mode;
        }
    }

    /// The window a time stands for, with the reference year and the document's window.
    fn resolve(&self, block: &Block, time: &Time) -> Option<Timing> {
        let text = || block.text(time.start, time.end);
        let relative = |offset: i32, end: bool| match self.reference_year {
            Some(year) if end => Timing::By(Date::of_year(year + offset)),
            Some(year) => Timing::In(Date::of_year(year + offset)),
            None => Timing::Relative(text()),
        };
        Some(match &time.said {
            Said::Year { date, deadline: true } => Timing::By(*date),
            Said::Year { date, deadline: false } => Timing::In(*date),
            Said::Window { from, to } => Timing::During(*from, *to),
            Said::ThisYear { end } => relative(0, *end),
            Said::NextYear => relative(1, false),
            Said::LastYear => relative(-1, false),
            Said::Years(count) => {
                match (self.document.as_ref().map(|(timing, _)| timing).or(self.superior.as_ref()), self.reference_year) {
                    (Some(Timing::During(Some(from), to)), _)
                        if from.year().zip(to.year()).is_some_and(|(from, to)| (to - from + 1) as u32 == *count) =>
                    {
                        Timing::During(Some(*from), *to)
                    }
                    (_, Some(year)) => Timing::By(Date::of_year(year + *count as i32)),
                    _ => Timing::Relative(text()),
                }
            }
            Said::Term => Timing::Words(text()),
            Said::PlanWindow => match &self.document {
                Some((Timing::During(_, to), _)) => Timing::By(*to),
                Some((Timing::By(to), _)) => Timing::By(*to),
                _ => Timing::Relative(text()),
            },
            Said::Now | Said::PastYears | Said::PartOfYear => Timing::Relative(text()),
            Said::Every(_) | Said::EveryYears => return None,
        })
    }

    /// The period that a time alone stands for.
    pub(crate) fn of(&self, block: &Block, time: &Time) -> Option<ItemPeriod> {
        self.resolve(block, time).map(|when| ItemPeriod { when, each: None })
    }

    /// The period of a quantity at a place, and where it was found.
    pub(crate) fn period(&self, at: usize, yearly: bool) -> (Option<ItemPeriod>, Option<PeriodSource>) {
        let each = match self.every {
            Some((every, _)) => Some(every),
            None => yearly.then_some(Every::Year),
        };
        let held = self.held.as_ref().filter(|held| held.start <= at || held.clause < self.clause).map(|held| {
            let source = match held {
                held if held.clause == self.clause => PeriodSource::Clause,
                held if held.sentence == self.sentence => PeriodSource::Sentence,
                _ => PeriodSource::EarlierSentence,
            };
            (held.timing.clone(), source)
        });
        let outer = || {
            let heading =
                self.headings.iter().rev().find_map(|heading| heading.timing.clone()).map(|timing| (timing, PeriodSource::Heading));
            let carried = self.carried.last().cloned().map(|(_, timing)| (timing, PeriodSource::Section));
            let superior = self.superior.clone().map(|timing| (timing, PeriodSource::SuperiorPlanTitle));
            let goal = self.goal.clone().map(|timing| (timing, PeriodSource::EarlierSentence));
            // What a report on the work of a year has reached was reached in the year before.
            let document = match &self.document {
                Some((Timing::In(year), source)) if self.genre == Genre::Report && self.mode() == Mode::Observed => {
                    let before = year.year().map(|year| Timing::In(Date::of_year(year - 1)));
                    before.map(|before| (before, *source))
                }
                document => document.clone(),
            };
            carried.or(heading).or(document).or(goal).or(superior)
        };
        match held.or_else(outer) {
            Some((when, source)) => (Some(ItemPeriod { when, each }), Some(source)),
            None => match each {
                Some(each) => (Some(ItemPeriod { when: Timing::Always, each: Some(each) }), Some(PeriodSource::Clause)),
                None => (None, None),
            },
        }
    }

    /// The window of the document.
    pub(crate) fn document(&self) -> Option<Timing> {
        self.document.as_ref().map(|(timing, _)| timing.clone()).or_else(|| self.goal.clone())
    }

    /// Whether the section holds principles and reasons, no commitments.
    pub(crate) fn is_slogan(&self) -> bool {
        self.headings.last().is_some_and(|heading| heading.slogan)
    }

    /// Takes how much a paragraph speaks of what was reached; a paragraph that hardly tells goes on
    /// like the one before.
    pub(crate) fn hear(&mut self, tone: i32) {
        let goes_on = if self.genre == Genre::Report { -3 } else { 0 };
        self.tone = match tone {
            tone if tone >= self.genre.looks_back() => Some(Mode::Observed),
            tone if tone >= goes_on => self.tone,
            _ => None,
        };
    }

    /// Which way the clause looks.
    pub(crate) fn mode(&self) -> Mode {
        let heading = self.headings.iter().rev().find_map(|heading| heading.mode);
        match (self.sentence_mode, self.clause_mode, self.paragraph_mode, heading) {
            (Some(Mode::Intended), ..) => Mode::Intended,
            (_, Some(Mode::Observed), ..) => Mode::Observed,
            (_, _, Some(mode), _) => mode,
            (Some(mode), ..) => mode,
            (_, _, _, Some(mode)) => mode,
            _ => self.tone.unwrap_or(Mode::Intended),
        }
    }
}

/// Whether a paragraph goes on with a list: a dash, a number in brackets, 一是.
fn listed(block: &Block) -> bool {
    block.char(0) == '-' || words::marker(&block.chars).is_some_and(|(level, _)| level >= 4)
}

/// The smallest year Y of 到Y年 in a text.
fn first_goal(text: &str) -> Option<i32> {
    let years = text.match_indices("到20").take(10_000).filter_map(|(at, found)| {
        let rest = text.get(at + found.len() - 2..)?;
        let (year, rest) = (rest.get(..4)?, rest.get(4..)?);
        if rest.starts_with('年') { year.parse::<i32>().ok() } else { None }
    });
    years.min()
}

fn suspicious(block: &Block, time: &Time, found: &mut Found) {
    let text = block.text(time.start, time.end);
    let help = msg!("compare the source", "请核对原文");
    found.notes.add(Code::SuspiciousPeriod, block.span(time.start, time.end), || {
        (msg!("`{}` is probably damaged", "`{}`疑有缺损", text), Some(help))
    });
}
