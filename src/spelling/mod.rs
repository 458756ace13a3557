//! The words of pages, and how likely an unknown one is a slip of a known one.
//!
//! [`Words`] are read from the tree's text runs in the first phase; what the site as a whole says of a word is known
//! in the second, where the verdict falls.

mod alphabet;
mod asides;
mod beside;
mod brands;
mod candidates;
mod corrections;
mod derivation;
mod directives;
mod distance;
mod edit_kind;
mod explanation;
mod html;
mod language;
pub mod lexicon;
mod name_slip;
mod near_brands;
mod near_words;
mod non_words;
mod page_terms;
mod page_words;
pub mod phrases;
mod prefix_filter;
mod prefixes;
mod project;
mod prose;
mod scorer;
mod terms;
mod tokenizer;
mod traits;
mod two_words;
mod variants;
mod varieties;
mod vocabulary;
mod weights;
mod word_collector;
mod word_shape;
mod word_status;
mod words;

pub use brands::Brand;
pub use candidates::CandidateSource;
pub use derivation::is_prefix;
pub use directives::{CheckerScope, checker_scope};
pub use edit_kind::EditKind;
pub use explanation::{Explanation, explain};
pub use language::{Language, Locales, PageLanguage, is_language_tag};
pub use name_slip::is_name_slip;
pub use near_words::is_function_word;
pub use page_words::{PageWord, PageWords, WordPlaces};
pub use prefix_filter::PrefixFilter;
pub use project::{ProjectWords, Sensitivity};
pub use prose::{ProseKeys, Reading, comments, read};
pub use scorer::{Part, Verdict, verdicts};
pub use terms::{Names, TermMatcher, Terms, too_long};
pub use traits::Traits;
pub use variants::variants;
pub use varieties::Variety;
pub use vocabulary::Vocabulary;
pub use word_status::WordStatus;
use word_status::has_inner_capital;
pub use words::{Flags, Gap, Word, Words};

/// Prepares the table of phrases, which the first pages would otherwise wait for.
pub fn prepare() {
    phrases::Matcher::get();
}
