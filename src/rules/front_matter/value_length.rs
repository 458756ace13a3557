use crate::{declare_rule, diagnostic::Sink, document::Document, rule::Rule, text::quantity};

declare_rule! {
    /// Title or description of the wrong length
    ///
    /// ## What it does
    ///
    /// Reports the keys `title` and `description` in front matter if their values are too long or too short.
    ///
    /// ## Why is this bad?
    ///
    /// Search engines cut off long titles and descriptions, and replace short descriptions.
    ///
    /// ## Example
    ///
    /// ```md
    /// ---
    /// title: How the tide turns at the northern pier of the harbour on the days of the full moon in autumn
    /// ---
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// ---
    /// title: How the tide turns
    /// ---
    /// ```
    pub struct ValueLength {
        /// Maximum length of the title in characters; 0 disables it.
        max_title: usize = 60,
        /// Minimum length of the description in characters; 0 disables it.
        min_description: usize = 0,
        /// Maximum length of the description in characters; 0 disables it.
        max_description: usize = 160,
    }
    id = "value-length",
    on = false,
}

impl Rule for ValueLength {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let Some(root) = doc.front_matter.as_ref().and_then(|it| it.tree.root.as_ref()) else { return };
        let limits =
            [("title", 0, self.max_title), ("description", self.min_description, self.max_description)];
        for (key, least, most) in limits {
            let Some((node, text)) = root.get(key).and_then(|node| Some((node, node.as_str()?))) else {
                continue;
            };
            let length = text.trim().chars().count();
            if most > 0 && length > most {
                let message = format!("{key} has {}, expected at most {most}", quantity(length, "character"));
                sink.report(node.span, message).help("shorten it");
            } else if length < least {
                let message =
                    format!("{key} has {}, expected at least {least}", quantity(length, "character"));
                sink.report(node.span, message).help("lengthen it");
            }
        }
    }
}
