//! `copydesk server`.

use std::io;

use clap::Args;

use super::{Outcome, inputs::today};
use crate::server::{self, End};

/// Serve an editor, over standard input and output
#[derive(Debug, Args)]
pub(super) struct ServerArgs {
    /// Communicate over standard input and output, as it always does; some editors add this
    #[arg(long, hide = true)]
    stdio: bool,
}

impl ServerArgs {
    /// Serves until the editor goes.
    #[expect(clippy::unused_self, reason = "its one switch is accepted and changes nothing")]
    pub(super) fn run(self) -> Outcome {
        match server::serve(io::BufReader::new(io::stdin()), io::stdout(), today) {
            End::Asked => Outcome::Clean,
            End::Lost => Outcome::Findings,
        }
    }
}
