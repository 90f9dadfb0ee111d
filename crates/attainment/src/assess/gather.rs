//! Observations to tracks: the one place where points are gathered.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::Request;
use super::bounds::Bounds;
use super::compile::{power_of_ten, vintage_day, word_number};
use crate::document::Id;
use crate::number::Exact;
use crate::panel::{Observation, Panel, Reading, SeriesKey};
use crate::period::Point;
use crate::plan::TargetTable;
use crate::plan::{Formula, Indicator, Kind, PlanDocument, ValueIs};
use crate::unit::Unit;
use crate::verdict::{
    AreaNo, Flag, Flags, Gap, IndicatorNo, Memo, Reason, Rule, RuleNo, Threshold, Track, TrackPoint, Value, Want, World, holds_at,
};

/// The areas of an assessment: those of the panel, then those only the plan names.
#[derive(Debug)]
pub(super) struct Areas {
    pub(super) ids: Vec<String>,
    numbers: HashMap<String, AreaNo>,
    /// Areas by tier and by group.
    pub(super) groups: HashMap<String, Vec<AreaNo>>,
    pub(super) parents: Vec<Option<AreaNo>>,
    /// How many of the areas have observations.
    pub(super) observed: usize,
}

impl Areas {
    pub(super) fn new(document: &PlanDocument, panel: &Panel, table: Option<&TargetTable>) -> Self {
        let mut ids: Vec<String> = panel.areas.iter().map(str::to_owned).collect();
        let observed = ids.len();
        let mut numbers: HashMap<String, AreaNo> = ids.iter().cloned().enumerate().map(|(number, id)| (id, number)).collect();
        let mut add = |id: &str| {
            if !numbers.contains_key(id) {
                numbers.insert(id.to_owned(), ids.len());
                ids.push(id.to_owned());
            }
        };
        document.areas.keys().map(String::as_str).chain(table.into_iter().flat_map(TargetTable::areas)).for_each(&mut add);
        // A target for a tier that nobody declares is still a target: it gets a verdict of its own.
        let declared = |name: &str| document.areas.values().any(|area| area.tier.iter().chain(&area.groups).any(|id| id.as_str() == name));
        let tiers = document.indicators.values().flat_map(|indicator| &indicator.of);
        let named = document.targets.values().flat_map(|target| &target.areas).chain(tiers);
        named.map(Id::as_str).filter(|name| !declared(name)).for_each(&mut add);
        // Without any area there is still one place that is judged.
        if observed == 0 {
            add(document.area.as_ref().map_or("", Id::as_str));
        }
        let mut groups: HashMap<String, Vec<AreaNo>> = HashMap::new();
        let mut parents = vec![None; ids.len()];
        for (id, area) in &document.areas {
            let Some(number) = numbers.get(id) else { continue };
            for group in area.tier.iter().chain(&area.groups) {
                groups.entry(group.as_str().to_owned()).or_default().push(*number);
            }
            parents[*number] = area.parent.as_ref().and_then(|parent| numbers.get(parent.as_str())).copied();
        }
        for members in groups.values_mut() {
            members.sort_unstable();
            members.dedup();
        }
        Self { ids, numbers, groups, parents, observed }
    }

    pub(super) fn number(&self, id: &str) -> Option<AreaNo> {
        self.numbers.get(id).copied()
    }

    /// The areas a name stands for: a tier, a group, or one area.
    pub(super) fn named(&self, name: &str) -> Option<Vec<AreaNo>> {
        self.groups.get(name).cloned().or_else(|| self.number(name).map(|number| vec![number]))
    }

    /// Where a target holds that names no area: every area with observations, or the plan's own.
    pub(super) fn everywhere(&self, document: &PlanDocument) -> Vec<AreaNo> {
        if self.observed > 0 {
            return (0..self.observed).collect();
        }
        let home = document.area.as_ref().and_then(|id| self.number(id.as_str()));
        home.or((!self.ids.is_empty()).then_some(0)).into_iter().collect()
    }

    pub(super) fn is_below(&self, mut area: AreaNo, above: AreaNo) -> bool {
        for _ in 0..self.parents.len() {
            match self.parents[area] {
                Some(parent) if parent == above => return true,
                Some(parent) => area = parent,
                None => return false,
            }
        }
        false
    }

    /// The members of a tier or group that lie below an area; all of them where none states a
    /// parent.
    fn below(&self, group: &str, above: AreaNo) -> Option<Vec<AreaNo>> {
        let members = self.named(group)?;
        if members.iter().all(|member| self.parents[*member].is_none()) {
            return Some(members);
        }
        Some(members.into_iter().filter(|member| self.is_below(*member, above)).collect())
    }
}

/// A series that observations are taken from.
struct Source {
    key: SeriesKey,
    /// What its values are multiplied with; `None` where they cannot be compared.
    factor: Option<Exact>,
    flags: Flags,
}

type TrackKey = (AreaNo, IndicatorNo, Want);

/// The values of a group at a period, and what is asked of them: the name of a mark, or `variance`.
pub(super) struct Peers<'a> {
    pub(super) asked: &'a str,
    pub(super) group: &'a str,
    pub(super) indicator: IndicatorNo,
    pub(super) want: &'a Want,
    pub(super) at: Point,
}

type PeersKey = (String, String, IndicatorNo, Want, Point);

/// Plan, panel and the moment: everything a verdict looks at.
pub(super) struct Evidence<'a> {
    pub(super) document: &'a PlanDocument,
    pub(super) panel: &'a Panel,
    pub(super) areas: &'a Areas,
    pub(super) rules: &'a [Rule],
    pub(super) bounds: Option<&'a Bounds>,
    pub(super) as_of: Point,
    pub(super) vintage: Option<Point>,
    pub(super) threshold: Threshold,
    tracks: RefCell<HashMap<TrackKey, Rc<Track>>>,
    peers: RefCell<HashMap<PeersKey, Result<Exact, Reason>>>,
    memo: Memo,
}

impl World for Evidence<'_> {
    fn track(&self, area: AreaNo, indicator: IndicatorNo, want: &Want) -> Rc<Track> {
        let key = (area, indicator, want.clone());
        if let Some(track) = self.tracks.borrow().get(&key) {
            return track.clone();
        }
        let track = Rc::new(self.gather(area, indicator, want));
        self.tracks.borrow_mut().insert(key, track.clone());
        track
    }

    fn growth_from(&self, indicator: IndicatorNo) -> Option<IndicatorNo> {
        let publisher = self.indicator(indicator)?.growth_from.as_ref()?;
        self.document.indicators.get_index_of(publisher.as_str())
    }

    fn members(&self, group: &str, _: AreaNo) -> Option<Vec<AreaNo>> {
        self.areas.named(group)
    }

    fn rule(&self, rule: RuleNo, area: AreaNo) -> Cow<'_, Rule> {
        let general = &self.rules[rule];
        let own = self.bounds.and_then(|bounds| bounds.rule(self.document, area, general));
        own.map_or(Cow::Borrowed(general), Cow::Owned)
    }

    fn memo(&self) -> &Memo {
        &self.memo
    }

    fn as_of(&self) -> Point {
        self.as_of
    }
}

impl<'a> Evidence<'a> {
    pub(super) fn new(
        document: &'a PlanDocument,
        panel: &'a Panel,
        areas: &'a Areas,
        rules: &'a [Rule],
        bounds: Option<&'a Bounds>,
        request: &Request,
        as_of: Point,
    ) -> Self {
        let (vintage, threshold) = (request.vintage, request.threshold);
        Self {
            document,
            panel,
            areas,
            rules,
            bounds,
            as_of,
            vintage,
            threshold,
            tracks: RefCell::default(),
            peers: RefCell::default(),
            memo: Memo::default(),
        }
    }

    fn indicator(&self, number: IndicatorNo) -> Option<&Indicator> {
        self.document.indicators.get_index(number).map(|(_, indicator)| indicator)
    }

    /// A number that follows from the values of a group's members at a period; members without a
    /// value are left out. The group is read once for all who ask the same.
    pub(super) fn of_peers(
        &self,
        peers: &Peers<'_>,
        around: AreaNo,
        of: impl FnOnce(Vec<Exact>) -> Result<Exact, Reason>,
    ) -> Result<Exact, Reason> {
        let key = (peers.asked.to_owned(), peers.group.to_owned(), peers.indicator, peers.want.clone(), peers.at);
        if let Some(known) = self.peers.borrow().get(&key) {
            return known.clone();
        }
        let value = |member: AreaNo| self.track(member, peers.indicator, peers.want).at(peers.at).ok().map(|reading| reading.value.nominal);
        let members = self.members(peers.group, around).ok_or(Reason::GroupUnknown);
        let answer = members.and_then(|members| of(members.into_iter().filter_map(value).collect()));
        self.peers.borrow_mut().insert(key, answer.clone());
        answer
    }

    /// The observations of an indicator: its own, and what its formula adds where it has none.
    fn gather(&self, area: AreaNo, number: IndicatorNo, want: &Want) -> Track {
        let Some(indicator) = self.indicator(number) else { return Track::default() };
        let mut track = self.observed(area, number, indicator, want);
        if let Some(formula) = &indicator.formula {
            // A value that follows is better than one of another caliber.
            track.points.retain(|point| !matches!(point.value, Err(Gap::OtherCaliber)));
            let own: HashSet<(i32, i32)> = track.points.iter().map(|point| (point.start.first_day(), point.end.last_day())).collect();
            let derived = self.derived(area, formula, indicator, want);
            track.points.extend(derived.into_iter().filter(|point| !own.contains(&(point.start.first_day(), point.end.last_day()))));
            track.points.sort_by_key(|point| (point.end.last_day(), -point.start.first_day()));
        }
        track
    }

    fn observed(&self, area: AreaNo, number: IndicatorNo, indicator: &Indicator, want: &Want) -> Track {
        let mut track = Track { statistic: indicator.statistic, kind: indicator.kind, ..Track::default() };
        let id = self.document.indicators.get_index(number).map_or("", |(id, _)| id.as_str());
        let numbers = (self.panel.areas.find(&self.areas.ids[area]), self.panel.indicators.find(id));
        let (Some(area), Some(indicator_no)) = numbers else { return track };
        let breakdown = match &want.breakdown {
            None => None,
            Some(label) => match self.panel.labels.find(label) {
                Some(label) => Some(label),
                None => return track,
            },
        };
        let key = |caliber| SeriesKey { area, indicator: indicator_no, breakdown, caliber };
        for source in self.calibers(key, indicator, want) {
            let points = self.panel.points(source.key);
            let known: HashSet<(i32, i32)> = track.points.iter().map(|point| (point.start.first_day(), point.end.last_day())).collect();
            let mut index = 0;
            while index < points.len() {
                let first = &points[index];
                let same = points[index..].iter().take_while(|point| point.days() == first.days()).count();
                let versions = &points[index..index + same];
                index += same;
                let days = first.days();
                if days.1 > self.as_of.last_day() || known.contains(&days) {
                    continue;
                }
                track.points.extend(self.point(versions, indicator, &source));
            }
        }
        track.points.sort_by_key(|point| (point.end.last_day(), -point.start.first_day()));
        track
    }

    /// The series to take observations from, in order of preference: the wanted caliber, those that
    /// are linked to it, those that state none, and last the ones that cannot be compared.
    fn calibers(&self, key: impl Fn(Option<u32>) -> SeriesKey, indicator: &Indicator, want: &Want) -> Vec<Source> {
        let source = |key, factor, flag: Option<Flag>| {
            let mut flags = Flags::default();
            flag.into_iter().for_each(|flag| flags.add(flag));
            Source { key, factor, flags }
        };
        let plain = |key| source(key, Some(Exact::one()), None);
        let unfit = |label: &u32| source(key(Some(*label)), None, None);
        let base = key(None);
        let labels: Vec<u32> = (0..self.panel.labels.len() as u32).filter(|label| self.panel.has(key(Some(*label)))).collect();
        let has_plain = self.panel.has(base);
        let Some(wanted) = &want.caliber else {
            return match (has_plain, labels.as_slice()) {
                (true, labels) => std::iter::once(plain(base)).chain(labels.iter().map(unfit)).collect(),
                // Nothing else it could be compared with.
                (false, [only]) => vec![plain(key(Some(*only)))],
                (false, labels) => labels.iter().map(unfit).collect(),
            };
        };
        let (mut sources, mut unlinked) = (Vec::new(), Vec::new());
        // Of two links the one that is declared first counts, in whatever order the rows come.
        let declared = |label: &u32| indicator.links.iter().position(|link| link.from.as_str() == self.panel.labels.name(*label));
        let mut labels = labels;
        labels.sort_by_key(declared);
        for label in labels {
            let name = self.panel.labels.name(label);
            if name == wanted {
                sources.insert(0, plain(key(Some(label))));
            } else if let Some(factor) = indicator.link(name, wanted) {
                sources.push(source(key(Some(label)), Some(factor), Some(Flag::CaliberLinked)));
            } else {
                unlinked.push(unfit(&label));
            }
        }
        if has_plain {
            sources.push(source(base, Some(Exact::one()), Some(Flag::CaliberUnstated)));
        }
        sources.append(&mut unlinked);
        sources
    }

    /// The observation of one period as it was known at the vintage.
    fn point(&self, versions: &[Observation], indicator: &Indicator, source: &Source) -> Option<TrackPoint> {
        let known = |point: &&Observation| self.vintage.is_none_or(|vintage| vintage_day(point.vintage) <= vintage.last_day());
        let known: Vec<&Observation> = versions.iter().filter(known).collect();
        let latest = *known.last()?;
        let mut flags = source.flags;
        if known.len() > 1 {
            flags.add(Flag::Revised);
        }
        let status_flags = [
            ("P", Flag::Provisional),
            ("EIW", Flag::Estimated),
            ("B", Flag::Break),
            ("D", Flag::DefinitionDiffers),
            ("UVNG", Flag::LowReliability),
        ];
        for (codes, flag) in status_flags {
            if codes.chars().any(|code| latest.status.contains(code)) {
                flags.add(flag);
            }
        }
        let excluded = self.document.excluded_status.iter().any(|code| code.as_str().chars().all(|code| latest.status.contains(code)));
        let value = match (&source.factor, latest.is) {
            _ if latest.conflict => Err(Gap::Conflict),
            _ if excluded => Err(Gap::Missing),
            (None, _) => Err(Gap::OtherCaliber),
            (_, ValueIs::Masked) => Err(Gap::Masked),
            (_, ValueIs::Forecast) => Err(Gap::Forecast),
            (Some(factor), _) => self.value(latest, indicator, factor),
        };
        let (start, end) = (latest.start, latest.end);
        let span = if start == end { Some(start) } else { latest.period().as_point() };
        Some(TrackPoint { start, end, span, value, flags, row: latest.row })
    }

    /// The number in the indicator's unit, or why there is none.
    fn value(&self, observation: &Observation, indicator: &Indicator, factor: &Exact) -> Result<Value, Gap> {
        let unit = observation.unit.map(|unit| &self.panel.units[unit as usize]);
        let number = match &observation.reading {
            Reading::Missing => return Err(Gap::Missing),
            Reading::Word(word) => return word_number(word, indicator).map(Value::exact).ok_or(Gap::Missing),
            Reading::Number(number) if indicator.kind == Some(Kind::YesNo) => match *number {
                n if n == 1.into() => return Ok(Value::exact(Exact::one())),
                n if n == 0.into() => return Ok(Value::exact(Exact::zero())),
                _ => return Err(Gap::Missing),
            },
            Reading::Number(number) if indicator.kind == Some(Kind::Judgement) => {
                return word_number(&level_text(*number, unit), indicator).map(Value::exact).ok_or(Gap::Missing);
            }
            Reading::Number(number) => *number,
        };
        let scale = unit_factor(unit, indicator.unit.as_ref()).ok_or(Gap::OtherUnit)? * factor * observation.scale();
        let nominal = Exact::from(number) * &scale;
        let step = power_of_ten(number.scale()) * &scale;
        Ok(match (observation.is, observation.tolerance) {
            (ValueIs::AtLeast, _) => Value::between(nominal.clone(), Some(nominal), None),
            (ValueIs::About, Some(tolerance)) => {
                let tolerance = Exact::from(tolerance) * &scale;
                Value::between(nominal.clone(), Some(&nominal - &tolerance), Some(nominal + tolerance))
            }
            // Near, and nobody said how near: any decision would be a guess.
            (ValueIs::About, None) => Value::between(nominal, None, None),
            _ if self.threshold == Threshold::Digits => Value::rounded_to(nominal, &step),
            _ => Value::exact(nominal),
        })
    }

    /// The values a formula gives, for every period that its parts have in common.
    fn derived(&self, area: AreaNo, formula: &Formula, indicator: &Indicator, want: &Want) -> Vec<TrackPoint> {
        if let Some(target) = formula.share_meeting.as_ref().or(formula.count_meeting.as_ref()) {
            return self.meeting(area, formula, target);
        }
        let lists = [&formula.ratio, &formula.share, &formula.per, &formula.sum, &formula.difference];
        let Some(ids) = lists.into_iter().find_map(Option::as_ref) else { return Vec::new() };
        let parts: Vec<(Rc<Track>, Option<Unit>)> = ids
            .iter()
            .filter_map(|id| {
                let number = self.document.indicators.get_index_of(id.as_str())?;
                let want = Want { caliber: None, breakdown: want.breakdown.clone() };
                Some((self.track(area, number, &want), self.indicator(number)?.unit.clone()))
            })
            .collect();
        let Some((first, rest)) = parts.split_first() else { return Vec::new() };
        let mut points = Vec::new();
        for point in &first.0.points {
            let Ok(value) = &point.value else { continue };
            let mut flags = point.flags;
            let mut values = vec![value.clone()];
            for (track, _) in rest {
                if let Some(Ok(reading)) = track.over(point.start, point.end) {
                    flags.join(reading.flags);
                    values.push(reading.value);
                }
            }
            if values.len() != parts.len() {
                continue;
            }
            let units: Vec<Option<&Unit>> = parts.iter().map(|(_, unit)| unit.as_ref()).collect();
            flags.add(Flag::Derived);
            if let Some(value) = combine(formula, &values, &units, indicator) {
                points.push(TrackPoint { value: Ok(value), flags, ..point.clone() });
            }
        }
        points
    }

    /// The share or number of areas that meet a target, for every period with observations of any
    /// of them. Areas that cannot be judged stay in the denominator: the value is a range then.
    fn meeting(&self, area: AreaNo, formula: &Formula, target: &Id) -> Vec<TrackPoint> {
        let Some(rule) = self.document.targets.get_index_of(target.as_str()) else { return Vec::new() };
        let members = match &formula.of {
            Some(group) => self.areas.below(group.as_str(), area).unwrap_or_default(),
            None => (0..self.areas.observed).filter(|member| *member != area).collect(),
        };
        if members.is_empty() {
            return Vec::new();
        }
        let mut indicators = Vec::new();
        self.indicators_of(rule, &mut HashSet::new(), &mut indicators);
        let mut periods: Vec<Point> = Vec::new();
        for member in &members {
            for (indicator, want) in &indicators {
                periods.extend(self.track(*member, *indicator, want).points.iter().filter_map(|point| point.span));
            }
        }
        periods.sort_unstable();
        periods.dedup();
        let is_share = formula.share_meeting.is_some();
        let scaled = |count: usize| {
            let count = Exact::from(count as i64);
            if is_share { count * Exact::ratio(100, members.len() as i64) } else { count }
        };
        let point = |period: Point| {
            let answers: Vec<Option<bool>> = members.iter().map(|member| holds_at(self, rule, *member, period)).collect();
            let met = answers.iter().filter(|answer| **answer == Some(true)).count();
            let unknown = answers.iter().filter(|answer| answer.is_none()).count();
            let value = match unknown {
                0 => Value::exact(scaled(met)),
                _ => Value::between(scaled(met), Some(scaled(met)), Some(scaled(met + unknown))),
            };
            let mut flags = Flags::default();
            flags.add(Flag::Derived);
            TrackPoint { start: period, end: period, span: Some(period), value: Ok(value), flags, row: 0 }
        };
        periods.into_iter().map(point).collect()
    }

    fn indicators_of(&self, rule: RuleNo, seen: &mut HashSet<RuleNo>, found: &mut Vec<(IndicatorNo, Want)>) {
        if !seen.insert(rule) {
            return;
        }
        match &self.rules[rule].body {
            crate::verdict::Body::Single(single) => found.push((single.indicator, single.want.clone())),
            crate::verdict::Body::Combined(_, members) => {
                members.iter().for_each(|member| self.indicators_of(*member, seen, found));
            }
        }
    }
}

/// A level that starts with a number, as it was written: `3`, `5A`.
pub(super) fn level_text(number: rust_decimal::Decimal, unit: Option<&Unit>) -> String {
    format!("{}{}", number.normalize(), unit.map_or("", Unit::as_str))
}

/// What a number in one unit is multiplied with to be in another; an unstated unit is the wanted one.
fn unit_factor(from: Option<&Unit>, to: Option<&Unit>) -> Option<Exact> {
    match (from, to) {
        (Some(from), Some(to)) => from.factor_to(to),
        (Some(_), None) => None,
        (None, _) => Some(Exact::one()),
    }
}

/// One value of a formula, in the indicator's unit.
fn combine(formula: &Formula, values: &[Value], units: &[Option<&Unit>], indicator: &Indicator) -> Option<Value> {
    let wanted = indicator.unit.as_ref();
    let converted = |index: usize| unit_factor(units[index], wanted).map(|factor| values[index].map(|value| value * &factor));
    if formula.sum.is_some() {
        let mut total = converted(0)?;
        for index in 1..values.len() {
            total = total.plus(&converted(index)?);
        }
        return Some(total);
    }
    if formula.difference.is_some() {
        return Some(converted(0)?.minus(&converted(1)?));
    }
    let quotient = values[0].over(&values[1])?;
    let factor = match (units[0], units[1], wanted) {
        (Some(above), Some(below), Some(wanted)) if formula.per.is_none() => above.over(below)?.factor_to(wanted)?,
        (Some(above), Some(below), Some(wanted)) if above.over(below).is_some_and(|unit| unit.converts_to(wanted)) => {
            above.over(below)?.factor_to(wanted)?
        }
        _ => match (&formula.n, formula.share.is_some()) {
            (Some(n), _) => Exact::from(n.get()),
            (None, true) => Exact::from(100),
            (None, false) => Exact::one(),
        },
    };
    Some(quotient.map(|quotient| quotient * &factor))
}
