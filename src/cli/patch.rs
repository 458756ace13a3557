//! Changes as a patch that `git apply` and `patch -p1` take.

use std::{fmt::Write, ops::Range, path::Path};

use similar::{DiffOp, group_diff_ops};

use crate::text::{line_diff, lines};

/// Lines around a change.
const AROUND: usize = 3;

/// The change of one file in the unified format (POSIX.1-2024, `diff`, "Diff -u Output Format"). `path` is relative to
/// the folder in which the patch is to be applied: without a line of git's own, git looks there and not in the
/// repository's root.
pub(super) fn of(path: &Path, before: &str, after: &str) -> String {
    let (old, new) = (lines(before), lines(after));
    let operations = line_diff(&old, &new);
    let mut text = format!("--- {}\n+++ {}\n", name("a/", path), name("b/", path));
    for hunk in group_diff_ops(operations, AROUND) {
        let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else { continue };
        let place = |first: Range<usize>, last: Range<usize>| header(&(first.start..last.end));
        let (from, to) =
            (place(first.old_range(), last.old_range()), place(first.new_range(), last.new_range()));
        writeln!(text, "@@ -{from} +{to} @@").expect("memory can be written");
        for operation in &hunk {
            if let DiffOp::Equal { .. } = operation {
                push(&mut text, ' ', &old[operation.old_range()]);
            } else {
                push(&mut text, '-', &old[operation.old_range()]);
                push(&mut text, '+', &new[operation.new_range()]);
            }
        }
    }
    text
}

/// The place of a hunk; an empty one is known by the line before it.
fn header(lines: &Range<usize>) -> String {
    match lines.len() {
        0 => format!("{},0", lines.start),
        1 => format!("{}", lines.start + 1),
        len => format!("{},{len}", lines.start + 1),
    }
}

fn push(patch: &mut String, mark: char, lines: &[&str]) {
    for line in lines {
        patch.push(mark);
        patch.push_str(line);
        if !line.ends_with('\n') {
            patch.push_str("\n\\ No newline at end of file\n");
        }
    }
}

/// A file's name as git writes it: in quotes where it has characters that would end it, with a tab after it where it
/// has spaces (git-diff, "quotePath").
fn name(side: &str, path: &Path) -> String {
    let path = path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    if !path.contains(|c: char| c.is_control() || c == '"' || c == '\\') {
        let tab = if path.contains(' ') { "\t" } else { "" };
        return format!("{side}{path}{tab}");
    }
    let mut quoted = format!("\"{side}");
    for c in path.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                    write!(quoted, "\\{byte:03o}").expect("memory can be written");
                }
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::of;

    #[test]
    fn a_patch_has_the_lines_around_and_tells_of_a_missing_end() {
        let patch = of(Path::new("a b.md"), "1\n2\n3\n4\n5\n6\r\n7", "1\n2\n3\n4\n5\n6\n7");
        assert_eq!(
            patch,
            "--- a/a b.md\t\n+++ b/a b.md\t\n@@ -3,5 +3,5 @@\n 3\n 4\n 5\n-6\r\n+6\n 7\n\\ No newline at end of file\n"
        );
        let patch = of(Path::new("a\n\"é.md"), "1", "1\n");
        assert_eq!(
            patch,
            "--- \"a/a\\012\\\"é.md\"\n+++ \"b/a\\012\\\"é.md\"\n@@ -1 +1 @@\n-1\n\\ No newline at end of file\n+1\n"
        );
    }

    #[test]
    fn what_is_added_to_nothing_stands_behind_line_0() {
        assert!(of(Path::new("a"), "", "1\n").contains("@@ -0,0 +1 @@\n+1\n"));
    }
}
