//! The Markdown tree and what is asked of it.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| copydesk_fuzz::markdown::run(bytes));
