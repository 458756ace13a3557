//! Texts that are looked for in every page.

use std::sync::OnceLock;

use memchr::memmem::Finder;

/// A text that is looked for again and again. To prepare a search takes longer than to search most pages, so that is done
/// once.
#[derive(Debug)]
pub struct Needle {
    text: &'static str,
    finder: OnceLock<Finder<'static>>,
}

impl Needle {
    /// One that is prepared when it is first looked for.
    pub const fn new(text: &'static str) -> Self {
        Self { text, finder: OnceLock::new() }
    }

    /// What is looked for.
    pub const fn text(&self) -> &'static str {
        self.text
    }

    /// Whether a text has it.
    pub fn is_in(&self, text: &str) -> bool {
        self.finder().find(text.as_bytes()).is_some()
    }

    /// Where it begins in a text.
    pub fn places<'t>(&'t self, text: &'t str) -> impl Iterator<Item = usize> + 't {
        self.finder().find_iter(text.as_bytes())
    }

    fn finder(&self) -> &Finder<'static> {
        self.finder.get_or_init(|| Finder::new(self.text))
    }
}
