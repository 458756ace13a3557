//! Imports go one way.

/// The modules from the ground up. A module may use those on the lines above it, and none on its own line, so that
/// there is no circle anywhere.
const LAYERS: [&[&str]; 25] = [
    &["fence", "text", "git", "paths"],
    &["data", "secrets", "disk", "history"],
    &["vfs"],
    &["discover"],
    &["markdown"],
    &["fix"],
    &["diagnostic"],
    &["front_matter"],
    &["links"],
    &["spelling"],
    &["suppress"],
    &["document"],
    &["site"],
    &["rule"],
    &["rules"],
    &["rule_docs", "sources"],
    &["config"],
    &["fingerprint"],
    &["lint", "init"],
    &["workspace"],
    &["run"],
    &["report", "check_str"],
    &["server"],
    &["baseline"],
    &["cli"],
];

fn layer(module: &str) -> usize {
    LAYERS.iter().position(|layer| layer.contains(&module)).unwrap_or_else(|| panic!("{module} has no layer"))
}

/// The modules of the crate that a source text names after `crate::`, tests left out.
fn used(text: &str) -> Vec<String> {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let code: String =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let mut used = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        if !rest.starts_with('{') {
            used.extend(name(rest));
            continue;
        }
        let mut depth = 0;
        for (at, c) in rest.char_indices() {
            match c {
                '{' => depth += 1,
                '}' => depth -= 1,
                ';' => break,
                _ => {}
            }
            if depth == 1 && matches!(c, '{' | ',') {
                used.extend(name(rest[at + 1..].trim_start()));
            }
        }
    }
    used
}

/// The identifier at the start of `text`, if it is a module's.
fn name(text: &str) -> Option<String> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    let name = &text[..end];
    (!name.is_empty() && name.starts_with(|c: char| c.is_ascii_lowercase()) && name != "declare_rule")
        .then(|| name.into())
}

#[test]
fn imports_go_one_way() {
    let root = crate::common::repo("src");
    let mut wrong = Vec::new();
    crate::common::each_source(&root, &mut |path, text| {
        let relative = path.strip_prefix(&root).expect("it lies there");
        let first = relative.iter().next().expect("it has a name").to_string_lossy().into_owned();
        let module = first.trim_end_matches(".rs");
        if matches!(module, "lib" | "main" | "internals") || relative.to_string_lossy().ends_with("tests.rs")
        {
            return;
        }
        let breaks = |used: &&String| *used != module && layer(used) >= layer(module);
        for used in used(text).iter().filter(breaks) {
            wrong.push(format!("{} uses {used}", relative.display()));
        }
    });
    crate::common::assert_none(&wrong);
}

/// What touches the disk besides the one that reads and the one that writes, and why.
const TOUCHES_DISK: [(&str, &str); 8] = [
    ("git.rs", "asks git, and looks for repositories"),
    ("git/", "reads git's own directory, which is no part of a site"),
    ("cli/cache.rs", "the running program is a part of what the cache depends on"),
    ("cli/facts.rs", "facts may come from a pipe, and are longer than any file of a site"),
    ("cli/inputs.rs", "lists of paths may come from a pipe"),
    ("cli/links.rs", "the report of a link checker may come from a pipe"),
    ("cli/report.rs", "reports to merge may come from a pipe"),
    ("cli/watch.rs", "the time of a change is no content"),
];

/// The names of what looks at the disk.
const LOOKS_AT_DISK: [&str; 9] = [
    "fs::",
    "File::open",
    ".exists()",
    ".is_file()",
    ".is_dir()",
    ".canonicalize()",
    ".symlink_metadata()",
    ".read_link()",
    ".read_dir()",
];

/// Whether a source text, tests left out, has one of some names.
fn names_any(text: &str, names: &[&str]) -> bool {
    let code = text.split("#[cfg(test)]").next().unwrap_or_default();
    let is_whole = |at: usize| !code[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    names.iter().any(|name| code.match_indices(name).any(|(at, _)| name.starts_with('.') || is_whole(at)))
}

#[test]
fn files_are_read_in_one_place_and_written_in_another() {
    let root = crate::common::repo("src");
    let (mut wrong, mut left) = (Vec::new(), TOUCHES_DISK.to_vec());
    crate::common::each_source(&root, &mut |path, text| {
        let path = path.strip_prefix(&root).expect("it is below").to_string_lossy().replace('\\', "/");
        let is_one = path == "vfs/disk.rs" || path.starts_with("disk/") || path.ends_with("tests.rs");
        if is_one || !names_any(text, &LOOKS_AT_DISK) {
            return;
        }
        left.retain(|(other, _)| !path.starts_with(other));
        if !TOUCHES_DISK.iter().any(|(other, _)| path.starts_with(other)) {
            wrong.push(format!("{path} touches the disk"));
        }
    });
    wrong.extend(left.iter().map(|(path, _)| format!("{path} is no exception any more")));
    crate::common::assert_none(&wrong);
}

#[test]
fn panics_are_caught_in_one_place() {
    let root = crate::common::repo("src");
    let mut wrong = Vec::new();
    crate::common::each_source(&root, &mut |path, text| {
        if !path.ends_with("fence.rs") && names_any(text, &["catch_unwind"]) {
            wrong.push(path.display().to_string());
        }
    });
    crate::common::assert_none(&wrong);
}

#[test]
fn only_one_folder_knows_the_markdown_parser() {
    let root = crate::common::repo("src");
    let mut wrong = Vec::new();
    crate::common::each_source(&root, &mut |path, text| {
        if text.contains("comrak") && !path.starts_with(root.join("markdown")) {
            wrong.push(path.display().to_string());
        }
    });
    crate::common::assert_none(&wrong);
}

#[test]
fn our_own_pages_are_clean() {
    let run = crate::common::check(&[&crate::common::repo("")], copydesk::config::Layer::default());
    assert!(run.files > 20, "the pages below docs/ are among them");
    assert!(run.diagnostics.is_empty() && run.errors.is_empty(), "{}", crate::common::render(&run, "full"));
}
