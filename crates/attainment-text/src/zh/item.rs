//! A quantity becomes an item.

use attainment::Code;

use super::clause::{After, Clause, skip_signs};
use super::measure::{basis, comparator, direction};
use super::name::{self, Left};
use super::reader::{Context, Made, Reader};
use super::rule::{is_condition, one_counts, slot_without_unit, years_fit};
use super::scan::Quantity;
use super::scope::Mode;
use super::time::Said;
use super::words::{self, CONTEXTS, WORDS, cue};
use crate::draft::{Basis, Comparator, Every, Item, ItemKind, ItemPeriod, Timing, Way};
use crate::found::{Found, msg};
use crate::lexicon::Classes;
use crate::shadow::Block;

impl Reader {
    /// The item of one quantity, or nothing if it is none.
    pub(super) fn item(
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
        // 床位数达到每千人口7.4张: what is counted for each of stands before the number.
        let each = denominator_before(block, from, quantity.start);
        let mut left = name::left(block, from, each.unwrap_or(quantity.start), context.spans, counted);
        let points = quantity.unit.as_deref().is_some_and(|unit| unit.contains("百分点"));
        let reference = if points { name::reference(block, from, quantity.start) } else { None };
        if let Some((at, class)) = reference {
            left = name::left(block, from, at, context.spans, counted);
            left.compare = class;
        }
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
        let only_verb = left.is_empty()
            || WORDS.is(block.slice(left.start, left.end), words::LEAD | words::LEAD_VERB | words::MAKE | words::OWN | words::SCOPE);
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
            && (left.end > left.start && matches!(block.char(left.end - 1), '等' | '的')
                || matches!(opening, '与' | '同' | '跟' | '为' | '向' | '给' | '使' | '让' | '对') && left.behind & words::REACH == 0
                || (left.start..left.end).any(|at| block.char(at) == '与' && at + 5 >= left.end) && left.behind & words::REACH == 0);
        let number_first = share_first && has_object
            || has_object
                && quantity.class & words::PERCENT == 0
                && !quantity.doubling
                && (only_verb
                    || counted && verb_before.is_some()
                    || listed
                    || left.made && quantity.class & (words::COUNT | words::PEOPLE) != 0
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
                if left.end - left.start == length && !left.restored {
                    left.verb |= classes & (words::MAKE | words::OWN);
                    left.start = left.end;
                }
            }
            (block.text(left.start, left.end), (left.start, left.end))
        };
        let mut indicator = tidy(&name, quantity);
        if let Some(each) = each
            && !indicator.is_empty()
        {
            indicator = block.text(each, quantity.start) + &indicator;
        }
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
                    // 培训5万人次: what happens is what is counted.
                    None if indicator.is_empty() => indicator = happening(block, from, quantity)?,
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
            && !["每", "人均", "户均", "亩均"].iter().any(|word| indicator.starts_with(word))
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
        // 提升100所学校、50家医院: a verb of change in front of what it counts is carried as an event.
        let carried = verb | (words::EVENT * Classes::from(number_first && verb == 0 && left.behind & words::GROWTH != 0));
        // 老年人免费体检, 节能改造: the verb at the end of a name says what happens.
        let mean = ["人均", "户均", "亩均", "每"].iter().any(|word| indicator.starts_with(word));
        if verb & words::MAKE == 0 && counted && !mean {
            let chars: Vec<char> = indicator.chars().collect();
            verb |= WORDS
                .before(&chars, chars.len(), words::EVENT)
                .filter(|(length, _)| *length > 1 && *length <= chars.len())
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
        if reference.is_some() {
            basis = Basis::RelativeChange;
        }
        // 增长8%以上，力争达到10%: nothing but the number is new.
        let rate = |basis: Basis| matches!(basis, Basis::GrowthRate | Basis::RelativeChange);
        if let (true, false, Some(last)) = (left.is_empty(), own_name, self.last.as_ref())
            && quantity.class & words::PERCENT != 0
            && basis == Basis::Level
            && rate(last.basis)
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
    pub(super) fn denominator(&self, context: &Context<'_>, quantity: &Quantity, indicator: &str) -> Option<String> {
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
    pub(super) fn heard(&self, context: &Context<'_>) -> Option<String> {
        let (clause, sentence) = self.heard.as_ref()?;
        if *sentence != context.sentence {
            return None;
        }
        let left = name::left(context.block, clause.start, clause.end, &[], true);
        let name = context.block.text(left.start, left.end);
        // 实施城市绿道建设行动: the verb in front only, what stands behind may hold verbs of its own.
        let verb =
            WORDS.at(&context.block.chars, clause.start, words::MAKE | words::LEAD | words::LEAD_VERB).map_or(0, |(length, _)| length);
        programme(&context.block.text(clause.start + verb, clause.end))
            .or_else(|| subject(context.block, clause))
            .or_else(|| (clause.stop == '(' && left.end > left.start + 1).then_some(name))
    }

    /// 综合实力进入全省前30位: a place in an order.
    pub(super) fn rank(&mut self, context: &Context<'_>, quantity: &Quantity, from: usize) -> Option<Made> {
        let block = context.block;
        let verbs = ["进入", "跻身", "位列", "挺进", "迈入", "位居", "升至", "保持在", "稳居", "排名", "列", "居", "进", "排"];
        let verb = (from..quantity.start).find(|at| block.is_any(*at, &verbs))?;
        let subject = name::left(block, from, verb, context.spans, false);
        let heard = self.heard(context);
        let last = self.last.as_ref().filter(|last| last.sentence == context.sentence).map(|last| last.indicator.clone());
        let own = block.text(subject.start, subject.end);
        // 进入全省县域科技创新前30位: what the order is of may stand inside.
        let inner = verbs.iter().find(|word| block.is(verb, word)).map_or(verb, |word| verb + word.chars().count());
        let inner = WORDS.at(&block.chars, inner, words::SCOPE).map_or(inner, |(length, _)| inner + length);
        let order = block.text(inner, quantity.start.saturating_sub(1)).trim_matches('的').to_owned();
        let indicator = if own.chars().count() > 1 {
            own
        } else if order.chars().count() > 1 {
            order
        } else {
            heard.or(last)?
        };
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
    pub(super) fn stated(&self, block: &Block, stated: super::plain::Stated, modality: Option<String>) -> Item {
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
    pub(super) fn lever(&self, context: &Context<'_>, quantity: &Quantity, name: String) -> String {
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

    pub(super) fn kind(&self, context: &Context<'_>, quantity: &Quantity, left: &Left, after: &After) -> Option<ItemKind> {
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
        // 拟安排专项债券4万亿元、比上年增加5000亿元: what is laid out, and its change.
        let name =
            self.last.as_ref().filter(|last| last.sentence == context.sentence && left.is_empty()).map_or("", |last| &last.indicator);
        let finance = says(cue::FINANCE) || CONTEXTS.find(&name.chars().collect::<Vec<_>>(), cue::FINANCE).is_some();
        if finance && self.scope.mode() != Mode::Observed && !block.has(context.clause.start, context.clause.end, "占") {
            return Some(ItemKind::Instrument);
        }
        if money && says(cue::BUDGET) && !left.has(words::REACH) {
            return Some(ItemKind::Instrument);
        }
        Some(if self.scope.mode() == Mode::Observed { ItemKind::Observation } else { ItemKind::Target })
    }
}

/// The verb of an event directly in front of a number that has no other name.
fn happening(block: &Block, from: usize, quantity: &Quantity) -> Option<String> {
    let (length, _) = WORDS.before(&block.chars, quantity.start, words::EVENT).filter(|(length, _)| *length > 1)?;
    let amount = quantity.class & (words::MONEY | words::PEOPLE | words::PHYSICAL) != 0
        || quantity.unit.as_deref().is_some_and(|unit| unit.ends_with("人次"));
    (amount && quantity.start >= from + length).then(|| block.text(quantity.start - length, quantity.start))
}

/// 实施新一轮农村公路提升行动: what a programme is about.
fn programme(name: &str) -> Option<String> {
    let rest = ["行动计划", "行动", "工程", "计划", "专项", "攻坚战"].iter().find_map(|word| name.strip_suffix(word))?;
    let rest = ["提升", "改造", "建设", "提质", "整治", "改善", "更新", "倍增", "攻坚"]
        .iter()
        .find_map(|word| rest.strip_suffix(word))
        .unwrap_or(rest);
    let rest = rest.trim_start_matches("新一轮");
    (rest.chars().count() > 1 && !rest.contains(['“', '”', '、'])).then(|| rest.to_owned())
}

/// The subject of a clause without a number, before what is said of it.
pub(super) fn subject(block: &Block, clause: &Clause) -> Option<String> {
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

/// A name without what is not part of it.
pub(super) fn tidy(name: &str, quantity: &Quantity) -> String {
    let name = if name.contains('(') { without_latin_brackets(name) } else { name.to_owned() };
    // (按当年汇率折算)力争…: what only brackets hold is no name.
    let name = match name.strip_prefix('(').and_then(|rest| rest.split_once(')')) {
        Some((_, rest)) => rest.to_owned(),
        None => name,
    };
    let mut text = name.trim_matches(|c| matches!(c, ',' | '、' | ':' | ' ' | '的' | ';' | '。' | '-')).to_owned();
    let marked = text.contains(['“', '”', '(', ')', '《', '》']);
    for (open, close) in [('“', '”'), ('(', ')'), ('《', '》')].into_iter().filter(|_| marked) {
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
    let wordy = text.contains(['的', '占']);
    for (long, short) in [("的比重", "比重"), ("的比例", "比例"), ("占到", "占")].into_iter().filter(|_| wordy) {
        if text.contains(long) {
            text = text.replace(long, short);
        }
    }
    text
}

/// 研究与试验发展(R&D)经费: the abbreviation in brackets is no part of the name.
pub(super) fn without_latin_brackets(name: &str) -> String {
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

/// Where 每千人口, 每万人 begins when it ends at a number.
fn denominator_before(block: &Block, from: usize, end: usize) -> Option<usize> {
    let sign = |c: char| matches!(c, '万' | '千' | '百' | '十' | '亿' | '人' | '口' | '常' | '住' | '名' | '户') || c.is_ascii_digit();
    let closed = matches!(block.char(end.wrapping_sub(1)), '人' | '口' | '名' | '户');
    let scaled = |at: usize| matches!(block.char(at + 1), '万' | '千' | '百' | '十' | '亿') || block.char(at + 1).is_ascii_digit();
    let start =
        (from..end).rev().take(10).take_while(|at| sign(block.char(*at)) || block.char(*at) == '每').find(|at| block.char(*at) == '每')?;
    (closed && start > from + 1 && scaled(start)).then_some(start)
}
