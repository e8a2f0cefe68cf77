//! `uri-template`: RFC 6570, section 2, of any level. Nothing is cleaned.
//!
//! | rule | here |
//! |---|---|
//! | literals (section 2.1, with the apostrophe that erratum 6937 gives back) | [`is_literal`] |
//! | expressions and operators, also those kept for extensions (section 2.2) | [`is_expression`] |
//! | variables (section 2.3), prefixes and explosion (section 2.4) | [`is_variable`] |

use super::{Cleaned, Format, Refusal, Settings, check};
use crate::search::replace;
use crate::{code, unicode};

pub static FORMAT: Format = Format { name: "uri-template", clean };

fn clean(text: &str, _: Settings) -> Result<Cleaned<'_>, Refusal> {
    check(text, is_template, &code::URI_TEMPLATE, "/accounts/{id}{?fields}", near)
}

fn is_template(text: &str) -> bool {
    let mut rest = text;
    while let Some(char) = rest.chars().next() {
        let length = match char {
            '{' => match rest.find('}') {
                Some(end) if is_expression(&rest[1..end]) => end + 1,
                _ => return false,
            },
            '%' if is_encoded(rest.as_bytes()) => 3,
            _ if is_literal(char) => char.len_utf8(),
            _ => return false,
        };
        rest = &rest[length..];
    }
    true
}

/// Whether a character may stand outside of expressions; `ucschar` and `iprivate` are those of
/// RFC 3987, section 2.2.
fn is_literal(char: char) -> bool {
    match char {
        '\0'..=' ' | '"' | '%' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => false,
        '!'..='~' => true,
        '\u{7f}'..='\u{9f}' | '\u{fdd0}'..='\u{fdef}' | '\u{fff0}'..='\u{ffff}' => false,
        '\u{e0000}'..='\u{e0fff}' => false,
        // The last two of each plane are no characters.
        _ => char as u32 & 0xfffe != 0xfffe,
    }
}

/// Whether a text is what braces may hold.
fn is_expression(text: &str) -> bool {
    let operators = ['+', '#', '.', '/', ';', '?', '&', '=', ',', '!', '@', '|'];
    text.strip_prefix(operators).unwrap_or(text).split(',').all(is_variable)
}

/// Whether a text is a variable, perhaps with a modifier.
fn is_variable(text: &str) -> bool {
    if let Some((name, length)) = text.split_once(':') {
        let is_length = (1..=4).contains(&length.len())
            && !length.starts_with('0')
            && length.bytes().all(|byte| byte.is_ascii_digit());
        return is_length && is_name(name);
    }
    is_name(text.strip_suffix('*').unwrap_or(text))
}

/// Whether a text is the name of a variable: no dot at its ends, nor two in a row.
fn is_name(text: &str) -> bool {
    text.split('.').all(|part| {
        let mut rest = part.as_bytes();
        while let Some(byte) = rest.first() {
            let length = match byte {
                b'%' if is_encoded(rest) => 3,
                b'_' => 1,
                _ if byte.is_ascii_alphanumeric() => 1,
                _ => return false,
            };
            rest = &rest[length..];
        }
        !part.is_empty()
    })
}

/// Whether a text starts with a character in percent-encoding.
fn is_encoded(text: &[u8]) -> bool {
    matches!(text, [b'%', high, low, ..] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit())
}

/// The template that another language of templates spells `{{ id }}`, or with spaces.
fn near(text: &str) -> Option<String> {
    let text = replace(&replace(unicode::trim(text), "{{", "{"), "}}", "}");
    let mut is_inside = false;
    let without_spaces = text.chars().filter(|char| {
        is_inside = *char == '{' || is_inside && *char != '}';
        !(is_inside && *char == ' ')
    });
    Some(without_spaces.collect())
}

#[cfg(test)]
mod tests {
    use super::super::table::{passes, refuses};
    use super::*;

    #[test]
    fn templates_pass_as_they_are() {
        passes(
            &FORMAT,
            &[
                "",
                "https://acme.com/accounts",
                "/accounts/{id}{?fields,page}",
                "{+path}/here{#section*}",
                "{.a.b_1,%41:3}",
                "{v:9999}",
                "{=reserved}",
                "$it's=[é\u{e000}😀]%41",
            ],
        );
    }

    #[test]
    fn other_texts_are_refused_with_the_template_that_is_near() {
        refuses(
            &FORMAT,
            &code::URI_TEMPLATE,
            &[
                ("/accounts/{{id}}", Some("/accounts/{id}")),
                ("/accounts/{ id, name }", Some("/accounts/{id,name}")),
                (" /accounts ", Some("/accounts")),
                ("/accounts/{id", None),
                ("/accounts/id}", None),
                ("/accounts/{{id}", Some("/accounts/{id}")),
                ("/accounts/{account-id}", None),
                ("{}", None),
                ("{?}", None),
                ("{a,,b}", None),
                ("{a,}", None),
                ("{a..b}", None),
                ("{.}", None),
                ("{a.}", None),
                ("{v:0}", None),
                ("{v:01}", None),
                ("{v:10000}", None),
                ("{v:1*}", None),
                ("{a=b}", None),
                ("{é}", None),
                ("{%4}", None),
                ("a b", None),
                ("a%zz", None),
                ("a\\b", None),
                ("a\u{7f}", None),
                ("a\u{85}b", None),
                ("a\u{fdd0}", None),
                ("a\u{1fffe}", None),
                ("a\u{e0001}", None),
            ],
        );
    }
}
