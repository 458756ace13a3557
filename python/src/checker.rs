//! Checks and fixes under one config.

use std::{
    fs::File,
    io::BufReader,
    path::{Path, PathBuf},
    sync::Arc,
};

use arrow_array::{RecordBatch, ffi_stream::RecordBatchStreamReader};
use arrow_pyarrow::FromPyArrow;
use arrow_schema::ArrowError;
use copydesk::{
    config::{Layer, Level, Origin, RuleSetting},
    fix::Applicability,
    report::{Format, RenderOptions, reporter},
    run::{Batch, ConfigChoice, FactsError, Options, PageText, PlacedFacts, Run, SiteFacts},
};
use jiff::civil::Date;
use pyo3::{
    exceptions::{PyFileNotFoundError, PyTypeError, PyValueError},
    prelude::*,
};
use rayon::prelude::*;

use crate::{
    ConfigError, InternalError,
    columns::{Answer, table},
    findings::Findings,
    pages::{Entry, Pages},
    pool::{Pool, guarded},
    row::{Row, rows},
};

/// Pages that are checked at once, as in `check --stdin-batch`.
const MAX_PAGES: usize = 256;

/// Bytes of pages that are checked at once, beyond which only a page that is longer by itself is.
const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Rows of the table that are kept before they become columns.
const MAX_ROWS: usize = 4096;

/// The folder that pages are in which are on no disk.
const NOWHERE: &str = if cfg!(windows) { r"C:\pages" } else { "/pages" };

/// A config, ready to check pages. The class of the same name in `copydesk/__init__.py` documents it.
#[pyclass(frozen, subclass, module = "copydesk._copydesk")]
pub(crate) struct Checker {
    batch: Batch,
    pool: Pool,
}

#[pymethods]
impl Checker {
    /// A config from a file or the folder of a site, from JSON, from the facts of a site, or, without all, none. `rules`
    /// are those to select and those to ignore, `today` is as in ISO 8601.
    #[new]
    fn new(
        py: Python<'_>,
        place: Option<PathBuf>,
        settings: Option<&str>,
        facts: Option<PathBuf>,
        rules: (Vec<String>, Vec<String>),
        today: &str,
        threads: usize,
    ) -> PyResult<Self> {
        let (select, ignore) = rules;
        let today: Date =
            today.parse().map_err(|error: jiff::Error| PyValueError::new_err(error.to_string()))?;
        let usual = match facts {
            Some(file) => options_of_facts(&file, today)?,
            None => options(place, settings, today)?,
        };
        let options = Options { cli_overrides: layer(&select, &ignore)?, ..usual };
        let pool = Pool::new(threads);
        let opened = pool.run(py, || Batch::open(&options).map_err(|run| mistakes(&run)))?;
        Ok(Self { batch: opened.map_err(ConfigError::new_err)?, pool })
    }

    /// The findings in a page, as dictionaries.
    fn check_text(&self, py: Python<'_>, text: String, path: &str) -> PyResult<Vec<Row>> {
        let page = self.page(path, text)?;
        self.pool.run(py, || rows(&self.batch.check_one(&page)))
    }

    /// A page with its fixes applied.
    fn fix_text(&self, py: Python<'_>, text: String, path: &str, is_unsafe: bool) -> PyResult<String> {
        let page = self.page(path, text)?;
        let least = if is_unsafe { Applicability::Unsafe } else { Applicability::Safe };
        self.pool.run(py, || self.batch.fix(&page, least).text.to_string())
    }

    /// The findings in the pages of a table.
    fn check_batch(&self, py: Python<'_>, pages: &Bound<'_, PyAny>) -> PyResult<Findings> {
        if !pages.hasattr("__arrow_c_stream__")? {
            let kind = pages.get_type().name()?;
            let message = format!("expected an Arrow table or reader (`__arrow_c_stream__`), not {kind}");
            return Err(PyTypeError::new_err(message));
        }
        guarded(|| {
            let reader = RecordBatchStreamReader::from_pyarrow_bound(pages)?;
            let (done, answers, waiting) = Default::default();
            Answering { checker: self, py, done, answers, waiting }.answer(reader)
        })
    }
}

impl Checker {
    fn page(&self, path: &str, text: String) -> PyResult<PageText> {
        let path = self.batch.path_of(path).map_err(|error| PyValueError::new_err(error.to_string()))?;
        Ok(PageText { path, text })
    }

    /// The answers to some rows of a table.
    fn answers(&self, entries: Vec<Entry>) -> Vec<Answer> {
        let mut pages = Vec::with_capacity(entries.len());
        let asked: Vec<_> = entries
            .into_iter()
            .map(|Entry { input, site, page }| (input, site, page.map(|page| pages.push(page)).err()))
            .collect();
        let found: Vec<Vec<Row>> = self.batch.check(&pages).into_par_iter().map(|run| rows(&run)).collect();
        let mut found = found.into_iter();
        let mut answers = Vec::new();
        for (input, site, error) in asked {
            let results: Vec<Result<Row, String>> = match error {
                Some(error) => vec![Err(error)],
                None => found.next().unwrap_or_default().into_iter().map(Ok).collect(),
            };
            answers.extend(results.into_iter().map(|result| Answer { input, site: site.clone(), result }));
        }
        answers
    }
}

/// The answers to a table, of which a part is read at a time.
struct Answering<'a, 'py> {
    checker: &'a Checker,
    py: Python<'py>,
    done: Vec<RecordBatch>,
    answers: Vec<Answer>,
    waiting: Vec<Entry>,
}

impl Answering<'_, '_> {
    fn answer(mut self, mut reader: RecordBatchStreamReader) -> PyResult<Findings> {
        let (mut next, mut bytes) = (1, 0);
        // A producer may need Python for itself.
        while let Some(batch) = self.py.detach(|| reader.next()) {
            let batch = batch.map_err(|error| PyValueError::new_err(error.to_string()))?;
            for entry in Pages::of(&batch)?.entries(&self.checker.batch, next) {
                if self.waiting.len() == MAX_PAGES || bytes + entry.len() > MAX_BYTES {
                    self.check()?;
                    bytes = 0;
                }
                next += 1;
                bytes += entry.len();
                self.waiting.push(entry);
            }
        }
        self.check()?;
        self.write()?;
        let schema = table(&[]).map_err(|error| internal(&error))?.schema();
        Ok(Findings::new(schema, self.done))
    }

    /// Checks the pages that were read.
    fn check(&mut self) -> PyResult<()> {
        self.py.check_signals()?;
        let entries = std::mem::take(&mut self.waiting);
        let answers = self.checker.pool.run(self.py, || self.checker.answers(entries))?;
        self.answers.extend(answers);
        if self.answers.len() >= MAX_ROWS { self.write() } else { Ok(()) }
    }

    /// Makes columns of the answers.
    fn write(&mut self) -> PyResult<()> {
        let answers = std::mem::take(&mut self.answers);
        if !answers.is_empty() {
            self.done.push(self.py.detach(|| table(&answers)).map_err(|error| internal(&error))?);
        }
        Ok(())
    }
}

fn internal(error: &ArrowError) -> PyErr {
    InternalError::new_err(error.to_string())
}

/// Where the config is, and what it is.
fn options(place: Option<PathBuf>, settings: Option<&str>, today: Date) -> PyResult<Options<'static>> {
    let Some(place) = place else {
        // A config in memory is YAML, which every JSON is.
        let files = [("copydesk.yaml", settings.unwrap_or("{}"))];
        let config = if settings.is_some() { ConfigChoice::Discover } else { ConfigChoice::Nothing };
        return Ok(Options { config, ..Options::in_memory(Path::new(NOWHERE), files, today) });
    };
    let place = std::path::absolute(place)?;
    if place.is_dir() {
        return Ok(Options::on_disk(place, today));
    }
    let Some(folder) = place.parent().filter(|_| place.is_file()) else {
        return Err(PyFileNotFoundError::new_err(format!("config file not found: {}", place.display())));
    };
    Ok(Options { config: ConfigChoice::File(place.clone()), ..Options::on_disk(folder.to_owned(), today) })
}

/// The sites that a file has facts of, whose pages are given.
fn options_of_facts(file: &Path, today: Date) -> PyResult<Options<'static>> {
    let facts = SiteFacts::read(BufReader::new(File::open(file)?)).map_err(|error| match error {
        FactsError::Io(error) => PyErr::from(error),
        error => ConfigError::new_err(error.to_string()),
    })?;
    let nothing = Options::in_memory(Path::new(NOWHERE), [], today);
    Ok(PlacedFacts::new(facts, Path::new(NOWHERE)).apply(Arc::clone(&nothing.files), nothing))
}

/// What `select` and `ignore` say, as on the command line.
fn layer(select: &[String], ignore: &[String]) -> PyResult<Layer> {
    let mut layer = Layer::default();
    let set = |layer: &mut Layer, name: &str, level| {
        let set = layer.set(name, &RuleSetting::Level(level), &Origin::CommandLine);
        set.map_err(|_| PyValueError::new_err(format!("unknown rule or group: {name}")))
    };
    for name in select {
        set(&mut layer, name, Level::On)?;
    }
    if !select.is_empty() {
        layer.extend(&Layer::only(select));
    }
    for name in ignore {
        set(&mut layer, name, Level::Off)?;
    }
    Ok(layer)
}

/// What is wrong with a config, one mistake per line.
fn mistakes(run: &Run) -> String {
    let mut text = Vec::new();
    for error in &run.errors {
        text.extend(format!("{error}\n").bytes());
    }
    // Writing to memory does not fail.
    let _ = reporter(Format::CONCISE, RenderOptions::default()).report(&run.shown(), &mut text);
    String::from_utf8_lossy(&text).trim_end().to_owned()
}
