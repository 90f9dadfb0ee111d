//! Whether the parts of a scheme fit together, and what is probably not meant.

use std::collections::HashSet;

use rust_decimal::Decimal;

use super::tree::{Branch, tree};
use super::types::{Aggregate, AggregateWord, Grade, Missing, Normalise, NormaliseBy, Normaliser, SchemeDocument, Weighting};
use crate::document::version_finding;
use crate::finding::{Code, Finding};
use crate::number::parse_decimal;
use crate::period::Period;
use crate::text::{Message, msg, shorten};

/// Columns of a scorecard that are no pillars.
const RESERVED: &[&str] =
    &["area", "period", "score", "rounded", "rank", "grade", "missing", "bonus", "veto", "binding", "expected", "aspirational"];

pub(crate) fn is_reserved(id: &str) -> bool {
    RESERVED.contains(&id)
}

/// Every finding of the stage `Meaning`, without a place in the text.
pub(crate) fn check(document: &SchemeDocument) -> Vec<Finding> {
    let mut check = Check { findings: version_finding(&document.attainment).into_iter().collect() };
    let placeholder = [String::from("…")];
    let root = tree(document, &placeholder);
    if root.children.is_empty() && document.pillars.is_some() {
        check.report(
            Code::NoPillars,
            "/pillars",
            msg!("the scheme has no pillar", "计分办法没有任何支柱"),
            msg!("name the indicators under `pillars`", "请在`pillars`下写出指标"),
        );
    }
    for child in root.children.iter().filter(|child| is_reserved(&child.id)) {
        let id = &child.id;
        check.report(
            Code::ReservedId,
            &child.path,
            msg!("`{id}` is a column of every scorecard", "`{id}`是评分卡的固有列"),
            msg!("give the pillar another id, and the indicator under `from`", "请换一个支柱标识,指标写在`from`下"),
        );
    }
    check.branch(document, &root, document.every.is_some());
    check.grades(&document.grades, "/grades");
    for (name, rule) in natures(document) {
        check.grades(&rule.grades, &format!("/natures/{name}/grades"));
    }
    if let Some(round) = &document.round {
        for (key, number) in [("decimals", Some(round.decimals)), ("items", round.items)] {
            let Some(number) = number.map(|number| number.get()) else { continue };
            if !number.fract().is_zero() || number < Decimal::ZERO || number > Decimal::from(15) {
                check.report(
                    Code::BadNumber,
                    &format!("/round/{key}"),
                    msg!("`{number}` is not a number of decimals", "`{number}`不是小数位数"),
                    msg!("write a whole number from 0 to 15", "请写0到15的整数"),
                );
            }
        }
    }
    if let Some(choices) = &document.robustness {
        let share = choices.weights.as_ref();
        if share.is_some_and(|share| percent(share).is_none_or(|share| share >= Decimal::ONE_HUNDRED)) {
            check.report(
                Code::BadBound,
                "/robustness/weights",
                msg!("weights can be off by 0 to 100 %, 100 not included", "权重偏差应在0到100%之间,不含100"),
                msg!("write a share such as `25%`", "请写比例,如`25%`"),
            );
        }
        for (index, normalise) in choices.normalise.iter().enumerate() {
            check.normalise(normalise, &format!("/robustness/normalise/{index}"));
        }
        for (index, aggregate) in choices.aggregate.iter().enumerate() {
            check.aggregate(aggregate, &format!("/robustness/aggregate/{index}"));
        }
    }
    check.findings
}

fn natures(document: &SchemeDocument) -> impl Iterator<Item = (&'static str, &super::NatureRule)> {
    let natures = document.natures.as_ref();
    [
        ("binding", natures.and_then(|natures| natures.binding.as_ref())),
        ("expected", natures.and_then(|natures| natures.expected.as_ref())),
        ("aspirational", natures.and_then(|natures| natures.aspirational.as_ref())),
    ]
    .into_iter()
    .filter_map(|(name, rule)| rule.map(|rule| (name, rule)))
}

/// The number of a share that is written with `%`.
pub(crate) fn percent(quantity: &crate::quantity::Quantity) -> Option<Decimal> {
    let is_percent = quantity.unit().is_some_and(crate::unit::Unit::is_percent);
    quantity.value().filter(|value| is_percent && (Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(value))
}

struct Check {
    findings: Vec<Finding>,
}

impl Check {
    fn report(&mut self, code: Code, path: &str, message: Message, help: Message) {
        self.findings.push(Finding::new(code, message).at(path).help(help));
    }

    fn branch(&mut self, document: &SchemeDocument, branch: &Branch<'_>, every: bool) {
        let path = branch.path.as_str();
        if let Some(own) = branch.pillar.and_then(|pillar| pillar.normalise.as_ref()) {
            self.normalise(own, &format!("{path}/normalise"));
        } else if path.is_empty()
            && let Some(own) = branch.set.normalise
        {
            self.normalise(own, "/normalise");
        }
        let own_aggregate = branch.pillar.map_or(branch.set.aggregate, |pillar| pillar.aggregate.as_ref());
        if let Some(aggregate) = own_aggregate.filter(|_| branch.pillar.is_some() || path.is_empty()) {
            self.aggregate(aggregate, &format!("{path}/aggregate"));
        }
        let own_missing = branch.pillar.map_or(branch.set.missing, |pillar| pillar.missing.as_ref());
        if let Some(missing) = own_missing.filter(|_| branch.pillar.is_some() || path.is_empty()) {
            self.missing(missing, &format!("{path}/missing"));
        }
        if branch.is_leaf() {
            self.leaf(document, branch);
        } else {
            self.members(branch, every);
        }
        if let Some(pillar) = branch.pillar.filter(|_| !branch.is_leaf()) {
            for (key, stands) in [("bonus", pillar.bonus.is_some()), ("met", pillar.met.is_some())] {
                if stands {
                    self.report(
                        Code::RuleUnfit,
                        &format!("{path}/{key}"),
                        msg!("`{key}` is about the value of an indicator, and a pillar has none", "`{key}`针对指标的值,支柱没有值"),
                        msg!("move it to an indicator under `of`", "请移到`of`下的指标"),
                    );
                }
            }
        }
        if let Some(pillar) = branch.pillar {
            self.grades(&pillar.grades, &format!("{path}/grades"));
            if let Some(grade) = pillar.veto.as_ref().and_then(|veto| veto.grade.as_ref())
                && !document.grades.iter().any(|known| known.grade == *grade)
            {
                let grade = shorten(grade.as_str());
                self.report(
                    Code::UnknownReference,
                    &format!("{path}/veto/grade"),
                    msg!("the scheme has no grade `{grade}`", "计分办法没有等级`{grade}`"),
                    msg!("name one of `grades`", "请写`grades`中的等级"),
                );
            }
            if pillar.cap.zip(pillar.least).is_some_and(|(cap, least)| cap.get() < least.get()) {
                self.report(
                    Code::IntervalReversed,
                    &format!("{path}/cap"),
                    msg!("`cap` is below `least`", "`cap`小于`least`"),
                    msg!("swap the two", "请对调"),
                );
            }
        }
        for child in &branch.children {
            self.branch(document, child, false);
        }
    }

    fn leaf(&mut self, document: &SchemeDocument, branch: &Branch<'_>) {
        let path = branch.path.as_str();
        if branch.set.normalise.is_none() {
            let id = shorten(&branch.id);
            self.report(
                Code::NormaliserMissing,
                path,
                msg!("nothing says how `{id}` is normalised", "没有说明`{id}`如何标准化"),
                msg!("add `normalise:` here or above; `as_is` takes values as they stand", "请在此处或上层写`normalise:`;`as_is`为原值"),
            );
        }
        let Some(pillar) = branch.pillar else { return };
        let several = matches!(&pillar.from, Some(super::Group::Many(groups)) if groups.len() > 1);
        for (key, stands) in [("bonus", pillar.bonus.is_some()), ("met", pillar.met.is_some())] {
            if stands && several {
                self.report(
                    Code::RuleUnfit,
                    &format!("{path}/{key}"),
                    msg!("`{key}` asks for one value, and `from` names several", "`{key}`针对一个值,而`from`列出多个"),
                    msg!("give each of them a node of its own under `of`", "请在`of`下分别列出各项"),
                );
            }
        }
        if let Some(bonus) = &pillar.bonus
            && (bonus.per.get() <= Decimal::ZERO || bonus.most.is_some_and(|most| most.get() < Decimal::ZERO))
        {
            self.report(
                Code::BadNumber,
                &format!("{path}/bonus"),
                msg!("a step of a bonus is longer than 0 and its most not negative", "加分的步长须大于0,上限不得为负"),
                msg!("write `per:` with a positive number", "请将`per:`写为正数"),
            );
        }
        let id = pillar.from.as_ref().and_then(|from| match from {
            super::Group::One(id) => Some(id.as_str()),
            super::Group::Many(_) => None,
        });
        if let Some(indicator) = document.indicators.get(id.unwrap_or(&branch.id)) {
            for (name, mark) in &indicator.marks {
                if let crate::plan::Mark::Given(quantity) = mark
                    && let (Some(unit), Some(own)) = (quantity.unit(), indicator.unit.as_ref())
                    && !unit.converts_to(own)
                {
                    let (unit, own) = (unit.as_str(), own.as_str());
                    self.report(
                        Code::UnitMismatch,
                        &format!("/indicators/{}/marks/{name}", branch.id),
                        msg!("`{unit}` does not convert to `{own}`", "`{unit}`不能换算为`{own}`"),
                        msg!("write the mark in the unit of the indicator", "请用指标的单位写标志值"),
                    );
                }
            }
        }
    }

    fn members(&mut self, branch: &Branch<'_>, every: bool) {
        let path = branch.path.as_str();
        let place = if path.is_empty() { "/pillars" } else { path };
        let several = branch.children.len() > 1 || every;
        let mut ids = HashSet::new();
        for child in &branch.children {
            if !ids.insert(&child.id) {
                let id = shorten(&child.id);
                self.report(
                    Code::DuplicateId,
                    &child.path,
                    msg!("`{id}` stands twice", "`{id}`出现了两次"),
                    msg!("remove one of the two, or give it a weight of two", "请删去其一,或给它两倍的权重"),
                );
            }
        }
        if branch.children.is_empty() && !path.is_empty() {
            self.report(
                Code::NoPillars,
                &format!("{path}/of"),
                msg!("the pillar has no member", "该支柱没有成员"),
                msg!("name its indicators under `of`", "请在`of`下写出指标"),
            );
        }
        if several && branch.set.aggregate.is_none() {
            self.report(
                Code::AggregateMissing,
                if every { "/every" } else { place },
                msg!("nothing says how the members become one score", "没有说明各成员如何合成"),
                msg!(
                    "add `aggregate:` with `arithmetic`, `geometric`, `sum` or another",
                    "请写`aggregate:`,如`arithmetic`、`geometric`、`sum`"
                ),
            );
        }
        let given = branch.children.iter().filter(|child| child.weight.is_some()).count();
        let asks = matches!(branch.set.weights, None | Some(Weighting::Given));
        if asks && given > 0 && given < branch.children.len() || branch.set.weights == Some(Weighting::Given) && given == 0 {
            let without: Vec<_> =
                branch.children.iter().filter(|child| child.weight.is_none()).take(10).map(|child| shorten(&child.id)).collect();
            let without = without.join("`, `");
            self.report(
                Code::WeightMissing,
                place,
                msg!("some members have a weight and `{without}` have none", "部分成员有权重,`{without}`没有"),
                msg!("give every member a weight, or none", "请给每个成员写权重,或都不写"),
            );
        }
        if branch.children.iter().any(|child| child.weight.is_some_and(|weight| weight < Decimal::ZERO))
            || given > 0 && branch.children.iter().all(|child| child.weight.is_none_or(|weight| weight.is_zero()))
        {
            self.report(
                Code::BadNumber,
                place,
                msg!("weights are not negative, and one of them is more than 0", "权重不得为负,且至少一个大于0"),
                msg!("write a positive weight", "请写正的权重"),
            );
        }
        let adds = match branch.set.aggregate {
            Some(Aggregate::Word(word)) => matches!(word, AggregateWord::Arithmetic | AggregateWord::Sum),
            Some(Aggregate::By(_)) => false,
            None => branch.children.len() <= 1,
        };
        let chained = matches!(branch.set.aggregate, Some(Aggregate::By(by)) if by.chain.is_some());
        for child in &branch.children {
            if !adds && child.pillar.is_some_and(|pillar| pillar.bonus.is_some()) {
                self.report(
                    Code::AggregateUnfit,
                    &format!("{}/bonus", child.path),
                    msg!("points can be added only where scores are: under `sum` or `arithmetic`", "只有`sum`或`arithmetic`之下才能加分"),
                    msg!("aggregate by `sum`, or remove the bonus", "请改用`sum`,或删去加分"),
                );
            }
            let grows = child.is_leaf() && child.set.normalise.is_some_and(|by| by.word() == Normaliser::Growth);
            if chained && several && !grows {
                let id = shorten(&child.id);
                self.report(
                    Code::AggregateUnfit,
                    &child.path,
                    msg!("an index is chained of growth, and `{id}` is none", "链式指数由增速合成,`{id}`不是增速"),
                    msg!("add `normalise: growth`", "请写`normalise: growth`"),
                );
            }
        }
    }

    fn aggregate(&mut self, aggregate: &Aggregate, path: &str) {
        let Aggregate::By(by) = aggregate else { return };
        if by.power.is_some_and(|power| power.get().is_zero()) {
            self.report(
                Code::PowerZero,
                path,
                msg!("a power mean of 0 is not defined", "0次幂平均没有定义"),
                msg!("write `geometric`, which is what it tends to", "请写`geometric`,即其极限"),
            );
        }
        if by.power.is_some_and(|power| power.get().abs() > Decimal::ONE_HUNDRED) {
            self.report(
                Code::BadNumber,
                path,
                msg!("the power is beyond 100", "幂次超过100"),
                msg!("write `minimum` or a power from -100 to 100", "请写`minimum`或-100到100之间的幂次"),
            );
        }
        if by.chain.as_ref().is_some_and(|at| at.as_point().is_none()) {
            self.report(
                Code::BadPeriod,
                path,
                msg!("the base of an index is one period", "指数的基期应为一期"),
                msg!("write a period such as `2005`", "请写一期,如`2005`"),
            );
        }
    }

    fn missing(&mut self, missing: &Missing, path: &str) {
        if missing.present.as_ref().is_some_and(|present| percent(present).is_none()) {
            self.report(
                Code::BadBound,
                &format!("{path}/present"),
                msg!("presence is a share from 0 to 100 %", "到位比例应在0到100%之间"),
                msg!("write a share such as `80%`", "请写比例,如`80%`"),
            );
        }
        if missing.group.is_some() && missing.treat != Some(super::Treat::GroupMean) {
            self.report(
                Code::RuleUnfit,
                &format!("{path}/group"),
                msg!("`group` is for `treat: group_mean`", "`group`只用于`treat: group_mean`"),
                msg!("remove it, or add `treat: group_mean`", "请删去,或写`treat: group_mean`"),
            );
        }
        if missing.carry.as_ref().is_some_and(|carry| !matches!(carry, Period::Years(_))) {
            self.report(
                Code::BadPeriod,
                &format!("{path}/carry"),
                msg!("what may be carried forward is a length in years", "沿用期限应为年数"),
                msg!("write a length such as `P2Y`", "请写期限,如`P2Y`"),
            );
        }
    }

    fn grades(&mut self, grades: &[Grade], path: &str) {
        let mut above: Option<(Decimal, bool)> = None;
        for (index, grade) in grades.iter().enumerate() {
            let place = format!("{path}/{index}");
            if grades[..index].iter().any(|known| known.grade == grade.grade) {
                let word = shorten(grade.grade.as_str());
                self.report(
                    Code::DuplicateId,
                    &place,
                    msg!("the grade `{word}` stands twice", "等级`{word}`出现了两次"),
                    msg!("give each grade a name of its own", "请给各等级不同的名称"),
                );
            }
            let end = grade.from.map(|end| (end.get(), true)).or(grade.above.map(|end| (end.get(), false)));
            let last = index + 1 == grades.len();
            let asks = grade.needs.is_some() || grade.worst_from.is_some() || grade.second_worst_from.is_some();
            if end.is_none() && !last && !asks {
                self.report(
                    Code::GradesOrder,
                    &place,
                    msg!("only the last grade has no lower end", "只有最后一级可以没有下限"),
                    msg!("add `from:` (belongs to it) or `above:` (does not)", "请写`from:`(含)或`above:`(不含)"),
                );
            }
            // Of two grades with one end, the better is the open one.
            let ordered = match (above, end) {
                (Some((high, high_closed)), Some((low, low_closed))) => {
                    low < high || low == high && (!high_closed && low_closed || grades[index - 1].needs.is_some())
                }
                _ => true,
            };
            if !ordered {
                self.report(
                    Code::GradesOrder,
                    &place,
                    msg!("grades stand best first, each with a lower end than the one before", "等级应由高到低,下限依次降低"),
                    msg!("sort them by their lower ends", "请按下限由高到低排列"),
                );
            }
            above = end.or(above);
        }
    }

    fn normalise(&mut self, normalise: &Normalise, path: &str) {
        let word = normalise.word();
        let mut unfit = |message: Message, help: Message| {
            self.findings.push(Finding::new(Code::NormaliserUnfit, message).at(path).help(help));
        };
        let by = match normalise {
            Normalise::By(by) => Some(by),
            Normalise::Word(_) => None,
        };
        let anchors = by.map_or(0, |by| by.between.len());
        let wanted = match word {
            Normaliser::Goalposts | Normaliser::Closed | Normaliser::Efficacy => Some(2),
            Normaliser::Interval => Some(4),
            Normaliser::Ratio | Normaliser::DistanceToTarget => Some(1),
            _ => None,
        };
        if anchors > 0 && wanted != Some(anchors) {
            let wanted = wanted.map_or("no".to_owned(), |wanted| wanted.to_string());
            unfit(
                msg!("`{word}` takes {wanted} anchors, not {anchors}", "`{word}`的锚点数应为{wanted},现为{anchors}"),
                msg!("correct `between`", "请改正`between`"),
            );
        }
        if by.is_some_and(|by| !matches!(by.to.len(), 0 | 2)) {
            unfit(msg!("`to` takes two numbers", "`to`应为两个数"), msg!("write `to: [0, 100]`", "请写`to: [0, 100]`"));
        }
        for key in by.map(|by| idle_keys(word, by)).unwrap_or_default() {
            unfit(
                msg!("`{word}` does nothing with `{key}`", "`{key}`对`{word}`不起作用"),
                msg!("remove `{key}`, or name the normaliser that is meant", "请删去`{key}`,或改用所指的标准化方法"),
            );
        }
        let lacks = |what: &dyn Fn(&NormaliseBy) -> bool| by.is_none_or(what);
        if word == Normaliser::DistanceToReference && lacks(&|by| by.reference.is_none()) {
            unfit(
                msg!("`{word}` needs `reference`", "`{word}`须有`reference`"),
                msg!("add `reference:` with the id of an area", "请用`reference:`给出地区"),
            );
        }
        if word == Normaliser::Interval && lacks(&|by| by.slope.is_none()) {
            unfit(
                msg!("`{word}` needs `slope`", "`{word}`须有`slope`"),
                msg!("add `slope: common` or `slope: own`", "请写`slope: common`或`slope: own`"),
            );
        }
        if word == Normaliser::Points && lacks(&|by| by.points.is_empty() || by.through.is_none()) {
            unfit(
                msg!("`{word}` needs `points` and `through`", "`{word}`须有`points`和`through`"),
                msg!(
                    "add `points: {{ 0: 0, 100: 1 }}` and `through: line` or `through: step`",
                    "请写`points: {{ 0: 0, 100: 1 }}`和`through: line`或`step`"
                ),
            );
        }
        if word == Normaliser::ZScore && by.is_some_and(|by| by.to.get(1).is_some_and(|sd| sd.get() <= Decimal::ZERO)) {
            unfit(msg!("the standard deviation is more than 0", "标准差须大于0"), msg!("correct `to`", "请改正`to`"));
        }
    }
}

impl Normalise {
    /// With everything that can be said of it.
    #[cfg(feature = "robustness")]
    pub(crate) fn by(&self) -> NormaliseBy {
        match self {
            Self::By(by) => by.clone(),
            Self::Word(by) => NormaliseBy {
                by: *by,
                over: None,
                to: Default::default(),
                between: Default::default(),
                reference: None,
                clamp: None,
                log: None,
                slope: None,
                points: Default::default(),
                through: None,
                below: None,
            },
        }
    }

    /// What extremes are taken over, where it says so.
    #[cfg(feature = "robustness")]
    pub(crate) fn over(&self) -> Option<super::Over> {
        match self {
            Self::By(by) => by.over,
            Self::Word(_) => None,
        }
    }

    /// The normaliser.
    pub fn word(&self) -> Normaliser {
        match self {
            Self::Word(word) => *word,
            Self::By(by) => by.by,
        }
    }
}

/// The keys that a normaliser would pass over, or that would make all its scores the same.
fn idle_keys(word: Normaliser, by: &NormaliseBy) -> Vec<&'static str> {
    use Normaliser::{
        AsIs, Borda, Closed, DistanceToBest, DistanceToReference, DistanceToTarget, Goalposts, Growth, Interval, MinMax, Percentile,
        Points, Rank, ZScore,
    };
    let on = |flag: Option<super::YesNo>| flag == Some(super::YesNo::Yes);
    let straight = matches!(word, MinMax | DistanceToBest | DistanceToTarget | DistanceToReference | Goalposts | Closed);
    let keys = [
        ("over", by.over.is_some() && matches!(word, AsIs | Growth)),
        ("reference", by.reference.is_some() && word != DistanceToReference),
        ("clamp", on(by.clamp) && matches!(word, Rank | Borda | Percentile | ZScore)),
        ("log", on(by.log) && !straight),
        ("slope", by.slope.is_some() && word != Interval),
        ("points", !by.points.is_empty() && word != Points),
        ("through", by.through.is_some() && word != Points),
        ("below", by.below.is_some() && word != Points),
    ];
    keys.into_iter().filter_map(|(key, idle)| idle.then_some(key)).collect()
}

/// What can be read and is probably not meant.
pub(super) fn lint(document: &SchemeDocument) -> Vec<Finding> {
    let mut findings = Vec::new();
    let placeholder = [String::from("…")];
    tree(document, &placeholder).each(&mut |branch| {
        let weights: Option<Vec<Decimal>> = branch.children.iter().map(|child| child.weight).collect();
        if let Some(weights) = weights.filter(|weights| weights.len() > 1) {
            let sum: Decimal = weights.iter().copied().fold(Decimal::ZERO, |sum, weight| sum.checked_add(weight).unwrap_or(sum));
            // Between 90 and 110 % of a whole, somebody meant a whole.
            let near = |whole: Decimal| (sum - whole).abs() <= whole / Decimal::TEN && sum != whole;
            if near(Decimal::ONE) || near(Decimal::ONE_HUNDRED) {
                let path = if branch.path.is_empty() { "/pillars" } else { &branch.path };
                findings.push(
                    Finding::new(Code::WeightsSum, msg!("the weights sum to {sum}", "权重之和为{sum}")).at(path).help(msg!(
                        "make them sum to 1 or 100, or leave it: they are rescaled",
                        "请使其和为1或100;也可不改,系统会按比例换算"
                    )),
                );
            }
        }
        let power = match branch.set.aggregate {
            Some(Aggregate::By(by)) => by.power.map(|power| power.get()),
            _ => None,
        };
        let root = matches!(branch.set.aggregate, Some(Aggregate::Word(AggregateWord::Geometric | AggregateWord::Harmonic)))
            || power.is_some_and(|power| power < Decimal::ZERO);
        for child in branch.children.iter().filter(|child| (root || power.is_some()) && child.is_leaf() && branch.children.len() > 1) {
            let negative = matches!(child.set.normalise.map(Normalise::word), Some(Normaliser::ZScore | Normaliser::Growth));
            let zero = root
                && matches!(child.set.normalise, Some(Normalise::Word(Normaliser::MinMax | Normaliser::Borda | Normaliser::Percentile)));
            if negative || zero {
                let (id, how) = (shorten(&child.id), child.set.normalise.map_or("", |by| by.word().as_str()));
                findings.push(
                    Finding::new(
                        Code::MayBeNegative,
                        msg!(
                            "`{how}` of `{id}` is 0 or less for some area, and this mean needs positive scores",
                            "`{id}`的`{how}`会有0或负值,而该平均要求正值"
                        ),
                    )
                    .at(&child.path)
                    .help(msg!("normalise to a range above 0, such as `to: [1, 100]`", "请标准化到大于0的区间,如`to: [1, 100]`")),
                );
            }
        }
    });
    findings
}

/// A number, or the name of a mark.
pub(crate) fn anchor_number(text: &str) -> Option<Decimal> {
    parse_decimal(text).ok()
}
