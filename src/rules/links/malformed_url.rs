use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::{Applicability, Changes},
    links::{self, TargetKind, UrlTarget, WebAddress},
    rule::{Fixable, Rule},
    rules::links::destinations::replacement,
    text::Span,
};

declare_rule! {
    /// Malformed URL
    ///
    /// ## What it does
    ///
    /// Reports URLs with a syntax error: a backslash, a missing or extra slash, a misspelled scheme, one URL inside
    /// another, curly quotes from a word processor, an invalid host or port, or characters of another alphabet that
    /// look like Latin letters.
    ///
    /// Spaces in the attributes of HTML are reported as info: browsers encode them.
    ///
    /// ## Why is this bad?
    ///
    /// The link is broken or points to another site. Browsers correct some of these errors and not others, so the link
    /// may work for its author only.
    ///
    /// ## Example
    ///
    /// ```md
    /// The [pilots](htps://pilots.example) and the [port](https://https://port.example).
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The [pilots](https://pilots.example) and the [port](https://port.example).
    /// ```
    ///
    /// ## Fix safety
    ///
    /// All fixes are unsafe: they replace the URL with the most likely correct one.
    pub struct MalformedUrl {
        /// Also check bare URLs. Turned off automatically for generators that do not make links of them, such as Jekyll,
        /// MkDocs and mdBook.
        bare_urls: bool = true,
        /// Host names without a dot that are valid, such as those of an internal network.
        hosts: Vec<String> = vec![],
    }
    id = "malformed-url",
    severity = Severity::Error,
    fixable = Fixable::Sometimes,
    changes = Changes::Addresses,
}

impl Rule for MalformedUrl {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for target in doc.targets() {
            let Some(defect) = links::defect(&target.url, target.address, &self.hosts) else { continue };
            if says_what_belongs_there(&target.url) {
                continue;
            }
            // The URL of a malformed link is reported by `link-syntax`; a list of URLs, as in the value of an option, is no
            // link that anybody meant.
            let is_meant =
                || !is_list(&target.url) && doc.link_facts().invalid_link_after(target.owner).is_none();
            let is_doubtful =
                || !self.bare_urls || !is_meant() || ends_in_doubt(&target.url) || ends_in_value(doc, target);
            if target.kind == TargetKind::Bare && is_doubtful()
                || shows(doc, target) && is_example(&target.url)
            {
                continue;
            }
            let diagnostic = sink.report(target.part(defect.part), defect.message);
            // In Markdown, it would not be a link.
            if defect.is_repaired && target.kind.is_html() {
                diagnostic.at_most(Severity::Info);
            } else if defect.is_repaired && target.kind == TargetKind::FrontMatter {
                diagnostic.at_most(Severity::Warning);
            }
            let Some(better) = defect.better else { continue };
            let help = format!("use `{}`", links::shortened(&better));
            diagnostic.fix_or_help(replacement(target, Applicability::Unsafe, better), help);
        }
    }
}

/// Whether a URL is a list of some, as in the value of an option: `http://a,http://b` or `a=http://a,b=http://b`.
fn is_list(url: &str) -> bool {
    url.split_once(',').is_some_and(|(_, rest)| rest.contains("://"))
}

/// Whether the host of a URL is a note in a template for pages: `http://link-to-the-plan`.
fn says_what_belongs_there(url: &str) -> bool {
    let host = WebAddress::of(url).map_or("", |address| address.host());
    let is_note = ["link-to-", "url-of-", "url-to-", "your-"].iter().any(|start| host.starts_with(start));
    is_note && !host.contains('.')
}

/// Whether Markdown engines do not agree on where a URL in the text ends, or whether it is one: some take curly quotes for
/// a part of it, and a backslash or a character reference in its host keeps others from making it a link.
fn ends_in_doubt(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    url.contains(['‘', '’', '“', '”']) || host.contains(['\\', '&'])
}

/// Whether a place for a value follows what a Markdown engine takes for the URL: `https://quay.<NAME>.example`.
fn ends_in_value(doc: &Document, target: &UrlTarget) -> bool {
    let after = &doc.source[target.span.end as usize..];
    after.strip_prefix('.').unwrap_or(after).strip_prefix('<').is_some_and(|tag| !tag.starts_with('/'))
}

/// Whether readers see the URL as it is.
fn shows(doc: &Document, target: &UrlTarget) -> bool {
    let is_text = |text: Span| doc.slice(text) == &*target.url;
    match target.kind {
        TargetKind::Bare | TargetKind::Autolink => true,
        TargetKind::Link => target.text.is_some_and(is_text),
        _ => false,
    }
}

/// Whether a URL in the text is an example for a host of the reader, such as `http://nexus:8081/`: a name that is cut off
/// has neither a port nor a path.
fn is_example(url: &str) -> bool {
    WebAddress::of(url).is_some_and(|address| {
        let host = address.host();
        let after = url.split_once(host).map_or("", |(_, after)| after);
        let is_name = !host.is_empty()
            && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        let port =
            after.strip_prefix(':').map_or("", |port| port.split(['/', '?', '#']).next().unwrap_or(port));
        let is_name_of_port = !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_alphabetic());
        let has_port = is_name_of_port || port.parse::<u16>().is_ok();
        is_name && (has_port || after.starts_with('/'))
    })
}
