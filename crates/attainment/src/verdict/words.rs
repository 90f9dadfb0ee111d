//! Reasons and flags in words, for people.

use super::{Flag, Reason};
use crate::text::{Message, msg};

impl Reason {
    /// The reason as a short phrase in English and Chinese.
    ///
    /// ```
    /// assert_eq!(attainment::Reason::NoBaseline.message().zh, "没有基期");
    /// ```
    pub fn message(self) -> Message {
        match self {
            Self::NoDeadline => msg!("no deadline", "没有期限"),
            Self::PeriodUnknown => msg!("the period has no place in time", "期限不确定"),
            Self::WindowStartUnknown => msg!("the start of the window is not known", "期限的起点不明"),
            Self::BoundMasked => msg!("the bound is masked", "界限被遮蔽"),
            Self::BoundUnknown => msg!("the bound is not stated", "界限没有给出"),
            Self::UnitLost => msg!("a unit is lost", "单位缺失"),
            Self::UnitMismatch => msg!("units do not convert", "单位不能换算"),
            Self::NoTolerance => msg!("no tolerance is declared", "没有容许差"),
            Self::NoObservation => msg!("no observation", "没有实绩"),
            Self::NoObservationAtDeadline => msg!("no observation at the deadline", "期限当期没有实绩"),
            Self::MissingPeriod => msg!("a period is missing", "有一期缺失"),
            Self::IncompleteSum => msg!("a period of the sum is missing", "合计中有一期缺失"),
            Self::IncompleteChain => msg!("a rate of the chain is missing", "连乘中有一期缺失"),
            Self::StatisticUnknown => msg!("the data is finer, and no statistic is stated", "数据更细而未说明取数方式"),
            Self::ConflictingObservations => msg!("observations contradict each other", "实绩互相矛盾"),
            Self::CaliberMismatch => msg!("another caliber", "口径不同"),
            Self::NoBaseline => msg!("no baseline", "没有基期"),
            Self::NoBaselineValue => msg!("the baseline has no value", "基期没有数值"),
            Self::ZeroBaseline => msg!("the baseline is zero", "基期为零"),
            Self::SignChange => msg!("a negative value or a change of sign", "数值为负或变号"),
            Self::GrowthNotPublished => msg!("growth is not published", "没有公布增速"),
            Self::ReferenceMissing => msg!("the value referred to is missing", "所参照的值缺失"),
            Self::GroupUnknown => msg!("the group is not known", "分组不明"),
            Self::NotInGroup => msg!("the area is not in the group", "该地区不在分组中"),
            Self::ValueInexact => msg!("the value is not exact enough", "数值不够确切"),
            Self::UndecidedDigits => msg!("the published digits cannot tell", "公布的位数不足以判断"),
            Self::AmbiguousReading => msg!("the readings disagree", "两种读法结论不同"),
            Self::NotInForce => msg!("not in force yet", "尚未生效"),
            Self::MemberNotEvaluable => msg!("a member is not evaluable", "有成员无法判定"),
            Self::TooFewPoints => msg!("too few points", "数据点太少"),
            Self::BreakInSeries => msg!("a break in the series", "数据有断点"),
            Self::TargetEqualsBaseline => msg!("the target equals the baseline", "目标等于基期"),
            Self::ZeroBound => msg!("the target is zero", "目标为零"),
            Self::NoMark => msg!("a mark is missing", "缺少标志值"),
            Self::MarksOutOfOrder => msg!("the marks are out of order", "标志值次序不对"),
            Self::NoPeers => msg!("too few peers with a value", "有值的同类地区太少"),
            Self::NoSpread => msg!("all peers have the same value", "同类地区数值全同"),
            Self::NoTypicalPath => msg!("no typical path", "没有典型路径"),
            Self::OffTypicalPath => msg!("a value off the typical path", "数值超出典型路径"),
            Self::NoTimeElapsed => msg!("no time has passed", "尚无时间经过"),
        }
    }
}

impl Flag {
    /// The flag as a short phrase in English and Chinese.
    pub fn message(self) -> Message {
        match self {
            Self::Provisional => msg!("provisional", "初步数"),
            Self::Estimated => msg!("estimated", "估计数"),
            Self::Break => msg!("break in the series", "有断点"),
            Self::DefinitionDiffers => msg!("definition differs", "定义不同"),
            Self::LowReliability => msg!("low reliability", "可靠性低"),
            Self::ForecastIgnored => msg!("forecast left aside", "预计数未采用"),
            Self::Inexact => msg!("inexact", "不确切"),
            Self::CaliberLinked => msg!("carried over from another caliber", "由其他口径换算"),
            Self::CaliberUnstated => msg!("caliber not stated", "口径未注明"),
            Self::Derived => msg!("derived by formula", "由公式得出"),
            Self::BaselineDeclared => msg!("declared baseline", "用所列基期值"),
            Self::BaselineDiffers => msg!("baseline differs from the declared one", "基期值与所列不同"),
            Self::Maintenance => msg!("held at the baseline already", "基期已满足"),
            Self::NearThreshold => msg!("near the threshold", "接近界限"),
            Self::Revised => msg!("revised", "经修订"),
            Self::AmbiguousReading => msg!("two readings agree", "两种读法一致"),
            Self::Replaced => msg!("replaced by another target", "已被取代"),
            Self::Early => msg!("early", "为时尚早"),
        }
    }
}
