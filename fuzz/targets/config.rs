//! Configs: ours, those of a CMS and those of markdownlint, with the files that they name.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| copydesk_fuzz::config::run(bytes));
