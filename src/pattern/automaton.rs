//! Simple regular expressions, run here: to ask a host costs a call, and a string made for it.
//!
//! The time is linear in the text, whatever the expression: a host's engine backtracks, and may take
//! for ever over one like `^(a+)+$`.
//!
//! Simple ones are of characters, classes, groups, alternatives and repeats, with `^` and `$` at the
//! ends alone. What a class beyond ASCII holds (`\p{L}`, `[à-ü]`) the engine is asked, once for each
//! character of ASCII, and for each other one where it comes. What they match is a regular language, so an automaton tells the same as
//! ECMA-262's backtracking: that of Glushkov, which has a state for each character of the expression,
//! here each a bit of a word.

use std::iter::successors;

use super::{Engine, Matcher};

/// A set of characters of the expression, each a bit.
type Positions = u64;
/// A set of characters: those of ASCII, each a bit, and above them a bit for all other line ends, for
/// all other white space, and for all the rest, which simple expressions do not tell apart.
#[derive(Clone, Copy, PartialEq)]
struct Class(u128, u8);

/// How many characters a class tells apart.
const SYMBOLS: usize = 128 + 3;

/// How deep groups may nest.
const DEEPEST: usize = 16;
/// How many characters, repeats written out, are looked at before an expression counts as none of the
/// simple ones.
const MOST_STEPS: usize = 512;

const DIGIT: Class = Class(range(b'0', b'9'), 0);
const WORD: Class = Class(DIGIT.0 | range(b'a', b'z') | range(b'A', b'Z') | range(b'_', b'_'), 0);
const SPACE: Class = Class(range(b'\t', b'\r') | range(b' ', b' '), 0b011);
const LINE_END: Class = Class(range(b'\n', b'\n') | range(b'\r', b'\r'), 0b001);

impl Class {
    fn or(self, other: Class) -> Class {
        Class(self.0 | other.0, self.1 | other.1)
    }

    fn not(self) -> Class {
        Class(!self.0, !self.1 & 0b111)
    }

    fn has(self, symbol: usize) -> bool {
        match symbol.checked_sub(128) {
            None => self.0 >> symbol & 1 == 1,
            Some(beyond) => self.1 >> beyond & 1 == 1,
        }
    }

    /// The one character that it is of.
    fn only(self) -> Option<u8> {
        (self.1 == 0 && self.0.is_power_of_two()).then(|| self.0.trailing_zeros() as u8)
    }
}

/// Which of the characters that classes tell apart a character is (ECMA-262, sections 12.2 and 12.3).
fn symbol(char: char) -> usize {
    match char {
        '\0'..='\x7f' => char as usize,
        '\u{2028}' | '\u{2029}' => 128,
        '\u{a0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200a}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{3000}'
        | '\u{feff}' => 129,
        _ => 130,
    }
}

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
        let parser = Parser {
            text: expression.as_bytes(),
            engine,
            at: 0,
            steps: 0,
            classes: vec![],
            next: vec![],
            asked: vec![],
        };
        parser.expression()
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

/// The characters from one to another.
const fn range(first: u8, last: u8) -> u128 {
    let count = last - first + 1;
    (u128::MAX >> (128 - count as u32)) << first
}

/// A part of an expression.
#[derive(Clone, Copy)]
struct Part {
    /// The positions that a match of it may begin at, and those it may end at.
    first: Positions,
    last: Positions,
    /// Whether it matches the empty text.
    empty: bool,
}

const NOTHING: Part = Part { first: 0, last: 0, empty: true };

struct Parser<'t> {
    text: &'t [u8],
    engine: Engine,
    at: usize,
    steps: usize,
    classes: Vec<Class>,
    next: Vec<Positions>,
    asked: Vec<(Box<dyn Matcher>, Positions)>,
}

impl Parser<'_> {
    fn expression(mut self) -> Option<Automaton> {
        let (mut start, mut anywhere, mut end, mut done) = (0, 0, 0, 0);
        let (mut empty, mut every) = (false, false);
        loop {
            let from_start = self.take(b'^');
            let part = self.sequence(0)?;
            let to_end = self.take(b'$');
            start |= part.first;
            end |= part.last;
            empty |= part.empty;
            if !from_start {
                anywhere |= part.first;
            }
            if !to_end {
                done |= part.last;
            }
            every |= part.empty && !(from_start && to_end);
            if !self.take(b'|') {
                break;
            }
        }
        if self.at < self.text.len() {
            return None;
        }
        let mut takers = Box::new([0; SYMBOLS]);
        for (symbol, takers) in takers.iter_mut().enumerate() {
            for (at, class) in self.classes.iter().enumerate() {
                *takers |= Positions::from(class.has(symbol)) << at;
            }
        }
        let next = self.next.into_boxed_slice();
        let asked = self.asked;
        Some(Automaton { takers, next, start, anywhere, end, done, empty, every, asked })
    }

    /// What stands between the bars of alternatives.
    fn sequence(&mut self, depth: usize) -> Option<Part> {
        let mut whole = NOTHING;
        while !matches!(self.peek(), None | Some(b'|' | b')' | b'$')) {
            let part = self.repeated(depth)?;
            whole = self.then(whole, part);
        }
        Some(whole)
    }

    /// A character, class or group, and how often it may come.
    fn repeated(&mut self, depth: usize) -> Option<Part> {
        let from = self.at;
        let mut first = Some(self.atom(depth)?);
        let Some((least, most)) = self.counts()? else { return first };
        let after = self.at;
        // What comes several times is written out: each time has positions of its own.
        let mut again = |parser: &mut Self| {
            first.take().or_else(|| {
                parser.at = from;
                parser.atom(depth)
            })
        };
        let (mut whole, mut latest) = (NOTHING, NOTHING);
        for _ in 0..least {
            latest = again(self)?;
            whole = self.then(whole, latest);
        }
        match most {
            None => {
                if least == 0 {
                    latest = again(self)?;
                    whole = Part { empty: true, ..latest };
                }
                self.then(latest, latest);
            }
            Some(most) => {
                let (mut rest, mut last) = (NOTHING, 0);
                for _ in least..most {
                    let part = again(self)?;
                    rest = self.then(rest, part);
                    last |= rest.last;
                }
                whole = self.then(whole, Part { last, empty: true, ..rest });
            }
        }
        self.at = after;
        Some(whole)
    }

    /// The least and the most times that a quantifier says; `Some(None)` where there is none.
    fn counts(&mut self) -> Option<Option<(u32, Option<u32>)>> {
        let counts = match self.peek() {
            Some(b'*') => (0, None),
            Some(b'+') => (1, None),
            Some(b'?') => (0, Some(1)),
            Some(b'{') => {
                self.at += 1;
                let least = self.number()?;
                let most = match self.take(b',') {
                    false => Some(least),
                    true if self.peek() == Some(b'}') => None,
                    true => Some(self.number()?),
                };
                if self.peek() != Some(b'}') {
                    return None;
                }
                (least, most)
            }
            _ => return Some(None),
        };
        self.at += 1;
        // Whether it takes as few as it can does not matter to whether it matches.
        self.take(b'?');
        Some(Some(counts))
    }

    fn number(&mut self) -> Option<u32> {
        let rest = &self.text[self.at..];
        let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.at += length;
        std::str::from_utf8(&rest[..length]).ok()?.parse().ok()
    }

    fn atom(&mut self, depth: usize) -> Option<Part> {
        self.steps += 1;
        if self.steps > MOST_STEPS {
            return None;
        }
        let from = self.at;
        let class = match self.advance()? {
            b'(' => return self.group(depth + 1),
            b'[' => self.class(),
            b'.' => Some(LINE_END.not()),
            b'\\' => self.escape(),
            byte if b"^$*+?{}]|)".contains(&byte) => return None,
            byte => one(byte),
        };
        let at = self.classes.len();
        if at == Positions::BITS as usize {
            return None;
        }
        let class = match class {
            Some(class) => class,
            None => {
                self.at = from;
                self.asked_class(1 << at)?
            }
        };
        self.classes.push(class);
        self.next.push(0);
        Some(Part { first: 1 << at, last: 1 << at, empty: false })
    }

    fn group(&mut self, depth: usize) -> Option<Part> {
        if depth > DEEPEST {
            return None;
        }
        if self.take(b'?') && !self.take(b':') {
            // A name is for references back to it, which no simple expression has.
            let is_name = self.take(b'<') && !matches!(self.peek()?, b'=' | b'!');
            let length = self.text[self.at..].iter().position(|byte| *byte == b'>')?;
            is_name.then_some(())?;
            self.at += length + 1;
        }
        let mut all = self.sequence(depth)?;
        while self.take(b'|') {
            let part = self.sequence(depth)?;
            all.first |= part.first;
            all.last |= part.last;
            all.empty |= part.empty;
        }
        self.take(b')').then_some(all)
    }

    /// The characters that an escape stands for, without the backslash.
    fn escape(&mut self) -> Option<Class> {
        match self.advance()? {
            b'd' => Some(DIGIT),
            b'D' => Some(DIGIT.not()),
            b'w' => Some(WORD),
            b'W' => Some(WORD.not()),
            b's' => Some(SPACE),
            b'S' => Some(SPACE.not()),
            b't' => one(b'\t'),
            b'n' => one(b'\n'),
            b'v' => one(0x0b),
            b'f' => one(0x0c),
            b'r' => one(b'\r'),
            byte if b"^$\\.*+?()[]{}|/-".contains(&byte) => one(byte),
            _ => None,
        }
    }

    /// A class that only the engine knows, or a character beyond ASCII; of its characters those of ASCII.
    fn asked_class(&mut self, position: Positions) -> Option<Class> {
        let rest = &self.text[self.at..];
        let until = |byte| rest.iter().position(|one| *one == byte);
        let length = match rest {
            [b'[', ..] => {
                let mut end = 1;
                while rest.get(end)? != &b']' {
                    end += if rest[end] == b'\\' { 2 } else { 1 };
                }
                end + 1
            }
            [b'\\', b'p' | b'P', b'{', ..] => until(b'}')? + 1,
            [first, ..] if !first.is_ascii() => {
                1 + rest[1..].iter().take_while(|byte| **byte & 0xC0 == 0x80).count()
            }
            _ => return None,
        };
        let text = std::str::from_utf8(rest.get(..length)?).ok()?;
        let class = (self.engine)(&format!("^{text}$")).ok()?;
        self.at += length;
        let is = |byte: &u8| class.matches(char::from(*byte).encode_utf8(&mut [0; 4]));
        let ascii = (0..128).filter(is).fold(0, |all, byte| all | 1_u128 << byte);
        self.asked.push((class, position));
        Some(Class(ascii, 0))
    }

    /// The characters of a class, from after its bracket.
    fn class(&mut self) -> Option<Class> {
        let negated = self.take(b'^');
        let mut class = Class(0, 0);
        while !self.take(b']') {
            let first = self.member()?;
            class = class.or(match self.text.get(self.at..self.at + 2)? {
                [b'-', byte] if *byte != b']' => {
                    self.at += 1;
                    let last = self.member()?;
                    let (first, last) = (first.only()?, last.only()?);
                    (first <= last).then(|| Class(range(first, last), 0))?
                }
                _ => first,
            });
        }
        Some(if negated { class.not() } else { class })
    }

    fn member(&mut self) -> Option<Class> {
        match self.advance()? {
            b'\\' => self.escape(),
            byte => one(byte),
        }
    }

    /// One part and then another.
    fn then(&mut self, one: Part, other: Part) -> Part {
        bits(one.last).for_each(|at| self.next[at] |= other.first);
        Part {
            first: one.first | if one.empty { other.first } else { 0 },
            last: other.last | if other.empty { one.last } else { 0 },
            empty: one.empty && other.empty,
        }
    }

    fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    fn advance(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    fn take(&mut self, byte: u8) -> bool {
        let is = self.peek() == Some(byte);
        self.at += usize::from(is);
        is
    }
}

/// A character of ASCII as a class.
fn one(byte: u8) -> Option<Class> {
    byte.is_ascii().then(|| Class(1 << byte, 0))
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
            "\\x41",
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
