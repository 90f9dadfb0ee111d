//! Clauses become items.

use attainment::Code;

use super::name::{self, Left};
use super::scan::{self, Mark, Quantity};
use super::scope::{Mode, Scope};
use super::table;
use super::time::{Said, Time};
use super::words::{self, CONTEXTS, WORDS, cue};
use crate::draft::{Basis, Comparator, Every, Item, ItemKind, ItemPeriod, PeriodSource, Timing, Way};
use crate::found::{Found, msg};
use crate::lexicon::Classes;
use crate::options::ExtractOptions;
use crate::shadow::Block;

/// Reads paragraphs one after the other.
#[derive(Debug)]
pub(crate) struct Reader {
    scope: Scope,
    /// The item a later clause without an indicator speaks of.
    last: Option<Last>,
    /// The subject of a clause without a number, which the next clause may speak of.
    heard: Option<(Clause, usize)>,
    /// How firm the sentence is, in its own word.
    firm: Option<(String, usize)>,
    /// Whether the sentence is a rule about a benefit.
    benefit: bool,
    table: Option<table::Head>,
    groups: u32,
    sentences: usize,
}

/// The indicator that was named last.
#[derive(Clone, Debug)]
struct Last {
    indicator: String,
    qualifier: Option<String>,
    item: usize,
    verb: Classes,
    modality: Option<String>,
    sentence: usize,
    basis: Basis,
    /// 累计: what follows in the sentence is summed as well.
    cumulative: bool,
}

/// A part of a sentence with the marks in it.
#[derive(Clone, Debug)]
struct Clause {
    start: usize,
    end: usize,
    /// The number of a heading in front of it: its level.
    heading: Option<u8>,
    /// The sign behind it.
    stop: char,
    marks: std::ops::Range<usize>,
}

impl Reader {
    pub(crate) fn new(text: &str, options: &ExtractOptions) -> Self {
        Self { scope: Scope::new(text, options), last: None, heard: None, firm: None, benefit: false, table: None, groups: 0, sentences: 0 }
    }

    /// Reads one paragraph.
    pub(crate) fn read(&mut self, block: &Block, found: &mut Found) {
        if !block.cells.is_empty() {
            return self.row(block, found);
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

struct Context<'a> {
    block: &'a Block,
    clause: &'a Clause,
    times: &'a [&'a Time],
    spans: &'a [(usize, usize)],
    sentence: usize,
    /// The sentence grants something to those who fulfil what it says.
    benefit: bool,
    /// What the words of the clause say about it.
    cues: Classes,
}

/// An item with what is needed to remember it.
struct Made {
    item: Item,
    verb: Classes,
    own_name: bool,
    cumulative: bool,
}

impl Reader {
    fn push(&mut self, context: &Context<'_>, made: Made, found: &mut Found) {
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
        if item.masked {
            let span = (item.value_start.unwrap_or(item.start), item.value_end.unwrap_or(item.end));
            found.notes.add(Code::MaskedNumber, span, || (msg!("the digits of this number are masked", "数字被遮蔽"), None));
        }
        found.items.push(item);
    }

    /// A和B各N: an item for each of them.
    fn push_each(&mut self, context: &Context<'_>, made: Made, quantity: &Quantity, found: &mut Found) {
        let each = context.block.char(quantity.start.wrapping_sub(1)) == '各' && quantity.start > context.clause.start;
        let joint = made.item.indicator.contains(['、', '和', '与', '及']);
        let shared = joint
            && context.cues & cue::SHARED != 0
            && context.block.slice(context.clause.start, quantity.start).iter().any(|c| matches!(c, '均' | '都'));
        if shared {
            let span = (made.item.start, made.item.end);
            found.notes.add(Code::SharedValue, span, || (msg!("one value is stated for several indicators", "多个指标共用一个数值"), None));
        }
        let parts = (each && joint).then(|| parts(&made.item.indicator)).flatten();
        let Some(parts) = parts else { return self.push(context, made, found) };
        self.groups += 1;
        for indicator in parts {
            let mut item = made.item.clone();
            (item.indicator, item.group) = (indicator, Some(self.groups));
            self.push(context, Made { item, verb: made.verb, own_name: true, cumulative: made.cumulative }, found);
        }
    }

    /// The item of one quantity, or nothing if it is none.
    fn item(
        &mut self,
        context: &Context<'_>,
        quantity: &Quantity,
        from: usize,
        right: usize,
        base: Option<(usize, usize)>,
        found: &mut Found,
    ) -> Option<Made> {
        let block = context.block;
        let counted = quantity.class & words::PERCENT == 0;
        if quantity.rank {
            return self.rank(context, quantity, from);
        }
        let mut left = name::left(block, from, quantity.start, context.spans, counted);
        if let Some((name_end, base_end)) = base {
            let verb = name::left(block, base_end, quantity.start, context.spans, counted);
            left = name::left(block, from, name_end, context.spans, counted);
            left.behind |= verb.behind;
            left.compare |= verb.compare;
        }
        let after = After::read(block, quantity.end, right);
        if is_condition(context, quantity, &after, right) {
            found.notes.add(Code::ConditionSuppressed, block.span(quantity.start, quantity.end), || {
                (msg!("this number is a condition or a limit, no target", "此数为条件或限额，不作目标"), None)
            });
            return None;
        }
        if quantity.unit.is_none() && quantity.part.is_none() && !slot_without_unit(block, quantity, &left, &after, right) {
            return None;
        }
        if quantity.class == words::YEARS && !years_fit(block, &left)
            || quantity.class & words::EACH_TIME != 0
                && (left.is_empty()
                    || !left.has(words::REACH | words::DOWN_TO | words::CAP | words::FALL | words::GROWTH | words::HOLD)
                        && left.compare == 0
                        && context.cues & cue::SCHEDULE == 0)
        {
            return None;
        }
        if quantity.chinese && quantity.value.as_deref() == Some("1") && !one_counts(context, quantity) {
            return None;
        }
        // Which side the indicator stands on.
        let (object_start, object_end) = name::object(block, after.end, right);
        let has_object = object_end >= object_start + 2;
        let only_verb =
            left.is_empty() || WORDS.is(block.slice(left.start, left.end), words::LEAD | words::LEAD_VERB | words::MAKE | words::OWN);
        let verb_before = WORDS
            .before(&block.chars, left.end, words::MAKE | words::OWN)
            .filter(|(length, _)| left.end >= left.start + length && left.behind & (words::REACH | words::HOLD | words::DOWN_TO) == 0);
        // 具备5%以上的尖峰负荷响应能力: a share may stand before its object too.
        let share_first = quantity.class & words::PERCENT != 0
            && (block.char(after.end) == '的'
                || left.is_empty()
                    && after.compare != 0
                    && object_end >= object_start + 4
                    && WORDS.at(&block.chars, object_start, words::CUT).is_none())
            && left.behind & (words::REACH | words::GROWTH | words::FALL | words::HOLD | words::DOWN_TO | words::CAP) == 0
            && !block.is_any(object_start, &["目标", "要求", "水平", "速度", "增速", "比例", "比重"]);
        let money = quantity.class & words::MONEY != 0;
        // …等9家研究院, 与100多家高校: what is counted stands behind the number.
        let opening = block.char(left.start);
        let listed = quantity.class & (words::COUNT | words::PEOPLE) != 0
            && (left.end > left.start && block.char(left.end - 1) == '等'
                || matches!(opening, '与' | '同' | '跟' | '为' | '向' | '给' | '使' | '让' | '对') && left.behind & words::REACH == 0
                || (left.start..left.end).any(|at| block.char(at) == '与' && at + 5 >= left.end) && left.behind & words::REACH == 0);
        let number_first = share_first && has_object
            || has_object
                && quantity.class & words::PERCENT == 0
                && !quantity.doubling
                && (only_verb
                    || counted && verb_before.is_some()
                    || listed
                    || money && CONTEXTS.at(&block.chars, object_start, cue::GRANT).is_some()
                    || quantity.class & (words::COUNT | words::PEOPLE) != 0 && left.end - left.start <= 3);
        let mut own_name = true;
        let mut qualifier = None;
        let (name, name_span) = if number_first {
            if let Some((length, classes)) = verb_before {
                left.verb |= classes & (words::MAKE | words::OWN);
                // 至少培育1家: the comparison stands before the verb.
                if let (0, Some((_, classes))) = (left.compare, WORDS.before(&block.chars, left.end - length, words::BEFORE)) {
                    left.compare = classes & words::BEFORE;
                }
            }
            (block.text(object_start, object_end), (object_start, object_end))
        } else {
            if let (Some((length, classes)), true) = (verb_before, quantity.class & words::PERCENT == 0) {
                // 绿地面积新增100万平方米: the verb between the name and its number.
                if left.end - left.start > length + 1 && classes & words::NEW != 0 {
                    left.verb |= words::NEW;
                    left.end -= length;
                }
                if left.end - left.start == length {
                    left.verb |= classes & (words::MAKE | words::OWN);
                    left.start = left.end;
                }
            }
            (block.text(left.start, left.end), (left.start, left.end))
        };
        let mut indicator = tidy(&name, quantity);
        // 模具展、文具展等合作交流活动20次: the things named are examples.
        if let (true, Some((examples, rest))) = (counted, indicator.rsplit_once('等')) {
            let field = ["领域", "地区", "方面", "地", "级", "重点", "行业", "产业"].iter().any(|word| rest.starts_with(word));
            if examples.chars().count() >= 3
                && rest.chars().count() >= 3
                && !field
                && !examples.ends_with(['高', '初', '中', '同', '平', '对', '优', '劣', '特'])
            {
                indicator = rest.to_owned();
            }
        }
        let years = context.times.iter().filter(|time| time.said == Said::Every(Every::Year));
        for time in years.filter(|time| time.start >= from && time.end <= quantity.start) {
            left.yearly |= !time.named;
            left.behind |= words::GROWTH_ADVERB * Classes::from(time.named);
        }
        let bare = indicator.is_empty()
            && left.verb == 0
            && !left.has(words::REACH | words::DOWN_TO | words::HOLD | words::CAP | words::GROWTH | words::FALL);
        let points_back = indicator.is_empty() || WORDS.is(&indicator.chars().collect::<Vec<_>>(), words::TOTAL) && !left.part;
        let continues = (indicator.starts_with('占') || indicator == "人均") && !points_back;
        let mut verb = left.verb;
        if points_back || continues {
            match self
                .last
                .as_ref()
                .filter(|last| last.sentence == context.sentence || last.sentence + 1 == context.sentence && !indicator.is_empty())
            {
                Some(last) if indicator == "人均" => indicator = format!("人均{}", last.indicator),
                Some(last) => {
                    own_name = false;
                    qualifier = last.qualifier.clone();
                    indicator = if continues { format!("{}{indicator}", last.indicator) } else { last.indicator.clone() };
                    let span = block.span(quantity.start, quantity.end);
                    let name = indicator.clone();
                    found.notes.add(Code::IndicatorElided, span, || {
                        (msg!("no indicator is named here; read as `{}`", "此处省略指标，按`{}`理解", name), None)
                    });
                }
                None => match self.heard(context) {
                    Some(heard) => indicator = if continues { format!("{heard}{indicator}") } else { heard.clone() },
                    None if indicator.is_empty() => return None,
                    None => {}
                },
            }
        } else if let Some(shared) = self.denominator(context, quantity, &indicator) {
            indicator = shared;
        } else if let Some((grade, rest)) = name::grade(&indicator) {
            qualifier = Some(grade);
            indicator = rest;
        } else if let Some((start, end)) = left.scope {
            qualifier = Some(block.text(start, end));
        }
        let same = self.last.as_ref().filter(|last| last.sentence == context.sentence);
        if left.cumulative && left.verb & words::MAKE == 0 {
            // (累计24家): the sum of what was counted before.
            verb |= words::EVENT;
        }
        left.cumulative |= indicator.contains("累计")
            || counted
                && left.verb & (words::NEW | words::OWN) == 0
                && same.is_some_and(|last| last.cumulative)
                && !left.has(words::REACH | words::HOLD | words::DOWN_TO | words::CAP | words::GROWTH | words::FALL);
        // A verb holds until the next one.
        let changes = left.has(words::GROWTH | words::FALL);
        // 总数, 规模, …率 are levels; so is what is said to pass a number.
        let named: Vec<char> = name.trim_matches(['的', ' ', ',']).chars().collect();
        let statistic = left.compare != 0 && (WORDS.before(&named, named.len(), words::HEAD).is_some() || WORDS.is(&named, words::TOTAL));
        let passes = left.compare & words::MORE_THAN != 0 && left.verb & words::MAKE == 0;
        if statistic && left.verb & (words::NEW | words::BUILD) == 0 && !left.cumulative {
            left.behind |= words::REACH * Classes::from(!changes && left.compare != 0);
        }
        if verb & (words::MAKE | words::OWN) == 0
            && !left.cumulative
            && !left.has(words::REACH | words::HOLD | words::DOWN_TO | words::CAP)
            && !changes
            && !passes
            && !statistic
            && let Some(last) = self.last.as_ref().filter(|last| last.sentence == context.sentence && counted)
        {
            // Amounts and statistics are not counted by the verb of an event before them.
            let amount = quantity.class & words::MONEY != 0 || WORDS.before(&named, named.len(), words::HEAD).is_some();
            verb = if amount && last.verb & (words::NEW | words::BUILD) == 0 { 0 } else { last.verb };
        }
        let baseline = context.times.iter().find(|time| time.baseline).map(|time| block.text(time.start, time.end));
        let (mut period, period_source) = self.scope.period(
            quantity.start,
            left.yearly || context.cues & cue::EACH_YEAR != 0 && block.has(context.clause.start, quantity.start, "每年"),
        );
        // 每年 of a clause before goes on for what is counted, not for levels and shares.
        let levels = left.has(words::REACH | words::HOLD | words::DOWN_TO | words::CAP) || quantity.class & words::PERCENT != 0;
        let own_each = context.times.iter().any(|time| matches!(time.said, Said::Every(_)));
        if let (true, false, false, Some(period)) = (levels, own_each, left.yearly, period.as_mut()) {
            period.each = None;
        }
        if indicator.contains("新增") {
            verb |= words::NEW;
        }
        let carried = verb;
        // 老年人免费体检, 节能改造: the verb at the end of a name says what happens.
        let mean = ["人均", "户均", "亩均", "每"].iter().any(|word| indicator.starts_with(word));
        if verb & words::MAKE == 0 && counted && !mean {
            let chars: Vec<char> = indicator.chars().collect();
            verb |= WORDS
                .before(&chars, chars.len(), words::EVENT)
                .filter(|(length, _)| *length > 1 && *length < chars.len())
                .map_or(0, |(_, classes)| classes & words::EVENT);
        }
        let observed = self.scope.mode() == Mode::Observed;
        let within = context.times.iter().any(|time| matches!(time.said, Said::ThisYear { .. }) && time.start < quantity.start);
        let whole_year = within.then(|| ItemPeriod { when: Timing::Relative("全年".to_owned()), each: None });
        let mut basis = basis(quantity, &left, verb, baseline.is_some(), whole_year.as_ref().or(period.as_ref()), &after);
        // What was built by a date is a count of what there is, not what that date added.
        if observed && basis == Basis::Addition && verb & words::NEW == 0 && left.behind & (words::GROWTH | words::FALL) == 0 {
            basis = Basis::Cumulative;
        }
        // 增长8%以上，力争10%: the same measure again.
        if let (true, Some(last)) = (bare && !own_name, self.last.as_ref())
            && (quantity.class & words::PERCENT != 0 || last.basis == Basis::Cumulative && basis == Basis::Level)
        {
            basis = last.basis;
        }
        let comparator = comparator(quantity, &left, &after, basis);
        let end = if number_first { object_end } else { after.end.max(quantity.end) };
        let clause_start = left.clause.max(from).min(name_span.0);
        let (start, end) = block.span(skip_signs(block, clause_start), end);
        let (value_start, value_end) = block.span(quantity.start, quantity.number_end);
        let modality = left
            .modality
            .map(|(start, end)| block.text(start, end))
            .or_else(|| self.last.as_ref().filter(|last| last.sentence == context.sentence).and_then(|last| last.modality.clone()));
        let kind = self.kind(context, quantity, &left, &after)?;
        if kind == ItemKind::Instrument {
            indicator = self.lever(context, quantity, indicator);
            let often = context.times.iter().any(|time| matches!(time.said, Said::EveryYears));
            basis = if often || left.yearly {
                Basis::AnnualFlow
            } else if basis == Basis::AnnualFlow {
                basis
            } else {
                Basis::Level
            };
        }
        let item = Item {
            kind,
            text: String::new(),
            start,
            end,
            value_start: Some(value_start),
            value_end: Some(value_end),
            indicator,
            qualifier,
            value: quantity.value.clone(),
            value_max: quantity.value_max.clone(),
            unit: quantity.unit.clone(),
            masked: quantity.masked,
            comparator,
            basis,
            direction: direction(&left),
            baseline_ref: baseline,
            period,
            period_source,
            modality,
            group: None,
            pair: None,
            indicator_id: 0,
        };
        Some(Made {
            item,
            verb: carried,
            own_name,
            cumulative: left.cumulative && counted && left.behind & (words::GROWTH | words::FALL) == 0,
        })
    }

    /// 每千人口医师数3人、护士数4人: what is counted for each of in the clause before holds on.
    fn denominator(&self, context: &Context<'_>, quantity: &Quantity, indicator: &str) -> Option<String> {
        let last = self.last.as_ref().filter(|last| last.sentence == context.sentence)?;
        let ends = indicator.ends_with(['数', '量']) && !indicator.starts_with(['每', '人']) && !indicator.contains(['总', '均', '万']);
        let counted = quantity.class & (words::COUNT | words::PEOPLE) != 0;
        if !ends || !counted || !last.indicator.starts_with('每') || !last.indicator.ends_with(['数', '量']) {
            return None;
        }
        let head =
            last.indicator.find("人口").map(|at| at + "人口".len()).or_else(|| last.indicator.find("人").map(|at| at + "人".len()))?;
        let year = if last.indicator.get(head..)?.starts_with("年度") { "年度" } else { "" };
        Some(format!("{}{year}{indicator}", last.indicator.get(..head)?))
    }

    /// What the clause before speaks of, where it has no number.
    fn heard(&self, context: &Context<'_>) -> Option<String> {
        let (clause, sentence) = self.heard.as_ref()?;
        if *sentence != context.sentence {
            return None;
        }
        subject(context.block, clause).or_else(|| {
            let left = name::left(context.block, clause.start, clause.end, &[], true);
            (clause.stop == '(' && left.end > left.start + 1).then(|| context.block.text(left.start, left.end))
        })
    }

    /// 综合实力进入全省前30位: a place in an order.
    fn rank(&mut self, context: &Context<'_>, quantity: &Quantity, from: usize) -> Option<Made> {
        let block = context.block;
        let verbs = ["进入", "跻身", "位列", "挺进", "迈入", "位居", "升至", "保持在", "稳居", "排名", "列", "居", "进", "排"];
        let verb = (from..quantity.start).find(|at| block.is_any(*at, &verbs))?;
        let subject = name::left(block, from, verb, context.spans, false);
        let heard = self.heard(context);
        let last = self.last.as_ref().filter(|last| last.sentence == context.sentence).map(|last| last.indicator.clone());
        let own = block.text(subject.start, subject.end);
        let indicator = if own.chars().count() > 1 { own } else { heard.or(last)? };
        let (period, period_source) = self.scope.period(quantity.start, false);
        let (start, end) = block.span(skip_signs(block, subject.clause), quantity.end);
        let (value_start, value_end) = block.span(quantity.start, quantity.number_end);
        let item = Item {
            kind: if self.scope.mode() == Mode::Observed { ItemKind::Observation } else { ItemKind::Target },
            text: String::new(),
            start,
            end,
            value_start: Some(value_start),
            value_end: Some(value_end),
            indicator,
            qualifier: None,
            value: quantity.value.clone(),
            value_max: None,
            unit: quantity.unit.clone(),
            masked: quantity.masked,
            comparator: Comparator::AtMost,
            basis: Basis::Rank,
            direction: None,
            baseline_ref: None,
            period,
            period_source,
            modality: subject.modality.map(|(start, end)| block.text(start, end)),
            group: None,
            pair: None,
            indicator_id: 0,
        };
        Some(Made { item, verb: 0, own_name: true, cumulative: false })
    }

    /// An item of a statement without a number.
    fn stated(&self, block: &Block, stated: super::plain::Stated, modality: Option<String>) -> Item {
        let (period, period_source) = self.scope.period(stated.start, false);
        let (start, end) = block.span(stated.start, stated.end);
        let kind = if self.scope.mode() == Mode::Observed { ItemKind::Observation } else { ItemKind::Target };
        let (qualifier, indicator) = match name::grade(&stated.indicator) {
            Some((grade, rest)) => (Some(grade), rest),
            None => (None, stated.indicator),
        };
        Item {
            kind,
            text: String::new(),
            start,
            end,
            value_start: None,
            value_end: None,
            indicator,
            qualifier,
            value: None,
            value_max: None,
            unit: None,
            masked: false,
            comparator: stated.comparator,
            basis: stated.basis,
            direction: match stated.comparator {
                Comparator::Increase | Comparator::MonotonicIncrease => Some(Way::Up),
                Comparator::Decrease => Some(Way::Down),
                _ => None,
            },
            baseline_ref: None,
            period,
            period_source,
            modality,
            group: None,
            pair: None,
            indicator_id: 0,
        }
    }

    /// The name of an instrument: 研发费用|加计扣除比例, 主任 of 设主任一人, 讲座|时长.
    fn lever(&self, context: &Context<'_>, quantity: &Quantity, name: String) -> String {
        let block = context.block;
        let behind = block.slice(quantity.end, context.clause.end.min(quantity.end + 12));
        if quantity.class & words::MONEY == 0
            && let Some((start, end)) = CONTEXTS.find(behind, cue::TAX)
        {
            let word: String = behind.get(start..end).unwrap_or_default().iter().collect();
            let word = word.trim_start_matches("税前");
            return format!("{}{word}比例", name.trim_start_matches("落实"));
        }
        if matches!(name.as_str(), "时间" | "时长") {
            return self.last.as_ref().map_or(name, |last| format!("{}时长", last.indicator));
        }
        if name.starts_with("用于") {
            return "资金".to_owned();
        }
        if let Some((who, what)) = name.rsplit_once("给予") {
            return if what.is_empty() { who.to_owned() } else { what.to_owned() };
        }
        match name.split_once("设") {
            Some((before, post)) if quantity.class & words::PEOPLE != 0 && !post.is_empty() && !post.starts_with(['施', '备', '计']) => {
                format!("{before}{post}")
            }
            _ => name,
        }
    }

    fn kind(&self, context: &Context<'_>, quantity: &Quantity, left: &Left, after: &After) -> Option<ItemKind> {
        let block = context.block;
        let says = |cues: Classes| context.cues & cues != 0;
        let money = quantity.class & words::MONEY != 0;
        if says(cue::TAX) && (quantity.class & words::PERCENT != 0 || quantity.unit.is_none()) {
            let around = block.slice(quantity.end, (quantity.end + 10).min(context.clause.end));
            if CONTEXTS.find(around, cue::TAX).is_some() && !left.has(words::REACH) {
                return Some(ItemKind::Instrument);
            }
        }
        if context.benefit && quantity.class & words::PERCENT != 0 && says(cue::GRANT) {
            return Some(ItemKind::Instrument);
        }
        if money && says(cue::TAX) && !left.has(words::REACH) {
            return Some(ItemKind::Instrument);
        }
        if money && says(cue::GRANT) && !left.has(words::REACH) {
            let limited = says(cue::GRANT_LIMIT) || after.compare & words::AT_MOST_AFTER != 0;
            return (!limited).then_some(ItemKind::Instrument);
        }
        if says(cue::SCHEDULE) && !left.has(words::MAKE) {
            return Some(ItemKind::Instrument);
        }
        if quantity.class & words::PEOPLE != 0
            && says(cue::STAFF)
            && quantity.value.as_ref().is_some_and(|value| value.len() < 3)
            && after.compare == 0
        {
            return Some(ItemKind::Instrument);
        }
        if context.times.iter().any(|time| time.said == Said::EveryYears) {
            return Some(ItemKind::Instrument);
        }
        if money && says(cue::BUDGET) && !left.has(words::REACH) {
            return Some(ItemKind::Instrument);
        }
        Some(if self.scope.mode() == Mode::Observed { ItemKind::Observation } else { ItemKind::Target })
    }

    /// A、B、C分别达到x、y、z: one item for each value. Whether the clause is such a list.
    fn distributed(&mut self, context: &Context<'_>, quantities: &[&Quantity], found: &mut Found) -> bool {
        let block = context.block;
        let mark = (context.clause.start..context.clause.end).find(|at| block.is_any(*at, &["分别", "依次"]));
        let behind = quantities.iter().position(|quantity| mark.is_none_or(|mark| quantity.start > mark)).unwrap_or(0);
        let quantities = quantities.get(behind..).unwrap_or_default();
        let (Some(first), true) = (quantities.first(), quantities.len() > 1) else { return false };
        let composition = first.part.is_some();
        let marked = mark.is_some_and(|mark| mark + 1 < first.start);
        if !marked && !composition {
            return false;
        }
        let counted = first.class & words::PERCENT == 0;
        let left = name::left(block, context.clause.start, first.start, context.spans, counted);
        let years: Vec<_> = context
            .times
            .iter()
            .filter(|time| matches!(time.said, Said::Year { .. }) && time.start < first.start && !time.baseline)
            .collect();
        let each_year = years.len() == quantities.len();
        let names = if each_year {
            Some(vec![(None, block.text(left.start, left.end)); quantities.len()])
        } else if composition {
            Some(composed(&block.text(left.start, left.end), quantities.len()))
        } else {
            split(&block.text(left.start, left.end), quantities.len())
        };
        let Some(names) = names else {
            let span = block.span(context.clause.start, context.clause.end);
            let count = quantities.len();
            found.notes.add(Code::CoordinationMismatch, span, || {
                (msg!("{} values are listed for another number of indicators", "列出{}个数值，与指标数目不符", count), None)
            });
            return false;
        };
        self.groups += 1;
        let group = self.groups;
        for (nth, (quantity, (qualifier, indicator))) in quantities.iter().zip(names).enumerate() {
            let Some(mut made) = self
                .item(context, quantity, context.clause.start, context.clause.end, None, found)
                .or_else(|| self.plain(context, quantity, &left))
            else {
                continue;
            };
            let after = After::read(block, quantity.end, context.clause.end);
            let (mut period, mut source) = self.scope.period(first.start, left.yearly);
            if let (true, Some(time)) = (each_year, years.get(nth)) {
                (period, source) = (self.scope.of(block, time), Some(PeriodSource::Clause));
            }
            made.item.basis = basis(quantity, &left, left.verb, made.item.baseline_ref.is_some(), period.as_ref(), &after);
            made.item.comparator = comparator(quantity, &left, &after, made.item.basis);
            (made.item.period, made.item.period_source) = (period, source);
            made.item.direction = direction(&left);
            (made.item.indicator, made.item.qualifier) = (indicator, qualifier);
            made.item.group = Some(group);
            let last = quantities.last().map_or(quantity.end, |last| last.end);
            (made.item.start, made.item.end) =
                block.span(skip_signs(block, left.clause.min(left.start)), After::read(block, last, context.clause.end).end);
            made.own_name = true;
            self.push(context, made, found);
        }
        true
    }

    /// An item for a value of a list that could not stand alone.
    fn plain(&self, context: &Context<'_>, quantity: &Quantity, left: &Left) -> Option<Made> {
        let block = context.block;
        let (start, end) = block.span(context.clause.start, quantity.end);
        let (value_start, value_end) = block.span(quantity.start, quantity.number_end);
        let item = Item {
            kind: self.kind(context, quantity, left, &After::default())?,
            text: String::new(),
            start,
            end,
            value_start: Some(value_start),
            value_end: Some(value_end),
            indicator: String::new(),
            qualifier: None,
            value: quantity.value.clone(),
            value_max: None,
            unit: quantity.unit.clone(),
            masked: quantity.masked,
            comparator: Comparator::Equals,
            basis: Basis::Level,
            direction: None,
            baseline_ref: None,
            period: None,
            period_source: None,
            modality: None,
            group: None,
            pair: None,
            indicator_id: 0,
        };
        Some(Made { item, verb: left.verb, own_name: true, cumulative: left.cumulative })
    }
}

/// What stands directly behind a quantity.
#[derive(Clone, Copy, Debug, Default)]
struct After {
    compare: Classes,
    end: usize,
}

impl After {
    fn read(block: &Block, start: usize, limit: usize) -> Self {
        let mut after = Self { compare: 0, end: start };
        let open = usize::from(block.char(start) == '(');
        if let Some((length, classes)) = WORDS
            .at(&block.chars, start, words::AFTER)
            .or_else(|| if open > 0 { WORDS.at(&block.chars, start + 1, words::AFTER) } else { None })
        {
            // 内 alone stands behind times and places only.
            if start + length <= limit {
                after.compare = classes & words::AFTER;
                after.end = start + length;
            }
        }
        after
    }
}

fn skip_signs(block: &Block, mut at: usize) -> usize {
    while scan::is_stop(block.char(at)) && block.char(at) != '(' || matches!(block.char(at), '”' | '》') {
        at += 1;
    }
    at
}

/// The most marks of a clause.
const MARKS: usize = 64;

/// Clauses end at stops; 、 ends one between two quantities, brackets where a quantity stands inside.
fn clauses(block: &Block, marks: &[Mark]) -> Vec<Clause> {
    let mut out = Vec::new();
    let skip = |at: usize| match words::marker(block.slice(at, at + 12)).filter(|(level, _)| *level < 6) {
        Some((level, length)) => (at + length, Some(level)),
        None => (at, None),
    };
    let (mut start, mut heading) = skip(0);
    let mut first = 0;
    let has_quantity =
        |range: std::ops::Range<usize>| marks.get(range).unwrap_or_default().iter().any(|mark| matches!(mark, Mark::Quantity(_)));
    let mut closing = None;
    let mut depth = 0_usize;
    // Whether a quantity follows before the next stop, from behind.
    let mut ahead = vec![false; marks.len() + 1];
    for at in (0..marks.len()).rev() {
        let value = match marks.get(at) {
            Some(Mark::Quantity(_)) => true,
            Some(Mark::Stop { sign, .. }) if !matches!(sign, ' ' | '-') => false,
            _ => ahead.get(at + 1).copied().unwrap_or(false),
        };
        if let Some(slot) = ahead.get_mut(at) {
            *slot = value;
        }
    }
    for (at, mark) in marks.iter().enumerate() {
        let Mark::Stop { at: place, sign } = mark else {
            // No clause of a policy holds this many numbers; a bound keeps the work linear.
            if at - first > MARKS && mark.start() > start {
                out.push(Clause { start, heading, end: mark.start(), stop: ' ', marks: first..at });
                ((start, heading), first) = ((mark.start(), None), at);
            }
            continue;
        };
        let next = ahead.get(at + 1).copied().unwrap_or(false);
        let cut = match sign {
            '。' | ';' | '!' | '?' | '#' | '|' => true,
            ',' | ':' => depth == 0 || closing.is_some(),
            '-' => block.char(place + 1) == '-',
            '(' => {
                depth += 1;
                if next {
                    closing = Some(depth)
                };
                next
            }
            ')' => {
                let inside = closing == Some(depth);
                depth = depth.saturating_sub(1);
                if inside {
                    closing = None;
                }
                inside
            }
            '、' => next && has_quantity(first..at) && !distributive(block, start, *place) && !distributes(block, *place),
            _ => false,
        };
        if matches!(sign, '。' | ';') {
            (depth, closing) = (0, None);
        }
        if cut {
            out.push(Clause { start, heading, end: *place, stop: *sign, marks: first..at });
            ((start, heading), first) = (if *sign == '#' { skip(*place) } else { (place + 1, None) }, at + 1);
        }
    }
    out.push(Clause { start, heading, end: block.chars.len(), stop: '\0', marks: first..marks.len() });
    out
}

fn distributive(block: &Block, start: usize, end: usize) -> bool {
    let words = block.slice(start, end);
    words.windows(2).any(|pair| pair == ['分', '别'] || pair == ['依', '次'])
}

/// Whether 分别 follows before the next stop that is no 、.
fn distributes(block: &Block, from: usize) -> bool {
    (from..from + 40).take_while(|at| !matches!(block.char(*at), ',' | '。' | ';' | '\0')).any(|at| block.is(at, "分别"))
}

/// Where the object of a number first quantity ends before the next quantity.
fn object_end(block: &Block, start: usize, next: usize) -> usize {
    let between = block.slice(start, next);
    let conjunction = between.iter().rposition(|c| matches!(c, '和' | '及' | '与' | '、' | '并'));
    match conjunction {
        Some(at) if at + 6 >= between.len() => start + at,
        _ => start,
    }
}

/// Whether a quantity belongs to a name, in front of the number that counts or inside its object.
fn is_inside(block: &Block, quantities: &[&Quantity], nth: usize, clause: &Clause) -> bool {
    let Some(quantity) = quantities.get(nth) else { return false };
    let limit = quantities.get(nth + 1).map_or(clause.end, |next| next.start);
    let from = nth.checked_sub(1).and_then(|before| quantities.get(before)).map_or(clause.start, |before| before.end);
    if is_part_of_name(block, quantity, from, limit, nth + 1 < quantities.len()) {
        return true;
    }
    // 培育20个人口超3万的中心镇, 80%以上的市民出门300米见绿: inside the object of the first.
    let Some(before) = nth.checked_sub(1).and_then(|before| quantities.get(before)) else { return false };
    let between = block.text(before.end, quantity.start);
    let after = After::read(block, quantity.end, limit);
    let noun = block.char(after.end) == '的' && !scan::is_stop(block.char(after.end + 1)) && block.char(after.end + 1) != '\0';
    let counted =
        before.class & words::COUNT != 0 && WORDS.before(&block.chars, before.start, words::MAKE | words::OWN | words::BEFORE).is_some();
    let share = before.class & words::PERCENT != 0 && between.starts_with("以上的");
    let apart = between.contains(['、', ',', '和', '及']) || between.chars().count() < 2;
    !apart && (counted && noun || share && quantity.class & (words::PHYSICAL | words::EACH_TIME) != 0)
}

/// A quantity that narrows a name: 每10万人口, 总投资50亿元以上的项目5个.
fn is_part_of_name(block: &Block, quantity: &Quantity, from: usize, limit: usize, more: bool) -> bool {
    if quantity.start > from && block.char(quantity.start - 1) == '每' {
        return true;
    }
    let after = After::read(block, quantity.end, limit);
    let rest = block.slice(after.end, limit);
    // 65岁以上老年人, 3岁以下婴幼儿: an age in front of who has it.
    let aged = quantity.class & (words::YEARS | words::EACH_TIME) != 0 && after.compare != 0;
    if aged && rest.first().is_some_and(|c| !scan::is_stop(*c)) {
        return true;
    }
    // 五十六人及以上大班额: people above a number, in front of a noun and behind words of its own.
    let crowd = quantity.class & words::PEOPLE != 0 && after.compare & words::AT_LEAST_AFTER != 0 && !more;
    if crowd && rest.len() > 1 && rest.first().is_some_and(|c| !scan::is_stop(*c) && *c != '的') {
        let verb = WORDS.before(&block.chars, quantity.start, words::MAKE | words::REACH | words::BEFORE).is_some();
        return !verb;
    }
    // 从业人员十万人事故死亡率: a denominator.
    if more
        && quantity.class & words::PEOPLE != 0
        && rest.contains(&'率')
        && !rest.contains(&',')
        && !rest.contains(&'、')
        && after.compare == 0
    {
        return true;
    }
    let threshold = quantity.class & (words::MONEY | words::PHYSICAL | words::EACH_TIME | words::YEARS) != 0;
    let noun = rest.first().is_some_and(|c| !scan::is_stop(*c) && !matches!(c, '和' | '及' | '与' | '并'));
    if !threshold || !noun {
        return false;
    }
    if quantity.class & words::MONEY != 0
        && block.is_any(after.end, &["企业", "项目", "的企业", "的项目", "园区", "产业", "集群", "镇", "县", "村"])
        && !block.is(after.end, "产业投资")
        && (more || after.compare != 0 || block.char(quantity.start.wrapping_sub(1)) == '超')
    {
        return true;
    }
    if more {
        let grows = WORDS.at(rest, 0, words::GROWTH | words::FALL | words::ADVERB).is_some();
        return !grows;
    }
    let project = block.is_any(after.end, &["项目", "的项目", "企业", "的企业", "重大项目", "工业项目"]);
    after.compare != 0 && project
}

/// Where the name ends when what stands before a quantity is 由, 从 with or without a year.
fn starts_from(block: &Block, from: usize, start: usize, spans: &[(usize, usize)]) -> Option<usize> {
    let mut at = start;
    loop {
        while at > from && matches!(block.char(at - 1), '的' | '约' | ' ') {
            at -= 1;
        }
        match spans.iter().find(|(_, end)| *end == at) {
            Some((time, _)) if *time >= from => at = *time,
            _ => break,
        }
    }
    (at > from && matches!(block.char(at - 1), '由' | '从')).then(|| at - 1)
}

/// Whether a verb of reaching stands between two quantities.
fn rises_to(block: &Block, start: usize, end: usize, spans: &[(usize, usize)]) -> bool {
    let verb = name::left(block, start, end, spans, false);
    let from_to = block.equals(start, end, &["到", "至"]);
    from_to || verb.behind & (words::REACH | words::DOWN_TO | words::CAP | words::HOLD) != 0 && verb.end <= verb.start + 6
}

/// The subject of a clause without a number, before what is said of it.
fn subject(block: &Block, clause: &Clause) -> Option<String> {
    let left = name::left(block, clause.start, clause.end, &[], false);
    let said = (left.start..left.end).find(|at| {
        WORDS
            .at(&block.chars, *at, words::DEGREE | words::TREND_UP | words::TREND_DOWN | words::REACH | words::HOLD)
            .is_some_and(|(length, _)| length > 1)
            && *at > left.start + 1
    })?;
    let name = block.text(left.start, said);
    (name.chars().count() >= 2).then_some(name)
}

/// 对…的，给予…奖励: a sentence that says who is granted what.
fn is_benefit(first: char, cues: Classes) -> bool {
    let about = matches!(first, '对' | '凡' | '按' | '如' | '若') || cues & cue::DEPENDS != 0;
    about && cues & cue::GIVES != 0 && cues & cue::GRANT != 0
}

/// A number of a rule: what someone must fulfil, the most that is granted, a fine.
fn is_condition(context: &Context<'_>, quantity: &Quantity, after: &After, right: usize) -> bool {
    let block = context.block;
    let clause = context.clause;
    // 排名后3位的予以约谈: what stands before 的 at the end of a clause is a condition.
    let next = block.char(after.end + 1);
    let closes = block.char(after.end) == '的'
        && (after.end + 1 >= right && clause.stop == ','
            || matches!(next, '予' | '为' | '给' | '可' | '应' | '须' | '由' | '按' | '不' | '处' | ',' | ')'));
    if closes && quantity.class & words::TIMES == 0 {
        return true;
    }
    // 的≥20%量产型: technical data inside a name.
    let spec = quantity.class & words::PERCENT != 0
        && after.compare == 0
        && matches!(block.char(quantity.start.wrapping_sub(1)), '≥' | '≤' | '>' | '<');
    if spec && block.char(quantity.start.wrapping_sub(2)) == '的' {
        return true;
    }
    let says = |cues: Classes| context.cues & cues != 0;
    if says(cue::FINE) {
        return true;
    }
    let (grant, limit) = (says(cue::GRANT), says(cue::GRANT_LIMIT));
    let money = quantity.class & words::MONEY != 0;
    // What is granted stands behind the verb, or in front of 奖励.
    let granted = || {
        let before = block.slice(clause.start, quantity.start);
        CONTEXTS.find(before, cue::GRANT | cue::GIVES).is_some()
            || CONTEXTS.at(&block.chars, after.end, cue::GRANT).is_some()
            || CONTEXTS.at(&block.chars, after.end + 1, cue::GRANT | cue::GIVES).is_some()
            || CONTEXTS.at(&block.chars, after.end, cue::GIVES).is_some()
    };
    let amount = (money || quantity.class & words::PERCENT != 0) && grant && granted();
    // In a sentence that grants something, what is not granted is what it depends on.
    if context.benefit && (limit || !amount) {
        return true;
    }
    if says(cue::SINGLE) && limit && money {
        return true;
    }
    // 对…以上的项目: what a rule is about.
    let first = block.char(skip_signs(block, clause.start));
    let about = matches!(first, '对' | '凡' | '若' | '如')
        && block.char(after.end) == '的'
        && block.char(skip_signs(block, clause.start) + 1) != '标';
    about && quantity.class & (words::MONEY | words::PHYSICAL | words::EACH_TIME | words::COUNT) != 0 && after.compare != 0
}

/// The parts of a coordination: A、B和C.
fn parts(names: &str) -> Option<Vec<String>> {
    let listed = names.split('、').count();
    let joined = names.split(['和', '与', '及']).count();
    split(names, listed + usize::from(joined > 1))
        .or_else(|| split(names, listed))
        .map(|parts| parts.into_iter().map(|(qualifier, name)| qualifier.unwrap_or_default() + &name).collect())
}

/// A number without a unit counts only where a verb asks for one and the clause ends behind it.
fn slot_without_unit(block: &Block, quantity: &Quantity, left: &Left, after: &After, right: usize) -> bool {
    let closed = after.end >= right || scan::is_stop(block.char(after.end)) || block.char(after.end) == '\0';
    closed && (left.compare != 0 || quantity.zero || left.has(words::REACH | words::HOLD | words::DOWN_TO | words::CAP)) && !left.is_empty()
        || block.is(quantity.end, "税前")
}

/// 一 is a number at the end of its clause (主任一人), for what is built (一座水库) and beside how often.
fn one_counts(context: &Context<'_>, quantity: &Quantity) -> bool {
    let block = context.block;
    let unit = quantity.unit.as_deref().unwrap_or("");
    if quantity.end >= context.clause.end || scan::is_stop(block.char(quantity.end)) {
        return quantity.class & (words::COUNT | words::PEOPLE) != 0 && !matches!(unit, "批" | "种" | "点" | "条" | "片" | "面");
    }
    let often = context.times.iter().any(|time| matches!(time.said, Said::Every(_) | Said::EveryYears));
    let built = WORDS.before(&block.chars, quantity.start, words::NEW | words::BUILD).is_some();
    built && matches!(unit, "家" | "座" | "所" | "条" | "处") || often && matches!(unit, "次" | "期" | "届" | "场")
}

fn years_fit(block: &Block, left: &Left) -> bool {
    let name = block.text(left.start, left.end);
    left.behind & (words::REACH | words::GROWTH | words::DOWN_TO | words::HOLD) != 0
        && ["年限", "寿命", "年龄", "期望", "期限", "周期"].iter().any(|word| name.contains(word))
        || name.ends_with("寿命")
        || name.ends_with("年限")
}

/// A name without what is not part of it.
fn tidy(name: &str, quantity: &Quantity) -> String {
    let name = if name.contains('(') { without_latin_brackets(name) } else { name.to_owned() };
    // (按当年汇率折算)力争…: what only brackets hold is no name.
    let name = match name.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((_, rest)) => rest.to_owned(),
        None => name,
    };
    let mut text = name.trim_matches(|c| matches!(c, ',' | '、' | ':' | ' ' | '的' | ';' | '。' | '-')).to_owned();
    for (open, close) in [('“', '”'), ('(', ')'), ('《', '》')] {
        let (opens, closes) = (text.matches(open).count(), text.matches(close).count());
        if opens != closes {
            text = text.replace([open, close], "");
        }
    }
    if quantity.class & words::PERCENT != 0
        && text.contains('占')
        && !["比重", "比例", "占比", "比率", "率", "份额"].iter().any(|end| text.ends_with(end))
    {
        text.push_str("比重");
    }
    for (long, short) in [("的比重", "比重"), ("的比例", "比例"), ("占到", "占")] {
        if text.contains(long) {
            text = text.replace(long, short);
        }
    }
    text
}

/// 研究与试验发展(R&D)经费: the abbreviation in brackets is no part of the name.
fn without_latin_brackets(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, inside)) = rest.split_once('(') {
        let Some((words, after)) = inside.split_once(')') else { break };
        out.push_str(before);
        if !words.is_ascii() {
            out.push('(');
            out.push_str(words);
            out.push(')');
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn basis(quantity: &Quantity, left: &Left, verb: Classes, baseline: bool, period: Option<&ItemPeriod>, after: &After) -> Basis {
    let _ = after;
    let yearly = left.yearly || period.is_some_and(|period| period.each.is_some());
    let one_year = period.is_some_and(|period| match &period.when {
        Timing::In(_) => true,
        Timing::Relative(text) => ["今年", "全年", "年内", "本年", "年底", "年末", "明年"].iter().any(|word| text.contains(word)),
        _ => false,
    });
    // 技术交易额突破…, 不低于…: what is compared is a level, unless a verb says that it is made.
    let held = left.has(words::REACH | words::HOLD | words::DOWN_TO | words::CAP);
    if left.yearly && !held && quantity.class & (words::PERCENT | words::TIMES) == 0 && left.behind & (words::GROWTH | words::FALL) == 0 {
        return Basis::AnnualFlow;
    }
    let compared = left.compare != 0 && (!left.is_empty() || left.compare & words::MORE_THAN != 0) && verb & words::MAKE == 0;
    let leveled = compared || left.has(words::REACH | words::HOLD | words::DOWN_TO | words::CAP);
    let change = left.behind & (words::GROWTH | words::FALL) != 0;
    if quantity.class & words::TIMES != 0 {
        return Basis::Multiple;
    }
    let points = quantity.unit.as_deref().is_some_and(|unit| unit.contains("百分点"));
    if change && !(leveled && left.behind & words::DOWN_TO != 0) {
        if quantity.class & words::PERCENT == 0 || points {
            return match () {
                () if baseline => Basis::RelativeChange,
                () if left.behind & words::GROWTH_ADVERB != 0 && points => Basis::GrowthRate,
                () if left.yearly => Basis::AnnualFlow,
                () => Basis::Addition,
            };
        }
        if left.cumulative {
            return Basis::RelativeChange;
        }
        if left.behind & words::GROWTH_ADVERB != 0 || left.yearly {
            return Basis::GrowthRate;
        }
        return match () {
            () if baseline => Basis::RelativeChange,
            () if yearly || one_year || period.is_none() => Basis::GrowthRate,
            () => Basis::RelativeChange,
        };
    }
    if leveled && verb & words::NEW == 0 {
        return if left.cumulative { Basis::Cumulative } else { Basis::Level };
    }
    if quantity.class & words::PERCENT != 0 || quantity.unit.is_none() {
        return Basis::Level;
    }
    if yearly {
        return Basis::AnnualFlow;
    }
    if verb & words::NEW != 0 {
        return Basis::Addition;
    }
    if left.cumulative {
        return Basis::Cumulative;
    }
    if verb & words::EVENT != 0 && verb & words::BUILD == 0 {
        return if one_year { Basis::AnnualFlow } else { Basis::Cumulative };
    }
    if verb & words::OWN != 0 {
        return Basis::Level;
    }
    if verb & words::BUILD != 0 { Basis::Addition } else { Basis::Level }
}

fn comparator(quantity: &Quantity, left: &Left, after: &After, basis: Basis) -> Comparator {
    let has = |classes: Classes| left.compare & classes != 0;
    if quantity.value_max.is_some() {
        return Comparator::Between;
    }
    if after.compare & words::AT_LEAST_AFTER != 0 || has(words::AT_LEAST) {
        return Comparator::AtLeast;
    }
    if after.compare & words::AT_MOST_AFTER != 0 || has(words::AT_MOST) {
        return Comparator::AtMost;
    }
    if after.compare & words::ABOUT_AFTER != 0 || has(words::ABOUT) {
        return Comparator::About;
    }
    if has(words::MORE_THAN) {
        return Comparator::MoreThan;
    }
    if has(words::LESS_THAN) {
        return Comparator::LessThan;
    }
    if quantity.more {
        // 过半 is more than half.
        return if quantity.class & words::PERCENT != 0 { Comparator::MoreThan } else { Comparator::AtLeast };
    }
    let change = matches!(basis, Basis::GrowthRate | Basis::RelativeChange | Basis::Addition | Basis::AnnualFlow)
        || basis == Basis::Multiple && !quantity.doubling;
    if change && left.behind & words::FALL != 0 {
        return Comparator::Decrease;
    }
    if change && left.behind & words::GROWTH != 0 {
        return Comparator::Increase;
    }
    if left.behind & words::CAP != 0 {
        return Comparator::AtMost;
    }
    if left.has(words::REACH | words::HOLD | words::DOWN_TO) || quantity.doubling { Comparator::Reach } else { Comparator::Equals }
}

fn direction(left: &Left) -> Option<Way> {
    match left.behind {
        behind if behind & (words::FALL | words::DOWN_TO) != 0 => Some(Way::Down),
        behind if behind & words::GROWTH != 0 => Some(Way::Up),
        behind if behind & words::HOLD != 0 => Some(Way::Hold),
        _ => None,
    }
}

/// The qualifier and the name of each of `count` indicators in a coordination.
fn split(names: &str, count: usize) -> Option<Vec<(Option<String>, String)>> {
    let mut parts: Vec<String> = names.split('、').map(str::to_owned).collect();
    // The last part may hold two: A和B.
    for conjunction in ["以及", "和", "及", "与"] {
        if parts.len() >= count {
            break;
        }
        let last = parts.pop()?;
        match last.split_once(conjunction) {
            Some((a, b)) if !a.is_empty() && !b.is_empty() => parts.extend([a.to_owned(), b.to_owned()]),
            _ => parts.push(last),
        }
    }
    if parts.len() != count {
        let (before, rest) = names.split_once("城乡")?;
        if count != 2 {
            return None;
        }
        parts = vec![format!("{before}城镇{rest}"), format!("{before}农村{rest}")];
    }
    let first: Vec<char> = parts.first()?.chars().collect();
    let qualifier = WORDS.at(&first, 0, words::GRADE).map(|(length, _)| first.iter().take(length).collect::<String>());
    let qualifier = qualifier.filter(|grade| first.len() > grade.chars().count());
    // The head behind the last conjunct belongs to all.
    let last: Vec<char> = parts.last()?.chars().collect();
    let head = shared_head(&first, &last);
    let named = parts.into_iter().map(|part| {
        let bare =
            qualifier.as_deref().and_then(|grade| part.strip_prefix(grade)).unwrap_or(&part).trim_matches(['的', ' ', ',']).to_owned();
        let chars: Vec<char> = bare.chars().collect();
        let own = WORDS.before(&chars, chars.len(), words::HEAD).is_some();
        let name = match &head {
            Some(head) if !own => format!("{bare}{head}"),
            _ => bare,
        };
        (qualifier.clone(), name)
    });
    Some(named.collect())
}

/// What the last of a list has behind its own word: 玉米|机收损失率 after 小麦.
fn shared_head(first: &[char], last: &[char]) -> Option<String> {
    let (statistic, _) = WORDS.before(last, last.len(), words::HEAD)?;
    // Words of a list often end in one sign: 氮氧化物, 挥发性有机物.
    let tail = first.last()?;
    let same = last.iter().take(last.len() - statistic).rposition(|c| c == tail).map(|at| at + 1);
    let length = if first.len() <= 3 && last.len() >= first.len() + statistic { Some(first.len()) } else { None };
    let start = same.or(length).unwrap_or(last.len() - statistic);
    Some(last.iter().skip(start).collect())
}

/// The parts of a composition: the three sectors of the economy have names of their own.
fn composed(name: &str, count: usize) -> Vec<(Option<String>, String)> {
    let parts: Vec<String> = if count == 3 && (name.contains("三次产业") || name.contains("产业结构") || name.contains("三产")) {
        ["第一产业占比", "第二产业占比", "第三产业占比"].map(str::to_owned).to_vec()
    } else {
        if let Some(named) = split(name, count) {
            return named;
        }
        (1..=count).map(|nth| format!("{name}（{nth}）")).collect()
    };
    parts.into_iter().map(|part| (None, part)).collect()
}
