//! Which phrases are found in a page, and what is taken for right.

use std::{path::Path, sync::Arc};

use copydesk::internals::{
    document::Document,
    spelling::phrases::{self, Topic},
};

/// The phrases found in a page: pattern, words, what is meant.
fn found(source: &str) -> Vec<(&'static str, String, &'static str)> {
    let document = Document::parse(&Arc::from(Path::new("page.md")), source, &[]);
    let words = document.words();
    let text = |hit: &phrases::Hit| {
        let words: Vec<_> = hit.phrase.clone().map(|index| words.text(index, &document.source)).collect();
        words.join(" ")
    };
    document
        .phrases()
        .iter()
        .map(|hit| (hit.pattern, text(hit), &*hit.write.clone().into_owned().leak()))
        .collect()
}

#[test]
fn a_phrase_is_found_wherever_words_stand_side_by_side() {
    let come = |phrase: &str| vec![("come", phrase.to_owned(), "come in")];
    for source in [
        "It will com handy.",
        "It will com\nhandy.",
        "> It will com\n> handy.",
        "| will com handy |\n| - |\n",
        "# Com handy\n",
        "---\ntitle: com handy\n---\n",
        "com handy",
    ] {
        let hits = found(source);
        assert_eq!(hits.len(), 1, "{source:?}: {hits:?}");
        assert_eq!(hits[0].2, "come in", "{source:?}");
    }
    assert_eq!(found("(com handy)"), come("com handy"));
}

#[test]
fn words_with_other_letters_do_no_harm() {
    assert_eq!(found("École école. Éa éa a."), []);
    assert_eq!(found("We saw the école école."), [("other-word", "école école".to_owned(), "")]);
}

#[test]
fn what_parts_words_parts_phrases() {
    for source in [
        "It is com, handy.",
        "It is com. Handy it is.",
        "It is *com* handy.",
        "It is com `x` handy.",
        "It is com-handy, com handy-ish.",
        "It is COM handy, com Handy.",
        "It is \"com handy\", “com handy” and 'com handy'.",
        "It is example.com handy, com handy_x.",
        "<!-- com handy -->",
        "com\n\nhandy",
        "---\nlang: nl\n---\n\ncom handy",
    ] {
        assert_eq!(found(source), [], "{source:?}");
    }
}

#[test]
fn words_with_curly_apostrophes_and_soft_hyphens_are_the_same_words() {
    assert_eq!(found("Mira in it’s own boat."), [("its-own", "it's own".to_owned(), "its")]);
    assert_eq!(found("more th\u{ad}en a boat"), [("than-then", "more then a".to_owned(), "than")]);
}

#[test]
fn a_word_is_blamed_once() {
    assert_eq!(found("It is preformed by hand.").len(), 1);
    assert_eq!(found("It goes trough the night.").len(), 1);
}

#[test]
fn pattern_ids_are_unique() {
    for topic in Topic::ALL {
        let ids = phrases::ids(topic);
        let mut unique = ids.clone();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), ids.len(), "the rows of a pattern are beside each other: {ids:?}");
    }
}

#[test]
fn the_classes_of_words_are_those_of_the_table() {
    let path = crate::common::repo("src/spelling/phrases/words/classes.txt");
    let difference = crate::common::compare(&path, &phrases::written_classes());
    assert!(difference.is_none(), "{}", difference.unwrap_or_default());
}
