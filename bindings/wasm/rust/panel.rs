//! Observations, target tables and wide tables.

use attainment::{TargetTable as Targets, WideTable as Wide};
use wasm_bindgen::prelude::*;

use crate::boundary::{Answer, findings, thrown, to_json};
use crate::plan::Plan;
use crate::table::{Fetch, Table, reading, records, strictly};

/// Observations.
#[wasm_bindgen]
pub struct Panel(pub(crate) attainment::Panel);

/// The ways to read text: one name, and the method of the builder that reads it.
macro_rules! texts {
    ($($name:ident),*) => {
        #[wasm_bindgen]
        impl PanelBuilder {
            $(
                /// Adds text of this kind.
                pub fn $name(&mut self, text: &str, options: &str) -> Answer<()> {
                    let (names, _) = reading(options)?;
                    self.builder()?.$name(text, &names).map_err(thrown)
                }
            )*
        }
    };
}

texts!(add_csv, add_wide, add_sdmx_csv, add_worldbank_csv);

#[wasm_bindgen]
impl Panel {
    /// The number of observations.
    pub fn rows(&self) -> usize {
        self.0.len()
    }

    /// Its findings.
    pub fn findings(&self) -> String {
        findings(self.0.findings())
    }

    /// Its areas.
    pub fn areas(&self) -> String {
        to_json(&self.0.areas().collect::<Vec<_>>())
    }

    /// Its indicators.
    pub fn indicators(&self) -> String {
        to_json(&self.0.indicators().collect::<Vec<_>>())
    }
}

/// Observations that come in pieces. Every way to make a panel goes through it.
#[wasm_bindgen]
pub struct PanelBuilder(Option<attainment::PanelBuilder>);

impl PanelBuilder {
    fn builder(&mut self) -> Answer<&mut attainment::PanelBuilder> {
        self.0.as_mut().ok_or_else(|| JsValue::from_str("{\"family\":\"InputError\",\"code\":\"stale_handle\",\"message\":\"the panel is finished: begin another builder\",\"findings\":[]}"))
    }
}

#[wasm_bindgen]
impl PanelBuilder {
    /// Without an observation.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self(Some(attainment::PanelBuilder::new()))
    }

    /// Adds columns.
    pub fn add_columns(&mut self, table: &Table, options: &str) -> Answer<()> {
        let (names, _) = reading(options)?;
        self.builder()?.add_columns(&table.columns(), &names).map_err(thrown)
    }

    /// Adds an indicator of Open SDG and gives its plan.
    pub fn add_open_sdg(&mut self, data: &str, metadata: &str, options: &str) -> Answer<Plan> {
        let (names, _) = reading(options)?;
        self.builder()?.add_open_sdg(data, metadata, &names).map(Plan).map_err(thrown)
    }

    /// The panel.
    pub fn finish(&mut self, options: &str) -> Answer<Panel> {
        let (_, strict) = reading(options)?;
        self.builder()?;
        let panel = self.0.take().map(attainment::PanelBuilder::finish).unwrap_or_default();
        strictly(Panel(panel), strict, |panel| panel.0.findings())
    }
}

/// A target table.
#[wasm_bindgen]
pub struct TargetTable(pub(crate) Targets);

#[wasm_bindgen]
impl TargetTable {
    /// Reads CSV text.
    pub fn from_csv(text: &str, options: &str) -> Answer<TargetTable> {
        let (names, strict) = reading(options)?;
        strictly(Self(Targets::from_csv(text, &names).map_err(thrown)?), strict, |table| table.0.findings())
    }

    /// Reads columns.
    pub fn from_columns(table: &Table, options: &str) -> Answer<TargetTable> {
        let (names, strict) = reading(options)?;
        strictly(Self(Targets::from_columns(&table.columns(), &names).map_err(thrown)?), strict, |table| table.0.findings())
    }

    /// The number of rows.
    pub fn rows(&self) -> usize {
        self.0.len()
    }

    /// Its findings.
    pub fn findings(&self) -> String {
        findings(self.0.findings())
    }

    /// Its rows.
    pub fn to_records(&self) -> String {
        records(self.0.to_records())
    }

    /// Its columns.
    pub fn to_columns(&self) -> Fetch {
        Fetch::new(self.0.columns())
    }

    /// As CSV text.
    pub fn to_csv(&self) -> String {
        self.0.to_csv()
    }
}

/// A wide table: areas and indicators.
#[wasm_bindgen]
pub struct WideTable(pub(crate) Wide);

#[wasm_bindgen]
impl WideTable {
    /// Reads CSV text.
    pub fn from_csv(text: &str, options: &str) -> Answer<WideTable> {
        let (names, strict) = reading(options)?;
        strictly(Self(Wide::from_csv(text, &names).map_err(thrown)?), strict, |table| table.0.findings())
    }

    /// Reads columns.
    pub fn from_columns(table: &Table, options: &str) -> Answer<WideTable> {
        let (names, strict) = reading(options)?;
        strictly(Self(Wide::from_columns(&table.columns(), &names).map_err(thrown)?), strict, |table| table.0.findings())
    }

    /// Its areas.
    pub fn areas(&self) -> String {
        to_json(&self.0.areas().collect::<Vec<_>>())
    }

    /// Its indicators.
    pub fn indicators(&self) -> String {
        to_json(&self.0.indicators().collect::<Vec<_>>())
    }

    /// Its findings.
    pub fn findings(&self) -> String {
        findings(self.0.findings())
    }
}
