//! The end of reports for people: what is not shown, a table of rules, the numbers, and what to do next.

use std::{collections::HashSet, io, path::Path};

use termcolor::WriteColor;

use super::style::severity_color;
use crate::{
    diagnostic::{Diagnostic, Severity},
    fix::Applicability,
    report::{Audience, summary::Counts},
    rule::RuleMeta,
    run::Run,
    text::quantity,
};

/// Findings that can be taken in without a table.
const FEW: usize = 10;

/// What a rule found, in numbers.
struct Row<'a> {
    rule: &'static RuleMeta,
    /// Of its worst finding.
    severity: Severity,
    findings: usize,
    files: HashSet<&'a Path>,
    /// Findings with a safe fix.
    safe: usize,
    /// Findings without a safe fix that have an unsafe one.
    r#unsafe: usize,
}

impl<'a> Row<'a> {
    fn add(&mut self, diagnostic: &'a Diagnostic) {
        self.severity = self.severity.max(diagnostic.severity);
        self.findings += 1;
        self.files.insert(&*diagnostic.primary.path);
        match diagnostic.applicability() {
            Some(Applicability::Safe) => self.safe += 1,
            Some(Applicability::Unsafe) => self.r#unsafe += 1,
            Some(Applicability::DisplayOnly) | None => {}
        }
    }

    /// How many of its findings can be fixed, and how.
    fn fixable(&self) -> String {
        match (self.safe, self.r#unsafe) {
            (0, 0) => String::new(),
            (safe, 0) => safe.to_string(),
            (0, more) => format!("{more} unsafe"),
            (safe, more) => format!("{safe} (+{more} unsafe)"),
        }
    }
}

/// The end of a report.
pub(super) struct Closing<'a> {
    rows: Vec<Row<'a>>,
    counts: Counts,
    /// Findings that the report does not show one by one, and how to see them.
    hidden: Vec<String>,
    audience: Audience,
}

impl<'a> Closing<'a> {
    pub(super) fn of(run: &'a Run) -> Self {
        let mut rows: Vec<Row<'_>> = Vec::new();
        let mut places = std::collections::HashMap::new();
        for diagnostic in run.diagnostics.iter().chain(&run.unlisted) {
            let place = *places.entry(diagnostic.rule.id).or_insert_with(|| {
                rows.push(Row {
                    rule: diagnostic.rule,
                    severity: diagnostic.severity,
                    findings: 0,
                    files: HashSet::new(),
                    safe: 0,
                    r#unsafe: 0,
                });
                rows.len() - 1
            });
            rows[place].add(diagnostic);
        }
        rows.sort_by_key(|row| (std::cmp::Reverse((row.severity, row.findings)), row.rule.id));
        Self { rows, counts: Counts::of(run), hidden: vec![], audience: Audience::Log }
    }

    /// For people: with what to do next at its end. In a log, the last line has the numbers.
    pub(super) fn with_advice(self) -> Self {
        Self { audience: Audience::Terminal, ..self }
    }

    /// Says that the report leaves findings out, and how to see them.
    pub(super) fn hiding(self, hidden: Vec<String>) -> Self {
        Self { hidden, ..self }
    }

    /// Writes all of it; the table only where there are more than a few findings or some are not shown.
    pub(super) fn write(&self, out: &mut dyn WriteColor) -> io::Result<()> {
        for line in &self.hidden {
            writeln!(out, "{line}")?;
        }
        let findings: usize = self.rows.iter().map(|row| row.findings).sum();
        let is_long = findings > FEW || !self.hidden.is_empty();
        if is_long {
            if !self.hidden.is_empty() {
                writeln!(out)?;
            }
            self.write_table(out)?;
            writeln!(out)?;
        }
        writeln!(out, "{}", self.counts)?;
        match self.advice().filter(|_| is_long && self.audience == Audience::Terminal) {
            Some(advice) => writeln!(out, "help: {advice}"),
            None => Ok(()),
        }
    }

    /// Writes the table alone.
    pub(super) fn write_table(&self, out: &mut dyn WriteColor) -> io::Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let width = self.rows.iter().map(|row| row.rule.id.len()).max().unwrap_or_default().max("rule".len());
        writeln!(out, "{:width$}  severity  findings  files  fixable", "rule")?;
        for row in &self.rows {
            let Row { rule, severity, findings, files, .. } = row;
            write!(out, "{:width$}  ", rule.id)?;
            out.set_color(&severity_color(*severity))?;
            write!(out, "{:8}", severity.name())?;
            out.reset()?;
            let line = format!("  {findings:8}  {:5}  {}", files.len(), row.fixable());
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    /// Writes the table and the numbers.
    pub(super) fn write_statistics(&self, out: &mut dyn WriteColor) -> io::Result<()> {
        self.write_table(out)?;
        if !self.rows.is_empty() {
            writeln!(out)?;
        }
        writeln!(out, "{}", self.counts)
    }

    /// What to do next.
    fn advice(&self) -> Option<String> {
        let worst = self.rows.first()?;
        Some(match self.counts.safe {
            0 => format!(
                "`copydesk explain {}` shows what a rule checks and how to fix its findings",
                worst.rule.id
            ),
            safe => format!(
                "add `--fix` to apply {}, or `--diff` to see what would change",
                quantity(safe, "fix")
            ),
        })
    }
}
