//! Plain scalars of YAML that parsers disagree on, or that mean something else than they look like.

/// Why the meaning of a plain scalar is in doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ambiguity {
    /// `yes`, `off`: a boolean in YAML 1.1.
    Boolean(bool),
    /// `010`: octal in YAML 1.1.
    Octal,
    /// `08`: a string in YAML 1.1, which takes it for an octal number with a wrong digit.
    NoOctal,
    /// `0o17`: octal in YAML 1.2.
    PrefixedOctal,
    /// `0b11`: binary in YAML 1.1.
    Binary,
    /// `12:30`: base 60 in YAML 1.1.
    Sexagesimal,
    /// `1_000`: a number in YAML 1.1.
    Underscore,
    /// `12e5`: a number in YAML 1.2.
    Exponent,
    /// `1.10`: a number, without its trailing zero.
    TrailingZero,
    /// `+4940123`: a number, without its sign.
    Plus,
    /// More digits than a floating-point number of 64 bits keeps.
    Digits,
    /// `null` as the value of a key for text.
    Null,
    /// `true` as the value of a key for text.
    TextBoolean,
    /// A date as the value of a key for text, which is a date in YAML 1.1.
    Date,
}

/// Keys whose values are text.
const TEXT_KEYS: [&str; 17] = [
    "title",
    "name",
    "slug",
    "label",
    "subtitle",
    "author",
    "authors",
    "surname",
    "lastname",
    "last_name",
    "firstname",
    "first_name",
    "description",
    "summary",
    "tags",
    "categories",
    "keywords",
];

/// Integers up to this one are exact in a floating-point number of 64 bits.
const MAX_EXACT: u64 = 1 << 53;

/// How many digits after a plus are more likely a telephone number than a number.
const MIN_DIALED: usize = 6;

impl Ambiguity {
    /// What is in doubt about a plain scalar that is the value of a key, or an item of a list that is.
    pub fn of(text: &str, key: Option<&str>) -> Option<Self> {
        let key = key.map(str::to_ascii_lowercase).unwrap_or_default();
        let is_text = TEXT_KEYS.contains(&&*key);
        match text {
            "yes" | "Yes" | "YES" | "on" | "On" | "ON" => return Some(Self::Boolean(true)),
            "no" | "No" | "NO" | "off" | "Off" | "OFF" => return Some(Self::Boolean(false)),
            "Null" | "NULL" | "null" => return is_text.then_some(Self::Null),
            "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => {
                return is_text.then_some(Self::TextBoolean);
            }
            _ => {}
        }
        let number = text.strip_prefix(['-', '+']).unwrap_or(text);
        if !number.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let loses_zero = is_text || key.contains("version") || key.contains("release");
        Self::of_digits(text, number)
            .or_else(|| Self::of_number(number))
            .or_else(|| (loses_zero && ends_in_zero(number)).then_some(Self::TrailingZero))
            .or_else(|| (is_text && is_date(text)).then_some(Self::Date))
    }

    /// Of a text of digits alone but for a sign.
    fn of_digits(text: &str, number: &str) -> Option<Self> {
        if !is_digits(number) {
            return None;
        }
        if text.starts_with('+') && number.len() >= MIN_DIALED {
            return Some(Self::Plus);
        }
        if number.len() > 1 && number.starts_with('0') {
            return match number.as_bytes() {
                // The number is the same in both; more zeros would be part of a text.
                [b'0', b'0'..=b'7'] => None,
                digits if digits.iter().any(|digit| matches!(digit, b'8' | b'9')) => Some(Self::NoOctal),
                _ => Some(Self::Octal),
            };
        }
        number.parse::<u64>().map_or(true, |number| number > MAX_EXACT).then_some(Self::Digits)
    }

    /// Of a text that begins with a digit and has other characters.
    fn of_number(number: &str) -> Option<Self> {
        let all =
            |text: &str, digits: &[u8]| !text.is_empty() && text.bytes().all(|byte| digits.contains(&byte));
        if let Some(digits) = number.strip_prefix("0o") {
            return all(digits, b"01234567").then_some(Self::PrefixedOctal);
        }
        if let Some(digits) = number.strip_prefix("0b") {
            return all(digits, b"01").then_some(Self::Binary);
        }
        if let Some((whole, exponent)) = number.split_once(['e', 'E']) {
            let exponent = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
            return (is_digits(whole) && is_digits(exponent)).then_some(Self::Exponent);
        }
        if let Some((hours, rest)) = number.split_once(':') {
            let is_small = |part: &str| {
                is_digits(part) && part.len() <= 2 && part < "6" || part.len() == 1 && is_digits(part)
            };
            let rest =
                rest.split_once('.').filter(|(_, rest)| is_digits(rest)).map_or(rest, |(whole, _)| whole);
            return (is_digits(hours) && rest.split(':').all(is_small)).then_some(Self::Sexagesimal);
        }
        let plain = number.replace('_', "");
        (plain.len() < number.len() && is_digits(&plain) && !number.ends_with('_'))
            .then_some(Self::Underscore)
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a number has digits after its point, of which the last of several is a zero.
fn ends_in_zero(number: &str) -> bool {
    number.split_once('.').is_some_and(|(whole, fraction)| {
        is_digits(whole) && is_digits(fraction) && fraction.len() > 1 && fraction.ends_with('0')
    })
}

/// `2024-01-29`
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    lengths == [4, 2, 2] && parts.into_iter().all(is_digits)
}

#[cfg(test)]
mod tests {
    use super::Ambiguity::{
        self, Binary, Boolean, Date, Digits, Exponent, Null, Octal, Plus, PrefixedOctal, Sexagesimal,
        TextBoolean, TrailingZero, Underscore,
    };

    #[test]
    fn ambiguous_scalars_are_classified() {
        for (text, expected) in [
            ("yes", Some(Boolean(true))),
            ("OFF", Some(Boolean(false))),
            ("yEs", None),
            ("010", Some(Octal)),
            ("007", Some(Octal)),
            ("07", None),
            ("08", Some(Ambiguity::NoOctal)),
            ("0", None),
            ("10", None),
            ("0o17", Some(PrefixedOctal)),
            ("0o18", None),
            ("0b11", Some(Binary)),
            ("0x1f", None),
            ("12:30", Some(Sexagesimal)),
            ("1:02:03", Some(Sexagesimal)),
            ("1:02:03.5", Some(Sexagesimal)),
            ("12:75", None),
            ("12:3x", None),
            ("1_000", Some(Underscore)),
            ("1_", None),
            ("8e12345", Some(Exponent)),
            ("680841e1", Some(Exponent)),
            ("-1E+3", Some(Exponent)),
            ("1.5e3", None),
            ("8e12345f", None),
            ("+49401234567", Some(Plus)),
            ("+5", None),
            ("9007199254740993", Some(Digits)),
            ("123456789012345678901234567890", Some(Digits)),
            ("20240129101530", None),
            ("2024-01-29", None),
            ("1.10", None),
            ("null", None),
            ("true", None),
        ] {
            assert_eq!(Ambiguity::of(text, Some("depth")), expected, "{text}");
        }
    }

    #[test]
    fn keys_for_text_make_other_values_doubtful() {
        assert_eq!(Ambiguity::of("1.10", Some("releaseVersion")), Some(TrailingZero));
        assert_eq!(Ambiguity::of("2.0", Some("version")), None);
        assert_eq!(Ambiguity::of("1.1", Some("version")), None);
        assert_eq!(Ambiguity::of("Null", Some("title")), Some(Null));
        assert_eq!(Ambiguity::of("True", Some("Title")), Some(TextBoolean));
        assert_eq!(Ambiguity::of("2024-01-29", Some("slug")), Some(Date));
    }
}
