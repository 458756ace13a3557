use jiff::{ToSpan, civil::Date};

use crate::{
    data::Node,
    declare_rule,
    diagnostic::{Severity, Sink},
    front_matter::dates,
    rule::Rule,
    site::{Page, Site},
    text::quantity,
};

declare_rule! {
    /// Page has not been updated for a long time
    ///
    /// ## What it does
    ///
    /// Reports pages whose latest date in front matter is older than `months`. Dates are those of the usual keys (`date`,
    /// `lastmod`, `updated` and others), or those under `dates` of the collection.
    ///
    /// ## Why is this bad?
    ///
    /// Instructions, prices and names go out of date. Use the rule for the parts of a site that have to stay true, in an
    /// override: posts of a blog may be old.
    ///
    /// ## Example
    ///
    /// ```md
    /// ---
    /// title: Ferry times
    /// updated: 2019-01-29
    /// ---
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// ---
    /// title: Ferry times
    /// updated: 2024-02-03
    /// ---
    /// ```
    pub struct StalePage {
        /// Number of months after which a page is reported.
        months: u16 = 24,
    }
    id = "stale-page",
    severity = Severity::Info,
    on = false,
}

impl Rule for StalePage {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let Some(root) = page.root() else { return };
        let dated =
            |node: &'_ Node| -> Option<Date> { Some(dates::parse(node.text()?).ok()?.datetime.date()) };
        let found = page.date_keys().iter().filter_map(|key| key.key.find(root));
        let latest = found.filter_map(|node| Some((dated(node)?, node))).max_by_key(|(day, _)| *day);
        let Some((day, node)) = latest else { return };
        let oldest = site.today.checked_sub(i32::from(self.months).months());
        if oldest.is_ok_and(|oldest| day < oldest) {
            let months = quantity(self.months, "month");
            sink.report(node.span, format!("page was last updated on {day}, more than {months} ago"))
                .help("check that it is still true, and update the date");
        }
    }
}
