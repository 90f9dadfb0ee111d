//! What a scheme asks of an indicator: its marks, and its normaliser made ready.

use std::ops::Range;

use super::frame::{Column, Frame, Wanted};
use super::normalise::{Curve, Ends, Norm, Rule, places};
use crate::finding::{Code, Finding, Findings};
use crate::number::{Exact, ln};
use crate::plan::scheme::{
    Between, Normalise, NormaliseBy, Normaliser, Over, SchemeDocument, ScoredIndicator, Slope, YesNo, anchor_number,
};
use crate::plan::{Area, Direction, Indicator, Mark, PeerMark};
use crate::text::{msg, shorten};
use crate::unit::Unit;

/// What is declared of the indicator of a leaf, by the scheme or else by the plan.
#[derive(Clone, Copy, Default)]
pub(crate) struct Declared<'a> {
    scheme: Option<&'a ScoredIndicator>,
    plan: Option<&'a Indicator>,
    /// Numbers of verdicts: more is better, whatever the indicator.
    rises: bool,
}

impl<'a> Declared<'a> {
    /// The declaration that belongs to a column, by its id, that of its leaf or of its indicator.
    pub(crate) fn find(document: &'a SchemeDocument, frame: &Frame<'a>, column: &str, leaf: &str, rises: bool) -> Self {
        let plan = frame.plan.map(crate::plan::Plan::document);
        let of_target = plan.and_then(|plan| plan.targets.get(column)?.indicator.as_ref()).map(|id| id.as_str());
        let ids = [Some(column), Some(leaf), of_target];
        Self {
            scheme: ids.into_iter().flatten().find_map(|id| document.indicators.get(id)),
            plan: ids.into_iter().flatten().find_map(|id| plan?.indicators.get(id)),
            rises,
        }
    }

    pub(crate) fn unit(&self) -> Option<&'a Unit> {
        self.scheme.and_then(|declared| declared.unit.as_ref()).or(self.plan.and_then(|declared| declared.unit.as_ref()))
    }

    /// The unit that values and marks are compared in: the declared one, or else that of the marks.
    pub(crate) fn wanted(&self, word: Normaliser, bounds: bool) -> Wanted<'a> {
        if self.rises {
            return Wanted::default();
        }
        let marks = self.scheme.map(|declared| &declared.marks);
        let of_mark = |mark: &'a Mark| match mark {
            Mark::Given(quantity) => quantity.unit().filter(|unit| !unit.is_scale()),
            Mark::FromPeers(_) => None,
        };
        let anchored = bounds || is_anchored(word);
        let by_mark = marks.into_iter().flat_map(|marks| marks.values()).find_map(of_mark).filter(|_| anchored);
        let declared = self.unit();
        Wanted { unit: declared.or(by_mark), by_marks: declared.is_none(), anchored }
    }

    pub(crate) fn direction(&self) -> Option<Direction> {
        let declared = self.scheme.and_then(|declared| declared.direction).or(self.plan.and_then(|declared| declared.direction));
        if self.rises { Some(Direction::Increase) } else { declared }
    }

    pub(crate) fn name(&self) -> Option<&'a crate::document::Text> {
        self.scheme.and_then(|declared| declared.name.as_ref()).or(self.plan.map(|declared| &declared.name))
    }

    fn mark(&self, name: &str) -> Option<&'a Mark> {
        self.scheme.and_then(|declared| declared.marks.get(name)).or(self.plan.and_then(|declared| declared.marks.get(name)))
    }
}

/// Makes a normaliser ready for a column.
pub(crate) struct Maker<'f, 'a> {
    pub(crate) frame: &'f Frame<'a>,
    pub(crate) document: &'a SchemeDocument,
    pub(crate) declared: Declared<'a>,
    pub(crate) column: &'f Column,
    /// The id of the column.
    pub(crate) id: &'f str,
    /// Where the normaliser or its leaf stands.
    pub(crate) path: &'f str,
    pub(crate) warnings: &'f mut Findings,
}

impl Maker<'_, '_> {
    fn error(&self, code: Code, message: crate::text::Message, help: crate::text::Message) -> Finding {
        Finding::new(code, message).at(self.path).help(help)
    }

    pub(crate) fn make(&mut self, normalise: &Normalise) -> Result<Norm, Finding> {
        let word = normalise.word();
        let by = match normalise {
            Normalise::By(by) => Some(by),
            Normalise::Word(_) => None,
        };
        let increase = match self.declared.direction() {
            Some(Direction::Decrease) => false,
            Some(Direction::Increase) => true,
            _ if needs_direction(word) => return Err(self.no_direction(word)),
            _ => true,
        };
        let blocks = self.blocks(word, by)?;
        let is = |flag: Option<YesNo>| flag == Some(YesNo::Yes);
        let log = is(by.and_then(|by| by.log));
        let numbers = by.map_or(&[][..], |by| &by.to);
        let to = match numbers {
            [low, high] => Some((Exact::from(low.get()), Exact::from(high.get()))),
            _ if word == Normaliser::Efficacy => Some((Exact::from(60), Exact::from(100))),
            _ => None,
        };
        // For a z-score `to` is mean and standard deviation: 0 and 1 become mean and mean + sd.
        let to = if word == Normaliser::ZScore { to.map(|(mean, sd)| (mean.clone(), mean + sd)) } else { to };
        let rule = match word {
            Normaliser::AsIs => Rule::AsIs,
            Normaliser::MinMax | Normaliser::DistanceToBest => {
                self.between(&blocks, log, |maker, rows| maker.extremes(rows, increase).map(Ok))?
            }
            Normaliser::DistanceToTarget => {
                let target = self.anchors(by, &["target"], &blocks)?;
                for rows in &blocks {
                    if self.is_behind(&target[0], &blocks, rows, increase) {
                        self.behind();
                    }
                }
                self.between(&blocks, log, |maker, rows| {
                    let (worst, _) = maker.extremes(rows.clone(), increase)?;
                    let behind = maker.is_behind(&target[0], &blocks, &rows, increase);
                    Some(Ok((worst, at(&target[0], &blocks, &rows).filter(|_| !behind)?)))
                })?
            }
            Normaliser::DistanceToReference => {
                let area = by.and_then(|by| by.reference.as_ref()).map_or("", |id| id.as_str());
                let Some(number) = self.frame.areas.iter().position(|known| known == area) else {
                    let shown = shorten(area);
                    return Err(self.error(
                        Code::UnknownArea,
                        msg!("the data have no area `{shown}`", "数据中没有地区`{shown}`"),
                        msg!("name an area of the data under `reference`", "请在`reference`中写数据里的地区"),
                    ));
                };
                let width = self.frame.areas.len();
                if blocks.len() == 1 && self.frame.periods.len() > 1 {
                    // One reference for the whole panel would be a value of one period only.
                    return Err(self.error(
                        Code::NormaliserUnfit,
                        msg!("`distance_to_reference` is taken within each period", "`distance_to_reference`须按期计算"),
                        msg!("add `over: period`", "请写`over: period`"),
                    ));
                }
                self.between(&blocks, log, |maker, rows| {
                    let (worst, _) = maker.extremes(rows.clone(), increase)?;
                    Some(Ok((worst, maker.column.exact(rows.start / width.max(1) * width + number)?)))
                })?
            }
            Normaliser::ZScore => {
                let ends = blocks.iter().map(|rows| self.z_score(rows.clone(), increase)).collect();
                Rule::Ends { ends, log: false }
            }
            Normaliser::Goalposts => {
                let anchors = self.anchors(by, &["worst", "best"], &blocks)?;
                let exchange = !increase && by.is_some_and(|by| by.between.iter().map(|id| id.as_str()).eq(["floor", "ceiling"]));
                let (zero, one) = if exchange { (&anchors[1], &anchors[0]) } else { (&anchors[0], &anchors[1]) };
                let ends = self.between(&blocks, log, |_, rows| Some(Ok((at(zero, &blocks, &rows)?, at(one, &blocks, &rows)?))))?;
                if self.declared.direction().is_some() && !self.declared.rises {
                    self.against_direction(&ends, increase)?;
                }
                ends
            }
            Normaliser::Closed | Normaliser::Efficacy => {
                let names: &[&str] = if word == Normaliser::Closed { &["start", "target"] } else { &["unacceptable", "satisfactory"] };
                let anchors = self.anchors(by, names, &blocks)?;
                let ends =
                    self.between(&blocks, log, |_, rows| Some(Ok((at(&anchors[0], &blocks, &rows)?, at(&anchors[1], &blocks, &rows)?))))?;
                if self.own_direction().is_some() {
                    self.against_direction(&ends, increase)?;
                }
                ends
            }
            Normaliser::ShareOfMax => {
                Rule::Share(blocks.iter().map(|rows| self.extremes(rows.clone(), increase).map(|(_, best)| best)).collect())
            }
            Normaliser::Ratio => {
                let target = self.anchors(by, &["target"], &blocks)?;
                Rule::Share(target[0].iter().cloned().map(Some).collect())
            }
            Normaliser::Interval => self.interval(by, &blocks)?,
            Normaliser::EfficacyLevels => {
                let names = ["poor", "low", "average", "good", "excellent"];
                let curve = self.curve(&names, [1, 2, 3, 4, 5].map(|n| Exact::ratio(n, 5)), false, Some(Exact::zero()), &blocks)?;
                self.curve_against_direction(curve)?
            }
            Normaliser::Colours => {
                let curve = self.curve(&["worst", "red", "green", "best"], [0, 1, 2, 3].map(Exact::from), false, None, &blocks)?;
                self.curve_against_direction(curve)?
            }
            Normaliser::Points => {
                let Some(by) = by else { return Ok(Norm::as_is()) };
                let names: Vec<&str> = by.points.keys().map(String::as_str).collect();
                let scores: Vec<Exact> = by.points.values().map(|score| Exact::from(score.get())).collect();
                let below = by.below.map(|below| Exact::from(below.get()));
                self.curve(&names, scores, by.through == Some(Between::Step), below, &blocks)?
            }
            Normaliser::Rank | Normaliser::Borda | Normaliser::Percentile => {
                let block = if blocks.len() == 1 { self.column.values.len() } else { self.frame.areas.len() };
                let score = |(place, count): (f64, usize)| match word {
                    Normaliser::Rank => place + 1.0,
                    Normaliser::Percentile if count > 1 => place / (count - 1) as f64,
                    Normaliser::Percentile => f64::NAN,
                    _ => place,
                };
                Rule::Places(places(&self.column.values, block, increase).into_iter().map(score).collect())
            }
            Normaliser::Growth => {
                let periods = &self.frame.periods;
                let next = |index: usize| {
                    let pair = index.checked_sub(1).and_then(|before| periods[before].zip(periods[index]));
                    pair.is_some_and(|(before, now)| before.last_day() + 1 == now.first_day())
                };
                Rule::Growth { areas: self.frame.areas.len(), follows: (0..periods.len()).map(next).collect() }
            }
        };
        Ok(Norm { rule, clamp: is(by.and_then(|by| by.clamp)), to, increase })
    }

    /// Whether every value of some rows is at the target or beyond.
    fn is_behind(&self, target: &[Exact], blocks: &[Range<usize>], rows: &Range<usize>, increase: bool) -> bool {
        let ends = self.extremes(rows.clone(), increase).zip(at(target, blocks, rows));
        ends.is_some_and(|((worst, _), target)| if increase { worst >= target } else { worst <= target })
    }

    fn behind(&mut self) {
        let id = shorten(self.id);
        self.warnings.push(
            Finding::new(
                Code::TargetBehind,
                msg!("every value of `{id}` is at its target or beyond: it is not scored", "`{id}`的值全部达到或超过目标,不计分"),
            )
            .at(self.path)
            .help(msg!("check the target and the direction, or normalise by `goalposts`", "请核对目标和方向,或改用`goalposts`")),
        );
    }

    fn no_direction(&self, word: Normaliser) -> Finding {
        let id = shorten(self.id);
        self.error(
            Code::DirectionMissing,
            msg!("`{word}` needs to know which way `{id}` is better", "`{word}`须知道`{id}`以何为优"),
            msg!(
                "add `direction: increase` or `direction: decrease` under `indicators`; an interval has `by: interval`",
                "请在`indicators`下写`direction: increase`或`decrease`;区间指标用`by: interval`"
            ),
        )
    }

    /// The rows that extremes and means are taken over: all at once, or each period for itself.
    fn blocks(&self, word: Normaliser, by: Option<&NormaliseBy>) -> Result<Vec<Range<usize>>, Finding> {
        let (areas, periods) = (self.frame.areas.len(), self.frame.periods.len());
        let by_period = || (0..periods).map(|period| period * areas..(period + 1) * areas).collect();
        match by.and_then(|by| by.over) {
            _ if periods <= 1 => Ok(std::iter::once(0..areas).collect()),
            Some(Over::Panel) => Ok(std::iter::once(0..areas * periods).collect()),
            Some(Over::Period) => Ok(by_period()),
            None if is_relative(word) || self.uses_peers(word, by) => Err(self.error(
                Code::OverMissing,
                msg!(
                    "the data have {periods} periods, and `{word}` does not say what it is taken over",
                    "数据有{periods}期,`{word}`没有说明在何范围内计算"
                ),
                msg!(
                    "add `over: panel`, so that scores compare over time, or `over: period`",
                    "请写`over: panel`(得分跨期可比)或`over: period`"
                ),
            )),
            None => Ok(std::iter::once(0..areas * periods).collect()),
        }
    }

    fn uses_peers(&self, word: Normaliser, by: Option<&NormaliseBy>) -> bool {
        let named = by.into_iter().flat_map(|by| by.between.iter().map(|id| id.as_str()).chain(by.points.keys().map(String::as_str)));
        let own = default_marks(word).iter().copied().filter(|_| by.is_none_or(|by| by.between.is_empty()));
        named.chain(own).any(|name| matches!(self.declared.mark(name), Some(Mark::FromPeers(_))))
    }

    /// The worst and the best value of some rows.
    fn extremes(&self, rows: Range<usize>, increase: bool) -> Option<(Exact, Exact)> {
        let present = || rows.clone().filter(|row| !self.column.values[*row].is_nan());
        let value = |row: &usize| self.column.values[*row];
        let least = present().min_by(|a, b| value(a).total_cmp(&value(b)))?;
        let most = present().max_by(|a, b| value(a).total_cmp(&value(b)))?;
        let (worst, best) = if increase { (least, most) } else { (most, least) };
        Some((self.column.exact(worst)?, self.column.exact(best)?))
    }

    fn z_score(&mut self, rows: Range<usize>, increase: bool) -> Ends {
        let values: Vec<f64> = self.column.values[rows.clone()].iter().copied().filter(|x| !x.is_nan()).collect();
        if values.is_empty() {
            return Ends::none();
        }
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let sd = (values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0)).sqrt();
        let varies = values.iter().any(|x| *x != values[0]);
        if values.len() < 2 || !varies {
            self.constant(rows);
            return Ends::none();
        }
        Ends { zero: mean, one: if increase { mean + sd } else { mean - sd }, exact: None }
    }

    fn constant(&mut self, rows: Range<usize>) {
        let (id, areas) = (shorten(self.id), self.frame.areas.len().max(1));
        let period = self.frame.periods.get(rows.start / areas).copied().flatten().filter(|_| rows.len() <= areas);
        let (en, zh) = period.map_or_else(Default::default, |period| (format!(" in {period}"), format!("{period}年")));
        self.warnings.push(
            Finding::new(
                Code::ConstantColumn,
                msg!("every value of `{id}`{en} is the same: it is not scored", "`{id}`{zh}的值全部相同,不计分"),
            )
            .at(self.path)
            .help(msg!(
                "normalise it by marks that do not come from the data, or leave it out",
                "请用不来自数据的标志值标准化,或删去该指标"
            )),
        );
    }

    /// Ends for every block; equal ends scale nothing.
    fn between(
        &mut self,
        blocks: &[Range<usize>],
        log: bool,
        find: impl Fn(&Self, Range<usize>) -> Option<Result<(Exact, Exact), Finding>>,
    ) -> Result<Rule, Finding> {
        let mut ends = Vec::with_capacity(blocks.len());
        for rows in blocks {
            let found = find(self, rows.clone()).transpose()?;
            ends.push(match found {
                None => Ends::none(),
                Some((zero, one)) if zero == one => {
                    self.constant(rows.clone());
                    Ends::none()
                }
                Some((zero, one)) if log && !(zero.is_positive() && one.is_positive()) => {
                    let id = shorten(self.id);
                    return Err(self.error(
                        Code::NormaliserUnfit,
                        msg!("the logarithm of an anchor of `{id}` is not defined", "`{id}`的锚点无法取对数"),
                        msg!("anchors of a logarithm are above 0", "取对数的锚点须大于0"),
                    ));
                }
                Some((zero, one)) if log => Ends { zero: ln(zero.to_f64()), one: ln(one.to_f64()), exact: None },
                Some((zero, one)) => Ends::of(zero, one),
            });
        }
        Ok(Rule::Ends { ends, log })
    }

    /// The direction that is declared for the values themselves, where they run one way.
    fn own_direction(&self) -> Option<Direction> {
        let runs = |direction: &Direction| matches!(direction, Direction::Increase | Direction::Decrease);
        self.declared.direction().filter(|direction| !self.declared.rises && runs(direction))
    }

    /// A curve whose named marks fall where more is better, or rise where less is.
    fn curve_against_direction(&self, rule: Rule) -> Result<Rule, Finding> {
        let falls = matches!(&rule, Rule::Curve(curve) if curve.falling);
        match self.own_direction() {
            Some(direction) if falls != (direction == Direction::Decrease) => Err(self.reversed()),
            _ => Ok(rule),
        }
    }

    fn reversed(&self) -> Finding {
        let id = shorten(self.id);
        self.error(
            Code::MarksReversed,
            msg!("the marks of `{id}` run against its direction", "`{id}`的标志值与其方向相反"),
            msg!("correct the marks or the direction; `between` names the worse one first", "请改正标志值或方向;`between`先写较差者"),
        )
    }

    fn against_direction(&self, rule: &Rule, increase: bool) -> Result<(), Finding> {
        let Rule::Ends { ends, .. } = rule else { return Ok(()) };
        let wrong = |ends: &Ends| if increase { ends.one < ends.zero } else { ends.one > ends.zero };
        if ends.iter().any(wrong) {
            return Err(self.reversed());
        }
        Ok(())
    }

    /// The anchors: those named, or the marks that the normaliser is defined by. Each has a number
    /// for all rows, or one for each block.
    fn anchors(&self, by: Option<&NormaliseBy>, marks: &[&str], blocks: &[Range<usize>]) -> Result<Vec<Vec<Exact>>, Finding> {
        let named: Vec<&str> = by.map(|by| by.between.iter().map(|id| id.as_str()).collect()).unwrap_or_default();
        let names = if named.is_empty() { marks.to_vec() } else { named };
        names.iter().map(|name| self.anchor(name, blocks)).collect()
    }

    fn anchor(&self, name: &str, blocks: &[Range<usize>]) -> Result<Vec<Exact>, Finding> {
        if let Some(number) = anchor_number(name) {
            return Ok(vec![Exact::from(number)]);
        }
        let missing = || {
            let (id, name) = (shorten(self.id), shorten(name));
            self.error(
                Code::MarkMissing,
                msg!("`{id}` has no mark `{name}`", "`{id}`没有标志值`{name}`"),
                msg!("add it under `indicators`: `marks: {{ {name}: … }}`", "请在`indicators`下写`marks: {{ {name}: … }}`"),
            )
        };
        match self.declared.mark(name).ok_or_else(missing)? {
            Mark::Given(quantity) => {
                let value = quantity.value().map(Exact::from).ok_or_else(missing)?;
                let unfit = |own: &str, want: &str| {
                    let (id, name) = (shorten(self.id), shorten(name));
                    self.error(
                        Code::UnitUnfit,
                        msg!(
                            "the mark `{name}` of `{id}` in `{own}` does not convert to `{want}`",
                            "`{id}`的标志值`{name}`(`{own}`)不能换算为`{want}`"
                        ),
                        msg!("write every mark in the unit of the indicator", "请用指标的单位写各标志值"),
                    )
                };
                let want = self.declared.wanted(Normaliser::Goalposts, true);
                let factor = match (quantity.unit(), want.unit) {
                    (Some(own), Some(want)) => own.factor_to(want).ok_or_else(|| unfit(own.as_str(), want.as_str()))?,
                    (Some(own), None) if own.is_scale() => own.factor(),
                    // Beside marks with a unit, one without could be in any.
                    (None, Some(want)) if self.declared.unit().is_none() => return Err(unfit("1", want.as_str())),
                    _ => Exact::one(),
                };
                Ok(vec![value * factor])
            }
            Mark::FromPeers(rule) => blocks.iter().map(|rows| self.peers(rule, rows.clone()).ok_or_else(missing)).collect(),
        }
    }

    /// A mark that is read off the values of a group.
    fn peers(&self, mark: &PeerMark, rows: Range<usize>) -> Option<Exact> {
        let areas = self.frame.areas.len().max(1);
        let is_member = |row: &usize| match &mark.among {
            None => true,
            Some(group) => self.is_in(&self.frame.areas[row % areas], group.as_str()),
        };
        let members = rows.filter(|row| !self.column.values[*row].is_nan()).filter(is_member);
        let values: Option<Vec<Exact>> = members.map(|row| self.column.exact(row)).collect();
        mark.of(values?, self.declared.direction())
    }

    fn is_in(&self, area: &str, group: &str) -> bool {
        let plan = self.frame.plan.map(|plan| &plan.document().areas);
        let declared = |areas: &indexmap::IndexMap<String, Area>| {
            areas.get(area).is_some_and(|area| area.tier.iter().chain(&area.groups).any(|id| id.as_str() == group))
        };
        declared(&self.document.areas) || plan.is_some_and(|areas| declared(areas))
    }

    /// A curve through marks.
    fn curve(
        &self,
        names: &[&str],
        scores: impl IntoIterator<Item = Exact>,
        step: bool,
        below: Option<Exact>,
        blocks: &[Range<usize>],
    ) -> Result<Rule, Finding> {
        let points: Result<Vec<(Exact, Exact)>, Finding> = names
            .iter()
            .zip(scores)
            .map(|(name, score)| {
                let anchor = self.anchor(name, blocks)?;
                let [one] = anchor.as_slice() else {
                    return Err(self.error(
                        Code::NormaliserUnfit,
                        msg!("a mark of a curve is one number for all periods", "分段曲线的标志值须各期相同"),
                        msg!("add `over: panel`", "请写`over: panel`"),
                    ));
                };
                Ok((one.clone(), score))
            })
            .collect();
        match Curve::new(points?, step, below) {
            Some(curve) => Ok(Rule::Curve(curve)),
            None => {
                let (id, names) = (shorten(self.id), names.join("`, `"));
                Err(self.error(
                    Code::MarksReversed,
                    msg!("`{names}` of `{id}` neither rise nor fall throughout", "`{id}`的`{names}`既非递增也非递减"),
                    msg!("correct the marks; the worst stands first", "请改正标志值,最差者在前"),
                ))
            }
        }
    }

    fn interval(&self, by: Option<&NormaliseBy>, blocks: &[Range<usize>]) -> Result<Rule, Finding> {
        let anchors = self.anchors(by, &["floor", "low", "high", "ceiling"], blocks)?;
        let flat: Vec<Exact> = anchors.into_iter().filter_map(|anchor| anchor.into_iter().next()).collect();
        let reversed = || {
            let id = shorten(self.id);
            self.error(
                Code::MarksReversed,
                msg!("the interval of `{id}` is not ordered", "`{id}`的区间次序有误"),
                msg!("floor < low ≤ high < ceiling", "应有floor < low ≤ high < ceiling"),
            )
        };
        let [floor, low, high, ceiling] = flat.as_slice() else { return Err(reversed()) };
        if floor >= low || low > high || high >= ceiling {
            return Err(reversed());
        }
        let (below, above) = (low - floor, ceiling - high);
        let (below, above) = match by.and_then(|by| by.slope) {
            Some(Slope::Common) => (below.clone().max(above.clone()), below.max(above)),
            _ => (below, above),
        };
        let mut points =
            vec![(low - &below, Exact::zero()), (low.clone(), Exact::one()), (high.clone(), Exact::one()), (high + &above, Exact::zero())];
        points.dedup_by(|b, a| a.0 == b.0);
        Curve::new(points, false, None).map(Rule::Curve).ok_or_else(reversed)
    }
}

/// The number of an anchor in the block of some rows.
fn at(anchor: &[Exact], blocks: &[Range<usize>], rows: &Range<usize>) -> Option<Exact> {
    let block = blocks.iter().position(|block| block == rows)?;
    if anchor.len() == 1 { anchor.first().cloned() } else { anchor.get(block).cloned() }
}

fn needs_direction(word: Normaliser) -> bool {
    is_relative(word) || matches!(word, Normaliser::Ratio | Normaliser::Growth)
}

/// Whether values are compared with numbers of the scheme.
fn is_anchored(word: Normaliser) -> bool {
    matches!(
        word,
        Normaliser::DistanceToTarget
            | Normaliser::Goalposts
            | Normaliser::Ratio
            | Normaliser::Closed
            | Normaliser::Interval
            | Normaliser::Efficacy
            | Normaliser::EfficacyLevels
            | Normaliser::Colours
            | Normaliser::Points
    )
}

/// Whether scores depend on the other values.
fn is_relative(word: Normaliser) -> bool {
    matches!(
        word,
        Normaliser::MinMax
            | Normaliser::ZScore
            | Normaliser::DistanceToTarget
            | Normaliser::DistanceToBest
            | Normaliser::DistanceToReference
            | Normaliser::Rank
            | Normaliser::Borda
            | Normaliser::Percentile
            | Normaliser::ShareOfMax
    )
}

fn default_marks(word: Normaliser) -> &'static [&'static str] {
    match word {
        Normaliser::Goalposts => &["worst", "best"],
        Normaliser::DistanceToTarget | Normaliser::Ratio => &["target"],
        Normaliser::Closed => &["start", "target"],
        Normaliser::Efficacy => &["unacceptable", "satisfactory"],
        Normaliser::EfficacyLevels => &["poor", "low", "average", "good", "excellent"],
        Normaliser::Colours => &["worst", "red", "green", "best"],
        Normaliser::Interval => &["floor", "low", "high", "ceiling"],
        _ => &[],
    }
}
