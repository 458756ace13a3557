//! What the look of a value says about it.

use super::{forms, names::Certainty, placeholders};

/// Whether a value can be a secret: not too short, not a placeholder, and as random as its name asks for.
pub(super) fn is_secret(value: &str, certainty: Certainty) -> bool {
    let is_public = certainty != Certainty::Password && forms::is_public(value);
    value.chars().take(4).count() == 4
        && !is_public
        && has_look(value, certainty)
        && !placeholders::is_placeholder(value)
}

fn has_look(value: &str, certainty: Certainty) -> bool {
    match certainty {
        Certainty::Password => true,
        Certainty::Token => is_token(value),
        Certainty::Vague => is_random(value),
        Certainty::Signature => is_signature(value),
        Certainty::Code => (40..=64).contains(&value.len()) && is_encoded(value) && is_random(value),
    }
}

/// Whether a value has only the characters of base64, base64url, hexadecimal digits and the like.
fn is_encoded(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=_-.~".contains(&byte))
}

/// A digit among letters, or letters only and very many of them; neither words nor dates with separators.
fn is_token(value: &str) -> bool {
    if value.len() < 8 || value.bytes().any(|byte| byte.is_ascii_whitespace() || b"(){}<>\"".contains(&byte))
    {
        return false;
    }
    let digits = value.bytes().filter(u8::is_ascii_digit).count();
    let letters = value.bytes().filter(u8::is_ascii_alphabetic).count();
    if letters == 0 {
        return digits >= 12;
    }
    let longest = parts(value).map(str::len).max().unwrap_or_default();
    if digits == 0 { longest >= 16 } else { parts(value).any(is_mixed) }
}

/// The runs of letters and digits.
fn parts(value: &str) -> impl Iterator<Item = &str> {
    value.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty())
}

fn is_mixed(part: &str) -> bool {
    part.bytes().any(|byte| byte.is_ascii_digit()) && part.bytes().any(|byte| byte.is_ascii_alphabetic())
}

/// Bytes that a value has at least that is random by its look alone.
pub(super) const SHORTEST_RANDOM: usize = 16;

/// Whether a machine made a value: long, with digits, and with letters and digits that alternate as in no word.
pub(super) fn is_random(value: &str) -> bool {
    value.len() >= SHORTEST_RANDOM
        && is_jumbled(value)
        && value.bytes().all(|byte| !b"(){}<>\" \t".contains(&byte))
}

/// Whether lower case, upper case and digits alternate as in no word, however short the text is.
pub(super) fn is_jumbled(value: &str) -> bool {
    let digits = value.bytes().take(128).filter(u8::is_ascii_digit).count();
    digits >= 2 && changes(value) >= 4 && changes(value) >= value.len().min(128) / 8
}

/// A signature of at least 128 bits: many hexadecimal digits, or more random characters than ids have.
fn is_signature(value: &str) -> bool {
    let is_hex = value.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_padded = value.ends_with('=') && value.len() >= 24;
    if is_hex {
        value.len() >= 32
    } else {
        is_encoded(value) && (value.len() >= 40 || is_padded) && is_random(value)
    }
}

/// How often lower case, upper case and digits follow each other without a separator between them.
fn changes(value: &str) -> usize {
    let class = |byte: u8| match byte {
        b'a'..=b'z' => 1,
        b'A'..=b'Z' => 2,
        b'0'..=b'9' => 3,
        _ => 0,
    };
    let bytes = &value.as_bytes()[..value.len().min(128)];
    let change = |pair: &&[u8]| {
        let (one, other) = (class(pair[0]), class(pair[1]));
        one != other && one != 0 && other != 0
    };
    bytes.windows(2).filter(change).count()
}

#[cfg(test)]
mod tests {
    use super::is_secret;
    use crate::secrets::names::Certainty;

    #[test]
    fn a_vague_name_needs_a_random_value() {
        for value in ["AIzaSyB3x9kQ27LmPo", "46b2c3b9-3994-4666-a8ce-e5aeffdf9e6c"] {
            assert!(is_secret(value, Certainty::Vague), "{value}");
        }
        for word in
            ["error-404-not-found-2024", "E0382", "harbour-lights-and-ferries", "part-2-of-3-and-4-of-5"]
        {
            assert!(!is_secret(word, Certainty::Vague), "{word}");
        }
    }

    #[test]
    fn a_plain_word_is_a_password_but_not_a_token() {
        assert!(is_secret("lighthouse", Certainty::Password));
        for word in ["lighthouse", "2024-05-01", "depth-of-water-2", "1700000000", "tide(now)1"] {
            assert!(!is_secret(word, Certainty::Token), "{word}");
        }
        for token in ["lighthouse7", "thepilotsopendoor", "845219763021548"] {
            assert!(is_secret(token, Certainty::Token), "{token}");
        }
    }

    #[test]
    fn a_checksum_and_a_status_are_neither_signature_nor_code() {
        assert!(is_secret("0f1e2d3c4b5a69788796a5b4c3d2e1f0", Certainty::Signature));
        assert!(is_secret("b3Jt8sQ2mVx7Kd0pLz5Wn1Yc4Hf6Tg9Ra8Ue2Io3PqM=", Certainty::Signature));
        assert!(!is_secret("Wm3kPq8sVx1Lz0dRt7Yb5cNh2Ge", Certainty::Signature));
        assert!(is_secret("b3Jt8sQ2mVx7Kd0pLz5Wn1Yc4Hf6Tg9Ra8Ue2Io3PqM==", Certainty::Code));
        assert!(!is_secret("class Boat1 { sail2() {} } class Quay3 { moor4() {} }", Certainty::Code));
        assert!(!is_secret("404a", Certainty::Code));
    }
}
