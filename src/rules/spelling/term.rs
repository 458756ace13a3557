use std::collections::BTreeMap;

use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    markdown::{LinkKind, Node, NodeData, NodeKind},
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
        /// Whether `names` are looked for in HTML, too.
        #[serde(alias = "html_elements")]
        html_elements: bool = true,
    }
    id = "term",
    fixable = Fixable::Always,
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
    FrontMatter,
    Code,
    Html,
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
                Place::Prose | Place::FrontMatter => true,
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
            .find(|form| form.begins(&text.as_bytes()[at..], place) && stands_alone(text, at, form))
    }
}

impl Form<'_> {
    /// Whether it is looked for in such a place, and begins `text`.
    fn begins(&self, text: &[u8], place: Place) -> bool {
        let Some(start) = text.get(..self.written.len()) else { return false };
        match self.capitals {
            Capitals::These => {
                matches!(place, Place::Prose | Place::FrontMatter) && start == self.written.as_bytes()
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
            _ => {
                if let Some(place) = place_of(node) {
                    give(node.span(), place);
                }
            }
        }
    }
}

fn place_of(node: Node<'_>) -> Option<Place> {
    match node.kind() {
        NodeKind::Text => Some(Place::Prose),
        NodeKind::HtmlBlock | NodeKind::HtmlInline => Some(Place::Html),
        _ => None,
    }
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
            let applicability = if matches!(place, Place::Code | Place::Html) {
                Applicability::Unsafe
            } else {
                Applicability::Safe
            };
            let right = form.right;
            sink.report(place_of_form, format!("`{written}` is not how `{right}` is written"))
                .help(format!("write `{right}`"))
                .fix(Fix::replace(format!("write `{right}`"), applicability, place_of_form, right));
        }
        at = end;
    }
}

/// Whether a form is no part of a longer word. Underscores around it do not count: they may be emphasis.
fn stands_alone(text: &str, at: usize, form: &Form<'_>) -> bool {
    let is_word = |c: char| c.is_alphanumeric();
    let (first, last) = (form.written.chars().next(), form.written.chars().next_back());
    let before = text[..at].trim_end_matches('_').chars().next_back();
    let after = text[at + form.written.len()..].trim_start_matches('_').chars().next();
    !(first.is_some_and(is_word) && before.is_some_and(is_word)
        || last.is_some_and(is_word) && after.is_some_and(is_word))
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
        Self { end, is_address: chunk.contains("://") || chunk.starts_with("www.") || chunk.contains('@') }
    }
}
