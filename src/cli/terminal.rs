//! What is known of the place that reports are printed to.

use std::{env, ffi::OsString, sync::Arc};

use clap::ValueEnum;

use crate::report::{Audience, Color, Hyperlinks, RenderOptions, WebRevision};

/// When to use colors.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum When {
    Auto,
    Always,
    Never,
}

impl When {
    /// Whether to colour: `--color` first, then `NO_COLOR` and `CLICOLOR_FORCE` (no-color.org, bixense.com/clicolors),
    /// then the terminal.
    fn on(self, audience: Audience) -> Color {
        let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty() && value != "0");
        let color = match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto if set("NO_COLOR") => false,
            Self::Auto => audience == Audience::Terminal || set("CLICOLOR_FORCE"),
        };
        if color { Color::Always } else { Color::Never }
    }
}

/// Columns of the terminal; `None` where the report goes elsewhere.
fn width(audience: Audience) -> Option<usize> {
    let asked = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    match audience {
        Audience::Terminal => asked.or_else(|| Some(usize::from(console::Term::stdout().size().1))),
        Audience::Log => asked,
    }
}

/// How to write reports to this place.
pub(super) fn options(color: When, audience: Audience) -> RenderOptions {
    RenderOptions {
        color: color.on(audience),
        width: width(audience),
        links: hyperlinks(color, audience, |name| env::var_os(name)),
        audience,
        revision: revision(|name| env::var(name).ok()),
        ..RenderOptions::default()
    }
}

/// The revision that a job of GitHub Actions checks
/// (<https://docs.github.com/actions/reference/workflows-and-actions/variables>).
fn revision(variable: impl Fn(&str) -> Option<String>) -> Option<Arc<WebRevision>> {
    let is_plain = |text: &String| text.chars().all(|ch| ch.is_ascii_alphanumeric() || "-._/:".contains(ch));
    let part = |name| variable(name).filter(is_plain);
    let server = part("GITHUB_SERVER_URL").filter(|url| url.starts_with("https://"))?;
    let url = format!("{server}/{}/blob/{}", part("GITHUB_REPOSITORY")?, part("GITHUB_SHA")?);
    Some(Arc::new(WebRevision { root: variable("GITHUB_WORKSPACE")?.into(), url }))
}

/// Whether to write hyperlinks: `FORCE_HYPERLINK` first, then whether the terminal is known to have them. One that does
/// not know the sequence may print it, so that others get none.
fn hyperlinks(color: When, audience: Audience, variable: impl Fn(&str) -> Option<OsString>) -> Hyperlinks {
    let text = |name: &str| variable(name).and_then(|value| value.into_string().ok()).unwrap_or_default();
    match &*text("FORCE_HYPERLINK") {
        "" => {}
        "0" => return Hyperlinks::Never,
        _ => return Hyperlinks::Always,
    }
    if audience == Audience::Log || matches!(color, When::Never) || text("TERM") == "dumb" {
        return Hyperlinks::Never;
    }
    let programs = ["iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio"];
    let terminals = ["xterm-kitty", "xterm-ghostty", "alacritty", "foot", "wezterm"];
    let is_known = programs.contains(&&*text("TERM_PROGRAM"))
        || terminals.iter().any(|name| text("TERM").starts_with(name))
        // VTE has them since 0.50.
        || text("VTE_VERSION").parse().is_ok_and(|version: u32| version >= 5000)
        || ["WT_SESSION", "KONSOLE_VERSION", "DOMTERM"].iter().any(|name| !text(name).is_empty());
    if is_known { Hyperlinks::Always } else { Hyperlinks::Never }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(audience: Audience, variables: &[(&str, &str)]) -> Hyperlinks {
        hyperlinks(When::Auto, audience, |name| {
            variables.iter().find(|(known, _)| *known == name).map(|(_, value)| OsString::from(value))
        })
    }

    #[test]
    fn only_terminals_that_have_hyperlinks_get_them() {
        let always = [[("VTE_VERSION", "7203")], [("TERM_PROGRAM", "WezTerm")], [("TERM", "xterm-kitty")]];
        for variables in always {
            assert_eq!(on(Audience::Terminal, &variables), Hyperlinks::Always, "{variables:?}");
            assert_eq!(on(Audience::Log, &variables), Hyperlinks::Never, "{variables:?}");
        }
        for variables in [[("VTE_VERSION", "4903")], [("TERM", "xterm-256color")], [("TERM", "dumb")]] {
            assert_eq!(on(Audience::Terminal, &variables), Hyperlinks::Never, "{variables:?}");
        }
    }

    #[test]
    fn a_job_on_github_has_a_revision() {
        let variables = [
            ("GITHUB_SERVER_URL", "https://github.com"),
            ("GITHUB_REPOSITORY", "harbour/site"),
            ("GITHUB_SHA", "0123abcd"),
            ("GITHUB_WORKSPACE", "/home/runner/work/site/site"),
        ];
        let value = |name: &str| variables.iter().find(|it| it.0 == name).map(|it| it.1.to_owned());
        let found = revision(value).expect("all variables are set");
        assert_eq!(found.url, "https://github.com/harbour/site/blob/0123abcd");
        assert_eq!(found.root.to_str(), Some("/home/runner/work/site/site"));
        assert_eq!(revision(|name| value(name).filter(|_| name != "GITHUB_SHA")), None);
        let odd = |name: &str| if name == "GITHUB_SHA" { Some("1)](x".to_owned()) } else { value(name) };
        assert_eq!(revision(odd), None);
    }

    #[test]
    fn the_environment_can_force_and_forbid_them() {
        assert_eq!(on(Audience::Log, &[("FORCE_HYPERLINK", "1")]), Hyperlinks::Always);
        let forbidden = [("FORCE_HYPERLINK", "0"), ("VTE_VERSION", "7203")];
        assert_eq!(on(Audience::Terminal, &forbidden), Hyperlinks::Never);
    }
}
