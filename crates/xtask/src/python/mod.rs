//! The Python package: its wheel, and the wheel installed and tested.

mod notebooks;
pub(crate) mod venv;
mod wheel;

use std::path::Path;

pub(crate) use notebooks::notebooks;
use venv::{Library, Venv};
pub(crate) use wheel::{build, run};

/// What every environment needs to run tests.
pub(crate) const TESTS: &[&str] = &["pytest>=9,<10", "hypothesis>=6,<7", "pyyaml>=6,<7"];

/// What looks at the types and the style; pandas and polars are there for their types.
const TOOLS: &[&str] = &[
    "mypy>=2,<3",
    "pyright>=1.1,<2",
    "ruff>=0.17,<0.18",
    "pandas>=3,<4",
    "pandas-stubs",
    "polars>=2,<3",
    "types-tqdm",
    "altair>=6,<7",
    "vl-convert-python>=1,<2",
];

/// Libraries that hand tables over, each alone in an environment; pyarrow also with pandas, which
/// takes another way there.
const LIBRARIES: &[Library] = &[
    Library { name: "pandas", packages: &["pandas>=3,<4"], tests: &["test_pandas.py"] },
    Library { name: "polars", packages: &["polars>=2,<3"], tests: &["test_polars.py"] },
    Library { name: "pyarrow", packages: &["pyarrow>=26", "pandas>=3,<4"], tests: &["test_pyarrow.py", "test_pandas.py"] },
    Library { name: "duckdb", packages: &["duckdb>=2,<3"], tests: &["test_duckdb.py"] },
    Library { name: "nanoarrow", packages: &["nanoarrow>=0.9"], tests: &["test_nanoarrow.py"] },
    Library {
        name: "every",
        packages: &["pandas>=3,<4", "polars>=2,<3", "pyarrow>=26", "duckdb>=2,<3", "nanoarrow>=0.9", "tqdm>=4"],
        tests: &["test_bad_input.py", "test_long_work.py"],
    },
    Library { name: "charts", packages: &["altair>=6,<7", "vl-convert-python>=1.9"], tests: &["test_charts.py"] },
];

/// Every test on the wheel in an environment with nothing else.
pub(crate) fn alone(root: &Path) -> Result<(), String> {
    let venv = Venv::with_wheel(root, "alone", TESTS)?;
    venv.run("pytest", &["tests"])
}

/// The tests of each library on the wheel beside that library.
pub(crate) fn libraries(root: &Path) -> Result<(), String> {
    let problems: Vec<String> = LIBRARIES.iter().filter_map(|library| library.test(root).err()).collect();
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n")) }
}

/// Style, types and stubs, against the wheel as it is installed.
pub(crate) fn types(root: &Path) -> Result<(), String> {
    let venv = Venv::with_wheel(root, "types", TOOLS)?;
    venv.run("ruff", &["check", "."])?;
    venv.run("ruff", &["format", "--check", "."])?;
    let python = venv.python().display().to_string();
    venv.run("pyright", &["--pythonpath", &python])?;
    venv.run("mypy.stubtest", &["--mypy-config-file", "pyproject.toml", "--allowlist", "stubtest-allow.txt", "attainment"])
}
