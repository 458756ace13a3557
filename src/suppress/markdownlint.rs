//! markdownlint's comments, as markdownlint 0.42.1 understands them (the "Configuration" section of its README and
//! `getEnabledRulesPerLineNumber` in its lib/markdownlint.mjs): looked for in the lines of the file, code and front matter
//! included, and applied in three passes over the file.

use std::collections::HashMap;

use crate::text::{LineIndex, Span};

/// The comments of one page.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Comments {
    about_lines: Vec<Comment>,
    /// The different names in them, in lower case.
    names: Vec<Box<str>>,
    /// What `configure-file` comments hold, in source order.
    configs: Vec<Span>,
}

#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
struct Comment {
    action: Action,
    /// From `<!--` to `-->`.
    span: Span,
    /// Its line with the line break.
    line: Span,
    /// The line below it.
    next: Span,
    /// Indexes into the different names; without any it means every rule.
    names: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
enum Action {
    Disable,
    Enable,
    Capture,
    Restore,
    DisableFile,
    EnableFile,
    DisableLine,
    DisableNextLine,
    ConfigureFile,
}

const ACTIONS: [(&str, Action); 9] = [
    ("disable", Action::Disable),
    ("enable", Action::Enable),
    ("capture", Action::Capture),
    ("restore", Action::Restore),
    ("disable-file", Action::DisableFile),
    ("enable-file", Action::EnableFile),
    ("disable-line", Action::DisableLine),
    ("disable-next-line", Action::DisableNextLine),
    ("configure-file", Action::ConfigureFile),
];

/// What a comment does, in kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// It speaks for the line at this place.
    Line(u32),
    /// It switches rules off from its line on.
    Disable,
    /// It may switch rules on again.
    Enable,
    /// It speaks for the file, keeps a state for later, or sets options.
    File,
}

impl Comment {
    const fn act(&self) -> Act {
        match self.action {
            Action::Disable => Act::Disable,
            Action::Enable | Action::EnableFile | Action::Restore => Act::Enable,
            Action::DisableLine => Act::Line(self.line.start),
            Action::DisableNextLine => Act::Line(self.next.start),
            Action::Capture | Action::DisableFile | Action::ConfigureFile => Act::File,
        }
    }
}

/// Whether a rule is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It is.
    On,
    /// It is not.
    Off,
}

/// Where one rule is in force on a page.
#[derive(Debug)]
pub struct Switch {
    start: State,
    /// Offsets of lines, ascending, and what holds from there on.
    turns: Vec<(u32, State)>,
    /// Lines on which it is off, whatever holds around them, in source order of the comments.
    off: Vec<Span>,
}

impl Comments {
    /// Reads the comments of a page.
    pub fn collect(source: &str, lines: &LineIndex) -> Self {
        let mut comments = Self::default();
        let mut known = HashMap::new();
        let mut opens = memchr::memmem::find_iter(source.as_bytes(), b"<!--").peekable();
        while let Some(at) = opens.next() {
            let Some((action, start)) = action(source, at) else { continue };
            // Up to the next comment and no further, so that comments that never end take no more than linear time.
            let rest = &source[start..opens.peek().copied().unwrap_or(source.len()).max(start)];
            let close = rest.find("-->");
            let line = lines.line_of(at as u32);
            match (action, close) {
                (Action::ConfigureFile, Some(len)) => {
                    comments.configs.push(Span::from_range(start..start + len));
                }
                (_, Some(len)) if start + len < lines.line_span(source, line).end as usize => {
                    let words = rest[..len].split(is_space).filter(|word| !word.is_empty());
                    let names = words.map(|word| comments.index(&mut known, word)).collect();
                    let (line, next) = (whole(lines, line), whole(lines, line + 1));
                    let span = Span::from_range(at..start + len + "-->".len());
                    comments.about_lines.push(Comment { action, span, line, next, names });
                }
                _ => {}
            }
        }
        comments
    }

    fn index(&mut self, known: &mut HashMap<Box<str>, usize>, word: &str) -> usize {
        let word = word.to_ascii_lowercase().into_boxed_str();
        *known.entry(word).or_insert_with_key(|word| {
            self.names.push(word.clone());
            self.names.len() - 1
        })
    }

    /// Whether there are none that say anything about lines.
    pub fn is_empty(&self) -> bool {
        self.about_lines.is_empty()
    }

    /// The comments about lines in source order, then what those with options hold, and what each does.
    pub fn spans(&self) -> impl Iterator<Item = (Span, Act)> {
        let configs = self.configs.iter().map(|span| (*span, Act::File));
        self.about_lines.iter().map(|comment| (comment.span, comment.act())).chain(configs)
    }

    /// Keeps the comments that are to be kept, by their places as [`Self::spans`] gives them.
    pub fn retain(&mut self, is_kept: impl Fn(Span) -> bool) {
        self.about_lines.retain(|comment| is_kept(comment.span));
        self.configs.retain(|span| is_kept(*span));
    }

    /// What the `configure-file` comments hold, in source order.
    pub fn configs(&self) -> &[Span] {
        &self.configs
    }

    /// Whether they can put rules in force that the config has off, or change what the config says of rules.
    pub fn reach_beyond_config(&self) -> bool {
        let enables = |comment: &Comment| matches!(comment.action, Action::Enable | Action::EnableFile);
        !self.configs.is_empty() || self.about_lines.iter().any(enables)
    }

    /// Where a rule is in force that answers to some names, which are given in lower case.
    pub fn switch(&self, by_config: State, answers: impl Fn(&str) -> bool) -> Switch {
        let meant: Vec<bool> = self.names.iter().map(|name| answers(name)).collect();
        let concerned =
            |comment: &&Comment| comment.names.is_empty() || comment.names.iter().any(|&name| meant[name]);
        let mut state = by_config;
        let mut captured = state;
        for comment in self.about_lines.iter().filter(concerned) {
            match comment.action {
                Action::DisableFile => state = State::Off,
                Action::EnableFile => state = State::On,
                _ => {}
            }
        }
        let mut switch = Switch { start: state, turns: vec![], off: vec![] };
        for comment in &self.about_lines {
            match comment.action {
                Action::Capture => captured = state,
                Action::Restore => state = captured,
                Action::Disable if concerned(&comment) => state = State::Off,
                Action::Enable if concerned(&comment) => state = State::On,
                _ => {}
            }
            match comment.action {
                Action::DisableLine if concerned(&comment) => switch.off.push(comment.line),
                Action::DisableNextLine if concerned(&comment) => switch.off.push(comment.next),
                _ => switch.turns.push((comment.line.start, state)),
            }
        }
        switch.off.sort_unstable();
        switch
    }
}

impl Switch {
    /// Whether the rule is in force at a place.
    pub fn at(&self, offset: u32) -> State {
        let lines = self.off.partition_point(|line| line.start <= offset);
        if self.off[..lines].last().is_some_and(|line| offset < line.end) {
            return State::Off;
        }
        let turns = self.turns.partition_point(|(line, _)| *line <= offset);
        self.turns[..turns].last().map_or(self.start, |(_, state)| *state)
    }

    /// Whether it is in force anywhere, lines that are excepted left out of account.
    pub fn is_ever_on(&self) -> bool {
        self.start == State::On || self.turns.iter().any(|(_, state)| *state == State::On)
    }
}

/// The action of a comment that begins at `at`, and where its parameter begins.
fn action(source: &str, at: usize) -> Option<(Action, usize)> {
    let open = at + "<!--".len();
    let rest = source[open..].trim_start_matches(is_space);
    let rest = strip_word(rest, "markdownlint-")?;
    ACTIONS.iter().find_map(|(word, action)| {
        let rest = strip_word(rest, word)?;
        (rest.starts_with(is_space) || rest.starts_with("-->")).then(|| (*action, source.len() - rest.len()))
    })
}

/// What follows a word in any case.
fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let (head, rest) = text.split_at_checked(word.len())?;
    head.eq_ignore_ascii_case(word).then_some(rest)
}

/// A line with its line break. The last one reaches beyond the end of the text, where a finding may lie; those below it
/// are empty.
fn whole(lines: &LineIndex, line: u32) -> Span {
    let end = |line| if line >= lines.line_count() { lines.text_len() + 1 } else { lines.line_start(line) };
    Span::new(end(line), end(line + 1))
}

/// What `\s` matches in JavaScript (ECMA-262, `CharacterClassEscape`).
fn is_space(c: char) -> bool {
    c.is_whitespace() && c != '\u{85}' || c == '\u{feff}'
}
