use std::collections::BTreeMap;

use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Changes, Fix},
    markdown::{LinkKind, NodeData, NodeKind},
    rule::{Fixable, Rule},
    text::Span,
    yaml::Value,
};

declare_rule! {
    /// A name is not written as it should be
    ///
    /// ## Why
    ///
    /// Names have one spelling, and readers search for it. The rule knows no names of its own: `terms` says which forms
    /// to write otherwise, `names` which words to write in just these capitals.
    ///
    /// With `terms: { Harbour Bell: [Harbor Bell, HarbourBell] }` and `names: [PostgreSQL]`:
    ///
    /// ## Bad
    ///
    /// ```text
    /// The HarbourBell keeps its log in Postgresql.
    /// ```
    ///
    /// ## Good
    ///
    /// ```text
    /// The Harbour Bell keeps its log in PostgreSQL.
    /// ```
    ///
    /// Addresses are never judged. In code and HTML a fix is offered, but not applied unless asked for.
    pub struct Term {
        /// The right spelling of a name and the forms that are wrong, in these very capitals. They are looked for in the
        /// text and in the front matter that is prose.
        terms: BTreeMap<String, Vec<String>> = BTreeMap::new(),
        /// Names that are right in these capitals only.
        names: Vec<String> = Vec::new(),
        /// Whether `names` are looked for in code, too.
        #[serde(alias = "code_blocks")]
        code_blocks: bool = true,
        /// Whether `names` are looked for in the tags and comments of HTML, too.
        #[serde(alias = "html_elements")]
        html_elements: bool = true,
    }
    id = "term",
    fixable = Fixable::Always,
    changes = Changes::Words,
    aliases = &["MD044", "proper-names"],
}

/// Something to look for.
struct Form<'a> {
    written: &'a str,
    right: &'a str,
    /// In which capitals it is looked for.
    capitals: Capitals,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Capitals {
    These,
    Any,
}

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Prose,
    /// In the text of a link, the description of an image, or emphasis.
    Inside,
    FrontMatter,
    Code,
    /// In a tag or a comment.
    Html,
    /// In a block of HTML, outside of tags: it may be a script.
    HtmlText,
}

impl Rule for Term {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let forms = Forms::new(self);
        if forms.forms.is_empty() {
            return;
        }
        each_text(doc, |span, place| {
            let wanted = match place {
                Place::Code => self.code_blocks,
                Place::Html => self.html_elements,
                Place::Prose | Place::Inside | Place::FrontMatter | Place::HtmlText => true,
            };
            if wanted {
                judge(&forms, doc, span, place, sink);
            }
        });
    }
}

/// What to look for.
struct Forms<'a> {
    /// The longest first.
    forms: Vec<Form<'a>>,
    /// By byte: whether a form begins with it.
    firsts: [bool; 256],
}

impl<'a> Forms<'a> {
    fn new(rule: &'a Term) -> Self {
        let any = |name| Form { written: name, right: name, capitals: Capitals::Any };
        let mut forms: Vec<_> = rule.names.iter().map(|name| any(name.as_str())).collect();
        for (right, wrong) in &rule.terms {
            // The right form hides wrong ones that are part of it.
            let written = std::iter::once(right).chain(wrong);
            forms.extend(written.map(|written| Form { written, right, capitals: Capitals::These }));
        }
        forms.retain(|form| !form.written.is_empty());
        forms.sort_by_key(|form| std::cmp::Reverse(form.written.len()));
        let mut firsts = [false; 256];
        for byte in forms.iter().map(|form| form.written.as_bytes()[0]) {
            for byte in [byte, byte.to_ascii_lowercase(), byte.to_ascii_uppercase()] {
                firsts[usize::from(byte)] = true;
            }
        }
        Self { forms, firsts }
    }

    /// The longest form that stands at an offset of a text.
    fn at(&self, text: &str, at: usize, place: Place) -> Option<&Form<'a>> {
        if !self.firsts[usize::from(text.as_bytes()[at])] {
            return None;
        }
        self.forms
            .iter()
            .find(|form| form.begins(&text.as_bytes()[at..], place) && stands_alone(text, at, form, place))
    }
}

impl Form<'_> {
    /// Whether it is looked for in such a place, and begins `text`.
    fn begins(&self, text: &[u8], place: Place) -> bool {
        let Some(start) = text.get(..self.written.len()) else { return false };
        match self.capitals {
            Capitals::These => {
                matches!(place, Place::Prose | Place::Inside | Place::FrontMatter)
                    && start == self.written.as_bytes()
            }
            Capitals::Any => {
                place != Place::FrontMatter && start.eq_ignore_ascii_case(self.written.as_bytes())
            }
        }
    }
}

/// Gives the texts of a page with their places.
fn each_text(doc: &Document, mut give: impl FnMut(Span, Place)) {
    let root = doc.front_matter.as_ref().and_then(|front_matter| front_matter.tree.root.as_ref());
    for node in root.iter().flat_map(|root| doc.reading.keys.iter().flat_map(|key| key.find_all(root))) {
        if matches!(node.value, Value::Scalar(_)) && !node.is_alias(&doc.source) {
            give(node.span, Place::FrontMatter);
        }
    }
    let mut hidden = 0;
    let markup = doc.ast.html_markup(&doc.source);
    for node in doc.ast.nodes().filter(|node| node.kind() != NodeKind::Document) {
        match node.data() {
            _ if node.span().start < hidden => {}
            NodeData::Link(link) if matches!(link.kind, LinkKind::Bare | LinkKind::Autolink) => {
                hidden = node.span().end;
            }
            NodeData::Code(code) => give(code.content, Place::Code),
            NodeData::CodeBlock(block) => {
                for line in doc.ast.code_lines(block) {
                    give(*line, Place::Code);
                }
            }
            _ => match node.kind() {
                NodeKind::Text => {
                    let is_inside = node.parent().is_some_and(|parent| parent.kind().is_inline());
                    give(node.span(), if is_inside { Place::Inside } else { Place::Prose });
                }
                NodeKind::HtmlInline => give(node.span(), Place::Html),
                NodeKind::HtmlBlock => html_block(node.span(), &markup, &mut give),
                _ => {}
            },
        }
    }
}

/// Gives the parts of a block of HTML.
fn html_block(block: Span, markup: &[Span], give: &mut impl FnMut(Span, Place)) {
    let first = markup.partition_point(|part| part.start < block.start);
    let mut text = block;
    for part in markup[first..].iter().take_while(|part| part.start < block.end) {
        give(Span::new(text.start, part.start), Place::HtmlText);
        give(*part, Place::Html);
        text.start = part.end;
    }
    give(text, Place::HtmlText);
}

/// Reports the forms in a text that are not right.
fn judge(forms: &Forms<'_>, doc: &Document, span: Span, place: Place, sink: &mut Sink<'_>) {
    let text = doc.slice(span);
    let mut at = 0;
    let mut chunk = Chunk::default();
    while at < text.len() {
        let Some(form) = forms.at(text, at, place) else {
            at += 1;
            continue;
        };
        let end = at + form.written.len();
        let written = &text[at..end];
        if at >= chunk.end {
            chunk = Chunk::around(text, chunk.end, at);
        }
        if written != form.right && !chunk.is_address {
            let place_of_form = Span::from_range(at..end).shift(span.start);
            let is_part = text[..at].ends_with(JOINS) || text[end..].starts_with(JOINS);
            let applicability = match place {
                Place::Prose | Place::Inside | Place::FrontMatter if !is_part => Applicability::Safe,
                _ => Applicability::Unsafe,
            };
            let right = form.right;
            sink.report(place_of_form, format!("`{written}` is not how `{right}` is written"))
                .help(format!("write `{right}`"))
                .fix(Fix::replace(format!("write `{right}`"), applicability, place_of_form, right));
        }
        at = end;
    }
}

/// What joins the parts of a path, a package's name or an anchor, which may well be right as they are.
const JOINS: [char; 4] = ['_', '/', '@', '#'];

/// Whether a form is no part of a longer word. Underscores part words in plain text; elsewhere they do not, but those
/// around a word do not belong to it.
fn stands_alone(text: &str, at: usize, form: &Form<'_>, place: Place) -> bool {
    let is_word = |c: char| c.is_alphanumeric();
    let (first, last) = (form.written.chars().next(), form.written.chars().next_back());
    let (mut before, mut after) = (&text[..at], &text[at + form.written.len()..]);
    if form.capitals == Capitals::These || matches!(place, Place::Inside | Place::Code | Place::Html) {
        before = before.trim_end_matches('_');
        after = after.trim_start_matches('_');
    }
    !(first.is_some_and(is_word) && before.ends_with(is_word)
        || last.is_some_and(is_word) && after.starts_with(is_word))
}

/// What blanks, quotation marks and brackets enclose.
#[derive(Default)]
struct Chunk {
    end: usize,
    is_address: bool,
}

impl Chunk {
    /// The chunk that holds the offset `at`; it does not begin before `from`.
    fn around(text: &str, from: usize, at: usize) -> Self {
        let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | '(' | ')');
        let start = text[from..at].rfind(ends).map_or(from, |before| from + before);
        let end = text[at..].find(ends).map_or(text.len(), |end| at + end);
        let chunk = text[start..end].trim_start_matches(ends);
        let is_destination = text[..end - chunk.len()].ends_with("](");
        let is_address =
            is_destination || chunk.contains("://") || chunk.starts_with("www.") || is_mail_address(chunk);
        Self { end, is_address }
    }
}

/// Whether a chunk holds an e-mail address.
fn is_mail_address(chunk: &str) -> bool {
    chunk.split_once('@').is_some_and(|(name, host)| {
        name.ends_with(char::is_alphanumeric)
            && host.trim_end_matches(|c: char| !c.is_alphanumeric()).contains('.')
    })
}
