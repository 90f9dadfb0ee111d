//! The words a plan asks for beside the fields of an item, from `data/plan/words.txt`.

use std::sync::LazyLock;

use crate::lexicon::{Classes, Lexicon};

macro_rules! classes {
    ($($name:ident $bit:literal $word:literal;)*) => {
        $(pub(super) const $name: Classes = 1 << $bit;)*
        const NAMES: &[(&str, Classes)] = &[$(($word, $name),)*];
    };
}

classes! {
    NEW 0 "new"; GROSS 1 "gross"; FLOW_UNIT 2 "flow_unit"; VAGUE 3 "vague"; VAGUE_UNIT 4 "vague_unit"; GROUP 5 "group";
    MEAN 6 "mean"; ABOVE 7 "above"; BELOW 8 "below"; ASPIRATIONAL 9 "aspirational"; BINDING 10 "binding";
    EXPECTED 11 "expected"; FORECAST 12 "forecast"; FALLING_END 13 "falling_end"; FALLING 14 "falling";
    GROWTH_NAME 15 "growth_name"; SHARE_NAME 16 "share_name"; PREVIOUS 17 "previous"; TAX 18 "tax"; AWARD 19 "award";
    SUBSIDY 20 "subsidy"; FUND 21 "fund"; STAFF 22 "staff"; EVERY_YEAR 23 "every_year"; MEAN_GROWTH 24 "mean_growth"; PART 25 "part";
}

const FILE: &str = include_str!("../../data/plan/words.txt");

static WORDS: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::compile(&[FILE], NAMES));

/// A text as the words are written: small letters, `_` for a space.
fn folded(text: &str) -> Vec<char> {
    text.chars().map(|c| if c.is_whitespace() { '_' } else { c.to_ascii_lowercase() }).collect()
}

/// Letters of a word on both sides of a place make it the inside of a longer word.
fn inside(chars: &[char], at: usize) -> bool {
    let letter = |at: Option<&char>| at.is_some_and(char::is_ascii_alphanumeric);
    at > 0 && letter(chars.get(at - 1)) && letter(chars.get(at))
}

/// The first word of these classes in a text.
pub(super) fn find(text: &str, classes: Classes) -> Option<String> {
    let chars = folded(text);
    (0..chars.len()).filter(|at| !inside(&chars, *at)).find_map(|start| {
        let (length, _) = WORDS.at(&chars, start, classes)?;
        (!inside(&chars, start + length)).then(|| text.chars().skip(start).take(length).collect())
    })
}

/// Whether a text has a word of these classes.
pub(super) fn has(text: &str, classes: Classes) -> bool {
    find(text, classes).is_some()
}

/// Whether a text ends with a word of these classes.
pub(super) fn ends(text: &str, classes: Classes) -> bool {
    let chars = folded(text);
    WORDS.before(&chars, chars.len(), classes).is_some_and(|(length, _)| !inside(&chars, chars.len() - length))
}

/// Whether a text is a word of these classes.
pub(super) fn is(text: &str, classes: Classes) -> bool {
    WORDS.is(&folded(text), classes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_of_the_file_has_a_name_and_every_name_words() {
        let classes: std::collections::BTreeSet<&str> = crate::lexicon::entries(FILE).map(|(class, _)| class).collect();
        let names: std::collections::BTreeSet<&str> = NAMES.iter().map(|(name, _)| *name).collect();
        assert_eq!(classes, names);
    }

    #[test]
    fn words_are_found_whole() {
        assert!(has("Annual average growth", MEAN_GROWTH));
        assert!(!has("renewable", NEW) && has("20 new homes", NEW));
        assert!(ends("城镇登记失业率", FALLING_END) && !ends("失业率统计", FALLING_END));
        assert_eq!(find("进入全国前列", GROUP).as_deref(), Some("全国"));
    }
}
