//! Ids as docutils makes them.

use super::slug::{decomposed, squeezed};

/// `make_id` of docutils: ASCII alone, a hyphen for all else, a letter first.
pub fn docutils_id(name: &str) -> String {
    let replaced = name.to_lowercase().replace('ß', "sz").replace('æ', "ae").replace('œ', "oe");
    let replaced: String = replaced
        .chars()
        .map(|c| match c {
            'ø' => 'o',
            'đ' => 'd',
            'ħ' => 'h',
            'ı' => 'i',
            'ł' => 'l',
            'ŧ' => 't',
            c => c,
        })
        .collect();
    let decomposed = decomposed(&replaced);
    let ascii = decomposed.chars().filter(char::is_ascii);
    let dashed = squeezed(ascii.map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }), '-');
    let id = dashed.trim_start_matches(|c: char| c == '-' || c.is_ascii_digit());
    id.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::docutils_id;

    #[test]
    fn docutils_gives_ids_in_ascii() {
        let ids = ["Größe & C++: a_b", "1. Low tide", "日本", "Łódź"].map(docutils_id);
        assert_eq!(ids, ["grosze-c-a-b", "low-tide", "", "lodz"]);
    }
}
