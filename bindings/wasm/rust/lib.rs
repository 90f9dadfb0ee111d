//! The boundary between the core and JavaScript.
//!
//! Nothing here is for people: `src/*.ts` beside it is the face of the package. Handles stand for what
//! lives in the memory of the module. Small things cross as JSON text, columns as typed arrays. What
//! goes wrong is thrown as the JSON text of an error (`boundary::thrown`), which the face makes an
//! `AttainmentError` of.

mod boundary;
mod catalogue;
mod panel;
mod plan;
mod results;
mod score;
mod table;
#[cfg(feature = "text")]
mod text;
