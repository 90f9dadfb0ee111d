//! `cargo xtask`: the one entry for people and CI.
//!
//! `cargo xtask help` lists what there is.

#![deny(missing_docs)]

mod cargo;
mod demo;
mod generate;
mod npm;
mod python;
mod readme;
mod spark;
mod test;
mod types;
mod version;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Something `cargo xtask` can do.
struct Task {
    name: &'static str,
    about: &'static str,
    run: fn(&Path) -> ExitCode,
}

/// Every task, in the order `help` lists them.
const TASKS: &[Task] = &[
    Task { name: "test", about: "run every check there is; CI runs this and nothing else", run: test::run },
    Task { name: "demo", about: "run the main example", run: demo::run },
    Task { name: "wheel", about: "build the wheel of the Python package", run: python::run },
    Task { name: "spark", about: "run the Python package on a local Spark", run: spark::run },
    Task { name: "generate", about: "write docs/schema, docs/codes.md and the types of the npm package anew", run: generate::run },
    Task { name: "npm", about: "build the npm package and pack it into target/npm", run: npm::run },
    Task { name: "help", about: "list the tasks", run: help },
];

fn main() -> ExitCode {
    let mut args = std::env::args().skip(1);
    let name = args.next().unwrap_or_else(|| "help".to_owned());
    if let Some(extra) = args.next() {
        return refuse(&format!("`{name}` takes no argument, and `{extra}` is one"));
    }
    let name = if matches!(name.as_str(), "-h" | "--help") { "help" } else { name.as_str() };
    let Some(task) = TASKS.iter().find(|task| task.name == name) else {
        return refuse(&format!("there is no task `{name}`"));
    };
    match root() {
        Some(root) => (task.run)(&root),
        None => refuse("cannot find the workspace: no directory from here upwards has a Cargo.toml with `[workspace]`"),
    }
}

/// Prints what is wrong and where to look; 2 tells it apart from a check that failed.
fn refuse(problem: &str) -> ExitCode {
    eprintln!("{problem}\nhelp: `cargo xtask help` lists the tasks");
    ExitCode::from(2)
}

fn help(_: &Path) -> ExitCode {
    println!("usage: cargo xtask <task>\n");
    for task in TASKS {
        println!("  {:<8}{}", task.name, task.about);
    }
    ExitCode::SUCCESS
}

/// The root of the workspace that the working directory lies in.
fn root() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let is_workspace = |dir: &&Path| {
        std::fs::read_to_string(dir.join("Cargo.toml")).is_ok_and(|text| text.lines().any(|line| line.trim() == "[workspace]"))
    };
    here.ancestors().find(is_workspace).map(Path::to_path_buf)
}
