//! Secrets in the word after one that announces them: `Authorization: Bearer …`, `password: …`, `-u user:…`. They are not
//! part of a URL; reports hide them all the same.

use std::ops::Range;

use super::{
    COLON, Place, Secret, SecretKind,
    names::{self, Bare, Certainty, LONGEST_NAME},
    parameters::word_after,
    values,
};

/// Words after which a token or `user:password` comes.
const CUES: [&str; 5] = ["bearer", "basic", "-u", "--user", "token"];

/// The secret in the word after this one, if it announces one and that looks like one.
pub(super) fn secret_after(text: &str, word: Range<usize>, traits: u8) -> Option<Secret> {
    if word.is_empty() || word.len() > LONGEST_NAME {
        return None;
    }
    let bytes = &text.as_bytes()[word.clone()];
    let is_key = traits & COLON != 0 && bytes.ends_with(b":");
    let is_cue = || {
        let cue = bytes.iter().position(|byte| !b"\"'`".contains(byte)).map_or(bytes, |at| &bytes[at..]);
        CUES.iter().any(|known| cue.eq_ignore_ascii_case(known.as_bytes()))
    };
    if !(is_key && is_secret_name(bytes) || !is_key && bytes.len() <= 8 && is_cue()) {
        return None;
    }
    let value = word_after(text, word.end)?;
    let is_secret = values::is_secret(&text[value.clone()], Certainty::Vague);
    is_secret.then(|| Secret { kind: SecretKind::Form("token"), value, place: Place::Text, host: "".into() })
}

fn is_secret_name(key: &[u8]) -> bool {
    let certainty = Bare::new(key).and_then(|bare| names::certainty(bare.as_bytes()));
    matches!(certainty, Some(Certainty::Password | Certainty::Token))
}
