//! The language server: what the rules find and what the site knows, for editors.
//!
//! One loop takes the client's messages in order and answers them; a thread of its own reads sites. Nothing here runs a
//! program, and no file is read that `check` does not read.
//!
//! Specification: <https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/>

mod about;
mod actions;
mod at;
mod capabilities;
mod client;
mod completion;
mod diagnostics;
mod dispatch;
mod documents;
mod edits;
mod hover;
mod main_loop;
mod navigation;
mod page;
mod position;
mod progress;
mod records;
mod rename;
mod served_config;
mod site_index;
mod sites;
mod sync;
mod transport;
mod uri;

use std::io::{BufRead, Write};

use jiff::civil;

pub use main_loop::End;

/// Serves one client until it goes. `today` is the day that dates are compared with.
pub fn serve(
    input: impl BufRead + Send + 'static,
    output: impl Write + Send + 'static,
    today: fn() -> civil::Date,
) -> End {
    main_loop::Server::new(transport::Outbox::new(Box::new(output)), today).run(input)
}
