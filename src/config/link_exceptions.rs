//! `links.ignore`, `links.generated` and `site.generated`.

use globset::Glob;

use super::{
    globs::{bad_glob, glob_places},
    load::ConfigSource,
    raw::{OneOrMany, RawConfig},
};
use crate::{
    data::Segment,
    diagnostic::Diagnostic,
    site::urls::{UrlExceptions, UrlPatterns},
};

/// What the configs except together; reports the invalid globs.
pub(super) fn exceptions<'a>(
    configs: impl IntoIterator<Item = (&'a ConfigSource, &'a RawConfig)>,
    diagnostics: &mut Vec<Diagnostic>,
) -> UrlExceptions {
    let (mut ignored, mut generated) = (Vec::new(), Vec::new());
    for (source, raw) in configs {
        let links = raw.links.as_ref();
        let site = raw.site.as_ref();
        let mut read = |at, list| globs(source, at, list, diagnostics);
        ignored.extend(read(["links", "ignore"], links.and_then(|it| it.ignore.as_ref())));
        generated.extend(read(["links", "generated"], links.and_then(|it| it.generated.as_ref())));
        generated.extend(read(["site", "generated"], site.and_then(|it| it.generated.as_ref())));
    }
    UrlExceptions { ignored: UrlPatterns::of(&ignored), generated: UrlPatterns::of(&generated) }
}

fn globs(
    source: &ConfigSource,
    at: [&str; 2],
    list: Option<&OneOrMany>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Glob> {
    let at = at.map(Segment::key);
    let places = list.into_iter().flat_map(|list| glob_places(source, &at, list));
    let read = |(text, place): (&str, _)| match UrlPatterns::glob(text) {
        Ok(glob) => Some(glob),
        Err(error) => {
            diagnostics.push(bad_glob(place, text, &error));
            None
        }
    };
    places.filter_map(read).collect()
}
