//! What is done when all is read: order, text, ids, bytes.

use std::collections::HashMap;
use std::ops::Range;

use attainment::Lang;

use crate::draft::Draft;
use crate::found::Found;

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
    let mut ids = HashMap::new();
    for (item, range) in items.iter_mut().zip(&bytes) {
        item.text = text.get(range.clone()).unwrap_or_default().to_owned();
        item.pair = item.pair.and_then(|pair| moved.get(pair).copied());
        let next = ids.len() as u32;
        let key = (item.qualifier.clone(), item.indicator.to_ascii_lowercase());
        item.indicator_id = *ids.entry(key).or_insert(next);
    }
    Draft { items, findings: found.notes.into_findings(), title: title.map(str::to_owned), lang, text: text.to_owned(), bytes }
}

/// The bytes of spans of code points, in one pass over the text.
fn bytes(text: &str, spans: impl Iterator<Item = (u32, u32)>) -> Vec<Range<usize>> {
    let spans: Vec<_> = spans.collect();
    let mut wanted: Vec<u32> = spans.iter().flat_map(|(start, end)| [*start, *end]).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut places = HashMap::with_capacity(wanted.len());
    let mut wanted = wanted.into_iter().peekable();
    for (count, (byte, _)) in (0_u32..).zip(text.char_indices()) {
        if wanted.peek().is_none() {
            break;
        }
        if wanted.next_if_eq(&count).is_some() {
            places.insert(count, byte);
        }
    }
    let place = |at: u32| places.get(&at).copied().unwrap_or(text.len());
    spans.into_iter().map(|(start, end)| place(start)..place(end)).collect()
}
