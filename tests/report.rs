//! What reports look like, whatever the texts hold.

use copydesk::{
    report::{Color, Format, RenderOptions, reporter},
    run::Run,
};
use insta::{assert_snapshot, with_settings};

#[path = "report/cases.rs"]
mod cases;

fn rendered(run: &Run, format: &str, options: RenderOptions) -> String {
    let format: Format = format.parse().expect("the format exists");
    let mut out = Vec::new();
    reporter(format, options).report(run, &mut out).expect("writing to memory works");
    String::from_utf8(out).expect("reports are UTF-8")
}

fn at(width: usize) -> RenderOptions {
    RenderOptions { color: Color::Never, width: Some(width) }
}

/// All runs of the tests, by name.
fn all() -> Vec<(&'static str, Run)> {
    vec![
        ("nothing", cases::nothing()),
        ("simple", cases::simple()),
        ("two-files", cases::two_files()),
        ("long-line", cases::long_line()),
        ("wide", cases::wide_characters()),
        ("lines", cases::labels_over_lines()),
        ("end", cases::end_of_file()),
        ("hostile", cases::hostile()),
        ("fixes", cases::fixes()),
        ("many", cases::many_places()),
        ("elsewhere", cases::elsewhere()),
    ]
}

#[test]
fn full() {
    for (name, run) in all() {
        let piped = RenderOptions::default();
        for (width, options) in [("80", at(80)), ("120", at(120)), ("piped", piped)] {
            let text = rendered(&run, "full", options);
            with_settings!({ snapshot_path => "report", prepend_module_to_snapshot => false, omit_expression => true }, {
                assert_snapshot!(format!("full-{name}-{width}"), text);
            });
        }
    }
}

#[test]
fn concise() {
    for (name, run) in all() {
        with_settings!({ snapshot_path => "report", prepend_module_to_snapshot => false, omit_expression => true }, {
            assert_snapshot!(format!("concise-{name}"), rendered(&run, "concise", at(80)));
        });
    }
}
