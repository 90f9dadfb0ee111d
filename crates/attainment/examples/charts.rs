//! Writes a chart of every kind, in both languages and themes, from the official data sets under
//! `tests/data`, as Vega-Lite specifications, and the pages in HTML, to a folder: `target/charts`, or the one that is named.
//!
//! ```sh
//! cargo run --example charts -- /tmp/charts
//! ```

use std::error::Error;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use attainment::{AssessOptions, Assessment, Chart, ChartKind, ChartOptions, Columns, Format, Lang, Panel, Plan, Theme, WideTable, score};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn data(name: &str) -> Outcome<(Plan, Panel)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data").join(name);
    let plan = Plan::parse(&fs::read_to_string(folder.join("plan.yaml"))?, Format::Yaml)?;
    let panel = Panel::from_csv(&fs::read_to_string(folder.join("observations.csv"))?, &Columns::new())?;
    Ok((plan, panel))
}

fn assess(name: &str, options: &AssessOptions) -> Outcome<Assessment> {
    let (plan, panel) = data(name)?;
    Ok(plan.assess(&panel, options)?)
}

/// The four looks of a chart: English and Chinese, light and dark.
fn write(folder: &Path, name: &str, draw: impl Fn(ChartOptions<'static>) -> Result<Chart, attainment::Error>) -> Outcome<()> {
    for lang in [Lang::En, Lang::Zh] {
        for theme in [Theme::Light, Theme::Dark] {
            let options = ChartOptions::new().lang(lang).theme(theme);
            let chart = draw(options)?;
            chart.findings().iter().for_each(|finding| println!("{name}: {finding}"));
            fs::write(folder.join(format!("{name}.{}.{theme}.vl.json", lang.as_str())), chart.to_json())?;
        }
    }
    Ok(())
}

fn main() -> Outcome<()> {
    let folder = std::env::args().nth(1).map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/charts"), PathBuf::from);
    fs::create_dir_all(&folder)?;

    let energy = assess("china-energy", &AssessOptions::new().as_of(2024).method("linear"))?;
    write(&folder, "path-china-energy", |options| energy.chart(ChartKind::TargetPath, &options.source("国家统计局")))?;
    let germany = assess("germany", &AssessOptions::new().as_of(2024).method("destatis-2023").method("linear"))?;
    write(&folder, "path-germany-oda", |options| germany.chart(ChartKind::TargetPath, &options.source("Destatis").target("oda-2030")))?;
    write(&folder, "path-germany", |options| germany.chart(ChartKind::TargetPath, &options.source("Destatis")))?;
    let canada = assess("canada", &AssessOptions::new().as_of(2023).method("statcan-2025"))?;
    write(&folder, "path-canada", |options| {
        canada.chart(ChartKind::TargetPath, &options.target("by-half").source("Statistics Canada, table 11-10-0135-01"))
    })?;
    let carbon = assess("uk-carbon", &AssessOptions::new().as_of(2023).method("linear"))?;
    write(&folder, "path-uk-carbon", |options| carbon.chart(ChartKind::TargetPath, &options))?;
    let china = assess("china-145", &AssessOptions::new().as_of(2022).method("cn-midterm-10pp"))?;
    write(&folder, "dumbbell-china-145", |options| china.chart(ChartKind::ClockDumbbell, &options))?;
    let mut options = AssessOptions::new().as_of(2022);
    for method in ["linear", "cn-midterm-10pp", "eurostat-2019", "statcan-2025", "unsd-2023", "destatis-2023"] {
        options = options.method(method);
    }
    let china = assess("china-145", &options)?;
    write(&folder, "matrix-china-145", |options| china.chart(ChartKind::MethodMatrix, &options))?;
    write(&folder, "quadrant-china-145", |options| china.chart(ChartKind::AttainedPace, &options))?;
    write(&folder, "budget-uk-carbon", |options| carbon.chart(ChartKind::CumulativeBudget, &options))?;
    let eu = assess("eu", &AssessOptions::new().as_of(2017))?;
    write(&folder, "vintages-eu", |options| eu.chart(ChartKind::Vintages, &options.source("Eurostat")))?;
    let oda = assess("germany", &AssessOptions::new().as_of(2016).as_of(2020).as_of(2024))?;
    write(&folder, "moments-germany", |options| oda.chart(ChartKind::Vintages, &options.target("oda-2030")))?;
    let years = |year: i32| assess("china-145", &AssessOptions::new().as_of(year).method("linear"));
    let (before, after) = (years(2021)?, years(2023)?);
    for lang in [Lang::En, Lang::Zh] {
        let chart = after.chart(ChartKind::ClassTransitions, &ChartOptions::new().lang(lang).earlier(&before))?;
        fs::write(folder.join(format!("transitions-china-145.{}.light.vl.json", lang.as_str())), chart.to_json())?;
    }
    let hdi = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/data/hdi/hdi_2022.csv");
    let names = [("life_expectancy", "le"), ("expected_schooling", "eys"), ("mean_schooling", "mys"), ("gni_per_capita", "gnipc")];
    let columns = names.iter().fold(Columns::new().rename("area", "country"), |columns, (ours, theirs)| columns.rename(*ours, *theirs));
    let table = WideTable::from_csv(&fs::read_to_string(hdi)?, &columns)?;
    let card = score(&table, "undp-hdi")?;
    write(&folder, "scores-hdi", |options| card.chart(ChartKind::Scores, &options.source("UNDP")))?;
    let robustness = card.robustness(7, 500, |_, _| ControlFlow::Continue(()))?;
    write(&folder, "ranks-hdi", |options| robustness.chart(ChartKind::RankIntervals, &options.source("UNDP")))?;
    for lang in [Lang::En, Lang::Zh] {
        let pages = [
            china.plan().to_html(lang),
            china.to_html(lang),
            china.explain_of("energy", "china", None, Some("linear"))?.to_html(lang),
            china.outlook_to_html(lang),
            china.disagreements_to_html(lang),
            card.to_html(lang),
            robustness.to_html(lang),
        ];
        fs::write(folder.join(format!("pages.{}.html", lang.as_str())), pages.concat())?;
    }
    println!("written to {}", folder.display());
    Ok(())
}
