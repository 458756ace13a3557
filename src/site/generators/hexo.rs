//! Hexo.

use std::{collections::HashMap, sync::Arc};

use globset::GlobSet;

use super::{
    Generator, GeneratorSupport, PageSource, Route, Setup, SiteKind, Survey,
    detect::RootCandidate,
    setup::{globs, texts},
    slugs,
    source::{TermStyle, dated, ends_in},
};
use crate::{
    data::Node,
    markdown::DialectName,
    site::urls::{PathPattern, RouteForm, below},
    text::SlugStyle,
};

pub(super) static HEXO: GeneratorSupport = GeneratorSupport {
    kind: SiteKind::Hexo,
    configs: &["_config.yml"],
    variant: None,
    is_config,
    sign: |_| None,
    dialects: &[DialectName::Nunjucks, DialectName::MathBlocks],
    setup,
};

/// Jekyll has a config of the same name.
fn is_config(folder: &RootCandidate<'_>, _: &str) -> bool {
    folder.depends_on("hexo") || folder.has("source/_posts/") && folder.has("themes/")
}

/// What the names of posts say, as `new_post_name` has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum PostNames {
    /// The title.
    Title,
    /// The day and the title.
    Dated,
    Unknown,
}

impl PostNames {
    fn of(pattern: Option<&str>) -> Self {
        match pattern {
            None | Some(":title.md") => Self::Title,
            Some(":year-:month-:day-:title.md") => Self::Dated,
            Some(_) => Self::Unknown,
        }
    }
}

/// How tags and categories are written in paths.
#[derive(Debug)]
struct TermNames {
    /// The category of posts that have none.
    default_category: Box<str>,
    /// The names of categories that differ from those on pages.
    categories: HashMap<Box<str>, Box<str>>,
    /// Whether tags have such names.
    are_tags_renamed: bool,
    are_small: bool,
}

#[derive(Debug)]
struct Hexo {
    posts: PathPattern,
    names: PostNames,
    terms: TermNames,
    /// Whether drafts are published.
    has_drafts: bool,
    /// The first parts of the paths of lists.
    lists: Vec<Box<str>>,
    /// The path of the list of all posts, where that is not the first page.
    index: Option<Box<str>>,
    /// The files that are copied as they are.
    skipped: GlobSet,
    /// The folder of pages.
    source: Box<str>,
    /// What the packages of the site are, where there is a list of them.
    packages: Option<Arc<str>>,
    /// Whether files in the folder named as a post are published with it.
    has_assets: bool,
}

fn setup(setup: &mut Setup<'_>) -> Arc<dyn Generator> {
    setup.defaults(&[("source", "")], &["source"], RouteForm::Html, SlugStyle::Hexo);
    let root = setup.root();
    let text = |key: &str| root.as_ref().and_then(|root| root.get(key)).and_then(Node::text);
    setup.url(text("url"), None);
    let names = |key: &str| texts(root.as_ref().and_then(|root| root.get(key)));
    let skipped = root.as_ref().and_then(|root| root.get("skip_render")).cloned();
    let is_on = |key: &str| root.as_ref().and_then(|root| root.get(key)?.as_bool()) == Some(true);
    let language = root.as_ref().and_then(|root| root.get("language"));
    setup.default_language(language.and_then(|it| it.self_or_items().first()?.text()));
    // Options of the usual renderer change the anchors.
    let of_renderer = |key: &str| root.as_ref().and_then(|root| root.get("marked")?.get(key)?.text());
    let is_changed = of_renderer("modifyAnchors").is_some_and(|it| it != "0")
        || of_renderer("anchorAlias") == Some("true")
        || of_renderer("headerIds") == Some("false");
    if is_changed {
        setup.layout.slugs = SlugStyle::None;
        setup.says("slugs");
    }
    // The links that the theme makes have no `.html` then, and the server takes both.
    let pretty = root.as_ref().and_then(|root| root.get("pretty_urls")?.get("trailing_html"));
    if pretty.and_then(Node::as_bool) == Some(false) {
        setup.form(RouteForm::Any);
    }
    if let Some(folder) = text("source_dir") {
        setup.source(folder);
    }
    if let Some(folder) = text("theme").and_then(|theme| setup.path(&format!("themes/{theme}/source"))) {
        setup.layout.statics.push(folder.into());
    }
    Arc::new(Hexo {
        posts: PathPattern::with_colons(text("permalink").unwrap_or(":year/:month/:day/:title/")),
        terms: TermNames {
            default_category: text("default_category").unwrap_or("uncategorized").into(),
            categories: names("category_map"),
            are_tags_renamed: !names("tag_map").is_empty(),
            are_small: text("filename_case") == Some("1"),
        },
        has_drafts: is_on("render_drafts"),
        skipped: globs(skipped.iter().flat_map(Node::self_or_items).filter_map(Node::text)),
        names: PostNames::of(text("new_post_name")),
        lists: [("tag_dir", "tags"), ("category_dir", "categories"), ("archive_dir", "archives")]
            .iter()
            .map(|(key, usual)| text(key).unwrap_or(usual).trim_matches('/').into())
            .collect(),
        index: {
            let path = root.as_ref().and_then(|root| root.get("index_generator")?.get("path")?.text());
            path.map(|path| path.trim_matches('/')).filter(|path| !path.is_empty()).map(Into::into)
        },
        source: setup.layout.content.first().map(|mount| mount.folder.clone()).unwrap_or_default(),
        has_assets: is_on("post_asset_folder"),
        packages: setup.read("package.json"),
    })
}

impl Hexo {
    /// The last category of a post as it is in paths, with those above it.
    fn category(&self, page: &PageSource<'_>) -> Option<String> {
        let own = ["categories", "category"].into_iter().find_map(|key| page.root?.get(key));
        let names = own.map_or(&[][..], Node::self_or_items);
        // Of several lists each is a category with those above it.
        if names.iter().any(Node::is_collection) {
            return None;
        }
        let names = names.iter().filter_map(Node::text);
        let slug = |name: &str| {
            let slug = slugs::hexo(self.terms.categories.get(name).map_or(name, |it| it));
            if self.terms.are_small { slug.to_lowercase() } else { slug }
        };
        let path = names.map(slug).collect::<Vec<_>>().join("/");
        Some(if path.is_empty() { slug(&self.terms.default_category) } else { path })
    }

    fn post(&self, page: &PageSource<'_>) -> Option<String> {
        if let Some(own) = page.text("permalink") {
            return Some(format!("/{}", own.trim_start_matches('/')));
        }
        let folders: Vec<&str> = page.folders().skip(1).collect();
        let whole = folders.iter().copied().chain([page.stem()]).collect::<Vec<_>>().join("/");
        let by_name = dated(&whole).filter(|_| self.names == PostNames::Dated && folders.is_empty());
        // What does not fit the pattern is the title as a whole.
        let slug = match (self.names, by_name) {
            (PostNames::Title, _) => whole.clone(),
            (_, Some((_, rest))) => rest.to_owned(),
            _ => slugs::hexo(&whole),
        };
        let is_known = self.names != PostNames::Unknown;
        let date = page.date("date").map(jiff::civil::DateTime::date).or(by_name.map(|(date, _)| date));
        self.posts.fill(|placeholder| {
            let format = |format: &str| Some(date?.strftime(format).to_string());
            match placeholder {
                "year" => format("%Y"),
                "month" => format("%m"),
                "i_month" => format("%-m"),
                "day" => format("%d"),
                "i_day" => format("%-d"),
                "title" => Some(slug.clone()).filter(|_| is_known),
                "name" | "post_title" => {
                    Some(slug.rsplit('/').next().unwrap_or_default().to_owned()).filter(|_| is_known)
                }
                "category" => self.category(page),
                _ => None,
            }
        })
    }
}

impl Hexo {
    /// Whether a plugin may make a feed, a site map or a search index. Their packages say so in their names, and other names
    /// than the usual ones are those of the config.
    fn makes_file(&self, name: &str) -> bool {
        let part = match name {
            "atom.xml" | "rss.xml" | "rss2.xml" | "feed.xml" | "index.xml" | "feed.json" => "feed",
            "sitemap.xml" | "sitemap.txt" => "sitemap",
            "search.xml" | "search.json" => "search",
            _ => return false,
        };
        self.packages.as_ref().is_none_or(|packages| packages.contains(part))
    }

    /// Whether a path is that of a list: of all posts, or of those with a tag or in a category.
    fn makes_list(&self, path: &str, survey: &Survey<'_>) -> bool {
        let path = path.trim_matches('/');
        let path = path.strip_suffix("index.html").map_or(path, |path| path.trim_end_matches('/'));
        let rest = |list: usize| self.lists.get(list).and_then(|list| below(list, path));
        let has_all = |rest: &str, keys: [&str; 2]| {
            let terms = rest.split("/page/").next().unwrap_or_default().split('/');
            let has = |term: &str| {
                let letters = slugs::letters(term);
                keys.iter().any(|key| survey.has_term(key, &letters, TermStyle::Letters))
            };
            { terms }.all(|term| term.is_empty() || has(term))
        };
        let of_index =
            |index: &str| path == index || below(index, path).is_some_and(|rest| rest.starts_with("page/"));
        self.lists.iter().any(|list| path == &**list)
            || self.index.as_deref().is_some_and(of_index)
            || rest(0).is_some_and(|rest| self.terms.are_tags_renamed || has_all(rest, ["tags", "tag"]))
            || rest(1).is_some_and(|rest| {
                !self.terms.categories.is_empty() || has_all(rest, ["categories", "category"])
            })
            || rest(2).is_some()
    }
}

impl Generator for Hexo {
    fn route(&self, page: &PageSource<'_>) -> Option<Route> {
        if self.skipped.is_match(page.below) {
            return Some(Route::at(format!("/{}", page.below)));
        }
        match page.folders().next() {
            Some("_posts") => {
                let is_published = page.flag("published") != Some(false);
                return Some(
                    self.post(page).map_or_else(|| Route::open(""), Route::at).published(is_published),
                );
            }
            Some("_drafts") => {
                let route = self.post(page).map_or_else(|| Route::open(""), Route::at);
                return Some(route.published(self.has_drafts));
            }
            Some(folder) if folder.starts_with('_') => return None,
            _ => {}
        }
        let folder = page.folder_path();
        let usual = if page.stem() == "index" {
            format!("{folder}/")
        } else {
            format!("{folder}/{}.html", page.stem())
        };
        Some(Route::at(
            page.text("permalink").map_or(usual, |own| format!("/{}", own.trim_start_matches('/'))),
        ))
    }

    fn publishes_files(&self) -> bool {
        true
    }

    fn tells_of_feeds(&self) -> bool {
        true
    }

    fn owns(&self, path: &str) -> bool {
        let path = path.trim_start_matches('/');
        let usual = ["tags", "categories", "archives"];
        let lists = self.lists.iter().map(|list| &**list).chain(usual);
        { lists }.any(|list| below(list, path).is_some())
    }

    fn may_make(&self, path: &str, survey: &Survey<'_>) -> bool {
        let first = path.split('/').nth(1).unwrap_or_default();
        let name = path.rsplit('/').next().unwrap_or_default();
        // The files of a post are in a folder that has its path and not its name.
        let is_of_post = || {
            name.contains('.')
                && !ends_in(name, &["html"])
                && !survey.has_folder(&format!("{}/{first}", self.source))
        };
        self.makes_list(path, survey)
            || matches!(first, "page" | "404.html" | "index.html")
            || ends_in(first, &["xml", "json", "txt"]) && self.makes_file(first)
            || self.has_assets && first != name && is_of_post()
            || first.len() == 4
                && first.bytes().all(|it| it.is_ascii_digit())
                && path.split('/').filter(|it| !it.is_empty()).count() < 4
    }
}
