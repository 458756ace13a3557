//! Nuxt Content.
//!
//! Source: the transformer `path-meta` of Nuxt Content 3, which is that of 2.

use std::sync::Arc;

use super::{
    Generator, GeneratorLink, GeneratorSupport, LinkReading, Otherwise, PageSource, Route, Setup, SiteKind,
    Start, Survey, script::Script,
};
use crate::{
    markdown::DialectName,
    site::urls::{RouteForm, join, parent},
    text::SlugStyle,
};

pub(super) static NUXT: GeneratorSupport = GeneratorSupport {
    kind: SiteKind::Nuxt,
    configs: &["nuxt.config.ts", "nuxt.config.js", "nuxt.config.mjs"],
    variant: None,
    is_config: |folder, _| folder.depends_on("@nuxt/content") || folder.has("content.config.ts"),
    sign: |_| None,
    dialects: &[
        DialectName::Templates,
        DialectName::MathBlocks,
        DialectName::Alerts,
        DialectName::Directives,
        DialectName::Mdc,
        DialectName::NoIndentedCode,
    ],
    setup,
};

#[derive(Debug)]
struct Nuxt;

fn setup(setup: &mut Setup<'_>) -> Arc<dyn Generator> {
    setup.defaults(&[("content", "")], &["public"], RouteForm::Any, SlugStyle::NuxtContent);
    setup.default_language(Script::javascript(&setup.text).whole().language());
    Arc::new(Nuxt)
}

/// The path of a file or a folder; `None` where letters are replaced that it takes from a table.
fn path_part(name: &str) -> Option<String> {
    let name = without_order(name);
    let name = name.strip_suffix(".draft").unwrap_or(name);
    let is_known = |c: char| c.is_ascii_alphanumeric() || " -_.*+~()'\"!:@".contains(c);
    let words = name.split([' ', '-']).filter(|word| !word.is_empty());
    name.chars().all(is_known).then(|| words.collect::<Vec<_>>().join("-").to_lowercase())
}

/// `1.guide`: the name without the number that puts it in order. A version such as `1.2` stays.
fn without_order(name: &str) -> &str {
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let rest = name.split_once('.').filter(|(number, rest)| is_number(number) && !rest.is_empty());
    let is_version = |rest: &str| rest.split('.').all(|part| is_number(part) || part == "x");
    rest.filter(|(_, rest)| !is_version(rest)).map_or(name, |(_, rest)| rest)
}

impl Generator for Nuxt {
    fn route(&self, page: &PageSource<'_>) -> Option<Route> {
        let mut path = page.mount.at.to_string();
        for name in page.folders() {
            let Some(part) = path_part(name) else { return Some(Route::open(&path)) };
            path = format!("{path}/{part}");
        }
        let Some(stem) = path_part(page.stem()) else { return Some(Route::open(&path)) };
        Some(Route::at(if stem == "index" {
            page.folder_route(&path)
        } else {
            page.formed(&format!("{path}/{stem}"))
        }))
    }

    fn reads(&self, link: &GeneratorLink<'_>) -> LinkReading {
        let base = if link.start == Start::Page { parent(link.from) } else { &*link.layout.root };
        LinkReading::Files(join(base, link.path).into_iter().collect(), Otherwise::Url)
    }

    fn page_endings(&self) -> &'static [&'static str] {
        &["vue"]
    }

    fn may_make(&self, _: &str, _: &Survey<'_>) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::path_part;

    #[test]
    fn names_become_parts_of_paths() {
        for (name, part) in [
            ("1.guide", "guide"),
            ("2.Low Tide", "low-tide"),
            ("v1.2", "v1.2"),
            ("1.2.x", "1.2.x"),
            ("2024-03-05-ebb", "2024-03-05-ebb"),
            ("3.neap.draft", "neap"),
            ("-quay--wall-", "quay-wall"),
        ] {
            assert_eq!(path_part(name).as_deref(), Some(part));
        }
        assert_eq!((path_part("größe"), path_part("a&b")), (None, None));
    }
}
