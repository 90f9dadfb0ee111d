//! Reads paragraphs one after the other: clauses, and the quantities of each.

use attainment::Code;

use super::clause::{After, Clause, clauses, object_end, skip_signs};
use super::part::{is_inside, rises_to, starts_from};
use super::rule::is_benefit;
use super::scan::{self, Mark, Quantity};
use super::scope::Scope;
use super::table;
use super::time::Time;
use super::words::{self, CONTEXTS, cue};
use crate::draft::{Basis, Item, ItemKind, PeriodSource};
use crate::found::{Found, msg};
use crate::lexicon::Classes;
use crate::options::ExtractOptions;
use crate::shadow::{Block, is_han};

/// Reads paragraphs one after the other.
#[derive(Debug)]
pub(crate) struct Reader {
    pub(super) scope: Scope,
    /// The item a later clause without an indicator speaks of.
    pub(super) last: Option<Last>,
    /// The subject of a clause without a number, which the next clause may speak of.
    pub(super) heard: Option<(Clause, usize)>,
    /// How firm the sentence is, in its own word.
    pub(super) firm: Option<(String, usize)>,
    /// Whether the sentence is a rule about a benefit.
    pub(super) benefit: bool,
    pub(super) table: Option<table::Head>,
    pub(super) groups: u32,
    pub(super) sentences: usize,
    /// The items of the last sentence that had any.
    pub(super) counts: (usize, usize),
}

/// The indicator that was named last.
#[derive(Clone, Debug)]
pub(super) struct Last {
    pub(super) indicator: String,
    pub(super) qualifier: Option<String>,
    pub(super) item: usize,
    pub(super) verb: Classes,
    pub(super) modality: Option<String>,
    pub(super) sentence: usize,
    pub(super) basis: Basis,
    /// 累计: what follows in the sentence is summed as well.
    pub(super) cumulative: bool,
}

impl Reader {
    pub(crate) fn new(text: &str, options: &ExtractOptions) -> Self {
        Self {
            scope: Scope::new(text, options),
            last: None,
            heard: None,
            firm: None,
            benefit: false,
            table: None,
            groups: 0,
            sentences: 0,
            counts: (0, 0),
        }
    }

    /// Reads one paragraph.
    pub(crate) fn read(&mut self, block: &Block, found: &mut Found) {
        if !block.cells.is_empty() {
            return self.row(block, found);
        }
        // 经济发展 between the rows of a table is the name of a group of them.
        let group = self.table.is_some() && block.chars.len() <= 8 && block.chars.iter().all(|c| is_han(*c));
        if group {
            return;
        }
        table::close(self.table.take(), found);
        self.prose(block, found);
    }

    /// Reads a row of a table; cells of a table without values are read as prose.
    fn row(&mut self, block: &Block, found: &mut Found) {
        if let Some(head) = table::head(block) {
            table::close(self.table.replace(head), found);
            return;
        }
        let document = self.scope.document();
        if let Some(head) = self.table.as_mut().filter(|head| head.has_values()) {
            return table::row(block, head, document.as_ref(), found);
        }
        for (start, end) in &block.cells {
            let cell = Block {
                chars: block.slice(*start, *end).to_vec(),
                at: block.at.get(*start..*end).unwrap_or_default().to_vec(),
                number: block.number,
                cells: Vec::new(),
            };
            if cell.chars.len() > 4 {
                self.prose(&cell, found);
            }
        }
    }

    /// Says what is left to say at the end of the text.
    pub(crate) fn finish(&mut self, found: &mut Found) {
        table::close(self.table.take(), found);
    }

    fn prose(&mut self, block: &Block, found: &mut Found) {
        // 【作者】, 【总页数】: what a library says of a paper.
        let card = block.char(0) == '【' && block.slice(0, 15).contains(&'】');
        let scan = scan::scan(block);
        self.scope.paragraph(block, &scan, found);
        if card {
            return;
        }
        // 创新投入倍增 as a heading is a title of what follows.
        let title = words::is_heading(&block.chars) && block.chars.len() < 20;
        if title && scan.marks.iter().all(|mark| !matches!(mark, Mark::Quantity(quantity) if !quantity.doubling)) {
            return;
        }
        // A gap between paragraphs, so that the last sentence of one is not next to the first of the other.
        self.sentences += 2;
        let clauses = clauses(block, &scan.marks);
        let cues: Vec<Classes> =
            clauses.iter().map(|clause| CONTEXTS.all(block.slice(clause.start, clause.end + 1), Classes::MAX)).collect();
        self.scope.hear(tone(block, &clauses, &cues, &scan.marks));
        // What the clauses say up to the next of these signs.
        let until = |at: usize, signs: &[char]| {
            let count = clauses.iter().skip(at).take_while(|clause| !signs.contains(&clause.stop)).count();
            cues.iter().skip(at).take(count + 1).fold(0, |all, cues| all | cues)
        };
        let before = |at: usize| at.checked_sub(1).and_then(|before| clauses.get(before)).map_or('。', |clause| clause.stop);
        for (at, clause) in clauses.iter().enumerate() {
            if matches!(before(at), '。' | '!' | '?' | '#') {
                self.sentences += 1;
                self.scope.sentence(block, clause.start, clause.end, clause.heading, until(at, &['。', '!', '?', '#']), &scan);
            }
            if matches!(before(at), '。' | '!' | '?' | '#' | ';') {
                self.benefit = is_benefit(block.char(skip_signs(block, clause.start)), until(at, &['。', '!', '?', '#', ';']));
            }
            let marks = scan.marks.get(clause.marks.clone()).unwrap_or_default();
            let cues = cues.get(at).copied().unwrap_or_default();
            self.clause(block, clause, marks, self.sentences, cues, found);
        }
    }

    fn clause(&mut self, block: &Block, clause: &Clause, marks: &[Mark], sentence: usize, cues: Classes, found: &mut Found) {
        let times: Vec<&Time> = marks.iter().filter_map(|mark| if let Mark::Time(time) = mark { Some(time) } else { None }).collect();
        let quantities: Vec<&Quantity> =
            marks.iter().filter_map(|mark| if let Mark::Quantity(quantity) = mark { Some(quantity) } else { None }).collect();
        self.scope.clause(block, clause.start, clause.end, &times, cues, found);
        if quantities.is_empty() {
            self.heard = Some((clause.clone(), sentence));
            let modality = self.last.as_ref().filter(|last| last.sentence == sentence).and_then(|last| last.modality.clone());
            // The title of a section, alone or as the first of a couplet, commits to nothing.
            let title = clause.heading.is_some() && clause.end - clause.start <= 24 && clause.stop != ',';
            let spans: Vec<(usize, usize)> = times.iter().map(|time| (time.start, time.end)).collect();
            for stated in super::plain::read(block, clause.start, clause.end, &spans, self.scope.is_slogan() || title) {
                let modality = stated.modality.clone().or_else(|| modality.clone());
                let item = self.stated(block, stated, modality);
                if item.kind == ItemKind::Target {
                    self.firm = item.modality.clone().map(|modality| (modality, sentence));
                    found.items.push(item);
                }
            }
            return;
        }
        let spans: Vec<(usize, usize)> = times.iter().filter(|time| !time.named).map(|time| (time.start, time.end)).collect();
        let context = Context { block, clause, times: &times, spans: &spans, sentence, benefit: self.benefit, cues };
        if self.distributed(&context, &quantities, found) {
            return;
        }
        let (mut from, mut base) = (clause.start, None);
        let parts: Vec<bool> = (0..quantities.len()).map(|nth| is_inside(block, &quantities, nth, clause)).collect();
        for (nth, quantity) in quantities.iter().enumerate() {
            if parts.get(nth) == Some(&true) {
                continue;
            }
            let next = (nth + 1..quantities.len()).find(|next| parts.get(*next) == Some(&false)).and_then(|next| quantities.get(next));
            // 由A提高到B: A is what B is measured from.
            if let Some(next) = next
                && let Some(name_end) =
                    starts_from(block, from, quantity.start, &spans).filter(|_| rises_to(block, quantity.end, next.start, &spans))
            {
                base = Some((name_end, quantity.end));
                continue;
            }
            // What lies between two quantities belongs to the second, but for an object of the first.
            let right = next.map_or(clause.end, |next| object_end(block, After::read(block, quantity.end, next.start).end, next.start));
            if let Some(mut made) = self.item(&context, quantity, from, right, base, found) {
                if let Some((name_end, end)) = base {
                    made.item.baseline_ref = Some(block.text(name_end, end));
                }
                self.push_each(&context, made, quantity, found);
                from = right.max(quantity.end);
                // 50名和青年骨干100名: what joins two of a list is no part of the second.
                from += usize::from(matches!(block.char(from), '和' | '及' | '与'));
            }
            base = None;
        }
        self.heard = None;
    }
}

/// How much a paragraph speaks of what was reached; below nought it speaks of what is to be.
///
/// One clause may deceive (已 stands in plans too, 加快 in reports), so all of them are weighed:
/// what only a report says (高于全国, 稳居, 了) against what only a plan says (左右, 力争).
fn tone(block: &Block, clauses: &[Clause], cues: &[Classes], marks: &[Mark]) -> i32 {
    let weights = [(cue::REACHED, 6), (cue::ACHIEVED, 3), (cue::REACHING, 1), (cue::NEARLY, -9), (cue::INTENT, -6)];
    let mut tone = 0;
    let mut ahead = 0;
    let mut before = '。';
    for (clause, cues) in clauses.iter().zip(cues) {
        // 产业结构持续优化。 at the start of a paragraph: a plan would say 持续优化产业结构.
        let states = clause.end < 30 && before == '。' && says_how_it_went(block, clause);
        tone += 4 * i32::from(states && clause.stop == '。') + i32::from(states && clause.stop == ',');
        before = clause.stop;
        tone += weights.iter().filter(|(class, _)| cues & class != 0).map(|(_, weight)| weight).sum::<i32>();
        tone += 6 * i32::from(is_done(block.slice(clause.start, clause.end)));
        ahead += i32::from(cues & cue::AHEAD != 0);
    }
    // Figures to the tenth are measured, goals are round; 以上 belongs to goals.
    let (mut count, mut open) = (0, 0);
    for mark in marks {
        let Mark::Quantity(quantity) = mark else { continue };
        let Some(value) = quantity.value.as_ref() else { continue };
        let figures = value.trim_end_matches('0').bytes().filter(u8::is_ascii_digit).count();
        let bounded = After::read(block, quantity.end, block.chars.len()).compare != 0;
        (count, open) = (count + 1, open + i32::from(!bounded));
        tone += match (value.contains('.') && !value.ends_with(".5"), bounded) {
            (_, true) => -2,
            (true, false) => 2,
            _ => i32::from(figures > 2),
        };
    }
    // Numbers without a bound and hardly a word of what is to be done.
    let plain = count > 2 && open == count && 5 * ahead as usize <= clauses.len();
    tone + 3 * i32::from(plain) - ahead.min(4)
}

/// 民生保障不断增强: a subject, how, and a verb of a trend at the end of the clause.
fn says_how_it_went(block: &Block, clause: &Clause) -> bool {
    let trend = words::WORDS.before(&block.chars, clause.end, words::TREND_UP | words::TREND_DOWN);
    let Some((verb, _)) = trend.filter(|(length, _)| *length > 1) else { return false };
    let degree = words::WORDS.before(&block.chars, clause.end - verb, words::DEGREE);
    degree.is_some_and(|(length, _)| clause.end >= clause.start + verb + length + 2)
}

/// 了 says that something is done, but in 为了, 除了, 了解.
pub(super) fn is_done(words: &[char]) -> bool {
    words.iter().enumerate().any(|(at, c)| {
        *c == '了'
            && !matches!(words.get(at.wrapping_sub(1)), Some('为' | '除' | '到'))
            && !matches!(words.get(at + 1), Some('解' | '然' | '如'))
    })
}

pub(super) struct Context<'a> {
    pub(super) block: &'a Block,
    pub(super) clause: &'a Clause,
    pub(super) times: &'a [&'a Time],
    pub(super) spans: &'a [(usize, usize)],
    pub(super) sentence: usize,
    /// The sentence grants something to those who fulfil what it says.
    pub(super) benefit: bool,
    /// What the words of the clause say about it.
    pub(super) cues: Classes,
}

/// An item with what is needed to remember it.
pub(super) struct Made {
    pub(super) item: Item,
    pub(super) verb: Classes,
    pub(super) own_name: bool,
    pub(super) cumulative: bool,
}

impl Reader {
    pub(super) fn push(&mut self, context: &Context<'_>, made: Made, found: &mut Found) {
        let at = found.items.len();
        let mut item = made.item;
        if !made.own_name {
            // An addition and the total it leads to, a level and its growth.
            if let Some(last) = self.last.as_ref().filter(|last| last.sentence == context.sentence) {
                item.pair = Some(last.item);
                if let Some(before) = found.items.get_mut(last.item)
                    && before.pair.is_none()
                    && before.basis == Basis::Addition
                    && item.basis == Basis::Level
                {
                    before.pair = Some(at);
                }
            }
        }
        self.counts = (context.sentence, if self.counts.0 == context.sentence { self.counts.1 + 1 } else { 1 });
        let keep = made.own_name || self.last.is_none();
        let item_at = if keep { at } else { self.last.as_ref().map_or(at, |last| last.item) };
        self.last = Some(Last {
            indicator: item.indicator.clone(),
            qualifier: item.qualifier.clone(),
            item: item_at,
            verb: made.verb,
            modality: item.modality.clone(),
            sentence: context.sentence,
            basis: item.basis,
            cumulative: made.cumulative,
        });
        self.doubts(&item, found);
        if item.masked {
            let span = (item.value_start.unwrap_or(item.start), item.value_end.unwrap_or(item.end));
            found.notes.add(Code::MaskedNumber, span, || (msg!("the digits of this number are masked", "数字被遮蔽"), None));
        }
        found.items.push(item);
    }

    /// How many items the sentence has so far.
    pub(super) fn recent(&self, context: &Context<'_>) -> usize {
        if self.counts.0 == context.sentence { self.counts.1 } else { 0 }
    }

    /// What is doubtful about an item by itself.
    fn doubts(&self, item: &Item, found: &mut Found) {
        let value = (item.value_start.unwrap_or(item.start), item.value_end.unwrap_or(item.end));
        let bare = item.unit.is_none() && !item.masked && item.group.is_none() && item.value.is_some();
        if bare && ["率", "比重", "比例", "占比", "强度"].iter().any(|end| item.indicator.ends_with(end)) {
            let help = msg!("compare the source; `%` is probable", "请核对原文，可能缺“%”");
            found.notes.add(Code::PercentSuspected, value, || (msg!("`{}` has no unit", "`{}`缺少单位", item.indicator), Some(help)));
        } else if bare && !["系数", "指数", "比", "量"].iter().any(|end| item.indicator.ends_with(end)) {
            found.notes.add(Code::NoUnit, value, || (msg!("the value of `{}` has no unit", "`{}`的数值缺少单位", item.indicator), None));
        }
        if item.indicator.chars().count() > 40 {
            found.notes.add(Code::IndicatorTooLong, (item.start, item.end), || {
                (msg!("`{}` is long for a name", "`{}`作为指标名过长", item.indicator), None)
            });
        }
        let inside = matches!(item.period_source, None | Some(PeriodSource::Clause | PeriodSource::Sentence));
        if !inside {
            let source = item.period_source.map_or("", PeriodSource::as_str);
            found
                .notes
                .add(Code::PeriodInherited, value, || (msg!("the period comes from elsewhere: `{}`", "期限来自句外：`{}`", source), None));
        }
        if item.kind == ItemKind::Observation {
            found.notes.add(Code::AchievementSuppressed, value, || {
                (msg!("this number was reached; it is kept as an observation", "此数为已实现数，列为实绩"), None)
            });
        }
    }
}
