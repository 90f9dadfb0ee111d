//! What was read out of a text: items with exact spans, and findings.

use std::fmt;
use std::ops::Range;

use attainment::serde_json::{Map, Value};
use attainment::{Finding, Lang};

macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident $word:literal,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// The word used in records.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

words! {
    /// What an item is.
    ItemKind {
        /// A commitment: something that is to be.
        Target "target",
        /// Something that is or was.
        Observation "observation",
        /// A lever: an amount granted, a tax rate, a budget, staff.
        Instrument "instrument",
    }
}

words! {
    /// How the value of an item is to be compared.
    Comparator {
        /// 不低于, 以上: the value or more.
        AtLeast "at_least",
        /// 超过, 突破: more than the value.
        MoreThan "more_than",
        /// 不超过, 以内: the value or less.
        AtMost "at_most",
        /// 低于: less than the value.
        LessThan "less_than",
        /// A bare number.
        Equals "equals",
        /// 达到: the value, in the direction of the indicator.
        Reach "reach",
        /// 左右, 约: near the value.
        About "about",
        /// A range from the value to the largest value.
        Between "between",
        /// 增长: a rise, by the value where there is one.
        Increase "increase",
        /// 下降: a fall, by the value where there is one.
        Decrease "decrease",
        /// 逐年提高: a rise in every year.
        MonotonicIncrease "monotonic_increase",
        /// A statement without a number.
        Qualitative "qualitative",
    }
}

words! {
    /// What the number of an item measures.
    Basis {
        /// The state of the indicator.
        Level "level",
        /// What is added.
        Addition "addition",
        /// What comes about in each year, or in the one year of the document.
        AnnualFlow "annual_flow",
        /// Growth in a year.
        GrowthRate "growth_rate",
        /// Growth from a baseline, or over several years.
        RelativeChange "relative_change",
        /// A multiple of a baseline.
        Multiple "multiple",
        /// A sum over several years.
        Cumulative "cumulative",
        /// A place in an order.
        Rank "rank",
    }
}

words! {
    /// Which way the indicator is to move.
    Way {
        /// More.
        Up "up",
        /// Less.
        Down "down",
        /// Stay where it is.
        Hold "hold",
    }
}

words! {
    /// Where the period of an item was found.
    PeriodSource {
        /// In the clause of the number.
        Clause "clause",
        /// In another clause of the sentence.
        Sentence "sentence",
        /// In a sentence before.
        EarlierSentence "earlier_sentence",
        /// In the introduction of the section.
        Section "section",
        /// In a heading.
        Heading "heading",
        /// In the title of the document, or given with it.
        Title "title",
        /// In the title of a plan that the document implements.
        SuperiorPlanTitle "superior_plan_title",
    }
}

words! {
    /// How often a commitment returns.
    Every {
        /// In every year.
        Year "year",
        /// In every quarter.
        Quarter "quarter",
        /// In every month.
        Month "month",
        /// In every week.
        Week "week",
    }
}

/// A point in time as the text gives it, in the form of ISO 8601-2: `2025`, `2025-06`, `20XX`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    year: [u8; 4],
    /// The month, or 0.
    month: u8,
    /// The day, or 0.
    day: u8,
}

impl Date {
    /// The year, unless a digit of it is masked.
    pub fn year(&self) -> Option<i32> {
        std::str::from_utf8(&self.year).ok()?.parse().ok()
    }

    /// The month, where the text names one.
    pub fn month(&self) -> Option<u8> {
        (self.month > 0).then_some(self.month)
    }

    pub(crate) fn of_year(year: i32) -> Self {
        Self::of_figures(&format!("{year:04}"))
    }

    /// Of four figures, any of which may be `X`.
    pub(crate) fn of_figures(figures: &str) -> Self {
        let mut year = *b"XXXX";
        for (slot, figure) in year.iter_mut().zip(figures.bytes().filter(u8::is_ascii)) {
            *slot = figure;
        }
        Self { year, month: 0, day: 0 }
    }

    pub(crate) fn in_month(self, month: u8) -> Self {
        Self { month: if self.month == 0 { month } else { self.month }, ..self }
    }

    /// The same with a day of its month.
    pub(crate) fn on_day(self, day: u8) -> Self {
        Self { day: if self.month > 0 { day } else { 0 }, ..self }
    }

    /// A number where it is a plain year, else the text.
    fn to_value(self) -> Value {
        match (self.month, self.year()) {
            (0, Some(year)) => Value::from(year),
            _ => Value::from(self.to_string()),
        }
    }
}

/// The text that the type [`attainment::Period`] is read from, where no figure is masked.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.year).unwrap_or("XXXX"))?;
        match (self.month, self.day) {
            (0, _) => Ok(()),
            (month, 0) => write!(f, "-{month:02}"),
            (month, day) => write!(f, "-{month:02}-{day:02}"),
        }
    }
}

/// When an item holds.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Timing {
    /// At a date or before: 到2025年.
    By(Date),
    /// In a period: 2025年.
    In(Date),
    /// From a date to another, both included: 2021—2025年. Without the first where it is not known.
    During(Option<Date>, Date),
    /// In relation to a year that was not given: 今年, 三年内.
    Relative(String),
    /// In words that name no year: 本届政府任期内.
    Words(String),
    /// Without a date: 每年.
    Always,
}

impl Timing {
    /// The year it ends in, where that is known.
    pub fn end_year(&self) -> Option<i32> {
        match self {
            Self::By(date) | Self::In(date) | Self::During(_, date) => date.year(),
            Self::Relative(_) | Self::Words(_) | Self::Always => None,
        }
    }
}

/// The period of an item: when, and how often.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ItemPeriod {
    /// When it holds.
    pub when: Timing,
    /// How often it returns.
    pub each: Option<Every>,
}

impl ItemPeriod {
    fn to_value(&self) -> Value {
        let mut map = Map::new();
        match &self.when {
            Timing::By(date) => {
                map.insert("by".into(), date.to_value());
            }
            Timing::In(date) => {
                map.insert("in".into(), date.to_value());
            }
            Timing::During(from, to) => {
                map.insert("from".into(), from.map_or(Value::Null, Date::to_value));
                map.insert("to".into(), to.to_value());
            }
            Timing::Relative(text) => {
                map.insert("relative".into(), text.as_str().into());
            }
            Timing::Words(text) => {
                map.insert("text".into(), text.as_str().into());
            }
            Timing::Always => {}
        }
        if let Some(each) = self.each {
            map.insert("each".into(), each.as_str().into());
        }
        Value::Object(map)
    }
}

/// One item: a target, an observation or an instrument.
///
/// Offsets count Unicode code points of the text that was read; [`Draft::byte_range`] gives bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Item {
    /// What it is.
    pub kind: ItemKind,
    /// The smallest clause that states it, as the text has it.
    pub text: String,
    /// First code point of the clause.
    pub start: u32,
    /// Code point after the clause.
    pub end: u32,
    /// First code point of the number; absent where there is none.
    pub value_start: Option<u32>,
    /// Code point after the number.
    pub value_end: Option<u32>,
    /// What is measured: elided heads and inherited denominators are filled in.
    pub indicator: String,
    /// What narrows it: a grade such as 省级及以上, a scope such as 规模以上.
    pub qualifier: Option<String>,
    /// The number in decimal notation, in the unit; absent where it is masked or there is none.
    pub value: Option<String>,
    /// The larger number of a range.
    pub value_max: Option<String>,
    /// The unit as the text has it, with its scale: 亿元, 万亩, 个百分点.
    pub unit: Option<String>,
    /// Whether digits of the number are masked.
    pub masked: bool,
    /// How the value is to be compared.
    pub comparator: Comparator,
    /// What the number measures.
    pub basis: Basis,
    /// Which way the indicator is to move, where the words say so.
    pub direction: Option<Way>,
    /// What a change is measured from, as the text has it.
    pub baseline_ref: Option<String>,
    /// When it holds.
    pub period: Option<ItemPeriod>,
    /// Where the period was found.
    pub period_source: Option<PeriodSource>,
    /// The word that says how firm it is: 力争, 预计.
    pub modality: Option<String>,
    /// Items of one distributed list share a group.
    pub group: Option<u32>,
    /// The place in [`Draft::items`] of the item this one depends on: an addition and its total
    /// point to each other, growth points to the level it is stated with.
    pub pair: Option<usize>,
    /// Items of the same indicator share this number.
    pub indicator_id: u32,
}

impl Item {
    /// The item as a plain record, with the keys of the published vocabulary.
    pub fn to_record(&self) -> Map<String, Value> {
        let text = |value: &Option<String>| value.as_deref().map_or(Value::Null, Value::from);
        let place = |value: Option<u32>| value.map_or(Value::Null, Value::from);
        let fields = [
            ("kind", self.kind.as_str().into()),
            ("text", self.text.as_str().into()),
            ("start", self.start.into()),
            ("end", self.end.into()),
            ("value_start", place(self.value_start)),
            ("value_end", place(self.value_end)),
            ("indicator", self.indicator.as_str().into()),
            ("qualifier", text(&self.qualifier)),
            ("value", text(&self.value)),
            ("value_max", text(&self.value_max)),
            ("unit", text(&self.unit)),
            ("masked", self.masked.into()),
            ("comparator", self.comparator.as_str().into()),
            ("basis", self.basis.as_str().into()),
            ("direction", self.direction.map_or(Value::Null, |way| way.as_str().into())),
            ("baseline_ref", text(&self.baseline_ref)),
            ("period", self.period.as_ref().map_or(Value::Null, ItemPeriod::to_value)),
            ("period_source", self.period_source.map_or(Value::Null, |source| source.as_str().into())),
            ("modality", text(&self.modality)),
            ("group", place(self.group)),
            ("pair", self.pair.map_or(Value::Null, Value::from)),
        ];
        fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
    }
}

/// What [`extract`](crate::extract) read out of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Draft {
    /// The items, in the order of the text.
    pub items: Vec<Item>,
    /// What could not be read, or was read with a doubt; with places in code points.
    pub findings: Vec<Finding>,
    /// The title that was given with the text.
    pub title: Option<String>,
    /// The language that the text was read in.
    pub lang: Lang,
    /// The text.
    pub(crate) text: String,
    /// For each item the bytes its clause takes in the text.
    pub(crate) bytes: Vec<Range<usize>>,
}

impl Draft {
    /// Every item as a plain record.
    ///
    /// ```
    /// let draft = attainment_text::extract("到2025年，森林覆盖率达到35%以上。", &Default::default());
    /// let record = &draft.to_records()[0];
    /// assert_eq!((record["indicator"].as_str(), record["value"].as_str()), (Some("森林覆盖率"), Some("35")));
    /// assert_eq!(record["period"]["by"], 2025);
    /// ```
    pub fn to_records(&self) -> Vec<Map<String, Value>> {
        self.items.iter().map(Item::to_record).collect()
    }

    /// The text that was read.
    ///
    /// ```
    /// let draft = attainment_text::extract("到2025年，森林覆盖率达到35%以上。", &Default::default());
    /// let item = &draft.items[0];
    /// let clause: String = draft.text().chars().skip(item.start as usize).take((item.end - item.start) as usize).collect();
    /// assert_eq!(clause, item.text);
    /// ```
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes that an item's clause takes in the text.
    ///
    /// ```
    /// let draft = attainment_text::extract("到2025年，森林覆盖率达到35%以上。", &Default::default());
    /// assert_eq!(&draft.text()[draft.byte_range(0).unwrap()], "森林覆盖率达到35%以上");
    /// assert_eq!(draft.byte_range(1), None);
    /// ```
    pub fn byte_range(&self, item: usize) -> Option<Range<usize>> {
        self.bytes.get(item).cloned()
    }
}
