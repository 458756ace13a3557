//! What the name of a host says.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::text::has_local_ending;

/// A host without `www.`, in any case: the two are one site.
pub fn without_www(host: &str) -> &str {
    let www = host.get(..4).filter(|it| it.eq_ignore_ascii_case("www."));
    www.map_or(host, |www| &host[www.len()..])
}

/// Forges that many projects use, without `www.`, sorted.
const FORGES: [&str; 5] = ["bitbucket.org", "codeberg.org", "github.com", "gitlab.com", "sr.ht"];

/// Whether a host, lower case and without `www.`, is that of a forge that many projects use.
pub fn is_forge(host: &str) -> bool {
    FORGES.contains(&host)
}

/// Top-level domains that no file's name ends with, in lowercase, sorted: enough to tell `example.org/x` from a
/// folder. Those that are endings of files as well, such as `md`, `rs`, `sh`, `py`, `pl`, `ps`, `so`, `zip` and `app`,
/// are left out.
const TOP_LEVEL: [&str; 57] = [
    "academy",
    "agency",
    "at",
    "au",
    "be",
    "blog",
    "br",
    "ca",
    "ch",
    "cloud",
    "cn",
    "co",
    "com",
    "cz",
    "de",
    "dev",
    "dk",
    "edu",
    "es",
    "eu",
    "fi",
    "foundation",
    "fr",
    "gov",
    "hu",
    "ie",
    "info",
    "int",
    "io",
    "it",
    "jp",
    "kr",
    "mil",
    "mx",
    "net",
    "nl",
    "no",
    "nz",
    "online",
    "org",
    "page",
    "pt",
    "ro",
    "ru",
    "se",
    "shop",
    "site",
    "software",
    "systems",
    "tech",
    "tv",
    "tw",
    "uk",
    "us",
    "wiki",
    "world",
    "xyz",
];

/// The names of the reader's own computer.
pub const LOOPBACK: [&str; 4] = ["localhost", "127.0.0.1", "0.0.0.0", "[::1]"];

/// Whether readers elsewhere cannot reach a host: `localhost`, loopback, private and link-local URLs (RFC 1918,
/// RFC 3927, RFC 4193), and names of home and office networks (RFC 6762, RFC 8375).
pub fn is_local(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    if let Some(ip) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return ip.parse::<Ipv6Addr>().is_ok_and(|ip| {
            ip.is_loopback() || ip.is_unspecified() || ip.is_unique_local() || ip.is_unicast_link_local()
        });
    }
    if let Ok(ip) = host.parse::<Ipv4Addr>() {
        return ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_unspecified();
    }
    has_local_ending(&host) || host.ends_with(".home.arpa")
}

/// Whether a host is one that is in examples (RFC 2606, RFC 6761).
pub fn is_reserved(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let mut labels = host.rsplit('.');
    match labels.next() {
        Some("example" | "test" | "invalid") => true,
        Some("com" | "org" | "net") => labels.next() == Some("example"),
        _ => false,
    }
}

/// Whether a name is surely that of a host: two labels or more, and a top-level domain that is well known and no ending
/// of files.
pub fn is_known(name: &str) -> bool {
    let mut labels = name.split('.');
    let is_label = |label: &str| {
        let inside = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        !label.is_empty() && label.bytes().all(inside) && !label.starts_with('-') && !label.ends_with('-')
    };
    let last = labels.next_back().unwrap_or_default().to_ascii_lowercase();
    TOP_LEVEL.binary_search(&&*last).is_ok() && labels.clone().count() > 0 && labels.all(is_label)
}

/// The letters of other scripts in a host that can only be there to look like Latin ones, or by a slip of the keyboard:
/// those in a label with Latin letters, and a label of nothing but look-alikes before a Latin top-level domain.
pub fn look_alike(host: &str) -> Option<char> {
    let is_latin = |c: char| c.is_ascii_alphabetic();
    let foreign = |c: &char| matches!(c, '\u{370}'..='\u{52f}');
    let ends_latin = host.rsplit('.').next().is_some_and(|last| last.chars().all(is_latin));
    host.split('.').find_map(|label| {
        let first = label.chars().find(foreign)?;
        let mixed = label.chars().any(is_latin);
        let all_alike =
            || ends_latin && label.chars().filter(|c| c.is_alphabetic()).all(|c| LOOK_ALIKES.contains(c));
        (mixed || all_alike()).then_some(first)
    })
}

/// Cyrillic and Greek letters that look like Latin ones.
const LOOK_ALIKES: &str = "аеорсухѕіјԁһӏԛԝυοικρνα";

#[cfg(test)]
mod tests {
    use super::{TOP_LEVEL, is_known, is_local, is_reserved, look_alike};

    #[test]
    fn local_hosts_are_known() {
        for host in [
            "localhost",
            "dev.localhost",
            "127.0.0.1",
            "[::1]",
            "0.0.0.0",
            "10.1.2.3",
            "192.168.0.1",
            "nas.local",
            "[fd00::1]",
        ] {
            assert!(is_local(host), "{host}");
        }
        for host in ["example.org", "8.8.8.8", "local.example", "172.32.0.1", "[2001:db8::1]", ""] {
            assert!(!is_local(host), "{host}");
        }
    }

    #[test]
    fn hosts_of_examples_are_known() {
        assert!(is_reserved("Example.com") && is_reserved("a.example.org") && is_reserved("tide.example"));
        assert!(!is_reserved("notexample.com") && !is_reserved("example.io"));
    }

    #[test]
    fn a_host_is_told_from_a_file() {
        assert!(TOP_LEVEL.is_sorted());
        for name in ["opendev.org", "www.x.co.uk", "Tide-Tables.IO"] {
            assert!(is_known(name), "{name}");
        }
        for name in ["org", ".org", "a..org", "README.md", "main.rs", "a_b.com", "-a.com", "x.py", "../x.org"]
        {
            assert!(!is_known(name), "{name}");
        }
    }

    #[test]
    fn letters_that_pretend_are_found() {
        assert_eq!(look_alike("g\u{456}thub.com"), Some('\u{456}'));
        assert_eq!(look_alike("\u{430}\u{440}\u{440}\u{4cf}\u{435}.com"), Some('\u{430}'));
        assert_eq!(look_alike("\u{43f}\u{440}\u{438}\u{43c}\u{435}\u{440}.\u{440}\u{444}"), None);
        assert_eq!(look_alike("b\u{fc}cher.de"), None);
    }
}
