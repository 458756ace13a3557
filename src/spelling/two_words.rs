//! Two words that many write as one. The misspelling dictionary has single words only as corrections.

/// Each joined form in lower case, and the length in bytes of its first word. Sorted.
const JOINED: [(&str, usize); 27] = [
    ("abit", 1),
    ("afew", 1),
    ("alittle", 1),
    ("alot", 1),
    ("alots", 1),
    ("aslong", 2),
    ("assoon", 2),
    ("aswell", 2),
    ("atall", 2),
    ("atleast", 2),
    ("atmost", 2),
    ("eachother", 4),
    ("eventhough", 4),
    ("everytime", 5),
    ("forexample", 3),
    ("inaddition", 2),
    ("incase", 2),
    ("infact", 2),
    ("infront", 2),
    ("inorder", 2),
    ("inspite", 2),
    ("moreso", 4),
    ("noone", 2),
    ("ofcourse", 2),
    ("sothat", 2),
    ("thankyou", 5),
    ("upto", 2),
];

/// The two words that a word in lower case joins.
pub(super) fn split(word: &str) -> Option<String> {
    let at = JOINED.binary_search_by_key(&word, |(joined, _)| joined).ok()?;
    let (first, second) = word.split_at(JOINED[at].1);
    Some(format!("{first} {second}"))
}

#[cfg(test)]
mod tests {
    use super::{JOINED, split};
    use crate::spelling::lexicon;

    #[test]
    fn the_table_is_sorted_and_joins_known_words() {
        assert!(JOINED.is_sorted());
        for (joined, _) in JOINED {
            let text = split(joined).expect("it is in the table");
            for word in text.split(' ').filter(|word| word.len() > 1) {
                assert!(lexicon::is_known_lower(word), "{text}");
            }
        }
        assert_eq!(split("moreover"), None);
    }
}
