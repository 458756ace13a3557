//! A second opinion: pulldown-cmark's events, reduced to what the tree says too.

use std::collections::BTreeSet;

use copydesk::internals::markdown::{Ast, LinkKind, NodeKind, normalize_label};
use copydesk::text::Span;
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};

/// Examples that the two parsers read differently, and why ours is not fixed.
const KNOWN: [(&str, &str); 8] = [
    (
        r"\\|",
        "whether a pipe behind two backslashes is escaped, and how many of them are left, is in no specification",
    ),
    (
        "][^c]",
        "a footnote reference behind a bracket reads like a label, so the bracket is no shortcut (6.3)",
    ),
    ("[baz][^foo]", "the same"),
    ("[^examples3]", "how far the list in a footnote has to be indented is in no specification"),
    (
        "'[foo]'bar",
        "the parser keeps a title that turned out to belong to the text (4.7); the tree gives what it says",
    ),
    ("/&auml;\\[>", "entities are known in any text that is no code (2.5), so in autolinks too"),
    ("?q=*x*", "bare addresses are an extension that the other parser does not have (GFM 6.9)"),
    ("[x]\t\t", "the parser takes a line break behind a checkbox for its text"),
];

pub(crate) fn is_known_difference(source: &str) -> bool {
    KNOWN.iter().any(|(example, _)| source.contains(example))
}

/// What the parsers see differently.
pub(crate) fn compare(ast: &Ast, source: &str) -> Vec<String> {
    let (ours, theirs) = (our_facts(ast, source), their_facts(source));
    let mine = ours.difference(&theirs).map(|fact| format!("only ours: {fact}"));
    mine.chain(theirs.difference(&ours).map(|fact| format!("only theirs: {fact}"))).collect()
}

fn our_facts(ast: &Ast, source: &str) -> BTreeSet<String> {
    let mut facts = BTreeSet::new();
    for node in ast.nodes() {
        let span = node.span();
        match node.kind() {
            NodeKind::Code => facts.insert(format!("{span:?} code {:?}", words(node.literal(source)))),
            NodeKind::Emphasis => facts.insert(format!("{span:?} emphasis")),
            NodeKind::Strong => facts.insert(format!("{span:?} strong")),
            _ => false,
        };
    }
    for heading in ast.headings() {
        facts.insert(format!("{:?} heading {}", heading.span(), heading.level));
    }
    for link in ast.links().chain(ast.images()) {
        if link.kind != LinkKind::Bare {
            let kind = format!("{:?}", link.node().kind()).to_lowercase();
            let title = words(link.title.as_deref().unwrap_or(""));
            facts.insert(format!("{:?} {kind} {:?} {:?} {title:?}", link.span(), link.kind, link.url));
        }
    }
    for definition in ast.definitions() {
        // The other parser keeps the first of each label.
        if ast.definition(definition.label.of(source)) == Some(definition) {
            facts.insert(definition_fact(
                definition.span.start,
                definition.label.of(source),
                &definition.url,
            ));
        }
    }
    facts
}

fn definition_fact(start: u32, label: &str, url: &str) -> String {
    format!("{start} definition {} {url:?}", normalize_label(label))
}

fn their_facts(source: &str) -> BTreeSet<String> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_GFM;
    let parser = Parser::new_ext(source, options);
    let mut facts = BTreeSet::new();
    for (label, definition) in parser.reference_definitions().iter() {
        facts.insert(definition_fact(definition.span.start as u32, label, &definition.dest));
    }
    for (event, range) in parser.into_offset_iter() {
        let range =
            range.start..source[..range.end].trim_end_matches(['\n', '\r', ' ', '\t']).len().max(range.start);
        let span = Span::from_range(range);
        let span = whole(&event, span, source);
        let fact = match event {
            Event::Code(code) => format!("{span:?} code {:?}", words(&code)),
            Event::Start(Tag::Emphasis) => format!("{span:?} emphasis"),
            Event::Start(Tag::Strong) => format!("{span:?} strong"),
            Event::Start(Tag::Heading { level, .. }) => format!("{span:?} heading {}", level as usize),
            Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                let scheme = if link_type == LinkType::Email { "mailto:" } else { "" };
                format!(
                    "{span:?} link {:?} {:?} {:?}",
                    kind(link_type),
                    format!("{scheme}{dest_url}"),
                    words(&title)
                )
            }
            Event::Start(Tag::Image { link_type, dest_url, title, .. }) => {
                format!("{span:?} image {:?} {:?} {:?}", kind(link_type), &*dest_url, words(&title))
            }
            _ => continue,
        };
        facts.insert(fact);
    }
    facts
}

/// A CRLF counts as two characters there.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Their span of a collapsed reference lacks the empty brackets.
fn whole(event: &Event<'_>, span: Span, source: &str) -> Span {
    match event {
        Event::Start(
            Tag::Link { link_type: LinkType::Collapsed, .. }
            | Tag::Image { link_type: LinkType::Collapsed, .. },
        ) if source[span.end as usize..].starts_with("[]") => Span::new(span.start, span.end + 2),
        _ => span,
    }
}

fn kind(link_type: LinkType) -> LinkKind {
    match link_type {
        LinkType::Reference | LinkType::ReferenceUnknown => LinkKind::Full,
        LinkType::Collapsed | LinkType::CollapsedUnknown => LinkKind::Collapsed,
        LinkType::Shortcut | LinkType::ShortcutUnknown => LinkKind::Shortcut,
        LinkType::Autolink | LinkType::Email => LinkKind::Autolink,
        _ => LinkKind::Inline,
    }
}
