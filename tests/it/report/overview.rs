//! What a person sees at a terminal: the worst first, equal findings as one, and numbers for the rest.

use copydesk::{
    diagnostic::{Diagnostic, Label, Severity},
    fix::{Applicability, Fix},
    report::{Audience, Color, Hyperlinks, RenderOptions},
    run::Run,
    text::Span,
};

use super::{assert_text, at, cases, cases::Case, hostile, rendered};

/// A run of two rules: one finds the same in a dozen pages, and something of its own in each of them; the other finds
/// one error in the last page.
fn repeated() -> Run {
    let pages: Vec<(String, &str)> =
        (10..22).map(|day| (format!("log/{day}.md"), "The teh gulls.\n\nTeh end, teh tide.\n")).collect();
    let files: Vec<(&str, &str)> = pages.iter().map(|(path, text)| (&**path, *text)).collect();
    let mut case = Case::new(&files);
    for (path, _) in &files {
        for nth in [0, 1] {
            let span = case.span(path, "teh", nth);
            let found = case.find(path, "teh", nth);
            found.fix(Fix::replace("Replace with `the`", Applicability::Safe, span, "the"));
        }
        case.find(path, "gulls", 0).message = format!("`{path}` has gulls");
        case.find(path, "tide", 0).severity = Severity::Info;
    }
    let label = Label::new(&cases::path("log/21.md"), Span::new(0, 3));
    case.push(Diagnostic::new(crate::common::rule("broken-link"), Severity::Error, label, "no such page"));
    case.run()
}

#[test]
fn the_worst_comes_first_and_equal_findings_are_one() {
    assert_text("overview-repeated", &rendered(&repeated(), "overview", at(80)));
    let few = RenderOptions { max_excerpts: Some(2), least_shown: Severity::Info, ..at(80) };
    assert_text("overview-repeated-2", &rendered(&repeated(), "overview", few));
    assert_text("overview-nothing", &rendered(&cases::nothing(), "overview", at(80)));
}

#[test]
fn a_rule_with_many_findings_leaves_room_for_others() {
    let mut run = repeated();
    let last = run.diagnostics.len() - 1;
    run.diagnostics[last].severity = Severity::Warning;
    let text = rendered(&run, "overview", at(80));
    let titles: Vec<&str> = text.lines().filter(|line| line.starts_with("warning[")).collect();
    let place = titles.iter().position(|title| title.starts_with("warning[broken-link]"));
    assert_eq!(place, Some(5), "{titles:?}");
}

#[test]
fn the_table_counts_what_every_rule_found() {
    assert_text("statistics-repeated", &rendered(&repeated(), "statistics", at(80)));
    assert_text("statistics-nothing", &rendered(&cases::nothing(), "statistics", at(80)));
    let full = rendered(&repeated(), "full", at(80));
    let closing = full.rsplit_once("\n\nrule").expect("many findings end with a table").1;
    assert!(closing.ends_with("; 24 fixable with --fix\n"), "{closing}");
}

#[test]
fn concise_has_numbers_on_a_terminal_only() {
    let run = repeated();
    let piped = rendered(&run, "concise", at(80));
    assert_eq!(piped.lines().count(), run.diagnostics.len());
    let shown = rendered(&run, "concise", RenderOptions { audience: Audience::Terminal, ..at(80) });
    let closing = shown.strip_prefix(&piped).expect("the findings come first");
    assert!(closing.starts_with("\nrule ") && closing.contains("in 12 files"), "{closing}");
}

#[test]
fn auto_is_for_people_on_a_terminal_and_complete_elsewhere() {
    let run = repeated();
    assert_eq!(rendered(&run, "auto", at(80)), rendered(&run, "full", at(80)));
    let terminal = RenderOptions { audience: Audience::Terminal, ..at(80) };
    assert_eq!(rendered(&run, "auto", terminal), rendered(&run, "overview", at(80)));
}

#[test]
fn only_places_are_links_and_what_they_say_stays() {
    for (name, run) in super::all() {
        let options = RenderOptions { color: Color::Always, links: Hyperlinks::Always, ..at(80) };
        let text = rendered(&run, "full", options);
        let mut links = 0;
        let mut plain = String::new();
        for (at, part) in text.split("\u{1b}]8;;").enumerate() {
            let shown = match part.split_once("\u{1b}\\") {
                Some((url, shown)) if at > 0 => {
                    assert!(url.is_empty() || url.starts_with("file:///site/"), "{name}: {url}");
                    assert!(!url.contains(|ch: char| ch.is_control() || !ch.is_ascii()), "{name}: {url:?}");
                    links += usize::from(!url.is_empty());
                    shown
                }
                _ => part,
            };
            plain.push_str(shown);
        }
        assert_eq!(hostile::without_colours(&plain), rendered(&run, "full", at(80)), "{name}");
        assert!(links >= run.diagnostics.len(), "{name}: {links}");
    }
}
