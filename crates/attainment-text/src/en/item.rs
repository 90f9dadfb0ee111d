//! Clauses become items.

use attainment::Code;

use super::parts::{Clause, compare_after, compare_before};
use super::scan::{self, Mark, Quantity, Sort};
use super::sentence::{Sentence, clauses, first_time, sentences, within};
use super::words::{self, Page, Word};
use super::{is_heading, marker};
use crate::draft::{Basis, Comparator, Every, Item, ItemKind, ItemPeriod, PeriodSource, Timing, Way};
use crate::found::{Found, msg};
use crate::lexicon::Classes;
use crate::options::ExtractOptions;
use crate::shadow::Block;

/// Reads paragraphs one after the other.
#[derive(Debug)]
pub(crate) struct Reader {
    reference: Option<i32>,
    /// What the title says.
    title: Option<Timing>,
    /// What the open heading says, and whether it looks back.
    heading: Option<Timing>,
    looks_back: bool,
    blocks: usize,
}

/// The item that was read last in a sentence, for what is left out behind it.
struct Last {
    at: usize,
    indicator: String,
    verb: Option<Word>,
}

impl Reader {
    pub(crate) fn new(options: &ExtractOptions) -> Self {
        let mut reader = Self { reference: options.reference_year, title: None, heading: None, looks_back: false, blocks: 0 };
        if let Some(title) = &options.title {
            let chars: Vec<char> = title.chars().map(crate::shadow::fold).collect();
            let block = Block { at: (0..chars.len() as u32).collect(), chars, ..Block::default() };
            reader.title = first_time(&Page::new(&block), reader.reference);
        }
        reader
    }

    /// Reads one paragraph.
    pub(crate) fn read(&mut self, block: &Block, found: &mut Found) {
        self.blocks += 1;
        let page = Page::new(block);
        let start = page.skip(marker(&block.chars));
        let verbs = |word: Word| !word.is(words::STATIVE | words::BE);
        if is_heading(&block.chars) {
            let marks = scan::marks(&page, start, block.chars.len(), self.reference);
            let acts = marks.iter().any(|mark| matches!(mark, Mark::Quantity(_)) || matches!(mark, Mark::Verb(word) if verbs(*word)));
            if !acts {
                self.heading(&page, start);
                return;
            }
        }
        let mut earlier = None;
        for (from, to) in sentences(&page, start) {
            let sentence = Sentence::new(&page, from, to, self.reference, earlier.clone());
            self.sentence(&sentence, to, found);
            if matches!(sentence.time, Some(Timing::By(_) | Timing::During(..) | Timing::Relative(_))) {
                earlier = sentence.time;
            }
        }
    }

    fn heading(&mut self, page: &Page<'_>, start: usize) {
        let time = first_time(page, self.reference);
        if self.blocks == 1 && self.title.is_none() {
            self.title = time;
            return;
        }
        self.heading = time;
        let has = |classes| (start..page.low.len()).any(|at| page.at(at, classes).is_some());
        self.looks_back = has(words::PAST_HEADING) && !has(words::GOAL_HEADING);
    }

    fn period(&self, own: Option<Timing>, sentence: &Sentence<'_>, each: Option<Every>) -> (Option<ItemPeriod>, Option<PeriodSource>) {
        let inherited = [
            (own, PeriodSource::Clause),
            (sentence.time.clone(), PeriodSource::Sentence),
            (sentence.earlier.clone(), PeriodSource::EarlierSentence),
            (self.heading.clone(), PeriodSource::Heading),
            (self.title.clone(), PeriodSource::Title),
        ];
        let found = inherited.into_iter().find_map(|(timing, source)| timing.map(|timing| (timing, source)));
        match (found, each) {
            (Some((when, source)), each) => (Some(ItemPeriod { when, each }), Some(source)),
            (None, Some(each)) => (Some(ItemPeriod { when: Timing::Always, each: Some(each) }), Some(PeriodSource::Clause)),
            (None, None) => (None, None),
        }
    }

    fn sentence(&self, sentence: &Sentence<'_>, end: usize, found: &mut Found) {
        let mut last: Option<Last> = None;
        let mut verb = None;
        for (from, to) in clauses(sentence, end) {
            let marks = within(&sentence.marks, from, to);
            let clause = Clause::new(sentence, marks, from, to, verb);
            let bracket = from.checked_sub(1).is_some_and(|at| sentence.page.char(at) == '(');
            if let (true, Some(last)) = (bracket, &last) {
                // (2022: 23%), (baseline 2019)
                if let (Some(text), Some(item)) = (clause.aside(), found.items.get_mut(last.at)) {
                    item.baseline_ref = item.baseline_ref.take().or(Some(text));
                    continue;
                }
            }
            let quantities: Vec<&Quantity> =
                marks.iter().filter_map(|mark| if let Mark::Quantity(quantity) = mark { Some(quantity) } else { None }).collect();
            if let (Some(first), Some(last)) = (quantities.first(), &last)
                && let Some(text) = clause.baseline(first)
            {
                if let Some(item) = found.items.get_mut(last.at) {
                    item.baseline_ref = item.baseline_ref.take().or(Some(text));
                }
                continue;
            }
            let mut floor = from;
            for (nth, quantity) in quantities.iter().enumerate() {
                let next = quantities.get(nth + 1);
                // From A to B: the first is where the second starts.
                if clause.is_origin(quantity, next.copied()) {
                    continue;
                }
                let limit = next.map_or(to, |next| next.start);
                let Some(read) = self.item(&clause, quantity, floor, limit, last.as_ref()) else { continue };
                let (mut item, elided) = read;
                if let (true, Some(last)) = (elided, &last) {
                    item.pair = Some(last.at);
                    let (name, span) =
                        (item.indicator.clone(), (item.value_start.unwrap_or(item.start), item.value_end.unwrap_or(item.end)));
                    found.notes.add(Code::IndicatorElided, span, || {
                        (msg!("no indicator is named here; read as `{}`", "此处省略指标，按`{}`理解", name), None)
                    });
                }
                item.baseline_ref = nth
                    .checked_sub(1)
                    .and_then(|before| quantities.get(before))
                    .filter(|before| clause.is_origin(before, Some(quantity)))
                    .map(|before| clause.with_year(before))
                    .or(item.baseline_ref);
                last = Some(Last { at: found.items.len(), indicator: item.indicator.clone(), verb: clause.verb(quantity.start) });
                relative_note(&item, found);
                found.items.push(item);
                floor = quantity.end;
            }
            if quantities.is_empty()
                && let Some(item) = self.plain(&clause)
            {
                last = Some(Last { at: found.items.len(), indicator: item.indicator.clone(), verb: clause.verb(to) });
                relative_note(&item, found);
                found.items.push(item);
            }
            verb = clause.verb(to);
        }
    }

    /// The item of one quantity, or nothing where the words commit to nothing.
    fn item(&self, clause: &Clause<'_>, quantity: &Quantity, floor: usize, limit: usize, last: Option<&Last>) -> Option<(Item, bool)> {
        let page = clause.page;
        let (left_end, before) = compare_before(page, quantity.start, floor);
        let (end, after) = compare_after(page, quantity.end);
        let preposition = page.before(left_end, words::PREPOSITION).filter(|word| word.start >= floor);
        let preposition_text = preposition.map(|word| page.text(word.start, word.end).to_ascii_lowercase()).unwrap_or_default();
        let name_end = preposition.map_or(left_end, |word| word.start);
        let verb = clause.verb(left_end);
        let own_verb = verb.filter(|verb| verb.start >= floor);
        let mut classes = verb.map_or(0, |verb| verb.classes);
        let passive = own_verb.is_some_and(|verb| is_passive(page, verb, clause.start));
        let name_start =
            own_verb.map_or(floor.max(clause.start), |verb| if passive || is_subject_verb(verb.classes) { clause.start } else { verb.end });
        let name_end = if let Some(verb) = own_verb.filter(|verb| passive || is_subject_verb(verb.classes)) {
            verb.start.min(name_end)
        } else {
            name_end
        };
        let mut name = clause.name(name_start, name_end);
        let mut name_from = name_start;
        if let (true, Some(verb)) = (name.is_empty(), own_verb) {
            // Unemployment fell to 4.8%: what moves by itself stands before its verb.
            name = clause.name(clause.start, verb.start);
            name_from = if name.is_empty() { name_start } else { clause.start };
        }
        let mut item_end = end;
        let mut elided = false;
        let (object, mut object_end) = clause.object(end, limit);
        // 3 million trees or more
        let (after_object, behind) = compare_after(page, object_end);
        if behind != 0 && !object.is_empty() {
            object_end = after_object;
        }
        let compare = before | after | behind;
        // "a 30% reduction in emissions"
        let change = page.at(page.skip(end), words::CHANGE_UP | words::CHANGE_DOWN);
        let mut noun_change = false;
        if let Some(word) = change {
            let rest = page.at(page.skip(word.end), words::PREPOSITION).map(|word| word.end);
            if let Some(from) = rest {
                let (text, to) = clause.object(from, limit);
                if !text.is_empty() {
                    classes = if word.is(words::CHANGE_UP) { words::UP } else { words::DOWN };
                    (name, item_end, noun_change) = (text, to, true);
                    name_from = quantity.start;
                }
            }
        } else if let Some(word) = change_noun(page, name_start, name_end) {
            // "a reduction in emissions of 30%"
            let from = page.at(page.skip(word.end), words::PREPOSITION).map_or(word.end, |word| word.end);
            let text = clause.name(from, name_end);
            if !text.is_empty() && classes & (words::UP | words::DOWN) == 0 {
                classes = if word.is(words::CHANGE_UP) { words::UP } else { words::DOWN };
                (name, noun_change) = (text, true);
            }
        }
        let mut unit = quantity.unit.clone();
        let counted = quantity.sort == Sort::Bare || unit.as_deref().is_some_and(is_scale);
        // lift 10 million people out of poverty: a verb that moves, with a number and those it counts behind it.
        let lifts = own_verb.is_some_and(|verb| verb.is(words::UP | words::UP_PAST) && page.skip(verb.end) == page.skip(left_end));
        if lifts && counted && !object.is_empty() && !noun_change {
            classes = classes & !(words::UP | words::UP_PAST) | words::MAKE;
        }
        let makes = classes & (words::MAKE | words::MAKE_PAST) != 0;
        let of_object = quantity.sort == Sort::Percent && starts_with_of(page, end);
        if quantity.sort == Sort::Unit && starts_with_of(page, end) && (makes || name.is_empty()) {
            // restore 2,000 hectares of wetland
            let (of, to) = clause.object(page.skip(page.skip(end) + 2), limit);
            if !of.is_empty() {
                (name, item_end, name_from) = (of, to, quantity.start);
            }
        } else if let (Sort::Unit, true, Some(from)) = (quantity.sort, makes && name.is_empty(), amount_for(page, end)) {
            // invest €3.5 billion in rail
            let (what, to) = clause.object(from, limit);
            if !what.is_empty() {
                (name, item_end, name_from) = (what, to, quantity.start);
            }
        }
        if !noun_change {
            if of_object {
                let (of, to) = clause.object(page.skip(page.skip(end) + 2), limit);
                let denominator = !name.is_empty() && !makes;
                name = match (denominator, of.is_empty()) {
                    (true, false) => format!("{name} as a share of {of}"),
                    (false, false) => of,
                    _ => name,
                };
                item_end = if name.is_empty() { end } else { to };
                if !denominator {
                    name_from = quantity.start;
                }
            } else if counted && !object.is_empty() && (name.is_empty() || makes || preposition_text.is_empty()) {
                // "train 500 technicians": what is counted is the indicator, and its head the unit.
                let head = head_noun(&object);
                unit = Some(unit.map_or(head.clone(), |scale| format!("{scale} {head}")));
                name = object;
                item_end = object_end;
                name_from = quantity.start;
            } else if counted && !object.is_empty() {
                // "raise the number of exporters to 5,000 firms"
                let head = head_noun(&object);
                unit = Some(unit.map_or(head.clone(), |scale| format!("{scale} {head}")));
                item_end = object_end;
            }
        }
        if name.is_empty() && classes & (words::MULTIPLY | words::MULTIPLY_PAST) == 0 {
            let last = last?;
            name.clone_from(&last.indicator);
            elided = true;
            classes |= last.verb.map_or(0, |verb| verb.classes);
        }
        if name.is_empty() {
            return None;
        }
        let each = clause.each();
        let base_time = clause.base_time();
        let basis = basis(quantity, classes, &preposition_text, each, base_time.is_some() || clause.below(end), noun_change, clause);
        let own = clause.own_time();
        let (period, period_source) = self.period(own, clause.sentence, each);
        let near = matches!(period_source, Some(PeriodSource::Clause | PeriodSource::Sentence));
        let kind = self.kind(clause, verb, passive, compare, quantity, &period, near, elided || noun_change)?;
        let basis = match (basis, &period) {
            // Growth over one year is growth in it.
            (Basis::RelativeChange, Some(period)) if base_time.is_none() && matches!(period.when, Timing::In(_)) => Basis::GrowthRate,
            (basis, _) => basis,
        };
        let start = name_from.min(left_end).min(own_verb.map_or(usize::MAX, |verb| verb.start));
        let start = page.skip(start);
        let (start, end) = page.block.span(start, item_end.max(quantity.end));
        let (value_start, value_end) = page.block.span(quantity.number.0, quantity.number.1);
        let item = Item {
            kind,
            text: String::new(),
            start,
            end,
            value_start: Some(value_start),
            value_end: Some(value_end),
            indicator: name,
            qualifier: None,
            value: Some(quantity.value.clone()),
            value_max: quantity.larger.clone(),
            unit,
            masked: false,
            comparator: comparator(quantity, compare, classes, basis, &preposition_text),
            basis,
            direction: direction(classes).or((basis == Basis::Addition && clause.has_new(quantity)).then_some(Way::Up)),
            baseline_ref: base_time.map(|time| page.text(time.start, time.end)),
            period,
            period_source,
            modality: clause.modality(),
            group: None,
            pair: None,
            indicator_id: 0,
        };
        Some((item, elided))
    }

    /// A clause without a quantity: double exports, a rise or a fall by a date.
    fn plain(&self, clause: &Clause<'_>) -> Option<Item> {
        let page = clause.page;
        let verb = clause.first_verb()?;
        let multiply = verb.is(words::MULTIPLY | words::MULTIPLY_PAST);
        if !multiply && !verb.is(words::UP | words::DOWN | words::UP_PAST | words::DOWN_PAST) {
            return None;
        }
        let passive = is_passive(page, verb, clause.start);
        let (name, name_end) =
            if passive { (clause.name(clause.start, verb.start), verb.end) } else { clause.object(verb.end, clause.end) };
        let own = clause.own_time();
        // A trend without a time of its own is a way of speaking.
        if name.is_empty() || own.is_none() && !multiply {
            return None;
        }
        let (period, period_source) = self.period(own, clause.sentence, clause.each());
        let kind = match verb.is(words::PAST) && !passive || self.looks_back {
            true => ItemKind::Observation,
            false => ItemKind::Target,
        };
        let word = page.text(verb.start, verb.end).to_ascii_lowercase();
        let value = match word.get(..4) {
            Some("doub") => "2",
            Some("trip" | "treb") => "3",
            Some("quad") => "4",
            _ => "0.5",
        };
        let down = verb.is(words::DOWN | words::DOWN_PAST) || multiply && value == "0.5";
        let from = if passive { page.skip(clause.start) } else { verb.start };
        let (start, end) = page.block.span(from, name_end.max(verb.end));
        let (value_start, value_end) = page.block.span(verb.start, verb.end);
        Some(Item {
            kind,
            text: String::new(),
            start,
            end,
            value_start: multiply.then_some(value_start),
            value_end: multiply.then_some(value_end),
            indicator: name,
            qualifier: None,
            value: multiply.then(|| value.to_owned()),
            value_max: None,
            unit: None,
            masked: false,
            comparator: if multiply {
                Comparator::Reach
            } else if down {
                Comparator::Decrease
            } else {
                Comparator::Increase
            },
            basis: if multiply { Basis::Multiple } else { Basis::Level },
            direction: Some(if down { Way::Down } else { Way::Up }),
            baseline_ref: clause.base_time().map(|time| page.text(time.start, time.end)),
            period,
            period_source,
            modality: clause.modality(),
            group: None,
            pair: None,
            indicator_id: 0,
        })
    }

    /// Whether the words commit to the number, report it, or do neither.
    #[allow(clippy::too_many_arguments)]
    fn kind(
        &self,
        clause: &Clause<'_>,
        verb: Option<Word>,
        passive: bool,
        compare: Classes,
        quantity: &Quantity,
        period: &Option<ItemPeriod>,
        near: bool,
        noun: bool,
    ) -> Option<ItemKind> {
        let intended = clause.intends(verb.map_or(quantity.start, |verb| verb.start));
        let deadline = period.as_ref().is_some_and(|period| !matches!(period.when, Timing::In(_) | Timing::Always));
        let timed = period.is_some();
        if self.looks_back {
            return timed.then_some(ItemKind::Observation);
        }
        match verb {
            Some(verb) if verb.is(words::PAST) && !verb.is(words::VERB & !words::PAST) && !passive && !intended => {
                Some(ItemKind::Observation)
            }
            Some(verb) if verb.is(words::STATIVE) && !intended => (near && timed && deadline && compare != 0).then_some(ItemKind::Target),
            Some(verb) if passive && !intended => (verb.is(words::PAST) && timed && deadline).then_some(ItemKind::Target),
            Some(_) => Some(ItemKind::Target),
            None => (intended || near && deadline && (compare != 0 || noun || clause.is_short())).then_some(ItemKind::Target),
        }
    }
}

fn relative_note(item: &Item, found: &mut Found) {
    if let Some(Timing::Relative(text)) = item.period.as_ref().map(|period| &period.when) {
        found.notes.add(Code::RelativePeriodUnresolved, (item.start, item.end), || {
            let help = msg!("give the reference year", "请给出参照年份");
            (msg!("`{text}` needs a reference year", "`{text}`需要参照年份"), Some(help))
        });
    }
}

fn is_scale(unit: &str) -> bool {
    matches!(unit, "hundred" | "thousand" | "million" | "billion" | "trillion")
}

/// The place behind "in", "for" or "on" after an amount.
fn amount_for(page: &Page<'_>, end: usize) -> Option<usize> {
    let word = page.at(page.skip(end), words::PREPOSITION)?;
    matches!(page.text(word.start, word.end).to_ascii_lowercase().as_str(), "in" | "for" | "on").then_some(word.end)
}

fn starts_with_of(page: &Page<'_>, end: usize) -> bool {
    let at = page.skip(end);
    page.char(at) == 'o' && page.char(at + 1) == 'f' && page.char(at + 2) == '_'
}

/// Verbs whose subject is what they measure: unemployment falls to 5%.
fn is_subject_verb(classes: Classes) -> bool {
    classes & (words::STATIVE | words::REACH | words::REACH_PAST | words::EXCEED) != 0
        && classes & (words::HOLD | words::CAP | words::MAKE) == 0
        && classes & (words::UP | words::DOWN) == 0
}

/// will be raised, to be cut.
fn is_passive(page: &Page<'_>, verb: Word, floor: usize) -> bool {
    let past =
        verb.is(words::UP_PAST | words::DOWN_PAST | words::MAKE_PAST | words::MULTIPLY_PAST | words::REACH_PAST) || verb.is(words::DOWN);
    past && page.before(verb.start, words::BE).is_some_and(|word| word.start >= floor)
}

fn change_noun(page: &Page<'_>, start: usize, end: usize) -> Option<Word> {
    (start..end).find_map(|at| {
        let word = page.at(at, words::CHANGE_UP | words::CHANGE_DOWN)?;
        let next = page.skip(word.end);
        let in_or_of = matches!((page.char(next), page.char(next + 1), page.char(next + 2)), ('i', 'n', '_') | ('o', 'f', '_'));
        (word.end < end && in_or_of).then_some(word)
    })
}

/// homes, of "affordable homes in the city".
fn head_noun(object: &str) -> String {
    let stops = ["in", "for", "with", "of", "at", "on", "across", "per", "from", "within", "under", "and", "out"];
    let words: Vec<&str> = object.split(' ').take_while(|word| !stops.contains(&word.to_ascii_lowercase().as_str())).collect();
    words.last().copied().unwrap_or(object).trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

fn direction(classes: Classes) -> Option<Way> {
    match () {
        () if classes & (words::DOWN | words::DOWN_PAST) != 0 => Some(Way::Down),
        () if classes & (words::UP | words::UP_PAST) != 0 => Some(Way::Up),
        () if classes & words::CAP != 0 => Some(Way::Down),
        () if classes & words::HOLD != 0 => Some(Way::Hold),
        () => None,
    }
}

fn basis(
    quantity: &Quantity,
    classes: Classes,
    preposition: &str,
    each: Option<Every>,
    based: bool,
    noun: bool,
    clause: &Clause<'_>,
) -> Basis {
    let moves = classes & (words::UP | words::UP_PAST | words::DOWN | words::DOWN_PAST) != 0;
    let makes = classes & (words::MAKE | words::MAKE_PAST) != 0;
    // By, or nothing: how far. To, at, or a word that compares: how high.
    let far = noun || preposition == "by" || based && quantity.sort != Sort::Bare || preposition.is_empty() && moves && !makes;
    let leveled = clause.page.before(quantity.start, words::LEVEL_COMPARE).is_some() && !noun;
    let far = far && !leveled && !(preposition == "to" || preposition == "at" || preposition == "between" && !noun && !based);
    if moves && far {
        return match quantity.sort {
            Sort::Percent if each.is_some() => Basis::GrowthRate,
            Sort::Percent => Basis::RelativeChange,
            _ if each.is_some() => Basis::AnnualFlow,
            _ => Basis::Addition,
        };
    }
    if makes && quantity.sort != Sort::Percent {
        return match each {
            Some(_) => Basis::AnnualFlow,
            None if clause.has_new(quantity) => Basis::Addition,
            None => Basis::Cumulative,
        };
    }
    Basis::Level
}

fn comparator(quantity: &Quantity, compare: Classes, classes: Classes, basis: Basis, preposition: &str) -> Comparator {
    let has = |classes: Classes| compare & classes != 0;
    if quantity.larger.is_some() {
        return Comparator::Between;
    }
    match () {
        () if has(words::AT_LEAST | words::AT_LEAST_AFTER) => return Comparator::AtLeast,
        () if has(words::AT_MOST | words::AT_MOST_AFTER) => return Comparator::AtMost,
        () if has(words::ABOUT) => return Comparator::About,
        () if has(words::MORE_THAN) => return Comparator::MoreThan,
        () if has(words::LESS_THAN) => return Comparator::LessThan,
        () => {}
    }
    let change = matches!(basis, Basis::GrowthRate | Basis::RelativeChange | Basis::Addition | Basis::AnnualFlow);
    if change && classes & (words::DOWN | words::DOWN_PAST) != 0 {
        return Comparator::Decrease;
    }
    if change && classes & (words::UP | words::UP_PAST) != 0 {
        return Comparator::Increase;
    }
    match () {
        () if classes & words::EXCEED != 0 => Comparator::MoreThan,
        () if classes & words::CAP != 0 => Comparator::AtMost,
        () if preposition == "to" || preposition == "at" || classes & (words::REACH | words::REACH_PAST | words::HOLD) != 0 => {
            Comparator::Reach
        }
        () => Comparator::Equals,
    }
}
