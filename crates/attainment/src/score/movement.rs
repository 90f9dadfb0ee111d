//! Movement against an earlier scorecard: class, rank and score as three kinds of 跃升.

use serde::Serialize;

use super::card::Scorecard;
use super::rules::Graded;
use crate::error::Error;
use crate::finding::{Code, Finding};
use crate::number::{Exact, nth_root};
use crate::period::Point;
use crate::text::msg;

/// How an area moved since an earlier scorecard.
///
/// The three are apart: a county may rise in score and fall in rank.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Movement {
    /// The area.
    pub area: String,
    /// Classes gained, or lost where it is negative; absent where one side has no grade.
    pub class: Option<i32>,
    /// Places gained, or lost where it is negative.
    pub rank: Option<f64>,
    /// Points gained, or lost where it is negative.
    pub score: Option<f64>,
    /// The grade before.
    pub grade_before: Option<String>,
    /// The grade now.
    pub grade: Option<String>,
    /// Whether the area is in one of the two scorecards only: `entered` or `left`.
    pub only: Option<&'static str>,
}

/// Mean growth a year of an area's scores.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Growth {
    /// The area.
    pub area: String,
    /// Of the total; 0.05 is 5 % a year.
    pub score: Option<f64>,
    /// Of each top pillar, by id.
    pub pillars: Vec<(String, Option<f64>)>,
}

impl Scorecard {
    /// How every area moved since an earlier scorecard by the same grades.
    ///
    /// Each scorecard is of one period; see [`Scorecard::at`]. Areas of only one of the two are listed
    /// without a movement.
    ///
    /// # Errors
    ///
    /// [`Error::Assess`] when a scorecard has several periods or the grades differ.
    ///
    /// ```
    /// use attainment::{Format, Scheme, WideTable, score};
    /// let scheme = Scheme::parse("
    /// attainment: 1
    /// id: counties
    /// normalise: as_is
    /// pillars: [points]
    /// grades: [{ grade: A, from: 80 }, { grade: B, from: 60 }, { grade: C }]
    /// ", Format::Yaml)?;
    /// let year = |a, b| score(&WideTable::from_floats(["a", "b"], [("points", vec![a, b])])?, &scheme);
    /// let movements = year(81.0, 62.0)?.movement(&year(79.0, 61.5)?)?;
    /// assert_eq!((movements[0].class, movements[0].rank, movements[0].score), (Some(1), Some(0.0), Some(2.0)));
    /// assert_eq!((movements[1].class, movements[1].score), (Some(0), Some(0.5)));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn movement(&self, earlier: &Self) -> Result<Vec<Movement>, Error> {
        let (now, before): (Vec<usize>, Vec<usize>) = (self.rows().collect(), earlier.rows().collect());
        let words = |card: &Self| card.scheme.document().grades.iter().map(|grade| grade.grade.clone()).collect::<Vec<_>>();
        let unfit = |message, help| Error::Assess(vec![Finding::new(Code::UnfitScorecards, message).help(help)]);
        if now.len() > self.engine.areas.len() || before.len() > earlier.engine.areas.len() {
            return Err(unfit(msg!("a scorecard has several periods", "评分卡含有多期"), msg!("pick one with `at`", "请用`at`选定一期")));
        }
        if words(self) != words(earlier) {
            return Err(unfit(
                msg!("the two scorecards have different grades", "两张评分卡的等级不同"),
                msg!("score both by one scheme", "请用同一计分办法"),
            ));
        }
        let areas = self.engine.areas.len().max(1);
        let earlier_areas = earlier.engine.areas.len().max(1);
        let number: std::collections::HashMap<&str, usize> =
            before.iter().map(|row| (earlier.engine.areas[row % earlier_areas].as_str(), *row)).collect();
        let class = |card: &Self, row: usize| match card.totals[row].graded {
            Some(Graded::At(place)) => Some(place as i32),
            Some(Graded::Below) => Some(card.scheme.document().grades.len() as i32),
            _ => None,
        };
        let grade = |card: &Self, row: usize| card.grade_word(row).map(str::to_owned);
        let rank = |card: &Self, row: usize| Some(card.totals[row].rank).filter(|rank| !rank.is_nan());
        let mut out: Vec<Movement> = Vec::with_capacity(now.len());
        for row in &now {
            let area = &self.engine.areas[row % areas];
            let Some(then) = number.get(area.as_str()).copied() else {
                out.push(alone(area, None, grade(self, *row), "entered"));
                continue;
            };
            let scored = !self.totals[*row].score.is_nan() && !earlier.totals[then].score.is_nan();
            out.push(Movement {
                area: area.clone(),
                class: class(self, *row).zip(class(earlier, then)).map(|(now, then)| then - now),
                rank: rank(self, *row).zip(rank(earlier, then)).map(|(now, then)| then - now),
                score: scored.then(|| self.difference(*row, earlier, then)),
                grade_before: grade(earlier, then),
                grade: grade(self, *row),
                only: None,
            });
        }
        for row in &before {
            let area = &earlier.engine.areas[row % earlier_areas];
            if !self.engine.areas.contains(area) {
                out.push(alone(area, grade(earlier, *row), None, "left"));
            }
        }
        Ok(out)
    }

    /// The mean growth a year of totals and top pillars between two periods, compounded:
    /// (later / earlier)^(1/years) − 1.
    ///
    /// A rate is absent where a number is missing or not positive.
    ///
    /// # Errors
    ///
    /// [`Error::Assess`] when the scorecard lacks one of the periods, or they are not in order.
    ///
    /// ```
    /// use attainment::{Columns, WideTable, score};
    /// let table = WideTable::from_csv("area,year,environment,input,output,effect\n中国,2015,100,100,100,100\n中国,2022,160.4,146.7,187.5,128.2\n", &Columns::new())?;
    /// let growth = score(&table, "nbs-innovation")?.annual_growth(2015, 2022)?;
    /// assert_eq!((growth[0].score.unwrap() * 10000.0).round(), 653.0); // 6.53 % a year
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn annual_growth(&self, earlier: impl Into<crate::Cell>, later: impl Into<crate::Cell>) -> Result<Vec<Growth>, Error> {
        let (first, last) = (self.at(earlier)?, self.at(later)?);
        let (from, to): (Vec<usize>, Vec<usize>) = (first.rows().collect(), last.rows().collect());
        let areas = self.engine.areas.len().max(1);
        let period = |rows: &[usize]| rows.first().and_then(|row| self.engine.periods[row / areas]);
        let years = period(&to).zip(period(&from)).map(|(to, from): (Point, Point)| to.years_since(from)).filter(Exact::is_positive);
        let Some(years) = years else {
            let message = msg!("the later period does not follow the earlier one", "后一期不在前一期之后");
            let help = msg!("swap the two periods", "请对调两期");
            return Err(Error::Assess(vec![Finding::new(Code::UnfitScorecards, message).help(help)]));
        };
        let rate = |before: f64, now: f64| {
            if !(before > 0.0 && now > 0.0) {
                return None;
            }
            let multiple = now / before;
            let root = match years.as_fraction() {
                Some((whole, 1)) if whole > 0 => nth_root(multiple, whole.unsigned_abs()),
                _ => libm::exp(libm::log(multiple) / years.to_f64()),
            };
            Some(root - 1.0)
        };
        let pillars = self.members(self.engine.nodes.len() - 1);
        let one = |(before, now): (&usize, &usize)| {
            let node = |pillar: &usize| &self.engine.nodes[*pillar];
            let of = |pillar: &usize| (node(pillar).id.clone(), rate(node(pillar).values[*before], node(pillar).values[*now]));
            Growth {
                area: self.engine.areas[now % areas].clone(),
                score: rate(self.totals[*before].score, self.totals[*now].score),
                pillars: pillars.iter().map(of).collect(),
            }
        };
        Ok(from.iter().zip(&to).map(one).collect())
    }
}

fn alone(area: &str, grade_before: Option<String>, grade: Option<String>, only: &'static str) -> Movement {
    Movement { area: area.to_owned(), class: None, rank: None, score: None, grade_before, grade, only: Some(only) }
}
