use std::{path::Path, sync::Arc};

use crate::{
    declare_rule,
    diagnostic::{Label, Severity, Sink},
    rule::Rule,
    site::Site,
    text::Span,
};

declare_rule! {
    /// Unused asset
    ///
    /// ## What it does
    ///
    /// Reports images, audio, video and documents in the static directory (`site.static` in the config) that nothing
    /// refers to: no link, image or HTML element of a page, and no value in front matter or in a data file of
    /// references that ends with the file's name. Icons that browsers request on their own are ignored. The rule runs
    /// only when the whole site is checked, and reports the file itself.
    ///
    /// Templates, stylesheets and scripts are not read, so files that only they use are reported as well. This is why
    /// the rule is off by default, and what `allow` is for.
    ///
    /// ## Why is this bad?
    ///
    /// Images and downloads often stay when the page that used them is deleted. They make the repository and the site
    /// larger, and may contain information that was meant to be withdrawn.
    ///
    /// ## Example
    ///
    /// With an image `static/img/old-pier.jpg` that no page uses:
    ///
    /// ```markdown
    /// The old pier is gone.
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// The old pier is gone. ![The old pier before the storm](/img/old-pier.jpg)
    /// ```
    pub struct UnusedAsset {
        /// Files and directories to ignore, relative to the config file, such as `static/theme`.
        allow: Vec<String> = vec![],
    }
    id = "unused-asset",
    severity = Severity::Info,
    on = false,
}

/// File name extensions of assets.
const EXTENSIONS: [&str; 28] = [
    "apng", "avif", "bmp", "gif", "jpeg", "jpg", "png", "svg", "tif", "tiff", "webp", "mp3", "ogg", "wav",
    "flac", "m4a", "mp4", "webm", "mov", "avi", "mkv", "pdf", "odt", "odp", "docx", "pptx", "xlsx", "zip",
];

impl Rule for UnusedAsset {
    fn check_site(&self, site: &Site, sink: &mut Sink<'_>) {
        for file in site.unnamed_files().filter(|file| is_asset(file) && !self.allows(file)) {
            let path: Arc<Path> = Arc::from(Path::new(file));
            sink.report_at(Label::new(&path, Span::empty(0)), "asset is not used")
                .help("delete it, or add it to `allow`");
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
    let is_browser_icon = name.starts_with("favicon") || name.starts_with("apple-touch-icon");
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|extension| EXTENSIONS.contains(&extension)) && !is_browser_icon
}
