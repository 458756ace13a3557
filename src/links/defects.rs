//! What is wrong with the form of a URL: what parsers reject, and what they accept although it is hardly meant.

use std::{cell::LazyCell, ops::Range};

use url::{ParseError, Url};

use super::{AddressKind, WebAddress, hosts, shortened};

/// A slip in a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrlDefect {
    /// The bytes that are wrong.
    pub part: Range<usize>,
    /// What is wrong with them.
    pub message: String,
    /// The whole URL as it was probably meant.
    pub better: Option<String>,
    /// Whether browsers read it as it was meant.
    pub is_repaired: bool,
}

impl UrlDefect {
    fn new(part: Range<usize>, message: impl Into<String>) -> Self {
        Self { part, message: message.into(), better: None, is_repaired: false }
    }

    /// With the URL that results from other text for the part.
    fn with(self, address: &str, text: &str) -> Self {
        let better = format!("{}{text}{}", &address[..self.part.start], &address[self.part.end..]);
        self.or(better)
    }

    fn or(self, better: String) -> Self {
        Self { better: Some(better), ..self }
    }
}

/// The first slip in a URL, if there is one. `names` are hosts without a dot that are fine.
///
/// One cause gives one slip: what is after it is not looked at. Takes time in proportion to the URL.
pub fn defect(address: &str, kind: AddressKind, names: &[String]) -> Option<UrlDefect> {
    match kind {
        AddressKind::Relative | AddressKind::OtherScheme => {
            mistyped_scheme(address).or_else(|| backslash_in_path(address, kind))
        }
        AddressKind::Web => slashes(address).or_else(|| of_web(address, names)),
        AddressKind::ProtocolRelative => of_web(address, names),
        _ => None,
    }
}

/// `htps://x`, `http//x`, `https;//x`: no scheme, and one slip from one.
fn mistyped_scheme(address: &str) -> Option<UrlDefect> {
    let letters = address.bytes().take_while(u8::is_ascii_alphabetic).take(8).count();
    let written = address[..letters].to_ascii_lowercase();
    let rest = &address[letters..];
    let marks = rest.bytes().take_while(|byte| b":;,./\\".contains(byte)).take(4).count();
    let slashes = rest[..marks].matches('/').count();
    if slashes == 0 || rest.len() == marks || (slashes == 1 && !rest.starts_with(":/")) {
        return None;
    }
    let is_near = |scheme: &&str| strsim::osa_distance(&written, scheme) <= usize::from(written.len() > 2);
    let scheme = ["https", "http"]
        .into_iter()
        .find(|it| *it == written)
        .or_else(|| ["https", "http"].into_iter().find(is_near))?;
    let part = 0..letters + marks;
    let message = if scheme == written {
        format!("invalid URL scheme separator `{}`", &address[part.clone()])
    } else {
        format!("unknown URL scheme `{}`", &address[..letters])
    };
    Some(UrlDefect::new(part, message).with(address, &format!("{scheme}://")))
}

/// `img\map.png`: a path of Windows.
fn backslash_in_path(address: &str, kind: AddressKind) -> Option<UrlDefect> {
    let path = &address[..address.find(['?', '#']).unwrap_or(address.len())];
    let at = path.find('\\').filter(|_| kind == AddressKind::Relative)?;
    let better = format!("{}{}", path.replace('\\', "/"), &address[path.len()..]);
    Some(UrlDefect::new(at..at + 1, "backslash in URL").or(better))
}

/// `https:/x`, `https:x`, `https:///x`, `https:\\x`
fn slashes(address: &str) -> Option<UrlDefect> {
    let colon = address.find(':')?;
    let rest = &address[colon + 1..];
    let marks = rest.bytes().take_while(|byte| b":/\\".contains(byte)).count();
    let part = colon + 1..colon + 1 + marks;
    let message = match &rest[..marks] {
        "//" => return None,
        marks if marks.contains('\\') => "backslash in URL",
        "" | "/" => "missing `/` after the scheme",
        _ if rest.len() == marks => return None,
        marks if marks.contains(':') => "unexpected `:` after the scheme",
        _ => "unexpected `/` after the scheme",
    };
    let part = if part.is_empty() { 0..colon + 1 } else { part };
    let better = format!("{}://{}", &address[..colon], &rest[marks..]);
    Some(UrlDefect::new(part, message).or(better))
}

fn of_web(address: &str, names: &[String]) -> Option<UrlDefect> {
    let web = WebAddress::of(address)?;
    if is_plain(address, &web) {
        return None;
    }
    doubled(address, &web)
        .or_else(|| characters(address))
        .or_else(|| host(address, &web, names))
        .or_else(|| port(address, &web))
        .or_else(|| refused(address, &web))
}

/// Whether there is nothing that any of the closer looks could find: a host of plain labels with a top-level domain of
/// letters, and none but the usual characters after it.
fn is_plain(address: &str, web: &WebAddress<'_>) -> bool {
    let host = web.host();
    let is_label = |label: &str| {
        let inside = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        !label.is_empty() && label.bytes().all(inside) && !label.starts_with('-') && !label.ends_with('-')
    };
    let top = host.rsplit_once('.').map(|(_, top)| top);
    top.is_some_and(|top| top.bytes().all(|byte| byte.is_ascii_alphabetic()))
        && web.user.is_none()
        && web.port.is_none()
        && !host.starts_with("xn--")
        && !host.contains(".xn--")
        && host.split('.').all(is_label)
        && address[web.path.start..].bytes().all(|byte| IS_USUAL[usize::from(byte)])
}

/// The bytes after a host that are not looked at.
const IS_USUAL: [bool; 256] = {
    let usual = b"-._~/?#&=+:,;@!$()*";
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        table[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    let mut at = 0;
    while at < usual.len() {
        table[usual[at] as usize] = true;
        at += 1;
    }
    table
};

/// `https://https://x`
fn doubled(address: &str, web: &WebAddress<'_>) -> Option<UrlDefect> {
    /// The scheme that a URL begins with instead of a host, and what follows it.
    fn scheme(address: &str) -> Option<(&str, &str)> {
        let letters = address.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (name, rest) = address.split_at(letters);
        let is_scheme = ["http", "https"].iter().any(|it| name.eq_ignore_ascii_case(it));
        let slashes = rest.trim_start_matches(':');
        (is_scheme && slashes.starts_with('/')).then(|| (name, slashes.trim_start_matches('/')))
    }
    let (mut name, mut rest) = scheme(&address[web.host.start..])?;
    while let Some((inner, behind)) = scheme(rest) {
        (name, rest) = (inner, behind);
    }
    let inner = format!("{name}://{rest}");
    Some(UrlDefect::new(0..web.host.start, "URL contains another URL").or(inner))
}

/// What browsers drop, encode by themselves, or take for a slash; and the quotes around a URL.
fn characters(address: &str) -> Option<UrlDefect> {
    let before_query = address.find(['?', '#']).unwrap_or(address.len());
    let trimmed = address.trim_matches(QUOTES);
    if trimmed.len() < address.len() {
        let ends = if address.starts_with(QUOTES) { 0..address.len() } else { trimmed.len()..address.len() };
        return Some(UrlDefect::new(ends, "quotation mark in URL").or(trimmed.to_owned()));
    }
    let fragment = address.find('#').unwrap_or(address.len());
    let has_variable = LazyCell::new(|| has_variable(address));
    for (at, c) in address.char_indices() {
        let part = at..at + c.len_utf8();
        match c {
            ' ' => {
                let better = address.trim().replace(' ', "%20");
                let defect = UrlDefect::new(part, "space in URL").or(better);
                return Some(UrlDefect { is_repaired: true, ..defect });
            }
            '\t' | '\n' | '\r' => {
                let better = address.replace(['\t', '\n', '\r'], "");
                let what = if c == '\t' { "tab" } else { "newline" };
                return Some(UrlDefect::new(part, format!("{what} in URL")).or(better));
            }
            '\\' if at < before_query => {
                let (path, rest) = address.split_at(before_query);
                let better = if is_escaped(path) { path.replace('\\', "") } else { path.replace('\\', "/") };
                return Some(UrlDefect::new(part, "backslash in URL").or(better + rest));
            }
            '%' if at < fragment
                && !is_escape(&address.as_bytes()[at + 1..])
                && !*has_variable
                && !is_percentage(address, at) =>
            {
                let message = "invalid percent-encoding";
                return Some(UrlDefect::new(part, message).or(with_escapes(address)));
            }
            _ => {}
        }
    }
    None
}

/// Whether a URL has a place for a value, such as `%VERSION%`, which a program fills in.
fn has_variable(address: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_uppercase() || byte == b'_';
    let inner = address.split_once('%').and_then(|(_, rest)| rest.rsplit_once('%')).map_or("", |(it, _)| it);
    inner.split('%').any(|name| name.len() > 2 && name.bytes().all(is_part))
}

/// Whether the sign at a place ends the value of a parameter that is a percentage, as in `?width=100%&height=50%`: browsers
/// and servers leave it as it is.
fn is_percentage(address: &str, at: usize) -> bool {
    let (before, after) = (&address[..at], &address[at + 1..]);
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    digits > 0
        && before[..before.len() - digits].ends_with('=')
        && before.contains('?')
        && (after.is_empty() || after.starts_with(['&', '#']))
}

/// Whether the backslashes of a path are escapes of Markdown, as in `v1\_8`, which mean nothing in a bare URL.
fn is_escaped(path: &str) -> bool {
    let mut after = path.split('\\').skip(1);
    after.all(|rest| rest.starts_with(|c: char| c.is_ascii_punctuation()))
}

/// Quotes that no URL begins or ends with.
const QUOTES: [char; 8] = ['“', '”', '„', '‘', '’', '«', '»', '"'];

/// A URL with an escape for every `%` that begins none.
fn with_escapes(address: &str) -> String {
    let mut better = String::with_capacity(address.len() + 2);
    for (at, c) in address.char_indices() {
        better.push(c);
        if c == '%' && !is_escape(&address.as_bytes()[at + 1..]) {
            better.push_str("25");
        }
    }
    better
}

fn is_escape(rest: &[u8]) -> bool {
    rest.get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

fn host(address: &str, web: &WebAddress<'_>, names: &[String]) -> Option<UrlDefect> {
    let (host, at) = (web.host(), web.host.start);
    let all = || web.host.clone();
    if host.is_empty() {
        return Some(UrlDefect::new(0..at.max(1), "URL has no host"));
    }
    if host.starts_with('[') {
        return None;
    }
    if let Some(dots) = host.find("..") {
        let end = host[dots..].find(|c| c != '.').map_or(host.len(), |length| dots + length);
        // `https://...` stands for a URL that is to come.
        let defect = UrlDefect::new(at + dots..at + end, "empty label in host name");
        let is_open = host.trim_matches('.').is_empty();
        return Some(if is_open { defect } else { defect.or(with_single_dots(address, web)) });
    }
    let is_odd = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-' | '_');
    if let Some((odd, c)) = host.char_indices().find(|(_, c)| is_odd(*c) || QUOTES.contains(c)) {
        let part = at + odd..at + odd + c.len_utf8();
        let defect = UrlDefect::new(part, format!("invalid character `{c}` in host name"));
        let is_dot = matches!(c, ',' | ';');
        return Some(if is_dot { defect.or(with_single_dots(address, web)) } else { defect });
    }
    if let Some(c) = hosts::look_alike(host) {
        let message = format!("host name contains a look-alike character: `{c}` (U+{:04X})", u32::from(c));
        return Some(UrlDefect::new(all(), message));
    }
    let bare = host.trim_end_matches('.');
    if bare.split('.').any(|label| label.is_empty() || label.starts_with('-') || label.ends_with('-')) {
        return Some(UrlDefect::new(all(), format!("invalid host name `{}`", shortened(host))));
    }
    let is_name = |name: &String| name.eq_ignore_ascii_case(bare);
    let is_number = bare.bytes().all(|byte| byte.is_ascii_digit());
    let needs_dot = !bare.contains('.') && !is_number && !hosts::is_local(bare) && !names.iter().any(is_name);
    needs_dot
        .then(|| UrlDefect::new(all(), format!("host name `{}` has no top-level domain", shortened(host))))
}

/// A URL with one dot between the labels of its host, whatever is there.
fn with_single_dots(address: &str, web: &WebAddress<'_>) -> String {
    let mut host = String::with_capacity(web.host.len());
    for c in web.host().chars().map(|c| if matches!(c, ',' | ';') { '.' } else { c }) {
        if c != '.' || !host.ends_with('.') {
            host.push(c);
        }
    }
    format!("{}{host}{}", &address[..web.host.start], &address[web.host.end..])
}

fn port(address: &str, web: &WebAddress<'_>) -> Option<UrlDefect> {
    let port = web.port.clone()?;
    let is_fine = address[port.clone()].is_empty() || address[port.clone()].parse::<u16>().is_ok();
    (!is_fine).then(|| UrlDefect::new(port, "invalid port"))
}

/// What the parser of browsers refuses besides (WHATWG URL, section 4.4).
fn refused(address: &str, web: &WebAddress<'_>) -> Option<UrlDefect> {
    let complete = if web.scheme.is_empty() { format!("https:{address}") } else { address.to_owned() };
    let reason = match Url::parse(&complete).err()? {
        ParseError::InvalidIpv4Address | ParseError::InvalidIpv6Address => "invalid IP address",
        ParseError::InvalidPort => "invalid port",
        ParseError::EmptyHost => "URL has no host",
        _ => "invalid host name",
    };
    Some(UrlDefect::new(web.host.clone(), reason))
}

#[cfg(test)]
mod tests {
    use super::{AddressKind, defect};

    /// What is wrong and what is better.
    fn found(address: &str) -> Option<(String, Option<String>)> {
        let defect = defect(address, AddressKind::of(address), &["intranet".to_owned()])?;
        Some((address[defect.part].to_owned(), defect.better))
    }

    #[test]
    fn slips_are_found_at_their_place() {
        let x = Some("https://x.example/a");
        for (address, part, better) in [
            ("htps://x.example/a", "htps://", x),
            ("htttps://x.example/a", "htttps://", x),
            ("https//x.example/a", "https//", x),
            ("https;//x.example/a", "https;//", x),
            ("ttps://x.example/a", "ttps://", x),
            ("https:/x.example/a", "/", x),
            ("https:x.example/a", "https:", x),
            ("https:///x.example/a", "///", x),
            ("https:\\\\x.example/a", "\\\\", x),
            ("https://https://x.example/a", "https://", x),
            ("https://http//x.example/a", "https://", Some("http://x.example/a")),
            ("https://x.example\\a", "\\", x),
            ("https://x.example/a”", "”", x),
            ("https://x.example/a b", " ", Some("https://x.example/a%20b")),
            ("https://x.example/a\tb", "\t", Some("https://x.example/ab")),
            ("https://x.example/100%", "%", Some("https://x.example/100%25")),
            ("https://x..example/a", "..", x),
            ("https://www,x.example", ",", Some("https://www.x.example")),
            ("https://w,;x..example;a/", "..", Some("https://w.x.example.a/")),
            ("https://x.example/1%/2%/%20", "%", Some("https://x.example/1%25/2%25/%20")),
            ("https://http://https//x.example/a", "https://", x),
            ("https://docs", "docs", None),
            ("https://", "https://", None),
            ("https://x.example:80a/", "80a", None),
            ("https://g\u{456}thub.com", "g\u{456}thub.com", None),
            ("https://-x.example", "-x.example", None),
            ("https://1.2.3.456/", "1.2.3.456", None),
            ("//docs/a", "docs", None),
            ("img\\map.png", "\\", Some("img/map.png")),
        ] {
            assert_eq!(found(address), Some((part.to_owned(), better.map(str::to_owned))), "{address}");
        }
    }

    #[test]
    fn good_addresses_are_left_alone() {
        for address in [
            "https://x.example",
            "HTTPS://X.example./a%20b?q=\\#~:text=a",
            "http://localhost:3000",
            "http://intranet/a",
            "http://[::1]:80/",
            "https://b\u{fc}cher.example/ü",
            "https://web.archive.org/web/2024/https://x.example/",
            "https://fr.wikipedia.org/wiki/L’Île",
            "ftp://x.example",
            "http/status.md",
            "https/",
            "{{ site }}/a\\b",
            "mailto:a b",
            "git+https://x.example",
            "hdp://x",
        ] {
            assert_eq!(found(address), None, "{address}");
        }
    }

    #[test]
    fn one_fix_mends_all_slips_of_a_kind() {
        for unit in ["%", "a..", "\\", "https://", "http//", ":", "“", " ", "\t", ",", ";", "a;b,c", "/"] {
            for around in
                ["https://x.example/*", "https://a*b.example", "https://*x.example", "https:*x.example"]
            {
                let mut address = around.replace('*', &unit.repeat(100));
                let rounds = std::iter::from_fn(|| {
                    address = defect(&address, AddressKind::of(&address), &[])?.better?;
                    Some(())
                });
                assert!(rounds.take(10).count() < 5, "{unit} in {around}");
            }
        }
    }

    #[test]
    fn long_addresses_are_no_trouble() {
        for unit in ["%", "a.", "\\", "https://", ":", "“", " ", "а"] {
            let address = format!("https://x.example/{}", unit.repeat(100_000));
            let _ = defect(&address, AddressKind::Web, &[]);
            let _ = defect(&address[8..], AddressKind::Relative, &[]);
        }
    }
}
