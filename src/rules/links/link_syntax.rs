use crate::{
    declare_rule,
    diagnostic::{Diagnostic, Severity, Sink},
    document::Document,
    fix::{Applicability, Changes, Edit, Fix},
    links::is_placeholder,
    markdown::{LinkSlip, SlipKind, is_destination},
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// A link that is written wrong, so that it is none
    ///
    /// ## Why
    ///
    /// A blank between `]` and `(`, a blank or a line break in the destination, a missing parenthesis, a title without
    /// its quotes: each makes text of the link, and readers see the brackets and the address.
    ///
    /// ## Bad
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
    /// ## Good
    ///
    /// ```md
    /// See the [tide table](https://harbour.example/tides), the [map](<quay map.png>), the [rules](rules.md "Rules"),
    /// the [log](https://harbour.example/log) and (<https://harbour.example>).
    /// ```
    ///
    /// Brackets and parentheses that are swapped belong to `reversed-link`, notes such as `[post](ADD LINK)` to
    /// `link-placeholder`.
    pub struct LinkSyntax {}
    id = "link-syntax",
    severity = Severity::Error,
    fixable = Fixable::Sometimes,
    changes = Changes::Blocks,
}

impl Rule for LinkSyntax {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for slip in &doc.link_facts().slips {
            let destination = doc.slice(slip.destination);
            match slip.kind {
                SlipKind::Reversed | SlipKind::SpaceAroundText => {}
                SlipKind::SpaceInDestination if is_placeholder(destination) => {}
                SlipKind::SpaceBeforeDestination => space_before(doc, slip, sink),
                SlipKind::SpaceInDestination => space_within(slip, destination, sink),
                SlipKind::BreakInDestination => line_break(slip, destination, sink),
                SlipKind::Title => title(doc, slip, sink),
                SlipKind::Unclosed => unclosed(slip, destination, sink),
                SlipKind::BracketedUrl => bracketed(slip, destination, sink),
            }
        }
    }
}

fn report<'a>(sink: &'a mut Sink<'_>, slip: &LinkSlip, why: &str) -> &'a mut Diagnostic {
    sink.report(slip.span, format!("this is not a link: {why}"))
}

fn space_before(doc: &Document, slip: &LinkSlip, sink: &mut Sink<'_>) {
    let gap = Span::new(slip.text.end + 1, slip.destination.start - 1);
    let what = if doc.slice(gap).contains(['\n', '\r']) { "line break" } else { "blank" };
    report(sink, slip, &format!("{what} between `]` and `(`")).help("remove it").fix(Fix::replace(
        "remove it",
        Applicability::Unsafe,
        gap,
        "",
    ));
}

fn space_within(slip: &LinkSlip, destination: &str, sink: &mut Sink<'_>) {
    let addresses = destination.split_whitespace().filter(|word| word.contains("://")).count();
    if addresses > 1 {
        report(sink, slip, "two destinations in one pair of parentheses").help("make two links of it");
        return;
    }
    let found = report(sink, slip, "blank in the destination");
    let first = destination.split_whitespace().next().unwrap_or_default();
    let is_whole = is_destination(destination) && !destination.contains(['\n', '\r', '<', '>']);
    if is_whole && addresses == 0 {
        found.help("put angle brackets around the destination");
        let content = format!("<{destination}>");
        found.fix(Fix::replace(
            "put angle brackets around it",
            Applicability::Unsafe,
            slip.destination,
            content,
        ));
    } else if is_destination(first) {
        found.help("write `%20` for a blank of the address; a title behind it needs quotes");
    } else {
        found.help("write an address or a path in the parentheses");
    }
}

/// Where the break stands at one of the marks that an address is made of, nothing else can be meant.
fn line_break(slip: &LinkSlip, destination: &str, sink: &mut Sink<'_>) {
    let found = report(sink, slip, "line break in the destination");
    found.help("write the destination in one line");
    let parts: Vec<&str> = destination
        .lines()
        .map(|line| line.trim_start_matches([' ', '\t', '>']).trim_end())
        .filter(|part| !part.is_empty())
        .collect();
    let is_mark = |c: char| "/.-_?&=%#~+".contains(c);
    let goes_on = |pair: &[&str]| pair[0].ends_with(is_mark) || pair[1].starts_with(is_mark);
    let is_sure = destination.contains("://") && parts.windows(2).all(goes_on);
    let applicability = if is_sure { Applicability::Safe } else { Applicability::Unsafe };
    found.fix(Fix::replace("join the lines", applicability, slip.destination, parts.concat()));
}

fn title(doc: &Document, slip: &LinkSlip, sink: &mut Sink<'_>) {
    let place = Span::new(slip.destination.end, slip.span.end - 1);
    let written = doc.slice(place);
    let title = written.trim();
    let found = report(sink, slip, "the title behind the destination has no proper quotes");
    found.help("put the title in straight double quotes");
    let inner = title.trim_matches(['"', '\'', '“', '”']);
    if inner.contains(['"', '\\', '\n', '\r']) || inner.trim().is_empty() {
        return;
    }
    let is_curly = title.starts_with('“') && title.ends_with('”');
    let applicability = if is_curly { Applicability::Safe } else { Applicability::Unsafe };
    found.fix(Fix::replace(
        "put the title in quotes",
        applicability,
        place,
        format!(" \"{}\"", inner.trim()),
    ));
}

fn unclosed(slip: &LinkSlip, destination: &str, sink: &mut Sink<'_>) {
    let kept = destination.trim_end_matches(['.', ',', ';', ':', '!', '?']).len() as u32;
    let edit = Edit { span: Span::empty(slip.destination.start + kept), content: ")".to_owned() };
    report(sink, slip, "nothing closes its parenthesis")
        .help("write `)` behind the destination")
        .fix(Fix::new("close the parenthesis", Applicability::Unsafe, vec![edit]));
}

fn bracketed(slip: &LinkSlip, destination: &str, sink: &mut Sink<'_>) {
    let found = report(sink, slip, "an address in brackets has no destination");
    found.help("write `<address>`, or `[text](address)`");
    if !destination.starts_with("www.") {
        let brackets = Span::new(slip.text.start - 1, slip.text.end + 1);
        let content = format!("<{destination}>");
        found.fix(Fix::replace("write angle brackets", Applicability::Safe, brackets, content));
    }
}
