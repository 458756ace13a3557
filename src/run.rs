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

use std::sync::Arc;

use crate::{
    vfs::Recording,
    workspace::{Facts, LastRun, Purpose, Workspace},
};

/// Checks the files that the options name. With a cache, nothing is worked out again where everything that the last run
/// with the same options read is as it was.
pub fn check(options: &Options<'_>) -> Run {
    let last = LastRun::with(options);
    if let Some(run) = last.as_ref().and_then(LastRun::recall) {
        return run;
    }
    let recording = last.as_ref().map(|_| Arc::new(Recording::of(Arc::clone(&options.files))));
    let files = recording.as_ref().map_or_else(|| Arc::clone(&options.files), |it| Arc::clone(it) as _);
    let mut workspace = Workspace::open(Options { files, ..options.clone() });
    let mut run = workspace.check_last();
    workspace.save();
    if let (Some(last), Some(recording)) = (last, recording) {
        // What has no secret need not be searched again for the report.
        run.is_masked = run.is_discreet();
        last.keep(&run, &recording);
    }
    workspace.close();
    run
}

/// Reads the sites that the options name, including the words of their pages, without checking them.
pub fn survey(options: &Options<'_>) -> (Vec<IndexedSite>, Vec<Error>) {
    Workspace::open_for(Purpose::Index, options.clone(), &Facts::default()).into_sites()
}
