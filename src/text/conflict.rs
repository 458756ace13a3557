//! The markers that a merge leaves in a text where it could not join two versions.

use std::ops::Range;

use super::Needle;

/// A line that separates the versions of a text in a merge conflict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConflictMarker {
    /// `<<<<<<<`
    Ours,
    /// `|||||||`
    Base,
    /// `=======`
    Separator,
    /// `>>>>>>>`
    Theirs,
}

impl ConflictMarker {
    /// The marker that a line is: seven equal characters at its start, and nothing or a space after them.
    pub fn of(line: &str) -> Option<Self> {
        let marker = match line.as_bytes().first()? {
            b'<' => Self::Ours,
            b'|' => Self::Base,
            b'=' => Self::Separator,
            b'>' => Self::Theirs,
            _ => return None,
        };
        let run = line.bytes().take_while(|&byte| byte == line.as_bytes()[0]).count();
        (run == 7 && (line.len() == 7 || line[7..].starts_with(' '))).then_some(marker)
    }
}

/// The conflict markers of a text, in order, with the range of the line. Costs a search where there are none.
pub fn conflict_markers(text: &str) -> impl Iterator<Item = (ConflictMarker, Range<usize>)> {
    static MARKERS: [Needle; 2] = [Needle::new("<<<<<<<"), Needle::new(">>>>>>>")];
    let has_marker = MARKERS.iter().any(|marker| marker.is_in(text));
    let mut at = if has_marker { 0 } else { text.len() };
    std::iter::from_fn(move || {
        while at < text.len() {
            let start = at;
            let end =
                memchr::memchr2(b'\n', b'\r', &text.as_bytes()[start..]).map_or(text.len(), |i| start + i);
            at = end + 1;
            let line = text[start..end].trim_end();
            if let Some(marker) = ConflictMarker::of(line) {
                return Some((marker, start..start + line.len()));
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::{ConflictMarker, conflict_markers};

    #[test]
    fn a_marker_is_a_line_of_seven_characters_with_or_without_a_name() {
        for line in ["<<<<<<< HEAD", "|||||||", "=======", ">>>>>>> 1a2b3c (winter)"] {
            assert!(ConflictMarker::of(line).is_some(), "{line}");
        }
        for line in ["", "<<<<<<", "<<<<<<<< HEAD", " =======", "=======x", ">>>>>>>x", "-------"] {
            assert!(ConflictMarker::of(line).is_none(), "{line}");
        }
    }

    #[test]
    fn markers_come_with_their_lines() {
        let text = "a\r\n<<<<<<< x\r\n=======\n>>>>>>>";
        let found: Vec<_> = conflict_markers(text).map(|(_, range)| &text[range]).collect();
        assert_eq!(found, ["<<<<<<< x", "=======", ">>>>>>>"]);
        assert_eq!(conflict_markers("a\n=======\n").count(), 0);
    }
}
