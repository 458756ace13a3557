//! Numbers with their units, in English.

/// A number and its noun, which is given in the singular: `1 space`, `3 spaces`, `0 entries`, `2 more findings`.
///
/// The plural follows the regular rules of English spelling, so a noun with an irregular plural must not be used.
pub fn quantity(number: impl TryInto<u64>, noun: &str) -> String {
    let number = number.try_into().unwrap_or(u64::MAX);
    if number == 1 {
        return format!("1 {noun}");
    }
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{number} {stem}ies"),
        _ if noun.ends_with(['s', 'x']) || noun.ends_with("ch") || noun.ends_with("sh") => {
            format!("{number} {noun}es")
        }
        _ => format!("{number} {noun}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::quantity;

    #[test]
    fn nouns_agree_with_their_number() {
        assert_eq!(quantity(0_usize, "space"), "0 spaces");
        assert_eq!(quantity(1_u32, "space"), "1 space");
        assert_eq!(quantity(2_u64, "entry"), "2 entries");
        assert_eq!(quantity(2_usize, "key"), "2 keys");
        assert_eq!(quantity(3_usize, "blank line"), "3 blank lines");
        assert_eq!(quantity(3_usize, "more match"), "3 more matches");
    }
}
