//! Which languages the config of a site's generator names.

use std::sync::Arc;

use super::Config;
use crate::{
    site::urls::Layout,
    spelling::{Language, Locales},
};

impl Config {
    /// Takes over the languages that the generator's config names, below the one that the config itself sets.
    pub(super) fn apply_languages(&mut self) {
        let known = self.sites.iter().find(|layout| layout.kind.is_some());
        let locales = locales(known.unwrap_or(self.sites.main()));
        let reading = Arc::make_mut(&mut self.reading);
        let default = reading.locales.default.take().or(locales.default);
        reading.locales = Locales { default, ..locales };
    }
}

/// The languages of a site, by their tags.
fn locales(layout: &Layout) -> Locales {
    let named = &layout.languages;
    let folders = named.folders.iter().map(|(folder, tag)| (folder.clone(), Language::from_tag(tag)));
    Locales {
        default: named.default.as_deref().map(Language::from_tag),
        tags: named.tags.clone(),
        folders: folders.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{config::generator, discover::SiteFiles};

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
            ("gatsby-config.js", "plugins: [{ options: { defaultLocale: 'it' } }]", Some("it"), "", ""),
            ("zola.toml", "base_url = '/'\ndefault_language = 'cs'\n", Some("cs"), "", ""),
            ("pelicanconf.py", "PATH = 'content'\nDEFAULT_LANG = 'sv'\n", Some("sv"), "", ""),
        ] {
            let files = SiteFiles::in_memory([(path, text)]);
            let locales = locales(&generator::layouts(&files, None).pop().expect("there is one"));
            assert_eq!(locales.default, default.map(Language::from_tag), "{path}");
            let named: Vec<&str> = locales.folders.iter().map(|(folder, _)| &**folder).collect();
            assert_eq!((locales.tags.join(" "), named.join(" ")), (tags.into(), folders.into()), "{path}");
        }
    }
}
