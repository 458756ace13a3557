//! The names in a value that contains one or several.

use std::ops::Range;

/// The byte ranges of the names that the separators divide a text into, without the whitespace around them. What `is_name`
/// knows for a name is not divided further.
pub fn split_names(text: &str, separators: &[Box<str>], is_name: impl Fn(&str) -> bool) -> Vec<Range<usize>> {
    let whole = 0..text.len();
    let mut parts = vec![whole];
    for separator in separators.iter().filter(|separator| !separator.is_empty()) {
        let split = |part: Range<usize>| {
            if is_name(text[part.clone()].trim()) {
                return vec![part];
            }
            let mut start = part.start;
            let names = text[part].split(&**separator).map(|name| {
                let name = start..start + name.len();
                start = name.end + separator.len();
                name
            });
            names.collect()
        };
        parts = parts.into_iter().flat_map(split).collect();
    }
    parts.into_iter().map(|part| trim(text, part)).filter(|part| !part.is_empty()).collect()
}

/// A part of a text without surrounding whitespace.
fn trim(text: &str, part: Range<usize>) -> Range<usize> {
    let name = &text[part.clone()];
    let start = part.start + name.len() - name.trim_start().len();
    start..start + name.trim().len()
}

#[cfg(test)]
mod tests {
    use super::split_names;

    #[test]
    fn texts_are_split_at_any_separator() {
        let text = " Mira Holt, Jön and Ida ,";
        let separators = [", ", " and ", ","].map(Box::from);
        let names = |is_name: fn(&str) -> bool| -> Vec<_> {
            split_names(text, &separators, is_name).into_iter().map(|name| &text[name]).collect()
        };
        assert_eq!(names(|_| false), ["Mira Holt", "Jön", "Ida"]);
        assert_eq!(names(|name| name == "Jön and Ida ,"), ["Mira Holt", "Jön and Ida ,"]);
        assert_eq!(split_names("Mira", &[], |_| false).first(), Some(&(0..4)));
    }
}
