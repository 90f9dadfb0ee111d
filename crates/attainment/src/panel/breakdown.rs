//! Dimensions of a table to the one label of a breakdown.

use std::collections::HashMap;

/// What is known of one dimension within one indicator.
#[derive(Debug, Default)]
struct Seen {
    first: Option<String>,
    varies: bool,
    /// The code that stands for the whole, and how plainly it says so; the smaller the plainer.
    whole: Option<(u8, String)>,
    /// The code that labels leave out, once that is settled.
    plain: Option<String>,
}

/// Which codes each dimension takes, indicator by indicator.
///
/// A label says everything in which rows differ and nothing else, so the rows have to be seen
/// before the first label is made.
#[derive(Debug)]
pub(super) struct Dimensions<'a> {
    names: Vec<&'a str>,
    /// How plainly a code of a dimension says that nothing is broken down by it.
    wholeness: fn(&str, &str) -> Option<u8>,
    seen: HashMap<String, Vec<Seen>>,
}

/// Codes that are left out of labels, by indicator and dimension. They are kept from batch to batch:
/// what one leaves out, another may not leave out of another code.
pub(super) type PlainCodes = HashMap<(String, String), Option<String>>;

/// One dimension that takes one code throughout, and is left out.
#[derive(Debug, PartialEq)]
pub(super) struct Constant {
    pub(super) dimension: usize,
    pub(super) code: String,
    pub(super) indicator: String,
    /// Of how many indicators it is true.
    pub(super) indicators: usize,
}

impl<'a> Dimensions<'a> {
    pub(super) fn new(names: Vec<&'a str>, wholeness: fn(&str, &str) -> Option<u8>) -> Self {
        Self { names, wholeness, seen: HashMap::new() }
    }

    /// Takes note of the codes of a row; where there is none the row says nothing of the dimension.
    pub(super) fn note<'b>(&mut self, indicator: &str, codes: impl Iterator<Item = Option<&'b str>>) {
        if !self.seen.contains_key(indicator) {
            self.seen.insert(indicator.to_owned(), Vec::new());
        }
        let Some(seen) = self.seen.get_mut(indicator) else { return };
        seen.resize_with(self.names.len(), Seen::default);
        for ((seen, name), code) in seen.iter_mut().zip(&self.names).zip(codes) {
            let Some(code) = code else { continue };
            match &seen.first {
                Some(first) if first == code => continue,
                Some(_) => seen.varies = true,
                None => seen.first = Some(code.to_owned()),
            }
            let Some(plainness) = (self.wholeness)(name, code) else { continue };
            if seen.whole.as_ref().is_none_or(|(known, _)| plainness < *known) {
                seen.whole = Some((plainness, code.to_owned()));
            }
        }
    }

    /// Decides which codes are left out; gives the dimensions that are left out whole although they
    /// say something.
    pub(super) fn settle(&mut self, plain: &mut PlainCodes) -> Vec<Constant> {
        let mut constants: Vec<Constant> = Vec::new();
        let mut indicators: Vec<(&String, &mut Vec<Seen>)> = self.seen.iter_mut().collect();
        indicators.sort_by_key(|(indicator, _)| *indicator);
        for (indicator, seen) in indicators {
            for (dimension, seen) in seen.iter_mut().enumerate() {
                let name = self.names[dimension];
                let Some(first) = &seen.first else { continue };
                let code = if seen.varies { seen.whole.as_ref().map(|(_, code)| code.clone()) } else { Some(first.clone()) };
                let known = plain.entry((indicator.clone(), name.to_owned())).or_insert(code);
                seen.plain.clone_from(known);
                if seen.varies || known.as_ref() != Some(first) || (self.wholeness)(name, first).is_some() {
                    continue;
                }
                match constants.iter_mut().find(|constant| constant.dimension == dimension && constant.code == *first) {
                    Some(constant) => constant.indicators += 1,
                    None => constants.push(Constant { dimension, code: first.clone(), indicator: indicator.clone(), indicators: 1 }),
                }
            }
        }
        constants.sort_by(|a, b| (a.dimension, &a.code).cmp(&(b.dimension, &b.code)));
        constants
    }

    /// The label of a row: `SEX=F;AGE=Y15T24`, or nothing for the whole.
    ///
    /// The dimension of a column that was named `breakdown` gives its code alone.
    pub(super) fn label<'b>(&self, indicator: &str, codes: impl Iterator<Item = Option<&'b str>>, named: Option<usize>) -> String {
        let mut parts: Vec<String> = Vec::new();
        let seen = self.seen.get(indicator);
        for (dimension, code) in codes.enumerate() {
            let Some(code) = code else { continue };
            let plain = seen.and_then(|seen| seen.get(dimension)).and_then(|seen| seen.plain.as_deref());
            if plain == Some(code) {
                continue;
            }
            // A `;` of a code must not look like the next dimension.
            let code = code.replace(';', ";;");
            if named == Some(dimension) {
                parts.insert(0, code);
            } else {
                parts.push(format!("{}={code}", self.names[dimension]));
            }
        }
        parts.join(";")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wholeness(_: &str, code: &str) -> Option<u8> {
        ["", "_T"].iter().position(|whole| *whole == code).map(|place| place as u8)
    }

    fn labels(rows: &[[&str; 2]], plain: &mut PlainCodes) -> (Vec<String>, Vec<(usize, String)>) {
        let mut dimensions = Dimensions::new(vec!["SEX", "AGE"], wholeness);
        rows.iter().for_each(|row| dimensions.note("a", row.iter().copied().map(Some)));
        let constants = dimensions.settle(plain).into_iter().map(|constant| (constant.dimension, constant.code)).collect();
        (rows.iter().map(|row| dimensions.label("a", row.iter().copied().map(Some), None)).collect(), constants)
    }

    #[test]
    fn a_label_says_everything_in_which_rows_differ() {
        let rows = [["_T", "Y15"], ["F", "Y15"], ["F", "Y65"], ["_T", "Y65"]];
        let (got, constants) = labels(&rows, &mut PlainCodes::new());
        assert_eq!(got, ["AGE=Y15", "SEX=F;AGE=Y15", "SEX=F;AGE=Y65", "AGE=Y65"]);
        assert_eq!(constants, []);
        let (got, constants) = labels(&[["F", "_T"], ["F", "Y65"]], &mut PlainCodes::new());
        assert_eq!((got, constants), (vec![String::new(), "AGE=Y65".into()], vec![(0, "F".to_owned())]));
    }

    #[test]
    fn what_one_batch_leaves_out_no_other_leaves_out_of_another_code() {
        let mut plain = PlainCodes::new();
        assert_eq!(labels(&[["F", "_T"]], &mut plain).0, [""]);
        assert_eq!(labels(&[["M", "_T"]], &mut plain), (vec!["SEX=M".to_owned()], vec![]));
        assert_eq!(labels(&[["F", "_T"], ["_T", "_T"]], &mut plain).0, ["", "SEX=_T"]);
    }
}
