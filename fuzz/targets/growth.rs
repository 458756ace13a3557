//! Time in proportion to the text.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| copydesk_fuzz::growth::run(bytes));
