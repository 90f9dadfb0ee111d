//! The cargo commands that tasks run, and what they need to be there.

use std::ffi::OsString;
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};

/// A part of the Rust toolchain.
pub(crate) struct Tool {
    /// What it is called.
    name: &'static str,
    /// The arguments with which cargo shows that it is there.
    probe: &'static [&'static str],
    /// How to get it.
    get: &'static str,
}

const CARGO: Tool = Tool { name: "cargo", probe: &["--version"], get: "install Rust, https://www.rust-lang.org/tools/install" };
const RUSTFMT: Tool = Tool { name: "rustfmt", probe: &["fmt", "--version"], get: "rustup component add rustfmt" };
const CLIPPY: Tool = Tool { name: "clippy", probe: &["clippy", "--version"], get: "rustup component add clippy" };

/// A cargo command, written as in a shell but for the word `cargo`.
pub(crate) struct Cargo {
    /// The arguments; none has a space in it.
    args: &'static str,
    /// Variables set for it.
    env: &'static [(&'static str, &'static str)],
    /// What it needs besides cargo itself.
    needs: Option<Tool>,
}

/// The formatting of every file.
pub(crate) const FORMAT: Cargo = Cargo { args: "fmt --all --check", env: &[], needs: Some(RUSTFMT) };
/// The lints, for tests and examples too.
pub(crate) const LINT: Cargo = Cargo { args: "clippy --workspace --all-targets -- -D warnings", env: &[], needs: Some(CLIPPY) };
/// Unit and integration tests.
pub(crate) const TEST: Cargo = Cargo::plain("test --workspace --all-targets --no-fail-fast");
/// The examples in doc comments.
pub(crate) const DOCTEST: Cargo = Cargo::plain("test --workspace --doc --no-fail-fast");
/// The reference documentation.
pub(crate) const DOC: Cargo = Cargo { args: "doc --workspace --no-deps", env: &[("RUSTDOCFLAGS", "-D warnings")], needs: None };
/// The main example.
pub(crate) const EXAMPLE: Cargo = Cargo::plain("run --release --example scorecard");
/// The example that goes through the nine plans.
pub(crate) const PLANS: Cargo = Cargo::plain("run --release --example plans");
/// The example of many methods on one target.
pub(crate) const METHODS: Cargo = Cargo::plain("run --release --example methods");
/// The example that reads a policy text.
pub(crate) const EXTRACT: Cargo = Cargo::plain("run --release --example extract -- crates/attainment-text/examples/sample.txt");
/// The core without the features that can be left out.
pub(crate) const SMALL: Cargo = Cargo::plain("check --package attainment --no-default-features");
/// The tests that compare generated files with the code, told to write instead.
pub(crate) const GENERATE: Cargo =
    Cargo { args: "test --package attainment --test documents --test generated", env: &[("UPDATE", "1")], needs: None };

impl Cargo {
    pub(crate) const fn plain(args: &'static str) -> Self {
        Self { args, env: &[], needs: None }
    }

    /// The command as one would type it, without its variables.
    pub(crate) fn line(&self) -> String {
        format!("cargo {}", self.args)
    }

    /// The command as one would type it.
    pub(crate) fn full_line(&self) -> String {
        let env: String = self.env.iter().map(|(name, value)| format!("{name}=\"{value}\" ")).collect();
        env + &self.line()
    }

    /// Runs the command in a directory, with its output passed through.
    pub(crate) fn run(&self, dir: &Path) -> Result<(), String> {
        for tool in [Some(&CARGO), self.needs.as_ref()].into_iter().flatten() {
            tool.find(dir)?;
        }
        let mut command = Command::new(program());
        // A variable left over from `UPDATE=1 cargo test` must not turn a check into a rewrite.
        command.args(self.args.split(' ')).current_dir(dir).env_remove("UPDATE").envs(self.env.iter().copied());
        match command.status() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("`{}` ended with {status}", self.full_line())),
            Err(error) => Err(format!("cannot run `{}`: {error}", self.full_line())),
        }
    }

    /// Runs the command as the whole of a task.
    pub(crate) fn run_alone(&self, dir: &Path) -> ExitCode {
        match self.run(dir) {
            Ok(()) => ExitCode::SUCCESS,
            Err(problem) => {
                eprintln!("{problem}");
                ExitCode::FAILURE
            }
        }
    }
}

impl Tool {
    /// Whether it is there; if not, what is missing and how to get it.
    fn find(&self, dir: &Path) -> Result<(), String> {
        let mut probe = Command::new(program());
        probe.args(self.probe).current_dir(dir).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        match probe.status() {
            Ok(status) if status.success() => Ok(()),
            _ => Err(format!("cannot find {}: `cargo {}` does not run; help: {}", self.name, self.probe.join(" "), self.get)),
        }
    }
}

/// The cargo that runs this, so that a toolchain chosen for it holds for all it starts.
fn program() -> OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}
