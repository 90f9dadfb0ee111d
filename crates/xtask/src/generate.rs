//! `cargo xtask generate`: docs/schema and docs/codes.md, written anew.

use std::path::Path;
use std::process::ExitCode;

use crate::cargo;

/// Runs the tests of generated files so that they write what they otherwise compare.
pub(crate) fn run(root: &Path) -> ExitCode {
    cargo::GENERATE.run_alone(root)
}
