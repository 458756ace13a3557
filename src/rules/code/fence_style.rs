use crate::{
    declare_rule,
    diagnostic::Sink,
    document::Document,
    fix::{Applicability, Edit, Fix},
    markdown::{CodeBlock, Fence, Typed},
    rule::{Fixable, Rule},
    rules::{code::fences, consistent::Consistent},
};

/// The character of a code fence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(inline)]
pub enum FenceCharacter {
    /// `` ``` ``
    Backtick,
    /// `~~~`
    Tilde,
}

declare_rule! {
    /// Inconsistent code fence style
    ///
    /// ## What it does
    ///
    /// Checks that all code fences of a page use the same character, backticks or tildes.
    ///
    /// ## Why is this bad?
    ///
    /// Both characters work the same. A single one makes the source easier to read and to search.
    ///
    /// ## Example
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
    /// ## Use instead
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
    ///
    /// ## Fix safety
    ///
    /// Fixes are safe: `--fix` replaces both fences and makes them longer than any fence inside the code. No fix is
    /// offered if the info string contains a backtick, which cannot follow a fence of backticks.
    ///
    /// ## References
    ///
    /// - [CommonMark: Fenced code blocks](https://spec.commonmark.org/0.31.2/#fenced-code-blocks)
    pub struct FenceStyle {
        /// The fence character; `consistent` uses that of the first code fence in the page.
        style: Consistent<FenceCharacter> = Consistent::First,
    }
    id = "fence-style",
    on = false,
    fixable = Fixable::Sometimes,
    aliases = &["MD048", "code-fence-style"],
}

impl Rule for FenceStyle {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let mut expected = self.style;
        for block in doc.ast.code_blocks() {
            let Some(fence) = block.fence else { continue };
            let actual = FenceCharacter::of(&fence);
            let expected = expected.or_first(actual);
            if actual == expected {
                continue;
            }
            let (actual, name) = (actual.name(), expected.name());
            let message = format!("code fence uses {actual}, expected {name}");
            let diagnostic = sink.report(fence.opening, message);
            match fix(doc, block, &fence, expected) {
                Some(fix) => diagnostic.fix(fix),
                None => diagnostic.help(format!("use {name}")),
            };
        }
    }
}

impl FenceCharacter {
    const fn of(fence: &Fence) -> Self {
        if fence.marker == b'`' { Self::Backtick } else { Self::Tilde }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Backtick => "backticks",
            Self::Tilde => "tildes",
        }
    }

    const fn marker(self) -> u8 {
        match self {
            Self::Backtick => b'`',
            Self::Tilde => b'~',
        }
    }
}

/// Replaces both fences. After a fence of backticks, the info string cannot contain backticks (CommonMark 0.31.2,
/// section 4.5).
fn fix(doc: &Document, block: Typed<'_, CodeBlock>, fence: &Fence, expected: FenceCharacter) -> Option<Fix> {
    if expected == FenceCharacter::Backtick && doc.slice(fence.info).contains('`') {
        return None;
    }
    let marker = expected.marker();
    let length = fences::length(doc, doc.ast.code_lines(&block), marker).max(fence.opening.len() as usize);
    let content = char::from(marker).to_string().repeat(length);
    let fences = [Some(fence.opening), fence.closing];
    let edits = fences.into_iter().flatten().map(|span| Edit { span, content: content.clone() }).collect();
    Some(Fix::new(format!("Use {}", expected.name()), Applicability::Safe, edits))
}
