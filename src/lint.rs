//! The two phases. Pure functions of pages and settings, without I/O: command line, tests and editors share them.

mod add_suppressions;
mod dialect_filter;
mod fixpoint;

use std::{any::Any, path::Path, sync::Arc};

pub use add_suppressions::{SuppressionReason, add_suppressions, suppress_in_file};
pub use fixpoint::{Fixed, FixedRules, add_fixed, fix_to_fixpoint};

use crate::{
    config::{ActiveRule, Settings},
    diagnostic::{Diagnostic, Label, MAX_OF_A_RULE, Severity, Sink, most_of_a_rule},
    document::Document,
    fence::caught,
    fix::{Changes, Fix},
    rule::{Group, Hook, Recurrence},
    rules::{self, markdownlint},
    site::{Extent, OldPage, Page, Site},
    suppress::{Applied, RuleNames, markdownlint::State},
    text::Span,
};

/// How many findings of a rule are kept in a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quota {
    /// In proportion to its length, for who reads them.
    Proportional,
    /// As many as there are in the longest page, for who changes it: findings must not come up because others are gone.
    Full,
}

impl Quota {
    fn in_bytes(self, len: usize) -> usize {
        match self {
            Self::Proportional => most_of_a_rule(len),
            Self::Full => MAX_OF_A_RULE,
        }
    }
}

/// First phase: the findings in one page by itself, before suppressions. A file that could not be read as a page only
/// has findings about the file itself.
pub fn check(document: &Document, settings: &Settings) -> Vec<Diagnostic> {
    check_within(Quota::Proportional, document, settings)
}

/// The same with another quota.
pub fn check_within(quota: Quota, document: &Document, settings: &Settings) -> Vec<Diagnostic> {
    let place = (&document.path, quota.in_bytes(document.source.len()));
    let mut diagnostics = run(settings, place, Hook::Check, |active, sink| {
        if document.damage.is_none() || active.def.meta.group == Group::Meta {
            active.rule.check(document, sink);
        }
    });
    dialect_filter::drop_dialect_findings(&mut diagnostics, document.ast.overlay(), &document.path);
    diagnostics
}

/// Second phase: the findings in one page as a part of its site, before suppressions.
pub fn check_page(page: &Page, site: &Site, settings: &Settings) -> Vec<Diagnostic> {
    check_page_within(Quota::Proportional, page, site, settings)
}

/// The same with another quota.
pub fn check_page_within(quota: Quota, page: &Page, site: &Site, settings: &Settings) -> Vec<Diagnostic> {
    let place = (&page.path, quota.in_bytes(page.len as usize));
    let mut diagnostics =
        run(settings, place, Hook::Page, |active, sink| active.rule.check_page(page, site, sink));
    dialect_filter::drop_dialect_findings(&mut diagnostics, page.overlay.as_deref(), &page.path);
    diagnostics
}

/// What is wrong with the removal of a page.
pub fn check_removed(page: &OldPage, site: &Site, settings: &Settings) -> Vec<Diagnostic> {
    run(settings, (&page.facts.path, MAX_OF_A_RULE), Hook::Removed, |active, sink| {
        active.rule.check_removed(page, site, sink);
    })
}

/// What is wrong with the site as a whole. `config` is where findings lie that name no other place.
pub fn check_site(site: &Site, settings: &Settings, config: &Arc<Path>) -> Vec<Diagnostic> {
    run(settings, (config, MAX_OF_A_RULE), Hook::Site, |active, sink| active.rule.check_site(site, sink))
}

/// Applies the suppression comments of a page to the findings of both phases, and adds the findings about the
/// comments themselves. The extent of the site decides which comments may be unused.
pub fn finish(page: &Page, extent: Extent, mut diagnostics: Vec<Diagnostic>, settings: &Settings) -> Applied {
    let mut suppressions = page.suppressions.clone();
    // The comments of a page do not apply to findings in the schema that it names.
    diagnostics.retain(|it| !is_ignored_link(page, it));
    drop_repeated(&mut diagnostics);
    let can_be_off = |it: &Diagnostic| it.primary.path == page.path && it.rule.suppressible;
    let lasting: Vec<_> = diagnostics.extract_if(.., |it| !can_be_off(it)).collect();
    let mut applied = suppressions.apply(diagnostics, &Names(settings));
    applied.kept.extend(lasting);
    suppressions.forget_idle(|name| settings.runs(name));
    suppressions.mark_custom(|name| settings.custom.iter().any(|meta| meta.answers_to(name)));
    if extent == Extent::OnePage {
        suppressions.forget_site_dependent(rules::may_depend_on_site);
    }
    let most = most_of_a_rule(page.len as usize);
    let about = run(settings, (&page.path, most), Hook::Suppressions, |active, sink| {
        active.rule.check_suppressions(&suppressions, sink);
    });
    applied.kept.extend(about);
    applied.kept.sort_by(Diagnostic::order);
    applied
}

/// Drops findings of other rules that ask for the same change of a word: `informations` is misspelled, and no plural. A
/// comment that turns off the one that is kept must not bring the other.
fn drop_repeated(diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.sort_by(Diagnostic::order);
    diagnostics.dedup_by(|next, kept| {
        let is_repeated = asks_for_the_same(next, kept);
        if is_repeated && next.severity > kept.severity {
            std::mem::swap(next, kept);
        }
        is_repeated
    });
}

fn asks_for_the_same(next: &Diagnostic, kept: &Diagnostic) -> bool {
    let is_same_place = next.primary.path == kept.primary.path && next.primary.span == kept.primary.span;
    let are_about_words = [next.rule, kept.rule].iter().all(|rule| rule.changes == Changes::Words);
    is_same_place
        && are_about_words
        && next.rule.id != kept.rule.id
        && !kept.fixes.is_empty()
        && next.fixes.first().map(Fix::edits) == kept.fixes.first().map(Fix::edits)
}

/// Drops what the rules about labels say of a page that others include: these may define and use its labels.
pub fn drop_shared_labels(page: &Page, site: &Site, diagnostics: &mut Vec<Diagnostic>) {
    const ABOUT_LABELS: [&str; 3] = ["undefined-footnote", "undefined-reference", "unused-reference"];
    let is_about_label = |it: &Diagnostic| ABOUT_LABELS.contains(&it.rule.id) && it.primary.path == page.path;
    if diagnostics.iter().any(is_about_label) && !site.including_pages(page).is_empty() {
        diagnostics.retain(|it| !is_about_label(it));
    }
}

/// Whether a finding is about a URL that the config excepts. A credential is one all the same.
fn is_ignored_link(page: &Page, finding: &Diagnostic) -> bool {
    let judges_links = matches!(finding.rule.group, Group::Links | Group::Images);
    let place = finding.primary.span;
    let before = page.ignored_links.partition_point(|link| link.start <= place.start);
    judges_links
        && finding.rule.recurrence != Recurrence::EqualAndUntouched
        && finding.primary.path == page.path
        && page.ignored_links[..before].last().is_some_and(|link| link.contains(place))
}

/// Resolves rule names in comments under some settings.
struct Names<'a>(&'a Settings);

impl RuleNames for Names<'_> {
    fn answers(&self, rule: &str, name: &str) -> bool {
        let custom = || self.0.active.iter().map(|active| active.def).find(|def| def.meta.id == rule);
        rules::find(rule).or_else(custom).is_some_and(|def| def.meta.answers_to(name))
    }

    fn answers_in_markdownlint(&self, rule: &str, name: &str) -> bool {
        rules::find(rule).is_some_and(|def| markdownlint::is_meant_in_comment(def, name))
    }

    fn default_state(&self, rule: &str) -> State {
        let active = self.0.active.iter().find(|active| active.def.meta.id == rule);
        active.map_or(State::On, |active| active.default_state)
    }
}

/// Runs a hook of every rule that has it, and keeps so many findings of each in the file at hand. If a rule panics, one
/// `internal-error` replaces its findings; the other rules still run.
fn run(
    settings: &Settings,
    (path, most): (&Arc<Path>, usize),
    hook: Hook,
    call: impl Fn(&ActiveRule, &mut Sink<'_>),
) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let one = |active: &ActiveRule, diagnostics: &mut Vec<Diagnostic>| {
        let mut sink = Sink::new(active.def.meta, active.severity, path, diagnostics).keeping(most);
        call(active, &mut sink);
        if sink.is_idle() {
            active.idle_hooks.add(hook);
        }
        sink.close();
    };
    let active = || settings.active.iter().filter(|active| !active.idle_hooks.has(hook));
    let all = caught(|| active().for_each(|active| one(active, &mut diagnostics)));
    if all.is_ok() {
        return diagnostics;
    }
    // One of them panicked: each runs again, by itself.
    diagnostics.clear();
    for active in active() {
        let before = diagnostics.len();
        if let Err(panic) = caught(|| one(active, &mut diagnostics)) {
            diagnostics.truncate(before);
            diagnostics.push(internal_error(active.def.meta.id, path, panic.as_ref()));
        }
    }
    diagnostics
}

/// Does something with a page. If copydesk panics outside of a rule, the run goes on.
///
/// # Errors
///
/// The panic as a finding that says what was left undone.
pub fn guarded<T>(
    path: &Arc<Path>,
    task: GuardedTask,
    call: impl FnOnce() -> T,
) -> Result<T, Box<Diagnostic>> {
    caught(call).map_err(|panic| {
        let message = format!("copydesk panicked: {}", panic_message(panic.as_ref()));
        let mut diagnostic = own_mistake(path, Span::empty(0), message);
        let undone = match task {
            GuardedTask::Check => "checked",
            GuardedTask::Change => "changed",
        };
        diagnostic.help(format!("this is a bug in copydesk, please report it; the page was not {undone}"));
        Box::new(diagnostic)
    })
}

/// What is done with a page while a panic is caught.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GuardedTask {
    /// It is read or checked.
    Check,
    /// Its fixes are applied, or its findings suppressed.
    Change,
}

fn panic_message(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no message")
}

fn internal_error(rule: &str, path: &Arc<Path>, panic: &(dyn Any + Send)) -> Diagnostic {
    let message = format!("rule `{rule}` panicked: {}", panic_message(panic));
    let mut diagnostic = own_mistake(path, Span::empty(0), message);
    diagnostic.help("this is a bug in copydesk, please report it; the other rules ran");
    diagnostic
}

/// A finding about copydesk itself.
fn own_mistake(path: &Arc<Path>, place: Span, message: String) -> Diagnostic {
    Diagnostic::new(rules::INTERNAL_ERROR, Severity::Error, Label::new(path, place), message)
}
