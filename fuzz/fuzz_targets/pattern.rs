//! Any expression compiles or is refused with a reason; what compiles matches as `regress` does, and what
//! would take for ever does not compile.

#![no_main]

use libfuzzer_sys::fuzz_target;
use prewash::pattern::Pattern;
use prewash_fuzz::parts;

/// How many repeats an expression may have for `regress` to be asked itself: it backtracks, and takes
/// time exponential in the text where they nest.
const REPEATS: usize = 3;
/// How long a text may be where there is more than one repeat, in bytes.
const SHORT: usize = 24;

fuzz_target!(|bytes: &[u8]| {
    let (expression, text) = parts(bytes);
    let (Ok(expression), Ok(text)) = (str::from_utf8(expression), str::from_utf8(text)) else {
        return;
    };
    let peer = regress::Regex::with_flags(expression, "u");
    assert_eq!(Pattern::is_well_formed(expression), peer.is_ok(), "{expression}");
    let (pattern, peer) = match (Pattern::compile(expression), peer) {
        (Ok(pattern), Ok(peer)) => (pattern, peer),
        (Ok(_), Err(error)) => panic!("{expression} compiles: {error}"),
        (Err(error), Ok(_)) => {
            assert!(error.contains("exponentially many ways") || error.contains("too large"));
            return;
        }
        (Err(_), Err(_)) => return,
    };
    // Ends soon, whatever it is: what may not was refused.
    let matches = pattern.matches(text);
    let repeats = expression.bytes().filter(|byte| b"*+?{|\\".contains(byte)).count();
    if repeats > REPEATS || repeats > 1 && text.len() > SHORT {
        return;
    }
    if let Some(matches) = matches {
        assert_eq!(matches, peer.find(text).is_some(), "/{expression}/u on {text:?}");
    }
});
