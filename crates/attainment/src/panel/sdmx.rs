//! SDMX-CSV to rows.

use super::build::PanelBuilder;
use super::columns::Columns;
use super::{Panel, table};
use crate::error::Error;

impl Panel {
    /// A panel of SDMX-CSV text, version 1.0 or 2.0.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] when there is no header or a needed column is absent.
    pub fn from_sdmx_csv(text: &str, names: &Columns) -> Result<Self, Error> {
        let mut builder = PanelBuilder::new();
        builder.add_sdmx_csv(text, names)?;
        Ok(builder.finish())
    }
}

impl PanelBuilder {
    /// Adds SDMX-CSV text; see [`Panel::from_sdmx_csv`].
    ///
    /// # Errors
    ///
    /// [`Error::Input`] when there is no header or a needed column is absent.
    pub fn add_sdmx_csv(&mut self, text: &str, names: &Columns) -> Result<(), Error> {
        table::add_csv(self, text, names)
    }
}
