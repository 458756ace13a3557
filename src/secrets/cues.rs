//! Secrets in the word after one that announces them: `Authorization: Bearer …`, `password: …`, `-u user:…`. They are not
//! part of a URL; reports hide them all the same.

use super::{
    Secret, SecretKind, SecretPlace,
    names::{self, Bare, Certainty, LONGEST_NAME},
    parameters::{LONGEST_GAP, word_after},
    values,
};

/// Words after which a token or `user:password` comes.
const CUES: [&str; 5] = ["bearer", "basic", "-u", "--user", "token"];

/// The secret in the word that begins at a place, if the word before announces one and it looks like one.
pub(super) fn announced(text: &str, start: usize) -> Option<Secret> {
    let before = &text.as_bytes()[..start];
    let gap = before.iter().rev().take(LONGEST_GAP).take_while(|byte| byte.is_ascii_whitespace()).count();
    let end = start - gap;
    let least = end.saturating_sub(LONGEST_NAME + 1);
    let bytes = before[least..end].rsplit(u8::is_ascii_whitespace).next()?;
    if gap == 0 || bytes.is_empty() || bytes.len() > LONGEST_NAME || !is_cue(bytes) {
        return None;
    }
    let value = word_after(text, end)?;
    let shown = &text[value.clone()];
    let is_secret =
        has_password_in_base64(shown).unwrap_or_else(|| values::is_secret(shown, Certainty::Vague));
    is_secret.then(|| Secret {
        kind: SecretKind::Form("token"),
        value,
        place: SecretPlace::Text,
        host: "".into(),
    })
}

/// Whether a word announces a secret.
fn is_cue(word: &[u8]) -> bool {
    if word.ends_with(b":") {
        return is_secret_name(word);
    }
    let cue = word.iter().position(|byte| !b"\"'`".contains(byte)).map_or(word, |at| &word[at..]);
    word.len() <= 8 && CUES.iter().any(|known| cue.eq_ignore_ascii_case(known.as_bytes()))
}

fn is_secret_name(key: &[u8]) -> bool {
    let certainty = Bare::new(key).and_then(|bare| names::certainty(bare.as_bytes()));
    matches!(certainty, Some(Certainty::Password | Certainty::Token))
}

/// Whether the password is a real one and not a placeholder, if the value is `user:password` in base64 (RFC 7617); `None` for
/// other values.
fn has_password_in_base64(value: &str) -> Option<bool> {
    let mut decoded = Vec::with_capacity(value.len());
    let (mut bits, mut count) = (0_u32, 0);
    for byte in value.bytes().filter(|byte| *byte != b'=') {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            decoded.push((bits >> count) as u8);
        }
    }
    let text = std::str::from_utf8(&decoded).ok().filter(|text| !text.contains(char::is_control))?;
    let (_, password) = text.split_once(':')?;
    Some(values::is_secret(password, Certainty::Password))
}
