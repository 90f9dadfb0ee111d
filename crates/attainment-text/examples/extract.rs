//! Prints a text with its items marked, the fields under each, and the findings.
//!
//! `cargo run -p attainment-text --example extract -- FILE...` prints for people,
//! `--jsonl FILE...` one record a line with the file's name before the point as `doc`.
//! `--time` prints only how long reading takes. `--year Y` and `--title T` say what is known about the text.

use std::io::{self, Write};
use std::path::Path;

use attainment_text::{Draft, ExtractOptions, extract};

fn main() -> io::Result<()> {
    let mut options = ExtractOptions::new();
    let (mut jsonl, mut timed, mut files) = (false, false, Vec::new());
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--jsonl" => jsonl = true,
            "--time" => timed = true,
            "--year" => options.reference_year = arguments.next().and_then(|year| year.parse().ok()),
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
        if jsonl {
            let name = Path::new(&file).file_stem().unwrap_or_default().to_string_lossy().into_owned();
            for mut record in draft.to_records() {
                record.insert("doc".to_owned(), name.as_str().into());
                writeln!(out, "{}", attainment::serde_json::Value::Object(record))?;
            }
        } else {
            show(&mut out, &text, &draft)?;
        }
    }
    Ok(())
}

/// The text with marks around the items, and what was read below it.
fn show(out: &mut impl Write, text: &str, draft: &Draft) -> io::Result<()> {
    let mut at = 0;
    for item in 0..draft.items.len() {
        let Some(range) = draft.byte_range(item) else { continue };
        if range.start >= at {
            write!(out, "{}【{}:{}】", &text[at..range.start], item + 1, &text[range.clone()])?;
            at = range.end;
        }
    }
    writeln!(out, "{}\n", &text[at..])?;
    for (nth, record) in draft.to_records().into_iter().enumerate() {
        let mut line = format!("{:>4} ", nth + 1);
        for (key, value) in record {
            let skip = ["text", "start", "end", "value_start", "value_end"].contains(&key.as_str());
            if !skip && !value.is_null() && value != false {
                line.push_str(&format!(" {key}={}", value.to_string().trim_matches('"')));
            }
        }
        writeln!(out, "{line}")?;
    }
    for finding in &draft.findings {
        writeln!(out, "     {} {}..{}: {}", finding.code, finding.start.unwrap_or(0), finding.end.unwrap_or(0), finding.message.zh)?;
    }
    Ok(())
}
