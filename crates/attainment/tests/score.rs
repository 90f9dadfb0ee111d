//! The vectors of `tests/vectors/score`: a scheme, data, and what must come out.
//!
//! A case has `scheme` (a document, or the id of a ready-made one) and `table` (columns; null is
//! missing), `panel` (CSV text) or `data` (a CSV file of `tests/data`, with `columns` ours to theirs).
//! `expect` lists scores by area: `score`, `rounded`, `rank`, `grade`, `bonus`, `veto`, `missing`
//! (`id: treatment`), `natures`, and `pillars` by path of ids. Floats agree to 1e-9, or to the
//! `within` of the case. `findings` lists codes, `error` the code of a scheme that cannot be applied.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};

use attainment::{Cell, Column, Columns, Error, Format, Panel, PillarScore, Point, Scheme, Score, Scorecard, WideTable, schemes, score};
use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn every_vector() {
    let mut files: Vec<_> = std::fs::read_dir(root().join("tests/vectors/score")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "json"));
    files.sort();
    assert!(!files.is_empty());
    let (mut count, mut failures) = (0, Vec::new());
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&file).unwrap();
        let cases: Vec<Value> = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
        for case in cases {
            count += 1;
            if let Err(problem) = run(&case) {
                failures.push(format!("{name}: {}: {problem}", case["name"]));
            }
        }
    }
    println!("{count} vectors");
    assert!(failures.is_empty(), "{} of {count} vectors fail:\n{}", failures.len(), failures.join("\n"));
}

fn run(case: &Value) -> Result<(), String> {
    let known = ["name", "source", "note", "scheme", "table", "panel", "data", "columns", "expect", "findings", "error", "within"];
    if let Some(key) = case.as_object().and_then(|map| map.keys().find(|key| !known.contains(&key.as_str()))) {
        return Err(format!("unknown key {key}"));
    }
    if !case["source"].is_string() {
        return Err("the vector has no source".into());
    }
    let result = card(case)?;
    let card = match (result, case["error"].as_str()) {
        (Ok(_), Some(code)) => return Err(format!("want the error {code}")),
        (Err(error), Some(code)) if error.findings().iter().any(|finding| finding.code.as_str() == code) => return Ok(()),
        (Err(error), _) => return Err(error.to_string()),
        (Ok(card), None) => card,
    };
    let expected = case["expect"].as_array().map_or(&[][..], Vec::as_slice);
    if expected.is_empty() && case["findings"].is_null() {
        return Err("the vector expects nothing".into());
    }
    let within = case["within"].as_f64().unwrap_or(1e-9);
    for want in expected {
        compare(&card, want, within)?;
    }
    if let Some(codes) = case["findings"].as_array() {
        let found: Vec<&str> = card.findings().iter().map(|finding| finding.code.as_str()).collect();
        let wanted: Vec<&str> = codes.iter().filter_map(Value::as_str).collect();
        if found != wanted {
            return Err(format!("findings {found:?}, want {wanted:?}"));
        }
    }
    Ok(())
}

fn card(case: &Value) -> Result<Result<Scorecard, Error>, String> {
    let scheme = match &case["scheme"] {
        Value::String(id) => {
            let info = schemes().into_iter().find(|info| info.id == id || info.alias == id).ok_or(format!("no scheme {id}"))?;
            Scheme::parse(info.text, Format::Yaml)
        }
        value => Scheme::from_value(value),
    };
    let scheme = match scheme {
        Ok(scheme) => scheme,
        Err(error) if case["error"].is_string() => return Ok(Err(error)),
        Err(error) => return Err(error.to_string()),
    };
    if let Some(text) = case["panel"].as_str() {
        let panel = Panel::from_csv(text, &Columns::new()).map_err(|error| error.to_string())?;
        return Ok(score(&panel, &scheme));
    }
    let mut columns = Columns::new();
    for (ours, theirs) in case["columns"].as_object().into_iter().flatten() {
        columns = columns.rename(ours, theirs.as_str().unwrap());
    }
    let table = if let Some(file) = case["data"].as_str() {
        let text = std::fs::read_to_string(root().join("tests/data").join(file)).map_err(|error| error.to_string())?;
        WideTable::from_csv(&text, &columns)
    } else {
        let cell = |value: &Value| match value {
            Value::Null => Cell::Empty,
            Value::String(text) => text.as_str().into(),
            other => other.to_string().into(),
        };
        let table = case["table"].as_object().ok_or("a case has `table`, `panel` or `data`")?;
        let cells: Vec<(&str, Column<'_>)> = table
            .iter()
            .map(|(name, values)| (name.as_str(), values.as_array().unwrap().iter().map(cell).collect::<Vec<Cell>>().into()))
            .collect();
        WideTable::from_columns(&cells, &columns)
    };
    Ok(table.and_then(|table| score(&table, &scheme)))
}

fn compare(card: &Scorecard, want: &Value, within: f64) -> Result<(), String> {
    let want = want.as_object().ok_or("an expectation is a map")?;
    let area = want["area"].as_str().ok_or("an expectation names its area")?;
    let found = match want.get("period") {
        Some(period) => {
            let year = period.as_str().map_or_else(|| period.to_string(), str::to_owned).parse().map_err(|_| "period is no year")?;
            card.score_of(area, Point::year(year))
        }
        None => card.score(area),
    };
    let got: Score = found.map_err(|error| error.to_string())?;
    let problem = |key: &str, got: String, want: &Value| Err(format!("{area}: {key} is {got}, want {want}"));
    for (key, want) in want {
        let equal = match key.as_str() {
            "area" | "period" => true,
            "score" => number(got.score, want, within),
            "rank" => number(got.rank, want, 0.0),
            "bonus" => number(Some(got.bonus), want, within),
            "rounded" => got.rounded.map(|rounded| rounded.to_string()).as_deref() == want.as_str(),
            "grade" => got.grade.as_deref() == want.as_str(),
            "veto" => serde_json::to_value(&got.veto).unwrap() == *want,
            "missing" => {
                let missing: Vec<String> = got.missing.iter().map(|missing| format!("{}: {}", missing.id, missing.treatment)).collect();
                serde_json::to_value(missing).unwrap() == *want
            }
            "natures" => want.as_object().unwrap().iter().all(|(nature, want)| {
                let score = got.natures.iter().find(|(found, _)| found.as_str() == nature).and_then(|(_, score)| *score);
                number(score, want, within)
            }),
            "pillars" => {
                for (path, want) in want.as_object().unwrap() {
                    let Some(pillar) = pillar(&got.pillars, path) else { return Err(format!("{area}: there is no pillar {path}")) };
                    let (score, grade) = match want {
                        Value::Object(map) => (map.get("score"), map.get("grade")),
                        other => (Some(other), None),
                    };
                    if score.is_some_and(|want| !number(pillar.score, want, within)) {
                        return problem(path, format!("{:?}", pillar.score), want);
                    }
                    if grade.is_some_and(|want| pillar.grade.as_deref() != want.as_str()) {
                        return problem(path, format!("{:?}", pillar.grade), want);
                    }
                }
                true
            }
            other => return Err(format!("a score has no field {other}")),
        };
        if !equal {
            return problem(key, serde_json::to_value(&got).unwrap()[key].to_string(), want);
        }
    }
    Ok(())
}

fn pillar<'p>(pillars: &'p [PillarScore], path: &str) -> Option<&'p PillarScore> {
    let (first, rest) = path.split_once('/').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let found = pillars.iter().find(|pillar| pillar.id == first)?;
    rest.map_or(Some(found), |rest| pillar_of(found, rest))
}

fn pillar_of<'p>(of: &'p PillarScore, path: &str) -> Option<&'p PillarScore> {
    pillar(&of.pillars, path)
}

/// A number, or null where there is none; text spells a fraction: `10/13`.
fn number(got: Option<f64>, want: &Value, within: f64) -> bool {
    let want = match want {
        Value::Null => return got.is_none(),
        Value::String(text) => match text.split_once('/') {
            Some((a, b)) => a.parse::<f64>().unwrap() / b.parse::<f64>().unwrap(),
            None => text.parse().unwrap(),
        },
        other => other.as_f64().unwrap(),
    };
    got.is_some_and(|got| (got - want).abs() <= within * want.abs().max(1.0))
}
