//! Which comments a page had before a change. Where the change is not trusted, those that it brings have no effect: not new
//! ones, not copies, and not old ones that were moved, or whose end was taken away, so that they speak for other lines.

use std::collections::{HashMap, HashSet};

use similar::DiffOp;

use super::{DirectiveKind, Suppressions, markdownlint};
use crate::{
    spelling::{self, CheckerScope},
    text::{LineIndex, Span, line_diff},
};

/// A page in one state.
#[derive(Debug, Clone, Copy)]
pub struct Version<'s> {
    /// Its text.
    pub source: &'s str,
    /// The lines of the text.
    pub lines: &'s LineIndex,
    /// The comments that other spell checkers may obey, without their markers and in source order.
    pub checkers: &'s [Span],
}

/// A comment that switches something off.
#[derive(Debug, Clone, Copy)]
struct Mark<'s> {
    span: Span,
    text: &'s str,
    reach: Reach<'s>,
    /// The line that it applies to, or on which its range ends.
    subject: Option<u32>,
}

/// What a comment speaks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Reach<'s> {
    File,
    /// A line with this text.
    Line(&'s str),
    /// From one text to the other.
    Region(&'s str, &'s str),
}

/// What a comment does, as far as it matters here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CommentEffect {
    /// It speaks for the file.
    File,
    /// It speaks for the line at this place.
    Line(u32),
    /// It speaks for all from its line on, until something is switched on again.
    Opens,
    /// It ends what another began.
    Closes,
}

/// Takes out of the comments of a page those that it did not have before; `before` is the page as it was, and
/// `known` are the comments of that. They are kept by their places, so that they can be told.
pub fn distrust(comments: &mut Suppressions, now: Version<'_>, known: &Suppressions, before: Version<'_>) {
    let (marks, _) = now.marks(comments);
    let (old_marks, _) = before.marks(known);
    let mut waiting: HashMap<(&str, Reach<'_>), usize> = HashMap::new();
    for mark in &old_marks {
        *waiting.entry((mark.text, mark.reach)).or_default() += 1;
    }
    let mut new: Vec<Mark<'_>> = Vec::new();
    for mark in marks {
        match waiting.get_mut(&(mark.text, mark.reach)).filter(|left| **left > 0) {
            Some(left) => *left -= 1,
            None => new.push(mark),
        }
    }
    if !new.is_empty() {
        // Those that were not found as they are may be where they were, with an edited line in their reach.
        let mut old = Vec::new();
        for mark in old_marks.into_iter().rev() {
            if let Some(left) = waiting.get_mut(&(mark.text, mark.reach)).filter(|left| **left > 0) {
                *left -= 1;
                old.push(mark);
            }
        }
        let closing = now.marks(comments).1;
        new = Slots::of(before, now).without_edited(new, old, &closing);
    }
    let untrusted: HashSet<Span> = new.iter().map(|mark| mark.span).collect();
    comments.directives.retain(|directive| !untrusted.contains(&directive.span));
    comments.markdownlint.retain(|span| !untrusted.contains(&span));
    comments.untrusted = new.into_iter().map(|mark| mark.span).collect();
    comments.untrusted.sort_unstable();
}

impl<'s> Version<'s> {
    fn line(&self, line: u32) -> &'s str {
        self.lines.line_span(self.source, line).of(self.source).trim()
    }

    fn all_lines(&self) -> Vec<&'s str> {
        (0..self.lines.line_count()).map(|line| self.line(line)).collect()
    }

    /// The comments that switch something off, and the lines of those that end what another began.
    fn marks(&self, comments: &Suppressions) -> (Vec<Mark<'s>>, Vec<u32>) {
        let own = comments.directives.iter().filter_map(|it| Some((it.span, effect(&it.kind, it.scope)?)));
        let checkers = self.checkers.iter();
        let checkers = checkers.filter_map(|at| Some((*at, checker_effect(self.source, *at)?)));
        let (mut marks, mut closing) = (Vec::new(), Vec::new());
        // Comments of one tool end nothing that those of another began.
        for comments in [own.collect(), comments.markdownlint.effects().collect(), checkers.collect()] {
            let (more, also_closing) = self.marks_of(comments);
            marks.extend(more);
            closing.extend(also_closing);
        }
        (marks, closing)
    }

    fn marks_of(&self, comments: Vec<(Span, CommentEffect)>) -> (Vec<Mark<'s>>, Vec<u32>) {
        let (mut marks, mut closing) = (Vec::new(), Vec::new());
        for (span, effect) in comments.into_iter().rev() {
            let (reach, subject) = match effect {
                CommentEffect::Closes => {
                    closing.push(self.lines.line_of(span.start));
                    continue;
                }
                CommentEffect::File => (Reach::File, None),
                CommentEffect::Line(at) => {
                    let line = self.lines.line_of(at);
                    (Reach::Line(self.line(line)), Some(line))
                }
                CommentEffect::Opens => {
                    let end = closing.last().copied();
                    let first = self.text_near(self.lines.last_line_of(span), 1);
                    let last = end.map_or("", |line| self.text_near(line, -1));
                    (Reach::Region(first, last), end)
                }
            };
            marks.push(Mark { span, text: span.of(self.source), reach, subject });
        }
        (marks, closing)
    }

    /// The text of the next line in a direction; of the one after it, where that is blank.
    fn text_near(&self, line: u32, step: i32) -> &'s str {
        let near = [line.checked_add_signed(step), line.checked_add_signed(2 * step)].into_iter().flatten();
        let near = near.filter(|line| *line < self.lines.line_count());
        near.map(|line| self.line(line)).find(|text| !text.is_empty()).unwrap_or("")
    }
}

fn effect(kind: &DirectiveKind, scope: Span) -> Option<CommentEffect> {
    Some(match kind {
        DirectiveKind::Disable => CommentEffect::Opens,
        DirectiveKind::Enable => CommentEffect::Closes,
        DirectiveKind::DisableLine | DirectiveKind::DisableNextLine => CommentEffect::Line(scope.start),
        DirectiveKind::DisableFile => CommentEffect::File,
        DirectiveKind::Unknown(..) => return None,
    })
}

fn checker_effect(source: &str, comment: Span) -> Option<CommentEffect> {
    Some(match spelling::checker_scope(source, comment)? {
        CheckerScope::Page => CommentEffect::File,
        CheckerScope::Line(at) => CommentEffect::Line(at),
        CheckerScope::Opens => CommentEffect::Opens,
        CheckerScope::Closes => CommentEffect::Closes,
    })
}

/// Which lines of two states are the same, or the same with an edit: they have one number.
struct Slots<'s> {
    before: Version<'s>,
    now: Version<'s>,
    old: Vec<Option<u32>>,
    new: Vec<Option<u32>>,
}

impl<'s> Slots<'s> {
    fn of(before: Version<'s>, now: Version<'s>) -> Self {
        let (old_lines, new_lines) = (before.all_lines(), now.all_lines());
        let (mut old, mut new) = (vec![None; old_lines.len()], vec![None; new_lines.len()]);
        let mut next = 0;
        for op in line_diff(&old_lines, &new_lines) {
            let (from, to) = (op.old_range(), op.new_range());
            match op {
                DiffOp::Equal { .. } => {
                    for (from, to) in from.zip(to) {
                        (old[from], new[to]) = (Some(next), Some(next));
                        next += 1;
                    }
                }
                DiffOp::Replace { .. } => {
                    old[from].fill(Some(next));
                    new[to].fill(Some(next));
                    next += 1;
                }
                DiffOp::Insert { .. } | DiffOp::Delete { .. } => {}
            }
        }
        Self { before, now, old, new }
    }

    /// The marks that none of the old ones became. `closing` are the lines of now on which a region may end.
    fn without_edited(&self, new: Vec<Mark<'s>>, old: Vec<Mark<'s>>, closing: &[u32]) -> Vec<Mark<'s>> {
        let ends: HashSet<u32> = closing.iter().filter_map(|line| self.new[*line as usize]).collect();
        let mut waiting: HashMap<(&'s str, u32), Vec<Mark<'s>>> = HashMap::new();
        for mark in old {
            let line = self.before.lines.line_of(mark.span.start);
            if let Some(slot) = self.old[line as usize] {
                waiting.entry((mark.text, slot)).or_default().push(mark);
            }
        }
        let mut is_edited = |mark: &Mark<'s>| {
            let line = self.now.lines.line_of(mark.span.start);
            let slot = self.new[line as usize]?;
            let old = waiting.get_mut(&(mark.text, slot))?.pop()?;
            let was = old.subject.and_then(|line| self.old.get(line as usize).copied().flatten());
            let is = mark.subject.and_then(|line| self.new.get(line as usize).copied().flatten());
            Some(match mark.reach {
                Reach::File => true,
                // What it spoke for is gone, or is what it speaks for.
                Reach::Line(_) => was.is_none() || was == is,
                // It had no end, or has it still.
                Reach::Region(..) => old.subject.is_none() || was.is_some_and(|was| ends.contains(&was)),
            })
        };
        new.into_iter().filter(|mark| is_edited(mark) != Some(true)).collect()
    }
}

/// What a comment of markdownlint does. One that keeps a state, and one that sets options, are taken to speak for the
/// file.
impl markdownlint::Comments {
    fn effects(&self) -> impl Iterator<Item = (Span, CommentEffect)> {
        self.spans().map(|(span, act)| {
            let effect = match act {
                markdownlint::Act::Line(at) => CommentEffect::Line(at),
                markdownlint::Act::Disable => CommentEffect::Opens,
                markdownlint::Act::Enable => CommentEffect::Closes,
                markdownlint::Act::File => CommentEffect::File,
            };
            (span, effect)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::{path::Path, sync::Arc};

    use super::{Version, distrust};
    use crate::document::Document;

    /// The comments of the new page that it did not have before.
    fn new(before: &str, now: &str) -> Vec<String> {
        let path: Arc<Path> = Path::new("a.md").into();
        let (before, mut now) = (Document::parse(&path, before, &[]), Document::parse(&path, now, &[]));
        let version = |it: &Document| (Arc::clone(&it.source), it.lines.clone(), it.checker_comments());
        let (old_source, old_lines, old_checkers) = version(&before);
        let (source, lines, checkers) = version(&now);
        distrust(
            &mut now.suppressions,
            Version { source: &source, lines: &lines, checkers: &checkers },
            &before.suppressions,
            Version { source: &old_source, lines: &old_lines, checkers: &old_checkers },
        );
        now.suppressions.untrusted.iter().map(|span| span.of(&source).to_owned()).collect()
    }

    const LINE: &str = "<!-- copydesk-disable-next-line bare-url -->";
    const OFF: &str = "<!-- copydesk-disable -->";
    const ON: &str = "<!-- copydesk-enable -->";
    const FILE: &str = "<!-- copydesk-disable-file -->";
    const NONE: [&str; 0] = [];

    #[test]
    fn comments_that_were_there_are_known() {
        let page = format!("# A\n\n{LINE}\nOne\n\n{OFF}\n\nTwo\n\n{ON}\n\nThree\n");
        assert_eq!(new(&page, &page), NONE);
        assert_eq!(new(&page, &format!("{page}\nFour\n")), NONE);
        assert_eq!(new(&page, &page.replace("One", "Once")), NONE, "the line is edited");
        assert_eq!(new(&page, &page.replace("Two\n", "Two\n\nThen\n")), NONE, "the region goes on");
        assert_eq!(new(&page, &page.replace('\n', "\r\n")), NONE, "as another system writes it");
        let moved = format!("# A\n\nThree\n\n{OFF}\n\nTwo\n\n{ON}\n\n{LINE}\nOne\n");
        assert_eq!(new(&page, &moved), NONE, "with what they speak for");
        let line = "Seen at noon <!-- copydesk-disable-line term -->\n";
        assert_eq!(new(line, &line.replace("noon", "midnight")), NONE);
        let narrower = page.replace("Two\n", &format!("Two\n\n{ON}\n"));
        assert_eq!(new(&page, &narrower), NONE);
    }

    #[test]
    fn comments_that_are_new_are_not() {
        assert_eq!(new("One\n", &format!("{FILE}\n\nOne\n")), [FILE]);
        assert_eq!(new(&format!("{FILE}\n\nOne\n"), &format!("One\n\n{FILE}\n\n{FILE}\n")).len(), 1);
        let lint = "<!-- markdownlint-disable -->";
        assert_eq!(new("One\n", &format!("One\n\n{lint}\n")), [lint]);
        let options = "<!-- markdownlint-configure-file {\"MD013\": false} -->";
        assert_eq!(new("One\n", &format!("One\n\n{options}\n")).len(), 1);
        let checked = "One <!-- cspell:words quayz --> two\n\n<!-- vale off -->\n";
        assert_eq!(new("One two\n", checked), [" cspell:words quayz ", " vale off "]);
        assert_eq!(new(checked, &format!("{checked}\nThree\n")), NONE);
        assert_eq!(new(checked, &checked.replace("quayz", "quayz berthz")).len(), 1, "more words");
        let matter = "---\ntitle: One # copydesk-disable-line\n---\n";
        assert_eq!(new("---\ntitle: One\n---\n", matter), ["# copydesk-disable-line"]);
    }

    #[test]
    fn comments_that_speak_for_more_are_not_known() {
        let page = format!("# A\n\n{LINE}\nOne\n\n{OFF}\n\nTwo\n\n{ON}\n\nThree\n");
        let other = page.replace(&format!("{LINE}\n"), "").replace("Three", &format!("{LINE}\nThree"));
        assert_eq!(new(&page, &other), [LINE], "another line");
        let between = page.replace("One\n", "Between\nOne\n");
        assert_eq!(new(&page, &between), [LINE], "a line before its own");
        assert_eq!(new(&page, &page.replace(ON, "")), [OFF], "without an end");
        let later = page.replace(&format!("{ON}\n\nThree\n"), &format!("Three\n\nFour\n\n{ON}\n"));
        assert_eq!(new(&page, &later), [OFF], "with another end");
        assert_eq!(new(LINE, &LINE.replace("bare-url", "links")).len(), 1, "of more rules");
    }
}
