//! `copydesk init`.

use std::{
    io::{self, IsTerminal as _, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::{Args, ValueEnum};

use super::{Error, Outcome, baseline::record, current_folder, inputs, site_index::ReadSites};
use crate::{
    baseline,
    config::{self, Config, ConfigSource, FILE_NAMES, RECOMMENDED, import},
    data::Tree,
    discover::{Project, SiteFiles, markdownlint_config},
    disk::{self, Kept},
    init::{self, Proposal, config_text, on_one_line, propose},
    paths::relative,
    report::{Format, RenderOptions, reporter, sanitize},
    run::{self, IndexedSite, Options, Run},
    secrets::Secrets,
    site::urls::LayoutOrigin,
    text::{DATA_ENDINGS, quantity},
    vfs::{Disk, FileOverlay, FileSystem as _},
};

/// Write a config for the site in the current directory: collections and JSON Schemas inferred from its pages
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub(super) struct Init {
    /// Write the files without asking
    #[arg(long, short, conflicts_with = "dry_run")]
    yes: bool,
    /// Print what would be written and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Also write a job for a CI system
    #[arg(long, value_name = "SYSTEM")]
    ci: Option<Ci>,
    /// Also write `.pre-commit-config.yaml`
    #[arg(long)]
    pre_commit: bool,
    /// Also record the current findings in `copydesk-baseline.json`, so that only new ones are reported
    #[arg(long, conflicts_with = "dry_run")]
    baseline: bool,
}

/// A CI system.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Ci {
    /// `.github/workflows/copydesk.yml`
    Github,
    /// `.gitlab-ci.yml`
    Gitlab,
}

impl Ci {
    fn file(self) -> NewFile {
        let (path, text) = match self {
            Self::Github => {
                (".github/workflows/copydesk.yml", include_str!("../../docs/examples/github.yml"))
            }
            Self::Gitlab => (".gitlab-ci.yml", include_str!("../../docs/examples/gitlab.yml")),
        };
        NewFile { path: path.into(), text: text.into() }
    }
}

/// The hook that reports what a commit introduces.
const PRE_COMMIT: &str = include_str!("../../docs/examples/pre-commit.yaml");

/// The folder of inferred schemas.
const SCHEMAS: &str = "schemas";

/// The most data files that are looked at.
const MAX_DATA_FILES: usize = 500;

/// Names that end the search for what a folder holds: what tools write there is not the site's data.
const TOOL_FOLDERS: [&str; 4] = ["node_modules", "public", "_site", "dist"];

/// A file to write, by its path relative to the root of the site.
struct NewFile {
    path: PathBuf,
    text: String,
}

impl Init {
    pub(super) fn run(self, out: &mut dyn Write) -> Result<Outcome, Error> {
        let current = current_folder()?;
        let project = Project::of(&Disk, &current);
        if let Some(config) = &project.config {
            let shown = relative(&current, &project.root.join(config));
            return Err(Error::Usage(format!("this site already has a config: {}", shown.display())));
        }
        let (proposals, mut files) = plan(&project)?;
        files.extend(self.ci.map(Ci::file));
        if self.pre_commit {
            files.push(NewFile { path: ".pre-commit-config.yaml".into(), text: PRE_COMMIT.into() });
        }
        refuse_existing(&project, files.iter().map(|file| &*file.path))?;
        if self.baseline {
            refuse_existing(&project, [Path::new(baseline::FILE_NAME)])?;
        }
        let is_asked = !self.yes && !self.dry_run;
        if self.dry_run || is_asked {
            show(&files, out)?;
        }
        summary(&proposals, out)?;
        out.flush()?;
        let question = || format!("write {}? [Y/n]", quantity(files.len(), "file"));
        if self.dry_run || is_asked && !confirm(&question(), Answer::Yes, out)? {
            return Ok(Outcome::Clean);
        }
        write(&project, &files, out)?;
        let run = first_check(&project, out)?;
        if run.broken_config {
            return Ok(Outcome::Failed);
        }
        let has_baseline = self.baseline || is_asked && wants_baseline(&project, &run, out)?;
        if has_baseline {
            let config = files.first().map_or("", |config| &config.text);
            add_baseline(&project, &run, config, out)?;
        }
        next_steps(has_baseline, out)?;
        Ok(Outcome::Clean)
    }
}

/// What would be written for a site.
fn plan(project: &Project) -> Result<(Vec<Proposal>, Vec<NewFile>), Error> {
    // The config will be there, and take the place of those of other tools: what is wrong in them does not matter.
    let with_config = FileOverlay::new(Arc::new(Disk));
    with_config.set(project.root.join(FILE_NAMES[0]), *b"");
    let index = ReadSites::in_files(Arc::new(with_config), vec![project.root.clone()])?;
    let is_this = |site: &IndexedSite| site.root == project.root;
    let Some(site) = index.sites.into_iter().find(is_this) else {
        return Err(Error::Usage(format!("no site in {}", project.root.display())));
    };
    let files = SiteFiles::new(Arc::new(Disk), project);
    let proposals = propose(&site.site.pages, &data_files(&site.files, &files));
    let (presets, rules) = rules(project, &files, &site.files);
    let mut text = config_text(&presets, &proposals, &notes(&site.config), SCHEMAS);
    text.push_str(&rules);
    let mut new = vec![NewFile { path: FILE_NAMES[0].into(), text }];
    for proposal in &proposals {
        let path = Path::new(SCHEMAS).join(format!("{}.schema.json", proposal.name));
        new.push(NewFile { path, text: format!("{:#}\n", proposal.schema) });
    }
    Ok((proposals, new))
}

/// What the front matter of the pages that a glob matches usually is.
pub(super) fn infer(project: &Project, glob: &str) -> Result<Proposal, Error> {
    let matcher =
        config::glob(glob).map_err(|error| Error::Usage(format!("invalid glob `{glob}`: {error}")))?;
    let matcher = matcher.compile_matcher();
    let index = ReadSites::of(vec![project.root.clone()])?;
    let files = SiteFiles::new(Arc::new(Disk), project);
    let site = index.sites.into_iter().find(|site| site.root == project.root);
    let inferred = site.and_then(|site| {
        let data = data_files(&site.files, &files);
        init::infer(&site.site.pages, |path| matcher.is_match(path), glob, &data)
    });
    inferred.ok_or_else(|| Error::Usage(format!("no page matches `{glob}`")))
}

/// What is known of the site without looking at its pages, as sentences.
fn notes(config: &Config) -> Vec<String> {
    let mut notes = Vec::new();
    for layout in config.sites.iter() {
        let Some(kind) = layout.kind else { continue };
        let origin = match layout.origins.get("kind") {
            Some(LayoutOrigin::Generator(path)) => format!(", by `{path}`"),
            _ => String::new(),
        };
        notes.push(format!("Site generator: {}{origin}.", kind.name()));
    }
    if let Some(of_cms) = config.collections.first() {
        notes.push(format!(
            "The collections of `{}` are used as well; `cms: false` turns them off.",
            of_cms.declared.path.display()
        ));
    }
    notes
}

/// The presets that a config builds on, and the settings of a markdownlint config, which has no effect beside a
/// `copydesk.yaml`.
fn rules(project: &Project, files: &SiteFiles, listed: &[Arc<Path>]) -> (String, String) {
    let usual = RECOMMENDED.to_owned();
    let Some(path) = markdownlint_config(&Disk, &project.root).map(PathBuf::from) else {
        return (usual, String::new());
    };
    match import::import(files, std::slice::from_ref(&path), listed) {
        Ok(imported) => {
            let settings = format!("\n# From {}.\n{}", path.display(), imported.settings());
            (import::markdownlint_presets(), settings)
        }
        Err(mistakes) => {
            let why = mistakes.first().map_or("", |mistake| &mistake.message);
            let why = Secrets::default().mask(why);
            (usual, format!("\n# Not read: {}: {}.\n", path.display(), on_one_line(&why)))
        }
    }
}

/// The data files of a site, as far as they can be read.
fn data_files(listed: &[Arc<Path>], files: &SiteFiles) -> Vec<(String, Tree)> {
    let is_in_tool_folder =
        |path: &Path| path.iter().any(|part| TOOL_FOLDERS.iter().any(|tool| part == *tool));
    let is_data =
        |path: &Path| path.extension().is_some_and(|it| DATA_ENDINGS.iter().any(|data| it == *data));
    // Files at the root are configs of tools.
    let is_below_root = |path: &Path| path.iter().nth(1).is_some();
    let data = listed.iter().filter(|path| is_data(path) && is_below_root(path) && !is_in_tool_folder(path));
    let read = data
        .take(MAX_DATA_FILES)
        .filter_map(|path| Some((path.to_str()?.to_owned(), ConfigSource::read(files, path).ok()?.tree)));
    read.collect()
}

fn refuse_existing<'p>(project: &Project, paths: impl IntoIterator<Item = &'p Path>) -> Result<(), Error> {
    match paths.into_iter().find(|path| exists(project, path)) {
        Some(path) => Err(Error::Usage(format!("{} already exists", path.display()))),
        None => Ok(()),
    }
}

fn exists(project: &Project, path: &Path) -> bool {
    Disk.is_there(&project.root.join(path))
}

fn show(files: &[NewFile], out: &mut dyn Write) -> io::Result<()> {
    for file in files {
        writeln!(out, "--- {}", sanitize(&file.path.display().to_string()))?;
        file.text.lines().try_for_each(|line| writeln!(out, "{}", sanitize(line)))?;
        writeln!(out)?;
    }
    Ok(())
}

/// The most outliers of a collection that are listed.
const MAX_OUTLIERS: usize = 20;

/// The collections and what was not learned from their pages.
fn summary(proposals: &[Proposal], out: &mut dyn Write) -> io::Result<()> {
    if proposals.is_empty() {
        writeln!(out, "no group of pages with similar front matter, for which a schema could be inferred")?;
    }
    for proposal in proposals {
        let pages = quantity(proposal.pages, "page");
        writeln!(out, "{}: {pages} in {}", sanitize(&proposal.name), sanitize(&proposal.files))?;
        for outlier in proposal.outliers.iter().take(MAX_OUTLIERS) {
            let path = outlier.path.display().to_string();
            writeln!(out, "  unusual: {}: {}", sanitize(&path), sanitize(&outlier.text))?;
        }
        match proposal.outliers.len().saturating_sub(MAX_OUTLIERS) {
            0 => {}
            more => writeln!(out, "  and {}", quantity(more, "more unusual value"))?,
        }
    }
    Ok(())
}

/// An answer to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Yes,
    No,
}

/// Asks a question. `usual` is the answer of an empty line.
fn confirm(question: &str, usual: Answer, out: &mut dyn Write) -> Result<bool, Error> {
    if !io::stdin().is_terminal() {
        return Err(Error::Usage("stdin is not a terminal; use `--yes` or `--dry-run`".into()));
    }
    write!(out, "{question} ")?;
    out.flush()?;
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(match &*answer.trim().to_lowercase() {
        "" => usual == Answer::Yes,
        answer => matches!(answer, "y" | "yes"),
    })
}

fn write(project: &Project, files: &[NewFile], out: &mut dyn Write) -> Result<(), Error> {
    for file in files {
        let path = project.root.join(&file.path);
        let failed = |source| Error::File { path: file.path.clone(), source };
        let kept = Kept { path: &path, root: &project.root };
        disk::create_folders(kept).and_then(|()| disk::create(kept, file.text.as_bytes())).map_err(failed)?;
        writeln!(out, "wrote {}", sanitize(&file.path.display().to_string()))?;
    }
    Ok(())
}

/// Checks the site with its new config.
fn first_check(project: &Project, out: &mut dyn Write) -> Result<Run, Error> {
    let run = run::check(&Options {
        paths: vec![project.root.clone()],
        ..Options::on_disk(current_folder()?, inputs::today())
    });
    writeln!(out)?;
    reporter(Format::STATISTICS, RenderOptions::default()).report(&run, out)?;
    writeln!(out)?;
    Ok(run)
}

/// Asks whether to accept the findings, if there are any and no baseline exists.
fn wants_baseline(project: &Project, run: &Run, out: &mut dyn Write) -> Result<bool, Error> {
    if run.diagnostics.is_empty() || exists(project, Path::new(baseline::FILE_NAME)) {
        return Ok(false);
    }
    let findings = quantity(run.diagnostics.len(), "finding");
    let question = format!("accept the {findings} in a baseline, so that only new ones are reported? [y/N]");
    confirm(&question, Answer::No, out)
}

/// Records the findings in a baseline, and adds this to the config, which is as it was written.
fn add_baseline(project: &Project, run: &Run, config: &str, out: &mut dyn Write) -> Result<(), Error> {
    let count = record(run, &project.root.join(baseline::FILE_NAME))?;
    let path = Path::new(FILE_NAMES[0]);
    let full = project.root.join(path);
    let kept = Kept { path: &full, root: &project.root };
    let with_baseline = format!("{config}\nbaseline: {}\n", baseline::FILE_NAME);
    disk::replace_unchanged(kept, config.as_bytes(), with_baseline.as_bytes())
        .map_err(|source| Error::File { path: path.to_owned(), source })?;
    writeln!(out, "wrote {} with {}", baseline::FILE_NAME, quantity(count, "finding"))?;
    Ok(())
}

/// Says what to do next.
fn next_steps(has_baseline: bool, out: &mut dyn Write) -> io::Result<()> {
    let text = if has_baseline {
        "Next: `copydesk check` reports new findings, and `copydesk baseline prune` removes those from the baseline that\n\
         no longer exist."
    } else {
        "Next: `copydesk check` shows the findings, `copydesk check --fix` fixes what is safe to fix, and\n\
         `copydesk baseline create` accepts the rest, so that only new findings are reported."
    };
    writeln!(out, "{text}")
}
