//! The words beside a quantity become an indicator and what narrows it.

use super::scan::is_stop;
use super::words::{self, WORDS};
use crate::lexicon::Classes;
use crate::shadow::Block;

/// What stands between the start of a clause and its quantity.
#[derive(Clone, Debug, Default)]
pub(crate) struct Left {
    /// Where the name starts and ends; the same where there is none.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Classes of the words taken off behind the name: comparison, verb, adverb.
    pub(crate) behind: Classes,
    /// Classes of the verbs taken off in front of the name.
    pub(crate) verb: Classes,
    /// The first of those words that says how firm it is.
    pub(crate) modality: Option<(usize, usize)>,
    /// Words of comparison directly before the number.
    pub(crate) compare: Classes,
    /// Where the clause proper starts, after times and connectives.
    pub(crate) clause: usize,
    /// 每年, 年均 between the name and its verb.
    pub(crate) yearly: bool,
    /// 累计, 总共.
    pub(crate) cumulative: bool,
    /// 其中.
    pub(crate) part: bool,
    part_end: usize,
    /// A verb that makes or has stood directly before the number.
    pub(crate) made: bool,
    /// The name is what a verb in front governs, be it a verb itself: 新增|贷款.
    pub(crate) restored: bool,
    /// Verbs taken off in front, and where the first of them ended.
    verbs: (usize, usize),
    /// 全市.
    pub(crate) scope: Option<(usize, usize)>,
}

impl Left {
    pub(crate) fn is_empty(&self) -> bool {
        self.start >= self.end
    }

    pub(crate) fn has(&self, classes: Classes) -> bool {
        (self.behind | self.verb) & classes != 0
    }
}

const BEHIND: Classes = words::REACH
    | words::DOWN_TO
    | words::HOLD
    | words::CAP
    | words::GROWTH
    | words::FALL
    | words::ADVERB
    | words::BEFORE
    | words::GROWTH_ADVERB
    | words::CUMULATIVE;

/// Takes off what is no name, from behind and in front. `times` are spans that are skipped.
pub(crate) fn left(block: &Block, start: usize, end: usize, times: &[(usize, usize)], counted: bool) -> Left {
    let mut left = Left { start, end, clause: start, ..Left::default() };
    behind(block, &mut left, times);
    left.made = left.verb != 0;
    front(block, &mut left, times, counted);
    left
}

/// 高于全国1.7个百分点: where the comparison with another place or measure begins, and its class.
pub(crate) fn reference(block: &Block, start: usize, end: usize) -> Option<(usize, Classes)> {
    let start = start.max(end.saturating_sub(14));
    let verbs = ["高于", "快于", "高出", "好于", "优于", "低于", "慢于", "领先"];
    let at = (start..end).rev().take_while(|at| !is_stop(block.char(*at))).find(|at| block.is_any(*at, &verbs))?;
    let words = block.text(at + 2, end);
    let against = [
        "全国", "全省", "全市", "全区", "平均", "水平", "增速", "目标", "预期", "计划", "上年", "去年", "同期", "经济", "城镇", "整体",
        "年初",
    ];
    let class = if block.is_any(at, &["低于", "慢于"]) { words::LESS_THAN } else { words::MORE_THAN };
    against.iter().any(|word| words.contains(word)).then_some((at, class))
}

fn behind(block: &Block, left: &mut Left, times: &[(usize, usize)]) {
    loop {
        while left.end > left.start
            && matches!(block.char(left.end - 1), ' ' | ':' | ',' | '、' | '“' | '(' | ')')
            && !(block.char(left.end - 1) == ')' && has_open(block, left.start, left.end))
        {
            left.end -= 1;
        }
        if let Some((start, end)) = times.iter().find(|(start, end)| *end == left.end && *start >= left.start) {
            if is_yearly(block, *start, *end) {
                left.yearly = true;
                left.behind |= words::GROWTH_ADVERB;
            }
            left.end = *start;
            continue;
        }
        // 不低于上年的, 目前的: the time in front is taken off with its 的.
        if block.char(left.end.wrapping_sub(1)) == '的' && times.iter().any(|(start, end)| *end + 1 == left.end && *start >= left.start) {
            left.end -= 1;
            continue;
        }
        let Some((length, classes)) = WORDS.before(&block.chars, left.end, BEHIND) else { return };
        if left.end - left.start < length || protected(block, left, length, classes) {
            return;
        }
        let at = left.end - length;
        // Of a comparison only what stands nearest to the number counts.
        let kept = if left.behind & (words::REACH | words::DOWN_TO | words::HOLD | words::CAP | words::GROWTH | words::FALL) != 0 {
            classes & !words::BEFORE
        } else {
            classes
        };
        if left.compare == 0 && kept & words::BEFORE != 0 {
            left.compare = kept & words::BEFORE;
        }
        left.behind |= kept;
        left.verb |= classes & (words::MAKE | words::OWN);
        let text = block.text(at, left.end);
        left.yearly |=
            text.contains('年') && !text.contains("今年") && !text.contains("全年") && !text.contains("上年") && !text.contains("去年");
        left.cumulative |= matches!(text.as_str(), "累计" | "累积" | "累计达到" | "累计达" | "累计完成" | "累计实现");
        if text.contains("增速") || text.contains("增长率") || text.contains("增长速度") {
            left.behind |= words::GROWTH_ADVERB;
        }
        if classes & words::MODALITY != 0 {
            left.modality = Some((at, left.end));
        }
        left.end = at;
    }
}

/// 每年, 年均: a time that says how often.
fn is_yearly(block: &Block, start: usize, end: usize) -> bool {
    block.equals(start, end, &["每年", "年均", "逐年", "平均每年", "年平均", "每年平均", "年年", "各年度", "每年度"])
}

fn has_open(block: &Block, start: usize, end: usize) -> bool {
    block.slice(start, end).contains(&'(')
}

/// Signs that are the end of another word: 发达, 作为, 就近, 所有, 附近.
fn protected(block: &Block, left: &Left, length: usize, classes: Classes) -> bool {
    if length > 1 {
        // 人口自然增长率 is a name.
        if block.is(left.end.saturating_sub(length + 2), "自然")
            || matches!(block.char(left.end.wrapping_sub(length + 1)), '新') && classes & words::GROWTH != 0
        {
            return true;
        }
        // 总体 in 综合体, 增长 in 自然增长 are left alone by their own words.
        let before = block.char(left.end.wrapping_sub(length + 1));
        let text = block.text(left.end - length, left.end);
        return match text.as_str() {
            "平均" | "全部" | "总数" | "实际" | "有效" | "稳定" | "名义" => false,
            "提升" | "提高" | "增加" | "扩大" | "缩小" | "控制" | "保持" | "完成" | "节约" | "延长" | "压缩" => {
                matches!(before, '的')
            }
            _ => false,
        };
    }
    let last = block.char(left.end - 1);
    let before = if left.end - 1 > left.start { block.char(left.end.wrapping_sub(2)) } else { '\0' };
    let pair: String = [before, last].iter().collect();
    let word = matches!(
        pair.as_str(),
        "发达"
            | "作为"
            | "成为"
            | "就近"
            | "所有"
            | "附近"
            | "国有"
            | "公有"
            | "占有"
            | "持有"
            | "拥有"
            | "具有"
            | "转为"
            | "行为"
            | "人为"
            | "较为"
            | "节约"
            | "条约"
            | "制约"
            | "契约"
            | "公约"
            | "签约"
            | "履约"
            | "通过"
            | "经过"
            | "投入"
            | "可能"
            | "功能"
            | "节能"
            | "性能"
            | "智能"
            | "产能"
            | "动能"
            | "能能"
            | "储能"
            | "光能"
            | "机能"
            | "职能"
            | "技能"
            | "供应"
            | "适应"
            | "效应"
            | "反应"
            | "响应"
            | "重要"
            | "主要"
            | "需要"
            | "必要"
            | "纪要"
            | "青年"
            | "少年"
            | "老年"
            | "成年"
            | "学年"
            | "常年"
            | "千年"
            | "周年"
            | "以"
            | "首都"
            | "成都"
            | "古都"
            | "公共"
            | "中共"
            | "霸占"
            | "特种"
            | "必须"
            | "刚需"
            | "军需"
            | "内需"
            | "供需"
            | "急需"
            | "扩增"
            | "倍增"
            | "新增"
            | "激增"
            | "水涨"
            | "上涨"
            | "下降"
            | "升降"
            | "削减"
            | "缩减"
            | "加减"
            | "平均"
            | "均均"
            | "人均"
            | "户均"
            | "亩均"
            | "地均"
            | "月均"
            | "季均"
            | "年均"
            | "单均"
            | "球均"
            | "将将"
            | "接近"
            | "邻近"
            | "靠近"
            | "亲近"
            | "将近"
    );
    let _ = classes;
    // 占GDP比重|要: not 重要.
    // 招聘会, 展览会: 会 alone is a verb behind 将 only.
    if last == '会' && !matches!(before, '将' | '都' | '也' | '均') {
        return true;
    }
    let share = pair == "重要" && block.char(left.end.wrapping_sub(3)) == '比';
    word && !share && !matches!(pair.as_str(), "以" | "拥有" | "年均" | "上涨" | "下降" | "接近" | "将近" | "平均")
}

fn front(block: &Block, left: &mut Left, times: &[(usize, usize)], counted: bool) {
    strip_front(block, left, times, counted);
    // 其中重点攻关: what looks like verbs is the name of the part.
    if left.part && left.is_empty() {
        left.start = left.part_end;
    }
    // 完成植树造林20万亩: what the first verb governs is a name, be it of verbs.
    if counted && left.is_empty() && left.verbs.0 > 1 && left.end > left.verbs.1 + 1 {
        left.start = left.verbs.1;
        left.restored = true;
    }
}

fn strip_front(block: &Block, left: &mut Left, times: &[(usize, usize)], counted: bool) {
    loop {
        let at = left.start;
        if at >= left.end {
            return;
        }
        let c = block.char(at);
        if is_stop(c) && c != '('
            || matches!(c, '”' | '》' | '的' | '·' | '•' | '/')
            || c == '“' && !block.slice(at, left.end).contains(&'”')
        {
            left.start += 1;
            continue;
        }
        if let Some((_, end)) = times.iter().find(|(start, end)| *start == at && *end <= left.end) {
            left.yearly |= is_yearly(block, at, *end);
            left.start = *end;
            left.clause = left.clause.max(*end);
            continue;
        }
        if WORDS.at(&block.chars, at, words::WHOLE).is_some_and(|(length, _)| at + length <= left.end)
            && WORDS.at(&block.chars, at, words::NEW | words::LEAD).is_none_or(|(length, _)| length <= 2)
        {
            return;
        }
        // 新认证, 新投用: 新 in front of any verb is an addition.
        if c == '新'
            && counted
            && let Some((length, _)) =
                WORDS.at(&block.chars, at + 1, words::BUILD | words::EVENT).filter(|(length, _)| *length > 1 && at + 1 + length < left.end)
        {
            left.verb |= words::NEW;
            left.start = at + 1 + length;
            continue;
        }
        let verbs = if counted { words::MAKE | words::OWN } else { words::NEW | words::OWN };
        let word = WORDS.at(&block.chars, at, words::LEAD | words::LEAD_VERB | verbs | words::SCOPE);
        let Some((length, classes)) = word.filter(|(length, _)| at + length <= left.end) else {
            if counted {
                inner_verb(block, left);
            }
            return;
        };
        let next = at + length;
        // 服务业, 孵化器, 治理率: the verb is the first half of a noun; so is one before a single sign.
        let nominal = is_nominal(block, next) && next < left.end;
        if classes & (words::MAKE | words::OWN) != 0 && classes & (words::LEAD | words::NEW) == 0 && (nominal || next + 1 == left.end) {
            return;
        }
        if classes & words::MODALITY != 0 && left.modality.is_none() {
            left.modality = Some((at, next));
        }
        if let (0, true) = (left.compare, classes & words::LEAD != 0) {
            left.compare = classes & (words::AT_LEAST | words::AT_MOST);
        }
        if classes & words::LEAD != 0 || classes & verbs != 0 {
            // One sign is a word of its own only in front of another word of the front.
            let single = length == 1 && !matches!(c, '将' | '使' | '让' | '-' | '•' | '●');
            let followed = WORDS.at(&block.chars, next, words::LEAD | words::LEAD_VERB | verbs | words::SCOPE | words::GRADE).is_some();
            if single && !followed && next < left.end && !(matches!(c, '建' | '有') && counted) {
                return;
            }
            left.verb |= classes & (words::MAKE | words::OWN);
            if classes & words::MAKE != 0 {
                left.verbs = (left.verbs.0 + 1, if left.verbs.0 == 0 { next } else { left.verbs.1 });
            }
            let text = block.text(at, next);
            if text.starts_with("其中") {
                (left.part, left.part_end) = (true, next);
            }
            left.cumulative |= text.starts_with("累计");
            left.yearly |= matches!(text.as_str(), "每年" | "年均");
            left.start = next;
            continue;
        }
        if classes & words::SCOPE != 0 {
            if next >= left.end || block.char(next) == '性' {
                return;
            }
            left.scope = Some((at, next));
            left.start = next;
            continue;
        }
        // 支持, 重点: only in front of a verb.
        let verb_follows = WORDS
            .at(&block.chars, next, words::LEAD | words::LEAD_VERB | words::MAKE | words::OWN)
            .is_some_and(|(length, _)| length > 1 && next + length <= left.end);
        let time_follows = times.iter().any(|(start, _)| *start == next);
        if verb_follows || time_follows || next == left.end {
            left.start = next;
            continue;
        }
        // 在…领域实施, 围绕…建设: a preposition is left out with what it governs.
        if (matches!(c, '在' | '从' | '以') || block.equals(at, next, &["围绕", "聚焦", "通过", "依托", "利用"]))
            && let Some(verb) = first_verb(block, next + 1, left.end)
        {
            left.start = verb;
            continue;
        }
        return;
    }
}

/// 率, 器, 额 behind a verb make a noun of it: 治理率, 孵化器; 业 does unless it begins a word.
fn is_nominal(block: &Block, at: usize) -> bool {
    match block.char(at) {
        '率' | '器' | '额' | '量' | '者' | '员' | '费' | '库' | '商' => true,
        '业' => !matches!(block.char(at + 1), '务' | '绩' | '态' | '主' | '余' | '界'),
        '性' | '度' | '型' | '化' => true,
        _ => false,
    }
}

/// 新昌企业建立海外研发中心11个: the subject is left out.
fn inner_verb(block: &Block, left: &mut Left) {
    if left.behind & (words::REACH | words::HOLD | words::DOWN_TO | words::GROWTH | words::FALL) != 0 {
        return;
    }
    // 每万人拥有5G基站数: a denominator stays with its name.
    if block.char(left.start) == '每'
        && (matches!(block.char(left.start + 1), '万' | '千' | '百' | '十' | '亿') || block.char(left.start + 1).is_ascii_digit())
    {
        return;
    }
    let Some(at) = first_verb(block, left.start + 1, left.end) else { return };
    let Some((length, classes)) = WORDS.at(&block.chars, at, words::MAKE | words::OWN) else { return };
    // 开工建设规模, 建成区面积: what is left must be a name.
    let rest = block.slice(at + length, left.end);
    if rest.len() < 2 || WORDS.is(rest, words::TOTAL) {
        return;
    }
    left.verb |= classes & (words::MAKE | words::OWN);
    left.start = at + length;
    if let (0, Some((_, classes))) = (left.compare, WORDS.before(&block.chars, at, words::BEFORE)) {
        left.compare = classes & words::BEFORE;
    }
    // 挖掘并解决: verbs in a row.
    while let Some((length, classes)) = WORDS.at(&block.chars, left.start, words::MAKE | words::OWN) {
        if left.start + length >= left.end || WORDS.at(&block.chars, left.start, words::WHOLE).is_some() {
            return;
        }
        left.verb |= classes & (words::MAKE | words::OWN);
        left.start += length;
    }
}

/// The first strong verb that has words of its own behind it.
fn first_verb(block: &Block, from: usize, end: usize) -> Option<usize> {
    (from..end).find(|at| {
        WORDS.at(&block.chars, *at, words::STRONG).is_some_and(|(length, _)| at + length < end)
            && WORDS.at(&block.chars, *at, words::WHOLE).is_none()
            && !WORDS.at(&block.chars, *at, words::STRONG).is_some_and(|(length, _)| is_nominal(block, at + length))
            && !matches!(block.char(at.wrapping_sub(1)), '技' | '的')
    })
}

/// The object behind a number: 100个|先进级智能工厂.
pub(crate) fn object(block: &Block, start: usize, end: usize) -> (usize, usize) {
    let mut start = start;
    while matches!(block.char(start), '的' | '“' | ' ') && start < end {
        if block.char(start) == '“' {
            break;
        }
        start += 1;
    }
    let mut at = start;
    while at < end {
        let c = block.char(at);
        if matches!(c, '。' | ';' | ',' | ':' | '!' | '?') {
            break;
        }
        if at >= start + 2
            && block.char(at.wrapping_sub(1)) != '的'
            && let Some((length, _)) = WORDS.at(&block.chars, at, words::CUT)
        {
            let bound = c == '以' && matches!(block.char(at + 1), '上' | '下' | '内' | '外');
            let nominal = bound || length == 1 && !matches!(c, '到' | '在' | '以' | '从' | '为' | '与' | '使' | '将' | '按');
            // 参与度, 就业人员: parts of names.
            let name = WORDS.at(&block.chars, at, words::WHOLE).is_some()
                || matches!(block.char(at + length), '的' | '度' | '率' | '人' | '额' | '量' | '者' | '性' | '型' | '式');
            if !nominal && !name {
                break;
            }
        }
        at += 1;
    }
    (start, at)
}

/// The grade at the start of a name, with the rest: 省级及以上|重点实验室.
pub(crate) fn grade(name: &str) -> Option<(String, String)> {
    let chars: Vec<char> = name.chars().collect();
    let (length, _) = WORDS.at(&chars, 0, words::GRADE)?;
    let rest: String = chars.get(length..)?.iter().collect();
    let grade: String = chars.get(..length)?.iter().collect();
    // 国家 alone belongs to the name.
    let keeps = matches!(grade.as_str(), "国家" | "国际" | "行业") || rest.is_empty() || rest.starts_with(['的', '、', '和']);
    (!keeps).then_some((grade, rest))
}
