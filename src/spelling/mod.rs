//! The words of pages, and how likely an unknown one is a slip of a known one.
//!
//! [`Words`] are read from the tree's text runs in the first phase; what the site as a whole says of a word is known
//! in the second, where the verdict falls.

mod asides;
mod prefix_filter;
mod brands;
mod candidates;
mod alphabet;
mod derivation;
mod directives;
mod distance;
mod page_words;
mod html;
mod non_words;
mod word_collector;
mod scorer;
mod language;
pub mod lexicon;
mod near_words;
pub mod phrases;
mod prefixes;
mod project;
mod prose;
mod tokenizer;
mod edit_kind;
mod word_status;
mod terms;
mod two_words;
mod variants;
mod varieties;
mod vocabulary;
mod weights;
mod words;

pub use prefix_filter::PrefixFilter;
pub use brands::Brand;
pub use candidates::{Candidate, Source, in_case_of};
pub use derivation::Derivation;
pub use page_words::{PageWord, PageWords, Place, Traits};
pub use scorer::{Explanation, Part, Verdict, explain};
pub use language::{Evidence, Language, Locales, PageLanguage};
pub use project::{Project, Sensitivity};
pub use prose::{Keys, Reading, read};
pub use edit_kind::EditKind;
pub use word_status::WordStatus;
use word_status::has_inner_capital;
pub use terms::{Names, TermMatcher, TermMisspelling, Terms, too_long};
pub use variants::{Variant, variants};
pub use varieties::Variety;
pub use vocabulary::Vocabulary;
pub use words::{Flags, Gap, Word, Words};

/// Prepares the table of phrases, which the first pages would otherwise wait for.
pub fn prepare() {
    phrases::Matcher::get();
}
