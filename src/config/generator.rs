//! What the config of a site's generator says of its addresses. Configs in YAML, TOML and JSON are read; those that
//! are programs are only looked through for plain settings. A mistake in them is not ours to report.

use std::{path::Path, sync::Arc};

use url::Url;

use super::{
    Config,
    load::{Files, Source},
    snippets,
};
use crate::{
    data::Node,
    site::urls::{Layout, LayoutOrigin, Mount, Pattern, RouteForm, Section, SiteKind, clean_folder},
    text::SlugStyle,
};

impl Config {
    /// Takes over what follows from the generator besides the layout: languages, front matter, dialect and definitions.
    pub(super) fn apply_generator(&mut self, files: &dyn Files) {
        self.apply_languages(files);
        self.apply_generator_schemas(files);
        self.detect_dialect(files);
        self.shared = Arc::new(snippets::shared_definitions(files, self.layout.kind));
    }
}

/// The layout that follows from the kind, as given or as a config file in the root gives it away, and from what that
/// file says.
pub(super) fn layout(files: &dyn Files, given: Option<SiteKind>) -> Layout {
    let kinds = given.map_or_else(|| SiteKind::DETECTED.to_vec(), |kind| vec![kind]);
    let found = kinds.into_iter().find_map(|kind| {
        let path = kind.config_files().iter().find(|path| is_of_kind(files, kind, path))?;
        Some((kind, *path))
    });
    let mut layout = Layout::of_kind(given.or(found.map(|(kind, _)| kind)));
    let Some((kind, path)) = found else { return layout };
    layout.origins.insert("kind", LayoutOrigin::Generator(Arc::from(path)));
    Reader { files, path, layout: &mut layout }.read(kind);
    layout
}

/// Whether a file is there and is that of a generator: `config.toml` is a name that many programs use.
fn is_of_kind(files: &dyn Files, kind: SiteKind, path: &str) -> bool {
    let Ok(text) = files.read(Path::new(path)) else { return false };
    let lower = || text.to_lowercase();
    kind != SiteKind::Hugo || !path.starts_with("config.") || lower().contains("baseurl")
}

/// Takes over what the generator's config says.
struct Reader<'a> {
    files: &'a dyn Files,
    path: &'a str,
    layout: &'a mut Layout,
}

impl Reader<'_> {
    fn read(&mut self, kind: SiteKind) {
        if matches!(kind, SiteKind::Hugo | SiteKind::Jekyll | SiteKind::Mkdocs | SiteKind::Mdbook) {
            let source = Source::read(self.files, Path::new(self.path)).ok();
            let Some(root) = source.and_then(|source| source.tree.root) else { return };
            match kind {
                SiteKind::Hugo => self.hugo(&root),
                SiteKind::Jekyll => self.jekyll(&root),
                SiteKind::Mkdocs => self.mkdocs(&root),
                _ => self.mdbook(&root),
            }
            return;
        }
        let Ok(text) = self.files.read(Path::new(self.path)) else { return };
        let script = Script(&text);
        match kind {
            SiteKind::Gatsby => self.gatsby(&script),
            SiteKind::Docusaurus => self.docusaurus(&script),
            SiteKind::Astro => self.astro(&script),
            SiteKind::Vitepress => self.vitepress(&script),
            _ => {}
        }
    }

    fn says(&mut self, key: &'static str) {
        self.layout.origins.insert(key, LayoutOrigin::Generator(Arc::from(self.path)));
    }

    /// Takes an address, and below it a path where the generator keeps that by itself.
    fn url(&mut self, address: Option<&str>, base: Option<&str>) {
        let Some(mut url) = address.and_then(|text| Url::parse(text).ok()) else { return };
        if !matches!(url.scheme(), "http" | "https") || !url.has_host() {
            return;
        }
        if let Some(base) = base.map(|base| base.trim_matches('/')).filter(|base| !base.is_empty()) {
            let path = format!("{}/{base}/", url.path().trim_end_matches('/'));
            url.set_path(&path);
        }
        self.layout.url = Some(url);
        self.says("url");
    }

    fn form(&mut self, form: RouteForm) {
        self.layout.route_form = form;
        self.says("trailing-slash");
    }

    fn content(&mut self, mounts: Vec<Mount>) {
        self.layout.content = mounts;
        self.says("content");
    }

    fn statics(&mut self, folders: impl Iterator<Item = impl AsRef<str>>) {
        self.layout.statics = folders.map(|folder| clean_folder(folder.as_ref()).into()).collect();
        self.says("static");
    }

    fn hugo(&mut self, root: &Node) {
        // Hugo does not tell small letters from large ones in its keys.
        let get = |name: &str| root.get_in_any_case(name);
        self.url(get("baseURL").and_then(Node::text), None);
        if let Some(folder) = get("contentDir").and_then(Node::text) {
            self.content(vec![Mount::new(folder, "")]);
        }
        if let Some(folders) = get("staticDir") {
            self.statics(folders.self_or_items().iter().filter_map(Node::text));
        }
        if get("uglyURLs").and_then(Node::as_bool) == Some(true) {
            self.form(RouteForm::Html);
        }
        let permalinks = get("permalinks");
        for entry in permalinks.map_or(&[][..], Node::entries) {
            // Either `section: pattern`, or the same below `page`.
            let sections = if entry.value.is_collection() {
                if entry.key.text() != Some("page") {
                    continue;
                }
                entry.value.entries()
            } else {
                std::slice::from_ref(entry)
            };
            for section in sections {
                if let (Some(name), Some(pattern)) = (section.key.text(), section.value.text()) {
                    let section = Section::Named(name.into());
                    self.layout.permalinks.push((section, Pattern::with_colons(pattern)));
                }
            }
        }
    }

    fn jekyll(&mut self, root: &Node) {
        let text = |key: &str| root.get(key).and_then(Node::text);
        self.url(text("url"), text("baseurl"));
        for entry in root.get("collections").map_or(&[][..], Node::entries) {
            let pattern = entry.value.get("permalink").and_then(Node::text);
            if let (Some(name), Some(pattern)) = (entry.key.text(), pattern) {
                let section = Section::Named(name.into());
                self.layout.permalinks.push((section, Pattern::with_colons(pattern)));
            }
        }
        let Some(permalink) = text("permalink") else { return };
        // The styles that have names; pages follow those that end with a slash.
        let pattern = match permalink {
            "date" => "/:categories/:year/:month/:day/:title:output_ext",
            "pretty" => "/:categories/:year/:month/:day/:title/",
            "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
            "none" => "/:categories/:title:output_ext",
            pattern => pattern,
        };
        if pattern.ends_with('/') {
            self.form(RouteForm::Slash);
        } else if ![":output_ext", ".html"].iter().any(|ending| pattern.ends_with(ending)) {
            self.form(RouteForm::Bare);
        }
        self.layout.permalinks.push((Section::Posts, Pattern::with_colons(pattern)));
    }

    fn mkdocs(&mut self, root: &Node) {
        let text = |key: &str| root.get(key).and_then(Node::text);
        self.url(text("site_url"), None);
        if let Some(folder) = text("docs_dir") {
            self.content(vec![Mount::new(folder, "")]);
            self.statics([folder].into_iter());
        }
        if root.get("use_directory_urls").and_then(Node::as_bool) == Some(false) {
            self.form(RouteForm::Html);
        }
    }

    fn mdbook(&mut self, root: &Node) {
        let folder = root.get("book").and_then(|book| book.get("src")).and_then(Node::text);
        if let Some(folder) = folder {
            self.content(vec![Mount::new(folder, "")]);
            self.statics([folder].into_iter());
        }
    }

    fn gatsby(&mut self, script: &Script<'_>) {
        self.url(script.text("siteUrl"), script.text("pathPrefix"));
        match script.text("trailingSlash") {
            Some("never") => self.form(RouteForm::Bare),
            Some("ignore") => self.form(RouteForm::Any),
            _ => {}
        }
        if script.0.contains("gatsby-remark-autolink-headers") {
            self.layout.slugs = SlugStyle::Github;
            self.says("slugs");
        }
    }

    fn docusaurus(&mut self, script: &Script<'_>) {
        self.url(script.text("url"), script.text("baseUrl"));
        match script.flag("trailingSlash") {
            Some(true) => self.form(RouteForm::Slash),
            Some(false) => self.form(RouteForm::Bare),
            None => {}
        }
        // Sites that are nothing but documentation have it at their root.
        if script.text("routeBasePath") == Some("/") {
            let rest = ["blog", "src/pages"]
                .map(|folder| Mount::new(folder, folder.trim_start_matches("src/pages")));
            self.content([Mount::new("docs", "")].into_iter().chain(rest).collect());
        }
    }

    fn astro(&mut self, script: &Script<'_>) {
        self.url(script.text("site"), script.text("base"));
        match script.text("trailingSlash") {
            Some("always") => self.form(RouteForm::Slash),
            Some("never") => self.form(RouteForm::Bare),
            _ => {}
        }
    }

    fn vitepress(&mut self, script: &Script<'_>) {
        let folder = self.path.split_once(".vitepress").map_or("", |(folder, _)| folder);
        let source = script.text("srcDir").map_or("", clean_folder);
        let folder = format!("{folder}{source}");
        let folder = folder.trim_end_matches('/');
        if !folder.is_empty() {
            self.content(vec![Mount::new(folder, "")]);
            self.statics([format!("{folder}/public")].into_iter());
        }
        if script.flag("cleanUrls") == Some(true) {
            self.form(RouteForm::Bare);
        }
    }
}

/// A program that is a config. Only settings that are written out are seen: `siteUrl: "https://…"`.
pub(super) struct Script<'a>(pub(super) &'a str);

impl<'a> Script<'a> {
    /// What stands behind `key:`, the first that does not lie in a comment of its line.
    fn behind(&self, key: &str) -> impl Iterator<Item = &'a str> {
        let text = self.0;
        text.match_indices(key).filter_map(move |(at, key)| {
            let line = text[..at].rfind('\n').map_or(0, |line| line + 1);
            let is_part = text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.'));
            let before = text[line..at].trim_start();
            let is_comment = before.starts_with("//") || before.starts_with('*');
            let rest = text[at + key.len()..].trim_start_matches(['"', '\'']).trim_start();
            (!is_part && !is_comment).then(|| rest.strip_prefix(':')).flatten().map(str::trim_start)
        })
    }

    /// The text of a setting, if it is written out.
    pub(super) fn text(&self, key: &str) -> Option<&'a str> {
        self.behind(key).find_map(|rest| {
            let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
            let (text, _) = rest[1..].split_once(quote)?;
            (!text.contains(['\n', '$'])).then_some(text)
        })
    }

    fn flag(&self, key: &str) -> Option<bool> {
        self.behind(key).find_map(|rest| {
            let is = |word: &str| rest.starts_with(word);
            if is("true") { Some(true) } else { is("false").then_some(false) }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    /// One file.
    struct One(&'static str, &'static str);

    impl Files for One {
        fn read(&self, path: &Path) -> Result<Arc<str>, String> {
            if path == Path::new(self.0) { Ok(Arc::from(self.1)) } else { Err("does not exist".to_owned()) }
        }
    }

    /// What a generator's config gives: kind, address, folders of pages and files, form, slugs.
    fn seen(path: &'static str, text: &'static str) -> String {
        let it = layout(&One(path, text), None);
        let content: Vec<String> = it.content.iter().map(|it| format!("{}→{}/", it.folder, it.at)).collect();
        format!(
            "{} {} {} {} {:?} {}",
            it.kind.map_or("-", SiteKind::name),
            it.url.as_ref().map_or("-", Url::as_str),
            content.join(" "),
            it.statics.join(" "),
            it.route_form,
            it.slugs.name(),
        )
    }

    #[test]
    fn generators_are_known_by_their_config() {
        for (path, text, expected) in [
            ("gatsby-config.js", "", "gatsby - src/pages→/ static Slash none"),
            (
                "gatsby-config.ts",
                "// siteUrl: 'https://no.example'\nsiteUrl: `https://harbour.example`, plugins: ['gatsby-remark-autolink-headers']",
                "gatsby https://harbour.example/ src/pages→/ static Slash github",
            ),
            (
                "hugo.toml",
                "baseurl = 'https://harbour.example/tides/'\nstaticDir = ['static', 'more']\nuglyURLs = true\n",
                "hugo https://harbour.example/tides/ content→/ static more Html hugo",
            ),
            ("config.toml", "title = 'no site'", "- - →/  Any github"),
            ("config.toml", "baseURL = '/'", "hugo - content→/ static Slash hugo"),
            (
                "_config.yml",
                "url: https://harbour.example\nbaseurl: /tides\npermalink: pretty\n",
                "jekyll https://harbour.example/tides/ →/  Slash kramdown",
            ),
            (
                "mkdocs.yml",
                "site_url: https://harbour.example/\ndocs_dir: pages\nuse_directory_urls: false\n",
                "mkdocs https://harbour.example/ pages→/ pages Html mkdocs",
            ),
            ("mkdocs.yml", "nav: [\n", "mkdocs - docs→/ docs Slash mkdocs"),
            ("book.toml", "[book]\nsrc = 'text'\n", "mdbook - text→/ text Html mdbook"),
            (
                "docusaurus.config.js",
                "url: 'https://harbour.example', baseUrl: '/tides/', trailingSlash: false, docs: { routeBasePath: '/' }",
                "docusaurus https://harbour.example/tides/ docs→/ blog→/blog/ src/pages→/ static Bare docusaurus",
            ),
            (
                "astro.config.mjs",
                "export default { site: \"https://harbour.example\", base: '/t', trailingSlash: 'always' }",
                "astro https://harbour.example/t/ src/pages→/ src/content/docs→/ src/content→/ public Slash github",
            ),
            (
                "docs/.vitepress/config.ts",
                "cleanUrls: true, srcDir: './src'",
                "vitepress - docs/src→/ docs/src/public Bare vitepress",
            ),
            ("README.md", "", "- - →/  Any github"),
        ] {
            assert_eq!(seen(path, text), expected, "{path}: {text}");
        }
    }
}
