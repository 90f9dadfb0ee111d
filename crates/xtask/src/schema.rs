//! `cargo xtask schema`: docs/schema, written anew.

use std::path::Path;
use std::process::ExitCode;

use crate::cargo;

/// Runs the schema test so that it writes what it otherwise compares.
pub(crate) fn run(root: &Path) -> ExitCode {
    cargo::SCHEMA.run_alone(root)
}
