use std::{collections::HashSet, path::Path};

use crate::{
    declare_rule,
    diagnostic::{Severity, Sink},
    rule::Rule,
    rules::links::destinations::is_shown_image,
    site::{ImageSize, Page, Site, urls::Target},
    text::quantity,
};

declare_rule! {
    /// Image that is too large
    ///
    /// ## What it does
    ///
    /// Reports images of the site whose file has more bytes, or whose header has a larger width or height, than the
    /// options allow. Dimensions are read from PNG, JPEG, GIF, WebP and AVIF files, as stored: a JPEG may be rotated when
    /// it is shown. Images on other hosts are not requested, and images by reference (`![pier][photo]`) are not measured.
    /// Each image is reported once per page.
    ///
    /// ## Why is this bad?
    ///
    /// Visitors on slow connections wait for pixels that no screen shows, unless the build of the site resizes its
    /// images.
    ///
    /// ## Example
    ///
    /// With a photo of 6000 × 4000 pixels:
    ///
    /// ```markdown
    /// ![The pier at low tide](pier-original.jpg)
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```markdown
    /// ![The pier at low tide](pier-1600.jpg)
    /// ```
    pub struct ImageSizeLimit {
        /// Maximum length of the file in bytes; 0 for any.
        #[serde(rename = "max-bytes")]
        bytes: u64 = 1_000_000,
        /// Maximum width in pixels; 0 for any.
        #[serde(rename = "max-width")]
        width: u64 = 4096,
        /// Maximum height in pixels; 0 for any.
        #[serde(rename = "max-height")]
        height: u64 = 4096,
    }
    id = "image-size",
    severity = Severity::Warning,
    on = false,
}

impl Rule for ImageSizeLimit {
    fn check_page(&self, page: &Page, site: &Site, sink: &mut Sink<'_>) {
        let mut seen = HashSet::new();
        for (target, leads) in site.leads(page).filter(|(target, _)| is_shown_image(target)) {
            let Target::File { path, .. } = leads.on_site() else { continue };
            if !seen.insert(path) {
                continue;
            }
            let Some(message) = site.images.size(Path::new(&**path)).and_then(|size| self.too_large(size))
            else {
                continue;
            };
            sink.report(target.span, message).help("use a smaller version of the image");
        }
    }
}

impl ImageSizeLimit {
    /// What is too large about an image, if anything: its pixels first, which often explain its bytes.
    fn too_large(&self, size: ImageSize) -> Option<String> {
        let exceeds = |value: u64, most: u64| most > 0 && value > most;
        let (width, height) = size.pixels.unwrap_or_default();
        Some(match () {
            () if exceeds(width, self.width) => {
                format!("image is {width} pixels wide, the maximum is {}", self.width)
            }
            () if exceeds(height, self.height) => {
                format!("image is {height} pixels high, the maximum is {}", self.height)
            }
            () if exceeds(size.bytes, self.bytes) => {
                let [bytes, most] = lengths(size.bytes, self.bytes);
                format!("image file has {bytes}, the maximum is {most}")
            }
            () => return None,
        })
    }
}

/// Two numbers of bytes, short if that tells them apart.
fn lengths(bytes: u64, most: u64) -> [String; 2] {
    let short = [bytes, most].map(length);
    if short[0] == short[1] { [bytes, most].map(|it| quantity(it, "byte")) } else { short }
}

/// A number of bytes in the largest unit that leaves two digits.
fn length(bytes: u64) -> String {
    match bytes {
        10_000_000.. => format!("{} MB", bytes / 1_000_000),
        1_000_000.. => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
        10_000.. => format!("{} kB", bytes / 1000),
        _ => quantity(bytes, "byte"),
    }
}
