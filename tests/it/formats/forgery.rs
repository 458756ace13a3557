//! Whatever names and texts a page brings: in every format they stay names and texts.

use copydesk::{
    diagnostic::{Diagnostic, Label, Severity},
    fix::{Applicability, Fix},
    report::Format,
    run::{Error, Run},
};

use super::{
    cases::{Case, path},
    rendered,
};

/// What would forge something where it is not escaped.
const FORGERIES: [&str; 12] = [
    "::set-output name=x::y",
    "a\n::error file=b.md,line=1::forged",
    "a\r\n::add-mask::b\r",
    "##[error]forged ###[add-mask]x",
    "a,line=9,title=forged::b%0A::error::c",
    "]]></failure></testsuite><!-- --><x a='b' c=\"d\">&amp;&#0;",
    "<script>alert(1)</script></code></pre><img src=x onerror=alert(1)>",
    "| a | b |\n| c | @reader #12 [x](https://example.org) ![i](j.png) `",
    "`</code>` **a** _b_ ~~c~~ https://example.org www.example.org a@example.org \\",
    "\",\"message\":\"forged\",\"x\":\"\\\"",
    "\u{1b}]0;owned\u{7}\u{1b}[31m\u{9b}2J\u{7f}\u{8}\0",
    "\u{202e}drow\u{2069}\u{200b}\u{2028}\u{feff}\u{fffe}\u{ffff}",
];

/// A run that says this text wherever it can.
fn saying(words: &str) -> Run {
    let file = format!("{words}.md");
    let text = format!("# Head\n{words}\n\n[{words}]({words})\n{words}");
    let mut case = Case::new(&[(&file, &text)]);
    let span = case.span(&file, words, 0);
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        let label = Label::with_message(&path(&file), span, words);
        let mut found = Diagnostic::new(crate::common::rule("invalid-value"), severity, label, words);
        found
            .label(span, words)
            .help(format!("{words}\n{words}"))
            .fix(Fix::replace(words, Applicability::Safe, span, words))
            .fix(Fix::replace(words, Applicability::Unsafe, span, format!("{words}\n{words}")));
        case.push(found);
    }
    let mut run = case.run();
    run.errors.push(Error::NotFound(file.into()));
    run.errors.push(Error::Unreadable { path: words.into(), reason: words.to_owned() });
    run
}

fn drives_a_terminal(ch: char) -> bool {
    let bidi =
        matches!(ch, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let unseen = matches!(ch, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{2028}' | '\u{2029}');
    (ch.is_control() && ch != '\n') || bidi || unseen
}

#[test]
fn nothing_drives_a_terminal() {
    for words in FORGERIES {
        for format in Format::names() {
            let text = rendered(&saying(words), format);
            assert_eq!(text.chars().find(|&ch| drives_a_terminal(ch)), None, "{format}: {words:?}\n{text}");
        }
    }
}

/// The rules are those of GitHub's runner: `::` at the start of a line, and `##[` anywhere in one that has no command
/// of the first kind.
#[test]
fn nothing_is_a_workflow_command() {
    for words in FORGERIES {
        for format in Format::names().filter(|name| *name != "github") {
            let text = rendered(&saying(words), format);
            assert!(!text.contains("##["), "{format}: {words:?}\n{text}");
            for line in text.lines() {
                assert!(!line.trim_start().starts_with("::"), "{format}: {words:?}\n{line}");
            }
        }
    }
}

/// How many times each of these is in a text.
fn skeleton(text: &str, marks: &str) -> Vec<(char, usize)> {
    marks.chars().map(|mark| (mark, text.matches(mark).count())).collect()
}

#[test]
fn elements_and_cells_are_those_of_the_format() {
    let harmless = saying("harmless");
    for (format, marks) in [("checkstyle", "<>\"\n"), ("junit", "<>\"\n")] {
        let expected = skeleton(&rendered(&harmless, format), marks);
        for words in FORGERIES {
            let text = rendered(&saying(words), format);
            assert_eq!(skeleton(&text, marks), expected, "{format}: {words:?}\n{text}");
            let is_allowed = |ch: char| ch == '\n' || (ch >= ' ' && !matches!(ch, '\u{fffe}' | '\u{ffff}'));
            assert!(text.chars().all(is_allowed), "{format}: {words:?}\n{text}");
        }
    }
}

#[test]
fn a_table_has_the_cells_and_the_markdown_of_its_own() {
    let rest = |run: &Run| {
        let own = ["<span>", "</span>", "<code>", "</code>", "<br>"];
        own.iter().fold(rendered(run, "markdown"), |text, tag| text.replace(tag, ""))
    };
    let marks = "|<>`[]*_~\\:\n@";
    let expected = skeleton(&rest(&saying("harmless")), marks);
    for words in FORGERIES {
        let text = rest(&saying(words));
        assert_eq!(skeleton(&text, marks), expected, "{words:?}\n{text}");
        assert!(!text.contains("www."), "{text}");
    }
}

#[test]
fn a_page_has_the_elements_of_its_own() {
    let tags = |text: &str| {
        let mut tags: Vec<String> =
            text.split('<').skip(1).map(|tag| tag.split('>').next().unwrap_or_default().into()).collect();
        tags.sort_unstable();
        tags.dedup();
        tags
    };
    let expected = tags(&rendered(&saying("harmless"), "html"));
    for words in FORGERIES {
        let text = rendered(&saying(words), "html");
        let new: Vec<String> = tags(&text).into_iter().filter(|tag| !expected.contains(tag)).collect();
        assert_eq!(new, Vec::<String>::new(), "{words:?}\n{text}");
    }
}

#[test]
fn json_says_what_there_is_and_no_more() {
    let harmless = saying("harmless");
    let keys = |text: &str| {
        let mut keys = Vec::new();
        for line in text.lines() {
            collect_keys(&serde_json::from_str(line).expect("a line is JSON"), &mut keys);
        }
        keys
    };
    for format in ["json", "json-lines", "sarif", "gitlab", "rdjson", "rdjsonl", "eslint"] {
        let expected = keys(&rendered(&harmless, format));
        for words in FORGERIES {
            assert_eq!(keys(&rendered(&saying(words), format)), expected, "{format}: {words:?}");
        }
    }
}

fn collect_keys(value: &serde_json::Value, keys: &mut Vec<String>) {
    match value {
        serde_json::Value::Array(items) => items.iter().for_each(|item| collect_keys(item, keys)),
        serde_json::Value::Object(members) => {
            for (key, member) in members {
                keys.push(key.clone());
                collect_keys(member, keys);
            }
        }
        _ => {}
    }
}
