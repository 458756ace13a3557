//! The config: as written, and as it holds for a path.

mod add_term;
mod baseline;
mod builtin;
pub mod cms;
mod collections;
mod conditions;
mod custom;
mod dialect;
mod front_matter_keys;
mod generator;
mod globs;
pub mod import;
mod languages;
mod link_exceptions;
mod load;
pub mod markdownlint;
mod own_schema;
mod package_names;
mod published;
mod raw;
mod raw_custom;
mod references;
mod resolve;
mod rule_options;
mod rules;
mod schema;
mod schema_urls;
mod show;
mod site;
mod snippets;
mod spelling;
mod unused_globs;
mod vale;
mod version;
mod word_lists;

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use globset::{GlobMatcher, GlobSet};

pub use crate::discover::{CMS_PATHS, FILE_NAMES};
pub use add_term::{CannotAdd, add_move, add_term};
pub use baseline::baseline;
pub use builtin::{BUILTINS, Builtin};
pub use custom::{CUSTOM, Example};
pub use load::{ConfigSource, mistake};
pub use raw::{Level, RuleSetting};
pub use rules::{
    ActiveRule, EffectiveRule, Layer, Origin, PRESETS, Preset, RECOMMENDED, SettingError, Settings,
};
pub use schema::json_schema;
pub use show::show;
pub use spelling::{add_words, words};
pub use word_lists::words_of;

use crate::{
    data::Segment,
    diagnostic::{Diagnostic, Label, Severity},
    discover::SiteFiles,
    document::Document,
    front_matter::{Collection, Comparison, KeyPath, RecordSource},
    markdown::SharedDefinitions,
    rules::custom::NamedRule,
    site::{CheckedData, DataFile, urls::Sites},
    spelling::{ProjectWords, Reading},
    text::{PAGE_ENDINGS, glob_of_endings},
};
use conditions::Conditions;
pub use globs::glob;
use globs::{bad_glob, builder, glob_places, glob_set, globs};
use load::ConfigPart;
use rules::MARKDOWNLINT;
use schema_urls::SchemaUrls;
use unused_globs::ConfiguredGlobs;

/// The glob of pages, unless the config says otherwise.
fn default_files() -> String {
    glob_of_endings(&PAGE_ENDINGS)
}

/// A site's settings, ready to use.
#[derive(Debug)]
pub struct Config {
    /// The file that says most: the config, the CMS config it was derived from, or the name a config would have.
    pub path: Arc<Path>,
    /// Which files are pages.
    pub files: GlobSet,
    /// Which are left out.
    pub exclude: GlobSet,
    /// The templates of generators and the data of tests, which are left out, too, unless the config has `files`.
    templates: GlobSet,
    /// Copies of other projects, likewise, where no site has its pages there.
    foreign: GlobSet,
    /// Where pages and files of the site appear.
    pub sites: Arc<Sites>,
    /// Parts of the site, in the order of the config.
    pub collections: Vec<Arc<Collection>>,
    /// Data files that collections refer to.
    pub data: Vec<DataFile>,
    /// The data files that a schema describes.
    pub checked_data: Vec<Arc<CheckedData>>,
    /// The project's own words, and how strictly others are judged.
    pub spelling: ProjectWords,
    /// How the prose of pages is read.
    pub reading: Arc<Reading>,
    /// Definitions that the generator adds to every page.
    pub shared: Arc<SharedDefinitions>,
    words_file: (PathBuf, Option<Label>),
    layers: Vec<Layer>,
    overrides: Vec<Override>,
    cli_overrides: Layer,
    own_schemas: own_schema::OwnSchemas,
    schema_urls: SchemaUrls,
    /// What the generator of each site reads of front matter, by the site's root.
    generator_schemas: HashMap<Box<str>, front_matter_keys::GeneratorSchemas>,
    configured_globs: ConfiguredGlobs,
    /// The globs that name hidden files or folders.
    hidden: Vec<GlobMatcher>,
    /// The markdownlint configs, which apply if there is no copydesk config.
    folders: Option<markdownlint::Folders>,
    /// Whether rules take their defaults from markdownlint.
    dialect: markdownlint::Semantics,
    /// The Markdown dialects of pages.
    dialects: dialect::Dialects,
    /// The rules that the config defines.
    custom: Vec<NamedRule>,
    examples: Vec<Example>,
    /// Notes about files that are used nevertheless.
    pub notes: Vec<Diagnostic>,
}

#[derive(Debug)]
struct Override {
    /// The pages by their paths; all of them if `None`.
    files: Option<GlobSet>,
    exclude: GlobSet,
    /// The front matter that pages must have.
    when: Conditions,
    layer: Layer,
}

impl Config {
    /// Reads the config at `path`, the configs that it extends, its schemas and its data files. If there are
    /// diagnostics, the config must not be used.
    pub fn load(files: &SiteFiles, path: &Path, cli_overrides: Layer) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let parts = load::parts(files, path, &mut diagnostics);
        let mut config = Self::bare(Arc::from(path), cli_overrides);
        (config.custom, config.examples) = custom::rules(files, &parts, &mut diagnostics, &mut config.notes);
        let names = config.custom.iter().map(|rule| rule.def.meta.id);
        let names = names.map(str::to_owned).chain(custom::declared(&parts).map(str::to_owned));
        let names: Vec<String> = names.collect();
        let custom: Vec<&str> = names.iter().map(String::as_str).collect();
        for part in &parts {
            if matches!(part, ConfigPart::Preset(preset) if preset.name == MARKDOWNLINT) {
                config.dialect = markdownlint::Semantics::Markdownlint;
            }
            let layer = part.layer(&custom, &mut diagnostics);
            config.layers.push(layer);
            if let ConfigPart::File(source, raw) = part {
                config.apply(source, raw, &custom, &mut diagnostics);
                config.hidden.extend(unused_globs::hidden(raw));
                if *source.path == *path {
                    config.configured_globs = ConfiguredGlobs::new(source, raw);
                }
            }
        }
        config.schema_urls = SchemaUrls::of(&parts, &mut diagnostics);
        let mut collections =
            collections::CollectionsBuilder::new(files, config.schema_urls.clone(), &mut diagnostics);
        for part in &parts {
            if let ConfigPart::File(source, raw) = part {
                collections.add_raw(source, &raw.collections);
            }
        }
        if load::wants_cms(&parts) {
            collections.add_found_cms();
        }
        collections.finish(&mut config);
        config.read_words(files, &mut diagnostics);
        config.read_word_lists(files);
        config.sites = Arc::new(site::sites(files, &parts, &mut diagnostics));
        config.read_package_names(files);
        config.name_campaigns();
        config.apply_generator(files);
        let says_files = |part: &ConfigPart| matches!(part, ConfigPart::File(_, raw) if raw.files.is_some());
        if !parts.iter().any(says_files) {
            config.apply_page_files();
        }
        (config, diagnostics)
    }

    /// The config of a site without a config file: the recommended rules, the collections of a CMS config if one is
    /// found, and the settings of the site's generator and of markdownlint configs.
    pub fn without_file(files: &SiteFiles, cli_overrides: Layer) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let mut collections =
            collections::CollectionsBuilder::new(files, SchemaUrls::default(), &mut diagnostics);
        let cms = collections.add_found_cms();
        let path = cms.unwrap_or_else(|| Arc::from(Path::new(FILE_NAMES[0])));
        let mut config = Self::bare(path, cli_overrides);
        collections.finish(&mut config);
        config.read_words(files, &mut diagnostics);
        config.read_word_lists(files);
        config.sites = Arc::new(site::sites(files, &[], &mut diagnostics));
        config.read_package_names(files);
        config.name_campaigns();
        config.apply_generator(files);
        config.apply_forge();
        config.apply_page_files();
        config.honour_markdownlint(files, &mut diagnostics);
        let (notes, mistakes) = diagnostics.into_iter().partition(|it| it.severity == Severity::Warning);
        config.notes.append(&mut { notes });
        (config, mistakes)
    }

    /// The recommended rules, without reading any file.
    pub fn defaults(cli_overrides: Layer) -> Self {
        Self::bare(Arc::from(Path::new(FILE_NAMES[0])), cli_overrides)
    }

    fn bare(path: Arc<Path>, cli_overrides: Layer) -> Self {
        let defaults = [default_files()];
        Self {
            path,
            files: globs(&defaults).expect("the default globs are well formed"),
            exclude: GlobSet::empty(),
            templates: GlobSet::empty(),
            foreign: GlobSet::empty(),
            sites: Arc::new(Sites::new(vec![])),
            collections: vec![],
            data: vec![],
            checked_data: vec![],
            spelling: ProjectWords::default(),
            reading: Arc::default(),
            shared: Arc::default(),
            words_file: (PathBuf::from(spelling::WORDS_FILE), None),
            layers: vec![],
            overrides: vec![],
            cli_overrides,
            own_schemas: own_schema::OwnSchemas::default(),
            schema_urls: SchemaUrls::default(),
            generator_schemas: HashMap::new(),
            configured_globs: ConfiguredGlobs::default(),
            hidden: vec![],
            folders: None,
            dialect: markdownlint::Semantics::Copydesk,
            dialects: dialect::Dialects::default(),
            custom: vec![],
            examples: vec![],
            notes: vec![],
        }
    }

    fn apply(
        &mut self,
        source: &ConfigSource,
        raw: &raw::RawConfig,
        custom: &[&str],
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let key = |name: &str| vec![Segment::key(name)];
        if let Some(files) = &raw.files {
            self.files = glob_set(source, &key("files"), files, diagnostics);
        }
        if let Some(exclude) = &raw.exclude {
            self.exclude = glob_set(source, &key("exclude"), exclude, diagnostics);
        }
        version::check(source, raw, diagnostics);
        baseline::check(source, raw, diagnostics);
        self.apply_dialects(source, raw, diagnostics);
        if let Some(spelling) = &raw.spelling {
            self.apply_spelling(source, spelling, diagnostics);
        }
        if let Some(links) = &raw.links {
            self.apply_links(source, links);
        }
        let mut search = source.search();
        for (index, over) in raw.overrides.iter().flatten().enumerate() {
            let at = |name: &str| vec![Segment::key("overrides"), Segment::Index(index), Segment::key(name)];
            self.overrides.push(Override {
                files: over.files.as_ref().map(|list| glob_set(source, &at("files"), list, diagnostics)),
                when: Conditions::read(
                    source,
                    &[Segment::key("overrides"), Segment::Index(index)],
                    over,
                    diagnostics,
                ),
                exclude: glob_set(
                    source,
                    &at("exclude"),
                    &over.exclude.clone().unwrap_or_default(),
                    diagnostics,
                ),
                layer: rule_options::read(
                    source,
                    &at("rules"),
                    (&over.rules, custom),
                    &mut search,
                    diagnostics,
                ),
            });
        }
    }

    /// Gives a rule an option that another part of the config says, below whatever is said of the rule itself.
    fn give_options(&mut self, rule: &str, option: &str, value: serde_json::Value, place: Label) {
        let options = [(option.to_owned(), value)].into_iter().collect();
        let mut layer = Layer::default();
        layer
            .set(rule, &RuleSetting::Options { level: None, options }, &Origin::File(place))
            .expect("the config's types are those of the rule's options");
        self.layers.insert(0, layer);
    }

    /// Takes over what a config file says of URLs in front matter and of secrets in URLs.
    fn apply_links(&mut self, source: &ConfigSource, links: &raw::RawLinks) {
        let keys = links.keys.iter().flatten().map(|key| KeyPath::new(key));
        Arc::make_mut(&mut self.reading).address_keys.extend(keys);
        let place = |key: &str| source.key_place(&[Segment::key("links"), Segment::key(key)]);
        if let Some(parameters) = &links.secret_parameters {
            let place = place("secret-parameters");
            self.give_options("url-credential", "parameters", parameters.as_slice().into(), place);
        }
        if let Some(allowed) = &links.allow_credentials {
            let one =
                |it: &raw::RawCredential| serde_json::json!({ "host": it.host, "parameter": it.parameter });
            let allowed: Vec<_> = allowed.iter().map(one).collect();
            self.give_options("url-credential", "allow", allowed.into(), place("allow-credentials"));
        }
    }

    /// Checks a page against the schema that its own `$schema` key names.
    ///
    /// # Errors
    ///
    /// What is wrong with that schema or its name.
    pub fn check_own_schema(
        &self,
        files: &SiteFiles,
        document: &mut Document,
    ) -> Result<(), Arc<[Diagnostic]>> {
        self.own_schemas.check(files, &self.schema_urls, document)
    }

    /// Whether a page is checked against a schema that it names itself.
    pub fn names_own_schema(&self, document: &Document) -> bool {
        own_schema::own_name(document, &self.schema_urls).is_some()
    }

    /// Globs of the config that match none of these pages.
    pub fn unused_globs(&self, pages: &[Arc<Path>]) -> Vec<Diagnostic> {
        self.configured_globs.unused(pages)
    }

    /// Whether a file, by its path relative to the root, is a page.
    pub fn is_page(&self, path: &Path) -> bool {
        self.files.is_match(path) && !self.leaves_out(path)
    }

    /// Whether a file is never a page, not even if it is given explicitly.
    pub fn leaves_out(&self, path: &Path) -> bool {
        self.exclude.is_match(path)
            || self.is_template(path)
            || self.is_foreign(path)
            || self.folders.as_ref().is_some_and(|folders| folders.ignores(path))
    }

    /// Whether a file is a template of the site's generator.
    pub fn is_template(&self, path: &Path) -> bool {
        self.templates.is_match(path)
    }

    /// Whether dates are to be compared with the site's git history.
    pub fn asks_for_history(&self) -> bool {
        let mut dates = self.collections.iter().flat_map(|collection| &collection.dates);
        dates.any(|date| date.compare == Comparison::History)
    }

    /// Whether a file is one of the records that pages refer to.
    pub fn is_record(&self, path: &Path) -> bool {
        let references = self.collections.iter().flat_map(|collection| &collection.references);
        references.into_iter().any(|reference| match &reference.source {
            RecordSource::Pages { files, .. } => files.is_match(path),
            RecordSource::Data { .. } => false,
        })
    }

    /// The collections that a page may belong to by its path, in the order of the config.
    pub fn collections_for(&self, path: &Path) -> Vec<&Arc<Collection>> {
        self.collections.iter().filter(|collection| collection.has_path(path)).collect()
    }
}
