use std::{path::Path, sync::Arc};

use crate::{
    declare_rule,
    diagnostic::{Label, Severity, Sink},
    rule::Rule,
    site::Site,
    text::Span,
};

declare_rule! {
    /// A file of the static folder that nothing names
    ///
    /// ## Why
    ///
    /// Pictures and downloads stay when the page that had them goes. They make the repository and the site larger, and
    /// may say what was taken back.
    ///
    /// Looked at are pictures, sounds, films and documents in `site.static`. One counts as used when a link, an image
    /// or HTML of a page leads to it, or when a text in front matter or in the data that collections refer to ends with
    /// its name. Templates, styles and programs are not read, so that what only they name is reported too: that is why
    /// the rule is off, and what `allow` is for. Icons that browsers ask for by themselves are left out.
    ///
    /// Found only when the whole site is checked, and reported at the file itself.
    ///
    /// ## Bad
    ///
    /// With a picture `static/img/old-pier.jpg` and no page that has it:
    ///
    /// ```markdown
    /// The old pier is gone.
    /// ```
    ///
    /// ## Good
    ///
    /// ```markdown
    /// The old pier is gone. ![The old pier before the storm](/img/old-pier.jpg)
    /// ```
    pub struct UnusedAsset {
        /// Folders and files that need no page, from the folder of the config on, such as `static/theme`.
        allow: Vec<String> = vec![],
    }
    id = "unused-asset",
    severity = Severity::Info,
    on = false,
}

/// Endings of the files that are looked at.
const ENDINGS: [&str; 28] = [
    "apng", "avif", "bmp", "gif", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp", "mp3", "ogg", "wav",
    "flac", "m4a", "mp4", "webm", "mov", "avi", "mkv", "pdf", "odt", "odp", "docx", "pptx", "xlsx", "zip",
];

impl Rule for UnusedAsset {
    fn check_site(&self, site: &Site, sink: &mut Sink<'_>) {
        for file in site.unnamed_files().filter(|file| is_asset(file) && !self.allows(file)) {
            let path: Arc<Path> = Arc::from(Path::new(file));
            let found =
                sink.report_at(Label::new(&path, Span::empty(0)), "nothing on the site names this file");
            found.help("delete it, or name it in the `allow` of this rule");
        }
    }
}

impl UnusedAsset {
    fn allows(&self, file: &str) -> bool {
        let is_at_or_below = |allowed: &str| {
            let rest = file.strip_prefix(allowed.trim_start_matches("./").trim_matches('/'));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.allow.iter().any(|allowed| is_at_or_below(allowed))
    }
}

fn is_asset(file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or_default().to_lowercase();
    let is_asked_for = name.starts_with("favicon") || name.starts_with("apple-touch-icon");
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    ending.is_some_and(|ending| ENDINGS.contains(&ending)) && !is_asked_for
}
