//! From the text of a heading to its anchor, as the engines make it that turn Markdown into pages.

use std::borrow::Cow;

use finl_unicode::categories::CharacterCategories;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// Algorithm that generates heading anchors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SlugStyle {
    /// GitHub, and tools that use github-slugger: rehype-slug, Astro, gatsby-remark-autolink-headers.
    #[default]
    Github,
    /// GitLab.
    Gitlab,
    /// Hugo with its default `autoHeadingIDType`, `github`.
    Hugo,
    /// Hugo with `github-ascii`.
    HugoAscii,
    /// Hugo with `blackfriday`.
    HugoBlackfriday,
    /// kramdown as Jekyll uses it, with `input: GFM`.
    Kramdown,
    /// MkDocs: the `toc` extension of Python-Markdown.
    Mkdocs,
    /// The same with `separator: "_"`.
    MkdocsUnderscore,
    /// The same with `slugify` of `pymdownx.slugs` and `case: lower`.
    Pymdownx,
    /// `mdBook`.
    Mdbook,
    /// VitePress: `slugify` of mdit-vue under markdown-it-anchor.
    Vitepress,
    /// Docusaurus: github-slugger, and `{#id}` after a heading.
    Docusaurus,
    /// Eleventy: the slugs of its `IdAttributePlugin`.
    Eleventy,
    /// markdown-it-anchor without a function of the site's own.
    MarkdownItAnchor,
    /// Nuxt Content: github-slugger, then single hyphens.
    NuxtContent,
    /// `MyST` under Sphinx, which gives headings ids of docutils as well.
    Myst,
    /// Hexo with its default renderer: case is kept.
    Hexo,
    /// Zola with its default `slugify.anchors`, `on`.
    Zola,
    /// Zola with `safe` or `off`: case and punctuation are kept.
    ZolaSafe,
    /// Any of the others: nothing tells which engine makes the pages.
    Any,
    /// Headings have no anchors.
    None,
}

impl SlugStyle {
    /// Those of engines whose anchors follow from the text of a heading alone.
    pub const ENGINES: [Self; 9] = [
        Self::Github,
        Self::Gitlab,
        Self::Hugo,
        Self::Kramdown,
        Self::Mkdocs,
        Self::Mdbook,
        Self::Vitepress,
        Self::Docusaurus,
        Self::Eleventy,
    ];

    /// The name in the config.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Hugo => "hugo",
            Self::HugoAscii => "hugo-ascii",
            Self::HugoBlackfriday => "hugo-blackfriday",
            Self::Kramdown => "kramdown",
            Self::Mkdocs => "mkdocs",
            Self::MkdocsUnderscore => "mkdocs-underscore",
            Self::Pymdownx => "pymdownx",
            Self::Mdbook => "mdbook",
            Self::Vitepress => "vitepress",
            Self::Docusaurus => "docusaurus",
            Self::Eleventy => "eleventy",
            Self::MarkdownItAnchor => "markdown-it-anchor",
            Self::NuxtContent => "nuxt-content",
            Self::Myst => "myst",
            Self::Hexo => "hexo",
            Self::Zola => "zola",
            Self::ZolaSafe => "zola-safe",
            Self::Any => "any",
            Self::None => "none",
        }
    }

    /// The style whose engine reads a page in the same way, and only then makes other anchors.
    pub const fn engine(self) -> Self {
        match self {
            Self::HugoAscii | Self::HugoBlackfriday => Self::Hugo,
            Self::MkdocsUnderscore | Self::Pymdownx => Self::Mkdocs,
            Self::ZolaSafe => Self::Zola,
            other => other,
        }
    }
}

/// The anchor that a heading with this text has where no heading before it has the same; empty where it has none.
///
/// `heading` is the text as the engine sees it: without markup, entities resolved. Spaces at its ends, which are there
/// where it begins or ends with an image or a tag, count for some engines.
pub fn slug(style: SlugStyle, heading: &str) -> String {
    match style {
        SlugStyle::Github | SlugStyle::Docusaurus | SlugStyle::NuxtContent | SlugStyle::Any => {
            word_slug(heading, " ")
        }
        SlugStyle::Gitlab => gitlab(heading),
        SlugStyle::Hugo => hugo(heading),
        SlugStyle::HugoAscii => hugo(&heading.nfd().filter(char::is_ascii).collect::<String>()),
        SlugStyle::HugoBlackfriday => blackfriday(heading),
        // The parser makes dashes of two or three hyphens before the anchor is made, and dashes are dropped.
        SlugStyle::Kramdown => word_slug(&heading.replace("---", "").replace("--", ""), " \t"),
        SlugStyle::Mkdocs => mkdocs(heading, '-'),
        SlugStyle::MkdocsUnderscore => mkdocs(heading, '_'),
        SlugStyle::Pymdownx => pymdownx(heading),
        SlugStyle::Mdbook => mdbook(heading.trim()),
        SlugStyle::Vitepress => vitepress(heading),
        SlugStyle::Eleventy => eleventy(heading),
        SlugStyle::MarkdownItAnchor => markdown_it_anchor(heading),
        SlugStyle::Myst => python_words(&heading.to_lowercase()),
        SlugStyle::Hexo => hexo(heading),
        SlugStyle::Zola => super::zola_slug(heading).unwrap_or_default(),
        SlugStyle::ZolaSafe => super::zola_slug::zola_safe(heading),
        SlugStyle::None => String::new(),
    }
}

/// `\p{Word}` of Ruby, which is also what github-slugger keeps besides hyphens and spaces.
fn is_word(c: char) -> bool {
    c.is_alphabetic() || c.is_mark() || c.is_number_decimal() || c.is_punctuation_connector()
}

/// Lower case, of words and hyphens only; each of `blanks` becomes a hyphen.
fn word_slug(heading: &str, blanks: &str) -> String {
    if heading.is_ascii() {
        let mut slug = Vec::with_capacity(heading.len());
        for byte in heading.bytes() {
            match byte {
                b'-' | b'_' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => slug.push(byte.to_ascii_lowercase()),
                _ if blanks.as_bytes().contains(&byte) => slug.push(b'-'),
                _ => {}
            }
        }
        return String::from_utf8(slug).expect("ASCII is text");
    }
    let kept = |c: char| match c {
        '-' => Some(c),
        c if blanks.contains(c) => Some('-'),
        c => is_word(c).then_some(c),
    };
    let mut slug = String::with_capacity(heading.len());
    for c in heading.chars() {
        if is_ideograph_or_syllable(c) {
            slug.push(c);
        } else {
            // Letter by letter: only Rust knows the form that sigma has at the end of a word.
            slug.extend(c.to_lowercase().filter_map(kept));
        }
    }
    slug
}

/// Ideographs of Chinese and syllables of Korean, which have one case: to look each of them up takes long.
const fn is_ideograph_or_syllable(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}')
}

fn gitlab(heading: &str) -> String {
    let slug = squeezed(word_slug(heading.trim(), " ").chars(), '-');
    // A number alone would be taken for a reference to something numbered.
    let number = !slug.is_empty() && slug.bytes().all(|byte| byte.is_ascii_digit());
    if number { format!("anchor-{slug}") } else { slug }
}

fn hugo(heading: &str) -> String {
    let kept = heading.chars().filter_map(|c| match c {
        '-' | ' ' => Some('-'),
        c if c == '_' || c.is_letter() || c.is_number_decimal() => Some(c),
        _ => None,
    });
    // Go lowers letter by letter: the first of what others make two letters of.
    let slug: String = kept.filter_map(|c| c.to_lowercase().next()).collect();
    if slug.is_empty() { "heading".to_owned() } else { slug }
}

/// `SanitizedAnchorName` of Blackfriday: a hyphen for each run of what is neither a letter nor a number.
fn blackfriday(heading: &str) -> String {
    let dashed =
        squeezed(heading.chars().map(|c| if c.is_letter() || c.is_numeric() { c } else { '-' }), '-');
    let slug: String = dashed.trim_matches('-').chars().filter_map(|c| c.to_lowercase().next()).collect();
    if slug.is_empty() { "heading".to_owned() } else { slug }
}

fn mkdocs(heading: &str, separator: char) -> String {
    let decomposed = decomposed(heading);
    let ascii = decomposed.chars().filter(char::is_ascii);
    let kept: String = ascii
        .filter(|&c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-') || is_ascii_space(c))
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let trimmed = kept.trim_matches(is_ascii_space);
    squeezed(trimmed.chars().map(|c| if is_ascii_space(c) { separator } else { c }), separator)
}

/// `\w` of Python.
fn is_python_word(c: char) -> bool {
    c == '_' || c.is_letter() || c.is_numeric()
}

/// `slugify` of `pymdownx.slugs`: letters of all scripts, and a hyphen for each space.
fn pymdownx(heading: &str) -> String {
    let composed: String = heading.nfc().collect();
    python_words(&composed.trim().to_lowercase())
}

fn python_words(text: &str) -> String {
    let kept = text.chars().filter(|&c| is_python_word(c) || matches!(c, '-' | ' '));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// The whole text, with a hyphen for spaces. In the page it is percent-encoded, which browsers resolve.
fn markdown_it_anchor(heading: &str) -> String {
    heading.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-")
}

/// What MDC makes of the anchors that github-slugger gives: single hyphens, none at the ends, no digit first.
pub(super) fn nuxt_content(slug: &str) -> String {
    let slug = squeezed(slug.chars(), '-');
    let slug = slug.trim_matches('-');
    if slug.starts_with(|c: char| c.is_ascii_digit()) { format!("_{slug}") } else { slug.to_owned() }
}

/// `\s` of Python, of the characters of ASCII.
fn is_ascii_space(c: char) -> bool {
    matches!(c, '\t'..='\r' | '\x1C'..=' ')
}

fn mdbook(heading: &str) -> String {
    let kept = heading.chars().filter_map(|c| match c {
        '_' | '-' => Some(c),
        c if c.is_whitespace() => Some('-'),
        c => c.is_alphanumeric().then(|| c.to_ascii_lowercase()),
    });
    kept.collect()
}

/// What VitePress and VuePress make hyphens of.
const SPECIAL: &str = "~`!@#$%^&*()-_+=[]{}|\\;:\"'“”‘’<>,.?/";

fn vitepress(heading: &str) -> String {
    let decomposed = decomposed(heading);
    lower_dashed(decomposed.chars().filter(|c| !matches!(c, '\u{300}'..='\u{36F}' | '\0'..='\x1F')))
}

/// The slug of the first versions of VitePress and VuePress: dashes are hyphens too, only Latin letters lose their marks, and
/// the Cyrillic letter el is an n.
pub fn elder_vitepress(heading: &str) -> String {
    lower_dashed(heading.chars().filter(|c| !c.is_control()).map(|c| match c {
        '–' | '—' => '-',
        'л' | 'Л' => 'n',
        c => std::iter::once(c).nfd().next().filter(char::is_ascii).unwrap_or(c),
    }))
}

fn lower_dashed(chars: impl Iterator<Item = char>) -> String {
    let dashed = squeezed(chars.map(|c| if c.is_whitespace() || SPECIAL.contains(c) { '-' } else { c }), '-');
    let slug = dashed.trim_matches('-').to_lowercase();
    if slug.starts_with(|c: char| c.is_ascii_digit()) { format!("_{slug}") } else { slug }
}

/// `slugify` of `@sindresorhus/slugify`: letters without their marks, `&` as a word, a hyphen for all else.
fn eleventy(heading: &str) -> String {
    let replaced = heading.replace('&', " and ").replace('ß', "ss").replace('Ä', "Ae").replace('ä', "ae");
    let replaced = replaced.replace('Ö', "Oe").replace('ö', "oe").replace('Ü', "Ue").replace('ü', "ue");
    let decomposed = decomposed(&replaced);
    let kept = decomposed.chars().filter(|&c| c.is_ascii() && c != '\'' && c != '\u{2019}');
    let dashed =
        squeezed(kept.map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }), '-');
    dashed.trim_matches('-').to_owned()
}

/// `slugize` of `hexo-util`: Latin letters without their marks, a hyphen for all else in ASCII, case as it is. The renderer
/// has made typographic quotation marks and dashes before.
fn hexo(heading: &str) -> String {
    const SPECIAL: &str = "~`!@#$%^&*()-_+=[]{}|\\;:<>,.?/";
    let heading = heading.replace("--", "\u{2014}").replace("...", "\u{2026}");
    let mut after_word = false;
    let replaced = heading.chars().filter(|c| !c.is_control()).map(|c| {
        let bare = match c {
            'ß' => 's',
            'ø' => 'o',
            'Ø' => 'O',
            'ł' => 'l',
            'Ł' => 'L',
            'đ' => 'd',
            '\'' if after_word => '\u{2019}',
            '\'' => '\u{2018}',
            '"' if after_word => '\u{201D}',
            '"' => '\u{201C}',
            c if c.is_whitespace() || SPECIAL.contains(c) => '-',
            c => std::iter::once(c).nfd().next().filter(char::is_ascii).unwrap_or(c),
        };
        after_word = c.is_alphanumeric();
        bare
    });
    squeezed(replaced, '-').trim_matches('-').to_owned()
}

/// Letters and marks apart, and other forms of a character as the usual one. Most headings are so already.
pub(super) fn decomposed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.nfkd().collect()) }
}

/// Of separators in a row only the first.
pub(super) fn squeezed(chars: impl Iterator<Item = char>, separator: char) -> String {
    let mut slug = String::new();
    for c in chars {
        if c != separator || !slug.ends_with(separator) {
            slug.push(c);
        }
    }
    slug
}

#[cfg(test)]
mod tests {
    use super::{super::Slugger, SlugStyle, slug};

    const STYLES: [SlugStyle; 8] = [
        SlugStyle::Github,
        SlugStyle::Gitlab,
        SlugStyle::Hugo,
        SlugStyle::Kramdown,
        SlugStyle::Mkdocs,
        SlugStyle::Mdbook,
        SlugStyle::Vitepress,
        SlugStyle::Docusaurus,
    ];

    fn anchors(style: SlugStyle, headings: &[&str]) -> Vec<String> {
        let mut slugger = Slugger::new(style);
        headings.iter().map(|heading| slugger.next(heading).unwrap_or_default()).collect()
    }

    #[test]
    fn each_engine_has_its_own_idea_of_a_heading() {
        let table = include_str!("slug_headings.tsv");
        let mut rows = table.lines().map(|row| row.split('\t').collect::<Vec<_>>());
        let columns = rows.next().expect("the table has a head");
        assert_eq!(columns.len(), STYLES.len() + 1);
        for row in rows {
            for (i, style) in STYLES.into_iter().enumerate() {
                assert_eq!(slug(style, row[0]), row[i + 1], "{style:?} of {:?}", row[0]);
            }
        }
    }

    #[test]
    fn options_of_engines_change_anchors() {
        let headings = ["Größe & C++: a_b", "2 -- Low  tide", "日本 ½"];
        for (style, expected) in [
            (SlugStyle::HugoAscii, ["groe--c-a_b", "2----low--tide", "-"]),
            (SlugStyle::HugoBlackfriday, ["größe-c-a-b", "2-low-tide", "日本-½"]),
            (SlugStyle::MkdocsUnderscore, ["groe_c_a_b", "2_--_low_tide", "12"]),
            (SlugStyle::Pymdownx, ["größe--c-a_b", "2----low--tide", "日本-½"]),
            (SlugStyle::MarkdownItAnchor, ["größe-&-c++:-a_b", "2----low-tide", "日本-½"]),
            (SlugStyle::Myst, ["größe--c-a_b", "2----low--tide", "日本-½"]),
        ] {
            assert_eq!(headings.map(|heading| slug(style, heading)), expected, "{style:?}");
        }
        assert_eq!(anchors(SlugStyle::NuxtContent, &["2 -- low", "2 low", "-x-"]), ["_2-low", "_2-low", "x"]);
    }

    #[test]
    fn hexo_keeps_case_and_other_scripts() {
        for (heading, expected) in [
            ("Plain heading", "Plain-heading"),
            ("A & B's C: D/E", "A-B\u{2019}s-C-D-E"),
            ("Code a_b and em", "Code-a-b-and-em"),
            ("Ünï Straße", "Uni-Strase"),
            ("日本 게시", "日本-게시"),
            ("!!!", ""),
        ] {
            assert_eq!(slug(SlugStyle::Hexo, heading), expected);
        }
    }

    #[test]
    fn blanks_around_a_heading_count_for_some() {
        use SlugStyle::{Docusaurus, Github, Hugo, Kramdown};

        let count = |style: &SlugStyle| slug(*style, " a b ") == "-a-b-";
        let counting: Vec<_> = STYLES.into_iter().filter(count).collect();
        assert_eq!(counting, [Github, Hugo, Kramdown, Docusaurus]);
        let rest = STYLES.into_iter().filter(|style| !counting.contains(style));
        assert!(rest.into_iter().all(|style| slug(style, " a b ") == "a-b"));
    }

    #[test]
    fn what_is_taken_is_numbered() {
        let headings = ["Tide", "Tide", "Tide 1", "tide"];
        let free = ["tide", "tide-1", "tide-1-1", "tide-2"];
        for style in [SlugStyle::Github, SlugStyle::Docusaurus, SlugStyle::Hugo, SlugStyle::Vitepress] {
            assert_eq!(anchors(style, &headings), free, "{style:?}");
        }
        assert_eq!(anchors(SlugStyle::Mdbook, &headings), free);
        assert_eq!(anchors(SlugStyle::Eleventy, &headings), ["tide", "tide-2", "tide-1", "tide-3"]);
        for style in [SlugStyle::Kramdown, SlugStyle::Gitlab] {
            assert_eq!(anchors(style, &headings), ["tide", "tide-1", "tide-1", "tide-2"], "{style:?}");
        }
        assert_eq!(anchors(SlugStyle::Mkdocs, &headings), ["tide", "tide_1", "tide-1", "tide_2"]);
        assert_eq!(
            anchors(SlugStyle::Mkdocs, &["Log_3", "Log_3", "Log_3", "Log 4"]),
            ["log_3", "log_4", "log_5", "log-4"]
        );
        assert_eq!(anchors(SlugStyle::None, &headings), [""; 4]);
    }

    #[test]
    fn nothing_left_is_each_engines_own_matter() {
        let headings = ["!", "?"];
        assert_eq!(anchors(SlugStyle::Hugo, &headings), ["heading", "heading-1"]);
        assert_eq!(anchors(SlugStyle::Mkdocs, &headings), ["_1", "_2"]);
        assert_eq!(anchors(SlugStyle::Github, &headings), ["", "-1"]);
    }

    #[test]
    fn an_id_of_the_authors_is_not_given_twice() {
        for (style, second) in [(SlugStyle::Hugo, "pier-1"), (SlugStyle::Mkdocs, "pier_1")] {
            let mut slugger = Slugger::new(style);
            slugger.reserve("pier");
            assert_eq!(slugger.next("Pier").as_deref(), Some(second));
        }
    }
}
