//! Splitting front matter from the page.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| copydesk_fuzz::split::run(bytes));
