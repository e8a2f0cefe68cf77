//! Any expression compiles or is refused; what the crate runs itself matches as `regress` does.

#![no_main]

use libfuzzer_sys::fuzz_target;
use prewash::pattern::Pattern;
use prewash_fuzz::parts;

/// How many repeats an expression may have to be tried on a text: `regress` backtracks, and takes time
/// exponential in the text where they nest.
const REPEATS: usize = 3;
/// How long a text may be where there is more than one repeat, in bytes.
const SHORT: usize = 24;

fuzz_target!(|bytes: &[u8]| {
    let (expression, text) = parts(bytes);
    let (Ok(expression), Ok(text)) = (str::from_utf8(expression), str::from_utf8(text)) else {
        return;
    };
    let peer = regress::Regex::with_flags(expression, "u");
    let pattern = Pattern::compile(expression);
    assert_eq!(pattern.is_ok(), peer.is_ok(), "{expression}");
    let (Ok(pattern), Ok(peer)) = (pattern, peer) else { return };
    let repeats = expression.bytes().filter(|byte| b"*+?{|\\".contains(byte)).count();
    if repeats > REPEATS || repeats > 1 && text.len() > SHORT {
        return;
    }
    assert_eq!(pattern.matches(text), peer.find(text).is_some(), "/{expression}/u on {text:?}");
});
