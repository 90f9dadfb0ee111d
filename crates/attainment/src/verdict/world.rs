//! What surrounds the target that is judged.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::attained::Judged;
use super::group::{GroupKey, GroupValues};
use super::rule::{AreaNo, IndicatorNo, Rule, RuleNo, Want};
use super::timeline::Track;
use crate::period::Point;

/// Answers on targets that others are made of. A target may be a member of many, and those of many
/// again: without it the work doubles with each floor.
#[derive(Default)]
pub(crate) struct Memo {
    pub(super) judged: RefCell<HashMap<(RuleNo, AreaNo), Judged>>,
    pub(super) held: RefCell<HashMap<(RuleNo, AreaNo, Point), Option<bool>>>,
    pub(super) groups: RefCell<HashMap<GroupKey, Rc<GroupValues>>>,
}

/// What surrounds the target that is judged.
pub(crate) trait World {
    /// The usable observations of an indicator in an area, up to `as_of`.
    fn track(&self, area: AreaNo, indicator: IndicatorNo, want: &Want) -> std::rc::Rc<Track>;
    /// The indicator that publishes another one's growth.
    fn growth_from(&self, indicator: IndicatorNo) -> Option<IndicatorNo>;
    /// The areas of a group or tier as seen from an area; `None` where there is no such group.
    fn members(&self, group: &str, around: AreaNo) -> Option<Vec<AreaNo>>;
    /// A rule, with the bound, time and baseline of the area's own where it has some.
    fn rule(&self, rule: RuleNo, area: AreaNo) -> Cow<'_, Rule>;
    /// What is known already.
    fn memo(&self) -> &Memo;
    /// Observations of periods that end later are not used.
    fn as_of(&self) -> Point;
}
