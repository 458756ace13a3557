//! What reports call files, worked out once for the findings of a file, which come one after the other.

use std::{path::Path, sync::Arc};

use crate::run::Run;

/// The names of the files of a run.
pub(super) struct PathNames<'a> {
    run: &'a Run,
    name: fn(&Run, &Path) -> String,
    last: Option<(Arc<Path>, String)>,
}

impl<'a> PathNames<'a> {
    /// Names as `name` makes them.
    pub(super) fn new(run: &'a Run, name: fn(&Run, &Path) -> String) -> Self {
        Self { run, name, last: None }
    }

    /// The run.
    pub(super) fn run(&self) -> &'a Run {
        self.run
    }

    /// The name of a file.
    pub(super) fn get(&mut self, path: &Arc<Path>) -> &str {
        let known = self.last.take().filter(|(last, _)| Arc::ptr_eq(last, path));
        let named = known.unwrap_or_else(|| (Arc::clone(path), (self.name)(self.run, path)));
        &self.last.insert(named).1
    }
}
