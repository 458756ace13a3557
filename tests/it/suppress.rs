//! What comments switch off, and what is said about the comments themselves.

use std::{fs, path::Path, sync::Arc};

use copydesk::{
    config::Layer,
    diagnostic::{Diagnostic, Label, Severity},
    internals::{
        document::Document,
        suppress::{RuleNames, markdownlint::State},
    },
    rule::RuleMeta,
    text::{LineIndex, Span},
};

/// What is left of the findings in a page: the rule and the line of each.
fn kept(text: &str) -> Vec<(&'static str, u32)> {
    kept_with(text, Layer::default())
}

fn kept_with(text: &str, layer: Layer) -> Vec<(&'static str, u32)> {
    let lines = LineIndex::new(text);
    let found = crate::common::check_text(text, layer);
    found.iter().map(|it| (it.rule.id, lines.position(text, it.primary.span.start).line)).collect()
}

/// The lines on which a switch like `no` is still reported.
fn kept_lines(text: &str) -> Vec<u32> {
    let only = kept_with(text, crate::common::only("ambiguous-scalar"));
    only.into_iter().map(|(_, line)| line).collect()
}

/// The message and help of what is said about the comments of a page.
fn about_comments(text: &str, layer: Layer) -> Vec<(String, String)> {
    let found = crate::common::check_text(text, layer);
    let about = found.into_iter().filter(|it| it.rule.id.ends_with("-suppression"));
    about.map(|it| (it.message, it.help.unwrap_or_default())).collect()
}

#[test]
fn a_region_ends_where_it_is_enabled_again() {
    let page = "---\na: no\n# copydesk-disable ambiguous-scalar\nb: no\n# copydesk-enable ambiguous-scalar\nc: no\n---\n";
    assert_eq!(kept_lines(page), [2, 6]);
}

#[test]
fn a_region_begins_with_the_line_of_its_comment() {
    assert_eq!(kept_lines("---\na: no\nb: no # copydesk-disable\nc: no\n---\n"), [2]);
    assert_eq!(kept_lines("---\n# copydesk-disable\na: no\nb: no # copydesk-enable\n---\n"), [4]);
}

#[test]
fn a_region_without_end_reaches_the_end_of_the_file() {
    assert_eq!(kept("---\n# copydesk-disable\ntitle: Pier\n---\n\nThe ferry\0 leaves\n"), []);
}

#[test]
fn one_rule_can_be_enabled_in_a_region_of_all() {
    let page = "---\n# copydesk-disable\na: no\n# copydesk-enable ambiguous-scalar\nb: no\n---\n\nThe ferry\0 leaves\n";
    assert_eq!(kept(page), [("ambiguous-scalar", 5)]);
}

#[test]
fn a_rule_is_enabled_by_a_comment_for_all() {
    let page = "---\n# copydesk-disable ambiguous-scalar\na: no\n# copydesk-enable\nb: no\n---\n";
    assert_eq!(kept(page), [("ambiguous-scalar", 5)]);
}

#[test]
fn a_line_is_the_one_of_the_comment() {
    assert_eq!(
        kept_lines("---\na: no\nb: no # copydesk-disable-line ambiguous-scalar\nc: no\n---\n"),
        [2, 4]
    );
}

#[test]
fn the_next_line_is_the_one_below_the_comment() {
    assert_eq!(kept_lines("---\n# copydesk-disable-next-line ambiguous-scalar\na: no\nb: no\n---\n"), [4]);
    assert_eq!(kept_lines("---\na: no # copydesk-disable-next-line ambiguous-scalar\nb: no\n---\n"), [2]);
}

#[test]
fn line_breaks_of_every_sort_end_a_line() {
    for line_break in ["\n", "\r\n", "\r"] {
        let page = [
            "---",
            "a: no # copydesk-disable-line",
            "b: no",
            "# copydesk-disable-next-line",
            "c: no",
            "d: no",
            "---",
            "",
        ];
        assert_eq!(kept_lines(&page.join(line_break)), [3, 6], "{line_break:?}");
    }
}

#[test]
fn a_file_is_all_of_it_wherever_the_comment_stands() {
    assert_eq!(kept("---\na: no\n---\n\nThe ferry\0 leaves.\n\n<!-- copydesk-disable-file -->\n"), []);
    let page = "---\na: no\n---\n\nThe ferry\0 leaves.\n\n<!-- copydesk-disable-file ambiguous-scalar -->\n";
    assert_eq!(kept(page), [("invalid-encoding", 5)]);
}

#[test]
fn html_comments_speak_for_the_body() {
    let on_line = |line: &str| kept(&format!("# Pier\n\n{line}\n\nThe end.\n"));
    assert_eq!(on_line("The ferry\0 leaves"), [("invalid-encoding", 3)]);
    assert_eq!(on_line("The ferry\0 leaves <!-- copydesk-disable-line invalid-encoding -->"), []);
    assert_eq!(on_line("<!-- copydesk-disable-next-line invalid-encoding -->\nThe ferry\0 leaves"), []);
    assert_eq!(on_line("> <!-- copydesk-disable-next-line invalid-encoding -->\n> The ferry\0 leaves"), []);
    assert_eq!(on_line("- <!-- copydesk-disable-line invalid-encoding --> The ferry\0 leaves"), []);
    assert_eq!(
        on_line("<!-- copydesk-disable-next-line invalid-encoding -->\n\nThe ferry\0 leaves"),
        [("unused-suppression", 3), ("invalid-encoding", 5)]
    );
}

#[test]
fn what_only_looks_like_a_comment_suppresses_nothing() {
    for line in [
        "<p title=\"<!-- copydesk-disable-file -->\">Text</p>",
        "<p title='<!-- copydesk-disable-file -->'>Text</p>",
        "<p\n  title=\"a\n  <!-- copydesk-disable-file -->\">Text</p>",
        "Text <span title=\"<!-- copydesk-disable-file -->\">text</span>",
        "<script>\n// <!-- copydesk-disable-file -->\n</script>",
        "<style>\n/* <!-- copydesk-disable-file --> */\n</style>",
        "<textarea>\n<!-- copydesk-disable-file -->\n</textarea>",
        "<![CDATA[ <!-- copydesk-disable-file --> ]]>",
        "<?php /* <!-- copydesk-disable-file --> */ ?>",
        "`<!-- copydesk-disable-file -->`",
        "```html\n<!-- copydesk-disable-file -->\n```",
        "    <!-- copydesk-disable-file -->",
        "[text](b.md \"<!-- copydesk-disable-file -->\")",
        "[text]\n\n[text]: b.md '<!-- copydesk-disable-file -->'",
        "![<!-- copydesk-disable-file](b.png)",
        "\\<!-- copydesk-disable-file -->",
        "&lt;!-- copydesk-disable-file --&gt;",
        "<!-- copydesk-disable-file",
    ] {
        let kept = kept(&format!("# Pier\n\nThe ferry\0 leaves.\n\n{line}\n"));
        assert!(kept.contains(&("invalid-encoding", 3)), "{line}: {kept:?}");
    }
    for matter in [
        "---\ntitle: \"# copydesk-disable-file\"\n---",
        "---\ntitle: |\n  # copydesk-disable-file\n---",
        "---\ntitle: a#copydesk-disable-file\n---",
        "---\ntitle: <!-- copydesk-disable-file -->\n---",
        "+++\ntitle = \"# copydesk-disable-file\"\n+++",
        "+++\ntitle = \"\"\"\n# copydesk-disable-file\"\"\"\n+++",
        "{ \"title\": \"# copydesk-disable-file <!-- copydesk-disable-file -->\" }\n",
    ] {
        assert_eq!(kept(&format!("{matter}\n\nThe ferry\0 leaves.\n")).len(), 1, "{matter}");
    }
}

#[test]
fn a_comment_of_several_lines_speaks_for_them_and_counts_from_its_end() {
    let page = "<!-- copydesk-disable-next-line\n  invalid-encoding -- a bell\n  that Mira left -->\nThe ferry\0 leaves\n";
    assert_eq!(kept(page), []);
    assert_eq!(kept("<!--\ncopydesk-disable-line invalid-encoding\n--> The ferry\0 leaves\n"), []);
}

#[test]
fn toml_comments_speak_too_and_json_has_none() {
    assert_eq!(kept("+++\ndate = \"2024-29-01\" # copydesk-disable-line invalid-date\n+++\n"), []);
    assert_eq!(
        kept("{\n  \"date\": \"2024-29-01\",\n  \"note\": \"# copydesk-disable-file\"\n}\n"),
        [("invalid-date", 2)]
    );
}

#[test]
fn several_names_stand_with_commas_or_blanks() {
    for names in [
        "invalid-encoding ambiguous-scalar",
        "invalid-encoding, ambiguous-scalar",
        "ambiguous-scalar,invalid-encoding",
    ] {
        let page =
            format!("---\na: no\n---\n\nThe ferry\0 leaves.\n\n<!-- copydesk-disable-file {names} -->\n");
        assert_eq!(kept(&page), [], "{names}");
    }
}

#[test]
fn several_comments_stand_on_one_line() {
    let page = "The ferry\0 <!-- copydesk-disable-line invalid-encoding --> <!-- copydesk-disable-line invalid-date -->\n";
    assert_eq!(kept(page), [("unused-suppression", 1)]);
}

#[test]
fn a_reason_follows_two_dashes() {
    for reason in ["-- invalid-date is not meant", "--", "-- a -- b", "-- ferry, pier"] {
        let page = format!("---\na: no # copydesk-disable-line ambiguous-scalar {reason}\n---\n");
        assert_eq!(kept(&page), [], "{reason}");
        let page = format!("---\na: no # copydesk-disable-line {reason}\n---\n");
        assert_eq!(kept(&page), [], "{reason}");
    }
}

#[test]
fn a_group_means_its_rules() {
    let page = "---\na: no\ndate: 2024-29-01\n---\n\nThe ferry\0 leaves.\n\n<!-- copydesk-disable-file front-matter -->\n";
    assert_eq!(kept(page), [("invalid-encoding", 6)]);
}

/// A world of one rule, `ferry-times`, with an alias.
struct Ferries;

impl RuleNames for Ferries {
    fn answers(&self, rule: &str, name: &str) -> bool {
        rule == "ferry-times" && name.eq_ignore_ascii_case("md999")
    }

    fn answers_in_markdownlint(&self, rule: &str, name: &str) -> bool {
        self.answers(rule, name)
    }

    fn default_state(&self, _: &str) -> State {
        State::On
    }
}

#[test]
fn an_alias_means_its_rule() {
    static RULES: [RuleMeta; 2] = [
        RuleMeta { id: "ferry-times", ..*copydesk::rules::INTERNAL_ERROR },
        RuleMeta { id: "harbour-lights", ..*copydesk::rules::INTERNAL_ERROR },
    ];
    let path: Arc<Path> = Arc::from(Path::new("page.md"));
    let text = "The ferry <!-- copydesk-disable-line MD999 --> leaves.\n";
    let mut document = Document::parse(&path, text, &[]);
    let place = Label::new(&path, Span::new(0, 3));
    let found =
        [&RULES[0], &RULES[1]].map(|rule| Diagnostic::new(rule, Severity::Error, place.clone(), "late"));
    let applied = document.suppressions.apply(found.to_vec(), &Ferries);
    assert_eq!(applied.suppressed.iter().map(|it| it.rule.id).collect::<Vec<_>>(), ["ferry-times"]);
    assert_eq!(applied.kept.iter().map(|it| it.rule.id).collect::<Vec<_>>(), ["harbour-lights"]);
    assert!(document.suppressions.directives[0].names[0].used);
}

#[test]
fn markdownlints_comments_work_and_are_never_called_unused() {
    let body = "The ferry\0 leaves.";
    for (page, lines) in [
        ("<!-- markdownlint-disable -->\nBODY\n", vec![]),
        ("<!-- markdownlint-disable meta -->\nBODY\n", vec![]),
        ("<!-- markdownlint-disable-next-line -->\nBODY\n", vec![]),
        ("BODY <!-- markdownlint-disable-line -->\n", vec![]),
        ("<!-- markdownlint-disable-file invalid-encoding -->\nBODY\n", vec![]),
        ("<!-- markdownlint-disable -->\n\n<!-- markdownlint-enable -->\n\nBODY\n", vec![5]),
        ("<!-- markdownlint-disable MD013 -->\nBODY\n", vec![2]),
        ("<!-- markdownlint-capture -->\nBODY\n", vec![2]),
    ] {
        let found = kept(&page.replace("BODY", body));
        let expected: Vec<_> = lines.into_iter().map(|line| ("invalid-encoding", line)).collect();
        assert_eq!(found, expected, "{page}");
    }
}

#[test]
fn code_and_text_switch_nothing_off() {
    for shown in [
        "```html\n<!-- copydesk-disable-file -->\n```",
        "    <!-- copydesk-disable-file -->",
        "`<!-- copydesk-disable-file -->`",
        "\\<!-- copydesk-disable-file -->",
        "copydesk-disable-file",
        "[pier](<!-- copydesk-disable-file -->)",
    ] {
        assert_eq!(
            kept(&format!("{shown}\n\nThe ferry\0 leaves.\n")).last().map(|it| it.0),
            Some("invalid-encoding"),
            "{shown}"
        );
    }
    for shown in [
        "note: \"# copydesk-disable-file\"",
        "note: |\n  # copydesk-disable-file\n  pier",
        "note: pier#copydesk-disable-file",
    ] {
        assert_eq!(kept(&format!("---\n{shown}\na: no\n---\n")).len(), 1, "{shown}");
    }
}

#[test]
fn unknown_names_come_with_the_nearest() {
    let page = "---\na: no # copydesk-disable-line ambiguos-scalar\n---\n";
    let said = about_comments(page, Layer::default());
    assert_eq!(said, [("unknown rule `ambiguos-scalar`".into(), "did you mean `ambiguous-scalar`?".into())]);
    let said = about_comments("<!-- copydesk-disable frontmatter -->\n", Layer::default());
    assert_eq!(said, [("unknown rule `frontmatter`".into(), "did you mean `front-matter`?".into())]);
    let said = about_comments("<!-- copydesk-disable-nextline -->\n", Layer::default());
    assert_eq!(
        said,
        [(
            "unknown suppression directive `copydesk-disable-nextline`".into(),
            "did you mean `copydesk-disable-next-line`?".into()
        )]
    );
}

#[test]
fn unused_names_are_reported_one_by_one() {
    let page = "---\na: no # copydesk-disable-line ambiguous-scalar invalid-date missing-key\n---\n";
    let said: Vec<String> = about_comments(page, Layer::default()).into_iter().map(|it| it.0).collect();
    assert_eq!(said, ["unused suppression of `invalid-date`", "unused suppression of `missing-key`"]);
}

#[test]
fn of_two_comments_for_one_finding_one_is_unused() {
    let page =
        "---\n# copydesk-disable ambiguous-scalar\na: no # copydesk-disable-line ambiguous-scalar\n---\n";
    assert_eq!(kept(page), [("unused-suppression", 2)]);
}

#[test]
fn rules_that_do_not_run_leave_their_comments_alone() {
    let page = "<!-- copydesk-disable-file key-order -->\n\n<!-- copydesk-disable-file invalid-date -->\n";
    assert_eq!(about_comments(page, crate::common::only("unused-suppression")), []);
    let said = about_comments(page, Layer::default());
    assert_eq!(said, [("unused suppression of `invalid-date`".into(), String::new())]);
}

#[test]
fn findings_about_comments_cannot_be_suppressed() {
    let page = "<!-- copydesk-disable-file -->\n\n<!-- copydesk-disable-file seagulls -->\n";
    assert_eq!(kept(page), [("unused-suppression", 1), ("unknown-suppression", 3)]);
}

#[test]
fn a_schema_with_mistakes_cannot_be_hidden() {
    let folder = std::env::temp_dir().join(format!("copydesk-suppress-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("copydesk.yaml"), "").unwrap();
    fs::write(folder.join("a.md"), "---\n$schema: nowhere.json # copydesk-disable-file\n---\n").unwrap();
    let run = crate::common::check(&[&folder], Layer::default());
    let rules: Vec<_> = run.diagnostics.iter().map(|it| it.rule.id).collect();
    fs::remove_dir_all(&folder).unwrap();
    assert_eq!(rules, ["invalid-config", "unused-suppression"]);
}

#[test]
fn what_is_suppressed_is_still_known() {
    let folder = crate::common::repo("fixtures/meta/unused-suppression");
    let run = crate::common::check(&[&folder.join("good-used-line.md")], Layer::default());
    let suppressed: Vec<_> = run.suppressed.iter().map(|it| (it.rule.id, &*it.primary.path)).collect();
    assert_eq!(suppressed, [("ambiguous-scalar", Path::new("good-used-line.md"))]);
    assert_eq!(run.diagnostics, []);
}
