//! Findings as bytes, for the program that wrote them: rules are numbers.

use std::{borrow::Cow, path::Path, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    diagnostic::{Diagnostic, Label, Severity},
    fix::Fix,
    rules::RULES,
    text::Span,
};

/// A finding, most of whose labels are in one file.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredDiagnostic<'a> {
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
    /// Nothing for the file itself.
    #[serde(borrow)]
    path: Option<Cow<'a, str>>,
    span: Span,
    #[serde(borrow)]
    message: Option<Cow<'a, str>>,
}

impl<'a> StoredDiagnostic<'a> {
    /// A finding whose primary label is usually in `file`; `None` where it cannot be written, because a config defines its
    /// rule or a path is not Unicode.
    pub(super) fn in_file(file: &Path, diagnostic: &'a Diagnostic) -> Option<Self> {
        let rule = RULES.iter().position(|def| def.meta == diagnostic.rule)?;
        let secondary = diagnostic.secondary.iter().map(|label| StoredLabel::of(label, file));
        Some(Self {
            rule: rule as u32,
            severity: diagnostic.severity as u8,
            message: Cow::Borrowed(&diagnostic.message),
            primary: StoredLabel::of(&diagnostic.primary, file)?,
            secondary: secondary.collect::<Option<_>>()?,
            help: diagnostic.help.as_deref().map(Cow::Borrowed),
            fixes: Cow::Borrowed(&diagnostic.fixes),
        })
    }

    /// The finding in a file; `None` where it is not what [`Self::in_file`] made.
    pub(super) fn diagnostic(self, file: &Arc<Path>) -> Option<Diagnostic> {
        let severities = [Severity::Info, Severity::Warning, Severity::Error];
        let mut diagnostic = Diagnostic::new(
            RULES.get(self.rule as usize)?.meta,
            severities.into_iter().find(|severity| *severity as u8 == self.severity)?,
            self.primary.label(file),
            self.message,
        );
        diagnostic.secondary = self.secondary.into_iter().map(|label| label.label(file)).collect();
        diagnostic.help = self.help.map(Cow::into_owned);
        diagnostic.fixes = self.fixes.into_owned();
        Some(diagnostic)
    }
}

impl<'a> StoredLabel<'a> {
    fn of(label: &'a Label, file: &Path) -> Option<Self> {
        let path = if *label.path == *file { None } else { Some(Cow::Borrowed(label.path.to_str()?)) };
        Some(Self { path, span: label.span, message: label.message.as_deref().map(Cow::Borrowed) })
    }

    fn label(self, file: &Arc<Path>) -> Label {
        let path = self.path.map_or_else(|| Arc::clone(file), |path| Arc::from(Path::new(&*path)));
        Label { path, span: self.span, message: self.message.map(Cow::into_owned) }
    }
}
