use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::{Applicability, Edit, Fix},
    links::{AddressKind, hosts, shortened},
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// An address of the web lacks its scheme
    ///
    /// ## Why
    ///
    /// Without `https://` in front, `ferries.org/times` is a path: browsers look for a folder `ferries.org` beside the
    /// page. The same goes for an e-mail address without `mailto:`.
    ///
    /// ## Bad
    ///
    /// ```md
    /// See the [ferry times](ferries.org/times), or [write to us](crew@ferries.org).
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// See the [ferry times](https://ferries.org/times), or [write to us](mailto:crew@ferries.org).
    /// ```
    pub struct MissingScheme {
        /// Folders and files of the site whose names look like hosts.
        allow: Vec<String> = vec![],
    }
    id = "missing-scheme",
    severity = Severity::Error,
    fixable = Fixable::Sometimes,
}

impl Rule for MissingScheme {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for target in doc.targets().iter().filter(|target| target.address == AddressKind::Relative) {
            let Some(lack) = Lack::of(&target.url) else { continue };
            if self.allow.iter().any(|allowed| allowed == lack.name) {
                continue;
            }
            let Lack { name, scheme, trust } = lack;
            let what = if scheme == "mailto:" { "an e-mail address" } else { "a host" };
            let shown = shortened(name);
            let message = format!("`{shown}` is {what}, but without `{scheme}` it is taken for a path");
            let found = sink.report(target.part(0..name.len()), message);
            let help = format!("write `{scheme}{shown}`");
            found.help(help.clone());
            let edit = Edit { span: Span::empty(target.span.start), content: scheme.to_owned() };
            found.fix(Fix::new(help, trust, vec![edit]));
        }
    }
}

/// Whether a relative address is one of the web, or of mail, without its scheme.
pub fn lacks_scheme(address: &str) -> bool {
    Lack::of(address).is_some()
}

/// A scheme that an address lacks.
struct Lack<'a> {
    name: &'a str,
    scheme: &'static str,
    trust: Applicability,
}

impl<'a> Lack<'a> {
    fn of(address: &'a str) -> Option<Self> {
        let name = &address[..address.find(['/', '?', '#']).unwrap_or(address.len())];
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
        // `notes.org` alone may be a file; with a path behind it, or `www.` in front, it is a host.
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
    use super::Lack;

    #[test]
    fn hosts_and_mail_boxes_are_told_from_paths() {
        let scheme = |address| Lack::of(address).map(|lack| lack.scheme);
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
