//! The bulk path against plain floats: 2,843 areas × 50 indicators × 11 years, every area with its own
//! bounds, from raw keys in year-major order to degrees, pace, categories, forecasts, scores and ranks.
//!
//! `cargo bench -p attainment --bench bulk` prints medians and their ratios to the time a copy of the
//! same bytes takes, and to a kernel of floats that decides nothing exactly. All run in turn, so that a
//! noisy machine is noisy for all. `-- --once STEP` runs one step alone, for profilers.

mod workload;

use std::hint::black_box;
use std::time::Instant;

use attainment::{AssessOptions, Assessment, Columns, Forecast, Panel, TargetTable, score};
use workload::Workload;

/// A step with its name.
type Step<'a> = (&'static str, Box<dyn Fn() + 'a>);

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    // `cargo test --all-targets` builds and starts this too; only `cargo bench` asks for the measurement.
    if !arguments.iter().any(|argument| argument == "--bench") {
        println!("not measured; run `cargo bench -p attainment --bench bulk`");
        return;
    }
    let work = Workload::new(2843, 50, 11);
    let (plan, method) = (work.plan(), work.method());
    let ingest = || Panel::from_columns(&work.observations(), &Columns::new()).unwrap_or_default();
    let targets = || TargetTable::from_columns(&work.targets(), &Columns::new()).unwrap_or_default();
    let assess = |panel: &Panel, table: TargetTable| {
        let options = AssessOptions::new().as_of(2025).method(method.clone()).targets(table).forecast(Forecast::LeastSquares);
        plan.assess(panel, &options).unwrap_or_else(|error| unreachable!("{error}"))
    };
    let columns = |assessment: &Assessment| ["ratio", "pace_value", "category", "forecast"].map(|name| assessment.column(name));
    let scheme = work.scheme();
    let scored = |assessment: &Assessment| score(assessment, &scheme).map(|card| card.columns()).unwrap_or_default();
    let (panel, table) = (ingest(), targets());
    let assessment = assess(&panel, table.clone());
    let mut buffers = work.buffers();
    let plain_floats = || work.floats();
    let copied = std::cell::RefCell::new(&mut buffers);
    let steps: Vec<Step<'_>> = vec![
        ("copy", Box::new(|| work.copy(&mut copied.borrow_mut()))),
        ("plain floats", Box::new(|| drop(black_box(plain_floats())))),
        ("target table", Box::new(|| drop(black_box(targets())))),
        ("ingest", Box::new(|| drop(black_box(ingest())))),
        ("assess", Box::new(|| drop(black_box(assess(&panel, table.clone()))))),
        ("columns", Box::new(|| drop(black_box(columns(&assessment))))),
        ("score", Box::new(|| drop(black_box(scored(&assessment))))),
        (
            "all",
            Box::new(|| {
                let assessment = assess(&ingest(), targets());
                drop(black_box((columns(&assessment), scored(&assessment))));
            }),
        ),
    ];
    let mut steps: Vec<_> = steps.into_iter().map(|(name, run)| (name, run, Vec::new())).collect();
    let once = arguments.iter().skip_while(|argument| *argument != "--once").nth(1);
    if let Some((_, run, _)) = steps.iter().find(|(name, ..)| Some(*name) == once.map(String::as_str)) {
        (0..20).for_each(|_| run());
        return;
    }
    for _ in 0..9 {
        for (_, run, times) in &mut steps {
            let start = Instant::now();
            run();
            times.push(start.elapsed().as_secs_f64());
        }
    }
    let mut copy = 0.0;
    for (name, _, times) in &mut steps {
        times.sort_by(f64::total_cmp);
        let median = times[times.len() / 2];
        if *name == "copy" {
            copy = median;
        }
        println!("{name:<28} {:>9.2} ms (from {:.2})  {:>6.2} × copy", median * 1e3, times[0] * 1e3, median / copy);
    }
}
