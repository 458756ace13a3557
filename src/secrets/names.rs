//! Which parameters hold secrets.

use crate::text::is_host_below;

/// What the name of a parameter says about its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Certainty {
    /// A word that a person chose: any value may be one.
    Password,
    /// A token or a long signature, which a machine made: a plain word is not one.
    Token,
    /// The name says little: only what was surely made by a machine counts.
    Vague,
    /// A short name for a signature, which is also used for public checksums and ids.
    Signature,
    /// `code`, which is also used for status codes and for source code.
    Code,
}

/// Bytes that the name of a parameter may have; what is longer is not a name.
pub(super) const LONGEST_NAME: usize = 64;

/// The last words of names, in lower case without separators.
const PASSWORDS: [&str; 6] = ["passcode", "passphrase", "passwd", "password", "passwort", "userpwd"];

/// Likewise.
const TOKENS: [&str; 30] = [
    "accesskey",
    "accountkey",
    "adminkey",
    "apikey",
    "appkey",
    "authkey",
    "authorization",
    "bearer",
    "cftoken",
    "clientassertion",
    "deploykey",
    "editkey",
    "encryptionkey",
    "jwt",
    "licensekey",
    "masterkey",
    "passphrasekey",
    "privatekey",
    "resourcekey",
    "rlkey",
    "samlresponse",
    "secret",
    "secretkey",
    "sessid",
    "sessionid",
    "sessionkey",
    "signature",
    "signingkey",
    "subscriptionkey",
    "token",
];

/// Whole names that say little, sorted.
const VAGUE: [&str; 15] = [
    "auth",
    "credential",
    "credentials",
    "key",
    "otp",
    "pass",
    "pat",
    "sas",
    "session",
    "sharedkey",
    "st",
    "streamkey",
    "ticket",
    "tk",
    "tkn",
];

/// Prefixes of `…token` that make it a place in a list, a part of a language or a gift to readers, not a secret.
const CURSORS: [&str; 11] = [
    "page",
    "next",
    "previous",
    "prev",
    "continuation",
    "cursor",
    "sync",
    "search",
    "cancel",
    "cancellation",
    "gift",
];

/// A name in the form in which names are compared: in lower case, only its letters and digits.
pub(super) struct Bare {
    bytes: [u8; LONGEST_NAME],
    len: usize,
}

impl Bare {
    /// `None` for a name that is empty or too long to be one.
    pub(super) fn new(name: &[u8]) -> Option<Self> {
        let mut bare = Self { bytes: [0; LONGEST_NAME], len: 0 };
        for byte in name.iter().filter(|byte| byte.is_ascii_alphanumeric()) {
            *bare.bytes.get_mut(bare.len)? = byte.to_ascii_lowercase();
            bare.len += 1;
        }
        (bare.len > 0).then_some(bare)
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

/// Names that are compared as a whole, besides [`VAGUE`].
const WHOLE: [&str; 6] = ["pwd", "sig", "hmac", "sign", "appid", "code"];

/// By the last letter, a bit for each letter that may be before it in a name that is known. Most names end otherwise,
/// which is much faster to see than that they are none of those above.
const ENDINGS: [u32; 26] = {
    let mut endings = [0; 26];
    let lists: [&[&str]; 4] = [&PASSWORDS, &TOKENS, &VAGUE, &WHOLE];
    let mut list = 0;
    while list < lists.len() {
        let mut at = 0;
        while at < lists[list].len() {
            let name = lists[list][at].as_bytes();
            let (before, last) = (name[name.len() - 2], name[name.len() - 1]);
            endings[(last - b'a') as usize] |= 1 << (before - b'a');
            at += 1;
        }
        list += 1;
    }
    endings
};

/// Whether a name ends like one of those that are known anywhere, or is as short as some of those that are known at one
/// service.
pub(super) fn may_be_known(name: &[u8]) -> bool {
    let mut letters =
        name.iter().rev().filter(|byte| byte.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase);
    match (letters.next(), letters.next()) {
        (Some(last @ b'a'..=b'z'), Some(before @ b'a'..=b'z')) => {
            ENDINGS[usize::from(last - b'a')] >> (before - b'a') & 1 == 1
        }
        (Some(_), None) => true,
        _ => false,
    }
}

/// What a bare name says; `None` for one that holds no secret.
pub(super) fn certainty(name: &[u8]) -> Option<Certainty> {
    if !may_be_known(name) {
        return None;
    }
    let last = name.last();
    // Hardly any name ends in one of them, which mostly its last letter shows.
    let ends_in = |words: &[&str]| {
        words.iter().map(|word| word.as_bytes()).any(|word| word.last() == last && name.ends_with(word))
    };
    match name {
        b"pwd" => return Some(Certainty::Password),
        b"sig" | b"hmac" | b"sign" | b"appid" => return Some(Certainty::Signature),
        b"code" => return Some(Certainty::Code),
        _ => {}
    }
    if ends_in(&PASSWORDS) {
        Some(Certainty::Password)
    } else if ends_in(&TOKENS) {
        let stem = name.strip_suffix(b"token").unwrap_or_default();
        let is_cursor = CURSORS.iter().any(|word| stem.ends_with(word.as_bytes()));
        (!is_cursor).then_some(Certainty::Token)
    } else {
        VAGUE.binary_search_by(|word| word.as_bytes().cmp(name)).is_ok().then_some(Certainty::Vague)
    }
}

/// Parameters that hold a secret at one service only: the host, those below it, and the bare name.
const HOSTED: [(&str, &str); 5] = [
    ("vimeo.com", "h"),
    ("airbnb.com", "s"),
    ("booking.com", "t"),
    ("openweathermap.org", "appid"),
    ("api.render.com", "key"),
];

/// What a bare name says at a host, where it says nothing elsewhere.
pub(super) fn certainty_at(host: &str, name: &[u8]) -> Option<Certainty> {
    let is_known = HOSTED.iter().any(|(of, known)| known.as_bytes() == name && is_host_below(host, of));
    is_known.then_some(Certainty::Token)
}

#[cfg(test)]
mod tests {
    use super::{Bare, Certainty, VAGUE, certainty};

    fn says(name: &str) -> Option<Certainty> {
        Bare::new(name.as_bytes()).and_then(|bare| certainty(bare.as_bytes()))
    }

    #[test]
    fn names_are_known_by_their_last_word() {
        for name in ["access_token", "X-Amz-Signature", "feedToken", "PHPSESSID", "auth[token]", "_authToken"]
        {
            assert_eq!(says(name), Some(Certainty::Token), "{name}");
        }
        assert_eq!(says("user-password"), Some(Certainty::Password));
        assert_eq!(says("key"), Some(Certainty::Vague));
        for name in ["SID", "nextPageToken", "page_token", "monkey", "id", "", "tokens"] {
            assert_eq!(says(name), None, "{name}");
        }
        assert!(VAGUE.is_sorted());
    }
}
