use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::{Applicability, Changes, Edit, Fix},
    links::{AddressKind, Query, QueryCut, WebAddress, is_tracking_parameter, shortened},
    rule::{Fixable, Rule},
    text::{Span, is_host_below},
};

declare_rule! {
    /// Tracking parameter in a URL
    ///
    /// ## What it does
    ///
    /// Reports parameters in link URLs that exist only for tracking, such as `utm_source`, `fbclid` and `gclid`.
    ///
    /// ## Why is this bad?
    ///
    /// Tracking parameters are often copied along with a URL from a newsletter or a social network. They attribute
    /// your visitors to the wrong campaign, and make the URL long.
    ///
    /// ## Example
    ///
    /// ```md
    /// Read the [tide tables](https://tides.example/2024?utm_source=newsletter&day=3).
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// Read the [tide tables](https://tides.example/2024?day=3).
    /// ```
    ///
    /// ## Fix safety
    ///
    /// The fix is safe: the parameters have no effect on the content of the target page.
    ///
    /// Links to the site itself and links whose parameters name the site, such as `utm_source=quay-docs` on the site
    /// `docs.quay.example`, or say that they are in documentation, such as `utm_medium=readme`, probably belong to a campaign of
    /// the site. They are reported as `info`, and the fix is
    /// unsafe. Parameters in code that a site gives for pasting are reported as `info`, too: in embeds of YouTube and Twitter,
    /// badges (`utm_source=badge`) and credits of photos (`utm_source=unsplash` on `unsplash.com`).
    pub struct TrackingParameter {
        /// Additional tracking parameters; a trailing `*` matches all names with that prefix.
        parameters: Vec<String> = vec![],
        /// Parameters to ignore.
        allow: Vec<String> = vec![],
        /// Words that identify the site in URLs and in the values of parameters. By default, those in the host name of
        /// the site and in the paths of its URL and its repository.
        campaigns: Vec<String> = vec![],
    }
    id = "tracking-parameter",
    fixable = Fixable::Always,
    changes = Changes::Addresses,
}

impl Rule for TrackingParameter {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let kinds = [AddressKind::Web, AddressKind::ProtocolRelative, AddressKind::Relative];
        for target in doc.targets().iter().filter(|target| kinds.contains(&target.address)) {
            let written = doc.slice(target.span);
            if !written.contains('?') {
                continue;
            }
            let host = WebAddress::of(&target.url).map_or("", |web| web.host());
            let is_own = |cuts: &[QueryCut]| {
                let values = cuts.iter().flat_map(|cut| written[cut.shown.clone()].split('&'));
                let mut values = values.filter_map(|parameter| Some(parameter.split_once('=')?.1));
                target.address == AddressKind::Relative
                    || self.names_site(host)
                    || values.any(|value| self.names_site(value) || names_documentation(value))
            };
            let cuts = Query::new(written).cuts(|name| self.is_tracking(name, host));
            let Some(first) = cuts.first() else { continue };
            let shown = |cut: &QueryCut| Span::from_range(cut.shown.clone()).shift(target.span.start);
            let (most, applicability) = if is_own(&cuts) {
                (Severity::Info, Applicability::Unsafe)
            } else if is_of_embed(written, host, &cuts) {
                (Severity::Info, Applicability::Safe)
            } else {
                (Severity::Error, Applicability::Safe)
            };
            let diagnostic = sink.report(shown(first), message(&cuts));
            diagnostic.at_most(most);
            for cut in &cuts[1..] {
                diagnostic.label(shown(cut), "also here");
            }
            let removed = cuts.iter().map(|cut| Span::from_range(cut.removed.clone()));
            let edits =
                removed.map(|span| Edit { span: span.shift(target.span.start), content: String::new() });
            diagnostic.fix(Fix::new("Remove tracking parameters", applicability, edits.collect()));
        }
    }
}

/// Whether the value of a parameter says that its link is in the documentation of a project, where an author has put it.
fn names_documentation(value: &str) -> bool {
    const WORDS: [&str; 5] = ["docs", "documentation", "oss", "readme", "website"];
    let mut words = value.split(|c: char| !c.is_alphanumeric());
    words.any(|word| WORDS.iter().any(|it| word.eq_ignore_ascii_case(it)))
}

impl TrackingParameter {
    fn is_tracking(&self, name: &str, host: &str) -> bool {
        let is_listed = |listed: &String| {
            listed.strip_suffix('*').map_or(listed == name, |prefix| name.starts_with(prefix))
        };
        !self.allow.iter().any(|allowed| allowed == name)
            && (is_tracking_parameter(name, host) || self.parameters.iter().any(is_listed))
    }

    /// Whether one of the words of a text identifies the site: is one of its names, or a long one and what is written
    /// together with it.
    fn names_site(&self, text: &str) -> bool {
        const LONG: usize = 5;
        let is_it = |word: &str, name: &str| {
            let word = word.to_lowercase();
            let is_part = name.len() >= LONG && (word.starts_with(name) || word.ends_with(name));
            is_part || word == name
        };
        let mut words = text.split(|c: char| !c.is_alphanumeric());
        words.any(|word| self.campaigns.iter().any(|name| is_it(word, &name.to_lowercase())))
    }
}

/// Whether a URL is one of the code that sites give for embeds, badges and credits, which people paste as a whole.
fn is_of_embed(written: &str, host: &str, cuts: &[QueryCut]) -> bool {
    let is_widget = |cut: &QueryCut| written[cut.shown.clone()].starts_with("ref_src=twsrc");
    let is_given = |parameter: &str| {
        let value = parameter.split_once('=').map_or("", |(_, value)| value);
        let is_badge = value.split('-').any(|word| word.eq_ignore_ascii_case("badge"));
        let names_host = || host.split('.').any(|label| label.eq_ignore_ascii_case(value));
        is_badge || parameter.starts_with("utm_source=") && names_host()
    };
    is_host_below(host, "twitter.com") && cuts.iter().all(is_widget)
        || is_host_below(host, "youtube.com") && written.contains("/embed/")
        || cuts.iter().any(|cut| written[cut.shown.clone()].split('&').any(is_given))
}

fn message(cuts: &[QueryCut]) -> String {
    let names: Vec<_> = cuts.iter().flat_map(|cut| &cut.names).map(|name| shortened(name)).collect();
    match &names[..] {
        [name] => format!("tracking parameter `{name}` in URL"),
        [first, second] => format!("tracking parameters `{first}` and `{second}` in URL"),
        _ => format!("tracking parameter `{}` and {} more in URL", names[0], names.len() - 1),
    }
}
