use crate::{declare_rule, diagnostic::Sink, document::Document, rule::Rule};

declare_rule! {
    /// Placeholder alt text
    ///
    /// ## What it does
    ///
    /// Reports alt text that does not describe the image:
    ///
    /// - generic words such as `alt text`, `image`, `photo` or `screenshot`, with or without a number,
    /// - file names given by cameras and programs, such as `IMG_1234.png`,
    /// - the name of the image file itself.
    ///
    /// Case and punctuation are ignored.
    ///
    /// ## Why is this bad?
    ///
    /// A placeholder tells people who use a screen reader as little as missing alt text, and they have to
    /// listen to it.
    ///
    /// ## Example
    ///
    /// ```md
    /// ![alt text](/img/pier.png)
    ///
    /// ![Screenshot 2](/img/berths.png) ![IMG_1234.jpg](/img/quay.jpg) ![old-pier.png](/img/old-pier.png)
    /// ```
    ///
    /// ## Use instead
    ///
    /// ```md
    /// ![Two ferries at the pier](/img/pier.png)
    ///
    /// ![Screenshot of the berth plan](/img/berths.png) ![Quay](/img/quay.jpg)
    /// ```
    pub struct PlaceholderAltText {
        /// Additional placeholders, compared with the whole alt text; case and punctuation are ignored.
        texts: Vec<String> = Vec::new(),
    }
    id = "placeholder-alt-text",
}

/// Bytes; a longer description says something, or is at least no placeholder.
const LONGEST: usize = 200;

impl Rule for PlaceholderAltText {
    fn check(&self, doc: &Document, sink: &mut Sink<'_>) {
        let own: Vec<String> = self.texts.iter().map(|text| words(text)).collect();
        let is_placeholder_text = |alt: &str, url: &str| {
            let alt_words = words(alt);
            !alt_words.is_empty() && (own.contains(&alt_words) || is_placeholder(&alt_words))
                || is_file_name(alt.trim(), url)
        };
        let longest = self.texts.iter().map(String::len).fold(LONGEST, usize::max);
        let help = "describe what the image shows";
        for image in doc.ast.images() {
            if image.short_text(&doc.source, longest).is_some_and(|alt| is_placeholder_text(&alt, &image.url))
            {
                sink.report(image.bracketed_text(), "alt text is a placeholder").help(help);
            }
        }
        for tag in doc.html_tags().iter().filter(|tag| &*tag.name == "img") {
            let url = tag.attribute("src").map_or("", |src| &*src.value);
            let Some(alt) = tag.attribute("alt").filter(|alt| is_placeholder_text(&alt.value, url)) else {
                continue;
            };
            sink.report(alt.span, "alt text is a placeholder").help(help);
        }
    }
}

/// The words of a text in lowercase, separated by single spaces.
fn words(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn is_placeholder(words: &str) -> bool {
    const PLACEHOLDERS: [&str; 28] = [
        "alt",
        "alt text",
        "alt tag",
        "alternative text",
        "alternate text",
        "an image",
        "caption",
        "description",
        "enter image description here",
        "figure",
        "graphic",
        "icon here",
        "image",
        "image alt",
        "image alt text",
        "image description",
        "image here",
        "image text",
        "img",
        "img alt",
        "photo",
        "pic",
        "picture",
        "placeholder",
        "screen shot",
        "screenshot",
        "todo",
        "untitled",
    ];
    let numbered = words.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    PLACEHOLDERS.contains(&words) || PLACEHOLDERS.contains(&numbered)
}

/// Whether alt text is the name of the image file, or a name given by a camera or a program.
fn is_file_name(alt: &str, url: &str) -> bool {
    const EXTENSIONS: [&str; 9] =
        [".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp", ".tiff"];
    const PREFIXES: [&str; 8] = ["img_", "img-", "dsc_", "dsc", "dscn", "dscf", "pxl_", "screenshot_"];
    let lower = alt.to_lowercase();
    if alt.contains(char::is_whitespace) {
        return false;
    }
    if EXTENSIONS.iter().any(|extension| lower.strip_suffix(extension).is_some_and(|stem| !stem.is_empty())) {
        return true;
    }
    let is_generated = |prefix: &&str| {
        lower.strip_prefix(*prefix).is_some_and(|rest| {
            rest.len() > 2 && rest.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'_' | b'-'))
        })
    };
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let file = path.rsplit('/').next().unwrap_or_default();
    // A single word may be a proper description as well as the file name, and so is a name in a case of its own.
    let is_name = |stem: &str| stem != alt && alt.contains(char::is_uppercase);
    let is_stem = lower.contains(['-', '_'])
        && file.rsplit_once('.').is_some_and(|(stem, _)| stem.to_lowercase() == lower && !is_name(stem));
    is_stem || PREFIXES.iter().any(is_generated)
}

#[cfg(test)]
mod tests {
    use super::{is_file_name, is_placeholder, words};

    #[test]
    fn numbers_and_punctuation_are_ignored() {
        for text in ["Alt text", "alt-text", "Image 3", "image3", "[IMG]", "Screen shot", "Untitled (2)"] {
            assert!(is_placeholder(&words(text)), "{text}");
        }
        for text in ["Image of the pier", "Figure 3: tides", "2", "Photo credit"] {
            assert!(!is_placeholder(&words(text)), "{text}");
        }
    }

    #[test]
    fn file_names_differ_from_words() {
        for (alt, url) in [
            ("pier.png", "/a.png"),
            ("IMG_1234", "/a.png"),
            ("DSC00012", "/a.png"),
            ("old-pier", "/img/Old-Pier.png?w=3"),
        ] {
            assert!(is_file_name(alt, url), "{alt}");
        }
        for (alt, url) in [
            ("Pier", "/img/pier.png"),
            ("Sea-Link", "/img/sea-link.png"),
            ("low-water", "/img/tide.png"),
            ("The file pier.png", "/a.png"),
            ("", ""),
            (".svg", ""),
            ("dscn", ""),
        ] {
            assert!(!is_file_name(alt, url), "{alt}");
        }
    }
}
