//! The errors of the library: a family per stage, each with every finding.

use crate::finding::{Code, Finding};

/// Why an operation could not be carried out.
///
/// Every variant holds all findings, never just the first, and at least one of them is an error.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The text is not well-formed.
    #[error("the text cannot be read: {}", summary(.0))]
    Parse(Vec<Finding>),
    /// The document is not a plan, or not a scheme.
    #[error("the document cannot be used: {}", summary(.0))]
    Plan(Vec<Finding>),
    /// The observations cannot be used.
    #[error("the observations cannot be used: {}", summary(.0))]
    Input(Vec<Finding>),
    /// The question cannot be answered as asked.
    #[error("the question cannot be answered: {}", summary(.0))]
    Assess(Vec<Finding>),
}

impl Error {
    /// Everything that was found.
    ///
    /// ```
    /// use attainment::{Format, Plan};
    /// let error = Plan::parse("{attainment: 1, id: care, indicators: {places: {name: Childcare places}}, targets: {staff: {indicator: educators, reach: 1200}}}", Format::Yaml).unwrap_err();
    /// let codes: Vec<_> = error.findings().iter().map(|finding| finding.code.as_str()).collect();
    /// assert!(codes.contains(&"direction_missing") && codes.contains(&"unknown_reference"));
    /// ```
    pub fn findings(&self) -> &[Finding] {
        match self {
            Self::Parse(findings) | Self::Plan(findings) | Self::Input(findings) | Self::Assess(findings) => findings,
        }
    }

    /// The code of the first finding that is an error.
    ///
    /// ```
    /// use attainment::{AssessOptions, Code, Format, Panel, Plan};
    /// let plan = Plan::parse("{attainment: 1, id: p, indicators: {debt: {name: Public debt, unit: percent, direction: decrease}}, targets: {debt: {indicator: debt, at_most: 60%, by: 2030}}}", Format::Yaml)?;
    /// let error = plan.assess(&Panel::default(), &AssessOptions::new()).unwrap_err();
    /// assert_eq!(error.code(), Some(Code::BadAsOf));
    /// # Ok::<(), attainment::Error>(())
    /// ```
    pub fn code(&self) -> Option<Code> {
        let findings = self.findings();
        findings.iter().find(|finding| finding.is_error()).or(findings.first()).map(|finding| finding.code)
    }
}

/// A word that an enum of words does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not known here")]
pub struct UnknownWord(String);

impl UnknownWord {
    pub(crate) fn new(word: &str) -> Self {
        Self(word.to_owned())
    }
}

fn summary(findings: &[Finding]) -> String {
    let lines: Vec<_> = findings.iter().take(10).map(|finding| format!("\n  {finding}")).collect();
    let rest = findings.len().saturating_sub(lines.len());
    let more = if rest > 0 { format!("\n  and {rest} more") } else { String::new() };
    let plural = if findings.len() == 1 { "" } else { "s" };
    format!("{} problem{plural}{}{more}", findings.len(), lines.concat())
}
