//! Comments that switch rules off.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| copydesk_fuzz::suppressions::run(bytes));
