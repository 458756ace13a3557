//! Templates that are evaluated or extend where it does not look like it.

use crate::{
    diagnostic::Sink,
    document::Document,
    markdown::{DialectName, Island, IslandKind, Node, NodeKind, Overlay, Typed},
    text::Span,
};

/// Words that begin an action of Go's templates, and that are no variables in Liquid.
const GO_ACTIONS: [&str; 9] = ["range", "with", "if", "else", "end", "define", "template", "block", "toYaml"];

/// Reports templates that fail without an error of the site's generator.
pub(super) fn check(doc: &Document, sink: &mut Sink<'_>) {
    let is_nunjucks = doc.dialect.has(DialectName::Nunjucks);
    let is_liquid = doc.dialect.has(DialectName::Liquid);
    let is_vue = doc.dialect.has(DialectName::Vitepress);
    if is_liquid || is_nunjucks || is_vue {
        expressions_in_code(doc, sink);
    }
    if is_liquid {
        long_templates(doc, sink);
    }
    if is_nunjucks {
        ids(doc, sink);
    }
    if is_vue {
        unclosed_interpolations(doc, sink);
    }
    if doc.dialect.has(DialectName::Hugo) {
        unclosed_tags(doc, &[("{{<", ">}}"), ("{{%", "%}}")], "shortcode", sink);
        variables_in_urls(doc, sink);
    } else if is_liquid && is_evaluated(doc) {
        unclosed_tags(doc, &[("{%", "%}"), ("{{", "}}")], "template", sink);
    }
}

/// Reports variables of Jekyll in URLs, which Hugo leaves as they are: pages that were moved from one to the other.
fn variables_in_urls(doc: &Document, sink: &mut Sink<'_>) {
    if doc.is_preprocessed {
        return;
    }
    for target in doc.targets() {
        let Some((_, inner)) = target.url.split_once("{{") else { continue };
        let name = inner.trim_start();
        if (name.starts_with("site.") || name.starts_with("page.")) && inner.contains("}}") {
            sink.report(target.span, "template in a URL is not evaluated").help("write the URL without it");
        }
    }
}

/// Whether Jekyll reads the templates of a page: it has front matter, which does not say otherwise.
fn is_evaluated(doc: &Document) -> bool {
    let root = doc.front_matter.as_ref().and_then(|it| it.tree.root.as_ref());
    let setting = root.and_then(|root| root.get("render_with_liquid")?.as_bool());
    doc.front_matter.is_some() && setting != Some(false)
}

/// Reports the opening marks in text that no closing mark follows before the next opening one: they stop the build.
fn unclosed_tags(doc: &Document, marks: &[(&str, &str)], name: &str, sink: &mut Sink<'_>) {
    for text in doc.ast.of(NodeKind::Text) {
        let shown = doc.slice(text.span());
        let Some((at, close)) = marks.iter().find_map(|(open, close)| Some((shown.rfind(open)?, close)))
        else {
            continue;
        };
        if shown[..at].ends_with('\\') {
            continue;
        }
        let start = text.span().start + at as u32;
        if is_in_raw(doc, start) {
            continue;
        }
        let rest = &doc.source.as_bytes()[start as usize + 2..];
        let rest = &rest[..rest.len().min(LONGEST_TAG)];
        let end = memchr::memmem::find(rest, close.as_bytes());
        let next = marks.iter().filter_map(|(open, _)| memchr::memmem::find(rest, open.as_bytes())).min();
        if end.is_none_or(|end| next.is_some_and(|next| next < end)) {
            sink.report(Span::new(start, start + 2), format!("{name} is not closed"))
                .help(format!("close it with `{close}`"));
        }
    }
}

/// How many bytes of a shortcode or a template are looked at.
const LONGEST_TAG: usize = 4000;

fn islands(doc: &Document) -> &[Island] {
    doc.ast.overlay().map_or(&[], Overlay::islands)
}

fn expressions_in_code(doc: &Document, sink: &mut Sink<'_>) {
    let mut code = code(doc).into_iter().peekable();
    let is_liquid = doc.dialect.has(DialectName::Liquid);
    for island in islands(doc) {
        if !matches!(island.kind, IslandKind::Output | IslandKind::Interpolation) {
            continue;
        }
        while code.next_if(|it| it.end <= island.span.start).is_some() {}
        if !code.peek().is_some_and(|it| it.contains(island.span)) {
            continue;
        }
        let dollar = island.span.start - 1;
        let is_after_dollar = doc.source.as_bytes()[dollar as usize] == b'$';
        if is_after_dollar || is_liquid && is_foreign(doc.slice(island.span)) {
            let start = if is_after_dollar { dollar } else { island.span.start };
            let help = match island.kind {
                IslandKind::Interpolation => "put `<span v-pre>` before the code and `</span>` after it",
                _ => "put `{% raw %}` before the code and `{% endraw %}` after it",
            };
            sink.report(Span::new(start, island.span.end), "expression is evaluated as a template")
                .help(help);
        }
    }
}

/// The code in which templates are evaluated, in source order.
fn code(doc: &Document) -> Vec<Span> {
    // VitePress and Hexo evaluate none in fences.
    let is_plain = doc.dialect.has(DialectName::Vitepress) || doc.dialect.has_plain_fences();
    let blocks = doc.ast.code_blocks().filter(|block| !is_plain || block.fence.is_none());
    let mut code: Vec<Span> = blocks.map(Typed::span).collect();
    code.extend(doc.ast.of(NodeKind::Code).map(Node::span));
    code.sort();
    code
}

/// Whether what is between braces belongs to another language than Liquid, which shows nothing for it.
fn is_foreign(output: &str) -> bool {
    let inner = output.trim_start_matches('{').trim_end_matches('}').trim_matches('-').trim();
    let word = inner.len() - inner.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_').len();
    let after = inner[word..].chars().next();
    match after {
        _ if inner.starts_with(['.', '$']) => true,
        Some(':') => word > 0,
        None | Some(' ') => GO_ACTIONS.contains(&&inner[..word]),
        _ => false,
    }
}

fn long_templates(doc: &Document, sink: &mut Sink<'_>) {
    for island in islands(doc) {
        let text = doc.slice(island.span);
        let (open, close) = match island.kind {
            IslandKind::Output => ("{{", "}}"),
            IslandKind::Tag if text.starts_with("{%") => ("{%", "%}"),
            _ => continue,
        };
        let inner = text.strip_prefix(open).unwrap_or(text);
        let is_over_paragraphs = open == "{{" && (inner.contains("\n\n") || inner.contains("\r\n\r\n"));
        if is_over_paragraphs || has_outside_strings(inner, open) {
            let opening = Span::new(island.span.start, island.span.start + 2);
            sink.report(opening, format!("template extends to the `{close}` of another one"))
                .help(format!("close it with `{close}`"));
        }
    }
}

/// Whether a template has a mark that is not in one of its strings.
fn has_outside_strings(template: &str, mark: &str) -> bool {
    let mut quote = None;
    template.char_indices().any(|(at, c)| {
        match quote {
            Some(open) if open == c => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            _ => {}
        }
        quote.is_none() && template[at..].starts_with(mark)
    })
}

/// Reports `{#id}`, in code as well: only other templates may have one.
fn ids(doc: &Document, sink: &mut Sink<'_>) {
    let body = doc.body_lines();
    let from = doc.line(body.start).start;
    let mut islands = islands(doc).iter().peekable();
    // Whether the island passed last begins text that is no template.
    let mut is_raw = false;
    for (at, _) in doc.source[from as usize..].match_indices("{#") {
        let start = from + at as u32;
        while let Some(island) = islands.next_if(|island| island.span.end <= start) {
            is_raw = is_raw_tag(doc.slice(island.span));
        }
        let is_inside = islands.peek().is_some_and(|island| island.span.start < start);
        let name = doc.source[start as usize + 2..]
            .trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':'));
        let length = doc.source.len() - start as usize - 2 - name.len();
        if !is_inside && !is_raw && length > 0 && name.starts_with(['}', ' ']) && is_list(name) {
            sink.report(Span::new(start, start + 2), "`{#` starts a comment")
                .help("put a space between `{` and `#`");
        }
    }
}

/// Whether a position is in a raw block, whose content is not evaluated.
fn is_in_raw(doc: &Document, at: u32) -> bool {
    let islands = islands(doc);
    let before = islands.partition_point(|island| island.span.end <= at);
    before.checked_sub(1).is_some_and(|last| is_raw_tag(doc.slice(islands[last].span)))
}

/// Whether a tag begins text that is not evaluated as a template.
fn is_raw_tag(tag: &str) -> bool {
    let name = tag.trim_start_matches(['{', '%', '-']).trim_start();
    name.starts_with("raw") || name.starts_with("verbatim")
}

/// Whether what follows an id ends a list of attributes, and no comment.
fn is_list(rest: &str) -> bool {
    let end = rest.bytes().take(LONGEST_LIST).position(|byte| matches!(byte, b'}' | b'#' | b'\n'));
    let has_classes = rest.starts_with('}') || rest.starts_with(" .");
    has_classes && end.is_some_and(|end| rest.as_bytes()[end] == b'}')
}

/// How many bytes of a list of attributes are looked at.
const LONGEST_LIST: usize = 200;

fn unclosed_interpolations(doc: &Document, sink: &mut Sink<'_>) {
    // In an element with `v-pre` it is text.
    if doc.source.contains("v-pre") {
        return;
    }
    // A block and the last place in it that closes one: it may have as many texts as it is long.
    let mut last = (Span::empty(0), None);
    for text in doc.ast.of(NodeKind::Text) {
        let Some(open) = doc.slice(text.span()).rfind("{{") else { continue };
        let start = text.span().start + open as u32;
        let block = text.ancestors().find(|node| !node.kind().is_inline()).map_or(text.span(), Node::span);
        if block != last.0 {
            last = (block, doc.slice(block).rfind("}}").map(|at| block.start + at as u32));
        }
        if last.1.is_none_or(|close| close < start) {
            sink.report(Span::new(start, start + 2), "template is not closed").help("close it with `}}`");
        }
    }
}
