//! Drafts for people: HTML, Markdown and text, in English and Chinese.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use attainment::Lang;
use attainment_text::{Draft, ExtractOptions, extract};

fn draft(text: &str) -> Draft {
    extract(text, &ExtractOptions::new())
}

/// The text of a page without its markup.
fn visible(html: &str) -> String {
    let (mut out, mut inside) = (String::new(), false);
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&amp;", "&")
}

#[test]
fn nothing_of_the_text_becomes_markup() {
    let text = "<script>alert('x')</script> & \"到2025年\"，<b>森林覆盖率</b>达到35%以上。\u{202e}";
    let draft = draft(text);
    assert_eq!(draft.items.len(), 1);
    for lang in [Lang::En, Lang::Zh] {
        let html = draft.to_html(lang);
        assert!(!html.contains("<script") && html.contains("&lt;script&gt;"));
        assert!(!html.contains('\u{202e}') && !draft.to_text(lang).contains('\u{202e}'));
        assert!(!draft.to_markdown(lang).contains("<b>"));
        // An attribute is not left by a quotation mark of the text.
        assert_eq!(html.matches("title=\"").count(), 1);
    }
}

#[test]
fn a_page_shows_every_character_of_the_text() {
    let text = "一、目标\n到2025年，市级以上孵化器、众创空间分别达到16家、52家。\n\n公园1座 <完>";
    let html = draft(text).to_html(Lang::Zh);
    let shown = visible(html.split("<table").next().unwrap());
    // Only the numbers of the marks are added.
    let without_numbers = shown.replace("1目 2目", "");
    assert!(without_numbers.starts_with(text), "{shown}");
}

/// The three kinds differ in a letter and in the line under them, not by colour alone.
#[test]
fn kinds_differ_without_colour() {
    let text = "In 2022 the share of renewables was 23%. Raise the share of renewables to 45% by 2030.";
    let html = draft(text).to_html(Lang::En);
    assert!(html.contains("border-bottom:2px dashed") && html.contains("border-bottom:2px solid"));
    assert!(html.contains("<sup>1O</sup>") && html.contains("<sup>2T</sup>"));
    // The colour of the text stays the reader's.
    assert_eq!(html.matches("style=\"background").count(), 2);
    assert_eq!(html.matches(";color:inherit;border-bottom:2px").count(), 2);
}

#[test]
fn numbers_stand_out_inside_their_clause() {
    let html = draft("到2025年，市级以上孵化器、众创空间分别达到16家、52家。").to_html(Lang::Zh);
    assert!(html.contains("<b>16</b>家、<b>52</b>家"), "{html}");
    // One mark for the list, with both items in it.
    assert_eq!(html.matches("<mark").count(), 1);
    assert_eq!(html.matches("<sup>1目 2目</sup>").count(), 1);
}

#[test]
fn a_terminal_gets_the_fields_under_the_paragraph() {
    let text = "到2025年，森林覆盖率达到35%以上。\n力争高新技术企业达到xx家。";
    let shown = draft(text).to_text(Lang::En);
    let lines: Vec<&str> = shown.lines().collect();
    assert_eq!(lines[0], "到2025年，【1T 森林覆盖率达到35%以上】。");
    assert!(lines[1].contains("target | 森林覆盖率 | at_least 35% | level | by 2025 (from the sentence)"), "{shown}");
    assert!(lines[2].contains("【2T "), "{shown}");
    assert!(lines[3].contains("(masked)家"), "{shown}");
    let findings = lines.iter().position(|line| *line == "Findings").unwrap();
    assert!(lines[findings + 1..].iter().any(|line| line.contains("masked_number: the digits of this number are masked")), "{shown}");
    assert!(draft(text).to_text(Lang::Zh).contains("masked_number: 数字被遮蔽"));
}

#[test]
fn markdown_is_a_quotation_and_a_table() {
    let shown = draft("1. 到2025年，森林覆盖率达到35%以上。\n- 第二条").to_markdown(Lang::Zh);
    assert!(shown.starts_with("> 1\\. 到2025年，"), "{shown}");
    assert!(shown.contains("> \\- 第二条"), "{shown}");
    let rows: Vec<&str> = shown.lines().filter(|line| line.starts_with("| ")).collect();
    assert!(rows[0].starts_with("| # | 类别 | 指标 |"), "{shown}");
    // Every row has the cells of the head.
    let cells = |row: &str| row.matches('|').count();
    assert!(rows.iter().all(|row| cells(row) == cells(rows[0])), "{shown}");
}

#[test]
fn an_empty_text_is_shown_as_one() {
    let draft = draft("");
    assert_eq!(draft.to_text(Lang::En), "");
    assert_eq!(draft.to_markdown(Lang::En), "");
    assert!(draft.to_html(Lang::Zh).starts_with("<div class=\"attainment attainment-draft\" lang=\"zh\">"));
}
