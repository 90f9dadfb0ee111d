//! Drafts become plans: the language-neutral cases of `sentences/plan.yaml`, the nine corpus texts
//! where they are there, and two texts assessed from the first character to the verdict.
//!
//! The corpus lies in `../shared` beside the repository or in the directory that `ATTAINMENT_SHARED`
//! names; without it those tests say `skipped`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};

use attainment::serde_json::Value;
use attainment::{AssessOptions, Assessment, Format, Measure, Panel, Plan, Reason, Record, State, Text};
use attainment_text::{ExtractOptions, extract};

fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let shared = std::env::var_os("ATTAINMENT_SHARED").map_or(beside, PathBuf::from);
    let corpus = shared.join("corpus");
    corpus.is_dir().then_some(corpus)
}

fn text(number: &str) -> Option<String> {
    corpus().map(|corpus| std::fs::read_to_string(corpus.join(format!("{number}.txt"))).unwrap())
}

/// Every document gives a plan that loads, keeps every target and survives being written.
#[test]
fn every_document_gives_a_plan() {
    for number in ["01", "02", "03", "04", "05", "06", "07", "08", "09"] {
        let Some(text) = text(number) else { return println!("skipped: no corpus") };
        let draft = extract(&text, &ExtractOptions::new());
        let plan = draft.to_plan().unwrap_or_else(|error| panic!("{number}: {error}"));
        for format in [Format::Yaml, Format::Json] {
            let written = plan.to_text(format);
            assert_eq!(Plan::parse(&written, format).unwrap(), plan, "{number}");
        }
        plan.lint();
        let targets = draft.items.iter().filter(|item| item.kind == attainment_text::ItemKind::Target).count();
        let kept = &plan.document().targets;
        let places: usize = kept.values().map(|target| 1 + target.also.len()).sum();
        let dropped: Vec<_> = draft.plan_findings().into_iter().filter(|f| f.message.en.contains("has no place in a plan")).collect();
        println!(
            "{number}: {} items, {targets} targets, {places} kept, {} indicators",
            draft.items.len(),
            plan.document().indicators.len()
        );
        assert_eq!(places, targets, "{number}: {dropped:#?}");
        assert!(dropped.is_empty(), "{number}: {dropped:#?}");
    }
}

/// What must stand in a plan stands there.
fn holds(want: &Value, found: Option<&Value>, path: &str, problems: &mut Vec<String>) {
    match (want, found) {
        (Value::Null, None) => {}
        (Value::Object(want), Some(Value::Object(found))) => {
            for (key, want) in want {
                holds(want, found.get(key), &format!("{path}/{key}"), problems);
            }
        }
        (want, Some(found)) if want == found => {}
        (want, found) => problems.push(format!("{path}: want {want}, found {}", found.map_or("nothing".to_owned(), Value::to_string))),
    }
}

#[test]
fn every_case_of_the_vectors() {
    let cases: Vec<Value> = serde_saphyr::from_str(include_str!("sentences/plan.yaml")).unwrap();
    let mut problems = Vec::new();
    for case in &cases {
        let mut options = ExtractOptions::new();
        options.reference_year = case["year"].as_i64().map(|year| year as i32);
        options.title = case["title"].as_str().map(str::to_owned);
        let draft = extract(case["text"].as_str().unwrap(), &options);
        let plan = draft.to_plan().unwrap();
        let mut here = Vec::new();
        holds(&case["plan"], Some(&plan.to_value()), "", &mut here);
        let codes = |findings: Vec<attainment::Finding>| findings.iter().map(|finding| finding.code.as_str()).collect::<Vec<_>>();
        if let Some(want) = case["findings"].as_array() {
            let found = codes(draft.plan_findings());
            if want.iter().map(|code| code.as_str().unwrap()).ne(found.iter().copied()) {
                here.push(format!("findings: want {want:?}, found {found:?}"));
            }
        }
        let lint = codes(plan.lint());
        for want in case["lint"].as_array().into_iter().flatten() {
            if !lint.contains(&want.as_str().unwrap()) {
                here.push(format!("lint: want {want}, found {lint:?}"));
            }
        }
        if !here.is_empty() {
            problems.push(format!("{}:\n  {}\n{}", case["name"], here.join("\n  "), plan.to_text(Format::Yaml)));
        }
    }
    println!("{} cases", cases.len());
    assert!(problems.is_empty(), "{} of {} cases fail:\n{}", problems.len(), cases.len(), problems.join("\n"));
}

/// The verdicts of a plan over a few observations: for each target that is asked for by the name of
/// its indicator and its measure, the state and the reason.
struct Judged {
    plan: Plan,
    assessment: Assessment,
}

impl Judged {
    /// Observations name their indicator as the text does.
    fn new(text: &str, as_of: i32, observations: &[(&str, i32, &str)]) -> Self {
        let plan = extract(text, &ExtractOptions::new()).to_plan().unwrap();
        let known = &plan.document().indicators;
        let id = |name: &str| {
            let found = known.iter().find(|(_, indicator)| matches!(&indicator.name, Text::Plain(own) if own == name));
            found.unwrap_or_else(|| panic!("no indicator {name} in {:?}", known.keys().collect::<Vec<_>>())).0.clone()
        };
        let records = observations.iter().map(|(name, year, value)| Record::new("here", id(name), *year, *value));
        let panel = Panel::from_records(records.collect::<Vec<_>>());
        let assessment = plan.assess(&panel, &AssessOptions::new().as_of(as_of).method("linear")).unwrap();
        Self { plan, assessment }
    }

    fn verdict(&self, name: &str, measures: &[Measure]) -> (State, Option<Reason>) {
        let document = self.plan.document();
        let found = document.targets.iter().find(|(_, target)| {
            let indicator = target.indicator.as_ref().and_then(|id| document.indicators.get(id.as_str()));
            let named = indicator.is_some_and(|indicator| matches!(&indicator.name, Text::Plain(own) if own == name));
            named && target.measures() == measures
        });
        let (id, _) = found.unwrap_or_else(|| panic!("no target on {name}: {:?}", document.targets.keys().collect::<Vec<_>>()));
        let verdict = self.assessment.verdict(id, "here").unwrap();
        self.assessment.explain(id, "here").unwrap();
        (verdict.attained.state, verdict.attained.reason)
    }
}

const MET: (State, Option<Reason>) = (State::Met, None);
const NOT_MET: (State, Option<Reason>) = (State::NotMet, None);

#[test]
fn document_5_from_its_text_to_verdicts() {
    let Some(text) = text("05") else { return println!("skipped: no corpus") };
    let judged = Judged::new(
        &text,
        2022,
        &[
            ("全社会研发经费支出占GDP比重", 2022, "1.72"),
            ("技术交易总额", 2022, "33.9"),
            ("院士工作站", 2019, "19"),
            ("院士工作站", 2022, "25"),
            ("高新技术产业增加值占工业增加值比重", 2022, "25"),
            ("众创空间", 2022, "52"),
            ("孵化器", 2022, "15"),
        ],
    );
    assert_eq!(judged.verdict("全社会研发经费支出占GDP比重", &[Measure::Level]), MET);
    assert_eq!(judged.verdict("技术交易总额", &[Measure::Level]), NOT_MET);
    assert_eq!(judged.verdict("院士工作站", &[Measure::Level]), MET);
    assert_eq!(judged.verdict("众创空间", &[Measure::Level]), MET);
    assert_eq!(judged.verdict("孵化器", &[Measure::Level]), NOT_MET);
    // The text gives no base of what is added and no tolerance of 左右, and neither is made up.
    assert_eq!(judged.verdict("院士工作站", &[Measure::Change]), (State::NotEvaluable, Some(Reason::NoBaseline)));
    assert_eq!(judged.verdict("高新技术产业增加值占工业增加值比重", &[Measure::Level]), (State::NotEvaluable, Some(Reason::NoTolerance)));
}

#[test]
fn document_6_from_its_text_to_verdicts() {
    let Some(text) = text("06") else { return println!("skipped: no corpus") };
    let judged = Judged::new(
        &text,
        2015,
        &[
            ("每10万人口年度专利授权量", 2015, "24"),
            ("城镇污水处理率", 2015, "85"),
            ("万元GDP能耗", 2010, "1.2"),
            ("万元GDP能耗", 2015, "1.08"),
            ("科技进步对经济增长的贡献率", 2014, "60"),
        ],
    );
    assert_eq!(judged.verdict("每10万人口年度专利授权量", &[Measure::Level]), NOT_MET);
    assert_eq!(judged.verdict("城镇污水处理率", &[Measure::Level]), MET);
    assert_eq!(judged.verdict("万元GDP能耗", &[Measure::RelativeChange]), MET);
    assert_eq!(
        judged.verdict("科技进步对经济增长的贡献率", &[Measure::Level]),
        (State::NotEvaluable, Some(Reason::NoObservationAtDeadline))
    );
}

/// A report on a plan of three years, of the kind of document 5.
const REPORT: &str = "临江市实施科技强市三年行动计划
近日，临江市印发《临江市科技强市三年行动计划（2023—2025年）》。到2025年，全社会研发经费投入占GDP比重达到2.2%以上，技术合同成交额达到60亿元以上，万人发明专利拥有量达到8件。
夯实创新平台。到2025年，新增省级重点实验室4家，总数达到11家；市级以上孵化器、众创空间分别达到9家、24家。每年新增科技型中小企业200家。
力争规模以上工业企业研发活动覆盖率达到60%。";

#[test]
fn a_report_from_its_text_to_verdicts() {
    let judged = Judged::new(
        REPORT,
        2025,
        &[
            ("全社会研发经费投入占GDP比重", 2025, "2.20"),
            ("技术合同成交额", 2025, "59.99"),
            ("万人发明专利拥有量", 2025, "8.1"),
            ("重点实验室", 2022, "7"),
            ("重点实验室", 2025, "11"),
            ("孵化器", 2025, "9"),
            ("众创空间", 2025, "23"),
        ],
    );
    assert_eq!(judged.verdict("全社会研发经费投入占GDP比重", &[Measure::Level]), MET);
    assert_eq!(judged.verdict("技术合同成交额", &[Measure::Level]), NOT_MET);
    assert_eq!(judged.verdict("万人发明专利拥有量", &[Measure::Level]), MET);
    assert_eq!(judged.verdict("重点实验室", &[Measure::Level]), MET);
    assert_eq!(judged.verdict("孵化器", &[Measure::Level]), MET);
    assert_eq!(judged.verdict("众创空间", &[Measure::Level]), NOT_MET);
}

/// The goals of a county, of the kind of document 6.
const COUNTY: &str = "建设创新型县工作方案
三、主要目标
到2020年，全社会研究与试验发展（R&D）投入占GDP的比重达到2.0%以上；高新技术企业达到20家；研发新产品30项以上；单位GDP能耗比“十二五”末降低15%，农村卫生厕所普及率达到90%，城镇登记失业率控制在4%以内；地区生产总值比2015年翻一番。
四、主要工作
每年推出10—20件专利产品。";

#[test]
fn a_county_from_its_text_to_verdicts() {
    let judged = Judged::new(
        COUNTY,
        2020,
        &[
            ("高新技术企业", 2020, "19"),
            ("单位GDP能耗", 2015, "0.80"),
            ("单位GDP能耗", 2020, "0.68"),
            ("城镇登记失业率", 2020, "4.1"),
            ("农村卫生厕所普及率", 2020, "90"),
            ("地区生产总值", 2015, "100"),
            ("地区生产总值", 2020, "199.9"),
        ],
    );
    assert_eq!(judged.verdict("高新技术企业", &[Measure::Level]), NOT_MET);
    assert_eq!(judged.verdict("单位GDP能耗", &[Measure::RelativeChange]), MET);
    assert_eq!(judged.verdict("城镇登记失业率", &[Measure::Level]), NOT_MET);
    assert_eq!(judged.verdict("农村卫生厕所普及率", &[Measure::Level]), MET);
    assert_eq!(judged.verdict("地区生产总值", &[Measure::Multiple]), NOT_MET);
}

/// The same in English.
#[test]
fn an_english_text_from_its_words_to_verdicts() {
    let text = "By 2027, the city will raise R&D spending to at least 2.5% of GDP, from 2.1% in 2022. \
        It will cut emissions by 30% below 2010 levels by 2030 and build 12,000 homes between 2024 and 2026.";
    let judged = Judged::new(
        text,
        2030,
        &[
            ("R&D spending as a share of GDP", 2027, "2.49"),
            ("emissions", 2010, "400"),
            ("emissions", 2030, "279"),
            ("homes", 2024, "4000"),
            ("homes", 2025, "4500"),
            ("homes", 2026, "3499"),
        ],
    );
    assert_eq!(judged.verdict("R&D spending as a share of GDP", &[Measure::Level]), NOT_MET);
    assert_eq!(judged.verdict("emissions", &[Measure::RelativeChange]), MET);
    assert_eq!(judged.verdict("homes", &[Measure::Sum]), NOT_MET);
}
