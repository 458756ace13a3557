//! Pelican.

mod other_pages;
mod pages;

use std::{collections::HashSet, sync::Arc};

use other_pages::OtherPages;

use super::{
    Generator, GeneratorSupport, Setup, SiteKind,
    script::{Script, ScriptPart},
    setup::each_file,
    slugs,
    source::ends_in,
};
use crate::{
    markdown::DialectName,
    site::urls::{PathPattern, RouteForm, join},
    text::SlugStyle,
};

pub(super) static PELICAN: GeneratorSupport = GeneratorSupport {
    kind: SiteKind::Pelican,
    configs: &["pelicanconf.py", "publishconf.py"],
    variant: None,
    is_config: |_, _| true,
    sign: |_| None,
    dialects: &[DialectName::Templates, DialectName::MathBlocks],
    setup,
};

/// Where pages of one kind appear; `None` where a program makes the pattern.
#[derive(Debug)]
struct Paths {
    usual: Option<PathPattern>,
    /// In another language than that of the site.
    translated: Option<PathPattern>,
    draft: Option<PathPattern>,
    translated_draft: Option<PathPattern>,
}

/// The pages of each tag, category or author: what is before and after its name in their paths.
#[derive(Debug)]
struct TermPages {
    keys: [&'static str; 2],
    before: Box<str>,
    after: Box<str>,
}

/// What the slug of a page without one is made of.
#[derive(Debug, PartialEq, Eq)]
enum SlugSource {
    Title,
    FileName,
    /// In a way that is not known.
    Unknown,
}

/// What the name of a file says.
#[derive(Debug, PartialEq, Eq)]
enum NameReading {
    /// The date that it begins with.
    Date,
    /// The date and the slug.
    DateAndSlug,
    Unknown,
}

#[derive(Debug)]
struct Pelican {
    content: Box<str>,
    articles: Paths,
    pages: Paths,
    article_folders: Vec<Box<str>>,
    page_folders: Vec<Box<str>>,
    language: Box<str>,
    author: Option<Box<str>>,
    default_category: Box<str>,
    /// Where the files of the theme appear.
    theme_files: Box<str>,
    slug_source: SlugSource,
    name_reading: NameReading,
    /// Whether articles without a date are published.
    has_default_date: bool,
    terms: Vec<TermPages>,
    /// The slugs of the folders of articles, which are categories.
    folders: HashSet<String>,
    others: OtherPages,
    /// What nothing here tells: pages of other formats, or a plugin that moves pages.
    unknown: Unknown,
}

/// Of what in a site nothing is known.
#[derive(Debug, Default)]
struct Unknown {
    /// Pages that are not in Markdown, whose tags are not read.
    terms: bool,
    /// Where pages appear.
    paths: bool,
    /// Archives of months and the like.
    archives: bool,
}

fn setup(setup: &mut Setup<'_>) -> Arc<dyn Generator> {
    setup.defaults(&[("content", "")], &[], RouteForm::Html, SlugStyle::Mkdocs);
    let script = Script::python(&setup.text);
    let config = script.whole();
    let published = Script::python(&setup.read("publishconf.py").unwrap_or_default());
    let url = config.text("SITEURL").filter(|url| !url.is_empty());
    setup.url(url.or_else(|| published.whole().text("SITEURL")), None);
    setup.default_language(config.text("DEFAULT_LANG"));
    if let Some(folder) = config.text("PATH") {
        let mounts = setup.mount(folder, "").into_iter().collect();
        setup.content(mounts);
    }
    let content = setup.layout.content.first().map(|mount| mount.folder.clone()).unwrap_or_default();
    add_files(setup, &content, config);
    let mut it = Pelican {
        articles: Paths::of(config, ["ARTICLE", "DRAFT"], "", "drafts/"),
        pages: Paths::of(config, ["PAGE", "DRAFT_PAGE"], "pages/", "drafts/pages/"),
        article_folders: folders(config, "ARTICLE_PATHS", ""),
        page_folders: folders(config, "PAGE_PATHS", "pages"),
        language: config.text("DEFAULT_LANG").unwrap_or("en").to_lowercase().into(),
        author: config.text("AUTHOR").map(Into::into),
        default_category: config.text("DEFAULT_CATEGORY").unwrap_or("misc").into(),
        theme_files: config.text("THEME_STATIC_DIR").unwrap_or("theme").trim_matches('/').into(),
        slug_source: slug_source(config),
        name_reading: name_reading(config),
        has_default_date: config.mentions("DEFAULT_DATE"),
        terms: term_pages(config),
        folders: HashSet::new(),
        others: OtherPages::default(),
        unknown: Unknown {
            terms: false,
            paths: ["i18n_subsites", "DEFAULT_METADATA", "\nPATH_METADATA"]
                .iter()
                .any(|it| config.mentions(it)),
            archives: config.mentions("_ARCHIVE_"),
        },
        content,
    };
    it.look_around(setup);
    Arc::new(it)
}

/// The folders that are copied: those of a list, and files that the config moves.
fn add_files(setup: &mut Setup<'_>, content: &str, config: ScriptPart<'_>) {
    for path in folders(config, "STATIC_PATHS", "images") {
        let mount = join(content, &path).and_then(|folder| setup.mount(&folder, &path));
        setup.layout.copied.extend(mount);
    }
    let moved = config.block("EXTRA_PATH_METADATA").map(ScriptPart::entries).unwrap_or_default();
    for (from, value) in moved {
        let to = ScriptPart::of_value(value).and_then(|value| value.text("path"));
        let mount = join(content, from).zip(to).and_then(|(file, to)| setup.mount(&file, to));
        setup.layout.copied.extend(mount);
    }
}

fn folders(config: ScriptPart<'_>, key: &str, usual: &str) -> Vec<Box<str>> {
    match config.block(key) {
        Some(list) => list.strings().into_iter().map(|folder| folder.trim_matches('/').into()).collect(),
        None => vec![usual.into()],
    }
}

/// The pattern that a setting has, or the default if the config lacks the setting.
fn pattern(config: ScriptPart<'_>, key: &str, usual: &str) -> Option<PathPattern> {
    let is_set = || config.mentions(&format!("\n{key}")) || config.mentions(&format!("'{key}'"));
    let text = config.text(key).or_else(|| (!is_set()).then_some(usual))?;
    Some(PathPattern::with_braces(text))
}

impl Paths {
    fn of(config: ScriptPart<'_>, names: [&str; 2], folder: &str, drafts: &str) -> Self {
        let [name, draft] = names;
        let get = |name: &str, folder: &str, ending: &str| {
            pattern(config, &format!("{name}_SAVE_AS"), &format!("{folder}{{slug}}{ending}.html"))
        };
        Self {
            usual: get(name, folder, ""),
            translated: get(&format!("{name}_LANG"), folder, "-{lang}"),
            draft: get(draft, drafts, ""),
            translated_draft: get(&format!("{draft}_LANG"), drafts, "-{lang}"),
        }
    }
}

fn slug_source(config: ScriptPart<'_>) -> SlugSource {
    const CHANGES: [&str; 4] =
        ["SLUG_REGEX_SUBSTITUTIONS", "SLUG_SUBSTITUTIONS", "SLUGIFY_USE_UNICODE", "SLUGIFY_PRESERVE_CASE"];
    match config.text("SLUGIFY_SOURCE") {
        _ if CHANGES.iter().any(|it| config.mentions(it)) => SlugSource::Unknown,
        None | Some("title") => SlugSource::Title,
        Some("basename") => SlugSource::FileName,
        Some(_) => SlugSource::Unknown,
    }
}

fn name_reading(config: ScriptPart<'_>) -> NameReading {
    let Some(rest) = config.after("FILENAME_METADATA") else { return NameReading::Date };
    let expression = rest.until('\n');
    let is_usual =
        expression.mentions(r"(?P<date>\d{4}-\d{2}-\d{2})") && expression.mentions("-(?P<slug>.*)");
    if is_usual { NameReading::DateAndSlug } else { NameReading::Unknown }
}

fn term_pages(config: ScriptPart<'_>) -> Vec<TermPages> {
    let kinds = [
        ("TAG", "tag", ["tags", "tag"]),
        ("CATEGORY", "category", ["category", "categories"]),
        ("AUTHOR", "author", ["author", "authors"]),
    ];
    let pages = kinds.into_iter().filter_map(|(name, folder, keys)| {
        let usual = format!("{folder}/{{slug}}.html");
        let path = config.text(&format!("{name}_SAVE_AS")).unwrap_or(&usual);
        let (before, after) = path.split_once("{slug}")?;
        Some(TermPages { keys, before: before.trim_start_matches('/').into(), after: after.into() })
    });
    pages.collect()
}

impl Pelican {
    /// Takes the names of folders, and notes whether there are pages in other formats.
    fn look_around(&mut self, setup: &Setup<'_>) {
        let content = self.content.to_string();
        let enters = |name: &str| !name.starts_with('.');
        each_file(
            &content,
            |folder| setup.project.names(folder),
            enters,
            |folder, name| {
                let own = folder.rsplit('/').next().unwrap_or_default();
                if ends_in(name, &["md"]) {
                    self.folders.insert(slugs::pelican(own));
                }
                let is_other = ends_in(name, &["rst", "ipynb", "org", "adoc"]);
                self.unknown.terms |= is_other;
                if is_other || ends_in(name, &["html", "htm"]) {
                    self.others.add(name, || setup.project.text(&join(folder, name)?));
                }
            },
        );
    }
}
