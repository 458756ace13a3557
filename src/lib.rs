//! The desk that every Markdown page passes before it is published.
//!
//! [`check_str`] checks one text in memory; [`run::check`] checks files and whole sites; a [`Workspace`] keeps sites
//! open while they change, on disk or in memory; [`report`] prints what they find. Data flows one way: config → files
//! → document → rules → [`diagnostic::Diagnostic`] → reports.
//!
//! The modules that this page does not show are public for the program's own tests, benchmarks and fuzz targets. They
//! promise nothing.

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
#[doc(hidden)]
pub mod checkout;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
#[doc(hidden)]
pub mod data;
#[doc(hidden)]
pub mod discover;
#[doc(hidden)]
pub mod disk;
#[doc(hidden)]
pub mod document;
#[doc(hidden)]
pub mod fingerprint;
#[doc(hidden)]
pub mod front_matter;
#[doc(hidden)]
pub mod git;
#[doc(hidden)]
pub mod history;
#[doc(hidden)]
pub mod init;
#[doc(hidden)]
pub mod links;
#[doc(hidden)]
pub mod lint;
#[doc(hidden)]
pub mod markdown;
#[doc(hidden)]
pub mod paths;
#[doc(hidden)]
pub mod rule_docs;
#[doc(hidden)]
pub mod secrets;
#[cfg(feature = "server")]
#[doc(hidden)]
pub mod server;
#[doc(hidden)]
pub mod site;
#[doc(hidden)]
pub mod sources;
#[doc(hidden)]
pub mod spelling;
#[doc(hidden)]
pub mod suppress;

pub use check_str::{check_str, check_str_in};
pub use workspace::Workspace;
