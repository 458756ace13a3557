//! Does `copydesk init` learn what a site's pages have in common, and nothing else?

use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use copydesk::config::Layer;

use crate::common::assert_snapshot;

/// A site of twelve posts, five keepers and a list of topics.
fn harbour(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("init").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("what the last run left can be removed");
    }
    fs::create_dir_all(folder.join(".git")).expect("the target folder can be written");
    write(&folder, "README.md", "# Harbour\n");
    write(
        &folder,
        "data/topics.yaml",
        "topics:\n- { key: t-1, name: Tides }\n- { key: t-2, name: Boats }\n- { key: t-3, name: People }\n",
    );
    for keeper in KEEPERS {
        let text = format!("---\nkeeper: {keeper}\nberth: north\n---\n\nKeeps a boat.\n");
        write(&folder, &format!("keepers/{}.md", keeper.to_lowercase()), &text);
    }
    for day in 1..=12 {
        write(&folder, &format!("posts/day-{day:02}.md"), &post(day));
    }
    folder
}

const KEEPERS: [&str; 5] = ["Mira", "Jon", "Ada", "Ruth", "Olav"];

/// A post of the harbour, by its number.
fn post(day: usize) -> String {
    let mut text = format!("---\ntitle: What day {day} brought\ndate: 2024-01-{day:02}\n");
    let _ = writeln!(text, "slug: day-{day:02}\nauthor: {}", KEEPERS[day % KEEPERS.len()]);
    let _ = writeln!(text, "status: {}", ["open", "shut"][day % 2]);
    let (key, name) = [("t-1", "Tides"), ("t-2", "Boats"), ("t-3", "People")][day % 3];
    let _ = writeln!(text, "topic: {{ key: {key}, name: {name} }}\n---\n\nThe harbour was calm.");
    text
}

fn write(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("it is in a folder")).expect("the folder can be written");
    fs::write(path, text).expect("the folder can be written");
}

fn init(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
    command.current_dir(folder).arg("init").args(arguments).env("SOURCE_DATE_EPOCH", "1717243200");
    command.output().expect("the binary was built")
}

fn stdout(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The rules of errors and warnings in a folder.
fn reported(folder: &Path) -> Vec<&'static str> {
    let run = crate::common::check(&[folder], Layer::default());
    run.diagnostics.iter().map(|diagnostic| diagnostic.rule.id).collect()
}

#[test]
fn a_config_is_inferred_that_the_site_agrees_with() {
    let folder = harbour("agrees");
    let output = init(&folder, &["--yes"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let read = |path: &str| fs::read_to_string(folder.join(path)).expect("it was written");
    assert_snapshot("tests/it/init/config.snap", &read("copydesk.yaml"));
    assert_snapshot("tests/it/init/schema.snap", &read("schemas/posts.schema.json"));
    assert_eq!(reported(&folder), [] as [&str; 0]);
}

#[test]
fn a_baseline_accepts_what_the_first_check_finds() {
    let folder = harbour("baseline");
    write(&folder, "posts/day-01.md", &post(1).replace("calm.", "calm. See [the pier](pier.md)."));
    let output = init(&folder, &["--yes", "--baseline"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let text = stdout(&output);
    assert!(text.contains("wrote copydesk-baseline.json with 1 finding\n"), "{text}");
    let check = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_copydesk"));
        command.current_dir(&folder).args(["check", "--format", "concise"]);
        stdout(&command.env("SOURCE_DATE_EPOCH", "1717243200").output().expect("the binary was built"))
    };
    let before = check();
    assert!(!before.contains("broken-link"), "{before}");
    write(&folder, "posts/day-02.md", &post(2).replace("calm.", "calm. See [the quay](quay.md)."));
    let after = check();
    assert!(after.contains("day-02.md:10:38: error[broken-link]"), "{after}");
    assert!(!after.contains("pier"), "{after}");
}

#[test]
fn what_does_not_agree_is_found_afterwards() {
    let folder = harbour("planted");
    assert_eq!(init(&folder, &["--yes"]).status.code(), Some(0));
    let plant = |day: usize, from: &str, to: &str| {
        let text = post(day);
        assert!(text.contains(from), "{from} is not in the post");
        write(&folder, &format!("posts/day-{day:02}.md"), &text.replace(from, to));
    };
    plant(1, "status:", "statsu:");
    plant(2, "2024-01-02", "2024-02-30");
    plant(3, "title: What day 3 brought\n", "");
    plant(4, "key: t-2", "key: t-9");
    plant(7, "key: t-2", "key: t-1");
    plant(5, "status: shut", "status: shutt");
    plant(6, "author: Jon", "author: Joan");
    plant(8, "slug: day-08", "slug: day-07");
    let mut rules = reported(&folder);
    rules.sort_unstable();
    rules.dedup();
    let expected = [
        "category-mismatch",
        "duplicate-value",
        "invalid-date",
        "invalid-value",
        "missing-key",
        "unknown-key",
        "unknown-reference",
    ];
    assert_eq!(rules, expected);
}

#[test]
fn outliers_are_shown_and_not_learned() {
    let folder = harbour("outliers");
    let wrong = post(1).replace("status:", "Status:");
    write(&folder, "posts/day-01.md", &wrong);
    let shown = stdout(&init(&folder, &["--yes"]));
    assert!(shown.contains("unusual: posts/day-01.md: `Status` is on 1 page, `status` on 11"), "{shown}");
    let schema = fs::read_to_string(folder.join("schemas/posts.schema.json")).expect("it was written");
    assert!(!schema.contains("Status"), "{schema}");
}

#[test]
fn nothing_is_written_without_consent_or_over_a_file() {
    let folder = harbour("consent");
    let files = crate::common::files(&folder);
    let dry = init(&folder, &["--dry-run", "--ci", "github"]);
    assert!(stdout(&dry).contains("--- .github/workflows/copydesk.yml"), "{}", stdout(&dry));
    assert_eq!(init(&folder, &[]).status.code(), Some(2), "nobody can be asked");
    write(&folder, ".gitlab-ci.yml", "pages: {}\n");
    assert_eq!(init(&folder, &["--yes", "--ci", "gitlab"]).status.code(), Some(2));
    fs::remove_file(folder.join(".gitlab-ci.yml")).expect("it was written");
    assert_eq!(crate::common::files(&folder), files);
    assert_eq!(init(&folder, &["--yes"]).status.code(), Some(0));
    assert_eq!(init(&folder, &["--yes"]).status.code(), Some(2), "there is a config now");
}

#[cfg(unix)]
#[test]
fn no_folder_is_made_through_a_link() {
    let folder = harbour("link");
    let outside = folder.with_file_name("outside");
    fs::create_dir_all(&outside).expect("the target folder can be written");
    std::os::unix::fs::symlink(&outside, folder.join("schemas")).expect("a link can be made");
    assert_eq!(init(&folder, &["--yes"]).status.code(), Some(2));
    assert_eq!(fs::read_dir(&outside).expect("it is a folder").count(), 0);
}

/// The name of a folder ends no comment of the config.
#[cfg(unix)]
#[test]
fn a_folder_writes_no_line_of_the_config() {
    let folder = harbour("line-breaks");
    let site = "quay\nrules: {broken-link: off}\u{2028}x\r";
    write(&folder, &format!("{site}/hugo.toml"), "title = 'Quay'\n");
    for number in 1..=5 {
        let page = format!("{site}/content/posts/{number}.md");
        write(&folder, &page, &format!("---\ntitle: Post {number}\n---\n\nThe quay was empty.\n"));
    }
    assert_eq!(init(&folder, &["--yes"]).status.code(), Some(0));
    let config = fs::read_to_string(folder.join("copydesk.yaml")).expect("it was written");
    let note =
        "# Site generator: hugo, by `quay\u{fffd}rules: {broken-link: off}\u{fffd}x\u{fffd}/hugo.toml`.\n";
    assert!(config.contains(note), "{config}");
    assert!(!config.contains("\nrules:"), "{config}");
    assert_eq!(reported(&folder), [] as [&str; 0]);
}

#[test]
fn secrets_are_neither_learned_nor_shown() {
    let folder = harbour("secrets");
    for day in 1..=12 {
        let secrets = [
            ("feed", "https://mira:Ebb4ndFl0w@harbour-office.org/"),
            ("api_token", "Kx81pQvL0tTn3WsY5"),
            ("list", "https://harbour-office.org/feed?access_token=Qm27zRk9LwX4vB"),
        ];
        let lines = secrets.map(|(key, value)| format!("{key}: {value}\n")).concat();
        let wrong = if day == 1 { "api_toke: Kx81pQvL0tTn3WsY5\n" } else { "" };
        let text = post(day).replace("status:", &format!("{lines}{wrong}status:"));
        write(&folder, &format!("posts/day-{day:02}.md"), &text);
    }
    let shown = init(&folder, &["--dry-run"]);
    let shown = String::from_utf8_lossy(&[shown.stdout, shown.stderr].concat()).into_owned();
    assert!(shown.contains("api_token"), "{shown}");
    for secret in ["Ebb4ndFl0w", "Kx81pQvL0tTn3WsY5", "Qm27zRk9LwX4vB"] {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[test]
fn pages_beside_a_folder_of_others_are_a_collection_without_it() {
    let folder = harbour("beside");
    for number in 1..=6 {
        write(&folder, &format!("notes/note-{number}.md"), "---\nmood: calm\nwind: west\n---\n\nA note.\n");
        write(&folder, &format!("notes/log/log-{number}.md"), "---\nsea: high\ncrew: three\n---\n\nA log.\n");
    }
    assert_eq!(init(&folder, &["--yes"]).status.code(), Some(0));
    let config = fs::read_to_string(folder.join("copydesk.yaml")).expect("it was written");
    assert!(config.contains("files: \"notes/*.md\""), "{config}");
    assert!(config.contains("files: \"notes/log/**/*.md\""), "{config}");
    assert_eq!(reported(&folder), [] as [&str; 0]);
}

#[test]
fn a_page_of_another_kind_beside_a_folder_is_not_measured_by_it() {
    let folder = harbour("stray");
    fs::remove_dir_all(folder.join("keepers")).expect("it was written");
    write(&folder, "about.md", "---\nlayout: wide\n---\n\nThe harbour.\n");
    write(&folder, "posts/drafts/idea.md", "---\nlayout: wide\n---\n\nAn idea.\n");
    assert_eq!(init(&folder, &["--yes"]).status.code(), Some(0));
    let config = fs::read_to_string(folder.join("copydesk.yaml")).expect("it was written");
    assert!(config.contains("files: \"posts/**/*.md\""), "{config}");
    assert!(config.contains("exclude: posts/drafts/idea.md"), "{config}");
    assert_eq!(reported(&folder), [] as [&str; 0]);
}

/// A folder that is a page with its files is that page in every language, and its other files are no pages.
#[test]
fn bundles_are_pages_in_every_language() {
    let folder = harbour("bundles");
    fs::remove_dir_all(folder.join("posts")).expect("it was written");
    for day in 1..=12 {
        write(&folder, &format!("posts/day-{day:02}/index.md"), &post(day));
    }
    write(&folder, "posts/day-12/index.pt-br.md", &post(12).replace("slug: day-12", "slug: dia-12"));
    write(&folder, "posts/day-12/chart.md", "A table that the page includes.\n");
    write(&folder, "posts/_index.md", "---\ntitle: All days\n---\n");
    write(&folder, "posts/_index.pt-br.md", "---\ntitle: Todos os dias\n---\n");
    for keeper in KEEPERS {
        fs::remove_file(folder.join(format!("keepers/{}.md", keeper.to_lowercase())))
            .expect("it was written");
        let text = format!("---\nkeeper: {keeper}\nberth: north\n---\n");
        write(&folder, &format!("keepers/{}/_index.md", keeper.to_lowercase()), &text);
    }
    write(&folder, "keepers/_index.md", "---\ntitle: Keepers\n---\n");
    let shown = stdout(&init(&folder, &["--yes"]));
    assert!(shown.contains("posts: 13 pages in posts/**/*.md\n"), "{shown}");
    assert!(shown.contains("keepers: 5 pages in keepers/**/*.md\n"), "{shown}");
    assert_eq!(reported(&folder), [] as [&str; 0]);
    write(&folder, "keepers/mira/_index.md", "---\nkeper: Mira\nberth: north\n---\n");
    assert!(reported(&folder).contains(&"missing-key"));
}

/// What wrong letters seldom make: another first letter, another number.
#[test]
fn values_that_are_alike_on_purpose_are_learned() {
    let folder = harbour("alike");
    for day in 1..=30 {
        let licence = ["MIT", "GPL-3.0-only", "GPL-3.0-only", "GPL-3.0-only", "GPL-3.0-only"][day % 5];
        let (licence, tide) = match day {
            7 | 8 => ("AGPL-3.0-only", "tide-2024"),
            _ => (licence, "tide-2023"),
        };
        let text =
            post(day % 12 + 1).replace("status:", &format!("licence: {licence}\ntide: {tide}\nstatus:"));
        let text = text.replace("slug: day", &format!("slug: d{day}"));
        write(&folder, &format!("posts/day-{day:02}.md"), &text);
    }
    let shown = stdout(&init(&folder, &["--yes"]));
    assert!(!shown.contains("unusual"), "{shown}");
    let schema = fs::read_to_string(folder.join("schemas/posts.schema.json")).expect("it was written");
    assert!(schema.contains("\"AGPL-3.0-only\"") && schema.contains("\"tide-2024\""), "{schema}");
}

#[test]
fn a_config_of_another_tool_that_cannot_be_read_stops_nothing() {
    let folder = harbour("script");
    write(&folder, ".markdownlint-cli2.mjs", "export default {};\n");
    let output = init(&folder, &["--yes"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let config = fs::read_to_string(folder.join("copydesk.yaml")).expect("it was written");
    let note = "# Not read: .markdownlint-cli2.mjs: JavaScript configs are not supported.\n";
    assert!(config.contains(note), "{config}");
    assert_eq!(reported(&folder), [] as [&str; 0]);
}

#[test]
fn pages_that_are_something_else_are_left_out() {
    let folder = harbour("left-out");
    let cms = "backend: { name: git }\ncollections:\n  - name: notices\n    folder: posts/notices\n    create: true\n    \
               fields:\n      - { name: berth, widget: string }\n";
    write(&folder, "static/admin/config.yml", cms);
    for number in 1..=3 {
        write(&folder, &format!("posts/notices/n{number}.md"), "---\nberth: north\n---\n\nClosed.\n");
        write(&folder, &format!("posts/parts/p{number}.md"), "The tide table.\n");
    }
    write(&folder, "posts/CODE_OF_CONDUCT.md", "Be kind.\n");
    assert_eq!(init(&folder, &["--yes"]).status.code(), Some(0));
    let config = fs::read_to_string(folder.join("copydesk.yaml")).expect("it was written");
    let exclude = "exclude: [posts/CODE_OF_CONDUCT.md, \"posts/notices/**\", \"posts/parts/**\"]";
    assert!(config.contains("# 12 pages.") && config.contains(exclude), "{config}");
    assert_eq!(reported(&folder), [] as [&str; 0]);
}

#[test]
fn names_of_files_and_keys_in_another_case_are_no_vocabulary() {
    let folder = harbour("files");
    for day in 1..=40 {
        let picture = ["ebb.png", "flood.png"][day % 2];
        let berth = if day % 12 == 0 { "Berth" } else { "berth" };
        let text =
            format!("picture: {picture}\nlayout: post\n{berth}: north\nnext: day-{:02}\n", day % 40 + 1);
        let post = post(day % 12 + 1).replace("slug: day", &format!("slug: d{day}"));
        write(
            &folder,
            &format!("posts/day-{day:02}.md"),
            &post.replace("status:", &format!("{text}status:")),
        );
    }
    let shown = stdout(&init(&folder, &["--yes"]));
    assert!(!shown.contains("unusual"), "{shown}");
    let read = |path: &str| fs::read_to_string(folder.join(path)).expect("it was written");
    let schema = read("schemas/posts.schema.json");
    for value in ["ebb.png", "\"post\""] {
        assert!(!schema.contains(value), "{value} is in {schema}");
    }
    assert!(schema.contains("\"Berth\""), "{schema}");
    // A page of the folder names the next one.
    let config = read("copydesk.yaml");
    assert!(config.contains("next: { files: \"posts/**/*.md\" }"), "{config}");
}

#[test]
fn the_rules_of_markdownlint_stay() {
    let folder = harbour("markdownlint");
    write(&folder, ".markdownlint.yaml", "default: true\nMD013: false\n");
    assert_eq!(init(&folder, &["--yes"]).status.code(), Some(0));
    let config = fs::read_to_string(folder.join("copydesk.yaml")).expect("it was written");
    assert!(config.contains("\nextends: [markdownlint, content]\n"), "{config}");
    // Which release of markdownlint the site uses is not known, and only the newest have this rule.
    assert!(config.contains("line-length: off") && config.contains("table-style: off"), "{config}");
}
