//! Reading: JSON text to a tape, in one pass (RFC 8259, strictly).
//!
//! Decisions where RFC 8259 leaves room: a byte order mark is refused (section 8.1 allows parsers
//! to ignore one, but APIs differ), a duplicate key is an error (section 4 calls the result
//! unpredictable), a lone surrogate escape is an error (section 8.2), any number of the grammar is
//! taken as written (section 6).

use std::borrow::Cow;

use super::string::plain_end;
use super::{BROKEN, COUNT_SHIFT, Document, ESCAPED, Kind, Node, NodeId, hash};
use crate::code::{self, Code};
use crate::issue::{Param, Params};

/// A code unit of UTF-16 that stands for a character only with another.
const HALF: &str = "half of a surrogate pair";

/// Where a text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The user's own text: issues in it have a position.
    Text,
    /// Written from a JavaScript value. It may hold one token that JSON does not have: the byte
    /// 0x01 and a letter, where the value had what JSON cannot hold.
    Value,
}

/// How much a reader takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How deep arrays and objects may nest; 128 by default, at most [`Limits::MAX_DEPTH`].
    pub depth: usize,
    /// How long a text may be, in bytes; 16 MiB by default, at most [`Limits::MAX_BYTES`].
    pub bytes: usize,
}

impl Limits {
    /// The deepest nesting that can be asked for.
    pub const MAX_DEPTH: usize = 512;
    /// The longest text that can be asked for: 1 GiB.
    pub const MAX_BYTES: usize = 1 << 30;
    /// How many faults of a document are kept: more are only counted.
    pub const MAX_FAULTS: usize = 100_000;
}

impl Default for Limits {
    fn default() -> Self {
        Limits { depth: 128, bytes: 16 << 20 }
    }
}

/// What is wrong with a text or value itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// What is wrong.
    pub code: &'static Code,
    /// The node it was found at.
    pub node: NodeId,
    /// Where in the text, in bytes from 0.
    pub offset: usize,
    /// What the message is built from.
    pub params: Params,
}

impl<'t> Document<'t> {
    /// Reads a text.
    ///
    /// # Errors
    ///
    /// `too_large`, `invalid_unicode`, `invalid_json` or `too_deep`, with the place it was found
    /// at. Duplicate keys and lone surrogates do not end the reading: see [`Document::faults`].
    pub fn read(
        bytes: &'t [u8],
        limits: &Limits,
        source: Source,
    ) -> Result<Document<'t>, Box<Fault>> {
        let limit = limits.bytes.min(Limits::MAX_BYTES);
        if bytes.len() > limit {
            // Where the first character begins that is over it.
            let mut at = limit;
            while at > limit.saturating_sub(3) && bytes[at] & 0xC0 == 0x80 {
                at -= 1;
            }
            return Err(fatal(
                &code::TOO_LARGE,
                at,
                vec![
                    ("length", Param::Count(bytes.len() as u64)),
                    ("limit", Param::Count(limit as u64)),
                ],
            ));
        }
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let at = error.valid_up_to();
            // What an encoder that knows no better makes of half a pair (RFC 3629, section 3).
            let half = matches!(bytes[at..], [0xED, 0xA0..=0xBF, ..]);
            let found = if half { HALF } else { "bytes that are not UTF-8" };
            fatal(&code::INVALID_UNICODE, at, what(found))
        })?;
        let mut reader = Reader {
            text,
            bytes,
            at: 0,
            nodes: Vec::with_capacity(bytes.len() / 10 + 8),
            faults: Vec::new(),
            more_faults: 0,
            open: Vec::new(),
            depth: limits.depth.min(Limits::MAX_DEPTH),
            source,
        };
        reader.document()?;
        let Reader { nodes, mut faults, more_faults, .. } = reader;
        crate::order::sort_by_key(&mut faults, |fault| fault.node);
        Ok(Document { text: Cow::Borrowed(text), nodes, faults, more_faults, shaped: false })
    }
}

fn fatal(code: &'static Code, offset: usize, params: Params) -> Box<Fault> {
    Box::new(Fault { code, node: NodeId::ROOT, offset, params })
}

/// A container that is being read.
struct Open {
    node: usize,
    count: u32,
    object: bool,
    keys: Seen,
}

/// Remembers hashes of keys well enough to say that none came twice, which is the common case.
#[derive(Default)]
struct Seen {
    bits: [u64; 4],
    again: bool,
}

impl Seen {
    fn add(&mut self, hash: u32) {
        let word = &mut self.bits[(hash >> 6 & 3) as usize];
        let bit = 1 << (hash & 63);
        self.again |= *word & bit != 0;
        *word |= bit;
    }
}

struct Reader<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    nodes: Vec<Node>,
    faults: Vec<Fault>,
    more_faults: usize,
    open: Vec<Open>,
    depth: usize,
    source: Source,
}

type Step<T> = Result<T, Box<Fault>>;

impl Reader<'_> {
    /// Reads the text. The place is a variable of its own, and in the reader only where that is not
    /// on the way of most texts: so it stays in a register.
    fn document(&mut self) -> Step<()> {
        let bytes = self.bytes;
        let mut at = 0;
        // The container that is being read; at first none.
        let mut open = Open { node: usize::MAX, count: 0, object: false, keys: Seen::default() };
        loop {
            at = after_blank(bytes, at);
            match bytes.get(at) {
                Some(b'"') => at = self.string(at, Kind::String)?,
                Some(bracket @ (b'{' | b'[')) => {
                    let object = *bracket == b'{';
                    self.enter(at)?;
                    let node = self.nodes.len();
                    let inner = Open { node, count: 0, object, keys: Seen::default() };
                    self.open.push(std::mem::replace(&mut open, inner));
                    self.push(at, 0, if object { Kind::Object } else { Kind::Array }, 0);
                    at = after_blank(bytes, at + 1);
                    match bytes.get(at) {
                        Some(b'}') if object => {}
                        Some(b']') if !object => {}
                        _ => {
                            if object {
                                at = self.key(at, &mut open)?;
                            }
                            continue;
                        }
                    }
                    at = self.close(at, &mut open);
                }
                _ => {
                    self.at = at;
                    self.scalar()?;
                    at = self.at;
                }
            }
            // A value was read.
            loop {
                at = after_blank(bytes, at);
                if self.open.is_empty() {
                    self.at = at;
                    return match self.peek() {
                        None => Ok(()),
                        Some(_) => Err(self.unexpected("the end of the text")),
                    };
                }
                open.count += 1;
                match bytes.get(at) {
                    Some(b',') if open.object => {
                        at = self.key(after_blank(bytes, at + 1), &mut open)?;
                        break;
                    }
                    Some(b',') => {
                        at += 1;
                        break;
                    }
                    Some(b'}') if open.object => at = self.close(at, &mut open),
                    Some(b']') if !open.object => at = self.close(at, &mut open),
                    _ => {
                        self.at = at;
                        let expected = if open.object { "`,` or `}`" } else { "`,` or `]`" };
                        return Err(self.unexpected(expected));
                    }
                }
            }
        }
    }

    /// Reads a value that is neither a string nor a container.
    fn scalar(&mut self) -> Step<()> {
        match self.peek() {
            Some(b'-' | b'0'..=b'9') => self.number(),
            Some(b't') => self.literal("true", Kind::Boolean),
            Some(b'f') => self.literal("false", Kind::Boolean),
            Some(b'n') => self.literal("null", Kind::Null),
            Some(1) if self.source == Source::Value => self.unsupported(),
            _ => Err(self.unexpected("a value")),
        }
    }

    /// Looks whether one more container may begin.
    fn enter(&self, at: usize) -> Step<()> {
        if self.open.len() < self.depth {
            return Ok(());
        }
        let limit = Param::Count(self.depth as u64);
        Err(fatal(&code::TOO_DEEP, at, vec![("limit", limit)]))
    }

    /// Ends a container; gives the place after it.
    fn close(&mut self, at: usize, open: &mut Open) -> usize {
        let link = self.nodes.len() as u32;
        let node = &mut self.nodes[open.node];
        node.end = at as u32 + 1;
        node.link = link;
        node.info |= open.count << COUNT_SHIFT;
        if open.keys.again {
            self.duplicates(open.node);
        }
        if let Some(around) = self.open.pop() {
            *open = around;
        }
        at + 1
    }

    /// Reads a key and the colon after it; gives the place after that.
    #[inline(always)]
    fn key(&mut self, start: usize, open: &mut Open) -> Step<usize> {
        if self.bytes.get(start) != Some(&b'"') {
            self.at = start;
            return Err(self.unexpected("a key in double quotes"));
        }
        let end = self.string(start, Kind::Key)?;
        if let Some(node) = self.nodes.last_mut() {
            let inner = start + 1..end - 1;
            node.link = match node.info & ESCAPED {
                0 => hash(&self.bytes[inner]),
                _ => hash(super::decode(&self.text[inner]).as_bytes()),
            };
            open.keys.add(node.link);
        }
        let at = after_blank(self.bytes, end);
        if self.bytes.get(at) != Some(&b':') {
            self.at = at;
            return Err(self.unexpected("`:`"));
        }
        Ok(at + 1)
    }

    /// Reads a string from the quote at its start; gives the place after it.
    #[inline(always)]
    fn string(&mut self, start: usize, kind: Kind) -> Step<usize> {
        let end = plain_end(self.bytes, start + 1);
        if self.bytes.get(end) == Some(&b'"') {
            self.push(start, end + 1, kind, 0);
            return Ok(end + 1);
        }
        self.at = end;
        let flags = self.odd_string()?;
        self.at += 1;
        self.push(start, self.at, kind, flags);
        Ok(self.at)
    }

    /// Goes on with a string from its first character that is not plain to the quote at its end.
    #[cold]
    fn odd_string(&mut self) -> Step<u32> {
        let mut flags = 0;
        loop {
            match self.peek() {
                Some(b'"') => return Ok(flags),
                Some(b'\\') => {
                    flags |= ESCAPED;
                    if self.escape()? {
                        flags |= BROKEN;
                    }
                }
                Some(_) => return Err(self.unexpected("an escape such as `\\n`")),
                None => return Err(self.unexpected("`\"`")),
            }
            self.at = plain_end(self.bytes, self.at);
        }
    }

    /// Reads an escape; of `\u` escapes, both halves of a surrogate pair at once. Gives whether it
    /// is half a pair.
    fn escape(&mut self) -> Step<bool> {
        let start = self.at;
        self.at += 1;
        match self.peek() {
            Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 1,
            Some(b'u') => {
                let unit = self.code_unit()?;
                let paired = (0xD800..0xDC00).contains(&unit)
                    && self.bytes[self.at..].starts_with(b"\\u")
                    && {
                        let low = self.at;
                        self.at += 1;
                        let paired = (0xDC00..0xE000).contains(&self.code_unit()?);
                        if !paired {
                            self.at = low;
                        }
                        paired
                    };
                if !paired && (0xD800..0xE000).contains(&unit) {
                    let code = match self.source {
                        Source::Text => &code::INVALID_UNICODE,
                        Source::Value => &code::UNSUPPORTED_VALUE,
                    };
                    self.fault(code, self.nodes.len(), start, what(HALF));
                    return Ok(true);
                }
            }
            _ => return Err(self.unexpected("one of `\"\\/bfnrtu`")),
        }
        Ok(false)
    }

    /// Reads `u` and four hexadecimal digits.
    fn code_unit(&mut self) -> Step<u32> {
        self.at += 1;
        let mut unit = 0;
        for _ in 0..4 {
            let digit = self.peek().and_then(|byte| (byte as char).to_digit(16));
            let Some(digit) = digit else {
                return Err(self.unexpected("a hexadecimal digit"));
            };
            unit = unit << 4 | digit;
            self.at += 1;
        }
        Ok(unit)
    }

    fn number(&mut self) -> Step<()> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.at += 1;
        }
        match self.peek() {
            Some(b'0') => self.at += 1,
            _ => self.digits()?,
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            if let Some(b'+' | b'-') = self.peek() {
                self.at += 1;
            }
            self.digits()?;
        }
        self.push(start, self.at, Kind::Number, 0);
        Ok(())
    }

    fn digits(&mut self) -> Step<()> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        if self.at == start { Err(self.unexpected("a digit")) } else { Ok(()) }
    }

    fn literal(&mut self, word: &str, kind: Kind) -> Step<()> {
        let end = self.at + word.len();
        if self.bytes.get(self.at..end) != Some(word.as_bytes()) {
            return Err(self.unexpected("a value"));
        }
        self.push(self.at, end, kind, u32::from(word == "true") << COUNT_SHIFT);
        self.at = end;
        Ok(())
    }

    fn unsupported(&mut self) -> Step<()> {
        let reason = match self.bytes.get(self.at + 1) {
            Some(b'n') => "a number that is not finite",
            Some(b'b') => "a BigInt",
            Some(b'f') => "a function",
            Some(b's') => "a symbol",
            Some(b'c') => "a reference back to a value around it",
            Some(b't') => "a value that threw while it was read",
            Some(b'd') => "",
            _ => return Err(self.unexpected("a value")),
        };
        let node = self.nodes.len();
        if reason.is_empty() {
            let limit = Param::Count(self.depth as u64);
            self.fault(&code::TOO_DEEP, node, self.at, vec![("limit", limit)]);
        } else {
            self.fault(&code::UNSUPPORTED_VALUE, node, self.at, what(reason));
        }
        self.push(self.at, self.at + 2, Kind::Unsupported, 0);
        self.at += 2;
        Ok(())
    }

    /// Finds members of one object whose keys are equal.
    fn duplicates(&mut self, object: usize) {
        let document = Tape { text: self.text, nodes: &self.nodes };
        if document.keys_differ(object) {
            return;
        }
        let mut keys: Vec<_> =
            document.keys(object).map(|key| (self.nodes[key].link, key)).collect();
        crate::order::sort(&mut keys);
        let mut again = Vec::new();
        for same in keys.chunk_by(|one, other| one.0 == other.0).filter(|same| same.len() > 1) {
            let mut names: Vec<_> =
                same.iter().map(|(_, key)| (document.name(*key), *key)).collect();
            crate::order::sort(&mut names);
            let equal = names.windows(2).filter(|pair| pair[0].0 == pair[1].0);
            again.extend(equal.map(|pair| pair[1].1));
        }
        for key in again {
            self.fault(&code::DUPLICATE_KEY, key, self.nodes[key].start as usize, Vec::new());
        }
    }

    fn push(&mut self, start: usize, end: usize, kind: Kind, flags: u32) {
        let info = kind as u32 | flags;
        self.nodes.push(Node { start: start as u32, end: end as u32, link: 0, info });
    }

    fn fault(&mut self, code: &'static Code, node: usize, offset: usize, params: Params) {
        if self.faults.len() == Limits::MAX_FAULTS {
            self.more_faults += 1;
            return;
        }
        self.faults.push(Fault { code, node: NodeId(node as u32), offset, params });
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn unexpected(&self, expected: &str) -> Box<Fault> {
        let found = match self.text[self.at..].chars().next() {
            None => "the text ends".to_owned(),
            Some('\u{feff}') if self.at == 0 => "there is a byte order mark".to_owned(),
            Some(char @ ('\'' | '"' | '\\')) => format!("there is `{char}`"),
            Some(char) => format!("there is `{}`", char.escape_debug()),
        };
        let params =
            vec![("expected", Param::Text(expected.to_owned())), ("found", Param::Text(found))];
        fatal(&code::INVALID_JSON, self.at, params)
    }
}

/// The first place from `at` on that holds no white space.
#[inline(always)]
fn after_blank(bytes: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\n' | b'\r' | b'\t') = bytes.get(at) {
        at += 1;
    }
    at
}

fn what(what: &str) -> Params {
    vec![("what", Param::Text(what.to_owned()))]
}

/// The tape so far, while faults are collected.
#[derive(Clone, Copy)]
struct Tape<'r> {
    text: &'r str,
    nodes: &'r [Node],
}

impl<'r> Tape<'r> {
    fn keys(self, object: usize) -> impl Iterator<Item = usize> {
        let end = self.nodes[object].link as usize;
        let mut at = object + 1;
        std::iter::from_fn(move || {
            let key = at;
            if key >= end {
                return None;
            }
            let value = self.nodes[key + 1];
            at = match value.kind() {
                Kind::Array | Kind::Object => value.link as usize,
                _ => key + 2,
            };
            Some(key)
        })
    }

    /// Whether the keys of a small object all have hashes of their own: the cheap answer, where the
    /// bits of [`Seen`] were not enough.
    fn keys_differ(self, object: usize) -> bool {
        let mut hashes = [0; 32];
        for (count, key) in self.keys(object).enumerate() {
            let hash = self.nodes[key].link;
            if count == hashes.len() || hashes[..count].contains(&hash) {
                return false;
            }
            hashes[count] = hash;
        }
        true
    }

    fn name(self, key: usize) -> Cow<'r, str> {
        let node = self.nodes[key];
        let inner = &self.text[node.start as usize + 1..node.end as usize - 1];
        if node.info & ESCAPED == 0 {
            Cow::Borrowed(inner)
        } else {
            Cow::Owned(super::decode(inner))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Document, Limits, Source};

    #[track_caller]
    fn fails(text: &[u8], code: &str, offset: usize) {
        let fault = Document::read(text, &Limits::default(), Source::Text).unwrap_err();
        assert_eq!((fault.code.name, fault.offset), (code, offset));
    }

    #[test]
    fn a_text_that_is_not_json_is_refused_at_its_place() {
        for (text, offset) in [
            ("", 0),
            (" ", 1),
            ("{", 1),
            ("[1,]", 3),
            ("{\"a\":1,}", 7),
            ("{\"a\" 1}", 5),
            ("{a:1}", 1),
            ("01", 1),
            ("-", 1),
            ("1.", 2),
            ("1e", 2),
            ("+1", 0),
            ("NaN", 0),
            ("nul", 0),
            ("\"\t\"", 1),
            ("\"\\x\"", 2),
            ("\"\\u12g4\"", 5),
            ("\"abc", 4),
            ("[1}", 2),
            ("{}{}", 2),
            ("\u{feff}{}", 0),
            ("\u{1}n", 0),
        ] {
            fails(text.as_bytes(), "invalid_json", offset);
        }
        fails(b"\"\xff\"", "invalid_unicode", 1);
    }

    #[test]
    fn nesting_ends_at_the_limit() {
        let deep = |levels: usize| [vec![b'['; levels], vec![b']'; levels]].concat();
        assert!(Document::read(&deep(128), &Limits::default(), Source::Text).is_ok());
        fails(&deep(129), "too_deep", 128);
        fails(&vec![b'['; 1_000_000], "too_deep", 128);
    }

    #[test]
    fn size_ends_at_the_limit() {
        let limits = Limits { bytes: 4, ..Limits::default() };
        assert!(Document::read(b"1234", &limits, Source::Text).is_ok());
        let fault = Document::read(b"12345", &limits, Source::Text).unwrap_err();
        assert_eq!(fault.code.name, "too_large");
    }

    #[test]
    fn faults_that_do_not_end_the_reading_are_collected() {
        let text = br#"{"a":1,"\u0061":2,"b":"\ud800","c":{"x":1,"x":2,"x":3}}"#;
        let document = Document::read(text, &Limits::default(), Source::Text).unwrap();
        let faults: Vec<_> =
            document.faults().iter().map(|fault| (fault.code.name, fault.offset)).collect();
        assert_eq!(
            faults,
            [
                ("duplicate_key", 7),
                ("invalid_unicode", 23),
                ("duplicate_key", 42),
                ("duplicate_key", 48)
            ]
        );
    }

    #[test]
    fn many_keys_with_one_hash_are_told_apart() {
        let key = |at: usize| format!("\"aaaaaaaa{at:05}zzzzzzzz\":0");
        let keys: Vec<_> = (0..5000).map(key).chain([key(77)]).collect();
        let text = format!("{{{}}}", keys.join(","));
        let document = Document::read(text.as_bytes(), &Limits::default(), Source::Text).unwrap();
        assert_eq!(document.faults().len(), 1);
        assert_eq!(document.faults()[0].node.0, 10001);
    }
}
