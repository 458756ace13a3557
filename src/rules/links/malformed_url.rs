use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::{Applicability, Changes, Fix},
    links::{self, TargetKind},
    rule::{Fixable, Rule},
};

declare_rule! {
    /// An address is not well formed
    ///
    /// ## Why
    ///
    /// A slip in an address leads readers nowhere, or to somebody else. Browsers mend some slips and not others, so the
    /// link may work for the one who wrote it and for nobody else: a backslash, a slash that is missing, a scheme with a
    /// letter too few, an address pasted behind another, quotes that a word processor added, letters of another alphabet
    /// that look like Latin ones.
    ///
    /// ## Bad
    ///
    /// ```md
    /// The [pilots](htps://pilots.example) and the [port](https://https://port.example).
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// The [pilots](https://pilots.example) and the [port](https://port.example).
    /// ```
    pub struct MalformedUrl {
        /// Hosts without a dot that readers can reach, such as those of a company's own network.
        hosts: Vec<String> = vec![],
    }
    id = "malformed-url",
    severity = Severity::Error,
    fixable = Fixable::Sometimes,
    changes = Changes::Addresses,
}

impl Rule for MalformedUrl {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for target in doc.targets() {
            let Some(defect) = links::defect(&target.url, target.address, &self.hosts) else { continue };
            // What is left of a link that is broken in another way is reported as that.
            if target.kind == TargetKind::Bare && doc.link_facts().slip_behind(target.owner).is_some() {
                continue;
            }
            let found = sink.report(target.part(defect.part), defect.message);
            let Some(better) = defect.better else { continue };
            let title = format!("write `{}`", links::shortened(&better));
            found.help(title.clone());
            if target.is_verbatim {
                found.fix(Fix::replace(title, Applicability::Unsafe, target.span, better));
            }
        }
    }
}
