//! Reading observations: every form of table, and what happens to what cannot be read.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::Path;

use attainment::{
    AssessOptions, Assessment, Cell, Code, Columns, Error, Finding, Flag, Format, Panel, PanelBuilder, Plan, Reason, Record, State,
    TargetTable, Threshold, ValueIs,
};
use rust_decimal::Decimal;

fn plan(text: &str) -> Plan {
    Plan::parse(text, Format::Yaml).unwrap()
}

/// Reach 100 in 2020, in a unit.
fn reach(unit: &str) -> Plan {
    plan(&format!(
        "{{attainment: 1, id: p, indicators: {{a: {{name: A, unit: {unit}, direction: increase}}}}, targets: {{t: {{indicator: a, reach: 100, by: 2020}}}}}}"
    ))
}

fn assess(plan: &Plan, panel: &Panel) -> Assessment {
    plan.assess(panel, &AssessOptions::new().as_of(2025)).unwrap()
}

/// The value that a table gives for indicator `a` in 2020, as text.
fn value_of(panel: &Panel, unit: &str) -> Option<String> {
    assess(&reach(unit), panel).verdicts()[0].attained.value.map(|value| value.normalize().to_string())
}

fn csv(text: &str) -> Panel {
    Panel::from_csv(text, &Columns::new()).unwrap()
}

/// The codes of findings, each of which says what would repair it.
fn codes_of(findings: &[Finding]) -> Vec<Code> {
    let without: Vec<_> = findings.iter().filter(|finding| finding.help.is_none()).collect();
    assert!(without.is_empty(), "no help: {without:?}");
    findings.iter().map(|finding| finding.code).collect()
}

fn codes(panel: &Panel) -> Vec<Code> {
    codes_of(panel.findings())
}

fn file(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/vectors/panel");
    std::fs::read_to_string(root.join(name)).unwrap()
}

fn value(cell: impl Into<Cell>) -> Panel {
    Panel::from_records([Record::new("", "a", 2020, cell)])
}

#[test]
fn the_same_observations_in_every_dress() {
    let want = [("x", 2019, "90.5"), ("x", 2020, "1234.5"), ("y", 2019, "3"), ("y", 2020, "100")];
    let files = ["plain.csv", "semicolons.csv", "tabs.csv", "bom-crlf.csv", "quoted.csv", "chinese.csv", "sdmx.csv", "blank-lines.csv"];
    let wide = ["wide-periods.csv", "wide-indicators.csv", "wide-chinese.csv"];
    let panels = files
        .iter()
        .map(|name| (*name, Panel::from_csv(&file(name), &Columns::new()).unwrap()))
        .chain(wide.iter().map(|name| (*name, Panel::from_wide(&file(name), &Columns::new()).unwrap())));
    let plan = plan(
        "{attainment: 1, id: p, indicators: {a: {name: A, direction: increase}}, targets: {t: {indicator: a, reach: 1, each: 2019/2020}}}",
    );
    for (name, panel) in panels {
        assert_eq!(panel.len(), 4, "{name}: {:?}", panel.findings());
        assert!(panel.findings().is_empty(), "{name}: {:?}", panel.findings());
        for (area, year, number) in want {
            let assessment = plan.assess(&panel, &AssessOptions::new().as_of(year)).unwrap();
            let got = assessment.verdict("t", area).unwrap().attained.value.map(|value| value.normalize().to_string());
            assert_eq!(got.as_deref(), Some(number), "{name}: {area} {year}");
        }
    }
}

#[test]
fn every_common_name_of_a_column_is_known() {
    for area in ["area", "GEO", "REF_AREA", "Region", "country", "county", "地区", "县区", "省份", "企业"] {
        for period in ["period", "TIME_PERIOD", "Year", "date", "年份", "时间"] {
            for value in ["value", "OBS_VALUE", "数值", "完成值"] {
                for indicator in ["indicator", "series", "指标", "指标名称"] {
                    let panel = csv(&format!("{value},{period},{indicator},{area}\n7,2020,a,x\n"));
                    assert!(panel.findings().is_empty(), "{area} {period} {value} {indicator}");
                    assert_eq!(panel.areas().collect::<Vec<_>>(), ["x"]);
                    assert_eq!(value_of(&panel, "家").as_deref(), Some("7"));
                }
            }
        }
    }
}

#[test]
fn columns_that_are_named_win_over_names_that_are_guessed() {
    let names = Columns::new().rename("area", "unit").rename("value", "level");
    let panel = Panel::from_csv("unit,indicator,year,level,value\nx,a,2020,7,8\n", &names).unwrap();
    assert_eq!(value_of(&panel, "家").as_deref(), Some("7"));
    assert_eq!(codes(&panel), [Code::UnusedColumn]);
    assert_eq!(panel.findings()[0].column, Some(5));
    for names in [Columns::new().rename("area", "nowhere"), Columns::new().rename("nothing", "area")] {
        let long = Panel::from_csv("area,indicator,year,value\nx,a,2020,7\n", &names).unwrap_err();
        let wide = Panel::from_wide("area,indicator,2020\nx,a,7\n", &names).unwrap_err();
        assert_eq!((long.code(), wide.code()), (Some(Code::MissingColumn), Some(Code::MissingColumn)));
    }
}

#[test]
fn no_value_is_written_in_many_ways() {
    for text in ["", "…", "……", "...", "—", "——", "..", "NA", "N/A", ":", "-", "null", "缺", ": c", ":z", "　"] {
        let panel = value(text);
        assert_eq!((panel.len(), panel.findings().len()), (1, 0), "{text:?}");
        let verdict = &assess(&reach("家"), &panel).verdicts()[0].clone();
        assert_eq!(verdict.attained.reason, Some(Reason::NoObservationAtDeadline), "{text:?}");
    }
    for code in ["O", "M", "L", "H", "Q", "K", "M;P"] {
        let panel = Panel::from_records([Record::new("", "a", 2020, 0).status(code)]);
        let verdict = &assess(&reach("家"), &panel).verdicts()[0].clone();
        assert_eq!(verdict.attained.reason, Some(Reason::NoObservationAtDeadline), "{code}: a zero that is no value");
    }
    assert_eq!(value(Cell::Empty).findings().len() + value(f64::NAN).findings().len() + value(None::<f64>).findings().len(), 0);
}

#[test]
fn numbers_as_people_write_them() {
    for (text, want) in [
        ("1,234.5", "1234.5"),
        ("1 234.5", "1234.5"),
        ("１２３．４", "123.4"),
        ("+7", "7"),
        ("−7", "-7"),
        ("1.2e2", "120"),
        ("7.0", "7"),
        (".5", "0.5"),
        ("2.07 p", "2.07"),
        ("34 bd", "34"),
        ("12家", "12"),
        ("1.2万家", "12000"),
    ] {
        let panel = value(text);
        assert!(panel.findings().is_empty(), "{text}");
        assert_eq!(value_of(&panel, "家").as_deref(), Some(want), "{text}");
    }
    assert_eq!(value_of(&value(0.1 + 0.2), "家").as_deref(), Some("0.30000000000000004"), "a float stands for its shortest text");
    assert_eq!(value_of(&value(i64::MAX), "家").as_deref(), Some("9223372036854775807"));
    assert_eq!(value_of(&value(Decimal::new(310, 2)), "家").as_deref(), Some("3.1"));
}

#[test]
fn a_value_that_cannot_be_read_is_a_finding_with_row_and_column() {
    for (cell, code) in [
        ("NaN", Code::NotFinite),
        ("inf", Code::NotFinite),
        ("-Infinity", Code::NotFinite),
        ("1.2.3", Code::BadCell),
        ("1,23", Code::BadCell),
        ("12-15", Code::BadCell),
        ("12–15", Code::BadCell),
        ("2020-01-01", Code::BadCell),
        ("1/3", Code::BadCell),
        ("12*", Code::BadCell),
        (&*"9".repeat(40), Code::NumberTooLong),
        ("1e99", Code::NumberTooLong),
    ] {
        let panel = csv(&format!("area,indicator,year,value\nx,a,2019,1\nx,a,2020,\"{cell}\"\n"));
        assert_eq!(panel.len(), 1, "{cell}");
        let found = panel.findings();
        assert_eq!((found.len(), found[0].code, found[0].row, found[0].column), (1, code, Some(2), Some(4)), "{cell}");
    }
    for float in [f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(codes(&value(float)), [Code::NotFinite]);
    }
    // A word may be the answer to a question; whether it is one, the plan knows.
    let panel = csv("area,indicator,year,value\nx,a,2019,1\nx,a,2020,abc\n");
    let assessment = assess(&reach("家"), &panel);
    let found = assessment.findings();
    assert_eq!((codes_of(found), found[0].row, found[0].column), (vec![Code::BadCell], Some(2), Some(4)));
}

#[test]
fn what_does_not_answer_a_question_is_found() {
    let plan = plan(
        "{attainment: 1, id: p, indicators: {q: {name: Q, kind: yes_no}, j: {name: J, kind: judgement, levels: ['1', '2', 4A, 5A]}}, targets: {q: {indicator: q, reach: yes, by: 2020}, j: {indicator: j, reach: 4A, by: 2020}}}",
    );
    let panel = |q: Cell, j: Cell| Panel::from_records([Record::new("", "q", 2020, q), Record::new("", "j", 2020, j)]);
    let states = |q: Cell, j: Cell| {
        let assessment = assess(&plan, &panel(q, j));
        let found = codes_of(assessment.findings());
        (assessment.verdicts()[0].attained.state, assessment.verdicts()[1].attained.state, found)
    };
    assert_eq!(states(true.into(), "5A".into()), (State::Met, State::Met, vec![]));
    assert_eq!(states("否".into(), 2.0.into()), (State::NotMet, State::NotMet, vec![]));
    assert_eq!(states(1.into(), "4A".into()), (State::Met, State::Met, vec![]));
    let lost = (State::NotEvaluable, State::NotEvaluable, vec![Code::BadCell, Code::BadCell]);
    assert_eq!(states(2.into(), 3.into()), lost);
    assert_eq!(states("maybe".into(), "6A".into()), lost);
}

#[test]
fn units_are_part_of_the_value() {
    for (value, unit, own, want) in [
        ("1.5", "亿元", "万元", Some("15000")),
        ("15000", "万元", "亿元", Some("1.5")),
        ("1.5亿元", "", "万元", Some("15000")),
        ("1.5亿元", "家", "万元", Some("15000")),
        ("0.5", "ratio", "percent", Some("50")),
        ("3", "", "亿元", Some("3")),
        ("3", "亿美元", "亿元", None),
        ("3", "件", "家", None),
    ] {
        let panel = Panel::from_records([Record::new("", "a", 2020, value).unit(unit)]);
        assert_eq!(value_of(&panel, own).as_deref(), want, "{value} {unit} as {own}");
        let assessment = assess(&reach(own), &panel);
        let unfit = assessment.findings().iter().any(|finding| finding.code == Code::UnitUnfit);
        assert_eq!(unfit, want.is_none());
        if want.is_none() {
            assert_eq!(assessment.verdicts()[0].attained.reason, Some(Reason::UnitMismatch));
        }
    }
}

#[test]
fn multipliers_move_the_point_and_nothing_else() {
    let panel = |value: &str, power: &str| csv(&format!("indicator,year,value,UNIT_MULT\na,2020,{value},{power}\n"));
    for (value, power, want) in
        [("3.14", "6", "3140000"), ("3.14", "6.0", "3140000"), ("3.14", "-2", "0.0314"), ("3.14", "0", "3.14"), ("3.14", "", "3.14")]
    {
        assert_eq!(value_of(&panel(value, power), "家").as_deref(), Some(want), "{value} {power}");
    }
    for power in ["x", "1.5", "99", "Millions"] {
        let panel = panel("3.14", power);
        assert_eq!((panel.len(), codes(&panel)), (0, vec![Code::BadCell]), "a wrong power would be a wrong number: {power}");
        assert_eq!((panel.findings()[0].row, panel.findings()[0].column), (Some(1), Some(4)));
    }
    // 3.14 million is known to 10,000 and not to a hundredth.
    let plan = plan(
        "{attainment: 1, id: p, indicators: {a: {name: A, direction: increase}}, targets: {t: {indicator: a, reach: 3140001, by: 2020}}}",
    );
    let options = AssessOptions::new().as_of(2020).threshold(Threshold::Digits);
    let verdict = plan.assess(&panel("3.14", "6"), &options).unwrap().verdicts()[0].clone();
    assert_eq!(verdict.attained.reason, Some(Reason::UndecidedDigits));
}

#[test]
fn no_part_of_an_observation_is_guessed() {
    for (column, cell) in [("vintage", "someday"), ("value_is", "roughly"), ("tolerance", "-1"), ("tolerance", "much"), ("unit", "\u{7}")] {
        let panel = csv(&format!("indicator,year,value,{column}\na,2020,7,{cell}\n"));
        assert_eq!((panel.len(), panel.findings().len()), (0, 1), "{column} {cell}");
        assert_eq!((panel.findings()[0].row, panel.findings()[0].column), (Some(1), Some(4)));
    }
    let panel = csv("indicator,year,value,flag\na,2020,7,q9\n");
    assert_eq!((panel.len(), codes(&panel)), (1, vec![Code::UnknownStatus]));
}

#[test]
fn how_far_a_value_can_be_taken_at_its_word() {
    let state = |text: &str| {
        let assessment = assess(&reach("家"), &value(text));
        (assessment.verdicts()[0].attained.state, assessment.verdicts()[0].attained.reason)
    };
    assert_eq!(state("100多"), (State::Met, None));
    assert_eq!(state("90余家"), (State::NotEvaluable, Some(Reason::ValueInexact)));
    assert_eq!(state("约200"), (State::NotEvaluable, Some(Reason::ValueInexact)));
    assert_eq!(state("预计200"), (State::NotEvaluable, Some(Reason::NoObservationAtDeadline)));
    assert_eq!(state("预计200以上"), (State::NotEvaluable, Some(Reason::NoObservationAtDeadline)));
    assert_eq!(state("1xx"), (State::NotEvaluable, Some(Reason::NoObservationAtDeadline)));
    for record in [
        Record::new("", "a", 2020, "200余").status("F"),
        Record::new("", "a", 2020, "200余").value_is(ValueIs::Forecast),
        Record::new("", "a", 2020, 200).status("f"),
    ] {
        let assessment = assess(&reach("家"), &Panel::from_records([record]));
        assert_eq!(assessment.verdicts()[0].attained.reason, Some(Reason::NoObservationAtDeadline), "a forecast never decides");
    }
    let about = csv("indicator,year,value,value_is,tolerance,unit\na,2020,1.5,about,0.2,万家\n");
    assert_eq!(assess(&reach("家"), &about).verdicts()[0].attained.state, State::Met);
    // 99.99 万 ± 0.01 万 reaches from 999,800 to 1,000,000; the tolerance is in the unit of the value.
    let near = plan(
        "{attainment: 1, id: p, indicators: {a: {name: A, unit: 家, direction: increase}}, targets: {t: {indicator: a, reach: 999899, by: 2020}}}",
    );
    let about = csv("indicator,year,value,value_is,tolerance,unit\na,2020,99.99,about,0.01,万家\n");
    assert_eq!(assess(&near, &about).verdicts()[0].attained.reason, Some(Reason::ValueInexact));
}

#[test]
fn flags_calibers_groups_and_vintages_are_kept() {
    let panel = csv(
        "indicator,year,value,OBS_STATUS,口径,group,vintage\na,2020,100,P,old,Total,2021\na,2020,90,B,new,_T,2022\na,2020,80,,,women,2021\na,2020,70,,,women,2023\n",
    );
    assert_eq!((panel.len(), panel.findings().len()), (4, 0));
    let plan = |extra: &str| {
        plan(&format!(
            "{{attainment: 1, id: p, indicators: {{a: {{name: A, direction: increase}}}}, targets: {{t: {{indicator: a, reach: 75, by: 2020, {extra}}}}}}}"
        ))
    };
    let verdict = |extra: &str, vintage: i32| {
        let options = AssessOptions::new().as_of(2020).vintage(vintage);
        plan(extra).assess(&panel, &options).unwrap().verdicts()[0].clone()
    };
    assert!(verdict("caliber: old", 2025).quality.flags.contains(&Flag::Provisional));
    assert!(verdict("caliber: new", 2025).quality.flags.contains(&Flag::Break));
    assert_eq!(
        verdict("caliber: new", 2021).attained.reason,
        Some(Reason::CaliberMismatch),
        "what was published then is of another caliber"
    );
    assert_eq!(verdict("caliber: third", 2025).attained.reason, Some(Reason::CaliberMismatch));
    assert_eq!(verdict("note: which one", 2025).attained.reason, Some(Reason::CaliberMismatch), "two calibers and no word on which");
    assert_eq!(verdict("breakdown: women", 2022).attained.state, State::Met);
    let revised = verdict("breakdown: women", 2025);
    assert_eq!(revised.attained.state, State::NotMet);
    assert!(revised.quality.flags.contains(&Flag::Revised));
}

#[test]
fn an_observation_given_twice_is_found() {
    let one = Record::new("x", "a", 2020, "7");
    let panel = Panel::from_records([one.clone(), one.clone(), one.clone()]);
    assert_eq!((panel.len(), codes(&panel)), (1, vec![Code::DuplicateObservation; 2]));
    assert_eq!(panel.findings().iter().map(|finding| finding.row).collect::<Vec<_>>(), [Some(2), Some(3)]);

    let panel = Panel::from_records([one.clone(), Record::new("x", "a", 2020, "8"), one.clone()]);
    assert_eq!((panel.len(), codes(&panel)), (1, vec![Code::ConflictingObservation; 2]));
    let verdict = assess(&reach("家"), &panel).verdicts()[0].clone();
    assert_eq!(verdict.attained.reason, Some(Reason::ConflictingObservations));
    assert_eq!(verdict.attained.value, None);

    // The same in another unit, period or number of digits is the same.
    for twin in [
        Record::new("x", "a", 2020, "0.0007").unit("万家"),
        Record::new("x", "a", "2020-01/2020-12", "7").unit("家"),
        Record::new("x", "a", 2020, "7.00").unit("家"),
    ] {
        for rows in [[one.clone().unit("家"), twin.clone()], [twin.clone(), one.clone().unit("家")]] {
            let panel = Panel::from_records(rows);
            assert_eq!((panel.len(), codes(&panel)), (1, vec![Code::DuplicateObservation]), "{twin:?}");
            let options = AssessOptions::new().as_of(2020).threshold(Threshold::Digits);
            let verdict = reach("家").assess(&panel, &options).unwrap().verdicts()[0].clone();
            assert_eq!(verdict.attained.state, State::NotMet);
        }
    }
    // Another vintage of the same year is no conflict, however the year is written.
    let panel =
        Panel::from_records([Record::new("x", "a", "2020-01/2020-12", 150).vintage(2021), Record::new("x", "a", 2020, 90).vintage(2022)]);
    assert!(panel.findings().is_empty());
    assert_eq!(value_of(&panel, "家").as_deref(), Some("90"), "the later vintage counts");
}

#[test]
fn unknown_indicators_are_found_once_each() {
    let panel = csv("indicator,year,value\nrd-gpd,2019,1\nrd-gpd,2020,1\nzzz,2020,1\nrd-gdp,2020,1\n");
    let plan = plan(
        "{attainment: 1, id: p, indicators: {rd-gdp: {name: A, direction: increase}}, targets: {t: {indicator: rd-gdp, reach: 1, by: 2020}}}",
    );
    let assessment = assess(&plan, &panel);
    let found = assessment.findings();
    assert_eq!(found.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::UnknownIndicator; 2]);
    assert!(found[0].help.as_ref().unwrap().en.contains("`rd-gdp`"));
    assert_eq!((found[0].row, found[1].row), (Some(1), Some(3)));
}

#[test]
fn tables_without_what_they_need_are_refused() {
    let code = |result: Result<Panel, Error>| {
        let error = result.unwrap_err();
        assert!(matches!(error, Error::Input(_)));
        codes_of(error.findings());
        error.code()
    };
    let none = Columns::new();
    for text in ["", "\u{feff}", "\n\n"] {
        assert_eq!(code(Panel::from_csv(text, &none)), Some(Code::EmptyDocument), "{text:?}");
        assert_eq!(code(Panel::from_wide(text, &none)), Some(Code::EmptyDocument), "{text:?}");
    }
    for text in ["area,year,value\n", "area,indicator,value\n", "indicator,year\n", "just text"] {
        assert_eq!(code(Panel::from_csv(text, &none)), Some(Code::MissingColumn), "{text}");
    }
    assert_eq!(Panel::from_csv("a,b\n", &none).unwrap_err().findings().iter().filter(|f| f.code == Code::MissingColumn).count(), 3);
    for text in ["area,2020,2021\nx,1,2\n", "area,a,b\nx,1,2\n", "area,indicator\nx,a\n", "area,indicator,year,value\nx,a,2020,1\n"] {
        assert_eq!(code(Panel::from_wide(text, &none)), Some(Code::MissingColumn), "{text}");
    }
    assert_eq!(code(Panel::from_columns(&[], &none)), Some(Code::MissingColumn));
    let ragged = [("indicator", vec!["a"].into()), ("year", Vec::<i64>::new().into()), ("value", vec![1].into())];
    assert_eq!(code(Panel::from_columns(&ragged, &none)), Some(Code::RaggedRow));
    for panel in [csv("area,indicator,year,value\n"), csv("area,indicator,year,value"), Panel::from_records([]), Panel::default()] {
        assert!(panel.is_empty() && panel.findings().is_empty());
        assert_eq!(assess(&reach("家"), &panel).verdicts()[0].attained.reason, Some(Reason::NoObservationAtDeadline));
    }
}

#[test]
fn ragged_rows_are_left_out_and_named() {
    let panel = csv("area,indicator,year,value\nx,a,2019\nx,a,2020,7\nx,a,2021,7,8\n,,,\nx,a,2022,\"9\n");
    assert_eq!(
        panel.findings().iter().map(|f| (f.code, f.row)).collect::<Vec<_>>(),
        [(Code::RaggedRow, Some(1)), (Code::RaggedRow, Some(3))]
    );
    assert_eq!(panel.len(), 2);
}

#[test]
fn wide_tables_say_what_they_leave_aside() {
    let panel = Panel::from_wide("area,indicator,remark on it,2019,2020\nx,a,good,1,2\n", &Columns::new()).unwrap();
    assert_eq!((panel.len(), codes(&panel)), (2, vec![Code::UnusedColumn]));
    // A year beside period columns, or a value column, must not take their place.
    let panel = Panel::from_wide("area,indicator,year,value,2019,2020\nx,a,1999,55,1,2\n", &Columns::new()).unwrap();
    assert_eq!((panel.len(), codes(&panel)), (2, vec![Code::UnusedColumn; 2]));
    assert_eq!(value_of(&panel, "家").as_deref(), Some("2"));
    // A nameless column is an index, not an indicator.
    let panel = Panel::from_wide(",area,year,a,b\n0,x,2020,1,2\n", &Columns::new()).unwrap();
    assert_eq!((panel.len(), panel.findings().len()), (2, 0));
    // Columns of a year twice.
    let panel = Panel::from_wide("area,indicator,2020,2020年\nx,a,1,2\n", &Columns::new()).unwrap();
    assert_eq!(codes(&panel), [Code::ConflictingObservation]);
    assert_eq!(panel.findings()[0].column, Some(4));
    // Indicators whose names look like years, when the period column is named.
    let names = Columns::new().rename("period", "when");
    let panel = Panel::from_wide("when,2001,2002\n2020,5,6\n", &names).unwrap();
    assert_eq!(panel.indicators().collect::<Vec<_>>(), ["2001", "2002"]);
}

#[test]
fn periods_dates_and_timestamps() {
    let track = |cell: Cell| {
        let panel = Panel::from_records([Record::new("", "a", cell, 7)]);
        let found = codes(&panel);
        let plan = plan(
            "{attainment: 1, id: p, indicators: {a: {name: A, kind: stock, direction: increase}}, targets: {t: {indicator: a, reach: 1, by: 2030-12-31}}}",
        );
        let assessment = plan.assess(&panel, &AssessOptions::new().as_of("2030-01-01")).unwrap();
        (assessment.verdicts()[0].attained.period.as_ref().map(ToString::to_string), found)
    };
    for (cell, want) in [
        (Cell::from("2020-06-30"), "2020-06-30"),
        ("2020/6/30".into(), "2020-06-30"),
        ("2020年6月30日".into(), "2020-06-30"),
        ("2020-06-30T00:00:00Z".into(), "2020-06-30"),
        ("2020-06-30 00:00:00".into(), "2020-06-30"),
        ("2020/6/30 0:00".into(), "2020-06-30"),
    ] {
        assert_eq!(track(cell.clone()), (Some(want.to_owned()), vec![]), "{cell:?}");
    }
    for cell in [
        Cell::from("20XX"),
        "20xx".into(),
        "P3Y".into(),
        "2018/..".into(),
        "../2018".into(),
        "2021/2018".into(),
        "30/06/2020".into(),
        "2020-13".into(),
        "2020-02-30".into(),
        "99999".into(),
        99999.into(),
        (-5).into(),
        2020.1.into(),
        Decimal::new(202_010, 2).into(),
        "soon".into(),
        Cell::Empty,
        f64::NAN.into(),
        true.into(),
    ] {
        assert_eq!(track(cell.clone()), (None, vec![Code::BadPeriod]), "{cell:?}");
    }
    for cell in [Cell::from(2020), 2020.0.into(), "2020.0".into(), "２０２０年".into(), Decimal::from(2020).into()] {
        assert_eq!(value_of(&Panel::from_records([Record::new("", "a", cell.clone(), 7)]), "家").as_deref(), Some("7"), "{cell:?}");
    }
    assert!(reach("家").assess(&Panel::default(), &AssessOptions::new().as_of(2020.5)).is_err());
}

#[test]
fn year_to_date_compares_only_with_the_same_span() {
    let plan = |by: &str, measure: &str| {
        plan(&format!(
            "{{attainment: 1, id: p, indicators: {{a: {{name: A, kind: flow, statistic: ytd, direction: increase}}}}, targets: {{t: {{indicator: a, {measure}, during: {by}}}}}}}"
        ))
    };
    let panel = Panel::from_records([
        Record::new("", "a", "2019-01/2019-05", 50),
        Record::new("", "a", "2019", 200),
        Record::new("", "a", "2020-01/2020-05", 60),
    ]);
    let verdict = |plan: Plan| assess(&plan, &panel).verdicts()[0].attained.clone();
    let year = verdict(plan("2020", "reach: 55"));
    assert_eq!((year.state, year.reason), (State::NotEvaluable, Some(Reason::NoObservationAtDeadline)), "five months are no year");
    let growth = verdict(plan("2020", "measure: relative_change, reach: 10%"));
    assert_eq!(growth.reason, Some(Reason::NoObservationAtDeadline));
}

#[test]
fn columns_of_mixed_types() {
    let columns = [
        ("area", vec![130_000.into(), "130000".into(), 130_000.0.into(), Cell::Empty].into()),
        ("indicator", vec!["a"; 4].into()),
        ("year", vec![2018.into(), "2019".into(), Cell::from(2020.0), Decimal::from(2020).into()].into()),
        ("value", vec![1.into(), "2".into(), Cell::from(3.5), Decimal::new(45, 1).into()].into()),
    ];
    let panel = Panel::from_columns(&columns, &Columns::new()).unwrap();
    assert_eq!((panel.len(), panel.findings().len()), (4, 0));
    assert_eq!(panel.areas().collect::<Vec<_>>(), ["130000", ""]);
}

#[test]
fn every_row_is_an_observation_or_a_finding() {
    let text = file("dirty.csv");
    let panel = csv(&text);
    let rows = text.lines().count() - 1;
    let lost: std::collections::BTreeSet<u64> = panel
        .findings()
        .iter()
        .filter(|finding| finding.is_error() || finding.code == Code::DuplicateObservation)
        .filter_map(|f| f.row)
        .collect();
    assert_eq!(panel.len() + lost.len(), rows, "{:#?}", panel.findings());
}

#[test]
fn many_bad_rows_are_counted_and_not_listed() {
    let rows: String = (0..5000).map(|row| format!("a,{},x.y\n", 1000 + row)).collect();
    let panel = csv(&format!("indicator,year,value\n{}", rows.replace("x.y", "1.2.3")));
    assert_eq!(panel.findings().len(), 100);
    assert!(panel.findings()[99].message.en.contains("5000"));
}

#[test]
fn batches_are_one_call() {
    let text = file("dirty.csv");
    let lines: Vec<&str> = text.lines().collect();
    let whole = csv(&text);
    let verdicts = |panel: &Panel| assess(&reach("家"), panel).to_records();
    for split in 1..lines.len() {
        let mut builder = PanelBuilder::new();
        for part in [&lines[1..split], &lines[split..]] {
            builder.add_csv(&format!("{}\n{}\n", lines[0], part.join("\n")), &Columns::new()).unwrap();
        }
        let panel = builder.finish();
        assert_eq!(panel.len(), whole.len(), "{split}");
        assert_eq!(panel.findings(), whole.findings(), "{split}");
        assert_eq!(verdicts(&panel), verdicts(&whole), "{split}");
    }
}

#[test]
fn nothing_of_a_target_table_is_lost_silently() {
    let table = |text: &str| TargetTable::from_csv(text, &Columns::new());
    let codes = |result: Result<TargetTable, Error>| -> Vec<&str> {
        result.err().map(|error| codes_of(error.findings()).into_iter().map(Code::as_str).collect()).unwrap_or_default()
    };
    assert_eq!(codes(table("area,indicator,bound\na,rd,1\na,rd,2\n")), ["duplicate_row"]);
    assert_eq!(codes(table("area,indicator,bound,weight\na,rd,1,heavy\n")), ["bad_cell"]);
    assert_eq!(codes(table("area,indicator,bound,by\na,rd,1,soon\n")), ["bad_cell"]);
    assert_eq!(
        codes(TargetTable::from_csv("area,indicator,bound\na,rd,1\n", &Columns::new().rename("limit", "bound"))),
        ["missing_column", "unused_column", "missing_column"]
    );
    let ragged = [("area", vec!["a", "b"].into()), ("indicator", vec!["rd"; 2].into()), ("bound", vec![1].into())];
    assert_eq!(codes(TargetTable::from_columns(&ragged, &Columns::new())), ["ragged_row"]);
    let unused = table("area,indicator,bound,colour\na,rd,1,red\n").unwrap();
    assert_eq!(codes_of(unused.findings()), [Code::UnusedColumn]);
    // Of two columns of one name the first is read, and the second is named.
    let twice = table("area,indicator,direction,by,bound,bound\na,rd,increase,2020,1,2\n").unwrap();
    assert_eq!(codes_of(twice.findings()), [Code::UnusedColumn]);
    let records = |table: &TargetTable| {
        let plan = Plan::from_targets(table).unwrap();
        let panel = Panel::from_records([Record::new("a", "rd", 2020, 1)]);
        assess(&plan, &panel).to_records()
    };
    assert_eq!(records(&twice), records(&table("area,indicator,direction,by,bound\na,rd,increase,2020,1\n").unwrap()));
    assert_ne!(records(&twice), records(&table("area,indicator,direction,by,bound\na,rd,increase,2020,2\n").unwrap()));
    for (column, cell) in [("measure", "foo"), ("compare", "foo"), ("direction", "up"), ("bound_max", "abc"), ("baseline", "20q")] {
        assert_eq!(codes(table(&format!("area,indicator,bound,{column}\na,rd,1,{cell}\n"))), ["bad_cell"], "{column}");
    }
    assert_eq!(codes(table("area,indicator,bound\na,,1\n")), ["bad_cell"]);
    assert_eq!(codes(table("area,indicator,bound,by,during\na,rd,1,2020,2020/2025\n")), ["bad_cell"]);
}

#[test]
fn a_comma_that_may_be_either_is_not_guessed_at() {
    for (value, want) in [("1,234", 0), ("-12,345", 0), ("0,123", 0), ("1,234,567", 1), ("1,234.5", 1), ("1234", 1)] {
        let panel = csv(&format!("area;indicator;year;value\nx;a;2020;{value}\n"));
        assert_eq!(panel.len(), want, "{value}: {:?}", panel.findings());
        let wide = Panel::from_wide(&format!("area;indicator;2020\nx;a;{value}\n"), &Columns::new()).unwrap();
        assert_eq!(wide.len(), want, "{value}");
        if want == 0 {
            assert_eq!((codes(&panel), codes(&wide)), (vec![Code::BadCell], vec![Code::BadCell]));
            assert_eq!((panel.findings()[0].row, panel.findings()[0].column), (Some(1), Some(4)));
        }
    }
    // Where a comma separates the columns it cannot be that of decimals.
    assert_eq!(value_of(&csv("area,indicator,year,value\nx,a,2020,\"1,234\"\n"), "家").as_deref(), Some("1234"));
}

#[test]
fn characters_lost_to_a_wrong_encoding_are_found_in_their_cells() {
    let panel = csv("area,indicator,year,value,no\u{fffd}e\nx\u{fffd},a,2020,7,\ny,a,2020,\0,\n");
    let found: Vec<_> = panel.findings().iter().map(|finding| (finding.code, finding.row, finding.column)).collect();
    // The column is not known by its damaged name, and the cell may still be a word.
    assert!(found.contains(&(Code::DamagedText, Some(0), Some(5))), "{found:?}");
    assert!(found.contains(&(Code::DamagedText, Some(1), Some(1))), "{found:?}");
    assert!(found.contains(&(Code::DamagedText, Some(2), Some(4))), "{found:?}");
    let wide = Panel::from_wide("area,indicator,2019,2020\nx\u{fffd},a,1,2\n", &Columns::new()).unwrap();
    assert_eq!((codes(&wide), wide.len()), (vec![Code::DamagedText], 2));
    let error = TargetTable::from_csv("area,indicator,bound\nx\u{fffd},a,1\n", &Columns::new()).unwrap_err();
    assert_eq!(error.code(), Some(Code::DamagedText), "a bound for an area that nobody knows is a target that is lost");
}

#[test]
fn of_two_linked_calibers_the_link_that_is_declared_first_counts() {
    let plan = plan(
        "{attainment: 1, id: p, indicators: {a: {name: A, direction: increase, links: [{from: old, to: new, times: 2}, {from: older, to: new, times: 3}]}}, targets: {t: {indicator: a, caliber: new, reach: 1, by: 2020}}}",
    );
    for rows in ["a,2020,10,old\na,2020,10,older\n", "a,2020,10,older\na,2020,10,old\n"] {
        let panel = csv(&format!("indicator,year,value,caliber\n{rows}"));
        let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2020)).unwrap();
        assert_eq!(assessment.verdicts()[0].attained.value, Some(Decimal::from(20)), "{rows}");
    }
}
