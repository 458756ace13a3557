//! The tree of a page in each dialect.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| copydesk_fuzz::dialects::run(bytes));
