//! One version: the workspace states it, every crate inherits it, the changelog has a heading for it.

use std::fs;
use std::path::{Path, PathBuf};

/// Checks the manifests and CHANGELOG.md.
pub(crate) fn check(root: &Path) -> Result<(), String> {
    let workspace = read(root, Path::new("Cargo.toml"))?;
    let changelog = read(root, Path::new("CHANGELOG.md"))?;
    let mut crates = Vec::new();
    for path in manifests(root)? {
        let text = read(root, &path)?;
        crates.push((path.display().to_string(), text));
    }
    let mut problems = problems(&workspace, &crates, &changelog);
    if let Some(version) = entry(&workspace, "workspace.package", "version").and_then(quoted) {
        for (file, stated) in [
            ("bindings/wasm/package.json", format!("\"version\": \"{version}\"")),
            ("bindings/wasm/src/version.ts", format!("VERSION = \"{version}\"")),
        ] {
            if !read(root, Path::new(file))?.contains(&stated) {
                problems.push(format!("{file}: is not of version `{version}`"));
            }
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n")) }
}

fn read(root: &Path, path: &Path) -> Result<String, String> {
    fs::read_to_string(root.join(path)).map_err(|error| format!("cannot find {}: {error}", path.display()))
}

/// The manifests of the crates, relative to the root, in a fixed order.
fn manifests(root: &Path) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    for parent in ["crates", "bindings"] {
        let dir = root.join(parent);
        if !dir.exists() {
            continue;
        }
        let unreadable = |error| format!("cannot read {parent}: {error}");
        for entry in fs::read_dir(&dir).map_err(unreadable)? {
            let name = entry.map_err(unreadable)?.file_name();
            let manifest = Path::new(parent).join(name).join("Cargo.toml");
            if root.join(&manifest).is_file() {
                found.push(manifest);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// What is wrong with the versions; `crates` are paths and texts of manifests.
fn problems(workspace: &str, crates: &[(String, String)], changelog: &str) -> Vec<String> {
    let Some(version) = entry(workspace, "workspace.package", "version").and_then(quoted) else {
        return vec!["Cargo.toml: `[workspace.package]` states no version".to_owned()];
    };
    let mut problems = Vec::new();
    for (name, value) in entries(workspace, "workspace.dependencies").filter(|(_, value)| value.contains("path =")) {
        let stated = value.split_once("version =").and_then(|(_, rest)| quoted(rest));
        if stated != Some(version) {
            problems.push(format!("Cargo.toml: the dependency `{name}` is of this workspace and not of version `{version}`"));
        }
    }
    for (path, text) in crates {
        if entry(text, "package", "version.workspace") != Some("true") {
            problems.push(format!("{path}: does not inherit the version; help: write `version.workspace = true`"));
        }
    }
    if !has_heading(changelog, version) {
        problems.push(format!("CHANGELOG.md: has no heading `## [{version}]`"));
    }
    problems
}

/// The entries of a table of a manifest, a line each.
fn entries<'a>(manifest: &'a str, table: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let header = format!("[{table}]");
    let lines = manifest.lines().map(str::trim);
    lines
        .skip_while(move |line| *line != header)
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('='))
        .map(|(key, value)| (key.trim(), value.trim()))
}

fn entry<'a>(manifest: &'a str, table: &'a str, key: &str) -> Option<&'a str> {
    entries(manifest, table).find(|(name, _)| *name == key).map(|(_, value)| value)
}

/// The first text in double quotes.
fn quoted(text: &str) -> Option<&str> {
    text.split('"').nth(1)
}

/// Whether a second-level heading starts with the version in brackets.
fn has_heading(changelog: &str, version: &str) -> bool {
    let start = format!("## [{version}]");
    changelog.lines().any(|line| line.starts_with(&start))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORKSPACE: &str = "\
[workspace]
version = \"9.9.9\"

[workspace.package]
# version = \"8.8.8\"
version = \"0.1.0\"

[workspace.dependencies]
core = { path = \"crates/core\", version = \"0.1.0\" }
serde = { version = \"1\" }
";
    const CHANGELOG: &str = "# Changelog\n\n## [0.1.0] - unreleased\n";

    fn member(text: &str) -> Vec<(String, String)> {
        vec![("crates/core/Cargo.toml".to_owned(), text.to_owned())]
    }

    #[test]
    fn one_version_everywhere_is_fine() {
        let crates = member("[package]\nname = \"core\"\nversion.workspace = true\n");
        assert_eq!(problems(WORKSPACE, &crates, CHANGELOG), Vec::<String>::new());
    }

    #[test]
    fn every_other_version_is_named() {
        let crates = member("[package]\nversion = \"0.1.0\"\n\n[dependencies]\nversion.workspace = true\n");
        let workspace = WORKSPACE.replace("core\", version = \"0.1.0\"", "core\"");
        let found = problems(&workspace, &crates, "## [0.1.0-rc]\n### [0.1.0]\n");
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].contains("`core`"), "{found:?}");
        assert!(found[1].starts_with("crates/core/Cargo.toml: "), "{found:?}");
        assert!(found[2].contains("`## [0.1.0]`"), "{found:?}");
    }

    #[test]
    fn a_workspace_without_a_version_is_named() {
        assert_eq!(problems("[workspace]\n", &[], CHANGELOG), ["Cargo.toml: `[workspace.package]` states no version"]);
    }
}
