//! The seam between what all languages share and what one language is.
//!
//! Shared are the shadow of the text with its offsets ([`crate::shadow`]), words as data
//! ([`crate::lexicon`]), numbers ([`crate::number`]), the record ([`crate::draft`]) and what is done
//! when all is read: spans, ids, text ([`crate::finish`]). A language brings its data files and says
//! how a paragraph becomes items.

use crate::found::Found;
use crate::options::ExtractOptions;
use crate::shadow::{Block, Blocks, Lines};

/// A language.
pub(crate) trait Grammar: Lines + Sized {
    /// What is remembered from paragraph to paragraph: periods that still hold, headings, the last
    /// indicator.
    type Reader;

    /// A reader at the start of a document; it may look through the text for what the whole of it says.
    fn reader(text: &str, options: &ExtractOptions) -> Self::Reader;

    /// Reads one paragraph. Items are added with spans in code points and without their text.
    fn read(reader: &mut Self::Reader, block: &Block, found: &mut Found);

    /// Says what is left to say at the end of the document.
    fn finish(_reader: &mut Self::Reader, _found: &mut Found) {}

    /// Reads the document, paragraph by paragraph.
    fn document(&self, text: &str, options: &ExtractOptions) -> Found {
        let mut found = Found::default();
        let mut reader = Self::reader(text, options);
        let mut blocks = Blocks::new(text, self);
        while let Some(block) = blocks.next(&mut found.notes) {
            Self::read(&mut reader, &block, &mut found);
        }
        Self::finish(&mut reader, &mut found);
        found
    }
}
