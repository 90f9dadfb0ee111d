//! Areas: whatever is judged.

use crate::document::{Id, Many, Text, document};
use crate::period::Period;

document! {
    /// A place, or whatever else is judged: a country, a county, an enterprise, a school.
    pub struct Area {
        /// What it is called.
        name: Option<Text>,
        /// Its kind or rank, in a word of the plan's own: 国家, 省, 市, 县, 企业, country.
        tier: Option<Id>,
        /// The area it belongs to.
        parent: Option<Id>,
        /// The groups it is a member of, such as `oecd`.
        groups: Many<Id>,
        /// When it existed as it is.
        valid: Option<Period>,
        /// The area that took it over.
        merged_into: Option<Id>,
        /// Anything else worth saying.
        note: Option<Text>,
    }
}
