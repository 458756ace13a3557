//! The examples: those of CommonMark and GFM as the test suite of pulldown-cmark carries them, and our own.

use std::path::PathBuf;
use std::process::Command;
use std::sync::LazyLock;

/// Parts of pulldown-cmark's suite that use no extension but those that are switched on here.
const SUITE: [&str; 8] = [
    "spec",
    "gfm_table",
    "gfm_tasklist",
    "gfm_strikethrough",
    "table",
    "strikethrough",
    "footnotes",
    "regression",
];

/// Where an example of our own ends.
const SEPARATOR: &str = "\n%%%\n";

static PLAIN: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut examples: Vec<String> = include_str!("examples.md").split(SEPARATOR).map(str::to_owned).collect();
    assert!(examples.len() > 100, "our own examples are gone");
    let suite = package("pulldown-cmark").join("tests/suite");
    let own = examples.len();
    for part in SUITE {
        let code = std::fs::read_to_string(suite.join(part).with_extension("rs"))
            .expect("the suite is in the package");
        examples.extend(originals(&code));
    }
    assert!(examples.len() > own + 800, "the suite is written differently now");
    examples
});

/// The examples as they are.
pub(crate) fn plain() -> &'static [String] {
    &PLAIN
}

/// The examples in four forms, each with the form's name.
pub(crate) fn all_forms() -> impl Iterator<Item = (&'static str, String)> {
    plain().iter().flat_map(|example| {
        [
            ("plain", example.clone()),
            ("CRLF", example.replace("\r\n", "\n").replace('\n', "\r\n")),
            ("in a quote", prefixed(example, "> ", "> ")),
            ("in an item", prefixed(example, "- ", "  ")),
        ]
    })
}

fn prefixed(example: &str, first: &str, other: &str) -> String {
    let mut text = String::new();
    for (i, line) in example.split_inclusive('\n').enumerate() {
        text.push_str(if i == 0 { first } else { other });
        text.push_str(line);
    }
    text
}

/// The inputs of the tests in a file of the suite.
fn originals(code: &str) -> impl Iterator<Item = String> + '_ {
    code.split("let original = r##\"").skip(1).filter_map(|rest| Some(rest.split_once("\"##;")?.0.to_owned()))
}

/// The folder of a package that this one depends on.
fn package(name: &str) -> PathBuf {
    let version = output("rustc", &["-vV"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host");
    // Without a platform, the packages of all platforms would have to be there.
    let arguments = ["metadata", "--format-version=1", "--offline", "--locked", "--filter-platform", host];
    let metadata: serde_json::Value =
        serde_json::from_str(&output(env!("CARGO"), &arguments)).expect("cargo metadata prints JSON");
    let packages = metadata["packages"].as_array().expect("there are packages");
    let package = packages.iter().find(|package| package["name"] == name).expect("it is a dependency");
    let manifest = package["manifest_path"].as_str().expect("a package has a manifest");
    PathBuf::from(manifest).parent().expect("a manifest is in a folder").to_owned()
}

fn output(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).output();
    String::from_utf8(output.expect("the toolchain is there").stdout).expect("it prints UTF-8")
}
