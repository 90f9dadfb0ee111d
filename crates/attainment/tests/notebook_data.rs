//! The data of the notebooks: they are read without loss, agree with the data of the tests, and hold
//! what the notebooks say of them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::path::Path;

use attainment::{AssessOptions, Columns, Format, Panel, Plan, State, WideTable, score};

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join("docs/notebooks/data").join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn panel(name: &str) -> Panel {
    let panel = Panel::from_csv(&read(name), &Columns::new()).unwrap();
    assert!(panel.findings().is_empty(), "{name}: {:?}", panel.findings());
    panel
}

fn plan(name: &str) -> Plan {
    Plan::parse(&read(name), Format::Yaml).unwrap()
}

fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// What a row is about.
fn key(row: &BTreeMap<String, String>) -> Vec<String> {
    ["area", "indicator", "period", "caliber", "vintage"].map(|column| row.get(column).cloned().unwrap_or_default()).to_vec()
}

#[test]
fn the_same_figures_as_in_the_tests() {
    for (here, there) in [("energy-intensity.csv", "china-energy"), ("fyp14.csv", "china-145")] {
        let there = std::fs::read_to_string(root().join("tests/data").join(there).join("observations.csv")).unwrap();
        let known: BTreeMap<_, _> = rows(&there).into_iter().map(|row| (key(&row), row["value"].clone())).collect();
        let (mut same, mut other) = (0, 0);
        for row in rows(&read(here)) {
            match known.get(&key(&row)) {
                Some(value) => assert_eq!(*value, row["value"], "{here}: {row:?}"),
                None => other += 1,
            }
            same += 1;
        }
        assert!(same > 10 && other <= 1, "{here}: {other} of {same} rows are new");
    }
    let hdi = std::fs::read_to_string(root().join("tests/data/hdi/hdi_2022.csv")).unwrap();
    assert_eq!(read("hdi-2022.csv").lines().skip(1).collect::<Vec<_>>(), hdi.lines().skip(1).collect::<Vec<_>>());
    let official = std::fs::read_to_string(root().join("tests/data/china-145/official.csv")).unwrap();
    assert_eq!(read("fyp14-official.csv"), official);
}

#[test]
fn development_aid_is_lost_while_the_symbol_is_a_sun() {
    let assessment = plan("germany.yaml").assess(&panel("germany.csv"), &AssessOptions::new().as_of(2024).method("destatis-2023")).unwrap();
    let verdict = assessment.verdict("oda", "germany").unwrap();
    assert_eq!(verdict.pace.as_ref().unwrap().category.as_deref(), Some("Sonne"));
    assert_eq!((verdict.attained.state, verdict.attained.holds_now), (State::Pending, Some(false)));
    assert_eq!(verdict.attained.lost_in.iter().map(ToString::to_string).collect::<Vec<_>>(), ["2017", "2024"]);
}

#[test]
fn seven_methods_disagree_on_one_panel() {
    let (plan, panel) = (plan("germany.yaml"), panel("germany.csv"));
    let methods = ["destatis-2023", "statcan-2025", "eurostat-2019", "unsd-2023", "escap-csi", "linear", "cn-midterm-10pp"];
    let options = methods.iter().fold(AssessOptions::new().as_of(2021), |options, method| options.method(*method));
    let assessment = plan.assess(&panel, &options).unwrap();
    assert_eq!(assessment.verdicts().len(), methods.len() * plan.document().targets.len());
    let parted: Vec<_> = assessment.disagreements().into_iter().filter(|found| found.on_track_or_not).collect();
    assert_eq!(parted.iter().map(|found| found.target.as_str()).collect::<Vec<_>>(), ["fathers"]);
}

/// The publisher's own symbols for the targets of 2030: all follow, those after the break included.
#[test]
fn published_symbols_follow_from_the_panel() {
    let (plan, panel) = (plan("germany.yaml"), panel("germany.csv"));
    let mut other = Vec::new();
    let published = rows(&read("germany-published.csv"));
    let now = |row: &&BTreeMap<String, String>| row["target_year"] == "2030" && !(row["indicator"] == "organic" && row["target"] == "20");
    for row in published.iter().filter(now) {
        let options = AssessOptions::new().as_of(row["year"].as_str()).method("destatis-2023");
        let assessment = plan.assess(&panel, &options).unwrap();
        let verdict = assessment.verdict(&row["indicator"], "germany").unwrap();
        if verdict.pace.as_ref().unwrap().category.as_deref() != Some(row["symbol"].as_str()) {
            other.push(format!("{} {}", row["indicator"], row["year"]));
        }
    }
    assert_eq!(published.iter().filter(now).count(), 57);
    assert!(other.is_empty(), "{other:?}");
}

#[test]
fn published_hdi_follows_from_its_components() {
    let text = read("hdi-2022.csv");
    let table = rows(&text);
    let column = |name: &'static str| (name, table.iter().map(|row| row[name].parse::<f64>().unwrap()).collect::<Vec<_>>());
    let areas: Vec<&str> = table.iter().map(|row| row["area"].as_str()).collect();
    let wide = WideTable::from_floats(
        areas.iter().copied(),
        [column("life_expectancy"), column("expected_schooling"), column("mean_schooling"), column("gni_per_capita")],
    )
    .unwrap();
    let card = score(&wide, "undp-hdi").unwrap();
    assert_eq!(table.len(), 102);
    for row in &table {
        let rounded = card.score(&row["area"]).unwrap().rounded.unwrap();
        assert_eq!(
            rounded.normalize().to_string(),
            row["hdi_published"].parse::<attainment::Decimal>().unwrap().normalize().to_string(),
            "{}",
            row["name"]
        );
    }
}

#[test]
fn every_other_table_is_read_whole() {
    assert_eq!(panel("counties-constructed.csv").len(), 10 * 6 * 5);
    assert_eq!(rows(&read("hebei-classes.csv")).len(), 9);
    // Every file is described.
    let described = read("README.md");
    for entry in std::fs::read_dir(root().join("docs/notebooks/data")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(name == "README.md" || described.contains(&format!("`{name}`")), "{name}");
    }
}
