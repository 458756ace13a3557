use crate::{
    data::DataFormat,
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    front_matter::{FrontMatter, Misplaced, Misplacement, misplaced},
    markdown::DialectName,
    rule::Rule,
    text::Span,
};

declare_rule! {
    /// Front matter that is not parsed
    ///
    /// ## What it does
    ///
    /// Reports blocks that look like front matter but are not: a second block, a block after blank lines, comments or
    /// a heading, and a block with a delimiter such as `—--` or `----`. Where no generator is known, long lines of hyphens
    /// are accepted: other programs use them. Hugo, Zola and Astro skip blank lines, and most generators accept a longer
    /// closing delimiter, so there these are accepted, too.
    ///
    /// ## Why is this bad?
    ///
    /// Front matter starts on the first line of the page with `---`. Otherwise, the page has no title and no date, and
    /// the keys are rendered as a heading.
    ///
    /// ## Example
    ///
    /// ```md
    /// <!-- reviewed -->
    /// ---
    /// title: Harbour lights
    /// date: 2024-01-29
    /// ---
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// ---
    /// title: Harbour lights
    /// date: 2024-01-29
    /// ---
    /// <!-- reviewed -->
    /// ```
    pub struct MisplacedFrontMatter {}
    id = "misplaced-front-matter",
    severity = Severity::Error,
}

impl Rule for MisplacedFrontMatter {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        if doc.front_matter.as_ref().is_some_and(|it| it.closing.is_none()) || doc.damage.is_some() {
            return; // Reported by `missing-front-matter` or `invalid-encoding`.
        }
        if let Some((delimiter, cause)) = doc.front_matter.as_ref().and_then(|it| unread(doc, it)) {
            report(delimiter, cause, sink);
            return;
        }
        // Its definitions may be anywhere.
        if doc.dialect.has(DialectName::Franklin) {
            return;
        }
        let body = doc.ast.root().span().start;
        let Some(block) = misplaced(&doc.source, body, doc.front_matter.is_some()) else { return };
        // Without a generator, the program that reads the page may well ask for such a line.
        if block.cause == Misplacement::Delimiter && !doc.has_generator && is_between_rulers(doc, &block) {
            return;
        }
        report(block.opening, block.cause, sink);
    }
}

fn report(delimiter: Span, cause: Misplacement, sink: &mut Sink<'_>) {
    let (message, help) = match cause {
        Misplacement::Second => ("second front matter block", "merge it into the first one"),
        Misplacement::NotFirst => {
            ("front matter is not at the start of the page", "move it to the first line of the page")
        }
        Misplacement::Delimiter => ("invalid front matter delimiter", "use a line with exactly `---`"),
    };
    sink.report(delimiter, message).note("rendered as text").help(help);
}

/// The delimiter that keeps the generator from the front matter: blank lines are before it, or it is too long.
fn unread(doc: &Document, front_matter: &FrontMatter) -> Option<(Span, Misplacement)> {
    let before = doc.source[..front_matter.block.start as usize].trim_start_matches('\u{feff}');
    let is_yaml = front_matter.tree.format == DataFormat::Yaml;
    let search = doc.front_matter_search;
    if !before.is_empty() && is_yaml && !search.skips_blank_lines {
        return Some((front_matter.opening, Misplacement::NotFirst));
    }
    let is_long = |closing: &Span| doc.slice(*closing).starts_with("----");
    let closing = front_matter.closing.filter(is_long).filter(|_| search.needs_exact_end)?;
    Some((closing, Misplacement::Delimiter))
}

/// Whether the block is between two lines of hyphens that are too long to be mistyped delimiters.
fn is_between_rulers(doc: &Document, block: &Misplaced) -> bool {
    const SHORTEST: usize = 8;
    let is_ruler = |line: &str| line.len() >= SHORTEST && line.bytes().all(|byte| byte == b'-');
    let after = &doc.source[block.content.end as usize..];
    is_ruler(doc.slice(block.opening).trim())
        && after.lines().next().is_some_and(|line| is_ruler(line.trim()))
}
