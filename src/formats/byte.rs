//! `byte`: base64, as OpenAPI 3.0 names it (OpenAPI 3.0.3, section 4.4), with the alphabet and the
//! padding of RFC 4648, section 4. It asserts and cleans nothing.

use super::{Cleaned, Format, Refusal, Remark, Settings};
use crate::code::Code;

pub static FORMAT: Format = Format { name: "byte", clean };

pub static BYTE: Code =
    Code::new("byte", "`{found}` is not base64; give text such as `cHJld2FzaA==`");

fn clean(text: &str, _: Settings) -> Result<Cleaned<'_>, Refusal> {
    if is_base64(text) { Ok(Cleaned::plain(text)) } else { Err(Remark::new(&BYTE).refuse()) }
}

fn is_base64(text: &str) -> bool {
    let digits = text.strip_suffix("==").or_else(|| text.strip_suffix('=')).unwrap_or(text);
    let is_digit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    text.len().is_multiple_of(4) && digits.bytes().all(is_digit)
}

#[cfg(test)]
mod tests {
    use super::{FORMAT, is_base64};
    use crate::formats::table::passes;

    #[test]
    fn base64_is_told_from_other_texts() {
        passes(&FORMAT, &["", "cHJl", "cHJld2E=", "cHJld2FzaA==", "+/+/"]);
        for text in ["c", "cHJ", "cHJl=", "====", "cH=l", "cH J", "cHJ_", "cHJlé"] {
            assert!(!is_base64(text), "{text}");
        }
    }
}
