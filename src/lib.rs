//! Checks Markdown pages and sites before they are published.
//!
//! [`check_str`] checks one text in memory; [`run::check`] checks files and whole sites; a [`Workspace`] keeps sites
//! open while they change, on disk or in memory; [`report`] prints what they find. Data flows one way: config → files
//! → document → rules → [`diagnostic::Diagnostic`] → reports.
//!
//! The modules that this page does not show are public for the program's own tests, benchmarks and fuzz targets, and
//! have no stable API.

mod check_str;
pub mod config;
pub mod diagnostic;
pub mod fix;
pub mod report;
pub mod rule;
pub mod rules;
pub mod run;
pub mod text;
pub mod workspace;

#[doc(hidden)]
pub mod baseline;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod data;
#[doc(hidden)]
pub mod discover;
mod disk;
#[doc(hidden)]
pub mod document;
mod fingerprint;
#[doc(hidden)]
pub mod front_matter;
#[doc(hidden)]
pub mod git;
mod history;
#[cfg(feature = "cli")]
mod init;
#[doc(hidden)]
pub mod links;
#[doc(hidden)]
pub mod lint;
#[doc(hidden)]
pub mod markdown;
mod paths;
#[doc(hidden)]
pub mod rule_docs;
mod secrets;
#[cfg(feature = "server")]
mod server;
#[doc(hidden)]
pub mod site;
#[doc(hidden)]
pub mod sources;
#[doc(hidden)]
pub mod spelling;
#[doc(hidden)]
pub mod suppress;
#[doc(hidden)]
pub mod vfs;

pub use check_str::{check_str, check_str_in};
pub use workspace::Workspace;
