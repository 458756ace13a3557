//! What holds for every span of every tree.

use copydesk::internals::markdown::{
    Anchors, Ast, HeadingSyntax, LinkFacts, LinkKind, Node, NodeData, NodeKind,
};
use copydesk::text::{SlugStyle, Span};

/// What must hold for any input whatever.
pub(crate) fn check_bounds(ast: &Ast, source: &str) -> Vec<String> {
    let mut failures = Vec::new();
    for node in ast.nodes() {
        let span = node.span();
        let mut require = |holds: bool, what: &str| {
            if !holds {
                failures.push(format!("{:?} at {span:?} {what}", node.kind()));
            }
        };
        require(span.start <= span.end && source.get(span.range()).is_some(), "is out of bounds");
        require(node.parent().is_none_or(|parent| parent.span().contains(span)), "is not in its parent");
        require(node.next_sibling().is_none_or(|next| span.end <= next.span().start), "overlaps its sibling");
        for part in parts(node) {
            require(source.get(part.range()).is_some(), "has a part out of bounds");
        }
    }
    for definition in ast.definitions() {
        let inside = [Some(definition.label), Some(definition.destination.span), definition.title];
        if inside.into_iter().flatten().any(|part| !definition.span.contains(part)) {
            failures.push(format!("{definition:?} does not hold its parts"));
        }
    }
    failures
}

/// What is wrong with the spans of the facts about links: out of bounds, off a character, or part out of whole.
pub(crate) fn check_facts(ast: &Ast, source: &str) -> Vec<String> {
    let facts = LinkFacts::of(ast, source);
    let tags = ast.html_tags(source);
    let body = ast.root().span();
    let mut parts: Vec<(Span, Span)> = Vec::new();
    for it in &facts.undefined {
        parts.extend([(body, it.span), (it.span, it.text), (it.span, it.label)]);
    }
    for it in &facts.slips {
        parts.extend([(body, it.span), (it.span, it.text), (it.span, it.destination)]);
    }
    for tag in &tags {
        parts.push((body, tag.span));
        parts.extend(tag.attributes.iter().flat_map(|it| [(tag.span, it.name_span), (tag.span, it.span)]));
        parts.extend(tag.targets(source).iter().map(|target| (tag.span, target.span)));
    }
    for style in [SlugStyle::Github, SlugStyle::Hugo, SlugStyle::Kramdown] {
        let anchors = Anchors::of(ast, source, &tags, style);
        parts.extend(anchors.iter().map(|anchor| (body, anchor.span)));
    }
    let whole = |span: Span| source.get(span.range()).is_some();
    let wrong = parts.into_iter().filter(|&(outer, inner)| !outer.contains(inner) || !whole(inner));
    wrong.map(|(outer, inner)| format!("{inner:?} in {outer:?}")).collect()
}

/// What must hold for a tree whose inlines were placed.
pub(crate) fn check(ast: &Ast, source: &str) -> Vec<String> {
    let mut failures = check_bounds(ast, source);
    if !failures.is_empty() {
        return failures;
    }
    for node in ast.nodes() {
        let text = node.span().of(source);
        if let Err(what) = check_node(node, text, source) {
            failures.push(format!("{:?} {text:?} {what}", node.kind()));
        }
        if parts(node).iter().any(|part| !node.span().contains(*part)) {
            failures.push(format!("{:?} {text:?} has a part outside", node.kind()));
        }
    }
    for definition in ast.definitions() {
        let text = definition.span.of(source);
        if !text.starts_with('[') || text.ends_with(['\n', '\r']) {
            failures.push(format!("definition {text:?}"));
        }
    }
    failures
}

/// The spans that a node's data hold.
fn parts(node: Node<'_>) -> Vec<Span> {
    match node.data() {
        NodeData::Heading(heading) => [Some(heading.marker), heading.closing, Some(heading.content)].into(),
        NodeData::Item(item) => vec![Some(item.marker), item.task.map(|task| task.span)],
        NodeData::CodeBlock(block) => match block.fence {
            Some(fence) => vec![Some(fence.opening), Some(fence.info), fence.closing],
            None => vec![Some(block.content)],
        },
        NodeData::Table(table) => vec![Some(table.delimiter_row)],
        NodeData::TableRow(row) => vec![row.surplus],
        NodeData::Alert(alert) => vec![Some(alert.marker), alert.title],
        NodeData::Footnote(footnote) => vec![Some(footnote.label)],
        NodeData::Code(code) => vec![Some(code.content)],
        NodeData::Link(link) => {
            vec![Some(link.text), link.destination.map(|d| d.span), link.title_span, link.label]
        }
        _ => Vec::new(),
    }
    .into_iter()
    .flatten()
    .collect()
}

fn check_node(node: Node<'_>, text: &str, source: &str) -> Result<(), &'static str> {
    let require = |holds: bool, what: &'static str| if holds { Ok(()) } else { Err(what) };
    let wrapped = |open: &str, close: &str| {
        text.len() >= open.len() + close.len() && text.starts_with(open) && text.ends_with(close)
    };
    if node.kind() != NodeKind::Document && !node.kind().is_inline() {
        require(
            !text.ends_with(['\n', '\r', ' ', '\t']) || node.kind() == NodeKind::TableCell,
            "ends in white space",
        )?;
    }
    match node.data() {
        NodeData::Text(literal) => {
            let plain = !text.contains(['\\', '&', '\0']);
            require(!plain || literal.is_none(), "is stored although it is plain")?;
            require(!text.contains('\n') && !text.is_empty(), "is empty or has a line break")
        }
        NodeData::Delimiter(delimiter) => {
            let mark = char::from(delimiter.marker).to_string().repeat(delimiter.length.into());
            require(wrapped(&mark, &mark), "lacks its delimiters")
        }
        NodeData::Code(code) => {
            let ticks = "`".repeat(code.backticks as usize);
            require(wrapped(&ticks, &ticks), "lacks its backticks")?;
            require(!code.content.of(source).is_empty(), "is empty")
        }
        NodeData::Link(_) => check_link(node, text, source),
        NodeData::Heading(heading) => match heading.style {
            HeadingSyntax::Setext => {
                require(text.ends_with(heading.marker.of(source)), "lacks its underline")
            }
            HeadingSyntax::Atx => {
                require(text.starts_with(&"#".repeat(heading.level.into())), "lacks its marker")
            }
            HeadingSyntax::AtxClosed => {
                require(wrapped("#", "#") && heading.closing.is_some(), "is not closed")
            }
        },
        NodeData::CodeBlock(block) => {
            let Some(fence) = block.fence else { return Ok(()) };
            require(
                text.starts_with(fence.opening.of(source)) && fence.opening.len() >= 3,
                "lacks its fence",
            )?;
            let closing = fence.closing.map_or("", |closing| closing.of(source));
            require(
                text.ends_with(closing) && (closing.is_empty() || closing.len() >= 3),
                "lacks its closing fence",
            )
        }
        NodeData::Item(item) => {
            require(text.starts_with(item.marker.of(source)) && !item.marker.is_empty(), "lacks its marker")
        }
        NodeData::HtmlBlock(_) => require(text.starts_with('<'), "is not HTML"),
        NodeData::ThematicBreak(mark) => {
            require(text.starts_with(char::from(mark)) && !text.contains('\n'), "is no rule")
        }
        NodeData::Footnote(_) => require(text.starts_with("[^") && text.contains(']'), "is no footnote"),
        NodeData::Alert(alert) => {
            require(text.starts_with('>') && alert.marker.of(source).starts_with("[!"), "is no alert")
        }
        NodeData::TableRow(_) => require(!text.contains('\n'), "is not one line"),
        NodeData::HardBreak(_) => require(text.ends_with(['\n', '\r']), "does not break the line"),
        _ => match node.kind() {
            NodeKind::HtmlInline => require(wrapped("<", ">"), "is not HTML"),
            NodeKind::SoftBreak => require(matches!(text, "\n" | "\r\n" | "\r"), "is no line break"),
            NodeKind::BlockQuote => require(text.starts_with('>'), "is no quote"),
            NodeKind::TableCell => require(!text.starts_with('|') && !text.contains('\n'), "has a pipe"),
            NodeKind::Paragraph => check_paragraph(node),
            _ => Ok(()),
        },
    }
}

/// A paragraph is its inlines and nothing else.
fn check_paragraph(node: Node<'_>) -> Result<(), &'static str> {
    let first = node.children().next().map(Node::span);
    let last = node.children().last().map(Node::span);
    match (first, last) {
        (Some(first), Some(last)) if first.start == node.span().start && last.end == node.span().end => {
            Ok(())
        }
        _ => Err("does not begin and end with its inlines"),
    }
}

fn check_link(node: Node<'_>, text: &str, source: &str) -> Result<(), &'static str> {
    let NodeData::Link(link) = node.data() else { return Ok(()) };
    let open = if node.kind() == NodeKind::Image { "![" } else { "[" };
    let inside = link.text.of(source);
    let label = link.label.map_or("", |label| label.of(source));
    let tail = text.get(open.len() + inside.len()..).unwrap_or("");
    let good = match link.kind {
        LinkKind::Inline => text.starts_with(open) && tail.starts_with("](") && text.ends_with(')'),
        LinkKind::Full => text.starts_with(open) && tail == format!("][{label}]"),
        LinkKind::Collapsed => text.starts_with(open) && tail.starts_with("][") && label == inside,
        LinkKind::Shortcut => text.starts_with(open) && tail == "]" && label == inside,
        LinkKind::Autolink => text == format!("<{inside}>"),
        LinkKind::Bare => text == inside && !text.is_empty(),
    };
    if !good {
        return Err("is not written as its kind is");
    }
    if let Some(destination) = link.destination
        && matches!(link.kind, LinkKind::Inline)
    {
        let written = destination.span.of(source).trim();
        if !written.contains(['\\', '&', '\0']) && *link.url != *written {
            return Err("has another destination");
        }
    }
    Ok(())
}
