//! `regex`: ECMA-262, section 22.2.1, `Pattern` with the flag `u`, as the engine reads it that also
//! runs the keyword `pattern`. Nothing is cleaned.

use super::{Cleaned, Format, Refusal, Remark, Settings, check};
use crate::code;
use crate::pattern::Pattern;

pub static FORMAT: Format = Format { name: "regex", clean };

fn clean(text: &str, _: Settings) -> Result<Cleaned<'_>, Refusal> {
    if text.len() > Pattern::LONGEST {
        return Err(Remark::new(&code::TOO_COMPLEX).refuse());
    }
    check(text, Pattern::is_well_formed, &code::REGEX, "^[a-z]+$", near)
}

/// The expression without what other languages have: backslashes before characters that need none,
/// groups named `(?P<name>…)`.
fn near(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut in_class = false;
    let mut rest = text;
    while let Some(char) = rest.chars().next() {
        let mut length = char.len_utf8();
        if char == '\\' {
            let escaped = rest[1..].chars().next()?;
            length += escaped.len_utf8();
            if is_needless(escaped, in_class) {
                out.push(escaped);
            } else {
                out.push_str(&rest[..length]);
            }
        } else if let Some(name) = rest.strip_prefix("(?P<").filter(|_| !in_class) {
            out.push_str("(?<");
            length = rest.len() - name.len();
        } else if let Some(name) = rest.strip_prefix("(?P=").filter(|_| !in_class) {
            let name = name.split(')').next()?;
            out.push_str(&format!("\\k<{name}>"));
            length = "(?P=)".len() + name.len();
        } else {
            in_class = char == '[' || in_class && char != ']';
            out.push(char);
        }
        rest = rest.get(length..)?;
    }
    Some(out)
}

/// Whether a character stands for itself with and without a backslash, and may have none
/// (`IdentityEscape`, `ClassEscape`).
fn is_needless(char: char, in_class: bool) -> bool {
    let is_syntax = "^$\\.*+?()[]{}|/".contains(char) || in_class && char == '-';
    (char.is_ascii_punctuation() || char == ' ') && !is_syntax
}

#[cfg(test)]
mod tests {
    use super::super::table::{passes, refuses};
    use super::*;

    #[test]
    fn expressions_pass_as_they_are() {
        passes(
            &FORMAT,
            &[
                "",
                "^[a-z]+$",
                "(?<year>\\d{4})-\\k<year>",
                "(?<=a+)b",
                "[]|[^]",
                "\\cA\\/\\p{L}[\\-]",
                "😀",
            ],
        );
    }

    #[test]
    fn other_texts_are_refused_with_the_expression_that_is_near() {
        refuses(
            &FORMAT,
            &code::REGEX,
            &[
                ("(?P<a>x)(?P=a)", Some("(?<a>x)\\k<a>")),
                ("^[\\w\\-\\_]+\\@\\-$", Some("^[\\w\\-_]+@-$")),
                ("\\\\\\_[(?P<]", Some("\\\\_[(?P<]")),
                ("^(abc]", None),
                ("(?i)abc", None),
                ("(?#note)a", None),
                ("\\a", None),
                ("\\", None),
                ("\\é", None),
                ("a**", None),
                ("{", None),
                ("[z-a]", None),
                ("(?P=a", None),
            ],
        );
    }

    #[test]
    fn huge_expressions_are_not_compiled() {
        let refusal = |text: &str| clean(text, Settings::default()).unwrap_err().code;
        assert_eq!(refusal(&"a|".repeat(Pattern::LONGEST)), &code::TOO_COMPLEX);
        assert_eq!(refusal(&"(".repeat(Pattern::LONGEST)), &code::REGEX);
    }
}
