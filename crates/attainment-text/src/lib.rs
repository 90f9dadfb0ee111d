//! Reads targets, observations and instruments out of policy text.
//!
//! ```
//! use attainment_text::{ExtractOptions, extract};
//!
//! let text = "到2025年，全社会研发经费投入占GDP比重达到2.5%以上，新增省级重点实验室12家，总数达到30家。";
//! let draft = extract(text, &ExtractOptions::new());
//! let read: Vec<_> = draft.items.iter().map(|item| (item.indicator.as_str(), item.value.as_deref(), item.comparator.as_str())).collect();
//! assert_eq!(read, [
//!     ("全社会研发经费投入占GDP比重", Some("2.5"), "at_least"),
//!     ("重点实验室", Some("12"), "equals"),
//!     ("重点实验室", Some("30"), "reach"),
//! ]);
//! ```
//!
//! Nothing but the text and the options decides: no model, no network, no clock. The same text gives
//! the same draft, in native code and in WASM.
//!
//! # How a text is read
//!
//! 1. `shadow`: the text becomes paragraphs of folded characters, each of which knows its offset.
//! 2. `zh::scan`: a paragraph becomes marks: quantities (`number` and unit), times (`zh::time`), stops.
//! 3. `zh::reader` goes through clauses (`zh::clause`) and sentences; `zh::scope` keeps the periods
//!    that still hold and whether the text looks back or ahead.
//! 4. `zh::item` makes an item of each quantity: `zh::part` and `zh::rule` say which are none,
//!    `zh::name` finds the indicator, `zh::measure` the comparison and what is measured, `zh::list`
//!    takes coordinations apart. `zh::plain` reads statements without a number, `zh::table` tables.
//! 5. `finish`: items get their text, ids and pairs; repeats and implied baselines are noted.
//!
//! English goes the same way through `en`. From the draft on nothing depends on the language: `plan`
//! translates it, `show` prints it.
//!
//! A language is a type with the trait `grammar::Grammar`: it brings its words as data files and says
//! how a paragraph becomes items. What is not language (offsets, lines, numbers, the record) is shared.

mod draft;
mod en;
mod finish;
mod found;
mod grammar;
mod lexicon;
mod number;
mod options;
mod plan;
mod shadow;
mod show;
mod zh;

pub use draft::{Basis, Comparator, Date, Draft, Every, Item, ItemKind, ItemPeriod, PeriodSource, Timing, Way};
pub use options::ExtractOptions;

use attainment::{Code, Lang};

use found::msg;
use grammar::Grammar;

/// Reads targets, observations and instruments out of a text.
///
/// Every text is read; what cannot be understood yields no item, and where something was passed over
/// that looks like a target, a finding with its span.
///
/// ```
/// let draft = attainment_text::extract("力争新增高新技术企业xx家以上", &Default::default());
/// assert!(draft.items[0].masked && draft.items[0].value.is_none());
/// assert_eq!(draft.findings[0].code.as_str(), "masked_number");
/// ```
pub fn extract(text: &str, options: &ExtractOptions) -> Draft {
    let lang = options.lang.unwrap_or_else(|| guess(text));
    let mut found = match lang {
        Lang::En => en::English.document(text, options),
        _ => zh::Chinese.document(text, options),
    };
    damage(text, &mut found.notes);
    finish::finish(text, options.title.as_deref(), lang, found)
}

/// Signs that the bytes of a text were decoded in the wrong way.
fn damage(text: &str, notes: &mut found::Notes) {
    // Nearly every text is whole, and a search of bytes tells so at once.
    if !text.contains(['\u{fffd}', '\0']) {
        return;
    }
    for (at, _) in (0..).zip(text.chars()).filter(|(_, c)| matches!(c, '\u{fffd}' | '\0')) {
        notes.add(Code::DamagedText, (at, at + 1), || {
            (
                msg!("the character here was lost", "此处字符已损坏"),
                Some(msg!("decode the bytes as what they are, UTF-8 or GB 18030", "请按实际编码（UTF-8或GB 18030）解码")),
            )
        });
    }
}

/// The language of a text by the letters of its first part: Chinese unless Latin letters prevail.
fn guess(text: &str) -> Lang {
    const SEEN: usize = 20_000;
    let (mut han, mut latin) = (0_usize, 0_usize);
    for c in text.chars().take(SEEN) {
        han += usize::from(shadow::is_han(c));
        latin += usize::from(c.is_ascii_alphabetic());
    }
    // A Chinese character says about as much as three letters.
    if latin > han * 3 { Lang::En } else { Lang::Zh }
}

#[cfg(doctest)]
#[doc = include_str!("../../../docs/extraction.md")]
struct Page;
