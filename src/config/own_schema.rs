//! A page's own `$schema` key, or a comment that names a schema for editors.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use super::{
    collections::{CollectionsBuilder, NamedSchema},
    schema_urls::SchemaUrls,
};
use crate::{
    diagnostic::{Diagnostic, Label},
    discover::SiteFiles,
    document::Document,
    front_matter::{
        FrontMatter,
        schema::{OWN_KEY, Schema},
    },
    text::Span,
};

/// Schemas that pages name themselves, each compiled once a run.
#[derive(Debug, Default)]
pub(super) struct OwnSchemas {
    compiled: Mutex<HashMap<PathBuf, Outcome>>,
}

/// A schema, or what is wrong with it.
type Outcome = Result<Arc<Schema>, Arc<[Diagnostic]>>;

impl OwnSchemas {
    /// Checks a page against the schema that it names, unless its collection has one. The name is `builtin:NAME`, a
    /// path relative to the page, or one from the site's root, beginning with `/`. That a page may only name what
    /// is in the site is a matter of `files`.
    pub(super) fn check(
        &self,
        files: &SiteFiles,
        urls: &SchemaUrls,
        document: &mut Document,
    ) -> Result<(), Arc<[Diagnostic]>> {
        let Some((front_matter, span, name)) = own_name(document, urls) else { return Ok(()) };
        let place = Label::new(&document.path, span);
        let folder = document.path.parent().unwrap_or(Path::new(""));
        let named = NamedSchema::new(name, folder, urls);
        let key = match &named {
            NamedSchema::Builtin(_) | NamedSchema::Remote => PathBuf::from(name),
            NamedSchema::File(path) => path.clone(),
        };
        let mut compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        let outcome = compiled.get(&key).cloned().unwrap_or_else(|| {
            let mut diagnostics = Vec::new();
            let schema = CollectionsBuilder::new(files, urls.clone(), &mut diagnostics).named_schema(&named, &place);
            if let (NamedSchema::File(_), Some(missing)) =
                (&named, diagnostics.iter_mut().find(|it| it.primary == place && it.help.is_some()))
            {
                missing.help("paths are relative to the directory of the page, or to that of the config if they start with `/`");
            }
            let outcome = schema.map(|(schema, _)| schema).ok_or_else(|| Arc::from(diagnostics.clone()));
            // A mistake where the schema is named is this page's; one in the schema itself is everybody's.
            if diagnostics.iter().all(|diagnostic| diagnostic.primary.path != document.path) {
                compiled.insert(key, outcome.clone());
            }
            outcome
        });
        drop(compiled);
        let schema = outcome?;
        document.schema_findings = schema.findings(front_matter);
        Ok(())
    }
}

/// The name of the schema that a page names itself, and where it does; `None` where its collection has one.
pub(super) fn own_name<'d>(
    document: &'d Document,
    urls: &SchemaUrls,
) -> Option<(&'d FrontMatter, Span, &'d str)> {
    if document.collection.as_ref().is_some_and(|collection| collection.schema.is_some()) {
        return None;
    }
    let front_matter = document.front_matter.as_ref()?;
    let key = front_matter.tree.root.as_ref().and_then(|root| root.get(OWN_KEY));
    let key = key.and_then(|node| Some((node.span, node.as_str()?)));
    let (span, name) = key.or_else(|| modeline(front_matter, urls, &document.source))?;
    Some((front_matter, span, name))
}

/// The schema that a comment for editors names, such as `# yaml-language-server: $schema=post.json`. URLs without a local
/// copy are for editors alone.
fn modeline<'s>(front_matter: &FrontMatter, urls: &SchemaUrls, source: &'s str) -> Option<(Span, &'s str)> {
    front_matter.tree.comments.iter().find_map(|comment| {
        let text = comment.of(source).trim_start_matches('#').trim_start();
        let (_, name) = text.strip_prefix("yaml-language-server:")?.split_once("$schema=")?;
        let name = name
            .split_whitespace()
            .next()
            .filter(|name| !name.contains("://") || urls.path(name).is_some())?;
        let start = comment.start + comment.of(source).find(name)? as u32;
        Some((Span::new(start, start + name.len() as u32), name))
    })
}
