//! Downloads of the World Bank to rows.

use super::build::PanelBuilder;
use super::columns::Columns;
use super::{Panel, table};
use crate::error::Error;

impl Panel {
    /// A panel of an indicator download of the World Bank.
    ///
    /// # Errors
    ///
    /// [`Error::Input`] when the header is not one of the World Bank's.
    pub fn from_worldbank_csv(text: &str, names: &Columns) -> Result<Self, Error> {
        let mut builder = PanelBuilder::new();
        builder.add_worldbank_csv(text, names)?;
        Ok(builder.finish())
    }
}

impl PanelBuilder {
    /// Adds an indicator download of the World Bank; see [`Panel::from_worldbank_csv`].
    ///
    /// # Errors
    ///
    /// [`Error::Input`] when the header is not one of the World Bank's.
    pub fn add_worldbank_csv(&mut self, text: &str, names: &Columns) -> Result<(), Error> {
        table::add_wide(self, text, names)
    }
}
