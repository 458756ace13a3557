//! The whole way, with and without the disk.

use copydesk::{
    config::{Config, Layer},
    internals::{
        document::Document,
        lint,
        site::{Page, Site},
    },
    report::{Format, RenderOptions, reporter},
    run,
};
use divan::Bencher;

use crate::{
    corpus::{CORPUS, bytes},
    rules::{TODAY, strict},
};

/// All rules of both phases, in memory.
#[divan::bench]
fn check(bencher: Bencher) {
    let config = Config::defaults(Layer::default());
    let settings = config.site_settings();
    bencher.counter(bytes()).bench(|| {
        let (mut pages, mut diagnostics) = (Vec::new(), 0);
        for (path, text) in &CORPUS.pages {
            let document = Document::parse(path, text.as_str(), &[]);
            diagnostics += lint::check(&document, &settings).len();
            pages.push(Page::with_words(document, &config.sites));
        }
        let site = Site::new(pages, vec![], &[], TODAY).with_spelling(&config.spelling);
        diagnostics
            + site.pages.iter().map(|page| lint::check_page(page, &site, &settings).len()).sum::<usize>()
    });
}

/// From the folder to the findings, as the command does it without a config.
#[divan::bench]
fn whole_run(bencher: Bencher) {
    run_with(bencher, Layer::default());
}

/// The same with every rule on.
#[divan::bench]
fn every_rule(bencher: Bencher) {
    run_with(bencher, strict());
}

fn run_with(bencher: Bencher, cli_overrides: Layer) {
    let threads = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("one thread can be had");
    let options = run::Options { cli_overrides, ..run::Options::on_disk(CORPUS.folder.clone(), TODAY) };
    bencher.counter(bytes()).bench(|| threads.install(|| run::check(&options).diagnostics.len()));
}

/// What every rule finds in every page, in each format.
#[divan::bench(args = Format::names())]
fn report(bencher: Bencher, format: &str) {
    let every_rule =
        run::Options { cli_overrides: strict(), ..run::Options::on_disk(CORPUS.folder.clone(), TODAY) };
    let (diagnostics, format) =
        (run::check(&every_rule), format.parse::<Format>().expect("there is such a format"));
    let options = RenderOptions::default();
    bencher.bench(|| {
        let mut out = Vec::new();
        reporter(format, options.clone()).report(&diagnostics, &mut out).expect("memory can be written");
        out.len()
    });
}
