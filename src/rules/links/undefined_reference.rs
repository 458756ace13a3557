use std::{
    cell::LazyCell,
    collections::{HashMap, HashSet},
};

use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::{Applicability, Changes, Fix},
    links::{TargetKind, UrlTarget},
    markdown::{
        Engine, InvalidLinkKind, LinkKind, MissingDefinition as UndefinedLabel, Node, NodeKind, Typed,
        normalize_label,
    },
    rule::{Fixable, Rule},
    rules::links::definitions,
    text::Search,
};

declare_rule! {
    /// Undefined link reference
    ///
    /// ## What it does
    ///
    /// Reports reference links and images whose label has no link reference definition. Text in single brackets, such
    /// as `[tides]`, is checked only with `shortcut_syntax`.
    ///
    /// ## Why is this bad?
    ///
    /// Without a definition, `[the tides][tides]` is not a link: the page shows the brackets.
    ///
    /// ## Example
    ///
    /// ```md
    /// See [the tides][tide].
    ///
    /// [tides]: https://harbour.example/tides
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// See [the tides][tides], or the log [of 1912].
    ///
    /// [tides]: https://harbour.example/tides
    /// ```
    ///
    /// On a page without headings, front matter and definitions, the reference is reported as `info`: such a text is often
    /// added to another page, like an entry of a changelog.
    ///
    /// ## Fix safety
    ///
    /// The fix replaces the label with the most similar one. It is unsafe.
    pub struct UndefinedReference {
        /// Labels to ignore (case-insensitive).
        #[serde(rename = "ignored_labels")]
        ignored_labels: Vec<String> = vec!["x".to_owned()],
        /// Also report text in single brackets, such as `[tides]`.
        #[serde(rename = "shortcut_syntax")]
        shortcut_syntax: bool = false,
        /// With `shortcut_syntax`, also report the brackets of malformed links, as markdownlint does. `link-syntax`
        /// reports those.
        in_malformed_links: bool = false,
    }
    id = "undefined-reference",
    severity = Severity::Error,
    fixable = Fixable::Sometimes,
    changes = Changes::Blocks,
    aliases = &["MD052", "reference-links-images"],
    markdownlint = &[("in-malformed-links", true)],
}

impl Rule for UndefinedReference {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let (facts, defined) = (doc.link_facts(), doc.ast.definitions());
        // A template, or a file that the page includes, may define any label.
        if doc.is_preprocessed
            || doc.inclusions().takes_in_files
            || defined.iter().any(|it| definitions::is_made_by_template(doc, it.label))
        {
            return;
        }
        let swallowed = LazyCell::new(|| swallowed_labels(doc));
        let ignored = definitions::labels(&self.ignored_labels);
        let has_labels = doc.dialect.has_heading_references() && !facts.undefined.is_empty();
        let headings = if has_labels { doc.ast.heading_labels(&doc.source) } else { HashMap::new() };
        let mut search = Search::in_file_of(doc.source.len());
        // A text without title and definitions is probably put together with others, as the entries of a changelog are.
        let is_part = defined.is_empty() && doc.front_matter.is_none() && doc.ast.headings().next().is_none();
        let in_malformed_links = self.in_malformed_links(doc);
        for reference in facts.undefined.iter().chain(&in_malformed_links) {
            let label = doc.slice(reference.label);
            let is_checked = self.shortcut_syntax || reference.kind != LinkKind::Shortcut;
            if !is_checked
                || definitions::is_made_by_template(doc, reference.label)
                || label.trim().is_empty()
                || ignored.contains(&normalize_label(label))
                || is_notation(doc, reference)
                || !doc.dialect.is_for_markdownlint() && is_text(doc, reference)
                || doc.shared.has(label)
                || headings.contains_key(&normalize_label(label))
                || swallowed.contains(&normalize_label(label))
            {
                continue;
            }
            let what = if reference.is_image { "image" } else { "link" };
            let diagnostic = sink.report(reference.span, format!("undefined {what} reference"));
            if is_part {
                diagnostic.at_most(Severity::Info);
            }
            let labels = defined.iter().map(|it| doc.slice(it.label));
            let Some(similar) = search.nearest(label, labels) else {
                diagnostic.help(format!("define the label, or use an inline {what}"));
                continue;
            };
            diagnostic.help(format!("did you mean `{similar}`?"));
            if reference.kind == LinkKind::Full {
                let title = format!("Replace with `{similar}`");
                diagnostic.fix(Fix::replace(title, Applicability::Unsafe, reference.label, similar));
            }
        }
    }
}

/// The labels that lines of code define where nothing closes the code: `unclosed-fence` reports that.
fn swallowed_labels(doc: &Document) -> HashSet<String> {
    let open = doc
        .ast
        .code_blocks()
        .filter(|block| block.fence.as_ref().is_some_and(|fence| fence.closing.is_none()));
    // A footnote ends at a line that is not indented, and what follows is read by itself; not so in CommonMark.
    let footnotes = doc.ast.of(NodeKind::FootnoteDefinition);
    let footnotes = footnotes.filter(|_| doc.dialect.engine() != Engine::CommonMark);
    let blocks = open.map(Typed::span).chain(footnotes.map(Node::span));
    let lines = blocks.flat_map(|block| doc.slice(block).lines());
    let labels = lines.filter_map(|line| line.strip_prefix('[')?.split_once("]:"));
    labels.map(|(label, _)| normalize_label(label)).collect()
}

/// Whether brackets belong to the word before them: the optional parts of a command's syntax, `NAME[.GROUP][/ID]` or
/// `moor(pier [, rope][, knot])`, indices, or the numbers of notes, `tides[1][2]`, be the word in any script.
fn is_notation(doc: &Document, reference: &UndefinedLabel) -> bool {
    let before = &doc.source[..reference.span.start as usize];
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (text, label) = (doc.slice(reference.text), doc.slice(reference.label));
    let has_letters = |text: &str| text.contains(char::is_alphanumeric);
    before.ends_with(|c: char| c.is_ascii_alphanumeric())
        && !doc.slice(reference.span).contains(char::is_whitespace)
        || before.ends_with(char::is_alphanumeric) && is_number(text) && is_number(label)
        || text.trim_start().starts_with(',') && label.trim_start().starts_with(',')
        || !has_letters(text) && !has_letters(label)
}

/// Whether brackets are text by what is around them. No link is in the text of a link. And where a page defines nothing, words in
/// brackets in front of a text are what it is about, as in the titles of changes: `[pier][lights] add a lamp`.
fn is_text(doc: &Document, reference: &UndefinedLabel) -> bool {
    if reference.is_image || reference.kind != LinkKind::Full {
        return false;
    }
    let is_word = |text: &str| text.chars().all(|c| c.is_alphanumeric() || "-_.+/#".contains(c));
    let (text, label) = (doc.slice(reference.text), doc.slice(reference.label));
    let before =
        doc.source[..reference.span.start as usize].trim_end_matches([' ', '\t']).chars().next_back();
    let rest = &doc.source[reference.span.end as usize..];
    let after = rest.chars().find(|c| !matches!(c, ' ' | '\t'));
    let first = |text: &str| text.chars().next().map(|c| c.to_ascii_lowercase());
    // They may be in front of a link, too: an undefined label is seldom beside a link that has a destination of its own.
    let is_before_link = || {
        let targets = doc.targets();
        let next = targets.partition_point(|target| target.span.start < reference.span.end);
        let is_next = |it: &UrlTarget| {
            it.kind == TargetKind::Link && it.owner.start == reference.span.end + 1 && rest.starts_with(' ')
        };
        first(text) != first(label) && targets.get(next).is_some_and(is_next)
    };
    let is_before_text = || doc.ast.definitions().is_empty() && after.is_some_and(char::is_alphanumeric);
    reference.is_in_link
        || is_word(text)
            && is_word(label)
            && !text.eq_ignore_ascii_case(label)
            && before.is_none_or(|c| "\n\r-*+>\"“".contains(c))
            && (is_before_text() || is_before_link())
}

impl UndefinedReference {
    /// The brackets of malformed links, as shortcut references.
    fn in_malformed_links(&self, doc: &Document) -> Vec<UndefinedLabel> {
        let slips = doc.link_facts().slips.iter().filter(|_| self.in_malformed_links && self.shortcut_syntax);
        let references = slips.filter(|slip| slip.kind != InvalidLinkKind::SpaceAroundText).map(|slip| {
            let label = if slip.kind == InvalidLinkKind::Reversed { slip.destination } else { slip.text };
            UndefinedLabel {
                kind: LinkKind::Shortcut,
                span: label,
                text: label,
                label,
                is_image: false,
                is_in_link: false,
            }
        });
        references.filter(|it| doc.ast.definition(doc.slice(it.label)).is_none()).collect()
    }
}
