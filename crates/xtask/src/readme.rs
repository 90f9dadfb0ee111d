//! The README shows only commands that are run by the checks, so that it cannot lie.

use std::path::Path;

use crate::{TASKS, test};

/// The one test command.
const TEST_COMMAND: &str = "cargo xtask test";
/// The command of the main example.
pub(crate) const MAIN_EXAMPLE: &str = "cargo run --release --example scorecard";

/// Where the examples of other languages are run: they have to stand there to the letter.
const PAGES: [(&str, &str); 2] = [("python", "bindings/python/README.md"), ("js", "bindings/wasm/README.md")];

/// Checks README.md against the steps of `cargo xtask test` and the tasks there are.
pub(crate) fn check(root: &Path) -> Result<(), String> {
    let text = std::fs::read_to_string(root.join("README.md")).map_err(|error| format!("cannot find README.md: {error}"))?;
    let mut known: Vec<String> = test::commands().collect();
    known.extend(TASKS.iter().map(|task| format!("cargo xtask {}", task.name)));
    let mut problems = problems(&text, &known);
    for (language, page) in PAGES {
        let page_text = std::fs::read_to_string(root.join(page)).map_err(|error| format!("cannot find {page}: {error}"))?;
        problems.extend(
            not_on_page(&text, language, &page_text)
                .map(|line| format!("README.md:{line}: the {language} example does not stand in {page}, where it would be run")),
        );
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n")) }
}

/// What is wrong with the commands of a README.
fn problems(text: &str, known: &[String]) -> Vec<String> {
    let shown = commands(text);
    let unknown = shown
        .iter()
        .filter(|(_, command)| !known.contains(command))
        .map(|(line, command)| format!("README.md:{line}: `{command}` is not one of the commands that are checked"));
    let absent = [TEST_COMMAND, MAIN_EXAMPLE]
        .into_iter()
        .filter(|needed| shown.iter().all(|(_, command)| command != needed))
        .map(|needed| format!("README.md: does not show `{needed}`"));
    unknown.chain(absent).collect()
}

/// The first line of every block of a language that is no part of another page.
fn not_on_page<'a>(text: &'a str, language: &'a str, page: &'a str) -> impl Iterator<Item = usize> + 'a {
    let opening = format!("```{language}\n");
    let blocks: Vec<(usize, &str)> = text
        .match_indices(&opening)
        .filter_map(|(at, _)| {
            let block = text[at + opening.len()..].split_once("\n```").map(|(block, _)| block)?;
            Some((text[..at].lines().count() + 1, block))
        })
        .collect();
    blocks.into_iter().filter(move |(_, block)| !page.contains(block)).map(|(line, _)| line)
}

/// The lines of shell blocks that call cargo, with their line numbers from 1.
///
/// A prompt before and a comment behind the command are not part of it.
fn commands(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut open: Option<Fence> = None;
    for (index, line) in text.lines().enumerate() {
        match &open {
            Some(fence) if fence.is_closed_by(line) => open = None,
            Some(fence) if fence.is_shell => found.extend(cargo_command(line).map(|command| (index + 1, command))),
            Some(_) => {}
            None => open = Fence::opened_by(line),
        }
    }
    found
}

/// The start of a fenced block.
struct Fence {
    mark: char,
    length: usize,
    is_shell: bool,
}

impl Fence {
    fn opened_by(line: &str) -> Option<Self> {
        let line = line.trim();
        let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
        let info = line.trim_start_matches(mark);
        let length = line.len() - info.len();
        // Three backticks with more of them behind are code within a line.
        if length < 3 || (mark == '`' && info.contains('`')) {
            return None;
        }
        let language = info.split([' ', ',', '{']).find(|word| !word.is_empty());
        Some(Self { mark, length, is_shell: matches!(language, Some("sh" | "bash" | "shell" | "console")) })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let line = line.trim();
        line.len() >= self.length && line.chars().all(|c| c == self.mark)
    }
}

/// The command on a line of a shell block, if cargo is called in it.
fn cargo_command(line: &str) -> Option<String> {
    let line = line.trim();
    let words: Vec<_> = line.strip_prefix("$ ").unwrap_or(line).split_whitespace().take_while(|word| !word.starts_with('#')).collect();
    words.contains(&"cargo").then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: usize, command: &str) -> (usize, String) {
        (line, command.to_owned())
    }

    #[test]
    fn commands_come_from_shell_blocks_only() {
        let text = "\
Run `cargo build` if you like.

```sh
cargo xtask test   # all checks
$ cargo  xtask demo
# cargo in a comment
git status
```

```rust
// cargo run
```
- in a list:
  ~~~~bash
  ~~~
  cd x && cargo doc
  ~~~~

    cargo indented
``` cargo inline ```
cargo outside
";
        assert_eq!(commands(text), [at(4, "cargo xtask test"), at(5, "cargo xtask demo"), at(16, "cd x && cargo doc")]);
    }

    #[test]
    fn examples_of_other_languages_stand_on_the_page_that_is_run() {
        let text = "One\n\n```python\n>>> 1 + 1\n2\n```\n\n```js\nf();\n```\n\n```python\n>>> 3\n```\n";
        assert_eq!(not_on_page(text, "python", "x\n```python\n>>> 0\n>>> 1 + 1\n2\n```").collect::<Vec<_>>(), [12]);
        assert_eq!(not_on_page(text, "js", "f();").count(), 0);
    }

    #[test]
    fn a_block_left_open_runs_to_the_end() {
        assert_eq!(commands("```console title=\"x\"\n$ cargo xtask help"), [at(2, "cargo xtask help")]);
        assert_eq!(commands("```"), []);
    }

    #[test]
    fn unknown_and_absent_commands_are_named() {
        let known = [TEST_COMMAND.to_owned(), MAIN_EXAMPLE.to_owned()];
        let good = format!("```sh\n{TEST_COMMAND}\n{MAIN_EXAMPLE}\n```\n");
        assert_eq!(problems(&good, &known), Vec::<String>::new());
        assert_eq!(
            problems("```sh\ncargo xtask test\ncargo frobnicate\n```\n", &known),
            [
                "README.md:3: `cargo frobnicate` is not one of the commands that are checked".to_owned(),
                format!("README.md: does not show `{MAIN_EXAMPLE}`"),
            ]
        );
    }
}
