use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::{Changes, Edit, Fix},
    links::{AddressKind, Schemeless, shortened},
    rule::{Fixable, Rule},
    text::Span,
};

declare_rule! {
    /// An address of the web lacks its scheme
    ///
    /// ## Why
    ///
    /// Without `https://` in front, `ferries.org/times` is a path: browsers look for a folder `ferries.org` beside the
    /// page. The same goes for an e-mail address without `mailto:`.
    ///
    /// ## Bad
    ///
    /// ```md
    /// See the [ferry times](ferries.org/times), or [write to us](crew@ferries.org).
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// See the [ferry times](https://ferries.org/times), or [write to us](mailto:crew@ferries.org).
    /// ```
    pub struct MissingScheme {
        /// Folders and files of the site whose names look like hosts.
        allow: Vec<String> = vec![],
    }
    id = "missing-scheme",
    severity = Severity::Error,
    fixable = Fixable::Sometimes,
    changes = Changes::Addresses,
}

impl Rule for MissingScheme {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for target in doc.targets().iter().filter(|target| target.address == AddressKind::Relative) {
            let Some(lack) = Schemeless::of(&target.url) else { continue };
            if self.allow.iter().any(|allowed| allowed == lack.name) {
                continue;
            }
            let Schemeless { name, scheme, trust } = lack;
            let what = if scheme == "mailto:" { "an e-mail address" } else { "a host" };
            let shown = shortened(name);
            let message = format!("`{shown}` is {what}, but without `{scheme}` it is taken for a path");
            let found = sink.report(target.part(0..name.len()), message);
            let help = format!("write `{scheme}{shown}`");
            found.help(help.clone());
            let edit = Edit { span: Span::empty(target.span.start), content: scheme.to_owned() };
            found.fix(Fix::new(help, trust, vec![edit]));
        }
    }
}
