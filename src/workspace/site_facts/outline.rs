//! What facts say of the text of a page, which they do not have.

use aho_corasick::{AhoCorasick, MatchKind};
use xxhash_rust::xxh3::xxh3_128;

use crate::{
    document::MAX_LEN,
    secrets::{SecretKind, Secrets, push_marks},
};

/// The shortest secret that is looked for in texts without what shows it to be one, in bytes.
const LEAST_HIDDEN: usize = 4;

/// What facts say of a text.
#[derive(Debug)]
pub(in crate::workspace) struct Outline {
    pub(super) hash: u128,
    pub(super) shape: String,
    /// Its secrets.
    hidden: Box<[Box<str>]>,
}

impl Outline {
    pub(in crate::workspace) fn of(bytes: &[u8], secrets: &Secrets) -> Self {
        let text = String::from_utf8_lossy(bytes);
        let mut hidden: Vec<Box<str>> = Vec::new();
        for secret in secrets.find(&text) {
            let value = &text[secret.value];
            if secret.kind == SecretKind::User {
                hidden.push(mailbox(value).into());
            }
            hidden.push(value.into());
        }
        hidden.sort_unstable();
        hidden.dedup();
        Self { hash: xxh3_128(bytes), shape: shape(&text), hidden: hidden.into() }
    }

    pub(super) const fn has_secrets(&self) -> bool {
        !self.hidden.is_empty()
    }

    /// Finds the secrets of the page in texts that do not show them to be some. All are looked for together, as a page may
    /// have any number of them; `None` where there are too many for that.
    fn finder(&self) -> Option<AhoCorasick> {
        let hidden = self.hidden.iter().filter(|secret| secret.len() >= LEAST_HIDDEN);
        AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(hidden.map(|it| it.as_bytes()))
            .ok()
    }

    /// Masks the secrets of the page in texts of its facts.
    pub(super) fn mask<'a>(&self, secrets: &'a Secrets) -> impl Fn(&str) -> String + use<'a> {
        let finder = self.finder();
        move |text| {
            let shown = secrets.mask(text);
            let mut masked = String::with_capacity(shown.len());
            let Some(finder) = &finder else {
                // Any of them may be in it.
                push_marks(&mut masked, &shown);
                return masked;
            };
            finder.replace_all_with(&shown, &mut masked, |_, secret, masked| {
                push_marks(masked, secret);
                true
            });
            masked
        }
    }
}

/// The end of user information that may be taken for the name of a mailbox, as in `user:password@host`.
fn mailbox(user: &str) -> &str {
    let is_part = |c: char| c.is_ascii_alphanumeric() || "+-_.".contains(c);
    &user[user.trim_end_matches(is_part).len()..]
}

/// The characters of a text by their length in UTF-8, and its line breaks: each run as its length and a letter, so that
/// places can be told in lines and columns. `a` to `d` are characters of one to four bytes.
fn shape(text: &str) -> String {
    let mut shape = String::new();
    let (mut run, mut count) = ('a', 0_usize);
    for c in text.chars() {
        let next = match c {
            '\n' => 'n',
            '\r' => 'r',
            c => char::from(b"abcd"[c.len_utf8() - 1]),
        };
        if next != run && count > 0 {
            push_run(&mut shape, count, run);
            count = 0;
        }
        (run, count) = (next, count + 1);
    }
    if count > 0 {
        push_run(&mut shape, count, run);
    }
    shape
}

fn push_run(shape: &mut String, count: usize, letter: char) {
    shape.push_str(&count.to_string());
    shape.push(letter);
}

/// A text of a shape; `None` where it is none, or that of a text that is too long.
pub(super) fn text_of_shape(shape: &str) -> Option<String> {
    let mut text = String::new();
    let mut rest = shape;
    while let Some(at) = rest.find(|c: char| !c.is_ascii_digit()) {
        let count: usize = rest[..at].parse().ok()?;
        let letter = rest[at..].chars().next()?;
        let filler = match letter {
            'a' => "*",
            'b' => "×",
            'c' => "•",
            'd' => "🔒",
            'n' => "\n",
            'r' => "\r",
            _ => return None,
        };
        let len = count.checked_mul(filler.len())?;
        if (text.len() + len) as u64 > MAX_LEN {
            return None;
        }
        text.push_str(&filler.repeat(count));
        rest = &rest[at + letter.len_utf8()..];
    }
    rest.is_empty().then_some(text)
}

#[cfg(test)]
mod tests {
    use super::{shape, text_of_shape};

    #[test]
    fn a_shape_has_the_lines_and_widths_of_a_text() {
        let text = "# Café\r\n\n🚢 to the €uay\r.";
        assert_eq!(shape(text), "5a1b1r2n1d8a1c3a1r1a");
        let filled = text_of_shape(&shape(text)).expect("it is a shape");
        let lengths = |text: &str| text.chars().map(char::len_utf8).collect::<Vec<_>>();
        assert_eq!(lengths(&filled), lengths(text));
        assert_eq!(shape(&filled), shape(text));
    }

    #[test]
    fn what_is_no_shape_has_no_text() {
        for shape in ["a", "3", "3x", "-1a", "99999999999999999999a", "18446744073709551615d", "40000000a"] {
            assert_eq!(text_of_shape(shape), None, "{shape}");
        }
        assert_eq!(text_of_shape("").as_deref(), Some(""));
    }
}
