use std::{cell::LazyCell, collections::HashSet};

use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::{Applicability, Changes, Fix},
    markdown::{InvalidLink, InvalidLinkKind, LinkKind, is_destination},
    rule::{Fixable, Rule},
};

declare_rule! {
    /// Reversed link syntax
    ///
    /// ## What it does
    ///
    /// Reports links whose brackets and parentheses are swapped. Unless `any-text` is set, one of the two must be a
    /// URL or a path, so that `f(x)[0]` is ignored, and so are brackets after a link and closing tags such as
    /// `[/caption]`. Code is always ignored.
    ///
    /// ## Why is this bad?
    ///
    /// The text is not a link: the page shows the brackets, the parentheses and the URL.
    ///
    /// ## Example
    ///
    /// ```md
    /// The (tide table)[https://harbour.example/tides] is out.
    /// ```
    ///
    /// ```md
    /// The (https://harbour.example/tides)[tide table] is out.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// The [tide table](https://harbour.example/tides) is out.
    ///
    /// Berth (north)[3] is free, see the [map](map.pdf)[PDF].
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix is unsafe: the brackets may be intended.
    pub struct ReversedLink {
        /// Also report `(text)[text]` if neither is a URL or a path, as markdownlint does.
        any_text: bool = false,
    }
    id = "reversed-link",
    severity = Severity::Error,
    fixable = Fixable::Sometimes,
    changes = Changes::Blocks,
    aliases = &["MD011", "no-reversed-links"],
    markdownlint = &[("any-text", true)],
}

impl Rule for ReversedLink {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let ends = LazyCell::new(|| link_ends(doc));
        for slip in doc.link_facts().slips.iter().filter(|slip| slip.kind == InvalidLinkKind::Reversed) {
            let is_remark = || ends.contains(&(slip.text.end + 1)) || is_closing_tag(doc, slip);
            if !self.any_text && is_remark() {
                continue;
            }
            let (in_parentheses, in_brackets) = (doc.slice(slip.text), doc.slice(slip.destination));
            let is_swapped = is_url_or_path(in_parentheses) && !is_url_or_path(in_brackets);
            let (text, destination) =
                if is_swapped { (in_brackets, in_parentheses) } else { (in_parentheses, in_brackets) };
            if !self.any_text && !is_url_or_path(destination) {
                continue;
            }
            let fix = (!destination.contains(char::is_whitespace)).then(|| {
                let scheme = if destination.starts_with("www.") { "https://" } else { "" };
                let link = format!("[{text}]({scheme}{destination})");
                let title = "Swap brackets and parentheses";
                Fix::replace(title, Applicability::Unsafe, slip.span, link)
            });
            sink.report(slip.span, "reversed link syntax").fix_or_help(fix, "use `[text](url)`");
        }
    }
}

/// Where inline links and images end: brackets after one are a remark on it, as in `[tides](tides.pdf)[PDF]`.
fn link_ends(doc: &Document) -> HashSet<u32> {
    let links = doc.ast.links().chain(doc.ast.images());
    links.filter(|link| link.kind == LinkKind::Inline).map(|link| link.span().end).collect()
}

/// Whether the brackets end a shortcode, which begins shortly before: `[caption] … [/caption]`.
fn is_closing_tag(doc: &Document, slip: &InvalidLink) -> bool {
    const FARTHEST: usize = 4096;
    let Some(name) = doc.slice(slip.destination).strip_prefix('/') else { return false };
    let end = slip.span.end as usize;
    let before = &doc.source.as_bytes()[end.saturating_sub(FARTHEST)..end];
    let opening = format!("[{name}");
    !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphabetic())
        && memchr::memmem::rfind(before, opening.as_bytes())
            .is_some_and(|at| matches!(before.get(at + opening.len()), Some(b']' | b' ' | b'=')))
}

fn is_url_or_path(text: &str) -> bool {
    !text.contains(char::is_whitespace) && is_destination(text)
}
