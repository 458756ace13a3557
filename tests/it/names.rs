//! The shape of the sources: one meaning for a type's name, short files, short functions.

use std::{collections::BTreeMap, path::Path, sync::LazyLock};

use regex::Regex;

/// Names that several modules share, and why.
const SHARED: [(&str, &str); 4] = [
    ("Folder", "one for systems that open files relative to a folder, one for the others"),
    ("Node", "of Markdown and of YAML, TOML and JSON, always written with the module"),
    ("Readers", "as `Folder`"),
    ("Shield", "one for systems with signals, one for the others"),
];

/// The most lines of a file.
const FILE: usize = 450;
/// The most lines of a function.
const FUNCTION: usize = 60;

/// Calls `visit` with the path relative to `src` and the lines of each file.
fn each_source(visit: &mut impl FnMut(&str, &[&str])) {
    let root = crate::common::repo("src");
    crate::common::each_source(&root, &mut |path: &Path, text: &str| {
        let relative = path.strip_prefix(&root).expect("it is below `src`");
        visit(&relative.to_string_lossy(), &text.lines().collect::<Vec<_>>());
    });
}

#[test]
fn a_type_that_other_modules_see_has_a_name_of_its_own() {
    static TYPE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\s*pub(?:\([^)]*\))? (?:struct|enum|trait|union) (\w+)|^pub(?:\([^)]*\))? type (\w+)")
            .unwrap()
    });
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    each_source(&mut |path, lines| {
        for (number, line) in lines.iter().enumerate() {
            if let Some(found) = TYPE.captures(line) {
                let name = found.get(1).or(found.get(2)).expect("one of them matched").as_str();
                places.entry(name.to_owned()).or_default().push(format!("{path}:{}", number + 1));
            }
        }
    });
    assert!(places.len() > 500, "the types are found: {}", places.len());
    let several = |name: &str| places.get(name).is_some_and(|places| places.len() > 1);
    let is_shared = |name: &str| SHARED.iter().any(|(shared, _)| *shared == name);
    let wrong: Vec<String> = places
        .iter()
        .filter(|(name, _)| several(name) && !is_shared(name))
        .map(|(name, places)| format!("{name}: {}", places.join(", ")))
        .collect();
    crate::common::assert_none(&wrong);
    for (name, _) in SHARED {
        assert!(several(name), "{name} is not shared any more");
    }
}

#[test]
fn files_and_functions_are_short() {
    static HEAD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(\s*)(?:pub(?:\([^)]*\))? )?(?:const )?fn (\w+)").expect("the pattern is valid")
    });
    let mut wrong = Vec::new();
    let mut functions = 0;
    each_source(&mut |path, lines| {
        if lines.len() > FILE {
            wrong.push(format!("{path} has {} lines", lines.len()));
        }
        for (start, line) in lines.iter().enumerate() {
            let Some(found) = HEAD.captures(line) else { continue };
            functions += 1;
            let end = format!("{}}}", &found[1]);
            let length = lines[start..].iter().position(|line| *line == end).map_or(1, |end| end + 1);
            if length > FUNCTION && !line.ends_with(['}', ';']) {
                wrong.push(format!("{path}:{}: {} has {length} lines", start + 1, &found[2]));
            }
        }
    });
    assert!(functions > 3000, "the functions are found: {functions}");
    crate::common::assert_none(&wrong);
}
