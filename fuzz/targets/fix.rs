//! Fixes, round by round until there are none left.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| copydesk_fuzz::fix::run(bytes));
