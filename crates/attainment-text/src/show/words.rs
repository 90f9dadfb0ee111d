//! The words people see: names of fields and of what stands in them.

use attainment::Lang;

use crate::draft::{Basis, Comparator, Every, ItemKind, ItemPeriod, PeriodSource, Timing, Way};

const fn pick(lang: Lang, en: &'static str, zh: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        _ => en,
    }
}

pub(super) fn kind(kind: ItemKind, lang: Lang) -> &'static str {
    match kind {
        ItemKind::Target => pick(lang, "target", "目标"),
        ItemKind::Observation => pick(lang, "observation", "实绩"),
        ItemKind::Instrument => pick(lang, "instrument", "政策工具"),
    }
}

/// The kind in one letter, for the mark in the text.
pub(super) fn letter(kind: ItemKind, lang: Lang) -> &'static str {
    match kind {
        ItemKind::Target => pick(lang, "T", "目"),
        ItemKind::Observation => pick(lang, "O", "绩"),
        ItemKind::Instrument => pick(lang, "I", "具"),
    }
}

pub(super) fn comparator(comparator: Comparator, lang: Lang) -> &'static str {
    let zh = match comparator {
        Comparator::AtLeast => "不低于",
        Comparator::MoreThan => "超过",
        Comparator::AtMost => "不超过",
        Comparator::LessThan => "低于",
        Comparator::Equals => "等于",
        Comparator::Reach => "达到",
        Comparator::About => "约",
        Comparator::Between => "介于",
        Comparator::Increase => "上升",
        Comparator::Decrease => "下降",
        Comparator::MonotonicIncrease => "逐年上升",
        Comparator::Qualitative => "定性",
    };
    match lang {
        Lang::Zh => zh,
        _ => comparator.as_str(),
    }
}

pub(super) fn basis(basis: Basis, lang: Lang) -> &'static str {
    let zh = match basis {
        Basis::Level => "水平",
        Basis::Addition => "增量",
        Basis::AnnualFlow => "年度量",
        Basis::GrowthRate => "增速",
        Basis::RelativeChange => "相对变动",
        Basis::Multiple => "倍数",
        Basis::Cumulative => "累计",
        Basis::Rank => "位次",
    };
    match lang {
        Lang::Zh => zh,
        _ => basis.as_str(),
    }
}

pub(super) fn way(way: Way, lang: Lang) -> &'static str {
    match way {
        Way::Up => pick(lang, "up", "上升"),
        Way::Down => pick(lang, "down", "下降"),
        Way::Hold => pick(lang, "hold", "保持"),
    }
}

pub(super) fn period(period: &ItemPeriod, lang: Lang) -> String {
    let when = match (&period.when, lang) {
        (Timing::By(date), Lang::Zh) => format!("到{date}"),
        (Timing::By(date), _) => format!("by {date}"),
        (Timing::In(date), Lang::Zh) => date.to_string(),
        (Timing::In(date), _) => format!("in {date}"),
        (Timing::During(from, to), _) => format!("{}–{to}", from.map(|date| date.to_string()).unwrap_or_default()),
        (Timing::Relative(text) | Timing::Words(text), _) => text.clone(),
        (Timing::Always, _) => String::new(),
    };
    let each = period.each.map(|each| match each {
        Every::Year => pick(lang, "each year", "每年"),
        Every::Quarter => pick(lang, "each quarter", "每季度"),
        Every::Month => pick(lang, "each month", "每月"),
        Every::Week => pick(lang, "each week", "每周"),
    });
    [Some(when.as_str()).filter(|when| !when.is_empty()), each].into_iter().flatten().collect::<Vec<_>>().join(pick(lang, ", ", "，"))
}

pub(super) fn source(source: PeriodSource, lang: Lang) -> &'static str {
    match source {
        PeriodSource::Clause => pick(lang, "clause", "本分句"),
        PeriodSource::Sentence => pick(lang, "sentence", "本句"),
        PeriodSource::EarlierSentence => pick(lang, "earlier sentence", "前句"),
        PeriodSource::Section => pick(lang, "section", "本节"),
        PeriodSource::Heading => pick(lang, "heading", "标题"),
        PeriodSource::Title => pick(lang, "title", "题名"),
        PeriodSource::SuperiorPlanTitle => pick(lang, "superior plan", "上位规划题名"),
    }
}

/// The names of the fields, in the order they are shown.
pub(super) struct Names {
    pub(super) item: &'static str,
    pub(super) kind: &'static str,
    pub(super) indicator: &'static str,
    pub(super) value: &'static str,
    pub(super) basis: &'static str,
    pub(super) period: &'static str,
    pub(super) more: &'static str,
    pub(super) baseline: &'static str,
    pub(super) direction: &'static str,
    pub(super) group: &'static str,
    pub(super) pair: &'static str,
    pub(super) findings: &'static str,
    pub(super) masked: &'static str,
    pub(super) from: &'static str,
}

pub(super) const fn names(lang: Lang) -> Names {
    Names {
        item: "#",
        kind: pick(lang, "kind", "类别"),
        indicator: pick(lang, "indicator", "指标"),
        value: pick(lang, "value", "数值"),
        basis: pick(lang, "basis", "计量方式"),
        period: pick(lang, "period", "期"),
        more: pick(lang, "more", "其他"),
        baseline: pick(lang, "baseline", "基数"),
        direction: pick(lang, "direction", "方向"),
        group: pick(lang, "list", "并列"),
        pair: pick(lang, "pair", "配对"),
        findings: pick(lang, "Findings", "问题"),
        masked: pick(lang, "masked", "被遮蔽"),
        from: pick(lang, "from the", "见"),
    }
}
