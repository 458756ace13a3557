//! Rules about grammar: phrases in which a word has the wrong form, or is missing.

pub(super) mod latin_abbreviation;
pub(super) mod missing_article;
pub(super) mod noun_number;
pub(super) mod subject_verb_agreement;
pub(super) mod verb_form;
pub(super) mod wrong_preposition;
