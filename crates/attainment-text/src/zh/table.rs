//! Tables of indicators: a head names the columns, each row an indicator with its numbers.

use attainment::Code;

use super::scan::{Mark, Quantity, scan};
use super::time::{self, Said};
use super::words::{self, WORDS};
use crate::draft::{Basis, Comparator, Date, Item, ItemKind, ItemPeriod, PeriodSource, Timing, Way};
use crate::found::{Found, msg};
use crate::shadow::{Block, Cell, fold, is_han};

/// What a column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Column {
    Name,
    Unit,
    Nature,
    /// Values of a year or of the end of a plan; `observed` for the year the plan starts from.
    Value {
        date: Option<Date>,
        observed: bool,
    },
    /// Mean growth a year.
    Growth,
    /// A sum over the plan.
    Sum,
    Other,
}

/// The head of a table that is being read.
#[derive(Clone, Debug)]
pub(super) struct Head {
    columns: Vec<Column>,
    /// The first and the last year of the plan, from the years of the columns.
    window: (Option<Date>, Option<Date>),
    read: usize,
    place: (u32, u32),
}

impl Head {
    /// Whether a column holds values.
    pub(super) fn has_values(&self) -> bool {
        self.values().next().is_some()
    }

    fn values(&self) -> impl Iterator<Item = &Column> {
        self.columns.iter().filter(|column| matches!(column, Column::Value { .. } | Column::Growth | Column::Sum))
    }
}

/// Words of a head that PDF text spreads: 指 标.
fn compact(line: &str) -> String {
    let chars: Vec<char> = line.chars().map(fold).collect();
    let mut out = String::new();
    for (at, c) in chars.iter().enumerate() {
        let single = *c == ' ' && at > 0 && {
            let lone = |at: usize, step: isize| {
                let beyond = at.checked_add_signed(step);
                chars.get(at).is_some_and(|c| is_han(*c)) && beyond.and_then(|at| chars.get(at)).is_none_or(|c| *c == ' ')
            };
            lone(at - 1, -1) && lone(at + 1, 1)
        };
        if !single {
            out.push(*c);
        }
    }
    out
}

const NAMES: [&str; 8] = ["指标", "指标名称", "主要指标", "名称", "二级指标", "三级指标", "具体指标", "监测指标"];

/// Whether a cell heads the names: 指标, 指标(单位).
fn is_name(cell: &str) -> bool {
    let bare = cell.split(['(', '（', '及', '/']).next().unwrap_or(cell);
    NAMES.contains(&bare)
}

/// Whether a line of words with spaces between them is the head of a table of indicators.
pub(super) fn is_head(line: &str) -> bool {
    if line.len() > 400 || !line.contains("标") || line.contains('。') {
        return false;
    }
    let line = compact(line);
    let cells: Vec<&str> = line.split_whitespace().collect();
    let named = cells.iter().any(|cell| is_name(cell));
    let known = cells.iter().filter(|cell| !matches!(column(cell), Column::Other | Column::Name)).count();
    named && known >= 2
}

/// How many lines a head takes that has a line for each cell, and whether a last cell closes its rows.
pub(super) fn stacked_head(lines: &[&str]) -> Option<(usize, bool)> {
    if !lines.iter().take(3).any(|line| is_name(line)) {
        return None;
    }
    let columns: Vec<Column> = lines
        .iter()
        .take_while(|line| line.chars().count() <= if line.contains('年') { 14 } else { 8 })
        .map(|line| column(line))
        .scan(0, |others, column| {
            // 类别, 序号: before the name only.
            *others += usize::from(column == Column::Other);
            (*others < 2).then_some(column)
        })
        .collect();
    let name = columns.iter().position(|column| *column == Column::Name)?;
    let count = columns.iter().skip(name).position(|column| *column == Column::Other).map_or(columns.len(), |at| name + at);
    let head = columns.get(..count)?;
    let values = head.iter().filter(|column| matches!(column, Column::Value { .. } | Column::Growth | Column::Sum)).count();
    (values > 0 && count >= 3).then_some((count, head.last() == Some(&Column::Nature)))
}

/// Whether a line is a whole table, with spaces between its cells: a head and rows that 预期性 closes.
pub(super) fn is_flat(line: &str) -> bool {
    let natures = line.matches("预期性").count() + line.matches("约束性").count();
    natures > 1 && line.split_whitespace().any(is_name) && line.split_whitespace().count() > 5 * natures
}

/// What a line below such a head holds.
pub(super) fn stacked_cell(line: &str) -> Cell {
    let cell: String = line.chars().map(fold).filter(|c| *c != ' ').collect();
    let count = cell.chars().count();
    match () {
        () if is_nature(&cell) => Cell::Nature,
        () if is_unit(&cell) => Cell::Unit,
        () if is_gap(&cell) || value(&cell).is_some() => Cell::Value,
        () if count > 40
            || cell.contains(['。', ';', ','])
            || words::marker(&cell.chars().collect::<Vec<_>>()).is_some_and(|(level, _)| level < 4) =>
        {
            Cell::Other
        }
        () => Cell::Name,
    }
}

/// A cell that is a unit as a whole, with its scale.
fn is_unit(cell: &str) -> bool {
    let chars: Vec<char> = cell.chars().collect();
    let scale = WORDS.at(&chars, 0, words::SCALE).map_or(0, |(length, _)| length);
    let fits = |from: usize| {
        WORDS
            .at(&chars, from, words::UNIT)
            .is_some_and(|(length, _)| from + length == chars.len() || chars.get(from + length) == Some(&'/'))
    };
    fits(0) || scale > 0 && fits(scale)
}

fn is_nature(cell: &str) -> bool {
    matches!(cell, "约束性" | "预期性" | "约束" | "预期" | "指导性")
}

/// Whether a line below a head is a row: a name with letters and something that is a value.
pub(super) fn is_row(line: &str) -> bool {
    if line.len() > 400 || line.contains('。') || line.trim_start().starts_with('注') {
        return false;
    }
    let cells: Vec<String> = line.split_whitespace().map(|cell| cell.chars().map(fold).collect()).collect();
    let values = cells.iter().filter(|cell| value(cell).is_some() || is_gap(cell)).count();
    cells.len() >= 3 && values >= 1 && cells.iter().any(|cell| cell.chars().any(is_han))
}

/// A cell that holds no value: a dash.
fn is_gap(cell: &str) -> bool {
    !cell.is_empty() && cell.chars().all(|c| matches!(c, '-' | '/' | '\\')) || cell == "…"
}

fn column(cell: &str) -> Column {
    let cell = cell.trim();
    let has = |words: &[&str]| words.iter().any(|word| cell.contains(word));
    if is_name(cell) {
        return Column::Name;
    }
    if matches!(cell, "单位" | "计量单位") {
        return Column::Unit;
    }
    if matches!(cell, "属性" | "指标属性" | "性质" | "指标性质" | "指标类型" | "类型") {
        return Column::Nature;
    }
    if has(&["年均增", "年均"]) && !has(&["目标值"]) {
        return Column::Growth;
    }
    if cell.contains("累计") && !cell.contains("年") {
        return Column::Sum;
    }
    let chars: Vec<char> = cell.chars().map(fold).collect();
    let block = Block { at: (0..chars.len() as u32).collect(), chars, ..Block::default() };
    let date = (0..block.chars.len()).find_map(|at| match time::read(&block, at)?.said {
        Said::Year { date, .. } | Said::Window { to: date, .. } => Some(date),
        _ => None,
    });
    let bare = cell.len() == 4 && cell.starts_with("20") && cell.bytes().all(|b| b.is_ascii_digit());
    let date = date.or_else(|| bare.then(|| Date::of_figures(cell)));
    let observed = has(&["现状", "基期", "基数", "实际", "完成", "基准", "现值"]);
    let aim = has(&["目标", "规划值", "计划值", "预期"]);
    if date.is_some() || observed || aim { Column::Value { date, observed } } else { Column::Other }
}

/// The number of a cell with what is said of it.
struct Value {
    quantity: Quantity,
    comparator: Comparator,
    /// 〔16〕: a sum over the plan.
    sum: bool,
}

fn value(cell: &str) -> Option<Value> {
    let sum = cell.contains(['〔', '[', '【']);
    let inner: String = cell.chars().filter(|c| !matches!(c, '〔' | '〕' | '[' | ']' | '【' | '】')).collect();
    let rest = inner.trim_start_matches(['≥', '≤', '>', '<', '=', '约', '近', '达', '到', '±']);
    if !rest.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 'x' | 'X' | '×')) {
        return None;
    }
    let chars: Vec<char> = rest.chars().collect();
    let block = Block { at: (0..chars.len() as u32).collect(), chars, ..Block::default() };
    let number = crate::number::digits(&block, 0);
    let end = match &number {
        Some(number) => number.end,
        None => crate::number::mask(&block, 0)?.end,
    };
    let mut quantity = scan(&block).marks.into_iter().find_map(|mark| match mark {
        Mark::Quantity(quantity) if quantity.start == 0 => Some(quantity),
        _ => None,
    });
    if quantity.is_none() {
        quantity = Some(Quantity {
            number_end: end,
            end,
            masked: number.is_none(),
            value: number.and_then(|number| number.value),
            ..Quantity::default()
        });
    }
    let mut quantity = quantity?;
    // 8-10: a range without a unit.
    if quantity.value_max.is_none()
        && matches!(block.char(quantity.end), '-' | '~')
        && let Some(second) = crate::number::digits(&block, quantity.end + 1)
    {
        (quantity.value_max, quantity.number_end, quantity.end) = (second.value, second.end, second.end);
    }
    let tail: String = block.slice(quantity.end, block.chars.len()).iter().collect();
    let cued = [("以上", Comparator::AtLeast), ("以下", Comparator::AtMost), ("以内", Comparator::AtMost), ("左右", Comparator::About)];
    let after = cued.iter().find(|(word, _)| tail.contains(word)).map(|(_, comparator)| *comparator);
    if after.is_none() && tail.chars().count() > 3 && !tail.starts_with(['、', ',']) {
        return None;
    }
    let sign = match inner.chars().next() {
        Some('≥') => Some(Comparator::AtLeast),
        Some('≤') => Some(Comparator::AtMost),
        Some('>') => Some(Comparator::MoreThan),
        Some('<') => Some(Comparator::LessThan),
        Some('约' | '近') => Some(Comparator::About),
        _ => None,
    };
    let range = quantity.value_max.is_some().then_some(Comparator::Between);
    let comparator = range.or(sign).or(after).unwrap_or(Comparator::Equals);
    Some(Value { quantity, comparator, sum })
}

/// Reads a head from the cells of a row, if it is one.
pub(super) fn head(block: &Block) -> Option<Head> {
    if !block.chars.contains(&'标') && !block.chars.contains(&'名') {
        return None;
    }
    let texts: Vec<String> = block.cells.iter().map(|(start, end)| block.text(*start, *end)).collect();
    let line = compact(&texts.join(" "));
    let spaced: Vec<&str> = line.split_whitespace().collect();
    // Cells of single signs (指 标) are one.
    let cells: Vec<String> =
        if texts.iter().any(|text| is_name(text)) { texts.clone() } else { spaced.iter().map(|cell| (*cell).to_owned()).collect() };
    let mut columns: Vec<Column> = cells.iter().map(|cell| column(cell)).collect();
    if !columns.contains(&Column::Name) || columns.iter().filter(|column| !matches!(column, Column::Other)).count() < 3 {
        return None;
    }
    // Of two years the first is where the plan starts from, unless the head says which.
    let dated: Vec<usize> = (0..columns.len()).filter(|at| matches!(columns.get(*at), Some(Column::Value { .. }))).collect();
    let marked = columns.iter().any(|column| matches!(column, Column::Value { observed: true, .. }));
    let year = |at: usize| match dated.get(at).and_then(|at| columns.get(*at)) {
        Some(Column::Value { date: Some(date), .. }) => date.year(),
        _ => None,
    };
    // 2015年, 2020年, 2030年: the steps of a plan are years apart, the years of a forecast are not.
    let apart = year(0).zip(year(1)).is_some_and(|(first, second)| second >= first + 3);
    if let (true, false, Some(first)) = (dated.len() == 2 || dated.len() > 2 && apart, marked, dated.first())
        && let Some(Column::Value { observed, .. }) = columns.get_mut(*first)
    {
        *observed = true;
    }
    let years: Vec<(i32, bool)> = columns
        .iter()
        .filter_map(|column| match column {
            Column::Value { date: Some(date), observed } => Some((date.year()?, *observed)),
            _ => None,
        })
        .collect();
    let last = years.iter().map(|(year, _)| *year).max();
    let first =
        years.iter().find(|(_, observed)| *observed).map(|(year, _)| year + 1).or_else(|| years.iter().map(|(year, _)| *year).min());
    let window = (first.map(Date::of_year), last.map(Date::of_year));
    Some(Head { columns, window, read: 0, place: block.span(0, block.chars.len()) })
}

/// Reads a row below a head.
pub(super) fn row(block: &Block, head: &mut Head, document: Option<&Timing>, found: &mut Found) {
    if head.values().next().is_none() {
        return;
    }
    let Some(cells) = align(block, head) else { return };
    let name_at = cells.iter().find(|(column, _)| *column == Column::Name).map(|(_, span)| *span);
    let Some((name_start, name_end)) = name_at.filter(|(start, end)| end > start) else { return };
    let (name, mut unit) = split_unit(&block.text(name_start, name_end));
    if let Some((_, (start, end))) = cells.iter().find(|(column, _)| *column == Column::Unit) {
        let text = block.text(*start, *end);
        unit = (!text.is_empty() && !is_gap(&text)).then_some(text).or(unit);
    }
    let name = without_number(&name);
    let (indicator, change) = changed(&name);
    head.read += 1;
    for (column, (start, end)) in &cells {
        let growth = *column == Column::Growth;
        let (date, observed) = match column {
            Column::Value { date, observed } => (*date, *observed),
            Column::Growth | Column::Sum => (None, false),
            _ => continue,
        };
        let text = block.text(*start, *end);
        let Some(value) = value(&text) else { continue };
        let lead = block.slice(*start, *end).iter().position(|c| c.is_ascii_digit() || matches!(c, 'x' | 'X' | '×')).unwrap_or(0);
        let (value_start, value_end) = block.span(start + lead, start + lead + value.quantity.number_end);
        let (from, to) = block.span(name_start, block.chars.iter().rposition(|c| *c != '|').map_or(name_end, |at| at + 1));
        let sum = value.sum || *column == Column::Sum;
        let when = match (&date, document) {
            _ if sum || growth => head.window.1.map(|to| Timing::During(head.window.0, to)).or_else(|| document.cloned()),
            (Some(date), _) if observed || head.values().count() > 2 && !head.columns.contains(&Column::Growth) => Some(Timing::In(*date)),
            (Some(date), _) => Some(Timing::By(*date)),
            (None, document) => document.cloned(),
        };
        let own = value.quantity.unit.clone();
        let unit = if growth { Some("%".to_owned()) } else { own.or_else(|| unit.clone()) };
        let basis = match () {
            () if sum => Basis::Cumulative,
            // <5.5 beside an unemployment rate: the rate of a year, no growth.
            () if growth && change.is_none() && indicator.ends_with('率') && !indicator.ends_with("生产率") => Basis::Level,
            () if growth => Basis::GrowthRate,
            // 地区生产总值增长 of one year.
            () if observed && change == Some(Way::Up) => Basis::GrowthRate,
            () if name.contains("年均增") || name.contains("增速") => Basis::GrowthRate,
            () if change.is_some() => Basis::RelativeChange,
            () if name.contains("新增") => Basis::Addition,
            () => Basis::Level,
        };
        found.items.push(Item {
            kind: if observed { ItemKind::Observation } else { ItemKind::Target },
            text: String::new(),
            start: from,
            end: to.max(value_end),
            value_start: Some(value_start),
            value_end: Some(value_end),
            indicator: indicator.clone(),
            qualifier: None,
            value: value.quantity.value.clone(),
            value_max: value.quantity.value_max.clone(),
            unit,
            masked: value.quantity.masked,
            comparator: value.comparator,
            basis,
            direction: change,
            baseline_ref: None,
            period: when.map(|when| ItemPeriod { when, each: None }),
            period_source: Some(PeriodSource::Section),
            modality: None,
            group: None,
            pair: None,
            indicator_id: 0,
        });
    }
}

/// Says so where a table had a head and no row was read.
pub(super) fn close(head: Option<Head>, found: &mut Found) {
    if let Some(head) = head.filter(|head| head.read == 0 && head.values().next().is_some()) {
        let help = msg!("give the table with tabs or `|` between its cells", "请以制表符或`|`分隔单元格");
        found.notes.add(Code::TableNotParsed, head.place, || {
            (msg!("a table of indicators begins here and its rows could not be read", "此处为指标表，未能读出各行"), Some(help))
        });
    }
}

type Cells = Vec<(Column, (usize, usize))>;

/// Which cell belongs to which column. Where the counts differ (cells kept apart by spaces), the
/// name comes first, the nature last, and the values in the order of the head.
fn align(block: &Block, head: &Head) -> Option<Cells> {
    let cells = &block.cells;
    let first = usize::from(cells.len() == head.columns.len() + 2);
    if cells.len() == head.columns.len() || first == 1 && cells.first().is_some_and(|(start, end)| start == end) {
        return Some(head.columns.iter().cloned().zip(cells.iter().skip(first).copied()).collect());
    }
    let filled: Vec<(usize, usize)> = cells.iter().copied().filter(|(start, end)| end > start).collect();
    let text = |span: &(usize, usize)| block.text(span.0, span.1);
    let slots: Vec<Column> = head.values().cloned().collect();
    let is_value = |span: &(usize, usize)| value(&text(span)).is_some() || is_gap(&text(span));
    let nature = filled.iter().position(|span| is_nature(&text(span)));
    let body: Vec<(usize, usize)> = filled.iter().enumerate().filter(|(at, _)| Some(*at) != nature).map(|(_, span)| *span).collect();
    // Values are the last cells that look like values, with words in place of one behind them.
    let first_value = body.iter().skip(1).position(is_value).map_or(body.len(), |at| at + 1);
    let worded = nature.is_some() && body.len() - first_value == slots.len();
    let count = if worded { slots.len() } else { body.iter().rev().take_while(|span| is_value(span)).count().min(slots.len()) };
    let values = body.get(body.len() - count..).unwrap_or_default();
    let slots = if count == slots.len() { slots } else { fill(&slots, values.iter().map(&text).collect(), &text(body.first()?))? };
    let (words, values) = body.split_at(body.len() - count);
    let mut words: Vec<(usize, usize)> = words.to_vec();
    if words.len() > 1 && words.first().is_some_and(|span| text(span).chars().all(|c| c.is_ascii_digit() || c == '.')) {
        words.remove(0);
    }
    let mut out: Cells = slots.into_iter().zip(values.iter().copied()).collect();
    let has_unit = head.columns.contains(&Column::Unit);
    if has_unit && words.len() > 1 {
        let chars: Vec<char> = words.last().map(text).unwrap_or_default().chars().collect();
        if WORDS.at(&chars, 0, words::UNIT | words::SCALE).is_some() {
            out.push((Column::Unit, words.pop()?));
        }
    }
    let (start, end) = (words.first()?.0, words.last()?.1);
    out.push((Column::Name, (start, end)));
    Some(out)
}

/// The columns of a row whose blank cells left no sign: sums and rates go to the column of theirs,
/// what is left are the values of the years, the last of them the goal.
fn fill(slots: &[Column], values: Vec<String>, name: &str) -> Option<Vec<Column>> {
    let rate = slots.iter().find(|column| matches!(column, Column::Growth | Column::Sum));
    let years: Vec<&Column> = slots.iter().filter(|column| matches!(column, Column::Value { .. })).collect();
    let changes = changed(&split_unit(name).0).1.is_some();
    let of_rate = |text: &String| text.contains(['〔', '[', '【']) || values.len() == 1 && changes;
    let plain = values.iter().filter(|text| rate.is_none() || !of_rate(text)).count();
    let mut dated = years.iter().skip(years.len().checked_sub(plain)?);
    let columns = values.iter().map(|text| match rate {
        Some(rate) if of_rate(text) => Some(rate.clone()),
        _ => dated.next().map(|column| (*column).clone()),
    });
    if values.is_empty() { None } else { columns.collect() }
}

/// 森林覆盖率(%): the unit in brackets behind the name.
fn split_unit(name: &str) -> (String, Option<String>) {
    let name = name.replace('|', "");
    if let Some((before, inside)) = name.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        let chars: Vec<char> = inside.chars().collect();
        let unit = WORDS.at(&chars, 0, words::UNIT | words::SCALE).is_some() && inside.chars().count() <= 10;
        if unit {
            return (before.to_owned(), Some(inside.to_owned()));
        }
    }
    (name, None)
}

/// A name without the number in front of it.
fn without_number(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let digits = chars.iter().take_while(|c| c.is_ascii_digit()).count();
    let number = digits > 0 && matches!(chars.get(digits), Some('.' | '、')) && !chars.get(digits + 1).is_some_and(char::is_ascii_digit);
    let skip = if number { digits + 1 } else { 0 };
    chars.into_iter().skip(skip).collect()
}

/// 单位GDP能耗降低: the change that a name ends in, taken off.
fn changed(name: &str) -> (String, Option<Way>) {
    let bare = ["累计", "[累计]", "(累计)", "五年累计"].iter().find_map(|word| name.strip_suffix(word)).unwrap_or(name);
    let falls = ["下降", "降低", "减少", "累计下降", "累计降低", "下降率", "降幅", "累计减少"];
    let rises = ["增长", "提高", "增加", "年均增长", "增速", "累计增长"];
    let strip = |words: &[&str]| words.iter().filter_map(|word| bare.strip_suffix(word)).min_by_key(|rest| rest.len()).map(str::to_owned);
    if let Some(rest) = strip(&falls).filter(|rest| !rest.is_empty()) {
        return (rest, Some(Way::Down));
    }
    match strip(&rises).filter(|rest| !rest.is_empty()) {
        Some(rest) => (rest, Some(Way::Up)),
        None => (name.to_owned(), None),
    }
}
