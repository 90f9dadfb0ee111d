//! Names and messages in more than one language.

use std::fmt;

use serde::Serialize;

/// A language that messages and explanations are written in.
///
/// ```
/// use attainment::Lang;
/// assert_eq!(Lang::default(), Lang::En);
/// assert_eq!(Lang::Zh.as_str(), "zh");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Chinese.
    Zh,
}

impl Lang {
    /// The language tag: `en` or `zh`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh",
        }
    }

    /// Reads a language tag; `zh-CN` is Chinese.
    ///
    /// ```
    /// # use attainment::Lang;
    /// assert_eq!(Lang::from_tag("zh-CN"), Some(Lang::Zh));
    /// assert_eq!(Lang::from_tag("fr"), None);
    /// ```
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.split(['-', '_']).next()?.to_ascii_lowercase().as_str() {
            "en" => Some(Self::En),
            "zh" => Some(Self::Zh),
            _ => None,
        }
    }
}

/// The same sentence in English and Chinese.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Message {
    /// English.
    pub en: String,
    /// Chinese.
    pub zh: String,
}

impl Message {
    /// The sentence in one language.
    ///
    /// ```
    /// use attainment::{Lang, Reason};
    /// let message = Reason::BoundMasked.message();
    /// assert_eq!(message.get(Lang::En), message.to_string());
    /// assert_ne!(message.get(Lang::Zh), message.get(Lang::En));
    /// ```
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
    }
}

/// Writes a [`Message`] from an English and a Chinese format string over the same arguments.
macro_rules! msg {
    ($en:literal, $zh:literal $(, $arg:expr)* $(,)?) => {
        $crate::text::Message { en: format!($en $(, $arg)*), zh: format!($zh $(, $arg)*) }
    };
}
pub(crate) use msg;

/// One of two wordings, where no sentence is made.
pub(crate) fn say<'t>(lang: Lang, en: &'t str, zh: &'t str) -> &'t str {
    match lang {
        Lang::En => en,
        Lang::Zh => zh,
    }
}

/// Cuts input for a message: long input is shortened, so that a finding stays a line.
pub(crate) fn shorten(input: &str) -> String {
    const LIMIT: usize = 60;
    let clean: String = input.chars().take(LIMIT).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if input.chars().nth(LIMIT).is_some() { format!("{clean}…") } else { clean }
}

/// Folds full-width digits, letters and signs to their ASCII forms and trims white space.
///
/// `２０２２` becomes `2022`, `％` becomes `%`, `　` is a space; everything else stays.
pub(crate) fn fold_width(text: &str) -> String {
    text.trim()
        .chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            '\u{3000}' | '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
            '\u{2212}' | '\u{2010}' | '\u{2011}' => '-',
            _ => c,
        })
        .collect::<String>()
        .trim()
        .to_owned()
}

/// Text that Markdown does not read as markup.
pub(crate) fn escape_markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '&' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Text that stays on its line and in its direction: a name may hold line ends, control characters
/// and marks that turn the text around it.
pub(crate) fn one_line(text: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    text.chars().filter(|c| !turns(*c)).map(|c| if breaks(c) { ' ' } else { c }).collect()
}

/// Text that is safe inside HTML.
pub(crate) fn escape_html(text: &str) -> String {
    one_line(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
