//! Which of many texts another one starts with.

/// Texts in byte order, each with the longest other one that it starts with.
#[derive(Debug, Clone, Default)]
pub(super) struct Prefixes {
    texts: Vec<String>,
    /// By text, in the same order.
    longest_prefix: Vec<Option<u32>>,
    /// Whether a text starts with the byte, by byte.
    first_bytes: Vec<bool>,
}

impl Prefixes {
    /// Of different texts in byte order, none of them empty.
    pub(super) fn of_sorted(texts: Vec<String>) -> Self {
        let mut first_bytes = vec![false; 256];
        let mut longest_prefix = Vec::with_capacity(texts.len());
        // The texts that the last one starts with, and itself.
        let mut open: Vec<u32> = Vec::new();
        for (index, text) in texts.iter().enumerate() {
            first_bytes[usize::from(text.as_bytes()[0])] = true;
            while open.pop_if(|&mut before| !text.starts_with(&texts[before as usize])).is_some() {}
            longest_prefix.push(open.last().copied());
            open.push(index as u32);
        }
        Self { texts, longest_prefix, first_bytes }
    }

    /// The texts that `text` starts with, by index, and their lengths in bytes; the longest first.
    pub(super) fn of(&self, text: &[u8]) -> impl Iterator<Item = (usize, usize)> {
        let is_possible =
            text.first().is_some_and(|&byte| self.first_bytes.get(usize::from(byte)) == Some(&true));
        // Every text that this one starts with is at or before the last one that is not greater, which starts with it too.
        let after = if is_possible { self.texts.partition_point(|it| it.as_bytes() <= text) } else { 0 };
        let last = after.checked_sub(1);
        let shared = last.map_or(0, |last| {
            self.texts[last].bytes().zip(text).take_while(|(one, other)| one == *other).count()
        });
        std::iter::successors(last, |&index| self.longest_prefix[index].map(|it| it as usize))
            .map(|index| (index, self.texts[index].len()))
            .filter(move |(_, length)| *length <= shared)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Prefixes;

    proptest! {
        #[test]
        fn the_same_are_found_as_by_looking_at_each(
            texts in proptest::collection::btree_set("[ab-]{1,5}", 0..20),
            text in "[abc-]{0,8}",
        ) {
            let texts: Vec<String> = texts.into_iter().collect();
            let mut expected: Vec<_> = texts.iter().enumerate().filter(|(_, it)| text.starts_with(&**it)).collect();
            expected.sort_by_key(|(_, it)| std::cmp::Reverse(it.len()));
            let expected: Vec<_> = expected.into_iter().map(|(index, it)| (index, it.len())).collect();
            let found: Vec<_> = Prefixes::of_sorted(texts.clone()).of(text.as_bytes()).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
