//! The parameters of methods: `eurostat-2019?window=5&baseline=2014`.

use super::MethodInfo;
use crate::finding::{Code, Finding};
use crate::number::{Exact, parse_decimal};
use crate::period::{Period, Point};
use crate::plan::{Schedule, ScheduleWord};
use crate::text::msg;

const BASELINE: (&str, &str) = ("baseline", "a year such as 2015: the base year, instead of the target's");
const DEADLINE: (&str, &str) = ("deadline", "a year such as 2030: the target year, instead of the target's");
const WINDOW: (&str, &str) =
    ("window", "a number of years: so many back from the latest value, instead of a base year; at least two thirds of them must be there");
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
    /// Reads `key=value&key=value`; reports every pair that cannot be taken.
    pub(super) fn read(info: &MethodInfo, query: &str) -> Result<Self, Vec<Finding>> {
        let mut parameters = Self::default();
        let mut findings = Vec::new();
        let mut seen: Vec<&str> = Vec::new();
        let name = info.id;
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let known = info.parameters.iter().find(|(name, _)| *name == key);
            let problem = match known {
                None => {
                    let names: Vec<&str> = info.parameters.iter().map(|(name, _)| *name).collect();
                    let names = if names.is_empty() { "–".to_owned() } else { names.join(", ") };
                    Some(msg!("parameters: {names}", "参数:{names}"))
                }
                Some(_) if seen.contains(&key) => Some(msg!("give `{key}` once", "`{key}`只能写一次")),
                Some(_) if matches!(key, "window" | "baseline") && seen.iter().any(|other| matches!(*other, "window" | "baseline")) => {
                    Some(msg!("give `window` or `baseline`, not both", "`window`与`baseline`只能选一"))
                }
                Some((_, meaning)) => parameters.set(key, value).is_none().then(|| msg!("`{key}`: {meaning}", "`{key}`:{meaning}")),
            };
            seen.push(key);
            let finding =
                |help| Finding::new(Code::BadParameter, msg!("`{name}` does not take `{pair}`", "`{name}`不接受`{pair}`")).help(help);
            findings.extend(problem.map(finding));
        }
        if findings.is_empty() { Ok(parameters) } else { Err(findings) }
    }

    fn set(&mut self, key: &str, value: &str) -> Option<()> {
        let positive = || parse_decimal(value).ok().map(Exact::from).filter(Exact::is_positive);
        let point = || value.parse::<Period>().ok()?.end();
        match key {
            "schedule" => {
                let word = |word: &str| ScheduleWord::from_word(word).map(Schedule::Word);
                self.schedules = value.split(',').map(word).collect::<Option<_>>()?;
                // The same one twice would give its class twice.
                let twice = (1..self.schedules.len()).any(|index| self.schedules[..index].contains(&self.schedules[index]));
                (!twice).then_some(())?;
            }
            "window" => self.window = Some(value.parse().ok().filter(|years| (1..=500).contains(years))?),
            "baseline" => self.baseline = Some(point()?),
            "deadline" => self.deadline = Some(point()?),
            "reference" => self.reference = Some(point()?),
            "among" => self.among = Some(Some(value.to_owned()).filter(|name| !name.is_empty())?),
            "points" => self.points = Some(positive()?),
            "granularity" => self.granularity = Some(positive()?),
            "unverified" => self.unverified = (value == "yes").then_some(true)?,
            _ => return None,
        }
        Some(())
    }
}
