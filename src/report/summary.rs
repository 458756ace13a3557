//! What a run found, in numbers.

use std::{collections::BTreeMap, fmt};

use crate::{diagnostic::Severity, fix::Applicability, run::Run, text::quantity};

/// The numbers of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Counts {
    pub files: usize,
    pub fixed_count: usize,
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
    /// Findings with a safe fix.
    pub safe: usize,
    /// Findings without a safe fix that have an unsafe one.
    pub r#unsafe: usize,
    pub suppressed: usize,
    pub baselined: usize,
    /// Findings, among those above, that are counted and not listed.
    pub unlisted: usize,
}

impl Counts {
    pub(super) fn of(run: &Run) -> Self {
        let mut counts = Self {
            files: run.files,
            fixed_count: run.fixed.values().flat_map(BTreeMap::values).sum(),
            suppressed: run.suppressed.len(),
            baselined: run.baselined.len(),
            unlisted: run.unlisted.len(),
            ..Self::default()
        };
        for diagnostic in run.diagnostics.iter().chain(&run.unlisted) {
            match diagnostic.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Info => counts.infos += 1,
            }
            match diagnostic.applicability() {
                Some(Applicability::Safe) => counts.safe += 1,
                Some(Applicability::Unsafe) => counts.r#unsafe += 1,
                Some(Applicability::DisplayOnly) | None => {}
            }
        }
        counts
    }
}

/// The closing line of reports for people.
impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kinds = [(self.errors, "error"), (self.warnings, "warning"), (self.infos, "info")];
        let reported: Vec<String> = kinds
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(number, kind)| quantity(number, kind))
            .collect();
        match (reported.is_empty(), self.files) {
            (true, 0) => f.write_str("no files checked")?,
            (false, 0) => write!(f, "{}, no files checked", reported.join(", "))?,
            (true, files) => write!(f, "no findings in {}", quantity(files, "file"))?,
            (false, files) => write!(f, "{} in {}", reported.join(", "), quantity(files, "file"))?,
        }
        if self.fixed_count > 0 {
            write!(f, "; {} fixed", self.fixed_count)?;
        }
        match (self.safe, self.r#unsafe) {
            (0, 0) => {}
            (safe, 0) => write!(f, "; {safe} fixable with --fix")?,
            (0, more) => write!(f, "; {more} fixable with --fix --unsafe-fixes")?,
            (safe, more) => write!(f, "; {safe} fixable with --fix, {more} more with --unsafe-fixes")?,
        }
        if self.suppressed > 0 {
            write!(f, "; {} suppressed", self.suppressed)?;
        }
        if self.baselined > 0 {
            write!(f, "; {} in the baseline", self.baselined)?;
        }
        if self.unlisted > 0 {
            write!(f, "; {} not shown", self.unlisted)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Counts;

    #[test]
    fn numbers_and_nouns_agree() {
        let some = Counts { files: 20, errors: 2, warnings: 1, infos: 3, ..Counts::default() };
        assert_eq!(some.to_string(), "2 errors, 1 warning, 3 infos in 20 files");
        assert_eq!(Counts { files: 1, ..Counts::default() }.to_string(), "no findings in 1 file");
        assert_eq!(Counts::default().to_string(), "no files checked");
        assert_eq!(Counts { errors: 1, ..Counts::default() }.to_string(), "1 error, no files checked");
    }

    #[test]
    fn what_can_be_fixed_and_what_is_suppressed_is_told_when_there_is_any() {
        let both = Counts { files: 2, warnings: 5, safe: 3, r#unsafe: 1, suppressed: 4, ..Counts::default() };
        let line = "5 warnings in 2 files; 3 fixable with --fix, 1 more with --unsafe-fixes; 4 suppressed";
        assert_eq!(both.to_string(), line);
        let known = Counts { files: 1, suppressed: 1, baselined: 7, ..Counts::default() };
        assert_eq!(known.to_string(), "no findings in 1 file; 1 suppressed; 7 in the baseline");
        let fixed = Counts { files: 1, fixed_count: 2, infos: 1, r#unsafe: 1, ..Counts::default() };
        assert_eq!(fixed.to_string(), "1 info in 1 file; 2 fixed; 1 fixable with --fix --unsafe-fixes");
    }
}
