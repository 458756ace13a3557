//! Why a word of a page is taken for a slip, or is not.

use super::{
    language::Language,
    page_terms::PageTerms,
    page_words::PageWords,
    scorer::{Part, SearchMode, Suspect, Verdict},
    vocabulary::Vocabulary,
    word_status::WordStatus,
};

/// Why a word of a page is a slip or not.
#[derive(Debug)]
pub enum Explanation {
    /// The lexicon has it.
    Known,
    /// It is one of the project's words.
    Own,
    /// It is in no prose of the page.
    Absent,
    /// It has letters that the lexicon does not have.
    Foreign,
    /// Nothing near is known.
    Alone,
    /// Each place with the best candidate there, and what speaks for and against it.
    Judged(Vec<(Verdict, Vec<Part>)>),
}

/// Explains what is thought of a word, as it is written on the page.
pub fn explain(word: &str, page: &PageWords, site: &Vocabulary, language: &Language) -> Explanation {
    if site.project.has(word) {
        return Explanation::Own;
    }
    let Some(word) = page.get(word).filter(|word| word.known || !word.places.is_empty()) else {
        let known = WordStatus::of(word) != WordStatus::Unknown;
        return if known { Explanation::Known } else { Explanation::Absent };
    };
    if word.known {
        return Explanation::Known;
    }
    if !word.text.is_ascii() {
        return Explanation::Foreign;
    }
    let terms = PageTerms::of(page, site, language);
    let judged = Suspect::new(word, page, site).verdicts::<Vec<Part>>(&terms, language, SearchMode::Thorough);
    if judged.is_empty() { Explanation::Alone } else { Explanation::Judged(judged) }
}
