use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    rule::{Fixable, Rule},
    text::{Span, quantity},
};

declare_rule! {
    /// Mixed line endings
    ///
    /// ## What it does
    ///
    /// Reports files with more than one kind of line ending: LF, CRLF (Windows) and CR. There is one finding per
    /// file, at the first of the less common line endings.
    ///
    /// ## Why is this bad?
    ///
    /// Editors that normalize line endings produce unrelated changes, and some tools see several lines as one.
    ///
    /// ## Fix safety
    ///
    /// Fixes are safe: `--fix` converts all line endings of the file to the most common kind, and the rendered page
    /// stays the same.
    ///
    /// ## References
    ///
    /// - [CommonMark: Characters and lines](https://spec.commonmark.org/0.31.2/#characters-and-lines)
    pub struct MixedLineEndings {}
    id = "mixed-line-endings",
    fixable = Fixable::Always,
}

/// Line endings and their names, the most common first.
const LINE_ENDINGS: [(&str, &str); 3] = [("\n", "LF"), ("\r\n", "CRLF"), ("\r", "CR")];

impl Rule for MixedLineEndings {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        if memchr::memchr(b'\r', doc.source.as_bytes()).is_none() {
            return;
        }
        let mut places: [Vec<Span>; 3] = Default::default();
        for line in 0..doc.lines.line_count() - 1 {
            let place = Span::new(doc.line(line).end, doc.lines.line_start(line + 1));
            let kind = LINE_ENDINGS.iter().position(|(text, _)| *text == doc.slice(place));
            places[kind.expect("every line ending is one of these")].push(place);
        }
        // On a tie, the one that is listed first wins.
        let common = (0..LINE_ENDINGS.len()).rev().max_by_key(|&kind| places[kind].len()).unwrap_or(0);
        let mut others: Vec<Span> = Vec::new();
        let mut named: Vec<String> = Vec::new();
        for kind in (0..LINE_ENDINGS.len()).filter(|&kind| kind != common && !places[kind].is_empty()) {
            named.push(lines(places[kind].len(), LINE_ENDINGS[kind].1));
            others.extend(&places[kind]);
        }
        let Some(first) = others.iter().min().copied() else { return };
        let (text, name) = LINE_ENDINGS[common];
        let message = format!("mixed line endings: {}, the others with {name}", named.join(" and "));
        let edits = others.iter().map(|&span| Edit { span, content: text.to_owned() }).collect();
        let title = format!("Use {name} for all lines");
        sink.report(first, message).fix(Fix::new(title, Applicability::Safe, edits));
    }
}

fn lines(count: usize, line_ending: &str) -> String {
    let verb = if count == 1 { "ends" } else { "end" };
    format!("{} {verb} with {line_ending}", quantity(count, "line"))
}
