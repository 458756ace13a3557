//! Configs that are programs, in JavaScript, TypeScript or Python. They are not run: only settings that are written out
//! are seen, such as `siteUrl: "https://…"` or `DEFAULT_LANG = 'en'`.

use std::collections::HashMap;

/// A program without its comments.
#[derive(Debug, Default)]
pub struct Script(String);

/// A part of a program: all of it, or what is in a pair of brackets.
#[derive(Debug, Clone, Copy)]
pub struct ScriptPart<'a>(&'a str);

impl Script {
    /// Reads a program in JavaScript or TypeScript.
    pub fn javascript(text: &str) -> Self {
        Self::without(text, &["//"])
    }

    /// Reads a program in Python.
    pub fn python(text: &str) -> Self {
        Self::without(text, &["#"])
    }

    /// Drops comments that begin with one of these and end with their line, and those of `/* … */`.
    fn without(text: &str, comments: &[&str]) -> Self {
        let mut kept = String::with_capacity(text.len());
        let mut rest = text;
        let mut strings = Strings::default();
        while let Some(c) = rest.chars().next() {
            let len = if is_quote(c) {
                strings.len(rest, c)
            } else if comments.iter().any(|comment| rest.starts_with(comment)) {
                rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
                continue;
            } else if rest.starts_with("/*") {
                rest = rest[2..].find("*/").map_or("", |end| &rest[end + 4..]);
                continue;
            } else {
                c.len_utf8()
            };
            kept.push_str(&rest[..len]);
            rest = &rest[len..];
        }
        Self(kept)
    }

    /// All of it.
    pub fn whole(&self) -> ScriptPart<'_> {
        ScriptPart(&self.0)
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '`')
}

/// Measures the strings of a program from the first to the last.
#[derive(Default)]
struct Strings {
    /// For each kind of quote, how much of the program is left where it was last known to close no string: a string that
    /// begins before that is not closed either.
    unclosed: HashMap<char, usize>,
}

impl Strings {
    /// The length of the string at the start of what is left of the program, quotes included. One that its line does not
    /// close is a quote mark alone.
    fn len(&mut self, rest: &str, quote: char) -> usize {
        if self.unclosed.get(&quote).is_some_and(|left| rest.len() > *left) {
            return 1;
        }
        let mut escaped = false;
        let mut end = rest.len();
        for (at, c) in rest.char_indices().skip(1) {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '\n' if quote != '`' => {
                    end = at;
                    break;
                }
                c if c == quote => return at + 1,
                _ => {}
            }
        }
        self.unclosed.insert(quote, rest.len() - end);
        1
    }
}

/// The length of the string at the start of a text.
fn string_len(text: &str, quote: char) -> usize {
    Strings::default().len(text, quote)
}

/// Values of a key that are searched for the end of their brackets, which may be missing.
const MAX_BLOCKS: usize = 4;

/// Names that an object takes over.
const MAX_SPREAD: usize = 32;

/// The length of what is in brackets at the start of a text, both included.
fn bracketed(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    let mut strings = Strings::default();
    while let Some(c) = text[at..].chars().next() {
        match c {
            '{' | '[' | '(' => depth += 1,
            '}' | ']' | ')' => depth = depth.checked_sub(1)?,
            _ => {}
        }
        at += if is_quote(c) { strings.len(&text[at..], c) } else { c.len_utf8() };
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

impl<'a> ScriptPart<'a> {
    /// Whether these words are in it somewhere.
    pub fn mentions(self, text: &str) -> bool {
        self.0.contains(text)
    }

    /// The part after the first mention of a text.
    pub fn after(self, text: &str) -> Option<Self> {
        Some(Self(self.0.split_once(text)?.1))
    }

    /// The part before a character.
    pub fn until(self, end: char) -> Self {
        Self(self.0.split(end).next().unwrap_or_default())
    }

    /// The string that it begins with.
    pub fn first_string(self) -> Option<&'a str> {
        string(self.0.trim_start())
    }

    /// What a function makes that it begins with, where that is nothing but a template literal.
    pub fn made_string(self) -> Option<&'a str> {
        let (names, body) = self.0.split_once("=>")?;
        let is_plain = |c: char| is_identifier(c) || c.is_whitespace() || "(){},".contains(c);
        let (text, after) = body.trim_start().strip_prefix('`')?.split_once('`')?;
        let ends = matches!(after.trim_start().chars().next(), None | Some(',' | ';' | '}'));
        (ends && names.chars().all(is_plain) && !text.contains('\\')).then_some(text)
    }

    /// The part in the first brackets.
    pub fn first_block(self) -> Option<Self> {
        let start = self.0.find(['{', '['])?;
        Some(Self(&self.0[start..start + bracketed(&self.0[start..])?]))
    }

    /// The objects and lists right in its own brackets.
    pub fn blocks(self) -> Vec<Self> {
        let mut found = Vec::new();
        let mut strings = Strings::default();
        let mut rest = self.0.get(1..).unwrap_or_default();
        while let Some(c) = rest.chars().next() {
            let len = match c {
                '{' | '[' | '(' => match bracketed(rest) {
                    Some(len) => {
                        found.push(Self(&rest[..len]));
                        len
                    }
                    None => break,
                },
                c if is_quote(c) => strings.len(rest, c),
                c => c.len_utf8(),
            };
            rest = &rest[len..];
        }
        found
    }

    /// What is after each `key:` or `key =`.
    fn values(self, key: &str) -> impl Iterator<Item = &'a str> {
        let text = self.0;
        text.match_indices(key).filter_map(move |(at, key)| {
            let is_part =
                text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | '-'));
            let rest = text[at + key.len()..].trim_start_matches(['"', '\'']).trim_start();
            let is_assignment = rest.starts_with('=') && !rest.starts_with("==") && !rest.starts_with("=>");
            let value = rest.strip_prefix(':').or_else(|| rest.strip_prefix('=').filter(|_| is_assignment));
            (!is_part).then_some(value).flatten().map(str::trim_start)
        })
    }

    /// The string of a key.
    pub fn text(self, key: &str) -> Option<&'a str> {
        self.values(key).find_map(|rest| {
            let text = string(rest)?;
            (!text.contains(['\n', '$'])).then_some(text)
        })
    }

    /// The string of a key that is in no deeper object than another key; where that is missing, in none that is in another.
    pub fn outer_text(self, key: &str, other: &str) -> Option<&'a str> {
        let depth_of = |value: &str| self.depth(self.0.len() - value.len());
        let most = self.values(other).take(MAX_BLOCKS).map(depth_of).min().unwrap_or(1);
        let values = self.values(key).take(MAX_BLOCKS).filter(|value| depth_of(value) <= most);
        values.filter_map(string).find(|text| !text.contains(['\n', '$']))
    }

    /// How many objects are open at a place.
    fn depth(self, end: usize) -> usize {
        let mut depth = 0_usize;
        let mut at = 0;
        let mut strings = Strings::default();
        while let Some(c) = self.0[at..].chars().next().filter(|_| at < end) {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            at += if is_quote(c) { strings.len(&self.0[at..], c) } else { c.len_utf8() };
        }
        depth
    }

    /// The names in it, such as those of the functions of a list.
    pub fn names(self) -> impl Iterator<Item = &'a str> {
        self.0.split(|c: char| !is_identifier(c)).filter(|name| !name.is_empty())
    }

    /// The name of another value that a key has, such as `redirects` in `redirects: redirects`.
    pub fn name(self, key: &str) -> Option<&'a str> {
        self.values(key).map(identifier).find(|name| !name.is_empty() && !matches!(*name, "true" | "false"))
    }

    /// The first strings of the calls whose objects it takes over: `'/old'` of `...redirect('/old', '/new')`.
    pub fn spread_calls(self) -> impl Iterator<Item = (&'a str, &'a str)> {
        let text = self.0;
        text.match_indices("...").filter_map(move |(at, dots)| {
            let rest = &text[at + dots.len()..];
            let name = identifier(rest);
            let argument = rest[name.len()..].strip_prefix('(')?.trim_start();
            Some((name, string(argument).filter(|argument| argument.starts_with('/'))?))
        })
    }

    /// The names of what an object takes over: `...redirects`.
    pub fn spread(self) -> Vec<&'a str> {
        let text = self.0;
        let names = text.match_indices("...").map(|(at, dots)| identifier(&text[at + dots.len()..]));
        names.filter(|name| !name.is_empty()).take(MAX_SPREAD).collect()
    }

    /// The file that a name is imported from.
    pub fn imported(self, name: &str) -> Option<&'a str> {
        let mut rest = self;
        while let Some(after) = rest.after("import ") {
            // What is imported from a file is named right before it.
            rest = after;
            let before_next = after.0.find("import ").map_or(after.0, |next| &after.0[..next]);
            let Some((names, from)) = before_next.split_once(" from") else { continue };
            let is_it = |part: &str| part == name;
            if names.split(|c: char| !is_identifier(c)).any(is_it) && !names.contains(';') {
                return Self(from).first_string();
            }
        }
        None
    }

    /// The strings of all keys with a name.
    pub fn texts(self, key: &str) -> impl Iterator<Item = &'a str> {
        self.values(key).filter_map(string)
    }

    /// The language that a config names for pages in general.
    pub fn language(self) -> Option<&'a str> {
        ["defaultLocale", "defaultLang", "lang"].into_iter().find_map(|key| self.text(key))
    }

    /// The `true` or `false` of a key.
    pub fn flag(self, key: &str) -> Option<bool> {
        self.values(key).find_map(|rest| {
            let is = |word: &str| rest.starts_with(word);
            if is("true") || is("True") { Some(true) } else { (is("false") || is("False")).then_some(false) }
        })
    }

    /// The object or list of a key.
    pub fn block(self, key: &str) -> Option<Self> {
        self.values(key).filter(|rest| rest.starts_with(['{', '['])).take(MAX_BLOCKS).find_map(Self::of_value)
    }

    /// All strings in it, in order.
    pub fn strings(self) -> Vec<&'a str> {
        let mut found = Vec::new();
        let mut rest = self.0;
        let mut strings = Strings::default();
        while let Some(at) = rest.find(['"', '\'', '`']) {
            rest = &rest[at..];
            let quote = rest.chars().next().unwrap_or_default();
            let (text, after) = rest.split_at(strings.len(rest, quote));
            found.extend(string(text));
            rest = after;
        }
        found
    }

    /// The keys of an object and what is after each, without those of objects in it.
    pub fn entries(self) -> Vec<(&'a str, &'a str)> {
        let Some(inner) = self.0.strip_prefix('{') else { return vec![] };
        let mut entries = Vec::new();
        let mut strings = Strings::default();
        let mut at = 0;
        let mut start = 0;
        while let Some(c) = inner[at..].chars().next() {
            match c {
                ':' => {
                    let key = inner[start..at].trim().trim_matches(['"', '\'', '`']);
                    entries.push((key, inner[at + 1..].trim_start()));
                    at += 1;
                }
                ',' => {
                    at += 1;
                    start = at;
                }
                '{' | '[' | '(' => match bracketed(&inner[at..]) {
                    Some(len) => at += len,
                    None => break,
                },
                '}' => break,
                c if is_quote(c) => at += strings.len(&inner[at..], c),
                c => at += c.len_utf8(),
            }
        }
        entries
    }

    /// The object or list that a value is.
    pub fn of_value(value: &'a str) -> Option<Self> {
        value.starts_with(['{', '[']).then(|| bracketed(value)).flatten().map(|len| Self(&value[..len]))
    }

    /// The pairs of strings in an object.
    pub fn pairs(self) -> Vec<(&'a str, &'a str)> {
        self.entries().into_iter().filter_map(|(key, rest)| Some((key, string(rest)?))).collect()
    }
}

/// The name at the start of a text; empty where there is none.
fn identifier(text: &str) -> &str {
    text.split(|c: char| !is_identifier(c)).next().unwrap_or_default()
}

fn is_identifier(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '$')
}

/// The string at the start of a text, without its quotes. One with escapes is none of those that are paths.
pub(super) fn string(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let len = string_len(text, quote);
    let inner = text.get(1..len.checked_sub(1)?)?;
    (!inner.contains('\\')).then_some(inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_that_are_written_out_are_seen() {
        let script = Script::javascript(
            "// url: 'https://no.example'\nexport default { url: \"https://harbour.example\", /* base: 'x' */\n\
             docs: { path: '../docs', nested: { id: 'x' } }, trailingSlash: false,\n\
             redirects: { '/old': '/new', \"/far\": { status: 301, destination: '/near' } } }",
        );
        let whole = script.whole();
        assert_eq!(whole.text("url"), Some("https://harbour.example"));
        assert_eq!((whole.text("base"), whole.flag("trailingSlash")), (None, Some(false)));
        assert_eq!(whole.block("docs").and_then(|docs| docs.text("path")), Some("../docs"));
        let redirects = whole.block("redirects").expect("it is an object");
        assert_eq!(redirects.pairs(), [("/old", "/new")]);
        assert_eq!(redirects.entries().len(), 2);
        assert_eq!(redirects.strings().len(), 4);
    }

    #[test]
    fn a_function_may_make_a_string_alone() {
        let made = |text| Script::javascript(text).whole().made_string().map(str::to_owned);
        assert_eq!(made("(data) => `/b/${data.slug}/`, x").as_deref(), Some("/b/${data.slug}/"));
        assert_eq!(made("({ page }) =>\n  `/${page.fileSlug}`\n}").as_deref(), Some("/${page.fileSlug}"));
        for text in ["(x) => { return `a` }", "(x) => `a` + x", "x ? (y) => `a` : `b`", "(x) => `a", "`a`"] {
            assert_eq!(made(text), None, "{text}");
        }
    }

    #[test]
    fn a_setting_is_not_one_of_a_plugin() {
        let text = |script| {
            Script::javascript(script).whole().outer_text("srcDir", "themeConfig").map(str::to_owned)
        };
        assert_eq!(text("f({ themeConfig: {}, pwa: { srcDir: 'x' } })"), None);
        assert_eq!(
            text("f({ pwa: { srcDir: 'x' }, srcDir: './src', themeConfig: {} })").as_deref(),
            Some("./src")
        );
        assert_eq!(text("f(() => { return { srcDir: 'docs', themeConfig: {} } })").as_deref(), Some("docs"));
        assert_eq!(text("export const srcDir = 'docs'").as_deref(), Some("docs"));
    }

    #[test]
    fn what_is_never_closed_does_no_harm() {
        for text in ["'", "{ a: [", "`", "/* x", "a: {{{{", "it's // a\nb: 'x'", "\\", "{a:'é"] {
            let script = Script::javascript(text);
            let whole = script.whole();
            assert!(whole.block("a").is_none() && whole.strings().len() < 2);
            let _ = (whole.entries(), whole.first_block());
        }
        assert_eq!(Script::python("# x = 'a'\nLANG = 'en'\n").whole().text("LANG"), Some("en"));
    }
}
