//! Where front matter ends and the page begins.

use super::misplaced;
use crate::data::DataFormat;
use crate::text::{Span, byte_order_mark};

/// The parts of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Split {
    /// The front matter, if there is any.
    pub front_matter: Option<Block>,
    /// Offset of the body: after the line break of the closing delimiter, or after the byte order mark.
    pub body: u32,
}

/// The places of a front matter block; [`FrontMatter`](super::FrontMatter) says what they mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// The delimiters and what is between.
    pub block: Span,
    /// The opening delimiter.
    pub opening: Span,
    /// The closing delimiter.
    pub closing: Option<Span>,
    /// The text to read.
    pub content: Span,
    /// The notation that the delimiter announces.
    pub format: DataFormat,
}

/// Splits a page into front matter and body, without reading either.
///
/// Front matter is what Jekyll and Hugo take for it: a block from a first line `---` to a line `---` or `...`,
/// from `+++` to `+++`, possibly after blank lines, or a JSON object. Where they differ from what the author means, the author wins: a thematic
/// break on line 1 is none, a longer line of hyphens closes the block, too, and a block that looks like front matter but is never closed ends
/// at its first blank line.
pub fn split(source: &str) -> Split {
    let start = byte_order_mark(source);
    let opening = Line::at(source, start);
    let found = match opening.text(source).trim_end_matches([' ', '\t']) {
        "---" => delimited(source, opening, DataFormat::Yaml),
        "+++" => delimited(source, opening, DataFormat::Toml),
        // In MDX `{/* … */}` is a comment.
        text if text.starts_with('{') && !text.starts_with("{/*") => json(source, opening),
        "" => after_blank_lines(source, opening),
        _ => None,
    };
    found.unwrap_or(Split { front_matter: None, body: start as u32 })
}

/// A line: where it starts, where its text ends, and where the next one starts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) next: usize,
}

impl Line {
    pub(super) fn at(source: &str, start: usize) -> Self {
        let rest = &source.as_bytes()[start..];
        let length = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
        let line_break = match &rest[length..] {
            [b'\r', b'\n', ..] => 2,
            [_, ..] => 1,
            [] => 0,
        };
        Self { start, end: start + length, next: start + length + line_break }
    }

    pub(super) fn text(self, source: &str) -> &str {
        &source[self.start..self.end]
    }

    pub(super) fn span(self) -> Span {
        Span::from_range(self.start..self.end)
    }

    pub(super) fn is_blank(self, source: &str) -> bool {
        self.text(source).trim().is_empty()
    }
}

/// The lines from an offset on; none at the end of the text.
pub(super) fn lines(source: &str, from: usize) -> impl Iterator<Item = Line> {
    let mut at = from;
    std::iter::from_fn(move || {
        let line = (at < source.len()).then(|| Line::at(source, at))?;
        at = line.next;
        Some(line)
    })
}

/// A block between lines of `---` or `+++`.
fn delimited(source: &str, opening: Line, format: DataFormat) -> Option<Split> {
    let closing = lines(source, opening.next).find(|line| closes(line.text(source), format));
    let Some(closing) = closing else { return unclosed(source, opening, format) };
    let content = Span::from_range(opening.next..closing.start);
    if lines(source, opening.next).next().is_some_and(|line| line.is_blank(source))
        && !content.of(source).trim().is_empty()
        && !announces(content.of(source), format)
    {
        return None;
    }
    let front_matter = Some(Block {
        block: opening.span().join(closing.span()),
        opening: opening.span(),
        closing: Some(closing.span()),
        content,
        format,
    });
    Some(Split { front_matter, body: closing.next as u32 })
}

/// A whole block after blank lines, over which Hugo, Zola and Astro pass: no other engine has front matter in TOML, and
/// a block of YAML has to have keys that pages have, because other text may be between two thematic breaks.
fn after_blank_lines(source: &str, first: Line) -> Option<Split> {
    let opening = lines(source, first.next).find(|line| !line.is_blank(source))?;
    let format = match opening.text(source).trim_end_matches([' ', '\t']) {
        "+++" => DataFormat::Toml,
        "---" if misplaced::has_keys_of_pages(source, opening) => DataFormat::Yaml,
        _ => return None,
    };
    delimited(source, opening, format).filter(|split| {
        let is_whole = |block: Block| block.closing.is_some() && announces(block.content.of(source), format);
        split.front_matter.is_some_and(is_whole)
    })
}

fn closes(line: &str, format: DataFormat) -> bool {
    let line = line.trim_end_matches([' ', '\t']);
    match format {
        DataFormat::Toml => line == "+++",
        _ => line == "..." || line.len() >= 3 && line.bytes().all(|byte| byte == b'-'),
    }
}

/// A block without an end, if it looks like front matter at all: up to its first blank line.
fn unclosed(source: &str, opening: Line, format: DataFormat) -> Option<Split> {
    let mut end = opening.next;
    let mut body = opening.next;
    for line in lines(source, opening.next) {
        body = line.next;
        if line.is_blank(source) {
            break;
        }
        end = line.end;
    }
    let content = Span::from_range(opening.next..end);
    announces(content.of(source), format).then(|| Split {
        front_matter: Some(Block {
            block: opening.span().join(content),
            opening: opening.span(),
            closing: None,
            content,
            format,
        }),
        body: body as u32,
    })
}

/// Whether the first line that is not a comment and not blank begins as front matter does. `# Heading` alone does not.
pub(super) fn announces(content: &str, format: DataFormat) -> bool {
    let first = lines(content, 0)
        .map(|line| line.text(content).trim())
        .find(|line| !line.is_empty() && !line.starts_with('#'));
    first.is_some_and(|line| match format {
        DataFormat::Toml => line.starts_with('[') || is_key(line, '='),
        _ => line.starts_with(['{', '&', '!', '%']) || line.starts_with("<<:") || is_key(line, ':'),
    })
}

/// Whether a line begins with a key: one word, possibly quoted, and the separator; after a colon a space or nothing.
pub(super) fn is_key(line: &str, separator: char) -> bool {
    let Some((key, rest)) = line.split_once(separator) else { return false };
    let key = key.trim_end().trim_matches(['"', '\'']);
    let word = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || "_-./$@".contains(c));
    word && (separator == '=' || rest.is_empty() || rest.starts_with([' ', '\t']))
}

/// A JSON object at the very start of the page.
///
/// Templates open with a brace too (`{{< shortcode`, `{% include`, `{:toc}`), so the object must begin as one does
/// and be followed by a blank line, unless its first line is the brace alone.
fn json(source: &str, opening: Line) -> Option<Split> {
    let inside = after_comments(&source[opening.start + 1..]);
    if !inside.starts_with(['"', '}']) {
        return None;
    }
    let alone = opening.text(source).trim_end() == "{";
    let brace = Span::from_range(opening.start..opening.start + 1);
    let Some(end) = object_end(source, opening.start) else {
        return alone.then(|| unclosed_json(source, opening, brace)).flatten();
    };
    let last = Line::at(source, end);
    let next = lines(source, last.next).next();
    if !last.is_blank(source) || !(alone || next.is_none_or(|line| line.is_blank(source))) {
        return None;
    }
    let block = Span::from_range(opening.start..end);
    let closing = Some(Span::from_range(end - 1..end));
    let front_matter =
        Some(Block { block, opening: brace, closing, content: block, format: DataFormat::Json });
    Some(Split { front_matter, body: last.next as u32 })
}

/// A text without the whitespace and the comments before it, which JSON has none of.
fn after_comments(text: &str) -> &str {
    let text = text.trim_start_matches([' ', '\t', '\n', '\r']);
    let rest = if text.starts_with("//") {
        text.find('\n').map(|end| &text[end..])
    } else if text.starts_with("/*") {
        text.find("*/").map(|end| &text[end + 2..])
    } else {
        return text;
    };
    rest.map_or("", after_comments)
}

/// Up to the first blank line; a brace with nothing before that is text.
fn unclosed_json(source: &str, opening: Line, brace: Span) -> Option<Split> {
    let body = lines(source, opening.start).find(|line| line.is_blank(source));
    let (end, body) = body.map_or((source.len(), source.len()), |line| (line.start, line.next));
    let content =
        Span::from_range(opening.start..opening.start + source[opening.start..end].trim_end().len());
    let front_matter =
        Some(Block { block: content, opening: brace, closing: None, content, format: DataFormat::Json });
    (content.len() > brace.len()).then_some(Split { front_matter, body: body as u32 })
}

/// The offset after the brace that closes the object at `start`. Strings end at the line at the latest, so that a
/// forgotten quote does not hide the brace.
fn object_end(source: &str, start: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut escaped = false;
    for (offset, byte) in source.as_bytes()[start..].iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = quoted,
            b'"' => quoted = !quoted,
            b'\n' | b'\r' => quoted = false,
            b'{' if !quoted => depth += 1,
            b'}' if !quoted => {
                depth -= 1;
                if depth == 0 {
                    return Some(start + offset + 1);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Split, split};
    use crate::data::DataFormat;

    /// The opening delimiter, the content, the closing delimiter and the body; `None` for no front matter.
    fn parts(source: &str) -> Option<(&str, &str, Option<&str>, &str)> {
        let Split { front_matter, body } = split(source);
        let found = front_matter?;
        let closing = found.closing.map(|span| span.of(source));
        Some((found.opening.of(source), found.content.of(source), closing, &source[body as usize..]))
    }

    #[test]
    fn delimiters_may_have_blanks_behind_them() {
        let expected = Some(("--- ", "title: x\n", Some("---\t "), "body\n"));
        assert_eq!(parts("--- \ntitle: x\n---\t \nbody\n"), expected);
        assert_eq!(parts("---\ntitle: x\n...\nbody"), Some(("---", "title: x\n", Some("..."), "body")));
        assert_eq!(parts("---\ntitle: x\n---"), Some(("---", "title: x\n", Some("---"), "")));
    }

    #[test]
    fn blanks_before_a_delimiter_and_text_behind_it_make_it_none() {
        assert_eq!(parts(" ---\ntitle: x\n---\n"), None);
        assert_eq!(parts("----\ntitle: x\n----\n"), None);
        assert_eq!(parts("\n---\nNote: x\n---\n"), None);
        assert_eq!(parts("\n---\ntitle: x\n"), None);
        assert_eq!(parts("\n+++\ntitle\n+++\n"), None);
        assert_eq!(parts("\n+++\ntitle = 'x'\n"), None);
        let indented = "---\ntitle: |\n  ---\n --- \n---x\n---\nbody";
        assert_eq!(parts(indented), Some(("---", "title: |\n  ---\n --- \n---x\n", Some("---"), "body")));
    }

    #[test]
    fn blank_lines_may_come_first() {
        let expected = Some(("+++", "title = 'x'\n", Some("+++"), "body"));
        assert_eq!(parts("\n \r\n+++\ntitle = 'x'\n+++\nbody"), expected);
        let expected = Some(("---", "title: x\n", Some("---"), "body"));
        assert_eq!(parts("\n \r\n---\ntitle: x\n---\nbody"), expected);
    }

    #[test]
    fn a_longer_line_of_hyphens_closes() {
        let expected = Some(("---", "title: x\n", Some("------"), "\nbody\n\n---\nmore"));
        assert_eq!(parts("---\ntitle: x\n------\n\nbody\n\n---\nmore"), expected);
    }

    #[test]
    fn every_line_break_counts() {
        assert_eq!(parts("---\r\na: 1\r\n---\r\nx"), Some(("---", "a: 1\r\n", Some("---"), "x")));
        assert_eq!(parts("---\ra: 1\r---\rx"), Some(("---", "a: 1\r", Some("---"), "x")));
        assert_eq!(parts("---\r\na: 1\n---\rx"), Some(("---", "a: 1\n", Some("---"), "x")));
    }

    #[test]
    fn a_byte_order_mark_belongs_to_neither_part() {
        assert_eq!(parts("\u{feff}---\na: 1\n---\nx"), Some(("---", "a: 1\n", Some("---"), "x")));
        assert_eq!(split("\u{feff}text"), Split { front_matter: None, body: 3 });
        assert_eq!(split("text"), Split { front_matter: None, body: 0 });
        assert_eq!(split(""), Split { front_matter: None, body: 0 });
    }

    #[test]
    fn an_empty_block_is_front_matter() {
        assert_eq!(parts("---\n---\nx"), Some(("---", "", Some("---"), "x")));
        assert_eq!(parts("---\n\n---\nx"), Some(("---", "\n", Some("---"), "x")));
        assert_eq!(parts("---\n# nothing yet\n---\nx"), Some(("---", "# nothing yet\n", Some("---"), "x")));
    }

    #[test]
    fn a_thematic_break_is_none() {
        for source in [
            "---",
            "---\n",
            "---\n\nProse.\n",
            "---\n\nProse.\n\n---\n\nMore.\n",
            "---\n\n# Heading\n\n---\n",
            "---\nProse, not closed.\n\nMore.\n",
            "---\n# Heading\n\nProse.\n",
            "---\n- a list\n\nnot closed\n",
            "+++\n\nProse.\n\n+++\n",
            "+++\nProse.\n",
        ] {
            assert_eq!(parts(source), None, "{source:?}");
        }
    }

    #[test]
    fn a_block_with_a_mistake_is_still_front_matter() {
        assert_eq!(parts("---\ntitle x\n---\nbody"), Some(("---", "title x\n", Some("---"), "body")));
        assert_eq!(parts("---\n\ntitle: x\n---\nbody"), Some(("---", "\ntitle: x\n", Some("---"), "body")));
    }

    #[test]
    fn an_unclosed_block_ends_at_the_first_blank_line() {
        assert_eq!(
            parts("---\ntitle: x\nlang: en\n\nProse.\n"),
            Some(("---", "title: x\nlang: en", None, "Prose.\n"))
        );
        assert_eq!(parts("---\n# page\ntitle: x"), Some(("---", "# page\ntitle: x", None, "")));
        assert_eq!(parts("+++\ntitle = 'x'\n\nProse."), Some(("+++", "title = 'x'", None, "Prose.")));
    }

    #[test]
    fn plus_signs_announce_toml() {
        assert_eq!(parts("+++\na = 1\n---\n+++\nx"), Some(("+++", "a = 1\n---\n", Some("+++"), "x")));
        assert_eq!(split("+++\na = 1\n+++\n").front_matter.map(|found| found.format), Some(DataFormat::Toml));
    }

    #[test]
    fn a_json_object_is_front_matter() {
        let object = "{\n  \"title\": \"a } b\",\n  \"deep\": {}\n}";
        assert_eq!(parts(&format!("{object}\nbody")), Some(("{", object, Some("}"), "body")));
        let line = r#"{"title": "x \" }"}"#;
        assert_eq!(parts(&format!("{line}\n\nbody")), Some(("{", line, Some("}"), "\nbody")));
        assert_eq!(parts(line), Some(("{", line, Some("}"), "")));
        let forgotten_quote = "{\n\"title\": \"x,\n\"lang\": \"en\"\n}";
        assert_eq!(
            parts(&format!("{forgotten_quote}\nbody")),
            Some(("{", forgotten_quote, Some("}"), "body"))
        );
        let unclosed = "{\n\"title\": \"x\",";
        assert_eq!(parts(&format!("{unclosed}\n\nbody")), Some(("{", unclosed, None, "body")));
    }

    #[test]
    fn other_braces_are_text() {
        for source in [
            "{{< figure src=\"x\" >}}\n\nbody",
            "{% include x %}\n\nbody",
            "{:toc}\n\nbody",
            "{#id}\n",
            "{\n",
            "{ text }\n\nbody",
            "{\"title\": \"x\"} and text\n\nbody",
            "{\"title\": \"x\"}\nbody",
            "{\"open\": \n\nbody",
            "{\n\n\"Tides\" is a page.\n",
        ] {
            assert_eq!(parts(source), None, "{source:?}");
        }
    }
}
