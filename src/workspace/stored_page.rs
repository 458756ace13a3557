//! A page after the first phase as bytes, for the program that wrote them: rules and collections are numbers.

use std::{borrow::Cow, path::Path, sync::Arc};

use serde::{Deserialize, Serialize};

use super::read_page::ReadPage;
use crate::{
    config::Config,
    diagnostic::{Diagnostic, Label, Severity},
    fix::Fix,
    rules::RULES,
    site::PageFacts,
    text::Span,
};

#[derive(Serialize)]
struct PageOut<'a> {
    collection: Option<u32>,
    facts: &'a PageFacts,
    findings: Vec<StoredDiagnostic<'a>>,
}

#[derive(Deserialize)]
struct PageIn<'a> {
    collection: Option<u32>,
    facts: PageFacts,
    #[serde(borrow)]
    findings: Vec<StoredDiagnostic<'a>>,
}

#[derive(Serialize, Deserialize)]
struct StoredDiagnostic<'a> {
    /// The place of the rule in the registry.
    rule: u32,
    severity: u8,
    #[serde(borrow)]
    message: Cow<'a, str>,
    #[serde(borrow)]
    primary: StoredLabel<'a>,
    #[serde(borrow)]
    secondary: Vec<StoredLabel<'a>>,
    #[serde(borrow)]
    help: Option<Cow<'a, str>>,
    fixes: Cow<'a, [Fix]>,
}

#[derive(Serialize, Deserialize)]
struct StoredLabel<'a> {
    /// Nothing for the page itself.
    #[serde(borrow)]
    path: Option<Cow<'a, str>>,
    span: Span,
    #[serde(borrow)]
    message: Option<Cow<'a, str>>,
}

/// The bytes of a page; `None` where it has something that they cannot hold, such as a path that is not Unicode.
pub(super) fn encode(page: &ReadPage) -> Option<Vec<u8>> {
    let facts = &*page.facts;
    let findings = page.findings.iter().map(|it| StoredDiagnostic::of(it, &facts.path));
    let collection = facts.collection.as_ref().map(|collection| collection.index as u32);
    postcard::to_allocvec(&PageOut { collection, facts, findings: findings.collect::<Option<_>>()? }).ok()
}

/// The facts and findings that bytes hold; `None` where they do not fit the config or are not what [`encode`] writes.
pub(super) fn decode(
    bytes: &[u8],
    path: &Arc<Path>,
    config: &Config,
) -> Option<(PageFacts, Vec<Diagnostic>)> {
    let PageIn { collection, mut facts, findings } = postcard::from_bytes(bytes).ok()?;
    facts.path = Arc::clone(path);
    if let Some(index) = collection {
        facts.collection = Some(Arc::clone(config.collections.get(index as usize)?));
    }
    let findings = findings.into_iter().map(|it| it.diagnostic(path));
    Some((facts, findings.collect::<Option<_>>()?))
}

impl<'a> StoredDiagnostic<'a> {
    fn of(diagnostic: &'a Diagnostic, page: &Path) -> Option<Self> {
        let rule = RULES.iter().position(|def| def.meta == diagnostic.rule)?;
        let secondary = diagnostic.secondary.iter().map(|label| StoredLabel::of(label, page));
        Some(Self {
            rule: rule as u32,
            severity: diagnostic.severity as u8,
            message: Cow::Borrowed(&diagnostic.message),
            primary: StoredLabel::of(&diagnostic.primary, page)?,
            secondary: secondary.collect::<Option<_>>()?,
            help: diagnostic.help.as_deref().map(Cow::Borrowed),
            fixes: Cow::Borrowed(&diagnostic.fixes),
        })
    }

    fn diagnostic(self, page: &Arc<Path>) -> Option<Diagnostic> {
        let severities = [Severity::Info, Severity::Warning, Severity::Error];
        let mut diagnostic = Diagnostic::new(
            RULES.get(self.rule as usize)?.meta,
            severities.into_iter().find(|severity| *severity as u8 == self.severity)?,
            self.primary.label(page),
            self.message,
        );
        diagnostic.secondary = self.secondary.into_iter().map(|label| label.label(page)).collect();
        diagnostic.help = self.help.map(Cow::into_owned);
        diagnostic.fixes = self.fixes.into_owned();
        Some(diagnostic)
    }
}

impl<'a> StoredLabel<'a> {
    fn of(label: &'a Label, page: &Path) -> Option<Self> {
        let path = if *label.path == *page { None } else { Some(Cow::Borrowed(label.path.to_str()?)) };
        Some(Self { path, span: label.span, message: label.message.as_deref().map(Cow::Borrowed) })
    }

    fn label(self, page: &Arc<Path>) -> Label {
        let path = self.path.map_or_else(|| Arc::clone(page), |path| Arc::from(Path::new(&*path)));
        Label { path, span: self.span, message: self.message.map(Cow::into_owned) }
    }
}
