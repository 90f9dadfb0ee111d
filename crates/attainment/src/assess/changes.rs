//! What changed from one assessment to another.

use std::collections::HashMap;

use super::Assessment;
use crate::document::push_segment;
use crate::period::Point;
use crate::plan::{Change, ChangeKind, Diff};
use crate::verdict::{Pace, Verdict};

/// What makes two verdicts answers to one question.
type Key<'a> = (&'a str, &'a str, Option<Point>, Option<&'a str>);

impl Assessment {
    /// The verdicts and categories that are others in a later assessment.
    ///
    /// Two assessments of one moment each are compared as they stand, whichever moments those are;
    /// with several moments verdicts of the same moment are compared. Where a target has several
    /// schedules, the class on each is compared.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Lang, Panel, Plan, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: energy, indicators: {saved: {name: Energy saved, unit: percent, direction: increase}}, targets: {saved: {indicator: saved, at_least: 16%, by: 2015, baseline: {at: 2010, value: 0%}}}}", Format::Yaml)?;
    /// # let panel = Panel::from_records([Record::new("Ningxia", "saved", 2013, 5), Record::new("Ningxia", "saved", 2014, 13)]);
    /// let at = |year: i32| plan.assess(&panel, &AssessOptions::new().as_of(year).method("linear"));
    /// let diff = at(2013)?.diff(&at(2014)?);
    /// assert_eq!(diff.to_text(Lang::En), "`saved` of `Ningxia` has another category by `linear`: behind → on_track\n");
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn diff(&self, later: &Self) -> Diff {
        let by_moment = self.answered.request.as_of.len() > 1 || later.answered.request.as_of.len() > 1;
        let (before, after) = (places(self, by_moment), places(later, by_moment));
        let mut changes = Vec::new();
        let mut attained_told = None;
        for verdict in later.verdicts() {
            match before.get(&key_of(verdict, by_moment)).map(|place| &self.verdicts()[*place]) {
                None => changes.push(change(ChangeKind::Added, verdict, method_of(verdict), None, Some(answer(verdict)))),
                Some(earlier) => {
                    // Whether it is attained does not depend on the method: said once.
                    let question = (&verdict.target, &verdict.area, verdict.as_of);
                    let (was, is) = (earlier.attained.state, verdict.attained.state);
                    if was != is && attained_told != Some(question) {
                        attained_told = Some(question);
                        changes.push(change(ChangeKind::AttainedChanged, verdict, None, Some(was.to_string()), Some(is.to_string())));
                    }
                    if let (Some(was), Some(is)) = (&earlier.pace, &verdict.pace) {
                        changes.extend(classes(was, is, verdict));
                    }
                }
            }
        }
        let dropped = self.verdicts().iter().filter(|verdict| !after.contains_key(&key_of(verdict, by_moment)));
        changes.extend(dropped.map(|verdict| change(ChangeKind::Dropped, verdict, method_of(verdict), Some(answer(verdict)), None)));
        Diff { changes }
    }
}

/// Where the answer to each question stands.
fn places(assessment: &Assessment, by_moment: bool) -> HashMap<Key<'_>, usize> {
    assessment.verdicts().iter().enumerate().map(|(place, verdict)| (key_of(verdict, by_moment), place)).collect()
}

fn key_of(verdict: &Verdict, by_moment: bool) -> Key<'_> {
    let method = verdict.pace.as_ref().map(|pace| pace.method.as_str());
    (&verdict.target, &verdict.area, by_moment.then_some(verdict.as_of), method)
}

/// The changes of class, on each schedule where there are several.
fn classes(was: &Pace, is: &Pace, verdict: &Verdict) -> Vec<Change> {
    if was.schedules.is_empty() || is.schedules.is_empty() {
        // One word may stand for two places on the common scale: they are told apart then.
        let same_word = was.category == is.category && was.reason == is.reason;
        let word = |pace: &Pace| match (pace.category.as_deref(), pace.scale) {
            (Some(category), Some(scale)) if same_word => Some(format!("{category} ({scale})")),
            (category, _) => class(category, pace.reason.map(|reason| reason.as_str())),
        };
        let differs = !same_word || was.scale != is.scale;
        let method = Some(is.method.clone());
        return differs.then(|| change(ChangeKind::CategoryChanged, verdict, method, word(was), word(is))).into_iter().collect();
    }
    let mut changes = Vec::new();
    for now in &is.schedules {
        let Some(before) = was.schedules.iter().find(|before| before.schedule == now.schedule) else { continue };
        let of = |one: &crate::verdict::ScheduledPace| class(one.category.as_deref(), one.reason.map(|reason| reason.as_str()));
        if of(before) != of(now) {
            let method = format!("{}, {}", is.method, now.schedule);
            changes.push(change(ChangeKind::CategoryChanged, verdict, Some(method), of(before), of(now)));
        }
    }
    changes
}

/// The category, or why there is none.
fn class(category: Option<&str>, reason: Option<&str>) -> Option<String> {
    category.or(reason).map(str::to_owned)
}

fn method_of(verdict: &Verdict) -> Option<String> {
    verdict.pace.as_ref().map(|pace| pace.method.clone())
}

fn answer(verdict: &Verdict) -> String {
    verdict.attained.state.to_string()
}

fn change(kind: ChangeKind, verdict: &Verdict, method: Option<String>, before: Option<String>, after: Option<String>) -> Change {
    let mut path = String::new();
    for segment in ["targets", verdict.target.as_str()] {
        push_segment(&mut path, segment);
    }
    Change { kind, path, target: Some(verdict.target.clone()), area: Some(verdict.area.clone()), method, moves: Vec::new(), before, after }
}
