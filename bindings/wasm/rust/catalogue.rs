//! One series, and what there is.

use attainment::serde_json::{Value, json};
use attainment::{Direction, Kind, MethodChoice, Schedule, Series};
use wasm_bindgen::prelude::*;

use crate::boundary::{Answer, Options, cell, thrown, to_json};
use crate::plan::Method;
use crate::results::Explanation;

/// The question of a pace, read out of JSON text.
#[wasm_bindgen]
pub struct PaceQuestion(Series);

#[wasm_bindgen]
impl PaceQuestion {
    /// By a method of the catalogue.
    pub fn named(id: &str, options: &str) -> Answer<PaceQuestion> {
        question(id.into(), options)
    }

    /// By a method of one's own.
    pub fn by(method: &Method, options: &str) -> Answer<PaceQuestion> {
        question((&method.0).into(), options)
    }

    /// The pace.
    pub fn pace(&self) -> Answer<String> {
        attainment::pace(&self.0).map(|pace| to_json(&pace)).map_err(thrown)
    }

    /// Why.
    pub fn explain(&self) -> Answer<Explanation> {
        self.0.explain().map(Explanation::of).map_err(thrown)
    }
}

fn question(method: MethodChoice, options: &str) -> Answer<PaceQuestion> {
    let mut given = Options::new(options);
    let directions: Vec<&str> = Direction::ALL.iter().map(|word| word.as_str()).collect();
    let kinds: Vec<&str> = Kind::ALL.iter().map(|word| word.as_str()).collect();
    if given.is_absent("direction") {
        given.wrong("direction", &Value::Null, "`increase`, `decrease` or `within`", "`increase`、`decrease`或`within`");
    }
    let direction = given.word("direction", Direction::from_word, &directions).unwrap_or(Direction::Increase);
    let mut series = Series::new(method, direction);
    for point in given.list("series") {
        match point.as_array().map(Vec::as_slice) {
            Some([period, value]) => series = series.point(cell(period), cell(value), ""),
            Some([period, value, Value::Null]) => series = series.point(cell(period), cell(value), ""),
            Some([period, value, Value::String(status)]) => series = series.point(cell(period), cell(value), status),
            _ => given.wrong("series", &point, "a list of a period, a value and perhaps a status", "由期、数值和可选状态组成的列表"),
        }
    }
    if let Some(target) = given.take("target") {
        let asked = match &target {
            Value::Object(each) if each.len() == 1 => match each.get("each") {
                Some(Value::Array(ends)) => match ends.as_slice() {
                    [low, high] => Some(series.clone().target_each_within(cell(low), cell(high))),
                    _ => None,
                },
                Some(value) => Some(series.clone().target_each(cell(value))),
                None => None,
            },
            Value::Array(pair) => match pair.as_slice() {
                [by, Value::Array(ends)] => match ends.as_slice() {
                    [low, high] => Some(series.clone().target_within(cell(by), cell(low), cell(high))),
                    _ => None,
                },
                [by, value] => Some(series.clone().target(cell(by), cell(value))),
                _ => None,
            },
            _ => None,
        };
        match asked {
            Some(asked) => series = asked,
            None => given.wrong(
                "target",
                &target,
                "a list of a period and a value or an interval, or `{ each: … }`",
                "由期和数值或区间组成的列表,或`{ each: … }`",
            ),
        }
    }
    if let Some(period) = given.take("baseline") {
        series = series.baseline(cell(&period));
    }
    if let Some(limit) = given.take("limit") {
        series = series.limit(cell(&limit));
    }
    match given.take("marks") {
        None => {}
        Some(Value::Object(marks)) => {
            for (name, value) in &marks {
                series = series.mark(name, cell(value));
            }
        }
        Some(other) => given.wrong("marks", &other, "a map of names to numbers", "标志值名称到数值的映射"),
    }
    series = series.peers(given.list("peers").iter().map(cell));
    for point in given.list("typical_path") {
        match point.as_array().map(Vec::as_slice) {
            Some([time, value]) => series = series.typical_path([(cell(time), cell(value))]),
            _ => given.wrong("typical_path", &point, "a list of a time and a value", "由时间和数值组成的列表"),
        }
    }
    if let Some(kind) = given.word("kind", Kind::from_word, &kinds) {
        series = series.kind(kind);
    }
    if given.truth("percent") == Some(true) {
        series = series.percent();
    }
    for schedule in given.list("schedule") {
        match Schedule::from_value(&schedule) {
            Ok(schedule) => series = series.schedule(schedule),
            Err(error) => given.report(error.findings().to_vec()),
        }
    }
    given.finish()?;
    Ok(PaceQuestion(series))
}

/// The methods of the catalogue.
#[wasm_bindgen]
pub fn methods() -> String {
    to_json(&attainment::methods())
}

/// The schemes of the catalogue.
#[wasm_bindgen]
pub fn schemes() -> String {
    let schemes = attainment::schemes().into_iter().map(|scheme| {
        json!({
            "id": scheme.id,
            "alias": scheme.alias,
            "title": scheme.title,
            "issuer": scheme.issuer,
            "source": scheme.source,
            "verified": scheme.verified,
            "text": scheme.text,
        })
    });
    Value::Array(schemes.collect()).to_string()
}

/// The codes of findings.
#[wasm_bindgen]
pub fn codes() -> String {
    let codes = attainment::codes().iter().map(|code| {
        json!({ "code": code.as_str(), "severity": code.severity().as_str(), "stage": format!("{:?}", code.stage()).to_lowercase(), "summary": code.summary() })
    });
    Value::Array(codes.collect()).to_string()
}

/// The version of the library.
#[wasm_bindgen]
pub fn version() -> String {
    attainment::VERSION.to_owned()
}
