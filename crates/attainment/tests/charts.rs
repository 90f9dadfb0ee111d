//! Charts: the specifications of small examples byte for byte, what every chart has, what none has,
//! and what is answered where there is nothing to draw.

#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use attainment::serde_json::{self, Value, json};
use attainment::{
    AssessOptions, Assessment, Chart, ChartKind, ChartOptions, Code, Columns, Error, Format, Lang, Panel, Plan, Record, Scheme, Theme,
    WideTable, score,
};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests").join(name)
}

fn official(name: &str, options: &AssessOptions) -> Assessment {
    let read = |file: &str| fs::read_to_string(folder("data").join(name).join(file)).unwrap();
    let plan = Plan::parse(&read("plan.yaml"), Format::Yaml).unwrap();
    let panel = Panel::from_csv(&read("observations.csv"), &Columns::new()).unwrap();
    plan.assess(&panel, options).unwrap()
}

fn drawn(result: Result<Chart, Error>) -> Chart {
    result.unwrap_or_else(|error| panic!("{error}"))
}

fn small_card() -> attainment::Scorecard {
    let scheme = Scheme::parse(
        "
attainment: 1
id: counties
title: { en: Counties, zh: 各县 }
normalise: as_is
aggregate: arithmetic
pillars: [schools, roads]
grades: [{ grade: A, from: 80 }, { grade: B, from: 60 }, { grade: C }]
",
        Format::Yaml,
    )
    .unwrap();
    let csv = "area,indicator,year,value\n新昌县,schools,2020,75\n新昌县,roads,2020,65\n新昌县,schools,2022,88\n新昌县,roads,2022,82\n\
               Xian,schools,2020,90\nXian,roads,2020,84\nXian,schools,2022,70\nXian,roads,2022,61\nGap,schools,2020,40\nGap,roads,2020,50\nGap,schools,2022,45\n";
    score(&Panel::from_csv(csv, &Columns::new()).unwrap(), &scheme).unwrap()
}

/// Every chart of the snapshots.
fn all() -> Vec<(&'static str, Chart)> {
    let plain = ChartOptions::new;
    let energy = official("china-energy", &AssessOptions::new().as_of(2024).method("linear"));
    let germany = official("germany", &AssessOptions::new().as_of(2016).as_of(2024).method("destatis-2023"));
    let canada = official("canada", &AssessOptions::new().as_of(2023).method("statcan-2025"));
    let carbon = official("uk-carbon", &AssessOptions::new().as_of(2023));
    let eu = official("eu", &AssessOptions::new().as_of(2017));
    let china = official("china-145", &AssessOptions::new().as_of(2022).method("cn-midterm-10pp"));
    let earlier = official("china-145", &AssessOptions::new().as_of(2021).method("cn-midterm-10pp"));
    let several = official("china-145", &AssessOptions::new().as_of(2022).method("linear").method("cn-midterm-10pp").method("unsd-2023"));
    let card = small_card();
    let robustness = card.at(2020).unwrap().robustness(7, 200, |_, _| ControlFlow::Continue(())).unwrap();
    let zh = || plain().lang(Lang::Zh);
    vec![
        ("path-china-energy", drawn(energy.chart("target_path", &zh().source("国家统计局")))),
        ("path-germany-oda", drawn(germany.chart("target_path", &plain().target("oda-2030").source("Destatis").theme(Theme::Dark)))),
        ("path-canada", drawn(canada.chart("target_path", &plain().target("by-half").source("Statistics Canada, table 11-10-0135-01")))),
        ("path-band", drawn(steady().chart("target_path", &plain()))),
        ("clock-china-145", drawn(china.chart("clock_dumbbell", &zh()))),
        ("matrix-china-145", drawn(several.chart("method_matrix", &plain()))),
        ("pace-china-145", drawn(china.chart("attained_pace", &plain()))),
        ("vintages-eu", drawn(eu.chart("vintages", &plain().source("Eurostat")))),
        ("moments-germany", drawn(germany.chart("vintages", &zh().target("oda-2030")))),
        ("budget-uk-carbon", drawn(carbon.chart("cumulative_budget", &plain()))),
        ("transitions-china-145", drawn(china.chart("class_transitions", &plain().earlier(&earlier)))),
        ("transitions-counties", drawn(card.chart("class_transitions", &zh()))),
        ("scores-counties", drawn(card.chart("scores", &plain()))),
        ("ranks-counties", drawn(robustness.chart("rank_intervals", &plain()))),
    ]
}

/// Seven yearly values without a gap since the baseline.
fn steady() -> Assessment {
    let plan = Plan::parse(
        "{attainment: 1, id: wind, title: Wind power, indicators: {wind: {name: Share of wind power, unit: percent, direction: increase, decimals: 1}}, targets: {wind: {indicator: wind, at_least: 40%, by: 2030, baseline: 2015}}}",
        Format::Yaml,
    )
    .unwrap();
    let values = ["10", "11.5", "12", "14.5", "15", "16.5", "19"];
    let panel: Panel = (2015..).zip(values).map(|(year, value)| Record::new("DK", "wind", year, value)).collect();
    plan.assess(&panel, &AssessOptions::new().as_of(2021).method("linear")).unwrap()
}

#[test]
fn specifications_are_as_they_were() {
    let mut stale = Vec::new();
    for (name, chart) in all() {
        let path = folder("charts").join(format!("{name}.vl.json"));
        let now = chart.to_json();
        if std::env::var_os("UPDATE").is_some() {
            fs::create_dir_all(folder("charts")).unwrap();
            fs::write(&path, &now).unwrap();
        } else if fs::read_to_string(&path).unwrap_or_default() != now {
            stale.push(name);
        }
    }
    assert!(stale.is_empty(), "{stale:?} differ from tests/charts; look at the pictures and run the tests with UPDATE=1");
}

fn walk(value: &Value, visit: &mut impl FnMut(&str, &Value)) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| {
            visit(key, value);
            walk(value, visit);
        }),
        Value::Array(items) => items.iter().for_each(|item| walk(item, visit)),
        _ => {}
    }
}

/// The eight colours of Okabe and Ito.
const OKABE_ITO: [&str; 8] = ["#000000", "#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7"];

fn is_grey(colour: &str) -> bool {
    colour.len() == 7 && colour[1..3] == colour[3..5] && colour[3..5] == colour[5..7]
}

#[test]
fn every_chart_has_what_charts_have() {
    let charts = all();
    let kinds: BTreeSet<ChartKind> = charts.iter().map(|(_, chart)| chart.kind()).collect();
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ChartKind::ALL, "every kind is among the examples");
    for (name, chart) in &charts {
        let spec = chart.spec();
        assert_eq!(spec["$schema"], "https://vega.github.io/schema/vega-lite/v5.json", "{name}");
        assert!(spec["description"].as_str().is_some_and(|text| text.contains(chart.title())), "{name}: no description");
        let told = match chart.lang() {
            Lang::Zh => ["截至", "数据版本：", "方法：", "n = ", "数据来源："],
            _ => ["As of", "vintage: ", "method: ", "n = ", "Data: "],
        };
        for part in told {
            assert!(chart.caption().contains(part), "{name}: `{part}` in {}", chart.caption());
        }
        // The caption is in the picture, not beside it.
        let views = spec["vconcat"].as_array().unwrap();
        let lines: String = views.last().unwrap()["title"]["text"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        let bare = |text: &str| text.replace([' ', '\n'], "");
        assert!(bare(&lines).contains(&bare(chart.caption().lines().last().unwrap())), "{name}: {lines}");
        let mut colours = BTreeSet::new();
        walk(spec, &mut |key, value| {
            if let Some(text) = value.as_str() {
                if text.starts_with('#') && text.len() == 7 && key != "text" {
                    colours.insert(text.to_owned());
                }
                assert!(!matches!(key, "url" | "href" | "src"), "{name}: {key} {text}");
            }
            if let Some(number) = value.as_f64() {
                assert!(number.is_finite());
            }
            if key == "domain" && value.is_array() {
                assert!(value.as_array().unwrap().iter().all(|end| !end.is_null()), "{name}: {value}");
            }
        });
        for colour in colours {
            assert!(OKABE_ITO.contains(&colour.as_str()) || is_grey(&colour), "{name}: {colour}");
        }
        assert!(!chart.to_json().contains("NaN"));
    }
}

#[test]
fn the_same_question_gives_the_same_bytes() {
    for ((name, one), (_, other)) in all().into_iter().zip(all()) {
        assert_eq!(one.to_json(), other.to_json(), "{name}");
    }
    // In whatever order the rows come.
    let text = fs::read_to_string(folder("data/germany/observations.csv")).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1..].reverse();
    let plan = Plan::parse(&fs::read_to_string(folder("data/germany/plan.yaml")).unwrap(), Format::Yaml).unwrap();
    let draw = |text: &str| {
        let panel = Panel::from_csv(text, &Columns::new()).unwrap();
        let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2024)).unwrap();
        assessment.chart("target_path", &ChartOptions::new().target("oda-2030")).unwrap().to_json()
    };
    assert_eq!(draw(&text), draw(&lines.join("\n")));
}

/// The data of all marks of a kind of mark.
fn rows_of(chart: &Chart, field: &str) -> Vec<Value> {
    let mut rows = Vec::new();
    walk(chart.spec(), &mut |key, value| {
        if key == "values" || key.starts_with("rows-") {
            rows.extend(value.as_array().into_iter().flatten().filter(|row| row.get(field).is_some()).cloned());
        }
    });
    rows
}

#[test]
fn the_projection_is_that_of_the_outlook_and_the_band_that_of_the_drift_method() {
    let assessment = steady();
    let chart = assessment.chart("target_path", &ChartOptions::new()).unwrap();
    let outlook = &assessment.outlook()[0];
    // 19 + 9 years × 1.5 a year.
    assert_eq!(outlook.actual, Some(1.5));
    let band = rows_of(&chart, "low");
    let (first, last) = (&band[0], &band[band.len() - 1]);
    assert_eq!((first["year"].as_f64(), first["low"].as_f64(), first["high"].as_f64()), (Some(2021.0), Some(19.0), Some(19.0)));
    assert_eq!((last["year"].as_f64(), last["value"].as_f64()), (Some(2030.0), Some(32.5)));
    // The changes 1.5, 0.5, 2.5, 0.5, 1.5, 2.5 have the mean 1.5 and the variance 4 / 5; nine periods
    // ahead with six changes: 1.2816 × √0.8 × √(9 × (1 + 9 / 6)) = 5.43737…
    let half = 1.2816 * (0.8_f64).sqrt() * (22.5_f64).sqrt();
    assert!((last["high"].as_f64().unwrap() - (32.5 + half)).abs() < 1e-6, "{last}");
    assert!((last["low"].as_f64().unwrap() - (32.5 - half)).abs() < 1e-6, "{last}");
    assert!(chart.caption().contains("80 % interval of the drift method"));
    // Four changes are too few, and a year without a value is no change.
    let fewer = |skip: i32| {
        let values = ["10", "11.5", "12", "14.5", "15", "16.5", "19"];
        let panel: Panel = (2015..)
            .zip(values)
            .filter(|(year, _)| *year != skip && (skip != 0 || *year < 2020))
            .map(|(year, value)| Record::new("DK", "wind", year, value))
            .collect();
        assessment.plan().assess(&panel, &AssessOptions::new().as_of(2021)).unwrap()
    };
    for skip in [0, 2018] {
        let chart = fewer(skip).chart("target_path", &ChartOptions::new()).unwrap();
        assert!(rows_of(&chart, "low").is_empty(), "{skip}");
        assert!(chart.caption().contains("No interval"), "{skip}");
    }
}

#[test]
fn missing_is_drawn_as_missing() {
    let plan = Plan::parse(
        "{attainment: 1, id: p, indicators: {a: {name: A, direction: increase}}, targets: {a: {indicator: a, at_least: 10, by: 2025, baseline: 2018}}}",
        Format::Yaml,
    )
    .unwrap();
    let panel = Panel::from_csv("area,indicator,year,value\nx,a,2018,1\nx,a,2019,2\nx,a,2021,\nx,a,2022,5\n", &Columns::new()).unwrap();
    let chart = plan.assess(&panel, &AssessOptions::new().as_of(2022)).unwrap().chart("target_path", &ChartOptions::new()).unwrap();
    // The two years without a value are crosses, on no line, and no zero stands anywhere.
    let holes: Vec<f64> =
        rows_of(&chart, "period").iter().filter(|row| row.get("value").is_none()).filter_map(|row| row["year"].as_f64()).collect();
    assert_eq!(holes, [2020.0, 2021.0]);
    let stretches: BTreeSet<(i64, i64)> = rows_of(&chart, "stretch")
        .iter()
        .map(|row| (row["stretch"].as_i64().unwrap(), row["year"].as_i64().unwrap_or(row["year"].as_f64().unwrap() as i64)))
        .collect();
    assert_eq!(stretches.into_iter().collect::<Vec<_>>(), [(0, 2018), (0, 2019), (1, 2022)]);
    assert!(rows_of(&chart, "value").iter().all(|row| row["value"].as_f64() != Some(0.0)));
    // An area without a score has a row, and no bar.
    let card = small_card().chart("scores", &ChartOptions::new()).unwrap();
    let gap: Vec<Value> = rows_of(&card, "score").into_iter().filter(|row| row["name"] == "Gap").collect();
    assert!(!gap.is_empty() && gap.iter().all(|row| row["score"].is_null() && row["text"] == "no score"));
}

#[test]
fn what_cannot_be_drawn_says_what_can() {
    let canada = official("canada", &AssessOptions::new().as_of(2023).method("statcan-2025"));
    for kind in [ChartKind::CumulativeBudget, ChartKind::Vintages, ChartKind::ClassTransitions, ChartKind::Scores, ChartKind::RankIntervals]
    {
        let error = canada.chart(kind, &ChartOptions::new()).unwrap_err();
        let finding = &error.findings()[0];
        assert_eq!(finding.code, Code::ChartUnfit, "{kind}");
        let help = finding.help.as_ref().unwrap();
        for fits in ["`target_path`", "`clock_dumbbell`", "`method_matrix`"] {
            assert!(help.en.contains(fits) && help.zh.contains(fits), "{kind}: {}", help.en);
        }
        assert!(finding.message.en.contains(kind.as_str()) && finding.message.zh.contains(kind.as_str()));
    }
    // Everything that is wrong with a question is said at once.
    let error =
        canada.chart("target_paht", &ChartOptions::new().target("by-hlaf").area("Mars").method("linear").as_of(1999).width(7)).unwrap_err();
    let codes: Vec<Code> = error.findings().iter().map(|finding| finding.code).collect();
    assert_eq!(
        codes,
        [Code::UnknownChart, Code::BadChartOption, Code::BadChartOption, Code::BadChartOption, Code::BadChartOption, Code::BadChartOption]
    );
    assert!(error.to_string().contains("did you mean `target_path`?") && error.to_string().contains("did you mean `by-half`?"), "{error}");
    for finding in error.findings() {
        assert!(!finding.message.zh.is_empty() && finding.help.as_ref().is_some_and(|help| !help.zh.is_empty()), "{finding}");
    }
    // With nothing observed there is nothing to draw.
    let plan = Plan::parse(
        "{attainment: 1, id: p, indicators: {a: {name: A, kind: yes_no}}, targets: {a: {indicator: a, reach: yes, by: 2020}}}",
        Format::Yaml,
    )
    .unwrap();
    let empty = plan.assess(&Panel::default(), &AssessOptions::new().as_of(2019)).unwrap();
    for kind in ChartKind::ALL {
        let error = empty.chart(*kind, &ChartOptions::new()).unwrap_err();
        assert_eq!(error.code(), Some(Code::ChartUnfit), "{kind}");
        assert!(error.findings()[0].help.as_ref().unwrap().en.contains("nothing of it can be drawn"));
    }
    // A comparison of unlike things.
    let card = small_card();
    assert_eq!(canada.chart("class_transitions", &ChartOptions::new().earlier(&card)).unwrap_err().code(), Some(Code::ChartUnfit));
    assert_eq!(card.chart("class_transitions", &ChartOptions::new().earlier(&canada)).unwrap_err().code(), Some(Code::ChartUnfit));
    assert_eq!(card.chart("scores", &ChartOptions::new().area("Gup")).unwrap_err().code(), Some(Code::BadChartOption));
    assert_eq!(card.chart("target_path", &ChartOptions::new()).unwrap_err().code(), Some(Code::ChartUnfit));
}

#[test]
fn many_rows_are_bounded_and_said() {
    let plan = Plan::parse(
        "{attainment: 1, id: p, indicators: {a: {name: A, direction: increase}}, targets: {a: {indicator: a, at_least: 10, by: 2025, baseline: 2018}}}",
        Format::Yaml,
    )
    .unwrap();
    let areas: Vec<String> = (0..1500).map(|number| format!("area-{number}")).collect();
    let panel: Panel =
        areas.iter().flat_map(|area| (2018..=2022).map(move |year| Record::new(area.as_str(), "a", year, year - 2017))).collect();
    let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2022).method("linear").method("unsd-2023")).unwrap();
    for kind in [ChartKind::TargetPath, ChartKind::ClockDumbbell, ChartKind::MethodMatrix, ChartKind::AttainedPace] {
        let chart = assessment.chart(kind, &ChartOptions::new()).unwrap();
        assert_eq!(chart.findings()[0].code, Code::ChartShortened, "{kind}");
        assert!(chart.caption().contains("of 1500 rows"), "{kind}: {}", chart.caption());
        assert!(chart.to_json().len() < 800_000, "{kind}: {}", chart.to_json().len());
        let one = assessment.chart(kind, &ChartOptions::new().area("area-1400")).unwrap();
        assert!(one.findings().is_empty(), "{kind}");
    }
    let page = assessment.to_html(Lang::En);
    assert!(page.contains("… 1475 more rows …") && page.matches("<tr").count() == 27, "{page}");
}

#[test]
fn hostile_names_stay_text() {
    let hostile = "<script>alert('1')</script> \"q\" ${x} datum.value \u{202e}rtl\nline";
    let document = json!({
        "attainment": "1", "id": "p", "title": hostile,
        "areas": { "x": { "name": hostile }, "y": { "name": hostile } },
        "indicators": { "a": { "name": hostile, "unit": "<i>", "direction": "increase" } },
        "targets": { "t": { "indicator": "a", "reach": "10", "by": "2025", "baseline": "2018" } },
    });
    let plan = Plan::from_value(&document).unwrap();
    let panel: Panel =
        ["x", "y"].iter().flat_map(|area| (2018..=2022).map(move |year| Record::new(*area, "a", year, year - 2017))).collect();
    let assessment = plan.assess(&panel, &AssessOptions::new().as_of(2021).as_of(2022).method("linear").method("unsd-2023")).unwrap();
    for kind in [ChartKind::TargetPath, ChartKind::ClockDumbbell, ChartKind::MethodMatrix, ChartKind::AttainedPace, ChartKind::Vintages] {
        let chart = assessment.chart(kind, &ChartOptions::new().source(hostile)).unwrap();
        let json = chart.to_json();
        assert!(!json.contains("\\u202e") && !json.contains('\u{202e}') && !json.contains("rtl\\nline"), "{kind}");
        // No text of the document is ever an expression.
        walk(chart.spec(), &mut |key, value| {
            if matches!(key, "test" | "filter" | "calculate" | "labelExpr" | "expr") {
                assert!(!value.to_string().contains("alert"), "{kind}: {value}");
            }
        });
    }
    for page in [
        plan.to_html(Lang::En),
        assessment.to_html(Lang::Zh),
        assessment.outlook_to_html(Lang::En),
        assessment.disagreements_to_html(Lang::En),
    ] {
        let body = page.split("</style>").nth(1).unwrap();
        assert!(!body.contains("<script") && !body.contains("<i>") && !body.contains('\u{202e}'), "{body}");
        assert!(body.contains("scope=\"col\"") && body.contains("scope=\"row\""));
    }
    for markdown in [plan.to_markdown(Lang::En), assessment.outlook_to_markdown(Lang::Zh), assessment.disagreements_to_markdown(Lang::En)] {
        let bare = markdown.match_indices("<script").any(|(at, _)| !markdown[..at].ends_with('\\'));
        assert!(!bare, "{markdown}");
    }
}

#[test]
fn the_style_of_a_page_holds_for_nothing_else() {
    let pages = [steady().plan().to_html(Lang::En), steady().to_html(Lang::En), small_card().to_html(Lang::Zh)];
    for page in pages {
        let style = page.split("<style>").nth(1).unwrap().split("</style>").next().unwrap();
        let style = style.replace("@media (prefers-color-scheme:dark){", "");
        for rule in style.split('}').filter(|rule| rule.contains('{')) {
            let selectors = rule.split('{').next().unwrap();
            for selector in selectors.split(',') {
                assert!(selector.contains(".attainment"), "{selector}");
            }
        }
        assert_eq!(page.matches("<table").count(), page.matches("</table>").count());
        assert_eq!(page.matches("<tr").count(), page.matches("</tr>").count());
    }
}

#[test]
fn a_wide_table_is_drawn_too() {
    let table = WideTable::from_floats(["x", "y"], [("a", vec![0.9, 0.4]), ("b", vec![0.8, f64::NAN])]).unwrap();
    let scheme = Scheme::parse("{attainment: 1, id: s, normalise: as_is, aggregate: arithmetic, pillars: [a, b]}", Format::Yaml).unwrap();
    let chart = score(&table, &scheme).unwrap().chart(ChartKind::Scores, &ChartOptions::new().lang(Lang::Zh)).unwrap();
    assert_eq!(serde_json::from_str::<Value>(&chart.to_json()).unwrap(), *chart.spec());
    assert!(chart.caption().contains("截至未注明"));
}
