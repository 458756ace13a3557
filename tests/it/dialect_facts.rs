//! What is seen of documents for which it is known what the engines make of them. They are outside the repository:
//! `COPYDESK_DIALECTS` names their folder, and `COPYDESK_FACTS` the file that is written. `.ci/dialects.py` compares.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    sync::Arc,
};

use copydesk::{
    internals::{
        document::Document,
        links::TargetKind,
        markdown::{
            AnchorKind, CodeBlock, Dialect, DialectName, Heading, HeadingText, IslandKind, LinkKind, Node,
            NodeKind, Overlay, TagForm, Typed, normalize_label,
        },
    },
    text::{SlugStyle, Span},
};
use serde_json::{Value, json};

/// A folder of documents: which dialect they are read in, and how their headings get anchors.
type Folder = (&'static str, &'static [DialectName], SlugStyle);

const FOLDERS: [Folder; 14] = [
    ("docusaurus", &[DialectName::Mdx, DialectName::Directives], SlugStyle::Docusaurus),
    ("eleventy", &[DialectName::Liquid, DialectName::NoIndentedCode], SlugStyle::None),
    ("eleventy/njk", &[DialectName::Nunjucks, DialectName::NoIndentedCode], SlugStyle::None),
    ("github", &[DialectName::Gfm], SlugStyle::None),
    ("hugo", &[DialectName::Hugo, DialectName::Math, DialectName::TexMath], SlugStyle::Hugo),
    ("jekyll", &[DialectName::Liquid, DialectName::Kramdown], SlugStyle::Kramdown),
    ("kramdown", &[DialectName::Kramdown], SlugStyle::Kramdown),
    ("mdbook", &[DialectName::Mdbook], SlugStyle::Mdbook),
    ("mdx", &[DialectName::Mdx], SlugStyle::None),
    (
        "mkdocs",
        &[DialectName::Templates, DialectName::Mkdocs, DialectName::Math, DialectName::TexMath],
        SlugStyle::Mkdocs,
    ),
    ("obsidian", &[DialectName::Obsidian], SlugStyle::None),
    ("pandoc", &[DialectName::Pandoc], SlugStyle::None),
    ("starlight", &[DialectName::Directives], SlugStyle::None),
    ("vitepress", &[DialectName::Vitepress], SlugStyle::Vitepress),
];

#[test]
#[ignore = "needs documents that are outside the repository"]
fn facts_of_the_documents_are_written() {
    let variable =
        |name| PathBuf::from(std::env::var_os(name).unwrap_or_else(|| panic!("{name} is not set")));
    let (root, out) = (variable("COPYDESK_DIALECTS"), variable("COPYDESK_FACTS"));
    let mut facts = Vec::new();
    for (folder, names, style) in FOLDERS {
        let name = folder.split('/').next().expect("it has a first part");
        // Not every dialect has documents.
        let documents = root.join(name);
        for path in documents.is_dir().then(|| crate::common::files(&documents)).into_iter().flatten() {
            let is_page =
                path.extension().and_then(OsStr::to_str).is_some_and(|it| matches!(it, "md" | "mdx"));
            if is_page {
                let text = std::fs::read_to_string(&path).expect("it is text");
                let file = path.file_name().and_then(OsStr::to_str).expect("it has a plain name");
                let document = read(&text, file, Dialect::named(names.iter().copied()));
                facts.push(json!({
                    "folder": folder,
                    "document": file,
                    "seen": seen(&document, style),
                    "hidden": hidden(&document, style),
                }));
            }
        }
    }
    assert!(!facts.is_empty(), "there are no documents");
    std::fs::write(out, Value::from(facts).to_string()).expect("the file can be written");
}

fn read(text: &str, file: &str, dialect: Dialect) -> Document {
    let path: Arc<Path> = Arc::from(Path::new(file));
    Document::parse_in(dialect.for_file(&path), &path, text, &[])
}

/// What the document has, by the names that the answers have for it.
fn seen(document: &Document, style: SlugStyle) -> Value {
    let ast = &document.ast;
    let tags = || document.html_tags().iter().filter(|tag| tag.form != TagForm::Closing);
    let attribute = |names: &[&str], key: &str| -> Vec<String> {
        let tags = tags().filter(|tag| names.contains(&&*tag.name));
        let values = tags.map(|tag| tag.attribute(key).map(|it| it.value.to_string()));
        // An image without a URL is one, too.
        values.filter_map(|it| it.or_else(|| (key == "src").then(String::new))).collect()
    };
    // The description of an image is text.
    let is_shown = |node: &Node<'_>| node.parent().is_none_or(|it| it.kind() != NodeKind::Image);
    let links = ast.links().filter(|link| link.kind != LinkKind::Bare && is_shown(&link.node()));
    let links = links.map(|link| link.url.to_string());
    let bare = |is_www: bool| {
        let bare = ast.links().filter(|link| link.kind == LinkKind::Bare);
        let some = bare.filter(move |link| document.slice(link.span()).starts_with("www.") == is_www);
        some.map(|link| link.url.to_string()).collect::<Vec<_>>()
    };
    let wikilinks: Vec<_> = ast.wikilinks(&document.source).collect();
    let named = |is_embed| {
        let some = wikilinks.iter().filter(move |link| link.is_embed == is_embed);
        some.map(|link| document.slice(link.target).to_owned())
    };
    let images = ast.images().filter(|image| is_shown(&image.node())).map(|image| image.url.to_string());
    let figures = |is_image| {
        let some = figures(document).filter(move |(of_image, _)| *of_image == is_image);
        some.map(|(_, url)| url)
    };
    json!({
        "headings": headings(document, style),
        "links": links.chain(named(false)).chain(to_headings(document)).chain(figures(false)).collect::<Vec<_>>(),
        "elements": { "links": attribute(&["a"], "href"), "images": attribute(&["img"], "src") },
        "bare": bare(false),
        "www": bare(true),
        "images": images.chain(named(true)).chain(figures(true)).collect::<Vec<_>>(),
        "code": codes(document),
    })
}

/// What the page has in its comments, if these were text.
fn hidden(document: &Document, style: SlugStyle) -> Vec<Value> {
    let comments = document.ast.dialect_comments(&document.source);
    let texts = comments.map(|(_, text)| document.slice(text));
    texts.map(|text| seen(&read(text, "comment.md", document.dialect), style)).collect()
}

/// The URLs of figures of Hugo, and whether they are images.
fn figures(document: &Document) -> impl Iterator<Item = (bool, String)> {
    let targets = document.targets().iter().filter(|it| document.slice(it.owner).starts_with("{{"));
    targets
        .filter(|it| matches!(it.kind, TargetKind::Html | TargetKind::HtmlMedia))
        .map(|it| (it.kind == TargetKind::HtmlMedia, it.url.to_string()))
}

/// The links that the texts of headings make.
fn to_headings(document: &Document) -> Vec<String> {
    if !document.dialect.has_heading_references() {
        return vec![];
    }
    let headings = document.ast.heading_labels(&document.source);
    let undefined = document.link_facts().undefined.iter();
    let heading = |label| headings.get(&normalize_label(document.slice(label)));
    let slug = |it: &Typed<'_, Heading>| {
        let heading = HeadingText::of(*it, &document.source, SlugStyle::Mdbook);
        let id = heading.id.map(|id| document.slice(id).to_owned());
        id.unwrap_or_else(|| heading.text.to_lowercase().replace(' ', "-"))
    };
    undefined.filter_map(|it| Some(format!("#{}", slug(heading(it.label)?)))).collect()
}

/// The blocks of code, those among them that VitePress takes from other files, and those of Hugo's shortcode `highlight`.
fn codes(document: &Document) -> Vec<Value> {
    let blocks = document.ast.code_blocks().map(|block| (block.content.start, code(document, block)));
    let islands = document.ast.overlay().map_or(&[][..], Overlay::islands).iter();
    let included = islands.filter(|it| match it.kind {
        IslandKind::Snippet => document.slice(it.span).starts_with("<<<"),
        IslandKind::Verbatim => document
            .slice(it.span)
            .get(2..)
            .is_some_and(|tag| tag.trim_start_matches(['<', '-', ' ']).starts_with("highlight")),
        _ => false,
    });
    let included = included.map(|it| (it.span.start, json!({ "text": "{{ code }}" })));
    let mut all: Vec<_> = blocks.chain(included).collect();
    all.sort_by_key(|(start, _)| *start);
    all.into_iter().map(|(_, code)| code).collect()
}

fn code(document: &Document, block: Typed<'_, CodeBlock>) -> Value {
    let lines = document.ast.code_lines(&block).iter().map(|line| document.slice(*line));
    json!({ "text": lines.collect::<Vec<_>>().join("\n"), "language": block.language(&document.source) })
}

/// The headings, each with its level and its id, those of HTML included.
fn headings(document: &Document, style: SlugStyle) -> Vec<Value> {
    let anchors = document.anchors(style);
    let mut found: Vec<(Span, u8, Option<String>)> = Vec::new();
    for heading in document.ast.headings() {
        // A list of attributes may be on the next line.
        let last = document.lines.last_line_of(heading.span());
        let has_list = last + 1 < document.lines.line_count()
            && document.slice(document.line(last + 1)).trim().starts_with("{:");
        let end = document.line(if has_list { last + 1 } else { last }).end;
        let around = Span::new(heading.span().start, end.max(heading.span().end));
        let ids: Vec<_> = anchors.iter().filter(|anchor| around.contains(anchor.span)).collect();
        let kinds = [AnchorKind::Explicit, AnchorKind::Comment, AnchorKind::Heading];
        let own = HeadingText::of(heading, &document.source, style).id;
        let own = own.and_then(|id| anchors.iter().find(|anchor| anchor.span == id));
        let id = own.or_else(|| {
            kinds.iter().find_map(|kind| ids.iter().copied().find(|anchor| anchor.kind == *kind))
        });
        // Of a heading with a template only the engine knows the id.
        let is_template = document.slice(heading.content).contains("{{");
        let id = id.map(|anchor| match anchor.kind {
            AnchorKind::Heading if is_template => "{{ id }}".to_owned(),
            _ => anchor.id.to_string(),
        });
        found.push((heading.span(), heading.level, id));
    }
    for tag in document.html_tags().iter().filter(|tag| tag.form != TagForm::Closing) {
        if let [b'h', level @ b'1'..=b'6'] = tag.name.as_bytes() {
            found.push((tag.span, level - b'0', tag.attribute("id").map(|id| id.value.to_string())));
        }
    }
    found.sort_by_key(|(span, ..)| *span);
    found.into_iter().map(|(_, level, id)| json!({ "level": level, "id": id })).collect()
}
