//! The tree of YAML, JSON and TOML.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| copydesk_fuzz::yaml::run(bytes));
