//! All rules, both phases.

use copydesk::internals::{lint, site::Extent};

use crate::{
    desk::{Desk, MARKDOWNLINT, PAGE, STRICT},
    require_sound,
};

/// No rule fails, every place is in its text, and edits are in the page and do not meet.
pub fn run(bytes: &[u8]) {
    for desk in [&*STRICT, &*MARKDOWNLINT] {
        check(desk, bytes);
    }
}

/// The same under any config.
pub fn check(desk: &Desk, bytes: &[u8]) {
    let looked = desk.look(bytes);
    let source_of = |path: &std::path::Path| {
        if path == std::path::Path::new(PAGE) { Some(looked.source.clone()) } else { desk.other(path) }
    };
    looked.diagnostics.iter().for_each(|diagnostics| require_sound(diagnostics, source_of));
    let finished = lint::finish(&looked.page, Extent::Whole, looked.diagnostics.clone(), &looked.settings);
    finished.kept.iter().for_each(|diagnostics| require_sound(diagnostics, source_of));
}
