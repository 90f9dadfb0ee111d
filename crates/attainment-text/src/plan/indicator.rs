//! Which indicators the items of a draft are about.

use std::collections::{BTreeMap, BTreeSet};

use attainment::Code;
use attainment::serde_json::{Map, Value};

use super::target::is_growth_beside_a_mean;
use super::value::{declared, same_dimension};
use super::words;
use super::{Form, Taken, form, slug, unique};
use crate::draft::{Basis, Comparator, Draft, Item, ItemKind, Way};
use crate::found::{Notes, msg};

/// What is added to an indicator: to what is there, or to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Adds {
    /// What is added stays: a change of a stock.
    Stock,
    /// What comes about in a period: a sum of a flow.
    Flow,
    /// The words do not say.
    Unclear,
}

/// One indicator of the plan.
#[derive(Clone, Debug)]
pub(super) struct Series {
    pub(super) id: String,
    pub(super) unit: Option<String>,
    pub(super) adds: Adds,
    pub(super) direction: Option<&'static str>,
    kind: Option<&'static str>,
    name: String,
    qualifier: Option<String>,
    statement: bool,
    /// Whether a number without a unit is stated of it, which no unit may be lent to.
    bare: bool,
    items: Vec<usize>,
    part_of: Option<usize>,
}

impl Series {
    pub(super) fn falls(&self) -> bool {
        self.direction == Some("decrease")
    }

    pub(super) fn is_percent(&self) -> bool {
        self.unit.as_deref() == Some("percent")
    }
}

/// What an item asks of the unit of its indicator.
enum Need {
    /// Nothing: growth, ranks, trends.
    Any,
    /// None, since the number has none.
    Bare,
    Unit(String),
}

fn need(item: &Item) -> Need {
    let relative = matches!(item.basis, Basis::GrowthRate | Basis::RelativeChange);
    match (form(item), item.basis, item.unit.as_deref()) {
        (Form::Number, Basis::Multiple | Basis::Rank, _) => Need::Any,
        (Form::Number, _, Some(unit)) if relative && matches!(unit, "%" | "‰" | "成") => Need::Any,
        // 增速高于全省平均2个百分点: the points are of the growth, and say nothing of what grows.
        (Form::Number, _, Some(_)) if is_growth_beside_a_mean(item) => Need::Any,
        (Form::Number, _, Some(unit)) => Need::Unit(declared(unit)),
        (Form::Number, _, None) if relative => Need::Any,
        (Form::Number, _, None) => Need::Bare,
        _ => Need::Any,
    }
}

/// Every indicator, and for each item the place of its own.
pub(super) fn read(draft: &Draft, notes: &mut Notes) -> (Vec<Series>, Vec<usize>) {
    let mut all: Vec<Series> = Vec::new();
    let mut by_name: BTreeMap<(u32, bool), Vec<usize>> = BTreeMap::new();
    let mut places = Vec::with_capacity(draft.items.len());
    for (at, item) in draft.items.iter().enumerate() {
        if item.kind == ItemKind::Instrument {
            places.push(usize::MAX);
            continue;
        }
        let statement = form(item) == Form::Statement;
        let known = by_name.entry((item.indicator_id, statement)).or_default();
        let need = if statement { Need::Any } else { need(item) };
        let fits = |series: &&usize| match (all.get(**series), &need) {
            (Some(_), Need::Any) => true,
            (Some(series), Need::Bare) => series.unit.is_none(),
            (Some(series), Need::Unit(unit)) => !series.bare && series.unit.as_deref().is_none_or(|own| same_dimension(own, unit)),
            (None, _) => false,
        };
        let place = match known.iter().find(fits) {
            Some(place) => *place,
            None => {
                known.push(all.len());
                all.push(Series::new(item, statement));
                all.len() - 1
            }
        };
        if let Some(series) = all.get_mut(place) {
            series.items.push(at);
            match need {
                Need::Unit(unit) => series.unit = series.unit.take().or(Some(unit)),
                Need::Bare => series.bare = true,
                Need::Any => {}
            }
        }
        places.push(place);
    }
    let mut ids = Taken::new();
    for series in &mut all {
        series.id = unique(&mut ids, slug(&format!("{}{}", series.qualifier.as_deref().unwrap_or_default(), series.name)));
        series.judge(draft, notes);
    }
    parts(draft, &places, &mut all);
    (all, places)
}

impl Series {
    fn new(item: &Item, statement: bool) -> Self {
        // A statement without a name is its own name.
        let name = if item.indicator.trim().is_empty() { item.text.trim() } else { item.indicator.trim() };
        Self {
            id: String::new(),
            unit: None,
            adds: Adds::Unclear,
            direction: None,
            kind: None,
            name: name.chars().take(200).collect(),
            qualifier: item.qualifier.clone(),
            statement,
            bare: false,
            items: Vec::new(),
            part_of: None,
        }
    }

    /// Kind and direction, which take all items into account.
    fn judge(&mut self, draft: &Draft, notes: &mut Notes) {
        if self.statement {
            self.kind = Some("yes_no");
            return;
        }
        let items: Vec<&Item> = self.items.iter().filter_map(|at| draft.items.get(*at)).collect();
        self.adds = self.adds(draft, &items);
        let growth = words::ends(&self.name, words::GROWTH_NAME);
        let share = words::has(&self.name, words::SHARE_NAME) || self.name.ends_with('率');
        self.kind = match (self.is_percent() || self.bare, self.adds) {
            (true, _) if growth => Some("growth"),
            (true, _) if share => Some("share"),
            (false, Adds::Stock) => Some("stock"),
            (false, Adds::Flow) => Some("flow"),
            _ => None,
        };
        let (direction, assumed) = direction(&self.name, &items);
        self.direction = Some(direction);
        let target = items.iter().find(|item| item.kind == ItemKind::Target);
        if let (Some(why), Some(item)) = (assumed, target) {
            let (name, en, zh) = (self.name.as_str(), why.en, why.zh);
            notes.add(Code::DirectionAssumed, (item.start, item.end), || {
                let message = attainment::Message {
                    en: format!("no word says which way `{name}` is better; {en}: `{direction}`"),
                    zh: format!("没有词语说明`{name}`的方向；{zh}：`{direction}`"),
                };
                (message, Some(msg!("check `direction` of the indicator", "请核对该指标的`direction`")))
            });
        }
    }

    fn adds(&self, draft: &Draft, items: &[&Item]) -> Adds {
        let added = |item: &&&Item| matches!(item.basis, Basis::Addition | Basis::AnnualFlow);
        let events = self.unit.as_deref().is_some_and(|unit| words::is(unit, words::FLOW_UNIT)) || words::ends(&self.name, words::GROSS);
        let new = |item: &&Item| words::has(&item.text, words::NEW);
        let total = |item: &&Item| {
            let pair = item.pair.and_then(|pair| draft.items.get(pair));
            item.basis == Basis::Addition && pair.is_some_and(|pair| pair.basis == Basis::Level && pair.indicator_id == item.indicator_id)
        };
        let changes = |item: &&Item| {
            matches!(item.comparator, Comparator::Increase | Comparator::Decrease) || matches!(item.direction, Some(Way::Up | Way::Down))
        };
        if items.iter().any(total) {
            return Adds::Stock;
        }
        if events || items.iter().any(|item| item.basis == Basis::Cumulative) {
            return Adds::Flow;
        }
        if items.iter().filter(added).any(|item| new(item) || changes(item)) || self.is_percent() {
            return Adds::Stock;
        }
        if items.iter().any(|item| item.basis == Basis::AnnualFlow) { Adds::Flow } else { Adds::Unclear }
    }

    pub(super) fn to_value(&self, all: &[Self]) -> Value {
        let mut map = Map::new();
        let mut put = |key: &str, value: Option<&str>| {
            if let Some(value) = value {
                map.insert(key.to_owned(), value.into());
            }
        };
        put("name", Some(&self.name));
        put("unit", self.unit.as_deref());
        put("kind", self.kind);
        put("direction", self.direction);
        // 省级, 国家级 are grades of an award; 规模以上 is what is covered.
        let grade = self.qualifier.as_deref().is_some_and(|words| words.contains('级') || words.contains("国家"));
        put(if grade { "grade" } else { "scope" }, self.qualifier.as_deref());
        put("part_of", self.part_of.and_then(|whole| all.get(whole)).map(|whole| whole.id.as_str()));
        Value::Object(map)
    }
}

/// Which way is better, and on what ground where no word says it.
fn direction(name: &str, items: &[&Item]) -> (&'static str, Option<attainment::Message>) {
    let mut ordered: Vec<&&Item> = items.iter().filter(|item| item.kind == ItemKind::Target).collect();
    ordered.extend(items.iter().filter(|item| item.kind == ItemKind::Observation));
    let said = |item: &&&Item| match (item.direction, item.comparator) {
        (Some(Way::Down), _) | (_, Comparator::Decrease) => Some("decrease"),
        (Some(Way::Up), _) | (_, Comparator::Increase | Comparator::MonotonicIncrease) => Some("increase"),
        (Some(Way::Hold), Comparator::Between) => Some("within"),
        _ => None,
    };
    // The first ten are at most ten in any direction.
    let compared = |item: &&&Item| match item.comparator {
        _ if item.basis == Basis::Rank => None,
        Comparator::AtLeast | Comparator::MoreThan => Some("increase"),
        Comparator::AtMost | Comparator::LessThan => Some("decrease"),
        _ => None,
    };
    let of_targets = |item: &&&&Item| item.kind == ItemKind::Target;
    let falling = words::ends(name, words::FALLING_END) || words::has(name, words::FALLING);
    if let Some(way) = ordered.iter().filter(of_targets).find_map(said) {
        return (way, None);
    }
    if falling {
        return ("decrease", None);
    }
    if let Some(way) = ordered.iter().filter(of_targets).find_map(compared) {
        return (way, None);
    }
    let made = |item: &&&Item| matches!(item.basis, Basis::Addition | Basis::AnnualFlow | Basis::Cumulative | Basis::Multiple);
    if ordered.iter().any(|item| made(item) || form(item) == Form::Unknown) {
        return ("increase", None);
    }
    let why = match ordered.iter().any(|item| item.comparator == Comparator::Reach) {
        true => msg!("a number to be reached was read as a rise", "“达到”按上升理解"),
        false => msg!("a bare number was read as one to be reached", "未带动词的数值按应达到理解"),
    };
    ("increase", Some(why))
}

/// 其中: an item that is a part of the one it points to.
fn parts(draft: &Draft, places: &[usize], all: &mut [Series]) {
    let mut wholes = BTreeSet::new();
    for (at, item) in draft.items.iter().enumerate() {
        // It is a part of what it points to, else of what was named just before.
        let before = item.pair.or(at.checked_sub(1));
        let (Some(pair), true) = (before, words::has(&item.text, words::PART)) else { continue };
        let (Some(&part), Some(&whole)) = (places.get(at), places.get(pair)) else { continue };
        let unit = |place: usize| all.get(place).and_then(|series| series.unit.clone());
        let related = unit(part).zip(unit(whole)).is_some_and(|(part, whole)| same_dimension(&part, &whole));
        let whole_is_part = all.get(whole).is_some_and(|series| series.part_of.is_some());
        let adds = all.get(whole).map(|series| (series.adds, series.kind));
        if let (Some(series), true) = (all.get_mut(part), related && part != whole && !whole_is_part && !wholes.contains(&part)) {
            series.part_of = Some(whole);
            wholes.insert(whole);
            // What is counted of the whole is counted of its part.
            if let (Adds::Unclear, Some((adds, kind))) = (series.adds, adds) {
                (series.adds, series.kind) = (adds, series.kind.or(kind));
            }
        }
    }
}
