use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    document::Document,
    fix::{Applicability, Changes, Fix},
    markdown::{SlipKind, is_destination},
    rule::{Fixable, Rule},
};

declare_rule! {
    /// The brackets and the parentheses of a link are swapped
    ///
    /// ## Why
    ///
    /// A link is text in brackets, then its destination in parentheses. The other way round it is no link: readers see
    /// the brackets, the parentheses and the address.
    ///
    /// Unless the option `any-text` is on, one of the two has to be an address or a path, so that `f(x)[0]` is left
    /// alone. Code is always left alone.
    ///
    /// ## Bad
    ///
    /// ```md
    /// The (tide table)[https://harbour.example/tides] is out.
    /// ```
    ///
    /// ```md
    /// The (https://harbour.example/tides)[tide table] is out.
    /// ```
    ///
    /// ## Good
    ///
    /// ```md
    /// The [tide table](https://harbour.example/tides) is out.
    ///
    /// Berth (north)[3] is free.
    /// ```
    pub struct ReversedLink {
        /// Whether `(text)[text]` is reported too where neither is an address or a path, as markdownlint does.
        any_text: bool = false,
    }
    id = "reversed-link",
    severity = Severity::Error,
    fixable = Fixable::Sometimes,
    changes = Changes::Blocks,
    aliases = &["MD011", "no-reversed-links"],
    markdownlint = &[("any-text", true)],
}

impl Rule for ReversedLink {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        for slip in doc.link_facts().slips.iter().filter(|slip| slip.kind == SlipKind::Reversed) {
            let (in_parentheses, in_brackets) = (doc.slice(slip.text), doc.slice(slip.destination));
            let is_swapped = leads_somewhere(in_parentheses) && !leads_somewhere(in_brackets);
            let (text, destination) =
                if is_swapped { (in_brackets, in_parentheses) } else { (in_parentheses, in_brackets) };
            if !self.any_text && !leads_somewhere(destination) {
                continue;
            }
            let found = sink.report(slip.span, "the brackets and the parentheses of this link are swapped");
            found.help("write `[text](address)`: the text in brackets, the address in parentheses");
            if !destination.contains(char::is_whitespace) {
                let scheme = if destination.starts_with("www.") { "https://" } else { "" };
                let link = format!("[{text}]({scheme}{destination})");
                found.fix(Fix::replace("swap the brackets", Applicability::Unsafe, slip.span, link));
            }
        }
    }
}

fn leads_somewhere(text: &str) -> bool {
    !text.contains(char::is_whitespace) && is_destination(text)
}
