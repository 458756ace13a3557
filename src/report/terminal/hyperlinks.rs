//! Hyperlinks in terminals: OSC 8 sequences around a text, for terminals that are known to have them.

use std::{io, path::Path};

use crate::{
    report::{Hyperlinks, encoded, reported::web_page},
    rule::RuleMeta,
};

impl Hyperlinks {
    /// A rule's id, as a link to its page where that is on the web.
    pub(super) fn to_rule(self, rule: &RuleMeta) -> String {
        match web_page(rule) {
            Some(url) if self == Self::Always => format!("{}{}{}", open(&url), rule.id, open("")),
            _ => rule.id.to_owned(),
        }
    }
}

/// Writes `text` as a link to `url`, which must be percent-encoded.
pub(super) fn write(url: &str, text: &[u8], out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all(open(url).as_bytes())?;
    out.write_all(text)?;
    out.write_all(open("").as_bytes())
}

/// The URL of a file, by its absolute path.
pub(super) fn file_url(path: &Path) -> String {
    let path = encoded(path);
    let slash = if path.starts_with('/') { "" } else { "/" };
    format!("file://{slash}{path}")
}

fn open(url: &str) -> String {
    format!("\x1b]8;;{url}\x1b\\")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_end_the_sequence() {
        let url = file_url(Path::new("/site/a b\u{1b}\\\u{7}é.md"));
        assert_eq!(url, "file:///site/a%20b%1B%5C%07%C3%A9.md");
    }

    #[test]
    fn the_text_is_between_two_sequences() {
        let mut out = Vec::new();
        write("file:///a.md", b"a.md", &mut out).expect("memory can be written");
        assert_eq!(String::from_utf8_lossy(&out), "\x1b]8;;file:///a.md\x1b\\a.md\x1b]8;;\x1b\\");
    }
}
