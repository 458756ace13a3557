//! Hugo: its config.

mod link_hook;
mod mounts;
mod outputs;
mod pages;
mod permalinks;

use std::{collections::HashMap, sync::Arc};

use link_hook::LinkHook;
use outputs::Outputs;
use permalinks::Permalinks;

use super::{
    Generator, GeneratorSupport, Setup, detect::RootCandidate, setup::each_file, source::ends_in,
    templates::TemplateData,
};
use crate::{
    data::{Entry, Node},
    markdown::DialectName,
    site::urls::{Mount, RouteForm},
    text::{DATA_ENDINGS, SlugStyle},
};

pub(super) static HUGO: GeneratorSupport = GeneratorSupport {
    kind: super::SiteKind::Hugo,
    configs: &[
        "hugo.toml",
        "hugo.yaml",
        "hugo.yml",
        "hugo.json",
        "config.toml",
        "config.yaml",
        "config.yml",
        "config.json",
        "config/_default/hugo.toml",
        "config/_default/hugo.yaml",
        "config/_default/hugo.yml",
        "config/_default/hugo.json",
        "config/_default/config.toml",
        "config/_default/config.yaml",
        "config/_default/config.yml",
        "config/_default/config.json",
    ],
    variant: None,
    is_config,
    sign,
    dialects: &[DialectName::Hugo, DialectName::MathBlocks],
    setup,
};

/// Many programs have a `config.toml`: one of Hugo's has a key of Hugo's at its top, or is in Hugo's folder of
/// configs.
fn is_config(folder: &RootCandidate<'_>, path: &str) -> bool {
    const KEYS: [&str; 8] =
        ["baseurl", "languagecode", "theme", "params", "markup", "module", "taxonomies", "permalinks"];
    if path.contains("hugo.") || path.starts_with("config/") {
        return true;
    }
    let Some(root) = folder.read(path).and_then(|text| super::setup::tree_of(path, &text).root) else {
        return false;
    };
    let keys = root.entries().iter().filter_map(|entry| entry.key.text());
    let known = keys.filter(|key| KEYS.iter().any(|known| key.eq_ignore_ascii_case(known))).count();
    known > 1
        || known == 1 && (get(&root, "baseurl").is_some() || folder.has("content/") || folder.has("layouts/"))
}

/// A site whose config is elsewhere, such as on the command line, has Hugo's folders.
fn sign(folder: &RootCandidate<'_>) -> Option<&'static str> {
    let has_config = folder.has("config/_default/");
    let has_folders = folder.has("content/") && folder.has("archetypes/") && folder.has("layouts/");
    if has_config && folder.has("content/") {
        Some("config/_default")
    } else {
        has_folders.then_some("archetypes")
    }
}

/// The value of a key, which Hugo reads in any case.
fn get<'n>(node: &'n Node, name: &str) -> Option<&'n Node> {
    entry(node, name).map(|entry| &entry.value)
}

fn entry<'n>(node: &'n Node, name: &str) -> Option<&'n Entry> {
    node.entries().iter().find(|entry| entry.key.text().is_some_and(|key| key.eq_ignore_ascii_case(name)))
}

/// A language of the site.
#[derive(Debug)]
struct Language {
    code: Box<str>,
    /// What is put in front of the paths of its pages: empty or `/fr`.
    prefix: Box<str>,
}

/// What becomes of links that name files.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Links {
    /// They go out as they are written.
    #[default]
    Raw,
    /// Hugo turns them into the paths of the pages.
    Resolved,
    /// A template of the site does that in its own way.
    Own,
    /// A template of a theme that is not in the checkout may do that.
    Unseen,
}

/// Which pages have the files that are beside their source.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Bundles {
    /// Those that are a folder.
    Folders,
    /// A template of the site or of a theme may find the files of the others.
    #[default]
    All,
}

/// What becomes of letters in paths.
#[derive(Debug, Default)]
struct PathLetters {
    /// Whether those in uppercase stay.
    keep_case: bool,
    lose_accents: bool,
}

/// The pages of long lists.
#[derive(Debug, Default)]
struct ListPages {
    /// What is before the number in their paths.
    part: Box<str>,
    /// Whether templates make such pages.
    are_made: bool,
}

#[derive(Debug, Default)]
struct Hugo {
    permalinks: Permalinks,
    languages: Vec<Language>,
    /// Languages whose pages are not published.
    disabled: Vec<Language>,
    /// What is put in front of the paths of pages without a language.
    usual_prefix: Box<str>,
    /// The folders of pages.
    content: Vec<Mount>,
    /// Those of them that are there in other languages as well, and where.
    fallbacks: Vec<Mount>,
    /// The front matter keys whose values have pages, and the part of the path that those have.
    taxonomies: Vec<Box<str>>,
    /// Whether `2024-05-06-tides.md` has its date from its name.
    dates_names: bool,
    letters: PathLetters,
    form: RouteForm,
    links: Links,
    /// Whether templates that are not among the site's own may make pages that no file tells of.
    has_theme: bool,
    list_pages: ListPages,
    /// What it makes besides the pages.
    outputs: Outputs,
    /// Which pages have the files beside their source.
    bundles: Bundles,
    /// Folders of assets, which links may name.
    assets: Vec<Box<str>>,
    /// The front matter of pages in HTML.
    templates: TemplateData,
    /// Sections whose pages are files with `.html`.
    ugly: Vec<Box<str>>,
    /// First folders of pages by the path of their page, where that is another than the name.
    renamed: HashMap<Box<str>, Box<str>>,
    /// The paths of folders in which a program makes pages.
    adapted: Vec<Box<str>>,
}

/// `uglyURLs` may be a mapping of sections.
fn ugly_section(entry: &Entry) -> Option<Box<str>> {
    let section = entry.key.text().filter(|_| entry.value.as_bool() == Some(true))?;
    Some(section.to_lowercase().into())
}

/// Adds the static files of themes that are in the checkout: Hugo publishes them below those of the site.
fn add_theme(setup: &mut Setup<'_>, theme: Option<&Node>) {
    let names = theme.into_iter().flat_map(Node::self_or_items).filter_map(Node::text);
    let folders =
        names.map(|name| format!("themes/{name}/static")).filter(|folder| !setup.names(folder).is_empty());
    let folders: Vec<String> = folders.filter_map(|folder| setup.path(&folder)).collect();
    setup.layout.statics.extend(folders.into_iter().map(Into::into));
}

/// The front matter of pages in HTML, in the folders of pages that are in the site.
fn html_pages(setup: &Setup<'_>) -> TemplateData {
    let site = Mount::new(&setup.layout.root, "");
    let folders = setup.layout.content.iter().filter_map(|mount| site.below(&mount.folder));
    let mut pages = TemplateData::default();
    for folder in folders {
        pages.extend(TemplateData::read(setup, folder, &pages::PAGES, |_| true));
    }
    pages
}

fn setup(setup: &mut Setup<'_>) -> Arc<dyn Generator> {
    setup.defaults(&[("content", "")], &["static"], RouteForm::Slash, SlugStyle::Hugo);
    let mut hugo = Hugo { taxonomies: vec!["tags".into(), "categories".into()], ..Hugo::default() };
    let parts = parts(setup);
    let find = |name: &str| values(&parts, name).next().cloned();
    let is_on = |name: &str| find(name).as_ref().and_then(Node::as_bool) == Some(true);
    setup.url(find("baseURL").as_ref().and_then(Node::text), None);
    if let Some(folders) = find("staticDir") {
        setup.statics(folders.self_or_items().iter().filter_map(Node::text));
    }
    if is_on("uglyURLs") {
        setup.form(RouteForm::Html);
    }
    hugo.form = setup.layout.route_form;
    hugo.ugly = find("uglyURLs").iter().flat_map(Node::entries).filter_map(ugly_section).collect();
    hugo.letters =
        PathLetters { keep_case: is_on("disablePathToLower"), lose_accents: is_on("removePathAccents") };
    for entry in find("permalinks").iter().flat_map(Node::entries) {
        hugo.permalinks.add(entry);
    }
    hugo.dates_names = find("frontmatter").as_ref().and_then(|it| get(it, "date")).is_some_and(|date| {
        date.self_or_items().iter().filter_map(Node::text).any(|text| text == ":filename")
    });
    let theme = find("theme");
    let module_with = |key: &str| values(&parts, "module").find(|module| get(module, key).is_some());
    hugo.has_theme = theme.is_some()
        || !setup.names("themes").is_empty()
        || module_with("imports").is_some()
        || setup.read("go.mod").is_some();
    hugo.list_pages = ListPages {
        part: list_part(&find).unwrap_or_else(|| "page".into()),
        are_made: hugo.has_theme || has_list_template(setup),
    };
    let mut languages: Vec<(&str, &Node)> =
        parts.iter().filter_map(|(key, node)| Some((key.strip_prefix("languages.")?, node))).collect();
    let listed = find("languages");
    languages.extend(
        listed.iter().flat_map(Node::entries).filter_map(|entry| Some((entry.key.text()?, &entry.value))),
    );
    hugo.add_languages(setup, &find, &languages);
    hugo.add_mounts(setup, theme.as_ref(), module_with("mounts"));
    mounts::add_vendored(setup, module_with("imports"));
    hugo.content.clone_from(&setup.layout.content);
    hugo.look_around(setup);
    hugo.templates = html_pages(setup);
    let markup = find("markup");
    let hook = LinkHook::of(setup, theme.as_ref(), module_with("imports"));
    hugo.links = links(hook, markup.as_ref(), hugo.languages.len() > 1);
    hugo.add_outputs(setup, &find);
    if let Some(style) = slugs(markup.as_ref()) {
        setup.layout.slugs = style;
        setup.says("slugs");
    }
    add_redirects(setup);
    setup.templates(&["layouts", "themes/*/layouts"], &["html", "md"], shortcode);
    Arc::new(hugo)
}

/// The name by which pages show the template of a shortcode at a path: `tides/table` for
/// `layouts/shortcodes/tides/table.de.html`.
fn shortcode(path: &str) -> Option<&str> {
    let at = path.rfind("/shortcodes/").map(|at| at + "/shortcodes/".len());
    let name = &path[at.or_else(|| path.rfind("/_shortcodes/").map(|at| at + "/_shortcodes/".len()))?..];
    let file = name.rfind('/').map_or(0, |slash| slash + 1);
    Some(&name[..file + name[file..].find('.')?])
}

/// What is before the number of a page of a list, if the config says so.
fn list_part(find: &dyn Fn(&str) -> Option<Node>) -> Option<Box<str>> {
    let node =
        find("pagination").and_then(|it| get(&it, "path").cloned()).or_else(|| find("paginatePath"))?;
    node.text().map(Box::from)
}

/// Whether a template of the site divides lists into pages.
fn has_list_template(setup: &Setup<'_>) -> bool {
    let Some(folder) = setup.path("layouts") else { return false };
    let mut found = false;
    each_file(
        &folder,
        |folder| setup.project.names(folder),
        |_| true,
        |folder, name| {
            let path = format!("{folder}/{name}");
            let divides = |text: Arc<str>| text.contains(".Paginat");
            found = found || ends_in(name, &["html"]) && setup.project.text(&path).is_some_and(divides);
        },
    );
    found
}

/// How anchors are made from headings, if the config says so.
fn slugs(markup: Option<&Node>) -> Option<SlugStyle> {
    let parser = markup.and_then(|it| get(get(it, "goldmark")?, "parser"))?;
    // Terms have anchors then, too.
    if get(parser, "autoDefinitionTermID").and_then(Node::as_bool) == Some(true) {
        return Some(SlugStyle::None);
    }
    let kind = ["autoHeadingIDType", "autoIDType"].into_iter().find_map(|key| get(parser, key)?.text())?;
    Some(match kind.to_lowercase().as_str() {
        "github" => SlugStyle::Hugo,
        "github-ascii" => SlugStyle::HugoAscii,
        "blackfriday" => SlugStyle::HugoBlackfriday,
        _ => SlugStyle::None,
    })
}

/// The redirects of a host that a template of the site writes: their targets are not known.
fn add_redirects(setup: &mut Setup<'_>) {
    for folder in ["layouts", "layouts/_default"] {
        for name in ["index.redirects", "home.redirects"] {
            let text = setup.read(&format!("{folder}/{name}")).unwrap_or_default();
            let paths = text.lines().filter_map(|line| line.split_whitespace().next());
            for path in paths.filter(|path| path.starts_with('/')) {
                setup.layout.moves.add_pattern(path);
            }
            // A loop makes paths of names that are in the template.
            if text.lines().any(|line| line.starts_with("{{") && line.contains("printf \"/")) {
                let is_name = |text: &&str| {
                    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
                    !text.is_empty() && text.bytes().all(is_part)
                };
                for name in text.split('"').skip(1).step_by(2).filter(is_name) {
                    setup.layout.moves.add_pattern(&format!("/{name}"));
                }
            }
        }
    }
}

/// The values of a key, in the config and in the files that are named like it: Hugo merges them.
fn values<'p>(parts: &'p [(String, Node)], name: &'p str) -> impl Iterator<Item = &'p Node> {
    parts.iter().filter_map(move |(key, node)| match key.as_str() {
        "" => get(node, name),
        key => key.eq_ignore_ascii_case(name).then_some(node),
    })
}

/// The config, and the other files of `config/_default` with the key that each is the value of: `languages.toml` is
/// what `[languages]` would be, in a folder of any name too, and `languages.de.toml` what `[languages.de]` would be. Where a program
/// makes `module.yaml`, the file with mounts that it is made from has what counts.
fn parts(setup: &Setup<'_>) -> Vec<(String, Node)> {
    let mut parts: Vec<_> = setup.root().map(|root| (String::new(), root)).into_iter().collect();
    let mut sources = Vec::new();
    for path in config_files(setup) {
        let Some((key, ending)) = path.rsplit_once('.') else { continue };
        let key = key.rsplit('/').next().unwrap_or_default();
        if matches!(key, "hugo" | "config") || !DATA_ENDINGS.contains(&ending) {
            continue;
        }
        let root = setup.tree(&path).and_then(|tree| tree.root);
        let is_source = key != "module" && root.as_ref().is_some_and(|root| get(root, "mounts").is_some());
        let (key, parts) = if is_source { ("module", &mut sources) } else { (key, &mut parts) };
        parts.extend(root.map(|root| (key.to_owned(), root)));
    }
    parts.extend(sources);
    parts
}

/// What is in the folder of configs, and in the folders in it.
fn config_files(setup: &Setup<'_>) -> Vec<String> {
    const FOLDER: &str = "config/_default";
    let mut files = Vec::new();
    for name in setup.names(FOLDER).iter() {
        let path = format!("{FOLDER}/{}", name.trim_end_matches('/'));
        let below = if name.contains('.') { Arc::default() } else { setup.names(&path) };
        files.extend(below.iter().map(|name| format!("{path}/{name}")));
        files.push(path);
    }
    files
}

/// What becomes of links that name files: the site has templates for that, or Hugo's own are on, which they are by
/// default where a site has several languages.
fn links(hook: LinkHook, markup: Option<&Node>, is_multilingual: bool) -> Links {
    let hooks = markup.and_then(|it| get(get(get(it, "goldmark")?, "renderHooks")?, "link"));
    let setting = hooks.and_then(|link| get(link, "useEmbedded")?.text().map(str::to_lowercase));
    let enabled = hooks.and_then(|link| get(link, "enableDefault")?.as_bool());
    match setting.as_deref() {
        Some("always") => Links::Resolved,
        _ if hook == LinkHook::Resolves => Links::Own,
        _ if hook == LinkHook::Leaves => Links::Raw,
        Some("fallback") => Links::Resolved,
        None | Some("auto") if enabled.unwrap_or(is_multilingual) => Links::Resolved,
        _ if hook == LinkHook::Unseen => Links::Unseen,
        _ => Links::Raw,
    }
}

impl Hugo {
    /// Takes the folders of pages whose paths are not their names, and those with a program that makes pages.
    fn look_around(&mut self, setup: &Setup<'_>) {
        for mount in self.content.clone() {
            for name in setup.project.names(&*mount.folder).iter() {
                let Some(folder) = name.strip_suffix('/') else { continue };
                let part = self.part(folder);
                if part != folder {
                    self.renamed.insert(format!("/{part}").into(), folder.into());
                }
            }
            each_file(
                &mount.folder,
                |folder| setup.project.names(folder),
                |_| true,
                |folder, name| {
                    if name.starts_with("_content.") && ends_in(name, &["gotmpl"]) {
                        let parts = mount.below(folder).unwrap_or_default().split('/');
                        let parts = parts.filter(|part| !part.is_empty()).map(|part| self.part(part));
                        let path = parts.fold(mount.at.to_string(), |path, part| format!("{path}/{part}"));
                        self.adapted.push(path.into());
                    }
                },
            );
        }
    }

    /// Takes what is made besides the pages, once the theme and the reading of links are known.
    fn add_outputs(&mut self, setup: &Setup<'_>, find: &dyn Fn(&str) -> Option<Node>) {
        if let Some(all) = find("taxonomies") {
            self.taxonomies =
                all.entries().iter().filter_map(|entry| Some(entry.value.text()?.into())).collect();
        }
        self.outputs = Outputs::of(setup, find);
        if outputs::disables(find, "taxonomy") && outputs::disables(find, "term") {
            self.taxonomies.clear();
        }
        if self.links == Links::Raw && !self.has_theme && !link_hook::has_for_images(setup) {
            self.bundles = Bundles::Folders;
        }
    }
}
