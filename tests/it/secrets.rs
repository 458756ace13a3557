//! Nothing that copydesk prints repeats a secret of the pages: not the finding about it, and not those of other rules
//! about the same line.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
};

use copydesk::{
    config::Layer,
    diagnostic::{Diagnostic, Label, Severity},
    fix::{Applicability, Edit, Fix},
    internals::sources::Sources,
    report::{Color, Format, RenderOptions, reporter},
    run::Run,
    text::Span,
};

/// Each of them is in the pages below.
const SECRETS: [&str; 5] = ["Ebb4ndFl0w", "ab12cd34ef56", "sailors-only", "Tide日7é", "gk7_A1b2C3d4E5f6G7h8"];

const PAGE: &str = "---
title: Minutes
title: https://harbour-office.org/?pwd=Ebb4ndFl0w
image: http://harbour-office.org/quay.png?token=ab12cd34ef56
colour: http://harbour-office.org/?token=ab12cd34ef56
date: https://mira:Ebb4ndFl0w@harbour-office.org/
---

Teh [recording](http://meet.harbour-office.org/rec?pwd=Ebb4ndFl0w&utm_source=a) of teh [meeting](htps://meet.harbour-office.org/?pwd=Ebb4ndFl0w)
and [https://](https://https://harbour-office.org/?gate-word=sailors-only&pwd=Tide日7é), [the map](img\\map.png?token=ab12cd34ef56), teh
[charts](http://gk7_A1b2C3d4E5f6G7h8@git.harbour-office.org/?utm_medium=b), [x](https://mira:Ebb4ndFl0w@harbour-office.org:80a/) and
`http://harbour-office.org/?pwd=Ebb4ndFl0w` beside [the quay](http://harbour-office.org) and [tides](tides.org/a?pwd=Ebb4ndFl0w). <!-- copydesk-disable-line url-credential -->
";

const CONFIG: &str = "site: { url: 'https://mira:Ebb4ndFl0w@harbour-office.org/' }
collections:
  minutes:
    files: '*.md'
    schema:
      properties:
        colour: { enum: [red, 'http://harbour-office.org/?token=ab12cd34ef57'] }
        date: { format: date }
rules:
  url-credential: { parameters: [gate-word] }
";

/// A site with the page, and with this config.
fn site(name: &str, config: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).expect("the folder can be written");
    fs::write(folder.join("page.md"), PAGE).expect("the page can be written");
    fs::write(folder.join("copydesk.yaml"), config).expect("the config can be written");
    folder
}

/// The run in every format, at several widths, in colour and without.
fn reports(run: &Run) -> Vec<(String, String)> {
    let mut reports = Vec::new();
    for name in Format::names() {
        for width in [None, Some(40), Some(80)] {
            for color in [Color::Never, Color::Always] {
                let mut out = Vec::new();
                let format = name.parse().expect("a name is a format");
                reporter(format, RenderOptions { color, width, ..RenderOptions::default() })
                    .report(run, &mut out)
                    .expect("memory can be written");
                reports.push((
                    format!("{name} {width:?} {color:?}"),
                    String::from_utf8(out).expect("reports are text"),
                ));
            }
        }
    }
    reports
}

fn assert_discreet(run: &Run) {
    for (name, text) in reports(run) {
        // The page of the rule, which SARIF brings along, has it in its example.
        let text = text.replace("https://meet.harbour.example/rec/7?pwd=Ebb4ndFl0w", "");
        for secret in SECRETS {
            assert!(!text.contains(secret), "{name} shows {secret}:\n{text}");
        }
    }
}

#[test]
fn no_format_shows_a_secret() {
    let run = crate::common::check(&[&site("secrets", CONFIG)], Layer::default());
    let found = |rule: &str| run.diagnostics.iter().filter(|it| it.rule.id == rule).count();
    for rule in [
        "url-credential",
        "insecure-url",
        "tracking-parameter",
        "malformed-url",
        "missing-scheme",
        "duplicate-key",
        "invalid-value",
    ] {
        assert!(found(rule) > 0, "{rule} finds something in these lines: {:#?}", run.diagnostics);
    }
    assert!(!run.suppressed.is_empty(), "one is switched off by a comment");
    let fixes: Vec<&Fix> = run.diagnostics.iter().flat_map(|it| &it.fixes).collect();
    let brings = |fix: &&Fix| fix.edits().iter().any(|edit| edit.content.contains("Ebb4ndFl0w"));
    assert!(fixes.iter().any(brings), "a fix that is applied keeps the secret");
    assert_discreet(&run);
    let text = crate::common::render(&run, "full");
    assert!(text.contains("**********"), "{text}");
}

#[test]
fn a_config_that_is_broken_shows_no_secret() {
    let run = crate::common::check(
        &[&site("secrets-config", &CONFIG.replace("rules:", "rulez: 'https://a.org/?pwd=Ebb4ndFl0w'\nx:"))],
        Layer::default(),
    );
    assert!(run.broken_config);
    assert_discreet(&run);
}

#[test]
fn no_command_shows_a_secret() {
    let folder = site("secrets-commands", CONFIG);
    for arguments in [
        &["check", "."][..],
        &["check", "page.md", "--format", "json"],
        &["config", "show", "page.md"],
        &["explain", "--word", "Ebb4ndFl0v"],
    ] {
        let out = Command::new(env!("CARGO_BIN_EXE_copydesk")).args(arguments).current_dir(&folder).output();
        let out = out.expect("the binary was built");
        let text = String::from_utf8_lossy(&[out.stdout, out.stderr].concat()).into_owned();
        assert!(!text.is_empty(), "{arguments:?} says something");
        for secret in SECRETS {
            assert!(!text.contains(secret), "{arguments:?} shows {secret}:\n{text}");
        }
    }
}

#[test]
fn configs_of_other_tools_are_converted_without_their_secrets() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("secrets-import");
    fs::create_dir_all(&folder).expect("the folder can be written");
    for (name, text) in [
        ("cspell.json", "{ \"words\": [\"quayz\", \"ghp_4Kd0pLz5Wn1Yc8Hf6Tg9Ra2Ue7Io3PqM5xVb\"] }"),
        (
            "_typos.toml",
            "[default.extend-words]\nglpat-Wn1Yc8Hf6Tg9Ra2Ue7Io = \"glpat-Wn1Yc8Hf6Tg9Ra2Ue7Io\"\nebbz = \"ebb\"\n",
        ),
        (
            "lychee.toml",
            "exclude = [\"^https://boats\\\\.io/tides\", \"^https://mira:Ebb7ndFl0w@boats\\\\.io/\", \"(https://boats.io/.token=ab12cd34ef56)\"]\n",
        ),
    ] {
        fs::write(folder.join(name), text).expect("the config can be written");
    }
    let out = Command::new(env!("CARGO_BIN_EXE_copydesk")).arg("import").current_dir(&folder).output();
    let out = out.expect("the binary was built");
    let (config, notes) = (String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    for kept in ["- quayz", "ebb: [\"ebbz\"]", "https://boats.io/tides*"] {
        assert!(config.contains(kept), "{config}");
    }
    assert!(notes.contains("omitted 3 values with a secret"), "{notes}");
    for secret in ["4Kd0pLz5Wn1Yc8Hf6Tg9", "Wn1Yc8Hf6Tg9Ra2Ue7Io", "Ebb7ndFl0w", "ab12cd34ef56"] {
        assert!(!config.contains(secret) && !notes.contains(secret), "{secret}:\n{config}\n{notes}");
    }
}

/// A run with one finding about this text, whose message, help, labels and fix repeat what they can.
fn talkative(text: &str, edit: Edit) -> Run {
    let path: Arc<Path> = Path::new("page.md").into();
    let sources = Sources::new(Path::new("/site"));
    sources.keep(&path, text.into());
    let whole = Span::from_range(0..text.len());
    let mut diagnostic = Diagnostic::new(
        crate::common::rule("invalid-value"),
        Severity::Error,
        Label::new(&path, whole),
        text,
    );
    diagnostic.note(text).label(whole, text).help(text).fix(Fix::new(text, Applicability::Safe, vec![edit]));
    Run {
        diagnostics: vec![diagnostic],
        files: 1,
        ..Run::of_nothing("/site".into(), "/site".into(), sources)
    }
}

#[test]
fn whatever_a_rule_says_is_masked() {
    let text = "see https://harbour-office.org/?pwd=Ebb4ndFl0w and more";
    let start = text.find("Ebb4").expect("it is there") as u32;
    let edits = [
        Edit { span: Span::from_range(0..text.len()), content: text.to_uppercase() + text },
        Edit { span: Span::new(start + 2, start + 10), content: "4ndFl0w".into() },
        Edit { span: Span::new(start + 1, start + 1), content: "Ebb4ndFl0w".into() },
        Edit { span: Span::empty(0), content: "<https://harbour-office.org/?pwd=Ebb4ndFl0w>".into() },
    ];
    for edit in edits {
        let run = talkative(text, edit);
        for (name, report) in reports(&run) {
            assert!(!report.contains("4ndFl0w"), "{name}:\n{report}");
        }
        let shown = run.shown();
        assert_eq!(
            shown.diagnostics[0].fixes[0].applicability,
            Applicability::DisplayOnly,
            "marks are not written"
        );
        assert!(
            run.diagnostics[0].fixes[0].edits()[0].content.contains("ndFl0w"),
            "the fix itself stays as it is"
        );
    }
}

#[test]
fn places_beside_a_secret_stay_where_they_are() {
    let text = "é https://harbour-office.org/?pwd=Tide日7é and Teh";
    let at = text.len() - 3;
    let sources = Sources::new(Path::new("/site"));
    sources.keep(Path::new("page.md"), text.into());
    let source = sources.get(Path::new("page.md"));
    let shown = source.lines.position(&source.text, at as u32);
    assert_eq!(shown.column as usize, text[..at].chars().count() + 1);
    assert_eq!(shown.utf16_column as usize, text[..at].encode_utf16().count() + 1);
    assert_eq!(&source.text[at..], "Teh");
}
