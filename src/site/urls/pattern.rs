//! Paths of pages as patterns: `/blog/{stem}/` in our config, `/:year/:slug/` in that of Hugo and Jekyll.

/// A path with placeholders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathPattern(Vec<Part>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Text(Box<str>),
    Placeholder(Box<str>),
}

impl PathPattern {
    /// Reads `{name}` placeholders. A brace that is never closed stands for itself.
    pub fn with_braces(text: &str) -> Self {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, inner)) = rest.split_once('{') {
            let Some((name, after)) = inner.split_once('}') else { break };
            parts.extend([Part::Text(before.into()), Part::Placeholder(name.trim().into())]);
            rest = after;
        }
        parts.push(Part::Text(rest.into()));
        Self(parts)
    }

    /// Reads `:name` placeholders, as Hugo and Jekyll write them.
    pub fn with_colons(text: &str) -> Self {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, inner)) = rest.split_once(':') {
            let end = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(inner.len());
            // `:sections[1:]` of Hugo.
            let range = inner[end..].starts_with('[').then(|| inner[end..].find(']')).flatten();
            let end = end + range.map_or(0, |close| close + 1);
            parts.extend([Part::Text(before.into()), Part::Placeholder(inner[..end].into())]);
            rest = &inner[end..];
        }
        parts.push(Part::Text(rest.into()));
        Self(parts)
    }

    /// Puts values in; `None` where one of them is not known. The path begins with `/` and has no empty parts.
    pub(crate) fn fill(&self, value: impl Fn(&str) -> Option<String>) -> Option<String> {
        let mut filled = String::from("/");
        for part in &self.0 {
            let text = match part {
                Part::Text(text) => text.to_string(),
                Part::Placeholder(name) => value(name)?,
            };
            for c in text.chars() {
                if c != '/' || !filled.ends_with('/') {
                    filled.push(c);
                }
            }
        }
        Some(filled)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(pattern: &PathPattern) -> Option<String> {
        pattern.fill(|name| match name {
            "stem" | "title" => Some("tides".to_owned()),
            "folder" => Some(String::new()),
            "year" => Some("2024".to_owned()),
            _ => None,
        })
    }

    #[test]
    fn placeholders_are_filled_and_slashes_are_single() {
        let filled = |text| fill(&PathPattern::with_braces(text));
        assert_eq!(filled("blog/{folder}/{stem}/").as_deref(), Some("/blog/tides/"));
        assert_eq!(filled("/blog/{ stem }").as_deref(), Some("/blog/tides"));
        assert_eq!(filled("/blog/{stem").as_deref(), Some("/blog/{stem"));
        assert_eq!(filled("/{mood}/"), None);
        let colons = PathPattern::with_colons("/:year/:title.html");
        assert_eq!(fill(&colons).as_deref(), Some("/2024/tides.html"));
    }
}
