//! What holds for every text: no panic, the same draft again, spans that slice to what they say.
//!
//! Texts are arbitrary strings, strings put together from pieces of both grammars, and the corpus cut
//! short (`../shared` beside the repository or `ATTAINMENT_SHARED`; without it that test says `skipped`).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::path::{Path, PathBuf};

use attainment::{Format, Lang, Plan};
use attainment_text::{Draft, ExtractOptions, extract};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

const PIECES: &[&str] = &[
    "到2025年",
    "2021—2025年",
    "“十五五”时期",
    "力争",
    "全市",
    "省级以上",
    "新增",
    "建设",
    "高新技术企业",
    "森林覆盖率",
    "地区生产总值",
    "达到",
    "提高到",
    "由1.2%",
    "增长",
    "年均",
    "下降",
    "翻一番",
    "不低于",
    "突破",
    "累计",
    "分别",
    "其中",
    "每年",
    "今年",
    "每10万人口",
    "12",
    "1.5",
    "3,000",
    "三千五百",
    "xx",
    "××.×",
    "30—50",
    "1至2",
    "％",
    "%",
    "家",
    "亿元",
    "个百分点",
    "万人次",
    "以上",
    "左右",
    "以内",
    "、",
    "，",
    "。",
    "；",
    "：",
    "（",
    "）",
    "“",
    "”",
    "《",
    "》",
    "\n",
    "\n\n",
    " ",
    "\u{3000}",
    "\u{feff}",
    "一、",
    "（二）",
    "3.",
    "第一章",
    "——",
    "指标",
    "单位",
    "属性",
    "约束性",
    "预期性",
    "|",
    "\t",
    "117",
    "𠀀",
    "é",
    "\u{301}",
    "👍🏽",
    "\u{202e}",
    "\u{0}",
    "by 2030",
    "raise ",
    "cut ",
    "emissions ",
    "R&D spending ",
    "to ",
    "from 2% ",
    "at least ",
    "half ",
    "2.5% of GDP ",
    "500 homes ",
    "between ",
    "and ",
    "million ",
    "€",
    "$3bn ",
    "every year ",
    "(",
    ")",
    ". ",
    ", ",
    ": ",
    "2024-28 ",
    "per 100,000 people ",
    "Q3 2025 ",
    "31 February 2025 ",
    "double ",
    "exports ",
    "will ",
    "be ",
    "fell ",
    "within five years ",
    "9999999999999999999999999999999999999999999 ",
    "0.0000000000000001",
];

fn pieces() -> impl Strategy<Value = String> {
    vec(select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
}

/// Everything that must hold of the draft of a text.
fn check(text: &str, options: &ExtractOptions) -> Draft {
    let draft = extract(text, options);
    assert_eq!(draft, extract(text, options), "the same text gives the same draft");
    let chars: Vec<char> = text.chars().collect();
    let slice = |start: u32, end: u32| chars.get(start as usize..end as usize).map(|part| part.iter().collect::<String>());
    for (at, item) in draft.items.iter().enumerate() {
        assert_eq!(slice(item.start, item.end).as_deref(), Some(item.text.as_str()), "{item:?}");
        assert!(item.start < item.end, "{item:?}");
        assert_eq!(text.get(draft.byte_range(at).unwrap()), Some(item.text.as_str()));
        assert_eq!(item.value_start.is_some(), item.value_end.is_some());
        if let (Some(start), Some(end)) = (item.value_start, item.value_end) {
            assert!(item.start <= start && start < end && end <= item.end, "{item:?}");
        }
        for number in [&item.value, &item.value_max].into_iter().flatten() {
            assert!(number.chars().all(|c| c.is_ascii_digit() || c == '.') && !number.starts_with('.'), "{number}");
        }
        assert!(item.pair.is_none_or(|pair| pair < draft.items.len() && pair != at), "{item:?}");
        assert!(!(item.masked && item.value.is_some()));
    }
    assert!(draft.items.windows(2).all(|pair| pair[0].start <= pair[1].start), "items in the order of the text");
    for finding in &draft.findings {
        assert!(finding.help.is_some() && finding.start.is_some(), "{finding:?}");
        let (start, end) = (finding.start.unwrap(), finding.end.unwrap());
        assert!(start <= end && end as usize <= chars.len(), "{finding:?}");
        assert!(!finding.message.en.is_empty() && !finding.message.zh.is_empty());
    }
    draft
}

/// What a draft becomes can be read again, and shows every character of the text.
fn check_results(draft: &Draft) {
    let plan = draft.to_plan().unwrap();
    plan.lint();
    let written = plan.to_text(Format::Json);
    assert_eq!(Plan::parse(&written, Format::Json).unwrap(), plan);
    for finding in draft.plan_findings() {
        assert!(finding.help.is_some(), "{finding:?}");
        assert!(finding.start <= finding.end);
    }
    for lang in [Lang::En, Lang::Zh] {
        let html = draft.to_html(lang);
        let inside = html.replace("&lt;", "").replace("&gt;", "");
        assert_eq!(inside.matches('<').count(), inside.matches('>').count());
        assert_eq!(html.matches("<mark").count(), html.matches("</mark>").count());
        assert!(!html.contains("<script"));
        assert!(draft.to_markdown(lang).is_empty() || draft.to_markdown(lang).ends_with('\n'));
        assert!(draft.to_text(lang).is_empty() || draft.to_text(lang).ends_with('\n'));
    }
    assert_eq!(draft.to_records().len(), draft.items.len());
}

proptest! {
    #[test]
    fn any_string(text in any::<String>(), english in any::<bool>(), year in proptest::option::of(any::<i32>())) {
        let mut options = ExtractOptions::new().lang(if english { Lang::En } else { Lang::Zh });
        options.reference_year = year;
        check_results(&check(&text, &options));
    }

    #[test]
    fn any_pieces(text in pieces(), title in proptest::option::of(pieces()), year in proptest::option::of(1900..2200)) {
        let mut options = ExtractOptions::new();
        (options.title, options.reference_year) = (title, year);
        for lang in [None, Some(Lang::En), Some(Lang::Zh)] {
            options.lang = lang;
            check_results(&check(&text, &options));
        }
    }

    /// What comes before the byte order mark or behind the last line changes no item, but for its place.
    #[test]
    fn blank_lines_around_move_the_items_and_change_nothing_else(text in pieces(), lang in select(vec![Lang::En, Lang::Zh])) {
        let options = ExtractOptions::new().lang(lang);
        let (plain, moved) = (check(&text, &options), check(&format!("\n\n{text}\n\n"), &options));
        prop_assert_eq!(plain.items.len(), moved.items.len());
        for (plain, moved) in plain.items.iter().zip(&moved.items) {
            prop_assert_eq!(plain.start + 2, moved.start);
            prop_assert_eq!((&plain.indicator, &plain.value, &plain.unit), (&moved.indicator, &moved.value, &moved.unit));
        }
    }
}

/// A paragraph that stands for itself is read the same wherever it stands.
#[test]
fn paragraphs_put_together_give_the_items_of_each() {
    let paragraphs = [
        "到2025年，森林覆盖率达到35%以上，新增省级重点实验室12家，总数达到30家。",
        "到2030年，万元GDP能耗比2020年降低15%。",
        "2026年，新建充电桩500个。",
        "“十五五”期间，地区生产总值年均增长5%左右。",
    ];
    let alone: Vec<Draft> = paragraphs.iter().map(|text| check(text, &ExtractOptions::new())).collect();
    let together = check(&paragraphs.join("\n"), &ExtractOptions::new());
    let key = |draft: &Draft| -> Vec<_> {
        draft.items.iter().map(|item| (item.text.clone(), item.value.clone(), item.unit.clone(), item.period.clone(), item.basis)).collect()
    };
    let apart: Vec<_> = alone.iter().flat_map(key).collect();
    assert!(!apart.is_empty());
    assert_eq!(key(&together), apart);
}

fn corpus() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let corpus = std::env::var_os("ATTAINMENT_SHARED").map_or(beside, PathBuf::from).join("corpus");
    corpus.is_dir().then_some(corpus)
}

/// The texts of the corpus, broken off anywhere and begun anywhere.
#[test]
fn cut_texts_are_read() {
    let Some(corpus) = corpus() else { return println!("skipped: no corpus") };
    for number in 1..=9 {
        let text = std::fs::read_to_string(corpus.join(format!("{number:02}.txt"))).unwrap();
        let chars: Vec<char> = text.chars().collect();
        for step in 0..12 {
            let cut = chars.len() * step / 12 + step;
            let head: String = chars.iter().take(cut).collect();
            let tail: String = chars.iter().skip(cut).collect();
            check(&head, &ExtractOptions::new());
            check(&tail, &ExtractOptions::new());
        }
        for lang in [Lang::Zh, Lang::En] {
            check_results(&check(&text, &ExtractOptions::new().lang(lang)));
        }
    }
}

/// Texts that are nothing but one thing.
#[test]
fn runs_of_one_thing_are_read() {
    let runs = [
        "1",
        "十",
        "x",
        "，",
        "1%、",
        "5家",
        "到2025年",
        "(",
        "“",
        "新增12家，",
        "达到",
        "的",
        "\n",
        "1\n",
        "|1",
        "5 homes ",
        "by 2030 ",
        "cut ",
        "and ",
        "2% ",
    ];
    for run in runs {
        let text = run.repeat(4_000 / run.len());
        for lang in [Lang::Zh, Lang::En] {
            check(&text, &ExtractOptions::new().lang(lang));
        }
    }
}
