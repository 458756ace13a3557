//! Which values only show where a secret belongs. The whole value decides, not how it begins.

use super::values;

/// Whether a value is a placeholder of documentation, such as `YOUR_TOKEN`, `<token>`, `$TOKEN` and `xxxx`.
pub(super) fn is_placeholder(value: &str) -> bool {
    let value = value.trim_matches(['"', '\'', ',', '\\']);
    let first = value.chars().next();
    if value.chars().all(|c| Some(c) == first || "*×•🔒…".contains(c)) {
        return true;
    }
    if value.len() > LONGEST_TEMPLATE {
        return false;
    }
    if WHOLE.iter().any(|word| value.eq_ignore_ascii_case(word)) || is_constant(value) {
        return true;
    }
    // Emphasis and the end of a sentence may follow.
    if let Some(name) = variable(value).or_else(|| variable(value.trim_end_matches(['_', '*', '.']))) {
        return !values::is_jumbled(name);
    }
    let (rest, was_cut) = without_templates(value);
    if was_cut {
        return rest.len() < 12 || !values::is_jumbled(&rest);
    }
    is_made_of_words(value)
}

/// Passwords that stand for any password; their parts may well be parts of a real one.
const WHOLE: [&str; 12] = [
    "passw0rd", "p4ssw0rd", "pa55word", "pa55w0rd", "p@ssw0rd", "p@ssword", "p@55w0rd", "s3cret", "s3cr3t",
    "hunter2", "letmein", "qwerty",
];

/// Longer values have no templates.
const LONGEST_TEMPLATE: usize = 512;

/// `ACCESS_TOKEN`, `TOKEN_2`
fn is_constant(value: &str) -> bool {
    let is_part = |part: &str| {
        part.bytes().all(|byte| byte.is_ascii_uppercase())
            || part.len() <= 2 && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    value.contains('_')
        && value.bytes().any(|byte| byte.is_ascii_uppercase())
        && value.split('_').all(is_part)
}

/// The name in what is a variable or a template as a whole: `$TOKEN`, `{token}`, `[token]`, `(token)`, `<token>`,
/// `%TOKEN%`, `__token__`, `:token`, `@token`.
fn variable(value: &str) -> Option<&str> {
    let pairs =
        [("{", "}"), ("[", "]"), ("(", ")"), ("<", ">"), ("%", "%"), ("__", "__"), ("${", "}"), ("#{", "}")];
    let inner = pairs
        .iter()
        .rev()
        .filter(|(open, close)| value.len() > open.len() + close.len())
        .find_map(|(open, close)| value.strip_prefix(open)?.strip_suffix(close));
    if inner.is_some_and(|inner| !inner.contains(['{', '}', '[', ']', '<', '>'])) {
        return inner;
    }
    let name = value.strip_prefix(['$', ':', '@'])?;
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.->".contains(&byte));
    is_name.then_some(name)
}

/// The value without templates, ellipses, stars and runs of `x`, and whether it has any.
fn without_templates(value: &str) -> (String, bool) {
    let pairs = [("{{", "}}"), ("${", "}"), ("#{", "}"), ("%(", ")s"), ("<", ">"), ("{%", "%}"), ("{", "}")];
    if !value.contains(['{', '<', '%', '.', '…', '*', 'x', 'X']) {
        return (String::new(), false);
    }
    let mut rest = String::new();
    let mut was_cut = false;
    let mut at = 0;
    while let Some(c) = value[at..].chars().next() {
        let from = &value[at..];
        let template = pairs.iter().find_map(|(open, close)| {
            let inner = from.strip_prefix(open)?;
            Some(open.len() + inner.find(close)? + close.len())
        });
        let dots = from.len() - from.trim_start_matches(['.', '…']).len();
        let stars = from.len() - from.trim_start_matches('*').len();
        let crosses = from.len() - from.trim_start_matches(['x', 'X']).len();
        let length = template
            .or((dots >= 3).then_some(dots))
            .or((stars >= 3).then_some(stars))
            .or((crosses >= 6).then_some(crosses));
        was_cut |= length.is_some();
        if length.is_none() {
            rest.push(c);
        }
        at += length.unwrap_or(c.len_utf8());
    }
    (rest, was_cut)
}

/// Words that stand for a value in documentation, and those around them.
const WORDS: [&str; 117] = [
    "a",
    "access",
    "account",
    "actual",
    "add",
    "admin",
    "an",
    "and",
    "anything",
    "api",
    "app",
    "auth",
    "bar",
    "baz",
    "bearer",
    "changeit",
    "changeme",
    "change",
    "client",
    "code",
    "credential",
    "credentials",
    "db",
    "default",
    "demo",
    "dummy",
    "empty",
    "enter",
    "example",
    "fake",
    "false",
    "fill",
    "foo",
    "forgot",
    "generated",
    "goes",
    "guest",
    "hash",
    "here",
    "hidden",
    "hide",
    "id",
    "in",
    "insert",
    "invalid",
    "ipsum",
    "is",
    "it",
    "jwt",
    "key",
    "long",
    "lorem",
    "masked",
    "me",
    "missing",
    "mock",
    "my",
    "mysql",
    "name",
    "new",
    "nil",
    "no",
    "none",
    "null",
    "oauth",
    "of",
    "off",
    "old",
    "on",
    "optional",
    "or",
    "own",
    "paste",
    "pass",
    "passcode",
    "passphrase",
    "passwd",
    "password",
    "personal",
    "placeholder",
    "postgres",
    "private",
    "public",
    "put",
    "pw",
    "pwd",
    "qux",
    "random",
    "real",
    "redacted",
    "refresh",
    "removed",
    "replace",
    "required",
    "reset",
    "root",
    "sample",
    "secret",
    "secure",
    "session",
    "show",
    "sig",
    "signature",
    "some",
    "string",
    "strong",
    "super",
    "test",
    "text",
    "that",
    "the",
    "this",
    "to",
    "token",
    "top",
    "true",
    "undefined",
];

/// Likewise.
const MORE_WORDS: [&str; 15] = [
    "unique", "update", "url", "user", "username", "value", "very", "with", "word", "wrong", "yes", "you",
    "your", "use", "testing",
];

/// Longer values are not made of words alone.
const LONGEST: usize = 128;

/// Whether words, runs of one character, sequences such as `1234` and `abcd`, and short numbers make up all of a value.
fn is_made_of_words(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let bytes = lower.as_bytes();
    let is_number = bytes.iter().all(u8::is_ascii_digit);
    if bytes.len() > LONGEST || is_number && bytes.len() > 10 {
        return false;
    }
    // A placeholder that mixes all three has a word that says what it is.
    let is_mixed = [u8::is_ascii_uppercase, u8::is_ascii_lowercase, u8::is_ascii_digit]
        .iter()
        .all(|is_of_class| value.bytes().any(|byte| is_of_class(&byte)));
    let says_so = |word: &&str| word.len() >= 4 && lower.contains(*word);
    if is_mixed && !WORDS.iter().chain(&MORE_WORDS).any(says_so) {
        return false;
    }
    let mut reached = [false; LONGEST + 1];
    reached[0] = true;
    for at in 0..bytes.len() {
        if !reached[at] {
            continue;
        }
        let rest = &bytes[at..];
        if !rest[0].is_ascii_alphanumeric() {
            // What is not ASCII may be a letter.
            reached[at + 1] |= rest[0].is_ascii();
            continue;
        }
        for word in WORDS.iter().chain(&MORE_WORDS).filter(|word| rest.starts_with(word.as_bytes())) {
            reached[at + word.len()] = true;
        }
        let same = rest.iter().take_while(|byte| **byte == rest[0]).count();
        let steps = rest.windows(2).take_while(|pair| follows(pair[0], pair[1])).count();
        for run in [same, steps + 1].into_iter().filter(|run| *run >= 3) {
            reached[at + run] = true;
        }
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let is_whole_number = at.checked_sub(1).is_none_or(|before| !bytes[before].is_ascii_digit());
        if is_whole_number && (1..=3).contains(&digits) {
            reached[at + digits] = true;
        }
    }
    reached[bytes.len()]
}

fn follows(one: u8, next: u8) -> bool {
    next == one + 1 && next.is_ascii_alphanumeric() || (one, next) == (b'9', b'0')
}

#[cfg(test)]
mod tests {
    use super::is_placeholder;

    #[test]
    fn placeholders_are_known_as_a_whole() {
        for value in [
            "YOUR_TOKEN",
            "ACCESS_TOKEN",
            "xxxx-xxxx",
            "example",
            "{token}",
            "$TOKEN",
            "$apiKey",
            "<your token>",
            "****",
            "0000",
            "abc123",
            "password",
            "my-secret-token",
            "mysecretpassword",
            "%TOKEN%",
            "${API_KEY}",
            "{{ token }}",
            "sk_{{key}}",
            "[your-key-here]",
            "[FILTERED]_.",
            "(token)",
            "1234567890abcdef",
            "test1234",
            "Hunter2",
            "abcd...wxyz",
            "…",
            "YOUR_PASSWORD_HERE",
            "changeme!",
            "secret123",
            "__TOKEN__",
            ":token",
            "xxxxxxxxxxxx",
            "SG.xxxxxxxx.xxxxxxxxx",
            "pass/word",
        ] {
            assert!(is_placeholder(value), "{value}");
        }
    }

    #[test]
    fn a_password_may_begin_like_a_placeholder() {
        for value in [
            "$ai1orBoat22w",
            "*Fl0wing",
            "(Tide7Quay",
            "[Quay-lock",
            "{Moor1ng",
            "takeYour9Boats",
            "Rxxxk4TzPn",
            "Qz4Rw8Lt2Vx6xxxxxxxx",
            "lighthouse",
            "Qz4Rw8Lt2Vx6{{x}}",
            "Qz4Rw8Lt2Vx6Ky0M...",
            "{Qz4Rw8Lt2Vx6Ky0M}",
            "buildthetideclock",
            "Efgh5678ijkl",
        ] {
            assert!(!is_placeholder(value), "{value}");
        }
    }
}
