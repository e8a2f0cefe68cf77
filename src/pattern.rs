//! Regular expressions as ECMA-262 defines them, with the `u` flag (core, section 6.4).
//!
//! Natively a crate with the same semantics runs them; a host with an engine of its own brings that.
//! Most of a user's are simple, and those run in `automaton.rs`, where speed is worth its bytes.

#[cfg(feature = "automaton")]
mod automaton;

use std::fmt;
use std::sync::OnceLock;

#[cfg(feature = "automaton")]
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
    /// What tells for most texts, if the expression is simple.
    #[cfg(feature = "automaton")]
    automaton: Option<Automaton>,
    matcher: Box<dyn Matcher>,
}

impl Pattern {
    /// The longest expression that is compiled, in bytes: time can be quadratic in the number of its
    /// alternatives.
    pub const LONGEST: usize = 16 * 1024;

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
        let engine = *ENGINE.get_or_init(|| own_engine);
        let matcher =
            engine(text).map_err(|error| format!("`{text}` is no regular expression: {error}"))?;
        Ok(Pattern {
            text: text.into(),
            #[cfg(feature = "automaton")]
            automaton: Automaton::compile(text, engine),
            matcher,
        })
    }

    /// Whether it matches anywhere in a text.
    pub fn matches(&self, text: &str) -> bool {
        #[cfg(feature = "automaton")]
        if let Some(simple) = &self.automaton {
            return simple.matches(text);
        }
        self.matcher.matches(text)
    }

    /// The expression as written.
    pub fn text(&self) -> &str {
        &self.text
    }
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
