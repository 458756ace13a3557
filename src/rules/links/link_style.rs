use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    markdown::{DialectName, Link, LinkKind, NodeKind, Typed, delimited_title},
    rule::{Fixable, Rule},
};

declare_rule! {
    /// Disallowed link style
    ///
    /// ## What it does
    ///
    /// Reports links and images in a style that an option disallows.
    ///
    /// This rule is off by default, and all styles are allowed unless an option says otherwise.
    ///
    /// ## Why is this bad?
    ///
    /// Markdown has five ways to write a link. Pages that use only some of them are easier to read and edit.
    ///
    /// ## Example
    ///
    /// With `inline: false`:
    ///
    /// ```markdown
    /// See the [tides](https://harbour.example/tides).
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// See the [tides].
    ///
    /// [tides]: https://harbour.example/tides
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix converts to an inline link if that is allowed, otherwise to an autolink. It is unsafe.
    pub struct LinkStyle {
        /// Allow autolinks: `<https://example.org>`.
        autolink: bool = true,
        /// Allow inline links and images: `[text](https://example.org)`.
        inline: bool = true,
        /// Allow full reference links and images: `[text][label]`.
        full: bool = true,
        /// Allow collapsed reference links and images: `[label][]`.
        collapsed: bool = true,
        /// Allow shortcut reference links and images: `[label]`.
        shortcut: bool = true,
        /// Allow inline links whose text is the same URL, which could be autolinks: `[https://example.org](https://example.org)`.
        #[serde(rename = "url_inline")]
        url_inline: bool = true,
    }
    id = "link-style",
    on = false,
    fixable = Fixable::Sometimes,
    aliases = &["MD054", "link-image-style"],
}

impl Rule for LinkStyle {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for link in doc.ast.links().chain(doc.ast.images()) {
            let what = if link.node().kind() == NodeKind::Image { "image" } else { "link" };
            let message = match link.kind {
                LinkKind::Autolink if !self.autolink => "autolink is not allowed".to_owned(),
                LinkKind::Inline if link.url.is_empty() => continue,
                LinkKind::Inline if !self.inline => format!("inline {what} is not allowed"),
                LinkKind::Inline if self.could_be_autolink(doc, link) => {
                    "inline link could be an autolink".to_owned()
                }
                LinkKind::Full if !self.full => format!("full reference {what} is not allowed"),
                LinkKind::Collapsed if !self.collapsed => {
                    format!("collapsed reference {what} is not allowed")
                }
                LinkKind::Shortcut if !self.shortcut => format!("shortcut reference {what} is not allowed"),
                _ => continue,
            };
            if link.kind.is_reference() && link.url.is_empty() {
                continue;
            }
            sink.report(link.span(), message)
                .fix_or_help(self.fix(doc, link), format!("use {}", self.allowed()));
        }
    }
}

impl LinkStyle {
    fn could_be_autolink(&self, doc: &Document, link: Typed<'_, Link>) -> bool {
        let written = link.destination.map_or("", |destination| doc.slice(destination.span));
        !self.url_inline
            && self.autolink
            && link.node().kind() == NodeKind::Link
            && link.title.is_none()
            && doc.slice(link.text) == written
            && can_be_autolink(written)
    }

    /// The allowed styles, in words.
    fn allowed(&self) -> String {
        let styles = [
            (self.inline, "`[text](url)`"),
            (self.autolink, "`<url>`"),
            (self.full, "`[text][label]`"),
            (self.collapsed, "`[label][]`"),
            (self.shortcut, "`[label]`"),
        ];
        let styles: Vec<&str> =
            styles.iter().filter(|(is_allowed, _)| *is_allowed).map(|(_, style)| *style).collect();
        if styles.is_empty() { "plain text".to_owned() } else { styles.join(" or ") }
    }

    /// Converts to an inline link if that is allowed, otherwise to an autolink.
    fn fix(&self, doc: &Document, link: Typed<'_, Link>) -> Option<Fix> {
        let is_image = link.node().kind() == NodeKind::Image;
        let (destination, title) = match link.label {
            Some(label) => {
                let definition = doc.ast.definition(doc.slice(label))?;
                (definition.destination.span, definition.title)
            }
            None => (link.destination?.span, link.title_span),
        };
        let (text, written) = (doc.slice(link.text), doc.slice(destination));
        let is_text = is_image || title.is_some() || doc.dialect.has(DialectName::Mdx);
        let is_address = self.autolink && !is_text && can_be_autolink(written);
        let (title, content) = if self.inline && !text.is_empty() && (self.url_inline || !is_address) {
            let mark = if is_image { "!" } else { "" };
            let address =
                if written.contains(['(', ')', ' ']) { format!("<{written}>") } else { written.to_owned() };
            let title =
                title.map_or(String::new(), |title| format!(" {}", doc.slice(delimited_title(title))));
            if doc.slice(link.span()).contains('\n') {
                return None;
            }
            let what = if is_image { "image" } else { "link" };
            (format!("Convert to an inline {what}"), format!("{mark}[{text}]({address}{title})"))
        } else if is_address && link.kind != LinkKind::Autolink {
            ("Convert to an autolink".to_owned(), format!("<{}>", link.url))
        } else {
            return None;
        };
        Some(Fix::replace(title, Applicability::Unsafe, link.span(), content))
    }
}

/// Whether `<destination>` is an autolink (CommonMark 0.31.2, section 6.5).
fn can_be_autolink(destination: &str) -> bool {
    url::Url::parse(destination).is_ok() && !destination.contains([' ', '<', '>'])
}
