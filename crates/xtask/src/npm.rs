//! `cargo xtask npm`: the npm package, built and packed into `target/npm`.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use crate::cargo::Cargo;

/// What the module is compiled for.
const TARGET: &str = "wasm32-unknown-unknown";
/// The module, as small as cargo makes it.
const BUILD: Cargo = Cargo::plain("build --package attainment-wasm --target wasm32-unknown-unknown --profile wasm");
/// The module and its glue.
const GLUE: Cargo = Cargo::plain("run --quiet --package xtask-wasm -- target/npm/module.wasm target/npm/glue");

/// What `wasm-opt` may use: what compilers for this target have used for years.
const FEATURES: &[&str] = &[
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// The package, where it is built.
pub(crate) struct Place {
    root: PathBuf,
    /// `target/npm`.
    out: PathBuf,
}

impl Place {
    pub(crate) fn new(root: &Path) -> Self {
        Self { root: root.to_path_buf(), out: root.join("target/npm") }
    }

    /// Where sources, tools and tests stand together.
    pub(crate) fn work(&self) -> PathBuf {
        self.out.join("work")
    }

    fn package(&self) -> PathBuf {
        self.out.join("package")
    }

    /// Puts the packed package where the tests find it, as if it had been installed.
    fn unpack(&self) -> Result<PathBuf, String> {
        let is_tarball = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "tgz");
        let tarball = listed(&self.out)?.into_iter().find(is_tarball).ok_or("there is no package; help: cargo xtask npm")?;
        let installed = self.work().join("node_modules/attainment");
        clear(&installed)?;
        run_command(Command::new("tar").arg("-xzf").arg(&tarball).arg("-C").arg(&installed).args(["--strip-components", "1"]))?;
        Ok(tarball)
    }

    fn source(&self) -> PathBuf {
        self.root.join("bindings/wasm")
    }
}

/// The task.
pub(crate) fn run(root: &Path) -> ExitCode {
    match build(root) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

/// Builds the package, packs it and compares its size with the budget.
pub(crate) fn build(root: &Path) -> Result<(), String> {
    let place = Place::new(root);
    find_node(root)?;
    find_target(root)?;
    BUILD.run(root)?;
    make(&place.out)?;
    let built = root.join("target/wasm32-unknown-unknown/wasm/attainment_wasm.wasm");
    let is_new = changed(&built, &place.out.join("module.wasm"))?;
    let glue = place.out.join("glue");
    if is_new || !glue.join("core.js").is_file() {
        copy(&built, &place.out.join("module.wasm"))?;
        GLUE.run(root)?;
    }
    install(&place)?;
    let small = place.out.join("attainment.wasm");
    if is_new || !small.is_file() {
        let mut args: Vec<&OsStr> = vec!["-Oz".as_ref(), "--strip-producers".as_ref(), "--strip-debug".as_ref()];
        let module = glue.join("core_bg.wasm");
        args.extend(FEATURES.iter().map(OsStr::new));
        args.extend([module.as_os_str(), "-o".as_ref(), small.as_os_str()]);
        tool(&place, "wasm-opt", &args)?;
    }
    write_generated(&place, &small)?;
    for name in ["core.js", "core.d.ts"] {
        copy(&glue.join(name), &place.work().join("src").join(name))?;
    }
    let dist = place.package().join("dist");
    clear(&dist)?;
    tool(&place, "tsc", &["--project".as_ref(), ".".as_ref(), "--outDir".as_ref(), dist.as_os_str()])?;
    // The glue is no TypeScript and is taken as it is.
    copy(&glue.join("core.js"), &dist.join("core.js"))?;
    copy(&glue.join("core.d.ts"), &dist.join("core.d.ts"))?;
    copy(&small, &dist.join("attainment.wasm"))?;
    assemble(&place)?;
    for old in listed(&place.out)?.into_iter().filter(|path| path.extension().is_some_and(|extension| extension == "tgz")) {
        fs::remove_file(&old).map_err(|error| format!("{}: {error}", old.display()))?;
    }
    let mut pack = npm(&["pack", "--silent", "--pack-destination", ".."]);
    run_command(pack.current_dir(place.package()))?;
    sizes(&place, &small)
}

/// The package as a stranger's tools see it.
pub(crate) fn lint(root: &Path) -> Result<(), String> {
    let place = Place::new(root);
    let tarball = place.unpack()?;
    tool(&place, "publint", &["run".as_ref(), "--strict".as_ref(), place.package().as_os_str()])?;
    // It is of ES modules alone, which is what the profile says.
    tool(
        &place,
        "attw",
        &[tarball.as_os_str(), "--profile".as_ref(), "esm-only".as_ref(), "--exclude-entrypoints".as_ref(), "attainment.wasm".as_ref()],
    )?;
    tool(&place, "tsc", &["--project".as_ref(), "test".as_ref()])?;
    let reference = place.out.join("reference");
    tool(&place, "typedoc", &["--out".as_ref(), reference.as_os_str()])
}

/// The tests of the packed package.
pub(crate) fn test(root: &Path) -> Result<(), String> {
    let place = Place::new(root);
    place.unpack()?;
    tool(&place, "vitest", &["run".as_ref(), "--dir".as_ref(), "test".as_ref()])
}

/// Node and npm; without them nothing here can be done.
fn find_node(root: &Path) -> Result<(), String> {
    let help = "help: install Node.js 20 or later with npm, https://nodejs.org";
    let version = Command::new("node").arg("--version").current_dir(root).stderr(Stdio::null()).output();
    let version = version.map_err(|error| format!("cannot find node: {error}; {help}"))?;
    let text = String::from_utf8_lossy(&version.stdout);
    let major = text.trim().trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(major) if major >= 20 => {}
        _ => return Err(format!("node is {}, and 20 is needed; {help}", text.trim())),
    }
    match npm(&["--version"]).stdout(Stdio::null()).stderr(Stdio::null()).status() {
        Ok(status) if status.success() => Ok(()),
        _ => Err(format!("cannot find npm; {help}")),
    }
}

/// Installs the standard library of the target where rustup can; where there is no rustup, cargo says
/// itself what is missing.
fn find_target(root: &Path) -> Result<(), String> {
    let rustup = |args: &[&str]| Command::new("rustup").args(args).current_dir(root).stderr(Stdio::null()).output();
    let Ok(installed) = rustup(&["target", "list", "--installed"]) else { return Ok(()) };
    if String::from_utf8_lossy(&installed.stdout).lines().any(|line| line.trim() == TARGET) {
        return Ok(());
    }
    println!("$ rustup target add {TARGET}");
    match rustup(&["target", "add", TARGET]) {
        Ok(done) if done.status.success() => Ok(()),
        _ => Err(format!("cannot find the target {TARGET}; help: rustup target add {TARGET}")),
    }
}

/// npm, as it is called on this system.
pub(crate) fn npm(args: &[&str]) -> Command {
    let mut command = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.args(args);
    command
}

/// A tool that npm installed.
pub(crate) fn tool(place: &Place, name: &str, args: &[&OsStr]) -> Result<(), String> {
    let mut command = Command::new(place.work().join("node_modules/.bin").join(name));
    run_command(command.args(args).current_dir(place.work()))
}

/// Runs a command, with its output passed through.
pub(crate) fn run_command(command: &mut Command) -> Result<(), String> {
    let shown = format!("{command:?}");
    let shown: String = shown.chars().take(200).collect();
    match command.env_remove("UPDATE").status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{shown}` ended with {status}")),
        Err(error) => Err(format!("cannot run `{shown}`: {error}")),
    }
}

/// Brings sources and tests to where they are built, and installs the tools that the lock file names.
fn install(place: &Place) -> Result<(), String> {
    let (source, work) = (place.source(), place.work());
    make(&work)?;
    for name in ["src", "test"] {
        clear(&work.join(name))?;
        copy_tree(&source.join(name), &work.join(name))?;
    }
    for path in listed(&source)? {
        if path.is_file() && path.extension().is_some_and(|extension| matches!(extension.to_str(), Some("json" | "mjs" | "ts" | "md"))) {
            copy(&path, &work.join(path.file_name().unwrap_or_default()))?;
        }
    }
    let (lock, installed) = (source.join("package-lock.json"), work.join("node_modules/.installed-lock.json"));
    if changed(&lock, &installed)? {
        run_command(npm(&["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(&work))?;
        copy(&lock, &installed)?;
    }
    Ok(())
}

/// Sources made of other files: the module as text, the schemas as text.
fn write_generated(place: &Place, module: &Path) -> Result<(), String> {
    let src = place.work().join("src");
    let bytes = fs::read(module).map_err(|error| format!("{}: {error}", module.display()))?;
    write(&src.join("wasm.ts"), &format!("/** The module. */\nexport const BASE64: string = \"{}\";\n", base64(&bytes)))?;
    let mut texts = String::new();
    for name in SCHEMAS {
        let text = read(&place.root.join(format!("docs/schema/{name}.schema.json")))?;
        texts += &format!("  {name}: {},\n", quoted(&compact(&text)));
    }
    let path = src.join("schemas.ts");
    let with = read(&path)?.replace("  // The schemas, written in by `cargo xtask npm`.\n", &texts);
    write(&path, &with)
}

/// The documents that have a schema.
pub(crate) const SCHEMAS: &[&str] = &["plan", "method", "scheme", "cascade", "roll_up"];

/// JSON without the white space between its words.
fn compact(json: &str) -> String {
    let (mut out, mut in_text, mut escaped) = (String::with_capacity(json.len()), false, false);
    for c in json.chars() {
        if in_text || !c.is_whitespace() {
            out.push(c);
        }
        in_text = if in_text { escaped || c != '"' } else { c == '"' };
        escaped = in_text && !escaped && c == '\\';
    }
    out
}

/// A text as JavaScript writes it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'").replace('\n', "\\n"))
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let number = chunk.iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let letter = LETTERS[(number >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}

/// Puts together what is packed.
fn assemble(place: &Place) -> Result<(), String> {
    let (source, package) = (place.source(), place.package());
    for name in ["package.json", "README.md"] {
        copy(&source.join(name), &package.join(name))?;
    }
    for name in ["LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md"] {
        copy(&place.root.join(name), &package.join(name))?;
    }
    clear(&package.join("schema"))?;
    for name in SCHEMAS {
        let file = format!("{name}.schema.json");
        copy(&place.root.join("docs/schema").join(&file), &package.join("schema").join(&file))?;
    }
    Ok(())
}

/// Prints the sizes and compares them with the budget.
fn sizes(place: &Place, module: &Path) -> Result<(), String> {
    let budget = place.source().join("budget.json");
    let mut node = Command::new("node");
    run_command(node.arg(place.source().join("sizes.mjs")).arg(module).arg(place.package()).arg(budget))
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    fs::write(path, text).map_err(|error| format!("cannot write {}: {error}", path.display()))
}

fn make(folder: &Path) -> Result<(), String> {
    fs::create_dir_all(folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))
}

/// An empty folder.
pub(crate) fn clear(folder: &Path) -> Result<(), String> {
    if folder.exists() {
        fs::remove_dir_all(folder).map_err(|error| format!("cannot clear {}: {error}", folder.display()))?;
    }
    make(folder)
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    fs::copy(from, to).map(|_| ()).map_err(|error| format!("cannot copy {} to {}: {error}", from.display(), to.display()))
}

fn copy_tree(from: &Path, to: &Path) -> Result<(), String> {
    make(to)?;
    for path in listed(from)? {
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() { copy_tree(&path, &target)? } else { copy(&path, &target)? }
    }
    Ok(())
}

/// What a folder holds, in a fixed order.
fn listed(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let unreadable = |error| format!("cannot read {}: {error}", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        paths.push(entry.map_err(unreadable)?.path());
    }
    paths.sort();
    Ok(paths)
}

/// Whether a file differs from the copy that was made of it.
fn changed(file: &Path, copy: &Path) -> Result<bool, String> {
    let now = fs::read(file).map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    Ok(fs::read(copy).ok().is_none_or(|then| then != now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_padded() {
        assert_eq!(["", "f", "fo", "foo", "foob"].map(|text| base64(text.as_bytes())), ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="]);
    }

    #[test]
    fn white_space_within_texts_stays() {
        assert_eq!(compact("{ \"a b\": \"c \\\" d\",\n \"e\": [1, 2] }"), "{\"a b\":\"c \\\" d\",\"e\":[1,2]}");
        assert_eq!(quoted("it's \\n"), "'it\\'s \\\\n'");
    }
}
