//! The parameters of methods: `eurostat-2019?window=5&baseline=2014`.

use super::MethodInfo;
use crate::finding::{Code, Finding};
use crate::number::{Exact, parse_decimal};
use crate::period::{Period, Point};
use crate::plan::{Schedule, ScheduleWord};
use crate::text::msg;

const BASELINE: (&str, &str) = ("baseline", "the base year, instead of the target's");
const DEADLINE: (&str, &str) = ("deadline", "the target year, instead of the target's");
const WINDOW: (&str, &str) =
    ("window", "so many years back from the latest value, instead of a base year; at least two thirds of them must be there");
const UNVERIFIED: (&str, &str) = ("unverified", "`yes` accepts a method that is not verified");

/// What every method of growth takes.
pub(super) const PARAMETERS: &[(&str, &str)] = &[BASELINE, DEADLINE];
/// The same where the method is not verified.
pub(super) const UNVERIFIED_PARAMETERS: &[(&str, &str)] = &[BASELINE, DEADLINE, UNVERIFIED];
/// What methods take that can look back a fixed time.
pub(super) const WINDOW_PARAMETERS: &[(&str, &str)] = &[WINDOW, BASELINE, DEADLINE];
/// The same where the method is not verified.
pub(super) const UNVERIFIED_WINDOW_PARAMETERS: &[(&str, &str)] = &[WINDOW, BASELINE, DEADLINE, UNVERIFIED];

/// The parameters, read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Parameters {
    /// Schedules that replace the plan's.
    pub(super) schedules: Vec<Schedule>,
    pub(super) window: Option<u32>,
    pub(super) baseline: Option<Point>,
    pub(super) deadline: Option<Point>,
    pub(super) among: Option<String>,
    pub(super) reference: Option<Point>,
    pub(super) points: Option<Exact>,
    pub(super) granularity: Option<Exact>,
    pub(super) unverified: bool,
}

impl Parameters {
    /// Reads `key=value&key=value`.
    pub(super) fn read(info: &MethodInfo, query: &str) -> Result<Self, Finding> {
        let mut parameters = Self::default();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let is_known = info.parameters.iter().any(|(name, _)| *name == key);
            if !is_known || parameters.set(key, value).is_none() {
                let known: Vec<&str> = info.parameters.iter().map(|(name, _)| *name).collect();
                let (name, known) = (info.id, known.join(", "));
                let help = match info.parameters.iter().find(|(name, _)| *name == key) {
                    Some((_, meaning)) => msg!("`{key}`: {meaning}", "`{key}`:{meaning}"),
                    None => msg!("parameters: {known}", "参数:{known}"),
                };
                return Err(Finding::new(Code::BadParameter, msg!("`{name}` does not take `{pair}`", "`{name}`不接受`{pair}`")).help(help));
            }
        }
        Ok(parameters)
    }

    fn set(&mut self, key: &str, value: &str) -> Option<()> {
        let positive = || parse_decimal(value).ok().map(Exact::from).filter(Exact::is_positive);
        let point = || value.parse::<Period>().ok()?.end();
        match key {
            "schedule" => {
                let word = |word: &str| ScheduleWord::from_word(word).map(Schedule::Word);
                self.schedules = value.split(',').map(word).collect::<Option<_>>()?;
            }
            "window" => self.window = Some(value.parse().ok().filter(|years| (1..=500).contains(years))?),
            "baseline" => self.baseline = Some(point()?),
            "deadline" => self.deadline = Some(point()?),
            "reference" => self.reference = Some(point()?),
            "among" => self.among = Some(value.to_owned()).filter(|name| !name.is_empty()),
            "points" => self.points = Some(positive()?),
            "granularity" => self.granularity = Some(positive()?),
            "unverified" => self.unverified = (value == "yes").then_some(true)?,
            _ => return None,
        }
        Some(())
    }
}
