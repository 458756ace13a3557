//! Whatever texts, spans and names hold: no panic, and nothing that drives a terminal.

use std::path::Path;

use copydesk::{
    diagnostic::{Diagnostic, Label, Severity},
    fix::{Applicability, Edit, Fix},
    report::{Color, Format, RenderOptions, reporter},
    run::Run,
    text::Span,
};
use proptest::prelude::*;

use super::{
    at,
    cases::{Case, path},
    rendered,
};

/// The text without "Select Graphic Rendition" sequences (ECMA-48, 8.3.117), and without those only.
pub fn without_colours(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("\u{1b}[") {
        plain.push_str(before);
        let end = after.find(|ch: char| !ch.is_ascii_digit() && ch != ';').unwrap_or(after.len());
        if let Some(after) = after[end..].strip_prefix('m') {
            rest = after;
        } else {
            plain.push_str("\u{1b}[");
            rest = after;
        }
    }
    plain + rest
}

fn drives_a_terminal(ch: char) -> bool {
    let bidi =
        matches!(ch, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let unseen = matches!(ch, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{2028}' | '\u{2029}');
    (ch.is_control() && ch != '\n') || bidi || unseen
}

/// Text of letters, wide letters, accents, line breaks and everything that is dangerous.
fn text(most: usize) -> impl Strategy<Value = String> {
    let control = prop::char::ranges(
        vec![
            '\u{0}'..='\u{1f}',
            '\u{7f}'..='\u{9f}',
            '\u{200b}'..='\u{200f}',
            '\u{2028}'..='\u{202e}',
            '\u{2060}'..='\u{2069}',
            '\u{feff}'..='\u{feff}',
        ]
        .into(),
    );
    let char = prop_oneof![
        4 => prop::char::range('a', 'z').prop_map(String::from),
        4 => prop::sample::select(&[" ", "é", "日", "🚤", "\u{301}", "|", "`", "-"]).prop_map(str::to_owned),
        1 => prop::sample::select(&["\n", "\r\n", "\r", "\t"]).prop_map(str::to_owned),
        1 => control.prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(char, 0..most).prop_map(|chars| chars.concat())
}

fn span() -> impl Strategy<Value = Span> {
    prop_oneof![
        4 => (0_u32..300, 0_u32..20).prop_map(|(start, len)| Span { start, end: start + len }),
        1 => (0_u32..900, 0_u32..900).prop_map(|(start, end)| Span { start, end }),
        1 => any::<(u32, u32)>().prop_map(|(start, end)| Span { start, end }),
    ]
}

fn label() -> impl Strategy<Value = Label> {
    let file = prop_oneof![Just("a.md"), Just("\u{1b}b\n.md")];
    (file, span(), prop::option::of(text(12))).prop_map(|(file, span, message)| Label {
        path: path(file),
        span,
        message,
    })
}

fn fix() -> impl Strategy<Value = Fix> {
    let edits = prop::collection::btree_set(0_u32..300, 0..6).prop_flat_map(|ends| {
        let ends: Vec<u32> = ends.into_iter().collect();
        let spans: Vec<Span> = ends.chunks_exact(2).map(|pair| Span::new(pair[0], pair[1])).collect();
        let count = spans.len();
        (Just(spans), prop::collection::vec(text(12), count))
    });
    (text(12), edits).prop_map(|(title, (spans, texts))| {
        let edits = spans.into_iter().zip(texts).map(|(span, content)| Edit { span, content }).collect();
        Fix::new(title, Applicability::Safe, edits)
    })
}

fn diagnostic() -> impl Strategy<Value = Diagnostic> {
    let more = (prop::option::of(text(12)), prop::collection::vec(fix(), 0..2));
    (label(), prop::collection::vec(label(), 0..4), text(12), more).prop_map(
        |(primary, secondary, message, (help, fixes))| {
            let found =
                Diagnostic::new(crate::common::rule("invalid-value"), Severity::Info, primary, message);
            Diagnostic { secondary, help, fixes, ..found }
        },
    )
}

fn run() -> impl Strategy<Value = Run> {
    (text(200), text(200), prop::collection::vec(diagnostic(), 0..4)).prop_map(|(a, b, diagnostics)| {
        let mut run = Case::new(&[("a.md", &a), ("\u{1b}b\n.md", &b)]).run();
        run.root = Path::new("/site").join("\u{7}");
        run.diagnostics = diagnostics;
        run
    })
}

proptest! {
    #[test]
    fn nothing_reaches_the_terminal(run in run(), width in prop::option::of(0_usize..130)) {
        for format in ["full", "overview", "concise"] {
            for color in [Color::Never, Color::Always] {
                let text = rendered(&run, format, RenderOptions { color, width, ..RenderOptions::default() });
                let text = if color == Color::Always { without_colours(&text) } else { text };
                prop_assert_eq!(text.chars().find(|&ch| drives_a_terminal(ch)), None);
            }
        }
    }

    #[test]
    fn a_finding_is_one_line_of_concise(run in run()) {
        let lines = rendered(&run, "concise", at(80)).lines().count();
        prop_assert_eq!(lines, run.diagnostics.len());
    }

    #[test]
    fn every_format_survives(run in run()) {
        for name in Format::names() {
            let format = name.parse().expect("a name is a format");
            reporter(format, at(80)).report(&run, &mut std::io::sink()).expect("nothing is written");
        }
    }
}
