//! A paragraph becomes marks: quantities, times and stops.

use super::time::{self, Time};
use super::words::{self, WORDS};
use crate::lexicon::Classes;
use crate::number;
use crate::shadow::{Block, is_han};

/// A number with its unit, or two of a range.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Quantity {
    /// Start of the number, of 百分之 where it is written so.
    pub(crate) start: usize,
    /// End of the last number, without the unit.
    pub(crate) number_end: usize,
    /// End of the unit.
    pub(crate) end: usize,
    pub(crate) value: Option<String>,
    pub(crate) value_max: Option<String>,
    pub(crate) unit: Option<String>,
    pub(crate) masked: bool,
    /// 余, 多: a little more.
    pub(crate) more: bool,
    /// Classes of the unit.
    pub(crate) class: Classes,
    pub(crate) chinese: bool,
    /// 翻番.
    pub(crate) doubling: bool,
    /// One part of 6.1:50.0:43.9, and which.
    pub(crate) part: Option<usize>,
    /// 为零.
    pub(crate) zero: bool,
    /// 前30位: a place in an order.
    pub(crate) rank: bool,
}

/// What a paragraph consists of, between plain words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Quantity(Quantity),
    Time(Time),
    /// A sign that separates.
    Stop {
        at: usize,
        sign: char,
    },
}

impl Mark {
    /// Where it starts.
    pub(crate) fn start(&self) -> usize {
        match self {
            Self::Quantity(quantity) => quantity.start,
            Self::Time(time) => time.start,
            Self::Stop { at, .. } => *at,
        }
    }
}

/// What a scan yields.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    pub(crate) marks: Vec<Mark>,
    /// Windows and years inside 《》: of plans that are named.
    pub(crate) titles: Vec<Time>,
}

/// Reads a paragraph from left to right; every character is looked at a bounded number of times.
pub(crate) fn scan(block: &Block) -> Scan {
    let mut scan = Scan::default();
    let length = block.chars.len();
    let mut at = 0;
    // List numbers at the start are no values.
    if let Some((_, length)) = words::marker(block.slice(0, 24)) {
        at = if matches!(block.char(0), '一'..='龟') && block.char(length - 1) == '是' { 0 } else { length };
    }
    let mut title_end = 0;
    let mut quoted = false;
    while at < length {
        let c = block.char(at);
        if c == '《' {
            title_end = (at..length.min(at + 150)).find(|end| block.char(*end) == '》').unwrap_or(at);
        }
        if at < title_end {
            // Inside a title only windows are read.
            match number_like(c).then(|| time::read(block, at)).flatten() {
                Some(time) if time.end <= title_end => {
                    at = time.end;
                    scan.titles.push(time);
                }
                _ => at += 1,
            }
            continue;
        }
        if matches!(c, '。' | ';') {
            quoted = false;
        }
        if is_stop(c) {
            let sign = if c == '-' && block.char(at + 1) != '-' { '\0' } else { c };
            if sign != '\0' {
                scan.marks.push(Mark::Stop { at, sign });
            }
            at += 1;
            // A list number behind the end of a sentence: "。2.", ";(3)", ":一、".
            if matches!(c, '。' | ';' | ':' | '!' | '?')
                && let Some((level, length)) = words::marker(block.slice(at, at + 24))
                && level < 6
            {
                scan.marks.push(Mark::Stop { at, sign: '#' });
                at += length;
            }
            continue;
        }
        if time::may_start(c)
            && let Some(time) = time::read(block, at)
        {
            let named = is_named(block, &time);
            at = time.end.max(at + 1);
            scan.marks.push(Mark::Time(Time { named, ..time }));
            continue;
        }
        if matches!(c, '“' | '”') {
            quoted = c == '“';
        }
        // “三个高于、两个降低”, “五篇”: numerals in quotes are names.
        if quoted && (number::chinese_digit(c).is_some() || c == '十') {
            at += 1;
            continue;
        }
        if let Some(next) = quantity(block, at, &mut scan.marks) {
            at = next.max(at + 1);
            continue;
        }
        at += 1;
    }
    scan
}

fn number_like(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, 'x' | 'X' | '×' | '_' | '“' | '十' | '二')
}

/// Whether a time is a part of a name: “十四五”规划, 2030年议程, 2025年版.
fn is_named(block: &Block, time: &Time) -> bool {
    let names = [
        "规划",
        "计划",
        "纲要",
        "可持续发展议程",
        "议程",
        "版",
        "修订",
        "届",
        "方案",
        "目标纲要",
        "远景目标纲要",
        "级",
        "号",
        "》",
        "重大专项",
        "行动计划",
    ];
    // 年均浓度: the mean of a year, part of a name.
    if matches!(time.said, time::Said::Every(_)) && block.is(time.start, "年均") {
        let verbs = words::GROWTH | words::FALL | words::BEFORE | words::REACH | words::DOWN_TO | words::HOLD | words::MAKE | words::ADVERB;
        return !block.char(time.end).is_ascii_digit() && WORDS.at(&block.chars, time.end, verbs).is_none();
    }
    let windowed = matches!(time.said, time::Said::Window { .. } | time::Said::Year { .. });
    // “十四五”批复的6个基地: says which, not when.
    let quote = usize::from(matches!(block.char(time.end), '”' | '"'));
    let period = block.is_any(time.end + quote, &["时期", "期间", "期末", "末", "时", "发展", "经济", "的", "主要"]);
    if let (time::Said::Window { .. }, false) = (&time.said, period) {
        let words = block.slice(time.end + quote, time.end + quote + 5);
        let attribute = words.iter().position(|c| *c == '的').unwrap_or(0);
        let plain = words.iter().take(attribute).all(|c| is_han(*c));
        let inside = time.start > 1 && is_han(block.char(time.start - 1 - usize::from(block.char(time.start - 1) == '“')));
        if attribute > 1 && plain && inside {
            return true;
        }
    }
    windowed
        && !time.baseline
        && block.is_any(time.end, &names)
        && !block.is_any(time.end, &["规划期", "计划期", "计划完成", "计划新", "规划建"])
}

fn is_stop_or_end(block: &Block, at: usize) -> bool {
    matches!(block.char(at), '\0' | '。' | ';' | ',' | '、' | ')')
}

/// A sign that ends a clause or a part of one.
pub(crate) fn is_stop(c: char) -> bool {
    matches!(c, '。' | ';' | '!' | '?' | ',' | ':' | '、' | '(' | ')' | '|' | ' ' | '-')
}

/// Reads a quantity at a place and adds it; where to go on, or nothing if no number starts here.
fn quantity(block: &Block, at: usize, marks: &mut Vec<Mark>) -> Option<usize> {
    let c = block.char(at);
    if c == '翻' {
        return doubling(block, at, marks);
    }
    if c == '倍' {
        return redoubling(block, at, marks);
    }
    if let Some((value, unit, length)) = zero(block, at) {
        let (value, unit) = (Some(value.to_owned()), unit.map(str::to_owned));
        let class = if unit.is_some() { words::PERCENT } else { 0 };
        marks.push(Mark::Quantity(Quantity {
            start: at,
            number_end: at + 1,
            end: at + length,
            value,
            unit,
            class,
            zero: true,
            ..Quantity::default()
        }));
        return Some(at + length);
    }
    if let Some((value, length)) = tenths(block, at) {
        let unit = Some("%".to_owned());
        marks.push(Mark::Quantity(Quantity {
            start: at,
            number_end: at + length,
            end: at + length,
            value: Some(value),
            unit,
            class: words::PERCENT,
            ..Quantity::default()
        }));
        return Some(at + length);
    }
    if !(c.is_ascii_digit()
        || matches!(c, 'x' | 'X' | '×' | '*' | '_' | '○' | '□' | '百' | '千' | '万' | '亿' | '十' | '一' | '过' | '半' | '零')
        || number::chinese_digit(c).is_some())
    {
        return None;
    }
    if let Some((value, length)) = half(block, at) {
        marks.push(Mark::Quantity(Quantity {
            start: at,
            number_end: at + length,
            end: at + length,
            value: Some(value.to_owned()),
            unit: Some("%".to_owned()),
            class: words::PERCENT,
            chinese: true,
            more: c == '过',
            ..Quantity::default()
        }));
        return Some(at + length);
    }
    let mut quantity = Quantity { start: at, ..Quantity::default() };
    // 百分之十五, 千分之三.
    let fraction = match (c, block.char(at + 1), block.char(at + 2)) {
        ('百', '分', '之') => Some("%"),
        ('千', '分', '之') => Some("‰"),
        ('万', '分', '之') => Some("‱"),
        _ => None,
    };
    let first = at + if fraction.is_some() { 3 } else { 0 };
    let whole = fraction.is_some() && block.char(first) == '百';
    let hundred = number::Number { end: first + 1, value: Some("100".to_owned()), chinese: true };
    let Some(number) = any_number(block, first).or_else(|| whole.then_some(hundred)) else { return bare_scale(block, at, marks) };
    if fraction.is_some() && number.value.is_none() {
        return Some(number.end);
    }
    let skip = Some(number.end);
    // Numbers of names: G334, PM2.5, 第3, 〔2021〕9, 8+4.
    let before = block.char(at.wrapping_sub(1));
    let named = at > 0
        && (before.is_ascii_alphanumeric()
            || matches!(before, '第' | '〔' | '+' | '/' | '_' | '.' | '#' | '№')
            || before == '-' && block.char(at.wrapping_sub(2)).is_ascii_alphabetic()
            || before == '〕');
    if named {
        return skip;
    }
    if let Some(end) = ratio(block, at, &number, marks) {
        return Some(end);
    }
    quantity.chinese = number.chinese;
    quantity.masked = number.value.is_none() && !c.is_ascii_digit();
    if number.value.is_none() && !quantity.masked {
        return skip;
    }
    quantity.value = number.value;
    quantity.number_end = number.end;
    let mut end = number.end;
    let unit = match fraction {
        Some(unit) => Some((unit.to_owned(), end, words::PERCENT)),
        None => unit(block, &mut end, &mut quantity.more),
    };
    // A range: 1至2家, 5%-5.5%, 3000万元至5000万元.
    let from = unit.as_ref().map_or(end, |(_, end, _)| *end);
    let range = range(block, from, fraction.is_some());
    match (range, unit) {
        (Some((second, start, unit_end, unit)), first_unit)
            if !quantity.masked && compatible(first_unit.as_ref(), unit.as_ref(), block.char(from)) && !from_to(block, at) =>
        {
            quantity.value_max = second.value;
            quantity.number_end = second.end.max(start);
            quantity.end = unit_end;
            let (scale_only, unit) = match (first_unit, unit) {
                (Some((text, _, class)), Some((other, other_class))) => (text != other && class == 0, Some((other, other_class))),
                (Some((text, _, class)), None) => (false, Some((text, class))),
                (None, unit) => (false, unit),
            };
            let _ = scale_only;
            (quantity.unit, quantity.class) = unit.map_or((None, 0), |(text, class)| (Some(text), class));
        }
        (_, unit) => {
            quantity.end = from;
            (quantity.unit, quantity.class) = unit.map_or((None, 0), |(text, _, class)| (Some(text), class));
        }
    }
    // 前30位, 前三名, 30强: a place in an order, where 前 or 强 says so.
    let ordered = block.char(at.wrapping_sub(1)) == '前' && at > 0;
    let strong = block.char(quantity.number_end) == '强' && quantity.unit.is_none();
    let place = matches!(quantity.unit.as_deref(), Some("位" | "名" | "席" | "家"));
    if ordered && (place || strong || quantity.unit.is_none() && is_stop_or_end(block, quantity.number_end)) {
        quantity.rank = true;
        quantity.unit = Some(if strong { "强".to_owned() } else { quantity.unit.unwrap_or_else(|| "位".to_owned()) });
        quantity.end = quantity.end.max(quantity.number_end + usize::from(strong));
        let end = quantity.end;
        marks.push(Mark::Quantity(quantity));
        return Some(end);
    }
    if is_name(block, &quantity) {
        return Some(quantity.end.max(quantity.number_end));
    }
    let end = quantity.end.max(quantity.number_end);
    quantity.end = end;
    marks.push(Mark::Quantity(quantity));
    Some(end)
}

fn any_number(block: &Block, at: usize) -> Option<number::Number> {
    let c = block.char(at);
    if c.is_ascii_digit() {
        return number::digits(block, at);
    }
    if c == '○' {
        return number::mask(block, at);
    }
    number::chinese(block, at).or_else(|| number::mask(block, at))
}

/// 由10%到15%: the second is the value and the first what it starts from, no range.
fn from_to(block: &Block, at: usize) -> bool {
    (at.saturating_sub(6)..at).rev().map(|at| block.char(at)).take_while(|c| !is_stop(*c)).any(|c| matches!(c, '从' | '由'))
}

type Unit = (String, usize, Classes);

/// The unit behind a number, with 余 and 多 and the scale that stand in front of it.
fn unit(block: &Block, end: &mut usize, more: &mut bool) -> Option<Unit> {
    let mut at = *end;
    let mut skip = |at: &mut usize| {
        if matches!(block.char(*at), '余' | '多' | '几') {
            *at += 1;
            *more = true;
        }
    };
    // 9/10万: out of so many.
    if block.char(at) == '/' && block.char(at + 1).is_ascii_digit() {
        let digits = (at + 1..at + 6).take_while(|at| block.char(*at).is_ascii_digit()).count();
        let stop = at + 1 + digits;
        if matches!(block.char(stop), '万' | '亿' | '千') {
            return Some((block.text(at, stop + 1), stop + 1, words::PERCENT));
        }
    }
    if block.char(at) == ' ' {
        at += 1;
    }
    skip(&mut at);
    let mut scale = String::new();
    let plain = WORDS.at(&block.chars, at, words::UNIT);
    let scaled = WORDS.at(&block.chars, at, words::SCALE).map(|(length, _)| length);
    if let Some(length) = scaled.filter(|length| plain.is_none_or(|(plain, _)| plain <= *length)) {
        scale = block.text(at, at + length);
        at += length;
        skip(&mut at);
        *end = at;
    }
    let Some((length, classes)) = WORDS.at(&block.chars, at, words::UNIT) else {
        return (!scale.is_empty()).then_some((scale, at, 0));
    };
    let mut text = scale.clone() + &block.text(at, at + length);
    let mut stop = at + length;
    // A Latin unit must not be the start of a word.
    if block.char(stop - 1).is_ascii_alphabetic() && block.char(stop).is_ascii_alphanumeric() {
        return (!scale.is_empty()).then_some((scale, at, 0));
    }
    // 30部(台): another classifier in brackets.
    if block.char(stop) == '(' {
        let inner = WORDS.at(&block.chars, stop + 1, words::COUNT | words::PEOPLE).map_or(0, |(length, _)| length);
        if inner > 0 && block.char(stop + 1 + inner) == ')' {
            stop += inner + 2;
        }
    }
    if block.char(stop) == '/'
        && let Some((length, _)) = WORDS.at(&block.chars, stop + 1, words::PER | words::UNIT)
    {
        text.push_str(&block.text(stop, stop + 1 + length));
        stop += 1 + length;
    }
    Some((text, stop, classes & words::UNIT))
}

type Second = (number::Number, usize, usize, Option<(String, Classes)>);

/// The second number of a range: the number, where it starts, where its unit ends, its unit.
fn range(block: &Block, at: usize, fraction: bool) -> Option<Second> {
    if !matches!(block.char(at), '-' | '~' | '至' | '到') {
        return None;
    }
    let mut start = at + 1;
    if block.char(at) == '-' && block.char(start) == '-' {
        start += 1;
    }
    if fraction && block.char(start) == '百' {
        start += 3;
    }
    let number = any_number(block, start)?;
    number.value.as_ref()?;
    let (mut end, mut more) = (number.end, false);
    let unit = unit(block, &mut end, &mut more);
    let stop = unit.as_ref().map_or(number.end, |(_, end, _)| *end);
    Some((number, start, stop, unit.map(|(text, _, class)| (text, class))))
}

/// Whether two numbers make a range: one unit, or the second's for both.
fn compatible(first: Option<&Unit>, second: Option<&(String, Classes)>, sign: char) -> bool {
    match (first, second) {
        (None, Some(_)) => true,
        (Some((first, ..)), Some((second, _))) => {
            first == second
                || second.ends_with(first.as_str())
                || first.chars().all(|c| matches!(c, '万' | '亿' | '千' | '百')) && second.starts_with(first.as_str())
        }
        (Some(_), None) => false,
        (None, None) => sign == '~',
    }
}

/// 6.1:50.0:43.9 is a composition, a record for each part; 2.1:1 is one value.
fn ratio(block: &Block, at: usize, first: &number::Number, marks: &mut Vec<Mark>) -> Option<usize> {
    if block.char(first.end) != ':' || !block.char(first.end + 1).is_ascii_digit() || !block.char(at).is_ascii_digit() {
        return None;
    }
    let mut parts = vec![(at, first.clone())];
    let mut end = first.end;
    while block.char(end) == ':' && block.char(end + 1).is_ascii_digit() && parts.len() < 12 {
        let number = number::digits(block, end + 1)?;
        parts.push((end + 1, number.clone()));
        end = number.end;
    }
    let one = parts.len() == 2;
    for (nth, (start, number)) in parts.iter().enumerate() {
        let mut quantity = Quantity { start: *start, number_end: number.end, end, value: number.value.clone(), ..Quantity::default() };
        if one {
            quantity.number_end = end;
            quantity.unit = Some(block.text(number.end, end));
        } else {
            quantity.part = Some(nth);
        }
        marks.push(Mark::Quantity(quantity));
        if one {
            break;
        }
    }
    Some(end)
}

/// 翻番, 翻一番, 翻两番.
fn doubling(block: &Block, at: usize, marks: &mut Vec<Mark>) -> Option<usize> {
    let (value, end) = if block.char(at + 1) == '番' {
        (1, at + 2)
    } else {
        let number = any_number(block, at + 1)?;
        if block.char(number.end) != '番' {
            return None;
        }
        (number.value?.parse::<u32>().ok().filter(|times| *times <= 10)?, number.end + 1)
    };
    marks.push(Mark::Quantity(Quantity {
        start: at,
        number_end: end,
        end,
        value: Some(2_u32.pow(value).to_string()),
        unit: Some("倍".to_owned()),
        class: words::TIMES,
        doubling: true,
        ..Quantity::default()
    }));
    Some(end)
}

/// 实现倍增: twice as much.
fn redoubling(block: &Block, at: usize, marks: &mut Vec<Mark>) -> Option<usize> {
    let ends = matches!(block.char(at + 2), ',' | '。' | ';' | '、' | '\0' | '目');
    if block.char(at + 1) != '增' || !ends || matches!(block.char(at.wrapping_sub(1)), '“' | '成') {
        return None;
    }
    let value = Some("2".to_owned());
    let unit = Some("倍".to_owned());
    marks.push(Mark::Quantity(Quantity {
        start: at,
        number_end: at + 2,
        end: at + 2,
        value,
        unit,
        class: words::TIMES,
        doubling: true,
        ..Quantity::default()
    }));
    Some(at + 2)
}

/// 为零, 降至零, 零增长.
fn zero(block: &Block, at: usize) -> Option<(&'static str, Option<&'static str>, usize)> {
    if block.char(at) != '零' {
        return None;
    }
    let before = block.char(at.wrapping_sub(1));
    if block.char(at + 1) == '增' && block.char(at + 2) == '长' {
        return Some(("0", Some("%"), 1));
    }
    let closed = matches!(block.char(at + 1), ',' | '。' | ';' | '、' | '\0' | ')');
    (closed && matches!(before, '为' | '至' | '到')).then_some(("0", None, 1))
}

/// 四成, 四成五, 八成以上: tenths of the whole.
fn tenths(block: &Block, at: usize) -> Option<(String, usize)> {
    let digit = number::chinese_digit(block.char(at)).filter(|digit| *digit > 0)?;
    if block.char(at + 1) != '成'
        || matches!(block.char(at + 2), '功' | '员' | '立' | '果' | '本' | '品' | '套' | '为' | '长' | '效' | '都' | '年')
    {
        return None;
    }
    Some(match number::chinese_digit(block.char(at + 2)) {
        Some(half) => (format!("{}", digit * 10 + half), 3),
        None => (format!("{digit}0"), 2),
    })
}

/// 一半, 过半, 半数.
fn half(block: &Block, at: usize) -> Option<(&'static str, usize)> {
    block.is_any(at, &["一半", "过半", "半数"]).then_some(("50", 2))
}

/// 突破千亿元, 万亿元: a scale alone is the number.
fn bare_scale(block: &Block, at: usize, marks: &mut Vec<Mark>) -> Option<usize> {
    let (length, _) = WORDS.at(&block.chars, at, words::SCALE)?;
    let before = WORDS.before(&block.chars, at, words::BEFORE | words::REACH);
    // 新增千万吨产能: behind a verb that adds, an amount of what stands behind.
    let added = WORDS.before(&block.chars, at, words::NEW).is_some();
    let long = added
        || before.is_some_and(|(length, _)| length > 1 || matches!(block.char(at - 1), '超' | '破' | '近' | '达' | '过'))
        || block.char(at.wrapping_sub(1)) == '上';
    let mut end = at + length;
    let mut more = false;
    let (_, classes) = WORDS.at(&block.chars, end, words::UNIT)?;
    let amount = classes & (words::MONEY | words::PEOPLE | words::COUNT | words::PHYSICAL) != 0;
    if !long || !amount {
        return None;
    }
    let (text, stop, class) = unit(block, &mut end, &mut more)?;
    // 超亿元企业, 千亿级: names.
    let bounded = block.char(stop) == '以' && matches!(block.char(stop + 2), ',' | '。' | ';' | '、' | '\0' | ')');
    let of = added && class & words::PHYSICAL != 0 && is_han(block.char(stop)) && block.char(stop) != '级';
    if !bounded && !of && !matches!(block.char(stop), ',' | '。' | ';' | '、' | '大' | '规' | '\0' | ')' | '关' | '台' | '目') {
        return None;
    }
    let unit = block.text(at, at + length) + &text;
    marks.push(Mark::Quantity(Quantity {
        start: at,
        number_end: at + length,
        end: stop,
        value: Some("1".to_owned()),
        unit: Some(unit),
        class,
        more,
        ..Quantity::default()
    }));
    Some(stop)
}

/// Numbers that are names, announcements or parts of words.
fn is_name(block: &Block, quantity: &Quantity) -> bool {
    let after = block.char(quantity.end.max(quantity.number_end));
    let before = block.char(quantity.start.wrapping_sub(1));
    // 第三批, 新一轮: which one, not how many.
    if quantity.start > 0 && (before == '第' || before == '新' && quantity.chinese) {
        return true;
    }
    // 百亿级, 三次产业.
    if after == '级' && (quantity.class == 0 || quantity.class & words::MONEY != 0)
        || after == '产' && quantity.unit.as_deref() == Some("次")
    {
        return true;
    }
    let Some(unit) = &quantity.unit else {
        if quantity.masked {
            return true;
        }
        // Without a unit only figures in a slot count; names are written of numerals and letters.
        return quantity.chinese || after.is_ascii_alphabetic() || matches!(after, '+' | '号' | '〕' | '大' | '维' | '#');
    };
    if quantity.masked && quantity.class == 0 {
        return true;
    }
    let end = quantity.end;
    // 三批政策, 首批: batches are not counted.
    if quantity.chinese && unit == "批" && quantity.value.as_ref().is_some_and(|value| value.len() == 1) {
        return true;
    }
    if quantity.chinese {
        // 一次性, 一体化, 三个一, 两个毫不动摇; 一家亲, 一张网, 一门式.
        if quantity.value.as_deref() == Some("1")
            && matches!(after, '性' | '化' | '式' | '体' | '把' | '窗' | '网' | '图' | '码' | '盘' | '流' | '带' | '路' | '线' | '策')
        {
            return true;
        }
        if matches!(
            unit.as_str(),
            "方" | "面"
                | "点"
                | "门"
                | "头"
                | "口"
                | "眼"
                | "根"
                | "片"
                | "字"
                | "层"
                | "段"
                | "线"
                | "代"
                | "本"
                | "元"
                | "街"
                | "部"
                | "道"
                | "节"
                | "世"
                | "级"
        ) && !matches!(after, ',' | '。' | ';' | '、' | '以' | '左' | '\0')
        {
            return true;
        }
        if matches!(before, '“' | '"' | '十') && matches!(block.char(end), '”' | '"') {
            return true;
        }
    }
    if quantity.class & words::COUNT != 0 && WORDS.at(&block.chars, end, words::ENUMERATION).is_some() {
        return true;
    }
    // XX县, xx有限公司: a masked name.
    quantity.masked
        && quantity.class & (words::COUNT | words::PEOPLE) != 0
        && WORDS.at(&block.chars, quantity.number_end, words::PLACE_MASK).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Option<String>, Option<String>, Option<String>)> {
        let chars: Vec<char> = text.chars().map(crate::shadow::fold).collect();
        let at = (0..chars.len() as u32).collect();
        let quantities = scan(&Block { chars, at, ..Block::default() }).marks.into_iter().filter_map(|mark| match mark {
            Mark::Quantity(quantity) => Some((quantity.value, quantity.value_max, quantity.unit)),
            _ => None,
        });
        quantities.collect()
    }

    fn one(text: &str) -> (String, String, String) {
        let all = read(text);
        assert_eq!(all.len(), 1, "{text}: {all:?}");
        let (value, max, unit) = all[0].clone();
        (value.unwrap_or_default(), max.unwrap_or_default(), unit.unwrap_or_default())
    }

    #[test]
    fn quantities_are_read() {
        for (text, value, max, unit) in [
            ("达到1.7%以上", "1.7", "", "%"),
            ("新增５０家", "50", "", "家"),
            ("培育1至2家", "1", "2", "家"),
            ("增长5%－5.5%", "5", "5.5", "%"),
            ("保持在6.5%—7%", "6.5", "7", "%"),
            ("完成2800万亿元", "2800", "", "万亿元"),
            ("提高百分之十五点五", "15.5", "", "%"),
            ("提高2个百分点", "2", "", "个百分点"),
            ("每年翻两番", "4", "", "倍"),
            ("近五百万人次", "500", "", "万人次"),
            ("达到12.5件/万人", "12.5", "", "件/万人"),
            ("面积5万亩", "5", "", "万亩"),
            ("装机30万千瓦", "30", "", "万千瓦"),
            ("高级职称80余人", "80", "", "人"),
            ("项目xx余项", "", "", "项"),
            ("突破万亿元。", "1", "", "万亿元"),
            ("结构为2.1∶1", "2.1", "", ":1"),
            ("总投资3000万元至5000万元", "3000", "5000", "万元"),
        ] {
            assert_eq!(one(text), (value.to_owned(), max.to_owned(), unit.to_owned()), "{text}");
        }
        assert_eq!(read("优化到6.1:50.0:43.9").len(), 3);
    }

    #[test]
    fn names_are_no_quantities() {
        for text in [
            "三大建设",
            "五大计划",
            "G334改建",
            "5G基站",
            "第17届",
            "“8+4”体系",
            "PM2.5浓度",
            "XX县",
            "xx有限公司",
            "冀政办〔2021〕9号",
            "五个方面",
            "6项指标",
            "一次性",
            "《方案（2021—2025年）》100家",
            "三位一体",
            "一路两带两改两市",
            "八山半水分半田",
            "第三方",
        ] {
            let all = read(text);
            let expected = usize::from(text.contains("100家"));
            assert_eq!(all.len(), expected, "{text}: {all:?}");
        }
    }
}
