//! Slips of one letter: how one text became another.

/// One letter is missing, added, doubled or another one, or two letters beside each other are swapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slip {
    /// What happened.
    pub kind: SlipKind,
    /// The byte offset in the written text at which it differs from the text that is meant.
    pub at: usize,
}

/// What happened to a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SlipKind {
    /// Two letters changed places.
    Swapped,
    /// A letter is missing.
    Missing,
    /// A letter is there that does not belong there.
    Extra,
    /// Another letter stands in its place.
    Other,
}

impl Slip {
    /// The slip of one letter that turned `meant` into `written`; `None` if there is none, or more than that. Linear in
    /// the length of both.
    pub fn between(written: &str, meant: &str) -> Option<Self> {
        let at = shared(written.chars(), meant.chars());
        let (rest, other) = (&written[at..], &meant[at..]);
        let end = shared(rest.chars().rev(), other.chars().rev());
        let (wrong, right) = (&rest[..rest.len() - end], &other[..other.len() - end]);
        let mut letters = wrong.chars().zip(right.chars().rev());
        let kind = match (wrong.chars().count(), right.chars().count()) {
            (2, 2) if letters.all(|(one, other)| one == other) => SlipKind::Swapped,
            (0, 1) => SlipKind::Missing,
            (1, 0) => SlipKind::Extra,
            (1, 1) => SlipKind::Other,
            _ => return None,
        };
        let is_letter = |part: &str| part.chars().all(char::is_alphabetic);
        (is_letter(wrong) && is_letter(right)).then_some(Self { kind, at })
    }

    /// The word of `written` that has the slip; `None` where it is at the first or last letter: what is at the ends of
    /// words are plurals and other forms.
    pub fn word(self, written: &str) -> Option<&str> {
        let (before, after) = written.split_at(self.at);
        let start = before.trim_end_matches(char::is_alphabetic).len();
        let end = written.len() - after.trim_start_matches(char::is_alphabetic).len();
        let wrong = match self.kind {
            SlipKind::Missing => 0,
            SlipKind::Extra | SlipKind::Other => 1,
            // A swapped last letter makes no other form.
            SlipKind::Swapped => return Some(&written[start..end]),
        };
        let is_inside = self.at > start && after.chars().nth(wrong).is_some_and(char::is_alphabetic);
        is_inside.then(|| &written[start..end])
    }
}

/// How many bytes two texts have in common from where they begin.
fn shared(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).map(|(c, _)| c.len_utf8()).sum()
}

#[cfg(test)]
mod tests {
    use super::{Slip, SlipKind};

    #[test]
    fn slips_of_one_letter() {
        let slip = |written, meant| Slip::between(written, meant).map(|slip| (slip.kind, slip.at));
        assert_eq!(slip("titel", "title"), Some((SlipKind::Swapped, 3)));
        assert_eq!(slip("catgory", "category"), Some((SlipKind::Missing, 3)));
        assert_eq!(slip("summmary", "summary"), Some((SlipKind::Extra, 4)));
        assert_eq!(slip("dat", "date"), Some((SlipKind::Missing, 3)));
        assert_eq!(slip("häfen", "häefn"), Some((SlipKind::Swapped, 3)));
        assert_eq!(slip("data", "date"), Some((SlipKind::Other, 3)));
        assert_eq!(slip("tide", "tide"), None);
        assert_eq!(slip("tide-2", "tide-"), None);
        assert_eq!(slip("tides", "tidal"), None);
    }

    #[test]
    fn slips_are_inside_of_words() {
        let word =
            |written: &'static str, meant| Slip::between(written, meant).and_then(|slip| slip.word(written));
        assert_eq!(word("night frery", "night ferry"), Some("frery"));
        assert_eq!(word("the/hqrbour/news", "the/harbour/news"), Some("hqrbour"));
        assert_eq!(word("timtables", "timetables"), Some("timtables"));
        assert_eq!(word("timetaables", "timetables"), Some("timetaables"));
        assert_eq!(word("timetable", "timetables"), None);
        assert_eq!(word("nights ferry", "night ferry"), None);
        assert_eq!(word("imetables", "timetables"), None);
    }
}
