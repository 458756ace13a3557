//! The desk that every Markdown page passes before it is published.
//!
//! Data flows one way: config → files → [`document::Document`] → rules → [`diagnostic::Diagnostic`] → reports.
//! [`run::check`] does it all; [`lint`] is the part without I/O.

pub mod baseline;
pub mod checkout;
pub mod cli;
pub mod config;
pub mod data;
pub mod diagnostic;
pub mod discover;
pub mod disk;
pub mod document;
pub mod fingerprint;
pub mod fix;
pub mod front_matter;
pub mod git;
pub mod history;
pub mod links;
pub mod lint;
pub mod markdown;
pub mod pages;
pub mod report;
pub mod rule;
pub mod rules;
pub mod run;
pub mod secrets;
pub mod site;
pub mod sources;
pub mod spelling;
pub mod suppress;
pub mod text;
