//! The terms of the specifications are used in everything that users read: messages, summaries, options, help and docs.
//! A term that is not standard is rejected. Quoted code is not checked.

use std::{collections::BTreeSet, fs, path::Path, process::Command, sync::LazyLock};

use copydesk::{internals::rule_docs, rules::RULES};
use regex::Regex;

/// Terms that are not used, and what to use instead. A match that contains a word after `!` is accepted.
const TERMS: [(&str, &str); 44] = [
    (r"\bblanks?\b(?:[ -]lines?\b)?", "space, whitespace ! line"),
    (r"\bbehind\b", "after"),
    (r"\b(?:stands?|stood)\b", "is, occurs"),
    (r"\b(?:is|are|was|were) no\b(?: longer\b)?", "is not a, invalid, unknown ! longer"),
    (r"\bthere(?:'s| is| are) no\b", "unknown, not found"),
    (
        r"\b(?:(?:e-?mail|IP|IPv4|IPv6|mail|memory) )?address(?:es)?\b",
        "URL, link destination ! mail ! ip ! memory",
    ),
    (r"\bleads? (?:to|nowhere|out|there|away|into)\b", "points to, is broken"),
    (r"\blies\b", "is"),
    (r"\bpictures?\b", "image"),
    (r"\brules? across the page\b", "thematic break"),
    (r"\bmark-up\b", "markup"),
    (r"\bcapitals\b|\bsmall letters\b|\bin capitals\b", "uppercase, lowercase"),
    (r"\b(?:line[ -])?endings?\b", "extension, suffix ! line"),
    (r"\bbeginnings?\b", "prefix, start"),
    (r"\bmend(?:s|ed|ing)?\b", "fix"),
    (r"\bmistakes?\b|\bmistaken\b", "error, bug"),
    (r"\bslips?\b", "typo, malformed link"),
    (r"\black(?:s|ed|ing)?\b", "is missing"),
    (r"\btakes? (?:it |them )?off\b", "remove"),
    (r"\b(?:leave|leaves|left) (?:it |them )?out\b", "omit, exclude"),
    (r"\b(?:screen )?readers?\b", "parser, rendered page ! screen"),
    (r"\bstrangers?\b", "untrusted"),
    (r"\bbrings?\b|\bbrought\b", "introduces, adds"),
    (r"\b(?:holds?|held) for\b", "applies to"),
    (r"\bha(?:s|ve|d) (?:a|its|their|no) say\b", "takes precedence"),
    (r"\b(?:belongs?|goes?) together\b", "match"),
    (r"\bchanged over\b", "swapped"),
    (r"\bone a (?:line|core|page|file)\b", "one per"),
    (r"\bso many\b", "N"),
    (r"\b(?:no|some|any)body\b", "the passive, or the actor"),
    (r"\bwhoever\b|\bwhatever\b", "the actor"),
    (r"\b(?:is|are|was|were) to (?:be|have|stand|come)\b", "must be, should be"),
    (r"\bof ours\b|\bof (?:its|their|your) own\b", "its own"),
    (r"\bgiv(?:es?|ing|en) away\b", "exposes"),
    (r"\bshort forms?\b", "contraction"),
    (r"\blexicon\b", "dictionary"),
    (r"\bthe house\b|\bdesk\b", "architecture"),
    (r"\bone is enough\b", "use a single"),
    (r"\bmeans nothing\b|\bmean nothing\b", "has no effect"),
    (r"\bhas? them all\b", "contains all"),
    (r"\bso that it is none\b|\bthat is none\b", "invalid"),
    (r"\bfor one\b", "for example"),
    (r"\bin either case\b|\bin any case\b", "case-insensitive"),
    (r"\bthe other way round\b", "reversed"),
];

/// Places where a term is right: part of the text, and the reason.
const ALLOWED: [(&str, &str); 6] = [
    ("<do=due> to the|a fact|lack|", "a phrase table: words of pages"),
    ("see [a](which stands open", "a page in a test"),
    ("nothing lies there", "an assertion in a test"),
    ("a add address an come", "a list of words in placeholders"),
    ("Aliases: MD0", "names of markdownlint"),
    ("| tests/it/lexicon.rs |", "the name of a file"),
];

static COMPILED: LazyLock<Vec<(Regex, &str, Vec<&str>)>> = LazyLock::new(|| {
    let compile = |&(term, advice): &(&'static str, &'static str)| {
        let mut parts = advice.split(" ! ");
        let better = parts.next().unwrap_or_default();
        let term = Regex::new(&format!("(?i){term}")).expect("the terms are valid patterns");
        (term, better, parts.collect())
    };
    TERMS.iter().map(compile).collect()
});

/// The terms in a text that are not standard, each with its line and what to use instead.
fn check(place: &str, text: &str, wrong: &mut BTreeSet<String>) {
    for line in text.lines() {
        let prose = without_code(line);
        for (term, better, accepted) in COMPILED.iter() {
            let is_accepted = |found: &str| accepted.iter().any(|word| found.to_lowercase().contains(word));
            for found in term.find_iter(&prose).filter(|found| !is_accepted(found.as_str())) {
                if !ALLOWED.iter().any(|(part, _)| line.contains(part)) {
                    wrong.insert(format!("{place}: `{}` ({better}) in: {}", found.as_str(), line.trim()));
                }
            }
        }
    }
}

/// A line without its code spans, URLs and option names.
fn without_code(line: &str) -> String {
    static CODE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"`+[^`]*`+|\]\([^)]*\)|<[^>]*>|https?://\S+|--[a-z-]+").expect("the pattern is valid")
    });
    CODE.replace_all(line, "…").into_owned()
}

/// The prose of a Markdown page: everything outside of code blocks.
fn prose(page: &str) -> String {
    let mut is_code = false;
    let lines = page.lines().filter(|line| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn visit(folder: &Path, extension: &str, action: &mut impl FnMut(&str, &str)) {
    for path in crate::common::entries(folder) {
        if path.is_dir() {
            visit(&path, extension, action);
        } else if path.extension().is_some_and(|it| it == extension) {
            let name = path.strip_prefix(crate::common::repo("")).unwrap_or(&path).display().to_string();
            action(&name, &fs::read_to_string(&path).expect("the file is text"));
        }
    }
}

fn assert_standard(wrong: &BTreeSet<String>) {
    assert!(
        wrong.is_empty(),
        "{} terms are not standard:\n{}",
        wrong.len(),
        Vec::from_iter(wrong.clone()).join("\n")
    );
}

#[test]
fn messages_use_standard_terms() {
    let mut wrong = BTreeSet::new();
    visit(&crate::common::repo("src"), "rs", &mut |path, text| {
        for literal in literals(text) {
            check(path, &literal, &mut wrong);
        }
    });
    assert_standard(&wrong);
}

#[test]
fn snapshots_use_standard_terms() {
    let mut wrong = BTreeSet::new();
    for (folder, extension) in [("fixtures", "snap"), ("tests", "snap"), ("tests/cli", "trycmd")] {
        visit(&crate::common::repo(folder), extension, &mut |path, text| {
            text.lines().filter_map(said).for_each(|said| check(path, said, &mut wrong));
        });
    }
    assert_standard(&wrong);
}

/// What copydesk says in a line of a report: a message, help, the title of a fix, or the label of an underlined place.
fn said(line: &str) -> Option<&str> {
    let is_message = ["error", "warning", "info", "note: ", "  = "].iter().any(|it| line.starts_with(it));
    let label = || {
        let (number, shown) = line.split_once('│')?;
        let label = shown.trim_start_matches([' ', '^', '-', '│', '╭', '╰', '─']);
        (number.trim().is_empty() && shown.trim_start().starts_with(['^', '-'])).then_some(label)
    };
    if is_message { Some(line) } else { label() }
}

#[test]
fn rule_pages_use_standard_terms() {
    let mut wrong = BTreeSet::new();
    for def in RULES {
        // Aliases are markdownlint's names.
        let page = rule_docs::page(def).replace(&def.meta.aliases.join(", "), "");
        check(def.meta.id, &prose(&page), &mut wrong);
    }
    assert_standard(&wrong);
}

#[test]
fn documents_and_schemas_use_standard_terms() {
    let mut wrong = BTreeSet::new();
    visit(&crate::common::repo("docs"), "md", &mut |path, text| check(path, &prose(text), &mut wrong));
    for path in ["README.md", "CONTRIBUTING.md"] {
        let text = fs::read_to_string(crate::common::repo(path)).expect("the file is text");
        check(path, &prose(&text), &mut wrong);
    }
    visit(&crate::common::repo("schemas"), "json", &mut |path, text| {
        let schema: serde_json::Value = serde_json::from_str(text).expect("schemas are JSON");
        descriptions(&schema, &mut |text| check(path, text, &mut wrong));
    });
    assert_standard(&wrong);
}

fn descriptions(schema: &serde_json::Value, action: &mut impl FnMut(&str)) {
    match schema {
        serde_json::Value::Object(object) => {
            for (key, value) in object {
                match value.as_str() {
                    Some(text) if matches!(key.as_str(), "description" | "title") => action(text),
                    _ => descriptions(value, action),
                }
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| descriptions(item, action)),
        _ => {}
    }
}

#[test]
fn help_uses_standard_terms() {
    let mut wrong = BTreeSet::new();
    check_help(&[], &mut wrong);
    // The aliases at the end of a line are markdownlint's.
    let list = output(&["rules"]);
    let rules: Vec<&str> = list.lines().map(|line| line.split(" (MD").next().unwrap_or_default()).collect();
    check("copydesk rules", &rules.join("\n"), &mut wrong);
    assert_standard(&wrong);
}

/// Checks the help of a command and its subcommands.
fn check_help(command: &[&str], wrong: &mut BTreeSet<String>) {
    let help = output(&[command, &["--help"]].concat());
    check(&format!("copydesk {}", command.join(" ")), &help, wrong);
    let commands = help.split_once("Commands:\n").map_or("", |(_, commands)| commands);
    // The descriptions are further in, also where they continue on another line.
    let lines = commands.lines().take_while(|line| line.starts_with("  "));
    for line in lines.filter(|line| !line.starts_with("   ")) {
        if let Some(name) = line.split_whitespace().next().filter(|name| *name != "help") {
            check_help(&[command, &[name]].concat(), wrong);
        }
    }
}

fn output(arguments: &[&str]) -> String {
    let run = Command::new(env!("CARGO_BIN_EXE_copydesk")).args(arguments).output().expect("it can be run");
    String::from_utf8(run.stdout).expect("help is text")
}

/// The string literals of a source file that are sentences: those with a space, outside of comments and tests.
fn literals(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let mut literals = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find(['"', '/', '\'']) {
        let tail = &rest[at..];
        if tail.starts_with("//") {
            rest = tail.split_once('\n').map_or("", |(_, rest)| rest);
        } else if let Some(raw) = rest[..at].strip_suffix("r#").and_then(|_| tail.strip_prefix('"')) {
            let (literal, after) = raw.split_once("\"#").unwrap_or((raw, ""));
            literals.push(literal.to_owned());
            rest = after;
        } else if tail.starts_with("'\"'") || tail.starts_with("'\\\"'") || tail.starts_with("'/'") {
            rest = &tail[tail[1..].find('\'').map_or(1, |end| end + 2)..];
        } else if let Some(inside) = tail.strip_prefix('"') {
            let mut end = 0;
            while let Some(next) = inside[end..].find(['"', '\\']) {
                end += next;
                if inside[end..].starts_with('"') {
                    break;
                }
                end += 1 + inside[end + 1..].chars().next().map_or(0, char::len_utf8);
            }
            literals.push(unescaped(&inside[..end]));
            rest = inside.get(end + 1..).unwrap_or("");
        } else {
            rest = &tail[1..];
        }
    }
    literals.retain(|literal| literal.contains(' '));
    literals
}

/// A literal with its escapes of quotes and line breaks resolved, and continued lines joined.
fn unescaped(literal: &str) -> String {
    static CONTINUED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\\\n\s*").expect("the pattern is valid"));
    CONTINUED.replace_all(literal, "").replace("\\\"", "\"").replace("\\n", "\n")
}
