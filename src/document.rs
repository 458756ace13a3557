//! One source file, parsed once, read by every rule.

use std::{
    borrow::Cow,
    ops::Range,
    path::Path,
    sync::{Arc, LazyLock, OnceLock},
};

use crate::{
    front_matter::{Collection, FrontMatter, FrontMatterSearch, Violation},
    links::{self, UrlTarget},
    markdown::{
        self, Anchors, Ast, BareMarks, Dialect, Excess, FenceDefect, HtmlTag, IncludedFiles, LineKind,
        LineKinds, LinkFacts, SharedDefinitions,
    },
    secrets::{Secret, Secrets},
    spelling::{
        self, Language, PageLanguage, Reading, Words,
        phrases::{self, Hit},
    },
    suppress::Suppressions,
    text::{LineIndex, SlugStyle, Span, different_unusual_characters, utf8},
    vfs::Content,
};

/// A page of the site. Immutable; every span in it is a byte range of the file on disk.
#[derive(Debug)]
pub struct Document {
    /// The file, relative to the site's root, with `/` between its parts.
    pub path: Arc<Path>,
    /// The text. Where the file is not text, see `damage`, it is empty or has placeholders.
    pub source: Arc<str>,
    /// The lines of `source`.
    pub lines: LineIndex,
    /// The block at the top, if there is one.
    pub front_matter: Option<FrontMatter>,
    /// How the Markdown is written.
    pub dialect: Dialect,
    /// The Markdown below it.
    pub ast: Ast,
    /// Comments that switch rules off.
    pub suppressions: Suppressions,
    /// The collection that the page belongs to.
    pub collection: Option<Arc<Collection>>,
    /// What the collection's schema, or the page's own, has to say.
    pub schema_findings: Vec<Violation>,
    /// What the schema of the site's generator has to say.
    pub generator_findings: Vec<Violation>,
    /// How its prose is to be read.
    pub reading: Arc<Reading>,
    /// Whether a program of the site's own changes the page before it is read as Markdown.
    pub is_preprocessed: bool,
    /// Whether a generator is known that makes the page part of a site.
    pub has_generator: bool,
    /// How the generator looks for front matter.
    pub front_matter_search: FrontMatterSearch,
    /// Definitions that are in no page and hold for all.
    pub shared: Arc<SharedDefinitions>,
    /// Why the file could not be read as text, if so. Nothing else is known about such a file.
    pub damage: Option<Damage>,
    words: OnceLock<Words>,
    language: OnceLock<PageLanguage>,
    html_tags: OnceLock<Box<[HtmlTag]>>,
    link_facts: OnceLock<LinkFacts>,
    inclusions: OnceLock<IncludedFiles>,
    fence_defects: OnceLock<Box<[FenceDefect]>>,
    phrases: OnceLock<Box<[Hit]>>,
    targets: OnceLock<Box<[UrlTarget]>>,
    line_kinds: OnceLock<LineKinds>,
    unusual: OnceLock<Box<[char]>>,
    bare_marks: OnceLock<BareMarks>,
    secrets: OnceLock<(Secrets, Box<[Secret]>)>,
}

/// Why a file could not be read as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damage {
    /// Bytes that are not UTF-8, the first few of them. In `source` each is a `?`, so offsets hold.
    NotUtf8(Vec<Span>),
    /// It begins with the byte order mark of UTF-16 or UTF-32.
    Utf16,
    /// More bytes than [`MAX_LEN`]; the text was not looked at.
    TooLong(u64),
    /// It has more of something than its length makes likely.
    Excess(Excess),
    /// Reading it panicked, which is a bug of copydesk.
    Panic,
}

/// None are shared unless a config says so.
static SHARED: LazyLock<Arc<SharedDefinitions>> = LazyLock::new(Arc::default);

/// The longest file that is checked, in bytes. Longer ones are reported and left alone, so that one file cannot hold
/// up a run.
pub use crate::vfs::MAX_LEN;

/// What holds unless a config says otherwise.
static READING: LazyLock<Arc<Reading>> = LazyLock::new(Arc::default);

/// Spans of undecodable bytes that are kept; the rest says nothing new.
const MAX_BAD_BYTES: usize = 8;

impl Document {
    /// Parses a page in the dialect of a site of which nothing is known. It belongs to the first of `collections`,
    /// those that its path allows, that accepts its front matter.
    pub fn parse(path: &Arc<Path>, source: impl Into<Arc<str>>, collections: &[&Arc<Collection>]) -> Self {
        Self::parse_in(Dialect::UNKNOWN.for_file(path), path, source, collections)
    }

    /// Parses a page as [`Document::parse`] does, in a dialect.
    pub fn parse_in(
        dialect: Dialect,
        path: &Arc<Path>,
        source: impl Into<Arc<str>>,
        collections: &[&Arc<Collection>],
    ) -> Self {
        let source = source.into();
        let lines = LineIndex::new(&source);
        let (front_matter, body) = match dialect.end_of_definitions(&source) {
            Some(body) => (None, body),
            None => FrontMatter::parse(&source),
        };
        let ast = match markdown::parse_within_limits(&source, body, &lines, dialect) {
            Ok(ast) => ast,
            Err(excess) => return Self::damaged(path, source, Damage::Excess(excess)),
        };
        let suppressions = Suppressions::collect(&source, &lines, front_matter.as_ref(), &ast);
        let root = front_matter.as_ref().and_then(|front_matter| front_matter.tree.root.as_ref());
        let collection = collections.iter().find(|collection| collection.accepts(root)).copied();
        let schema_findings = match (&front_matter, collection.and_then(|it| it.schema.as_ref())) {
            (Some(front_matter), Some(schema)) => schema.findings(front_matter),
            _ => vec![],
        };
        Self {
            front_matter,
            suppressions,
            collection: collection.cloned(),
            schema_findings,
            ..Self::of_tree(path, source, lines, dialect, ast)
        }
    }

    /// Parses a page from the bytes of its file, which may be anything.
    pub fn from_bytes(
        dialect: Dialect,
        path: &Arc<Path>,
        bytes: &[u8],
        collections: &[&Arc<Collection>],
    ) -> Self {
        if is_utf16(bytes) {
            return Self::damaged(path, "", Damage::Utf16);
        }
        if let Some(source) = utf8(bytes) {
            return Self::parse_in(dialect, path, source, collections);
        }
        let (text, bad) = decode(bytes);
        Self::damaged(path, text, Damage::NotUtf8(bad))
    }

    /// A file that is known only by what is wrong with it.
    pub fn damaged(path: &Arc<Path>, source: impl Into<Arc<str>>, damage: Damage) -> Self {
        let source = source.into();
        let lines = LineIndex::new(&source);
        let ast = markdown::parse("", 0, &LineIndex::new(""));
        Self { damage: Some(damage), ..Self::of_tree(path, source, lines, Dialect::default(), ast) }
    }

    /// A page of which nothing but the tree is known.
    fn of_tree(path: &Arc<Path>, source: Arc<str>, lines: LineIndex, dialect: Dialect, ast: Ast) -> Self {
        Self {
            path: Arc::clone(path),
            source,
            lines,
            front_matter: None,
            dialect,
            ast,
            suppressions: Suppressions::default(),
            collection: None,
            schema_findings: vec![],
            generator_findings: vec![],
            reading: Arc::clone(&READING),
            is_preprocessed: false,
            has_generator: false,
            front_matter_search: FrontMatterSearch::default(),
            shared: Arc::clone(&SHARED),
            damage: None,
            words: OnceLock::new(),
            language: OnceLock::new(),
            html_tags: OnceLock::new(),
            link_facts: OnceLock::new(),
            inclusions: OnceLock::new(),
            fence_defects: OnceLock::new(),
            phrases: OnceLock::new(),
            targets: OnceLock::new(),
            line_kinds: OnceLock::new(),
            unusual: OnceLock::new(),
            bare_marks: OnceLock::new(),
            secrets: OnceLock::new(),
        }
    }

    /// The words of its prose, read when they are first asked for.
    pub fn words(&self) -> &Words {
        let read = || {
            let front_matter = self.front_matter.as_ref();
            let prose = self.collection.as_ref().map_or(&[][..], |collection| &collection.prose);
            let keys = spelling::ProseKeys { named: &self.reading.keys, likely: prose };
            let mut words = spelling::read(&self.source, front_matter, keys, &self.ast, self.html_tags());
            if self.reading.directives {
                let mut comments = self.checker_comments();
                let untrusted = &self.suppressions.untrusted;
                comments.retain(|comment| untrusted.binary_search(comment).is_err());
                words.obey(&self.source, &comments);
            }
            if self.source.contains(" lang=") {
                words.mark_languages(self.html_tags(), self.lines.text_len());
            }
            words
        };
        self.words.get_or_init(read)
    }

    /// The comments that other spell checkers may obey, without their markers and in source order.
    pub fn checker_comments(&self) -> Vec<Span> {
        spelling::comments(&self.source, self.front_matter.as_ref(), &self.ast)
    }

    /// The tags of the HTML in the Markdown, in source order. Found when first asked for.
    pub fn html_tags(&self) -> &[HtmlTag] {
        self.html_tags.get_or_init(|| self.ast.html_tags(&self.source))
    }

    /// The brackets that are not a link, or not the one that was meant. Found when first asked for.
    pub fn link_facts(&self) -> &LinkFacts {
        self.link_facts.get_or_init(|| LinkFacts::of(&self.ast, self.ast.text(&self.source)))
    }

    /// Every URL of the page, in source order. Found when first asked for.
    pub fn targets(&self) -> &[UrlTarget] {
        let keys = &self.reading.address_keys;
        let front_matter = self.front_matter.as_ref();
        let find = || links::targets(&self.source, front_matter, keys, &self.ast, self.html_tags());
        self.targets.get_or_init(find)
    }

    /// The URLs, for one who keeps nothing else of the page.
    pub fn take_targets(&mut self) -> Box<[UrlTarget]> {
        self.targets();
        self.targets.take().unwrap_or_default()
    }

    /// What the page includes. Found when first asked for.
    pub fn inclusions(&self) -> &IncludedFiles {
        self.inclusions.get_or_init(|| self.ast.inclusions(&self.source))
    }

    /// The fenced code blocks that do not end where they should. Found when first asked for.
    pub fn fence_defects(&self) -> &[FenceDefect] {
        self.fence_defects.get_or_init(|| self.ast.fence_defects(&self.source).into())
    }

    /// The pages that it includes, as it names them, for one who keeps nothing else of the page.
    pub fn take_included_pages(&mut self) -> Box<[Box<str>]> {
        self.inclusions();
        self.inclusions.take().unwrap_or_default().pages
    }

    /// What links to the page can point at, with the anchors of headings as an engine makes them. Not kept.
    pub fn anchors(&self, style: SlugStyle) -> Anchors {
        let tags = self.html_tags();
        let anchors = Anchors::of(&self.ast, &self.source, tags, style);
        if self.dialect.is_for_markdownlint() {
            anchors
        } else {
            anchors.with_components(&self.ast, &self.source, tags, style)
        }
    }

    /// The phrases in its prose that are wrong, looked for when they are first asked for. In a page that is not in
    /// English these are repeated words only.
    pub fn phrases(&self) -> &[Hit] {
        let find = || phrases::find(self.words(), &self.source, &self.language().language).into();
        self.phrases.get_or_init(find)
    }

    /// The language of most of its text: what it names, else what its path or its words say. Found when first asked
    /// for.
    pub fn language(&self) -> &PageLanguage {
        self.language.get_or_init(|| {
            let named = Language::of(self.front_matter.as_ref());
            let path = self.path.to_string_lossy();
            PageLanguage::of(named, &self.reading.locales, &path, &self.words().evidence())
        })
    }

    /// What a line, counted from 0, belongs to. Found when first asked for.
    pub fn line_kind(&self, line: u32) -> LineKind {
        self.line_kinds
            .get_or_init(|| LineKinds::of(&self.ast, self.ast.text(&self.source), &self.lines))
            .of_line(line)
    }

    /// The characters that usually mean something and that readers see. Found when first asked for.
    pub fn bare_marks(&self) -> &BareMarks {
        self.bare_marks.get_or_init(|| self.ast.bare_marks(&self.source))
    }

    /// Whether the text has such a character, of those that are neither printable ASCII nor tabs, parts of line ends,
    /// ideographs or syllables of Korean.
    pub fn has_unusual(&self, is: impl FnMut(char) -> bool) -> bool {
        let unusual = self.unusual.get_or_init(|| different_unusual_characters(&self.source));
        unusual.iter().copied().any(is)
    }

    /// The secrets in the text. Those that are asked for first, as a page mostly asks for the same, are looked for once.
    pub fn secrets(&self, of: &Secrets) -> Cow<'_, [Secret]> {
        let (known, found) = self.secrets.get_or_init(|| (of.clone(), of.find(&self.source).into()));
        if known == of { Cow::Borrowed(found) } else { Cow::Owned(of.find(&self.source)) }
    }

    /// The lines of the Markdown, counted from 0: those after the front matter and the blank lines after it. A text
    /// that ends in a line break has an empty last line.
    pub fn body_lines(&self) -> Range<u32> {
        let start = self.ast.root().span().start;
        let mut first = self.lines.line_of(start);
        if self.front_matter.is_some() {
            let last = self.lines.line_count() - 1;
            while first < last && self.line(first).of(&self.source).trim().is_empty() {
                first += 1;
            }
        }
        first..self.lines.line_count()
    }

    /// The first line break of the file; LF if there is none.
    pub fn line_break(&self) -> &str {
        let first = Span::new(self.line(0).end, self.lines.line_start(1));
        if first.is_empty() { "\n" } else { self.slice(first) }
    }

    /// The bytes of a line, counted from 0, without its line break.
    #[inline]
    pub fn line(&self, line: u32) -> Span {
        self.lines.line_span(&self.source, line)
    }

    /// Whether the line above a block is nothing that readers see, or there is none.
    pub fn is_clear_above(&self, block: Span) -> bool {
        let line = self.lines.line_of(block.start);
        line <= self.lines.line_of(self.ast.root().span().start) || self.is_vacant(line - 1)
    }

    /// Whether the line below a block is nothing that readers see, or there is none.
    pub fn is_clear_below(&self, block: Span) -> bool {
        self.is_vacant(self.lines.last_line_of(block) + 1)
    }

    /// Whether readers see nothing of a line: it is blank but for comments and the marks of quotes, or past the end.
    pub fn is_vacant(&self, line: u32) -> bool {
        line >= self.lines.line_count()
            || markdown::is_vacant(self.line(line).of(self.ast.text(&self.source)))
    }

    /// The text of a span.
    #[inline]
    pub fn slice(&self, span: Span) -> &str {
        span.of(&self.source)
    }
}

/// The text of a document that is read from these contents.
pub(crate) fn source_of(content: Content) -> String {
    match content {
        Content::Bytes(bytes) if !is_utf16(&bytes) => {
            String::from_utf8(bytes).unwrap_or_else(|error| decode(error.as_bytes()).0)
        }
        Content::Bytes(_) | Content::TooLong(_) => String::new(),
    }
}

/// Whether bytes begin with the byte order mark of UTF-16.
fn is_utf16(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF])
}

/// UTF-8 with a `?` for each byte that is none, and where the first of those are.
fn decode(bytes: &[u8]) -> (String, Vec<Span>) {
    let mut text = String::with_capacity(bytes.len());
    let mut bad: Vec<Span> = Vec::new();
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        let start = text.len();
        text.extend(std::iter::repeat_n('?', chunk.invalid().len()));
        if chunk.invalid().is_empty() {
            continue;
        }
        let span = Span::from_range(start..text.len());
        if let Some(last) = bad.last_mut().filter(|last| last.end == span.start) {
            *last = last.join(span);
        } else if bad.len() < MAX_BAD_BYTES {
            bad.push(span);
        }
    }
    (text, bad)
}

#[cfg(test)]
mod tests {
    use super::decode;
    use crate::text::Span;

    #[test]
    fn bytes_that_are_no_text_keep_their_places() {
        let (text, bad) = decode(b"a\xFFb\xC3\x28");
        assert_eq!(text, "a?b?(");
        assert_eq!(bad, [Span::new(1, 2), Span::new(3, 4)]);
        assert_eq!(decode(b"\xC3\xC3\xFF").1, [Span::new(0, 3)]);
    }
}
