//! The words that configs of other spell checkers call right.

use std::{
    collections::HashSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    Config,
    load::{ConfigSource, join},
};
use crate::{
    data::{DataFormat, Node, Value},
    discover::SiteFiles,
    text::Span,
};

/// Where cspell looks for its config, and where its editor extension keeps words:
/// <https://cspell.org/docs/Configuration>.
pub(super) const CSPELL: [&str; 16] = [
    ".cspell.json",
    "cspell.json",
    ".cSpell.json",
    "cSpell.json",
    "cspell.jsonc",
    ".cspell.jsonc",
    "cspell.yaml",
    "cspell.yml",
    ".cspell.yaml",
    ".cspell.yml",
    "cspell.config.json",
    ".cspell.config.json",
    "cspell.config.jsonc",
    "cspell.config.yaml",
    "cspell.config.yml",
    ".vscode/cspell.json",
];
const EDITOR: &str = ".vscode/settings.json";

/// The file of npm, whose key `cspell` may have the config.
const PACKAGE: &str = "package.json";

/// Where typos looks: <https://github.com/crate-ci/typos/blob/master/docs/reference.md>.
pub(super) const TYPOS: [&str; 3] = ["typos.toml", "_typos.toml", ".typos.toml"];

const PYPROJECT: &str = "pyproject.toml";

/// Where codespell looks, besides `pyproject.toml`: <https://github.com/codespell-project/codespell#using-a-config-file>.
pub(super) const CODESPELL: [&str; 2] = [".codespellrc", "setup.cfg"];

/// The config of pre-commit, which may give codespell its arguments.
const PRE_COMMIT: &str = ".pre-commit-config.yaml";

impl Config {
    /// Adds the words that other spell checkers are told to accept, unless the config turns that off. Their files are
    /// theirs: what is wrong with them is not reported.
    pub(super) fn read_word_lists(&mut self, files: &SiteFiles) {
        if !self.reading.directives {
            return;
        }
        let mut lists = Lists { files, read: HashSet::new(), words: vec![] };
        for path in CSPELL {
            lists.cspell(Path::new(path));
        }
        lists.package(Path::new(PACKAGE));
        lists.editor(Path::new(EDITOR));
        for path in TYPOS {
            if let Some(root) = lists.root(Path::new(path), DataFormat::Toml) {
                lists.typos(&root);
            }
        }
        lists.pyproject(Path::new(PYPROJECT));
        for path in CODESPELL {
            lists.codespell(Path::new(path));
        }
        lists.pre_commit(Path::new(PRE_COMMIT));
        for word in &lists.words {
            self.spelling.add(word);
        }
    }
}

/// The words that a file of another spell checker accepts: a config of cspell, typos or codespell, by its name, or else
/// a list with a word a line, as Hunspell has them, too.
///
/// # Errors
///
/// The reason, as a phrase after "cannot read `PATH`: ".
pub fn words_of(files: &SiteFiles, path: &Path) -> Result<Vec<String>, String> {
    files.read(path)?;
    let mut lists = Lists { files, read: HashSet::new(), words: vec![] };
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let extension = path.extension().and_then(|it| it.to_str()).unwrap_or_default();
    match (name, extension) {
        (PYPROJECT, _) => lists.pyproject(path),
        (PRE_COMMIT, _) => lists.pre_commit(path),
        (PACKAGE, _) => lists.package(path),
        ("settings.json", _) => lists.editor(path),
        (_, "toml") => {
            if let Some(root) = lists.root(path, DataFormat::Toml) {
                lists.typos(&root);
            }
        }
        (".codespellrc", _) | (_, "cfg") => lists.codespell(path),
        (_, "json" | "jsonc" | "yaml" | "yml") => lists.cspell(path),
        _ => lists.lines(path),
    }
    Ok(lists.words)
}

struct Lists<'f> {
    files: &'f SiteFiles,
    /// The files with a word a line that were read; a config may name one any number of times.
    read: HashSet<PathBuf>,
    words: Vec<String>,
}

impl Lists<'_> {
    fn root(&self, path: &Path, format: DataFormat) -> Option<Node> {
        ConfigSource::read_as(self.files, path, format).ok()?.tree.root
    }

    fn cspell(&mut self, path: &Path) {
        let is_yaml = path.extension().is_some_and(|it| it == "yaml" || it == "yml");
        if let Some(root) = self.root(path, if is_yaml { DataFormat::Yaml } else { DataFormat::Jsonc }) {
            self.cspell_settings(path, &root);
        }
    }

    fn package(&mut self, path: &Path) {
        let Some(root) = self.root(path, DataFormat::Json) else { return };
        if let Some(settings) = root.get("cspell") {
            self.cspell_settings(path, settings);
        }
    }

    fn cspell_settings(&mut self, path: &Path, root: &Node) {
        for key in ["words", "ignoreWords", "userWords"] {
            self.listed(root.entry(key).map(|entry| &entry.value));
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        let definitions = root.entry("dictionaryDefinitions").map_or(&[][..], |it| it.value.self_or_items());
        let paths: Vec<PathBuf> = definitions
            .iter()
            .filter_map(|it| Some(join(folder, it.entry("path")?.value.as_str()?)))
            .collect();
        for path in paths {
            self.lines(&path);
        }
    }

    fn editor(&mut self, path: &Path) {
        let Some(root) = self.root(path, DataFormat::Jsonc) else { return };
        for key in ["cSpell.words", "cSpell.ignoreWords", "cSpell.userWords"] {
            self.listed(root.entry(key).map(|entry| &entry.value));
        }
    }

    /// The words of a list as cspell has them: `*`, `+` and `~` around them say how they may be joined; `!` forbids one.
    fn listed(&mut self, list: Option<&Node>) {
        let texts = list.map_or(&[][..], Node::self_or_items).iter().filter_map(Node::as_str);
        self.words.extend(texts.filter_map(listed));
    }

    /// A text file with a word a line; in a dictionary of Hunspell's, flags follow a slash.
    fn lines(&mut self, path: &Path) {
        if path.starts_with("..") || !self.read.insert(path.to_owned()) {
            return;
        }
        let Ok(text) = self.files.read(path) else { return };
        let words = text.lines().map(|line| line.split(['#', '/']).next().unwrap_or_default().trim());
        let words = words.filter(|word| !word.bytes().all(|byte| byte.is_ascii_digit()));
        self.words.extend(words.filter_map(listed));
    }

    /// A word or an identifier is right where it is to be written as it is.
    fn typos(&mut self, root: &Node) {
        let Some(default) = root.entry("default") else { return };
        for key in ["extend-words", "extend-identifiers"] {
            let Some(words) = default.value.entry(key) else { continue };
            let Value::Mapping(words) = &words.value.value else { continue };
            let right = words.entries.iter().filter_map(|entry| {
                let (word, meant) = (entry.key.as_str()?, entry.value.as_str()?);
                word.eq_ignore_ascii_case(meant).then(|| word.to_owned())
            });
            self.words.extend(right);
        }
    }

    fn pyproject(&mut self, path: &Path) {
        let Some(root) = self.root(path, DataFormat::Toml) else { return };
        let Some(tool) = root.entry("tool").map(|it| &it.value) else { return };
        if let Some(typos) = tool.entry("typos") {
            self.typos(&typos.value);
        }
        let Some(codespell) = tool.entry("codespell").map(|it| &it.value) else { return };
        let texts = |key: &str| codespell.entry(key).map_or(&[][..], |it| it.value.self_or_items()).iter();
        let lists: Vec<&str> = texts("ignore-words-list").filter_map(Node::as_str).collect();
        for list in lists {
            self.separated(list);
        }
        let paths: Vec<&str> = texts("ignore-words").filter_map(Node::as_str).collect();
        for path in paths {
            self.lines(&join(Path::new(""), path));
        }
    }

    /// Words with commas between them.
    fn separated(&mut self, list: &str) {
        self.words.extend(list.split(',').map(str::trim).filter_map(listed));
    }

    /// The section `[codespell]` of an INI file.
    fn codespell(&mut self, path: &Path) {
        let Ok(section) = IniSection::read(self.files, path, "codespell") else { return };
        for (key, _, value) in section.settings() {
            match &*key.replace('_', "-") {
                "ignore-words-list" => self.separated(value),
                "ignore-words" => self.lines(&join(Path::new(""), value)),
                _ => {}
            }
        }
    }

    fn pre_commit(&mut self, path: &Path) {
        let Some(root) = self.root(path, DataFormat::Yaml) else { return };
        let hooks = root.values().filter_map(|(_, node)| {
            let is_codespell = node.entry("id")?.value.as_str()? == "codespell";
            is_codespell.then(|| node.entry("args").map(|it| &it.value)).flatten()
        });
        for args in hooks {
            let args: Vec<&str> = args.self_or_items().iter().filter_map(Node::as_str).collect();
            self.arguments(&args);
        }
    }

    /// Codespell's arguments, each with its value after `=`, as the next one, or, for one letter, in the same word.
    fn arguments(&mut self, args: &[&str]) {
        for (at, arg) in args.iter().enumerate() {
            let next = || args.get(at + 1).copied().unwrap_or_default();
            let value = |long: &str, short: &str| match arg.strip_prefix(long) {
                Some("") => Some(next()),
                Some(rest) => rest.strip_prefix('='),
                None => arg.strip_prefix(short).map(|rest| if rest.is_empty() { next() } else { rest }),
            };
            if let Some(list) = value("--ignore-words-list", "-L") {
                self.separated(list);
            } else if let Some(path) = value("--ignore-words", "-I") {
                self.lines(&join(Path::new(""), path));
            }
        }
    }
}

/// A section of an INI file.
pub(super) struct IniSection {
    text: Arc<str>,
    name: &'static str,
}

impl IniSection {
    /// Reads a file for one of its sections.
    ///
    /// # Errors
    ///
    /// The reason, as a phrase after "cannot read `PATH`: ".
    pub(super) fn read(files: &SiteFiles, path: &Path, name: &'static str) -> Result<Self, String> {
        Ok(Self { text: files.read(path)?, name })
    }

    /// Each key with its place in the file, and its value on the same line.
    pub(super) fn settings(&self) -> impl Iterator<Item = (&str, Span, &str)> {
        let head = format!("[{}]", self.name);
        let mut at = 0;
        let lines = self.text.split_inclusive('\n').map(move |line| {
            at += line.len();
            (at - line.len(), line)
        });
        let section = lines.skip_while(move |(_, line)| line.trim() != head).skip(1);
        let section = section.take_while(|(_, line)| !line.trim_start().starts_with('['));
        section.filter_map(|(start, line)| {
            let (key, value) = line.split_once('=')?;
            let start = start + key.len() - key.trim_start().len();
            let key = key.trim();
            Some((key, Span::new(start as u32, (start + key.len()) as u32), value.trim()))
        })
    }
}

/// A word of a list without its markers; nothing for a forbidden one and for an empty line.
fn listed(word: &str) -> Option<String> {
    let word = word.trim();
    let right = word.trim_matches(['*', '+', '~', '"', '\'']).trim();
    (!word.starts_with('!') && !right.is_empty()).then(|| right.to_owned())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Config, words_of};
    use crate::{config::rules::Layer, discover::SiteFiles, vfs::MISSING};

    fn accepts(path: &'static str, text: &'static str, word: &str) -> bool {
        let folder = SiteFiles::in_memory([(path, text), ("list.txt", "berthz # a place\n")]);
        let (config, _) = Config::without_file(&folder, Layer::default());
        config.spelling.has(word)
    }

    #[test]
    fn words_of_other_tools_are_accepted() {
        for (path, text) in [
            (".cspell.json", "{ // ours\n \"words\": [\"quayz\"] }"),
            ("cspell.config.yaml", "ignoreWords:\n  - quayz*\n"),
            ("package.json", "{ \"cspell\": { \"words\": [\"quayz\"] } }"),
            (".vscode/settings.json", "{ \"cSpell.words\": [\"quayz\"] }"),
            ("_typos.toml", "[default.extend-words]\nquayz = \"quayz\"\n"),
            ("pyproject.toml", "[tool.typos.default.extend-words]\nquayz = \"quayz\"\n"),
            ("pyproject.toml", "[tool.codespell]\nignore-words-list = 'moles, quayz'\n"),
            (".codespellrc", "[codespell]\nignore-words-list = moles,quayz\n"),
            (
                ".pre-commit-config.yaml",
                "repos:\n- repo: x\n  hooks:\n  - id: codespell\n    args: [-L, quayz]\n",
            ),
            (
                ".pre-commit-config.yaml",
                "repos:\n- repo: x\n  hooks:\n  - id: codespell\n    args: [--ignore-words-list=quayz]\n",
            ),
        ] {
            assert!(accepts(path, text, "quayz"), "{path}: {text}");
        }
        assert!(accepts(".codespellrc", "[codespell]\nignore-words = list.txt\n", "berthz"));
        assert!(!accepts("_typos.toml", "[default.extend-words]\nquayz = \"quays\"\n", "quayz"));
        assert!(!accepts(".cspell.json", "{ \"words\": [\"!quayz\"] }", "quayz"));
        assert!(!accepts("setup.cfg", "[flake8]\nignore-words-list = quayz\n", "quayz"));
    }

    #[test]
    fn a_list_that_is_named_many_times_is_read_once() {
        let definitions = "{ \"path\": \"list.txt\" },".repeat(1_000);
        let config = format!("{{ \"dictionaryDefinitions\": [{definitions}] }}");
        let args = ["-I", "list.txt", "--ignore-words=./list.txt"].map(|it| format!("    - {it}\n")).concat();
        let hooks = format!("repos:\n- hooks:\n  - id: codespell\n    args:\n{}", args.repeat(1_000));
        for (path, text) in [("cspell.json", &*config), (".pre-commit-config.yaml", &*hooks)] {
            let folder = SiteFiles::in_memory([(path, text), ("list.txt", "berthz\nquayz\n")]);
            assert_eq!(words_of(&folder, Path::new(path)), Ok(vec!["berthz".to_owned(), "quayz".to_owned()]));
        }
    }

    #[test]
    fn words_of_a_file_are_read_by_its_name() {
        for (path, text) in [
            ("spelling/team.json", "{ \"words\": [\"quayz\"] }"),
            ("team.toml", "[default.extend-words]\nquayz = \"quayz\"\n"),
            ("lint.cfg", "[codespell]\nignore-words-list = quayz\n"),
            ("words.txt", "# ours\nquayz\n"),
            ("en_QY.dic", "1\nquayz/SM\n"),
        ] {
            let folder = SiteFiles::in_memory([(path, text)]);
            assert_eq!(words_of(&folder, Path::new(path)), Ok(vec!["quayz".to_owned()]), "{path}");
        }
        assert_eq!(words_of(&SiteFiles::in_memory([]), Path::new("no.txt")), Err(MISSING.to_owned()));
    }

    #[test]
    fn the_config_can_turn_them_off() {
        let folder = SiteFiles::in_memory([
            (".codespellrc", "[codespell]\nignore-words-list = quayz\n"),
            ("copydesk.yaml", "spelling:\n  directives: false\n"),
        ]);
        let (config, diagnostics) = Config::load(&folder, Path::new("copydesk.yaml"), Layer::default());
        assert!(diagnostics.is_empty(), "{diagnostics:?}");
        assert!(!config.spelling.has("quayz"));
    }
}
