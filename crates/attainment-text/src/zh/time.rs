//! Times: years, windows, five-year plans, 今年, 三年内, 每年.

use std::sync::LazyLock;

use crate::draft::{Date, Every};
use crate::lexicon::{Classes, Lexicon};
use crate::number;
use crate::shadow::Block;

macro_rules! classes {
    ($($name:ident $bit:literal $word:literal;)*) => {
        $(const $name: Classes = 1 << $bit;)*
        const NAMES: &[(&str, Classes)] = &[$(($word, $name),)*];
    };
}

classes! {
    THIS_YEAR 0 "this_year"; THIS_YEAR_END 1 "this_year_end"; NEXT_YEAR 2 "next_year"; LAST_YEAR 3 "last_year"; NOW 4 "now";
    EVERY_YEAR 5 "every_year"; EVERY_QUARTER 6 "every_quarter"; EVERY_MONTH 7 "every_month"; EVERY_WEEK 8 "every_week";
    TERM 9 "term"; PLAN_WINDOW 10 "plan_window"; PAST 11 "past"; COMING 12 "coming"; WITHIN 13 "within"; SINCE 14 "since";
    POINT_BY 15 "point_by"; AS_OF 16 "point_as_of"; COMPARE 17 "compare"; COMPARE_AFTER 18 "compare_after";
}

const FILE: &str = include_str!("../../data/zh/periods.txt");

static TIMES: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::compile(&[FILE], NAMES));

/// What a time expression says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// A year, or a part of one.
    Year {
        date: Date,
        deadline: bool,
    },
    /// From a year to a year.
    Window {
        from: Option<Date>,
        to: Date,
    },
    /// 今年, or the end of it.
    ThisYear {
        end: bool,
    },
    NextYear,
    LastYear,
    /// 目前.
    Now,
    /// Years to come (未来三年) or within which something is to be.
    Years(u32),
    /// Years that are over (过去五年).
    PastYears,
    /// A part of a year that is not named: 1-9月.
    PartOfYear,
    /// 本届任期.
    Term,
    /// 规划期末.
    PlanWindow,
    /// 每年.
    Every(Every),
    /// 每三年.
    EveryYears,
}

/// A time expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Time {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) said: Said,
    /// 截至: what it introduces is observed.
    pub(crate) as_of: bool,
    /// 比2020年: a change is measured from it.
    pub(crate) baseline: bool,
    /// “十四五”规划: part of a name.
    pub(crate) named: bool,
    /// 2021-2021年, 20222022年: probably damaged.
    pub(crate) suspicious: bool,
}

/// The time expression that starts at a place, without a preposition before it.
pub(crate) fn read(block: &Block, start: usize) -> Option<Time> {
    let c = block.char(start);
    let numeral = c.is_ascii_digit() || number::chinese_digit(c).is_some() || matches!(c, '十' | 'x' | 'X' | '×' | '_' | '*' | '□');
    let named = || if matches!(c, '“' | '"' | '‘' | '第') || numeral { plan(block, start) } else { None };
    let part = || if numeral || matches!(c, '上' | '下' | '前' | '第') { part_of_year(block, start) } else { None };
    let (said, mut end, suspicious) = (if numeral || c == '每' { years(block, start) } else { None })
        .or_else(named)
        .or_else(|| if numeral || c == '每' { span_of_years(block, start) } else { None })
        .or_else(part)
        .or_else(|| word(block, start))?;
    let mut time = Time { start, end, said, as_of: false, baseline: false, named: false, suspicious };
    // A year of a deadline: 2025年底前.
    if let Said::Year { date, deadline } = &mut time.said {
        let ended = ending(block, end, date);
        (end, *date) = (ended.0, ended.2);
        *deadline |= ended.1;
        time.end = end;
    }
    if let (Said::Year { .. } | Said::Window { .. }, Some((length, _))) = (&time.said, TIMES.at(&block.chars, time.end, SINCE)) {
        let rest = block.char(time.end + length);
        if block.char(time.end) == '以' || !matches!(rest, '自' | '源') && block.char(time.end) != '间' && block.char(time.end) != '来'
        {
            time.end += length;
            time.said = Said::PastYears;
        }
    }
    prepositions(block, &mut time);
    // 未来三年, 过去五年: the word in front says which years.
    let counted = matches!(time.said, Said::Years(_) | Said::PastYears | Said::LastYear) && numeral && time.start == start;
    if let (true, Some((length, _))) = (counted, TIMES.before(&block.chars, start, PAST | COMING)) {
        time.start -= length;
    }
    Some(time)
}

/// What stands before and behind an expression.
fn prepositions(block: &Block, time: &mut Time) {
    let quoted = usize::from(matches!(block.char(time.start.wrapping_sub(1)), '“' | '"' | '‘'));
    let before = time.start.saturating_sub(quoted);
    let compare = TIMES.before(&block.chars, before, COMPARE);
    let after = TIMES.at(&block.chars, time.end, COMPARE_AFTER);
    let dated = !matches!(time.said, Said::Every(_) | Said::EveryYears | Said::Now | Said::Years(_) | Said::Term | Said::PlanWindow);
    // 由2020年的38%提高到…: the year of what it starts from.
    let from = matches!(block.char(before.wrapping_sub(1)), '由' | '从' | '自') && before > 0;
    let begins = ["起", "开始", "至", "到", "-"].iter().any(|word| matches(block, time.end, word));
    let year_of = block.char(time.end) == '的' && matches!(block.char(before.wrapping_sub(1)), '是' | '为') && before > 0;
    if dated && year_of || (dated || time.said == Said::Now) && from && !begins {
        time.baseline = true;
        return;
    }
    // 不低于上年的1.35万人.
    let bound = block.char(time.end) == '的'
        && (block.is_any(before.saturating_sub(3), &["不低于", "不少于"])
            || block.is_any(before.saturating_sub(2), &["超过", "高于", "低于", "好于", "优于", "达到"]));
    if dated && bound && block.char(time.end) == '的' {
        time.baseline = true;
        return;
    }
    if let (true, Some((length, _))) = (dated, compare) {
        let word = block.char(before - length);
        let strong = matches!(word, '比' | '较')
            && !matches!(block.char((before - length).wrapping_sub(1)), '占' | '对' | '可' | '性' | '同')
            || block.char(before - 1) == '比'
            || block.char(before - length) == '相';
        if strong || after.is_some() && word != '占' {
            time.baseline = true;
            time.start = before - length;
            time.end += after.map_or(0, |(length, _)| length);
            return;
        }
    }
    if let (true, Some((length, _))) = (dated, after) {
        let words = block.text(time.end, time.end + length);
        if words.contains('基') || words.contains("价") || words.contains("同期") || words.contains("水平") {
            time.baseline = true;
            time.end += length;
            return;
        }
    }
    if let Some((length, classes)) = TIMES.before(&block.chars, before, POINT_BY) {
        let word = block.text(before - length, before);
        let preposition = !matches!(word.as_str(), "在" | "于" | "以" | "面向");
        // 达到, 得到 and 甚至 end in the same signs.
        let part = length == 1
            && preposition
            && matches!(block.char(before.wrapping_sub(2)), '达' | '得' | '甚' | '高' | '升' | '降' | '加' | '感' | '受');
        if !part {
            time.start = before - length;
            time.as_of = classes & AS_OF != 0;
            if let (true, Said::Year { deadline, .. }) = (preposition, &mut time.said) {
                *deadline = true;
            }
            if let (true, Said::ThisYear { end }) = (preposition, &mut time.said) {
                *end = true;
            }
        }
    }
}

/// 年底, 末, 前, 6月底, 上半年 behind a year.
fn ending(block: &Block, mut end: usize, date: &Date) -> (usize, bool, Date) {
    let mut date = *date;
    let mut deadline = false;
    if block.char(end) == '度' {
        end += 1;
    }
    let digits = (end..end + 2).take_while(|at| block.char(*at).is_ascii_digit()).count();
    let month = block.text(end, end + digits).parse::<u32>().ok().filter(|month| (1..=12).contains(month));
    if let (Some(month), '月') = (month, block.char(end + digits)) {
        end += digits + 1;
        date = date.in_month(month as u8);
        let digits = (end..end + 2).take_while(|at| block.char(*at).is_ascii_digit()).count();
        if digits > 0 && block.char(end + digits) == '日' {
            end += digits + 1;
        }
    }
    for word in [
        "年底前",
        "年底之前",
        "年底",
        "年末",
        "底之前",
        "底以前",
        "底前",
        "末前",
        "之前",
        "以前",
        "底",
        "末",
        "前",
        "初",
        "全年",
        "当年",
        "上半年",
        "下半年",
    ] {
        if matches(block, end, word) {
            // 2025年前三季度 is no deadline, 2025年末端 no end.
            if word == "前" && matches!(block.char(end + 1), '三' | '两' | '二' | '列' | '沿')
                || word == "末" && block.char(end + 1) == '端'
            {
                break;
            }
            deadline = !matches!(word, "初" | "全年" | "当年" | "上半年" | "下半年");
            end += word.chars().count();
            break;
        }
    }
    (end, deadline, date)
}

fn matches(block: &Block, start: usize, word: &str) -> bool {
    word.chars().enumerate().all(|(step, c)| block.char(start + step) == c)
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4 && matches!(digits.get(..2), Some("19" | "20" | "18"))
}

/// Four figures of a year: digits, masked digits, or Chinese figures.
fn figures(block: &Block, start: usize) -> Option<String> {
    let before = block.char(start.wrapping_sub(1));
    if before.is_ascii_alphanumeric() && start > 0 || before == '.' {
        return None;
    }
    figures_at(block, start)
}

/// Four figures, whatever stands before them.
fn figures_at(block: &Block, start: usize) -> Option<String> {
    let mut out = String::new();
    for at in start..start + 4 {
        let c = block.char(at);
        match c {
            '0'..='9' => out.push(c),
            'x' | 'X' | '×' | '_' | '*' | '□' => out.push('X'),
            '○' | '〇' | '零' | 'O' | 'o' => out.push('0'),
            _ => out.push(char::from_digit(number::chinese_digit(c)? as u32, 10)?),
        }
    }
    let plausible = is_year(&out) || out.starts_with("20") || out == "XXXX";
    plausible.then_some(out)
}

/// 2025年, 2021—2025年, 2021-2025, 20222022年.
fn years(block: &Block, start: usize) -> Option<(Said, usize, bool)> {
    let first = figures(block, start)?;
    let mut at = start + 4;
    // A dash lost between two years.
    if let Some(second) = figures_after(block, at) {
        if block.char(at + 4) == '年' && is_year(&first) && is_year(&second) {
            return Some((Said::Window { from: Some(Date::of_figures(&first)), to: Date::of_figures(&second) }, at + 5, true));
        }
        return None;
    }
    let year_word = block.char(at) == '年';
    if year_word {
        at += 1;
    }
    // A second year: 2021年-2025年, 2021至2025年, 2021-25年.
    let mut dash = at;
    while matches!(block.char(dash), '-' | '~' | '至' | '到') && dash - at < 3 {
        dash += 1;
    }
    if dash > at {
        if let Some(second) = figures_at(block, dash) {
            let end = dash + 4;
            let closed = block.char(end) == '年';
            let number_follows = block.char(end).is_ascii_digit() || block.char(end) == '.';
            if !number_follows && (closed || year_word || matches!(block.char(end), ')' | '\0')) {
                let suspicious = first == second && !first.contains('X');
                let end = end + usize::from(closed) + usize::from(closed && block.char(end + 1) == '度');
                let end = end + ["期间", "间"].iter().find(|word| matches(block, end, word)).map_or(0, |word| word.chars().count());
                return Some((Said::Window { from: Some(Date::of_figures(&first)), to: Date::of_figures(&second) }, end, suspicious));
            }
        }
        let short = block.text(dash, dash + 2);
        if is_year(&first) && short.len() == 2 && short.bytes().all(|b| b.is_ascii_digit()) && block.char(dash + 2) == '年' {
            let to = format!("{}{short}", first.get(..2).unwrap_or("20"));
            return Some((Said::Window { from: Some(Date::of_figures(&first)), to: Date::of_figures(&to) }, dash + 3, false));
        }
    }
    year_word.then(|| (Said::Year { date: Date::of_figures(&first), deadline: false }, at, false))
}

fn figures_after(block: &Block, at: usize) -> Option<String> {
    let out: String = block.slice(at, at + 4).iter().collect();
    (out.len() == 4 && out.bytes().all(|b| b.is_ascii_digit()) && is_year(&out)).then_some(out)
}

/// “十四五”时期, 十五五末.
fn plan(block: &Block, start: usize) -> Option<(Said, usize, bool)> {
    if block.char(start) == '第' {
        let number = number::chinese(block, start + 1)?;
        let plan = number.value?.parse::<i32>().ok().filter(|plan| (3..=30).contains(plan))?;
        let end = number.end + usize::from(block.char(number.end) == '个');
        let window = Said::Window { from: Some(Date::of_year(1951 + 5 * plan)), to: Date::of_year(1955 + 5 * plan) };
        return matches(block, end, "五年").then_some((window, end + 2, false));
    }
    let mut at = start;
    let quoted = matches!(block.char(at), '“' | '"' | '‘');
    if quoted {
        at += 1;
    }
    let ten = block.char(at) == '十';
    let mut plan = 0;
    if ten {
        at += 1;
        plan = 10;
        if let (Some(digit), '五') = (number::chinese_digit(block.char(at)), block.char(at + 1)) {
            plan += digit as i32;
            at += 1;
        }
    } else if let Some(digit) = number::chinese_digit(block.char(at)).filter(|digit| (3..=9).contains(digit)) {
        plan = digit as i32;
        at += 1;
    }
    if plan < 3 || block.char(at) != '五' {
        return None;
    }
    at += 1;
    if quoted {
        if !matches!(block.char(at), '”' | '"' | '’') {
            return None;
        }
        at += 1;
    }
    let (from, to) = (1951 + 5 * plan, 1955 + 5 * plan);
    for word in ["末期", "期末", "规划期末", "计划期末", "末年", "末"] {
        if matches(block, at, word) {
            return Some((Said::Year { date: Date::of_year(to), deadline: true }, at + word.chars().count(), false));
        }
    }
    for word in ["以来", "时期以来"] {
        if matches(block, at, word) {
            return Some((Said::PastYears, at + word.chars().count(), false));
        }
    }
    let end = ["时期", "期间", "规划期间", "规划期内", "规划期", "五年"]
        .iter()
        .find(|word| matches(block, at, word))
        .map(|word| at + word.chars().count());
    // Without quotes or a word behind it, 十五 is a number.
    if end.is_none()
        && !quoted
        && !(plan > 10 && crate::zh::words::WORDS.at(&block.chars, at, crate::zh::words::UNIT | crate::zh::words::SCALE).is_none())
    {
        return None;
    }
    let said = Said::Window { from: Some(Date::of_year(from)), to: Date::of_year(to) };
    Some((said, end.unwrap_or(at), false))
}

/// 未来三年, 三年内, 过去五年, 每三年, 5年来.
fn span_of_years(block: &Block, start: usize) -> Option<(Said, usize, bool)> {
    let every = block.char(start) == '每';
    let at = start + usize::from(every);
    let mut number = match block.char(at) {
        c if c.is_ascii_digit() => number::digits(block, at)?,
        _ => number::chinese(block, at)?,
    };
    if matches!(block.char(number.end), '-' | '至' | '~' | '到') {
        let second = number.end + 1;
        number = number::digits(block, second).or_else(|| number::chinese(block, second))?;
    }
    let mut end = number.end;
    let spare = matches!(block.char(end), '多' | '余' | '来');
    end += usize::from(spare);
    if block.char(end) == '个' && block.char(end + 1) == '五' && block.char(end + 2) == '年' {
        end += 2;
    }
    if block.char(end) != '年' || block.char(end + 1) == '级' {
        return None;
    }
    end += 1;
    let years = number.value?.parse::<u32>().ok().filter(|years| (1..=60).contains(years))?;
    if every {
        let said = if years == 1 { Said::Every(Every::Year) } else { Said::EveryYears };
        return Some((said, end, false));
    }
    // 学前三年, 附近三年: not the years before.
    let before = TIMES
        .before(&block.chars, start, PAST | COMING)
        .filter(|(length, _)| *length > 1 || !matches!(block.char(start.wrapping_sub(2)), '学' | '附' | '产' | '岗' | '婚' | '生'));
    if let Some((length, classes)) = TIMES.at(&block.chars, end, WITHIN | SINCE) {
        let word = block.text(end, end + length);
        let past = classes & SINCE != 0 && word != "间" || before.is_some_and(|(_, classes)| classes & PAST != 0);
        let real = classes & WITHIN != 0 || past || before.is_some() || word == "间";
        if real && !(word == "内" && block.char(end + 1) == '涝') {
            let said = if past && years > 1 {
                Said::PastYears
            } else if past {
                Said::LastYear
            } else {
                Said::Years(years)
            };
            return Some((said, end + length, false));
        }
    }
    // 三年累计, 五年新增: years in which something is done.
    let done = ["累计", "新增", "分别", "翻", "新建", "完成"].iter().any(|word| matches(block, end, word));
    if before.is_none() && done && !matches!(block.char(start.wrapping_sub(1)), '第' | '前' | '近') {
        return Some((Said::Years(years), end, false));
    }
    let (_, classes) = before?;
    let past = classes & PAST != 0;
    let said = if past && years > 1 {
        Said::PastYears
    } else if past {
        Said::LastYear
    } else {
        Said::Years(years)
    };
    Some((said, end, false))
}

/// 1-9月, x-xx月份, 上半年, 前三季度, 12月.
fn part_of_year(block: &Block, start: usize) -> Option<(Said, usize, bool)> {
    for word in [
        "上半年",
        "下半年",
        "前三季度",
        "前三个季度",
        "一季度",
        "二季度",
        "三季度",
        "四季度",
        "第一季度",
        "第二季度",
        "第三季度",
        "第四季度",
        "一至三季度",
    ] {
        if matches(block, start, word) {
            return Some((Said::PartOfYear, start + word.chars().count(), false));
        }
    }
    let sign = |c: char| c.is_ascii_digit() || matches!(c, 'x' | 'X' | '×');
    let mut at = start;
    let mut length = 0;
    while length < 3 && sign(block.char(at)) {
        (at, length) = (at + 1, length + 1);
    }
    if length == 0 || length > 2 {
        return None;
    }
    if matches!(block.char(at), '-' | '至' | '~' | '到') {
        at += 1;
        let second = (at..at + 2).take_while(|at| sign(block.char(*at))).count();
        if second == 0 {
            return None;
        }
        at += second;
    }
    if block.char(at) != '月' {
        return None;
    }
    at += 1;
    if block.char(at) == '份' {
        at += 1;
    }
    let days = (at..at + 2).take_while(|at| block.char(*at).is_ascii_digit()).count();
    if days > 0 && block.char(at + days) == '日' {
        at += days + 1;
    }
    while matches!(block.char(at), '底' | '末' | '前') {
        at += 1;
    }
    Some((Said::PartOfYear, at, false))
}

fn word(block: &Block, start: usize) -> Option<(Said, usize, bool)> {
    let any = THIS_YEAR
        | THIS_YEAR_END
        | NEXT_YEAR
        | LAST_YEAR
        | NOW
        | EVERY_YEAR
        | EVERY_QUARTER
        | EVERY_MONTH
        | EVERY_WEEK
        | TERM
        | PLAN_WINDOW;
    let (length, classes) = TIMES.at(&block.chars, start, any)?;
    let end = start + length;
    let has = |class: Classes| classes & class != 0;
    let since = matches(block, end, "以来");
    let said = match () {
        () if matches(block, start, "年初") && !matches!(block.char(start.wrapping_sub(1)), '比' | '较') => return None,
        () if has(LAST_YEAR) => Said::LastYear,
        () if since => return Some((Said::PastYears, end + 2, false)),
        () if has(THIS_YEAR_END) => Said::ThisYear { end: true },
        () if has(THIS_YEAR) => Said::ThisYear { end: false },
        () if has(NEXT_YEAR) => Said::NextYear,
        () if has(NOW) => Said::Now,
        () if has(EVERY_YEAR) => Said::Every(Every::Year),
        () if has(EVERY_QUARTER) => Said::Every(Every::Quarter),
        () if has(EVERY_MONTH) => Said::Every(Every::Month),
        () if has(EVERY_WEEK) => Said::Every(Every::Week),
        () if has(TERM) => Said::Term,
        () => Said::PlanWindow,
    };
    Some((said, end, false))
}

/// Whether a time expression can start with this character: a test before the readers are asked.
pub(crate) fn may_start(c: char) -> bool {
    c.is_ascii_digit()
        || matches!(
            c,
            'x' | 'X'
                | '×'
                | '_'
                | '*'
                | '“'
                | '"'
                | '‘'
                | '每'
                | '今'
                | '本'
                | '全'
                | '年'
                | '到'
                | '至'
                | '明'
                | '下'
                | '次'
                | '去'
                | '上'
                | '前'
                | '目'
                | '现'
                | '当'
                | '迄'
                | '截'
                | '日'
                | '近'
                | '如'
                | '逐'
                | '平'
                | '各'
                | '按'
                | '季'
                | '月'
                | '周'
                | '任'
                | '五'
                | '建'
                | '新'
                | '规'
                | '计'
                | '实'
                | '行'
                | '期'
                | '远'
                | '中'
                | '三'
                | '方'
                | '第'
        )
        || number::chinese_digit(c).is_some()
        || c == '十'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, start: usize) -> Option<Time> {
        let block = Block {
            chars: text.chars().map(crate::shadow::fold).collect(),
            at: (0..text.chars().count() as u32).collect(),
            ..Block::default()
        };
        read(&block, start)
    }

    #[test]
    fn every_class_has_a_name() {
        for (class, word) in crate::lexicon::entries(FILE) {
            assert!(NAMES.iter().any(|(name, _)| *name == class), "{class}: {word}");
        }
    }

    #[test]
    fn times_are_read() {
        let year = |year, deadline| Said::Year { date: Date::of_year(year), deadline };
        let window = |from, to| Said::Window { from: Some(Date::of_year(from)), to: Date::of_year(to) };
        for (text, start, said) in [
            ("到2025年，", 1, year(2025, true)),
            ("2025年底前完成", 0, year(2025, true)),
            ("2026年新增", 0, year(2026, false)),
            ("二〇三五年", 0, year(2035, false)),
            ("（2021—2025年）", 1, window(2021, 2025)),
            ("2021－2025年", 0, window(2021, 2025)),
            ("“十五五”时期", 0, window(2026, 2030)),
            ("“十四五”末", 0, year(2025, true)),
            ("十三五末", 0, year(2020, true)),
            ("未来3年，", 2, Said::Years(3)),
            ("三年内", 0, Said::Years(3)),
            ("过去五年", 2, Said::PastYears),
            ("每三年召开", 0, Said::EveryYears),
            ("今年", 0, Said::ThisYear { end: false }),
            ("到年底", 1, Said::ThisYear { end: true }),
        ] {
            assert_eq!(at(text, start).map(|time| time.said), Some(said), "{text}");
        }
        assert!(at("比2020年提高", 1).unwrap().baseline);
        assert!(at("在2018年基础上", 1).unwrap().baseline);
        assert!(at("截至2020年底", 2).unwrap().as_of);
        assert!(at("20222022年", 0).unwrap().suspicious);
        assert_eq!(at("受教育年限达到13年", 7), None);
        assert_eq!(at("三年行动计划", 0), None);
    }
}
