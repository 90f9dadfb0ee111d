//! Laws over any text: nothing panics, and every span slices to what it says.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use attainment_text::{ExtractOptions, extract};
use proptest::prelude::*;

/// Pieces that meet in policy texts, whole and broken.
const PIECES: &[&str] = &[
    "到2025年",
    "2021—2025年",
    "“十四五”",
    "今年",
    "三年内",
    "每年",
    "力争",
    "新增",
    "达到",
    "增长",
    "下降",
    "由",
    "提高到",
    "分别",
    "各",
    "其中",
    "占GDP比重",
    "全社会研发投入",
    "高新技术企业",
    "森林覆盖率",
    "12",
    "3.5",
    "1,200",
    "三千五百",
    "百分之",
    "xx",
    "××",
    "○○",
    "20__",
    "%",
    "家",
    "亿元",
    "个百分点",
    "万",
    "翻一番",
    "以上",
    "左右",
    "以内",
    "、",
    "，",
    "。",
    "；",
    "：",
    "\n",
    "\n12\n",
    " ",
    "\t",
    "|",
    "（",
    "）",
    "《",
    "》",
    "“",
    "”",
    "—",
    "——",
    "一、",
    "（二）",
    "1.",
    "①",
    "第三章",
    "指标 单位 2020年 2025年 属性",
    "约束性",
    "〔16〕",
    "≥",
    "6.1:50:43.9",
    "对",
    "的，",
    "给予",
    "奖励",
    "最高",
    "不超过",
    "建成",
    "示范县",
    "逐年提高",
    "一",
    "的",
    "和",
    "零",
    "\u{feff}",
    "\u{3000}",
    "😀",
    "e\u{301}",
    "\r\n",
    "\0",
];

fn check(text: &str) {
    let draft = extract(text, &ExtractOptions::new().reference_year(2025));
    let chars: Vec<char> = text.chars().collect();
    for (at, item) in draft.items.iter().enumerate() {
        let slice: String = chars[item.start as usize..item.end as usize].iter().collect();
        assert_eq!(slice, item.text, "{text:?}");
        assert_eq!(&text[draft.byte_range(at).unwrap()], item.text, "{text:?}");
        if let (Some(start), Some(end)) = (item.value_start, item.value_end) {
            assert!(start < end && end as usize <= chars.len(), "{text:?}: {item:?}");
        }
        assert!(item.pair.is_none_or(|pair| pair < draft.items.len()), "{text:?}");
    }
    for finding in &draft.findings {
        let (start, end) = (finding.start.unwrap(), finding.end.unwrap());
        assert!(start <= end && end as usize <= chars.len(), "{text:?}: {finding:?}");
    }
    assert_eq!(draft, extract(text, &ExtractOptions::new().reference_year(2025)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn pieces_in_any_order(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        check(&pieces.concat());
    }

    #[test]
    fn any_characters(text in "\\PC{0,200}") {
        check(&text);
    }
}

#[test]
fn long_lines_take_time_in_proportion() {
    // A quadratic step would not come to an end here.
    for piece in ["1234567890", "x.", "一二三四千百", "到2025年", "达到5%、", "新增3家", "（", "“", "《", "由5%"] {
        let text = piece.repeat(200_000 / piece.len());
        check(&text);
    }
}
