//! `cargo xtask spark`: the package on a real Spark on this machine.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

/// What the step does, for the heading of the check.
pub(crate) const ABOUT: &str = "the Python package on a local Spark, the same verdicts to the bit; skipped without Java";

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

/// Builds the package into a virtual environment with PySpark and runs its tests there.
pub(crate) fn check(root: &Path) -> Result<(), String> {
    if !java() {
        println!("skipped: there is no Java; Spark needs Java 17 or later");
        return Ok(());
    }
    let venv = root.join("target/venvs/spark");
    let python = python(&venv);
    if !python.exists() {
        step(Command::new(base()).args(["-m", "venv"]).arg(&venv))?;
    }
    let package = root.join("bindings/python");
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    step(Command::new(&python).args(pip).args(["pyspark>=4", "pyarrow", "pytest", "pyyaml"]))?;
    step(Command::new(&python).args(pip).args(["--force-reinstall", "--no-deps"]).arg(&package))?;
    step(Command::new(&python).args(["-m", "pytest", "-rs", "tests/spark"]).current_dir(&package))
}

fn java() -> bool {
    let home = std::env::var_os("JAVA_HOME").map(|home| PathBuf::from(home).join("bin/java"));
    let mut probe = Command::new(home.unwrap_or_else(|| "java".into()));
    probe.arg("-version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    probe.status().is_ok_and(|status| status.success())
}

/// The Python that makes environments; `PYTHON` names another.
fn base() -> std::ffi::OsString {
    std::env::var_os("PYTHON").unwrap_or_else(|| if cfg!(windows) { "python" } else { "python3" }.into())
}

fn python(venv: &Path) -> PathBuf {
    if cfg!(windows) { venv.join("Scripts/python.exe") } else { venv.join("bin/python") }
}

fn step(command: &mut Command) -> Result<(), String> {
    let line = format!("{command:?}");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{line} ended with {status}")),
        Err(error) => Err(format!("cannot run {line}: {error}")),
    }
}
