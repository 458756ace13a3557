use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Fix},
    markdown::{LineKind, Node, NodeKind},
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// A tab
    ///
    /// ## Why
    ///
    /// How wide a tab is depends on who looks. Markdown counts it as up to four blanks, which decides what belongs to an
    /// item and what is code.
    ///
    /// ## Bad
    ///
    /// ```md
    /// Tide⇥noon
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// Tide noon
    /// ```
    pub struct HardTab {
        /// Whether code is looked at too.
        #[serde(rename = "code_blocks")]
        code_blocks: bool = true,
        /// Languages of fenced code that may have tabs.
        #[serde(rename = "ignore_code_languages")]
        ignore_code_languages: Vec<String> = vec![],
        /// How many blanks the fix writes for a tab.
        #[serde(rename = "spaces_per_tab", deserialize_with = "crate::rules::counts::count")]
        spaces_per_tab: u32 = 1,
    }
    id = "hard-tab",
    on = false,
    fixable = Fixable::Always,
    aliases = &["MD010", "no-hard-tabs"],
}

impl Rule for HardTab {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let body = doc.ast.root().span();
        if !doc.slice(body).contains('\t') {
            return;
        }
        let mut excluded = self.excluded(doc);
        excluded.extend(doc.ast.html_comments(&doc.source));
        excluded.sort_unstable();
        let mut at = body.start;
        while let Some(found) = doc.source[at as usize..].find('\t') {
            let start = at + found as u32;
            let count = doc.source[start as usize..].bytes().take_while(|&byte| byte == b'\t').count() as u32;
            let tabs = Span::new(start, start + count);
            at = tabs.end;
            let before = excluded.partition_point(|excluded| excluded.start <= tabs.start);
            if !before.checked_sub(1).is_some_and(|at| excluded[at].contains(tabs)) {
                self.report(doc, sink, tabs);
            }
        }
    }
}

impl HardTab {
    /// The code that is not looked at.
    fn excluded(&self, doc: &Document) -> Vec<Span> {
        let is_named = |language: &str| {
            self.ignore_code_languages.iter().any(|name| name.eq_ignore_ascii_case(language))
        };
        let mut code = Vec::new();
        for block in doc.ast.code_blocks() {
            let is_excluded = match block.fence {
                Some(_) if !self.ignore_code_languages.is_empty() => is_named(block.language(&doc.source)),
                _ => !self.code_blocks,
            };
            if is_excluded && block.fence.is_none() {
                let start = block.node().prefix_end(&doc.source, &doc.lines);
                code.push(Span::new(start, block.span().end));
            } else if is_excluded {
                // The lines between the fences, with the blanks before the code in them.
                let lines = doc.ast.code_lines(&block);
                let start = lines
                    .first()
                    .map_or(block.content.start, |line| doc.lines.line_start(doc.lines.line_of(line.start)));
                code.push(Span::new(start.min(block.content.end), block.content.end));
            }
        }
        if !self.code_blocks {
            code.extend(doc.ast.of(NodeKind::Code).map(Node::span));
        }
        code
    }

    fn report(&self, doc: &Document, sink: &mut Sink<'_>, tabs: Span) {
        let what = if tabs.len() == 1 { "a tab".to_owned() } else { format!("{} tabs", tabs.len()) };
        let blanks = " ".repeat(tabs.len() as usize * self.spaces_per_tab as usize);
        // In code readers see it, and before a text it decides what that is.
        let line = doc.lines.line_of(tabs.start);
        let before = doc.slice(Span::new(doc.lines.line_start(line), tabs.start));
        let in_text = !doc.line_kind(line).is(LineKind::CODE.or(LineKind::HTML))
            && before.ends_with(char::is_alphanumeric)
            && !doc.ast.is_literal_at(tabs.start);
        let applicability =
            if in_text && !blanks.is_empty() { Applicability::Safe } else { Applicability::Unsafe };
        sink.report(tabs, what).help("write blanks").fix(Fix::replace(
            "write blanks",
            applicability,
            tabs,
            blanks,
        ));
    }
}
