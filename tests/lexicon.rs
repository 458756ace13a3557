//! What does the lexicon know, and are its files what they should be?
//!
//! `UPDATE=1 LEXICON_SOURCES=<folder>` rebuilds them from what `.ci/lexicon-sources <folder>` fetched.

mod common;
mod generator {
    pub mod generate;
    pub mod shelf;
    pub mod sources;
}

use copydesk::spelling::lexicon;
use std::{env, fs, path::Path};

#[test]
fn files_are_generated() {
    let (Some(folder), true) = (env::var_os("LEXICON_SOURCES"), env::var_os("UPDATE").is_some()) else {
        println!("the lexicon was not rebuilt: that needs UPDATE=1 and LEXICON_SOURCES");
        return;
    };
    let data = common::repo("src/spelling/lexicon/data");
    for (name, bytes) in generator::generate::files(Path::new(&folder)) {
        fs::write(data.join(name), bytes).expect("the repository can be written");
    }
}

#[test]
fn well_known_words_are_in() {
    let words = "the a I don't colour organise organisation organised analyse programme behaviour cancelled judgement \
        labelled licence modelling catalogue centre attaches facto may Linux NASA APIs API's Ada's ADA kubernetes \
        JavaScript Kubernetes café Atatürk McDonald Mr etc can’t reader’s benchmark OpenStack POD";
    let unknown: Vec<&str> = words.split_whitespace().filter(|word| !lexicon::is_known(word)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}
