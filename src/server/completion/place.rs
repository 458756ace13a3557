//! Where in front matter or a config somebody is writing. The text is not whole yet, so the lines are asked and not the
//! tree.

use super::json_place::json_place;
use crate::{
    data::{DataFormat, Segment},
    text::Span,
};

/// A place where something is being written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::server) struct CompletionPlace {
    /// What is written there: for a value its key or item, else the mapping or the item that it is in.
    pub(in crate::server) path: Vec<Segment>,
    /// What may be written.
    pub(in crate::server) slot: Slot,
    /// What is there already and would be replaced, on the line of the cursor.
    pub(in crate::server) typed: Span,
    /// The column, in bytes, that what is written begins in.
    pub(in crate::server) column: usize,
}

/// What may be written at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum Slot {
    /// A key.
    Key,
    /// A value after its key.
    Value,
    /// An item of a list on a line of its own: a value, or the first key of a mapping.
    Item,
    /// An item of a list in brackets.
    FlowItem,
}

/// A line of a block of YAML.
#[derive(Debug, Clone, Copy)]
struct Line<'s> {
    /// The columns of the dashes before it.
    first_dash: Option<usize>,
    /// The column after indentation and dashes.
    column: usize,
    /// What is there.
    rest: &'s str,
}

impl<'s> Line<'s> {
    fn of(text: &'s str) -> Self {
        let mut rest = text.trim_start_matches(' ');
        let mut first_dash = None;
        while rest == "-" || rest.starts_with("- ") {
            first_dash.get_or_insert(text.len() - rest.len());
            rest = rest[1..].trim_start_matches(' ');
        }
        Self { first_dash, column: text.len() - rest.len(), rest }
    }

    /// The key that the line begins with, and what follows its colon.
    fn entry(&self) -> Option<(&'s str, &'s str)> {
        let quote = self.rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let from = match quote {
            Some(quote) => 2 + self.rest[1..].find(quote)?,
            None => 0,
        };
        let colon = self.rest[from..].match_indices(':').map(|(at, _)| from + at);
        let mut colon =
            colon.filter(|at| self.rest[at + 1..].is_empty() || self.rest[at + 1..].starts_with(' '));
        let at = colon.next()?;
        let key = self.rest[..at].trim();
        let key = key.strip_prefix(['"', '\'']).and_then(|it| it.strip_suffix(['"', '\''])).unwrap_or(key);
        (!key.starts_with(['#', '[', '{'])).then_some((key, &self.rest[at + 1..]))
    }

    fn is_empty(&self) -> bool {
        self.first_dash.is_none() && (self.rest.trim().is_empty() || self.rest.starts_with('#'))
    }
}

impl CompletionPlace {
    /// The place of an offset in the bytes `content` of a text; `None` where nothing can be completed.
    pub(in crate::server) fn of(
        source: &str,
        content: Span,
        offset: u32,
        format: DataFormat,
    ) -> Option<Self> {
        if offset < content.start || offset > content.end {
            return None;
        }
        let before = &source[content.start as usize..offset as usize];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let after = source[offset as usize..content.end as usize].lines().next().unwrap_or_default();
        let above: Vec<&str> = before[..line_start].lines().collect();
        let line = Cursor { before: &before[line_start..], after, start: content.start + line_start as u32 };
        match format {
            DataFormat::Yaml => line.in_yaml(&above),
            DataFormat::Toml => line.in_toml(&above),
            DataFormat::Json | DataFormat::Jsonc => json_place(source, content, offset),
        }
    }
}

/// The line of the cursor.
struct Cursor<'s> {
    before: &'s str,
    after: &'s str,
    /// The offset of the line.
    start: u32,
}

impl Cursor<'_> {
    fn in_yaml(&self, above: &[&str]) -> Option<CompletionPlace> {
        let line = Line::of(self.before);
        if line.rest.starts_with('#') || line.rest.contains(" #") {
            return None;
        }
        let mut path = yaml_parents(above, &line);
        let Some((key, value)) = line.entry() else {
            let slot = if line.first_dash.is_some() { Slot::Item } else { Slot::Key };
            let is_quoted = line.rest.starts_with(['"', '\'']);
            let typed =
                self.typed(line.column, line.rest.trim_end().is_empty() || is_quoted || slot == Slot::Item);
            return Some(CompletionPlace { path, slot, typed, column: line.column });
        };
        path.push(Segment::key(key));
        Some(self.value(path, line.column, value))
    }

    fn in_toml(&self, above: &[&str]) -> Option<CompletionPlace> {
        let mut path = Vec::new();
        let table = above.iter().rev().map(|line| line.trim()).find(|line| line.starts_with('['));
        if let Some(name) = table {
            let is_list = name.starts_with("[[");
            path.extend(name.trim_matches(['[', ']', ' ']).split('.').map(|part| Segment::key(part.trim())));
            path.extend(is_list.then_some(Segment::Index(0)));
        }
        let column = self.before.len() - self.before.trim_start().len();
        let rest = &self.before[column..];
        if rest.starts_with(['#', '[']) {
            return None;
        }
        let Some((key, value)) = rest.split_once('=') else {
            return Some(CompletionPlace { path, slot: Slot::Key, typed: self.typed(column, false), column });
        };
        path.extend(key.trim().split('.').map(|part| Segment::key(part.trim())));
        Some(self.value(path, column, value))
    }

    /// The place of a value of which `value` is before the cursor.
    fn value(&self, mut path: Vec<Segment>, column: usize, value: &str) -> CompletionPlace {
        let start = self.before.len() - value.trim_start().len();
        if value.trim_start().starts_with('[') {
            path.push(Segment::Index(0));
            let item = value.rfind(['[', ',']).map_or("", |at| &value[at + 1..]).trim_start();
            let start = self.before.len() - item.len();
            let end = self.after.find([',', ']']).unwrap_or(self.after.len());
            let end = self.before.len() + self.after[..end].trim_end().len();
            return CompletionPlace { path, slot: Slot::FlowItem, typed: self.span(start, end), column };
        }
        CompletionPlace { path, slot: Slot::Value, typed: self.typed(start, true), column }
    }

    /// What is written from a column on: all of a value, and of a key the letters before its colon.
    fn typed(&self, start: usize, is_value: bool) -> Span {
        let after = if is_value {
            let end = self.after.find(" #").unwrap_or(self.after.len());
            self.after[..end].trim_end()
        } else {
            let end = self.after.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_');
            &self.after[..end.unwrap_or(self.after.len())]
        };
        self.span(start, self.before.len() + after.len())
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::from_range(start..end.max(start)).shift(self.start)
    }
}

/// The keys and items that a line is in, outermost first.
fn yaml_parents(above: &[&str], line: &Line<'_>) -> Vec<Segment> {
    let mut path = Vec::new();
    // A line belongs to what begins in a smaller column; a key may have the dashes of its list below itself.
    let mut limit = line.column;
    let mut item: Option<(usize, usize)> = None;
    if let Some(dash) = line.first_dash {
        item = Some((dash, 0));
        limit = dash + 1;
    }
    for text in above.iter().rev() {
        let other = Line::of(text);
        if other.is_empty() {
            continue;
        }
        if let (Some((column, count)), Some(dash)) = (&mut item, other.first_dash)
            && dash == *column
        {
            *count += 1;
            continue;
        }
        if let (None, Some(dash)) = (item, other.first_dash)
            && (other.column == line.column || other.column == limit)
            && dash < limit
        {
            item = Some((dash, 0));
            limit = dash + 1;
            continue;
        }
        let Some((key, value)) = other.entry().filter(|_| other.column < limit) else { continue };
        if !value.trim().is_empty() && !value.trim().starts_with(['&', '#', '!']) {
            limit = limit.min(other.column + usize::from(item.is_some()));
            continue;
        }
        path.extend(item.take().map(|(_, count)| Segment::Index(count)));
        path.push(Segment::key(key));
        limit = other.column;
        if let Some(dash) = other.first_dash {
            item = Some((dash, 0));
            limit = dash + 1;
        }
        if limit == 0 {
            break;
        }
    }
    path.extend(item.map(|(_, count)| Segment::Index(count)));
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use super::{CompletionPlace, Slot};
    use crate::{
        data::{DataFormat, Segment},
        text::Span,
    };

    /// The place of `|` in a text: path, slot, and what would be replaced.
    fn at(text: &str, format: DataFormat) -> (String, Slot, String) {
        let offset = text.find('|').expect("there is a cursor");
        let source = text.replace('|', "");
        let content = Span::from_range(0..source.len());
        let place = CompletionPlace::of(&source, content, offset as u32, format).expect("it is a place");
        let path = place.path.iter().map(|segment| match segment {
            Segment::Key(key) => key.to_string(),
            Segment::Index(index) => index.to_string(),
        });
        (path.collect::<Vec<_>>().join("/"), place.slot, place.typed.of(&source).to_owned())
    }

    #[test]
    fn places_in_yaml_are_known_by_indentation() {
        for (text, path, slot, typed) in [
            ("|", "", Slot::Key, ""),
            ("ti|tle: a", "", Slot::Key, "title"),
            ("title: |", "title", Slot::Value, ""),
            ("title: a|b # c", "title", Slot::Value, "ab"),
            ("title: 'a|b'", "title", Slot::Value, "'ab'"),
            ("seo:\n  im|", "seo", Slot::Key, "im"),
            ("seo:\n  image: x\n  alt: |", "seo/alt", Slot::Value, ""),
            ("a: 1\nseo:\n  image: x\nt|", "", Slot::Key, "t"),
            ("tags: [rope, t|ar, x]", "tags/0", Slot::FlowItem, "tar"),
            ("tags:\n- rope\n- |", "tags/1", Slot::Item, ""),
            ("tags:\n  - rope\n  - t|", "tags/1", Slot::Item, "t"),
            ("category:\n  - label: A\n    value: |", "category/0/value", Slot::Value, ""),
            ("category:\n  - label: A\n    value: b\n  - lab|", "category/1", Slot::Item, "lab"),
            ("category:\n- label: A\n  va|", "category/0", Slot::Key, "va"),
            ("category:\n- label: A\n- label: B\n  value: |", "category/1/value", Slot::Value, ""),
            ("a:\n  b:\n    c: |", "a/b/c", Slot::Value, ""),
            ("a:\n  - b:\n      c: |", "a/0/b/c", Slot::Value, ""),
            ("'a: b': |", "a: b", Slot::Value, ""),
        ] {
            assert_eq!(at(text, DataFormat::Yaml), (path.to_owned(), slot, typed.to_owned()), "{text:?}");
        }
    }

    #[test]
    fn places_in_json_are_known_by_what_is_open() {
        for (text, path, slot, typed) in [
            ("{|}", "", Slot::Key, ""),
            ("{ \"ti|\": 1 }", "", Slot::Key, "\"ti\""),
            ("{ \"title\": |", "title", Slot::Value, ""),
            ("{ \"a\": \"b|c\", \"d\": 1 }", "a", Slot::Value, "\"bc\""),
            ("{ \"a\": tr| }", "a", Slot::Value, "tr"),
            ("{ \"a\": { \"b\": [\"x\", { \"c\": 1 }, \"|", "a/b/2", Slot::FlowItem, "\""),
            ("{\n  \"a\": {\n    \"b\": 1\n  },\n  |", "", Slot::Key, ""),
            ("{ // { \n \"a\\\"\": |", "a\"", Slot::Value, ""),
        ] {
            assert_eq!(at(text, DataFormat::Jsonc), (path.to_owned(), slot, typed.to_owned()), "{text:?}");
        }
        for (text, offset) in [("{} ", 3), ("{ \"a\": \"b\" }", 11), ("{ // a", 5), ("[[", 0)] {
            let content = Span::from_range(0..text.len());
            assert_eq!(CompletionPlace::of(text, content, offset, DataFormat::Jsonc), None, "{text:?}");
        }
    }

    #[test]
    fn places_in_toml_are_known_by_tables() {
        for (text, path, slot, typed) in [
            ("ti|", "", Slot::Key, "ti"),
            ("title = |", "title", Slot::Value, ""),
            ("[seo]\nimage = \"a|\"", "seo/image", Slot::Value, "\"a\""),
            ("[[menu.main]]\nna|", "menu/main/0", Slot::Key, "na"),
            ("tags = [\"a\", \"b|\"]", "tags/0", Slot::FlowItem, "\"b\""),
        ] {
            assert_eq!(at(text, DataFormat::Toml), (path.to_owned(), slot, typed.to_owned()), "{text:?}");
        }
    }
}
