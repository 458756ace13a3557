//! What kind of thing a URL names, and the parts of a URL.

use std::{borrow::Cow, ops::Range};

/// What a URL is, by its first few characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum AddressKind {
    /// Nothing, or nothing but spaces.
    Empty,
    /// Something that a generator fills in: `{{…}}`, `{%…%}`, `<%…%>`, `${…}`.
    Template,
    /// `#part`
    Fragment,
    /// `http:` or `https:`, well formed or not.
    Web,
    /// `//host/path`
    ProtocolRelative,
    /// `mailto:`
    Email,
    /// `tel:` or `sms:`
    Phone,
    /// `javascript:` or `vbscript:`
    Script,
    /// `data:` or `blob:`
    Data,
    /// `file:`, or a path of Windows such as `C:\tides.md` or `\\host\share`.
    FileSystem,
    /// Any other scheme.
    OtherScheme,
    /// No scheme: a path, from the page or from the `/` of the site.
    Relative,
    /// The name of a file in a vault, in a wikilink.
    Vault,
}

impl AddressKind {
    /// The kind of a URL: escapes and entities of Markdown resolved, percent escapes not.
    pub fn of(address: &str) -> Self {
        let address = address.trim();
        if address.is_empty() {
            return Self::Empty;
        }
        if address.starts_with('{') || is_filled_in(address) {
            return Self::Template;
        }
        if address.starts_with('#') {
            return Self::Fragment;
        }
        if address.starts_with("//") {
            return Self::ProtocolRelative;
        }
        if address.starts_with("\\\\") {
            return Self::FileSystem;
        }
        let Some(scheme) = scheme(address) else { return Self::Relative };
        if matches!(scheme, "http" | "https") {
            return Self::Web;
        }
        match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" => Self::Web,
            "mailto" => Self::Email,
            "tel" | "sms" => Self::Phone,
            "javascript" | "vbscript" => Self::Script,
            "data" | "blob" => Self::Data,
            "file" => Self::FileSystem,
            drive if drive.len() == 1 => Self::FileSystem,
            _ => Self::OtherScheme,
        }
    }
}

/// Whether a URL has a part that a generator fills in.
pub(crate) fn is_filled_in(address: &str) -> bool {
    memchr::memchr2(b'{', b'<', address.as_bytes()).is_some()
        && ["{{", "{%", "<%", "${"].iter().any(|opening| address.contains(opening))
}

/// The scheme in front of a colon (RFC 3986, section 3.1), unless it is a host with a port.
fn scheme(address: &str) -> Option<&str> {
    let is_scheme = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.');
    let end = address.bytes().position(|byte| !is_scheme(byte))?;
    let (scheme, rest) = address.split_at(end);
    let rest = rest.strip_prefix(':')?;
    let is_host = (scheme.contains('.') || scheme.eq_ignore_ascii_case("localhost"))
        && rest.starts_with(|c: char| c.is_ascii_digit());
    (scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && !is_host).then_some(scheme)
}

/// Characters of a URL that a message has room for.
const MAX_SHOWN: usize = 120;

/// A URL or a part of one as a message may have it: cut short where it is very long.
///
/// It is cut at a delimiter, so that no part of a secret is left that could not be recognized as one.
pub fn shortened(address: &str) -> Cow<'_, str> {
    let Some((end, _)) = address.char_indices().nth(MAX_SHOWN) else { return Cow::Borrowed(address) };
    let head = &address[..end];
    let host = head.find("://").map(|at| at + "://".len());
    let open_host = host.filter(|&host| !head[host..].contains('/'));
    let kept = open_host.or_else(|| head.rfind(['/', '\\', '?', '&', '#'])).unwrap_or(end);
    Cow::Owned(format!("{}…", &head[..kept]))
}

/// A URL taken apart where it is: any text has parts, whether they are right or not (RFC 3986,
/// appendix B).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebAddress<'a> {
    text: &'a str,
    /// `http` or `https`; empty for `//host`.
    pub scheme: Range<usize>,
    /// What is before the `@` of the host.
    pub user: Option<Range<usize>>,
    /// The host, the brackets of an IPv6 URL included.
    pub host: Range<usize>,
    /// What is after the colon of the host.
    pub port: Option<Range<usize>>,
    /// From the slash after the host to the query.
    pub path: Range<usize>,
}

impl<'a> WebAddress<'a> {
    /// Takes `http://…`, `https://…` and `//…` apart; `None` for anything else.
    pub fn of(text: &'a str) -> Option<Self> {
        let scheme = match text {
            _ if text.starts_with("https://") => "https",
            _ if text.starts_with("//") => "",
            _ => scheme(text)?,
        };
        let is_web = scheme.is_empty() || ["http", "https"].iter().any(|it| scheme.eq_ignore_ascii_case(it));
        let start = scheme.len() + if scheme.is_empty() { 2 } else { 3 };
        if !is_web || !text[scheme.len()..].trim_start_matches(':').starts_with("//") {
            return None;
        }
        let rest = text.get(start..)?;
        // Every URL is taken apart, several times, so by bytes: all that is looked for is ASCII.
        let length = rest.as_bytes().iter().position(|byte| matches!(byte, b'/' | b'?' | b'#' | b'\\'));
        let end = start + length.unwrap_or(rest.len());
        let length = memchr::memchr2(b'?', b'#', &text.as_bytes()[end..]);
        let path_end = length.map_or(text.len(), |length| end + length);
        let user = memchr::memrchr(b'@', &text.as_bytes()[start..end]).map(|at| start..start + at);
        let host = user.as_ref().map_or(start, |user| user.end + 1);
        let name = &text[host..end];
        let colon = match name.strip_prefix('[') {
            Some(_) => name.find("]:").map(|at| at + 1),
            None => name.bytes().position(|byte| byte == b':'),
        };
        Some(Self {
            text,
            scheme: 0..scheme.len(),
            user,
            host: host..colon.map_or(end, |colon| host + colon),
            port: colon.map(|colon| host + colon + 1..end),
            path: end..path_end,
        })
    }

    /// The host as it is written.
    pub fn host(&self) -> &'a str {
        &self.text[self.host.clone()]
    }

    /// The path as it is written; empty where nothing follows the host.
    pub fn path(&self) -> &'a str {
        &self.text[self.path.clone()]
    }

    /// Whether it begins with `http:` and not with `https:`.
    pub fn is_insecure(&self) -> bool {
        self.text[self.scheme.clone()].eq_ignore_ascii_case("http")
    }
}

#[cfg(test)]
mod tests {
    use super::{AddressKind, WebAddress, shortened};

    #[test]
    fn a_long_address_is_cut_at_a_joint() {
        let long = "a".repeat(200);
        assert_eq!(shortened("https://x.example"), "https://x.example");
        assert_eq!(shortened(&format!("https://x.example/?a=1&b={long}")), "https://x.example/?a=1…");
        assert_eq!(shortened(&format!("https://mira:{long}@x.example")), "https://…");
        assert_eq!(shortened(&"é".repeat(200)), format!("{}…", "é".repeat(120)));
    }

    #[test]
    fn kinds_are_told_apart_by_the_first_characters() {
        for (address, kind) in [
            ("", AddressKind::Empty),
            ("{{ site.url }}/x", AddressKind::Template),
            ("https://x.example/{% link %}", AddressKind::Template),
            ("#top", AddressKind::Fragment),
            ("HTTPS://x.example", AddressKind::Web),
            ("http:/x.example", AddressKind::Web),
            ("//x.example", AddressKind::ProtocolRelative),
            ("mailto:office@x.example", AddressKind::Email),
            ("tel:+44", AddressKind::Phone),
            ("javascript:void(0)", AddressKind::Script),
            ("data:image/png;base64,AA", AddressKind::Data),
            ("file:///etc/hosts", AddressKind::FileSystem),
            ("C:\\tides.md", AddressKind::FileSystem),
            ("\\\\server\\share", AddressKind::FileSystem),
            ("vscode:extension/x", AddressKind::OtherScheme),
            ("localhost:3000/x", AddressKind::Relative),
            ("x.example:80/x", AddressKind::Relative),
            ("a/b:c.md", AddressKind::Relative),
            ("/img/x.png", AddressKind::Relative),
        ] {
            assert_eq!(AddressKind::of(address), kind, "{address}");
        }
    }

    #[test]
    fn an_address_of_the_web_has_parts() {
        let text = "https://mira:s@x.example:80/a/b?c#d";
        let web = WebAddress::of(text).expect("it is one");
        let part = |range: Option<std::ops::Range<usize>>| range.map(|range| &text[range]);
        assert_eq!((web.host(), web.path()), ("x.example", "/a/b"));
        assert_eq!((part(web.user), part(web.port)), (Some("mira:s"), Some("80")));
        let host = |text| WebAddress::of(text).map(|web| web.host().to_owned());
        assert_eq!(host("http://[::1]:80/").as_deref(), Some("[::1]"));
        assert_eq!(host("//x.example?a").as_deref(), Some("x.example"));
        assert_eq!(host("https://").as_deref(), Some(""));
        assert_eq!(host("http:x.example"), None);
        assert_eq!(host("ftp://x.example"), None);
    }
}
