//! A quick no for most words.

/// The first two letters of words, as a set.
#[derive(Debug, Default)]
pub struct PrefixFilter([u32; 32]);

impl PrefixFilter {
    /// Whether a word may be one of the set, whatever its case; most that are not begin otherwise. Asked of words of the
    /// basic alphabet.
    pub fn may_have(&self, word: &[u8]) -> bool {
        let (row, bit) = Self::place(word);
        self.0[row] & bit != 0
    }

    /// Where a word's first two letters are, whatever their case.
    fn place(word: &[u8]) -> (usize, u32) {
        let letter = |at: usize| word.get(at).map_or(0, |byte| byte & 31);
        (usize::from(letter(0)), 1 << letter(1))
    }
}

impl<'a> FromIterator<&'a str> for PrefixFilter {
    fn from_iter<T: IntoIterator<Item = &'a str>>(words: T) -> Self {
        let mut beginnings = Self::default();
        for word in words {
            let (row, bit) = Self::place(word.as_bytes());
            beginnings.0[row] |= bit;
        }
        beginnings
    }
}
