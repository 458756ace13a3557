//! Names of keys, and those that hold the paths that a page had before.

/// The name of a key in lowercase, without hyphens and underscores.
pub fn plain_key(key: &str) -> String {
    key.chars().filter(|c| !matches!(c, '-' | '_')).flat_map(char::to_lowercase).collect()
}

/// Whether a key holds paths at which the page was before, by its name: `aliases`, `redirect_from`, `oldUrl`. Case, hyphens
/// and underscores do not count.
pub fn names_old_paths(key: &str) -> bool {
    let key = plain_key(key);
    let old = ["old", "former", "legacy"].iter().find_map(|it| key.strip_prefix(it));
    let is_place =
        |rest: &str| matches!(rest.strip_suffix('s').unwrap_or(rest), "url" | "path" | "link" | "permalink");
    matches!(&*key, "alias" | "aliases" | "redirectfrom") || old.is_some_and(is_place)
}

#[cfg(test)]
mod tests {
    use super::names_old_paths;

    #[test]
    fn names_say_that_paths_are_old() {
        for key in
            ["aliases", "alias", "redirect_from", "oldUrl", "old-urls", "former_path", "legacyPermalinks"]
        {
            assert!(names_old_paths(key), "{key}");
        }
        for key in ["url", "redirect_to", "previous_link", "oldest", "link"] {
            assert!(!names_old_paths(key), "{key}");
        }
    }
}
