//! Which languages the config of a site's generator names.

use std::{path::Path, sync::Arc};

use super::{Config, load::ConfigSource};
use crate::{
    data::Node,
    discover::SiteFiles,
    site::{
        generators::Script,
        urls::{Layout, LayoutOrigin, SiteKind},
    },
    spelling::{Language, Locales},
};

impl Config {
    /// Takes over the languages that the generator's config names, below the one that the config itself sets.
    pub(super) fn apply_languages(&mut self, files: &SiteFiles) {
        let known = self.sites.iter().find(|layout| layout.kind.is_some());
        let locales = locales(files, known.unwrap_or(self.sites.main()));
        let reading = Arc::make_mut(&mut self.reading);
        let default = reading.locales.default.take().or(locales.default);
        reading.locales = Locales { default, ..locales };
    }
}

/// The languages of the site that the config names which gave the layout its kind.
fn locales(files: &SiteFiles, layout: &Layout) -> Locales {
    let mut locales = Locales::default();
    let (Some(kind), Some(LayoutOrigin::Generator(path))) = (layout.kind, layout.origins.get("kind")) else {
        return locales;
    };
    let path = Path::new(&**path);
    let default = match kind {
        SiteKind::Hugo => {
            let named = &layout.languages;
            locales.tags.clone_from(&named.tags);
            let folders = named.folders.iter();
            locales.folders =
                folders.map(|(folder, tag)| (folder.clone(), Language::from_tag(tag))).collect();
            named.default.as_deref().map(str::to_owned)
        }
        SiteKind::Jekyll | SiteKind::Mkdocs | SiteKind::Mdbook => {
            let root = ConfigSource::read(files, path).ok().and_then(|source| source.tree.root);
            root.and_then(|root| match kind {
                SiteKind::Jekyll => jekyll(&root, &mut locales),
                SiteKind::Mkdocs => mkdocs(&root, &mut locales),
                _ => text(root.get("book")?, "language"),
            })
        }
        _ => files.read(path).ok().and_then(|text| {
            let keys = ["defaultLocale", "defaultLang", "lang"];
            let script = Script::javascript(&text);
            keys.into_iter().find_map(|key| script.whole().text(key)).map(str::to_owned)
        }),
    };
    // Starlight calls the default locale `root` where it has no directory.
    let default = default.filter(|tag| !tag.is_empty() && tag != "root");
    locales.default = default.map(|tag| Language::from_tag(&tag));
    locales
}

fn text(node: &Node, key: &str) -> Option<String> {
    node.get_in_any_case(key)?.text().map(str::to_owned)
}

fn jekyll(root: &Node, locales: &mut Locales) -> Option<String> {
    let tags = root.get("languages").map_or(&[][..], Node::items);
    locales.tags.extend(tags.iter().filter_map(Node::text).map(Box::from));
    ["default_lang", "lang", "locale"].into_iter().find_map(|key| text(root, key))
}

fn mkdocs(root: &Node, locales: &mut Locales) -> Option<String> {
    let plugins = root.get("plugins").map_or(&[][..], Node::items);
    let i18n = plugins.iter().find_map(|plugin| plugin.get("i18n"));
    let languages = i18n.and_then(|i18n| i18n.get("languages")).map_or(&[][..], Node::items);
    locales.tags.extend(languages.iter().filter_map(|it| it.get("locale")?.text()).map(Box::from));
    text(root.get("theme")?, "language")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::generator;

    #[test]
    fn generators_name_the_languages_of_their_pages() {
        for (path, text, default, tags, folders) in [
            (
                "hugo.toml",
                "baseURL = '/'\nlanguagecode = 'nl-BE'\n[languages.nl]\n[languages.Fr]\ncontentDir = './content/francais/'\n",
                Some("nl"),
                "nl Fr",
                "content/francais",
            ),
            ("_config.yml", "lang: de\nlanguages: [de, pl]\n", Some("de"), "de pl", ""),
            (
                "mkdocs.yml",
                "theme: { language: fr }\nplugins: [search, { i18n: { languages: [{ locale: es }] } }]\n",
                Some("fr"),
                "es",
                "",
            ),
            ("book.toml", "[book]\nlanguage = 'tr'\n", Some("tr"), "", ""),
            ("docusaurus.config.js", "i18n: { defaultLocale: 'pt-BR' }", Some("pt"), "", ""),
            ("astro.config.mjs", "starlight({ defaultLocale: 'root' })", None, "", ""),
            ("docs/.vitepress/config.ts", "lang: 'ko-KR'", Some("ko"), "", ""),
        ] {
            let files = SiteFiles::in_memory([(path, text)]);
            let locales = locales(&files, &generator::layouts(&files, None).pop().expect("there is one"));
            assert_eq!(locales.default, default.map(Language::from_tag), "{path}");
            let named: Vec<&str> = locales.folders.iter().map(|(folder, _)| &**folder).collect();
            assert_eq!((locales.tags.join(" "), named.join(" ")), (tags.into(), folders.into()), "{path}");
        }
    }
}
