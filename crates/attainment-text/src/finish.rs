//! What is done when all is read: order, text, ids, bytes.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use attainment::{Code, Decimal, Lang};

use crate::draft::{Basis, Comparator, Draft, Item, ItemKind};
use crate::found::{Found, Notes, msg};

/// Makes a draft of what was found.
pub(crate) fn finish(text: &str, title: Option<&str>, lang: Lang, found: Found) -> Draft {
    let mut items = found.items;
    // A number lies inside the clause that states it, however damaged the text around it is.
    for item in &mut items {
        item.start = item.value_start.map_or(item.start, |start| item.start.min(start));
        item.end = item.value_end.map_or(item.end, |end| item.end.max(end));
    }
    // Items come in the order of the text but for those of one clause; a stable sort keeps pairs.
    let mut order: Vec<usize> = (0..items.len()).collect();
    order.sort_by_key(|at| items.get(*at).map(|item| (item.start, item.value_start)));
    let mut moved = vec![0; order.len()];
    for (to, from) in order.iter().enumerate() {
        if let Some(slot) = moved.get_mut(*from) {
            *slot = to;
        }
    }
    items.sort_by_key(|item| (item.start, item.value_start));
    let bytes = bytes(text, items.iter().map(|item| (item.start, item.end)));
    let ids = ids(&items);
    for ((item, range), id) in items.iter_mut().zip(&bytes).zip(ids) {
        item.text = text.get(range.clone()).unwrap_or_default().to_owned();
        item.pair = item.pair.and_then(|pair| moved.get(pair).copied());
        item.indicator_id = id;
    }
    let mut notes = found.notes;
    repeats(&items, &mut notes);
    baselines(&items, &mut notes);
    Draft { items, findings: notes.into_findings(), title: title.map(str::to_owned), lang, text: text.to_owned(), bytes }
}

/// One number for each indicator with its qualifier, in the order in which they are named.
fn ids(items: &[Item]) -> Vec<u32> {
    let mut known = HashMap::with_capacity(items.len());
    let mut id = |item| {
        let next = known.len() as u32;
        *known.entry(item).or_insert(next)
    };
    items.iter().map(|item| id((item.qualifier.as_deref(), small(&item.indicator)))).collect()
}

/// A name in small letters: where a sentence begins with it, it has a capital.
fn small(name: &str) -> Cow<'_, str> {
    match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        true => Cow::Owned(name.to_ascii_lowercase()),
        false => Cow::Borrowed(name),
    }
}

/// Says where a target says again what an earlier one says.
fn repeats(items: &[Item], notes: &mut Notes) {
    let mut seen = HashMap::new();
    for (at, item) in items.iter().enumerate().filter(|(_, item)| item.kind == ItemKind::Target && item.value.is_some()) {
        let year = item.period.as_ref().and_then(|period| period.when.end_year());
        let key = (item.indicator_id, item.value.as_deref(), item.unit.as_deref(), item.comparator, item.basis, year);
        let first = *seen.entry(key).or_insert(at);
        if first != at {
            let text = &item.indicator;
            notes.add(Code::RestatedDuplicate, (item.start, item.end), || {
                (msg!("`{}` is stated before with the same value", "`{}`前文已有相同数值", text), None)
            });
        }
    }
}

/// Offers what an addition and the total it leads to imply about the start.
fn baselines(items: &[Item], notes: &mut Notes) {
    for (at, item) in items.iter().enumerate().filter(|(_, item)| item.basis == Basis::Addition) {
        let total = item
            .pair
            .and_then(|pair| items.get(pair))
            .filter(|total| total.pair == Some(at) && total.basis == Basis::Level && total.unit == item.unit);
        let exact = |item: &Item| matches!(item.comparator, Comparator::Equals | Comparator::Reach);
        let Some(total) = total.filter(|total| exact(item) && exact(total)) else { continue };
        let number = |item: &Item| item.value.as_deref().and_then(|value| value.parse::<Decimal>().ok());
        let Some(start) = number(total).zip(number(item)).and_then(|(total, added)| total.checked_sub(added)) else { continue };
        let unit = item.unit.as_deref().unwrap_or("");
        let name = &item.indicator;
        notes.add(Code::ImpliedBaseline, (item.start, total.end), || {
            let help = msg!("confirm it as the baseline", "请确认为基期值");
            (msg!("total less addition implies {}{} of `{}` at the start", "总数减新增，`{2}`基期为{0}{1}", start, unit, name), Some(help))
        });
    }
}

/// The bytes of spans of code points, in one pass over the text.
fn bytes(text: &str, spans: impl Iterator<Item = (u32, u32)>) -> Vec<Range<usize>> {
    let spans: Vec<_> = spans.collect();
    let mut wanted: Vec<u32> = spans.iter().flat_map(|(start, end)| [*start, *end]).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut places = Vec::with_capacity(wanted.len());
    let mut next = wanted.iter().peekable();
    for (count, (byte, _)) in (0_u32..).zip(text.char_indices()) {
        match next.peek() {
            Some(at) if **at == count => places.push(byte),
            Some(_) => continue,
            None => break,
        }
        next.next();
    }
    let place = |at: u32| wanted.binary_search(&at).ok().and_then(|at| places.get(at)).copied().unwrap_or(text.len());
    spans.into_iter().map(|(start, end)| place(start)..place(end)).collect()
}
