//! `cargo xtask test`: every check, one after the other, whether or not one fails.

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::cargo::{self, Cargo};
use crate::{npm, python, readme, spark, types, version};

/// One check.
struct Step {
    name: &'static str,
    check: Check,
}

enum Check {
    /// A command that has to succeed.
    Command(Cargo),
    /// Anything else, with what it looks for and what it finds wrong.
    Look(&'static str, fn(&Path) -> Result<(), String>),
}

impl Step {
    const fn command(name: &'static str, command: Cargo) -> Self {
        Self { name, check: Check::Command(command) }
    }

    fn heading(&self) -> String {
        match &self.check {
            Check::Command(command) => command.full_line(),
            Check::Look(about, _) => (*about).to_owned(),
        }
    }

    fn run(&self, root: &Path) -> Result<(), String> {
        match &self.check {
            Check::Command(command) => command.run(root),
            Check::Look(_, look) => look(root),
        }
    }
}

/// The checks, quick ones first where the order does not matter.
const STEPS: &[Step] = &[
    Step::command("formatting", cargo::FORMAT),
    Step { name: "version", check: Check::Look("one version in the workspace, and CHANGELOG.md has it", version::check) },
    Step { name: "readme", check: Check::Look("README.md shows only commands that are run here", readme::check) },
    Step::command("lints", cargo::LINT),
    Step::command("tests", cargo::TEST),
    Step::command("doctests", cargo::DOCTEST),
    Step::command("documentation", cargo::DOC),
    Step::command("example", cargo::EXAMPLE),
    Step::command("nine plans", cargo::PLANS),
    Step::command("methods", cargo::METHODS),
    Step::command("a text", cargo::EXTRACT),
    Step::command("small build", cargo::SMALL),
    Step {
        name: "wheel",
        check: Check::Look("the wheel of the Python package is built, and within its size", |root| python::build(root).map(drop)),
    },
    Step { name: "python", check: Check::Look("every test on the wheel alone", python::alone) },
    Step { name: "python types", check: Check::Look("style, types and stubs of the Python package", python::types) },
    Step { name: "python tables", check: Check::Look("the wheel beside each library of tables", python::libraries) },
    Step { name: "notebooks", check: Check::Look("every notebook runs on the wheel, and is stored without outputs", python::notebooks) },
    Step {
        name: "spark",
        check: Check::Look("the wheel on a local Spark, the same verdicts to the bit; skipped without Java", spark::check),
    },
    Step { name: "npm types", check: Check::Look("the types of the npm package are those of the core", types::check) },
    Step { name: "npm package", check: Check::Look("the npm package is built, packed and within its budget", npm::build) },
    Step {
        name: "npm lints",
        check: Check::Look("publint, arethetypeswrong, a strict program and the reference of the npm package", npm::lint),
    },
    Step { name: "npm tests", check: Check::Look("the packed npm package in Node, in Chromium and through bundlers", npm::test) },
];

/// The cargo commands the steps run, as one would type them.
pub(crate) fn commands() -> impl Iterator<Item = String> {
    STEPS.iter().filter_map(|step| match &step.check {
        Check::Command(command) => Some(command.line()),
        Check::Look(..) => None,
    })
}

/// How a step went.
struct Outcome {
    name: &'static str,
    result: Result<(), String>,
    took: Duration,
}

/// Runs all steps; fails if one of them does.
pub(crate) fn run(root: &Path) -> ExitCode {
    let outcomes: Vec<Outcome> = STEPS.iter().enumerate().map(|(index, step)| run_step(index, step, root)).collect();
    let failed = outcomes.iter().filter(|outcome| outcome.result.is_err()).count();
    print!("\n{}", summary(&outcomes));
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn run_step(index: usize, step: &Step, root: &Path) -> Outcome {
    println!("\n=== {}/{} {}: {}", index + 1, STEPS.len(), step.name, step.heading());
    let start = Instant::now();
    let result = step.run(root);
    let took = start.elapsed();
    if let Err(problem) = &result {
        println!("{problem}");
    }
    println!("--- {} {} in {:.1} s", step.name, word(&result), took.as_secs_f64());
    Outcome { name: step.name, result, took }
}

fn word(result: &Result<(), String>) -> &'static str {
    if result.is_ok() { "passed" } else { "FAILED" }
}

/// A line for each step, then the count alone on the last line.
fn summary(outcomes: &[Outcome]) -> String {
    let mut text = String::from("=== summary\n");
    for Outcome { name, result, took } in outcomes {
        let line = format!("{}  {name:<14}{:>7.1} s", word(result), took.as_secs_f64());
        let problem = result.as_ref().err().and_then(|problem| problem.lines().next());
        text += &problem.map_or_else(|| format!("{line}\n"), |problem| format!("{line}  {problem}\n"));
    }
    let failed = outcomes.iter().filter(|outcome| outcome.result.is_err()).count();
    text + &format!("{} passed, {failed} failed\n", outcomes.len() - failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_counts_and_names() {
        let took = Duration::from_millis(1500);
        let outcomes = [
            Outcome { name: "formatting", result: Ok(()), took },
            Outcome { name: "version", result: Err("first problem\nsecond problem".to_owned()), took },
        ];
        let text = summary(&outcomes);
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines[1], "passed  formatting        1.5 s");
        assert_eq!(lines[2], "FAILED  version           1.5 s  first problem");
        assert_eq!(lines[3], "1 passed, 1 failed");
    }

    #[test]
    fn the_main_example_is_among_the_steps() {
        assert!(commands().any(|line| line == readme::MAIN_EXAMPLE));
    }
}
