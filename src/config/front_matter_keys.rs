//! The front matter that the site's generator itself reads.

use std::{path::Path, sync::Arc};

use super::{Config, builtin::Builtin};
use crate::{
    data::Value,
    discover::SiteFiles,
    document::Document,
    front_matter::{
        FrontMatter,
        schema::{Schema, Violation, ViolationKind},
    },
    site::urls::{Layout, LayoutOrigin, SiteKind},
};

/// Which schemas of the generator apply to the pages of a site.
#[derive(Debug, Default)]
pub(super) struct GeneratorSchemas {
    /// By directory that a path has among its parts, the first that fits counts; empty for any.
    schemas: Vec<(&'static str, &'static Builtin)>,
    /// Whether the generator ignores case in keys.
    any_case: bool,
}

impl GeneratorSchemas {
    fn of(files: &SiteFiles, layout: &Layout) -> Self {
        let named: &[(&'static str, &'static str)] = match layout.kind {
            Some(SiteKind::Hugo) => &[("", "hugo")],
            Some(SiteKind::Jekyll) => &[("", "jekyll")],
            Some(SiteKind::Mkdocs) => &[("", "mkdocs")],
            Some(SiteKind::Vitepress) => &[("", "vitepress")],
            Some(SiteKind::Vuepress) => &[("", "vuepress")],
            Some(SiteKind::Eleventy) => &[("", "eleventy")],
            Some(SiteKind::Hexo) => &[("", "hexo")],
            Some(SiteKind::Zola) => &[("", "zola")],
            Some(SiteKind::Sphinx) => &[("", "myst")],
            Some(SiteKind::Nuxt) => &[("", "nuxt-content")],
            Some(SiteKind::Docusaurus) => &[
                ("docusaurus-plugin-content-blog", "docusaurus-blog"),
                ("docusaurus-plugin-content-pages", "docusaurus-pages"),
                ("docusaurus-plugin-content-docs", "docusaurus-docs"),
                ("versioned_docs", "docusaurus-docs"),
                ("blog", "docusaurus-blog"),
                ("pages", "docusaurus-pages"),
                ("docs", "docusaurus-docs"),
            ],
            Some(SiteKind::Astro) if has_starlight(files, layout) => &[("docs", "starlight")],
            _ => &[],
        };
        let builtin = |&(folder, name)| Some((folder, Builtin::named(name)?));
        let any_case = layout.kind == Some(SiteKind::Hugo);
        Self { schemas: named.iter().filter_map(builtin).collect(), any_case }
    }

    fn for_path(&self, path: &Path) -> Option<&Arc<Schema>> {
        let has = |folder: &str| folder.is_empty() || path.iter().any(|part| part == folder);
        self.schemas.iter().find(|(folder, _)| has(folder)).map(|(_, builtin)| builtin.schema())
    }
}

fn has_starlight(files: &SiteFiles, layout: &Layout) -> bool {
    let Some(LayoutOrigin::Generator(path)) = layout.origins.get("kind") else { return false };
    files.read(Path::new(&**path)).is_ok_and(|text| text.contains("@astrojs/starlight"))
}

impl Config {
    /// Takes over what follows for front matter from the generator.
    pub(super) fn apply_generator_schemas(&mut self, files: &SiteFiles) {
        let of = |layout: &Layout| (layout.root.clone(), GeneratorSchemas::of(files, layout));
        self.generator_schemas = self.sites.iter().map(of).collect();
    }

    /// Checks a page against the schema of the site's generator, and takes back what the page's schema has against keys
    /// that the generator reads and the schema does not mention.
    pub fn check_generator(&self, document: &mut Document) {
        let path = document.path.to_string_lossy();
        let site = self.sites.of(&path);
        let is_page = site.content.iter().any(|mount| mount.below(&path).is_some());
        let Some(front_matter) = &document.front_matter else { return };
        let Some(schemas) = self.generator_schemas.get(&site.root) else { return };
        let Some(schema) = schemas.for_path(&document.path) else { return };
        let known = schema.property_names();
        let any_case = schemas.any_case;
        let is = |key: &str, name: &str| key == name || any_case && key.eq_ignore_ascii_case(name);
        let name_of = |key: &str| known.iter().copied().find(|name| is(key, name));
        if is_page {
            document.generator_findings = if any_case {
                schema.findings(&with_keys(front_matter, &name_of))
            } else {
                schema.findings(front_matter)
            };
            // A value in quotation marks may be as wrong.
            document.generator_findings.iter_mut().for_each(|finding| finding.fix = None);
        }
        let is_unknown = |finding: &Violation| match &finding.kind {
            ViolationKind::UnknownKey { key, .. } => finding.path.is_empty() && name_of(key).is_some(),
            ViolationKind::MissingKey | ViolationKind::InvalidValue | ViolationKind::DeprecatedKey => false,
        };
        if let Some(own) = document.collection.as_ref().and_then(|it| it.schema.as_ref())
            && document.schema_findings.iter().any(is_unknown)
        {
            let names = own.property_names();
            let is_dropped = |key: &str| name_of(key).is_some() && !names.contains(&key);
            document.schema_findings = own.findings(&front_matter.without_keys(&is_dropped));
        }
    }
}

/// The front matter with the names of its keys as a schema has them.
fn with_keys<'n>(front_matter: &FrontMatter, name_of: &dyn Fn(&str) -> Option<&'n str>) -> FrontMatter {
    let mut front_matter = front_matter.clone();
    if let Some(Value::Mapping(mapping)) = front_matter.tree.root.as_mut().map(|root| &mut root.value) {
        for key in mapping.entries.iter_mut().map(|entry| &mut entry.key) {
            if let Value::Scalar(scalar) = &mut key.value
                && let Some(name) = name_of(&scalar.text)
            {
                scalar.text = name.into();
            }
        }
    }
    front_matter
}
