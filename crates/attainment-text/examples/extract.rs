//! Prints a text with its items marked, the fields under each, and the findings.
//!
//! `cargo run -p attainment-text --example extract -- FILE...` prints for people, in the language of
//! the text or in that of `--lang zh|en`. `--html` prints a page, `--plan` the plan that the items
//! make, `--jsonl` one record a line with the file's name before the point as `doc`, `--time` only how
//! long reading takes. `--year Y`, `--title T` and `--read zh|en` say what is known about the text.

use std::io::{self, Write};
use std::path::Path;

use attainment::{Format, Lang};
use attainment_text::{ExtractOptions, extract};

fn main() -> io::Result<()> {
    let mut options = ExtractOptions::new();
    let (mut jsonl, mut html, mut plan, mut timed, mut files) = (false, false, false, false, Vec::new());
    let mut said = None;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--jsonl" => jsonl = true,
            "--time" => timed = true,
            "--html" => html = true,
            "--plan" => plan = true,
            "--year" => options.reference_year = arguments.next().and_then(|year| year.parse().ok()),
            "--read" => options.lang = arguments.next().and_then(|lang| Lang::from_tag(&lang)),
            "--lang" => said = arguments.next().and_then(|lang| Lang::from_tag(&lang)),
            "--title" => options.title = arguments.next(),
            _ => files.push(argument),
        }
    }
    let mut out = io::stdout().lock();
    for file in files {
        let text = std::fs::read_to_string(&file)?;
        let start = std::time::Instant::now();
        let draft = extract(&text, &options);
        if timed {
            let seconds = start.elapsed().as_secs_f64();
            let megabytes = text.len() as f64 / 1e6;
            writeln!(out, "{file}: {megabytes:.1} MB in {seconds:.2} s, {:.1} MB/s, {} items", megabytes / seconds, draft.items.len())?;
            continue;
        }
        let lang = said.unwrap_or(draft.lang);
        if jsonl {
            let name = Path::new(&file).file_stem().unwrap_or_default().to_string_lossy().into_owned();
            for mut record in draft.to_records() {
                record.insert("doc".to_owned(), name.as_str().into());
                writeln!(out, "{}", attainment::serde_json::Value::Object(record))?;
            }
        } else if plan {
            match draft.to_plan() {
                Ok(plan) => write!(out, "{}", plan.to_text(Format::Yaml))?,
                Err(error) => writeln!(out, "{error}")?,
            }
            for finding in draft.plan_findings() {
                writeln!(out, "# {finding}")?;
            }
        } else {
            write!(out, "{}", if html { draft.to_html(lang) } else { draft.to_text(lang) })?;
        }
    }
    Ok(())
}
