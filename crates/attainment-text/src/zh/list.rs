//! Coordinations: A、B和C分别达到x、y和z, A和B各N, 6:42:52.

use attainment::Code;

use super::clause::{After, skip_signs};
use super::measure::{basis, comparator, direction};
use super::name::{self, Left};
use super::reader::{Context, Made, Reader};
use super::scan::Quantity;
use super::time::Said;
use super::words::{self, WORDS, cue};
use crate::draft::{Basis, Comparator, Item, PeriodSource};
use crate::found::{Found, msg};

impl Reader {
    /// A和B各N: an item for each of them.
    pub(super) fn push_each(&mut self, context: &Context<'_>, made: Made, quantity: &Quantity, found: &mut Found) {
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

    /// A、B、C分别达到x、y、z: one item for each value. Whether the clause is such a list.
    pub(super) fn distributed(&mut self, context: &Context<'_>, quantities: &[&Quantity], found: &mut Found) -> bool {
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
        // 年均分别增长17%和17.2%: of the indicators named last.
        let names = names.or_else(|| {
            let known = found.items.iter().rev().take(quantities.len()).map(|item| (item.qualifier.clone(), item.indicator.clone()));
            let mut known: Vec<_> = known.collect();
            known.reverse();
            (left.is_empty() && self.recent(context) >= quantities.len() && known.len() == quantities.len()).then_some(known)
        });
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
    pub(super) fn plain(&self, context: &Context<'_>, quantity: &Quantity, left: &Left) -> Option<Made> {
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

/// The qualifier and the name of each of `count` indicators in a coordination.
pub(super) fn split(names: &str, count: usize) -> Option<Vec<(Option<String>, String)>> {
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
pub(super) fn shared_head(first: &[char], last: &[char]) -> Option<String> {
    let (statistic, _) = WORDS.before(last, last.len(), words::HEAD)?;
    // Words of a list often end in one sign: 氮氧化物, 挥发性有机物.
    let tail = first.last()?;
    let same = last.iter().take(last.len() - statistic).rposition(|c| c == tail).map(|at| at + 1);
    let length = if first.len() <= 3 && last.len() >= first.len() + statistic { Some(first.len()) } else { None };
    let start = same.or(length).unwrap_or(last.len() - statistic);
    Some(last.iter().skip(start).collect())
}

/// The parts of a composition: the three sectors of the economy have names of their own.
pub(super) fn composed(name: &str, count: usize) -> Vec<(Option<String>, String)> {
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

/// The parts of a coordination: A、B和C.
pub(super) fn parts(names: &str) -> Option<Vec<String>> {
    let listed = names.split('、').count();
    let joined = names.split(['和', '与', '及']).count();
    split(names, listed + usize::from(joined > 1))
        .or_else(|| split(names, listed))
        .map(|parts| parts.into_iter().map(|(qualifier, name)| qualifier.unwrap_or_default() + &name).collect())
}
