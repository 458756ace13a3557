//! How far a run is, for people who wait.

use std::{
    io::{self, IsTerminal},
    time::{Duration, Instant},
};

/// A bar on standard error, shown once a run takes longer than people like to wait without one.
pub(super) struct Progress {
    bar: indicatif::ProgressBar,
    start: Instant,
}

const SHOW_AFTER: Duration = Duration::from_millis(700);

impl Progress {
    pub(super) fn new() -> Self {
        Self { bar: indicatif::ProgressBar::hidden(), start: Instant::now() }
    }

    pub(super) fn tick(&self, total: u64) {
        self.bar.inc(1);
        if self.bar.is_hidden() && self.start.elapsed() > SHOW_AFTER && io::stderr().is_terminal() {
            self.bar.set_length(total);
            self.bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
        }
    }

    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
