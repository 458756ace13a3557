//! Input that nobody writes on purpose, or only to do harm: each has exactly one outcome, and none is a panic.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on panics")]

use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use copydesk::{
    config::Layer,
    diagnostic::most_of_a_rule,
    internals::document::MAX_LEN,
    run::{Error, Run},
};

/// A site of its own in a temporary folder, with a folder around it that does not belong to the site.
struct Site {
    around: PathBuf,
    root: PathBuf,
}

impl Site {
    fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("copydesk-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let around = std::env::temp_dir().join(name);
        let root = around.join("site");
        fs::create_dir_all(&root).unwrap();
        Self { around, root }.with("copydesk.yaml", "")
    }

    fn with(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    fn run(&self) -> Run {
        crate::common::check(&[&self.root], Layer::default())
    }

    /// The run of just one path of the site.
    fn run_on(&self, path: &str) -> Run {
        crate::common::check(&[&self.root.join(path)], Layer::default())
    }

    /// All that a run finds; nothing may keep it from its work.
    fn findings(&self) -> Vec<String> {
        let run = self.run();
        assert!(run.errors.is_empty(), "{:?}", run.errors);
        findings(&run)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        // A folder left behind in the temporary folder is no reason to fail.
        let _ = fs::remove_dir_all(&self.around);
    }
}

/// Each finding as `rule path:line:column`. The run is also shown in full, as a user would have it.
fn findings(run: &Run) -> Vec<String> {
    let shown = crate::common::render(run, "full");
    assert!(shown.contains(" file"), "a report ends in a summary: {shown}");
    let place = |diagnostic: &copydesk::diagnostic::Diagnostic| {
        let source = run.sources.get(&diagnostic.primary.path);
        let position = source.lines.position(&source.text, diagnostic.primary.span.start);
        let path = diagnostic.primary.path.display();
        format!("{} {path}:{}:{}", diagnostic.rule.id, position.line, position.column)
    };
    run.diagnostics.iter().map(place).collect()
}

/// What a page of this text gives.
fn page(text: impl AsRef<[u8]>) -> Vec<String> {
    Site::new().with("a.md", text).findings()
}

#[test]
fn deep_front_matter_is_a_mistake_at_the_first_bracket_too_deep() {
    let deep = |bracket: &str| page(format!("---\na: {}b\n---\n", bracket.repeat(100_000)));
    assert_eq!(deep("["), ["front-matter-syntax a.md:2:259"]);
    assert_eq!(deep("{a: "), ["front-matter-syntax a.md:2:512"]);
    assert_eq!(deep("- "), ["front-matter-syntax a.md:2:4"], "a list cannot begin behind its key");
    let json = format!("{{\n\"a\": {}\n}}\n", "[".repeat(100_000));
    assert_eq!(page(json), ["front-matter-syntax a.md:2:133"]);
    let toml = page(format!("+++\na = {}\n+++\n", "[".repeat(100_000)));
    assert_eq!(toml.first().map(String::as_str), Some("front-matter-syntax a.md:2:85"));
    assert!(toml.iter().all(|found| found.starts_with("front-matter-syntax ")), "{toml:?}");
}

#[test]
fn aliases_of_aliases_are_refused_where_they_grow_too_large() {
    let level =
        |level: usize| format!("a{level}: &a{level} [{}]\n", vec![format!("*a{}", level - 1); 9].join(", "));
    let levels: Vec<String> = (1..12).map(level).collect();
    let bomb = format!("---\na0: &a0 [harbour, harbour, harbour]\n{}---\n", levels.concat());
    let found = page(bomb);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("front-matter-syntax a.md:"), "{found:?}");
}

#[test]
fn more_tables_than_a_text_is_long_are_a_mistake() {
    let toml = |text: String| page(format!("+++\n{text}\n+++\n\n# Tides\n"));
    let inline = |count: usize| format!("a = [{}]", "{b=1},".repeat(count));
    assert_eq!(toml(inline(19_000)), [""; 0]);
    assert_eq!(toml(inline(30_000)), ["front-matter-syntax a.md:2:120006"]);
    assert_eq!(toml("[[a]]\n".repeat(20_001)), ["front-matter-syntax a.md:20002:1"]);
    let dotted: Vec<String> = (0..20_001).map(|number| format!("a{number}.b = 1\n")).collect();
    assert_eq!(toml(dotted.concat()), ["front-matter-syntax a.md:20002:7"]);
    let long = "[[a]]\nb = 'Low water, high water and a name.'\n".repeat(25_000);
    assert_eq!(toml(long), [""; 0], "long records may be many");
}

#[test]
fn more_values_than_a_text_is_long_are_a_mistake() {
    let toml =
        |item: &str, count: usize| page(format!("+++\na = [{}]\n+++\n\n# Tides\n", item.repeat(count)));
    assert_eq!(toml("1,", 99_000), [""; 0]);
    assert_eq!(toml("1,", 200_000), ["front-matter-syntax a.md:2:200009"]);
    assert_eq!(toml("10, ", 200_000), [""; 0]);
    let yaml = |item: &str, count: usize| page(format!("---\na: [{}]\n---\n\n# Tides\n", item.repeat(count)));
    assert_eq!(yaml("1,", 99_000), [""; 0]);
    assert_eq!(yaml("1,", 200_000), ["front-matter-syntax a.md:2:200001"]);
    assert_eq!(yaml("1000,", 200_000), [""; 0]);
}

#[test]
fn an_alias_to_itself_is_a_mistake_at_the_alias() {
    assert_eq!(page("---\na: &a [*a]\n---\n"), ["front-matter-syntax a.md:2:8"]);
    assert_eq!(page("---\na: &a {b: *a}\n---\n"), ["front-matter-syntax a.md:2:11"]);
}

#[test]
fn a_file_over_the_limit_is_not_read() {
    let site = Site::new();
    let file = fs::File::create(site.root.join("a.md")).unwrap();
    file.set_len(MAX_LEN + 1).unwrap();
    assert_eq!(site.findings(), ["oversized-file a.md:1:1"]);
}

#[test]
fn bytes_that_are_no_text_are_reported_once() {
    assert_eq!(page(b"# Pier\n\nA caf\xE9 and a caf\xE9\n"), ["invalid-encoding a.md:3:6"]);
    assert_eq!(page(b"\xFF\xFE#\0 \0P\0"), ["invalid-encoding a.md:1:1"]);
    assert_eq!(page(b"\xFE\xFF\0#\0 \0P"), ["invalid-encoding a.md:1:1"]);
    assert_eq!(page(b"---\ntitle: Pier\n---\n\nA \0 byte\n"), ["invalid-encoding a.md:5:3"]);
    assert_eq!(page(b"\0GITCRYPT\0\xC0\xC1"), [""; 0]);
    assert_eq!(page(vec![0xC0; 100_000]), ["invalid-encoding a.md:1:1"]);
    assert_eq!(page(vec![0; 100_000]), ["invalid-encoding a.md:1:1"]);
}

#[test]
fn files_with_next_to_nothing_in_them_are_well() {
    for text in [
        "",
        "\n",
        "---",
        "---\n",
        "---\n---",
        "\u{feff}",
        "\u{feff}---\n---\n",
        "+++",
        "{",
        "{}",
        "\r",
        "...",
    ] {
        assert_eq!(page(text), [""; 0], "{text:?}");
    }
    assert_eq!(page("<!--"), ["unclosed-comment a.md:1:1"]);
}

/// Whether a finding says that something is not closed, which is true of most of these pages.
fn is_unclosed(finding: &str) -> bool {
    finding.starts_with("unclosed-")
}

#[test]
fn deep_and_wide_markdown_is_well() {
    for text in [
        format!("{} deep\n", ">".repeat(400)),
        format!("{} deep\n", "> ".repeat(400)),
        (0..200).map(|depth| "  ".repeat(depth) + "- pier\n").collect(),
        format!("{}pier\n", "- ".repeat(10_000)),
        "pier ".repeat(200_000),
        "[".repeat(50_000),
        "*a **a ".repeat(20_000),
        "![[".repeat(30_000),
        "`".repeat(100_000),
        "<!-- ".repeat(20_000),
        "<!-- copydesk-disable-line invalid-date --> ".repeat(5_000),
        "| a ".repeat(15_000) + "\n" + &"| - ".repeat(15_000),
        "\\\n".repeat(50_000),
        "&amp;".repeat(50_000),
        "[a]: https://pier.example\n".repeat(10_000),
        "[^a]: b\n\n".repeat(10_000),
    ] {
        let found = page(&text);
        let expected = match text.get(..5) {
            // Comments that switch nothing off; a definition that nobody reads, and again what it defines. One stands for
            // those that are too many.
            Some("<!-- ") if text.contains("copydesk") => most_of_a_rule(text.len()) + 1,
            Some("[a]: " | "[^a]:") => most_of_a_rule(text.len()) + 2,
            _ => 0,
        };
        let found: Vec<_> = found.into_iter().filter(|it| !is_unclosed(it)).collect();
        assert_eq!(found.len(), expected, "{} gives {:?}", &text[..40], found.first());
    }
}

#[test]
fn markdown_out_of_proportion_is_one_finding() {
    for (text, expected) in [
        (format!("{} deep\n", ">".repeat(10_000)), "a.md:1:501"),
        (format!("{} deep\n", "> ".repeat(10_000)), "a.md:1:1001"),
        (format!("# Pier\n\n{}a{}\n", "*".repeat(20_000), "*".repeat(20_000)), "a.md:3:999"),
        (format!("# Pier\n\n{}\n", "*_".repeat(200_000)), "a.md:3:1"),
        (format!("---\ntitle: Pier\n---\n\nQuay\n{}\n", "<https://pier.example/".repeat(10_000)), "a.md:6:1"),
    ] {
        assert_eq!(page(&text), [format!("oversized-file {expected}")], "{}", &text[..40]);
    }
}

#[test]
fn a_schema_that_refers_to_itself_in_each_of_its_branches_ends() {
    let branch = |number: usize| {
        format!(
            "{{\"properties\": {{\"a\": {{\"$ref\": \"#/$defs/n\"}}, \"b\": {{\"$ref\": \"#/$defs/n\"}}}}, \
             \"required\": [\"z{number}\"]}}"
        )
    };
    let branches = (0..10).map(branch).collect::<Vec<_>>().join(", ");
    let schema = format!("{{\"$defs\": {{\"n\": {{\"anyOf\": [{branches}]}}}}, \"$ref\": \"#/$defs/n\"}}");
    let value = (0..4).fold("{}".to_owned(), |value, _| format!("{{a: {value}, b: {value}}}"));
    let site = Site::new()
        .with("copydesk.yaml", "collections: {b: {files: '*.md', schema: s.json}}\n")
        .with("s.json", schema)
        .with("a.md", format!("---\na: {value}\n---\n"));
    let run = site.run();
    let messages: Vec<&str> = run.diagnostics.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(messages, ["this page could not be checked"]);
}

#[test]
fn options_ask_for_no_more_than_a_fix_may_write() {
    for options in [
        "heading-blank-lines: {level: warning, lines_above: 100000000}",
        "heading-blank-lines: {level: warning, lines_below: [1, 101]}",
        "hard-tab: {level: warning, spaces_per_tab: 4000000000}",
        "list-marker-space: {level: warning, ul_single: 101}",
        "bullet-indent: {level: warning, indent: 101}",
        "bullet-indent: {level: warning, start_indent: 101}",
    ] {
        let site = Site::new().with("copydesk.yaml", format!("rules:\n  {options}\n")).with("a.md", "# A\n");
        let found = site.findings();
        assert!(matches!(&found[..], [one] if one.starts_with("invalid-config ")), "{options}: {found:?}");
    }
    let text = "<!-- markdownlint-configure-file {\"MD022\": {\"lines_above\": 100000000}} -->\n\n# A\nb\n";
    let run = Site::new().with("a.md", text).run();
    let fixes = run.diagnostics.iter().flat_map(|it| &it.fixes).flat_map(copydesk::fix::Fix::edits);
    assert!(fixes.map(|edit| edit.content.len()).all(|length| length < 1_000), "{:?}", run.diagnostics);
}

#[test]
fn as_many_threads_as_are_allowed() {
    let site = Site::new().with("a.md", "# A\n");
    let run = |threads: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_copydesk"));
        command.args(["check", "--threads", threads]).current_dir(&site.root).output().unwrap()
    };
    assert!(run("256").status.success());
    let refused = run("100000");
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("from 1 to 256"));
}

#[test]
fn one_wide_cell_makes_no_table_many_times_as_long() {
    let table = |wide: usize| {
        format!("# A\n\n| {} | b |\n|---|---|\n{}", "a".repeat(wide), "| a | b |\n".repeat(2_000))
    };
    let fixes = |wide: usize| {
        let config = "rules:\n  table-style: {level: warning, style: aligned}\n";
        let run = Site::new().with("copydesk.yaml", config).with("a.md", table(wide)).run();
        run.diagnostics.iter().filter(|it| it.rule.id == "table-style" && !it.fixes.is_empty()).count()
    };
    assert_eq!((fixes(10), fixes(10_000)), (1, 0));
}

#[test]
fn long_front_matter_is_well() {
    assert_eq!(page(format!("---\ntitle: {}\n---\n", "pier ".repeat(200_000).trim_end())), [""; 0]);
    let keys: Vec<String> = (0..20_000).map(|index| format!("key{index}: pier\n")).collect();
    assert_eq!(page(format!("---\n{}---\n", keys.concat())), [""; 0]);
    let twice = page(format!("---\n{}---\n", "title: pier\n".repeat(2_000)));
    assert_eq!(twice.len(), 1_001, "one stands for the others");
    assert!(twice.iter().all(|found| found.starts_with("duplicate-key ")), "{:?}", twice.first());
    let comments = "# copydesk-disable-line invalid-date\n".repeat(5_000);
    let listed = most_of_a_rule(comments.len()) + 1;
    assert_eq!(page(format!("---\n{comments}---\n")).len(), listed);
}

#[test]
fn a_folder_with_the_name_of_a_page_is_a_folder_and_one_with_that_of_a_config_a_mistake() {
    let site = Site::new().with("b.md/a.md", "---\na: no\n---\n");
    assert_eq!(site.findings(), ["ambiguous-scalar b.md/a.md:2:4"]);
    assert_eq!(findings(&site.run_on("b.md")), ["ambiguous-scalar b.md/a.md:2:4"]);
    let site = Site::new().with("b/copydesk.yaml/a.md", "---\na: no\n---\n");
    assert_eq!(site.findings(), ["invalid-config b/copydesk.yaml:1:1"]);
}

#[test]
fn a_path_that_does_not_exist_is_an_error() {
    let run = Site::new().run_on("nowhere.md");
    assert!(
        matches!(&run.errors[..], [Error::NotFound(path)] if path.ends_with("nowhere.md")),
        "{:?}",
        run.errors
    );
    assert_eq!(run.files, 0);
}

#[test]
fn a_page_may_name_no_schema_outside_the_site() {
    let site = Site::new();
    fs::write(site.around.join("outside.json"), "{\"required\": [\"secret\"]}").unwrap();
    let absolute = site.around.join("outside.json");
    for (schema, column) in [
        ("../outside.json", 10),
        ("../../../../../../../../etc/hostname", 10),
        ("/../outside.json", 10),
        ("/etc/hostname", 10),
        (absolute.to_str().unwrap(), 10),
        ("https://harbour.example/post.json", 10),
        ("file:///etc/hostname", 10),
        ("..", 10),
        ("/", 10),
        ("", 10),
        (".", 10),
    ] {
        fs::write(site.root.join("a.md"), format!("---\n$schema: \"{schema}\"\n---\n")).unwrap();
        assert_eq!(site.findings(), [format!("invalid-config a.md:2:{column}")], "{schema}");
    }
}

#[test]
fn an_empty_schema_is_a_mistake_where_it_is_named() {
    let site =
        Site::new().with("empty.yaml", "# nothing yet\n").with("a.md", "---\n$schema: empty.yaml\n---\n");
    assert_eq!(site.findings(), ["invalid-config a.md:2:10"]);
    let config = "collections:\n  posts:\n    files: \"*.md\"\n    schema: empty.yaml\n";
    let site = Site::new().with("empty.yaml", "").with("a.md", "").with("copydesk.yaml", config);
    assert_eq!(site.findings(), ["invalid-config copydesk.yaml:4:13"]);
}

#[test]
fn a_schema_may_refer_to_nothing_outside_the_site() {
    for reference in
        ["../outside.json", "/etc/hostname", "https://harbour.example/post.json", "file:///etc/hostname"]
    {
        let site = Site::new()
            .with("post.json", format!("{{\"$ref\": \"{reference}\"}}"))
            .with("a.md", "---\n$schema: post.json\n---\n");
        fs::write(site.around.join("outside.json"), "{\"required\": [\"secret\"]}").unwrap();
        let found = site.findings();
        assert_eq!(found.len(), 1, "{reference}: {found:?}");
        assert!(found[0].starts_with("invalid-config post.json:1:"), "{reference}: {found:?}");
    }
}

#[test]
fn a_config_may_name_nothing_outside_the_site() {
    for outside in ["../outside.yaml", "../../outside.yaml", "/etc/hostname", "a/../../outside.yaml"] {
        for (config, line) in [
            (format!("extends: {outside}\n"), 1),
            (format!("collections:\n  posts:\n    files: \"*.md\"\n    schema: {outside}\n"), 4),
            (format!("collections:\n  posts:\n    files: \"*.md\"\n    cms: {outside}\n"), 4),
            (
                format!(
                    "collections:\n  posts:\n    files: \"*.md\"\n    references:\n      author:\n        data: {outside}\n"
                ),
                6,
            ),
        ] {
            let site = Site::new().with("a.md", "---\nauthor: Mira\n---\n").with("copydesk.yaml", &config);
            fs::write(site.around.join("outside.yaml"), "- Mira\n").unwrap();
            let run = site.run();
            assert!(run.broken_config, "{config}");
            let found = findings(&run);
            assert!(
                found.iter().any(|it| it.starts_with(&format!("invalid-config copydesk.yaml:{line}:"))),
                "{config}: {found:?}"
            );
            assert!(run.diagnostics.iter().all(|it| it.rule.id == "invalid-config"), "{config}: {found:?}");
        }
    }
}

/// `count` letters or words that are the same in every run: a linear congruential generator (Knuth, MMIX).
fn random(count: usize, mut make: impl FnMut(usize) -> String) -> String {
    let mut state = 1_u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize
    };
    (0..count).map(|_| make(next())).collect()
}

fn letter(random: usize) -> char {
    char::from(b'a' + (random % 26) as u8)
}

// A build for tests judges some thousand unknown words a second, one for users some hundred times that: these pages are
// a fiftieth of what the program has to bear.

#[test]
fn random_letters_are_no_slips() {
    let text = random(150_000, |random| match random % 7 {
        0 if random % 11 == 0 => "\n".to_owned(),
        0 => " ".to_owned(),
        _ => letter(random / 7).to_string(),
    });
    let found = page(text);
    assert!(found.len() < 100, "one in two hundred words may look like something: {}", found.len());
}

#[test]
fn a_word_may_be_a_page_long() {
    // A word without each of its letters in turn would be a million words.
    let site = Site::new().with(".copydesk-words.txt", "a".repeat(1_000_000)).with("a.md", "# A\n");
    assert_eq!(site.findings(), [""; 0]);
    assert_eq!(page("a".repeat(1_000_000)), [""; 0]);
    assert_eq!(page("aB".repeat(500_000)), [""; 0]);
    assert_eq!(page("It’s".repeat(200_000)), [""; 0]);
    assert_eq!(page(random(1_000_000, |random| letter(random).to_string())), [""; 0]);
}

#[test]
fn a_page_may_have_more_words_than_any_language() {
    let syllables = |mut number: usize| -> String {
        let syllable = |_| {
            let (consonant, vowel) = (number % 10, number / 3 % 5);
            number /= 10;
            ["bdfklmnprs", "aeiou"]
                .iter()
                .zip([consonant, vowel])
                .map(|(set, at)| &set[at..=at])
                .collect::<String>()
        };
        (0..5).map(syllable).collect()
    };
    let lines: Vec<String> =
        (0..2_000).map(|line| (0..10).map(|at| syllables(line * 10 + at) + " ").collect()).collect();
    assert_eq!(page(lines.join("\n")), [""; 0]);
}

#[test]
fn a_word_may_have_more_cases_than_anybody_writes() {
    let case = |number: usize| -> String {
        let letters = "hxrbqringtzequaysode".chars().enumerate();
        letters.map(|(at, it)| if number >> at & 1 == 0 { it } else { it.to_ascii_uppercase() }).collect()
    };
    let line = |number: usize| format!("The ropes {} are dry.\n\n", case(number));
    let text: String = (0..2_000).map(line).collect();
    let pages =
        (0..5).map(|page| (format!("page-{page}.md"), format!("{text}The recieved ropes are dry.\n")));
    let site = pages.fold(Site::new(), |site, (path, text)| site.with(&path, text));
    assert_eq!(site.findings(), [0, 1, 2, 3, 4].map(|page| format!("known-typo page-{page}.md:4001:5")));
}

#[test]
fn text_in_no_alphabet_is_left_alone_and_the_slip_behind_it_is_found() {
    for piece in [
        "👩‍👩‍👧",
        "👍🏽 ",
        "שלום ",
        "مرحبا ",
        "\u{202e}סירה ",
        "漢字",
        "\u{301}",
        "a\u{301}",
        "\u{200b}",
        "a\u{ad}",
        "\u{fe0f}",
        "'",
        "’",
        "-",
        "a-",
        "a/",
        "@",
        "#a",
        "\u{300}\u{ad}’",
    ] {
        let text = format!("{}\n\nThe anchhor holds.\n", piece.repeat(20_000));
        let mut found = page(text);
        // Some of these are nothing to see.
        found.retain(|finding| !finding.starts_with("invisible-character"));
        // A page that is mostly in another script is not English.
        let is_english = !["שלום ", "مرحبا ", "\u{202e}סירה "].contains(&piece);
        let expected = if is_english { vec!["possible-typo a.md:3:5"] } else { vec![] };
        assert_eq!(found, expected, "{piece:?}");
    }
}

#[test]
fn what_is_opened_and_never_closed_takes_no_time() {
    for piece in ["{{", "{%", "$", "$$", "<", "<a ", "<!--", "a<b", "`", ":a", "\\(", "&", "[", "!["] {
        let text = format!("The anchhor holds.\n\n{}\n", piece.repeat(20_000));
        let found: Vec<_> = page(text).into_iter().filter(|it| !is_unclosed(it)).collect();
        // A page of letters is not English.
        let expected = if piece == "a<b" { vec![] } else { vec!["possible-typo a.md:1:5"] };
        assert_eq!(found, expected, "{piece:?}");
    }
}

#[cfg(unix)]
mod unix {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _, os::unix::fs::symlink, process::Command};

    use super::*;

    const SWITCH: &str = "---\na: no\n---\n";

    fn pipe(path: &Path) {
        assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
    }

    #[test]
    fn links_that_lead_in_a_circle_are_not_followed() {
        let site = Site::new().with("blog/a.md", SWITCH);
        symlink("..", site.root.join("blog/up")).unwrap();
        symlink("self.md", site.root.join("self.md")).unwrap();
        assert_eq!(site.findings(), ["ambiguous-scalar blog/a.md:2:4"]);
    }

    #[test]
    fn a_link_is_no_page_wherever_it_leads() {
        let site = Site::new().with("a.md", "pier\n");
        fs::write(site.around.join("outside.md"), SWITCH).unwrap();
        fs::create_dir(site.around.join("folder")).unwrap();
        fs::write(site.around.join("folder/b.md"), SWITCH).unwrap();
        symlink("../outside.md", site.root.join("outside.md")).unwrap();
        symlink("../folder", site.root.join("folder")).unwrap();
        symlink("nowhere.md", site.root.join("dangling.md")).unwrap();
        assert_eq!(site.findings(), [""; 0]);
        assert_eq!(site.run().files, 1);
    }

    #[test]
    fn a_dangling_link_that_is_named_does_not_exist() {
        let site = Site::new();
        symlink("nowhere.md", site.root.join("dangling.md")).unwrap();
        let run = site.run_on("dangling.md");
        assert!(matches!(&run.errors[..], [Error::NotFound(_)]), "{:?}", run.errors);
    }

    #[test]
    fn a_link_out_of_the_site_is_no_data_file_either() {
        let site = Site::new().with("a.md", "---\nauthor: Mira\n---\n").with(
            "copydesk.yaml",
            "collections:\n  posts:\n    files: \"*.md\"\n    references:\n      author: { data: people.yaml }\n",
        );
        fs::write(site.around.join("outside.yaml"), "- Jon\n").unwrap();
        symlink("../outside.yaml", site.root.join("people.yaml")).unwrap();
        assert_eq!(site.findings(), ["invalid-config copydesk.yaml:5:23"]);
    }

    #[test]
    fn a_pipe_holds_nothing_up() {
        let site = Site::new().with("a.md", "---\n$schema: schema.json\n---\n");
        pipe(&site.root.join("b.md"));
        pipe(&site.root.join("schema.json"));
        assert_eq!(site.findings(), ["invalid-config a.md:2:10"]);
        let run = site.run_on("b.md");
        assert!(
            matches!(&run.errors[..], [Error::NoFile(path)] if path.ends_with("b.md")),
            "{:?}",
            run.errors
        );
    }

    #[test]
    fn a_pipe_is_neither_config_nor_ignore_file() {
        let site = Site::new().with("a.md", SWITCH);
        for name in [".copydesk.yaml", ".config"] {
            pipe(&site.root.join(name));
        }
        assert_eq!(site.findings(), ["ambiguous-scalar a.md:2:4"]);
    }

    #[test]
    fn a_file_without_permission_is_an_error_and_the_others_are_checked() {
        use std::os::unix::fs::PermissionsExt as _;
        let site = Site::new().with("a.md", SWITCH).with("b.md", SWITCH);
        let closed = site.root.join("b.md");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
        if fs::read(&closed).is_ok() {
            println!("skipped: this user may read everything");
            return;
        }
        let run = site.run();
        assert!(
            matches!(&run.errors[..], [Error::Unreadable { path, .. }] if path.ends_with("b.md")),
            "{:?}",
            run.errors
        );
        assert_eq!(findings(&run), ["ambiguous-scalar a.md:2:4"]);
    }

    #[test]
    fn strange_file_names_are_shown_in_one_line_without_control_characters() {
        for name in
            [&b"a\nb.md"[..], b"a\x1b[31mb.md", b"a\xffb.md", b"a\rb.md", "a\u{202e}b.md".as_bytes(), b" .md"]
        {
            let site = Site::new();
            fs::write(site.root.join(OsStr::from_bytes(name)), SWITCH).unwrap();
            let run = site.run();
            assert_eq!((run.diagnostics.len(), run.errors.len()), (1, 0), "{name:?}");
            assert_eq!(run.diagnostics[0].primary.path.as_os_str().as_bytes(), name);
            for format in ["full", "concise"] {
                let shown = crate::common::render(&run, format);
                let strange = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
                assert!(!shown.contains(strange), "{name:?}: {shown:?}");
                assert!(shown.lines().any(|line| line.contains(":2:4")), "{name:?}: {shown}");
                assert!(!shown.lines().any(|line| line.starts_with("b.md")), "{name:?}: {shown}");
            }
        }
    }
}

#[test]
fn a_nul_byte_in_front_matter_is_reported_once() {
    let found = crate::common::check_bytes(b"---\ntitle: a\0b\n---\n", Layer::default());
    assert_eq!(found.iter().map(|diagnostic| diagnostic.rule.id).collect::<Vec<_>>(), ["invalid-encoding"]);
}

#[test]
fn contents_of_very_many_headings_are_not_compared() {
    let page = |headings: usize| {
        let entries: Vec<String> =
            (0..4).map(|number| format!("- [Pier {number}](#pier-{number})\n")).collect();
        let sections: Vec<String> = (0..headings).map(|number| format!("\n## Pier {number}\n")).collect();
        let (entries, sections) = (entries.concat(), sections.concat());
        format!("# Piers\n\n{entries}- [Quay](#quay)\n\n## Boats\n{sections}")
    };
    let count = |headings: usize| {
        let config = "rules: { outdated-contents: warning }\n";
        let site = Site::new().with("copydesk.yaml", config).with("a.md", page(headings));
        site.findings().iter().filter(|it| it.starts_with("outdated-contents")).count()
    };
    assert!(count(5) > 0);
    assert_eq!(count(2_500), 0);
}

#[test]
fn a_term_of_any_length_is_refused_and_many_take_no_time() {
    let long = "q".repeat(257);
    for (config, expected) in [
        (format!("spelling:\n  terms:\n    Quay: key\n    Berth: {long}\n"), "copydesk.yaml:4:5"),
        (format!("spelling:\n  terms:\n    {long}: quay\n"), "copydesk.yaml:3:5"),
        (format!("rules:\n  term:\n    names: [{long}]\n"), "copydesk.yaml:3:5"),
    ] {
        let site = Site::new().with("copydesk.yaml", config).with("a.md", "# A\n");
        let run = site.run();
        assert!(
            run.diagnostics.iter().any(|it| it.message.ends_with("is longer than 256 bytes")),
            "{expected}"
        );
        assert_eq!(findings(&run), [format!("invalid-config {expected}")]);
    }
    // With a comparison at each place of the page with each term, this would take minutes.
    let terms: String = (0..20_000)
        .map(|number| format!("    Pier{number}: [pr{number}, p r{number}]\n"))
        .collect::<Vec<_>>()
        .concat();
    let words: Vec<String> = (0..20_000).map(|number| format!("pr{number}")).collect();
    let page = format!("# A\n\n{}\n", words.join(" "));
    let listed = most_of_a_rule(page.len()) + 1;
    let site = Site::new().with("copydesk.yaml", format!("spelling:\n  terms:\n{terms}")).with("a.md", page);
    let found = site.findings();
    assert_eq!(found.iter().filter(|it| it.starts_with("term ")).count(), listed);
}

#[test]
fn unknown_rules_of_a_config_share_one_search() {
    let rules: String =
        (0..3_000).map(|number| format!("  hard-tabb{number}x: warning\n")).collect::<Vec<_>>().concat();
    let site = Site::new()
        .with("copydesk.yaml", format!("rules:\n  hard-tabb: warning\n{rules}"))
        .with("a.md", "A\n");
    let run = site.run();
    let has_help = |at: usize| format!("{:?}", run.diagnostics[at]).contains("did you mean `hard-tab`?");
    assert_eq!(run.diagnostics.len(), 3_001);
    assert!(has_help(0), "{:?}", run.diagnostics[0]);
    assert!(!has_help(3_000), "{:?}", run.diagnostics[3_000]);
}

#[test]
fn patterns_of_a_page_are_short_and_know_ascii_alone() {
    let found = |title: &str, pattern: &str| {
        let options = format!("{{ \"MD025\": {{ \"front_matter_title\": \"{pattern}\" }} }}");
        let page = format!("---\n{title}\n---\n\n# A\n\n<!-- markdownlint-configure-file {options} -->\n");
        let config = "rules: { multiple-titles: warning }\n";
        let site = Site::new().with("copydesk.yaml", config).with("a.md", page);
        site.findings().iter().any(|it| it.starts_with("multiple-titles "))
    };
    assert!(
        found("title: Quay", "^subject:") == found("title: Quay", "") && found("subject: Quay", "^subject:")
    );
    assert!(found("SUBJECT: Quay", "^[a-z]+:") && found("sujet: Quay", r"^suj\\wt:"));
    assert!(
        !found("pièce: Quay", r"^pi\\wce:")
            && found("pièce: Quay", "^pièce:")
            && found("pièce: Quay", "^pi[^x]+:")
    );
    // What is refused leaves the option as it is.
    assert_eq!(found("aaa: Quay", "(a{100}){100}"), found("aaa: Quay", "("));
    assert!(found("title: Quay", "(a{100}){100}") && found("title: Quay", r"[\\w-é]"));
}

#[test]
fn every_option_that_is_a_pattern_is_restrained_in_a_page() {
    use copydesk::rules::{RULES, markdownlint};
    let mut generator = schemars::SchemaGenerator::default();
    let mut patterns = std::collections::BTreeSet::new();
    for (index, _) in markdownlint::rules() {
        let schema = (RULES[index].schema)(&mut generator);
        let options = schema.get("properties").and_then(|it| it.as_object()).into_iter().flatten();
        let is_pattern = |option: &serde_json::Value| option.to_string().contains("\"format\":\"regex\"");
        patterns.extend(options.filter(|(_, option)| is_pattern(option)).map(|(key, _)| key.clone()));
    }
    assert_eq!(patterns.iter().collect::<Vec<_>>(), ["front_matter_title", "ignored_pattern"]);
}

#[test]
fn the_patterns_of_a_config_are_bounded_together() {
    let rule = |number: usize| {
        format!("  rule{number}:\n    avoid: ['/\\w{{20}}x{number}/', '/a(?!\\w{{10}}x)/']\n")
    };
    let config = |count: usize| format!("custom:\n{}", (0..count).map(rule).collect::<String>());
    let refused = |count: usize| {
        let run = Site::new().with("copydesk.yaml", config(count)).with("a.md", "# A\n").run();
        let message = "invalid pattern: the patterns of the config are too large together";
        run.diagnostics.iter().filter(|it| it.message == message).count()
    };
    assert_eq!(refused(2), 0);
    assert!((1..20).contains(&refused(20)));
}

#[test]
#[cfg(unix)]
fn a_data_file_that_cannot_be_read_is_not_passed_over() {
    let config = "collections:\n  b:\n    files: 'data/*.yml'\n    schema: schema.json\n";
    let site =
        Site::new().with("copydesk.yaml", config).with("schema.json", "{}").with("data/good.yml", "a: 1\n");
    fs::write(site.around.join("secret.yml"), "a: 1\n").unwrap();
    std::os::unix::fs::symlink("../../secret.yml", site.root.join("data/out.yml")).unwrap();
    std::os::unix::fs::symlink("good.yml", site.root.join("data/in.yml")).unwrap();
    let run = site.with("a.md", "# A\n").run();
    let shown: Vec<_> =
        run.diagnostics.iter().map(|it| (it.primary.path.to_str().unwrap(), &*it.message)).collect();
    assert_eq!(shown, [("data/out.yml", "cannot read `data/out.yml`: outside the site root")]);
}

#[test]
fn a_glob_of_data_files_has_an_end() {
    let config = "collections:\n  b:\n    files: 'data/**/*.yml'\n    schema: schema.json\n";
    let site = Site::new().with("copydesk.yaml", config).with("schema.json", "{}");
    let site =
        (0..20_001).fold(site, |site, number| site.with(&format!("data/{}/{number}.yml", number % 100), ""));
    let run = site.with("a.md", "# A\n").run();
    let messages: Vec<_> = run.diagnostics.iter().map(|it| &*it.message).collect();
    assert_eq!(messages, ["`data/**/*.yml` covers more than 20000 files and directories"]);
}
