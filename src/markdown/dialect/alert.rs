//! The markers of alerts and callouts: `[!NOTE]` at the start of a block quote.

use super::lines::Lines;
use super::overlay::{Island, IslandKind};
use crate::text::Span;

/// The types of alert that GitHub has.
const TYPES: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

impl Lines<'_> {
    /// The marker that begins a line of a block quote, unless the parser makes an alert of it: it has a title or a type
    /// that the parser does not have. Gives where it ends.
    pub(super) fn alert_marker(&mut self, line: usize, text: usize, stop: usize) -> Option<usize> {
        if !self.bytes[line..text].contains(&b'>') {
            return None;
        }
        let inner = self.bytes[text..stop].strip_prefix(b"[!")?;
        let close = memchr::memchr(b']', inner)?;
        let name = inner[..close].trim_ascii();
        let is_name = name.first().is_some_and(u8::is_ascii_alphabetic)
            && name.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_ |".contains(byte));
        let tail = &inner[close + 1..];
        let fold = usize::from(matches!(tail, [b'+' | b'-', ..]));
        let is_marker = is_name && tail.get(fold).is_none_or(|byte| matches!(byte, b' ' | b'\t'));
        let is_alert = tail.is_empty() && TYPES.iter().any(|it| it.as_bytes().eq_ignore_ascii_case(name));
        if !is_marker || is_alert {
            return None;
        }
        let end = text + "[!".len() + close + 1 + fold;
        self.found.push(Island::new(text, end, IslandKind::AlertMarker));
        Some(end)
    }
}

/// The type in the marker of an alert, if GitHub does not have it.
pub fn unknown_alert_type(marker: Span, source: &str) -> Option<Span> {
    let written = marker.of(source);
    let name = written.strip_prefix("[!")?.split([']', '|']).next()?;
    let start = marker.start + 2 + (name.len() - name.trim_start().len()) as u32;
    let name = name.trim();
    let is_known = TYPES.iter().any(|it| it.eq_ignore_ascii_case(name));
    (!is_known).then(|| Span::new(start, start + name.len() as u32))
}
