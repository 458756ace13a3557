//! `copydesk facts` and `check --site-facts`: runs that do not have all pages find what a run over all of them finds.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use copydesk::{
    diagnostic::Diagnostic,
    report::{Format, Mergeable, RenderOptions, reporter},
    run::{self, Batch, Options, PageText, PlacedFacts, Run, SiteFacts},
    vfs::Memory,
};

use proptest::prelude::*;

use crate::common::{
    TODAY, cases, entries, repo,
    sandbox::{copydesk, copydesk_reading, site},
};

fn lines(run: &Run) -> String {
    let format: Format = "json-lines".parse().expect("the format exists");
    let mut out = Vec::new();
    reporter(format, RenderOptions::default()).report(run, &mut out).expect("memory can be written");
    String::from_utf8(out).expect("reports are text")
}

/// The facts of a folder, or of a shard of its pages.
fn facts_of(folder: &Path, shard: Option<(usize, usize)>) -> Vec<u8> {
    let shard = shard.map(|(number, count)| format!("{number}/{count}").parse().expect("it is a shard"));
    let mut out = Vec::new();
    let options = Options { shard, ..Options::on_disk(folder.to_owned(), TODAY) };
    let run = run::write_facts(&options, &mut out).expect("memory can be written");
    assert!(run.broken_config || run.errors.is_empty(), "{:?}", run.errors);
    out
}

/// The facts of all shards, joined in an order of their own.
fn merged(folder: &Path, count: usize) -> Vec<u8> {
    let mut parts: Vec<Vec<u8>> = (1..=count).map(|number| facts_of(folder, Some((number, count)))).collect();
    parts.rotate_left(count / 2);
    parts[1..].reverse();
    let mut out = Vec::new();
    run::merge_facts(parts.iter().map(Vec::as_slice).collect(), &mut out).expect("they are of one site");
    out
}

fn placed(facts: &[u8], folder: &Path) -> PlacedFacts {
    PlacedFacts::new(SiteFacts::read(facts).expect("they are facts"), folder)
}

/// The findings of a shard where no page of another one is at hand.
fn check_shard(folder: &Path, facts: &PlacedFacts, number: usize, count: usize) -> Run {
    let shard: run::Shard = format!("{number}/{count}").parse().expect("it is a shard");
    let files = crate::common::files(folder);
    let here = files.iter().filter(|path| shard.has(path.strip_prefix(folder).expect("it is below")));
    let contents: Vec<(PathBuf, Vec<u8>)> =
        here.map(|path| (path.clone(), fs::read(path).expect("it can be read"))).collect();
    let texts = Memory::new(contents.iter().map(|(path, bytes)| (path.clone(), &**bytes)));
    let options = Options { shard: Some(shard), ..Options::on_disk(folder.to_owned(), TODAY) };
    run::check(&facts.apply(Arc::new(texts), options))
}

/// Compares a run over a folder with two passes over shards of it, and with a batch of all pages.
fn require_equal(folder: &Path, count: usize) {
    let whole = run::check(&Options::on_disk(folder.to_owned(), TODAY));
    if whole.broken_config {
        return;
    }
    let facts = merged(folder, count);
    assert!(facts == facts_of(folder, None), "{}, {count}", folder.display());
    let facts = placed(&facts, folder);
    let reports: Vec<String> =
        (1..=count).map(|number| lines(&check_shard(folder, &facts, number, count))).collect();
    let reports: Vec<&str> = reports.iter().map(String::as_str).collect();
    let expected = lines(&whole);
    let merged = Mergeable::JsonLines.merge(&reports).expect("they are parts of one run");
    assert!(merged == expected, "{}, {count}: {merged}\n{expected}", folder.display());
    require_equal_batch(folder, &facts, &whole);
}

/// Compares the findings in pages.
fn require_equal_batch(folder: &Path, facts: &PlacedFacts, whole: &Run) {
    let nothing = Options { current: folder.to_owned(), ..Options::in_memory(folder, [], TODAY) };
    let texts = Arc::clone(&nothing.files);
    let batch = Batch::open(&facts.apply(texts, nothing)).expect("the config is valid");
    let files = crate::common::files(folder);
    let pages = files.iter().filter_map(|path| {
        let text = fs::read_to_string(path).ok()?;
        let relative = path.strip_prefix(folder).expect("it is below").to_str()?;
        Some(PageText { path: batch.path_of(relative).ok()?, text })
    });
    let pages: Vec<PageText> = pages.collect();
    let runs = batch.check(&pages);
    let in_pages: BTreeSet<String> = runs.iter().flat_map(|run| owned_lines(&lines(run))).collect();
    let checked = pages.iter().zip(&runs).filter(|(_, run)| run.files == 1);
    let asked: BTreeSet<PathBuf> = checked.map(|(page, _)| page.path.to_path_buf()).collect();
    let expected = whole.diagnostics.iter().zip(owned_lines(&lines(whole)));
    // One finding of the whole site is at the first page with such a link.
    let is_of_site = |it: &Diagnostic| it.message.contains("not verified: files are missing");
    let expected = expected.filter(|(it, _)| asked.contains(&*it.primary.path) && !is_of_site(it));
    let expected: BTreeSet<String> = expected.map(|(_, line)| line).collect();
    assert_eq!(in_pages, expected, "{}", folder.display());
}

fn owned_lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

#[test]
fn two_passes_find_what_one_run_finds() {
    let folders = entries(&repo("fixtures/sites")).into_iter().filter(|folder| folder.is_dir());
    for (folder, count) in folders.zip((2..=16).cycle()) {
        require_equal(&folder, count);
    }
}

#[test]
fn the_commands_work_together() {
    let files = [
        ("copydesk.yaml", "collections: { posts: { files: 'p/*.md', unique: [title] } }\n"),
        ("p/a.md", "---\ntitle: Élan at the quay\n---\n\nSee [the tides](tides.md#high).\n"),
        ("p/b.md", "---\ntitle: Élan at the quay\n---\n\nSee [the tides](tide.md).\n"),
        ("p/tides.md", "# High\n\nWater.\n"),
    ];
    let folder = site("facts-commands", &files);
    let parts = [3, 1, 2].map(|number| {
        let (code, facts, err) = copydesk(&folder, &["facts", "--shard", &format!("{number}/3")]);
        assert_eq!((code, &*err), (Some(0), ""));
        let file = format!("../facts-{number}.jsonl");
        fs::write(folder.join(&file), facts).expect("the folder can be written");
        file
    });
    let [one, two, three] = &parts;
    let (code, facts, err) = copydesk(&folder, &["facts", "merge", one, two, three]);
    assert_eq!((code, &*err), (Some(0), ""));
    fs::write(folder.join("../facts.jsonl"), facts).expect("the folder can be written");
    let whole = copydesk(&folder, &["check", "--format", "json"]);
    assert_eq!(whole.0, Some(1));
    let known = copydesk(&folder, &["check", "--format", "json", "--site-facts", "../facts.jsonl"]);
    assert_eq!((known.0, &known.1, &*known.2), (Some(1), &whole.1, ""));

    let page = serde_json::json!({ "path": "p/b.md", "text": files[2].1 }).to_string() + "\n";
    let arguments = ["check", "--stdin-batch", "--site-facts", "../facts.jsonl"];
    let (code, out, err) = copydesk_reading(&folder, &arguments, page.as_bytes());
    assert_eq!((code, &*err), (Some(1), ""));
    assert!(out.contains("broken-link") && out.contains("duplicate-value"), "{out}");
    assert!(out.contains(r#""file":"p/a.md","range":{"start":{"line":2,"column":8"#), "{out}");

    let (code, _, err) = copydesk(&folder, &["check", "--site-facts", one]);
    assert_eq!((code, err.contains("of 3 shards, these are missing: 1, 2")), (Some(2), true), "{err}");
}

#[test]
fn sites_beside_each_other_are_checked_together() {
    let files = [
        ("guide/copydesk.yaml", "rules: {}\n"),
        ("guide/a.md", "We recieve mail.\n"),
        ("news/copydesk.yaml", "rules: {}\n"),
        ("news/b.md", "See [mail](a.md).\n"),
        ("c.md", "The the quay.\n"),
    ];
    let folder = site("facts-beside", &files);
    let [one, two] = ["guide", "news"].map(|name| {
        let (code, facts, err) = copydesk(&folder, &["facts", name]);
        assert_eq!((code, &*err), (Some(0), ""));
        let file = format!("../facts-beside-{name}.jsonl");
        fs::write(folder.join(&file), facts).expect("the folder can be written");
        file
    });
    let (code, both, err) = copydesk(&folder, &["facts", "merge", &two, &one]);
    assert_eq!((code, &*err), (Some(0), ""));
    assert_eq!(both, copydesk(&folder, &["facts", "news", "guide"]).1);
    fs::write(folder.join("../facts-beside.jsonl"), both).expect("the folder can be written");
    let known = copydesk(&folder, &["check", "--site-facts", "../facts-beside.jsonl", "--format", "json"]);
    assert_eq!(known, copydesk(&folder, &["check", "guide", "news", "--format", "json"]));
}

/// A small site that has something of most kinds of facts.
fn sample(name: &str) -> PathBuf {
    let files = [
        ("copydesk.yaml", "collections: { posts: { files: 'p/*.md', unique: [title] } }\n"),
        (
            "p/a.md",
            "---\ntitle: Quay\ntags: [boats, {a: 1.5}]\n---\n\n# Hïgh\n\nSee [tides](tides.md#high) by Marwen.\n",
        ),
        (
            "p/b.md",
            "---\ntitle: Quay\n---\n\n<!-- copydesk-disable-next-line -->\nMarwen sees [tides](tides.md#hig).\n",
        ),
        ("p/tides.md", "# High\n\nMarwen's watr. [^1]\n\n[^1]: <https://quay.example/a#b>\n\n{% tag %}\n"),
    ];
    site(name, &files)
}

/// Reads facts and checks all pages of a folder with them. Gives why that cannot be done, or the rules that found
/// something.
fn check_with(facts: &[u8], folder: &Path) -> Result<Vec<&'static str>, String> {
    let facts = SiteFacts::read(facts).map_err(|error| error.to_string())?;
    let batch = Batch::in_sites(facts, folder, TODAY).map_err(|run| format!("{:?}", run.errors))?;
    let files = crate::common::files(folder);
    let pages = files.iter().filter_map(|path| {
        let relative = path.strip_prefix(folder).ok()?.to_str()?;
        Some(PageText { path: batch.path_of(relative).ok()?, text: fs::read_to_string(path).ok()? })
    });
    let runs = batch.check(&pages.collect::<Vec<_>>());
    Ok(runs.iter().flat_map(|run| &run.diagnostics).map(|it| it.rule.id).collect())
}

#[test]
fn facts_that_are_cut_short_are_refused() {
    let folder = sample("facts-short");
    let whole = facts_of(&folder, None);
    assert!(check_with(&whole, &folder).expect("they are whole").contains(&"duplicate-value"));
    let line_ends = whole.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
    for end in (0..whole.len()).step_by(97).chain(line_ends.filter(|end| *end < whole.len())) {
        let error = SiteFacts::read(&whole[..end]).map(|_| end).expect_err("something is missing");
        let error = error.to_string();
        assert!(error.starts_with("line ") || error.starts_with("incomplete"), "{error}");
    }
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn facts_that_are_made_up_do_no_harm(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0_usize..8), 1..4)
    ) {
        static FACTS: OnceLock<(PathBuf, String)> = OnceLock::new();
        let (folder, facts) = FACTS.get_or_init(|| {
            let folder = sample("facts-made-up");
            let facts = String::from_utf8(facts_of(&folder, None)).expect("they are text");
            (folder, facts)
        });
        let mut text = facts.clone();
        for (index, with) in edits {
            // Only numbers and letters within values, so that most results are records.
            let places: Vec<usize> = text.match_indices(|c: char| c.is_ascii_digit()).map(|(at, _)| at).collect();
            let at = places[index.index(places.len())];
            let end = at + text[at..].find(|c: char| !c.is_ascii_digit()).unwrap_or(1);
            let with = ["0", "1", "2", "65535", "4294967294", "4294967295", "18446744073709551615", "9a"][with];
            text.replace_range(at..end, with);
        }
        match check_with(text.as_bytes(), folder) {
            Ok(rules) => prop_assert!(!rules.contains(&"internal-error"), "{}", text),
            Err(error) => prop_assert!(!error.contains("Marwen"), "{}", error),
        }
    }
}

#[test]
fn facts_that_do_not_belong_together_are_refused() {
    let folder = sample("facts-apart");
    let merge = |parts: &[&[u8]]| {
        let mut out = Vec::new();
        run::merge_facts(parts.to_vec(), &mut out).map(|()| out).map_err(|error| error.to_string())
    };
    let [one, two] = [1, 2].map(|number| facts_of(&folder, Some((number, 2))));
    let whole = facts_of(&folder, None);
    assert_eq!(merge(&[&two, &one, &two]), Ok(whole.clone()));
    assert_eq!(merge(&[&whole]), Ok(whole.clone()));
    let partly = merge(&[&one]).expect("the other may come later");
    assert_eq!(merge(&[&partly, &two]), Ok(whole.clone()));
    let refused = |other: &[u8]| merge(&[&one, other]).expect_err("they do not fit");
    assert!(refused(&whole).contains("the number of shards differs"));

    let edited = |from: &str, to: &str| {
        let text = String::from_utf8(two.clone()).expect("facts are text");
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1).into_bytes()
    };
    let version = env!("CARGO_PKG_VERSION");
    assert!(refused(&edited(version, "0.0.1")).contains("another version of copydesk, `0.0.1`"));
    assert!(refused(&edited("discovered", "none")).contains("chosen in another way"));
    assert!(refused(b"{}\n").contains("not a file of facts"));
    assert!(refused(b"").contains("empty file"));
    fs::write(folder.join("copydesk.yaml"), "collections: { posts: { files: 'p/*.md' } }\n")
        .expect("the folder can be written");
    assert!(refused(&facts_of(&folder, Some((2, 2)))).contains("the config or the list of pages differs"));
}

#[test]
fn paths_in_facts_stay_in_the_site() {
    let folder = sample("facts-outside");
    fs::write(folder.join("../facts-outside.md"), "Secret watr.\n").expect("the folder can be written");
    let facts = String::from_utf8(facts_of(&folder, None)).expect("they are text");
    for path in ["../facts-outside.md", "/etc/passwd", "p/../../facts-outside.md", "p//a.md", "", "./p/a.md"]
    {
        let named = facts.replace("\"path\":\"p/a.md\"", &format!("\"path\":\"{path}\""));
        assert_ne!(named, facts);
        let error =
            SiteFacts::read(named.as_bytes()).map(|_| ()).expect_err("it is not in the site").to_string();
        assert!(error.contains("a path is empty, too long, or outside the site root"), "{path}: {error}");
    }
    #[cfg(unix)]
    {
        fs::remove_file(folder.join("p/a.md")).expect("it is there");
        std::os::unix::fs::symlink("../../facts-outside.md", folder.join("p/a.md")).expect("it can be made");
        fs::write(folder.join("../facts-outside.jsonl"), facts).expect("the folder can be written");
        let (code, out, err) = copydesk(&folder, &["check", "--site-facts", "../facts-outside.jsonl"]);
        assert_eq!(code, Some(2));
        assert!(
            err.contains("symlink points outside the site root") && !out.contains("Secret"),
            "{err}{out}"
        );
    }
}

#[test]
fn facts_have_no_secrets() {
    let page = "---\nlink: https://ann:hunter2pw@quay.example/a\n---\n\njdbc:postgresql://eve:t1d3Gate88x@quay.example/a\n\n<https://quay.example/?access_token=s3cr3tTok3n99>\n";
    let files = [
        ("copydesk.yaml", "site: { url: 'https://bob:pa55w0rdx@quay.example/' }\n"),
        ("a.md", page),
        ("b.md", "Fine.\n"),
    ];
    let folder = site("facts-secrets", &files);
    let facts = facts_of(&folder, None);
    let text = String::from_utf8_lossy(&facts);
    for secret in ["hunter2pw", "s3cr3tTok3n99", "pa55w0rdx", "t1d3Gate88x"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
    assert!(text.contains("\"path\":\"a.md\""), "{text}");
    check_with(&facts, &folder).expect("they are facts");
}

#[test]
fn pages_of_a_stream_link_to_each_other() {
    let lines = [
        serde_json::json!({ "path": "a.md", "text": "See [the tides](b.md#high), [low](b.md#low) and ![map](map.png).\n" }),
        serde_json::json!({ "path": "b.md", "text": "# High\n\nSee [nothing](c.md).\n" }),
        serde_json::json!({ "path": "map.png" }),
    ];
    let stream: String = lines.iter().flat_map(|line| [line.to_string(), "\n".to_owned()]).collect();
    let folder = site("facts-stream", &[("b.md", "What is on disk is not part of the stream.\n")]);
    let arguments = ["facts", "--no-config", "--stdin-batch"];
    let (code, facts, err) = copydesk_reading(&folder, &arguments, stream.as_bytes());
    assert_eq!((code, &*err), (Some(0), ""));
    fs::write(folder.join("../facts-stream.jsonl"), facts).expect("the folder can be written");
    let pages: String = lines[..2].iter().flat_map(|line| [line.to_string(), "\n".to_owned()]).collect();
    let arguments = [
        "check",
        "--stdin-batch",
        "--site-facts",
        "../facts-stream.jsonl",
        "--select",
        "broken-link,broken-anchor,broken-image",
    ];
    let (_, out, err) = copydesk_reading(&folder, &arguments, pages.as_bytes());
    assert_eq!(err, "");
    let found: Vec<_> = out
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("it is JSON"))
        .map(|it| {
            format!("{} {}", it["file"].as_str().unwrap_or_default(), it["rule"].as_str().unwrap_or_default())
        })
        .collect();
    assert_eq!(found, ["a.md broken-anchor", "b.md broken-link"]);

    let bad = "{\"path\": \"../a.md\", \"text\": \"\"}\n";
    let (code, out, err) = copydesk_reading(&folder, &["facts", "--stdin-batch"], bad.as_bytes());
    assert_eq!((code, &*out), (Some(2), ""));
    assert!(err.contains("standard input: line 1: `path` is outside the site root"), "{err}");
}
