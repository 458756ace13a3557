//! Where pages and files of the site appear: the generator's defaults, its config, ours on top.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use url::Url;

use super::{
    Config, generator, link_exceptions,
    load::{ConfigPart, ConfigSource, mistake, unreadable},
    published,
    raw::{OneOrMany, Ordered, RawCredential, RawLinks, RawSite},
};
use crate::{
    data::Segment,
    diagnostic::{Diagnostic, Label},
    discover::SiteFiles,
    links,
    site::urls::{
        HUGO_TEMPLATES, Layout, LayoutOrigin, Mount, Move, REDIRECT_FILES, REDIRECT_LISTS, Reach, SiteKind,
        Sites, clean_folder,
    },
    text::Span,
};

/// The layouts of the sites. What is wrong in our own config goes to `found`, and files of other programs that cannot be
/// read; what those say is taken as it is.
pub(super) fn sites(files: &SiteFiles, parts: &[ConfigPart], diagnostics: &mut Vec<Diagnostic>) -> Sites {
    files.take_unreadable();
    let raw = || {
        parts.iter().filter_map(|part| match part {
            ConfigPart::File(source, raw) => Some((source, &**raw)),
            ConfigPart::Preset(_) => None,
        })
    };
    let kind = raw().filter_map(|(source, it)| Some((source, it.site.as_ref()?.kind?))).next_back();
    let mut layouts = generator::layouts(files, kind.map(|(_, kind)| kind));
    let mut layout = std::mem::take(&mut layouts[0]);
    if let Some((source, _)) = kind {
        layout.origins.insert("kind", LayoutOrigin::Config(source.value_place(&at("site", "kind"))));
    }
    for (source, raw) in raw() {
        let mut reader = Reader { source, diagnostics, layout: &mut layout };
        if let Some(site) = &raw.site {
            reader.site(site);
        }
        if let Some(links) = &raw.links {
            reader.links(links);
        }
    }
    // Of two moves of one URL the first counts, and the config that extends another has the last word.
    for (source, raw) in raw().collect::<Vec<_>>().into_iter().rev() {
        if let Some(links) = &raw.links {
            Reader { source, diagnostics, layout: &mut layout }.moved(&links.moved);
        }
    }
    let exceptions = link_exceptions::exceptions(raw(), diagnostics);
    layouts[0] = layout;
    published::add_urls(files, &mut layouts);
    for layout in &mut layouts {
        add_redirects(files, layout);
    }
    diagnostics.extend(files.take_unreadable().iter().map(|(path, why)| unreadable(path, why)));
    Sites::new(layouts).excepting(exceptions)
}

impl Config {
    /// Tells `tracking-parameter` what the site is called, as far as its URLs and those of its repository say.
    pub(super) fn name_campaigns(&mut self) {
        let urls = || self.sites.iter().flat_map(|layout| layout.url.iter().chain(&layout.aliases));
        let hosts = urls().filter_map(Url::host_str).flat_map(links::names_in_host);
        let repositories = self.sites.iter().flat_map(|layout| &layout.repositories);
        let parts = urls().chain(repositories).filter_map(Url::path_segments).flatten();
        let parts = parts.filter(|part| !part.is_empty());
        let names: BTreeSet<String> = hosts.chain(parts).map(str::to_owned).collect();
        if !names.is_empty() {
            let place = Label::new(&self.path, Span::empty(0));
            let names: Vec<String> = names.into_iter().collect();
            self.give_options("tracking-parameter", "campaigns", names.into(), place);
        }
    }
}

/// Adds the redirects in config files of hosts. They are in the root of the project, of the site, or of what is
/// published.
fn add_redirects(files: &SiteFiles, layout: &mut Layout) {
    let mut folders: Vec<Box<str>> = layout.statics.clone();
    folders.extend(["".into(), layout.root.clone()]);
    if layout.kind.is_none() {
        // The folders that engines of all kinds publish as they are.
        folders.extend(["public", "static"].map(Into::into));
    }
    if layout.kind == Some(SiteKind::Hugo) {
        folders.extend(HUGO_TEMPLATES.map(|it| clean_folder(&format!("{}/{it}", layout.root)).into()));
    }
    folders.sort();
    folders.dedup();
    for (name, add) in REDIRECT_FILES {
        for folder in &folders {
            if let Ok(source) = ConfigSource::read(files, &Path::new(&**folder).join(name)) {
                add(&mut layout.moves, &source.path, &source.tree);
            }
        }
    }
    for (name, add) in REDIRECT_LISTS {
        for folder in &folders {
            let path = Path::new(&**folder).join(name);
            if let Ok(text) = files.read(&path) {
                add(&mut layout.moves, &Arc::from(path), &text);
            }
        }
    }
}

fn at(section: &str, key: &str) -> Vec<Segment> {
    vec![Segment::key(section), Segment::key(key)]
}

/// Takes over what one config file says.
struct Reader<'a> {
    source: &'a ConfigSource,
    diagnostics: &'a mut Vec<Diagnostic>,
    layout: &'a mut Layout,
}

impl Reader<'_> {
    fn site(&mut self, site: &RawSite) {
        if let Some(text) = &site.url {
            self.layout.url = self.address(text, self.source.value_place(&at("site", "url")));
            self.says("url");
        }
        if let Some(aliases) = &site.aliases {
            self.layout.aliases = self.addresses("aliases", &OneOrMany::Many(aliases.clone()));
            self.says("aliases");
        }
        if let Some(repositories) = &site.repository {
            self.layout.repositories = self.addresses("repository", repositories);
            self.says("repository");
        }
        if let Some(content) = &site.content {
            let folders = self.folders("content", content);
            self.layout.content = folders.iter().map(|folder| Mount::new(folder, "")).collect();
            self.says("content");
        }
        if let Some(statics) = &site.statics {
            self.layout.statics = self.folders("static", statics);
            self.says("static");
        }
        if let Some(slash) = site.trailing_slash {
            self.layout.route_form = slash.into();
            self.says("trailing-slash");
        }
        if let Some(slugs) = site.slugs {
            self.layout.slugs = slugs;
            self.says("slugs");
        }
    }

    fn says(&mut self, key: &'static str) {
        let place = self.source.value_place(&at("site", key));
        self.layout.origins.insert(key, LayoutOrigin::Config(place));
    }

    /// The texts of a list below `site`, each with its place.
    fn places<'a>(&self, key: &str, list: &'a OneOrMany) -> Vec<(&'a String, Label)> {
        let place = |index| match list {
            OneOrMany::One(_) => self.source.value_place(&at("site", key)),
            OneOrMany::Many(_) => {
                self.source.value_place(&[at("site", key), vec![Segment::Index(index)]].concat())
            }
        };
        list.as_slice().iter().enumerate().map(|(index, text)| (text, place(index))).collect()
    }

    fn addresses(&mut self, key: &str, list: &OneOrMany) -> Vec<Url> {
        let places = self.places(key, list);
        places.into_iter().filter_map(|(text, place)| self.address(text, place)).collect()
    }

    fn address(&mut self, text: &str, place: Label) -> Option<Url> {
        let url = Url::parse(text).ok();
        let url = url.filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        if url.is_none() {
            let mut diagnostic = mistake(place, format!("invalid site URL `{text}`"));
            diagnostic.help("use a full URL, such as `https://www.example.org`");
            self.diagnostics.push(diagnostic);
        }
        url
    }

    fn folders(&mut self, key: &str, list: &OneOrMany) -> Vec<Box<str>> {
        let mut folders = Vec::new();
        for (text, place) in self.places(key, list) {
            if text.split('/').any(|part| part == "..") {
                let mut diagnostic = mistake(place, format!("`{text}` is outside the site root"));
                diagnostic.help("paths are relative to the directory of the config");
                self.diagnostics.push(diagnostic);
            } else {
                folders.push(clean_folder(text).into());
            }
        }
        folders
    }

    /// Looks at what may be published; it is the options of a rule that take it over.
    fn links(&mut self, links: &RawLinks) {
        for (index, allowed) in links.allow_credentials.iter().flatten().enumerate() {
            let path = [at("links", "allow-credentials"), vec![Segment::Index(index)]].concat();
            self.check_allowed(allowed, self.source.value_place(&path));
        }
    }

    fn check_allowed(&mut self, raw: &RawCredential, place: Label) {
        let message = match (&raw.host, &raw.parameter) {
            (None, None) => "missing host or parameter".to_owned(),
            (Some(host), _) if host.is_empty() || host.contains(['/', ':']) => {
                format!("invalid host `{host}`")
            }
            _ => return,
        };
        let mut diagnostic = mistake(place, message);
        diagnostic.help("set a host, a parameter, or both: `{ host: meet.example.org, parameter: pwd }`");
        self.diagnostics.push(diagnostic);
    }

    fn moved(&mut self, moved: &Ordered<String>) {
        let is_address =
            |text: &str| text.starts_with('/') || text.starts_with("http://") || text.starts_with("https://");
        for (from, to) in moved.iter() {
            let path = [at("links", "moved"), vec![Segment::key(from)]].concat();
            let (key, value) = (self.source.key_place(&path), self.source.value_place(&path));
            let wrong = if !is_address(from) {
                Some((key, format!("invalid URL `{from}`")))
            } else if !is_address(to) {
                Some((value, format!("invalid URL `{to}`")))
            } else if from == to {
                Some((value, "old and new URL are the same".to_owned()))
            } else {
                let (from, to) = (from.into(), to.as_str().into());
                self.layout.moves.add(Move {
                    from,
                    to,
                    reach: Reach::Below,
                    place: key,
                    is_weak: false,
                    is_redirect: false,
                });
                None
            };
            if let Some((place, message)) = wrong {
                let mut diagnostic = mistake(place, message);
                diagnostic.help("use full URLs, or paths that start with `/`");
                self.diagnostics.push(diagnostic);
            }
        }
    }
}
