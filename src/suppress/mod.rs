//! Comments that switch rules off. Our own are read from HTML comments of the tree and YAML comments of the front
//! matter, never from raw text, so that a code sample cannot suppress anything; those of markdownlint as it reads them.

pub mod markdownlint;
pub mod trust;

use std::collections::HashMap;

use markdownlint::State;

use crate::{
    diagnostic::Diagnostic,
    front_matter::FrontMatter,
    markdown::Ast,
    text::{LineIndex, Span},
};

/// The suppression comments of one page.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Suppressions {
    /// Our own comments, in source order.
    pub directives: Vec<Directive>,
    /// Those of markdownlint.
    pub markdownlint: markdownlint::Comments,
    /// Where comments are that have no effect, because a change brings them that is not trusted, in source order; see
    /// [`trust::distrust`].
    pub untrusted: Vec<Span>,
}

impl Suppressions {
    /// Whether there is no comment at all.
    pub fn is_empty(&self) -> bool {
        self.directives.is_empty() && self.markdownlint.spans().next().is_none()
    }
}

/// One suppression comment.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Directive {
    /// What it does.
    pub kind: DirectiveKind,
    /// The comment.
    pub span: Span,
    /// The bytes it speaks for: a line with its line break, or everything from its line on, or the file.
    pub scope: Span,
    /// The rules it names; none means all.
    pub names: Vec<RuleName>,
    /// What to take out to be rid of the comment, where the rest stays what it is.
    pub removal: Option<Span>,
    /// Whether a directive without names had any effect; see [`Name::used`] for the others.
    pub used: bool,
}

/// A rule, alias or group named in a comment.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct RuleName {
    /// The name as written.
    pub text: Box<str>,
    /// Its place.
    pub span: Span,
    /// Whether it suppressed a finding.
    pub used: bool,
    /// Whether it is the name of a rule that the config defines.
    pub custom: bool,
}

/// What a suppression comment does.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum DirectiveKind {
    /// Off from this line on.
    Disable,
    /// On again from this line on.
    Enable,
    /// Off on this line.
    DisableLine,
    /// Off on the line after the comment.
    DisableNextLine,
    /// Off everywhere in the file.
    DisableFile,
    /// A word that starts like a directive and is none; with its place.
    Unknown(Box<str>, Span),
}

/// The words of directives, as they follow the prefix.
pub const DIRECTIVES: [&str; 5] = ["disable", "enable", "disable-line", "disable-next-line", "disable-file"];

/// Findings after the comments had their say.
#[derive(Debug, Default)]
pub struct Applied {
    /// What is reported.
    pub kept: Vec<Diagnostic>,
    /// What a comment switched off.
    pub suppressed: Vec<Diagnostic>,
}

impl Suppressions {
    /// Reads the comments of a page.
    pub fn collect(source: &str, lines: &LineIndex, front_matter: Option<&FrontMatter>, ast: &Ast) -> Self {
        let mut directives = Vec::new();
        let yaml = front_matter.map_or(&[][..], |front_matter| &front_matter.tree.comments);
        for &comment in yaml {
            let text = Span::new(comment.start + 1, comment.end);
            directives.extend(Directive::parse(source, lines, comment, text));
        }
        let is_html = |comment: &Span| comment.of(source).starts_with("<!--");
        let html = ast.html_comments(source).into_iter().filter(is_html);
        let html = html.map(|comment| (comment, Span::new(comment.start + 4, comment.end - 3)));
        for (comment, text) in html.chain(ast.dialect_comments(source)) {
            directives.extend(Directive::parse(source, lines, comment, text));
        }
        directives.sort_by_key(|directive: &Directive| directive.span);
        extend_to_containers(&mut directives, lines, ast);
        Self { directives, markdownlint: markdownlint::Comments::collect(source, lines), untrusted: vec![] }
    }

    /// Parts the findings of this page, all of them with their primary place in it, and notes which comments had an
    /// effect.
    pub fn apply(&mut self, mut diagnostics: Vec<Diagnostic>, names: &impl RuleNames) -> Applied {
        if self.directives.is_empty() && self.markdownlint.is_empty() {
            return Applied { kept: diagnostics, suppressed: vec![] };
        }
        diagnostics.sort_by_key(|diagnostic| diagnostic.primary.span);
        let mut rules: Vec<&'static str> = diagnostics.iter().map(|diagnostic| diagnostic.rule.id).collect();
        rules.sort_unstable();
        rules.dedup();
        let mut off = vec![None; diagnostics.len()];
        for rule in rules {
            self.sweep(rule, &diagnostics, &mut off, names);
            self.sweep_markdownlint(rule, &diagnostics, &mut off, names);
        }
        let mut applied = Applied::default();
        for (diagnostic, off) in diagnostics.into_iter().zip(off) {
            match off {
                None => applied.kept.push(diagnostic),
                Some(Off::ByConfig) => {}
                Some(Off::ByMarkdownlint) => applied.suppressed.push(diagnostic),
                Some(Off::By((directive, name))) => {
                    self.directives[directive].mark(name);
                    applied.suppressed.push(diagnostic);
                }
            }
        }
        applied
    }

    /// Counts every name whose rules did not run as used, because it is unknown what it would have suppressed.
    pub fn forget_idle(&mut self, runs: impl Fn(&str) -> bool) {
        for name in self.directives.iter_mut().flat_map(|directive| &mut directive.names) {
            name.used |= !runs(&name.text);
        }
    }

    /// Notes which names are those of rules that the config defines.
    pub fn mark_custom(&mut self, is_custom: impl Fn(&str) -> bool) {
        for name in self.directives.iter_mut().flat_map(|directive| &mut directive.names) {
            name.custom = is_custom(&name.text);
        }
    }

    /// Counts as used what might suppress a finding that only the whole site shows: a comment without names, and the names
    /// for which `may_depend_on_site` holds.
    pub fn forget_site_dependent(&mut self, may_depend_on_site: impl Fn(&str) -> bool) {
        for directive in &mut self.directives {
            directive.used |= directive.names.is_empty();
            for name in &mut directive.names {
                name.used |= may_depend_on_site(&name.text);
            }
        }
    }

    /// Finds, for the findings of one rule in source order, the comment that switches each off.
    fn sweep(&self, rule: &str, diagnostics: &[Diagnostic], off: &mut [Option<Off>], names: &impl RuleNames) {
        let mentions = |(index, directive): (usize, &'_ Directive)| {
            directive.mention(rule, names).map(|name| (index, name))
        };
        let mut relevant: Vec<Mention> = self.directives.iter().enumerate().filter_map(mentions).collect();
        relevant.sort_by_key(|(at, _)| self.directives[*at].scope.start);
        if relevant.is_empty() {
            return;
        }
        let whole_file =
            relevant.iter().find(|(at, _)| self.directives[*at].kind == DirectiveKind::DisableFile);
        let mut next = 0;
        let mut region = None;
        // Line directives in force: a line has few, and they leave as soon as their line is after.
        let mut on_line: Vec<Mention> = Vec::new();
        for (diagnostic, off) in diagnostics.iter().zip(off) {
            if diagnostic.rule.id != rule {
                continue;
            }
            let place = diagnostic.primary.span.start;
            while let Some(&mention) = relevant.get(next) {
                let directive = &self.directives[mention.0];
                if directive.scope.start > place {
                    break;
                }
                match directive.kind {
                    DirectiveKind::Disable => region = region.or(Some(mention)),
                    DirectiveKind::Enable => region = None,
                    DirectiveKind::DisableLine | DirectiveKind::DisableNextLine => on_line.push(mention),
                    DirectiveKind::DisableFile | DirectiveKind::Unknown(..) => {}
                }
                next += 1;
            }
            on_line.retain(|(at, _)| self.directives[*at].scope.end > place);
            *off = on_line.first().copied().or(region).or(whole_file.copied()).map(Off::By);
        }
    }

    /// Finds, for the findings of one rule, those on lines where the comments of markdownlint have it off.
    fn sweep_markdownlint(
        &self,
        rule: &str,
        diagnostics: &[Diagnostic],
        off: &mut [Option<Off>],
        names: &impl RuleNames,
    ) {
        let default_state = names.default_state(rule);
        let switch =
            self.markdownlint.switch(default_state, |name| names.answers_in_markdownlint(rule, name));
        for (diagnostic, off) in
            diagnostics.iter().zip(off).filter(|(diagnostic, _)| diagnostic.rule.id == rule)
        {
            if switch.at(diagnostic.primary.span.start) == State::Off {
                *off = match default_state {
                    State::Off => Some(Off::ByConfig),
                    State::On => off.or(Some(Off::ByMarkdownlint)),
                };
            }
        }
    }
}

/// What names in comments mean, and which rules run where only a comment asks for them.
pub trait RuleNames {
    /// Whether a rule is meant by a name in one of our comments.
    fn answers(&self, rule: &str, name: &str) -> bool;

    /// Whether a rule is meant by a name, in lower case, in a comment of markdownlint.
    fn answers_in_markdownlint(&self, rule: &str, name: &str) -> bool;

    /// How a rule is before markdownlint's comments are read.
    fn default_state(&self, rule: &str) -> State;
}

/// What switches a finding off.
#[derive(Debug, Clone, Copy)]
enum Off {
    /// One of our comments.
    By(Mention),
    /// A comment of markdownlint.
    ByMarkdownlint,
    /// The rule runs for other lines of the page, on which a comment enables it.
    ByConfig,
}

/// A directive's index and how it speaks of a rule.
type Mention = (usize, Target);

/// How a directive speaks of a rule.
#[derive(Debug, Clone, Copy)]
enum Target {
    /// It names no rules and means all.
    All,
    /// By this of its names.
    Name(usize),
}

impl Directive {
    /// Reads one comment; `text` is what is between its markers. `None` for a comment of another kind.
    fn parse(source: &str, lines: &LineIndex, span: Span, text: Span) -> Option<Self> {
        let body = text.of(source);
        let at = text.start + (body.len() - body.trim_start().len()) as u32;
        let body = body.trim();
        let rest = body.strip_prefix("copydesk-")?;
        let at = at + (body.len() - rest.len()) as u32;
        let word = rest.split(char::is_whitespace).next().unwrap_or_default();
        let kind = match word {
            "disable" => DirectiveKind::Disable,
            "enable" => DirectiveKind::Enable,
            "disable-line" => DirectiveKind::DisableLine,
            "disable-next-line" => DirectiveKind::DisableNextLine,
            "disable-file" => DirectiveKind::DisableFile,
            _ => DirectiveKind::Unknown(word.into(), Span::new(at, at + word.len() as u32)),
        };
        let scope = kind.scope(lines, span);
        let names = names(&rest[word.len()..], at + word.len() as u32);
        let removal = removal(source, lines, span);
        Some(Self { kind, span, scope, names, removal, used: false })
    }

    /// How this directive speaks of `rule`, if it does.
    fn mention(&self, rule: &str, names: &impl RuleNames) -> Option<Target> {
        if self.names.is_empty() {
            return Some(Target::All);
        }
        self.names.iter().position(|name| names.answers(rule, &name.text)).map(Target::Name)
    }

    fn mark(&mut self, target: Target) {
        match target {
            Target::All => self.used = true,
            Target::Name(name) => self.names[name].used = true,
        }
    }
}

impl DirectiveKind {
    fn scope(&self, lines: &LineIndex, comment: Span) -> Span {
        let first = lines.line_of(comment.start);
        let last = lines.last_line_of(comment);
        let end = lines.text_len();
        let line_end = |line| line_end(lines, line);
        match self {
            Self::DisableLine => Span::new(lines.line_start(first), line_end(last)),
            Self::DisableNextLine => Span::new(line_end(last).min(end), line_end(last + 1)),
            Self::DisableFile => Span::new(0, end + 1),
            Self::Disable | Self::Enable | Self::Unknown(..) => Span::new(lines.line_start(first), end + 1),
        }
    }
}

/// Makes comments above the first line of a container of the dialect hold for the container.
fn extend_to_containers(directives: &mut [Directive], lines: &LineIndex, ast: &Ast) {
    let mut above = directives.iter_mut().filter(|it| it.kind == DirectiveKind::DisableNextLine).peekable();
    if above.peek().is_none() {
        return;
    }
    let ends: HashMap<u32, u32> = ast
        .dialect_containers()
        .map(|container| (lines.line_of(container.start), lines.last_line_of(container)))
        .collect();
    for directive in above {
        if let Some(&last) = ends.get(&lines.line_of(directive.scope.start)) {
            directive.scope.end = directive.scope.end.max(line_end(lines, last));
        }
    }
}

/// Where a line ends, after its line break. A finding at the very end of a file without a final line break is after its
/// last byte.
fn line_end(lines: &LineIndex, line: u32) -> u32 {
    if line + 1 >= lines.line_count() { lines.text_len() + 1 } else { lines.line_start(line + 1) }
}

/// The bytes to take out with a comment: the spaces before one at the end of a line; the lines of one that has them for
/// itself, with one of the empty lines around them. A comment in the middle of a text, in a table and one that parts two
/// blocks has to be taken out by a person.
fn removal(source: &str, lines: &LineIndex, comment: Span) -> Option<Span> {
    let (first, last) = (lines.line_of(comment.start), lines.last_line_of(comment));
    let before = Span::new(lines.line_start(first), comment.start).of(source);
    let after = Span::new(comment.end, lines.line_span(source, last).end).of(source);
    let is_empty = |line: u32| lines.line_span(source, line).of(source).trim().is_empty();
    if !after.trim().is_empty() || before.contains('|') {
        return None;
    }
    if !before.trim().is_empty() {
        return Some(Span::new(comment.start - (before.len() - before.trim_end().len()) as u32, comment.end));
    }
    let is_yaml = comment.of(source).starts_with('#');
    let is_parted = first == 0 || is_empty(first - 1);
    let is_followed = last + 1 < lines.line_count() && is_empty(last + 1);
    let lines_too = if !is_yaml && is_parted && is_followed { last + 2 } else { last + 1 };
    (is_yaml || is_parted).then(|| Span::new(lines.line_start(first), lines.line_start(lines_too)))
}

/// The names in `rest`, which begins at `offset`, up to the reason after `--`.
fn names(rest: &str, offset: u32) -> Vec<RuleName> {
    let mut at = offset;
    let mut names = Vec::new();
    for text in rest.split([' ', '\t', '\n', '\r', ',']) {
        if text == "--" {
            break;
        }
        let end = at + text.len() as u32;
        if !text.is_empty() {
            names.push(RuleName { text: text.into(), span: Span::new(at, end), used: false, custom: false });
        }
        at = end + 1;
    }
    names
}
