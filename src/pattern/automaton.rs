//! Simple regular expressions, run here: to ask a host costs a call, and a string made for it.
//!
//! The time is linear in the text, whatever the expression: a host's engine backtracks, and may take
//! for ever over one like `^(a+)+$`.
//!
//! Simple ones are of characters, classes, groups, alternatives and repeats, with `^` and `$` at the
//! ends alone. What they match is a regular language, so an automaton tells the same as ECMA-262's
//! backtracking: that of Glushkov, which has a state for each character of the expression, here each a
//! bit of a word.

use std::iter::successors;

use super::positions::{self, Reading, SYMBOLS, Set, symbol};
use super::{Engine, Matcher};

/// A set of positions, each a bit.
type Positions = u64;

/// A compiled simple expression.
pub struct Automaton {
    /// By a character, the positions that take it.
    takers: Box<[Positions; SYMBOLS]>,
    /// By a position, those that may come next.
    next: Box<[Positions]>,
    /// Those that may take the first byte, and those that may take any byte as the first of a match.
    start: Positions,
    anywhere: Positions,
    /// Those that end a match at the end of the text, and those that end one wherever they are.
    end: Positions,
    done: Positions,
    /// Whether the empty text is matched, and whether every text is.
    empty: bool,
    every: bool,
    /// The classes that the engine is asked about, each with its position.
    asked: Vec<(Box<dyn Matcher>, Positions)>,
}

impl Automaton {
    /// Compiles an expression that is well-formed; gives nothing for one that is not simple.
    pub fn compile(expression: &str, engine: Engine) -> Option<Automaton> {
        let read = positions::Positions::read(expression, engine, Reading::Exact)?;
        let mut takers = Box::new([0; SYMBOLS]);
        for (symbol, takers) in takers.iter_mut().enumerate() {
            for (at, class) in read.classes.iter().enumerate() {
                *takers |= Positions::from(class.has(symbol)) << at;
            }
        }
        Some(Automaton {
            takers,
            next: read.next.iter().map(word).collect(),
            start: word(&read.start),
            anywhere: word(&read.anywhere),
            end: word(&read.end),
            done: word(&read.done),
            empty: read.empty,
            every: read.every,
            asked: read
                .asked
                .into_iter()
                .map(|asked| (asked.matcher, word(&asked.positions)))
                .collect(),
        })
    }

    /// The positions that take a character.
    fn takers(&self, char: char) -> Positions {
        let takers = self.takers[symbol(char)];
        if char.is_ascii() || self.asked.is_empty() {
            return takers;
        }
        let mut text = [0; 4];
        let text = char.encode_utf8(&mut text);
        let asked = self.asked.iter().filter(|(class, _)| class.matches(text));
        asked.fold(takers, |all, (_, position)| all | position)
    }

    /// Whether it matches anywhere in a text.
    pub fn matches(&self, text: &str) -> bool {
        if self.every || text.is_empty() {
            return self.every || self.empty;
        }
        let mut awaited = self.start;
        let mut reached = 0;
        for char in text.chars() {
            if awaited == 0 {
                return false;
            }
            reached = awaited & self.takers(char);
            if reached & self.done != 0 {
                return true;
            }
            awaited = bits(reached).fold(self.anywhere, |all, at| all | self.next[at]);
        }
        reached & self.end != 0
    }
}

/// The numbers of the bits of a set.
fn bits(set: Positions) -> impl Iterator<Item = usize> {
    let sets = successors(Some(set), |set| Some(set & set.wrapping_sub(1)));
    sets.take_while(|set| *set != 0).map(|set| set.trailing_zeros() as usize)
}

fn word(set: &Set) -> Positions {
    set.iter().fold(0, |all, at| all | 1 << at)
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use proptest::sample::select;
    use regress::Regex;

    use super::Automaton;

    fn compile(expression: &str) -> Option<Automaton> {
        Automaton::compile(expression, crate::pattern::own_engine)
    }

    const ATOMS: &[&str] = &[
        "a",
        "b",
        "c",
        "1",
        " ",
        "_",
        "-",
        "/",
        ".",
        r"\d",
        r"\D",
        r"\w",
        r"\W",
        r"\s",
        r"\S",
        r"\n",
        r"\.",
        r"\/",
        r"\b",
        r"\-",
        "[a-c]",
        "[^a]",
        "[]",
        "[^]",
        r"[\d-]",
        r"[^\w.]",
        r"[\--/]",
        "[-a]",
        "[^\\s_]",
        "é",
        r"\1",
        "(?=a)",
        r"\p{L}",
        r"\P{L}",
        "[é-ü😀]",
        "[^é]",
        r"[\p{L}\]]",
    ];
    const COUNTS: &[&str] =
        &["", "", "", "*", "+", "?", "{0}", "{2}", "{1,}", "{0,3}", "{2,4}", "+?", "{0,2}?"];
    const CHARACTERS: &[&str] = &[
        "a", "a", "b", "c", "d", "A", "1", " ", "_", "-", "/", ".", "\n", "é", "😀", "\u{a0}",
        "\u{2028}", "\u{feff}",
    ];

    /// Expressions, most of which are simple ones.
    fn expressions() -> impl Strategy<Value = String> {
        let sequence = |atom: BoxedStrategy<String>| {
            vec((atom, select(COUNTS)).prop_map(|(atom, count)| atom + count), 0..4)
                .prop_map(|parts| parts.concat())
        };
        let atom = select(ATOMS).prop_map(str::to_owned).prop_recursive(1, 4, 3, move |inner| {
            let group = (select(["(", "(?:"].as_slice()), vec(sequence(inner.clone()), 1..3));
            let group = group.prop_map(|(open, parts)| format!("{open}{})", parts.join("|")));
            prop_oneof![2 => inner, 1 => group]
        });
        let ends = (select(["", "^"].as_slice()), select(["", "$"].as_slice()));
        let whole = (ends, sequence(atom.boxed()))
            .prop_map(|((from, to), inside)| format!("{from}{inside}{to}"));
        vec(whole, 1..3).prop_map(|parts| parts.join("|"))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn simple_expressions_match_as_in_the_crate_regress(
            expression in expressions(),
            texts in vec(vec(select(CHARACTERS), 0..7).prop_map(|parts| parts.concat()), 6),
        ) {
            let Ok(regex) = Regex::with_flags(&expression, "u") else { return Ok(()) };
            let Some(automaton) = compile(&expression) else { return Ok(()) };
            for text in texts {
                let expected = regex.find(&text).is_some();
                prop_assert_eq!(automaton.matches(&text), expected, "{:?} of {:?}", expression, text);
            }
        }
    }

    #[test]
    fn usual_expressions_are_simple() {
        for (expression, text, matches) in [
            ("^[A-Z]{3}$", "USD", true),
            ("^[A-Z]{3}$", "USDX", false),
            ("^[A-Z]{3}$", "US", false),
            ("^[A-Z]{2}-\\d{4}$", "AB-1234", true),
            ("^[a-z]+(/[a-z]+)*$", "website/pricing", true),
            ("^[a-z]+(/[a-z]+)*$", "website/", false),
            ("^(?:a|b|)$", "", true),
            ("acme", "at acme.com", true),
            ("^https?://", "https://acme.com", true),
            ("\\S", " \t", false),
            ("^\\p{L}+(?:[ '-]\\p{L}+)*$", "Łukasz O'Neill-Ñandú", true),
            ("^(?<name>[à-üa-z]+)!$", "zoë!", true),
            ("^$|^\\+?[1-9]\\d{1,14}$", "+15551234567", true),
            (
                "^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$",
                "3c90c3cc-0d44-4b50-8888-8dd25736052a",
                true,
            ),
        ] {
            let automaton = compile(expression).expect(expression);
            assert_eq!(automaton.matches(text), matches, "{expression} of {text:?}");
        }
    }

    #[test]
    fn others_are_left_to_the_host() {
        for expression in [
            "^.{1,200}$",
            "(?=a)",
            "(?<=b)",
            "(?<a>b)\\k<a>",
            "(a)\\1",
            "\\bacme",
            "a(^b)",
            "(a$)",
            "(((a{9}){9}){9}){9}",
            "((){99}){99}",
        ] {
            assert!(compile(expression).is_none(), "{expression}");
        }
    }

    #[test]
    fn characters_beyond_ascii_are_told_apart_as_in_the_crate_regress() {
        for expression in
            [r"^\s$", r"^\S$", "^.$", r"^\w$", r"^\W$", r"^\D$", r"^[^\sa]$", "^[a-z]$"]
        {
            let automaton = compile(expression).expect(expression);
            let regex = Regex::with_flags(expression, "u").unwrap();
            for char in '\0'..='\u{ffff}' {
                let text = char.to_string();
                assert_eq!(
                    automaton.matches(&text),
                    regex.find(&text).is_some(),
                    "{expression} of {text:?}"
                );
            }
        }
    }

    #[test]
    fn expressions_that_backtrack_for_ever_do_not() {
        let text = "a".repeat(1 << 20) + "é";
        for expression in ["^(a+)+$", "^(a|a)*$", "^(a*)*b$", "a*a*a*a*a*b", "(x+x+)+y", "\\s+$"] {
            assert!(!compile(expression).expect(expression).matches(&text), "{expression}");
        }
    }
}
