//! The blocks: where they really begin and end, and the tokens they are written with.

use comrak::nodes::{AlertType, ListDelimType, ListType, NodeAlert, NodeCodeBlock, NodeHeading, NodeList};
use comrak::nodes::{NodeTable, NodeTaskItem, NodeValue, TableAlignment};

use super::ast::NONE;
use super::container_prefix::{Container, Cursor};
use super::data::{
    Alert, AlertKind, Alignment, CodeBlock, Fence, Footnote, Heading, HeadingSyntax, Item, List, ListMarker,
    Table, TableRow, Task,
};
use super::lower::{Lowering, add};
use super::node_kind::NodeKind;
use super::scan::Scan;
use crate::text::Span;

/// Start conditions of blocks of HTML (CommonMark 0.31.2, section 4.6): that of processing instructions, and that of elements
/// of blocks.
const INSTRUCTION: u8 = 3;
const ELEMENT: u8 = 6;

impl Lowering<'_> {
    /// Pushes the record of a block, whose end is not final; says whether the source has the block at all.
    pub(super) fn enter_block(&mut self, value: &NodeValue, span: Span) -> bool {
        match value {
            NodeValue::TableCell => return self.enter_cell(span),
            NodeValue::TableRow(header) => self.enter_row(*header, span),
            NodeValue::Document => {
                self.push(NodeKind::Document, Span::new(span.start, self.source.len() as u32), NONE);
            }
            _ => {
                self.skip_to(span.start);
                self.enter_flow(value, span);
            }
        }
        true
    }

    /// Blocks that can be where a paragraph can.
    fn enter_flow(&mut self, value: &NodeValue, span: Span) {
        match value {
            NodeValue::BlockQuote => {
                self.push(NodeKind::BlockQuote, span, NONE);
                self.quotes += 1;
                self.passed(span.start + 1);
            }
            NodeValue::Alert(alert) => self.enter_alert(alert, span),
            NodeValue::List(list) => {
                let data = add(&mut self.tables.lists, lower_list(list));
                self.push(NodeKind::List, span, data);
            }
            NodeValue::Item(list) => {
                self.enter_item(span, None, Some((list.marker_offset as u32, list.padding as u32)));
            }
            NodeValue::TaskItem(task) => self.enter_item(span, Some(*task), None),
            NodeValue::FootnoteDefinition(footnote) => self.enter_footnote(&footnote.name, span),
            NodeValue::CodeBlock(code) => self.enter_code(code, span),
            NodeValue::HtmlBlock(html) => {
                let end = self.trim(span);
                let is_element = html.block_type == INSTRUCTION
                    && !self.source[span.start as usize..].trim_start().starts_with("<?");
                let start_condition = if is_element { ELEMENT } else { html.block_type };
                self.push(NodeKind::HtmlBlock, Span::new(span.start, end), u32::from(start_condition));
            }
            NodeValue::Heading(heading) => self.enter_heading(*heading, span),
            NodeValue::ThematicBreak => {
                let end = self.rest_of_line(span.start as usize).end;
                let marker = self.file().at(span.start as usize);
                self.push(NodeKind::ThematicBreak, Span::new(span.start, end), u32::from(marker));
            }
            NodeValue::Table(table) => self.enter_table(table, span),
            // Paragraphs; no block but these is switched on.
            _ => {
                let end = self.trim(span);
                self.push(NodeKind::Paragraph, Span::new(span.start, end), NONE);
            }
        }
    }

    /// The file, for questions about the line or two at a place.
    fn file(&self) -> Scan<'_> {
        Scan { source: self.source, end: self.source.len(), quotes: self.quotes }
    }

    /// Where a span ends without white space at its end; never before its first byte.
    fn trim(&self, span: Span) -> u32 {
        self.file().trim_end(span.start as usize, span.end as usize) as u32
    }

    /// The line that holds `at`, from `at` on and without spaces at either end; empty at `at` when it is blank.
    fn rest_of_line(&self, at: usize) -> Span {
        let file = self.file();
        let line_end = memchr::memchr2(b'\n', b'\r', &file.bytes()[at..]).map_or(file.end, |i| at + i);
        let end = file.trim_end(at, line_end);
        Span::from_range(file.blanks(at).min(end)..end)
    }

    /// Ends a block that is not a block of text, whose children reach to `reach`.
    pub(super) fn leave_block(&mut self, id: u32, reach: u32) {
        let record = self.records[id as usize];
        let end = match record.kind {
            NodeKind::BlockQuote | NodeKind::Alert => {
                self.quotes -= 1;
                self.container_end(record.span, reach)
            }
            NodeKind::Item | NodeKind::FootnoteDefinition => self.container_end(record.span, reach),
            NodeKind::List => reach,
            NodeKind::TableRow => {
                self.leave_row(record.span, record.data as usize, reach);
                record.span.end
            }
            _ => record.span.end.max(reach),
        };
        self.records[id as usize].span.end = end;
    }

    /// The parser lets a container end with the blank lines after it; within quotes these hold the quotes' marks.
    fn container_end(&self, span: Span, reach: u32) -> u32 {
        let file = self.file();
        let mut end = span.end as usize;
        loop {
            end = file.trim_end(reach.min(span.end) as usize, end);
            if end <= reach as usize || self.quotes == 0 {
                return reach.max(end as u32);
            }
            let line = self.lines.line_start(self.lines.line_of(end as u32 - 1)).max(reach) as usize;
            let inside = Scan { end, ..file };
            if line == reach as usize || inside.prefix(line) < end {
                return end as u32;
            }
            end = line;
        }
    }

    fn enter_item(&mut self, span: Span, task: Option<NodeTaskItem>, layout: Option<(u32, u32)>) {
        let file = self.file();
        let start = span.start as usize;
        let digits = file.bytes()[start..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let is_marker = matches!(file.at(start + digits), b'-' | b'*' | b'+' | b'.' | b')');
        let end = start + digits + usize::from(is_marker);
        let task = task.and_then(|task| {
            let bracket = file.blanks(end);
            let text = file.source.get(bracket..bracket + 3)?;
            (text.starts_with('[') && text.ends_with(']'))
                .then_some(Task { span: Span::from_range(bracket..bracket + 3), done: task.symbol.is_some() })
        });
        let marker = Span::from_range(start..end);
        let (indent, padding) = layout.unwrap_or_else(|| self.item_layout(marker));
        let item = Item { marker, indent, padding, task };
        let data = add(&mut self.tables.items, item);
        self.push(NodeKind::Item, span, data);
        self.passed(task.map_or(end as u32, |task| task.span.end));
    }

    /// The columns that the marker of an item is indented, and those from it to the item's text (CommonMark 0.31.2,
    /// section 5.2): more than four spaces after a marker begin a block of code, of which one belongs to the item.
    /// The parser says that of every item but those of tasks.
    fn item_layout(&self, marker: Span) -> (u32, u32) {
        let line = self.lines.line_of(marker.start);
        let mut cursor = Cursor::new(self.source, self.lines.line_start(line));
        for record in self.open_records() {
            let begins_here = self.lines.line_of(record.span.start) == line;
            match record.kind {
                NodeKind::BlockQuote | NodeKind::Alert => cursor.pass(&Container::Quote, begins_here),
                NodeKind::Item => {
                    cursor.pass(&Container::Item(&self.tables.items[record.data as usize]), begins_here);
                }
                NodeKind::FootnoteDefinition => {
                    let text = self.tables.footnotes[record.data as usize].label.end + 2;
                    cursor.pass(&Container::Footnote(text), begins_here);
                }
                _ => {}
            }
        }
        let base = cursor.column;
        cursor.blanks(u32::MAX);
        let indent = cursor.column - base;
        (cursor.at, cursor.column) = (marker.end, cursor.column + marker.len());
        let blanks = cursor.columns_before_text().filter(|blanks| (1..=4).contains(blanks)).unwrap_or(1);
        (indent, marker.len() + blanks)
    }

    fn enter_footnote(&mut self, name: &str, span: Span) {
        let label =
            self.file().label(span.start as usize).unwrap_or(span.start as usize..span.start as usize);
        let end = label.end as u32;
        let label = Span::new((label.start as u32 + 1).min(end), end);
        let data = add(&mut self.tables.footnotes, Footnote { name: name.into(), label });
        self.push(NodeKind::FootnoteDefinition, span, data);
        // After `]:`.
        self.passed(end + 2);
    }

    fn enter_alert(&mut self, alert: &NodeAlert, span: Span) {
        let line = self.rest_of_line(span.start as usize);
        let text = line.of(self.source);
        let open = text.find('[').map_or(line.end, |i| line.start + i as u32);
        let close = text.find(']').map_or(line.end, |i| line.start + i as u32 + 1);
        let title = self.rest_of_line(close as usize);
        let alert = Alert {
            kind: lower_alert_kind(alert.alert_type),
            marker: Span::new(open.min(close), close),
            title: Some(title).filter(|title| !title.is_empty()),
        };
        let data = add(&mut self.tables.alerts, alert);
        self.push(NodeKind::Alert, span, data);
        self.quotes += 1;
        self.passed(line.end);
    }

    fn enter_heading(&mut self, heading: NodeHeading, span: Span) {
        let end = self.trim(span) as usize;
        let start = span.start as usize;
        let heading =
            if heading.setext { self.setext(heading, start, end) } else { self.atx(heading, start, end) };
        let data = add(&mut self.tables.headings, heading);
        self.push(NodeKind::Heading, Span::from_range(start..end), data);
    }

    fn atx(&self, heading: NodeHeading, start: usize, end: usize) -> Heading {
        let line = Scan { end, ..self.file() };
        let marker = start..start + line.run(start, b'#');
        let hashes = line.bytes()[marker.end..].iter().rev().take_while(|&&byte| byte == b'#').count();
        let closing = Some(end - hashes..end).filter(|closing| heading.closed && !closing.is_empty());
        let text_end = closing.as_ref().map_or(end, |closing| closing.start);
        let text_end = line.trim_end(marker.end, text_end);
        let text_start = line.white(marker.end).min(text_end);
        Heading {
            // The parser reads fewer `#` where a dialect needs no space after them.
            level: marker.len().clamp(1, 6) as u8,
            style: if closing.is_some() { HeadingSyntax::AtxClosed } else { HeadingSyntax::Atx },
            marker: Span::from_range(marker),
            closing: closing.map(Span::from_range),
            content: Span::from_range(text_start..text_end),
        }
    }

    fn setext(&self, heading: NodeHeading, start: usize, end: usize) -> Heading {
        let file = self.file();
        let mark = if heading.level == 1 { b'=' } else { b'-' };
        let run = file.bytes()[start..end].iter().rev().take_while(|&&byte| byte == mark).count();
        let line = self.lines.line_start(self.lines.line_of((end - run) as u32)) as usize;
        Heading {
            level: heading.level,
            style: HeadingSyntax::Setext,
            marker: Span::from_range(end - run..end),
            closing: None,
            content: Span::from_range(start..file.trim_end(start, line.clamp(start, end))),
        }
    }

    fn enter_code(&mut self, code: &NodeCodeBlock, span: Span) {
        let (block, end) = if code.fenced {
            self.fenced(code, span.start)
        } else {
            let end = self.trim(span);
            let (lines, _) = self.code_lines(&code.literal, self.lines.line_of(span.start));
            (CodeBlock { fence: None, content: Span::new(span.start, end), lines }, end)
        };
        let data = add(&mut self.tables.code_blocks, block);
        self.push(NodeKind::CodeBlock, Span::new(span.start, end.max(span.start)), data);
    }

    /// The parts of a fenced block, and where it ends. The lines of code tell that, for the parser lets a block that
    /// its container ends without a closing fence end with its first character.
    fn fenced(&mut self, code: &NodeCodeBlock, start: u32) -> (CodeBlock, u32) {
        let run = self.file().run(start as usize, code.fence_char) as u32;
        let opening = Span::new(start, start + run);
        let info = self.rest_of_line(opening.end as usize);
        let (lines, next) = self.code_lines(&code.literal, self.lines.line_of(start) + 1);
        let spans = &self.tables.code_lines[lines.0 as usize..];
        let content = spans.iter().copied().reduce(Span::join).unwrap_or(Span::empty(info.end));
        let closing = code.closed.then(|| self.closing_fence(code.fence_char, next));
        let end = match closing {
            Some(closing) => closing.end,
            None => self.trim(Span::new(info.end, content.end)),
        };
        let indent = code.fence_offset as u32;
        let fence = Fence { marker: code.fence_char, indent, opening, info, closing };
        (CodeBlock { fence: Some(fence), content, lines }, end)
    }

    /// Finds the lines of code, of which the first is in the given line of the file; gives their places in the table
    /// and the line after the last.
    fn code_lines(&mut self, literal: &str, first: u32) -> ((u32, u32), u32) {
        let from = self.tables.code_lines.len() as u32;
        let text = Scan { source: literal, end: literal.len(), quotes: 0 };
        let (mut line, mut at) = (first, 0);
        let start = self.lines.line_start(first) as usize;
        if literal.ends_with('\n') && self.source.as_bytes()[start..].starts_with(literal.as_bytes()) {
            // Most blocks are as they are in the file, which is seen at once.
            line = self.lines.line_of((start + literal.len()) as u32 - 1) + 1;
            let spans = (first..line).map(|line| self.lines.line_span(self.source, line));
            self.tables.code_lines.extend(spans);
            at = literal.len();
        }
        while at < text.end && line < self.lines.line_count() {
            let span = self.lines.line_span(self.source, line);
            let same = at + span.len() as usize;
            // In most of the others, most lines are.
            let is_same = literal.as_bytes()[at..].starts_with(span.of(self.source).as_bytes())
                && literal.as_bytes().get(same).is_none_or(|byte| matches!(byte, b'\n' | b'\r'));
            let (end, indent) = if is_same {
                (same, 0)
            } else {
                let end = memchr::memchr2(b'\n', b'\r', &text.bytes()[at..]).map_or(text.end, |i| at + i);
                (end, indentation(span.of(self.source), &literal[at..end]) as u32)
            };
            self.tables.code_lines.push(Span::new(span.start + indent, span.end));
            at = text.line_break(end).unwrap_or(end);
            line += 1;
        }
        ((from, self.tables.code_lines.len() as u32), line)
    }

    /// The run that closes a fenced block in the given line.
    fn closing_fence(&self, marker: u8, line: u32) -> Span {
        let line = self.lines.line_span(self.source, line);
        let end = self.trim(line);
        let text = &self.source.as_bytes()[line.start as usize..end as usize];
        let run = text.iter().rev().take_while(|&&byte| byte == marker).count();
        Span::new(end - run as u32, end)
    }

    fn enter_table(&mut self, table: &NodeTable, span: Span) {
        let line = self.lines.line_start(self.lines.line_of(span.start) + 1);
        let start = self.file().prefix(line as usize);
        let alignments = table.alignments.iter().map(|alignment| match alignment {
            TableAlignment::None => Alignment::None,
            TableAlignment::Left => Alignment::Left,
            TableAlignment::Center => Alignment::Center,
            TableAlignment::Right => Alignment::Right,
        });
        let table = Table { alignments: alignments.collect(), delimiter_row: self.rest_of_line(start) };
        let end = self.trim(span).max(table.delimiter_row.end);
        let data = add(&mut self.tables.grids, table);
        self.push(NodeKind::Table, Span::new(span.start, end), data);
    }

    fn enter_row(&mut self, header: bool, span: Span) {
        let end = self.rest_of_line(span.start as usize).end;
        let row = TableRow {
            header,
            leading_pipe: self.file().at(span.start as usize) == b'|',
            trailing_pipe: false,
            surplus: None,
        };
        let data = add(&mut self.tables.rows, row);
        self.push(NodeKind::TableRow, Span::new(span.start, end), data);
    }

    /// Where a row has too few cells, the parser makes up some, each on the last pipe or after the row.
    fn enter_cell(&mut self, span: Span) -> bool {
        let row_end = self.parent().map_or(span.end, |row| row.span.end);
        if span.start >= row_end || self.file().at(span.start as usize) == b'|' && !span.is_empty() {
            return false;
        }
        self.push(NodeKind::TableCell, Span::new(span.start, span.end.min(row_end)), NONE);
        true
    }

    /// Looks at what the row has after its last cell.
    fn leave_row(&mut self, span: Span, row: usize, reach: u32) {
        let rest = Span::new(reach.min(span.end), span.end);
        let bytes = rest.of(self.source).as_bytes();
        let row = &mut self.tables.rows[row];
        row.trailing_pipe = bytes.ends_with(b"|") && !bytes.ends_with(b"\\|");
        if bytes.first() == Some(&b'|') && bytes.len() > 1 {
            row.surplus = Some(Span::new(rest.start + 1, rest.end));
        }
    }

    /// What the inlines of a block of text are written in.
    pub(super) fn content(&self, id: u32) -> Span {
        let record = &self.records[id as usize];
        match record.kind {
            NodeKind::Heading => self.tables.headings[record.data as usize].content,
            NodeKind::TableCell => {
                let span = record.span;
                let end = self.trim(span);
                let start = self.file().white(span.start as usize) as u32;
                Span::new(start.min(end), end)
            }
            _ => record.span,
        }
    }
}

/// Bytes of a line in the file that are not code: the prefixes of containers and the indentation of the block.
fn indentation(line: &str, code: &str) -> usize {
    if line.ends_with(code) {
        return line.len() - code.len();
    }
    // Part of a tab is code: the parser shows that part as spaces.
    let same = line.bytes().rev().zip(code.bytes().rev()).take_while(|(a, b)| a == b).count();
    let mut at = line.len() - same;
    while !line.is_char_boundary(at) {
        at += 1;
    }
    at
}

fn lower_list(list: &NodeList) -> List {
    let marker = match list.list_type {
        ListType::Bullet => ListMarker::Bullet(list.bullet_char),
        ListType::Ordered => ListMarker::Ordered {
            start: list.start as u32,
            delimiter: match list.delimiter {
                ListDelimType::Period => b'.',
                ListDelimType::Paren => b')',
            },
        },
    };
    List { marker, tight: list.tight }
}

fn lower_alert_kind(kind: AlertType) -> AlertKind {
    match kind {
        AlertType::Note => AlertKind::Note,
        AlertType::Tip => AlertKind::Tip,
        AlertType::Important => AlertKind::Important,
        AlertType::Warning => AlertKind::Warning,
        AlertType::Caution => AlertKind::Caution,
    }
}
