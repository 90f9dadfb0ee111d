//! What is collected while a text is read.

use std::collections::BTreeMap;

use attainment::{Code, Finding, Message};

use crate::draft::Item;

/// Findings of one code that are kept one by one; the rest is counted.
const KEPT: usize = 100;

/// Findings, kept within reason: of each code the first hundred, the last of them with the count.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    kept: Vec<Finding>,
    counts: BTreeMap<Code, usize>,
}

impl Notes {
    /// Adds a finding over a span; the message is written only where it is kept.
    pub(crate) fn add(&mut self, code: Code, span: (u32, u32), words: impl FnOnce() -> (Message, Option<Message>)) {
        let count = self.counts.entry(code).or_default();
        *count += 1;
        if *count <= KEPT {
            let (message, help) = words();
            let mut finding = Finding::new(code, message);
            (finding.start, finding.end) = (Some(span.0), Some(span.1));
            finding.help = help.or_else(|| usual_help(code));
            self.kept.push(finding);
        }
    }

    pub(crate) fn into_findings(self) -> Vec<Finding> {
        let mut last = BTreeMap::new();
        let mut kept = self.kept;
        for (at, finding) in kept.iter().enumerate() {
            last.insert(finding.code, at);
        }
        for (code, count) in self.counts {
            let at = last.get(&code).copied().unwrap_or(usize::MAX);
            if let (true, Some(finding)) = (count > KEPT, kept.get_mut(at)) {
                finding.message.en.push_str(&format!(" (the first {KEPT} of {count} findings of this code)"));
                finding.message.zh.push_str(&format!("（此类问题共{count}个，列出前{KEPT}个）"));
            }
        }
        kept.sort_by_key(|finding| finding.start);
        kept
    }
}

/// What usually repairs a finding of this code, where nothing closer is known.
fn usual_help(code: Code) -> Option<Message> {
    let (en, zh) = match code {
        Code::NoUnit => ("add the unit to the item before a plan is made of it", "请在生成规划前补上单位"),
        Code::MaskedNumber => {
            ("write the digits once they are known; until then the target decides nothing", "得知数字后请补上；此前无法据以判定")
        }
        Code::PeriodInherited => {
            ("check that the period of the heading, paragraph or title is meant", "请核对标题、段落或题名中的期限是否适用")
        }
        Code::CoordinationMismatch => ("check which value belongs to which indicator", "请核对各数值与各指标的对应关系"),
        Code::IndicatorElided => ("check that the indicator named before is meant", "请核对是否指前文的指标"),
        Code::IndicatorTooLong => ("shorten the name to what is counted", "请将名称缩短为所计数的事物"),
        Code::SharedValue => ("check whether the value holds for each or for all together", "请核对该数值是各自的还是合计的"),
        Code::RestatedDuplicate => ("keep one of the two in the plan", "规划中请只保留其一"),
        Code::AchievementSuppressed => ("if it is a target all the same, write it into the plan by hand", "若实为目标，请手工写入规划"),
        Code::ConditionSuppressed => ("if it is a target all the same, write it into the plan by hand", "若实为目标，请手工写入规划"),
        Code::PageNumberSkipped => ("if the number belongs to the text, join its line to the next", "若该数属于正文，请将其行与下一行相接"),
        Code::LineJoined => ("if a new sentence begins here, end the line before with a full stop", "若此处另起一句，请在上一行末加句号"),
        Code::TableNotParsed => (
            "give the table with a header of 指标, 单位 and years, its cells separated by tabs or bars",
            "请给出带有指标、单位、年份表头的表，单元格以制表符或竖线分隔",
        ),
        Code::NotTranslated => ("write it into the plan by hand", "请手工写入规划"),
        _ => return None,
    };
    Some(Message { en: en.to_owned(), zh: zh.to_owned() })
}

/// Everything found so far.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) items: Vec<Item>,
    pub(crate) notes: Notes,
}

/// Writes a message in English and Chinese over the same arguments.
macro_rules! msg {
    ($en:literal, $zh:literal $(, $arg:expr)* $(,)?) => {
        attainment::Message { en: format!($en $(, $arg)*), zh: format!($zh $(, $arg)*) }
    };
}
pub(crate) use msg;
