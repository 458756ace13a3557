//! The URLs in the arguments of Hugo's own shortcode `figure`, which makes an image of them, and a link around it.

use super::targets::{TargetKind, UrlTarget};
use crate::{
    markdown::{Ast, IslandKind, Overlay},
    text::Span,
};

/// The arguments of `figure` that hold URLs.
const ARGUMENTS: [&str; 3] = ["src", "link", "attrlink"];

/// The URLs of the figures of a page in source order.
pub(super) fn targets(source: &str, ast: &Ast) -> Vec<UrlTarget> {
    let islands = ast.overlay().map_or(&[][..], Overlay::islands).iter();
    let tags = islands.filter(|island| island.kind == IslandKind::Tag).map(|island| island.span);
    let mut targets = Vec::new();
    for tag in tags {
        let Some(arguments) = arguments_of_figure(tag.of(source)).filter(|_| !is_shown(source, tag)) else {
            continue;
        };
        let start = tag.end - arguments.len() as u32;
        let urls = named_arguments(arguments).filter(|(name, _)| ARGUMENTS.contains(name));
        targets.extend(urls.map(|(name, value)| {
            let from = value.as_ptr() as usize - arguments.as_ptr() as usize;
            let span = Span::from_range(from..from + value.len()).shift(start);
            let kind = if name == "src" { TargetKind::HtmlMedia } else { TargetKind::Html };
            UrlTarget::new(kind, value, span, tag, source)
        }));
    }
    targets
}

/// Whether a tag is all of a code span: it is an example then, as in the README of a theme.
fn is_shown(source: &str, tag: Span) -> bool {
    source[..tag.start as usize].ends_with('`') && source[tag.end as usize..].starts_with('`')
}

/// What follows the name of a tag `{{< figure … >}}` or `{{% figure … %}}`.
fn arguments_of_figure(tag: &str) -> Option<&str> {
    let inner = tag.strip_prefix("{{<").or_else(|| tag.strip_prefix("{{%"))?;
    inner
        .trim_start()
        .strip_prefix("figure")
        .filter(|rest| rest.starts_with(|c: char| c.is_ascii_whitespace()))
}

/// The arguments `name="value"`, `` name=`value` `` and `name=value`, up to one with an escaped quote.
fn named_arguments(mut rest: &str) -> impl Iterator<Item = (&str, &str)> {
    std::iter::from_fn(move || {
        let (before, after) = rest.split_once('=')?;
        let name = before.rsplit(|c: char| c.is_ascii_whitespace()).next()?;
        let (value, tail) = match after.chars().next()? {
            quote @ ('"' | '`') => after[1..].split_once(quote)?,
            _ => after.split_at(after.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '%'))?),
        };
        rest = tail;
        (!value.ends_with('\\')).then_some((name, value))
    })
}

#[cfg(test)]
mod tests {
    use super::named_arguments;

    #[test]
    fn arguments_are_named_in_three_ways() {
        let arguments = |text| named_arguments(text).collect::<Vec<_>>();
        assert_eq!(
            arguments(" src=\"a.png\" title=`b = c` class=wide >}}"),
            [("src", "a.png"), ("title", "b = c"), ("class", "wide")]
        );
        assert_eq!(arguments(" alt=\"the \\\"pier\\\"\" src=\"a.png\" >}}"), []);
        assert_eq!(arguments(" \"a.png\" >}}"), []);
    }
}
