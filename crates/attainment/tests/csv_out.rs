//! Results as CSV: every cell can be read again, and no text is a formula.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use attainment::{AssessOptions, Assessment, Cell, Csv, Format, Panel, Plan, Record, WideTable, score};

fn assessment(area: &str, value: &str) -> Assessment {
    let plan = Plan::parse(
        "{attainment: 1, id: p, indicators: {a: {name: A, direction: increase}}, targets: {t: {indicator: a, reach: -3.50, by: 2020, baseline: 2019}}}",
        Format::Yaml,
    )
    .unwrap();
    let panel = Panel::from_records([
        Record::new(area, "a", 2019, "-8"),
        Record::new(area, "a", 2020, value).status("P;B"),
        Record::new("no value", "a", 2019, 1),
    ]);
    plan.assess(&panel, &AssessOptions::new().as_of(2020).method("linear")).unwrap()
}

fn rows(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().unwrap().iter().map(str::to_owned).collect();
    std::iter::once(header).chain(reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect())).collect()
}

#[test]
fn what_is_written_is_what_the_columns_hold() {
    let assessment = assessment("x", "-4.25");
    let rows = rows(&assessment.to_csv(&Csv::new()));
    assert_eq!(rows.len(), 1 + assessment.verdicts().len());
    for (index, (name, column)) in assessment.columns().iter().enumerate() {
        assert_eq!(rows[0][index], *name);
        for (row, cell) in column.cells().enumerate() {
            let written = &rows[row + 1][index];
            match cell {
                Cell::Empty => assert_eq!(written, "", "{name}"),
                Cell::Text(text) => assert_eq!(*written, text, "{name}"),
                Cell::Float(number) => assert_eq!(written.parse::<f64>().unwrap(), number, "{name}"),
                Cell::Bool(answer) => assert_eq!(*written, answer.to_string(), "{name}"),
                other => panic!("{name}: {other:?}"),
            }
        }
    }
}

#[test]
fn numbers_stay_numbers_and_texts_are_no_formulas() {
    let find = |area: &str, csv: Csv| {
        let text = assessment(area, "-4.25").to_csv(&csv);
        let rows = rows(&text);
        (rows[1][1].clone(), rows[1][9].clone(), rows[1][12].clone())
    };
    for area in ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "＝1+1", "－x", "=HYPERLINK(\"http://x\",\"y\")"] {
        let (guarded, value, gap) = find(area, Csv::new());
        assert_eq!(guarded, format!("'{}", area), "{area:?}");
        assert_eq!((value.as_str(), gap.as_str()), ("-4.25", "0.75"), "numbers are untouched");
        assert_eq!(find(area, Csv::new().guard(false)).0, area, "{area:?}");
    }
    for area in ["Zürich, \"Stadt\"", "新昌县", "two\nlines", "a;b", "-7", "+7.5", "1=1", "a@b", "'quoted'"] {
        assert_eq!(find(area, Csv::new()).0, area, "{area:?}");
    }
}

#[test]
fn a_byte_order_mark_when_asked() {
    let assessment = assessment("x", "1");
    let (plain, marked) = (assessment.to_csv(&Csv::new()), assessment.to_csv(&Csv::new().bom(true)));
    assert!(plain.starts_with("target,"));
    assert_eq!(marked.strip_prefix('\u{feff}'), Some(&*plain));
    assert_eq!(plain.matches('\n').count(), 1 + assessment.verdicts().len());
}

#[test]
fn scorecards_too() {
    let table = WideTable::from_floats(
        ["=x", "y"],
        [
            ("life_expectancy", vec![80.0, f64::NAN]),
            ("expected_schooling", vec![15.0, 15.0]),
            ("mean_schooling", vec![8.0, 8.0]),
            ("gni_per_capita", vec![18000.0, 18000.0]),
        ],
    )
    .unwrap();
    let card = score(&table, "undp-hdi").unwrap();
    let rows = rows(&card.to_csv(&Csv::new()));
    assert_eq!(rows[0], card.columns().iter().map(|(name, _)| name.clone()).collect::<Vec<_>>());
    assert_eq!((rows[1][0].as_str(), rows[2][0].as_str()), ("'=x", "y"));
    // What cannot be scored is empty, and not zero.
    assert_eq!(rows[2][1], "");
    assert!(rows[2].last().unwrap().contains("health"), "{rows:?}");
}

#[test]
fn nothing_to_write_is_a_header() {
    let plan = Plan::parse("{attainment: 1, id: p, indicators: {}, targets: {}}", Format::Yaml).unwrap();
    let assessment = plan.assess(&Panel::default(), &AssessOptions::new().as_of(2020)).unwrap();
    assert_eq!(assessment.to_csv(&Csv::new()).lines().count(), 1);
}
