//! Pages that are not given to the parser, because it would take far more memory or time than their length says.

use super::{Ast, fences::Fences};
use crate::text::{Needle, Span};

/// Why a page is not parsed, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Excess {
    /// What there is too much of.
    pub kind: ExcessKind,
    /// The place of the first that is too much, in bytes of the text that was looked at.
    pub at: u32,
}

/// What a page has too much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExcessKind {
    /// Characters that may have a meaning in Markdown: each takes the parser some hundreds of bytes of memory.
    Delimiters,
    /// URLs in one run of characters without white space, some of them cut by a `<`: the parser reads from each to the
    /// end of the run.
    Addresses,
    /// Levels of nesting.
    Levels,
}

/// Nodes of the parser that any page may take. A node takes some 250 bytes of memory, and at most 340 with what is
/// found in it, so these take at most 34 MB. Tables of emoji and of rules, which have the most, take half of them.
const MAX_NODES: usize = 100_000;

/// In a page that takes more, there may be so many nodes for this many bytes, so that a byte of the page takes at most
/// 100 bytes of memory. Prose has one for seven bytes, and a list of links or link definitions one for four.
const NODES_PER_BYTES: (usize, usize) = (2, 7);

/// Bytes that the parser may read again for each byte of a page.
const MAX_REREAD: usize = 16;

/// Bytes that it may read again in any page.
const LEAST_REREAD: usize = 100_000;

/// How deep blocks and inlines may nest. Much of what is asked of a tree walks up from a node to the document.
const MAX_LEVELS: usize = 500;

impl Excess {
    /// What a Markdown text has too much of to be parsed. Linear in its length.
    pub fn of(markdown: &str) -> Option<Self> {
        delimiters(markdown).or_else(|| addresses(markdown))
    }

    /// What the tree of a page has too much of to be asked anything.
    pub fn of_tree(ast: &Ast) -> Option<Self> {
        let mut ends: Vec<usize> = Vec::new();
        for node in ast.nodes() {
            while ends.pop_if(|end| *end <= node.index()).is_some() {}
            if ends.len() > MAX_LEVELS {
                return Some(Self { kind: ExcessKind::Levels, at: node.span().start });
            }
            let inside = node.descendants().len();
            if inside > 0 {
                ends.push(node.index() + 1 + inside);
            }
        }
        None
    }

    /// The message and the help.
    pub fn explain(self) -> (String, &'static str) {
        match self.kind {
            ExcessKind::Delimiters => (
                "the page has too many Markdown delimiters for its length".to_owned(),
                "split the page, or move text that is not Markdown into a code block",
            ),
            ExcessKind::Addresses => (
                "too many URLs without a space between them".to_owned(),
                "separate them with spaces or line breaks",
            ),
            ExcessKind::Levels => {
                (format!("the Markdown is nested more than {MAX_LEVELS} levels deep"), "reduce the nesting")
            }
        }
    }

    /// The place as a span without length.
    pub fn span(self) -> Span {
        Span::empty(self.at)
    }
}

/// Counts the nodes that the parser makes for its own use: one for each character that may mean something, and one for
/// the text between two of them.
fn delimiters(markdown: &str) -> Option<Excess> {
    let bytes = markdown.as_bytes();
    let (times, of) = NODES_PER_BYTES;
    let most = MAX_NODES.max(bytes.len() / of * times);
    // Each mark is a node, and so is the text before it: hardly any page needs a closer look.
    let marks = || bytes.iter().filter(|byte| may_be_mark(**byte)).count();
    if bytes.len() <= most / 2 || signs(bytes) * 2 < most || marks() * 2 < most {
        return None;
    }
    let mut code = SureCode::default();
    let mut nodes = 0;
    let mut start = 0;
    for line in markdown.split_inclusive('\n') {
        if !code.has(line) {
            nodes += nodes_of(line.as_bytes());
            if nodes > most {
                return Some(Excess { kind: ExcessKind::Delimiters, at: start as u32 });
            }
        }
        start += line.len();
    }
    None
}

/// How many bytes of a text are no letters, digits or spaces, or a `w`: more than those that may mean something, and counted
/// many at a time.
fn signs(bytes: &[u8]) -> usize {
    /// As many as a byte can count.
    const BLOCK: usize = 128;
    let is_sign = |byte: u8| {
        let lower = byte | 0x20;
        let is_other = lower.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b' ';
        !is_other || lower == b'w'
    };
    let count = |block: &[u8]| block.iter().fold(0_u8, |count, byte| count + u8::from(is_sign(*byte)));
    bytes.chunks(BLOCK).map(|block| usize::from(count(block))).sum()
}

/// The bytes that may mean something.
const MAY_BE_MARK: [bool; 256] = {
    let marks = b"!\"$&'.:<[\\]^_`w~*@\n\r|>-+";
    let mut table = [false; 256];
    let mut at = 0;
    while at < marks.len() {
        table[marks[at] as usize] = true;
        at += 1;
    }
    table
};

fn may_be_mark(byte: u8) -> bool {
    MAY_BE_MARK[usize::from(byte)]
}

fn nodes_of(line: &[u8]) -> usize {
    let mut nodes = 0;
    let mut in_text = false;
    for (i, byte) in line.iter().enumerate() {
        let is_mark = may_be_mark(*byte) && (!matches!(byte, b'-' | b'+') || line.get(i + 1) == Some(&b' '));
        // A footnote reference is a node besides those of its marks.
        nodes += usize::from(is_mark) + usize::from(!is_mark && !in_text) + usize::from(*byte == b'^');
        in_text = !is_mark;
    }
    nodes
}

/// Code blocks whose fences have no indentation. After the first line that may begin a block of HTML, which may contain
/// something that looks like a fence, nothing is taken for one.
#[derive(Default)]
struct SureCode {
    fences: Fences,
    has_html: bool,
}

impl SureCode {
    /// Whether a line is code, or ends it.
    fn has(&mut self, line: &str) -> bool {
        let text = line.trim_end();
        let is_code = self.fences.is_open();
        self.has_html |= !is_code && text.trim_start_matches([' ', '\t', '>']).starts_with('<');
        if is_code || !self.has_html {
            self.fences.takes(text.as_bytes());
        }
        is_code
    }
}

/// What the parser takes for the start of a URL.
static ADDRESSES: [Needle; 2] = [Needle::new("://"), Needle::new("www.")];

/// Adds up how far the parser reads for each URL in a run without white space. Where a `<` cuts a URL short,
/// it has read on to the end of the run all the same, and begins again after the `<`.
fn addresses(markdown: &str) -> Option<Excess> {
    let bytes = markdown.as_bytes();
    let most = bytes.len().saturating_mul(MAX_REREAD).saturating_add(LEAST_REREAD);
    let is_space = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0B | 0x0C);
    let mut addresses: Vec<usize> = ADDRESSES.iter().flat_map(|start| start.places(markdown)).collect();
    if addresses.len().saturating_mul(bytes.len()) <= most {
        return None;
    }
    addresses.sort_unstable();
    let mut reread = 0_usize;
    // Runs without a URL, which are nearly all, need no look.
    let mut run = 0..0;
    let mut is_cut = false;
    for address in addresses {
        if address >= run.end {
            let before = bytes[run.end..address].iter().rposition(is_space);
            let length = bytes[address..].iter().position(is_space);
            run = before.map_or(run.end, |space| run.end + space + 1)
                ..length.map_or(bytes.len(), |length| address + length);
            is_cut = memchr::memchr(b'<', &bytes[run.clone()]).is_some();
        }
        reread = reread.saturating_add(if is_cut { run.end - address } else { 0 });
        if reread > most {
            return Some(Excess { kind: ExcessKind::Addresses, at: run.start as u32 });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Excess, ExcessKind, MAX_NODES, may_be_mark, signs};
    use crate::{markdown::parse, text::LineIndex};

    fn kind(markdown: &str) -> Option<ExcessKind> {
        Excess::of(markdown).map(|excess| excess.kind)
    }

    #[test]
    fn prose_lists_of_links_and_code_may_be_as_long_as_they_like() {
        for unit in [
            "The ferry \"Quay\" leaves at noon, when the tide is high; see [the plan](https://quay.example/plan).\n\n",
            "- [#1234](https://forge.example/harbour/quay/pull/1234) by @mira\n",
        ] {
            assert_eq!(kind(&unit.repeat(4 * MAX_NODES / unit.len() * 2)), None, "{unit}");
        }
        let code = "{\"*\": [\"_\"]}\n".repeat(MAX_NODES / 2);
        assert_eq!(kind(&format!("```json\n{code}```\n")), None);
        assert_eq!(kind(&code), Some(ExcessKind::Delimiters));
        assert_eq!(kind(&format!("<div>\n```json\n{code}```\n")), Some(ExcessKind::Delimiters));
    }

    #[test]
    fn what_may_be_a_mark_is_counted_as_a_sign() {
        for byte in 0..=u8::MAX {
            assert!(signs(&[byte]) >= usize::from(may_be_mark(byte)), "{byte}");
        }
        assert_eq!(signs("*a w.".repeat(500).as_bytes()), 3 * 500);
    }

    #[test]
    fn delimiters_without_text_are_too_many() {
        for unit in ["*_", "a\n", "[", "\\", "a!", "- ", "|a"] {
            let long = unit.repeat(2 * MAX_NODES);
            assert_eq!(kind(&long), Some(ExcessKind::Delimiters), "{unit}");
            assert_eq!(kind(&unit.repeat(1_000)), None, "{unit}");
        }
    }

    #[test]
    fn addresses_without_a_space_between_them_are_read_again_and_again() {
        for unit in ["<https://quay.example/", "(www.quay.example<"] {
            assert_eq!(kind(&unit.repeat(4_000)), Some(ExcessKind::Addresses), "{unit}");
            assert_eq!(kind(&format!("{unit} ").repeat(4_000)), None, "{unit}");
            assert_eq!(kind(&unit.repeat(20)), None, "{unit}");
        }
        assert_eq!(kind(&"https://quay.example/".repeat(4_000)), None);
    }

    #[test]
    fn trees_have_a_depth() {
        let deep = |levels: usize| {
            let text = format!("{}a{}", "*".repeat(levels), "*".repeat(levels));
            let text = format!("{}a\n", "> ".repeat(levels)) + &text;
            Excess::of_tree(&parse(&text, 0, &LineIndex::new(&text))).map(|excess| excess.kind)
        };
        assert_eq!(deep(50), None);
        assert_eq!(deep(2_000), Some(ExcessKind::Levels));
    }
}
