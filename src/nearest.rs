//! The word that was probably meant.

use crate::unicode;

/// The longest word that is compared, in bytes.
const LONGEST: usize = 64;

/// How many words one check compares, and how many one report.
pub const MOST_COMPARISONS: usize = 250_000;

/// The candidate that `word` probably means: the same but for case, spaces and punctuation, or with
/// a word added, or within a few typing errors. Nothing if none is near.
pub fn nearest<'c>(word: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    let folded = fold(word);
    let bare = strip(&folded);
    candidates
        .filter(|candidate| candidate.len() <= LONGEST)
        .filter_map(|candidate| {
            let target = fold(candidate);
            let distance = if folded == target {
                0
            } else if !bare.is_empty() && bare == strip(&target) {
                1
            } else if continues(&folded, &target) {
                2
            } else {
                let typos = strsim::osa_distance(&folded, &target);
                let most = (target.chars().count().min(folded.chars().count()) / 4).clamp(1, 3);
                if typos > most || target.chars().count() < 3 {
                    return None;
                }
                2 + typos
            };
            Some((distance, candidate))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Lower case, dashes alike, no white space, thousands separators, underscores or quotes.
fn fold(word: &str) -> String {
    unicode::lower_case(word)
        .chars()
        .filter_map(|char| match char {
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}' => {
                Some('-')
            }
            ',' | '_' | '\'' | '"' | '`' => None,
            char if char.is_whitespace() => None,
            char => Some(char),
        })
        .collect()
}

/// Letters and digits alone.
fn strip(folded: &str) -> String {
    folded.chars().filter(|char| char.is_alphanumeric()).collect()
}

/// Whether `folded` is a `target` that ends in a digit or sign, with a word after it: a size with
/// its unit.
fn continues(folded: &str, target: &str) -> bool {
    target.ends_with(|char: char| !char.is_alphabetic())
        && folded.strip_prefix(target).is_some_and(|rest| rest.chars().all(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_word_that_was_meant_is_found() {
        let sizes = ["Empty", "SelfEmployed", "2-10", "11-50", "51-200", "5001-10000", "10001+"];
        let keys = ["domain", "linkedin_url", "name", "tags", "custom_field_"];
        for (word, candidates, meant) in [
            ("2–10", &sizes[..], Some("2-10")),
            (" 11 - 50 ", &sizes, Some("11-50")),
            ("51-200 employees", &sizes, Some("51-200")),
            ("10,001+", &sizes, Some("10001+")),
            ("self employed", &sizes, Some("SelfEmployed")),
            ("empty", &sizes, Some("Empty")),
            ("huge", &sizes, None),
            ("", &sizes, None),
            ("linkedinUrl", &keys, Some("linkedin_url")),
            ("LinkedIn-URL", &keys, Some("linkedin_url")),
            ("domian", &keys, Some("domain")),
            ("tag", &keys, Some("tags")),
            ("website", &keys, None),
        ] {
            assert_eq!(nearest(word, candidates.iter().copied()), meant, "{word}");
        }
    }
}
