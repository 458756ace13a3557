//! Checks Markdown pages and sites before they are published.
//!
//! [`check_str`] checks one text in memory; [`run::check`] checks files and whole sites; a [`Workspace`] keeps sites
//! open while they change, on disk or in memory; [`report`] prints what they find. Data flows one way: config → files
//! → document → rules → [`diagnostic::Diagnostic`] → reports.
//!
//! `internals` is for the program's own tests, benchmarks and fuzz targets, and has no stable API.

#![cfg_attr(
    not(feature = "cli"),
    allow(
        dead_code,
        unused_imports,
        reason = "a few items are for the program alone; with it, the compiler finds dead ones"
    )
)]

mod check_str;
pub mod config;
pub mod diagnostic;
pub mod fix;
pub mod report;
pub mod rule;
pub mod rules;
pub mod run;
pub mod text;
pub mod vfs;
pub mod workspace;

mod baseline;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
mod data;
mod discover;
mod disk;
mod document;
mod fence;
mod fingerprint;
mod front_matter;
mod git;
mod history;
#[cfg(feature = "cli")]
mod init;
#[doc(hidden)]
pub mod internals;
mod links;
mod lint;
mod markdown;
mod paths;
mod rule_docs;
mod secrets;
#[cfg(feature = "server")]
mod server;
mod site;
mod sources;
mod spelling;
mod suppress;

pub use check_str::{check_str, check_str_in};
pub use workspace::Workspace;
