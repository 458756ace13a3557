//! The parts of spelling.

use std::sync::Arc;

use copydesk::internals::document::Document;
use copydesk::internals::spelling::{
    self, Language, PageWords, ProjectWords, ProseKeys, Reading, Vocabulary, WordPlaces, phrases,
};
use divan::Bencher;

use crate::corpus::{DOCUMENTS, bytes};

fn gather(document: &Document) -> PageWords {
    PageWords::gather(WordPlaces::Kept, &document.source, document.words(), &document.ast, &Language::English)
}

/// Spelling, its first part: the words of the prose, each looked up.
#[divan::bench]
fn spelling_words(bencher: Bencher) {
    let reading = Reading::default();
    let keys = ProseKeys { named: &reading.keys, likely: &[] };
    bencher.counter(bytes()).bench(|| {
        let words = DOCUMENTS.iter().map(|it| {
            spelling::read(&it.source, it.front_matter.as_ref(), keys, &it.ast, it.html_tags()).all().len()
        });
        words.sum::<usize>()
    });
}

/// Spelling, its second part: what the pages say of their uncommon words.
#[divan::bench]
fn spelling_facts(bencher: Bencher) {
    bencher.counter(bytes()).bench(|| {
        let facts = DOCUMENTS.iter().map(|it| gather(it).all().len());
        facts.sum::<usize>()
    });
}

/// Spelling, its third part: phrases that are wrong.
#[divan::bench]
fn spelling_phrases(bencher: Bencher) {
    bencher.counter(bytes()).bench(|| {
        let hits = DOCUMENTS.iter().map(|it| phrases::find(it.words(), &it.source, &Language::English).len());
        hits.sum::<usize>()
    });
}

/// Spelling, its last part: what the site says of its words, and the verdicts.
#[divan::bench]
fn spelling_verdicts(bencher: Bencher) {
    let pages = || DOCUMENTS.iter().map(gather).collect::<Vec<_>>();
    bencher.counter(bytes()).with_inputs(pages).bench_values(|pages| {
        let site = Vocabulary::new(
            pages.iter().map(|page| (page, &Language::English)),
            Arc::new(ProjectWords::default()),
        );
        pages.iter().map(|page| spelling::verdicts(page, &site, &Language::English).len()).sum::<usize>()
    });
}
