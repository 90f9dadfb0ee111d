//! Units: what a number counts, and by which factor two ways of writing it differ.

use std::collections::BTreeMap;
use std::fmt;

use crate::number::Exact;
use crate::text::fold_width;

/// A unit of measurement, as written and as understood.
///
/// A unit is a factor on a product of things counted. `亿元` is 10⁸ of `元`, `件/万人` is 10⁻⁴ of
/// `件` per `人`, `percent` is 10⁻² of nothing. Two units convert when they count the same things:
/// `亿元` to `万元`, `件/万人` to `件/10万人`. Currencies never convert into one another, `件` is not
/// `家`, and a percentage point is not a percent.
///
/// ```
/// use attainment::Unit;
/// let unit = |text| Unit::parse(text).unwrap();
/// assert!(unit("亿元").converts_to(&unit("万元")));
/// assert!(!unit("件").converts_to(&unit("家")));
/// assert!(!unit("percent").converts_to(&unit("pp")));
/// ```
#[derive(Clone)]
pub struct Unit {
    text: String,
    factor: Exact,
    /// Things counted, with their powers.
    dimension: BTreeMap<String, i32>,
    /// Written as a percentage. `人/千人` is a share as well, and nobody calls it one.
    percent: bool,
    /// Nothing but a scale: 万, million. It counts whatever it is compared with.
    scale_only: bool,
}

/// Scales written in front of a unit, longest first.
const SCALES: &[(&str, i64)] = &[
    ("万亿", 1_000_000_000_000),
    ("千亿", 100_000_000_000),
    ("百亿", 10_000_000_000),
    ("亿", 100_000_000),
    ("千万", 10_000_000),
    ("百万", 1_000_000),
    ("万", 10_000),
    ("千", 1_000),
    ("百", 100),
    ("trillion", 1_000_000_000_000),
    ("billion", 1_000_000_000),
    ("million", 1_000_000),
    ("thousand", 1_000),
    ("hundred", 100),
];

/// How percentages are written.
const PERCENT: &[&str] = &["percent", "per cent", "%", "百分之", "permille", "‰"];

/// Words for one thing, with the name used here and a factor.
const NAMES: &[(&str, &str, i64, i64)] = &[
    ("percent", "", 1, 100),
    ("per cent", "", 1, 100),
    ("%", "", 1, 100),
    ("百分之", "", 1, 100),
    ("permille", "", 1, 1000),
    ("‰", "", 1, 1000),
    ("ratio", "", 1, 1),
    ("倍", "", 1, 1),
    ("times", "", 1, 1),
    ("pp", "percentage point", 1, 1),
    ("个百分点", "percentage point", 1, 1),
    ("百分点", "percentage point", 1, 1),
    ("percentage point", "percentage point", 1, 1),
    ("percentage points", "percentage point", 1, 1),
    ("元", "CNY", 1, 1),
    ("人民币", "CNY", 1, 1),
    ("yuan", "CNY", 1, 1),
    ("RMB", "CNY", 1, 1),
    ("CNY", "CNY", 1, 1),
    ("美元", "USD", 1, 1),
    ("dollars", "USD", 1, 1),
    ("USD", "USD", 1, 1),
    ("欧元", "EUR", 1, 1),
    ("EUR", "EUR", 1, 1),
    ("人", "person", 1, 1),
    ("名", "person", 1, 1),
    ("人口", "person", 1, 1),
    ("persons", "person", 1, 1),
    ("person", "person", 1, 1),
    ("people", "person", 1, 1),
    ("inhabitants", "person", 1, 1),
    ("t", "tonne", 1, 1),
    ("吨", "tonne", 1, 1),
    ("tonnes", "tonne", 1, 1),
    ("kt", "tonne", 1_000, 1),
    ("Mt", "tonne", 1_000_000, 1),
    ("Gt", "tonne", 1_000_000_000, 1),
    ("kg", "tonne", 1, 1_000),
    ("千克", "tonne", 1, 1_000),
    ("公斤", "tonne", 1, 1_000),
    ("吨标准煤", "tonne of coal equivalent", 1, 1),
    ("tce", "tonne of coal equivalent", 1, 1),
    ("Mtce", "tonne of coal equivalent", 1_000_000, 1),
    ("tCO2e", "tonne of CO2e", 1, 1),
    ("ktCO2e", "tonne of CO2e", 1_000, 1),
    ("MtCO2e", "tonne of CO2e", 1_000_000, 1),
    ("t CO2e", "tonne of CO2e", 1, 1),
    ("Mt CO2e", "tonne of CO2e", 1_000_000, 1),
    ("亩", "mu", 1, 1),
    ("公顷", "mu", 15, 1),
    ("hectares", "mu", 15, 1),
    ("ha", "mu", 15, 1),
    ("kWh", "kWh", 1, 1),
    ("千瓦时", "kWh", 1, 1),
    ("MWh", "kWh", 1_000, 1),
    ("GWh", "kWh", 1_000_000, 1),
    ("TWh", "kWh", 1_000_000_000, 1),
    ("kW", "kW", 1, 1),
    ("千瓦", "kW", 1, 1),
    ("MW", "kW", 1_000, 1),
    ("GW", "kW", 1_000_000, 1),
    ("年", "year", 1, 1),
    ("岁", "year", 1, 1),
    ("years", "year", 1, 1),
    ("year", "year", 1, 1),
];

impl Unit {
    /// Reads a unit; `None` for a text that cannot be one.
    ///
    /// Scales in front (`万`, `million`, `10万`), one division (`/`, `每`, ` per `) and the names in
    /// use for percent, percentage points, money, people, mass, energy and area are understood.
    /// Any other word counts itself.
    ///
    /// ```
    /// use attainment::Unit;
    /// assert_eq!(Unit::parse("件/万人").unwrap().as_str(), "件/万人");
    /// assert!(Unit::parse("").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let folded = fold_width(text);
        if folded.is_empty() || folded.chars().count() > 80 || folded.chars().any(char::is_control) {
            return None;
        }
        let (above, below) = match folded.split_once('/').or_else(|| folded.split_once(" per ")) {
            Some((above, below)) => (above.to_owned(), Some(below.to_owned())),
            None => match folded.strip_prefix('每').and_then(|rest| rest.split_once(' ')) {
                Some((below, above)) => (above.to_owned(), Some(below.to_owned())),
                None => (folded, None),
            },
        };
        let percent = below.is_none() && PERCENT.contains(&above.trim());
        let mut unit = Self { text: text.trim().to_owned(), factor: Exact::one(), dimension: BTreeMap::new(), percent, scale_only: false };
        unit.multiply(above.trim(), 1)?;
        if let Some(below) = below {
            unit.multiply(below.trim(), -1)?;
        }
        unit.dimension.retain(|_, power| *power != 0);
        unit.scale_only = SCALES.iter().any(|(word, _)| *word == unit.text);
        Some(unit)
    }

    /// Whether the text is a unit known by name.
    pub(crate) fn is_name(text: &str) -> bool {
        NAMES.iter().any(|(name, ..)| *name == text)
    }

    /// What one of this unit is of the things it counts.
    pub(crate) fn factor(&self) -> Exact {
        self.factor.clone()
    }

    /// Whether it is a bare scale, such as 万 or million, that counts nothing by itself.
    pub(crate) fn is_scale(&self) -> bool {
        self.scale_only
    }

    /// Percentage points, the unit of a change of a percentage.
    pub(crate) fn percentage_points() -> Self {
        Self {
            text: "pp".to_owned(),
            factor: Exact::one(),
            dimension: BTreeMap::from([("percentage point".to_owned(), 1)]),
            percent: false,
            scale_only: false,
        }
    }

    /// Percent.
    pub(crate) fn percent() -> Self {
        Self { text: "percent".to_owned(), factor: Exact::ratio(1, 100), dimension: BTreeMap::new(), percent: true, scale_only: false }
    }

    fn multiply(&mut self, part: &str, power: i32) -> Option<()> {
        let (name, factor) = atom(part)?;
        self.factor = if power > 0 { &self.factor * &factor } else { self.factor.checked_div(&factor)? };
        if !name.is_empty() {
            *self.dimension.entry(name).or_insert(0) += power;
        }
        Some(())
    }

    /// The unit of a quotient.
    pub(crate) fn over(&self, divisor: &Self) -> Option<Self> {
        let mut dimension = self.dimension.clone();
        for (name, power) in &divisor.dimension {
            *dimension.entry(name.clone()).or_insert(0) -= power;
        }
        dimension.retain(|_, power| *power != 0);
        let factor = self.factor.checked_div(&divisor.factor)?;
        Some(Self { text: format!("{}/{}", self.text, divisor.text), factor, dimension, percent: false, scale_only: false })
    }

    /// Whether numbers in this unit can be written in the other.
    ///
    /// ```
    /// use attainment::Unit;
    /// let unit = |text| Unit::parse(text).unwrap();
    /// assert!(unit("件/万人").converts_to(&unit("件/10万人")));
    /// assert!(!unit("USD").converts_to(&unit("EUR")));
    /// ```
    pub fn converts_to(&self, other: &Self) -> bool {
        if self.scale_only { other.scale_only || other.is_count() } else { self.dimension == other.dimension }
    }

    /// Whether the unit counts one kind of thing, without a denominator.
    fn is_count(&self) -> bool {
        !self.is_percentage_points() && !self.dimension.is_empty() && self.dimension.values().all(|power| *power > 0)
    }

    /// Whether it counts or measures an amount: numbers of persons or of money add up over areas,
    /// percentages, quotients and pure numbers do not.
    pub(crate) fn is_amount(&self) -> bool {
        self.scale_only || self.is_count()
    }

    /// What a number in this unit is multiplied with to be in the other; `None` where the units
    /// count different things.
    pub(crate) fn factor_to(&self, other: &Self) -> Option<Exact> {
        self.converts_to(other).then(|| &self.factor / &other.factor)
    }

    /// Whether this is a share written in percent (or per mille).
    ///
    /// ```
    /// use attainment::Unit;
    /// assert!(Unit::parse("%").unwrap().is_percent());
    /// assert!(!Unit::parse("人/千人").unwrap().is_percent());
    /// ```
    pub fn is_percent(&self) -> bool {
        self.percent
    }

    /// Whether this is percentage points.
    ///
    /// ```
    /// use attainment::Unit;
    /// assert!(Unit::parse("个百分点").unwrap().is_percentage_points());
    /// assert!(!Unit::parse("percent").unwrap().is_percentage_points());
    /// ```
    pub fn is_percentage_points(&self) -> bool {
        self.dimension.len() == 1 && self.dimension.contains_key("percentage point")
    }

    /// The unit as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// One factor of a unit: a leading number, scale words and a name.
fn atom(part: &str) -> Option<(String, Exact)> {
    let mut factor = Exact::one();
    let digits = part.find(|c: char| !c.is_ascii_digit()).unwrap_or(part.len());
    let mut rest = part;
    if digits > 0 {
        factor = Exact::from(part[..digits].parse::<i64>().ok().filter(|n| *n > 0)?);
        rest = part[digits..].trim_start();
    }
    loop {
        if let Some((_, name, num, den)) = NAMES.iter().find(|(word, ..)| *word == rest) {
            return Some(((*name).to_owned(), factor * Exact::ratio(*num, *den)));
        }
        let scale = SCALES.iter().find_map(|(word, size)| {
            let after = rest.strip_prefix(word)?;
            // `万人` has a scale; `thousandths` has none.
            let ends = !word.is_ascii() || after.is_empty() || after.starts_with(' ');
            ends.then(|| (*size, after.trim_start()))
        });
        match scale {
            Some((size, after)) => {
                factor = factor * Exact::from(size);
                rest = after;
            }
            None => break,
        }
    }
    let counter = rest.strip_prefix('个').filter(|noun| !noun.is_empty()).unwrap_or(rest);
    Some((counter.to_owned(), factor))
}

impl PartialEq for Unit {
    fn eq(&self, other: &Self) -> bool {
        self.dimension == other.dimension && self.factor == other.factor
    }
}

impl Eq for Unit {}

impl fmt::Debug for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unit({})", self.text)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn factor(from: &str, to: &str) -> Option<Exact> {
        Unit::parse(from)?.factor_to(&Unit::parse(to)?)
    }

    #[test]
    fn conversions() {
        assert_eq!(factor("亿元", "万元"), Some(Exact::from(10_000)));
        assert_eq!(factor("万元", "元"), Some(Exact::from(10_000)));
        assert_eq!(factor("件/万人", "件/10万人"), Some(Exact::from(10)));
        assert_eq!(factor("Mt", "t"), Some(Exact::from(1_000_000)));
        assert_eq!(factor("million persons", "万人"), Some(Exact::from(100)));
        assert_eq!(factor("‰", "percent"), Some(Exact::ratio(1, 10)));
        assert_eq!(factor("家", "家"), Some(Exact::one()));
        assert_eq!(factor("billion EUR", "million EUR"), Some(Exact::from(1000)));
    }

    #[test]
    fn what_does_not_convert() {
        assert_eq!(factor("万", "人"), Some(Exact::from(10_000)));
        assert_eq!(factor("亿", "亿元"), Some(Exact::one()));
        for (from, to) in [
            ("万", "percent"),
            ("万", "件/万人"),
            ("件", "家"),
            ("percent", "pp"),
            ("亿元", "亿美元"),
            ("家", "percent"),
            ("件/万人", "件"),
            ("tCO2e", "t"),
        ] {
            assert_eq!(factor(from, to), None, "{from} {to}");
        }
        assert!(Unit::parse("").is_none());
    }

    #[test]
    fn percent_and_points() {
        assert!(Unit::parse("％").is_some_and(|u| u.is_percent()));
        assert!(Unit::parse("个百分点").is_some_and(|u| u.is_percentage_points()));
        assert!(!Unit::parse("家").is_some_and(|u| u.is_percent()));
    }
}
