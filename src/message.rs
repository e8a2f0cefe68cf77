//! Messages: a code's template and an issue's parameters to an English sentence.
//!
//! What is quoted is shortened, and characters that could disturb a log or a terminal (control,
//! bidirectional and invisible ones) are written as escapes.

use std::fmt::Write;

use wide::u8x16;

use crate::issue::{Param, Params};

/// The longest quotation, in characters.
const LONGEST: usize = 60;
/// The longest list, in items.
const MOST: usize = 12;

/// Fills a template. `{name}` is a parameter, `{name|or}` and `{name|and}` join a list with each
/// item in backticks, `{name|a}` tells names of types (`a string`, `an array or null`), `{name|item}`
/// tells a count of something (`1 item`, `2 items`), and `[…]` is left out unless all its parameters
/// are there. A text of no characters is told as `""`.
pub fn render(template: &str, params: &Params) -> String {
    let mut out = String::with_capacity(template.len() + 64);
    render_into(
        template,
        &|name| params.iter().find(|(param, _)| *param == name).map(|(_, param)| param),
        &mut out,
    );
    out
}

/// The same, appended, with the parameters by name.
pub fn render_into<'p>(
    template: &str,
    param: &dyn Fn(&str) -> Option<&'p Param>,
    out: &mut String,
) {
    // How much of the template is written, and where in the output the part began that may be left
    // out, with whether all its parameters are there.
    let mut written = 0;
    let mut optional = (0, true);
    let bytes = template.as_bytes();
    while let Some(at) = next_bracket(bytes, written) {
        let byte = bytes[at];
        let text = &template[written..at];
        written = at + 1;
        if byte != b'}' {
            out.push_str(text);
        }
        match byte {
            b'[' => optional = (out.len(), true),
            b']' if !optional.1 => out.truncate(optional.0),
            b'}' => {
                let bar = text.bytes().position(|byte| byte == b'|');
                let (name, manner) = bar.map_or((text, ""), |bar| (&text[..bar], &text[bar + 1..]));
                match param(name) {
                    Some(param) => show(param, manner, out),
                    None => optional.1 = false,
                }
            }
            _ => {}
        }
    }
    out.push_str(&template[written..]);
}

/// The next place of one of `[]{}`.
fn next_bracket(bytes: &[u8], mut at: usize) -> Option<usize> {
    // A bracket and its brace differ in one bit.
    const BIT: u8 = b'{' ^ b'[';
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<16>()) {
        let chunk = u8x16::from(*chunk) | u8x16::splat(BIT);
        let found = chunk.simd_eq(u8x16::splat(b'{')) | chunk.simd_eq(u8x16::splat(b'}'));
        match found.to_bitmask() {
            0 => at += 16,
            found => return Some(at + found.trailing_zeros() as usize),
        }
    }
    let rest = bytes[at..].iter().position(|byte| matches!(byte | BIT, b'{' | b'}'));
    rest.map(|rest| at + rest)
}

fn show(param: &Param, manner: &str, out: &mut String) {
    match param {
        Param::Text(name) if manner == "a" => with_article(name, out),
        Param::Name(name) if manner == "a" => with_article(name, out),
        Param::Prose(text) => out.push_str(text),
        Param::Name(name) => quote_into(name, out),
        Param::Text(text) | Param::Json(text) => quote_into(text, out),
        Param::Count(count) => {
            let _ = write!(out, "{count}");
            if !manner.is_empty() {
                let plural = if *count == 1 { "" } else { "s" };
                let _ = write!(out, " {manner}{plural}");
            }
        }
        Param::List(items) => {
            let shown = items.len().min(MOST);
            let joint = if manner == "and" { "and" } else { "or" };
            for (at, item) in items[..shown].iter().enumerate() {
                match at {
                    0 => {}
                    _ if at + 1 == items.len() => {
                        let _ = write!(out, " {joint} ");
                    }
                    _ => out.push_str(", "),
                }
                if manner == "a" {
                    with_article(item, out);
                } else {
                    out.push('`');
                    quote_into(item, out);
                    out.push('`');
                }
            }
            if shown < items.len() {
                let _ = write!(out, " … ({} in all)", items.len());
            }
        }
    }
}

/// Appends a text as it is quoted: shortened, and told where there is nothing of it to see.
fn quote_into(text: &str, out: &mut String) {
    match text.len() {
        0 => out.push_str("\"\""),
        1..=LONGEST if is_printable(text) => out.push_str(text),
        _ => out.push_str(&shorten(text)),
    }
}

/// Appends the name of a type as people say it.
fn with_article(name: &str, out: &mut String) {
    out.push_str(match name.as_bytes().first() {
        _ if name == "null" => "",
        Some(b'a' | b'e' | b'i' | b'o' | b'u') => "an ",
        _ => "a ",
    });
    out.push_str(name);
}

/// Whether a text is of ASCII's visible characters and spaces alone. All bytes are looked at, many in
/// one step.
fn is_printable(text: &str) -> bool {
    text.bytes().fold(true, |is, byte| is & matches!(byte, b' '..=b'~'))
}

/// A text fit to be quoted: at most sixty characters, nothing in it that a terminal or a log would
/// obey or hide.
pub fn shorten(text: &str) -> String {
    shorten_to(text, LONGEST)
}

/// The same with another number of characters.
pub fn shorten_to(text: &str, longest: usize) -> String {
    if text.len() <= longest && is_printable(text) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len().min(longest + 3));
    let mut length = 0;
    for char in text.chars() {
        let start = out.len();
        if harmless(char) {
            out.push(char);
            length += 1;
        } else {
            let _ = write!(out, "\\u{{{:x}}}", char as u32);
            length += out.len() - start;
        }
        if length > longest {
            out.truncate(start);
            out.push('…');
            break;
        }
    }
    out
}

/// Whether a character can be shown as it is.
fn harmless(char: char) -> bool {
    char.is_ascii() && !char.is_ascii_control()
        || !(char.is_control()
            || matches!(char,
                '\u{a0}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}'
                | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{2000}'..='\u{200f}'
                | '\u{2028}'..='\u{202f}' | '\u{205f}'..='\u{206f}' | '\u{3000}' | '\u{3164}'
                | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
                | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
                | '\u{e0000}'..='\u{e0fff}'))
}

#[cfg(test)]
mod tests {
    use super::{render, shorten};
    use crate::issue::Param;

    #[test]
    fn templates_are_filled() {
        let params = vec![
            ("found", Param::Text("x".to_owned())),
            ("limit", Param::Count(3)),
            ("one", Param::Count(1)),
            ("nothing", Param::Text(String::new())),
            (
                "types",
                Param::List(vec!["array".to_owned(), "number".to_owned(), "null".to_owned()]),
            ),
            ("any_of", Param::List(vec!["a".to_owned(), "b".to_owned(), "c".to_owned()])),
        ];
        for (template, message) in [
            ("`{found}` is over {limit}", "`x` is over 3"),
            ("{any_of} is required", "`a`, `b` or `c` is required"),
            ("{any_of|and} clash", "`a`, `b` and `c` clash"),
            ("give {types|a}", "give an array, a number or null"),
            ("{limit|item} or {one|item}", "3 items or 1 item"),
            ("`{nothing}` is over {one}", "`\"\"` is over 1"),
            ("no[; did you mean `{suggestion}`]", "no"),
            ("no[; did you mean `{found}`] or so", "no; did you mean `x` or so"),
        ] {
            assert_eq!(render(template, &params), message);
        }
    }

    #[test]
    fn quotations_are_short_and_harmless() {
        assert_eq!(shorten("acme\u{202e}\u{1b}[31m\u{200b}"), "acme\\u{202e}\\u{1b}[31m\\u{200b}");
        assert_eq!(shorten(&"é".repeat(100)), format!("{}…", "é".repeat(60)));
        assert_eq!(shorten("👩‍👩‍👧"), "👩\\u{200d}👩\\u{200d}👧");
        let twice = shorten(&"\u{7}".repeat(100));
        assert_eq!(shorten(&twice), twice);
    }
}
