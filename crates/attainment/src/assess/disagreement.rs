//! Where methods disagree, and why.

use serde::Serialize;

use super::{Assessment, run};
use crate::period::Point;
use crate::text::Message;
use crate::verdict::{Scale, Verdict};

/// One target in one area on which methods disagree.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Disagreement {
    /// The target.
    pub target: String,
    /// The area.
    pub area: String,
    /// Up to the end of which period observations were used.
    pub as_of: Point,
    /// Whether some call it on track or done and others do not.
    pub on_track_or_not: bool,
    /// What each method says, in the order they were asked for; those without a category left out.
    pub views: Vec<View>,
}

/// What one method says.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct View {
    /// The method.
    pub method: String,
    /// The category in its own words.
    pub category: String,
    /// The category on the common scale.
    pub scale: Scale,
    /// The number it decides by.
    pub value: Option<f64>,
    /// The comparison that decided.
    pub because: Message,
}

impl Disagreement {
    /// The disagreement in one line.
    pub fn message(&self) -> Message {
        let (target, as_of) = (&self.target, self.as_of);
        let area = |of: &str| if self.area.is_empty() { String::new() } else { format!("{of}`{}`", self.area) };
        let views = |text: fn(&Message) -> &str, between: &str| {
            let views: Vec<String> =
                self.views.iter().map(|view| format!("`{}` ({}): {}", view.method, view.scale, text(&view.because))).collect();
            views.join(between)
        };
        Message {
            en: format!("`{target}`{}, {as_of}: {}", area(" of "), views(|message| &message.en, "; ")),
            zh: format!("`{target}`{}，{as_of}：{}", area(" "), views(|message| &message.zh, "；")),
        }
    }
}

impl Assessment {
    /// The targets on which the methods asked for disagree on the common scale, with the comparison
    /// each decided by.
    ///
    /// ```
    /// # use attainment::{AssessOptions, Format, Panel, Plan, Record};
    /// # let plan = Plan::parse("{attainment: 1, id: agenda-2030, indicators: {poverty: {name: Poverty rate, unit: percent, direction: decrease}}, targets: {poverty: {indicator: poverty, at_most: 7.25%, by: 2030, baseline: 2015}}}", Format::Yaml)?;
    /// let panel = Panel::from_records([Record::new("CA", "poverty", 2015, "14.5"), Record::new("CA", "poverty", 2023, "10.25")]);
    /// let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2023).method("statcan-2025").method("unsd-2023"))?;
    /// let [poverty] = &assessment.disagreements()[..] else { panic!() };
    /// assert!(poverty.on_track_or_not);
    /// assert_eq!(
    ///     poverty.views[0].because.en,
    ///     "actual over required growth a year 0.939633 ≥ 0.6 and < 0.95: moderate_progress"
    /// );
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn disagreements(&self) -> Vec<Disagreement> {
        let same_question =
            |one: &Verdict, other: &Verdict| one.target == other.target && one.area == other.area && one.as_of == other.as_of;
        let mut found: Vec<(&Verdict, Vec<&Verdict>)> = Vec::new();
        for verdicts in self.verdicts().chunk_by(same_question) {
            let answered: Vec<&Verdict> = verdicts.iter().filter(|verdict| scale(verdict).is_some()).collect();
            if let [first, rest @ ..] = answered.as_slice()
                && rest.iter().any(|verdict| scale(verdict) != scale(first))
            {
                found.push((first, answered));
            }
        }
        let disputed: Vec<&Verdict> = found.iter().flat_map(|(_, verdicts)| verdicts.iter().copied()).collect();
        let mut reasons = run::decisions(&self.answered.setting(), &disputed).into_iter();
        let mut disagreements = Vec::with_capacity(found.len());
        for (first, verdicts) in found {
            let on_track = |verdict: &&&Verdict| matches!(scale(verdict), Some(Scale::Done | Scale::OnTrack));
            let on_track = verdicts.iter().filter(on_track).count();
            let views = verdicts.iter().zip(&mut reasons).filter_map(|(verdict, because)| view(verdict, because));
            disagreements.push(Disagreement {
                target: first.target.clone(),
                area: first.area.clone(),
                as_of: first.as_of,
                on_track_or_not: (1..verdicts.len()).contains(&on_track),
                views: views.collect(),
            });
        }
        disagreements
    }
}

fn scale(verdict: &Verdict) -> Option<Scale> {
    verdict.pace.as_ref()?.scale
}

fn view(verdict: &Verdict, because: Message) -> Option<View> {
    let pace = verdict.pace.as_ref()?;
    Some(View {
        method: pace.method.clone(),
        category: pace.category.as_deref()?.to_owned(),
        scale: pace.scale?,
        value: pace.value,
        because,
    })
}
