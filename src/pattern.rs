//! Regular expressions as ECMA-262 defines them, with the `u` flag (core, section 6.4).
//!
//! Most of a user's are simple, and run in `automaton.rs`, in time linear in the text. For the others
//! there is an engine: natively a crate with the same semantics, and a host brings its own. It
//! backtracks, so that `ambiguity.rs` first judges how long that may take: what takes exponentially
//! long is refused, and of what takes long on long texts, only shorter ones are matched. (Where the
//! feature `ambiguity` is off, there is only a limit on the text.)

#[cfg(feature = "ambiguity")]
mod ambiguity;
mod automaton;
mod positions;

use std::fmt;
use std::sync::OnceLock;

#[cfg(feature = "ambiguity")]
use ambiguity::Ambiguity;
use automaton::Automaton;

/// A compiled regular expression.
pub trait Matcher: Send + Sync {
    /// Whether it matches anywhere in the text.
    fn matches(&self, text: &str) -> bool;
}

/// Compiles a regular expression, or says why it is none.
pub type Engine = fn(&str) -> Result<Box<dyn Matcher>, String>;

static ENGINE: OnceLock<Engine> = OnceLock::new();

/// Makes the host's engine the one to use. The first call holds.
pub fn use_engine(engine: Engine) {
    let _ = ENGINE.set(engine);
}

/// A regular expression, compiled.
pub struct Pattern {
    text: Box<str>,
    run: Run,
}

/// What runs it.
enum Run {
    Simple(Automaton),
    Engine(Box<dyn Matcher>, Ambiguity),
}

/// Nothing is known of how long an expression takes.
#[cfg(not(feature = "ambiguity"))]
struct Ambiguity;

#[cfg(not(feature = "ambiguity"))]
impl Ambiguity {
    fn of(_: &str, _: Engine) -> Result<Ambiguity, &'static str> {
        Ok(Ambiguity)
    }

    fn ways(&self, _: usize) -> u64 {
        0
    }
}

impl Pattern {
    /// The longest expression that is compiled, in bytes: time can be quadratic in the number of its
    /// alternatives.
    pub const LONGEST: usize = 16 * 1024;
    /// The longest text that an engine is given, in bytes: to backtrack takes memory too, and where
    /// nothing is known of an expression it may take quadratic time.
    pub const LONGEST_TEXT: usize = if cfg!(feature = "ambiguity") { 1 << 20 } else { 1 << 14 };
    /// In how many ways an engine may try to match one text. What is quadratic is given up to 4094
    /// bytes by it, what is cubic 367, and what is of the fourth degree 116.
    pub const MOST_WAYS: u64 = 1 << 23;

    /// Compiles a regular expression.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn compile(text: &str) -> Result<Pattern, String> {
        if text.len() > Pattern::LONGEST {
            let most = Pattern::LONGEST;
            return Err(format!("a regular expression may have {most} bytes, and this has more"));
        }
        let matcher = engine()(text)
            .map_err(|error| format!("`{text}` is no regular expression: {error}"))?;
        let run = match Automaton::compile(text, engine()) {
            Some(simple) => Run::Simple(simple),
            None => {
                let ambiguity = Ambiguity::of(text, engine());
                Run::Engine(matcher, ambiguity.map_err(|error| format!("`{text}` {error}"))?)
            }
        };
        Ok(Pattern { text: text.into(), run })
    }

    /// Whether a text is a regular expression, be it one that is compiled or not.
    pub fn is_well_formed(text: &str) -> bool {
        engine()(text).is_ok()
    }

    /// Whether it matches anywhere in a text; nothing if it would take too long to tell.
    pub fn matches(&self, text: &str) -> Option<bool> {
        match &self.run {
            Run::Simple(simple) => Some(simple.matches(text)),
            Run::Engine(matcher, _) => {
                let short = text.len() <= Pattern::LONGEST_TEXT
                    && self.ways(text.len()) <= Pattern::MOST_WAYS;
                short.then(|| matcher.matches(text))
            }
        }
    }

    /// In how many ways an engine may try to match a text of so many bytes.
    pub fn ways(&self, length: usize) -> u64 {
        match &self.run {
            Run::Simple(_) => 0,
            Run::Engine(_, ambiguity) => ambiguity.ways(length),
        }
    }

    /// The expression as written.
    pub fn text(&self) -> &str {
        &self.text
    }
}

fn engine() -> Engine {
    *ENGINE.get_or_init(|| own_engine)
}

impl fmt::Debug for Pattern {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "/{}/u", self.text)
    }
}

#[cfg(not(target_family = "wasm"))]
impl Matcher for regress::Regex {
    fn matches(&self, text: &str) -> bool {
        self.find(text).is_some()
    }
}

#[cfg(not(target_family = "wasm"))]
fn own_engine(text: &str) -> Result<Box<dyn Matcher>, String> {
    let regex = regress::Regex::with_flags(text, "u").map_err(|error| error.to_string())?;
    Ok(Box::new(regex))
}

#[cfg(target_family = "wasm")]
fn own_engine(_: &str) -> Result<Box<dyn Matcher>, String> {
    Err("the host has brought no engine for them".to_owned())
}
