//! `cargo xtask spark`: the wheel on a real Spark on this machine.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use crate::python::TESTS;
use crate::python::venv::Venv;

/// PySpark, and what its frames cross over with.
const PACKAGES: &[&str] = &["pyspark>=4,<5", "pandas>=3,<4", "pyarrow>=26"];

/// Runs the check alone.
pub(crate) fn run(root: &Path) -> ExitCode {
    match check(root) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

/// The tests of Spark on the wheel, where there is Java.
pub(crate) fn check(root: &Path) -> Result<(), String> {
    if !java() {
        println!("skipped: there is no Java; Spark needs Java 17 or later");
        return Ok(());
    }
    let packages: Vec<&str> = TESTS.iter().chain(PACKAGES).copied().collect();
    Venv::with_wheel(root, "spark", &packages)?.run("pytest", &["-rs", "tests_spark"])
}

fn java() -> bool {
    let home = std::env::var_os("JAVA_HOME").map(|home| PathBuf::from(home).join("bin/java"));
    let mut probe = Command::new(home.unwrap_or_else(|| "java".into()));
    probe.arg("-version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    probe.status().is_ok_and(|status| status.success())
}
