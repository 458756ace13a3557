//! Rules about files, configuration and suppression comments.

pub(super) mod internal_error;
pub(super) mod invalid_config;
pub(super) mod invalid_encoding;
pub(super) mod oversized_file;
pub(super) mod unknown_suppression;
pub(super) mod untrusted_suppression;
pub(super) mod unused_suppression;
