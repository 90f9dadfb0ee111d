//! The JSON Schemas of the documents that this library reads.

use schemars::schema_for;

use crate::cascade::{CascadeDocument, RollUpDocument};
use crate::method::MethodDocument;
use crate::plan::PlanDocument;
use crate::plan::scheme::SchemeDocument;

/// The JSON Schema (draft 2020-12) of a document this library reads: `plan`, `method`, `scheme`,
/// `cascade` or `roll_up`.
///
/// ```
/// let schema = attainment::schema("plan").unwrap();
/// assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
/// assert_eq!(attainment::schema("method").unwrap()["title"], "attainment method");
/// assert!(attainment::schema("novel").is_none());
/// ```
pub fn schema(name: &str) -> Option<serde_json::Value> {
    let schema = match name {
        "plan" => schema_for!(PlanDocument),
        "method" => schema_for!(MethodDocument),
        "scheme" => schema_for!(SchemeDocument),
        "cascade" => schema_for!(CascadeDocument),
        "roll_up" => schema_for!(RollUpDocument),
        _ => return None,
    };
    let mut schema = schema.to_value();
    if let Some(object) = schema.as_object_mut() {
        let dialect = object.shift_remove("$schema").unwrap_or_default();
        object.shift_insert(0, "$schema".to_owned(), dialect);
        object.shift_insert(1, "title".to_owned(), format!("attainment {name}").into());
    }
    Some(schema)
}
