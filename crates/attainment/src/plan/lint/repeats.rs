//! The same commitment, stated more than once.

use std::collections::HashMap;

use super::Lint;
use super::facts::{Fact, FactNo, Said};
use crate::finding::Code;
use crate::plan::{CompareWord, Target};
use crate::text::{Message, msg};

/// A text of a target, for comparison.
type Pick = fn(&Target) -> Option<String>;

impl Lint<'_> {
    pub(super) fn repeats(&mut self) {
        let facts = self.facts;
        let mut first: HashMap<_, FactNo> = HashMap::new();
        for (number, fact) in facts.all.iter().enumerate() {
            if let Some(original) = facts.repeated(fact) {
                self.declared_repeat(fact, original);
            }
            let (Said::Target(target), Some(_)) = (fact.said, fact.id) else { continue };
            // A declared repeat has been compared with what it repeats.
            if target.repeats.is_some() || target.replaces.is_some() {
                continue;
            }
            let when = fact.when.as_ref().map(|when| (when.key(), when.period()));
            let key = (
                fact.indicator_id,
                &fact.measures,
                target.of,
                target.among.as_ref(),
                when,
                fact.moment,
                self.document.nature_of(target).map(|nature| nature.value),
            );
            let original = *first.entry(key).or_insert(number);
            if original != number {
                self.undeclared_repeat(fact, &facts.all[original]);
            }
        }
    }

    /// The plan says that one repeats the other, so whatever differs is worth a word.
    fn declared_repeat(&mut self, fact: &Fact<'_>, original: &Fact<'_>) {
        let by_comparison = self.comparison_differs(fact, original);
        let mut differences: Vec<Message> = Vec::new();
        let mut differ = |what: &str, zh: &str, own: String, other: String| {
            if own != other {
                differences.push(msg!("{what} `{own}`, not `{other}`", "{zh}为`{own}`,而非`{other}`"));
            }
        };
        if !by_comparison {
            differ("bound", "界限", bounds(fact), bounds(original));
        }
        differ("indicator", "指标", fact.indicator_id.to_owned(), original.indicator_id.to_owned());
        differ("measure", "度量", measures(fact), measures(original));
        differ("time", "期限", when(fact), when(original));
        if let (Said::Target(own), Said::Target(other)) = (fact.said, original.said) {
            let text = |target: &Target, pick: Pick| pick(target).unwrap_or_else(|| "-".to_owned());
            let fields: [(&str, &str, Pick); 3] = [
                ("nature", "性质", |target| target.nature.map(|nature| nature.to_string())),
                ("wording", "措辞", |target| target.modality.as_ref().map(|text| text.all().join(" / "))),
                ("name", "名称", |target| target.name.as_ref().map(|text| text.all().join(" / "))),
            ];
            for (what, zh, pick) in fields {
                differ(what, zh, text(own, pick), text(other, pick));
            }
        }
        let id = original.id.unwrap_or_default();
        if differences.is_empty() {
            if !by_comparison {
                self.duplicate(fact, id);
            }
            return;
        }
        let join = |pick: fn(&Message) -> &str, glue: &str| differences.iter().map(pick).collect::<Vec<_>>().join(glue);
        let (en, zh) = (join(|message| &message.en, "; "), join(|message| &message.zh, ";"));
        self.report(
            Code::RepeatDiffers,
            fact.path.clone(),
            msg!("it repeats `{id}` with a difference: {en}", "它重复`{id}`而有不同:{zh}"),
            msg!("decide which one counts; if both do, drop `repeats`", "请确定以哪一个为准;若两者都算,请去掉`repeats`"),
        );
    }

    /// Two targets on the same measure of the same indicator at the same time.
    fn undeclared_repeat(&mut self, fact: &Fact<'_>, original: &Fact<'_>) {
        let id = original.id.unwrap_or_default();
        let both_sides = fact.is_upper() != original.is_upper();
        if both_sides || fact.word == CompareWord::Within || original.word == CompareWord::Within {
            self.contradiction(fact, original);
            return;
        }
        if self.comparison_differs(fact, original) {
            return;
        }
        let (own, other) = (bounds(fact), bounds(original));
        let unknown = |fact: &Fact<'_>| fact.quantity().is_some_and(|quantity| quantity.is_masked() || quantity.is_unknown());
        let (hidden, same) = (unknown(fact) || unknown(original), own == other || equal(fact, original));
        match (hidden, same) {
            // Two masks are not two numbers.
            (true, _) => {}
            (_, true) => self.duplicate(fact, id),
            _ => self.report(
                Code::RepeatDiffers,
                fact.bound_path(),
                msg!(
                    "`{own}` here and `{other}` in `{id}`, for the same indicator and time",
                    "此处为`{own}`,`{id}`为`{other}`,指标和期限相同"
                ),
                msg!("correct one of them, or give them different times, areas or natures", "请更正其一;或以不同的期限、地区或性质区分"),
            ),
        }
    }

    fn contradiction(&mut self, fact: &Fact<'_>, original: &Fact<'_>) {
        let (Some(own), Some(other)) = (&fact.range, &original.range) else { return };
        let apart = |low: &Fact<'_>, high: &Fact<'_>| {
            let (Some(least), Some(most)) = (&low.range, &high.range) else { return false };
            !low.is_upper() && (high.is_upper() || high.word == CompareWord::Within) && least.low > most.high
        };
        if own.masked || other.masked || !(apart(fact, original) || apart(original, fact)) {
            return;
        }
        let (id, own, other) = (original.id.unwrap_or_default(), bounds(fact), bounds(original));
        let (word, other_word) = (fact.word, original.word);
        self.report(
            Code::TargetsContradict,
            fact.bound_path(),
            msg!(
                "`{word}: {own}` and `{other_word}: {other}` of `{id}` cannot both hold",
                "`{word}: {own}`与`{id}`的`{other_word}: {other}`不能同时成立"
            ),
            msg!("correct one of the bounds or the comparison", "请更正其中一个界限或比较方式"),
        );
    }

    /// 达到 in one place and 突破 in another: whether the number itself is enough depends on it.
    fn comparison_differs(&mut self, fact: &Fact<'_>, original: &Fact<'_>) -> bool {
        if fact.word == original.word || fact.indicator.is_qualitative() {
            return false;
        }
        let (word, other, id) = (fact.word, original.word, original.id.unwrap_or_default());
        let (own, others) = (bounds(fact), bounds(original));
        // A reached number and a lower bound say the same where more is better.
        let plain =
            |word: CompareWord| !matches!(word, CompareWord::MoreThan | CompareWord::LessThan | CompareWord::About | CompareWord::Equals);
        if plain(word) && plain(other) && (own == others || equal(fact, original)) && fact.is_upper() == original.is_upper() {
            return false;
        }
        self.report(
            Code::ComparatorsDiffer,
            fact.bound_path(),
            msg!("`{word}: {own}` here and `{other}: {others}` in `{id}`", "此处为`{word}: {own}`,`{id}`为`{other}: {others}`"),
            msg!(
                "use one comparison: `{other}` counts the number itself as `{word}` may not, or the reverse",
                "请统一比较方式:`{other}`与`{word}`对恰好等于界限的判定不同"
            ),
        );
        true
    }

    fn duplicate(&mut self, fact: &Fact<'_>, id: &str) {
        let own = fact.id.unwrap_or_default();
        self.report(
            Code::DuplicateTarget,
            fact.path.clone(),
            msg!("it says the same as `{id}`", "它与`{id}`内容相同"),
            msg!(
                "keep one, and write the other place as `also: {{ {own}: … }}` of `{id}`",
                "请只保留一个,另一处写作`{id}`的`also: {{ {own}: … }}`"
            ),
        );
    }
}

fn equal(fact: &Fact<'_>, original: &Fact<'_>) -> bool {
    match (&fact.range, &original.range) {
        (Some(own), Some(other)) => !own.masked && own == other,
        _ => false,
    }
}

fn bounds(fact: &Fact<'_>) -> String {
    fact.bounds.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn measures(fact: &Fact<'_>) -> String {
    fact.measures.iter().map(|measure| measure.as_str()).collect::<Vec<_>>().join(", ")
}

fn when(fact: &Fact<'_>) -> String {
    fact.when.as_ref().map_or_else(|| "-".to_owned(), |when| format!("{}: {}", when.key(), when.period()))
}
