//! Python, and environments of packages under `target/python`.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{TESTS, build};

/// The oldest Python the package runs on: 3.11.
const OLDEST: u32 = 11;

/// The commands a Python may have.
const NAMES: &[&str] = &["python3", "python", "python3.14", "python3.13", "python3.12", "python3.11"];

/// An environment of packages.
pub(crate) struct Venv {
    dir: PathBuf,
    /// The Python package in the repository: where its tools and tests run.
    package: PathBuf,
}

/// A library of tables with its tests.
pub(crate) struct Library {
    pub(crate) name: &'static str,
    pub(crate) packages: &'static [&'static str],
    pub(crate) tests: &'static [&'static str],
}

impl Library {
    /// Runs its tests on the wheel.
    pub(crate) fn test(&self, root: &Path) -> Result<(), String> {
        let packages: Vec<&str> = TESTS.iter().chain(self.packages).copied().collect();
        let venv = Venv::with_wheel(root, self.name, &packages)?;
        let tests: Vec<String> = self.tests.iter().map(|test| format!("tests/{test}")).collect();
        let tests: Vec<&str> = tests.iter().map(String::as_str).collect();
        // The tests of a library are skipped where it is missing, and here it must not be.
        venv.command("pytest", &tests).env("ATTAINMENT_WITH", self.name).check()
    }
}

/// The Python that environments are made with.
fn python(dir: &Path) -> Result<String, String> {
    let chosen = std::env::var("PYTHON").ok();
    let names: Vec<&str> = chosen.as_deref().map_or_else(|| NAMES.to_vec(), |chosen| vec![chosen]);
    for name in &names {
        let version = Command::new(name).args(["-c", "import sys, venv, ensurepip; print(sys.version_info[1])"]).current_dir(dir).output();
        let minor = version.ok().and_then(|output| String::from_utf8(output.stdout).ok()?.trim().parse::<u32>().ok());
        if minor.is_some_and(|minor| minor >= OLDEST) {
            return Ok((*name).to_owned());
        }
    }
    Err(format!(
        "cannot find Python 3.{OLDEST} or later with `venv`: none of {} is one; help: install it, or name it in the variable PYTHON",
        names.join(", ")
    ))
}

impl Venv {
    /// An environment with packages, made where it is not there yet.
    pub(crate) fn new(root: &Path, name: &str, packages: &[&str]) -> Result<Self, String> {
        let venv = Self { dir: root.join("target/python").join(name), package: root.join("bindings/python") };
        if !venv.python().is_file() {
            let dir = venv.dir.display().to_string();
            Running { line: format!("python -m venv {dir}"), command: Command::new(python(root)?) }.args(&["-m", "venv", &dir]).check()?;
        }
        venv.install(packages)?;
        Ok(venv)
    }

    /// An environment with the wheel and packages.
    pub(crate) fn with_wheel(root: &Path, name: &str, packages: &[&str]) -> Result<Self, String> {
        let wheel = build(root)?.display().to_string();
        let venv = Self::new(root, name, packages)?;
        // The version is the same from one build to the next, so that it has to be forced.
        venv.install(&["--force-reinstall", "--no-deps", "--no-index", &wheel])?;
        Ok(venv)
    }

    fn install(&self, packages: &[&str]) -> Result<(), String> {
        let args: Vec<&str> = ["install", "--quiet", "--disable-pip-version-check"].iter().chain(packages).copied().collect();
        self.command("pip", &args).check()
    }

    /// Its Python.
    pub(crate) fn python(&self) -> PathBuf {
        let (folder, name) = if cfg!(windows) { ("Scripts", "python.exe") } else { ("bin", "python") };
        self.dir.join(folder).join(name)
    }

    /// A module of Python as a command, in the folder of the package.
    pub(crate) fn command(&self, module: &str, args: &[&str]) -> Running {
        let mut command = Command::new(self.python());
        command.current_dir(&self.package).env_remove("PYTHONPATH").env("PYTHONDONTWRITEBYTECODE", "1");
        Running { line: format!("python -m {module} {}", args.join(" ")), command }.args(&["-m", module]).args(args)
    }

    /// Runs a module of Python.
    pub(crate) fn run(&self, module: &str, args: &[&str]) -> Result<(), String> {
        self.command(module, args).check()
    }
}

/// A command with the line one would type.
pub(crate) struct Running {
    line: String,
    command: Command,
}

impl Running {
    fn args(mut self, args: &[&str]) -> Self {
        self.command.args(args);
        self
    }

    fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    /// Runs it, with its output passed through.
    pub(crate) fn check(mut self) -> Result<(), String> {
        println!("$ {}", self.line);
        match self.command.stdin(Stdio::null()).status() {
            Ok(status) if status.success() => Ok(()),
            Ok(status) => Err(format!("`{}` ended with {status}", self.line)),
            Err(error) => Err(format!("cannot run `{}`: {error}", self.line)),
        }
    }
}
