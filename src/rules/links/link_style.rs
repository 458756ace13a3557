use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    markdown::{Link, LinkKind, NodeKind, Typed},
    rule::{Fixable, Rule},
};

declare_rule! {
    /// A link or an image in a form that this site does not use
    ///
    /// ## Why
    ///
    /// There are five ways to write a link. A site that settles on some of them is read and changed more easily. This is
    /// taste: the rule is off, and when it is on, all forms are allowed until an option forbids one.
    ///
    /// With `inline: false`:
    ///
    /// ## Bad
    ///
    /// ```markdown
    /// See the [tides](https://harbour.example/tides).
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// See the [tides].
    ///
    /// [tides]: https://harbour.example/tides
    /// ```
    pub struct LinkStyle {
        /// Whether `<https://example.org>` is allowed.
        autolink: bool = true,
        /// Whether `[text](https://example.org)` is allowed.
        inline: bool = true,
        /// Whether `[text][label]` is allowed.
        full: bool = true,
        /// Whether `[label][]` is allowed.
        collapsed: bool = true,
        /// Whether `[label]` is allowed.
        shortcut: bool = true,
        /// Whether `[https://example.org](https://example.org)` is allowed, which `<https://example.org>` could replace.
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
            let form = match link.kind {
                LinkKind::Autolink if !self.autolink => "an address in angle brackets",
                LinkKind::Inline if link.url.is_empty() => continue,
                LinkKind::Inline if !self.inline => "an inline one",
                LinkKind::Inline if self.is_needless(doc, link) => "an inline one whose text is its address",
                LinkKind::Full if !self.full => "one with a label behind the text",
                LinkKind::Collapsed if !self.collapsed => "one with empty brackets behind the label",
                LinkKind::Shortcut if !self.shortcut => "one that is just its label",
                _ => continue,
            };
            if link.kind.is_reference() && link.url.is_empty() {
                continue;
            }
            let what = if link.node().kind() == NodeKind::Image { "image" } else { "link" };
            let found = sink.report(link.span(), format!("this {what} is {form}"));
            found.help(format!("write it {}", self.allowed()));
            found.fixes.extend(self.fix(doc, link));
        }
    }
}

impl LinkStyle {
    fn is_needless(&self, doc: &Document, link: Typed<'_, Link>) -> bool {
        let written = link.destination.map_or("", |destination| doc.slice(destination.span));
        !self.url_inline
            && self.autolink
            && link.node().kind() == NodeKind::Link
            && link.title.is_none()
            && doc.slice(link.text) == written
            && can_be_autolink(written)
    }

    /// The forms that are allowed, in words.
    fn allowed(&self) -> String {
        let forms = [
            (self.inline, "`[text](address)`"),
            (self.autolink, "`<address>`"),
            (self.full, "`[text][label]`"),
            (self.collapsed, "`[label][]`"),
            (self.shortcut, "`[label]`"),
        ];
        let forms: Vec<&str> =
            forms.iter().filter(|(is_allowed, _)| *is_allowed).map(|(_, form)| *form).collect();
        if forms.is_empty() { "as plain text".to_owned() } else { format!("as {}", forms.join(" or ")) }
    }

    /// An inline link if that is allowed, else an address in angle brackets. Both lead to the same place.
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
        let is_address = self.autolink && !is_image && title.is_none() && can_be_autolink(written);
        let content = if self.inline && !text.is_empty() && (self.url_inline || !is_address) {
            let mark = if is_image { "!" } else { "" };
            let address =
                if written.contains(['(', ')', ' ']) { format!("<{written}>") } else { written.to_owned() };
            let title = title.map_or(String::new(), |title| format!(" \"{}\"", doc.slice(title)));
            (!doc.slice(link.span()).contains('\n')).then(|| format!("{mark}[{text}]({address}{title})"))?
        } else if is_address && link.kind != LinkKind::Autolink {
            format!("<{}>", link.url)
        } else {
            return None;
        };
        Some(Fix::replace("write it in a form that is allowed", Applicability::Unsafe, link.span(), content))
    }
}

/// Whether `<destination>` is a link (`CommonMark` 0.31.2, section 6.5).
fn can_be_autolink(destination: &str) -> bool {
    url::Url::parse(destination).is_ok() && !destination.contains([' ', '<', '>'])
}
