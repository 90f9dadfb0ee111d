//! `cargo xtask generate`: docs/schema, docs/codes.md and the types of the npm package, written anew.

use std::path::Path;
use std::process::ExitCode;

use crate::{cargo, types};

/// Runs the tests of generated files so that they write what they otherwise compare; then what is
/// made of the schemas.
pub(crate) fn run(root: &Path) -> ExitCode {
    match cargo::GENERATE.run(root).and_then(|()| types::write(root)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}
