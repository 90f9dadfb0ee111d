//! Whether the parts of a plan fit together.

mod bound;
mod cycles;
mod indicator;
mod target;

use std::collections::BTreeSet;

use super::PlanDocument;
use super::bounds::amount;
use super::indicator::Kind;
use super::scheme::PlanScheme;
use super::target::{Bound, Measure, Schedule, ShareSchedule, Stated};
use crate::document::{Id, push_segment, version_finding};
use crate::finding::{Code, Finding};
use crate::period::Period;
use crate::quantity::Quantity;
use crate::text::{Message, msg, shorten};

/// Every finding of the stage `Meaning`, with a path and without a place in the text.
pub(super) fn check(document: &PlanDocument) -> Vec<Finding> {
    let mut check = Check { document, names: area_names(document), path: String::new(), findings: Vec::new() };
    check.header();
    check.section("areas", &document.areas, Check::area);
    check.section("indicators", &document.indicators, Check::indicator);
    check.section("targets", &document.targets, Check::target);
    check.section("observations", &document.observations, Check::observation);
    check.others();
    check.cycles();
    if let Some(PlanScheme::Document(scheme)) = &document.scheme {
        let within = |finding: Finding| Finding { path: format!("/scheme{}", finding.path), ..finding };
        check.findings.extend(super::scheme::check(scheme).into_iter().map(within));
    }
    check.findings
}

/// Areas, tiers and groups that the plan declares.
fn area_names(document: &PlanDocument) -> BTreeSet<&str> {
    let mut names: BTreeSet<&str> = document.area.iter().map(Id::as_str).collect();
    for (id, area) in &document.areas {
        names.insert(id);
        names.extend(area.tier.iter().chain(&area.groups).map(Id::as_str));
    }
    names
}

struct Check<'a> {
    document: &'a PlanDocument,
    names: BTreeSet<&'a str>,
    path: String,
    findings: Vec<Finding>,
}

impl<'a> Check<'a> {
    fn report(&mut self, code: Code, message: Message, help: Message) {
        self.findings.push(Finding::new(code, message).at(self.path.clone()).help(help));
    }

    fn within(&mut self, segment: &str, check: impl FnOnce(&mut Self)) {
        let length = self.path.len();
        push_segment(&mut self.path, segment);
        check(self);
        self.path.truncate(length);
    }

    fn section<T>(&mut self, name: &str, items: &'a indexmap::IndexMap<String, T>, check: fn(&mut Self, &'a T)) {
        self.within(name, |this| {
            for (id, item) in items {
                this.within(id, |this| check(this, item));
            }
        });
    }

    fn header(&mut self) {
        self.findings.extend(version_finding(&self.document.attainment));
        {
            let (key, period) = ("window", &self.document.window);
            self.within(key, |this| this.period(period.as_ref()));
        }
        let Some(defaults) = &self.document.defaults else { return };
        self.within("defaults", |this| {
            for (key, period) in [("by", &defaults.by), ("during", &defaults.during), ("each", &defaults.each)] {
                this.within(key, |this| this.period(period.as_ref()));
            }
            this.within("areas", |this| this.named_areas(&defaults.areas));
            this.schedules(&defaults.schedule);
        });
    }

    /// The shares of a schedule are numbers, and its steps are periods.
    fn schedules(&mut self, schedules: &[Schedule]) {
        self.within("schedule", |this| {
            for (index, schedule) in schedules.iter().enumerate() {
                match schedule {
                    Schedule::Shares(shares) if schedules.len() == 1 => this.shares(shares),
                    Schedule::Shares(shares) => this.within(&index.to_string(), |this| this.shares(shares)),
                    Schedule::Word(_) => {}
                }
            }
        });
    }

    fn shares(&mut self, shares: &ShareSchedule) {
        self.within("steps", |this| {
            for (key, share) in &shares.steps {
                this.within(key, |this| {
                    this.step_period(key);
                    this.share(share);
                });
            }
        });
        self.within("seasonal", |this| {
            for (index, share) in shares.seasonal.iter().enumerate() {
                this.within(&index.to_string(), |this| this.share(share));
            }
        });
    }

    fn step_period(&mut self, key: &str) {
        let shown = shorten(key);
        match key.parse::<Period>() {
            Ok(period @ Period::Masked(_)) => self.period(Some(&period)),
            Ok(period) if period.end().is_some() => {}
            Ok(_) | Err(_) => self.report(
                Code::BadPeriod,
                msg!("`{shown}` is not a period that ends", "`{shown}`不是有终点的期"),
                msg!("write the period a step is reached by, such as `2025` or `2025-Q2`", "请写达到该步的期,如`2025`或`2025-Q2`"),
            ),
        }
    }

    /// A share of a schedule: a percentage or a plain number.
    fn share(&mut self, share: &Quantity) {
        self.stated(share);
        if share.unit().is_some_and(|unit| !unit.is_percent()) {
            self.report(
                Code::UnitMismatch,
                msg!("`{share}` is not a share", "`{share}`不是份额"),
                msg!("write a percentage such as `20%`, or a number from 0 to 1", "请写百分数(如`20%`)或0到1之间的数"),
            );
        }
    }

    /// A number that is masked or not known decides nothing.
    fn stated(&mut self, quantity: &Quantity) {
        match (quantity.value(), quantity.is_masked()) {
            (Some(_), _) => {}
            (None, true) => self.masked(quantity),
            (None, false) => self.unknown(),
        }
    }

    fn masked(&mut self, quantity: &Quantity) {
        self.report(
            Code::MaskedValue,
            msg!("the number `{quantity}` is masked", "数值`{quantity}`被遮蔽"),
            msg!("write the digits once they are known; until then it decides nothing", "得知后请写出数字;在此之前无法据以判定"),
        );
    }

    fn unknown(&mut self) {
        self.report(
            Code::UnknownBound,
            msg!("the number is not stated", "数值没有给出"),
            msg!("write the number once it is known; until then it decides nothing", "得知后请写出数值;在此之前无法据以判定"),
        );
    }

    fn period(&mut self, period: Option<&Period>) {
        if let Some(Period::Masked(text)) = period {
            self.report(
                Code::MaskedValue,
                msg!("the period `{text}` is masked", "期`{text}`被遮蔽"),
                msg!("write the period once it is known; until then it decides nothing", "得知后请写出期;在此之前无法据以判定"),
            );
        }
    }

    fn area(&mut self, area: &'a super::Area) {
        if let Some(parent) = &area.parent {
            self.within("parent", |this| this.known_id(parent, &this.document.areas, "areas"));
        }
        if let Some(heir) = &area.merged_into {
            self.within("merged_into", |this| this.known_id(heir, &this.document.areas, "areas"));
        }
    }

    fn named_areas<'b>(&mut self, names: impl IntoIterator<Item = &'b Id>) {
        for name in names {
            if !self.names.contains(name.as_str()) {
                self.report(
                    Code::UndeclaredArea,
                    msg!("`{name}` is no declared area, tier or group", "`{name}`不是已声明的地区、层级或分组"),
                    msg!("declare it under `areas`, or the observations must name it", "请在`areas`中声明,否则须由实绩数据给出"),
                );
            }
        }
    }

    fn known_id<T>(&mut self, id: &Id, known: &indexmap::IndexMap<String, T>, section: &str) {
        if known.contains_key(id.as_str()) {
            return;
        }
        let message = msg!("`{section}` has no `{id}`", "`{section}`中没有`{id}`");
        // Every suggestion is a walk over the ids, so a document full of problems gets no more.
        let keys: Vec<&str> = if self.findings.len() < 1000 { known.keys().map(String::as_str).collect() } else { Vec::new() };
        match crate::document::nearest_word(id.as_str(), &keys) {
            Some(near) => self.report(Code::UnknownReference, message, msg!("did you mean `{near}`?", "是否为`{near}`?")),
            None if keys.is_empty() => {
                self.report(Code::UnknownReference, message, msg!("declare `{id}` under `{section}`", "请在`{section}`中声明`{id}`"))
            }
            None => {
                let known = shorten(&keys.iter().take(10).copied().collect::<Vec<_>>().join(", "));
                self.report(Code::UnknownReference, message, msg!("known ids: {known}", "可用的标识:{known}"));
            }
        }
    }

    /// A pair may name a target or an observation.
    fn pair(&mut self, pair: Option<&super::Pair>) {
        let Some(pair) = pair else { return };
        if !self.document.observations.contains_key(pair.with.as_str()) {
            self.within("pair", |this| this.within("with", |this| this.known_id(&pair.with, &this.document.targets, "targets")));
        }
    }

    fn observation(&mut self, observation: &'a super::StatedObservation) {
        let id = &observation.indicator;
        self.within("indicator", |this| this.known_id(id, &this.document.indicators, "indicators"));
        self.within("at", |this| this.period(observation.at.as_ref()));
        if observation.at.is_none() {
            self.report(
                Code::NoPeriod,
                msg!("the observation states no period", "该实绩没有期"),
                msg!("add `at`; without it the value cannot be compared", "请写`at`;否则无法比较"),
            );
        }
        if let Some(id) = &observation.repeats {
            self.within("repeats", |this| this.known_id(id, &this.document.observations, "observations"));
        }
        self.pair(observation.pair.as_ref());
        if let Some(among) = &observation.among {
            self.among(among, observation.measure.is_some_and(Measure::is_among_areas));
        }
        let Some(indicator) = self.document.indicators.get(id.as_str()) else { return };
        self.within("value", |this| match &observation.value {
            Bound::Stated(Stated::Quantity(quantity)) if !indicator.is_qualitative() => {
                if let Err(finding) = amount(quantity, observation.measure.unwrap_or(Measure::Level), indicator) {
                    this.findings.push(finding.at(this.path.clone()));
                }
            }
            Bound::Stated(stated) if indicator.is_qualitative() => {
                // `1级` reads as a number with a unit and may be the name of a level.
                let stated = stated.to_string();
                let known =
                    indicator.kind == Some(Kind::YesNo) && matches!(stated.as_str(), "yes" | "no") || indicator.level(&stated).is_some();
                if !known {
                    this.report(
                        Code::LevelUnknown,
                        msg!("`{stated}` is not a value of this indicator", "`{stated}`不是该指标的取值"),
                        indicator.values_help(),
                    );
                }
            }
            _ => this.report(Code::BadBound, msg!("the value does not fit the indicator", "取值与指标不符"), indicator.values_help()),
        });
    }

    fn others(&mut self) {
        let document = self.document;
        self.within("tasks", |this| {
            for (id, task) in &document.tasks {
                this.within(id, |this| {
                    for target in &task.targets {
                        this.within("targets", |this| this.known_id(target, &document.targets, "targets"));
                    }
                    for instrument in &task.instruments {
                        this.within("instruments", |this| this.known_id(instrument, &document.instruments, "instruments"));
                    }
                    if let Some(parent) = &task.parent {
                        this.within("parent", |this| this.known_id(parent, &document.tasks, "tasks"));
                    }
                });
            }
        });
        self.within("compositions", |this| {
            for (id, composition) in &document.compositions {
                this.within(id, |this| {
                    for part in composition.parts.iter().chain(&composition.whole) {
                        this.known_id(part, &document.indicators, "indicators");
                    }
                });
            }
        });
        self.within("evaluations", |this| {
            for (id, evaluation) in &document.evaluations {
                this.within(id, |this| {
                    for target in &evaluation.targets {
                        this.within("targets", |this| this.known_id(target, &document.targets, "targets"));
                    }
                });
            }
        });
        self.within("overrides", |this| {
            for entry in &document.overrides {
                this.known_id(&entry.target, &document.targets, "targets");
            }
        });
    }
}
