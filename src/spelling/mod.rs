//! What is known of words, and which known word an unknown one may have been meant as.

pub mod lexicon;
