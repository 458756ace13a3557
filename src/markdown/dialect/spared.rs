//! Markup that Python-Markdown or kramdown reads differently from CommonMark. The tree has it as CommonMark does; no fix
//! changes it, for that would change what the engine makes of it.

use super::Engine;
use super::cache::line_end;
use super::lines::{Lines, run_length};
use super::overlay::{Island, IslandKind};

/// What is spared, and what is known of the line above the one at hand.
#[derive(Default)]
pub(super) struct Spared {
    above: Above,
    /// Whether a fence above is text for the engine, so that it pairs the fences below differently and takes text for code.
    is_misread: bool,
    /// Where the fence is that was opened last.
    fence: usize,
    pub(super) found: Vec<Island>,
}

/// What is above a line.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Above {
    /// A blank line, or nothing.
    #[default]
    Blank,
    /// A paragraph that nothing but text began.
    Text,
    /// Code, which Python-Markdown has in a paragraph that goes on below.
    Code,
    /// Code directly below the text of an item, which kramdown has in the item, whatever it is indented by.
    CodeOfItem,
    /// Another block.
    Other,
}

impl Spared {
    /// Passes over lines that nothing is spared in.
    pub(super) fn pass(&mut self) {
        self.above = Above::Other;
    }
}

impl Lines<'_> {
    /// Takes a line whose prefix ends at `text`. Of code, `code` says whether the line is its first.
    pub(super) fn spare(&mut self, line: usize, text: usize, end: usize, code: Option<bool>) {
        let engine = self.dialect.engine();
        if engine == Engine::CommonMark || self.spared.is_misread {
            return;
        }
        let content = self.bytes[text..end].trim_ascii_end();
        if let Some(is_first) = code {
            self.spare_code(line, text, content, is_first);
            return;
        }
        let prefix = &self.bytes[line..text];
        let indent = prefix.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let is_item = indent < prefix.len() && !prefix.contains(&b'>');
        let above = std::mem::take(&mut self.spared.above);
        let is_below_text = above == Above::Text && line > self.body;
        let is_below_code = above == Above::Code && engine == Engine::PythonMarkdown;
        let is_list_text = is_item && (is_below_text || is_below_code) && engine == Engine::PythonMarkdown;
        let is_table_text = is_below_text && content.contains(&b'|') && self.is_delimiter_row(end);
        let is_heading = content.starts_with(b"#");
        // The line break above is spared where a blank line would change what the line is in.
        let is_changed = match engine {
            Engine::Kramdown => {
                matches!(above, Above::Other | Above::CodeOfItem)
                    || is_table_text
                    || is_heading && above == Above::Code
            }
            _ => above != Above::Blank,
        };
        let with_break = is_changed && line > self.body;
        let start = if with_break { line - 1 } else { line };
        if is_list_text {
            self.spare_bytes(start, text);
        } else if is_table_text || is_item || is_heading && with_break && engine == Engine::Kramdown {
            // The indentation decides what an item is nested in.
            self.spare_bytes(start, line + indent);
        } else if (is_below_code || above == Above::CodeOfItem) && !content.is_empty() {
            self.spare_bytes(start, line);
        } else if engine == Engine::PythonMarkdown && indent > 0 && is_heading {
            self.spare_bytes(line, text);
        }
        let goes_on = !matches!(above, Above::Other | Above::CodeOfItem) && !is_item && begins_text(content);
        self.spared.above = match content {
            // Nothing goes on below a heading.
            [] | [b'#', ..] => Above::Blank,
            _ if is_list_text || is_table_text || goes_on => Above::Text,
            _ => Above::Other,
        };
    }

    /// Takes a line of code, or a fence.
    fn spare_code(&mut self, line: usize, text: usize, content: &[u8], is_first: bool) {
        let engine = self.dialect.engine();
        if is_first {
            self.spared.fence = line;
        }
        if is_first && !self.is_fence(text, content) {
            self.spare_misread();
            return;
        }
        let joins = match engine {
            Engine::PythonMarkdown => self.spared.above == Above::Text,
            _ => self.spared.above == Above::Other,
        };
        if is_first && joins && line > self.body {
            self.spare_bytes(line - 1, line);
        }
        let is_of_item = if is_first { joins } else { self.spared.above == Above::CodeOfItem };
        self.spared.above =
            if is_of_item && engine == Engine::Kramdown { Above::CodeOfItem } else { Above::Code };
    }

    /// Spares all from the fence that was opened last on: it is text for the engine, as its info string says, or because
    /// nothing closes it.
    pub(super) fn spare_misread(&mut self) {
        if self.dialect.engine() == Engine::CommonMark || self.spared.is_misread {
            return;
        }
        let start = self.spared.fence.saturating_sub(1).max(self.body);
        while self.spared.found.pop_if(|island| island.span.end as usize > start).is_some() {}
        self.spare_bytes(start, self.bytes.len());
        self.spared.is_misread = true;
    }

    /// Whether the engine takes a line for a fence that CommonMark does. A tag of a template after it shows nothing.
    fn is_fence(&self, text: usize, content: &[u8]) -> bool {
        let info = &content[run_length(content, 0)..];
        let is_tag = info.contains(&b'{') && self.has_templates && self.dialect.engine() == Engine::Kramdown;
        let info = std::str::from_utf8(info).unwrap_or_default();
        is_tag || self.dialect.has_fence_with(char::from(self.bytes[text]), info)
    }

    fn spare_bytes(&mut self, start: usize, end: usize) {
        if end > start && self.spared.found.last().is_none_or(|last| last.span.end as usize <= start) {
            self.spared.found.push(Island::new(start, end, IslandKind::Literal));
        }
    }

    /// Whether the line below one that ends at `end` is the delimiter row of a table.
    fn is_delimiter_row(&self, end: usize) -> bool {
        let Some(below) = self.bytes.get(end + 1..) else { return false };
        let row = below[..line_end(below, 0)].trim_ascii();
        row.contains(&b'-') && row.iter().all(|byte| b"|-: \t".contains(byte))
    }
}

/// Whether a line without its prefix is text that begins no block.
pub(super) fn begins_text(content: &[u8]) -> bool {
    let Some(&first) = content.first() else { return false };
    let is_line = content.iter().all(|byte| *byte == first);
    let is_block = b"#<|:".contains(&first) || content.starts_with(b"!!!") || content.starts_with(b"???");
    let is_definition = first == b'[' && memchr::memmem::find(content, b"]:").is_some();
    !(is_line || is_block || is_definition)
}
