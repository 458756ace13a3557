use crate::{
    data::{self, DataFormat},
    declare_rule,
    diagnostic::Sink,
    document::Document,
    markdown::{CodeBlock, Typed},
    rule::Rule,
    text::Span,
};

declare_rule! {
    /// Invalid JSON, YAML or TOML in a code block
    ///
    /// ## What it does
    ///
    /// Reports fenced code blocks in the languages `json`, `jsonc`, `yaml`, `yml` and `toml` that cannot be parsed.
    /// Blocks with an ellipsis, a placeholder such as `<name>` or a template tag, blocks that are part of a
    /// diff, and blocks with `fragment` or `ignore` in the info string are not checked.
    ///
    /// ## Why is this bad?
    ///
    /// Examples are copied: a missing comma costs every user the same time.
    ///
    /// ## Example
    ///
    /// ~~~md
    /// ```json
    /// { "tide": "low" "time": "18:55" }
    /// ```
    /// ~~~
    ///
    /// ## Use instead
    ///
    /// ~~~md
    /// ```json
    /// { "tide": "low", "time": "18:55" }
    /// ```
    ///
    /// ```json
    /// { "tide": "low", ... }
    /// ```
    /// ~~~
    pub struct CodeBlockSyntax {}
    id = "code-block-syntax",
    on = false,
}

impl Rule for CodeBlockSyntax {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for block in doc.ast.code_blocks().filter(|block| block.fence.is_some()) {
            let Some((format, name)) = format(block.language(&doc.source)) else { continue };
            let lines = doc.ast.code_lines(&block);
            let code: String = lines.iter().flat_map(|line| [doc.slice(*line), "\n"]).collect();
            if is_partial(&code) || is_marked(doc, block) {
                continue;
            }
            let tree = data::parse(&code, Span::from_range(0..code.len()), format);
            let Some(error) = tree.errors.first() else { continue };
            let place = place(lines, &code, error.span);
            let diagnostic = sink.report(place, format!("invalid {name} in code block: {}", error.message));
            if let Some(help) = &error.help {
                diagnostic.help(help);
            }
        }
    }
}

fn format(language: &str) -> Option<(DataFormat, &'static str)> {
    Some(match language {
        "json" => (DataFormat::Json, "JSON"),
        "jsonc" => (DataFormat::Jsonc, "JSON"),
        "yaml" | "yml" => (DataFormat::Yaml, "YAML"),
        "toml" => (DataFormat::Toml, "TOML"),
        _ => return None,
    })
}

/// Whether code is not meant to be complete.
fn is_partial(code: &str) -> bool {
    const MARKS: [&str; 7] = ["...", "…", "{{", "{%", "${", "<%", "\n---"];
    let is_placeholder = |at: usize| code[at + 1..].starts_with(|c: char| c.is_ascii_alphabetic());
    let is_diff = |line: &str| line.starts_with("+ ") || line.starts_with("@@ ");
    code.trim().is_empty()
        || MARKS.iter().any(|mark| code.contains(mark))
        || code.match_indices('<').any(|(at, _)| is_placeholder(at))
        || code.lines().any(is_diff)
}

/// Whether the info string says that the code is not to be checked.
fn is_marked(doc: &Document, block: Typed<'_, CodeBlock>) -> bool {
    let info = block.fence.map_or("", |fence| doc.slice(fence.info));
    info.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "fragment" | "ignore"))
}

/// The place in the page of a span of the code, up to the end of its line.
fn place(lines: &[Span], code: &str, span: Span) -> Span {
    let at = (span.start as usize).min(code.len());
    let index = code[..at].matches('\n').count().min(lines.len() - 1);
    let column = code[..at].rfind('\n').map_or(at, |end| at - end - 1) as u32;
    let line = lines[index];
    let start = (line.start + column).min(line.end);
    Span::new(start, (start + span.len()).min(line.end))
}
