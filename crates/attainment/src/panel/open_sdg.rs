//! Indicators of Open SDG to a panel and a plan.

use super::build::PanelBuilder;
use super::columns::Columns;
use super::{Panel, table};
use crate::error::Error;
use crate::plan::Plan;

impl Panel {
    /// A panel and a plan of one indicator of Open SDG: its data (CSV) and its configuration (YAML).
    ///
    /// # Errors
    ///
    /// [`Error::Input`] when the data have no `Year` or `Value`, [`Error::Parse`] when the metadata
    /// are no YAML.
    pub fn from_open_sdg(data: &str, metadata: &str, names: &Columns) -> Result<(Self, Plan), Error> {
        let mut builder = PanelBuilder::new();
        let plan = builder.add_open_sdg(data, metadata, names)?;
        Ok((builder.finish(), plan))
    }
}

impl PanelBuilder {
    /// Adds the data of one indicator of Open SDG and gives its plan; see [`Panel::from_open_sdg`].
    ///
    /// # Errors
    ///
    /// As [`Panel::from_open_sdg`].
    pub fn add_open_sdg(&mut self, data: &str, metadata: &str, names: &Columns) -> Result<Plan, Error> {
        table::add_csv(self, data, names)?;
        Plan::parse(metadata, crate::document::Format::Yaml)
    }
}
