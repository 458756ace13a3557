use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// Lines of a file end in different ways
    ///
    /// ## Why
    ///
    /// Lines end with LF, or on Windows with CRLF. In a file that has both, each editor shows other changes than were made,
    /// and some tools see one long line.
    ///
    /// There is one finding in a page, at the first of the rarer line breaks. No example: line breaks would not show here.
    pub struct MixedLineEndings {}
    id = "mixed-line-endings",
    fixable = Fixable::Always,
}

/// The line breaks that there are, by how usual they are.
const BREAKS: [(&str, &str); 3] = [("\n", "LF"), ("\r\n", "CRLF"), ("\r", "CR")];

impl Rule for MixedLineEndings {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        if memchr::memchr(b'\r', doc.source.as_bytes()).is_none() {
            return;
        }
        let mut places: [Vec<Span>; 3] = Default::default();
        for line in 0..doc.lines.line_count() - 1 {
            let place = Span::new(doc.line(line).end, doc.lines.line_start(line + 1));
            let kind = BREAKS.iter().position(|(text, _)| *text == doc.slice(place));
            places[kind.expect("a line ends with one of these")].push(place);
        }
        // Of equally many the more usual.
        let usual = (0..BREAKS.len()).rev().max_by_key(|&kind| places[kind].len()).unwrap_or(0);
        let mut others: Vec<Span> = Vec::new();
        let mut named: Vec<String> = Vec::new();
        for kind in (0..BREAKS.len()).filter(|&kind| kind != usual && !places[kind].is_empty()) {
            named.push(format!("{} with {}", lines(places[kind].len()), BREAKS[kind].1));
            others.extend(&places[kind]);
        }
        let Some(first) = others.iter().min().copied() else { return };
        let (text, name) = BREAKS[usual];
        let message = format!("{} in a file whose others end with {name}", named.join(" and "));
        let edits = others.iter().map(|&span| Edit { span, content: text.to_owned() }).collect();
        let title = format!("end all lines with {name}");
        sink.report(first, message).help(title.clone()).fix(Fix::new(title, Applicability::Safe, edits));
    }
}

fn lines(count: usize) -> String {
    if count == 1 { "a line ends".to_owned() } else { format!("{count} lines end") }
}
