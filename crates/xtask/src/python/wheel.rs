//! The wheel of the Python package: one for every Python from 3.11 on.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::OnceLock;

use super::venv::Venv;

/// What a wheel may weigh, in bytes.
const BUDGET: u64 = 5_000_000;

/// The wheel, built once for everything that is run in one go.
pub(crate) fn build(root: &Path) -> Result<PathBuf, String> {
    static BUILT: OnceLock<Result<PathBuf, String>> = OnceLock::new();
    BUILT.get_or_init(|| make(root)).clone()
}

fn make(root: &Path) -> Result<PathBuf, String> {
    let out = root.join("target/python/wheels");
    // An older wheel would be taken for the new one.
    if out.is_dir() {
        std::fs::remove_dir_all(&out).map_err(|error| format!("cannot empty {}: {error}", out.display()))?;
    }
    let venv = Venv::new(root, "build", &["maturin>=1.16,<2"])?;
    let folder = out.display().to_string();
    venv.run("maturin", &["build", "--release", "--strip", "--locked", "--quiet", "--out", &folder])?;
    let wheels: Vec<PathBuf> =
        std::fs::read_dir(&out).map_err(|error| error.to_string())?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    let [wheel] = wheels.as_slice() else { return Err(format!("{} wheels in {folder}, and there must be one", wheels.len())) };
    let size = std::fs::metadata(wheel).map_err(|error| error.to_string())?.len();
    println!("{}: {} bytes of at most {BUDGET}", wheel.display(), size);
    if size > BUDGET {
        return Err(format!("the wheel has {size} bytes, and at most {BUDGET} are allowed"));
    }
    Ok(wheel.clone())
}

/// Builds the wheel as the whole of a task.
pub(crate) fn run(root: &Path) -> ExitCode {
    match build(root) {
        Ok(_) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}
