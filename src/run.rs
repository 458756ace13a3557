//! A whole check: finds the sites that the paths belong to, reads their files, and runs the two phases in parallel.

mod fingerprints;
mod fixing;
mod since;

pub use crate::workspace::{
    BadPath, Batch, ConfigChoice, Error, FactsError, FileChange, IndexedSite, MAX_SITE, Options, PageText,
    PlacedFacts, Run, Shard, SiteFacts, facts_schema, load_config, merge_facts, write_facts,
};
pub use fixing::{fix, suppress, write};
pub use since::{ChangeScope, since};

use crate::workspace::{Facts, Purpose, Workspace};

/// Checks the files that the options name.
pub fn check(options: &Options<'_>) -> Run {
    let mut workspace = Workspace::open(options.clone());
    let run = workspace.check_last();
    workspace.save();
    workspace.close();
    run
}

/// Reads the sites that the options name, including the words of their pages, without checking them.
pub fn survey(options: &Options<'_>) -> (Vec<IndexedSite>, Vec<Error>) {
    Workspace::open_for(Purpose::Index, options.clone(), &Facts::default()).into_sites()
}
