//! The domain that was probably meant. Whatever is suggested has gone through the steps itself.

use super::steps;
use crate::formats::address::{Address, reads_as_domain, strip_web_scheme, trim_punctuation};
use crate::formats::{Remark, host};
use crate::{code, search, unicode};

/// The longest text that is worth a guess, in bytes.
const LONGEST: usize = 2048;

/// Top-level domains that nobody puts a second one after: in `acme.com,us` the comma is no dot.
const FINAL: [&str; 3] = [".com", ".net", ".org"];

/// A domain that passes, near a text (trimmed) that was refused.
pub fn near(text: &str, refusal: &Remark) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let code = refusal.code;
    if *code == code::EMAIL_ADDRESS {
        after_at(text)
    } else if *code == code::UNSUPPORTED_SCHEME {
        let (before, after) = text.split_once(':')?;
        pass(&format!("https:{after}")).or_else(|| pass(before))
    } else if *code == code::INVALID_PORT {
        let address = Address::split(text, "").ok()?;
        let host = address.authority.rsplit('@').next()?;
        pass(host.split(':').next()?)
    } else if *code == code::EMPTY {
        pass(text.trim_start_matches(|char: char| char.is_ascii_punctuation()))
            .or_else(|| pass(after_broken_scheme(text)?))
    } else if *code == code::SINGLE_LABEL {
        pass(after_broken_scheme(text)?)
    } else if *code == code::EMPTY_LABEL {
        in_host(text, |host| {
            let labels: Vec<_> = host.split('.').filter(|label| !label.is_empty()).collect();
            labels.join(".")
        })
    } else if *code == code::BAD_HYPHEN {
        in_host(text, |host| {
            let labels: Vec<_> = host.split('.').map(|label| label.trim_matches('-')).collect();
            labels.join(".")
        })
    } else if *code == code::DOMAIN_TOO_LONG {
        in_host(text, |host| {
            host.get(4..)
                .filter(|_| host[..4].eq_ignore_ascii_case("www."))
                .unwrap_or(host)
                .to_owned()
        })
    } else if *code == code::INVALID_IDNA {
        pass(&visible(text)?)
    } else if *code == code::MULTIPLE_VALUES {
        all_the_same(text)
    } else if *code == code::INVALID_CHARACTER {
        after_typo(text)
    } else {
        None
    }
}

/// The text cleaned, if it passes; of an e-mail address, the domain.
fn pass(text: &str) -> Option<String> {
    match steps(text) {
        Ok(cleaned) => Some(cleaned.value.into_owned()),
        Err(refusal) if *refusal.code == code::EMAIL_ADDRESS => after_at(text),
        Err(_) => None,
    }
}

/// The domain of an e-mail address.
fn after_at(text: &str) -> Option<String> {
    let address = Address::split(text, "").ok()?;
    let (_, domain) = address.authority.rsplit_once('@')?;
    // `git@github.com:acme/prewash` has a path after its colon.
    let domain = domain.split(':').next()?;
    Some(steps(domain).ok()?.value.into_owned())
}

/// The text after `http//`, `https:://`, `http;//` or `www//`.
fn after_broken_scheme(text: &str) -> Option<&str> {
    let end = text.find(|char: char| !char.is_ascii_alphabetic())?;
    let (word, rest) = text.split_at(end);
    let is_scheme =
        strip_web_scheme(&format!("{word}:")).is_some() || word.eq_ignore_ascii_case("www");
    let is_broken = |char: char| matches!(char, '/' | '\\' | '.' | ':' | ';' | ',' | ' ');
    (is_scheme && rest.starts_with(is_broken)).then(|| rest.trim_start_matches(is_broken))
}

/// The domain once its host is repaired.
fn in_host(text: &str, repair: impl Fn(&str) -> String) -> Option<String> {
    let bare = Address::split(text, "").ok()?.host("").ok()?;
    let host = host::decode(bare.host);
    pass(&repair(&unicode::to_unicode(&host)))
}

/// The text without characters that have no shape, if it has any.
fn visible(text: &str) -> Option<String> {
    let is_hidden =
        |char: char| unicode::is_invisible(char) || char.is_control() && !char.is_whitespace();
    text.contains(is_hidden).then(|| text.replace(is_hidden, ""))
}

/// The one domain that all values of a list come down to.
fn all_the_same(text: &str) -> Option<String> {
    let address = Address::split(text, "").ok()?;
    let mut domains = address.pieces().filter(|piece| reads_as_domain(piece)).map(pass);
    let first = domains.next()??;
    domains.all(|domain| domain.as_ref() == Some(&first)).then_some(first)
}

/// The domain in a text that has a character too many, or a wrong one.
fn after_typo(text: &str) -> Option<String> {
    let address = Address::split(text, "").ok()?;
    // `"acme.com"`, `acme.com;`
    pass(trim_punctuation(text))
        .or_else(|| pass(after_broken_scheme(text)?))
        // `https%3A%2F%2Facme.com`
        .or_else(|| Some(pass(&host::decode(text))).filter(|_| text.contains('%'))?)
        .or_else(|| dot_for_comma(address.authority))
        .or_else(|| joined_at_dots(&address))
        .or_else(|| only_domain(&address))
        .or_else(|| pass(trim_punctuation(after_slashes(text)?)))
        .or_else(|| pass(&visible(text)?))
        // `ｈｔｔｐｓ：／／ａｃｍｅ．ｃｏｍ`
        .or_else(|| pass(&narrow(text)?))
}

/// The text after `h ttps://` or `[acme](https://`.
fn after_slashes(text: &str) -> Option<&str> {
    search::split_once(text, "//")
        .filter(|(before, _)| !before.contains('.'))
        .map(|(_, after)| after)
}

/// `acme,com`, `www.acme,com`, `acme.co,uk`; not `acme.com,us`.
fn dot_for_comma(authority: &str) -> Option<String> {
    let (before, after) = authority.split_once([',', ';'])?;
    let is_final = FINAL.iter().any(|last| before.to_ascii_lowercase().ends_with(last));
    let is_dot = before.ends_with(char::is_alphanumeric)
        && after.starts_with(char::is_alphabetic)
        && !is_final;
    if !is_dot {
        return pass(before).filter(|_| is_final);
    }
    pass(&format!("{before}.{after}"))
}

/// `acme . com`, `acme .com`; but `Inc. acme.com` is two words.
fn joined_at_dots(address: &Address) -> Option<String> {
    let words: Vec<_> = address.authority.split_whitespace().collect();
    let is_broken = words.windows(2).all(|pair| pair[0].ends_with('.') || pair[1].starts_with('.'));
    (words.len() > 1 && is_broken && !words[1..].iter().any(|word| reads_as_domain(word)))
        .then(|| pass(&words.concat()))?
}

/// The one domain among words, where it is plain that it is meant: it comes first (`acme.com (US)`),
/// is written as an address, or repeats a word (`Acme Inc. acme.com`).
fn only_domain(address: &Address) -> Option<String> {
    let pieces: Vec<_> = address.pieces().collect();
    let at = pieces.iter().position(|piece| reads_as_domain(piece))?;
    let piece = pieces[at];
    let domain = pass(piece)?;
    let name = domain.split('.').next().unwrap_or("");
    let is_address = piece.contains(['@', '/']) || piece.len() > domain.len();
    let is_repeated =
        || pieces[..at].iter().any(|word| search::contains(&unicode::lower_case(word), name));
    let is_alone = || !pieces[..at].iter().any(|word| word.contains(char::is_alphanumeric));
    (is_address || is_alone() || is_repeated()).then_some(domain)
}

/// The text with full-width characters in ASCII, if it has any.
fn narrow(text: &str) -> Option<String> {
    let narrow = |char: char| match char {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(char as u32 - 0xfee0).unwrap_or(char),
        _ => char,
    };
    let narrowed: String = text.chars().map(narrow).collect();
    (narrowed != text).then_some(narrowed)
}
