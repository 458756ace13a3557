use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::Changes,
    links::MalformedLink,
    markdown::{DialectName, Engine, InvalidLink, InvalidLinkKind, is_destination},
    rule::{Fixable, Rule},
};

declare_rule! {
    /// Invalid link syntax
    ///
    /// ## What it does
    ///
    /// Reports text that looks like a link but is not parsed as one: a space between `]` and `(`, a space or a line
    /// break in the destination, a missing parenthesis, a title without quotes, or a URL in brackets without a
    /// destination.
    ///
    /// The size after the destination of an image, such as `=300x200`, is accepted in VitePress and VuePress: a plugin reads it.
    ///
    /// Swapped brackets and parentheses are reported by `reversed-link`, placeholders such as `[post](ADD LINK)` by
    /// `link-placeholder`.
    ///
    /// ## Why is this bad?
    ///
    /// The page shows the brackets and the URL instead of a link.
    ///
    /// ## Example
    ///
    /// ```md
    /// See the [tide table] (https://harbour.example/tides).
    /// ```
    ///
    /// ```md
    /// See the [tide table](https://harbour.example/
    /// tides) and the [map](quay map.png).
    /// ```
    ///
    /// ```md
    /// See the [rules](rules.md "Rules), the [log](https://harbour.example/log and ([https://harbour.example]).
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// See the [tide table](https://harbour.example/tides), the [map](<quay map.png>), the [rules](rules.md "Rules"),
    /// the [log](https://harbour.example/log) and (<https://harbour.example>).
    /// ```
    ///
    /// ## Fix safety
    ///
    /// Joining a URL that is split between lines at a punctuation character, replacing curly quotes around a title,
    /// and wrapping a bracketed URL in angle brackets are safe. Other fixes are unsafe.
    pub struct LinkSyntax {}
    id = "link-syntax",
    severity = Severity::Error,
    fixable = Fixable::Sometimes,
    changes = Changes::Blocks,
}

impl Rule for LinkSyntax {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for slip in &doc.link_facts().slips {
            if doc.dialect.has(DialectName::Vitepress) && is_sized_image(doc, slip)
                || doc.dialect.engine() == Engine::Kramdown && works_in_kramdown(doc, slip)
            {
                continue;
            }
            let Some(link) = MalformedLink::new(slip, &doc.source) else { continue };
            let diagnostic = sink.report(slip.span, format!("invalid link: {}", link.defect));
            diagnostic.help = link.help.map(str::to_owned);
            diagnostic.fixes.extend(link.fix);
        }
    }
}

/// Whether kramdown makes a link of it that works: a destination may have spaces, and go on in the next line, where browsers drop
/// the line break. What follows a URL and a space is usually not part of it.
fn works_in_kramdown(doc: &Document, slip: &InvalidLink) -> bool {
    let destination = doc.slice(slip.destination);
    match slip.kind {
        InvalidLinkKind::BreakInDestination => {
            let mut rest = destination.lines().skip(1);
            rest.all(|line| !line.starts_with([' ', '\t', '>']))
        }
        InvalidLinkKind::SpaceInDestination => {
            !destination.contains("://") && !destination.contains(['\n', '\r']) && is_destination(destination)
        }
        _ => false,
    }
}

/// Whether this is an image with its size in pixels after the destination, `![The quay](quay.png =300x200)`, which a plugin of
/// markdown-it reads.
fn is_sized_image(doc: &Document, slip: &InvalidLink) -> bool {
    let size = doc.slice(slip.destination).rsplit_once(char::is_whitespace);
    let size = size.and_then(|(_, size)| size.strip_prefix('=')?.split_once('x'));
    let is_length = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'%');
    let is_size = size.is_some_and(|(width, height)| {
        is_length(width) && is_length(height) && width.len() + height.len() > 0
    });
    is_size && doc.slice(slip.span).starts_with('!')
}
