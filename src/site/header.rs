//! What a page says of itself in its first lines, with or without hyphens around them, where that is not YAML.

/// A key in lowercase and its value.
pub type HeaderLine = (Box<str>, Box<str>);

/// The longest header that is read, in lines.
const MAX_HEADER: usize = 256;

/// The lines `Key: value` that a page begins with, as Python-Markdown's extension for metadata reads them: an indented line
/// goes on with the value above, which is a list then. Of equal keys the first counts.
pub(super) fn header_lines(source: &str) -> Box<[HeaderLine]> {
    let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let mut lines: Vec<(Box<str>, String)> = Vec::new();
    let text = source.strip_prefix('\u{feff}').unwrap_or(source);
    let fence = text.lines().next().filter(|line| line.starts_with("---"));
    for line in text
        .lines()
        .skip(usize::from(fence.is_some()))
        .take(MAX_HEADER)
        .take_while(|line| !line.trim().is_empty())
    {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let pair =
            line.trim_start().split_once(':').filter(|(key, _)| !key.is_empty() && key.chars().all(is_key));
        match (pair.filter(|_| indent < 4), lines.last_mut()) {
            (Some((key, value)), _) => lines.push((key.to_lowercase().into(), value.trim().to_owned())),
            (None, Some((_, value))) if indent >= 4 => {
                value.push(',');
                value.push_str(line.trim());
            }
            _ => break,
        }
    }
    lines.into_iter().map(|(key, value)| (key, value.into())).collect()
}

#[cfg(test)]
mod tests {
    use super::header_lines;

    #[test]
    fn keys_are_read_up_to_the_first_line_without_one() {
        let header = |text: &str| {
            let lines = header_lines(text).into_vec();
            lines.into_iter().map(|(key, value)| format!("{key}={value}")).collect::<Vec<_>>()
        };
        assert_eq!(
            header("Title: Ebb: low\nTAGS: pier\n    quay\n\nSlug: no\n"),
            ["title=Ebb: low", "tags=pier,quay"]
        );
        assert_eq!(header("Title:\nSome text: here\nSlug: no\n"), ["title="]);
        assert_eq!(header("---\ntitle: Ebb\n---\nslug: no\n"), ["title=Ebb"]);
        assert!(header("# Title\n\nSlug: no\n").is_empty() && header("").is_empty());
    }
}
