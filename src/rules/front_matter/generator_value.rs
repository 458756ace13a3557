use crate::{
    declare_rule,
    diagnostic::Sink,
    rule::Rule,
    rules::front_matter::schema_findings,
    site::{Page, Site, urls::SiteKind},
};

declare_rule! {
    /// Value that the site generator rejects or misreads
    ///
    /// ## What it does
    ///
    /// Checks front matter keys that the site generator itself reads, in its content directories: values that stop the
    /// build, and values that mean something else to the generator than they say. This is known for Hugo, Jekyll,
    /// Docusaurus, MkDocs, Starlight, Eleventy and Zola. `copydesk schema hugo` prints what is checked; keys that the
    /// generator does not read are not checked.
    ///
    /// Values that the schema of the collection already rejects are not reported again.
    ///
    /// ## Why is this bad?
    ///
    /// The build fails, or the page is published when it should not be, at another URL or with another date.
    ///
    /// ## Example
    ///
    /// Hugo publishes this page, with a date in 1970:
    ///
    /// ```markdown
    /// ---
    /// title: High tide
    /// date: 20240129
    /// draft: yes
    /// ---
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// ---
    /// title: High tide
    /// date: 2024-01-29
    /// draft: true
    /// ---
    /// ```
    pub struct GeneratorValue {}
    id = "generator-value",
}

impl Rule for GeneratorValue {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        if is_passed_over(page, site) {
            return;
        }
        let is_new = |span| !page.schema_findings.iter().any(|finding| finding.span == span);
        schema_findings::report(page.generator_findings.iter().filter(|it| is_new(it.span)), sink);
    }
}

/// Whether Jekyll does not read the page: its name begins with an underscore.
fn is_passed_over(page: &Page, site: &Site) -> bool {
    let name = page.path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    name.starts_with('_') && site.layout_of(page).kind == Some(SiteKind::Jekyll)
}
