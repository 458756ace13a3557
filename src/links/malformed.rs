//! Text that looks like a link but is not parsed as one: what is wrong with it, and how to fix it.

use super::is_placeholder;
use crate::{
    fix::{Applicability, Edit, Fix},
    markdown::{InvalidLink, InvalidLinkKind, is_destination},
    text::Span,
};

/// The defect of a malformed link, and its fix.
#[derive(Debug)]
pub struct MalformedLink {
    /// The defect, as the second half of a message.
    pub defect: &'static str,
    /// What to do, unless the title of the fix says it.
    pub help: Option<&'static str>,
    /// The replacement, if there is only one likely.
    pub fix: Option<Fix>,
}

impl MalformedLink {
    /// Diagnoses a malformed link; `None` if it is swapped brackets, a placeholder or only space around the text.
    pub fn new(slip: &InvalidLink, source: &str) -> Option<Self> {
        let destination = &source[slip.destination.range()];
        match slip.kind {
            InvalidLinkKind::Reversed | InvalidLinkKind::SpaceAroundText => None,
            InvalidLinkKind::SpaceInDestination if is_placeholder(destination) => None,
            InvalidLinkKind::SpaceBeforeDestination => Some(space_before_destination(slip, source)),
            InvalidLinkKind::SpaceInDestination => Some(space_in_destination(slip, destination)),
            InvalidLinkKind::BreakInDestination => Some(break_in_destination(slip, destination)),
            InvalidLinkKind::Title => Some(unquoted_title(slip, source)),
            InvalidLinkKind::Unclosed => Some(unclosed(slip, destination)),
            InvalidLinkKind::BracketedUrl => Some(bracketed_url(slip, destination)),
        }
    }

    fn with_help(defect: &'static str, help: &'static str) -> Self {
        Self { defect, help: Some(help), fix: None }
    }

    fn with_fix(defect: &'static str, fix: Fix) -> Self {
        Self { defect, help: None, fix: Some(fix) }
    }
}

fn space_before_destination(slip: &InvalidLink, source: &str) -> MalformedLink {
    let gap = Span::new(slip.text.end + 1, slip.destination.start - 1);
    let (defect, title) = if source[gap.range()].contains(['\n', '\r']) {
        ("line break between `]` and `(`", "Remove the line break")
    } else {
        ("space between `]` and `(`", "Remove the space")
    };
    MalformedLink::with_fix(defect, Fix::replace(title, Applicability::Unsafe, gap, ""))
}

fn space_in_destination(slip: &InvalidLink, destination: &str) -> MalformedLink {
    let urls = destination.split_whitespace().filter(|word| word.contains("://")).count();
    if urls > 1 {
        return MalformedLink::with_help("multiple destinations", "split it into separate links");
    }
    let defect = "space in destination";
    let first = destination.split_whitespace().next().unwrap_or_default();
    let is_whole = is_destination(destination) && !destination.contains(['\n', '\r', '<', '>']);
    if is_whole && urls == 0 {
        let (title, text) = ("Wrap the destination in angle brackets", format!("<{destination}>"));
        return MalformedLink::with_fix(
            defect,
            Fix::replace(title, Applicability::Unsafe, slip.destination, text),
        );
    }
    MalformedLink::with_help(
        defect,
        if is_destination(first) {
            "encode spaces in the URL as `%20`; if it is followed by a title, quote the title"
        } else {
            "use a URL or path as the destination"
        },
    )
}

/// A line break next to a punctuation character of a URL is sure to be inside that URL.
fn break_in_destination(slip: &InvalidLink, destination: &str) -> MalformedLink {
    let parts: Vec<&str> = destination
        .lines()
        .map(|line| line.trim_start_matches([' ', '\t', '>']).trim_end())
        .filter(|part| !part.is_empty())
        .collect();
    let is_punctuation = |c: char| "/.-_?&=%#~+".contains(c);
    let continues = |pair: &[&str]| pair[0].ends_with(is_punctuation) || pair[1].starts_with(is_punctuation);
    let is_sure = destination.contains("://") && parts.windows(2).all(continues);
    let applicability = if is_sure { Applicability::Safe } else { Applicability::Unsafe };
    let fix = Fix::replace("Join the lines", applicability, slip.destination, parts.concat());
    MalformedLink::with_fix("line break in destination", fix)
}

fn unquoted_title(slip: &InvalidLink, source: &str) -> MalformedLink {
    let span = Span::new(slip.destination.end, slip.span.end - 1);
    let title = source[span.range()].trim();
    let inner = title.trim_matches(['"', '\'', '“', '”']);
    let defect = "title is not quoted correctly";
    if inner.contains(['"', '\\', '\n', '\r']) || inner.trim().is_empty() {
        return MalformedLink::with_help(defect, "wrap the title in straight double quotes");
    }
    let is_curly = title.starts_with('“') && title.ends_with('”');
    let applicability = if is_curly { Applicability::Safe } else { Applicability::Unsafe };
    let text = format!(" \"{}\"", inner.trim());
    MalformedLink::with_fix(
        defect,
        Fix::replace("Wrap the title in straight double quotes", applicability, span, text),
    )
}

fn unclosed(slip: &InvalidLink, destination: &str) -> MalformedLink {
    let kept = destination.trim_end_matches(['.', ',', ';', ':', '!', '?']).len() as u32;
    let edit = Edit { span: Span::empty(slip.destination.start + kept), content: ")".to_owned() };
    let fix = Fix::new("Add `)` after the destination", Applicability::Unsafe, vec![edit]);
    MalformedLink::with_fix("missing closing parenthesis", fix)
}

fn bracketed_url(slip: &InvalidLink, destination: &str) -> MalformedLink {
    let defect = "URL in brackets without a destination";
    if destination.starts_with("www.") {
        return MalformedLink::with_help(defect, "use `<url>` or `[text](url)`");
    }
    let brackets = Span::new(slip.text.start - 1, slip.text.end + 1);
    let text = format!("<{destination}>");
    MalformedLink::with_fix(
        defect,
        Fix::replace("Replace with angle brackets", Applicability::Safe, brackets, text),
    )
}
