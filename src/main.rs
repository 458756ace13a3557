//! Arguments in, exit code out.

use std::process::ExitCode;

use clap::Parser;
use copydesk::cli::Cli;

/// Most of what a page needs are small pieces of memory that are soon given back, at which it is faster than those that
/// come with systems.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    Cli::parse().run().into()
}
