//! Which parameters hold secrets, and which values are none whatever they are called.

/// How surely a parameter holds a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Certainty {
    /// A word that somebody chose: anything may be one.
    Password,
    /// A token or signature, which a machine made: a plain word is none.
    Token,
    /// The name says little: only what is surely made by a machine counts.
    Perhaps,
}

/// In small letters, without hyphens, underscores and dots; sorted.
const PASSWORDS: [&str; 8] =
    ["passcode", "passphrase", "passwd", "password", "passwort", "pwd", "userpassword", "userpwd"];

/// Likewise.
const TOKENS: [&str; 36] = [
    "accesskey",
    "accesstoken",
    "apikey",
    "apisecret",
    "apitoken",
    "appkey",
    "appsecret",
    "authkey",
    "authorization",
    "authtoken",
    "bearer",
    "bearertoken",
    "bottoken",
    "clientsecret",
    "deploytoken",
    "idtoken",
    "jobtoken",
    "jwt",
    "oauthtoken",
    "personalaccesstoken",
    "privatekey",
    "privatetoken",
    "refreshtoken",
    "secret",
    "secretkey",
    "secrettoken",
    "sessionid",
    "sessiontoken",
    "sig",
    "signature",
    "signingkey",
    "subscriptionkey",
    "token",
    "xamzsecuritytoken",
    "xamzsignature",
    "xgoogsignature",
];

/// Likewise.
const PERHAPS: [&str; 9] =
    ["auth", "code", "credential", "credentials", "key", "otp", "pass", "session", "sid"];

/// Words that stand for a value in examples, in small letters without hyphens and underscores.
const STAND_INS: [&str; 28] = [
    "abcd",
    "abcdef",
    "apikey",
    "demo",
    "dummy",
    "false",
    "foobar",
    "hidden",
    "hunter2",
    "mypassword",
    "mysecret",
    "mytoken",
    "none",
    "null",
    "optional",
    "pass",
    "passwd",
    "password",
    "required",
    "sample",
    "secret",
    "string",
    "test",
    "token",
    "true",
    "undefined",
    "value",
    "yourtoken",
];

/// The form in which names are compared: case, hyphens, underscores, dots and brackets do not count.
pub(super) fn bare(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '-' | '_' | '.' | '[' | ']')).flat_map(char::to_lowercase).collect()
}

/// How surely a parameter with this bare name holds a secret; `None` for all other names.
pub(super) fn certainty(name: &str) -> Option<Certainty> {
    let is_in = |names: &[&str]| names.binary_search(&name).is_ok();
    if is_in(&PASSWORDS) {
        Some(Certainty::Password)
    } else if is_in(&TOKENS) {
        Some(Certainty::Token)
    } else {
        is_in(&PERHAPS).then_some(Certainty::Perhaps)
    }
}

/// Whether a value can be a secret: not too short, no stand-in, and as random as its name asks for.
pub(super) fn is_secret(value: &str, certainty: Certainty) -> bool {
    if value.chars().take(4).count() < 4 || is_stand_in(value) {
        return false;
    }
    let has_digit = || value.bytes().any(|byte| byte.is_ascii_digit());
    match certainty {
        Certainty::Password => true,
        Certainty::Token => has_digit() || value.len() >= 20,
        Certainty::Perhaps => value.len() >= 16 && has_digit() && changes(value) >= 4,
    }
}

/// Whether a value only shows where one belongs.
fn is_stand_in(value: &str) -> bool {
    // `{token}`, `$TOKEN`, `[token]`, `%TOKEN%`, `…`, `...`
    if value.starts_with(['{', '$', '[', '(', '…', '*'])
        || value.contains("{{")
        || value.contains("${")
        || value.contains("...")
    {
        return true;
    }
    let first = value.chars().next();
    if value.chars().all(|c| Some(c) == first) {
        return true;
    }
    let head: String = value.chars().take(40).collect::<String>().to_lowercase();
    if ["your", "example", "placeholder", "changeme", "redacted", "xxx"].iter().any(|it| head.contains(it)) {
        return true;
    }
    // `ACCESS_TOKEN`
    let is_constant =
        value.contains('_') && value.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    is_constant || STAND_INS.binary_search(&&*bare(&head)).is_ok()
}

/// How often small letters, capitals and digits follow each other: often in what a machine made, rarely in words.
fn changes(value: &str) -> usize {
    let class = |byte: u8| match byte {
        b'a'..=b'z' => Some(0),
        b'A'..=b'Z' => Some(1),
        b'0'..=b'9' => Some(2),
        _ => None,
    };
    let classes: Vec<u8> = value.bytes().take(128).filter_map(class).collect();
    classes.windows(2).filter(|pair| pair[0] != pair[1]).count()
}

#[cfg(test)]
mod tests {
    use super::{Certainty, PASSWORDS, PERHAPS, STAND_INS, TOKENS, is_secret};

    #[test]
    fn lists_are_sorted() {
        assert!(PASSWORDS.is_sorted() && TOKENS.is_sorted() && PERHAPS.is_sorted() && STAND_INS.is_sorted());
    }

    #[test]
    fn a_stand_in_is_no_secret() {
        for value in [
            "YOUR_TOKEN",
            "ACCESS_TOKEN",
            "xxxx-xxxx",
            "example",
            "{token}",
            "$TOKEN",
            "****",
            "0000",
            "abc",
            "password",
        ] {
            assert!(!is_secret(value, Certainty::Password), "{value}");
        }
    }

    #[test]
    fn a_vague_name_needs_a_random_value() {
        assert!(is_secret("AIzaSyB3x9kQ27LmPo", Certainty::Perhaps));
        assert!(is_secret("46b2c3b9-3994-4666-a8ce-e5aeffdf9e6c", Certainty::Perhaps));
        for word in ["error-404-not-found-2024", "E0382", "harbour-lights-and-ferries"] {
            assert!(!is_secret(word, Certainty::Perhaps), "{word}");
        }
    }

    #[test]
    fn a_plain_word_is_a_password_but_no_token() {
        assert!(is_secret("lighthouse", Certainty::Password));
        assert!(!is_secret("lighthouse", Certainty::Token));
        assert!(is_secret("lighthouse7", Certainty::Token));
    }
}
