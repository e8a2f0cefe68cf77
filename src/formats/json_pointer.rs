//! `json-pointer` and `relative-json-pointer`: where in a document a value is. Nothing is cleaned.
//!
//! | rule | here |
//! |---|---|
//! | `json-pointer`: RFC 6901, section 3 | [`is_pointer`] |
//! | `relative-json-pointer`: draft-handrews-relative-json-pointer-01, section 3 | [`is_relative`] |
//! | a pointer as the fragment of a URI (RFC 6901, section 6) is neither | [`near`] |

use super::{Cleaned, Format, Refusal, Settings, check};
use crate::{code, percent, unicode};

pub static ABSOLUTE: Format = Format { name: "json-pointer", clean: clean_absolute };
pub static RELATIVE: Format = Format { name: "relative-json-pointer", clean: clean_relative };

fn clean_absolute(text: &str, _: Settings) -> Result<Cleaned<'_>, Refusal> {
    check(text, is_pointer, &code::JSON_POINTER, "/accounts/0/name", near)
}

fn clean_relative(text: &str, _: Settings) -> Result<Cleaned<'_>, Refusal> {
    check(text, is_relative, &code::RELATIVE_JSON_POINTER, "1/name", near_relative)
}

fn is_pointer(text: &str) -> bool {
    (text.is_empty() || text.starts_with('/'))
        && text.split('~').skip(1).all(|after| after.starts_with(['0', '1']))
}

fn is_relative(text: &str) -> bool {
    let (levels, rest) = split_levels(text);
    let is_number = !levels.is_empty() && (levels == "0" || !levels.starts_with('0'));
    is_number && (rest == "#" || is_pointer(rest))
}

/// The digits at the start, and the rest.
fn split_levels(text: &str) -> (&str, &str) {
    let end = text.find(|char: char| !char.is_ascii_digit()).unwrap_or(text.len());
    text.split_at(end)
}

/// The pointer that a fragment holds, that lacks its first slash, or whose `~` is not escaped.
fn near(text: &str) -> Option<String> {
    if let Some(fragment) = text.strip_prefix('#') {
        return Some(escape(&percent::decode_utf8(fragment)?));
    }
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-/".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_plain) {
        return Some(format!("/{text}"));
    }
    Some(escape(text))
}

fn near_relative(text: &str) -> Option<String> {
    let (levels, rest) = split_levels(unicode::trim(text));
    let number = levels.trim_start_matches('0');
    let number = if number.is_empty() { levels.get(..1)? } else { number };
    Some(format!("{number}{}", escape(rest)))
}

/// The text with each `~` that escapes nothing written as `~0`.
fn escape(text: &str) -> String {
    let mut parts = text.split('~');
    let mut out = parts.next().unwrap_or("").to_owned();
    for part in parts {
        out.push_str(if part.starts_with(['0', '1']) { "~" } else { "~0" });
        out.push_str(part);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::table::{passes, refuses};
    use super::*;

    #[test]
    fn pointers_pass_as_they_are() {
        passes(&ABSOLUTE, &["", "/", "/accounts/0", "/a~1b/m~0n", "/ ", "/é/\0", "/%7e", "/a//b"]);
        passes(&RELATIVE, &["0", "0#", "1", "120/foo", "2/0/a~1b", "0//"]);
    }

    #[test]
    fn other_texts_are_refused_with_the_pointer_that_is_near() {
        refuses(
            &ABSOLUTE,
            &code::JSON_POINTER,
            &[
                ("#/a%20b", Some("/a b")),
                ("#", Some("")),
                ("accounts/0/name", Some("/accounts/0/name")),
                ("/a~", Some("/a~0")),
                ("/~2/~~1", Some("/~02/~0~1")),
                ("#a", None),
                ("#/%FF", None),
                ("$.accounts[0]", None),
                ("accounts.name", None),
                (" /a", None),
            ],
        );
        refuses(
            &RELATIVE,
            &code::RELATIVE_JSON_POINTER,
            &[
                ("01/a", Some("1/a")),
                ("00#", Some("0#")),
                ("1\n", Some("1")),
                ("0/a~", Some("0/a~0")),
                ("/a", None),
                ("-1/a", None),
                ("+1/a", None),
                ("0##", None),
                ("1#/a", None),
                ("0+1/a", None),
                ("١/a", None),
                ("", None),
            ],
        );
    }
}
