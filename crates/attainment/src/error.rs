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
    /// The document is not a plan.
    #[error("the document is not a plan: {}", summary(.0))]
    Plan(Vec<Finding>),
    /// The observations cannot be used.
    #[error("the observations cannot be used: {}", summary(.0))]
    Input(Vec<Finding>),
    /// The question cannot be answered as asked.
    #[error("the plan cannot be assessed: {}", summary(.0))]
    Assess(Vec<Finding>),
}

impl Error {
    /// Everything that was found.
    pub fn findings(&self) -> &[Finding] {
        match self {
            Self::Parse(findings) | Self::Plan(findings) | Self::Input(findings) | Self::Assess(findings) => findings,
        }
    }

    /// The code of the first finding that is an error.
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
