//! A method of one's own, as data: a gauge, cuts, words.

use std::borrow::Cow;
use std::sync::Arc;

use super::gauge::Gauge;
use super::rulebook::{BaseRule, Class, Cut, Rulebook, Rules};
use super::{Method, Parameters, Rule, methods};
use crate::document::{Format, Id, Many, Node, Text, document, read_whole, version_finding, words};
use crate::error::Error;
use crate::finding::{Code, Finding, Findings};
use crate::number::Exact;
use crate::period::{Frequency, Period};
use crate::quantity::Number;
use crate::text::msg;
use crate::verdict::Scale;

document! {
    /// A method of pace as a document.
    ///
    /// Of a gauge, the first cut that is reached gives the category; the class below them all is
    /// stated too. There is no other way to decide, so that no category depends on a default.
    pub struct MethodDocument {
        /// The version of the format: 1.
        attainment: Id,
        /// Its id, with a version or year.
        id: Id,
        /// What it is called.
        title: Option<Text>,
        /// Who uses it.
        body: Option<Text>,
        /// Where it is written down.
        source: Option<Text>,
        /// How a target with an amount is judged.
        with_target: Option<RulesDocument>,
        /// How a direction without an amount is judged, by the gauge `growth`.
        without_target: Option<RulesDocument>,
        /// The category of a target that is reached, whatever the gauge says. Without it a target that the
        /// base already satisfies, and the value too, has none: there is no way a gauge could read.
        reached: Option<ClassDocument>,
        /// How a target that is an interval is judged; without it there is no case for intervals.
        within: Option<IntervalRule>,
        /// The base year where a target states none.
        baseline: Option<Period>,
        /// The target year where a target states none.
        deadline: Option<Period>,
    }
    rules: [crate::document::Rule::AtLeastOne(&["with_target", "without_target"])]
}

words! {
    /// How a method of one's own judges an interval.
    ///
    /// ```
    /// # use attainment::{Direction, Format, IntervalRule, Method, Series, pace};
    /// assert_eq!("nearest_end".parse(), Ok(IntervalRule::NearestEnd));
    /// let method = Method::parse("
    /// attainment: 1
    /// id: corridor-2026
    /// with_target: { gauge: linear_ratio, cuts: [{ at_least: 1, word: on pace, scale: on_track }], below: { word: slow, scale: behind } }
    /// reached: { word: inside, scale: done }
    /// within: nearest_end
    /// ", Format::Yaml)?;
    /// // From above the interval the way leads down to its upper end.
    /// let series = Series::new(method, Direction::Within).baseline(2020).points([(2020, 90), (2023, 80)]).target_within(2030, 40, 60);
    /// assert_eq!(pace(&series)?.category.as_deref(), Some("on pace"));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    #[non_exhaustive]
    pub enum IntervalRule {
        /// As a target at the end that is nearest as seen from the base; a base inside is to be held.
        NearestEnd = "nearest_end",
    }
}

document! {
    /// A gauge with its cuts.
    pub struct RulesDocument {
        /// The measure of pace.
        gauge: Gauge,
        /// The lower ends of the categories, best first.
        cuts: Many<CutDocument>,
        /// The category below them all.
        below: ClassDocument,
    }
}

document! {
    /// The lower end of a category.
    pub struct CutDocument {
        /// From this number on, the number included.
        at_least: Option<Number>,
        /// Above this number.
        more_than: Option<Number>,
        /// The word of the category.
        word: Id,
        /// Its place on the common scale.
        scale: Scale,
        /// Its score.
        score: Option<Number>,
    }
    rules: [crate::document::Rule::ExactlyOne(&["at_least", "more_than"])]
}

document! {
    /// A category.
    pub struct ClassDocument {
        /// Its word.
        word: Id,
        /// Its place on the common scale.
        scale: Scale,
        /// Its score.
        score: Option<Number>,
    }
}

impl Method {
    /// Reads a method of one's own from a text.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] when the text is not well-formed, [`Error::Plan`] with every problem when it
    /// is no method: a cut that is not below the one before it, a gauge that needs a target where
    /// there is none.
    pub fn parse(text: &str, format: Format) -> Result<Self, Error> {
        let parsed = crate::document::parse(text, format).map_err(Error::Parse)?;
        let whole = read_whole(parsed.root, parsed.duplicates, check).map_err(Error::Plan)?;
        Ok(Self::from_document(&whole.document))
    }

    /// Reads a method from a JSON value, for hosts that hold documents as objects.
    ///
    /// # Errors
    ///
    /// [`Error::Parse`] when it is deeper or larger than a text may be, [`Error::Plan`] with every
    /// problem when it is no method.
    ///
    /// ```
    /// use attainment::{Method, serde_json::json};
    /// let method = Method::from_value(&json!({
    ///     "attainment": 1, "id": "halves-2024",
    ///     "with_target": { "gauge": "closed", "cuts": [{ "at_least": "0.5", "word": "half", "scale": "on_track" }], "below": { "word": "less", "scale": "behind" } },
    /// }))?;
    /// assert_eq!(method.id(), "halves-2024");
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn from_value(value: &serde_json::Value) -> Result<Self, Error> {
        let root = Node::from_value(value).map_err(|finding| Error::Parse(vec![finding]))?;
        let whole = read_whole(root, Findings::default(), check).map_err(Error::Plan)?;
        Ok(Self::from_document(&whole.document))
    }

    fn from_document(document: &MethodDocument) -> Self {
        let rules = |rules: &Option<RulesDocument>| rules.as_ref().map(RulesDocument::rules);
        let year = |period: &Option<Period>| period.as_ref().and_then(Period::end).map(|point| point.calendar_year());
        let book = Rulebook {
            reached: document.reached.as_ref().map(ClassDocument::class),
            nearest_end: document.within == Some(IntervalRule::NearestEnd),
            base: BaseRule::AsStated,
            baseline: year(&document.baseline),
            deadline: year(&document.deadline),
            ..Rulebook::new(rules(&document.with_target), rules(&document.without_target))
        };
        Self { id: document.id.as_str().to_owned(), info: None, rule: Rule::Book(Arc::new(book)), parameters: Parameters::default() }
    }
}

impl RulesDocument {
    fn rules(&self) -> Rules {
        Rules {
            gauge: self.gauge,
            cuts: self.cuts.iter().map(CutDocument::cut).collect(),
            below: self.below.class(),
            away_below: None,
            scores: None,
        }
    }
}

impl CutDocument {
    fn from(&self) -> Exact {
        self.at_least.or(self.more_than).map_or_else(Exact::zero, |number| Exact::from(number.get()))
    }

    fn cut(&self) -> Cut {
        Cut { from: self.from(), closed: self.at_least.is_some(), class: class_of(&self.word, self.scale, self.score) }
    }
}

impl ClassDocument {
    fn class(&self) -> Class {
        class_of(&self.word, self.scale, self.score)
    }
}

fn class_of(word: &Id, scale: Scale, score: Option<Number>) -> Class {
    Class { word: Cow::Owned(word.as_str().to_owned()), scale, score: score.map(|score| Exact::from(score.get()).to_f64()) }
}

/// What the parts of a method have against each other.
fn check(document: &MethodDocument) -> Vec<Finding> {
    let mut findings: Vec<Finding> = version_finding(&document.attainment).into_iter().collect();
    let id = document.id.as_str();
    if id.contains('?') || methods().iter().any(|method| method.id == id) {
        findings.push(
            Finding::new(
                Code::DuplicateId,
                msg!("`{id}` is the id of a published method, or has a `?`", "`{id}`是已公布方法的标识,或含有`?`"),
            )
            .at("/id")
            .help(msg!("give the method an id of its own", "请另取标识")),
        );
    }
    for (key, period) in [("baseline", &document.baseline), ("deadline", &document.deadline)] {
        let is_year = |period: &Period| matches!(period, Period::Point(point) if point.frequency() == Frequency::Year);
        if period.as_ref().is_some_and(|period| !is_year(period)) {
            findings.push(
                Finding::new(Code::BadPeriod, msg!("`{key}` of a method is a year", "方法的`{key}`须为年份"))
                    .at(format!("/{key}"))
                    .help(msg!("write a year such as `2015`", "请写年份,如`2015`")),
            );
        }
    }
    for (key, rules) in [("with_target", &document.with_target), ("without_target", &document.without_target)] {
        let Some(rules) = rules else { continue };
        if key == "without_target" && rules.gauge.needs_target() {
            let gauge = rules.gauge;
            findings.push(
                Finding::new(Code::BadValue, msg!("`{gauge}` needs a target", "`{gauge}`须有目标值"))
                    .at(format!("/{key}/gauge"))
                    .help(msg!("without a target write `gauge: growth`", "没有目标值时请写`gauge: growth`")),
            );
        }
        for (index, pair) in rules.cuts.windows(2).enumerate() {
            let (above, below) = (pair[0].cut(), pair[1].cut());
            // `more than 5` above `at least 5` leaves 5 to the second.
            let falls = below.from < above.from || (below.from == above.from && below.closed && !above.closed);
            if !falls {
                let (cut, before) = (&below.from, &above.from);
                findings.push(
                    Finding::new(Code::CutsOutOfOrder, msg!("the cut {cut} is not below {before}", "界值{cut}不低于{before}"))
                        .at(format!("/{key}/cuts/{}", index + 1))
                        .help(msg!("write the cuts from the best category down", "请从最好的类别往下写")),
                );
            }
        }
    }
    findings
}
