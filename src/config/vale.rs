//! Vale styles: directories of YAML files, each of which is a rule (<https://vale.sh/docs/styles>). Rules of the kinds
//! `existence`, `substitution`, `occurrence` and `capitalization` are read; a note names the others.

use std::path::Path;

use serde::Deserialize;

use super::{
    load::{ConfigSource, mistake, note},
    raw::Ordered,
};
use crate::{
    diagnostic::{Diagnostic, Label, Severity},
    discover::SiteFiles,
    fix::Applicability,
    rules::custom::{
        Capitalization, CheckKind, CustomRule, Letters, NamedRule, Notation, PatternBudget, PatternMatcher,
        Scope,
    },
    text::quantity,
};

/// Rules that a note names.
const MAX_NAMED: usize = 5;

/// A rule of Vale, as far as it is read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct ValeRule {
    extends: String,
    message: String,
    level: String,
    scope: Texts,
    link: String,
    ignorecase: bool,
    nonword: bool,
    append: bool,
    tokens: Vec<String>,
    raw: Vec<String>,
    swap: Ordered<String>,
    exceptions: Vec<String>,
    token: String,
    min: u32,
    max: Option<u32>,
    #[serde(rename = "match")]
    pattern: String,
}

/// One text or several.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Texts {
    One(String),
    Many(Vec<String>),
}

impl Default for Texts {
    fn default() -> Self {
        Self::Many(vec![])
    }
}

/// The rules of a style. `mention` is where the config names it.
pub(super) fn read(
    files: &SiteFiles,
    style: &Path,
    mention: &Label,
    budget: &PatternBudget,
    (diagnostics, notes): (&mut Vec<Diagnostic>, &mut Vec<Diagnostic>),
) -> Vec<NamedRule> {
    let names = files.names(style);
    let is_rule =
        |name: &&String| Path::new(name.as_str()).extension().is_some_and(|it| it == "yml" || it == "yaml");
    let names: Vec<&String> = names.iter().filter(is_rule).collect();
    if names.is_empty() {
        let mut error = mistake(mention.clone(), format!("no rules found in `{}`", style.display()));
        error.help("expected a directory of a Vale style, with a YAML file for each rule");
        diagnostics.push(error);
    }
    let style_name = style.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (mut rules, mut unread) = (Vec::new(), Vec::new());
    for name in &names {
        let path = style.join(name);
        let id = format!("{style_name}.{}", Path::new(name.as_str()).with_extension("").display());
        let source = match ConfigSource::read(files, &path) {
            Ok(source) => source,
            Err(why) => {
                diagnostics
                    .push(mistake(mention.clone(), format!("cannot read `{}`: {why}", path.display())));
                continue;
            }
        };
        let root = source.tree.root.as_ref().filter(|_| source.tree.errors.is_empty());
        let read = match root.map(crate::data::Node::deserialize::<ValeRule>) {
            Some(Ok(rule)) => rule.read(budget),
            Some(Err(error)) => Err(error.message),
            None => Err("invalid YAML".to_owned()),
        };
        match read {
            Ok((severity, rule)) => rules.push(NamedRule::new(&id, severity, rule)),
            Err(why) => unread.push(format!("`{id}` ({why})")),
        }
    }
    if !unread.is_empty() {
        let shown = unread.iter().take(MAX_NAMED).cloned().collect::<Vec<_>>().join(", ");
        let more = match unread.len().saturating_sub(MAX_NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let count = quantity(unread.len(), "rule");
        let message = format!("{count} of {} in `{}` not supported", names.len(), style.display());
        let mut diagnostic = note(mention.clone(), message);
        diagnostic.help(format!("not checked: {shown}{more}"));
        notes.push(diagnostic);
    }
    rules
}

impl ValeRule {
    /// The rule and its level.
    ///
    /// # Errors
    ///
    /// Why it is not supported.
    fn read(&self, budget: &PatternBudget) -> Result<(Option<Severity>, CustomRule), String> {
        let letters = if self.ignorecase { Letters::Folded } else { Letters::Kept };
        let severity = match &*self.level {
            "error" => Severity::Error,
            "suggestion" => Severity::Info,
            _ => Severity::Warning,
        };
        let kind = self.kind(letters, budget)?;
        let except = (!self.exceptions.is_empty()).then(|| {
            let entries = self.exceptions.iter().map(|text| (&**text, vec![]));
            PatternMatcher::new(entries, Notation::WordPattern, letters, budget).map_err(|(_, why)| why)
        });
        let rule = CustomRule {
            message: Some(self.message()).filter(|message| !message.is_empty()),
            help: (!self.link.is_empty()).then(|| format!("see {}", self.link)),
            fix: (self.extends == "substitution").then_some(Applicability::Unsafe),
            adapts_case: self.ignorecase,
            except: except.transpose()?,
            scopes: self.scopes()?,
            kind,
        };
        Ok((Some(severity), rule))
    }

    fn kind(&self, letters: Letters, budget: &PatternBudget) -> Result<CheckKind, String> {
        let words = if self.nonword { Notation::Pattern } else { Notation::WordPattern };
        let matcher = |entries: Vec<(&str, Vec<String>)>, notation| {
            PatternMatcher::new(entries, notation, letters, budget).map_err(|(_, why)| why)
        };
        Ok(match &*self.extends {
            "existence" => {
                let raw = self.raw.concat();
                if self.tokens.is_empty() && raw.is_empty() {
                    return Err("no tokens".to_owned());
                }
                CheckKind::Avoid(if raw.is_empty() {
                    matcher(self.tokens.iter().map(|token| (&**token, vec![])).collect(), words)?
                } else {
                    matcher(vec![(&self.with_raw(&raw), vec![])], Notation::Pattern)?
                })
            }
            "substitution" => {
                let replacements = |text: &str| text.split('|').map(str::to_owned).collect();
                let swap = self.swap.iter().map(|(wrong, right)| (wrong, replacements(right))).collect();
                CheckKind::Avoid(matcher(swap, words)?)
            }
            "occurrence" => CheckKind::Occurrence {
                pattern: matcher(vec![(&self.token, vec![])], Notation::Pattern)?,
                min: self.min as usize,
                max: self.max.map(|max| max as usize),
            },
            "capitalization" => CheckKind::Capitalization(match &*self.pattern {
                "$sentence" => Capitalization::Sentence,
                "$title" => Capitalization::Title,
                "$lower" => Capitalization::Lower,
                "$upper" => Capitalization::Upper,
                pattern if pattern.starts_with('$') => return Err(format!("match: {pattern}")),
                pattern => Capitalization::Pattern(matcher(vec![(pattern, vec![])], Notation::Pattern)?),
            }),
            other => return Err(format!("extends: {other}")),
        })
    }

    /// The one expression that Vale has of raw text and tokens: the tokens follow the text, unless it is appended.
    fn with_raw(&self, raw: &str) -> String {
        if self.tokens.is_empty() {
            return raw.to_owned();
        }
        let edge = if self.nonword { "" } else { "\\b" };
        let tokens = format!("{edge}(?:{}){edge}", self.tokens.join("|"));
        if self.append { tokens + raw } else { raw.to_owned() + &tokens }
    }

    /// The message, with names for what is filled in. Of a substitution, the first `%s` is the replacement, of which there
    /// may be several.
    fn message(&self) -> String {
        let parts: Vec<&str> = self.message.split("%s").collect();
        let names = match (&*self.extends, parts.len()) {
            // Vale quotes the text itself where the message does.
            ("substitution", 3..) => &["{replacement}", "{match}"][..],
            ("substitution", _) => &["{replacement}"],
            ("existence" | "capitalization", _) => &["{match}"],
            _ => &[],
        };
        let mut message = String::new();
        for (index, part) in parts.iter().enumerate() {
            if let Some(before) = index.checked_sub(1) {
                message.push_str(names.get(before).copied().unwrap_or("…"));
            }
            message.push_str(part);
        }
        message
    }

    fn scopes(&self) -> Result<Vec<Scope>, String> {
        let names = match &self.scope {
            Texts::One(name) => std::slice::from_ref(name),
            Texts::Many(names) => names,
        };
        if names.is_empty() {
            return Ok(vec![Scope::Prose]);
        }
        let scope = |name: &String| match &**name {
            "text" | "" => Ok(Scope::Prose),
            "summary" => Ok(Scope::Paragraph),
            "table.cell" => Ok(Scope::Table),
            name => Scope::named(name).ok_or_else(|| format!("scope: {name}")),
        };
        names.iter().map(scope).collect()
    }
}
