//! Rules that a config defines: words to avoid or replace, numbers of occurrences, capitalization.

mod budget;
mod capitalization;
mod look_around;
mod matcher;
mod scope;

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, LazyLock, Mutex, PoisonError},
};

pub use budget::PatternBudget;
pub use capitalization::{Capitalization, SMALL_WORDS};
pub use matcher::{Letters, Notation, PatternMatcher};
pub use scope::{SCOPES, Scope};

use crate::{
    diagnostic::{Severity, Sink},
    document::Document,
    fix::{Applicability, Changes, Fix},
    rule::{Fixable, Group, Recurrence, Rule, RuleDef, RuleMeta},
    rules::phrases::in_case_of,
    text::{Span, quantity},
};
use matcher::Ranges;
use scope::Unit;

/// A rule that a config defines.
#[derive(Debug, Clone)]
pub struct CustomRule {
    /// What it looks for.
    pub kind: CheckKind,
    /// Where it looks.
    pub scopes: Vec<Scope>,
    /// What it says instead of its own words; `{match}` stands for the text that was found, and `{replacement}` for what
    /// should be there.
    pub message: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// Whether its replacements may be applied, and by which option.
    pub fix: Option<Applicability>,
    /// Texts that are accepted.
    pub except: Option<PatternMatcher>,
    /// Whether a replacement is capitalized where the text that it replaces is.
    pub adapts_case: bool,
}

/// What a rule looks for.
#[derive(Debug, Clone)]
pub enum CheckKind {
    /// Texts that must not occur, with what to write instead where that is known.
    Avoid(PatternMatcher),
    /// A text that must occur at least and at most so often in each part of the page.
    Occurrence {
        /// The text.
        pattern: PatternMatcher,
        /// The smallest number.
        min: usize,
        /// The largest number.
        max: Option<usize>,
    },
    /// How each part of the page is capitalized.
    Capitalization(Capitalization),
}

/// A custom rule with its name and level, shared by the settings of all pages.
#[derive(Clone)]
pub struct NamedRule {
    /// What is known about it.
    pub def: &'static RuleDef,
    /// The rule.
    pub rule: Arc<CustomRule>,
    /// Its level; `None` if it is off.
    pub severity: Option<Severity>,
}

impl fmt::Debug for NamedRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("NamedRule").field(&self.def.meta.id).finish()
    }
}

impl NamedRule {
    /// A rule of this name. What is known about it stays in memory until the program ends, once for each name and
    /// summary.
    pub fn new(name: &str, severity: Option<Severity>, rule: CustomRule) -> Self {
        Self { def: def(name, rule.fix.is_some()), severity, rule: Arc::new(rule) }
    }
}

/// The definition of a custom rule. Reports refer to it as they do to those of the registry, for as long as they like.
fn def(name: &str, has_fix: bool) -> &'static RuleDef {
    static KNOWN: LazyLock<Mutex<HashMap<(String, bool), &'static RuleDef>>> = LazyLock::new(Mutex::default);
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    known.entry((name.to_owned(), has_fix)).or_insert_with(|| {
        let meta = RuleMeta {
            id: Box::leak(name.to_owned().into_boxed_str()),
            summary: "Rule of the config",
            docs: "",
            group: Group::Custom,
            severity: Severity::Warning,
            on: true,
            fixable: if has_fix { Fixable::Sometimes } else { Fixable::Never },
            changes: Changes::Words,
            recurrence: Recurrence::Equal,
            since: env!("CARGO_PKG_VERSION"),
            aliases: &[],
            markdownlint: &[],
            suppressible: true,
        };
        Box::leak(Box::new(RuleDef {
            meta: Box::leak(Box::new(meta)),
            build: |_| Err(serde::de::Error::custom("a custom rule is built by the config")),
            schema: |_| schemars::Schema::default(),
        }))
    })
}

/// Texts to choose from, in the quotation marks that styles of Vale have around one.
fn quoted(texts: &[String]) -> String {
    let mut quoted: Vec<String> = texts.iter().map(|text| format!("'{text}'")).collect();
    let last = quoted.pop().unwrap_or_default();
    match quoted.len() {
        0 => last,
        1 => format!("{} or {last}", quoted[0]),
        _ => format!("{}, or {last}", quoted.join(", ")),
    }
}

/// Lets settings that are made for each group of pages share a rule.
impl Rule for Arc<CustomRule> {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for scope in &self.scopes {
            for unit in scope.units(doc) {
                self.check_unit(doc, &unit, sink);
            }
        }
    }
}

impl CustomRule {
    fn check_unit(&self, doc: &Document, unit: &Unit, sink: &mut Sink<'_>) {
        let accepted = Ranges::new(self.except.as_ref(), &unit.text);
        match &self.kind {
            CheckKind::Avoid(matcher) => {
                for found in matcher.find_in(&unit.text) {
                    if !accepted.cover(&found.range) {
                        let span = unit.span(&found.range);
                        self.report(doc, span, &unit.text[found.range.clone()], &found.replacements, sink);
                    }
                }
            }
            CheckKind::Occurrence { pattern, min, max } => {
                let all = pattern.find_in(&unit.text).filter(|found| !accepted.cover(&found.range));
                let count = all.count();
                let bound = match max {
                    _ if count < *min => format!("at least {min}"),
                    Some(max) if count > *max => format!("at most {max}"),
                    _ => return,
                };
                let own = || format!("{} here, expected {bound}", quantity(count, "occurrence"));
                let message = self.message.clone().unwrap_or_else(own);
                let diagnostic = sink.report(unit.whole(), message);
                diagnostic.help.clone_from(&self.help);
            }
            CheckKind::Capitalization(style) => {
                let Some(wrong) = style.check(&unit.text, &accepted) else { return };
                let own = || format!("{} is not in {}", unit.noun, style.name());
                let message = self.message.clone().unwrap_or_else(own).replace("{match}", unit.text.trim());
                sink.report(unit.span(&wrong), message).help.clone_from(&self.help);
            }
        }
    }

    fn report(&self, doc: &Document, span: Span, text: &str, replacements: &[String], sink: &mut Sink<'_>) {
        let cased = |new: &String| if self.adapts_case { in_case_of(text, new) } else { new.clone() };
        let cased: Vec<String> = replacements.iter().map(cased).collect();
        let [first, ..] = &*cased else {
            let message = self.message.as_deref().unwrap_or("avoid `{match}`").replace("{match}", text);
            sink.report(span, message).help.clone_from(&self.help);
            return;
        };
        if cased.iter().any(|new| new == text) {
            return;
        }
        let all = cased.iter().map(|new| format!("`{new}`")).collect::<Vec<_>>().join(" or ");
        let usual =
            if first.is_empty() { "remove `{match}`" } else { "replace `{match}` with {replacements}" };
        let message = self.message.as_deref().unwrap_or(usual);
        let message = message
            .replace("{match}", text)
            .replace("{replacements}", &all)
            .replace("'{replacement}'", &quoted(&cased))
            .replace("{replacement}", first);
        let diagnostic = sink.report(span, message);
        diagnostic.help.clone_from(&self.help);
        // What is written over several lines has their prefixes in it, and markup.
        let is_plain = doc.slice(span) == text;
        let Some(applicability) = self.fix.filter(|_| is_plain) else { return };
        // Of several, only a person can choose.
        let applicability =
            if cased.len() > 1 { applicability.min(Applicability::Unsafe) } else { applicability };
        for new in cased.iter().filter(|new| !new.is_empty()) {
            diagnostic.fix(Fix::replace(format!("Replace with `{new}`"), applicability, span, new.clone()));
        }
    }
}
