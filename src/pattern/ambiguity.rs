//! In how many ways an expression may match a text, which is how long an engine that backtracks may try
//! (Weber and Seidl, "On the degree of ambiguity of finite automata", 1991).
//!
//! It is exponential in the text where a loop can be gone around on one word in two ways, as in
//! `(a+)+`. It is a polynomial where a text may be divided between loops that follow each other, as in
//! `a*a*`: of as high a degree as there are loops in such a row. All this is asked of a reading that
//! has no fewer ways ([`Reading::Loose`]), so that it may be told to be worse than it is, never better.

use super::Engine;
use super::positions::{ALL, Asked, Positions, Reading, Set, symbol};

/// How many pairs of positions are looked at before an expression is too large to be judged.
const MOST_STEPS: usize = 1 << 23;
/// In how many ways parts without loops may match.
const MOST_WAYS: u64 = 1 << 12;

/// What stands for the characters beyond ASCII: some of each general category, and those where the
/// classes that cannot be asked otherwise (`\s`, `.`) begin.
const SAMPLES: &str = "\u{80}\u{2028}\u{2029}\u{a0}\u{1680}\u{2000}\u{202f}\u{205f}\u{3000}\u{feff}\
                       ÀàǅʰªͰ一\u{300}\u{903}\u{20dd}٠Ⅰ²‿–„༻«»¡±£¨©\u{ad}\u{e000}\u{378}";
/// The characters that an expression names have the bits after those of [`SAMPLES`].
const NAMED: u32 = 42;

/// In how many ways texts may be matched.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ambiguity {
    /// How many loops a text may be divided between.
    pub degree: u32,
    /// In how many ways the rest may match.
    pub ways: u64,
}

impl Ambiguity {
    /// That of an expression that is well-formed.
    ///
    /// # Errors
    ///
    /// Why there is no telling how long it takes.
    pub fn of(expression: &str, engine: Engine) -> Result<Ambiguity, &'static str> {
        const LARGE: &str = "is too large to tell how long it takes; write it shorter";
        const EXPONENTIAL: &str = "can match one text in exponentially many ways, and take for ever; \
                                   write it so that each text can be read in one";
        let positions = Positions::read(expression, engine, Reading::Loose).ok_or(LARGE)?;
        let mut graph = Graph::of(expression, positions);
        let found = graph.ambiguity();
        match found {
            _ if graph.steps == 0 => Err(LARGE),
            Some(found) if found.ways <= MOST_WAYS => Ok(found),
            _ => Err(EXPONENTIAL),
        }
    }

    /// In how many ways a text may be matched, at most.
    pub fn ways(self, length: usize) -> u64 {
        let mut ways = self.ways as f64;
        for at in 1..=self.degree {
            ways *= (length as f64 + f64::from(at)) / f64::from(at);
        }
        ways as u64
    }
}

/// What a position takes.
#[derive(Clone, Copy)]
struct Symbols {
    ascii: u128,
    /// Of [`SAMPLES`] and the characters that are named, each a bit.
    beyond: u64,
    /// Whether it has ranges and properties: where those meet, no sample may tell.
    range: bool,
    property: bool,
}

struct Graph {
    symbols: Vec<Symbols>,
    /// By a position, those that may come next, in their order.
    next: Vec<Set>,
    /// By a position, the loop that it is in: by its number, from 1.
    inside: Vec<usize>,
    /// How many more pairs may be looked at.
    steps: usize,
}

impl Graph {
    /// The positions, and before them one from which all begin.
    fn of(expression: &str, positions: Positions) -> Graph {
        let Positions { classes, next, start, anywhere, asked, .. } = positions;
        let samples: Vec<(char, u32)> = SAMPLES.chars().zip(0..).chain(named(expression)).collect();
        let beyond = |has: &dyn Fn(char) -> bool| {
            let having = samples.iter().filter(|(char, _)| has(*char));
            having.fold(0, |all, (_, bit)| all | 1_u64 << bit)
        };
        // Of the classes that are told apart by their symbols alone, there are few.
        let mut symbols: Vec<Symbols> = Vec::with_capacity(classes.len() + 1);
        let parts = [128, 129, 130].map(|part| beyond(&|char| symbol(char) == part));
        for class in std::iter::once(&ALL).chain(&classes) {
            let has = (128..).zip(parts).filter(|(symbol, _)| class.has(*symbol));
            let all = has.fold(0, |all, (_, bits)| all | bits);
            symbols.push(Symbols { ascii: class.0, beyond: all, range: false, property: false });
        }
        for Asked { text, matcher, ascii, positions } in asked {
            let text = text.as_bytes();
            let is_property = |at: &usize| matches!(text[*at..], [b'\\', b'p' | b'P', b'{', ..]);
            let is_category = |at: usize| matches!(text[at + 4..], [b'}', ..] | [_, b'}', ..]);
            let properties = || (0..text.len()).filter(is_property);
            let property = properties().next().is_some();
            // Of properties, general categories are told apart, by their short names.
            let beyond = match properties().all(is_category) {
                true => beyond(&|char| matcher.matches(char.encode_utf8(&mut [0; 4]))),
                false => u64::MAX,
            };
            for at in positions {
                symbols[at as usize + 1] =
                    Symbols { ascii, beyond, range: has_range(text), property };
            }
        }
        let shifted = |set: &Set| {
            let mut set: Set = set.iter().map(|at| at + 1).collect();
            crate::order::sort(&mut set);
            set
        };
        let mut first = shifted(&start);
        if !anywhere.is_empty() {
            first.insert(0, 0);
        }
        let next: Vec<Set> = std::iter::once(first).chain(next.iter().map(shifted)).collect();
        let inside = vec![0; next.len()];
        Graph { symbols, next, inside, steps: MOST_STEPS }
    }

    /// Nothing if it is exponential, or there were too many steps.
    fn ambiguity(&mut self) -> Option<Ambiguity> {
        let loops = self.loops();
        for members in &loops {
            if self.is_exponential(members) {
                return None;
            }
        }
        // Those that a text may be divided between, and how many in a row.
        let follow: Vec<Vec<usize>> = loops.iter().map(|members| self.divided(members)).collect();
        let mut degrees = vec![1; loops.len()];
        for _ in 0..loops.len() {
            for at in 0..loops.len() {
                let after = follow[at].iter().map(|other| degrees[other - 1] + 1).max();
                degrees[at] = degrees[at].max(after.unwrap_or(1)).min(loops.len() as u32);
            }
        }
        let degree = degrees.into_iter().max().unwrap_or(1);
        let ways = self.ways();
        (self.steps > 0).then_some(Ambiguity { degree, ways })
    }

    /// Finds the loops: positions each of which can be reached from each other.
    fn loops(&mut self) -> Vec<Vec<u32>> {
        let mut before = vec![vec![]; self.next.len()];
        for (at, next) in self.next.iter().enumerate() {
            next.iter().for_each(|other| before[*other as usize].push(at as u32));
        }
        let mut loops = vec![];
        for at in 0..self.next.len() {
            if self.inside[at] == 0 && before[at].last().is_some_and(|last| *last as usize >= at) {
                let after = self.reached(at, &self.next);
                let earlier = self.reached(at, &before);
                self.step(before.len());
                let both = |at: &u32| after[*at as usize] && earlier[*at as usize];
                let members: Vec<u32> = (0..before.len() as u32).filter(both).collect();
                if !members.is_empty() {
                    loops.push(members);
                    for at in loops.last().into_iter().flatten() {
                        self.inside[*at as usize] = loops.len();
                    }
                }
            }
        }
        loops
    }

    /// Whether each position can be reached from one.
    fn reached(&self, from: usize, next: &[Set]) -> Vec<bool> {
        let mut reached = vec![false; next.len()];
        let mut open = vec![from];
        while let Some(at) = open.pop() {
            for other in &next[at] {
                if !std::mem::replace(&mut reached[*other as usize], true) {
                    open.push(*other as usize);
                }
            }
        }
        reached
    }

    /// Whether a loop can be gone around on one word in two ways.
    fn is_exponential(&mut self, members: &[u32]) -> bool {
        let inside = |set: &Set| -> Set {
            set.iter().copied().filter(|at| members.binary_search(at).is_ok()).collect()
        };
        let next: Vec<Set> = members.iter().map(|at| inside(&self.next[*at as usize])).collect();
        if next.iter().any(|set| set.windows(2).any(|pair| pair[0] == pair[1])) {
            return true;
        }
        let number = |at: u32| members.binary_search(&at).unwrap_or_default();
        let mut pairs = Pairs::new(members.len(), members.len());
        let mut latest: &[u32] = &[];
        for set in &next {
            if *set != latest {
                latest = set;
                for (at, one) in set.iter().enumerate() {
                    for other in &set[at + 1..] {
                        if self.step(1) && self.overlap(*one, *other) {
                            pairs.add(number(*one), number(*other));
                        }
                    }
                }
            }
        }
        while let Some((one, other)) = pairs.open.pop() {
            for one in &next[one] {
                for other in &next[other] {
                    if self.step(1) && self.overlap(*one, *other) {
                        if one == other {
                            return true;
                        }
                        pairs.add(number(*one.min(other)), number(*one.max(other)));
                    }
                }
            }
        }
        false
    }

    /// The other loops that a word can lead to that also leads around in this one.
    fn divided(&mut self, members: &[u32]) -> Vec<usize> {
        let own = self.inside[members[0] as usize];
        let mut found = vec![];
        let mut pairs = Pairs::new(members.len(), self.next.len());
        members.iter().enumerate().for_each(|(at, one)| pairs.add(at, *one as usize));
        while let Some((one, other)) = pairs.open.pop() {
            let one = members[one] as usize;
            for at in 0..self.next[one].len() {
                let one = self.next[one][at];
                let Ok(number) = members.binary_search(&one) else { continue };
                for at in 0..self.next[other].len() {
                    let other = self.next[other][at];
                    if self.step(1) && self.overlap(one, other) {
                        let reached = self.inside[other as usize];
                        if reached != 0 && reached != own && !found.contains(&reached) {
                            found.push(reached);
                        }
                        pairs.add(number, other as usize);
                    }
                }
            }
        }
        found
    }

    /// In how many ways one word can lead through the positions, loops left aside.
    fn ways(&mut self) -> u64 {
        let mut ways = vec![1_u64; self.next.len()];
        // Out of a loop there are as many as out of all of it.
        let mut out = vec![1_u64; self.next.len() + 1];
        for at in (0..self.next.len()).rev() {
            let own = self.inside[at];
            let later = |other: &&u32| {
                let other = **other as usize;
                other > at && (own == 0 || self.inside[other] != own)
            };
            let next: Vec<u32> = self.next[at].iter().filter(later).copied().collect();
            let mut most = 1;
            for (number, one) in next.iter().enumerate() {
                if number > 0 && next[number - 1] == *one {
                    continue;
                }
                let mut sum = 0_u64;
                for other in &next {
                    if self.step(1) && self.overlap(*one, *other) {
                        let inside = self.inside[*other as usize];
                        let more = if inside == 0 { ways[*other as usize] } else { out[inside] };
                        sum = sum.saturating_add(more);
                    }
                }
                most = most.max(sum);
            }
            ways[at] = most;
            if own != 0 {
                out[own] = out[own].max(most);
            }
        }
        if self.inside[0] == 0 { ways[0] } else { out[self.inside[0]] }
    }

    /// Whether a character is taken by both.
    fn overlap(&self, one: u32, other: u32) -> bool {
        let (one, other) = (self.symbols[one as usize], self.symbols[other as usize]);
        one.ascii & other.ascii != 0
            || one.beyond & other.beyond != 0
            || one.range && other.property
            || one.property && other.range
    }

    /// Counts steps; whether there are some left.
    fn step(&mut self, count: usize) -> bool {
        self.steps = self.steps.saturating_sub(count);
        self.steps > 0
    }
}

/// Pairs of positions, each looked at once.
struct Pairs {
    count: usize,
    seen: Vec<u64>,
    open: Vec<(usize, usize)>,
}

impl Pairs {
    fn new(ones: usize, count: usize) -> Pairs {
        Pairs { count, seen: vec![0; (ones * count).div_ceil(64)], open: vec![] }
    }

    fn add(&mut self, one: usize, other: usize) {
        let at = one * self.count + other;
        let bit = 1 << (at % 64);
        if self.seen[at / 64] & bit == 0 {
            self.seen[at / 64] |= bit;
            self.open.push((one, other));
        }
    }
}

/// The characters beyond ASCII that an expression names, and those after them, where what it names may
/// end; each with its bit.
fn named(expression: &str) -> Vec<(char, u32)> {
    let bytes = expression.as_bytes();
    let mut all: Vec<char> = expression.chars().collect();
    for (at, byte) in bytes.iter().enumerate() {
        if matches!((byte, bytes.get(at + 1)), (b'\\', Some(b'u' | b'x'))) {
            let most = match (bytes[at + 1], bytes.get(at + 2)) {
                (b'u', Some(b'{')) => 7,
                (b'u', _) => 4,
                _ => 2,
            };
            let digits =
                bytes[at + 2..].iter().take(most).filter_map(|byte| char::from(*byte).to_digit(16));
            all.extend(char::from_u32(digits.fold(0, |all, digit| all << 4 | digit)));
        }
    }
    all.retain(|char| !char.is_ascii());
    for at in 0..all.len() {
        all.extend(char::from_u32(all[at] as u32 + 1));
    }
    crate::order::sort(&mut all);
    all.dedup();
    all.into_iter().zip((NAMED..u64::BITS).cycle()).collect()
}

/// Whether a class has a range, in some way.
fn has_range(class: &[u8]) -> bool {
    class.starts_with(b"[^")
        || class.windows(3).any(|part| part[0] != b'[' && part[1] == b'-' && part[2] != b']')
}

#[cfg(test)]
mod tests {
    use super::Ambiguity;
    use crate::pattern::{Pattern, own_engine};

    fn of(expression: &str) -> Result<Ambiguity, &'static str> {
        assert!(Pattern::is_well_formed(expression), "{expression}");
        Ambiguity::of(expression, own_engine)
    }

    #[test]
    fn loops_in_loops_are_exponential() {
        let many = |part: &str| format!("^{}{}$", part.repeat(40), "a".repeat(40));
        let more = [many("a?"), many("(?:a|aa)"), many("(?:a?){2}")];
        for expression in BAD.iter().copied().chain(more.iter().map(String::as_str)) {
            let refused = of(expression).expect_err(expression);
            assert!(refused.contains("exponentially"), "{expression} {refused}");
        }
    }

    #[test]
    fn what_people_write_is_not() {
        for expression in GOOD {
            let Ambiguity { degree, ways } = of(expression).expect(expression);
            assert!(degree <= 5 && ways <= 3000, "{expression}: {degree} {ways}");
        }
    }

    #[test]
    fn loops_that_follow_each_other_are_counted() {
        for (expression, degree) in [
            ("^abc$", 1),
            ("^a*$", 1),
            ("a*", 2),
            ("^a*b*$", 1),
            ("^a*a*$", 2),
            ("a*a*a*a*b", 5),
            ("\\b\\w*\\w*\\w*!", 4),
            ("^.*a.*b.*$", 3),
            ("^a*(?=a*b)", 2),
            ("^(?=a*b)(?=a*c)a*", 1),
            ("^[ab](?:b(?<=a.*))*$", 2),
            ("^(?:(?=b*c)b)*$", 2),
            ("^(?:[à-ü]+|é+)!*$", 1),
            ("^[à-ü]*é*$", 2),
            ("^\\p{L}*[–’]*\\p{M}*$", 1),
            ("^\\p{Script=Greek}*\\p{N}*$", 2),
            ("^\\u{e0}*\\xe1*\\ud83d\\ude00*$", 1),
            ("^[^é]*[é]*$", 1),
        ] {
            assert_eq!(of(expression).map(|found| found.degree), Ok(degree), "{expression}");
        }
    }

    #[test]
    fn large_ones_are_judged_in_a_moment() {
        let started = std::time::Instant::now();
        let words: Vec<_> = (0..1500).map(|at| format!("w{at:04x}")).collect();
        let words = words.join("|");
        assert!(of(&format!("^(?:{words})$")).is_ok());
        for expression in [
            format!("^(?:{words})+$"),
            format!("^(?:{})+$", vec!["a*b"; 4000].join("|")),
            format!("{}b", "a*".repeat(8000)),
            format!("{}{}", "(".repeat(200), ")".repeat(200)),
            format!("^(?:{})+$", "[ab]?".repeat(800)),
            "((((((.{8}){8}){8}){8}){8}){8}){8}".to_owned(),
        ] {
            assert!(of(&expression).is_err(), "{expression:.40}");
        }
        let most = if cfg!(debug_assertions) { 60 } else { 2 };
        assert!(started.elapsed().as_secs() < most, "{:?}", started.elapsed());
    }

    #[test]
    fn the_lengths_that_are_documented_are_those() {
        for (degree, longest) in [(2, 4094), (3, 367), (4, 116)] {
            let ways = |length| Ambiguity { degree, ways: 1 }.ways(length);
            assert!(ways(longest) <= Pattern::MOST_WAYS, "{degree}");
            assert!(ways(longest + 1) > Pattern::MOST_WAYS, "{degree}");
        }
    }

    const BAD: &[&str] = &[
        // Widely copied; its last class has the backslash that also begins the alternative after it.
        r#"^(?:[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*|"(?:[\x01-\x08\x0b\x0c\x0e-\x1f\x21\x23-\x5b\x5d-\x7f]|\\[\x01-\x09\x0b\x0c\x0e-\x7f])*")@(?:(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?|\[(?:(?:25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)\.){3}(?:25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?|[a-z0-9-]*[a-z0-9]:(?:[\x01-\x08\x0b\x0c\x0e-\x1f\x21-\x5a\x53-\x7f]|\\[\x01-\x09\x0b\x0c\x0e-\x7f])+)\])$"#,
        "^(a+)+$",
        "^(a*)*$",
        "^(a|a)*$",
        "^(a|aa)+$",
        "^(a|a?)+$",
        "(x+x+)+y",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        r"^(?=.*\d)(\w+\s?)*$",
        r"\b(\w+-?)+\b!",
        "^(a?b?)*$",
        "^((a*)b?)*$",
        r"^(\d{1,50}){1,50}$",
        "^(a{1,30}){1,30}$",
        "(?=(a+)+b)c",
        "(?!^(a|b|ab)*c)",
        "(?<=(a+)+)b",
        "^(.*?,){11}P",
        "^(.*,)*P",
        r"^(a)(?:\1|a)+$",
        "^(a?){40}a{40}$",
        "^(?:(?=a)(a|a)){40}$",
    ];

    const GOOD: &[&str] = &[
        r"^(?!-)([a-z0-9-]{1,63}\.)+[a-z]{2,}$",
        r"^(?=.*\d)(?=.*[a-z]).{8,}$",
        r"^(?=.*[a-z])(?=.*[A-Z])(?=.*\d)(?=.*[^\w\s])\S{8,64}$",
        r"^(?!.*(.)\1{2})[a-z]+$",
        r"^(?!\s*$).+",
        r"^\S+(?: \S+)*(?<!\.)$",
        r"^.{1,200}$",
        r"^[\w.%+-]{1,64}@(?:[a-zA-Z0-9-]{1,63}\.){1,8}[a-zA-Z]{2,63}$",
        r"^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$",
        r#"^(?:[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*|"(?:[\x01-\x08\x0b\x0c\x0e-\x1f\x21\x23-\x5b\x5d-\x7f]|\\[\x01-\x09\x0b\x0c\x0e-\x7f])*")@(?:(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9](?:[a-z0-9-]*[a-z0-9])?|\[(?:(?:25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?)\.){3}(?:25[0-5]|2[0-4][0-9]|[01]?[0-9][0-9]?|[a-z0-9-]*[a-z0-9]:(?:[\x01-\x08\x0b\x0c\x0e-\x1f\x21-\x5a\x5e-\x7f]|\\[\x01-\x09\x0b\x0c\x0e-\x7f])+)\])$"#,
        r"^https?:\/\/(www\.)?[-a-zA-Z0-9@:%._\+~#=]{1,256}\.[a-zA-Z0-9\(\)]{1,6}\b([-a-zA-Z0-9\(\)@:%_\+.~#?&\/\/=]*)$",
        r"^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-((?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*)(?:\.(?:0|[1-9]\d*|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(?:\+([0-9a-zA-Z-]+(?:\.[0-9a-zA-Z-]+)*))?$",
        r"^[0-9a-fA-F]{8}\b-[0-9a-fA-F]{4}\b-[0-9a-fA-F]{4}\b-[0-9a-fA-F]{4}\b-[0-9a-fA-F]{12}$",
        r"^[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}(,[0-9a-f]{8}-[0-9a-f]{4}-[1-5][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12})*$",
        r"^(([0-9a-fA-F]{1,4}:){7,7}[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,7}:|([0-9a-fA-F]{1,4}:){1,6}:[0-9a-fA-F]{1,4}|([0-9a-fA-F]{1,4}:){1,5}(:[0-9a-fA-F]{1,4}){1,2}|([0-9a-fA-F]{1,4}:){1,4}(:[0-9a-fA-F]{1,4}){1,3}|([0-9a-fA-F]{1,4}:){1,3}(:[0-9a-fA-F]{1,4}){1,4}|([0-9a-fA-F]{1,4}:){1,2}(:[0-9a-fA-F]{1,4}){1,5}|[0-9a-fA-F]{1,4}:((:[0-9a-fA-F]{1,4}){1,6})|:((:[0-9a-fA-F]{1,4}){1,7}|:)|::(ffff(:0{1,4}){0,1}:){0,1}((25[0-5]|(2[0-4]|1{0,1}[0-9]){0,1}[0-9])\.){3,3}(25[0-5]|(2[0-4]|1{0,1}[0-9]){0,1}[0-9]))$",
        r"^((25[0-5]|(2[0-4]|1\d|[1-9]|)\d)\.?\b){4}$",
        r"^(?:\+?1[-. ]?)?\(?([0-9]{3})\)?[-. ]?([0-9]{3})[-. ]?([0-9]{4})\b$",
        r"^\+?\d{1,4}?[-.\s]?\(?\d{1,3}?\)?[-.\s]?\d{1,4}[-.\s]?\d{1,4}[-.\s]?\d{1,9}\b$",
        r"^(?=.{1,254}$)(?:(?!-)[A-Za-z0-9-]{1,63}(?<!-)\.)+[A-Za-z]{2,63}$",
        r"^(?=.{2,50}$)\p{L}[\p{L}\p{M}]*(?:[ '’-]\p{L}[\p{L}\p{M}]*)*$",
        r"^(?!0000)\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2}))?$",
        r"^(?=\S)(?:[A-Za-z0-9+\/]{4})*(?:[A-Za-z0-9+\/]{2}==|[A-Za-z0-9+\/]{3}=)?$",
        r"^data:image\/(?:png|jpeg);base64,(?=.)(?:[A-Za-z0-9+\/]{4}){1,1000}$",
        r#"^(["'])(?:(?!\1)[^\\]|\\.)*\1$"#,
        r"^#(?:[0-9a-fA-F]{3}){1,2}\b$",
        r"^(?:4[0-9]{12}(?:[0-9]{3})?|5[1-5][0-9]{14}|3[47][0-9]{13}|6(?:011|5[0-9]{2})[0-9]{12})$",
        r"^[a-z0-9]+(?:-[a-z0-9]+)*(?<!-)$",
        r"^\/(?:[^\/\0]+\/?\b)?$",
        r"^-?(?!0\d)\d{1,15}(?:\.\d{1,4})?$",
        r"^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|TRACE|CONNECT|PROPFIND|PROPPATCH|MKCOL|COPY|MOVE)$",
        r"\bacme\b",
        r"<([a-z]+)>.*<\/\1>",
        r"^(?:[0-9A-F]{2}(?=([:-]))){1}(?:\1[0-9A-F]{2}){5}$",
        r"^P(?!$)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+S)?)?$",
        r"^(?!.*\.\.)(?!.*\.$)[^\W][\w.]{0,29}$",
        r"^(?=.{3,20}$)(?![_.])(?!.*[_.]{2})[a-zA-Z0-9._]+(?<![_.])$",
        r"^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?\b$",
        r"^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$",
        r"^\s*(?:\S\s*){1,500}$",
        r"^(?:\s*\S){3,}\s*$",
        r"^([a-zA-Z0-9_-]+\.){2}[a-zA-Z0-9_-]+\b$",
        r"^(?:urn:uuid:)?(?!0{8})[0-9a-f-]{36}$",
        r"^arn:(?:aws|aws-cn|aws-us-gov):[a-z0-9-]+:[a-z0-9-]*:(?:\d{12})?:[A-Za-z0-9:_\/+=,@.-]{1,1011}$",
    ];
}
