use crate::{
    declare_rule,
    diagnostic::Sink,
    fix::{Applicability, Changes, Fix},
    front_matter::rewrite::retext,
    rule::{Fixable, Rule},
    site::{Page, Site},
    text::quantity,
};

declare_rule! {
    /// Tag is spelled differently on other pages
    ///
    /// ## What it does
    ///
    /// Reports values of `tags`, `categories`, `keywords` and `topics` that most other pages spell with another case, with
    /// other spaces and hyphens, or in the singular or plural.
    ///
    /// ## Why is this bad?
    ///
    /// Generators make a page for each spelling, and visitors of one of them miss the posts of the others.
    ///
    /// ## Example
    ///
    /// ```yaml
    /// tags: [night-ferry]
    /// tags: [Night Ferry]
    /// tags: [Night Ferry]
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```yaml
    /// tags: [Night Ferry]
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix is unsafe: the other spelling may be the wrong one.
    pub struct InconsistentTag {}
    id = "inconsistent-tag",
    on = false,
    fixable = Fixable::Sometimes,
    changes = Changes::Values,
}

impl Rule for InconsistentTag {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let Some(format) = page.tree().map(|tree| tree.format) else { return };
        for (key, node, spellings) in site.tags(page) {
            let (Some(tag), Some((usual, count))) = (node.text(), spellings.usual()) else { continue };
            if tag == usual {
                continue;
            }
            let pages = quantity(count, "page");
            let fix = retext(node, format, usual).map(|text| {
                Fix::replace(format!("Replace with `{usual}`"), Applicability::Unsafe, node.span, text)
            });
            sink.report(
                node.span,
                format!("inconsistent value of `{key}`: `{tag}` here, `{usual}` on {pages}"),
            )
            .fix_or_help(fix, format!("use `{usual}`"));
        }
    }
}
