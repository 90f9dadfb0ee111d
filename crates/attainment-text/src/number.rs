//! Numbers in every form: digits, Chinese numerals, masks.

use crate::shadow::Block;

/// A number at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    /// Character after the number, without a scale that belongs to the unit.
    pub(crate) end: usize,
    /// The value in decimal notation; absent where digits are masked.
    pub(crate) value: Option<String>,
    /// Whether it is written in Chinese numerals.
    pub(crate) chinese: bool,
}

/// The longest number that is read; what is longer is no quantity of a policy.
const LONGEST: usize = 40;

/// Digits with groups of three and a decimal part. What is longer than any number is skipped whole.
pub(crate) fn digits(block: &Block, start: usize) -> Option<Number> {
    let mut at = start;
    while block.char(at).is_ascii_digit() {
        at += 1;
    }
    if at == start {
        return None;
    }
    // Groups: 12,713 — the first of at most three digits, the others of exactly three.
    if at - start <= 3 {
        let three = |at: usize| (1..=3).all(|step| block.char(at + step).is_ascii_digit()) && !block.char(at + 4).is_ascii_digit();
        while matches!(block.char(at), ',' | ' ') && three(at) {
            at += 4;
        }
    }
    if block.char(at) == '.' && block.char(at + 1).is_ascii_digit() {
        at += 1;
        while block.char(at).is_ascii_digit() {
            at += 1;
        }
        // 1.2.3 is the number of a heading.
        if block.char(at) == '.' && block.char(at + 1).is_ascii_digit() {
            while block.char(at).is_ascii_digit() || block.char(at) == '.' && block.char(at + 1).is_ascii_digit() {
                at += 1;
            }
            return Some(Number { end: at, value: None, chinese: false });
        }
    }
    let value = (at - start <= LONGEST).then(|| block.slice(start, at).iter().filter(|c| !matches!(c, ',' | ' ')).collect::<String>());
    let value = value.map(|text| {
        let trimmed = text.trim_start_matches('0');
        if trimmed.is_empty() || trimmed.starts_with('.') { format!("0{trimmed}") } else { trimmed.to_owned() }
    });
    Some(Number { end: at, value, chinese: false })
}

/// A run of signs that stand for digits: `xx`, `xx.x`, `××`, `***`, `○○`, `__`.
pub(crate) fn mask(block: &Block, start: usize) -> Option<Number> {
    let is_mask = |c: char| matches!(c, 'x' | 'X' | '×' | '*' | '○' | '_' | '□' | '△');
    let mut at = start;
    while is_mask(block.char(at)) {
        at += 1;
    }
    if at == start {
        return None;
    }
    if matches!(block.char(at), '.' | ',') && is_mask(block.char(at + 1)) {
        at += 1;
        while is_mask(block.char(at)) {
            at += 1;
        }
    }
    Some(Number { end: at, value: None, chinese: false })
}

/// The value of a Chinese digit.
pub(crate) fn chinese_digit(c: char) -> Option<u64> {
    Some(match c {
        '零' | '〇' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn chinese_scale(c: char) -> Option<u64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        _ => return None,
    })
}

/// A Chinese numeral below ten thousand, with a decimal part; 万 and 亿 behind it belong to the unit
/// unless more of the number follows them.
pub(crate) fn chinese(block: &Block, start: usize) -> Option<Number> {
    let first = block.char(start);
    if chinese_digit(first).is_none() && first != '十' {
        return None;
    }
    let (mut at, mut total, mut section) = (start, 0_u64, 0_u64);
    loop {
        let (end, part) = below_ten_thousand(block, at);
        if end == at {
            break;
        }
        section = section.saturating_add(part);
        at = end;
        // 一亿二千万, 三万五千: the scale is inside the number when more follows it.
        let scale = match block.char(at) {
            '万' => 10_000,
            '亿' => 100_000_000,
            _ => break,
        };
        let more = below_ten_thousand(block, at + 1);
        let inside = more.0 > at + 1;
        if !inside && total == 0 || at - start > LONGEST {
            break;
        }
        total = total.saturating_add(section.saturating_mul(scale));
        section = 0;
        at += 1;
        if !inside {
            break;
        }
    }
    let whole = total.saturating_add(section);
    let mut value = whole.to_string();
    if block.char(at) == '点' && chinese_digit(block.char(at + 1)).is_some() {
        value.push('.');
        at += 1;
        while let Some(digit) = chinese_digit(block.char(at)) {
            if value.len() < LONGEST {
                value.push_str(&digit.to_string());
            }
            at += 1;
        }
    }
    Some(Number { end: at, value: Some(value), chinese: true })
}

/// 三千五百, 十五, 二〇二五.
fn below_ten_thousand(block: &Block, start: usize) -> (usize, u64) {
    let (mut at, mut total, mut digit, mut run) = (start, 0_u64, None::<u64>, 0_u32);
    loop {
        let c = block.char(at);
        if let Some(value) = chinese_digit(c) {
            // Digits side by side are read as figures: 二〇二五.
            digit = Some(match digit {
                Some(before) if run > 0 && run < 12 => before * 10 + value,
                Some(before) if run > 0 => before,
                _ => value,
            });
            run += 1;
        } else if let Some(scale) = chinese_scale(c) {
            if c != '十' && digit.is_none() {
                break;
            }
            total += digit.unwrap_or(1) * scale;
            (digit, run) = (None, 0);
        } else {
            break;
        }
        at += 1;
    }
    (at, total + digit.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(text: &str) -> Block {
        Block { chars: text.chars().collect(), at: (0..text.chars().count() as u32).collect(), ..Block::default() }
    }

    #[test]
    fn every_form_of_a_number_is_read() {
        for (text, value, length) in
            [("12,713美元", "12713", 6), ("1.70%", "1.70", 4), ("007", "7", 3), ("0.5", "0.5", 3), ("30,40家", "30", 2)]
        {
            let number = digits(&block(text), 0).unwrap();
            assert_eq!((number.value.as_deref(), number.end), (Some(value), length), "{text}");
        }
        for (text, value, length) in [
            ("三千五百多", "3500", 4),
            ("十五点五", "15.5", 4),
            ("两个", "2", 1),
            ("一亿二千万元", "120000000", 5),
            ("一百零八", "108", 4),
            ("二〇二五年", "2025", 4),
            ("五百万", "500", 2),
            ("三万五千人", "35000", 4),
        ] {
            let number = chinese(&block(text), 0).unwrap();
            assert_eq!((number.value.as_deref(), number.end), (Some(value), length), "{text}");
        }
        assert_eq!(mask(&block("xx.xx亿元"), 0).map(|number| number.end), Some(5));
    }
}
