//! The command line as people see it: `tests/cli/*.trycmd` and `*.toml` hold commands, what they print and how they
//! end. `TRYCMD=overwrite cargo test --test it cli` rewrites the output.

use std::{
    io::Read,
    process::{Command, Stdio},
};

/// Noon of the day on which all tests run, in seconds since 1970.
const TODAY: &str = "1717243200";

#[test]
fn commands_print_what_they_should() {
    trycmd::TestCases::new()
        .env("SOURCE_DATE_EPOCH", TODAY)
        .env("COLUMNS", "100")
        .case("tests/cli/*.trycmd")
        .case("tests/cli/*.toml");
}

#[test]
fn a_reader_that_has_gone_ends_the_output_quietly() {
    for arguments in [&["rules"][..], &["man"], &["schema", "config"], &["completions", "bash"]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_copydesk"))
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary was built");
        // Closed before anything was read: every write of the command fails.
        drop(child.stdout.take());
        let mut errors = String::new();
        child.stderr.take().expect("it is piped").read_to_string(&mut errors).expect("errors are text");
        let status = child.wait().expect("the command ends");
        assert_eq!((errors.as_str(), status.code()), ("", Some(0)), "{arguments:?}");
    }
}
