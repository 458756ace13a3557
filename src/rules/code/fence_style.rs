use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    markdown::{CodeBlock, Fence, Typed},
    rule::{Fixable, Rule},
    rules::fences,
};

/// The fences that code blocks are to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum Style {
    /// That of the page's first fence.
    Consistent,
    /// `` ``` ``
    Backtick,
    /// `~~~`
    Tilde,
}

declare_rule! {
    /// A code block has another fence than the others
    ///
    /// ## Why
    ///
    /// Backticks and tildes do the same. One of them is easier to search for than two.
    ///
    /// ## Bad
    ///
    /// ````md
    /// ```sh
    /// tide --today
    /// ```
    ///
    /// ~~~sh
    /// tide --tomorrow
    /// ~~~
    /// ````
    ///
    /// ## Good
    ///
    /// ````md
    /// ```sh
    /// tide --today
    /// ```
    ///
    /// ```sh
    /// tide --tomorrow
    /// ```
    /// ````
    pub struct FenceStyle {
        /// The fence. `consistent` takes that of the page's first one.
        style: Style = Style::Consistent,
    }
    id = "fence-style",
    on = false,
    fixable = Fixable::Sometimes,
    aliases = &["MD048", "code-fence-style"],
}

impl Rule for FenceStyle {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let mut expected = self.style.marker();
        for block in doc.ast.code_blocks() {
            let Some(fence) = block.fence else { continue };
            let wanted = *expected.get_or_insert(fence.marker);
            if fence.marker != wanted {
                let message = format!("a fence of {}, not of {}", name(fence.marker), name(wanted));
                let found = sink.report(fence.opening, message);
                found.help(format!("write {}", name(wanted))).fixes.extend(fix(doc, block, &fence, wanted));
            }
        }
    }
}

impl Style {
    const fn marker(self) -> Option<u8> {
        match self {
            Self::Consistent => None,
            Self::Backtick => Some(b'`'),
            Self::Tilde => Some(b'~'),
        }
    }
}

const fn name(marker: u8) -> &'static str {
    if marker == b'`' { "backticks" } else { "tildes" }
}

/// Writes other fences, so long that nothing in the code ends it. Behind backticks there can be no backtick
/// (`CommonMark` 0.31.2, section 4.5).
fn fix(doc: &Document, block: Typed<'_, CodeBlock>, fence: &Fence, wanted: u8) -> Option<Fix> {
    if wanted == b'`' && doc.slice(fence.info).contains('`') {
        return None;
    }
    let length = fences::length(doc, doc.ast.code_lines(&block), wanted).max(fence.opening.len() as usize);
    let content = char::from(wanted).to_string().repeat(length);
    let fences = [Some(fence.opening), fence.closing];
    let edits = fences.into_iter().flatten().map(|span| Edit { span, content: content.clone() }).collect();
    Some(Fix::new(format!("write {}", name(wanted)), Applicability::Safe, edits))
}
