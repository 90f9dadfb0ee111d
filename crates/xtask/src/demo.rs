//! `cargo xtask demo`: the main example.

use std::path::Path;
use std::process::ExitCode;

use crate::cargo;

/// Runs the same command as the check does.
pub(crate) fn run(root: &Path) -> ExitCode {
    cargo::EXAMPLE.run_alone(root)
}
