//! Unicode by the crate's own tables: the only file that names `idna`, `icu_normalizer` and
//! `icu_properties`.

use std::borrow::Cow;

use icu_normalizer::ComposingNormalizerBorrowed;
use icu_normalizer::uts46::Uts46MapperBorrowed;
use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;
use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};

const UTS46: Uts46 = Uts46::new();

/// The name in ASCII (ToASCII of UTS #46, with the flags of `unicode`), or nothing where UTS #46 finds an
/// error. Lower-cases; borrows where nothing changes.
pub fn to_ascii(name: &str) -> Option<Cow<'_, str>> {
    UTS46.to_ascii(name.as_bytes(), AsciiDenyList::EMPTY, Hyphens::Allow, DnsLength::Ignore).ok()
}

/// The name in Unicode (ToUnicode of UTS #46, with the flags of `unicode`), for people to read.
pub fn to_unicode(name: &str) -> Cow<'_, str> {
    UTS46.to_unicode(name.as_bytes(), AsciiDenyList::EMPTY, Hyphens::Allow).0
}

/// Normalization Form C.
pub fn nfc(text: &str) -> Cow<'_, str> {
    ComposingNormalizerBorrowed::new_nfc().normalize(text)
}

/// Whether IDNA 2008 lets a character stand in a name whatever is around it: PVALID, derived as
/// RFC 5892, section 3, does it.
pub fn is_name_character(char: char) -> bool {
    use GeneralCategory as Category;
    super::is_exceptional(char).unwrap_or_else(|| {
        // Letters and digits (section 2.1) that are stable (section 2.2) and not ignorable
        // (section 2.3): those that UTS #46 maps to themselves.
        matches!(
            category(char),
            Category::LowercaseLetter
                | Category::UppercaseLetter
                | Category::OtherLetter
                | Category::DecimalNumber
                | Category::ModifierLetter
                | Category::NonspacingMark
                | Category::SpacingMark
        ) && Uts46MapperBorrowed::new().map_normalize([char].into_iter()).eq([char])
    })
}

/// Whether a character is a mark, which needs a character before it.
pub fn is_mark(char: char) -> bool {
    use GeneralCategory as Category;
    matches!(
        category(char),
        Category::NonspacingMark | Category::SpacingMark | Category::EnclosingMark
    )
}

fn category(char: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(char)
}
