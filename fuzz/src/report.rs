//! Reports in every format.

use std::path::{Path, PathBuf};

use copydesk::{
    diagnostic::Diagnostic,
    internals::{lint, site::Extent, sources::Sources},
    report::{Format, RenderOptions, reporter},
    run::Run,
};

use crate::{
    desk::{Looked, PAGE, STRICT},
    formats, parts,
};

/// Every report is what its format asks for, whatever the page and its name hold, and places are right in every unit.
///
/// The first part of the input is the page, the second its name.
pub fn run(bytes: &[u8]) {
    let page = bytes.split(|byte| *byte == 0xFF).next().unwrap_or_default();
    let name = parts(bytes).nth(1).filter(|name| !name.is_empty()).unwrap_or_else(|| PAGE.into());
    let run = run_of(page, Path::new(&*name));
    for format in Format::names() {
        let text = rendered(&run, format, None);
        formats::require_harmless(format, &text);
        formats::require_format(format, &text, &run);
    }
    formats::require_harmless("full", &rendered(&run, "full", Some(50)));
}

/// A run over a page that goes by this name.
pub fn run_of(page: &[u8], name: &Path) -> Run {
    let Looked { page, diagnostics, settings, source } = STRICT.look(page);
    let applied = lint::finish(&page, Extent::Whole, diagnostics, &settings);
    let root = PathBuf::from("/site");
    let sources = Sources::new(&root);
    sources.keep(name, source);
    let renamed = |mut found: Diagnostic| {
        let labels = std::iter::once(&mut found.primary).chain(&mut found.secondary);
        labels.filter(|label| label.path == page.path).for_each(|label| label.path = name.into());
        found
    };
    Run {
        diagnostics: applied.kept.into_iter().map(renamed).collect(),
        suppressed: applied.suppressed.into_iter().map(renamed).collect(),
        files: 1,
        ..Run::of_nothing(root.clone(), root, sources)
    }
}

/// A report as text.
pub fn rendered(run: &Run, format: &str, width: Option<usize>) -> String {
    let mut out = Vec::new();
    reporter(format.parse().expect("the format exists"), RenderOptions { width, ..RenderOptions::default() })
        .report(run, &mut out)
        .expect("memory can be written");
    String::from_utf8(out).expect("reports are UTF-8")
}
