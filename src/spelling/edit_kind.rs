//! How one word became another: the kinds of slip that fingers make.

/// The kind of a slip that turned the right word into the wrong one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum EditKind {
    /// Two neighbouring letters changed places.
    Swapped,
    /// One of a pair of equal letters is missing.
    Undoubled,
    /// A letter stands twice.
    Doubled,
    /// A letter is missing.
    Dropped,
    /// A letter of a neighbouring key came along.
    BesideKey,
    /// Another letter came along.
    Inserted,
    /// A neighbouring key was hit.
    NeighbourKey,
    /// One vowel stands for another.
    Vowel,
    /// A letter stands for one that sounds or looks like it.
    Similar,
    /// Any other letter stands for the right one.
    Substituted,
    /// One letter went to another place, or letters that are not neighbours changed places.
    Moved,
    /// More than one of these.
    Several,
}

impl EditKind {
    /// Whether the two words are two slips apart: a letter that went elsewhere is missing here and too many there.
    pub(super) const fn is_two_slips(self) -> bool {
        matches!(self, Self::Moved | Self::Several)
    }
}

/// The kind of the slip that turned `right` into `wrong`, and the index of the first byte that differs. Both are in
/// lower case; only slips in the basic alphabet are told apart.
pub fn edit_kind(wrong: &str, right: &str) -> (EditKind, usize) {
    let (w, r) = (wrong.as_bytes(), right.as_bytes());
    let at = w.iter().zip(r).take_while(|(a, b)| a == b).count();
    let kind = if w.len() == r.len() {
        same_length(w, r, at)
    } else if w.len() + 1 == r.len() && w[at..] == r[at + 1..] {
        if at > 0 && r[at] == r[at - 1] { EditKind::Undoubled } else { EditKind::Dropped }
    } else if w.len() == r.len() + 1 && w[at + 1..] == r[at..] {
        let beside = |other: Option<&u8>| other.is_some_and(|&other| are_neighbours(w[at], other));
        if at > 0 && w[at] == w[at - 1] {
            EditKind::Doubled
        } else if beside(at.checked_sub(1).map(|before| &w[before])) || beside(w.get(at + 1)) {
            EditKind::BesideKey
        } else {
            EditKind::Inserted
        }
    } else {
        EditKind::Several
    };
    (kind, at)
}

fn same_length(w: &[u8], r: &[u8], at: usize) -> EditKind {
    if at == w.len() {
        return EditKind::Several;
    }
    let swapped = at + 1 < w.len() && w[at] == r[at + 1] && w[at + 1] == r[at];
    if swapped && w[at + 2..] == r[at + 2..] {
        EditKind::Swapped
    } else if w[at + 1..] != r[at + 1..] {
        if have_same_letters(w, r) { EditKind::Moved } else { EditKind::Several }
    } else if are_neighbours(w[at], r[at]) {
        EditKind::NeighbourKey
    } else if is_vowel(w[at]) && is_vowel(r[at]) {
        EditKind::Vowel
    } else if are_similar(w[at], r[at]) {
        EditKind::Similar
    } else {
        EditKind::Substituted
    }
}

pub(super) fn is_vowel(letter: u8) -> bool {
    b"aeiouy".contains(&letter)
}

fn have_same_letters(one: &[u8], other: &[u8]) -> bool {
    let sorted = |word: &[u8]| {
        let mut letters = word.to_vec();
        letters.sort_unstable();
        letters
    };
    sorted(one) == sorted(other)
}

/// Whether two consonants differ by voice alone, or are drawn alike.
fn are_similar(one: u8, other: u8) -> bool {
    const PAIRS: [&[u8; 2]; 10] = [b"bp", b"dt", b"gk", b"ck", b"sz", b"cs", b"fv", b"gq", b"il", b"lt"];
    PAIRS.iter().any(|pair| **pair == [one, other] || **pair == [other, one])
}

/// The rows of the keyboard that most of the world types English on, and how far each is shifted to the right, in
/// tenths of a key.
const ROWS: [(&[u8], usize); 3] = [(b"qwertyuiop", 0), (b"asdfghjkl", 3), (b"zxcvbnm", 8)];

/// Whether two letters lie side by side on the keyboard, in a row or in neighbouring rows.
fn are_neighbours(a: u8, b: u8) -> bool {
    let place = |letter| {
        ROWS.iter().enumerate().find_map(|(y, (row, shift))| {
            let x = row.iter().position(|&it| it == letter)?;
            Some((x * 10 + shift, y))
        })
    };
    let (Some((ax, ay)), Some((bx, by))) = (place(a), place(b)) else { return false };
    ax.abs_diff(bx) <= 11 && ay.abs_diff(by) <= 1
}

/// The parts of a name in mixed case: `DistCloud` is `Dist` and `Cloud`, `HTTPServer` is `HTTP` and `Server`.
pub fn parts(word: &str) -> Vec<&str> {
    let bytes = word.as_bytes();
    let mut parts = Vec::new();
    let mut start = 0;
    for at in 1..bytes.len() {
        let upper = bytes[at].is_ascii_uppercase();
        let after_lower = bytes[at - 1].is_ascii_lowercase();
        let before_lower = bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase);
        if upper && (after_lower || (before_lower && bytes[at - 1].is_ascii_uppercase())) {
            parts.push(&word[start..at]);
            start = at;
        }
    }
    parts.push(&word[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::{EditKind, edit_kind, parts};

    #[test]
    fn slips_are_told_apart() {
        for (wrong, right, kind, at) in [
            ("neyond", "beyond", EditKind::NeighbourKey, 0),
            ("disrcloud", "distcloud", EditKind::NeighbourKey, 3),
            ("bgger", "bigger", EditKind::Dropped, 1),
            ("machnie", "machine", EditKind::Swapped, 4),
            ("begining", "beginning", EditKind::Undoubled, 5),
            ("logging", "loging", EditKind::Doubled, 3),
            ("seperate", "separate", EditKind::Vowel, 3),
            ("workaflow", "workflow", EditKind::Inserted, 4),
            ("workoflow", "workflow", EditKind::BesideKey, 4),
            ("worktflow", "workflow", EditKind::BesideKey, 4),
            ("wortkflow", "workflow", EditKind::BesideKey, 3),
            ("practive", "practice", EditKind::NeighbourKey, 6),
            ("practime", "practice", EditKind::Substituted, 6),
            ("configuratibility", "configurability", EditKind::Several, 9),
            ("same", "same", EditKind::Several, 4),
        ] {
            assert_eq!(edit_kind(wrong, right), (kind, at), "{wrong} for {right}");
        }
    }

    #[test]
    fn names_in_mixed_case_have_parts() {
        for (word, expected) in [
            ("DistCloud", vec!["Dist", "Cloud"]),
            ("HTTPServer", vec!["HTTP", "Server"]),
            ("useMemo", vec!["use", "Memo"]),
            ("NUMA", vec!["NUMA"]),
            ("APIs", vec!["AP", "Is"]),
            ("plain", vec!["plain"]),
            ("", vec![""]),
        ] {
            assert_eq!(parts(word), expected, "{word}");
        }
    }
}
