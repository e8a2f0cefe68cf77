//! The positions of a regular expression, after Glushkov: each of its characters and classes is one, and
//! after one may come others. `automaton.rs` runs them, `ambiguity.rs` judges them.
//!
//! What a class beyond ASCII holds (`\p{L}`, `[à-ü]`) the engine is asked: once for each character of
//! ASCII, and for each other one where it comes.

use super::{Engine, Matcher};

/// A set of characters of the expression, by their numbers.
pub type Set = Vec<u32>;

/// A set of characters: those of ASCII, each a bit, and above them a bit for all other line ends, for
/// all other white space, and for all the rest, which simple expressions do not tell apart.
#[derive(Clone, Copy, PartialEq)]
pub struct Class(pub u128, u8);

/// How many characters a class tells apart.
pub const SYMBOLS: usize = 128 + 3;

const DIGIT: Class = Class(range(b'0', b'9'), 0);
const WORD: Class = Class(DIGIT.0 | range(b'a', b'z') | range(b'A', b'Z') | range(b'_', b'_'), 0);
const SPACE: Class = Class(range(b'\t', b'\r') | range(b' ', b' '), 0b011);
const LINE_END: Class = Class(range(b'\n', b'\n') | range(b'\r', b'\r'), 0b001);
pub const ALL: Class = Class(u128::MAX, 0b111);

impl Class {
    fn or(self, other: Class) -> Class {
        Class(self.0 | other.0, self.1 | other.1)
    }

    fn not(self) -> Class {
        Class(!self.0, !self.1 & 0b111)
    }

    pub fn has(self, symbol: usize) -> bool {
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
pub fn symbol(char: char) -> usize {
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

/// The characters from one to another.
const fn range(first: u8, last: u8) -> u128 {
    let count = last - first + 1;
    (u128::MAX >> (128 - count as u32)) << first
}

/// How an expression is read.
#[derive(Clone, Copy, PartialEq)]
pub enum Reading {
    /// As it is, if it is simple: without look-around, `\b` and references, and small.
    Exact,
    /// Any expression, as one that matches all that it does, in no fewer ways: assertions hold anywhere,
    /// look-around is a branch that leads nowhere, a reference is any text, and many times are any
    /// number of times.
    Loose,
}

impl Reading {
    /// How deep groups may nest.
    fn deepest(self) -> usize {
        if self == Reading::Exact { 16 } else { 64 }
    }

    /// How many positions there may be.
    fn most(self) -> usize {
        if self == Reading::Exact { u64::BITS as usize } else { 8192 }
    }

    /// How many characters are looked at, repeats written out.
    fn most_steps(self) -> usize {
        8 * self.most()
    }
}

/// To how many times repeats are written out in a loose reading.
const FEW: u32 = 8;
/// And to how many positions, where it says how many times exactly, and each is of one length.
const MOST_COPIES: usize = 1024;
/// How many times one position may come after another.
const MOST_EDGES: usize = 1 << 20;

/// A class that the engine is asked about, with its positions.
pub struct Asked {
    pub text: Box<str>,
    pub matcher: Box<dyn Matcher>,
    pub ascii: u128,
    pub positions: Set,
}

/// An expression that was read.
pub struct Positions {
    /// Of each position, what it takes.
    pub classes: Vec<Class>,
    /// By a position, those that may come next; twice, if in two ways.
    pub next: Vec<Set>,
    /// Those that may take the first character, and those that may take any as the first of a match.
    pub start: Set,
    pub anywhere: Set,
    /// Those that end a match at the end of the text, and those that end one wherever they are.
    pub end: Set,
    pub done: Set,
    /// Whether the empty text is matched, and whether every text is.
    pub empty: bool,
    pub every: bool,
    pub asked: Vec<Asked>,
}

impl Positions {
    /// Reads an expression that is well-formed; gives nothing for one that is not to be read so.
    pub fn read(expression: &str, engine: Engine, reading: Reading) -> Option<Positions> {
        let parser = Parser {
            text: expression.as_bytes(),
            engine,
            reading,
            at: 0,
            steps: 0,
            edges: 0,
            classes: vec![],
            next: vec![],
            asked: vec![],
        };
        parser.expression()
    }
}

/// A part of an expression.
#[derive(Clone, Default)]
struct Part {
    /// The positions that a match of it may begin at, and those it may end at.
    first: Set,
    last: Set,
    /// Whether it matches the empty text.
    empty: bool,
    /// Whether all that it matches is of one length, and of which.
    length: Option<u32>,
}

fn nothing() -> Part {
    Part { empty: true, length: Some(0), ..Part::default() }
}

struct Parser<'t> {
    text: &'t [u8],
    engine: Engine,
    reading: Reading,
    at: usize,
    steps: usize,
    edges: usize,
    classes: Vec<Class>,
    next: Vec<Set>,
    asked: Vec<Asked>,
}

impl Parser<'_> {
    fn expression(mut self) -> Option<Positions> {
        let (mut start, mut anywhere, mut end, mut done) = (vec![], vec![], vec![], vec![]);
        let (mut empty, mut every) = (false, false);
        loop {
            let from_start = self.take(b'^');
            let part = self.sequence(0)?;
            let to_end = self.take(b'$');
            empty |= part.empty;
            if !from_start {
                anywhere.extend(&part.first);
            }
            if !to_end {
                done.extend(&part.last);
            }
            start.extend(part.first);
            end.extend(part.last);
            every |= part.empty && !(from_start && to_end);
            if !self.take(b'|') {
                break;
            }
        }
        if self.at < self.text.len() {
            return None;
        }
        let Parser { classes, next, asked, .. } = self;
        Some(Positions { classes, next, start, anywhere, end, done, empty, every, asked })
    }

    /// What stands between the bars of alternatives.
    fn sequence(&mut self, depth: usize) -> Option<Part> {
        let mut whole = nothing();
        loop {
            match self.peek() {
                None | Some(b'|' | b')') => return Some(whole),
                Some(b'$') if self.reading == Reading::Exact => return Some(whole),
                _ => {}
            }
            let part = self.repeated(depth)?;
            whole = self.then(&whole, part)?;
        }
    }

    /// A character, class or group, and how often it may come.
    fn repeated(&mut self, depth: usize) -> Option<Part> {
        let from = self.at;
        let before = self.classes.len();
        let mut first = Some(self.atom(depth)?);
        let is_reference = self.is_reference(from);
        let Some((least, most)) = self.counts()? else { return first };
        if is_reference {
            return first;
        }
        let after = self.at;
        let (mut least, mut most, mut twice) = (least, most, false);
        if self.reading == Reading::Loose && least.max(most.unwrap_or(0)) > FEW {
            let body = first.as_ref()?;
            let size = (self.classes.len() - before).saturating_mul(least as usize);
            if most != Some(least) || body.length.is_none() || size > MOST_COPIES {
                // The first of them may be empty, and so one that is not may be any of them.
                twice = body.empty && least > FEW;
                (least, most) = (least.min(1), None);
            }
        }
        // What comes several times is written out: each time has positions of its own.
        let mut again = |parser: &mut Self| {
            first.take().or_else(|| {
                parser.at = from;
                parser.atom(depth)
            })
        };
        let (mut whole, mut latest) = (nothing(), nothing());
        for _ in 0..least {
            latest = again(self)?;
            whole = self.then(&whole, latest.clone())?;
        }
        match most {
            None => {
                if least == 0 {
                    latest = again(self)?;
                    whole = Part { empty: true, ..latest.clone() };
                }
                for _ in 0..=usize::from(twice) {
                    self.then(&latest, latest.clone())?;
                }
                whole.length = None;
            }
            Some(most) if most > least => {
                let (mut rest, mut last) = (nothing(), vec![]);
                for _ in least..most {
                    let part = again(self)?;
                    rest = self.then(&rest, part)?;
                    last.extend(&rest.last);
                }
                crate::order::sort(&mut last);
                last.dedup();
                whole = self.then(&whole, Part { last, empty: true, length: None, ..rest })?;
            }
            Some(_) => {}
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
        if self.steps > self.reading.most_steps() {
            return None;
        }
        let from = self.at;
        let loose = self.reading == Reading::Loose;
        if loose && self.is_reference(from) {
            self.at += 2;
            match self.text.get(from + 1)? {
                b'k' => self.skip_past(b'>')?,
                _ => drop(self.number()),
            }
            let any = self.position(ALL)?;
            self.then(&any, any.clone())?;
            return Some(Part { empty: true, length: None, ..any });
        }
        let class = match self.advance()? {
            b'(' => return self.group(depth + 1),
            b'^' | b'$' if loose => return Some(nothing()),
            b'\\' if loose && matches!(self.peek(), Some(b'b' | b'B')) => {
                self.at += 1;
                return Some(nothing());
            }
            b'[' => self.class(),
            b'.' => Some(LINE_END.not()),
            b'\\' => self.escape(),
            byte if b"^$*+?{}]|)".contains(&byte) => return None,
            byte => one(byte),
        };
        if let Some(class) = class {
            return self.position(class);
        }
        self.at = from;
        let asked = self.asked_class()?;
        let part = self.position(Class(self.asked[asked].ascii, 0))?;
        self.asked[asked].positions.extend(&part.first);
        Some(part)
    }

    /// A new position.
    fn position(&mut self, class: Class) -> Option<Part> {
        let at = self.classes.len();
        if at == self.reading.most() {
            return None;
        }
        self.classes.push(class);
        self.next.push(vec![]);
        Some(Part { first: vec![at as u32], last: vec![at as u32], empty: false, length: Some(1) })
    }

    /// Whether a reference to a group stands somewhere.
    fn is_reference(&self, at: usize) -> bool {
        matches!(self.text.get(at..at + 2), Some([b'\\', b'k' | b'1'..=b'9']))
    }

    fn group(&mut self, depth: usize) -> Option<Part> {
        if depth > self.reading.deepest() {
            return None;
        }
        let (mut looks, mut behind) = (false, false);
        let before = self.classes.len() as u32;
        if self.take(b'?') && !self.take(b':') {
            behind = self.take(b'<');
            looks = matches!(self.peek()?, b'=' | b'!');
            if looks {
                (self.reading == Reading::Loose).then_some(())?;
                self.at += 1;
            } else {
                // A name, or flags, which change what characters mean.
                behind.then_some(())?;
                self.skip_past(b'>')?;
            }
        }
        let mut all = self.sequence(depth)?;
        while self.take(b'|') {
            let part = self.sequence(depth)?;
            all.first.extend(part.first);
            all.last.extend(part.last);
            all.empty |= part.empty;
            all.length = all.length.filter(|_| all.length == part.length);
        }
        self.take(b')').then_some(())?;
        if !looks {
            return Some(all);
        }
        // To look behind is to begin anywhere: it goes the other way.
        let first = if behind { (before..self.classes.len() as u32).collect() } else { all.first };
        Some(Part { first, ..nothing() })
    }

    fn skip_past(&mut self, byte: u8) -> Option<()> {
        let length = self.text[self.at..].iter().position(|one| *one == byte)?;
        self.at += length + 1;
        Some(())
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

    /// A class that only the engine knows, or a character that is not written as itself.
    fn asked_class(&mut self) -> Option<usize> {
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
            [b'\\', b'p' | b'P' | b'u', b'{', ..] => until(b'}')? + 1,
            // Of a surrogate pair both.
            [b'\\', b'u', b'd' | b'D', high, _, _, b'\\', b'u', b'd' | b'D', low, ..]
                if b"89abAB".contains(high) && b"cdefCDEF".contains(low) =>
            {
                12
            }
            [b'\\', b'u', ..] => 6,
            [b'\\', b'x', ..] => 4,
            [b'\\', b'c', ..] => 3,
            [b'\\', b'0', ..] => 2,
            [first, ..] if !first.is_ascii() => {
                1 + rest[1..].iter().take_while(|byte| **byte & 0xC0 == 0x80).count()
            }
            _ => return None,
        };
        let text = std::str::from_utf8(rest.get(..length)?).ok()?;
        self.at += length;
        if let Some(at) = self.asked.iter().position(|asked| *asked.text == *text) {
            return Some(at);
        }
        let matcher = (self.engine)(&format!("^{text}$")).ok()?;
        let is = |byte: &u8| matcher.matches(char::from(*byte).encode_utf8(&mut [0; 4]));
        let ascii = (0..128).filter(is).fold(0, |all, byte| all | 1_u128 << byte);
        self.asked.push(Asked { text: text.into(), matcher, ascii, positions: vec![] });
        Some(self.asked.len() - 1)
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
    fn then(&mut self, one: &Part, other: Part) -> Option<Part> {
        self.edges += one.last.len() * other.first.len();
        if self.edges > MOST_EDGES {
            return None;
        }
        one.last.iter().for_each(|at| self.next[*at as usize].extend(&other.first));
        let Part { mut first, mut last, .. } = other;
        if other.empty {
            last.extend(&one.last);
        }
        if one.empty {
            first.extend(&one.first);
        } else {
            first.clone_from(&one.first);
        }
        let empty = one.empty && other.empty;
        let length = one.length.zip(other.length).and_then(|(one, other)| one.checked_add(other));
        Some(Part { first, last, empty, length })
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
