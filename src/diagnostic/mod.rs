//! Findings: what is wrong, where, and what to do about it.

mod rule_meta;

use std::{cmp::Ordering, path::Path, sync::Arc};

pub use rule_meta::{Fixable, Group, Recurrence, RuleMeta};

use crate::{
    fix::{Applicability, Fix},
    text::{Span, quantity},
};

/// Severity of a finding.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Informational; does not fail a run unless `--fail-on info` is set.
    Info,
    /// Should be fixed before the page is published.
    Warning,
    /// Breaks the page or the build of the site.
    Error,
}

impl Severity {
    /// The word used in every format.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One finding. `message` says what is wrong, the primary label where, `help` what to do; the rule's page says why.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagnostic {
    /// The rule that found it.
    pub rule: &'static RuleMeta,
    /// How bad it is here, after the config had its say.
    pub severity: Severity,
    /// What is wrong, in one line, without a final period.
    pub message: String,
    /// The narrowest place that shows it.
    pub primary: Label,
    /// Other places that explain it, possibly in other files.
    pub secondary: Vec<Label>,
    /// What to do.
    pub help: Option<String>,
    /// Changes that would fix it, the best first.
    pub fixes: Vec<Fix>,
}

/// A place with, optionally, a word about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The file, relative to the site's root, with `/` between its parts.
    pub path: Arc<Path>,
    /// The bytes in that file.
    pub span: Span,
    /// What to say beside the underline.
    pub message: Option<String>,
}

impl Label {
    /// A place that speaks for itself.
    pub fn new(path: &Arc<Path>, span: Span) -> Self {
        Self { path: Arc::clone(path), span, message: None }
    }

    /// A place with a word about it.
    pub fn with_message(path: &Arc<Path>, span: Span, message: impl Into<String>) -> Self {
        Self { path: Arc::clone(path), span, message: Some(message.into()) }
    }
}

impl Diagnostic {
    /// The help, unless the title of the first fix says the same.
    pub fn help_beside_fix(&self) -> Option<&str> {
        let help = self.help.as_deref()?;
        let Some(fix) = self.fixes.first() else { return Some(help) };
        let suggested = help.strip_prefix("did you mean ").and_then(|help| help.strip_suffix('?'));
        let repeats =
            help.eq_ignore_ascii_case(&fix.title) || suggested.is_some_and(|name| fix.title.contains(name));
        (!repeats).then_some(help)
    }

    /// A finding with nothing but its place and message. What the message quotes may have several lines, the message
    /// has one.
    pub fn new(
        rule: &'static RuleMeta,
        severity: Severity,
        primary: Label,
        message: impl Into<String>,
    ) -> Self {
        let mut message = message.into();
        if memchr::memchr2(b'\n', b'\r', message.as_bytes()).is_some() {
            message = message.split(['\n', '\r']).collect::<Vec<_>>().join(" ");
        }
        Self { rule, severity, message, primary, secondary: vec![], help: None, fixes: vec![] }
    }

    /// Says something beside the primary place.
    pub fn note(&mut self, message: impl Into<String>) -> &mut Self {
        self.primary.message = Some(message.into());
        self
    }

    /// Adds a second place in the same file.
    pub fn label(&mut self, span: Span, message: impl Into<String>) -> &mut Self {
        let label = Label::with_message(&self.primary.path, span, message);
        self.also(label)
    }

    /// Adds a second place anywhere.
    pub fn also(&mut self, label: Label) -> &mut Self {
        push_first(&mut self.secondary, label);
        self
    }

    /// Says what to do.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Takes over what a parser or a schema has to say besides: what to do, and places in the same file with a word
    /// about each.
    pub fn explain<'a>(
        &mut self,
        help: Option<&str>,
        related: impl IntoIterator<Item = &'a (Span, String)>,
    ) -> &mut Self {
        self.help = help.map(str::to_owned);
        for (span, message) in related {
            self.label(*span, message);
        }
        self
    }

    /// Offers a change.
    pub fn fix(&mut self, fix: Fix) -> &mut Self {
        push_first(&mut self.fixes, fix);
        self
    }

    /// Offers a change; without one, says what to do.
    pub fn fix_or_help(&mut self, fix: Option<Fix>, help: impl Into<String>) -> &mut Self {
        match fix {
            Some(fix) => self.fix(fix),
            None => self.help(help),
        }
    }

    /// Lowers the severity to `most` where the rule is sure of less than its level says.
    pub fn at_most(&mut self, most: Severity) -> &mut Self {
        self.severity = self.severity.min(most);
        self
    }

    /// How good its best fix is.
    pub fn applicability(&self) -> Option<Applicability> {
        self.fixes.iter().map(|fix| fix.applicability).max()
    }

    /// The order of reports: by file, place, rule and message.
    pub fn order(&self, other: &Self) -> Ordering {
        let key = |it: &'_ Self| (it.primary.span, it.rule.id);
        // Paths of the same file are nearly always one, and comparing their parts takes longer than all else.
        let (one, two) = (&self.primary.path, &other.primary.path);
        let is_same = Arc::ptr_eq(one, two) || one.as_os_str() == two.as_os_str();
        let path = if is_same { Ordering::Equal } else { one.cmp(two) };
        path.then_with(|| key(self).cmp(&key(other))).then_with(|| self.message.cmp(&other.message))
    }
}

/// Adds what is most often the only one: a list would make room for four at once, which most findings never need.
fn push_first<T>(list: &mut Vec<T>, item: T) {
    if list.is_empty() {
        list.reserve_exact(1);
    }
    list.push(item);
}

/// Where a rule puts its findings. It knows the running rule, its level and the file, so a rule says only what it
/// found.
pub struct Sink<'a> {
    rule: &'static RuleMeta,
    severity: Severity,
    path: &'a Arc<Path>,
    diagnostics: &'a mut Vec<Diagnostic>,
    /// How many findings there were before the rule began.
    start: usize,
    /// How many findings are kept.
    most: usize,
    /// The first finding too many, and how many there are.
    excess: Option<(Label, usize)>,
    /// Where a finding goes that is too many.
    nowhere: Option<Diagnostic>,
    is_idle: bool,
}

/// Findings of one rule in one file that are kept, at most. A longer list does not help to fix them, and a file may be
/// made to give one for every few bytes.
pub const MAX_OF_A_RULE: usize = 20_000;

/// How the message of a finding ends that stands for others.
const NOT_SHOWN: &str = " of this rule not shown";

/// Whether a message is that of a finding that stands for others of its rule, of which there are too many in its file.
pub fn stands_for_others(message: &str) -> bool {
    message.ends_with(NOT_SHOWN)
}

/// Bytes of a file for which one finding of a rule is kept, so that findings take memory in proportion to it.
const BYTES_OF_A_FINDING: usize = 64;

/// Findings of one rule that are kept in a file of any length.
const MIN_OF_A_RULE: usize = 1_000;

/// Findings of one rule that are kept in a file of so many bytes.
pub fn most_of_a_rule(len: usize) -> usize {
    (len / BYTES_OF_A_FINDING).clamp(MIN_OF_A_RULE, MAX_OF_A_RULE)
}

impl<'a> Sink<'a> {
    /// A sink for one rule and one file.
    pub fn new(
        rule: &'static RuleMeta,
        severity: Severity,
        path: &'a Arc<Path>,
        diagnostics: &'a mut Vec<Diagnostic>,
    ) -> Self {
        let (start, most) = (diagnostics.len(), MAX_OF_A_RULE);
        Self { rule, severity, path, diagnostics, start, most, excess: None, nowhere: None, is_idle: false }
    }

    /// The same for fewer findings than [`MAX_OF_A_RULE`].
    #[must_use]
    pub const fn keeping(mut self, most: usize) -> Self {
        self.most = most;
        self
    }

    /// Reports a finding in the file at hand.
    pub fn report(&mut self, span: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.report_at(Label::new(self.path, span), message)
    }

    /// Reports a finding wherever it is, such as in the config.
    pub fn report_at(&mut self, primary: Label, message: impl Into<String>) -> &mut Diagnostic {
        let index = self.diagnostics.len();
        if index - self.start >= self.most {
            self.excess.get_or_insert_with(|| (primary.clone(), 0)).1 += 1;
            return self.nowhere.insert(Diagnostic::new(self.rule, self.severity, primary, message));
        }
        self.diagnostics.push(Diagnostic::new(self.rule, self.severity, primary, message));
        &mut self.diagnostics[index]
    }

    /// Whether one more finding in the file at hand is kept; counts it otherwise. Asked before a message or a fix is made
    /// that takes long.
    pub fn has_room(&mut self, span: Span) -> bool {
        let has_room = self.diagnostics.len() - self.start < self.most;
        if !has_room {
            self.excess.get_or_insert_with(|| (Label::new(self.path, span), 0)).1 += 1;
        }
        has_room
    }

    /// Notes that the rule does nothing here, whatever the page.
    pub const fn idle(&mut self) {
        self.is_idle = true;
    }

    /// Whether the rule said that it does nothing here.
    pub const fn is_idle(&self) -> bool {
        self.is_idle
    }

    /// Says, where the rule found too much, how much is not among its findings.
    pub fn close(self) {
        if let Some((place, more)) = self.excess {
            let message = quantity(more, "more finding") + NOT_SHOWN;
            let mut closing = Diagnostic::new(self.rule, self.severity, place, message);
            closing.help(format!(
                "at most {} findings per rule are reported in a file of this length",
                self.most
            ));
            self.diagnostics.push(closing);
        }
    }
}
