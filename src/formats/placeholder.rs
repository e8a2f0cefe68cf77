//! Stand-ins for nothing: what people and spreadsheets write where they have no value.

/// The longest stand-in, with what may be wrapped around it, in bytes.
const LONGEST: usize = 40;

/// Stand-ins in lower case.
const WORDS: &[&str] = &[
    "blank",
    "empty",
    "missing",
    "n.a",
    "n.a.",
    "n/a",
    "n/a.",
    "n\\a",
    "n-a",
    "n/d",
    "na",
    "nan",
    "nil",
    "no data",
    "no domain",
    "no url",
    "no value",
    "no web site",
    "no website",
    "none",
    "not applicable",
    "not available",
    "not known",
    "not provided",
    "not set",
    "not specified",
    "nothing",
    "null",
    "pending",
    "tba",
    "tbc",
    "tbd",
    "to be announced",
    "to be confirmed",
    "to be determined",
    "to be defined",
    "undefined",
    "unknown",
    "unspecified",
];

/// What a spreadsheet shows in place of a value, in lower case.
const SHEET_ERRORS: &[&str] = &[
    "#blocked!",
    "#busy!",
    "#calc!",
    "#connect!",
    "#div/0!",
    "#error!",
    "#field!",
    "#getting_data",
    "#n/a",
    "#na",
    "#name?",
    "#null!",
    "#num!",
    "#ref!",
    "#spill!",
    "#unknown!",
    "#value!",
];

/// Whether a text, trimmed, stands for nothing: `N/A`, `(none)`, `--`, `?`, `#REF!`, `xxx`.
pub fn is_placeholder(text: &str) -> bool {
    // Most texts are domains; of stand-ins only short ones have a dot (`(n.a.)`).
    if text.len() > LONGEST || text.len() > 6 && text.contains('.') {
        return false;
    }
    let text = unwrap(text);
    let mut buffer = [0; LONGEST];
    let word = fold(text, &mut buffer);
    let all = |of: fn(char) -> bool| !text.is_empty() && text.chars().all(of);
    WORDS.iter().chain(SHEET_ERRORS).any(|known| known.as_bytes() == word)
        || all(|char| is_dash(char) || matches!(char, '?' | '*' | ' '))
        || text.len() > 1 && (all(|char| matches!(char, 'x' | 'X')) || all(|char| char == '#'))
}

/// The text in lower case, each run of spaces as one.
fn fold<'b>(text: &str, buffer: &'b mut [u8; LONGEST]) -> &'b [u8] {
    let mut length = 0;
    for byte in text.trim_ascii().bytes() {
        let byte = if byte.is_ascii_whitespace() { b' ' } else { byte.to_ascii_lowercase() };
        if byte != b' ' || buffer[length - 1] != b' ' {
            buffer[length] = byte;
            length += 1;
        }
    }
    &buffer[..length]
}

/// The text without one pair of quotes or brackets around it.
fn unwrap(text: &str) -> &str {
    [('"', '"'), ('\'', '\''), ('(', ')'), ('<', '>'), ('[', ']'), ('{', '}')]
        .into_iter()
        .find_map(|(open, close)| text.strip_prefix(open)?.strip_suffix(close))
        .unwrap_or(text)
}

fn is_dash(char: char) -> bool {
    matches!(char, '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{30fc}' | '\u{ff0d}')
}

#[cfg(test)]
mod tests {
    use super::is_placeholder;

    #[test]
    fn stand_ins_are_known() {
        for text in [
            "n/a",
            "N/A",
            "#N/A",
            "null",
            "NULL",
            "-",
            "--",
            "—",
            "- -",
            "TBD",
            "?",
            "???",
            "None",
            "(none)",
            "\"N/A\"",
            "<null>",
            "not  Available",
            "No Website",
            "nil",
            "undefined",
            "NaN",
            "#REF!",
            "#DIV/0!",
            "xxx",
            "####",
            "N.A.",
            "_",
            "*",
        ] {
            assert!(is_placeholder(text), "{text}");
        }
    }

    #[test]
    fn names_are_no_stand_ins() {
        for text in [
            "none.com", "na.org", "x.com", "xxx.com", "www", "acme", "0", "", ".", "x", "#",
            "#acme", "()",
        ] {
            assert!(!is_placeholder(text), "{text}");
        }
    }
}
