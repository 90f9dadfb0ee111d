//! What a caller can say about a text.

use attainment::Lang;

/// What is known about a text beside the text.
///
/// Nothing is taken from a clock: 今年 is resolved through the reference year, a year in the title,
/// or the year of publication that the text states, and stays relative without one.
///
/// ```
/// use attainment_text::{ExtractOptions, extract};
/// let text = "今年新建充电桩500个。";
/// let relative = extract(text, &ExtractOptions::new());
/// assert_eq!(relative.to_records()[0]["period"]["relative"], "今年");
/// let resolved = extract(text, &ExtractOptions::new().reference_year(2026));
/// assert_eq!(resolved.to_records()[0]["period"]["in"], 2026);
/// ```
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ExtractOptions {
    /// The year that 今年 means.
    pub reference_year: Option<i32>,
    /// The title of the document, where the text does not begin with it.
    pub title: Option<String>,
    /// The language of the text; told from its letters where it is not given.
    pub lang: Option<Lang>,
}

impl ExtractOptions {
    /// Nothing is known.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same with the year that 今年 means.
    #[must_use]
    pub fn reference_year(mut self, year: i32) -> Self {
        self.reference_year = Some(year);
        self
    }

    /// The same with the title of the document.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// The same with the language of the text.
    #[must_use]
    pub fn lang(mut self, lang: Lang) -> Self {
        self.lang = Some(lang);
        self
    }
}
