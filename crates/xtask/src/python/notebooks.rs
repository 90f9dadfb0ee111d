//! The notebooks, run on the wheel from their first cell to their last.

use std::path::Path;

use super::venv::Library;

/// What the notebooks need stands beside them, where people look for it; the path is from the package.
const NOTEBOOKS: Library =
    Library { name: "notebooks", packages: &["--requirement", "../../docs/notebooks/requirements.txt"], tests: &["test_notebooks.py"] };

/// Every notebook runs, and is stored without what it puts out.
pub(crate) fn notebooks(root: &Path) -> Result<(), String> {
    NOTEBOOKS.test(root)
}
