//! Do our anchors equal those of the engines? Compared with what the engines themselves made of a list of headings,
//! which is outside the repository: `COPYDESK_SLUGS` names the file.

use copydesk::text::{SlugStyle, Slugger, slug};
use serde_json::Value;

/// A column of the file, and how it was made.
struct Column {
    name: &'static str,
    style: SlugStyle,
    /// Whether the engine numbered the anchors of the list as those of one page.
    numbered: bool,
    /// Whether the engine resolved entities first; else the heading was given to its function as it is.
    rendered: bool,
}

const COLUMNS: [Column; 8] = [
    column("github-slugger", SlugStyle::Github, true, false),
    column("github-slugger", SlugStyle::Docusaurus, true, false),
    column("VitePress", SlugStyle::Vitepress, false, false),
    column("python-markdown", SlugStyle::Mkdocs, true, true),
    column("Hugo github", SlugStyle::Hugo, true, true),
    column("kramdown GFM", SlugStyle::Kramdown, true, true),
    column("mdBook", SlugStyle::Mdbook, true, false),
    column("GitLab", SlugStyle::Gitlab, true, false),
];

/// Headings whose anchors in the list are not those of the engine that copydesk follows.
const EXCUSED: [(SlugStyle, &str); 2] = [
    // Superscripts and fractions are not `\p{Word}` in Ruby, as kramdown shows; the column of GitLab is not Ruby's.
    (SlugStyle::Gitlab, "x² + y½"),
    // The column is that of mdBook 0.4, which gave the anchor of a numbered heading twice; 0.5 numbers it again.
    (SlugStyle::Mdbook, "Dup 1"),
];

const fn column(name: &'static str, style: SlugStyle, numbered: bool, rendered: bool) -> Column {
    Column { name, style, numbered, rendered }
}

#[test]
#[ignore = "needs a file that lies outside the repository"]
fn the_engines_give_the_same_anchors() {
    let path = std::env::var_os("COPYDESK_SLUGS").expect("COPYDESK_SLUGS names the file");
    let text = std::fs::read_to_string(path).expect("the file is there");
    let data: Value = serde_json::from_str(&text).expect("it is JSON");
    let list = |value: &Value| -> Vec<String> {
        let items = value.as_array().expect("it is a list");
        items.iter().map(|item| item.as_str().expect("of texts").to_owned()).collect()
    };
    let headings = list(&data["headings"]);
    let ids = data["ids"].as_object().expect("there is a column for each engine");
    let mut wrong = Vec::new();
    for column in COLUMNS {
        let name = ids.keys().filter(|name| name.starts_with(column.name)).min_by_key(|name| name.len());
        let expected = list(&ids[name.expect("the column is there")]);
        let mut slugger = Slugger::new(column.style);
        for (heading, expected) in headings.iter().zip(&expected) {
            // In a page, spaces around a heading are not part of it.
            let text = heading.trim();
            let text = if column.rendered { text.replace("&amp;", "&") } else { text.to_owned() };
            let found = if column.numbered {
                slugger.next(&text).unwrap_or_default()
            } else {
                slug(column.style, &text)
            };
            let is_excused = EXCUSED.contains(&(column.style, heading));
            if found != *expected && !is_excused {
                wrong.push(format!("{:?}: {heading:?} is {found:?}, not {expected:?}", column.style));
            }
        }
    }
    crate::common::assert_none(&wrong);
}
