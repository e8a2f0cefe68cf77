//! JSON numbers as exact decimals, read from their text: no digit is lost to binary floating point.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

/// The value `±0.d₁d₂d₃… × 10^point`, its digits without zeros at either end.
#[derive(Clone, Copy, Debug)]
pub struct Decimal<'t> {
    negative: bool,
    /// The significant digits, with the decimal point where it was written, if within.
    digits: &'t [u8],
    /// Where the point belongs, counted from the first significant digit; saturates.
    point: i64,
}

/// A whole number of at most 15 digits that is written plainly, as most are.
pub fn small(text: &str) -> Option<i64> {
    small_from(text.as_bytes())
}

fn small_from(text: &[u8]) -> Option<i64> {
    let digits = text.strip_prefix(b"-").unwrap_or(text);
    if !(1..=15).contains(&digits.len()) {
        return None;
    }
    let number = digits.iter().try_fold(0, |number, digit| {
        digit.is_ascii_digit().then(|| number * 10 + i64::from(digit - b'0'))
    })?;
    Some(if digits.len() < text.len() { -number } else { number })
}

/// How a number compares with a whole one, where it is written without an exponent and is not long,
/// as most are.
pub fn order(text: &str, limit: i64) -> Option<Ordering> {
    let text = text.as_bytes();
    let point = text.iter().position(|byte| *byte == b'.').unwrap_or(text.len());
    let order = small_from(&text[..point])?.cmp(&limit);
    let fraction = text.get(point + 1..).unwrap_or_default();
    if !fraction.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let beyond = if text[0] == b'-' { Ordering::Less } else { Ordering::Greater };
    let is_whole = fraction.iter().all(|digit| *digit == b'0');
    Some(if is_whole { order } else { order.then(beyond) })
}

impl<'t> Decimal<'t> {
    /// Reads a number that has the grammar of RFC 8259, section 6.
    pub fn parse(text: &'t str) -> Decimal<'t> {
        let negative = text.starts_with('-');
        let text = text.as_bytes();
        let unsigned = &text[usize::from(negative)..];
        let mantissa_end =
            unsigned.iter().position(|byte| matches!(byte, b'e' | b'E')).unwrap_or(unsigned.len());
        let (mantissa, exponent) = unsigned.split_at(mantissa_end);
        let exponent = exponent.get(1..).map_or(0, exponent_of);
        let whole = mantissa.iter().position(|byte| *byte == b'.').unwrap_or(mantissa.len());
        let significant = |byte: &u8| !matches!(byte, b'0' | b'.');
        let Some(first) = mantissa.iter().position(significant) else {
            return Decimal { negative: false, digits: &[], point: 0 };
        };
        let last = mantissa.iter().rposition(significant).unwrap_or(first);
        let point =
            if first < whole { (whole - first) as i64 } else { whole as i64 + 1 - first as i64 };
        Decimal { negative, digits: &mantissa[first..=last], point: point.saturating_add(exponent) }
    }

    fn digits(&self) -> impl Iterator<Item = u8> + use<'t> {
        self.digits.iter().filter(|byte| **byte != b'.').map(|byte| byte - b'0')
    }

    fn digit_count(&self) -> i64 {
        (self.digits.len() - usize::from(self.digits.contains(&b'.'))) as i64
    }

    /// Whether it has no fraction: JSON Schema 2020-12 counts `1.0` as an integer.
    pub fn is_integer(&self) -> bool {
        self.digits.is_empty() || self.digit_count() <= self.point
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// Whether it is below zero.
    pub fn is_negative(&self) -> bool {
        self.negative
    }

    /// Whether it is a whole multiple of `divisor`, exactly. A divisor of zero divides nothing;
    /// one of more than [`Decimal::MAX_DIVISOR_DIGITS`] digits gives `None`.
    pub fn is_multiple_of(&self, divisor: &Decimal<'_>) -> Option<bool> {
        if divisor.is_zero() {
            return Some(false);
        }
        if divisor.digit_count() > Self::MAX_DIVISOR_DIGITS {
            return None;
        }
        if self.is_zero() {
            return Some(true);
        }
        // Both are digits × 10^exponent, digits not divisible by ten. If the divisor has the larger
        // exponent, a power of ten would have to divide our digits, which none does.
        let exponent = self.point.saturating_sub(self.digit_count());
        let shift = exponent.saturating_sub(divisor.point.saturating_sub(divisor.digit_count()));
        if shift < 0 {
            return Some(false);
        }
        let modulus = divisor.digits().fold(0, |sum, digit| sum * 10 + u128::from(digit));
        let rest = self.digits().fold(0, |rest, digit| (rest * 10 + u128::from(digit)) % modulus);
        Some(multiply(rest, power_of_ten(shift as u64, modulus), modulus) == 0)
    }

    /// The number as a count, if it is a whole one that fits.
    pub fn to_count(&self) -> Option<u64> {
        if self.negative || !self.is_integer() || self.point > 20 {
            return None;
        }
        let zeros = self.point - self.digit_count();
        let zeros = (0..if self.is_zero() { 0 } else { zeros }).map(|_| 0);
        self.digits()
            .chain(zeros)
            .try_fold(0_u64, |sum, digit| sum.checked_mul(10)?.checked_add(digit.into()))
    }

    /// How many digits a divisor may have.
    pub const MAX_DIVISOR_DIGITS: i64 = 37;
}

/// The value of an exponent's digits, at most a million million either way.
fn exponent_of(text: &[u8]) -> i64 {
    let negative = text.first() == Some(&b'-');
    let digits = text.iter().filter(|byte| byte.is_ascii_digit());
    let size = digits.fold(0_i64, |sum, byte| (sum * 10 + i64::from(byte - b'0')).min(1 << 40));
    if negative { -size } else { size }
}

fn power_of_ten(mut exponent: u64, modulus: u128) -> u128 {
    let (mut base, mut power) = (10 % modulus, 1 % modulus);
    while exponent > 0 {
        if exponent & 1 == 1 {
            power = multiply(power, base, modulus);
        }
        base = multiply(base, base, modulus);
        exponent >>= 1;
    }
    power
}

/// `one × other` modulo a modulus below 2^127.
fn multiply(mut one: u128, mut other: u128, modulus: u128) -> u128 {
    if one < 1 << 64 && other < 1 << 64 {
        return one * other % modulus;
    }
    let mut product = 0;
    while other > 0 {
        if other & 1 == 1 {
            product = (product + one) % modulus;
        }
        one = one * 2 % modulus;
        other >>= 1;
    }
    product
}

impl PartialEq for Decimal<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal<'_> {}

impl PartialOrd for Decimal<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        let size = |one: &Self, other: &Self| match (one.is_zero(), other.is_zero()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
            (false, false) => {
                one.point.cmp(&other.point).then_with(|| one.digits().cmp(other.digits()))
            }
        };
        match (self.negative, other.negative) {
            (false, false) => size(self, other),
            (true, true) => size(other, self),
            (true, false) => Ordering::Less,
            (false, true) => Ordering::Greater,
        }
    }
}

impl Hash for Decimal<'_> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        (self.negative, self.point).hash(hasher);
        self.digits().for_each(|digit| digit.hash(hasher));
    }
}

#[cfg(test)]
mod tests {
    use super::{Decimal, order};
    use proptest::prelude::*;
    use std::cmp::Ordering;

    proptest! {
        #[test]
        fn what_is_written_plainly_compares_as_decimals_do(
            text in r"-?(0|[1-9][0-9]{0,2}|[1-9][0-9]{13,16})(\.[0-9]{1,3}|\.0)?([eE][+-]?[0-9]{1,2})?",
            limit in prop_oneof![-20_i64..20, -1000_i64..1000],
        ) {
            let exact = Decimal::parse(&text).cmp(&Decimal::parse(&limit.to_string()));
            prop_assert!(order(&text, limit).is_none_or(|order| order == exact), "{text} {limit}");
        }
    }

    #[test]
    fn numbers_compare_by_value() {
        use Ordering::{Equal, Greater, Less};
        for (one, other, order) in [
            ("1", "1.0", Equal),
            ("100", "1e2", Equal),
            ("0.001", "1E-3", Equal),
            ("-0.0e5", "0", Equal),
            ("10.50", "1.05e1", Equal),
            ("9007199254740993", "9007199254740992", Greater),
            ("0.1", "0.10000000000000000001", Less),
            ("-2", "-1", Less),
            ("-1", "1", Less),
            ("1e400", "9e399", Greater),
            ("1e-400", "0", Greater),
            ("12", "1.3e1", Less),
            ("1e999999999999999999999", "2", Greater),
        ] {
            let (one, other) = (Decimal::parse(one), Decimal::parse(other));
            assert_eq!(one.cmp(&other), order, "{one:?} {other:?}");
            assert_eq!(other.cmp(&one), order.reverse());
        }
    }

    #[test]
    fn integers_are_told_by_value() {
        for (text, integer) in [
            ("1", true),
            ("1.0", true),
            ("1.5", false),
            ("1.5e1", true),
            ("0.0", true),
            ("1e-1", false),
        ] {
            assert_eq!(Decimal::parse(text).is_integer(), integer, "{text}");
        }
    }

    #[test]
    fn counts_are_whole_numbers() {
        for (text, count) in [
            ("0", Some(0)),
            ("-0.0", Some(0)),
            ("0e99", Some(0)),
            ("12", Some(12)),
            ("1.2e1", Some(12)),
            ("100", Some(100)),
            ("18446744073709551615", Some(u64::MAX)),
            ("18446744073709551616", None),
            ("1e19", Some(10_000_000_000_000_000_000)),
            ("1e20", None),
            ("1e999999999999", None),
            ("1.5", None),
            ("-1", None),
        ] {
            assert_eq!(Decimal::parse(text).to_count(), count, "{text}");
        }
    }

    #[test]
    fn multiples_are_exact() {
        for (text, divisor, multiple) in [
            ("10", "2", true),
            ("7", "2", false),
            ("0.0075", "0.0001", true),
            ("0.00751", "0.0001", false),
            ("4.35", "0.01", true),
            ("1e308", "0.123456789", false),
            ("1e308", "0.5", true),
            ("9007199254740993", "9007199254740992", false),
            ("0", "3", true),
            ("20", "10", true),
            ("25", "10", false),
            ("12391239123", "1e-8", true),
            ("340282366920938463463374607431768211455", "18446744073709551615", true),
            ("340282366920938463463374607431768211456", "18446744073709551615", false),
            ("1e30", "1000000000000000000001", false),
        ] {
            let number = Decimal::parse(text);
            assert_eq!(number.is_multiple_of(&Decimal::parse(divisor)), Some(multiple), "{text}");
        }
    }
}
