//! Runs made by hand.

use std::{path::Path, sync::Arc};

use copydesk::{
    diagnostic::{Diagnostic, Label, Severity},
    fix::{Applicability, Edit, Fix},
    internals::sources::Sources,
    run::{Error, Run},
    text::Span,
};

/// Builds a run: files first, then findings.
pub struct Case {
    run: Run,
}

impl Case {
    pub fn new(files: &[(&str, &str)]) -> Self {
        let root = Path::new("/site");
        let sources = Sources::new(root);
        for (path, text) in files {
            sources.keep(Path::new(path), (*text).into());
        }
        let run = Run { files: files.len(), ..Run::of_nothing(root.to_owned(), root.to_owned(), sources) };
        Self { run }
    }

    /// A finding about the `nth` (from 0) occurrence of `words`.
    pub fn find(&mut self, file: &str, words: &str, nth: usize) -> &mut Diagnostic {
        let label = Label::new(&path(file), self.span(file, words, nth));
        self.push(Diagnostic::new(
            crate::common::rule("invalid-value"),
            Severity::Warning,
            label,
            format!("`{words}` is not right"),
        ))
    }

    pub fn push(&mut self, diagnostic: Diagnostic) -> &mut Diagnostic {
        self.run.diagnostics.push(diagnostic);
        self.run.diagnostics.last_mut().expect("one was just pushed")
    }

    pub fn span(&self, file: &str, words: &str, nth: usize) -> Span {
        let source = self.run.sources.get(Path::new(file));
        let start = source.text.match_indices(words).nth(nth).expect("the words are in the file").0;
        Span::from_range(start..start + words.len())
    }

    pub fn run(self) -> Run {
        self.run
    }
}

pub fn path(file: &str) -> Arc<Path> {
    Path::new(file).into()
}

pub fn nothing() -> Run {
    Case::new(&[("a.md", "# All is well\n"), ("b.md", "")]).run()
}

pub fn simple() -> Run {
    let mut case = Case::new(&[(
        "posts/tides.md",
        "---\ntitle: Tides\ndate: tomorow\n---\n\nThe tide comes tomorow.\n",
    )]);
    case.find("posts/tides.md", "tomorow", 0).help("write a date such as 2026-03-01").severity =
        Severity::Error;
    case.find("posts/tides.md", "tomorow", 1).note("a word that no dictionary has");
    let help = "say when\nor say nothing\n\nand if all else fails, ask";
    case.find("posts/tides.md", "tide", 0).help(help).severity = Severity::Info;
    let mut run = case.run();
    run.suppressed = vec![run.diagnostics[0].clone()];
    run
}

pub fn two_files() -> Run {
    let page = "---\nlayout: post\ntags:\n  - label: Boats & Tides\n    value: tag-7\n---\n";
    let data = "{\n  \"tags\": [\n    { \"id\": \"tag-7\", \"name\": \"Nets\" },\n    { \"id\": \"tag-8\", \"name\": \"Boats & Tides\" }\n  ]\n}\n";
    let mut case = Case::new(&[("posts/nets.md", page), ("data/tags.json", data)]);
    let label = case.span("posts/nets.md", "Boats & Tides", 0);
    let (seven, eight) = (case.span("data/tags.json", "tag-7", 0), case.span("data/tags.json", "tag-8", 0));
    let layout = case.span("posts/nets.md", "layout", 0);
    let mut also = Label::new(&path("data/tags.json"), seven);
    also.message = Some("this is `tag-7`".to_owned());
    case.find("posts/nets.md", "tag-7", 0)
        .note("this id belongs to \"Nets\"")
        .label(label, "this label has the id `tag-8`")
        .label(layout, "for this layout")
        .also(also)
        .also(Label::with_message(&path("data/tags.json"), eight, "this is `tag-8`"))
        .help("write `tag-8`, or the label \"Nets\"");
    case.run()
}

pub fn long_line() -> Run {
    let words = "The harbour master counts the boats twice a day and writes down what she sees. ".repeat(11);
    let text = format!("# Harbour\n\n{words}It is a mistaek to forget one. {words}Nobody is perfcet");
    let mut case = Case::new(&[("harbour.md", &text)]);
    case.find("harbour.md", "mistaek", 0).help("did you mean `mistake`?");
    case.find("harbour.md", "perfcet", 0);
    case.find("harbour.md", "The", 0);
    let end = case.span("harbour.md", "perfcet", 0);
    case.find("harbour.md", "mistaek", 0).note("here").label(end, "and here");
    let all = Span::new(11, text.len() as u32);
    let label = Label::with_message(&path("harbour.md"), all, "all of this");
    case.push(Diagnostic::new(
        crate::common::rule("invalid-value"),
        Severity::Info,
        label,
        "the line is long",
    ));
    case.run()
}

pub fn wide_characters() -> Run {
    let text = "| 港 | 🚤 |\tcafe\u{301}\tnaïve |\n\t- 日本語の文章\tend\n";
    let mut case = Case::new(&[("wide.md", text)]);
    for words in ["港", "🚤", "e\u{301}", "\u{301}", "naïve", "の文", "end", "\t- "] {
        case.find("wide.md", words, 0);
    }
    let japanese = "潮が満ちると船は港に戻り、潮が引くと船は沖に出る。".repeat(9);
    let text = format!("{japanese}船長{japanese}");
    let mut run = case.run();
    run.sources.keep(Path::new("tides.md"), text.into());
    let span = Span::from_range(japanese.len()..japanese.len() + "船長".len());
    let label = Label::new(&path("tides.md"), span);
    run.diagnostics.push(Diagnostic::new(
        crate::common::rule("invalid-value"),
        Severity::Warning,
        label,
        "who is this?",
    ));
    run
}

pub fn labels_over_lines() -> Run {
    let lines: Vec<String> = (1..=30).map(|line| format!("Line {line} of the log.\n")).collect();
    let text = lines.concat();
    let mut case = Case::new(&[("log.md", &text)]);
    let start = |case: &Case, line: u32| case.span("log.md", &format!("Line {line} "), 0).start;
    let label = |from, to| Label::with_message(&path("log.md"), Span::new(from, to), "this");
    let mut add = |from: u32, to: u32| {
        let label = label(from, to);
        case.run.diagnostics.push(Diagnostic::new(
            crate::common::rule("invalid-value"),
            Severity::Warning,
            label,
            "too much",
        ));
    };
    let line = |line: u32| text.find(&format!("Line {line} ")).expect("the line is there") as u32;
    // Up to a line break; two lines; from inside a line to inside another one; almost everything.
    add(line(3), line(4));
    add(line(3), line(5));
    add(line(3) + 5, line(5) + 4);
    add(line(2) + 5, line(28) + 4);
    let far = Span::new(start(&case, 25), start(&case, 25) + 4);
    let near = Span::new(start(&case, 12), start(&case, 12) + 4);
    let lines = Span::new(start(&case, 11) + 3, start(&case, 22) + 4);
    case.find("log.md", "Line 10", 0).label(near, "near").label(far, "far").label(lines, "around");
    case.run()
}

pub fn end_of_file() -> Run {
    let mut case =
        Case::new(&[("a.md", "one\ntwo"), ("b.md", "one\n"), ("c.md", ""), ("d.md", "one\r\ntwo\rthree")]);
    let mut add = |file: &str, start: u32, end: u32| {
        let label = Label::with_message(&path(file), Span { start, end }, "here");
        case.push(Diagnostic::new(
            crate::common::rule("front-matter-syntax"),
            Severity::Error,
            label,
            "something is missing",
        ));
    };
    add("a.md", 7, 7);
    add("a.md", 3, 3);
    add("a.md", 99, 120);
    add("b.md", 4, 4);
    add("b.md", 3, 4);
    add("c.md", 0, 0);
    add("d.md", 4, 5);
    add("d.md", 0, 9);
    add("not-there.md", 3, 7);
    case.run()
}

pub fn hostile() -> Run {
    let text = "\u{feff}---\ntitle: \u{1b}]0;owned\u{7} \u{202e}drow\u{2069} zero\u{200b}width \u{9b}31m\n---\nnul \0 del \u{7f} line\u{2028}sep\n";
    let name = "posts/\u{1b}[2Jnew\nline\u{202e}.md";
    let mut case = Case::new(&[(name, text)]);
    case.find(name, "drow", 0).note("\u{1b}[31m red\nand blue").help("do\u{7} this\n\u{202e}and that\r");
    case.find(name, "\u{1b}", 0);
    let zero = case.span(name, "\u{200b}", 0);
    case.find(name, "width", 0).label(zero, "nothing to see").fix(Fix::replace(
        "take out\u{1b}[m",
        Applicability::Safe,
        zero,
        "\u{1b}\u{2066}",
    ));
    case.find(name, "sep", 0);
    case.run()
}

pub fn fixes() -> Run {
    let long = "Some boats come back and some do not. ".repeat(12);
    let text = format!(
        "---\ndate: 2026-03-01\ntitle: Nets\ndraft: yes\n---\n\nThe teh nets.  \n\n{long}teh end. {long}\n"
    );
    let mut case = Case::new(&[("nets.md", &text)]);
    let span = |case: &Case, words: &str, nth| case.span("nets.md", words, nth);
    let replace = |title: &str, kind, span, new: &str| Fix::replace(title, kind, span, new);
    let teh = span(&case, "teh", 0);
    case.find("nets.md", "teh", 0)
        .help("write `the`")
        .fix(replace("Write `the`", Applicability::Safe, teh, "the"))
        .fix(replace("Take it out", Applicability::Unsafe, teh, ""));
    let far = span(&case, "teh", 1);
    case.find("nets.md", "teh", 1).fix(replace("write `the`", Applicability::Unsafe, far, "the"));
    let (date, title) = (span(&case, "date: 2026-03-01\n", 0), span(&case, "title: Nets\n", 0));
    let edits = vec![
        Edit { span: Span::empty(date.start), content: "title: Nets\n".into() },
        Edit { span: title, content: String::new() },
    ];
    case.find("nets.md", "title", 0).fix(Fix::new("move `title` up", Applicability::Safe, edits));
    let author = replace("add a key", Applicability::DisplayOnly, Span::empty(date.start), "author: …\n");
    case.find("nets.md", "date", 0).help("say who wrote it").fix(author);
    let poem = (1..=12).map(|verse| format!("Verse {verse}\n")).collect::<Vec<_>>().concat();
    case.find("nets.md", "The", 0).fix(replace(
        "sing",
        Applicability::Unsafe,
        Span::new(teh.start, far.end),
        &poem,
    ));
    let spaces = span(&case, ".  \n", 0);
    let spaces = Span::new(spaces.start + 1, spaces.end - 1);
    case.find("nets.md", "nets.  ", 0).fix(replace("trim", Applicability::Safe, spaces, ""));
    case.run()
}

pub fn many_places() -> Run {
    let text = "again\n".repeat(40);
    let mut case = Case::new(&[("again.md", &text)]);
    let others: Vec<Span> = (1..40).map(|nth| case.span("again.md", "again", nth)).collect();
    let diagnostic = case.find("again.md", "again", 0);
    for span in others.into_iter().step_by(3) {
        diagnostic.label(span, "also here");
    }
    case.run()
}

/// A run in a folder beside the current one, with trouble.
pub fn elsewhere() -> Run {
    let mut case = Case::new(&[("a/b.md", "one\n")]);
    case.find("a/b.md", "one", 0);
    let mut run = case.run();
    run.current = "/here".into();
    run.errors.push(Error::NotFound("../site/gone.md".into()));
    run.errors.push(Error::Unreadable { path: "../site/odd.md".into(), reason: "permission denied".into() });
    run
}
