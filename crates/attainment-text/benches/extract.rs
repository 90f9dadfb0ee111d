//! How fast texts are read, on one core, and whether the time grows with the length.
//!
//! `cargo bench -p attainment-text` reads the corpus in `../shared` beside the repository (or
//! `ATTAINMENT_SHARED`) over and over, and without it the texts of this file. `-- --write FILE` writes
//! the text of the first measurement, which `recognizers.mjs` reads in the same run.

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::Instant;

use attainment::Lang;
use attainment_text::{ExtractOptions, extract};

const CHINESE: &str = "临江市科技强市三年行动计划（2023—2025年）
一、主要目标
到2025年，全社会研发经费投入占GDP比重达到2.2%以上，技术合同成交额达到60亿元以上，万人发明专利拥有量达到8件。
二、重点任务
（一）夯实创新平台。到2025年，新增省级重点实验室4家，总数达到11家；市级以上孵化器、众创空间分别达到9家、24家。加快建设一批新型研发机构，推动产业链与创新链深度融合，提升企业自主创新能力。
（二）培育创新主体。每年新增科技型中小企业200家，力争规模以上工业企业研发活动覆盖率达到60%。单位GDP能耗比2020年降低13.5%，城镇登记失业率控制在4%以内。
";

const ENGLISH: &str = "Plan 2024-2028

By 2027, the city will raise R&D spending to at least 2.5% of GDP, from 2.1% in 2022. It will cut emissions by 30% below 2010 levels by 2030 and build 12,000 homes between 2024 and 2028. The council has asked the departments to report on their progress and to name what stands in their way.

Reduce unemployment to below 5% by 2026. Train 500 technicians every year.

";

fn main() {
    // `cargo test --all-targets` builds and starts this too; only `cargo bench` asks for the measurement.
    if !std::env::args().any(|argument| argument == "--bench") {
        println!("not measured; run `cargo bench -p attainment-text`");
        return;
    }
    let mut arguments = std::env::args().skip_while(|argument| argument != "--write").skip(1);
    let chinese = corpus().unwrap_or_else(|| CHINESE.to_owned());
    let twenty = repeated(&chinese, 20);
    if let Some(file) = arguments.next() {
        // The other reader is slow: it gets a part, and both are measured on it.
        let text = repeated(&chinese, 1);
        match std::fs::write(&file, &text) {
            Ok(()) => println!("{:.3} MB/s on {file}", speed(&text, Lang::Zh)),
            Err(error) => println!("{file}: {error}"),
        }
        return;
    }
    let ten = speed(&repeated(&chinese, 10), Lang::Zh);
    row("Chinese, 10 MB", ten);
    row("Chinese, 20 MB", speed(&twenty, Lang::Zh));
    let fifty = speed(&repeated(&chinese, 50), Lang::Zh);
    row("Chinese, 50 MB", fifty);
    row("English, 10 MB", speed(&repeated(ENGLISH, 10), Lang::En));
    row("one line of digits, 1 MB", speed(&"1234567890".repeat(100_000), Lang::Zh));
    row("one line without a stop, 1 MB", speed(&repeated(&chinese.replace('\n', ""), 1), Lang::Zh));
    println!("time for 50 MB over time for 10 MB: {:.2} (5 is linear)", 5.0 * ten / fifty);
    for (name, run, lang) in RUNS {
        let (short, long) = (seconds(&run.repeat(20_000 / run.len()), *lang), seconds(&run.repeat(40_000 / run.len()), *lang));
        println!("{name}: time for 40 kB over time for 20 kB: {:.2} (2 is linear)", long / short);
    }
}

/// What has no stop between its numbers.
const RUNS: &[(&str, &str, Lang)] =
    &[("5家5家…", "5家", Lang::Zh), ("2%2%…", "2%", Lang::Zh), ("5 homes 5 homes …", "5 homes ", Lang::En), ("((…", "(", Lang::En)];

fn corpus() -> Option<String> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = std::env::var_os("ATTAINMENT_SHARED").map_or(beside, PathBuf::from).join("corpus");
    let texts: Vec<String> = (1..=9).filter_map(|number| std::fs::read_to_string(folder.join(format!("{number:02}.txt"))).ok()).collect();
    (texts.len() == 9).then(|| texts.join("\n"))
}

fn repeated(text: &str, megabytes: usize) -> String {
    text.repeat((megabytes * 1_000_000).div_ceil(text.len()))
}

/// The best of three, in seconds.
fn seconds(text: &str, lang: Lang) -> f64 {
    let options = ExtractOptions::new().lang(lang);
    let run = |_| {
        let start = Instant::now();
        black_box(extract(black_box(text), &options));
        start.elapsed().as_secs_f64()
    };
    (0..3).map(run).fold(f64::INFINITY, f64::min)
}

fn speed(text: &str, lang: Lang) -> f64 {
    text.len() as f64 / 1e6 / seconds(text, lang)
}

fn row(name: &str, speed: f64) {
    println!("{name:<32} {speed:>8.1} MB/s");
}
