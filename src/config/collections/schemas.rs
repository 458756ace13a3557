//! The schemas of collections, by name or in the config itself.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{CollectionsBuilder, Place, clean, listed};
use crate::{
    config::{
        builtin::{BUILTINS, Builtin},
        load::{ConfigSource, join, mistake, note, unreadable_at},
        raw::RawSchema,
        schema_urls::SchemaUrls,
    },
    data::{Node, Segment},
    diagnostic::{Diagnostic, Label},
    front_matter::schema::{Mistake, REMOTE, Schema},
    text::nearest,
};

impl CollectionsBuilder<'_> {
    pub(super) fn schema(&mut self, written: &RawSchema, at: &Place<'_>) -> Option<(Arc<Schema>, Label)> {
        match written {
            RawSchema::Name(name) => {
                self.named_schema(&NamedSchema::new(name, Path::new(""), &self.urls), &at.value())
            }
            RawSchema::Inline(_) => {
                let root = at.source.tree.root.as_ref()?.at(&at.path)?;
                let schema = self.compile(root, &at.source.path)?;
                Some((schema, at.key_of("properties")))
            }
        }
    }

    /// The schema called so, and where a key that it lacks would be added. What is wrong with the name is a finding
    /// where it is `mentioned`.
    pub(in crate::config) fn named_schema(
        &mut self,
        named: &NamedSchema<'_>,
        mentioned: &Label,
    ) -> Option<(Arc<Schema>, Label)> {
        let path = match named {
            NamedSchema::Builtin(name) => return self.builtin(name, mentioned),
            NamedSchema::Remote => {
                let mut diagnostic = mistake(mentioned.clone(), "remote schemas are not supported");
                diagnostic.help("copy the schema into the site, and add it to `schema-urls` or use its path");
                self.diagnostics.push(diagnostic);
                return None;
            }
            NamedSchema::File(path) => path,
        };
        if !self.schemas.contains_key(path) {
            let read = self.source(path, mentioned).and_then(|source| {
                let Some(root) = &source.tree.root else {
                    self.diagnostics
                        .push(mistake(mentioned.clone(), format!("`{}` is empty", path.display())));
                    return None;
                };
                let schema = self.compile(root, &source.path)?;
                Some((schema, source.key_place(&[Segment::key("properties")])))
            });
            self.schemas.insert(path.clone(), read);
        }
        self.schemas.get(path).cloned().flatten()
    }

    pub(super) fn builtin(&mut self, name: &str, mentioned: &Label) -> Option<(Arc<Schema>, Label)> {
        if let Some(builtin) = Builtin::named(name) {
            return Some((Arc::clone(builtin.schema()), mentioned.clone()));
        }
        let names = || BUILTINS.iter().map(|builtin| builtin.name);
        let mut diagnostic = mistake(mentioned.clone(), format!("unknown built-in schema `{name}`"));
        let listing = || listed(&names().map(|name| format!("builtin:{name}")).collect::<Vec<_>>());
        diagnostic.help(match nearest(name, names()) {
            Some(near) => format!("did you mean `builtin:{near}`?"),
            None => format!("expected {}", listing()),
        });
        self.diagnostics.push(diagnostic);
        None
    }

    pub(super) fn compile(&mut self, root: &Node, path: &Arc<Path>) -> Option<Arc<Schema>> {
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let (files, urls) = (self.files, &self.urls);
        let load = |reference: &str| {
            let path = match urls.path(reference) {
                Some(copy) => copy,
                None if reference.contains(':') => return Err(REMOTE.to_owned()),
                None => join(&folder, reference),
            };
            let source = ConfigSource::read(files, &path)?;
            source.tree.root.map(|root| root.to_json()).ok_or_else(|| "is empty".to_owned())
        };
        match Schema::compile(root, &load) {
            Ok(schema) => {
                let label = |remark: &Mistake| Label::new(path, remark.span);
                self.notes.extend(schema.remarks().iter().map(|remark| Diagnostic {
                    help: remark.help.clone(),
                    ..note(label(remark), &remark.message)
                }));
                Some(Arc::new(schema))
            }
            Err(mistakes) => {
                self.add_mistakes(path, mistakes);
                None
            }
        }
    }

    /// Reads a file that a config names. That it cannot be read is a finding where it is named, what is wrong with
    /// its notation one in the file itself.
    pub(super) fn source(&mut self, path: &Path, mentioned: &Label) -> Option<ConfigSource> {
        self.read(path, mentioned).and_then(|source| self.sound(source))
    }

    /// A file in whose notation nothing is wrong.
    pub(super) fn sound(&mut self, source: ConfigSource) -> Option<ConfigSource> {
        let errors = source.syntax_findings();
        let is_sound = errors.is_empty();
        self.diagnostics.extend(errors);
        is_sound.then_some(source)
    }

    pub(super) fn read(&mut self, path: &Path, mentioned: &Label) -> Option<ConfigSource> {
        match ConfigSource::read(self.files, path) {
            Ok(source) => Some(source),
            Err(why) => {
                let mut diagnostic = unreadable_at(mentioned.clone(), path, &why);
                diagnostic.help("paths are relative to the directory of the config");
                self.diagnostics.push(diagnostic);
                None
            }
        }
    }

    pub(super) fn add_mistakes(&mut self, path: &Arc<Path>, mistakes: Vec<Mistake>) {
        self.diagnostics.extend(mistakes.into_iter().map(|it| {
            let mut diagnostic = mistake(Label::new(path, it.span), it.message);
            diagnostic.help = it.help;
            diagnostic
        }));
    }
}

/// A schema by name.
pub(in crate::config) enum NamedSchema<'a> {
    /// One that is compiled in.
    Builtin(&'a str),
    /// One on the web, which is never asked.
    Remote,
    /// A file, relative to the site's root.
    File(PathBuf),
}

impl<'a> NamedSchema<'a> {
    /// Reads a name; a path in it is relative to `folder`, or to the site's root where it begins with `/`.
    pub(in crate::config) fn new(name: &'a str, folder: &Path, urls: &SchemaUrls) -> Self {
        match name.strip_prefix("builtin:") {
            Some(builtin) => Self::Builtin(builtin),
            None if name.contains("://") => {
                urls.path(name.trim_end_matches('#')).map_or(Self::Remote, Self::File)
            }
            None if name.starts_with('/') => Self::File(clean(name)),
            None => Self::File(join(folder, name)),
        }
    }
}
