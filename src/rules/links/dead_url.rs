use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    links::{AddressKind, Answer, shortened},
    rule::Rule,
    site::{Page, Site},
};

declare_rule! {
    /// URL that a link checker could not reach
    ///
    /// ## What it does
    ///
    /// Reports external URLs that a link checker could not reach, from the report that `--link-report` names. Without a
    /// report, the rule does nothing: copydesk does not request URLs.
    ///
    /// Answers `404` and `410` and unknown hosts are warnings. All other failures are infos: servers limit the number of
    /// requests, refuse programs, or are down for a while.
    ///
    /// ## Why is this bad?
    ///
    /// The link takes visitors to an error page.
    ///
    /// ## Example
    ///
    /// ```text
    /// The ferry has a [timetable](https://ferries.example/2019/timetable).
    /// ```
    ///
    /// With a report in which lychee got the answer `404 Not Found`: see
    /// [External URLs](../config.md#external-urls).
    ///
    /// ## Use instead
    ///
    /// ```text
    /// The ferry has a [timetable](https://ferries.example/timetable).
    /// ```
    pub struct DeadUrl {}
    id = "dead-url",
}

impl Rule for DeadUrl {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let Some(report) = &site.link_report else { return };
        for target in page.targets.iter().filter(|target| target.address == AddressKind::Web) {
            if page.ignored_links.binary_search(&target.span).is_ok() {
                continue;
            }
            let shown = shortened(&target.url);
            match report.answer(&target.url) {
                Some(Answer::Gone(why)) => {
                    sink.report(target.span, format!("`{shown}` is not available: {why}"))
                        .help("link to another page, or remove the link");
                }
                Some(Answer::Unclear(why)) => {
                    sink.report(target.span, format!("`{shown}` could not be checked: {why}"))
                        .at_most(Severity::Info);
                }
                Some(Answer::Moved(_)) | None => {}
            }
        }
    }
}
