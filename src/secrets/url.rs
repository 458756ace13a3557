//! The URLs of a decoded word and the secrets in their user information.

use std::ops::Range;

use super::{decode::Decoded, forms, names::Certainty, placeholders, values};
use crate::text::{has_local_ending, is_host_below};

/// A URL in a decoded word, up to its path.
#[derive(Debug)]
pub(super) struct Url {
    /// How often its slashes are percent-encoded.
    pub level: usize,
    /// From the user information to the port.
    pub authority: Range<usize>,
    /// The user information, without the `@`.
    user: Option<Range<usize>>,
    /// The host in lower case, without a port.
    pub host: String,
    /// Whether HTTP may take its user for a token, which the names of peers in other protocols are not.
    is_of_web: bool,
}

/// Schemes for which browsers take any number of slashes and backslashes (WHATWG URL, "special scheme").
const SPECIAL: [&str; 5] = ["http", "https", "ftp", "ws", "wss"];

/// Bytes that a scheme may have.
const LONGEST_SCHEME: usize = 24;

/// Bytes of a host and its port that are looked at. The name of a host has at most 253 (RFC 1035, section 2.3.4).
const LONGEST_HOST: usize = 260;

/// Bytes in which the `@` after a password with a slash is looked for.
const LONGEST_PASSWORD: usize = 512;

impl Url {
    /// The URL whose colon, or whose slashes where it has no scheme, is at a place.
    pub(super) fn starting(word: &Decoded<'_>, at: usize) -> Option<Self> {
        let is_slash = |at: usize| word.get(at).is_some_and(|byte| matches!(byte, b'/' | b'\\'));
        let slashes = if word.bytes[at] == b':' { at + 1 } else { at };
        if !is_slash(slashes) {
            return None;
        }
        let is_double = is_slash(slashes + 1);
        let start = if slashes == at {
            let is_free = at.checked_sub(1).is_none_or(|before| is_opening(word.bytes[before]));
            (is_free && is_double && !is_slash(at + 2)).then_some(at + 2)?
        } else if SPECIAL.contains(&&*scheme(word, at)?) {
            slashes + (slashes..word.len()).take_while(|at| is_slash(*at)).count()
        } else {
            is_double.then_some(slashes + 2)?
        };
        let level = word.level(slashes);
        let all = word.len();
        let end = end_of(word, start..all, level, |byte| matches!(byte, b'/' | b'?' | b'#' | b'\\'));
        let user = user(word, start, end, level);
        let host_start = user.as_ref().map_or(start, |user| user.end + 1);
        let host_end =
            end_of(word, host_start..all, level, |byte| matches!(byte, b'/' | b'?' | b'#' | b'\\'));
        let host = word.text(host_start..host_end.min(host_start + LONGEST_HOST)).to_ascii_lowercase();
        let port = if host.starts_with('[') { host.find("]:").map(|at| at + 1) } else { host.find(':') };
        let host = host[..port.unwrap_or(host.len())].trim_end_matches('.').to_owned();
        let is_of_web = slashes == at || scheme(word, at).is_some_and(|it| it.contains("http"));
        Some(Self { level, authority: start..host_end, user, host, is_of_web })
    }
}

/// What can be before the two slashes of a URL without a scheme.
fn is_opening(byte: u8) -> bool {
    byte.is_ascii_whitespace() || b"(<\"'[=`|,>".contains(&byte)
}

/// The scheme before a colon in lower case.
fn scheme(word: &Decoded<'_>, colon: usize) -> Option<String> {
    let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
    let length = word.bytes[..colon].iter().rev().take(LONGEST_SCHEME).take_while(is_part).count();
    (length > 0).then(|| word.text(colon - length..colon).to_ascii_lowercase())
}

/// Where the part of a URL at the beginning of a range ends: at a delimiter that is encoded no deeper than the URL, where
/// the text around the URL goes on, or at the end of the range.
pub(super) fn end_of(
    word: &Decoded<'_>,
    range: Range<usize>,
    level: usize,
    is_delimiter: impl Fn(u8) -> bool,
) -> usize {
    let mut open = 0_u32;
    let ends = |at: &usize| {
        let byte = word.bytes[*at];
        word.level(*at) <= level && (is_delimiter(byte) || ends_url(word, *at, &mut open))
    };
    range.clone().find(ends).unwrap_or(range.end)
}

/// Whether a byte belongs to the text around a URL: a quote, an angle bracket, white space, or a bracket that closes
/// what was not opened in the URL, with nothing of the URL after it. `open` counts the brackets that are open.
pub(super) fn ends_url(word: &Decoded<'_>, at: usize, open: &mut u32) -> bool {
    let goes_on =
        || word.get(at + 1).is_some_and(|next| next.is_ascii_alphanumeric() || b"%-+=/~@'".contains(&next));
    match word.bytes[at] {
        b'"' | b'<' | b'>' | b'`' => true,
        b'(' | b'[' | b'{' => {
            *open += 1;
            false
        }
        b')' | b']' | b'}' if *open > 0 => {
            *open -= 1;
            false
        }
        b')' | b']' | b'\'' => !goes_on(),
        byte => byte.is_ascii_whitespace() || byte.is_ascii_control(),
    }
}

/// The user information of the authority between two places.
fn user(word: &Decoded<'_>, start: usize, end: usize, level: usize) -> Option<Range<usize>> {
    let authority = &word.bytes[start..end];
    let at = (start..end).rev().find(|&at| word.bytes[at] == b'@' && word.level(at) <= level);
    if let Some(at) = at {
        return Some(start..at);
    }
    // A slash, a `?` and a `#` in a password, and its `@`, may be encoded too little or too much. What is after the colon
    // is not a port then, and a host comes after the `@`.
    let colon = start + memchr::memchr(b':', authority)?;
    if (colon + 1..end).all(|at| word.bytes[at].is_ascii_digit()) && colon + 1 < end {
        return None;
    }
    let mut open = 0;
    for at in colon + 1..word.len().min(colon + LONGEST_PASSWORD) {
        let byte = word.bytes[at];
        if word.level(at) <= level && ends_url(word, at, &mut open) || word.bytes[at..].starts_with(b"://") {
            return None;
        }
        if byte == b'@' && is_host(&word.bytes[at + 1..]) {
            return Some(start..at);
        }
    }
    None
}

/// Whether a text begins with a host that has a domain, or a URL of IPv6.
fn is_host(rest: &[u8]) -> bool {
    if rest.first() == Some(&b'[') {
        return true;
    }
    let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || b".-".contains(byte)).count();
    let labels = rest[..length].split(|byte| *byte == b'.').filter(|label| !label.is_empty());
    let last = rest[..length].rsplit(|byte| *byte == b'.').find(|label| !label.is_empty());
    labels.count() >= 2
        && last.is_some_and(|last| last.len() >= 2 && last.iter().all(u8::is_ascii_alphabetic))
}

/// Hosts for documentation (RFC 2606, section 3), those below them, and names that only say what belongs there.
pub(super) fn is_documentation(host: &str) -> bool {
    ["example.com", "example.org", "example.net"].iter().any(|of| is_host_below(host, of))
        || says_what_belongs_there(host)
}

/// Whether a mailbox of documentation is in the first part of a URL: `mira@example.org`.
pub(super) fn has_documentation_mailbox(head: &[u8]) -> bool {
    memchr::memchr_iter(b'@', head).any(|at| {
        let is_of_host = |byte: &&u8| byte.is_ascii_alphanumeric() || b".-".contains(byte);
        let length = head[at + 1..].iter().take(LONGEST_HOST).take_while(is_of_host).count();
        let host = String::from_utf8_lossy(&head[at + 1..at + 1 + length]).to_ascii_lowercase();
        is_documentation(host.trim_end_matches('.'))
    })
}

/// Whether a host is `my.proxy`, `your.company.server`, `your-quay.com` or the like. None of the last words of the first
/// two is a top-level domain.
fn says_what_belongs_there(host: &str) -> bool {
    const OWNERS: [&str; 4] = ["my", "our", "some", "your"];
    const THINGS: [&str; 7] = ["company", "domain", "hostname", "proxy", "registry", "server", "tld"];
    if host.starts_with("your-") || host.split('.').any(|label| label == "your") {
        return true;
    }
    let mut labels = host.split('.');
    labels.next().is_some_and(|first| OWNERS.contains(&first))
        && labels.clone().next().is_some()
        && labels.all(|label| THINGS.contains(&label))
        && !host.ends_with(".company")
}

/// The user information of a URL where it has a password or a token.
pub(super) fn user_secret(word: &Decoded<'_>, url: &Url) -> Option<Range<usize>> {
    let range = url.user.clone().filter(|user| !user.is_empty())?;
    let is_colon = |at: &usize| word.bytes[*at] == b':';
    let colon = range
        .clone()
        .find(|at| is_colon(at) && word.level(*at) <= url.level)
        .or_else(|| range.clone().find(is_colon));
    let name = word.text(range.start..colon.unwrap_or(range.end));
    let password = colon.map(|colon| word.text(colon + 1..range.end)).unwrap_or_default();
    // In a command that edits text, a host that is a variable, its port and a delimiter look like a user and a password.
    let is_port = || password.parse::<u16>().is_ok() && name.starts_with('$');
    let has_token = || is_token(&name) && (url.is_of_web || colon.is_some() || forms::name(&name).is_some());
    let is_secret = !is_port() && (has_token() || is_password(&password, &name, &url.host));
    is_secret.then_some(range)
}

/// The user and the password before an `@`, and the host after it, where no scheme says that they are some: `ci:PASSWORD@host`.
/// The password has to look like one.
pub(super) fn bare_user(word: &Decoded<'_>, at: usize) -> Option<(Range<usize>, String)> {
    let before = &word.bytes[at.saturating_sub(LONGEST_PASSWORD)..at];
    let is_part = |byte: &&u8| !b"@/\"'<>()[]`,;=".contains(byte) && byte.is_ascii_graphic();
    let length = before.iter().rev().take_while(is_part).count();
    let user = at - length..at;
    let colon = user.start + memchr::memchr(b':', &word.bytes[user.clone()])?;
    let (name, password) = (word.text(user.start..colon), word.text(colon + 1..at));
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let is_secret = !name.is_empty()
        && name.bytes().all(is_name)
        && !MAILBOX_SCHEMES.iter().any(|scheme| name.eq_ignore_ascii_case(scheme))
        && password.len() >= SHORTEST_BARE
        && values::is_jumbled(&password)
        && values::is_secret(&password, Certainty::Password)
        && (is_host(&word.bytes[at + 1..]) || is_protocol(&word.bytes[at + 1..]));
    is_secret.then(|| (user, host_at(word, at + 1)))
}

/// Whether a text begins with a protocol and an address in brackets, as in connection strings of Go.
fn is_protocol(rest: &[u8]) -> bool {
    ["tcp(", "tcp4(", "tcp6(", "unix("].iter().any(|protocol| rest.starts_with(protocol.as_bytes()))
}

/// The host that begins at a place, in lower case.
fn host_at(word: &Decoded<'_>, at: usize) -> String {
    let is_of_host = |byte: &&u8| byte.is_ascii_alphanumeric() || b".-".contains(byte);
    let length = word.bytes[at..].iter().take(LONGEST_HOST).take_while(is_of_host).count();
    word.text(at..at + length).to_ascii_lowercase()
}

/// The user information of a URL that begins in the line before and ends at an `@` in the first word of a line, and the
/// host after it. The password has to look like one.
pub(super) fn user_over_lines(text: &str, word: &Decoded<'_>, at: usize) -> Option<(Range<usize>, String)> {
    let start = word.word().start;
    let least = start.saturating_sub(LONGEST_PASSWORD);
    let tail = word.bytes.get(..at).filter(|tail| tail.len() <= LONGEST_PASSWORD && !tail.contains(&b'@'))?;
    let above = &text.as_bytes()[least..start];
    let before = above.trim_ascii_end();
    let is_above = above[before.len()..].iter().any(|byte| matches!(byte, b'\n' | b'\r'));
    let line = before.iter().rev().take_while(|byte| !byte.is_ascii_whitespace()).count();
    let line = &before[before.len() - line..];
    let user = memchr::memmem::rfind(line, b"://")? + 3;
    let head = &line[user..];
    let colon = memchr::memchr(b':', head)?;
    let is_part = |byte: &u8| byte.is_ascii_graphic() && !b"@/\"'<>()[]`,;?#".contains(byte);
    let password = [&head[colon + 1..], tail].concat();
    let is_secret = is_above
        && head.iter().chain(tail).all(is_part)
        && is_host(&word.bytes[at + 1..])
        && values::is_jumbled(&String::from_utf8_lossy(&password));
    let from = least + before.len() - line.len() + user;
    is_secret.then(|| (from..word.source(at..at + 1).start, host_at(word, at + 1)))
}

/// Schemes of URLs in which a mailbox, and no password, is before the `@`.
const MAILBOX_SCHEMES: [&str; 5] = ["mailto", "xmpp", "sip", "sips", "im"];

/// Bytes that a password has at least where no scheme says that it is one.
const SHORTEST_BARE: usize = 8;

/// Whether a user is a token.
fn is_token(name: &str) -> bool {
    values::is_secret(name, Certainty::Vague) || name.len() >= 20 && forms::name(name).is_some()
}

/// What services ask for as the password where the user is the token.
const FILLERS: [&str; 4] = ["x-oauth-basic", "api_token", "apitoken", "x-token-auth"];

fn is_password(password: &str, name: &str, host: &str) -> bool {
    let is_default = password.eq_ignore_ascii_case(name) || FILLERS.contains(&password);
    if is_default || !values::is_secret(password, Certainty::Password) {
        return false;
    }
    // On the machine itself, in a local network, and at hosts that only stand for one, plain words are examples.
    let is_plain = password.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_' || byte == b'-');
    let is_somewhere =
        (host.contains('.') || host.starts_with('[')) && !is_loopback(host) && !has_local_ending(host);
    is_somewhere && !placeholders::is_placeholder(host.split('.').next().unwrap_or(host)) || !is_plain
}

fn is_loopback(host: &str) -> bool {
    host.starts_with("127.") || matches!(host, "0.0.0.0" | "[::1]")
}
