//! Laws of the bulk path: plain answers are those of the general judge, in every column.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use attainment::{
    AssessOptions, Assessment, Cell, Column, Columns, Direction, Forecast, Format, Method, Panel, Plan, Record, TargetTable,
    serde_json::Value,
};
use proptest::prelude::*;

/// A method of one's own with a case for intervals, and another gauge.
fn own(gauge: &str) -> Method {
    let text = format!(
        "{{attainment: 1, id: own-{gauge}, within: nearest_end, reached: {{word: achieved, scale: done, score: 5}}, with_target: {{gauge: {gauge}, cuts: [{{at_least: 0.95, word: on track, scale: on_track}}, {{more_than: 0.6, word: close, scale: near}}, {{at_least: 0, word: slow, scale: behind}}], below: {{word: away, scale: away}}}}}}"
    );
    Method::parse(&text, Format::Yaml).unwrap()
}

/// Every column of an assessment says what the records of its verdicts say.
fn agree(assessment: &Assessment) -> Result<(), TestCaseError> {
    // Columns first: they are made of the plain answers.
    let columns = assessment.columns();
    let exact: Vec<(&str, Column<'_>)> = ["value", "bound", "gap"].map(|name| (name, assessment.decimals(name).unwrap())).into();
    let summary = assessment.summary();
    let records = assessment.to_records();
    prop_assert_eq!(summary.iter().map(|(_, count)| count).sum::<usize>(), records.len());
    for (state, count) in summary {
        prop_assert_eq!(records.iter().filter(|record| record["attained"] == state.as_str()).count(), count);
    }
    for (name, column) in &columns {
        prop_assert_eq!(column.len(), records.len());
        for (row, record) in records.iter().enumerate() {
            let cell = column.cell(row);
            let same = match (&record[*name], &cell) {
                (Value::Null, cell) => *cell == Cell::Empty,
                (Value::Bool(answer), cell) => *cell == Cell::Bool(*answer),
                // Floats are the same to the bit.
                (Value::Number(number), Cell::Float(float)) => number.as_f64().unwrap().to_bits() == float.to_bits(),
                (Value::String(text), Cell::Float(float)) => text.parse::<f64>().unwrap() == *float,
                (Value::String(text), Cell::Text(cell)) => text == cell,
                (Value::Array(flags), cell) => {
                    let flags: Vec<&str> = flags.iter().map(|flag| flag.as_str().unwrap()).collect();
                    if flags.is_empty() { *cell == Cell::Empty } else { *cell == Cell::Text(flags.join(";")) }
                }
                _ => false,
            };
            prop_assert!(same, "{name} of row {row}: {cell:?} in the column, {record:?}");
        }
    }
    for (name, column) in &exact {
        for (row, record) in records.iter().enumerate() {
            let want = record[*name].as_str().map(|text| text.parse::<attainment::Decimal>().unwrap().normalize());
            let found = match column.cell(row) {
                Cell::Decimal(value) => Some(value.normalize()),
                _ => None,
            };
            prop_assert_eq!(found, want, "{} of row {}", name, row);
        }
    }
    for record in &records {
        let text = |key: &str| record[key].as_str().map(str::to_owned);
        let as_of: attainment::Point = text("as_of").unwrap().parse().unwrap();
        let verdict =
            assessment.verdict_of(&text("target").unwrap(), &text("area").unwrap(), Some(as_of), text("method").as_deref()).unwrap();
        prop_assert_eq!(verdict.attained.state.as_str(), text("attained").unwrap());
    }
    Ok(())
}

/// One area's numbers on one indicator: by year from 2015, in hundredths, with the bound.
#[derive(Clone, Debug)]
struct Line {
    values: Vec<Option<i64>>,
    bound: i64,
    width: i64,
}

fn line() -> impl Strategy<Value = Line> {
    // Small numbers make ties, and large ones leave the range of exact floats.
    let number = prop_oneof![8 => 1_i64..3000, 2 => -50_i64..50, 1 => 100_000_000_000_000_i64..999_000_000_000_000_000];
    let close =
        (0_i64..3000, prop::collection::vec(prop::option::weighted(0.85, -20_i64..40), 11), prop::sample::select(vec![0, 1, 5, 95, 100]))
            .prop_map(|(base, steps, more)| {
                let values: Vec<Option<i64>> = steps.iter().map(|step| step.map(|step| base + step)).collect();
                Line { values, bound: base + more, width: more }
            });
    let any = (prop::collection::vec(prop::option::weighted(0.85, number.clone()), 11), number, 0_i64..500)
        .prop_map(|(values, bound, width)| Line { values, bound, width });
    prop_oneof![2 => close, 1 => any]
}

const INDICATORS: [(&str, Direction); 4] =
    [("up", Direction::Increase), ("down", Direction::Decrease), ("in", Direction::Within), ("due", Direction::Increase)];

fn decimal(hundredths: i64) -> String {
    attainment::Decimal::new(hundredths, 2).to_string()
}

fn table(lines: &[Vec<Line>], declared: bool) -> TargetTable {
    let mut csv = "area,indicator,direction,compare,bound,bound_max,by,baseline,baseline_value\n".to_owned();
    for (area, lines) in lines.iter().enumerate() {
        for ((id, direction), line) in INDICATORS.iter().zip(lines) {
            let within = *direction == Direction::Within;
            let (compare, high) = if within { ("within", decimal(line.bound + line.width)) } else { ("reach", String::new()) };
            let by = if *id == "due" { 2024 } else { 2030 };
            let base = line.values[5].filter(|_| declared).map(decimal).unwrap_or_default();
            csv.push_str(&format!("a{area},{id},{direction},{compare},{},{high},{by},2020,{base}\n", decimal(line.bound)));
        }
    }
    TargetTable::from_csv(&csv, &Columns::new()).unwrap()
}

/// The rows of a panel: area, indicator, year and value.
fn rows(lines: &[Vec<Line>]) -> Vec<(String, &'static str, i64, Option<i64>)> {
    let mut rows = Vec::new();
    for year in 0..11 {
        for (area, lines) in lines.iter().enumerate() {
            for ((id, _), line) in INDICATORS.iter().zip(lines) {
                rows.push((format!("a{area}"), *id, 2015 + year, line.values[year as usize]));
            }
        }
    }
    rows
}

fn columns_of<'a>(rows: &'a [(String, &'static str, i64, Option<i64>)]) -> Vec<(&'static str, Column<'a>)> {
    // Floats hold 15 digits; what is longer is text.
    let is_long = rows.iter().any(|row| row.3.is_some_and(|value| value.abs() > 100_000_000_000_000));
    let values = match is_long {
        true => Column::from(rows.iter().map(|row| row.3.map(decimal)).collect::<Vec<Option<String>>>()),
        false => Column::from(rows.iter().map(|row| row.3.map(|value| decimal(value).parse().unwrap())).collect::<Vec<Option<f64>>>()),
    };
    vec![
        ("area", Column::from(rows.iter().map(|row| row.0.as_str()).collect::<Vec<_>>())),
        ("indicator", Column::from(rows.iter().map(|row| row.1).collect::<Vec<_>>())),
        ("year", Column::from(rows.iter().map(|row| row.2).collect::<Vec<_>>())),
        ("value", values),
    ]
}

fn lines() -> impl Strategy<Value = Vec<Vec<Line>>> {
    prop::collection::vec(prop::collection::vec(line(), 4), 1..4)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 96 } else { 512 }))]

    #[test]
    fn plain_answers_are_those_of_the_judge(lines in lines(), declared in any::<bool>(), as_of in 2019..2027_i32) {
        let plan = Plan::from_targets(&table(&lines, declared)).unwrap();
        let rows = rows(&lines);
        let panel = Panel::from_columns(&columns_of(&rows), &Columns::new()).unwrap();
        let bare = AssessOptions::new().as_of(as_of);
        agree(&plan.assess(&panel, &bare).unwrap())?;
        for gauge in ["growth_ratio", "linear_ratio", "closed", "lead"] {
            agree(&plan.assess(&panel, &bare.clone().as_of(2022).method(own(gauge))).unwrap())?;
        }
        for method in ["eurostat-2019", "statcan-2025", "linear"] {
            agree(&plan.assess(&panel, &bare.clone().method(method)).unwrap())?;
        }
        agree(&plan.assess(&panel, &bare.method("statcan-2025").method(own("growth_ratio"))).unwrap())?;
    }

    #[test]
    fn columns_are_records_in_any_order(lines in lines(), seed in any::<u64>(), odd in 0..40_usize) {
        let plan = Plan::from_targets(&table(&lines, true)).unwrap();
        let options = AssessOptions::new().as_of(2024).method("eurostat-2019");
        let rows = rows(&lines);
        let panel = Panel::from_columns(&columns_of(&rows), &Columns::new()).unwrap();
        let want = plan.assess(&panel, &options).unwrap();
        // Another order of the rows.
        let mut shuffled = rows.clone();
        let mut state = seed;
        for index in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            shuffled.swap(index, (state >> 33) as usize % (index + 1));
        }
        let record = |(area, id, year, value): &(String, &str, i64, Option<i64>)| Record::new(area.as_str(), *id, *year as i32, value.map(decimal));
        let mut records: Vec<Record> = shuffled.iter().map(record).collect();
        let mut answers = plan.assess(&Panel::from_records(records.clone()), &options).unwrap().to_records();
        let mut wanted = want.to_records();
        let key = |record: &attainment::serde_json::Map<String, Value>| (record["target"].to_string(), record["area"].to_string());
        answers.sort_by_key(key);
        wanted.sort_by_key(key);
        prop_assert_eq!(&answers, &wanted);
        // A flag that says nothing makes a series a detailed one, and no other answer.
        let at = odd % records.len();
        records[at] = record(&shuffled[at]).status("A").breakdown("total");
        let detailed = plan.assess(&Panel::from_records(records), &options).unwrap();
        agree(&detailed)?;
        let mut answers = detailed.to_records();
        answers.sort_by_key(key);
        prop_assert_eq!(&answers, &wanted);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 64 } else { 512 }))]

    /// Sums of machine integers lead where sums of fractions do, to the bit.
    #[test]
    fn forecasts_are_the_same_for_plain_and_flagged_observations(lines in lines(), as_of in 2015..2027_i32) {
        let plan = Plan::from_targets(&table(&lines, false)).unwrap();
        let options = AssessOptions::new().as_of(as_of).forecast(Forecast::LeastSquares);
        let record = |(area, id, year, value): (String, &'static str, i64, Option<i64>)| Record::new(area, id, year as i32, value.map(decimal));
        let plain = plan.assess(&Panel::from_records(rows(&lines).into_iter().map(record)), &options).unwrap();
        let flagged = plan.assess(&Panel::from_records(rows(&lines).into_iter().map(|row| record(row).status("A"))), &options).unwrap();
        let told = |assessment: &Assessment| assessment.findings().iter().map(|finding| finding.message.en.clone()).collect::<Vec<_>>();
        prop_assert_eq!(told(&plain), told(&flagged));
        let (plain, flagged) = (plain.column("forecast").unwrap(), flagged.column("forecast").unwrap());
        for row in 0..plain.len() {
            prop_assert_eq!(format!("{:?}", plain.cell(row)), format!("{:?}", flagged.cell(row)));
        }
        // And where floats lead, as far as they can tell.
        for (row, (target, area)) in INDICATORS.iter().enumerate().flat_map(|(target, _)| (0..lines.len()).map(move |area| (target, area))).enumerate() {
            let due = if INDICATORS[target].0 == "due" { 2024.0 } else { 2030.0 };
            let points: Vec<(f64, f64)> = (0..11)
                .filter(|year| 2015 + year <= as_of)
                .filter_map(|year| Some((f64::from(2015 + year) - due, lines[area][target].values[year as usize]? as f64 / 100.0)))
                .collect();
            let n = points.len() as f64;
            let (x, y) = (points.iter().map(|p| p.0).sum::<f64>() / n, points.iter().map(|p| p.1).sum::<f64>() / n);
            let sxx = points.iter().map(|p| (p.0 - x).powi(2)).sum::<f64>();
            let slope = points.iter().map(|p| (p.0 - x) * (p.1 - y)).sum::<f64>() / sxx;
            match plain.cell(row) {
                Cell::Float(line) => prop_assert!((line - (y - slope * x)).abs() <= 1e-9 * (1.0 + y.abs() + (slope * x).abs()), "{line} {points:?}"),
                _ => prop_assert!(points.len() < 2, "{points:?}"),
            }
        }
    }
}

/// The golden cases that floats get wrong, one unit beside them, and the same through the general judge.
#[test]
fn ties_are_ties() {
    for (base, value, target, by) in
        [(100_000, 101_900, 102_000, 2021), (20_000, 21_900, 24_200, 2022), (12_500_000, 12_737_500, 13_265_100, 2023)]
    {
        for (beside, word) in [(-1, "close"), (0, "on track"), (1, "on track")] {
            let csv = format!("area,indicator,direction,bound,by,baseline\nx,a,increase,{target},{by},2020\n");
            let plan = Plan::from_targets(&TargetTable::from_csv(&csv, &Columns::new()).unwrap()).unwrap();
            let panel = Panel::from_records([Record::new("x", "a", 2020, base), Record::new("x", "a", 2021, value + beside)]);
            // Whole years: one year of `by - 2020`.
            let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2021).method(own("growth_ratio"))).unwrap();
            assert_eq!(assessment.column("category").unwrap().cell(0), word.into(), "{base} {beside}");
            agree(&assessment).unwrap();
        }
    }
}
