//! URLs that lack their scheme.

use super::hosts;
use crate::fix::Applicability;

/// A host or a mail box that is taken for a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schemeless<'a> {
    /// The host with its port, or the mail box.
    pub name: &'a str,
    /// What belongs in front: `https://` or `mailto:`.
    pub scheme: &'static str,
    /// Whether it can be nothing else.
    pub trust: Applicability,
}

impl<'a> Schemeless<'a> {
    /// Reads a URL that has no scheme; nothing where it is a path.
    pub fn of(address: &'a str) -> Option<Self> {
        let name = &address[..address.find(['/', '?', '#']).unwrap_or(address.len())];
        if !name.contains('.') {
            return None;
        }
        let rest = &address[name.len()..];
        if let Some((user, host)) = name.split_once('@') {
            let is_user = !user.is_empty()
                && user.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_+".contains(&byte));
            let is_email = is_user && hosts::is_known(host) && !rest.starts_with('/');
            return is_email.then_some(Self { name, scheme: "mailto:", trust: Applicability::Safe });
        }
        let (host, port) = name.split_once(':').map_or((name, None), |(host, port)| (host, Some(port)));
        if port.is_some_and(|port| port.parse::<u16>().is_err()) || !hosts::is_known(host) {
            return None;
        }
        // `notes.org` alone may be a file; with a path after it, or `www.` in front, it is a host.
        let is_certain = rest.len() > 1
            || port.is_some()
            || host.get(..4).is_some_and(|it| it.eq_ignore_ascii_case("www."));
        let ending = host.rsplit('.').next().unwrap_or_default();
        let is_file = || ["org", "info", "co"].iter().any(|it| ending.eq_ignore_ascii_case(it));
        let trust = if is_certain { Applicability::Safe } else { Applicability::Unsafe };
        (is_certain || !is_file()).then_some(Self { name, scheme: "https://", trust })
    }
}

#[cfg(test)]
mod tests {
    use super::Schemeless;

    #[test]
    fn hosts_and_mail_boxes_are_told_from_paths() {
        let scheme = |address| Schemeless::of(address).map(|it| it.scheme);
        for address in [
            "ferries.org/times",
            "www.ferries.org",
            "ferries.io",
            "ferries.org:80/x",
            "ferries.com?a",
            "WWW.Ferries.ORG",
        ] {
            assert_eq!(scheme(address), Some("https://"), "{address}");
        }
        assert_eq!(scheme("crew@ferries.org"), Some("mailto:"));
        for address in [
            "notes.org",
            "README.md",
            "a.rs/b",
            "/ferries.org",
            "./ferries.org/a",
            "a b.org/c",
            "@site/docs.org/x",
            "crew@1.2",
            "../x.com/y",
            "archive.tar",
            "v1.2/notes",
            "ferries.org:a/b",
        ] {
            assert_eq!(scheme(address), None, "{address}");
        }
    }
}
