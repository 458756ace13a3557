//! Whether a page shows components of the site's own, which may make anchors.

use std::collections::HashSet;

use super::ast::Ast;
use super::dialect::{Island, IslandKind, Overlay};
use super::html::{HtmlTag, TagForm};
use crate::text::SlugStyle;

/// What the module of a component of the site begins with; other modules are packages.
const OWN: [&str; 6] = ["./", "../", "/", "@/", "@site/", "~/"];

/// Extensions of modules that are components: packages are named without one.
const COMPONENTS: [&str; 5] = ["astro", "jsx", "svelte", "tsx", "vue"];

/// What the modules of Docusaurus's theme begin with, and those that only lay out their content or show code. Others are
/// of the site, or show the operations of a program.
const THEME: &str = "@theme/";
const THEME_LAYOUTS: [&str; 12] = [
    "Admonition",
    "BrowserOnly",
    "CodeBlock",
    "Details",
    "DocCard",
    "DocCardList",
    "Heading",
    "IdealImage",
    "Mermaid",
    "TabItem",
    "Tabs",
    "ThemedImage",
];

/// Extensions of modules that make no elements.
const OTHER_MODULES: [&str; 10] = ["avif", "css", "gif", "jpeg", "jpg", "json", "png", "scss", "svg", "webp"];

/// Attributes of which components make anchors.
const NAMING: [&str; 8] = [" title=", " name=", " label=", " id=", " path=", " query=", " body=", " header="];

/// Whether an element without content, or with attributes, is a component of the site's own: others only lay out their
/// content as a rule. `tags` are those of [`Ast::html_tags`].
pub(super) fn shows_own_components(ast: &Ast, source: &str, tags: &[HtmlTag], style: SlugStyle) -> bool {
    if style == SlugStyle::Vitepress {
        // Components of the theme need no import.
        return tags.iter().any(|tag| {
            let is_own = |name: &str| name != "Badge" && !name.starts_with("VP");
            // Those of Vue may have names like custom elements.
            tag.form == TagForm::SelfClosing
                && (tag.name.contains('-') || component(tag.span.of(source)).is_some_and(is_own))
        });
    }
    let islands = ast.overlay().map_or(&[][..], Overlay::islands);
    let of = |kind| islands.iter().filter(move |island: &&Island| island.kind == kind);
    let modules = of(IslandKind::Module).flat_map(|island| island.span.of(source).split('\n'));
    let own: HashSet<&str> = modules.flat_map(imported).collect();
    // Where it is not known what makes the page, components that are there without an import may make anchors of their names.
    if style == SlugStyle::Any
        && of(IslandKind::Element).any(|island| {
            let tag = island.span.of(source);
            component(tag).is_some_and(|name| name != "Card") && NAMING.iter().any(|name| tag.contains(name))
        })
    {
        return true;
    }
    !own.is_empty()
        && of(IslandKind::Element).any(|island| {
            let tag = island.span.of(source);
            (tag.ends_with("/>") || tag.contains('='))
                && component(tag).is_some_and(|name| own.contains(name))
        })
}

/// Whether a heading begins with a component without content, or with attributes. Its anchor is not known then: whatever
/// shows it may take the space after the component for text. `tags` are those of [`Ast::html_tags`].
pub(super) fn begins_heading_with_component(ast: &Ast, source: &str, tags: &[HtmlTag]) -> bool {
    let is_component = |tag: &&HtmlTag| {
        let text = tag.span.of(source);
        (tag.form == TagForm::SelfClosing || text.contains('=')) && component(text).is_some()
    };
    let mut components = tags.iter().filter(is_component).map(|tag| tag.span.start).peekable();
    components.peek().is_some()
        && ast.headings().any(|heading| {
            while components.next_if(|start| *start < heading.content.start).is_some() {}
            components.peek().is_some_and(|start| *start == heading.content.start)
        })
}

/// The name of the component that a tag opens.
fn component(tag: &str) -> Option<&str> {
    let rest = tag.strip_prefix('<')?;
    let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    let name = &rest[..end];
    name.starts_with(char::is_uppercase).then_some(name)
}

/// The names that a line imports from a module of the site: `import Pier, { Quay as Wharf } from './pier.jsx'`.
fn imported(line: &str) -> impl Iterator<Item = &str> {
    let import = line.strip_prefix("import ").and_then(|rest| rest.rsplit_once(" from "));
    let import = import.filter(|(_, module)| {
        let module = module.trim_matches(|c: char| c.is_whitespace() || matches!(c, ';' | '\'' | '"'));
        let ending = module.rsplit_once('.').map_or("", |(_, ending)| ending);
        let is_own = OWN.iter().any(|it| module.starts_with(it)) || COMPONENTS.contains(&ending);
        let is_of_theme = module.strip_prefix(THEME).is_some_and(|name| !THEME_LAYOUTS.contains(&name));
        (is_own || is_of_theme) && !OTHER_MODULES.contains(&ending)
    });
    let names = import.map_or("", |(names, _)| names).split([',', '{', '}']);
    names
        .map(|name| name.rsplit_once(" as ").map_or(name, |(_, name)| name).trim())
        .filter(|it| !it.is_empty())
}

#[cfg(test)]
mod tests {
    use super::imported;

    #[test]
    fn names_come_from_modules_of_the_site() {
        let names = |line| imported(line).collect::<Vec<_>>().join(" ");
        assert_eq!(names("import Pier, { Quay as Wharf, Crane } from './pier.jsx'"), "Pier Wharf Crane");
        assert_eq!(names("import * as Pier from \"@site/src/pier\";\r"), "Pier");
        assert_eq!(names("import Tabs from '@theme/Tabs'"), "");
        assert_eq!(names("import Quays from '@theme/Quays'"), "Quays");
        assert_eq!(names("import Pier from '@harbour/Pier.astro'"), "Pier");
        assert_eq!(names("import pier from './pier.png'"), "");
        assert_eq!(names("export const pier = 1"), "");
    }
}
