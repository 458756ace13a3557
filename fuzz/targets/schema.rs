//! What a schema has to say about front matter.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| copydesk_fuzz::schema::run(bytes));
