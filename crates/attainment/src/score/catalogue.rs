//! The ready-made schemes: documents, not code.

use crate::document::{Format, nearest_word};
use crate::finding::{Code, Finding};
use crate::plan::Scheme;
use crate::text::{Lang, msg, shorten};

/// Id, the name without its version, and the document.
const SCHEMES: &[(&str, &str, &str)] = &[
    ("undp-hdi-2014", "undp-hdi", include_str!("schemes/undp-hdi-2014.yaml")),
    ("sdsn-2025", "sdsn", include_str!("schemes/sdsn-2025.yaml")),
    ("sdsn-2025-colours", "sdsn-colours", include_str!("schemes/sdsn-2025-colours.yaml")),
    ("statcan-2025-rollup", "statcan-rollup", include_str!("schemes/statcan-2025-rollup.yaml")),
    ("destatis-2023-rollup", "destatis-rollup", include_str!("schemes/destatis-2023-rollup.yaml")),
    ("nbs-xiaokang-2008", "nbs-xiaokang", include_str!("schemes/nbs-xiaokang-2008.yaml")),
    ("nbs-innovation-2013", "nbs-innovation", include_str!("schemes/nbs-innovation-2013.yaml")),
    ("cn-county-energy-2008", "cn-county-energy", include_str!("schemes/cn-county-energy-2008.yaml")),
    ("hebei-county-sti-2019", "hebei-county-sti", include_str!("schemes/hebei-county-sti-2019.yaml")),
    ("google-okr-2015", "okr", include_str!("schemes/google-okr-2015.yaml")),
];

/// What there is to know about a ready-made scheme.
///
/// ```
/// let hdi = attainment::schemes().into_iter().find(|scheme| scheme.alias == "undp-hdi").unwrap();
/// assert_eq!(hdi.id, "undp-hdi-2014");
/// assert_eq!(hdi.verified, "reproduced 102 rows");
/// assert!(hdi.text.starts_with("attainment: 1"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct SchemeInfo {
    /// Name and version.
    pub id: &'static str,
    /// The name without the version: the current one.
    pub alias: &'static str,
    /// What it is called.
    pub title: String,
    /// Who published it.
    pub issuer: String,
    /// Where.
    pub source: String,
    /// How sure it is: `reproduced N rows`, `primary`, `secondary` or `own`.
    pub verified: String,
    /// The document, to read, change and pass to [`Scheme::parse`].
    pub text: &'static str,
}

/// The ready-made schemes, with their sources.
///
/// ```
/// let ids: Vec<_> = attainment::schemes().iter().map(|scheme| scheme.alias).collect();
/// assert!(ids.contains(&"undp-hdi") && ids.contains(&"nbs-innovation"));
/// ```
pub fn schemes() -> Vec<SchemeInfo> {
    let info = |(id, alias, text): &(&'static str, &'static str, &'static str)| {
        let scheme = Scheme::parse(text, Format::Yaml).ok()?;
        let document = scheme.document();
        let get = |text: &Option<crate::document::Text>| text.as_ref().map_or("", |text| text.get(Lang::En)).to_owned();
        Some(SchemeInfo {
            id,
            alias,
            title: get(&document.title),
            issuer: get(&document.issuer),
            source: get(&document.source),
            verified: get(&document.verified),
            text,
        })
    };
    SCHEMES.iter().filter_map(info).collect()
}

/// The scheme of an id or an alias.
pub(crate) fn find(id: &str) -> Result<Scheme, Finding> {
    let known = SCHEMES.iter().find(|(full, alias, _)| *full == id || *alias == id);
    if let Some(scheme) = known.and_then(|(_, _, text)| Scheme::parse(text, Format::Yaml).ok()) {
        return Ok(scheme);
    }
    let shown = shorten(id);
    let aliases: Vec<&str> = SCHEMES.iter().map(|(_, alias, _)| *alias).collect();
    let help = match nearest_word(id, &aliases) {
        Some(near) => msg!("did you mean `{near}`?", "是否为`{near}`?"),
        None => msg!("known schemes: {}", "可用的计分办法:{}", aliases.join(", ")),
    };
    Err(Finding::new(Code::UnknownScheme, msg!("there is no scheme `{shown}`", "没有计分办法`{shown}`")).help(help))
}
