//! Rules: groups of them with the facts that they ask for, and each by itself when those are there.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, LazyLock},
};

use copydesk::{
    config::{Config, Layer, PRESETS, Settings},
    internals::{
        discover::IgnoredByGit,
        document::Document,
        lint,
        site::{
            Page, Site,
            urls::{Inventory, KnownSurroundings, Surroundings, Urls},
        },
    },
    rules,
    vfs::{InventoryItem, ItemKind},
};
use divan::Bencher;
use jiff::civil;

use crate::corpus::{DOCUMENTS, bytes, documents};

/// The day that dates are measured against.
pub const TODAY: civil::Date = civil::date(2024, 6, 1);

/// What is around a site of the pages alone, outside of any repository.
fn alone(documents: &[Document]) -> Arc<Surroundings> {
    let item = |document: &Document| InventoryItem {
        path: document.path.to_string_lossy().into_owned(),
        kind: ItemKind::File,
    };
    let known = KnownSurroundings {
        inventory: Inventory::new(documents.iter().map(item).collect(), false),
        ignored: IgnoredByGit::known([], Path::new("")),
        renames: vec![],
        remotes: vec![],
        folder: String::new(),
    };
    Arc::new(Surroundings::known(known))
}

/// What the rules about links and images find in both phases.
pub fn links_in(documents: Vec<Document>) -> usize {
    let config = Config::defaults(Layer::only(&["links".to_owned(), "images".to_owned()]));
    let settings = config.site_settings();
    let around = alone(&documents);
    let (mut pages, mut diagnostics) = (Vec::new(), 0);
    for document in documents {
        diagnostics += lint::check(&document, &settings).len();
        pages.push(Page::of(document, &config.sites));
    }
    let site = Site::new(pages, vec![], &[], TODAY).with_urls(Urls::new(Arc::clone(&config.sites), around));
    diagnostics + site.pages.iter().map(|page| lint::check_page(page, &site, &settings).len()).sum::<usize>()
}

/// The rules about links and images alone: everything after the parser.
#[divan::bench]
fn links(bencher: Bencher) {
    bencher.counter(bytes()).with_inputs(documents).bench_values(links_in);
}

/// Groups of rules about Markdown itself, on every page, with the facts that each asks for; `all` of them share those.
#[divan::bench(args = ["headings", "lists", "blocks", "code", "tables", "emphasis", "html", "whitespace", "all"])]
fn markdown_rules(bencher: Bencher, group: &str) {
    let settings = markdown_settings(Some(group).filter(|group| *group != "all"));
    let find = |documents: Vec<Document>| -> usize {
        documents.iter().map(|document| lint::check(document, &settings).len()).sum()
    };
    bencher.counter(bytes()).with_inputs(documents).bench_values(find);
}

/// The rules that markdownlint has, or those of one group, with every option as markdownlint has it.
pub fn markdown_settings(group: Option<&str>) -> Arc<Settings> {
    let mut layer = preset("markdownlint");
    if let Some(group) = group {
        layer.extend(&Layer::only(&[group.to_owned()]));
    }
    Config::defaults(layer).site_settings()
}

/// The pages as a site, with all that one rule or another asks of them looked up.
static SITE: LazyLock<Site> = LazyLock::new(|| {
    let config = Config::defaults(strict());
    let settings = config.site_settings();
    let documents = documents();
    let around = alone(&documents);
    let pages = documents.into_iter().map(|document| Page::with_words(document, &config.sites)).collect();
    let urls = Urls::new(Arc::clone(&config.sites), around);
    let site = Site::new(pages, vec![], &[], TODAY).with_urls(urls).with_spelling(&config.spelling);
    for page in &site.pages {
        lint::check_page(page, &site, &settings);
    }
    for document in &*DOCUMENTS {
        lint::check(document, &settings);
    }
    site
});

/// Every rule.
pub fn strict() -> Layer {
    preset("strict")
}

fn preset(name: &str) -> Layer {
    PRESETS.iter().find(|preset| preset.name == name).expect("there is such a preset").layer()
}

/// Each rule on every page, in both phases, without what it shares with others: read the figures as parts of `whole_run`
/// and `every_rule`.
#[divan::bench(args = rules::RULES.iter().map(|rule| rule.meta.id))]
fn rule(bencher: Bencher, id: &str) {
    let mut layer = strict();
    layer.extend(&Layer::only(&[id.to_owned()]));
    let settings = Config::defaults(layer).site_settings();
    let (site, documents) = (&*SITE, &*DOCUMENTS);
    bencher.counter(bytes()).bench(|| {
        let first: usize = documents.iter().map(|document| lint::check(document, &settings).len()).sum();
        let second = site.pages.iter().map(|page| lint::check_page(page, site, &settings).len());
        let place: Arc<Path> = PathBuf::from("copydesk.yaml").into();
        first + second.sum::<usize>() + lint::check_site(site, &settings, &place).len()
    });
}
