//! Comments that other spell checkers obey: cspell's, vale's, codespell's, and the `spellchecker:off` that typos is
//! usually set up with.

use std::collections::HashMap;

use crate::text::Span;

/// Where a page asks spell checkers not to look, and which of its words it calls right.
#[derive(Debug, Clone, Default)]
pub(super) struct Directives {
    /// The parts of the page that are not checked, in source order and apart from each other.
    off: Vec<Span>,
    /// Words in lower case, and where they are right: parts in source order and apart from each other.
    words: HashMap<Box<str>, Vec<Span>>,
}

/// What one directive says.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Directive<'a> {
    /// Nothing is checked from here on.
    Off,
    /// All is checked from here on.
    On,
    /// This line is not checked; without words, nothing of it.
    Line(Vec<&'a str>),
    /// The next line is not checked.
    NextLine,
    /// These words are right on the page.
    Words(Vec<&'a str>),
    /// What has no effect here, such as the choice of a dictionary.
    Other,
}

/// What a comment for a spell checker speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckerScope {
    /// The page.
    Page,
    /// The line at this place.
    Line(u32),
    /// All from it on, until another ends that.
    Opens,
    /// It ends what another began.
    Closes,
}

/// What a comment, given without its markers, keeps other spell checkers from reading; the page, where that is several
/// things. `None` where it is no such comment.
pub fn checker_scope(source: &str, comment: Span) -> Option<CheckerScope> {
    let mut lines = Lines { source, last: None };
    let scopes = comment.of(source).lines().filter_map(|text| match parse(text)? {
        Directive::Off => Some(CheckerScope::Opens),
        Directive::On => Some(CheckerScope::Closes),
        Directive::Line(_) => Some(CheckerScope::Line(comment.start)),
        Directive::NextLine => {
            Some(CheckerScope::Line((lines.at(comment.end).end + 1).min(source.len() as u32)))
        }
        Directive::Words(_) => Some(CheckerScope::Page),
        Directive::Other => None,
    });
    scopes.reduce(|one, other| if one == other { one } else { CheckerScope::Page })
}

impl Directives {
    /// Reads the comments of a page, given without their markers and in source order.
    pub(super) fn of(source: &str, comments: &[Span]) -> Self {
        let mut directives = Self::default();
        let mut open: Option<u32> = None;
        let mut lines = Lines { source, last: None };
        for comment in comments {
            for text in comment.of(source).lines() {
                match parse(text) {
                    Some(Directive::Off) => open = open.or(Some(comment.start)),
                    Some(Directive::On) => {
                        directives.off.extend(open.take().map(|start| Span::new(start, comment.end)));
                    }
                    Some(Directive::Line(words)) => directives.accept(&words, lines.at(comment.start)),
                    Some(Directive::NextLine) => {
                        let end = lines.at(comment.end).end;
                        directives.off.push(lines.at((end + 1).min(source.len() as u32)));
                    }
                    Some(Directive::Words(words)) if !words.is_empty() => {
                        directives.accept(&words, Span::new(0, source.len() as u32));
                    }
                    Some(Directive::Words(_) | Directive::Other) | None => {}
                }
            }
        }
        directives.off.extend(open.map(|start| Span::new(start, source.len() as u32)));
        merge(&mut directives.off);
        directives.words.values_mut().for_each(merge);
        directives
    }

    fn accept(&mut self, words: &[&str], place: Span) {
        if words.is_empty() {
            self.off.push(place);
        }
        for word in words {
            self.words.entry(word.to_lowercase().into()).or_default().push(place);
        }
    }

    /// Whether a word at a place, given without a possessive `'s`, is not to be reported.
    pub(super) fn silence(&self, word: &str, place: Span) -> bool {
        covers(&self.off, place)
            || !self.words.is_empty()
                && self.words.get(&*word.to_lowercase()).is_some_and(|scopes| covers(scopes, place))
    }
}

/// Sorts parts of a page, and makes one of those that meet.
fn merge(parts: &mut Vec<Span>) {
    parts.sort_unstable();
    parts.dedup_by(|next, part| {
        let meets = next.start <= part.end;
        if meets {
            part.end = part.end.max(next.end);
        }
        meets
    });
}

/// Whether one of the merged parts contains a place.
fn covers(parts: &[Span], place: Span) -> bool {
    let after = parts.partition_point(|part| part.start <= place.start);
    parts[..after].last().is_some_and(|part| part.contains(place))
}

/// Whether a comment, given without its markers, is a directive of some spell checker or prose linter, or a single word,
/// which is a mark for a program, such as `tocstop`: its words are no prose.
pub(super) fn is_directive(comment: &str) -> bool {
    let is_named = |line: &str| {
        let tools = ["ltex", "textlint", "markdownlint", "prettier", "dprint", "lint"];
        let rest = tools.iter().find_map(|tool| strip(line, tool));
        rest.is_some_and(|rest| {
            rest.starts_with([':', '-', '='])
                || [" disable", " enable", " ignore"].iter().any(|it| rest.starts_with(it))
        })
    };
    let is_mark = !comment.trim().contains(char::is_whitespace);
    is_mark || comment.lines().map(str::trim).any(|line| parse(line).is_some() || is_named(line))
}

/// Reads one line of a comment.
///
/// - cspell: <https://cspell.org/docs/Configuration/document-settings>, with `cSpell`, `spell-checker` and
///   `spellchecker` for `cspell`
/// - vale: <https://vale.sh/docs/formats/markdown#comments>
/// - codespell: <https://github.com/codespell-project/codespell#ignoring-words>
/// - typos has none of its own; its reference proposes `spellchecker:off` and `on`, `disable-line` and
///   `ignore-next-line`: <https://github.com/crate-ci/typos/blob/master/docs/reference.md>
fn parse(line: &str) -> Option<Directive<'_>> {
    let line = line.trim().trim_start_matches(['#', '/', '*', ' ']);
    if let Some(rest) = strip(line, "vale ") {
        return vale(rest.trim());
    }
    if let Some(rest) = strip(line, "ltex:") {
        return Some(match strip(rest.trim(), "enabled=") {
            Some("false") => Directive::Off,
            Some("true") => Directive::On,
            _ => Directive::Other,
        });
    }
    let names = ["cspell", "spell-checker", "spellchecker", "spell", "codespell", "typos"];
    let (name, rest) = names.iter().find_map(|name| Some((*name, strip(line, name)?.strip_prefix(':')?)))?;
    let rest = rest.trim_start_matches(':').trim();
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(rest.len());
    let (command, words) = rest.split_at(end);
    let is_list = |c: char| c.is_whitespace() || c == ',';
    let words = || words.trim_start_matches(':').split(is_list).filter(|word| !word.is_empty()).collect();
    Some(match (name, &*command.to_ascii_lowercase().replace('_', "-")) {
        ("codespell", "ignore") => Directive::Line(words()),
        (_, "off" | "disable" | "ignore-begin") => Directive::Off,
        (_, "on" | "enable" | "ignore-end") => Directive::On,
        (_, "disable-line" | "ignore-line") | ("typos", "ignore") => Directive::Line(vec![]),
        (_, "disable-next" | "disable-next-line" | "ignore-next-line") => Directive::NextLine,
        (_, "word" | "words" | "ignore" | "ignoreword" | "ignorewords" | "ignore-word" | "ignore-words") => {
            Directive::Words(words())
        }
        _ => Directive::Other,
    })
}

/// `off`, `on`, and rules of vale's that are about spelling.
fn vale(rest: &str) -> Option<Directive<'_>> {
    match rest {
        "off" => return Some(Directive::Off),
        "on" => return Some(Directive::On),
        _ => {}
    }
    let (rule, value) = rest.split_once('=')?;
    let is_spelling = rule.to_ascii_lowercase().contains("spell");
    Some(match value.trim() {
        "NO" if is_spelling => Directive::Off,
        "YES" if is_spelling => Directive::On,
        _ => Directive::Other,
    })
}

/// The text after a beginning, whatever its case.
fn strip<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(start.len())?;
    head.eq_ignore_ascii_case(start).then_some(rest)
}

/// The lines of a text, of which the same is often asked for several times.
struct Lines<'a> {
    source: &'a str,
    last: Option<Span>,
}

impl Lines<'_> {
    /// The line at an offset, without its line break.
    fn at(&mut self, at: u32) -> Span {
        let line = self.last.filter(|line| line.start <= at && at <= line.end);
        *self.last.insert(line.unwrap_or_else(|| {
            let (bytes, at) = (self.source.as_bytes(), at as usize);
            let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |it| it + 1);
            let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |it| at + it);
            Span::from_range(start..end)
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::{Directive, Directives, is_directive, parse};
    use crate::text::Span;

    #[test]
    fn directives_are_read_as_their_tools_read_them() {
        for (line, expected) in [
            ("cspell:ignore quayz Berthz", Some(Directive::Words(vec!["quayz", "Berthz"]))),
            (" cSpell: words quayz, berthz", Some(Directive::Words(vec!["quayz", "berthz"]))),
            ("spell-checker:disable", Some(Directive::Off)),
            ("spellchecker:off", Some(Directive::Off)),
            ("cspell:enable", Some(Directive::On)),
            ("cspell:disable-next-line", Some(Directive::NextLine)),
            ("spellchecker:disable-line", Some(Directive::Line(vec![]))),
            ("codespell:ignore quayz", Some(Directive::Line(vec!["quayz"]))),
            ("codespell:ignore", Some(Directive::Line(vec![]))),
            ("vale off", Some(Directive::Off)),
            ("vale Vale.Spelling = NO", Some(Directive::Off)),
            ("vale Quay.Tone = NO", Some(Directive::Other)),
            ("cspell:locale en-GB", Some(Directive::Other)),
            ("vale of tears", None),
            ("spell it out", None),
            ("", None),
        ] {
            assert_eq!(parse(line), expected, "{line}");
        }
        assert!(is_directive("LTeX: language=de-DE") && is_directive("markdownlint-disable MD013"));
        assert!(
            is_directive(" quaystop ") && !is_directive("Lint the quay") && !is_directive("remark on it")
        );
    }

    #[test]
    fn places_end_where_the_page_says_so() {
        let source = "a <!--cspell:disable--> b <!--cspell:enable--> c\n<!--typos:ignore-next-line-->\nd\ne";
        let comments: Vec<Span> = source
            .match_indices("<!--")
            .map(|(at, _)| {
                let end = at + source[at..].find("-->").expect("it ends");
                Span::from_range(at + 4..end)
            })
            .collect();
        let directives = Directives::of(source, &comments);
        let is_silent = |word: &str| {
            let at = source.find(&format!("{word}\n")).or_else(|| source.find(word)).expect("it is there");
            directives.silence(word, Span::from_range(at..at + word.len()))
        };
        assert!(
            is_silent(" b ") && is_silent("d") && !is_silent("a ") && !is_silent("c\n") && !is_silent("\ne")
        );
    }
}
