//! `overview`: what a person at a terminal can take in. The worst findings first, equal ones as one, and a table of all.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
    io::{self, Write},
};

use super::{
    closing::Closing,
    full::{self, Shown},
};
use crate::{
    diagnostic::{Diagnostic, Severity},
    report::{RenderOptions, Reporter, shown_path},
    run::Run,
    text::quantity,
};

/// Findings that are drawn unless another number is asked for.
const MAX_EXCERPTS: usize = 50;

/// Findings of a rule that come before those of rules that found less: one rule must not fill the screen.
const SHARE: usize = 5;

/// Places of equal findings that are named.
const MAX_NAMED: usize = 3;

pub(in crate::report) struct Overview {
    options: RenderOptions,
}

impl Overview {
    pub(in crate::report) fn new(options: RenderOptions) -> Self {
        Self { options }
    }
}

impl Reporter for Overview {
    fn report(&self, run: &Run, out: &mut dyn Write) -> io::Result<()> {
        let mut groups = grouped(run, self.options.least_shown);
        sort(&mut groups);
        let max = self.options.max_excerpts.unwrap_or(MAX_EXCERPTS);
        let cut: usize = groups.iter().skip(max).map(Vec::len).sum();
        groups.truncate(max);
        let findings: Vec<Shown<'_>> = groups
            .iter()
            .map(|group| Shown { diagnostic: group[0], notes: repetitions(run, group) })
            .collect();
        let least = self.options.least_shown;
        let milder = run.diagnostics.iter().filter(|it| it.severity < least).count();
        let closing = Closing::of(run).with_advice().hiding(hidden(cut + run.unlisted.len(), milder));
        full::write(run, &findings, &closing, &self.options, out)
    }
}

/// The findings that are at least this severe; equal ones together, the first of them first.
fn grouped(run: &Run, least: Severity) -> Vec<Vec<&Diagnostic>> {
    let mut groups: Vec<Vec<&Diagnostic>> = Vec::new();
    let mut places = HashMap::new();
    for diagnostic in run.diagnostics.iter().filter(|it| it.severity >= least) {
        let source = run.sources.get(&diagnostic.primary.path);
        let words = diagnostic.primary.span.fit(&source.text).of(&source.text).to_owned();
        let Diagnostic { rule, severity, message, help, primary, .. } = diagnostic;
        let key = (rule.id, *severity, message, help, &primary.message, words);
        let place = *places.entry(key).or_insert_with(|| {
            groups.push(vec![]);
            groups.len() - 1
        });
        groups[place].push(diagnostic);
    }
    groups
}

/// Sorts by severity. Of equally severe ones, the first few of every rule come first; else their order stays.
fn sort(groups: &mut [Vec<&Diagnostic>]) {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    let mut rounds: HashMap<*const Diagnostic, usize> = HashMap::new();
    for group in &*groups {
        let count = seen.entry(group[0].rule.id).or_default();
        rounds.insert(group[0], *count / SHARE);
        *count += 1;
    }
    groups.sort_by_key(|group| (Reverse(group[0].severity), rounds[&std::ptr::from_ref(group[0])]));
}

/// Where else the same was found.
fn repetitions(run: &Run, group: &[&Diagnostic]) -> Vec<String> {
    let (first, others) = (group[0], &group[1..]);
    let (here, elsewhere): (Vec<&Diagnostic>, Vec<&Diagnostic>) =
        others.iter().partition(|it| it.primary.path == first.primary.path);
    let line = |it: &Diagnostic| {
        let source = run.sources.get(&it.primary.path);
        source.lines.position(&source.text, it.primary.span.fit(&source.text).start).line
    };
    let mut notes = Vec::new();
    if !here.is_empty() {
        let lines: Vec<String> = here.iter().map(|it| line(it).to_string()).collect();
        let noun = if lines.len() == 1 { "line" } else { "lines" };
        notes.push(format!("and on this page: {noun} {}", listed(&lines)));
    }
    let mut pages = HashSet::new();
    let one_each = elsewhere.into_iter().filter(|it| pages.insert(&it.primary.path));
    let places: Vec<String> =
        one_each.map(|it| format!("{}:{}", shown_path(run, &it.primary.path), line(it))).collect();
    if !places.is_empty() {
        notes.push(format!("and on {}: {}", quantity(places.len(), "other page"), listed(&places)));
    }
    notes
}

/// The first few of some names, and how many more there are.
fn listed(names: &[String]) -> String {
    let shown = names.iter().take(MAX_NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    match names.len().saturating_sub(MAX_NAMED) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// What is not drawn, and how to see it.
fn hidden(cut: usize, milder: usize) -> Vec<String> {
    let mut lines = Vec::new();
    if cut > 0 {
        let more = quantity(cut, "more finding");
        lines.push(format!("{more} not shown; `--format full` or `--format concise` shows all"));
    }
    if milder > 0 {
        lines.push(format!("{} not shown; `--severity info` shows them", quantity(milder, "info")));
    }
    lines
}
