//! The Markdown tree: exact spans and tokens for every construct, made from comrak's tree and the source. Nothing
//! outside this folder knows comrak.

mod anchors;
mod ast;
mod blocks;
mod components;
mod container_prefix;
mod contents;
mod data;
mod definitions;
mod delimiters;
mod dialect;
mod elements;
mod failed_emphasis;
mod fence_defects;
mod fences;
mod fragment;
mod headings;
mod html;
mod html_comments;
mod html_headings;
mod inclusions;
mod inline_spans;
mod insertions;
mod invalid_links;
mod limits;
mod line_kinds;
#[cfg(test)]
mod link_tests;
mod links;
mod lower;
mod myst;
mod node_kind;
mod other_anchors;
mod quote_gaps;
mod reference_uses;
mod references;
mod rendering;
mod scan;
mod tables;
#[cfg(test)]
mod tests;
mod text_tables;
mod texts;
mod unclosed;

pub use anchors::{Anchor, AnchorKind, Anchors};
pub use ast::{Ast, Node, Typed};
pub use contents::{ContentsEntry, TableOfContents};
pub use data::{
    Alert, CodeBlock, Definition, Fence, Footnote, Heading, HeadingSyntax, Item, Link, LinkKind, List,
    ListMarker, NodeData,
};
pub use delimiters::{BareDelimiter, BareMarks};
pub use dialect::{
    Dialect, DialectName, Engine, Head, Island, IslandKind, Overlay, SharedDefinitions, unknown_alert_type,
};
pub use elements::{has_components, unbalanced_tags};
pub use failed_emphasis::{FailedEmphasis, UnclosedStrong, failed_emphasis, unclosed_strong};
pub use fence_defects::{FenceDefect, FenceDefectKind};
pub use fragment::Fragment;
pub use headings::HeadingText;
pub use html::{HtmlTag, TagForm};
pub use inclusions::IncludedFiles;
pub use invalid_links::is_destination;
pub use limits::Excess;
pub use line_kinds::{LineKind, LineKinds, is_vacant};
pub use links::delimited_title;
pub use node_kind::NodeKind;
pub use references::{InvalidLink, InvalidLinkKind, LinkFacts, MissingDefinition};
pub use rendering::{Rendering, View};
pub use tables::TableLine;
pub use text_tables::TextTableKind;
pub use texts::TextKind;

use memchr::memmem;
use std::{borrow::Cow, sync::LazyLock};

use comrak::{Arena, Options};

use crate::text::LineIndex;

/// Parses the Markdown of a file: CommonMark 0.31.2 with the extensions of GitHub Flavored Markdown 0.29 (tables,
/// strikethrough, autolinks, task lists), footnotes and alerts.
///
/// `source` is the whole file, `body` the offset in bytes at which the Markdown begins, after the front matter, and
/// `lines` the index of the whole file. All spans of the tree are offsets into the file. A byte order mark at `body`
/// is skipped. Any text is Markdown: there are no errors.
///
/// # Panics
///
/// If `body` is past the end of `source` or inside a character.
pub fn parse(source: &str, body: u32, lines: &LineIndex) -> Ast {
    parse_in(source, body, lines, Dialect::default())
}

/// Parses the Markdown of a file as [`parse`] does, in a dialect.
///
/// # Panics
///
/// If `body` is past the end of `source` or inside a character.
pub fn parse_in(source: &str, body: u32, lines: &LineIndex, dialect: Dialect) -> Ast {
    let body = start_of(source, body);
    read(source, body, lines, dialect, dialect::overlay(source, body, dialect))
}

/// Parses the Markdown of a file as [`parse_in`] does, unless it has too much of something.
///
/// # Errors
///
/// If the text or its tree exceeds a limit; the place is an offset into the file.
///
/// # Panics
///
/// If `body` is past the end of `source` or inside a character.
pub fn parse_within_limits(
    source: &str,
    body: u32,
    lines: &LineIndex,
    dialect: Dialect,
) -> Result<Ast, Excess> {
    let body = start_of(source, body);
    let within = |text: &str| match Excess::of(&text[body as usize..]) {
        Some(excess) => Err(Excess { at: excess.at + body, ..excess }),
        None => Ok(()),
    };
    within(source)?;
    let overlay = dialect::overlay(source, body, dialect);
    if let Some(overlay) = &overlay {
        within(overlay.text())?;
    }
    let ast = read(source, body, lines, dialect, overlay);
    Excess::of_tree(&ast).map_or(Ok(ast), Err)
}

/// Makes the tree of a file of what its overlay leaves to Markdown.
fn read(source: &str, body: u32, lines: &LineIndex, dialect: Dialect, overlay: Option<Box<Overlay>>) -> Ast {
    let text = overlay.as_deref().map_or(source, Overlay::text);
    let patched = overlay.as_deref().map_or(Cow::Borrowed(source), Overlay::patched_text);
    let markdown = &patched[body as usize..];
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, markdown, options_for(markdown));
    let (mut records, mut tables, mut definitions) = lower::Lowering::new(text, body, lines).run(root);
    if let Some(overlay) = &overlay {
        dialect::weave(&mut records, &mut tables, &mut definitions, overlay, source);
    }
    if dialect.uses_last_definition() {
        dialect::use_last_definitions(&mut tables, &definitions, source);
    }
    Ast::new(records, tables, definitions, dialect.uses_last_definition(), overlay)
}

/// Where the Markdown begins: after a byte order mark.
fn start_of(source: &str, body: u32) -> u32 {
    (source.len() - without_mark(&source[body as usize..]).len()) as u32
}

/// A text without the byte order mark before it.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{FEFF}').unwrap_or(text)
}

/// How a text is parsed.
fn options_for(markdown: &str) -> &'static Options<'static> {
    let has_wall = WALL.find(markdown.as_bytes()).is_some();
    if has_wall { &WITHOUT_ALERTS } else { &OPTIONS }
}

/// A run of `>` that no page has to begin a quote. At each of them comrak 0.59 looks for an alert in all that follow,
/// so that a megabyte of them would take minutes.
static WALL: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new(&[b'>'; 256]));

static WITHOUT_ALERTS: LazyLock<Options<'static>> = LazyLock::new(|| {
    let mut options = OPTIONS.clone();
    options.extension.alerts = false;
    options
});

static OPTIONS: LazyLock<Options<'static>> = LazyLock::new(|| {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    // Otherwise unused footnotes vanish, and used ones leave their place.
    options.parse.leave_footnote_definitions = true;
    // Renderings are compared, never published: nothing may be left out of them.
    options.render.r#unsafe = true;
    options
});

/// The form in which labels are compared (CommonMark 0.31.2, section 6.3): case does not count, nor do the amount
/// and kind of white space. The prefixes of lines within a block quote do not belong to a label.
pub fn normalize_label(label: &str) -> String {
    let mut normalized = String::with_capacity(label.len());
    for line in label.split(['\n', '\r']) {
        for word in line.trim_start_matches([' ', '\t', '>']).split_whitespace() {
            if !normalized.is_empty() {
                normalized.push(' ');
            }
            normalized.push_str(word);
        }
    }
    // Upper case after lower case folds what either alone keeps apart: ß and ẞ, K and the Kelvin sign.
    if normalized.is_ascii() {
        normalized.make_ascii_uppercase();
        return normalized;
    }
    normalized.to_lowercase().to_uppercase()
}
