//! Patterns of VitePress that give files another place: `packages/:name/docs/:rest*`.
//!
//! Source: `rewrites` of VitePress 1.6, which are patterns of path-to-regexp 6.

/// Takes files from one place to another.
#[derive(Debug)]
pub(super) struct PathRewrite {
    from: Vec<Part>,
    to: Vec<Part>,
}

/// A part of a pattern, between slashes.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    /// A name.
    Name(Box<str>),
    /// Any name, with what follows it: `:quay` or `:quay.md`.
    One(Box<str>, Box<str>),
    /// All that follows, at the end of a pattern: `:rest*` or `(.*)`.
    Rest(Box<str>),
}

/// What stands for the placeholders of a pattern in a path.
type Values<'p> = Vec<(&'p str, &'p str)>;

impl PathRewrite {
    /// Reads the two patterns; `None` where what they take where is not known.
    pub(super) fn new(from: &str, to: &str) -> Option<Self> {
        let it = Self { from: parts(from)?, to: parts(to)? };
        let names = |parts: &[Part]| -> Vec<Box<str>> {
            parts.iter().filter_map(|part| part.placeholder().map(Box::from)).collect()
        };
        let (mut of_from, mut of_to) = (names(&it.from), names(&it.to));
        of_from.sort_unstable();
        of_to.sort_unstable();
        (of_from == of_to).then_some(it)
    }

    /// The place that a file is taken to.
    pub(super) fn place(&self, file: &str) -> Option<String> {
        fill(&self.to, &matched(&self.from, file)?)
    }

    /// The file that would be taken to a place.
    pub(super) fn file(&self, place: &str) -> Option<String> {
        fill(&self.from, &matched(&self.to, place)?)
    }
}

impl Part {
    fn placeholder(&self) -> Option<&str> {
        match self {
            Self::Name(_) => None,
            Self::One(name, _) | Self::Rest(name) => Some(name),
        }
    }
}

fn parts(pattern: &str) -> Option<Vec<Part>> {
    const SPECIAL: [char; 8] = [':', '(', ')', '*', '+', '?', '{', '\\'];
    let count = pattern.split('/').count();
    let part = |(index, text): (usize, &str)| {
        let is_last = index + 1 == count;
        if text == "(.*)" {
            return is_last.then(|| Part::Rest("0".into()));
        }
        let Some(name) = text.strip_prefix(':') else {
            return (!text.contains(SPECIAL)).then(|| Part::Name(text.into()));
        };
        let rest = name.strip_suffix("(.*)").or_else(|| name.strip_suffix('*'));
        let is_name = |name: &str| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        };
        if let Some(name) = rest {
            return (is_last && is_name(name)).then(|| Part::Rest(name.into()));
        }
        let (name, end) = name.split_at(name.find('.').unwrap_or(name.len()));
        (is_name(name) && !end.contains(SPECIAL)).then(|| Part::One(name.into(), end.into()))
    };
    pattern.split('/').enumerate().map(part).collect()
}

fn matched<'p>(pattern: &'p [Part], path: &'p str) -> Option<Values<'p>> {
    let mut values = Values::new();
    let mut rest = Some(path);
    for part in pattern {
        let text = rest?;
        let (name, after) = text.split_once('/').map_or((text, None), |(name, after)| (name, Some(after)));
        rest = after;
        match part {
            Part::Name(expected) if **expected == *name => {}
            Part::Name(_) => return None,
            Part::One(placeholder, end) => {
                let value = name.strip_suffix(&**end).filter(|value| !value.is_empty())?;
                values.push((placeholder, value));
            }
            Part::Rest(placeholder) => {
                values.push((placeholder, text));
                rest = None;
            }
        }
    }
    rest.is_none().then_some(values)
}

fn fill(pattern: &[Part], values: &Values<'_>) -> Option<String> {
    let value = |name: &str| values.iter().find(|(it, _)| *it == name).map(|(_, value)| *value);
    let parts = pattern.iter().map(|part| match part {
        Part::Name(name) => Some(name.to_string()),
        Part::One(name, end) => Some(format!("{}{end}", value(name)?)),
        Part::Rest(name) => value(name).map(str::to_owned),
    });
    Some(parts.collect::<Option<Vec<_>>>()?.join("/"))
}

#[cfg(test)]
mod tests {
    use super::PathRewrite;

    #[test]
    fn files_are_taken_elsewhere_and_found_again() {
        for (from, to, file, place) in [
            ("old/quay.md", "quay.md", "old/quay.md", "quay.md"),
            ("ports/:port/docs/:rest*", ":port/:rest*", "ports/north/docs/a/tides.md", "north/a/tides.md"),
            ("ports/:port/docs/(.*)", ":port/(.*)", "ports/north/docs/tides.md", "north/tides.md"),
            ("en/:rest(.*)", ":rest", "en/tides.md", "tides.md"),
            ("ports/:port/readme.md", "ports/:port.md", "ports/north/readme.md", "ports/north.md"),
        ] {
            let rewrite = PathRewrite::new(from, to);
            let rewrite = rewrite.unwrap_or_else(|| panic!("{from} is known"));
            assert_eq!(rewrite.place(file).as_deref(), Some(place), "{from}");
            assert_eq!(rewrite.file(place).as_deref(), Some(file), "{from}");
            assert_eq!(rewrite.place("other/tides.md"), None);
        }
        for (from, to) in
            [("a/:x?/b.md", "b.md"), ("a/:x", "b.md"), ("(en|de)/:x", ":x"), (":x*/b.md", "b.md")]
        {
            assert!(PathRewrite::new(from, to).is_none(), "{from}");
        }
    }
}
