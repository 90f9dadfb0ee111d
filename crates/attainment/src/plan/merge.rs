//! Two damaged copies of a plan, made into one.

use serde::Serialize;
use serde_json::{Map, Value};

use super::Plan;
use super::matching::Matching;
use crate::document::push_segment;
use crate::error::Error;
use crate::period::{Edge, Period};
use crate::text::{Message, msg};

/// One place where two copies differ, and what was done.
///
/// ```
/// use attainment::{Format, Plan};
/// let copy = |bound: &str| Plan::parse(&format!("{{attainment: 1, id: p, indicators: {{beds: {{name: Hospital beds, unit: beds, direction: increase}}}}, targets: {{beds: {{indicator: beds, reach: {bound}, by: 2025}}}}}}"), Format::Yaml);
/// let choice = &copy("xx0")?.merge(&copy("450")?)?.choices[0];
/// assert_eq!((choice.path.as_str(), choice.taken.as_str()), ("/targets/beds/reach", "450"));
/// assert!(choice.from_second);
/// # Ok::<(), attainment::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Choice {
    /// JSON pointer into the merged plan.
    pub path: String,
    /// What was taken.
    pub taken: String,
    /// What was left; nothing where only one copy says something.
    pub left: Option<String>,
    /// Whether it was taken from the second copy.
    pub from_second: bool,
    /// Why.
    pub why: Message,
}

/// A plan made of two copies, with every choice that was made.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Merged {
    /// The plan, under the ids of the first copy.
    pub plan: Plan,
    /// What differed, in the order of the plan.
    pub choices: Vec<Choice>,
}

impl Plan {
    /// One plan out of two copies that are damaged in different places.
    ///
    /// Where they differ, the whole one is taken: a number with its unit over one without, a known
    /// period over a masked one, a text without masked characters over one with them, something over
    /// nothing. Where neither is better the first copy stands. Every difference is listed, but for
    /// the places where things stand, which are those of the first.
    ///
    /// # Errors
    ///
    /// [`Error::Plan`] when the two do not go together.
    ///
    /// ```
    /// use attainment::{Format, Plan};
    /// let copy = |unit: &str, bound: &str| Plan::parse(&format!("{{attainment: 1, id: p, indicators: {{a: {{name: 比重, kind: share, direction: increase{unit}}}}}, targets: {{a: {{indicator: a, reach: {bound}, by: 2025}}}}}}"), Format::Yaml);
    /// let merged = copy("", "1.5")?.merge(&copy(", unit: percent", "1.5%")?)?;
    /// assert_eq!(merged.plan.document().targets["a"].reach.as_ref().unwrap().to_string(), "1.5%");
    /// assert_eq!(merged.choices.len(), 2);
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn merge(&self, other: &Self) -> Result<Merged, Error> {
        let matching = Matching::new(self.document(), other.document());
        let (first, second) = (self.to_value(), matching.in_ids_of_first(other.to_value()));
        let mut merge = Merge { choices: Vec::new() };
        let value = merge.values(&mut String::new(), first, second);
        Ok(Merged { plan: Self::from_value(&value)?, choices: merge.choices })
    }
}

struct Merge {
    choices: Vec<Choice>,
}

impl Merge {
    fn values(&mut self, path: &mut String, first: Value, second: Value) -> Value {
        match (first, second) {
            (first, second) if first == second => first,
            // Two copies always stand in different places; that is no difference between them.
            (first, _) if path.ends_with("/source") => first,
            (Value::Object(first), Value::Object(second)) => self.maps(path, first, second),
            (Value::Array(first), Value::Array(second)) if first.len() == second.len() => {
                let items = first.into_iter().zip(second).enumerate();
                Value::Array(
                    items
                        .map(|(index, (first, second))| {
                            self.within(path, &index.to_string(), |this, path| this.values(path, first, second))
                        })
                        .collect(),
                )
            }
            (first, second) => self.choose(path, first, second),
        }
    }

    fn within(&mut self, path: &mut String, segment: &str, merge: impl FnOnce(&mut Self, &mut String) -> Value) -> Value {
        let length = path.len();
        push_segment(path, segment);
        let value = merge(self, path);
        path.truncate(length);
        value
    }

    fn maps(&mut self, path: &mut String, first: Map<String, Value>, mut second: Map<String, Value>) -> Value {
        let mut merged = Map::new();
        for (key, value) in first {
            let other = second.shift_remove(&key);
            let value = self.within(path, &key, |this, path| match other {
                Some(other) => this.values(path, value, other),
                None => {
                    this.only(path, &value, false);
                    value
                }
            });
            merged.insert(key, value);
        }
        for (key, value) in second {
            let value = self.within(path, &key, |this, path| {
                this.only(path, &value, true);
                value
            });
            merged.insert(key, value);
        }
        Value::Object(merged)
    }

    fn only(&mut self, path: &str, value: &Value, from_second: bool) {
        let why = msg!("only one copy has it", "只有一个文本有此项");
        self.choices.push(Choice { path: path.to_owned(), taken: text(value), left: None, from_second, why });
    }

    fn choose(&mut self, path: &str, first: Value, second: Value) -> Value {
        let (a, b) = (text(&first), text(&second));
        let (from_second, why) = match (wholeness(&a), wholeness(&b)) {
            (a, b) if b > a => (true, msg!("the other copy is damaged here", "另一文本此处缺损")),
            (a, b) if a > b => (false, msg!("the other copy is damaged here", "另一文本此处缺损")),
            _ => (false, msg!("neither is better; the first copy stands", "两者无优劣；采用前者")),
        };
        let (taken, left) = if from_second { (b, a) } else { (a, b) };
        self.choices.push(Choice { path: path.to_owned(), taken, left: Some(left), from_second, why });
        if from_second { second } else { first }
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// How undamaged a text is: fewer masked characters, more known ends of a window, a number with its
/// unit; compared in this order.
fn wholeness(text: &str) -> (i64, i64, i64) {
    let masked = text.chars().filter(|c| matches!(c, '*' | '_' | '□' | '■' | '?')).count() + runs_of_x(text);
    let ends = match text.parse::<Period>() {
        Ok(Period::Window(start, end)) => [start, end].iter().filter(|edge| **edge != Edge::Unknown).count() as i64,
        Ok(_) => 2,
        Err(_) => 0,
    };
    let has_unit = crate::quantity::Quantity::parse(text).is_ok_and(|quantity| quantity.unit().is_some());
    (-(masked as i64), ends, i64::from(has_unit))
}

/// Letters x that stand for a character: not part of a Latin word.
fn runs_of_x(text: &str) -> usize {
    let chars: Vec<char> = text.chars().collect();
    let is_x = |c: char| matches!(c, 'x' | 'X');
    let is_letter = |c: Option<&char>| c.is_some_and(|c| c.is_ascii_alphabetic() && !is_x(*c));
    (0..chars.len()).filter(|at| is_x(chars[*at]) && !is_letter(chars.get(at + 1)) && !(*at > 0 && is_letter(chars.get(at - 1)))).count()
}
