//! Templates: Liquid, Nunjucks and Jinja, the shortcodes of Hugo, the preprocessors of mdBook, interpolations of Vue.
//! All but the last are expanded before the Markdown is read and know nothing of code.

use super::Template;
use super::cache::{Next, NextBlank};
use super::franklin;
use super::overlay::{Island, IslandKind};

/// Blocks with content that is not Markdown.
const VERBATIM: [&str; 9] =
    ["highlight", "mermaid", "math", "katex", "chem", "code", "prism", "codeblock", CAPTURE];

/// Blocks whose content becomes the value of a variable; those of Nunjucks unless the value is given in the tag.
const CAPTURE: &str = "capture";
const SET: &str = "set";

/// How many characters of an output are looked at.
const LONGEST_OUTPUT: usize = 200;

/// Blocks whose content is text and no template.
const RAW: [&str; 2] = ["raw", "verbatim"];

/// Blocks that are not shown.
const COMMENT: &str = "comment";

/// What a template begins and ends with.
#[derive(Clone, Copy)]
struct Form {
    open: &'static str,
    /// Index into [`CLOSERS`].
    closer: usize,
    kind: IslandKind,
}

const CLOSERS: [&str; 5] = [">}}", "%}}", "}}", "%}", "#}"];

const SHORTCODE: Form = Form { open: "{{<", closer: 0, kind: IslandKind::Tag };
const MARKDOWN_SHORTCODE: Form = Form { open: "{{%", closer: 1, kind: IslandKind::Tag };
const OUTPUT: Form = Form { open: "{{", closer: 2, kind: IslandKind::Output };
const INTERPOLATION: Form = Form { kind: IslandKind::Interpolation, ..OUTPUT };
const TAG: Form = Form { open: "{%", closer: 3, kind: IslandKind::Tag };
const COMMENT_FORM: Form = Form { open: "{#", closer: 4, kind: IslandKind::Comment };
const PREPROCESSOR: Form = Form { open: "{{#", closer: 2, kind: IslandKind::Tag };

impl Template {
    /// What it has, longer openings first.
    const fn forms(self) -> &'static [Form] {
        match self {
            // Franklin's are read by its own scanner.
            Self::None | Self::Franklin => &[],
            Self::Common => &[SHORTCODE, MARKDOWN_SHORTCODE, OUTPUT, TAG],
            Self::Liquid => &[OUTPUT, TAG],
            Self::Nunjucks => &[OUTPUT, TAG, COMMENT_FORM],
            Self::Hugo => &[SHORTCODE, MARKDOWN_SHORTCODE],
            Self::Mdbook => &[PREPROCESSOR],
            Self::Vue => &[INTERPOLATION],
        }
    }

    /// Whether it is taken for a template only within a paragraph and without a backtick in it.
    const fn is_careful(self) -> bool {
        matches!(self, Self::Common | Self::Vue | Self::Mdbook)
    }
}

/// The templates of a text, in source order.
pub(super) fn scan(source: &str, body: usize, template: Template) -> Vec<Island> {
    if template == Template::Franklin {
        return franklin::scan(source, body);
    }
    let bytes = source.as_bytes();
    let forms = template.forms();
    if forms.is_empty() || memchr::memchr(b'{', &bytes[body..]).is_none() {
        return vec![];
    }
    let mut scanner = Scanner {
        source,
        template,
        closers: CLOSERS.map(|closer| Next::new(bytes, closer)),
        backtick: Next::new(bytes, "`"),
        blank: NextBlank::new(bytes),
        unended: vec![],
        value_end: None,
        islands: vec![],
    };
    let mut at = body;
    while let Some(open) = memchr::memchr(b'{', &bytes[at..]).map(|i| at + i) {
        at = open + 1;
        // Most braces open no template, which the next byte shows.
        if !matches!(bytes.get(at), Some(b'{' | b'%' | b'#')) {
            continue;
        }
        let form = forms.iter().find(|form| bytes[open..].starts_with(form.open.as_bytes()));
        let is_escaped = || template == Template::Mdbook && bytes[..open].ends_with(b"\\");
        if let Some(form) = form.filter(|_| !is_escaped())
            && let Some(end) = scanner.template(open, *form)
        {
            at = end;
        }
    }
    scanner.islands
}

struct Scanner<'s> {
    source: &'s str,
    template: Template,
    closers: [Next<'s>; CLOSERS.len()],
    backtick: Next<'s>,
    blank: NextBlank<'s>,
    /// Blocks that nothing ends from here on.
    unended: Vec<&'static str>,
    /// The last tag that was found to end a value: its name, where it begins and where it ends.
    value_end: Option<(&'static str, usize, usize)>,
    islands: Vec<Island>,
}

impl Scanner<'_> {
    /// Takes what begins at `open`; gives where to go on.
    fn template(&mut self, open: usize, form: Form) -> Option<usize> {
        let inner = open + form.open.len();
        let close = self.closers[form.closer].at(inner)?;
        if self.template.is_careful()
            && (self.blank.at(open) < close || self.backtick.at(open).is_some_and(|tick| tick < close))
        {
            return None;
        }
        let end = close + CLOSERS[form.closer].len();
        if form.kind == IslandKind::Tag
            && let Some(name) = block_name(&self.source[inner..close])
            && let Some(end) = self.block(open, end, form, name)
        {
            return Some(end);
        }
        // `{{</* x */>}}` is shown as text.
        let is_shown = form.kind == IslandKind::Tag && self.source[inner..].starts_with("/*");
        let content = self.source[inner..close].trim_start_matches('-').trim_start();
        let is_comment = form.open == TAG.open && content.starts_with('#');
        let kind = match form.kind {
            _ if is_shown => IslandKind::Output,
            _ if is_comment => IslandKind::Comment,
            kind => kind,
        };
        self.islands.push(Island::new(open, end, kind));
        if form.open == TAG.open
            && let Some(bar) = self.bar_after(open, end)
        {
            self.islands.push(Island::new(bar, bar + 1, IslandKind::Literal));
            return Some(bar + 1);
        }
        Some(end)
    }

    /// The bar that begins a row of a table after a tag, which shows nothing and no cell: `{% for x in y %}| {{ x }} |`.
    fn bar_after(&self, open: usize, end: usize) -> Option<usize> {
        let bytes = self.source.as_bytes();
        let bar = end + bytes[end..].iter().position(|byte| !matches!(byte, b' ' | b'\t'))?;
        // Looking back ends at the bar before this one, so only a bar is worth it.
        let start = (bytes[bar] == b'|').then(|| memchr::memrchr2(b'\n', b'|', &bytes[..open]))??;
        let is_first = bytes[start] == b'\n';
        let above = &bytes[..start];
        let above = &above[memchr::memrchr(b'\n', above).map_or(0, |i| i + 1)..];
        (is_first && above.contains(&b'|')).then_some(bar)
    }

    /// Takes a block with a content of its own kind, whose first tag ends at `end`.
    fn block(&mut self, open: usize, end: usize, form: Form, name: &'static str) -> Option<usize> {
        let is_value = name == CAPTURE || name == SET;
        if self.unended.contains(&name) {
            return None;
        }
        let Some((last, stop)) = self.end_of(name, end, form) else {
            self.unended.push(name);
            return None;
        };
        if is_value {
            self.value_end = Some((name, last, stop));
        }
        let is_given_on = name == SET && self.is_given_on(stop);
        if is_value && self.begins_lines(end) && !self.is_highlighted(stop) && !is_given_on {
            return None;
        }
        if RAW.contains(&name) {
            self.islands.push(Island::new(open, end, IslandKind::Tag));
            self.islands.push(Island::new(last, stop, IslandKind::Tag));
        } else {
            let kind = if name == COMMENT { IslandKind::Comment } else { IslandKind::Verbatim };
            self.islands.push(Island::new(open, stop, kind));
        }
        Some(stop)
    }

    /// Whether the value of a block that ends at a place is shown right after it by a filter that takes it for code:
    /// `{{ example | highlight("html") }}`.
    fn is_highlighted(&self, stop: usize) -> bool {
        let Some(shown) = self.source[stop..].trim_start().strip_prefix("{{") else { return false };
        let end = shown.char_indices().nth(LONGEST_OUTPUT).map_or(shown.len(), |(at, _)| at);
        shown[..end].split_once("}}").is_some_and(|(output, _)| {
            output.split('|').skip(1).any(|filter| filter.trim_start().starts_with("highlight"))
        })
    }

    /// Whether a template is included right after the block of a value that ends at a place: it may take it for code.
    fn is_given_on(&self, stop: usize) -> bool {
        let tag = self.source[stop..].trim_start().strip_prefix("{%");
        tag.is_some_and(|tag| tag.trim_start_matches('-').trim_start().starts_with("include "))
    }

    /// Whether there is nothing after a place in its line. A value that is written on lines for itself is Markdown.
    fn begins_lines(&self, at: usize) -> bool {
        let next = self.source[at..].chars().find(|&c| c == '\n' || !c.is_whitespace());
        next.is_none_or(|c| c == '\n')
    }

    /// The tag that ends a block.
    fn end_of(&self, name: &str, from: usize, form: Form) -> Option<(usize, usize)> {
        if let Some((_, last, stop)) =
            self.value_end.filter(|(known, last, _)| *known == name && *last >= from)
        {
            return Some((last, stop));
        }
        let is_liquid = form.open == TAG.open;
        let mut at = from;
        loop {
            let open = at + memchr::memchr(b'{', &self.source.as_bytes()[at..])?;
            let rest = &self.source[open..];
            let inner = match (is_liquid, rest.as_bytes()) {
                (true, [b'{', b'%', ..]) => {
                    rest[2..].trim_start_matches('-').trim_start().strip_prefix("end")
                }
                (false, [b'{', b'{', b'<' | b'%', ..]) => rest[3..].trim_start().strip_prefix('/'),
                _ => None,
            };
            let ends = inner.and_then(|inner| inner.trim_start().strip_prefix(name));
            if ends.is_some_and(|tail| !tail.starts_with(|c: char| c.is_alphanumeric() || c == '_')) {
                let close = if is_liquid { "%}" } else { "}}" };
                let stop = open + memchr::memmem::find(rest.as_bytes(), close.as_bytes())? + close.len();
                return Some((open, stop));
            }
            at = open + 1;
        }
    }
}

/// The name of a tag, if that begins a block with a content of its own kind.
fn block_name(inner: &str) -> Option<&'static str> {
    let inner = inner.trim_start_matches('-').trim_start();
    let end = inner.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(inner.len());
    let is_whole = !inner.trim_end().ends_with('/');
    let set = (!inner.contains('=')).then_some(SET);
    VERBATIM
        .into_iter()
        .chain(RAW)
        .chain([COMMENT])
        .chain(set)
        .find(|name| is_whole && *name == &inner[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_are_shown_as_code_are_no_markdown() {
        let kinds = |source: &str| -> Vec<IslandKind> {
            scan(source, 0, Template::Nunjucks).iter().map(|island| island.kind).collect()
        };
        let value = "{%- set pier %}\n<a href=\"pier.md\">\n{%- endset %}\n";
        assert_eq!(
            kinds(&format!("{value}{{{{ pier | highlight(\"html\") | safe }}}}\n")),
            [IslandKind::Verbatim, IslandKind::Output]
        );
        let tags = [IslandKind::Tag, IslandKind::Tag, IslandKind::Output];
        assert_eq!(kinds(&format!("{value}{{{{ pier | safe }}}}\n")), tags);
        assert_eq!(kinds(&format!("{value}\nText {{{{ pier | highlight }}}}\n")), tags);
        assert_eq!(
            kinds(&format!("{value}{{% include \"tabs.njk\" %}}\n")),
            [IslandKind::Verbatim, IslandKind::Tag]
        );
        // The tag that ends a value is looked for once.
        assert_eq!(kinds(&format!("{{% set a %}}\n{value}")).len(), 3);
    }
}
