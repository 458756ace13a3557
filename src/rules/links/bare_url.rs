use std::collections::HashMap;

use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::{Applicability, Fix},
    front_matter::{BareLines, end_of_bare_lines},
    links::{WebAddress, hosts},
    markdown::{DialectName, HtmlTag, Link, LinkKind, Node, NodeKind, TagForm, Typed},
    rule::{Fixable, Rule},
    site::urls::is_for_forge,
    text::Span,
};

declare_rule! {
    /// Bare URL
    ///
    /// ## What it does
    ///
    /// Reports URLs and email addresses in text that are not part of a link and have no angle brackets.
    ///
    /// Bare URLs inside malformed links are reported by `link-syntax`; with `in-malformed-links`, this rule reports
    /// them as well. Email addresses, which can be used without a link, are reported as info, and so are URLs if the
    /// site generator is known to turn them into links.
    ///
    /// ## Why is this bad?
    ///
    /// Some Markdown parsers turn a bare URL into a link and some do not, and they disagree about where it ends. Angle
    /// brackets make it a link everywhere.
    ///
    /// ## Example
    ///
    /// ```md
    /// The tides are at https://harbour.example/tides, questions go to pilot@harbour.example.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The tides are at <https://harbour.example/tides>, questions go to the [pilot](mailto:pilot@harbour.example).
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Adding angle brackets is safe, unless the URL contains a backslash or an entity. The fix is only a suggestion if it
    /// contains a character that is not ASCII, a bracket or a quotation mark: engines differ in where such a URL ends.
    /// Generators that do not make links
    /// of bare URLs, such as MkDocs, Jekyll and mdBook, make one of it then. For a URL without a scheme,
    /// the fix writes an inline link with `https://`, which is unsafe. In MDX, which has no autolinks, the fix writes an
    /// inline link.
    pub struct BareUrl {
        /// Also report bare URLs inside malformed links, as markdownlint does.
        in_malformed_links: bool = false,
        /// Report bare URLs as info: the site's Markdown engine turns them into links. Set automatically for Hugo,
        /// Docusaurus, VitePress, VuePress, Astro, Gatsby, Next, Hexo, Nuxt Content, Docsify and Mintlify, for other generators
        /// whose config turns it on, such as `linkify` in Eleventy and MyST and `pymdownx.magiclink` in MkDocs, and where neither
        /// a generator nor a config is known.
        autolinks: bool = false,
    }
    id = "bare-url",
    fixable = Fixable::Always,
    aliases = &["MD034", "no-bare-urls"],
    markdownlint = &[("in-malformed-links", true)],
}

impl Rule for BareUrl {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let mut bare = doc.ast.links().filter(|link| link.kind == LinkKind::Bare).peekable();
        if bare.peek().is_none() {
            return;
        }
        let elements = elements(doc);
        // Forges make links of them.
        let on_forge = is_for_forge(&doc.path.to_string_lossy());
        let values = metadata(doc);
        for link in bare {
            let span = link.span();
            if values.contains(span) {
                continue;
            }
            let in_slip = !self.in_malformed_links && doc.link_facts().invalid_link_after(span).is_some();
            if in_slip
                || is_inside(&elements, span)
                || is_in_angle_brackets(doc, span)
                || is_in_definition(doc, span)
                || is_in_failed_link(doc, span)
                || is_part_of_path(doc, span)
                || is_version(&link.url)
            {
                continue;
            }
            // Nobody reads a page on the computer that a local URL means, so it may well stay text.
            let is_local = WebAddress::of(&link.url).is_some_and(|address| hosts::is_local(address.host()));
            let is_usable = self.autolinks || on_forge || is_local || link.url.starts_with("mailto:");
            sink.report(span, "bare URL")
                .at_most(if is_usable { Severity::Info } else { Severity::Error })
                .help("alternatively, use `[text](url)`")
                .fix(fix(doc, link));
        }
    }
}

/// Whether an email address is a package and its version: `quay@v9.x`. Top-level domains have two letters at least.
fn is_version(url: &str) -> bool {
    let Some(address) = url.strip_prefix("mailto:") else { return false };
    let domain = address.rsplit('.').next().unwrap_or_default();
    domain.len() < 2 || domain.bytes().any(|byte| byte.is_ascii_digit()) && !domain.starts_with("xn--")
}

/// The metadata that the page begins with, without delimiters: its values are no text.
fn metadata(doc: &Document) -> Span {
    let body = doc.ast.root().span().start;
    let has_some = doc.front_matter.is_none() && doc.front_matter_search.bare_lines != BareLines::Text;
    Span::new(body, if has_some { end_of_bare_lines(&doc.source, body) } else { body })
}

/// An autolink needs a scheme. Without one, an inline link keeps the text as it is and adds `https://` to the
/// destination.
fn fix(doc: &Document, link: Typed<'_, Link>) -> Fix {
    let text = doc.slice(link.span());
    // Neither an autolink nor a link destination may contain control characters (CommonMark 0.31.2, sections 6.3, 6.5).
    let has_control = text.contains(|c: char| c.is_ascii_control());
    let at_most = |applicability| if has_control { Applicability::DisplayOnly } else { applicability };
    if doc.dialect.has(DialectName::Mdx) && (link.url.starts_with("mailto:") || text.contains("://")) {
        return inline_link(text, link);
    }
    if link.url.starts_with("mailto:") || text.contains("://") {
        // Entities and backslash escapes have no meaning in an autolink.
        let is_plain = !(text.contains('\\') || text.contains('&') && text.contains(';'));
        // Engines end a bare URL in different places where it has other than the usual characters, such as the full stops
        // of Chinese.
        let is_usual = |byte: u8| byte.is_ascii() && !b"[]{}\"`|^".contains(&byte);
        let applicability = match (text.bytes().all(is_usual), is_plain) {
            (false, _) => Applicability::DisplayOnly,
            (true, false) => Applicability::Unsafe,
            (true, true) => Applicability::Safe,
        };
        // Punctuation of Chinese and Japanese, full-width characters included, follows the URL.
        let is_wide = |c: char| matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}');
        let (url, rest) = text.split_at(text.find(is_wide).unwrap_or(text.len()));
        let content = format!("<{url}>{rest}");
        return Fix::replace("Wrap in angle brackets", at_most(applicability), link.span(), content);
    }
    let content = format!("[{text}](https://{text})");
    Fix::replace("Convert to an inline link", at_most(Applicability::Unsafe), link.span(), content)
}

/// MDX takes `<` for the start of an element.
fn inline_link(text: &str, link: Typed<'_, Link>) -> Fix {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b":/.?=&%#+,@-".contains(&byte));
    let has_scheme = text.contains("://");
    // A password is not to be written twice.
    let is_safe = is_plain && !(has_scheme && text.contains('@'));
    let applicability = if is_safe { Applicability::Safe } else { Applicability::DisplayOnly };
    let address = if has_scheme { text.to_owned() } else { format!("mailto:{text}") };
    Fix::replace("Convert to an inline link", applicability, link.span(), format!("[{text}]({address})"))
}

/// `<www.example.org>` is not a valid autolink, but is meant to be one.
/// Whether a URL is meant as that of a definition: `[label]: https://…`. Where it is none, what is wrong is the label.
fn is_in_definition(doc: &Document, span: Span) -> bool {
    let line = doc.line(doc.lines.line_of(span.start)).start;
    let before = doc.source[line as usize..span.start as usize].trim();
    before.starts_with('[') && before.ends_with("]:")
}

/// Whether a URL is meant as the destination of a link that is none, for the code before it goes too far: `](https://…`.
fn is_in_failed_link(doc: &Document, span: Span) -> bool {
    doc.source[..span.start as usize].ends_with("](")
}

/// Whether an email address is a part of a path, of the address of a repository, `git@quay.example:boats.git`, or of the
/// handle of an account: `@pilot@quay.example`.
fn is_part_of_path(doc: &Document, span: Span) -> bool {
    let (before, after) = (&doc.source[..span.start as usize], &doc.source[span.end as usize..]);
    let is_address = !doc.slice(span).contains("://");
    let goes_on = after.strip_prefix(['/', ':']).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    is_address && doc.slice(span).contains('@') && (before.ends_with(['/', '@']) || goes_on)
}

fn is_in_angle_brackets(doc: &Document, span: Span) -> bool {
    let (before, after) = (&doc.source[..span.start as usize], &doc.source[span.end as usize..]);
    before.ends_with('<') && after.starts_with('>')
}

/// The inline HTML elements that have a closing tag, without those nested in others. URLs inside them are ignored.
fn elements(doc: &Document) -> Vec<Span> {
    let mut tags = doc.html_tags().iter().peekable();
    let mut open: HashMap<(usize, &str), Vec<&HtmlTag>> = HashMap::new();
    let mut elements = Vec::new();
    for node in doc.ast.of(NodeKind::HtmlInline) {
        while tags.next_if(|tag| tag.span.start < node.span().start).is_some() {}
        let Some(tag) = tags.next_if(|tag| tag.span.start == node.span().start) else { continue };
        let place = (node.parent().map_or(0, Node::index), &*tag.name);
        match tag.form {
            TagForm::Closing => {
                let opening = open.get_mut(&place).and_then(Vec::pop);
                elements.extend(opening.map(|opening| opening.span.join(tag.span)));
            }
            TagForm::Opening | TagForm::SelfClosing => open.entry(place).or_default().push(tag),
        }
    }
    elements.sort_unstable_by_key(|element| (element.start, std::cmp::Reverse(element.end)));
    // Without nested elements, one lookup is enough.
    elements.dedup_by(|inner, outer| outer.contains(*inner));
    elements
}

fn is_inside(elements: &[Span], span: Span) -> bool {
    let before = elements.partition_point(|element| element.start < span.start);
    before.checked_sub(1).is_some_and(|at| elements[at].contains(span))
}
