//! A page of the site with its findings.

use std::{
    collections::{BTreeMap, HashMap},
    io::{self, Write},
    path::Path,
};

use super::finding;
use crate::{
    data::Node,
    front_matter::FrontMatter,
    report::{WebRevision, reported::ReportedDiagnostic, xml::escape},
    run::Run,
    text::quantity,
};

/// Words that a person reads in a minute.
const WORDS_A_MINUTE: usize = 230;

/// Findings of a page that show the text around them: it is much longer than they are.
const MAX_WITH_TEXT: usize = 1_000;

/// Front matter keys that name authors.
const AUTHOR_KEYS: [&str; 4] = ["author", "authors", "authorName", "by"];

pub(super) struct HtmlPage<'a> {
    index: usize,
    findings: &'a [ReportedDiagnostic<'a>],
    pub authors: Vec<String>,
    /// How long it takes to read, if it is prose.
    minutes: Option<usize>,
    /// The line after the front matter, 0-based.
    body: u32,
}

impl<'a> HtmlPage<'a> {
    /// A page by its findings, of which there is at least one.
    pub(super) fn new(index: usize, findings: &'a [ReportedDiagnostic<'a>]) -> Self {
        let source = &findings[0].source;
        let (front_matter, body) = FrontMatter::parse(&source.text);
        let root = front_matter.as_ref().and_then(|it| it.tree.root.as_ref());
        let is_page = findings[0].path.rsplit_once('.').is_some_and(|(_, end)| end.starts_with('m'));
        let words = source.text.get(body as usize..).unwrap_or_default().split_whitespace().count();
        Self {
            index,
            findings,
            authors: root.map(authors).unwrap_or_default(),
            minutes: is_page.then(|| words.div_ceil(WORDS_A_MINUTE).max(1)),
            body: source.lines.line_of(body.min(source.text.len() as u32)),
        }
    }

    pub(super) fn id(&self) -> String {
        format!("file-{}", self.index)
    }

    pub(super) fn path(&self) -> &str {
        &self.findings[0].path
    }

    pub(super) const fn count(&self) -> usize {
        self.findings.len()
    }

    /// Its path in the run.
    pub(super) fn key(&self) -> &Path {
        &self.findings[0].diagnostic.primary.path
    }

    pub(super) fn write(
        &self,
        run: &Run,
        ids: &HashMap<&Path, String>,
        authors: &BTreeMap<&str, usize>,
        revision: Option<&WebRevision>,
        out: &mut impl Write,
    ) -> io::Result<()> {
        let numbers: Vec<String> =
            self.authors.iter().filter_map(|name| authors.get(&**name)).map(usize::to_string).collect();
        let (id, path) = (self.id(), escape(self.path()));
        writeln!(
            out,
            "<section class=\"page\" id=\"{id}\" data-authors=\"{}\">\n<h2>{path}</h2>",
            numbers.join(" ")
        )?;
        let mut about: Vec<String> = self.authors.iter().map(|author| escape(author)).collect();
        about.extend(self.minutes.map(|minutes| format!("{} to read", quantity(minutes, "minute"))));
        about.push(quantity(self.count(), "finding"));
        writeln!(out, "<p class=\"about\">{}</p>", about.join(" · "))?;
        for (index, reported) in self.findings.iter().enumerate() {
            let body = (index < MAX_WITH_TEXT).then_some(self.body);
            finding::write(run, reported, body, ids, revision, out)?;
        }
        if self.count() > MAX_WITH_TEXT {
            writeln!(out, "<p class=\"about\">Only the first {MAX_WITH_TEXT} findings show the text.</p>")?;
        }
        writeln!(out, "</section>")
    }
}

/// The names of authors in front matter: texts, lists of them, or mappings with a name.
fn authors(root: &Node) -> Vec<String> {
    let values = AUTHOR_KEYS.iter().filter_map(|key| root.get(key)).flat_map(Node::self_or_items);
    let name = |node: &Node| {
        let text = node.text().or_else(|| node.get("name").and_then(Node::text));
        text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let mut names: Vec<String> = values.filter_map(name).collect();
    names.sort();
    names.dedup();
    names
}
